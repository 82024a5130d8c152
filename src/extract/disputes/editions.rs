//! Two editions of one contract, operation by operation, fact by fact.

use std::collections::HashMap;

use super::claim;
use super::facts::{Topic, agree, stated_against};
use crate::contract::{
    Body, Contract, Dispute, Fact, Field, FieldPath, Operation, Place, Presence,
};
use crate::extract::Reading;
use crate::source::Provenance;

/// Compares every two editions and adds what they dispute to both.
pub fn settle(readings: &mut [Reading]) {
    for later in 1..readings.len() {
        let (before, rest) = readings.split_at_mut(later);
        let Some(b) = rest.first_mut() else { return };
        for a in before {
            let found = between(&a.contract, &b.contract);
            let theirs = found.iter().cloned().map(|mut dispute| {
                let own = dispute.operation.and_then(|id| a.contract.operation(&id));
                let other = own.and_then(|own| counterpart(own, &b.contract));
                dispute.operation = other.map(|operation| operation.id.clone());
                dispute
            });
            b.contract.disputes.extend(theirs.collect::<Vec<_>>());
            a.contract.disputes.extend(found);
        }
    }
}

/// What two Contracts say differently of the operations that both have. The disputes name the
/// operations of `a`. An operation that only one of them has is no dispute.
pub fn between(a: &Contract, b: &Contract) -> Vec<Dispute> {
    let mut found = Vec::new();
    for operation in &a.operations {
        if let Some(other) = counterpart(operation, b) {
            let mut pair = Pair {
                operation,
                other,
                found: &mut found,
            };
            pair.compare();
        }
    }
    found
}

fn counterpart<'b>(operation: &Operation, contract: &'b Contract) -> Option<&'b Operation> {
    contract
        .operations
        .iter()
        .find(|other| other.shares_route(operation))
}

/// One operation in two editions.
struct Pair<'a> {
    operation: &'a Operation,
    other: &'a Operation,
    found: &'a mut Vec<Dispute>,
}

impl Pair<'_> {
    fn compare(&mut self) {
        let (a, b) = (self.operation, self.other);
        for place in [Place::Query, Place::Header] {
            let (here, there) = (parameters(a, place), parameters(b, place));
            // An edition that lists none at all leaves them out, rather than denies them.
            if !here.is_empty() && !there.is_empty() {
                self.fields((&here, &a.at), (&there, &b.at));
            }
        }
        self.bodies(a.request.as_ref(), b.request.as_ref());
        self.bodies(a.response.as_ref(), b.response.as_ref());
        self.statuses();
    }

    fn bodies(&mut self, a: Option<&Body>, b: Option<&Body>) {
        if let (Some(a), Some(b)) = (a, b) {
            self.fields((&a.walk(), &a.at), (&b.walk(), &b.at));
        }
    }

    fn fields(
        &mut self,
        (here, here_at): (&[(FieldPath, &Field)], &Provenance),
        (there, there_at): (&[(FieldPath, &Field)], &Provenance),
    ) {
        let names = |fields: &[(FieldPath, &Field)]| -> HashMap<String, usize> {
            let fields = fields.iter().enumerate();
            fields
                .map(|(place, (path, _))| (comparable(path), place))
                .collect()
        };
        let (ours, theirs) = (names(here), names(there));
        for (path, field) in here {
            match theirs.get(&comparable(path)) {
                Some(place) => self.field(path, field, there[*place].1),
                None => self.only_one(path, field, there_at, &theirs),
            }
        }
        for (path, field) in there {
            if !ours.contains_key(&comparable(path)) {
                self.only_one(path, field, here_at, &ours);
            }
        }
    }

    /// A field that the other edition lacks. What lies inside of such a field goes without saying.
    fn only_one(
        &mut self,
        path: &FieldPath,
        field: &Field,
        other: &Provenance,
        others: &HashMap<String, usize>,
    ) {
        let name = comparable(path);
        let inside = name.rsplit_once('\n').map(|(around, _)| around);
        if inside.is_none_or(|around| others.contains_key(around)) {
            let claims = vec![
                claim("documented", &field.at),
                claim("not documented", other),
            ];
            self.add(path, Fact::Presence, claims);
        }
    }

    fn field(&mut self, path: &FieldPath, a: &Field, b: &Field) {
        for topic in Topic::ALL {
            if agree(a, b, topic) {
                continue;
            }
            let claims = stated_against(a, b, topic)
                .into_iter()
                .chain(stated_against(b, a, topic));
            self.add(path, topic.fact(), claims.collect());
        }
        if let (Some(x), Some(y)) = (presence(a), presence(b))
            && x != y
        {
            self.add(path, Fact::Presence, vec![claim(x, &a.at), claim(y, &b.at)]);
        }
    }

    fn statuses(&mut self) {
        let (a, b) = (&self.operation.success, &self.other.success);
        let shared = a
            .iter()
            .any(|(code, _)| b.iter().any(|(other, _)| other == code));
        if let ([(here, at), ..], [(there, other), ..]) = (&a[..], &b[..])
            && !shared
        {
            self.found.push(Dispute {
                operation: Some(self.operation.id.clone()),
                field: None,
                fact: Fact::Operation,
                claims: vec![
                    claim(format!("succeeds with {here}"), at),
                    claim(format!("succeeds with {there}"), other),
                ],
            });
        }
    }

    fn add(&mut self, path: &FieldPath, fact: Fact, claims: Vec<crate::contract::Claim<String>>) {
        self.found.push(Dispute {
            operation: Some(self.operation.id.clone()),
            field: Some(path.clone()),
            fact,
            claims,
        });
    }
}

fn parameters(operation: &Operation, place: Place) -> Vec<(FieldPath, &Field)> {
    let here = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == place);
    here.map(|parameter| (FieldPath::root(&parameter.field.name), &parameter.field))
        .collect()
}

/// The names along a path. Whether a list lies between them is a matter of kinds, and what the key
/// of a map is called a matter of taste.
fn comparable(path: &FieldPath) -> String {
    let names = path.0.iter().filter_map(|step| match step {
        crate::contract::Step::Name(name) => Some(name.as_str()),
        crate::contract::Step::Items | crate::contract::Step::Key(_) => None,
    });
    names.collect::<Vec<_>>().join("\n")
}

fn presence(field: &Field) -> Option<&'static str> {
    match field.presence {
        Presence::Required => Some("required"),
        Presence::Optional => Some("optional"),
        Presence::Unstated => None,
    }
}
