//! Which operations show the state that a case may change.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::fill;
use crate::case::Expect;
use crate::contract::{
    Contract, Creation, Field, Operation, OperationId, Place, Presence, Segment, is_plain_show,
    listings,
};
use crate::wire::{Method, Request};

/// More observations of one case than this tell nothing more.
pub(super) const MOST_OBSERVERS: usize = 4;

/// Who observes each operation, found once for all cases: by their places in the contract.
#[derive(Clone, Debug, Default)]
pub struct Observing {
    usual: HashMap<OperationId, Vec<usize>>,
    of_refusals: HashMap<OperationId, Vec<usize>>,
    of_made: HashMap<OperationId, usize>,
}

impl Observing {
    /// Those of all operations of a contract.
    pub(super) fn of(contract: &Contract, creations: &[Creation]) -> Self {
        let places = contract.operations.iter().enumerate();
        let places: HashMap<&OperationId, usize> = places
            .map(|(place, operation)| (&operation.id, place))
            .collect();
        let placed = |observers: Vec<&Operation>| {
            let observers = observers.into_iter();
            observers.map(|observer| places[&observer.id]).collect()
        };
        let mut observing = Self::default();
        for operation in &contract.operations {
            let id = &operation.id;
            let usual = placed(observers(contract, operation));
            observing.usual.insert(id.clone(), usual);
            let of_refusals = placed(witnesses(contract, creations, operation));
            observing.of_refusals.insert(id.clone(), of_refusals);
            if let Some(shows) = shows_made(contract, creations, operation) {
                observing.of_made.insert(id.clone(), places[&shows.id]);
            }
        }
        observing
    }

    /// What shows the thing that an operation makes, if it makes one.
    pub(super) fn shows_made<'a>(
        &self,
        contract: &'a Contract,
        makes: &OperationId,
    ) -> Option<&'a Operation> {
        let place = self.of_made.get(makes)?;
        Some(&contract.operations[*place])
    }

    /// The [`observers`] of an operation, or, where it is to be refused, its [`witnesses`].
    pub(super) fn who<'a>(
        &self,
        contract: &'a Contract,
        operation: &OperationId,
        expect: Expect,
    ) -> impl Iterator<Item = &'a Operation> {
        let known = match expect {
            Expect::Refused => &self.of_refusals,
            Expect::Accepted | Expect::Either => &self.usual,
        };
        let places = known.get(operation).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &contract.operations[*place])
    }
}

/// More than so many that only show the same names are not asked.
const MOST_FAR: usize = 2;

/// The nearest operations that can observe what `operation` does. What is done in a job answers with
/// nothing of its own: behind the nearest ones stand those that show most of what is sent.
pub(super) fn observers<'a>(contract: &'a Contract, operation: &Operation) -> Vec<&'a Operation> {
    let known: Vec<&str> = operation.path.parameters().collect();
    let mut found = all_observers(contract, operation, &known);
    if operation.is_async() {
        let sent = names_sent(operation);
        found.sort_by_cached_key(|other| match is_near(other, operation) {
            true => (false, Reverse(0)),
            false => (true, Reverse(n_shown(other, &sent))),
        });
    }
    found.truncate(MOST_OBSERVERS);
    found
}

/// The operations that show best that nothing was done: that list what `operation` makes, and that show
/// what its path goes on from; where there are none, the few that show most of what is sent.
fn witnesses<'a>(
    contract: &'a Contract,
    creations: &[Creation],
    operation: &Operation,
) -> Vec<&'a Operation> {
    let known: Vec<&str> = operation.path.parameters().collect();
    let found = all_observers(contract, operation, &known);
    let lists = lists_of_made(contract, creations, operation);
    let is_listed = |other: &&Operation| lists.contains(&&other.id);
    let (listing, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_listed);
    let (near, mut far): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|other| is_near(other, operation));
    let mut chosen: Vec<&Operation> = listing.into_iter().chain(near).collect();
    if chosen.is_empty() {
        // What shows much is dear to ask for.
        let sent = names_sent(operation);
        far.retain(|other| n_shown(other, &sent) > 0);
        far.sort_by_cached_key(|other| Reverse(n_shown(other, &sent)));
        far.truncate(MOST_FAR);
        chosen = far;
    }
    chosen.truncate(MOST_OBSERVERS);
    chosen
}

/// What lists the things that an operation makes.
pub(super) fn lists_of_made<'a>(
    contract: &'a Contract,
    creations: &[Creation],
    operation: &Operation,
) -> Vec<&'a OperationId> {
    let made = creations
        .iter()
        .find(|creation| creation.makes == operation.id);
    let lists = made.and_then(|made| {
        let removes = contract.operation(&made.removes)?;
        Some(listings(contract, removes, made.named.id()?))
    });
    let lists = lists.unwrap_or_default().into_iter();
    lists.map(|listing| &listing.operation.id).collect()
}

/// What shows one of the things that an operation makes, by nothing but its path: in the collection that
/// it stands in, or, where the same document has one only, in another one.
fn shows_made<'a>(
    contract: &'a Contract,
    creations: &[Creation],
    makes: &Operation,
) -> Option<&'a Operation> {
    let mut creations = creations.iter();
    let creation = creations.find(|creation| creation.makes == makes.id)?;
    let name = creation.named.id()?;
    let collection = creation.collection(contract)?;
    let known = |other: &&Operation| {
        let mut names = other.path.parameters();
        names.all(|known| known == name || makes.path.parameters().any(|given| given == known))
    };
    let shows: Vec<&Operation> = shows_one(contract, name).filter(known).collect();
    let mut near = shows.iter().copied();
    let near = near.find(|other| other.path.collection() == collection);
    let mut beside = shows
        .into_iter()
        .filter(|other| other.at.document == makes.at.document);
    near.or_else(|| beside.next().filter(|_| beside.next().is_none()))
}

/// The operations that show a thing of this name alone, by nothing but its path.
pub(super) fn shows_one<'a>(
    contract: &'a Contract,
    name: &str,
) -> impl Iterator<Item = &'a Operation> {
    let last = Segment::Parameter(name.to_owned());
    contract.operations.iter().filter(move |other| {
        other.path.0.last() == Some(&last) && is_plain_show(other) && other.response.is_some()
    })
}

/// Whether the path of an operation goes on from that of another one, which says something of its own.
fn is_near(other: &Operation, operation: &Operation) -> bool {
    !other.path.0.is_empty() && operation.path.0.starts_with(&other.path.0)
}

/// The names of all that a request to an operation may give.
fn names_sent(operation: &Operation) -> HashSet<&str> {
    let sent = operation.request_fields().into_iter();
    sent.map(|(_, field)| field.name.as_str()).collect()
}

/// How many of these names an answer has.
fn n_shown(operation: &Operation, names: &HashSet<&str>) -> usize {
    fn gather<'f>(fields: &'f [Field], found: &mut HashSet<&'f str>) {
        for field in fields {
            found.insert(&field.name);
            gather(&field.children, found);
        }
    }
    let mut shown = HashSet::new();
    if let Some(body) = &operation.response {
        gather(&body.fields, &mut shown);
    }
    shown.intersection(names).count()
}

/// The operations that can observe what `operation` does, by rule: they are safe, need nothing but
/// path parameters that are known, and do not show jobs. Nearest first: those whose path is
/// the start of the operation's own.
pub(super) fn all_observers<'a>(
    contract: &'a Contract,
    operation: &Operation,
    known: &[&str],
) -> Vec<&'a Operation> {
    if operation.method.is_safe() {
        return Vec::new();
    }
    let jobs = contract.jobs.as_ref().map(|jobs| &jobs.operation);
    let mut found: Vec<&Operation> = contract
        .operations
        .iter()
        .filter(|other| other.method == Method::Get && other.selector.is_none())
        .filter(|other| Some(&other.id) != jobs && other.response.is_some())
        .filter(|other| other.path.parameters().all(|name| known.contains(&name)))
        .filter(|other| needs_nothing_else(other))
        .collect();
    found.sort_by_key(|other| {
        let near = operation.path.0.starts_with(&other.path.0);
        (!near, Reverse(other.path.0.len()))
    });
    found
}

fn needs_nothing_else(operation: &Operation) -> bool {
    let mut others = operation
        .parameters
        .iter()
        .filter(|known| known.place == Place::Query);
    others.all(|parameter| parameter.field.presence != Presence::Required)
}

/// The request of an observation; None where the case does not know a parameter after all.
pub(super) fn request(
    contract: &Contract,
    operation: &Operation,
    known: &BTreeMap<String, String>,
) -> Option<Request> {
    let mut request = Request::new(operation.method, fill::path(&operation.path, known).ok()?);
    request.headers.set("Accept", "application/json");
    contract.ask_usual_version(operation, &mut request);
    Some(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;
    use crate::contract::sample;

    #[test]
    fn a_refusal_is_watched_by_whoever_shows_what_was_sent() {
        let routes = [
            ("POST /v1/kettles/boil", "kettles.id kettles.mode", ""),
            ("GET /v1/aprons", "", "aprons.name"),
            ("GET /v1/kettles/all/of/them", "", "kettles.id kettles.mode"),
            ("POST /v1/lids", "lid.size", "lid.id"),
            ("DELETE /v1/lids/{lid_id}", "", ""),
            ("GET /v1/lids", "", "lids.id"),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let lids = contract.operations[5].response.as_mut().unwrap();
        lids.fields[0].kind = crate::contract::Kind::Array(Box::new(crate::contract::Kind::Object));
        let creations = crate::contract::creations(&contract);
        let first = |place: usize| {
            let operation = &contract.operations[place];
            witnesses(&contract, &creations, operation)[0]
                .id
                .to_string()
        };
        assert_eq!(first(0), "kettles.all.of.them.list");
        assert_eq!(first(3), "lids.list");
    }

    #[test]
    fn what_is_made_is_shown_by_the_collection_that_it_stands_in() {
        let routes = [
            ("POST /v1/{house_id}/kettles", "kettle.name", "kettle.id"),
            ("DELETE /v1/{house_id}/kettles/{kettle_id}", "", ""),
            ("GET /v2/{house_id}/kettles/{kettle_id}", "", "kettle.id"),
            ("GET /v1/{house_id}/kettles/{kettle_id}/lids", "", "lids.id"),
            ("GET /v1/{house_id}/kettles/{kettle_id}", "", "kettle.id"),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let contract = sample::contract(operations.to_vec());
        let creations = crate::contract::creations(&contract);
        let shows = |contract| {
            let found = shows_made(contract, &creations, &contract.operations[0]);
            found.map(|shows| shows.path.to_string())
        };
        assert_eq!(
            shows(&contract).as_deref(),
            Some("/v1/{house_id}/kettles/{kettle_id}")
        );
        let elsewhere = sample::contract(operations[..4].to_vec());
        assert_eq!(
            shows(&elsewhere).as_deref(),
            Some("/v2/{house_id}/kettles/{kettle_id}")
        );
        let nowhere = sample::contract(operations[..2].to_vec());
        assert_eq!(shows(&nowhere), None);
    }

    #[test]
    fn a_light_is_observed_while_it_is_changed() {
        let coast = coast();
        let seen = coast.operations.iter().map(|operation| {
            let observers = observers(&coast, operation);
            let ids: Vec<&str> = observers.iter().map(|o| o.id.as_str()).collect();
            format!("{} by {}", operation.id, ids.join(","))
        });
        assert_eq!(
            seen.collect::<Vec<_>>(),
            [
                "lighthouses.show by ",
                "lighthouses.update by lighthouses.show",
                "lighthouses.lamps by lighthouses.show",
                "jobs.show by ",
            ]
        );
    }
}
