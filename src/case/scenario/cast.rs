//! Who plays in the stories of a contract: what can be made and removed again, and the lives of such things.
//!
//! Main type: [`Cast`].

use super::life::Life;
#[cfg(test)]
use super::{Scenario, Teller};
use crate::contract::{Contract, Creation, Named, Operation};

/// What stories are told of.
pub(super) struct Cast<'a> {
    pub(super) contract: &'a Contract,
    pub(super) creations: &'a [Creation],
    /// Those of the things that the creations make, in their order.
    pub(super) lives: Vec<Life<'a>>,
}

impl<'a> Cast<'a> {
    pub(super) fn of(contract: &'a Contract, creations: &'a [Creation]) -> Self {
        let lives = creations.iter();
        Self {
            contract,
            creations,
            lives: lives
                .filter_map(|creation| Life::of(contract, creation))
                .collect(),
        }
    }

    /// What adds to something and what takes from it, where this is how they name what they add.
    pub(super) fn pairs(
        &self,
        is_named: impl Fn(&Named) -> bool,
    ) -> Vec<(&'a Operation, &'a Operation)> {
        let creations = self.creations.iter();
        let pairs = creations.filter(|creation| is_named(&creation.named));
        let operations = pairs.filter_map(|creation| {
            let makes = self.contract.operation(&creation.makes)?;
            Some((makes, self.contract.operation(&creation.removes)?))
        });
        operations.collect()
    }
}

/// What is told of all that play in a contract.
#[cfg(test)]
pub(super) fn tell(tell: Teller, contract: &Contract) -> Vec<Scenario> {
    let creations = crate::contract::creations(contract);
    tell(&Cast::of(contract, &creations))
}
