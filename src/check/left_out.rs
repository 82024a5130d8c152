//! What a request left out though it sent what is around it, and what that is by default.

use serde_json::Value;

use super::Trial;
use super::statement::disputed;
use crate::contract::{
    Constraint, Direction, Field, FieldPath, Kind, Presence, Scalar, StatementId, Step,
};

/// The fields with a documented default that a request left out, each with the default.
pub(super) fn left_out<'t>(trial: &Trial<'t>, sent: &Value) -> Vec<(FieldPath, &'t Field, Value)> {
    let fields = trial.operation.request_fields().into_iter();
    let lacking = fields.filter(|(path, _)| lacks(sent, path));
    let known = lacking.filter_map(|(path, field)| Some((path, field, default_of(field)?)));
    let is_open = |path: &FieldPath| {
        let promise = StatementId {
            operation: trial.operation.id.clone(),
            direction: Direction::Request,
            field: Some(path.clone()),
            rule: "default",
        };
        disputed(trial.contract, &promise).is_some()
    };
    known.filter(|(path, ..)| !is_open(path)).collect()
}

/// Whether a body has the object that the field would be a member of, and not the field.
fn lacks(sent: &Value, path: &FieldPath) -> bool {
    let mut place = sent;
    let Some((last, around)) = path.0.split_last() else {
        return false;
    };
    for step in around {
        let Step::Name(name) = step else {
            return false;
        };
        let Some(inside) = place.get(name) else {
            return false;
        };
        place = inside;
    }
    matches!((last, place), (Step::Name(name), Value::Object(members)) if !members.contains_key(name))
}

/// The one default of a field that need not be given, where it is a value of its kind. Words of a text that no
/// list has may describe it.
fn default_of(field: &Field) -> Option<Value> {
    let mut defaults = field.statements.iter().filter_map(|said| {
        let Constraint::Default(value) = &said.constraint else {
            return None;
        };
        Some(value)
    });
    let (default, other) = (defaults.next()?, defaults.next());
    let is_listed = field.statements.iter().any(|said| {
        matches!(&said.constraint, Constraint::Enum { values, .. } if values.contains(default))
    });
    let value = match (default, &field.kind) {
        (Scalar::Integer(number), Kind::Integer | Kind::Number) => Value::from(*number),
        (Scalar::Bool(truth), Kind::Boolean) => Value::from(*truth),
        (Scalar::Text(text), Kind::String) if is_listed => Value::from(text.as_str()),
        (_, _) => return None,
    };
    // What else a request says may decide what it is then.
    let is_bound = field.statements.iter().any(|said| {
        matches!(
            said.constraint,
            Constraint::ExclusiveWith(_) | Constraint::RequiredIf(_) | Constraint::Precedence(_)
        )
    });
    let is_free = other.is_none() && !is_bound && field.presence == Presence::Optional;
    is_free.then_some(value)
}
