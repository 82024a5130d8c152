//! Elements out: Blocks of a Document, pieces of a cell.

use super::super::caption::{self, Caption};
use super::super::join::{Blocks, MOST_CELLS, Part};
use super::super::text::line_number;
use super::super::{Piece, Prose, Row};
use super::body;
use super::element::{Element, Line, MOST_PLACES, Table, TableRow, Text};
use crate::source::Lines;

/// Reads a whole document.
pub(in super::super) fn read(lines: &[&str], out: &mut Blocks) {
    let lines: Vec<Line<'_>> = lines
        .iter()
        .enumerate()
        .map(|(place, text)| Line {
            number: line_number(place + 1),
            text: text.trim_end(),
        })
        .collect();
    let elements = body::read(&lines);
    Flat { out }.blocks(elements, false);
}

struct Flat<'b> {
    out: &'b mut Blocks,
}

impl Flat<'_> {
    fn blocks(&mut self, elements: Vec<Element>, note: bool) {
        let mut text = Vec::new();
        for element in elements {
            match element {
                // A list stays with the line that announces it.
                Element::Items(_) if ends_in_colon(&text) => self.items(element, note, &mut text),
                Element::Text { .. } | Element::Items(_) => {
                    self.paragraph(&mut text);
                    self.items(element, note, &mut text);
                }
                Element::Title {
                    line,
                    level,
                    text: title,
                } => {
                    self.paragraph(&mut text);
                    self.link(line, &title);
                    self.out.heading(line, level, title.text);
                }
                Element::Note(inside) => {
                    self.paragraph(&mut text);
                    self.blocks(inside, true);
                }
                Element::Code { first, text: code } => {
                    self.paragraph(&mut text);
                    self.out.code(first, &code);
                }
                Element::Table(table) => {
                    self.paragraph(&mut text);
                    self.table(table);
                }
                Element::Label { line, name } => self.out.anchor(line, name),
                Element::TooLarge { line } => {
                    self.paragraph(&mut text);
                    self.too_large(line);
                }
            }
        }
        self.paragraph(&mut text);
    }

    fn too_large(&mut self, line: u32) {
        self.out.diagnose(
            Lines::one(line),
            "a table has too many lines and columns",
            format!("it was left out: more than {MOST_PLACES} places are not read; split it"),
        );
    }

    fn paragraph(&mut self, pieces: &mut Vec<Piece>) {
        self.out.paragraph(std::mem::take(pieces));
    }

    /// Text and lists as pieces. An item that holds more than text ends the paragraph.
    fn items(&mut self, element: Element, note: bool, text: &mut Vec<Piece>) {
        match element {
            Element::Items(items) => {
                for item in items {
                    if item.iter().all(is_prose) {
                        let mut cell = Cell {
                            out: self.out,
                            pieces: text,
                        };
                        cell.elements(item, 1, note);
                    } else {
                        self.paragraph(text);
                        self.blocks(item, note);
                    }
                }
            }
            other => Cell {
                out: self.out,
                pieces: text,
            }
            .elements(vec![other], 0, note),
        }
    }

    fn link(&mut self, line: u32, text: &Text) {
        for (shown, target) in &text.links {
            self.out.link(line, shown, target);
        }
    }

    fn table(&mut self, table: Table) {
        let caption = table.caption.map(|(line, text)| {
            caption::read(&text, line).unwrap_or(Caption {
                number: None,
                text: Some(text),
                line,
            })
        });
        let (_, last) = table.lines;
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in table.rows {
            rows.push(self.row(row));
        }
        self.out.whole_table(Part {
            caption,
            line: table.line,
            header: table.header,
            rows,
            last,
        });
    }

    fn row(&mut self, row: TableRow) -> Row {
        let mut cells = Vec::with_capacity(row.cells.len());
        for elements in row.cells.into_iter().take(MOST_CELLS) {
            let mut pieces = Vec::new();
            Cell {
                out: self.out,
                pieces: &mut pieces,
            }
            .elements(elements, 0, false);
            cells.push(Prose { pieces });
        }
        Row {
            line: row.line,
            cells,
        }
    }
}

/// Elements as the pieces of one text. Code is shown, not said, and has no place in it.
struct Cell<'b, 'p> {
    out: &'b mut Blocks,
    pieces: &'p mut Vec<Piece>,
}

impl Cell<'_, '_> {
    fn elements(&mut self, elements: Vec<Element>, depth: u8, note: bool) {
        for element in elements {
            match element {
                Element::Text { line, text } | Element::Title { line, text, .. } => {
                    self.text(line, text, depth, note);
                }
                Element::Items(items) => {
                    for item in items {
                        self.elements(item, (depth + 1).min(2), note);
                    }
                }
                Element::Note(inside) => self.elements(inside, depth, true),
                Element::Table(table) => {
                    for row in table.rows {
                        self.elements(
                            row.cells.into_iter().flatten().collect(),
                            (depth + 1).min(2),
                            note,
                        );
                    }
                }
                Element::Label { line, name } => self.out.anchor(line, name),
                Element::Code { .. } | Element::TooLarge { .. } => {}
            }
        }
    }

    fn text(&mut self, line: u32, text: Text, depth: u8, note: bool) {
        for (shown, target) in &text.links {
            self.out.link(line, shown, target);
        }
        if !text.text.is_empty() {
            self.pieces.push(Piece {
                text: text.text,
                line,
                depth,
                note,
            });
        }
    }
}

fn ends_in_colon(pieces: &[Piece]) -> bool {
    pieces
        .last()
        .is_some_and(|piece| piece.text.ends_with([':', '：']))
}

/// Whether an element is nothing but text.
fn is_prose(element: &Element) -> bool {
    match element {
        Element::Text { .. } | Element::Label { .. } => true,
        Element::Items(items) => items.iter().flatten().all(is_prose),
        Element::Note(inside) => inside.iter().all(is_prose),
        Element::Title { .. }
        | Element::Code { .. }
        | Element::Table(_)
        | Element::TooLarge { .. } => false,
    }
}

/// The header that these rows are: in each column, the lowest text.
pub(super) fn header(rows: &[TableRow]) -> Vec<String> {
    let n_columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |column: usize| {
        let cells = rows.iter().rev().filter_map(|row| row.cells.get(column));
        let texts = cells.map(|cell| plain(cell));
        texts
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    };
    (0..n_columns.min(MOST_CELLS)).map(text).collect()
}

fn plain(elements: &[Element]) -> String {
    let texts = elements.iter().filter_map(|element| match element {
        Element::Text { text, .. } => Some(text.text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The line of the first text in these cells.
pub(super) fn first_line(cells: &[Vec<Element>]) -> Option<u32> {
    cells.iter().flatten().find_map(|element| match element {
        Element::Text { line, .. } => Some(*line),
        Element::Items(items) => first_line(items),
        _ => None,
    })
}
