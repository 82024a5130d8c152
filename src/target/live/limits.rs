//! What a run may do on a live target, and when it must stop.

use std::collections::BTreeSet;

use serde_json::Value;

use super::journal::Open;
use super::look::{path_of, texts_in};
use super::made::texts_at;
use super::{Live, MOST_LOST, relation};
use crate::contract::{
    Contract, Creation, Named, Operation, answers_with_its_thing, seems_to_create, seems_to_remove,
    taken_along_by,
};
use crate::target::config::BudgetConfig;
use crate::target::{Halt, Permissions};
use crate::wire::Request;

/// Things made, where the budget says nothing: they may cost money. On this machine nothing does.
const USUAL_CREATIONS: u64 = 10;

/// A Twin is asked so much at once; more would not be faster.
const AT_ONCE_OF_A_TWIN: u32 = 16;

/// What an operation does to a target, as far as permissions care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It asks.
    Ask,
    /// It changes what is there.
    Change,
    /// It makes something that another operation removes.
    Make,
    /// It makes something that goes with the thing that it stands in.
    MakeInside,
    /// It makes something that no documented operation removes.
    MakeForEver,
    /// It removes something.
    Remove,
}

impl Deed {
    /// What an operation does, by the creations that its contract knows.
    pub fn of(operation: &Operation, creations: &[Creation], contract: Option<&Contract>) -> Self {
        let goes_along = |contract| taken_along_by(contract, operation).is_some();
        let answers_with_its_thing = |contract| answers_with_its_thing(contract, operation);
        if operation.method.is_safe() {
            Self::Ask
        } else if creations
            .iter()
            .any(|creation| creation.makes == operation.id)
        {
            Self::Make
        } else if seems_to_remove(operation)
            || creations
                .iter()
                .any(|creation| creation.removes == operation.id)
        {
            Self::Remove
        } else if contract.is_some_and(goes_along) {
            Self::MakeInside
        } else if seems_to_create(operation) && !contract.is_some_and(answers_with_its_thing) {
            Self::MakeForEver
        } else {
            Self::Change
        }
    }

    /// Why it is not allowed; none: it is, at least on what the run made itself.
    pub fn forbidden(self, may: Permissions) -> Option<&'static str> {
        match self {
            Self::Ask => None,
            Self::Change => (!may.write).then_some("the target may not be written to"),
            Self::Make | Self::MakeInside => {
                (!may.create).then_some("the target lets nothing be made")
            }
            Self::MakeForEver => Some("it would make what no documented operation removes"),
            Self::Remove => {
                (!may.delete && !may.create).then_some("the target lets nothing be deleted")
            }
        }
    }
}

/// Why a request (or, without one, any) must not be sent; none: it may.
pub(super) fn forbids(
    live: &Live,
    operation: &Operation,
    request: Option<&Request>,
) -> Option<String> {
    let may = live.permissions();
    let contract = live.shared.options.contract.as_deref();
    let deed = Deed::of(operation, &live.shared.creations, contract);
    if live.is_hurried() {
        // A Twin is put back as a whole, so nothing is made for ever.
        let deed = if deed == Deed::MakeForEver {
            Deed::Make
        } else {
            deed
        };
        return deed.forbidden(may).map(str::to_owned);
    }
    if let Some(reason) = deed.forbidden(may) {
        return Some(reason.to_owned());
    }
    match deed {
        Deed::Make => forbids_making(live, operation),
        Deed::MakeInside => {
            let own = request.is_none_or(|request| stands_in_own(live, operation, request));
            let reason = "it would make what stays in what the run did not make";
            forbids_making(live, operation).or_else(|| (!own).then(|| reason.to_owned()))
        }
        Deed::Remove if !may.delete => {
            let own = request.is_none_or(|request| removes_own(live, operation, request));
            let reason = "the target lets nothing be deleted but what the run made";
            (!own).then(|| reason.to_owned())
        }
        Deed::Ask | Deed::Change | Deed::MakeForEver | Deed::Remove => None,
    }
}

/// Once so many things cannot be removed, nothing is made any more.
const MOST_STUCK: usize = 3;

/// What cannot be removed is made once: of other kinds nobody knows that yet.
fn forbids_making(live: &Live, operation: &Operation) -> Option<String> {
    let options = &live.shared.options;
    let state = live.shared.state();
    let most = live.most_creations();
    if options.journals.is_none() {
        Some("nothing is made without a journal".to_owned())
    } else if let Some(reason) = &state.broken {
        Some(format!("the journal cannot be kept: {reason}"))
    } else if state.stuck.len() >= MOST_STUCK {
        Some(format!(
            "{MOST_STUCK} things made before could not be removed"
        ))
    } else if state.is_stuck(&live.shared.creations, operation) {
        Some("what it made before could not be removed".to_owned())
    } else {
        (state.n_created >= most).then(|| format!("the budget of {most} creations is used up"))
    }
}

/// Whether this run made the thing that a request makes something in, and that takes it along.
fn stands_in_own(live: &Live, operation: &Operation, request: &Request) -> bool {
    let contract = live.shared.options.contract.as_deref();
    let removes = contract.and_then(|contract| taken_along_by(contract, operation));
    let values = operation.path.values(request.path());
    let (Some(removes), Some((_, around))) = (removes, values.last()) else {
        return false;
    };
    let state = live.shared.state();
    let open = state.journal.as_ref().map(|journal| journal.open());
    let open = open.unwrap_or_default();
    let mut creations = live.shared.creations.iter();
    creations.any(|creation| {
        let made = open
            .iter()
            .filter(|open| open.made.operation == creation.makes.as_str());
        let mut ids = made.flat_map(|open| &open.told).flat_map(|told| &told.ids);
        creation.removes == removes.id && ids.any(|own| own == around)
    })
}

/// Whether what a request removes was made by this run.
fn removes_own(live: &Live, operation: &Operation, request: &Request) -> bool {
    let values = operation.path.values(request.path());
    let state = live.shared.state();
    let open = state
        .journal
        .as_ref()
        .map(|journal| journal.open())
        .unwrap_or_default();
    let made_by = |creation: &&Creation| creation.removes == operation.id;
    let mut creations = live.shared.creations.iter().filter(made_by);
    creations.any(|creation| {
        let by = creation.makes.as_str();
        let sent = match &creation.named {
            Named::Parameter { .. } | Named::SamePath => {
                let last = values.last();
                last.map(|(_, value)| Value::from(value.as_str()))
            }
            Named::Listed { .. } | Named::SameBody(_) => serde_json::from_slice(&request.body).ok(),
        };
        let sent = sent.unwrap_or_default();
        let is_own = |open: &&Open| {
            open.made.operation == by && !relation::was_there(&open.made.before, &sent)
        };
        let mut own = open.iter().filter(is_own);
        let makes = live.shared.options.contract.as_deref();
        let makes = makes.and_then(|contract| contract.operation(&creation.makes));
        let beneath = |open: &Open| {
            let parents = makes.map(|makes| makes.path.values(path_of(&open.made.path)));
            let mut parents = parents.unwrap_or_default().into_iter();
            parents.all(|(name, value)| {
                let mut same = values.iter().filter(|(known, _)| *known == name);
                same.all(|(_, known)| *known == value)
            })
        };
        match &creation.named {
            Named::Parameter { name, .. } => {
                let removed = values.iter().find(|(known, _)| known == name);
                own.any(|open| {
                    let mut ids = open.told.iter().flat_map(|told| &told.ids);
                    beneath(open) && removed.is_some_and(|(_, id)| ids.any(|own| own == id))
                })
            }
            Named::Listed { ids, .. } => {
                let removed = texts_at(&sent, std::slice::from_ref(ids));
                let told = own.flat_map(|open| &open.told);
                let own: Vec<&String> = told.flat_map(|told| &told.ids).collect();
                !removed.is_empty() && removed.iter().all(|id| own.contains(&id))
            }
            Named::SamePath => own.any(|open| open.made.path == request.target),
            Named::SameBody(_) => own.any(|open| {
                open.made.path == request.target && names_no_more(request, &open.made.body)
            }),
        }
    })
}

/// Whether all that the body of a removal names stands in the body of the creation, too.
fn names_no_more(removal: &Request, made: &str) -> bool {
    let texts = |body: &[u8]| {
        let mut found = BTreeSet::new();
        texts_in(
            &serde_json::from_slice(body).unwrap_or_default(),
            &mut found,
        );
        found
    };
    let (removed, made) = (texts(&removal.body), texts(made.as_bytes()));
    // One word more is the selector.
    removed.difference(&made).count() <= 1
}

/// Why no further case may begin.
pub(super) fn halted(live: &Live) -> Option<Halt> {
    let state = live.shared.state();
    let budget = &live.shared.options.budget;
    let minutes = live.shared.time().as_secs() / 60;
    if state.interrupted {
        return Some(Halt::Interrupted);
    }
    if state.n_lost >= MOST_LOST {
        return Some(Halt::Lost);
    }
    let spent = |used: u64, most: Option<u64>, what: &str| {
        let most = most.filter(|most| used >= *most)?;
        Some(Halt::Spent(format!(
            "the budget of {most} {what} is used up"
        )))
    };
    spent(state.n_requests, budget.requests, "requests")
        .or_else(|| spent(minutes, budget.minutes, "minutes"))
}

/// How many requests that only read may be sent at once: no more than are left.
pub(super) fn most_at_once(live: &Live) -> usize {
    let options = &live.shared.options;
    let usual = if live.is_hurried() {
        AT_ONCE_OF_A_TWIN
    } else {
        1
    };
    let most = u64::from(options.at_once.unwrap_or(usual));
    let used = live.shared.state().n_requests;
    let left = options.budget.requests.map(|all| all.saturating_sub(used));
    usize::try_from(most.min(left.unwrap_or(most))).unwrap_or(usize::MAX)
}

impl Live {
    /// How much may be used up.
    pub fn budget(&self) -> &BudgetConfig {
        &self.shared.options.budget
    }

    /// How many things may be made.
    pub fn most_creations(&self) -> u64 {
        let usual = if self.shared.options.is_here() {
            u64::MAX
        } else {
            USUAL_CREATIONS
        };
        self.budget().creations.unwrap_or(usual)
    }

    /// What the run may do.
    pub fn permissions(&self) -> Permissions {
        let usual = if self.is_twin {
            Permissions::ALL
        } else {
            Permissions::READ
        };
        self.shared.options.permissions.unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, creations, going_with, sample};

    #[test]
    fn what_goes_with_its_thing_is_not_made_for_ever() {
        let makes = sample::operation("POST /v1/kettles", "kettle.name", "kettle.id");
        let inside = sample::operation("POST /v1/kettles/{kettle_id}/lids", "lid.metal", "lid.id");
        let mut removes = sample::operation("DELETE /v1/kettles/{kettle_id}", "", "");
        let deed = |removes: &Operation| {
            let operations = vec![makes.clone(), inside.clone(), removes.clone()];
            let contract = sample::contract(operations);
            Deed::of(&inside, &creations(&contract), Some(&contract))
        };
        assert_eq!(deed(&removes), Deed::MakeForEver);
        removes.statements.push(Statement {
            constraint: going_with(&["lids".to_owned()]),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert_eq!(deed(&removes), Deed::MakeInside);
        let read = Permissions::READ;
        assert!(Deed::MakeInside.forbidden(read).is_some());
    }
}
