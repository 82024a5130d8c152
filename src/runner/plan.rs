//! What a run is asked to do, and the trials that follow from it.

use std::collections::HashSet;
use std::time::Duration;

use super::observe::Observing;
use super::part::of_part;
use crate::case::{self, Case, CaseId, Generator, Scenario, Walker};
use crate::contract::{Contract, Creation, Operation, OperationId, creations};

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Decides the generated cases.
    pub seed: u64,
    /// Generated cases per operation.
    pub generated: u32,
    /// How long generating may go on. Without it: until all generated cases were tried.
    pub time: Option<Duration>,
    /// Only these operations. None: all.
    pub operations: Option<Vec<OperationId>>,
    /// Only these cases. None: all.
    pub cases: Vec<CaseId>,
    /// Cases that are tried first: what chance made once, and what broke a promise then.
    pub first: Vec<CaseId>,
    /// Only this part of the cases. None: all.
    pub part: Option<Part>,
    /// Only these checks. None: all.
    pub checks: Option<Vec<&'static str>>,
    /// Hold the server to the tables alone, and raise what is told as note or warning in doubt.
    pub strict: bool,
    /// How long a job may take.
    pub job_budget: Duration,
    /// Reads a monotonic clock, for durations in reports.
    pub clock: fn() -> Duration,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 42,
            generated: 8,
            time: None,
            operations: None,
            cases: Vec::new(),
            first: Vec::new(),
            part: None,
            checks: None,
            strict: false,
            job_budget: Duration::from_secs(15 * 60),
            clock: || Duration::ZERO,
        }
    }
}

impl Plan {
    fn wants(&self, operation: &OperationId) -> bool {
        let only = self.operations.as_ref();
        only.is_none_or(|ids| ids.contains(operation))
    }
}

/// One of several parts that try every case once between them: `2/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which one, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// A text that is no part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write it as NUMBER/OF, from 1/3 to 3/3 for three parts")]
pub struct BadPart;

impl std::str::FromStr for Part {
    type Err = BadPart;

    fn from_str(text: &str) -> Result<Self, BadPart> {
        let (number, of) = text.split_once('/').ok_or(BadPart)?;
        let number = number.parse().map_err(|_| BadPart)?;
        let of = of.parse().map_err(|_| BadPart)?;
        if (1..=of).contains(&number) {
            Ok(Self { number, of })
        } else {
            Err(BadPart)
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What a run will try, in order.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Single requests first, then stories, operation by operation.
    pub trials: Vec<Planned>,
    /// Operations that the plan covers.
    pub operations: Vec<OperationId>,
    /// What makes things, and what removes them again.
    pub creations: Vec<Creation>,
    /// Who observes what operations do.
    pub(super) observing: Observing,
}

/// One thing to try.
#[derive(Clone, Debug)]
pub enum Planned {
    /// One request.
    Case(Case),
    /// One generated request, which is made smaller when it fails.
    Generated(Case),
    /// The same request for each further thing that the target lends: things differ in what they show.
    Each(Case),
    /// Several requests in a row.
    Story(Scenario),
    /// Further generated requests, made one by one while they are sent.
    Stream(Stream),
}

/// Generated cases that are not kept beforehand: there may be millions of them.
#[derive(Clone, Debug)]
pub struct Stream {
    /// What they are called together.
    pub id: CaseId,
    /// The operation.
    pub operation: OperationId,
    /// The turns of the generator.
    pub turns: std::ops::Range<u32>,
    /// How long they may take. None: until all turns are taken.
    pub time: Option<Duration>,
}

/// Generated cases of an operation that are made beforehand.
const MOST_KEPT: u32 = 64;

impl Stream {
    /// What the case of a turn is called.
    pub(super) fn case_of(&self, seed: u64, turn: u32) -> CaseId {
        CaseId(format!("{}/{seed}-{turn}", self.id))
    }
}

impl Planned {
    /// What it is called.
    pub fn id(&self) -> &CaseId {
        match self {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => &case.id,
            Planned::Story(story) => &story.id,
            Planned::Stream(stream) => &stream.id,
        }
    }

    /// Whether it comes before all else that is not given otherwise.
    fn comes_first(&self) -> bool {
        matches!(self, Planned::Story(story) if story.comes_first())
    }

    /// What is left of it after its first case.
    pub(super) fn after_first(self) -> Option<Self> {
        match self {
            Planned::Stream(mut stream) => {
                stream.turns.next();
                (!stream.turns.is_empty()).then_some(Planned::Stream(stream))
            }
            Planned::Case(_) | Planned::Generated(_) | Planned::Each(_) | Planned::Story(_) => None,
        }
    }

    /// The operation it is about.
    pub fn operation(&self) -> &OperationId {
        match self {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => &case.operation,
            Planned::Story(story) => &story.operation,
            Planned::Stream(stream) => &stream.operation,
        }
    }
}

impl Program {
    /// How many cases it comes to, but for those that only time limits.
    pub fn n_cases(&self) -> u64 {
        let counts = self.trials.iter().map(|planned| match planned {
            Planned::Stream(stream) if stream.time.is_some() => 0,
            Planned::Stream(stream) => stream.turns.len() as u64,
            Planned::Case(_) | Planned::Generated(_) | Planned::Each(_) | Planned::Story(_) => 1,
        });
        counts.sum()
    }

    /// What the plan comes to under this contract.
    pub fn new(contract: &Contract, plan: &Plan) -> Self {
        let mut program = Self {
            creations: creations(contract),
            ..Self::default()
        };
        program.observing = Observing::of(contract, &program.creations);
        let stories = program.stories(contract, plan);
        let operations = contract.operations.iter();
        let streams: Vec<Stream> = operations
            .filter(|operation| plan.wants(&operation.id))
            .filter_map(|operation| program.add(operation, contract, plan, &stories))
            .collect();
        let (mut first, others): (Vec<_>, Vec<_>) =
            program.trials.into_iter().partition(Planned::comes_first);
        // What is made is better known to rest and to go before anything is done with it.
        let makers: HashSet<&OperationId> = program
            .creations
            .iter()
            .map(|creation| &creation.makes)
            .collect();
        first.sort_by_key(|planned| !makers.contains(planned.operation()));
        program.trials = first.into_iter().chain(others).collect();
        program.put_first(contract, &plan.first);
        match plan.cases.as_slice() {
            [] => program.add_streams(streams, plan.time),
            cases => program.keep_only(contract, cases),
        }
        if let Some(part) = plan.part {
            let own = of_part(contract, &program.operations, &program.trials, part);
            program
                .trials
                .retain(|planned| own.contains(planned.operation()));
        }
        program
    }
}

impl Program {
    /// All stories, and the walks of this seed.
    fn stories(&self, contract: &Contract, plan: &Plan) -> Vec<Scenario> {
        let watched = |makes: &OperationId| self.observing.shows_made(contract, makes).is_some();
        let mut stories = case::stories(contract, watched);
        // Walks are long, and all of one operation.
        let walker = Walker::new(contract, &self.creations);
        if let Some(walker) = walker.filter(|walker| plan.wants(walker.operation())) {
            let kept = plan.generated.min(MOST_KEPT);
            stories.extend(walker.walks(plan.seed, kept / 2));
        }
        stories
    }

    /// Adds all that is tried of an operation; gives those cases that are made while they are sent.
    fn add(
        &mut self,
        operation: &Operation,
        contract: &Contract,
        plan: &Plan,
        stories: &[Scenario],
    ) -> Option<Stream> {
        self.operations.push(operation.id.clone());
        let stories = stories
            .iter()
            .filter(|story| story.operation == operation.id);
        let kept = plan.generated.min(MOST_KEPT);
        let generated = case::generated(operation, contract, plan.seed, kept);
        let varies = !generated.is_empty();
        let cases = case::cases(operation, contract).into_iter();
        let each = case::each(operation, contract).map(Planned::Each);
        self.trials.extend(cases.map(Planned::Case));
        self.trials.extend(each);
        self.trials
            .extend(generated.into_iter().map(Planned::Generated));
        self.trials.extend(stories.cloned().map(Planned::Story));
        (varies && plan.generated > kept).then(|| Stream {
            id: CaseId(format!("{}/request/generated", operation.id)),
            operation: operation.id.clone(),
            turns: kept..plan.generated,
            time: None,
        })
    }

    /// Adds what is made while it is sent, in equal parts of the time.
    fn add_streams(&mut self, streams: Vec<Stream>, time: Option<Duration>) {
        let n_streams = u32::try_from(streams.len()).unwrap_or(u32::MAX);
        let timed = streams.into_iter().map(|stream| Stream {
            time: time.map(|time| time / n_streams),
            ..stream
        });
        self.trials.extend(timed.map(Planned::Stream));
    }

    /// Leaves out all but some cases, which are found by their names, whatever seed this run has.
    fn keep_only(&mut self, contract: &Contract, cases: &[CaseId]) {
        self.put_first(contract, cases);
        self.trials.retain(|planned| cases.contains(planned.id()));
        // These cases are about their own operations, and the report, too.
        let about: Vec<&OperationId> = self.trials.iter().map(Planned::operation).collect();
        self.operations.retain(|id| about.contains(&id));
    }

    /// Has some cases tried before all others, where the contract still has them.
    fn put_first(&mut self, contract: &Contract, first: &[CaseId]) {
        let again = first
            .iter()
            .filter_map(|id| made_again(contract, &self.creations, id))
            .filter(|planned| self.operations.contains(planned.operation()));
        let mut trials: Vec<Planned> = again.collect();
        let again: Vec<CaseId> = trials.iter().map(|planned| planned.id().clone()).collect();
        self.trials.retain(|planned| !again.contains(planned.id()));
        trials.append(&mut self.trials);
        self.trials = trials;
    }
}

/// What chance made once, made again by its name.
fn made_again(contract: &Contract, creations: &[Creation], id: &CaseId) -> Option<Planned> {
    if let Some(walker) = Walker::new(contract, creations)
        && let Some(moves) = walker.moves(id)
    {
        return Some(Planned::Story(walker.story(&moves)));
    }
    let (start, numbers) = id.0.rsplit_once('/')?;
    let (seed, turn) = numbers.split_once('-')?;
    let mut operations = contract.operations.iter();
    operations.find_map(|operation| {
        let own = start.strip_prefix(operation.id.as_str())?;
        if !id.is_made_by_chance() || own.matches('/').count() != 2 {
            return None;
        }
        let case = Generator::new(operation, contract).case(seed.parse().ok()?, turn.parse().ok()?);
        (case.id == *id).then_some(Planned::Generated(case))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;
    use crate::contract::{self, Kind};
    use std::collections::BTreeSet;

    #[test]
    fn parts_try_every_case_once_between_them() {
        let ids = |part: Option<Part>| -> Vec<String> {
            let plan = Plan {
                part,
                ..Plan::default()
            };
            let program = Program::new(&coast(), &plan);
            let ids = program
                .trials
                .iter()
                .map(|planned| planned.id().to_string());
            ids.collect()
        };
        let whole: BTreeSet<String> = ids(None).into_iter().collect();
        let parts: Vec<Vec<String>> = ["1/3", "2/3", "3/3"]
            .iter()
            .map(|part| ids(Some(part.parse().unwrap())))
            .collect();
        let together: Vec<String> = parts.iter().flatten().cloned().collect();
        assert_eq!(together.len(), whole.len());
        assert_eq!(together.into_iter().collect::<BTreeSet<_>>(), whole);
        assert!(parts.iter().all(|part| !part.is_empty()));
    }

    #[test]
    fn a_case_is_found_however_many_were_asked_for() {
        let named = |case: &str| {
            let plan = Plan {
                cases: vec![CaseId(case.to_owned())],
                ..Plan::default()
            };
            let program = Program::new(&coast(), &plan);
            let n_operations = program.operations.len() as u64;
            assert_eq!(n_operations, program.n_cases(), "its own operation");
            program.n_cases()
        };
        let mut program = Program::new(&coast(), &Plan::default());
        let is_generated = |planned: &Planned| matches!(planned, Planned::Generated(_));
        program.trials.retain(is_generated);
        let eighth = program.trials[7].id().to_string();
        let start = eighth.strip_suffix("42-7").unwrap();
        assert_eq!(named(&eighth), 1);
        assert_eq!(named(&format!("{start}42-63")), 1);
        assert_eq!(named(&format!("{start}42-70000")), 1);
        assert_eq!(named(&format!("{start}42-x")), 0);
        let several = Plan {
            cases: vec![CaseId(format!("{start}42-63")), CaseId(eighth)],
            ..Plan::default()
        };
        assert_eq!(Program::new(&coast(), &several).n_cases(), 2);
    }

    #[test]
    fn what_is_made_is_known_to_go_before_anything_is_done_with_it() {
        let routes = [
            ("POST /v1/lamps/action#light", "light.lamps.id", ""),
            ("POST /v1/lamps", "lamp.name", "lamp.id"),
            ("GET /v1/lamps/{lamp_id}", "", "lamp.status"),
            ("DELETE /v1/lamps/{lamp_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| contract::sample::operation(route, sent, shown));
        let body = operations[0].request.as_mut().expect("it asks");
        body.fields[0].children[0].kind = Kind::Array(Box::new(Kind::Object));
        let contract = contract::sample::contract(operations.to_vec());
        let program = Program::new(&contract, &Plan::default());
        let first = program
            .trials
            .iter()
            .take_while(|trial| trial.comes_first());
        let makes = first.map(|trial| {
            let mut creations = program.creations.iter();
            creations.any(|creation| creation.makes == *trial.operation())
        });
        let makes: Vec<bool> = makes.collect();
        assert!(makes.contains(&true) && makes.contains(&false), "{makes:?}");
        assert!(makes.is_sorted_by_key(|makes| !makes), "{makes:?}");
    }

    #[test]
    fn what_broke_a_promise_once_is_tried_first_and_only_once() {
        let mut program = Program::new(&coast(), &Plan::default());
        program
            .trials
            .retain(|planned| matches!(planned, Planned::Generated(_)));
        let known = program.trials[3].id().clone();
        let of_another_seed = CaseId(known.0.replace("/42-", "/7-"));
        let gone = CaseId("lamps/request/generated/42-1".to_owned());
        let plan = Plan {
            first: vec![of_another_seed.clone(), gone.clone(), known.clone()],
            ..Plan::default()
        };
        let trials = Program::new(&coast(), &plan).trials;
        let ids: Vec<&CaseId> = trials.iter().map(Planned::id).collect();
        assert_eq!(ids[..2], [&of_another_seed, &known]);
        assert_eq!(ids.iter().filter(|id| ***id == known).count(), 1);
        assert!(!ids.contains(&&gone));
        let alone = Plan {
            cases: vec![of_another_seed],
            ..Plan::default()
        };
        assert_eq!(Program::new(&coast(), &alone).n_cases(), 1);
    }

    #[test]
    fn a_part_is_one_of_those_there_are() {
        assert_eq!("2/3".parse::<Part>().unwrap().to_string(), "2/3");
        for bad in ["0/3", "4/3", "1", "1/0", "a/b", "-1/3"] {
            assert_eq!(bad.parse::<Part>(), Err(BadPart), "{bad}");
        }
    }
}
