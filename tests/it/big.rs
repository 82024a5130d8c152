//! A run that is larger than any contract: events about a city of kettles, some of them hostile.

use std::time::Duration;

use proofhouse::case::{CaseId, Expect};
use proofhouse::contract::{Direction, FieldPath, OperationId, Place, StatementId};
use proofhouse::event::{CaseOutcome, Coverage, Event, Row, Said, Sheet, Side, Trying};
use proofhouse::finding::{Finding, Severity, Verdict};
use proofhouse::source::{DocumentId, Provenance};
use proofhouse::wire::{Exchange, Headers, Method, OWN_TOKEN, Request, Response};

/// Texts that a hostile server could answer with.
pub const HOSTILE: [&str; 8] = [
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "<!--<script>",
    "javascript:document.title='owned'",
    "\u{202e}desrever \u{0}\u{7}\u{1b}[31mred\u{1b}[0m \u{2028}line",
    "{{constructor.constructor('document.title=\"owned\"')()}} ${document.title='owned'}",
    "|a|b|\n\n# head\n\n[link](javascript:alert(1)) ]]> <![CDATA[",
];

/// How large the run is.
#[derive(Clone, Copy)]
pub struct Size {
    pub n_operations: u32,
    pub n_fields: u32,
    pub n_findings: u32,
}

/// Every event of the run, one after the other.
pub fn events(size: Size) -> impl Iterator<Item = Event> {
    let start = Event::RunStarted {
        target: "http://kettles.invalid".into(),
        endpoint: "http://kettles.invalid".into(),
        services: Vec::new(),
        n_operations: size.n_operations,
        seed: 42,
        n_cases: u64::from(size.n_operations * size.n_fields * 2),
    };
    let sheets =
        (0..size.n_operations).map(move |n| Event::OperationPlanned(Box::new(sheet(n, size))));
    let tried = (0..size.n_operations).flat_map(move |operation| {
        (0..size.n_fields).flat_map(move |field| cases(operation, field))
    });
    let findings =
        (0..size.n_findings).map(move |n| Event::FindingMade(Box::new(finding(n, size))));
    let told = (0..size.n_operations).flat_map(move |operation| {
        (0..size.n_fields).flat_map(move |field| statements(operation, field))
    });
    std::iter::once(start)
        .chain(sheets)
        .chain(tried)
        .chain(findings)
        .chain(told)
        .chain([Event::RunFinished { millis: 184_000 }])
}

fn operation(n: u32) -> OperationId {
    OperationId::new(format!("street{}.kettles.update{n}", n % 12))
}

fn path(n: u32) -> FieldPath {
    FieldPath(vec![
        proofhouse::contract::Step::Name("kettle".into()),
        proofhouse::contract::Step::Name(format!("part{n}")),
    ])
}

fn at(line: u32) -> Provenance {
    Provenance {
        document: DocumentId::new("kettles-2031-en"),
        page: None,
        line,
        table: Some(format!("{}-{}", 1 + line % 9, 1 + line % 30).into()),
        row: Some(1 + line % 20),
    }
}

fn sheet(n: u32, size: Size) -> Sheet {
    let said = |rule, words: &str, line| Said {
        rule,
        words: words.to_owned(),
        at: at(line),
    };
    let id = Row {
        direction: Direction::Request,
        place: Some(Place::Path),
        field: FieldPath::root("kettle_id"),
        kind: "String".into(),
        presence: "required",
        at: at(3),
        said: vec![said("format", "a UUID", 3)],
    };
    let rows = (0..size.n_fields).map(|field| Row {
        direction: if field.is_multiple_of(2) {
            Direction::Request
        } else {
            Direction::Response
        },
        place: None,
        field: path(field),
        kind: if field.is_multiple_of(7) {
            "Integer or String".into()
        } else {
            "String".into()
        },
        presence: ["required", "optional", ""][field as usize % 3],
        at: at(10 + field),
        said: vec![
            said("kind", "String", 10 + field),
            said("length_range", "1 to 64 characters", 10 + field),
        ],
    });
    Sheet {
        operation: operation(n),
        route: format!(
            "PUT /v{}/{{project_id}}/street{}/kettles/{{kettle_id}}/{n}",
            1 + n % 3,
            n % 12
        ),
        at: at(n),
        deprecated: n.is_multiple_of(11).then(|| at(1)),
        success: vec![200],
        said: vec![said("rate_limit", "at most 100 calls a minute", n)],
        rows: std::iter::once(id).chain(rows).collect(),
        disputes: vec![format!(
            "`kettle.part{n}`: Integer (kettles, line 3) or String (kettles, line 90)"
        )],
    }
}

fn statement(op: u32, field: u32, rule: &'static str) -> StatementId {
    StatementId {
        operation: operation(op),
        direction: if field.is_multiple_of(2) {
            Direction::Request
        } else {
            Direction::Response
        },
        field: Some(path(field)),
        rule,
    }
}

fn exchange(n: u32, status: u16) -> Exchange {
    let mut request = Request::new(Method::Put, format!("/v1/street/kettles/{n}"));
    request.headers.set("X-Auth-Token", OWN_TOKEN);
    request.headers.set("Content-Type", "application/json");
    request.body = format!(
        "{{\"kettle\":{{\"name\":\"{}\"}}}}",
        "a".repeat(64 + n as usize % 3)
    )
    .into();
    let mut headers = Headers::default();
    headers.set("X-Request-Id", HOSTILE[n as usize % HOSTILE.len()]);
    let body = serde_json::json!({
        "kettle": { "id": n, "name": HOSTILE[n as usize % HOSTILE.len()], "parts": [1, 2, 3], "state": "COLD" },
    });
    Exchange {
        request,
        outcome: Ok(Response {
            status,
            headers,
            body: body.to_string().into(),
        }),
        elapsed: Duration::from_millis(7),
    }
}

fn cases(op: u32, field: u32) -> Vec<Event> {
    let mut events = Vec::new();
    for (length, expect, status) in [(64, Expect::Accepted, 200), (65, Expect::Refused, 400)] {
        let case = CaseId(format!(
            "{}/{}/length_range/{length}-characters",
            operation(op),
            path(field)
        ));
        events.push(Event::CaseStarted {
            case: case.clone(),
            operation: operation(op),
        });
        events.push(Event::CaseTried(Box::new(Trying {
            case: case.clone(),
            operation: operation(op),
            tests: Some(statement(op, field, "length_range")),
            title: format!("{} of {length} characters", path(field)),
            expect,
            outcome: CaseOutcome::Passed,
            exchange: exchange(op + field, status),
        })));
        let outcome = if (op + field) % 50 == 3 {
            CaseOutcome::Skipped("nobody lends `kettle_id`".into())
        } else {
            CaseOutcome::Passed
        };
        events.push(Event::CaseFinished {
            case,
            operation: operation(op),
            outcome,
            n_exchanges: 3,
            n_checks: 27,
        });
    }
    events
}

fn finding(n: u32, size: Size) -> Finding {
    let hostile = HOSTILE[n as usize % HOSTILE.len()];
    let field = FieldPath::root(&format!("part{}", n / size.n_operations));
    Finding {
        check: ["violation_accepted", "kind", "undocumented_field"][n as usize % 3],
        severity: [Severity::Violation, Severity::Warning, Severity::Note][n as usize % 3],
        verdict: [Verdict::Server, Verdict::Server, Verdict::Document][n as usize % 3],
        operation: operation(n % size.n_operations),
        field: Some(field),
        title: format!("accepted {hostile}"),
        promise: format!("the kettle says {hostile}"),
        sources: vec![at(n % 900)],
        expected: "state COLD or WARM".into(),
        seen: format!("state {hostile}"),
        case: CaseId(format!(
            "{}/part/length_range/{n}-characters",
            operation(n % size.n_operations)
        )),
        exchange: Some(exchange(n, 200)),
        change: n.is_multiple_of(5).then(|| {
            (
                "/kettle/name: \"tea\"".into(),
                format!("/kettle/name: {hostile}"),
            )
        }),
        earlier: Vec::new(),
    }
}

fn statements(op: u32, field: u32) -> Vec<Event> {
    let coverage = match (op * 7 + field * 3) % 17 {
        0 => Coverage::Broken,
        1 => Coverage::Disputed,
        2 | 3 => Coverage::Untested("nobody lends `kettle_id`".into()),
        4 => Coverage::KeptOnOneSide(Side::Inside),
        _ => Coverage::Kept,
    };
    let told = |rule, coverage| Event::StatementTested {
        statement: statement(op, field, rule),
        coverage,
    };
    vec![told("kind", Coverage::Kept), told("length_range", coverage)]
}
