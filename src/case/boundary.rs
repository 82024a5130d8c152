//! Values on both sides of every boundary of a field.
//!
//! Main entry: [`probes`]. What it gives for the inside breaks nothing, what it gives for the
//! outside breaks that one statement; a value for which that cannot be had is not given.

use std::cell::OnceCell;

use serde_json::Value;

use super::broken::{broken, json, length, regex_of, same_promise};
use super::request::{around, of_items};
use super::text::{Alphabet, INTRUDERS, WIDTHS, edges, in_any, is_rare_han, name_of, neighbours};
use super::valid::{is_identifier, scalar};
use super::{Template, format};
use crate::contract::{CharClass, Constraint, Field, Format, Kind, Scalar, Unit};

/// One value to try.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    /// What is special about it, for ids.
    pub(super) slug: String,
    /// What is special about it, behind the field's name: `of 64 characters`.
    pub(super) title: String,
    /// The value.
    pub(super) value: Template,
    /// On which side of the boundary it lies.
    pub(super) side: Side,
}

/// On which side of a boundary a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// It keeps the statement.
    Inside,
    /// It breaks the statement.
    Outside,
    /// The document leaves it open.
    Open,
}

/// Values around the boundary of one statement of the field, or why requests alone cannot try it.
pub(super) fn probes(field: &Field, constraint: &Constraint) -> Result<Vec<Probe>, &'static str> {
    let mut list = Probes::new(field);
    match constraint {
        Constraint::Length { min, max, unit } => list.needs_text()?.lengths(*min, *max, *unit),
        Constraint::Charset(classes) => list.needs_text()?.charset(classes),
        Constraint::ForbiddenCharacters(forbidden) => list.needs_text()?.forbidden(forbidden),
        Constraint::Pattern(pattern) => list.needs_text()?.pattern(pattern),
        Constraint::Enum { values, open } => list.listed(values, *open),
        Constraint::Const(value) => list.listed(std::slice::from_ref(value), false),
        Constraint::Format { format, or_empty } => list.needs_text()?.format(format, *or_empty),
        Constraint::Range { min, max } => list.range(*min, *max),
        Constraint::ItemCount { min, max } => list.needs_list()?.items(*min, *max),
        Constraint::Unique => list.needs_list().map_err(|_| UNIQUE)?.twins(),
        Constraint::NotEmpty => list.empty(),
        Constraint::Nullable => list.null(),
        Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::AsyncJob
        | Constraint::Other(_) => return Err(out_of_reach(constraint).unwrap_or(UNIQUE)),
    }
    Ok(list.honest(constraint))
}

const UNIQUE: &str = "it depends on what exists already";

/// Why values of the field alone cannot try the constraint. None where they can.
pub(super) fn out_of_reach(constraint: &Constraint) -> Option<&'static str> {
    match constraint {
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { .. }
        | Constraint::Const(_)
        | Constraint::Format { .. }
        | Constraint::Range { .. }
        | Constraint::ItemCount { .. }
        | Constraint::Unique
        | Constraint::NotEmpty
        | Constraint::Nullable => None,
        Constraint::RequiredIf(_) => Some("its condition is kept in words"),
        Constraint::ExclusiveWith(_) => Some("the other field is not beside it"),
        Constraint::Precedence(_) => Some("which field counted cannot be seen"),
        Constraint::Default(_) => Some("the server fills it in by itself"),
        Constraint::StatePrecondition { .. } => Some("it takes a resource in that state"),
        Constraint::Quota { .. } => Some("it takes a scenario"),
        Constraint::Idempotent => Some("it takes a scenario"),
        Constraint::RateLimit { .. } => Some("runs stay below documented rates"),
        Constraint::Microversion { .. } => Some("versions are not negotiated"),
        Constraint::AsyncJob => Some("it is seen in answers"),
        Constraint::Other(_) => Some("a machine cannot decide it"),
    }
}

struct Probes<'a> {
    field: &'a Field,
    alphabet: Alphabet<'a>,
    plain: OnceCell<String>,
    found: Vec<Probe>,
}

impl<'a> Probes<'a> {
    fn new(field: &'a Field) -> Self {
        Self {
            field,
            alphabet: Alphabet::of(field),
            plain: OnceCell::new(),
            found: Vec::new(),
        }
    }

    /// The kind behind all lists and maps.
    fn innermost(&self) -> &'a Kind {
        let mut kind = &self.field.kind;
        while let Some(inner) = kind.inner() {
            kind = inner;
        }
        kind
    }

    fn needs_text(&mut self) -> Result<&mut Self, &'static str> {
        match self.innermost() {
            Kind::String | Kind::Unknown => Ok(self),
            Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::Array(_)
            | Kind::Map { .. } => Err("it is about text, and the field holds none"),
        }
    }

    fn needs_list(&mut self) -> Result<&mut Self, &'static str> {
        match self.field.kind.inner() {
            Some(_) => Ok(self),
            None => Err("it is about items, and the field holds one value"),
        }
    }

    fn add(&mut self, side: Side, slug: impl Into<String>, title: impl Into<String>, value: Value) {
        let value = around(self.field, Template::Literal(value));
        self.push(side, slug, title, value);
    }

    fn push(
        &mut self,
        side: Side,
        slug: impl Into<String>,
        title: impl Into<String>,
        value: Template,
    ) {
        self.found.push(Probe {
            slug: slug.into(),
            title: title.into(),
            value,
            side,
        });
    }

    fn text(&mut self, side: Side, slug: &str, title: impl Into<String>, text: Option<String>) {
        if let Some(text) = text {
            self.add(side, slug, title, Value::String(text));
        }
    }

    /// Lengths around both limits, made of characters of each byte length that is allowed.
    fn lengths(&mut self, min: Option<u64>, max: Option<u64>, unit: Unit) {
        let mut wanted: Vec<u64> = Vec::new();
        for limit in min.into_iter().chain(max) {
            wanted.extend([limit.saturating_sub(1), limit, limit.saturating_add(1)]);
        }
        wanted.sort_unstable();
        wanted.dedup();
        for n in wanted {
            let fits = min.is_none_or(|min| n >= min) && max.is_none_or(|max| n <= max);
            let side = if fits { Side::Inside } else { Side::Outside };
            for width in WIDTHS {
                self.length(side, n, width, unit);
            }
        }
        if let (Some(max), Unit::Bytes) = (max, unit) {
            self.characters_for_bytes(max);
        }
    }

    fn length(&mut self, side: Side, n: u64, width: usize, unit: Unit) {
        let of = if width == 1 {
            String::new()
        } else {
            format!("-of-{width}-bytes")
        };
        let (text, word) = match unit {
            Unit::Characters => (self.alphabet.characters(n, width), "characters"),
            Unit::Bytes => (self.alphabet.bytes(n, width), "bytes"),
        };
        let said = match unit {
            Unit::Characters => of.replace('-', " "),
            Unit::Bytes if width > 1 => format!(" in characters of {width} bytes"),
            Unit::Bytes => String::new(),
        };
        let told = n > 0 || width == 1;
        let text = text.filter(|text| told && length(text, unit) == n);
        self.text(
            side,
            &format!("{n}-{word}{of}"),
            format!("of {n} {word}{said}"),
            text,
        );
    }

    /// As many characters as bytes are allowed: fine where somebody counts characters by mistake.
    fn characters_for_bytes(&mut self, max: u64) {
        for width in WIDTHS.skip(1) {
            let text = self.alphabet.characters(max, width);
            let slug = format!("{max}-characters-of-{width}-bytes");
            let title = format!("of {max} characters of {width} bytes");
            self.text(Side::Outside, &slug, title, text);
        }
    }

    /// The first and last character of each class, their neighbours, and usual intruders.
    fn charset(&mut self, classes: &[CharClass]) {
        for class in classes {
            for c in edges(class) {
                let side = if is_rare_han(c) {
                    Side::Open
                } else {
                    Side::Inside
                };
                self.character(side, c, &name_of(c));
            }
        }
        for c in classes
            .iter()
            .flat_map(neighbours)
            .filter(|c| !in_any(classes, *c))
        {
            self.character(Side::Outside, c, &name_of(c));
        }
        for (c, name) in INTRUDERS {
            if !in_any(classes, c) {
                self.character(Side::Outside, c, name);
            }
        }
        for (c, name) in [('\n', "line-feed"), (' ', "blank")] {
            if !in_any(classes, c) {
                let plain = self.plain();
                let title = format!("with a {} behind", name.replace('-', " "));
                let text = Some(format!("{plain}{c}"));
                self.text(Side::Outside, &format!("{name}-behind"), title, text);
            }
        }
    }

    fn forbidden(&mut self, forbidden: &[char]) {
        let plain = self.plain();
        self.text(
            Side::Inside,
            "none-of-them",
            "without forbidden characters",
            Some(plain),
        );
        for c in forbidden {
            self.character(Side::Outside, *c, &name_of(*c));
        }
    }

    /// A valid text with one character put into its middle.
    fn character(&mut self, side: Side, c: char, name: &str) {
        let mut letters: Vec<char> = self.plain().chars().collect();
        let middle = letters.len() / 2;
        match letters.get_mut(middle) {
            Some(place) => *place = c,
            None => letters.push(c),
        }
        let text = letters.into_iter().collect();
        self.text(
            side,
            &format!("with-{name}"),
            format!("with {name}"),
            Some(text),
        );
    }

    /// A valid text, a few characters long where that is allowed.
    fn plain(&self) -> String {
        self.plain.get_or_init(|| self.any_text()).clone()
    }

    fn any_text(&self) -> String {
        match scalar(self.field, &Kind::String, 0).value {
            Template::Literal(Value::String(text)) => text,
            Template::Literal(_)
            | Template::Lent(_)
            | Template::Kept(_)
            | Template::Object(_)
            | Template::Array(_) => self.alphabet.characters(3, 1).unwrap_or_default(),
        }
    }

    fn pattern(&mut self, pattern: &str) {
        let plain = self.plain();
        let side = if regex_of(pattern).is_some() {
            Side::Inside
        } else {
            Side::Open
        };
        self.text(
            side,
            "as-documented",
            "built as documented",
            Some(plain.clone()),
        );
        let cut = plain.chars().skip(1).collect();
        self.text(
            Side::Outside,
            "first-character-cut",
            "without its first character",
            Some(cut),
        );
        let doubled = format!("{plain}{plain}");
        self.text(Side::Outside, "twice", "written twice", Some(doubled));
        let turned = plain.chars().rev().collect();
        self.text(
            Side::Outside,
            "backwards",
            "written backwards",
            Some(turned),
        );
        self.text(
            Side::Outside,
            "mark-behind",
            "with a mark behind",
            Some(format!("{plain}~")),
        );
    }

    /// Each value, and values that nearly are one.
    fn listed(&mut self, values: &[Scalar], open: bool) {
        let known: Vec<Value> = values.iter().filter_map(json).collect();
        for value in known.iter().filter(|value| !value.is_null()) {
            let slug = slug_of(value);
            self.add(
                Side::Inside,
                slug.clone(),
                format!("of {slug}"),
                value.clone(),
            );
        }
        let outside = if open { Side::Open } else { Side::Outside };
        for value in &known {
            for (how, near) in near_misses(value) {
                if !known.contains(&near) {
                    let slug = slug_of(value);
                    let title = format!("of {} {}", slug, how.replace('-', " "));
                    self.add(outside, format!("{slug}-{how}"), title, near);
                }
            }
        }
    }

    fn format(&mut self, format: &Format, or_empty: bool) {
        for example in format::inside(format) {
            let title = format!("in format ({})", example.slug);
            self.text(Side::Inside, example.slug, title, Some(example.text));
        }
        for example in format::outside(format) {
            let title = format!("nearly in format ({})", example.slug);
            self.text(Side::Outside, example.slug, title, Some(example.text));
        }
        let side = if or_empty {
            Side::Inside
        } else {
            Side::Outside
        };
        self.text(side, "empty", "of no characters", Some(String::new()));
    }

    fn range(&mut self, min: Option<i64>, max: Option<i64>) {
        let mut wanted = Vec::new();
        if let Some(min) = min {
            wanted.extend([
                (Side::Outside, min.checked_sub(1)),
                (Side::Inside, Some(min)),
            ]);
        }
        if let Some(max) = max {
            wanted.extend([
                (Side::Inside, Some(max)),
                (Side::Outside, max.checked_add(1)),
            ]);
        }
        let as_text = *self.innermost() == Kind::String;
        for (side, number) in wanted {
            let Some(number) = number else {
                continue;
            };
            let value = if as_text {
                Value::from(number.to_string())
            } else {
                Value::from(number)
            };
            self.add(side, number.to_string(), format!("of {number}"), value);
        }
        if max.is_some() && !as_text {
            self.add(
                Side::Outside,
                "beyond-64-bits",
                "beyond 64 bits",
                Value::from(u64::MAX),
            );
        }
    }

    fn items(&mut self, min: Option<u64>, max: Option<u64>) {
        let mut wanted = Vec::new();
        if let Some(min) = min {
            wanted.extend([
                (Side::Outside, min.checked_sub(1)),
                (Side::Inside, Some(min)),
            ]);
        }
        if let Some(max) = max {
            wanted.extend([
                (Side::Inside, Some(max)),
                (Side::Outside, max.checked_add(1)),
            ]);
        }
        for (side, n) in wanted {
            let made = n.and_then(|n| Some((n, of_items(self.field, n)?)));
            if let Some((n, items)) = made {
                let side = if items.sure || side == Side::Outside {
                    side
                } else {
                    Side::Open
                };
                self.push(
                    side,
                    format!("{n}-items"),
                    format!("of {n} items"),
                    items.value,
                );
            }
        }
    }

    fn twins(&mut self) {
        let Some(pair) = of_items(self.field, 2) else {
            return;
        };
        let twins = match &pair.value {
            Template::Array(items) => items.first().map(|item| vec![item.clone(), item.clone()]),
            Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Object(_) => {
                None
            }
        };
        let side = if pair.sure { Side::Inside } else { Side::Open };
        self.push(side, "two-different", "of two different items", pair.value);
        if let Some(twins) = twins {
            let twins = Template::Array(twins);
            self.push(Side::Outside, "two-alike", "of two items alike", twins);
        }
    }

    fn empty(&mut self) {
        let empty = match &self.field.kind {
            Kind::String | Kind::Unknown => Template::Literal(Value::from("")),
            Kind::Array(_) => Template::Array(Vec::new()),
            Kind::Object | Kind::Map { .. } => Template::Object(Vec::new()),
            Kind::Integer | Kind::Number | Kind::Boolean => return,
        };
        self.push(Side::Outside, "empty", "that is empty", empty);
        if matches!(self.innermost(), Kind::String | Kind::Unknown) {
            let plain = self.plain();
            self.text(Side::Inside, "not-empty", "that is not empty", Some(plain));
        } else if let Some(one) = of_items(self.field, 1).filter(|one| one.sure) {
            self.push(Side::Inside, "one-item", "of one item", one.value);
        }
    }

    fn null(&mut self) {
        self.push(
            Side::Inside,
            "null",
            "that is null",
            Template::Literal(Value::Null),
        );
    }

    /// Only those that break what they say they break, and nothing else.
    fn honest(self, constraint: &Constraint) -> Vec<Probe> {
        let (field, rule) = (self.field, constraint.word());
        let invented = is_identifier(field);
        let listed: Vec<Value> = super::valid::listed(field, 0).collect();
        let probes = self.found.into_iter().filter_map(|mut probe| {
            let rules = broken(field, &probe.value);
            let honest = match probe.side {
                Side::Inside | Side::Open => rules.is_empty(),
                Side::Outside => {
                    !rules.is_empty() && rules.iter().all(|other| same_promise(rule, other))
                }
            };
            if probe.side == Side::Inside && !listed.is_empty() && !is_listed(&probe.value, &listed)
            {
                probe.side = Side::Open;
            }
            // A name of something that must exist is not accepted for being well-formed.
            let told = probe.side != Side::Inside || !invented;
            (honest && told).then_some(probe)
        });
        probes.collect()
    }
}

/// Whether a value is one of the listed ones, as far as it is a scalar.
fn is_listed(value: &Template, listed: &[Value]) -> bool {
    match value {
        Template::Literal(value) => value.is_null() || listed.contains(value),
        Template::Array(items) => items.iter().all(|item| is_listed(item, listed)),
        Template::Object(_) | Template::Lent(_) | Template::Kept(_) => true,
    }
}

/// A listed value as an id names it.
fn slug_of(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => text
            .chars()
            .map(|c| {
                if c.is_whitespace() || c == '/' {
                    '-'
                } else {
                    c
                }
            })
            .collect(),
        other => other.to_string(),
    }
}

/// Values that nearly are this one.
fn near_misses(value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::String(text) if !text.is_empty() => {
            let swapped: String = text.chars().map(swap_case).collect();
            let mut shorter = text.clone();
            shorter.pop();
            vec![
                ("in-other-case", Value::from(swapped)),
                ("cut-short", Value::from(shorter)),
                ("misspelt", Value::from(format!("{text}x"))),
                ("with-a-blank-behind", Value::from(format!("{text} "))),
            ]
        }
        Value::String(_) => vec![("but-a-blank", Value::from(" "))],
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(0);
            let beside = [
                ("less-one", number.checked_sub(1)),
                ("plus-one", number.checked_add(1)),
            ];
            let beside = beside.into_iter();
            beside
                .filter_map(|(how, near)| Some((how, Value::from(near?))))
                .collect()
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}

fn swap_case(c: char) -> char {
    if c.is_ascii_lowercase() {
        c.to_ascii_uppercase()
    } else {
        c.to_ascii_lowercase()
    }
}
