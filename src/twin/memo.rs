//! Answers that are remembered for as long as nothing changes.
//!
//! Clients ask the same again and again while they wait for something. In one instant of one world
//! the answer is the same, so it is not worked out twice.

use std::collections::HashMap;

use super::Answered;
use super::world::Caller;
use crate::contract::Version;
use crate::wire::Request;

/// Answers that are remembered. One more, and all are forgotten.
const MOST: usize = 256;
/// Bytes of a body that is worth remembering.
const LONGEST: usize = 64 * 1024;

/// All that decides an answer, beside the world and the time.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    caller: Caller,
    target: String,
    host: Option<String>,
    version: Option<Version>,
}

impl Question {
    /// None of a request that may change something, or that is about another token than its own.
    pub(super) fn of(request: &Request, caller: &Caller, version: Option<Version>) -> Option<Self> {
        let is_plain = request.method.is_safe()
            && request.body.is_empty()
            && request.headers.get("X-Subject-Token").is_none();
        is_plain.then(|| Self {
            caller: caller.clone(),
            target: request.target.clone(),
            host: request.headers.get("Host").map(str::to_owned),
            version,
        })
    }
}

/// Answers to questions, in the world and at the time that are now.
#[derive(Debug, Default)]
pub(super) struct Memo(HashMap<Question, Answered>);

impl Clone for Memo {
    /// The copy of a Twin lives in another world, and remembers nothing of this one.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Memo {
    pub(super) fn recall(&self, question: &Question) -> Option<&Answered> {
        self.0.get(question)
    }

    pub(super) fn keep(&mut self, question: Question, answered: &Answered) {
        if answered.body.len() > LONGEST {
            return;
        }
        if self.0.len() >= MOST {
            self.forget();
        }
        self.0.insert(question, answered.clone());
    }

    /// Something changed, or may have.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}
