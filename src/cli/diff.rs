//! `proofhouse diff`: what changed from one edition to another, and whom it breaks.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::rulings::RulingsFile;
use super::{Exit, editions, operations, output};
use crate::contract::{Contract, Edition, Operation};
use crate::diff::{self, Change, Effect};
use crate::source::DocumentId;

/// What was typed.
#[derive(Debug, Args)]
#[command(after_help = "\
An edition is a document, a folder like schemas/ or schemas/<edition>, or the id of an edition in the \
embedded contract.\n\n\
Breaking is what may break a client that was written for the old edition and keeps all that it says, \
when the service follows the new one: an operation or field that is gone, a field that must be sent \
newly, fewer values that may be sent, more or other values that may be answered. A field or operation \
added is compatible. What says nothing of requests and answers is editorial.\n\n\
Exit codes: 0 nothing breaking changed, 1 something did, 2 could not run, 3 nothing was compared.")]
pub struct Arguments {
    /// The edition that clients were written for
    old: PathBuf,
    /// The edition that the service follows now
    new: PathBuf,
    /// Only changes of this operation, by id of the new edition or `METHOD path`. May be repeated
    #[arg(long = "operation", value_name = "OPERATION")]
    operations: Vec<String>,
    /// Only changes that are at least so bad
    #[arg(long, value_enum, default_value = "editorial")]
    effect: Threshold,
    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// What documents are called
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    #[command(flatten)]
    rulings: RulingsFile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// JSON with a version
    Json,
    /// For release notes and reviews
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Breaking,
    Compatible,
    Editorial,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let old = arguments.side(&arguments.old)?;
    let new = arguments.side(&arguments.new)?;
    for (side, contracts) in [(&arguments.old, &old), (&arguments.new, &new)] {
        let mut operations = contracts.iter().flat_map(|contract| &contract.operations);
        if operations.next().is_none() {
            let side = side.display();
            output::remark(&format!("nothing was compared: `{side}` has no operation"));
            return Ok(Exit::NothingChecked);
        }
    }
    let mut changes: Vec<Change> = Vec::new();
    for (old, new) in pairs(&old, &new) {
        changes.extend(diff::changes(&old, &new));
    }
    let routes = arguments.routes(&old, &new)?;
    changes.retain(|change| arguments.wants(change, routes.as_deref()));
    let name = |path: &Path| path.display().to_string();
    let (was, is) = (name(&arguments.old), name(&arguments.new));
    match arguments.format {
        Format::Text => output::lines([diff::text(&changes).trim_end()])?,
        Format::Json => output::lines([format!("{:#}", diff::json(&was, &is, &changes))])?,
        Format::Markdown => output::lines([diff::markdown(&was, &is, &changes).trim_end()])?,
    }
    let breaks = changes
        .iter()
        .any(|change| change.effect == Effect::Breaking);
    Ok(if breaks { Exit::Findings } else { Exit::Clean })
}

impl Arguments {
    fn wants(&self, change: &Change, routes: Option<&[String]>) -> bool {
        let worst = match self.effect {
            Threshold::Breaking => Effect::Breaking,
            Threshold::Compatible => Effect::Compatible,
            Threshold::Editorial => Effect::Editorial,
        };
        let asked = |route: &String| routes.is_none_or(|routes| routes.contains(route));
        change.effect <= worst && change.operation.as_ref().map_or(routes.is_none(), asked)
    }

    /// The routes of the operations that were asked for; none if all are wanted.
    fn routes(
        &self,
        old: &[Contract],
        new: &[Contract],
    ) -> Result<Option<Vec<String>>, Box<dyn Error>> {
        if self.operations.is_empty() {
            return Ok(None);
        }
        let all = new.iter().chain(old);
        let all = all.flat_map(|contract| &contract.operations);
        let found = operations::named(&self.operations, all)?;
        let routes = found.into_iter().map(Operation::route).collect();
        Ok(Some(routes))
    }

    /// The editions of one side, with the rulings applied.
    fn side(&self, named: &Path) -> Result<Vec<Contract>, Box<dyn Error>> {
        let mut contracts = editions::read(&[named.to_owned()], self.manifest.as_deref())?;
        self.rulings.apply(&mut contracts)?;
        Ok(contracts)
    }
}

/// Editions to compare: the only ones, or those of the same id. An edition that one side lacks is
/// compared with an empty one.
fn pairs(old: &[Contract], new: &[Contract]) -> Vec<(Contract, Contract)> {
    if let ([old], [new]) = (old, new) {
        return vec![(old.clone(), new.clone())];
    }
    let same = |contract: &Contract, others: &[Contract]| {
        let mut others = others.iter();
        let found = others.find(|other| other.edition.id == contract.edition.id);
        found
            .cloned()
            .unwrap_or_else(|| empty(&contract.edition.id))
    };
    let is_gone = |contract: &&Contract| {
        new.iter()
            .all(|other| other.edition.id != contract.edition.id)
    };
    let mut pairs: Vec<(Contract, Contract)> = new
        .iter()
        .map(|contract| (same(contract, old), contract.clone()))
        .collect();
    pairs.extend(
        old.iter()
            .filter(is_gone)
            .map(|gone| (gone.clone(), empty(&gone.edition.id))),
    );
    pairs
}

fn empty(id: &DocumentId) -> Contract {
    Contract {
        edition: Edition {
            id: id.clone(),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        operations: Vec::new(),
        statuses: Vec::new(),
        error_codes: Vec::new(),
        envelopes: Vec::new(),
        jobs: None,
        versions: None,
        states: Vec::new(),
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}
