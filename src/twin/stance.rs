//! Where documents dispute themselves: what the Twin does about each dispute, until a ruling settles
//! it. It takes every kind that a source claims, and for the rest holds to the tables.

use std::fmt;

use super::render::needed;
use crate::contract::{Contract, Dispute, Fact, Field, FieldPath, Operation, Presence};

/// A dispute, and the side that the Twin is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// The dispute.
    pub dispute: Dispute,
    /// What the Twin does.
    pub does: String,
}

/// The stance on every dispute that leaves something open for one of the contract's operations.
pub fn stances(contract: &Contract) -> Vec<Stance> {
    let disputes = contract.disputes.iter().filter_map(|dispute| {
        let operation = contract.operation(dispute.operation.as_ref()?)?;
        dispute.leaves_open(operation).then(|| Stance {
            dispute: dispute.clone(),
            does: does(dispute, operation),
        })
    });
    disputes.collect()
}

fn does(dispute: &Dispute, operation: &Operation) -> String {
    let path = dispute.field.as_ref();
    let at = |fields: Vec<(FieldPath, &Field)>| -> Option<Field> {
        let mut fields = fields.into_iter();
        let found = fields.find(|(known, _)| Some(known) == path);
        found.map(|(_, field)| field.clone())
    };
    let (asked, told) = (
        at(operation.request_fields()),
        at(operation.response_fields()),
    );
    let kinds = |field: &Field| {
        let kinds: Vec<String> = field.kinds().map(ToString::to_string).collect();
        kinds.join(" or ")
    };
    let mut parts = Vec::new();
    match dispute.fact {
        Fact::Kind => {
            parts.extend(asked.map(|field| format!("takes {}", kinds(&field))));
            parts.extend(told.map(|field| format!("answers with {}", field.kind)));
        }
        Fact::Presence => {
            parts.extend(asked.map(|field| match field.presence {
                Presence::Required => "asks for it".to_owned(),
                Presence::Optional | Presence::Unstated => "does without it, too".to_owned(),
            }));
            parts.extend(told.map(|field| {
                let word = if needed(&field) {
                    "always tells it"
                } else {
                    "tells it where it knows it"
                };
                word.to_owned()
            }));
        }
        Fact::Value | Fact::Constraint => {
            parts.extend(asked.map(|_| "refuses what the text does not allow".to_owned()));
            parts.extend(told.map(|_| "answers with what its world has".to_owned()));
        }
        Fact::Name => parts.extend(
            asked
                .or(told)
                .map(|field| format!("calls it `{}`", field.name)),
        ),
        Fact::Structure => parts.extend(place(dispute, operation)),
        Fact::Operation => parts.push(format!("answers at `{}`", operation.route())),
        Fact::Reference | Fact::ExampleCorrupt => {}
    }
    if parts.is_empty() {
        parts.push("does nothing that depends on it".to_owned());
    }
    parts.join(", ")
}

/// Where the tables put a field of this name.
fn place(dispute: &Dispute, operation: &Operation) -> Option<String> {
    let name = dispute.field.as_ref()?.leaf();
    let fields = operation.request_fields().into_iter();
    let mut fields = fields.chain(operation.response_fields());
    let (path, _) = fields.find(|(_, field)| field.name == name)?;
    Some(format!("has it at `{path}`"))
}

impl fmt::Display for Stance {
    /// What it is about, who claims what, and what the Twin does, each in a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Dispute {
            operation,
            field,
            fact,
            claims,
        } = &self.dispute;
        let operation = operation.as_ref().map(ToString::to_string);
        let field = field.as_ref().map(|field| format!(" {field}"));
        let (operation, field) = (operation.unwrap_or_default(), field.unwrap_or_default());
        writeln!(f, "{operation}{field} ({})", fact.word())?;
        for claim in claims {
            writeln!(f, "  {}  ({})", claim.claim, claim.at)?;
        }
        write!(f, "  the Twin {}", self.does)
    }
}
