//! `proofhouse prove`: tries the harness on every Defect of the Twin and prints the kill matrix.

use std::error::Error;
use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::sync::Arc;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::rulings::RulingsFile;
use super::run::{keep_served, operations, since_start};
use super::{Exit, editions, output};
use crate::runner::{Ablation, End, KillMatrix, Plan, ablate, prove};
use crate::twin::Defect;

/// The version of the JSON format. It only ever grows.
const VERSION: u32 = 1;

/// How many Defects that only one check notices are looked for. To look for all takes an hour.
const ENOUGH: usize = 20;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only Defects of this operation; give it many times
    #[arg(long, value_name = "ID")]
    operation: Vec<String>,
    /// The edition that the Twin keeps
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Decides what exists on the Twin, and the generated cases
    #[arg(long, default_value_t = 42)]
    seed: u64,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Leave out each check in turn, and tell some Defects that nobody else notices
    #[arg(long)]
    ablate: bool,
    /// Defects tried at the same time
    #[arg(long, value_name = "N", default_value = "2")]
    threads: NonZeroUsize,
    #[command(flatten)]
    rulings: RulingsFile,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs: JSON with a version.
    Json,
}

/// Runs the subcommand. A healthy Twin that is accused of something is a finding about the harness.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let mut contract = editions::contract(arguments.edition.as_deref(), &arguments.rulings)?;
    let n_unserved = keep_served(&mut contract);
    let contract = Arc::new(contract);
    let plan = Plan {
        seed: arguments.seed,
        operations: operations(&contract, &arguments.operation)?,
        clock: since_start,
        ..Plan::default()
    };
    let matrix = prove(&contract, &plan, arguments.threads);
    let ablations = arguments
        .ablate
        .then(|| ablate(&contract, &plan, &matrix, ENOUGH, arguments.threads));
    output::lines([match arguments.format {
        Format::Text => {
            let ablated = ablations.map(|ablations| ablated(&ablations));
            ablated.unwrap_or_default() + &text(&matrix, n_unserved)
        }
        Format::Json => format!("{:#}", told(&matrix, ablations.as_deref())),
    }])?;
    Ok(if matrix.proofs.is_empty() {
        Exit::NothingChecked
    } else if matrix.healthy.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// How many Defects each check notices that no other one does, with an example.
fn ablated(ablations: &[Ablation]) -> String {
    let mut text = "Defects that nobody notices without a check\n\n".to_owned();
    for Ablation { check, only } in ablations {
        let example = only.first().map_or("", |defect| &defect.id);
        let more = if only.len() < ENOUGH { "" } else { "+" };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:>4}{more:1}  {check:<24}  {example}", only.len());
    }
    text.push('\n');
    text
}

fn text(matrix: &KillMatrix, n_unserved: usize) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "healthy Twin: {} cases, {} findings",
        matrix.n_healthy_cases,
        matrix.healthy.len()
    );
    for finding in &matrix.healthy {
        let _ = writeln!(
            text,
            "  {} {}: {}",
            finding.check, finding.case, finding.title
        );
    }
    let _ = writeln!(
        text,
        "\nDefects by class, and the check that noticed them first\n"
    );
    for (class, checks) in matrix.classes() {
        let n_defects: usize = checks.values().sum();
        let median = matrix.median_cases(|defect| defect.class.word() == class);
        let median = median.map_or_else(String::new, |n| format!("; {} to the kill", cases(n)));
        let _ = writeln!(text, "{class} ({n_defects}{median})");
        for (check, count) in checks {
            let name = if check.is_empty() {
                "- survived"
            } else {
                check
            };
            let _ = writeln!(text, "  {count:>5}  {name}");
        }
    }
    let survivors: Vec<_> = matrix.survivors().collect();
    if !survivors.is_empty() {
        let _ = writeln!(text, "\nsurvivors, and why");
    }
    for (proof, reason) in survivors {
        let _ = writeln!(
            text,
            "  {}: {}\n    {reason}",
            proof.defect.id, proof.defect.title
        );
    }
    let _ = writeln!(text, "\n{}", summary(matrix));
    if n_unserved > 0 {
        let _ = writeln!(text, "{n_unserved} operations are not served by the Twin");
    }
    text
}

fn summary(matrix: &KillMatrix) -> String {
    let seconds = matrix.elapsed.as_secs_f64();
    let n_cases = matrix.n_cases();
    // Rates are for people: what a float loses here nobody sees.
    let rate = if seconds > 0.0 {
        n_cases as f64 / seconds
    } else {
        0.0
    };
    let median = |wanted: fn(&Defect) -> bool| {
        let median = matrix.median_cases(wanted);
        median.map_or_else(|| "none killed".to_owned(), cases)
    };
    format!(
        "{} defects, {} killed, {} survived; {n_cases} cases in {seconds:.2} s, {rate:.0} cases/s\n\
         median to the kill: {}; of moved limits: {}",
        matrix.proofs.len(),
        matrix.n_killed(),
        matrix.proofs.len() - matrix.n_killed(),
        median(|_| true),
        median(Defect::moves_a_limit),
    )
}

fn cases(count: u64) -> String {
    match count {
        1 => "1 case".to_owned(),
        n => format!("{n} cases"),
    }
}

fn told(matrix: &KillMatrix, ablations: Option<&[Ablation]>) -> Value {
    let proofs = matrix.proofs.iter().map(|proof| {
        let defect = &proof.defect;
        let (killed, checks, case, reason) = match &proof.end {
            End::Killed { checks, case, .. } => (true, Some(checks), Some(&case.0), None),
            End::Survived(reason) => (false, None, None, Some(reason)),
        };
        json!({
            "defect": defect.id,
            "class": defect.class.word(),
            "operation": defect.operation.as_str(),
            "field": defect.field.as_ref().map(ToString::to_string),
            "title": defect.title,
            "killed": killed,
            "checks": checks,
            "case": case,
            "reason": reason,
            "n_cases": proof.n_cases,
        })
    });
    json!({
        "version": VERSION,
        "n_defects": matrix.proofs.len(),
        "n_killed": matrix.n_killed(),
        "n_cases": matrix.n_cases(),
        "median_cases": matrix.median_cases(|_| true),
        "median_cases_of_moved_limits": matrix.median_cases(Defect::moves_a_limit),
        "healthy": {
            "n_cases": matrix.n_healthy_cases,
            "findings": matrix.healthy.iter().map(|f| json!({"check": f.check, "case": f.case.0, "title": f.title})).collect::<Vec<_>>(),
        },
        "defects": proofs.collect::<Vec<_>>(),
        "ablations": ablations.map(|ablations| {
            let told = ablations.iter().map(|Ablation { check, only }| {
                let ids: Vec<&str> = only.iter().map(|defect| defect.id.as_str()).collect();
                json!({ "check": check, "only": ids, "more": ids.len() >= ENOUGH })
            });
            told.collect::<Vec<_>>()
        }),
    })
}
