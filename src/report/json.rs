//! `report.json`: the run for machines. The file types are its own; they only ever grow.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words::repeat;
use super::{Counted, Outcome, Report, Share};
use crate::event::Coverage;
use crate::finding::curl;
use crate::source::Provenance;
use crate::wire::{Exchange, Headers};

/// Raised when a reader of the last version could go wrong.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    outcome: &'static str,
    target: &'a str,
    endpoint: &'a str,
    seed: u64,
    operations: u32,
    millis: Option<u64>,
    cases: Cases<'a>,
    statements: BTreeMap<&'static str, u32>,
    coverage: Vec<Statement<'a>>,
    findings: Vec<Finding<'a>>,
    findings_left_out: u64,
}

#[derive(Serialize)]
struct Cases<'a> {
    passed: u64,
    failed: u64,
    undecided: &'a BTreeMap<String, u64>,
    skipped: &'a BTreeMap<String, u64>,
    requests: u64,
    judgements: u64,
}

#[derive(Serialize)]
struct Statement<'a> {
    operation: &'a str,
    direction: &'static str,
    field: Option<String>,
    rule: &'static str,
    coverage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    check: &'static str,
    severity: &'static str,
    verdict: &'static str,
    operation: &'a str,
    field: Option<String>,
    title: &'a str,
    count: u64,
    promise: &'a str,
    sources: Vec<Source<'a>>,
    expected: &'a str,
    seen: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    case: &'a str,
    repeat: String,
    curl: Option<String>,
    exchange: Option<Seen<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    document: &'a str,
    line: u32,
    table: Option<&'a str>,
    row: Option<u32>,
}

#[derive(Serialize)]
struct Seen<'a> {
    method: &'static str,
    target: &'a str,
    request_headers: Vec<(&'a str, &'a str)>,
    request_body: String,
    status: Option<u16>,
    response_headers: Vec<(&'a str, &'a str)>,
    response_body: String,
    failure: Option<String>,
}

/// The report as pretty-printed JSON with a trailing newline.
pub fn json(report: &Report) -> String {
    let file = File {
        version: VERSION,
        outcome: match report.outcome() {
            Outcome::Holds => "holds",
            Outcome::Findings => "findings",
            Outcome::CutShort => "cut_short",
            Outcome::NothingChecked => "nothing_checked",
        },
        target: &report.target,
        endpoint: &report.endpoint,
        seed: report.seed,
        operations: report.n_operations,
        millis: report.millis,
        cases: cases(report),
        statements: shares(report.total()),
        coverage: report
            .statements
            .iter()
            .map(|(id, coverage)| statement(id, coverage))
            .collect(),
        findings: report
            .by_severity()
            .into_iter()
            .map(|counted| finding(report, counted))
            .collect(),
        findings_left_out: report.n_dropped,
    };
    let mut text =
        serde_json::to_string_pretty(&file).expect("strings and numbers always serialize");
    text.push('\n');
    text
}

fn cases(report: &Report) -> Cases<'_> {
    let cases = &report.cases;
    Cases {
        passed: cases.passed,
        failed: cases.failed,
        undecided: &cases.undecided,
        skipped: &cases.skipped,
        requests: cases.n_exchanges,
        judgements: cases.n_checks,
    }
}

fn shares(share: Share) -> BTreeMap<&'static str, u32> {
    share.parts().into_iter().collect()
}

fn statement<'a>(id: &'a crate::contract::StatementId, coverage: &'a Coverage) -> Statement<'a> {
    let (coverage, reason) = match coverage {
        Coverage::Kept => ("kept", None),
        Coverage::KeptOnOneSide => ("kept_on_one_side", None),
        Coverage::Broken => ("broken", None),
        Coverage::Disputed => ("disputed", None),
        Coverage::Untested(reason) => ("untested", Some(reason.as_str())),
    };
    Statement {
        operation: id.operation.as_str(),
        direction: id.direction.word(),
        field: id.field.as_ref().map(ToString::to_string),
        rule: id.rule,
        coverage,
        reason,
    }
}

fn finding<'a>(report: &'a Report, counted: &'a Counted) -> Finding<'a> {
    let finding = &counted.finding;
    let exchange = finding.exchange.as_ref();
    Finding {
        check: finding.check,
        severity: finding.severity.word(),
        verdict: finding.verdict.word(),
        operation: finding.operation.as_str(),
        field: finding.field.as_ref().map(ToString::to_string),
        title: &finding.title,
        count: counted.count,
        promise: &finding.promise,
        sources: finding.sources.iter().map(source).collect(),
        expected: &finding.expected,
        seen: &finding.seen,
        before: finding.change.as_ref().map(|(before, _)| before.as_str()),
        after: finding.change.as_ref().map(|(_, after)| after.as_str()),
        case: &finding.case.0,
        repeat: repeat(finding, &report.target, &report.endpoint, report.seed),
        curl: exchange.map(|exchange| curl(&report.endpoint, &exchange.request)),
        exchange: exchange.map(seen),
    }
}

fn source(at: &Provenance) -> Source<'_> {
    Source {
        document: at.document.as_str(),
        line: at.line,
        table: at.table.as_deref(),
        row: at.row,
    }
}

fn seen(exchange: &Exchange) -> Seen<'_> {
    let request = &exchange.request;
    let response = exchange.response();
    Seen {
        method: request.method.as_str(),
        target: &request.target,
        request_headers: headers(&request.headers),
        request_body: String::from_utf8_lossy(&request.body).into_owned(),
        status: response.map(|response| response.status),
        response_headers: response
            .map(|response| headers(&response.headers))
            .unwrap_or_default(),
        response_body: response
            .map(|response| String::from_utf8_lossy(&response.body).into_owned())
            .unwrap_or_default(),
        failure: exchange.outcome.as_ref().err().map(ToString::to_string),
    }
}

fn headers(headers: &Headers) -> Vec<(&str, &str)> {
    headers
        .0
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn keeps_the_account_and_the_findings() {
        let value: serde_json::Value = serde_json::from_str(&json(&sample::report())).unwrap();
        assert_eq!(value["version"], 1);
        assert_eq!(value["outcome"], "findings");
        assert_eq!(value["cases"]["skipped"]["nobody lends `lid`"], 1);
        let finding = &value["findings"][0];
        assert_eq!(finding["count"], 2);
        assert_eq!(finding["sources"][0]["line"], 12);
        assert_eq!(finding["exchange"]["status"], 200);
        assert!(
            finding["curl"]
                .as_str()
                .unwrap()
                .starts_with("curl -sS -i -X PUT")
        );
        assert_eq!(value["coverage"][2]["reason"], "nothing shows the default");
    }
}
