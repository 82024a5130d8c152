//! What callers note about a server: texts by key.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::call::{Answer, Call, Outcome};
use super::super::fault::Fault;
use super::super::world::{Server, World};
use super::pattern::{find, find_mut};
use super::values::{texts, word};

/// Keys that a server may have.
const MOST: u64 = 128;

/// Shows everything.
pub(super) fn show(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "metadata": server.metadata }).into())
}

/// Shows one key.
pub(super) fn show_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let key = call.parameter("key");
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let value = server.metadata.get(key);
    let value = value.ok_or_else(|| Fault::missing("the metadata key", key))?;
    Ok(json!({ "meta": { key: value } }).into())
}

/// Adds to what is there.
pub(super) fn merge(world: &mut World, call: &Call<'_>) -> Outcome {
    let given = texts(&call.body["metadata"]);
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    let mut merged = server.metadata.clone();
    merged.extend(given);
    note(server, merged, call)?;
    Ok(json!({ "metadata": server.metadata }).into())
}

/// Has a server hold these texts, where they are not too many.
fn note(
    server: &mut Server,
    texts: BTreeMap<String, String>,
    call: &Call<'_>,
) -> Result<(), Fault> {
    if texts.len() as u64 > call.limit(MOST) {
        return Err(Fault::invalid(
            "the server has as much metadata as it may have",
        ));
    }
    server.metadata = texts;
    Ok(())
}

/// Puts this in the place of what is there.
pub(super) fn replace(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    note(server, texts(&call.body["metadata"]), call)?;
    Ok(json!({ "metadata": server.metadata }).into())
}

/// Sets one key: the one that the path names.
pub(super) fn set_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let key = call.parameter("key");
    let Some(value) = call.body["meta"].get(key) else {
        return Err(Fault::invalid(
            "meta must have the key that the path names, and no other",
        ));
    };
    if texts(&call.body["meta"]).len() > 1 {
        return Err(Fault::invalid("meta must have one key"));
    }
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    let mut noted = server.metadata.clone();
    noted.insert(key.to_owned(), word(value).to_owned());
    note(server, noted, call)?;
    Ok(json!({ "meta": { key: value } }).into())
}

/// Removes one key.
pub(super) fn remove_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let key = call.parameter("key");
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    match server.metadata.remove(key) {
        Some(_) => Ok(Answer::nothing()),
        None => Err(Fault::missing("the metadata key", key)),
    }
}
