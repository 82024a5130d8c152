//! Tells operations apart that share method and path: by a key or a value of the body.
//!
//! Main entry: [`tell_apart`].

use hashbrown::{HashMap, HashSet};

use crate::contract::{Constraint, Field, Kind, Operation, OperationId, Scalar, Segment, Selector};

/// Gives every operation that shares its method and path with others the selector that its body
/// has alone. A path that ends in `action` is one of many by custom, even when it stands alone.
pub fn tell_apart(operations: &mut [Operation]) {
    let mut routes: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, operation) in operations.iter().enumerate() {
        let route = format!("{} {}", operation.method, operation.path);
        routes.entry(route).or_default().push(place);
    }
    for places in routes.values() {
        let shared = places.len() > 1;
        let selectors: Vec<Option<Selector>> = places
            .iter()
            .map(|place| {
                if shared {
                    selector(&operations[*place], true)
                } else {
                    selector(&operations[*place], false)
                }
            })
            .collect();
        let mut seen = HashSet::new();
        for (place, selector) in places.iter().zip(selectors) {
            let Some(selector) = selector.filter(|selector| seen.insert(selector.clone())) else {
                continue;
            };
            let operation = &mut operations[*place];
            operation.id = OperationId::of(operation.method, &operation.path, Some(&selector));
            operation.selector = Some(selector);
        }
    }
}

/// Slugs leave the version out. Where that makes two the same, the later one gets it back.
pub fn make_ids_unique(operations: &mut [Operation]) {
    let mut seen = HashSet::new();
    for operation in operations {
        let slug = operation.id.as_str().to_owned();
        let version = match operation.path.0.first() {
            Some(Segment::Literal(version)) => version.clone(),
            Some(Segment::Parameter(_)) | None => "again".to_owned(),
        };
        let mut times = 1;
        while !seen.insert(operation.id.clone()) {
            let suffix = if times == 1 {
                version.clone()
            } else {
                format!("{version}.{times}")
            };
            operation.id = OperationId::new(format!("{slug}.{suffix}"));
            times += 1;
        }
    }
}

fn selector(operation: &Operation, shared: bool) -> Option<Selector> {
    let body = operation.request.as_ref()?;
    let is_action =
        matches!(operation.path.0.last(), Some(Segment::Literal(last)) if last == "action");
    if !shared && !is_action {
        return None;
    }
    by_value(&body.fields)
        .filter(|_| shared)
        .or_else(|| by_key(&body.fields))
}

/// The one key of the body; of several, the one that must be there and holds an object.
fn by_key(fields: &[Field]) -> Option<Selector> {
    match fields {
        [only] if !matches!(only.kind, Kind::Array(_)) => Some(Selector::Key(only.name.clone())),
        _ => None,
    }
}

/// A text field beside others that has exactly one value.
fn by_value(fields: &[Field]) -> Option<Selector> {
    let text = fields
        .iter()
        .filter(|field| matches!(field.kind, Kind::String | Kind::Unknown));
    let mut fixed = text.filter_map(|field| Some((field, only_value(field)?)));
    let (field, value) = fixed.next()?;
    Some(Selector::Value {
        key: field.name.clone(),
        value,
    })
}

fn only_value(field: &Field) -> Option<String> {
    field
        .statements
        .iter()
        .find_map(|statement| match &statement.constraint {
            Constraint::Const(Scalar::Text(value)) => Some(value.clone()),
            Constraint::Enum { values, .. } => {
                let [Scalar::Text(value)] = values.as_slice() else {
                    return None;
                };
                Some(value.clone())
            }
            Constraint::Length { .. }
            | Constraint::Charset(_)
            | Constraint::Mixture { .. }
            | Constraint::Multiple(_)
            | Constraint::Except(_)
            | Constraint::ForbiddenCharacters(_)
            | Constraint::Pattern(_)
            | Constraint::Const(_)
            | Constraint::Format { .. }
            | Constraint::Range { .. }
            | Constraint::ItemCount { .. }
            | Constraint::Unique
            | Constraint::NotEmpty
            | Constraint::RequiredIf(_)
            | Constraint::ExclusiveWith(_)
            | Constraint::Precedence(_)
            | Constraint::Relative { .. }
            | Constraint::Default(_)
            | Constraint::StatePrecondition { .. }
            | Constraint::Quota { .. }
            | Constraint::Idempotent
            | Constraint::RateLimit { .. }
            | Constraint::Microversion { .. }
            | Constraint::Nullable
            | Constraint::AsyncJob
            | Constraint::Within { .. }
            | Constraint::Other(_) => None,
        })
}
