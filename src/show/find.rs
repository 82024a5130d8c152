//! The operation that a person means.

use super::page::{Page, Side};
use crate::contract::{Contract, Operation, PathTemplate};

/// No edition has such an operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no operation `{asked}`; did you mean {}?", .nearest.join(" or "))]
pub struct NotFound {
    /// What was asked for.
    pub asked: String,
    /// The known ids that look most like it.
    pub nearest: Vec<String>,
}

/// The nearest names that are offered.
const OFFERED: usize = 3;

/// The operation of this id, or with this `METHOD path` (whatever its parameters are called, and
/// with `#action` where several share it), in all editions that have it.
pub fn find<'a>(contracts: &'a [Contract], asked: &str) -> Result<Page<'a>, NotFound> {
    let all = || contracts.iter().flat_map(|contract| &contract.operations);
    let by_id = all().find(|operation| operation.id.as_str() == asked);
    let Some(found) = by_id.or_else(|| all().find(|operation| has_route(operation, asked))) else {
        return Err(not_found(all(), asked));
    };
    let sides = contracts.iter().filter_map(|contract| {
        let mut operations = contract.operations.iter();
        let operation = operations.find(|known| known.shares_route(found))?;
        Some(Side {
            contract,
            operation,
        })
    });
    Ok(Page {
        sides: sides.collect(),
    })
}

fn has_route(operation: &Operation, asked: &str) -> bool {
    let Some((method, rest)) = asked.trim().split_once(char::is_whitespace) else {
        return false;
    };
    let (path, action) = match rest.trim().split_once('#') {
        Some((path, action)) => (path, Some(action)),
        None => (rest.trim(), None),
    };
    let selector = operation.selector.as_ref().map(|selector| selector.word());
    method.eq_ignore_ascii_case(operation.method.as_str())
        && (selector == action || action.is_none())
        && PathTemplate::parse(path).same_shape(&operation.path)
}

fn not_found<'a>(known: impl Iterator<Item = &'a Operation>, asked: &str) -> NotFound {
    // A route is compared with routes, an id with ids.
    let is_route = asked.contains('/');
    let names = known.map(|operation| match is_route {
        true => operation.route(),
        false => operation.id.to_string(),
    });
    let mut names: Vec<(f64, String)> = names
        .map(|name| (strsim::jaro_winkler(asked, &name), name))
        .collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    names.dedup_by(|a, b| a.1 == b.1);
    let nearest = names
        .into_iter()
        .take(OFFERED)
        .map(|(_, name)| format!("`{name}`"));
    NotFound {
        asked: asked.chars().take(200).collect(),
        nearest: nearest.collect(),
    }
}
