//! Whether a request obeys the Contract: the Twin's own judgement, shared with nobody.

use serde_json::{Map, Value};

use super::excuses;
use super::fault::Fault;
use super::needed::{self, Sent};
use super::text;
use crate::contract::{
    CharClass, Constraint, Field, FieldPath, Kind, Operation, PER_CALL, Place, Presence, Relation,
    Scalar, Scope, Selector, Statement, StatementId, Step, Unit,
};

/// A request's body that no field needs may be left out; else every field must obey.
pub(super) fn body(
    operation: &Operation,
    body: &Value,
    excused: Option<&StatementId>,
) -> Result<(), Fault> {
    let Some(documented) = &operation.request else {
        return Ok(());
    };
    let Some(object) = body.as_object() else {
        return Err(Fault::invalid("the body must be an object"));
    };
    let judge = Judge { operation, excused };
    let sent = Sent::of(object);
    let selects = |field: &Field| match &operation.selector {
        Some(Selector::Key(key)) => field.name == *key,
        Some(Selector::Value { .. }) | None => false,
    };
    for field in &documented.fields {
        // Clients write null where an action has nothing to say.
        if selects(field) && object.get(&field.name).is_some_and(Value::is_null) {
            continue;
        }
        judge.field(&FieldPath::root(&field.name), field, &sent)?;
    }
    Ok(())
}

/// Whether a field of an object keeps what is said of it.
pub(super) fn keeps_all(
    operation: &Operation,
    path: &FieldPath,
    field: &Field,
    object: &Map<String, Value>,
) -> bool {
    let excused = None;
    let judge = Judge { operation, excused };
    judge.field(path, field, &Sent::of(object)).is_ok()
}

/// Parameters of path and query obey what is said of them. What nobody documents is ignored.
pub(super) fn parameters(
    operation: &Operation,
    path: &[(&str, &str)],
    query: &[(String, String)],
    excused: Option<&StatementId>,
) -> Result<(), Fault> {
    let judge = Judge { operation, excused };
    let sent = query
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    let sent: Map<String, Value> = sent.collect();
    let sent = Sent::of(&sent);
    for parameter in &operation.parameters {
        let name = parameter.field.name.as_str();
        let values: Vec<&str> = match parameter.place {
            Place::Path => {
                let values = path.iter().filter(|(known, _)| *known == name);
                values.map(|(_, value)| *value).collect()
            }
            Place::Query => {
                let values = query.iter().filter(|(known, _)| known == name);
                values.map(|(_, value)| value.as_str()).collect()
            }
            Place::Header => continue,
        };
        let root = || FieldPath::root(name);
        let is_due = parameter.place == Place::Query && is_due(&parameter.field, &sent);
        if values.is_empty() && is_due && !judge.excuses(&root(), "required_if") {
            return Err(Fault::invalid(format!("{name} is missing")));
        }
        for text in values {
            judge.text(&parameter.field, text)?;
            judge.bounds(&root(), &parameter.field, &Value::from(text), &sent)?;
        }
    }
    Ok(())
}

struct Judge<'a> {
    operation: &'a Operation,
    excused: Option<&'a StatementId>,
}

impl Judge<'_> {
    /// A parameter, which is text whatever it stands for.
    fn text(&self, field: &Field, text: &str) -> Result<(), Fault> {
        let path = FieldPath::root(&field.name);
        let Some(value) = as_any(field, text) else {
            if self.excuses(&path, "kind") {
                return Ok(());
            }
            let kind = &field.kind;
            return Err(Fault::invalid(format!("{path} must be of kind {kind}")));
        };
        self.statements(&path, field, &value)
    }

    /// A field of an object.
    fn field(&self, path: &FieldPath, field: &Field, sent: &Sent<'_>) -> Result<(), Fault> {
        let Some(value) = sent.own(&field.name) else {
            let needed = field.presence == Presence::Required && !self.excuses(path, "presence");
            let due = is_due(field, sent) && !self.excuses(path, "required_if");
            return if needed || due {
                Err(Fault::invalid(format!("{path} is missing")))
            } else {
                Ok(())
            };
        };
        if value.is_null() {
            let said = |statement: &Statement| statement.constraint == Constraint::Nullable;
            let fine = field.nullable.is_some()
                || field.statements.iter().any(said)
                || self.excuses(path, "kind")
                || self.excuses(path, "nullable");
            return if fine {
                Ok(())
            } else {
                Err(Fault::invalid(format!("{path} is null")))
            };
        }
        if !field.kinds().any(|kind| has_kind(value, kind)) && !self.excuses(path, "kind") {
            return Err(Fault::invalid(format!(
                "{path} must be of kind {}",
                field.kind
            )));
        }
        self.statements(path, field, value)?;
        self.in_case(path, field, value, sent)?;
        self.bounds(path, field, value, sent)?;
        self.rivals(path, field, sent)?;
        if is_barred(field, sent) && !self.excuses(path, "other") {
            return Err(Fault::invalid(format!("{path} must not be given here")));
        }
        self.inside(path, field, &field.kind, (value, sent))
    }

    fn inside(
        &self,
        path: &FieldPath,
        field: &Field,
        kind: &Kind,
        (value, sent): (&Value, &Sent<'_>),
    ) -> Result<(), Fault> {
        match (kind, value) {
            (Kind::Object, Value::Object(object)) => {
                let sent = sent.inside(&field.children, object);
                for child in &field.children {
                    let deeper = path.child(&field.kind, &child.name);
                    self.field(&deeper, child, &sent)?;
                }
                Ok(())
            }
            (Kind::Array(of), Value::Array(items)) => {
                self.apart(path, field, items)?;
                items
                    .iter()
                    .try_for_each(|item| self.inside(path, field, of, (item, sent)))
            }
            (Kind::Map { value: of, .. }, Value::Object(entries)) => {
                self.keys(path, field, entries)?;
                entries
                    .values()
                    .try_for_each(|entry| self.inside(path, field, of, (entry, sent)))
            }
            _ => Ok(()),
        }
    }

    /// What is said of the keys of a map holds for each of them.
    fn keys(
        &self,
        path: &FieldPath,
        field: &Field,
        entries: &Map<String, Value>,
    ) -> Result<(), Fault> {
        for Statement { constraint, .. } in &field.statements {
            let Some(rule) = of_keys(constraint) else {
                continue;
            };
            let kept = entries
                .keys()
                .all(|key| keeps(rule, &Value::from(key.as_str())));
            if !kept && !self.excuses(path, constraint.word()) {
                return Err(Fault::invalid(format!("a key of {path} breaks its rules")));
            }
        }
        Ok(())
    }

    /// No two items share what each has alone.
    fn apart(&self, path: &FieldPath, field: &Field, items: &[Value]) -> Result<(), Fault> {
        let alone = |child: &&Field| {
            let mut said = child.statements.iter();
            said.any(|statement| statement.constraint == Constraint::Unique)
        };
        for child in field.children.iter().filter(alone) {
            let values: Vec<&Value> = items
                .iter()
                .filter_map(|item| item.get(&child.name))
                .collect();
            let twins = (1..values.len()).any(|at| values[..at].contains(&values[at]));
            let deeper = path.child(&field.kind, &child.name);
            if twins && !self.excuses(&deeper, "unique") {
                return Err(Fault::invalid(format!("{deeper} breaks its unique")));
            }
        }
        Ok(())
    }

    fn statements(&self, path: &FieldPath, field: &Field, value: &Value) -> Result<(), Fault> {
        for Statement { constraint, .. } in &field.statements {
            if !keeps(constraint, value) && !self.excuses(path, constraint.word()) {
                return Err(Fault::invalid(format!(
                    "{path} breaks its {}",
                    constraint.word()
                )));
            }
        }
        Ok(())
    }

    /// Of two fields that exclude each other one is given.
    fn rivals(&self, path: &FieldPath, field: &Field, beside: &Sent<'_>) -> Result<(), Fault> {
        for Statement { constraint, .. } in &field.statements {
            let Constraint::ExclusiveWith(names) = constraint else {
                continue;
            };
            for name in names {
                let leaf = name.rsplit('.').next().unwrap_or(name);
                let mut other = path.clone();
                other.0.pop();
                other.0.push(Step::Name(leaf.to_owned()));
                let excused = [path, &other].map(|path| self.excuses(path, "exclusive_with"));
                if beside.own(leaf).is_some() && !excused.contains(&true) {
                    return Err(Fault::invalid(format!("{path} excludes {leaf}")));
                }
            }
        }
        Ok(())
    }

    /// What holds in one case alone holds where that can be told.
    fn in_case(
        &self,
        path: &FieldPath,
        field: &Field,
        value: &Value,
        beside: &Sent<'_>,
    ) -> Result<(), Fault> {
        let told = field
            .statements
            .iter()
            .filter_map(|said| said.constraint.of_case());
        for (case, held) in told {
            let holds = needed::holds(case, beside) == Some(true);
            if holds && !keeps(held, value) && !self.excuses(path, "within") {
                return Err(Fault::invalid(format!(
                    "{path} breaks its {} where {case}",
                    held.word()
                )));
            }
        }
        Ok(())
    }

    /// What stands beside a number may bound it.
    fn bounds(
        &self,
        path: &FieldPath,
        field: &Field,
        value: &Value,
        beside: &Sent<'_>,
    ) -> Result<(), Fault> {
        for statement in &field.statements {
            let Constraint::Relative { how, to } = &statement.constraint else {
                continue;
            };
            let both = number(value).zip(beside.own(to).and_then(number));
            let fits = match (how, both) {
                (Relation::Unlike, _) => beside.own(to) != Some(value),
                (Relation::DefaultsTo, _) | (_, None) => true,
                (Relation::AtLeast, Some((own, other))) => other <= own,
                (Relation::AtMost, Some((own, other))) => own <= other,
                (Relation::Below, Some((own, other))) => own < other,
                (Relation::Above, Some((own, other))) => other < own,
            };
            if !fits && !self.excuses(path, "relative") {
                return Err(Fault::invalid(format!("{path} goes beyond {to}")));
            }
        }
        Ok(())
    }

    fn excuses(&self, path: &FieldPath, rule: &str) -> bool {
        self.excused.is_some()
            && excuses(
                self.excused,
                &self.operation.id,
                Some(path.to_string().as_str()),
                rule,
            )
    }
}

/// Whether what stands beside the field, or around that, forbids it.
fn is_barred(field: &Field, sent: &Sent<'_>) -> bool {
    let said = field.statements.iter();
    let mut told = said.filter_map(|said| said.constraint.may_be_given());
    told.any(|(condition, only)| needed::holds(condition, sent) == Some(!only))
}

/// Whether what stands beside the field, or around that, makes it necessary.
fn is_due(field: &Field, sent: &Sent<'_>) -> bool {
    field.statements.iter().any(|statement| {
        matches!(&statement.constraint, Constraint::RequiredIf(condition)
            if needed::holds(condition, sent) == Some(true))
    })
}

/// What a text stands for in one of the kinds that a source claims for the field.
fn as_any(field: &Field, text: &str) -> Option<Value> {
    field.kinds().find_map(|kind| match kind {
        Kind::Integer => text.parse::<i64>().ok().map(Value::from),
        Kind::Number => text.parse::<f64>().ok().map(Value::from),
        Kind::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(Value::from(true)),
            "false" | "0" => Some(Value::from(false)),
            _ => None,
        },
        Kind::String | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => {
            Some(Value::from(text))
        }
    })
}

fn has_kind(value: &Value, kind: &Kind) -> bool {
    match kind {
        Kind::String => value.is_string(),
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Object => value.is_object(),
        Kind::Array(of) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|item| has_kind(item, of))),
        Kind::Map { value: of, .. } => value
            .as_object()
            .is_some_and(|entries| entries.values().all(|entry| has_kind(entry, of))),
        Kind::Unknown => true,
    }
}

/// Whether it is one that a value keeps or breaks by itself.
pub(super) fn bounds_a_value(constraint: &Constraint) -> bool {
    constraint.is_limit()
        || matches!(
            constraint,
            Constraint::Format { .. } | Constraint::Enum { open: false, .. } | Constraint::Const(_)
        )
}

/// What a constraint says of the keys of a map.
pub(super) fn of_keys(constraint: &Constraint) -> Option<&Constraint> {
    let Constraint::Within {
        scope: Scope::Part(part),
        holds,
    } = constraint
    else {
        return None;
    };
    (part == "key").then_some(holds)
}

/// Whether one value keeps one constraint. Constraints on state are kept by the operations.
fn keeps(constraint: &Constraint, value: &Value) -> bool {
    if let Some(held) = constraint.of_chinese() {
        let is_chinese = |c| text::is_in(c, &[CharClass::Chinese]);
        let fits = |text: &str| !text.chars().all(is_chinese) || keeps(held, &Value::from(text));
        return texts(value).all(fits);
    }
    if let Some((free, held)) = constraint.but_for() {
        let is_free = |item: &Value| number(item) == Some(free as f64);
        return each(value, |item| is_free(item) || keeps(held, item));
    }
    match constraint {
        Constraint::Length { min, max, unit } => texts(value).all(|text| {
            let length = match unit {
                Unit::Characters => text.chars().count(),
                Unit::Bytes => text.len(),
            } as u64;
            min.is_none_or(|min| min <= length) && max.is_none_or(|max| length <= max)
        }),
        Constraint::Charset(classes) => {
            texts(value).all(|text| text.chars().all(|c| text::is_in(c, classes)))
        }
        Constraint::Mixture { least, kinds } => texts(value).all(|text| {
            let has = |kind: &&Vec<CharClass>| text.chars().any(|c| text::is_in(c, kind));
            kinds.iter().filter(has).count() >= *least as usize
        }),
        Constraint::Quota { of, max: Some(max) } if is_of_the_request(of) => value
            .as_array()
            .is_none_or(|items| items.len() as u64 <= *max),
        Constraint::ForbiddenCharacters(bad) => {
            texts(value).all(|text| !text.contains(bad.as_slice()))
        }
        Constraint::Enum { values, open } => {
            *open || each(value, |item| values.iter().any(|known| equals(known, item)))
        }
        Constraint::Const(known) => each(value, |item| equals(known, item)),
        Constraint::Format { format, or_empty } => texts(value)
            .all(|text| (*or_empty && text.is_empty()) || text::has_format(text, format)),
        Constraint::Range { min, max } => each(value, |item| {
            number(item).is_none_or(|number| {
                min.is_none_or(|min| min.as_f64() <= number)
                    && max.is_none_or(|max| number <= max.as_f64())
            })
        }),
        Constraint::Multiple(of) => each(value, |item| {
            number(item).is_none_or(|number| *of == 0 || number % *of as f64 == 0.0)
        }),
        Constraint::Except(values) => each(value, |item| {
            !values.iter().any(|known| equals(known, item))
        }),
        Constraint::ItemCount { min, max } => {
            let items = value.as_array().map(Vec::len);
            match items.or(value.as_object().map(Map::len)) {
                Some(n) => {
                    min.is_none_or(|min| min <= n as u64) && max.is_none_or(|max| n as u64 <= max)
                }
                None => true,
            }
        }
        Constraint::NotEmpty => match value {
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        },
        Constraint::Unique => match value.as_array() {
            Some(items) => items
                .iter()
                .enumerate()
                .all(|(at, item)| !items[..at].contains(item)),
            None => true,
        },
        Constraint::Pattern(pattern) => texts(value).all(|text| text::matches(text, pattern)),
        Constraint::RequiredIf(_)
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
        | Constraint::Within { .. } => true,
        Constraint::Other(_) => constraint.parts().is_none_or(|parts| {
            let is_within = |number: f64| {
                let mut parts = parts.iter();
                parts.any(|(min, max)| min.as_f64() <= number && number <= max.as_f64())
            };
            each(value, |item| number(item).is_none_or(is_within))
        }),
    }
}

/// Whether a limit is one on the items of a single request.
pub(super) fn is_of_the_request(of: &str) -> bool {
    [PER_CALL, "items"].contains(&of)
}

/// A number, even as a text.
fn number(value: &Value) -> Option<f64> {
    let text = || value.as_str().and_then(|text| text.parse().ok());
    value.as_f64().or_else(text)
}

/// Whether a value, or each item of a list, keeps a rule.
fn each(value: &Value, keeps: impl Fn(&Value) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().all(keeps),
        value => keeps(value),
    }
}

/// A text, or the texts of a list or of a map: a rule about text holds for each.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let items = value.as_array().into_iter().flatten();
    let entries = value.as_object().into_iter().flat_map(|map| map.values());
    let inside = items.chain(entries).filter_map(Value::as_str);
    value.as_str().into_iter().chain(inside)
}

fn equals(known: &Scalar, value: &Value) -> bool {
    match known {
        Scalar::Null => value.is_null(),
        Scalar::Bool(known) => value.as_bool() == Some(*known),
        Scalar::Integer(known) => value.as_i64() == Some(*known),
        Scalar::Decimal(known) => value
            .as_f64()
            .is_some_and(|number| known.parse() == Ok(number)),
        Scalar::Text(known) => value.as_str() == Some(known),
    }
}
