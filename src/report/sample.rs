//! A small run about kettles, for the tests of the renderings.

use std::time::Duration;

use super::Report;
use crate::case::{CaseId, Expect};
use crate::contract::{Direction, FieldPath, OperationId, StatementId};
use crate::event::{CaseOutcome, Coverage, Event, Row, Said, Sheet, Trying};
use crate::finding::{Earlier, Finding, Severity, Verdict};
use crate::source::{DocumentId, Provenance};
use crate::wire::{Exchange, Headers, Method, OWN_TOKEN, Request, Response};

fn row_1() -> Provenance {
    Provenance {
        document: DocumentId::new("kettles"),
        page: None,
        line: 12,
        table: Some("2".into()),
        row: Some(1),
    }
}

fn case(value: &str) -> CaseId {
    CaseId(format!("kettles.update/name/length_range/{value}"))
}

fn exchange(status: u16) -> Exchange {
    let mut request = Request::new(Method::Put, "/v1/kettles/7");
    request.headers.set("X-Auth-Token", OWN_TOKEN);
    request.body = r#"{"name":"<script>alert(1)</script>"}"#.into();
    let response = Response {
        status,
        headers: Headers::default(),
        body: "{}".into(),
    };
    Exchange {
        request,
        outcome: Ok(response),
        elapsed: Duration::ZERO,
    }
}

/// What the table of the document says.
fn sheet() -> Sheet {
    let said = |rule, words: &str| Said {
        rule,
        words: words.to_owned(),
        at: row_1(),
    };
    Sheet {
        operation: OperationId::new("kettles.update"),
        route: "PUT /v1/kettles/{kettle_id}".into(),
        at: Provenance::line(&DocumentId::new("kettles"), 3),
        deprecated: None,
        success: vec![200],
        said: vec![said("rate_limit", "at most 9 calls a minute")],
        rows: vec![Row {
            direction: Direction::Request,
            place: None,
            field: FieldPath::root("name"),
            kind: "String".into(),
            presence: "required",
            at: row_1(),
            said: vec![
                said("length_range", "1 to 8 characters"),
                said("charset", "only characters of a-z"),
                said("default", "\"tea\" when left out"),
            ],
        }],
        disputes: vec!["`name`: String (kettles, line 12) or Integer (kettles, line 40)".into()],
    }
}

fn tried(value: &str, expect: Expect, status: u16) -> Event {
    Event::CaseTried(Box::new(Trying {
        case: case(value),
        operation: OperationId::new("kettles.update"),
        tests: Some(statement("length_range")),
        title: format!("name of {value}"),
        expect,
        outcome: match expect {
            Expect::Refused => CaseOutcome::Failed,
            Expect::Accepted | Expect::Either => CaseOutcome::Passed,
        },
        exchange: exchange(status),
    }))
}

/// A name that is too long was accepted.
pub fn finding() -> Event {
    Event::FindingMade(Box::new(Finding {
        check: "violation_accepted",
        severity: Severity::Violation,
        verdict: Verdict::Server,
        operation: OperationId::new("kettles.update"),
        field: Some(FieldPath::root("name")),
        title: "accepted 9 characters".into(),
        promise: "1 to 8 characters".into(),
        sources: vec![row_1()],
        expected: "400".into(),
        seen: "200".into(),
        case: case("9-characters"),
        exchange: Some(exchange(200)),
        change: Some(("name: tea".into(), "name: <b>9</b>".into())),
        earlier: vec![Earlier {
            request: Request::new(Method::Delete, "/v1/kettles/k1/name"),
            seen: "204".into(),
        }],
    }))
}

fn finished(value: &str, outcome: CaseOutcome) -> Event {
    Event::CaseFinished {
        case: case(value),
        operation: OperationId::new("kettles.update"),
        outcome,
        n_exchanges: 3,
        n_checks: 20,
    }
}

fn statement(rule: &'static str) -> StatementId {
    StatementId {
        operation: OperationId::new("kettles.update"),
        direction: Direction::Request,
        field: Some(FieldPath::root("name")),
        rule,
    }
}

fn tested(rule: &'static str, coverage: Coverage) -> Event {
    Event::StatementTested {
        statement: statement(rule),
        coverage,
    }
}

/// The Events of the run.
pub fn events() -> Vec<Event> {
    let note = match finding() {
        Event::FindingMade(finding) => Event::FindingMade(Box::new(Finding {
            check: "undocumented_field",
            severity: Severity::Note,
            promise: "only documented fields".into(),
            sources: Vec::new(),
            exchange: None,
            change: None,
            earlier: Vec::new(),
            ..*finding
        })),
        other => other,
    };
    vec![
        Event::RunStarted {
            target: "twin".into(),
            endpoint: "http://127.0.0.1:8774".into(),
            services: Vec::new(),
            n_operations: 1,
            seed: 42,
            n_cases: 3,
        },
        Event::OperationPlanned(Box::new(sheet())),
        tried("8-characters", Expect::Accepted, 200),
        tried("9-characters", Expect::Refused, 200),
        finding(),
        finding(),
        note,
        finished("9-characters", CaseOutcome::Failed),
        finished("8-characters", CaseOutcome::Passed),
        finished("lid", CaseOutcome::Skipped("nobody lends `lid`".into())),
        tested("length_range", Coverage::Broken),
        tested("charset", Coverage::Kept),
        tested(
            "default",
            Coverage::Untested("nothing shows the default".into()),
        ),
        Event::RunFinished { millis: 41 },
    ]
}

pub fn report() -> Report {
    let mut report = Report::default();
    events().iter().for_each(|event| report.hear(event));
    report
}
