//! Which operation a request calls.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::fault::Fault;
use super::operations::{HANDLERS, Handler};
use crate::contract::{Contract, Operation, OperationId, Segment};
use crate::wire::Method;

/// The operations of a Contract that have a handler, by position.
#[derive(Debug)]
pub(super) struct Routes(Vec<(usize, Handler)>);

/// The operation that a request calls.
pub(super) struct Found<'a> {
    pub(super) operation: &'a Operation,
    pub(super) handler: Handler,
    pub(super) parameters: BTreeMap<&'a str, String>,
}

impl Routes {
    pub(super) fn of(contract: &Contract) -> Self {
        let operations = contract.operations.iter().enumerate();
        let served = operations.filter_map(|(position, operation)| {
            let route = operation.route();
            let (_, handler) = HANDLERS.iter().find(|(known, _)| *known == route)?;
            Some((position, *handler))
        });
        Self(served.collect())
    }

    pub(super) fn serves(&self, contract: &Contract, id: &OperationId) -> bool {
        self.0
            .iter()
            .any(|(position, _)| contract.operations[*position].id == *id)
    }

    pub(super) fn find<'a>(
        &self,
        contract: &'a Contract,
        method: Method,
        path: &str,
    ) -> Result<Found<'a>, Fault> {
        let mut path_exists = false;
        for (position, handler) in &self.0 {
            let operation = &contract.operations[*position];
            if let Some(parameters) = matched(operation, path) {
                if operation.method == method {
                    return Ok(Found {
                        operation,
                        handler: *handler,
                        parameters,
                    });
                }
                path_exists = true;
            }
        }
        Err(if path_exists {
            Fault::no_method()
        } else {
            Fault::no_route()
        })
    }
}

fn matched<'a>(operation: &'a Operation, path: &str) -> Option<BTreeMap<&'a str, String>> {
    let mut given = path.split('/').skip(1);
    let mut parameters = BTreeMap::new();
    for segment in &operation.path.0 {
        let text = given.next()?;
        match segment {
            Segment::Literal(literal) if literal == text => {}
            Segment::Literal(_) => return None,
            Segment::Parameter(name) => {
                let value = percent_decode_str(text).decode_utf8_lossy().into_owned();
                parameters.insert(name.as_str(), value);
            }
        }
    }
    given.next().is_none().then_some(parameters)
}
