//! `operation.json`: one operation with its parameters, bodies and statements.

use serde::{Deserialize, Serialize};

use super::VERSION;
use super::constraint::StatementFile;
use super::field::FieldFile;
use super::text::Written;
use crate::contract::{
    Body, Operation, OperationId, Parameter, PathTemplate, Permission, Place, Selector,
};
use crate::source::Provenance;
use crate::wire::Method;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OperationFile {
    version: u64,
    id: Written<OperationId>,
    method: Written<Method>,
    path: Written<PathTemplate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    selector: Option<SelectorFile>,
    at: Written<Provenance>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    permissions: Vec<PermissionFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deprecated: Option<Written<Provenance>>,
    success: Vec<SuccessFile>,
    statements: Vec<StatementFile>,
    parameters: Vec<ParameterFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request: Option<BodyFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<BodyFile>,
}

/// `{"key": "os-start"}`, or `{"key": "action", "value": "create"}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectorFile {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PermissionFile {
    action: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    needs: Vec<String>,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SuccessFile {
    status: u16,
    at: Written<Provenance>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    place: Written<Place>,
    field: FieldFile,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyFile {
    at: Written<Provenance>,
    examples: u32,
    fields: Vec<FieldFile>,
}

impl OperationFile {
    pub(super) fn of(operation: &Operation) -> Self {
        let success = operation.success.iter().map(|(status, at)| SuccessFile {
            status: *status,
            at: Written(at.clone()),
        });
        let parameters = operation.parameters.iter().map(|parameter| ParameterFile {
            place: Written(parameter.place),
            field: FieldFile::of(&parameter.field),
        });
        let permissions = operation.permissions.iter().map(|needed| PermissionFile {
            action: needed.action.clone(),
            needs: needed.needs.clone(),
            at: Written(needed.at.clone()),
        });
        Self {
            version: VERSION,
            id: Written(operation.id.clone()),
            method: Written(operation.method),
            path: Written(operation.path.clone()),
            selector: operation.selector.as_ref().map(SelectorFile::of),
            at: Written(operation.at.clone()),
            permissions: permissions.collect(),
            deprecated: operation.deprecated.clone().map(Written),
            success: success.collect(),
            statements: operation.statements.iter().map(StatementFile::of).collect(),
            parameters: parameters.collect(),
            request: operation.request.as_ref().map(BodyFile::of),
            response: operation.response.as_ref().map(BodyFile::of),
        }
    }

    pub(super) fn into_operation(self) -> Operation {
        let parameters = self.parameters.into_iter().map(|parameter| Parameter {
            place: parameter.place.0,
            field: parameter.field.into_field(),
        });
        let statements = self.statements.into_iter();
        let permissions = self.permissions.into_iter().map(|file| Permission {
            action: file.action,
            needs: file.needs,
            at: file.at.0,
        });
        Operation {
            id: self.id.0,
            method: self.method.0,
            path: self.path.0,
            selector: self.selector.map(SelectorFile::into_selector),
            parameters: parameters.collect(),
            request: self.request.map(BodyFile::into_body),
            response: self.response.map(BodyFile::into_body),
            success: self
                .success
                .into_iter()
                .map(|one| (one.status, one.at.0))
                .collect(),
            statements: statements.map(StatementFile::into_statement).collect(),
            permissions: permissions.collect(),
            deprecated: self.deprecated.map(|at| at.0),
            at: self.at.0,
        }
    }
}

impl SelectorFile {
    fn of(selector: &Selector) -> Self {
        let (key, value) = match selector.clone() {
            Selector::Key(key) => (key, None),
            Selector::Value { key, value } => (key, Some(value)),
        };
        Self { key, value }
    }

    fn into_selector(self) -> Selector {
        match self.value {
            None => Selector::Key(self.key),
            Some(value) => Selector::Value {
                key: self.key,
                value,
            },
        }
    }
}

impl BodyFile {
    fn of(body: &Body) -> Self {
        Self {
            at: Written(body.at.clone()),
            examples: body.examples,
            fields: body.fields.iter().map(FieldFile::of).collect(),
        }
    }

    fn into_body(self) -> Body {
        Body {
            fields: self.fields.into_iter().map(FieldFile::into_field).collect(),
            examples: self.examples,
            at: self.at.0,
        }
    }
}
