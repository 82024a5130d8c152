//! What a phrase rule is, and what it gets and gives.

use std::sync::LazyLock;

use super::cues::Cues;
use super::sentence::{Unit, head};
use super::{
    Subject, aftermath, alike, alone, among, bare, behaviour, between, charset, choices,
    companions, compared, counted, default, default_order, denied, edges, ends, exclusive, extent,
    fallback, fit, forbidden, format, formed, glossed, goes_with, holding, in_use, items,
    kinds_of_things, lasting, left_out, length, listing, lists, matching, microversion, mixed,
    named_states, needed, now, null, numbers, only, open_ended, order, other, outcome, prefixes,
    presence, ready, refused, sequence, served, short, signs, sometimes, spelled, standards,
    stands_for, states, steps, supported, together, told, unbinding, unchecked, unique, upkeep,
    values, vocabulary, void,
};
use crate::contract::{Constraint, Decimal, Kind, Scope};
use crate::extract::pattern::{Captures, Pattern, compile};

/// A language that rules are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// One phrase rule. The first rule of the table that reads a stretch of text keeps it.
pub struct Rule {
    /// The stable name: `zh.length-range`.
    pub name: &'static str,
    /// The language it reads.
    pub language: Language,
    /// What it reads, in one line.
    pub meaning: &'static str,
    /// Words one of which must occur, lower case: a cheap look before the pattern.
    pub(super) cues: &'static [&'static str],
    /// The pattern, tried on each sentence; English ones ignore case.
    pub(super) pattern: &'static str,
    /// What a match says, if anything.
    pub(super) read: fn(&Hit<'_>) -> Option<Heard>,
}

/// A match of a rule and what surrounds it.
pub(super) struct Hit<'a> {
    /// The match.
    pub(super) captures: &'a Captures<'a>,
    /// The sentence before the match.
    pub(super) before: &'a str,
    /// The sentence after the match.
    pub(super) after: &'a str,
    /// The unit after the match, the sentence included.
    pub(super) rest: &'a str,
    /// The unit of the match.
    pub(super) unit: &'a Unit,
    /// The units after it.
    pub(super) units: &'a [Unit],
    /// All units of the prose.
    pub(super) prose: &'a [Unit],
    /// What the prose is about.
    pub(super) subject: &'a Subject<'a>,
}

impl<'a> Hit<'a> {
    /// The text of a group; empty when it took no part.
    pub(super) fn group(&self, name: &str) -> &'a str {
        self.captures.name(name).map_or("", |found| found.as_str())
    }

    /// The number in a group.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.group(name).replace(',', "").parse().ok()
    }

    /// The signed number in a group.
    pub(super) fn signed(&self, name: &str) -> Option<i64> {
        self.group(name).replace(',', "").parse().ok()
    }

    /// The number in a group, with its decimals.
    pub(super) fn decimal(&self, name: &str) -> Option<Decimal> {
        Decimal::parse(self.group(name))
    }

    /// The whole match.
    pub(super) fn whole(&self) -> &'a str {
        self.captures.get(0).map_or("", |found| found.as_str())
    }

    /// Whether the prose is about a field.
    pub(super) fn about_field(&self) -> bool {
        self.subject.name.is_some()
    }

    /// The kind of the innermost values of the field.
    pub(super) fn kind(&self) -> &'a Kind {
        let mut kind = self.subject.kind.unwrap_or(&Kind::Unknown);
        while let Some(inner) = kind.inner() {
            kind = inner;
        }
        kind
    }

    /// Whether the field is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.subject.kind, Some(Kind::Array(_)))
    }

    /// Whether the field is a list of texts.
    pub(super) fn is_list_of_texts(&self) -> bool {
        self.is_list() && *self.kind() == Kind::String
    }

    /// What the sentence says before the match.
    pub(super) fn sentence_before(&self) -> &'a str {
        let before = self.before.trim_end();
        let sentence = before.rsplit(['。', '；', '.']).next().unwrap_or(before);
        sentence.trim_start()
    }

    /// As much of the unit after the match as a rule may look at.
    pub(super) fn near(&self) -> &'a str {
        head(self.rest, 4_000)
    }
}

/// What a rule understood.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The Constraints, each with the field that the sentence names.
    pub(super) constraints: Vec<(Constraint, Option<String>)>,
    /// Whether the field is there under a condition only.
    pub(super) conditional: bool,
    /// How much of the unit after the match was read too, in bytes.
    pub(super) read_on: usize,
    /// How many of the units after this one were read too.
    pub(super) units: usize,
}

impl Heard {
    /// One Constraint about a field that the sentence names.
    pub(super) fn about(field: impl Into<String>, constraint: Constraint) -> Self {
        Self {
            constraints: vec![(constraint, Some(field.into()))],
            ..Self::default()
        }
    }

    /// The same about a field that the sentence names.
    pub(super) fn said_of(mut self, field: &str) -> Self {
        for (_, of) in &mut self.constraints {
            *of = Some(field.to_owned());
        }
        self
    }

    /// Several Constraints about the subject.
    pub(super) fn all(constraints: impl IntoIterator<Item = Constraint>) -> Self {
        let alone = |constraint| (constraint, None);
        Self {
            constraints: constraints.into_iter().map(alone).collect(),
            ..Self::default()
        }
    }

    /// The words "only under a condition" for the field's presence.
    pub(super) fn conditionally(mut self) -> Self {
        self.conditional = true;
        self
    }

    /// A single value as a list of one: "only X is supported" tells what may follow later.
    pub(super) fn listing(mut self) -> Self {
        for (constraint, _) in &mut self.constraints {
            if let Constraint::Const(value) = constraint {
                let values = vec![value.clone()];
                let open = false;
                *constraint = Constraint::Enum { values, open };
            }
        }
        self
    }

    /// A list of values as some of those that there are.
    pub(super) fn opened(mut self) -> Self {
        for (constraint, _) in &mut self.constraints {
            if let Constraint::Enum { open, .. } = constraint {
                *open = true;
            }
        }
        self
    }

    /// What holds in one case or for one part only.
    pub(super) fn within(mut self, scope: Scope) -> Self {
        for (constraint, _) in &mut self.constraints {
            let holds = Box::new(constraint.clone());
            let scope = scope.clone();
            *constraint = Constraint::Within { scope, holds };
        }
        self
    }

    /// What is only advised binds nobody.
    pub(super) fn advised(self) -> Self {
        self.within(Scope::Case("advised".to_owned()))
    }

    /// That the unit was read on for so many bytes after the match.
    pub(super) fn reading_on(mut self, bytes: usize) -> Self {
        self.read_on = bytes;
        self
    }
}

impl From<Constraint> for Heard {
    fn from(constraint: Constraint) -> Self {
        Self::all([constraint])
    }
}

/// A rule with its pattern, compiled when it is first needed.
pub(super) struct Entry {
    pub(super) rule: &'static Rule,
    pattern: LazyLock<Pattern, Box<dyn FnOnce() -> Pattern + Send>>,
}

impl Entry {
    fn new(rule: &'static Rule) -> Self {
        let compile = move || {
            let flags = match rule.language {
                Language::Zh => "",
                Language::En => "(?i)",
            };
            // Units hold no blank but this one, and the class of all blanks is a large one.
            let pattern = vocabulary::pattern(rule.pattern).replace(r"\s", " ");
            compile(&format!("{flags}{pattern}"))
        };
        Self {
            rule,
            pattern: LazyLock::new(Box::new(compile)),
        }
    }

    /// The pattern, compiled.
    pub(super) fn pattern(&self) -> &Pattern {
        &self.pattern
    }
}

/// The rules of a language in their order, and one search for the cues of all of them.
pub(super) struct Book {
    entries: Vec<Entry>,
    cues: Cues,
}

impl Book {
    fn new(language: Language) -> Self {
        let rules = FAMILIES.iter().flat_map(|family| family.iter());
        let entries: Vec<Entry> = rules
            .filter(|rule| rule.language == language)
            .map(Entry::new)
            .collect();
        let mut cues = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let spelled = entry.rule.cues.iter().flat_map(|cue| vocabulary::cues(cue));
            cues.extend(spelled.map(|cue| (cue, place)));
        }
        let uncued = (0..entries.len()).filter(|place| entries[*place].rule.cues.is_empty());
        Self {
            cues: Cues::new(cues, uncued.collect()),
            entries,
        }
    }

    /// The rules that have a cue in a text, in their order.
    pub(super) fn cued_by(&self, text: &str) -> impl Iterator<Item = &Entry> {
        let cued = self.cues.rules_in(text);
        cued.map(|place| &self.entries[place])
    }
}

/// The families in the order in which their rules may take text.
const FAMILIES: [&[Rule]; 71] = [
    unbinding::RULES,
    refused::RULES,
    lists::RULES,
    exclusive::RULES,
    sometimes::RULES,
    unique::RULES,
    together::RULES,
    null::RULES,
    companions::RULES,
    presence::RULES,
    void::RULES,
    needed::RULES,
    fallback::RULES,
    formed::RULES,
    default_order::RULES,
    default::RULES,
    left_out::RULES,
    order::RULES,
    sequence::RULES,
    listing::RULES,
    spelled::RULES,
    between::RULES,
    prefixes::RULES,
    length::RULES,
    forbidden::RULES,
    signs::RULES,
    mixed::RULES,
    edges::RULES,
    charset::RULES,
    told::RULES,
    format::RULES,
    standards::RULES,
    matching::RULES,
    now::RULES,
    items::RULES,
    counted::RULES,
    among::RULES,
    compared::RULES,
    ends::RULES,
    open_ended::RULES,
    numbers::RULES,
    alone::RULES,
    extent::RULES,
    steps::RULES,
    holding::RULES,
    behaviour::RULES,
    microversion::RULES,
    named_states::RULES,
    states::RULES,
    ready::RULES,
    kinds_of_things::RULES,
    alike::RULES,
    fit::RULES,
    lasting::RULES,
    served::RULES,
    upkeep::RULES,
    in_use::RULES,
    short::RULES,
    unchecked::RULES,
    goes_with::RULES,
    stands_for::RULES,
    other::RULES,
    aftermath::RULES,
    outcome::RULES,
    only::RULES,
    values::RULES,
    bare::RULES,
    choices::RULES,
    supported::RULES,
    glossed::RULES,
    denied::RULES,
];

static ZH: LazyLock<Book> = LazyLock::new(|| Book::new(Language::Zh));
static EN: LazyLock<Book> = LazyLock::new(|| Book::new(Language::En));

/// The rules of a language.
pub(super) fn of(language: Language) -> &'static Book {
    match language {
        Language::Zh => &ZH,
        Language::En => &EN,
    }
}

/// All rules, in order.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    let books = [Language::Zh, Language::En].map(of);
    books
        .into_iter()
        .flat_map(|book| &book.entries)
        .map(|entry| entry.rule)
}
