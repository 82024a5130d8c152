//! The Twin: a stateful server that behaves as documented, and its Defects.
//!
//! Main type: [`Twin`]. Its core is synchronous and pure: [`Twin::respond`] takes a request and the
//! world, [`Twin::advance`] lets virtual time pass. Most of an operation follows from the Contract:
//! its route, what its request must obey ([`obey`]), and the shape of its answer ([`render`]); what
//! is special to one stands in `operations/`, and a line of the table there leads to it.
//!
//! It shares no code with the judge: it knows neither `schema`, `case` nor `check`, and decides
//! alone whether a value meets a Constraint. Otherwise the harness would agree with itself.

mod admit;
mod call;
mod defect;
mod defects;
mod facts;
mod family;
mod fault;
mod http;
mod journal;
mod memo;
mod mend;
mod misread;
mod needed;
mod obey;
mod operations;
mod pace;
mod render;
mod routes;
mod sicken;
mod signature;
mod stance;
mod states;
mod text;
mod version;
mod world;

pub use admit::Rules;
pub use defect::{Defect, DefectClass};
pub use defects::defects;
pub use http::{Clock, Service, serve};
pub use journal::{Difference, Entry, NoJournal, Opening, Replay};
pub use stance::{Stance, stances};
pub use world::{WorldError, WorldProblem};

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::contract::{Contract, Operation, OperationId, StatementId, Version};
use crate::wire::{Headers, Request, Response};
use call::{Answer, Call};
use family::Family;
use fault::Fault;
use memo::{Memo, Question};
use operations::Handler;
use routes::{Found, Route, Routes};
use world::{Caller, World};

/// Requests with a larger body are refused.
const MOST_BODY: usize = 12 * 1024 * 1024;

/// The JSON Schema of the files that [`Twin::with_world`] reads.
pub fn world_schema() -> Value {
    world::world_schema()
}

/// A server in memory. Cloning it copies its world.
#[derive(Clone, Debug)]
pub struct Twin {
    contract: Arc<Contract>,
    routes: Arc<Routes>,
    world: World,
    memo: Memo,
    rules: Rules,
    pace: pace::Pace,
    defect: Option<Arc<Defect>>,
    /// What the clock on the wall says, by which signatures are dated. None: the virtual clock.
    wall: Option<Timestamp>,
    n_requests: u64,
    lent: Arc<BTreeMap<String, Vec<String>>>,
    /// How often the ill operation worked.
    n_worked: u64,
}

/// A request, and what was found out about it.
struct Asked<'a> {
    request: &'a Request,
    /// Who sent it, where that is known without asking.
    known: Option<Caller>,
    found: Option<&'a Found<'a>>,
    version: Option<Version>,
}

/// What an answer is made of, once the request is understood.
#[derive(Clone, Debug)]
struct Answered {
    status: u16,
    /// JSON, or nothing.
    body: String,
    headers: Vec<(&'static str, String)>,
}

impl Twin {
    /// A Twin with a small believable world. The same seed gives the same ids and times.
    pub fn new(contract: Arc<Contract>, seed: u64) -> Self {
        let routes = Arc::new(Routes::of(&contract));
        let world = World::new(seed);
        Self {
            contract,
            routes,
            lent: Arc::new(world.lent()),
            world,
            memo: Memo::default(),
            rules: Rules::default(),
            pace: pace::Pace::default(),
            defect: None,
            wall: None,
            n_requests: 0,
            n_worked: 0,
        }
    }

    /// The same Twin in the world that a file describes (the text of it, as JSON).
    ///
    /// # Errors
    /// All that is wrong with the file, with lines.
    pub fn with_world(mut self, text: &str) -> Result<Self, WorldError> {
        self.world = World::read(self.world.seed(), text)?;
        self.lent = Arc::new(self.world.lent());
        Ok(self)
    }

    /// The file that describes its world.
    pub fn world(&self) -> Value {
        self.world.tell()
    }

    /// The same Twin, ill in one way.
    pub fn with_defect(mut self, defect: Defect) -> Self {
        if let Some(misread) = misread::contract(&self.contract, &defect) {
            self.routes = Arc::new(Routes::of(&misread));
        }
        self.defect = Some(Arc::new(defect));
        self
    }

    /// The same Twin, under other rules.
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// The same Twin, where the first user has this access key too.
    pub fn with_access_key(mut self, access: &str, secret: &str) -> Self {
        Arc::make_mut(&mut self.world.people).lend_key(access, secret);
        self
    }

    /// Says what the clock on the wall shows: signatures are dated by it.
    pub fn set_wall(&mut self, now: Timestamp) {
        self.wall = Some(now);
    }

    /// The virtual time.
    pub fn now(&self) -> Timestamp {
        self.world.now()
    }

    /// Whether it answers this operation.
    pub fn serves(&self, operation: &OperationId) -> bool {
        self.routes.route(operation).is_some()
    }

    /// What is known of an operation that it answers.
    fn route(&self, operation: &OperationId) -> Option<&Route> {
        self.routes.route(operation)
    }

    /// The operations that it answers.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.contract
            .operations
            .iter()
            .filter(|operation| self.serves(&operation.id))
    }

    /// Lets virtual time pass.
    pub fn advance(&mut self, time: Duration) {
        if time.is_zero() {
            return;
        }
        self.memo.forget();
        let ill = |class| {
            self.defect
                .as_ref()
                .is_some_and(|defect| defect.class == class)
        };
        let illness = world::Illness {
            jobs_never_end: ill(DefectClass::JobNeverEnds),
        };
        self.world.advance(time, illness);
    }

    /// What a run may use of the world at the start, by parameter or field name. The token is among
    /// it.
    pub fn lent(&self) -> BTreeMap<String, Vec<String>> {
        (*self.lent).clone()
    }

    /// Answers one request.
    pub fn respond(&mut self, request: &Request) -> Response {
        self.respond_as(request, None)
    }

    /// Who the Twin takes the sender of a request for.
    fn caller(&self, request: &Request) -> Result<Caller, Fault> {
        let wall = self.wall.unwrap_or(self.world.now());
        admit::caller(&self.world, self.rules, request, wall)
    }

    /// Answers a request of somebody who is known already, or who has to say who they are.
    fn respond_as(&mut self, request: &Request, known: Option<Caller>) -> Response {
        self.n_requests += 1;
        let (contract, routes) = (Arc::clone(&self.contract), Arc::clone(&self.routes));
        let defect = self.defect.clone();
        let defect = defect.as_deref();
        let family = Family::of(request.path());
        let version = family.has_versions().then(|| version::asked(request));
        let version = version.transpose();
        let place = routes.place(request.method, request.path());
        let body = read_body(request);
        let found = place
            .as_ref()
            .ok()
            .and_then(|place| place.choose(body.as_ref().ok()));
        let operation = found.as_ref().map(|found| &found.route.operation);
        let answered = match (&place, &version) {
            (Err(fault), _) | (Ok(_), Err(fault)) => Err(fault.clone()),
            (Ok(_), Ok(version)) => {
                let asked = Asked {
                    request,
                    known,
                    found: found.as_ref(),
                    version: *version,
                };
                self.answer(asked, body, defect)
            }
        };
        let mut response = match answered {
            Ok(answered) => {
                let mut response = respond_json(answered.status, answered.body);
                for (name, value) in answered.headers {
                    response.headers.set(name, value);
                }
                response
            }
            Err(fault) => fault.respond(&contract, family, operation, defect),
        };
        if let Ok(Some(version)) = version {
            version::told(version, &mut response.headers);
        }
        response.headers.set("X-Request-Id", self.request_id());
        match (defect, operation) {
            (Some(defect), Some(operation)) => {
                sicken::response(response, defect, operation, &contract)
            }
            _ => response,
        }
    }

    /// A name for the request that is being answered.
    fn request_id(&self) -> String {
        format!("req-00000000-0000-4000-8000-{:012x}", self.n_requests)
    }

    fn answer(
        &mut self,
        asked: Asked<'_>,
        body: Result<Value, Fault>,
        defect: Option<&Defect>,
    ) -> Result<Answered, Fault> {
        let caller = self.admit(&asked, defect)?;
        let Asked {
            request,
            found,
            version,
            ..
        } = asked;
        let Some(found) = found else {
            body?;
            return Err(Fault::no_action());
        };
        let operation = &found.route.operation;
        if found.route.project_scoped() && !version::exists(&operation.statements, version) {
            return Err(Fault::no_route().saying("the version does not have this operation"));
        }
        self.count(operation, &caller)?;
        let body = match body {
            Err(_) if found.route.documented && operation.request.is_none() => Value::Null,
            body => body?,
        };
        let question = match defect {
            None => Question::of(request, &caller, version),
            Some(_) => None,
        };
        match &question {
            Some(question) => {
                if let Some(known) = self.memo.recall(question) {
                    return Ok(known.clone());
                }
            }
            None => self.memo.forget(),
        }
        let mut call = self.call(request, found, caller, defect);
        (call.body, call.version) = (body, version);
        version::leave_out_of(&mut call);
        if let Err(fault) = self.obey(&call, found) {
            if call.is_ill(DefectClass::RefusedButChanged) {
                self.do_all_the_same(&mut call, found.route.handler);
            }
            return Err(fault);
        }
        call.forget();
        let answer = match self.perform(found.route.handler, &call) {
            Ok(answer) => answer,
            Err(_) if call.is_ill(DefectClass::AcceptsUnknown) => Answer::nothing(),
            // The illness: what breaks the rule is accepted, even where nothing can be made of it.
            Err(_)
                if call.disobeys(&self.contract, found) || call.is_in_a_bad_state(&self.world) =>
            {
                Answer::nothing()
            }
            Err(fault) => return Err(fault),
        };
        let answered = answered(found, &call, answer);
        if let Some(question) = question {
            self.memo.keep(question, &answered);
        }
        Ok(answered)
    }

    fn call<'a>(
        &self,
        request: &'a Request,
        found: &'a Found<'_>,
        caller: Caller,
        defect: Option<&'a Defect>,
    ) -> Call<'a> {
        let host = request.headers.get("Host").unwrap_or("twin.invalid");
        let query = request.query();
        Call {
            operation: &found.route.operation,
            parameters: &found.parameters,
            last: found.values.last().cloned().unwrap_or_default(),
            query: query
                .map(|(k, v)| (k.into_owned(), v.into_owned()))
                .collect(),
            body: Value::Null,
            caller,
            version: None,
            base: format!("http://{host}"),
            path: request.path().to_owned(),
            subject: request.headers.get("X-Subject-Token").map(str::to_owned),
            request_id: self.request_id(),
            now: self.world.now(),
            defect,
        }
    }

    /// Whether the request keeps what the Contract says of it, and the world is in a state for it.
    fn obey(&self, call: &Call<'_>, found: &Found<'_>) -> Result<(), Fault> {
        let excused = call.defect.and_then(|defect| defect.excuses());
        obey::parameters(call.operation, &found.documented(), &call.query, excused)?;
        obey::body(call.operation, &call.body, excused)?;
        if call.excuses_states() {
            return Ok(());
        }
        states::allow(&self.world, call)
    }

    /// The illness: it says no, and does what was meant all the same.
    fn do_all_the_same(&mut self, call: &mut Call<'_>, handler: Handler) {
        let known = self.world.known();
        let (body, named) = (std::mem::take(&mut call.body), call.last.clone());
        for mended in mend::bodies(call.operation, &body, &known, &named) {
            call.body = mended;
            if handler(&mut self.world.clone(), call).is_ok() {
                let _ = handler(&mut self.world, call);
                return;
            }
        }
    }

    /// Runs the handler, on a copy of the world when it must not have an effect.
    fn perform(&mut self, handler: Handler, call: &Call<'_>) -> Result<Answer, Fault> {
        let tired = call.is_ill(DefectClass::WorksOnce) && self.n_worked > 0;
        let put_off = call.is_ill(DefectClass::IdleWhenGiven) && call.gives_its_field();
        if tired || put_off || call.is_ill(DefectClass::StateUnchanged) {
            let mut other = self.world.clone();
            let answer = handler(&mut other, call)?;
            self.world.pretend(&other);
            return Ok(answer);
        }
        let answer = handler(&mut self.world, call)?;
        self.n_worked += u64::from(call.is_ill(DefectClass::WorksOnce));
        Ok(answer)
    }

    /// Finds out who asks, and whether they may.
    fn admit(&self, asked: &Asked<'_>, defect: Option<&Defect>) -> Result<Caller, Fault> {
        let found = asked.found;
        let operation = found.map(|found| &found.route.operation);
        let ill = |class| {
            defect.is_some_and(|defect| {
                defect.class == class && Some(&defect.operation) == operation.map(|o| &o.id)
            })
        };
        let open = found.is_some_and(|found| found.route.public);
        let known = asked.known.clone();
        let mut caller = match known.map_or_else(|| self.caller(asked.request), Ok) {
            Err(_) if open || ill(DefectClass::NoAuthentication) => admit::anybody(&self.world),
            caller => caller?,
        };
        if let Some(found) = found {
            let asked = found.parameters.get("project_id").map(String::as_str);
            if ill(DefectClass::ProjectsMixed)
                && let Some(asked) = asked
            {
                asked.clone_into(&mut caller.project);
            }
            if !ill(DefectClass::AcceptsUnknown) {
                admit::keep_apart(self.rules, &mut caller, asked)?;
            }
            admit::permit(self.rules, &caller, &found.route.operation)?;
        }
        Ok(caller)
    }

    /// Counts the request against the documented rate, where rates count.
    fn count(&mut self, operation: &Operation, caller: &Caller) -> Result<(), Fault> {
        if !self.rules.rate_limits {
            return Ok(());
        }
        self.pace
            .count(operation, &caller.project, self.world.now())
    }
}

impl Call<'_> {
    /// Drops what an ill Twin does not read: a query parameter, or a field of the body.
    fn forget(&mut self) {
        let Some(field) = self.defect.and_then(|defect| defect.field.as_ref()) else {
            return;
        };
        if self.is_ill(DefectClass::QueryIgnored) {
            self.query.retain(|(name, _)| name != field.leaf());
        }
        if self.is_ill(DefectClass::WriteForgotten) {
            sicken::remove(&mut self.body, field);
        }
    }

    /// Whether the documented states do not count.
    fn excuses_states(&self) -> bool {
        let excused = self.defect.and_then(Defect::excuses);
        excuses(excused, &self.operation.id, None, "state_precondition")
    }

    fn is_in_a_bad_state(&self, world: &World) -> bool {
        self.excuses_states() && states::allow(world, self).is_err()
    }

    /// Whether the request breaks what an ill Twin forgives and a healthy one does not.
    fn disobeys(&self, contract: &Contract, found: &Found<'_>) -> bool {
        let forgives = self.defect.is_some_and(|defect| {
            defect.excuses().is_some() || defect.class == DefectClass::LimitWidened
        });
        // A limit that is misread is so in the operation of the route.
        let told = contract.operation(&self.operation.id);
        let told = told.unwrap_or(self.operation);
        forgives
            && (obey::parameters(told, &found.documented(), &self.query, None).is_err()
                || obey::body(told, &self.body, None).is_err())
    }
}

/// The answer in the documented shape. Where the document shows no body, the facts speak.
fn answered(found: &Found<'_>, call: &Call<'_>, answer: Answer) -> Answered {
    let operation = &found.route.operation;
    let documented = |status: &u16| operation.success.iter().any(|(known, _)| known == status);
    let usual = operation.success.first().map(|(status, _)| *status);
    let status = answer
        .status
        .filter(|status| usual.is_none() || documented(status));
    let status = status.or(usual).unwrap_or(found.route.status);
    let body = match (&operation.response, answer.facts) {
        _ if status == 204 => String::new(),
        (Some(body), facts) => render::body(body, &facts, call.version),
        (None, Value::Null) => String::new(),
        (None, facts) => facts.to_string(),
    };
    Answered {
        status,
        body,
        headers: answer.headers,
    }
}

/// The body as JSON; nothing where there is none.
fn read_body(request: &Request) -> Result<Value, Fault> {
    if request.body.len() > MOST_BODY {
        return Err(Fault::too_large());
    }
    if request.body.is_empty() {
        return Ok(Value::Null);
    }
    let kind = request
        .headers
        .get("Content-Type")
        .unwrap_or("application/json");
    if !kind.to_ascii_lowercase().contains("json") {
        return Err(Fault::unsupported_media());
    }
    serde_json::from_slice(&request.body).map_err(|_| Fault::malformed())
}

fn respond_json(status: u16, body: String) -> Response {
    let mut headers = Headers::default();
    headers.set("Content-Type", "application/json");
    Response {
        status,
        headers,
        body: body.into(),
    }
}

/// Whether a Defect takes back the statement of this id.
fn excuses(
    excused: Option<&StatementId>,
    operation: &OperationId,
    field: Option<&str>,
    rule: &str,
) -> bool {
    excused.is_some_and(|statement| {
        statement.operation == *operation
            && statement.rule == rule
            && statement.field.as_ref().map(ToString::to_string).as_deref() == field
    })
}
