//! Notes in the journal what a request is about to make, and what the server says about it.

use std::io;

use serde_json::Value;

use super::Live;
use super::journal::{Head, Journal, JournalError, Made, Told, VERSION};
use super::{relation, things};
use crate::contract::{Contract, Creation, FieldPath, Named, same_name};
use crate::wire::{FailureKind, Request, Response, SendFailure};

impl Live {
    /// Sends a request; one that makes something only once that is on disk.
    pub(super) fn journalled(&mut self, request: &Request) -> Result<Response, SendFailure> {
        // A Twin is put back as a whole: there is nothing to note.
        if self.is_hurried() {
            return self.deliver(request);
        }
        let Some(creation) = self.creation(request) else {
            let noted = self.about_to_remove(request);
            let outcome = self.deliver(request);
            if let Err(cause) = noted.and_then(|()| self.heed_job(request, &outcome)) {
                self.shared.state().broken = Some(cause.to_string());
            }
            return outcome;
        };
        let number = self.note_making(&creation, request).map_err(|reason| {
            self.shared.state().broken = Some(reason.clone());
            SendFailure {
                kind: FailureKind::Unreachable,
                detail: format!("not sent, because the journal cannot be kept: {reason}"),
            }
        })?;
        let outcome = self.deliver(request);
        if let Err(cause) = self.note(number, &creation, &outcome) {
            self.shared.state().broken = Some(cause.to_string());
        }
        outcome
    }

    /// What a request makes.
    fn creation(&self, request: &Request) -> Option<Creation> {
        let contract = self.shared.options.contract.as_deref()?;
        let operation = contract.called_by(request)?;
        let creations = &self.shared.creations;
        creations
            .iter()
            .find(|creation| creation.makes == operation.id)
            .cloned()
    }

    /// Notes what is about to be made, and what must be known of the time before; gives its number.
    fn note_making(&mut self, creation: &Creation, request: &Request) -> Result<u64, String> {
        let contract = self.shared.options.contract.clone();
        let contract = contract.ok_or("without a contract nobody knows what is made")?;
        self.begin_journal()?;
        let mut made = Made {
            operation: creation.makes.to_string(),
            path: request.target.clone(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
            ..Made::default()
        };
        if creation.is_own(&contract) {
            self.take_census(&contract, creation, request)?;
        } else {
            made.before = relation::before(self, &contract, creation, &made);
        }
        let mut state = self.shared.state();
        state.n_created += 1;
        let journal = state.journal.as_mut().ok_or("it was not begun")?;
        journal.making(made).map_err(|cause| cause.to_string())
    }

    /// Notes once in a run which things there are before it makes any.
    fn take_census(
        &mut self,
        contract: &Contract,
        creation: &Creation,
        request: &Request,
    ) -> Result<(), String> {
        for (path, listing) in things::censuses(contract, creation, request, &self.lent) {
            let known = |live: &Self| {
                let state = live.shared.state();
                let journal = state.journal.as_ref();
                journal.is_some_and(|journal| journal.before(&path).is_some())
            };
            if known(self) {
                continue;
            }
            let census = self.items(&listing, &path).census();
            let mut state = self.shared.state();
            let journal = state.journal.as_mut().ok_or("it was not begun")?;
            let noted = journal.census(path.clone(), census);
            noted.map_err(|cause| cause.to_string())?;
        }
        Ok(())
    }

    /// Begins the journal with the first thing made.
    fn begin_journal(&self) -> Result<(), String> {
        let mut state = self.shared.state();
        if state.journal.is_some() {
            return Ok(());
        }
        let options = &self.shared.options;
        let folder = options
            .journals
            .as_deref()
            .ok_or("no folder for it is given")?;
        let head = Head {
            version: VERSION,
            run: options.run.clone(),
            target: options.name.clone(),
            with: options.with.clone(),
            endpoint: options
                .services
                .last()
                .map(|service| service.url.clone())
                .unwrap_or_default(),
        };
        let journal =
            Journal::begin(folder, &head).map_err(|error: JournalError| error.to_string())?;
        state.journal = Some(journal);
        Ok(())
    }

    /// Notes what a job tells of what it makes: from then on it is the run's own.
    fn heed_job(
        &self,
        request: &Request,
        outcome: &Result<Response, SendFailure>,
    ) -> io::Result<()> {
        let (Ok(answer), Some(id)) = (outcome, self.job_asked(request)) else {
            return Ok(());
        };
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let mut state = self.shared.state();
        let Some(journal) = state.journal.as_mut() else {
            return Ok(());
        };
        let mut open = journal.open().iter();
        let known = open.find_map(|open| {
            let told = open.told.as_ref()?;
            (told.job.as_ref() == Some(&id)).then(|| (open.made.clone(), told.clone()))
        });
        let Some((made, mut told)) = known else {
            return Ok(());
        };
        let mut creations = self.shared.creations.iter();
        let creation = creations.find(|creation| creation.makes.as_str() == made.operation);
        let ids = creation.map(|creation| ids_in(&creation.named, &body, false));
        let mut ids = ids.unwrap_or_default();
        ids.retain(|id| !told.ids.contains(id));
        if ids.is_empty() {
            return Ok(());
        }
        told.ids.extend(ids);
        journal.accepted(made.number, told)
    }

    /// The job that a request asks about.
    fn job_asked(&self, request: &Request) -> Option<String> {
        let contract = self.shared.options.contract.as_deref()?;
        let protocol = contract.jobs.as_ref()?;
        let shows = contract.called_by(request)?;
        let values = shows.path.values(request.path());
        let mut values = values.into_iter().filter(|(name, _)| *name == protocol.id);
        let (_, id) = values.next()?;
        (shows.id == protocol.operation).then_some(id)
    }

    /// Notes what came of it. Where that is not known, it stays open.
    fn note(
        &self,
        number: u64,
        creation: &Creation,
        outcome: &Result<Response, SendFailure>,
    ) -> io::Result<()> {
        let mut state = self.shared.state();
        let Some(journal) = state.journal.as_mut() else {
            return Ok(());
        };
        match outcome {
            Ok(answer) if (200..300).contains(&answer.status) => {
                let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                let contract = self.shared.options.contract.as_deref();
                journal.accepted(number, told(contract, &creation.named, &body))
            }
            Ok(answer) if (400..500).contains(&answer.status) && answer.status != 408 => {
                state.n_created = state.n_created.saturating_sub(1);
                state
                    .journal
                    .as_mut()
                    .map_or(Ok(()), |journal| journal.refused(number))
            }
            _ => Ok(()),
        }
    }
}

/// What an answer tells about what it made.
fn told(contract: Option<&Contract>, named: &Named, body: &Value) -> Told {
    let jobs = contract.and_then(|contract| contract.jobs.as_ref());
    let job = jobs.and_then(|jobs| {
        texts_at(body, &[FieldPath::root(&jobs.id)])
            .into_iter()
            .next()
    });
    let ids = ids_in(named, body, true);
    Told { ids, job }
}

/// The ids of what was made that an answer shows: where the document says so, else under the name
/// that paths give them. `own`: it is the answer of the creation itself, where a bare `id` says it.
pub(super) fn ids_in(named: &Named, body: &Value, own: bool) -> Vec<String> {
    let Some(name) = named.id() else {
        return Vec::new();
    };
    let mut found = texts_at(body, named.answered());
    if found.is_empty() {
        named_so(body, name, &mut found);
    }
    if found.is_empty() && own {
        let usual = usual_member(name);
        let members = body.as_object().into_iter().flat_map(|body| body.values());
        let wrapped = std::iter::once(body).chain(members);
        found = wrapped
            .map(|value| value.get(usual).map(texts_of).unwrap_or_default())
            .find(|ids| !ids.is_empty())
            .unwrap_or_default();
    }
    found
}

/// What things usually call that by which paths name them: `keypair_name` is the `name` of a key pair.
pub(super) fn usual_member(name: &str) -> &'static str {
    if name.ends_with("name") { "name" } else { "id" }
}

/// The texts that stand under a name somewhere in a body: `kettle_id`, `kettleId`, `kettle_ids`.
fn named_so(body: &Value, name: &str, found: &mut Vec<String>) {
    match body {
        Value::Array(items) => items.iter().for_each(|item| named_so(item, name, found)),
        Value::Object(members) => {
            for (key, member) in members {
                if same_name(key, name) || same_name(key, &format!("{name}s")) {
                    found.extend(texts_of(member));
                } else {
                    named_so(member, name, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The texts that a body has at these places, each once.
pub(super) fn texts_at(body: &Value, paths: &[FieldPath]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in paths
        .iter()
        .flat_map(|path| path.values_in(body))
        .flat_map(texts_of)
    {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// A text, a number as text, or those in a list.
fn texts_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(texts_of).collect(),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(body: &Value, ids: &[&str]) {
        let named = Named::Parameter {
            name: "kettle_id".to_owned(),
            answered: vec![FieldPath::root("kettle").child(&crate::contract::Kind::Object, "id")],
            asked: Vec::new(),
        };
        assert_eq!(ids_in(&named, body, true), ids, "{body}");
    }

    #[test]
    fn ids_are_read_where_they_are_promised_or_called_so() {
        check(
            &json!({"kettle": {"id": "k1", "lid": {"id": "l1"}}}),
            &["k1"],
        );
        check(&json!({"kettle": {"id": 7}}), &["7"]);
        check(&json!({"id": "k1"}), &["k1"]);
        check(&json!({"thing": {"id": "k1"}}), &["k1"]);
        check(
            &json!({"done": [{"kettleId": "k1"}, {"kettleId": "k2"}]}),
            &["k1", "k2"],
        );
        check(&json!({"kettle_ids": ["k1", "k2"]}), &["k1", "k2"]);
        check(&json!({"reservation": "r1"}), &[]);
    }
}
