//! `proofhouse twin --replay`: tries a journal again on a Twin like the one that wrote it.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::{Exit, output};
use crate::twin::{Opening, Replay, Twin};

/// Differences that are shown; more are counted.
const MOST_SHOWN: u64 = 20;

/// Why a journal cannot be tried again.
#[derive(Debug, thiserror::Error)]
#[error("read the journal `{}`", path.display())]
struct ReadError {
    path: PathBuf,
    #[source]
    cause: std::io::Error,
}

/// Tries the journal again on the Twin that is made for its opening.
pub(super) fn run(
    path: &Path,
    twin: impl FnOnce(&Opening) -> Result<Twin, Box<dyn Error>>,
) -> Result<Exit, Box<dyn Error>> {
    let unreadable = |cause| ReadError {
        path: path.to_owned(),
        cause,
    };
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    let file = File::open(path).map_err(unreadable)?;
    let mut lines = BufReader::new(file).lines();
    let first = lines.next().transpose().map_err(unreadable)?;
    let opening = Opening::read(&first.unwrap_or_default())?;
    let mut replay = Replay::new(twin(&opening)?, &opening)?;
    let mut n_other = 0;
    for line in lines {
        if let Some(difference) = replay.try_next(&line.map_err(unreadable)?)? {
            n_other += 1;
            if n_other <= MOST_SHOWN {
                output::lines([difference.to_string()])?;
            }
        }
    }
    output::lines([format!(
        "{} exchanges tried again, {n_other} answered otherwise",
        replay.n_tried
    )])?;
    Ok(match (replay.n_tried, n_other) {
        (0, _) => Exit::NothingChecked,
        (_, 0) => Exit::Clean,
        _ => Exit::Findings,
    })
}
