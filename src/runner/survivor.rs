//! Why nobody noticed a Defect: a hole in the harness, or a sentence that no test can enforce.

use crate::check::disputed;
use crate::contract::{
    Constraint, Contract, Direction, Field, Operation, StatementId, creations, letters, listings,
};
use crate::event::Coverage;
use crate::twin::{Defect, DefectClass};

/// Why nobody noticed this Defect, by rule, with what the healthy run says of its statement.
pub(super) fn reason(
    contract: &Contract,
    coverage: &[(StatementId, Coverage)],
    defect: &Defect,
) -> String {
    by_the_document(contract, defect)
        .or_else(|| by_what_is_shown(contract, defect))
        .or_else(|| by_the_run(coverage, defect))
        .unwrap_or_else(|| "a hole in the harness: no check noticed it".to_owned())
}

/// The document says two things, or does not forbid it.
fn by_the_document(contract: &Contract, defect: &Defect) -> Option<String> {
    let statement = defect.statement.as_ref();
    let about = statement.cloned().or_else(|| implied(defect));
    if let Some(dispute) = about.as_ref().and_then(|id| disputed(contract, id)) {
        let claims: Vec<String> = dispute
            .claims
            .iter()
            .map(|claim| format!("{} ({})", claim.claim, claim.at))
            .collect();
        return Some(format!("sources dispute it: {}", claims.join(", ")));
    }
    (!defect.class.breaks_a_promise()).then(|| "it breaks no promise".to_owned())
}

/// No documented answer could show it.
fn by_what_is_shown(contract: &Contract, defect: &Defect) -> Option<String> {
    let operation = contract.operation(&defect.operation)?;
    match defect.class {
        DefectClass::QueryIgnored => {
            let parameter = defect.field.as_ref()?.leaf();
            let is_shown = shows_like(contract, operation, parameter);
            (!is_shown).then(|| format!("no answer shows what `{parameter}` chooses by"))
        }
        DefectClass::RefusedButChanged => {
            let unseen = makes_unseen(contract, operation);
            unseen.then(|| "no documented operation lists what it makes".to_owned())
        }
        DefectClass::LimitNarrowed => {
            let path = defect.field.as_ref()?;
            let fields = operation.request_fields().into_iter();
            let (_, field) = fields.into_iter().find(|(known, _)| known == path)?;
            has_a_closer_limit(field)
                .then(|| "a closer limit holds in a case that nobody can tell".to_owned())
        }
        _ => None,
    }
}

/// Whether another limit of a field holds in some case: then nobody expects that the edge of the wide one is let in.
fn has_a_closer_limit(field: &Field) -> bool {
    field.statements.iter().any(|said| {
        let held = said.constraint.of_case().map(|(_, held)| held);
        let is_limit = matches!(
            held,
            Some(
                Constraint::Length { .. } | Constraint::Range { .. } | Constraint::ItemCount { .. }
            )
        );
        is_limit && said.constraint.of_chinese().is_none()
    })
}

/// Whether an answer of the operation, or of what shows one of what it lists, has something called like
/// a parameter.
fn shows_like(contract: &Contract, operation: &Operation, parameter: &str) -> bool {
    let mut beside = contract
        .operations
        .iter()
        .filter(|other| other.method.is_safe() && other.path.0.starts_with(&operation.path.0));
    let name = letters(parameter);
    beside.any(|shows| {
        let shown = shows.response_fields();
        shown.iter().any(|(path, _)| {
            let own = letters(path.leaf());
            own.contains(&name) || name.contains(&own)
        })
    })
}

/// Whether an operation makes something whose id only its own answer tells, and that no list shows.
fn makes_unseen(contract: &Contract, operation: &Operation) -> bool {
    let creations = creations(contract);
    let made = creations
        .iter()
        .find(|creation| creation.makes == operation.id);
    made.is_some_and(|creation| {
        let removes = contract.operation(&creation.removes);
        let name = creation
            .named
            .id()
            .filter(|_| !creation.named.answered().is_empty());
        let lists = removes
            .zip(name)
            .map(|(removes, name)| listings(contract, removes, name));
        lists.is_some_and(|lists| lists.is_empty())
    })
}

/// The statement that a Defect without one of its own breaks.
fn implied(defect: &Defect) -> Option<StatementId> {
    let rule = match defect.class {
        DefectClass::KindWrong | DefectClass::ValueNull | DefectClass::OtherClaim => "kind",
        DefectClass::FieldMissing | DefectClass::FieldMisspelt => "presence",
        DefectClass::EnumOutside => "enum",
        DefectClass::FormatWrong => "format",
        DefectClass::ConstraintIgnored
        | DefectClass::LimitWidened
        | DefectClass::LimitNarrowed
        | DefectClass::LimitTooHigh
        | DefectClass::LimitTooLow
        | DefectClass::StatusUndocumented
        | DefectClass::ServerError
        | DefectClass::BodyNotJson
        | DefectClass::BodyCut
        | DefectClass::ContentTypeWrong
        | DefectClass::JobNeverEnds
        | DefectClass::JobMovesBackwards
        | DefectClass::JobStateUndocumented
        | DefectClass::JobIdMissing
        | DefectClass::JobReasonMissing
        | DefectClass::JobEndsEarly
        | DefectClass::JobOfAnother
        | DefectClass::StateUnchanged
        | DefectClass::WorksOnce
        | DefectClass::IdleWhenGiven
        | DefectClass::RefusedButChanged
        | DefectClass::EnvelopeBroken
        | DefectClass::ErrorCodeUndocumented
        | DefectClass::NoAuthentication
        | DefectClass::ProjectsMixed
        | DefectClass::QueryIgnored
        | DefectClass::WriteForgotten
        | DefectClass::AnswerHalf
        | DefectClass::JobUnknown
        | DefectClass::JobRestless
        | DefectClass::JobPartsContradict
        | DefectClass::CountWrong
        | DefectClass::FieldUndocumented
        | DefectClass::AcceptsUnknown => return None,
    };
    Some(StatementId {
        operation: defect.operation.clone(),
        direction: Direction::Response,
        field: defect.field.clone(),
        rule,
    })
}

/// The healthy run did not try its statement, or saw it on one side only.
fn by_the_run(coverage: &[(StatementId, Coverage)], defect: &Defect) -> Option<String> {
    let about = defect.statement.clone().or_else(|| implied(defect))?;
    let (_, told) = coverage.iter().find(|(id, _)| *id == about)?;
    match told {
        Coverage::Untested(reason) => Some(format!("its statement is not tried: {reason}")),
        Coverage::KeptOnOneSide(_) => Some(
            "its statement is tried on one side only, and the Defect is on the other".to_owned(),
        ),
        Coverage::Disputed => Some("its statement is left open".to_owned()),
        Coverage::Kept | Coverage::Broken => None,
    }
}
