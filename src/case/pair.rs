//! Statements about two fields that stand side by side.
//!
//! Main entry: [`attempts`]. `exclusive_with` names its fields; of `required_if` only conditions
//! of the form `field=value` can be tried.

use serde_json::Value;

use super::Template;
use super::boundary::Side;
use super::broken::keeps_all;
use super::request::{Base, Edit, Extent, Site, sites};
use super::valid::{is_identifier, scalar};
use crate::contract::{Constraint, Field, FieldPath, Format, Kind, Operation};

/// Two changes to try together.
pub(super) struct PairAttempt<'a> {
    /// What is special about it, for ids.
    pub(super) slug: String,
    /// What is special about it, behind the field's name.
    pub(super) title: String,
    /// The changes, each at its place.
    pub(super) edits: Vec<(Site<'a>, Edit)>,
    /// On which side of the statement they lie.
    pub(super) side: Side,
}

/// Requests around a statement about two fields. None where it cannot be tried.
pub(super) fn attempts<'a>(
    operation: &'a Operation,
    site: &Site<'a>,
    constraint: &Constraint,
) -> Option<Vec<PairAttempt<'a>>> {
    if let Constraint::ExclusiveWith(names) = constraint {
        let others = names
            .iter()
            .filter_map(|name| sibling(operation, site, name));
        let found: Vec<_> = others.flat_map(|other| exclusive(site, &other)).collect();
        return (!found.is_empty()).then_some(found);
    }
    if let Constraint::RequiredIf(condition) = constraint {
        let (name, value) = equation(condition)?;
        let other = sibling(operation, site, name)?;
        let value = value_of(&other, value)?;
        return Some(required_if(site, &other, name, &value));
    }
    None
}

/// The request on which both changes are made.
pub(super) fn base(operation: &Operation, site: &Site<'_>) -> Base {
    Base::of(operation, Extent::Minimal, Some(site))
}

fn exclusive<'a>(site: &Site<'a>, other: &Site<'a>) -> Vec<PairAttempt<'a>> {
    let value = |site: &Site<'_>| Edit::Set(scalar(site.field, &site.field.kind, 0).value);
    let name = other.path.leaf();
    let scalars = [site, other].iter().all(|site| is_scalar(&site.field.kind));
    if !scalars {
        return Vec::new();
    }
    let mut found = vec![
        PairAttempt {
            slug: format!("without-{name}"),
            title: format!("without {name}"),
            edits: vec![(site.clone(), value(site)), (other.clone(), Edit::Remove)],
            side: Side::Inside,
        },
        PairAttempt {
            slug: format!("with-{name}"),
            title: format!("together with {name}"),
            edits: vec![(site.clone(), value(site)), (other.clone(), value(other))],
            side: Side::Outside,
        },
    ];
    // Where nobody lends one, an id that names nothing must be refused beside the other field, too.
    let made_up = |site: &Site<'_>| made_up(site.field).map(|id| Edit::Set(Template::Literal(id)));
    let (own, others) = (made_up(site), made_up(other));
    if own.is_some() || others.is_some() {
        let edits = vec![
            (site.clone(), own.unwrap_or_else(|| value(site))),
            (other.clone(), others.unwrap_or_else(|| value(other))),
        ];
        found.push(PairAttempt {
            slug: format!("with-{name}-of-nothing"),
            title: format!("together with {name}"),
            edits,
            side: Side::Outside,
        });
    }
    found
}

/// An id of the documented format that names nothing.
fn made_up(field: &Field) -> Option<Value> {
    let is_uuid = field.statements.iter().any(|said| {
        let uuid = |format: &Format| *format == Format::Uuid;
        matches!(&said.constraint, Constraint::Format { format, .. } if uuid(format))
    });
    (is_identifier(field) && is_uuid).then(|| Value::from("5c2f6c1e-77b0-4d3a-9a50-0e1d2c3b4a59"))
}

fn required_if<'a>(
    site: &Site<'a>,
    other: &Site<'a>,
    name: &str,
    value: &Value,
) -> Vec<PairAttempt<'a>> {
    if !is_scalar(&site.field.kind) {
        return Vec::new();
    }
    let condition = || (other.clone(), Edit::Set(Template::Literal(value.clone())));
    let own = scalar(site.field, &site.field.kind, 0).value;
    let word = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    vec![
        PairAttempt {
            slug: format!("given-with-{name}-{word}"),
            title: format!("given where {name} is {word}"),
            edits: vec![condition(), (site.clone(), Edit::Set(own))],
            side: Side::Inside,
        },
        PairAttempt {
            slug: format!("missing-with-{name}-{word}"),
            title: format!("left out where {name} is {word}"),
            edits: vec![condition(), (site.clone(), Edit::Remove)],
            side: Side::Outside,
        },
    ]
}

fn is_scalar(kind: &Kind) -> bool {
    match kind {
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean => true,
        Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => false,
    }
}

/// The place of this name beside another: in the same object, or the same sort of parameter.
fn sibling<'a>(operation: &'a Operation, site: &Site<'a>, name: &str) -> Option<Site<'a>> {
    let around = |path: &FieldPath| path.0[..path.0.len().saturating_sub(1)].to_vec();
    let leaf = name.rsplit('.').next().unwrap_or(name);
    sites(operation).into_iter().find(|other| {
        other.place == site.place
            && other.path.leaf() == leaf
            && other.path != site.path
            && around(&other.path) == around(&site.path)
    })
}

/// The two sides of `field=value`.
pub(super) fn equation(condition: &str) -> Option<(&str, &str)> {
    let (name, value) = condition.split_once('=')?;
    let (name, value) = (name.trim(), value.trim_start_matches('=').trim());
    let one_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    (one_word(name) && one_word(value)).then_some((name, value))
}

/// The value that a condition names, in the kind of its field.
fn value_of(other: &Site<'_>, word: &str) -> Option<Value> {
    let value = match other.field.kind {
        Kind::Integer | Kind::Number => Value::from(word.parse::<i64>().ok()?),
        Kind::Boolean => Value::from(word.to_ascii_lowercase().parse::<bool>().ok()?),
        Kind::String => Value::from(word.trim_matches(['"', '\''])),
        Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => return None,
    };
    keeps_all(other.field, &value).then_some(value)
}
