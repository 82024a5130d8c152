//! Recognises objects whose keys are data, which documents print as if the key were a field.
//!
//! Main entries: [`key_of`], for the only row of a table that describes such an object; [`of_pairs`], for objects of
//! which sentences say how long a key and its value may be.

use std::sync::LazyLock;

use super::lexicon::squeeze;
use super::pattern::{Pattern, compile};
use super::tables::RowRead;
use crate::contract::{Constraint, Field, Kind, Operation, Scope, describes_key};
use crate::document::Prose;

static KEY_IS: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern =
        r"(?i)(?:^|[.。;；])[^A-Za-z0-9_\p{Han}]*key\s*(?:[:：]|is\b|indicates\b|表示|为)";
    compile(pattern)
});

static KEY_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"(?i)(?:^|[.。;；])[^A-Za-z0-9_\p{Han}]*key\s*[:：]?\s*(?:indicates|specifies|is|means|表示)?\s*(?:the\s+)?([A-Za-z]+(?:\s[A-Za-z]+)?\s+(?:ID|name))\b";
    compile(pattern)
});

/// The printed name of the key, when `row` describes the entries of a map and not a field.
pub fn key_of(row: &RowRead, parent: &Kind) -> Option<String> {
    if *parent != Kind::Object {
        return None;
    }
    let words = squeeze(&row.prose.text());
    let explains_key = row
        .prose
        .pieces
        .iter()
        .any(|piece| KEY_IS.is_match(&piece.text));
    if describes_key(&row.name) {
        return Some("key".to_owned());
    }
    let named_key = matches!(row.name.to_lowercase().as_str(), "key" | "*" | "{key}");
    let speaks_of_pairs = [
        "键、值",
        "键值对",
        "key-value",
        "keyandvalue",
        "keysandvalues",
    ]
    .iter()
    .any(|pair| words.contains(pair));
    let holds_values = !matches!(
        row.kind,
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean
    );
    (named_key && speaks_of_pairs || explains_key && holds_values).then(|| row.name.clone())
}

/// The name of a map's key, where the text says what it is: "key: indicates the lamp ID".
pub fn key_name(prose: &Prose) -> Option<String> {
    let name = prose
        .pieces
        .iter()
        .find_map(|piece| KEY_NAME.captures(&piece.text))?;
    Some(
        name[1]
            .split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join("_"),
    )
}

/// Makes maps of texts of the objects without a member of which is said what their keys and their values may hold.
pub fn of_pairs(operations: &mut [Operation]) {
    let bodies = operations
        .iter_mut()
        .flat_map(|operation| operation.request.iter_mut().chain(&mut operation.response));
    for field in bodies.flat_map(|body| &mut body.fields) {
        in_pairs(field);
    }
}

fn in_pairs(field: &mut Field) {
    field.children.iter_mut().for_each(in_pairs);
    let is_of_text = |holds: &Constraint| {
        matches!(
            holds,
            Constraint::Length { .. }
                | Constraint::Charset(_)
                | Constraint::ForbiddenCharacters(_)
                | Constraint::Pattern(_)
        )
    };
    let is_said_of = |part: &str| {
        field.statements.iter().any(|said| {
            matches!(&said.constraint, Constraint::Within { scope: Scope::Part(known), holds }
                if known == part && is_of_text(holds))
        })
    };
    let is_bare = field.kind == Kind::Object && field.children.is_empty();
    if is_bare && is_said_of("key") && is_said_of("value") {
        field.kind = Kind::Map {
            key: "key".to_owned(),
            value: Box::new(Kind::String),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Piece;

    fn prose(text: &str) -> Prose {
        let piece = |text: &str| Piece {
            text: text.to_owned(),
            line: 1,
            depth: 0,
            note: false,
        };
        Prose {
            pieces: text.lines().map(piece).collect(),
        }
    }

    fn check(name: &str, kind: Kind, text: &str, key: Option<&str>) {
        let row = RowRead {
            line: 1,
            number: 1,
            name: name.to_owned(),
            printed: None,
            kind_text: None,
            kind_line: 1,
            kind,
            structure: None,
            required: None,
            prose: prose(text),
            default: None,
            longest: None,
            mentions: Vec::new(),
        };
        assert_eq!(key_of(&row, &Kind::Object).as_deref(), key, "{name}");
    }

    #[test]
    fn keys_are_told_from_fields() {
        check("自定义的键", Kind::String, "", Some("key"));
        check(
            "key",
            Kind::String,
            "key-value pairs of a lamp",
            Some("key"),
        );
        check("key", Kind::String, "the key of a tag", None);
        check(
            "lamp_id",
            Kind::Array(Box::new(Kind::Object)),
            "Lamps.\nkey: the lamp\nvalue: its wicks",
            Some("lamp_id"),
        );
        check("lamps", Kind::Array(Box::new(Kind::Object)), "Lamps.", None);
    }

    #[test]
    fn a_key_gets_the_name_that_the_text_gives() {
        assert_eq!(
            key_name(&prose("Lamps.\nkey: indicates the lamp ID.")).as_deref(),
            Some("lamp_id")
        );
        assert_eq!(key_name(&prose("Lamps.")), None);
    }
}
