//! `proofhouse run`: tries the contract on a target and writes reports.

use std::error::Error;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::target::Place;
use super::{Exit, output, stop};
use crate::case::CaseId;
use crate::contract::{Contract, OperationId};
use crate::event::Event;
use crate::report::{self, Outcome, Report, Style};
use crate::runner::{self, Plan, Program};
use crate::store;
use crate::target::{InProcess, Target};
use crate::twin::{self, Twin};

/// What was typed.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Make the embedded Twin ill in this way (see `twin --list-defects`)
    #[arg(long, value_name = "ID", conflicts_with_all = ["endpoint", "target"])]
    defect: Option<String>,
    /// Use this edition alone; without it, the newest edition of each operation
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Only this operation. May be repeated
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// Only this case, as a finding names it
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// Decides the generated cases
    #[arg(long, default_value_t = 42)]
    seed: u64,
    /// Generated cases per operation. Without it 8, or as many as time allows
    #[arg(long, value_name = "N")]
    cases: Option<u32>,
    /// Seconds for which cases are generated beyond the first 64 of each operation
    #[arg(long, value_name = "SECONDS")]
    time: Option<u64>,
    /// Hold the server to the tables alone, and raise what is told as note or warning in doubt
    #[arg(long)]
    strict: bool,
    /// Where reports are written
    #[arg(long, value_name = "DIR", default_value = "reports/latest")]
    report: PathBuf,
    /// Print findings and verdict only
    #[arg(long, short)]
    quiet: bool,
}

/// Why a run cannot start.
#[derive(Debug, thiserror::Error)]
enum RunError {
    #[error("there is no edition `{asked}`; there are: {known}")]
    NoEdition { asked: String, known: String },
    #[error("there is no operation `{asked}`; there are: {known}")]
    NoOperation { asked: String, known: String },
    #[error("there is no case `{0}`; `proofhouse cases` lists them")]
    NoCase(String),
    #[error("there is no defect `{0}`; `proofhouse twin --list-defects` lists them")]
    NoDefect(String),
    #[error("write report `{}`", path.display())]
    Report {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let edition = arguments.place.edition(arguments.edition.as_deref())?;
    let mut contract = contract(edition.as_deref())?;
    let n_unserved = if arguments.place.is_elsewhere() {
        0
    } else {
        keep_served(&mut contract)
    };
    let contract = Arc::new(contract);
    let plan = plan(arguments, &contract)?;
    let mut target = target(arguments, &contract)?;
    let report = listen(&contract, &plan, target.as_mut());
    for (name, text) in files(&report) {
        write(&arguments.report.join(name), &text)?;
    }
    show(&report, arguments)?;
    if n_unserved > 0 {
        output::lines([format!(
            "  not served  {n_unserved} operations, by the Twin"
        )])?;
    }
    Ok(match report.outcome() {
        Outcome::Holds => Exit::Clean,
        Outcome::Findings => Exit::Findings,
        Outcome::CutShort => Exit::CouldNotRun,
        Outcome::NothingChecked => Exit::NothingChecked,
    })
}

/// The contract that a run uses.
pub(super) fn contract(edition: Option<&str>) -> Result<Contract, Box<dyn Error>> {
    let editions = store::embedded();
    let Some(asked) = edition else {
        return Ok(Contract::newest(&editions)
            .ok_or("no contract is embedded: run `proofhouse extract` and build again")?);
    };
    let known: Vec<&str> = editions
        .iter()
        .map(|contract| contract.edition.id.as_str())
        .collect();
    let found = editions
        .iter()
        .find(|contract| contract.edition.id.as_str() == asked);
    Ok(found.cloned().ok_or_else(|| RunError::NoEdition {
        asked: asked.to_owned(),
        known: known.join(", "),
    })?)
}

/// Leaves out what the Twin does not serve, and says how much that is.
pub(super) fn keep_served(contract: &mut Contract) -> usize {
    let n_all = contract.operations.len();
    let twin = Twin::new(std::sync::Arc::new(contract.clone()), 0);
    contract
        .operations
        .retain(|operation| twin.serves(&operation.id));
    n_all - contract.operations.len()
}

/// The operation of this id.
pub(super) fn operation(contract: &Contract, asked: &str) -> Result<OperationId, Box<dyn Error>> {
    let id = OperationId::new(asked);
    if contract.operation(&id).is_some() {
        return Ok(id);
    }
    let known: Vec<&str> = contract
        .operations
        .iter()
        .map(|operation| operation.id.as_str())
        .collect();
    Err(RunError::NoOperation {
        asked: asked.to_owned(),
        known: known.join(", "),
    }
    .into())
}

fn plan(arguments: &Arguments, contract: &Contract) -> Result<Plan, Box<dyn Error>> {
    let operations: Result<Vec<_>, _> = arguments
        .operations
        .iter()
        .map(|asked| operation(contract, asked))
        .collect();
    let plan = Plan {
        seed: arguments.seed,
        generated: arguments.cases.unwrap_or(match arguments.time {
            Some(_) => u32::MAX,
            None => Plan::default().generated,
        }),
        time: arguments.time.map(Duration::from_secs),
        operations: Some(operations?).filter(|operations| !operations.is_empty()),
        case: arguments.case.clone().map(CaseId),
        strict: arguments.strict,
        clock: since_start,
        ..Plan::default()
    };
    match &plan.case {
        Some(case) if Program::new(contract, &plan).trials.is_empty() => {
            Err(RunError::NoCase(case.to_string()).into())
        }
        _ => Ok(plan),
    }
}

/// A monotonic clock for the durations in reports.
#[expect(
    clippy::disallowed_methods,
    reason = "cli hands the clock to the runner"
)]
pub(super) fn since_start() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

fn target(
    arguments: &Arguments,
    contract: &Arc<Contract>,
) -> Result<Box<dyn Target>, Box<dyn Error>> {
    if let Some(live) = arguments.place.open(contract)? {
        stop::on_interrupt(live.stop_sign());
        return Ok(Box::new(live));
    }
    let twin = Twin::new(Arc::clone(contract), arguments.seed);
    let twin = ill(twin, arguments.defect.as_deref(), contract)?;
    Ok(Box::new(InProcess::new(twin)))
}

/// The Twin with the Defect of this id, where one is asked for.
pub(super) fn ill(
    twin: Twin,
    defect: Option<&str>,
    contract: &Contract,
) -> Result<Twin, Box<dyn Error>> {
    let Some(id) = defect else { return Ok(twin) };
    let defect = twin::defects(contract)
        .into_iter()
        .find(|defect| defect.id == id);
    Ok(twin.with_defect(defect.ok_or_else(|| RunError::NoDefect(id.to_owned()))?))
}

fn listen(contract: &Contract, plan: &Plan, target: &mut dyn Target) -> Report {
    let progress = progress();
    let mut report = Report::default();
    runner::run(contract, plan, target, &mut |event| {
        report.hear(event);
        match event {
            Event::RunStarted { n_cases, .. } => progress.set_length(*n_cases),
            Event::CaseStarted { operation, .. } => progress.set_message(operation.to_string()),
            Event::CaseFinished { .. } => progress.inc(1),
            Event::FindingMade(_) | Event::StatementTested { .. } | Event::RunFinished { .. } => {}
        }
    });
    progress.finish_and_clear();
    report
}

/// A bar on a terminal, nothing in a log.
fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {wide_msg}");
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn files(report: &Report) -> [(&'static str, String); 4] {
    [
        ("report.json", report::json(report)),
        ("junit.xml", report::junit(report)),
        ("report.html", report::html(report)),
        ("summary.md", report::summary_md(report)),
    ]
}

#[expect(clippy::disallowed_methods, reason = "cli writes reports")]
fn write(path: &Path, text: &str) -> Result<(), RunError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text));
    written.map_err(|cause| RunError::Report {
        path: path.to_owned(),
        cause,
    })
}

fn show(report: &Report, arguments: &Arguments) -> std::io::Result<()> {
    let style = if std::io::stdout().is_terminal() {
        Style::coloured()
    } else {
        Style::default()
    };
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    output::lines([report::terminal(report, width, &style).trim_end()])?;
    if !arguments.quiet {
        output::lines([format!("  reports     {}", arguments.report.display())])?;
    }
    Ok(())
}
