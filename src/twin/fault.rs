//! Why a request is refused, and how that is told: status, documented code, documented envelope.
//!
//! Where a document disputes itself, the Twin holds to the table of codes: a code comes with the
//! status that the table gives, and where no table lists a code for what happened, the status
//! stands in its place. Codes of one API serve another one where its document lists none.

use serde_json::{Value, json};

use super::defect::{Defect, DefectClass};
use super::family::Family;
use super::respond_json;
use crate::contract::{Contract, Envelope, ErrorCode, FieldPath, Operation, Step};
use crate::wire::Response;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    status: u16,
    /// The code for bare-metal servers, the one for elastic servers.
    codes: [&'static str; 2],
    message: String,
    /// Whether the gateway in front of the services says it.
    early: bool,
}

macro_rules! faults {
    ($($name:ident $status:literal $bare:literal $elastic:literal $message:literal;)*) => {
        /// Which status and code tell what: the table in one place.
        impl Fault {
            $(pub(super) fn $name() -> Self {
                Self::new($status, [$bare, $elastic], $message)
            })*
        }
    };
}

faults! {
    forbidden        403 "BMS.0033" "Pdp.0001" "the token belongs to another project";
    not_allowed      403 "BMS.0288" "Pdp.0001" "the user may not do that";
    too_large        413 "" "" "the body is too large";
    unsupported_media 415 "" "" "the body must be application/json";
    malformed        400 "BMS.0001" "Ecs.0005" "the body is not JSON";
    no_server        404 "BMS.0040" "Ecs.0114" "the server does not exist";
    no_thing         404 "" "" "it does not exist";
    no_job           400 "BMS.0018" "Common.0011" "the job does not exist";
    no_volume        400 "BMS.0103" "Ecs.0103" "the volume does not exist";
    no_attachment    400 "BMS.0114" "Ecs.0111" "the server has no such volume attached";
    no_image         400 "BMS.0010" "Ecs.0031" "the image does not exist";
    no_flavor        400 "BMS.0008" "Ecs.0029" "the flavor does not exist";
    no_key           400 "BMS.0049" "Ecs.0314" "the key pair does not exist";
    no_subnet        400 "BMS.0015" "Ecs.0038" "the network or subnet does not exist";
    no_port          400 "BMS.0013" "Ecs.0085" "the server has no such network card";
    primary_port     400 "BMS.0222" "Ecs.0507" "the first network card stays";
    no_address       400 "BMS.0014" "Ecs.0010" "the address is none of the subnet's";
    address_taken    400 "BMS.0014" "Ecs.0010" "the address is in use";
    too_many_volumes 400 "BMS.1002" "Ecs.0104" "the server has as many volumes as it may have";
    too_many_ports   400 "BMS.0018" "Ecs.0050" "the server has as many network cards as it may have";
    too_many_servers 400 "BMS.0025" "Ecs.0001" "there are as many servers as there may be";
    over_quota       400 "BMS.0025" "Ecs.0001" "the project has as many as it may have";
    too_many_tags    400 "BMS.0018" "Ecs.0905" "the server has as many tags as it may have";
    server_state     400 "BMS.1001" "Ecs.0100" "the server is not in a state that allows it";
    volume_state     400 "BMS.1003" "Ecs.0017" "the volume is not in a state that allows it";
    locked           400 "BMS.0018" "Ecs.0605" "the server is locked";
    bad_device       400 "BMS.0105" "Ecs.0005" "the device cannot be used";
    same_flavor      400 "BMS.0021" "Ecs.0810" "the server is of that flavor already";
    too_fast         429 "" "Common.1503" "there are more requests in a minute than documented";
}

impl Fault {
    fn new(status: u16, codes: [&'static str; 2], message: impl Into<String>) -> Self {
        Self {
            status,
            codes,
            message: message.into(),
            early: false,
        }
    }

    fn early(status: u16, codes: [&'static str; 2], message: impl Into<String>) -> Self {
        Self {
            early: true,
            ..Self::new(status, codes, message)
        }
    }

    /// Something about the request is not as documented.
    pub(super) fn invalid(what: impl Into<String>) -> Self {
        Self::new(400, ["BMS.0018", "Ecs.0005"], what)
    }

    /// The thing does not exist, in the compute API's way.
    pub(super) fn missing(what: &str, id: &str) -> Self {
        Self::no_thing().saying(format!("{what} {id} does not exist"))
    }

    /// It goes against what is there.
    pub(super) fn conflict(what: impl Into<String>) -> Self {
        Self::new(409, ["", ""], what)
    }

    pub(super) fn unauthenticated(why: impl Into<String>) -> Self {
        Self::early(401, ["", "Common.0013"], why)
    }

    pub(super) fn no_route() -> Self {
        Self::early(404, ["", ""], "there is no such path")
    }

    pub(super) fn no_method() -> Self {
        Self::early(405, ["", ""], "the path does not have this method")
    }

    pub(super) fn no_action() -> Self {
        Self::invalid("there is no such action")
    }

    pub(super) fn malformed_version(why: &str) -> Self {
        Self::new(400, ["", ""], why)
    }

    pub(super) fn unknown_version(why: &str) -> Self {
        Self::new(406, ["", ""], why)
    }

    /// The same refusal, in other words.
    pub(super) fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The same refusal, with another status.
    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    #[cfg(test)]
    pub(super) fn status(&self) -> u16 {
        self.status
    }

    /// The answer that tells it.
    pub(super) fn respond(
        &self,
        contract: &Contract,
        family: Family,
        operation: Option<&Operation>,
        defect: Option<&Defect>,
    ) -> Response {
        let ill = |class| {
            defect.is_some_and(|defect| {
                defect.class == class && Some(&defect.operation) == operation.map(|o| &o.id)
            })
        };
        if ill(DefectClass::EnvelopeBroken) {
            return respond_json(self.status, json!({ "oops": self.message }).to_string());
        }
        let (status, code) = self.coded(contract, family);
        let code = if ill(DefectClass::ErrorCodeUndocumented) {
            json!("TWIN.9999")
        } else {
            code
        };
        respond_json(
            status,
            self.envelope(contract, family, operation, status, code)
                .to_string(),
        )
    }

    /// The status, and the code that the document lists for it. In the compute API the status is
    /// the code.
    fn coded(&self, contract: &Contract, family: Family) -> (u16, Value) {
        let [bare, elastic] = self.codes;
        let listed = |wanted: &str| {
            let fits = |error: &&ErrorCode| {
                error.code == wanted && error.status.is_none_or(|status| status == self.status)
            };
            contract.error_codes.iter().any(|error| fits(&error))
        };
        let candidates = match family {
            Family::Bare => [bare, elastic],
            Family::Elastic => [elastic, bare],
            Family::Compute | Family::Identity => return (self.status, json!(self.status)),
        };
        match candidates.into_iter().find(|code| listed(code)) {
            Some(code) => (self.status, json!(code)),
            None => (self.status, json!(self.status)),
        }
    }

    /// The documented envelope: in the compute API an object named after the fault where such are
    /// documented, else the nested one; from the gateway the flat one.
    fn envelope(
        &self,
        contract: &Contract,
        family: Family,
        operation: Option<&Operation>,
        status: u16,
        code: Value,
    ) -> Value {
        let named = |envelope: &&Envelope| matches!(envelope.code.0.first(), Some(Step::Key(_)));
        let flat = |envelope: &&Envelope| envelope.code.0.len() == 1;
        let nested = |envelope: &&Envelope| envelope.code.0.len() > 1 && !named(envelope);
        let known = &contract.envelopes;
        let find = |wanted: &dyn Fn(&&Envelope) -> bool| known.iter().rfind(wanted);
        let at_gateway = self.early && operation.is_none_or(|operation| !operation.is_async());
        let found = match family {
            Family::Compute => find(&named).or_else(|| find(&nested)),
            Family::Identity => find(&nested),
            Family::Bare | Family::Elastic if at_gateway => find(&flat),
            Family::Bare | Family::Elastic => find(&nested),
        };
        let Some(envelope) = found.or_else(|| known.first()) else {
            return json!({ "error": { "code": code, "message": self.message } });
        };
        let mut body = json!({});
        put(&mut body, &envelope.code, status, code);
        put(&mut body, &envelope.message, status, json!(self.message));
        body
    }
}

/// What the compute API calls a fault.
fn word(status: u16) -> &'static str {
    match status {
        400 => "badRequest",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "itemNotFound",
        405 => "badMethod",
        406 => "notAcceptable",
        409 => "conflictingRequest",
        413 | 429 => "overLimit",
        415 => "badMediaType",
        _ => "computeFault",
    }
}

fn put(body: &mut Value, path: &FieldPath, status: u16, value: Value) {
    let mut place = body;
    for step in &path.0 {
        let name = match step {
            Step::Name(name) => name.as_str(),
            Step::Key(_) => word(status),
            Step::Items => continue,
        };
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[name];
    }
    *place = value;
}
