//! What is wrong, in one line.

use std::collections::HashSet;

use super::join::leaf;
use super::{Category, Place};
use crate::contract::Claim;

/// Names in a title; the rest is counted.
const MOST_NAMES: usize = 4;

/// The title of a flaw met in these places.
pub(super) fn title(category: Category, places: &[Place]) -> String {
    let Some(first) = places.first() else {
        return category.promised().to_owned();
    };
    let here = document(first);
    let n = places.len();
    match category {
        Category::KindContradiction | Category::EditionKind => {
            at_odds(category, places, "different types")
        }
        Category::ValueContradiction | Category::EditionValue => {
            at_odds(category, places, "contradicting values")
        }
        Category::LimitContradiction | Category::EditionLimit => {
            at_odds(category, places, "contradicting limits")
        }
        Category::EditionPresence => at_odds(category, places, "contradicting presence"),
        Category::StructureDiffers => at_odds(category, places, "different contents"),
        Category::OperationContradiction | Category::EditionOperation => {
            format!("{}: {}", operation(first), against(category, first))
        }
        Category::NullUndocumented => {
            let stated = first
                .claims
                .first()
                .map_or("", |claim| claim.claim.as_str());
            let verb = if one_field(places) { "is" } else { "are" };
            format!(
                "{} {verb} shown as null, and the table says {stated}",
                subject(places)
            )
        }
        Category::StructureContradiction => {
            let verb = if n == 1 { "stands" } else { "stand" };
            let who = named(places, "field");
            let (what, said) = (operation(first), against(category, first));
            format!("{who} of {what} {verb} elsewhere in the example: {said}")
        }
        Category::NameMisprint => {
            format!("one name in two spellings: {}", against(category, first))
        }
        Category::NameBroken => {
            let verb = if n == 1 { "has" } else { "have" };
            format!(
                "{} in {here} {verb} a blank inside: {}",
                counted(n, "name"),
                names(places)
            )
        }
        Category::CodeContradiction => against(category, first),
        Category::StateUnknown => {
            format!(
                "a state is named that its field cannot have: {}",
                against(category, first)
            )
        }
        Category::RequiredNotShown => {
            let what = named(places, "mandatory field");
            format!("the example of {} leaves out {what}", operation(first))
        }
        Category::FieldUndocumented => {
            let what = named(places, "field");
            format!(
                "the example of {} shows {what} without a row in any table",
                operation(first)
            )
        }
        Category::ExampleCut => format!("an example of {} is cut apart", operation(first)),
        Category::ExampleBroken => {
            format!(
                "an example of {} is no JSON: {}",
                operation(first),
                first_claim(first)
            )
        }
        Category::ExamplesDisagree => {
            format!(
                "request and answer in the example of {} do not fit",
                operation(first)
            )
        }
        Category::ReferenceMissing => {
            let problem = first.claims.last().map_or("", |claim| claim.claim.as_str());
            format!(
                "{} in {here} {} astray: {problem}",
                counted(n, "reference"),
                if n == 1 { "leads" } else { "lead" }
            )
        }
        Category::CodeRepeated => {
            let code = |place: &Place| {
                first_claim(place)
                    .split(' ')
                    .next()
                    .unwrap_or("")
                    .to_owned()
            };
            let codes = listed(places.iter().map(code).collect());
            format!(
                "{} in {here} listed more than once: {codes}",
                counted(n, "error code")
            )
        }
        Category::OperationUndescribed => {
            let what = counted(n, "listed operation");
            format!("{what} in {here} without a page: {}", routes(places))
        }
        Category::OperationUnlisted => {
            let what = counted(n, "operation");
            format!(
                "{what} of {here} left out of a list that has the others: {}",
                routes(places)
            )
        }
        Category::ParameterRenamed => {
            format!(
                "one parameter of a path with two names: {}",
                against(category, first)
            )
        }
        Category::TableUnused => {
            format!(
                "{} in {here} to which no field leads: {}",
                counted(n, "table"),
                names(places)
            )
        }
        Category::DocumentDamaged => format!("{here}: {}", first_claim(first)),
        Category::RulingStale | Category::RulingUnused | Category::RulingUndated => {
            format!(
                "the ruling on {} is {}",
                first.field.as_deref().unwrap_or("a fact"),
                first_claim(first)
            )
        }
        Category::RulingInForce => {
            format!("{} is settled: {}", subject(places), first_claim(first))
        }
        Category::EditionField => {
            let documented = first.claims.iter().find(|claim| claim.at.row.is_some());
            let by = documented.map_or(here, |claim| claim.at.document.as_str());
            format!(
                "only {by} documents {} of {}",
                named(places, "field"),
                operation(first)
            )
        }
        Category::ReferenceUnprinted => {
            let what = counted(n, "object");
            format!(
                "{what} in {here} without a reference to the table of the fields: {}",
                names(places)
            )
        }
        Category::SentenceUnread => {
            let what = counted(n, "sentence");
            format!("{what} in {here} may state a constraint and could not be read")
        }
    }
}

/// `` `lamp.watts` of GET /lamps has different types: Integer in the table, String in the example ``
fn at_odds(category: Category, places: &[Place], what: &str) -> String {
    let verb = if one_field(places) { "has" } else { "have" };
    let said = places.first().map(|place| against(category, place));
    format!(
        "{} {verb} {what}: {}",
        subject(places),
        said.unwrap_or_default()
    )
}

/// Whether all places are about a field of the same name.
fn one_field(places: &[Place]) -> bool {
    places
        .windows(2)
        .all(|pair| leaf(&pair[0]) == leaf(&pair[1]))
}

/// The field with its operation, its last name where several operations have it, or several fields
/// of one operation.
fn subject(places: &[Place]) -> String {
    let Some(first) = places.first() else {
        return String::new();
    };
    if !one_field(places) {
        return format!("{} of {}", named(places, "field"), operation(first));
    }
    let field = first.field.as_deref().unwrap_or("a field");
    match (places.len(), first.operations.first()) {
        (1, Some(operation)) => format!("`{field}` of {operation}"),
        (1, None) => format!("`{field}`"),
        (n, _) => format!("`{}` in {n} places", leaf(first)),
    }
}

/// Each distinct claim with who makes it.
fn against(category: Category, place: &Place) -> String {
    let mut said: Vec<String> = Vec::new();
    for claim in &place.claims {
        let words = attributed(category, claim);
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said.join(", ")
}

/// A claim with who makes it: an operation, a document, or a place in one.
pub(super) fn attributed(category: Category, claim: &Claim<String>) -> String {
    let words = &claim.claim;
    match category {
        Category::KindContradiction
        | Category::ValueContradiction
        | Category::LimitContradiction
        | Category::StructureDiffers => match by_operation(words) {
            Some((operation, words)) => format!("{words} in {operation}"),
            None => format!("{words} in {}", source(claim)),
        },
        Category::EditionKind
        | Category::EditionLimit
        | Category::EditionValue
        | Category::EditionPresence
        | Category::EditionOperation
        | Category::EditionField => format!("{words} in {}", claim.at.document),
        Category::NameMisprint | Category::ParameterRenamed => format!("`{words}`"),
        // The name that such a claim starts with is that of the field.
        Category::StructureContradiction => {
            let place = words
                .split_once(' ')
                .map_or(words.as_str(), |(_, place)| place);
            format!("{place} in {}", source(claim))
        }
        Category::NullUndocumented
        | Category::CodeContradiction
        | Category::StateUnknown
        | Category::OperationContradiction
        | Category::RequiredNotShown
        | Category::FieldUndocumented
        | Category::NameBroken
        | Category::ExampleCut
        | Category::ExampleBroken
        | Category::ReferenceMissing
        | Category::CodeRepeated
        | Category::OperationUndescribed
        | Category::OperationUnlisted
        | Category::TableUnused
        | Category::DocumentDamaged
        | Category::RulingStale
        | Category::RulingUnused
        | Category::RulingUndated
        | Category::RulingInForce
        | Category::ExamplesDisagree
        | Category::ReferenceUnprinted
        | Category::SentenceUnread => words.clone(),
    }
}

/// A claim that starts with the operation that makes it: no single operation disputes itself.
fn by_operation(words: &str) -> Option<(&str, &str)> {
    let (operation, words) = words.split_once(": ")?;
    let is_id = !operation.contains(char::is_whitespace) && operation.contains('.');
    is_id.then_some((operation, words))
}

/// Rows state; lines outside of tables show.
fn source(claim: &Claim<String>) -> &'static str {
    if claim.at.row.is_some() {
        "the table"
    } else {
        "the example"
    }
}

fn first_claim(place: &Place) -> &str {
    place
        .claims
        .first()
        .map_or("", |claim| claim.claim.as_str())
}

fn operation(place: &Place) -> &str {
    place
        .operations
        .first()
        .map_or("an operation", String::as_str)
}

fn document(place: &Place) -> &str {
    place
        .claims
        .first()
        .map_or("", |claim| claim.at.document.as_str())
}

/// The operations; where none is known, the method and path that a claim starts with.
fn routes(places: &[Place]) -> String {
    let route = |place: &Place| match place.operations.first() {
        Some(route) => route.clone(),
        None => first_claim(place)
            .split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" "),
    };
    listed(places.iter().map(route).collect())
}

/// `` the field `id` ``, or `` 3 fields (`id`, `name`, `state`) ``
fn named(places: &[Place], one: &str) -> String {
    match places.len() {
        1 => format!("the {one} {}", names(places)),
        n => format!("{} ({})", counted(n, one), names(places)),
    }
}

/// The last names of the fields.
fn names(places: &[Place]) -> String {
    listed(
        places
            .iter()
            .map(|place| format!("`{}`", leaf(place)))
            .collect(),
    )
}

fn listed(mut names: Vec<String>) -> String {
    let mut known = HashSet::new();
    names.retain(|name| known.insert(name.clone()));
    let rest = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    format!("{}{more}", names.join(", "))
}

/// `1 name`, `2 names`
pub(super) fn counted(n: usize, one: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {one}{s}")
}
