//! What nobody has to give, and has no default: where it was not given, nothing says how it is shown.

use crate::contract::{
    Constraint, Contract, Field, FieldPath, Kind, Operation, OperationId, PathTemplate, Presence,
    Segment, WHEN_NONE,
};
use crate::finding::{Finding, Severity};

/// Tells as notes what is said of fields that may be left unset.
pub(super) fn soften(findings: &mut [Finding], contract: &Contract) {
    for finding in findings {
        let path = finding.field.as_ref();
        let path = path.filter(|_| finding.severity > Severity::Note);
        let unset = path.and_then(|path| is_of_unset(contract, &finding.operation, path));
        if unset == Some(true) {
            finding.severity = Severity::Note;
        }
    }
}

/// Whether the field that is shown at a path may be left unset. None where there is no such field.
fn is_of_unset(contract: &Contract, shows: &OperationId, path: &FieldPath) -> Option<bool> {
    /// `boat.name`: what is deeper is part of something that was given.
    const MOST_NAMES: usize = 2;
    if path.names().len() > MOST_NAMES {
        return Some(false);
    }
    let shows = contract.operation(shows)?;
    let mut fields = shows.response_fields().into_iter();
    let (_, field) = fields.find(|(known, _)| known == path)?;
    Some(may_be_unset(contract, shows, field))
}

/// Whether requests about the same sort of thing know such a field, and none of them needs it or says what
/// it is otherwise.
fn may_be_unset(contract: &Contract, shows: &Operation, shown: &Field) -> bool {
    let here = words(&shows.path);
    let near = contract.operations.iter().filter(|other| {
        let there = words(&other.path);
        there.starts_with(&here) || here.starts_with(&there)
    });
    let fields = near.flat_map(Operation::request_fields);
    let mut given = fields
        .map(|(_, field)| field)
        .filter(|field| field.name == shown.name)
        .peekable();
    let has_default = |field: &Field| {
        let mut said = field.statements.iter();
        said.any(|said| matches!(said.constraint, Constraint::Default(_)))
    };
    // What is null where it was not given is shown then; and where it is said what is shown then, nothing else is.
    let mut said = shown.statements.iter();
    let is_told = said.any(|said| match &said.constraint {
        Constraint::Other(words) => words.ends_with(WHEN_NONE),
        constraint => *constraint == Constraint::Nullable,
    });
    shown.presence != Presence::Required
        && !is_told
        && given.peek().is_some()
        && given.all(|field| {
            field.kind == shown.kind
                && field.presence == Presence::Optional
                && !has_default(field)
                && !may_be_empty(field)
        })
}

/// What a path says beside its parameters.
fn words(path: &PathTemplate) -> Vec<&str> {
    let words = path.0.iter().filter_map(|segment| match segment {
        Segment::Literal(word) => Some(word.as_str()),
        Segment::Parameter(_) => None,
    });
    words.collect()
}

/// Whether nothing at all has a value of its own: the empty text, list or object.
fn may_be_empty(field: &Field) -> bool {
    let is_several = field.kind.inner().is_some() || field.kind == Kind::Object;
    let is_full = |constraint: &Constraint| {
        let told = ["format", "enum", "const", "pattern", "not_empty"].contains(&constraint.word());
        let is_long = matches!(constraint, Constraint::Length { min: Some(1..), .. });
        told || is_long
    };
    let mut said = field.statements.iter();
    is_several || (field.kind == Kind::String && !said.any(|said| is_full(&said.constraint)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, Step, sample};

    fn not_empty() -> Statement {
        Statement {
            constraint: Constraint::NotEmpty,
            at: sample::at(),
            rule: "test".to_owned(),
        }
    }

    #[test]
    fn what_a_request_may_leave_out_may_be_unset() {
        let makes = sample::operation("POST /v1/kettles", "kettle.name kettle.lid", "");
        let changes = sample::operation("PUT /v1/kettles/{kettle_id}", "kettle.name", "");
        let mut contract = sample::contract(vec![makes, changes]);
        let set = |contract: &mut Contract, name: &str, presence| {
            for operation in &mut contract.operations {
                let fields = &mut operation.request.as_mut().unwrap().fields;
                let inner = fields.iter_mut().flat_map(|field| &mut field.children);
                let named = inner.filter(|field| field.name == name);
                named.for_each(|field| field.presence = presence);
            }
        };
        let unset = |contract: &Contract, name: &str| {
            let fields = contract.operations[0].request_fields();
            let field = fields.into_iter().find(|(_, field)| field.name == name);
            field.is_some_and(|(_, field)| may_be_unset(contract, &contract.operations[1], field))
        };
        set(&mut contract, "name", Presence::Optional);
        set(&mut contract, "lid", Presence::Optional);
        assert!(!unset(&contract, "lid"), "it would be the empty text");
        for operation in &mut contract.operations {
            let fields = &mut operation.request.as_mut().unwrap().fields;
            let inner = fields.iter_mut().flat_map(|field| &mut field.children);
            inner.for_each(|field| field.statements.push(not_empty()));
        }
        assert!(unset(&contract, "lid") && unset(&contract, "name"));
        assert!(!unset(&contract, "size"));
        let told = Constraint::Other(format!("empty string{WHEN_NONE}"));
        let mut said = contract.clone();
        let fields = &mut said.operations[0].request.as_mut().unwrap().fields;
        let inner = fields.iter_mut().flat_map(|field| &mut field.children);
        for field in inner.filter(|field| field.name == "lid") {
            field.statements.push(Statement {
                constraint: told.clone(),
                ..not_empty()
            });
        }
        assert!(!unset(&said, "lid"), "it would be the empty text");
        set(&mut contract, "lid", Presence::Required);
        assert!(!unset(&contract, "lid"));
    }

    #[test]
    fn what_is_part_of_something_given_is_no_matter_of_taste() {
        let makes = sample::operation(
            "POST /v1/kettles",
            "kettle.lid",
            "kettle.lid kettle.spout.lid",
        );
        let mut contract = sample::contract(vec![makes]);
        let fields = &mut contract.operations[0].request.as_mut().unwrap().fields;
        for lid in fields.iter_mut().flat_map(|field| &mut field.children) {
            lid.presence = Presence::Optional;
            lid.statements.push(not_empty());
        }
        let fields = &mut contract.operations[0].response.as_mut().unwrap().fields;
        for shown in fields.iter_mut().flat_map(|field| &mut field.children) {
            shown.presence = Presence::Unstated;
        }
        let shows = &contract.operations[0].id;
        let unset = |names: &[&str]| {
            let names = names.iter().map(|name| Step::Name((*name).to_owned()));
            is_of_unset(&contract, shows, &FieldPath(names.collect()))
        };
        assert_eq!(unset(&["kettle", "lid"]), Some(true));
        assert_eq!(unset(&["kettle", "spout", "lid"]), Some(false));
    }
}
