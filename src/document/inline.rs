//! Inline markup: HTML in cells, Markdown in running text. Text and its structure come out.
//!
//! Tokens are html5gum's. What only looks like markup (`List<String>`, `a=1&copy=2`) stays text:
//! everything that is no tag or entity known here is escaped before the tokenizer sees it.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};

use super::glosses;
use super::labels;
use super::words;
use super::{Piece, Prose};

/// Tags that documents use inside of text.
const TAGS: &[&str] = &[
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "ul",
];

/// A cell with more list items than this keeps the rest in its last piece.
const MOST_PIECES: usize = 4096;

/// Reads a cell printed on one line.
pub(super) fn cell(raw: &str, line: u32) -> Prose {
    Prose {
        pieces: mark_notes(pieces(raw, line)),
    }
}

fn pieces(raw: &str, line: u32) -> Vec<Piece> {
    let mut pieces = Pieces {
        line,
        ..Pieces::default()
    };
    if is_markup(raw) {
        pieces.is_parted = true;
        pieces.html(&escaped(raw));
    } else {
        pieces.text(raw);
    }
    pieces.end_piece();
    pieces.done
}

/// Reads a cell of a Markdown table. Where cells are `raw`, a backslash is text; elsewhere it escapes.
pub(super) fn pipe_cell(text: &str, line: u32, raw: bool) -> Prose {
    let pieces = cell(text, line).pieces.into_iter();
    let resolved = pieces.flat_map(labels::split).map(|piece| Piece {
        text: tidy(&markdown_cell(&piece.text, raw)),
        ..piece
    });
    let texts = resolved.filter(|piece| !piece.text.is_empty());
    let pieces = match is_markup(text) {
        true => texts.collect(),
        // Without marks in the cell, what were its items is one text.
        false => texts.flat_map(glosses::split).collect(),
    };
    Prose { pieces }
}

/// Links and paired marks are resolved; a mark that stands alone is a character of a list.
fn markdown_cell(text: &str, raw: bool) -> Cow<'_, str> {
    let paired = text.matches('`').count().is_multiple_of(2);
    if raw && (text.contains('\\') || !paired) {
        return Cow::Borrowed(text);
    }
    markdown(text)
}

/// Reads one line of Markdown text: emphasis, links, escapes and HTML are resolved.
pub(super) fn line(raw: &str) -> String {
    let html = if is_markup(raw) {
        Cow::Owned(html_text(raw))
    } else {
        Cow::Borrowed(raw)
    };
    tidy(&markdown(&html))
}

/// The text of a header cell.
pub(super) fn label(raw: &str) -> String {
    // A column may be headed by a word that marks notes elsewhere.
    let text = Prose {
        pieces: pieces(raw, 0),
    }
    .text();
    tidy(&markdown(&text))
}

/// Makes notes of the pieces that follow a mark like `NOTE`, and splits a piece at the mark.
pub(super) fn mark_notes(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut marked = Vec::with_capacity(pieces.len());
    let mut noted = false;
    let n_pieces = pieces.len();
    for piece in pieces {
        // A mark with nothing around it is the text itself.
        let is_lonely = || n_pieces == 1 && words::after_note_mark(&piece.text) == Some("");
        let split = words::split_at_note(&piece.text).filter(|_| !noted && !is_lonely());
        let Some((before, after)) = split else {
            marked.push(Piece {
                note: piece.note || noted,
                ..piece
            });
            continue;
        };
        noted = true;
        for (text, note) in [(before, piece.note), (after, true)] {
            if !text.is_empty() {
                marked.push(Piece {
                    text: text.to_owned(),
                    note,
                    ..piece
                });
            }
        }
    }
    marked
}

/// Pieces while they are being read.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    open: String,
    line: u32,
    lists: u8,
    in_item: bool,
    /// Whether the words of a link are read: a bullet before them is one of the place that it leads to.
    in_link: bool,
    /// Whether tags part the cell, so that a dash after one begins an item.
    is_parted: bool,
}

impl Pieces {
    fn html(&mut self, html: &str) {
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::String(text) => self.text(&as_text(&text)),
                Token::StartTag(tag) => self.start(&tag.name),
                Token::EndTag(tag) => self.end(&tag.name),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    fn start(&mut self, tag: &[u8]) {
        match tag {
            b"ul" | b"ol" => {
                self.end_piece();
                self.lists = self.lists.saturating_add(1);
                self.in_item = false;
            }
            b"li" => {
                self.end_piece();
                self.in_item = true;
            }
            b"p" | b"br" | b"div" | b"pre" | b"dd" | b"dt" => self.end_piece(),
            b"a" => self.in_link = true,
            b"sup" => self.open.push_str(raised(&self.open)),
            _ => {}
        }
    }

    fn end(&mut self, tag: &[u8]) {
        match tag {
            b"ul" | b"ol" => {
                self.end_piece();
                self.lists = self.lists.saturating_sub(1);
                self.in_item = self.lists > 0;
            }
            b"li" => {
                self.end_piece();
                self.in_item = false;
            }
            b"p" | b"div" | b"pre" | b"dd" | b"dt" => self.end_piece(),
            b"a" => self.in_link = false,
            _ => {}
        }
    }

    /// Text between tags. A bullet in the middle of it starts a piece: page breaks and converters lose `<li>`.
    fn text(&mut self, text: &str) {
        let bullets = ['•', '●'];
        let text = match self.in_link {
            true => text.trim_start_matches(bullets),
            false => text,
        };
        let mut parts = text.split(bullets);
        let first = parts.next().unwrap_or("");
        self.open.push_str(&unescaped_cell(first));
        for part in parts {
            self.end_piece();
            self.in_item = true;
            self.open.push_str(&unescaped_cell(part));
        }
    }

    fn depth(&self) -> u8 {
        if self.in_item {
            self.lists.clamp(1, 2)
        } else {
            self.lists.min(2)
        }
    }

    fn end_piece(&mut self) {
        let text = tidy(&self.open);
        self.open.clear();
        if text.is_empty() {
            return;
        }
        let is_item = self.is_parted && text.starts_with("- ");
        let depth = self.depth().max(u8::from(is_item));
        let dashed = depth > 0 && text.starts_with("- ");
        if dashed {
            let items = text.split("- ").map(str::trim);
            let items = items.filter(|item| !item.is_empty());
            items.for_each(|item| self.push(item.to_owned(), depth));
        } else {
            self.push(text, depth);
        }
        if self.lists == 0 {
            self.in_item = false;
        }
    }

    fn push(&mut self, text: String, depth: u8) {
        let full = self.done.len() >= MOST_PIECES;
        if let Some(last) = self.done.last_mut().filter(|_| full) {
            last.text.push(' ');
            last.text.push_str(&text);
            return;
        }
        self.done.push(Piece {
            text,
            line: self.line,
            depth,
            note: false,
        });
    }
}

fn html_text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for Ok(token) in Tokenizer::new(escaped(raw).as_ref()) {
        match token {
            Token::String(text) => out.push_str(&as_text(&text)),
            Token::StartTag(tag) if matches!(&tag.name[..], b"br" | b"p" | b"li") => out.push(' '),
            Token::StartTag(tag) if &tag.name[..] == b"sup" => out.push_str(raised(&out)),
            Token::StartTag(_)
            | Token::EndTag(_)
            | Token::Comment(_)
            | Token::Doctype(_)
            | Token::Error(_) => {}
        }
    }
    out
}

/// What parts a number from what is printed above it: 2³² is no 232. Behind words there are marks of footnotes.
pub(super) fn raised(before: &str) -> &'static str {
    let base = ["2", "10"]
        .iter()
        .find_map(|base| before.strip_suffix(base));
    let is_number =
        |rest: &str| !rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.'));
    match base.is_some_and(is_number) {
        true => "^",
        false => "",
    }
}

/// The bytes of a token, which came from a text.
fn as_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

fn is_markup(raw: &str) -> bool {
    raw.bytes().any(|byte| matches!(byte, b'<' | b'&'))
}

/// Escapes each `<` that opens no known tag and each `&` that opens no closed entity.
fn escaped(raw: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, mark) in raw.match_indices(['<', '&']) {
        let rest = &raw[at + 1..];
        let (kept, escape) = if mark == "<" {
            (opens_tag(rest), "&lt;")
        } else {
            (opens_entity(rest), "&amp;")
        };
        if !kept {
            out.push_str(&raw[copied..at]);
            out.push_str(escape);
            copied = at + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(raw);
    }
    out.push_str(&raw[copied..]);
    Cow::Owned(out)
}

/// A known name that is closed at once, or has attributes before it is: `a <b c` has neither.
fn opens_tag(rest: &str) -> bool {
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let end = name
        .bytes()
        .take(12)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if !TAGS
        .iter()
        .any(|tag| tag.eq_ignore_ascii_case(&name[..end]))
    {
        return false;
    }
    let Some((attributes, _)) = name[end..]
        .find(['<', '>'])
        .and_then(|close| name[end..].split_at_checked(close))
        .filter(|(_, after)| after.starts_with('>'))
    else {
        return false;
    };
    let attributes = attributes.trim().trim_end_matches('/');
    attributes.is_empty() || (name[end..].starts_with([' ', '\t']) && attributes.contains('='))
}

fn opens_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name
        .bytes()
        .take(12)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    end > 0 && name.as_bytes().get(end) == Some(&b';')
}

/// Cells hold HTML, where a backslash is text: only what converters escape for Markdown is undone.
fn unescaped_cell(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.replace("\\_", "_")
            .replace("\\$", "$")
            .replace("\\*", "*"),
    )
}

/// Resolves links, code spans, bold and escapes of Markdown.
fn markdown(text: &str) -> Cow<'_, str> {
    let is_mark = |byte: &u8| matches!(byte, b'\\' | b'[' | b'*' | b'`' | b'<' | b'!');
    if !text.as_bytes().iter().any(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut closings = Closings::of(text);
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(is_mark) {
        let (plain, rest) = text[at..].split_at(next);
        out.push_str(plain);
        at += next;
        at += match rest.as_bytes()[0] {
            b'\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&rest[1..2]);
                2
            }
            b'`' => 1,
            b'*' if rest.starts_with("**") => closings.bold(rest, &mut out),
            b'!' if rest.starts_with("![") => link(&rest[1..]).map_or(1, |(_, length)| 1 + length),
            b'[' => {
                let (label, length) = link(rest).unwrap_or(("[", 1));
                out.push_str(&markdown_label(label));
                length
            }
            b'<' => {
                let (address, length) = autolink(rest).unwrap_or(("<", 1));
                out.push_str(address);
                length
            }
            _ => {
                out.push_str(&rest[..1]);
                1
            }
        };
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Whether an opened bold is ever closed, known without looking ahead again and again.
struct Closings {
    left: usize,
    open: bool,
}

impl Closings {
    fn of(text: &str) -> Self {
        Self {
            left: text.matches("**").count(),
            open: false,
        }
    }

    /// Drops the mark of a pair, keeps stars that stand for themselves. Gives the bytes used.
    fn bold(&mut self, rest: &str, out: &mut String) -> usize {
        let stars = rest.bytes().take_while(|b| *b == b'*').count();
        let paired = stars == 2 && (self.open || self.left >= 2);
        self.left = self.left.saturating_sub(stars / 2);
        if paired {
            self.open = !self.open;
        } else {
            out.push_str(&rest[..stars]);
        }
        stars
    }
}

/// `[label](address)`: the label, and the bytes of the whole. No look ahead passes the next bracket.
fn link(rest: &str) -> Option<(&str, usize)> {
    let close = 1 + rest[1..].find(['[', ']'])?;
    let tail = rest[close..].strip_prefix("](")?;
    let end = tail.find([')', '['])?;
    tail[end..]
        .starts_with(')')
        .then_some((&rest[1..close], close + 2 + end + 1))
}

/// The words and addresses of the links in a line of Markdown, pictures aside.
pub(super) fn links(raw: &str) -> Vec<(String, String)> {
    if !raw.contains("](") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = raw[at..].find('[') {
        let start = at + open;
        let picture = raw[..start].ends_with('!');
        let Some((label, length)) = link(&raw[start..]).filter(|_| !picture) else {
            at = start + 1;
            continue;
        };
        let address = raw[start + label.len() + 3..start + length - 1].trim();
        // A title may follow the address: `[a](b "c")`.
        let address = address.split_whitespace().next().unwrap_or("");
        found.push((tidy(&markdown_label(label)), address.to_owned()));
        at = start + length;
    }
    found
}

/// The words and addresses of the links in HTML.
pub(super) fn html_links(raw: &str) -> Vec<(String, String)> {
    if !raw.contains("href") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for Ok(token) in Tokenizer::new(escaped(raw).as_ref()) {
        match token {
            Token::StartTag(tag) if &tag.name[..] == b"a" => {
                let href = tag.attributes.get(&b"href"[..]);
                let href = href.map(|href| String::from_utf8_lossy(href).into_owned());
                open = href.map(|href| (String::new(), href));
            }
            Token::EndTag(tag) if &tag.name[..] == b"a" => {
                found.extend(open.take().map(|(words, href)| (tidy(&words), href)));
            }
            Token::String(text) => {
                if let Some((words, _)) = &mut open {
                    words.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Token::StartTag(_)
            | Token::EndTag(_)
            | Token::Comment(_)
            | Token::Doctype(_)
            | Token::Error(_) => {}
        }
    }
    found
}

/// The names of the anchors in a line: `<a name="x"></a>`, `<a id="x">`.
pub(super) fn anchors(raw: &str) -> Vec<String> {
    if !raw.contains("<a ") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for Ok(token) in Tokenizer::new(escaped(raw).as_ref()) {
        if let Token::StartTag(tag) = token
            && &tag.name[..] == b"a"
        {
            let named = [&b"name"[..], b"id"].into_iter();
            let values = named.filter_map(|name| tag.attributes.get(name));
            found.extend(values.map(|value| String::from_utf8_lossy(value).into_owned()));
        }
    }
    found
}

/// The label of a link holds escapes, but no further links.
fn markdown_label(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut characters = label.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(characters.next())
            }
            '*' | '`' => {}
            other => out.push(other),
        }
    }
    out
}

fn autolink(rest: &str) -> Option<(&str, usize)> {
    let inside = &rest[1..];
    if !(inside.starts_with("http://") || inside.starts_with("https://")) {
        return None;
    }
    let end = inside.find(['<', '>'])?;
    inside[end..]
        .starts_with('>')
        .then_some((&inside[..end], end + 2))
}

/// One blank where there are several, none at the ends.
fn tidy(text: &str) -> String {
    let text = text.trim();
    if is_tidy(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a text without blanks at its ends has single ones only, as most texts do.
fn is_tidy(text: &str) -> bool {
    let mut was_blank = false;
    text.chars().all(|c| {
        let is_double = was_blank && c == ' ';
        was_blank = c == ' ';
        !is_double && (was_blank || !c.is_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces are written `depth:text`, notes with a `!` in front.
    fn check(raw: &str, expected: &[&str]) {
        let seen: Vec<String> = cell(raw, 7)
            .pieces
            .iter()
            .map(|piece| {
                format!(
                    "{}{}:{}",
                    if piece.note { "!" } else { "" },
                    piece.depth,
                    piece.text
                )
            })
            .collect();
        assert_eq!(seen, expected, "{raw}");
    }

    #[test]
    fn what_is_raised_is_no_part_of_the_number() {
        check("Up to 2<sup>32</sup> drops.", &["0:Up to 2^32 drops."]);
        check(
            "Up to 12<sup>3</sup> in m<sup>2</sup>.",
            &["0:Up to 123 in m2."],
        );
        assert_eq!(line("Up to 10<sup>6</sup> drops."), "Up to 10^6 drops.");
    }

    #[test]
    fn lists_become_depths() {
        check(
            "Colour. <ul style=\"x\"> <li>red</li> <li>• green</li></ul> Default red.",
            &["0:Colour.", "1:red", "1:green", "0:Default red."],
        );
        check(
            "<ul><li>warm<ul><li>red</li></ul></li><li>cold</li></ul>",
            &["1:warm", "2:red", "1:cold"],
        );
        check("One<br/>two<p>three</p>", &["0:One", "0:two", "0:three"]);
    }

    #[test]
    fn lists_without_items_are_split_at_bullets() {
        check(
            "State: <ul>• on：lit• off：dark</ul> End",
            &["0:State:", "1:on：lit", "1:off：dark", "0:End"],
        );
        check(
            "<ul>• a of<ul>- 3/6- 9</ul>• b</ul>",
            &["1:a of", "2:3/6", "2:9", "1:b"],
        );
    }

    #[test]
    fn what_looks_like_markup_stays() {
        check(
            "List<String> or Map<String,String>",
            &["0:List<String> or Map<String,String>"],
        );
        check("a<b & c", &["0:a<b & c"]);
        check("?a=1&copy=2&lt;x&gt;", &["0:?a=1&copy=2<x>"]);
        check("c:\\lamp and \\_x \\u4E00", &["0:c:\\lamp and _x \\u4E00"]);
        check("see <a href=\"#\">table 2</a>.", &["0:see table 2."]);
    }

    #[test]
    fn notes_follow_their_mark() {
        check(
            "Lamp. <b>说明</b> Keep dry.<ul><li>x</li></ul>",
            &["0:Lamp.", "!0:Keep dry.", "!1:x"],
        );
        check("Lamp. NOTE: hot.", &["0:Lamp.", "!0:hot."]);
        check("参数说明 stays", &["0:参数说明 stays"]);
    }

    #[test]
    fn markdown_is_resolved_in_lines() {
        assert_eq!(line("GET /lamps/{lamp\\_id}"), "GET /lamps/{lamp_id}");
        assert_eq!(
            line("see [table 4\\_1](#) and ![x](y)**bold** `code`"),
            "see table 4_1 and bold code"
        );
        assert_eq!(
            line("password **\\*\\*\\*** of <https://x.example/>"),
            "password *** of https://x.example/"
        );
        assert_eq!(line("ids[*] and a[0](x"), "ids[*] and a[0](x");
        assert_eq!(line("***** five"), "***** five");
        assert_eq!(line("Title<a name=\"t\"></a>"), "Title");
        assert_eq!(line("你\\"), "你\\");
    }

    #[test]
    fn hostile_markup_ends() {
        for part in [
            "<li>",
            "**",
            "[",
            "](",
            "<",
            "&",
            "<ul>",
            "![",
            "<a ",
            "<https://",
        ] {
            let text = part.repeat(5_000);
            let _ = (cell(&text, 1), line(&text));
        }
    }
}
