//! `proofhouse show`: what the contract says of one operation, all editions side by side.

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::rulings::RulingsFile;
use super::{Exit, editions, output};
use crate::show;

/// Columns where there is no terminal.
const COLUMNS: usize = 120;

/// What was typed.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 shown, 2 could not run, 3 nothing was read.")]
pub struct Arguments {
    /// The operation: an id, or `METHOD path`, with `#action` where several share it
    #[arg(required = true, num_args = 1..=2)]
    operation: Vec<String>,
    /// This edition: an id of the embedded contract, a document, or a folder like schemas/. May be
    /// repeated; without it, all of the embedded contract
    #[arg(long = "edition", value_name = "EDITION")]
    editions: Vec<PathBuf>,
    /// What documents are called
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// For people or for programs
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Columns to fill; those of the terminal, or 120
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
    #[command(flatten)]
    rulings: RulingsFile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables
    Text,
    /// JSON with a version
    Json,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let mut contracts = match &arguments.editions[..] {
        [] => editions::at_hand()?,
        named => editions::read(named, arguments.manifest.as_deref())?,
    };
    if contracts
        .iter()
        .all(|contract| contract.operations.is_empty())
    {
        output::remark("nothing is shown: no operation was read");
        return Ok(Exit::NothingChecked);
    }
    arguments.rulings.apply(&mut contracts)?;
    let page = show::find(&contracts, &arguments.operation.join(" "))?;
    match arguments.format {
        Format::Text => output::lines([show::text(&page, arguments.columns()).trim_end()])?,
        Format::Json => output::lines([format!("{:#}", show::json(&page))])?,
    }
    Ok(Exit::Clean)
}

impl Arguments {
    fn columns(&self) -> usize {
        let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        self.width.map(usize::from).or(terminal).unwrap_or(COLUMNS)
    }
}
