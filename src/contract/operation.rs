//! Operations: method, path, what the body selects by, parameters, bodies, behaviour.

use std::fmt;

use super::{Constraint, Field, FieldPath, Kind, PathTemplate, Segment, Statement, describes_key};
use crate::source::Provenance;
use crate::wire::Method;

/// One thing a client can ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The slug that names it.
    pub id: OperationId,
    /// The method.
    pub method: Method,
    /// The path with its parameters.
    pub path: PathTemplate,
    /// What the body selects by, where several operations share method and path.
    pub selector: Option<Selector>,
    /// Path, query and header parameters.
    pub parameters: Vec<Parameter>,
    /// The request's body, where one is documented.
    pub request: Option<Body>,
    /// The body of a successful answer, where one is documented.
    pub response: Option<Body>,
    /// The documented statuses of success.
    pub success: Vec<(u16, Provenance)>,
    /// Promises about the operation as a whole: limits, states, jobs, rates.
    pub statements: Vec<Statement>,
    /// What a caller must be allowed to do; any one of these is enough.
    pub permissions: Vec<Permission>,
    /// The line that deprecates it.
    pub deprecated: Option<Provenance>,
    /// The line of method and path.
    pub at: Provenance,
}

/// Names an Operation: `baremetalservers.show`, `servers.action.os-start`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(String);

impl OperationId {
    /// An id as written in files and on the command line.
    pub fn new(slug: impl Into<String>) -> Self {
        Self(slug.into())
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The slug by rule: the path's literals after version and project, then a verb where the
    /// method alone tells it, then the body's selector.
    pub fn of(method: Method, path: &PathTemplate, selector: Option<&Selector>) -> Self {
        let mut words: Vec<&str> = Vec::new();
        for segment in &path.0 {
            if let Segment::Literal(text) = segment
                && !is_version(text)
            {
                words.push(text);
            }
        }
        let ends_in_parameter = matches!(path.0.last(), Some(Segment::Parameter(_)));
        let nested = path
            .0
            .iter()
            .rev()
            .skip(1)
            .take(1)
            .any(|segment| matches!(segment, Segment::Parameter(name) if !is_project(name)));
        let verb = match (method, ends_in_parameter) {
            (Method::Get, true) => Some("show"),
            (Method::Get, false) => Some("list"),
            (Method::Put, true) => Some("update"),
            (Method::Put, false) => Some("replace"),
            (Method::Patch, _) => Some("patch"),
            (Method::Delete, _) => Some("delete"),
            (Method::Head, _) => Some("head"),
            (Method::Options, _) => Some("options"),
            (Method::Post, false) if nested || words.len() > 1 => None,
            (Method::Post, _) => Some("create"),
        };
        if words.is_empty() {
            words.push("root");
        }
        words.extend(verb);
        words.extend(selector.map(Selector::word));
        Self(words.join("."))
    }
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
    })
}

/// Whether a path parameter names the project, as most paths of an API do, and no thing in it.
pub fn is_project(name: &str) -> bool {
    matches!(name, "project_id" | "tenant_id")
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What in a body tells operations on one path apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Selector {
    /// The body has this key: `{"os-start": ...}`.
    Key(String),
    /// The body has this value under that key: `{"action": "create"}`.
    Value {
        /// The key.
        key: String,
        /// Its value.
        value: String,
    },
}

impl Selector {
    /// The word after the `#`.
    pub fn word(&self) -> &str {
        match self {
            Selector::Key(key) => key,
            Selector::Value { value, .. } => value,
        }
    }
}

/// A parameter outside of the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Its name, kind and constraints.
    pub field: Field,
}

/// What a caller must be allowed to do to ask for an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The action as policies write it: `ecs:servers:list`.
    pub action: String,
    /// Actions that it does not work without.
    pub needs: Vec<String>,
    /// The row that says so.
    pub at: Provenance,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Place {
    Path,
    Query,
    Header,
}

/// A documented body: a JSON object of these fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The fields of the root object.
    pub fields: Vec<Field>,
    /// How many readable examples the document shows of it.
    pub examples: u32,
    /// Where its first table stands.
    pub at: Provenance,
}

/// Which side makes a statement true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// The client, in what it sends.
    Request,
    /// The server, in what it answers.
    Response,
    /// The server, in what it does.
    Behaviour,
}

impl Direction {
    /// The word of the inventory.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Request => "request",
            Direction::Response => "response",
            Direction::Behaviour => "behaviour",
        }
    }
}

/// Identifies one statement of a Contract, whatever its value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId {
    /// The operation.
    pub operation: OperationId,
    /// Who keeps it.
    pub direction: Direction,
    /// The field, unless it is about the operation as a whole.
    pub field: Option<FieldPath>,
    /// [`Constraint::word`], or `kind`, `presence`, `status`.
    pub rule: &'static str,
}

impl fmt::Display for StatementId {
    /// `baremetalservers.update request server.name length_range`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.direction.word())?;
        if let Some(field) = &self.field {
            write!(f, " {field}")?;
        }
        write!(f, " {}", self.rule)
    }
}

impl Operation {
    /// Whether this remark is made of it: one of the constants of [`Constraint::Other`].
    pub fn says(&self, remark: &str) -> bool {
        self.statements
            .iter()
            .any(|said| said.constraint.is_remark(remark))
    }

    /// `PUT /v1/{project_id}/servers/{server_id}`, with `#action` where there is one.
    pub fn route(&self) -> String {
        let action = self
            .selector
            .as_ref()
            .map(|selector| format!("#{}", selector.word()));
        format!(
            "{} {}{}",
            self.method,
            self.path,
            action.unwrap_or_default()
        )
    }

    /// The word for what it does: the selector, or the end of the path.
    pub fn word(&self) -> &str {
        match (&self.selector, self.path.0.last()) {
            (Some(selector), _) => selector.word(),
            (None, Some(Segment::Literal(word))) => word,
            (None, Some(Segment::Parameter(_)) | None) => "",
        }
    }

    /// Whether both answer the same requests.
    pub fn shares_route(&self, other: &Operation) -> bool {
        self.method == other.method
            && self.selector == other.selector
            && self.path.same_shape(&other.path)
    }

    /// Whether it returns at once and goes on in a job.
    pub fn is_async(&self) -> bool {
        self.statements
            .iter()
            .any(|statement| statement.constraint == Constraint::AsyncJob)
    }

    /// Every field of the request's body with its path, parents before children.
    pub fn request_fields(&self) -> Vec<(FieldPath, &Field)> {
        self.request.as_ref().map(Body::walk).unwrap_or_default()
    }

    /// Every field of the response's body with its path, parents before children.
    pub fn response_fields(&self) -> Vec<(FieldPath, &Field)> {
        self.response.as_ref().map(Body::walk).unwrap_or_default()
    }
}

impl Body {
    /// The field that stands for every member of a body whose keys are data: the only one, named by a
    /// description of the key. None: the members have the names of their fields.
    pub fn entry(&self) -> Option<&Field> {
        let [only] = self.fields.as_slice() else {
            return None;
        };
        let holds_others = matches!(only.kind, Kind::Array(_) | Kind::Object | Kind::Map { .. });
        (describes_key(&only.name) && holds_others).then_some(only)
    }

    /// Every field with its path, parents before children.
    pub fn walk(&self) -> Vec<(FieldPath, &Field)> {
        let mut found = Vec::new();
        for field in &self.fields {
            walk_into(FieldPath::root(&field.name), field, &mut found);
        }
        found
    }
}

fn walk_into<'a>(path: FieldPath, field: &'a Field, found: &mut Vec<(FieldPath, &'a Field)>) {
    let children = field.children.iter();
    let deeper: Vec<_> = children
        .map(|child| (path.child(&field.kind, &child.name), child))
        .collect();
    found.push((path, field));
    for (path, child) in deeper {
        walk_into(path, child, found);
    }
}
