//! A made-up coast for tests: lighthouses whose name, lamp and height are documented, and what a
//! server answers about them.

mod coast;

pub(crate) use coast::coast;

use std::time::Duration;

use coast::{almanac, at, path};

use super::{Answer, JobRun, Judge, Trial, Unmet, find};
use crate::case::{AskedVersion, Case, CaseId, Credentials, Draft, Expect, Given};
use crate::contract::{
    Claim, Constraint, Contract, Direction, Dispute, Fact, Field, Kind, OperationId, Presence,
    Ruled, Scalar, Statement, StatementId, StatusCode, Version, VersionProtocol,
};
use crate::finding::{Finding, Verdict};
use crate::source::{DocumentId, Provenance};
use crate::wire::{Exchange, FailureKind, Headers, Request, Response, SendFailure};

/// What a check must say of a scene: one line per Finding, none for none.
pub(crate) fn check(code: &str, scene: Scene, expected: &str) {
    let check = find(code).expect("the check is registered");
    let told: Vec<String> = scene
        .trial(|trial| check.judge(trial))
        .iter()
        .map(line)
        .collect();
    assert_eq!(told.join("\n"), expected);
}

/// Severity, code and field of everything that any check says of a scene.
pub(crate) fn codes(scene: &Scene) -> String {
    let judge = Judge::new(&scene.contract, None, scene.strict);
    let told = scene.trial(|trial| judge.judge(trial));
    let lines = told.iter().map(|finding| {
        let field = finding
            .field
            .as_ref()
            .map(|field| format!(" {field}"))
            .unwrap_or_default();
        format!("{} {}{field}", finding.severity.word(), finding.check)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The sources of everything that any check says of a scene.
pub(crate) fn sources(scene: &Scene) -> String {
    let judge = Judge::new(&scene.contract, None, scene.strict);
    let told = scene.trial(|trial| judge.judge(trial));
    let places = told.iter().flat_map(|finding| &finding.sources);
    places
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

fn line(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Server => String::new(),
        other => format!(" {}", other.word()),
    };
    let field = finding
        .field
        .as_ref()
        .map(|field| format!(" {field}"))
        .unwrap_or_default();
    let change = finding.change.as_ref().map(|(old, new)| {
        let value = |side: &str| side.rsplit(": ").next().unwrap_or_default().to_owned();
        let place = old.rsplit_once(": ").map_or("", |(place, _)| place);
        format!("; {place}: {} became {}", value(old), value(new))
    });
    format!(
        "{}{verdict}{field}: {}; expected {}, seen {}{}",
        finding.severity.word(),
        finding.title,
        finding.expected,
        finding.seen,
        change.unwrap_or_default()
    )
}

/// The body that shows a light, all of its fields right but for what `changed` says.
pub(crate) fn light(changed: &str) -> String {
    let mut fields = [
        ("name", r#""Hook""#.to_owned()),
        ("height", "21".to_owned()),
        ("lamp", r#""on""#.to_owned()),
        ("built", r#""2001-02-03T04:05:06Z""#.to_owned()),
        ("keeper", r#""Ada""#.to_owned()),
        ("colour", r#""white""#.to_owned()),
    ];
    let mut more = Vec::new();
    if let Some((name, value)) = changed.split_once(':') {
        let name = name.trim_matches('"');
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some(field) => field.1 = value.to_owned(),
            None => more.push(changed.to_owned()),
        }
    }
    let fields = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"));
    let fields: Vec<String> = fields.chain(more).collect();
    format!("{{\"light\":{{{}}}}}", fields.join(","))
}

/// One made-up case and what a made-up server does with it.
#[derive(Clone)]
pub(crate) struct Scene {
    contract: Contract,
    case: Case,
    sent: String,
    outcome: Result<Response, SendFailure>,
    observed: Option<(String, String)>,
    made: Option<(u16, String)>,
    states: Option<Vec<&'static str>>,
    reason: &'static str,
    /// What polls of the job tell besides.
    told: String,
    gave_up: bool,
    strict: bool,
    credentials_work: bool,
    unmet: Vec<Unmet>,
}

impl Scene {
    /// A light is shown.
    pub(crate) fn show() -> Self {
        Self::of("lighthouses.show", 200)
    }

    /// A light gets another name.
    pub(crate) fn update() -> Self {
        Self::of("lighthouses.update", 200)
    }

    /// A lamp is fitted, which takes a job.
    pub(crate) fn fit() -> Self {
        Self::of("lighthouses.lamps", 202).answers(202, r#"{"job_id":"j1"}"#)
    }

    /// A job is looked at.
    pub(crate) fn job_shown() -> Self {
        Self::of("jobs.show", 200)
    }

    fn of(operation: &str, status: u16) -> Self {
        let lent = |name: &str| (name.to_owned(), Given::Lent(name.to_owned()));
        let case = Case {
            id: CaseId(format!("{operation}/made-up")),
            operation: OperationId::new(operation),
            tests: None,
            title: "a made-up case".to_owned(),
            draft: Draft {
                path: vec![lent("harbour_id"), lent("light_id")],
                query: Vec::new(),
                headers: Vec::new(),
                body: None,
                credentials: Credentials::Own,
                version: AskedVersion::Usual,
            },
            expect: Expect::Accepted,
        };
        Self {
            contract: coast(),
            case,
            sent: String::new(),
            outcome: Ok(response(status, &light(""))),
            observed: None,
            made: None,
            states: None,
            reason: "",
            told: String::new(),
            gave_up: false,
            strict: false,
            credentials_work: true,
            unmet: Vec::new(),
        }
    }

    pub(crate) fn expect(mut self, expect: Expect) -> Self {
        self.case.expect = expect;
        self
    }

    pub(crate) fn refused(self) -> Self {
        self.expect(Expect::Refused)
    }

    /// No operation documents its success, but a table lists 200 for all of them.
    pub(crate) fn without_success(mut self) -> Self {
        for operation in &mut self.contract.operations {
            operation.success.clear();
        }
        self.contract.statuses.push(StatusCode {
            code: 200,
            at: at(),
        });
        self
    }

    /// The document says nothing of how to follow a job.
    pub(crate) fn without_jobs(mut self) -> Self {
        self.contract.jobs = None;
        self
    }

    pub(crate) fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    pub(crate) fn without_working_credentials(mut self) -> Self {
        self.credentials_work = false;
        self
    }

    pub(crate) fn asks(mut self, credentials: Credentials) -> Self {
        self.case.draft.credentials = credentials;
        self
    }

    pub(crate) fn of_something_unknown(mut self) -> Self {
        self.case.draft.path[1].1 = Given::Literal("nowhere".to_owned());
        self.tests("light_id", "not_found")
    }

    /// The statement that the case is about; no field: the operation as a whole.
    pub(crate) fn tests(mut self, field: &str, rule: &'static str) -> Self {
        self.case.tests = Some(StatementId {
            operation: self.case.operation.clone(),
            direction: if field.is_empty() {
                Direction::Behaviour
            } else {
                Direction::Request
            },
            field: (!field.is_empty()).then(|| path(field)),
            rule,
        });
        self
    }

    pub(crate) fn sends(mut self, body: &str) -> Self {
        self.sent = body.to_owned();
        self
    }

    pub(crate) fn answers(mut self, status: u16, body: &str) -> Self {
        self.outcome = Ok(response(status, body));
        self
    }

    pub(crate) fn labelled(mut self, content_type: &str) -> Self {
        if let Ok(response) = &mut self.outcome {
            response.headers.set("Content-Type", content_type);
        }
        self
    }

    pub(crate) fn fails(mut self, kind: FailureKind) -> Self {
        self.outcome = Err(SendFailure {
            kind,
            detail: "told by a test".to_owned(),
        });
        self
    }

    /// What a reader sees before and after.
    pub(crate) fn observed(mut self, before: &str, after: &str) -> Self {
        self.observed = Some((before.to_owned(), after.to_owned()));
        self
    }

    /// What is answered to a look at what was made.
    pub(crate) fn made(mut self, status: u16, body: &str) -> Self {
        self.made = Some((status, body.to_owned()));
        self
    }

    /// The states that polls of the job tell.
    pub(crate) fn job(mut self, states: &[&'static str]) -> Self {
        self.states = Some(states.to_vec());
        self
    }

    pub(crate) fn reason(mut self, reason: &'static str) -> Self {
        self.reason = reason;
        self
    }

    /// The job tells which light it is about.
    pub(crate) fn about(mut self, light: &'static str) -> Self {
        self.tells("light_id", &format!("\"{light}\""));
        self
    }

    /// The job tells when it began, and when it ended.
    pub(crate) fn lasting(mut self, begin: &str, end: &str) -> Self {
        self.tells("begin_time", begin);
        self.tells("end_time", end);
        self
    }

    /// Jobs are shown with one field more.
    fn tells(&mut self, name: &str, value: &str) {
        self.told.push_str(&format!(r#","{name}":{value}"#));
        let shows = self.contract.operations[3].response.as_mut();
        let fields = &mut shows.expect("jobs are shown").fields;
        let like = fields[0].clone();
        fields.push(Field {
            name: name.to_owned(),
            ..like
        });
    }

    pub(crate) fn gives_up(mut self) -> Self {
        self.gave_up = true;
        self
    }

    pub(crate) fn unmet(mut self, expected: &str, seen: &str) -> Self {
        self.unmet.push(Unmet {
            what: "a value is another".to_owned(),
            promise: "the name is read back".to_owned(),
            expected: expected.to_owned(),
            seen: seen.to_owned(),
        });
        self
    }

    /// An almanac claims another kind of a field of shown lights.
    pub(crate) fn disputed(mut self, field: &str, kind: &str) -> Self {
        let other = if kind == "String" {
            Kind::String
        } else {
            Kind::Boolean
        };
        let show = &mut self.contract.operations[0];
        let body = show.response.as_mut().expect("lights are shown");
        let field = path(field);
        let known = body.fields[0]
            .children
            .iter_mut()
            .find(|child| child.name == field.leaf());
        let known = known.expect("the field is known");
        known.other_kinds.push(Claim {
            claim: other,
            at: almanac(),
        });
        let claims = vec![
            Claim {
                claim: known.kind.to_string(),
                at: at(),
            },
            Claim {
                claim: kind.to_owned(),
                at: almanac(),
            },
        ];
        let operation = Some(show.id.clone());
        let dispute = Dispute {
            operation,
            field: Some(field),
            fact: Fact::Kind,
            claims,
        };
        self.contract.disputes.push(dispute);
        self
    }

    /// A field of shown lights exists from a version on, and this is the version of the answer.
    pub(crate) fn since(mut self, field: &str, first: Version, of: Version) -> Self {
        let show = &mut self.contract.operations[0];
        let body = show.response.as_mut().expect("lights are shown");
        let mut children = body.fields[0].children.iter_mut();
        let known = children.find(|child| child.name == field);
        known
            .expect("the field is known")
            .statements
            .push(Statement {
                constraint: Constraint::Microversion {
                    min: Some(first),
                    max: None,
                },
                at: at(),
                rule: "test".to_owned(),
            });
        self.contract.versions = Some(VersionProtocol {
            headers: Vec::new(),
            default: Some(of),
            at: at(),
        });
        self
    }

    /// No document says which version is meant where none is named.
    pub(crate) fn of_an_unknown_version(mut self) -> Self {
        self.contract.versions = None;
        self
    }

    /// A person settled something about a field.
    pub(crate) fn ruled(mut self, field: &str) -> Self {
        self.contract.rulings.push(Ruled {
            operation: self.case.operation.clone(),
            direction: Some(Direction::Response),
            field: Some(path(field)),
            fact: "presence".to_owned(),
            value: "required".to_owned(),
            before: Vec::new(),
            settled: Vec::new(),
            reason: "lights are tall".to_owned(),
            who: "Ada".to_owned(),
            when: "2031-02-03".to_owned(),
            at: Provenance::line(&DocumentId::new("rulings.toml"), 7),
        });
        self
    }

    /// Another line claims another limit of a field of the request.
    /// This is said of a field in every answer that shows it.
    pub(crate) fn promises(mut self, field: &str, constraint: Constraint) -> Self {
        let field = path(field);
        let bodies = self.contract.operations.iter_mut();
        let bodies = bodies.filter_map(|operation| operation.response.as_mut());
        let shown = bodies.flat_map(|body| &mut body.fields);
        let members = shown.flat_map(|shown| &mut shown.children);
        for member in members.filter(|member| member.name == field.leaf()) {
            member.statements.push(Statement {
                constraint: constraint.clone(),
                at: at(),
                rule: "test".to_owned(),
            });
        }
        self
    }

    /// A member of a request need not be given, and is one of some values, this one by default.
    pub(crate) fn by_default(mut self, field: &str, default: &str) -> Self {
        let (field, default) = (path(field), Scalar::Text(default.to_owned()));
        let values = vec![default.clone()];
        let said = [
            Constraint::Default(default),
            Constraint::Enum { values, open: true },
        ];
        let bodies = self.contract.operations.iter_mut();
        let bodies = bodies.filter_map(|operation| operation.request.as_mut());
        let members = bodies
            .flat_map(|body| &mut body.fields)
            .flat_map(|sent| &mut sent.children);
        for member in members.filter(|member| member.name == field.leaf()) {
            member.presence = Presence::Optional;
            member
                .statements
                .extend(said.clone().map(|constraint| Statement {
                    constraint,
                    at: at(),
                    rule: "test".to_owned(),
                }));
        }
        self
    }

    pub(crate) fn disputed_limit(mut self, field: &str) -> Self {
        self.contract.disputes.push(Dispute {
            operation: Some(self.case.operation.clone()),
            field: Some(path(field)),
            fact: Fact::Constraint,
            claims: vec![
                Claim {
                    claim: "1..=8".to_owned(),
                    at: at(),
                },
                Claim {
                    claim: "1..=9".to_owned(),
                    at: Provenance::line(&DocumentId::new("lights"), 99),
                },
            ],
        });
        self
    }

    pub(crate) fn trial<T>(&self, judged: impl FnOnce(&Trial<'_>) -> T) -> T {
        let judge = Judge::new(&self.contract, None, self.strict);
        let operation = self
            .contract
            .operation(&self.case.operation)
            .expect("it is on the coast");
        let show = &self.contract.operations[0];
        let polled = &self.contract.operations[3];
        let named = |name: &str| Some(if name == "light_id" { "l" } else { "h" });
        let target = operation.path.filled(named).expect("all is named");
        let exchange = |outcome| Exchange {
            request: Request::new(operation.method, target.clone()),
            outcome,
            elapsed: Duration::ZERO,
        };
        let seen = |body: &str| {
            vec![judge.answer(show, exchange(Ok(response(200, body))), Expect::Accepted)]
        };
        let mut main = exchange(self.outcome.clone());
        main.request.body = self.sent.clone().into();
        let (before, after) = match &self.observed {
            Some((before, after)) => (seen(before), seen(after)),
            None => (Vec::new(), Vec::new()),
        };
        let poll = |state: &&str| {
            let reason = self.reason;
            let told = &self.told;
            let body =
                format!(r#"{{"job_id":"j1","status":"{state}","fail_reason":"{reason}"{told}}}"#);
            judge.answer(polled, exchange(Ok(response(200, &body))), Expect::Accepted)
        };
        let followed = self.contract.jobs.as_ref().zip(self.states.as_ref());
        let job = followed.map(|(protocol, states)| JobRun {
            protocol,
            polls: states.iter().map(poll).collect::<Vec<Answer<'_>>>(),
            gave_up: self.gave_up,
            waited: "a while".to_owned(),
        });
        judged(&Trial {
            contract: &self.contract,
            operation,
            case: &self.case,
            strict: self.strict,
            credentials_work: self.credentials_work,
            main: judge.answer(operation, main, self.case.expect),
            before,
            after,
            made: self.made.as_ref().map(|(status, body)| {
                judge.answer(show, exchange(Ok(response(*status, body))), Expect::Either)
            }),
            job,
            failure_wanted: false,
            unmet: self.unmet.clone(),
        })
    }
}

/// An answer in JSON.
pub(crate) fn response(status: u16, body: &str) -> Response {
    let mut headers = Headers::default();
    headers.set("Content-Type", "application/json");
    Response {
        status,
        headers,
        body: body.as_bytes().to_vec().into(),
    }
}
