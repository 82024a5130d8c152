//! What was read, as JSON Lines in document order.
//!
//! Main entry: [`lines`]. The keys stand in a fixed order and absent facts are null, so that
//! inventories can be compared line by line.

use super::Reading;
use super::fact::{self, Fact, Placed, Row};
use super::parted;
use super::promised;
use super::references::Reference;
use super::tables::{Role, TableRead};
use crate::contract::{
    Body, Constraint, Contract, Direction, Dispute, ErrorCode, FieldPath, Operation, Place, Ruled,
    Selector,
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

/// The inventory of a reading: one JSON object a line, by line of the document.
pub fn lines(reading: &Reading) -> Vec<String> {
    let Contract {
        edition,
        operations,
        disputes,
        error_codes,
        rulings,
        ..
    } = &reading.contract;
    let Inventory {
        tables,
        apart,
        references,
    } = &reading.inventory;
    let contract = &reading.contract;
    let at = |line| reading.pages.at(&edition.id, line);
    let operations = &parted::whole(operations);
    let routes: Vec<String> = operations.iter().map(Operation::route).collect();
    let mut found: Vec<Placed<'_>> = Vec::new();
    found.extend(operations.iter().map(|it| (it.at.clone(), operation(it))));
    found.extend(tables.iter().map(|it| (at(it.line), table(it, at))));
    for (operation, route) in operations.iter().zip(&routes) {
        found.extend(promised::by_operation(contract, operation, route));
    }
    for apart in apart {
        found.extend(promised::apart(apart, at));
    }
    found.extend(references.iter().map(|it| (at(it.line), reference(it))));
    found.extend(disputes.iter().map(|it| dispute(contract, operations, it)));
    found.extend(error_codes.iter().map(|it| (it.at.clone(), error(it))));
    let order = reading.pages.order();
    found.sort_by_cached_key(|(at, _)| (order.get(&at.page).copied(), at.line));
    // Their lines are those of another file.
    let rulings = rulings
        .iter()
        .map(|it| (it.at.clone(), ruling(contract, it)));
    found.extend(rulings);
    found.iter().map(fact::line).collect()
}

fn operation(operation: &Operation) -> Fact<'_> {
    let query = operation.parameters.iter();
    let query = query.filter(|parameter| parameter.place == Place::Query);
    let success = operation.success.iter();
    Fact::Operation {
        method: operation.method.as_str(),
        path: operation.path.to_string(),
        action: operation.selector.as_ref().map(Selector::word),
        path_params: operation.path.parameters().collect(),
        query: query.map(|it| it.field.name.as_str()).collect(),
        success: success.map(|(status, _)| *status).collect(),
        request: roots(operation.request.as_ref()),
        response: roots(operation.response.as_ref()),
        async_job: operation.is_async(),
        deprecated: operation.deprecated.is_some(),
        microversion: microversion(operation),
        per_minute: per_minute(operation),
    }
}

fn roots(body: Option<&Body>) -> Vec<&str> {
    let fields = body.map_or(&[][..], |body| &body.fields);
    fields.iter().map(|field| field.name.as_str()).collect()
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

fn table(table: &TableFact, at: impl Fn(u32) -> Provenance) -> Fact<'_> {
    let rows = table.rows.iter().map(|row| Row {
        name: &row.name,
        kind: row.kind.as_deref(),
        required: row.required,
        line: at(row.line).line,
    });
    Fact::Table {
        number: table.number.as_deref(),
        operation: table.operation.as_deref(),
        role: table.role.word(),
        rows: rows.collect(),
    }
}

fn reference(reference: &Reference) -> Fact<'_> {
    let leaves = reference.leaves.then_some("external");
    Fact::Reference {
        field: reference.field.as_ref().map(FieldPath::to_string),
        to: reference.to.as_deref(),
        resolved: reference.resolved.as_deref(),
        problem: reference.problem.as_deref().or(leaves),
    }
}

fn dispute<'a>(contract: &'a Contract, whole: &[Operation], dispute: &'a Dispute) -> Placed<'a> {
    let claims = dispute.claims.iter().map(|claim| &claim.at);
    let here = claims.filter(|at| at.document == contract.edition.id);
    let at = here.min_by_key(|at| at.line).cloned();
    let at = at.unwrap_or_else(|| Provenance::line(&contract.edition.id, 0));
    let operation = dispute.operation.as_ref();
    let part = operation.and_then(|id| contract.operation(id));
    let operation = part.and_then(|part| {
        let mut same = whole.iter().filter(|it| it.at == part.at);
        same.clone().find(|it| it.id == part.id).or(same.next())
    });
    let claims = dispute.claims.iter().map(|claim| fact::Claim {
        claim: &claim.claim,
        doc: claim.at.text(),
        line: claim.at.line,
    });
    let fact = Fact::Dispute {
        operation: operation.map(Operation::route),
        field: dispute.field.as_ref().map(FieldPath::to_string),
        fact: dispute.fact.word(),
        claims: claims.collect(),
    };
    (at, fact)
}

fn error(error: &ErrorCode) -> Fact<'_> {
    Fact::ErrorCode {
        status: error.status,
        code: &error.code,
    }
}

fn ruling<'a>(contract: &'a Contract, ruled: &'a Ruled) -> Fact<'a> {
    let operation = contract.operation(&ruled.operation);
    Fact::Ruling {
        edition: contract.edition.id.as_str(),
        operation: operation.map(Operation::route),
        direction: ruled.direction.map(Direction::word),
        field: ruled.field.as_ref().map(FieldPath::to_string),
        fact: &ruled.fact,
        value: &ruled.value,
        before: &ruled.before,
        reason: &ruled.reason,
        who: &ruled.who,
        when: &ruled.when,
    }
}
