//! Collects Blocks; joins what page breaks split: tables with a repeated header, code cut in two.
//!
//! Two table parts are one table when nothing but blanks and page numbers stands between them, and
//! the second has no caption of its own (or the same number), and repeats the header.

use hashbrown::HashSet;

use super::caption::Caption;
use super::code::Shape;
use super::flow::LABEL;
use super::text::line_number;
use super::words;
use super::{Block, BlockKind, Diagnostic, Piece, Prose, Row, Table};
use crate::source::Lines;

/// More cells than this in a row are not kept.
pub(super) const MOST_CELLS: usize = 256;
/// More cells, pieces and headings than this in a document are not kept.
const MOST_PARTS: usize = 4_000_000;
/// More links, or more anchors, than this are not kept.
const MOST_LINKS: usize = 500_000;
/// The bottom of one page and the top of the next have no more lines with tabs than this.
const MOST_PAGE_LINES: usize = 6;
/// More diagnostics than this are counted only.
const MOST_DIAGNOSTICS: usize = 200;

/// Some rows under a header, as a page shows them.
pub(super) struct Part {
    /// What stands above it.
    pub(super) caption: Option<Caption>,
    /// The line of the header.
    pub(super) line: u32,
    /// The header's cells; empty when the part begins with a row.
    pub(super) header: Vec<String>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// The last line of the part.
    pub(super) last: u32,
}

/// The Blocks and Diagnostics of one document while it is read.
#[derive(Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    diagnostics: Vec<Diagnostic>,
    n_more_diagnostics: usize,
    n_parts: usize,
    code: Shape,
    links: Vec<RawLink>,
    anchors: Vec<Anchor>,
    /// Lines that are a title, a tab and a number, and stand alone.
    numbered: HashSet<u32>,
}

/// A link as its page prints it.
pub(super) struct RawLink {
    /// The line of the piece that holds it.
    pub(super) line: u32,
    /// Its words.
    pub(super) text: String,
    /// Where it leads: an anchor, a page, or both parted by `#`.
    pub(super) target: String,
}

/// A name that links may lead to.
pub(super) struct Anchor {
    /// Its line.
    pub(super) line: u32,
    /// The name.
    pub(super) name: String,
}

/// What [`Blocks::finish`] gives.
pub(super) struct Finished {
    pub(super) blocks: Vec<Block>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) links: Vec<RawLink>,
    pub(super) anchors: Vec<Anchor>,
}

impl Blocks {
    pub(super) fn diagnose(
        &mut self,
        lines: Lines,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.diagnostics.len() >= MOST_DIAGNOSTICS {
            self.n_more_diagnostics += 1;
            return;
        }
        self.diagnostics.push(Diagnostic {
            lines,
            message: message.into(),
            help: Some(help.into()),
        });
    }

    /// Whether the document is larger than what is kept. Said once, at the line where it happens.
    pub(super) fn is_full(&mut self, line: usize) -> bool {
        let full = self.n_parts > MOST_PARTS;
        if full {
            self.diagnose(
                Lines::one(line_number(line)),
                format!("the document has more than {MOST_PARTS} cells and lines of text"),
                "reading stopped there; split the document",
            );
        }
        full
    }

    /// Notes a link of a piece. Addresses outside of the document are none of its links.
    pub(super) fn link(&mut self, line: u32, text: &str, target: &str) {
        let outside = target.contains("://") || target.starts_with("mailto:");
        if !outside && !text.is_empty() && self.links.len() < MOST_LINKS {
            self.links.push(RawLink {
                line,
                text: text.to_owned(),
                target: target.to_owned(),
            });
        }
    }

    /// Notes a name for what stands in a line or after it.
    pub(super) fn anchor(&mut self, line: u32, name: String) {
        if self.anchors.len() < MOST_LINKS {
            self.anchors.push(Anchor { line, name });
        }
    }

    pub(super) fn heading(&mut self, line: u32, level: u8, text: String) {
        self.n_parts += 1;
        self.blocks.push(Block {
            lines: Lines::one(line),
            kind: BlockKind::Heading { level, text },
        });
    }

    pub(super) fn paragraph(&mut self, pieces: Vec<Piece>) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        self.n_parts += pieces.len();
        let lines = Lines {
            first: first.line,
            last: last.line,
        };
        self.blocks.push(Block {
            lines,
            kind: BlockKind::Paragraph(Prose { pieces }),
        });
    }

    /// Notes a line of a table of contents that stands alone: it may be the top of a page.
    pub(super) fn numbered_line(&mut self, line: u32) {
        self.numbered.insert(line);
    }

    /// Adds a code block, to the one before it where a page break cut it.
    pub(super) fn code(&mut self, first: u32, text: &str) {
        let shape = Shape::of(text);
        let last = first + line_number(text.matches('\n').count());
        self.n_parts += 1;
        if let Some(Block {
            lines,
            kind: BlockKind::Code(before),
        }) = self.blocks.last_mut()
            && self.code.goes_on_with(&shape)
        {
            // Lines of the fences in between become empty ones, so that lines can still be counted.
            before.extend(std::iter::repeat_n('\n', (first - lines.last) as usize));
            before.push_str(text);
            lines.last = last;
            self.code = self.code.and(&shape);
            return;
        }
        self.code = shape;
        self.blocks.push(Block {
            lines: Lines { first, last },
            kind: BlockKind::Code(text.to_owned()),
        });
    }

    /// Adds a part of a table, to the table before it where it is its continuation.
    pub(super) fn table(&mut self, mut part: Part) {
        part.rows
            .retain(|row| row.cells.iter().any(|cell| !cell.pieces.is_empty()));
        self.drop_page_headers(&part);
        if let Some(Block {
            lines,
            kind: BlockKind::Table(table),
        }) = self.blocks.last_mut()
            && goes_on(table, &part)
        {
            lines.last = part.last.max(lines.last);
            self.n_parts += n_cells(&part);
            append(table, part);
            return;
        }
        self.whole_table(part);
    }

    /// Between a table and the part that repeats its header, lines with a tab are what the paper
    /// prints at the top and the bottom of each page.
    fn drop_page_headers(&mut self, part: &Part) {
        let is_page_header = |block: &Block| match &block.kind {
            BlockKind::Table(table) => is_page_header(table),
            BlockKind::Paragraph(_) => self.numbered.contains(&block.lines.first),
            BlockKind::Heading { .. } | BlockKind::Code(_) => false,
        };
        let last = self.blocks.iter().rev().take(MOST_PAGE_LINES);
        let n_headers = last.take_while(|it| is_page_header(it));
        let kept = self.blocks.len() - n_headers.count();
        let before = kept.checked_sub(1).map(|at| &self.blocks[at].kind);
        if let Some(BlockKind::Table(table)) = before
            && !part.header.is_empty()
            && goes_on(table, part)
        {
            self.blocks.truncate(kept);
        }
    }

    /// Adds a table that is no continuation of the one before it.
    pub(super) fn whole_table(&mut self, mut part: Part) {
        part.rows
            .retain(|row| row.cells.iter().any(|cell| !cell.pieces.is_empty()));
        self.n_parts += n_cells(&part);
        if part.header.is_empty() && !part.rows.is_empty() {
            let first = part.rows.remove(0);
            part.header = first.cells.iter().map(Prose::text).collect();
            part.line = first.line;
        }
        part.caption = part.caption.or_else(|| self.label_above());
        let line = part
            .caption
            .as_ref()
            .map_or(part.line, |caption| caption.line);
        let (number, caption) = part
            .caption
            .map_or((None, None), |caption| (caption.number, caption.text));
        let lines = Lines {
            first: line,
            last: part.last.max(line),
        };
        let table = Table {
            number,
            caption,
            line,
            header: part.header,
            rows: part.rows,
        };
        self.blocks.push(Block {
            lines,
            kind: BlockKind::Table(table),
        });
    }

    /// "Parameters in the lamp field" right above a table is its caption.
    fn label_above(&mut self) -> Option<Caption> {
        let caption = |text: &str, line| Caption {
            number: None,
            text: Some(text.to_owned()),
            line,
        };
        let block = self.blocks.last_mut()?;
        match &mut block.kind {
            BlockKind::Heading { level, text } if *level == LABEL => {
                let label =
                    words::names_a_structure(text).then(|| caption(text, block.lines.first));
                self.blocks.pop_if(|_| label.is_some());
                label
            }
            BlockKind::Paragraph(prose) => {
                let last = &mut prose.pieces;
                let piece = last.pop_if(|piece| words::names_a_structure(&piece.text))?;
                let label = caption(&piece.text, piece.line);
                match prose.pieces.last() {
                    Some(before) => block.lines.last = before.line,
                    None => _ = self.blocks.pop(),
                }
                Some(label)
            }
            BlockKind::Heading { .. } | BlockKind::Table(_) | BlockKind::Code(_) => None,
        }
    }

    /// What was read, with Diagnostics for tables that end too early.
    pub(super) fn finish(mut self) -> Finished {
        let truncated: Vec<(Lines, String)> = self.blocks.iter().filter_map(truncation).collect();
        for (lines, message) in truncated {
            self.diagnose(
                lines,
                message,
                "compare with the source of the document: a part may be missing",
            );
        }
        if let Some(Block {
            lines,
            kind: BlockKind::Table(table),
        }) = self.blocks.last()
            && let Some(row) = table.rows.last()
            && row.cells.len() < table.header.len()
        {
            let message = format!(
                "the document ends inside of a table: {} of {} cells in its last row",
                row.cells.len(),
                table.header.len()
            );
            let lines = Lines {
                first: row.line,
                last: lines.last,
            };
            self.diagnose(lines, message, "the row was kept as it is");
        }
        if self.n_more_diagnostics > 0 {
            let last = self.blocks.last().map_or(1, |block| block.lines.last);
            self.diagnostics.push(Diagnostic {
                lines: Lines::one(last),
                message: format!("{} more things were unclear", self.n_more_diagnostics),
                help: None,
            });
        }
        Finished {
            blocks: self.blocks,
            diagnostics: self.diagnostics,
            links: self.links,
            anchors: self.anchors,
        }
    }
}

/// One line with a tab, and no word in it that heads a column.
fn is_page_header(table: &Table) -> bool {
    let is_known = |cell: &String| words::is_header_word(cell);
    let is_bare = table.rows.is_empty() && table.number.is_none() && table.caption.is_none();
    is_bare && !table.header.iter().any(is_known)
}

fn n_cells(part: &Part) -> usize {
    part.rows.iter().map(|row| row.cells.len()).sum::<usize>() + 1
}

fn truncation(block: &Block) -> Option<(Lines, String)> {
    let BlockKind::Table(table) = &block.kind else {
        return None;
    };
    let name = table.number.as_deref().unwrap_or("without a number");
    table.rows.is_empty().then(|| {
        (
            block.lines,
            format!("table {name} has a header and no rows"),
        )
    })
}

/// Whether a part belongs to the table that stands directly before it.
fn goes_on(table: &Table, part: &Part) -> bool {
    let same_caption = match &part.caption {
        None => true,
        Some(caption) => caption.number.is_some() && caption.number == table.number,
    };
    if !same_caption {
        return false;
    }
    if part.header.is_empty() {
        return part.caption.is_none()
            && part
                .rows
                .iter()
                .all(|row| row.cells.len() <= table.header.len().max(1));
    }
    same_header(&table.header, &part.header)
}

/// Headers are the same when they differ in blanks only.
pub(super) fn same_header(one: &[String], other: &[String]) -> bool {
    let letters = |text: &String| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(a, b)| a == b || letters(a) == letters(b))
}

/// Appends the rows of a later page. A first row with nothing but its last cell ends the row that was cut.
fn append(table: &mut Table, part: Part) {
    let mut rows = part.rows.into_iter().peekable();
    if let (Some(cut), Some(first)) = (table.rows.last_mut(), rows.peek())
        && is_rest_of_a_row(first, table.header.len())
    {
        for (column, cell) in rows
            .next()
            .map(|row| row.cells)
            .unwrap_or_default()
            .into_iter()
            .enumerate()
        {
            match cut.cells.get_mut(column) {
                Some(begun) => begun.pieces.extend(cell.pieces),
                None => cut.cells.push(cell),
            }
        }
    }
    table.rows.extend(rows);
}

/// In a wide table a row with only its last cell filled is no row of its own. In a table of two
/// columns it is one: its first cell spans several rows.
fn is_rest_of_a_row(row: &Row, columns: usize) -> bool {
    let filled = row
        .cells
        .iter()
        .filter(|cell| !cell.pieces.is_empty())
        .count();
    let last =
        row.cells.len() == columns && row.cells.last().is_some_and(|cell| !cell.pieces.is_empty());
    columns >= 3 && filled == 1 && last
}

/// Whether cells can be a header: at least one is a known word, or none looks like data.
pub(super) fn is_header(cells: &[String]) -> bool {
    let known = cells.iter().filter(|cell| words::is_header_word(cell));
    let is_data = |cell: &String| {
        cell.is_empty()
            || words::is_presence(cell)
            || words::ends_a_sentence(cell)
            || words::is_kind(cell)
    };
    known.count() * 2 >= cells.len() || !cells.iter().any(is_data)
}
