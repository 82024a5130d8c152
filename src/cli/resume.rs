//! Goes on with a run that was stopped or killed: reads from its log how it was started and which
//! cases ended, and removes what it left.

use std::error::Error;
use std::fs::{File, TryLockError};
use std::io::{BufRead as _, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Parser;

use super::listen::{LOG, now};
use super::rendering::{ReadError, files_in};
use super::report::replay;
use super::{output, run};
use crate::report::{self, Head, Line};
use crate::runner::Past;
use crate::target::Live;
use crate::target::live::journal::{self, Journal, JournalError};

/// A run that was cut short.
pub(super) struct Cut {
    /// How it was started.
    pub(super) arguments: run::Arguments,
    /// Its name.
    pub(super) run: String,
    /// What of its log counts: up to the end of the last case that ended.
    pub(super) lines: Vec<Line>,
    /// What it came to.
    pub(super) past: Past,
    /// Its log, which nobody else goes on with meanwhile.
    _locked: File,
}

/// Why a run cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum CutError {
    #[error(
        "there is no run `{}`: neither a folder with {LOG}, nor the name of a run beside `{}`",
        run.display(), folder.display()
    )]
    None { run: PathBuf, folder: PathBuf },
    #[error("the run in `{}` came to its end: there is nothing to go on with", .0.display())]
    Ended(PathBuf),
    #[error("the run in `{}` still goes on", .0.display())]
    GoesOn(PathBuf),
    #[error("the log in `{}` does not say how its run was started", .0.display())]
    Unnamed(PathBuf),
    #[error(
        "{0} things that the run made are still there; settle them as `proofhouse clean` says, then go on"
    )]
    Leftovers(usize),
}

/// The command line of the earlier run.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
struct Earlier {
    #[command(flatten)]
    run: run::Arguments,
}

/// Reads the run of this folder or this name; names are looked for beside the folder of reports.
pub(super) fn read(asked: &Path, reports: &Path) -> Result<Cut, Box<dyn Error>> {
    let folder = folder(asked, reports)?;
    let locked = open(&folder.join(LOG))?;
    if matches!(locked.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(CutError::GoesOn(folder).into());
    }
    let mut lines = Vec::new();
    replay(&folder, report::read, &mut |line| lines.push(line))?;
    let Some(Line::LogOpened(head)) = lines.first().cloned() else {
        return Err(CutError::Unnamed(folder).into());
    };
    let Some(run) = head.run.clone() else {
        return Err(CutError::Unnamed(folder).into());
    };
    if matches!(lines.last(), Some(Line::RunFinished { .. })) {
        return Err(CutError::Ended(folder).into());
    }
    let is_end = |line: &Line| matches!(line, Line::CaseFinished { .. });
    let counts = lines.iter().rposition(is_end).unwrap_or(0) + 1;
    let after = lines.split_off(counts);
    let begun = after.into_iter().find_map(|line| match line {
        Line::CaseStarted { case } => Some(case),
        _ => None,
    });
    let notes = lines.iter().filter_map(|line| match line {
        Line::StateNoted { state } => Some(state.clone()),
        _ => None,
    });
    let past = Past {
        notes: notes.collect(),
        under_way: begun,
    };
    let arguments = Earlier::try_parse_from(words(&head, &folder))?.run;
    let mut resumed = head;
    resumed.resumed.push(now());
    lines[0] = Line::LogOpened(resumed);
    Ok(Cut {
        arguments,
        run,
        lines,
        past,
        _locked: locked,
    })
}

/// The command line that the log tells.
fn words(head: &Head, folder: &Path) -> Vec<String> {
    let mut words = head.with.clone();
    words.extend(head.which.iter().cloned());
    let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
    if let Some(partition) = &head.partition {
        option("--partition", partition.clone());
    }
    option("--report", folder.display().to_string());
    words
}

fn folder(asked: &Path, reports: &Path) -> Result<PathBuf, CutError> {
    if asked.join(LOG).is_file() {
        return Ok(asked.to_owned());
    }
    let runs = reports.parent().unwrap_or(Path::new("."));
    let mut folders = files_in(runs).into_iter();
    let found = folders.find(|folder| name(folder).is_some_and(|name| asked == Path::new(&name)));
    found.ok_or_else(|| CutError::None {
        run: asked.to_owned(),
        folder: reports.to_owned(),
    })
}

/// The name of the run in a folder.
fn name(folder: &Path) -> Option<String> {
    let mut first = String::new();
    let mut log = BufReader::new(open(&folder.join(LOG)).ok()?);
    log.read_line(&mut first).ok()?;
    match report::read(1, &first).ok()? {
        Line::LogOpened(head) => head.run,
        _ => None,
    }
}

#[expect(clippy::disallowed_methods, reason = "cli reads the log of a run")]
fn open(path: &Path) -> Result<File, ReadError> {
    File::open(path).map_err(|cause| ReadError {
        what: "the log",
        path: path.to_owned(),
        cause: cause.into(),
    })
}

/// Removes what the run made and left, by its journal.
pub(super) fn clean(live: &mut Live, journals: &Path, run: &str) -> Result<(), Box<dyn Error>> {
    let mut journal = match Journal::take_over(&journal::path(journals, run)) {
        Ok((_, journal)) => journal,
        Err(JournalError::Io { cause, .. }) if cause.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let left = live.remove(&mut journal, &mut |told| output::remark(told));
    match left.len() {
        0 => Ok(()),
        n_left => Err(CutError::Leftovers(n_left).into()),
    }
}
