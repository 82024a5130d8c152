//! Markdown with tables of pipes: `|a|b|` over `|--|--|`.
//!
//! Converters write cells as they find them: a cell that spans rows is printed once, so that later
//! rows are shorter, and a pipe inside of a text is not escaped, so that rows are longer. The looks
//! of the whole rows tell which columns a short row lacks; what is too much belongs to the last cell.
//!
//! Only the tables are read here. The rest is [`flow`], not a Markdown parser: these converters
//! indent captions by four blanks, which CommonMark takes for code.

use std::borrow::Cow;

use super::Row;
use super::code;
use super::flow::{self, Found, TableReader};
use super::html;
use super::inline;
use super::join::{Blocks, MOST_CELLS, Part};
use super::stacked;
use super::text::line_number;
use super::words;
use crate::source::Lines;

/// Reads a whole document.
pub(super) fn read(lines: &[&str], out: &mut Blocks) {
    let lines = unquoted(lines);
    for (at, line) in lines.iter().enumerate() {
        for name in inline::anchors(line) {
            out.anchor(line_number(at + 1), name);
        }
    }
    flow::read(
        &lines,
        TableReader {
            begins: |lines, at| {
                html::begins(lines[at]) || stacked::begins(lines, at) || begins(lines, at)
            },
            read: |lines, at, out| {
                if html::begins(lines[at]) {
                    html::read(lines, at, out)
                } else if stacked::begins(lines, at) {
                    stacked::read(lines, at, out)
                } else {
                    table(lines, at, out)
                }
            },
        },
        out,
    );
}

/// How many rows stand in tables of pipes or of HTML: what tells this layout from others.
pub(super) fn count_rows(lines: &[&str]) -> usize {
    let mut n_rows = html::count_rows(lines) + stacked::count_rows(lines);
    let mut at = 0;
    while at < lines.len() {
        if begins(lines, at) {
            let end = end_of(lines, at);
            n_rows += end - at - 1;
            at = end;
        } else {
            at += 1;
        }
    }
    n_rows
}

/// The lines without the marks of quotes, which are how notes are printed. Code keeps its marks.
fn unquoted<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut inside = false;
    let strip = |line: &&'a str| {
        let line = *line;
        inside = code::is_inside_after(line, inside);
        match line.trim_start().strip_prefix('>') {
            Some(rest) if !inside => rest,
            _ => line,
        }
    };
    lines.iter().map(strip).collect()
}

/// A header over a line of dashes with as many cells.
fn begins(lines: &[&str], at: usize) -> bool {
    let Some(columns) = lines.get(at + 1).and_then(|line| delimiters(line)) else {
        return false;
    };
    lines[at].contains('|') && cells(lines[at]).len() == columns
}

/// The cells of a line of dashes: `|--|:-:|`, `--- | ---`.
pub(super) fn delimiters(line: &str) -> Option<usize> {
    let known = line.contains('|')
        && line
            .trim()
            .bytes()
            .all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'));
    if !known {
        return None;
    }
    let cells = cells(line);
    let is_rule = |cell: &Cow<'_, str>| {
        let rule = cell.trim().trim_start_matches(':').trim_end_matches(':');
        !rule.is_empty() && rule.bytes().all(|b| b == b'-')
    };
    cells.iter().all(is_rule).then_some(cells.len())
}

/// The cells between the pipes of a line. A pipe after a backslash is text.
fn cells(line: &str) -> Vec<Cow<'_, str>> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = match line.strip_suffix('|') {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => line,
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices('|') {
        if line[..at].ends_with('\\') {
            continue;
        }
        found.push(cell(&line[start..at]));
        start = at + 1;
    }
    found.push(cell(&line[start..]));
    found
}

fn cell(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.contains("\\|") {
        Cow::Owned(text.replace("\\|", "|"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The line after the table that begins at a line.
fn end_of(lines: &[&str], at: usize) -> usize {
    (at + 2..lines.len())
        .find(|line| !is_row(lines[*line], lines[at]))
        .unwrap_or(lines.len())
}

/// Rows begin with a pipe when the header does.
fn is_row(line: &str, header: &str) -> bool {
    match header.trim_start().starts_with('|') {
        true => line.trim_start().starts_with('|'),
        false => line.contains('|'),
    }
}

fn table(lines: &[&str], at: usize, out: &mut Blocks) -> (Found, usize) {
    let end = end_of(lines, at);
    let header: Vec<String> = cells(lines[at])
        .iter()
        .take(MOST_CELLS)
        .map(|cell| inline::label(cell))
        .collect();
    let columns = header.len();
    let printed: Vec<Vec<Cow<'_, str>>> = lines[at + 2..end]
        .iter()
        .map(|line| joined(cells(line), columns))
        .collect();
    let looks = column_looks(&printed, columns);
    // What escapes anything escapes the underscores of names.
    let raw = !lines[at..end].iter().any(|line| line.contains("\\_"));
    let mut rows = Vec::with_capacity(printed.len());
    let mut short: Vec<u32> = Vec::new();
    for (offset, cells) in printed.iter().enumerate() {
        let line = line_number(at + 3 + offset);
        let missing = missing_in_front(cells, &looks);
        if cells.len() < columns {
            short.push(line);
        }
        let front = std::iter::repeat_n(super::Prose::default(), missing);
        let links = cells.iter().flat_map(|cell| inline::links(cell));
        links.for_each(|(text, target)| out.link(line, &text, &target));
        let read = cells.iter().map(|cell| inline::pipe_cell(cell, line, raw));
        rows.push(Row {
            line,
            cells: front.chain(read).collect(),
        });
    }
    let line = line_number(at + 1);
    if let (Some(first), Some(last)) = (short.first(), short.last()) {
        out.diagnose(
            Lines {
                first: *first,
                last: *last,
            },
            match short.len() {
                1 => "a row has fewer cells than the header".to_owned(),
                n_rows => format!("{n_rows} rows have fewer cells than the header"),
            },
            "their cells were put under the columns that they look like; cells that span rows are lost",
        );
    }
    let part = Part {
        caption: None,
        line,
        header,
        rows,
        last: line_number(end),
    };
    (Found::Part(part), end)
}

/// Cells that are too many are one: a pipe in the text parted them.
fn joined(mut cells: Vec<Cow<'_, str>>, columns: usize) -> Vec<Cow<'_, str>> {
    if cells.len() > columns
        && let Some(last) = columns.checked_sub(1)
    {
        let rest = cells.split_off(last).join("|");
        cells.push(Cow::Owned(rest.trim_end_matches('|').to_owned()));
    }
    cells
}

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Kind,
    Presence,
    Route,
    Number,
    Name,
    Sentence,
    Text,
}

fn look(cell: &str) -> Look {
    let cell = cell.trim();
    if words::is_kind(cell) {
        Look::Kind
    } else if words::is_presence(cell) {
        Look::Presence
    } else if words::after_method(cell).is_some_and(|(_, rest)| rest.starts_with(['/', 'h'])) {
        Look::Route
    } else if !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()) {
        Look::Number
    } else if words::ends_a_sentence(cell) {
        Look::Sentence
    } else if !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_graphic()) {
        Look::Name
    } else {
        Look::Text
    }
}

/// What most whole rows show in each column.
fn column_looks(rows: &[Vec<Cow<'_, str>>], columns: usize) -> Vec<Option<Look>> {
    let whole: Vec<Vec<Look>> = rows
        .iter()
        .filter(|cells| cells.len() == columns)
        .map(|cells| cells.iter().map(|cell| look(cell)).collect())
        .collect();
    let usual = |column: usize| {
        let first = whole.first()?[column];
        let n_alike = whole.iter().filter(|looks| looks[column] == first).count();
        (n_alike * 2 > whole.len()).then_some(first)
    };
    (0..columns).map(usual).collect()
}

/// How many cells a short row lacks in front: as many as let most of its cells look like their
/// columns, and all of them where looks say nothing, since it is the first columns that span rows.
fn missing_in_front(cells: &[Cow<'_, str>], looks: &[Option<Look>]) -> usize {
    let missing = looks.len().saturating_sub(cells.len());
    let fits = |front: &usize| {
        let seen = cells.iter().zip(&looks[*front..]);
        seen.filter(|(cell, usual)| **usual == Some(look(cell)))
            .count()
    };
    (0..=missing).max_by_key(fits).unwrap_or(missing)
}

#[cfg(test)]
mod tests {
    use crate::document::shown::shown;

    #[test]
    fn reads_captions_notes_and_code_of_converters() {
        let text = "# 点亮灯<a name=\"lamp_01\"></a>\n\n## URI<a name=\"s1\"></a>\n\nPUT /v1/\\{port\\_id\\}/lamps\n\n\
            -   请求参数\n\n|参数|是否必选|说明|\n|--|--|--|\n|port_id|是|灯塔。取值：“\\”,“|”。|\n\n\n\
            \x20   >![](icon-note.gif) **说明：** \n    >-   灯很热。\n    >-   灯很亮。\n\n\
            \x20   **表 2**  wick数据结构说明\n\n|参数|参数类型|描述|\n|---|:-:|--:|\n|wick\\_id|String|灯芯\\|芯|\n\n\
            -   请求样例\n\n    ```\n    > PUT https://x/v1/7/lamps\n    ```\n";
        insta::assert_snapshot!(shown(text), @r#"
        PipeTables
        1 # 点亮灯
        3 ## URI
        5:PUT /v1/{port_id}/lamps
        7 ###### 请求参数
        9 table -, -: 参数 | 是否必选 | 说明
          11 | 11:port_id | 11:是 | 11:灯塔。取值：“\”,“|”。
        - 15!:灯很热。 - 16!:灯很亮。
        18 table 2, wick数据结构说明: 参数 | 参数类型 | 描述
          22 | 22:wick_id | 22:String | 22:灯芯|芯
        24 ###### 请求样例
        27 code "    > PUT https://x/v1/7/lamps"
        "#);
    }

    #[test]
    fn cells_lost_to_a_span_are_missed_where_looks_say() {
        let text = "|组|API|URI|限制|\n|--|--|--|--|\n|灯|查询灯|GET /lamps|每分钟3次|\n|点亮灯|PUT /lamps/{id}|每分钟2次|\n\
            |港|查询港|GET /ports|每分钟5次|\n\n|Name|Type|Mandatory|\n|--|--|--|\n|lamp|String|Yes|\n|wick|Object|No|\n|oil|Integer|\n";
        insta::assert_snapshot!(shown(text), @r"
        PipeTables
        1 table -, -: 组 | API | URI | 限制
          3 | 3:灯 | 3:查询灯 | 3:GET /lamps | 3:每分钟3次
          4 |  | 4:点亮灯 | 4:PUT /lamps/{id} | 4:每分钟2次
          5 | 5:港 | 5:查询港 | 5:GET /ports | 5:每分钟5次
        7 table -, -: Name | Type | Mandatory
          9 | 9:lamp | 9:String | 9:Yes
          10 | 10:wick | 10:Object | 10:No
          11 | 11:oil | 11:Integer
        ! 4 a row has fewer cells than the header
        ! 11 a row has fewer cells than the header
        ! 11 the document ends inside of a table: 2 of 3 cells in its last row
        ");
    }

    #[test]
    fn pipes_in_a_text_do_not_part_it() {
        let text = "|Parameter|Description|\n|--|--|\n|key|Not: `\\|` , or a|b, or ~!`\\_|\n";
        insta::assert_snapshot!(shown(text), @r"
        PipeTables
        1 table -, -: Parameter | Description
          3 | 3:key | 3:Not: | , or a|b, or ~!_
        ");
        let raw = "|Parameter|Description|\n|--|--|\n|lamp_key|None of ~!@#`$^*|<>\\.|\n|lamp_value|**Bold** [port](p.md).|\n";
        insta::assert_snapshot!(shown(raw), @r"
        PipeTables
        1 table -, -: Parameter | Description
          3 | 3:lamp_key | 3:None of ~!@#`$^*|<>\.
          4 | 4:lamp_value | 4:Bold port.
        ");
    }

    #[test]
    fn what_is_no_table_of_pipes_stays_text() {
        let text = "|a|b|\n|--|--|\n|c|d|\n\na | b\nc | d\n\n|e|f|\n|--|\n\n> 5 lamps\n";
        insta::assert_snapshot!(shown(text), @r"
        PipeTables
        1 table -, -: a | b
          3 | 3:c | 3:d
        5:a | b c | d
        8:|e|f| 9:|--|
        11 # 5 lamps
        ");
    }

    #[test]
    fn hostile_tables_end() {
        for part in [
            "|",
            "|-",
            "|--|--|\n",
            "|a|b|\n|--|--|\n",
            "\\|",
            ">|",
            "||\n|-|-|\n",
        ] {
            let text = format!("|a|b|\n|--|--|\n{}", part.repeat(20_000));
            let _ = shown(&text);
        }
    }
}
