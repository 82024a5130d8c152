//! Stories: several requests in a row, with what must hold in between.
//!
//! Main type: [`Scenario`]; [`stories`] gives all that can be told of a contract, [`scenarios`] those in
//! `cases/`, [`read`] reads one. A Scenario
//! names operations, so it fits some contracts and not others: [`Scenario::against`] says what it
//! asks of a contract, or why it cannot be told there. It holds no state; the runner keeps the
//! values and sends the requests.

mod again;
mod against;
mod attached;
mod beside;
mod cast;
mod change;
mod counts;
mod echo;
mod elsewhere;
mod ends;
mod entries;
mod file;
mod filter;
mod fixed;
mod full;
mod given;
mod grows;
mod hold;
mod items;
mod life;
mod many;
mod markers;
mod marks;
mod moved;
mod named_by;
mod needed;
mod nothing;
mod once;
mod order;
mod others;
mod pages;
mod passing;
mod removed;
mod rule;
mod search;
mod several;
mod states;
mod switched;
mod twice;
mod used;
mod walk;
mod worked;

use again::again;
pub use against::{Misfit, Needs};
pub(in crate::case) use echo::template_at;
pub(in crate::case) use rule::counting;

use attached::attached;
use beside::beside;
use cast::Cast;
use change::changes;
use counts::counts;
use elsewhere::elsewhere;
use ends::ends;
use entries::entries;
pub(super) use file::is_rule;
pub use file::{ScenarioError, read};
use fixed::fixed;
use full::full;
use given::given;
use grows::grows;
pub use hold::{Hold, HoldRule, filled, is_nothing};
use items::items;
use life::lives;
use many::many;
use moved::moved;
use named_by::named_by;
pub use needed::{Needed, State, Want, When, word};
use nothing::nothings;
use others::others;
use pages::pages;
pub use pages::{other_letters, parts};
use removed::removed_twice;
pub use rule::{default_number, is_paged, limit_of, pointer};
use search::search;
use several::several;
use states::states;
pub use states::{calmed, needed, needed_of};
use switched::switched;
use twice::twice;
use used::used;
pub use walk::{WALK, Walker};
use worked::worked;

use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::audit::Auditor;
use super::{CaseId, Given, Template};
use crate::contract::{Contract, OperationId, creations};

static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");

/// A story, as its file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Names it: `<operation>/scenario/<file>`.
    pub id: CaseId,
    /// The operation it is mainly about.
    pub operation: OperationId,
    /// What it shows, in a few words.
    pub title: String,
    /// Lent names of which it keeps one value each, for as long as it runs.
    pub take: Vec<String>,
    /// What happens, in this order.
    pub steps: Vec<ScenarioStep>,
}

impl Scenario {
    /// The operations that it calls, each as often as it is named.
    pub fn calls(&self) -> impl Iterator<Item = &OperationId> {
        let calls = self.steps.iter().flat_map(ScenarioStep::calls);
        calls.map(|call| &call.operation)
    }

    /// Whether one of its calls gives this query parameter.
    pub fn asks_with(&self, parameter: &str) -> bool {
        let mut calls = self.steps.iter().flat_map(ScenarioStep::calls);
        calls.any(|call| call.query.iter().any(|(name, _)| name == parameter))
    }

    /// Whether it comes before all else that is tried: what cannot be removed, or never gets ready, is better known
    /// before anything else is made of it, since nothing of its kind is made any more where something is left.
    pub fn comes_first(&self) -> bool {
        let endings = [ends::ENDING, life::ENDING, many::ENDING];
        endings.iter().any(|ending| self.id.0.ends_with(ending))
    }

    /// How many statements about requests its calls break.
    pub fn n_breaches(&self, contract: &Contract) -> usize {
        let calls = self.steps.iter().filter_map(|step| {
            let operation = contract.operation(&step.call.operation)?;
            let draft = step.call.draft(operation);
            Some(Auditor::new(operation).audit(&draft).len())
        });
        calls.sum()
    }

    /// Gives something another name, wherever the story speaks of it.
    pub fn rename(&mut self, name: &str, other: &str) {
        for step in &mut self.steps {
            step.call.rename(name, other);
            step.unchanged
                .iter_mut()
                .for_each(|call| call.rename(name, other));
            for hold in &mut step.holds {
                hold.rule.template_mut().replace(name, other);
                if let Some(call) = &mut hold.asked {
                    call.rename(name, other);
                }
            }
            if let Some(needed) = &mut step.needed {
                needed.shown_by.rename(name, other);
                let witness = needed.witness.iter_mut();
                witness.for_each(|call| call.rename(name, other));
            }
            if let Some(Mention::Comes(thing) | Mention::Goes(thing)) = &mut step.mention {
                thing.replace(name, other);
            }
        }
    }
}

/// The name under which it is kept what the target lent last for this parameter of a path.
pub fn another(name: &str) -> String {
    format!("another {name}")
}

impl Call {
    /// Whether all is kept that its path, query and body take from there.
    pub fn keeps(&self, kept: &Kept) -> bool {
        let mut given = self.path.iter().chain(&self.query);
        let is_kept = given.all(|(_, given)| match given {
            Given::Kept(name) => kept.contains_key(name),
            Given::Joined(names) => names.iter().all(|name| kept.contains_key(name)),
            Given::Literal(_) | Given::Lent(_) => true,
        });
        is_kept && self.body.as_ref().is_none_or(|body| body.keeps(kept))
    }

    fn rename(&mut self, name: &str, other: &str) {
        for (_, given) in self.path.iter_mut().chain(&mut self.query) {
            match given {
                Given::Literal(text) if text == name => other.clone_into(text),
                Given::Literal(_) | Given::Lent(_) | Given::Kept(_) | Given::Joined(_) => {}
            }
        }
        if let Some(body) = &mut self.body {
            body.replace(name, other);
        }
    }
}

/// One call of a story, possibly repeated, and what must hold after it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioStep {
    /// What it does, in a few words.
    pub title: String,
    /// The statement it tests, where there is one.
    pub tests: Option<Tests>,
    /// What is called.
    pub call: Call,
    /// How often. Each time with new lent values, the kept ones stay.
    pub repeat: Repeat,
    /// What every one of the calls must bring.
    pub expect: StepExpect,
    /// How the job of every accepted call must end. None: the answer is not a job to wait for.
    pub await_job: Option<JobEnd>,
    /// Parts of the last answer to keep under a name, by JSON pointer. A step `type=lamp` leads to the one item of a
    /// list that has this value.
    pub capture: Vec<(String, String)>,
    /// Parts of the request to keep under a name, by JSON pointer.
    pub sent: Vec<(String, String)>,
    /// What must be shown the same before the first call and after the last one (and its job).
    pub unchanged: Vec<Call>,
    /// What must hold after the last call (and its job).
    pub holds: Vec<Hold>,
    /// Whether the call is made again for a while until it brings what is expected, and what must
    /// hold does.
    pub patient: bool,
    /// The state that the call needs, where it needs one.
    pub needed: Option<Needed>,
    /// What others begin or stop to mention by it, where it makes or removes something.
    pub mention: Option<Mention>,
    /// Whether it is left out where nothing was kept under a name that its call gives.
    pub optional: bool,
}

/// What a step does to something that operations beside it may mention: a list, or what it is attached
/// to. A step that is refused does nothing to it, and ends the story.
#[derive(Clone, Debug, PartialEq)]
pub enum Mention {
    /// What begins to mention this now is held to mention it whenever it comes.
    Comes(Template),
    /// What began to mention this must not do so any longer.
    Goes(Template),
}

impl Mention {
    /// The text by which it is mentioned.
    pub fn thing(&self) -> &Template {
        match self {
            Mention::Comes(thing) | Mention::Goes(thing) => thing,
        }
    }
}

/// A call of an operation. Path parameters that are not given are kept values of their name.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The operation.
    pub operation: OperationId,
    /// Path parameters that differ from the kept value of their name.
    pub path: Vec<(String, Given)>,
    /// Query parameters in order.
    pub query: Vec<(String, Given)>,
    /// Headers beyond the usual ones.
    pub headers: Vec<(String, Given)>,
    /// The body, where there is one.
    pub body: Option<Template>,
}

/// A statement as a file names it: its rule, and its field where it is about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tests {
    /// [`crate::contract::Constraint::word`], or `kind`, `presence`.
    pub rule: &'static str,
    /// The field's path as printed: `server.name`.
    pub field: Option<String>,
}

/// How often a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// So many times.
    Times(u64),
    /// As often as the quota of the step's operation allows.
    Quota,
}

/// What a step's call must bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepExpect {
    /// The documented success.
    Accepted,
    /// A documented 4xx and the documented error envelope.
    Refused,
    /// Success or refusal.
    Either,
    /// Success, or a refusal that ends the story: nobody knows whether the server likes the request.
    Offered,
    /// This status.
    Status(u16),
}

/// How a job must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// In a state of success.
    Succeeded,
    /// In a state of failure.
    Failed,
}

/// Tells stories by rule.
type Teller = fn(&Cast<'_>) -> Vec<Scenario>;

/// The stories of `cases/`, and those that are told by rule of whatever the contract has. What the operations
/// make that are `watched` is looked at anyway.
pub fn stories(contract: &Contract, watched: impl Fn(&OperationId) -> bool) -> Vec<Scenario> {
    const BY_RULE: [Teller; 27] = [
        ends,
        lives,
        removed_twice,
        pages,
        nothings,
        full,
        states,
        items,
        entries,
        many,
        moved,
        changes,
        twice,
        again,
        attached,
        beside,
        counts,
        elsewhere,
        fixed,
        others,
        used,
        search,
        several,
        grows,
        switched,
        worked,
        named_by,
    ];
    let mut stories = scenarios();
    let creations = creations(contract);
    let cast = Cast::of(contract, &creations);
    stories.extend(BY_RULE.iter().flat_map(|tell| tell(&cast)));
    let with_more = given(contract, &stories, watched);
    stories.extend(with_more);
    stories
}

/// The stories of `cases/`, by file name. Each file is read by a test, so none is left out.
pub fn scenarios() -> Vec<Scenario> {
    embedded().filter_map(Result::ok).collect()
}

/// The stories of `cases/`, with what is wrong with those that cannot be read.
pub fn embedded() -> impl Iterator<Item = Result<Scenario, ScenarioError>> {
    let mut files: Vec<_> = CASES
        .files()
        .filter(|file| file.path().extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().map(|file| {
        let name = file.path().file_stem().unwrap_or_default();
        let text = file.contents_utf8().unwrap_or_default();
        read(&name.to_string_lossy(), text)
    })
}

/// The values that a scenario keeps while it runs, by name.
pub type Kept = std::collections::BTreeMap<String, Value>;

#[cfg(test)]
pub(crate) mod sample {
    //! Steps for tests of those who tell stories.

    use super::rule::step as titled;
    use super::{Call, ScenarioStep, StepExpect};
    use crate::contract::OperationId;

    /// A step that calls an operation with nothing.
    pub(crate) fn step(operation: &str) -> ScenarioStep {
        let call = Call {
            operation: OperationId::new(operation),
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
        };
        titled("a made-up step", call, StepExpect::Accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Constraint, Kind, Statement, Unit, sample};

    #[test]
    fn every_embedded_scenario_can_be_read() {
        let problems: Vec<String> = embedded()
            .filter_map(Result::err)
            .map(|problem| problem.to_string())
            .collect();
        assert_eq!(problems, Vec::<String>::new());
        assert!(!scenarios().is_empty());
    }

    #[test]
    fn a_name_may_be_too_long_for_what_else_is_called_so() {
        let makes = sample::operation("POST /v1/kettles", "name colors", "");
        let mut contract = sample::contract(vec![makes]);
        let body = contract.operations[0].request.as_mut();
        let colors = &mut body.expect("it has a body").fields[1];
        colors.kind = Kind::Array(Box::new(Kind::String));
        colors.statements.push(Statement {
            constraint: Constraint::Length {
                min: None,
                max: Some(12),
                unit: Unit::Characters,
            },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let body = serde_json::json!({"name": "tin", "colors": ["tin"]});
        let makes = &contract.operations[0];
        let mut call = rule::draft(makes);
        call.body = Some(Template::Object(
            body.as_object()
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.clone(), listed(value)))
                .collect(),
        ));
        let mut story = Scenario {
            id: CaseId("kettles/scenario/test".to_owned()),
            operation: makes.id.clone(),
            title: String::new(),
            take: Vec::new(),
            steps: vec![rule::step("it is made", call, StepExpect::Accepted)],
        };
        assert_eq!(story.n_breaches(&contract), 0);
        story.rename("tin", "a marked name");
        assert_eq!(story.n_breaches(&contract), 1);
    }

    fn listed(value: &Value) -> Template {
        match value {
            Value::Array(items) => Template::Array(items.iter().map(listed).collect()),
            value => Template::Literal(value.clone()),
        }
    }

    #[test]
    fn no_two_scenarios_share_an_id() {
        let mut ids: Vec<_> = scenarios().into_iter().map(|story| story.id).collect();
        let n_ids = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), n_ids);
    }
}
