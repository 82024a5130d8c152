//! What was read once is known: the same words about the same name and kind mean the same.
//!
//! A document describes its project, its status and its links dozens of times. Nothing but the
//! lines of what was read differs then.

use hashbrown::HashMap;
use std::rc::Rc;

use super::{PhraseReading, Subject, read};
use crate::contract::{Direction, Kind};
use crate::document::Prose;

/// A prose and what it is about, wherever it stands.
type Asked<'a> = (
    Option<String>,
    Option<Kind>,
    Direction,
    Vec<(&'a str, u32, u8, bool)>,
);

/// Every prose that was read, with the line it began on.
#[derive(Default)]
pub struct Memo<'a> {
    known: HashMap<Asked<'a>, (u32, Rc<PhraseReading>)>,
}

impl<'a> Memo<'a> {
    /// What `prose` states about `subject`.
    pub fn read(&mut self, prose: &'a Prose, subject: &Subject<'_>) -> Rc<PhraseReading> {
        let first = prose.pieces.first().map_or(0, |piece| piece.line);
        let pieces = prose.pieces.iter().map(|piece| {
            let below = piece.line.wrapping_sub(first);
            (piece.text.as_str(), below, piece.depth, piece.note)
        });
        let name = subject.name.map(str::to_owned);
        let asked = (
            name,
            subject.kind.cloned(),
            subject.direction,
            pieces.collect(),
        );
        let (line, known) = self
            .known
            .entry(asked)
            .or_insert_with(|| (first, Rc::new(read(prose, subject))));
        match first.wrapping_sub(*line) {
            0 => Rc::clone(known),
            lines => Rc::new(below(known, lines)),
        }
    }
}

/// The same so many lines below.
fn below(reading: &PhraseReading, lines: u32) -> PhraseReading {
    let mut reading = reading.clone();
    let said = reading.statements.iter_mut().map(|said| &mut said.line);
    let unread = reading.unread.iter_mut().map(|piece| &mut piece.line);
    said.chain(unread)
        .for_each(|line| *line = line.wrapping_add(lines));
    reading
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Piece;

    #[test]
    fn the_same_words_are_read_with_lines_of_their_own() {
        let prose = |line: u32, gap: u32| {
            let piece = |text: &str, line: u32| Piece {
                text: text.to_owned(),
                line,
                depth: 0,
                note: false,
            };
            let oil = piece("The oil.", line);
            let drops = piece("The value ranges from 1 to 9 drops.", line + gap);
            let pieces = vec![oil, drops];
            Prose { pieces }
        };
        let subject = |name| Subject {
            name: Some(name),
            kind: Some(&Kind::Integer),
            direction: Direction::Request,
        };
        let proses = [prose(3, 1), prose(20, 1), prose(7, 2), prose(2, 1)];
        let mut memo = Memo::default();
        for name in ["oil", "wick", "oil"] {
            for prose in &proses {
                let told = memo.read(prose, &subject(name));
                assert!(!told.statements.is_empty(), "{told:?}");
                assert_eq!(*told, read(prose, &subject(name)));
            }
        }
        assert_eq!(memo.known.len(), 4, "two names and two shapes");
    }
}
