//! `proofhouse extract`: reads documents and prints or writes what they promise.

use std::collections::HashSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use super::documents::{Documents, Text};
use super::manifest::Entry;
use super::rulings::RulingsFile;
use super::{Exit, output};
use crate::contract::{Contract, FieldPath, Operation, OperationId};
use crate::extract::coverage::Share;
use crate::extract::{self, Explained, Reading, Unread, inventory};
use crate::{schema, store};

/// What was typed.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 read, 2 could not run, 3 nothing was read.")]
pub struct Arguments {
    /// The documents: a file, or a folder of pages. Without any, those that the manifest names
    documents: Vec<PathBuf>,
    /// Print every fact as JSON Lines
    #[arg(long, group = "what")]
    inventory: bool,
    /// Print which rule read which line
    #[arg(long, group = "what")]
    explain: bool,
    /// Print what looks like a constraint and was not understood
    #[arg(long, group = "what")]
    unread: bool,
    /// Print how much was read into facts, and what was left
    #[arg(long, group = "what")]
    coverage: bool,
    /// Write the contracts to this folder
    #[arg(long, group = "what", value_name = "DIR", default_value = "schemas")]
    write: PathBuf,
    /// What the documents are called, and which operations are kept
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// Why a contract could not be written.
#[derive(Debug, thiserror::Error)]
#[error("write `{}`", path.display())]
struct WriteError {
    path: PathBuf,
    #[source]
    cause: std::io::Error,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let documents = Documents::find(&arguments.documents, arguments.manifest.as_deref())?;
    let mut readings = Vec::new();
    for path in &documents.paths {
        let Text { mut reading, .. } = documents.read(path)?;
        // What is printed is all that was read; the manifest limits what is kept.
        if arguments.is_kept()
            && let Some(entry) = documents.entry(path)
        {
            keep_only(&mut reading.contract, entry);
        }
        readings.push(reading);
    }
    if readings.iter().all(Reading::is_empty) {
        output::remark("nothing was read: no operation, no table and no error code was found");
        return Ok(Exit::NothingChecked);
    }
    extract::settle(&mut readings);
    if let Some(opened) = arguments.rulings.open()? {
        for concern in opened.apply_to(&mut readings) {
            output::remark(&concern.to_string());
        }
    }
    if arguments.inventory {
        output::lines(readings.iter().flat_map(inventory::lines))?;
    } else if arguments.explain {
        output::lines(readings.iter().flat_map(|reading| {
            reading
                .explained
                .iter()
                .map(|explained| explain(reading, explained))
        }))?;
    } else if arguments.coverage {
        output::lines(readings.iter().flat_map(covered))?;
    } else if arguments.unread {
        output::lines(readings.iter().flat_map(|reading| {
            reading
                .unread
                .iter()
                .map(|unread| show_unread(reading, unread))
        }))?;
    } else {
        write(&arguments.write, &readings)?;
    }
    Ok(Exit::Clean)
}

impl Arguments {
    /// Whether the contracts are written, and nothing is printed.
    fn is_kept(&self) -> bool {
        !(self.inventory || self.explain || self.unread || self.coverage)
    }
}

/// Drops the operations that the manifest does not want, and what is about them.
fn keep_only(contract: &mut Contract, entry: &Entry) {
    let keeps = |operation: &Operation| entry.keeps(operation.id.as_str(), &operation.route());
    contract.operations.retain(keeps);
    let kept: HashSet<&OperationId> = contract
        .operations
        .iter()
        .map(|operation| &operation.id)
        .collect();
    let is_kept = |id: &OperationId| kept.contains(id);
    contract
        .disputes
        .retain(|dispute| dispute.operation.as_ref().is_none_or(is_kept));
    contract.rulings.retain(|ruled| is_kept(&ruled.operation));
    contract.jobs = contract.jobs.take().filter(|jobs| is_kept(&jobs.operation));
}

/// What was read of a document, in one line.
fn summary(reading: &Reading) -> String {
    let coverage = &reading.coverage;
    let of = |share: Share, what: &str| format!("{} of {} {what}", share.read, share.all);
    format!(
        "{}: {} operations, {} tables, {} statements, {} unread, {} disputes; read {}, {}, {}",
        reading.contract.edition.id,
        reading.contract.operations.len(),
        coverage.tables,
        coverage.statements,
        coverage.unread,
        reading.contract.disputes.len(),
        of(coverage.rows, "rows"),
        of(coverage.prose, "lines of text"),
        of(coverage.code, "blocks of code"),
    )
}

/// The summary, and what gave no fact.
fn covered(reading: &Reading) -> impl Iterator<Item = String> + '_ {
    let left = reading.coverage.left.iter().map(|left| {
        let at = reading
            .pages
            .at(&reading.contract.edition.id, left.lines.first);
        let n_lines = left.lines.last - left.lines.first;
        let last = at.line + n_lines;
        let lines = match n_lines {
            0 => at.line.to_string(),
            _ => format!("{}-{last}", at.line),
        };
        format!("{}:{lines}  {} {}", at.text(), left.count, left.what.word())
    });
    std::iter::once(summary(reading)).chain(left)
}

fn explain(reading: &Reading, explained: &Explained) -> String {
    let place = explained.field.as_ref().or(explained.operation.as_ref());
    let place = place.map_or("-", String::as_str);
    let at = reading
        .pages
        .at(&reading.contract.edition.id, explained.line);
    format!(
        "{}:{}  {}  {place}  {}",
        at.text(),
        at.line,
        explained.rule,
        extract::claims::say(&explained.constraint)
    )
}

fn show_unread(reading: &Reading, unread: &Unread) -> String {
    let field = unread
        .field
        .as_ref()
        .map_or("-".to_owned(), FieldPath::to_string);
    let at = reading.pages.at(&reading.contract.edition.id, unread.line);
    format!("{}:{}  {field}  {}", at.text(), at.line, unread.text)
}

fn write(folder: &Path, readings: &[Reading]) -> Result<(), WriteError> {
    let contracts: Vec<Contract> = readings
        .iter()
        .map(|reading| reading.contract.clone())
        .collect();
    let mut files = store::write(&contracts);
    files.extend(schema::files(&contracts));
    for (path, text) in &files {
        let path = folder.join(path);
        let failed = |cause| WriteError {
            path: path.clone(),
            cause,
        };
        #[expect(clippy::disallowed_methods, reason = "the command line writes files")]
        {
            std::fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(failed)?;
            std::fs::write(&path, text).map_err(failed)?;
        }
    }
    for reading in readings {
        output::remark(&summary(reading));
    }
    output::remark(&format!(
        "{} files written to {}",
        files.len(),
        folder.display()
    ));
    Ok(())
}
