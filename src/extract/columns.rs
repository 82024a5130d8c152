//! What columns beside the description promise of a field: its default, and how long its text may be.

use super::tables::RowRead;
use crate::contract::{Constraint, Scalar, Statement, Unit};
use crate::source::Provenance;

/// The statements of a row's columns, beside what its description told.
pub fn statements(row: &RowRead, told: &[Statement], at: &Provenance) -> Vec<Statement> {
    let is_default = |told: &Statement| matches!(told.constraint, Constraint::Default(_));
    let is_length = |told: &Statement| matches!(told.constraint, Constraint::Length { .. });
    let default = row.default.clone().map(|default| {
        let constraint = Constraint::Default(Scalar::Text(default));
        ("column.default", constraint)
    });
    let length = row.longest.map(u64::from).map(|longest| {
        let (min, max, unit) = (None, Some(longest), Unit::Characters);
        ("column.kind", Constraint::Length { min, max, unit })
    });
    let default = default.filter(|_| !told.iter().any(is_default));
    let length = length.filter(|_| !told.iter().any(is_length));
    let said = default.into_iter().chain(length);
    said.map(|(rule, constraint)| Statement {
        constraint,
        at: at.clone(),
        rule: rule.to_owned(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::reading;

    #[test]
    fn a_kind_may_say_how_long_a_text_is() {
        let text = "\
# 1.1 Hanging a Lamp
# URI
POST /v1/lamps
# Request
| Parameter | Mandatory | Type | Description |
| name | Yes | String(64) | What it is called. |
| note | No | String(64) | At most 30 characters. |
";
        let contract = reading(text).contract;
        let fields = contract.operations[0].request_fields();
        let said = fields.iter().map(|(path, field)| {
            let [statement] = field.statements.as_slice() else {
                panic!("one statement: {field:?}");
            };
            format!("{path} {:?} {}", statement.constraint, statement.rule)
        });
        insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @"
        name Length { min: None, max: Some(64), unit: Characters } column.kind
        note Length { min: None, max: Some(30), unit: Characters } en.length-at-most
        ");
    }
}
