//! Ratios between things that are timed side by side.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads a clock")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::bodies;

/// Prints every ratio that the design asks for.
pub fn print() {
    bodies();
}

fn bodies() {
    let (text, validator) = (bodies::valid(), bodies::validator());
    let body = bodies::parse(&text);
    let parsing = best(2_000, || bodies::parse(&text));
    let judging = best(2_000, || validator.violations(&body));
    let per_second = 1.0 / judging.as_secs_f64();
    let ratio = judging.as_secs_f64() / parsing.as_secs_f64();
    println!(
        "\na body of {} bytes: {per_second:.0} validations/s, {ratio:.2} times as long as parsing it",
        text.len()
    );
}

/// The shortest of so many runs.
fn best<T>(n_runs: u32, run: impl Fn() -> T) -> Duration {
    let timed = (0..n_runs).map(|_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    });
    timed.min().unwrap_or_default()
}
