//! One run on one target: takes what is planned, one after the other.

use std::collections::BTreeMap;
use std::time::Duration;

use super::ahead::Ahead;
use super::coverage::Account;
use super::ending::{outcome, worse};
use super::fill::{Filled, Unfilled, fill};
use super::follow::follow;
use super::late::{forget_restless, shows_same};
use super::lead::Stirred;
use super::leases::Leases;
use super::observe::{self, Observing};
use super::plan::{Plan, Planned, Program, Stream};
use super::resume::Since;
use super::settle::{Unsettled, is_done};
use super::supply::Supplies;
use super::way::Way;
use super::welcome::Welcome;
use super::{shrink, wander};
use crate::case::scenario::Kept;
use crate::case::{Case, CaseId, Credentials, Expect, Generator, Given};
use crate::check::{Answer, JobRun, Judge, Trial};
use crate::contract::{Contract, Creation, Operation, OperationId, Segment, StatementId};
use crate::event::{CaseOutcome, Event, Trying};
use crate::finding::Finding;
use crate::target::{Halt, Target};
use crate::wire::{Exchange, Method, OWN_TOKEN, Request};

/// A token that no server can have issued.
const INVALID_TOKEN: &str = "proofhouse-invalid-token";

/// More things of one name than this show nothing more.
const MOST_THINGS: usize = 8;

/// What stays the same and what changes in the course of a run.
pub(super) struct Session<'a, 's> {
    pub(super) contract: &'a Contract,
    pub(super) judge: &'a Judge,
    pub(super) plan: &'a Plan,
    pub(super) target: &'s mut dyn Target,
    hear: &'s mut dyn FnMut(&Event),
    /// What is lent now, and what was lent at the start.
    pub(super) leases: Leases,
    pub(super) whole: Leases,
    pub(super) creations: &'a [Creation],
    pub(super) observing: &'a Observing,
    pub(super) supplies: Supplies,
    pub(super) unsettled: Unsettled,
    pub(super) stirred: Stirred,
    /// Whether the target is whole again after each case.
    pub(super) heals: bool,
    /// Whether the removal of what is left was tried in sight of the checks.
    pub(super) watched_removals: bool,
    /// None where nobody asks what became of the statements.
    pub(super) account: Option<Account>,
    pub(super) welcome: Welcome,
    n_exchanges: u32,
    n_checks: u32,
    pub(super) way: Way,
    pub(super) ahead: Ahead,
    /// How many requests carried the target's mark.
    pub(super) n_marked: u64,
    /// What stands between the mark and the number of a name.
    pub(super) joint: char,
    /// What notes are compared with.
    pub(super) since: Since,
    /// What is not said before it is known whether a shorter story fails, too.
    held_back: Option<Vec<Event>>,
    /// How many jobs were not waited for any longer, and how long the slowest took that ended.
    pub(super) n_given_up: u32,
    pub(super) slowest_job: Duration,
}

/// A case that was tried and judged.
pub(super) struct Tried {
    pub(super) outcome: CaseOutcome,
    pub(super) findings: Vec<Finding>,
    /// What to tell of it. None: it was not sent.
    told: Option<Box<Trying>>,
}

impl<'a, 's> Session<'a, 's> {
    pub(super) fn new(
        contract: &'a Contract,
        judge: &'a Judge,
        plan: &'a Plan,
        program: &'a Program,
        target: &'s mut dyn Target,
        hear: &'s mut dyn FnMut(&Event),
    ) -> Self {
        let whole = Leases::new(target.lent());
        Self {
            contract,
            judge,
            plan,
            creations: &program.creations,
            observing: &program.observing,
            leases: whole.clone(),
            whole,
            supplies: Supplies::default(),
            unsettled: Unsettled::default(),
            stirred: Stirred::default(),
            heals: false,
            watched_removals: false,
            target,
            hear,
            account: Some(Account::default()),
            welcome: Welcome::default(),
            n_exchanges: 0,
            n_checks: 0,
            way: Way::default(),
            ahead: Ahead::default(),
            n_marked: 0,
            joint: 'x',
            since: Since::default(),
            held_back: None,
            n_given_up: 0,
            slowest_job: Duration::ZERO,
        }
    }

    /// The same, keeping no account of statements.
    pub(super) fn unaccounted(mut self) -> Self {
        self.account = None;
        self
    }

    /// Tries what is planned and tells what came of it; or says why nothing more may be tried at all.
    pub(super) fn take(&mut self, planned: &Planned) -> Option<Halt> {
        match planned {
            Planned::Case(case) => {
                self.told(&case.id, &case.operation, |session| session.single(case))
            }
            Planned::Generated(case) => {
                self.told(&case.id, &case.operation, |session| session.generated(case))
            }
            Planned::Each(case) => {
                self.told(&case.id, &case.operation, |session| session.each(case))
            }
            Planned::Story(story) => self.told(&story.id, &story.operation, |session| {
                wander::tell(session, story)
            }),
            Planned::Stream(stream) => self.stream(stream),
        }
    }

    /// Makes and tries one generated case after the other.
    fn stream(&mut self, stream: &Stream) -> Option<Halt> {
        let generator = Generator::new(self.contract.operation(&stream.operation)?, self.contract);
        let start = (self.plan.clock)();
        let in_time = |now: Duration| {
            let time = stream.time;
            time.is_none_or(|time| now.saturating_sub(start) < time)
        };
        let mut turns = stream.turns.clone();
        loop {
            let at_once = self.most_at_once(&stream.operation);
            let cases = turns.by_ref().take(at_once);
            let cases: Vec<Case> = cases
                .map(|turn| generator.case(self.plan.seed, turn))
                .collect();
            if cases.is_empty() || !in_time((self.plan.clock)()) {
                return None;
            }
            if at_once > 1 {
                self.ask_ahead(&cases);
            }
            for case in cases {
                let halt = self.take(&Planned::Generated(case));
                if halt.is_some() {
                    return halt;
                }
            }
        }
    }

    /// Tries one thing, and tells when it began and how it ended.
    pub(super) fn told(
        &mut self,
        case: &CaseId,
        operation: &OperationId,
        attempt: impl FnOnce(&mut Self) -> CaseOutcome,
    ) -> Option<Halt> {
        let halt = self.target.halted();
        if matches!(halt, Some(Halt::Interrupted | Halt::Lost | Halt::Unwelcome)) {
            return halt;
        }
        (self.hear)(&Event::CaseStarted {
            case: case.clone(),
            operation: operation.clone(),
        });
        (self.n_exchanges, self.n_checks) = (0, 0);
        let (outcome, said) = match halt {
            Some(Halt::Spent(reason)) => (CaseOutcome::Skipped(reason), Vec::new()),
            Some(Halt::Interrupted | Halt::Lost | Halt::Unwelcome) | None => self.overhear(attempt),
        };
        if self.welcome.is_over() {
            // What nobody was told counts for nothing: the case is sent again when the run goes on.
            return Some(Halt::Unwelcome);
        }
        said.into_iter().for_each(|event| self.say(event));
        if let Some(note) = self.note(case) {
            (self.hear)(&Event::StateNoted(note));
        }
        (self.hear)(&Event::CaseFinished {
            case: case.clone(),
            operation: operation.clone(),
            outcome,
            n_exchanges: self.n_exchanges,
            n_checks: self.n_checks,
        });
        None
    }

    /// Tells what became of every statement.
    pub(super) fn finish(&mut self, program: &Program) {
        let Some(account) = &self.account else {
            return;
        };
        for (statement, coverage) in account.told(self.contract, &program.operations) {
            (self.hear)(&Event::StatementTested {
                statement,
                coverage,
            });
        }
    }

    fn single(&mut self, case: &Case) -> CaseOutcome {
        let tried = self.attempt(case);
        self.tell(tried)
    }

    fn generated(&mut self, case: &Case) -> CaseOutcome {
        let tried = self.attempt(case);
        let tried = shrink::smallest(self, case, tried);
        self.tell(tried)
    }

    /// Tries a case for each further thing that is lent, and tells the worst that came of it.
    fn each(&mut self, case: &Case) -> CaseOutcome {
        let lent = case
            .draft
            .path
            .iter()
            .rev()
            .find_map(|(_, given)| match given {
                Given::Lent(name) => Some(name),
                Given::Literal(_) | Given::Kept(_) | Given::Joined(_) => None,
            });
        let Some(name) = lent else {
            return CaseOutcome::Skipped("its path names nothing that is lent".to_owned());
        };
        let all = self.leases.clone();
        let mut worst = None;
        for nth in 1..all.count(name).min(MOST_THINGS) {
            self.leases = all.after(name, nth);
            let tried = self.attempt(case);
            worst = worse(worst, self.tell(tried));
        }
        self.leases = all;
        worst.unwrap_or_else(|| CaseOutcome::Skipped(format!("no second `{name}` is lent")))
    }

    /// Tells what was tried and found, and gives how it ended.
    pub(super) fn tell(&mut self, tried: Tried) -> CaseOutcome {
        if let Some(told) = tried.told {
            self.say(Event::CaseTried(told));
        }
        for finding in tried.findings {
            self.say(Event::FindingMade(Box::new(finding)));
        }
        tried.outcome
    }

    pub(super) fn say(&mut self, event: Event) {
        match &mut self.held_back {
            Some(events) => events.push(event),
            None => (self.hear)(&event),
        }
    }

    /// Does something, and gives what was said meanwhile to nobody else.
    pub(super) fn overhear<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> (T, Vec<Event>) {
        let before = self.held_back.replace(Vec::new());
        let done = act(self);
        let said = std::mem::replace(&mut self.held_back, before);
        (done, said.unwrap_or_default())
    }

    /// Tries one case on its own, and puts the target back to how it was.
    pub(super) fn attempt(&mut self, case: &Case) -> Tried {
        self.way.clear();
        let (operation, filled) = match self.prepare_settled(case) {
            Ok(prepared) => prepared,
            Err(reason) => return self.skip(case, reason),
        };
        let observers = self.observers(case, operation, &filled);
        let before = self.observe(&observers.who, &observers.known);
        let (main, job) = self.send(case, operation, &filled);
        if main.accepted() {
            self.settle(case, operation, &filled);
        }
        let mut after = self.observe(&observers.who, &observers.known);
        let may_be_late = if main.refused() {
            observers.wait
        } else {
            operation.method == Method::Delete
        };
        if may_be_late && shows_same(&before, &after) {
            self.wait_for_effect();
            after = self.observe(&observers.who, &observers.known);
        }
        let made = self.look_at_made(operation, &filled, &main, job.as_ref());
        let mut trial = Trial {
            made,
            ..self.trial(case, operation, main, before, after, job)
        };
        if trial.main.refused() && trial.changes().next().is_some() {
            let again = self.observe(&observers.who, &observers.known);
            forget_restless(&mut trial, &again);
        }
        let tried = self.judge(&trial);
        self.put_back(&trial, &filled);
        tried
    }

    /// The request of a case, or why there is none.
    pub(super) fn prepare(
        &mut self,
        case: &Case,
        kept: &Kept,
    ) -> Result<(&'a Operation, Filled), String> {
        let Some(operation) = self.contract.operation(&case.operation) else {
            return Err(format!(
                "the contract has no operation `{}`",
                case.operation
            ));
        };
        // Nothing is made for what may not be sent at all.
        if let Some(reason) = self.target.forbids(operation, None) {
            return Err(reason);
        }
        if case.draft.credentials != Credentials::Own && !self.has_token() {
            return Err("no token was given, so none can be left out".to_owned());
        }
        let filled = loop {
            let filled = fill(
                self.contract,
                operation,
                &case.draft,
                &mut self.hand(operation).attached(self.taken_away(operation)),
                kept,
            );
            match filled {
                Ok(filled) => break filled,
                Err(Unfilled::NotLent(missing)) if self.supply(operation, missing.name()) => {}
                Err(reason) => return Err(reason.to_string()),
            }
        };
        match self.target.forbids(operation, Some(&filled.request)) {
            Some(reason) => Err(reason),
            None => Ok((operation, filled)),
        }
    }

    fn has_token(&self) -> bool {
        let mut request = Request::new(crate::wire::Method::Get, "/");
        self.target.authorize(&mut request);
        !request.headers.0.is_empty()
    }

    /// Notes why a statement was not tried.
    pub(super) fn untried(&mut self, tests: Option<&StatementId>, reason: &str) {
        if let Some(account) = &mut self.account {
            account.skipped(tests, reason);
        }
    }

    pub(super) fn skip(&mut self, case: &Case, reason: String) -> Tried {
        self.untried(case.tests.as_ref(), &reason);
        Tried {
            outcome: CaseOutcome::Skipped(reason),
            findings: Vec::new(),
            told: None,
        }
    }

    /// Sends the request of a case and follows its job.
    pub(super) fn send(
        &mut self,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
    ) -> (Answer<'a>, Option<JobRun<'a>>) {
        let main = self.send_alone(case, operation, filled);
        let job = self.follow_job(operation, filled, &main);
        (main, job)
    }

    /// Follows the job that an answer names, where it names one.
    pub(super) fn follow_job(
        &mut self,
        operation: &Operation,
        filled: &Filled,
        main: &Answer<'a>,
    ) -> Option<JobRun<'a>> {
        let job = follow(self, main, &filled.known);
        if main.accepted() {
            self.stir(operation, filled, is_done(job.as_ref()));
        }
        self.note_made(operation, main, job.as_ref());
        job
    }

    /// Sends the request of a case, and follows no job.
    pub(super) fn send_alone(
        &mut self,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
    ) -> Answer<'a> {
        let exchange = self.exchange(&filled.request, case.draft.credentials);
        let main = self.judge.answer(operation, exchange, case.expect);
        self.heed_credentials(case.draft.credentials, &main, &filled.request);
        if main.accepted() && self.removes(operation) {
            // Else it stands in the body, and the path says of what it is removed.
            let named = match operation.path.0.last() {
                Some(Segment::Parameter(name)) => filled.known.get(name),
                Some(Segment::Literal(_)) | None => None,
            };
            for value in filled.lent_in_body().chain(named) {
                self.leases.lose(value);
            }
        }
        main
    }

    /// Whether an operation removes what it names.
    pub(super) fn removes(&self, operation: &Operation) -> bool {
        let mut creations = self.creations.iter();
        operation.method == Method::Delete
            || creations.any(|creation| creation.removes == operation.id)
    }

    /// Tells that a job goes on.
    pub(super) fn job_awaited(
        &mut self,
        state: Option<String>,
        waited: Duration,
        budget: Duration,
    ) {
        (self.hear)(&Event::JobAwaited {
            state,
            waited,
            budget,
        });
    }

    /// What can be seen now of the things with these names.
    pub(super) fn observe(
        &mut self,
        observers: &[&'a Operation],
        known: &BTreeMap<String, String>,
    ) -> Vec<Answer<'a>> {
        let mut seen = Vec::new();
        for operation in observers {
            let Some(request) = observe::request(self.contract, operation, known) else {
                continue;
            };
            let exchange = self.exchange(&request, Credentials::Own);
            // Things that do not exist are not shown, and that is as it should be.
            seen.push(self.judge.answer(operation, exchange, Expect::Either));
        }
        seen
    }

    pub(super) fn trial<'t>(
        &self,
        case: &'t Case,
        operation: &'t Operation,
        main: Answer<'t>,
        before: Vec<Answer<'t>>,
        after: Vec<Answer<'t>>,
        job: Option<crate::check::JobRun<'t>>,
    ) -> Trial<'t>
    where
        'a: 't,
    {
        Trial {
            contract: self.contract,
            operation,
            case,
            strict: self.judge.strict(),
            credentials_work: self.welcome.works,
            main,
            before,
            after,
            made: None,
            job,
            failure_wanted: false,
            unmet: Vec::new(),
        }
    }

    /// Has a trial judged and keeps account of it.
    pub(super) fn judge(&mut self, trial: &Trial<'_>) -> Tried {
        let mut findings = self.judge.judge(trial);
        findings.iter_mut().for_each(|found| self.way.tell(found));
        self.n_checks += self.judge.n_checks();
        if let Some(account) = &mut self.account {
            account.tried(trial, &findings);
        }
        let outcome = outcome(trial, &findings);
        // Who keeps no account listens for findings only.
        let told = self.account.as_ref().map(|_| {
            Box::new(Trying {
                case: trial.case.id.clone(),
                operation: trial.operation.id.clone(),
                tests: trial.case.tests.clone(),
                title: trial.case.title.clone(),
                expect: trial.case.expect,
                outcome: outcome.clone(),
                exchange: trial.main.exchange.clone(),
            })
        });
        Tried {
            outcome,
            findings,
            told,
        }
    }

    /// Sends one request. The kept exchange shows no secret.
    pub(super) fn exchange(&mut self, request: &Request, credentials: Credentials) -> Exchange {
        let Dressed { sent, shown } = self.dressed(request, credentials);
        let (outcome, elapsed) = self.ahead.take(&sent).unwrap_or_else(|| {
            let start = (self.plan.clock)();
            let outcome = self.target.send(&sent);
            (outcome, (self.plan.clock)().saturating_sub(start))
        });
        self.n_exchanges += 1;
        let exchange = Exchange {
            request: shown,
            outcome,
            elapsed,
        };
        self.way.add(&exchange);
        exchange
    }

    /// A request with credentials, and what may be shown of it.
    pub(super) fn dressed(&self, request: &Request, credentials: Credentials) -> Dressed {
        let mut sent = request.clone();
        let mut shown = request.clone();
        self.target.authorize(&mut sent);
        let own = |name: &str| request.headers.get(name).is_none();
        let secrets: Vec<_> = sent
            .headers
            .0
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| own(name))
            .collect();
        for (name, value) in &mut sent.headers.0 {
            if secrets.contains(name) && credentials == Credentials::Invalid {
                INVALID_TOKEN.clone_into(value);
            }
        }
        let mask = match credentials {
            Credentials::Own => Some(OWN_TOKEN),
            Credentials::Invalid => Some(INVALID_TOKEN),
            Credentials::None => None,
        };
        if let Some(mask) = mask {
            shown
                .headers
                .0
                .extend(secrets.into_iter().map(|name| (name, mask.to_owned())));
        } else {
            sent = request.clone();
        }
        Dressed { sent, shown }
    }
}

/// A request as it is sent, and as it is shown.
pub(super) struct Dressed {
    pub(super) sent: Request,
    shown: Request,
}
