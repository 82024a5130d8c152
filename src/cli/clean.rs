//! `proofhouse clean`: removes what crashed or interrupted runs have left.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use clap::{Args, Parser};

use super::place::Place;
use super::rulings::RulingsFile;
use super::{Exit, editions, output};
use crate::target::Live;
use crate::target::live::journal::{self, Head, Journal, JournalError};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The edition that says how things are removed; without it, the one that the run used
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Only what this run has left
    #[arg(long, value_name = "RUN")]
    run: Option<String>,
    /// Only say what there is to remove
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let mut files = journal::journals(arguments.place.journals())?;
    if let Some(run) = &arguments.run {
        let file = journal::path(arguments.place.journals(), run);
        files.retain(|known| *known == file);
    }
    let mut n_left = 0;
    for file in &files {
        n_left += clean(arguments, file)?;
    }
    if files.is_empty() {
        let folder = arguments.place.journals().display();
        output::lines([format!("nothing to remove: {folder} holds no journal")])?;
    }
    Ok(if n_left == 0 {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// Removes what one journal tells; gives how much is left.
fn clean(arguments: &Arguments, file: &Path) -> Result<usize, Box<dyn Error>> {
    let (head, mut journal) = match Journal::take_over(file) {
        Err(JournalError::InUse(_)) => {
            output::lines([format!(
                "{}: left alone, its run still goes on",
                file.display()
            )])?;
            return Ok(0);
        }
        taken => taken?,
    };
    let what = format!("run {} on {}", head.run, head.target);
    let n_open = journal.open().len();
    if arguments.list {
        output::lines([format!("{what}: {n_open} to remove")])?;
        output::lines(journal.open().iter().map(|open| {
            format!(
                "  {} #{} {} {}",
                open.made.operation, open.made.number, open.made.path, open.made.body
            )
        }))?;
        return Ok(n_open);
    }
    let left = if n_open == 0 {
        Vec::new()
    } else {
        output::lines([format!("{what}: {n_open} to remove")])?;
        let mut live = connect(arguments, &head)?;
        live.remove(&mut journal, &mut |told| {
            let _closed_pipe = output::lines([format!("  {told}")]);
        })
    };
    if left.is_empty() {
        output::lines([format!("{what}: nothing is left")])?;
    }
    Ok(left.len())
}

/// What a journal tells of the command that wrote it.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
struct Earlier {
    #[command(flatten)]
    place: Place,
    #[arg(long)]
    edition: Option<String>,
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// Connects to where the run was: as told now, or as the journal says. Things are removed by the
/// contract that they were made by.
fn connect(arguments: &Arguments, head: &Head) -> Result<Live, Box<dyn Error>> {
    let earlier = Earlier::try_parse_from(&head.with)?;
    let place = if arguments.place.is_elsewhere() {
        arguments.place.clone()
    } else if earlier.place.is_elsewhere() {
        earlier.place.with_journals_of(&arguments.place)
    } else {
        arguments.place.of_run(&head.target, &head.endpoint)
    };
    let edition = arguments.edition.clone().or(earlier.edition);
    let rulings = if arguments.rulings.is_named() {
        &arguments.rulings
    } else {
        &earlier.rulings
    };
    let edition = place.edition(edition.as_deref())?;
    let contract = Arc::new(editions::contract(edition.as_deref(), rulings)?);
    let options = place
        .options(&contract)?
        .ok_or("the embedded Twin keeps nothing")?;
    Ok(Live::connect(crate::target::LiveOptions {
        run: head.run.clone(),
        ..options
    })?)
}
