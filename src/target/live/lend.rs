//! Finds things by the name they have, so that a target can lend them without knowing their ids.

use serde_json::Value;

use super::Live;
use crate::contract::{Contract, Operation, PathTemplate, Segment, is_plain_show, same_name};
use crate::wire::{Method, Request};

/// Why a thing cannot be found by its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LendError {
    /// No documented operation lists such things.
    #[error("`lend_by_name.{0}`: no documented operation lists them with what is lent; lend ids")]
    NoList(String),
    /// The list was not shown.
    #[error("`lend_by_name.{name}`: {list} {seen}")]
    NotListed {
        /// The lent name.
        name: String,
        /// The operation that lists them.
        list: String,
        /// What came instead.
        seen: String,
    },
    /// Nothing has such a name.
    #[error("`lend_by_name.{name}`: {list} shows nothing named `{pattern}`")]
    NothingNamed {
        /// The lent name.
        name: String,
        /// The operation that lists them.
        list: String,
        /// The name looked for.
        pattern: String,
    },
}

impl Live {
    /// Lends what is described by name.
    pub(super) fn lend_by_name(&mut self) -> Result<(), LendError> {
        let wanted = self.shared.options.lent_by_name.0.clone();
        let contract = self.shared.options.contract.clone();
        for (name, patterns) in wanted {
            let lists = contract
                .as_deref()
                .map(|contract| lists(contract, &name))
                .unwrap_or_default();
            let lent = &self.lent;
            let first = |name: &str| Some(lent.0.get(name)?.first()?.as_str());
            let mut askable = lists
                .iter()
                .filter_map(|list| Some((list, list.path.filled(first)?)));
            let (list, path) = askable
                .next()
                .ok_or_else(|| LendError::NoList(name.clone()))?;
            let body = self.listed(&name, list, path)?;
            for pattern in patterns {
                let found = named(&body, &name, &pattern);
                if found.is_empty() {
                    let list = list.route();
                    return Err(LendError::NothingNamed {
                        name,
                        list,
                        pattern,
                    });
                }
                self.lent.0.entry(name.clone()).or_default().extend(found);
            }
        }
        Ok(())
    }

    fn listed(&mut self, name: &str, list: &Operation, path: String) -> Result<Value, LendError> {
        let mut request = Request::new(Method::Get, path);
        self.ready(&mut request);
        let seen = match self.deliver(&request) {
            Ok(answer) if answer.status == 200 => match serde_json::from_slice(&answer.body) {
                Ok(body) => return Ok(body),
                Err(cause) => format!("answered no JSON: {cause}"),
            },
            Ok(answer) => format!("answered {}", answer.status),
            Err(failure) => failure.to_string(),
        };
        Err(LendError::NotListed {
            name: name.to_owned(),
            list: list.route(),
            seen,
        })
    }
}

/// The operations that list the things a name is for: their path goes on with the name in others.
fn lists<'c>(contract: &'c Contract, name: &str) -> Vec<&'c Operation> {
    let mut collections: Vec<PathTemplate> = Vec::new();
    for operation in &contract.operations {
        let place = operation.path.0.iter().position(
            |segment| matches!(segment, Segment::Parameter(known) if same_name(known, name)),
        );
        collections.extend(place.map(|place| PathTemplate(operation.path.0[..place].to_vec())));
    }
    let is_list = |operation: &&Operation| {
        let is_one = |collection: &PathTemplate| operation.path.same_shape(collection);
        is_plain_show(operation) && collections.iter().any(is_one)
    };
    contract.operations.iter().filter(is_list).collect()
}

/// The ids (or, for a name that is asked for by name, the names) of what fits a pattern.
fn named(body: &Value, wanted: &str, pattern: &str) -> Vec<String> {
    match body {
        Value::Array(items) => items
            .iter()
            .flat_map(|item| named(item, wanted, pattern))
            .collect(),
        Value::Object(members) => {
            let text = |key: &str| members.get(key).and_then(Value::as_str);
            let fits = text("name").is_some_and(|name| crate::wire::fits(pattern, name));
            let key = if wanted.ends_with("name") {
                "name"
            } else {
                "id"
            };
            let own = text(key).filter(|_| fits).map(str::to_owned);
            let inside = members
                .values()
                .flat_map(|member| named(member, wanted, pattern));
            own.into_iter().chain(inside).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
