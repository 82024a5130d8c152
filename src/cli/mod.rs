//! The command line: the only place that prints.
//!
//! Main entry: [`main`]. [`Place`] and [`contract`] are what conformance trials understand alike. One file per subcommand. Results go to stdout, everything else to stderr,
//! and the [`Exit`] says how it went.

mod cases;
mod clean;
mod diff;
mod documents;
mod editions;
mod explain;
mod extract;
mod history;
mod lint;
mod listen;
mod load;
mod log;
mod manifest;
mod operations;
mod output;
mod place;
mod plan;
mod prove;
mod regressions;
mod rendering;
mod replay;
mod report;
mod resume;
mod rulings;
mod run;
mod show;
mod snapshot;
mod stop;
mod target;
mod twin;

pub use editions::contract;
pub use place::Place;
pub use rulings::RulingsFile;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

/// Proves that a cloud API does what its documentation says.
#[derive(Debug, Parser)]
#[command(
    name = "proofhouse",
    version,
    about,
    after_help = "Without a command, `run` is meant: the contract is tried on the embedded Twin.\n\
        Exit codes: 0 the contract holds, 1 findings, 2 could not run, 3 nothing was checked."
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: run::Arguments,
    /// Show each request to a server on stderr; twice, with headers and bodies. Secrets are removed
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read documents and write what they promise to schemas/
    Extract(extract::Arguments),
    /// List where documents contradict themselves and each other, and what is damaged in print
    Lint(lint::Arguments),
    /// Try the contract on the embedded Twin, or on a server
    Run(Box<run::Arguments>),
    /// Say what a run would do, without doing it
    Plan(plan::Arguments),
    /// Remove what crashed or interrupted runs have left
    Clean(clean::Arguments),
    /// Record what a target shows, and tell later what drifted
    Snapshot(snapshot::Arguments),
    /// Check a target of proofhouse.toml, or print the schema of that file
    Target(target::Arguments),
    /// Print a token for a target of proofhouse.toml
    Token(target::TokenArguments),
    /// Make the reports of a run again, join the parts of a run, accept a run as a baseline
    Report(report::Arguments),
    /// Put many runs side by side: promises kept over time, and since when each finding is open
    History(history::Arguments),
    /// Serve the Twin over HTTP
    Twin(twin::Arguments),
    /// Try the harness on every Defect of the Twin, and print the kill matrix
    Prove(prove::Arguments),
    /// Show what the contract says of an operation, all editions side by side
    Show(show::Arguments),
    /// Say what changed from one edition to another, and what of it breaks clients
    Diff(diff::Arguments),
    /// Say what became of each ruling in rulings.toml
    Rulings(rulings::Arguments),
    /// List the cases of an operation, with the statement that each one tests
    Cases(cases::Arguments),
    /// Say what the code of a check, of a Defect or of a flaw in a document means
    Explain(explain::Arguments),
}

/// How a command ended. The number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// What was asked for holds or is done.
    Clean = 0,
    /// There are findings.
    Findings = 1,
    /// It could not be done.
    CouldNotRun = 2,
    /// Nothing was checked.
    NothingChecked = 3,
}

/// Runs the command that the arguments name, the program's own name first.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments = match parse(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come as errors that belong on stdout; clap knows which is which.
            let failed = error.use_stderr();
            let _closed_pipe = error.print();
            return exit(if failed {
                Exit::CouldNotRun
            } else {
                Exit::Clean
            });
        }
    };
    log::start(arguments.verbose);
    let command = arguments
        .command
        .unwrap_or(Command::Run(Box::new(arguments.run)));
    let result = match command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Clean(arguments) => clean::run(&arguments),
        Command::Snapshot(arguments) => snapshot::run(&arguments),
        Command::Target(arguments) => target::target(&arguments),
        Command::Token(arguments) => target::token(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::History(arguments) => history::run(&arguments),
        Command::Twin(arguments) => twin::run(&arguments),
        Command::Prove(arguments) => prove::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Rulings(arguments) => rulings::run(&arguments),
        Command::Cases(arguments) => cases::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
    };
    exit(result.unwrap_or_else(|error| {
        output::error(error.as_ref());
        Exit::CouldNotRun
    }))
}

/// Reads a command line. Options of `run` stand before no other command; `-v` may.
fn parse(args: impl Iterator<Item = OsString>) -> Result<CommandLine, clap::Error> {
    let mut command = CommandLine::command();
    let matches = command.try_get_matches_from_mut(args)?;
    if let Some((name, _)) = matches.subcommand() {
        let is_typed = |option: &&Arg| {
            let source = matches.value_source(option.get_id().as_str());
            source == Some(ValueSource::CommandLine) && !option.is_global_set()
        };
        let option = command.get_arguments().find(is_typed);
        let told = option.map(|option| format!("`{option}` cannot stand before `{name}`"));
        if let Some(told) = told {
            return Err(command.error(ErrorKind::ArgumentConflict, told));
        }
    }
    CommandLine::from_arg_matches(&matches)
}

fn exit(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}

/// The known word that looks most like `typed`.
fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.max_by(|a, b| {
        let likeness = |word: &str| strsim::jaro_winkler(typed, word);
        likeness(a).total_cmp(&likeness(b))
    })
}
