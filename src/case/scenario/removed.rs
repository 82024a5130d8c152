//! Stories of what is removed once more: a server may know nothing of it, or mind nothing.
//!
//! Main entry: [`removed_twice`]. Told by rule of all things that a `DELETE` removes at once.

use super::life::{Life, values};
use super::rule::{draft, make_one, step};
use super::{Cast, Scenario, StepExpect};
use crate::case::CaseId;
use crate::wire::Method;

/// The stories of all things that are gone as soon as they are removed.
pub(super) fn removed_twice(cast: &Cast<'_>) -> Vec<Scenario> {
    cast.lives.iter().filter_map(story).collect()
}

fn story(life: &Life<'_>) -> Option<Scenario> {
    let removes = life.removes;
    let takes_time = removes.is_async() || removes.success.iter().any(|(status, _)| *status == 202);
    let again = step(
        "it is removed once more",
        life.removal(life.name),
        StepExpect::Either,
    );
    let mut made = values(life.makes, draft(life.makes), 1);
    if life.makes.is_async() {
        make_one(life.makes, &mut made);
    }
    (removes.method == Method::Delete && !takes_time).then(|| Scenario {
        id: CaseId(format!("{}/scenario/removed-twice", life.makes.id)),
        operation: life.makes.id.clone(),
        title: "made, removed, and removed once more".to_owned(),
        take: life.taken(),
        steps: vec![life.made(made), life.removed(), again],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::sample;

    #[test]
    fn what_is_removed_at_once_is_removed_once_more() {
        let removed = |success: u16| {
            let makes = sample::operation("POST /v1/kettles", "kettle.name", "kettle.id");
            let mut removes = sample::operation("DELETE /v1/kettles/{kettle_id}", "", "");
            removes.success = vec![(success, sample::at())];
            let stories = tell(removed_twice, &sample::contract(vec![makes, removes]));
            let mut told = stories.into_iter();
            let story = told.find(|story| story.id.0.ends_with("/removed-twice"))?;
            let steps = story.steps.iter();
            let titles = steps.map(|step| format!("{}: {:?}", step.title, step.expect));
            Some(titles.collect::<Vec<_>>().join(", "))
        };
        let told = removed(204);
        assert_eq!(
            told.as_deref(),
            Some("it is made: Accepted, it is removed: Accepted, it is removed once more: Either")
        );
        assert_eq!(removed(202), None);
    }
}
