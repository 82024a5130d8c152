//! Conformance trials: one per operation and Check, named `target::operation::check`.
//!
//! Against the embedded Twin, or against the target that PROOFHOUSE_TARGET names: one of
//! `proofhouse.toml`, or a URL, which is only read, with the token of PROOFHOUSE_TOKEN. Each
//! operation is run once and its trials share the result. What the target does not permit is
//! ignored, with the reason.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the environment, and a trial harness chooses the target"
)]

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};
use proofhouse::contract::{Contract, Operation, OperationId, creations};
use proofhouse::finding::{Severity, Verdict};
use proofhouse::report::{Finding, Report, head, repeat};
use proofhouse::runner::{self, Plan};
use proofhouse::target::config::{Config, TargetConfig};
use proofhouse::target::live::Auth;
use proofhouse::target::{InProcess, Live, LiveOptions, Target};
use proofhouse::twin::Twin;
use proofhouse::{check, store};

/// Where the trials run.
enum Place {
    Twin,
    Live {
        options: Box<LiveOptions>,
        /// Connected once; every operation asks through a connection of its own.
        first: Mutex<Option<Result<Live, String>>>,
    },
}

impl Place {
    /// What the command says to try one case here again.
    fn words(&self) -> Vec<String> {
        let Place::Live { options, .. } = self else {
            return Vec::new();
        };
        let option = if options.name.contains("://") {
            "--endpoint"
        } else {
            "--target"
        };
        vec![option.to_owned(), options.name.clone()]
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match all_trials(&arguments) {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(reason) => {
            let _nobody_listens = writeln!(std::io::stderr(), "error: {reason}");
            ExitCode::from(2)
        }
    }
}

fn all_trials(arguments: &Arguments) -> Result<Vec<Trial>, Box<dyn Error>> {
    let asked = std::env::var("PROOFHOUSE_TARGET")
        .ok()
        .filter(|asked| !asked.is_empty());
    let described = match &asked {
        Some(name) if !name.contains("://") => Some(described(name)?),
        Some(_) | None => None,
    };
    let edition = described
        .as_ref()
        .and_then(|target| target.edition.as_deref());
    let mut contract = contract(edition)?;
    let name = match (&asked, &described) {
        (None, _) => "twin".to_owned(),
        (Some(_), None) => "live".to_owned(),
        (Some(name), Some(_)) => name.clone(),
    };
    if asked.is_none() {
        let twin = Twin::new(Arc::new(contract.clone()), Plan::default().seed);
        let serves = |operation: &Operation| twin.serves(&operation.id);
        contract.operations.retain(serves);
    }
    let contract = Arc::new(contract);
    let creations = creations(&contract);
    let place = match &asked {
        None => Place::Twin,
        Some(asked) => {
            let mut options = match &described {
                Some(target) => LiveOptions::of(asked, target, Path::new("."))?,
                None => LiveOptions {
                    auth: Auth::of_environment(),
                    ..LiveOptions::new(asked)
                },
            };
            options.contract = Some(Arc::clone(&contract));
            options.journals = Some(PathBuf::from(".proofhouse"));
            options.run = format!("ph{:08x}", std::process::id());
            Place::Live {
                options: Box::new(options),
                first: Mutex::default(),
            }
        }
    };
    let place = Arc::new(place);
    let mut found = Vec::new();
    for operation in &contract.operations {
        let forbidden = match (&*place, &described) {
            (Place::Live { options, .. }, Some(_)) => options.forbids(operation, &creations),
            _ => None,
        };
        if let (Some(reason), false) = (&forbidden, arguments.list) {
            let _nobody_listens = writeln!(
                std::io::stderr(),
                "ignored: {name}::{}: {reason}",
                operation.id
            );
        }
        let trials = trials(&contract, &operation.id, &name, &place);
        found.extend(
            trials
                .into_iter()
                .map(|trial| trial.with_ignored_flag(forbidden.is_some())),
        );
    }
    Ok(found)
}

fn described(name: &str) -> Result<TargetConfig, Box<dyn Error>> {
    let text = std::fs::read_to_string("proofhouse.toml")
        .map_err(|cause| format!("read proofhouse.toml: {cause}"))?;
    let mut config = Config::parse(&text)?;
    Ok(config
        .targets
        .remove(name)
        .ok_or_else(|| format!("proofhouse.toml has no target `{name}`"))?)
}

fn contract(edition: Option<&str>) -> Result<Contract, Box<dyn Error>> {
    let editions = store::embedded();
    let Some(edition) = edition else {
        return Ok(Contract::newest(&editions).ok_or("schemas/ holds no edition")?);
    };
    let mut editions = editions.into_iter();
    let found = editions.find(|contract| contract.edition.id.as_str() == edition);
    Ok(found.ok_or_else(|| format!("there is no edition `{edition}`"))?)
}

fn trials(
    contract: &Arc<Contract>,
    operation: &OperationId,
    target: &str,
    place: &Arc<Place>,
) -> Vec<Trial> {
    let shared: Arc<OnceLock<Result<Report, String>>> = Arc::default();
    let mut trials = Vec::new();
    for check in check::registry() {
        let name = format!("{target}::{operation}::{}", check.code());
        let (shared, contract, operation) =
            (Arc::clone(&shared), Arc::clone(contract), operation.clone());
        let (place, code) = (Arc::clone(place), check.code());
        trials.push(Trial::test(name, move || {
            let report = shared.get_or_init(|| try_operation(&contract, &operation, &place));
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

fn try_operation(
    contract: &Arc<Contract>,
    operation: &OperationId,
    place: &Place,
) -> Result<Report, String> {
    let plan = Plan {
        operations: Some(vec![operation.clone()]),
        ..Plan::default()
    };
    let mut target: Box<dyn Target> = match place {
        Place::Twin => Box::new(InProcess::new(Twin::new(Arc::clone(contract), plan.seed))),
        Place::Live { options, first } => {
            let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
            let connect = || Live::connect((**options).clone()).map_err(|error| error.to_string());
            let first = first.get_or_insert_with(connect);
            let first = first.as_ref().map_err(Clone::clone)?;
            Box::new(first.again().map_err(|error| error.to_string())?)
        }
    };
    let mut report = Report::default();
    report.take(head(None, None, place.words()));
    runner::run(contract, &plan, target.as_mut(), &mut |event| {
        report.hear(event)
    });
    if report.cases.run() == 0 {
        let reasons: Vec<&str> = report.cases.skipped.keys().map(String::as_str).collect();
        return Err(format!("nothing was checked: {}", reasons.join("; ")));
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
        repeat(report, &finding.case)
    )
}
