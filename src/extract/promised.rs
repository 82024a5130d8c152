//! Constraints as the inventory prints them: the field, the rule and the value of each.
//!
//! Main entries: [`by_operation`] and [`apart`]. A field that a sentence names is printed with its
//! whole path; what holds in one case has a `when`; what holds for a part of a value has the part
//! behind the field's path.

use serde_json::{Value, json};

use super::UNREAD;
use super::fact::{Fact, Placed, Promise};
use super::inventory::Apart;
use crate::contract::{
    CharClass, Constraint, Contract, Direction, Field, FieldPath, Format, Kind, NOT_SUPPORTED,
    Operation, Permission, Relation, Scalar, Scope, StatesRule, UNSEEN, Unit,
};
use crate::source::Provenance;

/// What an operation and its fields promise.
pub(super) fn by_operation<'a>(
    contract: &Contract,
    operation: &'a Operation,
    route: &'a str,
) -> Vec<Placed<'a>> {
    let mut found = Vec::new();
    let fields = described(operation);
    let whose = Whose {
        operation: Some(route),
        fields: &fields,
        job: contract.jobs.as_ref().map_or(Value::Null, |jobs| {
            let shown_by = contract.operation(&jobs.operation);
            json!({
                "job_field": jobs.id,
                "poll": shown_by.map(Operation::route),
                "done": jobs.succeeded.first(),
            })
        }),
    };
    for statement in &operation.statements {
        let field = match (unwrapped(&statement.constraint).1, &contract.jobs) {
            (Constraint::AsyncJob, Some(jobs)) => Some(jobs.id.clone()),
            (Constraint::AsyncJob, None) => job_shown(operation),
            (Constraint::ItemCount { .. }, _) => only_root(operation),
            _ => {
                subject(&statement.constraint).or_else(|| chosen(operation, &statement.constraint))
            }
        };
        let near = (Direction::Behaviour, None);
        let promise = whose.promise(near, field, &statement.constraint);
        found.push(placed(&statement.at, promise));
    }
    found.extend(
        operation
            .permissions
            .iter()
            .map(|needed| whose.permission(needed)),
    );
    for (direction, path, field) in &fields {
        found.extend(whose.facts_of(*direction, path, field));
    }
    found
}

/// What a structure promises that no operation leads to.
pub(super) fn apart(apart: &Apart, at: impl Fn(u32) -> Provenance) -> Vec<Placed<'_>> {
    let fields = apart.body.walk().into_iter();
    let fields: Vec<_> = fields
        .map(|(path, field)| (apart.direction, path, field))
        .collect();
    let whose = Whose {
        operation: apart.operation.as_deref(),
        fields: &fields,
        job: Value::Null,
    };
    let each = fields.iter();
    each.flat_map(|(direction, path, field)| whose.facts_of(*direction, path, field))
        .map(|(place, fact)| (at(place.line), fact))
        .collect()
}

/// The id of the job in the answer, where no other page tells how jobs are followed.
fn job_shown(operation: &Operation) -> Option<String> {
    let fields = &operation.response.as_ref()?.fields;
    let is_job = |name: &str| ["job_id", "jobId", "task_id", "taskId"].contains(&name);
    let found = fields.iter().find(|field| is_job(&field.name));
    found.map(|field| field.name.clone())
}

/// What a request is about, where its body holds that alone: it is what there may be so many of.
fn only_root(operation: &Operation) -> Option<String> {
    match operation.request.as_ref()?.fields.as_slice() {
        [only] => Some(only.name.clone()),
        _ => None,
    }
}

/// Every parameter and field of an operation, with its side and path.
fn described(operation: &Operation) -> Vec<(Direction, FieldPath, &Field)> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let path = FieldPath::root(&parameter.field.name);
        (Direction::Request, path, &parameter.field)
    });
    let side = |direction| move |(path, field)| (direction, path, field);
    let requests = operation
        .request_fields()
        .into_iter()
        .map(side(Direction::Request));
    let responses = operation
        .response_fields()
        .into_iter()
        .map(side(Direction::Response));
    parameters.chain(requests).chain(responses).collect()
}

/// What all constraints of one operation have in common.
struct Whose<'a, 'f> {
    operation: Option<&'a str>,
    fields: &'f [(Direction, FieldPath, &'a Field)],
    /// How a job is followed.
    job: Value,
}

impl<'a> Whose<'a, '_> {
    /// What a caller must be allowed to do, and what else that takes.
    fn permission(&self, needed: &Permission) -> Placed<'a> {
        let value = match needed.needs.as_slice() {
            [] => needed.action.clone(),
            others => format!("{} (+ {})", needed.action, others.join(", ")),
        };
        let promise = Promise {
            operation: self.operation,
            direction: Direction::Behaviour.word(),
            field: Some("permission".to_owned()),
            rule: "other",
            value: Value::String(value),
            unit: None,
            open: false,
            when: None,
        };
        placed(&needed.at, promise)
    }

    /// What is said of one field.
    fn facts_of(
        &self,
        direction: Direction,
        path: &FieldPath,
        field: &'a Field,
    ) -> impl Iterator<Item = Placed<'a>> {
        let near = (direction, Some(path));
        let read = field.statements.iter().filter(|one| one.rule != UNREAD);
        let stated = read.map(|statement| {
            let constraint = &statement.constraint;
            let name = printed_path(path, &field.kind, constraint);
            let mut promise = self.promise(near, Some(name), constraint);
            if let Some(value) = empty(&field.kind, constraint) {
                (promise.rule, promise.unit, promise.value) = ("const", None, value);
            }
            (&statement.at, promise)
        });
        let shown = field.nullable.iter().map(|at| {
            let name = Some(path.to_string());
            (at, self.promise(near, name, &Constraint::Nullable))
        });
        let mut found = by_case(stated.collect());
        found.extend(shown);
        found.into_iter().map(|(at, promise)| placed(at, promise))
    }

    /// One constraint; `near` is the side and the field that it is said of.
    fn promise(
        &self,
        near: (Direction, Option<&FieldPath>),
        field: Option<String>,
        constraint: &'a Constraint,
    ) -> Promise<'a> {
        let (scope, constraint) = unwrapped(constraint);
        let (mut value, unit) = self.value_and_unit(near, constraint);
        if let Some(Scope::Form(forms)) = scope {
            value = json!(forms);
        }
        let when = match scope {
            Some(Scope::Case(case)) => Some(case.as_str()),
            Some(Scope::Form(_) | Scope::Part(_)) | None => None,
        };
        Promise {
            operation: self.operation,
            direction: near.0.word(),
            field,
            rule: rule(constraint),
            value,
            unit,
            open: matches!(constraint, Constraint::Enum { open: true, .. }),
            when,
        }
    }

    /// The whole path of a field that a sentence names: of several, the one beside or below the
    /// field whose text it is. What is no field keeps its name.
    fn path_of(&self, (direction, near): (Direction, Option<&FieldPath>), name: &str) -> String {
        // "count > 1" is about a field, too.
        let (name, bound) = name
            .find(" > ")
            .map_or((name, ""), |end| name.split_at(end));
        let leaf = |path: &FieldPath| path.leaf() == name;
        let around = |path: &FieldPath| path.0.split_last().map(|(_, rest)| rest.to_vec());
        let found: Vec<&FieldPath> = self
            .fields
            .iter()
            .filter(|(side, path, _)| {
                leaf(path) && (*side == direction || direction == Direction::Behaviour)
            })
            .map(|(_, path, _)| path)
            .collect();
        let beside = found
            .iter()
            .find(|path| near.is_some_and(|near| around(path) == around(near)));
        let only = match found.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        beside
            .or(only)
            .map_or_else(|| format!("{name}{bound}"), |path| format!("{path}{bound}"))
    }

    fn value_and_unit(
        &self,
        near: (Direction, Option<&FieldPath>),
        constraint: &Constraint,
    ) -> (Value, Option<&'static str>) {
        match constraint {
            Constraint::Length { min, max, unit } => {
                let (word, bytes) = match unit {
                    Unit::Characters => ("chars", false),
                    Unit::Bytes => ("bytes", true),
                };
                (limits(*min, *max, bytes), Some(word))
            }
            Constraint::Range { min, max } => (limits(*min, *max, false), None),
            Constraint::Multiple(of) => (json!(format!("multiple of {of}")), None),
            Constraint::Except(values) => {
                let values: Vec<Value> = values.iter().map(scalar).collect();
                (json!({"not_in": values}), None)
            }
            Constraint::ItemCount { min, max } => (limits(*min, *max, false), Some("items")),
            Constraint::Charset(classes) => (classes.iter().map(class).collect(), None),
            Constraint::Mixture { least, kinds } => (mixture(*least, kinds), None),
            Constraint::ForbiddenCharacters(characters) => (listed_or_run(characters), None),
            Constraint::Pattern(pattern) => (json!(pattern), None),
            Constraint::Enum { values, .. } => (values.iter().map(scalar).collect(), None),
            Constraint::Const(value) | Constraint::Default(value) => (scalar(value), None),
            Constraint::Format { format, or_empty } => {
                (json!(format_word(format, *or_empty)), None)
            }
            Constraint::Unique
            | Constraint::NotEmpty
            | Constraint::Idempotent
            | Constraint::Nullable => (json!(true), None),
            Constraint::Other(words) => match words.strip_prefix(NOT_SUPPORTED) {
                Some(of_what) => (json!(format!("not_supported{of_what}")), None),
                None => (json!(words), None),
            },
            Constraint::RequiredIf(words) => (json!(words), None),
            Constraint::ExclusiveWith(names) => {
                let paths = names.iter().map(|name| self.path_of(near, name));
                (paths.collect(), None)
            }
            Constraint::Precedence(names) => match names.split_first() {
                Some((winner, [words])) if words.contains(' ') => {
                    // Not a field, but what is told of it: "the existing value".
                    (json!({"winner": winner, "over": words}), None)
                }
                Some((winner, over)) => (json!({"winner": winner, "over": over}), None),
                None => (Value::Null, None),
            },
            Constraint::Relative { to, .. } => (json!({"ref": self.path_of(near, to)}), None),
            Constraint::Within { holds, .. } => self.value_and_unit(near, holds),
            Constraint::StatePrecondition {
                subject,
                rule,
                states,
            } => match rule {
                StatesRule::OneOf => (json!(told_of(near.1.is_some(), subject, states)), None),
                StatesRule::NoneOf => (denied(subject, states), None),
            },
            Constraint::Quota { of, max: None } => {
                (json!(format!("counts against the quota of {of}")), None)
            }
            Constraint::Quota { max, .. } => (json!(max), Some("items")),
            Constraint::RateLimit { per_minute } => (json!(per_minute), Some("per_minute")),
            Constraint::Microversion { min, max } => match (min, max) {
                (Some(min), Some(max)) => (json!([min.to_string(), max.to_string()]), None),
                (Some(one), None) | (None, Some(one)) => (json!(one.to_string()), None),
                (None, None) => (Value::Null, None),
            },
            Constraint::AsyncJob => (self.job.clone(), None),
        }
    }
}

/// "The network exists" says what "exists" alone does not, and so does the attribute of another thing
/// that a field stands for.
fn told_of(is_of_field: bool, subject: &str, states: &[String]) -> Vec<String> {
    let thing = subject.strip_suffix(".status").unwrap_or(subject);
    let attribute = thing.rsplit_once('.').filter(|_| is_of_field);
    let told = |state: &String| match (state.as_str(), attribute) {
        ("exists", _) => format!("{thing} exists"),
        (state, Some((of, attribute))) => format!("{of} {attribute} is {state}"),
        (state, None) => state.to_owned(),
    };
    states.iter().map(told).collect()
}

/// States are listed; the one kind that will not do is told in words.
fn denied(subject: &str, states: &[String]) -> Value {
    match (subject.rsplit_once('.'), states) {
        (Some((_, kind)), [only]) if kind == only => json!(format!("not {kind}")),
        _ => json!({"not_in": states}),
    }
}

/// An object that is always empty is a constant, and so is a list.
fn empty(kind: &Kind, constraint: &Constraint) -> Option<Value> {
    let is_empty = Constraint::ItemCount {
        min: None,
        max: Some(0),
    };
    match kind {
        _ if *constraint != is_empty => None,
        Kind::Object | Kind::Map { .. } => Some(json!({})),
        Kind::Array(_) => Some(json!([])),
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean | Kind::Unknown => None,
    }
}

fn placed<'a>(at: &Provenance, promise: Promise<'a>) -> Placed<'a> {
    (at.clone(), Fact::Constraint(promise))
}

/// Values that one sentence lists for several cases are one fact, by case.
fn by_case<'p, 'a>(
    mut promises: Vec<(&'p Provenance, Promise<'a>)>,
) -> Vec<(&'p Provenance, Promise<'a>)> {
    promises.dedup_by(|(at, promise), (first_at, first)| {
        let is_listed = first.rule == "enum" && (first.when.is_some() || first.value.is_object());
        let is_same = first_at == at && first.rule == promise.rule && first.field == promise.field;
        let Some(case) = promise.when.filter(|_| is_listed && is_same) else {
            return false;
        };
        if let Some(first_case) = first.when.take() {
            first.value = json!({ first_case: first.value });
        }
        first.value[case] = promise.value.take();
        true
    });
    promises
}

/// A constraint without what it is wrapped in, and the case or form for which it holds.
fn unwrapped(constraint: &Constraint) -> (Option<&Scope>, &Constraint) {
    let Constraint::Within { scope, holds } = constraint else {
        return (None, constraint);
    };
    let (inner, constraint) = unwrapped(holds);
    match scope {
        Scope::Case(_) | Scope::Form(_) => (Some(scope), constraint),
        Scope::Part(_) => (inner, constraint),
    }
}

/// The inventory's word for a constraint.
fn rule(constraint: &Constraint) -> &'static str {
    if matches!(constraint, Constraint::Multiple(_) | Constraint::Except(_)) {
        return "other";
    }
    if matches!(constraint, Constraint::Mixture { .. }) {
        return "charset";
    }
    let Constraint::Relative { how, .. } = constraint else {
        return constraint.word();
    };
    match how {
        Relation::AtLeast | Relation::Above => "min",
        Relation::AtMost | Relation::Below => "max",
        Relation::DefaultsTo => "default",
        Relation::Unlike => "other",
    }
}

/// The path of what a constraint is about: the field, the values inside, or a part of them, which
/// follows a dot in an object and `#` in a text.
fn printed_path(path: &FieldPath, kind: &Kind, constraint: &Constraint) -> String {
    let Constraint::Within { scope, holds } = constraint else {
        return match (about_innermost(constraint), kind) {
            // Of a map it is said of its values, whatever their keys are called.
            (true, Kind::Map { .. }) => format!("{path}.{{value}}"),
            (true, _) => path.inside(kind).to_string(),
            (false, _) => path.to_string(),
        };
    };
    let Scope::Part(part) = scope else {
        return printed_path(path, kind, holds);
    };
    match kind {
        Kind::Map { key, .. } if part == "key" => format!("{path}.{{{key}}}"),
        Kind::Object | Kind::Map { .. } if matches!(part.as_str(), "key" | "value") => {
            format!("{path}.{{{part}}}")
        }
        Kind::Object | Kind::Map { .. } => format!("{path}.{part}"),
        Kind::String
        | Kind::Integer
        | Kind::Number
        | Kind::Boolean
        | Kind::Array(_)
        | Kind::Unknown => format!("{path}#{part}"),
    }
}

/// What a statement about behaviour is about, in the document's word.
fn subject(constraint: &Constraint) -> Option<String> {
    if let Constraint::Quota { of, max } = constraint {
        return max.is_some().then(|| of.clone());
    }
    let (case, constraint) = unwrapped(constraint);
    let Constraint::StatePrecondition { subject, .. } = constraint else {
        return None;
    };
    (!is_unseen(case)).then(|| subject.clone())
}

fn is_unseen(case: Option<&Scope>) -> bool {
    matches!(case, Some(Scope::Case(case)) if case == UNSEEN)
}

/// What names the thing that must be of a kind, where the kind itself is shown nowhere: of all the
/// lamps that `lamp_id` may name, no system lamp.
fn chosen(operation: &Operation, constraint: &Constraint) -> Option<String> {
    let (case, constraint) = unwrapped(constraint);
    let Constraint::StatePrecondition { subject, .. } = constraint else {
        return None;
    };
    let (thing, attribute) = subject.rsplit_once('.')?;
    let is_kind = is_unseen(case) && attribute != "status" && attribute != "use";
    let name = format!("{}_id", thing.replace(' ', "_").to_lowercase());
    let mut names = operation.path.parameters();
    names.find(|of| is_kind && *of == name).map(str::to_owned)
}

/// Whether a constraint on a list or a map is about the values inside.
fn about_innermost(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::Multiple(_)
        | Constraint::Except(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { .. }
        | Constraint::Const(_)
        | Constraint::Format { .. }
        | Constraint::Range { .. }
        | Constraint::Relative { .. } => true,
        Constraint::Within { holds, .. } => about_innermost(holds),
        Constraint::ItemCount { .. }
        | Constraint::Unique
        | Constraint::NotEmpty
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable
        | Constraint::AsyncJob
        | Constraint::Other(_) => false,
    }
}

/// A few characters one by one, as sentences name them; many as the run that documents print.
fn listed_or_run(characters: &[char]) -> Value {
    const FEW: usize = 3;
    match characters.len() <= FEW {
        true => characters.iter().map(char::to_string).collect(),
        false => Value::String(characters.iter().collect()),
    }
}

/// Both limits as a list, one limit as a number; a list with null where the word of the rule does
/// not tell which limit it is.
fn limits<T: Into<Value> + Copy>(min: Option<T>, max: Option<T>, always_both: bool) -> Value {
    match (min, max) {
        (Some(one), None) | (None, Some(one)) if !always_both => one.into(),
        (min, max) => Value::Array(vec![
            min.map_or(Value::Null, Into::into),
            max.map_or(Value::Null, Into::into),
        ]),
    }
}

/// So many of the kinds of characters that follow, each by its first class: marks are one kind.
fn mixture(least: u32, kinds: &[Vec<CharClass>]) -> Value {
    let kind = |kind: &Vec<CharClass>| match kind.as_slice() {
        [CharClass::Range('0', '9')] => "digits".to_owned(),
        [one] => class(one),
        marks => marks.iter().map(class).collect::<Vec<_>>().concat(),
    };
    json!({"at_least": least, "of": kinds.iter().map(kind).collect::<Vec<_>>()})
}

fn class(class: &CharClass) -> String {
    match class {
        CharClass::Chinese => "Chinese characters".to_owned(),
        CharClass::Range(first, last) if last.is_ascii() => format!("{first}-{last}"),
        CharClass::Range(first, last) => {
            format!("U+{:04X}-U+{:04X}", u32::from(*first), u32::from(*last))
        }
        CharClass::One(character) => character.to_string(),
    }
}

fn scalar(value: &Scalar) -> Value {
    match value {
        Scalar::Null => Value::Null,
        Scalar::Bool(value) => json!(value),
        Scalar::Integer(value) => json!(value),
        Scalar::Decimal(printed) => match printed.parse::<f64>() {
            Ok(number) => json!(number),
            Err(_) => json!(printed),
        },
        Scalar::Text(value) => json!(value),
    }
}

fn format_word(format: &Format, or_empty: bool) -> String {
    let word = match format {
        Format::Uuid => "uuid",
        Format::Ip => "ip address",
        Format::Ipv4 => "ipv4 address",
        Format::Ipv6 => "ipv6 address",
        Format::Cidr => "cidr",
        Format::Mac => "mac address",
        Format::Base64 => "base64",
        Format::Uri => "uri",
        Format::Time(template) => template.as_deref().unwrap_or("ISO 8601"),
        Format::Json => "json",
        Format::Hostname => "hostname (RFC 1123)",
        Format::Standard(name) => name,
    };
    if or_empty {
        format!("{word} or empty string")
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{inventory, read, tests::document};

    #[test]
    fn facts_are_told_of_what_they_are_about() {
        let page = "# 1.1 拆下磁盘
# 约束
系统盘不能拆除。拆下的磁盘仍会占用磁盘的配额。
# URI
POST /v1/lamps/{volume_id}/release
# 请求消息
表 1-1 请求参数
| 参数 | 是否必选 | 参数类型 | 描述 |
| group | 否 | String | 灯组。请确保灯组使用的是远离apart-far策略。 |
# 响应消息
表 1-2 响应参数
| 参数 | 参数类型 | 描述 |
| wicks | Array of objects | 灯芯，目前为空列表。 |
";
        let lines = inventory::lines(&read(&document(page)));
        let facts = lines.iter().filter_map(|line| {
            let fact: serde_json::Value = serde_json::from_str(line).ok()?;
            let told = |key: &str| fact[key].to_string();
            (fact["kind"] == "constraint")
                .then(|| [told("field"), told("rule"), told("value")].join(" "))
        });
        let facts: Vec<String> = facts.collect();
        insta::assert_snapshot!(facts.join("\n"), @r#"
        "volume_id" "state_precondition" "not system"
        null "quota" "counts against the quota of volume"
        "group" "state_precondition" ["灯组 policy is apart-far"]
        "wicks" "const" []
        "#);
    }
}
