//! Notes after each case what a run must remember, and goes on where an earlier run was cut short.

use std::time::Duration;

use serde_json::Value;

use super::memory::{Known, Note, SuppliesNote};
use super::plan::Planned;
use super::session::Session;
use crate::case::{CaseId, Credentials, Expect};
use crate::contract::{Operation, OperationId};
use crate::event::CaseOutcome;
use crate::wire::Request;

/// What notes are compared with.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// What was noted last of what there is to use.
    supplies: SuppliesNote,
    /// When it went on, on the clock of its plan.
    start: Duration,
    /// Milliseconds that it took until then.
    before: u64,
}

/// Why the case under way when a run was cut short is not sent again.
const IN_DOUBT: &str =
    "the run was cut short while it was under way; what it removes may be gone already";

impl Session<'_, '_> {
    /// The run begins, or goes on after so many milliseconds.
    pub(super) fn begin(&mut self, before: u64) {
        self.since.start = (self.plan.clock)();
        self.since.before = before;
    }

    /// Milliseconds since the run began, without the time that it did not go on.
    pub(super) fn millis(&self) -> u64 {
        let time = (self.plan.clock)().saturating_sub(self.since.start);
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.since.before.saturating_add(millis)
    }

    /// What must be remembered once this case has ended; none where nobody keeps account.
    pub(super) fn note(&mut self, case: &CaseId) -> Option<Value> {
        let news = self.account.as_mut()?.news();
        let supplies = self.supplies_note();
        let changed = supplies != self.since.supplies;
        if changed {
            self.since.supplies.clone_from(&supplies);
        }
        let used = self.target.used();
        let mut note = Note::of(news);
        case.0.clone_into(&mut note.case);
        note.millis = self.millis();
        note.used = (used.requests, used.creations);
        note.n_marked = self.n_marked;
        note.credentials_work = self.welcome.works;
        note.supplies = changed.then_some(supplies);
        Some(serde_json::to_value(note).expect("every key of a note is text"))
    }

    /// Knows what an earlier run knew after its last case, and has as much to use. `whole`: everything
    /// is as it was lent.
    pub(super) fn recall(&mut self, known: &Known, whole: bool) {
        if let Some(account) = &mut self.account {
            account.recall(&known.news);
        }
        self.welcome.works = known.credentials_work;
        // What is made anew must not take the names of what comes later.
        (self.n_marked, self.joint) = (known.n_marked, 'y');
        self.recall_supplies(&known.supplies, whole);
        (self.n_marked, self.joint) = (known.n_marked, 'x');
        self.since.supplies.clone_from(&known.supplies);
    }

    /// Leaves out the case that was under way when the run was cut short, where sending it again could
    /// blame the target for what it did the first time. Gives what is left to be taken.
    pub(super) fn doubted(
        &mut self,
        planned: Planned,
        under_way: Option<String>,
    ) -> Option<Planned> {
        let removes_lent = |operation: &Operation| self.removes_lent(operation);
        match under_way {
            Some(case) if self.done_by(&planned).any(removes_lent) => {
                let outcome = CaseOutcome::Undecided(IN_DOUBT.to_owned());
                self.told(&CaseId(case), planned.operation(), |_| outcome);
                planned.after_first()
            }
            Some(_) | None => Some(planned),
        }
    }

    /// The operations that do something when this is taken: what must be refused does nothing.
    fn done_by<'p>(&'p self, planned: &'p Planned) -> impl Iterator<Item = &'p Operation> {
        let ids: Vec<&OperationId> = match planned {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
                let own = case.draft.credentials == Credentials::Own;
                let may = own && case.expect != Expect::Refused;
                may.then_some(&case.operation).into_iter().collect()
            }
            Planned::Story(story) => story
                .steps
                .iter()
                .map(|step| &step.call.operation)
                .collect(),
            Planned::Stream(stream) => vec![&stream.operation],
        };
        ids.into_iter().filter_map(|id| self.contract.operation(id))
    }

    /// Whether an operation may remove what is lent.
    fn removes_lent(&self, operation: &Operation) -> bool {
        let lent = self.target.lent();
        let first = |name: &str| Some(lent.0.get(name)?.first()?.as_str());
        let path = operation.path.filled(first);
        let request = path.map(|path| Request::new(operation.method, path));
        let may = |request| self.target.forbids(operation, Some(request)).is_none();
        self.removes(operation) && request.as_ref().is_some_and(may)
    }
}
