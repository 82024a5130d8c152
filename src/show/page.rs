//! One operation in all its editions, and what is disputed or settled about it.

use std::collections::HashSet;

use crate::contract::{Contract, Direction, Dispute, Field, FieldPath, Operation, Ruled};

/// One operation, as each edition has it.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The editions that have it, in the order given; at least one.
    pub sides: Vec<Side<'a>>,
}

/// The operation in one edition.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The edition.
    pub contract: &'a Contract,
    /// The operation.
    pub operation: &'a Operation,
}

/// What is said of fields, by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Parameters,
    Request,
    Response,
}

impl Part {
    pub const ALL: [Part; 3] = [Part::Parameters, Part::Request, Part::Response];

    /// Whose side it is on.
    pub fn direction(self) -> Direction {
        match self {
            Part::Parameters | Part::Request => Direction::Request,
            Part::Response => Direction::Response,
        }
    }
}

impl<'a> Side<'a> {
    /// The fields of a part, parents before children.
    pub(super) fn fields(&self, part: Part) -> Vec<(FieldPath, &'a Field)> {
        let parameters = self.operation.parameters.iter();
        match part {
            Part::Parameters => parameters
                .map(|known| (FieldPath::root(&known.field.name), &known.field))
                .collect(),
            Part::Request => self.operation.request_fields(),
            Part::Response => self.operation.response_fields(),
        }
    }

    fn disputes(&self) -> impl Iterator<Item = &'a Dispute> {
        let operation = self.operation;
        self.contract
            .disputes
            .iter()
            .filter(move |dispute| match &dispute.operation {
                Some(id) => *id == operation.id,
                None => is_made_by(dispute, operation),
            })
    }

    fn rulings(&self) -> impl Iterator<Item = &'a Ruled> {
        let id = &self.operation.id;
        self.contract
            .rulings
            .iter()
            .filter(move |ruled| ruled.operation == *id)
    }
}

/// Whether one of the claims stands in a row of the operation.
fn is_made_by(dispute: &Dispute, operation: &Operation) -> bool {
    let fields = operation
        .request_fields()
        .into_iter()
        .chain(operation.response_fields());
    let mut rows = fields.map(|(_, field)| &field.at);
    rows.any(|row| {
        let mut claims = dispute.claims.iter();
        claims.any(|claim| claim.at.same_line(row))
    })
}

impl<'a> Page<'a> {
    /// Every dispute about it, once.
    pub(super) fn disputes(&self) -> Vec<&'a Dispute> {
        let mut known = HashSet::new();
        let all = self.sides.iter().flat_map(Side::disputes);
        all.filter(|dispute| known.insert(&dispute.claims))
            .collect()
    }

    /// Every ruling about it.
    pub(super) fn rulings(&self) -> Vec<&'a Ruled> {
        self.sides.iter().flat_map(Side::rulings).collect()
    }
}

/// Whether a dispute is about a field of a part. Its row decides where a path is in two parts.
pub(super) fn is_about(dispute: &Dispute, path: &FieldPath, field: &Field) -> bool {
    let same = dispute
        .field
        .as_ref()
        .is_some_and(|disputed| disputed.names() == path.names());
    let mut lines = field
        .statements
        .iter()
        .map(|statement| &statement.at)
        .chain([&field.at]);
    let claimed =
        |at: &crate::source::Provenance| dispute.claims.iter().any(|claim| claim.at.same_line(at));
    same && lines.any(claimed)
}

/// Whether a ruling is about a field of a part, in this edition.
pub(super) fn is_ruled(ruled: &Ruled, side: &Side<'_>, part: Part, path: &FieldPath) -> bool {
    side.contract
        .rulings
        .iter()
        .any(|own| std::ptr::eq(own, ruled))
        && ruled.direction == Some(part.direction())
        && ruled
            .field
            .as_ref()
            .is_some_and(|field| field.names() == path.names())
}
