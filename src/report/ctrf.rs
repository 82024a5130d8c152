//! `ctrf.json`: the run as a Common Test Report, for dashboards that read it.

use serde::Serialize;

use super::baseline::Standing;
use super::run::Report;
use super::trials::{End, Test, details, headline, tests};

/// The version of the format that is written.
const SPEC: &str = "0.0.0";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    report_format: &'static str,
    spec_version: &'static str,
    generated_by: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Results<'a> {
    tool: Tool,
    summary: Summary,
    tests: Vec<Entry<'a>>,
    environment: Environment<'a>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Default, Serialize)]
struct Summary {
    tests: u64,
    passed: u64,
    failed: u64,
    pending: u64,
    skipped: u64,
    other: u64,
    flaky: u64,
    suites: u64,
    /// Milliseconds since 1970.
    start: i64,
    stop: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Environment<'a> {
    app_name: &'a str,
    test_environment: &'a str,
    extra: Extra,
}

#[derive(Serialize)]
struct Extra {
    seed: u64,
    outcome: &'static str,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: String,
    status: &'static str,
    /// Statements have no duration of their own.
    duration: u64,
    suite: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    flaky: bool,
    tags: Vec<&'a str>,
}

/// The report as a Common Test Report with a trailing newline.
pub fn ctrf(report: &Report) -> String {
    let tests = tests(report);
    let mut summary = Summary {
        suites: report.coverage().len() as u64,
        start: began(report),
        ..Summary::default()
    };
    summary.stop = summary
        .start
        .saturating_add(i64::try_from(report.millis).unwrap_or(i64::MAX));
    let entries: Vec<Entry<'_>> = tests.into_iter().map(|test| entry(report, test)).collect();
    for entry in &entries {
        summary.tests += 1;
        summary.flaky += u64::from(entry.flaky);
        match entry.status {
            "passed" => summary.passed += 1,
            "failed" => summary.failed += 1,
            "skipped" => summary.skipped += 1,
            _ => summary.other += 1,
        }
    }
    let file = File {
        report_format: "CTRF",
        spec_version: SPEC,
        generated_by: "proofhouse",
        results: Results {
            tool: Tool {
                name: "proofhouse",
                version: env!("CARGO_PKG_VERSION"),
            },
            summary,
            tests: entries,
            environment: Environment {
                app_name: &report.start.target,
                test_environment: &report.start.endpoint,
                extra: Extra {
                    seed: report.start.seed,
                    outcome: report.outcome().word(),
                },
            },
        },
    };
    let mut text = serde_json::to_string_pretty(&file).expect("texts and numbers serialize");
    text.push('\n');
    text
}

/// When the run began. The format wants a number; a run that does not know says 0.
fn began(report: &Report) -> i64 {
    let started = report.head.started.as_deref();
    let time = started.and_then(|text| text.parse::<jiff::Timestamp>().ok());
    time.map_or(0, |time| time.as_millisecond())
}

fn entry<'a>(report: &'a Report, test: Test<'a>) -> Entry<'a> {
    let mut entry = Entry {
        name: format!("{} {}", test.operation, test.name),
        status: "passed",
        duration: 0,
        suite: [test.operation],
        message: None,
        trace: None,
        flaky: false,
        tags: Vec::new(),
    };
    match test.end {
        End::Passed => {}
        End::Undecided => {
            entry.status = "other";
            entry.message = Some("sources disagree and nobody settled it".to_owned());
        }
        End::Skipped(reason) => {
            entry.status = "skipped";
            entry.message = Some(reason);
        }
        End::Failed(findings) => {
            entry.status = "failed";
            entry.message = Some(headline(&findings));
            entry.trace = Some(details(report, &findings));
            entry.flaky = findings
                .iter()
                .any(|met| met.standing == Some(Standing::Flaky));
            entry.tags = findings
                .iter()
                .map(|met| met.finding.check.as_str())
                .collect();
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn accounts_for_every_test() {
        let value: serde_json::Value = serde_json::from_str(&ctrf(&sample::report())).unwrap();
        let summary = &value["results"]["summary"];
        let n = |key: &str| summary[key].as_u64().unwrap();
        assert_eq!(n("tests"), 3);
        assert_eq!((n("passed"), n("failed"), n("skipped")), (1, 1, 1));
        assert_eq!(value["results"]["tests"][0]["status"], "failed");
    }
}
