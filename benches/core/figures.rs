//! The figures that people ask for: best times, as rates, and as ratios where things are timed side
//! by side.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads a clock")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::{bodies, cases, reading};

/// Prints every figure, each in a line.
pub fn print() {
    println!();
    reading();
    bodies();
    cases();
}

fn reading() {
    let pages = reading::pages(200);
    let whole = pages.concat();
    told_of_reading("a document", &whole, || reading::read(&whole));
    told_of_reading("a folder of 200 pages", &whole, || {
        reading::read_folder(&pages)
    });
    match reading::given() {
        Some(texts) => told_of_reading("the five documents", &texts.concat(), || {
            texts
                .iter()
                .map(|text| reading::read(text))
                .collect::<Vec<_>>()
        }),
        None => println!("reading the five documents: they are not there"),
    }
}

/// How fast a text is read, beside looking for its lines only.
fn told_of_reading<T>(what: &str, text: &str, read: impl Fn() -> T) {
    let reading = best(9, read).as_secs_f64();
    let splitting = best(9, || text.lines().map(str::len).max()).as_secs_f64();
    let megabytes = text.len() as f64 / 1e6;
    println!(
        "reading {what}, {megabytes:.2} MB: {:.0} ms, {:.1} MB/s, {:.0} times as long as splitting it into lines",
        reading * 1e3,
        megabytes / reading,
        reading / splitting
    );
}

fn cases() {
    let contract = cases::served();
    let smallest = cases::smallest(&contract);
    let all = timed(|| cases::run(&contract, None, 200));
    let few = timed(|| cases::run(&contract, Some(vec![smallest.clone()]), 50_000));
    println!(
        "cases made, sent to the Twin in process and judged on one core: {all:.0}/s over all operations, {few:.0}/s of {smallest}"
    );
}

/// Things done a second, by the best of three runs.
fn timed(run: impl Fn() -> u32) -> f64 {
    let rates = (0..3).map(|_| {
        let start = Instant::now();
        f64::from(run()) / start.elapsed().as_secs_f64()
    });
    rates.fold(0.0, f64::max)
}

fn bodies() {
    let (text, validator) = (bodies::valid(), bodies::validator());
    let body = bodies::parse(&text);
    let parsing = best(2_000, || bodies::parse(&text));
    let judging = best(2_000, || validator.violations(&body));
    let per_second = 1.0 / judging.as_secs_f64();
    let ratio = judging.as_secs_f64() / parsing.as_secs_f64();
    println!(
        "a body of {} bytes: {per_second:.0} validations/s, {ratio:.2} times as long as parsing it",
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
