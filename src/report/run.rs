//! What a run came to: hears every line of its log and keeps what the renderings need.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::baseline::{Since, Standing};
use super::outcome::FailOn;
use super::record::{
    Coverage, Ending, Endpoints, Exchange, Finding, Head, Line, Sheet, Start, Statement, Tried,
};
use super::waivers::{Waived, WaiverAccount};
use crate::case::{CaseId, Expect};
use crate::event::{Event, Side};
use crate::finding::{Severity, Verdict};

/// Broken promises of one severity beyond this many are counted but not kept.
pub(super) const MOST_FINDINGS: usize = 10_000;
/// Values kept on each side of a statement.
const MOST_VALUES: usize = 12;
/// Exchanges kept of each operation.
const MOST_EXCHANGES: usize = 8;

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What the log says of itself.
    pub head: Head,
    /// How the run began. The parts of a merged run began alike.
    pub start: Start,
    /// What the operations of the plan promise, in the order of the plan.
    pub sheets: Vec<Sheet>,
    /// Each broken promise once, in the order met.
    pub findings: Vec<Counted>,
    /// Broken promises that were met but not kept, because there were too many.
    pub dropped: BTreeMap<Severity, u64>,
    /// How the cases ended.
    pub cases: Tally,
    /// What became of each statement.
    pub statements: Vec<(Statement, Coverage)>,
    /// Values that were tried, by the statement they were about.
    pub values: BTreeMap<Statement, Values>,
    /// An exchange for each kind of answer, by operation.
    pub exchanges: BTreeMap<String, BTreeMap<(&'static str, String), Shown>>,
    /// Milliseconds that the finished parts took.
    pub millis: u64,
    /// What changed since the baseline, where there is one.
    pub since: Option<Since>,
    /// What became of the waivers, where there are any.
    pub waivers: Option<WaiverAccount>,
    /// What makes the run fail.
    pub fail_on: FailOn,
    /// The cases that were run to a verdict, but for what chance made and passed, and those that
    /// disagreed with themselves.
    pub(super) verdicts: HashMap<String, bool>,
    pub(super) wavering: HashSet<String>,
    /// Cases of the plan that were not run.
    pub(super) not_run: HashSet<String>,
    endpoints: Endpoints,
    under_way: Option<String>,
    n_started: u32,
    n_finished: u32,
    known: HashMap<String, usize>,
    known_statements: HashMap<Statement, usize>,
    known_sheets: HashSet<String>,
}

/// A broken promise and how often it was met.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The Finding of this identity whose case comes first by name.
    pub finding: Finding,
    /// How often it was met.
    pub count: u64,
    /// How it compares with the baseline, where there is one.
    pub standing: Option<Standing>,
    /// Who waived it, and why.
    pub waived: Option<Waived>,
    /// In which of the last runs it was found: see [`super::baseline`].
    pub record: String,
}

impl Counted {
    /// Whether it is the server's fault and nobody waived it.
    pub fn accuses(&self) -> bool {
        self.finding.verdict == Verdict::Server && self.waived.is_none()
    }
}

/// How the cases of a run ended. Every case is in here once.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Kept every promise.
    pub passed: u64,
    /// Broke at least one.
    pub failed: u64,
    /// Not run, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Run without a verdict, by reason.
    pub undecided: BTreeMap<String, u64>,
    /// Requests sent.
    pub n_exchanges: u64,
    /// Judgements passed: checks applied to cases.
    pub n_checks: u64,
}

impl Tally {
    /// Cases that were sent, whatever came of it.
    pub fn run(&self) -> u64 {
        self.passed + self.failed + self.undecided.values().sum::<u64>()
    }

    /// Every case that came to an end.
    pub fn all(&self) -> u64 {
        self.run() + self.skipped.values().sum::<u64>()
    }
}

/// Values tried on both sides of a statement, by case.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// What the statement allows, or leaves open.
    pub inside: BTreeMap<String, Value>,
    /// What it forbids.
    pub outside: BTreeMap<String, Value>,
    /// Tried, but not kept, because there were too many.
    pub n_more: u64,
}

/// One value, what had to happen and what did.
#[derive(Clone, Debug)]
pub struct Value {
    /// What was special about it.
    pub title: String,
    /// What had to happen.
    pub expect: Expect,
    /// What did.
    pub seen: String,
    /// How it ended.
    pub outcome: Ending,
}

/// An exchange that is shown because it is the first of its kind.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The case.
    pub case: String,
    /// What was special about it.
    pub title: String,
    /// What went over the wire.
    pub exchange: Exchange,
}

impl Report {
    /// Takes in one Event.
    pub fn hear(&mut self, event: &Event) {
        self.endpoints.hear(event);
        if let Some(line) = Line::of(event, &self.endpoints) {
            self.take(line);
        }
    }

    /// Takes in one line of a log.
    pub fn take(&mut self, line: Line) {
        match line {
            Line::LogOpened(head) => self.opened(head),
            Line::RunStarted(start) => self.started(start),
            Line::OperationPlanned(sheet) => {
                if self.known_sheets.insert(sheet.operation.clone()) {
                    self.sheets.push(*sheet);
                }
            }
            Line::CaseStarted { case } => self.under_way = Some(case),
            Line::CaseTried(tried) => self.tried(*tried),
            Line::FindingMade(finding) => self.found(*finding),
            Line::FindingMet { id, severity } => match self.known.get(&id) {
                Some(position) if self.findings[*position].finding.severity >= severity => {
                    self.findings[*position].count += 1;
                }
                _ => *self.dropped.entry(severity).or_default() += 1,
            },
            Line::StateNoted { .. } => {}
            Line::CaseFinished {
                case,
                outcome,
                requests,
                judgements,
            } => {
                self.under_way = None;
                self.cases.n_exchanges += u64::from(requests);
                self.cases.n_checks += u64::from(judgements);
                self.ended(case, outcome);
            }
            Line::StatementTested {
                statement,
                coverage,
            } => self.tested(statement, coverage),
            Line::RunFinished { millis } => {
                self.n_finished += 1;
                self.millis = self.millis.saturating_add(millis);
            }
        }
    }

    /// Of several parts, the earliest says when the run began.
    fn opened(&mut self, head: Head) {
        if self.head.version == 0 {
            self.head = head;
        } else {
            let sooner = self
                .head
                .started
                .take()
                .into_iter()
                .chain(head.started)
                .min();
            self.head.started = sooner;
            self.head.partition = None;
            // The whole is no run of its own.
            self.head.which = Vec::new();
            self.head.run = None;
        }
    }

    fn started(&mut self, start: Start) {
        self.n_started += 1;
        let n_cases = self.start.cases + start.cases;
        self.start = Start {
            cases: n_cases,
            operations: self.start.operations.max(start.operations),
            ..start
        };
    }

    fn tried(&mut self, tried: Tried) {
        let Tried {
            case,
            operation,
            title,
            expect,
            seen,
            ..
        } = tried;
        if let Some(statement) = tried.tests {
            let value = Value {
                title: title.clone(),
                expect,
                seen: seen.clone(),
                outcome: tried.outcome,
            };
            self.values
                .entry(statement)
                .or_default()
                .add(case.clone(), value);
        }
        let Some(exchange) = tried.exchange else {
            return;
        };
        let kinds = self.exchanges.entry(operation).or_default();
        let kind = (expected(expect), seen);
        let sooner = kinds
            .get(&kind)
            .map_or(kinds.len() < MOST_EXCHANGES, |known| case < known.case);
        if sooner {
            let shown = Shown {
                case,
                title,
                exchange,
            };
            kinds.insert(kind, shown);
        }
    }

    fn found(&mut self, finding: Finding) {
        if let Some(position) = self.known.get(&finding.id) {
            let counted = &mut self.findings[*position];
            counted.count += 1;
            // What is a note while a job runs may be a violation once it has ended: the worst is told.
            let known = &counted.finding;
            let is_worse = finding.severity > known.severity;
            let is_sooner = finding.severity == known.severity && finding.case < known.case;
            if is_worse || is_sooner {
                counted.finding = finding;
            }
        } else if self.n_findings(finding.severity) < MOST_FINDINGS {
            self.known.insert(finding.id.clone(), self.findings.len());
            self.findings.push(Counted {
                finding,
                count: 1,
                standing: None,
                waived: None,
                record: String::new(),
            });
        } else {
            *self.dropped.entry(finding.severity).or_default() += 1;
        }
    }

    fn ended(&mut self, case: String, outcome: Ending) {
        match outcome {
            Ending::Passed => self.cases.passed += 1,
            Ending::Failed => self.cases.failed += 1,
            Ending::Skipped(reason) => {
                *self.cases.skipped.entry(reason).or_default() += 1;
                self.not_run.insert(case);
                return;
            }
            Ending::Undecided(reason) => {
                *self.cases.undecided.entry(reason).or_default() += 1;
                self.not_run.insert(case);
                return;
            }
        }
        let failed = outcome == Ending::Failed;
        // There may be millions of those that chance made, and most of them pass: only those that did
        // not are remembered.
        let by_chance = CaseId(case.clone()).is_made_by_chance();
        if by_chance && !failed && !self.verdicts.contains_key(&case) {
            return;
        }
        if self.verdicts.insert(case.clone(), failed) == Some(!failed) {
            self.wavering.insert(case);
        }
    }

    fn tested(&mut self, statement: Statement, coverage: Coverage) {
        match self.known_statements.get(&statement) {
            Some(position) => {
                let known = &mut self.statements[*position].1;
                *known = known.clone().and(coverage);
            }
            None => {
                let position = self.statements.len();
                self.known_statements.insert(statement.clone(), position);
                self.statements.push((statement, coverage));
            }
        }
    }

    /// Runs, or parts of one, that this report is made of.
    pub fn n_parts(&self) -> u32 {
        self.n_started
    }

    /// Whether a case came to an end in it.
    pub fn has_case(&self, case: &str) -> bool {
        self.verdicts.contains_key(case) || self.not_run.contains(case)
    }

    /// Operations in the plan.
    pub fn n_operations(&self) -> u32 {
        let sheets = u32::try_from(self.sheets.len()).unwrap_or(u32::MAX);
        self.start.operations.max(sheets)
    }

    /// Whether some part of the run did not come to its end.
    pub fn is_cut_short(&self) -> bool {
        self.n_finished < self.n_started.max(1)
    }

    /// The case that was under way when the run was cut short.
    pub fn under_way(&self) -> Option<&str> {
        self.under_way.as_deref()
    }

    /// The findings, most serious first, then what is new, then in the order of operations and
    /// fields: neither the order of cases nor their partition changes it.
    pub fn by_severity(&self) -> Vec<&Counted> {
        let place: HashMap<&str, usize> = self.places();
        let mut sorted: Vec<&Counted> = self.findings.iter().collect();
        sorted.sort_by(|a, b| {
            let key = |counted: &Counted| {
                let place = place.get(counted.finding.operation.as_str()).copied();
                (
                    counted.waived.is_some(),
                    std::cmp::Reverse(counted.finding.severity),
                    counted.finding.verdict,
                    counted.standing,
                    place.unwrap_or(usize::MAX),
                )
            };
            let (one, two) = (&a.finding, &b.finding);
            let names = (&one.operation, &one.field, &one.id);
            let others = (&two.operation, &two.field, &two.id);
            key(a).cmp(&key(b)).then_with(|| names.cmp(&others))
        });
        sorted
    }

    /// The place of each operation in the plan.
    fn places(&self) -> HashMap<&str, usize> {
        let sheets = self.sheets.iter().enumerate();
        sheets
            .map(|(place, sheet)| (sheet.operation.as_str(), place))
            .collect()
    }

    /// How many promises were found broken at this severity, waived or not.
    pub fn n_findings(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|counted| counted.finding.severity == severity)
            .count()
    }

    /// The statements in the order of the plan and of the document; what no table has a row for
    /// comes behind.
    pub fn in_order(&self) -> Vec<&(Statement, Coverage)> {
        let places = self.places();
        let mut rows = HashMap::new();
        for sheet in &self.sheets {
            for (place, row) in sheet.rows.iter().enumerate() {
                let key = (
                    sheet.operation.as_str(),
                    row.direction,
                    Some(row.field.as_str()),
                );
                rows.entry(key).or_insert((place, row.said.as_slice()));
            }
        }
        let last = usize::MAX;
        let mut sorted: Vec<&(Statement, Coverage)> = self.statements.iter().collect();
        sorted.sort_by_key(|(statement, _)| {
            let operation = statement.operation.as_str();
            let field = statement.field.as_deref();
            let row = rows.get(&(operation, statement.direction, field));
            let rule =
                row.and_then(|(_, said)| said.iter().position(|said| said.rule == statement.rule));
            let place = places.get(operation);
            (
                place.copied().unwrap_or(last),
                row.map_or(last, |(place, _)| *place),
                rule.unwrap_or(last),
                statement,
            )
        });
        sorted
    }

    /// Statements by what became of them, per operation, in the order of the plan.
    pub fn coverage(&self) -> Vec<(&str, Share)> {
        let mut shares: HashMap<&str, Share> = HashMap::new();
        for (statement, coverage) in &self.statements {
            shares
                .entry(&statement.operation)
                .or_default()
                .add(coverage);
        }
        let place = self.places();
        let mut sorted: Vec<(&str, Share)> = shares.into_iter().collect();
        sorted.sort_by_key(|(operation, _)| {
            (
                place.get(operation).copied().unwrap_or(usize::MAX),
                *operation,
            )
        });
        sorted
    }

    /// Statements by what became of them, all operations together.
    pub fn total(&self) -> Share {
        let mut total = Share::default();
        for (_, coverage) in &self.statements {
            total.add(coverage);
        }
        total
    }
}

/// The word for what had to happen.
pub(super) fn expected(expect: Expect) -> &'static str {
    match expect {
        Expect::Accepted => "accepted",
        Expect::Refused => "refused",
        Expect::Either => "either",
    }
}

impl Values {
    fn add(&mut self, case: String, value: Value) {
        let side = match value.expect {
            Expect::Accepted | Expect::Either => &mut self.inside,
            Expect::Refused => &mut self.outside,
        };
        side.insert(case, value);
        if side.len() > MOST_VALUES {
            side.pop_last();
            self.n_more += 1;
        }
    }
}

/// Statements by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Kept, on both sides where there are two.
    pub kept: u32,
    /// Kept on the one side that was tried.
    pub one_side: u32,
    /// Broken.
    pub broken: u32,
    /// Disputed between sources.
    pub disputed: u32,
    /// Not tried.
    pub untested: u32,
}

impl Share {
    pub(super) fn add(&mut self, coverage: &Coverage) {
        match coverage {
            Coverage::Kept => self.kept += 1,
            Coverage::KeptOnOneSide {
                side: Side::Inside | Side::Outside,
            } => self.one_side += 1,
            Coverage::Broken => self.broken += 1,
            Coverage::Disputed => self.disputed += 1,
            Coverage::Untested { .. } => self.untested += 1,
        }
    }

    /// All statements.
    pub fn all(&self) -> u32 {
        self.kept + self.one_side + self.broken + self.disputed + self.untested
    }

    /// Each part with its name, in the order of the pictures.
    pub fn parts(&self) -> [(&'static str, u32); 5] {
        [
            ("kept", self.kept),
            ("kept on one side", self.one_side),
            ("broken", self.broken),
            ("disputed", self.disputed),
            ("untested", self.untested),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding;
    use crate::report::sample;

    #[test]
    fn the_same_broken_promise_is_one_finding_with_a_count() {
        let report = sample::report();
        assert_eq!(report.findings.len(), 2);
        assert_eq!(report.findings[0].count, 2);
    }

    #[test]
    fn of_one_broken_promise_the_worst_is_told() {
        let mut report = Report::default();
        let Event::FindingMade(found) = sample::finding() else {
            unreachable!("it is a finding")
        };
        for severity in [Severity::Note, Severity::Violation, Severity::Note] {
            report.hear(&Event::FindingMade(Box::new(finding::Finding {
                severity,
                ..(*found).clone()
            })));
        }
        assert_eq!(report.n_findings(Severity::Violation), 1);
        assert_eq!(report.n_findings(Severity::Note), 0);
        assert_eq!(report.findings[0].count, 3);
    }

    #[test]
    fn findings_without_end_do_not_fill_the_memory() {
        let mut report = Report::default();
        let Event::FindingMade(found) = sample::finding() else {
            unreachable!("it is a finding")
        };
        for number in 0..MOST_FINDINGS + 5 {
            let name = format!("steam{number}");
            report.hear(&Event::FindingMade(Box::new(finding::Finding {
                field: Some(crate::contract::FieldPath::root(&name)),
                ..(*found).clone()
            })));
        }
        assert_eq!(report.findings.len(), MOST_FINDINGS);
        assert_eq!(report.dropped[&Severity::Violation], 5);
    }

    #[test]
    fn a_case_that_passes_and_fails_wavers() {
        let mut report = Report::default();
        for outcome in [Ending::Passed, Ending::Failed] {
            report.take(Line::CaseFinished {
                case: "kettles.show/1".into(),
                outcome,
                requests: 1,
                judgements: 1,
            });
        }
        assert!(report.wavering.contains("kettles.show/1"));
    }

    #[test]
    fn of_what_chance_made_only_failures_are_remembered() {
        let mut report = Report::default();
        let cases = [
            (1, Ending::Passed),
            (2, Ending::Failed),
            (2, Ending::Passed),
        ];
        for (turn, outcome) in cases {
            report.take(Line::CaseFinished {
                case: format!("kettles.show/request/generated/42-{turn}"),
                outcome,
                requests: 1,
                judgements: 1,
            });
        }
        assert_eq!(report.verdicts.len(), 1);
        assert_eq!(report.wavering.len(), 1, "it failed, and then it passed");
        assert_eq!((report.cases.passed, report.cases.failed), (2, 1));
    }

    #[test]
    fn neither_order_nor_partition_of_cases_changes_what_is_told() {
        let report = sample::report();
        let mut backwards = Report::default();
        let mut events = sample::events();
        events[2..].reverse();
        events.iter().for_each(|event| backwards.hear(event));
        let told = |report: &Report| -> Vec<(String, String, u64)> {
            let met = report.by_severity().into_iter();
            met.map(|met| (met.finding.id.clone(), met.finding.case.clone(), met.count))
                .collect()
        };
        assert_eq!(told(&report), told(&backwards));
    }
}
