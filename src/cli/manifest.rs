//! `documents.toml`: what each document is called, and which of its operations are kept.
//!
//! Main entry: [`Manifest::parse`]. Everything in it is optional, but what is written must be
//! understood: an unknown key is an error that names the nearest one.

use std::ffi::OsStr;
use std::path::Path;

use toml::{Table, Value};

use crate::wire::fits;

/// What a manifest says of all documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// One entry for each, in order.
    pub documents: Vec<Entry>,
}

/// What a manifest says of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The file's name, without folders.
    pub file: String,
    /// The name of the document.
    pub id: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// The API that it describes. Documents of different APIs are not held against each other.
    pub api: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Patterns of the operations to keep, by id or route. Without any, all are kept.
    pub operations: Vec<String>,
}

/// Why a manifest cannot be used.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum ManifestError {
    /// It is no TOML.
    #[error("read it as TOML: {0}")]
    Syntax(String),
    /// A key that means nothing here.
    #[error("`{key}` is no key of {place}; did you mean `{nearest}`?")]
    UnknownKey {
        /// Where.
        place: String,
        /// The key.
        key: String,
        /// The key that looks most like it.
        nearest: &'static str,
    },
    /// A value of the wrong kind.
    #[error("`{key}` of {place} is {seen}, where {expected} is expected")]
    WrongValue {
        /// Where.
        place: String,
        /// The key.
        key: &'static str,
        /// What is wanted.
        expected: &'static str,
        /// What is there.
        seen: &'static str,
    },
    /// A document without a file.
    #[error("{place} names no `file`")]
    NoFile {
        /// Where.
        place: String,
    },
}

const KEYS: [&str; 7] = [
    "file",
    "id",
    "title",
    "api",
    "language",
    "date",
    "operations",
];

impl Manifest {
    /// Reads the text of a manifest.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let table: Table = text
            .parse()
            .map_err(|error: toml::de::Error| ManifestError::Syntax(one_line(error.message())))?;
        let mut documents = Vec::new();
        for (key, value) in &table {
            if key != "document" {
                return Err(unknown("the manifest", key, &["document"]));
            }
            let Value::Array(entries) = value else {
                return Err(wrong(
                    "the manifest",
                    "document",
                    "a list of tables `[[document]]`",
                    value,
                ));
            };
            for (place, entry) in entries.iter().enumerate() {
                documents.push(Entry::parse(&format!("document {}", place + 1), entry)?);
            }
        }
        Ok(Self { documents })
    }

    /// What it says of the document in a file of this name.
    pub fn entry(&self, file: &str) -> Option<&Entry> {
        let name = |entry: &Entry| Path::new(&entry.file).file_name() == Some(OsStr::new(file));
        self.documents.iter().find(|entry| name(entry))
    }
}

impl Entry {
    fn parse(place: &str, value: &Value) -> Result<Self, ManifestError> {
        let Value::Table(table) = value else {
            return Err(wrong("the manifest", "document", "a table", value));
        };
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(unknown(place, key, &KEYS));
        }
        let text = |key: &'static str| match table.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Datetime(date)) => Ok(Some(date.to_string())),
            Some(other) => Err(wrong(place, key, "text", other)),
        };
        let file = text("file")?.ok_or_else(|| ManifestError::NoFile {
            place: place.to_owned(),
        })?;
        Ok(Self {
            file,
            id: text("id")?,
            title: text("title")?,
            api: text("api")?,
            language: text("language")?,
            date: text("date")?,
            operations: patterns(place, table)?,
        })
    }

    /// Whether an operation of this id and route is kept.
    pub fn keeps(&self, id: &str, route: &str) -> bool {
        self.operations.is_empty()
            || self
                .operations
                .iter()
                .any(|pattern| fits(pattern, id) || fits(pattern, route))
    }
}

fn patterns(place: &str, table: &Table) -> Result<Vec<String>, ManifestError> {
    let Some(value) = table.get("operations") else {
        return Ok(Vec::new());
    };
    let expected = "a list of patterns";
    let Value::Array(items) = value else {
        return Err(wrong(place, "operations", expected, value));
    };
    items
        .iter()
        .map(|item| match item {
            Value::String(pattern) => Ok(pattern.clone()),
            other => Err(wrong(place, "operations", expected, other)),
        })
        .collect()
}

fn wrong(place: &str, key: &'static str, expected: &'static str, seen: &Value) -> ManifestError {
    ManifestError::WrongValue {
        place: place.to_owned(),
        key,
        expected,
        seen: match seen {
            Value::String(_) => "text",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Datetime(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        },
    }
}

fn unknown(place: &str, key: &str, known: &[&'static str]) -> ManifestError {
    let nearest = super::nearest(key, known.iter().copied());
    ManifestError::UnknownKey {
        place: place.to_owned(),
        key: key.to_owned(),
        nearest: nearest.unwrap_or("document"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, problem: &str) {
        let error = Manifest::parse(text).expect_err("this manifest is wrong");
        assert_eq!(error.to_string(), problem);
    }

    #[test]
    fn a_manifest_names_documents() {
        let text = "[[document]]\nfile = \"../texts/lamps.txt\"\nid = \"lamps-en\"\ntitle = \"Lamps\"\napi = \"lamp v1\"\ndate = 2031-02-03\noperations = [\"GET *\"]";
        let manifest = Manifest::parse(text).unwrap();
        let entry = manifest.entry("lamps.txt").unwrap();
        assert_eq!(
            (entry.id.as_deref(), entry.date.as_deref()),
            (Some("lamps-en"), Some("2031-02-03"))
        );
        assert_eq!(
            (entry.title.as_deref(), entry.api.as_deref()),
            (Some("Lamps"), Some("lamp v1"))
        );
        assert!(entry.keeps("lamps.show", "GET /lamps/{id}"));
        assert!(!entry.keeps("lamps.create", "POST /lamps"));
    }

    #[test]
    fn what_is_not_understood_is_an_error_with_a_hint() {
        check(
            "documents = 1",
            "`documents` is no key of the manifest; did you mean `document`?",
        );
        check(
            "[[document]]\nfile = \"a\"\nlang = \"en\"",
            "`lang` is no key of document 1; did you mean `language`?",
        );
        check(
            "[[document]]\nfile = 3",
            "`file` of document 1 is an integer, where text is expected",
        );
        check("[[document]]\nid = \"a\"", "document 1 names no `file`");
        check(
            "[[document]]\nfile = \"a\"\noperations = \"GET *\"",
            "`operations` of document 1 is text, where a list of patterns is expected",
        );
    }

    #[test]
    fn patterns_have_stars() {
        for (pattern, text, expected) in [
            ("lamps.*", "lamps.show", true),
            ("*show", "lamps.show", true),
            ("GET /v1/*/lamps", "GET /v1/{port}/lamps", true),
            ("lamps", "lamps.show", false),
            ("*", "", true),
        ] {
            assert_eq!(super::fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
