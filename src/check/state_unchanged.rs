//! A job that did its work changed something, and what was deleted is gone.

use std::collections::HashSet;

use serde_json::Value;

use super::{Check, Trial};
use crate::case::Expect;
use crate::contract::{Operation, PathTemplate, Segment, is_project, same_name};
use crate::finding::{Finding, Severity};
use crate::wire::Method;

pub(super) struct StateUnchanged;

impl Check for StateUnchanged {
    fn code(&self) -> &'static str {
        "state_unchanged"
    }

    fn title(&self) -> &'static str {
        "what says that it did its work changed something"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: an asynchronous operation does in a job what it was asked to do, and a DELETE \
         deletes.\n\
         Broken: the job says that it succeeded, and whatever can be observed of the thing the \
         operation works on is the same as before; or a DELETE is accepted, and the same path shows \
         the same as before.\n\
         Example: a lamp is fitted, its job ends in SUCCESS, and the light shows no lamp.\n\
         Less than sure: where only other things can be observed, and where nothing that is shown \
         is called like something that was sent, it is not judged."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let claimed = trial.case.expect == Expect::Accepted
            && !trial.operation.method.is_safe()
            && trial.main.accepted()
            && !trial.only_tries();
        let unchanged = match &trial.job {
            _ if !claimed => None,
            Some(job) => {
                let told = || same(trial).or_else(|| still_there(trial));
                job.succeeded().then(told).flatten()
            }
            None => still_there(trial),
        };
        let Some(what) = unchanged else {
            return Vec::new();
        };
        vec![Finding {
            title: "said it was done, and changed nothing".to_owned(),
            sources: vec![trial.operation.at.clone()],
            expected: format!("a change that {what} shows"),
            seen: "the same as before".to_owned(),
            ..trial.finding(self, &trial.main)
        }]
    }
}

/// What shows the same before and after, where something of it shows the thing worked on.
fn same(trial: &Trial<'_>) -> Option<String> {
    let sent = words_sent(trial.operation);
    let body = serde_json::from_slice(&trial.main.exchange.request.body).unwrap_or_default();
    let mut observed = trial.before.iter().zip(&trial.after);
    let shows = observed.clone().any(|(before, after)| {
        let (shows, changes) = (after.operation, trial.operation);
        let was = before.json().unwrap_or(&Value::Null);
        let changes_ids = || gives_new_id(shows, &body, was) || deletes_shown_id(shows, trial, was);
        let shows_it = holds(&shows.path, &changes.path) && shows_any(shows, &sent)
            || works_on(&shows.path, &changes.path) && changes_ids()
            || has_text(&body, last_segment(after.exchange.request.path()));
        before.accepted() && after.accepted() && shows_it
    });
    let same = shows && observed.all(|(before, after)| before.tells_same(after));
    same.then(|| {
        let names = trial.after.iter().map(|after| after.operation.id.as_str());
        names.collect::<Vec<_>>().join(" or ")
    })
}

/// What still shows, under the very path that was deleted, what it showed before. A 202 without a job that
/// has ended promises a deletion for later.
fn still_there(trial: &Trial<'_>) -> Option<String> {
    let is_later = trial.job.is_none() && trial.main.status() == Some(202);
    if trial.operation.method != Method::Delete || is_later {
        return None;
    }
    let mut observed = trial.before.iter().zip(&trial.after);
    let (_, after) = observed.find(|(before, after)| {
        before.accepted()
            && after.accepted()
            && before.json().is_some_and(shows_something)
            && before.tells_same(after)
            && after.operation.path == trial.operation.path
    })?;
    Some(after.operation.id.to_string())
}

/// Whether there is anything in a body that could be deleted.
fn shows_something(body: &Value) -> bool {
    match body {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(shows_something),
        Value::Object(members) => members.values().any(shows_something),
    }
}

/// Whether an operation on `inner` works on the thing that `outer` shows.
fn holds(outer: &PathTemplate, inner: &PathTemplate) -> bool {
    let names_something = outer
        .0
        .iter()
        .any(|segment| matches!(segment, Segment::Literal(_)));
    names_something && inner.0.len() >= outer.0.len() && inner.0.starts_with(&outer.0)
}

/// Whether `outer` shows something of a thing that `inner` works on, on whatever path.
fn works_on(outer: &PathTemplate, inner: &PathTemplate) -> bool {
    let mut things = inner.parameters().filter(|name| !is_project(name));
    things.any(|thing| outer.parameters().any(|name| name == thing))
}

/// Whether an id that is given is shown under the same name, and was not: `lamp_id`, `lampId`. What was
/// there already may stay as it was.
fn gives_new_id(shows: &Operation, given: &Value, before: &Value) -> bool {
    match given {
        Value::Object(members) => members.iter().any(|(name, value)| match value {
            Value::String(id) => is_shown_id(shows, name) && !has_text(before, id),
            inner => gives_new_id(shows, inner, before),
        }),
        Value::Array(items) => items.iter().any(|item| gives_new_id(shows, item, before)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether the thing at the end of the path is deleted, and its id was shown.
fn deletes_shown_id(shows: &Operation, trial: &Trial<'_>, before: &Value) -> bool {
    let id = last_segment(trial.main.exchange.request.path());
    let is_shown = match trial.operation.path.0.last() {
        Some(Segment::Parameter(name)) => is_shown_id(shows, name),
        Some(Segment::Literal(_)) | None => false,
    };
    trial.operation.method == Method::Delete && is_shown && has_text(before, id)
}

fn is_shown_id(shows: &Operation, name: &str) -> bool {
    let shown = shows.response_fields();
    let is_id = name.ends_with("_id") || name.ends_with("Id");
    is_id && shown.iter().any(|(path, _)| same_name(path.leaf(), name))
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether a text stands anywhere in a body as a value. The key of a list may well be called like its path.
fn has_text(body: &Value, wanted: &str) -> bool {
    match body {
        Value::String(text) => text == wanted && !text.is_empty(),
        Value::Array(items) => items.iter().any(|item| has_text(item, wanted)),
        Value::Object(members) => members.values().any(|member| has_text(member, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Words that say nothing of what a field is about.
const EVERYWHERE: [&str; 6] = ["id", "ids", "name", "names", "type", "types"];

/// The words in the names of what a request sends: its fields, and the parameter that ends its path.
fn words_sent(operation: &Operation) -> HashSet<String> {
    let fields = operation.request_fields();
    let named = fields.iter().map(|(path, _)| path.leaf());
    let removed = match operation.path.0.last() {
        Some(Segment::Parameter(name)) => Some(name.as_str()),
        Some(Segment::Literal(_)) | None => None,
    };
    let named = named.chain(removed);
    named.flat_map(words).collect()
}

fn shows_any(operation: &Operation, sent: &HashSet<String>) -> bool {
    let shown = operation.response_fields();
    let inner = shown.iter().filter(|(path, _)| path.0.len() > 1);
    inner
        .flat_map(|(path, _)| words(path.leaf()))
        .any(|word| sent.contains(&word))
}

/// The words of a name, in the singular: `volumeId` is `volume`, `volumes_attached` is `volume` and
/// `attached`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut parted = String::new();
    let mut was_small = false;
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            parted.push('_');
        }
        was_small = c.is_lowercase();
        parted.extend(c.to_lowercase());
    }
    let words: Vec<String> = parted
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EVERYWHERE.contains(word))
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        gives_new_id, has_text, last_segment, shows_any, shows_something, words_sent, works_on,
    };
    use crate::check::sample::{Scene, check, light};
    use crate::contract::sample;

    #[test]
    fn what_is_sent_is_looked_for_by_its_words() {
        let show = "kettle.id kettle.lids_on kettle.name";
        let show = sample::operation("GET /v1/kettles/{kettle_id}", "", show);
        let shows = |route, sent| {
            let asked = sample::operation(route, sent, "job_id");
            shows_any(&show, &words_sent(&asked))
        };
        assert!(shows("POST /v1/kettles/{kettle_id}/attachlid", "lid.lidId"));
        assert!(shows(
            "DELETE /v1/kettles/{kettle_id}/detachlid/{lid_id}",
            ""
        ));
        assert!(!shows(
            "POST /v1/kettles/{kettle_id}/boil",
            "boil.degrees boil.name"
        ));
    }

    #[test]
    fn an_id_that_is_given_is_looked_for_where_the_same_thing_is_shown() {
        let asked = sample::operation("POST /v1/{house_id}/kettles/{kettle_id}/fit", "", "");
        let body = json!({ "lid": [{ "lidId": "l1", "size": 3 }] });
        let judged = |route: &str, shown, before| {
            let shows = sample::operation(route, "", shown);
            works_on(&shows.path, &asked.path) && gives_new_id(&shows, &body, &before)
        };
        let (none, same) = (
            json!({ "lids": [] }),
            json!({ "lids": [{ "lid_id": "l1" }] }),
        );
        let lids = "GET /v2/kettles/{kettle_id}/lids";
        assert!(judged(lids, "lids.lid_id", none.clone()));
        assert!(!judged(lids, "lids.lid_id", same), "it was there already");
        assert!(!judged(lids, "lids.size lids.id", none.clone()));
        assert!(!judged("GET /v2/lids", "lids.lidId", none));
        assert!(has_text(&body, last_segment("/v1/lids/l1")));
        assert!(!has_text(&body, "l2"));
        let list = json!({ "lids": [{ "id": "l1" }] });
        assert!(!has_text(&list, last_segment("/v1/lids")), "a key");
    }

    #[test]
    fn what_shows_nothing_cannot_be_deleted() {
        for nothing in [json!(null), json!({"tags": []}), json!({"password": ""})] {
            assert!(!shows_something(&nothing), "{nothing}");
        }
        for something in [json!({"tags": ["a"]}), json!({"lit": false}), json!(0)] {
            assert!(shows_something(&something), "{something}");
        }
    }

    #[test]
    fn success_is_visible() {
        let (old, new) = (light(""), light("\"height\":22"));
        let done = || {
            Scene::fit()
                .answers(202, "{\"job_id\":\"j\"}")
                .job(&["INIT", "SUCCESS"])
        };
        check("state_unchanged", done().observed(&old, &new), "");
        check(
            "state_unchanged",
            done().observed(&old, &old),
            "violation: said it was done, and changed nothing; expected a change that lighthouses.show shows, seen the same as before",
        );
    }
}
