//! What a request said, and where an answer shows it.
//!
//! Main entries: [`Life::echoes`], [`Life::echo`]. Only what is certain is held against a server: a field that
//! request and answer document under one path and kind.

use serde_json::Value;

use super::life::Life;
use super::rule::pointer;
use super::{Call, Hold, HoldRule};
use crate::case::Template;
use crate::contract::{Constraint, Field, FieldPath, Kind, Operation, Step};

impl Life<'_> {
    /// What was sent must be shown: the values of fields that both describe under one name and kind.
    pub(super) fn echoes(
        &self,
        sent_to: &Operation,
        sent: &Call,
        shown_by: &Operation,
    ) -> Vec<Hold> {
        let shown = shown_by.response_fields();
        let mut holds = Vec::new();
        for (path, field) in sent_to.request_fields() {
            let body = sent.body.as_ref();
            let mut rules = shown_of(body, &path, &field.kind);
            let things = things_in(body, &path);
            let mut twins = shown
                .iter()
                .filter(|_| !rules.is_empty() || !things.is_empty());
            let twin = twins
                .find(|(known, other)| self.echoes_at((&path, field), (known, other), shown_by));
            let Some((known, other)) = twin else {
                continue;
            };
            let things = things
                .iter()
                .filter(|thing| is_told_by(thing, field, other));
            rules.extend(things.map(|thing| HoldRule::Contains((*thing).clone())));
            if let Some(pointer) = pointer(known) {
                let rules = rules.into_iter();
                holds.extend(rules.map(|rule| Hold::here(pointer.clone(), rule)));
            }
        }
        holds
    }

    /// Where an answer shows what a request said in a field.
    pub(super) fn echo(&self, sent: (&FieldPath, &Field), shown_by: &Operation) -> Option<String> {
        let mut shown = shown_by.response_fields().into_iter();
        let twin = shown.find(|(path, field)| self.echoes_at(sent, (path, field), shown_by));
        pointer(&twin?.0)
    }

    /// Whether an answer shows at a place what a request said at another.
    pub(super) fn echoes_at(
        &self,
        (path, field): (&FieldPath, &Field),
        (known, other): (&FieldPath, &Field),
        shown_by: &Operation,
    ) -> bool {
        is_same_place(known, path)
            && is_kept_in(&field.kind, other)
            && other.other_kinds.is_empty()
            && !is_versioned(other)
            && !is_hidden(other)
            && !self.is_moved(shown_by, known)
    }
}

/// Whether what is sent as a kind can be shown in a field: a map may be told as an object.
pub(super) fn is_kept_in(sent: &Kind, shown: &Field) -> bool {
    let as_object = shown.kind == Kind::Object && shown.children.is_empty();
    shown.kind == *sent || (as_object && matches!(sent, Kind::Map { .. }))
}

/// What must be shown of what stands at a path of a body: the value, or in a list or a map at least
/// what was sent.
fn shown_of(body: Option<&Template>, path: &FieldPath, kind: &Kind) -> Vec<HoldRule> {
    if let Some(value) = value_at(body, path) {
        return vec![HoldRule::Equals(Template::Literal(value.clone()))];
    }
    match (kind, body.and_then(|body| template_at(body, path))) {
        (Kind::Array(of), Some(Template::Array(items))) if of.inner().is_none() => {
            let plain = items.iter().filter(|item| is_literal(item));
            plain.cloned().map(HoldRule::Contains).collect()
        }
        (Kind::Map { .. }, Some(map @ Template::Object(members)))
            if !members.is_empty() && members.iter().all(|(_, member)| is_literal(member)) =>
        {
            vec![HoldRule::Contains(map.clone())]
        }
        (_, _) => Vec::new(),
    }
}

/// The objects of literal values in the list that stands at a path of members.
fn things_in<'v>(body: Option<&'v Template>, path: &FieldPath) -> Vec<&'v Template> {
    let Some(Template::Array(items)) = body.and_then(|body| template_at(body, path)) else {
        return Vec::new();
    };
    let are_plain = |item: &&Template| match item {
        Template::Object(members) => {
            !members.is_empty() && members.iter().all(|(_, member)| is_literal(member))
        }
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Array(_) => false,
    };
    items.iter().filter(are_plain).collect()
}

/// Whether the items of a list show all that an item of another list was sent with.
fn is_told_by(thing: &Template, sent: &Field, shown: &Field) -> bool {
    let Template::Object(members) = thing else {
        return false;
    };
    members.iter().all(|(name, _)| {
        let both = sent.child(name).zip(shown.child(name));
        both.is_some_and(|(sent, shown)| {
            sent.kind == shown.kind && shown.other_kinds.is_empty() && !is_versioned(shown)
        })
    })
}

/// The literal value, or the map of such, that stands at a path of members.
pub(super) fn sent_at(body: Option<&Template>, path: &FieldPath) -> Option<Template> {
    match template_at(body?, path)? {
        Template::Literal(value) if !value.is_array() && !value.is_object() => {
            Some(Template::Literal(value.clone()))
        }
        map @ Template::Object(members)
            if !members.is_empty() && members.iter().all(|(_, member)| is_literal(member)) =>
        {
            Some(map.clone())
        }
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

fn is_literal(template: &Template) -> bool {
    matches!(template, Template::Literal(_))
}

/// Whether the field exists in some versions only.
pub(super) fn is_versioned(field: &Field) -> bool {
    let mut statements = field.statements.iter();
    statements.any(|said| matches!(said.constraint, Constraint::Microversion { .. }))
}

/// Whether what another field is decides if it is shown at all, or a part of it. A password may be shown by other
/// signs.
pub(super) fn is_hidden(field: &Field) -> bool {
    let mut statements = field.statements.iter();
    let name = field.name.to_ascii_lowercase();
    ["pass", "passwd", "password"]
        .iter()
        .any(|word| name.ends_with(word))
        || statements.any(|said| said.constraint.is_null_beside())
        || field.children.iter().any(is_hidden)
}

/// Whether two fields stand at one place, but for a wrapping around all of one body.
fn is_same_place(one: &FieldPath, other: &FieldPath) -> bool {
    let (a, b) = (&one.0[..], &other.0[..]);
    a == b || a.get(1..) == Some(b) || b.get(1..) == Some(a)
}

/// The literal scalar that stands at a path of members.
pub(super) fn value_at<'v>(body: Option<&'v Template>, path: &FieldPath) -> Option<&'v Value> {
    match template_at(body?, path)? {
        Template::Literal(value) if !value.is_array() && !value.is_object() => Some(value),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

/// What stands at a path of members.
pub(in crate::case) fn template_at<'v>(
    body: &'v Template,
    path: &FieldPath,
) -> Option<&'v Template> {
    let mut place = body;
    for step in &path.0 {
        let (Step::Name(name), Template::Object(members)) = (step, place) else {
            return None;
        };
        place = &members.iter().find(|(known, _)| known == name)?.1;
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, null_when, sample};

    #[test]
    fn what_another_field_hides_is_held_of_no_answer() {
        let answer = sample::operation("GET /v1/lamps/{lamp_id}", "", "wick.length").response;
        let mut fields = answer.expect("it answers").fields;
        assert!(!is_hidden(&fields[0]));
        fields[0].children[0].statements.push(Statement {
            constraint: null_when("fuel == GAS"),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert!(is_hidden(&fields[0]));
    }

    #[test]
    fn at_least_what_was_sent_is_in_a_list_and_a_map() {
        let literal = |text: &str| Template::Literal(Value::from(text));
        let map = Template::Object(vec![("mark".to_owned(), literal("red"))]);
        let list = Template::Array(vec![literal("lid"), Template::Lent("lid_id".to_owned())]);
        let members = [("marks", map.clone()), ("lids", list)];
        let members = members.map(|(name, value)| (name.to_owned(), value));
        let body = Template::Object(members.to_vec());
        let text = Box::new(Kind::String);
        let key = "mark".to_owned();
        let kind = Kind::Map {
            key,
            value: text.clone(),
        };
        let rules = |name: &str, kind: &Kind| shown_of(Some(&body), &FieldPath::root(name), kind);
        assert_eq!(rules("marks", &kind), [HoldRule::Contains(map)]);
        assert_eq!(rules("marks", &Kind::Object), []);
        let lids = rules("lids", &Kind::Array(text));
        assert_eq!(lids, [HoldRule::Contains(literal("lid"))]);
    }
}
