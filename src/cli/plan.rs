//! `proofhouse plan`: what a run would do, without doing it.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use clap::Args;

use super::place::Place;
use super::rulings::RulingsFile;
use super::{Exit, editions, output, run};
use crate::contract::Contract;
use crate::runner::{self, Forecast, Foreseen, Plan};
use crate::target::{InProcess, Live, Target};
use crate::twin::Twin;

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Use this edition alone; without it, the target's, or the newest edition of each operation
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Only this operation, by id or `METHOD path`; `*` stands for any characters. May be repeated
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    /// Ask nobody: what is looked up by name, and what a Twin lends, is not known then
    #[arg(long)]
    offline: bool,
    /// Decides the generated cases
    #[arg(long, default_value_t = 42)]
    seed: u64,
    /// Generated cases per operation
    #[arg(long, value_name = "N", default_value_t = 8)]
    cases: u32,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let edition = arguments.place.edition(arguments.edition.as_deref())?;
    let contract = Arc::new(editions::contract(edition.as_deref(), &arguments.rulings)?);
    let plan = Plan {
        seed: arguments.seed,
        generated: arguments.cases,
        operations: run::operations(&contract, &arguments.operations)?,
        ..Plan::default()
    };
    let live = if arguments.offline {
        arguments.place.unconnected(&contract)?
    } else {
        arguments.place.open(&contract)?
    };
    let forecast = match &live {
        Some(live) => runner::foresee(&contract, &plan, live),
        None => {
            let twin = Twin::new(Arc::clone(&contract), plan.seed);
            runner::foresee(&contract, &plan, &InProcess::new(twin))
        }
    };
    let name = live.as_ref().map_or("the embedded Twin", Target::name);
    output::lines(lines(name, &contract, &forecast))?;
    output::lines(live.as_ref().map(budgets).into_iter().flatten())?;
    output::lines(["nothing was tried"])?;
    let is_empty = forecast.operations.iter().all(|seen| seen.n_cases == 0);
    Ok(if is_empty {
        Exit::NothingChecked
    } else {
        Exit::Clean
    })
}

/// The forecast as a table, the reasons for what is left out, and the sum.
pub fn lines(name: &str, contract: &Contract, forecast: &Forecast) -> Vec<String> {
    let tried = |seen: &&Foreseen| seen.n_cases > 0;
    let width = forecast
        .operations
        .iter()
        .filter(tried)
        .map(|seen| seen.operation.as_str().len())
        .max();
    let width = width.unwrap_or(0).max("operation".len());
    let mut lines = vec![
        format!("plan for {name}"),
        format!(
            "  {:<width$}  {:>6} {:>9} {:>10} {:>8}",
            "operation", "cases", "requests", "creations", "minutes"
        ),
    ];
    for seen in forecast.operations.iter().filter(tried) {
        lines.push(format!(
            "  {:<width$}  {:>6} {:>9} {:>10} {:>8.1}",
            seen.operation.as_str(),
            seen.n_cases,
            seen.n_requests(),
            seen.n_creations,
            seen.minutes(contract)
        ));
    }
    lines.extend(left_out(forecast));
    lines.push(sum(contract, forecast));
    lines
}

/// What a run comes to, one line.
pub fn sum(contract: &Contract, forecast: &Forecast) -> String {
    let operations = &forecast.operations;
    let tried = |seen: &&Foreseen| seen.n_cases > 0;
    format!(
        "in all {} of {} operations, {} cases, about {} requests, up to {} creations (each is removed again), {:.0} minutes at the documented rates; jobs take their own time",
        operations.iter().filter(tried).count(),
        operations.len(),
        operations.iter().map(|seen| seen.n_cases).sum::<u64>(),
        operations.iter().map(Foreseen::n_requests).sum::<u64>(),
        operations.iter().map(|seen| seen.n_creations).sum::<u64>(),
        operations
            .iter()
            .map(|seen| seen.minutes(contract))
            .sum::<f64>()
            .ceil(),
    )
}

/// Why cases are left out, the most frequent reason first, with the operations it is about.
fn left_out(forecast: &Forecast) -> Vec<String> {
    let mut reasons: BTreeMap<&str, (u64, Vec<&str>)> = BTreeMap::new();
    for seen in &forecast.operations {
        for (reason, count) in &seen.left_out {
            let known = reasons.entry(reason).or_default();
            known.0 += count;
            known.1.push(seen.operation.as_str());
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let told = reasons.into_iter().map(|(reason, (count, operations))| {
        let more = operations.len().saturating_sub(MOST_NAMED);
        let named = operations[..operations.len() - more].join(", ");
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!("  left out {count:>5}  {reason}: {named}{more}")
    });
    told.collect()
}

/// Operations named after one reason.
const MOST_NAMED: usize = 3;

/// The budgets of a target, one line.
fn budgets(live: &Live) -> Option<String> {
    let budget = live.budget();
    let told = [
        budget.requests.map(|most| format!("{most} requests")),
        budget.minutes.map(|most| format!("{most} minutes")),
        Some(match live.most_creations() {
            u64::MAX => "as many creations as it takes".to_owned(),
            most => format!("{most} creations"),
        }),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    Some(format!("budgets: {}", told.join(", ")))
}
