//! A server of the kettles that the page beside it documents, written by hand, with bugs that
//! nobody could derive from the page: each is about how the server does its work.

use std::time::Duration;

use proofhouse::target::{Lent, Restored, Target};
use proofhouse::wire::{Headers, Method, Request, Response, SendFailure};
use serde_json::{Value, json};

const TOKEN: &str = "a token of the kitchen";
const KITCHEN: &str = "k1";
const COLOURS: [&str; 3] = ["red", "green", "white"];

/// What is wrong with a kitchen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A name is cut after 20 characters when it is stored.
    CutsNames,
    /// A change puts everything that it does not mention back to what is usual.
    ChangeResetsLitres,
    /// A change is answered, but stored for one request only.
    ForgetsChanges,
    /// A kettle is listed only once another one was made.
    ListsLate,
    /// A removed kettle is shown no more, but still listed.
    ListsGhosts,
    /// A removed kettle is listed no more, but still shown.
    ShowsGhosts,
    /// A page has one kettle more than was asked for.
    PagesTooLong,
    /// Every page starts from the beginning.
    MarkerIgnored,
    /// The filter is read and not applied.
    FilterIgnored,
    /// The filter leaves out what it should find.
    FilterInverted,
    /// Asking for what does not exist ends in an exception.
    UnknownCrashes,
    /// Removing twice ends in an exception.
    SecondRemovalCrashes,
    /// Only removals tell errors in another shape.
    RemovalErrorsDiffer,
    /// The list is shown to everybody.
    ListIsPublic,
    /// Letters are whatever Unicode calls so.
    ForeignLetters,
    /// Blanks around a name are cut before it is looked at.
    TrimsNames,
    /// Colours are compared without case.
    ColoursInAnyCase,
    /// Texts of digits are taken for numbers.
    NumbersAsTexts,
    /// Without a colour, the colour is shown as null.
    NoColourIsNull,
    /// Times in lists lack their zone.
    ListedTimesLackZone,
    /// What is out of range is refused with a status of its own.
    OutOfRangeIs422,
    /// Every kitchen shows the same kettles.
    KitchensLeak,
    /// A refused change is stored all the same.
    RefusesAndStores,
    /// A name of exactly the greatest length is refused.
    LongestNameRefused,
}

impl Bug {
    pub const ALL: [Bug; 24] = [
        Bug::CutsNames,
        Bug::ChangeResetsLitres,
        Bug::ForgetsChanges,
        Bug::ListsLate,
        Bug::ListsGhosts,
        Bug::ShowsGhosts,
        Bug::PagesTooLong,
        Bug::MarkerIgnored,
        Bug::FilterIgnored,
        Bug::FilterInverted,
        Bug::UnknownCrashes,
        Bug::SecondRemovalCrashes,
        Bug::RemovalErrorsDiffer,
        Bug::ListIsPublic,
        Bug::ForeignLetters,
        Bug::TrimsNames,
        Bug::ColoursInAnyCase,
        Bug::NumbersAsTexts,
        Bug::NoColourIsNull,
        Bug::ListedTimesLackZone,
        Bug::OutOfRangeIs422,
        Bug::KitchensLeak,
        Bug::RefusesAndStores,
        Bug::LongestNameRefused,
    ];
}

struct Kettle {
    id: String,
    name: String,
    litres: i64,
    colour: Option<String>,
    removed: bool,
    /// What a change said, for the next request that shows it.
    said: Option<String>,
}

/// The server. It lends nothing but its kitchen, and puts nothing back.
pub struct Kitchen {
    bug: Option<Bug>,
    kettles: Vec<Kettle>,
    lent: Lent,
}

type Answer = Result<(u16, Value), u16>;

impl Kitchen {
    pub fn new(bug: Option<Bug>) -> Self {
        let mut lent = Lent::default();
        lent.0
            .insert("kitchen_id".to_owned(), vec![KITCHEN.to_owned()]);
        let mut kitchen = Self {
            bug,
            kettles: Vec::new(),
            lent,
        };
        for (name, colour) in [("old", "red"), ("older", "green"), ("oldest", "white")] {
            kitchen.put(name.to_owned(), 3, Some(colour.to_owned()));
        }
        kitchen
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn put(&mut self, name: String, litres: i64, colour: Option<String>) -> usize {
        let number = self.kettles.len();
        self.kettles.push(Kettle {
            id: format!("6f1c2a90-3b5d-4e7f-8a1b-{number:012x}"),
            name,
            litres,
            colour,
            removed: false,
            said: None,
        });
        number
    }

    fn respond(&mut self, request: &Request) -> Response {
        let path: Vec<&str> = request.path().split('/').skip(1).collect();
        let known = request.headers.get("X-Auth-Token") == Some(TOKEN);
        let is_list = request.method == Method::Get && path.len() == 3;
        let admitted = known || is_list && self.has(Bug::ListIsPublic);
        let answer = if !admitted {
            Err(401)
        } else if path.get(1) != Some(&KITCHEN) && !self.has(Bug::KitchensLeak) {
            Err(404)
        } else {
            let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
            match (request.method, &path[2..]) {
                (Method::Post, ["kettles"]) => self.create(&body),
                (Method::Get, ["kettles"]) => self.list(request),
                (Method::Get, ["shelves"]) => Ok((
                    200,
                    json!({"shelves": [{"id": "top", "height": 180}, {"id": "low", "height": 20}]}),
                )),
                (Method::Get, ["kettles", id]) => self.show(id),
                (Method::Put, ["kettles", id]) => self.change(id, &body),
                (Method::Delete, ["kettles", id]) => self.remove(id),
                _ => Err(404),
            }
        };
        self.answer(request.method, answer)
    }

    fn answer(&self, method: Method, answer: Answer) -> Response {
        let (status, body) = match answer {
            Ok(told) => told,
            Err(status) if method == Method::Delete && self.has(Bug::RemovalErrorsDiffer) => {
                (status, json!({"message": "no"}))
            }
            Err(status) => {
                let code = match status {
                    401 => "KTL.0002",
                    404 => "KTL.0003",
                    _ => "KTL.0001",
                };
                (status, json!({"error": {"code": code, "message": "no"}}))
            }
        };
        let mut headers = Headers::default();
        headers.set("Content-Type", "application/json");
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        Response {
            status,
            headers,
            body: body.into(),
        }
    }

    fn shown(&self, kettle: &Kettle) -> Value {
        let mut shown = json!({
            "id": kettle.id, "name": kettle.said.as_ref().unwrap_or(&kettle.name), "litres": kettle.litres,
            "colour": kettle.colour, "state": "COLD", "created_at": "2031-05-01T20:00:00Z",
        });
        if kettle.colour.is_none() && !self.has(Bug::NoColourIsNull) {
            shown["colour"] = json!("white");
        }
        shown
    }

    fn create(&mut self, body: &Value) -> Answer {
        let asked = &body["kettle"];
        let name = self.name(asked)?;
        let litres = match &asked["litres"] {
            Value::String(text) if self.has(Bug::NumbersAsTexts) => {
                text.parse().map_err(|_| 400_u16)?
            }
            other => other.as_i64().ok_or(400_u16)?,
        };
        if !(1..=9).contains(&litres) {
            return Err(if self.has(Bug::OutOfRangeIs422) {
                422
            } else {
                400
            });
        }
        let colour = self.colour(asked)?;
        match asked.get("shelf_id") {
            None => {}
            Some(Value::String(shelf)) if ["top", "low"].contains(&shelf.as_str()) => {}
            Some(_) => return Err(400),
        }
        let number = self.put(name, litres, colour);
        Ok((201, json!({"kettle": self.shown(&self.kettles[number])})))
    }

    fn name(&self, asked: &Value) -> Result<String, u16> {
        let mut name = asked["name"].as_str().ok_or(400_u16)?;
        if self.has(Bug::TrimsNames) {
            name = name.trim();
        }
        let foreign = self.has(Bug::ForeignLetters);
        let letter = |c: char| c.is_ascii_alphanumeric() || foreign && c.is_alphabetic();
        let most = if self.has(Bug::LongestNameRefused) {
            31
        } else {
            32
        };
        let fits = (1..=most).contains(&name.chars().count())
            && name.chars().all(|c| letter(c) || c == '_' || c == '-');
        let kept = if self.has(Bug::CutsNames) { 20 } else { 32 };
        fits.then(|| name.chars().take(kept).collect()).ok_or(400)
    }

    fn colour(&self, asked: &Value) -> Result<Option<String>, u16> {
        let Some(colour) = asked.get("colour") else {
            return Ok(None);
        };
        let colour = colour.as_str().ok_or(400_u16)?;
        let lower = colour.to_lowercase();
        let fits = COLOURS.contains(&colour)
            || self.has(Bug::ColoursInAnyCase) && COLOURS.contains(&lower.as_str());
        fits.then_some(Some(lower)).ok_or(400)
    }

    fn find(&mut self, id: &str) -> Result<usize, u16> {
        let ghosts = self.has(Bug::ShowsGhosts);
        let mut kettles = self.kettles.iter();
        let found = kettles.position(|kettle| kettle.id == id && (!kettle.removed || ghosts));
        let none = if self.has(Bug::UnknownCrashes) {
            500
        } else {
            404
        };
        found.ok_or(none)
    }

    fn show(&mut self, id: &str) -> Answer {
        let number = self.find(id)?;
        let shown = self.shown(&self.kettles[number]);
        self.kettles[number].said = None;
        Ok((200, json!({"kettle": shown})))
    }

    fn change(&mut self, id: &str, body: &Value) -> Answer {
        let number = self.find(id)?;
        let name = self.name(&body["kettle"]);
        if let (Err(_), true, Some(name)) = (
            &name,
            self.has(Bug::RefusesAndStores),
            body["kettle"]["name"].as_str(),
        ) {
            name.clone_into(&mut self.kettles[number].name);
        }
        let name = name?;
        if self.has(Bug::ChangeResetsLitres) {
            self.kettles[number].litres = 1;
        }
        if self.has(Bug::ForgetsChanges) {
            self.kettles[number].said = Some(name);
            let shown = self.shown(&self.kettles[number]);
            self.kettles[number].said = None;
            return Ok((200, json!({"kettle": shown})));
        }
        self.kettles[number].name = name;
        Ok((200, json!({"kettle": self.shown(&self.kettles[number])})))
    }

    fn remove(&mut self, id: &str) -> Answer {
        let number = match self.find(id) {
            Err(404) if self.has(Bug::SecondRemovalCrashes) => return Err(500),
            found => found?,
        };
        self.kettles[number].removed = true;
        Ok((204, Value::Null))
    }

    fn list(&self, request: &Request) -> Answer {
        let asked = |name: &str| {
            let mut query = request.query();
            query
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.into_owned())
        };
        let limit = match asked("limit").map(|limit| limit.parse::<usize>()) {
            None => 50,
            Some(Ok(limit @ 1..=50)) if self.has(Bug::PagesTooLong) => limit + 1,
            Some(Ok(limit @ 1..=50)) => limit,
            Some(_) => {
                return Err(if self.has(Bug::OutOfRangeIs422) {
                    422
                } else {
                    400
                });
            }
        };
        let colour = asked("colour");
        if colour
            .as_ref()
            .is_some_and(|colour| !COLOURS.contains(&colour.as_str()))
        {
            return Err(400);
        }
        let late = usize::from(self.has(Bug::ListsLate));
        let known = self.kettles.len() - late;
        let marker = asked("marker").filter(|_| !self.has(Bug::MarkerIgnored));
        let after = marker.map_or(Ok(0), |marker| {
            let mut kettles = self.kettles.iter();
            kettles
                .position(|kettle| kettle.id == marker)
                .map(|at| at + 1)
                .ok_or(400_u16)
        })?;
        let mut items = Vec::new();
        for kettle in self.kettles[..known].iter().skip(after) {
            let fits = colour.as_ref().is_none_or(|colour| {
                let same = kettle.colour.as_ref().map_or("white", |own| own) == colour;
                same != self.has(Bug::FilterInverted)
            });
            let there = !kettle.removed || self.has(Bug::ListsGhosts);
            if there && (fits || self.has(Bug::FilterIgnored)) && items.len() < limit {
                let mut shown = self.shown(kettle);
                if self.has(Bug::ListedTimesLackZone) {
                    shown["created_at"] = json!("2031-05-01T20:00:00");
                }
                items.push(shown);
            }
        }
        Ok((200, json!({"kettles": items})))
    }
}

impl Target for Kitchen {
    fn name(&self) -> &str {
        "kitchen"
    }

    fn endpoint(&self) -> &str {
        "http://kitchen.invalid"
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        Ok(self.respond(request))
    }

    fn authorize(&self, request: &mut Request) {
        request.headers.set("X-Auth-Token", TOKEN);
    }

    fn wait(&mut self, _time: Duration) {}

    fn lent(&self) -> &Lent {
        &self.lent
    }

    fn restore(&mut self) -> Restored {
        Restored::Nothing
    }
}
