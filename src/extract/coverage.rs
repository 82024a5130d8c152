//! How much of a document was read into facts, and what was left.
//!
//! Main entry: [`measure`]. A row counts as read when its table has a role that the Contract knows, a
//! line of text when it gave a statement, a reference, an operation, or is the word that opens a
//! section, and a block of code when it shows an operation. Headings only order the rest.

use hashbrown::HashSet;

use super::lexicon;
use super::sections::{Content, Page};
use super::tables::{Role, TableRead};
use crate::source::Lines;

/// How much of a document was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Tables.
    pub tables: usize,
    /// Rows of tables.
    pub rows: Share,
    /// Lines of text and items of lists.
    pub prose: Share,
    /// Blocks of code.
    pub code: Share,
    /// Statements that a phrase rule read.
    pub statements: usize,
    /// Pieces that look like a statement, and that no rule read.
    pub unread: usize,
    /// What gave no fact, in order. Lines of one kind that follow each other are one entry.
    pub left: Vec<Left>,
}

/// How many of all were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that gave a fact.
    pub read: usize,
    /// All of them.
    pub all: usize,
}

/// Lines that gave no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where.
    pub lines: Lines,
    /// What stands there.
    pub what: Matter,
    /// How many rows, lines or blocks.
    pub count: usize,
}

/// What a document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Rows of tables.
    Rows,
    /// Text.
    Prose,
    /// Code.
    Code,
}

impl Matter {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Matter::Rows => "rows",
            Matter::Prose => "text",
            Matter::Code => "code",
        }
    }
}

/// What was read of a document, as far as its parts tell.
pub(super) struct Facts {
    /// The lines that gave facts.
    pub lines: HashSet<u32>,
    /// The lines of tables whose rows became fields, states or the like.
    pub tables: HashSet<u32>,
    /// The pages that hold an operation.
    pub pages: HashSet<usize>,
}

/// Counts what was read and what was left. `tables` are in the order of the pages' parts.
pub(super) fn measure(pages: &[Page<'_>], tables: &[TableRead<'_>], facts: &Facts) -> Coverage {
    let mut coverage = Coverage {
        tables: tables.len(),
        ..Coverage::default()
    };
    let mut tables = tables.iter();
    for (number, page) in pages.iter().enumerate() {
        for part in &page.parts {
            match part.content {
                Content::Table(table) => {
                    let read = tables.next().is_some_and(|read| is_read(read, facts));
                    let lines = table.rows.iter().map(|row| row.line);
                    lines.for_each(|line| coverage.count(Matter::Rows, Lines::one(line), read));
                }
                Content::Prose(pieces) => {
                    for piece in pieces {
                        let read = facts.lines.contains(&piece.line) || opens(&piece.text);
                        coverage.count(Matter::Prose, Lines::one(piece.line), read);
                    }
                }
                Content::Code(_) => {
                    let read = facts.pages.contains(&number) || part.section.is_example();
                    coverage.count(Matter::Code, part.lines, read);
                }
            }
        }
    }
    coverage
}

fn is_read(read: &TableRead<'_>, facts: &Facts) -> bool {
    match read.role {
        Role::Path | Role::Query | Role::Header | Role::Request | Role::Response | Role::Error => {
            true
        }
        Role::Status | Role::Limits | Role::Permissions | Role::Overview => true,
        Role::Structure => facts.tables.contains(&read.table.line),
    }
}

/// Whether a line only orders what follows, or says that nothing does.
fn opens(text: &str) -> bool {
    lexicon::section(text).is_some() || lexicon::says_nothing(text)
}

impl Coverage {
    fn count(&mut self, what: Matter, lines: Lines, read: bool) {
        let share = match what {
            Matter::Rows => &mut self.rows,
            Matter::Prose => &mut self.prose,
            Matter::Code => &mut self.code,
        };
        share.all += 1;
        share.read += usize::from(read);
        if read {
            return;
        }
        /// Blank lines between two that were left.
        const GAP: u32 = 2;
        match self.left.last_mut() {
            Some(before)
                if before.what == what && lines.first <= before.lines.last.saturating_add(GAP) =>
            {
                before.lines.last = lines.last.max(before.lines.last);
                before.count += 1;
            }
            _ => self.left.push(Left {
                lines,
                what,
                count: 1,
            }),
        }
    }
}
