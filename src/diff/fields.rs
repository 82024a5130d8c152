//! The fields of one part of an operation, in two editions.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Effect, Part};
use super::shift::{self, Shift};
use crate::contract::{Claim, Constraint, Field, FieldPath, Kind, Place, Presence, Statement};
use crate::extract::claims;
use crate::source::Provenance;

/// Fields with their paths, as one edition has them.
pub(super) type Fields<'a> = Vec<(FieldPath, &'a Field)>;

/// Collects the differences of one part.
pub(super) struct Comparison<'c> {
    pub operation: &'c str,
    pub part: Part,
    pub found: &'c mut Vec<Change>,
}

impl Comparison<'_> {
    /// Compares all fields. What lies inside of a field that one edition lacks goes without saying.
    pub fn fields(&mut self, old: &Fields<'_>, new: &Fields<'_>) {
        let (old, new) = (&once(old), &once(new));
        let (was, is) = (index(old), index(new));
        for (path, field) in old {
            match is.get(&path.names()) {
                Some(place) => self.field(path, field, new[*place].1),
                None if is_outermost(path, &is) => self.only(path, Some(field), None),
                None => {}
            }
        }
        for (path, field) in new {
            if !was.contains_key(&path.names()) && is_outermost(path, &was) {
                self.only(path, None, Some(field));
            }
        }
    }

    /// A field that only one edition has.
    fn only(&mut self, path: &FieldPath, old: Option<&Field>, new: Option<&Field>) {
        let effect = match (new, self.part) {
            (None, _) => Effect::Breaking,
            (Some(added), Part::Parameter | Part::Request) if is_required(added) => {
                Effect::Breaking
            }
            (Some(_), _) => Effect::Compatible,
        };
        let said = |field: &Field| {
            let presence = presence(field.presence).map(|word| format!(", {word}"));
            claim(
                format!("{}{}", field.kind, presence.unwrap_or_default()),
                &field.at,
            )
        };
        self.add(effect, path, "field", old.map(said), new.map(said));
    }

    fn field(&mut self, path: &FieldPath, old: &Field, new: &Field) {
        self.kind(path, old, new);
        self.presence(path, old, new);
        self.null(path, old, new);
        let said = statements(&old.statements, &new.statements);
        for Said {
            fact,
            old,
            new,
            shift,
        } in said
        {
            let effect = match (fact, self.part) {
                ("microversion", _) => self::effect(shift, Part::Request),
                ("default", Part::Response) => Effect::Editorial,
                ("default", _) if old.is_some() && new.is_some() => Effect::Breaking,
                ("default", _) => Effect::Compatible,
                (_, part) => self::effect(shift, part),
            };
            let told =
                |statement: &Statement| claim(claims::tell(&statement.constraint), &statement.at);
            self.add(effect, path, fact, old.map(told), new.map(told));
        }
    }

    fn kind(&mut self, path: &FieldPath, old: &Field, new: &Field) {
        let shift = shift::kinds(&old.kind, &new.kind);
        let said = |field: &Field| {
            let is_known = field.kind != Kind::Unknown;
            is_known.then(|| claim(field.kind.to_string(), &field.at))
        };
        if shift != Shift::Same {
            self.add(effect(shift, self.part), path, "kind", said(old), said(new));
        }
    }

    fn presence(&mut self, path: &FieldPath, old: &Field, new: &Field) {
        if old.presence == new.presence {
            return;
        }
        let stricter = is_required(new);
        let effect = match (self.part, is_required(old) || stricter) {
            (_, false) => Effect::Editorial,
            // Tables of answers seldom say so; what one of the two leaves out is no change.
            (Part::Response, true) if is_unstated(old) || is_unstated(new) => Effect::Editorial,
            (Part::Response, true) if stricter => Effect::Compatible,
            (Part::Response, true) => Effect::Breaking,
            (Part::Operation | Part::Parameter | Part::Request, true) if stricter => {
                Effect::Breaking
            }
            (Part::Operation | Part::Parameter | Part::Request, true) => Effect::Compatible,
        };
        let said = |field: &Field| presence(field.presence).map(|word| claim(word, &field.at));
        self.add(effect, path, "presence", said(old), said(new));
    }

    fn null(&mut self, path: &FieldPath, old: &Field, new: &Field) {
        let shift = match (may_be_null(old), may_be_null(new)) {
            (None, Some(_)) => Shift::Wider,
            (Some(_), None) => Shift::Narrower,
            (None, None) | (Some(_), Some(_)) => return,
        };
        let said = |field: &Field| may_be_null(field).map(|at| claim("may be null", at));
        self.add(
            effect(shift, self.part),
            path,
            "nullable",
            said(old),
            said(new),
        );
    }

    fn add(
        &mut self,
        effect: Effect,
        path: &FieldPath,
        fact: &'static str,
        old: Option<Claim<String>>,
        new: Option<Claim<String>>,
    ) {
        self.found.push(Change {
            effect,
            operation: Some(self.operation.to_owned()),
            part: self.part,
            field: Some(path.clone()),
            fact,
            old,
            new,
        });
    }
}

/// The client breaks where it may send less, or is answered more, than it was told.
pub(super) fn effect(shift: Shift, part: Part) -> Effect {
    match (shift, part) {
        (Shift::Same | Shift::Words, _) => Effect::Editorial,
        (Shift::Other, _) => Effect::Breaking,
        (Shift::Narrower, Part::Response)
        | (Shift::Wider, Part::Operation | Part::Parameter | Part::Request) => Effect::Compatible,
        (Shift::Wider, Part::Response)
        | (Shift::Narrower, Part::Operation | Part::Parameter | Part::Request) => Effect::Breaking,
    }
}

/// A fact that two lists of statements state differently.
pub(super) struct Said<'a> {
    pub fact: &'static str,
    pub old: Option<&'a Statement>,
    pub new: Option<&'a Statement>,
    pub shift: Shift,
}

/// Statements of one family are compared with each other, in order; what both lists state is the
/// same wherever it stands.
pub(super) fn statements<'a>(old: &'a [Statement], new: &'a [Statement]) -> Vec<Said<'a>> {
    let mut families: Vec<&'static str> = Vec::new();
    for statement in old.iter().chain(new) {
        let family = family(&statement.constraint);
        if !families.contains(&family) {
            families.push(family);
        }
    }
    families.sort_unstable();
    let mut found = Vec::new();
    for family in families.into_iter().filter(|family| *family != "nullable") {
        let only = |list: &'a [Statement], other: &'a [Statement]| {
            let own = list
                .iter()
                .filter(|statement| self::family(&statement.constraint) == family);
            let kept =
                own.filter(|own| other.iter().all(|other| other.constraint != own.constraint));
            let mut known: HashSet<String> = HashSet::new();
            kept.filter(|own| known.insert(claims::tell(&own.constraint)))
                .collect::<Vec<_>>()
        };
        let (was, is) = (only(old, new), only(new, old));
        for nth in 0..was.len().max(is.len()) {
            let (old, new) = (was.get(nth).copied(), is.get(nth).copied());
            let shift = match (old, new) {
                (Some(old), Some(new)) => shift::constraints(&old.constraint, &new.constraint),
                (None, Some(new)) => one_sided(&new.constraint, Shift::Narrower),
                (Some(old), None) => one_sided(&old.constraint, Shift::Wider),
                (None, None) => Shift::Same,
            };
            if shift != Shift::Same {
                found.push(Said {
                    fact: family,
                    old,
                    new,
                    shift,
                });
            }
        }
    }
    found
}

/// What it means that only one edition states a constraint.
fn one_sided(constraint: &Constraint, limits: Shift) -> Shift {
    match constraint {
        // Values given as examples, and advice, limit nothing.
        Constraint::Enum { open: true, .. } | Constraint::Other(_) => Shift::Words,
        Constraint::Within { holds, .. } => one_sided(holds, limits),
        // Work moves into a job, or out of it: the answer means something else.
        Constraint::AsyncJob => Shift::Other,
        // A promise of the server: less of it is what breaks.
        Constraint::Idempotent if limits == Shift::Narrower => Shift::Wider,
        Constraint::Idempotent => Shift::Narrower,
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::Multiple(_)
        | Constraint::Except(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { open: false, .. }
        | Constraint::Const(_)
        | Constraint::Format { .. }
        | Constraint::Range { .. }
        | Constraint::ItemCount { .. }
        | Constraint::Unique
        | Constraint::NotEmpty
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Relative { .. }
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable => limits,
    }
}

/// Constraints that are compared with each other.
fn family(constraint: &Constraint) -> &'static str {
    if let Constraint::Within { holds, .. } = constraint {
        return family(holds);
    }
    match constraint.family() {
        "const" => "enum",
        family => family,
    }
}

fn may_be_null(field: &Field) -> Option<&Provenance> {
    let stated = field
        .statements
        .iter()
        .find(|known| known.constraint == Constraint::Nullable);
    field
        .nullable
        .as_ref()
        .or(stated.map(|statement| &statement.at))
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}

fn is_unstated(field: &Field) -> bool {
    field.presence == Presence::Unstated
}

fn presence(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Required => Some("required"),
        Presence::Optional => Some("optional"),
        Presence::Unstated => None,
    }
}

fn index<'a>(fields: &'a [(FieldPath, &Field)]) -> HashMap<Vec<&'a str>, usize> {
    let places = fields.iter().enumerate();
    places
        .map(|(place, (path, _))| (path.names(), place))
        .collect()
}

/// Of fields printed twice, the first.
fn once<'a>(fields: &Fields<'a>) -> Fields<'a> {
    let mut known = HashSet::new();
    let first = fields.iter().filter(|(path, _)| known.insert(path.names()));
    first.cloned().collect()
}

fn is_outermost(path: &FieldPath, other: &HashMap<Vec<&str>, usize>) -> bool {
    let mut around = path.names();
    around.pop();
    around.is_empty() || other.contains_key(&around)
}

pub(super) fn claim(words: impl Into<String>, at: &Provenance) -> Claim<String> {
    Claim {
        claim: words.into(),
        at: at.clone(),
    }
}

/// The parameters of a place, each as a field of its own.
pub(super) fn parameters(operation: &crate::contract::Operation, place: Place) -> Fields<'_> {
    let here = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == place);
    here.map(|parameter| (FieldPath::root(&parameter.field.name), &parameter.field))
        .collect()
}
