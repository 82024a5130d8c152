//! Text in, Blocks out.
//!
//! Main entries: [`read`] for a file, [`read_folder`] for a folder of pages. The layout of each is
//! detected from the text, the text split into Blocks with line spans, and tables that page breaks
//! split are joined. It never fails: any bytes give Blocks and Diagnostics. It knows what a table
//! looks like, and nothing of what a table means.

use crate::source::{DocumentId, Lines, Pages};

mod caption;
mod cells;
mod code;
mod flow;
mod glosses;
mod html;
mod inline;
mod items;
mod join;
mod labels;
mod layout;
mod links;
mod pipe;
mod read;
mod rows;
mod rst;
mod shift;
#[cfg(test)]
mod shown;
mod stacked;
mod tab;
mod text;
mod words;

pub use flow::LABEL;
pub use read::{PageText, lines, read, read_folder};

/// One text, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its name.
    pub id: DocumentId,
    /// How it was laid out; in a folder, how most of its pages were.
    pub layout: Layout,
    /// Its pages; all lines here are counted through them.
    pub pages: Pages,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Its links to places of its own, by line.
    pub links: Vec<Link>,
    /// What was hard to read.
    pub diagnostics: Vec<Diagnostic>,
}

/// The layouts there are readers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Markdown or plain headings with tab-separated tables and inline HTML, converted from PDF.
    TabTables,
    /// Markdown with tables of pipes or of HTML.
    PipeTables,
    /// The text of a web page, one cell per paragraph.
    CellParagraphs,
    /// reStructuredText with grid, simple and list tables.
    Restructured,
    /// None of them: paragraphs only.
    Plain,
}

impl Layout {
    /// All of them.
    pub const ALL: [Layout; 5] = [
        Layout::Plain,
        Layout::TabTables,
        Layout::PipeTables,
        Layout::CellParagraphs,
        Layout::Restructured,
    ];
}

/// A link from one place of a document to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The line of the [`Piece`] that holds it.
    pub line: u32,
    /// Its words.
    pub text: String,
    /// What it names, as printed.
    pub target: String,
    /// The first line of the Block that it leads to; nothing where there is none.
    pub to: Option<u32>,
}

/// A part of a Document.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its lines.
    pub lines: Lines,
    /// What it is.
    pub kind: BlockKind,
}

/// What a Block is.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A heading; the level is 0 where only its place shows that it is one.
    Heading {
        /// 1 for the highest.
        level: u8,
        /// The text without its marks, the section number included.
        text: String,
    },
    /// Running text or list items.
    Paragraph(Prose),
    /// A table, joined from its parts.
    Table(Table),
    /// A code block or JSON set apart, as printed, its first line at `lines.first`.
    Code(String),
}

/// Text that keeps the lines it came from: a paragraph, a list, a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The pieces in order; markup is gone, HTML entities and Markdown escapes are resolved.
    pub pieces: Vec<Piece>,
}

/// A line or list item of a [`Prose`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text without its bullet.
    pub text: String,
    /// The line it starts on.
    pub line: u32,
    /// 0 for running text, 1 for a list item, 2 for an item within an item.
    pub depth: u8,
    /// Whether it stands under a heading like "NOTE".
    pub note: bool,
}

impl Prose {
    /// All text in one line, pieces parted by a blank.
    pub fn text(&self) -> String {
        if let [only] = self.pieces.as_slice() {
            return only.text.clone();
        }
        let texts = self.pieces.iter().map(|piece| piece.text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// A table after its parts were joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The number in its caption, as printed: `4-29`, `Table 2`.
    pub number: Option<String>,
    /// The caption without the number.
    pub caption: Option<String>,
    /// The line of the caption, or of the header where there is none.
    pub line: u32,
    /// The header's cells.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it starts on.
    pub line: u32,
    /// Its cells; there may be fewer or more than in the header.
    pub cells: Vec<Prose>,
}

/// Something in a Document that is unclear. Never an error: reading goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where.
    pub lines: Lines,
    /// What is unclear, as a fragment without a full stop.
    pub message: String,
    /// What was done about it, or can be.
    pub help: Option<String>,
}
