//! Finds what nobody lends: lists things that are there, makes one, or starts a job.
//!
//! Which operation shows the ids that a name stands for is read from the contract. Listed things
//! belong to somebody: they are only looked at, and named where something new is made of them. What
//! the run made itself it may change and remove.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fill::{Filled, lent_for};
use super::leases::{Hand, NotLent, Reach};
use super::memory::SuppliesNote;
use super::session::Session;
use super::settle::is_done;
use crate::case::scenario::Kept;
use crate::case::{self, Case, Expect};
use crate::check::{Answer, JobRun};
use crate::contract::{
    Contract, Creation, FieldPath, Named, Operation, OperationId, PathTemplate, Segment, is_marker,
    listings, own_id, same_name, taken_along_by,
};

/// Things of one name that are taken from a list.
const MOST_LISTED: usize = 8;

/// Things of one name that are there at once. How much a run may make at all is the target's to say.
const MOST_AT_ONCE: usize = 64;

/// After so many failures in a row, nothing of that name is made any more.
const MOST_FAILURES: u32 = 3;

/// What was sought so far.
#[derive(Debug, Default)]
pub(super) struct Supplies {
    /// Names that are being sought now, each for an operation: what makes one may need another.
    sought: Vec<(OperationId, String)>,
    /// Names whose lists were asked for.
    listed: BTreeSet<String>,
    /// How often in a row making things of a name came to nothing.
    failures: BTreeMap<String, u32>,
    /// What was made, in that order.
    made: Vec<Supplied>,
    /// The ids of whatever was made of late, needed or not.
    made_of_late: BTreeSet<String>,
}

/// Something that the run made because it was needed.
#[derive(Debug)]
struct Supplied {
    name: String,
    value: String,
    /// The operation that needed it.
    needed_by: OperationId,
}

/// What a request to an operation may use of what was listed.
pub(super) fn reach(contract: &Contract, operation: &Operation, creations: &[Creation]) -> Reach {
    let makes = || {
        let mut creations = creations.iter();
        creations.any(|creation| creation.makes == operation.id)
    };
    // What is attached to a thing changes that thing.
    let is_thing = |name: &str| {
        let named = Segment::Parameter(name.to_owned());
        let mut operations = contract.operations.iter();
        operations.any(|other| other.path.0.last() == Some(&named))
    };
    if operation.method.is_safe() {
        Reach::Everything
    } else if makes() && !operation.path.parameters().any(is_thing) {
        Reach::NamedInBody
    } else {
        Reach::Own
    }
}

impl<'a> Session<'a, '_> {
    /// Takes what a request to an operation may use.
    pub(super) fn hand(&self, operation: &Operation) -> Hand<'_> {
        self.leases
            .hand(reach(self.contract, operation, self.creations))
    }

    /// What an operation takes away from a thing that another one attached it to by the same name.
    pub(super) fn taken_away(&self, operation: &Operation) -> Option<&'a str> {
        let mut takers = self
            .creations
            .iter()
            .filter(|creation| creation.removes == operation.id && !creation.is_own(self.contract));
        takers.find_map(|creation| match &creation.named {
            Named::Parameter { name, asked, .. } => {
                let is_same = asked.iter().any(|path| same_name(path.leaf(), name));
                is_same.then_some(name.as_str())
            }
            Named::Listed { .. } | Named::SamePath | Named::SameBody(_) => None,
        })
    }

    /// The first value of a name for the path of an operation, or for what it has in its body, found if need be.
    pub(super) fn first(
        &mut self,
        operation: &'a Operation,
        name: &str,
    ) -> Result<String, NotLent> {
        let in_path = operation.path.parameters().any(|known| known == name);
        loop {
            let mut hand = self.hand(operation);
            let taken = if in_path {
                hand.take(name)
            } else {
                hand.take_for_body(name)
            };
            match taken {
                Err(_) if self.supply(operation, name) => {}
                other => return other,
            }
        }
    }

    /// Finds things of this name for a request to `operation`. False where there is nothing new.
    pub(super) fn supply(&mut self, operation: &'a Operation, name: &str) -> bool {
        let sought = (operation.id.clone(), name.to_owned());
        if self.supplies.sought.contains(&sought) {
            return false;
        }
        self.supplies.sought.push(sought);
        let found =
            self.list(operation, name) || self.make(operation, name) || self.start(operation, name);
        self.supplies.sought.pop();
        found
    }

    /// Asks the operations that list such things, once in a run.
    fn list(&mut self, operation: &'a Operation, name: &str) -> bool {
        // A marker names an item of the very list that it turns the pages of, and no other.
        let known = match is_marker(name) {
            true => lent_for(operation, name),
            false => name.to_owned(),
        };
        if !self.supplies.listed.insert(known.clone()) {
            return false;
        }
        for listing in listings(self.contract, operation, name) {
            let case = case::smallest(listing.operation, self.contract);
            let Ok((lists, filled)) = self.prepare(&case, &Kept::new()) else {
                continue;
            };
            let (answer, _) = self.send(&case, lists, &filled);
            let mut ids = texts_at(&answer, &listing.ids);
            // What the run made may be on its way out.
            ids.retain(|id| !self.supplies.made_of_late.contains(id));
            if !ids.is_empty() {
                self.leases.list(&known, ids);
                return true;
            }
        }
        false
    }

    /// Has an operation make one.
    fn make(&mut self, operation: &'a Operation, name: &str) -> bool {
        let n_failures = self.supplies.failures.get(name).copied().unwrap_or(0);
        if n_failures >= MOST_FAILURES || self.leases.count(name) >= MOST_AT_ONCE {
            return false;
        }
        if self.attach(operation, name) {
            return true;
        }
        let mut tried = false;
        for (creation, makes) in self.makers(operation, name) {
            tried = true;
            let case = case::smallest(makes, self.contract);
            if let Some(id) = self.make_by(&case, creation) {
                // What the client names itself is a name on this path alone.
                let known = match creation.named.answered().is_empty() {
                    true => lent_for(operation, name),
                    false => name.to_owned(),
                };
                self.own(operation, &known, id);
                self.supplies.failures.remove(name);
                return true;
            }
        }
        if self.name(operation, name) || self.make_inside(operation, name) {
            return true;
        }
        if tried {
            *self.supplies.failures.entry(name.to_owned()).or_default() += 1;
        }
        false
    }

    /// What makes things of this name: first what adds to the collection in the operation's path, then what adds to
    /// another one, where the name is that of one sort of thing: a `kettle_id` is one on every path.
    fn makers(&self, operation: &Operation, name: &str) -> Vec<(&'a Creation, &'a Operation)> {
        let creations = self
            .creations
            .iter()
            .filter(|creation| gives(creation, name));
        let makers = creations.filter_map(|creation| {
            let makes = self.contract.operation(&creation.makes)?;
            let is_here = stands_in(makes, operation, name);
            let is_elsewhere = || says_what(name) && creation.is_own(self.contract);
            (is_here || is_elsewhere()).then_some((is_here, creation, makes))
        });
        let mut makers: Vec<(bool, &Creation, &Operation)> = makers.collect();
        makers.sort_by_key(|(is_here, ..)| !is_here);
        let makers = makers.into_iter();
        makers
            .map(|(_, creation, makes)| (creation, makes))
            .collect()
    }

    /// Attaches something where `operation` takes it away again: only there it is known by this name.
    fn attach(&mut self, operation: &'a Operation, name: &str) -> bool {
        let takes_away = |creation: &&Creation| {
            creation.removes == operation.id
                && gives(creation, name)
                && !creation.is_own(self.contract)
        };
        let Some(creation) = self.creations.iter().find(takes_away) else {
            return false;
        };
        let Some(makes) = self.contract.operation(&creation.makes) else {
            return false;
        };
        let case = case::smallest(makes, self.contract);
        let Ok((makes, filled)) = self.prepare_marked(&case) else {
            return false;
        };
        let is_it = |known: &&(String, String)| same_name(&known.0, name);
        let attached = filled.in_body.iter().find(is_it).cloned();
        let (answer, job) = self.send_needed(&case, makes, &filled);
        let done = answer.accepted() && job.as_ref().is_none_or(JobRun::succeeded);
        let attached = attached.filter(|_| done);
        let own = lent_for(operation, name);
        attached
            .map(|(_, id)| self.own(operation, &own, id))
            .is_some()
    }

    /// Has an operation make one in a thing that takes it along when it is removed.
    fn make_inside(&mut self, operation: &'a Operation, name: &str) -> bool {
        let contract = self.contract;
        let is_named = operation.path.parameters().any(|known| known == name);
        let mut makers = contract.operations.iter().filter(|makes| {
            is_named
                && stands_in(makes, operation, name)
                && taken_along_by(contract, makes).is_some()
        });
        let Some((makes, shown)) = makers.find_map(|makes| Some((makes, own_id(makes)?))) else {
            return false;
        };
        let case = case::smallest(makes, contract);
        let Ok((makes, filled)) = self.prepare_marked(&case) else {
            return false;
        };
        self.lead(makes, &filled.known);
        let (answer, job) = self.send_needed(&case, makes, &filled);
        let done = answer.accepted() && job.as_ref().is_none_or(JobRun::succeeded);
        let made = texts_at(&answer, &shown).into_iter().next();
        let made = made.filter(|_| done);
        made.map(|id| self.own(operation, name, id)).is_some()
    }

    /// Has an operation make one by its name alone, where the path of `operation` names it: a tag.
    fn name(&mut self, operation: &'a Operation, name: &str) -> bool {
        let made_so = self
            .creations
            .iter()
            .filter(|creation| creation.named == Named::SamePath);
        let mut makers = made_so.filter_map(|creation| self.contract.operation(&creation.makes));
        let Some(makes) = makers.find(|makes| makes.path.same_shape(&operation.path)) else {
            return false;
        };
        let case = case::smallest(makes, self.contract);
        let Ok((makes, filled)) = self.prepare(&case, &Kept::new()) else {
            return false;
        };
        let made = filled.known.get(name).cloned();
        let (answer, _) = self.send(&case, makes, &filled);
        let made = made.filter(|_| answer.accepted());
        made.map(|made| self.own(operation, name, made)).is_some()
    }

    /// Has an asynchronous operation start a job, where that is what `operation` shows.
    fn start(&mut self, operation: &'a Operation, name: &str) -> bool {
        let contract = self.contract;
        let jobs = contract.jobs.as_ref();
        let Some(jobs) = jobs.filter(|jobs| jobs.operation == operation.id && jobs.id == name)
        else {
            return false;
        };
        let shown = FieldPath::root(&jobs.id);
        let starters = contract.operations.iter().filter(|other| other.is_async());
        for starter in starters {
            let case = case::smallest(starter, contract);
            let Ok((starter, filled)) = self.prepare_marked(&case) else {
                continue;
            };
            let (answer, _) = self.send_needed(&case, starter, &filled);
            if let Some(id) = texts_at(&answer, &shown).pop() {
                self.unsettled.insert(&id);
                self.leave(&filled);
                self.own(operation, name, id);
                return true;
            }
        }
        false
    }

    /// Gives up what the run made and a job was started with: it is not what it was.
    fn leave(&mut self, filled: &Filled) {
        let in_body = filled.in_body.iter().map(|(name, id)| (name, id));
        for (name, id) in filled.known.iter().chain(in_body) {
            if self.leases.owns(name, id) {
                self.leases.spend(id);
            }
        }
    }

    fn own(&mut self, needed_by: &Operation, name: &str, value: String) {
        self.leases.own(name, value.clone());
        self.supplies.made.push(Supplied {
            name: name.to_owned(),
            value,
            needed_by: needed_by.id.clone(),
        });
    }

    /// Nobody knows which of the things that the run made are still there. Where some could not be
    /// removed, the others are gone.
    pub(super) fn forget_own(&mut self) {
        self.leases.spend_gone();
        if self.target.n_leftovers() > 0 {
            self.leases.disown();
        }
        self.supplies.made.clear();
    }

    /// What there is to use beside what was lent at the start.
    pub(super) fn supplies_note(&mut self) -> SuppliesNote {
        let leases = &self.leases;
        let has = |made: &Supplied| leases.owns(&made.name, &made.value);
        self.supplies.made.retain(has);
        let made = self.supplies.made.iter();
        let (spent, gone) = leases.used_up(&self.whole);
        SuppliesNote {
            spent,
            gone,
            made: made
                .map(|made| (made.name.clone(), made.needed_by.to_string()))
                .collect(),
            listed: leases.listed().clone(),
            asked: self.supplies.listed.clone(),
            failures: self.supplies.failures.clone(),
        }
    }

    /// Has again to use what an earlier run had: what it made is made anew.
    /// `whole`: nothing was used up.
    pub(super) fn recall_supplies(&mut self, note: &SuppliesNote, whole: bool) {
        for value in note.gone.iter().filter(|_| !whole) {
            self.leases.lose(value);
        }
        for value in note.spent.iter().filter(|_| !whole) {
            self.leases.spend(value);
        }
        for (name, values) in &note.listed {
            self.leases.list(name, values.clone());
        }
        self.supplies.listed.clone_from(&note.asked);
        for (name, needed_by) in &note.made {
            let operation = self.contract.operation(&OperationId::new(needed_by));
            if let Some(operation) = operation {
                self.supply(operation, name);
            }
        }
        self.supplies.failures.clone_from(&note.failures);
    }

    /// Takes note of what an answer says was made: no list lends it to anybody else.
    pub(super) fn note_made(
        &mut self,
        operation: &Operation,
        answer: &Answer<'_>,
        job: Option<&JobRun<'_>>,
    ) {
        let mut creations = self.creations.iter();
        if let Some(creation) = creations.find(|creation| creation.makes == operation.id) {
            /// More than this are not remembered: most are gone long ago.
            const MOST: usize = 256;
            let made = &mut self.supplies.made_of_late;
            if made.len() >= MOST {
                made.clear();
            }
            made.extend(ids_of(creation, answer, job));
        }
    }

    /// Sends what makes or starts something that is needed. It is a case of its own elsewhere, but for a job that
    /// never ends: without what it would have made the run may not come so far.
    fn send_needed(
        &mut self,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
    ) -> (Answer<'a>, Option<JobRun<'a>>) {
        let (answer, job) = self.send(case, operation, filled);
        if job.as_ref().is_some_and(|job| job.gave_up) {
            let case = Case {
                expect: Expect::Either,
                ..case.clone()
            };
            let (before, after) = (Vec::new(), Vec::new());
            let (main, job) = (answer.clone(), job.clone());
            let trial = self.trial(&case, operation, main, before, after, job);
            let tried = self.judge(&trial);
            self.tell(tried);
        }
        (answer, job)
    }

    fn make_by(&mut self, case: &Case, creation: &Creation) -> Option<String> {
        let (makes, filled) = self.prepare_marked(case).ok()?;
        let (answer, job) = self.send_needed(case, makes, &filled);
        let answered = ids_of(creation, &answer, job.as_ref()).into_iter().next();
        let asked = || asked_for(creation, &filled).filter(|_| answer.accepted());
        let id = answered.or_else(asked)?;
        if !is_done(job.as_ref()) {
            self.unsettled.insert(&id);
        }
        Some(id)
    }
}

/// Whether what an operation makes is removed under this name.
pub(super) fn gives(creation: &Creation, name: &str) -> bool {
    creation.named.id() == Some(name)
}

/// The name that a request gives to what it makes, where nothing else names that.
fn asked_for(creation: &Creation, filled: &Filled) -> Option<String> {
    let Named::Parameter {
        answered, asked, ..
    } = &creation.named
    else {
        return None;
    };
    let body: Value = serde_json::from_slice(&filled.request.body).ok()?;
    let mut names = asked.iter().flat_map(|path| path.values_in_any(&body));
    let name = names.next()?.as_str()?;
    answered.is_empty().then(|| name.to_owned())
}

/// Whether a name says of what it is the id: `kettle_id`, and not `id`.
fn says_what(name: &str) -> bool {
    let thing = name.strip_suffix("_id").or_else(|| name.strip_suffix("Id"));
    thing.is_some_and(|thing| !thing.is_empty())
}

/// Whether what `makes` adds to its collection is what the path of `operation` names.
fn stands_in(makes: &Operation, operation: &Operation, name: &str) -> bool {
    let mut segments = operation.path.0.iter();
    let position = segments.position(|segment| *segment == Segment::Parameter(name.to_owned()));
    position.is_none_or(|position| {
        let collection = PathTemplate(operation.path.0[..position].to_vec());
        collection.same_shape(&makes.path)
    })
}

/// The ids of what was just made, the usual one first, each once.
pub(super) fn ids_of(
    creation: &Creation,
    answer: &Answer<'_>,
    job: Option<&JobRun<'_>>,
) -> Vec<String> {
    if !answer.accepted() {
        return Vec::new();
    }
    let last = job.and_then(|job| job.polls.last());
    let mut ids = Vec::new();
    for answer in std::iter::once(answer).chain(last) {
        let shown = creation.named.answered().iter();
        for id in shown.flat_map(|path| texts_at(answer, path)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

/// The texts and numbers at a path, each once.
fn texts_at(answer: &Answer<'_>, path: &FieldPath) -> Vec<String> {
    let Some(body) = answer.json().filter(|_| answer.accepted()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for value in path.values_in_any(body) {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => continue,
        };
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
    }
    found.truncate(MOST_LISTED);
    found
}
