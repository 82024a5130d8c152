//! Wide tests, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files, and a panic is how they fail"
)]

mod at_once;
mod big;
mod cases_and_schemas;
mod cleaned;
mod clients;
mod concurrent;
mod conforms;
mod diff;
mod folders;
mod folders_of_others;
mod foreseen;
mod hostile_connections;
mod hostile_documents;
mod hostile_servers;
mod isles;
mod journal;
mod kettles;
mod killed;
mod labelled;
mod linear;
mod lint;
mod live_target;
mod near_and_far;
mod nightly;
mod nothing_read;
mod pages;
mod proof;
mod regressions;
mod repeated;
mod reports;
mod resumed;
mod rulings;
mod sample;
mod schemas;
mod secrets;
mod show;
mod snapshots;
mod tidy;
mod twin;
mod unseen;
mod unwelcome;
mod world;

/// Says that a test skips itself, and why. What is printed with a macro is hidden where the test
/// passes.
fn skip(why: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
