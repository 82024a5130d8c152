//! Stories of things that requests name themselves and add to a list one by one: what is added stands beside what
//! is there, and only what is named is taken away. `POST .../marks` and `DELETE .../marks/{key}`.
//!
//! Main entry: [`beside`].

use super::again::{Pair, story};
use super::rule::{is_at_once, is_paged, pointer, smallest};
use super::{Cast, Hold, HoldRule, Mention, Scenario, ScenarioStep, StepExpect};
use crate::case::Template;
use crate::contract::{Contract, Creation, Named, Operation};
use crate::wire::Method;

/// The stories of all that is added under a name of the client's.
pub(super) fn beside(cast: &Cast<'_>) -> Vec<Scenario> {
    let creations = cast.creations.iter();
    creations
        .filter_map(|creation| told(cast.contract, creation))
        .collect()
}

fn told(contract: &Contract, creation: &Creation) -> Option<Scenario> {
    let Named::Parameter {
        answered, asked, ..
    } = &creation.named
    else {
        return None;
    };
    if !answered.is_empty() || !creation.is_own(contract) {
        return None;
    }
    let makes = contract.operation(&creation.makes)?;
    let removes = contract.operation(&creation.removes)?;
    if !(is_at_once(makes) && is_at_once(removes)) {
        return None;
    }
    let name = asked.first()?.leaf();
    let (lists, place) = listing(contract, makes, name)?;
    let [first, second] = [1, 2].map(|nth| Pair::of(contract, creation, "one of two", nth));
    let (first, second) = (first?, second?);
    let like = |made: &ScenarioStep| {
        let thing = made.mention.as_ref().map(Mention::thing)?.clone();
        Some(Template::Object(vec![(name.to_owned(), thing)]))
    };
    let (one, other) = (like(&first.made)?, like(&second.made)?);
    if one == other {
        return None;
    }
    let hold = |rule| Hold::asked(smallest(lists), place.clone(), rule);
    let there = |item: &Template| hold(HoldRule::Contains(item.clone()));
    let gone = |item: &Template| hold(HoldRule::Lacks(item.clone()));
    let step = |title: &str, step: ScenarioStep, holds: Vec<Hold>| ScenarioStep {
        title: title.to_owned(),
        expect: StepExpect::Offered,
        mention: None,
        holds,
        ..step
    };
    let steps = vec![
        step("one is added", first.made, vec![there(&one)]),
        step(
            "another one is added",
            second.made,
            vec![there(&other), there(&one)],
        ),
        step(
            "the first one is taken away",
            first.removed,
            vec![gone(&one), there(&other)],
        ),
        step(
            "the other one is taken away",
            second.removed,
            vec![gone(&other)],
        ),
    ];
    let title = "what is added stands beside what is there";
    Some(story(makes, "beside", title, steps))
}

/// What lists all that is added there, with this member of each, and where.
fn listing<'a>(
    contract: &'a Contract,
    makes: &Operation,
    name: &str,
) -> Option<(&'a Operation, String)> {
    let lists = contract.operations.iter().find(|other| {
        let is_it = other.method == Method::Get && other.selector.is_none();
        is_it && other.path.same_shape(&makes.path) && !is_paged(other)
    })?;
    let fields = lists.response_fields().into_iter();
    let mut items =
        fields.filter(|(_, field)| field.kind.inner().is_some() && field.child(name).is_some());
    let (path, _) = items.next()?;
    Some((lists, pointer(&path)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Kind, sample};

    /// Marks are put on kettles one by one, under their keys.
    fn marks(listed: &str) -> Contract {
        let routes = [
            ("POST /v1/kettles/{kettle_id}/marks", "mark.key", ""),
            ("DELETE /v1/kettles/{kettle_id}/marks/{key}", "", ""),
            ("GET /v1/kettles/{kettle_id}/marks", "", listed),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let marks = &mut operations[2].response.as_mut().expect("it answers").fields[0];
        marks.kind = Kind::Array(Box::new(Kind::Object));
        sample::contract(operations.to_vec())
    }

    #[test]
    fn what_is_added_stands_beside_what_is_there() {
        let told = tell(beside, &marks("marks.key"));
        let [story] = &told[..] else {
            panic!("one story: {told:?}");
        };
        let lines = story.steps.iter().map(|step| {
            let holds = step.holds.iter().map(|hold| format!("{:?}", hold.rule));
            format!("{}: {}", step.title, holds.collect::<Vec<_>>().join(", "))
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        one is added: Contains(Object([("key", Literal(String("proofhouse1")))]))
        another one is added: Contains(Object([("key", Literal(String("proofhouse2")))])), Contains(Object([("key", Literal(String("proofhouse1")))]))
        the first one is taken away: Lacks(Object([("key", Literal(String("proofhouse1")))])), Contains(Object([("key", Literal(String("proofhouse2")))]))
        the other one is taken away: Lacks(Object([("key", Literal(String("proofhouse2")))]))
        "#);
    }

    #[test]
    fn nothing_is_told_where_the_list_does_not_show_the_names() {
        assert!(tell(beside, &marks("marks.colour")).is_empty());
    }
}
