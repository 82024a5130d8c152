//! The text of a web page: one cell per paragraph, parted by blank lines.
//!
//! Rows have to be found again. A header is a run of paragraphs that are header words; a row begins
//! where a name is followed by cells that fit the next columns (a kind, a yes or no). Where no
//! column has such words, addresses or sentences show where rows end.

use super::caption::{self, Caption};
use super::code;
use super::flow;
use super::inline;
use super::join::{Blocks, MOST_CELLS, Part};
use super::text::line_number;
use super::words;
use super::{Piece, Prose, Row};
use crate::source::Lines;

/// A title is not wider than this, in columns.
const WIDEST_TITLE: usize = 80;
/// The first cell of a row has not more words than this.
const MOST_NAME_WORDS: usize = 4;

/// A part of the page between blank lines.
enum Item {
    Text(Vec<Piece>),
    Code { first: u32, text: String },
}

/// Reads a whole document.
pub(super) fn read(lines: &[&str], out: &mut Blocks) {
    let items = split(lines);
    let mut page = Page {
        items: &items,
        out,
        caption: None,
        noted: false,
    };
    let mut at = 0;
    while at < items.len() && !page.out.is_full(items[at].line() as usize) {
        at = page.step(at);
    }
    page.drop_caption();
}

/// How many headers of tables stand in these lines: what tells this layout from plain text.
pub(super) fn count_headers(lines: &[&str]) -> usize {
    let mut n_headers = 0;
    let mut run = 0;
    let mut blank = true;
    for line in lines {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank = true;
            continue;
        }
        run = if blank && is_header_cell(trimmed) {
            run + 1
        } else {
            0
        };
        n_headers += usize::from(run == 2);
        blank = false;
    }
    n_headers
}

/// Header cells are printed with a capital; a parameter may be called `name` or `type`.
fn is_header_cell(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_lowercase()) && words::is_header_word(text)
}

impl Item {
    fn line(&self) -> u32 {
        match self {
            Item::Text(pieces) => pieces.first().map_or(1, |piece| piece.line),
            Item::Code { first, .. } => *first,
        }
    }

    /// The text of a paragraph that is one line.
    fn single(&self) -> Option<&str> {
        match self {
            Item::Text(pieces) => match pieces.as_slice() {
                [only] if only.depth == 0 => Some(&only.text),
                _ => None,
            },
            Item::Code { .. } => None,
        }
    }

    fn is_code(&self) -> bool {
        matches!(self, Item::Code { .. })
    }
}

/// Parts the page at blank lines, and sets code apart.
fn split(lines: &[&str]) -> Vec<Item> {
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
    items
}

fn close(open: &mut Vec<Piece>, items: &mut Vec<Item>) {
    if !open.is_empty() {
        items.push(Item::Text(std::mem::take(open)));
    }
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

struct Page<'a, 'b> {
    items: &'a [Item],
    out: &'b mut Blocks,
    caption: Option<Caption>,
    noted: bool,
}

impl Page<'_, '_> {
    /// Reads the block that begins at an item. Gives the item after it.
    fn step(&mut self, at: usize) -> usize {
        let pieces = match &self.items[at] {
            Item::Code { first, text } => {
                self.drop_caption();
                self.out.code(*first, text);
                return at + 1;
            }
            Item::Text(pieces) => pieces,
        };
        let columns = header(self.items, at);
        if columns.len() >= 2 {
            return self.table(at, columns);
        }
        let line = self.items[at].line();
        if let Some(text) = self.items[at].single() {
            if let Some(caption) = caption::read(text, line) {
                self.drop_caption();
                self.caption = Some(caption);
                return at + 1;
            }
            if words::after_note_mark(text) == Some("") {
                self.noted = true;
                return at + 1;
            }
            if is_title(text) {
                self.drop_caption();
                self.noted = false;
                self.out.heading(line, 0, text.to_owned());
                return at + 1;
            }
        }
        self.drop_caption();
        self.paragraph(at, pieces)
    }

    /// A list that follows a line with a colon stays with it.
    fn paragraph(&mut self, at: usize, pieces: &[Piece]) -> usize {
        let mut pieces = pieces.to_vec();
        let mut next = at + 1;
        let colon = pieces
            .last()
            .is_some_and(|piece| piece.text.ends_with([':', '：']));
        if let Some(Item::Text(list)) = self.items.get(next)
            && colon
            && list.iter().all(|piece| piece.depth > 0)
        {
            pieces.extend(list.iter().cloned());
            next += 1;
        }
        let noted = std::mem::take(&mut self.noted);
        let mut pieces = inline::mark_notes(pieces);
        pieces
            .iter_mut()
            .for_each(|piece| piece.note = piece.note || noted);
        self.out.paragraph(pieces);
        next
    }

    fn table(&mut self, at: usize, columns: Vec<String>) -> usize {
        let begin = at + columns.len();
        let roles: Vec<Role> = columns.iter().map(|column| role(column)).collect();
        let (rows, next) = Rows {
            items: self.items,
            roles: &roles,
        }
        .read(begin);
        let last = rows.last().map_or(self.items[begin - 1].line(), last_line);
        let line = self.items[at].line();
        if rows.is_empty() && self.caption.is_none() {
            self.out.diagnose(
                Lines::one(line),
                "a table's header has no rows below it",
                "it was kept as an empty table",
            );
        }
        self.out.table(Part {
            caption: self.caption.take(),
            line,
            header: columns,
            rows,
            last,
        });
        self.noted = false;
        next
    }

    fn drop_caption(&mut self) {
        let Some(caption) = self.caption.take() else {
            return;
        };
        let text = format!("{} {}", caption.number, caption.text.unwrap_or_default());
        self.out.diagnose(
            Lines::one(caption.line),
            format!("no table follows the caption `{}`", text.trim()),
            "its header may have words that are not known as such",
        );
        self.out.paragraph(vec![Piece {
            text: text.trim().to_owned(),
            line: caption.line,
            depth: 0,
            note: false,
        }]);
    }
}

fn last_line(row: &Row) -> u32 {
    row.cells
        .iter()
        .flat_map(|cell| &cell.pieces)
        .map(|piece| piece.line)
        .max()
        .unwrap_or(row.line)
}

fn is_title(text: &str) -> bool {
    let first = text
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c > '\u{2e7f}');
    let odd = text.contains([':', '：', '=', '/', '{', '"']);
    first
        && !odd
        && words::width(text) <= WIDEST_TITLE
        && words::width(text) > 2
        && !words::ends_a_sentence(text)
        && !words::is_nothing(text)
}

/// The header that begins at an item: a run of header words. One unknown word between two known ones is a column too.
fn header(items: &[Item], at: usize) -> Vec<String> {
    let cell = |at: usize| items.get(at).and_then(Item::single);
    let is_known = |at: usize| cell(at).is_some_and(is_header_cell);
    let mut columns: Vec<String> = Vec::new();
    while columns.len() < MOST_CELLS {
        let next = at + columns.len();
        let between = !columns.is_empty()
            && is_known(next + 1)
            && cell(next + 1).is_some_and(|text| !columns.iter().any(|column| column == text))
            && cell(next).is_some_and(|text| {
                words::width(text) <= 30 && is_title(text) && !words::is_kind(text)
            });
        let Some(text) = cell(next).filter(|_| is_known(next) || between) else {
            break;
        };
        let begins_a_row =
            cell(next + 1).is_some_and(|text| words::is_kind(text) || words::is_presence(text));
        if columns.iter().any(|column| column == text) || (columns.len() >= 2 && begins_a_row) {
            break;
        }
        columns.push(text.to_owned());
    }
    columns
}

/// What the cells of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Kind,
    Presence,
    Address,
    Code,
    Any,
}

fn role(column: &str) -> Role {
    let column = column.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| column.contains(word));
    if has(&["mandatory", "required", "optional", "是否"]) {
        Role::Presence
    } else if has(&["uri", "url"]) {
        Role::Address
    } else if has(&["code", "returned value", "状态码", "返回值", "错误码"]) {
        Role::Code
    } else if has(&["type", "类型"]) {
        Role::Kind
    } else {
        Role::Any
    }
}

fn fits(role: Role, text: &str) -> bool {
    match role {
        Role::Kind => words::is_kind(text),
        Role::Presence => words::is_presence(text),
        Role::Address => {
            words::after_method(text).is_some_and(|(_, rest)| rest.starts_with(['/', 'h', '{']))
        }
        Role::Code => {
            let digit = text.contains(|c: char| c.is_ascii_digit());
            let words = text.split_whitespace().count();
            digit
                && (words == 1 || words <= 3 && text.starts_with(|c: char| c.is_ascii_digit()))
                && text.len() <= 40
        }
        Role::Any => true,
    }
}

struct Rows<'a> {
    items: &'a [Item],
    roles: &'a [Role],
}

impl Rows<'_> {
    /// Reads rows up to the end of the table. Gives the item after it.
    fn read(&self, begin: usize) -> (Vec<Row>, usize) {
        if self.starts_row(begin) {
            return self.by_start(begin);
        }
        let end = (begin..self.items.len())
            .find(|at| self.ends_table(*at))
            .unwrap_or(self.items.len());
        match self.roles.iter().position(|role| *role == Role::Address) {
            Some(column) if column > 0 => self.by_address(begin, end, column),
            _ => self.by_sentence(begin, end),
        }
    }

    /// What cannot be a cell: code, a caption, a header, the title of a section.
    fn ends_table(&self, at: usize) -> bool {
        let item = &self.items[at];
        let Some(text) = item.single() else {
            return item.is_code() || is_note(item);
        };
        let next = self.items.get(at + 1);
        let introduces = next.is_some_and(|next| {
            next.is_code()
                || next
                    .single()
                    .is_some_and(|text| caption::read(text, 1).is_some())
        });
        words::is_section_title(text)
            || caption::read(text, 1).is_some()
            || (introduces && is_title(text))
            || header(self.items, at).len() >= 2
    }

    /// Whether the columns that show it fit the paragraphs from here on.
    fn starts_row(&self, at: usize) -> bool {
        let Some(name) = self.items.get(at).and_then(Item::single) else {
            return false;
        };
        match self.roles {
            [Role::Code, ..] => fits(Role::Code, name),
            [_, second, ..] if *second != Role::Any && *second != Role::Address => {
                let is_name = !words::ends_a_sentence(name)
                    && name.split_whitespace().count() <= MOST_NAME_WORDS;
                is_name && self.fixed(at) > 1
            }
            _ => false,
        }
    }

    /// How many cells of the row that begins here are told by their looks, the name included.
    fn fixed(&self, at: usize) -> usize {
        let shown = self
            .roles
            .iter()
            .enumerate()
            .skip(1)
            .take_while(|(column, role)| {
                let cell = self.items.get(at + column).and_then(Item::single);
                **role != Role::Any && cell.is_some_and(|text| fits(**role, text))
            });
        1 + shown.count()
    }

    fn by_start(&self, begin: usize) -> (Vec<Row>, usize) {
        let mut rows = Vec::new();
        let mut at = begin;
        // A status code has one paragraph of meaning; what comes after it is no cell.
        let short = self.roles.len() == 2 && self.roles[0] == Role::Code;
        while at < self.items.len() && self.starts_row(at) {
            let fixed = self.fixed(at);
            let rest = at + fixed;
            let most = if short { rest + 1 } else { self.items.len() };
            let end = (rest..most.min(self.items.len()))
                .find(|at| self.starts_row(*at) || self.ends_text(*at))
                .unwrap_or(most.min(self.items.len()));
            rows.push(self.row(at, end, fixed));
            at = end;
        }
        (rows, at)
    }

    /// Inside of a row, a note belongs to its text.
    fn ends_text(&self, at: usize) -> bool {
        self.ends_table(at) && !is_note(&self.items[at])
    }

    /// The row from one item to another: fixed cells first, then one paragraph each, the last takes the rest.
    fn row(&self, begin: usize, end: usize, fixed: usize) -> Row {
        let n_columns = self.roles.len().max(fixed + 1);
        let mut cells: Vec<Prose> = vec![Prose::default(); n_columns];
        for (offset, item) in self.items[begin..end].iter().enumerate() {
            let column = offset.min(n_columns - 1);
            if let Item::Text(pieces) = item {
                cells[column].pieces.extend(pieces.iter().cloned());
            }
        }
        finished(self.items[begin].line(), cells)
    }

    /// Every row has an address. As many paragraphs follow it as columns do; what is left belongs to the next row.
    fn by_address(&self, begin: usize, end: usize, column: usize) -> (Vec<Row>, usize) {
        let is_address = |at: &usize| {
            self.items[*at]
                .single()
                .is_some_and(|text| fits(Role::Address, text))
        };
        let addresses: Vec<usize> = (begin..end).filter(is_address).collect();
        let n_after = self.roles.len() - 1 - column;
        let mut rows = Vec::new();
        let mut first = begin;
        for (index, address) in addresses.iter().enumerate() {
            let next = addresses.get(index + 1).copied();
            let room = next.map_or(end - address - 1, |next| {
                (next - address - 1).saturating_sub(1)
            });
            // Paragraphs that are too many for the next row's front belong to this row's end.
            let extra = next.map_or(0, |next| {
                (next - address - 1).saturating_sub(n_after + column)
            });
            let last = address + n_after.min(room) + extra;
            rows.push(self.row_around(first, *address, last, column));
            first = last + 1;
        }
        (rows, first.max(begin))
    }

    /// A row whose front may lack cells that span several rows.
    fn row_around(&self, first: usize, anchor: usize, last: usize, column: usize) -> Row {
        let mut cells: Vec<Prose> = vec![Prose::default(); self.roles.len()];
        let n_columns = cells.len();
        let missing = column.saturating_sub(anchor - first);
        for at in first..=last {
            let place = if at < anchor {
                (missing + at - first).min(column.saturating_sub(1))
            } else {
                column + at - anchor
            };
            if let Item::Text(pieces) = &self.items[at] {
                cells[place.min(n_columns - 1)]
                    .pieces
                    .extend(pieces.iter().cloned());
            }
        }
        finished(self.items[first].line(), cells)
    }

    /// The last column holds sentences: a row ends with the last of them.
    fn by_sentence(&self, begin: usize, end: usize) -> (Vec<Row>, usize) {
        let n_columns = self.roles.len();
        let is_sentence = |at: usize| match self.items[at].single() {
            Some(text) => words::ends_a_sentence(text),
            None => true,
        };
        if !(begin..end).any(is_sentence) {
            let rows = (begin..end)
                .step_by(n_columns)
                .map(|at| self.row(at, end.min(at + n_columns), 1));
            return (rows.collect(), end);
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut first = begin;
        while let Some(sentence) = (first..end).find(|at| is_sentence(*at)) {
            let last = (sentence..end)
                .take_while(|at| is_sentence(*at))
                .last()
                .unwrap_or(sentence);
            let column = n_columns - 1;
            let fronts = sentence - first;
            for lonely in 0..fronts.saturating_sub(column) {
                rows.push(self.row(first + lonely, first + lonely + 1, 1));
            }
            let front = first + fronts.saturating_sub(column);
            rows.push(self.row_around(front, sentence, last, column));
            first = last + 1;
        }
        (rows, first)
    }
}

fn is_note(item: &Item) -> bool {
    match item {
        Item::Text(pieces) => pieces
            .first()
            .is_some_and(|piece| words::after_note_mark(&piece.text).is_some()),
        Item::Code { .. } => false,
    }
}

fn finished(line: u32, cells: Vec<Prose>) -> Row {
    let marked = |cell: Prose| Prose {
        pieces: inline::mark_notes(cell.pieces),
    };
    Row {
        line,
        cells: cells.into_iter().map(marked).collect(),
    }
}
