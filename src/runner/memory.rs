//! What a run must remember to go on after it was stopped or killed: a note after each case.
//!
//! Main types: [`Past`], what an earlier run came to; [`Note`], what one case added to that. Notes are
//! a file type of their own in the log of a run; nobody but the runner reads them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::coverage::{News, Sides};
use super::plan::{Plan, Planned, Program};
use super::promises::{COLUMNS, promises};
use crate::contract::{Contract, Direction, FieldPath, OperationId, StatementId, Step};
use crate::target::Used;

/// What an earlier run came to that did not come to its end.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The notes of the cases that ended, in order.
    pub notes: Vec<Value>,
    /// The case that was under way when the run was cut short.
    pub under_way: Option<String>,
}

/// Why a run cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// The notes are not understood.
    #[error("read what the run noted after case {0}")]
    Note(usize, #[source] serde_json::Error),
    /// Other cases are planned now.
    #[error(
        "the run tried `{tried}` where `{planned}` is planned now: documents, rulings or program have changed; begin a new run"
    )]
    Other {
        /// What was tried.
        tried: String,
        /// What is planned.
        planned: String,
    },
    /// A statement that nothing promises now.
    #[error("the run tells of {0}, which nothing promises now; begin a new run")]
    Unknown(String),
}

/// What one case added to what a run must remember.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Note {
    /// The case that ended.
    pub(super) case: String,
    /// Milliseconds since the run began.
    pub(super) millis: u64,
    /// How many requests the target was sent, and how many things it was asked to make.
    pub(super) used: (u64, u64),
    /// How many names with the target's mark were given.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) n_marked: u64,
    /// Whether the credentials were ever accepted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) credentials_work: bool,
    /// What there is to use, where that has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) supplies: Option<SuppliesNote>,
    /// What was seen of statements, by operation.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    seen: BTreeMap<String, Vec<(Named, Seen)>>,
    /// Why statements were not tried, by operation.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    skipped: BTreeMap<String, Vec<(Named, String)>>,
}

/// What there is to use beside what the target lends whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SuppliesNote {
    /// What was used up.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) spent: BTreeSet<String>,
    /// What was removed and does not come back.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) gone: BTreeSet<String>,
    /// What was made because it was needed: its name, and the operation that needed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) made: Vec<(String, String)>,
    /// What lists showed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) listed: BTreeMap<String, Vec<String>>,
    /// Names whose lists were asked for.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) asked: BTreeSet<String>,
    /// How often in a row making things of a name came to nothing.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) failures: BTreeMap<String, u32>,
}

/// A statement of an operation: who keeps it, the field, the rule.
type Named = (Keeper, Option<Vec<StepNote>>, String);

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Keeper {
    Request,
    Response,
    Behaviour,
}

/// A step of a path: a name as it is, any item as nothing, a key in a list.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum StepNote {
    Name(String),
    Key([String; 1]),
    Items(()),
}

/// What was seen, a letter for each: inside, outside, held, broken, and `n` where nothing is said.
type Seen = String;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Note {
    /// A note of what an account learnt.
    pub(super) fn of(news: News) -> Self {
        let mut note = Self::default();
        for (id, seen) in news.seen {
            let statements = note.seen.entry(id.operation.to_string()).or_default();
            statements.push((named(&id), letters(seen)));
        }
        for (id, reason) in news.skipped {
            let statements = note.skipped.entry(id.operation.to_string()).or_default();
            statements.push((named(&id), reason));
        }
        note
    }

    /// What the account learnt.
    fn news(&self, rules: &Rules) -> Result<News, ResumeError> {
        let mut news = News::default();
        for (operation, statements) in &self.seen {
            for (named, seen) in statements {
                news.seen.push((rules.id(operation, named)?, sides(seen)));
            }
        }
        for (operation, statements) in &self.skipped {
            for (named, reason) in statements {
                news.skipped
                    .push((rules.id(operation, named)?, reason.clone()));
            }
        }
        Ok(news)
    }
}

impl Past {
    /// What the run used up until then.
    pub fn used(&self) -> Used {
        let last = self.notes.last().cloned();
        let last = last.and_then(|note| serde_json::from_value::<Note>(note).ok());
        last.map_or_else(Used::default, |note| Used {
            requests: note.used.0,
            creations: note.used.1,
            time: Duration::from_millis(note.millis),
        })
    }

    /// The notes, read.
    fn read(&self) -> Result<Vec<Note>, ResumeError> {
        let notes = self.notes.iter().enumerate();
        notes
            .map(|(place, note)| {
                serde_json::from_value(note.clone())
                    .map_err(|cause| ResumeError::Note(place + 1, cause))
            })
            .collect()
    }
}

/// What a run knew when it was cut short.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Milliseconds that it took.
    pub(super) millis: u64,
    /// How many names with the target's mark were given.
    pub(super) n_marked: u64,
    /// Whether the credentials were ever accepted.
    pub(super) credentials_work: bool,
    /// What there was to use.
    pub(super) supplies: SuppliesNote,
    /// What its account had learnt.
    pub(super) news: News,
}

/// What is left to do of a run.
#[derive(Debug)]
pub struct Left {
    pub(super) program: Program,
    pub(super) trials: Vec<Planned>,
    pub(super) known: Known,
    pub(super) under_way: Option<String>,
}

/// What is left to do of a plan where a run of it was cut short.
///
/// # Errors
/// When that run tried something else than is planned now.
pub fn left(contract: &Contract, plan: &Plan, past: &Past) -> Result<Left, ResumeError> {
    let program = Program::new(contract, plan);
    let notes = past.read()?;
    let trials = rest(&program, plan.seed, &notes)?;
    let rules = Rules::new(contract, &program);
    let mut known = Known::default();
    for note in notes {
        let news = note.news(&rules)?;
        known.news.seen.extend(news.seen);
        known.news.skipped.extend(news.skipped);
        known.millis = note.millis;
        known.n_marked = note.n_marked;
        known.credentials_work = note.credentials_work;
        if let Some(supplies) = note.supplies {
            known.supplies = supplies;
        }
    }
    Ok(Left {
        program,
        trials,
        known,
        under_way: past.under_way.clone(),
    })
}

/// What of a program is still to be tried after these cases.
fn rest(program: &Program, seed: u64, notes: &[Note]) -> Result<Vec<Planned>, ResumeError> {
    let mut ended = notes.iter().peekable();
    // When the last of them ended, in milliseconds since the run began.
    let mut now = 0;
    let mut rest = Vec::new();
    for planned in &program.trials {
        let Some(tried) = ended.peek() else {
            rest.push(planned.clone());
            continue;
        };
        if let Planned::Stream(stream) = planned {
            let (mut left, start) = (stream.clone(), now);
            for turn in stream.turns.clone() {
                let case = stream.case_of(seed, turn);
                let Some(note) = ended.next_if(|tried| tried.case == case.0) else {
                    break;
                };
                left.turns.start = turn + 1;
                now = note.millis;
            }
            let taken = Duration::from_millis(now.saturating_sub(start));
            left.time = left.time.map(|time| time.saturating_sub(taken));
            // Where later ones ended, its time was over.
            if ended.peek().is_none() && !left.turns.is_empty() {
                rest.push(Planned::Stream(left));
            }
        } else if planned.id().0 == tried.case {
            now = tried.millis;
            ended.next();
        } else {
            return Err(ResumeError::Other {
                tried: tried.case.clone(),
                planned: planned.id().to_string(),
            });
        }
    }
    match ended.next() {
        None => Ok(rest),
        Some(tried) => Err(ResumeError::Other {
            tried: tried.case.clone(),
            planned: "nothing".to_owned(),
        }),
    }
}

/// The rules of statements by their words, which are not kept as text in a program.
struct Rules(HashMap<&'static str, &'static str>);

impl Rules {
    /// All that a contract promises, and all that a program tries.
    fn new(contract: &Contract, program: &Program) -> Self {
        let promised = contract.operations.iter().flat_map(promises);
        let tested = program.trials.iter().flat_map(|planned| match planned {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
                case.tests.iter().cloned().collect::<Vec<_>>()
            }
            Planned::Story(story) => {
                let steps = story.steps.iter();
                steps.filter_map(|step| step.statement(contract)).collect()
            }
            Planned::Stream(_) => Vec::new(),
        });
        let rules = promised.chain(tested).map(|id| id.rule);
        let rules = rules.chain(COLUMNS).chain(["status", "async_job"]);
        Self(rules.map(|rule| (rule, rule)).collect())
    }

    fn id(&self, operation: &str, named: &Named) -> Result<StatementId, ResumeError> {
        let (keeper, field, rule) = named;
        let rule = self.0.get(rule.as_str()).copied();
        let field = field.as_ref().map(|steps| steps.iter().map(step).collect());
        Ok(StatementId {
            operation: OperationId::new(operation),
            direction: match keeper {
                Keeper::Request => Direction::Request,
                Keeper::Response => Direction::Response,
                Keeper::Behaviour => Direction::Behaviour,
            },
            field: field.map(FieldPath),
            rule: rule
                .ok_or_else(|| ResumeError::Unknown(format!("`{}` of {operation}", named.2)))?,
        })
    }
}

fn named(id: &StatementId) -> Named {
    let keeper = match id.direction {
        Direction::Request => Keeper::Request,
        Direction::Response => Keeper::Response,
        Direction::Behaviour => Keeper::Behaviour,
    };
    let steps = |path: &FieldPath| path.0.iter().map(step_note).collect();
    (keeper, id.field.as_ref().map(steps), id.rule.to_owned())
}

fn step_note(step: &Step) -> StepNote {
    match step {
        Step::Name(name) => StepNote::Name(name.clone()),
        Step::Items => StepNote::Items(()),
        Step::Key(key) => StepNote::Key([key.clone()]),
    }
}

fn step(note: &StepNote) -> Step {
    match note {
        StepNote::Name(name) => Step::Name(name.clone()),
        StepNote::Items(()) => Step::Items,
        StepNote::Key([key]) => Step::Key(key.clone()),
    }
}

fn letters(seen: Sides) -> Seen {
    let all = [
        (seen.inside, 'i'),
        (seen.outside, 'o'),
        (seen.held, 'h'),
        (seen.broken, 'b'),
        (seen.open, 'n'),
    ];
    let seen = all.into_iter().filter(|(is_seen, _)| *is_seen);
    seen.map(|(_, letter)| letter).collect()
}

fn sides(seen: &str) -> Sides {
    Sides {
        inside: seen.contains('i'),
        outside: seen.contains('o'),
        held: seen.contains('h'),
        broken: seen.contains('b'),
        open: seen.contains('n'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;
    use crate::contract::Kind;

    fn plan(generated: u32, time: Option<Duration>) -> Plan {
        Plan {
            generated,
            time,
            ..Plan::default()
        }
    }

    /// The ids of all cases, those of streams too.
    fn cases(trials: &[Planned], seed: u64) -> Vec<String> {
        let cases = trials.iter().flat_map(|planned| match planned {
            Planned::Stream(stream) => {
                let turns = stream.turns.clone();
                turns.map(|turn| stream.case_of(seed, turn).0).collect()
            }
            other => vec![other.id().0.clone()],
        });
        cases.collect()
    }

    fn notes(cases: &[String]) -> Vec<Note> {
        let note = |case: &String| Note {
            case: case.clone(),
            ..Note::default()
        };
        cases.iter().map(note).collect()
    }

    #[test]
    fn what_did_not_end_is_left_whatever_ended() {
        let plan = plan(66, None);
        let program = Program::new(&coast(), &plan);
        let all = cases(&program.trials, plan.seed);
        for n_ended in [0, 1, all.len() - 3, all.len() - 2, all.len() - 1, all.len()] {
            let rest = rest(&program, plan.seed, &notes(&all[..n_ended])).unwrap();
            assert_eq!(cases(&rest, plan.seed), all[n_ended..]);
        }
        let mut other = all[..3].to_vec();
        other[1] = "another".to_owned();
        let error = rest(&program, plan.seed, &notes(&other)).unwrap_err();
        assert!(error.to_string().contains("`another`"), "{error}");
        let more = [all.as_slice(), &["more".to_owned()]].concat();
        let error = rest(&program, plan.seed, &notes(&more)).unwrap_err();
        assert!(error.to_string().contains("`nothing`"), "{error}");
    }

    #[test]
    fn a_stream_has_the_time_that_was_left_and_none_where_it_was_over() {
        let plan = plan(u32::MAX, Some(Duration::from_secs(1)));
        let program = Program::new(&coast(), &plan);
        let is_stream = |planned: &&Planned| matches!(planned, Planned::Stream(_));
        let streams: Vec<&Planned> = program.trials.iter().filter(is_stream).collect();
        let [Planned::Stream(one), .., Planned::Stream(last)] = streams.as_slice() else {
            unreachable!("two operations of the coast vary")
        };
        let before = program.trials.iter().filter(|planned| !is_stream(planned));
        let mut ended: Vec<String> = before.map(|planned| planned.id().0.clone()).collect();
        ended.push(one.case_of(plan.seed, one.turns.start).0);
        ended.push(last.case_of(plan.seed, last.turns.start).0);
        let mut notes = notes(&ended);
        let [.., first, second] = notes.as_mut_slice() else {
            unreachable!("two of them are of streams")
        };
        (first.millis, second.millis) = (1_000, 1_100);
        let rest = rest(&program, plan.seed, &notes).unwrap();
        let [Planned::Stream(left)] = rest.as_slice() else {
            unreachable!("one is left: {}", rest.len())
        };
        assert_eq!(
            (&left.id, left.turns.start),
            (&last.id, last.turns.start + 1)
        );
        let taken = Duration::from_millis(100);
        assert_eq!(left.time.map(|time| time + taken), last.time);
    }

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let contract = coast();
        let program = Program::new(&contract, &Plan::default());
        let path = FieldPath::root("lights").child(&Kind::Object, "na.me");
        let id = StatementId {
            operation: OperationId::new("lighthouses.update"),
            direction: Direction::Request,
            field: Some(FieldPath(
                [path.0, vec![Step::Items, Step::Key("key".to_owned())]].concat(),
            )),
            rule: "length_range",
        };
        let seen = Sides {
            inside: true,
            broken: true,
            ..Sides::default()
        };
        let skipped = (id.clone(), "nobody lends `lamp`".to_owned());
        let note = Note::of(News {
            seen: vec![(id.clone(), seen)],
            skipped: vec![skipped.clone()],
        });
        let past = Past {
            notes: vec![serde_json::to_value(&note).unwrap()],
            under_way: None,
        };
        let rules = Rules::new(&contract, &program);
        let news = past.read().unwrap()[0].news(&rules).unwrap();
        assert_eq!((news.seen, news.skipped), (vec![(id, seen)], vec![skipped]));
    }
}
