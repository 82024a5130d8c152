//! Values that an example of a request shows where prose says nothing of what a field may hold: what else is good
//! there nobody knows.
//!
//! Main entry: [`keep`]. Numbers and words only, and no names, secrets or ids: those are made up or lent.

use super::values::is_placeholder;
use crate::contract::{Constraint, Field, Kind, Scalar};
use crate::extract::examples::{Node, NodeValue};

/// More values than these say nothing new.
const MOST: usize = 4;
/// A longer text is no word.
const LONGEST: usize = 24;

/// Keeps the values that a node shows of a field whose kind it fits.
pub(super) fn keep(field: &mut Field, node: &Node) {
    if !is_open(field) {
        return;
    }
    let shown = match (&field.kind, &node.value) {
        (Kind::Array(_), NodeValue::Array(items)) => items.iter().collect(),
        _ => vec![node],
    };
    for value in shown.into_iter().filter_map(plain) {
        let known = &mut field.evidence.values;
        if known.len() < MOST && !known.contains(&value) {
            known.push(value);
        }
    }
}

/// Whether nothing tells what is good for a field, and a value of another request may be tried.
fn is_open(field: &Field) -> bool {
    /// What a thing is called, who may use it, how many there are: words for what is made up anew.
    const OTHERS: [&str; 14] = [
        "name",
        "description",
        "password",
        "pass",
        "passwd",
        "pwd",
        "secret",
        "token",
        "key",
        "data",
        "id",
        "ids",
        "count",
        "num",
    ];
    let last = field.name.rsplit(['_', '-', ':']).next().unwrap_or("");
    let is_other = OTHERS.contains(&last.to_ascii_lowercase().as_str())
        || ["Id", "ID", "Name", "Key", "Password"]
            .iter()
            .any(|word| last.ends_with(word));
    !is_other && !field.statements.iter().any(|said| tells(&said.constraint))
}

/// Whether a promise lets a value be made without an example.
fn tells(constraint: &Constraint) -> bool {
    matches!(
        constraint,
        Constraint::Charset(_)
            | Constraint::Mixture { .. }
            | Constraint::Pattern(_)
            | Constraint::Enum { .. }
            | Constraint::Const(_)
            | Constraint::Format { .. }
            | Constraint::Range { .. }
            | Constraint::Default(_)
            | Constraint::Unique
    )
}

/// A number, or a word that is no id.
fn plain(node: &Node) -> Option<Scalar> {
    match &node.value {
        NodeValue::Number(printed) => Some(match printed.parse() {
            Ok(whole) => Scalar::Integer(whole),
            Err(_) => Scalar::Decimal(printed.clone()),
        }),
        NodeValue::Text(text) => {
            let is_word = text.chars().all(|c| c.is_ascii_graphic());
            let is_short = (1..=LONGEST).contains(&text.len());
            (is_word && is_short && !is_placeholder(text)).then(|| Scalar::Text(text.clone()))
        }
        NodeValue::Null
        | NodeValue::Bool(_)
        | NodeValue::Array(_)
        | NodeValue::Object(_)
        | NodeValue::Elided => None,
    }
}
