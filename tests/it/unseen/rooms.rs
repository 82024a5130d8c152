//! A server of the tea rooms that the page beside it documents, written by hand: rooms that are prepared
//! for a while and changed for a while, with no job that says so, and doors with passwords.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::{Request, Respond, ResponseTemplate};

pub const TOKEN: &str = "a token of the tea house";
pub const PROJECT: &str = "5d0f7f0a6c1b4a7e9d3c2b1a00000001";

/// How many requests a room takes to be ready.
const BUSY: u32 = 4;
const KINDS: [&str; 3] = ["single", "double", "garden"];
const MATERIALS: [&str; 3] = ["clay", "glass", "iron"];

/// What is wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A password of two kinds of characters will do.
    TwoKinds,
    /// A name may begin with a digit.
    DigitInFront,
    /// Six rooms are opened in one go.
    SixAtOnce,
    /// A larger room is as small as before.
    NeverLarger,
    /// The eighth pot is refused.
    SevenPots,
    /// A number in quotes is a number.
    NumberInQuotes,
    /// A room that is not told to close by itself does.
    ClosesByItself,
    /// Pots of other materials are found, too.
    AnyMaterial,
    /// A room is changed while it is being prepared.
    ChangesTooEarly,
    /// A room opens at an hour that no clock shows.
    AnyHour,
}

impl Bug {
    pub const ALL: [Bug; 10] = [
        Bug::TwoKinds,
        Bug::DigitInFront,
        Bug::SixAtOnce,
        Bug::NeverLarger,
        Bug::SevenPots,
        Bug::NumberInQuotes,
        Bug::ClosesByItself,
        Bug::AnyMaterial,
        Bug::ChangesTooEarly,
        Bug::AnyHour,
    ];
}

struct Room {
    id: String,
    facts: serde_json::Map<String, Value>,
    pots: Vec<Value>,
    tags: BTreeMap<String, String>,
    /// How many more requests it is busy, and its capacity then.
    busy: u32,
    capacity: i64,
}

#[derive(Default)]
struct House {
    rooms: Vec<Room>,
    n_ids: u128,
}

/// The server behind HTTP.
pub struct Server {
    bug: Option<Bug>,
    house: Mutex<House>,
}

type Answer = Result<(u16, Value), u16>;

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut house = self.house.lock().unwrap();
        for room in &mut house.rooms {
            room.pass();
        }
        match self.answer(&mut house, request) {
            Ok((status, Value::Null)) => ResponseTemplate::new(status),
            Ok((status, body)) => ResponseTemplate::new(status).set_body_json(body),
            Err(status) => ResponseTemplate::new(status)
                .set_body_json(json!({"error_code": "TEA.0001", "error_msg": "no"})),
        }
    }
}

fn must(holds: bool) -> Result<(), u16> {
    if holds { Ok(()) } else { Err(400) }
}

/// A member of the body, where it is there and not null.
fn member<'b>(body: &'b Value, name: &str) -> Option<&'b Value> {
    body.get(name).filter(|value| !value.is_null())
}

fn text(value: &Value) -> Result<&str, u16> {
    value.as_str().ok_or(400)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// `08:30`, and nothing behind it.
fn is_hour(text: &str) -> bool {
    let number = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u8>().ok().filter(|_| digits)
    };
    text.split_once(':').is_some_and(|(hour, minute)| {
        number(hour).is_some_and(|hour| hour < 24)
            && number(minute).is_some_and(|minute| minute < 60)
    })
}

impl Server {
    pub fn new(bug: Option<Bug>) -> Self {
        Self {
            bug,
            house: Mutex::default(),
        }
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn answer(&self, house: &mut House, request: &Request) -> Answer {
        let token = request.headers.get("X-Auth-Token");
        if token.is_none_or(|token| token != TOKEN) {
            return Err(401);
        }
        let path = request.url.path().to_owned();
        let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let ["v2", project, "rooms", rest @ ..] = &path[..] else {
            return Err(404);
        };
        if *project != PROJECT {
            return Err(403);
        }
        let query: BTreeMap<String, String> = request.url.query_pairs().into_owned().collect();
        let body = || serde_json::from_slice::<Value>(&request.body).map_err(|_| 400_u16);
        match (request.method.as_str(), rest) {
            ("POST", []) => self.make(house, &body()?),
            ("GET", []) => house.list(&query),
            ("PUT", ["status"]) => self.switch(house, &body()?),
            ("GET", [id]) => Ok((200, house.room(id)?.shown())),
            ("PUT", [id]) => self.change(house.room(id)?, &body()?),
            ("DELETE", [id]) => {
                house.room(id)?;
                house.rooms.retain(|room| room.id != *id);
                Ok((204, Value::Null))
            }
            ("POST", [id, "extend"]) => self.extend(house.room(id)?, &body()?),
            ("POST", [id, "pots"]) => {
                let pot = house.id();
                self.add(house.room(id)?, pot, &body()?)
            }
            ("GET", [id, "pots"]) => self.pots(house.room(id)?, &query),
            ("GET", [id, "pots", pot]) => {
                let pot = house
                    .room(id)?
                    .pots
                    .iter()
                    .find(|known| known["id"] == *pot);
                Ok((200, json!({"pot": pot.ok_or(404_u16)?})))
            }
            ("DELETE", [id, "pots", pot]) => {
                let pots = &mut house.room(id)?.pots;
                let place = pots.iter().position(|known| known["id"] == *pot);
                pots.remove(place.ok_or(404_u16)?);
                Ok((204, Value::Null))
            }
            ("POST", [id, "tags", "action"]) => house.room(id)?.tag(&body()?),
            ("GET", [id, "tags"]) => {
                let tags = house.room(id)?.tags.iter();
                let tags = tags.map(|(key, value)| json!({"key": key, "value": value}));
                Ok((200, json!({"tags": tags.collect::<Vec<_>>()})))
            }
            _ => Err(404),
        }
    }

    fn number(&self, value: &Value, least: i64, most: i64) -> Result<i64, u16> {
        let quoted = value.as_str().filter(|_| self.has(Bug::NumberInQuotes));
        let number = value.as_i64().or_else(|| quoted?.parse().ok());
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or(400)
    }

    fn name(&self, value: &Value) -> Result<(), u16> {
        let name = text(value)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c) || is_han(c);
        let first = name.chars().next().ok_or(400_u16)?;
        let begins = first.is_ascii_alphabetic() || is_han(first);
        let begins = begins || first.is_ascii_digit() && self.has(Bug::DigitInFront);
        must((4..=64).contains(&name.chars().count()) && name.chars().all(allowed) && begins)
    }

    fn password(&self, value: &Value) -> Result<(), u16> {
        let word = text(value)?;
        let marks = "!@$%^-_=+";
        let kinds: [&dyn Fn(char) -> bool; 4] = [
            &|c| c.is_ascii_uppercase(),
            &|c| c.is_ascii_lowercase(),
            &|c| c.is_ascii_digit(),
            &|c| marks.contains(c),
        ];
        let n_kinds = kinds.iter().filter(|kind| word.chars().any(kind));
        let least = if self.has(Bug::TwoKinds) { 2 } else { 3 };
        must((8..=26).contains(&word.chars().count()) && n_kinds.count() >= least)
    }

    /// What may be given when a room is made and when it is changed.
    fn checked(&self, body: &Value) -> Result<serde_json::Map<String, Value>, u16> {
        let mut facts = serde_json::Map::new();
        for name in ["name", "description", "open_time", "auto_close"] {
            let Some(value) = member(body, name) else {
                continue;
            };
            match name {
                "name" => self.name(value)?,
                "auto_close" => must(value.is_boolean())?,
                "description" => {
                    let words = text(value)?;
                    must(words.chars().count() <= 256 && !words.contains(['<', '>']))?;
                }
                _ => must(is_hour(text(value)?) || self.has(Bug::AnyHour))?,
            }
            facts.insert(name.to_owned(), value.clone());
        }
        Ok(facts)
    }

    fn make(&self, house: &mut House, body: &Value) -> Answer {
        let given = |name| member(body, name).ok_or(400_u16);
        let mut facts = json!({
            "description": "", "open_time": "08:00", "auto_close": self.has(Bug::ClosesByItself),
            "status": "PREPARING", "created_at": "2031-01-01T08:00:00Z",
        });
        given("name")?;
        self.password(given("password")?)?;
        let kind = text(given("kind")?)?;
        must(KINDS.contains(&kind))?;
        let capacity = self.number(given("capacity")?, 2, 48)?;
        if let Some(list) = member(body, "whitelist") {
            let list = list.as_array().ok_or(400_u16)?;
            must(list.len() <= 20 && list.iter().all(Value::is_string))?;
        }
        let tags = member(body, "tags").map_or(Ok(BTreeMap::new()), tags)?;
        let room = facts.as_object_mut().unwrap();
        room.append(&mut self.checked(body)?);
        room.insert("kind".to_owned(), kind.into());
        room.insert("capacity".to_owned(), capacity.into());
        let id = house.id();
        house.rooms.push(Room {
            id: id.clone(),
            facts: room.clone(),
            pots: Vec::new(),
            tags,
            busy: BUSY,
            capacity,
        });
        Ok((202, json!({"room_id": id})))
    }

    fn change(&self, room: &mut Room, body: &Value) -> Answer {
        must(body.is_object())?;
        let mut facts = self.checked(body)?;
        if !self.has(Bug::ChangesTooEarly) {
            room.must_be_open()?;
        }
        room.facts.append(&mut facts);
        Ok((204, Value::Null))
    }

    fn extend(&self, room: &mut Room, body: &Value) -> Answer {
        let wanted = self.number(member(body, "new_capacity").ok_or(400_u16)?, 2, 48)?;
        must(wanted > room.capacity)?;
        room.must_be_open()?;
        room.facts.insert("status".to_owned(), "CHANGING".into());
        room.busy = BUSY;
        if !self.has(Bug::NeverLarger) {
            room.capacity = wanted;
        }
        Ok((204, Value::Null))
    }

    fn switch(&self, house: &mut House, body: &Value) -> Answer {
        let action = text(member(body, "action").ok_or(400_u16)?)?;
        must(["open", "close"].contains(&action))?;
        let rooms = member(body, "rooms")
            .and_then(Value::as_array)
            .ok_or(400_u16)?;
        let most = if self.has(Bug::SixAtOnce) { 6 } else { 5 };
        must((1..=most).contains(&rooms.len()) && rooms.iter().all(Value::is_string))?;
        let mut results = Vec::new();
        for id in rooms {
            let room = house.room(id.as_str().unwrap_or_default());
            let done = room.and_then(|room| {
                must(room.busy == 0)?;
                let status = if action == "open" { "OPEN" } else { "CLOSED" };
                room.facts.insert("status".to_owned(), status.into());
                Ok(())
            });
            let result = if done.is_ok() { "success" } else { "failed" };
            results.push(json!({"room": id, "result": result}));
        }
        Ok((200, json!({"results": results})))
    }

    fn add(&self, room: &mut Room, id: String, body: &Value) -> Answer {
        let asked = member(body, "pot")
            .filter(|pot| pot.is_object())
            .ok_or(400_u16)?;
        let name = text(member(asked, "name").ok_or(400_u16)?)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        must((1..=32).contains(&name.len()) && name.chars().all(allowed))?;
        let volume =
            member(asked, "volume").map_or(Ok(500), |value| self.number(value, 100, 2000))?;
        let material = member(asked, "material").map_or(Ok("clay"), text)?;
        must(MATERIALS.contains(&material))?;
        let most = if self.has(Bug::SevenPots) { 7 } else { 8 };
        if room.pots.len() >= most || room.pots.iter().any(|pot| pot["name"] == name) {
            return Err(409);
        }
        let pot = json!({
            "id": id, "name": name, "volume": volume, "material": material, "room_id": room.id,
        });
        room.pots.push(pot.clone());
        Ok((201, json!({"pot": pot})))
    }

    fn pots(&self, room: &Room, query: &BTreeMap<String, String>) -> Answer {
        let limit = whole(query, "limit", 1, 50, 50)?;
        let material = query.get("material");
        must(material.is_none_or(|wanted| MATERIALS.contains(&wanted.as_str())))?;
        let material = material.filter(|_| !self.has(Bug::AnyMaterial));
        let fits = |pot: &&Value| material.is_none_or(|wanted| pot["material"] == *wanted);
        let found: Vec<&Value> = room.pots.iter().filter(fits).collect();
        let start = match query.get("marker") {
            None => 0,
            Some(marker) => {
                let place = found.iter().position(|pot| pot["id"] == *marker);
                place.ok_or(400_u16)? + 1
            }
        };
        let page: Vec<&Value> = found.into_iter().skip(start).take(limit).collect();
        Ok((200, json!({"pots": page})))
    }
}

/// A whole number of the query within limits, or the usual one.
fn whole(
    query: &BTreeMap<String, String>,
    name: &str,
    least: usize,
    most: usize,
    usual: usize,
) -> Result<usize, u16> {
    let Some(text) = query.get(name) else {
        return Ok(usual);
    };
    let number = text.parse::<usize>().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or(400)
}

/// Up to ten pairs.
fn tags(list: &Value) -> Result<BTreeMap<String, String>, u16> {
    let list = list.as_array().ok_or(400_u16)?;
    must(list.len() <= 10)?;
    let pairs = list.iter().map(|tag| {
        let key = text(member(tag, "key").ok_or(400_u16)?)?;
        let value = member(tag, "value").map_or(Ok(""), text)?;
        must((1..=36).contains(&key.chars().count()) && value.chars().count() <= 43)?;
        Ok((key.to_owned(), value.to_owned()))
    });
    pairs.collect()
}

impl House {
    fn id(&mut self) -> String {
        self.n_ids += 1;
        Uuid::from_u128(0x7ea0_0000_0000_4000_8000_0000_0000_0000 + self.n_ids).to_string()
    }

    fn room(&mut self, id: &str) -> Result<&mut Room, u16> {
        let mut rooms = self.rooms.iter_mut();
        rooms.find(|room| room.id == id).ok_or(404)
    }

    fn list(&self, query: &BTreeMap<String, String>) -> Answer {
        let offset = whole(query, "offset", 0, usize::MAX, 0)?;
        let limit = whole(query, "limit", 1, 100, 10)?;
        let listed = |name: &str, values: &[&str]| {
            must(
                query
                    .get(name)
                    .is_none_or(|value| values.contains(&value.as_str())),
            )
        };
        listed("kind", &KINDS)?;
        listed("status", &["PREPARING", "OPEN", "CLOSED", "CHANGING"])?;
        listed("sort_dir", &["asc", "desc"])?;
        let is = |room: &Room, name: &str| {
            query
                .get(name)
                .is_none_or(|wanted| room.facts[name] == *wanted)
        };
        let named = |room: &Room| {
            let name = room.facts["name"].as_str().unwrap_or_default();
            query
                .get("name")
                .is_none_or(|wanted| name.contains(wanted.as_str()))
        };
        let mut found: Vec<&Room> = self.rooms.iter().collect();
        found.retain(|room| is(room, "kind") && is(room, "status") && named(room));
        if query
            .get("sort_dir")
            .is_none_or(|direction| direction == "desc")
        {
            found.reverse();
        }
        let total = found.len();
        let page = found.into_iter().skip(offset).take(limit);
        let page: Vec<Value> = page.map(Room::shown).collect();
        Ok((200, json!({"rooms": page, "total_count": total})))
    }
}

impl Room {
    /// A request goes by.
    fn pass(&mut self) {
        if self.busy == 1 {
            self.facts.insert("status".to_owned(), "OPEN".into());
            self.facts
                .insert("capacity".to_owned(), self.capacity.into());
        }
        self.busy = self.busy.saturating_sub(1);
    }

    fn must_be_open(&self) -> Result<(), u16> {
        if self.facts["status"] == "OPEN" {
            Ok(())
        } else {
            Err(409)
        }
    }

    fn shown(&self) -> Value {
        let mut shown = self.facts.clone();
        shown.insert("room_id".to_owned(), self.id.clone().into());
        shown.insert("pots".to_owned(), self.pots.len().into());
        Value::Object(shown)
    }

    fn tag(&mut self, body: &Value) -> Answer {
        let pairs = tags(member(body, "tags").ok_or(400_u16)?)?;
        match member(body, "action").and_then(Value::as_str) {
            Some("create") => {
                let mut all = self.tags.clone();
                all.extend(pairs);
                must(all.len() <= 10)?;
                self.tags = all;
            }
            Some("delete") => self.tags.retain(|key, _| !pairs.contains_key(key)),
            _ => return Err(400),
        }
        Ok((204, Value::Null))
    }
}
