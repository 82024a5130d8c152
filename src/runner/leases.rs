//! What the target lends, and what of it is used up.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::target::Lent;

/// The lent values that are left, by name. Cloned for every story, changed rarely.
#[derive(Clone, Debug)]
pub(super) struct Leases(Arc<BTreeMap<String, Vec<String>>>);

/// Takes lent values for one case: the next one of a name each time it is asked for.
#[derive(Debug)]
pub(super) struct Hand<'l> {
    leases: &'l Leases,
    taken: BTreeMap<String, usize>,
}

/// Why a value cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotLent {
    #[error("nobody lends `{0}`")]
    Never(String),
    #[error("no lent `{0}` left")]
    Spent(String),
}

impl Leases {
    pub(super) fn new(lent: &Lent) -> Self {
        Self(Arc::new(lent.0.clone()))
    }

    /// How many values of this name are left.
    pub(super) fn count(&self, name: &str) -> usize {
        self.0.get(name).map_or(0, Vec::len)
    }

    /// The same, but for the first `n` values of this name.
    pub(super) fn after(&self, name: &str, n: usize) -> Self {
        let mut rest = self.clone();
        if let Some(values) = Arc::make_mut(&mut rest.0).get_mut(name) {
            values.drain(..n.min(values.len()));
        }
        rest
    }

    /// A fresh hand: it starts with the first value of each name.
    pub(super) fn hand(&self) -> Hand<'_> {
        Hand {
            leases: self,
            taken: BTreeMap::new(),
        }
    }

    /// Uses up a value, under whatever names it is lent.
    pub(super) fn spend(&mut self, value: &str) {
        for values in Arc::make_mut(&mut self.0).values_mut() {
            values.retain(|known| known != value);
        }
    }
}

impl Hand<'_> {
    pub(super) fn take(&mut self, name: &str) -> Result<String, NotLent> {
        let values = self.leases.0.get(name);
        let values = values.ok_or_else(|| NotLent::Never(name.to_owned()))?;
        let taken = self.taken.entry(name.to_owned()).or_default();
        let value = values.get(*taken);
        *taken += 1;
        value
            .cloned()
            .ok_or_else(|| NotLent::Spent(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lent() -> Leases {
        let oils = vec!["whale".to_owned(), "rape".to_owned()];
        Leases::new(&Lent(BTreeMap::from([
            ("oil".to_owned(), oils.clone()),
            ("oilId".to_owned(), oils),
        ])))
    }

    #[test]
    fn each_hole_takes_another_value() {
        let leases = lent();
        let mut hand = leases.hand();
        assert_eq!(hand.take("oil").as_deref(), Ok("whale"));
        assert_eq!(hand.take("oil").as_deref(), Ok("rape"));
        assert_eq!(
            hand.take("oil").unwrap_err().to_string(),
            "no lent `oil` left"
        );
        assert_eq!(
            hand.take("wick").unwrap_err().to_string(),
            "nobody lends `wick`"
        );
    }

    #[test]
    fn what_is_spent_is_spent_under_every_name() {
        let mut leases = lent();
        leases.spend("whale");
        assert_eq!(leases.hand().take("oilId").as_deref(), Ok("rape"));
    }
}
