//! Ten times the text takes about ten times the time, whatever the text is made of.
//!
//! The law is a ratio, so no machine is too slow for it. Times are those of the processor where the
//! system tells them, because tests run beside each other.

use std::time::{Duration, Instant};

use proofhouse::document;
use proofhouse::extract;
use proofhouse::source::DocumentId;

/// Reading that is quadratic has a ratio of a hundred.
const MOST: f64 = 30.0;

/// The system's clock of work is too coarse for less.
const NOTHING: Duration = Duration::from_millis(4);

/// What this thread has worked so far.
fn worked(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

fn cost(text: &str) -> Duration {
    let since = Instant::now();
    let before = worked(since);
    let document = document::read(&DocumentId::new("long"), text.as_bytes());
    let mut readings = [extract::read(&document), extract::read(&document)];
    extract::settle(&mut readings);
    worked(since) - before
}

/// The best of a few tries, at ten times the length, over the best at this length.
#[track_caller]
fn check(what: &str, text: impl Fn(usize) -> String, n: usize) {
    let (short, long) = (text(n), text(10 * n));
    let best = |text: &str| (0..3).map(|_| cost(text)).min().unwrap_or_default();
    let (one, ten) = (best(&short), best(&long));
    let ratio = ten.as_secs_f64() / one.as_secs_f64().max(NOTHING.as_secs_f64());
    assert!(
        ratio < MOST,
        "{what}: {} bytes took {one:?}, {} bytes {ten:?}: {ratio:.0} times",
        short.len(),
        long.len()
    );
}

const HEAD: &str =
    "# 1 Lamps\n\n## 1.1 Lighting\n\n### URI\n\nPOST /v1/{keeper_id}/lamps\n\n### Request\n\n";
const HEADER: &str = "Parameter\tMandatory\tType\tDescription\n";

#[test]
fn many_operations() {
    let page = |n: usize| {
        let request = format!("lamp{n}\tYes\tObject\tSee Table {n}-2.");
        format!(
            "## 1.{n} Lighting\n\n### URI\n\nPOST /v1/lamps/action\n\n### Request\n\nTable {n}-1 Request\n\n\
             {HEADER}{request}\n\nTable {n}-2 lamp{n} field\n\n{HEADER}watts\tNo\tInteger\t1 to 9.\n\n\
             ### Example request\n\n```\n{{\"lamp{n}\": {{\"watts\": \"1\"}}}}\n```\n\n"
        )
    };
    check("pages", |n| (1..=n).map(page).collect(), 20);
}

#[test]
fn many_rows_and_references() {
    check(
        "rows",
        |n| {
            format!(
                "{HEAD}{HEADER}{}",
                "lamp\tYes\tString\tSee Table 1-1.\n".repeat(n)
            )
        },
        300,
    );
    let named = |n: usize| format!("lamp{n}\tYes\tObject\tSee lamp{n} structure.\n");
    check(
        "names",
        |n| format!("{HEAD}{HEADER}{}", (0..n).map(named).collect::<String>()),
        300,
    );
}

#[test]
fn many_tables_of_one_name() {
    let table = format!("Table 2 lamp field\n\n{HEADER}lamp\tNo\tObject\tSee Table 2.\n\n");
    check("tables", |n| format!("{HEAD}{}", table.repeat(n)), 60);
}

#[test]
fn many_headings_and_mentions() {
    let part = "## Oil\n\nFor lamps, see Oil. As table of oil shows, see Table 9.\n\n";
    check("headings", |n| part.repeat(n), 200);
}

#[test]
fn many_overview_rows_and_permissions() {
    let row = |n: usize| format!("Light\tPOST /v1/lamps{n}/{{a}}\t{n} times per minute\n");
    let limits = |n: usize| (0..n).map(row).collect::<String>();
    check(
        "limits",
        |n| format!("Name\tURI\tLimit\n{}", limits(n)),
        300,
    );
    let page = "## Light lamps\n\n### URI\n\nPOST /v1/lamps/action\n\n".to_owned();
    let grants = "Light a lamp\tPOST /v1/lamps/action\tlamps:all:light\n";
    let header = "Permission\tAPI\tAction\n";
    check(
        "permissions",
        |n| format!("{}{header}{}", page.repeat(n / 4), grants.repeat(n)),
        200,
    );
}

#[test]
fn large_examples() {
    let member = "\"lamp\": {\"watts\": [1, 2, null]}, \"x\": \"4f1c\",\n";
    check(
        "members",
        |n| {
            format!(
                "{HEAD}{HEADER}lamp\tNo\tObject\t-\n\n### Example request\n\n```\n{{{}}}\n```\n",
                member.repeat(n)
            )
        },
        200,
    );
    check(
        "depth",
        |n| {
            format!(
                "{HEAD}### Example request\n\n```\n{}\n```\n",
                "{\"a\": [".repeat(n)
            )
        },
        4000,
    );
    check(
        "blocks",
        |n| {
            format!(
                "{HEAD}### Example request\n\n{}",
                "```\n{\"lamp\":\n```\n\n".repeat(n)
            )
        },
        100,
    );
}

#[test]
fn long_sentences() {
    let words = "at most 64 characters, digits, or see Table 2; ";
    check(
        "sentence",
        |n| format!("{HEAD}{HEADER}lamp\tNo\tString\t{}\n", words.repeat(n)),
        100,
    );
    check(
        "description",
        |n| {
            format!(
                "{HEAD}### Constraints\n\n{}\n",
                "灯名只能由数字组成，不超过9个字符。".repeat(n)
            )
        },
        100,
    );
}

#[test]
fn real_documents() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/docs/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        crate::skip("there are no documents in ../shared/docs/seeds");
        return;
    };
    for entry in entries.flatten() {
        let text =
            std::fs::read_to_string(entry.path()).expect("a document that was listed can be read");
        let lines: Vec<&str> = text.split_inclusive('\n').take(800).collect();
        let text = lines.concat();
        let times = 1 + 20_000 / text.len().max(1);
        check(
            &entry.file_name().to_string_lossy(),
            |n| text.repeat(n),
            times,
        );
    }
}
