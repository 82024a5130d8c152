//! Which layout a text has, told from the text alone.

use super::Layout;
use super::cells;
use super::code;
use super::pipe;
use super::rst;
use super::tab;

/// A document shorter than this many cells in paragraphs has no table to speak of.
const FEWEST_HEADERS: usize = 1;

/// Decides by what there is more of: marks of reStructuredText, rows with pipes, rows with tabs, or
/// headers that stand one word per paragraph. A page without tables may tell nothing.
pub(super) fn detect(lines: &[&str]) -> Option<Layout> {
    let n_signs = rst::count_signs(lines);
    let n_piped = pipe::count_rows(lines);
    let n_rows = rows_with_tabs(lines);
    let n_headers = cells::count_headers(lines);
    if n_signs > n_piped.max(n_rows).max(n_headers) {
        Some(Layout::Restructured)
    } else if n_piped > n_rows.max(n_headers) {
        Some(Layout::PipeTables)
    } else if n_rows > n_headers {
        Some(Layout::TabTables)
    } else if n_headers >= FEWEST_HEADERS {
        Some(Layout::CellParagraphs)
    } else {
        rst::has_titles(lines).then_some(Layout::Restructured)
    }
}

/// Rows outside of code; a body may be indented with tabs.
fn rows_with_tabs(lines: &[&str]) -> usize {
    let mut inside = false;
    let mut n_rows = 0;
    for line in lines {
        let was_inside = inside;
        inside = code::is_inside_after(line, inside);
        if inside == was_inside && !inside && !line.starts_with('\t') && tab::is_row(line) {
            n_rows += 1;
        }
    }
    n_rows
}
