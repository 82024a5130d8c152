//! Operations made up for tests, from a few lines of text.

use crate::contract::{
    Body, Constraint, Dispute, Evidence, Field, Format, Kind, Operation, OperationId, PathTemplate,
    Presence, Scalar, Statement, Unit,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

type Rows = std::iter::Peekable<std::vec::IntoIter<(u32, String)>>;

fn kind(text: &str) -> Kind {
    match text {
        "String" => Kind::String,
        "Integer" => Kind::Integer,
        "Boolean" => Kind::Boolean,
        "Object" => Kind::Object,
        "unknown" => Kind::Unknown,
        "Map" => Kind::Map {
            key: "key".to_owned(),
            value: Box::new(Kind::Array(Box::new(Kind::Object))),
        },
        other => Kind::Array(Box::new(kind(other.strip_prefix("List of ").unwrap()))),
    }
}

fn constraint(text: &str) -> Constraint {
    match text {
        "uuid" => Constraint::Format {
            format: Format::Uuid,
            or_empty: false,
        },
        "base64" => Constraint::Format {
            format: Format::Base64,
            or_empty: true,
        },
        "max4" | "max9" => Constraint::Length {
            min: None,
            max: text[3..].parse().ok(),
            unit: Unit::Characters,
        },
        values => Constraint::Enum {
            values: values
                .split('|')
                .map(|value| Scalar::Text(value.to_owned()))
                .collect(),
            open: false,
        },
    }
}

/// `  name: Kind! constraint …`, two blanks for each level, `!` for mandatory; the row's number in
/// the text is its line.
pub fn fields(text: &str, first: &Provenance) -> Vec<Field> {
    fn level(rows: &mut Rows, depth: usize, document: &DocumentId) -> Vec<Field> {
        let mut found: Vec<Field> = Vec::new();
        while let Some((line, row)) = rows.peek().cloned() {
            let indent = row.len() - row.trim_start().len();
            if indent < depth {
                break;
            }
            if indent > depth {
                found.last_mut().unwrap().children = level(rows, indent, document);
                continue;
            }
            rows.next();
            let (name, rest) = row.trim().split_once(": ").unwrap();
            let (stated, constraints) = rest.split_once(" with ").unwrap_or((rest, ""));
            let at = Provenance::line(document, line);
            let statement = |text: &str| Statement {
                constraint: constraint(text),
                at: at.clone(),
                rule: "test".to_owned(),
            };
            found.push(Field {
                name: name.to_owned(),
                printed: None,
                kind: kind(stated.trim_end_matches('!')),
                other_kinds: Vec::new(),
                presence: if stated.ends_with('!') {
                    Presence::Required
                } else {
                    Presence::Unstated
                },
                evidence: Evidence::default(),
                nullable: None,
                statements: constraints.split_whitespace().map(statement).collect(),
                children: Vec::new(),
                at: at.clone(),
            });
        }
        found
    }
    let rows: Vec<(u32, String)> = (first.line..)
        .zip(text.lines().map(str::to_owned))
        .collect();
    level(&mut rows.into_iter().peekable(), 0, &first.document)
}

/// An operation that answers with these fields.
pub fn operation(response: &str) -> Operation {
    route("GET /v1/lamps/{lamp_id}", "tower", 1, None, Some(response))
}

/// An operation of a document, whose fields start on a line.
pub fn route(
    route: &str,
    document: &str,
    line: u32,
    request: Option<&str>,
    response: Option<&str>,
) -> Operation {
    let (method, path) = route.split_once(' ').unwrap();
    let method: Method = method.parse().unwrap();
    let path = PathTemplate::parse(path);
    let at = Provenance::line(&DocumentId::new(document), line);
    let body = |rows: &str| Body {
        fields: fields(rows, &at),
        examples: 0,
        at: at.clone(),
    };
    Operation {
        id: OperationId::of(method, &path, None),
        method,
        path,
        selector: None,
        parameters: Vec::new(),
        request: request.map(body),
        response: response.map(body),
        success: Vec::new(),
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at,
    }
}

/// `field fact: claim @line / claim @line`.
pub fn show_dispute(dispute: &Dispute) -> String {
    let field = dispute
        .field
        .as_ref()
        .map_or("-".to_owned(), ToString::to_string);
    let claims: Vec<String> = dispute
        .claims
        .iter()
        .map(|claim| format!("{} @{}", claim.claim, claim.at.line))
        .collect();
    format!("{field} {}: {}\n", dispute.fact.word(), claims.join(" / "))
}
