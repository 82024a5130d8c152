//! `proofhouse cases`: lists cases with the statement that each one tests.

use std::error::Error;

use clap::Args;

use super::rulings::RulingsFile;
use super::run::{operations, since_start};
use super::{Exit, editions, output};
use crate::case::{Case, Expect};
use crate::contract::StatementId;
use crate::runner::{Plan, Planned, Program, Prospect, prospects};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The operations, by id or `METHOD path`, in which `*` stands for any characters; all when none is named
    operations: Vec<String>,
    /// The edition; the newest of each operation when none is named
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let contract = editions::contract(arguments.edition.as_deref(), &arguments.rulings)?;
    let plan = Plan {
        operations: operations(&contract, &arguments.operations)?,
        generated: 0,
        clock: since_start,
        ..Plan::default()
    };
    let program = Program::new(&contract, &plan);
    output::lines(program.trials.iter().map(line))?;
    output::lines(account(&prospects(&contract, &program)))?;
    Ok(if program.trials.is_empty() {
        Exit::NothingChecked
    } else {
        Exit::Clean
    })
}

/// How many statements are tried how, then each that is not tried on both sides.
fn account(prospects: &[(StatementId, Prospect)]) -> Vec<String> {
    let count = |wanted: fn(Prospect) -> bool| {
        let told = prospects.iter().filter(|(_, prospect)| wanted(*prospect));
        told.count()
    };
    let mut lines = vec![
        String::new(),
        format!(
            "{} statements: {} tried on both sides, {} on one side, {} held against answers, {} not testable, {} not yet",
            prospects.len(),
            count(|prospect| prospect == Prospect::BothSides),
            count(|prospect| prospect == Prospect::OneSide),
            count(|prospect| prospect == Prospect::InAnswers),
            count(|prospect| matches!(prospect, Prospect::NotTestable(_))),
            count(|prospect| prospect == Prospect::NotYet),
        ),
    ];
    lines.extend(
        prospects
            .iter()
            .filter_map(|(id, prospect)| match prospect {
                Prospect::BothSides | Prospect::InAnswers => None,
                Prospect::OneSide => Some(format!("  one side      {id}")),
                Prospect::NotTestable(reason) => Some(format!("  not testable  {id}: {reason}")),
                Prospect::NotYet => Some(format!("  not yet       {id}")),
            }),
    );
    lines
}

fn line(planned: &Planned) -> String {
    match planned {
        Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
            format!(
                "{}  {}  {}  [{}]",
                case.id,
                expected(case),
                case.title,
                tested(case)
            )
        }
        Planned::Story(story) => format!("{}  story  {}", story.id, story.title),
        Planned::Stream(stream) => format!("{}  {} more", stream.id, stream.turns.len()),
    }
}

fn expected(case: &Case) -> &'static str {
    match case.expect {
        Expect::Accepted => "accepted",
        Expect::Refused => "refused",
        Expect::Either => "either",
    }
}

fn tested(case: &Case) -> String {
    case.tests.as_ref().map_or_else(
        || "the operation as a whole".to_owned(),
        ToString::to_string,
    )
}
