//! Removes what a run has made: at its end, or after it crashed. Doing it twice is like once.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::journal::{Journal, Open};
use super::made::texts_at;
use super::{Live, Target as _};
use crate::contract::{
    Contract, Creation, Named, Operation, PathTemplate, Selector, is_plain_show,
};
use crate::wire::{Method, Request, Response};

/// The pause before looking again; each further one is half as long again, up to the last.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LAST_PAUSE: Duration = Duration::from_secs(15);
/// How long something whose creation was never answered may take to appear.
const APPEARS_WITHIN: Duration = Duration::from_secs(30);
/// How long a removal may take, where the budget says nothing about jobs.
const USUAL_MINUTES: u64 = 15;

/// Something that could not be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// What asked for it.
    pub open: Open,
    /// Why it is still there.
    pub reason: String,
}

/// How removing one thing went.
enum End {
    Gone,
    Left(String),
}

impl Live {
    /// Removes whatever this run made. Whether it made something, and all of it is gone.
    pub(super) fn remove_what_was_made(&mut self) -> bool {
        let journal = self.shared.state().journal.take();
        let Some(mut journal) = journal else {
            return false;
        };
        let stuck = self.shared.state().stuck.clone();
        let made = !journal.open().is_empty();
        let left = self.remove_but(&mut journal, &stuck, &mut |told| tracing::info!("{told}"));
        let mut state = self.shared.state();
        state
            .stuck
            .extend(left.iter().map(|left| left.open.made.number));
        state.journal = Some(journal);
        made && state.stuck.is_empty()
    }

    /// Removes everything that a journal says may exist, the newest first, and tells of each thing
    /// what came of it.
    pub fn remove(&mut self, journal: &mut Journal, tell: &mut dyn FnMut(&str)) -> Vec<Leftover> {
        self.remove_but(journal, &BTreeSet::new(), tell)
    }

    /// The same, but for what was tried in vain before.
    fn remove_but(
        &mut self,
        journal: &mut Journal,
        stuck: &BTreeSet<u64>,
        tell: &mut dyn FnMut(&str),
    ) -> Vec<Leftover> {
        let mut left = Vec::new();
        let open = journal.open().iter().rev();
        let open: Vec<Open> = open
            .filter(|open| !stuck.contains(&open.made.number))
            .cloned()
            .collect();
        for open in open {
            let what = format!("{} #{}", open.made.operation, open.made.number);
            let end = match self.remove_one(&open) {
                End::Gone => journal
                    .removed(open.made.number)
                    .map_err(|cause| cause.to_string()),
                End::Left(reason) => Err(reason),
            };
            match end {
                Ok(()) => tell(&format!("{what}: removed")),
                Err(reason) => {
                    tell(&format!("{what}: NOT removed: {reason}"));
                    left.push(Leftover { open, reason });
                }
            }
        }
        left
    }

    fn remove_one(&mut self, open: &Open) -> End {
        let Some(contract) = self.shared.options.contract.clone() else {
            return End::Left("without a contract nobody knows how".to_owned());
        };
        let creations = self.shared.creations.clone();
        let creation = creations
            .iter()
            .find(|creation| creation.makes.as_str() == open.made.operation);
        let parts = creation.and_then(|creation| {
            let makes = contract.operation(&creation.makes)?;
            let removes = contract.operation(&creation.removes)?;
            Some(Removal {
                contract: &contract,
                creation,
                makes,
                removes,
                open,
            })
        });
        match parts {
            Some(removal) => removal.perform(self),
            None => End::Left("no documented operation of this contract removes it".to_owned()),
        }
    }
}

struct Removal<'r> {
    contract: &'r Contract,
    creation: &'r Creation,
    makes: &'r Operation,
    removes: &'r Operation,
    open: &'r Open,
}

impl Removal<'_> {
    fn perform(&self, live: &mut Live) -> End {
        let job = self.open.told.as_ref().and_then(|told| told.job.as_deref());
        let ended = job.and_then(|job| self.follow(live, job));
        match &self.creation.named {
            Named::SamePath => self.remove(live, &self.same_path(), None),
            Named::SameBody(selector) => match self.same_body(selector) {
                Some(request) => self.remove(live, &request, None),
                None => End::Left("what it was asked with is no JSON object".to_owned()),
            },
            Named::Parameter {
                name,
                answered,
                asked,
            } => {
                let mut ids = self
                    .open
                    .told
                    .as_ref()
                    .map(|told| told.ids.clone())
                    .unwrap_or_default();
                ids.extend(ended.iter().flat_map(|answer| texts_at(answer, answered)));
                let own = |id: &String| self.is_own(live, name, id);
                let sent: Value = serde_json::from_str(&self.open.made.body).unwrap_or_default();
                ids.extend(texts_at(&sent, asked).into_iter().filter(own));
                if ids.is_empty() {
                    ids = self.listed(live);
                }
                self.remove_all(live, name, ids)
            }
        }
    }

    /// Whether the name in a request is that of a thing which this run has made, or was lent to be
    /// related to another.
    fn is_own(&self, live: &Live, parameter: &str, id: &str) -> bool {
        let is_lent = live
            .lent
            .0
            .get(parameter)
            .is_some_and(|lent| lent.iter().any(|known| known == id));
        let accepted = self.open.told.is_some();
        self.relates()
            || (!is_lent && (accepted || live.mark().is_some_and(|run| id.contains(run))))
    }

    /// Whether it attaches one thing to another, instead of making one.
    fn relates(&self) -> bool {
        !self.makes.path.same_shape(&self.collection())
    }

    fn remove_all(&self, live: &mut Live, name: &str, mut ids: Vec<String>) -> End {
        ids.dedup();
        if ids.is_empty() {
            return self.nothing_known(live);
        }
        for id in ids {
            let path = self.path_with(name, &id);
            let request = Request::new(self.removes.method, path);
            if let End::Left(reason) = self.remove(live, &request, Some((name, &id))) {
                return End::Left(reason);
            }
        }
        End::Gone
    }

    /// What to say of a thing whose name is not known.
    fn nothing_known(&self, live: &Live) -> End {
        let body = &self.open.made.body;
        let marked = live.mark().is_some_and(|run| body.contains(run));
        if self.relates() && self.open.told.is_none() {
            // Without the name of the other thing, nothing was related to it.
            End::Gone
        } else if self.open.told.is_some() {
            End::Left("the answer named nothing that can be removed".to_owned())
        } else if marked && self.lists().is_some() {
            // It would be listed by its name.
            End::Gone
        } else {
            End::Left(format!(
                "its answer never came; look for what was made of {body}"
            ))
        }
    }

    /// Asks for the removal until nothing is shown of the thing any more.
    fn remove(&self, live: &mut Live, request: &Request, named: Option<(&str, &str)>) -> End {
        let minutes = live
            .shared
            .options
            .budget
            .job_minutes
            .unwrap_or(USUAL_MINUTES);
        let (deadline, mut waited, mut pause) = (
            Duration::from_secs(60 * minutes),
            Duration::ZERO,
            FIRST_PAUSE,
        );
        // Something may still appear when nobody knows whether it was made.
        let settles = if self.open.told.is_none() && self.makes.is_async() {
            APPEARS_WITHIN
        } else {
            Duration::ZERO
        };
        loop {
            let mut request = request.clone();
            live.authorize(&mut request);
            let seen = match live.deliver(&request) {
                Ok(answer) if matches!(answer.status, 401 | 403) => {
                    let shown = named.and_then(|(name, id)| self.is_shown(live, name, id));
                    // Where nothing may be seen or removed, nothing could be made either.
                    if self.open.told.is_none() && shown == Some(false) {
                        return End::Gone;
                    }
                    let status = answer.status;
                    return End::Left(format!(
                        "the target's credentials may not: it answered {status}"
                    ));
                }
                Ok(answer) => {
                    let done = (200..300).contains(&answer.status);
                    let job = done.then(|| self.job_of(&answer)).flatten();
                    let ended = job.is_none_or(|job| self.follow(live, &job).is_some());
                    let shown = named.and_then(|(name, id)| self.is_shown(live, name, id));
                    let unknown = matches!(answer.status, 404 | 410);
                    let gone = !shown.unwrap_or(!(unknown || (done && ended)));
                    if gone && (done || waited >= settles) {
                        return End::Gone;
                    }
                    format!(
                        "`{} {}` answered {}",
                        request.method, request.target, answer.status
                    )
                }
                Err(failure) => format!("`{} {}`: {failure}", request.method, request.target),
            };
            if waited >= deadline || live.halted() == Some(super::Halt::Lost) {
                return End::Left(seen);
            }
            live.wait(pause);
            waited += pause;
            pause = (pause * 3 / 2).min(LAST_PAUSE);
        }
    }

    /// Whether the thing is shown by what can be asked; none: nothing can be asked about it.
    fn is_shown(&self, live: &mut Live, name: &str, id: &str) -> Option<bool> {
        let mut known = self.makes.path.values(path_of(&self.open.made.path));
        let parents = known.len();
        known.push((name.to_owned(), id.to_owned()));
        let mut shown = None;
        for operation in self
            .contract
            .operations
            .iter()
            .filter(|operation| is_plain_show(operation))
        {
            let Some(path) = filled(&operation.path, &known) else {
                continue;
            };
            let names: Vec<&str> = operation.path.parameters().collect();
            let of_parents = |(parent, _): &(String, String)| names.contains(&parent.as_str());
            // What was related to another thing may be shown for itself as well, which says nothing of both.
            let about_it = names.contains(&name) && known[..parents].iter().all(of_parents);
            let about_parent = names.len() == parents && !names.contains(&name);
            if !about_it && !about_parent {
                continue;
            }
            let mut request = Request::new(Method::Get, path);
            live.authorize(&mut request);
            let Ok(answer) = live.deliver(&request) else {
                continue;
            };
            let says = match answer.status {
                200..=299 if about_it => true,
                200..=299 => contains(&answer, id),
                404 | 410 => false,
                403 if self.open.told.is_none() => false,
                _ => continue,
            };
            shown = Some(shown.unwrap_or(false) || says);
        }
        shown
    }

    /// Things that a list shows with the run's mark in them, by id or name.
    fn listed(&self, live: &mut Live) -> Vec<String> {
        let (Some(list), Some(run)) = (self.lists(), live.mark().map(str::to_owned)) else {
            return Vec::new();
        };
        let known = self.makes.path.values(path_of(&self.open.made.path));
        let Some(path) = filled(&list.path, &known) else {
            return Vec::new();
        };
        let mut request = Request::new(Method::Get, path);
        live.authorize(&mut request);
        let answer = live.deliver(&request).ok();
        let body = answer.and_then(|answer| serde_json::from_slice::<Value>(&answer.body).ok());
        let Named::Parameter { name, .. } = &self.creation.named else {
            return Vec::new();
        };
        let wanted = if name.ends_with("name") { "name" } else { "id" };
        body.iter()
            .flat_map(|body| marked(body, &run, wanted))
            .collect()
    }

    /// The operation that lists what this one makes.
    fn lists(&self) -> Option<&Operation> {
        let collection = self.collection();
        self.contract
            .operations
            .iter()
            .find(|operation| is_plain_show(operation) && operation.path.same_shape(&collection))
    }

    fn collection(&self) -> PathTemplate {
        let depth = self.removes.path.0.len().saturating_sub(1);
        PathTemplate(self.removes.path.0[..depth].to_vec())
    }

    /// Follows a job to its end and gives its last answer; none: it did not end, or is not shown.
    fn follow(&self, live: &mut Live, job: &str) -> Option<Value> {
        let protocol = self.contract.jobs.as_ref()?;
        let shows = self.contract.operation(&protocol.operation)?;
        let mut known = self.makes.path.values(path_of(&self.open.made.path));
        known.retain(|(name, _)| *name != protocol.id);
        known.push((protocol.id.clone(), job.to_owned()));
        let minutes = live
            .shared
            .options
            .budget
            .job_minutes
            .unwrap_or(USUAL_MINUTES);
        let (deadline, mut waited, mut pause) = (
            Duration::from_secs(60 * minutes),
            Duration::ZERO,
            FIRST_PAUSE,
        );
        while waited < deadline {
            let mut request = Request::new(Method::Get, filled(&shows.path, &known)?);
            live.authorize(&mut request);
            let answer = live
                .deliver(&request)
                .ok()
                .filter(|answer| answer.status == 200)?;
            let body: Value = serde_json::from_slice(&answer.body).ok()?;
            let states = texts_at(&body, std::slice::from_ref(&protocol.state));
            let goes_on = states
                .first()
                .is_none_or(|state| protocol.running.contains(state));
            if !goes_on {
                return Some(body);
            }
            live.wait(pause);
            waited += pause;
            pause = (pause * 3 / 2).min(LAST_PAUSE);
        }
        None
    }

    fn job_of(&self, answer: &Response) -> Option<String> {
        let protocol = self.contract.jobs.as_ref()?;
        let body: Value = serde_json::from_slice(&answer.body).ok()?;
        body.get(&protocol.id)?.as_str().map(str::to_owned)
    }

    fn same_path(&self) -> Request {
        Request::new(Method::Delete, path_of(&self.open.made.path))
    }

    /// The body of the creation, with the other selector.
    fn same_body(&self, other: &Selector) -> Option<Request> {
        let Ok(Value::Object(sent)) = serde_json::from_str(&self.open.made.body) else {
            return None;
        };
        let own = self
            .makes
            .selector
            .as_ref()
            .map(Selector::word)
            .unwrap_or_default();
        let swapped = sent.into_iter().map(|(key, value)| match other {
            Selector::Key(word) if key == own => (word.clone(), value),
            Selector::Value {
                key: selecting,
                value: word,
            } if key == *selecting => (key, Value::String(word.clone())),
            Selector::Key(_) | Selector::Value { .. } => (key, value),
        });
        let body: serde_json::Map<String, Value> = swapped.collect();
        let mut request = Request::new(self.removes.method, self.open.made.path.clone());
        request.headers.set("Content-Type", "application/json");
        request.body = Value::Object(body).to_string().into();
        Some(request)
    }

    /// The removal's path, with the creation's parameters and this one.
    fn path_with(&self, name: &str, id: &str) -> String {
        let mut known = self.makes.path.values(path_of(&self.open.made.path));
        known.retain(|(other, _)| other != name);
        // The holes of two paths of one shape may have other names.
        let renamed = self.removes.path.parameters().zip(known.clone());
        let renamed: Vec<_> = renamed
            .map(|(name, (_, value))| (name.to_owned(), value))
            .collect();
        known.extend(renamed);
        known.insert(0, (name.to_owned(), id.to_owned()));
        filled(&self.removes.path, &known).unwrap_or_default()
    }
}

fn path_of(target: &str) -> &str {
    target.split_once('?').map_or(target, |(path, _)| path)
}

fn filled(path: &PathTemplate, known: &[(String, String)]) -> Option<String> {
    path.filled(|name| {
        known
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    })
}

/// Whether a body has this text as a value somewhere.
fn contains(answer: &Response, id: &str) -> bool {
    fn has(value: &Value, id: &str) -> bool {
        match value {
            Value::String(text) => text == id,
            Value::Array(items) => items.iter().any(|item| has(item, id)),
            Value::Object(members) => members.values().any(|member| has(member, id)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    serde_json::from_slice(&answer.body).is_ok_and(|body: Value| has(&body, id))
}

/// The ids (or names) of the objects in a body that have the mark in one of their own texts.
fn marked(body: &Value, mark: &str, wanted: &str) -> Vec<String> {
    match body {
        Value::Array(items) => items
            .iter()
            .flat_map(|item| marked(item, mark, wanted))
            .collect(),
        Value::Object(members) => {
            let mut texts = members.values().filter_map(Value::as_str);
            let own = texts.any(|text| text.contains(mark));
            let id = members.get(wanted).and_then(Value::as_str).filter(|_| own);
            let inside = members
                .values()
                .flat_map(|member| marked(member, mark, wanted));
            id.map(str::to_owned).into_iter().chain(inside).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
