//! Looms that show which carpets name them, carpets that only a list shows, and orders that go with their loom.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use super::{Service, answered, missed};

const TOKEN: &str = "a token of the looms";

/// What is wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bug {
    /// The list of looms shows the names that they were made with.
    ListStaysOld,
    /// A loom that is quiet stays so.
    NeverLoud,
    /// A loom may be given a name that another one has.
    NameTaken,
    /// The filter of the list is not applied.
    FilterIgnored,
    /// A loom shows no carpets.
    NoCarpets,
    /// Of two carpets both get the new colour.
    AllCarpets,
    /// The list shows another length than was ordered.
    OtherLength,
    /// What is cancelled can be cancelled again.
    CanceledTwice,
    /// What is cancelled stays pending.
    StaysPending,
    /// A removal is answered and not done.
    LoomStays,
    /// The same of carpets.
    CarpetStays,
}

impl Bug {
    const ALL: [Bug; 11] = [
        Bug::ListStaysOld,
        Bug::NeverLoud,
        Bug::NameTaken,
        Bug::FilterIgnored,
        Bug::NoCarpets,
        Bug::AllCarpets,
        Bug::OtherLength,
        Bug::CanceledTwice,
        Bug::StaysPending,
        Bug::LoomStays,
        Bug::CarpetStays,
    ];
}

/// Things by their ids, as they are shown.
#[derive(Default)]
struct Mill {
    bugs: Vec<Bug>,
    looms: BTreeMap<String, Value>,
    first_names: BTreeMap<String, Value>,
    carpets: BTreeMap<String, Value>,
    orders: BTreeMap<String, (String, Value)>,
    n_ids: usize,
}

type Answer = Result<(u16, Value), u16>;

impl Mill {
    fn has(&self, bug: Bug) -> bool {
        self.bugs.contains(&bug)
    }

    fn id(&mut self) -> String {
        self.n_ids += 1;
        format!("7d2f4e80-6b1c-4a5d-8e33-{:012x}", self.n_ids)
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let token = request.headers.get("X-Auth-Token");
        if token.is_none_or(|token| token != TOKEN) {
            return Err(401);
        }
        let path = request.url.path().to_owned();
        let parts: Vec<&str> = path.split('/').skip(2).collect();
        let sent = || serde_json::from_slice::<Value>(&request.body).map_err(|_| 400_u16);
        match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["mill", "looms"]) => self.make_loom(&sent()?),
            ("GET", ["mill", "looms"]) => self.list_looms(request.url.query()),
            ("GET", ["mill", "looms", id]) => self.show_loom(id),
            ("PUT", ["mill", "looms", id]) => self.change_loom(id, &sent()?),
            ("DELETE", ["mill", "looms", id]) => self.remove_loom(id),
            ("POST", ["mill", "carpets"]) => self.make_carpet(&sent()?),
            ("GET", ["mill", "carpets"]) => {
                let carpets: Vec<&Value> = self.carpets.values().collect();
                Ok((200, json!({ "carpets": carpets })))
            }
            ("PUT", ["mill", "carpets", id]) => self.change_carpet(id, &sent()?),
            ("DELETE", ["mill", "carpets", id]) => {
                let removed = self.carpets.remove(*id).ok_or(404_u16)?;
                if self.has(Bug::CarpetStays) {
                    self.carpets.insert((*id).to_owned(), removed);
                }
                Ok((204, Value::Null))
            }
            ("POST", ["mill", "looms", id, "orders"]) => self.order(id, &sent()?),
            ("GET", ["mill", "looms", id, "orders"]) => self.list_orders(id),
            ("PUT", ["mill", "looms", id, "orders", order, "cancel"]) => self.cancel(id, order),
            _ => Err(404),
        }
    }

    fn make_loom(&mut self, sent: &Value) -> Answer {
        let name = self.name(sent, None)?.ok_or(400_u16)?;
        let quiet = switch(sent)?.unwrap_or(true);
        let id = self.id();
        let loom = json!({"id": id, "name": name, "quiet": quiet});
        self.first_names.insert(id.clone(), name);
        self.looms.insert(id, loom.clone());
        Ok((201, loom))
    }

    /// The name that is sent, if any, which no other loom may have.
    fn name(&self, sent: &Value, own: Option<&str>) -> Result<Option<Value>, u16> {
        let Some(name) = sent.get("name") else {
            return Ok(None);
        };
        let length = name.as_str().ok_or(400_u16)?.chars().count();
        if !(1..=20).contains(&length) {
            return Err(400);
        }
        let mut others = self.looms.iter().filter(|(id, _)| own != Some(id.as_str()));
        let is_taken = others.any(|(_, loom)| loom["name"] == *name);
        let may_be_taken = own.is_some() && self.has(Bug::NameTaken);
        match is_taken && !may_be_taken {
            true => Err(409),
            false => Ok(Some(name.clone())),
        }
    }

    fn list_looms(&self, query: Option<&str>) -> Answer {
        let quiet = match query.and_then(|query| query.strip_prefix("quiet=")) {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return Err(400),
        };
        let quiet = quiet.filter(|_| !self.has(Bug::FilterIgnored));
        let looms = self.looms.iter();
        let looms = looms.filter(|(_, loom)| quiet.is_none_or(|quiet| loom["quiet"] == quiet));
        let looms = looms.map(|(id, loom)| {
            let mut loom = loom.clone();
            if self.has(Bug::ListStaysOld) {
                loom["name"] = self.first_names[id].clone();
            }
            loom
        });
        Ok((200, json!({"looms": looms.collect::<Vec<Value>>()})))
    }

    fn show_loom(&self, id: &str) -> Answer {
        let mut loom = self.looms.get(id).ok_or(404_u16)?.clone();
        let own = self.carpets.values();
        let own = own.filter(|carpet| carpet["loom_id"] == id && !self.has(Bug::NoCarpets));
        loom["carpet_ids"] = own.map(|carpet| carpet["id"].clone()).collect();
        Ok((200, loom))
    }

    fn change_loom(&mut self, id: &str, sent: &Value) -> Answer {
        if !self.looms.contains_key(id) {
            return Err(404);
        }
        let name = self.name(sent, Some(id))?;
        let stays_quiet = self.has(Bug::NeverLoud);
        let quiet = switch(sent)?.filter(|quiet| *quiet || !stays_quiet);
        let loom = self.looms.get_mut(id).ok_or(404_u16)?;
        if let Some(name) = name {
            loom["name"] = name;
        }
        if let Some(quiet) = quiet {
            loom["quiet"] = quiet.into();
        }
        Ok((200, loom.clone()))
    }

    fn remove_loom(&mut self, id: &str) -> Answer {
        if !self.looms.contains_key(id) {
            return Err(404);
        }
        if !self.has(Bug::LoomStays) {
            self.looms.remove(id);
            self.orders.retain(|_, (loom, _)| loom != id);
        }
        Ok((204, Value::Null))
    }

    fn make_carpet(&mut self, sent: &Value) -> Answer {
        let loom = sent["loom_id"].as_str().ok_or(400_u16)?;
        let color = color(sent)?;
        if !self.looms.contains_key(loom) {
            return Err(404);
        }
        let id = self.id();
        let carpet = json!({"id": id, "loom_id": loom, "color": color});
        self.carpets.insert(id, carpet.clone());
        Ok((201, carpet))
    }

    fn change_carpet(&mut self, id: &str, sent: &Value) -> Answer {
        if !self.carpets.contains_key(id) {
            return Err(404);
        }
        let (color, all) = (color(sent)?, self.has(Bug::AllCarpets));
        for (known, carpet) in &mut self.carpets {
            if known == id || all {
                carpet["color"] = color.clone();
            }
        }
        Ok((200, self.carpets[id].clone()))
    }

    fn order(&mut self, loom: &str, sent: &Value) -> Answer {
        let length = sent["length"].as_i64().ok_or(400_u16)?;
        if !(1..=50).contains(&length) {
            return Err(400);
        }
        if !self.looms.contains_key(loom) {
            return Err(404);
        }
        let id = self.id();
        let order = json!({"id": id, "length": length, "status": "PENDING"});
        self.orders.insert(id, (loom.to_owned(), order.clone()));
        Ok((201, order))
    }

    fn list_orders(&self, loom: &str) -> Answer {
        if !self.looms.contains_key(loom) {
            return Err(404);
        }
        let own = self.orders.values().filter(|(known, _)| known == loom);
        let orders = own.map(|(_, order)| {
            let mut order = order.clone();
            if self.has(Bug::OtherLength) {
                order["length"] = 50.into();
            }
            order
        });
        Ok((200, json!({"orders": orders.collect::<Vec<Value>>()})))
    }

    fn cancel(&mut self, loom: &str, order: &str) -> Answer {
        let (again, stays) = (self.has(Bug::CanceledTwice), self.has(Bug::StaysPending));
        let known = self.orders.get_mut(order);
        let (_, order) = known.filter(|(known, _)| known == loom).ok_or(404_u16)?;
        if order["status"] != "PENDING" && !again {
            return Err(409);
        }
        if !stays {
            order["status"] = "CANCELED".into();
        }
        Ok((204, Value::Null))
    }
}

/// Whether it is sent that a loom is quiet.
fn switch(sent: &Value) -> Result<Option<bool>, u16> {
    let quiet = sent.get("quiet");
    quiet.map(|quiet| quiet.as_bool().ok_or(400)).transpose()
}

fn color(sent: &Value) -> Result<Value, u16> {
    let color = &sent["color"];
    let is_known = ["red", "green", "blue"].iter().any(|known| color == known);
    is_known.then(|| color.clone()).ok_or(400)
}

/// The mill behind HTTP.
struct Behind(Mutex<Mill>);

impl Respond for Behind {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        answered(self.0.lock().unwrap().answer(request))
    }
}

fn tried(bug: Option<Bug>) -> (Option<i32>, String) {
    tried_with(bug.into_iter().collect())
}

fn tried_with(bugs: Vec<Bug>) -> (Option<i32>, String) {
    let service = Service {
        page: ("looms.md", include_bytes!("looms.md")),
        project: "mill",
        token: TOKEN,
    };
    let mill = Mill {
        bugs,
        ..Mill::default()
    };
    service.tried(Behind(Mutex::new(mill)), &[])
}

#[test]
fn looms_carpets_and_orders_are_accused_of_nothing() {
    let (code, told) = tried(None);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("0 violations, 0 warnings"), "{told}");
    for reason in ["nobody lends `order_id`", "still there"] {
        assert!(!told.contains(reason), "{told}");
    }
}

#[test]
fn every_bug_of_the_looms_is_found_over_http() {
    assert_eq!(missed(&Bug::ALL, tried), []);
}

#[test]
fn carpets_that_stay_do_not_hide_what_looms_do() {
    let (_, of_orders) = tried(Some(Bug::CanceledTwice));
    let found = of_orders
        .lines()
        .find(|line| line.starts_with("FAIL"))
        .expect("it is found");
    let (_, of_both) = tried_with(vec![Bug::CarpetStays, Bug::CanceledTwice]);
    assert!(
        of_both.contains("what it made before could not be removed"),
        "{of_both}"
    );
    assert!(of_both.contains(found), "{of_both}");
}
