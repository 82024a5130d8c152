//! What a pattern found.

use std::ops::Index;

/// Where groups start and end: two slots for each.
pub(super) type Slots = [Option<usize>];

/// A stretch of text that a pattern matches.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Match<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Match<'a> {
    /// Where it starts.
    pub(in crate::extract) fn start(&self) -> usize {
        self.start
    }

    /// Where it ends.
    pub(in crate::extract) fn end(&self) -> usize {
        self.end
    }

    /// Its text.
    pub(in crate::extract) fn as_str(&self) -> &'a str {
        &self.text[self.start..self.end]
    }

    /// Where the next match may start.
    pub(super) fn next(&self) -> usize {
        match self.start == self.end {
            true => self.text.ceil_char_boundary(self.end + 1).max(self.end + 1),
            false => self.end,
        }
    }
}

/// A match and its groups.
#[derive(Debug)]
pub(in crate::extract) struct Captures<'a> {
    names: &'a [Option<Box<str>>],
    text: &'a str,
    slots: Vec<Option<usize>>,
}

impl<'a> Captures<'a> {
    pub(super) fn new(
        names: &'a [Option<Box<str>>],
        text: &'a str,
        slots: Vec<Option<usize>>,
    ) -> Self {
        Self { names, text, slots }
    }

    /// The group with a number; the whole match is group 0.
    pub(in crate::extract) fn get(&self, group: usize) -> Option<Match<'a>> {
        matched(self.text, &self.slots, group)
    }

    /// The groups that took part, without the whole match.
    pub(in crate::extract) fn groups(&self) -> impl Iterator<Item = Match<'a>> {
        (1..self.slots.len() / 2).filter_map(|group| self.get(group))
    }

    /// The group with a name.
    pub(in crate::extract) fn name(&self, name: &str) -> Option<Match<'a>> {
        let group = self.names.iter().position(|it| it.as_deref() == Some(name));
        self.get(group?)
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, group: usize) -> &str {
        self.get(group)
            .expect("the group is part of every match")
            .as_str()
    }
}

impl Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.name(name)
            .expect("the group is part of every match")
            .as_str()
    }
}

pub(super) fn matched<'a>(text: &'a str, slots: &Slots, group: usize) -> Option<Match<'a>> {
    let place = |slot: usize| *slots.get(slot)?;
    let (start, end) = (place(2 * group)?, place(2 * group + 1)?);
    Some(Match { text, start, end })
}
