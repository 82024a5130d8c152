//! `proofhouse run`: tries the contract on a target and writes reports.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::listen::Listener;
use super::operations::{self, Unknown};
use super::place::{Place, run_id};
use super::rendering::{Options, exit, write_all};
use super::resume::{self, Cut};
use super::rulings::RulingsFile;
use super::{Exit, editions, output, regressions, stop};
use crate::case::CaseId;
use crate::contract::{Contract, OperationId};
use crate::report::Head;
use crate::runner::{self, Part, Plan, Program};
use crate::target::{InProcess, Live, LiveOptions, Target};
use crate::twin::{self, Twin};
use clap::Args;

/// What was typed.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Make the embedded Twin ill in this way (see `twin --list-defects`)
    #[arg(long, value_name = "ID", conflicts_with_all = ["endpoint", "target"])]
    defect: Option<String>,
    /// Use this edition alone: an id, a document, or a folder like schemas/. Without it, the newest
    /// edition of each operation in schemas/ here, or else of those that are embedded
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Only this operation, by id or `METHOD path`; `*` stands for any characters. May be repeated
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// Only this case, as a finding names it. May be repeated
    #[arg(long = "case", value_name = "ID")]
    only: Vec<String>,
    /// Only this part of the cases, as 2/3, split by operation; `proofhouse report merge` joins them
    #[arg(long, value_name = "NUMBER/OF")]
    partition: Option<Part>,
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
    /// Try this generated case or walk before all others, whatever its seed. May be repeated
    #[arg(long, value_name = "ID")]
    first: Vec<String>,
    /// Where generated cases that broke a promise are kept, to be tried first from then on
    #[arg(long, value_name = "DIR", default_value = regressions::FOLDER)]
    regressions: PathBuf,
    /// Go on with a run that was stopped or killed: the folder of its reports, or its name. It goes on
    /// as it was started; cases that ended are not sent again
    #[arg(long, value_name = "RUN", conflicts_with_all = [
        "target", "config", "endpoint", "allow", "lend", "creations", "journal", "defect", "edition",
        "operations", "only", "partition", "seed", "cases", "time", "strict", "rulings", "first",
    ])]
    resume: Option<PathBuf>,
    /// Print findings and verdict only
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// Why a run cannot start.
#[derive(Debug, thiserror::Error)]
enum RunError {
    #[error("there is no case `{0}`; `proofhouse cases` lists them")]
    Case(String),
    #[error("there is no defect `{0}`; `proofhouse twin --list-defects` lists them")]
    Defect(String),
}

impl Arguments {
    /// The words that a command needs to send a case to the same place and to judge it alike.
    fn with(&self) -> Vec<String> {
        let mut words = self.place.words();
        let mut option = |name: &str, value: Option<&str>| {
            words.extend(
                value
                    .into_iter()
                    .flat_map(|value| [name, value])
                    .map(str::to_owned),
            );
        };
        option("--defect", self.defect.as_deref());
        option("--edition", self.edition.as_deref());
        words.extend(self.rulings.words());
        words.extend(self.strict.then(|| "--strict".to_owned()));
        words
    }

    /// The words that say which cases are tried.
    fn which(&self) -> Vec<String> {
        let mut words = self.place.journal_words();
        let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
        for operation in &self.operations {
            option("--operation", operation.clone());
        }
        let numbers = [
            ("--seed", Some(self.seed)),
            ("--cases", self.cases.map(u64::from)),
            ("--time", self.time),
        ];
        for (name, number) in numbers {
            number
                .into_iter()
                .for_each(|number| option(name, number.to_string()));
        }
        for case in &self.only {
            option("--case", case.clone());
        }
        for case in &self.first {
            option("--first", case.clone());
        }
        if self.regressions.as_os_str() != regressions::FOLDER {
            option("--regressions", self.regressions.display().to_string());
        }
        words
    }
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let Some(resumed) = &arguments.resume else {
        let kept = regressions::read(&arguments.regressions)?.into_iter();
        let mut whole = arguments.clone();
        // What a run began with is in its log: what is kept may be more when it goes on.
        whole.first.extend(kept.map(|case| case.0));
        return go(&whole, None);
    };
    let cut = resume::read(resumed, &arguments.report)?;
    let earlier = Arguments {
        quiet: arguments.quiet,
        options: arguments.options.clone(),
        ..cut.arguments.clone()
    };
    go(&earlier, Some(cut))
}

/// Begins a run, or goes on with one that was cut short.
fn go(arguments: &Arguments, cut: Option<Cut>) -> Result<Exit, Box<dyn Error>> {
    let edition = arguments.place.edition(arguments.edition.as_deref())?;
    let mut contract = editions::contract(edition.as_deref(), &arguments.rulings)?;
    let n_unserved = if arguments.place.is_elsewhere() {
        0
    } else {
        keep_served(&mut contract)
    };
    let contract = Arc::new(contract);
    let plan = plan(arguments, &contract)?;
    let run = cut.as_ref().map_or_else(run_id, |cut| cut.run.clone());
    let mut target = target(arguments, &contract, &run, cut.as_ref())?;
    let folder = &arguments.report;
    let judgement = arguments.options.judgement(folder)?;
    let halted;
    let (mut report, failed) = match cut {
        None => {
            let head = Head {
                partition: plan.part.map(|part| part.to_string()),
                with: arguments.with(),
                which: arguments.which(),
                run: Some(run),
                ..Head::default()
            };
            let mut listener = Listener::open(folder, head)?;
            halted = runner::run(&contract, &plan, target.as_mut(), &mut |event| {
                listener.hear(event);
            });
            listener.close(folder)
        }
        Some(cut) => {
            let left = runner::left(&contract, &plan, &cut.past)?;
            let mut listener = Listener::go_on(folder, cut.lines)?;
            halted = runner::resume(&contract, &plan, left, target.as_mut(), &mut |event| {
                listener.hear(event);
            });
            listener.close(folder)
        }
    };
    judgement.apply(&mut report);
    write_all(&report, folder)?;
    let kept_in = (!arguments.quiet).then_some(folder.as_path());
    arguments.options.show(&report, kept_in)?;
    let n_left = target.n_leftovers();
    if n_left > 0 {
        output::remark(&format!(
            "warning: {n_left} things that this run made are still there; `proofhouse clean` removes them"
        ));
    }
    if let Some(halt) = halted {
        output::remark(&format!("the run ended early: {halt}"));
    }
    if report.is_cut_short() {
        output::remark(&format!(
            "`proofhouse run --resume {}` goes on with this run",
            folder.display()
        ));
    }
    if !report.is_cut_short() {
        let n_kept = regressions::keep(&report, &arguments.regressions)?;
        if n_kept > 0 {
            let folder = arguments.regressions.display();
            output::remark(&format!(
                "kept {n_kept} of the generated cases in `{folder}`: they are tried first from now on"
            ));
        }
    }
    if n_unserved > 0 {
        output::lines([format!(
            "  not served  {n_unserved} operations, by the Twin"
        )])?;
    }
    failed.map_or_else(|| Ok(exit(&report)), |error| Err(error.into()))
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

/// The operations that were asked for; none where all are meant.
pub(super) fn operations(
    contract: &Contract,
    asked: &[String],
) -> Result<Option<Vec<OperationId>>, Unknown> {
    if asked.is_empty() {
        return Ok(None);
    }
    let found = operations::named(asked, contract.operations.iter())?;
    Ok(Some(
        found.into_iter().map(|found| found.id.clone()).collect(),
    ))
}

fn plan(arguments: &Arguments, contract: &Contract) -> Result<Plan, Box<dyn Error>> {
    let plan = Plan {
        seed: arguments.seed,
        generated: arguments.cases.unwrap_or(match arguments.time {
            Some(_) => u32::MAX,
            None => Plan::default().generated,
        }),
        time: arguments.time.map(Duration::from_secs),
        operations: operations(contract, &arguments.operations)?,
        cases: arguments.only.iter().cloned().map(CaseId).collect(),
        first: arguments.first.iter().cloned().map(CaseId).collect(),
        part: arguments.partition,
        strict: arguments.strict,
        job_budget: arguments
            .place
            .job_budget()?
            .unwrap_or(Plan::default().job_budget),
        clock: since_start,
        ..Plan::default()
    };
    match unknown(&plan, contract) {
        Some(case) => Err(RunError::Case(case.to_string()).into()),
        None => Ok(plan),
    }
}

/// The first of the cases that were asked for which there is not.
fn unknown<'p>(plan: &'p Plan, contract: &Contract) -> Option<&'p CaseId> {
    let first = plan.cases.first()?;
    let trials = Program::new(contract, plan).trials;
    let is_there = |case: &CaseId| trials.iter().any(|planned| planned.id() == case);
    // Where a part is asked for, the others may have them.
    match plan.part {
        Some(_) => trials.is_empty().then_some(first),
        None => plan.cases.iter().find(|case| !is_there(case)),
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

/// The target, without what an earlier run left there.
fn target(
    arguments: &Arguments,
    contract: &Arc<Contract>,
    run: &str,
    cut: Option<&Cut>,
) -> Result<Box<dyn Target>, Box<dyn Error>> {
    if let Some(options) = arguments.place.options(contract)? {
        let mut live = Live::connect(LiveOptions {
            run: run.to_owned(),
            with: arguments.with(),
            used: cut.map(|cut| cut.past.used()).unwrap_or_default(),
            ..options
        })?;
        stop::on_interrupt(live.stop_sign());
        if cut.is_some() {
            resume::clean(&mut live, arguments.place.journals(), run)?;
        }
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
    Ok(twin.with_defect(defect.ok_or_else(|| RunError::Defect(id.to_owned()))?))
}
