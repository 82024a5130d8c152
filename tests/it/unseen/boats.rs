//! A server of the rowing boats that the page beside it documents, written by hand: boats that a task of
//! several parts makes, that can be sold only where they are moored, and that row out alone or together.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::{Request, Respond, ResponseTemplate};

pub const TOKEN: &str = "a token of the boat house";
pub const PROJECT: &str = "5d0f7f0a6c1b4a7e9d3c2b1a00000002";

/// What is wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// Of several boats only the first one rows out.
    FirstOnly,
    /// Of several boats none rows out.
    NoneOfThem,
    /// A boat moors on any side.
    AnySide,
    /// A boat that rows already rows out.
    RowsTwice,
    /// Only whole names are found.
    WholeNames,
    /// Without a key boats are listed in one order.
    AlwaysRising,
    /// A boat is covered, whatever was asked for.
    CoveredAnyway,
    /// A tag is not put on.
    TagForgotten,
    /// With one tag all of them are gone.
    AllTagsGone,
}

impl Bug {
    pub const ALL: [Bug; 9] = [
        Bug::FirstOnly,
        Bug::NoneOfThem,
        Bug::AnySide,
        Bug::RowsTwice,
        Bug::WholeNames,
        Bug::AlwaysRising,
        Bug::CoveredAnyway,
        Bug::TagForgotten,
        Bug::AllTagsGone,
    ];
}

struct Boat {
    facts: Value,
    tags: Vec<String>,
}

/// The boats, and for each task the boat that it makes and how often it was asked for.
#[derive(Default)]
struct House {
    boats: BTreeMap<String, Boat>,
    tasks: BTreeMap<String, (String, u32)>,
    n_ids: u128,
}

/// The server behind HTTP.
pub struct Server {
    bug: Option<Bug>,
    house: Mutex<House>,
}

type Answer = Result<(u16, Value), u16>;

const DONE: Answer = Ok((204, Value::Null));

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut house = self.house.lock().unwrap();
        match self.answer(&mut house, request) {
            Ok((status, Value::Null)) => ResponseTemplate::new(status),
            Ok((status, body)) => ResponseTemplate::new(status).set_body_json(body),
            Err(status) => {
                let number = [400, 401, 404, 409]
                    .iter()
                    .position(|known| *known == status);
                let code = format!("BOAT.000{}", number.unwrap() + 1);
                let body = json!({"error_code": code, "error_msg": "no"});
                ResponseTemplate::new(status).set_body_json(body)
            }
        }
    }
}

fn must(holds: bool, status: u16) -> Result<(), u16> {
    if holds { Ok(()) } else { Err(status) }
}

impl House {
    fn new() -> Self {
        let mut house = Self::default();
        for (name, seats) in [("swan", 3), ("mallard", 5), ("pintail", 2)] {
            house.add(name, seats, true);
        }
        house
    }

    fn id(&mut self) -> String {
        self.n_ids += 1;
        Uuid::from_u128(0x5b7d_0a52_0d0e_4f3a_9a55_0000_0000_0000 + self.n_ids).to_string()
    }

    fn add(&mut self, name: &str, seats: i64, covered: bool) -> String {
        let id = self.id();
        let facts =
            json!({"id": id, "name": name, "seats": seats, "covered": covered, "status": "MOORED"});
        let tags = Vec::new();
        self.boats.insert(id.clone(), Boat { facts, tags });
        id
    }

    fn boat(&mut self, id: &str) -> Result<&mut Boat, u16> {
        self.boats.get_mut(id).ok_or(404)
    }

    fn is_moored(&mut self, id: &str) -> Result<bool, u16> {
        Ok(self.boat(id)?.facts["status"] == "MOORED")
    }
}

impl Server {
    pub fn new(bug: Option<Bug>) -> Self {
        Self {
            bug,
            house: Mutex::new(House::new()),
        }
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn answer(&self, house: &mut House, request: &Request) -> Answer {
        let token = request.headers.get("X-Auth-Token");
        must(token.is_some_and(|token| token == TOKEN), 401)?;
        let path = request.url.path().to_owned();
        let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let ["v3", PROJECT, rest @ ..] = &path[..] else {
            return Err(404);
        };
        let query: BTreeMap<String, String> = request.url.query_pairs().into_owned().collect();
        let body = || serde_json::from_slice::<Value>(&request.body).map_err(|_| 400_u16);
        match (request.method.as_str(), rest) {
            ("POST", ["boats"]) => self.make(house, &body()?),
            ("GET", ["boats"]) => self.list(house, &query),
            ("POST", ["boats", "batch-row"]) => self.row_together(house, &body()?),
            ("GET", ["boats", id]) => Ok((200, json!({"boat": house.boat(id)?.facts}))),
            ("DELETE", ["boats", id]) => {
                must(house.is_moored(id)?, 409)?;
                house.boats.remove(*id);
                DONE
            }
            ("POST", ["boats", id, "action"]) => self.act(house, id, &body()?),
            ("GET", ["boats", id, "tags"]) => Ok((200, json!({"tags": house.boat(id)?.tags}))),
            ("PUT", ["boats", id, "tags", tag]) => self.tag(house.boat(id)?, tag),
            ("DELETE", ["boats", id, "tags", tag]) => self.untag(house.boat(id)?, tag),
            ("GET", ["tasks", id]) => task(house, id),
            _ => Err(404),
        }
    }

    fn make(&self, house: &mut House, body: &Value) -> Answer {
        let boat = body["boat"].as_object().ok_or(400_u16)?;
        let name = boat.get("name").and_then(Value::as_str).ok_or(400_u16)?;
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        must(plain && (1..=20).contains(&name.len()), 400)?;
        let seats = match boat.get("seats") {
            None => 2,
            Some(seats) => seats.as_i64().ok_or(400_u16)?,
        };
        must((1..=8).contains(&seats), 400)?;
        let covered = match boat.get("covered") {
            None => true,
            Some(covered) => covered.as_bool().ok_or(400_u16)?,
        };
        let id = house.add(name, seats, covered || self.has(Bug::CoveredAnyway));
        let task = house.id();
        house.tasks.insert(task.clone(), (id, 0));
        Ok((202, json!({"task_id": task})))
    }

    fn list(&self, house: &House, query: &BTreeMap<String, String>) -> Answer {
        let asked = |name: &str| query.get(name).map(String::as_str);
        let key = asked("sort_key").unwrap_or("name");
        let order = asked("sort_dir").unwrap_or("asc");
        must(
            ["name", "seats"].contains(&key) && ["asc", "desc"].contains(&order),
            400,
        )?;
        let is_found = |boat: &Value| {
            let name = boat["name"].as_str().unwrap();
            asked("name").is_none_or(|part| match self.has(Bug::WholeNames) {
                true => name == part,
                false => name.contains(part),
            })
        };
        let mut boats: Vec<&Value> = house.boats.values().map(|boat| &boat.facts).collect();
        boats.retain(|boat| is_found(boat));
        boats.sort_by_key(|boat| (boat[key].as_i64(), boat[key].as_str()));
        let stuck = self.has(Bug::AlwaysRising) && asked("sort_key").is_none();
        if order == "desc" && !stuck {
            boats.reverse();
        }
        Ok((200, json!({"boats": boats})))
    }

    fn row_together(&self, house: &mut House, body: &Value) -> Answer {
        let ids = body["boats"].as_array().ok_or(400_u16)?;
        let ids: Option<Vec<&str>> = ids.iter().map(Value::as_str).collect();
        let ids = ids.filter(|ids| !ids.is_empty()).ok_or(400_u16)?;
        for id in &ids {
            must(house.is_moored(id)?, 409)?;
        }
        let n_rowing = match self.bug {
            Some(Bug::FirstOnly) => 1,
            Some(Bug::NoneOfThem) => 0,
            _ => ids.len(),
        };
        for id in ids.iter().take(n_rowing) {
            house.boat(id)?.facts["status"] = json!("ROWING");
        }
        DONE
    }

    fn act(&self, house: &mut House, id: &str, body: &Value) -> Answer {
        let is_moored = house.is_moored(id)?;
        let body = body.as_object().ok_or(400_u16)?;
        let status = match (body.get("row"), body.get("moor")) {
            (Some(how), None) => {
                must(how.is_null(), 400)?;
                must(is_moored || self.has(Bug::RowsTwice), 409)?;
                "ROWING"
            }
            (None, Some(how)) => {
                let side = how["side"].as_str().ok_or(400_u16)?;
                must(
                    ["left", "right"].contains(&side) || self.has(Bug::AnySide),
                    400,
                )?;
                must(!is_moored, 409)?;
                "MOORED"
            }
            _ => return Err(400),
        };
        house.boat(id)?.facts["status"] = json!(status);
        DONE
    }

    fn tag(&self, boat: &mut Boat, tag: &str) -> Answer {
        must((1..=12).contains(&tag.len()), 400)?;
        if !boat.tags.iter().any(|known| known == tag) && !self.has(Bug::TagForgotten) {
            boat.tags.push(tag.to_owned());
        }
        DONE
    }

    fn untag(&self, boat: &mut Boat, tag: &str) -> Answer {
        must(boat.tags.iter().any(|known| known == tag), 404)?;
        let all = self.has(Bug::AllTagsGone);
        boat.tags.retain(|known| known != tag && !all);
        DONE
    }
}

/// What is shown of a task: it is done when it is asked for again.
fn task(house: &mut House, id: &str) -> Answer {
    let (boat, n_asked) = house.tasks.get_mut(id).ok_or(404_u16)?;
    *n_asked += 1;
    let status = if *n_asked > 1 { "SUCCESS" } else { "RUNNING" };
    let part = json!({"task_id": boat, "status": status, "entities": {"boat_id": boat}});
    let entities = json!({"sub_tasks_total": 1, "sub_tasks": [part]});
    let shown = json!({"task_id": id, "status": status, "entities": entities});
    Ok((200, shown))
}
