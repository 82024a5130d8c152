//! Fields in, one schema out, with a mark for every keyword.

use serde_json::{Map, Value, json};

use super::disputes::Disputes;
use super::keywords::{Level, keywords};
use super::marks::{Mark, Marks, join};
use super::shape::Shape;
use super::{Mode, Subject, words};
use crate::contract::{
    Body, Constraint, Direction, Dispute, Expectation, Field, FieldPath, Presence, Statement,
};
use crate::source::Provenance;

/// Levels of fields, arrays and maps that a schema describes. Below, anything goes: parsers stop at
/// 128 levels of JSON, and a schema takes up to three for one of ours.
pub(super) const DEEPEST: usize = 36;

/// A schema, and what its keywords are about.
pub(super) struct Emission {
    pub schema: Map<String, Value>,
    pub marks: Marks,
}

impl Emission {
    /// The schema as a document of its own.
    pub(super) fn into_document(self, id: &str, route: &str) -> Value {
        let mut document = Map::new();
        let head = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"),
            ("$id", id),
            ("x-operation", route),
        ];
        document.extend(head.map(|(word, text)| (word.to_owned(), json!(text))));
        document.extend(self.schema);
        Value::Object(document)
    }
}

/// The schema of a body.
pub(super) fn emit(
    subject: &Subject<'_>,
    body: &Body,
    direction: Direction,
    mode: Mode,
    marks: Marks,
) -> Emission {
    let mut emitter = Emitter {
        disputes: Disputes::of(subject, direction),
        direction,
        mode,
        marks,
    };
    let mut node = Node::new(String::new());
    node.note("x-source", json!(body.at.to_string()));
    if subject.operation.deprecated.is_some() {
        node.note("deprecated", json!(true));
    }
    let at = node.put("type", json!("object"), None);
    let root = || Mark {
        field: FieldPath::default(),
        rule: "kind",
        expected: "object".to_owned(),
        sources: vec![body.at.clone()],
        disputed: false,
    };
    emitter.marks.put(&at, root);
    emitter.marks.put("", root);
    for statement in &subject.operation.statements {
        let level = Level {
            shape: &Shape::root(),
            whole: true,
            null: false,
        };
        if is_behaviour(&statement.constraint) {
            for (word, value) in keywords(&statement.constraint, &level) {
                node.put(word, value, Some(&statement.at));
            }
        }
    }
    match body.entry() {
        Some(entry) => emitter.entries(&mut node, entry),
        None => emitter.members(&mut node, &body.fields, &FieldPath::default(), 0),
    }
    Emission {
        schema: node.finish(),
        marks: emitter.marks,
    }
}

/// Whether a field must be there for a body to be valid.
pub(super) fn is_required(
    disputes: &Disputes<'_>,
    direction: Direction,
    mode: Mode,
    field: &Field,
    path: &FieldPath,
) -> bool {
    expectation(disputes, direction, mode, field, path) == Some(Expectation::Expected)
}

/// What a missing field means. None: nothing, the client is free to leave it out.
pub(super) fn expectation(
    disputes: &Disputes<'_>,
    direction: Direction,
    mode: Mode,
    field: &Field,
    path: &FieldPath,
) -> Option<Expectation> {
    let relaxed = mode == Mode::Lenient && disputes.presence(path);
    match direction {
        Direction::Request => {
            let conditional =
                |statement: &Statement| matches!(statement.constraint, Constraint::RequiredIf(_));
            let required = field.presence == Presence::Required
                && !relaxed
                && !field.statements.iter().any(conditional);
            required.then_some(Expectation::Expected)
        }
        Direction::Response | Direction::Behaviour if relaxed => Some(Expectation::Optional),
        Direction::Response | Direction::Behaviour => Some(field.expectation()),
    }
}

/// Whether null may stand for the field. An example alone does not make it so for the strict.
pub(super) fn may_be_null(field: &Field, mode: Mode) -> bool {
    let said = |statement: &Statement| statement.constraint == Constraint::Nullable;
    let shown = match (&field.nullable, mode) {
        (Some(_), Mode::Lenient) => true,
        (Some(at), Mode::Strict) => at.table.is_some(),
        (None, _) => false,
    };
    shown || field.statements.iter().any(said)
}

/// Statements about an operation that say nothing of the body: its schema tells them at the root.
fn is_behaviour(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::AsyncJob
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Relative { .. }
        | Constraint::RequiredIf(_)
        | Constraint::Within { .. }
        | Constraint::Other(_) => true,
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::Multiple(_)
        | Constraint::Except(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { .. }
        | Constraint::Const(_)
        | Constraint::Format { .. }
        | Constraint::Range { .. }
        | Constraint::ItemCount { .. }
        | Constraint::Unique
        | Constraint::NotEmpty
        | Constraint::Default(_)
        | Constraint::Nullable => false,
    }
}

struct Emitter<'a> {
    disputes: Disputes<'a>,
    direction: Direction,
    mode: Mode,
    marks: Marks,
}

impl Emitter<'_> {
    fn members(&mut self, node: &mut Node, fields: &[Field], around: &FieldPath, depth: usize) {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            if properties.contains_key(&field.name) {
                continue; // Two rows of one name: the first one counts.
            }
            let path = around.child(&crate::contract::Kind::Object, &field.name);
            let pointer = join(&format!("{}/properties", node.pointer), &field.name);
            if is_required(&self.disputes, self.direction, self.mode, field, &path) {
                let other_names = self.disputes.other_names(self.mode, field, &path);
                if other_names.is_empty() {
                    required.push(json!(field.name));
                } else {
                    self.one_of(node, field, &path, &other_names);
                }
            }
            let schema = self.field(field, &path, pointer, depth + 1);
            properties.insert(field.name.clone(), schema);
        }
        if !required.is_empty() {
            node.note("required", Value::Array(required));
        }
        if !properties.is_empty() {
            node.note("properties", Value::Object(properties));
        }
    }

    /// Whatever its name, a member of the body is this field.
    fn entries(&mut self, node: &mut Node, entry: &Field) {
        let pointer = format!("{}/additionalProperties", node.pointer);
        let schema = self.field(entry, &FieldPath::root(&entry.name), pointer, 1);
        node.note("additionalProperties", schema);
    }

    /// The field must be there under one of several names.
    fn one_of(&mut self, node: &mut Node, field: &Field, path: &FieldPath, other_names: &[String]) {
        let names = std::iter::once(&field.name).chain(other_names);
        let each: Vec<Value> = names.map(|name| json!({ "required": [name] })).collect();
        let mark = || Mark {
            field: path.clone(),
            rule: "presence",
            expected: "the field".to_owned(),
            sources: vec![field.at.clone()],
            disputed: false,
        };
        let at = node.put("anyOf", Value::Array(each), None);
        self.marks.put(&at, mark);
    }

    fn field(&mut self, field: &Field, path: &FieldPath, pointer: String, depth: usize) -> Value {
        let shape = Shape::of(field, self.mode);
        let mut node = Node::new(pointer);
        node.note("x-source", json!(field.at.to_string()));
        if let Some(printed) = &field.printed {
            node.note("x-printed", json!(printed));
        }
        let expectation =
            expectation(&self.disputes, self.direction, self.mode, field, path).and_then(word);
        if let Some(word) = expectation {
            node.note("x-expectation", json!(word));
        }
        let disputes: Vec<Value> = self.disputes.on(path).map(told).collect();
        if !disputes.is_empty() {
            node.note("x-disputes", Value::Array(disputes));
        }
        self.level(node, field, path, &shape, true, depth)
    }

    /// One level of a field: itself, or what it holds.
    fn level(
        &mut self,
        mut node: Node,
        field: &Field,
        path: &FieldPath,
        shape: &Shape,
        whole: bool,
        depth: usize,
    ) -> Value {
        if depth > DEEPEST {
            return json!({});
        }
        let null = whole && may_be_null(field, self.mode);
        self.types(&mut node, field, path, shape, null);
        let level = Level { shape, whole, null };
        for statement in &field.statements {
            self.statement(&mut node, field, path, statement, &level);
        }
        if let Some(items) = &shape.items {
            let inner = Node::new(join(&node.pointer, "items"));
            let schema = self.level(inner, field, path, items, false, depth + 1);
            node.note("items", schema);
        }
        if let Some(values) = &shape.values {
            let inner = Node::new(join(&node.pointer, "additionalProperties"));
            let schema = self.level(inner, field, path, values, false, depth + 1);
            node.note("additionalProperties", schema);
        }
        if shape.members {
            self.members(&mut node, &field.children, &path.inside(&field.kind), depth);
        }
        Value::Object(node.finish())
    }

    fn types(
        &mut self,
        node: &mut Node,
        field: &Field,
        path: &FieldPath,
        shape: &Shape,
        null: bool,
    ) {
        if shape.types.is_empty() {
            return;
        }
        let types: Vec<&str> = shape
            .types
            .iter()
            .copied()
            .chain(null.then_some("null"))
            .collect();
        let value = match types[..] {
            [only] => json!(only),
            _ => json!(types),
        };
        let sources = || {
            let claims = field.other_kinds.iter().map(|claim| claim.at.clone());
            std::iter::once(field.at.clone()).chain(claims).collect()
        };
        let mark = || Mark {
            field: path.clone(),
            rule: "kind",
            expected: words::types(shape, null),
            sources: sources(),
            disputed: self.disputes.kind(field, path),
        };
        let at = node.put("type", value, None);
        self.marks.put(&at, mark);
    }

    fn statement(
        &mut self,
        node: &mut Node,
        field: &Field,
        path: &FieldPath,
        statement: &Statement,
        level: &Level<'_>,
    ) {
        if self.disputes.relax(self.mode, field, path, statement) {
            return; // Told by `x-disputes`.
        }
        for (word, value) in keywords(&statement.constraint, level) {
            let at = node.put(word, value, Some(&statement.at));
            let mark = || Mark {
                field: path.clone(),
                rule: statement.constraint.word(),
                expected: words::promise(&statement.constraint),
                sources: vec![statement.at.clone()],
                disputed: self.disputes.statement(field, path, statement),
            };
            self.marks.put(&at, mark);
        }
    }
}

fn word(expectation: Expectation) -> Option<&'static str> {
    match expectation {
        Expectation::Expected => None,
        Expectation::Likely => Some("likely"),
        Expectation::Optional => Some("optional"),
    }
}

fn told(dispute: &Dispute) -> Value {
    let claims = dispute.claims.iter();
    let claims: Vec<Value> = claims
        .map(|claim| json!({ "claim": claim.claim, "source": claim.at.to_string() }))
        .collect();
    json!({ "fact": dispute.fact.word(), "claims": claims })
}

/// A schema object in the making.
struct Node {
    pointer: String,
    keywords: Map<String, Value>,
    sources: Map<String, Value>,
    /// What uses a keyword that is taken: a second pattern.
    more: Vec<Value>,
}

impl Node {
    fn new(pointer: String) -> Self {
        Self {
            pointer,
            keywords: Map::new(),
            sources: Map::new(),
            more: Vec::new(),
        }
    }

    /// Adds what needs no way back.
    fn note(&mut self, word: &str, value: Value) {
        self.keywords.insert(word.to_owned(), value);
    }

    /// Adds a keyword, beside its like where there is one, and gives its pointer.
    fn put(&mut self, word: &str, value: Value, source: Option<&Provenance>) -> String {
        let source = source.map(|at| (word.to_owned(), json!(at.to_string())));
        if !self.keywords.contains_key(word) {
            self.keywords.insert(word.to_owned(), value);
            self.sources.extend(source);
            return join(&self.pointer, word);
        }
        let mut other = Map::new();
        other.insert(word.to_owned(), value);
        if let Some(source) = source {
            other.insert(
                "x-sources".to_owned(),
                Value::Object(Map::from_iter([source])),
            );
        }
        self.more.push(Value::Object(other));
        join(
            &format!("{}/allOf/{}", self.pointer, self.more.len() - 1),
            word,
        )
    }

    fn finish(mut self) -> Map<String, Value> {
        if !self.more.is_empty() {
            self.keywords
                .insert("allOf".to_owned(), Value::Array(self.more));
        }
        if !self.sources.is_empty() {
            self.keywords
                .insert("x-sources".to_owned(), Value::Object(self.sources));
        }
        self.keywords
    }
}
