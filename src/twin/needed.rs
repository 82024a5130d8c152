//! Conditions in the words of the Contract under which a field must be sent.

use serde_json::{Map, Value};

/// Whether the condition holds of the object that the field belongs to. None where nobody can tell.
pub(super) fn holds(condition: &str, object: &Map<String, Value>) -> Option<bool> {
    let mut parts = condition.split(" and ");
    parts.try_fold(true, |all, part| Some(part_holds(part, object)? && all))
}

fn part_holds(part: &str, object: &Map<String, Value>) -> Option<bool> {
    let sent = |name: &str| object.get(name.rsplit('.').next().unwrap_or(name));
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

    #[test]
    fn a_condition_holds_does_not_or_cannot_be_told() {
        let object = serde_json::json!({ "mode": "lit", "volts": 230, "dry": true });
        let told = |condition| holds(condition, object.as_object().unwrap());
        assert_eq!(told("mode is given and volts=230"), Some(true));
        assert_eq!(told("mode in (dark, lit) and dry == true"), Some(true));
        assert_eq!(told("fuse absent"), Some(true));
        assert_eq!(told("lamp.fuse given"), Some(false));
        assert_eq!(told("mode == dark"), Some(false));
        assert_eq!(told("the lid is heavy"), None);
        assert_eq!(told("advised: mode == lit"), None);
    }
}
