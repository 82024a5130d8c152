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
    /// Those of the things that the creations make; what a path removes comes first.
    pub(super) lives: Vec<Life<'a>>,
}

impl<'a> Cast<'a> {
    pub(super) fn of(contract: &'a Contract, creations: &'a [Creation]) -> Self {
        let lives = creations.iter();
        let mut lives: Vec<Life<'a>> = lives
            .filter_map(|creation| Life::of(contract, creation))
            .collect();
        // Of two sorts that paths call the same, the first is asked for: what is removed alone is handier.
        lives.sort_by_key(|life| life.among.is_some());
        Self {
            contract,
            creations,
            lives,
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
