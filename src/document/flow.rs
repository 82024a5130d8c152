//! The running text of Markdown and its relatives: headings, paragraphs, lists, code, captions.
//!
//! What a table looks like differs between layouts and is handed in as a [`TableReader`]. Every
//! line is classified once and consumed once.

use super::Piece;
use super::caption::{self, Caption};
use super::code;
use super::inline;
use super::join::{Blocks, Part};
use super::text::line_number;
use super::words;
use crate::source::Lines;

/// How a layout shows tables.
#[derive(Clone, Copy)]
pub(super) struct TableReader {
    /// Whether a part of a table begins at a line.
    pub(super) begins: fn(lines: &[&str], at: usize) -> bool,
    /// Reads the part that begins at a line, and gives the line after it.
    pub(super) read: fn(lines: &[&str], at: usize, out: &mut Blocks) -> (Found, usize),
}

/// What a [`TableReader`] found.
pub(super) enum Found {
    /// A part of a table.
    Part(Part),
    /// A table that goes on nowhere.
    Whole(Part),
    /// A table of contents, of which only the titles count.
    Contents(Vec<Piece>),
}

/// A title is not wider than this, in columns.
const WIDEST_TITLE: usize = 60;
/// The label in front of a table or example is not wider than this.
const WIDEST_LABEL: usize = 24;

/// The level of a label, which is a heading of whatever stands above it.
pub const LABEL: u8 = 6;

/// How a document shows its headings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Titles {
    /// By `#`, and the marks tell the level.
    Marked,
    /// By `#`, but the printed numbers tell the level.
    MarkedAndNumbered,
    /// By standing alone.
    Plain,
}

/// What a line is.
enum Start {
    Nothing,
    Fence,
    Code,
    Caption(Caption),
    Heading(u8, String),
    NoteMark,
    Item { indent: usize, text: String },
    Text(String),
}

/// Reads a document from its first to its last line.
pub(super) fn read(lines: &[&str], tables: TableReader, out: &mut Blocks) {
    let mut flow = Flow {
        lines,
        tables,
        titles: titles(lines),
        out,
        caption: None,
        noted: false,
        list: None,
    };
    let mut at = 0;
    while at < lines.len() && !flow.out.is_full(at + 1) {
        at = flow.step(at);
    }
    flow.drop_caption();
}

fn titles(lines: &[&str]) -> Titles {
    let marked: Vec<&str> = lines
        .iter()
        .filter_map(|line| marked_title(line))
        .map(|(_, text)| text)
        .take(2000)
        .collect();
    let n_numbered = marked
        .iter()
        .filter(|text| numbered(text).is_some_and(|level| level > 1))
        .count();
    match (marked.len(), n_numbered) {
        (0..3, _) => Titles::Plain,
        (_, 2..) => Titles::MarkedAndNumbered,
        _ => Titles::Marked,
    }
}

/// `## Title`: the level and the text.
fn marked_title(line: &str) -> Option<(u8, &str)> {
    let rest = line.strip_prefix('#')?;
    let more = rest.bytes().take_while(|b| *b == b'#').count();
    let text = &rest[more..];
    let level = u8::try_from(more + 1).ok().filter(|level| *level <= 6)?;
    text.starts_with([' ', '\t'])
        .then(|| (level, text.trim().trim_end_matches('#').trim_end()))
}

/// The level that a section number tells: 3 for `4.2.1 Title`, 2 for `A.1 Title`.
pub(super) fn numbered(text: &str) -> Option<u8> {
    let (number, title) = text.split_once([' ', '\u{3000}', '\t'])?;
    let mut parts = number.trim_end_matches('.').split('.');
    let first = parts.next()?;
    let digits = |part: &str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
    };
    let appendix = first.len() == 1 && first.bytes().all(|b| b.is_ascii_uppercase());
    let rest: Vec<&str> = parts.take(6).collect();
    let sound = (digits(first) || appendix)
        && rest.iter().all(|part| digits(part))
        && !title.trim().is_empty();
    // `3. Title` is an item of a list, not a chapter.
    let list = rest.is_empty() && number.ends_with('.');
    (sound && !list).then(|| u8::try_from(rest.len() + 1).unwrap_or(6))
}

struct Flow<'a, 'b> {
    lines: &'a [&'a str],
    tables: TableReader,
    titles: Titles,
    out: &'b mut Blocks,
    /// A caption that waits for its table.
    caption: Option<Caption>,
    /// Whether the next paragraph stands under a mark like NOTE.
    noted: bool,
    /// The indent of the list that was read last, while nothing else came after it.
    list: Option<usize>,
}

impl Flow<'_, '_> {
    /// Reads the block that begins at a line. Gives the line after it.
    fn step(&mut self, at: usize) -> usize {
        if (self.tables.begins)(self.lines, at) {
            let (found, next) = (self.tables.read)(self.lines, at, self.out);
            self.table(found);
            return next;
        }
        match self.start(at) {
            Start::Nothing => at + 1,
            Start::Fence => self.fence(at),
            Start::Code => self.code(at),
            Start::Caption(caption) => {
                self.drop_caption();
                self.between();
                self.caption = Some(caption);
                at + 1
            }
            Start::Heading(level, text) => {
                self.drop_caption();
                self.between();
                self.out.heading(line_number(at + 1), level, text);
                at + 1
            }
            Start::NoteMark => {
                self.between();
                self.noted = true;
                at + 1
            }
            Start::Item { .. } | Start::Text(_) => self.paragraph(at),
        }
    }

    /// Something other than text came: a list ends, and a note has found no text.
    fn between(&mut self) {
        self.noted = false;
        self.list = None;
    }

    fn table(&mut self, found: Found) {
        self.between();
        match found {
            Found::Part(mut part) => {
                part.caption = self.caption.take().or(part.caption);
                self.out.table(part);
            }
            Found::Whole(mut part) => {
                part.caption = self.caption.take().or(part.caption);
                self.out.whole_table(part);
            }
            Found::Contents(pieces) => {
                self.drop_caption();
                if let [only] = pieces.as_slice() {
                    self.out.numbered_line(only.line);
                }
                self.out.paragraph(pieces);
            }
        }
    }

    /// A caption without a table is text.
    fn drop_caption(&mut self) {
        let Some(caption) = self.caption.take() else {
            return;
        };
        let line = caption.line;
        let text = caption.shown();
        self.out.diagnose(
            Lines::one(line),
            format!("no table follows the caption `{text}`"),
            "its rows may be missing, or stand in a layout of their own",
        );
        self.out.paragraph(vec![Piece {
            text,
            line,
            depth: 0,
            note: false,
        }]);
    }

    fn fence(&mut self, at: usize) -> usize {
        self.drop_caption();
        self.between();
        let (end, closed) = code::fenced(self.lines, at);
        if !closed {
            self.out.diagnose(
                Lines {
                    first: line_number(at + 1),
                    last: line_number(self.lines.len()),
                },
                "a code block is never closed",
                "all that follows was read as code",
            );
        }
        let first = (at + 1..end).find(|line| !self.lines[*line].trim().is_empty());
        if let Some(first) = first {
            let last = (first..end)
                .rfind(|line| !self.lines[*line].trim().is_empty())
                .unwrap_or(first);
            self.out
                .code(line_number(first + 1), &self.lines[first..=last].join("\n"));
        }
        if closed { end + 1 } else { end }
    }

    fn code(&mut self, at: usize) -> usize {
        self.drop_caption();
        self.between();
        let next = code::unfenced(self.lines, at);
        self.out
            .code(line_number(at + 1), &self.lines[at..next].join("\n"));
        next
    }

    /// What the line at `at` begins, tables aside.
    fn start(&self, at: usize) -> Start {
        let line = self.lines[at];
        let trimmed = line.trim();
        let is_noise = is_page_noise(trimmed) && !line.starts_with("  ");
        if trimmed.is_empty() || is_noise && !self.is_status(at, trimmed) {
            return Start::Nothing;
        }
        if code::opening(line).is_some() {
            return Start::Fence;
        }
        if let Some((level, text)) = marked_title(line) {
            return self.marked_heading(at, level, text);
        }
        if words::after_note_mark(trimmed) == Some("") {
            return Start::NoteMark;
        }
        if let Some(caption) = caption::read(trimmed, line_number(at + 1)) {
            return Start::Caption(caption);
        }
        if code::begins(trimmed) {
            return Start::Code;
        }
        if let Some((indent, text)) = item(line) {
            if self.is_label(at, indent, text) {
                return Start::Heading(LABEL, inline::line(text));
            }
            return Start::Item {
                indent,
                text: inline::line(text),
            };
        }
        if let Some((level, text)) = self.plain_heading(at, trimmed) {
            return Start::Heading(level, text);
        }
        match inline::line(trimmed) {
            // Anchors and pictures stand alone in lines.
            text if text.is_empty() => Start::Nothing,
            text => Start::Text(text),
        }
    }

    fn marked_heading(&self, at: usize, level: u8, text: &str) -> Start {
        let text = inline::line(text);
        let bare = text.trim_start_matches(['•', '●', '-', '*']).trim();
        if bare.is_empty() {
            return Start::Nothing;
        }
        if words::after_note_mark(bare) == Some("") {
            return Start::NoteMark;
        }
        if let Some(caption) = caption::read(bare, line_number(at + 1)) {
            return Start::Caption(caption);
        }
        let level = match (self.titles, numbered(bare)) {
            (Titles::MarkedAndNumbered, Some(number)) => number,
            // Converters guess the level of a title without a number; guesses contradict each other.
            (Titles::MarkedAndNumbered, None) => 0,
            (Titles::Marked | Titles::Plain, _) => level,
        };
        Start::Heading(level, bare.to_owned())
    }

    /// In a document without marks, a short line standing alone is a heading, and so is one that heads a section of each
    /// page or the page itself.
    fn plain_heading(&self, at: usize, trimmed: &str) -> Option<(u8, String)> {
        let is_first = || self.lines[..at].iter().all(|line| line.trim().is_empty());
        let opens = at < 8 && is_first();
        let alone = self.is_blank(at.checked_sub(1)) && self.is_blank(Some(at + 1))
            || self.heads_a_section(at, trimmed)
            || opens;
        if self.titles != Titles::Plain || !alone || !is_title(trimmed) {
            return None;
        }
        let text = inline::line(trimmed);
        let level = numbered(&text);
        let introduces = !opens && level.is_none() && self.introduces(at, &text);
        (!introduces).then(|| (level.unwrap_or(0), text))
    }

    /// A line that sends its reader elsewhere is no title, nor is one that a table or the example follows at once of
    /// which it speaks.
    fn introduces(&self, at: usize, text: &str) -> bool {
        let mut below = self.lines[at + 1..].iter().map(|line| line.trim());
        let next = below.find(|line| !line.is_empty()).unwrap_or("");
        let is_captioned = || caption::read(next, line_number(at + 1)).is_some();
        let shows = || code::opening(next).is_some() || code::begins(next);
        words::refers(text)
            || !words::titles_a_caption(text) && is_captioned()
            || words::introduces_code(text) && shows()
    }

    /// A word that may head a column as well heads a section where a request line follows it.
    fn heads_a_section(&self, at: usize, trimmed: &str) -> bool {
        let next = self.lines.get(at + 1).map_or("", |line| line.trim());
        let is_column = words::is_header_word(trimmed) && words::after_method(next).is_none();
        words::is_section_title(trimmed) && !is_column
    }

    /// A short item that is no sentence, with no sibling, names what stands below it.
    fn is_label(&self, at: usize, indent: usize, text: &str) -> bool {
        if self.list == Some(indent)
            || words::width(text) > WIDEST_LABEL
            || words::ends_a_sentence(text)
        {
            return false;
        }
        let next = self.lines[at + 1..]
            .iter()
            .take(8)
            .find(|line| !line.trim().is_empty());
        let sibling = next
            .and_then(|line| item(line))
            .is_some_and(|(other, _)| other == indent);
        !sibling && next.is_some() && !text.contains('=')
    }

    /// A status below the word for how it went: no page has its number there.
    fn is_status(&self, at: usize, trimmed: &str) -> bool {
        let before = self.lines[..at].iter().rev().take(3);
        let label = before.map(|line| line.trim()).find(|line| !line.is_empty());
        trimmed.len() == 3 && label.is_some_and(words::is_outcome)
    }

    fn is_blank(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.lines.get(at))
            .is_none_or(|line| line.trim().is_empty())
    }

    /// Notes the links of a line for the piece that holds them.
    fn links(&mut self, line: &str, piece: Option<&Piece>) {
        let Some(piece) = piece else {
            return;
        };
        for (text, target) in inline::links(line) {
            self.out.link(piece.line, &text, &target);
        }
    }

    /// Reads running text or a list. A list right after a line that ends in a colon stays with it.
    fn paragraph(&mut self, at: usize) -> usize {
        self.drop_caption();
        let mut text = Text {
            pieces: Vec::new(),
            indents: Vec::new(),
            ended: true,
        };
        let mut at = at;
        let mut gap = false;
        while let Some(line) = self.lines.get(at) {
            if (self.tables.begins)(self.lines, at) {
                break;
            }
            match self.start(at) {
                Start::Nothing => gap = true,
                Start::Item { indent, text: item } if !gap || text.takes_items() => {
                    self.list = Some(indent);
                    text.item(indent, item, line_number(at + 1));
                    self.links(line, text.pieces.last());
                    text.ended = ends_hard(line);
                    gap = false;
                }
                Start::Text(more) if !gap => {
                    text.line(more, line_number(at + 1));
                    self.links(line, text.pieces.last());
                    text.ended = ends_hard(line);
                }
                _ => break,
            }
            at += 1;
        }
        if text.indents.is_empty() {
            self.list = None;
        }
        let noted = std::mem::take(&mut self.noted);
        let mut pieces = inline::mark_notes(text.pieces);
        pieces
            .iter_mut()
            .for_each(|piece| piece.note = piece.note || noted);
        self.out.paragraph(pieces);
        at
    }
}

/// A paragraph while it is read.
struct Text {
    pieces: Vec<Piece>,
    /// The indents of the lists that are open.
    indents: Vec<usize>,
    /// Whether the last line ended by will, not because the paper did.
    ended: bool,
}

impl Text {
    /// A list may begin here: in a list, or after a colon.
    fn takes_items(&self) -> bool {
        let colon = self
            .pieces
            .last()
            .is_some_and(|piece| piece.text.ends_with([':', '：']));
        !self.indents.is_empty() || colon
    }

    fn item(&mut self, indent: usize, text: String, line: u32) {
        while self.indents.last().is_some_and(|outer| *outer > indent) {
            self.indents.pop();
        }
        if self.indents.last() != Some(&indent) {
            self.indents.push(indent);
        }
        let depth = if self.indents.len() > 1 { 2 } else { 1 };
        self.pieces.push(Piece {
            text,
            line,
            depth,
            note: false,
        });
    }

    /// A further line: a piece of its own after the end of a sentence, else the rest of the last piece.
    fn line(&mut self, text: String, line: u32) {
        let depth = self.pieces.last().map_or(0, |piece| piece.depth);
        if let Some(last) = self.pieces.last_mut() {
            let address =
                words::after_method(&last.text).is_some() && !text.contains(' ') && text.is_ascii();
            if address || !(self.ended || words::ends_a_sentence(&last.text)) {
                let ascii = last.text.ends_with(|c: char| c.is_ascii())
                    && text.starts_with(|c: char| c.is_ascii());
                last.text.push_str(if ascii && !address { " " } else { "" });
                last.text.push_str(&text);
                return;
            }
        }
        self.pieces.push(Piece {
            text,
            line,
            depth,
            note: false,
        });
    }
}

/// Two blanks or a backslash at its end break a line of Markdown.
fn ends_hard(line: &str) -> bool {
    line.ends_with("  ") || line.ends_with('\\')
}

/// `- text`, `  • text`, `3. text`: the indent and the text.
pub(super) fn item(line: &str) -> Option<(usize, &str)> {
    let start = line.trim_start();
    let indent = line.len() - start.len();
    let bullet = start.strip_prefix(['-', '*', '+', '•', '●', '○', '▪', '–', '·', '■']);
    if let Some(rest) = bullet {
        let glued = start.starts_with(['•', '●', '○', '▪', '■']);
        let text = rest.trim();
        return (!text.is_empty() && (glued || rest.starts_with([' ', '\t'])))
            .then_some((indent, text));
    }
    let digits = start.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let rest = start
        .get(digits..)
        .filter(|_| digits > 0)?
        .strip_prefix(['.', ')', '、'])?;
    let text = rest.trim();
    (rest.starts_with([' ', '\t']) && !text.is_empty()).then_some((indent, text))
}

/// Rules and page numbers that stand alone in a line; an indented one belongs to the list above it.
fn is_page_noise(trimmed: &str) -> bool {
    let is_of = |mark: char| trimmed.chars().all(|c| c == mark || c.is_whitespace());
    let rule = trimmed.len() >= 3 && ['-', '*', '_'].into_iter().any(is_of);
    rule || trimmed.len() <= 4 && trimmed.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line that stands alone reads like a title.
fn is_title(text: &str) -> bool {
    let is_odd = || {
        let signs = ['=', '；', '：', '"', '|'];
        text.contains(signs) || text.contains(": ") || text.contains("://")
    };
    let is_lower = || {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.contains(|c: char| c > '\u{2e7f}')
    };
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && (3..=WIDEST_TITLE).contains(&words::width(text))
        && !is_lower()
        && !text.bytes().all(|byte| byte.is_ascii_digit())
        && !is_odd()
        && words::after_method(text).is_none()
        && !words::ends_a_sentence(text)
        && !words::is_nothing(text)
}

#[cfg(test)]
mod tests {
    use crate::document::shown::shown;

    #[test]
    fn a_line_above_an_example_says_what_it_shows() {
        let text = "点亮灯\n\n参数\t参数类型\t描述\noil\tString\t灯油。\n\n响应示例\n\naction为light时响应体\n\n```\n{ \"lamp\": 1 }\n```\n\n\
            灯芯\n\n```\n{ \"wick\": 1 }\n```\n\n灭灯时的请求示例\n\n{\n\"lamp\": 2\n}\n";
        insta::assert_snapshot!(shown(text), @r#"
        TabTables
        1  点亮灯
        3 table -, -: 参数 | 参数类型 | 描述
          4 | 4:oil | 4:String | 4:灯油。
        6  响应示例
        8:action为light时响应体
        11 code "{ \"lamp\": 1 }"
        14  灯芯
        17 code "{ \"wick\": 1 }"
        20:灭灯时的请求示例
        22 code "{\n\"lamp\": 2\n}"
        "#);
    }

    #[test]
    fn a_line_above_a_caption_introduces_its_table() {
        let text = "点亮灯\n\n请求参数\n\n灯的参数见表6-2\n\n表6-2 灯的参数\n\n参数\t参数类型\t描述\noil\tString\t灯油。\n\n\
            灯芯的结构\n\n表6-3 wick\n\n参数\t参数类型\t描述\nlength\tInteger\t长度。\n\n6.2 灭灯\n\n表6-4 灭灯\n\n参数\t参数类型\t描述\nwick\tString\t灯芯。\n";
        insta::assert_snapshot!(shown(text), @r"
        TabTables
        1  点亮灯
        3  请求参数
        5:灯的参数见表6-2
        7 table 6-2, 灯的参数: 参数 | 参数类型 | 描述
          10 | 10:oil | 10:String | 10:灯油。
        12  灯芯的结构
        14 table 6-3, wick: 参数 | 参数类型 | 描述
          17 | 17:length | 17:Integer | 17:长度。
        19 ## 6.2 灭灯
        21 table 6-4, 灭灯: 参数 | 参数类型 | 描述
          24 | 24:wick | 24:String | 24:灯芯。
        ");
    }
}
