//! One example beside the fields of one body, object by object.

use hashbrown::{HashMap, HashSet};

use super::claim;
use super::ledger::{Ledger, REQUIRED};
use super::samples;
use super::spelling::near;
use super::values::{breaks, fits, is_placeholder, misfit, shown, shown_beside};
use crate::contract::{
    Body, Claim, Constraint, Direction, Fact, Field, FieldPath, Kind, Presence, describes_key,
};
use crate::extract::examples::{Node, NodeValue};
use crate::extract::{claims, constraints};
use crate::source::Provenance;

/// A walk along one example.
pub(super) struct Walk<'a> {
    body: &'a Body,
    /// Every name that the body's tables have, at whatever level.
    documented: HashSet<&'a str>,
    direction: Direction,
    /// Whether the example is damaged, so that what is missing or misplaced proves nothing.
    damaged: bool,
    /// Fields that the example shows as null at another level than the tables have them.
    moved_nulls: Vec<(FieldPath, Provenance)>,
    ledger: &'a mut Ledger,
}

/// More members than this that no table has say nothing new.
const MOST_STRANGERS: usize = 64;

/// The object being looked at, or one that encloses it.
struct Level<'a> {
    fields: &'a [Field],
    names: HashSet<&'a str>,
    node: &'a Node,
    members: HashMap<&'a str, &'a Node>,
    /// The field that holds it; none for the root.
    name: Option<&'a str>,
    within: Option<Within<'a>>,
    outer: Option<&'a Level<'a>>,
}

/// What came of the members that the tables do not have.
struct Strangers<'a> {
    /// Fields that need not stand here, because they stand under another name or elsewhere.
    excused: Vec<String>,
    /// Objects that hold the fields of this level, one level too deep.
    wrapped: Vec<&'a Node>,
}

impl<'a> Level<'a> {
    fn new(fields: &'a [Field], node: &'a Node) -> Self {
        let members = node.members().iter().rev();
        Self {
            fields,
            names: fields.iter().map(|field| field.name.as_str()).collect(),
            node,
            members: members
                .map(|(name, _, node)| (name.as_str(), node))
                .collect(),
            name: None,
            within: None,
            outer: None,
        }
    }

    fn shows(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    fn path(&self, name: &str) -> FieldPath {
        Within::member(self.within, name)
    }

    /// Where it is, in words.
    fn place(&self) -> String {
        match self.name {
            Some(name) => format!("inside {name}"),
            None => "at the root".to_owned(),
        }
    }
}

/// Where an object stands: its path and the kind behind which its members lie.
#[derive(Clone, Copy)]
struct Within<'a> {
    path: &'a FieldPath,
    kind: &'a Kind,
}

impl Within<'_> {
    fn member(within: Option<Within<'_>>, name: &str) -> FieldPath {
        match within {
            None => FieldPath::root(name),
            Some(within) => within.path.child(within.kind, name),
        }
    }
}

impl<'a> Walk<'a> {
    pub fn new(
        body: &'a Body,
        direction: Direction,
        damaged: bool,
        ledger: &'a mut Ledger,
    ) -> Self {
        let fields = body.walk();
        Self {
            body,
            documented: fields
                .iter()
                .map(|(_, field)| field.name.as_str())
                .collect(),
            direction,
            damaged,
            moved_nulls: Vec::new(),
            ledger,
        }
    }

    /// Walks along the whole body; `fields` are those of `self.body`, and take the evidence.
    pub fn body(&mut self, fields: &mut [Field], root: &Node) {
        let body = self.body;
        self.object(fields, &Level::new(&body.fields, root));
        for (path, at) in std::mem::take(&mut self.moved_nulls) {
            if let Some(field) = constraints::descend(fields, &FieldPath::default(), &path) {
                field.nullable.get_or_insert(at);
            }
        }
    }

    /// One object. `fields` take the evidence; `level` holds the same fields as the tables have
    /// them, and those around.
    fn object(&mut self, fields: &mut [Field], level: &Level<'_>) {
        if fields.is_empty() {
            return;
        }
        let Strangers { excused, wrapped } = self.strangers(level);
        for node in wrapped {
            let mut inner = Level::new(level.fields, node);
            inner.name = level.name;
            inner.within = level.within;
            inner.outer = level.outer;
            self.object(fields, &inner);
        }
        for (field, documented) in fields.iter_mut().zip(level.fields) {
            let path = level.path(&field.name);
            match level.members.get(field.name.as_str()) {
                Some(node) => {
                    field.evidence.places += 1;
                    field.evidence.shown += 1;
                    self.value(field, documented, node, &path, level);
                }
                None if !level.node.whole || excused.contains(&field.name) => {}
                None => {
                    field.evidence.places += 1;
                    self.missing(documented, level.node, path);
                }
            }
        }
    }

    /// A required field that an example leaves out.
    fn missing(&mut self, field: &Field, node: &Node, path: FieldPath) {
        let conditional = field.evidence.conditional
            || field.statements.iter().any(|statement| {
                matches!(
                    statement.constraint,
                    Constraint::RequiredIf(_) | Constraint::Microversion { .. }
                )
            });
        if field.presence == Presence::Required && !conditional && !self.damaged {
            let absent = self.ledger.claim("not shown", node.line);
            self.ledger.add(
                Some(path),
                Fact::Presence,
                vec![claim(REQUIRED, &field.at), absent],
            );
        }
    }

    /// One value of a field: null, its kind, its constraints, and what it holds.
    fn value(
        &mut self,
        field: &mut Field,
        documented: &Field,
        node: &Node,
        path: &FieldPath,
        level: &Level<'_>,
    ) {
        match &node.value {
            NodeValue::Null => return self.null(field, node, path),
            NodeValue::Elided => return,
            NodeValue::Bool(_)
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::Array(_)
            | NodeValue::Object(_) => {}
        }
        if fits(&field.kind, node) {
            self.statements(documented, &field.kind, node, path);
            if self.direction == Direction::Request && !self.damaged {
                samples::keep(field, node);
            }
        } else {
            self.other_kind(field, node, path);
        }
        self.children(field, documented, node, path, level);
    }

    fn null(&mut self, field: &mut Field, node: &Node, path: &FieldPath) {
        let at = self.ledger.claim("null", node.line);
        field.nullable.get_or_insert_with(|| at.at.clone());
        let says_null = |constraint: &Constraint| *constraint == Constraint::Nullable;
        let said = field
            .statements
            .iter()
            .any(|statement| says_null(&statement.constraint));
        let required = field.presence == Presence::Required && field.kind != Kind::Unknown;
        if required && !said {
            let kind = claim(format!("{}, required", field.kind), &field.at);
            self.ledger
                .add(Some(path.clone()), Fact::Kind, vec![kind, at]);
        }
    }

    fn other_kind(&mut self, field: &mut Field, node: &Node, path: &FieldPath) {
        let odd = misfit(&field.kind, node);
        let kind = shown_beside(&field.kind, node);
        let at = self.ledger.claim(kind.to_string(), odd.line);
        if field.other_kinds.iter().all(|known| known.claim != kind) {
            field.other_kinds.push(Claim {
                claim: kind,
                at: at.at.clone(),
            });
        }
        let stated = claim(field.kind.to_string(), &field.at);
        self.ledger
            .add(Some(path.clone()), Fact::Kind, vec![stated, at]);
    }

    /// What the text says of the value, of each item, or of each value of a map.
    fn statements(&mut self, field: &Field, kind: &Kind, node: &Node, path: &FieldPath) {
        for statement in &field.statements {
            let counts_items = matches!(statement.constraint, Constraint::ItemCount { .. });
            let about: Vec<&Node> = match (kind, &node.value) {
                (Kind::Array(_), NodeValue::Array(items)) if !counts_items => {
                    items.iter().collect()
                }
                _ => vec![node],
            };
            for node in about {
                if !breaks(&statement.constraint, node) {
                    continue;
                }
                let wanted = claims::say(&statement.constraint);
                let seen = self.ledger.claim(claims::show(node), node.line);
                self.ledger.add(
                    Some(path.clone()),
                    Fact::Value,
                    vec![claim(wanted, &statement.at), seen],
                );
            }
        }
    }

    /// Goes into the objects that a value holds, whatever surrounds them.
    fn children(
        &mut self,
        field: &mut Field,
        documented: &Field,
        node: &Node,
        path: &FieldPath,
        level: &Level<'_>,
    ) {
        if documented.children.is_empty() {
            return;
        }
        let mut objects = Vec::new();
        collect(&documented.kind, node, &mut objects);
        for object in objects {
            let mut inner = Level::new(&documented.children, object);
            inner.name = Some(&documented.name);
            inner.outer = Some(level);
            inner.within = Some(Within {
                path,
                kind: &documented.kind,
            });
            self.object(&mut field.children, &inner);
        }
    }

    /// Looks for the members that the tables do not have here.
    fn strangers<'l>(&mut self, level: &Level<'l>) -> Strangers<'l> {
        let mut excused = Vec::new();
        let mut objects = Vec::new();
        let members = level.node.members().iter();
        let strangers = members.filter(|(name, _, _)| {
            !level.names.contains(name.as_str()) && !is_placeholder(name) && !name.is_empty()
        });
        for (name, line, node) in strangers.take(MOST_STRANGERS) {
            let absent = |field: &&Field| !level.shows(&field.name);
            let mut candidates = level.fields.iter().filter(absent);
            if level.fields.iter().any(|field| is_key(field, node)) {
                // The name is data, and the table says in words what it is.
            } else if let Some(field) = candidates.find(|field| near(&field.name, name)) {
                excused.push(field.name.clone());
                self.misspelt(field, name, *line, level.path(&field.name));
            } else if self.damaged && self.documented.contains(name.as_str()) {
                // The damage moved it here.
            } else if let Some(inside) = wrapped(level, node) {
                self.wrapper(level, name, *line, inside);
                excused.extend(level.fields.iter().map(|field| field.name.clone()));
                collect(&Kind::Object, node, &mut objects);
            } else if !self.misplaced(level, (name, *line), node) {
                self.undocumented(name, *line, node, level);
            }
        }
        Strangers {
            excused,
            wrapped: objects,
        }
    }

    fn misspelt(&mut self, field: &Field, name: &str, line: u32, path: FieldPath) {
        // A misprint that the reading already repaired is disputed where it was repaired.
        if field.printed.as_deref() == Some(name) {
            return;
        }
        let seen = self.ledger.claim(name, line);
        let stated = claim(&field.name, &field.at);
        self.ledger.add(Some(path), Fact::Name, vec![stated, seen]);
    }

    /// Whether the tables have the name at another level, where the example lacks it.
    fn misplaced(&mut self, level: &Level<'_>, (name, line): (&str, u32), node: &Node) -> bool {
        let here = level.place();
        let mut outer = level.outer;
        while let Some(around) = outer {
            if let Some(field) = around.fields.iter().find(|field| field.name == name)
                && !around.shows(name)
            {
                if matches!(node.value, NodeValue::Null) {
                    let at = self.ledger.claim("null", line).at;
                    self.moved_nulls.push((around.path(name), at));
                }
                self.structure(
                    around.path(name),
                    name,
                    (&field.at, around.place()),
                    (line, here),
                );
                return true;
            }
            outer = around.outer;
        }
        for container in level.fields {
            let holds_it = |node: &&Node| node.get(name).is_some();
            let shown = level.members.get(container.name.as_str());
            if let Some(field) = container.child(name)
                && !shown.is_some_and(holds_it)
                && container.kind == Kind::Object
            {
                let path = level.path(&container.name).child(&container.kind, name);
                let there = format!("inside {}", container.name);
                self.structure(path, name, (&field.at, there), (line, here));
                return true;
            }
        }
        false
    }

    fn structure(
        &mut self,
        path: FieldPath,
        name: &str,
        (stated, there): (&Provenance, String),
        (line, here): (u32, String),
    ) {
        let seen = self.ledger.claim(format!("{name} {here}"), line);
        let stated = claim(format!("{name} {there}"), stated);
        self.ledger
            .add(Some(path), Fact::Structure, vec![stated, seen]);
    }

    /// An object around the fields that the tables do not have.
    fn wrapper(&mut self, level: &Level<'_>, name: &str, line: u32, inside: &Field) {
        let seen = self
            .ledger
            .claim(format!("{} inside {}", inside.name, holder(name)), line);
        let stated = claim(format!("{} {}", inside.name, level.place()), &inside.at);
        self.ledger.add(
            Some(level.path(&inside.name)),
            Fact::Structure,
            vec![stated, seen],
        );
    }

    fn undocumented(&mut self, name: &str, line: u32, node: &Node, level: &Level<'_>) {
        let side = match self.direction {
            Direction::Request => "request",
            Direction::Response | Direction::Behaviour => "response",
        };
        let kind = shown(node);
        let seen = match kind {
            Kind::Unknown => "shown".to_owned(),
            kind => format!("shown as {kind}"),
        };
        let table = level
            .fields
            .first()
            .map_or(&self.body.at, |field| &field.at);
        let claims = vec![
            claim(format!("no such field in the {side}"), table),
            self.ledger.claim(seen, line),
        ];
        self.ledger
            .add(Some(level.path(name)), Fact::Presence, claims);
    }
}

/// What holds a field, in words: a name, or any key where the name is an id.
fn holder(name: &str) -> String {
    let is_id = name.len() >= 32 && name.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    match is_id {
        true => "the entry of a key".to_owned(),
        false => name.to_owned(),
    }
}

/// Whether a row describes such a member by a name in words.
fn is_key(field: &Field, node: &Node) -> bool {
    describes_key(&field.name) && fits(&field.kind, node)
}

/// The first field of this level that stands inside of this unknown member instead.
fn wrapped<'a>(level: &Level<'a>, node: &Node) -> Option<&'a Field> {
    let object = node.items().first().unwrap_or(node);
    let mut moved = level
        .fields
        .iter()
        .filter(|field| !level.shows(&field.name) && object.get(&field.name).is_some());
    let none_here = level.fields.iter().all(|field| !level.shows(&field.name));
    moved.next().filter(|_| none_here)
}

/// The objects that hold a field's children: behind every array and map of its kind, and where
/// an example shows another kind, wherever they are.
fn collect<'n>(kind: &Kind, node: &'n Node, found: &mut Vec<&'n Node>) {
    match (kind, &node.value) {
        (_, NodeValue::Array(items)) => {
            let inner = match kind {
                Kind::Array(of) => of,
                _ => kind,
            };
            items.iter().for_each(|item| collect(inner, item, found));
        }
        (Kind::Map { value, .. }, NodeValue::Object(members)) => {
            members
                .iter()
                .for_each(|(_, _, node)| collect(value, node, found));
        }
        (Kind::Array(of), NodeValue::Object(_)) => collect(of, node, found),
        (_, NodeValue::Object(_)) => found.push(node),
        _ => {}
    }
}
