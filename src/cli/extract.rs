//! `proofhouse extract`: reads documents and prints or writes what they promise.

use std::collections::HashSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use super::manifest::{Entry, Manifest, ManifestError};
use super::{Exit, output};
use crate::contract::{Contract, FieldPath, Operation, OperationId};
use crate::document;
use crate::extract::{self, Explained, Reading, Unread, inventory};
use crate::source::DocumentId;
use crate::{schema, store};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The documents, one file each. Without any, those that the manifest names
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
    /// Write the contracts to this folder
    #[arg(long, group = "what", value_name = "DIR", default_value = "schemas")]
    write: PathBuf,
    /// What the documents are called, and which operations are kept
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// Why documents could not be read or written.
#[derive(Debug, thiserror::Error)]
enum ExtractError {
    #[error("find a document: name some, or list them in documents.toml")]
    Nothing,
    #[error("read document `{}`", path.display())]
    Document {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("use manifest `{}`", path.display())]
    Manifest {
        path: PathBuf,
        #[source]
        cause: ManifestError,
    },
    #[error("read manifest `{}`", path.display())]
    ManifestFile {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("write `{}`", path.display())]
    Write {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let manifest = manifest(arguments.manifest.as_deref())?;
    let mut readings = Vec::new();
    for path in &arguments.documents(&manifest)? {
        let mut reading = read(path, &manifest)?;
        // What is printed is all that was read; the manifest limits what is kept.
        if arguments.is_kept()
            && let Some(entry) = manifest.entry(&file_name(path))
        {
            keep_only(&mut reading.contract, entry);
        }
        readings.push(reading);
    }
    extract::settle(&mut readings);
    if arguments.inventory {
        output::lines(readings.iter().flat_map(inventory::lines))?;
    } else if arguments.explain {
        output::lines(readings.iter().flat_map(|reading| {
            reading
                .explained
                .iter()
                .map(|explained| explain(reading, explained))
        }))?;
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
    /// The documents that were named, or all of the manifest.
    fn documents(&self, manifest: &Manifest) -> Result<Vec<PathBuf>, ExtractError> {
        if !self.documents.is_empty() {
            return Ok(self.documents.clone());
        }
        let folder = self.manifest.as_deref().and_then(Path::parent);
        let folder = folder.unwrap_or(Path::new(""));
        let files = manifest.documents.iter().map(|entry| &entry.file);
        let paths: Vec<PathBuf> = files.map(|file| folder.join(file)).collect();
        if paths.is_empty() {
            return Err(ExtractError::Nothing);
        }
        Ok(paths)
    }

    /// Whether the contracts are written, and nothing is printed.
    fn is_kept(&self) -> bool {
        !(self.inventory || self.explain || self.unread)
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The manifest that was named, or the one in the current folder, or none.
fn manifest(named: Option<&Path>) -> Result<Manifest, ExtractError> {
    let path = named.unwrap_or(Path::new("documents.toml"));
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Manifest::default());
        }
        Err(cause) => {
            let path = path.to_owned();
            return Err(ExtractError::ManifestFile { path, cause });
        }
    };
    Manifest::parse(&text).map_err(|cause| ExtractError::Manifest {
        path: path.to_owned(),
        cause,
    })
}

fn read(path: &Path, manifest: &Manifest) -> Result<Reading, ExtractError> {
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    let bytes = std::fs::read(path).map_err(|cause| ExtractError::Document {
        path: path.to_owned(),
        cause,
    })?;
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let entry = manifest.entry(&file_name(path));
    let id = entry.and_then(|entry| entry.id.clone()).unwrap_or(stem);
    let document = document::read(&DocumentId::new(&id), &bytes);
    let mut reading = extract::read(&document);
    if let Some(entry) = entry {
        let edition = &mut reading.contract.edition;
        edition.language = entry.language.clone().or(edition.language.take());
        edition.date = entry.date.clone().or(edition.date.take());
    }
    for diagnostic in &reading.diagnostics {
        let help = diagnostic
            .help
            .as_deref()
            .map(|help| format!("; {help}"))
            .unwrap_or_default();
        output::remark(&format!(
            "{}:{}: {}{help}",
            path.display(),
            diagnostic.lines.first,
            diagnostic.message
        ));
    }
    Ok(reading)
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
    contract.jobs = contract.jobs.take().filter(|jobs| is_kept(&jobs.operation));
}

fn explain(reading: &Reading, explained: &Explained) -> String {
    let place = explained.field.as_ref().or(explained.operation.as_ref());
    let place = place.map_or("-", String::as_str);
    let doc = &reading.contract.edition.id;
    format!(
        "{doc}:{}  {}  {place}  {:?}",
        explained.line, explained.rule, explained.constraint
    )
}

fn show_unread(reading: &Reading, unread: &Unread) -> String {
    let field = unread
        .field
        .as_ref()
        .map_or("-".to_owned(), FieldPath::to_string);
    format!(
        "{}:{}  {field}  {}",
        reading.contract.edition.id, unread.line, unread.text
    )
}

fn write(folder: &Path, readings: &[Reading]) -> Result<(), ExtractError> {
    let contracts: Vec<Contract> = readings
        .iter()
        .map(|reading| reading.contract.clone())
        .collect();
    let mut files = store::write(&contracts);
    files.extend(schema::files(&contracts));
    for (path, text) in &files {
        let path = folder.join(path);
        let failed = |cause| ExtractError::Write {
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
        let coverage = reading.coverage;
        output::remark(&format!(
            "{}: {} operations, {} tables, {} rows, {} statements, {} unread, {} disputes",
            reading.contract.edition.id,
            reading.contract.operations.len(),
            coverage.tables,
            coverage.rows,
            coverage.statements,
            coverage.unread,
            reading.contract.disputes.len(),
        ));
    }
    output::remark(&format!(
        "{} files written to {}",
        files.len(),
        folder.display()
    ));
    Ok(())
}
