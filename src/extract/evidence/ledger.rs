//! Collects the disputes of one operation, so that many examples of one contradiction make one
//! dispute with many claims.

use hashbrown::{HashMap, HashSet};

use crate::contract::{Claim, Dispute, Fact, FieldPath, Operation, OperationId};
use crate::source::{DocumentId, Provenance};

/// What a table claims of a field that an example leaves out.
pub(super) const REQUIRED: &str = "required";

/// More claims than this say nothing new.
const MOST_CLAIMS: usize = 12;

/// What identifies a dispute: its field, its fact, and its first claim, in whose place another
/// value of the same field would be a dispute of its own.
type Key = (Option<FieldPath>, Fact, String);

/// The disputes of one operation, or of none in particular.
pub struct Ledger {
    operation: Option<OperationId>,
    document: DocumentId,
    disputes: Vec<Dispute>,
    known: HashMap<Key, usize>,
}

impl Ledger {
    /// An empty ledger for an operation.
    pub fn of(operation: &Operation) -> Self {
        Self::new(Some(operation.id.clone()), &operation.at.document)
    }

    /// An empty ledger for facts that may be about one operation.
    pub fn new(operation: Option<OperationId>, document: &DocumentId) -> Self {
        Self {
            operation,
            document: document.clone(),
            disputes: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// A claim that is made on a line outside of tables.
    pub fn claim(&self, claim: impl Into<String>, line: u32) -> Claim<String> {
        Claim {
            claim: claim.into(),
            at: Provenance::line(&self.document, line),
        }
    }

    /// Adds a dispute, or its claims to the one that is known already.
    pub fn add(&mut self, field: Option<FieldPath>, fact: Fact, claims: Vec<Claim<String>>) {
        let first = claims.first().map(|claim| claim.claim.clone());
        let key = (field, fact, first.unwrap_or_default());
        let Some(place) = self.known.get(&key) else {
            self.known.insert(key.clone(), self.disputes.len());
            self.disputes.push(Dispute {
                operation: self.operation.clone(),
                field: key.0,
                fact,
                claims,
            });
            return;
        };
        let dispute = &mut self.disputes[*place];
        for claim in claims {
            if dispute.claims.len() < MOST_CLAIMS && !dispute.claims.contains(&claim) {
                dispute.claims.push(claim);
            }
        }
    }

    /// Adds a dispute about no field, which is never joined with another.
    pub fn add_apart(&mut self, fact: Fact, claims: Vec<Claim<String>>) {
        self.disputes.push(Dispute {
            operation: self.operation.clone(),
            field: None,
            fact,
            claims,
        });
    }

    /// The disputes in the order in which they were met. A field that stands elsewhere is not
    /// missing as well.
    pub fn into_disputes(self) -> Vec<Dispute> {
        let moved = self
            .disputes
            .iter()
            .filter(|dispute| dispute.fact == Fact::Structure);
        // With what an object holds, the object itself is found elsewhere.
        let moved: HashSet<FieldPath> = moved
            .filter_map(|dispute| dispute.field.as_ref())
            .flat_map(|path| (1..=path.0.len()).map(|length| FieldPath(path.0[..length].to_vec())))
            .collect();
        let missing = |dispute: &Dispute| {
            dispute.fact == Fact::Presence
                && dispute
                    .claims
                    .first()
                    .is_some_and(|claim| claim.claim == REQUIRED)
        };
        let mut disputes = self.disputes;
        let is_moved = |field: &FieldPath| moved.contains(field);
        disputes
            .retain(|dispute| !(missing(dispute) && dispute.field.as_ref().is_some_and(is_moved)));
        disputes
    }
}
