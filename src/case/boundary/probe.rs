//! One value to try, and the collection that keeps them honest.

use std::cell::OnceCell;

use serde_json::Value;

use crate::case::Template;
use crate::case::broken::{broken, same_promise};
use crate::case::request::around;
use crate::case::text::Alphabet;
use crate::case::valid::{self, innermost, is_identifier, scalar};
use crate::contract::{Constraint, Field, Kind};

/// One value to try.
#[derive(Clone, Debug)]
pub(in crate::case) struct Probe {
    /// What is special about it, for ids.
    pub(in crate::case) slug: String,
    /// What is special about it, behind the field's name: `of 64 characters`.
    pub(in crate::case) title: String,
    /// The value.
    pub(in crate::case) value: Template,
    /// On which side of the boundary it lies.
    pub(in crate::case) side: Side,
}

/// On which side of a boundary a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::case) enum Side {
    /// It keeps the statement.
    Inside,
    /// It breaks the statement.
    Outside,
    /// The document leaves it open.
    Open,
}

/// Collects the values of one field.
pub(super) struct Probes<'a> {
    pub(super) field: &'a Field,
    pub(super) alphabet: Alphabet<'a>,
    plain: OnceCell<String>,
    found: Vec<Probe>,
}

impl<'a> Probes<'a> {
    pub(super) fn new(field: &'a Field) -> Self {
        Self {
            field,
            alphabet: Alphabet::of(field),
            plain: OnceCell::new(),
            found: Vec::new(),
        }
    }

    /// The kind behind all lists and maps.
    pub(super) fn innermost(&self) -> &'a Kind {
        innermost(&self.field.kind)
    }

    pub(super) fn needs_text(&mut self) -> Result<&mut Self, &'static str> {
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

    pub(super) fn needs_list(&mut self) -> Result<&mut Self, &'static str> {
        match self.field.kind.inner() {
            Some(_) => Ok(self),
            None => Err("it is about items, and the field holds one value"),
        }
    }

    pub(super) fn add(
        &mut self,
        side: Side,
        slug: impl Into<String>,
        title: impl Into<String>,
        value: Value,
    ) {
        let value = around(self.field, Template::Literal(value));
        self.push(side, slug, title, value);
    }

    /// Leaves out the probe of this name.
    pub(super) fn forget(&mut self, slug: &str) {
        self.found.retain(|probe| probe.slug != slug);
    }

    pub(super) fn push(
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

    pub(super) fn text(
        &mut self,
        side: Side,
        slug: &str,
        title: impl Into<String>,
        text: Option<String>,
    ) {
        if let Some(text) = text {
            self.add(side, slug, title, Value::String(text));
        }
    }

    /// A valid text, a few characters long where that is allowed.
    pub(super) fn plain(&self) -> String {
        self.plain.get_or_init(|| self.any_text()).clone()
    }

    pub(super) fn any_text(&self) -> String {
        match scalar(self.field, &Kind::String, 0).value {
            Template::Literal(Value::String(text)) => text,
            Template::Literal(_)
            | Template::Lent(_)
            | Template::Kept(_)
            | Template::Object(_)
            | Template::Array(_) => self.alphabet.characters(3, 1).unwrap_or_default(),
        }
    }

    /// Only those that break what they say they break, and nothing else.
    pub(super) fn honest(self, constraint: &Constraint) -> Vec<Probe> {
        let (field, rule) = (self.field, constraint.word());
        let invented = is_identifier(field);
        let listed: Vec<Value> = valid::listed(field, 0).collect();
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
