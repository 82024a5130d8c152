//! What changed since an earlier run.
//!
//! Main types: [`Baseline`], read from a `report.json`; [`Standing`] of each finding; [`Since`].
//! Findings are the same when their identity is. Each carries a short record of the last runs, one
//! letter a run, the newest last: `f` found, `k` kept, `-` not tried. A promise that was found
//! broken, then kept, then found broken again within the record is flaky.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::record::{Coverage, Finding};
use super::run::{Counted, Report};

/// Letters in a record.
const MOST_RUNS: usize = 8;
/// Versions of `report.json` that can be compared with.
const VERSIONS: std::ops::RangeInclusive<u32> = 2..=super::json::VERSION;

/// How a finding compares with the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The baseline does not have it.
    New,
    /// Cases or runs disagree about it.
    Flaky,
    /// The baseline has it.
    StillFailing,
}

impl Standing {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Standing::New => "new",
            Standing::Flaky => "flaky",
            Standing::StillFailing => "still failing",
        }
    }
}

/// What changed since the baseline.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// What the baseline is called.
    pub name: String,
    /// When its run began.
    pub started: Option<String>,
    /// Findings of the baseline whose cases kept the promise this time.
    pub fixed: Vec<Gone>,
    /// Findings of the baseline that nothing tried this time.
    pub not_tested: Vec<Gone>,
    /// Findings of earlier runs that are still remembered, to tell what is flaky.
    pub remembered: Vec<Gone>,
}

/// A finding of an earlier run that this run did not meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its identity.
    pub id: String,
    /// The code of the Check.
    pub check: String,
    /// The operation.
    pub operation: String,
    /// The field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the API did.
    pub title: String,
    /// The case that showed it.
    pub case: String,
    /// In which of the last runs it was found.
    pub record: String,
}

/// An earlier run, as far as a comparison needs it.
#[derive(Debug, Deserialize)]
pub struct Baseline {
    /// What cases were sent to.
    pub target: String,
    /// When the run began.
    #[serde(default)]
    pub started: Option<String>,
    #[serde(default)]
    since: Option<Earlier>,
    /// What the run came to, in the word of files.
    pub(super) outcome: String,
    pub(super) cases: PastCases,
    pub(super) statements: BTreeMap<String, u64>,
    findings: Vec<PastFinding>,
}

/// How the cases of an earlier run ended.
#[derive(Debug, Deserialize)]
pub(super) struct PastCases {
    passed: u64,
    failed: u64,
    undecided: BTreeMap<String, u64>,
}

impl PastCases {
    /// Cases that were sent.
    pub(super) fn run(&self) -> u64 {
        self.passed + self.failed + self.undecided.values().sum::<u64>()
    }
}

#[derive(Debug, Deserialize)]
struct Earlier {
    #[serde(default)]
    fixed: Vec<Gone>,
    #[serde(default)]
    no_longer_tested: Vec<Gone>,
    #[serde(default)]
    remembered: Vec<Gone>,
}

/// A finding of an earlier run.
#[derive(Debug, Deserialize)]
pub(super) struct PastFinding {
    pub(super) id: String,
    pub(super) check: String,
    operation: String,
    #[serde(default)]
    field: Option<String>,
    pub(super) title: String,
    case: String,
    #[serde(default)]
    record: String,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is no report.
    #[error("it is no report.json")]
    Json(#[source] serde_json::Error),
    /// It has a version that cannot be compared with.
    #[error(
        "its version is {found}, and versions {} to {} can be compared with; make it again with `proofhouse report`",
        VERSIONS.start(), VERSIONS.end()
    )]
    Version {
        /// The version it says.
        found: u32,
    },
}

#[derive(Deserialize)]
struct Stamp {
    version: u32,
}

impl Baseline {
    /// Reads a `report.json`.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let Stamp { version } = serde_json::from_str(text).map_err(BaselineError::Json)?;
        if !VERSIONS.contains(&version) {
            return Err(BaselineError::Version { found: version });
        }
        serde_json::from_str(text).map_err(BaselineError::Json)
    }

    /// Its findings, most serious first.
    pub(super) fn findings(&self) -> impl Iterator<Item = &PastFinding> {
        self.findings.iter()
    }

    /// Whether it has a finding of this identity.
    pub(super) fn has(&self, id: &str) -> bool {
        self.findings.iter().any(|finding| finding.id == id)
    }

    /// Promises kept, on one side or both.
    pub(super) fn kept(&self) -> u64 {
        let n = |word: &str| self.statements.get(word).copied().unwrap_or(0);
        n("kept") + n("kept_on_one_side")
    }

    /// All promises.
    pub(super) fn n_statements(&self) -> u64 {
        self.statements.values().sum()
    }

    /// What is known of earlier findings, by identity, and whether the last run had it.
    fn past(&self) -> HashMap<&str, (Gone, bool)> {
        let mut past: HashMap<&str, (Gone, bool)> = HashMap::new();
        if let Some(since) = &self.since {
            let gone = since.fixed.iter().chain(&since.no_longer_tested);
            for gone in gone.chain(&since.remembered) {
                past.insert(&gone.id, (gone.clone(), false));
            }
        }
        for gone in &self.findings {
            let record = if gone.record.is_empty() {
                "f"
            } else {
                &gone.record
            };
            let told = Gone {
                id: gone.id.clone(),
                check: gone.check.clone(),
                operation: gone.operation.clone(),
                field: gone.field.clone(),
                title: gone.title.clone(),
                case: gone.case.clone(),
                record: record.to_owned(),
            };
            past.insert(&gone.id, (told, true));
        }
        past
    }
}

impl Report {
    /// Compares the run with an earlier one, which is called `name`.
    pub fn compare(&mut self, baseline: &Baseline, name: &str) {
        let mut past = baseline.past();
        let wavering = std::mem::take(&mut self.wavering);
        for counted in &mut self.findings {
            let before = past.remove(counted.finding.id.as_str());
            counted.stand(before, wavering.contains(&counted.finding.case));
        }
        self.wavering = wavering;
        let mut since = Since {
            name: name.to_owned(),
            started: baseline.started.clone(),
            ..Since::default()
        };
        let looked = Looked::at(self);
        let mut gone: Vec<(Gone, bool)> = past.into_values().collect();
        gone.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        for (mut gone, was_there) in gone {
            let tried = looked.tried(&gone);
            gone.record = remember(&gone.record, if tried { 'k' } else { '-' });
            if !gone.record.contains('f') {
                continue;
            }
            match (was_there, tried) {
                (true, true) => since.fixed.push(gone),
                (true, false) => since.not_tested.push(gone),
                (false, _) => since.remembered.push(gone),
            }
        }
        self.since = Some(since);
    }

    /// Without a baseline, the only thing to say of a finding is that its case disagrees with itself.
    pub fn stand_alone(&mut self) {
        for counted in &mut self.findings {
            if self.wavering.contains(&counted.finding.case) {
                counted.standing = Some(Standing::Flaky);
            }
        }
    }

    /// How many findings have this standing.
    pub fn n_standing(&self, standing: Standing) -> usize {
        let has = |counted: &&Counted| counted.standing == Some(standing);
        self.findings.iter().filter(has).count()
    }
}

impl Counted {
    fn stand(&mut self, before: Option<(Gone, bool)>, wavers: bool) {
        let record = before.as_ref().map_or("", |(gone, _)| gone.record.as_str());
        self.record = remember(record, 'f');
        self.standing = Some(match before {
            _ if wavers || came_back(&self.record) => Standing::Flaky,
            Some((_, true)) => Standing::StillFailing,
            Some((_, false)) | None => Standing::New,
        });
    }
}

/// The record with one more letter; the oldest falls out.
fn remember(record: &str, letter: char) -> String {
    let known = record.chars().filter(|c| matches!(c, 'f' | 'k' | '-'));
    let mut letters: Vec<char> = known.chain([letter]).collect();
    let surplus = letters.len().saturating_sub(MOST_RUNS);
    letters.drain(..surplus);
    letters.into_iter().collect()
}

/// Whether a promise was broken, kept, and broken again.
fn came_back(record: &str) -> bool {
    let broken = record.find('f');
    let kept = broken.and_then(|at| record[at..].find('k').map(|after| at + after));
    kept.is_some_and(|at| record[at..].contains('f'))
}

/// What this run looked at.
struct Looked<'a> {
    report: &'a Report,
    fields: std::collections::HashSet<(&'a str, Option<&'a str>)>,
}

impl<'a> Looked<'a> {
    fn at(report: &'a Report) -> Self {
        let tested = report
            .statements
            .iter()
            .filter(|(_, coverage)| !matches!(coverage, Coverage::Untested { .. }));
        let fields = tested
            .map(|(id, _)| (id.operation.as_str(), id.field.as_deref()))
            .collect();
        Self { report, fields }
    }

    /// Whether the run tried what once showed the finding: the same case or, where the plan no
    /// longer has it, anything about the same field.
    fn tried(&self, gone: &Gone) -> bool {
        if self.report.verdicts.contains_key(&gone.case) {
            return true;
        }
        !self.report.not_run.contains(&gone.case)
            && self
                .fields
                .contains(&(gone.operation.as_str(), gone.field.as_deref()))
    }
}

impl Gone {
    /// Operation and field.
    pub fn place(&self) -> String {
        place(&self.operation, self.field.as_deref())
    }
}

impl PastFinding {
    /// Operation and field.
    pub(super) fn place(&self) -> String {
        place(&self.operation, self.field.as_deref())
    }
}

impl Finding {
    /// Operation and field: `kettles.update name`.
    pub fn place(&self) -> String {
        place(&self.operation, self.field.as_deref())
    }
}

fn place(operation: &str, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{operation} {field}"),
        None => operation.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;
    use crate::report::{json, sample};

    fn baseline(report: &Report) -> Baseline {
        Baseline::read(&json(report)).unwrap()
    }

    fn standings(report: &Report) -> Vec<&'static str> {
        let met = report.by_severity().into_iter();
        met.map(|met| met.standing.unwrap().words()).collect()
    }

    /// The sample without its violation.
    fn healed() -> Report {
        let mut report = Report::default();
        let broken = |event: &&Event| *event != &sample::finding();
        let mut events = sample::events();
        for event in &mut events {
            if let Event::CaseFinished { outcome, .. } = event
                && *outcome == crate::event::CaseOutcome::Failed
            {
                *outcome = crate::event::CaseOutcome::Passed;
            }
        }
        events
            .iter()
            .filter(broken)
            .for_each(|event| report.hear(event));
        report
    }

    #[test]
    fn says_what_is_new_and_what_is_still_failing() {
        let (mut report, healed) = (sample::report(), healed());
        report.compare(&baseline(&healed), "last night");
        assert_eq!(standings(&report), ["new", "still failing"]);
    }

    #[test]
    fn says_what_is_fixed_and_what_nobody_looked_at() {
        let mut report = healed();
        report.compare(&baseline(&sample::report()), "last night");
        let since = report.since.clone().unwrap();
        assert_eq!((since.fixed.len(), since.not_tested.len()), (1, 0));
        let mut empty = Report::default();
        empty.compare(&baseline(&sample::report()), "last night");
        let since = empty.since.unwrap();
        assert_eq!((since.fixed.len(), since.not_tested.len()), (0, 2));
    }

    #[test]
    fn what_comes_back_is_flaky_until_it_is_forgotten() {
        let mut last = sample::report();
        last.compare(&baseline(&healed()), "monday");
        let mut next = healed();
        next.compare(&baseline(&last), "tuesday");
        let mut again = sample::report();
        again.compare(&baseline(&next), "wednesday");
        assert_eq!(standings(&again), ["flaky", "still failing"]);
        assert_eq!(again.findings[0].record, "fkf");
        assert!(!came_back("ffffffff"));
    }

    #[test]
    fn a_record_holds_the_last_runs_only() {
        assert_eq!(remember("kkkkkkkk", 'f'), "kkkkkkkf");
        assert_eq!(remember("<b>", 'f'), "f");
    }

    #[test]
    fn says_why_a_file_is_no_baseline() {
        let said = |text| Baseline::read(text).unwrap_err().to_string();
        assert_eq!(said("{}"), "it is no report.json");
        assert!(said("{\"version\":1}").starts_with("its version is 1"));
    }
}
