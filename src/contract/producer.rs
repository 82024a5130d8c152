//! Which operation shows the ids that a name stands for: read from the shape of paths and answers.
//!
//! Main entry: [`listings`]. `GET /kettles` shows what `{kettle_id}` in `/kettles/{kettle_id}` may
//! be, and what a field `kettle_id` of a request may hold. It knows words of English (plurals) and
//! no API.

use super::creation::{each_letter, letters, same_name};
use super::{Contract, Field, FieldPath, Kind, Operation, PathTemplate, Segment};
use crate::wire::Method;

/// An operation that lists things, and where its answer shows their ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The list.
    pub items: FieldPath,
    /// The id of each item.
    pub ids: FieldPath,
}

/// The operations that list the things of which `consumer` wants one under this name, in its path
/// or in its body. The nearest first.
pub fn listings<'a>(contract: &'a Contract, consumer: &Operation, name: &str) -> Vec<Listing<'a>> {
    if is_marker(name) {
        // It names an item of the very list that it turns the pages of.
        let own = contract.operation(&consumer.id);
        return own.and_then(|own| listing(own, "id")).into_iter().collect();
    }
    let by_path = |operation: &Operation| {
        let position = operation.path.0.iter().position(
            |segment| matches!(segment, Segment::Parameter(known) if same_name(known, name)),
        );
        position.map(|position| operation.path.0[..position].to_vec())
    };
    let own = by_path(consumer);
    let anywhere = contract.operations.iter().filter_map(by_path);
    let collections: Vec<Vec<Segment>> = match own {
        Some(own) => vec![own],
        None => anywhere.collect(),
    };
    let listed_at = |operation: &Operation| {
        let mut known = collections.iter();
        known.any(|collection| is_collection(&operation.path, collection))
    };
    let named_so = |operation: &Operation| {
        let collection = collection_of(&operation.path);
        collections.is_empty() && collection.is_some_and(|word| is_plural_of(word, name))
    };
    let operations = contract.operations.iter();
    let lists = operations
        .filter(|operation| operation.method == Method::Get && operation.selector.is_none())
        .filter(|operation| listed_at(operation) || named_so(operation));
    let mut found: Vec<Listing<'a>> = lists
        .filter_map(|operation| listing(operation, name))
        .collect();
    found.sort_by_key(|listing| listing.operation.path.0.len());
    found
}

/// Whether a parameter is called like one that says where a page begins.
pub fn is_marker(name: &str) -> bool {
    name.eq_ignore_ascii_case("marker")
}

/// What paths call a thing whose id a body has under this name: `id` in `kettles`, an item of
/// `kettle_ids` or of `kettles`.
pub fn called_in_paths<'a>(contract: &'a Contract, name: &str, around: &str) -> Option<&'a str> {
    let operations = contract.operations.iter();
    let mut parameters = operations.flat_map(|operation| operation.path.parameters());
    let word = if name == "id" { around } else { name };
    parameters.find(|known| {
        let stem = known.strip_suffix("_id").unwrap_or(known);
        let is_one = same_name(known, name) || (name == "id" && same_name(stem, word));
        let is_with_s = || each_letter(word).eq(each_letter(known).chain(['s']));
        is_one || is_with_s() || is_plural_of(word, known)
    })
}

/// The list that an operation shows, and the id of each of its items.
fn listing<'a>(operation: &'a Operation, name: &str) -> Option<Listing<'a>> {
    let lists = operation.response_fields().into_iter();
    let lists =
        lists.filter(|(path, field)| path.0.len() <= 2 && matches!(field.kind, Kind::Array(_)));
    let mut found = lists.filter_map(|(path, field)| {
        let ids = id_within(&path, field, name)?;
        Some(Listing {
            operation,
            items: path,
            ids,
        })
    });
    found.next()
}

fn id_within(path: &FieldPath, field: &Field, name: &str) -> Option<FieldPath> {
    let Kind::Array(of) = &field.kind else {
        return None;
    };
    if **of == Kind::String && field.children.is_empty() {
        return Some(path.inside(&field.kind));
    }
    let usual = if name.ends_with("name") { "name" } else { "id" };
    if field.children.is_empty() && **of == Kind::Object && is_plural_of(&field.name, name) {
        // What its items have is told elsewhere.
        return Some(path.child(&field.kind, usual));
    }
    let mut children = field.children.iter();
    let same = children.find(|child| same_name(&child.name, name));
    let child = same.or_else(|| field.child(usual))?;
    Some(path.child(&field.kind, &child.name))
}

/// Whether a path is the collection, or all of it in detail.
fn is_collection(path: &PathTemplate, collection: &[Segment]) -> bool {
    let collection = PathTemplate(collection.to_vec());
    let in_detail = path.0.split_last().is_some_and(|(last, start)| {
        is_detail(last) && PathTemplate(start.to_vec()).same_shape(&collection)
    });
    path.same_shape(&collection) || in_detail
}

/// The word for the things of a collection: the last literal of its path.
fn collection_of(path: &PathTemplate) -> Option<&str> {
    let mut words = path.0.iter().rev().filter(|segment| !is_detail(segment));
    match words.next()? {
        Segment::Literal(word) => Some(word),
        Segment::Parameter(_) => None,
    }
}

fn is_detail(segment: &Segment) -> bool {
    matches!(segment, Segment::Literal(word) if word == "detail" || word == "details")
}

/// Whether a collection is called after the things that a name means: `kettles` and `kettle_id`.
fn is_plural_of(word: &str, name: &str) -> bool {
    // Most are nothing alike, and many are compared.
    if each_letter(word).next() != each_letter(name).next() {
        return false;
    }
    let word = letters(word);
    let name = letters(name);
    let endings = ["ids", "id", "uuid", "ref", "name", ""];
    let mut stems = endings
        .iter()
        .filter_map(|ending| name.strip_suffix(ending));
    stems.any(|stem| {
        let as_y = stem.strip_suffix('y').map(|stem| format!("{stem}ies"));
        let f = stem.strip_suffix('f').map(|stem| format!("{stem}ves"));
        stem.len() > 2
            && (word == format!("{stem}s")
                || word == format!("{stem}es")
                || as_y.as_ref() == Some(&word)
                || f.as_ref() == Some(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    #[test]
    fn items_that_are_told_elsewhere_have_ids_all_the_same() {
        let listing = |response: &str| {
            let mut list = sample::operation("GET /v1/kettles/detail", "", response);
            let fields = &mut list.response.as_mut().expect("it answers").fields;
            fields[0].kind = Kind::Array(Box::new(Kind::Object));
            let one = sample::operation("GET /v1/kettles/{kettle_id}", "", "id");
            let contract = sample::contract(vec![list, one]);
            let found = listings(&contract, &contract.operations[1], "kettle_id");
            found.first().map(|listing| listing.ids.to_string())
        };
        assert_eq!(listing("kettles").as_deref(), Some("kettles[].id"));
        assert_eq!(listing("lids"), None);
    }

    /// Who lists what the last operation wants under this name, and where the ids stand.
    fn check(routes: &[(&str, &str)], name: &str, expected: &[&str]) {
        let mut operations: Vec<Operation> = routes
            .iter()
            .map(|(route, response)| sample::operation(route, "", response))
            .collect();
        for operation in &mut operations {
            for field in operation
                .response
                .iter_mut()
                .flat_map(|body| &mut body.fields)
            {
                field.kind = Kind::Array(Box::new(field.kind.clone()));
            }
        }
        let contract = sample::contract(operations);
        let consumer = contract.operations.last().expect("there is one");
        let told: Vec<String> = listings(&contract, consumer, name)
            .iter()
            .map(|listing| format!("{}: {}", listing.operation.id, listing.ids))
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_path_names_what_its_collection_lists() {
        check(
            &[
                ("GET /v1/{house_id}/kettles/detail", "kettles.id"),
                ("GET /v1/{house_id}/kettles", "kettles.id"),
                ("GET /v1/{house_id}/lids", "lids.id"),
                ("PUT /v1/{house_id}/kettles/{kettle_id}/spout", ""),
            ],
            "kettle_id",
            &[
                "kettles.list: kettles[].id",
                "kettles.detail.list: kettles[].id",
            ],
        );
    }

    #[test]
    fn a_body_names_what_paths_call_by_another_name() {
        let routes = ["GET /v1/shelves/{shelf_id}", "GET /v1/kettles/{kettle_id}"];
        let operations = routes.map(|route| sample::operation(route, "", ""));
        let contract = sample::contract(operations.to_vec());
        for (name, around, expected) in [
            ("id", "kettles", Some("kettle_id")),
            ("id", "shelf", Some("shelf_id")),
            ("kettleIds", "", Some("kettle_id")),
            ("shelves", "", Some("shelf_id")),
            ("shelfId", "kettles", Some("shelf_id")),
            ("id", "lids", None),
            ("lid_id", "kettles", None),
        ] {
            assert_eq!(
                called_in_paths(&contract, name, around),
                expected,
                "{name} in {around}"
            );
        }
    }

    #[test]
    fn a_body_names_things_of_another_collection() {
        check(
            &[
                ("GET /v1/shelves", "shelves.id"),
                ("GET /v1/keys", "keys.name"),
                ("POST /v1/kettles", ""),
            ],
            "shelf_id",
            &["shelves.list: shelves[].id"],
        );
        check(
            &[("GET /v1/keys", "keys.name"), ("POST /v1/kettles", "")],
            "key_name",
            &["keys.list: keys[].name"],
        );
    }
}
