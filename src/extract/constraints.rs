//! Gives what the text around an operation says to the field that it is about.
//!
//! Main entries: [`read`] and [`place`]. A sentence belongs to a field when it names it, or when it
//! uses a noun ("name", "password") that only one field of the request answers to; otherwise it
//! belongs to the operation.

use super::lexicon::{self, Section};
use super::phrases::{self, Said, Subject};
use super::sections::{Content, Part};
use crate::contract::{Body, Constraint, Direction, Field, Kind, Operation, Statement};
use crate::document::{Piece, Prose};
use crate::source::{DocumentId, Provenance};

/// Nouns that stand for fields, and the names that such fields have.
const NOUNS: &[(&[&str], &[&str])] = &[
    (
        &["名称", "名字", "name"],
        &["name", "display_name", "displayName"],
    ),
    (&["描述", "description"], &["description"]),
    (
        &["密码", "password"],
        &["password", "adminPass", "admin_pass"],
    ),
    (&["标签", "tag"], &["tags", "tag"]),
];

/// A sentence that names a field does so in its first words.
const MOST_WORDS: usize = 40;

/// What the prose of an operation's page says of the operation as a whole.
pub struct OperationSaid {
    /// The statements, each with the text that leads up to it.
    pub said: Vec<(Said, String)>,
    /// What no rule read.
    pub unread: Vec<Piece>,
}

/// Reads the constraints and the description of an operation.
pub fn read(parts: &[Part<'_>]) -> OperationSaid {
    let mut found = OperationSaid {
        said: Vec::new(),
        unread: Vec::new(),
    };
    let mut before: &[Piece] = &[];
    for part in parts {
        let Content::Prose(pieces) = part.content else {
            continue;
        };
        if !matches!(part.section, Section::Function | Section::Constraints) {
            continue;
        }
        let subject = Subject {
            name: None,
            kind: None,
            direction: Direction::Behaviour,
        };
        let reading = phrases::read(
            &Prose {
                pieces: pieces.to_vec(),
            },
            &subject,
        );
        for said in reading.statements {
            let context = context(before, pieces, said.line);
            found.said.push((said, context));
        }
        found.unread.extend(reading.unread);
        before = pieces;
    }
    found
}

/// The text of a line and, where it goes on from a line that ends with a colon, of that line.
fn context(before: &[Piece], pieces: &[Piece], line: u32) -> String {
    /// A list has no more items than this before the one that says something.
    const REACH: usize = 12;
    let at = pieces.partition_point(|piece| piece.line <= line);
    let Some(piece) = at.checked_sub(1).and_then(|at| pieces.get(at)) else {
        return String::new();
    };
    let earlier = before.iter().chain(&pieces[..at - 1]).rev().take(REACH);
    let lead = earlier
        .into_iter()
        .find(|other| other.text.trim_end().ends_with(['：', ':']) && other.depth <= piece.depth);
    let lead = lead.map_or("", |piece| piece.text.as_str());
    format!("{lead} {}", piece.text)
}

/// Puts a statement where it belongs, and says to which field, if any.
pub fn place(
    operation: &mut Operation,
    said: &Said,
    context: &str,
    document: &DocumentId,
) -> Option<String> {
    let statement = Statement {
        constraint: said.constraint.clone(),
        at: Provenance::line(document, said.line),
        rule: said.rule.to_owned(),
    };
    let names = names(said, context);
    let about_values = constrains_values(&said.constraint);
    let named = said.field.is_some();
    if about_values || named {
        for name in &names {
            if let Some(field) = only_field(operation, name, &said.constraint) {
                field.statements.push(statement);
                return Some(field.name.clone());
            }
        }
    }
    operation.statements.push(statement);
    None
}

/// Puts what a row says of another field there, when there is exactly one of that name.
pub fn place_named(operation: &mut Operation, said: &Said, at: Provenance) {
    let statement = Statement {
        constraint: said.constraint.clone(),
        at,
        rule: said.rule.to_owned(),
    };
    let name = said.field.as_deref().unwrap_or("");
    match only_field(operation, name, &said.constraint) {
        Some(field) => field.statements.push(statement),
        None => operation.statements.push(statement),
    }
}

/// The names that a statement may be about, the surest first.
fn names(said: &Said, context: &str) -> Vec<String> {
    let mut names: Vec<String> = said.field.iter().cloned().collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-:.".contains(c);
    names.extend(
        context
            .split(|c: char| !is_part(c))
            .map(|word| word.trim_matches(['.', ':', '-']))
            .filter(|word| word.len() > 1)
            .take(MOST_WORDS)
            .map(str::to_owned),
    );
    let about =
        said.field.clone().unwrap_or_default().to_lowercase() + " " + &context.to_lowercase();
    for (nouns, fields) in NOUNS {
        if nouns.iter().any(|noun| has_word(&about, noun)) {
            names.extend(fields.iter().map(|field| (*field).to_owned()));
        }
    }
    names
}

/// Whether the text has the noun, for English as a word of its own.
fn has_word(text: &str, noun: &str) -> bool {
    if noun.chars().any(lexicon::is_han) {
        return text.contains(noun);
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words
        .into_iter()
        .any(|word| word == noun || word.strip_suffix('s') == Some(noun))
}

/// The one parameter or request field of this name that such a constraint can be about.
fn only_field<'o>(
    operation: &'o mut Operation,
    name: &str,
    constraint: &Constraint,
) -> Option<&'o mut Field> {
    let body = operation
        .request
        .iter_mut()
        .flat_map(|body: &mut Body| body.fields.iter_mut());
    let parameters = operation
        .parameters
        .iter_mut()
        .map(|parameter| &mut parameter.field);
    let mut found = Vec::new();
    for field in parameters.chain(body) {
        collect(field, name, constraint, &mut found);
    }
    if found.len() == 1 { found.pop() } else { None }
}

fn collect<'f>(
    field: &'f mut Field,
    name: &str,
    constraint: &Constraint,
    found: &mut Vec<&'f mut Field>,
) {
    if field.name == name && fits(&field.kind, constraint) {
        found.push(field);
        return;
    }
    for child in &mut field.children {
        collect(child, name, constraint, found);
    }
}

/// Whether a constraint makes sense for a kind: objects have no length.
fn fits(kind: &Kind, constraint: &Constraint) -> bool {
    let is_container = matches!(kind, Kind::Object | Kind::Map { .. });
    if let Constraint::ItemCount { .. } = constraint {
        return matches!(kind, Kind::Array(_) | Kind::Map { .. } | Kind::Unknown);
    }
    !(is_container && constrains_values(constraint))
}

/// Whether a constraint is about the value of one field, and not about the behaviour of all.
pub fn constrains_values(constraint: &Constraint) -> bool {
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
        | Constraint::NotEmpty => true,
        Constraint::Unique
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable
        | Constraint::AsyncJob
        | Constraint::Other(_) => false,
    }
}
