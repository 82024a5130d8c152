//! Changes to a document, as values that proptest makes and shrinks.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One change. Places are drawn before the document is known, and fit any.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// Leaves lines out.
    Cut { at: Index, lines: usize },
    /// Repeats lines.
    Repeat {
        at: Index,
        lines: usize,
        times: usize,
    },
    /// Moves lines elsewhere.
    Move { at: Index, lines: usize, to: Index },
    /// Takes lines of another document in.
    Splice {
        from: Index,
        at: Index,
        lines: usize,
        to: Index,
    },
    /// Writes something that means something to a reader into a line.
    Insert {
        at: Index,
        place: Index,
        piece: &'static str,
    },
    /// Replaces a character.
    Replace { at: Index, by: char },
    /// Ends the document early.
    End { at: Index },
}

/// Signs and words that readers take for structure.
const PIECES: &[&str] = &[
    "\t",
    "|",
    "\n",
    "\n\n",
    "# ",
    "#### ",
    "```\n",
    "{",
    "}",
    "[",
    "]}",
    "\"a\": ",
    ",",
    "...",
    "// ",
    "<ul><li>",
    "</p>",
    "&lt;",
    "&#x110000;",
    "\\_",
    "**",
    "表 9-9 ",
    "Table 2 ",
    "表1",
    "见表",
    "see ",
    "NOTE:",
    "说明",
    "GET /a/{b} ",
    "POST /v1/{x}/action",
    "{x}?y={y}",
    "Array of ",
    "Map<String,",
    "key",
    "默认",
    "1 to 64 characters",
    "取值范围：[1,0]",
    "不超过99999999999999999999",
    "2.26",
    "null",
    "a:b:c",
    "200",
    "\u{feff}",
    "\u{0}",
    "\u{2028}",
    "é灯\u{10ffff}",
    "\r",
    "====\n",
    "+---+---+\n",
    ".. list-table::\n   * - a\n",
];

/// A document of the corpus and a few changes to it.
pub fn mutations() -> impl Strategy<Value = (usize, Vec<Mutation>)> {
    (0..1000_usize, prop::collection::vec(mutation(), 1..8))
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<Index>;
    let lines = prop_oneof![4 => 1..4_usize, 1 => 1..80_usize];
    let times = prop_oneof![6 => 1..3_usize, 1 => 1..300_usize];
    prop_oneof![
        (index(), lines.clone()).prop_map(|(at, lines)| Mutation::Cut { at, lines }),
        (index(), lines.clone(), times).prop_map(|(at, lines, times)| Mutation::Repeat {
            at,
            lines,
            times
        }),
        (index(), lines.clone(), index()).prop_map(|(at, lines, to)| Mutation::Move {
            at,
            lines,
            to
        }),
        (index(), index(), lines, index()).prop_map(|(from, at, lines, to)| Mutation::Splice {
            from,
            at,
            lines,
            to
        }),
        (index(), index(), select(PIECES)).prop_map(|(at, place, piece)| Mutation::Insert {
            at,
            place,
            piece
        }),
        (index(), any::<char>()).prop_map(|(at, by)| Mutation::Replace { at, by }),
        index().prop_map(|at| Mutation::End { at }),
    ]
}

impl Mutation {
    /// The document after the change. `others` are documents to take lines from.
    pub fn apply(&self, text: &str, others: &[String]) -> String {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        if lines.is_empty() {
            lines.push("");
        }
        match self {
            Mutation::Cut { at, lines: n } => {
                lines.drain(span(at, *n, lines.len()));
            }
            Mutation::Repeat {
                at,
                lines: n,
                times,
            } => {
                let span = span(at, *n, lines.len());
                let repeated = lines[span.clone()].repeat(*times);
                lines.splice(span.end..span.end, repeated);
            }
            Mutation::Move { at, lines: n, to } => {
                let moved: Vec<&str> = lines.drain(span(at, *n, lines.len())).collect();
                let to = to.index(lines.len() + 1);
                lines.splice(to..to, moved);
            }
            Mutation::Splice {
                from,
                at,
                lines: n,
                to,
            } => {
                let other: Vec<&str> = from.get(others).split_inclusive('\n').collect();
                let taken = other[span(at, *n, other.len())].to_vec();
                let to = to.index(lines.len() + 1);
                lines.splice(to..to, taken);
            }
            Mutation::Insert { at, place, piece } => {
                let at = at.index(lines.len());
                let line = split(lines[at], place).join(*piece);
                lines[at] = &line;
                return lines.concat();
            }
            Mutation::Replace { at, by } => {
                let count = text.chars().count().max(1);
                let place = at.index(count);
                let replaced = |(n, old)| if n == place { *by } else { old };
                return text.chars().enumerate().map(replaced).collect();
            }
            Mutation::End { at } => lines.truncate(at.index(lines.len() + 1)),
        }
        lines.concat()
    }
}

/// Lines from a place on, as far as there are any.
fn span(at: &Index, n: usize, count: usize) -> std::ops::Range<usize> {
    if count == 0 {
        return 0..0;
    }
    let first = at.index(count);
    first..(first + n).min(count)
}

/// A line in two halves.
fn split<'l>(line: &'l str, place: &Index) -> [&'l str; 2] {
    let ends: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .collect();
    let (before, after) = line.split_at(*place.get(&ends));
    [before, after]
}
