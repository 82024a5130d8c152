//! The file format of stories: its own types with a version, and what a wrong file is told.
//!
//! Texts that start with `$` are holes: `"$name"` is the value kept under `name`,
//! `"$next.name"` the next value that the target lends under `name`, and `"$$text"` is `$text`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::{Call, Hold, HoldRule, JobEnd, Repeat, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::{CaseId, Given, Template};
use crate::contract::OperationId;

/// The version this reader knows.
const VERSION: u32 = 1;

/// The words a step may name as the rule it tests.
const RULES: &[&str] = &[
    "length_range",
    "min_length",
    "max_length",
    "byte_length",
    "charset",
    "forbidden_chars",
    "pattern",
    "enum",
    "const",
    "format",
    "range",
    "min",
    "max",
    "min_items",
    "max_items",
    "unique",
    "not_empty",
    "required_if",
    "exclusive_with",
    "precedence",
    "default",
    "state_precondition",
    "quota",
    "idempotent",
    "rate_limit",
    "microversion_min",
    "microversion_max",
    "nullable",
    "async_job",
    "other",
    "kind",
    "presence",
];

/// Whether a word names a rule.
pub(in crate::case) fn is_rule(word: &str) -> bool {
    RULES.contains(&word)
}

/// What is wrong with a scenario file: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cases/{file}.json{}: {what}; {help}", .step.as_ref().map(|step| format!(", step `{step}`")).unwrap_or_default())]
pub struct ScenarioError {
    /// The file's name without its ending.
    pub file: String,
    /// The title of the step.
    pub step: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    version: u32,
    title: String,
    operation: String,
    #[serde(default)]
    take: Vec<String>,
    steps: Vec<StepFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    title: String,
    call: String,
    #[serde(default)]
    path: Texts,
    #[serde(default)]
    query: Texts,
    body: Option<Value>,
    tests: Option<String>,
    repeat: Option<RepeatFile>,
    expect: ExpectFile,
    await_job: Option<JobEndFile>,
    #[serde(default)]
    capture: BTreeMap<String, String>,
    #[serde(default)]
    patient: bool,
    #[serde(default)]
    unchanged: Vec<CallFile>,
    #[serde(default)]
    holds: Vec<HoldFile>,
}

/// Names and texts in the order of the file.
type Texts = serde_json::Map<String, Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CallFile {
    call: String,
    #[serde(default)]
    path: Texts,
    #[serde(default)]
    query: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldFile {
    asked: Option<CallFile>,
    at: String,
    equals: Option<Value>,
    contains: Option<Value>,
    lacks: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a number of times or \"$quota\"")]
enum RepeatFile {
    Times(u64),
    Word(RepeatWord),
}

#[derive(Deserialize)]
enum RepeatWord {
    #[serde(rename = "$quota")]
    Quota,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "\"accepted\", \"refused\" or a status code")]
enum ExpectFile {
    Status(u16),
    Word(ExpectWord),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ExpectWord {
    Accepted,
    Refused,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum JobEndFile {
    Succeeded,
    Failed,
}

/// Reads the text of `cases/<file>.json`.
pub fn read(file: &str, text: &str) -> Result<Scenario, ScenarioError> {
    let mut reader = Reader {
        file,
        step: None,
        kept: BTreeSet::new(),
    };
    let told: ScenarioFile = serde_json::from_str(text)
        .map_err(|cause| reader.wrong(cause, "see cases/README.md for the format"))?;
    reader.scenario(told)
}

/// Knows where it is and which values are kept by then.
struct Reader<'a> {
    file: &'a str,
    step: Option<String>,
    kept: BTreeSet<String>,
}

impl Reader<'_> {
    fn wrong(&self, what: impl ToString, help: &str) -> ScenarioError {
        ScenarioError {
            file: self.file.to_owned(),
            step: self.step.clone(),
            what: what.to_string(),
            help: help.to_owned(),
        }
    }

    fn scenario(&mut self, told: ScenarioFile) -> Result<Scenario, ScenarioError> {
        if told.version != VERSION {
            let what = format!("version {} is not known", told.version);
            return Err(self.wrong(what, &format!("write version {VERSION}")));
        }
        if told.steps.is_empty() {
            return Err(self.wrong("there are no steps", "add at least one"));
        }
        self.kept.extend(told.take.iter().cloned());
        let id = CaseId(format!("{}/scenario/{}", told.operation, self.file));
        let steps = told.steps.into_iter().map(|step| self.step(step));
        Ok(Scenario {
            id,
            steps: steps.collect::<Result<_, _>>()?,
            operation: OperationId::new(told.operation),
            title: told.title,
            take: told.take,
        })
    }

    fn step(&mut self, told: StepFile) -> Result<ScenarioStep, ScenarioError> {
        self.step = Some(told.title.clone());
        let call = self.call(&told.call, &told.path, &told.query)?;
        let body = told.body.map(|body| self.template(body)).transpose()?;
        let unchanged = told.unchanged.iter();
        let unchanged = unchanged.map(|call| self.observation(call));
        let unchanged = unchanged.collect::<Result<_, _>>()?;
        for (name, pointer) in &told.capture {
            self.pointer(pointer)?;
            self.kept.insert(name.clone());
        }
        let holds = told.holds.into_iter().map(|hold| self.hold(hold));
        let step = ScenarioStep {
            holds: holds.collect::<Result<_, _>>()?,
            tests: told.tests.map(|tests| self.tests(&tests)).transpose()?,
            call: Call { body, ..call },
            repeat: self.repeat(told.repeat)?,
            expect: self.expect(told.expect)?,
            await_job: told.await_job.map(JobEndFile::end),
            capture: told.capture.into_iter().collect(),
            sent: Vec::new(),
            unchanged,
            patient: told.patient,
            needed: None,
            mention: None,
            optional: false,
            title: told.title,
        };
        if step.expect == StepExpect::Refused && step.await_job.is_some() {
            let help = "drop `await_job`, or expect `accepted`";
            return Err(self.wrong("a refused call starts no job", help));
        }
        self.step = None;
        Ok(step)
    }

    fn repeat(&self, told: Option<RepeatFile>) -> Result<Repeat, ScenarioError> {
        match told {
            None => Ok(Repeat::Times(1)),
            Some(RepeatFile::Times(0)) => Err(self.wrong(
                "a step that is taken 0 times shows nothing",
                "repeat it at least once, or remove it",
            )),
            Some(RepeatFile::Times(times)) => Ok(Repeat::Times(times)),
            Some(RepeatFile::Word(RepeatWord::Quota)) => Ok(Repeat::Quota),
        }
    }

    fn expect(&self, told: ExpectFile) -> Result<StepExpect, ScenarioError> {
        match told {
            ExpectFile::Word(ExpectWord::Accepted) => Ok(StepExpect::Accepted),
            ExpectFile::Word(ExpectWord::Refused) => Ok(StepExpect::Refused),
            ExpectFile::Status(status @ 100..=599) => Ok(StepExpect::Status(status)),
            ExpectFile::Status(status) => Err(self.wrong(
                format!("{status} is not a status code"),
                "write one from 100 to 599",
            )),
        }
    }

    fn tests(&self, told: &str) -> Result<Tests, ScenarioError> {
        let (rule, field) = match told.split_once(' ') {
            Some((rule, field)) => (rule, Some(field.to_owned())),
            None => (told, None),
        };
        match RULES.iter().find(|known| **known == rule) {
            Some(rule) => Ok(Tests { rule, field }),
            None => Err(self.wrong(
                format!("`{rule}` is not a rule"),
                &format!("use one of {}", RULES.join(", ")),
            )),
        }
    }

    fn observation(&self, told: &CallFile) -> Result<Call, ScenarioError> {
        self.call(&told.call, &told.path, &told.query)
    }

    fn call(&self, call: &str, path: &Texts, query: &Texts) -> Result<Call, ScenarioError> {
        Ok(Call {
            operation: OperationId::new(call),
            path: self.given(path)?,
            query: self.given(query)?,
            headers: Vec::new(),
            body: None,
        })
    }

    fn given(&self, told: &Texts) -> Result<Vec<(String, Given)>, ScenarioError> {
        let given = told.iter().map(|(name, value)| {
            let Some(text) = value.as_str() else {
                return Err(self.wrong(
                    format!("parameter `{name}` is not a text"),
                    "write it in quotes",
                ));
            };
            let given = match self.hole(text)? {
                Hole::Lent(name) => Given::Lent(name),
                Hole::Kept(name) => Given::Kept(name),
                Hole::None(text) => Given::Literal(text),
            };
            Ok((name.clone(), given))
        });
        given.collect()
    }

    fn hold(&self, told: HoldFile) -> Result<Hold, ScenarioError> {
        self.pointer(&told.at)?;
        let asked = told.asked.as_ref().map(|call| self.observation(call));
        let rule = match (told.equals, told.contains, told.lacks) {
            (Some(value), None, None) => HoldRule::Equals(self.template(value)?),
            (None, Some(value), None) => HoldRule::Contains(self.template(value)?),
            (None, None, Some(value)) => HoldRule::Lacks(self.template(value)?),
            (None, None, None)
            | (Some(_), Some(_), _)
            | (_, Some(_), Some(_))
            | (Some(_), _, Some(_)) => {
                let what = format!("what holds at `{}` is not one thing", told.at);
                return Err(self.wrong(what, "give one of `equals`, `contains`, `lacks`"));
            }
        };
        Ok(Hold {
            asked: asked.transpose()?,
            pointer: told.at,
            rule,
            differ: None,
        })
    }

    fn pointer(&self, pointer: &str) -> Result<(), ScenarioError> {
        if pointer.is_empty() || pointer.starts_with('/') {
            return Ok(());
        }
        let what = format!("`{pointer}` is not a JSON pointer");
        Err(self.wrong(what, "start it with `/`"))
    }

    fn template(&self, value: Value) -> Result<Template, ScenarioError> {
        Ok(match value {
            Value::String(text) => match self.hole(&text)? {
                Hole::Lent(name) => Template::Lent(name),
                Hole::Kept(name) => Template::Kept(name),
                Hole::None(text) => Template::Literal(Value::String(text)),
            },
            Value::Array(items) => {
                let items = items.into_iter().map(|item| self.template(item));
                Template::Array(items.collect::<Result<_, _>>()?)
            }
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, member)| {
                    let member = self.template(member)?;
                    Ok((name, member))
                });
                Template::Object(members.collect::<Result<_, _>>()?)
            }
            other => Template::Literal(other),
        })
    }

    fn hole(&self, text: &str) -> Result<Hole, ScenarioError> {
        let Some(name) = text.strip_prefix('$') else {
            return Ok(Hole::None(text.to_owned()));
        };
        if name.starts_with('$') {
            return Ok(Hole::None(name.to_owned()));
        }
        if let Some(lent) = name.strip_prefix("next.") {
            return Ok(Hole::Lent(lent.to_owned()));
        }
        if self.kept.contains(name) {
            return Ok(Hole::Kept(name.to_owned()));
        }
        Err(self.wrong(
            format!("nothing is kept under `{name}` here"),
            "name it in `take`, or in `capture` of an earlier step",
        ))
    }
}

enum Hole {
    Lent(String),
    Kept(String),
    None(String),
}

impl JobEndFile {
    fn end(self) -> JobEnd {
        match self {
            JobEndFile::Succeeded => JobEnd::Succeeded,
            JobEndFile::Failed => JobEnd::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: &str = r#"{"title": "light it", "call": "lamps.light", "expect": "accepted"}"#;

    /// Reads a story about a lamp that has these steps, and compares what is wrong with it.
    fn check(steps: &str, expected: &str) {
        let text = format!(
            r#"{{"version": 1, "title": "t", "operation": "lamps.light", "take": ["lamp"], "steps": [{steps}]}}"#
        );
        let said = read("lamp", &text).map_err(|problem| problem.to_string());
        assert_eq!(
            said.map(|_| String::new()).unwrap_or_else(|text| text),
            expected
        );
    }

    fn check_with(member: &str, expected: &str) {
        check(
            &STEP.replace("\"expect\"", &format!("{member}, \"expect\"")),
            expected,
        );
    }

    #[test]
    fn a_story_needs_steps() {
        check(STEP, "");
        check("", "cases/lamp.json: there are no steps; add at least one");
    }

    #[test]
    fn holes_name_what_is_kept_by_then() {
        check_with(r#""body": {"wick": ["$lamp", "$next.wick", "$$5"]}"#, "");
        check_with(
            r#""body": {"wick": "$match"}"#,
            "cases/lamp.json, step `light it`: nothing is kept under `match` here; name it in `take`, or in `capture` of an earlier step",
        );
    }

    #[test]
    fn what_a_step_tests_is_a_known_rule() {
        check_with(r#""tests": "unique lamp.wick""#, "");
        let mut words: Vec<&str> = RULES.to_vec();
        words.dedup();
        assert_eq!(words.len(), RULES.len());
    }

    #[test]
    fn a_hold_says_one_thing_at_a_pointer() {
        check_with(r#""holds": [{"at": "/lit", "equals": true}]"#, "");
        check_with(
            r#""holds": [{"at": "/lit"}]"#,
            "cases/lamp.json, step `light it`: what holds at `/lit` is not one thing; give one of `equals`, `contains`, `lacks`",
        );
        check_with(
            r#""holds": [{"at": "lit", "equals": true}]"#,
            "cases/lamp.json, step `light it`: `lit` is not a JSON pointer; start it with `/`",
        );
    }

    #[test]
    fn a_step_is_taken_at_least_once() {
        check_with(r#""repeat": "$quota""#, "");
        check_with(
            r#""repeat": 0"#,
            "cases/lamp.json, step `light it`: a step that is taken 0 times shows nothing; repeat it at least once, or remove it",
        );
    }

    #[test]
    fn a_misspelt_member_is_shown() {
        let text = r#"{"version": 1, "titel": "t"}"#;
        let problem = read("lamp", text).unwrap_err().to_string();
        assert!(problem.contains("unknown field `titel`"), "{problem}");
    }
}
