//! What the cells of a page say: words only, no layout.

use super::page::{Page, Part, Side, is_about, is_ruled};
use crate::contract::{Field, FieldPath, Kind, Operation, Place, Presence, Statement};
use crate::extract::claims;
use crate::source::Provenance;

/// A row of fields: a path, and the field in each edition that has it.
pub(super) struct Row<'a> {
    pub path: FieldPath,
    pub fields: Vec<Option<&'a Field>>,
}

/// The fields of a part, in the order of the first edition that has them.
pub(super) fn rows<'a>(page: &Page<'a>, part: Part) -> Vec<Row<'a>> {
    let n = page.sides.len();
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (nth, side) in page.sides.iter().enumerate() {
        let mut after = 0;
        for (path, field) in side.fields(part) {
            let known = rows
                .iter()
                .position(|row| row.path.names() == path.names() && row.fields[nth].is_none());
            let place = known.unwrap_or(after);
            if known.is_none() {
                rows.insert(
                    place,
                    Row {
                        path,
                        fields: vec![None; n],
                    },
                );
            }
            rows[place].fields[nth] = Some(field);
            after = place + 1;
        }
    }
    rows
}

/// `Integer or String or null`: every kind that is claimed; a dash where none is.
pub(super) fn kind(field: &Field) -> String {
    let known = field.kinds().filter(|kind| **kind != Kind::Unknown);
    let kinds: Vec<String> = known.map(ToString::to_string).collect();
    if kinds.is_empty() {
        return "-".to_owned();
    }
    let null = if field.nullable.is_some() {
        " or null"
    } else {
        ""
    };
    format!("{}{null}", kinds.join(" or "))
}

/// What the table says of presence; nothing where it does not.
pub(super) fn presence(field: &Field) -> Option<&'static str> {
    match field.presence {
        Presence::Required => Some("required"),
        Presence::Optional => Some("optional"),
        Presence::Unstated if field.evidence.conditional => Some("conditional"),
        Presence::Unstated => None,
    }
}

/// What else is promised, one line each.
pub(super) fn constraints(statements: &[Statement]) -> Vec<String> {
    statements
        .iter()
        .map(|statement| claims::tell(&statement.constraint))
        .collect()
}

/// `table 4-3 row 2, line 70`, without the document, which heads the column.
pub(super) fn source(at: &Provenance) -> String {
    let mut parts: Vec<String> = at.page.iter().map(ToString::to_string).collect();
    if let Some(table) = &at.table {
        parts.push(format!(
            "table {}",
            table.strip_prefix("Table ").unwrap_or(table)
        ));
    }
    if let Some(row) = at.row {
        parts.push(format!("row {row}"));
    }
    parts.push(format!("line {}", at.line));
    parts.join(" ")
}

/// The marks of a field: the numbers of its disputes and rulings, as listed below.
pub(super) fn marks(
    page: &Page<'_>,
    side: &Side<'_>,
    part: Part,
    path: &FieldPath,
    field: &Field,
) -> Vec<String> {
    let mut marks: Vec<(String, Vec<String>)> = Vec::new();
    let mut mark =
        |words: String, number: String| match marks.iter_mut().find(|mark| mark.0 == words) {
            Some((_, numbers)) => numbers.push(number),
            None => marks.push((words, vec![number])),
        };
    for (number, dispute) in (1..).zip(page.disputes()) {
        if is_about(dispute, path, field) {
            mark(
                format!("disputed: {}", dispute.fact.word()),
                format!("[{number}]"),
            );
        }
    }
    for (number, ruled) in (1..).zip(page.rulings()) {
        if is_ruled(ruled, side, part, path) {
            mark(format!("settled: {}", ruled.fact), format!("[R{number}]"));
        }
    }
    marks
        .into_iter()
        .map(|(words, numbers)| format!("{words} {}", numbers.join(" ")))
        .collect()
}

/// `Lamps, zh, 2020-11-30`
pub(super) fn dated(side: &Side<'_>) -> String {
    let edition = &side.contract.edition;
    let parts = [&edition.title, &edition.language, &edition.date];
    let parts = parts.map(Option::as_deref);
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `200, 202`
pub(super) fn success(operation: &Operation) -> String {
    let statuses: Vec<String> = operation
        .success
        .iter()
        .map(|(status, at)| format!("{status} ({})", source(at)))
        .collect();
    statuses.join(", ")
}

/// What is promised of the operation as a whole, with its source.
pub(super) fn behaviour(operation: &Operation) -> Vec<String> {
    let statements = operation.statements.iter();
    statements
        .map(|statement| {
            format!(
                "{} ({})",
                claims::tell(&statement.constraint),
                source(&statement.at)
            )
        })
        .collect()
}

/// What a caller must be allowed to do.
pub(super) fn permissions(operation: &Operation) -> Vec<String> {
    let permissions = operation.permissions.iter();
    permissions
        .map(|permission| {
            let needs = match permission.needs.is_empty() {
                true => String::new(),
                false => format!(", with {}", permission.needs.join(", ")),
            };
            format!("{}{needs} ({})", permission.action, source(&permission.at))
        })
        .collect()
}

/// Where a parameter stands; none for fields of bodies.
pub(super) fn place(operation: &Operation, path: &FieldPath) -> Option<&'static str> {
    let parameter = operation
        .parameters
        .iter()
        .find(|known| known.field.name == path.leaf())?;
    Some(match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    })
}
