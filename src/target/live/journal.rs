//! What a run has made, on disk before it is asked for: so that whatever happens to the process,
//! somebody can remove it.
//!
//! One file per run, one JSON object per line, each synced before the next thing happens. The file
//! is locked while its run goes on. A last line cut short by a crash is left out.
#![expect(clippy::disallowed_methods, reason = "the journal is what is on disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of this file's format.
    pub version: u32,
    /// The run; names of what it made contain it.
    pub run: String,
    /// The target's name, or its endpoint.
    pub target: String,
    /// Its main endpoint.
    pub endpoint: String,
    /// The words of the command that say where the run went and what it held it to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// The version that is written. Version 1 lacks what was there before, and version 2 where things
/// are shown; they are read, too.
pub const VERSION: u32 = 3;

/// How often each text was shown, by the path that showed it.
pub type Shown = BTreeMap<String, BTreeMap<String, u64>>;

/// Something that a run asked to be made, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its number in the journal.
    pub number: u64,
    /// The operation that makes it.
    pub operation: String,
    /// Path and query of the request.
    pub path: String,
    /// The body of the request.
    pub body: String,
    /// Where it attaches one thing to another: what was shown of it before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub before: Shown,
    /// The number of the thing inside which it was made. Then `operation` and `path` are those of
    /// its removal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<u64>,
}

/// The ids that a list showed when the run began to make things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Census {
    /// The ids.
    pub ids: BTreeSet<String>,
    /// Whether these are all.
    pub whole: bool,
}

/// What the server said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Names under which it can be removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// The job that makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// What a list showed before anything was made.
    Before(String, Census),
    /// Before the request leaves, or when something is found inside what was made.
    Making(Made),
    /// The server accepted it.
    Accepted(u64, Told),
    /// The server refused it: nothing was made.
    Refused(u64),
    /// Where something is shown whose removal is about to be asked for.
    ShownAt(u64, Place),
    /// It is gone.
    Removed(u64),
}

/// A path that showed something, though it is there to show something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What was shown.
    pub id: String,
    /// The path.
    pub path: String,
}

/// A thing that may still exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What was asked for.
    pub made: Made,
    /// What the server said; none: its answer is not known.
    pub told: Option<Told>,
    /// Where it was shown when its removal was first asked for.
    pub shown_at: Vec<Place>,
}

impl Open {
    /// Whether the server said that this is the id of the thing.
    pub fn has(&self, id: &str) -> bool {
        let mut told = self.told.iter().flat_map(|told| &told.ids);
        told.any(|own| own == id)
    }
}

/// The journal of a run that goes on.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    n_made: u64,
    open: Vec<Open>,
    before: BTreeMap<String, Census>,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be written or read.
    #[error("keep the journal `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What happened.
        #[source]
        cause: io::Error,
    },
    /// Something else stands in it.
    #[error("line {line} of the journal `{}` is not understood", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Its run goes on.
    #[error("the run of the journal `{}` still goes on", .0.display())]
    InUse(PathBuf),
}

impl Journal {
    /// Begins the journal of a run in this folder.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn begin(folder: &Path, head: &Head) -> Result<Self, JournalError> {
        let path = path(folder, &head.run);
        let made = std::fs::create_dir_all(folder).and_then(|()| {
            let mut file = OpenOptions::new()
                .create_new(true)
                .append(true)
                .open(&path)?;
            file.try_lock()?;
            append(&mut file, head)?;
            // The name of the file must outlive a crash, too.
            File::open(folder)?.sync_all()?;
            Ok(file)
        });
        let file = made.map_err(|cause| JournalError::Io {
            path: path.clone(),
            cause,
        })?;
        Ok(Self {
            path,
            file,
            n_made: 0,
            open: Vec::new(),
            before: BTreeMap::new(),
        })
    }

    /// Takes over the journal of a run that has ended, to remove what it left.
    ///
    /// # Errors
    /// When it cannot be read, or its run goes on.
    pub fn take_over(path: &Path) -> Result<(Head, Self), JournalError> {
        let io = |cause| JournalError::Io {
            path: path.to_owned(),
            cause,
        };
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(path)
            .map_err(io)?;
        file.try_lock().map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => JournalError::InUse(path.to_owned()),
            std::fs::TryLockError::Error(cause) => io(cause),
        })?;
        let mut text = String::new();
        (&file).read_to_string(&mut text).map_err(io)?;
        // What a crash cut short was never acted on; what comes next must not be glued to it.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64).map_err(io)?;
        let damaged = |line| JournalError::Damaged {
            path: path.to_owned(),
            line,
        };
        let mut lines = text[..whole].lines();
        let head = lines
            .next()
            .and_then(|line| serde_json::from_str(line).ok());
        let head: Head = head.ok_or_else(|| damaged(1))?;
        let mut journal = Self {
            path: path.to_owned(),
            file,
            n_made: 0,
            open: Vec::new(),
            before: BTreeMap::new(),
        };
        for (position, line) in lines.enumerate() {
            let line = serde_json::from_str(line).map_err(|_| damaged(position + 2))?;
            journal.read(line);
        }
        Ok((head, journal))
    }

    /// Notes what a list showed before anything was made.
    pub(super) fn census(&mut self, path: String, census: Census) -> io::Result<()> {
        self.write(Line::Before(path, census))
    }

    /// What a list showed before anything was made; none: nobody looked.
    pub(super) fn before(&self, path: &str) -> Option<&Census> {
        self.before.get(path)
    }

    /// Notes that something is about to be made, and numbers it; it may be asked for once this
    /// returns.
    pub(super) fn making(&mut self, made: Made) -> io::Result<u64> {
        let number = self.n_made + 1;
        self.write(Line::Making(Made { number, ..made }))?;
        Ok(number)
    }

    /// Notes what the server said about it.
    pub(super) fn accepted(&mut self, number: u64, told: Told) -> io::Result<()> {
        self.write(Line::Accepted(number, told))
    }

    /// Notes that the server refused to make it.
    pub(super) fn refused(&mut self, number: u64) -> io::Result<()> {
        self.write(Line::Refused(number))
    }

    /// Notes where it is shown; its removal may be asked for once this returns.
    pub(super) fn shown_at(&mut self, number: u64, place: Place) -> io::Result<()> {
        self.write(Line::ShownAt(number, place))
    }

    /// Notes that it is gone.
    pub(super) fn removed(&mut self, number: u64) -> io::Result<()> {
        self.write(Line::Removed(number))
    }

    /// What may still exist, in the order made.
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    fn write(&mut self, line: Line) -> io::Result<()> {
        append(&mut self.file, &line)?;
        self.read(line);
        Ok(())
    }

    fn read(&mut self, line: Line) {
        match line {
            Line::Before(path, census) => {
                self.before.insert(path, census);
            }
            Line::Making(made) => {
                self.n_made = self.n_made.max(made.number);
                self.open.push(Open {
                    made,
                    told: None,
                    shown_at: Vec::new(),
                });
            }
            Line::Accepted(number, told) => {
                if let Some(open) = self.open_mut(number) {
                    open.told = Some(told);
                }
            }
            Line::ShownAt(number, place) => {
                if let Some(open) = self.open_mut(number) {
                    open.shown_at.push(place);
                }
            }
            Line::Refused(number) | Line::Removed(number) => {
                self.open.retain(|open| open.made.number != number);
            }
        }
    }

    fn open_mut(&mut self, number: u64) -> Option<&mut Open> {
        self.open.iter_mut().find(|open| open.made.number == number)
    }
}

impl Drop for Journal {
    /// A journal without a thing to remove is done with.
    fn drop(&mut self) {
        if self.open.is_empty() {
            // One that stays is read again and found empty.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn append(file: &mut File, line: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_string(line)?;
    text.push('\n');
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

/// The journals in a folder, by name. None where there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn journals(folder: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let io = |cause| JournalError::Io {
        path: folder.to_owned(),
        cause,
    };
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(io)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(io)?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

const ENDING: &str = "journal";

/// The file of a run.
pub fn path(folder: &Path, run: &str) -> PathBuf {
    folder.join(format!("{run}.{ENDING}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            version: VERSION,
            run: "ph1".to_owned(),
            target: "kitchen".to_owned(),
            endpoint: "http://kettle.test".to_owned(),
            with: vec!["--target".to_owned(), "kitchen".to_owned()],
        }
    }

    fn numbers(journal: &Journal) -> Vec<u64> {
        journal.open().iter().map(|open| open.made.number).collect()
    }

    #[test]
    fn what_may_exist_is_read_again_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::begin(folder.path(), &head()).unwrap();
        for name in ["a", "b", "c", "d"] {
            let made = Made {
                operation: "kettles.create".to_owned(),
                path: "/v1/kettles".to_owned(),
                body: name.to_owned(),
                ..Made::default()
            };
            journal.making(made).unwrap();
        }
        let census = Census {
            ids: BTreeSet::from(["k0".to_owned()]),
            whole: true,
        };
        journal
            .census("/v1/kettles".to_owned(), census.clone())
            .unwrap();
        let told = Told {
            ids: vec!["k1".to_owned()],
            job: Some("j1".to_owned()),
        };
        journal.accepted(1, told.clone()).unwrap();
        journal.refused(2).unwrap();
        journal.accepted(3, Told::default()).unwrap();
        journal.removed(3).unwrap();
        let place = Place {
            id: "k1".to_owned(),
            path: "/v1/kitchen".to_owned(),
        };
        journal.shown_at(1, place.clone()).unwrap();
        let path = path(folder.path(), "ph1");
        let in_use = Journal::take_over(&path).unwrap_err();
        assert!(in_use.to_string().ends_with("still goes on"), "{in_use}");
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"making\":{\"num").unwrap();
        drop(file);
        let (read, journal) = Journal::take_over(&path).unwrap();
        assert_eq!(read, head());
        assert_eq!(numbers(&journal), [1, 4]);
        assert_eq!(journal.before("/v1/kettles"), Some(&census));
        assert_eq!(
            (&journal.open()[0].told, &journal.open()[1].told),
            (&Some(told), &None)
        );
        assert_eq!(journal.open()[0].shown_at, [place]);
        assert_eq!(journals(folder.path()).unwrap(), [path]);
    }

    #[test]
    fn a_damaged_journal_is_told_and_not_guessed() {
        let folder = tempfile::tempdir().unwrap();
        let path = path(folder.path(), "ph1");
        let head = serde_json::to_string(&head()).unwrap();
        std::fs::write(
            &path,
            format!("{head}\n{{\"nonsense\":1}}\n{{\"removed\":1}}\n"),
        )
        .unwrap();
        let error = Journal::take_over(&path).unwrap_err().to_string();
        assert!(error.starts_with("line 2 of the journal"), "{error}");
    }

    #[test]
    fn no_folder_means_no_journals() {
        assert_eq!(
            journals(Path::new("/nonexistent/proofhouse")).unwrap(),
            Vec::<PathBuf>::new()
        );
    }
}
