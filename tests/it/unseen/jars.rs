//! Shelves, and jars on them that no call takes away: they go with their shelf.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::{Service, answered};

const TOKEN: &str = "a token of the shelves";

/// Shelves by their ids, each with its name and its jars.
#[derive(Default)]
struct Shelves {
    shelves: BTreeMap<String, (String, BTreeMap<String, i64>)>,
    n_ids: usize,
    /// A jar may be too heavy.
    heavy: bool,
}

/// The shelves behind HTTP.
struct Behind(Mutex<Shelves>);

impl Shelves {
    fn id(&mut self) -> String {
        self.n_ids += 1;
        format!("5b1e7c90-0d3a-4f2b-9c44-{:012x}", self.n_ids)
    }

    fn weight(&self, sent: &Value) -> Result<i64, u16> {
        let most = if self.heavy { 51 } else { 50 };
        let weight = sent["weight"].as_i64().ok_or(400_u16)?;
        (1..=most).contains(&weight).then_some(weight).ok_or(400)
    }

    fn answer(&mut self, request: &Request) -> Result<(u16, Value), u16> {
        let token = request.headers.get("X-Auth-Token");
        if token.is_none_or(|token| token != TOKEN) {
            return Err(401);
        }
        let path = request.url.path().to_owned();
        let parts: Vec<&str> = path.split('/').skip(2).collect();
        let sent = || serde_json::from_slice::<Value>(&request.body).map_err(|_| 400_u16);
        match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["pantry", "shelves"]) => {
                let name = sent()?["name"].as_str().ok_or(400_u16)?.to_owned();
                if !(1..=20).contains(&name.chars().count()) {
                    return Err(400);
                }
                let id = self.id();
                let shelf = (name.clone(), BTreeMap::new());
                self.shelves.insert(id.clone(), shelf);
                Ok((201, json!({"id": id, "name": name})))
            }
            ("GET", ["pantry", "shelves", id]) => {
                let (name, _) = self.shelves.get(*id).ok_or(404_u16)?;
                Ok((200, json!({"id": id, "name": name})))
            }
            ("DELETE", ["pantry", "shelves", id]) => {
                self.shelves.remove(*id).ok_or(404_u16)?;
                Ok((204, Value::Null))
            }
            ("POST", ["pantry", "shelves", id, "jars"]) => {
                let jar = self.id();
                let weight = sent().and_then(|sent| self.weight(&sent));
                let (_, jars) = self.shelves.get_mut(*id).ok_or(404_u16)?;
                jars.insert(jar.clone(), weight?);
                Ok((201, json!({"id": jar, "weight": weight?})))
            }
            ("PUT", ["pantry", "shelves", id, "jars", jar]) => {
                let weight = sent().and_then(|sent| self.weight(&sent));
                let (_, jars) = self.shelves.get_mut(*id).ok_or(404_u16)?;
                let known = jars.get_mut(*jar).ok_or(404_u16)?;
                *known = weight?;
                Ok((200, json!({"id": jar, "weight": weight?})))
            }
            _ => Err(404),
        }
    }
}

impl Respond for Behind {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        answered(self.0.lock().unwrap().answer(request))
    }
}

fn tried(heavy: bool) -> (Option<i32>, String) {
    let service = Service {
        page: ("jars.md", include_bytes!("jars.md")),
        project: "pantry",
        token: TOKEN,
    };
    let shelves = Shelves {
        heavy,
        ..Shelves::default()
    };
    service.tried(Behind(Mutex::new(shelves)), &[])
}

#[test]
fn jars_are_put_on_shelves_of_the_runs_own_with_which_they_go() {
    let (code, told) = tried(false);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("covered     5 operations"), "{told}");
    for reason in [
        "no documented operation removes",
        "nobody lends `jar_id`",
        "still there",
    ] {
        assert!(!told.contains(reason), "{told}");
    }
    let (code, told) = tried(true);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("accepted weight"), "{told}");
}
