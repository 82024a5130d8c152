//! What a body is made of, as values.

/// A line of a file, or the part of it that belongs to a cell or a nested body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number in the file.
    pub(super) number: u32,
    /// The text without blanks at its end.
    pub(super) text: &'a str,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }

    /// How many blanks it starts with.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }
}

/// A table of more lines times columns than this is no table that people read.
pub(super) const MOST_PLACES: usize = 2_000_000;

/// A part of a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Element {
    /// The title of a section; the level counts from 1.
    Title { line: u32, level: u8, text: Text },
    /// A paragraph.
    Text { line: u32, text: Text },
    /// The items of a list, each a body.
    Items(Vec<Vec<Element>>),
    /// A remark.
    Note(Vec<Element>),
    /// Code, as printed, without its indent.
    Code { first: u32, text: String },
    /// A table.
    Table(Table),
    /// A table of more places than are read.
    TooLarge { line: u32 },
    /// A name for what follows.
    Label { line: u32, name: String },
}

/// Text whose markup is resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// What a reader sees.
    pub(super) text: String,
    /// The words of each link, and where it leads.
    pub(super) links: Vec<(String, String)>,
}

/// A table whose cells are bodies.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// The line and text of its caption.
    pub(super) caption: Option<(u32, String)>,
    /// Its first and its last line.
    pub(super) lines: (u32, u32),
    /// The line of the header, or of the first row.
    pub(super) line: u32,
    /// The texts of the header; empty where there is none.
    pub(super) header: Vec<String>,
    /// The rows.
    pub(super) rows: Vec<TableRow>,
}

/// A row: its line, and a body for each column. A cell that spans rows stands in the first of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableRow {
    pub(super) line: u32,
    pub(super) cells: Vec<Vec<Element>>,
}
