//! Holds exchanges against compiled Schemas, and Trials against every Check.

use std::collections::HashMap;

use super::version_window::Windows;
use super::{Answer, AnswerBody, Check, Trial, json, registry, ruled};
use crate::case::Expect;
use crate::contract::{Contract, Operation, OperationId, VersionProtocol};
use crate::finding::Finding;
use crate::schema::{Mode, Subject, Validator};
use crate::wire::Exchange;

/// The compiled Schemas of a Contract and the Checks that are asked. Compiled once, shared by threads.
pub struct Judge {
    responses: HashMap<OperationId, Validator>,
    windows: HashMap<OperationId, Windows>,
    versions: Option<VersionProtocol>,
    checks: Vec<&'static dyn Check>,
    strict: bool,
}

impl Judge {
    /// A judge for `contract` that asks these Checks; none named: all of them.
    pub fn new(contract: &Contract, checks: Option<&[&'static str]>, strict: bool) -> Self {
        let mode = if strict { Mode::Strict } else { Mode::Lenient };
        let compiled = |operation: &Operation| {
            let validator = Validator::response(&Subject::new(contract, operation), mode);
            validator.map(|validator| (operation.id.clone(), validator))
        };
        let windowed = |operation: &Operation| {
            let windows = Windows::of(contract, operation);
            windows.map(|windows| (operation.id.clone(), windows))
        };
        let asked =
            |check: &&'static dyn Check| checks.is_none_or(|codes| codes.contains(&check.code()));
        Self {
            responses: contract.operations.iter().filter_map(compiled).collect(),
            windows: contract.operations.iter().filter_map(windowed).collect(),
            versions: contract.versions.clone(),
            checks: registry().iter().copied().filter(asked).collect(),
            strict,
        }
    }

    /// Whether the tables alone count.
    pub fn strict(&self) -> bool {
        self.strict
    }

    /// How many Checks are asked about each Trial.
    pub fn n_checks(&self) -> u32 {
        u32::try_from(self.checks.len()).unwrap_or(u32::MAX)
    }

    /// Reads one exchange and holds a successful body against its Schema.
    pub fn answer<'a>(
        &self,
        operation: &'a Operation,
        exchange: Exchange,
        expect: Expect,
    ) -> Answer<'a> {
        let body = read_body(&exchange);
        let mut answer = Answer {
            operation,
            exchange,
            expect,
            body,
            violations: Vec::new(),
            undocumented: Vec::new(),
        };
        if answer.accepted()
            && let (Some(value), Some(schema)) = (answer.json(), self.responses.get(&operation.id))
        {
            let mut violations = schema.violations(value);
            let undocumented = schema.undocumented(value);
            let version = self.versions.as_ref();
            let version = version.and_then(|versions| versions.of(&answer.exchange.request));
            if let (Some(windows), Some(version)) = (self.windows.get(&operation.id), version) {
                violations.extend(windows.broken(value, version));
            }
            answer.violations = violations;
            answer.undocumented = undocumented;
        }
        answer
    }

    /// Asks every Check.
    pub fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let told = self.checks.iter().flat_map(|check| check.judge(trial));
        let mut findings: Vec<Finding> = told.collect();
        for finding in &mut findings {
            ruled::cite(trial.contract, finding);
        }
        findings
    }
}

fn read_body(exchange: &Exchange) -> AnswerBody {
    let Some(response) = exchange.response() else {
        return AnswerBody::Missing;
    };
    if response.body.is_empty() {
        return AnswerBody::Empty;
    }
    match json::read(&response.body) {
        Ok(value) => AnswerBody::Json(value),
        Err(problem) => AnswerBody::NotJson(problem.to_string()),
    }
}
