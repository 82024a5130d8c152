//! Rulings take effect on Contracts.

use std::fmt;

use super::stated::stated;
use super::{Ruling, Rulings, Subject, find};
use crate::contract::{
    Constraint, Contract, Direction, Dispute, Field, Operation, Ruled, Statement,
};
use crate::source::Provenance;

/// A ruling that a person should look at again.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    /// What it is about: `kettles.update request kettle.litres range`.
    pub ruling: String,
    /// Where it stands.
    pub at: Provenance,
    /// What is the matter.
    pub problem: Problem,
}

/// What can be the matter with a ruling.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It names what is not there, so it has no effect.
    #[error("unused: there is no {what} `{named}`{hint}")]
    NotThere {
        /// Edition, operation or field.
        what: &'static str,
        /// What it names.
        named: String,
        /// The name that looks most like it, in words.
        hint: String,
    },
    /// The documents say what it says, and nothing disputes it.
    #[error("unused: the documents say the same, and nothing disputes it; it can be deleted")]
    Idle,
    /// The documents no longer say what it settled; it has no effect.
    #[error(
        "stale, and not applied: when it was decided the documents said {was}, now they say {now}; decide again"
    )]
    Stale {
        /// What was said then.
        was: String,
        /// What is said now.
        now: String,
    },
    /// Nothing tells what it settled. It is applied.
    #[error("applied, but nobody will notice when the documents change: add `was = [{now}]`")]
    Undated {
        /// What is said now.
        now: String,
    },
}

impl fmt::Display for Concern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Concern {
            ruling,
            at,
            problem,
        } = self;
        write!(
            f,
            "{}:{}: the ruling on {ruling} is {problem}",
            at.document, at.line
        )
    }
}

impl Rulings {
    /// Applies all rulings in their order, and says which ones need to be looked at. A stale ruling
    /// has no effect: what the documents say now counts.
    pub fn apply(&self, contracts: &mut [Contract]) -> Vec<Concern> {
        let mut concerns = Vec::new();
        for ruling in &self.0 {
            if let Err(problem) = ruling.apply(contracts) {
                concerns.push(Concern {
                    ruling: ruling.label(),
                    at: ruling.at.clone(),
                    problem,
                });
            }
        }
        concerns
    }
}

impl Ruling {
    /// What it is about, in one line.
    pub fn label(&self) -> String {
        let side = self.direction.map(Direction::word);
        let field = self.field.as_ref().map(ToString::to_string);
        let parts = [
            Some(self.operation.as_str()),
            side,
            field.as_deref(),
            Some(self.subject.word()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn apply(&self, contracts: &mut [Contract]) -> Result<(), Problem> {
        let place = self.edition(contracts)?;
        let contract = &mut contracts[place];
        let at = self.operation_in(contract)?;
        let known = contract
            .rulings
            .iter()
            .position(|ruled| self.is_same_fact(ruled, &contract.operations[at]));
        let earlier = known.map(|known| contract.rulings.remove(known));
        let settled = self.settled(contract, &contract.operations[at]);
        let field = self.field_in(&contract.operations[at])?;
        let now = match &earlier {
            Some(earlier) => earlier.before.clone(),
            None => stated(&contract.operations[at], field, &self.subject, &settled),
        };
        if let Some(was) = self.was.as_ref().filter(|was| !same_claims(was, &now)) {
            contract.rulings.extend(earlier);
            return Err(Problem::Stale {
                was: listed(was),
                now: listed(&now),
            });
        }
        let is_idle = settled.is_empty() && earlier.is_none() && now == [self.subject.value()];
        self.take_effect(&mut contract.operations[at]);
        let id = contract.operations[at].id.clone();
        contract
            .disputes
            .retain(|dispute| !settled.contains(dispute));
        let undated = self
            .was
            .is_none()
            .then(|| Problem::Undated { now: listed(&now) });
        contract.rulings.push(Ruled {
            operation: id,
            direction: self.direction,
            field: self.field.clone(),
            fact: self.subject.word().to_owned(),
            value: self.subject.value(),
            before: now,
            settled: earlier.map_or(settled.clone(), |earlier| earlier.settled),
            reason: self.reason.clone(),
            who: self.who.clone(),
            when: self.when.clone(),
            at: self.at.clone(),
        });
        forget(&settled, contracts);
        match undated {
            _ if is_idle => Err(Problem::Idle),
            Some(problem) => Err(problem),
            None => Ok(()),
        }
    }

    fn edition(&self, contracts: &[Contract]) -> Result<usize, Problem> {
        let ids = || {
            contracts
                .iter()
                .map(|contract| contract.edition.id.as_str())
        };
        let place = ids().position(|id| id == self.edition);
        place.ok_or_else(|| not_there("edition", &self.edition, ids()))
    }

    fn operation_in(&self, contract: &Contract) -> Result<usize, Problem> {
        find::operation(contract, &self.operation).ok_or_else(|| {
            let ids = contract
                .operations
                .iter()
                .map(|operation| operation.id.as_str());
            not_there("operation", &self.operation, ids)
        })
    }

    fn field_in<'a>(&self, operation: &'a Operation) -> Result<Option<&'a Field>, Problem> {
        let (Some(path), Some(direction)) = (&self.field, self.direction) else {
            return Ok(None);
        };
        let fields = find::fields(operation, direction);
        match fields
            .iter()
            .find(|(known, _)| known.names() == path.names())
        {
            Some((_, field)) => Ok(Some(field)),
            None => {
                let paths: Vec<String> = fields.iter().map(|(path, _)| path.to_string()).collect();
                let named = path.to_string();
                Err(not_there("field", &named, paths.iter().map(String::as_str)))
            }
        }
    }

    fn is_same_fact(&self, ruled: &Ruled, operation: &Operation) -> bool {
        ruled.operation == operation.id
            && ruled.direction == self.direction
            && ruled.field == self.field
            && ruled.fact == self.subject.word()
    }

    /// The disputes that end with it.
    fn settled(&self, contract: &Contract, operation: &Operation) -> Vec<Dispute> {
        let disputes = contract.disputes.iter().filter(|dispute| {
            let about = match (&dispute.operation, &dispute.field) {
                (Some(id), field) => {
                    *id == operation.id && same_field(field.as_ref(), self.field.as_ref())
                }
                // Between operations: about this one if one of the claims is made by its row.
                (None, field) => {
                    field.is_some()
                        && same_field(field.as_ref(), self.field.as_ref())
                        && self.is_claimed_by_row(dispute, operation)
                }
            };
            about && self.subject.settles(dispute.fact) && self.is_on_side(dispute, operation)
        });
        disputes.cloned().collect()
    }

    fn is_claimed_by_row(&self, dispute: &Dispute, operation: &Operation) -> bool {
        let Ok(Some(field)) = self.field_in(operation) else {
            return false;
        };
        let statements = field.statements.iter().map(|statement| &statement.at);
        let lines: Vec<&Provenance> = statements.chain([&field.at]).collect();
        let stands = |at: &Provenance| lines.iter().any(|known| known.same_line(at));
        dispute.claims.iter().any(|claim| stands(&claim.at))
    }

    /// A path may be in the request and in the answer: then the row decides whose dispute it is.
    fn is_on_side(&self, dispute: &Dispute, operation: &Operation) -> bool {
        let Some(path) = &self.field else { return true };
        let has = |direction| {
            let fields = find::fields(operation, direction);
            fields
                .iter()
                .any(|(known, _)| known.names() == path.names())
        };
        let both = has(Direction::Request) && has(Direction::Response);
        !both || self.is_claimed_by_row(dispute, operation)
    }

    fn take_effect(&self, operation: &mut Operation) {
        if let Subject::Success(statuses) = &self.subject {
            operation.success = statuses
                .iter()
                .map(|status| (*status, self.at.clone()))
                .collect();
            return;
        }
        let (Some(path), Some(direction)) = (&self.field, self.direction) else {
            self.rule_statements(&mut operation.statements);
            return;
        };
        let Some(field) = find::field(operation, direction, path) else {
            return;
        };
        match &self.subject {
            Subject::Kind(kind) => {
                field.kind = kind.clone();
                field.other_kinds.clear();
            }
            Subject::Presence(presence) => field.presence = *presence,
            Subject::Nullable(true) => field.nullable = Some(self.at.clone()),
            Subject::Nullable(false) => {
                field.nullable = None;
                field
                    .statements
                    .retain(|known| known.constraint != Constraint::Nullable);
            }
            Subject::Name(name) => {
                let printed = std::mem::replace(&mut field.name, name.clone());
                field.printed.get_or_insert(printed);
            }
            Subject::Constraint { .. } => self.rule_statements(&mut field.statements),
            Subject::Success(_) | Subject::Settled { .. } => {}
        }
    }

    fn rule_statements(&self, statements: &mut Vec<Statement>) {
        let Subject::Constraint { word, holds } = &self.subject else {
            return;
        };
        statements.retain(|statement| statement.constraint.family() != *word);
        statements.extend(holds.clone().map(|constraint| Statement {
            constraint,
            at: self.at.clone(),
            rule: "ruling".to_owned(),
        }));
    }
}

/// What two editions dispute is in both.
fn forget(settled: &[Dispute], contracts: &mut [Contract]) {
    let over = |dispute: &Dispute| settled.iter().any(|known| known.claims == dispute.claims);
    for contract in contracts {
        contract.disputes.retain(|dispute| !over(dispute));
    }
}

fn same_field(
    a: Option<&crate::contract::FieldPath>,
    b: Option<&crate::contract::FieldPath>,
) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.names() == b.names(),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn same_claims(was: &[String], now: &[String]) -> bool {
    let mut was = was.to_vec();
    was.sort();
    was.dedup();
    was == now
}

fn listed(claims: &[String]) -> String {
    let quoted: Vec<String> = claims.iter().map(|claim| format!("{claim:?}")).collect();
    quoted.join(", ")
}

fn not_there<'a>(what: &'static str, named: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let likeness = |word: &&str| strsim::jaro_winkler(named, word);
    let nearest = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let hint = nearest.map_or(String::new(), |nearest| {
        format!("; did you mean `{nearest}`?")
    });
    Problem::NotThere {
        what,
        named: named.to_owned(),
        hint,
    }
}
