//! Takes back what attaches one thing to another: a lid to a kettle, a member to a group.
//!
//! What was attached before the run stays attached. How often the things around show each name of
//! the request is counted before it is sent; it is taken back only where that is more often now.

use std::collections::BTreeSet;

use serde_json::Value;

use super::journal::{Made, Shown};
use super::look::{Known, around, filled, path_of, texts_in};
use super::made::texts_at;
use super::remove::{End, Removal, SETTLES_WITHIN};
use super::{Live, Target as _};
use crate::contract::{Contract, Creation, Named, PathTemplate, Selector};
use crate::wire::{Method, Request};

/// What is shown, before it is sent, of what a request is about to attach.
pub(super) fn before(
    live: &mut Live,
    contract: &Contract,
    creation: &Creation,
    made: &Made,
) -> Shown {
    let Some(makes) = contract.operation(&creation.makes) else {
        return Shown::new();
    };
    let paths = shown_at(contract, creation, &makes.path, path_of(&made.path));
    live.count(&paths, &names(creation, &makes.path, made), false)
}

/// Where it is shown whether something is attached.
fn shown_at(
    contract: &Contract,
    creation: &Creation,
    makes: &PathTemplate,
    path: &str,
) -> Vec<String> {
    let known: Known = makes.values(path);
    if creation.named != Named::SamePath {
        return around(contract, makes, &known);
    }
    let (owner, itself) = (&known[..known.len().saturating_sub(1)], &known);
    let mut paths = around(contract, &makes.collection(), &owner.to_vec());
    paths.extend(filled(makes, itself).filter(|_| shows_itself(contract, makes)));
    paths
}

fn shows_itself(contract: &Contract, path: &PathTemplate) -> bool {
    let mut operations = contract.operations.iter();
    operations.any(|other| other.method == Method::Get && other.path.same_shape(path))
}

/// What names, in a request, the thing that it attaches.
fn names(creation: &Creation, makes: &PathTemplate, made: &Made) -> BTreeSet<String> {
    let sent: Value = serde_json::from_str(&made.body).unwrap_or_default();
    match &creation.named {
        Named::Parameter { asked, .. } => texts_at(&sent, asked).into_iter().collect(),
        Named::Listed { .. } => BTreeSet::new(),
        Named::SamePath => {
            let values = makes.values(path_of(&made.path));
            values
                .into_iter()
                .next_back()
                .map(|(_, value)| value)
                .into_iter()
                .collect()
        }
        Named::SameBody(selector) => {
            let mut found = BTreeSet::new();
            match (selector, sent) {
                (Selector::Value { key, .. }, Value::Object(mut members)) => {
                    members.remove(key);
                    texts_in(&Value::Object(members), &mut found);
                }
                (_, sent) => texts_in(&sent, &mut found),
            }
            found
        }
    }
}

impl Removal<'_> {
    /// Takes back what was attached, if it is attached now and was not before.
    pub(super) fn detach(&self, live: &mut Live, ids: Vec<String>) -> End {
        let mut names = names(self.creation, &self.makes.path, &self.open.made);
        names.extend(ids.iter().cloned());
        let path = path_of(&self.open.made.path);
        let paths = shown_at(self.contract, self.creation, &self.makes.path, path);
        let before = &self.open.made.before;
        let unanswered = self.open.told.is_none();
        if unanswered && names.is_empty() {
            // A request that names nothing, and was not accepted, attached nothing.
            return End::Gone;
        }
        if unanswered {
            // What was asked for last may be done in this moment.
            live.wait(SETTLES_WITHIN);
        }
        match &self.creation.named {
            Named::Parameter { name, .. } => {
                let all = names.iter();
                let ends = all.map(|id| {
                    let request = Request::new(self.removes.method, self.path_with(name, id));
                    self.persist(live, &request, true, &mut |live| {
                        let one = BTreeSet::from([id.clone()]);
                        is_added(before, &live.count(&paths, &one, unanswered), id)
                    })
                });
                End::of_all(ends)
            }
            Named::SamePath => {
                let request = Request::new(Method::Delete, path);
                self.persist(live, &request, true, &mut |live| {
                    let now = live.count(&paths, &names, unanswered);
                    any(names.iter().map(|name| is_added(before, &now, name)))
                })
            }
            Named::SameBody(selector) => {
                let now = live.count(&paths, &names, unanswered);
                let Some(request) = self.same_body(selector, &now) else {
                    return End::Left("what it was asked with is no JSON object".to_owned());
                };
                self.persist(live, &request, true, &mut |live| {
                    let now = live.count(&paths, &names, unanswered);
                    let sent = serde_json::from_slice(&request.body).unwrap_or_default();
                    self.is_attached(&sent, &now)
                })
            }
            Named::Listed { .. } => End::Left("nobody knows what it was attached to".to_owned()),
        }
    }

    /// Whether anything that the removal names is attached now and was not before.
    fn is_attached(&self, sent: &Value, now: &Shown) -> Option<bool> {
        let before = &self.open.made.before;
        let lists = lists(sent);
        if !lists.is_empty() {
            let items = lists.into_iter().flatten();
            let added = items.map(|item| is_item_added(before, now, item));
            return any(std::iter::once(Some(false)).chain(added));
        }
        let mut names = BTreeSet::new();
        texts_in(sent, &mut names);
        any(names.iter().map(|name| is_added(before, now, name)))
    }

    /// The body of the creation, with the other selector, and without items that were there before.
    fn same_body(&self, other: &Selector, now: &Shown) -> Option<Request> {
        let Ok(Value::Object(sent)) = serde_json::from_str(&self.open.made.body) else {
            return None;
        };
        let own = self.makes.selector.as_ref().map(Selector::word);
        let own = own.unwrap_or_default();
        let swapped = sent.into_iter().map(|(key, value)| match other {
            Selector::Key(word) if key == own => (word.clone(), value),
            Selector::Value {
                key: selecting,
                value: word,
            } if key == *selecting => (key, Value::String(word.clone())),
            Selector::Key(_) | Selector::Value { .. } => (key, value),
        });
        let mut body: serde_json::Map<String, Value> = swapped.collect();
        for value in body.values_mut() {
            if let Value::Array(items) = value {
                items
                    .retain(|item| is_item_added(&self.open.made.before, now, item) != Some(false));
            }
        }
        let mut request = Request::new(self.removes.method, self.open.made.path.clone());
        request.headers.set("Content-Type", "application/json");
        request.body = Value::Object(body).to_string().into();
        Some(request)
    }
}

/// The lists in a body's own members.
fn lists(body: &Value) -> Vec<&Vec<Value>> {
    let members = body.as_object().into_iter().flat_map(|body| body.values());
    members.filter_map(Value::as_array).collect()
}

/// Whether an item was added: whatever is shown of it is shown more often than before. An item of
/// which only a part is new has replaced something, which is no addition.
fn is_item_added(before: &Shown, now: &Shown, item: &Value) -> Option<bool> {
    let mut texts = BTreeSet::new();
    texts_in(item, &mut texts);
    let shown = |text: &&String| now.values().any(|counts| counts.contains_key(*text));
    let known = texts.iter().filter(shown);
    let added: Vec<Option<bool>> = known.map(|text| is_added(before, now, text)).collect();
    match added.as_slice() {
        [] => is_added(before, now, texts.first()?),
        added => added.iter().copied().reduce(|a, b| Some(a? && b?))?,
    }
}

/// Whether a request names something that was there before the run attached it.
pub(super) fn was_there(before: &Shown, sent: &Value) -> bool {
    let shown = |text: &String| before.values().any(|counts| counts.contains_key(text));
    let is_known = |value: &Value| {
        let mut texts = BTreeSet::new();
        texts_in(value, &mut texts);
        !texts.is_empty() && texts.iter().all(shown)
    };
    let lists = lists(sent);
    if lists.is_empty() {
        return is_known(sent);
    }
    lists.into_iter().flatten().any(is_known)
}

/// Whether a text is shown more often than before; none: nobody looked at the same place twice.
fn is_added(before: &Shown, now: &Shown, text: &str) -> Option<bool> {
    let mut places = now
        .iter()
        .filter(|(path, _)| before.is_empty() || before.contains_key(*path))
        .peekable();
    places.peek()?;
    let count = |shown: &Shown, path: &str| {
        let counts = shown.get(path)?;
        counts.get(text).copied()
    };
    Some(places.any(|(path, _)| count(now, path) > count(before, path)))
}

/// Whether one of them is so; none: nobody knows.
fn any(each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    each.fold(None, |known, one| match (known, one) {
        (Some(a), Some(b)) => Some(a || b),
        (known, one) => known.or(one),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn shown(texts: &[(&str, u64)]) -> Shown {
        let counts = texts
            .iter()
            .map(|(text, count)| ((*text).to_owned(), *count));
        BTreeMap::from([("/kettles/k1".to_owned(), counts.collect())])
    }

    fn check(before: &[(&str, u64)], now: &[(&str, u64)], added: Option<bool>) {
        let item = json!({"key": "lid", "value": "blue"});
        let told = is_item_added(&shown(before), &shown(now), &item);
        assert_eq!(told, added, "{before:?} {now:?}");
    }

    #[test]
    fn what_was_there_before_is_not_the_runs_own() {
        let before = shown(&[("lid", 1), ("l1", 1)]);
        let was_there = |sent| was_there(&before, &sent);
        assert!(was_there(json!({"removeLid": {"lid_id": "l1"}})));
        assert!(!was_there(json!({"removeLid": {"lid_id": "l2"}})));
        let marks =
            |key, value| json!({"action": "delete", "marks": [{"key": key, "value": value}]});
        assert!(was_there(marks("lid", "l1")));
        assert!(!was_there(marks("lid", "blue")));
        assert!(was_there(json!("l1")));
        assert!(!super::was_there(&Shown::new(), &json!("l1")));
    }

    #[test]
    fn only_what_was_not_there_before_was_added() {
        check(&[], &[("lid", 1), ("blue", 1)], Some(true));
        check(&[("blue", 1)], &[("lid", 1), ("blue", 2)], Some(true));
        check(
            &[("lid", 1), ("blue", 1)],
            &[("lid", 1), ("blue", 1)],
            Some(false),
        );
        check(&[("lid", 1)], &[("lid", 1), ("blue", 1)], Some(false));
        check(&[], &[], Some(false));
        let nobody_looked = is_item_added(&Shown::new(), &Shown::new(), &json!("lid"));
        assert_eq!(nobody_looked, None);
    }
}
