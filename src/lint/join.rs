//! One flaw of what is met in several places.

use std::collections::HashMap;
use std::hash::Hash;

use super::title::{attributed, title};
use super::{Category, Flaw, Place};
use crate::source::DocumentId;

/// Joins what is the same flaw met in several places.
pub(super) fn join(found: Vec<(Category, Place)>) -> Vec<Flaw> {
    let once = once(found);
    let groups = grouped(once, |(category, place)| (*category, key(*category, place)));
    let groups = groups.into_iter().map(|((category, key), of_kind)| {
        let places = of_kind.into_iter().map(|(_, place)| place).collect();
        Flaw {
            category,
            title: String::new(),
            places,
            key,
        }
    });
    // Contradictions of one field met nowhere else are joined where one operation has several that
    // read the same: a column was filled in carelessly there.
    let joined = grouped(groups.collect(), |flaw| {
        match (&flaw.places[..], is_of_fields(flaw.category)) {
            ([place], true) if !place.operations.is_empty() => {
                let parts = [operation(place).to_owned(), said(flaw.category, place)];
                (flaw.category, parts.join("\n"))
            }
            _ => (flaw.category, flaw.key.clone()),
        }
    });
    let flaws = joined.into_iter().map(|((category, key), flaws)| {
        let places: Vec<Place> = flaws.into_iter().flat_map(|flaw| flaw.places).collect();
        Flaw {
            category,
            title: title(category, &places),
            places,
            key,
        }
    });
    flaws.collect()
}

/// Each claim once: editions carry their disputes twice, and operations share tables.
fn once(found: Vec<(Category, Place)>) -> Vec<(Category, Place)> {
    let groups = grouped(found, |(category, place)| {
        (*category, place.claims.clone(), place.field.clone())
    });
    let merged = groups
        .into_iter()
        .map(|((category, claims, field), places)| {
            let mut operations: Vec<String> = Vec::new();
            for operation in places.into_iter().flat_map(|(_, place)| place.operations) {
                if !operations.contains(&operation) {
                    operations.push(operation);
                }
            }
            (
                category,
                Place {
                    operations,
                    field,
                    claims,
                },
            )
        });
    merged.collect()
}

/// Items with the same key, in the order in which keys were met.
fn grouped<T, K: Clone + Eq + Hash>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<(K, Vec<T>)> {
    let mut index: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for item in items {
        let key = key(&item);
        let group = *index.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(item);
    }
    groups
}

/// Whether flaws of this kind are about what is said of one field.
fn is_of_fields(category: Category) -> bool {
    matches!(
        category,
        Category::KindContradiction
            | Category::ValueContradiction
            | Category::LimitContradiction
            | Category::NullUndocumented
            | Category::EditionKind
            | Category::EditionLimit
            | Category::EditionValue
            | Category::EditionPresence
    )
}

/// What two places must have in common to be one flaw. Never a line: those move.
fn key(category: Category, place: &Place) -> String {
    let parts = match category {
        // One contradiction, wherever the field is described.
        Category::KindContradiction
        | Category::ValueContradiction
        | Category::LimitContradiction
        | Category::NullUndocumented
        | Category::EditionKind
        | Category::EditionLimit
        | Category::EditionValue
        | Category::EditionPresence => vec![leaf(place).to_owned(), said(category, place)],
        Category::NameMisprint | Category::ParameterRenamed => vec![said(category, place)],
        // One example or pair of pages to correct.
        Category::StructureContradiction => {
            vec![operation(place).to_owned(), said(category, place)]
        }
        Category::FieldUndocumented | Category::RequiredNotShown => {
            vec![operation(place).to_owned(), documents(place)]
        }
        Category::EditionField => vec![operation(place).to_owned(), said(category, place)],
        // One list or chapter to go through.
        Category::NameBroken
        | Category::CodeRepeated
        | Category::ReferenceUnprinted
        | Category::TableUnused
        | Category::OperationUndescribed
        | Category::OperationUnlisted
        | Category::SentenceUnread => vec![documents(place)],
        Category::ReferenceMissing => {
            let problem = place.claims.last().map(|claim| claim.claim.clone());
            vec![documents(place), problem.unwrap_or_default()]
        }
        Category::CodeContradiction
        | Category::StateUnknown
        | Category::OperationContradiction
        | Category::EditionOperation
        | Category::ExampleCut
        | Category::ExampleBroken
        | Category::DocumentDamaged
        | Category::RulingStale
        | Category::RulingUnused
        | Category::RulingUndated
        | Category::RulingInForce
        | Category::ExamplesDisagree
        | Category::StructureDiffers => vec![
            operation(place).to_owned(),
            place.field.clone().unwrap_or_default(),
            said(category, place),
        ],
    };
    parts.join("\n")
}

fn operation(place: &Place) -> &str {
    place.operations.first().map_or("", String::as_str)
}

/// The last name of the field's path.
pub(super) fn leaf(place: &Place) -> &str {
    let field = place.field.as_deref().unwrap_or("");
    let end = field.trim_end_matches("[]");
    // Names may hold dots; what follows the last one is enough to tell fields apart.
    end.rsplit('.').next().unwrap_or(end)
}

fn documents(place: &Place) -> String {
    let mut names: Vec<&DocumentId> = place
        .claims
        .iter()
        .map(|claim| &claim.at.document)
        .collect();
    names.dedup();
    names
        .iter()
        .map(|name| name.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is claimed, each once, and by whom where that matters.
fn said(category: Category, place: &Place) -> String {
    let claims = match category {
        // Whatever examples show against it: each shows another value.
        Category::ValueContradiction if !place.operations.is_empty() => place.claims.get(..1),
        _ => place.claims.get(..),
    };
    let mut claims: Vec<String> = claims
        .unwrap_or_default()
        .iter()
        .map(|claim| attributed(category, claim))
        .collect();
    claims.sort();
    claims.dedup();
    claims.join("\n")
}
