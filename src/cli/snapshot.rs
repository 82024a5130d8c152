//! `proofhouse snapshot`: records what a target shows, and tells later what drifted.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde_json::Value;

use super::place::Place;
use super::rulings::RulingsFile;
use super::{Exit, editions, output};
use crate::contract::Contract;
use crate::runner::{Picture, drift, pictures};
use crate::target::{InProcess, Target};
use crate::twin::Twin;

/// What was typed.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    review: Option<Review>,
    #[command(flatten)]
    take: Take,
}

#[derive(Debug, Args)]
struct Take {
    #[command(flatten)]
    place: Place,
    /// Use this edition alone; without it, the target's, or the newest edition of each operation
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Where snapshots are kept
    #[arg(long, value_name = "DIR", default_value = "snapshots")]
    dir: PathBuf,
    #[command(flatten)]
    rulings: RulingsFile,
}

#[derive(Debug, Subcommand)]
enum Review {
    /// Take what drifted as the new snapshot
    Accept(Chosen),
    /// Keep the old snapshot and forget what drifted
    Reject(Chosen),
}

#[derive(Debug, Args)]
struct Chosen {
    /// Only these operations. Without any, all that drifted
    operations: Vec<String>,
    /// Where snapshots are kept
    #[arg(long, value_name = "DIR", default_value = "snapshots")]
    dir: PathBuf,
}

/// A file of snapshots that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("keep the snapshot `{}`", path.display())]
struct SnapshotError {
    path: PathBuf,
    #[source]
    cause: std::io::Error,
}

/// What drifted waits beside the snapshot under this ending, like the snapshots of tests do.
const PENDING: &str = "json.new";

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    match &arguments.review {
        None => take(&arguments.take),
        Some(Review::Accept(chosen)) => {
            review(chosen, "accepted", |new, old| std::fs::rename(new, old))
        }
        Some(Review::Reject(chosen)) => review(chosen, "rejected", |new, _| remove(new)),
    }
}

#[expect(clippy::disallowed_methods, reason = "cli keeps snapshots")]
fn remove(path: &Path) -> std::io::Result<()> {
    std::fs::remove_file(path)
}

/// What came of one picture.
enum Kept {
    New,
    Same,
    Drifted(Vec<String>),
}

fn take(arguments: &Take) -> Result<Exit, Box<dyn Error>> {
    let edition = arguments.place.edition(arguments.edition.as_deref())?;
    let contract = Arc::new(editions::contract(edition.as_deref(), &arguments.rulings)?);
    let mut target: Box<dyn Target> = match arguments.place.open(&contract)? {
        Some(live) => Box::new(live),
        None => Box::new(InProcess::new(Twin::new(Arc::clone(&contract), 42))),
    };
    let folder = arguments
        .dir
        .join(&crate::contract::folders([target.name()].into_iter())[0]);
    let names = names(&contract);
    let mut taken: Vec<Picture> = Vec::new();
    pictures(&contract, target.as_mut(), &mut |picture| {
        taken.push(picture)
    });
    let (mut n_new, mut n_same, mut n_drifted, mut n_lost) = (0_u32, 0_u32, 0_u32, 0_u32);
    for picture in &taken {
        let shown = match &picture.shown {
            Ok(shown) => shown,
            Err(reason) => {
                n_lost += 1;
                output::lines([format!("undecided {}: {reason}", picture.operation)])?;
                continue;
            }
        };
        let path = folder.join(format!("{}.json", names[picture.operation.as_str()]));
        match keep(&path, shown)? {
            Kept::New => n_new += 1,
            Kept::Same => n_same += 1,
            Kept::Drifted(lines) => {
                n_drifted += 1;
                output::lines([format!("drifted {}", picture.operation)])?;
                output::lines(lines.iter().map(|line| format!("  {line}")))?;
            }
        }
    }
    output::lines([format!(
        "{n_new} recorded, {n_same} the same, {n_drifted} drifted, {n_lost} undecided; kept in {}",
        folder.display()
    )])?;
    if n_drifted > 0 {
        output::lines([
            "`proofhouse snapshot accept` takes what drifted, `proofhouse snapshot reject` forgets it",
        ])?;
    }
    Ok(match (n_drifted, n_new + n_same) {
        (1.., _) => Exit::Findings,
        (0, 0) => Exit::NothingChecked,
        (0, _) => Exit::Clean,
    })
}

/// The file name of each operation.
fn names(contract: &Contract) -> std::collections::HashMap<&str, String> {
    let ids = contract
        .operations
        .iter()
        .map(|operation| operation.id.as_str());
    ids.zip(contract.operation_folders()).collect()
}

/// Records a picture, or compares it with the one that is recorded.
#[expect(clippy::disallowed_methods, reason = "cli keeps snapshots")]
fn keep(path: &Path, shown: &Value) -> Result<Kept, Box<dyn Error>> {
    let error = |cause| SnapshotError {
        path: path.to_owned(),
        cause,
    };
    let pending = path.with_extension(PENDING);
    let text = format!("{}\n", serde_json::to_string_pretty(shown)?);
    let known = match std::fs::read_to_string(path) {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(error)?;
            std::fs::write(path, text).map_err(error)?;
            return Ok(Kept::New);
        }
        known => known.map_err(error)?,
    };
    let known: Value = serde_json::from_str(&known).map_err(|cause| {
        format!(
            "the snapshot `{}` is no JSON ({cause}); remove it to record it anew",
            path.display()
        )
    })?;
    let lines = drift(&known, shown);
    if lines.is_empty() {
        // What drifted before has drifted back.
        if pending.exists() {
            std::fs::remove_file(&pending).map_err(error)?;
        }
        return Ok(Kept::Same);
    }
    std::fs::write(&pending, text).map_err(error)?;
    Ok(Kept::Drifted(lines))
}

/// Does something with every chosen snapshot that drifted.
fn review(
    chosen: &Chosen,
    done: &str,
    act: impl Fn(&Path, &Path) -> std::io::Result<()>,
) -> Result<Exit, Box<dyn Error>> {
    let mut n_done = 0;
    for pending in pending_below(&chosen.dir)? {
        let path = pending.with_extension("");
        let path = path.with_extension("json");
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !chosen.operations.is_empty() && !chosen.operations.contains(&name) {
            continue;
        }
        act(&pending, &path).map_err(|cause| SnapshotError {
            path: pending.clone(),
            cause,
        })?;
        n_done += 1;
        output::lines([format!("{done} {}", path.display())])?;
    }
    if n_done == 0 {
        output::lines(["nothing drifted"])?;
    }
    Ok(Exit::Clean)
}

/// What waits for a review, in a folder of folders.
#[expect(clippy::disallowed_methods, reason = "cli keeps snapshots")]
fn pending_below(folder: &Path) -> Result<Vec<PathBuf>, SnapshotError> {
    let error = |cause| SnapshotError {
        path: folder.to_owned(),
        cause,
    };
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        entries => entries.map_err(error)?,
    };
    for entry in entries {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            found.extend(pending_below(&path)?);
        } else if path.to_string_lossy().ends_with(PENDING) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
