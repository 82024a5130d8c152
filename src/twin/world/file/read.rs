//! The text of a file becomes a world. All that is wrong with it is told, with lines.

use std::fmt;

use super::super::World;
use super::build::Builder;
use super::{VERSION, WorldFile};

/// Why a file is no world: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct WorldError(pub Vec<WorldProblem>);

/// One thing that is wrong with the file of a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldProblem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.0.iter();
        let lines: Vec<String> = lines
            .map(|problem| format!("line {}: {}", problem.line, problem.what))
            .collect();
        f.write_str(&lines.join("\n"))
    }
}

/// Something that does not fit, before its line is known.
pub(super) struct Flaw {
    /// The text that is wrong, as it stands in the file.
    pub(super) word: String,
    pub(super) what: String,
}

impl World {
    /// The world that a file describes, under a seed.
    pub(in crate::twin) fn read(seed: u64, text: &str) -> Result<Self, WorldError> {
        let file: WorldFile = serde_json::from_str(text).map_err(|error| {
            let line = error.line();
            let what = in_words(&error.to_string());
            WorldError(vec![WorldProblem { line, what }])
        })?;
        if file.version != VERSION {
            let what = format!("version {} is not known; {VERSION} is", file.version);
            let line = line_of(text, "version");
            return Err(WorldError(vec![WorldProblem { line, what }]));
        }
        Builder::new(seed).build(&file).map_err(|flaws| {
            let mut problems: Vec<WorldProblem> = flaws
                .into_iter()
                .map(|flaw| WorldProblem {
                    line: line_of(text, &flaw.word),
                    what: flaw.what,
                })
                .collect();
            problems.sort_by_key(|problem| problem.line);
            WorldError(problems)
        })
    }
}

/// Where a word first stands as a text. What names nothing is wrong wherever it stands.
fn line_of(text: &str, word: &str) -> usize {
    let quoted = serde_json::Value::from(word).to_string();
    let place = text.find(&quoted).unwrap_or(0);
    text[..place].lines().count().max(1)
}

/// What serde says of a key or word that it does not know, and the one that looks most like it. The
/// known ones stand in its message only: the first word in backquotes is the strange one.
fn in_words(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    let mut words = message.split('`').skip(1).step_by(2);
    let (Some(strange), true) = (words.next(), message.starts_with("unknown ")) else {
        return message.to_owned();
    };
    match nearest(strange, words) {
        Some(known) => format!("{message}; did you mean `{known}`?"),
        None => message.to_owned(),
    }
}

/// The known word that looks most like another one, if any does.
pub(super) fn nearest<'a>(strange: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |known: &str| strsim::jaro_winkler(strange, known);
    let best = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.7).then_some(best)
}
