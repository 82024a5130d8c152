//! What became of every statement in the course of a run.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::promises::{promises, rules};
use crate::case::{self, Draft, Expect};
use crate::check::{Answer, Trial, disputed};
use crate::contract::{
    Contract, Direction, Expectation, Field, FieldPath, Operation, OperationId, Parameter, Place,
    StatementId,
};
use crate::event::{Coverage, Side};
use crate::finding::{Finding, Severity, Verdict};
use crate::schema::Violation;

/// Rules with a limit that must be tried from close by.
pub(super) const LIMITS: [&str; 10] = [
    "length_range",
    "min_length",
    "max_length",
    "byte_length",
    "range",
    "min",
    "max",
    "min_items",
    "max_items",
    "quota",
];

/// Keeps account of statements.
#[derive(Debug, Default)]
pub(super) struct Account {
    sides: BTreeMap<StatementId, Sides>,
    skipped: HashMap<StatementId, String>,
    news: News,
    /// Bodies that need no further look while they are right: they show what others showed.
    seen: HashSet<u64>,
}

/// What was seen of one statement. What was seen once stays seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    /// Something it allows was accepted.
    pub(super) inside: bool,
    /// Something it forbids was refused.
    pub(super) outside: bool,
    /// An answer kept it.
    pub(super) held: bool,
    /// Something broke it.
    pub(super) broken: bool,
    /// Something about which nothing is said was accepted or refused.
    pub(super) open: bool,
}

impl Sides {
    fn and(self, other: Self) -> Self {
        Self {
            inside: self.inside | other.inside,
            outside: self.outside | other.outside,
            held: self.held | other.held,
            broken: self.broken | other.broken,
            open: self.open | other.open,
        }
    }
}

/// What an account learnt since it was asked last.
#[derive(Debug, Default)]
pub(super) struct News {
    /// What was seen of statements; more than once where more was seen.
    pub(super) seen: Vec<(StatementId, Sides)>,
    /// Why statements were not tried.
    pub(super) skipped: Vec<(StatementId, String)>,
}

impl Account {
    /// A case that was not run.
    pub(super) fn skipped(&mut self, tests: Option<&StatementId>, reason: &str) {
        let news = tests.filter(|id| !self.skipped.contains_key(id));
        if let Some(id) = news {
            self.skipped.insert(id.clone(), reason.to_owned());
            self.news.skipped.push((id.clone(), reason.to_owned()));
        }
    }

    /// What was learnt since the last time.
    pub(super) fn news(&mut self) -> News {
        std::mem::take(&mut self.news)
    }

    /// Knows what an earlier account learnt.
    pub(super) fn recall(&mut self, news: &News) {
        for (id, seen) in &news.seen {
            self.note(id.clone(), *seen);
        }
        for (id, reason) in &news.skipped {
            self.skipped(Some(id), reason);
        }
        self.news = News::default();
    }

    fn note(&mut self, id: StatementId, seen: Sides) {
        match self.sides.get_mut(&id) {
            Some(known) if known.and(seen) == *known => return,
            Some(known) => *known = known.and(seen),
            None => {
                self.sides.insert(id.clone(), seen);
            }
        }
        self.news.seen.push((id, seen));
    }

    /// A case that was run and judged.
    pub(super) fn tried(&mut self, trial: &Trial<'_>, findings: &[Finding]) {
        self.request(trial);
        if trial.case.expect == Expect::Accepted && trial.main.accepted() {
            self.served(trial);
        }
        for answer in trial.answers() {
            self.response(answer, findings);
        }
        self.behaviour(trial, findings);
    }

    fn request(&mut self, trial: &Trial<'_>) {
        let Some(id) = &trial.case.tests else { return };
        let failed = trial.job.as_ref().is_some_and(|job| job.failed()) && !trial.failure_wanted;
        let (accepted, refused) = (
            trial.main.accepted() && !failed,
            trial.main.refused() || failed,
        );
        let mut seen = Sides::default();
        match trial.case.expect {
            Expect::Either => seen.open = accepted || refused,
            Expect::Accepted => (seen.inside, seen.broken) = (accepted, refused),
            Expect::Refused => (seen.outside, seen.broken) = (refused, accepted),
        }
        self.note(id.clone(), seen);
    }

    /// Holds an answer against every statement about its body.
    fn response(&mut self, answer: &Answer<'_>, findings: &[Finding]) {
        let operation = answer.operation;
        let Some(body) = answer.json().filter(|_| answer.accepted()) else {
            return;
        };
        let mut shape = DefaultHasher::new();
        operation.id.hash(&mut shape);
        hash_shape(body, &mut shape);
        if !self.seen.insert(shape.finish()) && answer.violations.is_empty() {
            return;
        }
        for (path, field) in operation.response_fields() {
            let shown = !path.values_in(body).is_empty();
            for rule in rules(field) {
                // What may be left out breaks nothing when it is left out.
                let wrong = |rule: &str| {
                    let same = |v: &Violation| v.field == path && v.rule == rule;
                    let counts =
                        |v: &Violation| !v.open && v.expectation != Some(Expectation::Optional);
                    answer.violations.iter().any(|v| same(v) && counts(v))
                };
                let (is_wrong, check) = match rule {
                    "kind" if wrong("nullable") => (true, "nullable"),
                    "presence" => (wrong(rule), "missing_field"),
                    _ => (wrong(rule), ""),
                };
                let is_left_open = is_wrong && is_note(findings, check, operation, &path);
                let broken = is_wrong && !is_left_open;
                let seen = judged(broken, shown && !is_wrong);
                self.note(
                    statement(operation, Direction::Response, Some(&path), rule),
                    seen,
                );
            }
        }
    }

    /// A valid request was served: each of its fields kept all that is said of it. What has a limit
    /// was not necessarily tried close to it.
    fn served(&mut self, trial: &Trial<'_>) {
        let operation = trial.operation;
        for parameter in &operation.parameters {
            if sends(&trial.case.draft, parameter) {
                let path = FieldPath::root(&parameter.field.name);
                self.kept(operation, &path, &parameter.field);
            }
        }
        let Ok(sent) = serde_json::from_slice(&trial.main.exchange.request.body) else {
            return;
        };
        for (path, field) in operation.request_fields() {
            if !path.values_in(&sent).is_empty() {
                self.kept(operation, &path, field);
            }
        }
    }

    fn kept(&mut self, operation: &Operation, path: &FieldPath, field: &Field) {
        for rule in rules(field).filter(|rule| !LIMITS.contains(rule)) {
            let seen = Sides {
                inside: true,
                ..Sides::default()
            };
            self.note(
                statement(operation, Direction::Request, Some(path), rule),
                seen,
            );
        }
    }

    fn behaviour(&mut self, trial: &Trial<'_>, findings: &[Finding]) {
        let broken = |operation: &Operation, codes: &[&str]| {
            findings.iter().any(|finding| {
                finding.severity == Severity::Violation
                    && finding.verdict == Verdict::Server
                    && finding.operation == operation.id
                    && codes.contains(&finding.check)
            })
        };
        for answer in trial.answers().filter(|answer| answer.accepted()) {
            if answer.operation.success.is_empty() {
                continue;
            }
            let wrong = broken(answer.operation, &["status_documented"]);
            let status = statement(answer.operation, Direction::Behaviour, None, "status");
            self.note(status, judged(wrong, !wrong));
        }
        if trial.main.accepted() && trial.operation.is_async() {
            let jobs = trial.contract.jobs.as_ref();
            let shows = jobs.and_then(|jobs| trial.contract.operation(&jobs.operation));
            let wrong = broken(trial.operation, &["job_id", "state_unchanged"])
                || shows
                    .is_some_and(|shows| broken(shows, &["job_id", "job_state", "job_progress"]));
            let job = statement(trial.operation, Direction::Behaviour, None, "async_job");
            self.note(job, judged(wrong, trial.job.is_some()));
        }
    }

    /// What became of every statement of these operations, and of whatever else was tried.
    pub(super) fn told(
        &self,
        contract: &Contract,
        operations: &[OperationId],
    ) -> Vec<(StatementId, Coverage)> {
        let planned = operations.iter().filter_map(|id| contract.operation(id));
        let mut ids: Vec<StatementId> = planned.flat_map(promises).collect();
        let known: HashSet<StatementId> = ids.iter().cloned().collect();
        ids.extend(self.sides.keys().filter(|id| !known.contains(id)).cloned());
        ids.into_iter()
            .map(|id| {
                let coverage = self.coverage(contract, &id);
                (id, coverage)
            })
            .collect()
    }

    fn coverage(&self, contract: &Contract, id: &StatementId) -> Coverage {
        let sides = self.sides.get(id).copied().unwrap_or_default();
        let in_answers = id.direction == Direction::Response;
        let only_refused = ["authentication", "not_found"].contains(&id.rule);
        let is_disputed = disputed(contract, id).is_some();
        match sides {
            Sides { broken: true, .. } if !is_disputed => Coverage::Broken,
            Sides {
                open: true,
                inside: false,
                outside: false,
                ..
            } => Coverage::Disputed,
            _ if is_disputed => Coverage::Disputed,
            Sides {
                inside: true,
                outside: true,
                ..
            } => Coverage::Kept,
            Sides { held: true, .. } => Coverage::Kept,
            Sides { outside: true, .. } if only_refused => Coverage::Kept,
            Sides { inside: true, .. } => Coverage::KeptOnOneSide(Side::Inside),
            Sides { outside: true, .. } => Coverage::KeptOnOneSide(Side::Outside),
            _ if in_answers => Coverage::Untested("no answer showed it".to_owned()),
            _ => Coverage::Untested(self.reason(contract, id)),
        }
    }

    fn reason(&self, contract: &Contract, id: &StatementId) -> String {
        if let Some(reason) = self.skipped.get(id) {
            return reason.clone();
        }
        let operation = contract.operation(&id.operation);
        let untestable = operation.map(case::untestable).unwrap_or_default();
        let known = untestable.into_iter().find(|(other, _)| other == id);
        known
            .map_or("no case tries it", |(_, reason)| reason)
            .to_owned()
    }
}

/// A statement about an operation.
fn statement(
    operation: &Operation,
    direction: Direction,
    field: Option<&FieldPath>,
    rule: &'static str,
) -> StatementId {
    StatementId {
        operation: operation.id.clone(),
        direction,
        field: field.cloned(),
        rule,
    }
}

/// Whether a check tells as a note only what an answer shows at a path.
fn is_note(findings: &[Finding], check: &str, shows: &Operation, path: &FieldPath) -> bool {
    findings.iter().any(|finding| {
        finding.check == check
            && finding.severity == Severity::Note
            && finding.operation == shows.id
            && finding.field.as_ref() == Some(path)
    })
}

/// What an answer shows of a statement.
fn judged(broken: bool, held: bool) -> Sides {
    Sides {
        broken,
        held,
        ..Sides::default()
    }
}

/// Tells bodies apart that show other fields, whatever the values are.
fn hash_shape(value: &Value, shape: &mut DefaultHasher) {
    std::mem::discriminant(value).hash(shape);
    match value {
        Value::Array(items) => {
            shape.write_usize(items.len());
            items.iter().for_each(|item| hash_shape(item, shape));
        }
        Value::Object(members) => {
            shape.write_usize(members.len());
            for (name, member) in members {
                name.hash(shape);
                hash_shape(member, shape);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a request gives the parameter.
pub(super) fn sends(draft: &Draft, parameter: &Parameter) -> bool {
    let given = match parameter.place {
        Place::Path => &draft.path,
        Place::Query => &draft.query,
        Place::Header => &draft.headers,
    };
    given.iter().any(|(name, _)| *name == parameter.field.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::find;
    use crate::check::sample::{Scene, light};

    /// What becomes of the statement on the kind of a height that is null, where that is told as this.
    fn null_told_as(severity: Severity) -> Option<Sides> {
        let scene = Scene::show().answers(200, &light("\"height\":null"));
        let mut account = Account::default();
        scene.trial(|trial| {
            let check = find("nullable").expect("the check is registered");
            let mut findings = check.judge(trial);
            findings
                .iter_mut()
                .for_each(|finding| finding.severity = severity);
            account.tried(trial, &findings);
        });
        let is_height = |id: &StatementId| {
            let field = id.field.as_ref().map(FieldPath::leaf);
            id.rule == "kind" && id.direction == Direction::Response && field == Some("height")
        };
        let mut sides = account.sides.iter().filter(|(id, _)| is_height(id));
        sides.next().map(|(_, sides)| *sides)
    }

    #[test]
    fn what_is_told_as_a_note_breaks_no_statement_and_keeps_none() {
        let broken = null_told_as(Severity::Violation).expect("it was looked at");
        assert!(broken.broken && !broken.held);
        let open = null_told_as(Severity::Note).expect("it was looked at");
        assert!(!open.broken && !open.held);
    }
}
