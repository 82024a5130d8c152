//! What overview tables say: how often an operation may be called, and which operations exist that
//! have no page of their own.
//!
//! Main entries: [`join`] and [`rows`].

use hashbrown::HashMap;

use super::lexicon::{self, Column};
use super::rates;
use super::tables::{self, Role, TableRead};
use super::uri::{self, Uri};
use crate::contract::{
    Claim, Constraint, Dispute, Fact, FieldPath, Operation, OperationId, PathTemplate, Segment,
    Statement,
};
use crate::document::{Prose, Row};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

/// One operation in a row of an overview.
#[derive(Clone, Debug, PartialEq)]
pub struct OverviewRow {
    /// What the row calls the operation.
    pub name: String,
    /// Method and path.
    pub uri: Uri,
    /// Calls per minute, where the row says so, and where the cell stands that does.
    pub rate: Option<(u32, Provenance)>,
    /// The row.
    pub at: Provenance,
}

/// The rows of overviews and of tables of limits. Tables of permissions promise nothing.
pub fn rows(document: &DocumentId, tables: &[TableRead<'_>]) -> Vec<OverviewRow> {
    let mut found = Vec::new();
    for read in tables
        .iter()
        .filter(|read| matches!(read.role, Role::Limits | Role::Overview))
    {
        for (place, row) in read.table.rows.iter().enumerate() {
            let limit = tables::cell(read.table, place, &read.columns, Column::Limit);
            let mut cells = limit.into_iter().chain(&row.cells);
            let rate = cells.find_map(|cell| Some((rates::per_minute(&cell.text())?, cell)));
            let name = name_of(row);
            let at = |line| Provenance {
                document: document.clone(),
                page: None,
                line,
                table: read.table.number.as_deref().map(Into::into),
                row: u32::try_from(place + 1).ok(),
            };
            for uri in tables::routes(row) {
                found.push(OverviewRow {
                    name: name.clone(),
                    uri,
                    rate: rate.map(|(per_minute, cell)| (per_minute, at(line_of(cell, row)))),
                    at: at(row.line),
                });
            }
        }
    }
    found
}

/// Where a cell begins: each may stand on a line of its own. One that spans rows may have begun before.
fn line_of(cell: &Prose, row: &Row) -> u32 {
    let first = cell.pieces.first().map_or(row.line, |piece| piece.line);
    first.max(row.line)
}

/// The last cell before the route: rows may begin with what groups them.
fn name_of(row: &Row) -> String {
    let texts: Vec<String> = row.cells.iter().map(Prose::text).collect();
    let route = texts.iter().position(|text| uri::read(text).is_some());
    let before = &texts[..route.unwrap_or(0)];
    before
        .iter()
        .rev()
        .find(|text| !text.trim().is_empty())
        .cloned()
        .unwrap_or_default()
}

/// Rates go to the operations that overviews list; operations without a page are kept as far as
/// the overview describes them.
pub fn join(
    document: &DocumentId,
    tables: &[TableRead<'_>],
    operations: &mut Vec<Operation>,
    disputes: &mut Vec<Dispute>,
) {
    let mut by_shape: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, operation) in operations.iter().enumerate() {
        let shape = shape(operation.method, &operation.path);
        by_shape.entry(shape).or_default().push(place);
    }
    let rows = rows(document, tables);
    disputes.extend(one_route(&rows));
    disputes.extend(exchanged(&rows));
    for row in rows {
        let rate = row.rate.clone().map(|(per_minute, at)| Statement {
            constraint: Constraint::RateLimit { per_minute },
            at,
            rule: "column.rate-limit".to_owned(),
        });
        let places = by_shape
            .entry(shape(row.uri.method, &row.uri.path))
            .or_default();
        for place in places.iter() {
            let operation = &mut operations[*place];
            let said = |statement: &Statement| {
                rate.as_ref()
                    .is_some_and(|rate| statement.constraint == rate.constraint)
            };
            if !operation.statements.iter().any(said) {
                operation.statements.extend(rate.clone());
            }
            disputes.extend(hole_disputes(operation, &row.uri.path, &row.at));
        }
        if places.is_empty() {
            places.push(operations.len());
            operations.push(without_page(&row, rate));
        }
    }
}

/// Rows with names of their own that name one route: nothing tells their operations apart.
fn one_route(rows: &[OverviewRow]) -> Vec<Dispute> {
    let mut routes: HashMap<String, Vec<&OverviewRow>> = HashMap::new();
    for row in rows.iter().filter(|row| !row.name.is_empty()) {
        let same = routes
            .entry(shape(row.uri.method, &row.uri.path))
            .or_default();
        if same.iter().all(|known| known.name != row.name) {
            same.push(row);
        }
    }
    let mut found: Vec<Dispute> = routes
        .into_values()
        .filter(|same| same.len() > 1)
        .map(|same| {
            let claims = same
                .iter()
                .map(|row| claim(row, "has the route of another row"));
            dispute(claims.collect())
        })
        .collect();
    found.sort_by_key(|dispute| dispute.claims[0].at.line);
    found
}

/// Two names that were exchanged: what lists lamps has the path of one, and what shows one has no
/// hole at the end.
fn exchanged(rows: &[OverviewRow]) -> Vec<Dispute> {
    let ends_in_hole =
        |row: &OverviewRow| matches!(row.uri.path.0.last(), Some(Segment::Parameter(_)));
    let is_get = |row: &&OverviewRow| row.uri.method == Method::Get;
    let stems = rows.iter().filter(is_get).filter(|row| ends_in_hole(row));
    let lists: HashMap<String, &OverviewRow> = stems
        .filter_map(|row| Some((listed(&row.name)?, row)))
        .collect();
    let shows = rows.iter().filter(is_get).filter(|row| !ends_in_hole(row));
    shows
        .filter_map(|row| Some((row, lists.get(&lexicon::squeeze(&row.name))?)))
        .map(|(show, list)| {
            let claims = [
                claim(show, "is called one that shows"),
                claim(list, "is called one that lists"),
            ];
            dispute(claims.to_vec())
        })
        .collect()
}

/// What a name lists: `lamps` of `lamp list`, squeezed.
fn listed(name: &str) -> Option<String> {
    let name = lexicon::squeeze(name);
    let stem = name
        .strip_suffix("列表")
        .or_else(|| name.strip_suffix("list"))?;
    Some(stem.to_owned())
}

fn claim(row: &OverviewRow, what: &str) -> Claim<String> {
    Claim {
        claim: format!("{} {} {what}", row.uri.method, row.uri.path),
        at: row.at.clone(),
    }
}

fn dispute(claims: Vec<Claim<String>>) -> Dispute {
    Dispute {
        operation: None,
        field: None,
        fact: Fact::Operation,
        claims,
    }
}

/// Method and path, whatever the holes are called.
pub fn shape(method: Method, path: &PathTemplate) -> String {
    let segments = path.0.iter().map(|segment| match segment {
        Segment::Literal(text) => text.as_str(),
        Segment::Parameter(_) => "{}",
    });
    format!("{method} {}", segments.collect::<Vec<_>>().join("/"))
}

/// An operation of which only an overview speaks.
fn without_page(row: &OverviewRow, rate: Option<Statement>) -> Operation {
    Operation {
        id: OperationId::of(row.uri.method, &row.uri.path, None),
        method: row.uri.method,
        path: row.uri.path.clone(),
        selector: None,
        parameters: Vec::new(),
        request: None,
        response: None,
        success: Vec::new(),
        statements: rate.into_iter().collect(),
        permissions: Vec::new(),
        deprecated: None,
        at: row.at.clone(),
    }
}

/// Holes that a row and the operation's page call differently.
pub fn hole_disputes(operation: &Operation, path: &PathTemplate, at: &Provenance) -> Vec<Dispute> {
    let holes = operation.path.parameters().zip(path.parameters());
    let differing = holes.filter(|(page, other)| page != other);
    differing
        .map(|(page, other)| Dispute {
            operation: Some(operation.id.clone()),
            field: Some(FieldPath::root(page)),
            fact: Fact::Name,
            claims: vec![
                Claim {
                    claim: other.to_owned(),
                    at: at.clone(),
                },
                Claim {
                    claim: page.to_owned(),
                    at: operation.at.clone(),
                },
            ],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::DocumentId;
    use crate::document;
    use crate::extract::tests::reading;

    #[test]
    fn a_rate_stands_where_its_cell_does() {
        let page = "# 1 Overview
Table 1 Lamp API limits

Type

API

URI

Constraint

Lighting

Lighting a Lamp

POST /v1/lamps

30 times per minute

Quenching

Quenching a Lamp

DELETE /v1/lamps/{lamp_id}

20 times per minute

Showing a Lamp

GET /v1/lamps/{lamp_id}

90 times per minute
";
        let document = document::read(&DocumentId::new("lamps"), page.as_bytes());
        let contract = read(&document).contract;
        let rates = contract.operations.iter().flat_map(|operation| {
            let said = operation.statements.iter();
            said.map(move |said| (operation.at.line, said.at.line))
        });
        assert_eq!(rates.collect::<Vec<_>>(), [(12, 18), (20, 26), (28, 32)]);
    }

    #[test]
    fn method_and_path_may_stand_side_by_side() {
        let text = "\
# 1.1 Lamps
| Method | URI | Description |
| POST | /v2/lamps | Hangs a lamp. |
| DELETE | /v2/lamps/{lamp_id} | Takes it down. |
";
        let contract = reading(text).contract;
        let ids = contract.operations.iter().map(|one| one.id.to_string());
        assert_eq!(ids.collect::<Vec<_>>(), ["lamps.create", "lamps.delete"]);
    }
}
