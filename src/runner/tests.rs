//! Runs against a made-up coast in memory, healthy and not.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::observe::Observing;
use super::{Plan, Planned, Program, run_program};
use crate::case::{AskedVersion, Case, CaseId, Credentials, Draft, Expect, Given, Template};
use crate::check::sample::{coast, response};
use crate::contract::{Contract, Direction, Kind, Operation, OperationId, Presence, StatementId};
use crate::event::{CaseOutcome, Coverage, Event};
use crate::finding::Finding;
use crate::target::{Lent, Restored, Target};
use crate::wire::{FailureKind, Method, Request, Response, SendFailure};

const TOKEN: &str = "a secret of the coast";

/// What is wrong with a coast.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    AnyName,
    ForgetsNames,
    RefusesAndRenames,
    JobNeverEnds,
    FitsNothing,
    ServesStrangers,
    Restless,
    Gone,
    Dull,
}

/// A light whose name can be changed and that lamps can be fitted to.
struct Coast {
    fault: Fault,
    name: String,
    lamps: Vec<String>,
    n_shown: usize,
    time: Duration,
    lent: Lent,
    may_write: bool,
    restores: bool,
}

impl Coast {
    fn new(fault: Fault) -> Self {
        let one = |value: &str| vec![value.to_owned()];
        let lent = BTreeMap::from([
            ("harbour_id".to_owned(), one("h1")),
            ("light_id".to_owned(), one("l1")),
            ("job_id".to_owned(), one("j1")),
            (
                "lampId".to_owned(),
                one("11111111-1111-4111-8111-111111111111"),
            ),
        ]);
        Self {
            fault,
            name: "Hook".to_owned(),
            lamps: Vec::new(),
            n_shown: 0,
            time: Duration::ZERO,
            lent: Lent(lent),
            may_write: true,
            restores: true,
        }
    }

    fn answer(&mut self, request: &Request) -> Response {
        let known = request.headers.get("x-auth-token") == Some(TOKEN);
        if !known && self.fault != Fault::ServesStrangers {
            return error(401);
        }
        let body = serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
        self.n_shown += 1;
        match (request.method, request.path()) {
            (Method::Get, "/v1/h1/lighthouses/l1") => response(200, &self.light().to_string()),
            (Method::Put, "/v1/h1/lighthouses/l1") => self.rename(&body),
            (Method::Post, "/v1/h1/lighthouses/l1/lamps") => self.fit(&body),
            (Method::Get, "/v1/h1/jobs/j1") => {
                let done = self.time >= Duration::from_secs(3) && self.fault != Fault::JobNeverEnds;
                let state = if done { "SUCCESS" } else { "RUNNING" };
                let job = json!({"job_id": "j1", "status": state, "fail_reason": ""});
                response(200, &job.to_string())
            }
            _ => error(404),
        }
    }

    fn fit(&mut self, body: &Value) -> Response {
        let lamp = body["lamp"]["lampId"].as_str().unwrap_or_default();
        if !self.lent.0["lampId"].iter().any(|known| known == lamp) || self.lamps.len() >= 6 {
            return error(400);
        }
        if self.fault != Fault::FitsNothing {
            self.lamps.push(lamp.to_owned());
        }
        response(202, r#"{"job_id":"j1"}"#)
    }

    fn light(&self) -> Value {
        let tide = if self.fault == Fault::Restless {
            self.n_shown
        } else {
            0
        };
        let mut shown = json!({"light": {
            "name": self.name, "height": 21 + self.lamps.len() + tide, "lamp": "on",
            "built": "2001-02-03T04:05:06Z", "keeper": null, "colour": "red"
        }});
        if let (Fault::Dull, Some(light)) = (self.fault, shown["light"].as_object_mut()) {
            light.remove("colour");
        }
        shown
    }

    fn rename(&mut self, body: &Value) -> Response {
        let Some(name) = body["light"]["name"].as_str() else {
            return error(400);
        };
        let fits = (1..=8).contains(&name.chars().count()) || self.fault == Fault::AnyName;
        if (fits && self.fault != Fault::ForgetsNames) || self.fault == Fault::RefusesAndRenames {
            name.clone_into(&mut self.name);
        }
        if fits {
            response(200, &json!({"light": {"name": name}}).to_string())
        } else {
            error(400)
        }
    }
}

fn error(status: u16) -> Response {
    response(status, r#"{"error":{"code":"LH.0001","message":"no"}}"#)
}

impl Target for Coast {
    fn name(&self) -> &str {
        "coast"
    }

    fn endpoint(&self) -> &str {
        "http://coast.test"
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        match self.fault {
            Fault::Gone => Err(SendFailure {
                kind: FailureKind::Unreachable,
                detail: "nobody there".to_owned(),
            }),
            _ => Ok(self.answer(request)),
        }
    }

    fn authorize(&self, request: &mut Request) {
        request.headers.set("X-Auth-Token", TOKEN);
    }

    fn wait(&mut self, time: Duration) {
        self.time += time;
    }

    fn lent(&self) -> &Lent {
        &self.lent
    }

    fn forbids(&self, operation: &Operation, _: Option<&Request>) -> Option<String> {
        let forbidden = !self.may_write && !operation.method.is_safe();
        forbidden.then(|| "the target may only be read".to_owned())
    }

    fn restore(&mut self) -> Restored {
        if !self.restores {
            return Restored::Nothing;
        }
        self.name = "Hook".to_owned();
        self.lamps.clear();
        self.time = Duration::ZERO;
        Restored::Whole
    }
}

fn case(name: &str, operation: &str, body: Option<Template>) -> Case {
    let lent = |name: &str| (name.to_owned(), Given::Lent(name.to_owned()));
    Case {
        id: CaseId(name.to_owned()),
        operation: OperationId::new(operation),
        tests: None,
        title: name.to_owned(),
        draft: Draft {
            path: vec![lent("harbour_id"), lent("light_id")],
            query: Vec::new(),
            headers: Vec::new(),
            body,
            credentials: Credentials::Own,
            version: AskedVersion::Usual,
        },
        expect: Expect::Accepted,
    }
}

fn named(id: &str, name: &str, expect: Expect) -> Case {
    let light = crate::contract::FieldPath::root("light");
    let tests = StatementId {
        operation: OperationId::new("lighthouses.update"),
        direction: Direction::Request,
        field: Some(light.child(&Kind::Object, "name")),
        rule: "length_range",
    };
    let body = Template::Literal(json!({"light": {"name": name}}));
    Case {
        tests: Some(tests),
        expect,
        ..case(id, "lighthouses.update", Some(body))
    }
}

fn program() -> Program {
    let lamp = Template::Object(vec![(
        "lampId".to_owned(),
        Template::Lent("lampId".to_owned()),
    )]);
    let lamp = Template::Object(vec![("lamp".to_owned(), lamp)]);
    let mut stranger = case("stranger", "lighthouses.show", None);
    stranger.draft.credentials = Credentials::None;
    stranger.expect = Expect::Refused;
    let cases = vec![
        case("show", "lighthouses.show", None),
        stranger,
        named("name of 8", "12345678", Expect::Accepted),
        named("name of 9", "123456789", Expect::Refused),
        case("fit", "lighthouses.lamps", Some(lamp)),
    ];
    let operations: Vec<OperationId> = coast()
        .operations
        .iter()
        .map(|operation| operation.id.clone())
        .collect();
    Program {
        trials: cases.into_iter().map(Planned::Case).collect(),
        operations,
        observing: Observing::of(&coast(), &[]),
        ..Program::default()
    }
}

fn events(coast_now: Coast) -> Vec<Event> {
    events_of(&coast(), coast_now)
}

fn events_of(contract: &Contract, mut coast_now: Coast) -> Vec<Event> {
    let mut events = Vec::new();
    let plan = Plan::default();
    run_program(contract, &plan, &program(), &mut coast_now, &mut |event| {
        events.push(event.clone());
    });
    events
}

fn findings(events: &[Event]) -> Vec<&Finding> {
    let found = events.iter().filter_map(|event| match event {
        Event::FindingMade(finding) => Some(&**finding),
        _ => None,
    });
    found.collect()
}

/// What a run on this coast finds: case and check.
fn check(fault: Fault, expected: &[&str]) {
    let events = events(Coast::new(fault));
    let mut found: Vec<String> = findings(&events)
        .iter()
        .map(|f| format!("{}: {}", f.case, f.check))
        .collect();
    found.dedup();
    assert_eq!(found, expected, "{fault:?}");
}

fn outcomes(events: &[Event]) -> Vec<String> {
    let ends = events.iter().filter_map(|event| match event {
        Event::CaseFinished { case, outcome, .. } => Some(match outcome {
            CaseOutcome::Passed => format!("{case}: passed"),
            CaseOutcome::Failed => format!("{case}: failed"),
            CaseOutcome::Skipped(why) => format!("{case}: skipped, {why}"),
            CaseOutcome::Undecided(why) => format!("{case}: undecided, {why}"),
        }),
        _ => None,
    });
    ends.collect()
}

#[test]
fn a_healthy_coast_yields_no_finding() {
    check(Fault::None, &[]);
}

#[test]
fn each_fault_is_found_by_its_check() {
    // The name that was accepted is then shown, which breaks the limit of the answer as well.
    check(
        Fault::AnyName,
        &["name of 9: value", "name of 9: violation_accepted"],
    );
    check(Fault::ForgetsNames, &["name of 8: read_after_write"]);
    check(
        Fault::RefusesAndRenames,
        &["name of 9: value", "name of 9: refused_changed_state"],
    );
    check(Fault::JobNeverEnds, &["fit: job_progress"]);
    check(Fault::FitsNothing, &["fit: state_unchanged"]);
    check(Fault::ServesStrangers, &["stranger: authentication"]);
}

#[test]
fn what_changes_by_itself_is_nobodys_fault() {
    check(Fault::Restless, &[]);
}

#[test]
fn an_outage_is_no_finding_and_no_pass() {
    check(Fault::Gone, &[]);
    let ends = outcomes(&events(Coast::new(Fault::Gone)));
    assert_eq!(ends[0], "show: undecided, unreachable");
}

#[test]
fn what_may_only_be_read_is_only_read() {
    let mut coast = Coast::new(Fault::None);
    coast.may_write = false;
    let ends = outcomes(&events(coast));
    assert_eq!(ends[0], "show: passed");
    assert_eq!(ends[2], "name of 8: skipped, the target may only be read");
}

#[test]
fn what_was_used_up_is_not_lent_again() {
    let mut coast_now = Coast::new(Fault::None);
    coast_now.restores = false;
    let mut program = program();
    let fit = program.trials[4].clone();
    program.trials = vec![fit.clone(), fit];
    let mut events = Vec::new();
    run_program(
        &coast(),
        &Plan::default(),
        &program,
        &mut coast_now,
        &mut |event| {
            events.push(event.clone());
        },
    );
    assert_eq!(
        outcomes(&events),
        ["fit: passed", "fit: skipped, no lent `lampId` left"]
    );
}

#[test]
fn each_further_thing_that_is_lent_is_shown_once() {
    let each = |lights: &[&str]| {
        let mut coast_now = Coast::new(Fault::None);
        let lights = lights.iter().map(|light| (*light).to_owned()).collect();
        coast_now.lent.0.insert("light_id".to_owned(), lights);
        let program = Program {
            trials: vec![Planned::Each(case("each", "lighthouses.show", None))],
            ..Program::default()
        };
        let mut events = Vec::new();
        let plan = Plan::default();
        run_program(&coast(), &plan, &program, &mut coast_now, &mut |event| {
            events.push(event.clone());
        });
        (outcomes(&events), coast_now.n_shown)
    };
    assert_eq!(
        each(&["l1"]),
        (
            vec!["each: skipped, no second `light_id` is lent".to_owned()],
            0
        )
    );
    assert_eq!(
        each(&["l2", "l1", "l1"]),
        (vec!["each: passed".to_owned()], 2)
    );
    assert_eq!(
        each(&["l1", "l1", "l2"]),
        (vec!["each: failed".to_owned()], 2)
    );
}

#[test]
fn no_secret_is_kept() {
    let events = events(Coast::new(Fault::AnyName));
    let printed = format!("{events:?}");
    assert!(!printed.contains(TOKEN));
    assert!(printed.contains("$PROOFHOUSE_TOKEN"));
}

/// What became of each statement, a line each.
fn statements(contract: &Contract, fault: Fault) -> Vec<String> {
    let told = events_of(contract, Coast::new(fault)).into_iter();
    let told = told.filter_map(|event| match event {
        Event::StatementTested {
            statement,
            coverage,
        } => Some(format!("{statement}: {coverage:?}")),
        _ => None,
    });
    told.collect()
}

#[test]
fn what_may_be_left_out_breaks_nothing_when_it_is() {
    // The table calls it mandatory, and its text says that it is there in one case only.
    let mut contract = coast();
    let shows = contract.operations.iter_mut();
    let mut shows = shows.filter(|operation| operation.id.as_str() == "lighthouses.show");
    let body = shows
        .next()
        .and_then(|show| show.response.as_mut())
        .unwrap();
    let mut fields = body.fields[0].children.iter_mut();
    let colour = fields.find(|field| field.name == "colour").unwrap();
    colour.presence = Presence::Required;
    colour.evidence.conditional = true;
    let told = statements(&contract, Fault::Dull);
    let about = "lighthouses.show response light.colour presence: ";
    assert!(told.iter().any(|line| line.starts_with(about)), "{told:#?}");
    assert!(
        !told.iter().any(|line| line.ends_with(": Broken")),
        "{told:#?}"
    );
}

#[test]
fn every_statement_is_accounted_for() {
    let told = statements(&coast(), Fault::None);
    let has = |line: &str| assert!(told.iter().any(|t| t == line), "{line} is not in {told:#?}");
    has("lighthouses.update request light.name length_range: Kept");
    has("lighthouses.show response light.lamp enum: Kept");
    has("lighthouses.update request light.name presence: KeptOnOneSide(Inside)");
    has("lighthouses.lamps behaviour async_job: Kept");
    has("jobs.show behaviour status: Kept");
    has(&format!(
        "lighthouses.lamps behaviour quota: {:?}",
        Coverage::Untested("it takes a scenario".to_owned())
    ));
    has("lighthouses.lamps request lamp.lampId format: KeptOnOneSide(Inside)");
}

#[test]
fn a_hunt_starts_near_the_suspect() {
    let contract = coast();
    let plan = Plan::default();
    let judge = crate::check::Judge::new(&contract, None, false);
    let hunt = super::hunt::Hunt {
        contract: &contract,
        plan: &plan,
        judge: &judge,
        program: &program(),
        callers: &super::Callers::of(&contract, &program()),
        healthy: &super::Known::default(),
    };
    let hunted = |fault, operation: &str| {
        let quarry = super::Quarry::BrokenPromise;
        let operation = OperationId::new(operation);
        let suspicion = super::Suspicion {
            operation: &operation,
            field: None,
            statement: None,
        };
        let catch = hunt.hunt(&mut Coast::new(fault), suspicion, quarry);
        (
            catch.findings.first().map(|finding| finding.check),
            catch.n_cases,
        )
    };
    assert_eq!(
        hunted(Fault::FitsNothing, "lighthouses.lamps"),
        (Some("state_unchanged"), 1)
    );
    // Nothing but the last case calls it; everything looks at the light.
    assert_eq!(hunted(Fault::None, "lighthouses.lamps"), (None, 1));
    assert_eq!(hunted(Fault::None, "lighthouses.show"), (None, 5));
}

#[test]
fn a_generated_case_is_made_smaller() {
    let plan = Plan {
        generated: 40,
        operations: Some(vec![OperationId::new("lighthouses.update")]),
        ..Plan::default()
    };
    let contract = coast();
    let mut program = Program::new(&contract, &plan);
    program
        .trials
        .retain(|planned| matches!(planned, Planned::Generated(_)));
    let mut events = Vec::new();
    let mut target = Coast::new(Fault::AnyName);
    run_program(&contract, &plan, &program, &mut target, &mut |event| {
        events.push(event.clone());
    });
    let accepted = findings(&events)
        .into_iter()
        .find(|finding| finding.check == "violation_accepted")
        .expect("some generated name is too long");
    let exchange = accepted.exchange.as_ref().expect("it was sent");
    let sent: Value = serde_json::from_slice(&exchange.request.body).unwrap();
    let name = sent["light"]["name"].as_str().unwrap_or_default();
    assert!(
        [0, 9].contains(&name.chars().count()),
        "{sent} is not the smallest"
    );
}

#[test]
fn every_case_of_the_contract_leaves_a_healthy_coast_alone() {
    let contract = coast();
    let plan = Plan {
        generated: 100,
        ..Plan::default()
    };
    let mut events = Vec::new();
    super::run(
        &contract,
        &plan,
        &mut Coast::new(Fault::None),
        &mut |event| {
            events.push(event.clone());
        },
    );
    let accused: Vec<String> = findings(&events)
        .into_iter()
        .filter(|finding| super::accuses(finding))
        .map(|finding| format!("{}: {}: {}", finding.case, finding.check, finding.title))
        .collect();
    assert_eq!(accused, Vec::<String>::new());
    assert!(outcomes(&events).len() > 100);
}

#[test]
fn what_is_foreseen_is_what_happens() {
    for may_write in [true, false] {
        let mut coast_now = Coast::new(Fault::None);
        coast_now.may_write = may_write;
        let plan = Plan::default();
        let foreseen = super::foresee(&coast(), &plan, &coast_now);
        let mut tried: BTreeMap<OperationId, (u64, u64)> = BTreeMap::new();
        super::run(&coast(), &plan, &mut coast_now, &mut |event| {
            if let Event::CaseFinished {
                operation, outcome, ..
            } = event
            {
                let counts = tried.entry(operation.clone()).or_default();
                let skipped = matches!(outcome, CaseOutcome::Skipped(_));
                counts.0 += u64::from(!skipped);
                counts.1 += u64::from(skipped);
            }
        });
        let told = foreseen.operations.iter().map(|seen| {
            let left_out = seen.left_out.values().sum::<u64>();
            (seen.operation.clone(), (seen.n_cases, left_out))
        });
        assert_eq!(
            told.collect::<BTreeMap<_, _>>(),
            tried,
            "may write: {may_write}"
        );
        let updates = foreseen
            .operations
            .iter()
            .find(|seen| seen.operation.as_str() == "lighthouses.update");
        assert_eq!(updates.unwrap().n_cases > 0, may_write);
    }
}
