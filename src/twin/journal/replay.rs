//! Tries the exchanges of a journal again.

use std::fmt;
use std::time::Duration;

use super::super::Twin;
use super::entry::{Entry, Exchanged, Opening, Told, VERSION};

/// A journal that is tried again on a Twin.
#[derive(Clone, Debug)]
pub struct Replay {
    twin: Twin,
    pristine: Twin,
    line: usize,
    /// Exchanges that were tried.
    pub n_tried: u64,
}

/// An answer that is another one now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the journal.
    pub line: usize,
    /// The method and target.
    pub request: String,
    /// What differs, as the journal tells it.
    pub was: String,
    /// What it is now.
    pub is: String,
}

/// Why a text is no journal of such a Twin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoJournal {
    /// A line that is none of a journal.
    #[error("line {line} is no line of a journal: {why}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// A format that is not known.
    #[error("the journal has version {0}; {VERSION} is known")]
    Version(u32),
    /// It began in another world.
    #[error("the journal began in another world; name its file with --world")]
    World,
}

impl Opening {
    /// Reads the first line of a journal.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(line: &str) -> Result<Self, NoJournal> {
        let opening: Self = serde_json::from_str(line).map_err(|error| NoJournal::Line {
            line: 1,
            why: error.to_string(),
        })?;
        if opening.version == VERSION {
            Ok(opening)
        } else {
            Err(NoJournal::Version(opening.version))
        }
    }
}

impl Replay {
    /// A replay on this Twin, which must be as the opening says.
    ///
    /// # Errors
    /// When its world is another one.
    pub fn new(twin: Twin, opening: &Opening) -> Result<Self, NoJournal> {
        if Opening::of(&twin, None).world != opening.world {
            return Err(NoJournal::World);
        }
        Ok(Self {
            pristine: twin.clone(),
            twin,
            line: 1,
            n_tried: 0,
        })
    }

    /// Tries the next line: none where the answer is the same.
    ///
    /// # Errors
    /// When it is no line of a journal.
    pub fn try_next(&mut self, line: &str) -> Result<Option<Difference>, NoJournal> {
        self.line += 1;
        let broken = |why: String| NoJournal::Line {
            line: self.line,
            why,
        };
        let entry: Entry = serde_json::from_str(line).map_err(|error| broken(error.to_string()))?;
        match entry {
            Entry::Reset {} => {
                self.twin = self.pristine.clone();
                Ok(None)
            }
            Entry::Exchange(exchanged) => {
                let request = exchanged.request.again(&self.twin);
                let request = request.map_err(|error| broken(error.to_string()))?;
                let time = exchanged.time();
                let time = time.ok_or_else(|| broken("`time` is no time".to_owned()))?;
                let passes = time.duration_since(self.twin.now());
                self.twin
                    .advance(Duration::try_from(passes).unwrap_or_default());
                self.twin.wall = exchanged.wall();
                let caller = exchanged.caller(&self.twin);
                let told = Told::of(&self.twin.respond_as(&request, caller));
                self.n_tried += 1;
                Ok(self.compare(&exchanged, &told))
            }
        }
    }

    fn compare(&self, exchanged: &Exchanged, now: &Told) -> Option<Difference> {
        let before = &exchanged.response;
        if before == now {
            return None;
        }
        let (was, is) = if before.status != now.status {
            (before.status.to_string(), now.status.to_string())
        } else if before.body != now.body {
            (format!("{:?}", before.body), format!("{:?}", now.body))
        } else {
            (format!("{before:?}"), format!("{now:?}"))
        };
        Some(Difference {
            line: self.line,
            request: format!("{} {}", exchanged.request.method, exchanged.request.target),
            was,
            is,
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference {
            line,
            request,
            was,
            is,
        } = self;
        write!(
            f,
            "line {line}: {request}\n  was  {}\n  is   {}",
            cut(was),
            cut(is)
        )
    }
}

/// So much of a text as a person looks at.
fn cut(text: &str) -> String {
    const MOST: usize = 400;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}
