//! HTML tables inside of Markdown, line by line, so that every text keeps its line.
//!
//! Cells that span rows or columns are put where they begin; the places that they cover stay empty.

use std::ops::Range;

use super::Row;
use super::caption::{self, Caption};
use super::flow::Found;
use super::inline;
use super::join::{Blocks, MOST_CELLS, Part};
use super::labels;
use super::text::line_number;
use crate::source::Lines;

/// A span over more rows than this goes to the end of the table anyway.
const LONGEST_SPAN: usize = 10_000;

/// A table of more cells than this, those that spans cover included, is not read to its end.
const MOST_PLACES: usize = 1_000_000;

/// Whether a table begins on this line.
pub(super) fn begins(line: &str) -> bool {
    tags(line)
        .next()
        .is_some_and(|tag| tag.name == "table" && line[..tag.place.start].trim().is_empty())
}

/// How many rows of HTML tables there are.
pub(super) fn count_rows(lines: &[&str]) -> usize {
    let rows = lines.iter().flat_map(|line| tags(line));
    rows.filter(|tag| tag.name == "tr").count()
}

/// Reads the table that begins at a line. Gives the line after it.
pub(super) fn read(lines: &[&str], at: usize, out: &mut Blocks) -> (Found, usize) {
    let mut table = Draft::default();
    let mut next = at;
    while next < lines.len() && !table.closed {
        table.line(lines[next], line_number(next + 1));
        next += 1;
    }
    if !table.closed {
        out.diagnose(
            Lines {
                first: line_number(at + 1),
                last: line_number(lines.len()),
            },
            "an HTML table is never closed",
            "all that follows was read as part of it",
        );
    }
    (
        Found::Part(table.finish(line_number(at + 1), line_number(next), out)),
        next,
    )
}

/// A tag that draws a table.
struct Tag<'a> {
    name: String,
    opens: bool,
    attributes: &'a str,
    place: Range<usize>,
}

/// The tags of a line that draw tables; others belong to cells.
fn tags(line: &str) -> impl Iterator<Item = Tag<'_>> {
    line.match_indices('<').filter_map(|(start, _)| {
        let rest = &line[start + 1..];
        let (opens, rest) = match rest.strip_prefix('/') {
            Some(rest) => (false, rest),
            None => (true, rest),
        };
        let length = rest
            .bytes()
            .take(8)
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let name = rest[..length].to_ascii_lowercase();
        if !matches!(
            name.as_str(),
            "table" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "caption"
        ) {
            return None;
        }
        // Looking for the end of a tag never passes the next one.
        let close = rest[length..]
            .find(['<', '>'])
            .filter(|at| rest[length + at..].starts_with('>'))?;
        let end = start + 1 + usize::from(!opens) + length + close + 1;
        Some(Tag {
            name,
            opens,
            attributes: &rest[length..length + close],
            place: start..end,
        })
    })
}

#[derive(Default)]
struct Cell<'a> {
    texts: Vec<(u32, &'a str)>,
    rows: usize,
    columns: usize,
    is_header: bool,
}

#[derive(Default)]
struct Draft<'a> {
    depth: usize,
    closed: bool,
    in_head: bool,
    in_cell: bool,
    in_caption: bool,
    caption: Vec<(u32, &'a str)>,
    rows: Vec<(u32, Vec<Cell<'a>>)>,
}

impl<'a> Draft<'a> {
    fn line(&mut self, line: &'a str, number: u32) {
        let mut from = 0;
        for tag in tags(line) {
            if tag.place.start < from {
                continue;
            }
            self.text(&line[from..tag.place.start], number);
            from = tag.place.end;
            self.tag(&tag, number);
            if self.closed {
                return;
            }
        }
        self.text(&line[from..], number);
    }

    fn text(&mut self, text: &'a str, number: u32) {
        if text.trim().is_empty() {
            return;
        }
        if self.in_caption {
            self.caption.push((number, text));
        } else if self.in_cell
            && let Some(cell) = self.rows.last_mut().and_then(|(_, cells)| cells.last_mut())
        {
            cell.texts.push((number, text));
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, number: u32) {
        match (tag.name.as_str(), tag.opens) {
            ("table", true) => self.depth += 1,
            ("table", false) => {
                self.depth = self.depth.saturating_sub(1);
                self.closed = self.depth == 0;
            }
            // A table within a cell is text of the cell.
            _ if self.depth > 1 => {}
            ("caption", opens) => self.in_caption = opens,
            ("thead", opens) => self.in_head = opens,
            ("tr", true) => {
                self.in_cell = false;
                self.rows.push((number, Vec::new()));
            }
            ("td" | "th", true) => {
                let cell = Cell {
                    texts: Vec::new(),
                    rows: span(tag.attributes, "rowspan").min(LONGEST_SPAN),
                    columns: span(tag.attributes, "colspan").min(MOST_CELLS),
                    is_header: self.in_head || tag.name == "th",
                };
                if self.rows.is_empty() {
                    self.rows.push((number, Vec::new()));
                }
                if let Some((_, cells)) = self.rows.last_mut()
                    && cells.len() < MOST_CELLS
                {
                    cells.push(cell);
                }
                self.in_cell = true;
            }
            ("td" | "th" | "tr", false) => self.in_cell = false,
            _ => {}
        }
    }

    fn finish(self, first: u32, last: u32, out: &mut Blocks) -> Part {
        let n_headers = self
            .rows
            .iter()
            .take_while(|(_, cells)| !cells.is_empty() && cells.iter().all(|cell| cell.is_header))
            .count()
            .max(1);
        let mut header: Vec<String> = Vec::new();
        let mut rows = Vec::new();
        let mut line = first;
        // For each column, how many rows below are covered from above.
        let mut covered: Vec<usize> = Vec::new();
        let mut n_cells = 0;
        for (place, (number, cells)) in self.rows.into_iter().enumerate() {
            let row = row(number, cells, &mut covered, out);
            n_cells += row.cells.len();
            if n_cells > MOST_PLACES {
                out.diagnose(
                    Lines::one(number),
                    format!("a table has more than {MOST_PLACES} cells"),
                    "its other rows were left out; split it",
                );
                break;
            }
            if place >= n_headers {
                rows.push(row);
                continue;
            }
            line = row.line;
            for (column, cell) in row.cells.iter().enumerate() {
                let text = inline::label(&cell.text());
                match header.get_mut(column) {
                    Some(above) if !text.is_empty() => *above = text,
                    Some(_) => {}
                    None => header.push(text),
                }
            }
        }
        Part {
            caption: caption(&self.caption),
            line,
            header,
            rows,
            last,
        }
    }
}

fn caption(texts: &[(u32, &str)]) -> Option<Caption> {
    let (line, _) = texts.first()?;
    let words: Vec<String> = texts.iter().map(|(_, text)| inline::line(text)).collect();
    let text = words.join(" ").trim().to_owned();
    Some(caption::read(&text, *line).unwrap_or(Caption {
        number: None,
        text: Some(text),
        line: *line,
    }))
}

fn row(number: u32, cells: Vec<Cell<'_>>, covered: &mut Vec<usize>, out: &mut Blocks) -> Row {
    let mut line = None;
    let mut found = Vec::with_capacity(cells.len());
    for cell in cells {
        skip_covered(&mut found, covered);
        let mut pieces = Vec::new();
        for (number, text) in &cell.texts {
            for (words, target) in inline::html_links(text) {
                out.link(*number, &words, &target);
            }
            let read = inline::cell(text, *number).pieces.into_iter();
            pieces.extend(read.flat_map(labels::split_at_blanks));
        }
        line = line.or(pieces.first().map(|piece| piece.line));
        let first = found.len();
        found.push(super::Prose {
            pieces: inline::mark_notes(pieces),
        });
        found.resize(
            (first + cell.columns).min(MOST_CELLS),
            super::Prose::default(),
        );
        if covered.len() < found.len() {
            covered.resize(found.len(), 0);
        }
        for below in &mut covered[first.min(found.len())..found.len()] {
            *below = cell.rows - 1;
        }
    }
    skip_covered(&mut found, covered);
    Row {
        line: line.unwrap_or(number),
        cells: found,
    }
}

/// Columns that a cell above covers have nothing of their own in this row.
fn skip_covered(found: &mut Vec<super::Prose>, covered: &mut [usize]) {
    while let Some(below) = covered.get_mut(found.len()).filter(|below| **below > 0) {
        *below -= 1;
        found.push(super::Prose::default());
    }
}

/// `rowspan="3"`; 1 where there is none.
fn span(attributes: &str, name: &str) -> usize {
    let value = attributes.to_ascii_lowercase();
    let digits = value.split_once(name).map(|(_, rest)| {
        let rest = rest.trim_start_matches([' ', '=', '"', '\'']);
        rest.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    });
    digits
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(1)
        .max(1)
}

#[cfg(test)]
mod tests {
    use crate::document::shown::shown;

    #[test]
    fn cells_keep_their_lines_and_places() {
        let text = "# Lamps\n\n<a name=\"t1\"></a>\n**Table 1**  Lamp fields\n\n<a name=\"t2\"></a>\n\
            <table><thead align=\"left\"><tr id=\"r1\"><th width=\"20%\"><p id=\"p1\"><a name=\"p1\"></a>Parameter</p>\n</th>\n\
            <th><p>Description</p>\n</th>\n</tr>\n</thead>\n<tbody><tr><td rowspan=\"2\"><p>wick_id</p>\n</td>\n\
            <td><p>The wick, see <a href=\"#t1\">Table 1</a>.</p>\n<ul><li>red</li>\n<li>blue</li></ul>\n</td>\n</tr>\n\
            <tr><td><p>More.</p>\n</td>\n</tr>\n<tr><td colspan=\"2\"><p>List&lt;String&gt;</p></td></tr>\n</tbody>\n</table>\n\nText\n";
        insta::assert_snapshot!(shown(text), @r"
        PipeTables
        1 # Lamps
        4 table Table 1, Lamp fields: Parameter | Description
          13 | 13:wick_id | 15:The wick, see Table 1. - 16:red - 17:blue
          20 |  | 20:More.
          23 | 23:List<String> | 
        27  Text
        ");
    }

    #[test]
    fn hostile_tables_end() {
        for part in [
            "<table>",
            "<tr>",
            "<td>",
            "<td rowspan=\"99999999\" colspan=999>",
            "</table>",
            "<th",
            "<tr><td>a\n",
            "<caption>",
        ] {
            let _ = shown(&format!("<table>{}", part.repeat(8_000)));
        }
    }
}
