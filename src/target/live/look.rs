//! Looks at a target while things are made and removed there: what it shows of them, and what its
//! lists hold.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Live;
use super::journal::Shown;
use crate::contract::{
    Constraint, Contract, Listing, Operation, PathTemplate, Place, Segment, Step, is_plain_show,
};
use crate::wire::{Method, Request};

/// Pages of one list that are read.
const MOST_PAGES: usize = 50;

/// Values of path parameters by name.
pub(super) type Known = Vec<(String, String)>;

/// A path that tells whether something is there, and whether it shows that thing alone.
pub(super) type View = (String, bool);

/// What a list shows.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// Each item with the ids that it has.
    pub(super) items: Vec<(String, Value)>,
    /// Whether these are all.
    pub(super) whole: bool,
}

impl Items {
    pub(super) fn ids(&self) -> BTreeSet<String> {
        self.items.iter().map(|(id, _)| id.clone()).collect()
    }
}

impl Live {
    /// What a path shows: status and body. None: nobody answered.
    pub(super) fn ask(&mut self, target: &str) -> Option<(u16, Value)> {
        let mut request = Request::new(Method::Get, target);
        self.ready(&mut request);
        let answer = self.deliver(&request).ok()?;
        let body = serde_json::from_slice(&answer.body).unwrap_or_default();
        Some((answer.status, body))
    }

    /// How often these paths show these texts. Paths that tell nothing are left out. `unanswered`: it is
    /// about a request whose answer never came; where nothing may be seen, it could do nothing either.
    pub(super) fn count(
        &mut self,
        paths: &[String],
        texts: &BTreeSet<String>,
        unanswered: bool,
    ) -> Shown {
        let mut shown = Shown::new();
        for path in paths {
            let counts = match self.ask(path) {
                Some((204, _)) => texts.iter().map(|text| (text.clone(), 1)).collect(),
                Some((200..=299, body)) => counted(&body, texts),
                Some((404 | 410, _)) => BTreeMap::new(),
                Some((403, _)) if unanswered => BTreeMap::new(),
                Some(_) | None => continue,
            };
            shown.insert(path.clone(), counts);
        }
        shown
    }

    /// Reads a list to its end, as far as its pages can be turned.
    pub(super) fn items(&mut self, listing: &Listing<'_>, path: &str) -> Items {
        let mut found = Items::default();
        let mut known = BTreeSet::new();
        let mut pages = vec![first_page(listing.operation, path)];
        for n_pages in 1..=MOST_PAGES {
            // The first of them that shows anything new is the next page.
            let mut turned = None;
            for page in pages {
                let Some((200..=299, body)) = self.ask(&page) else {
                    return found;
                };
                let Some(items) = items_in(&body, listing) else {
                    return found;
                };
                let new = items.into_iter().filter(|(id, _)| known.insert(id.clone()));
                let new: Vec<_> = new.collect();
                if !new.is_empty() {
                    turned = Some((new, body));
                    break;
                }
            }
            let Some((new, body)) = turned else {
                found.whole = true;
                return found;
            };
            let n_new = new.len() as u64;
            found.items.extend(new);
            let last = found.items.last().map(|(id, _)| id.as_str());
            pages = match next_link(&body) {
                Some(link) => match link.find(path) {
                    Some(from) => vec![link[from..].to_owned()],
                    None => return found,
                },
                None if is_full(listing.operation, n_new) => {
                    turners(listing.operation, path, last, found.items.len(), n_pages)
                }
                None => Vec::new(),
            };
        }
        found
    }
}

/// The paths that show what stands at a path with these values: the list that is there and the
/// thing that it belongs to; or the list that the path goes on from, as `/tags/action` does. Where there
/// is no such list, all that shows anything of that thing.
pub(super) fn around(contract: &Contract, path: &PathTemplate, known: &Known) -> Vec<String> {
    let shows = contract.operations.iter().filter(|operation| {
        let names: Vec<&str> = operation.path.parameters().collect();
        is_plain_show(operation)
            && names.len() == known.len()
            && known.iter().all(|(name, _)| names.contains(&name.as_str()))
    });
    let shows: Vec<&PathTemplate> = shows.map(|operation| &operation.path).collect();
    if let Some(list) = shows.iter().find(|show| goes_on_from(path, show)) {
        return filled(list, known).into_iter().collect();
    }
    let has_list = shows.iter().any(|show| show.same_shape(path));
    let owner = path.collection();
    let near = |show: &&&PathTemplate| show.same_shape(path) || show.same_shape(&owner);
    let near = shows.iter().filter(|show| !has_list || near(show));
    near.filter_map(|show| filled(show, known)).collect()
}

/// Whether a path is a list's and one word more.
fn goes_on_from(path: &PathTemplate, list: &PathTemplate) -> bool {
    let is_word = |segment: Option<&Segment>| matches!(segment, Some(Segment::Literal(_)));
    is_word(path.0.last()) && is_word(list.0.last()) && path.collection().same_shape(list)
}

/// The paths that show one thing: for itself, and in the list of its kind.
pub(super) fn about(
    contract: &Contract,
    collection: &PathTemplate,
    known: &Known,
    name: &str,
) -> Vec<View> {
    let shows = contract
        .operations
        .iter()
        .filter(|operation| is_plain_show(operation));
    let mut found = Vec::new();
    for show in shows {
        let names: Vec<&str> = show.path.parameters().collect();
        let itself = names.len() == known.len()
            && known
                .iter()
                .all(|(known, _)| names.contains(&known.as_str()));
        let listed = !names.contains(&name) && show.path.same_shape(collection);
        if itself || listed {
            found.extend(filled(&show.path, known).map(|path| (path, itself)));
        }
    }
    found
}

/// The path with these values in its holes; none where one is missing.
pub(super) fn filled(path: &PathTemplate, known: &Known) -> Option<String> {
    path.filled(|name| {
        known
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    })
}

/// The path without its query.
pub(super) fn path_of(target: &str) -> &str {
    target.split_once('?').map_or(target, |(path, _)| path)
}

/// Whether a body has this text as a value or a key somewhere.
pub(super) fn mentions(body: &Value, text: &str) -> bool {
    let texts = BTreeSet::from([text.to_owned()]);
    !counted(body, &texts).is_empty()
}

/// Every text in a body: values and, where they are data, keys.
pub(super) fn texts_in(body: &Value, found: &mut BTreeSet<String>) {
    match body {
        Value::String(text) if !text.is_empty() => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts_in(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts_in(member, found)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn counted(body: &Value, texts: &BTreeSet<String>) -> BTreeMap<String, u64> {
    fn count(value: &Value, texts: &BTreeSet<String>, counts: &mut BTreeMap<String, u64>) {
        let mut note = |text: &String| {
            if texts.contains(text) {
                *counts.entry(text.clone()).or_default() += 1;
            }
        };
        match value {
            Value::String(text) => note(text),
            Value::Array(items) => items.iter().for_each(|item| count(item, texts, counts)),
            Value::Object(members) => {
                members.keys().for_each(note);
                members
                    .values()
                    .for_each(|member| count(member, texts, counts));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut counts = BTreeMap::new();
    count(body, texts, &mut counts);
    counts
}

/// The items of a list with their ids: where the document says, or in the first list there is.
/// None: it has items whose ids nobody can read.
fn items_in(body: &Value, listing: &Listing<'_>) -> Option<Vec<(String, Value)>> {
    let id = match listing.ids.0.last() {
        Some(Step::Name(member)) => Some(member.as_str()),
        Some(Step::Items | Step::Key(_)) | None => None,
    };
    let mut lists = listing.items.values_in(body);
    lists.retain(|list| list.is_array());
    if lists.is_empty() {
        let members = body.as_object().into_iter().flat_map(|body| body.values());
        lists.extend(members.filter(|member| member.is_array()).take(1));
    }
    let items = lists.into_iter().filter_map(Value::as_array).flatten();
    let named = items.map(|item| {
        let documented = id.and_then(|id| within(item, id));
        let found = documented.or_else(|| within(item, "id")).or(item.as_str());
        Some((found?.to_owned(), item.clone()))
    });
    named.collect()
}

/// A member of an item, or of the one object that is wrapped around it.
fn within<'v>(item: &'v Value, member: &str) -> Option<&'v str> {
    let inside = || {
        let members = item.as_object().filter(|members| members.len() == 1)?;
        members.values().next()?.get(member)?.as_str()
    };
    item.get(member).and_then(Value::as_str).or_else(inside)
}

/// The first page, as long as the document allows.
fn first_page(operation: &Operation, path: &str) -> String {
    match longest_page(operation) {
        Some((name, most)) => format!("{path}?{name}={most}"),
        None => path.to_owned(),
    }
}

/// What may be the next page: behind the last item, after so many items, after so many pages.
fn turners(
    operation: &Operation,
    path: &str,
    last: Option<&str>,
    n_items: usize,
    n_pages: usize,
) -> Vec<String> {
    let first = first_page(operation, path);
    let joint = if first.contains('?') { '&' } else { '?' };
    let marker = parameter(operation, &["marker"]).zip(last);
    let marker = marker.map(|(name, last)| {
        let last = percent_encoding::utf8_percent_encode(last, percent_encoding::NON_ALPHANUMERIC);
        format!("{first}{joint}{name}={last}")
    });
    let numbers = parameter(operation, &["offset", "page", "start", "page_number"])
        .map(|name| [n_items, n_pages + 1].map(|at| format!("{first}{joint}{name}={at}")))
        .filter(|_| marker.is_none());
    marker
        .into_iter()
        .chain(numbers.into_iter().flatten())
        .collect()
}

/// The address that an answer calls the next page.
fn next_link(body: &Value) -> Option<&str> {
    match body {
        Value::Array(items) => items.iter().find_map(next_link),
        Value::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Value::as_str);
            let own = text("href").filter(|_| text("rel") == Some("next"));
            let named = text("next").filter(|text| text.contains('/'));
            let inside = || members.values().find_map(next_link);
            own.or(named).or_else(inside)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Whether a page of so many items may be followed by another one.
fn is_full(operation: &Operation, n_items: u64) -> bool {
    longest_page(operation).is_none_or(|(_, most)| n_items >= most)
}

/// The parameter that says how long a page is, with its greatest value.
fn longest_page(operation: &Operation) -> Option<(&str, u64)> {
    let limit = operation.parameters.iter().find(|parameter| {
        parameter.place == Place::Query && parameter.field.name.eq_ignore_ascii_case("limit")
    })?;
    let most = limit.field.statements.iter().find_map(|statement| {
        if let Constraint::Range { max, .. } = statement.constraint {
            max.and_then(|max| u64::try_from(max.floor()).ok())
        } else {
            None
        }
    });
    Some((limit.field.name.as_str(), most?))
}

fn parameter<'a>(operation: &'a Operation, words: &[&str]) -> Option<&'a str> {
    let mut query = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Query)
        .map(|parameter| parameter.field.name.as_str());
    query.find(|name| words.iter().any(|word| name.eq_ignore_ascii_case(word)))
}
