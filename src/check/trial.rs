//! Everything that happened in one Case.

use serde_json::Value;

use super::{Answer, Check};
use crate::case::{Case, Credentials, Expect};
use crate::contract::{Contract, JobProtocol, Operation, is_passing, only_tries_if_set};
use crate::finding::{Finding, Verdict};

/// Everything that happened in one Case: what a Check judges.
#[derive(Debug)]
pub struct Trial<'a> {
    /// All promises.
    pub contract: &'a Contract,
    /// The operation that the case calls.
    pub operation: &'a Operation,
    /// The case.
    pub case: &'a Case,
    /// Whether the tables alone count, and doubt is no excuse.
    pub strict: bool,
    /// Whether the target's own credentials were ever accepted in this run.
    pub credentials_work: bool,
    /// The exchange that the case is about.
    pub main: Answer<'a>,
    /// What could be observed before; the same requests as `after`, in the same order.
    pub before: Vec<Answer<'a>>,
    /// What could be observed after, once the job had ended.
    pub after: Vec<Answer<'a>>,
    /// What shows the thing that the operation made, where it was looked at.
    pub made: Option<Answer<'a>>,
    /// The job that the operation started, where one was followed.
    pub job: Option<JobRun<'a>>,
    /// Whether the case is a step of a story in which the job must fail.
    pub failure_wanted: bool,
    /// What the story says must hold after this step, and does not.
    pub unmet: Vec<Unmet>,
}

/// Something that a story says must hold, and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// What is wrong, in a few words.
    pub what: String,
    /// What the story says.
    pub promise: String,
    /// What should have been seen.
    pub expected: String,
    /// What was seen.
    pub seen: String,
}

/// An asynchronous job, followed.
#[derive(Clone, Debug)]
pub struct JobRun<'a> {
    /// How a job is followed.
    pub protocol: &'a JobProtocol,
    /// The answers to the polls, in order. Where the job ended, one more poll follows its end.
    pub polls: Vec<Answer<'a>>,
    /// Whether waiting was given up before the job ended.
    pub gave_up: bool,
    /// For how long it was waited, for people: `15 minutes`.
    pub waited: String,
}

impl<'a> Trial<'a> {
    /// Whether the request asks to try whether something could be done, and to do nothing: `"dry_run": true`.
    pub fn only_tries(&self) -> bool {
        let body: Value =
            serde_json::from_slice(&self.main.exchange.request.body).unwrap_or_default();
        let mut members = body.as_object().into_iter().flatten();
        members.any(|(name, value)| only_tries_if_set(name) && *value == Value::Bool(true))
    }

    /// Every answer of the trial that is judged for itself. What is shown around a refusal is only
    /// compared, unless it changed: it is what other cases are about.
    pub fn answers(&self) -> impl Iterator<Item = &Answer<'a>> {
        let compared = self.case.expect == Expect::Refused && self.main.refused();
        let polls = self.job.iter().flat_map(|job| &job.polls);
        let before = self.before.iter().filter(move |_| !compared);
        let after = self.after.iter().enumerate().filter(move |(place, after)| {
            let before = self.before.get(*place);
            !compared || before.is_none_or(|before| !before.tells_same(after))
        });
        std::iter::once(&self.main)
            .chain(before)
            .chain(polls)
            .chain(after.map(|(_, after)| after))
            .chain(&self.made)
    }

    /// Whether the case asks with the target's own credentials.
    pub fn own_credentials(&self) -> bool {
        self.case.draft.credentials == Credentials::Own
    }

    /// Whether the case names a thing in its path that does not exist.
    pub fn unknown_resource(&self) -> bool {
        self.own_credentials() && self.rule() == Some("not_found")
    }

    /// The rule of the statement that the case is about: `quota`.
    pub fn rule(&self) -> Option<&'static str> {
        self.case.tests.as_ref().map(|statement| statement.rule)
    }

    /// Pairs of observations that differ, with what they are observations of.
    pub fn changes(&self) -> impl Iterator<Item = (&Answer<'a>, &Answer<'a>)> {
        let pairs = self.before.iter().zip(&self.after);
        pairs.filter(|(before, after)| before.json().is_some() && differ(before, after))
    }

    /// A Finding of `check` about `answer`, to be filled in by struct update.
    pub(super) fn finding(&self, check: &dyn Check, answer: &Answer<'_>) -> Finding {
        Finding {
            check: check.code(),
            severity: check.severity(),
            verdict: Verdict::Server,
            operation: answer.operation.id.clone(),
            field: None,
            title: String::new(),
            promise: check.title().to_owned(),
            sources: Vec::new(),
            expected: String::new(),
            seen: answer.seen(),
            case: self.case.id.clone(),
            exchange: Some(answer.exchange.clone()),
            change: None,
            earlier: Vec::new(),
        }
    }
}

/// Whether two answers to the same request tell different things.
fn differ(before: &Answer<'_>, after: &Answer<'_>) -> bool {
    before.outage().is_none()
        && after.outage().is_none()
        && (before.status() != after.status() || !before.tells_same(after))
        && !before.json().zip(after.json()).is_some_and(moved_on)
}

/// Whether something said before that it was on its way, and is otherwise now: nobody knows what changed it.
fn moved_on((before, after): (&Value, &Value)) -> bool {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let is_otherwise = |name: &String, before: &Value| match after.get(name) {
                Some(after) if is_state(name) => is_on_its_way(before) && before != after,
                Some(after) => moved_on((before, after)),
                None => false,
            };
            let mut members = before.iter();
            members.any(|(name, before)| is_otherwise(name, before))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            before.iter().zip(after).any(moved_on)
        }
        (Value::Array(before), Value::Array(_)) => {
            let mut things = before.iter().filter_map(Value::as_object).flatten();
            things.any(|(name, value)| is_state(name) && is_on_its_way(value))
        }
        (_, _) => false,
    }
}

fn is_state(name: &str) -> bool {
    ["status", "state"].contains(&name)
}

fn is_on_its_way(state: &Value) -> bool {
    state.as_str().is_some_and(is_passing)
}

impl JobRun<'_> {
    /// The state that a poll tells.
    pub fn state<'b>(&self, poll: &'b Answer<'_>) -> Option<&'b str> {
        let found = self.protocol.state.values_in(poll.json()?);
        found.first()?.as_str()
    }

    /// The state of the last poll that told one.
    pub fn last_state(&self) -> Option<&str> {
        self.polls.iter().rev().find_map(|poll| self.state(poll))
    }

    /// Whether a job in this state came to an end.
    pub fn is_end(&self, state: &str) -> bool {
        has(&self.protocol.succeeded, state) || has(&self.protocol.failed, state)
    }

    /// Whether the job says that it did its work.
    pub fn succeeded(&self) -> bool {
        self.last_state()
            .is_some_and(|state| has(&self.protocol.succeeded, state))
    }

    /// Whether the job says that it failed.
    pub fn failed(&self) -> bool {
        self.last_state()
            .is_some_and(|state| has(&self.protocol.failed, state))
    }
}

/// Whether a documented list has this state.
pub(super) fn has(states: &[String], state: &str) -> bool {
    states.iter().any(|known| known == state)
}
