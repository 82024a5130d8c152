//! Explicit markup: `.. name:: argument` with what is indented below it, `.. _label:`, comments.

use super::body::{self, Body};
use super::element::{Element, Line};
use super::{listed, markup};

/// Directives that hold a remark.
const NOTES: &[&str] = &[
    "admonition",
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "notice",
    "seealso",
    "tip",
    "warning",
];

/// Directives that hold code.
const CODE: &[&str] = &["code", "code-block", "parsed-literal", "sourcecode"];

/// Directives that hold nothing to read.
const SILENT: &[&str] = &[
    "contents",
    "default-role",
    "figure",
    "highlight",
    "image",
    "include",
    "index",
    "meta",
    "raw",
    "role",
    "sectnum",
    "toctree",
    "literalinclude",
    "target-notes",
    "class",
    "tabularcolumns",
];

/// The elements of an explicit markup block; its first line begins with two dots.
pub(super) fn read(body: &Body, lines: &[Line<'_>]) -> Vec<Element> {
    let first = lines[0];
    let text = first.text.trim_start_matches("..").trim();
    if let Some(name) = label(text) {
        return vec![Element::Label {
            line: first.number,
            name,
        }];
    }
    let Some((name, argument)) = text.split_once("::") else {
        return Vec::new();
    };
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Vec::new();
    }
    let (options, content) = options(&lines[1..]);
    let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_in(SILENT) {
        return Vec::new();
    }
    if is_in(CODE) {
        return body::code(content).into_iter().collect();
    }
    let argument = argument.trim();
    let caption = (!argument.is_empty()).then(|| (first.number, markup::resolve(argument).text));
    match name.to_ascii_lowercase().as_str() {
        "table" => captioned(body.nested(&body::dedented(content)), caption),
        "list-table" => {
            let items = body.nested(&body::dedented(content));
            let n_headers = option(&options, "header-rows");
            let table = listed::list_table(items, n_headers, first.number);
            captioned(table.into_iter().map(Element::Table).collect(), caption)
        }
        "csv-table" => {
            let header = options.iter().find(|(name, _)| *name == "header");
            let n_headers = option(&options, "header-rows");
            let table =
                listed::csv_table(body, content, header.map(|(_, value)| *value), n_headers);
            captioned(table.into_iter().map(Element::Table).collect(), caption)
        }
        _ => {
            let said = caption.map(|(line, _)| Element::Text {
                line,
                text: markup::resolve(argument),
            });
            let inside = body.nested(&body::dedented(content));
            let all: Vec<Element> = said.into_iter().chain(inside).collect();
            if is_in(NOTES) {
                vec![Element::Note(all)]
            } else {
                all
            }
        }
    }
}

/// `_name:` or `` _`a name`: ``; nothing where it names an address outside.
fn label(text: &str) -> Option<String> {
    let name = text.strip_prefix('_')?.strip_suffix(':')?;
    let name = name.trim_matches('`').replace('\\', "");
    (!name.is_empty() && name != "_").then_some(name)
}

/// The first table takes the caption.
fn captioned(mut elements: Vec<Element>, caption: Option<(u32, String)>) -> Vec<Element> {
    let first = elements.iter_mut().find_map(|element| match element {
        Element::Table(table) => Some(table),
        _ => None,
    });
    if let Some(table) = first {
        table.caption = caption;
    }
    elements
}

type Options<'a> = Vec<(&'a str, &'a str)>;

/// The lines `:name: value` right below a directive, and what follows them.
fn options<'l, 'a>(lines: &'l [Line<'a>]) -> (Options<'a>, &'l [Line<'a>]) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((name, value)) = lines.get(at).and_then(|line| body::field(line.text.trim())) {
        found.push((name, value));
        at += 1;
    }
    (found, &lines[at..])
}

fn option(options: &Options<'_>, wanted: &str) -> usize {
    let value = options.iter().find(|(name, _)| *name == wanted);
    value.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
}
