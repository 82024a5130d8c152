//! Waits for things that say that they are on their way: what was made is being prepared, what was changed
//! is changing. Many a service starts no job for that, and shows it in a state only.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::fill::Filled;
use super::observe;
use super::session::Session;
use crate::case::scenario::{Needed, needed, needed_of, pointer, shown_state as shown_as};
use crate::case::{Case, Credentials, Expect};
use crate::check::JobRun;
use crate::contract::{
    Constraint, Contract, Direction, Kind, Operation, PathTemplate, Segment, StatesRule,
    is_passing, is_project,
};
use crate::wire::Method;

/// Things that may go on changing by themselves.
#[derive(Debug, Default)]
pub(super) struct Unsettled {
    ids: BTreeSet<String>,
    /// States that no other one followed for as long as anybody waits: `GROWING` may be one to stay in.
    lasting: BTreeSet<String>,
}

impl Unsettled {
    /// Something was made, or something was done to it.
    pub(super) fn insert(&mut self, id: &str) {
        /// More things than this are not remembered: most have settled long ago.
        const MOST: usize = 256;
        if self.ids.len() == MOST {
            self.ids.clear();
        }
        self.ids.insert(id.to_owned());
    }

    /// All things are as they were at first.
    pub(super) fn forget_things(&mut self) {
        self.ids.clear();
    }

    /// Whether another state is worth waiting for.
    pub(super) fn passes(&self, contract: &Contract, state: &str) -> bool {
        is_passing(state) && !self.lasting.contains(state) && !is_needed(contract, state)
    }
}

/// A thing in a state in which a request about it would be refused.
pub(super) struct Unfit {
    name: String,
    id: String,
    state: String,
    /// Whether the body names it, and not the path.
    in_body: bool,
}

impl Unfit {
    fn of(name: &str, id: &str, state: String) -> Self {
        Self {
            name: name.to_owned(),
            id: id.to_owned(),
            state,
            in_body: false,
        }
    }
}

/// Whether a job says that all is done. What it was about needs no look at its state then.
pub(super) fn is_done(job: Option<&JobRun<'_>>) -> bool {
    job.is_some_and(JobRun::succeeded)
}

/// Whether something needs just this state: then it is one to stay in, whatever its name.
fn is_needed(contract: &Contract, state: &str) -> bool {
    let said = contract
        .operations
        .iter()
        .flat_map(|operation| &operation.statements);
    let mut needed = said.filter_map(|said| {
        let Constraint::StatePrecondition {
            rule: StatesRule::OneOf,
            states,
            ..
        } = &said.constraint
        else {
            return None;
        };
        Some(states.as_slice())
    });
    needed.any(|states| matches!(states, [only] if only.eq_ignore_ascii_case(state)))
}

impl<'a> Session<'a, '_> {
    /// Notes the things of a request that was accepted: they may go on changing, unless all is done.
    pub(super) fn stir(&mut self, operation: &Operation, filled: &Filled, done: bool) {
        if operation.method.is_safe() {
            return;
        }
        self.stirred.insert(filled);
        if done {
            return;
        }
        let named = filled.known.iter().filter(|(name, _)| !is_project(name));
        for (_, id) in named {
            self.unsettled.insert(id);
        }
        for id in filled.lent_in_body() {
            self.unsettled.insert(id);
        }
    }

    /// The request of a case, once the things that it names have settled. What the run made and is in a
    /// state in which it is of no use is given up for another one.
    pub(super) fn prepare_settled(
        &mut self,
        case: &Case,
    ) -> Result<(&'a Operation, Filled), String> {
        let (operation, filled) = self.prepare_marked(case)?;
        let Some(unfit) = self.unfit(case, operation, &filled) else {
            if is_about_content(case) && self.owns_last(operation, &filled) {
                // Else it would be refused for its state.
                self.lead(operation, &filled.known);
            }
            return Ok((operation, filled));
        };
        if self.leases.owns(&unfit.name, &unfit.id) {
            if !unfit.in_body && self.lead(operation, &filled.known) {
                return Ok((operation, filled));
            }
            self.leases.lose(&unfit.id);
            let (operation, filled) = self.prepare_marked(case)?;
            if self.settle(case, operation, &filled).is_none() {
                return Ok((operation, filled));
            }
        }
        Err(format!("its state is {}", unfit.state))
    }

    /// The thing that is in a wrong state for a case, once those of the run's own in its body that are were led to
    /// a better one.
    fn unfit(&mut self, case: &Case, operation: &'a Operation, filled: &Filled) -> Option<Unfit> {
        let mut unfit = self.settle(case, operation, filled)?;
        for _ in &filled.in_body {
            let is_own = unfit.in_body && self.leases.owns(&unfit.name, &unfit.id);
            let named = (unfit.name.as_str(), unfit.id.as_str());
            if !is_own || !self.lead_named(operation, named, &filled.known) {
                break;
            }
            unfit = self.settle(case, operation, filled)?;
        }
        Some(unfit)
    }

    /// Whether the run made the thing at the end of an operation's parameters.
    fn owns_last(&self, operation: &Operation, filled: &Filled) -> bool {
        let last = operation.path.parameters().last();
        let named = last.and_then(|name| filled.known.get_key_value(name));
        named.is_some_and(|(name, id)| self.leases.owns(name, id))
    }

    /// Waits until the things that a request names have settled. Gives the one whose state forbids what
    /// the case wants to be accepted, if there is one.
    pub(super) fn settle(
        &mut self,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
    ) -> Option<Unfit> {
        let needed = needed(self.contract, operation).filter(|_| case.expect == Expect::Accepted);
        let mut last = None;
        for name in operation.path.parameters() {
            let Some(id) = filled.known.get(name) else {
                continue;
            };
            let is_unsettled = self.unsettled.ids.contains(id);
            if !(is_unsettled || needed.is_some()) {
                continue;
            }
            if let Some((shows, pointer)) = shown_state(self.contract, operation, name) {
                let patience = if is_unsettled {
                    self.patience_with_jobs()
                } else {
                    Duration::ZERO
                };
                let wanted = needed.as_ref();
                let state = self.settled(shows, &pointer, &filled.known, wanted, patience);
                last = state.map(|state| Unfit::of(name, id, state));
            }
            self.unsettled.ids.remove(id);
        }
        for (name, id) in &filled.in_body {
            let needed = needed_of(self.contract, operation, name)
                .filter(|_| case.expect == Expect::Accepted);
            let is_unsettled = self.unsettled.ids.remove(id);
            if !(is_unsettled || needed.is_some()) {
                continue;
            }
            let mut known = filled.known.clone();
            known.insert(name.clone(), id.clone());
            let Some((shows, pointer)) = state_of(self.contract, name) else {
                continue;
            };
            let patience = if is_unsettled {
                self.patience_with_jobs()
            } else {
                Duration::ZERO
            };
            let state = self.settled(shows, &pointer, &known, needed.as_ref(), patience);
            if let (Some(needed), Some(state)) = (needed, state)
                && !needed.is_met_by(&state)
            {
                let in_body = true;
                return Some(Unfit {
                    in_body,
                    ..Unfit::of(name, id, state)
                });
            }
        }
        let needed = needed?;
        last.filter(|last| !needed.is_met_by(&last.state))
    }

    /// The state that something shows once it rests, or where it is as needed.
    pub(super) fn settled(
        &mut self,
        shows: &'a Operation,
        pointer: &str,
        known: &BTreeMap<String, String>,
        needed: Option<&Needed>,
        patience: Duration,
    ) -> Option<String> {
        let request = observe::request(self.contract, shows, known)?;
        let mut waited = Duration::ZERO;
        let mut pauses = self.target.pauses();
        loop {
            let exchange = self.exchange(&request, Credentials::Own);
            let answer = self.judge.answer(shows, exchange, Expect::Either);
            let state = answer.json().filter(|_| answer.accepted())?;
            let state = state.pointer(pointer).and_then(shown_as)?;
            let is_met = needed.is_some_and(|needed| needed.is_met_by(&state));
            if is_met || !self.unsettled.passes(self.contract, &state) {
                self.job_ended(waited);
                return Some(state);
            }
            let pause = pauses.next().filter(|_| waited < patience);
            let Some(pause) = pause else {
                if !waited.is_zero() {
                    self.n_given_up += 1;
                    self.unsettled.lasting.insert(state.clone());
                }
                return Some(state);
            };
            self.target.wait(pause);
            waited += pause;
        }
    }
}

/// Whether a case is to be refused for what its request says.
fn is_about_content(case: &Case) -> bool {
    let tests = case
        .tests
        .as_ref()
        .filter(|_| case.expect == Expect::Refused);
    tests.is_some_and(|tests| tests.direction == Direction::Request && tests.rule != "not_found")
}

/// Who shows the state of what a parameter of the path names, and where.
fn shown_state<'a>(
    contract: &'a Contract,
    operation: &Operation,
    name: &str,
) -> Option<(&'a Operation, String)> {
    let segments = &operation.path.0;
    let is_it = |segment: &Segment| matches!(segment, Segment::Parameter(known) if known == name);
    let end = segments.iter().position(is_it)? + 1;
    let place = PathTemplate(segments[..end].to_vec());
    state_where(contract, |other| other.path.same_shape(&place))
}

/// Who shows the state of a thing by what paths call it, and where.
fn state_of<'a>(contract: &'a Contract, name: &str) -> Option<(&'a Operation, String)> {
    state_where(contract, |other| {
        let last = other.path.0.last();
        matches!(last, Some(Segment::Parameter(known)) if known == name)
    })
}

fn state_where(
    contract: &Contract,
    is_it: impl Fn(&Operation) -> bool,
) -> Option<(&Operation, String)> {
    let mut shows = contract
        .operations
        .iter()
        .filter(|other| other.method == Method::Get && other.selector.is_none() && is_it(other));
    shows.find_map(|shows| {
        let fields = shows.response_fields().into_iter();
        let mut states = fields.filter(|(path, field)| {
            let is_state = ["status", "state"].contains(&path.leaf());
            is_state && path.0.len() <= 2 && field.kind == Kind::String
        });
        Some((shows, pointer(&states.next()?.0)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, sample};

    #[test]
    fn what_something_needs_is_a_state_to_stay_in() {
        let mut moors = sample::operation("POST /v1/boats/{boat_id}/moor", "", "");
        moors.statements.push(Statement {
            constraint: Constraint::StatePrecondition {
                subject: "boat.status".to_owned(),
                rule: StatesRule::OneOf,
                states: vec!["ROWING".to_owned()],
            },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let contract = sample::contract(vec![moors]);
        let unsettled = Unsettled::default();
        assert!(!unsettled.passes(&contract, "rowing"));
        assert!(unsettled.passes(&contract, "SINKING"));
    }

    #[test]
    fn a_state_that_lasted_once_is_one_to_stay_in() {
        let contract = sample::contract(Vec::new());
        let mut unsettled = Unsettled::default();
        unsettled.insert("a garden");
        assert!(unsettled.passes(&contract, "GROWING"));
        unsettled.lasting.insert("GROWING".to_owned());
        unsettled.forget_things();
        assert!(unsettled.ids.is_empty() && !unsettled.passes(&contract, "GROWING"));
        assert!(unsettled.passes(&contract, "PLANTING") && !unsettled.passes(&contract, "ACTIVE"));
    }
}
