//! What a field promises in some cases: which case a request is nobody knows, so a value is surest that keeps all.
//!
//! Main entries: [`in_all_cases`], [`is_fine_in_all_cases`].

use super::broken::keeps_all;
use super::{Template, format};
use crate::contract::{Constraint, Field, Statement};

/// Whether it is something that a value can keep, whatever the case is.
pub(super) fn is_bound(constraint: &Constraint) -> bool {
    let is_format = |format| !format::inside(format).is_empty();
    constraint.is_limit()
        || *constraint == Constraint::NotEmpty
        || matches!(constraint, Constraint::Format { format, .. } if is_format(format))
}

/// Whether a value keeps what is promised in some cases, too: which case a request is nobody knows.
pub(super) fn is_fine_in_all_cases(field: &Field, value: &Template) -> bool {
    let Template::Literal(value) = value else {
        return true;
    };
    in_all_cases(field).is_none_or(|strict| keeps_all(&strict, value))
}

/// A field that promises in every case what it promises in some: what keeps that is fine in all of them.
/// None where no statement is of a case.
pub(super) fn in_all_cases(field: &Field) -> Option<Field> {
    let of_case = |said: &Statement| {
        let (_, held) = said.constraint.of_case()?;
        is_bound(held).then(|| Statement {
            constraint: held.clone(),
            ..said.clone()
        })
    };
    let more: Vec<Statement> = field.statements.iter().filter_map(of_case).collect();
    let mut strict = field.clone();
    strict.statements.extend(more);
    (strict.statements.len() > field.statements.len()).then_some(strict)
}
