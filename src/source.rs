//! Where something was read, as plain values.
//!
//! Every fact in a Contract carries a [`Provenance`], so that a Finding can name the document,
//! the table and the line that made the promise.

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
    /// The line, counted from 1.
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
            line,
            table: None,
            row: None,
        }
    }
}

impl fmt::Display for Provenance {
    /// `bms-ref-2020-zh, table 4-29, row 1, line 1134`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.document)?;
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
