//! What stands in front of a body: a request line, wrapped or not, and headers; and what stands
//! beside it: a column of line numbers.
//!
//! Main entries: [`pieces`] and [`split`].

use std::borrow::Cow;

use super::curl;
use super::token::starts_member;
use crate::wire::Method;

/// The parts of a code block between gaps of two blank lines and more, and between bodies of which each may be sent,
/// each with its first line.
pub(super) fn pieces(code: &str, first_line: u32) -> Vec<(&str, u32)> {
    let mut found = Vec::new();
    let (mut start, mut start_line) = (0, first_line);
    let (mut offset, mut blanks) = (0, 0);
    for (line, text) in (first_line..).zip(code.split_inclusive('\n')) {
        if text.trim().is_empty() {
            blanks += 1;
        } else if is_or(text) {
            found.push((&code[start..offset], start_line));
            (start, start_line) = (offset + text.len(), line.saturating_add(1));
            blanks = 0;
        } else {
            if blanks >= 2 && offset > 0 {
                found.push((&code[start..offset], start_line));
                (start, start_line) = (offset, line);
            }
            blanks = 0;
        }
        offset += text.len();
    }
    found.push((&code[start..], start_line));
    found
}

/// Whether nothing but "or" stands in a line.
fn is_or(line: &str) -> bool {
    let word = line.trim().trim_end_matches([':', '：']);
    word.eq_ignore_ascii_case("or") || matches!(word, "或" | "或者")
}

/// A code block parted into what precedes the body and the body.
pub(super) struct Preamble<'a> {
    pub request_line: Option<(Method, String)>,
    /// Empty where there is no body.
    pub body: Cow<'a, str>,
    /// The body's first line.
    pub line: u32,
    /// Whether line numbers were taken away.
    pub numbered: bool,
}

/// Parts a code block that starts on `first_line`.
pub(super) fn split(code: &str, first_line: u32) -> Preamble<'_> {
    let (code, numbered) = match without_line_numbers(code) {
        Some(bare) => (Cow::Owned(bare), true),
        None => (Cow::Borrowed(code), false),
    };
    if let Some(sent) = curl::read(&code) {
        return Preamble {
            request_line: Some((sent.method, sent.target)),
            body: Cow::Owned(sent.body),
            line: first_line.saturating_add(sent.lines),
            numbered,
        };
    }
    let (request_line, offset, lines) = head(&code);
    let line = first_line.saturating_add(lines);
    let body = match code {
        Cow::Borrowed(text) => Cow::Borrowed(&text[offset..]),
        Cow::Owned(text) => Cow::Owned(text[offset..].to_owned()),
    };
    Preamble {
        request_line,
        body,
        line,
        numbered,
    }
}

/// The request line, the offset of the body and how many lines stand before it.
fn head(code: &str) -> (Option<(Method, String)>, usize, u32) {
    let mut request: Option<(Method, String)> = None;
    let mut wraps = false;
    let mut offset = 0;
    for (number, line) in (0u32..).zip(code.split_inclusive('\n')) {
        let text = line.trim();
        let continues = wraps && is_continuation(text);
        if !continues && starts_body(text) {
            return (request, offset, number);
        }
        match &mut request {
            None => {
                if let Some((method, target, behind)) = request_line(text) {
                    if let Some(at) = behind {
                        let start = offset + (line.len() - line.trim_start().len()) + at;
                        return (Some((method, target)), start, number);
                    }
                    request = Some((method, target));
                    wraps = true;
                }
            }
            Some((_, target)) if continues => target.push_str(text),
            Some(_) => wraps = false,
        }
        offset += line.len();
    }
    let lone = serde_json::from_str::<serde_json::Value>(code).is_ok();
    let end = if lone { 0 } else { code.len() };
    (request, end, 0)
}

/// Method, target and where on the line a body starts, if one does.
fn request_line(text: &str) -> Option<(Method, String, Option<usize>)> {
    // The blank may be missing: `POST/lamps{`.
    let end = text.find(|c: char| c.is_whitespace() || c == '/')?;
    let (word, rest) = text.split_at(end);
    let method: Method = word.parse().ok()?;
    let target = rest.trim_start();
    if !target.starts_with(['/', '{']) && !target.starts_with("http") {
        return None;
    }
    let body = target
        .find("{\"")
        .or_else(|| target.ends_with('{').then(|| target.len() - 1));
    let behind = body.map(|at| text.len() - target.len() + at);
    let target = &target[..body.unwrap_or(target.len())];
    let target = target.split(" HTTP/").next().unwrap_or(target);
    Some((method, target.trim().to_owned(), behind))
}

/// Whether the line goes on with the target of the line before: nothing but a piece of a path.
fn is_continuation(text: &str) -> bool {
    let hole = text.starts_with('{') && text.find('}').is_some_and(|at| at > 1);
    let piece = !text.is_empty() && !text.contains(char::is_whitespace);
    piece && (hole || !starts_body(text)) && !text.contains("\":")
}

fn starts_body(text: &str) -> bool {
    let dots = text.chars().all(|sign| matches!(sign, '.' | '…')) && text.len() > 2;
    let comment = text.starts_with("//") || text.starts_with("/*");
    let member = starts_member(text) || text.starts_with(['“', '”']);
    text.starts_with(['{', '}', '[', ']']) || dots || comment || member
}

/// The text without the numbers that count its lines from 1, where every line has one.
fn without_line_numbers(code: &str) -> Option<String> {
    let mut bare = String::new();
    let mut expected = 1u32;
    for line in code.split_inclusive('\n') {
        let text = line.trim_start();
        if !text.is_empty() {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = text.split_at(digits);
            let rest = rest.strip_prefix(['.', '|', ')']).unwrap_or(rest);
            let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
            if number.parse() != Ok(expected) || !apart {
                return None;
            }
            expected += 1;
            bare.push_str(rest);
        } else {
            bare.push_str(line);
        }
    }
    (expected > 3).then_some(bare)
}
