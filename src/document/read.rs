//! From bytes to a [`Document`]: decode, tell the layout, read it, report what was unclear.

use super::join::Blocks;
use super::{Document, Layout, cells, layout, pipe, tab, text};
use crate::source::{DocumentId, Lines};

/// Reads a document. Never fails: any bytes give Blocks and Diagnostics.
pub fn read(id: &DocumentId, bytes: &[u8]) -> Document {
    let (decoded, mut diagnostics) = text::decode(bytes);
    let lines = text::lines(&decoded, &mut diagnostics);
    let mut out = Blocks::default();
    let layout = layout::detect(&lines);
    match layout {
        // Headings, code and paragraphs look the same with and without tables.
        Layout::TabTables | Layout::Plain => tab::read(&lines, &mut out),
        Layout::PipeTables => pipe::read(&lines, &mut out),
        Layout::CellParagraphs => cells::read(&lines, &mut out),
    }
    report_layout(layout, &lines, &mut out);
    let (blocks, found) = out.finish();
    diagnostics.extend(found);
    Document {
        id: id.clone(),
        layout,
        blocks,
        diagnostics,
    }
}

/// The lines of a document, as line numbers count them.
pub fn lines(bytes: &[u8]) -> Vec<String> {
    let (decoded, mut diagnostics) = text::decode(bytes);
    let lines = text::lines(&decoded, &mut diagnostics);
    lines.into_iter().map(str::to_owned).collect()
}

/// Says what is missing when no table was found.
fn report_layout(layout: Layout, lines: &[&str], out: &mut Blocks) {
    let all = Lines {
        first: 1,
        last: text::line_number(lines.len().max(1)),
    };
    if lines.iter().all(|line| line.trim().is_empty()) {
        out.diagnose(
            all,
            "the document holds no text",
            "give a document with text",
        );
    } else if layout == Layout::Plain {
        out.diagnose(
            all,
            "the document is in none of the known layouts",
            "looked for rows of cells parted by tabs, for tables of pipes (`|--|--|`), and for table headers with one word per paragraph \
             (`Parameter`, `Type`, `Description`); found neither, so only headings, paragraphs and code were read",
        );
    } else if !out.has_table() {
        out.diagnose(
            all,
            "the document holds no table",
            "headings, paragraphs and code were read",
        );
    }
}
