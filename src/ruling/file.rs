//! The file: what is written, and what is wrong with it, by line.

use std::fmt;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fact::{self, Subject};
use super::{Ruling, Rulings};
use crate::contract::Direction;
use crate::source::{DocumentId, Provenance};
use crate::store;

/// The keys of a ruling.
pub(super) const KEYS: [&str; 10] = [
    "edition",
    "operation",
    "direction",
    "field",
    "fact",
    "ruling",
    "was",
    "reason",
    "who",
    "when",
];

/// A file of rulings that cannot be used, with everything that is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct FileError {
    file: String,
    /// All mistakes, by line.
    pub mistakes: Vec<Mistake>,
}

/// Something wrong in a file of rulings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line.
    pub line: u32,
    /// What is wrong, and what would be right.
    pub what: What,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// No TOML.
    #[error("{0}")]
    Syntax(String),
    /// A word that means nothing here.
    #[error("`{word}` is no {of}; did you mean `{nearest}`?")]
    Unknown {
        /// The word.
        word: String,
        /// What it should be.
        of: &'static str,
        /// The known word that looks most like it.
        nearest: String,
    },
    /// A value of the wrong kind.
    #[error("`{key}` should be {expected}")]
    Wrong {
        /// Its key.
        key: &'static str,
        /// What is wanted.
        expected: String,
    },
    /// A ruling without something that it needs.
    #[error("this ruling has no `{key}`: {why}")]
    Missing {
        /// The key.
        key: &'static str,
        /// What it says.
        why: &'static str,
    },
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, Mistake { line, what }) in self.mistakes.iter().enumerate() {
            let end = if nth == 0 { "" } else { "\n" };
            write!(f, "{end}{}:{line}: {what}", self.file)?;
        }
        Ok(())
    }
}

impl std::error::Error for FileError {}

type Node<'a> = Spanned<DeValue<'a>>;

/// A text with the mistakes that were met in it.
struct Reader<'a> {
    text: &'a str,
    document: DocumentId,
    mistakes: Vec<Mistake>,
}

impl Rulings {
    /// Reads the text of the file with this name. All mistakes are reported at once.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let mut reader = Reader {
            text,
            document: DocumentId::new(file),
            mistakes: Vec::new(),
        };
        let rulings = reader.rulings();
        if reader.mistakes.is_empty() {
            return Ok(Self(rulings));
        }
        let mut mistakes = reader.mistakes;
        mistakes.sort_by_key(|mistake| mistake.line);
        Err(FileError {
            file: file.to_owned(),
            mistakes,
        })
    }
}

impl<'a> Reader<'a> {
    fn rulings(&mut self) -> Vec<Ruling> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let message = error
                .message()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            self.note(
                error.span().map_or(0, |span| span.start),
                What::Syntax(message),
            );
        }
        if !self.mistakes.is_empty() {
            // Whatever is missing may stand in what could not be read.
            return Vec::new();
        }
        let mut found = Vec::new();
        for (key, value) in table.get_ref() {
            if key.get_ref() != "ruling" {
                self.unknown(
                    key.span().start,
                    key.get_ref(),
                    "key of this file",
                    &["ruling"],
                );
                continue;
            }
            let Some(list) = value.get_ref().as_array() else {
                self.wrong(value, "ruling", "a list of tables `[[ruling]]`");
                continue;
            };
            for node in list {
                match node.get_ref().as_table() {
                    Some(table) => found.extend(self.ruling(node, table)),
                    None => self.wrong(node, "ruling", "a table"),
                }
            }
        }
        found
    }

    fn ruling(&mut self, node: &Node<'a>, table: &DeTable<'a>) -> Option<Ruling> {
        for key in table
            .keys()
            .filter(|key| !KEYS.contains(&key.get_ref().as_ref()))
        {
            self.unknown(key.span().start, key.get_ref(), "key of a ruling", &KEYS);
        }
        let start = node.span().start;
        let edition = self.text(
            start,
            table,
            "edition",
            "the id of the edition that it corrects",
        );
        let operation = self.text(start, table, "operation", "an id, or `METHOD path`");
        let fact = self.text(start, table, "fact", "what it settles, for example `kind`");
        let reason = self.text(
            start,
            table,
            "reason",
            "why it is so, for who reads it next year",
        );
        let who = self.text(start, table, "who", "who answers for it");
        let when = self.text(start, table, "when", "the day on which it was decided");
        let direction = self.direction(table);
        let field = self.field(table);
        let was = self.was(table);
        let subject = self.subject(start, table, fact.as_deref());
        let is_behaviour = field.is_none();
        if !is_behaviour && direction.is_none() && !table.contains_key("direction") {
            let why = "`request` or `response`, because a field may be in both";
            self.note(
                start,
                What::Missing {
                    key: "direction",
                    why,
                },
            );
        }
        Some(Ruling {
            edition: edition?,
            operation: operation?,
            direction,
            field,
            subject: subject?,
            was,
            reason: reason?,
            who: who?,
            when: when?,
            at: Provenance::line(&self.document, self.line(start)),
        })
    }

    fn direction(&mut self, table: &DeTable<'a>) -> Option<Direction> {
        let node = table.get("direction")?;
        let sides = [Direction::Request, Direction::Response];
        let known = node.get_ref().as_str();
        let side = sides.into_iter().find(|side| known == Some(side.word()));
        if side.is_none() {
            self.wrong(node, "direction", "`request` or `response`");
        }
        side
    }

    fn field(&mut self, table: &DeTable<'a>) -> Option<crate::contract::FieldPath> {
        let node = table.get("field")?;
        let path = node.get_ref().as_str().and_then(store::field_path);
        let path = path.filter(|path| !path.0.is_empty());
        if path.is_none() {
            self.wrong(node, "field", "a path like `lamp.wicks[].length`");
        }
        path
    }

    fn was(&mut self, table: &DeTable<'a>) -> Option<Vec<String>> {
        let node = table.get("was")?;
        let items = node.get_ref().as_array().map(|items| {
            let texts = items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned));
            texts.collect::<Option<Vec<String>>>()
        });
        if let Some(Some(items)) = items {
            return Some(items);
        }
        self.wrong(node, "was", "a list of texts: what the documents said");
        None
    }

    fn subject(
        &mut self,
        start: usize,
        table: &DeTable<'a>,
        fact: Option<&str>,
    ) -> Option<Subject> {
        let Some(node) = table.get("ruling") else {
            self.note(
                start,
                What::Missing {
                    key: "ruling",
                    why: "what holds",
                },
            );
            return None;
        };
        let fact = fact?;
        let known = fact::words();
        if !known.contains(&fact) {
            let at = table.get("fact").map_or(start, |node| node.span().start);
            self.unknown(at, fact, "fact that can be settled", &known);
            return None;
        }
        match Subject::read(fact, &json(node)) {
            Ok(subject) => Some(subject),
            Err(expected) => {
                self.wrong(
                    node,
                    "ruling",
                    &format!("{expected}, because it is about `{fact}`"),
                );
                None
            }
        }
    }

    /// A text that must be there and must not be empty; a date counts as one.
    fn text(
        &mut self,
        start: usize,
        table: &DeTable<'a>,
        key: &'static str,
        why: &'static str,
    ) -> Option<String> {
        let Some(node) = table.get(key) else {
            self.note(start, What::Missing { key, why });
            return None;
        };
        let text = match node.get_ref() {
            DeValue::Datetime(date) => Some(date.to_string()),
            other => other.as_str().map(str::to_owned),
        };
        let text = text.filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(node, key, &format!("a text: {why}"));
        }
        text
    }

    fn unknown(&mut self, at: usize, word: &str, of: &'static str, known: &[&str]) {
        let likeness = |known: &&&str| strsim::jaro_winkler(word, known);
        let nearest = known
            .iter()
            .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let nearest = nearest.map_or(String::new(), |nearest| (*nearest).to_owned());
        let word = word.chars().take(60).collect();
        self.note(at, What::Unknown { word, of, nearest });
    }

    fn wrong(&mut self, node: &Node<'a>, key: &'static str, expected: &str) {
        let expected = expected.to_owned();
        self.note(node.span().start, What::Wrong { key, expected });
    }

    fn note(&mut self, at: usize, what: What) {
        let line = self.line(at);
        self.mistakes.push(Mistake { line, what });
    }

    /// The line of a byte.
    fn line(&self, at: usize) -> u32 {
        let before = self.text.get(..at).unwrap_or(self.text);
        u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
    }
}

/// A TOML value as the JSON that says the same.
fn json(node: &Node<'_>) -> Value {
    match node.get_ref() {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => number.into(),
            Err(_) => number.as_str().into(),
        },
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or(Value::Null, Value::from),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(items) => items.iter().map(json).collect(),
        DeValue::Table(table) => {
            let members = table.iter();
            members
                .map(|(key, value)| (key.get_ref().to_string(), json(value)))
                .collect()
        }
    }
}
