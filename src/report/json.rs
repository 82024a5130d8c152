//! `report.json`: the run for machines. `formats/report.schema.json` describes it; it only ever
//! grows, and the version is raised when a reader of the last one could go wrong.

use std::collections::BTreeMap;

use serde::Serialize;

use super::baseline::{Gone, Since, Standing};
use super::record::{self, Coverage, Statement};
use super::run::{Counted, Report, Share};
use super::waivers::{Waiver, WaiverAccount};
use super::words::repeat;

/// The version of the file type.
pub const VERSION: u32 = 2;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    tool: &'a str,
    outcome: &'static str,
    started: Option<&'a str>,
    partition: Option<&'a str>,
    target: &'a str,
    endpoint: &'a str,
    seed: u64,
    operations: u32,
    millis: Option<u64>,
    under_way: Option<&'a str>,
    cases: Cases<'a>,
    statements: BTreeMap<String, u32>,
    since: Option<SinceFile<'a>>,
    waivers: Option<WaiversFile<'a>>,
    findings: Vec<Finding<'a>>,
    findings_left_out: u64,
    coverage: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Cases<'a> {
    planned: u64,
    passed: u64,
    failed: u64,
    undecided: &'a BTreeMap<String, u64>,
    skipped: &'a BTreeMap<String, u64>,
    requests: u64,
    judgements: u64,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    statement: &'a Statement,
    #[serde(flatten)]
    coverage: &'a Coverage,
}

#[derive(Serialize)]
struct Finding<'a> {
    #[serde(flatten)]
    finding: &'a record::Finding,
    count: u64,
    repeat: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Standing>,
    #[serde(skip_serializing_if = "str::is_empty")]
    record: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<Waived<'a>>,
}

#[derive(Serialize)]
struct Waived<'a> {
    owner: &'a str,
    reason: &'a str,
    expires: &'a str,
    ticket: &'a str,
}

#[derive(Serialize)]
struct SinceFile<'a> {
    baseline: &'a str,
    started: Option<&'a str>,
    new: usize,
    flaky: usize,
    still_failing: usize,
    fixed: &'a [Gone],
    no_longer_tested: &'a [Gone],
    remembered: &'a [Gone],
}

#[derive(Serialize)]
struct WaiversFile<'a> {
    file: &'a str,
    waived: u64,
    expired: Vec<WaiverFile<'a>>,
    unused: Vec<WaiverFile<'a>>,
}

#[derive(Serialize)]
struct WaiverFile<'a> {
    line: usize,
    about: String,
    owner: &'a str,
    expires: &'a str,
    ticket: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    matches: Option<u64>,
}

/// The report as pretty-printed JSON with a trailing newline.
pub fn json(report: &Report) -> String {
    let file = File {
        version: VERSION,
        tool: env!("CARGO_PKG_VERSION"),
        outcome: report.outcome().word(),
        started: report.head.started.as_deref(),
        partition: report.head.partition.as_deref(),
        target: &report.start.target,
        endpoint: &report.start.endpoint,
        seed: report.start.seed,
        operations: report.n_operations(),
        millis: (!report.is_cut_short()).then_some(report.millis),
        under_way: report.under_way(),
        cases: cases(report),
        statements: shares(report.total()),
        since: report.since.as_ref().map(|since| told(report, since)),
        waivers: report.waivers.as_ref().map(waivers),
        findings: report
            .by_severity()
            .into_iter()
            .map(|counted| finding(report, counted))
            .collect(),
        findings_left_out: report.dropped.values().sum(),
        coverage: report
            .in_order()
            .into_iter()
            .map(|(statement, coverage)| Told {
                statement,
                coverage,
            })
            .collect(),
    };
    let mut text =
        serde_json::to_string_pretty(&file).expect("strings and numbers always serialize");
    text.push('\n');
    text
}

fn cases(report: &Report) -> Cases<'_> {
    let cases = &report.cases;
    Cases {
        planned: report.start.cases,
        passed: cases.passed,
        failed: cases.failed,
        undecided: &cases.undecided,
        skipped: &cases.skipped,
        requests: cases.n_exchanges,
        judgements: cases.n_checks,
    }
}

/// By the words of [`Coverage::word`].
fn shares(share: Share) -> BTreeMap<String, u32> {
    let parts = share.parts().into_iter();
    parts.map(|(name, n)| (name.replace(' ', "_"), n)).collect()
}

fn finding<'a>(report: &'a Report, counted: &'a Counted) -> Finding<'a> {
    Finding {
        finding: &counted.finding,
        count: counted.count,
        repeat: repeat(report, &counted.finding.case),
        standing: counted.standing,
        record: &counted.record,
        waived: counted.waived.as_ref().map(|waived| Waived {
            owner: &waived.owner,
            reason: &waived.reason,
            expires: &waived.expires,
            ticket: &waived.ticket,
        }),
    }
}

fn told<'a>(report: &Report, since: &'a Since) -> SinceFile<'a> {
    SinceFile {
        baseline: &since.name,
        started: since.started.as_deref(),
        new: report.n_standing(Standing::New),
        flaky: report.n_standing(Standing::Flaky),
        still_failing: report.n_standing(Standing::StillFailing),
        fixed: &since.fixed,
        no_longer_tested: &since.not_tested,
        remembered: &since.remembered,
    }
}

fn waivers(account: &WaiverAccount) -> WaiversFile<'_> {
    let expired = account.expired.iter();
    WaiversFile {
        file: &account.name,
        waived: account.n_waived,
        expired: expired.map(|(it, n)| waiver(it, Some(*n))).collect(),
        unused: account.unused.iter().map(|it| waiver(it, None)).collect(),
    }
}

fn waiver(waiver: &Waiver, matches: Option<u64>) -> WaiverFile<'_> {
    WaiverFile {
        line: waiver.line,
        about: waiver.pattern.to_string(),
        owner: &waiver.owner,
        expires: &waiver.expires,
        ticket: &waiver.ticket,
        matches,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn has_a_version_and_every_fact_of_a_finding() {
        insta::assert_snapshot!(json(&sample::report()));
    }
}
