//! A pattern as steps that are taken one by one.

use regex_syntax::hir::{Capture, Class, Hir, HirKind, Look, Repetition};

use super::set::Set;

/// One step. A step that is not met ends the way; else the next one follows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// These bytes of the pattern's words.
    Word { start: u32, end: u32 },
    /// One character of a set.
    Set(u32),
    /// Any number of characters of a set.
    Run(Run),
    /// Two ways, the better one first; every fork has a number.
    Fork { first: u32, second: u32, fork: u32 },
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
    /// What the sets were made of, while steps are made.
    classes: Vec<Class>,
    n_forks: u32,
    /// The groups' names; group 0 is the whole match.
    names: Vec<Option<Box<str>>>,
    /// What a match may start with, unless that may be anything.
    starts: Option<Set>,
    is_anchored: bool,
}

impl Steps {
    pub(super) fn of(parsed: &Hir) -> Self {
        let mut steps = Self {
            names: vec![None],
            is_anchored: parsed.properties().look_set_prefix().contains(Look::Start),
            ..Self::default()
        };
        steps.add(parsed);
        steps.step(Step::Done);
        steps.starts = steps.first_characters();
        steps.classes = Vec::new();
        steps
    }

    pub(super) fn at(&self, step: u32) -> Step {
        self.steps[step as usize]
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
        });
        at
    }

    /// Gives a fork its ways: into what follows it, or past that.
    fn set_ways(&mut self, at: u32, into: u32, past: u32, greedy: bool) {
        if let Step::Fork { first, second, .. } = &mut self.steps[at as usize] {
            (*first, *second) = if greedy { (into, past) } else { (past, into) };
        }
    }

    fn add(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => self.add_word(&literal.0),
            HirKind::Class(class) => self.add_set(class),
            HirKind::Look(look) => self.step(Step::Look(*look)),
            HirKind::Repetition(repetition) => self.add_repetition(repetition),
            HirKind::Capture(capture) => self.add_capture(capture),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.add(part)),
            HirKind::Alternation(ways) => self.add_alternation(ways),
        }
    }

    fn add_word(&mut self, word: &[u8]) {
        let place = |at: usize| u32::try_from(at).expect("patterns of the code are short");
        let start = place(self.words.len());
        self.words.extend(word);
        let end = place(self.words.len());
        self.step(Step::Word { start, end });
    }

    fn add_set(&mut self, class: &Class) {
        let number = self.number_of(class);
        self.step(Step::Set(number));
    }

    fn number_of(&mut self, class: &Class) -> u32 {
        // What is repeated is added many times, and its set is one.
        let known = self.classes.iter().rposition(|known| known == class);
        let number = known.unwrap_or_else(|| {
            self.classes.push(class.clone());
            self.sets.push(Set::of(class));
            self.sets.len() - 1
        });
        u32::try_from(number).expect("patterns of the code are short")
    }

    fn add_capture(&mut self, capture: &Capture) {
        let group = capture.index as usize;
        if self.names.len() <= group {
            self.names.resize(group + 1, None);
        }
        self.names[group].clone_from(&capture.name);
        self.step(Step::Save(2 * capture.index));
        self.add(&capture.sub);
        self.step(Step::Save(2 * capture.index + 1));
    }

    fn add_alternation(&mut self, ways: &[Hir]) {
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

    fn add_repetition(&mut self, repetition: &Repetition) {
        let Repetition {
            min,
            max,
            greedy,
            sub,
        } = repetition;
        if let HirKind::Class(class) = sub.kind() {
            return self.add_run(class, repetition);
        }
        let Some(max) = max else {
            return self.add_endless(*min, *greedy, sub);
        };
        (0..*min).for_each(|_| self.add(sub));
        let mut forks = Vec::new();
        for _ in *min..*max {
            forks.push(self.fork());
            self.add(sub);
        }
        for fork in forks {
            self.set_ways(fork, fork + 1, self.next(), *greedy);
        }
    }

    fn add_run(&mut self, class: &Class, repetition: &Repetition) {
        let set = self.number_of(class);
        (0..repetition.min).for_each(|_| self.step(Step::Set(set)));
        let fork = self.n_forks;
        self.n_forks += 1;
        self.step(Step::Run(Run {
            set,
            most: repetition.max.map_or(u32::MAX, |max| max - repetition.min),
            is_greedy: repetition.greedy,
            fork,
        }));
    }

    /// At least so many. What may be empty is repeated as `(x+)?`, as `regex` does it.
    fn add_endless(&mut self, min: u32, greedy: bool, sub: &Hir) {
        let may_be_empty = sub.properties().minimum_len() == Some(0);
        if min == 0 && !may_be_empty {
            let fork = self.fork();
            self.add(sub);
            self.step(Step::Jump(fork));
            self.set_ways(fork, fork + 1, self.next(), greedy);
            return;
        }
        let around = (min == 0).then(|| self.fork());
        (1..min).for_each(|_| self.add(sub));
        let again = self.next();
        self.add(sub);
        let fork = self.fork();
        self.set_ways(fork, again, self.next(), greedy);
        if let Some(around) = around {
            self.set_ways(around, around + 1, self.next(), greedy);
        }
    }

    /// What a match may start with; none where it may be empty.
    fn first_characters(&self) -> Option<Set> {
        let mut first = Set::default();
        let mut seen = vec![false; self.steps.len()];
        let mut next = vec![0];
        while let Some(at) = next.pop() {
            if std::mem::replace(&mut seen[at as usize], true) {
                continue;
            }
            match self.at(at) {
                Step::Word { start, end } => {
                    let word = String::from_utf8_lossy(self.word(start, end));
                    let c = word.chars().next()?;
                    first.add(c, c);
                }
                Step::Set(set) => first.join(self.set(set)),
                Step::Run(run) => {
                    first.join(self.set(run.set));
                    next.push(at + 1);
                }
                Step::Fork { first, second, .. } => next.extend([first, second]),
                Step::Jump(to) => next.push(to),
                Step::Save(_) | Step::Look(_) => next.push(at + 1),
                Step::Done => return None,
            }
        }
        Some(first.in_order())
    }
}
