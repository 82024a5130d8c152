//! States that answers show as flags.
//!
//! Main entry: [`translate`]. "A locked tower cannot be painted" speaks of a state that no status has;
//! where whoever shows a tower has a Boolean `locked`, that flag is what must not be set.

use crate::contract::{Constraint, Kind, Operation, Scope, Segment, same_name};
use crate::wire::Method;

/// What a flag says that is set.
const SET: &str = "true";

/// Gives the flags that answers show to the preconditions that call them states.
pub fn translate(operations: &mut [Operation]) {
    let is_named = |operation: &Operation| {
        let mut said = operation.statements.iter();
        said.any(|said| named(&said.constraint).is_some())
    };
    if !operations.iter().any(is_named) {
        return;
    }
    let flags: Vec<(String, String)> = operations.iter().flat_map(flags).collect();
    for operation in operations {
        for said in &mut operation.statements {
            let shown = named(&said.constraint).filter(|(thing, flag)| {
                let id = format!("{thing}_id");
                let mut flags = flags.iter();
                flags.any(|(owner, name)| name == flag && same_name(owner, &id))
            });
            let subject = shown.map(|(thing, flag)| format!("{thing}.{flag}"));
            if let (Some(subject), Constraint::Within { holds, .. }) =
                (subject, &mut said.constraint)
                && let Constraint::StatePrecondition { rule, .. } = &**holds
            {
                said.constraint = Constraint::StatePrecondition {
                    subject,
                    rule: *rule,
                    states: vec![SET.to_owned()],
                };
            }
        }
    }
}

/// The thing and the one state of a precondition that nothing is known to show.
fn named(constraint: &Constraint) -> Option<(&str, &str)> {
    let Constraint::Within {
        scope: Scope::Case(_),
        holds,
    } = constraint
    else {
        return None;
    };
    let Constraint::StatePrecondition {
        subject, states, ..
    } = &**holds
    else {
        return None;
    };
    let (thing, _) = subject.split_once('.')?;
    match states.as_slice() {
        [only] => Some((thing, only)),
        _ => None,
    }
}

/// The flags of the thing that an operation shows, each with what paths call the thing.
fn flags(operation: &Operation) -> Vec<(String, String)> {
    let Some(Segment::Parameter(thing)) = operation.path.0.last() else {
        return Vec::new();
    };
    if operation.method != Method::Get || operation.selector.is_some() {
        return Vec::new();
    }
    let fields = operation.response_fields().into_iter();
    fields
        .filter(|(path, field)| path.0.len() <= 2 && field.kind == Kind::Boolean)
        .map(|(path, _)| (thing.clone(), path.leaf().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use crate::contract::{Constraint, Contract, StatesRule};

    /// What an operation needs, where a tower shows these flags.
    fn check(flag: &str) -> Vec<(String, StatesRule, Vec<String>)> {
        let page = format!(
            "# 1 Painting a tower
# Constraints
A locked tower cannot be painted.
# URI
PUT /v1/towers/{{tower_id}}
# 2 Showing a tower
# URI
GET /v1/towers/{{tower_id}}
# Response
Table 2-1 Response
| Parameter | Type | Description |
| {flag} | Boolean | Whether nobody may paint it. |
"
        );
        let Contract { operations, .. } = read(&document(&page)).contract;
        let said = operations[0].statements.iter();
        let needed = said.filter_map(|said| {
            if let Constraint::StatePrecondition {
                subject,
                rule,
                states,
            } = &said.constraint
            {
                Some((subject.clone(), *rule, states.clone()))
            } else {
                None
            }
        });
        needed.collect()
    }

    #[test]
    fn a_state_is_the_flag_of_its_name() {
        let locked = ("tower.locked".to_owned(), StatesRule::NoneOf);
        assert_eq!(check("locked"), [(locked.0, locked.1, vec!["true".into()])]);
        assert_eq!(check("lit"), []);
    }
}
