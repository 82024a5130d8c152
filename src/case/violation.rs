//! Values of the wrong kind, and what a field makes of being left out.
//!
//! Main entries: [`kinds`] and [`presence`]. That a field has a kind and that it is required are
//! statements like any other; the rules `kind` and `presence` name them.

use serde_json::{Value, json};

use super::boundary::{Probe, Side};
use super::broken::{broken, fits};
use super::condition::is_perhaps_due;
use super::request::{Edit, around};
use super::valid::{holds_back, listed, scalar};
use super::{Template, request};
use crate::contract::{FRACTIONS_CUT, Field, Kind, Place, Presence};

/// A change to try at a place, and on which side of the statement it lies.
pub(super) struct Attempt {
    /// The rule it is about.
    pub(super) rule: &'static str,
    /// What is special about it, for ids.
    pub(super) slug: String,
    /// What is special about it, behind the field's name.
    pub(super) title: String,
    /// The change.
    pub(super) edit: Edit,
    /// On which side it lies.
    pub(super) side: Side,
}

/// Values of every kind but the field's own, in a body.
pub(super) fn kinds(field: &Field) -> Vec<Probe> {
    let mut found: Vec<Probe> = Vec::new();
    let mut add = |slug: &str, value: Template, open: bool| {
        let only_kind = broken(field, &value) == ["kind"];
        let claimed = field
            .other_kinds
            .iter()
            .any(|claim| fits(&claim.claim, &value));
        let null = matches!(value, Template::Literal(Value::Null));
        if only_kind || (open && !null) {
            let side = if claimed || open {
                Side::Open
            } else {
                Side::Outside
            };
            found.push(Probe {
                slug: slug.to_owned(),
                title: format!("that is {}", slug.replace('-', " ")),
                value,
                side,
            });
        }
    };
    if field.kind == Kind::Unknown {
        return found;
    }
    for (slug, value) in strangers(&field.kind) {
        let value = match (slug, scalar(field, &field.kind, 0).value) {
            // Nothing else may be wrong with it.
            (IN_QUOTES, Template::Literal(Value::Number(number))) => {
                Template::Literal(json!(number.to_string()))
            }
            _ => value,
        };
        add(slug, value, slug == A_FRACTION && cuts_fractions(field));
    }
    if field.kind == Kind::Integer {
        let whole = scalar(field, &field.kind, 0).value;
        if let Template::Literal(Value::Number(number)) = whole {
            add(
                "a-whole-number-with-a-point",
                Template::Literal(json!(number.as_f64())),
                true,
            );
        }
    }
    if let Some(inner) = field.kind.inner() {
        for (slug, value) in strangers(inner) {
            add(
                &format!("an-item-that-is-{slug}"),
                around(field, value),
                false,
            );
        }
    }
    // Where a field may be left out, null is often read as that.
    add(
        "null",
        Template::Literal(Value::Null),
        field.presence != Presence::Required,
    );
    found
}

const IN_QUOTES: &str = "a-number-in-quotes";
const A_FRACTION: &str = "a-fraction";

/// Whether the server takes the whole part of a number.
fn cuts_fractions(field: &Field) -> bool {
    let said = field.statements.iter();
    said.into_iter()
        .any(|said| said.constraint.is_remark(FRACTIONS_CUT))
}

/// A value of every kind that is not this one.
fn strangers(kind: &Kind) -> Vec<(&'static str, Template)> {
    let literal = |value| Template::Literal(value);
    let all = [
        ("text", literal(json!("proofhouse"))),
        (IN_QUOTES, literal(json!("1"))),
        ("a-number", literal(json!(5))),
        (A_FRACTION, literal(json!(1.5))),
        ("true", literal(json!(true))),
        ("true-in-quotes", literal(json!("true"))),
        ("a-list", Template::Array(Vec::new())),
        ("an-object", Template::Object(Vec::new())),
    ];
    let numeric = matches!(kind, Kind::Integer | Kind::Number);
    let all = all.into_iter().filter(|(slug, value)| {
        let apt = match *slug {
            IN_QUOTES => numeric,
            A_FRACTION => numeric,
            "true-in-quotes" => *kind == Kind::Boolean,
            _ => true,
        };
        apt && !fits(kind, value)
    });
    all.collect()
}

/// Texts that are no value of the kind, for places that hold nothing but text.
pub(super) fn kinds_as_text(field: &Field) -> Vec<Probe> {
    let texts: &[(&str, &str)] = match &field.kind {
        Kind::Integer => &[
            ("a-word", "many"),
            (A_FRACTION, "1.5"),
            ("hexadecimal", "0x1"),
        ],
        Kind::Number => &[("a-word", "many"), ("hexadecimal", "0x1")],
        Kind::Boolean => &[("a-word", "maybe"), ("a-number", "5")],
        Kind::String | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => &[],
    };
    let texts = texts.iter().map(|(slug, text)| {
        let value = Template::Literal(json!(text));
        let claims = &mut field.other_kinds.iter();
        let claimed = claims.any(|claim| fits(&claim.claim, &value))
            || *slug == A_FRACTION && cuts_fractions(field);
        Probe {
            slug: (*slug).to_owned(),
            title: format!("that is {}", slug.replace('-', " ")),
            value,
            side: if claimed { Side::Open } else { Side::Outside },
        }
    });
    texts.collect()
}

/// Leaving the field out, and giving it.
pub(super) fn presence(site: &request::Site<'_>) -> Vec<Attempt> {
    let attempt = |slug: &str, title: &str, edit, side| Attempt {
        rule: "presence",
        slug: slug.to_owned(),
        title: title.to_owned(),
        edit,
        side,
    };
    // A path without its parameter is another path.
    if site.place == Some(Place::Path) {
        return Vec::new();
    }
    let missing = match site.field.presence {
        Presence::Required | Presence::Optional if is_perhaps_due(site.field) => Side::Open,
        Presence::Required => Side::Outside,
        Presence::Optional => Side::Inside,
        Presence::Unstated => Side::Open,
    };
    let mut found = vec![attempt("missing", "left out", Edit::Remove, missing)];
    found.push(attempt("given", "given", Edit::Keep, Side::Inside));
    // Else a switch would only ever be on. One that holds back is never on: what is protected is not removed again.
    let is_switch = site.field.kind == Kind::Boolean && !holds_back(site.field);
    if is_switch && listed(site.field, 0).next().is_none() {
        let off = Edit::Set(Template::Literal(Value::Bool(false)));
        found.push(attempt("off", "switched off", off, Side::Inside));
    }
    found
}
