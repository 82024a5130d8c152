//! Listens to a run: keeps its log line by line, so that a killed run can be reported too, and
//! shows how far it is.

use std::fs::File;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;
use super::rendering::{WriteError, create_folder};
use super::run::since_start;
use crate::event::{CaseOutcome, Event};
use crate::report::{self, Ending, Head, Line, Recorder, Report};

/// The name of the log in a run's folder.
pub(super) const LOG: &str = "events.jsonl";

/// How often a log that is no terminal is told how far the run is.
const PACE: Duration = Duration::from_secs(10);

/// Hears every event of a run.
pub(super) struct Listener {
    recorder: Recorder,
    report: Report,
    log: File,
    failed: Option<std::io::Error>,
    progress: Progress,
    /// Whether the log tells already how the run began.
    goes_on: bool,
}

impl Listener {
    /// Opens the log in `folder`, in place of any older one.
    #[expect(clippy::disallowed_methods, reason = "cli writes the log of a run")]
    pub(super) fn open(folder: &Path, head: Head) -> Result<Self, WriteError> {
        create_folder(folder)?;
        let path = folder.join(LOG);
        let log = File::create(&path).map_err(|cause| WriteError { path, cause })?;
        // Whoever would go on with a run that still goes on finds it locked.
        let _ = log.try_lock();
        let mut listener = Self::of(log);
        listener.keep(report::head(Head {
            started: Some(now()),
            ..head
        }));
        Ok(listener)
    }

    /// Goes on with the log in `folder`, of which these lines count.
    #[expect(clippy::disallowed_methods, reason = "cli writes the log of a run")]
    pub(super) fn go_on(folder: &Path, lines: Vec<Line>) -> Result<Self, WriteError> {
        let path = folder.join(LOG);
        let new = folder.join(format!("{LOG}.new"));
        let texts: String = lines.iter().map(report::print).collect();
        // Whatever happens meanwhile, one of the two is whole.
        let log = File::create(&new).and_then(|mut log| {
            log.write_all(texts.as_bytes())?;
            log.sync_all()?;
            std::fs::rename(&new, &path)?;
            Ok(log)
        });
        let log = log.map_err(|cause| WriteError { path, cause })?;
        let _ = log.try_lock();
        let mut listener = Self::of(log);
        for line in lines {
            listener.recorder.recall(&line);
            listener.progress.recall(&line);
            listener.goes_on |= matches!(line, Line::CaseFinished { .. });
            listener.report.take(line);
        }
        Ok(listener)
    }

    fn of(log: File) -> Self {
        Self {
            recorder: Recorder::default(),
            report: Report::default(),
            log,
            failed: None,
            progress: Progress::new(),
            goes_on: false,
        }
    }

    /// Takes in one event.
    pub(super) fn hear(&mut self, event: &Event) {
        let told =
            self.goes_on && matches!(event, Event::RunStarted { .. } | Event::OperationPlanned(_));
        // The recorder hears it nevertheless: commands go to the endpoints of a run.
        if let Some(line) = self.recorder.record(event).filter(|_| !told) {
            self.keep(line);
        }
        self.progress.hear(event);
    }

    /// A full disk must not end a run on a server half-way; it is told at the end.
    fn keep(&mut self, line: report::Line) {
        if self.failed.is_none() {
            let written = self.log.write_all(report::print(&line).as_bytes());
            self.failed = written.err();
        }
        self.report.take(line);
    }

    /// The report, at the end of the run.
    pub(super) fn close(self, folder: &Path) -> (Report, Option<WriteError>) {
        self.progress.close();
        let path = folder.join(LOG);
        let failed = self.failed.map(|cause| WriteError { path, cause });
        (self.report, failed)
    }
}

/// A bar on a terminal; in a log, a line now and then.
struct Progress {
    bar: ProgressBar,
    in_log: bool,
    told: Duration,
    operation: String,
    n_done: u64,
    n_failed: u64,
    n_cases: u64,
}

impl Progress {
    fn new() -> Self {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}");
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        Self {
            bar: match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            },
            in_log: !std::io::stderr().is_terminal(),
            told: since_start(),
            operation: String::new(),
            n_done: 0,
            n_failed: 0,
            n_cases: 0,
        }
    }

    fn hear(&mut self, event: &Event) {
        match event {
            Event::RunStarted { n_cases, .. } => {
                self.n_cases = *n_cases;
                self.bar.set_length(*n_cases);
            }
            Event::CaseStarted { operation, .. } => self.begin(operation.to_string()),
            Event::JobAwaited {
                state,
                waited,
                budget,
            } => self.wait(state.as_deref(), *waited, *budget),
            Event::CaseFinished { outcome, .. } => {
                self.n_done += 1;
                self.n_failed += u64::from(*outcome == CaseOutcome::Failed);
                self.bar.inc(1);
                self.tell();
            }
            Event::OperationPlanned(_)
            | Event::CaseTried(_)
            | Event::FindingMade(_)
            | Event::StateNoted(_)
            | Event::StatementTested { .. }
            | Event::RunFinished { .. } => {}
        }
    }

    /// Counts what an earlier run has done.
    fn recall(&mut self, line: &Line) {
        if let Line::CaseFinished { outcome, .. } = line {
            self.n_done += 1;
            self.n_failed += u64::from(*outcome == Ending::Failed);
            self.bar.inc(1);
        }
    }

    fn begin(&mut self, operation: String) {
        self.bar.set_message(operation.clone());
        self.operation = operation;
    }

    /// Shows how long a job has been waited for, and until when it may be.
    fn wait(&mut self, state: Option<&str>, waited: Duration, budget: Duration) {
        let told = format!(
            "{}: its job is {} after {} of at most {}",
            self.operation,
            state.unwrap_or("in no known state"),
            words(waited),
            words(budget),
        );
        self.bar.set_message(told.clone());
        let now = since_start();
        if self.in_log && now.saturating_sub(self.told) >= PACE {
            self.told = now;
            output::remark(&told);
        }
    }

    fn tell(&mut self) {
        let now = since_start();
        if self.in_log && now.saturating_sub(self.told) >= PACE {
            self.told = now;
            output::remark(&format!(
                "{}/{} cases, {} failed, {} s",
                self.n_done,
                self.n_cases,
                self.n_failed,
                now.as_secs()
            ));
        }
    }

    fn close(&self) {
        self.bar.finish_and_clear();
    }
}

/// The time, as logs write it.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    now.to_string()
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds >= 120 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CaseId;
    use crate::contract::OperationId;

    #[test]
    fn a_job_that_goes_on_is_shown_with_its_state_and_deadline() {
        let mut progress = Progress::new();
        progress.hear(&Event::CaseStarted {
            case: CaseId("kettles.boil/valid".to_owned()),
            operation: OperationId::new("kettles.boil"),
        });
        let mut check = |state: Option<&str>, seconds: u64, shown: &str| {
            progress.hear(&Event::JobAwaited {
                state: state.map(str::to_owned),
                waited: Duration::from_secs(seconds),
                budget: Duration::from_secs(15 * 60),
            });
            assert_eq!(progress.bar.message(), shown);
        };
        let boiling = "kettles.boil: its job is BOILING after 3 s of at most 15 min";
        check(Some("BOILING"), 3, boiling);
        let lost = "kettles.boil: its job is in no known state after 2 min of at most 15 min";
        check(None, 150, lost);
    }
}
