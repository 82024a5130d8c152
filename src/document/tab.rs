//! Tables whose cells are parted by tabs, their markup inline HTML: what PDF converters write.
//!
//! A run of lines with tabs is a part of a table. Its first line is the header, repeated after a
//! page break; a line without a tab right after a row is the rest of the row's last cell.

use super::caption;
use super::code;
use super::flow::{self, Found, TableReader};
use super::inline;
use super::join::{self, Blocks, MOST_CELLS, Part};
use super::labels;
use super::text::line_number;
use super::{Piece, Prose, Row};
use crate::source::Lines;

/// Reads a whole document.
pub(super) fn read(lines: &[&str], out: &mut Blocks) {
    flow::read(
        lines,
        TableReader {
            begins,
            read: table,
        },
        out,
    );
}

/// Whether a row of a table can begin a run here: at least two cells with text.
pub(super) fn is_row(line: &str) -> bool {
    line.contains('\t')
        && cells(line)
            .filter(|cell| !cell.trim().is_empty())
            .take(2)
            .count()
            == 2
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t').take(MOST_CELLS)
}

/// A part begins with a row; after a page break that row may have lost its first cell.
fn begins(lines: &[&str], at: usize) -> bool {
    let continued = |line: &str| line.starts_with('\t') && !line.trim().is_empty();
    is_row(lines[at]) || continued(lines[at]) && lines.get(at + 1).is_some_and(|line| is_row(line))
}

fn table(lines: &[&str], at: usize, out: &mut Blocks) -> (Found, usize) {
    let end = (at..lines.len())
        .find(|line| !lines[*line].contains('\t'))
        .unwrap_or(lines.len());
    let run = &lines[at..end];
    if run.iter().all(|line| is_contents(line)) {
        return (Found::Contents(contents(run, at)), end);
    }
    part(lines, at, end, out)
}

/// `1.2 Title <tab> 17`: a line of a table of contents.
fn is_contents(line: &str) -> bool {
    let Some((title, page)) = line.rsplit_once('\t') else {
        return false;
    };
    let page = inline::label(page);
    !title.contains('\t')
        && !page.is_empty()
        && page.len() <= 5
        && page.bytes().all(|b| b.is_ascii_digit())
}

fn contents(run: &[&str], at: usize) -> Vec<Piece> {
    let titles = run.iter().enumerate().filter_map(|(offset, line)| {
        let (title, _) = line.rsplit_once('\t')?;
        let text = inline::label(title).trim_end_matches('.').to_owned();
        Some(Piece {
            text,
            line: line_number(at + offset + 1),
            depth: 1,
            note: false,
        })
    });
    titles.filter(|piece| !piece.text.is_empty()).collect()
}

fn part(lines: &[&str], at: usize, end: usize, out: &mut Blocks) -> (Found, usize) {
    let header: Vec<String> = cells(lines[at]).map(inline::label).collect();
    report_width(lines[at], at, out);
    let has_header = join::is_header(&header);
    let header = if has_header {
        trimmed(header)
    } else {
        Vec::new()
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut next = at + usize::from(has_header);
    while next < lines.len() {
        let line = lines[next];
        if line.contains('\t') {
            if !is_repeated(line, lines[at], has_header) {
                report_width(line, next, out);
                let row = row(line, line_number(next + 1));
                match rows
                    .last_mut()
                    .filter(|cut| is_cut(cut, &row, header.len()))
                {
                    Some(cut) => add_cells(cut, row),
                    None => rows.push(row),
                }
            }
        } else if next < end
            || !add_rest(rows.last_mut(), line, header.len(), line_number(next + 1))
        {
            break;
        }
        next += 1;
    }
    let line = line_number(at + 1);
    (
        Found::Part(Part {
            caption: None,
            line,
            header,
            rows,
            last: line_number(next),
        }),
        next,
    )
}

/// Without the empty cells that converters leave at the end of a header.
fn trimmed(mut header: Vec<String>) -> Vec<String> {
    while header.last().is_some_and(String::is_empty) {
        header.pop();
    }
    header
}

fn is_repeated(line: &str, header: &str, has_header: bool) -> bool {
    has_header && line.split_whitespace().eq(header.split_whitespace())
}

fn row(line: &str, number: u32) -> Row {
    Row {
        line: number,
        cells: cells(line).map(|cell| read_cell(cell, number)).collect(),
    }
}

fn read_cell(cell: &str, number: u32) -> Prose {
    let pieces = inline::cell(cell, number).pieces.into_iter();
    Prose {
        pieces: pieces.flat_map(labels::split_at_blanks).collect(),
    }
}

/// Whether a row stops inside of a cell, and the next line has what it lacks: `Map<String,` and `String>`.
fn is_cut(row: &Row, next: &Row, columns: usize) -> bool {
    let last = row.cells.last().map(Prose::text).unwrap_or_default();
    let is_open = last.matches('<').count() > last.matches('>').count();
    let fits = row.cells.len() + next.cells.len() == columns + 1;
    columns > 2 && row.cells.len() < columns && fits && is_open
}

fn add_cells(row: &mut Row, next: Row) {
    let mut cells = next.cells.into_iter();
    let rest = cells.next().map(|cell| cell.text()).unwrap_or_default();
    if let Some(piece) = row.cells.last_mut().and_then(|cell| cell.pieces.last_mut()) {
        piece.text.push_str(&rest);
    }
    row.cells.extend(cells);
}

/// Adds a line without tabs to the last cell of a whole row, when it can be nothing else.
fn add_rest(row: Option<&mut Row>, line: &str, columns: usize, number: u32) -> bool {
    let trimmed = line.trim();
    let Some(cell) = row
        .filter(|row| row.cells.len() >= columns.max(2))
        .and_then(|row| row.cells.last_mut())
    else {
        return false;
    };
    let other = trimmed.is_empty()
        || trimmed.starts_with(['#', '|'])
        || flow::item(line).is_some_and(|(indent, _)| indent == 0)
        || code::fence(line).is_some()
        || code::begins(line)
        || caption::read(trimmed, number).is_some();
    if other {
        return false;
    }
    let mut rest = inline::cell(trimmed, number).pieces.into_iter();
    // A sign that joins what stands around it: the line broke there.
    let joins = |piece: &&mut Piece| {
        piece
            .text
            .ends_with(['-', '~', '～', '至', '、', '（', '('])
    };
    if let Some(last) = cell.pieces.last_mut().filter(joins)
        && let Some(first) = rest.next()
    {
        last.text.push_str(&first.text);
    }
    cell.pieces.extend(rest);
    true
}

fn report_width(line: &str, at: usize, out: &mut Blocks) {
    if line.len() <= MOST_CELLS || cells(line).count() < MOST_CELLS {
        return;
    }
    let n_cells = line.matches('\t').count() + 1;
    if n_cells > MOST_CELLS {
        out.diagnose(
            Lines::one(line_number(at + 1)),
            format!("a row has {n_cells} cells"),
            format!("only the first {MOST_CELLS} were read"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::document::shown::shown;

    /// A row that stops inside of a cell, a cell whose line broke, and a page's header with a tab.
    #[test]
    fn what_paper_cuts_is_one_table() {
        let text = "表 1 灯字段\n\n参数\t参数类型\t是否必选\t描述\nname\tMap<String,\nString>\t是\t灯名。\n\
                    height\tInteger\t否\t高度，范围为1-\n9。\n\n版权所有 © 灯塔\t17\n\n\
                    参数\t参数类型\t是否必选\t描述\noil\tString\t否\t灯油。\n";
        insta::assert_snapshot!(shown(text), @r"
        TabTables
        1 table 1, 灯字段: 参数 | 参数类型 | 是否必选 | 描述
          4 | 4:name | 4:Map<String,String> | 5:是 | 5:灯名。
          6 | 6:height | 6:Integer | 6:否 | 6:高度，范围为1-9。
          12 | 12:oil | 12:String | 12:否 | 12:灯油。
        ");
    }
}
