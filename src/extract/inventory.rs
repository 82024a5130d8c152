//! What was read, as JSON Lines in document order.
//!
//! Main entry: [`lines`]. The keys stand in a fixed order and absent facts are null, so that
//! inventories can be compared line by line.

use serde_json::{Map, Value, json};

use super::Reading;
use super::references::Reference;
use super::tables::{Role, TableRead};
use crate::contract::{
    CharClass, Constraint, Contract, Direction, Dispute, ErrorCode, Field, FieldPath, Format, Kind,
    Operation, Place, Relation, Scalar, Scope, StatesRule, Unit,
};
use crate::source::Provenance;

/// The facts of a reading that the Contract has no place for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// Every table.
    pub tables: Vec<TableFact>,
    /// Every reference.
    pub references: Vec<Reference>,
}

/// A table as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct TableFact {
    /// The line of its caption or header.
    pub line: u32,
    /// Its printed number.
    pub number: Option<String>,
    /// The operation it belongs to.
    pub operation: Option<String>,
    /// What it is for.
    pub role: Role,
    /// Its rows.
    pub rows: Vec<RowFact>,
}

/// A row as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFact {
    /// The name, repaired.
    pub name: String,
    /// The kind as printed.
    pub kind: Option<String>,
    /// What the mandatory column says.
    pub required: Option<bool>,
    /// Its line.
    pub line: u32,
}

impl TableFact {
    /// The fact of a table; `routes` are those of the operations by position.
    pub(super) fn of(read: &TableRead<'_>, routes: &[String]) -> Self {
        let rows = read.rows.iter().map(|row| RowFact {
            name: row.name.clone(),
            kind: row.kind_text.clone(),
            required: row.required,
            line: row.line,
        });
        Self {
            line: read.table.line,
            number: read.table.number.clone(),
            operation: read.operation.and_then(|place| routes.get(place).cloned()),
            role: read.role,
            rows: rows.collect(),
        }
    }
}

/// A fact with the place that it was read at.
type Placed = (Provenance, Value);

/// The inventory of a reading: one JSON object a line, by line of the document.
pub fn lines(reading: &Reading) -> Vec<String> {
    let contract = &reading.contract;
    let at = |line| reading.pages.at(&contract.edition.id, line);
    let mut found: Vec<Placed> = Vec::new();
    for operation in &contract.operations {
        found.push((operation.at.clone(), operation_line(operation)));
    }
    let tables = &reading.inventory.tables;
    found.extend(
        tables
            .iter()
            .map(|table| (at(table.line), table_line(table, at))),
    );
    for operation in &contract.operations {
        constraints(contract, operation, &mut found);
    }
    let references = &reading.inventory.references;
    found.extend(
        references
            .iter()
            .map(|reference| (at(reference.line), reference_line(reference))),
    );
    found.extend(
        contract
            .disputes
            .iter()
            .map(|dispute| dispute_line(contract, dispute)),
    );
    found.extend(
        contract
            .error_codes
            .iter()
            .map(|error| (error.at.clone(), error_line(error))),
    );
    let order = reading.pages.order();
    found.sort_by_key(|(at, _)| (order.get(&at.page).copied(), at.line));
    found
        .into_iter()
        .map(|(at, fact)| placed(&at, fact).to_string())
        .collect()
}

/// A fact with its place, which every kind prints after its name.
fn placed(at: &Provenance, fact: Value) -> Value {
    let mut whole = Map::new();
    let Value::Object(fact) = fact else {
        return fact;
    };
    for (key, value) in fact {
        let is_kind = key == "kind";
        whole.insert(key, value);
        if is_kind {
            whole.insert("doc".to_owned(), json!(at.text()));
            whole.insert("line".to_owned(), json!(at.line));
        }
    }
    Value::Object(whole)
}

fn operation_line(operation: &Operation) -> Value {
    let names = |place: Place| -> Vec<&str> {
        let parameters = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.place == place);
        parameters
            .map(|parameter| parameter.field.name.as_str())
            .collect()
    };
    let roots = |body: &Option<crate::contract::Body>| -> Vec<String> {
        body.iter()
            .flat_map(|body| body.fields.iter().map(|field| field.name.clone()))
            .collect()
    };
    let success: Vec<u16> = operation
        .success
        .iter()
        .map(|(status, _)| *status)
        .collect();
    json!({
        "kind": "operation",
        "method": operation.method.as_str(),
        "path": operation.path.to_string(),
        "action": operation.selector.as_ref().map(crate::contract::Selector::word),
        "path_params": operation.path.parameters().collect::<Vec<_>>(),
        "query": names(Place::Query),
        "success": success,
        "request": roots(&operation.request),
        "response": roots(&operation.response),
        "async_job": operation.is_async(),
        "deprecated": operation.deprecated.is_some(),
        "microversion": microversion(operation),
        "per_minute": per_minute(operation),
    })
}

fn microversion(operation: &Operation) -> Option<&str> {
    operation.statements.iter().find_map(|statement| {
        if let Constraint::Microversion { min, .. } = &statement.constraint {
            min.as_deref()
        } else {
            None
        }
    })
}

fn per_minute(operation: &Operation) -> Option<u32> {
    operation.statements.iter().find_map(|statement| {
        if let Constraint::RateLimit { per_minute } = &statement.constraint {
            Some(*per_minute)
        } else {
            None
        }
    })
}

fn table_line(table: &TableFact, at: impl Fn(u32) -> Provenance) -> Value {
    let row = |row: &RowFact| json!({"name": row.name, "type": row.kind, "required": row.required, "line": at(row.line).line});
    json!({
        "kind": "table",
        "number": table.number,
        "operation": table.operation,
        "role": table.role.word(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn constraints(contract: &Contract, operation: &Operation, found: &mut Vec<Placed>) {
    let fields = described(operation);
    let whose = Whose {
        operation: Some(operation.route()),
        fields: &fields,
    };
    for statement in &operation.statements {
        let field = match (&statement.constraint, &contract.jobs) {
            (Constraint::AsyncJob, Some(jobs)) => Some(jobs.id.clone()),
            (constraint, _) => subject(constraint),
        };
        found.push(whose.fact(
            &statement.at,
            (Direction::Behaviour, None),
            field,
            &statement.constraint,
        ));
    }
    for (direction, path, field) in &fields {
        found.extend(whose.facts_of(*direction, path, field));
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
struct Whose<'a> {
    operation: Option<String>,
    fields: &'a [(Direction, FieldPath, &'a Field)],
}

impl Whose<'_> {
    /// What is said of one field.
    fn facts_of(&self, direction: Direction, path: &FieldPath, field: &Field) -> Vec<Placed> {
        let near = (direction, Some(path));
        let stated = field.statements.iter().map(|statement| {
            let constraint = &statement.constraint;
            let name = printed_path(path, &field.kind, constraint);
            self.fact(&statement.at, near, Some(name), constraint)
        });
        let shown = field.nullable.iter().map(|at| {
            let name = Some(path.to_string());
            self.fact(at, near, name, &Constraint::Nullable)
        });
        stated.chain(shown).collect()
    }

    /// One constraint, said on a line; `near` is the side and the field that it is said of.
    fn fact(
        &self,
        at: &Provenance,
        near: (Direction, Option<&FieldPath>),
        field: Option<String>,
        constraint: &Constraint,
    ) -> Placed {
        let (case, constraint) = unwrapped(constraint);
        let (value, unit) = self.value_and_unit(near, constraint);
        let mut fact = json!({
            "kind": "constraint",
            "operation": self.operation,
            "direction": near.0.word(),
            "field": field,
            "rule": rule(constraint),
            "value": value,
            "unit": unit,
        });
        if let Some(fact) = fact.as_object_mut() {
            if let Constraint::Enum { open: true, .. } = constraint {
                fact.insert("open".to_owned(), Value::Bool(true));
            }
            if let Some(case) = case {
                fact.insert("when".to_owned(), json!(case));
            }
        }
        (at.clone(), fact)
    }

    /// The whole path of a field that a sentence names: of several, the one beside or below the
    /// field whose text it is. What is no field keeps its name.
    fn path_of(&self, (direction, near): (Direction, Option<&FieldPath>), name: &str) -> String {
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
            .map_or_else(|| name.to_owned(), |path| path.to_string())
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
            Constraint::ItemCount { min, max } => (limits(*min, *max, false), Some("items")),
            Constraint::Charset(classes) => (classes.iter().map(class).collect(), None),
            Constraint::ForbiddenCharacters(characters) => {
                (Value::String(characters.iter().collect()), None)
            }
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
            Constraint::RequiredIf(words) | Constraint::Other(words) => (json!(words), None),
            Constraint::ExclusiveWith(names) => {
                let paths = names.iter().map(|name| self.path_of(near, name));
                (paths.collect(), None)
            }
            Constraint::Precedence(names) => match names.split_first() {
                Some((winner, over)) => (json!({"winner": winner, "over": over}), None),
                None => (Value::Null, None),
            },
            Constraint::Relative { to, .. } => (json!({"ref": self.path_of(near, to)}), None),
            Constraint::Within { holds, .. } => self.value_and_unit(near, holds),
            Constraint::StatePrecondition { rule, states, .. } => match rule {
                StatesRule::OneOf => (json!(states), None),
                StatesRule::NoneOf => (json!({"not_in": states}), None),
            },
            Constraint::Quota { max, .. } => (json!(max), Some("items")),
            Constraint::RateLimit { per_minute } => (json!(per_minute), Some("per_minute")),
            Constraint::Microversion { min, max } => match (min, max) {
                (Some(min), Some(max)) => (json!([min, max]), None),
                (Some(one), None) | (None, Some(one)) => (json!(one), None),
                (None, None) => (Value::Null, None),
            },
            Constraint::AsyncJob => (Value::Null, None),
        }
    }
}

/// A constraint without what it is wrapped in, and the case in which it holds.
fn unwrapped(constraint: &Constraint) -> (Option<&str>, &Constraint) {
    let Constraint::Within { scope, holds } = constraint else {
        return (None, constraint);
    };
    let (inner, constraint) = unwrapped(holds);
    match scope {
        Scope::Case(case) => (Some(case), constraint),
        Scope::Part(_) => (inner, constraint),
    }
}

/// The inventory's word for a constraint.
fn rule(constraint: &Constraint) -> &'static str {
    let Constraint::Relative { how, .. } = constraint else {
        return constraint.word();
    };
    match how {
        Relation::AtLeast => "min",
        Relation::AtMost => "max",
        Relation::DefaultsTo => "default",
    }
}

/// The path of what a constraint is about: the field, the values inside, or a part of them, which
/// follows a dot in an object and `#` in a text.
fn printed_path(path: &FieldPath, kind: &Kind, constraint: &Constraint) -> String {
    let Constraint::Within { scope, holds } = constraint else {
        return match about_innermost(constraint) {
            true => path.inside(kind).to_string(),
            false => path.to_string(),
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
    if let Constraint::StatePrecondition { subject, .. } = constraint {
        return Some(subject.clone());
    }
    if let Constraint::Quota { of, .. } = constraint {
        Some(of.clone())
    } else {
        None
    }
}

/// Whether a constraint on a list or a map is about the values inside.
fn about_innermost(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Length { .. }
        | Constraint::Charset(_)
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
        Scalar::Decimal(value) => json!(value),
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
    };
    if or_empty {
        format!("{word} or empty string")
    } else {
        word.to_owned()
    }
}

fn reference_line(reference: &Reference) -> Value {
    let leaves = reference.leaves.then_some("external");
    let problem = reference.problem.as_deref().or(leaves);
    json!({
        "kind": "reference",
        "field": reference.field.as_ref().map(ToString::to_string),
        "to": reference.to,
        "resolved": reference.resolved,
        "problem": problem,
    })
}

fn dispute_line(contract: &Contract, dispute: &Dispute) -> Placed {
    let claims = dispute.claims.iter().map(|claim| &claim.at);
    let here = claims.filter(|at| at.document == contract.edition.id);
    let at = here.min_by_key(|at| at.line).cloned();
    let at = at.unwrap_or_else(|| Provenance::line(&contract.edition.id, 0));
    let operation = dispute
        .operation
        .as_ref()
        .and_then(|id| contract.operation(id));
    let claims: Vec<Value> = dispute
        .claims
        .iter()
        .map(|claim| json!({"claim": claim.claim, "doc": claim.at.text(), "line": claim.at.line}))
        .collect();
    let fact = json!({
        "kind": "dispute",
        "operation": operation.map(Operation::route),
        "field": dispute.field.as_ref().map(ToString::to_string),
        "fact": dispute.fact.word(),
        "claims": claims,
    });
    (at, fact)
}

fn error_line(error: &ErrorCode) -> Value {
    let fact = json!({
        "kind": "error_code",
        "status": error.status,
        "code": error.code,
    });
    debug_assert!(
        fact.as_object().map(Map::len) == Some(3),
        "three keys, always"
    );
    fact
}
