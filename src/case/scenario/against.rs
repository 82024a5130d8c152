//! A story held against a contract: what it needs there, or why it does not fit.

use std::collections::BTreeMap;

use super::{Call, Repeat, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::{AskedVersion, Credentials, Draft, Given, Template};
use crate::contract::{
    Constraint, Contract, Direction, Field, FieldPath, Kind, Operation, OperationId, StatementId,
};

/// More calls than this in one step are not worth their time.
const MOST_REPEATS: u64 = 1000;

/// What a story needs of a target under one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// How many values of each lent name.
    pub lent: BTreeMap<String, u64>,
    /// How many times each step is taken, in the order of the steps.
    pub times: Vec<u64>,
}

/// Why a story cannot be told under a contract: the reason of a skipped case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// An operation is not in the contract.
    #[error("the contract has no operation `{operation}`")]
    NoOperation {
        /// The operation.
        operation: OperationId,
    },
    /// A step repeats up to a quota that nobody stated.
    #[error("the contract states no quota for `{operation}`")]
    NoQuota {
        /// The operation.
        operation: OperationId,
    },
    /// The quota is too large to be tried.
    #[error("a quota of {max} for `{operation}` takes more than {MOST_REPEATS} calls")]
    TooMany {
        /// The operation.
        operation: OperationId,
        /// The quota.
        max: u64,
    },
    /// Something is sent that no table mentions, and must be accepted.
    #[error("the contract has no `{field}` in requests of `{operation}`")]
    NoField {
        /// The operation.
        operation: OperationId,
        /// The field.
        field: FieldPath,
    },
}

impl Scenario {
    /// What the story needs of a target under this contract.
    pub fn against(&self, contract: &Contract) -> Result<Needs, Misfit> {
        let mut needs = Needs::default();
        for name in &self.take {
            *needs.lent.entry(name.clone()).or_default() += 1;
        }
        for step in &self.steps {
            let times = step.times(contract)?;
            for call in step.calls() {
                known(contract, &call.operation)?;
            }
            step.fits(contract)?;
            for name in step.call.lent() {
                *needs.lent.entry(name).or_default() += times;
            }
            needs.times.push(times);
        }
        Ok(needs)
    }
}

impl ScenarioStep {
    /// How many times the step is taken under this contract.
    fn times(&self, contract: &Contract) -> Result<u64, Misfit> {
        let operation = known(contract, &self.call.operation)?;
        match self.repeat {
            Repeat::Times(times) => Ok(times),
            Repeat::Quota => match quota(operation) {
                Some(max) if max > MOST_REPEATS => Err(Misfit::TooMany {
                    operation: operation.id.clone(),
                    max,
                }),
                Some(max) => Ok(max),
                None => Err(Misfit::NoQuota {
                    operation: operation.id.clone(),
                }),
            },
        }
    }

    /// Whether all that a request sends that must be accepted is documented.
    fn fits(&self, contract: &Contract) -> Result<(), Misfit> {
        let operation = known(contract, &self.call.operation)?;
        let (Some(sent), Some(documented)) = (&self.call.body, &operation.request) else {
            return Ok(());
        };
        let root = FieldPath::default();
        match undocumented(sent, &documented.fields, &root) {
            Some(field) if self.expect == StepExpect::Accepted => Err(Misfit::NoField {
                operation: operation.id.clone(),
                field,
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// The statement the step tests. None where it names none, or the contract has no such one.
    pub fn statement(&self, contract: &Contract) -> Option<StatementId> {
        let tests = self.tests.as_ref()?;
        let operation = contract.operation(&self.call.operation)?;
        tests.among(operation)
    }

    /// Every call that the step makes.
    pub(super) fn calls(&self) -> impl Iterator<Item = &Call> {
        let asked = self.holds.iter().filter_map(|hold| hold.asked.as_ref());
        let state = self.needed.iter().map(|needed| &needed.shown_by);
        std::iter::once(&self.call)
            .chain(state)
            .chain(&self.unchanged)
            .chain(asked)
    }
}

impl Tests {
    fn among(&self, operation: &Operation) -> Option<StatementId> {
        let Some(field) = &self.field else {
            let stated = operation.statements.iter();
            return stated
                .map(|statement| statement.constraint.word())
                .find(|word| *word == self.rule)
                .map(|rule| StatementId {
                    operation: operation.id.clone(),
                    direction: Direction::Behaviour,
                    field: None,
                    rule,
                });
        };
        let fields = operation.request_fields();
        let (path, _) = fields.into_iter().find(|(path, known)| {
            let mut words = known.statements.iter().map(|s| s.constraint.word());
            let of_any_field = matches!(self.rule, "kind" | "presence");
            path.to_string() == *field && (of_any_field || words.any(|word| word == self.rule))
        })?;
        Some(StatementId {
            operation: operation.id.clone(),
            direction: Direction::Request,
            field: Some(path),
            rule: self.rule,
        })
    }
}

impl Call {
    /// The request, with kept values for the path parameters that the call does not give.
    pub fn draft(&self, operation: &Operation) -> Draft {
        let given = |name: &str| self.path.iter().find(|(known, _)| known == name);
        let path = operation.path.parameters().map(|name| {
            let value = given(name).map(|(_, value)| value.clone());
            let value = value.unwrap_or_else(|| Given::Kept(name.to_owned()));
            (name.to_owned(), value)
        });
        Draft {
            path: path.collect(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            credentials: Credentials::Own,
            version: AskedVersion::Usual,
        }
    }

    /// The names of the values that it asks the target to lend.
    fn lent(&self) -> Vec<String> {
        let given = self.path.iter().chain(&self.query).chain(&self.headers);
        let mut names: Vec<String> = given
            .filter_map(|(_, value)| match value {
                Given::Lent(name) => Some(name.clone()),
                Given::Literal(_) | Given::Kept(_) | Given::Joined(_) => None,
            })
            .collect();
        if let Some(body) = &self.body {
            lent_in(body, &mut names);
        }
        names
    }
}

fn lent_in(template: &Template, names: &mut Vec<String>) {
    match template {
        Template::Lent(name) => names.push(name.clone()),
        Template::Literal(_) | Template::Kept(_) => {}
        Template::Object(members) => members.iter().for_each(|(_, m)| lent_in(m, names)),
        Template::Array(items) => items.iter().for_each(|item| lent_in(item, names)),
    }
}

/// The first member of an object that is not among the fields that are described of it.
fn undocumented(sent: &Template, fields: &[Field], place: &FieldPath) -> Option<FieldPath> {
    match sent {
        Template::Object(members) if !fields.is_empty() => {
            members.iter().find_map(|(name, member)| {
                let known = fields.iter().find(|field| field.name == *name);
                let inside = place.child(&Kind::Object, name);
                match known {
                    Some(field) if matches!(field.kind, Kind::Map { .. }) => None,
                    Some(field) => undocumented(member, &field.children, &inside),
                    None => Some(inside),
                }
            })
        }
        Template::Array(items) => items
            .iter()
            .find_map(|item| undocumented(item, fields, place)),
        Template::Object(_) | Template::Literal(_) | Template::Lent(_) | Template::Kept(_) => None,
    }
}

fn known<'a>(contract: &'a Contract, id: &OperationId) -> Result<&'a Operation, Misfit> {
    contract.operation(id).ok_or_else(|| Misfit::NoOperation {
        operation: id.clone(),
    })
}

fn quota(operation: &Operation) -> Option<u64> {
    let own = operation.statements.iter();
    let fields = operation.request_fields();
    let on_fields = fields.iter().flat_map(|(_, field)| &field.statements);
    own.chain(on_fields).find_map(|statement| {
        if let Constraint::Quota { max, .. } = &statement.constraint {
            *max
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::rule;
    use super::*;
    use crate::case::CaseId;
    use crate::contract::sample;

    #[test]
    fn what_must_be_accepted_is_documented() {
        let boil = sample::operation("POST /v1/kettles", "kettle.name", "");
        let contract = sample::contract(vec![boil.clone()]);
        let misfit = |member: &str, expect| {
            let name = Template::Literal("copper".into());
            let inner = Template::Object(vec![(member.to_owned(), name)]);
            let list = Template::Array(vec![inner]);
            let call = Call {
                body: Some(Template::Object(vec![("kettle".to_owned(), list)])),
                ..rule::smallest(&boil)
            };
            let story = Scenario {
                id: CaseId("kettles/scenario/made".to_owned()),
                operation: boil.id.clone(),
                title: "a kettle is made".to_owned(),
                take: Vec::new(),
                steps: vec![rule::step("make it", call, expect)],
            };
            story
                .against(&contract)
                .err()
                .map(|misfit| misfit.to_string())
        };
        assert_eq!(misfit("name", StepExpect::Accepted), None);
        assert_eq!(misfit("lid", StepExpect::Refused), None);
        assert_eq!(
            misfit("lid", StepExpect::Accepted).as_deref(),
            Some("the contract has no `kettle.lid` in requests of `kettles.create`")
        );
    }
}
