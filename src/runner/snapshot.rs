//! What a target shows now, with everything that changes by itself replaced, independent of what
//! is documented.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::{Map, Value, json};

use crate::contract::{Contract, OperationId, is_plain_show};
use crate::target::Target;
use crate::wire::{Request, Response};

/// What one operation shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The operation.
    pub operation: OperationId,
    /// Its answer, or why there is none.
    pub shown: Result<Value, String>,
}

/// Asks everything that can be asked with what is lent, and tells what is shown.
pub fn pictures(contract: &Contract, target: &mut dyn Target, tell: &mut dyn FnMut(Picture)) {
    let lent = target.lent().clone();
    for operation in contract
        .operations
        .iter()
        .filter(|known| is_plain_show(known))
    {
        let first = |name: &str| Some(lent.0.get(name)?.first()?.as_str());
        let Some(path) = operation.path.filled(first) else {
            continue;
        };
        if target.halted().is_some() {
            return;
        }
        let mut request = Request::new(operation.method, path);
        request.headers.set("Accept", "application/json");
        contract.ask_usual_version(operation, &mut request);
        target.authorize(&mut request);
        let answer = target.send(&request);
        let shown = answer
            .map(|answer| picture(&answer))
            .map_err(|failure| failure.to_string());
        let operation = operation.id.clone();
        tell(Picture { operation, shown });
    }
}

fn picture(answer: &Response) -> Value {
    let mut names = Names::default();
    let kind = answer.headers.get("Content-Type").unwrap_or_default();
    let body = match serde_json::from_slice::<Value>(&answer.body) {
        Ok(body) => names.replaced(body),
        Err(_) => Value::String(names.replaced_in(&String::from_utf8_lossy(&answer.body))),
    };
    json!({ "status": answer.status, "content_type": kind, "body": body })
}

/// What changes by itself: ids, times, addresses.
static CHANGING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)",
        r"|(?P<id>\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b|\b[0-9a-fA-F]{32}\b)",
        r"|(?P<address>\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b)",
    ))
    .expect("the pattern is well-formed")
});

/// Names for what changes: the same thing has the same name all over an answer.
#[derive(Default)]
struct Names {
    given: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, u32>,
}

impl Names {
    fn replaced(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.replaced_in(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.replaced(item)).collect(),
            Value::Object(members) => {
                let replaced = members.into_iter().map(|(name, value)| {
                    let name = self.replaced_in(&name);
                    (name, self.replaced(value))
                });
                Value::Object(replaced.collect::<Map<_, _>>())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value,
        }
    }

    fn replaced_in(&mut self, text: &str) -> String {
        let name = |found: &Captures<'_>| {
            let kind = ["time", "id", "address"]
                .into_iter()
                .find(|kind| found.name(kind).is_some());
            self.name(kind.unwrap_or("id"), &found[0])
        };
        CHANGING.replace_all(text, name).into_owned()
    }

    fn name(&mut self, kind: &'static str, text: &str) -> String {
        let counts = &mut self.counts;
        let given = self.given.entry(text.to_owned()).or_insert_with(|| {
            let count = counts.entry(kind).or_default();
            *count += 1;
            format!("<{kind}-{count}>")
        });
        given.clone()
    }
}

/// What differs between two pictures, one line each: `+ /body/server/colour: "red"`.
pub fn drift(before: &Value, now: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", before, now, &mut found);
    found
}

fn compare(at: &str, before: &Value, now: &Value, found: &mut Vec<String>) {
    match (before, now) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in old {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match new.get(name) {
                    Some(now) => compare(&at, value, now, found),
                    None => found.push(format!("- {at}: {}", short(value))),
                }
            }
            for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                found.push(format!("+ {at}: {}", short(value)));
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for (position, pair) in old.iter().zip(new).enumerate() {
                compare(&format!("{at}/{position}"), pair.0, pair.1, found);
            }
            for (position, value) in old.iter().enumerate().skip(new.len()) {
                found.push(format!("- {at}/{position}: {}", short(value)));
            }
            for (position, value) in new.iter().enumerate().skip(old.len()) {
                found.push(format!("+ {at}/{position}: {}", short(value)));
            }
        }
        _ if before == now => {}
        _ => found.push(format!("~ {at}: {} is now {}", short(before), short(now))),
    }
}

/// A value in at most one line.
fn short(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Headers;

    fn shown(body: &str) -> Value {
        let mut headers = Headers::default();
        headers.set("Content-Type", "application/json");
        picture(&Response {
            status: 200,
            headers,
            body: body.to_owned().into(),
        })
    }

    #[test]
    fn what_changes_by_itself_has_a_name_that_stays() {
        let one = r#"{"id":"11111111-1111-4111-8111-111111111111","link":"http://10.0.0.7:8774/v1/0123456789abcdef0123456789abcdef/kettles/11111111-1111-4111-8111-111111111111","built":"2031-02-03T04:05:06Z","mac":"fa:16:3e:00:00:01","litres":2,"11111111-1111-4111-8111-111111111111":[]}"#;
        let other = one
            .replace("1111-4111", "2222-4111")
            .replace("2031", "2032")
            .replace("10.0.0.7", "10.0.0.9")
            .replace("00:01", "00:02");
        assert_eq!(shown(one), shown(&other));
        let body = &shown(one)["body"];
        assert_eq!(body["link"], "http://<address-1>/v1/<id-2>/kettles/<id-1>");
        assert_eq!(
            (&body["built"], &body["mac"], &body["litres"]),
            (&json!("<time-1>"), &json!("<address-2>"), &json!(2))
        );
    }

    #[test]
    fn drift_is_told_place_by_place() {
        let before = shown(r#"{"kettle":{"name":"Grey","lid":true,"spouts":[1,2]}}"#);
        let now = shown(r#"{"kettle":{"name":"Blue","whistle":"a/b","spouts":[1]}}"#);
        assert_eq!(
            drift(&before, &now),
            [
                "~ /body/kettle/name: \"Grey\" is now \"Blue\"",
                "- /body/kettle/lid: true",
                "- /body/kettle/spouts/1: 2",
                "+ /body/kettle/whistle: \"a/b\"",
            ]
        );
        assert_eq!(drift(&before, &before), Vec::<String>::new());
    }
}
