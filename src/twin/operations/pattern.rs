//! What operations on many kinds of things have in common: list, show, delete.
//!
//! A kind of thing is a [`Thing`]; an operation of a known pattern is then a line in the table.

use serde_json::{Map, Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts::links;
use super::super::fault::Fault;
use super::super::world::{Collection, World};
use super::page;

/// A kind of thing that is listed, shown and removed.
pub(super) trait Thing: Clone + 'static {
    /// What answers call one of it, and many.
    const ONE: &'static str;
    const MANY: &'static str;
    /// The part of a path, where it is not what answers call many.
    const PATH: &'static str = Self::MANY;

    /// Whether short lists say all that long ones do.
    const LISTED_WHOLE: bool = false;

    /// Whether lists start with the newest.
    const NEWEST_FIRST: bool = false;

    fn all(world: &World) -> &Collection<Self>;
    fn all_mut(world: &mut World) -> &mut Collection<Self>;
    fn id(&self) -> &str;
    fn name(&self) -> &str;
    /// Whose it is; None is everybody's.
    fn project(&self) -> Option<&str>;
    /// Everything about it.
    fn facts(&self, world: &World, call: &Call<'_>) -> Value;

    /// What a short list says of it.
    fn brief(&self, world: &World, call: &Call<'_>) -> Value {
        if Self::LISTED_WHOLE {
            return self.facts(world, call);
        }
        json!({ "id": self.id(), "name": self.name(), "links": links(call, Self::PATH, self.id()) })
    }

    /// The key of a thing that a path names.
    fn key(call: &Call<'_>, id: &str) -> String {
        let _ = call;
        id.to_owned()
    }

    /// What is said when there is no such thing.
    fn missing(id: &str) -> Fault {
        Fault::missing(Self::ONE, id)
    }

    /// Whether a list with this query has it.
    fn is_asked_for(&self, world: &World, call: &Call<'_>) -> Result<bool, Fault> {
        let _ = (world, call);
        Ok(true)
    }

    /// Whether it may be removed.
    fn may_go(&self, world: &World, call: &Call<'_>) -> Result<(), Fault> {
        let _ = (world, call);
        Ok(())
    }

    /// What it is sorted by under a sort key.
    fn sorted_by(&self, call: &Call<'_>, key: &str) -> Option<page::SortValue> {
        let _ = call;
        match key {
            "name" | "display_name" => Some(page::SortValue::Text(self.name().to_owned())),
            "id" | "uuid" => Some(page::SortValue::Text(self.id().to_owned())),
            _ => None,
        }
    }
}

/// How a kind of thing is kept: the collection of the world, and what its id and its name are called.
macro_rules! kept {
    ($all:ident, $id:ident, $name:ident) => {
        fn all(world: &World) -> &$crate::twin::world::Collection<Self> {
            &world.$all
        }

        fn all_mut(world: &mut World) -> &mut $crate::twin::world::Collection<Self> {
            &mut world.$all
        }

        fn id(&self) -> &str {
            &self.$id
        }

        fn name(&self) -> &str {
            &self.$name
        }
    };
}
pub(super) use kept;

/// The thing of this id, where the caller's project has it.
pub(super) fn find<'w, T: Thing>(
    world: &'w World,
    call: &Call<'_>,
    id: &str,
) -> Result<&'w T, Fault> {
    let found = T::all(world).get(&T::key(call, id));
    found
        .filter(|thing| is_visible(*thing, call))
        .ok_or_else(|| T::missing(id))
}

/// The thing of this id, to change it.
pub(super) fn find_mut<'w, T: Thing>(
    world: &'w mut World,
    call: &Call<'_>,
    id: &str,
) -> Result<&'w mut T, Fault> {
    find::<T>(world, call, id)?;
    let key = T::key(call, id);
    T::all_mut(world)
        .get_mut(&key)
        .ok_or_else(|| T::missing(id))
}

/// Everything of a kind that the caller's project has.
pub(super) fn visible<'w, T: Thing>(
    world: &'w World,
    call: &Call<'_>,
) -> impl Iterator<Item = &'w T> {
    let project = call.project().to_owned();
    T::all(world)
        .values()
        .filter(move |thing| thing.project().is_none_or(|owner| owner == project))
}

fn is_visible<T: Thing>(thing: &T, call: &Call<'_>) -> bool {
    thing.project().is_none_or(|owner| owner == call.project())
}

/// Lists things in a few words.
pub(super) fn list<T: Thing>(world: &mut World, call: &Call<'_>) -> Outcome {
    listed::<T>(world, call, T::brief)
}

/// Lists things with everything about them.
pub(super) fn detail<T: Thing>(world: &mut World, call: &Call<'_>) -> Outcome {
    listed::<T>(world, call, T::facts)
}

fn listed<T: Thing>(
    world: &World,
    call: &Call<'_>,
    tell: fn(&T, &World, &Call<'_>) -> Value,
) -> Outcome {
    let mut found = Vec::new();
    for thing in visible::<T>(world, call) {
        if thing.is_asked_for(world, call)? {
            found.push(thing);
        }
    }
    let page = page::of(found, call)?;
    let told = page.things.iter().map(|thing| tell(thing, world, call));
    let mut facts = Map::new();
    facts.insert(T::MANY.to_owned(), told.collect());
    if let Some(last) = page.more_after {
        let links = json!([{ "rel": "next", "href": page::next_link(call, last) }]);
        facts.insert(format!("{}_links", T::MANY), links);
    }
    if let Some(last) = page.things.last() {
        // No document says that the last page has none; what comes after it is empty.
        facts.insert("page_info".to_owned(), json!({ "next_marker": last.id() }));
    }
    facts.insert("count".to_owned(), json!(page.n_all));
    Ok(Value::Object(facts).into())
}

/// Shows one thing.
pub(super) fn show<T: Thing>(world: &mut World, call: &Call<'_>) -> Outcome {
    let thing: &T = find(world, call, &call.last)?;
    Ok(json!({ T::ONE: thing.facts(world, call) }).into())
}

/// Removes one thing.
pub(super) fn delete<T: Thing>(world: &mut World, call: &Call<'_>) -> Outcome {
    let id = call.last.as_str();
    let thing: &T = find(world, call, id)?;
    if thing.project().is_none() {
        return Err(Fault::not_allowed());
    }
    thing.may_go(world, call)?;
    let key = T::key(call, id);
    T::all_mut(world).remove(&key);
    Ok(Answer::nothing())
}
