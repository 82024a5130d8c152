//! Holds bodies against compiled schemas.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Keyword, PatternOptions, ValidationError};
use serde_json::Value;

use super::emit::{Emission, emit};
use super::marks::Marks;
use super::watch::{Seen, Watched};
use super::{Mode, Subject, words};
use crate::contract::{Body, Direction, Expectation, FieldPath};
use crate::source::Provenance;

/// Deviations of one body that are told. A body of a hundred megabytes can hold millions of them.
const MOST: usize = 1_000;

/// One way in which a body is not what the Contract promises.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The field, as `Body::walk` names it. The empty path is the body itself.
    pub field: FieldPath,
    /// The JSON pointer of the value, or of where it should be.
    pub pointer: String,
    /// `kind`, `presence`, `nullable`, or the word of the Constraint.
    pub rule: &'static str,
    /// What should have been seen, in a few words.
    pub expected: String,
    /// What was seen, shortened.
    pub seen: String,
    /// The lines that promise it.
    pub sources: Vec<Provenance>,
    /// Whether sources disagree about this fact. In [`Mode::Lenient`] not even one of the claims holds.
    pub disputed: bool,
    /// Whether the document gives its values as examples only: worth a note.
    pub open: bool,
    /// What it means that the field is missing. None where something else is wrong.
    pub expectation: Option<Expectation>,
}

/// The schema of one body, compiled.
#[derive(Debug)]
pub struct Validator {
    compiled: jsonschema::Validator,
    marks: Marks,
    watched: Watched,
}

impl Validator {
    /// For requests, where a body is documented.
    pub fn request(subject: &Subject<'_>, mode: Mode) -> Option<Self> {
        Self::new(subject, Direction::Request, mode)
    }

    /// For successful answers, where a body is documented.
    pub fn response(subject: &Subject<'_>, mode: Mode) -> Option<Self> {
        Self::new(subject, Direction::Response, mode)
    }

    fn new(subject: &Subject<'_>, direction: Direction, mode: Mode) -> Option<Self> {
        let body = subject.body(direction)?;
        let Emission { schema, marks } = emit(subject, body, direction, mode, Marks::new(true));
        Some(Self {
            compiled: compile(&Value::Object(schema)),
            marks,
            watched: Watched::body(subject, body, direction, mode),
        })
    }

    /// Whether the schema holds. True also where something is worth a note only.
    pub fn is_valid(&self, body: &Value) -> bool {
        self.compiled.is_valid(body)
    }

    /// All that is not as promised: first what the schema refuses, in its order, then missing
    /// fields and values that are none of the examples, in document order. A thousand at most.
    pub fn violations(&self, body: &Value) -> Vec<Violation> {
        let mut found = Vec::new();
        if !self.compiled.is_valid(body) {
            let errors = self.compiled.iter_errors(body);
            found.extend(errors.filter_map(|error| self.violation(&error)).take(MOST));
        }
        let mut seen = Seen::default();
        self.watched.walk(body, &mut seen);
        found.extend(seen.violations);
        found.truncate(MOST);
        found
    }

    /// Fields that the document does not know, where it describes the object they stand in.
    pub fn undocumented(&self, body: &Value) -> Vec<(FieldPath, String)> {
        let mut seen = Seen::default();
        self.watched.walk(body, &mut seen);
        seen.undocumented
    }

    fn violation(&self, error: &ValidationError<'_>) -> Option<Violation> {
        if matches!(error.kind(), ValidationErrorKind::Required { .. }) {
            return None; // The walk tells what is missing, with its expectation.
        }
        let mark = self.marks.around(error.schema_path().as_str())?;
        if mark.rule == "presence" {
            return None; // The same.
        }
        let value = error.instance();
        let rule = match (mark.rule, &**value) {
            ("kind", Value::Null) => "nullable",
            (rule, _) => rule,
        };
        Some(Violation {
            field: mark.field.clone(),
            pointer: error.instance_path().as_str().to_owned(),
            rule,
            expected: mark.expected.clone(),
            seen: words::value(value),
            sources: mark.sources.clone(),
            disputed: mark.disputed,
            open: false,
            expectation: None,
        })
    }
}

/// Fields in `value` that `body` does not know, where it describes the object they stand in.
/// A [`Validator`] answers this faster.
pub fn undocumented(body: &Body, value: &Value) -> Vec<(FieldPath, String)> {
    let mut seen = Seen::default();
    Watched::undisputed(body).walk(value, &mut seen);
    seen.undocumented
}

fn compile(schema: &Value) -> jsonschema::Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .with_keyword("x-minBytes", |_, limit, _| {
            Ok(Bytes::keyword(limit.as_u64(), None))
        })
        .with_keyword("x-maxBytes", |_, limit, _| {
            Ok(Bytes::keyword(None, limit.as_u64()))
        })
        .with_keyword("x-format", |_, _, _| Ok(Box::new(Json)))
        .build(schema)
        .expect("emitted keywords are well formed, and every pattern is bounded or was tried")
}

/// `x-minBytes` and `x-maxBytes`.
struct Bytes {
    min: u64,
    max: u64,
}

impl Bytes {
    fn keyword(min: Option<u64>, max: Option<u64>) -> Box<dyn for<'i> Keyword<'i>> {
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(u64::MAX));
        Box::new(Bytes { min, max })
    }
}

impl<'i> Keyword<'i> for Bytes {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        refuse_unless(self.is_valid(instance), "length in bytes")
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let n_bytes = instance.as_str().map(|text| text.len() as u64);
        n_bytes.is_none_or(|n_bytes| (self.min..=self.max).contains(&n_bytes))
    }
}

/// `x-format: json`.
struct Json;

impl<'i> Keyword<'i> for Json {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        refuse_unless(self.is_valid(instance), "text that parses as JSON")
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let parses = |text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        instance.as_str().is_none_or(parses)
    }
}

fn refuse_unless(valid: bool, what: &str) -> Result<(), ValidationError<'static>> {
    match valid {
        true => Ok(()),
        false => Err(ValidationError::custom(what)),
    }
}
