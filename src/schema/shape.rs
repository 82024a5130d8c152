//! What may stand at one level of a value: the union of what the sources claim.

use super::Mode;
use crate::contract::{Field, Kind};

/// One level of a value, and the levels within.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// The JSON types that are claimed, in order of the claims. None: anything.
    pub types: Vec<&'static str>,
    /// Whether it may be an object with the field's children.
    pub members: bool,
    /// What an array holds.
    pub items: Option<Box<Shape>>,
    /// What a map holds. Not said where an object with children is possible too.
    pub values: Option<Box<Shape>>,
}

impl Shape {
    /// What the sources that count in this mode claim about a field.
    pub(super) fn of(field: &Field, mode: Mode) -> Self {
        let kinds: Vec<&Kind> = match mode {
            Mode::Lenient => field.kinds().collect(),
            Mode::Strict => vec![&field.kind],
        };
        Self::union(&kinds, !field.children.is_empty())
    }

    /// A body.
    pub(super) fn root() -> Self {
        Self::union(&[&Kind::Object], true)
    }

    /// A body whose members are all of this shape, whatever their names.
    pub(super) fn map_of(values: Shape) -> Self {
        Self {
            types: vec!["object"],
            values: Some(Box::new(values)),
            ..Self::default()
        }
    }

    fn union(kinds: &[&Kind], children: bool) -> Self {
        let mut shape = Shape::default();
        let (mut items, mut values) = (Vec::new(), Vec::new());
        for kind in kinds {
            let name = match kind {
                Kind::String => "string",
                Kind::Integer => "integer",
                Kind::Number => "number",
                Kind::Boolean => "boolean",
                Kind::Object => {
                    shape.members = true;
                    "object"
                }
                Kind::Array(of) => {
                    items.push(&**of);
                    "array"
                }
                Kind::Map { value, .. } => {
                    values.push(&**value);
                    "object"
                }
                // Who says nothing contradicts nobody.
                Kind::Unknown => continue,
            };
            if !shape.types.contains(&name) {
                shape.types.push(name);
            }
        }
        shape.members |= shape.types.is_empty() && children;
        let within = |kinds: Vec<&Kind>| {
            (!kinds.is_empty()).then(|| Box::new(Self::union(&kinds, children)))
        };
        shape.items = within(items);
        shape.values = if shape.members { None } else { within(values) };
        shape
    }

    /// What stands behind every array and map.
    pub(super) fn innermost(&self) -> &Shape {
        match self.items.as_deref().or(self.values.as_deref()) {
            Some(inner) => inner.innermost(),
            None => self,
        }
    }

    /// Whether text, a number or a truth value may stand here.
    pub(super) fn scalar(&self) -> bool {
        self.types.is_empty() || self.types.iter().any(|name| !is_container(name))
    }

    /// The types here that hold others.
    pub(super) fn containers(&self) -> Vec<&'static str> {
        let types = self.types.iter().copied();
        types.filter(|name| is_container(name)).collect()
    }

    /// Whether a value of this type may stand here.
    pub(super) fn allows(&self, name: &str) -> bool {
        self.types.is_empty() || self.types.contains(&name)
    }
}

fn is_container(name: &str) -> bool {
    matches!(name, "array" | "object")
}
