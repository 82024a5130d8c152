//! Spoils an answer the way a Defect says: everything that shows in one answer alone.

use serde_json::{Map, Value, json};

use super::defect::{Defect, DefectClass};
use crate::contract::{Contract, FieldPath, Kind, Operation, Step};
use crate::wire::Response;

/// The answer as a Twin with this Defect gives it.
pub(super) fn response(
    mut healthy: Response,
    defect: &Defect,
    operation: &Operation,
    contract: &Contract,
) -> Response {
    use DefectClass as C;
    let success = (200..300).contains(&healthy.status);
    if defect.operation != operation.id || !success {
        return healthy;
    }
    match defect.class {
        C::StatusUndocumented => healthy.status = 299,
        C::ServerError => healthy.status = 500,
        C::ContentTypeWrong => healthy.headers.set("Content-Type", "text/html"),
        C::BodyNotJson => {
            healthy.headers.set("Content-Type", "text/html");
            healthy.body = "<!doctype html><title>Welcome</title>".into();
        }
        C::BodyCut => healthy.body = healthy.body.slice(..healthy.body.len() / 2),
        C::KindWrong
        | C::ValueNull
        | C::FieldMissing
        | C::FieldMisspelt
        | C::EnumOutside
        | C::FormatWrong => {
            edit(&mut healthy, |body| spoil(body, defect, operation));
        }
        C::JobIdMissing | C::JobStateUndocumented | C::JobReasonMissing => {
            edit(&mut healthy, |body| spoil_job(body, defect.class, contract));
        }
        C::ConstraintIgnored
        | C::LimitTooHigh
        | C::LimitTooLow
        | C::JobNeverEnds
        | C::JobMovesBackwards
        | C::StateUnchanged
        | C::RefusedButChanged
        | C::EnvelopeBroken
        | C::ErrorCodeUndocumented
        | C::NoAuthentication
        | C::AcceptsUnknown => {}
    }
    healthy
}

fn edit(response: &mut Response, change: impl FnOnce(&mut Value)) {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&response.body) {
        change(&mut body);
        response.body = body.to_string().into();
    }
}

fn spoil(body: &mut Value, defect: &Defect, operation: &Operation) {
    let Some(path) = &defect.field else { return };
    let fields = operation.response_fields();
    let Some((_, field)) = fields.iter().find(|(known, _)| known == path) else {
        return;
    };
    let claimed: Vec<&Kind> = field.kinds().collect();
    each_parent(body, &path.0, &mut |parent, name| {
        let Some(value) = parent.get_mut(name) else {
            return;
        };
        match defect.class {
            DefectClass::KindWrong => *value = of_other_kind(&claimed),
            DefectClass::ValueNull => *value = Value::Null,
            DefectClass::FieldMissing => drop(parent.remove(name)),
            DefectClass::FieldMisspelt => {
                let value = value.take();
                parent.remove(name);
                parent.insert(format!("{name}x"), value);
            }
            _ => spoil_values(value),
        }
    });
}

/// Another value, which no closed list and no format has: of the same kind, or a text in the place of null.
fn spoil_values(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(spoil_values),
        Value::Number(_) => *value = json!(987_654_321),
        Value::String(_) | Value::Null => *value = json!("twin~defect"),
        Value::Bool(_) | Value::Object(_) => {}
    }
}

fn of_other_kind(claimed: &[&Kind]) -> Value {
    let unclaimed = |kind: &dyn Fn(&Kind) -> bool| !claimed.iter().any(|known| kind(known));
    if unclaimed(&|kind| matches!(kind, Kind::Boolean)) {
        json!(true)
    } else if unclaimed(&|kind| matches!(kind, Kind::Object | Kind::Map { .. })) {
        json!({})
    } else {
        json!([[]])
    }
}

fn each_parent(
    value: &mut Value,
    steps: &[Step],
    act: &mut dyn FnMut(&mut Map<String, Value>, &str),
) {
    match (steps, value) {
        ([Step::Name(name)], Value::Object(object)) => act(object, name),
        ([Step::Name(name), rest @ ..], Value::Object(object)) => {
            if let Some(inner) = object.get_mut(name) {
                each_parent(inner, rest, act);
            }
        }
        ([Step::Items, rest @ ..], Value::Array(items)) => {
            items
                .iter_mut()
                .for_each(|item| each_parent(item, rest, act));
        }
        ([Step::Key(_), rest @ ..], Value::Object(entries)) => {
            entries
                .values_mut()
                .for_each(|entry| each_parent(entry, rest, act));
        }
        _ => {}
    }
}

fn spoil_job(body: &mut Value, class: DefectClass, contract: &Contract) {
    let Some(jobs) = &contract.jobs else { return };
    match class {
        DefectClass::JobIdMissing => {
            each_parent(body, &FieldPath::root(&jobs.id).0, &mut |parent, name| {
                drop(parent.remove(name))
            });
        }
        DefectClass::JobStateUndocumented => {
            each_parent(body, &jobs.state.0, &mut |parent, name| {
                drop(parent.insert(name.to_owned(), json!("LIMBO")))
            });
        }
        _ => {
            for reason in &jobs.reasons {
                each_parent(body, &reason.0, &mut |parent, name| {
                    drop(parent.remove(name))
                });
            }
        }
    }
}
