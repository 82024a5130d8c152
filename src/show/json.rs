//! A page as JSON for programs. The format has a version and only ever grows.

use serde_json::{Value, json};

use super::cells;
use super::page::{Page, Part, Side, is_about, is_ruled};
use crate::contract::{Direction, Dispute, FieldPath, Ruled, Statement};
use crate::extract::claims;
use crate::source::Provenance;

/// The version of the format.
const VERSION: u64 = 1;

/// The page.
pub fn json(page: &Page<'_>) -> Value {
    json!({
        "version": VERSION,
        "editions": page.sides.iter().map(|side| edition(page, side)).collect::<Vec<_>>(),
        "disputes": page.disputes().into_iter().map(dispute).collect::<Vec<_>>(),
        "rulings": page.rulings().into_iter().map(ruling).collect::<Vec<_>>(),
    })
}

fn edition(page: &Page<'_>, side: &Side<'_>) -> Value {
    let operation = side.operation;
    let success = operation.success.iter();
    json!({
        "edition": side.contract.edition.id.as_str(),
        "language": side.contract.edition.language,
        "date": side.contract.edition.date,
        "title": side.contract.edition.title,
        "api": side.contract.edition.api,
        "operation": operation.id.as_str(),
        "route": operation.route(),
        "source": source(&operation.at),
        "success": success.map(|(status, at)| json!({ "status": status, "source": source(at) })).collect::<Vec<_>>(),
        "deprecated": operation.deprecated.as_ref().map(source),
        "promises": statements(&operation.statements),
        "permissions": operation.permissions.iter().map(|permission| json!({
            "action": permission.action,
            "needs": permission.needs,
            "source": source(&permission.at),
        })).collect::<Vec<_>>(),
        "parameters": fields(page, side, Part::Parameters),
        "request": fields(page, side, Part::Request),
        "response": fields(page, side, Part::Response),
    })
}

fn fields(page: &Page<'_>, side: &Side<'_>, part: Part) -> Vec<Value> {
    let (disputes, rulings) = (page.disputes(), page.rulings());
    let fields = side.fields(part).into_iter();
    fields
        .map(|(path, field)| {
            let disputed = disputes
                .iter()
                .enumerate()
                .filter(|(_, known)| is_about(known, &path, field));
            let ruled = rulings
                .iter()
                .enumerate()
                .filter(|(_, known)| is_ruled(known, side, part, &path));
            let mut said = json!({
                "field": path.to_string(),
                "kinds": field.kinds().map(ToString::to_string).collect::<Vec<_>>(),
                "presence": cells::presence(field),
                "nullable": field.nullable.is_some(),
                "promises": statements(&field.statements),
                "source": source(&field.at),
                "disputes": disputed.map(|(nth, _)| nth).collect::<Vec<_>>(),
                "rulings": ruled.map(|(nth, _)| nth).collect::<Vec<_>>(),
            });
            if part == Part::Parameters {
                said["place"] = cells::place(side.operation, &path).into();
            }
            said
        })
        .collect()
}

fn statements(statements: &[Statement]) -> Vec<Value> {
    let told = statements.iter().map(|statement| {
        json!({
            "rule": statement.constraint.word(),
            "words": claims::tell(&statement.constraint),
            "source": source(&statement.at),
        })
    });
    told.collect()
}

fn dispute(dispute: &Dispute) -> Value {
    let claims = dispute.claims.iter();
    json!({
        "field": dispute.field.as_ref().map(FieldPath::to_string),
        "fact": dispute.fact.word(),
        "claims": claims.map(|claim| json!({ "claim": claim.claim, "source": source(&claim.at) })).collect::<Vec<_>>(),
    })
}

fn ruling(ruled: &Ruled) -> Value {
    json!({
        "direction": ruled.direction.map(Direction::word),
        "field": ruled.field.as_ref().map(FieldPath::to_string),
        "fact": ruled.fact,
        "value": ruled.value,
        "before": ruled.before,
        "reason": ruled.reason,
        "who": ruled.who,
        "when": ruled.when,
        "source": source(&ruled.at),
    })
}

fn source(at: &Provenance) -> Value {
    json!({
        "document": at.text(),
        "line": at.line,
        "table": at.table.as_deref(),
        "row": at.row,
    })
}
