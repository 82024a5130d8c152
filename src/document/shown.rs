//! Documents as text, for the tests of every layout.

use std::fmt::Write as _;

use super::{BlockKind, Document, Prose, read};
use crate::source::DocumentId;

/// Reads a text and shows its layout, its blocks with their lines, and what was unclear.
pub(super) fn shown(text: &str) -> String {
    show(&read(&DocumentId::new("made"), text.as_bytes()))
}

/// One line per block or row: `12 | name | 12:The name. - 13:red`.
pub(super) fn show(document: &Document) -> String {
    let mut out = format!("{:?}\n", document.layout);
    for block in &document.blocks {
        let line = block.lines.first;
        match &block.kind {
            BlockKind::Heading { level, text } => {
                let _ = writeln!(out, "{line} {} {text}", "#".repeat((*level).into()));
            }
            BlockKind::Paragraph(prose) => {
                let _ = writeln!(out, "{}", pieces(prose));
            }
            BlockKind::Code(code) => {
                let _ = writeln!(out, "{line} code {code:?}");
            }
            BlockKind::Table(table) => {
                let number = table.number.as_deref().unwrap_or("-");
                let caption = table.caption.as_deref().unwrap_or("-");
                let header = table.header.join(" | ");
                let _ = writeln!(out, "{} table {number}, {caption}: {header}", table.line);
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(pieces).collect();
                    let _ = writeln!(out, "  {} | {}", row.line, cells.join(" | "));
                }
            }
        }
    }
    for diagnostic in &document.diagnostics {
        let _ = writeln!(out, "! {} {}", diagnostic.lines.first, diagnostic.message);
    }
    out
}

/// `12:text - 13:item`; a note has a `!`.
fn pieces(prose: &Prose) -> String {
    let shown: Vec<String> = prose
        .pieces
        .iter()
        .map(|piece| {
            let note = if piece.note { "!" } else { "" };
            let dashes = "- ".repeat(piece.depth.into());
            format!("{dashes}{}{note}:{}", piece.line, piece.text)
        })
        .collect();
    shown.join(" ")
}
