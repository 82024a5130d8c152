//! What was read, as JSON Lines in document order.
//!
//! Main entry: [`lines`]. The keys stand in a fixed order and absent facts are null, so that
//! inventories can be compared line by line.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::Reading;
use super::promised;
use super::references::Reference;
use super::tables::{Role, TableRead};
use crate::contract::{
    Body, Constraint, Contract, Direction, Dispute, ErrorCode, Operation, Place, Ruled,
};
use crate::source::Provenance;

/// The facts of a reading that the Contract has no place for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// Every table.
    pub tables: Vec<TableFact>,
    /// The structures that no operation leads to.
    pub apart: Vec<Apart>,
    /// Every reference.
    pub references: Vec<Reference>,
}

/// A structure that no operation leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// The operation on whose page it stands.
    pub operation: Option<String>,
    /// The side that its role speaks of.
    pub direction: Direction,
    /// Its fields.
    pub body: Body,
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
pub(super) type Placed = (Provenance, Value);

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
        found.extend(promised::by_operation(contract, operation));
    }
    for apart in &reading.inventory.apart {
        found.extend(promised::apart(apart, at));
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
    found.sort_by_cached_key(|(at, _)| (order.get(&at.page).copied(), at.line));
    // Their lines are those of another file.
    found.extend(
        contract
            .rulings
            .iter()
            .map(|ruled| (ruled.at.clone(), ruling_line(contract, ruled))),
    );
    found
        .into_iter()
        .map(|(at, fact)| line(&at, &fact))
        .collect()
}

/// A fact in a line, with its place behind its kind.
fn line(at: &Provenance, fact: &Value) -> String {
    let line = Line { at, fact };
    serde_json::to_string(&line).expect("all keys of a fact are texts")
}

struct Line<'a> {
    at: &'a Provenance,
    fact: &'a Value,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.fact.as_object().into_iter().flatten() {
            map.serialize_entry(key, value)?;
            if key == "kind" {
                map.serialize_entry("doc", &self.at.text())?;
                map.serialize_entry("line", &self.at.line)?;
            }
        }
        map.end()
    }
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

fn microversion(operation: &Operation) -> Option<String> {
    operation.statements.iter().find_map(|statement| {
        if let Constraint::Microversion { min, .. } = &statement.constraint {
            min.map(|min| min.to_string())
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

fn ruling_line(contract: &Contract, ruled: &Ruled) -> Value {
    let operation = contract.operation(&ruled.operation);
    json!({
        "kind": "ruling",
        "edition": contract.edition.id.as_str(),
        "operation": operation.map(Operation::route),
        "direction": ruled.direction.map(Direction::word),
        "field": ruled.field.as_ref().map(ToString::to_string),
        "fact": ruled.fact,
        "value": ruled.value,
        "before": ruled.before,
        "reason": ruled.reason,
        "who": ruled.who,
        "when": ruled.when,
    })
}

fn error_line(error: &ErrorCode) -> Value {
    let fact = json!({
        "kind": "error_code",
        "status": error.status,
        "code": error.code,
    });
    debug_assert!(
        fact.as_object().map(serde_json::Map::len) == Some(3),
        "three keys, always"
    );
    fact
}
