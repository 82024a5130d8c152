//! A server of the hives that the page beside it documents, written by hand and met over HTTP alone,
//! with bugs that no Defect is: in what it counts, sorts, turns pages of, keeps and removes.

use std::sync::Mutex;

use serde_json::{Map, Value, json};
use uuid::Uuid;
use wiremock::{Request, Respond, ResponseTemplate};

pub const TOKEN: &str = "a token of the apiary";
pub const PROJECT: &str = "7d1c0b6f5a4e4d3c8b2a190807060504";
const BREEDS: [&str; 3] = ["carnica", "ligustica", "buckfast"];

/// What is wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// The total counts one hive too many.
    TotalOneMore,
    /// Frames that were removed are still counted.
    CountsRemovedFrames,
    /// Hives come in rising order whatever is asked.
    NeverFalling,
    /// Numbers are sorted by their digits.
    SortsNumbersAsTexts,
    /// A page starts one hive too late.
    OffsetOneMore,
    /// A page has one hive too many.
    PageOneMore,
    /// Without a limit there are no pages.
    NoUsualPage,
    /// A filter by breed finds what begins with the same letter.
    FilterByFirstLetter,
    /// A filter by name looks into notes.
    FilterInNotes,
    /// Removing a frame removes the one that was added last.
    RemovesLastFrame,
    /// A frame is removed with its hive's first one alone.
    RemovesOneFrame,
    /// Two hives may have one name.
    NameTwice,
    /// A name that is taken is refused for the hive that has it.
    OwnNameTaken,
    /// A change of the name takes the note away.
    RenameDropsNote,
    /// A change in a hive that does not exist makes one.
    ChangeMakes,
    /// A hive is checked after it was stored.
    StoresBeforeChecking,
    /// A number of boxes wraps around at 2^32.
    BoxesWrap,
    /// A length is that of the bytes.
    CountsBytes,
    /// A line feed may end a name.
    NameWithLineFeed,
    /// Texts are taken for truth.
    TruthInTexts,
    /// A page of no size is a page.
    PageOfNothing,
    /// What is no number of hives ends in an exception.
    LimitCrashes,
    /// What does not exist is told by a web page.
    NotFoundInHtml,
    /// The answer to a change shows what was before.
    ChangeShowsOld,
    /// A hive is gone, and its frames are still shown.
    FramesOutliveHive,
}

impl Bug {
    pub const ALL: [Bug; 25] = [
        Bug::TotalOneMore,
        Bug::CountsRemovedFrames,
        Bug::NeverFalling,
        Bug::SortsNumbersAsTexts,
        Bug::OffsetOneMore,
        Bug::PageOneMore,
        Bug::NoUsualPage,
        Bug::FilterByFirstLetter,
        Bug::FilterInNotes,
        Bug::RemovesLastFrame,
        Bug::RemovesOneFrame,
        Bug::NameTwice,
        Bug::OwnNameTaken,
        Bug::RenameDropsNote,
        Bug::ChangeMakes,
        Bug::StoresBeforeChecking,
        Bug::BoxesWrap,
        Bug::CountsBytes,
        Bug::NameWithLineFeed,
        Bug::TruthInTexts,
        Bug::PageOfNothing,
        Bug::LimitCrashes,
        Bug::NotFoundInHtml,
        Bug::ChangeShowsOld,
        Bug::FramesOutliveHive,
    ];
}

#[derive(Clone)]
struct Hive {
    id: String,
    name: String,
    breed: String,
    boxes: i64,
    note: String,
    sunny: bool,
    created: u32,
    alive: bool,
    frames: Vec<Frame>,
    n_added: usize,
}

#[derive(Clone)]
struct Frame {
    id: String,
    label: String,
    grams: i64,
}

/// All hives there ever were.
#[derive(Default)]
struct Apiary {
    hives: Vec<Hive>,
    n_ids: u128,
}

/// The server behind HTTP.
pub struct Server {
    bug: Option<Bug>,
    apiary: Mutex<Apiary>,
}

/// A status and a body, or those of a refusal.
type Answer = Result<(u16, Value), (u16, &'static str)>;

const BAD: (u16, &str) = (400, "BHS.0001");
const NOBODY: (u16, &str) = (401, "BHS.0002");
const NONE: (u16, &str) = (404, "BHS.0004");
const TAKEN: (u16, &str) = (409, "BHS.0005");

impl Respond for Server {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut apiary = self.apiary.lock().unwrap();
        match self.answer(&mut apiary, request) {
            Ok((status, Value::Null)) => ResponseTemplate::new(status),
            Ok((status, body)) => ResponseTemplate::new(status).set_body_json(body),
            Err((404, _)) if self.has(Bug::NotFoundInHtml) => {
                ResponseTemplate::new(404).set_body_raw("<h1>Not Found</h1>", "text/html")
            }
            Err((status, code)) => ResponseTemplate::new(status)
                .set_body_json(json!({"error": {"code": code, "message": "no"}})),
        }
    }
}

impl Server {
    pub fn new(bug: Option<Bug>) -> Self {
        Self {
            bug,
            apiary: Mutex::default(),
        }
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn answer(&self, apiary: &mut Apiary, request: &Request) -> Answer {
        let token = request.headers.get("X-Auth-Token");
        if token.is_none_or(|token| token != TOKEN) {
            return Err(NOBODY);
        }
        let path: Vec<String> = request
            .url
            .path_segments()
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if let ("GET", ["v1", PROJECT, "events"]) = (request.method.as_str(), &path[..]) {
            return Ok((200, json!({"events": apiary.events()})));
        }
        let ["v1", PROJECT, "hives", rest @ ..] = &path[..] else {
            return Err(NONE);
        };
        let body = || serde_json::from_slice::<Value>(&request.body).map_err(|_| BAD);
        match (request.method.as_str(), rest) {
            ("POST", []) => self.make(apiary, &body()?["hive"]),
            ("GET", []) => self.list(apiary, request),
            ("GET", [id]) => Ok((200, json!({"hive": apiary.hive(id)?.shown()}))),
            ("PUT", [id]) => self.change(apiary, id, &body()?["hive"]),
            ("DELETE", [id]) => {
                apiary.hive(id)?.alive = false;
                Ok((204, Value::Null))
            }
            ("POST", [id, "frames"]) => self.add(apiary, id, &body()?["frame"]),
            ("GET", [id, "frames"]) => {
                let gone = self.has(Bug::FramesOutliveHive);
                let mut hives = apiary.hives.iter();
                let hive = hives.find(|hive| hive.id == *id && (hive.alive || gone));
                let hive = hive.ok_or(NONE)?;
                let frames: Vec<Value> = hive.frames.iter().map(Frame::shown).collect();
                let count = if self.has(Bug::CountsRemovedFrames) {
                    hive.n_added
                } else {
                    frames.len()
                };
                Ok((200, json!({"frames": frames, "count": count})))
            }
            ("DELETE", [id, "frames", frame]) => self.take(apiary, id, frame),
            _ => Err(NONE),
        }
    }

    fn make(&self, apiary: &mut Apiary, asked: &Value) -> Answer {
        let asked = asked.as_object().ok_or(BAD)?;
        let fresh = Hive {
            id: apiary.id(),
            name: String::new(),
            breed: String::new(),
            boxes: 2,
            note: String::new(),
            sunny: false,
            created: u32::try_from(apiary.hives.len()).unwrap(),
            alive: true,
            frames: Vec::new(),
            n_added: 0,
        };
        if self.has(Bug::StoresBeforeChecking) {
            let name = asked.get("name").and_then(Value::as_str).unwrap_or("none");
            apiary.hives.push(Hive {
                name: name.to_owned(),
                breed: "carnica".to_owned(),
                ..fresh.clone()
            });
        }
        if !asked.contains_key("name") || !asked.contains_key("breed") {
            return Err(BAD);
        }
        let hive = self.changed(&fresh, asked)?;
        if self.has(Bug::StoresBeforeChecking) {
            apiary.hives.pop();
        }
        if apiary.has_name(&hive.name, &hive.id) && !self.has(Bug::NameTwice) {
            return Err(TAKEN);
        }
        apiary.hives.push(hive.clone());
        Ok((201, json!({"hive": hive.shown()})))
    }

    fn change(&self, apiary: &mut Apiary, id: &str, asked: &Value) -> Answer {
        if self.has(Bug::ChangeMakes) && apiary.hive(id).is_err() {
            return self.make(apiary, asked).map(|(_, hive)| (200, hive));
        }
        let old = apiary.hive(id)?.clone();
        let asked = asked.as_object().ok_or(BAD)?;
        let mut new = self.changed(&old, asked)?;
        if self.has(Bug::RenameDropsNote)
            && asked.contains_key("name")
            && !asked.contains_key("note")
        {
            new.note.clear();
        }
        let own = if self.has(Bug::OwnNameTaken) { "" } else { id };
        if asked.contains_key("name") && apiary.has_name(&new.name, own) {
            return Err(TAKEN);
        }
        *apiary.hive(id)? = new.clone();
        let shown = if self.has(Bug::ChangeShowsOld) {
            old
        } else {
            new
        };
        Ok((200, json!({"hive": shown.shown()})))
    }

    /// The hive with all that is asked for, or the refusal.
    fn changed(
        &self,
        hive: &Hive,
        asked: &Map<String, Value>,
    ) -> Result<Hive, (u16, &'static str)> {
        let mut hive = hive.clone();
        for (name, value) in asked {
            match name.as_str() {
                "name" => hive.name = self.name(value)?,
                "breed" => {
                    let breed = value.as_str().filter(|breed| BREEDS.contains(breed));
                    breed.ok_or(BAD)?.clone_into(&mut hive.breed);
                }
                "boxes" => hive.boxes = self.boxes(value)?,
                "note" => hive.note = self.note(value)?,
                "sunny" => hive.sunny = self.truth(value)?,
                _ => {}
            }
        }
        Ok(hive)
    }

    fn name(&self, told: &Value) -> Result<String, (u16, &'static str)> {
        let told = told.as_str().ok_or(BAD)?;
        let name = match told.strip_suffix('\n') {
            Some(start) if self.has(Bug::NameWithLineFeed) => start,
            Some(_) | None => told,
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let right = (1..=24).contains(&name.len()) && name.chars().all(fits);
        right.then(|| told.to_owned()).ok_or(BAD)
    }

    fn boxes(&self, told: &Value) -> Result<i64, (u16, &'static str)> {
        let number = told.as_i64().ok_or(BAD)?;
        let number = if self.has(Bug::BoxesWrap) {
            number.rem_euclid(1 << 32)
        } else {
            number
        };
        (1..=12).contains(&number).then_some(number).ok_or(BAD)
    }

    fn note(&self, told: &Value) -> Result<String, (u16, &'static str)> {
        let note = told.as_str().ok_or(BAD)?;
        let length = if self.has(Bug::CountsBytes) {
            note.len()
        } else {
            note.chars().count()
        };
        (length <= 60).then(|| note.to_owned()).ok_or(BAD)
    }

    fn truth(&self, told: &Value) -> Result<bool, (u16, &'static str)> {
        match told.as_str() {
            Some("true") if self.has(Bug::TruthInTexts) => Ok(true),
            Some("false") if self.has(Bug::TruthInTexts) => Ok(false),
            _ => told.as_bool().ok_or(BAD),
        }
    }

    fn list(&self, apiary: &Apiary, request: &Request) -> Answer {
        let asked = |name: &str| {
            let mut pairs = request.url.query_pairs();
            let found = pairs.find(|(known, _)| known == name);
            found.map(|(_, value)| value.into_owned())
        };
        let mut found: Vec<&Hive> = apiary.hives.iter().filter(|hive| hive.alive).collect();
        if let Some(breed) = asked("breed") {
            if !BREEDS.contains(&breed.as_str()) {
                return Err(BAD);
            }
            let loose = self.has(Bug::FilterByFirstLetter);
            found.retain(|hive| hive.breed == breed || loose && hive.boxes % 2 == 0);
        }
        if let Some(name) = asked("name") {
            let notes = self.has(Bug::FilterInNotes);
            found.retain(|hive| hive.name == name || notes && !hive.note.is_empty());
        }
        let key = asked("sort_key").unwrap_or_else(|| "created_at".to_owned());
        let texts = self.has(Bug::SortsNumbersAsTexts);
        match key.as_str() {
            "name" => found.sort_by(|a, b| a.name.cmp(&b.name)),
            "boxes" if texts => found.sort_by_key(|hive| hive.boxes.to_string()),
            "boxes" => found.sort_by_key(|hive| hive.boxes),
            "created_at" => {}
            _ => return Err(BAD),
        }
        match asked("sort_dir").as_deref() {
            None | Some("asc") => {}
            Some("desc") if self.has(Bug::NeverFalling) => {}
            Some("desc") => found.reverse(),
            Some(_) => return Err(BAD),
        }
        let total = found.len() + usize::from(self.has(Bug::TotalOneMore));
        let limit = match asked("limit") {
            None if self.has(Bug::NoUsualPage) => usize::MAX,
            None => 5,
            Some(limit) => {
                let crash = if self.has(Bug::LimitCrashes) {
                    (500, "BHS.0001")
                } else {
                    BAD
                };
                let limit: usize = limit.parse().map_err(|_| crash)?;
                let least = usize::from(!self.has(Bug::PageOfNothing));
                let fits = (least..=50).contains(&limit);
                fits.then_some(limit).ok_or(BAD)? + usize::from(self.has(Bug::PageOneMore))
            }
        };
        let offset = match asked("offset") {
            None => 0,
            Some(offset) => {
                let offset: usize = offset.parse().map_err(|_| BAD)?;
                offset + usize::from(self.has(Bug::OffsetOneMore) && offset > 0)
            }
        };
        let page = found.into_iter().skip(offset).take(limit);
        let page: Vec<Value> = page.map(Hive::shown).collect();
        Ok((200, json!({"hives": page, "total_count": total})))
    }

    fn add(&self, apiary: &mut Apiary, id: &str, asked: &Value) -> Answer {
        let frame = apiary.id();
        let hive = apiary.hive(id)?;
        let label = asked["label"].as_str().ok_or(BAD)?;
        let grams = asked.get("grams").map_or(Some(0), Value::as_i64);
        let grams = grams
            .filter(|grams| (0..=4000).contains(grams))
            .ok_or(BAD)?;
        if !(1..=8).contains(&label.chars().count()) {
            return Err(BAD);
        }
        let frame = Frame {
            id: frame,
            label: label.to_owned(),
            grams,
        };
        hive.frames.push(frame.clone());
        hive.n_added += 1;
        Ok((201, json!({"frame": frame.shown()})))
    }

    fn take(&self, apiary: &mut Apiary, id: &str, frame: &str) -> Answer {
        let hive = apiary.hive(id)?;
        let mut frames = hive.frames.iter();
        let place = frames.position(|known| known.id == frame).ok_or(NONE)?;
        if self.has(Bug::RemovesLastFrame) {
            hive.frames.pop();
        } else if !self.has(Bug::RemovesOneFrame) || hive.n_added == 1 {
            hive.frames.remove(place);
        }
        Ok((204, Value::Null))
    }
}

impl Apiary {
    fn id(&mut self) -> String {
        self.n_ids += 1;
        Uuid::from_u128(0x0c3a_5f7e_1b2d_4c6e_9f80_0000_0000_0000 + self.n_ids).to_string()
    }

    /// What happened: it remembers hives that are gone.
    fn events(&self) -> Vec<Value> {
        let event = |hive: &Hive, what: &str| json!({"hive_id": hive.id, "what": what});
        let made = self.hives.iter().map(|hive| event(hive, "created"));
        let gone = self.hives.iter().filter(|hive| !hive.alive);
        made.chain(gone.map(|hive| event(hive, "deleted")))
            .collect()
    }

    fn hive(&mut self, id: &str) -> Result<&mut Hive, (u16, &'static str)> {
        let mut hives = self.hives.iter_mut();
        hives.find(|hive| hive.id == id && hive.alive).ok_or(NONE)
    }

    /// Whether a hive that is not this one has a name.
    fn has_name(&self, name: &str, own: &str) -> bool {
        let mut hives = self.hives.iter();
        hives.any(|hive| hive.alive && hive.name == name && hive.id != own)
    }
}

impl Hive {
    fn shown(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "breed": self.breed, "boxes": self.boxes,
            "note": self.note, "sunny": self.sunny,
            "created_at": format!("2032-04-01T{:02}:{:02}:{:02}Z", self.created / 3600, self.created / 60 % 60, self.created % 60),
        })
    }
}

impl Frame {
    fn shown(&self) -> Value {
        json!({"id": self.id, "label": self.label, "grams": self.grams})
    }
}
