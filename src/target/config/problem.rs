//! What is wrong with a `proofhouse.toml`, and in which line.

use std::fmt;
use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Everything that is wrong with a file, by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

/// One thing that is wrong. It never repeats a value that could be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n  "))
    }
}

impl std::error::Error for Problems {}

impl Problem {
    /// A problem with the value behind these keys.
    pub(super) fn at(text: &str, keys: &[&str], reason: String) -> Self {
        let line = DeTable::parse(text).map_or(1, |root| line(text, locate(&root, keys)));
        Self {
            line,
            reason: format!("`{}`: {reason}", keys.join(".")),
        }
    }
}

static SCHEMA: LazyLock<Value> = LazyLock::new(super::json_schema);
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    jsonschema::validator_for(&SCHEMA).expect("schemars writes a schema that can be compiled")
});

/// Holds a file against the schema of its keys.
pub(super) fn check(text: &str) -> Result<(), Problems> {
    let root = DeTable::parse(text).map_err(|error| syntax(text, &error))?;
    let value: Value = toml::from_str(text).map_err(|error| syntax(text, &error))?;
    let mut problems: Vec<Problem> = VALIDATOR
        .iter_errors(&value)
        .flat_map(|error| explain(text, &root, &error))
        .collect();
    problems.sort_by_key(|problem| problem.line);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}

/// What the reader of TOML says.
pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Problems {
    let at = error.span().map_or(0, |span| span.start);
    let words: Vec<&str> = error.message().split_whitespace().collect();
    Problems(vec![Problem {
        line: line(text, at),
        reason: format!("not TOML: {}", words.join(" ")),
    }])
}

/// One broken rule of the schema; one problem for every unknown key.
fn explain(text: &str, root: &Spanned<DeTable<'_>>, error: &ValidationError<'_>) -> Vec<Problem> {
    let path = error.instance_path().to_string();
    let keys: Vec<String> = path.split('/').skip(1).map(unescaped).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let name = shown(&keys);
    let problem = |keys: &[&str], reason: String| Problem {
        line: line(text, locate(root, keys)),
        reason,
    };
    let instance = error.instance();
    let reason = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = known_keys(&error.schema_path().to_string());
            let told = unexpected.iter().map(|key| {
                let inside: Vec<&str> = keys.iter().copied().chain([key.as_str()]).collect();
                problem(&inside, unknown_key(key, &name, &known))
            });
            return told.collect();
        }
        ValidationErrorKind::Required { property } => {
            format!("{name} needs `{}`", property.as_str().unwrap_or_default())
        }
        ValidationErrorKind::Type { .. } if instance.is_string() && is_secret(error) => format!(
            "{name} is text, and no secret stands in this file; say where it comes from: \
             {{ env = \"NAME\" }}, {{ command = [\"...\"] }} or {{ file = \"...\" }}"
        ),
        ValidationErrorKind::Type { kind } => format!(
            "{name} is {}, where {} is expected",
            kind_of(instance),
            wanted(kind)
        ),
        ValidationErrorKind::OneOfNotValid { .. } => misspelt(
            &name,
            instance,
            &known_words(&error.schema_path().to_string()),
        ),
        ValidationErrorKind::Minimum { limit } => {
            format!("{name} is {instance}, where at least {limit} is expected")
        }
        ValidationErrorKind::MinProperties { .. } | ValidationErrorKind::MaxProperties { .. } => {
            let n_keys = instance.as_object().map_or(0, serde_json::Map::len);
            let wanted = if keys.last() == Some(&"endpoints") {
                "at least"
            } else {
                "exactly"
            };
            format!("{name} has {n_keys} keys, where {wanted} one is expected")
        }
        ValidationErrorKind::Pattern { .. } if keys.last() == Some(&"proxy") => {
            let text = instance.as_str().unwrap_or_default();
            match text.contains("://") && text.contains('@') {
                true => format!("{name} has a user or a password in it; give them as `proxy_auth`"),
                false => {
                    format!("{name} is no URL of a proxy, such as http://proxy.example.com:3128")
                }
            }
        }
        ValidationErrorKind::Pattern { .. } if instance.to_string().contains('@') => {
            format!("{name} is no URL with http:// or https://, or has a user in it")
        }
        ValidationErrorKind::Pattern { .. } => {
            format!("{name} is {instance}, where a URL with http:// or https:// is expected")
        }
        other => format!("{name} breaks the rule `{}`", other.keyword()),
    };
    vec![problem(&keys, reason)]
}

/// Whether the schema wants to know where a secret comes from.
fn is_secret(error: &ValidationError<'_>) -> bool {
    let path = error.schema_path().to_string();
    let place = path.rsplit_once('/').map_or("", |(place, _)| place);
    let schema = SCHEMA.pointer(place);
    schema.is_some_and(|schema| schema["properties"]["command"].is_object())
}

/// `targets.staging.may[1]` in backticks; the root has no name.
fn shown(keys: &[&str]) -> String {
    let mut name = String::new();
    for key in keys {
        match key.parse::<usize>() {
            Ok(position) => name.push_str(&format!("[{position}]")),
            Err(_) if name.is_empty() => name.push_str(key),
            Err(_) => name.push_str(&format!(".{key}")),
        }
    }
    if name.is_empty() {
        "the file".to_owned()
    } else {
        format!("`{name}`")
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The keys that the schema knows where it said `additionalProperties: false`.
fn known_keys(schema_path: &str) -> Vec<String> {
    let object = schema_path
        .rsplit_once('/')
        .map_or("", |(object, _)| object);
    let properties = SCHEMA
        .pointer(object)
        .and_then(|object| object["properties"].as_object());
    properties
        .map(|keys| keys.keys().cloned().collect())
        .unwrap_or_default()
}

fn unknown_key(key: &str, place: &str, known: &[String]) -> String {
    match nearest(key, known.iter().map(String::as_str)) {
        Some(nearest) => format!("`{key}` is no key of {place}; did you mean `{nearest}`?"),
        None => format!("`{key}` is no key of {place}"),
    }
}

/// The words that the schema knows where it said `oneOf`.
fn known_words(schema_path: &str) -> Vec<&'static str> {
    let options = SCHEMA.pointer(schema_path).and_then(Value::as_array);
    let words = options.into_iter().flatten().map(|option| &option["const"]);
    words.filter_map(Value::as_str).collect()
}

fn misspelt(name: &str, seen: &Value, options: &[&str]) -> String {
    let typed = seen.as_str().unwrap_or_default();
    match nearest(typed, options.iter().copied()) {
        Some(nearest) => format!("{name} is {seen}; did you mean \"{nearest}\"?"),
        None => format!("{name} is {seen}, which means nothing here"),
    }
}

fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |word: &str| strsim::jaro_winkler(typed, word);
    known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a whole number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

fn wanted(kind: &TypeKind) -> String {
    let word = |kind: String| match kind.as_str() {
        "array" => "a list".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "a whole number".to_owned(),
        "object" => "a table".to_owned(),
        "string" => "text".to_owned(),
        other => other.to_owned(),
    };
    let kinds: Vec<String> = match kind {
        TypeKind::Single(kind) => vec![kind.to_string()],
        TypeKind::Multiple(kinds) => kinds.iter().map(|kind| kind.to_string()).collect(),
    };
    let words: Vec<String> = kinds
        .into_iter()
        .filter(|kind| kind != "null")
        .map(word)
        .collect();
    words.join(" or ")
}

/// Where the value behind these keys starts; the key itself where it has one.
fn locate(root: &Spanned<DeTable<'_>>, keys: &[&str]) -> usize {
    let Some((first, rest)) = keys.split_first() else {
        return root.span().start;
    };
    let Some((key, value)) = root
        .get_ref()
        .iter()
        .find(|(key, _)| key.get_ref() == first)
    else {
        return root.span().start;
    };
    inside(key.span().start, value, rest)
}

fn inside(at: usize, value: &Spanned<DeValue<'_>>, keys: &[&str]) -> usize {
    let Some((first, rest)) = keys.split_first() else {
        return at;
    };
    match value.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .find(|(key, _)| key.get_ref() == first)
            .map_or(at, |(key, value)| inside(key.span().start, value, rest)),
        DeValue::Array(items) => first
            .parse()
            .ok()
            .and_then(|position: usize| items.get(position))
            .map_or(at, |item| inside(item.span().start, item, rest)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => at,
    }
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}
