//! Two Contracts, operation by operation, fact by fact.

use std::collections::BTreeMap;

use super::change::{Change, Effect, Part};
use super::fields::{Comparison, Fields, Said, claim, effect, parameters, statements};
use crate::contract::{Claim, Contract, Operation, Place};
use crate::extract::claims;
use crate::source::Provenance;

/// Everything that the new edition states differently: operations in the order of the new one, then
/// those that are gone, then what holds for all; the worst of an operation first.
pub fn changes(old: &Contract, new: &Contract) -> Vec<Change> {
    let mut found = Vec::new();
    for operation in once(new) {
        let mut own = match counterpart(operation, old) {
            Some(was) => operations(was, operation, has_permissions(old) && has_permissions(new)),
            None => vec![only(None, Some(operation))],
        };
        own.sort_by_key(|change| change.effect);
        found.append(&mut own);
    }
    let gone = once(old)
        .into_iter()
        .filter(|operation| counterpart(operation, new).is_none());
    found.extend(gone.map(|operation| only(Some(operation), None)));
    found.extend(codes(old, new));
    found
}

/// Of operations described twice, the first.
fn once(contract: &Contract) -> Vec<&Operation> {
    let mut first: Vec<&Operation> = Vec::new();
    for operation in &contract.operations {
        if !first.iter().any(|known| known.shares_route(operation)) {
            first.push(operation);
        }
    }
    first
}

fn counterpart<'c>(operation: &Operation, contract: &'c Contract) -> Option<&'c Operation> {
    contract
        .operations
        .iter()
        .find(|other| other.shares_route(operation))
}

/// Whether a document speaks of permissions at all.
fn has_permissions(contract: &Contract) -> bool {
    contract
        .operations
        .iter()
        .any(|operation| !operation.permissions.is_empty())
}

/// An operation that only one edition has.
fn only(old: Option<&Operation>, new: Option<&Operation>) -> Change {
    let route = new.or(old).map(Operation::route);
    let said = |operation: &Operation| claim(operation.route(), &operation.at);
    Change {
        effect: if new.is_some() {
            Effect::Compatible
        } else {
            Effect::Breaking
        },
        operation: route,
        part: Part::Operation,
        field: None,
        fact: "operation",
        old: old.map(said),
        new: new.map(said),
    }
}

fn operations(old: &Operation, new: &Operation, with_permissions: bool) -> Vec<Change> {
    let mut found = Vec::new();
    let route = new.route();
    let mut whole = Whole {
        operation: &route,
        found: &mut found,
    };
    whole.routes(old, new);
    whole.success(old, new);
    whole.deprecated(old, new);
    whole.statements(old, new);
    if with_permissions {
        whole.permissions(old, new);
    }
    let mut compare = |part, old: &_, new: &_| {
        Comparison {
            operation: &route,
            part,
            found: &mut found,
        }
        .fields(old, new);
    };
    for place in [Place::Query, Place::Header] {
        compare(
            Part::Parameter,
            &parameters(old, place),
            &parameters(new, place),
        );
    }
    let (was, is) = (parameters(old, Place::Path), parameters(new, Place::Path));
    compare(Part::Parameter, &shared(&was, &is), &shared(&is, &was));
    compare(Part::Request, &old.request_fields(), &new.request_fields());
    compare(
        Part::Response,
        &old.response_fields(),
        &new.response_fields(),
    );
    found
}

/// The fields that both have: parameters of the path fill the same holes, whatever they are called.
fn shared<'a>(fields: &Fields<'a>, other: &Fields<'_>) -> Fields<'a> {
    let both = fields
        .iter()
        .filter(|(path, _)| other.iter().any(|(known, _)| known == path));
    both.cloned().collect()
}

/// The differences of an operation as a whole.
struct Whole<'c> {
    operation: &'c str,
    found: &'c mut Vec<Change>,
}

impl Whole<'_> {
    fn add(
        &mut self,
        effect: Effect,
        fact: &'static str,
        old: Option<Claim<String>>,
        new: Option<Claim<String>>,
    ) {
        self.found.push(Change {
            effect,
            operation: Some(self.operation.to_owned()),
            part: Part::Operation,
            field: None,
            fact,
            old,
            new,
        });
    }

    /// Paths of one shape whose parameters are called differently.
    fn routes(&mut self, old: &Operation, new: &Operation) {
        if old.path != new.path {
            let said =
                |operation: &Operation| Some(claim(operation.path.to_string(), &operation.at));
            self.add(Effect::Editorial, "path", said(old), said(new));
        }
    }

    /// A status that clients were not told of breaks them; one that comes no more does not.
    fn success(&mut self, old: &Operation, new: &Operation) {
        let only = |a: &Operation, b: &Operation| -> Vec<(u16, Provenance)> {
            let is_new = |status: &u16| b.success.iter().all(|(other, _)| other != status);
            a.success
                .iter()
                .filter(|(status, _)| is_new(status))
                .cloned()
                .collect()
        };
        let is_told = !old.success.is_empty() && !new.success.is_empty();
        let said = |(status, at): &(u16, Provenance)| Some(claim(status.to_string(), at));
        for status in &only(old, new) {
            let effect = if is_told {
                Effect::Compatible
            } else {
                Effect::Editorial
            };
            self.add(effect, "success", said(status), None);
        }
        for status in &only(new, old) {
            let effect = if is_told {
                Effect::Breaking
            } else {
                Effect::Editorial
            };
            self.add(effect, "success", None, said(status));
        }
    }

    fn deprecated(&mut self, old: &Operation, new: &Operation) {
        if old.deprecated.is_some() != new.deprecated.is_some() {
            let said = |operation: &Operation| {
                operation
                    .deprecated
                    .as_ref()
                    .map(|at| claim("deprecated", at))
            };
            self.add(Effect::Compatible, "deprecated", said(old), said(new));
        }
    }

    fn statements(&mut self, old: &Operation, new: &Operation) {
        for Said {
            fact,
            old,
            new,
            shift,
        } in statements(&old.statements, &new.statements)
        {
            let told = |statement: &crate::contract::Statement| {
                claim(claims::tell(&statement.constraint), &statement.at)
            };
            self.add(
                effect(shift, Part::Operation),
                fact,
                old.map(told),
                new.map(told),
            );
        }
    }

    /// Any one of the actions is enough: fewer of them allow less.
    fn permissions(&mut self, old: &Operation, new: &Operation) {
        let actions = |operation: &Operation| -> Vec<(String, Provenance)> {
            let all = operation.permissions.iter();
            all.map(|permission| (permission.action.clone(), permission.at.clone()))
                .collect()
        };
        let (was, is) = (actions(old), actions(new));
        let has = |list: &[(String, Provenance)], action: &str| {
            list.iter().any(|(known, _)| known == action)
        };
        for (action, at) in was.iter().filter(|(action, _)| !has(&is, action)) {
            let effect = if is.is_empty() {
                Effect::Compatible
            } else {
                Effect::Breaking
            };
            self.add(effect, "permission", Some(claim(action.clone(), at)), None);
        }
        for (action, at) in is.iter().filter(|(action, _)| !has(&was, action)) {
            let effect = if was.is_empty() {
                Effect::Breaking
            } else {
                Effect::Compatible
            };
            self.add(effect, "permission", None, Some(claim(action.clone(), at)));
        }
    }
}

/// Error codes and their statuses, where both editions list any.
fn codes(old: &Contract, new: &Contract) -> Vec<Change> {
    if old.error_codes.is_empty() || new.error_codes.is_empty() {
        return Vec::new();
    }
    let listed = |contract: &Contract| -> BTreeMap<String, Claim<String>> {
        let codes = contract.error_codes.iter().rev();
        codes
            .map(|error| {
                let status = error
                    .status
                    .map_or("no status".to_owned(), |status| status.to_string());
                (
                    error.code.clone(),
                    claim(format!("{} with {status}", error.code), &error.at),
                )
            })
            .collect()
    };
    let (was, is) = (listed(old), listed(new));
    let mut found = Vec::new();
    let mut add = |effect, old: Option<&Claim<String>>, new: Option<&Claim<String>>| {
        found.push(Change {
            effect,
            operation: None,
            part: Part::Operation,
            field: None,
            fact: "error_code",
            old: old.cloned(),
            new: new.cloned(),
        });
    };
    for (code, old) in &was {
        match is.get(code) {
            // A client may branch by status.
            Some(new) if new.claim != old.claim => add(Effect::Breaking, Some(old), Some(new)),
            Some(_) => {}
            None => add(Effect::Compatible, Some(old), None),
        }
    }
    for (_, new) in is.iter().filter(|(code, _)| !was.contains_key(*code)) {
        add(Effect::Compatible, None, Some(new));
    }
    found
}
