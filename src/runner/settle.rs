//! Waits for things that say that they are on their way: what was made is being prepared, what was changed
//! is changing. Many a service starts no job for that, and shows it in a state only.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::fill::Filled;
use super::observe;
use super::session::Session;
use crate::case::scenario::{
    Needed, ScenarioStep, State, StepExpect, When, needed, needed_of, pointer, word,
};
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
    state: State,
    /// Whether the body names it, and not the path.
    in_body: bool,
}

impl Unfit {
    fn of(name: &str, id: &str, state: State) -> Self {
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

    /// Leads what a body names and the run made into the state in which a request about it is accepted.
    pub(super) fn ready(
        &mut self,
        operation: &'a Operation,
        in_body: &[(String, String)],
        known: &BTreeMap<String, String>,
    ) {
        for (name, id) in in_body {
            if self.leases.owns(name, id) {
                self.lead_named(operation, (name, id), known);
            }
        }
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
        let is_wanted = |_: &Needed| case.expect == Expect::Accepted;
        let mut unfit = None;
        let last = operation.path.parameters().last();
        for name in operation.path.parameters() {
            let Some(id) = filled.known.get(name) else {
                continue;
            };
            let shown = shown_state(self.contract, operation, name);
            let needed = needed(self.contract, operation)
                .filter(|needed| last == Some(name) && is_wanted(needed));
            let state = self.settled_now(id, shown, &filled.known, needed.as_ref());
            unfit = state.map(|state| Unfit::of(name, id, state));
        }
        for (name, id) in &filled.in_body {
            let needed = needed_of(self.contract, operation, name).filter(is_wanted);
            let mut known = filled.known.clone();
            known.insert(name.clone(), id.clone());
            let shown = state_of(self.contract, name);
            if let Some(state) = self.settled_now(id, shown, &known, needed.as_ref()) {
                let in_body = true;
                return Some(Unfit {
                    in_body,
                    ..Unfit::of(name, id, state)
                });
            }
        }
        unfit
    }

    /// Waits until a thing has settled, where it was stirred. Gives its state where that is not the one that is needed.
    fn settled_now(
        &mut self,
        id: &str,
        shown: Option<(&'a Operation, String)>,
        known: &BTreeMap<String, String>,
        needed: Option<&Needed>,
    ) -> Option<State> {
        let is_unsettled = self.unsettled.ids.remove(id);
        if !(is_unsettled || needed.is_some()) {
            return None;
        }
        let patience = if is_unsettled {
            self.patience_with_jobs()
        } else {
            Duration::ZERO
        };
        let by_state = needed.map(|needed| &needed.shown_by.operation);
        let (shows, pointer) = match (by_state, shown) {
            (Some(by), Some((shows, pointer))) if shows.id == *by => (shows, Some(pointer)),
            (Some(by), _) => (self.contract.operation(by)?, None),
            (None, shown) => {
                let (shows, pointer) = shown?;
                (shows, Some(pointer))
            }
        };
        let body = self.settled(shows, pointer.as_deref(), known, needed, patience)?;
        let needed = needed?;
        let state = needed.shown(&body)?;
        (!needed.is_met_by(&state)).then_some(state)
    }

    /// What shows a thing once it rests, or where it is as needed: neither the state at this place nor any that is
    /// needed is one that passes.
    pub(super) fn settled(
        &mut self,
        shows: &'a Operation,
        pointer: Option<&str>,
        known: &BTreeMap<String, String>,
        needed: Option<&Needed>,
        patience: Duration,
    ) -> Option<Value> {
        let request = observe::request(self.contract, shows, known)?;
        let wants = needed.into_iter().flat_map(|needed| &needed.wants);
        let places = wants.map(|want| want.pointer.as_str()).chain(pointer);
        let places: BTreeSet<&str> = places.collect();
        let mut waited = Duration::ZERO;
        let mut pauses = self.target.pauses();
        loop {
            let exchange = self.exchange(&request, Credentials::Own);
            let answer = self.judge.answer(shows, exchange, Expect::Either);
            let body = answer.json().filter(|_| answer.accepted())?.clone();
            let mut words = places.iter().filter_map(|place| word(&body, place));
            let passing = words.find(|word| self.unsettled.passes(self.contract, word));
            let state = needed.and_then(|needed| needed.shown(&body));
            let is_met = needed
                .zip(state)
                .is_some_and(|(needed, state)| needed.is_met_by(&state));
            let Some(passing) = passing.filter(|_| !is_met) else {
                self.job_ended(waited);
                return Some(body);
            };
            let pause = pauses.next().filter(|_| waited < patience);
            let Some(pause) = pause else {
                if !waited.is_zero() {
                    self.n_given_up += 1;
                    self.unsettled.lasting.insert(passing);
                }
                return Some(body);
            };
            self.target.wait(pause);
            waited += pause;
        }
    }
}

/// Whether a step is about things that may be led to where its request is accepted: not where their state is what
/// is tried.
pub(super) fn is_of_what_is_ready(expect: StepExpect, needed: Option<&Needed>) -> bool {
    match expect {
        StepExpect::Accepted | StepExpect::Offered => true,
        StepExpect::Either => needed.is_none(),
        StepExpect::Refused | StepExpect::Status(_) => false,
    }
}

/// Whether a step is about things that changed before, and waits for them: it is to be accepted, or may be, or
/// is to be refused for what it says and not for their state.
pub(super) fn is_of_what_rests(step: &ScenarioStep) -> bool {
    let is_tried = step
        .needed
        .as_ref()
        .is_some_and(|needed| needed.when != When::Led);
    match step.expect {
        StepExpect::Accepted => true,
        StepExpect::Either | StepExpect::Offered => !is_tried,
        StepExpect::Refused => !is_tried && step.tests.is_some(),
        StepExpect::Status(_) => false,
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

    #[test]
    fn what_is_lent_to_a_body_is_led_where_its_state_is_not_what_is_tried() {
        let is_led = |expect| is_of_what_is_ready(expect, None);
        assert!(is_led(StepExpect::Accepted) && is_led(StepExpect::Either));
        assert!(!is_led(StepExpect::Refused) && !is_led(StepExpect::Status(409)));
    }
}
