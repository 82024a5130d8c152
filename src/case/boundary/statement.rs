//! Which values each sort of statement is tried with.

use super::Probe;
use super::probe::Probes;
use crate::case::broken::is_of_one_request;
use crate::case::part;
use crate::case::request::of_items;
use crate::contract::{Constraint, Field, Scope};

/// Values around the boundary of one statement of the field, or why requests alone cannot try it.
pub(in crate::case) fn probes(
    field: &Field,
    constraint: &Constraint,
) -> Result<Vec<Probe>, &'static str> {
    if let Some(of_keys) = part::of_keys(field, constraint) {
        return Ok(in_a_key(field, probes(&part::keys(field), of_keys)?));
    }
    let mut list = Probes::new(field);
    if let Some(Constraint::Length { min, max, .. }) = constraint.of_chinese() {
        list.needs_text()?.chinese(*min, *max);
        return Ok(list.honest(constraint));
    }
    if let Some((free, Constraint::Range { min, max })) = constraint.but_for() {
        list.range_or(*min, *max, free);
        return Ok(list.honest(constraint));
    }
    if let Some(parts) = constraint.parts() {
        list.parts(&parts);
        return Ok(list.honest(constraint));
    }
    match constraint {
        Constraint::Length { min, max, unit } => list.needs_text()?.lengths(*min, *max, *unit),
        Constraint::Charset(classes) => list.needs_text()?.charset(classes),
        Constraint::Mixture { least, kinds } => list.needs_text()?.mixture(*least, kinds),
        Constraint::ForbiddenCharacters(forbidden) => list.needs_text()?.forbidden(forbidden),
        Constraint::Pattern(pattern) => list.needs_text()?.pattern(pattern),
        Constraint::Enum { values, open } => list.listed(values, *open),
        Constraint::Const(value) => list.listed(std::slice::from_ref(value), false),
        Constraint::Format { format, or_empty } => list.needs_text()?.format(format, *or_empty),
        Constraint::Range { min, max } => list.range(*min, *max),
        Constraint::Multiple(of) => list.multiples(*of),
        Constraint::Except(values) => list.excepted(values),
        Constraint::ItemCount { min, max } => list.needs_list()?.items(*min, *max),
        Constraint::Quota { of, max: Some(max) } if is_of_one_request(field, of) => {
            list.needs_list()?.items(None, Some(*max))
        }
        Constraint::Unique => list.needs_list().map_err(|_| UNIQUE)?.twins(),
        Constraint::NotEmpty => list.empty(),
        Constraint::Nullable => list.null(),
        Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Relative { .. }
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::AsyncJob
        | Constraint::Within { .. }
        | Constraint::Other(_) => return Err(out_of_reach(constraint).unwrap_or(UNIQUE)),
    }
    Ok(list.honest(constraint))
}

/// What is tried with a key, as maps that have such a one.
fn in_a_key(field: &Field, probes: Vec<Probe>) -> Vec<Probe> {
    let usual = of_items(field, 1).filter(|usual| usual.sure);
    let of_key = |probe: Probe| {
        Some(Probe {
            slug: format!("key-{}", probe.slug),
            title: format!("with a key {}", probe.title),
            value: part::with_key(usual.clone()?.value, &probe.value)?,
            side: probe.side,
        })
    };
    probes.into_iter().filter_map(of_key).collect()
}

const UNIQUE: &str = "it depends on what exists already";

/// Why values of the field alone cannot try the constraint. None where they can.
pub(in crate::case) fn out_of_reach(constraint: &Constraint) -> Option<&'static str> {
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
        | Constraint::Unique
        | Constraint::NotEmpty
        | Constraint::Nullable => None,
        Constraint::RequiredIf(_) => Some("its condition is kept in words"),
        Constraint::ExclusiveWith(_) => Some("the other field is not beside it"),
        Constraint::Precedence(_) => Some("which field counted cannot be seen"),
        Constraint::Relative { .. } => Some("the value it is bound to is not beside it"),
        Constraint::Default(_) => Some("the server fills it in by itself"),
        Constraint::StatePrecondition { .. } => Some("it takes a resource in that state"),
        Constraint::Quota { max: None, .. } => Some("no number is stated"),
        Constraint::Quota { .. } => Some("it takes a scenario"),
        Constraint::Idempotent => Some("it takes a scenario"),
        Constraint::RateLimit { .. } => Some("runs stay below documented rates"),
        Constraint::Microversion { .. } => {
            Some("what comes of it in another version is not documented")
        }
        Constraint::AsyncJob => Some("it is seen in answers"),
        Constraint::Within { scope, .. } => Some(match scope {
            Scope::Case(_) => "it holds in one case only",
            Scope::Part(_) => "it holds for a part of the value only",
            Scope::Form(_) => "it holds for one form of the value only",
        }),
        Constraint::Other(_) => Some("a machine cannot decide it"),
    }
}
