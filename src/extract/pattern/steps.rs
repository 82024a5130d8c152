//! A pattern as steps that are taken one by one.

use super::parse::{Look, Node, Times};
use super::set::Set;

/// One step. A step that is not met ends the way; else the next one follows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// These bytes of the pattern's words.
    Word { start: u32, end: u32 },
    /// The same in upper or lower case; the pattern's word is in lower case.
    AnyCase { start: u32, end: u32 },
    /// One character of a set.
    Set(u32),
    /// A look at the next character, which is one of a set.
    Ahead(u32),
    /// Any number of characters of a set.
    Run(Run),
    /// Two ways, the better one first; every fork has a number. Where the first begins with a word,
    /// the lower case of its first byte tells at most places that it is not there.
    Fork {
        first: u32,
        second: u32,
        fork: u32,
        lead: Option<u8>,
    },
    /// Another step.
    Jump(u32),
    /// Remember the place in a slot.
    Save(u32),
    /// A place between characters.
    Look(Look),
    /// All is met.
    Done,
}

/// Characters of one set, none to [`most`](Self::most).
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The set's number.
    pub(super) set: u32,
    /// No more than these.
    pub(super) most: u32,
    /// Whether as many as possible come first, and not as few.
    pub(super) is_greedy: bool,
    /// The number of the forks behind its characters.
    pub(super) fork: u32,
}

impl Run {
    /// Whether there is no most.
    pub(super) fn is_endless(&self) -> bool {
        self.most == u32::MAX
    }
}

/// All steps of a pattern.
#[derive(Debug, Default)]
pub(super) struct Steps {
    steps: Vec<Step>,
    words: Vec<u8>,
    sets: Vec<Set>,
    n_forks: u32,
    /// The groups' names; group 0 is the whole match.
    names: Vec<Option<Box<str>>>,
    /// What a match may start with, unless that may be anything.
    starts: Option<Set>,
    is_anchored: bool,
}

impl Steps {
    pub(super) fn of(node: &Node<'_>) -> Self {
        let mut steps = Self {
            names: vec![None],
            starts: node.first(),
            is_anchored: node.is_anchored(),
            ..Self::default()
        };
        match node {
            // The search has looked at the first character.
            Node::Any(ways) => steps.add_ways(ways),
            _ => steps.add(node),
        }
        steps.step(Step::Done);
        steps
    }

    pub(super) fn at(&self, step: u32) -> &Step {
        &self.steps[step as usize]
    }

    pub(super) fn word(&self, start: u32, end: u32) -> &[u8] {
        &self.words[start as usize..end as usize]
    }

    pub(super) fn set(&self, set: u32) -> &Set {
        &self.sets[set as usize]
    }

    pub(super) fn n_forks(&self) -> usize {
        self.n_forks as usize
    }

    pub(super) fn names(&self) -> &[Option<Box<str>>] {
        &self.names
    }

    pub(super) fn starts(&self) -> Option<&Set> {
        self.starts.as_ref()
    }

    /// Whether a match starts where the text does.
    pub(super) fn is_anchored(&self) -> bool {
        self.is_anchored
    }

    fn next(&self) -> u32 {
        u32::try_from(self.steps.len()).expect("patterns of the code are short")
    }

    fn step(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// A fork whose ways are not known yet.
    fn fork(&mut self) -> u32 {
        let at = self.next();
        let fork = self.n_forks;
        self.n_forks += 1;
        self.step(Step::Fork {
            first: at + 1,
            second: at + 1,
            fork,
            lead: None,
        });
        at
    }

    /// Gives a fork its ways: into what follows it, or past that.
    fn set_ways(&mut self, at: u32, into: u32, past: u32, greedy: bool) {
        let begins = greedy.then(|| self.lead(into)).flatten();
        if let Step::Fork {
            first,
            second,
            lead,
            ..
        } = &mut self.steps[at as usize]
        {
            (*first, *second) = if greedy { (into, past) } else { (past, into) };
            *lead = begins;
        }
    }

    /// The first byte of the word that a way begins with, in lower case.
    fn lead(&self, way: u32) -> Option<u8> {
        let mut steps = self.steps[way as usize..].iter();
        match steps.find(|step| !matches!(step, Step::Save(_)))? {
            Step::Word { start, .. } | Step::AnyCase { start, .. } => {
                Some(self.words[*start as usize].to_ascii_lowercase())
            }
            _ => None,
        }
    }

    fn add(&mut self, node: &Node<'_>) {
        match node {
            Node::Word { text, any_case } => self.add_word(text, *any_case),
            Node::Set(set) => {
                let number = self.number_of(set);
                self.step(Step::Set(number));
            }
            Node::Look(look) => self.step(Step::Look(*look)),
            Node::Repeated(times, node) => self.add_repeated(*times, node),
            Node::Group(number, name, node) => self.add_group(*number, *name, node),
            Node::All(parts) => parts.iter().for_each(|part| self.add(part)),
            Node::Any(ways) => {
                // Most places have none of all ways, and one look tells so.
                if let Some(first) = node.first() {
                    let number = self.number_of(&first);
                    self.step(Step::Ahead(number));
                }
                self.add_ways(ways);
            }
        }
    }

    fn add_word(&mut self, word: &str, any_case: bool) {
        let place = |at: usize| u32::try_from(at).expect("patterns of the code are short");
        let start = place(self.words.len());
        self.words.extend(word.as_bytes());
        let end = place(self.words.len());
        // Most words have no letters with two cases.
        if any_case && word.contains(|c: char| c.is_ascii_alphabetic()) {
            self.words[start as usize..].make_ascii_lowercase();
            return self.step(Step::AnyCase { start, end });
        }
        self.step(Step::Word { start, end });
    }

    fn number_of(&mut self, set: &Set) -> u32 {
        // What is repeated is added many times, and its set is one.
        let known = self.sets.iter().rposition(|known| known == set);
        let number = known.unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        });
        u32::try_from(number).expect("patterns of the code are short")
    }

    fn add_group(&mut self, number: u32, name: Option<&str>, node: &Node<'_>) {
        let group = number as usize;
        if self.names.len() <= group {
            self.names.resize(group + 1, None);
        }
        self.names[group] = name.map(Into::into);
        self.step(Step::Save(2 * number));
        self.add(node);
        self.step(Step::Save(2 * number + 1));
    }

    fn add_ways(&mut self, ways: &[Node<'_>]) {
        let mut jumps = Vec::new();
        for (nth, way) in ways.iter().enumerate() {
            if nth + 1 == ways.len() {
                self.add(way);
                break;
            }
            let fork = self.fork();
            self.add(way);
            jumps.push(self.next());
            self.step(Step::Jump(0));
            self.set_ways(fork, fork + 1, self.next(), true);
        }
        for jump in jumps {
            self.steps[jump as usize] = Step::Jump(self.next());
        }
    }

    fn add_repeated(&mut self, times: Times, node: &Node<'_>) {
        if let Node::Set(set) = node {
            return self.add_run(set, times);
        }
        let Some(max) = times.max else {
            return self.add_endless(times, node);
        };
        (0..times.min).for_each(|_| self.add(node));
        let mut forks = Vec::new();
        for _ in times.min..max {
            forks.push(self.fork());
            self.add(node);
        }
        for fork in forks {
            self.set_ways(fork, fork + 1, self.next(), times.is_greedy);
        }
    }

    fn add_run(&mut self, set: &Set, times: Times) {
        let set = self.number_of(set);
        (0..times.min).for_each(|_| self.step(Step::Set(set)));
        let fork = self.n_forks;
        self.n_forks += 1;
        self.step(Step::Run(Run {
            set,
            most: times.max.map_or(u32::MAX, |max| max - times.min),
            is_greedy: times.is_greedy,
            fork,
        }));
    }

    /// At least so many. What may be empty is repeated as `(x+)?`, as `regex` does it.
    fn add_endless(&mut self, times: Times, node: &Node<'_>) {
        let Times { min, is_greedy, .. } = times;
        if min == 0 && !node.may_be_empty() {
            let fork = self.fork();
            self.add(node);
            self.step(Step::Jump(fork));
            self.set_ways(fork, fork + 1, self.next(), is_greedy);
            return;
        }
        let around = (min == 0).then(|| self.fork());
        (1..min).for_each(|_| self.add(node));
        let again = self.next();
        self.add(node);
        let fork = self.fork();
        self.set_ways(fork, again, self.next(), is_greedy);
        if let Some(around) = around {
            self.set_ways(around, around + 1, self.next(), is_greedy);
        }
    }
}
