//! `events.jsonl`: a run, line by line, while it goes.
//!
//! Main types: [`Recorder`] makes lines of Events, [`read`] reads them again. A run that is killed
//! leaves whole lines and perhaps one half; the half is what tells nothing. A promise that is broken
//! again and again is told in full once, so the file stays small.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::record::{Endpoints, Head, Line, Tried};
use super::run::MOST_FINDINGS;
use crate::case::Expect;
use crate::event::Event;
use crate::finding::Severity;

/// The version of the file type. A reader refuses a higher one.
pub const VERSION: u32 = 1;

/// Exchanges kept of a run.
const MOST_EXCHANGES: usize = 10_000;

/// Makes lines of Events and remembers what was told in full already.
#[derive(Debug, Default)]
pub struct Recorder {
    endpoints: Endpoints,
    findings: BTreeMap<Severity, Told<String>>,
    exchanges: Told<(String, Expect, String)>,
}

impl Recorder {
    /// The line of an Event, where it has one.
    pub fn record(&mut self, event: &Event) -> Option<Line> {
        self.endpoints.hear(event);
        let mut line = Line::of(event, &self.endpoints)?;
        match &mut line {
            Line::FindingMade(finding) => {
                let told = self.findings.entry(finding.severity).or_default();
                if !told.is_news(finding.id.clone(), &finding.case, MOST_FINDINGS) {
                    return Some(Line::FindingMet {
                        id: finding.id.clone(),
                        severity: finding.severity,
                    });
                }
            }
            Line::CaseTried(tried) => {
                if !self
                    .exchanges
                    .is_news(shows(tried), &tried.case, MOST_EXCHANGES)
                {
                    tried.exchange = None;
                }
            }
            Line::LogOpened(_)
            | Line::RunStarted(_)
            | Line::OperationPlanned(_)
            | Line::CaseStarted { .. }
            | Line::FindingMet { .. }
            | Line::StateNoted { .. }
            | Line::CaseFinished { .. }
            | Line::StatementTested { .. }
            | Line::RunFinished { .. } => {}
        }
        Some(line)
    }

    /// Remembers what a line of an earlier recorder told.
    pub fn recall(&mut self, line: &Line) {
        match line {
            Line::FindingMade(finding) => {
                let told = self.findings.entry(finding.severity).or_default();
                told.is_news(finding.id.clone(), &finding.case, MOST_FINDINGS);
            }
            Line::CaseTried(tried) => {
                self.exchanges
                    .is_news(shows(tried), &tried.case, MOST_EXCHANGES);
            }
            Line::LogOpened(_)
            | Line::RunStarted(_)
            | Line::OperationPlanned(_)
            | Line::CaseStarted { .. }
            | Line::FindingMet { .. }
            | Line::StateNoted { .. }
            | Line::CaseFinished { .. }
            | Line::StatementTested { .. }
            | Line::RunFinished { .. } => {}
        }
    }
}

/// What an exchange shows that need not be shown twice.
fn shows(tried: &Tried) -> (String, Expect, String) {
    (tried.operation.clone(), tried.expect, tried.seen.clone())
}

/// What was told in full, and by which case. The case that comes first by name tells it in full, so
/// that neither the order of cases nor their partition changes a report.
#[derive(Debug)]
struct Told<K>(HashMap<K, String>);

impl<K> Default for Told<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq> Told<K> {
    fn is_news(&mut self, what: K, case: &str, most: usize) -> bool {
        let full = self.0.len() >= most;
        match self.0.entry(what) {
            Entry::Occupied(mut known) => {
                let sooner = case < known.get().as_str();
                if sooner {
                    case.clone_into(known.get_mut());
                }
                sooner
            }
            Entry::Vacant(_) if full => false,
            Entry::Vacant(place) => {
                place.insert(case.to_owned());
                true
            }
        }
    }
}

/// The text of a line, with its newline.
pub fn print(line: &Line) -> String {
    let mut text = serde_json::to_string(line).expect("every key of a line is text");
    text.push('\n');
    text
}

/// The first line of a log that this program writes.
pub fn head(told: Head) -> Line {
    Line::LogOpened(Head {
        version: VERSION,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        ..told
    })
}

/// Why a log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It does not begin like a log.
    #[error("line 1 is not the beginning of a log of events")]
    NoHead,
    /// It was written by a later program.
    #[error("line 1: version {found} of the log is not known; this program knows {VERSION}")]
    Version {
        /// The version it says.
        found: u32,
    },
    /// A line is not an event.
    #[error("line {line} is no event")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What the reader of JSON said.
        #[source]
        cause: serde_json::Error,
    },
}

/// Reads line `number`, counted from 1.
pub fn read(number: usize, text: &str) -> Result<Line, LogError> {
    let line = serde_json::from_str(text);
    if number > 1 {
        return line.map_err(|cause| LogError::Line {
            line: number,
            cause,
        });
    }
    match line {
        Ok(Line::LogOpened(head)) if head.version > VERSION => Err(LogError::Version {
            found: head.version,
        }),
        Ok(Line::LogOpened(head)) => Ok(Line::LogOpened(head)),
        Ok(_) | Err(_) => Err(LogError::NoHead),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, json, sample};

    /// The lines that a recorder makes of the sample run.
    fn lines() -> Vec<String> {
        let mut recorder = Recorder::default();
        let mut lines = vec![print(&head(Head::default()))];
        lines.extend(
            sample::events()
                .iter()
                .filter_map(|event| Some(print(&recorder.record(event)?))),
        );
        lines
    }

    fn replay(lines: &[String]) -> Report {
        let mut report = Report::default();
        for (number, line) in lines.iter().enumerate() {
            report.take(read(number + 1, line).unwrap());
        }
        report
    }

    #[test]
    fn a_log_tells_what_the_run_told() {
        let mut told = sample::report();
        let read = replay(&lines());
        told.head = read.head.clone();
        assert_eq!(json(&read), json(&told));
    }

    #[test]
    fn a_repeated_finding_is_one_short_line() {
        let short = lines().iter().filter(|l| l.contains("finding_met")).count();
        assert_eq!(short, 1);
    }

    #[test]
    fn a_log_without_its_end_is_of_a_run_cut_short() {
        let mut lines = lines();
        lines.pop();
        assert!(replay(&lines).is_cut_short());
    }

    #[test]
    fn says_which_line_is_wrong() {
        let said = |number, text| read(number, text).unwrap_err().to_string();
        assert_eq!(said(7, "{\"event\":\"tea\"}"), "line 7 is no event");
        assert_eq!(
            said(1, "{\"event\":\"run_finished\",\"millis\":1}"),
            "line 1 is not the beginning of a log of events"
        );
        assert_eq!(
            said(1, "{\"event\":\"log_opened\",\"version\":9,\"tool\":\"2\"}"),
            "line 1: version 9 of the log is not known; this program knows 1"
        );
    }
}
