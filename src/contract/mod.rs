//! The typed promise: everything a Document promises, with the line that promised it.
//!
//! Main type: [`Contract`]. It says what a Constraint is, never whether a value meets it: the Twin,
//! the Checks and the Schemas each decide that alone. Knows nothing of documents or JSON Schema.

mod case;
mod constraint;
mod creation;
mod decimal;
mod dispute;
mod field;
mod folder;
mod matching;
mod operation;
mod parts;
mod passing;
mod path;
mod places;
mod producer;
mod protocol;
mod remark;
mod ruling;
#[cfg(test)]
pub mod sample;
mod version;

pub use case::ALL_CHINESE;
pub use constraint::{
    BOUND_TO_NOW, CASE_COUNTS, CASE_IGNORED, COUNTS_ALL_PAGES, COUNTS_MATCHES, COUNTS_PAGE,
    CharClass, Constraint, FINDS_ALL, FINDS_ANY, FINDS_NOTHING, FINDS_PARTS, FINDS_WHOLE, Format,
    GROWS, IN_USE, MAIL_ADDRESS, NAMES_THINGS, NEVER_CHANGED, NONE_ON_LAST, NOT_CHECKED,
    NOT_SUPPORTED, OTHERS_STAY, OVERWRITES, PARTS_ADD_UP, PER_CALL, Relation, SERVER_ADDS, STAYS,
    Scalar, Scope, Statement, StatesRule, Unit, WHEN_NONE, going_with, leading_to, not_if,
    null_when, only_if, refused_if_short, refused_if_unknown, sorted_by,
};
pub use creation::{
    Creation, Named, acts_on_many, answers_with_its_thing, are_opposite_words, creations, letters,
    only_tries_if_set, own_id, same_name, seems_to_create, seems_to_remove, taken_along_by,
    tells_requests_apart,
};
pub use decimal::Decimal;
pub use dispute::{Claim, Dispute, Fact};
pub use field::{Evidence, Expectation, Field, FieldPath, Kind, Presence, Step, describes_key};
pub use folder::folders;
pub use matching::is_plain_show;
pub use operation::{
    Body, Direction, Operation, OperationId, Parameter, Permission, Place, Selector, StatementId,
    is_project,
};
pub use parts::in_parts;
pub use passing::is_passing;
pub use path::{PathTemplate, Segment};
pub use producer::{Listing, called_in_paths, is_marker, listings};
pub use protocol::{Combination, Envelope, ErrorCode, JobProtocol, StateTable, StatusCode};
pub use remark::{
    EMPTY_IF_LEFT_OUT, FRACTIONS_CUT, KEPT_IF_LEFT_OUT, LIST_BODY, MOST_SHOWN, NO_EFFECT_WHEN,
    NOT_READ, OTHERS_REFUSED, RANGE_VARIES, SHOWN_ONCE, TAKEN_FOR_MOST, UNSEEN, formed_like,
};
pub use ruling::Ruled;
pub use version::{NotAVersion, Version, VersionHeader, VersionProtocol, exists, window};

use crate::source::DocumentId;

/// Everything one Document promises.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Which text made these promises.
    pub edition: Edition,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The status codes listed for every operation.
    pub statuses: Vec<StatusCode>,
    /// The error codes listed for every operation.
    pub error_codes: Vec<ErrorCode>,
    /// The shapes an error answer may have.
    pub envelopes: Vec<Envelope>,
    /// How an asynchronous job is followed.
    pub jobs: Option<JobProtocol>,
    /// How a request asks for a microversion.
    pub versions: Option<VersionProtocol>,
    /// Tables that say which state follows from which others.
    pub states: Vec<StateTable>,
    /// Facts on which sources disagree.
    pub disputes: Vec<Dispute>,
    /// Facts that a person settled.
    pub rulings: Vec<Ruled>,
}

/// One Document seen as an edition of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The document.
    pub id: DocumentId,
    /// Language tag: `zh`, `en`.
    pub language: Option<String>,
    /// The date of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What the document is called, where a manifest says it.
    pub title: Option<String>,
    /// The API that it describes, where a manifest says it.
    pub api: Option<String>,
}

impl Edition {
    /// Whether both may describe the same API. An edition of which nobody says so may describe any.
    pub fn may_share_api(&self, other: &Edition) -> bool {
        self.api.is_none() || other.api.is_none() || self.api == other.api
    }
}

impl Contract {
    /// The operation of this id.
    pub fn operation(&self, id: &OperationId) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == *id)
    }

    /// Joins editions into the contract a run uses: of each operation the newest edition, of
    /// codes and envelopes all of them. Editions without a date count as the oldest.
    pub fn newest(editions: &[Contract]) -> Option<Contract> {
        let mut order: Vec<&Contract> = editions.iter().collect();
        order.sort_by(|a, b| b.edition.date.cmp(&a.edition.date));
        let mut newest = (*order.first()?).clone();
        for older in &order[1..] {
            newest.take_missing_from(older);
        }
        Some(newest)
    }

    fn take_missing_from(&mut self, older: &Contract) {
        for operation in &older.operations {
            if !self
                .operations
                .iter()
                .any(|known| known.shares_route(operation))
            {
                let mut added = operation.clone();
                if self.operation(&added.id).is_some() {
                    // The newer edition calls something else so.
                    added.id = OperationId::new(format!("{}.{}", added.id, older.edition.id));
                }
                for dispute in &older.disputes {
                    if dispute.operation.as_ref() == Some(&operation.id) {
                        let operation = Some(added.id.clone());
                        let dispute = dispute.clone();
                        self.disputes.push(Dispute {
                            operation,
                            ..dispute
                        });
                    }
                }
                for ruled in &older.rulings {
                    if ruled.operation == operation.id {
                        let operation = added.id.clone();
                        let ruled = ruled.clone();
                        self.rulings.push(Ruled { operation, ..ruled });
                    }
                }
                self.operations.push(added);
            }
        }
        for status in &older.statuses {
            if !self.statuses.iter().any(|known| known.code == status.code) {
                self.statuses.push(status.clone());
            }
        }
        for error in &older.error_codes {
            if !self
                .error_codes
                .iter()
                .any(|known| known.code == error.code)
            {
                self.error_codes.push(error.clone());
            }
        }
        for envelope in &older.envelopes {
            if !self
                .envelopes
                .iter()
                .any(|known| known.code == envelope.code)
            {
                self.envelopes.push(envelope.clone());
            }
        }
        self.jobs = self.jobs.take().or_else(|| older.jobs.clone());
        self.versions = self.versions.take().or_else(|| older.versions.clone());
        for table in &older.states {
            if !self.states.iter().any(|known| known.field == table.field) {
                self.states.push(table.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Provenance;
    use crate::wire::Method;

    fn edition(id: &str, date: &str, path: &str) -> Contract {
        let id = DocumentId::new(id);
        let at = Provenance::line(&id, 1);
        let operation = Operation {
            id: OperationId::new("kettles.list"),
            method: Method::Get,
            path: PathTemplate::parse(path),
            selector: None,
            parameters: Vec::new(),
            request: None,
            response: None,
            success: Vec::new(),
            statements: Vec::new(),
            permissions: Vec::new(),
            deprecated: None,
            at: at.clone(),
        };
        let dispute = Dispute {
            operation: Some(operation.id.clone()),
            field: None,
            fact: Fact::Operation,
            claims: Vec::new(),
        };
        Contract {
            edition: Edition {
                id,
                language: None,
                date: Some(date.to_owned()),
                title: None,
                api: None,
            },
            operations: vec![operation],
            statuses: Vec::new(),
            error_codes: Vec::new(),
            envelopes: Vec::new(),
            states: Vec::new(),
            jobs: None,
            versions: None,
            disputes: vec![dispute],
            rulings: Vec::new(),
        }
    }

    #[test]
    fn editions_that_call_two_things_alike_are_told_apart() {
        let editions = [
            edition("kitchen-1999", "1999-01-01", "/v1/kettles"),
            edition("kitchen-2031", "2031-01-01", "/v2/kettles"),
        ];
        let newest = Contract::newest(&editions).unwrap();
        let ids = newest.operations.iter().map(|operation| &operation.id);
        let disputed = newest.disputes.iter().flat_map(|d| &d.operation);
        assert!(ids.clone().eq(disputed));
        let ids: Vec<&str> = ids.map(OperationId::as_str).collect();
        assert_eq!(ids, ["kettles.list", "kettles.list.kitchen-1999"]);
    }
}
