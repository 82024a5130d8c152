//! A server of the gardens that the page beside it documents, written by hand: jobs with parts,
//! states, tags, plots and quotas, with forty bugs that nobody could derive from the page.

use std::collections::BTreeMap;
use std::time::Duration;

use proofhouse::target::{Lent, Restored, Target};
use proofhouse::wire::{Headers, Method, Request, Response, SendFailure};
use serde_json::{Map, Value, json};

use super::bugs::Bug;

pub const TOKEN: &str = "a token of the gardens";
pub const PROJECT: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const NEIGHBOUR: &str = "f9e8d7c6b5a493827160f5e4d3c2b1a0";
const SOILS: [&str; 3] = ["RED", "YELLOW", "BLACK"];
const CULTIVARS: [&str; 3] = ["DAHONGPAO", "ROUGUI", "SHUIXIAN"];
/// How long a job takes.
const WORK: Duration = Duration::from_secs(8);

struct Garden {
    id: String,
    project: String,
    name: String,
    region: String,
    soil: String,
    altitude: i64,
    description: String,
    shade: bool,
    status: &'static str,
    /// Name and value, in the order in which they came.
    tags: Vec<(String, String)>,
    plots: Vec<Plot>,
}

struct Plot {
    id: String,
    name: String,
    rows: i64,
    cultivar: String,
}

/// What a job does when it ends.
#[derive(Clone, Copy, PartialEq)]
enum Work {
    Plant,
    Harvest,
    Clear,
}

struct Job {
    project: String,
    work: Work,
    gardens: Vec<String>,
    begun: Duration,
    done: bool,
    n_looks: u32,
}

/// The server, in a world of its own.
pub struct Gardens {
    bug: Option<Bug>,
    now: Duration,
    n_ids: usize,
    gardens: Vec<Garden>,
    jobs: BTreeMap<String, Job>,
    lent: Lent,
}

/// What is answered, or the status and code of a refusal.
type Answer = Result<(u16, Value), (u16, &'static str)>;

const BAD: (u16, &str) = (400, "TGS.0001");
const NOBODY: (u16, &str) = (401, "TGS.0002");
const NONE: (u16, &str) = (404, "TGS.0004");
const STATE: (u16, &str) = (409, "TGS.0005");
const FULL: (u16, &str) = (403, "TGS.0006");
const TAKEN: (u16, &str) = (409, "TGS.0007");

impl Gardens {
    pub fn new(bug: Option<Bug>) -> Self {
        let lent = [("project_id", PROJECT), ("other_project_id", NEIGHBOUR)];
        let lent = lent.map(|(name, id)| (name.to_owned(), vec![id.to_owned()]));
        let mut gardens = Self {
            bug,
            now: Duration::ZERO,
            n_ids: 0,
            gardens: Vec::new(),
            jobs: BTreeMap::new(),
            lent: Lent(lent.into()),
        };
        let old = [
            ("old-hill", "RED"),
            ("wet-hill", "YELLOW"),
            ("乌龙", "BLACK"),
        ];
        for (name, soil) in old {
            let asked = json!({"name": name, "region_code": "fj-001", "soil": soil});
            let garden = gardens.garden(PROJECT, &asked).ok();
            gardens.gardens.extend(garden.map(|garden| Garden {
                status: "GROWING",
                ..garden
            }));
        }
        gardens
    }

    /// Lets time pass up to a moment.
    pub fn be_at(&mut self, now: Duration) {
        self.now = now;
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn id(&mut self) -> String {
        self.n_ids += 1;
        let id = format!("6f1c2a90-3b5d-4e7f-8a1b-{:012x}", self.n_ids);
        if self.has(Bug::IdsWithoutHyphens) {
            id.replace('-', "")
        } else {
            id
        }
    }

    pub fn respond(&mut self, request: &Request) -> Response {
        self.settle();
        let answer = self.answer(request);
        let (status, body) = match answer {
            Ok(told) => told,
            Err((status, code)) => (status, self.refusal(status, code)),
        };
        let mut headers = Headers::default();
        let body = if body.is_null() {
            String::new()
        } else {
            headers.set("Content-Type", "application/json");
            body.to_string()
        };
        Response {
            status,
            headers,
            body: body.into(),
        }
    }

    fn refusal(&self, status: u16, code: &str) -> Value {
        if self.has(Bug::FlatErrors) && status == 404 {
            return json!({"error_code": code, "error_msg": "no"});
        }
        let code = if self.has(Bug::CodeOfItsOwn) && status == 409 {
            "TGS.0042"
        } else {
            code
        };
        json!({"error": {"code": code, "message": "no", "request_id": "7"}})
    }

    fn answer(&mut self, request: &Request) -> Answer {
        if request.headers.get("X-Auth-Token") != Some(TOKEN) {
            return Err(NOBODY);
        }
        let path: Vec<String> = request
            .path()
            .split('/')
            .skip(2)
            .map(|part| {
                percent_encoding::percent_decode_str(part)
                    .decode_utf8_lossy()
                    .into_owned()
            })
            .collect();
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let (project, rest) = parts.split_first().ok_or(NONE)?;
        let project = match *project {
            PROJECT => project,
            NEIGHBOUR if self.has(Bug::ProjectsLeak) => &PROJECT,
            _ => return Err(NONE),
        };
        let body = || serde_json::from_slice::<Value>(&request.body).map_err(|_| BAD);
        match (request.method, rest) {
            (Method::Post, ["gardens"]) => self.create(project, &body()?["garden"]),
            (Method::Get, ["gardens"]) => self.list(project, request),
            (Method::Get, ["gardens", id]) => {
                let garden = self.find(project, id)?;
                Ok((200, json!({"garden": self.shown(&self.gardens[garden])})))
            }
            (Method::Put, ["gardens", id]) => self.change(project, id, &body()?["garden"]),
            (Method::Delete, ["gardens", id]) => self.remove(project, id),
            (Method::Post, ["gardens", id, "rest"]) => self.rest(project, id),
            (Method::Post, ["gardens", id, "harvest"]) => {
                self.harvest(project, id, &body()?["harvest"])
            }
            (Method::Post, ["gardens", id, "tags", "action"]) => self.tag(project, id, &body()?),
            (Method::Get, ["gardens", id, "tags"]) => {
                let garden = self.find(project, id)?;
                Ok((200, json!({"tags": tags(&self.gardens[garden])})))
            }
            (Method::Post, ["gardens", id, "plots"]) => self.plant(project, id, &body()?["plot"]),
            (Method::Get, ["gardens", id, "plots"]) => {
                let garden = self.find(project, id)?;
                let plots = &self.gardens[garden].plots;
                let plots: Vec<Value> = plots.iter().map(|plot| plot.shown(id)).collect();
                Ok((200, json!({"plots": plots})))
            }
            (Method::Delete, ["gardens", id, "plots", plot]) => self.uproot(project, id, plot),
            (Method::Get, ["jobs", id]) => self.job(project, id),
            (Method::Get, ["quotas"]) => {
                let used = self.of(project).count();
                Ok((
                    200,
                    json!({"quotas": [{"type": "garden", "used": used, "quota": 20}]}),
                ))
            }
            _ => Err(NONE),
        }
    }

    fn of<'g>(&'g self, project: &'g str) -> impl Iterator<Item = &'g Garden> {
        let own = move |garden: &&Garden| garden.project == project;
        self.gardens.iter().filter(own)
    }

    fn find(&self, project: &str, id: &str) -> Result<usize, (u16, &'static str)> {
        let mut gardens = self.gardens.iter();
        let found = gardens.position(|garden| garden.id == id && garden.project == project);
        found.ok_or(if self.has(Bug::UnknownIsEmpty) {
            (200, "")
        } else {
            NONE
        })
    }

    fn shown(&self, garden: &Garden) -> Value {
        let mut shown = json!({
            "id": garden.id, "name": garden.name, "region_code": garden.region, "soil": garden.soil,
            "altitude": garden.altitude, "description": garden.description, "shade": garden.shade,
            "status": garden.status, "created_at": "2031-05-01T20:00:00Z",
            "updated_at": "2031-05-01T20:00:00Z", "tags": tags(garden),
        });
        let Some(members) = shown.as_object_mut() else {
            return shown;
        };
        if self.has(Bug::NumbersAsTexts) {
            members.insert("altitude".to_owned(), json!(garden.altitude.to_string()));
        }
        if self.has(Bug::EmptyIsNull) && garden.description.is_empty() {
            members.insert("description".to_owned(), Value::Null);
        }
        if self.has(Bug::NamedOtherwise) {
            let made = members.remove("created_at").unwrap_or_default();
            members.insert("createdAt".to_owned(), made);
        }
        if self.has(Bug::SecretState) && garden.status == "RESTING" {
            members.insert("status".to_owned(), json!("SLEEPING"));
        }
        if self.has(Bug::TimesWithOffset) {
            members.insert("updated_at".to_owned(), json!("2031-05-01T20:00:00+08:00"));
        }
        shown
    }

    fn garden(&mut self, project: &str, asked: &Value) -> Result<Garden, (u16, &'static str)> {
        let region = text(asked, "region_code", 1, 99)?;
        let (letters, digits) = region.split_once('-').ok_or(BAD)?;
        let loose = self.has(Bug::RegionNotAnchored);
        let fits = letters.len() == 2
            && letters.chars().all(|c| c.is_ascii_lowercase())
            && (digits.len() == 3 || loose && digits.len() >= 3)
            && digits.chars().take(3).all(|c| c.is_ascii_digit());
        let soil = text(asked, "soil", 1, 9)?;
        let soil = if self.has(Bug::SoilInAnyCase) {
            soil.to_uppercase()
        } else {
            soil
        };
        if !fits || !SOILS.contains(&soil.as_str()) {
            return Err(BAD);
        }
        let shade = asked.get("shade").map_or(Some(false), Value::as_bool);
        let usual = if self.has(Bug::DefaultForgotten) {
            0
        } else {
            100
        };
        let altitude = asked
            .get("altitude")
            .map_or(Ok(usual), |told| self.altitude(told));
        self.irrigation(asked.get("irrigation"))?;
        let tags = asked
            .get("tags")
            .map_or(Ok(Vec::new()), |told| self.tags_of(told, true))?;
        if tags.len() > 10 {
            return Err(BAD);
        }
        Ok(Garden {
            name: self.name(asked.get("name").ok_or(BAD)?)?,
            description: asked
                .get("description")
                .map_or(Ok(String::new()), |told| self.description(told))?,
            id: self.id(),
            project: project.to_owned(),
            region,
            soil,
            altitude: altitude?,
            shade: shade.ok_or(BAD)?,
            status: "PLANTING",
            tags,
            plots: Vec::new(),
        })
    }

    fn name(&self, told: &Value) -> Result<String, (u16, &'static str)> {
        let name = told.as_str().ok_or(BAD)?;
        let name = if self.has(Bug::TrimsNames) {
            name.trim()
        } else {
            name
        };
        let most = if self.has(Bug::NameOneTooLong) {
            33
        } else {
            32
        };
        let emoji = self.has(Bug::EmojiInNames);
        let fits = |c: char| {
            c.is_ascii_alphanumeric()
                || matches!(c, '_' | '-' | '\u{4e00}'..='\u{9fff}')
                || emoji && c > '\u{ffff}'
        };
        let right = (1..=most).contains(&name.chars().count()) && name.chars().all(fits);
        right.then(|| name.to_owned()).ok_or(BAD)
    }

    fn description(&self, told: &Value) -> Result<String, (u16, &'static str)> {
        let said = told.as_str().ok_or(BAD)?;
        let length = if self.has(Bug::CountsCharacters) {
            said.chars().count()
        } else {
            said.len()
        };
        let fits = length <= 85 && !said.contains('>') && !said.contains('<');
        let stored = if self.has(Bug::DescriptionLost) {
            ""
        } else {
            said
        };
        fits.then(|| stored.to_owned()).ok_or(BAD)
    }

    fn altitude(&self, told: &Value) -> Result<i64, (u16, &'static str)> {
        let number = match told {
            Value::String(text) if self.has(Bug::TextsAsNumbers) => text.parse().ok(),
            other => other.as_i64(),
        };
        let least = if self.has(Bug::BelowTheSea) { -1 } else { 0 };
        number.filter(|n| (least..=3000).contains(n)).ok_or(BAD)
    }

    fn irrigation(&self, told: Option<&Value>) -> Result<(), (u16, &'static str)> {
        let Some(told) = told else {
            return Ok(());
        };
        let mode = told["mode"].as_str().ok_or(BAD)?;
        let interval = told.get("interval");
        let timely = interval.is_none_or(|hours| {
            hours
                .as_i64()
                .is_some_and(|hours| (1..=72).contains(&hours))
        });
        let needed = mode != "timed" || interval.is_some() || self.has(Bug::IntervalNotNeeded);
        let well = told.get("well_id");
        let is_uuid = |id: &Value| {
            id.as_str()
                .is_some_and(|id| id.len() == 36 && uuid::Uuid::try_parse(id).is_ok())
        };
        let both = well.is_some() && told.get("river").is_some();
        if told.get("river").is_some() {
            text(told, "river", 1, 20)?;
        }
        let right = ["manual", "timed"].contains(&mode)
            && timely
            && needed
            && well.is_none_or(is_uuid)
            && (!both || self.has(Bug::WellAndRiver));
        right.then_some(()).ok_or(BAD)
    }

    fn tags_of(
        &self,
        told: &Value,
        valued: bool,
    ) -> Result<Vec<(String, String)>, (u16, &'static str)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for tag in told.as_array().ok_or(BAD)? {
            let key = text(tag, "key", 1, 36)?;
            let value = match tag.get("value") {
                None if !valued => String::new(),
                _ => text(tag, "value", 0, 43)?,
            };
            let twice = found.iter().any(|(known, _)| *known == key);
            if key.contains(['=', '*', '<', '>', '\\', ',', '|', '/'])
                || twice && !self.has(Bug::TagTwice)
            {
                return Err(BAD);
            }
            found.push((key, value));
        }
        Ok(found)
    }

    fn create(&mut self, project: &str, asked: &Value) -> Answer {
        let count = asked.get("count").map_or(Some(1), Value::as_i64);
        let count = count.filter(|count| (1..=5).contains(count)).ok_or(BAD)?;
        let first = self.garden(project, asked)?;
        let room = if self.has(Bug::OneGardenMore) { 21 } else { 20 };
        let count = usize::try_from(count).unwrap_or(1);
        if self.of(project).count() + count > room {
            return Err(FULL);
        }
        let mut made = vec![first];
        while made.len() < count {
            made.push(self.garden(project, asked)?);
        }
        let ids = made.iter().map(|garden| garden.id.clone()).collect();
        self.gardens.extend(made);
        let status = if self.has(Bug::CreatedAtOnce) {
            200
        } else {
            202
        };
        let job = self.start(project, Work::Plant, ids);
        Ok((status, json!({"job_id": job})))
    }

    fn start(&mut self, project: &str, work: Work, gardens: Vec<String>) -> String {
        let id = format!("{:032x}", self.jobs.len() + 1);
        let job = Job {
            project: project.to_owned(),
            work,
            gardens,
            begun: self.now,
            done: false,
            n_looks: 0,
        };
        self.jobs.insert(id.clone(), job);
        id
    }

    /// Ends the jobs whose time has come.
    fn settle(&mut self) {
        let (stays, now) = (self.has(Bug::RemovalDoesNothing), self.now);
        for job in self.jobs.values_mut().filter(|job| !job.done) {
            if now < job.begun + WORK {
                continue;
            }
            job.done = true;
            if job.work == Work::Clear {
                self.gardens
                    .retain(|garden| stays || !job.gardens.contains(&garden.id));
            }
            let grown = self.gardens.iter_mut();
            for garden in grown.filter(|garden| job.gardens.contains(&garden.id)) {
                garden.status = "GROWING";
            }
        }
    }

    fn job(&mut self, project: &str, id: &str) -> Answer {
        let bug = self.bug;
        let has = |wanted| bug == Some(wanted);
        let job = self.jobs.get_mut(id).filter(|job| job.project == project);
        let job = job.ok_or(NONE)?;
        job.n_looks += 1;
        let mut state = match (job.done, job.n_looks) {
            (true, _) => "SUCCESS",
            (false, 1) => "INIT",
            (false, _) => "RUNNING",
        };
        if has(Bug::JobGoesBack) && job.n_looks == 3 && !job.done {
            state = "INIT";
        }
        if has(Bug::JobFailsSilently) && job.done && job.work == Work::Harvest {
            state = "FAIL";
        }
        let part_state = match has(Bug::PartFails) && job.done {
            true => "FAIL",
            false => state,
        };
        let (kind, own) = match job.work {
            Work::Plant => ("createGardens", None),
            Work::Harvest => ("harvestGarden", job.gardens.first()),
            Work::Clear => ("deleteGarden", job.gardens.first()),
        };
        let common = |id: &str, kind: &str, state: &str| {
            let mut shown = Map::new();
            shown.insert("job_id".to_owned(), json!(id));
            shown.insert("job_type".to_owned(), json!(kind));
            shown.insert("status".to_owned(), json!(state));
            for time in ["begin_time", "end_time"] {
                shown.insert(time.to_owned(), json!("2031-05-01T20:00:00Z"));
            }
            for reason in ["error_code", "fail_reason"] {
                shown.insert(reason.to_owned(), Value::Null);
            }
            shown
        };
        let parts = job.gardens.iter().filter(|_| own.is_none());
        let parts: Vec<Value> = parts
            .enumerate()
            .map(|(nth, garden)| {
                let mut part = common(&format!("{id}{nth}"), "createGarden", part_state);
                part.insert("entities".to_owned(), json!({"garden_id": garden}));
                Value::Object(part)
            })
            .collect();
        let mut shown = common(id, kind, state);
        let mut entities = json!({"sub_jobs_total": parts.len(), "sub_jobs": parts});
        if let Some(garden) = own {
            entities["garden_id"] = json!(garden);
        }
        shown.insert("entities".to_owned(), entities);
        Ok((200, Value::Object(shown)))
    }

    fn list(&self, project: &str, request: &Request) -> Answer {
        let asked = |name: &str| {
            let mut query = request.query();
            query
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.into_owned())
        };
        let limit = asked("limit").map_or(Some(50), |limit| limit.parse::<usize>().ok());
        let mut limit = limit.filter(|limit| (1..=100).contains(limit)).ok_or(BAD)?;
        if self.has(Bug::LimitIgnored) {
            limit = 100;
        }
        let soil = asked("soil");
        if soil
            .as_ref()
            .is_some_and(|soil| !SOILS.contains(&soil.as_str()))
        {
            return Err(BAD);
        }
        let all: Vec<&Garden> = self.of(project).collect();
        let from = match asked("marker") {
            Some(marker) => {
                let at = all.iter().position(|garden| garden.id == marker);
                at.ok_or(BAD)? + usize::from(!self.has(Bug::MarkerIncluded))
            }
            None => 0,
        };
        let name = asked("name").filter(|_| !self.has(Bug::NameFilterIgnored));
        let soil = soil.filter(|_| !self.has(Bug::SoilFilterIgnored));
        let wanted = |garden: &&&Garden| {
            soil.as_ref().is_none_or(|soil| garden.soil == *soil)
                && name.as_ref().is_none_or(|name| garden.name == *name)
        };
        let items = all[from..].iter().filter(wanted).take(limit);
        let items: Vec<Value> = items.map(|garden| self.shown(garden)).collect();
        Ok((200, json!({"count": items.len(), "gardens": items})))
    }

    fn change(&mut self, project: &str, id: &str, asked: &Value) -> Answer {
        let place = self.find(project, id)?;
        if !asked.is_object() {
            return Err(BAD);
        }
        let altitude = asked.get("altitude").map(|told| self.altitude(told));
        if let (Some(Ok(altitude)), true) = (altitude, self.has(Bug::RefusesAndStores)) {
            self.gardens[place].altitude = altitude;
        }
        let name = asked.get("name").map(|told| self.name(told)).transpose()?;
        let said = asked.get("description");
        let said = said.map(|told| self.description(told)).transpose()?;
        let altitude = altitude.transpose()?;
        let forgets = self.has(Bug::ChangeForgetsRest).then(String::new);
        let only_told = self.has(Bug::ChangeOnlyTold);
        let garden = &mut self.gardens[place];
        let before = (
            garden.name.clone(),
            garden.description.clone(),
            garden.altitude,
        );
        garden.name = name.unwrap_or(garden.name.clone());
        garden.description = said.or(forgets).unwrap_or(garden.description.clone());
        garden.altitude = altitude.unwrap_or(garden.altitude);
        let shown = self.shown(&self.gardens[place]);
        if only_told {
            let garden = &mut self.gardens[place];
            (garden.name, garden.description, garden.altitude) = before;
        }
        Ok((200, json!({"garden": shown})))
    }

    fn remove(&mut self, project: &str, id: &str) -> Answer {
        let place = self.find(project, id).map_err(|none| {
            if self.has(Bug::SecondRemovalCrashes) {
                (500, "TGS.0001")
            } else {
                none
            }
        })?;
        if !["GROWING", "RESTING"].contains(&self.gardens[place].status) {
            return Err(STATE);
        }
        let job = self.start(project, Work::Clear, vec![id.to_owned()]);
        Ok((202, json!({"job_id": job})))
    }

    fn rest(&mut self, project: &str, id: &str) -> Answer {
        let place = self.find(project, id)?;
        if self.gardens[place].status != "GROWING" && !self.has(Bug::RestsInAnyState) {
            return Err(STATE);
        }
        self.gardens[place].status = "RESTING";
        Ok((200, json!({"garden": self.shown(&self.gardens[place])})))
    }

    fn harvest(&mut self, project: &str, id: &str, asked: &Value) -> Answer {
        let place = self.find(project, id)?;
        let grade = asked["grade"].as_str().ok_or(BAD)?;
        let baskets = asked.get("baskets").map_or(Some(5), Value::as_i64);
        let day = asked
            .get("start_date")
            .map_or(Some("2031-05-01"), Value::as_str);
        let right = ["BUD", "LEAF", "MIXED"].contains(&grade)
            && baskets.is_some_and(|baskets| (1..=50).contains(&baskets))
            && day.is_some_and(|day| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok());
        if !right {
            return Err(BAD);
        }
        if self.gardens[place].status != "GROWING" && !self.has(Bug::HarvestsInAnyState) {
            return Err(STATE);
        }
        self.gardens[place].status = "HARVESTING";
        let job = self.start(project, Work::Harvest, vec![id.to_owned()]);
        Ok((202, json!({"job_id": job})))
    }

    fn tag(&mut self, project: &str, id: &str, asked: &Value) -> Answer {
        let place = self.find(project, id)?;
        let creates = match asked["action"].as_str() {
            Some("create") => true,
            Some("delete") => false,
            _ => return Err(BAD),
        };
        let told = self.tags_of(&asked["tags"], creates)?;
        let mut known = self.gardens[place].tags.clone();
        if creates && self.has(Bug::TagsReplaced) {
            known.clear();
        }
        if creates && self.has(Bug::TagsNotTwice) && told.iter().any(|tag| known.contains(tag)) {
            return Err(STATE);
        }
        for (key, value) in told {
            known.retain(|(other, _)| *other != key || !creates && self.has(Bug::TagsStay));
            if creates {
                known.push((key, value));
            }
        }
        let room = if self.has(Bug::OneTagMore) { 11 } else { 10 };
        if known.len() > room {
            return Err(BAD);
        }
        self.gardens[place].tags = known;
        Ok((204, Value::Null))
    }

    fn plant(&mut self, project: &str, id: &str, asked: &Value) -> Answer {
        let place = self.find(project, id)?;
        let name = text(asked, "name", 2, 16)?;
        let capitals = self.has(Bug::CapitalsInPlots);
        let fits = |c: char| {
            matches!(c, 'a'..='z' | '0'..='9' | '-') || capitals && c.is_ascii_uppercase()
        };
        let rows = asked["rows"].as_i64().ok_or(BAD)?;
        let usual = if self.has(Bug::WrongCultivar) {
            "ROUGUI"
        } else {
            "SHUIXIAN"
        };
        let cultivar = asked.get("cultivar").map_or(Some(usual), Value::as_str);
        let cultivar = cultivar
            .filter(|told| CULTIVARS.contains(told))
            .ok_or(BAD)?;
        if !name.chars().all(fits) || !(1..=200).contains(&rows) {
            return Err(BAD);
        }
        let plots = &self.gardens[place].plots;
        if plots.iter().any(|plot| plot.name == name) && !self.has(Bug::PlotTwice) {
            return Err(TAKEN);
        }
        let room = if self.has(Bug::OnePlotMore) { 9 } else { 8 };
        if plots.len() >= room {
            return Err(FULL);
        }
        let plot = Plot {
            id: self.id(),
            name,
            rows,
            cultivar: cultivar.to_owned(),
        };
        let shown = plot.shown(id);
        self.gardens[place].plots.push(plot);
        Ok((201, json!({"plot": shown})))
    }

    fn uproot(&mut self, project: &str, id: &str, plot: &str) -> Answer {
        let place = self.find(project, id)?;
        let stays = self.has(Bug::PlotStays);
        let plots = &mut self.gardens[place].plots;
        let at = plots
            .iter()
            .position(|known| known.id == plot)
            .ok_or(NONE)?;
        if !stays {
            plots.remove(at);
        }
        Ok((204, Value::Null))
    }
}

impl Plot {
    fn shown(&self, garden: &str) -> Value {
        json!({
            "id": self.id, "garden_id": garden, "name": self.name, "rows": self.rows,
            "cultivar": self.cultivar,
        })
    }
}

fn tags(garden: &Garden) -> Vec<Value> {
    let tags = garden.tags.iter();
    tags.map(|(key, value)| json!({"key": key, "value": value}))
        .collect()
}

/// A text of so many characters.
fn text(
    asked: &Value,
    name: &str,
    least: usize,
    most: usize,
) -> Result<String, (u16, &'static str)> {
    let text = asked.get(name).and_then(Value::as_str).ok_or(BAD)?;
    let fits = (least..=most).contains(&text.chars().count());
    fits.then(|| text.to_owned()).ok_or(BAD)
}

impl Target for Gardens {
    fn name(&self) -> &str {
        "gardens"
    }

    fn endpoint(&self) -> &str {
        "http://gardens.invalid"
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        Ok(self.respond(request))
    }

    fn authorize(&self, request: &mut Request) {
        request.headers.set("X-Auth-Token", TOKEN);
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
    }

    fn lent(&self) -> &Lent {
        &self.lent
    }

    fn restore(&mut self) -> Restored {
        *self = Self::new(self.bug);
        Restored::Whole
    }
}
