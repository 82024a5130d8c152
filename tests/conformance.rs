//! Conformance trials: one per operation and Check, named `target::operation::check`.
//!
//! Against the embedded Twin, or against the target that PROOFHOUSE_TARGET names: one of
//! `proofhouse.toml`, with its edition, or a URL, with the token of PROOFHOUSE_TOKEN. Each operation
//! is run once and its trials share the result, also where a runner like nextest gives each trial a
//! process of its own. What the target does not permit is ignored, with the reason.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the environment, and a trial harness chooses the target"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};
use proofhouse::check;
use proofhouse::cli::{Place, RulingsFile, contract};
use proofhouse::contract::{Contract, Operation, OperationId, folders};
use proofhouse::event::Event;
use proofhouse::finding::{Severity, Verdict};
use proofhouse::report::{self, Finding, Head, Recorder, Report};
use proofhouse::runner::{self, Plan};
use proofhouse::target::{InProcess, Live, Permissions, Target};
use proofhouse::twin::Twin;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match Court::open().and_then(|court| all_trials(&arguments, &Arc::new(court))) {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(reason) => {
            let _nobody_listens = writeln!(std::io::stderr(), "error: {reason}");
            ExitCode::from(2)
        }
    }
}

/// What all trials share.
struct Court {
    /// With what their names begin.
    name: String,
    place: Place,
    contract: Arc<Contract>,
    /// Connected once; every operation asks through a connection of its own.
    live: Mutex<Option<Result<Live, String>>>,
    shared: Shared,
}

impl Court {
    fn open() -> Result<Self, Box<dyn Error>> {
        let asked = std::env::var("PROOFHOUSE_TARGET").unwrap_or_default();
        let (name, place) = match asked.as_str() {
            "" => ("twin", Place::default()),
            url if url.contains("://") => ("live", Place::at(url)),
            name => (name, Place::named(name, Path::new("proofhouse.toml"))),
        };
        let edition = place.edition(None)?;
        let mut contract = contract(edition.as_deref(), &RulingsFile::default())?;
        if asked.is_empty() {
            let twin = Twin::new(Arc::new(contract.clone()), Plan::default().seed);
            let serves = |operation: &Operation| twin.serves(&operation.id);
            contract.operations.retain(serves);
        }
        Ok(Self {
            name: name.to_owned(),
            place,
            contract: Arc::new(contract),
            live: Mutex::default(),
            shared: Shared::of_environment(name)?,
        })
    }

    fn plan(&self, operations: Option<Vec<OperationId>>) -> Result<Plan, Box<dyn Error>> {
        let usual = Plan::default();
        Ok(Plan {
            operations,
            job_budget: self.place.job_budget()?.unwrap_or(usual.job_budget),
            ..usual
        })
    }

    /// A connection to the target; none: the embedded Twin is meant.
    fn connect(&self) -> Result<Option<Live>, String> {
        if !self.place.is_elsewhere() {
            return Ok(None);
        }
        let mut first = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || {
            let live = self.place.open(&self.contract);
            let live = live.map_err(|error| told(error.as_ref()))?;
            live.ok_or_else(|| "no target was named".to_owned())
        };
        let first = first.get_or_insert_with(open).as_ref();
        let live = first.map_err(Clone::clone)?.again();
        live.map(Some).map_err(|error| told(&error))
    }

    /// Why operations cannot be tried there: those of which no case could be sent.
    fn forbidden(&self) -> Result<BTreeMap<OperationId, String>, Box<dyn Error>> {
        let Some(live) = self.connect()? else {
            return Ok(BTreeMap::new());
        };
        let forecast = runner::foresee(&self.contract, &self.plan(None)?, &live);
        let seen = forecast.operations.into_iter();
        let untried = seen.filter(|seen| seen.n_cases == 0).map(|seen| {
            let most = seen.left_out.into_iter().max_by_key(|(_, count)| *count);
            let reason = most.map_or("there is no case".to_owned(), |(reason, _)| reason);
            (seen.operation, reason)
        });
        Ok(untried.collect())
    }

    fn try_operation(&self, operation: &OperationId) -> Result<Report, String> {
        let head = report::head(Head {
            with: self.place.words(),
            ..Head::default()
        });
        let run = |hear: &mut dyn FnMut(&Event)| self.run(operation, hear);
        let report = self.shared.once(operation, head, run)?;
        if report.cases.run() == 0 {
            let reasons: Vec<&str> = report.cases.skipped.keys().map(String::as_str).collect();
            return Err(format!("nothing was checked: {}", reasons.join("; ")));
        }
        Ok(report)
    }

    /// Tries an operation.
    fn run(&self, operation: &OperationId, hear: &mut dyn FnMut(&Event)) -> Result<(), String> {
        let plan = self.plan(Some(vec![operation.clone()]));
        let plan = plan.map_err(|error| told(error.as_ref()))?;
        let live = self.connect()?;
        let reads = |live: &Live| live.permissions() == Permissions::READ;
        // Who changes something must be alone: others would see the changes and tell of them.
        let _alone = match &live {
            Some(live) if !reads(live) => Some(self.shared.alone()?),
            Some(_) | None => None,
        };
        let mut target: Box<dyn Target> = match live {
            Some(live) => Box::new(live),
            None => {
                let twin = Twin::new(Arc::clone(&self.contract), plan.seed);
                Box::new(InProcess::new(twin))
            }
        };
        runner::run(&self.contract, &plan, target.as_mut(), hear);
        match target.n_leftovers() {
            0 => Ok(()),
            n_left => Err(format!(
                "{n_left} things that this trial made are still there; `proofhouse clean` removes them"
            )),
        }
    }
}

/// An error with its causes.
fn told(error: &dyn Error) -> String {
    let (mut words, mut cause) = (error.to_string(), error.source());
    while let Some(deeper) = cause {
        words.push_str(&format!(": {deeper}"));
        cause = deeper.source();
    }
    words
}

fn all_trials(arguments: &Arguments, court: &Arc<Court>) -> Result<Vec<Trial>, Box<dyn Error>> {
    let operations = court.contract.operations.iter();
    let asked: Option<&str> = arguments.filter.as_deref().filter(|_| arguments.exact);
    let start = |id: &OperationId| format!("{}::{id}::", court.name);
    let wanted = |id: &&OperationId| asked.is_none_or(|name| name.starts_with(&start(id)));
    let operations: Vec<&OperationId> = operations.map(|known| &known.id).filter(wanted).collect();
    // Whoever asks for one trial by its name has seen the list.
    let forbidden = match asked {
        Some(_) => BTreeMap::new(),
        None => court.forbidden()?,
    };
    let mut found = Vec::new();
    for operation in operations {
        let reason = forbidden.get(operation);
        if let (Some(reason), false) = (reason, arguments.list) {
            let told = format!("ignored: {}::{operation}: {reason}", court.name);
            let _nobody_listens = writeln!(std::io::stderr(), "{told}");
        }
        let ignored = reason.is_some() || asked.is_some() && arguments.ignored;
        let trials = trials(court, operation).into_iter();
        found.extend(trials.map(|trial| trial.with_ignored_flag(ignored)));
    }
    Ok(found)
}

fn trials(court: &Arc<Court>, operation: &OperationId) -> Vec<Trial> {
    let shared: Arc<OnceLock<Result<Report, String>>> = Arc::default();
    let mut trials = Vec::new();
    for check in check::registry() {
        let (court, code) = (Arc::clone(court), check.code());
        let name = format!("{}::{operation}::{code}", court.name);
        let (shared, operation) = (Arc::clone(&shared), operation.clone());
        trials.push(Trial::test(name, move || {
            let report = shared.get_or_init(|| court.try_operation(&operation));
            judge(
                report
                    .as_ref()
                    .map_err(|reason| Failed::from(reason.as_str()))?,
                code,
            )
        }));
    }
    trials
}

/// What processes of one run of tests share: the logs of operations, and the right to change things.
struct Shared {
    folder: PathBuf,
    /// The run of tests and which attempt of a trial it is. None: this process is the whole run.
    run: Option<(String, String)>,
    target: String,
}

/// Logs of earlier runs are kept so long.
const KEPT: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

impl Shared {
    fn of_environment(target: &str) -> Result<Self, Box<dyn Error>> {
        let variable = |name| std::env::var(name).ok();
        let attempt = variable("NEXTEST_ATTEMPT").unwrap_or_else(|| "1".to_owned());
        let shared = Self {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance"),
            run: variable("NEXTEST_RUN_ID").map(|run| (run, attempt)),
            target: folders([target].into_iter()).remove(0),
        };
        fs::create_dir_all(&shared.folder)?;
        if shared.run.is_none() {
            shared.forget();
        }
        Ok(shared)
    }

    /// Removes the logs of runs that are long over.
    fn forget(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let changed = entry.metadata().and_then(|data| data.modified()).ok();
            let age = changed.and_then(|changed| changed.elapsed().ok());
            if age.is_some_and(|age| age > KEPT) {
                // What cannot be removed now can be removed by a later run.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Waits until nobody else of this machine changes anything on the target.
    fn alone(&self) -> Result<File, String> {
        let path = self.folder.join(format!("{}.lock", self.target));
        self.locked(&path).map_err(|error| told(&error))
    }

    fn locked(&self, path: &Path) -> std::io::Result<File> {
        let mut options = OpenOptions::new();
        let file = options.read(true).append(true).create(true).open(path)?;
        file.lock()?;
        Ok(file)
    }

    /// The report of an operation: of another process of this run, or of `run` now.
    fn once(
        &self,
        operation: &OperationId,
        head: report::Line,
        run: impl FnOnce(&mut dyn FnMut(&Event)) -> Result<(), String>,
    ) -> Result<Report, String> {
        let Some((name, attempt)) = &self.run else {
            let mut report = Report::default();
            report.take(head);
            run(&mut |event| report.hear(event))?;
            return Ok(report);
        };
        let folder = self.folder.join(name).join(&self.target);
        let operation = folders([operation.as_str()].into_iter()).remove(0);
        let path = folder.join(format!("{operation}-{attempt}.jsonl"));
        let unkept = |error: std::io::Error| format!("keep `{}`: {error}", path.display());
        fs::create_dir_all(&folder).map_err(unkept)?;
        let mut file = self.locked(&path).map_err(unkept)?;
        let mut log = String::new();
        file.read_to_string(&mut log).map_err(unkept)?;
        if log.is_empty() {
            let mut recorder = Recorder::default();
            log = report::print(&head);
            run(&mut |event| log.extend(recorder.record(event).as_ref().map(report::print)))?;
            file.write_all(log.as_bytes()).map_err(unkept)?;
        }
        read(&log)
    }
}

fn read(log: &str) -> Result<Report, String> {
    let mut report = Report::default();
    for (number, line) in log.lines().enumerate() {
        let line = report::read(number + 1, line);
        report.take(line.map_err(|error| told(&error))?);
    }
    Ok(report)
}

fn judge(report: &Report, code: &str) -> Result<(), Failed> {
    let accuses = |finding: &&Finding| {
        finding.check == code
            && finding.severity == Severity::Violation
            && finding.verdict == Verdict::Server
    };
    let told: Vec<String> = report
        .findings
        .iter()
        .map(|met| &met.finding)
        .filter(accuses)
        .map(|finding| tell(report, finding))
        .collect();
    if told.is_empty() {
        Ok(())
    } else {
        Err(told.join("\n").into())
    }
}

fn tell(report: &Report, finding: &Finding) -> String {
    let sources: Vec<String> = finding.sources.iter().map(ToString::to_string).collect();
    format!(
        "{}\n  promise   {} ({})\n  expected  {}\n  seen      {}\n  repeat    {}",
        finding.title,
        finding.promise,
        sources.join("; "),
        finding.expected,
        finding.seen,
        report::repeat(report, &finding.case)
    )
}
