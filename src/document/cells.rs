//! The text of a web page: one cell per paragraph, parted by blank lines.
//!
//! Rows have to be found again, which is the work of [`rows`](super::rows); here the page around
//! the tables is read.

use super::caption::{self, Caption};
use super::flow;
use super::inline;
use super::items::{self, Item};
use super::join::{Blocks, Part};
use super::rows::{self, Role, Rows, header, is_header_cell, is_title};
use super::words;
use super::{Piece, Row};
use crate::source::Lines;

/// Reads a whole document.
pub(super) fn read(lines: &[&str], out: &mut Blocks) {
    let items = items::split(lines);
    let mut page = Page {
        items: &items,
        out,
        caption: None,
        noted: false,
    };
    let mut at = 0;
    while at < items.len() && !page.out.is_full(items[at].line() as usize) {
        at = page.step(at);
    }
    page.drop_caption();
}

/// How many headers of tables stand in these lines: what tells this layout from plain text.
pub(super) fn count_headers(lines: &[&str]) -> usize {
    let mut n_headers = 0;
    let mut run = 0;
    let mut blank = true;
    for line in lines {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank = true;
            continue;
        }
        run = if blank && is_header_cell(trimmed) {
            run + 1
        } else {
            0
        };
        n_headers += usize::from(run == 2);
        blank = false;
    }
    n_headers
}

struct Page<'a, 'b> {
    items: &'a [Item],
    out: &'b mut Blocks,
    caption: Option<Caption>,
    noted: bool,
}

impl Page<'_, '_> {
    /// Reads the block that begins at an item. Gives the item after it.
    fn step(&mut self, at: usize) -> usize {
        let pieces = match &self.items[at] {
            Item::Code { first, text } => {
                self.drop_caption();
                self.out.code(*first, text);
                return at + 1;
            }
            Item::Noise { lines } => {
                self.drop_caption();
                self.noise(*lines);
                return at + 1;
            }
            Item::Text(pieces) => pieces,
        };
        let columns = header(self.items, at);
        if columns.len() >= 2 && !self.is_run_of_titles(at, &columns) {
            return self.table(at, columns);
        }
        if let Some(caption) = self.caption_at_end(at, pieces) {
            let text = &pieces[..pieces.len() - 1];
            self.drop_caption();
            self.out.paragraph(text.to_vec());
            self.caption = Some(caption);
            return at + 1;
        }
        let line = self.items[at].line();
        if let Some(text) = self.items[at].single() {
            if let Some(caption) = caption::read(text, line) {
                self.drop_caption();
                self.caption = Some(caption);
                return at + 1;
            }
            if words::after_note_mark(text) == Some("") {
                self.noted = true;
                return at + 1;
            }
            if is_title(text) && !self.introduces(at, text) {
                self.drop_caption();
                self.noted = false;
                self.out.heading(line, 0, text.to_owned());
                return at + 1;
            }
        }
        self.drop_caption();
        self.paragraph(at, pieces)
    }

    /// A line that sends its reader elsewhere is no title, nor is one that a table follows at once, but for the first.
    fn introduces(&self, at: usize, text: &str) -> bool {
        let next = self.items.get(at + 1).and_then(Item::single);
        let is_captioned = || next.is_some_and(|next| caption::read(next, 1).is_some());
        let is_known = at == 0 || words::titles_a_caption(text) || flow::numbered(text).is_some();
        words::refers(text) || !is_known && is_captioned()
    }

    /// Sections with nothing but their titles, and no header: no code of a status or an error follows.
    fn is_run_of_titles(&self, at: usize, columns: &[String]) -> bool {
        let is_title = |column: &String| words::is_section_title(column);
        let roles: Vec<Role> = columns.iter().map(|column| rows::role(column)).collect();
        let rows = Rows {
            items: self.items,
            roles: &roles,
        };
        columns.iter().all(is_title) && !rows.starts_row(at + columns.len())
    }

    /// The caption that ends a list, where a header stands below it.
    fn caption_at_end(&self, at: usize, pieces: &[Piece]) -> Option<Caption> {
        let last = pieces.last().filter(|_| pieces.len() > 1)?;
        let has_header = header(self.items, at + 1).len() >= 2;
        caption::read(&last.text, last.line).filter(|_| has_header)
    }

    /// A list that follows a line with a colon stays with it.
    fn paragraph(&mut self, at: usize, pieces: &[Piece]) -> usize {
        let mut pieces = pieces.to_vec();
        let mut next = at + 1;
        let colon = pieces
            .last()
            .is_some_and(|piece| piece.text.ends_with([':', '：']));
        if let Some(Item::Text(list)) = self.items.get(next)
            && colon
            && list.iter().all(|piece| piece.depth > 0)
        {
            pieces.extend(list.iter().cloned());
            next += 1;
        }
        let noted = std::mem::take(&mut self.noted);
        let mut pieces = inline::mark_notes(pieces);
        pieces
            .iter_mut()
            .for_each(|piece| piece.note = piece.note || noted);
        self.out.paragraph(pieces);
        next
    }

    fn table(&mut self, at: usize, columns: Vec<String>) -> usize {
        let begin = at + columns.len();
        let roles: Vec<Role> = columns.iter().map(|column| rows::role(column)).collect();
        let (rows, next) = Rows {
            items: self.items,
            roles: &roles,
        }
        .read(begin);
        let last = rows.last().map_or(self.items[begin - 1].line(), last_line);
        let line = self.items[at].line();
        if rows.is_empty() && self.caption.is_none() {
            self.out.diagnose(
                Lines::one(line),
                "a table's header has no rows below it",
                "it was kept as an empty table",
            );
        }
        self.out.table(Part {
            caption: self.caption.take(),
            line,
            header: columns,
            rows,
            last,
        });
        self.noted = false;
        next
    }

    /// A footer is known by its words and goes without saying.
    fn noise(&mut self, lines: Lines) {
        if lines.last > lines.first {
            let n_lines = lines.last - lines.first + 1;
            self.out.diagnose(
                lines,
                format!("{n_lines} short lines in a row are a menu of the site"),
                "they were left out; part them by blank lines where they are text",
            );
        }
    }

    fn drop_caption(&mut self) {
        let Some(caption) = self.caption.take() else {
            return;
        };
        let line = caption.line;
        let text = caption.shown();
        self.out.diagnose(
            Lines::one(line),
            format!("no table follows the caption `{text}`"),
            "its header may have words that are not known as such",
        );
        self.out.paragraph(vec![Piece {
            text,
            line,
            depth: 0,
            note: false,
        }]);
    }
}

fn last_line(row: &Row) -> u32 {
    row.cells
        .iter()
        .flat_map(|cell| &cell.pieces)
        .map(|piece| piece.line)
        .max()
        .unwrap_or(row.line)
}

#[cfg(test)]
mod tests {
    use crate::document::shown::shown;

    /// A page with its menu in front and its footer behind, as a browser copies it.
    #[test]
    fn menus_and_footers_are_no_text() {
        let menu: String = (1..=12).map(|n| format!("Lamp Service {n}\n")).collect();
        let text = format!(
            "{menu}On this page\n\nLamps\n\nUpdated on 2031-05-06 GMT+08:00\n\nTable 1 Lamp fields\n\nParameter\n\nType\n\n\
            Description\n\nlamp_id\n\nString\n\nThe lamp.\n\nWe use cookies to light our lamps.\n\nFeedback\n\n0/500\n"
        );
        insta::assert_snapshot!(shown(&text), @r"
        CellParagraphs
        15  Lamps
        17:Updated on 2031-05-06 GMT+08:00
        19 table Table 1, Lamp fields: Parameter | Type | Description
          27 | 27:lamp_id | 29:String | 31:The lamp.
        ! 1 13 short lines in a row are a menu of the site
        ");
    }

    /// A site has a button of that name, and a lamp may have a field of it.
    #[test]
    fn a_button_with_cells_behind_it_is_a_name() {
        let text = "Table 3 Lamp\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\nShare\n\nYes\n\nString\n\n\
            Whose oil it burns.\n\nfeedback\n\nNo\n\nLight object\n\nWhat it signals.\n\nTable 4 Oil\n\nParameter\n\n\
            Type\n\nDescription\n\nshare\n\nInteger\n\nHow much.\n\nShare\n\nFeedback\n\nYes\n\nNo\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        1 table Table 3, Lamp: Parameter | Mandatory | Type | Description
          11 | 11:Share | 13:Yes | 15:String | 17:Whose oil it burns.
          19 | 19:feedback | 21:No | 23:Light object | 25:What it signals.
        27 table Table 4, Oil: Parameter | Type | Description
          35 | 35:share | 37:Integer | 39:How much.
        45  Yes
        47:No
        ");
    }

    /// The word above the names may be lost, and the cells are still cells.
    #[test]
    fn a_table_may_begin_with_whether_a_field_must_be_given() {
        let text = "Updated on 2031-05-06 GMT+08:00\n\nTable 1 Lamp\n\nOil见表lamp\n\nMandatory\n\nDescription\n\nlamp_id\n\nYes\n\n\
            The lamp.\n\nLighting\n\nNone\n";
        assert!(shown(text).contains("lamp_id"));
    }

    #[test]
    fn a_kind_may_name_its_structure() {
        let text = "Table 3 Answer\n\nParameter\n\nType\n\nDescription\n\nask_id\n\nString\n\nThe question.\n\n\
            lamp\n\nLampInfo object\n\nThe lamp.\n\nFeedback\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        1 table Table 3, Answer: Parameter | Type | Description
          9 | 9:ask_id | 11:String | 13:The question.
          15 | 15:lamp | 17:LampInfo object | 19:The lamp.
        ");
    }

    #[test]
    fn chinese_titles_end_a_table() {
        let text = "表2 灯的参数\n\n参数\n\n参数类型\n\n描述\n\nlamp\n\nString\n\n灯。\n\n响应参数\n\n状态码： 201\n\n\
            表3 响应Body参数\n\n参数\n\n参数类型\n\n描述\n\nwick\n\nString\n\n灯芯。\n\n请求示例\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        1 table 2, 灯的参数: 参数 | 参数类型 | 描述
          9 | 9:lamp | 11:String | 13:灯。
        15  响应参数
        17:状态码： 201
        19 table 3, 响应Body参数: 参数 | 参数类型 | 描述
          27 | 27:wick | 29:String | 31:灯芯。
        33  请求示例
        ");
    }

    /// A browser's text without the words of one letter: nothing is known of what must be given.
    #[test]
    fn a_column_may_have_lost_all_its_cells() {
        let text = "- 参数说明\n表1 路径参数\n\n名称\n\n是否必选\n\n说明\n\nport_id\n\n参数解释:\n\n港口。\n\n\
            默认取值:\n\n不涉及。\n\nlamp-id\n\n参数解释:\n\n灯。\n\n请求参数\n\n表2 灯\n\n参数\n\n是否必选\n\n参数类型\n\n描述\n\n\
            wick\n\nWick object\n\n参数解释:灯芯。\n\n默认取值:true\n\noil\n\nInteger\n\n参数解释:油。\n\n\
            错误码\n\n状态码\n\n请参见附录。\n\n相关文档\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        - 1:参数说明
        2 table 1, 路径参数: 名称 | 是否必选 | 说明
          10 | 10:port_id |  | 12:参数解释: 14:港口。 16:默认取值: 18:不涉及。
          20 | 20:lamp-id |  | 22:参数解释: 24:灯。
        26  请求参数
        28 table 2, 灯: 参数 | 是否必选 | 参数类型 | 描述
          38 | 38:wick |  | 40:Wick object | 42:参数解释:灯芯。 44:默认取值:true
          46 | 46:oil |  | 48:Integer | 50:参数解释:油。
        52  错误码
        54  状态码
        56:请参见附录。
        58  相关文档
        ");
    }

    #[test]
    fn a_title_may_be_called_like_a_column() {
        let text = "\
Error Codes

Status Code

Error Code

Error Message

Solution

400

LAMP.0101

It does not burn.

Light it.
";
        insta::assert_snapshot!(shown(text), @"
        CellParagraphs
        1  Error Codes
        3 table -, -: Status Code | Error Code | Error Message | Solution
          11 | 11:400 | 13:LAMP.0101 | 15:It does not burn. | 17:Light it.
        ");
    }

    #[test]
    fn a_line_above_a_caption_introduces_it_or_is_a_cell() {
        let text = "请求参数\n\n灯的参数见表1\n\n表1 灯的参数\n\n参数\n\n参数类型\n\n描述\n\nlamp_id\n\nString\n\n\
            灯的编号(由点灯得到)\n\n表2 Query参数\n\n参数\n\n参数类型\n\n描述\n\nlimit\n\nInteger\n\n盏数。\n\n\
            灯芯的结构\n\n表3 灯芯\n\n参数\n\n参数类型\n\n描述\n\nwick\n\nString\n\n灯芯。\n\n返回值\n\n请参考返回值\n\n错误码\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        1  请求参数
        3:灯的参数见表1
        5 table 1, 灯的参数: 参数 | 参数类型 | 描述
          13 | 13:lamp_id | 15:String | 17:灯的编号(由点灯得到)
        19 table 2, Query参数: 参数 | 参数类型 | 描述
          27 | 27:limit | 29:Integer | 31:盏数。
        33  灯芯的结构
        35 table 3, 灯芯: 参数 | 参数类型 | 描述
          43 | 43:wick | 45:String | 47:灯芯。
        49  返回值
        51:请参考返回值
        53  错误码
        ");
    }

    #[test]
    fn a_column_behind_the_kind_may_have_lost_all_its_cells() {
        let text = "请求参数\n\n参数\n\n参数类型\n\n是否必选\n\n描述\n\nlamp\n\nString\n\n\
            • 功能说明：灯名。\n• 取值范围：1-9个字符。\n• 默认值：oil。\n\nwick\n\nString\n\n灯芯。\n\n\
            fuel\n\nString\n\n• 取值范围：\n\n  oil：灯油。\n\n  gas：煤气。\n\n• 默认值：gas。\n\n响应参数\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        1  请求参数
        3 table -, -: 参数 | 参数类型 | 是否必选 | 描述
          11 | 11:lamp | 13:String |  | - 15:功能说明：灯名。 - 16:取值范围：1-9个字符。 - 17:默认值：oil。
          19 | 19:wick | 21:String |  | 23:灯芯。
          25 | 25:fuel | 27:String |  | - 29:取值范围： - - 31:oil：灯油。 - - 33:gas：煤气。 - 35:默认值：gas。
        37  响应参数
        ");
    }

    #[test]
    fn rows_are_found_around_addresses() {
        let text = "Table 2 Limits\n\nType\n\nAPI\n\nURI\n\nConstraint\n\nLamps\n\nLighting a Lamp\n\nPOST /lamps\n\n\
            5 times per minute\n\nPutting Out a Lamp\n\nDELETE /lamps/{lamp_id}\n\n6 times per minute\n\nFeedback\n";
        insta::assert_snapshot!(shown(text), @r"
        CellParagraphs
        1 table Table 2, Limits: Type | API | URI | Constraint
          11 | 11:Lamps | 13:Lighting a Lamp | 15:POST /lamps | 17:5 times per minute
          19 |  | 19:Putting Out a Lamp | 21:DELETE /lamps/{lamp_id} | 23:6 times per minute
        ");
    }
}
