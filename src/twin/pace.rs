//! Documented rate limits: so many calls of an operation in a minute, for each project.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::fault::Fault;
use crate::contract::{Constraint, Operation, OperationId};

/// What was called in the running minute.
#[derive(Clone, Debug, Default)]
pub(super) struct Pace {
    minute: i64,
    calls: BTreeMap<(OperationId, String), u32>,
}

impl Pace {
    /// Counts a call; refuses it when there were as many as there may be.
    pub(super) fn count(
        &mut self,
        operation: &Operation,
        project: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let statements = operation.statements.iter();
        let limits = statements.filter_map(|statement| {
            if let Constraint::RateLimit { per_minute } = statement.constraint {
                Some(per_minute)
            } else {
                None
            }
        });
        let Some(limit) = limits.min() else {
            return Ok(());
        };
        let minute = now.as_second().div_euclid(60);
        if minute != self.minute {
            self.calls.clear();
            self.minute = minute;
        }
        let key = (operation.id.clone(), project.to_owned());
        let n_calls = self.calls.entry(key).or_default();
        if *n_calls >= limit {
            return Err(Fault::too_fast());
        }
        *n_calls += 1;
        Ok(())
    }
}
