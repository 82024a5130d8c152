//! Names the ruling where a Finding is about a fact that a person settled: whoever acts on it should
//! know that it is not what the documents say.

use crate::contract::Contract;
use crate::finding::Finding;

/// Adds the rulings on a Finding's field to its sources.
pub(super) fn cite(contract: &Contract, finding: &mut Finding) {
    for ruled in &contract.rulings {
        let same_field = match (&ruled.field, &finding.field) {
            (Some(ruled), Some(found)) => ruled.names() == found.names(),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if ruled.operation == finding.operation
            && same_field
            && !finding.sources.contains(&ruled.at)
        {
            finding.sources.push(ruled.at.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, light, sources};

    #[test]
    fn a_finding_about_a_settled_field_names_the_ruling() {
        let short = Scene::show().answers(200, &light("\"height\":\"21\""));
        assert!(!sources(&short).contains("rulings.toml"));
        let ruled = sources(&short.clone().ruled("light.height"));
        assert!(ruled.contains("rulings.toml, line 7"), "{ruled}");
        assert!(!sources(&short.ruled("light.name")).contains("rulings.toml"));
    }
}
