//! Walks a body beside its documented fields: what is missing, what is not documented, which value
//! is none of the examples. All this may be worth a note without making the body invalid, so a
//! schema cannot say it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::disputes::Disputes;
use super::emit::{DEEPEST, expectation};
use super::keywords::{Level, examples};
use super::marks::join;
use super::shape::Shape;
use super::validator::Violation;
use super::{Mode, Subject, words};
use crate::contract::{Body, Direction, Expectation, Field, FieldPath, Kind, Step};
use crate::source::Provenance;

/// A documented field, prepared for walking.
#[derive(Debug)]
pub(super) struct Watched {
    name: String,
    /// Other names under which it may stand.
    other_names: Vec<String>,
    path: FieldPath,
    /// The path of what it holds.
    inside: FieldPath,
    at: Provenance,
    shape: Shape,
    expectation: Option<Expectation>,
    disputed: bool,
    examples: Vec<Examples>,
    children: Vec<Watched>,
}

/// Values that a document gives as examples.
#[derive(Debug)]
struct Examples {
    values: Vec<Value>,
    expected: String,
    at: Provenance,
}

/// What a walk gives.
#[derive(Default)]
pub(super) struct Seen {
    pub violations: Vec<Violation>,
    pub undocumented: Vec<(FieldPath, String)>,
}

impl Watched {
    /// A body as a field without a name.
    pub(super) fn body(
        subject: &Subject<'_>,
        body: &Body,
        direction: Direction,
        mode: Mode,
    ) -> Self {
        Self::root(&Disputes::of(subject, direction), body, direction, mode)
    }

    /// A body whose disputes do not matter.
    pub(super) fn undisputed(body: &Body) -> Self {
        Self::root(&Disputes::none(), body, Direction::Request, Mode::Lenient)
    }

    fn root(disputes: &Disputes<'_>, body: &Body, direction: Direction, mode: Mode) -> Self {
        if let Some(entry) = body.entry() {
            let entry = Self::field(disputes, entry, &FieldPath::default(), direction, mode, 1);
            return Self {
                shape: Shape::map_of(entry.shape.clone()),
                ..entry
            };
        }
        Self {
            name: String::new(),
            other_names: Vec::new(),
            path: FieldPath::default(),
            inside: FieldPath::default(),
            at: body.at.clone(),
            shape: Shape::root(),
            expectation: None,
            disputed: false,
            examples: Vec::new(),
            children: Self::fields(
                disputes,
                &body.fields,
                &FieldPath::default(),
                direction,
                mode,
                1,
            ),
        }
    }

    /// Of two fields of one name the first one counts, as in the schema.
    fn fields(
        disputes: &Disputes<'_>,
        fields: &[Field],
        around: &FieldPath,
        direction: Direction,
        mode: Mode,
        depth: usize,
    ) -> Vec<Self> {
        let mut names = HashSet::new();
        let first = fields
            .iter()
            .filter(|field| names.insert(field.name.as_str()));
        first
            .map(|field| Self::field(disputes, field, around, direction, mode, depth))
            .collect()
    }

    fn field(
        disputes: &Disputes<'_>,
        field: &Field,
        around: &FieldPath,
        direction: Direction,
        mode: Mode,
        depth: usize,
    ) -> Self {
        let path = around.child(&Kind::Object, &field.name);
        let inside = path.inside(&field.kind);
        let shape = Shape::of(field, mode);
        let depth = depth + field_depth(&shape);
        let described = if depth > DEEPEST {
            &[]
        } else {
            &field.children[..]
        };
        Self {
            name: field.name.clone(),
            other_names: disputes.other_names(mode, field, &path),
            at: field.at.clone(),
            expectation: expectation(disputes, direction, mode, field, &path),
            disputed: disputes.presence(&path),
            examples: open_enums(disputes, mode, field, &path, &shape),
            children: Self::fields(disputes, described, &inside, direction, mode, depth + 1),
            path,
            inside,
            shape,
        }
    }

    /// Walks a value that stands where this field is documented.
    pub(super) fn walk(&self, value: &Value, seen: &mut Seen) {
        self.level(&self.shape, value, &Trail::Root, seen);
    }

    fn level(&self, shape: &Shape, value: &Value, trail: &Trail<'_>, seen: &mut Seen) {
        match value {
            Value::Array(items) => {
                let Some(inner) = &shape.items else { return };
                for (position, item) in items.iter().enumerate() {
                    self.level(inner, item, &Trail::Item(trail, position), seen);
                }
            }
            Value::Object(members) if shape.members => self.members(members, trail, seen),
            Value::Object(members) => {
                let Some(inner) = &shape.values else { return };
                for (key, value) in members {
                    self.level(inner, value, &Trail::Member(trail, key), seen);
                }
            }
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                for examples in &self.examples {
                    if !examples.values.contains(value) {
                        seen.violations
                            .push(self.unheard_of(examples, value, trail));
                    }
                }
            }
        }
    }

    fn members(&self, members: &Map<String, Value>, trail: &Trail<'_>, seen: &mut Seen) {
        let mut n_documented = 0;
        for child in &self.children {
            let trail = Trail::Member(trail, &child.name);
            let mut names = child.names();
            match (names.find_map(|name| members.get(name)), child.expectation) {
                (Some(value), _) => {
                    n_documented += 1;
                    child.level(&child.shape, value, &trail, seen);
                }
                (None, Some(expectation)) => {
                    seen.violations.push(child.missing(expectation, &trail));
                }
                (None, None) => {}
            }
        }
        if n_documented == members.len() || self.children.is_empty() {
            return;
        }
        for name in members.keys() {
            let is_known = |child: &Self| child.names().any(|known| known == name);
            if !self.children.iter().any(is_known) {
                let mut path = self.inside.clone();
                path.0.push(Step::Name(name.clone()));
                seen.undocumented
                    .push((path, Trail::Member(trail, name).pointer()));
            }
        }
    }

    /// The names under which it may stand, its own first.
    fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.other_names)
    }

    fn missing(&self, expectation: Expectation, trail: &Trail<'_>) -> Violation {
        Violation {
            field: self.path.clone(),
            pointer: trail.pointer(),
            rule: "presence",
            expected: "the field".to_owned(),
            seen: "no such field".to_owned(),
            sources: vec![self.at.clone()],
            disputed: self.disputed,
            open: false,
            expectation: Some(expectation),
        }
    }

    fn unheard_of(&self, examples: &Examples, value: &Value, trail: &Trail<'_>) -> Violation {
        Violation {
            field: self.path.clone(),
            pointer: trail.pointer(),
            rule: "enum",
            expected: examples.expected.clone(),
            seen: words::value(value),
            sources: vec![examples.at.clone()],
            disputed: false,
            open: true,
            expectation: None,
        }
    }
}

fn open_enums(
    disputes: &Disputes<'_>,
    mode: Mode,
    field: &Field,
    path: &FieldPath,
    shape: &Shape,
) -> Vec<Examples> {
    let innermost = Level {
        shape: shape.innermost(),
        whole: false,
        null: false,
    };
    let statements = field.statements.iter();
    statements
        .filter(|statement| !disputes.relax(mode, field, path, statement))
        .filter_map(|statement| {
            Some(Examples {
                values: examples(&statement.constraint, &innermost)?,
                expected: words::promise(&statement.constraint),
                at: statement.at.clone(),
            })
        })
        .collect()
}

/// Levels of arrays and maps.
fn field_depth(shape: &Shape) -> usize {
    let inner = shape.items.as_deref().or(shape.values.as_deref());
    inner.map_or(0, |inner| 1 + field_depth(inner))
}

/// Where a walk is. Becomes a pointer only when there is something to say.
enum Trail<'a> {
    Root,
    Member(&'a Trail<'a>, &'a str),
    Item(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    fn pointer(&self) -> String {
        match self {
            Trail::Root => String::new(),
            Trail::Member(around, name) => join(&around.pointer(), name),
            Trail::Item(around, position) => format!("{}/{position}", around.pointer()),
        }
    }
}
