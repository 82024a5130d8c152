//! A web page cut at its blank lines: paragraphs, code, and what belongs to the site, not to the page.

use super::Piece;
use super::code;
use super::flow;
use super::text::line_number;
use super::words;
use crate::source::Lines;

/// An entry of a menu is not wider than this, in columns.
const WIDEST_ENTRY: usize = 80;
/// A menu has not fewer entries than this.
const SHORTEST_MENU: usize = 10;

/// A part of the page between blank lines.
pub(super) enum Item {
    Text(Vec<Piece>),
    Code {
        first: u32,
        text: String,
    },
    /// Menus and footers of the site: no text of the document, but whatever stands before them ends there.
    Noise {
        lines: Lines,
    },
}

impl Item {
    pub(super) fn line(&self) -> u32 {
        match self {
            Item::Text(pieces) => pieces.first().map_or(1, |piece| piece.line),
            Item::Code { first, .. } => *first,
            Item::Noise { lines } => lines.first,
        }
    }

    /// The text of a paragraph that is one line.
    pub(super) fn single(&self) -> Option<&str> {
        match self {
            Item::Text(pieces) => match pieces.as_slice() {
                [only] if only.depth == 0 => Some(&only.text),
                _ => None,
            },
            Item::Code { .. } | Item::Noise { .. } => None,
        }
    }

    pub(super) fn is_code(&self) -> bool {
        matches!(self, Item::Code { .. })
    }
}

/// Parts the page at blank lines, and sets code apart.
pub(super) fn split(lines: &[&str]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut open: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let code = if line.trim().is_empty() {
            None
        } else {
            code_at(lines, at)
        };
        if let Some((first, end)) = code {
            close(&mut open, &mut items);
            items.push(Item::Code {
                first: line_number(first + 1),
                text: lines[first..end].join("\n"),
            });
            at = end;
            continue;
        }
        if line.trim().is_empty() {
            close(&mut open, &mut items);
        } else if code::fence(line).is_none() {
            open.push(piece(line, line_number(at + 1)));
        }
        at += 1;
    }
    close(&mut open, &mut items);
    give_back_names(lines, &mut items);
    items
}

/// A button of the site is called like a field may be: with the cells of its row behind it, it is one.
fn give_back_names(lines: &[&str], items: &mut [Item]) {
    for at in 0..items.len() {
        let Item::Noise {
            lines: Lines { first, last },
        } = items[at]
        else {
            continue;
        };
        let line = lines[first as usize - 1];
        let cell = |behind: usize| items.get(at + behind).and_then(Item::single);
        let is_answer = |behind| cell(behind).is_some_and(words::is_presence);
        // "Yes" and "No" in a row are the buttons of a question.
        let has_cells = cell(1).is_some_and(words::is_kind) || is_answer(1) && !is_answer(2);
        if first == last && words::is_button(line) && has_cells {
            items[at] = Item::Text(vec![piece(line, first)]);
        }
    }
}

fn close(open: &mut Vec<Piece>, items: &mut Vec<Item>) {
    let pieces = std::mem::take(open);
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return;
    };
    let lines = Lines {
        first: first.line,
        last: last.line,
    };
    let furniture = pieces.len() == 1 && words::is_page_furniture(&first.text);
    items.push(if furniture || is_menu(&pieces) {
        Item::Noise { lines }
    } else {
        Item::Text(pieces)
    });
}

/// Entries of a menu stand line under line and are titles, all of them.
fn is_menu(pieces: &[Piece]) -> bool {
    let is_entry = |piece: &Piece| {
        piece.depth == 0
            && words::width(&piece.text) <= WIDEST_ENTRY
            && !words::ends_a_sentence(&piece.text)
            && !piece.text.contains(['{', '"', '='])
    };
    pieces.len() >= SHORTEST_MENU && pieces.iter().all(is_entry)
}

fn piece(line: &str, number: u32) -> Piece {
    let (depth, text) = match flow::item(line) {
        Some((indent, text)) => (if indent > 4 { 2 } else { 1 }, text),
        None => (0, line.trim()),
    };
    Piece {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        line: number,
        depth,
        note: false,
    }
}

/// Code that begins at a line: its first line and the line after it.
///
/// Code viewers print a column of line numbers in front; as many lines of code follow.
fn code_at(lines: &[&str], at: usize) -> Option<(usize, usize)> {
    let n_numbers = (at..lines.len())
        .take_while(|line| is_number(lines[*line], line - at + 1))
        .count();
    let first = at + n_numbers;
    if n_numbers > 0 {
        let next = lines.get(first).filter(|line| !line.trim().is_empty())?;
        let sound =
            n_numbers > 1 || code::begins(next) || words::after_method(next.trim()).is_some();
        return sound.then(|| (first, (first + n_numbers).min(lines.len())));
    }
    code::begins(lines[at]).then(|| (at, code::unfenced(lines, at)))
}

fn is_number(line: &str, number: usize) -> bool {
    let trimmed = line.trim();
    trimmed.len() <= 7 && trimmed.parse() == Ok(number)
}

/// Whether a remark begins here.
pub(super) fn is_note(item: &Item) -> bool {
    match item {
        Item::Text(pieces) => pieces
            .first()
            .is_some_and(|piece| words::after_note_mark(&piece.text).is_some()),
        Item::Code { .. } | Item::Noise { .. } => false,
    }
}
