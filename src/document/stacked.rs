//! Tables of pipes whose cells stand in lines of their own, as some converters print web pages.
//!
//! A pipe alone opens each row, the dashes below the header aside; every cell ends with a pipe.

use super::flow::Found;
use super::inline;
use super::join::{Blocks, MOST_CELLS, Part};
use super::pipe::delimiters;
use super::text::line_number;
use super::{Prose, Row};

/// Whether a table begins on this line.
pub(super) fn begins(lines: &[&str], at: usize) -> bool {
    columns(lines, at).is_some()
}

/// How many columns the table has that begins on this line: as many lines of a cell each stand between the pipe that
/// opens the header and the dashes.
fn columns(lines: &[&str], at: usize) -> Option<usize> {
    if !opens_row(lines[at]) {
        return None;
    }
    let is_cell = |line: &&&str| line.trim_end().ends_with('|') && !opens_row(line);
    let header = lines[at + 1..].iter().take(MOST_CELLS).take_while(is_cell);
    let (place, n_columns) = header
        .enumerate()
        .find_map(|(place, line)| Some((place, delimiters(line)?)))?;
    (n_columns > 1 && place == n_columns).then_some(n_columns)
}

fn opens_row(line: &str) -> bool {
    line.trim() == "|"
}

/// Reads the table that begins at a line. Gives the line after it.
pub(super) fn read(lines: &[&str], at: usize, out: &mut Blocks) -> (Found, usize) {
    let n_columns = columns(lines, at).unwrap_or(0);
    let header = &lines[at + 1..=at + n_columns];
    let header = header
        .iter()
        .map(|cell| inline::label(cell.trim_end().trim_end_matches('|')))
        .collect();
    let mut next = at + n_columns + 2;
    let mut rows = Vec::new();
    while lines.get(next).is_some_and(|line| opens_row(line)) && !begins(lines, next) {
        let (row, after) = row(lines, next, n_columns, out);
        rows.push(row);
        next = after;
    }
    let part = Part {
        caption: None,
        line: line_number(at + 1),
        header,
        rows,
        last: line_number(next),
    };
    (Found::Whole(part), next)
}

/// The row below a pipe. A blank line ends it at the latest.
fn row(lines: &[&str], at: usize, n_columns: usize, out: &mut Blocks) -> (Row, usize) {
    let mut cells = vec![Prose::default()];
    let mut next = at + 1;
    while let Some(line) = lines.get(next).filter(|line| !line.trim().is_empty()) {
        let text = line.trim_end();
        let ended = text.strip_suffix('|').filter(|text| !text.ends_with('\\'));
        let text = ended.unwrap_or(text);
        let number = line_number(next + 1);
        for (words, target) in inline::links(text) {
            out.link(number, &words, &target);
        }
        if let Some(cell) = cells.last_mut() {
            let read = inline::pipe_cell(text, number, false);
            cell.pieces.extend(read.pieces);
        }
        next += 1;
        if ended.is_some() {
            if cells.len() >= n_columns {
                break;
            }
            cells.push(Prose::default());
        }
    }
    let line = line_number((at + 2).min(lines.len()));
    (Row { line, cells }, next)
}

/// How many rows stand in such tables.
pub(super) fn count_rows(lines: &[&str]) -> usize {
    let headers = (0..lines.len()).filter(|at| begins(lines, *at)).count();
    match headers {
        0 => 0,
        _ => lines.iter().filter(|line| opens_row(line)).count(),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::shown::shown;

    #[test]
    fn cells_stand_in_lines_of_their_own() {
        let text = "Lamps\n\n|\nParameter |\nMandatory |\nDescription |\n|---|---|---|\n|\nlamp_id |\nYes |\nThe lamp.\nIt is hot. |\n\
            |\nwick |\nNo |\nOne of:\n|\n|\nParameter |\nDescription |\n|---|---|\n|\noil |\nThe oil. |\nMore text\n";
        insta::assert_snapshot!(shown(text), @r"
        PipeTables
        1  Lamps
        3 table -, -: Parameter | Mandatory | Description
          9 | 9:lamp_id | 10:Yes | 11:The lamp. 12:It is hot.
          14 | 14:wick | 15:No | 16:One of:
        18 table -, -: Parameter | Description
          23 | 23:oil | 24:The oil.
        25:More text
        ");
    }

    #[test]
    fn titles_of_such_a_page_stand_between_its_lines() {
        let text = "Lighting a Lamp\nURI\nPUT /v1/lamps\n|\nParameter |\nDescription |\n|---|---|\n|\noil |\nThe oil. |\n\
            Request Parameters\nStatus\n";
        insta::assert_snapshot!(shown(text), @r"
        PipeTables
        1  Lighting a Lamp
        2  URI
        3:PUT /v1/lamps
        4 table -, -: Parameter | Description
          9 | 9:oil | 10:The oil.
        11  Request Parameters
        12:Status
        ");
    }

    #[test]
    fn hostile_tables_end() {
        for part in [
            "|\n",
            "|\na |\n",
            "|\na |\nb |\n|--|--|\n",
            "a |\n|--|--|\n",
        ] {
            let _ = shown(&format!("|\na |\nb |\n|--|--|\n{}", part.repeat(20_000)));
        }
    }
}
