//! What overview tables say: how often an operation may be called, and which operations exist that
//! have no page of their own.
//!
//! Main entries: [`join`] and [`rows`].

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::Column;
use super::tables::{self, Role, TableRead};
use super::uri::{self, Uri};
use crate::contract::{
    Claim, Constraint, Dispute, Fact, FieldPath, Operation, OperationId, PathTemplate, Segment,
    Statement,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

/// One operation in a row of an overview.
#[derive(Clone, Debug, PartialEq)]
pub struct OverviewRow {
    /// Method and path.
    pub uri: Uri,
    /// Calls per minute, where the row says so.
    pub per_minute: Option<u32>,
    /// The row.
    pub at: Provenance,
}

static PER_MINUTE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)(?:每分钟|per minute[^\d]{0,12}|/min\D{0,8})\s*(\d{1,7})|(\d{1,7})\s*(?:次|times|requests|calls)?\s*(?:/\s*min|per minute|every minute|a minute|/分钟|每分钟)";
    Regex::new(pattern).expect("the pattern is fixed")
});

static PER_SECOND: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)(?:每秒)\s*(\d{1,6})|(\d{1,6})\s*(?:次|times|requests|calls)?\s*(?:/\s*s\b|per second|/秒)";
    Regex::new(pattern).expect("the pattern is fixed")
});

/// The rows of overviews and of tables of limits. Tables of permissions promise nothing.
pub fn rows(document: &DocumentId, tables: &[TableRead<'_>]) -> Vec<OverviewRow> {
    let mut found = Vec::new();
    for read in tables
        .iter()
        .filter(|read| matches!(read.role, Role::Limits | Role::Overview))
    {
        for (place, row) in read.table.rows.iter().enumerate() {
            let limit = tables::cell(read.table, place, &read.columns, Column::Limit);
            let per_minute = limit.and_then(|cell| per_minute(&cell.text()));
            for uri in row
                .cells
                .iter()
                .flat_map(|cell| uri::read_all(&cell.text()))
            {
                found.push(OverviewRow {
                    uri,
                    per_minute,
                    at: Provenance {
                        document: document.clone(),
                        line: row.line,
                        table: read.table.number.as_deref().map(Into::into),
                        row: u32::try_from(place + 1).ok(),
                    },
                });
            }
        }
    }
    found
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
    for row in rows(document, tables) {
        let rate = row.per_minute.map(|per_minute| Statement {
            constraint: Constraint::RateLimit { per_minute },
            at: row.at.clone(),
            rule: "column.rate-limit".to_owned(),
        });
        let places = by_shape
            .entry(shape(row.uri.method, &row.uri.path))
            .or_default();
        for place in places.iter() {
            let operation = &mut operations[*place];
            operation.statements.extend(rate.clone());
            disputes.extend(hole_disputes(operation, &row.uri, &row.at));
        }
        if places.is_empty() {
            places.push(operations.len());
            operations.push(without_page(&row, rate));
        }
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
pub fn hole_disputes(operation: &Operation, uri: &Uri, row: &Provenance) -> Vec<Dispute> {
    let holes = operation.path.parameters().zip(uri.path.parameters());
    let differing = holes.filter(|(page, other)| page != other);
    differing
        .map(|(page, other)| Dispute {
            operation: Some(operation.id.clone()),
            field: Some(FieldPath::root(page)),
            fact: Fact::Name,
            claims: vec![
                Claim {
                    claim: other.to_owned(),
                    at: row.clone(),
                },
                Claim {
                    claim: page.to_owned(),
                    at: operation.at.clone(),
                },
            ],
        })
        .collect()
}

/// Calls per minute: `600 times per minute`, `每分钟600次`, `10/s`.
pub fn per_minute(text: &str) -> Option<u32> {
    let number = |pattern: &Regex| {
        let hit = pattern.captures(text)?;
        hit.get(1)
            .or_else(|| hit.get(2))?
            .as_str()
            .parse::<u32>()
            .ok()
    };
    number(&PER_MINUTE).or_else(|| number(&PER_SECOND).and_then(|calls| calls.checked_mul(60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_in_several_words() {
        for (text, calls) in [
            ("每分钟30次", Some(30)),
            ("30 times per minute", Some(30)),
            ("2次/秒", Some(120)),
            ("100/min", Some(100)),
            ("now and then", None),
        ] {
            assert_eq!(per_minute(text), calls, "{text}");
        }
    }
}
