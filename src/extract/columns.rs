//! What columns beside the description promise of a field: its default, how long its text may be, and which values it
//! may have.

use std::sync::LazyLock;

use super::lexicon;
use super::pattern::{Pattern, compile};
use super::tables::RowRead;
use crate::contract::{Constraint, Scalar, Statement, Unit};
use crate::document::{Piece, Prose};
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

/// What a column of values says, behind the label that a description would have. Sentences need none, and one word
/// may be that for a kind of values.
pub(super) fn labelled(cell: &Prose) -> Vec<Piece> {
    static LISTED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"^[\[(]?["“”'<>=A-Za-z0-9_.+-]+(?:\s*(?:[,，、/|~～-]|\b(?:to|or|and)\b|[或和至到])+\s*["“”'<>=A-Za-z0-9_.+-]+)+[\])]?(?:\s*[a-z\p{Han}]{1,12})?[.。]?$"#,
        )
    });
    const POINTERS: [&str; 4] = ["参见", "详见", "请参", "见表"];
    let text = cell.text();
    let Some(first) = cell.pieces.first() else {
        return Vec::new();
    };
    if lexicon::says_nothing(&text) {
        return Vec::new();
    }
    let is_chinese = text.chars().any(lexicon::is_han);
    let points = POINTERS.iter().any(|word| text.starts_with(word));
    let is_list = first.depth > 0 || LISTED.is_match(&first.text) || is_chinese && !points;
    let mut pieces = cell.pieces.clone();
    let label = match is_chinese || text.contains(['，', '、', '～']) {
        true => "取值范围：",
        false => "Value range: ",
    };
    if is_list && first.depth == 0 {
        pieces[0].text.insert_str(0, label);
    } else if is_list {
        let text = label.trim_end().to_owned();
        let depth = 0;
        pieces.insert(
            0,
            Piece {
                text,
                depth,
                ..first.clone()
            },
        );
    }
    pieces
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::reading;

    #[test]
    fn a_column_may_say_which_values_there_are() {
        let text = "\
# 1.1 Hanging a Lamp
# URI
POST /v1/lamps
# Request
| Parameter | Mandatory | Type | Value Range | Description |
| height | Yes | Integer | 1, 2, 3 or 4 | How high. |
| fuel | Yes | String | oil, gas | What it burns. |
| weight | Yes | Integer | [0，99] | What it weighs. |
| name | No | String | - | What it is called. |
| keeper | No | String | See Table 3. | Whose it is. |
| mark | No | String | UUID | What it is known by. |
| oil | No | Integer | 1 to 40 | How much. |
";
        let contract = reading(text).contract;
        let fields = contract.operations[0].request_fields();
        let said = fields.iter().flat_map(|(path, field)| {
            let statements = field.statements.iter();
            statements.map(move |statement| format!("{path} {:?}", statement.constraint))
        });
        insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r#"
        height Enum { values: [Integer(1), Integer(2), Integer(3), Integer(4)], open: false }
        fuel Enum { values: [Text("oil"), Text("gas")], open: false }
        weight Range { min: Some(Decimal { units: 0, places: 0 }), max: Some(Decimal { units: 99, places: 0 }) }
        oil Range { min: Some(Decimal { units: 1, places: 0 }), max: Some(Decimal { units: 40, places: 0 }) }
        "#);
    }

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
