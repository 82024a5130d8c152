//! Tables of states that follow from other states.
//!
//! Main entry: [`read`]. Such a table has nothing but columns headed by names of fields; a cell lists
//! values, and a blank cell repeats the one above it. The last column follows from the others.

use hashbrown::HashMap;

use super::lexicon;
use super::tables::{Role, TableRead};
use crate::contract::{Combination, Operation, Scalar, StateTable};
use crate::document::{Prose, Table};
use crate::source::{DocumentId, Provenance};

/// Every table of states of the document.
pub fn read(
    document: &DocumentId,
    tables: &[TableRead<'_>],
    operations: &[Operation],
) -> Vec<StateTable> {
    let mut candidates = tables
        .iter()
        .filter(|read| read.role == Role::Structure && is_candidate(read.table))
        .peekable();
    if candidates.peek().is_none() {
        return Vec::new();
    }
    let fields = Fields::new(operations);
    candidates
        .filter_map(|read| state_table(document, read.table, &fields))
        .collect()
}

/// Nobody lists more states behind a state, or in a cell, than this.
const MOST_COLUMNS: usize = 6;

fn is_candidate(table: &Table) -> bool {
    (2..=MOST_COLUMNS).contains(&table.header.len())
        && table.header.iter().all(|header| is_name(header))
}

fn is_name(text: &str) -> bool {
    let mut chars = text.trim().chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || "_-:.".contains(c))
}

/// The fields of all answers, by their whole name and by what follows a prefix in it.
struct Fields<'o>(HashMap<&'o str, &'o str>);

impl<'o> Fields<'o> {
    fn new(operations: &'o [Operation]) -> Self {
        let mut names: HashMap<&str, &str> = HashMap::new();
        let bodies = operations
            .iter()
            .filter_map(|operation| operation.response.as_ref());
        let mut open: Vec<_> = bodies.flat_map(|body| &body.fields).collect();
        while let Some(field) = open.pop() {
            names.insert(&field.name, &field.name);
            let tail = field.name.rsplit([':', '.']).next().unwrap_or("");
            names.entry(tail).or_insert(&field.name);
            open.extend(&field.children);
        }
        Self(names)
    }

    /// The field that a header names.
    fn named(&self, header: &str) -> Option<String> {
        self.0.get(header.trim()).map(|name| (*name).to_owned())
    }
}

fn state_table(document: &DocumentId, table: &Table, fields: &Fields<'_>) -> Option<StateTable> {
    let mut names: Vec<String> = table
        .header
        .iter()
        .map(|header| fields.named(header))
        .collect::<Option<_>>()?;
    let field = names.pop()?;
    let mut above: Vec<Vec<Scalar>> = vec![Vec::new(); names.len()];
    let mut rows = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        for (before, cell) in above.iter_mut().zip(&row.cells) {
            let values = values(cell);
            if !values.is_empty() {
                *before = values;
            }
        }
        let last = values(row.cells.get(names.len())?);
        let [Scalar::Text(gives)] = last.as_slice() else {
            return None;
        };
        rows.push(Combination {
            of: above.clone(),
            gives: gives.clone(),
            at: Provenance {
                document: document.clone(),
                page: None,
                line: row.line,
                table: table.number.as_deref().map(Into::into),
                row: u32::try_from(place + 1).ok(),
            },
        });
    }
    (!rows.is_empty()).then(|| StateTable {
        field,
        from: names,
        rows,
        at: of_whole(document, table),
    })
}

/// The place of a whole table.
pub(super) fn of_whole(document: &DocumentId, table: &Table) -> Provenance {
    Provenance {
        document: document.clone(),
        page: None,
        line: table.line,
        table: table.number.as_deref().map(Into::into),
        row: None,
    }
}

/// The values in a cell. "null" and its like mean that there is none.
fn values(cell: &Prose) -> Vec<Scalar> {
    let text = cell.text();
    let words = text.split(|c: char| c.is_whitespace() || ",，、/;".contains(c));
    words
        .filter(|word| !word.is_empty())
        .map(|word| match word.to_ascii_lowercase().as_str() {
            "null" | "none" => Scalar::Null,
            nothing if lexicon::says_nothing(nothing) => Scalar::Null,
            _ => Scalar::Text(word.to_owned()),
        })
        .collect()
}
