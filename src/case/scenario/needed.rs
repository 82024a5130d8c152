//! The state of a thing that a call needs: what it must show of itself for the call to be made.
//!
//! Main entry: [`Needed`]. A document may name several attributes: a lamp must be `DARK` and must not be locked.

use serde_json::Value;

use super::Call;
use crate::contract::StatesRule;

/// The state of a thing that a call needs. In any other one it must be refused; a call that must be
/// accepted is not made then, and the story ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// Who shows the state.
    pub shown_by: Call,
    /// What is needed of each attribute.
    pub wants: Vec<Want>,
    /// When it counts in which state the thing is.
    pub when: When,
    /// Who shows the state of another thing that came to it before this one. As long as that one is in it, this
    /// one was.
    pub witness: Option<Call>,
}

/// What is needed of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Where it is shown, as a JSON pointer.
    pub pointer: String,
    /// Whether the states are the good ones or the bad ones.
    pub rule: StatesRule,
    /// The states.
    pub states: Vec<String>,
}

/// When the state of a thing counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Once it rests.
    Rested,
    /// Once it rests. In another state it is led to one of these, or else the call is left out.
    Led,
    /// At once, while another state may follow.
    AtOnce,
}

/// A state as it is shown: a word for each attribute that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State(pub Vec<String>);

impl Needed {
    /// The state that a body shows, of all that counts here.
    pub fn shown(&self, body: &Value) -> Option<State> {
        let words = self.wants.iter().map(|want| word(body, &want.pointer));
        words.collect::<Option<_>>().map(State)
    }

    /// Whether the call may be made in a state that was shown for it.
    pub fn is_met_by(&self, state: &State) -> bool {
        let pairs = self.wants.iter().zip(&state.0);
        pairs.into_iter().all(|(want, word)| want.is_met_by(word))
    }

    /// Whether a document that says that something leads to this state says thereby that it leads to what is needed.
    pub fn is_brought_by(&self, state: &str) -> bool {
        let mut told = self.wants.iter().filter(|want| !want.is_of_flag());
        told.any(|want| want.is_met_by(state))
    }
}

impl Want {
    fn is_met_by(&self, word: &str) -> bool {
        let listed = self
            .states
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word));
        match self.rule {
            StatesRule::OneOf => listed,
            StatesRule::NoneOf => !listed,
        }
    }

    fn is_of_flag(&self) -> bool {
        is_of_flag(&self.states)
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(" and "))
    }
}

/// Whether these are states of something that is on or off.
pub(super) fn is_of_flag(states: &[String]) -> bool {
    states.iter().all(|state| state == "true")
}

/// The word for the state that a body shows at a place.
pub fn word(body: &Value, pointer: &str) -> Option<String> {
    match body.pointer(pointer)? {
        Value::String(word) => Some(word.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::case::scenario::rule::draft;
    use crate::contract::sample;

    #[test]
    fn all_that_is_needed_must_be_shown() {
        let want = |pointer: &str, rule, state: &str| Want {
            pointer: pointer.to_owned(),
            rule,
            states: vec![state.to_owned()],
        };
        let needed = Needed {
            shown_by: draft(&sample::operation("GET /v1/lamps/{lamp_id}", "", "")),
            wants: vec![
                want("/lamp/status", StatesRule::OneOf, "DARK"),
                want("/lamp/locked", StatesRule::NoneOf, "true"),
            ],
            when: When::Rested,
            witness: None,
        };
        let met = |status: &str, locked: Value| {
            let body = json!({"lamp": {"status": status, "locked": locked}});
            Some(needed.is_met_by(&needed.shown(&body)?))
        };
        assert_eq!(met("dark", json!(false)), Some(true));
        assert_eq!(met("DARK", json!(true)), Some(false));
        assert_eq!(met("LIT", json!(false)), Some(false));
        assert_eq!(met("DARK", json!(null)), None);
        assert!(needed.is_brought_by("DARK") && !needed.is_brought_by("LIT"));
    }
}
