//! Examples, as printed in documents: JSON that people wrote and converters broke.
//!
//! Main entries: [`read`] for one code block, [`read_split`] for the consecutive code blocks into
//! which page breaks cut an example. Both read what can be read, keep the line of every value and
//! name every repair as a [`Problem`]. They never fail, need linear time and nest at most
//! [`DEPTH`] levels deep. What the values mean for a Contract is none of their business.

mod curl;
mod join;
mod preamble;
mod token;
mod tree;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::wire::Method;

/// The deepest nesting that is kept; what lies deeper is read as [`NodeValue::Elided`].
pub const DEPTH: usize = 64;

/// One example.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// Method and target, where the example starts with them.
    pub request_line: Option<(Method, String)>,
    /// The body, where there is one.
    pub value: Option<Node>,
    /// What had to be repaired, by line.
    pub problems: Vec<Problem>,
    /// Its first line.
    pub line: u32,
}

/// A value and the line it starts on.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The line.
    pub line: u32,
    /// The value.
    pub value: NodeValue,
    /// Whether all of an object or array was there: neither elided nor lost to damage. Only then
    /// does a missing member say anything.
    pub whole: bool,
}

/// A JSON value. Numbers are kept as printed.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum NodeValue {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Node>),
    /// Members in order, each with the line of its name.
    Object(Vec<(String, u32, Node)>),
    /// Something stands here, but not what: an ellipsis, a bare word, nothing after the colon.
    Elided,
}

impl Node {
    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        let member = self.members().iter().find(|(known, _, _)| known == name);
        member.map(|(_, _, node)| node)
    }

    /// The members of an object; nothing for any other value.
    pub fn members(&self) -> &[(String, u32, Node)] {
        match &self.value {
            NodeValue::Object(members) => members,
            NodeValue::Null
            | NodeValue::Bool(_)
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::Array(_)
            | NodeValue::Elided => &[],
        }
    }

    /// The items of an array; nothing for any other value.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            NodeValue::Array(items) => items,
            NodeValue::Null
            | NodeValue::Bool(_)
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::Object(_)
            | NodeValue::Elided => &[],
        }
    }
}

/// Something that is not JSON, and how it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    /// The line.
    pub line: u32,
    /// What was wrong there.
    pub what: Repair,
}

/// What can be wrong with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Repair {
    /// `// like this`.
    Comment,
    /// `...` in the place of values.
    Ellipsis,
    /// A text that goes on in the next line.
    WrappedText,
    /// A column of line numbers.
    LineNumbers,
    /// Quotes that are not `"`.
    Quotes,
    /// A backslash before something that needs none.
    Escape,
    /// A word without quotes, as placeholders are.
    UnquotedWord,
    /// A text whose closing quote is missing.
    UnclosedText,
    /// Two values without a comma between them.
    MissingComma,
    /// A comma with nothing behind it.
    StrayComma,
    /// A name and a value without a colon between them.
    MissingColon,
    /// A name without a value.
    MissingValue,
    /// A member without the brace that opens its object.
    MissingOpener,
    /// A brace or bracket that is never closed.
    MissingCloser,
    /// A closing brace or bracket that closes nothing.
    StrayCloser,
    /// A closing brace or bracket before the end, which a page break brought in.
    EarlyCloser,
    /// An example that goes on in another code block.
    CutApart,
    /// A value where a name should be, or a colon where nothing should be.
    StrayText,
    /// The same name twice in one object.
    DuplicateName,
    /// More text after the end of the value.
    AfterEnd,
    /// Deeper nesting than anyone reads.
    TooDeep,
}

impl Repair {
    /// Whether the print is damaged, rather than abridged or annotated on purpose.
    pub fn is_damage(self) -> bool {
        match self {
            Repair::Comment
            | Repair::Ellipsis
            | Repair::WrappedText
            | Repair::LineNumbers
            | Repair::Quotes
            | Repair::Escape
            | Repair::UnquotedWord => false,
            Repair::UnclosedText
            | Repair::MissingComma
            | Repair::StrayComma
            | Repair::MissingColon
            | Repair::MissingValue
            | Repair::MissingOpener
            | Repair::MissingCloser
            | Repair::StrayCloser
            | Repair::EarlyCloser
            | Repair::CutApart
            | Repair::StrayText
            | Repair::DuplicateName
            | Repair::AfterEnd
            | Repair::TooDeep => true,
        }
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Repair::Comment => "a comment",
            Repair::Ellipsis => "an ellipsis",
            Repair::WrappedText => "a text broken over lines",
            Repair::LineNumbers => "a column of line numbers",
            Repair::Quotes => "quotes that JSON does not know",
            Repair::Escape => "an escape that JSON does not know",
            Repair::UnquotedWord => "a word without quotes",
            Repair::UnclosedText => "a text without a closing quote",
            Repair::MissingComma => "a missing comma",
            Repair::StrayComma => "a comma with nothing behind it",
            Repair::MissingColon => "a missing colon",
            Repair::MissingValue => "a name without a value",
            Repair::MissingOpener => "a member outside of any object",
            Repair::MissingCloser => "a missing closing brace or bracket",
            Repair::StrayCloser => "a closing brace or bracket too many",
            Repair::EarlyCloser => "a closing brace or bracket before the end",
            Repair::CutApart => "the second part of an example that was cut apart",
            Repair::StrayText => "a value where a name should be",
            Repair::DuplicateName => "a name given twice in one object",
            Repair::AfterEnd => "text after the end",
            Repair::TooDeep => "nesting that is too deep to be read",
        })
    }
}

/// Reads one code block that starts on `first_line`.
pub fn read(code: &str, first_line: u32) -> Example {
    join::Part::read(code, first_line).into_example()
}

/// Reads consecutive code blocks, each with its first line. Blocks that continue the one before
/// are read as one example with it, and so is a body that follows its request line. A gap inside
/// of a block is where a page break was: it may part two blocks that only look like one.
pub fn read_split(blocks: &[(&str, u32)]) -> Vec<Example> {
    let mut parts: Vec<join::Part> = Vec::new();
    for (code, first_line) in blocks {
        for (piece, line) in preamble::pieces(code, *first_line) {
            let part = join::Part::read(piece, line);
            match parts.last_mut() {
                Some(before) if part.continues(before) => before.append(part),
                Some(_) | None => parts.push(part),
            }
        }
    }
    let examples = parts.into_iter().map(join::Part::into_example);
    examples.flat_map(unwrapped).collect()
}

/// The bodies of an example, each of which may be sent: a tool wraps several in one, under the names of their types.
fn unwrapped(example: Example) -> Vec<Example> {
    let is_type = |name: &str| {
        let kinds = ["application/", "text/"];
        kinds.iter().any(|kind| name.starts_with(kind))
    };
    let members = example.value.as_ref().map_or(&[][..], Node::members);
    if members.is_empty() || !members.iter().all(|(name, _, _)| is_type(name)) {
        return vec![example];
    }
    let bodies = members.iter().map(|(_, _, body)| Example {
        value: Some(body.clone()),
        ..example.clone()
    });
    bodies.collect()
}
