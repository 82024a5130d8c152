//! States of which it is said apart what may be done in them: where all others are refused, these are all there are.
//!
//! Main entry: [`settle`].

use super::phrases::TOLD_APART;
use crate::contract::{Constraint, OTHERS_REFUSED, Operation, Scope, Statement, StatesRule};

/// Makes one precondition of all states that are told of apart, where an operation is refused in all others.
pub fn settle(operations: &mut [Operation]) {
    for operation in operations {
        let said = &mut operation.statements;
        let mut remarks = said.iter();
        if remarks.any(|said| said.constraint.is_remark(OTHERS_REFUSED)) {
            join(said);
        }
    }
}

/// The first of several sentences about one attribute says what all of them say.
fn join(said: &mut [Statement]) {
    let mut joined: Vec<(String, usize)> = Vec::new();
    for place in 0..said.len() {
        let Some((subject, states)) = told_apart(&said[place].constraint) else {
            continue;
        };
        let known = joined.iter().find(|(known, _)| *known == subject);
        let first = known.map_or(place, |(_, first)| *first);
        if first == place {
            said[place].constraint = Constraint::StatePrecondition {
                subject: subject.clone(),
                rule: StatesRule::OneOf,
                states,
            };
            joined.push((subject, place));
        } else if let Constraint::StatePrecondition { states: all, .. } =
            &mut said[first].constraint
        {
            all.extend(states);
            all.dedup();
        }
    }
}

/// Of what, and in which states, where a sentence tells of some states apart.
fn told_apart(constraint: &Constraint) -> Option<(String, Vec<String>)> {
    let Constraint::Within {
        scope: Scope::Case(case),
        holds,
    } = constraint
    else {
        return None;
    };
    let Constraint::StatePrecondition {
        subject,
        rule: StatesRule::OneOf,
        states,
    } = &**holds
    else {
        return None;
    };
    (case == TOLD_APART).then(|| (subject.clone(), states.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use super::*;

    fn needed(more: &str) -> Vec<Vec<String>> {
        let page = format!(
            "# 1.1 点灯\n# 约束\nDARK状态的灯塔点亮后进入LIT状态。\n{more}# URI\nPOST /v1/towers/{{tower_id}}/light\n"
        );
        let contract = read(&document(&page)).contract;
        let said = contract.operations[0].statements.iter();
        let needed = said.filter_map(|said| {
            let Constraint::StatePrecondition { states, .. } = &said.constraint else {
                return None;
            };
            Some(states.clone())
        });
        needed.collect()
    }

    #[test]
    fn where_all_others_are_refused_a_state_is_needed() {
        assert!(needed("").is_empty());
        let refused = "当灯塔的状态不符合上述要求时，返回409。\n";
        assert_eq!(needed(refused), [["DARK"]]);
        let further = format!("DIM状态的灯塔点亮后进入LIT状态。\n{refused}");
        assert_eq!(needed(&further), [["DARK", "DIM"]]);
    }
}
