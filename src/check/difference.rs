//! What is different between two answers, in few words.

use serde_json::Value;

use super::Answer;
use super::answer::shortened;

/// More differing places than this are only counted.
const MOST_PLACES: usize = 5;

/// What was there before and what is there now, place by place.
pub(super) fn describe(before: &Answer<'_>, after: &Answer<'_>) -> (String, String) {
    if before.status() != after.status() {
        return (before.seen(), after.seen());
    }
    let (Some(old), Some(new)) = (before.json(), after.json()) else {
        return ("a JSON body".to_owned(), "something else".to_owned());
    };
    let mut places = Vec::new();
    compare("", Some(old), Some(new), &mut places);
    let more = places.len().saturating_sub(MOST_PLACES);
    let side = |pick: fn(&Place) -> &str| {
        let shown = places.iter().take(MOST_PLACES);
        let mut lines: Vec<String> = shown
            .map(|place| format!("{}: {}", place.pointer, pick(place)))
            .collect();
        if more > 0 {
            lines.push(format!("and {more} more places"));
        }
        lines.join("\n")
    };
    (side(|place| &place.old), side(|place| &place.new))
}

struct Place {
    pointer: String,
    old: String,
    new: String,
}

fn compare(pointer: &str, old: Option<&Value>, new: Option<&Value>, places: &mut Vec<Place>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let added = b.keys().filter(|key| !a.contains_key(*key));
            for key in a.keys().chain(added) {
                compare(&format!("{pointer}/{key}"), a.get(key), b.get(key), places);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for index in 0..a.len().max(b.len()) {
                compare(
                    &format!("{pointer}/{index}"),
                    a.get(index),
                    b.get(index),
                    places,
                );
            }
        }
        (old, new) => places.push(Place {
            pointer: pointer.to_owned(),
            old: told(old),
            new: told(new),
        }),
    }
}

fn told(value: Option<&Value>) -> String {
    value.map_or("nothing".to_owned(), |value| {
        shortened(&value.to_string(), 80)
    })
}
