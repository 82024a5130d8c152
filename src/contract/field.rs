//! Fields: name, kind, presence, nullability, Constraints, children.

use std::fmt;

use serde_json::Value;

use super::{Claim, Scalar, Statement, window};
use crate::source::Provenance;

/// One field of a body, or one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name, in its corrected spelling.
    pub name: String,
    /// The name as printed, where the print is damaged.
    pub printed: Option<String>,
    /// The kind that the table states.
    pub kind: Kind,
    /// Other kinds that other sources claim.
    pub other_kinds: Vec<Claim<Kind>>,
    /// What the table says of presence.
    pub presence: Presence,
    /// What examples and conditional words say of presence.
    pub evidence: Evidence,
    /// The line that shows or says that the value may be null.
    pub nullable: Option<Provenance>,
    /// What else is promised.
    pub statements: Vec<Statement>,
    /// The fields of the object, of each object in the array, or of each value in the map,
    /// whatever the kind ends in.
    pub children: Vec<Field>,
    /// The row that defines it.
    pub at: Provenance,
}

/// The kind of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// An object with the field's children.
    Object,
    /// A list of this.
    Array(Box<Kind>),
    /// An object whose keys are data.
    Map {
        /// The printed name of the key: `vpc_id`, `key`.
        key: String,
        /// The kind of each value.
        value: Box<Kind>,
    },
    /// Nothing is said, or nothing that is understood.
    Unknown,
}

impl Kind {
    /// Whether it is surely an object, or holds objects at any depth.
    pub fn holds_objects(&self) -> bool {
        self.inner()
            .map_or(*self == Kind::Object, Kind::holds_objects)
    }

    /// What an array or a map holds.
    pub fn inner(&self) -> Option<&Kind> {
        match self {
            Kind::Array(of) => Some(of),
            Kind::Map { value, .. } => Some(value),
            Kind::String
            | Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::Unknown => None,
        }
    }
}

impl fmt::Display for Kind {
    /// As tables print it: `String`, `Array of Objects`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::String => f.write_str("String"),
            Kind::Integer => f.write_str("Integer"),
            Kind::Number => f.write_str("Number"),
            Kind::Boolean => f.write_str("Boolean"),
            Kind::Object => f.write_str("Object"),
            Kind::Array(of) => write!(f, "Array of {}", Several(of)),
            Kind::Map { value, .. } => write!(f, "Map of {}", Several(value)),
            Kind::Unknown => f.write_str("unknown"),
        }
    }
}

/// A kind, of which there are several: what ends in several already stays as it is.
struct Several<'a>(&'a Kind);

impl fmt::Display for Several<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = if self.0.inner().is_some() { "" } else { "s" };
        write!(f, "{}{ending}", self.0)
    }
}

/// What a table's column says of presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Must be there.
    Required,
    /// May be left out.
    Optional,
    /// The table has no such column.
    Unstated,
}

/// What examples and words say of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Examples that show the place where the field would stand.
    pub places: u32,
    /// Of these, how many show the field.
    pub shown: u32,
    /// Whether its text is conditional ("if", "when", an error state).
    pub conditional: bool,
    /// Values that examples of requests show, where nothing says what the field may hold.
    pub values: Vec<Scalar>,
}

/// What a missing response field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expectation {
    /// Every example shows it, or the table says so: missing is a violation.
    Expected,
    /// No example decides: missing is a warning.
    Likely,
    /// Examples lack it or its text is conditional: missing is a note.
    Optional,
}

impl Field {
    /// Whether this remark stands in its description: one of the constants of [`Constraint::Other`].
    pub fn says(&self, remark: &str) -> bool {
        self.statements
            .iter()
            .any(|said| said.constraint.is_remark(remark))
    }

    /// What a missing response field means, by evidence, in an answer of which nobody knows the version.
    pub fn expectation(&self) -> Expectation {
        match window(&self.statements) {
            (None, None) => self.expectation_where_it_exists(),
            _ => Expectation::Optional,
        }
    }

    /// What it means in an answer of a version that has the field.
    pub fn expectation_where_it_exists(&self) -> Expectation {
        let Evidence {
            places,
            shown,
            conditional,
            values: _,
        } = self.evidence;
        match self.presence {
            _ if conditional => Expectation::Optional,
            Presence::Required => Expectation::Expected,
            Presence::Optional => Expectation::Optional,
            Presence::Unstated if shown < places => Expectation::Optional,
            Presence::Unstated if places > 0 => Expectation::Expected,
            Presence::Unstated => Expectation::Likely,
        }
    }

    /// Whether it has this name, or a field anywhere below it.
    pub fn holds_name(&self, name: &str) -> bool {
        self.name == name || self.children.iter().any(|child| child.holds_name(name))
    }

    /// The child of this name.
    pub fn child(&self, name: &str) -> Option<&Field> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All kinds that any source claims, the table's first.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        std::iter::once(&self.kind).chain(self.other_kinds.iter().map(|claim| &claim.claim))
    }
}

/// Whether what stands in the place of a name says in words what is found there: the name is data,
/// the key of a map, and nobody knows it beforehand.
pub fn describes_key(name: &str) -> bool {
    let is_word = |c: char| !c.is_ascii() && c.is_alphabetic();
    name.contains(' ') || name.chars().any(is_word)
}

/// The place of a field in a body, printed with dots between levels, `[]` after an array and
/// `{key}` for a map's key: `server.addresses.{vpc_id}[].version`. Names may contain dots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath(pub Vec<Step>);

/// One level of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A member of an object.
    Name(String),
    /// Any item of an array.
    Items,
    /// Any value of a map, by the printed name of its key.
    Key(String),
}

impl FieldPath {
    /// A parameter or a member of the body's root.
    pub fn root(name: &str) -> Self {
        Self(vec![Step::Name(name.to_owned())])
    }

    /// The path of a member of the objects that a field at this path with this `kind` holds.
    pub fn child(&self, kind: &Kind, name: &str) -> Self {
        let mut path = self.inside(kind);
        path.0.push(Step::Name(name.to_owned()));
        path
    }

    /// The path of the innermost values: behind every array and map of `kind`.
    pub fn inside(&self, kind: &Kind) -> Self {
        // Most paths go on with a name, and some through a list before it.
        let mut steps = Vec::with_capacity(self.0.len() + 2);
        steps.extend_from_slice(&self.0);
        let mut kind = kind;
        while let Some(inner) = kind.inner() {
            steps.push(match kind {
                Kind::Map { key, .. } => Step::Key(key.clone()),
                _ => Step::Items,
            });
            kind = inner;
        }
        Self(steps)
    }

    /// The names along it. Whether a list lies between them is a matter of kinds, and what the key of a
    /// map is called a matter of taste: two editions, and a person, may see that differently.
    pub fn names(&self) -> Vec<&str> {
        let names = self.0.iter().filter_map(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Items | Step::Key(_) => None,
        });
        names.collect()
    }

    /// The values at this place of a body: of every item of an array, and every entry of a map.
    pub fn values_in<'v>(&self, body: &'v Value) -> Vec<&'v Value> {
        let mut found = Vec::new();
        let _: Option<()> = self.find_in(body, |value| {
            found.push(value);
            None
        });
        found
    }

    /// The first thing that is told of one of these values.
    pub fn find_in<'v, T>(
        &self,
        body: &'v Value,
        mut tell: impl FnMut(&'v Value) -> Option<T>,
    ) -> Option<T> {
        find_inside(&self.0, body, &mut tell)
    }

    /// The same, or where there are none, those at this place of the body's only member: tables may leave
    /// out what is around all of it.
    pub fn values_in_any<'v>(&self, body: &'v Value) -> Vec<&'v Value> {
        let found = self.values_in(body);
        let members = body.as_object().filter(|members| members.len() == 1);
        let only = members.and_then(|members| members.values().next());
        match only {
            Some(only) if found.is_empty() => self.values_in(only),
            Some(_) | None => found,
        }
    }

    /// The name of the field itself, without what surrounds it.
    pub fn leaf(&self) -> &str {
        self.0
            .iter()
            .rev()
            .find_map(|step| match step {
                Step::Name(name) | Step::Key(name) => Some(name.as_str()),
                Step::Items => None,
            })
            .unwrap_or("")
    }
}

fn find_inside<'v, T>(
    steps: &[Step],
    value: &'v Value,
    tell: &mut impl FnMut(&'v Value) -> Option<T>,
) -> Option<T> {
    let Some((step, rest)) = steps.split_first() else {
        return tell(value);
    };
    match step {
        Step::Name(name) => find_inside(rest, value.get(name)?, tell),
        Step::Items => {
            let mut items = value.as_array()?.iter();
            items.find_map(|item| find_inside(rest, item, tell))
        }
        Step::Key(_) => {
            let mut entries = value.as_object()?.values();
            entries.find_map(|entry| find_inside(rest, entry, tell))
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (level, step) in self.0.iter().enumerate() {
            let dot = if level == 0 { "" } else { "." };
            match step {
                Step::Name(name) => write!(f, "{dot}{name}")?,
                Step::Items => f.write_str("[]")?,
                Step::Key(key) => write!(f, "{dot}{{{key}}}")?,
            }
        }
        Ok(())
    }
}
