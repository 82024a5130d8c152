//! Finds the rows of a table whose cells are paragraphs.
//!
//! A header is a run of paragraphs that are header words; a row begins where a name is followed by
//! cells that fit the next columns (a kind, a yes or no). Where no column has such words, addresses
//! or sentences show where rows end.

use super::caption;
use super::inline;
use super::items::{Item, is_note};
use super::join::MOST_CELLS;
use super::labels;
use super::words;
use super::{Piece, Prose, Row};

/// A title is not wider than this, in columns.
const WIDEST_TITLE: usize = 80;
/// The first cell of a row has not more words than this.
const MOST_NAME_WORDS: usize = 4;

/// Headings inside of a description; alone, some of them open a section of the page.
const LABELS: [&str; 6] = [
    "Definition",
    "Constraints",
    "参数解释",
    "约束限制",
    "取值范围",
    "默认取值",
];

/// Header cells are printed with a capital; a parameter may be called `name` or `type`.
pub(super) fn is_header_cell(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_lowercase()) && words::is_header_word(text)
}

/// Whether a paragraph reads like the title of something.
pub(super) fn is_title(text: &str) -> bool {
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
pub(super) fn header(items: &[Item], at: usize) -> Vec<String> {
    let cell = |at: usize| items.get(at).and_then(Item::single);
    let is_known = |at: usize| cell(at).is_some_and(is_header_cell);
    let mut columns: Vec<String> = Vec::new();
    while columns.len() < MOST_CELLS {
        let next = at + columns.len();
        let between = !columns.is_empty()
            && is_known(next + 1)
            && cell(next + 1).is_some_and(|text| !columns.iter().any(|column| column == text))
            && cell(next).is_some_and(|text| {
                let is_column = is_title(text) && !words::is_kind(text) && !words::refers(text);
                words::width(text) <= 30 && is_column
            });
        let Some(text) = cell(next).filter(|_| is_known(next) || between) else {
            break;
        };
        // "Error Codes" above "Status Code" and "Error Code" is the title of the table.
        if columns.first().is_some_and(|first| names_many(first, text)) {
            return Vec::new();
        }
        let begins_a_row =
            cell(next + 1).is_some_and(|text| words::is_kind(text) || words::is_presence(text));
        if columns.iter().any(|column| column == text) || (columns.len() >= 2 && begins_a_row) {
            break;
        }
        columns.push(text.to_owned());
    }
    columns
}

/// Whether a title is the plural of a column's name, or that name itself.
fn names_many(title: &str, column: &str) -> bool {
    title
        .strip_prefix(column)
        .is_some_and(|rest| matches!(rest, "" | "s"))
}

/// What the cells of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Kind,
    Presence,
    Address,
    Code,
    Any,
}

/// What the header's words say of the cells below.
pub(super) fn role(column: &str) -> Role {
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

pub(super) struct Rows<'a> {
    pub(super) items: &'a [Item],
    pub(super) roles: &'a [Role],
}

impl Rows<'_> {
    /// Reads rows up to the end of the table. Gives the item after it.
    pub(super) fn read(&self, begin: usize) -> (Vec<Row>, usize) {
        let end = (begin..self.items.len())
            .find(|at| self.ends_table(*at))
            .unwrap_or(self.items.len());
        if let Some(found) = self.without_presence(begin, end) {
            return found;
        }
        if self.starts_row(begin) {
            return self.by_start(begin);
        }
        match self.roles.iter().position(|role| *role == Role::Address) {
            Some(column) if column > 0 => self.by_address(begin, end, column),
            _ => self.by_sentence(begin, end),
        }
    }

    /// The rows where none says whether it must be given, though the header does: what takes a page apart may lose
    /// words of one letter.
    fn without_presence(&self, begin: usize, end: usize) -> Option<(Vec<Row>, usize)> {
        let is_presence = |role: &Role| *role == Role::Presence;
        let column = self.roles.iter().position(is_presence);
        // Where it is the first, no name stands before it that a row could begin with.
        let column = column.filter(|column| *column > 0)?;
        let mut roles = self.roles.to_vec();
        roles.remove(column);
        let kept = Rows {
            items: self.items,
            roles: &roles,
        };
        // Behind a kind the column may be empty; in front of it no row begins without.
        let is_told = |at| self.starts_row(at) && self.fixed(at) > column;
        let is_shown = self.roles[1..column].iter().all(|role| *role != Role::Any);
        let is_lost = is_shown && kept.starts_row(begin) && !(begin..end).any(is_told);
        if !is_lost {
            return None;
        }
        let (mut rows, next) = kept.by_start(begin);
        for row in &mut rows {
            row.cells
                .insert(column.min(row.cells.len()), Prose::default());
        }
        Some((rows, next))
    }

    fn ends_table(&self, at: usize) -> bool {
        self.is_no_cell(at) || self.introduces(at)
    }

    /// What cannot be a cell: code, a caption, a header, the title of a section.
    fn is_no_cell(&self, at: usize) -> bool {
        let item = &self.items[at];
        let Some(text) = item.single() else {
            return !matches!(item, Item::Text(_)) || is_note(item);
        };
        words::is_section_title(text)
            || caption::read(text, 1).is_some()
            || header(self.items, at).len() >= 2
    }

    /// What reads like the title of the code or the table below it.
    fn introduces(&self, at: usize) -> bool {
        let is_titled = |next: &Item| {
            let text = next.single();
            next.is_code() || text.is_some_and(|text| caption::read(text, 1).is_some())
        };
        let text = self.items[at].single();
        text.is_some_and(is_title) && self.items.get(at + 1).is_some_and(is_titled)
    }

    /// Whether the columns that show it fit the paragraphs from here on.
    pub(super) fn starts_row(&self, at: usize) -> bool {
        let Some(name) = self.items.get(at).and_then(Item::single) else {
            return false;
        };
        match self.roles {
            [Role::Code, ..] => fits(Role::Code, name),
            [_, second, ..] if *second != Role::Any && *second != Role::Address => {
                let is_name = !words::ends_a_sentence(name)
                    && name.split_whitespace().count() <= MOST_NAME_WORDS;
                // "Default value" with its value below is a part of a description.
                let least = if is_header_cell(name) { 3 } else { 2 };
                is_name && !self.is_label(at) && self.fixed(at) >= least
            }
            [_, _] => is_identifier(name) && self.is_label(at + 1),
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
                .find(|at| self.starts_row(*at) || self.ends_text(rest, *at, fixed))
                .unwrap_or(most.min(self.items.len()));
            rows.push(self.row(at, end, fixed));
            at = end;
        }
        (rows, at)
    }

    /// Inside of a row, a note belongs to its text, and a label to one that begins with a label. The last row has a
    /// text too, whatever stands below it.
    fn ends_text(&self, first: usize, at: usize, fixed: usize) -> bool {
        let is_labelled = || self.is_label(first) && self.is_label(at);
        let is_cell = at == first && fixed < self.roles.len();
        let ends = self.is_no_cell(at) || !is_cell && self.introduces(at);
        ends && !is_note(&self.items[at]) && !is_labelled()
    }

    fn is_label(&self, at: usize) -> bool {
        let text = self.items.get(at).and_then(Item::single);
        let label = text.map(|text| text.split([':', '：']).next().unwrap_or("").trim());
        label.is_some_and(|label| LABELS.contains(&label))
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

/// Whether a paragraph is the name of a parameter and nothing else.
fn is_identifier(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_sign)
}

/// What stands below an item that is a label of values is a list inside of it, though its bullets are lost.
fn below_labels(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut label = 0;
    for piece in &mut pieces {
        if piece.depth > 0 {
            let text = piece.text.trim_end_matches([':', '：']);
            label = piece.depth * u8::from(text.len() < piece.text.len() && text == "取值范围");
        } else if label > 0 {
            piece.depth = 2;
        }
    }
    pieces
}

fn finished(line: u32, cells: Vec<Prose>) -> Row {
    let marked = |cell: Prose| {
        let pieces = below_labels(cell.pieces).into_iter();
        let pieces = pieces.flat_map(labels::split_at_blanks).collect();
        Prose {
            pieces: inline::mark_notes(pieces),
        }
    };
    Row {
        line,
        cells: cells.into_iter().map(marked).collect(),
    }
}
