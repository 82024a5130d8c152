//! Gives what the text around an operation says to the field that it is about.
//!
//! Main entries: [`read`], [`place`] and [`place_from`]. A sentence belongs to a field when it names it, or when it
//! uses a noun ("name", "password") that only one field of the request answers to; otherwise it
//! belongs to the operation.

use super::lengths;
use super::lexicon;
use super::many;
use super::phrases::{self, Said, Subject};
use super::sections::{Content, Part};
use crate::contract::{
    Body, Constraint, Direction, Field, FieldPath, Kind, Operation, Presence, Scope, Statement,
    Step,
};
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
    (&["挂载点", "盘符", "mount point"], &["device"]),
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
    let mut before: Vec<Piece> = Vec::new();
    for part in parts {
        let Content::Prose(pieces) = part.content else {
            continue;
        };
        if !part.section.holds_promises() {
            continue;
        }
        let reading = phrases::read(
            &Prose {
                pieces: pieces.to_vec(),
            },
            &Subject::OPERATION,
        );
        for said in reading.statements {
            let context = context(&before, pieces, said.line);
            found.said.push((said, context));
        }
        found.unread.extend(reading.unread);
        if !is_item(pieces) {
            before.clear();
        }
        before.extend_from_slice(pieces);
    }
    lengths::keep_apart(&mut found.said);
    found
}

/// Whether it is one item of a list that is printed without bullets: a line that ends as no sentence does.
fn is_item(pieces: &[Piece]) -> bool {
    let ends_sentence = |text: &str| text.trim_end().ends_with(['。', '.', '：', ':', '；', ';']);
    matches!(pieces, [only] if !ends_sentence(&only.text))
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
    let mut statement = Statement {
        constraint: owned(&said.constraint, context),
        at: Provenance::line(document, said.line),
        rule: said.rule.to_owned(),
    };
    let names = names(said, context);
    let mut spot = None;
    if let Some((first, needed)) = one_of_all(operation, said) {
        statement.constraint = needed;
        spot = Some(first);
    } else if let (Constraint::Precedence(rivals), None) = (&said.constraint, &said.field) {
        spot = parent_of(operation, rivals);
    } else if constrains_values(&said.constraint)
        || said.constraint == Constraint::Unique
        || said.field.is_some()
    {
        spot = names
            .iter()
            .find_map(|name| only_spot(operation, name, &said.constraint, &names));
    }
    let spot = spot.or_else(|| lists(operation, &said.constraint));
    let spot = spot.or_else(|| {
        let path = many::list(operation, &said.constraint, context)?;
        let direction = Direction::Request;
        Some(Spot { direction, path })
    });
    let spot = spot.or_else(|| only_object(operation, said));
    let Some(field) = spot.and_then(|spot| field_at(operation, &spot)) else {
        operation.statements.push(statement);
        return None;
    };
    field.statements.push(statement);
    Some(field.name.clone())
}

/// An item of a list may name a state by its word alone: whose it is stands in the lead.
pub fn owned(constraint: &Constraint, context: &str) -> Constraint {
    let mut constraint = constraint.clone();
    if let Constraint::StatePrecondition { subject, .. } = &mut constraint
        && !subject.contains(['.', ':', '_'])
    {
        let owner = phrases::whose_state(context).unwrap_or_else(|| "item".to_owned());
        *subject = format!("{owner}.{subject}");
    }
    constraint
}

/// Puts a statement to the one field of the request that it names, or nowhere.
pub fn place_named(operation: &mut Operation, said: &Said, document: &DocumentId) {
    let names: Vec<String> = said.field.iter().chain(&said.nearby).cloned().collect();
    let spot = names
        .iter()
        .find_map(|name| only_spot(operation, name, &said.constraint, &names));
    if let Some(field) = spot.and_then(|spot| field_at(operation, &spot)) {
        field.statements.push(Statement {
            constraint: said.constraint.clone(),
            at: Provenance::line(document, said.line),
            rule: said.rule.to_owned(),
        });
    }
}

/// Puts what the text of a field says of another one there: of several with that name, to the one
/// that stands nearest. A name that only stood nearby may be no field: then it is about the subject.
pub fn place_from(operation: &mut Operation, told: Told) {
    let Told { subject, said, at } = told;
    let name = told_name(&said);
    let found = spots(operation, |path, field| {
        path.leaf().eq_ignore_ascii_case(name) && fits(&field.kind, &said.constraint)
    });
    let spot = match nearest(&found, &subject) {
        Some(spot) => Some(spot),
        None if said.field.is_some() => None,
        None => Some(subject),
    };
    let statement = Statement {
        constraint: said.constraint.clone(),
        at,
        rule: said.rule.to_owned(),
    };
    match spot.and_then(|spot| field_at(operation, &spot)) {
        Some(field) => field.statements.push(statement),
        None => operation.statements.push(statement),
    }
}

/// The same within one body: what no member of that name takes is about the subject.
pub fn place_within(body: &mut Body, told: Told) {
    let Told { subject, said, at } = told;
    let name = told_name(&said);
    let fields = body.walk().into_iter();
    let found: Vec<Spot> = fields
        .filter(|(path, field)| {
            path.leaf().eq_ignore_ascii_case(name) && fits(&field.kind, &said.constraint)
        })
        .map(|(path, _)| Spot {
            direction: subject.direction,
            path,
        })
        .collect();
    let spot = nearest(&found, &subject).unwrap_or(subject);
    if let Some(field) = descend(&mut body.fields, &FieldPath::default(), &spot.path) {
        field.statements.push(Statement {
            constraint: said.constraint,
            at,
            rule: said.rule.to_owned(),
        });
    }
}

/// The name of the field that is told of.
fn told_name(said: &Said) -> &str {
    let name = said.field.as_deref().or(said.nearby.as_deref());
    name.unwrap_or("")
}

/// The one spot that shares the most with the subject's.
fn nearest(found: &[Spot], subject: &Spot) -> Option<Spot> {
    let nearness = |spot: &Spot| {
        let shared = spot.path.0.iter().zip(&subject.path.0);
        let shared = shared.take_while(|(one, other)| one == other).count();
        (spot.direction == subject.direction, shared)
    };
    let most = found.iter().map(nearness).max()?;
    let mut best = found.iter().filter(|spot| nearness(spot) == most).cloned();
    best.next().filter(|_| best.next().is_none())
}

/// What a statement in the text of a field is about.
pub enum Destination {
    /// The field, or a part of it.
    Itself(Constraint),
    /// A field below or beside it.
    Another,
}

/// The field itself, unless the sentence names another one.
pub fn destination(field: &Field, said: &Said, is_beside: impl Fn(&str) -> bool) -> Destination {
    let itself = || Destination::Itself(said.constraint.clone());
    if let Some(other) = &said.field {
        return match *other == field.name {
            true => itself(),
            false => Destination::Another,
        };
    }
    let Some(name) = &said.nearby else {
        return itself();
    };
    let is_own = is_same_word(name, &field.name);
    let is_below = field
        .children
        .iter()
        .any(|child| child.name.eq_ignore_ascii_case(name));
    let is_part = matches!(name.to_lowercase().as_str(), "key" | "value");
    if is_own {
        return itself();
    }
    if name == "password" && !sounds_like_password(&field.name) {
        return Destination::Itself(Constraint::Within {
            scope: Scope::Part(name.clone()),
            holds: Box::new(said.constraint.clone()),
        });
    }
    if is_below {
        return Destination::Another;
    }
    match is_part && holds_pairs(&field.kind) {
        true => of_pairs(field, &name.to_lowercase(), &said.constraint),
        false if is_beside(name) => Destination::Another,
        false => itself(),
    }
}

/// Values of a map are what its field holds; its keys are a part of it.
fn of_pairs(field: &Field, part: &str, constraint: &Constraint) -> Destination {
    if part == "value" && matches!(field.kind, Kind::Map { .. }) {
        return Destination::Itself(constraint.clone());
    }
    Destination::Itself(Constraint::Within {
        scope: Scope::Part(part.to_owned()),
        holds: Box::new(constraint.clone()),
    })
}

/// Whether the kind is an object or a map.
fn holds_pairs(kind: &Kind) -> bool {
    matches!(kind, Kind::Object | Kind::Map { .. })
}

/// Whether the field itself is a password, and does not only hold one.
fn sounds_like_password(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("pass") || name.contains("pwd")
}

/// "tag" and "tags" are the same word.
fn is_same_word(one: &str, other: &str) -> bool {
    let singular = |word: &str| word.to_lowercase().trim_end_matches('s').to_owned();
    singular(one) == singular(other)
}

/// What the text of a field says about another one.
#[derive(Clone, Debug)]
pub struct Told {
    /// The field whose text it is.
    pub subject: Spot,
    /// What it says.
    pub said: Said,
    /// Where.
    pub at: Provenance,
}

/// Where a field stands in an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The side; parameters stand with the request.
    pub direction: Direction,
    /// Its path.
    pub path: FieldPath,
}

/// The names that a statement may be about, the surest first.
fn names(said: &Said, context: &str) -> Vec<String> {
    let mut names: Vec<String> = said.field.iter().chain(&said.nearby).cloned().collect();
    // Prose writes UUID where the field is uuid.
    names.extend(said.field.iter().map(|name| name.to_lowercase()));
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-:.".contains(c);
    names.extend(
        lexicon::without_outcomes(context)
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

/// All places of an operation's parameters and bodies that are wanted.
fn spots(operation: &Operation, wanted: impl Fn(&FieldPath, &Field) -> bool) -> Vec<Spot> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let path = FieldPath::root(&parameter.field.name);
        (Direction::Request, path, &parameter.field)
    });
    let side = |direction| move |(path, field)| (direction, path, field);
    let requests = operation
        .request_fields()
        .into_iter()
        .map(side(Direction::Request));
    let responses = operation
        .response_fields()
        .into_iter()
        .map(side(Direction::Response));
    parameters
        .chain(requests)
        .chain(responses)
        .filter(|(_, path, field)| wanted(path, field))
        .map(|(direction, path, _)| Spot { direction, path })
        .collect()
}

/// The one parameter or request field of this name that such a constraint can be about; of several,
/// the one that stands beside the most of what else is named.
fn only_spot(
    operation: &Operation,
    name: &str,
    constraint: &Constraint,
    others: &[String],
) -> Option<Spot> {
    let found = spots(operation, |path, field| {
        path.leaf() == name && fits(&field.kind, constraint)
    });
    let mut found: Vec<Spot> = found
        .into_iter()
        .filter(|spot| spot.direction == Direction::Request)
        .collect();
    if found.len() < 2 {
        return found.pop();
    }
    let named = spots(operation, |path, _| {
        path.leaf() != name && others.iter().any(|other| other == path.leaf())
    });
    let company = |spot: &Spot| {
        let beside = |other: &&Spot| other.direction == spot.direction && beside(other, spot);
        named.iter().filter(beside).count()
    };
    let most = found.iter().map(company).max().filter(|most| *most > 0)?;
    let mut best = found.iter().filter(|spot| company(spot) == most).cloned();
    best.next().filter(|_| best.next().is_none())
}

/// The one field of the request that lists the value which alone is said to be possible.
fn lists(operation: &Operation, constraint: &Constraint) -> Option<Spot> {
    let Constraint::Enum {
        values,
        open: false,
    } = constraint
    else {
        return None;
    };
    let is_among = |statement: &Statement| {
        matches!(&statement.constraint, Constraint::Enum { values: listed, .. }
            if values.iter().all(|value| listed.contains(value)))
    };
    let found = spots(operation, |_, field| field.statements.iter().any(is_among));
    let mut found = found
        .into_iter()
        .filter(|spot| spot.direction == Direction::Request);
    found.next().filter(|_| found.next().is_none())
}

/// The only field of the body, where the request is spoken of as a whole and its fields stand in that object.
fn only_object(operation: &Operation, said: &Said) -> Option<Spot> {
    let body = operation.request.as_ref()?;
    match (said.field.as_deref(), body.fields.as_slice()) {
        (Some(phrases::REQUEST), [only]) if only.kind == Kind::Object => Some(Spot {
            direction: Direction::Request,
            path: FieldPath::root(&only.name),
        }),
        _ => None,
    }
}

/// Where the fields stand in no object, that the body has one of them: the first is needed where all others are absent.
fn one_of_all(operation: &Operation, said: &Said) -> Option<(Spot, Constraint)> {
    let body = operation.request.as_ref()?;
    let (first, others) = body.fields.split_first()?;
    let is_open = body
        .fields
        .iter()
        .all(|field| field.presence != Presence::Required);
    if said.field.as_deref() != Some(phrases::REQUEST) || others.is_empty() || !is_open {
        return None;
    }
    let absent: Vec<String> = others
        .iter()
        .map(|field| format!("{} absent", field.name))
        .collect();
    let spot = Spot {
        direction: Direction::Request,
        path: FieldPath::root(&first.name),
    };
    Some((spot, Constraint::RequiredIf(absent.join(" and "))))
}

/// Whether both are members of the same object.
fn beside(one: &Spot, other: &Spot) -> bool {
    around(&one.path) == around(&other.path)
}

/// The path without its last step.
fn around(path: &FieldPath) -> &[Step] {
    path.0.split_last().map_or(&[], |(_, around)| around)
}

/// The field that has all of these as members, when there is exactly one.
fn parent_of(operation: &Operation, names: &[String]) -> Option<Spot> {
    let first = names.first()?;
    let members = spots(operation, |path, _| {
        names.iter().any(|name| name == path.leaf())
    });
    let firsts = members.iter().filter(|spot| {
        let has = |name: &String| {
            let fits = |other: &&Spot| other.path.leaf() == name && beside(other, spot);
            members
                .iter()
                .any(|other| fits(&other) && other.direction == spot.direction)
        };
        spot.direction == Direction::Request && spot.path.leaf() == first && names.iter().all(has)
    });
    let mut parents = firsts.map(|spot| {
        let mut steps = around(&spot.path).to_vec();
        while !matches!(steps.last(), None | Some(Step::Name(_))) {
            steps.pop();
        }
        let path = FieldPath(steps);
        Spot {
            direction: spot.direction,
            path,
        }
    });
    parents.next().filter(|_| parents.next().is_none())
}

/// The field at a spot.
fn field_at<'o>(operation: &'o mut Operation, spot: &Spot) -> Option<&'o mut Field> {
    if spot.direction == Direction::Response {
        let body = operation.response.as_mut()?;
        return descend(&mut body.fields, &FieldPath::default(), &spot.path);
    }
    let parameter = operation
        .parameters
        .iter_mut()
        .map(|parameter| &mut parameter.field)
        .find(|field| FieldPath::root(&field.name) == spot.path);
    if parameter.is_some() {
        return parameter;
    }
    let body = operation.request.as_mut()?;
    descend(&mut body.fields, &FieldPath::default(), &spot.path)
}

/// The field at a path below some fields.
pub fn descend<'f>(
    fields: &'f mut [Field],
    inside: &FieldPath,
    wanted: &FieldPath,
) -> Option<&'f mut Field> {
    for field in fields {
        let path = inside.child(&Kind::Unknown, &field.name);
        if path == *wanted {
            return Some(field);
        }
        if wanted.0.starts_with(&path.0) {
            let inside = path.inside(&field.kind);
            let found = descend(&mut field.children, &inside, wanted);
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// Whether a constraint makes sense for a kind: objects have no length.
fn fits(kind: &Kind, constraint: &Constraint) -> bool {
    if let Constraint::Within { holds, .. } = constraint {
        return fits(kind, holds);
    }
    let is_container = matches!(kind, Kind::Object | Kind::Map { .. });
    if let Constraint::ItemCount { .. } = constraint {
        return matches!(kind, Kind::Array(_) | Kind::Map { .. } | Kind::Unknown);
    }
    // "A lamp name must be unique": of the name, and not of the object that is called so.
    let is_of_members = *constraint == Constraint::Unique && *kind == Kind::Object;
    !(is_of_members || is_container && constrains_values(constraint))
}

/// Whether a constraint is about the value of one field, and not about the behaviour of all.
pub fn constrains_values(constraint: &Constraint) -> bool {
    match constraint {
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
        | Constraint::Relative { .. }
        | Constraint::NotEmpty => true,
        Constraint::Within { holds, .. } => constrains_values(holds),
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

#[cfg(test)]
mod tests {
    use super::Constraint;
    use crate::extract::claims::tell;
    use crate::extract::tests::reading;

    /// What each field of the request is said to keep, by the constraints above an operation.
    fn told(constraints: &str) -> Vec<String> {
        let text = format!(
            "# Trimming a lamp\n# Function\nTrims a lamp.\n# Constraints\n{constraints}\n# URI\nPUT /v1/lamps/{{lamp_id}}\n\
             # Request\n| Parameter | Mandatory | Type | Description |\n| lamp | Yes | Object | The lamp. See Table 1. |\n\n\
             Table 1 lamp data structure\n| Parameter | Mandatory | Type | Description |\n\
             | fuel | No | String | What burns. The value can be OIL or GAS. |\n| wick | No | Integer | The wick. |\n"
        );
        said_of_fields(&text)
    }

    /// What is said of the fields of the first request, but for lists of values.
    fn said_of_fields(text: &str) -> Vec<String> {
        let reading = reading(text);
        let operation = &reading.contract.operations[0];
        let fields = operation.request_fields().into_iter();
        let told = fields.flat_map(|(path, field)| {
            let said = field.statements.iter();
            let said = said.filter(|said| !matches!(said.constraint, Constraint::Enum { .. }));
            said.map(move |said| format!("{path} {}", tell(&said.constraint)))
        });
        told.collect()
    }

    #[test]
    fn what_must_not_be_empty_is_the_one_object() {
        let told = told("At least one parameter must be specified.");
        assert_eq!(told, ["lamp not empty"]);
    }

    #[test]
    fn what_is_unique_is_the_field_and_not_what_holds_it() {
        let told = told("The lamp wick must be unique.");
        assert_eq!(told, ["lamp.wick unique"]);
    }

    #[test]
    fn one_of_all_fields_is_needed_where_no_object_holds_them() {
        let constraints = "At least one parameter must be specified.";
        let text = format!(
            "# Trimming a lamp\n# Function\nTrims a lamp.\n# Constraints\n{constraints}\n# URI\nPATCH /v1/lamps/{{lamp_id}}\n\
             # Request\n| Parameter | Mandatory | Type | Description |\n| fuel | No | String | What burns. |\n\
             | wick | No | Integer | The wick. |\n| glass | No | String | The glass. |\n"
        );
        assert_eq!(
            said_of_fields(&text),
            ["fuel required if wick absent and glass absent"]
        );
    }

    #[test]
    fn a_name_in_front_says_of_which_field_a_condition_is() {
        let told = told(
            "wick is mandatory if fuel is set to OIL, and must not be specified if fuel is GAS.",
        );
        assert_eq!(
            told,
            [
                "lamp.wick required if fuel == OIL",
                "lamp.wick not given if fuel == GAS"
            ]
        );
    }

    #[test]
    fn a_name_behind_a_stop_begins_a_sentence() {
        let told = told(
            "The tower of a lamp cannot be changed. wick can be modified only for lamps whose fuel is OIL.",
        );
        assert_eq!(
            told,
            [
                "lamp.wick changed only in the case: fuel == OIL",
                "lamp.wick bound to what it is now"
            ]
        );
    }
}
