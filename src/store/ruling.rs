//! What persons settled, as `edition.json` keeps it.

use serde::{Deserialize, Serialize};

use super::edition::DisputeFile;
use super::text::Written;
use crate::contract::{Direction, FieldPath, OperationId, Ruled};
use crate::source::Provenance;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulingFile {
    operation: Written<OperationId>,
    direction: Option<Written<Direction>>,
    field: Option<Written<FieldPath>>,
    fact: String,
    value: String,
    before: Vec<String>,
    settled: Vec<DisputeFile>,
    reason: String,
    who: String,
    when: String,
    at: Written<Provenance>,
}

impl RulingFile {
    pub(super) fn of(ruled: &Ruled) -> Self {
        Self {
            operation: Written(ruled.operation.clone()),
            direction: ruled.direction.map(Written),
            field: ruled.field.clone().map(Written),
            fact: ruled.fact.clone(),
            value: ruled.value.clone(),
            before: ruled.before.clone(),
            settled: ruled.settled.iter().map(DisputeFile::of).collect(),
            reason: ruled.reason.clone(),
            who: ruled.who.clone(),
            when: ruled.when.clone(),
            at: Written(ruled.at.clone()),
        }
    }

    pub(super) fn into_ruled(self) -> Ruled {
        let settled = self.settled.into_iter().map(DisputeFile::into_dispute);
        Ruled {
            operation: self.operation.0,
            direction: self.direction.map(|side| side.0),
            field: self.field.map(|path| path.0),
            fact: self.fact,
            value: self.value,
            before: self.before,
            settled: settled.collect(),
            reason: self.reason,
            who: self.who,
            when: self.when,
            at: self.at.0,
        }
    }
}
