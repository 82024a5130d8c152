//! Which operation a request calls: a tree of path segments, literals before parameters.
//!
//! All operations of a Contract that the Twin has a handler for are in it, and what the table of
//! `operations/` serves beyond the Contract: clients ask for more than one document describes.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::fault::Fault;
use super::operations::{ALIASES, Handler, PUBLIC, TABLE, WITHOUT_EFFECT, WITHOUT_MEANING};
use crate::contract::{
    Contract, Operation, OperationId, PathTemplate, Segment, Selector, is_project,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

/// Everything that the Twin answers.
#[derive(Debug)]
pub(super) struct Routes {
    routes: Vec<Route>,
    root: Node,
}

/// An operation and what does its work.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) operation: Operation,
    /// Whether the Contract has it.
    pub(super) documented: bool,
    /// The status of success where the document names none.
    pub(super) status: u16,
    pub(super) handler: Handler,
    /// Whether nobody has to say who they are.
    pub(super) public: bool,
    /// Whether its work can change anything.
    pub(super) has_effect: bool,
    /// Query parameters and fields that mean nothing to its work.
    pub(super) meaningless: Vec<&'static str>,
}

impl Route {
    /// Whether its path names a project.
    pub(super) fn project_scoped(&self) -> bool {
        let mut parameters = self.operation.path.parameters();
        parameters.any(is_project)
    }
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node>,
    parameter: Option<Box<Node>>,
    leaves: Vec<Leaf>,
}

/// A route at the end of a path. The names of the parameters are the Twin's own.
#[derive(Debug)]
struct Leaf {
    route: usize,
    method: Method,
    names: Vec<String>,
}

/// What is at a path, before the body selects one of it.
pub(super) struct Place<'a> {
    routes: &'a [Route],
    leaves: Vec<&'a Leaf>,
    values: Vec<String>,
}

/// The operation that a request calls.
pub(super) struct Found<'a> {
    pub(super) route: &'a Route,
    /// The path parameters, by the Twin's own names.
    pub(super) parameters: BTreeMap<&'a str, String>,
    /// Their values in the order of the path.
    pub(super) values: Vec<String>,
}

impl Found<'_> {
    /// The path parameters by the names of the document. None where an alias has others.
    pub(super) fn documented(&self) -> Vec<(&str, &str)> {
        let names: Vec<&str> = self.route.operation.path.parameters().collect();
        if names.len() != self.values.len() {
            return Vec::new();
        }
        names
            .into_iter()
            .zip(self.values.iter().map(String::as_str))
            .collect()
    }
}

impl Routes {
    pub(super) fn of(contract: &Contract) -> Self {
        let mut known: HashMap<String, &Operation> = HashMap::new();
        for operation in &contract.operations {
            known.entry(shape(operation)).or_insert(operation);
        }
        let mut routes = Self {
            routes: Vec::new(),
            root: Node::default(),
        };
        for (route, status, handler) in TABLE {
            let own = described(route);
            let documented = known.get(&shape(&own)).copied();
            let names = own.path.clone();
            routes.routes.push(Route {
                documented: documented.is_some(),
                operation: documented.cloned().unwrap_or(own),
                status: *status,
                handler: *handler,
                public: PUBLIC.contains(route),
                has_effect: !WITHOUT_EFFECT.contains(route),
                meaningless: meaningless(route),
            });
            routes.lead(&names);
            for (prefix, alias) in ALIASES {
                if let Some(path) = aliased(&names, prefix, alias) {
                    routes.lead(&path);
                }
            }
        }
        routes
    }

    /// Has a path lead to the route that was added last.
    fn lead(&mut self, path: &PathTemplate) {
        let route = self.routes.len() - 1;
        let mut node = &mut self.root;
        for segment in &path.0 {
            node = match segment {
                Segment::Literal(text) => node.literals.entry(text.clone()).or_default(),
                Segment::Parameter(_) => node.parameter.get_or_insert_default(),
            };
        }
        node.leaves.push(Leaf {
            route,
            method: self.routes[route].operation.method,
            names: path.parameters().map(str::to_owned).collect(),
        });
    }

    /// The route of an operation of the Contract.
    pub(super) fn route(&self, id: &OperationId) -> Option<&Route> {
        let mut documented = self.routes.iter().filter(|route| route.documented);
        documented.find(|route| route.operation.id == *id)
    }

    /// What is at a path.
    pub(super) fn place(&self, method: Method, path: &str) -> Result<Place<'_>, Fault> {
        let segments = segments(path);
        let mut values = Vec::new();
        let node = walk(&self.root, &segments, &mut values).ok_or_else(Fault::no_route)?;
        let leaves = node.leaves.iter().filter(|leaf| leaf.method == method);
        let leaves: Vec<&Leaf> = leaves.collect();
        if leaves.is_empty() {
            return Err(Fault::no_method());
        }
        let values = values
            .into_iter()
            .map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned());
        Ok(Place {
            routes: &self.routes,
            leaves,
            values: values.collect(),
        })
    }
}

impl<'a> Place<'a> {
    /// The operation that the body selects. Where nothing needs selecting, the body may be anything.
    pub(super) fn choose(&self, body: Option<&Value>) -> Option<Found<'a>> {
        let leaf =
            self.leaves
                .iter()
                .find(|leaf| match &self.routes[leaf.route].operation.selector {
                    None => true,
                    Some(Selector::Key(key)) => body.is_some_and(|body| body.get(key).is_some()),
                    Some(Selector::Value { key, value }) => {
                        body.is_some_and(|body| body[key.as_str()].as_str() == Some(value))
                    }
                })?;
        let names = leaf.names.iter().map(String::as_str);
        Some(Found {
            route: &self.routes[leaf.route],
            parameters: names.zip(self.values.iter().cloned()).collect(),
            values: self.values.clone(),
        })
    }
}

fn meaningless(route: &str) -> Vec<&'static str> {
    let known = WITHOUT_MEANING.iter().filter(|(of, _)| *of == route);
    known.map(|(_, name)| *name).collect()
}

/// What stands between the slashes. One at the end is forgiven where a version introduces itself.
fn segments(path: &str) -> Vec<&str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let root = path.strip_suffix('/').filter(|root| !root.contains('/'));
    match root.unwrap_or(path) {
        "" => Vec::new(),
        path => path.split('/').collect(),
    }
}

fn walk<'a, 'p>(node: &'a Node, path: &[&'p str], values: &mut Vec<&'p str>) -> Option<&'a Node> {
    let Some((first, rest)) = path.split_first() else {
        return (!node.leaves.is_empty()).then_some(node);
    };
    if let Some(found) = node
        .literals
        .get(*first)
        .and_then(|next| walk(next, rest, values))
    {
        return Some(found);
    }
    values.push(first);
    let found = node
        .parameter
        .as_ref()
        .and_then(|next| walk(next, rest, values));
    if found.is_none() {
        values.pop();
    }
    found
}

/// What tells two operations apart, whatever their parameters are called.
fn shape(operation: &Operation) -> String {
    let mut text = operation.method.to_string();
    for segment in &operation.path.0 {
        text.push('/');
        text.push_str(match segment {
            Segment::Literal(text) => text,
            Segment::Parameter(_) => "{}",
        });
    }
    if let Some(selector) = &operation.selector {
        text.push('#');
        text.push_str(selector.word());
    }
    text
}

/// The operation that a line of the table describes: `POST /path#key`, `POST /path#key=value`.
fn described(line: &str) -> Operation {
    let (method, path) = line.split_once(' ').unwrap_or(("GET", line));
    let (path, selector) = match path.split_once('#') {
        None => (path, None),
        Some((path, selector)) => match selector.split_once('=') {
            None => (path, Some(Selector::Key(selector.to_owned()))),
            Some((key, value)) => {
                let (key, value) = (key.to_owned(), value.to_owned());
                (path, Some(Selector::Value { key, value }))
            }
        },
    };
    let method = method.parse().unwrap_or(Method::Get);
    let path = PathTemplate::parse(path);
    Operation {
        id: OperationId::of(method, &path, selector.as_ref()),
        method,
        path,
        selector,
        parameters: Vec::new(),
        request: None,
        response: None,
        success: Vec::new(),
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: Provenance::line(&DocumentId::new("twin"), 0),
    }
}

/// The path with another start, where it starts so.
fn aliased(path: &PathTemplate, prefix: &str, alias: &str) -> Option<PathTemplate> {
    let prefix = PathTemplate::parse(prefix);
    let rest = path.0.strip_prefix(prefix.0.as_slice())?;
    let mut aliased = PathTemplate::parse(alias);
    aliased.0.extend_from_slice(rest);
    Some(aliased)
}
