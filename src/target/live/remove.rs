//! Removes what a run has made: at its end, or after it crashed. Doing it twice is like once.
//!
//! Main entry: [`Live::remove`]. What stands in a collection of its own is found and removed by
//! [`super::things`]; what was attached to something is taken back by [`super::relation`].

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::journal::{Journal, Made, Open};
use super::look::{Known, View, filled, path_of};
use super::made::{ids_in, texts_at};
use super::{Live, State, Target as _};
use crate::contract::{Contract, Creation, Named, Operation, OperationId, PathTemplate};
use crate::wire::{Method, Request, Response};

/// How long something whose creation was never answered may take to appear: what a job makes, and
/// what is made at once.
const APPEARS_WITHIN: Duration = Duration::from_secs(30);
pub(super) const SETTLES_WITHIN: Duration = Duration::from_secs(2);
/// How long a job of a removal may take, where the budget says nothing about jobs.
const USUAL_MINUTES: u64 = 15;
/// The same on a server of this machine, where nothing is built of metal.
pub(super) const MINUTES_HERE: u64 = 1;
/// How long to ask for one removal again, where nobody says how long that may take and none has
/// succeeded yet. Else it is so many times what the slowest one took, and not less than the least.
const UNKNOWN: Duration = Duration::from_secs(60);
const TIMES_THE_SLOWEST: u32 = 10;
const LEAST: Duration = Duration::from_secs(5);

/// Something that could not be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// What asked for it.
    pub open: Open,
    /// Why it is still there.
    pub reason: String,
}

/// How long one removal is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Haste {
    /// Until it is done, or that takes too long.
    #[default]
    Patient,
    /// Once.
    Once,
}

/// How removing one thing went.
pub(super) enum End {
    Gone,
    Left(String),
}

impl End {
    /// Gone where all are gone; else why the first one is left. Each is tried.
    pub(super) fn of_all(ends: impl Iterator<Item = End>) -> Self {
        ends.fold(End::Gone, |known, end| match known {
            End::Gone => end,
            End::Left(_) => known,
        })
    }
}

impl State {
    /// Whether something could not be removed by what removes that which an operation makes.
    pub(super) fn is_stuck(&self, creations: &[Creation], makes: &Operation) -> bool {
        let removed_by = |makes: &str| {
            let mut known = creations.iter();
            let known = known.find(|known| known.makes.as_str() == makes);
            known.map(|known| &known.removes)
        };
        let open = self.journal.iter().flat_map(|journal| journal.open());
        let mut left = open.filter(|open| self.stuck.contains(&open.made.number));
        let removes = removed_by(makes.id.as_str());
        left.any(|open| {
            open.made.operation == makes.id.as_str()
                || (removes.is_some() && removed_by(&open.made.operation) == removes)
        })
    }
}

impl Live {
    /// Removes whatever this run made. Whether it made something, and all of it is gone.
    pub(super) fn remove_what_was_made(&mut self) -> bool {
        let journal = self.shared.state().journal.take();
        let Some(mut journal) = journal else {
            return false;
        };
        let stuck = self.shared.state().stuck.clone();
        let made = !journal.open().is_empty();
        let left = self.remove_but(&mut journal, &stuck, &mut |told| tracing::info!("{told}"));
        let mut state = self.shared.state();
        state
            .stuck
            .extend(left.iter().map(|left| left.open.made.number));
        state.journal = Some(journal);
        made && state.stuck.is_empty()
    }

    /// Removes everything that a journal says may exist, the newest first, and tells of each thing
    /// what came of it.
    pub fn remove(&mut self, journal: &mut Journal, tell: &mut dyn FnMut(&str)) -> Vec<Leftover> {
        self.remove_but(journal, &BTreeSet::new(), tell)
    }

    /// The same, but for what was tried in vain before.
    fn remove_but(
        &mut self,
        journal: &mut Journal,
        stuck: &BTreeSet<u64>,
        tell: &mut dyn FnMut(&str),
    ) -> Vec<Leftover> {
        // What another thing holds is refused until that one is gone: all are asked for before anything
        // is waited for.
        self.remove_each(journal, stuck, Haste::Once, tell);
        self.remove_each(journal, stuck, Haste::Patient, tell)
    }

    fn remove_each(
        &mut self,
        journal: &mut Journal,
        stuck: &BTreeSet<u64>,
        haste: Haste,
        tell: &mut dyn FnMut(&str),
    ) -> Vec<Leftover> {
        self.shared.state().haste = haste;
        let mut tried = stuck.clone();
        let mut left = Vec::new();
        // What is found inside of one thing is removed after it.
        while let Some(open) = next(journal, &tried) {
            tried.insert(open.made.number);
            let what = format!("{} #{}", open.made.operation, open.made.number);
            let end = match self.remove_one(journal, &open) {
                End::Gone => journal
                    .removed(open.made.number)
                    .map_err(|cause| cause.to_string()),
                End::Left(reason) => Err(reason),
            };
            match end {
                Ok(()) => tell(&format!("{what}: removed")),
                Err(reason) => {
                    if haste == Haste::Patient {
                        tell(&format!("{what}: NOT removed: {reason}"));
                    }
                    left.push(Leftover { open, reason });
                }
            }
        }
        left
    }

    /// Notes where things are shown that the run made and that a case is about to remove: afterwards
    /// nobody can tell.
    pub(super) fn about_to_remove(&mut self, request: &Request) -> std::io::Result<()> {
        let contract = self.shared.options.contract.clone();
        let Some(contract) = contract.filter(|_| !request.method.is_safe()) else {
            return Ok(());
        };
        let Some(removes) = contract.called_by(request) else {
            return Ok(());
        };
        let Some(mut journal) = self.shared.state().journal.take() else {
            return Ok(());
        };
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let is_named = |id: &&String| request.target.contains(*id) || body.contains(*id);
        let shared = std::sync::Arc::clone(&self.shared);
        let creations = shared.creations.iter();
        let creations =
            creations.filter(|known| known.removes == removes.id && known.is_own(&contract));
        let mut noted = Ok(());
        for creation in creations {
            let (Some(makes), Some(name)) =
                (contract.operation(&creation.makes), creation.named.id())
            else {
                continue;
            };
            for open in journal.open().to_vec() {
                if open.made.operation != creation.makes.as_str() {
                    continue;
                }
                let removal = Removal {
                    contract: &contract,
                    creation,
                    makes,
                    removes,
                    open: &open,
                };
                let ids = open.told.iter().flat_map(|told| &told.ids);
                for id in ids.filter(is_named) {
                    let views = removal.views(self, &mut journal, name, id);
                    noted = noted.and(views.map(drop));
                }
            }
        }
        self.shared.state().journal = Some(journal);
        noted
    }

    fn remove_one(&mut self, journal: &mut Journal, open: &Open) -> End {
        let Some(contract) = self.shared.options.contract.clone() else {
            return End::Left("without a contract nobody knows how".to_owned());
        };
        let creations = self.shared.creations.clone();
        let creation = match open.made.inside {
            Some(_) => Some(inner(&open.made)),
            None => creations
                .into_iter()
                .find(|creation| creation.makes.as_str() == open.made.operation),
        };
        let removal = creation.as_ref().and_then(|creation| {
            Some(Removal {
                contract: &contract,
                creation,
                makes: contract.operation(&creation.makes)?,
                removes: contract.operation(&creation.removes)?,
                open,
            })
        });
        let Some(removal) = removal else {
            return End::Left("no documented operation of this contract removes it".to_owned());
        };
        if open.made.inside.is_some() {
            return removal.remove_inner(self);
        }
        let ended = removal.job().and_then(|job| removal.follow(self, &job));
        let told = open.told.iter().flat_map(|told| told.ids.clone());
        let mut ids: Vec<String> = told.collect();
        let of_job = ended.map(|ended| ids_in(&removal.creation.named, &ended, false));
        ids.extend(of_job.into_iter().flatten());
        if removal.creation.is_own(&contract) {
            removal.remove_things(self, journal, ids)
        } else {
            removal.detach(self, ids)
        }
    }
}

/// What was found inside of something: the journal says how it is removed, and not what made it.
fn inner(made: &Made) -> Creation {
    let removes = OperationId::new(&made.operation);
    Creation {
        makes: removes.clone(),
        removes,
        named: Named::SamePath,
    }
}

/// What to remove next: the newest thing, then what is inside of it.
fn next(journal: &Journal, tried: &BTreeSet<u64>) -> Option<Open> {
    let open = journal.open().iter();
    let untried = open.filter(|open| !tried.contains(&open.made.number));
    let order = |open: &&Open| {
        let made = &open.made;
        let outer = made.inside.unwrap_or(made.number);
        (outer, std::cmp::Reverse(made.number))
    };
    untried.max_by_key(order).cloned()
}

/// How one thing is removed.
pub(super) struct Removal<'r> {
    pub(super) contract: &'r Contract,
    pub(super) creation: &'r Creation,
    pub(super) makes: &'r Operation,
    pub(super) removes: &'r Operation,
    pub(super) open: &'r Open,
}

impl Removal<'_> {
    /// Asks for the removal until nothing is shown of the thing any more. `there` looks: none, nobody
    /// can tell. `look_first`: nothing is asked for where there is nothing.
    pub(super) fn persist(
        &self,
        live: &mut Live,
        request: &Request,
        look_first: bool,
        there: &mut dyn FnMut(&mut Live) -> Option<bool>,
    ) -> End {
        let (patience, mut waited) = (live.patience(), Duration::ZERO);
        if look_first && there(live) == Some(false) && !self.may_appear() {
            return End::Gone;
        }
        for (n_tries, pause) in (1_u32..).zip(live.pauses()) {
            let mut request = request.clone();
            live.ready(&mut request);
            let seen = match live.deliver(&request) {
                Ok(answer) if matches!(answer.status, 401 | 403) => {
                    // Where nothing may be seen or removed, nothing could be made either.
                    if self.open.told.is_none() && there(live) == Some(false) {
                        return End::Gone;
                    }
                    let status = answer.status;
                    return End::Left(format!(
                        "the target's credentials may not: it answered {status}"
                    ));
                }
                Ok(answer) => {
                    let done = (200..300).contains(&answer.status);
                    let job = done.then(|| self.job_of(&answer)).flatten();
                    let ended = job.is_none_or(|job| self.follow(live, &job).is_some());
                    let unknown = matches!(answer.status, 404 | 410);
                    let gone = !there(live).unwrap_or(!(unknown || (done && ended)));
                    if gone && (done || waited >= self.settles()) {
                        live.shared.state().removed_within(waited);
                        return End::Gone;
                    }
                    let still = if gone { "" } else { " and it is still there" };
                    format!(
                        "`{} {}` answered {}{still}",
                        request.method, request.target, answer.status
                    )
                }
                Err(failure) => format!("`{} {}`: {failure}", request.method, request.target),
            };
            if waited >= patience || live.halted() == Some(super::Halt::Lost) {
                let seconds = waited.as_secs();
                live.shared.state().n_in_vain += u32::from(!waited.is_zero());
                return End::Left(format!(
                    "{seen} (asked {n_tries} times in {seconds} seconds)"
                ));
            }
            live.wait(pause);
            waited += pause;
        }
        unreachable!("pauses have no end")
    }

    /// Whether it may still appear: nobody knows whether it was made, and a job makes it.
    fn may_appear(&self) -> bool {
        self.open.told.is_none() && self.makes.is_async()
    }

    /// How long to look before it is certain that nothing was made.
    pub(super) fn settles(&self) -> Duration {
        if self.may_appear() {
            APPEARS_WITHIN
        } else {
            Duration::ZERO
        }
    }

    /// Whether a thing is shown where one looks for it; none: nothing can be asked about it.
    pub(super) fn is_shown(&self, live: &mut Live, views: &[View], id: &str) -> Option<bool> {
        let mut shown = None;
        for (path, itself) in views {
            let Some((status, body)) = live.ask(path) else {
                continue;
            };
            let says = match status {
                200..=299 if *itself => true,
                200..=299 => super::look::mentions(&body, id),
                404 | 410 => false,
                403 if self.open.told.is_none() => false,
                _ => continue,
            };
            shown = Some(shown.unwrap_or(false) || says);
            if says {
                break;
            }
        }
        shown
    }

    fn job(&self) -> Option<String> {
        self.open.told.as_ref()?.job.clone()
    }

    /// Follows a job to its end and gives its last answer; none: it did not end, or is not shown.
    pub(super) fn follow(&self, live: &mut Live, job: &str) -> Option<Value> {
        let protocol = self.contract.jobs.as_ref()?;
        let shows = self.contract.operation(&protocol.operation)?;
        let known = self.known_with(&protocol.id, job);
        let (deadline, mut waited) = (deadline(live), Duration::ZERO);
        for pause in live.pauses() {
            if waited >= deadline {
                break;
            }
            let (200, body) = live.ask(&filled(&shows.path, &known)?)? else {
                return None;
            };
            let states = texts_at(&body, std::slice::from_ref(&protocol.state));
            let goes_on = states
                .first()
                .is_none_or(|state| protocol.running.contains(state));
            if !goes_on {
                return Some(body);
            }
            live.wait(pause);
            waited += pause;
        }
        live.shared.state().n_in_vain += 1;
        None
    }

    fn job_of(&self, answer: &Response) -> Option<String> {
        let protocol = self.contract.jobs.as_ref()?;
        let body: Value = serde_json::from_slice(&answer.body).ok()?;
        body.get(&protocol.id)?.as_str().map(str::to_owned)
    }

    /// Where what is made stands; else the path that attaches it.
    pub(super) fn collection(&self) -> PathTemplate {
        let own = self.creation.collection(self.contract);
        own.unwrap_or_else(|| self.makes.path.clone())
    }

    /// The values in the path of the creation that lead to the collection, too.
    pub(super) fn known(&self) -> Known {
        let collection = self.collection();
        let mut known = self.makes.path.values(path_of(&self.open.made.path));
        known.retain(|(name, _)| collection.parameters().any(|other| other == name));
        known
    }

    /// The same, and that of this parameter.
    pub(super) fn known_with(&self, name: &str, id: &str) -> Known {
        let mut known = self.known();
        known.retain(|(other, _)| other != name);
        known.push((name.to_owned(), id.to_owned()));
        known
    }

    /// The removal's path, with the creation's parameters and this one.
    pub(super) fn path_with(&self, name: &str, id: &str) -> String {
        let mut known = self.known();
        known.retain(|(other, _)| other != name);
        // The holes of two paths of one shape may have other names.
        let renamed = self.removes.path.parameters().zip(known.clone());
        let renamed: Vec<_> = renamed
            .map(|(name, (_, value))| (name.to_owned(), value))
            .collect();
        known.extend(renamed);
        known.insert(0, (name.to_owned(), id.to_owned()));
        filled(&self.removes.path, &known).unwrap_or_default()
    }

    /// Removes what was found inside of something: the journal has the path of its removal.
    fn remove_inner(&self, live: &mut Live) -> End {
        let path = self.open.made.path.clone();
        let mut operations = self.contract.operations.iter();
        let is_shown = operations
            .any(|other| other.method == Method::Get && other.path.same_shape(&self.removes.path));
        let request = Request::new(self.removes.method, path.clone());
        self.persist(live, &request, true, &mut |live| {
            let answer = live.ask(&path).filter(|_| is_shown);
            match answer?.0 {
                200..=299 => Some(true),
                404 | 410 => Some(false),
                _ => None,
            }
        })
    }
}

/// How long the job of a removal is followed. Where one was waited for in vain on a server of this machine, the
/// next one will hardly be quicker.
fn deadline(live: &Live) -> Duration {
    if live.is_quick() && live.shared.state().n_in_vain > 0 {
        return LEAST;
    }
    let usual = if live.is_quick() {
        MINUTES_HERE
    } else {
        USUAL_MINUTES
    };
    let minutes = live.budget().job_minutes.unwrap_or(usual);
    Duration::from_secs(minutes.saturating_mul(60))
}

impl Live {
    /// Whether it is a server of this machine whose time is ours, and nobody said how long its jobs take.
    pub(super) fn is_quick(&self) -> bool {
        self.shared.options.is_here() && !self.is_twin && self.budget().job_minutes.is_none()
    }

    /// How long one removal is asked for again.
    fn patience(&self) -> Duration {
        let (slowest, haste) = {
            let state = self.shared.state();
            (state.slowest_removal, state.haste)
        };
        if haste == Haste::Once {
            return Duration::ZERO;
        }
        match (self.budget().job_minutes, slowest) {
            (Some(_), _) => deadline(self),
            (None, Some(slowest)) => (slowest * TIMES_THE_SLOWEST).clamp(LEAST, deadline(self)),
            (None, None) => UNKNOWN.min(deadline(self)),
        }
    }
}

impl State {
    /// Notes how long a removal took.
    fn removed_within(&mut self, time: Duration) {
        self.slowest_removal = self.slowest_removal.max(Some(time));
    }
}
