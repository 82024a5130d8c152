//! Notes in the journal what a request is about to make, and what the server says about it.

use std::io;

use serde_json::Value;

use super::Live;
use super::journal::{Head, Journal, JournalError, Told, VERSION};
use crate::contract::{Contract, Creation, FieldPath, Named, Step};
use crate::wire::{FailureKind, Request, Response, SendFailure};

impl Live {
    /// Sends a request; one that makes something only once that is on disk.
    pub(super) fn journalled(&mut self, request: &Request) -> Result<Response, SendFailure> {
        let Some(creation) = self.creation(request).filter(|_| !self.is_hurried()) else {
            return self.deliver(request);
        };
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let noted = self.journal().and_then(|()| {
            let mut state = self.shared.state();
            state.n_created += 1;
            let journal = state.journal.as_mut().ok_or("it was not begun")?;
            let noted = journal.making(creation.makes.as_str(), &request.target, &body);
            noted.map_err(|cause| cause.to_string())
        });
        let number = noted.map_err(|reason| {
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

    /// Begins the journal with the first thing made.
    fn journal(&self) -> Result<(), String> {
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
                journal.accepted(number, told(contract, creation, &body))
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
fn told(contract: Option<&Contract>, creation: &Creation, body: &Value) -> Told {
    let ids = match &creation.named {
        Named::Parameter { answered, .. } => texts_at(body, answered),
        Named::SamePath | Named::SameBody(_) => Vec::new(),
    };
    let jobs = contract.and_then(|contract| contract.jobs.as_ref());
    let job = jobs.and_then(|jobs| {
        texts_at(body, &[FieldPath::root(&jobs.id)])
            .into_iter()
            .next()
    });
    Told { ids, job }
}

/// The texts that a body has at these places, each once.
pub(super) fn texts_at(body: &Value, paths: &[FieldPath]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for path in paths {
        let mut values = vec![body];
        for step in &path.0 {
            values = values
                .into_iter()
                .flat_map(|value| inside(value, step))
                .collect();
        }
        for text in values.into_iter().filter_map(Value::as_str) {
            if !text.is_empty() && !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
        }
    }
    found
}

fn inside<'v>(value: &'v Value, step: &Step) -> Vec<&'v Value> {
    match step {
        Step::Name(name) => value.get(name).into_iter().collect(),
        Step::Items => value.as_array().into_iter().flatten().collect(),
        Step::Key(_) => value
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
            .collect(),
    }
}
