//! What a run may use: what the target lends, what the run made itself, what it saw in lists.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::target::Lent;

type Values = Arc<BTreeMap<String, Vec<String>>>;

/// The values that are left, by name. Cloned for every story, changed rarely.
#[derive(Clone, Debug)]
pub(super) struct Leases {
    lent: Values,
    /// What the run made because it needed one.
    own: Values,
    /// What lists show. It belongs to somebody.
    listed: Values,
    /// What was lent and is removed for ever.
    gone: Arc<BTreeSet<String>>,
}

/// What a request may use of what was listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It only looks: all of it.
    Everything,
    /// It makes something new: it may name what is there in its body.
    NamedInBody,
    /// It changes what it names: nothing that was listed.
    Own,
}

/// Takes values for one case: the next one of a name each time it is asked for.
#[derive(Debug)]
pub(super) struct Hand<'l> {
    leases: &'l Leases,
    reach: Reach,
    taken: BTreeMap<String, usize>,
    /// What must be attached before it is taken away: that the run made such a thing is not enough.
    attached: Option<String>,
}

/// Why a value cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotLent {
    #[error("nobody lends `{0}`")]
    Never(String),
    #[error("no lent `{0}` left")]
    Spent(String),
}

impl NotLent {
    /// The name under which nothing is left.
    pub(super) fn name(&self) -> &str {
        match self {
            NotLent::Never(name) | NotLent::Spent(name) => name,
        }
    }
}

impl Leases {
    pub(super) fn new(lent: &Lent) -> Self {
        Self {
            lent: Arc::new(lent.0.clone()),
            own: Values::default(),
            listed: Values::default(),
            gone: Arc::default(),
        }
    }

    /// As it was lent, with what lists showed; what the run made is gone. `whole`: what it removed is
    /// there again, too.
    pub(super) fn restored(&self, lent: &Self, whole: bool) -> Self {
        let mut restored = Self {
            lent: Arc::clone(&lent.lent),
            own: Values::default(),
            listed: Arc::clone(&self.listed),
            gone: Arc::default(),
        };
        if !whole {
            restored.gone = Arc::clone(&self.gone);
            restored.spend_gone();
        }
        restored
    }

    /// Takes note that a value was removed, where it was lent.
    pub(super) fn lose(&mut self, value: &str) {
        let mut lent = self.lent.values().flatten();
        if lent.any(|lent| lent == value) {
            Arc::make_mut(&mut self.gone).insert(value.to_owned());
        }
    }

    /// Uses up what was removed.
    pub(super) fn spend_gone(&mut self) {
        for value in Arc::clone(&self.gone).iter() {
            self.spend(value);
        }
    }

    /// What of the values at the start was used up, and what of that for ever.
    pub(super) fn used_up(&self, start: &Self) -> (BTreeSet<String>, BTreeSet<String>) {
        if Arc::ptr_eq(&self.lent, &start.lent) {
            return (BTreeSet::new(), BTreeSet::new());
        }
        let left: BTreeSet<&String> = self.lent.values().flatten().collect();
        let all = start.lent.values().flatten();
        let spent = all.filter(|value| !left.contains(value)).cloned();
        (spent.collect(), (*self.gone).clone())
    }

    /// What lists showed.
    pub(super) fn listed(&self) -> &BTreeMap<String, Vec<String>> {
        &self.listed
    }

    /// What the run made and has.
    pub(super) fn all_own(&self) -> &BTreeMap<String, Vec<String>> {
        &self.own
    }

    /// Whether the target lends this, under whatever name.
    pub(super) fn lends(&self, value: &str) -> bool {
        let mut lent = self.lent.values().flatten();
        lent.any(|lent| lent == value)
    }

    /// Whether the run made this and has it still.
    pub(super) fn owns(&self, name: &str, value: &str) -> bool {
        let own = self.own.get(name).into_iter().flatten();
        own.into_iter().any(|own| own == value)
    }

    /// Takes note of what the run made.
    pub(super) fn own(&mut self, name: &str, value: String) {
        let own = Arc::make_mut(&mut self.own);
        own.entry(name.to_owned()).or_default().push(value);
    }

    /// Forgets all that the run made: nobody knows what of it is still there.
    pub(super) fn disown(&mut self) {
        self.own = Values::default();
    }

    /// Takes note of what a list showed.
    pub(super) fn list(&mut self, name: &str, values: Vec<String>) {
        Arc::make_mut(&mut self.listed).insert(name.to_owned(), values);
    }

    /// How many values of this name there are to look at.
    pub(super) fn count(&self, name: &str) -> usize {
        let sources = [&self.lent, &self.own, &self.listed].into_iter();
        sources
            .filter_map(|values| values.get(name))
            .map(Vec::len)
            .sum()
    }

    /// The same, but for the first `n` values of this name.
    pub(super) fn after(&self, name: &str, n: usize) -> Self {
        let mut rest = self.clone();
        let mut left = n;
        for values in [&mut rest.lent, &mut rest.own, &mut rest.listed] {
            if let Some(values) = Arc::make_mut(values).get_mut(name) {
                let cut = left.min(values.len());
                values.drain(..cut);
                left -= cut;
            }
        }
        rest
    }

    /// A fresh hand: it starts with the first value of each name.
    pub(super) fn hand(&self, reach: Reach) -> Hand<'_> {
        Hand {
            leases: self,
            reach,
            taken: BTreeMap::new(),
            attached: None,
        }
    }

    /// Uses up a value, under whatever names it is known.
    pub(super) fn spend(&mut self, value: &str) {
        for values in [&mut self.lent, &mut self.own, &mut self.listed] {
            for values in Arc::make_mut(values).values_mut() {
                values.retain(|known| known != value);
            }
        }
    }
}

impl Hand<'_> {
    /// The same, where a thing of this name must be attached before it is used.
    pub(super) fn attached(self, name: Option<&str>) -> Self {
        let attached = name.map(str::to_owned);
        Self { attached, ..self }
    }

    /// Whether what the run made under this name may be used as it is.
    fn is_used_alone(&self, name: &str) -> bool {
        self.attached.as_deref() != Some(name)
    }

    /// The most special of these names that anything is lent under; the last one is the plain one.
    pub(super) fn name_of<'n>(&self, names: &[&'n str]) -> &'n str {
        let lent = |name: &&&str| {
            let is_of_one_list = name.contains('/') && self.leases.listed.contains_key(**name);
            is_of_one_list
                || self.leases.lent.contains_key(**name)
                || (self.leases.own.contains_key(**name) && self.is_used_alone(name))
        };
        let name = names.iter().find(lent).or(names.last());
        name.copied().unwrap_or("")
    }

    /// The next value for a path, a query or a header.
    pub(super) fn take(&mut self, name: &str) -> Result<String, NotLent> {
        self.next(name, self.reach == Reach::Everything)
    }

    /// The next value for a body.
    pub(super) fn take_for_body(&mut self, name: &str) -> Result<String, NotLent> {
        self.next(name, self.reach != Reach::Own)
    }

    fn next(&mut self, name: &str, listed: bool) -> Result<String, NotLent> {
        let alone = self.is_used_alone(name);
        let Leases {
            lent,
            own,
            listed: seen,
            gone: _,
        } = self.leases;
        let own = Some(own).filter(|_| alone);
        let known = lent.contains_key(name) || own.is_some_and(|own| own.contains_key(name));
        let sources = [Some(lent), own, Some(seen).filter(|_| listed)];
        let values = sources
            .into_iter()
            .flatten()
            .filter_map(|values| values.get(name));
        let taken = self.taken.entry(name.to_owned()).or_default();
        let value = values.flatten().nth(*taken);
        *taken += 1;
        value.cloned().ok_or_else(|| {
            if known {
                NotLent::Spent(name.to_owned())
            } else {
                NotLent::Never(name.to_owned())
            }
        })
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
        let mut hand = leases.hand(Reach::Own);
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
    fn the_most_special_name_that_is_lent_counts() {
        let leases = lent();
        let hand = leases.hand(Reach::Everything);
        assert_eq!(hand.name_of(&["lamp/oilId", "oilId", "oil"]), "oilId");
        assert_eq!(hand.name_of(&["lamp/wick", "wick"]), "wick");
        let mut leases = lent();
        leases.own("lamp/wick", "cotton".to_owned());
        let hand = leases.hand(Reach::Everything);
        assert_eq!(hand.name_of(&["lamp/wick", "wick"]), "lamp/wick");
    }

    #[test]
    fn what_must_be_attached_is_not_taken_before() {
        let mut leases = lent();
        leases.own("wick", "cotton".to_owned());
        let hand = |leases: &Leases, name| {
            leases
                .hand(Reach::Own)
                .attached(Some("wick"))
                .take(name)
                .ok()
        };
        assert_eq!(hand(&leases, "wick"), None);
        assert_eq!(hand(&leases, "oil").as_deref(), Some("whale"));
        leases.own("lamp/wick", "cotton".to_owned());
        let of_lamp = leases.hand(Reach::Own).attached(Some("wick"));
        assert_eq!(of_lamp.name_of(&["lamp/wick", "wick"]), "lamp/wick");
        assert_eq!(hand(&leases, "lamp/wick").as_deref(), Some("cotton"));
    }

    #[test]
    fn what_is_spent_is_spent_under_every_name() {
        let mut leases = lent();
        leases.spend("whale");
        assert_eq!(leases.hand(Reach::Own).take("oilId").as_deref(), Ok("rape"));
    }

    #[test]
    fn what_was_removed_comes_back_only_where_everything_does() {
        let start = lent();
        let mut leases = start.clone();
        leases.lose("whale");
        leases.lose("somebody else's");
        let first = |leases: &Leases| leases.hand(Reach::Own).take("oil").unwrap();
        assert_eq!(first(&leases), "whale", "its case has not ended");
        let mut own_is_gone = leases.restored(&start, false);
        assert_eq!(first(&own_is_gone), "rape");
        own_is_gone.spend("rape");
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let used_up = (names(&["rape", "whale"]), names(&["whale"]));
        assert_eq!(own_is_gone.used_up(&start), used_up);
        assert_eq!(first(&own_is_gone.restored(&start, false)), "rape");
        assert_eq!(first(&own_is_gone.restored(&start, true)), "whale");
    }

    #[test]
    fn what_a_list_showed_is_only_looked_at() {
        let mut leases = Leases::new(&Lent::default());
        leases.list("oil", vec!["olive".to_owned()]);
        let taken = |leases: &Leases, reach| {
            let (mut hand, mut other) = (leases.hand(reach), leases.hand(reach));
            (hand.take("oil").ok(), other.take_for_body("oil").ok())
        };
        let olive = || Some("olive".to_owned());
        assert_eq!(taken(&leases, Reach::Everything), (olive(), olive()));
        assert_eq!(taken(&leases, Reach::NamedInBody), (None, olive()));
        assert_eq!(taken(&leases, Reach::Own), (None, None));
        leases.own("oil", "nut".to_owned());
        let nut = || Some("nut".to_owned());
        assert_eq!(taken(&leases, Reach::Own), (nut(), nut()));
        assert_eq!(leases.count("oil"), 2);
        leases.disown();
        assert_eq!(taken(&leases, Reach::Own), (None, None));
    }
}
