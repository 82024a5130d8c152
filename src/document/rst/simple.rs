//! Simple tables: columns under `====  ====`, one row per line or more.

use super::super::join::MOST_CELLS;
use super::body::{self, Body};
use super::columns::{between, counts_wide, cuts};
use super::element::{Element, Line, MOST_PLACES, Table, TableRow};
use super::flatten;

/// Whether this line is a border: at least two columns of `=`.
pub(super) fn is_border(text: &str) -> bool {
    text.starts_with('=')
        && text.contains(' ')
        && text.trim_end().bytes().all(|b| matches!(b, b'=' | b' '))
        && text.trim_end().contains(' ')
}

/// The line after the table that begins at a line: after the border that nothing follows.
pub(super) fn end(lines: &[Line<'_>], at: usize) -> usize {
    let borders = (at + 1..lines.len()).filter(|line| is_border(lines[*line].text));
    let closed = borders
        .take(8)
        .find(|line| lines.get(line + 1).is_none_or(Line::is_blank));
    closed.map_or(lines.len(), |line| line + 1)
}

/// The table that these lines hold.
pub(super) fn read(body: &Body, lines: &[Line<'_>]) -> Option<Element> {
    let border = lines.first()?.text;
    let starts: Vec<usize> = starts(border);
    if lines.len().saturating_mul(starts.len()) > MOST_PLACES {
        let line = lines.first()?.number;
        return Some(Element::TooLarge { line });
    }
    let borders: Vec<usize> = (1..lines.len())
        .filter(|line| is_border(lines[*line].text))
        .collect();
    let header_end = if borders.len() > 1 { borders[0] } else { 0 };
    let last = borders.last().copied().unwrap_or(lines.len());
    let headers = rows(body, &lines[1..header_end.max(1)], &starts, border.len());
    let from = (header_end + 1).min(last);
    let rows = rows(body, &lines[from..last], &starts, border.len());
    let line = headers.first().or(rows.first())?.line;
    Some(Element::Table(Table {
        caption: None,
        lines: (lines[0].number, lines.get(last).or(lines.last())?.number),
        line,
        header: flatten::header(&headers),
        rows,
    }))
}

/// The columns at which the runs of `=` begin.
fn starts(border: &str) -> Vec<usize> {
    let begins = |at: &usize| {
        let before = at.checked_sub(1).map(|before| border.as_bytes()[before]);
        border.as_bytes()[*at] == b'=' && before != Some(b'=')
    };
    (0..border.len()).filter(begins).take(MOST_CELLS).collect()
}

/// A row begins with every line whose first column has text; the others go on.
fn rows(body: &Body, lines: &[Line<'_>], starts: &[usize], length: usize) -> Vec<TableRow> {
    let mut found: Vec<(u32, Vec<Vec<Line<'_>>>)> = Vec::new();
    for line in lines {
        if is_span(line.text) {
            continue;
        }
        let wide = counts_wide(line.text, length);
        let cuts = cuts(line.text, starts, wide);
        let ends = cuts[1..].iter().copied().chain([line.text.len()]);
        let cells = cuts.iter().zip(ends).map(|(from, to)| Line {
            number: line.number,
            text: between(line.text, *from, to),
        });
        let cells: Vec<Line<'_>> = cells.collect();
        let begins = cells.first().is_some_and(|cell| !cell.is_blank());
        match found.last_mut() {
            Some((_, row)) if !begins => {
                row.iter_mut()
                    .zip(cells)
                    .for_each(|(cell, more)| cell.push(more));
            }
            _ if line.is_blank() => {}
            _ => found.push((
                line.number,
                cells.into_iter().map(|cell| vec![cell]).collect(),
            )),
        }
    }
    found
        .into_iter()
        .map(|(line, cells)| TableRow {
            line,
            cells: cells.iter().map(|cell| elements(body, cell)).collect(),
        })
        .collect()
}

fn elements(body: &Body, lines: &[Line<'_>]) -> Vec<Element> {
    body.nested(&body::dedented(lines))
}

/// `-----  ----`: joins columns of the line above.
fn is_span(text: &str) -> bool {
    text.starts_with("--") && text.trim_end().bytes().all(|b| matches!(b, b'-' | b' '))
}
