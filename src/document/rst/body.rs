//! Cuts lines into elements. Every line is looked at once per depth, and depth is bounded.

use super::super::words;
use super::directive;
use super::element::{Element, Line, Text};
use super::{grid, markup, simple};

/// A body that is nested deeper than this is read as one paragraph.
const DEEPEST: usize = 12;

/// How far a body may still nest, and which styles its titles have.
pub(super) struct Body {
    depth: usize,
    /// The marks of titles, the highest first. Only the outermost body has titles.
    styles: Vec<(char, bool)>,
}

/// The elements of a whole file.
pub(super) fn read(lines: &[Line<'_>]) -> Vec<Element> {
    let mut body = Body {
        depth: 0,
        styles: Vec::new(),
    };
    body.elements(lines)
}

impl Body {
    /// The elements of a body within this one.
    pub(super) fn nested(&self, lines: &[Line<'_>]) -> Vec<Element> {
        let mut body = Body {
            depth: self.depth + 1,
            styles: Vec::new(),
        };
        body.elements(lines)
    }

    fn elements(&mut self, lines: &[Line<'_>]) -> Vec<Element> {
        let mut found = Vec::new();
        if self.depth > DEEPEST {
            found.extend(paragraph(lines).map(|(text, line)| Element::Text { line, text }));
            return found;
        }
        let mut at = 0;
        while at < lines.len() {
            at = self.step(lines, at, &mut found);
        }
        found
    }

    /// Reads the element that begins at a line. Gives the line after it.
    fn step(&mut self, lines: &[Line<'_>], at: usize, found: &mut Vec<Element>) -> usize {
        let line = lines[at];
        if line.is_blank() {
            return at + 1;
        }
        if line.indent() > 0 {
            let end = end_of_indented(lines, at);
            found.extend(self.nested(&dedented(&lines[at..end])));
            return end;
        }
        if line.text == ".." || line.text.starts_with(".. ") {
            let end = end_of_indented(lines, at + 1);
            found.extend(directive::read(self, &lines[at..end]));
            return end;
        }
        if self.depth == 0
            && let Some(next) = self.title(lines, at, found)
        {
            return next;
        }
        if grid::is_border(line.text) {
            let end = end_of_run(lines, at, |text| text.starts_with(['+', '|']));
            found.extend(grid::read(self, &lines[at..end]));
            return end;
        }
        if simple::is_border(line.text) {
            let end = simple::end(lines, at);
            found.extend(simple::read(self, &lines[at..end]));
            return end;
        }
        if is_rule(line.text) {
            return at + 1;
        }
        if let Some((name, value)) = field(line.text) {
            return field_list(lines, at, name, value, found);
        }
        if bullet(line.text).is_some() {
            return self.list(lines, at, found);
        }
        if line.text.starts_with("| ") || line.text == "|" {
            let end = end_of_run(lines, at, |text| text.starts_with('|'));
            found.extend(lines[at..end].iter().map(|line| Element::Text {
                line: line.number,
                text: markup::resolve(line.text.trim_start_matches('|')),
            }));
            return end;
        }
        self.paragraph(lines, at, found)
    }

    /// `Title` over a line of marks, with or without one above it.
    fn title(&mut self, lines: &[Line<'_>], at: usize, found: &mut Vec<Element>) -> Option<usize> {
        let over = is_rule(lines[at].text);
        let place = at + usize::from(over);
        let title = lines.get(place).filter(|title| !title.is_blank())?;
        let under = lines.get(place + 1)?;
        let mark = under.text.chars().next()?;
        let closed = !over || under.text == lines[at].text;
        if !closed || is_rule(title.text) || !is_underline(title.text, under.text) {
            return None;
        }
        let style = (mark, over);
        let known = self.styles.iter().position(|known| *known == style);
        let place = known.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        found.push(Element::Title {
            line: title.number,
            level: u8::try_from(place + 1).unwrap_or(u8::MAX),
            text: markup::resolve(title.text),
        });
        Some(at + 2 + usize::from(over))
    }

    /// Items with the same mark. What is indented below an item belongs to it.
    fn list(&mut self, lines: &[Line<'_>], at: usize, found: &mut Vec<Element>) -> usize {
        let mut items = Vec::new();
        let mut at = at;
        while let Some((offset, _)) = lines.get(at).and_then(|line| bullet(line.text)) {
            let end = end_of_indented(lines, at + 1);
            let first = Line {
                number: lines[at].number,
                text: &lines[at].text[offset..],
            };
            let rest = lines[at + 1..end].iter().map(|line| Line {
                number: line.number,
                text: &line.text[offset.min(line.indent())..],
            });
            let content: Vec<Line<'_>> = std::iter::once(first).chain(rest).collect();
            items.push(self.nested(&content));
            at = end;
        }
        found.push(Element::Items(items));
        at
    }

    /// Running text. After `::` an indented block is code, after a lone line it is what the line names.
    fn paragraph(&mut self, lines: &[Line<'_>], at: usize, found: &mut Vec<Element>) -> usize {
        let ends = |line: &Line<'_>| {
            line.is_blank()
                || line.indent() > 0
                || line.text.starts_with(".. ")
                || grid::is_border(line.text)
        };
        let end = (at + 1..lines.len())
            .find(|place| ends(&lines[*place]))
            .unwrap_or(lines.len());
        let Some((mut text, line)) = paragraph(&lines[at..end]) else {
            return end;
        };
        let Some(before) = text.text.strip_suffix("::") else {
            found.push(Element::Text { line, text });
            return end;
        };
        let shown = match before.trim_end() {
            "" => String::new(),
            bare if bare.len() < before.len() => bare.to_owned(),
            bare => format!("{bare}:"),
        };
        if !shown.is_empty() {
            text.text = shown;
            found.push(Element::Text { line, text });
        }
        let close = end_of_indented(lines, end);
        found.extend(code(&lines[end..close]));
        close
    }
}

/// Lines as one text, wrapped lines joined. Between wide characters no blank is put.
fn paragraph(lines: &[Line<'_>]) -> Option<(Text, u32)> {
    let first = lines.iter().find(|line| !line.is_blank())?;
    let mut joined = String::new();
    for line in lines {
        let text = line.text.trim();
        let wide = |c: char| c > '\u{2e7f}';
        let together = joined.ends_with(wide) && text.starts_with(wide);
        if !joined.is_empty() && !together {
            joined.push(' ');
        }
        joined.push_str(text);
    }
    Some((markup::resolve(&joined), first.number))
}

/// A block of code without its indent and without blank lines at its ends.
pub(super) fn code(lines: &[Line<'_>]) -> Option<Element> {
    let first = lines.iter().position(|line| !line.is_blank())?;
    let last = lines.iter().rposition(|line| !line.is_blank())?;
    let texts: Vec<&str> = dedented(&lines[first..=last])
        .iter()
        .map(|line| line.text)
        .collect();
    Some(Element::Code {
        first: lines[first].number,
        text: texts.join("\n"),
    })
}

/// The lines without the blanks that all of them start with.
pub(super) fn dedented<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let indents = lines
        .iter()
        .filter(|line| !line.is_blank())
        .map(Line::indent);
    let indent = indents.min().unwrap_or(0);
    let strip = |line: &Line<'a>| Line {
        number: line.number,
        text: line.text.get(indent..).unwrap_or(""),
    };
    lines.iter().map(strip).collect()
}

/// The line after a run of blank and indented lines; blank lines at its end are left to what follows.
fn end_of_indented(lines: &[Line<'_>], from: usize) -> usize {
    let end = (from..lines.len())
        .find(|at| !lines[*at].is_blank() && lines[*at].indent() == 0)
        .unwrap_or(lines.len());
    let last = (from..end).rfind(|at| !lines[*at].is_blank());
    last.map_or(from, |last| last + 1)
}

fn end_of_run(lines: &[Line<'_>], from: usize, goes_on: fn(&str) -> bool) -> usize {
    (from..lines.len())
        .find(|at| !goes_on(lines[*at].text))
        .unwrap_or(lines.len())
}

/// Marks that underline titles.
const MARKS: &str = "=-~^\"'`#*+.:<>_!$%&,;?@/|\\()[]{}";

/// A line of one mark, again and again.
fn is_rule(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next().filter(|c| MARKS.contains(*c));
    text.len() >= 3 && first.is_some_and(|first| characters.all(|c| c == first))
}

/// Whether the second line underlines the first. Chinese titles are often underlined too shortly.
pub(super) fn is_underline(title: &str, under: &str) -> bool {
    let (title, under) = (title.trim(), under.trim_end());
    is_rule(under)
        && (under.len() >= title.chars().count() || under.len() >= 4 && words::width(title) <= 160)
}

/// Where the text of a list item begins, and its text: `-  text`, `3. text`, `#. text`, `(a) text`.
fn bullet(text: &str) -> Option<(usize, &str)> {
    let mark = mark_length(text)?;
    let rest = &text[mark..];
    let content = rest.trim_start_matches(' ');
    let offset = mark + rest.len() - content.len();
    (rest.is_empty() || rest.starts_with(' ')).then_some((offset, content))
}

fn mark_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if "-*+•".contains(first) {
        return Some(first.len_utf8());
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let opened = text.len() - inner.len();
    let number = inner.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let length = match number {
        0 if inner.starts_with(|c: char| c == '#' || c.is_ascii_alphabetic()) => 1,
        0 => return None,
        digits => digits,
    };
    let close = inner[length..].chars().next()?;
    let closed = if opened > 0 {
        close == ')'
    } else {
        matches!(close, '.' | ')')
    };
    closed.then_some(opened + length + 1)
}

/// `:name: value`. A role, `:ref:` before a back tick, is text.
pub(super) fn field(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.strip_prefix(':')?.split_once(':')?;
    let sound = !name.is_empty() && name.len() <= 60 && !name.starts_with(' ');
    (sound && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

/// Fields in front of the first title are about the file; others are said.
fn field_list(
    lines: &[Line<'_>],
    at: usize,
    name: &str,
    value: &str,
    found: &mut Vec<Element>,
) -> usize {
    let end = end_of_indented(lines, at + 1);
    if found
        .iter()
        .any(|element| matches!(element, Element::Title { .. }))
    {
        let rest = lines[at + 1..end].iter().map(|line| line.text.trim());
        let texts: Vec<&str> = std::iter::once(value).chain(rest).collect();
        found.push(Element::Text {
            line: lines[at].number,
            text: markup::resolve(&format!("{name}: {}", texts.join(" "))),
        });
    }
    end
}
