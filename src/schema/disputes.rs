//! What the disputes of an operation leave open.

use super::{Mode, Subject};
use crate::contract::{Direction, Dispute, Fact, Field, FieldPath, Operation, Statement, Step};

/// The disputes of one operation.
pub(super) struct Disputes<'a> {
    own: Vec<&'a Dispute>,
    operation: Option<&'a Operation>,
}

impl<'a> Disputes<'a> {
    pub(super) fn of(subject: &Subject<'a>, direction: Direction) -> Self {
        let operation = subject.operation;
        let disputes = subject.disputes.iter();
        let mut own: Vec<&Dispute> = disputes
            .filter(|dispute| dispute.leaves_open(operation))
            .collect();
        if let Some((this, other)) = sides(operation, direction).filter(|_| !own.is_empty()) {
            own.retain(|dispute| !cites(dispute, &other) || cites(dispute, &this));
        }
        Self {
            own,
            operation: Some(subject.operation),
        }
    }

    pub(super) fn none() -> Self {
        Self {
            own: Vec::new(),
            operation: None,
        }
    }

    /// The disputes about a field.
    pub(super) fn on(&self, path: &FieldPath) -> impl Iterator<Item = &'a Dispute> {
        self.own.iter().copied().filter(move |dispute| {
            dispute
                .field
                .as_ref()
                .is_some_and(|field| named(field) == named(path))
        })
    }

    /// Whether sources disagree about the kind of a field.
    pub(super) fn kind(&self, field: &Field, path: &FieldPath) -> bool {
        !field.other_kinds.is_empty() || self.on(path).any(|dispute| dispute.fact == Fact::Kind)
    }

    /// Other names under which a field may stand, as sources claim. A misprint is not one of them.
    pub(super) fn other_names(&self, mode: Mode, field: &Field, path: &FieldPath) -> Vec<String> {
        if mode == Mode::Strict {
            return Vec::new();
        }
        let about = self
            .on(path)
            .filter(|dispute| dispute.fact == Fact::Name && dispute.cites(field));
        let claimed = about.flat_map(|dispute| dispute.claims.iter().map(|claim| &claim.claim));
        claimed
            .filter(|name| **name != field.name && Some(*name) != field.printed.as_ref())
            .cloned()
            .collect()
    }

    /// Whether sources disagree on a field being there at all, at this place.
    /// What is disputed about the place of an object is disputed about all that it holds.
    pub(super) fn presence(&self, path: &FieldPath) -> bool {
        let here = self.on(path).any(|dispute| dispute.fact == Fact::Presence);
        let around = self.own.iter().any(|dispute| {
            dispute.fact == Fact::Structure
                && dispute
                    .field
                    .as_ref()
                    .is_some_and(|field| path.0.starts_with(named(field)))
        });
        let moves = |dispute: &&'a Dispute| {
            self.operation
                .is_some_and(|operation| dispute.moves(operation, path))
        };
        here || around || self.own.iter().any(moves)
    }

    /// Whether sources disagree about what a statement says.
    pub(super) fn statement(&self, field: &Field, path: &FieldPath, statement: &Statement) -> bool {
        self.on(path)
            .any(|dispute| dispute.is_about(field, statement))
    }

    /// Whether a statement is left out of a schema of this mode.
    pub(super) fn relax(
        &self,
        mode: Mode,
        field: &Field,
        path: &FieldPath,
        statement: &Statement,
    ) -> bool {
        mode == Mode::Lenient && self.statement(field, path, statement)
    }
}

/// The fields of a body.
type Side<'a> = Vec<(FieldPath, &'a Field)>;

/// The body of a direction and that of the other one, which may have fields of the same paths.
fn sides(operation: &Operation, direction: Direction) -> Option<(Side<'_>, Side<'_>)> {
    let request = operation.request.as_ref()?.walk();
    let response = operation.response.as_ref()?.walk();
    match direction {
        Direction::Request => Some((request, response)),
        Direction::Response => Some((response, request)),
        Direction::Behaviour => None,
    }
}

/// Whether a claim stands where one of these fields is described that has the path of the dispute.
fn cites(dispute: &Dispute, fields: &Side<'_>) -> bool {
    let Some(path) = dispute.field.as_ref().map(named) else {
        return false;
    };
    let mut here = fields.iter().filter(|(known, _)| named(known) == path);
    here.any(|(_, field)| dispute.cites(field))
}

/// A path without the steps into arrays and maps at its end: the field that is meant.
fn named(path: &FieldPath) -> &[Step] {
    let last = path
        .0
        .iter()
        .rposition(|step| matches!(step, Step::Name(_)));
    &path.0[..last.map_or(0, |last| last + 1)]
}
