//! From the text of a pattern to a tree.
//!
//! This is as much of the notation of `regex` as the patterns in the code use, with the same
//! meaning, but for what narrows it to the texts that are read: digits and letters with two cases
//! are ASCII ones, and Han characters those of the two large blocks.

use super::set::{Range, Set};

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Node<'p> {
    /// These characters, or those that differ from them in case only.
    Word { text: &'p str, any_case: bool },
    /// One character.
    Set(Set),
    /// A place between two characters.
    Look(Look),
    /// The same several times.
    Repeated(Times, Box<Node<'p>>),
    /// A group that is remembered, with its number and its name.
    Group(u32, Option<&'p str>, Box<Node<'p>>),
    /// One after the other.
    All(Vec<Node<'p>>),
    /// One of these, the first that matches.
    Any(Vec<Node<'p>>),
}

/// What a place between two characters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The start of the text.
    Start,
    /// Its end.
    End,
    /// Where a word begins or ends.
    Boundary,
}

/// How often something is repeated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// At least so often.
    pub(super) min: u32,
    /// At most so often, if there is a limit.
    pub(super) max: Option<u32>,
    /// Whether as often as possible comes first.
    pub(super) is_greedy: bool,
}

impl Node<'_> {
    /// Whether a match starts where the text does.
    pub(super) fn is_anchored(&self) -> bool {
        match self {
            Node::Look(look) => *look == Look::Start,
            Node::Repeated(times, node) => times.min > 0 && node.is_anchored(),
            Node::Group(_, _, node) => node.is_anchored(),
            Node::All(parts) => parts.first().is_some_and(Node::is_anchored),
            Node::Any(ways) => ways.iter().all(Node::is_anchored),
            Node::Word { .. } | Node::Set(_) => false,
        }
    }

    /// What a match starts with; nothing where it may have no characters.
    pub(super) fn first(&self) -> Option<Set> {
        let mut first = Set::default();
        (!self.add_first(&mut first)).then(|| first.in_order())
    }

    /// Whether a match may have no characters.
    pub(super) fn may_be_empty(&self) -> bool {
        self.add_first(&mut Set::default())
    }

    /// Adds what a match may start with, and says whether it may have no characters, so that it may
    /// start with what follows, too.
    fn add_first(&self, first: &mut Set) -> bool {
        match self {
            Node::Look(_) => true,
            Node::Repeated(times, node) => node.add_first(first) || times.min == 0,
            Node::Group(_, _, node) => node.add_first(first),
            Node::All(parts) => parts.iter().all(|part| part.add_first(first)),
            Node::Any(ways) => {
                let empty = ways.iter().filter(|way| way.add_first(first));
                empty.count() > 0
            }
            Node::Set(set) => {
                first.join(set);
                false
            }
            Node::Word { text, any_case } => {
                let c = text.chars().next();
                c.iter().for_each(|c| add_one(first, *c, *any_case));
                false
            }
        }
    }

    /// The set of one character that this is.
    fn as_set(&self) -> Option<Set> {
        match self {
            Node::Set(set) => Some(set.clone()),
            Node::Word { text, any_case } => {
                let mut characters = text.chars();
                let only = characters.next().filter(|_| characters.next().is_none())?;
                Some(one(only, *any_case))
            }
            _ => None,
        }
    }
}

/// The tree of a pattern.
pub(super) fn parse(pattern: &str) -> Node<'_> {
    let mut parser = Parser {
        rest: pattern,
        n_groups: 0,
    };
    let node = parser.ways(false);
    assert!(parser.rest.is_empty(), "{WRONG} {pattern}");
    node
}

const WRONG: &str = "tests compile every pattern, and this one is wrong:";
/// Whether a character stands for something else.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'\\' | b'.' | b'+' | b'*' | b'?' | b'(' | b')' | b'|' | b'[' | b'{' | b'^' | b'$'
    )
}

struct Parser<'p> {
    rest: &'p str,
    n_groups: u32,
}

impl<'p> Parser<'p> {
    /// All ways up to the end of a group or of the pattern.
    fn ways(&mut self, mut any_case: bool) -> Node<'p> {
        let mut ways = Vec::new();
        let mut parts = Vec::new();
        while !self.rest.is_empty() && !self.rest.starts_with(')') {
            if self.takes("|") {
                ways.push(one_after_the_other(std::mem::take(&mut parts)));
            } else if self.takes("(?i)") {
                any_case = true;
            } else {
                let part = self.part(any_case);
                parts.push(match self.times() {
                    Some(times) => Node::Repeated(times, Box::new(part)),
                    None => part,
                });
            }
        }
        ways.push(one_after_the_other(parts));
        one_of(ways)
    }

    fn part(&mut self, any_case: bool) -> Node<'p> {
        match self.rest.as_bytes()[0] {
            b'(' => self.group(any_case),
            b'[' => Node::Set(self.class(any_case)),
            b'.' => {
                self.take(1);
                Node::Set(Set::of(&without(vec![('\n', '\n')])))
            }
            b'^' | b'$' => match self.take(1) {
                "^" => Node::Look(Look::Start),
                _ => Node::Look(Look::End),
            },
            b'\\' => self.escape(any_case),
            _ => {
                let text = self.word();
                Node::Word { text, any_case }
            }
        }
    }

    /// What a backslash begins: a boundary, a set with a name, or a sign that stands for itself.
    fn escape(&mut self, any_case: bool) -> Node<'p> {
        if self.takes(r"\b") {
            return Node::Look(Look::Boundary);
        }
        if let Some(ranges) = self.named_class() {
            return Node::Set(Set::of(&ranges));
        }
        self.take(1);
        let text = self.take(self.rest.ceil_char_boundary(1));
        Node::Word { text, any_case }
    }

    fn group(&mut self, any_case: bool) -> Node<'p> {
        self.take(1);
        let node = if self.takes("?:") {
            self.ways(any_case)
        } else if self.takes("?i:") {
            self.ways(true)
        } else {
            self.n_groups += 1;
            let number = self.n_groups;
            let name = self.takes("?P<").then(|| self.upto('>'));
            Node::Group(number, name, Box::new(self.ways(any_case)))
        };
        assert!(self.takes(")"), "{WRONG} {}", self.rest);
        node
    }

    /// Characters that stand for themselves, as many as are not repeated.
    fn word(&mut self) -> &'p str {
        let end = self.rest.bytes().position(is_sign);
        let end = end.unwrap_or(self.rest.len());
        let (plain, after) = self.rest.split_at(end);
        let last = plain.char_indices().next_back().map_or(0, |(at, _)| at);
        // What is repeated is the last character alone.
        match after.starts_with(['?', '*', '+', '{']) && last > 0 {
            true => self.take(last),
            false => self.take(end.max(1)),
        }
    }

    fn times(&mut self) -> Option<Times> {
        let (min, max) = if self.takes("?") {
            (0, Some(1))
        } else if self.takes("*") {
            (0, None)
        } else if self.takes("+") {
            (1, None)
        } else if self.takes("{") {
            let times = self.upto('}');
            let number = |text: &str| text.parse::<u32>().ok();
            match times.split_once(',') {
                Some((min, max)) => (number(min)?, number(max)),
                None => (number(times)?, number(times)),
            }
        } else {
            return None;
        };
        let is_greedy = !self.takes("?");
        Some(Times {
            min,
            max,
            is_greedy,
        })
    }

    /// What stands between brackets.
    fn class(&mut self, any_case: bool) -> Set {
        self.take(1);
        let is_negated = self.takes("^");
        let mut ranges = Vec::new();
        while !self.takes("]") {
            if let Some(named) = self.named_class() {
                ranges.extend(named);
                continue;
            }
            let start = self.member();
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let end = match is_range && self.takes("-") {
                true => self.member(),
                false => start,
            };
            ranges.push((start, end));
        }
        if any_case {
            add_other_case(&mut ranges);
        }
        match is_negated {
            true => Set::of(&without(ranges)),
            false => Set::of(&ranges),
        }
    }

    fn member(&mut self) -> char {
        let _ = self.takes("\\");
        let member = self.take(self.rest.ceil_char_boundary(1));
        member.chars().next().expect(WRONG)
    }

    /// A set that has a name of its own.
    fn named_class(&mut self) -> Option<Vec<Range>> {
        const HAN: Range = ('\u{3400}', '\u{9fff}');
        if !self.rest.starts_with('\\') {
            None
        } else if self.takes(r"\s") {
            Some(BLANKS.to_vec())
        } else if self.takes(r"\S") {
            Some(without(BLANKS.to_vec()))
        } else if self.takes(r"\d") {
            Some(vec![('0', '9')])
        } else if self.takes(r"\D") {
            Some(without(vec![('0', '9')]))
        } else if self.takes(r"\p{Han}") {
            Some(vec![HAN])
        } else {
            None
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take(&mut self, n_bytes: usize) -> &'p str {
        let (taken, rest) = self.rest.split_at(n_bytes);
        self.rest = rest;
        taken
    }

    /// The text before a sign, which is taken, too.
    fn upto(&mut self, sign: char) -> &'p str {
        let (text, rest) = self.rest.split_once(sign).expect(WRONG);
        self.rest = rest;
        text
    }
}

const BLANKS: [Range; 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];

/// The set of one character, or of its two cases.
fn one(c: char, any_case: bool) -> Set {
    let mut set = Set::default();
    add_one(&mut set, c, any_case);
    set
}

/// Adds one character, or its two cases.
fn add_one(set: &mut Set, c: char, any_case: bool) {
    set.add((c, c));
    if any_case && c.is_ascii_alphabetic() {
        let other = char::from(c as u8 ^ 0x20);
        set.add((other, other));
    }
}

/// Adds to the letters of some ranges those of the other case.
fn add_other_case(ranges: &mut Vec<Range>) {
    for at in 0..ranges.len() {
        let (start, end) = ranges[at];
        let both = |first: char, last: char| (start.max(first), end.min(last));
        for (first, last) in [both('a', 'z'), both('A', 'Z')] {
            if first <= last {
                let other = |c: char| char::from(c as u8 ^ 0x20);
                ranges.push((other(first), other(last)));
            }
        }
    }
}

/// All characters that are in none of some ranges.
fn without(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable();
    let mut others = Vec::with_capacity(ranges.len() + 1);
    let mut next = Some('\0');
    for (start, end) in ranges {
        let Some(first) = next else {
            break;
        };
        if first < start {
            others.extend((first..start).next_back().map(|last| (first, last)));
        }
        next = (end.max(first)..=char::MAX).nth(usize::from(end >= first));
    }
    others.extend(next.map(|first| (first, char::MAX)));
    others
}

fn one_after_the_other(mut parts: Vec<Node<'_>>) -> Node<'_> {
    match parts.len() {
        1 => parts.remove(0),
        _ => Node::All(parts),
    }
}

/// Ways of one character each are a set.
fn one_of(mut ways: Vec<Node<'_>>) -> Node<'_> {
    if ways.len() == 1 {
        return ways.remove(0);
    }
    let sets: Option<Vec<Set>> = ways.iter().map(Node::as_set).collect();
    match sets {
        Some(sets) => Node::Set(Set::all_of(&sets)),
        None => Node::Any(ways),
    }
}
