//! A small run about kettles, for the tests of the renderings.

use std::time::Duration;

use super::Report;
use crate::case::CaseId;
use crate::contract::{Direction, FieldPath, OperationId, StatementId};
use crate::event::{CaseOutcome, Coverage, Event};
use crate::finding::{Finding, Severity, Verdict};
use crate::source::{DocumentId, Provenance};
use crate::wire::{Exchange, Headers, Method, OWN_TOKEN, Request, Response};

pub fn finding() -> Event {
    let mut request = Request::new(Method::Put, "/v1/kettles/7");
    request.headers.set("X-Auth-Token", OWN_TOKEN);
    request.body = r#"{"name":"<script>alert(1)</script>"}"#.into();
    let response = Response {
        status: 200,
        headers: Headers::default(),
        body: "{}".into(),
    };
    Event::FindingMade(Box::new(Finding {
        check: "violation_accepted",
        severity: Severity::Violation,
        verdict: Verdict::Server,
        operation: OperationId::new("kettles.update"),
        field: Some(FieldPath::root("name")),
        title: "accepted 9 characters".into(),
        promise: "1 to 8 characters".into(),
        sources: vec![Provenance {
            document: DocumentId::new("kettles"),
            page: None,
            line: 12,
            table: Some("2".into()),
            row: Some(1),
        }],
        expected: "400".into(),
        seen: "200".into(),
        case: CaseId("kettles.update/name/length_range/9-characters".into()),
        exchange: Some(Exchange {
            request,
            outcome: Ok(response),
            elapsed: Duration::ZERO,
        }),
        change: Some(("name: tea".into(), "name: <b>9</b>".into())),
    }))
}

fn finished(outcome: CaseOutcome) -> Event {
    Event::CaseFinished {
        case: CaseId("kettles.update/name/length_range/9-characters".into()),
        operation: OperationId::new("kettles.update"),
        outcome,
        n_exchanges: 3,
        n_checks: 20,
    }
}

fn tested(rule: &'static str, coverage: Coverage) -> Event {
    let statement = StatementId {
        operation: OperationId::new("kettles.update"),
        direction: Direction::Request,
        field: Some(FieldPath::root("name")),
        rule,
    };
    Event::StatementTested {
        statement,
        coverage,
    }
}

pub fn report() -> Report {
    let mut report = Report::default();
    let note = match finding() {
        Event::FindingMade(finding) => Event::FindingMade(Box::new(Finding {
            check: "undocumented_field",
            severity: Severity::Note,
            promise: "only documented fields".into(),
            sources: Vec::new(),
            exchange: None,
            change: None,
            ..*finding
        })),
        other => other,
    };
    let events = [
        Event::RunStarted {
            target: "twin".into(),
            endpoint: "http://127.0.0.1:8774".into(),
            n_operations: 1,
            seed: 42,
            n_cases: 3,
        },
        finding(),
        finding(),
        note,
        finished(CaseOutcome::Failed),
        finished(CaseOutcome::Passed),
        finished(CaseOutcome::Skipped("nobody lends `lid`".into())),
        tested("length_range", Coverage::Broken),
        tested("charset", Coverage::Kept),
        tested(
            "default",
            Coverage::Untested("nothing shows the default".into()),
        ),
        Event::RunFinished { millis: 41 },
    ];
    events.iter().for_each(|event| report.hear(event));
    report
}
