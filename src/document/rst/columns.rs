//! Cuts lines at columns. Columns are counted as on paper, where wide characters take two.

use super::super::words::width;

/// The byte at which each column begins, for sorted columns; the end of the line where it is shorter.
/// A wide character that a column parts belongs to the left.
pub(super) fn cuts(text: &str, columns: &[usize], wide: bool) -> Vec<usize> {
    if text.is_ascii() {
        return columns
            .iter()
            .map(|column| (*column).min(text.len()))
            .collect();
    }
    let mut found = Vec::with_capacity(columns.len());
    let mut at = 0;
    let mut buffer = [0; 4];
    for (offset, c) in text.char_indices() {
        while columns.get(found.len()).is_some_and(|column| *column <= at) {
            found.push(offset);
        }
        at += if wide {
            width(c.encode_utf8(&mut buffer))
        } else {
            1
        };
    }
    found.resize(columns.len(), text.len());
    found
}

/// The byte of each column of a line of a grid, whose columns stand where its borders have corners.
pub(super) fn grid_cuts(text: &str, corners: &[usize], length: usize) -> Vec<usize> {
    let pipes = || text.match_indices('|').map(|(at, _)| at);
    let measured = text.is_ascii() || width(text) == length || text.chars().count() == length;
    // A tool that measured in its own way still drew a pipe for each corner.
    if !measured && pipes().count() == corners.len() {
        return pipes().collect();
    }
    cuts(text, corners, counts_wide(text, length))
}

/// Whether columns of this line count wide characters twice: tools differ, and only one measure
/// makes the line as long as the borders are.
pub(super) fn counts_wide(text: &str, length: usize) -> bool {
    text.is_ascii() || width(text) == length || text.chars().count() != length
}

/// The part of a line between two of its cuts, without blanks at its end.
pub(super) fn between(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to.max(from)).unwrap_or("").trim_end()
}
