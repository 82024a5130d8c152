//! What a note below a table says of its rows.
//!
//! Main entry: [`give`]. In an appendix no operation owns the text between tables. A note right below a table
//! there that names several of its rows is read as if it stood in the row that it names first.

use super::sections::{Content, Page};
use super::tables::{RowRead, TableRead};
use crate::document::Piece;

/// Gives such notes to the rows that they are about.
pub fn give(pages: &[Page<'_>], tables: &mut [TableRead<'_>]) {
    let apart = tables
        .iter_mut()
        .filter(|read| read.operation.is_none() && read.defines_fields);
    for read in apart {
        let below = pages
            .get(read.page)
            .and_then(|page| page.parts.get(read.part + 1));
        let Some(Content::Prose(pieces)) = below.map(|part| part.content) else {
            continue;
        };
        // A number would be read of the row that is named first, whomever it is said of.
        let is_told = |piece: &&Piece| piece.note && !piece.text.contains(char::is_numeric);
        let notes = pieces.iter().filter(is_told);
        for note in notes {
            if let Some(row) = first_of_several(&mut read.rows, note) {
                row.prose.pieces.push(note.clone());
            }
        }
    }
}

/// The row that the note names first, where it names another one, too.
fn first_of_several<'r>(rows: &'r mut [RowRead], note: &Piece) -> Option<&'r mut RowRead> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-:.".contains(c);
    let words: Vec<&str> = note.text.split(|c: char| !is_part(c)).collect();
    let place_of = |row: &RowRead| words.iter().position(|word| *word == row.name);
    let named: Vec<&mut RowRead> = rows
        .iter_mut()
        .filter(|row| place_of(row).is_some())
        .collect();
    match named.len() {
        0 | 1 => None,
        _ => named.into_iter().min_by_key(|row| place_of(row)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::contract::Constraint;
    use crate::document;
    use crate::source::DocumentId;

    fn check(note: &str, expected: &str) {
        let page = format!(
            "# 1 Lamps\n\n## 1.1 Lighting a Lamp\n\n### URI\n\nPOST /v1/lamps\n\n### Request\n\nTable 1-1 Request parameters\n\n| Parameter | Mandatory | Type | Description |\n|--|--|--|--|\n| fuel | No | Object | The fuel. For details, see Table 2-1. |\n\n# 2 Structures\n\n## 2.1 Fuel\n\nTable 2-1 fuel structure\n\n| Parameter | Mandatory | Type | Description |\n|--|--|--|--|\n| oil | No | String | The oil. |\n| gas | No | String | The gas. |\n\nNOTE:\n\n{note}\n\n## 2.2 Wicks\n\nWicks.\n"
        );
        let document = document::read(&DocumentId::new("lamps"), page.as_bytes());
        let contract = read(&document).contract;
        let fields = contract.operations[0].request_fields();
        let told = fields.iter().flat_map(|(path, field)| {
            let said = field.statements.iter();
            said.map(move |said| match &said.constraint {
                Constraint::ExclusiveWith(names) => format!("{path} not with {}", names.join(" ")),
                other => format!("{path} {}", other.word()),
            })
        });
        assert_eq!(told.collect::<Vec<_>>().join(", "), expected, "{note}");
    }

    #[test]
    fn a_note_that_names_two_rows_is_about_the_first() {
        check(
            "oil and gas cannot be specified together.",
            "fuel.oil not with gas",
        );
        check("oil is kept in a barrel, up to 20 characters.", "");
    }
}
