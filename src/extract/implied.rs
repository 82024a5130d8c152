//! Conditions that a row implies: it speaks of what one value of a field beside it means.
//!
//! Main entry: [`conditions`]. "The oil of a seasonal/monthly lamp" is there for lamps that are
//! rented so, when a field beside it says `1: seasonal/monthly rent`. Only pairs of words are taken
//! for such a meaning, because a single word stands in many rows by chance.

use std::sync::LazyLock;

use super::pattern::{Pattern, compile};
use super::phrases;
use super::tables::RowRead;
use crate::contract::{Constraint, Field, Statement};

/// What a row implies.
pub struct Implied {
    /// The row's position.
    pub row: usize,
    /// The line that implies it.
    pub line: u32,
    /// When the field is there.
    pub condition: String,
}

static PAIR: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r#"[“"](?P<han>\p{Han}{2,6}/\p{Han}{2,6})[”"]|\b(?P<words>[a-z]{4,20}/[a-z]{4,20})\b"#)
});

/// The conditions that the rows of one table imply.
pub fn conditions(rows: &[RowRead]) -> Vec<Implied> {
    /// No table has more rows that speak of such pairs.
    const MOST: usize = 50;
    let speaking: Vec<(usize, (u32, String))> = rows
        .iter()
        .enumerate()
        .filter_map(|(row, read)| Some((row, pair(read)?)))
        .take(MOST)
        .collect();
    if speaking.is_empty() {
        return Vec::new();
    }
    let meanings = meanings(rows);
    speaking
        .into_iter()
        .filter_map(|(row, (line, pair))| {
            let mut others = meanings
                .iter()
                .filter(|meaning| meaning.row != row && meaning.text.contains(&pair));
            let meant = others.next().filter(|_| others.next().is_none())?;
            let condition = format!("{} == {}", rows[meant.row].name, meant.value);
            Some(Implied {
                row,
                line,
                condition,
            })
        })
        .collect()
}

/// The one pair of words that a row speaks of, and its line.
fn pair(row: &RowRead) -> Option<(u32, String)> {
    let mut pieces = row.prose.pieces.iter();
    let piece = pieces.find(|piece| piece.text.contains('/'))?;
    let mut pairs = PAIR.captures_iter(&piece.text);
    let found = pairs.next()?;
    let pair = found.name("han").or(found.name("words"))?.as_str();
    (pairs.next().is_none()).then(|| (piece.line, joined(pair)))
}

/// What one value of a row means.
struct Meaning {
    row: usize,
    value: String,
    text: String,
}

fn meanings(rows: &[RowRead]) -> Vec<Meaning> {
    let each = rows.iter().enumerate();
    let glosses = each.flat_map(|(row, read)| {
        phrases::glosses(&read.prose)
            .into_iter()
            .map(move |(value, meaning)| Meaning {
                row,
                value,
                text: joined(&meaning),
            })
    });
    glosses.collect()
}

/// The words without the stroke between them, which one of two texts may leave out.
fn joined(text: &str) -> String {
    text.replace('/', "")
}

/// What is there in case of an error is always there where only errors are told.
pub fn take_for_failed(field: &mut Field) {
    let is_failure = |said: &Statement| matches!(&said.constraint, Constraint::RequiredIf(when) if when == "error");
    field.statements.retain(|said| !is_failure(said));
    field.children.iter_mut().for_each(take_for_failed);
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};

    fn conditions(rows: &str) -> String {
        let text = format!(
            "# 1.1 Lamps\n# Function\nShows a lamp.\n# URI\nGET /v1/lamps\n# Response\nTable 1-1 Response\n| Parameter | Type | Description |\n{rows}"
        );
        let reading = read(&document(&text));
        let fields = reading.contract.operations[0].response_fields();
        let said = fields.iter().flat_map(|(path, field)| {
            let conditions = field.statements.iter().filter(|one| one.rule == "implied");
            conditions.map(move |one| {
                format!("{path}: {}\n", super::super::claims::tell(&one.constraint))
            })
        });
        said.collect()
    }

    #[test]
    fn a_row_that_speaks_of_a_meaning_is_there_for_that_value() {
        let rows = "| rent | String | 1: seasonal/monthly rent |
| bill | String | Specifies the bill of a seasonal/monthly lamp. |
| oil | String | Specifies the oil. |";
        assert_eq!(conditions(rows), "bill: required if rent == 1\n");
    }

    #[test]
    fn a_pair_that_nothing_or_much_means_says_nothing() {
        let rows = "| rent | String | 1: yearly rent |
| bill | String | Specifies the bill of a seasonal/monthly lamp. |";
        assert_eq!(conditions(rows), "");
    }
}
