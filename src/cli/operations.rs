//! The operations that a person names, in every subcommand that takes some.

use crate::contract::Operation;
use crate::wire::fits;

/// Nothing is called that.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no operation `{asked}`; did you mean `{nearest}`? `proofhouse cases` lists them; `*` stands for any characters"
)]
pub(super) struct Unknown {
    asked: String,
    nearest: String,
}

/// Those whose id or route is one of `asked`, in which `*` stands for any characters, in the order
/// of `known`. Each name has to fit something.
pub(super) fn named<'a>(
    asked: &[String],
    known: impl Iterator<Item = &'a Operation> + Clone,
) -> Result<Vec<&'a Operation>, Unknown> {
    let is_called = |operation: &Operation, name: &str| {
        fits(name, operation.id.as_str()) || fits(name, &operation.route())
    };
    for name in asked {
        if !known.clone().any(|operation| is_called(operation, name)) {
            let ids = known.map(|operation| operation.id.as_str());
            return Err(Unknown {
                asked: name.clone(),
                nearest: super::nearest(name, ids).unwrap_or("").to_owned(),
            });
        }
    }
    let is_meant = |operation: &&Operation| asked.iter().any(|name| is_called(operation, name));
    Ok(known.filter(is_meant).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::store;

    fn ids(asked: &[&str]) -> Result<Vec<String>, Unknown> {
        let contract = Contract::newest(&store::embedded()).unwrap();
        let asked: Vec<String> = asked.iter().map(|&name| name.to_owned()).collect();
        let found = named(&asked, contract.operations.iter())?;
        Ok(found
            .iter()
            .map(|operation| operation.id.to_string())
            .collect())
    }

    #[test]
    fn an_id_a_route_and_a_pattern_name_operations_once() {
        let route = "GET /v1/{project_id}/jobs/{job_id}";
        assert_eq!(ids(&["jobs.show"]).unwrap(), ["jobs.show"]);
        assert_eq!(ids(&[route, "jobs.*", "jobs.show"]).unwrap(), ["jobs.show"]);
        let bare_metal = ids(&["baremetalservers.*"]).unwrap();
        assert!(bare_metal.len() > 3 && bare_metal.iter().all(|id| id.starts_with("baremetal")));
    }

    #[test]
    fn what_fits_nothing_is_told_with_the_nearest_name() {
        let error = ids(&["jobs.show", "jobs.shown"]).unwrap_err();
        assert_eq!(
            (error.asked.as_str(), error.nearest.as_str()),
            ("jobs.shown", "jobs.show")
        );
    }
}
