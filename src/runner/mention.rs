//! Who mentions a thing: operations that show something before it was made, after it, and once it is
//! removed.
//!
//! Main type: [`Mentions`]. An operation that began to mention a thing when it was made is a witness. One
//! that shows what the removal works in (the collection, or what the thing was attached to) must stop
//! mentioning it; any other one only if it did so once before: a log may remember what is gone. All of
//! them go on mentioning what is still there.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::observe;
use super::session::Session;
use crate::case::Template;
use crate::case::scenario::{Kept, Mention, filled};
use crate::check::Unmet;
use crate::contract::{Operation, OperationId};

/// How long a witness that must change its answer may take.
const MOST_PATIENCE: Duration = Duration::from_secs(60);
/// How long one may take that need not.
const LITTLE_PATIENCE: Duration = Duration::from_millis(200);
/// More operations than this are not asked before and after each step.
const MOST_WITNESSES: usize = 16;
/// Texts that are shorter may stand anywhere for any reason.
const SHORTEST: usize = 4;

/// What was seen so far in one story.
#[derive(Default)]
pub(super) struct Mentions<'a> {
    /// What was shown before the step that is being taken.
    before: Vec<Look<'a>>,
    /// What is there now, with who mentions it and did not before it was made.
    there: Vec<(String, Vec<Witness<'a>>)>,
    /// Who mentioned a thing when it was made, and not once it was removed.
    trusted: Vec<OperationId>,
}

/// What a witness showed.
struct Look<'a> {
    witness: Witness<'a>,
    body: Value,
}

/// An operation that shows something of what the story does.
struct Witness<'a> {
    operation: &'a Operation,
    known: BTreeMap<String, String>,
    /// Whether it shows what the thing is made in or attached to, or the thing itself.
    near: bool,
}

impl<'a> Mentions<'a> {
    /// Looks at what is shown before a step is taken.
    pub(super) fn look(
        &mut self,
        session: &mut Session<'a, '_>,
        mention: &Mention,
        operation: &'a Operation,
        known: &BTreeMap<String, String>,
        kept: &Kept,
    ) {
        let names: Vec<&str> = operation.path.parameters().collect();
        let mut observers = observe::all_observers(session.contract, operation, &names);
        let lists = observe::lists_of_made(session.contract, session.creations, operation);
        observers.sort_by_key(|observer| !lists.contains(&&observer.id));
        let witnesses = observers
            .into_iter()
            .take(MOST_WITNESSES)
            .map(|observer| Witness {
                operation: observer,
                known: known.clone(),
                near: operation.path.0.starts_with(&observer.path.0),
            });
        match mention {
            Mention::Comes(_) => {
                let looks = witnesses.filter_map(|witness| {
                    let body = witness.shows(session)?;
                    Some(Look { witness, body })
                });
                self.before = looks.collect();
            }
            // Nothing could show the thing itself before it was there.
            Mention::Goes(thing) => {
                let Some(thing) = text(thing, kept) else {
                    return;
                };
                let itself = witnesses.filter(|witness| witness.operation.path == operation.path);
                let itself = itself.filter(|witness| {
                    let body = witness.shows(session);
                    body.is_some_and(|body| mentions(&body, &thing))
                });
                let itself: Vec<Witness<'a>> = itself.collect();
                match self.there.iter_mut().find(|(known, _)| *known == thing) {
                    Some((_, witnesses)) => witnesses.extend(itself),
                    None => self.there.push((thing, itself)),
                }
            }
        }
    }

    /// Looks again once the step is taken, and says what does not mention what it should, or still
    /// mentions what it should not.
    pub(super) fn look_again(
        &mut self,
        session: &mut Session<'a, '_>,
        mention: &Mention,
        kept: &Kept,
    ) -> Vec<Unmet> {
        let Some(thing) = text(mention.thing(), kept) else {
            return Vec::new();
        };
        match mention {
            Mention::Comes(_) => self.come(session, &thing),
            Mention::Goes(_) => self.gone(session, &thing),
        }
    }

    fn come(&mut self, session: &mut Session<'a, '_>, thing: &str) -> Vec<Unmet> {
        let (mut unmet, mut witnesses) = (Vec::new(), Vec::new());
        for Look { witness, body } in std::mem::take(&mut self.before) {
            if mentions(&body, thing) {
                continue;
            }
            let trusted = self.trusts(&witness);
            let shown = witness.awaited(session, patience(trusted), |body| mentions(body, thing));
            match shown {
                Some(true) => witnesses.push(witness),
                Some(false) if trusted => {
                    unmet.push(told(&witness, "mentions", thing, "it is not there"))
                }
                Some(false) | None => {}
            }
        }
        self.there.push((thing.to_owned(), witnesses));
        unmet
    }

    fn gone(&mut self, session: &mut Session<'a, '_>, thing: &str) -> Vec<Unmet> {
        let mut unmet = Vec::new();
        let place = self.there.iter().position(|(known, _)| known == thing);
        let witnesses = place.map(|place| self.there.swap_remove(place).1);
        for witness in witnesses.into_iter().flatten() {
            let bound = witness.near || self.trusts(&witness);
            let gone = witness.awaited(session, patience(bound), |body| !mentions(body, thing));
            match gone {
                Some(false) if bound => unmet.push(told(
                    &witness,
                    "no longer mentions",
                    thing,
                    "it is still there",
                )),
                Some(false) => {}
                Some(true) | None => self.trusted.push(witness.operation.id.clone()),
            }
        }
        for (other, witnesses) in &self.there {
            for witness in witnesses {
                let shown = witness.shows(session);
                if shown.is_some_and(|body| !mentions(&body, other)) {
                    unmet.push(told(witness, "still mentions", other, "it is not there"));
                }
            }
        }
        unmet
    }

    fn trusts(&self, witness: &Witness<'_>) -> bool {
        self.trusted.contains(&witness.operation.id)
    }
}

impl<'a> Witness<'a> {
    /// What it shows now. None where it shows nothing.
    fn shows(&self, session: &mut Session<'a, '_>) -> Option<Value> {
        let seen = session.observe(&[self.operation], &self.known);
        let answer = seen.first().filter(|answer| answer.accepted())?;
        answer.json().cloned()
    }

    /// Whether it comes to show something of this kind. None where it shows nothing.
    fn awaited(
        &self,
        session: &mut Session<'a, '_>,
        patience: Duration,
        wanted: impl Fn(&Value) -> bool,
    ) -> Option<bool> {
        let (mut waited, mut pauses) = (Duration::ZERO, session.target.pauses());
        loop {
            if wanted(&self.shows(session)?) {
                return Some(true);
            }
            let pause = pauses.next().filter(|_| waited < patience);
            let Some(pause) = pause else {
                return Some(false);
            };
            session.target.wait(pause);
            waited += pause;
        }
    }
}

fn patience(bound: bool) -> Duration {
    if bound {
        MOST_PATIENCE
    } else {
        LITTLE_PATIENCE
    }
}

fn told(witness: &Witness<'_>, what: &str, thing: &str, seen: &str) -> Unmet {
    let shows = &witness.operation.id;
    Unmet {
        what: format!("`{shows}` shows something else"),
        promise: format!("`{shows}` {what} what the step was about"),
        expected: format!("`{shows}` {what} {thing}"),
        seen: seen.to_owned(),
    }
}

/// The text by which a thing is known, where it is long enough to be found.
fn text(thing: &Template, kept: &Kept) -> Option<String> {
    let text = match filled(thing, kept)? {
        Value::String(text) => text,
        other => other.to_string(),
    };
    (text.chars().count() >= SHORTEST).then_some(text)
}

/// Whether a text or a number stands anywhere in a body, as a value or as a key.
fn mentions(body: &Value, thing: &str) -> bool {
    match body {
        Value::String(text) => text == thing && !text.is_empty(),
        Value::Number(number) => number.to_string() == thing,
        Value::Array(items) => items.iter().any(|item| mentions(item, thing)),
        Value::Object(members) => members
            .iter()
            .any(|(key, member)| key == thing || mentions(member, thing)),
        Value::Null | Value::Bool(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_thing_is_mentioned_by_its_whole_name() {
        let body = json!({"lids": [{"id": "lid-1", "size": 4021}], "lid-2": {}});
        for thing in ["lid-1", "4021", "lid-2"] {
            assert!(mentions(&body, thing), "{thing}");
        }
        for thing in ["lid", "402", "lid-11"] {
            assert!(!mentions(&body, thing), "{thing}");
        }
    }

    #[test]
    fn what_is_short_may_be_anything() {
        let kept = Kept::from([
            ("lid".to_owned(), json!("l1")),
            ("kettle".to_owned(), json!("kettle-1")),
        ]);
        let named = |name: &str| text(&Template::Kept(name.to_owned()), &kept);
        assert_eq!(named("lid"), None);
        assert_eq!(named("kettle").as_deref(), Some("kettle-1"));
        assert_eq!(named("spout"), None);
    }
}
