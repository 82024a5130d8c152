//! Moves what was read of a page to where the page stands in its folder.

use super::{Block, BlockKind, Piece, Prose};
use crate::source::Lines;

/// Counts lines from the start of the folder.
pub(super) fn lines(lines: &mut Lines, by: u32) {
    lines.first = lines.first.saturating_add(by);
    lines.last = lines.last.saturating_add(by);
}

/// Moves a block with all that stands in it.
pub(super) fn block(block: &mut Block, by: u32) {
    lines(&mut block.lines, by);
    match &mut block.kind {
        BlockKind::Heading { .. } | BlockKind::Code(_) => {}
        BlockKind::Paragraph(text) => prose(text, by),
        BlockKind::Table(table) => {
            table.line += by;
            for row in &mut table.rows {
                row.line += by;
                row.cells.iter_mut().for_each(|cell| prose(cell, by));
            }
        }
    }
}

fn prose(prose: &mut Prose, by: u32) {
    prose
        .pieces
        .iter_mut()
        .for_each(|piece: &mut Piece| piece.line += by);
}
