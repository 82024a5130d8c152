//! `rulings.toml` for every command that uses a contract, and `proofhouse rulings`, which says what
//! became of each.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, editions, output};
use crate::contract::{Contract, Ruled};
use crate::extract::Reading;
use crate::ruling::{self, Concern, Rulings};

/// The file where it is used without being named.
const USUAL: &str = "rulings.toml";

/// Which rulings a command applies.
#[derive(Debug, Clone, Default, Args)]
pub struct RulingsFile {
    /// Facts that people settled; without it, rulings.toml where there is one
    #[arg(long, value_name = "FILE")]
    rulings: Option<PathBuf>,
}

/// What was typed for `proofhouse rulings`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    file: RulingsFile,
    /// Print the JSON Schema of the file instead, with which editors complete it
    #[arg(long)]
    schema: bool,
}

/// Why the rulings cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("read rulings `{}`", path.display())]
struct OpenError {
    path: PathBuf,
    #[source]
    cause: std::io::Error,
}

/// A file of rulings that is there.
pub struct Opened {
    /// Its path.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What it says.
    pub rulings: Rulings,
}

impl RulingsFile {
    /// Whether a file was named.
    pub fn is_named(&self) -> bool {
        self.rulings.is_some()
    }

    /// What a command says to use the same file.
    pub fn words(&self) -> Vec<String> {
        let named = self.rulings.iter();
        named
            .flat_map(|path| ["--rulings".to_owned(), path.display().to_string()])
            .collect()
    }

    /// Opens the file that was named, or the usual one where there is one.
    pub fn open(&self) -> Result<Option<Opened>, Box<dyn Error>> {
        let path = self.rulings.as_deref().unwrap_or(Path::new(USUAL));
        #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error)
                if self.rulings.is_none() && error.kind() == std::io::ErrorKind::NotFound =>
            {
                return Ok(None);
            }
            Err(cause) => {
                let path = path.to_owned();
                return Err(OpenError { path, cause }.into());
            }
        };
        let rulings = Rulings::parse(&path.display().to_string(), &text)?;
        let path = path.to_owned();
        Ok(Some(Opened {
            path,
            text,
            rulings,
        }))
    }

    /// Applies them to editions, and remarks what a person should look at.
    pub fn apply(&self, contracts: &mut [Contract]) -> Result<(), Box<dyn Error>> {
        let Some(opened) = self.open()? else {
            return Ok(());
        };
        for concern in opened.rulings.apply(contracts) {
            output::remark(&concern.to_string());
        }
        let n: usize = contracts
            .iter()
            .map(|contract| contract.rulings.len())
            .sum();
        let file = opened.path.display();
        output::remark(&format!(
            "{file}: {n} in force; `proofhouse rulings` lists them"
        ));
        Ok(())
    }
}

impl Opened {
    /// Applies them to what was read from documents.
    pub fn apply_to(&self, readings: &mut [Reading]) -> Vec<Concern> {
        let contracts = readings.iter().map(|reading| reading.contract.clone());
        let mut contracts: Vec<Contract> = contracts.collect();
        let concerns = self.rulings.apply(&mut contracts);
        for (reading, contract) in readings.iter_mut().zip(contracts) {
            reading.contract = contract;
        }
        concerns
    }
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    if arguments.schema {
        output::lines([format!("{:#}", ruling::json_schema())])?;
        return Ok(Exit::Clean);
    }
    let Some(opened) = arguments.file.open()? else {
        output::remark(
            "there is no rulings.toml here; `proofhouse rulings --schema` says what it may hold",
        );
        return Ok(Exit::NothingChecked);
    };
    let mut contracts = editions::at_hand()?;
    let concerns = opened.rulings.apply(&mut contracts);
    let ruled = contracts.iter().flat_map(|contract| &contract.rulings);
    output::lines(ruled.map(line))?;
    output::lines(concerns.iter().map(ToString::to_string))?;
    Ok(if concerns.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// `rulings.toml:3  kettles.update request kettle.litres range: 1 to 20, was 1 to 40; because …`
fn line(ruled: &Ruled) -> String {
    let side = ruled.direction.map(|side| format!(" {}", side.word()));
    let field = ruled.field.as_ref().map(|field| format!(" {field}"));
    format!(
        "{}:{}  {}{}{} {}: {}, was {}; {} ({}, {})",
        ruled.at.document,
        ruled.at.line,
        ruled.operation,
        side.unwrap_or_default(),
        field.unwrap_or_default(),
        ruled.fact,
        ruled.value,
        ruled.before.join(" / "),
        ruled.reason,
        ruled.who,
        ruled.when
    )
}
