//! `proofhouse cases`: lists cases with the statement that each one tests.

use std::error::Error;

use clap::Args;

use super::run::{contract, operation, since_start};
use super::{Exit, output};
use crate::case::{Case, Expect};
use crate::runner::{Plan, Planned, Program};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The operations; all of them when none is named
    operations: Vec<String>,
    /// The edition; the newest of each operation when none is named
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let contract = contract(arguments.edition.as_deref())?;
    let operations: Result<Vec<_>, _> = arguments
        .operations
        .iter()
        .map(|asked| operation(&contract, asked))
        .collect();
    let operations = Some(operations?).filter(|operations| !operations.is_empty());
    let plan = Plan {
        operations,
        generated: 0,
        clock: since_start,
        ..Plan::default()
    };
    let program = Program::new(&contract, &plan);
    output::lines(program.trials.iter().map(line))?;
    Ok(if program.trials.is_empty() {
        Exit::NothingChecked
    } else {
        Exit::Clean
    })
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
