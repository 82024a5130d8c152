//! The Twin: a stateful server that behaves as documented, and its Defects.
//!
//! Main type: [`Twin`]. Its core is synchronous and pure: [`Twin::respond`] takes a request and the
//! world, [`Twin::advance`] lets virtual time pass. Most of an operation follows from the Contract:
//! its route, what its request must obey ([`obey`]), and the shape of its answer ([`render`]); what
//! is special to one stands in `operations/`, in a file named after it.
//!
//! It shares no code with the judge: it knows neither `schema`, `case` nor `check`, and decides
//! alone whether a value meets a Constraint. Otherwise the harness would agree with itself.

mod defect;
mod defects;
mod fault;
mod http;
mod obey;
mod operations;
mod render;
mod routes;
mod sicken;
mod text;
mod world;

pub use defect::{Defect, DefectClass};
pub use defects::defects;
pub use http::{Clock, serve};

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::contract::{Contract, Operation, OperationId, StatementId};
use crate::wire::{Headers, Request, Response};
use fault::Fault;
use operations::Handler;
use routes::Routes;
use world::World;

/// Requests with a larger body are refused.
const MOST_BODY: usize = 12 * 1024 * 1024;

/// A server in memory. Cloning it copies its world.
#[derive(Clone, Debug)]
pub struct Twin {
    contract: Arc<Contract>,
    routes: Arc<Routes>,
    world: World,
    defect: Option<Arc<Defect>>,
}

/// A request that was understood.
struct Call<'a> {
    operation: &'a Operation,
    parameters: BTreeMap<&'a str, String>,
    body: Value,
    defect: Option<&'a Defect>,
}

impl Call<'_> {
    /// The value of a path parameter.
    fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// Whether the Twin is ill in this way, for this operation.
    fn is_ill(&self, class: DefectClass) -> bool {
        self.defect
            .is_some_and(|defect| defect.class == class && defect.operation == self.operation.id)
    }
}

impl Twin {
    /// A Twin with a small believable world. The same seed gives the same ids and times.
    pub fn new(contract: Arc<Contract>, seed: u64) -> Self {
        let routes = Arc::new(Routes::of(&contract));
        Self {
            contract,
            routes,
            world: World::new(seed),
            defect: None,
        }
    }

    /// The same Twin, ill in one way.
    pub fn with_defect(mut self, defect: Defect) -> Self {
        self.defect = Some(Arc::new(defect));
        self
    }

    /// Whether it answers this operation.
    pub fn serves(&self, operation: &OperationId) -> bool {
        self.routes.serves(&self.contract, operation)
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
        let stuck = self
            .defect
            .as_ref()
            .is_some_and(|defect| defect.class == DefectClass::JobNeverEnds);
        let idle = self
            .defect
            .as_ref()
            .is_some_and(|defect| defect.class == DefectClass::StateUnchanged);
        self.world.advance(
            time,
            world::Illness {
                jobs_never_end: stuck,
                jobs_do_nothing: idle,
            },
        );
    }

    /// What a run may use, by parameter or field name. The token is among it.
    pub fn lent(&self) -> BTreeMap<String, Vec<String>> {
        self.world.lent()
    }

    /// Answers one request.
    pub fn respond(&mut self, request: &Request) -> Response {
        let routes = Arc::clone(&self.routes);
        let contract = Arc::clone(&self.contract);
        let defect = self.defect.clone();
        let found = routes.find(&contract, request.method, request.path());
        let operation = found.as_ref().ok().map(|found| found.operation);
        let defect = defect.as_deref();
        let answer = found.and_then(|found| self.answer(request, found, defect));
        let response = match answer {
            Ok((status, body)) => respond_json(status, &body),
            Err(fault) => fault.respond(&contract, operation, defect),
        };
        match (defect, operation) {
            (Some(defect), Some(operation)) => {
                sicken::response(response, defect, operation, &contract)
            }
            _ => response,
        }
    }

    fn answer(
        &mut self,
        request: &Request,
        found: routes::Found<'_>,
        defect: Option<&Defect>,
    ) -> Result<(u16, Value), Fault> {
        let operation = found.operation;
        let mut call = Call {
            operation,
            parameters: found.parameters,
            body: Value::Null,
            defect,
        };
        self.admit(request, &call)?;
        call.body = read_body(request, operation)?;
        let excused = defect.and_then(|defect| defect.excuses());
        obey::parameters(operation, &call.parameters, excused)?;
        let broken = obey::body(operation, &call.body, excused);
        let handler = found.handler;
        if let Err(fault) = broken {
            if call.is_ill(DefectClass::RefusedButChanged) {
                // The illness: it says no, and does it all the same.
                let _ = handler.run(&mut self.world, &call);
            }
            return Err(fault);
        }
        let facts = match self.perform(handler, &call) {
            Ok(facts) => facts,
            Err(_) if call.is_ill(DefectClass::AcceptsUnknown) => Value::Null,
            // The illness: what breaks the rule is accepted, even where nothing can be made of it.
            Err(_) if excused.is_some() && disobeys(&call) => Value::Null,
            Err(fault) => return Err(fault),
        };
        let status = operation.success.first().map_or(200, |(status, _)| *status);
        let body = operation
            .response
            .as_ref()
            .map_or(Value::Null, |body| render::body(body, &facts));
        Ok((status, body))
    }

    /// Runs the handler, on a copy of the world when it must not have an effect.
    fn perform(&mut self, handler: Handler, call: &Call<'_>) -> Result<Value, Fault> {
        if call.is_ill(DefectClass::StateUnchanged) && !call.operation.is_async() {
            return handler.run(&mut self.world.clone(), call);
        }
        handler.run(&mut self.world, call)
    }

    /// Authenticates, and keeps projects apart.
    fn admit(&self, request: &Request, call: &Call<'_>) -> Result<(), Fault> {
        if call.is_ill(DefectClass::NoAuthentication) {
            return Ok(());
        }
        let token = request
            .headers
            .get("X-Auth-Token")
            .ok_or_else(Fault::unauthenticated)?;
        let project = self
            .world
            .project_of(token)
            .ok_or_else(Fault::unauthenticated)?;
        let asked = call.parameters.get("project_id");
        if asked.is_some_and(|asked| asked != project) && !call.is_ill(DefectClass::AcceptsUnknown)
        {
            return Err(Fault::forbidden());
        }
        Ok(())
    }
}

/// Whether a call breaks what a healthy Twin enforces.
fn disobeys(call: &Call<'_>) -> bool {
    obey::parameters(call.operation, &call.parameters, None).is_err()
        || obey::body(call.operation, &call.body, None).is_err()
}

fn read_body(request: &Request, operation: &Operation) -> Result<Value, Fault> {
    if request.body.len() > MOST_BODY {
        return Err(Fault::too_large());
    }
    if operation.request.is_none() {
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

fn respond_json(status: u16, body: &Value) -> Response {
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
