//! Spoils an answer the way a Defect says: everything that shows in one answer alone.

use std::cell::Cell;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::defect::{Defect, DefectClass};
use crate::contract::{Body, Contract, Field, FieldPath, Kind, Operation, Step};
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
        C::AnswerHalf => {
            let whole = healthy.body.len();
            healthy.headers.set("Content-Length", whole.to_string());
            healthy.body = healthy.body.slice(..whole / 2);
        }
        C::FieldUndocumented => edit(&mut healthy, |body| {
            if let Some(members) = body.as_object_mut() {
                members.insert("twin_defect".to_owned(), json!("nobody documents this"));
            }
        }),
        C::BodyCut => healthy.body = healthy.body.slice(..healthy.body.len() / 2),
        C::KindWrong
        | C::ValueNull
        | C::FieldMissing
        | C::FieldMisspelt
        | C::EnumOutside
        | C::FormatWrong
        | C::CountWrong
        | C::OtherClaim => {
            edit(&mut healthy, |body| spoil(body, defect, operation));
        }
        C::JobIdMissing
        | C::JobUnknown
        | C::JobOfAnother
        | C::JobStateUndocumented
        | C::JobReasonMissing
        | C::JobEndsEarly
        | C::JobRestless
        | C::JobPartsContradict => {
            let request = healthy.headers.get("X-Request-Id").unwrap_or_default();
            let request = request.to_owned();
            edit(&mut healthy, |body| {
                spoil_job(body, defect, operation, contract, &request);
            });
        }
        C::ConstraintIgnored
        | C::LimitWidened
        | C::LimitNarrowed
        | C::LimitTooHigh
        | C::LimitTooLow
        | C::JobNeverEnds
        | C::JobMovesBackwards
        | C::StateUnchanged
        | C::WorksOnce
        | C::IdleWhenGiven
        | C::RefusedButChanged
        | C::EnvelopeBroken
        | C::ErrorCodeUndocumented
        | C::NoAuthentication
        | C::ProjectsMixed
        | C::QueryIgnored
        | C::WriteForgotten
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
    let steps = steps(path, operation);
    let claimed: Vec<&Kind> = field.kinds().collect();
    let n_spoiled = Cell::new(0);
    let mut act = |parent: &mut Map<String, Value>, name: &str| {
        let Some(value) = parent.get_mut(name) else {
            return;
        };
        n_spoiled.set(n_spoiled.get() + 1);
        match defect.class {
            DefectClass::KindWrong => *value = of_other_kind(&claimed),
            DefectClass::OtherClaim => *value = of_other_claim(field, value),
            DefectClass::ValueNull => *value = Value::Null,
            DefectClass::CountWrong => *value = json!(value.as_u64().unwrap_or_default() + 1),
            DefectClass::FieldMissing => drop(parent.remove(name)),
            DefectClass::FieldMisspelt => {
                let value = value.take();
                parent.remove(name);
                parent.insert(format!("{name}x"), value);
            }
            _ => spoil_values(value),
        }
    };
    each_parent(body, &steps, &mut act);
    if n_spoiled.get() > 0 {
        return;
    }
    if let DefectClass::FieldMissing | DefectClass::FieldMisspelt = defect.class {
        // Sources dispute where it is: an ill answer has it nowhere.
        each_member(body, path.leaf(), &mut act);
    } else {
        // What a healthy answer leaves out, an ill one shows all the same.
        grow(body, &steps, empty(&field.kind));
        each_parent(body, &steps, &mut act);
    }
}

/// The way to a field of the answer, through any member where the name of the first one is data.
fn steps(path: &FieldPath, operation: &Operation) -> Vec<Step> {
    let mut steps = path.0.clone();
    if let Some(entry) = operation.response.as_ref().and_then(Body::entry)
        && let Some(first) = steps.first_mut()
    {
        *first = Step::Key(entry.name.clone());
    }
    steps
}

/// Every object that has a member of this name, however deep.
fn each_member(value: &mut Value, name: &str, act: &mut dyn FnMut(&mut Map<String, Value>, &str)) {
    match value {
        Value::Object(members) => {
            if members.contains_key(name) {
                act(members, name);
            }
            let inner = members.values_mut();
            inner.for_each(|inner| each_member(inner, name, act));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| each_member(item, name, act)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts a value where a path leads, through the first item or member of whatever is on the way.
fn grow(place: &mut Value, steps: &[Step], leaf: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *place = leaf;
        return;
    };
    match step {
        Step::Items => {
            if place.as_array().is_none_or(Vec::is_empty) {
                *place = json!([null]);
            }
            grow(&mut place[0], rest, leaf);
        }
        Step::Name(name) => {
            if let Some(items) = place.as_array_mut().filter(|items| !items.is_empty()) {
                return grow(&mut items[0], steps, leaf);
            }
            if !place.is_object() {
                *place = json!({});
            }
            grow(&mut place[name.as_str()], rest, leaf);
        }
        Step::Key(name) => {
            if !place.is_object() {
                *place = json!({});
            }
            let known = place.as_object().and_then(|entries| entries.keys().next());
            let key = known.unwrap_or(name).clone();
            grow(&mut place[key.as_str()], rest, leaf);
        }
    }
}

/// A value of this kind for a Defect to spoil.
fn empty(kind: &Kind) -> Value {
    match kind {
        Kind::Array(of) => json!([empty(of)]),
        Kind::Integer | Kind::Number => json!(0),
        Kind::Boolean => json!(false),
        Kind::Object => json!({}),
        Kind::Map { key, value } => json!({ key: empty(value) }),
        Kind::String | Kind::Unknown => json!(""),
    }
}

/// Another value, which no closed list and no format has: of the same kind, or a text in the place of null.
fn spoil_values(value: &mut Value) {
    match value {
        Value::Array(items) if items.is_empty() => items.push(json!("twin~defect")),
        Value::Array(items) => items.iter_mut().for_each(spoil_values),
        Value::Object(entries) => entries.values_mut().for_each(spoil_values),
        Value::Number(_) => *value = json!(987_654_321),
        Value::String(_) | Value::Null => *value = json!("twin~defect"),
        Value::Bool(_) => {}
    }
}

/// A value of another kind that a source claims for the field.
fn of_other_claim(field: &Field, value: &Value) -> Value {
    let others = field.kinds().map(empty);
    let mut others =
        others.filter(|other| std::mem::discriminant(other) != std::mem::discriminant(value));
    others.next().unwrap_or(Value::Null)
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

/// Takes a member out of a body.
pub(super) fn remove(body: &mut Value, path: &FieldPath) {
    each_parent(body, &path.0, &mut |parent, name| drop(parent.remove(name)));
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
        // The table calls it an object, and it is a list of such.
        (steps @ [Step::Name(_), ..], Value::Array(items)) => {
            items
                .iter_mut()
                .for_each(|item| each_parent(item, steps, act));
        }
        ([Step::Key(_)], Value::Object(entries)) => {
            let keys: Vec<String> = entries.keys().cloned().collect();
            keys.iter().for_each(|key| act(entries, key));
        }
        ([Step::Key(_), rest @ ..], Value::Object(entries)) => {
            entries
                .values_mut()
                .for_each(|entry| each_parent(entry, rest, act));
        }
        _ => {}
    }
}

/// Where what shows a job shows the ids of what the job is about: not in its parts, which tell of what it makes.
pub(super) fn ids_of_things<'a>(
    shows: &'a Operation,
    contract: &'a Contract,
) -> impl Iterator<Item = FieldPath> + 'a {
    let own = contract.jobs.as_ref().map(|jobs| jobs.id.as_str());
    let paths = shows.response_fields().into_iter().map(|(path, _)| path);
    let of_whole = paths.filter(|path| !path.0.contains(&Step::Items));
    of_whole.filter(move |path| path.leaf().ends_with("_id") && Some(path.leaf()) != own)
}

fn spoil_job(
    body: &mut Value,
    defect: &Defect,
    operation: &Operation,
    contract: &Contract,
    request: &str,
) {
    let Some(jobs) = &contract.jobs else { return };
    let ended = |states: &[String]| states.iter().any(|state| shows(body, &jobs.state, state));
    let (succeeded, failed) = (ended(&jobs.succeeded), ended(&jobs.failed));
    let ran = span(operation).and_then(|(begin, end)| {
        let begin: Timestamp = begin.values_in(body).first()?.as_str()?.parse().ok()?;
        Some((begin, end))
    });
    let mut set = |path: &FieldPath, value: Option<Value>| {
        each_parent(body, &path.0, &mut |parent, name| match &value {
            Some(value) => drop(parent.insert(name.to_owned(), value.clone())),
            None => drop(parent.remove(name)),
        });
    };
    match defect.class {
        DefectClass::JobIdMissing => set(&FieldPath::root(&jobs.id), None),
        DefectClass::JobUnknown => {
            let nobody = "00000000000000000000000000000000";
            set(&FieldPath::root(&jobs.id), Some(json!(nobody)));
        }
        DefectClass::JobOfAnother => {
            for id in ids_of_things(operation, contract) {
                set(&id, Some(json!("00000000-0000-4000-8000-000000000000")));
            }
        }
        DefectClass::JobStateUndocumented => set(&jobs.state, Some(json!("LIMBO"))),
        DefectClass::JobRestless if succeeded || failed => {
            if let Some(field) = &defect.field {
                set(field, Some(json!(request)));
            }
        }
        DefectClass::JobPartsContradict if succeeded => {
            for part in parts(operation, &jobs.state) {
                set(&part, jobs.failed.first().map(|state| json!(state)));
            }
        }
        DefectClass::JobEndsEarly if succeeded => {
            if let Some((begin, end)) = ran {
                let the_day_before = begin - SignedDuration::from_hours(24);
                set(&end, Some(json!(the_day_before.to_string())));
            }
        }
        DefectClass::JobReasonMissing => {
            for reason in &jobs.reasons {
                set(reason, None);
            }
        }
        _ => {}
    }
}

/// Where a job tells from when to when it ran.
pub(super) fn span(operation: &Operation) -> Option<(FieldPath, FieldPath)> {
    let fields = operation.response_fields();
    let called = |name: &str| {
        let mut paths = fields.iter().map(|(path, _)| path);
        paths.find(|path| path.0.len() == 1 && path.leaf() == name)
    };
    Some((called("begin_time")?.clone(), called("end_time")?.clone()))
}

/// Where the parts of a job tell their states: further inside, under the same name.
pub(super) fn parts(operation: &Operation, state: &FieldPath) -> Vec<FieldPath> {
    let paths = operation
        .response_fields()
        .into_iter()
        .map(|(path, _)| path);
    paths
        .filter(|path| path.leaf() == state.leaf() && path.0.len() > state.0.len())
        .collect()
}

fn shows(body: &Value, path: &FieldPath, text: &str) -> bool {
    let mut place = Some(body);
    for step in &path.0 {
        let Step::Name(name) = step else { return false };
        place = place.and_then(|value| value.get(name));
    }
    place.and_then(Value::as_str) == Some(text)
}
