//! States of which it is said apart what may be done in them: where all others are refused, these are all there are.
//!
//! Main entry: [`settle`].

use super::phrases::TOLD_APART;
use crate::contract::{Constraint, OTHERS_REFUSED, Operation, Scope};

/// Makes a precondition of the states that are told of apart, where an operation is refused in all others.
pub fn settle(operations: &mut [Operation]) {
    for operation in operations {
        let said = &mut operation.statements;
        let mut remarks = said.iter();
        if !remarks.any(|said| said.constraint.is_remark(OTHERS_REFUSED)) {
            continue;
        }
        for said in said {
            if let Constraint::Within {
                scope: Scope::Case(case),
                holds,
            } = &said.constraint
                && case == TOLD_APART
                && matches!(**holds, Constraint::StatePrecondition { .. })
            {
                said.constraint = (**holds).clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use super::*;

    fn needs_a_state(more: &str) -> bool {
        let page = format!(
            "# 1.1 点灯\n# 约束\nDARK状态的灯塔点亮后进入LIT状态。\n{more}# URI\nPOST /v1/towers/{{tower_id}}/light\n"
        );
        let contract = read(&document(&page)).contract;
        let mut said = contract.operations[0].statements.iter();
        said.any(|said| matches!(said.constraint, Constraint::StatePrecondition { .. }))
    }

    #[test]
    fn where_all_others_are_refused_a_state_is_needed() {
        assert!(!needs_a_state(""));
        assert!(needs_a_state("当灯塔的状态不符合上述要求时，返回409。\n"));
    }
}
