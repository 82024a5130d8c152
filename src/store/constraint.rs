//! Constraints and scalars, as files keep them.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::text::Written;
use crate::contract::{
    CharClass, Constraint, Decimal, Format, Relation, Scalar, Scope, Statement, StatesRule, Unit,
    Version,
};
use crate::source::Provenance;

/// A Statement: `{"promise": {"length": …}, "rule": …, "at": …}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementFile {
    promise: ConstraintFile,
    rule: String,
    at: Written<Provenance>,
}

impl StatementFile {
    pub(super) fn of(statement: &Statement) -> Self {
        Self {
            promise: ConstraintFile::of(&statement.constraint),
            rule: statement.rule.clone(),
            at: Written(statement.at.clone()),
        }
    }

    pub(super) fn into_statement(self) -> Statement {
        Statement {
            constraint: self.promise.into_constraint(),
            rule: self.rule,
            at: self.at.0,
        }
    }
}

/// A Scalar as the JSON it is; a decimal in an object, because it is kept as printed.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum ScalarFile {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    Decimal { decimal: String },
}

impl ScalarFile {
    pub(super) fn of(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Null => ScalarFile::Null,
            Scalar::Bool(truth) => ScalarFile::Bool(*truth),
            Scalar::Integer(number) => ScalarFile::Integer(*number),
            Scalar::Decimal(decimal) => ScalarFile::Decimal {
                decimal: decimal.clone(),
            },
            Scalar::Text(text) => ScalarFile::Text(text.clone()),
        }
    }

    pub(super) fn into_scalar(self) -> Scalar {
        match self {
            ScalarFile::Null => Scalar::Null,
            ScalarFile::Bool(truth) => Scalar::Bool(truth),
            ScalarFile::Integer(number) => Scalar::Integer(number),
            ScalarFile::Decimal { decimal } => Scalar::Decimal(decimal),
            ScalarFile::Text(text) => Scalar::Text(text),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ConstraintFile {
    Length {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u64>,
        unit: Written<Unit>,
    },
    Charset(Vec<Written<CharClass>>),
    Mixture {
        least: u32,
        kinds: Vec<Vec<Written<CharClass>>>,
    },
    /// All of them in one text.
    ForbiddenCharacters(String),
    Pattern(String),
    Enum {
        open: bool,
        values: Vec<ScalarFile>,
    },
    Const(ScalarFile),
    Format {
        is: Written<Format>,
        or_empty: bool,
    },
    Range {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Number>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Number>,
    },
    Multiple(i64),
    Except(Vec<ScalarFile>),
    ItemCount {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u64>,
    },
    Unique,
    NotEmpty,
    RequiredIf(String),
    ExclusiveWith(Vec<String>),
    Precedence(Vec<String>),
    Relative {
        how: Written<Relation>,
        to: String,
    },
    Default(ScalarFile),
    StatePrecondition {
        subject: String,
        rule: Written<StatesRule>,
        states: Vec<String>,
    },
    Quota {
        of: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u64>,
    },
    Idempotent,
    RateLimit {
        per_minute: u32,
    },
    Microversion {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Written<Version>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Written<Version>>,
    },
    Nullable,
    AsyncJob,
    Within {
        scope: ScopeFile,
        holds: Box<ConstraintFile>,
    },
    Other(String),
}

/// `{"case": words}`, `{"part": name}` or `{"form": forms}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ScopeFile {
    Case(String),
    Part(String),
    Form(String),
}

/// A limit as a number of JSON.
fn written(limit: Decimal) -> Option<Number> {
    Value::from(limit).as_number().cloned()
}

impl ConstraintFile {
    fn of(constraint: &Constraint) -> Self {
        match constraint.clone() {
            Constraint::Length { min, max, unit } => Self::Length {
                min,
                max,
                unit: Written(unit),
            },
            Constraint::Charset(classes) => {
                Self::Charset(classes.into_iter().map(Written).collect())
            }
            Constraint::Mixture { least, kinds } => {
                let written = |kind: Vec<CharClass>| kind.into_iter().map(Written).collect();
                Self::Mixture {
                    least,
                    kinds: kinds.into_iter().map(written).collect(),
                }
            }
            Constraint::ForbiddenCharacters(signs) => {
                Self::ForbiddenCharacters(signs.into_iter().collect())
            }
            Constraint::Pattern(pattern) => Self::Pattern(pattern),
            Constraint::Enum { values, open } => {
                let values = values.iter().map(ScalarFile::of).collect();
                Self::Enum { open, values }
            }
            Constraint::Const(value) => Self::Const(ScalarFile::of(&value)),
            Constraint::Format { format, or_empty } => Self::Format {
                is: Written(format),
                or_empty,
            },
            Constraint::Range { min, max } => Self::Range {
                min: min.and_then(written),
                max: max.and_then(written),
            },
            Constraint::Multiple(of) => Self::Multiple(of),
            Constraint::Except(values) => Self::Except(values.iter().map(ScalarFile::of).collect()),
            Constraint::ItemCount { min, max } => Self::ItemCount { min, max },
            Constraint::Unique => Self::Unique,
            Constraint::NotEmpty => Self::NotEmpty,
            Constraint::RequiredIf(words) => Self::RequiredIf(words),
            Constraint::ExclusiveWith(names) => Self::ExclusiveWith(names),
            Constraint::Precedence(names) => Self::Precedence(names),
            Constraint::Relative { how, to } => Self::Relative {
                how: Written(how),
                to,
            },
            Constraint::Default(value) => Self::Default(ScalarFile::of(&value)),
            Constraint::StatePrecondition {
                subject,
                rule,
                states,
            } => Self::StatePrecondition {
                subject,
                rule: Written(rule),
                states,
            },
            Constraint::Quota { of, max } => Self::Quota { of, max },
            Constraint::Idempotent => Self::Idempotent,
            Constraint::RateLimit { per_minute } => Self::RateLimit { per_minute },
            Constraint::Microversion { min, max } => Self::Microversion {
                min: min.map(Written),
                max: max.map(Written),
            },
            Constraint::Nullable => Self::Nullable,
            Constraint::AsyncJob => Self::AsyncJob,
            Constraint::Within { scope, holds } => Self::Within {
                scope: match scope {
                    Scope::Case(words) => ScopeFile::Case(words),
                    Scope::Part(name) => ScopeFile::Part(name),
                    Scope::Form(forms) => ScopeFile::Form(forms),
                },
                holds: Box::new(Self::of(&holds)),
            },
            Constraint::Other(words) => Self::Other(words),
        }
    }

    pub(super) fn into_constraint(self) -> Constraint {
        match self {
            Self::Length { min, max, unit } => Constraint::Length {
                min,
                max,
                unit: unit.0,
            },
            Self::Charset(classes) => {
                Constraint::Charset(classes.into_iter().map(|class| class.0).collect())
            }
            Self::Mixture { least, kinds } => {
                let read =
                    |kind: Vec<Written<CharClass>>| kind.into_iter().map(|class| class.0).collect();
                Constraint::Mixture {
                    least,
                    kinds: kinds.into_iter().map(read).collect(),
                }
            }
            Self::ForbiddenCharacters(signs) => {
                Constraint::ForbiddenCharacters(signs.chars().collect())
            }
            Self::Pattern(pattern) => Constraint::Pattern(pattern),
            Self::Enum { open, values } => {
                let values = values.into_iter().map(ScalarFile::into_scalar).collect();
                Constraint::Enum { values, open }
            }
            Self::Const(value) => Constraint::Const(value.into_scalar()),
            Self::Format { is, or_empty } => Constraint::Format {
                format: is.0,
                or_empty,
            },
            Self::Range { min, max } => {
                let read = |number: Number| Decimal::parse(&number.to_string());
                Constraint::Range {
                    min: min.and_then(read),
                    max: max.and_then(read),
                }
            }
            Self::Multiple(of) => Constraint::Multiple(of),
            Self::Except(values) => {
                Constraint::Except(values.into_iter().map(ScalarFile::into_scalar).collect())
            }
            Self::ItemCount { min, max } => Constraint::ItemCount { min, max },
            Self::Unique => Constraint::Unique,
            Self::NotEmpty => Constraint::NotEmpty,
            Self::RequiredIf(words) => Constraint::RequiredIf(words),
            Self::ExclusiveWith(names) => Constraint::ExclusiveWith(names),
            Self::Precedence(names) => Constraint::Precedence(names),
            Self::Relative { how, to } => Constraint::Relative { how: how.0, to },
            Self::Default(value) => Constraint::Default(value.into_scalar()),
            Self::StatePrecondition {
                subject,
                rule,
                states,
            } => Constraint::StatePrecondition {
                subject,
                rule: rule.0,
                states,
            },
            Self::Quota { of, max } => Constraint::Quota { of, max },
            Self::Idempotent => Constraint::Idempotent,
            Self::RateLimit { per_minute } => Constraint::RateLimit { per_minute },
            Self::Microversion { min, max } => Constraint::Microversion {
                min: min.map(|min| min.0),
                max: max.map(|max| max.0),
            },
            Self::Nullable => Constraint::Nullable,
            Self::AsyncJob => Constraint::AsyncJob,
            Self::Within { scope, holds } => Constraint::Within {
                scope: match scope {
                    ScopeFile::Case(words) => Scope::Case(words),
                    ScopeFile::Part(name) => Scope::Part(name),
                    ScopeFile::Form(forms) => Scope::Form(forms),
                },
                holds: Box::new(holds.into_constraint()),
            },
            Self::Other(words) => Constraint::Other(words),
        }
    }
}
