//! Tells a story: its steps one after the other, each judged as a case of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::fill::{Filled, inside, lent_as};
use super::leases::{Hand, NotLent, Reach};
use super::mention::Mentions;
use super::session::Session;
use super::settle::{is_done, is_of_what_is_ready, is_of_what_rests};
use super::supply::reach;
use super::told::unmet;
use crate::case::scenario::{
    Call, Hold, HoldRule, JobEnd, Kept, Needed, Scenario, ScenarioStep, State, StepExpect, When,
    another, is_nothing, other_letters, parts,
};
use crate::case::{Case, Credentials, Draft, Expect, Given, Template};
use crate::check::{Answer, JobRun, Trial, Unmet, shortened};
use crate::contract::{Operation, is_project};
use crate::event::CaseOutcome;

/// A way to take the next value of a name.
type Take = fn(&mut Hand<'_>, &str) -> Result<String, NotLent>;

/// How long a patient step asks again.
const MOST_PATIENCE: Duration = Duration::from_secs(60);
/// How long a state stays the same before it counts.
const SETTLED: Duration = Duration::from_millis(200);

/// Tells a whole story and puts the target back to how it was.
pub(super) fn tell(session: &mut Session<'_, '_>, story: &Scenario) -> CaseOutcome {
    let needs = match story.against(session.contract) {
        Ok(needs) => needs,
        Err(misfit) => return skip(session, story, misfit.to_string()),
    };
    let operation = session.contract.operation(&story.operation);
    let operation = operation.expect("`against` found every operation of the story");
    let mut kept = Kept::new();
    for name in &story.take {
        match session.first(operation, name) {
            Ok(value) => kept.insert(name.clone(), Value::String(value)),
            Err(reason) => return skip(session, story, reason.to_string()),
        };
    }
    let marked = session.marked(story);
    session.way.clear();
    let mut teller = Teller {
        session,
        story: &marked,
        kept,
        lent: needs.lent.keys().map(|name| (name.clone(), 0)).collect(),
        in_body: Vec::new(),
        mentions: Mentions::default(),
        made: BTreeSet::new(),
        is_unfollowed: false,
    };
    let outcome = teller.tell(&needs.times);
    let spent: Vec<String> = teller.spent();
    if !session.restore() {
        spent.iter().for_each(|value| session.leases.spend(value));
    }
    outcome
}

fn skip(session: &mut Session<'_, '_>, story: &Scenario, reason: String) -> CaseOutcome {
    for step in &story.steps {
        let tests = step.statement(session.contract);
        session.untried(tests.as_ref(), &reason);
    }
    CaseOutcome::Skipped(reason)
}

struct Teller<'t, 'a, 's> {
    session: &'t mut Session<'a, 's>,
    story: &'t Scenario,
    kept: Kept,
    /// How many values of each name the story has taken so far.
    lent: BTreeMap<String, usize>,
    /// What the body of the step under way was lent.
    in_body: Vec<(String, String)>,
    /// Who mentions what the story makes.
    mentions: Mentions<'a>,
    /// The ids of what it made.
    made: BTreeSet<String>,
    /// Whether something was begun whose end nothing tells, so that what is looked at may come late.
    is_unfollowed: bool,
}

impl<'a> Teller<'_, 'a, '_> {
    fn tell(&mut self, times: &[u64]) -> CaseOutcome {
        for (step, times) in self.story.steps.iter().zip(times) {
            if step.optional && !step.call.keeps(&self.kept) {
                continue;
            }
            for time in 1..=*times {
                match self.step(step, time == 1, time == *times) {
                    CaseOutcome::Passed => {}
                    stopped => return stopped,
                }
            }
        }
        CaseOutcome::Passed
    }

    /// Whether a step only looks by an operation that was not asked for.
    fn is_outside(&self, operation: &Operation) -> bool {
        let asked_for = self.session.plan.operations.as_ref();
        let is_told = operation.id == self.story.operation;
        let is_left_out = asked_for.is_some_and(|chosen| !chosen.contains(&operation.id));
        is_left_out && !is_told && operation.method.is_safe()
    }

    /// Takes one step once. `first` and `last` of its repetitions observe what must not change.
    fn step(&mut self, step: &ScenarioStep, first: bool, last: bool) -> CaseOutcome {
        let mut case = self.case(step);
        let operation = self.operation(step);
        if let Err(reason) = self.lend(operation, &mut case.draft) {
            return CaseOutcome::Skipped(reason.to_string());
        }
        let (operation, filled) = match self.session.prepare(&case, &self.kept) {
            Ok(prepared) => prepared,
            Err(reason) => return self.session.skip(&case, reason).outcome,
        };
        if is_of_what_is_ready(step.expect, step.needed.as_ref()) {
            self.session.ready(operation, &self.in_body, &filled.known);
        }
        let passing = match self.meet(step, operation, &mut case) {
            Ok(passing) => passing,
            Err(stopped) => return stopped,
        };
        if is_of_what_rests(step) {
            self.session.settle(&case, operation, &filled);
        }
        if let Some(mention) = &step.mention {
            self.mentions
                .look(self.session, mention, operation, &filled.known, &self.kept);
        }
        let alone = first && last;
        let before = self.ask_all(&step.unchanged, alone || first);
        let mut main = self.session.send_alone(&case, operation, &filled);
        let was_still = self.was_still(step, &case, passing.as_ref());
        let mut job = self.session.follow_job(operation, &filled, &main);
        if step.patient || (self.is_unfollowed && operation.method.is_safe()) {
            (main, job) = self.ask_patiently(step, &case, operation, &filled, (main, job));
        }
        if let Some(state) = passing.filter(|_| !was_still) {
            return CaseOutcome::Skipped(format!("its state was {state}, and is another now"));
        }
        if main.refused() && self.is_outside(operation) {
            let (id, seen) = (&operation.id, main.seen());
            return CaseOutcome::Skipped(format!(
                "`{id}` is not among what is tried, and answered {seen}"
            ));
        }
        let may_end = step.mention.is_some() || step.expect == StepExpect::Offered;
        if may_end && main.refused() {
            let reason = format!("{}, and was refused: {}", step.title, main.seen());
            return CaseOutcome::Skipped(reason);
        }
        // Its job may refuse what is offered, too.
        if step.expect == StepExpect::Offered && job.as_ref().is_some_and(JobRun::failed) {
            return CaseOutcome::Skipped(format!("{}, and its job failed", step.title));
        }
        let has_protocol = self.session.contract.jobs.is_some();
        self.is_unfollowed |= operation.is_async() && main.accepted() && !has_protocol;
        let after = self.ask_all(&step.unchanged, alone || last);
        let mut trial = self
            .session
            .trial(&case, operation, main, before, after, job);
        trial.failure_wanted = step.await_job == Some(JobEnd::Failed);
        if last {
            self.capture(step, &trial);
        }
        trial.unmet = unmet(step, &trial);
        let done = trial.job.as_ref().is_none_or(|job| job.succeeded());
        if let Some(mention) = step.mention.as_ref().filter(|_| done) {
            let unmet = self.mentions.look_again(self.session, mention, &self.kept);
            trial.unmet.extend(unmet);
        }
        if last && trial.main.accepted() {
            let unmet = step
                .holds
                .iter()
                .filter_map(|hold| self.held(hold, &trial.main));
            let unmet: Vec<Unmet> = unmet.collect();
            trial.unmet.extend(unmet);
        }
        let tried = self.session.judge(&trial);
        self.session.tell(tried)
    }

    /// Looks at the state that a step needs, and expects of its case what fits that; gives the state where it
    /// is one that passes. An error is what comes of the step that is not taken.
    fn meet(
        &mut self,
        step: &ScenarioStep,
        operation: &'a Operation,
        case: &mut Case,
    ) -> Result<Option<State>, CaseOutcome> {
        let Some(needed) = &step.needed else {
            return Ok(None);
        };
        let state = match needed.when {
            When::AtOnce => self.state(needed),
            When::Rested | When::Led => self.settled_state(needed),
        };
        let met = state.as_ref().map(|state| needed.is_met_by(state));
        let is_wanted = step.expect == StepExpect::Accepted || needed.when == When::Led;
        match met {
            // What may be done may still fail for another reason.
            Some(true) => case.tests = None,
            Some(false) if is_wanted && self.leads(operation, step, needed) => case.tests = None,
            Some(false) | None if needed.when == When::Led => return Err(CaseOutcome::Passed),
            Some(false) if !is_wanted => {
                case.expect = Expect::Refused;
                let state = state.as_ref().map(State::to_string).unwrap_or_default();
                case.title = format!("{} in state {state}", step.title);
            }
            Some(false) | None => {
                let state = state.map_or_else(|| "not shown".to_owned(), |state| state.to_string());
                return Err(CaseOutcome::Skipped(format!("its state is {state}")));
            }
        }
        Ok(state.filter(|_| needed.when == When::AtOnce))
    }

    /// Sends the request of a patient step again for a while.
    fn ask_patiently(
        &mut self,
        step: &ScenarioStep,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
        first: (Answer<'a>, Option<JobRun<'a>>),
    ) -> (Answer<'a>, Option<JobRun<'a>>) {
        let (mut main, mut job) = first;
        let (mut waited, mut pauses) = (Duration::ZERO, self.session.target.pauses());
        while !self.arrived(step, &main)
            && waited < MOST_PATIENCE
            && let Some(pause) = pauses.next()
        {
            self.session.target.wait(pause);
            waited += pause;
            (main, job) = self.session.send(case, operation, filled);
        }
        (main, job)
    }

    /// Whether an answer is what a step waits for.
    fn arrived(&mut self, step: &ScenarioStep, main: &Answer<'_>) -> bool {
        self.capture_of(step, &[Some(main)], true);
        let mut holds = step.holds.iter();
        brings(step.expect, main)
            && (!main.accepted() || holds.all(|hold| self.held(hold, main).is_none()))
    }

    fn case(&self, step: &ScenarioStep) -> Case {
        let contract = self.session.contract;
        let operation = self.operation(step);
        Case {
            id: self.story.id.clone(),
            operation: operation.id.clone(),
            tests: step.statement(contract),
            title: step.title.clone(),
            draft: step.call.draft(operation),
            expect: match step.expect {
                StepExpect::Accepted => Expect::Accepted,
                StepExpect::Refused => Expect::Refused,
                StepExpect::Either | StepExpect::Offered => Expect::Either,
                StepExpect::Status(200..=299) => Expect::Accepted,
                StepExpect::Status(400..=499) => Expect::Refused,
                StepExpect::Status(_) => Expect::Either,
            },
        }
    }

    fn operation(&self, step: &ScenarioStep) -> &'a Operation {
        let operation = self.session.contract.operation(&step.call.operation);
        operation.expect("`against` found every operation of the story")
    }

    /// Replaces lent holes: a story never takes the same value twice.
    fn lend(&mut self, operation: &'a Operation, draft: &mut Draft) -> Result<(), NotLent> {
        self.in_body.clear();
        let mut given = Vec::new();
        given.extend(draft.path.iter_mut().map(|(_, given)| given));
        given.extend(draft.query.iter_mut().map(|(_, given)| given));
        given.extend(draft.headers.iter_mut().map(|(_, given)| given));
        for given in given {
            if let Given::Lent(name) = given {
                let value = self.next(operation, &name.clone(), |hand, name| hand.take(name))?;
                let kept = Value::from(value.as_str());
                self.kept.insert(another(name), kept);
                *given = Given::Literal(value);
            }
        }
        draft
            .body
            .as_mut()
            .map_or(Ok(()), |body| self.lend_in(operation, body, ""))
    }

    fn lend_in(
        &mut self,
        operation: &'a Operation,
        template: &mut Template,
        place: &str,
    ) -> Result<(), NotLent> {
        match template {
            Template::Lent(name) => {
                let hand = self.session.hand(operation);
                let names = (name.as_str(), place);
                let name = lent_as(&hand, self.session.contract, operation, names);
                let value = self.next(operation, &name, |hand, name| hand.take_for_body(name))?;
                self.in_body.push((name, value.clone()));
                *template = Template::Literal(Value::String(value));
                Ok(())
            }
            Template::Literal(_) | Template::Kept(_) => Ok(()),
            Template::Object(members) => members.iter_mut().try_for_each(|(name, member)| {
                let place = inside(name, place, member);
                self.lend_in(operation, member, &place)
            }),
            Template::Array(items) => items
                .iter_mut()
                .try_for_each(|item| self.lend_in(operation, item, place)),
        }
    }

    /// The next value of a name that the story has not had yet, nor keeps.
    fn next(
        &mut self,
        operation: &'a Operation,
        name: &str,
        take: Take,
    ) -> Result<String, NotLent> {
        if is_project(name) {
            // There is one project in a story, however often it is named.
            return self.session.first(operation, name);
        }
        loop {
            match self.next_known(operation, name, take) {
                Err(_) if self.session.supply(operation, name) => {}
                other => {
                    return other.or_else(|missing| self.shared(operation, name).ok_or(missing));
                }
            }
        }
    }

    /// What a list shows and something new is made of may be named again: an image, a flavor.
    fn shared(&self, operation: &Operation, name: &str) -> Option<String> {
        let session = &self.session;
        let reach = reach(session.contract, operation, session.creations);
        let listed = session.leases.listed().get(name)?.last().cloned();
        listed.filter(|_| reach == Reach::NamedInBody)
    }

    fn next_known(
        &mut self,
        operation: &Operation,
        name: &str,
        take: Take,
    ) -> Result<String, NotLent> {
        let kept = self.kept.values().filter_map(Value::as_str);
        let kept: Vec<String> = kept.map(str::to_owned).collect();
        let taken = self.lent.entry(name.to_owned()).or_default();
        let mut hand = self.session.hand(operation);
        for _ in 0..*taken {
            take(&mut hand, name)?;
        }
        loop {
            let value = take(&mut hand, name)?;
            *taken += 1;
            if !kept.contains(&value) {
                return Ok(value);
            }
        }
    }

    fn spent(&self) -> Vec<String> {
        let taken = self.lent.iter().flat_map(|(name, count)| {
            let mut hand = self.session.leases.hand(Reach::Everything);
            (0..*count)
                .filter_map(move |_| hand.take(name).ok())
                .collect::<Vec<_>>()
        });
        taken.collect()
    }

    /// The state that is shown of a thing, once it is one to stay in and stays the same for a moment.
    fn settled_state(&mut self, needed: &Needed) -> Option<State> {
        /// More often than this, nobody looks.
        const MOST_LOOKS: usize = 8;
        let mut looked = self.state(needed)?;
        let (mut n_looks, mut waited) = (0, Duration::ZERO);
        let mut pauses = self.session.target.pauses();
        loop {
            let passes = self.passes(&looked) && waited < self.session.patience_with_jobs();
            let pause = match pauses.next() {
                Some(pause) if passes => pause,
                Some(_) | None => SETTLED,
            };
            if !passes && n_looks == MOST_LOOKS {
                return None;
            }
            n_looks += usize::from(!passes);
            self.session.target.wait(pause);
            waited += pause;
            let again = self.state(needed)?;
            if again == looked && !passes {
                return Some(again);
            }
            looked = again;
        }
    }

    fn passes(&self, state: &State) -> bool {
        let (session, mut words) = (&*self.session, state.0.iter());
        words.any(|word| session.unsettled.passes(session.contract, word))
    }

    /// Whether a thing must still have been in a passing state when something was done to it: it is now, or
    /// what came to that state before it is.
    fn was_still(&mut self, step: &ScenarioStep, case: &Case, passing: Option<&State>) -> bool {
        let (Some(needed), Some(state)) = (&step.needed, passing) else {
            return true;
        };
        if case.expect != Expect::Refused {
            return true;
        }
        let older = needed.witness.clone().map(|shown_by| Needed {
            shown_by,
            ..needed.clone()
        });
        let is_in_it = |shown: Option<State>| shown.as_ref() == Some(state);
        is_in_it(self.state(needed)) || older.is_some_and(|older| is_in_it(self.state(&older)))
    }

    /// Whether what the run made could be led into the state that a call needs.
    fn leads(&mut self, operation: &'a Operation, step: &ScenarioStep, needed: &Needed) -> bool {
        let kept = self.kept.iter();
        let mut known: BTreeMap<String, String> = kept
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect();
        for (name, given) in &step.call.path {
            if let Given::Kept(other) = given
                && let Some(id) = known.get(other).cloned()
            {
                known.insert(name.clone(), id);
            }
        }
        let last = operation.path.parameters().last();
        let is_own = last
            .and_then(|name| known.get_key_value(name))
            .is_some_and(|(name, id)| self.made.contains(id) || self.session.leases.owns(name, id));
        is_own && needed.when != When::AtOnce && self.session.lead_to(operation, needed, &known)
    }

    fn state(&mut self, needed: &Needed) -> Option<State> {
        let answer = self.ask(&needed.shown_by)?;
        needed.shown(answer.json().filter(|_| answer.accepted())?)
    }

    /// Keeps parts of the answer, or of the last one about its job.
    fn capture(&mut self, step: &ScenarioStep, trial: &Trial<'_>) {
        let job = trial.job.as_ref().and_then(|job| job.polls.last());
        let done = is_done(trial.job.as_ref());
        self.capture_of(step, &[Some(&trial.main), job], done);
        let mut creations = self.session.creations.iter();
        if creations.any(|creation| creation.makes == step.call.operation) {
            let ids = step
                .capture
                .iter()
                .filter_map(|(name, _)| self.kept.get(name)?.as_str());
            self.made.extend(ids.map(str::to_owned));
        }
        for (name, pointer) in &step.sent {
            let body = &trial.main.exchange.request.body;
            let sent = serde_json::from_slice::<Value>(body).ok();
            if let Some(value) = sent.as_ref().and_then(|body| body.pointer(pointer)) {
                self.kept.insert(name.clone(), value.clone());
            }
        }
    }

    fn capture_of(&mut self, step: &ScenarioStep, answers: &[Option<&Answer<'_>>], done: bool) {
        for (name, pointer) in &step.capture {
            let mut bodies = answers.iter().flatten().filter_map(|answer| answer.json());
            let shown = bodies.find_map(|body| at(body, pointer));
            if let Some(value) = shown.filter(|value| !is_nothing(value)) {
                if let Some(id) = value.as_str().filter(|_| !done) {
                    self.session.unsettled.insert(id);
                }
                self.kept.extend(parts(name, value));
                self.kept.extend(other_letters(name, value));
                self.kept.insert(name.clone(), value.clone());
            }
        }
    }

    /// The answer to a call beside the story; None where it cannot be made.
    fn ask(&mut self, call: &Call) -> Option<Answer<'a>> {
        let operation = self.session.contract.operation(&call.operation)?;
        let draft = call.draft(operation);
        let mut hand = self.session.hand(operation);
        let contract = self.session.contract;
        let filled = super::fill::fill(contract, operation, &draft, &mut hand, &self.kept).ok()?;
        let exchange = self.session.exchange(&filled.request, Credentials::Own);
        Some(
            self.session
                .judge
                .answer(operation, exchange, Expect::Either),
        )
    }

    fn ask_all(&mut self, calls: &[Call], now: bool) -> Vec<Answer<'a>> {
        let calls = calls.iter().filter(|_| now);
        calls.filter_map(|call| self.ask(call)).collect()
    }

    /// What a story says must hold and does not.
    fn held(&mut self, hold: &Hold, main: &Answer<'_>) -> Option<Unmet> {
        let asked = match &hold.asked {
            Some(call) => self.ask(call)?.json().cloned(),
            None => main.json().cloned(),
        };
        let body = asked?;
        if hold.met_by(&body, &self.kept)? {
            return None;
        }
        let wanted = crate::case::scenario::filled(hold.rule.template(), &self.kept);
        let wanted = wanted.map(|value| value.to_string()).unwrap_or_default();
        let seen = body.pointer(&hold.pointer).map(Value::to_string);
        let word = hold.rule.word();
        Some(Unmet {
            what: match hold.rule {
                HoldRule::AtMost(_) => format!("`{}` is too long", hold.pointer),
                HoldRule::NoFewer(_) => format!("`{}` is too short", hold.pointer),
                HoldRule::AsMany(..) => format!("`{}` is miscounted", hold.pointer),
                HoldRule::AtLeast(_) => format!("`{}` has what is less", hold.pointer),
                HoldRule::Rising(_) | HoldRule::Falling(_) | HoldRule::Sorted(_) => {
                    format!("`{}` is in another order", hold.pointer)
                }
                HoldRule::Lacks(_) => format!("`{}` has what it should lack", hold.pointer),
                HoldRule::Once(_) => format!("`{}` has the same twice", hold.pointer),
                HoldRule::Contains(_) | HoldRule::ContainsUnlessFull(..) => {
                    format!("`{}` lacks what it should have", hold.pointer)
                }
                HoldRule::Equals(_) | HoldRule::Every(_) => {
                    format!("`{}` is another", hold.pointer)
                }
                HoldRule::Shown(_) => format!("`{}` is left out", hold.pointer),
                HoldRule::GoesOnUnlessFull(..) => {
                    "the last page leads on to an empty one".to_owned()
                }
            },
            promise: format!("`{}` {word} what the story says", hold.pointer),
            expected: format!("{word} {}", shortened(&wanted, 80)),
            seen: shortened(&seen.unwrap_or_else(|| "nothing".to_owned()), 120),
        })
    }
}

/// What stands at a place of a body, or there in its only member: tables may leave out what is around
/// all of it.
fn at<'b>(body: &'b Value, pointer: &str) -> Option<&'b Value> {
    let inside = || match body.as_object().map(|members| members.values()) {
        Some(mut members) if members.len() == 1 => members.next()?.pointer(pointer),
        Some(_) | None => None,
    };
    body.pointer(pointer)
        .or_else(inside)
        .or_else(|| in_item(body, pointer))
}

/// What stands in the one item of a list that has this value: `/quotas/type=lamp/used`.
fn in_item<'v>(body: &'v Value, pointer: &str) -> Option<&'v Value> {
    let (before, after) = pointer.split_once('=')?;
    let (list, name) = before.rsplit_once('/')?;
    let (value, place) = after.split_at(after.find('/').unwrap_or(after.len()));
    let items = body.pointer(list)?.as_array()?.iter();
    let mut alike = items.filter(|item| item.get(name).is_some_and(|known| known == value));
    let only = alike.next().filter(|_| alike.next().is_none())?;
    only.pointer(place)
}

/// Whether an answer is what a step expects.
fn brings(expect: StepExpect, main: &Answer<'_>) -> bool {
    match expect {
        StepExpect::Accepted => main.accepted(),
        StepExpect::Refused => main.refused(),
        StepExpect::Either | StepExpect::Offered => main.accepted() || main.refused(),
        StepExpect::Status(wanted) => main.status() == Some(wanted),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_item_of_a_list_is_found_by_what_it_says_of_itself() {
        let lamp = json!({"type": "lamp", "used": 3});
        let body = json!({"quotas": [{"type": "wick", "used": 8}, lamp]});
        let used = |sort: &str| at(&body, &format!("/quotas/type={sort}/used")).cloned();
        assert_eq!(used("lamp"), Some(json!(3)));
        assert_eq!(used("oil"), None);
        let twice = json!({"limits": {"quotas": [lamp, lamp]}});
        let places = ["/quotas/type=lamp/used", "/limits/quotas/type=lamp/used"];
        assert_eq!(places.map(|place| at(&twice, place)), [None, None]);
    }
}
