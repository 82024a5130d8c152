//! Conditions in the words of the Contract under which a field must be sent.

use serde_json::{Map, Value};

use crate::contract::Field;

/// Whether the condition holds of the object that the field belongs to. None where nobody can tell.
pub(super) fn holds(condition: &str, sent: &Sent<'_>) -> Option<bool> {
    let mut parts = condition.split(" and ");
    parts.try_fold(true, |all, part| Some(part_holds(part, sent)? && all))
}

/// Whether it is one that can be told of any object.
pub(super) fn can_be_told(condition: &str) -> bool {
    holds(condition, &Sent::of(&Map::default())).is_some()
}

/// An object that was sent, and what it stands in.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    fields: &'a [Field],
    object: &'a Map<String, Value>,
    outer: Option<&'a Sent<'a>>,
}

impl<'a> Sent<'a> {
    /// An object that stands alone.
    pub(super) fn of(object: &'a Map<String, Value>) -> Self {
        Self {
            fields: &[],
            object,
            outer: None,
        }
    }

    /// An object with these fields inside of this one.
    pub(super) fn inside(&'a self, fields: &'a [Field], object: &'a Map<String, Value>) -> Self {
        Self {
            fields,
            object,
            outer: Some(self),
        }
    }

    /// A member of the object itself.
    pub(super) fn own(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name)
    }

    /// What is meant by a name: a member of the object, or of the nearest one around it that may have one.
    fn meant(&self, name: &str) -> Option<&'a Value> {
        match self.outer {
            Some(outer) if !self.fields.iter().any(|field| field.name == name) => outer.meant(name),
            _ => self.own(name),
        }
    }
}

fn part_holds(part: &str, object: &Sent<'_>) -> Option<bool> {
    let sent = |name: &str| object.meant(name.rsplit('.').next().unwrap_or(name));
    let is = |name: &str, value: &str| match sent(name) {
        Some(Value::String(text)) => text == value,
        Some(sent) => serde_json::to_string(sent).is_ok_and(|told| told == value),
        None => false,
    };
    let words: Vec<&str> = part.split_whitespace().collect();
    match words.as_slice() {
        [name, "is", "given"] | [name, "given"] => Some(sent(name).is_some()),
        [name, "absent"] => Some(sent(name).is_none()),
        [name, "==", value] => Some(is(name, value)),
        [name, "in", values @ ..] => {
            let values = values.iter().map(|word| word.trim_matches(['(', ')', ',']));
            Some(values.into_iter().any(|value| is(name, value)))
        }
        [name, sign @ (">" | "<"), end] => {
            let end: f64 = end.parse().ok()?;
            let sent = sent(name).and_then(Value::as_f64);
            Some(sent.is_some_and(|sent| if *sign == ">" { sent > end } else { sent < end }))
        }
        [equation] => {
            let (name, value) = equation.split_once('=')?;
            Some(is(name, value))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    #[test]
    fn a_condition_holds_does_not_or_cannot_be_told() {
        let object = serde_json::json!({ "mode": "lit", "volts": 230, "dry": true });
        let sent = Sent::of(object.as_object().unwrap());
        let told = |condition| holds(condition, &sent);
        assert_eq!(told("mode is given and volts=230"), Some(true));
        assert_eq!(told("mode in (dark, lit) and dry == true"), Some(true));
        assert_eq!(told("fuse absent"), Some(true));
        assert_eq!(told("volts > 229"), Some(true));
        assert_eq!(told("volts < 230"), Some(false));
        assert_eq!(told("lamp.fuse given"), Some(false));
        assert_eq!(told("mode == dark"), Some(false));
        assert_eq!(told("the lid is heavy"), None);
        assert_eq!(told("advised: mode == lit"), None);
    }

    #[test]
    fn a_condition_may_be_about_what_stands_around_the_object() {
        let operation = sample::operation("POST /v1/lamps", "volts", "");
        let fields = &operation.request.as_ref().unwrap().fields;
        let outer = serde_json::json!({ "action": "hang", "volts": 230 });
        let inner = serde_json::json!({});
        let outer = Sent::of(outer.as_object().unwrap());
        let inside = outer.inside(fields, inner.as_object().unwrap());
        assert_eq!(holds("action == hang", &inside), Some(true));
        assert_eq!(holds("action == fetch", &inside), Some(false));
        assert_eq!(holds("volts given", &inside), Some(false));
    }
}
