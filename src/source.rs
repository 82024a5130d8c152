//! Where something was read, as plain values.
//!
//! Every fact in a Contract carries a [`Provenance`], so that a Finding can name the document,
//! the table and the line that made the promise.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Names one Document. The file's stem, unless a manifest gives another name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(Arc<str>);

impl DocumentId {
    /// A document of this name.
    pub fn new(name: &str) -> Self {
        Self(Arc::from(name))
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Consecutive lines of a Document, both ends included, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lines {
    /// The first line.
    pub first: u32,
    /// The last line, never less than `first`.
    pub last: u32,
}

impl Lines {
    /// One line alone.
    pub fn one(line: u32) -> Self {
        Self {
            first: line,
            last: line,
        }
    }
}

/// Where a statement was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Provenance {
    /// The document.
    pub document: DocumentId,
    /// The page, where the document is a folder of them: its path without the file's extension.
    pub page: Option<Arc<str>>,
    /// The line of the page, counted from 1.
    pub line: u32,
    /// The number printed in the table's caption, e.g. `4-29` or `Table 2`.
    pub table: Option<Arc<str>>,
    /// The row of that table, counted from 1 without its header.
    pub row: Option<u32>,
}

impl Provenance {
    /// A line outside of any table.
    pub fn line(document: &DocumentId, line: u32) -> Self {
        Self {
            document: document.clone(),
            page: None,
            line,
            table: None,
            row: None,
        }
    }

    /// The text that holds the line: `lamps`, or `lamps/switches/dimming` where pages are files.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.page {
            Some(page) => Cow::Owned(format!("{}/{page}", self.document)),
            None => Cow::Borrowed(self.document.as_str()),
        }
    }

    /// Whether both stand in the same file.
    pub fn same_text(&self, other: &Provenance) -> bool {
        self.page == other.page && self.document == other.document
    }

    /// Whether both stand in the same line, whatever table or row they name.
    pub fn same_line(&self, other: &Provenance) -> bool {
        self.line == other.line && self.same_text(other)
    }
}

impl fmt::Display for Provenance {
    /// `bms-ref-2020-zh, table 4-29, row 1, line 1134`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())?;
        if let Some(table) = &self.table {
            let number = table.strip_prefix("Table ").unwrap_or(table);
            write!(f, ", table {number}")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        write!(f, ", line {}", self.line)
    }
}

/// The pages of a Document, in reading order.
///
/// While a Document is read, lines are counted through all its pages, so that every line has a
/// number of its own; here each gets its place back. A file that stands alone is its only page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages(Vec<Page>);

/// A page: its path without extension, where it has one, and how many lines stand before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    path: Option<Arc<str>>,
    before: u32,
}

impl Pages {
    /// Adds a page that begins after so many lines. Pages are added in order.
    pub fn push(&mut self, path: Option<&str>, before: u32) {
        self.0.push(Page {
            path: path.map(Arc::from),
            before,
        });
    }

    /// Which page a line stands on, as a position in reading order.
    pub fn page_of(&self, line: u32) -> usize {
        let after = self.0.partition_point(|page| page.before < line);
        after.saturating_sub(1)
    }

    /// The page and the line of the page.
    pub fn place(&self, line: u32) -> (Option<&Arc<str>>, u32) {
        match self.0.get(self.page_of(line)) {
            Some(page) => (page.path.as_ref(), line - page.before.min(line)),
            None => (None, line),
        }
    }

    /// The place of each page in reading order.
    pub fn order(&self) -> HashMap<Option<Arc<str>>, usize> {
        let paths = self.0.iter().map(|page| page.path.clone());
        paths
            .enumerate()
            .map(|(place, path)| (path, place))
            .collect()
    }

    /// The start of a page, named by its place in reading order.
    pub fn start(&self, document: &DocumentId, page: usize) -> Provenance {
        Provenance {
            page: self.0.get(page).and_then(|page| page.path.clone()),
            ..Provenance::line(document, 1)
        }
    }

    /// A line of this document, named by its page.
    pub fn at(&self, document: &DocumentId, line: u32) -> Provenance {
        let (page, line) = self.place(line);
        Provenance {
            page: page.cloned(),
            ..Provenance::line(document, line)
        }
    }
}

/// Text that may come from a document, without what a terminal would obey: control characters but
/// line ends, and characters that cannot be seen or turn the text around them.
pub fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => c,
        c if c.is_control() || is_invisible(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(shown).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_get_their_page_back() {
        let mut pages = Pages::default();
        pages.push(Some("index"), 0);
        pages.push(Some("lamps/dim"), 10);
        let shown = |line| pages.at(&DocumentId::new("coast"), line).to_string();
        assert_eq!(shown(1), "coast/index, line 1");
        assert_eq!(shown(10), "coast/index, line 10");
        assert_eq!(shown(11), "coast/lamps/dim, line 1");
        assert_eq!(shown(99), "coast/lamps/dim, line 89");
        assert_eq!(
            Pages::default()
                .at(&DocumentId::new("coast"), 7)
                .to_string(),
            "coast, line 7"
        );
    }

    #[test]
    fn nothing_printable_steers_a_terminal() {
        assert_eq!(
            printable("\u{1b}[2J灯\u{202e}\r\n"),
            "\u{fffd}[2J灯\u{fffd}\u{fffd}\n"
        );
    }
}
