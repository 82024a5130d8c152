//! Leads what the run made into the state that something needs: by what else may be done with it in the state
//! it is in. What runs must be stopped before it can be removed, and started before it can be stopped.

use std::collections::{BTreeMap, BTreeSet};

use super::fill::{Filled, called, inside};
use super::session::Session;
use serde_json::Value;

use crate::case::scenario::{Kept, Needed, State, calmed, needed, needed_of};
use crate::case::{self, Case, CaseId, Expect, Given, Template};
use crate::contract::{Contract, Creation, Operation, is_project, seems_to_remove};
use crate::wire::Method;

/// Calls that are tried to lead a thing to another state.
const MOST_MOVES: usize = 8;
/// How often something is done with a thing until it is in the wanted state.
const MOST_ACTS: usize = 6;

/// Things that a request of this case did something to: what their paths need, by their ids.
#[derive(Debug, Default)]
pub(super) struct Stirred(BTreeMap<String, Place>);

/// What a thing is called in paths, and the other parameters of the path.
#[derive(Debug)]
struct Place {
    name: String,
    known: BTreeMap<String, String>,
}

impl Stirred {
    /// Something was done to all that a request names.
    pub(super) fn insert(&mut self, filled: &Filled) {
        self.insert_known(&filled.known, |_| true);
        for (name, id) in &filled.in_body {
            let mut known = filled.known.clone();
            known.insert(name.clone(), id.clone());
            let name = name.clone();
            self.0.insert(id.clone(), Place { name, known });
        }
    }

    /// Something was done to those things that are known by these names and that are meant.
    fn insert_known(&mut self, known: &BTreeMap<String, String>, is_meant: impl Fn(&str) -> bool) {
        let things = known.iter().filter(|(name, _)| !is_project(name));
        for (name, id) in things.filter(|(_, id)| is_meant(id)) {
            let (name, known) = (name.clone(), known.clone());
            self.0.insert(id.clone(), Place { name, known });
        }
    }
}

impl<'a> Session<'a, '_> {
    /// Leads what was stirred and is the run's own into a state in which it can be removed.
    pub(super) fn calm(&mut self) {
        let stirred = std::mem::take(&mut self.stirred).0;
        let strangers = stirred.iter().filter(|(id, _)| self.leases.lends(id));
        let strangers: Vec<String> = strangers.map(|(id, _)| id.clone()).collect();
        for creation in self.creations {
            let Some(removes) = self.contract.operation(&creation.removes) else {
                continue;
            };
            let own = stirred.iter().filter(|(id, place)| {
                creation.named.id() == Some(&place.name) && !strangers.contains(id)
            });
            for (_, place) in own {
                self.calm_one(removes, &place.known);
            }
        }
    }

    /// Leads a thing to where it can be removed, by what needs nothing else: nothing is made to clean up.
    fn calm_one(&mut self, removes: &'a Operation, known: &BTreeMap<String, String>) {
        for wanted in calmed(self.contract, removes) {
            self.lead_by(removes, &wanted, known, false);
        }
    }

    /// Whether the thing in the path of `operation` is now in the state that this needs.
    pub(super) fn lead(
        &mut self,
        operation: &'a Operation,
        known: &BTreeMap<String, String>,
    ) -> bool {
        let wanted = needed(self.contract, operation);
        wanted.is_some_and(|wanted| self.lead_to(operation, &wanted, known))
    }

    /// Whether a thing that a body names is now in the state that `operation` needs.
    pub(super) fn lead_named(
        &mut self,
        operation: &'a Operation,
        named: (&str, &str),
        known: &BTreeMap<String, String>,
    ) -> bool {
        let (name, id) = named;
        let mut known = known.clone();
        known.insert(name.to_owned(), id.to_owned());
        let wanted = needed_of(self.contract, operation, name);
        wanted.is_some_and(|wanted| self.lead_to(operation, &wanted, &known))
    }

    /// Whether the thing that is said to need it is now in this state.
    pub(super) fn lead_to(
        &mut self,
        operation: &'a Operation,
        wanted: &Needed,
        known: &BTreeMap<String, String>,
    ) -> bool {
        self.lead_by(operation, wanted, known, true)
    }

    /// The same by what may need others beside the thing, or not.
    fn lead_by(
        &mut self,
        operation: &'a Operation,
        wanted: &Needed,
        known: &BTreeMap<String, String>,
        needs_others: bool,
    ) -> bool {
        let Some(shows) = self.contract.operation(&wanted.shown_by.operation) else {
            return false;
        };
        let moves = moves(
            self.contract,
            self.creations,
            (operation, shows),
            needs_others,
        );
        let mut done: Vec<(State, &CaseId)> = Vec::new();
        for _ in 0..MOST_ACTS {
            let Some((state, body)) = self.rests_in(wanted, known) else {
                return false;
            };
            if wanted.is_met_by(&state) {
                return true;
            }
            let fit = moves.iter().filter(|(other, case)| {
                let again = done
                    .iter()
                    .any(|(from, id)| *from == state && **id == case.id);
                !again && may_be_done(self.contract, other, shows, &body)
            });
            let Some((_, case)) = fit.min_by_key(|(other, _)| !brings_to(other, wanted)) else {
                return false;
            };
            done.push((state, &case.id));
            self.act(case.clone(), known);
        }
        let rests = self.rests_in(wanted, known);
        rests.is_some_and(|(state, _)| wanted.is_met_by(&state))
    }

    /// The state that a thing rests in, and the body that shows it.
    fn rests_in(
        &mut self,
        wanted: &Needed,
        known: &BTreeMap<String, String>,
    ) -> Option<(State, Value)> {
        let shows = self.contract.operation(&wanted.shown_by.operation)?;
        let patience = self.patience_with_jobs();
        let body = self.settled(shows, None, known, Some(wanted), patience)?;
        Some((wanted.shown(&body)?, body))
    }

    /// Sends a case about what is known, and waits for its job.
    fn act(&mut self, mut case: Case, known: &BTreeMap<String, String>) {
        case.expect = Expect::Either;
        for (name, given) in &mut case.draft.path {
            if let Some(value) = known.get(name) {
                *given = Given::Literal(value.clone());
            }
        }
        if let Some(body) = &mut case.draft.body {
            give(self.contract, body, "", known);
        }
        let Ok((operation, filled)) = self.prepare(&case, &Kept::new()) else {
            return;
        };
        // A body may name what it is done to, as written there and not as lent.
        let body = String::from_utf8_lossy(&filled.request.body);
        self.stirred.insert_known(known, |id| body.contains(id));
        self.send(&case, operation, &filled);
    }
}

/// Whether an operation is said to bring a thing to a wanted state.
fn brings_to(operation: &Operation, wanted: &Needed) -> bool {
    let said = operation.statements.iter();
    let mut states = said.filter_map(|said| said.constraint.leads_to());
    states.any(|state| wanted.is_brought_by(state))
}

/// Whether nothing speaks against calling an operation where the thing that `shows` shows is shown so.
fn may_be_done(
    contract: &Contract,
    operation: &Operation,
    shows: &Operation,
    body: &Value,
) -> bool {
    needed_by(contract, operation, shows).is_none_or(|needed| {
        let state = needed.shown(body);
        state.is_some_and(|state| needed.is_met_by(&state))
    })
}

/// The state that an operation needs of the thing that `shows` shows.
fn needed_by(contract: &Contract, operation: &Operation, shows: &Operation) -> Option<Needed> {
    needed_of(contract, operation, shows.path.parameters().last()?)
}

/// What else can be done with the thing that the second operation shows, as simply as it can be. What needs others, too,
/// is said to need or to bring a state of it, and attaches nothing that would stay.
fn moves<'a>(
    contract: &'a Contract,
    creations: &[Creation],
    (operation, shows): (&Operation, &Operation),
    needs_others: bool,
) -> Vec<(&'a Operation, Case)> {
    let of_thing: BTreeSet<String> = shows.path.parameters().map(str::to_owned).collect();
    // How many things a case needs beside it; None where it is not about it.
    let n_beside = |other: &Operation, case: &Case| {
        let mut names: BTreeSet<String> = other.path.parameters().map(str::to_owned).collect();
        let body = case.draft.body.iter();
        body.for_each(|body| named(contract, body, "", &mut names));
        let is_about = of_thing.is_subset(&names);
        is_about.then(|| names.difference(&of_thing).count())
    };
    let makes = |other: &Operation| creations.iter().any(|creation| creation.makes == other.id);
    let is_meant = |other: &Operation, case: &Case| match n_beside(other, case) {
        Some(0) => true,
        Some(_) => needs_others && !makes(other) && is_of_states(contract, other, shows),
        None => false,
    };
    let operations = contract.operations.iter().filter(|other| {
        let is_other = other.id != operation.id && !other.method.is_safe();
        is_other && !seems_to_remove(other) && is_action(other)
    });
    let mut found: Vec<(&Operation, Vec<Case>)> = operations
        .map(|other| {
            let mut cases = case::alternatives(other, contract);
            cases.retain(|case| is_meant(other, case));
            cases.sort_by_key(|case| n_beside(other, case));
            (other, cases)
        })
        .filter(|(_, cases)| !cases.is_empty())
        .collect();
    // Whoever says what state it needs most likely leads to another one, unless it makes something.
    found.sort_by_key(|(other, cases)| {
        let is_free = needed_by(contract, other, shows).is_none();
        (makes(other), n_beside(other, &cases[0]), is_free)
    });
    found.truncate(MOST_MOVES);
    let each = found.into_iter().flat_map(|(other, cases)| {
        let cases = cases.into_iter().take(MOST_MOVES);
        cases.map(move |case| (other, case))
    });
    each.collect()
}

/// Whether an operation is said to need or to bring a state of the thing that `shows` shows.
fn is_of_states(contract: &Contract, operation: &Operation, shows: &Operation) -> bool {
    let mut said = operation.statements.iter();
    needed_by(contract, operation, shows).is_some()
        || said.any(|said| said.constraint.leads_to().is_some())
}

/// Whether an operation does something with a thing, and does not only put down what it is like.
fn is_action(operation: &Operation) -> bool {
    operation.method == Method::Post
}

/// What paths call the things that a body wants to be lent.
fn named(contract: &Contract, template: &Template, place: &str, found: &mut BTreeSet<String>) {
    match template {
        Template::Lent(name) => drop(found.insert(called(contract, name, place))),
        Template::Literal(_) | Template::Kept(_) => {}
        Template::Object(members) => members.iter().for_each(|(name, member)| {
            named(contract, member, &inside(name, place, member), found);
        }),
        Template::Array(items) => items
            .iter()
            .for_each(|item| named(contract, item, place, found)),
    }
}

/// Gives a body the things that are known instead of what it wants to be lent.
fn give(
    contract: &Contract,
    template: &mut Template,
    place: &str,
    known: &BTreeMap<String, String>,
) {
    match template {
        Template::Lent(name) => {
            if let Some(id) = known.get(&called(contract, name, place)) {
                *template = Template::Literal(Value::String(id.clone()));
            }
        }
        Template::Literal(_) | Template::Kept(_) => {}
        Template::Object(members) => members.iter_mut().for_each(|(name, member)| {
            let place = inside(name, place, member);
            give(contract, member, &place, known);
        }),
        Template::Array(items) => items
            .iter_mut()
            .for_each(|item| give(contract, item, place, known)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::contract::{Constraint, Presence, Statement, StatesRule, leading_to, sample};

    #[test]
    fn a_thing_is_led_by_what_may_be_done_in_its_state() {
        let mut operations = [
            sample::operation("GET /v1/lamps/{lamp_id}", "", "lamp.status"),
            sample::operation("DELETE /v1/lamps/{lamp_id}", "", ""),
            sample::operation("POST /v1/lamps/{lamp_id}/quench", "", ""),
            sample::operation("POST /v1/lamps/{lamp_id}/light", "", ""),
        ];
        for (place, state) in [(1, "DARK"), (2, "LIT"), (3, "DARK")] {
            operations[place].statements.push(Statement {
                constraint: Constraint::StatePrecondition {
                    subject: "lamp.status".to_owned(),
                    rule: StatesRule::OneOf,
                    states: vec![state.to_owned()],
                },
                at: sample::at(),
                rule: "test".to_owned(),
            });
        }
        let contract = sample::contract(operations.to_vec());
        let found = moves(
            &contract,
            &[],
            (&contract.operations[1], &contract.operations[0]),
            false,
        );
        let lit = json!({"lamp": {"status": "LIT"}});
        let fit = found
            .iter()
            .filter(|(other, _)| may_be_done(&contract, other, &contract.operations[0], &lit));
        let fit: Vec<&str> = fit.map(|(other, _)| other.id.as_str()).collect();
        assert_eq!(fit, ["lamps.quench"]);
        let wanted = needed(&contract, &contract.operations[1]).expect("it needs a state");
        let mut quench = contract.operations[2].clone();
        assert!(!brings_to(&quench, &wanted));
        quench.statements.push(Statement {
            constraint: leading_to("DARK"),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert!(brings_to(&quench, &wanted));
    }

    #[test]
    fn a_thing_is_led_by_what_is_done_to_many() {
        let operations = [
            sample::operation("GET /v1/lamps/{lamp_id}", "", "lamp.status"),
            sample::operation("POST /v1/lamps/action#light", "light.lamp_id", ""),
            sample::operation("POST /v1/lamps/action#quench", "quench.lamp_id", ""),
            sample::operation("POST /v1/lamps/action#fill", "fill.lamp_id fill.oil_id", ""),
        ];
        let contract = sample::contract(operations.to_vec());
        let [shows, light, ..] = contract.operations.as_slice() else {
            panic!("there are four");
        };
        let found = moves(&contract, &[], (light, shows), true);
        let ids: Vec<&str> = found.iter().map(|(other, _)| other.id.as_str()).collect();
        assert_eq!(ids, ["lamps.action.quench"]);
        // What is said to lead somewhere may need something beside it, and comes last.
        let mut said = contract.clone();
        said.operations[3].statements.push(Statement {
            constraint: leading_to("FULL"),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let ids = |needs_others: bool| -> Vec<String> {
            let more = moves(&said, &[], (light, shows), needs_others);
            more.iter()
                .map(|(other, _)| other.id.as_str().to_owned())
                .collect()
        };
        assert_eq!(ids(true), ["lamps.action.quench", "lamps.action.fill"]);
        assert_eq!(ids(false), ["lamps.action.quench"]);
        let mut body = found[0].1.draft.body.clone();
        let known = BTreeMap::from([("lamp_id".to_owned(), "a lamp".to_owned())]);
        give(&contract, body.as_mut().expect("it asks"), "", &known);
        let given = Template::Literal(Value::from("a lamp"));
        let inside = Template::Object(vec![("lamp_id".to_owned(), given)]);
        let Some(Template::Object(members)) = body else {
            panic!("it is an object");
        };
        assert_eq!(members[0], ("quench".to_owned(), inside));
    }

    #[test]
    fn a_thing_is_led_by_each_of_several_members() {
        let mut act = sample::operation("POST /v1/lamps/{lamp_id}/action", "light quench", "");
        let fields = &mut act.request.as_mut().expect("it asks").fields;
        for (place, rival) in [(0, "quench"), (1, "light")] {
            let rivals = vec![rival.to_owned()];
            fields[place].presence = Presence::Optional;
            fields[place].statements.push(Statement {
                constraint: Constraint::ExclusiveWith(rivals),
                at: sample::at(),
                rule: "test".to_owned(),
            });
        }
        let operations = vec![
            sample::operation("GET /v1/lamps/{lamp_id}", "", "lamp.status"),
            sample::operation("DELETE /v1/lamps/{lamp_id}", "", ""),
            act,
        ];
        let contract = sample::contract(operations);
        let found = moves(
            &contract,
            &[],
            (&contract.operations[1], &contract.operations[0]),
            false,
        );
        let given = found.iter().map(|(_, case)| match &case.draft.body {
            Some(Template::Object(members)) => {
                members.iter().map(|(name, _)| name.clone()).collect()
            }
            _ => Vec::new(),
        });
        let given: Vec<Vec<String>> = given.collect();
        assert!(given.contains(&vec!["light".to_owned()]), "{given:?}");
        assert!(given.contains(&vec!["quench".to_owned()]), "{given:?}");
    }
}
