//! What a program will try of every statement, before anything is sent.

use super::coverage::{LIMITS, sends};
use super::plan::{Planned, Program};
use super::promises::promises;
use crate::case::scenario::StepExpect;
use crate::case::{self, Case, Expect, Template};
use crate::contract::{Contract, Direction, FieldPath, Operation, StatementId, Step};

/// What will be tried of one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prospect {
    /// Values that keep it and values that break it.
    BothSides,
    /// Only one of them.
    OneSide,
    /// Every answer is held against it.
    InAnswers,
    /// No request alone can try it, for this reason.
    NotTestable(&'static str),
    /// It could be tried and is not.
    NotYet,
}

/// What the program will try of every statement of its operations, in document order.
pub fn prospects(contract: &Contract, program: &Program) -> Vec<(StatementId, Prospect)> {
    let operations = program.operations.iter();
    let operations = operations.filter_map(|id| contract.operation(id));
    let found = operations.flat_map(|operation| {
        let untestable = case::untestable(operation);
        promises(operation).into_iter().map(move |id| {
            let reason = untestable.iter().find(|(known, _)| *known == id);
            let prospect = prospect(contract, program, operation, &id);
            let prospect = match (prospect, reason) {
                (Prospect::NotYet, Some((_, reason))) => Prospect::NotTestable(reason),
                (prospect, _) => prospect,
            };
            (id, prospect)
        })
    });
    found.collect()
}

fn prospect(
    contract: &Contract,
    program: &Program,
    operation: &Operation,
    id: &StatementId,
) -> Prospect {
    if id.direction == Direction::Response || ["status", "async_job"].contains(&id.rule) {
        return Prospect::InAnswers;
    }
    let (mut inside, mut outside) = (false, false);
    for planned in &program.trials {
        match planned {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
                let about = case.tests.as_ref() == Some(id);
                inside |= case.expect == Expect::Accepted && (about || keeps(case, operation, id));
                outside |= case.expect == Expect::Refused && about;
            }
            Planned::Story(story) => {
                for step in &story.steps {
                    let about = step.statement(contract).as_ref() == Some(id);
                    inside |= about && step.expect == StepExpect::Accepted;
                    outside |=
                        about && (step.expect == StepExpect::Refused || step.needed.is_some());
                }
            }
            Planned::Stream(_) => {}
        }
    }
    match (inside, outside) {
        (true, true) => Prospect::BothSides,
        (false, false) => Prospect::NotYet,
        _ => Prospect::OneSide,
    }
}

/// Whether a valid request gives the field. What has a limit must be tried close to it.
fn keeps(case: &Case, operation: &Operation, id: &StatementId) -> bool {
    let Some(path) = id.field.as_ref().filter(|_| !LIMITS.contains(&id.rule)) else {
        return false;
    };
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|known| FieldPath::root(&known.field.name) == *path);
    case.operation == operation.id
        && match parameter {
            Some(parameter) => sends(&case.draft, parameter),
            None => {
                let body = case.draft.body.as_ref();
                body.is_some_and(|body| holds(body, &path.0))
            }
        }
}

/// Whether a body has something at a path.
fn holds(body: &Template, path: &[Step]) -> bool {
    let Some((step, further)) = path.split_first() else {
        return true;
    };
    match (step, body) {
        (Step::Name(name), Template::Object(members)) => {
            let mut named = members.iter().filter(|(known, _)| known == name);
            named.any(|(_, member)| holds(member, further))
        }
        (Step::Items, Template::Array(items)) => items.iter().any(|item| holds(item, further)),
        (Step::Key(_), Template::Object(members)) => {
            members.iter().any(|(_, member)| holds(member, further))
        }
        (Step::Name(_) | Step::Items | Step::Key(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;
    use crate::runner::Plan;

    #[test]
    fn every_statement_has_a_prospect() {
        let coast = coast();
        let told = prospects(&coast, &Program::new(&coast, &Plan::default()));
        let of = |operation: &str, rule: &str, direction| {
            let mut told = told.iter();
            let found = told.find(|(id, _)| {
                id.operation.as_str() == operation && id.rule == rule && id.direction == direction
            });
            found.map(|(_, prospect)| *prospect)
        };
        let (request, response) = (Direction::Request, Direction::Response);
        assert_eq!(
            of("lighthouses.update", "length_range", request),
            Some(Prospect::BothSides)
        );
        assert_eq!(
            of("lighthouses.show", "kind", response),
            Some(Prospect::InAnswers)
        );
        assert_eq!(
            of("lighthouses.lamps", "quota", Direction::Behaviour),
            Some(Prospect::NotTestable("it takes a scenario"))
        );
    }
}
