//! Tables written as lists of lists, and as values parted by commas.

use super::body::Body;
use super::element::{Element, Line, Table, TableRow};
use super::flatten;

/// `* - cell`: the outer items are rows, the inner ones cells.
pub(super) fn list_table(elements: Vec<Element>, n_headers: usize, line: u32) -> Option<Table> {
    let rows = elements.into_iter().find_map(|element| match element {
        Element::Items(rows) => Some(rows),
        _ => None,
    })?;
    let rows = rows.into_iter().map(|row| {
        let cells: Vec<Vec<Element>> = row
            .into_iter()
            .find_map(|element| match element {
                Element::Items(cells) => Some(cells),
                _ => None,
            })
            .unwrap_or_default();
        TableRow {
            line: flatten::first_line(&cells).unwrap_or(line),
            cells,
        }
    });
    Some(table(rows.collect(), n_headers, line))
}

/// Rows of values parted by commas, each row on a line; a value may be quoted.
pub(super) fn csv_table(
    body: &Body,
    lines: &[Line<'_>],
    header: Option<&str>,
    n_headers: usize,
) -> Option<Table> {
    let row = |line: &Line<'_>| {
        let cells = values(line.text).into_iter().map(|value| {
            let cell = Line {
                number: line.number,
                text: value.trim(),
            };
            body.nested(&[cell])
        });
        TableRow {
            line: line.number,
            cells: cells.collect(),
        }
    };
    let rows: Vec<TableRow> = lines
        .iter()
        .filter(|line| !line.is_blank())
        .map(row)
        .collect();
    let line = rows.first()?.line;
    let mut table = table(rows, n_headers, line);
    if let Some(header) = header {
        table.header = values(header)
            .into_iter()
            .map(|value| value.trim().to_owned())
            .collect();
    }
    Some(table)
}

/// The values of a line. Quotes keep commas inside.
fn values(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                found.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&line[start..]);
    found
        .into_iter()
        .map(|value| value.trim().trim_matches('"'))
        .collect()
}

fn table(mut rows: Vec<TableRow>, n_headers: usize, line: u32) -> Table {
    let headers: Vec<TableRow> = rows.drain(..n_headers.min(rows.len())).collect();
    let last = rows.last().or(headers.last()).map_or(line, |row| row.line);
    let first = headers
        .first()
        .or(rows.first())
        .map_or(line, |row| row.line);
    Table {
        caption: None,
        lines: (line, last),
        line: first,
        header: flatten::header(&headers),
        rows,
    }
}
