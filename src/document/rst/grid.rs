//! Grid tables: cells drawn with `+`, `-`, `=` and `|`, with bodies of several lines, over several
//! rows and columns.
//!
//! All corners give the columns, all drawn lines the bands between them. Where no line is drawn
//! between two neighbours they are one cell. Each cell's lines are cut out once.

use super::super::join::MOST_CELLS;
use super::body::{self, Body};
use super::columns::{between, grid_cuts};
use super::element::{Element, Line, MOST_PLACES, Table, TableRow};
use super::flatten;

/// Whether this line is a whole border of a grid.
pub(super) fn is_border(text: &str) -> bool {
    text.len() >= 3
        && text.starts_with("+")
        && text.ends_with('+')
        && text.bytes().all(|b| matches!(b, b'+' | b'-' | b'='))
        && text.contains(['-', '='])
}

/// The table that these lines draw.
pub(super) fn read(body: &Body, lines: &[Line<'_>]) -> Option<Element> {
    let corners = corners(lines);
    if lines.len().saturating_mul(corners.len()) > MOST_PLACES {
        let line = lines.first()?.number;
        return Some(Element::TooLarge { line });
    }
    let grid = Grid::of(lines, &corners)?;
    let mut headers = Vec::new();
    let mut rows = Vec::new();
    for band in 0..grid.bands() {
        let row = grid.row(band, body);
        if band < grid.n_headers {
            headers.push(row);
        } else {
            rows.push(row);
        }
    }
    let first = headers.first().or(rows.first())?.line;
    Some(Element::Table(Table {
        caption: None,
        lines: (lines.first()?.number, lines.last()?.number),
        line: first,
        header: flatten::header(&headers),
        rows,
    }))
}

/// The columns at which some line has a corner.
fn corners(lines: &[Line<'_>]) -> Vec<usize> {
    let mut corners: Vec<usize> = lines.iter().flat_map(|line| drawn(line.text)).collect();
    corners.sort_unstable();
    corners.dedup();
    corners.truncate(MOST_CELLS + 1);
    corners
}

struct Grid<'l, 'a> {
    lines: &'l [Line<'a>],
    /// The lines on which something is drawn.
    borders: Vec<usize>,
    /// For each line, the byte of each corner column.
    cuts: Vec<Vec<usize>>,
    n_columns: usize,
    n_headers: usize,
}

impl<'l, 'a> Grid<'l, 'a> {
    fn of(lines: &'l [Line<'a>], corners: &[usize]) -> Option<Self> {
        let length = lines.first()?.text.len();
        let n_columns = corners
            .len()
            .checked_sub(1)
            .filter(|n_columns| *n_columns > 0)?;
        let cuts = lines
            .iter()
            .map(|line| grid_cuts(line.text, corners, length))
            .collect();
        let mut grid = Self {
            lines,
            borders: Vec::new(),
            cuts,
            n_columns,
            n_headers: 0,
        };
        grid.borders = (0..lines.len())
            .filter(|line| (0..n_columns).any(|column| grid.is_drawn(*line, column)))
            .collect();
        // A cell may hold a line of dashes; only lines that begin or end a row are drawn to a corner.
        let is_double = |line: &usize| {
            let text = lines[*line].text;
            is_border(text) && text.contains('=')
        };
        grid.n_headers = grid.borders.iter().position(is_double).unwrap_or(0);
        (grid.borders.len() > 1).then_some(grid)
    }

    fn bands(&self) -> usize {
        self.borders.len() - 1
    }

    /// The lines of a band, borders excluded.
    fn inside(&self, band: usize) -> std::ops::Range<usize> {
        self.borders[band] + 1..self.borders[band + 1]
    }

    /// Whether a line is drawn across a column on this line.
    fn is_drawn(&self, line: usize, column: usize) -> bool {
        let (text, cuts) = (self.lines[line].text, &self.cuts[line]);
        let (from, to) = (cuts[column], cuts[column + 1]);
        let inner = text.get(from + 1..to).unwrap_or("");
        let corner = |at: usize| {
            text.get(at..)
                .is_some_and(|rest| rest.starts_with(['+', '|', '-', '=']))
        };
        !inner.is_empty()
            && inner.bytes().all(|b| matches!(b, b'-' | b'='))
            && corner(from)
            && corner(to)
    }

    /// Whether something parts a column from the one on its left all along a band.
    fn is_parted(&self, band: usize, column: usize) -> bool {
        self.inside(band).all(|line| {
            let at = self.cuts[line][column];
            self.lines[line]
                .text
                .get(at..)
                .is_none_or(|rest| rest.is_empty() || rest.starts_with(['|', '+']))
        })
    }

    /// The cells that begin in a band; those that go on from above stay empty.
    fn row(&self, band: usize, body: &Body) -> TableRow {
        let mut cells: Vec<Vec<Element>> = Vec::with_capacity(self.n_columns);
        let mut column = 0;
        while column < self.n_columns {
            let mut right = column + 1;
            while right < self.n_columns && !self.is_parted(band, right) {
                right += 1;
            }
            let begins = (column..right).any(|column| self.is_drawn(self.borders[band], column));
            cells.push(if begins {
                body.nested(&self.cell(band, column, right))
            } else {
                Vec::new()
            });
            cells.resize(right, Vec::new());
            column = right;
        }
        TableRow {
            line: self
                .lines
                .get(self.borders[band] + 1)
                .map_or(0, |line| line.number),
            cells,
        }
    }

    /// The lines of the cell that begins in a band, down to where a line is drawn below it.
    fn cell(&self, band: usize, left: usize, right: usize) -> Vec<Line<'a>> {
        let ends = |border: &usize| (left..right).any(|column| self.is_drawn(*border, column));
        let end = self.borders[band + 1..]
            .iter()
            .copied()
            .find(ends)
            .unwrap_or(self.lines.len());
        let cut = |line: usize| Line {
            number: self.lines[line].number,
            text: between(
                self.lines[line].text,
                self.cuts[line][left] + 1,
                self.cuts[line][right],
            ),
        };
        let lines: Vec<Line<'a>> = (self.borders[band] + 1..end).map(cut).collect();
        body::dedented(&lines)
    }
}

/// The columns of the corners that are drawn on a line: `+---+---+`, also in the middle of it.
fn drawn(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut columns: Vec<usize> = Vec::new();
    let mut column = 0;
    let close = |columns: &mut Vec<usize>, found: &mut Vec<usize>| {
        if columns.len() > 1 {
            found.append(columns);
        }
        columns.clear();
    };
    let mut before = ' ';
    for c in text.chars() {
        match c {
            // A corner goes on where a line leads to it.
            '+' if columns.is_empty() || matches!(before, '-' | '=') => columns.push(column),
            '-' | '=' if !columns.is_empty() => {}
            _ => close(&mut columns, &mut found),
        }
        before = c;
        column += if c > '\u{2e7f}' { 2 } else { 1 };
    }
    close(&mut columns, &mut found);
    found
}
