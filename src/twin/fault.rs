//! Why a request is refused, and how that is told: status, documented code, documented envelope.

use serde_json::{Value, json};

use super::defect::{Defect, DefectClass};
use super::respond_json;
use crate::contract::{Contract, FieldPath, Operation, Step};
use crate::wire::Response;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    status: u16,
    /// The code of the document's table that fits; the status itself where none does.
    code: &'static str,
    message: String,
}

/// Which code tells what. The table in one place: purpose, status, code.
impl Fault {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn unauthenticated() -> Self {
        Self::new(401, "Common.0013", "a valid token is needed")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(403, "BMS.0033", "the token belongs to another project")
    }

    pub(super) fn no_route() -> Self {
        Self::new(404, "", "there is no such path")
    }

    pub(super) fn no_method() -> Self {
        Self::new(405, "", "the path does not have this method")
    }

    pub(super) fn too_large() -> Self {
        Self::new(400, "BMS.0001", "the body is too large")
    }

    pub(super) fn unsupported_media() -> Self {
        Self::new(400, "BMS.0001", "the body must be application/json")
    }

    pub(super) fn malformed() -> Self {
        Self::new(400, "BMS.0001", "the body is not JSON")
    }

    pub(super) fn invalid(what: impl Into<String>) -> Self {
        Self::new(400, "BMS.0018", what)
    }

    pub(super) fn no_server() -> Self {
        Self::new(404, "BMS.0040", "the server does not exist")
    }

    pub(super) fn no_job() -> Self {
        Self::new(400, "BMS.0018", "the job does not exist")
    }

    pub(super) fn no_volume() -> Self {
        Self::new(400, "BMS.0103", "the volume does not exist")
    }

    pub(super) fn no_attachment() -> Self {
        Self::new(400, "BMS.0114", "the server has no such volume attached")
    }

    pub(super) fn too_many_volumes() -> Self {
        Self::new(
            400,
            "BMS.1002",
            "the server has as many volumes as it may have",
        )
    }

    pub(super) fn server_state() -> Self {
        Self::new(
            400,
            "BMS.1001",
            "the server is not in a state that allows it",
        )
    }

    pub(super) fn volume_state() -> Self {
        Self::new(
            400,
            "BMS.1003",
            "the volume is not in a state that allows it",
        )
    }

    pub(super) fn bad_device() -> Self {
        Self::new(400, "BMS.0105", "the device cannot be used")
    }

    /// The answer that tells it.
    pub(super) fn respond(
        &self,
        contract: &Contract,
        operation: Option<&Operation>,
        defect: Option<&Defect>,
    ) -> Response {
        let ill = |class| {
            defect.is_some_and(|defect| {
                defect.class == class && Some(&defect.operation) == operation.map(|o| &o.id)
            })
        };
        let code = if ill(DefectClass::ErrorCodeUndocumented) {
            "TWIN.9999".to_owned()
        } else {
            self.code_in(contract)
        };
        if ill(DefectClass::EnvelopeBroken) {
            return respond_json(self.status, &json!({ "oops": self.message }));
        }
        respond_json(
            self.status,
            &envelope(contract, operation, &code, &self.message),
        )
    }

    fn code_in(&self, contract: &Contract) -> String {
        let listed = |error: &&crate::contract::ErrorCode| {
            error.code == self.code && error.status.is_none_or(|status| status == self.status)
        };
        match contract.error_codes.iter().find(listed) {
            Some(error) => error.code.clone(),
            None => self.status.to_string(),
        }
    }
}

/// The documented envelope: the nested one where a job is submitted, else the flattest.
fn envelope(
    contract: &Contract,
    operation: Option<&Operation>,
    code: &str,
    message: &str,
) -> Value {
    let nested = operation.is_some_and(Operation::is_async);
    let mut known: Vec<_> = contract.envelopes.iter().collect();
    known.sort_by_key(|envelope| envelope.code.0.len());
    let fitting = if nested { known.last() } else { known.first() };
    let Some(envelope) = fitting else {
        return json!({ "error": { "code": code, "message": message } });
    };
    let mut body = json!({});
    put(&mut body, &envelope.code, code);
    put(&mut body, &envelope.message, message);
    body
}

fn put(body: &mut Value, path: &FieldPath, text: &str) {
    let mut place = body;
    for step in &path.0 {
        match step {
            Step::Name(name) | Step::Key(name) => {
                if !place.is_object() {
                    *place = json!({});
                }
                place = &mut place[name.as_str()];
            }
            Step::Items => {}
        }
    }
    *place = Value::from(text);
}
