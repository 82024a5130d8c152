//! Tags: words without values (compute API), and keys with values (the other APIs).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::fault::Fault;
use super::super::world::{Server, World};
use super::pattern::{find, find_mut, visible};
use super::values::{items, number, word};

/// Words and keys that a server may have.
const MOST_TAGS: u64 = 50;
const MOST_LABELS: u64 = 10;
/// Characters of a word.
const LONGEST_TAG: usize = 80;

/// Lists the words.
pub(super) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "tags": server.tags }).into())
}

/// Puts these words in the place of those that are there.
pub(super) fn replace(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut tags: Vec<String> = Vec::new();
    for tag in items(&call.body["tags"]).iter().map(word) {
        proper(tag)?;
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    if tags.len() as u64 > call.limit(MOST_TAGS) {
        return Err(Fault::too_many_tags());
    }
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    server.tags = tags;
    Ok(json!({ "tags": server.tags }).into())
}

/// Removes all words.
pub(super) fn clear(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    server.tags.clear();
    Ok(Answer::nothing())
}

/// Adds a word. Adding it twice is like adding it once.
pub(super) fn add(world: &mut World, call: &Call<'_>) -> Outcome {
    let tag = call.parameter("tag");
    proper(tag)?;
    let limit = call.limit(MOST_TAGS);
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    if server.tags.iter().any(|known| known == tag) {
        return Ok(Answer {
            status: Some(204),
            ..Answer::nothing()
        });
    }
    if server.tags.len() as u64 >= limit {
        return Err(Fault::too_many_tags());
    }
    server.tags.push(tag.to_owned());
    Ok(Answer::nothing())
}

/// Says whether a word is there.
pub(super) fn show(world: &mut World, call: &Call<'_>) -> Outcome {
    let tag = call.parameter("tag");
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    if server.tags.iter().any(|known| known == tag) {
        Ok(Answer::nothing())
    } else {
        Err(Fault::missing("the tag", tag))
    }
}

/// Removes a word.
pub(super) fn remove(world: &mut World, call: &Call<'_>) -> Outcome {
    show(world, call)?;
    let tag = call.parameter("tag");
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    server.tags.retain(|known| known != tag);
    Ok(Answer::nothing())
}

fn proper(tag: &str) -> Result<(), Fault> {
    let length = tag.chars().count();
    if length == 0 || length > LONGEST_TAG || tag.contains(['/', ',']) {
        return Err(Fault::invalid(format!(
            "a tag has 1 to {LONGEST_TAG} characters, and neither slash nor comma"
        )));
    }
    Ok(())
}

/// The keys with values of a server.
pub(super) fn labels(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "tags": told(server), "sys_tags": [] }).into())
}

fn told(server: &Server) -> Vec<Value> {
    let labels = server.labels.iter();
    labels
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect()
}

/// Adds keys with values. A key that is there gets the new value.
pub(super) fn add_labels(world: &mut World, call: &Call<'_>) -> Outcome {
    let limit = call.limit(MOST_LABELS);
    let given = distinct(items(&call.body["tags"]))?;
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    let new = given
        .keys()
        .filter(|key| !server.labels.contains_key(**key));
    if (server.labels.len() + new.count()) as u64 > limit {
        return Err(Fault::too_many_tags());
    }
    for (key, value) in given {
        server
            .labels
            .insert(key.to_owned(), word(&value["value"]).to_owned());
    }
    Ok(Answer::nothing())
}

/// Removes keys. One that is not there is no mistake.
pub(super) fn remove_labels(world: &mut World, call: &Call<'_>) -> Outcome {
    let given = distinct(items(&call.body["tags"]))?;
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    for key in given.keys() {
        server.labels.remove(*key);
    }
    Ok(Answer::nothing())
}

/// The tags of a request by key. A key must not come twice.
fn distinct(given: &[Value]) -> Result<BTreeMap<&str, &Value>, Fault> {
    let mut tags = BTreeMap::new();
    for tag in given {
        if tags.insert(word(&tag["key"]), tag).is_some() {
            return Err(Fault::invalid("tags has a key twice"));
        }
    }
    if tags.is_empty() {
        return Err(Fault::invalid("tags is empty"));
    }
    Ok(tags)
}

/// All keys of the project's servers, with the values that each has.
pub(super) fn all_labels(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut tags: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for server in visible::<Server>(world, call) {
        for (key, value) in &server.labels {
            let values = tags.entry(key).or_default();
            if !values.contains(&value.as_str()) {
                values.push(value);
            }
        }
    }
    let tags = tags.iter();
    let tags = tags.map(|(key, values)| json!({ "key": key, "values": values }));
    Ok(json!({ "tags": tags.collect::<Vec<_>>() }).into())
}

/// Finds or counts servers by their keys with values.
pub(super) fn servers_by_labels(world: &mut World, call: &Call<'_>) -> Outcome {
    let servers = visible::<Server>(world, call).filter(|server| fits(server, &call.body));
    let found: Vec<&Server> = servers.collect();
    let n_all = found.len();
    if call.body["action"] == "count" {
        return Ok(json!({ "total_count": n_all }).into());
    }
    let limit = number(&call.body["limit"]).unwrap_or(1000).min(1000);
    let offset = number(&call.body["offset"]).unwrap_or(0);
    let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = found.iter().skip(whole(offset)).take(whole(limit));
    let resources = page.map(|server| {
        json!({
            "resource_id": server.id, "resource_name": server.name, "resource_detail": null,
            "tags": told(server),
        })
    });
    Ok(json!({ "resources": resources.collect::<Vec<_>>(), "total_count": n_all }).into())
}

fn fits(server: &Server, asked: &Value) -> bool {
    let has = |tag: &Value| {
        let value = server.labels.get(word(&tag["key"]));
        let wanted = items(&tag["values"]);
        value.is_some_and(|value| wanted.is_empty() || wanted.iter().any(|one| one == value))
    };
    let named = |condition: &Value| server.name.contains(word(&condition["value"]));
    let unwanted = items(&asked["not_tags"]);
    items(&asked["tags"]).iter().all(has)
        && (unwanted.is_empty() || !unwanted.iter().all(has))
        && items(&asked["matches"]).iter().all(named)
}
