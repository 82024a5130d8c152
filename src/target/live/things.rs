//! Finds and removes what a run made in collections, also where no answer names it: by the run's
//! mark in its name, by the name that was asked for, and what was made inside of it.
//!
//! Nothing is claimed that a list showed before the run made anything.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::journal::{Census, Journal, Made, Place};
use super::look::{Items, Known, View, about, around, filled, mentions};
use super::made::{texts_at, usual_member};
use super::remove::{End, Removal, SETTLES_WITHIN};
use super::{Live, Target as _};
use crate::contract::{
    Contract, Creation, FieldPath, Kind, Listing, Named, Operation, PathTemplate, Presence,
    Segment, Step, is_plain_show, is_project, listings, same_name,
};
use crate::target::Lent;
use crate::wire::{Method, Request};

impl Items {
    /// What is noted of a list before anything is made.
    pub(super) fn census(&self) -> Census {
        Census {
            ids: self.ids(),
            whole: self.whole,
        }
    }

    /// What was not there before. Nothing, where nobody knows all that was there.
    fn since(self, before: Option<&Census>) -> Vec<(String, Value)> {
        let Some(before) = before.filter(|before| before.whole) else {
            return Vec::new();
        };
        let items = self.items.into_iter();
        items.filter(|(id, _)| !before.ids.contains(id)).collect()
    }
}

/// The lists that must be read before a creation: of its own collection, and of what may be made
/// inside of what it makes. Each with the path that is asked.
pub(super) fn censuses<'c>(
    contract: &'c Contract,
    creation: &Creation,
    request: &Request,
    lent: &Lent,
) -> Vec<(String, Listing<'c>)> {
    let makes = contract.operation(&creation.makes);
    let mut known = makes.map_or_else(Known::new, |makes| makes.path.values(request.path()));
    for (name, values) in &lent.0 {
        known.extend(
            values
                .first()
                .filter(|_| is_project(name))
                .map(|value| (name.clone(), value.clone())),
        );
    }
    let inner = inner(contract, creation)
        .into_iter()
        .map(|(_, listing)| listing);
    let own = own_lists(contract, creation);
    let all = own.into_iter().chain(inner);
    let paths = all.filter_map(|listing| Some((filled(&listing.operation.path, &known)?, listing)));
    paths.collect()
}

/// The lists of what a creation makes: of its own collection, else of things of that name anywhere.
fn own_lists<'c>(contract: &'c Contract, creation: &Creation) -> Vec<Listing<'c>> {
    let makes = contract.operation(&creation.makes);
    let (Some(makes), Some(name)) = (makes, creation.named.id()) else {
        return Vec::new();
    };
    let plain = |consumer: &Operation| {
        let mut lists = listings(contract, consumer, name);
        lists.retain(|listing| is_plain_show(listing.operation));
        lists
    };
    let Some(collection) = creation.collection(contract) else {
        return Vec::new();
    };
    let mut thing = makes.clone();
    thing.path = collection.clone();
    thing.path.0.push(Segment::Parameter(name.to_owned()));
    let mut own = plain(&thing);
    if own.is_empty() {
        own = plain(makes);
    }
    if own.is_empty() {
        own.extend(list_at(contract, &collection, name));
    }
    own
}

/// What else can be removed from a list of the project, and so may be made inside of what a creation
/// makes. Each with its removal.
fn inner<'c>(contract: &'c Contract, creation: &Creation) -> Vec<(&'c Operation, Listing<'c>)> {
    let own = creation.named.id().unwrap_or_default();
    let removals = contract
        .operations
        .iter()
        .filter(|operation| operation.method == Method::Delete);
    let found = removals.filter_map(|removes| {
        let name = match removes.path.0.last()? {
            Segment::Parameter(name) => name,
            Segment::Literal(_) => return None,
        };
        let of_project = removes.path.collection().parameters().all(is_project);
        if same_name(name, own) || !of_project || !may_hold(contract, creation, name) {
            return None;
        }
        let mut lists = listings(contract, removes, name).into_iter();
        let documented = lists.find(|listing| is_plain_show(listing.operation));
        let undocumented = || list_at(contract, &removes.path.collection(), name);
        let listing = documented.or_else(undocumented)?;
        Some((removes, listing))
    });
    found.collect()
}

/// Whether a creation may make things that paths call by this name inside of what it makes. What is
/// whole as soon as it is answered holds only what its documents speak of.
fn may_hold(contract: &Contract, creation: &Creation, name: &str) -> bool {
    let Some(makes) = contract.operation(&creation.makes) else {
        return true;
    };
    if makes.is_async() || makes.success.iter().any(|(status, _)| *status == 202) {
        return true;
    }
    let noun = plain(name.trim_end_matches("_id").trim_end_matches("_name"));
    let fields = makes.request_fields().into_iter();
    let mut fields = fields.chain(makes.response_fields());
    fields.any(|(_, field)| plain(&field.name).contains(&noun))
}

/// Letters and digits of a name, small.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.collect::<String>().to_ascii_lowercase()
}

/// What lists a collection of things that paths call by this name, where its document does not say
/// how ids stand in the answer.
fn list_at<'c>(
    contract: &'c Contract,
    collection: &PathTemplate,
    name: &str,
) -> Option<Listing<'c>> {
    let mut operations = contract.operations.iter();
    let operation =
        operations.find(|other| is_plain_show(other) && other.path.same_shape(collection))?;
    let fields = operation.response_fields().into_iter();
    let mut lists = fields.filter(|(_, field)| matches!(field.kind, Kind::Array(_)));
    let (items, field) = lists.next()?;
    let ids = items.child(&field.kind, usual_member(name));
    Some(Listing {
        operation,
        items,
        ids,
    })
}

impl Removal<'_> {
    /// Removes all that the request made, and notes what else was made inside of it.
    pub(super) fn remove_things(
        &self,
        live: &mut Live,
        journal: &mut Journal,
        told: Vec<String>,
    ) -> End {
        let Some(name) = self.creation.named.id() else {
            return End::Left("nobody knows what it is called".to_owned());
        };
        let (mut ids, mut waited, mut pauses) = (BTreeSet::new(), Duration::ZERO, live.pauses());
        ids.extend(told);
        ids.extend(self.asked(live, name));
        let mut unclaimed = self.listed(live, journal, &mut ids);
        // Something may still appear when nobody knows whether it was made.
        while ids.is_empty()
            && waited < self.settles().max(SETTLES_WITHIN)
            && let Some(pause) = pauses.next()
        {
            live.wait(pause);
            waited += pause;
            unclaimed = self.listed(live, journal, &mut ids);
        }
        if ids.is_empty() {
            return self.nothing_known(live, unclaimed);
        }
        let ends = ids.iter().map(|id| {
            self.remove_thing(live, journal, name, id)
                .unwrap_or_else(|cause| End::Left(format!("the journal cannot be kept: {cause}")))
        });
        End::of_all(ends)
    }

    fn remove_thing(
        &self,
        live: &mut Live,
        journal: &mut Journal,
        name: &str,
        id: &str,
    ) -> std::io::Result<End> {
        self.note_inner(live, journal, name, id)?;
        let views = self.views(live, journal, name, id)?;
        let request = self.removal_of(name, id);
        let look_first = self.open.told.is_none();
        Ok(self.persist(live, &request, look_first, &mut |live| {
            self.is_shown(live, &views, id)
        }))
    }

    /// Where one sees whether a thing is there. What neither a path of its own nor a list shows may be
    /// shown with what it is in. Only that it was shown there tells that it would be, and once it is
    /// removed nobody can tell that any more: it is noted before.
    pub(super) fn views(
        &self,
        live: &mut Live,
        journal: &mut Journal,
        name: &str,
        id: &str,
    ) -> std::io::Result<Vec<View>> {
        let mut views = self.about(name, id);
        let whole = format!("/{id}");
        if views.iter().any(|(path, _)| path.ends_with(&whole)) {
            // What shows a part of it tells nothing more.
            views.retain(|(path, itself)| !itself || path.ends_with(&whole));
        }
        if !views.is_empty() {
            return Ok(views);
        }
        let mut noted = self.open.shown_at.iter().filter(|place| place.id == id);
        if let Some(place) = noted.next() {
            return Ok(vec![(place.path.clone(), false)]);
        }
        let mut around = around(self.contract, &self.collection(), &self.known()).into_iter();
        let shows = |path: &String| {
            let answer = live.ask(path);
            answer.is_some_and(|(status, body)| status == 200 && mentions(&body, id))
        };
        let Some(path) = around.find(shows) else {
            return Ok(Vec::new());
        };
        let place = Place {
            id: id.to_owned(),
            path: path.clone(),
        };
        journal.shown_at(self.open.made.number, place)?;
        Ok(vec![(path, false)])
    }

    fn removal_of(&self, name: &str, id: &str) -> Request {
        let Named::Listed { ids, .. } = &self.creation.named else {
            return Request::new(self.removes.method, self.path_with(name, id));
        };
        let path = filled(&self.removes.path, &self.known()).unwrap_or_default();
        let mut request = Request::new(self.removes.method, path);
        request.headers.set("Content-Type", "application/json");
        request.body = body_with(self.removes, ids, id).to_string().into();
        request
    }

    /// Names in the request under which the thing is removed, and which are the run's own.
    fn asked(&self, live: &Live, name: &str) -> Vec<String> {
        let Named::Parameter { asked, .. } = &self.creation.named else {
            return Vec::new();
        };
        let sent: Value = serde_json::from_str(&self.open.made.body).unwrap_or_default();
        let lent = live.lent.0.get(name);
        let is_lent = |id: &String| lent.is_some_and(|lent| lent.contains(id));
        let accepted = self.open.told.is_some();
        let own = |id: &String| {
            !is_lent(id) && (accepted || live.mark().is_some_and(|run| id.contains(run)))
        };
        texts_at(&sent, asked).into_iter().filter(own).collect()
    }

    /// Adds what lists show of it: by the run's mark, and by the name that was asked for where it is
    /// new. Gives what else is new, and how many lists could not be read to their end.
    fn listed(&self, live: &mut Live, journal: &Journal, ids: &mut BTreeSet<String>) -> Unclaimed {
        let mut unclaimed = Unclaimed::default();
        let known = self.known();
        let mark = live.mark().map(str::to_owned);
        let sent: Value = serde_json::from_str(&self.open.made.body).unwrap_or_default();
        let asked = names_in(&sent);
        let marks: Vec<&String> = asked
            .iter()
            .filter(|name| {
                mark.as_ref()
                    .is_some_and(|mark| name.contains(mark.as_str()))
            })
            .collect();
        for listing in own_lists(self.contract, self.creation) {
            let Some(path) = filled(&listing.operation.path, &known) else {
                continue;
            };
            let items = live.items(&listing, &path);
            unclaimed.is_whole |= items.whole;
            let marked = items.items.iter().filter(|(_, item)| {
                names_in(item)
                    .iter()
                    .any(|name| marks.iter().any(|mark| is_called(name, mark)))
            });
            ids.extend(marked.map(|(id, _)| id.clone()));
            for (id, item) in items.since(journal.before(&path)) {
                let called = names_in(&item)
                    .iter()
                    .any(|name| asked.iter().any(|asked| is_called(name, asked)));
                if called {
                    ids.insert(id);
                } else {
                    unclaimed.ids.insert(id);
                }
            }
        }
        unclaimed.is_marked = !marks.is_empty();
        unclaimed
    }

    /// What to say of a thing whose name is not known.
    fn nothing_known(&self, live: &Live, unclaimed: Unclaimed) -> End {
        let body = &self.open.made.body;
        // It would be listed by its name.
        if unclaimed.is_whole && (unclaimed.is_marked || unclaimed.ids.is_empty()) {
            return End::Gone;
        }
        let why = match (&self.open.told, live.lent.0.is_empty()) {
            (Some(_), _) => "the answer named nothing that can be removed",
            (None, _) => "its answer never came",
        };
        let new: Vec<&str> = unclaimed.ids.iter().map(String::as_str).collect();
        if new.is_empty() {
            return End::Left(format!("{why}; look for what was made of {body}"));
        }
        let new = new.join(", ");
        End::Left(format!(
            "{why}; new since the run began, and perhaps made of {body}: {new}"
        ))
    }

    /// Notes what was made inside of a thing, before that thing is gone. What the run made by a request of its own
    /// stands beside the thing, though the thing may name it.
    fn note_inner(
        &self,
        live: &mut Live,
        journal: &mut Journal,
        name: &str,
        id: &str,
    ) -> std::io::Result<()> {
        let mut known = self.known();
        let mut shown: Option<Vec<Value>> = None;
        for (removes, listing) in inner(self.contract, self.creation) {
            let Some(path) = filled(&listing.operation.path, &known) else {
                continue;
            };
            let new = live.items(&listing, &path).since(journal.before(&path));
            for (inside, item) in new {
                let mut open = journal.open().iter();
                if open.any(|open| open.made.path == path && open.has(&inside)) {
                    continue;
                }
                let own = mentions(&item, id)
                    || shown
                        .get_or_insert_with(|| self.shown(live, name, id))
                        .iter()
                        .any(|body| mentions(body, &inside));
                if !own {
                    continue;
                }
                let parameter = removes.path.parameters().last().unwrap_or_default();
                known.insert(0, (parameter.to_owned(), inside));
                let target = filled(&removes.path, &known).unwrap_or_default();
                known.remove(0);
                let noted = journal.open().iter().any(|open| open.made.path == target);
                if !noted {
                    journal.making(Made {
                        operation: removes.id.to_string(),
                        path: target,
                        inside: Some(self.open.made.number),
                        ..Made::default()
                    })?;
                }
            }
        }
        Ok(())
    }

    /// The paths that show one thing: for itself, and in the list of its kind.
    fn about(&self, name: &str, id: &str) -> Vec<View> {
        let known = self.known_with(name, id);
        about(self.contract, &self.collection(), &known, name)
    }

    /// All that is shown of one thing.
    fn shown(&self, live: &mut Live, name: &str, id: &str) -> Vec<Value> {
        let itself = self
            .about(name, id)
            .into_iter()
            .filter(|(_, itself)| *itself);
        itself
            .filter_map(|(path, _)| live.ask(&path))
            .map(|(_, body)| body)
            .collect()
    }
}

/// What is new in the lists and was not asked for by name.
#[derive(Debug, Default)]
struct Unclaimed {
    ids: BTreeSet<String>,
    /// Whether a list was read to its end.
    is_whole: bool,
    /// Whether the request has the run's mark in it.
    is_marked: bool,
}

/// Whether a name is the one asked for, or that with the number that is added where several things
/// are made at once.
fn is_called(name: &str, asked: &str) -> bool {
    name.strip_prefix(asked).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('-') && rest[1..].chars().all(|c| c.is_ascii_digit())
    })
}

/// The texts that a body or an item calls a name.
fn names_in(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(names_in).collect(),
        Value::Object(members) => {
            let own = members.iter().filter(|(key, _)| is_name(key));
            let own = own.filter_map(|(_, value)| value.as_str());
            let own = own.filter(|text| !text.is_empty()).map(str::to_owned);
            own.chain(members.values().flat_map(names_in)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn is_name(key: &str) -> bool {
    let key = key.replace(['_', '-'], "").to_ascii_lowercase();
    key == "name" || key == "displayname"
}

/// The smallest body of a removal of many that names this one: nothing else that a client may
/// choose is chosen.
fn body_with(removes: &Operation, ids: &FieldPath, id: &str) -> Value {
    let mut body = ids
        .0
        .iter()
        .rev()
        .fold(json!(id), |inner, step| match step {
            Step::Name(name) => json!({ name: inner }),
            Step::Items | Step::Key(_) => json!([inner]),
        });
    let others = removes.request_fields().into_iter();
    let others = others.filter(|(path, field)| {
        path.0.len() == 1 && path.0.first() != ids.0.first() && field.presence == Presence::Required
    });
    let empty = &mut Map::new();
    let members = body.as_object_mut().unwrap_or(empty);
    for (_, field) in others {
        if field.kind == Kind::Boolean {
            members.insert(field.name.clone(), Value::Bool(false));
        }
    }
    body
}
