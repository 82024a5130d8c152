//! Tables that list the states of things: what a field of state may be.
//!
//! Main entry: [`give`]. Such a table has a first column that is headed as states are, with one word in capitals in
//! each cell. A field of state whose text names the page or the caption of such a table may be each of these words.
//! It knows no states of its own.

use super::lexicon::squeeze;
use super::sections::Page;
use super::states::of_whole;
use super::tables::{Role, RowRead, TableRead};
use crate::contract::{Constraint, Field, Operation, Scalar, Statement};
use crate::document::Table;
use crate::source::{DocumentId, Provenance};

/// How the column of the states is headed.
const HEADERS: [&str; 6] = [
    "status",
    "state",
    "状态",
    "状态值",
    "status value",
    "state value",
];

/// A table of states.
struct StateList {
    /// What texts call it: the title of its page, and its caption.
    titles: Vec<String>,
    states: Vec<String>,
    at: Provenance,
}

/// Says of the fields of state that name such a table what they may be.
pub fn give(
    document: &DocumentId,
    (pages, tables): (&[Page<'_>], &[TableRead<'_>]),
    operations: &mut [Operation],
) {
    let lists: Vec<StateList> = tables
        .iter()
        .filter_map(|read| state_list(document, pages, read))
        .collect();
    if lists.is_empty() {
        return;
    }
    let rows: Vec<(&RowRead, &StateList)> = tables
        .iter()
        .filter(|read| read.role != Role::Error)
        .flat_map(|read| &read.rows)
        .filter_map(|row| Some((row, named_by(row, &lists)?)))
        .collect();
    for operation in operations {
        let parameters = operation.parameters.iter_mut();
        let mut open: Vec<&mut Field> = parameters.map(|parameter| &mut parameter.field).collect();
        let bodies = operation.request.iter_mut().chain(&mut operation.response);
        open.extend(bodies.flat_map(|body| &mut body.fields));
        while let Some(field) = open.pop() {
            let named = rows
                .iter()
                .find(|(row, _)| row.line == field.at.line && row.name == field.name);
            if let Some((_, list)) = named
                && !says_values(field)
            {
                field.statements.push(list.statement());
            }
            open.extend(&mut field.children);
        }
    }
}

impl StateList {
    fn statement(&self) -> Statement {
        let values = self.states.iter().cloned().map(Scalar::Text).collect();
        let open = false;
        Statement {
            constraint: Constraint::Enum { values, open },
            at: self.at.clone(),
            rule: "table.states".to_owned(),
        }
    }
}

/// The list that the text of a field of state points at, where it is one.
fn named_by<'l>(row: &RowRead, lists: &'l [StateList]) -> Option<&'l StateList> {
    let name = row.name.to_lowercase();
    if !(name.ends_with("status") || name.ends_with("state")) {
        return None;
    }
    let titles: Vec<&String> = row
        .mentions
        .iter()
        .filter_map(|it| it.title.as_ref())
        .collect();
    let mut named = lists
        .iter()
        .filter(|list| titles.iter().any(|title| list.titles.contains(title)));
    named.next().filter(|_| named.next().is_none())
}

fn says_values(field: &Field) -> bool {
    let mut said = field.statements.iter();
    said.any(|said| {
        matches!(
            said.constraint,
            Constraint::Enum { .. } | Constraint::Const(_)
        )
    })
}

fn state_list(
    document: &DocumentId,
    pages: &[Page<'_>],
    read: &TableRead<'_>,
) -> Option<StateList> {
    let table = read.table;
    if !is_headed_by_states(table) || table.rows.len() < 2 {
        return None;
    }
    let cells = table.rows.iter().map(|row| row.cells.first());
    let states: Vec<String> = cells
        .map(|cell| Some(cell?.text().trim().to_owned()).filter(|state| is_state(state)))
        .collect::<Option<_>>()?;
    let title = pages.get(read.page).map(|page| squeeze(page.title));
    let caption = table.caption.as_deref().map(squeeze);
    Some(StateList {
        titles: title.into_iter().chain(caption).collect(),
        states,
        at: of_whole(document, table),
    })
}

/// Whether the first of several columns is headed as states are.
pub(super) fn is_headed_by_states(table: &Table) -> bool {
    let header = table
        .header
        .first()
        .map(|header| header.trim().to_lowercase());
    table.header.len() > 1 && header.is_some_and(|header| HEADERS.contains(&header.as_str()))
}

/// Whether a cell is one word in capitals.
pub(super) fn is_state(text: &str) -> bool {
    let letters = text
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    letters && text.starts_with(|c: char| c.is_ascii_uppercase()) && text.len() > 1
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};

    fn check(rows: &str, expected: &str) {
        let page = format!(
            "# 1.1 Querying a Lamp\n# URI\nGET /v1/lamps/{{lamp_id}}\n# Response\nTable 1-1 Response parameters\n| Parameter | Type | Description |\n| lamp_state | String | The state. For details, see Lamp States. |\n| glass_state | String | The state of the glass. |\n# 2 Lamp States\nTable 2-1 States\n| State | Description |\n{rows}"
        );
        let contract = read(&document(&page)).contract;
        let fields = contract.operations[0].response_fields();
        let told = fields.iter().flat_map(|(path, field)| {
            let said = field.statements.iter();
            said.map(move |said| format!("{path} {} by {}", said.constraint.word(), said.rule))
        });
        assert_eq!(told.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn a_field_may_be_what_the_table_that_it_names_lists() {
        check(
            "| LIT | It burns. |\n| DARK | It does not. |\n",
            "lamp_state enum by table.states",
        );
        check("| 200 | It burns. |\n| 404 | It does not. |\n", "");
        check("| LIT | It burns. |\n| a lamp | It does not. |\n", "");
    }
}
