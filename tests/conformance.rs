//! Conformance trials: one per operation and Check, named `target::operation::check`.
//!
//! Against the embedded Twin, or against the server that PROOFHOUSE_TARGET names, reading only,
//! with the token of PROOFHOUSE_TOKEN. Each operation is run once and its trials share the result.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the environment, and a trial harness chooses the target"
)]

use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Failed, Trial};
use proofhouse::contract::{Contract, Operation, OperationId};
use proofhouse::finding::{Finding, Severity, Verdict};
use proofhouse::report::Report;
use proofhouse::runner::{self, Plan};
use proofhouse::target::{InProcess, Live, LiveOptions, Target};
use proofhouse::twin::Twin;
use proofhouse::{check, store};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut contract =
        Contract::newest(&store::embedded()).expect("schemas/ holds at least one edition");
    let endpoint = std::env::var("PROOFHOUSE_TARGET")
        .ok()
        .filter(|endpoint| !endpoint.is_empty());
    if endpoint.is_none() {
        let twin = Twin::new(Arc::new(contract.clone()), Plan::default().seed);
        let serves = |operation: &Operation| twin.serves(&operation.id);
        contract.operations.retain(serves);
    }
    let contract = Arc::new(contract);
    let trials = contract
        .operations
        .iter()
        .flat_map(|operation| trials(&contract, &operation.id, endpoint.as_ref()));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn trials(
    contract: &Arc<Contract>,
    operation: &OperationId,
    endpoint: Option<&String>,
) -> Vec<Trial> {
    let shared: Arc<OnceLock<Result<Report, String>>> = Arc::default();
    let target = if endpoint.is_some() { "live" } else { "twin" };
    let mut trials = Vec::new();
    for check in check::registry() {
        let name = format!("{target}::{operation}::{}", check.code());
        let (shared, contract, operation) =
            (Arc::clone(&shared), Arc::clone(contract), operation.clone());
        let (endpoint, code) = (endpoint.cloned(), check.code());
        trials.push(Trial::test(name, move || {
            let report =
                shared.get_or_init(|| try_operation(&contract, &operation, endpoint.as_deref()));
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
    endpoint: Option<&str>,
) -> Result<Report, String> {
    let plan = Plan {
        operations: Some(vec![operation.clone()]),
        ..Plan::default()
    };
    let mut target: Box<dyn Target> = match endpoint {
        None => Box::new(InProcess::new(Twin::new(Arc::clone(contract), plan.seed))),
        Some(endpoint) => {
            let token = std::env::var("PROOFHOUSE_TOKEN").ok();
            let options = LiveOptions {
                token,
                ..LiveOptions::new(endpoint)
            };
            Box::new(Live::connect(options).map_err(|error| error.to_string())?)
        }
    };
    let mut report = Report::default();
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
        .map(tell)
        .collect();
    if told.is_empty() {
        Ok(())
    } else {
        Err(told.join("\n").into())
    }
}

fn tell(finding: &Finding) -> String {
    let sources: Vec<String> = finding.sources.iter().map(ToString::to_string).collect();
    format!(
        "{}\n  promise   {} ({})\n  expected  {}\n  seen      {}\n  repeat    proofhouse run --case '{}'",
        finding.title,
        finding.promise,
        sources.join("; "),
        finding.expected,
        finding.seen,
        finding.case
    )
}
