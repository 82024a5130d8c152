//! Stories of what comes and goes twice. Whatever began to mention a thing when it was made must stop when
//! it is removed, and go on mentioning another one that is still there.
//!
//! Main entry: [`again`]. Told by rule of every creation and its removal: of things of their own two are
//! made side by side; what is attached to something, and members of lists, are made and removed, and then
//! once more; what was made inside of a thing goes with it. Who mentions them is seen only while the story is
//! told.

use serde_json::Value;

use super::life::values;
use super::rule::{
    is_at_once, item_like, list_of, made_pointer, make_one, recall, smallest, step, with_items,
};
use super::{Cast, Mention, Scenario, ScenarioStep, StepExpect};
use crate::case::valid::scalar;
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Contract, Creation, FieldPath, Kind, Named, Operation, Selector, Step, is_project,
};

/// The stories of all creations that can be taken back.
pub(super) fn again(cast: &Cast<'_>) -> Vec<Scenario> {
    let (contract, creations) = (cast.contract, cast.creations);
    let stories = creations.iter().filter_map(|creation| {
        if is_own(contract, creation) && !lends_a_part(contract, creation) {
            beside(contract, creation)
        } else {
            once_more(contract, creation)
        }
    });
    let parts = creations.iter().flat_map(|whole| {
        let parts = creations.iter();
        parts.filter_map(|part| with_its_part(contract, whole, part))
    });
    stories.chain(parts).collect()
}

/// Two are made, and removed one after the other.
fn beside(contract: &Contract, creation: &Creation) -> Option<Scenario> {
    let one = Pair::of(contract, creation, "the first", 1)?;
    let other = Pair::of(contract, creation, "the second", 2)?;
    let steps = vec![
        one.made,
        ScenarioStep {
            title: "another one is made".to_owned(),
            ..other.made_again
        },
        ScenarioStep {
            title: "the first one is removed".to_owned(),
            ..one.removed
        },
        ScenarioStep {
            title: "the other one is removed".to_owned(),
            ..other.removed
        },
    ];
    Some(story(one.makes, "again", "two are made and removed", steps))
}

/// One is made and removed, and then the same once more.
fn once_more(contract: &Contract, creation: &Creation) -> Option<Scenario> {
    let pair = Pair::of(
        contract,
        creation,
        creation.named.id().unwrap_or_default(),
        0,
    )?;
    let removed_again = ScenarioStep {
        title: "it is removed again".to_owned(),
        ..pair.removed.clone()
    };
    let steps = vec![pair.made, pair.removed, pair.made_again, removed_again];
    Some(story(
        pair.makes,
        "again",
        "made and removed, and once more",
        steps,
    ))
}

/// A thing is removed with what was made inside of it.
fn with_its_part(contract: &Contract, whole: &Creation, part: &Creation) -> Option<Scenario> {
    let (removes, makes) = (
        contract.operation(&whole.removes)?,
        contract.operation(&part.makes)?,
    );
    let inside =
        makes.path.0.len() > removes.path.0.len() && makes.path.0.starts_with(&removes.path.0);
    if !inside || !is_own(contract, whole) || !is_own(contract, part) {
        return None;
    }
    let outer = Pair::of(contract, whole, whole.named.id()?, 0)?;
    let inner = Pair::of(contract, part, part.named.id()?, 0)?;
    let works = [outer.makes, removes, makes];
    let at_once = works.into_iter().all(is_at_once);
    let steps = vec![
        ScenarioStep {
            mention: None,
            ..outer.made
        },
        ScenarioStep {
            title: "something is made inside of it".to_owned(),
            ..inner.made
        },
        ScenarioStep {
            title: "it is removed with what is inside of it".to_owned(),
            mention: inner.removed.mention,
            ..outer.removed
        },
    ];
    let name = part.named.id()?.trim_end_matches("_id").replace('_', "-");
    at_once.then(|| {
        story(
            outer.makes,
            &format!("with-{name}"),
            "removed with what is inside of it",
            steps,
        )
    })
}

/// Whether the answer to a creation names a thing that stands in a collection of its own.
fn is_own(contract: &Contract, creation: &Creation) -> bool {
    creation.is_own(contract) && !creation.named.answered().is_empty()
}

/// Whether a thing is made inside of another one from what is lent, which may do for one alone.
fn lends_a_part(contract: &Contract, creation: &Creation) -> bool {
    let makes = contract.operation(&creation.makes);
    makes.is_some_and(|makes| {
        let inside = !makes.path.parameters().all(is_project);
        inside && !recall(&smallest(makes)).1.is_empty()
    })
}

pub(super) fn story(
    makes: &Operation,
    name: &str,
    title: &str,
    steps: Vec<ScenarioStep>,
) -> Scenario {
    Scenario {
        id: CaseId(format!("{}/scenario/{name}", makes.id)),
        operation: makes.id.clone(),
        title: title.to_owned(),
        take: makes.path.parameters().map(str::to_owned).collect(),
        steps,
    }
}

/// What makes something, what removes it, and what both call it.
pub(super) struct Pair<'a> {
    pub(super) makes: &'a Operation,
    pub(super) made: ScenarioStep,
    /// The same request with the values of the first one.
    made_again: ScenarioStep,
    pub(super) removed: ScenarioStep,
}

impl<'a> Pair<'a> {
    /// The `nth` thing, whose id is kept under a name.
    pub(super) fn of(
        contract: &'a Contract,
        creation: &Creation,
        kept: &str,
        nth: usize,
    ) -> Option<Self> {
        let makes = contract.operation(&creation.makes)?;
        let removes = contract.operation(&creation.removes)?;
        let mut make = values(makes, smallest(makes), nth);
        make_one(makes, &mut make);
        let (mut recalled, sent) = recall(&make);
        let mut remove = smallest(removes);
        let thing = match &creation.named {
            Named::Parameter {
                name,
                answered,
                asked,
            } => {
                if answered.is_empty() {
                    let asked = value_at(recalled.body.as_ref()?, asked)?;
                    remove.path.push((name.clone(), as_given(&asked)?));
                    asked
                } else {
                    remove
                        .path
                        .push((name.clone(), Given::Kept(kept.to_owned())));
                    Template::Kept(kept.to_owned())
                }
            }
            Named::Listed { ids, .. } => {
                let list = list_of(removes, ids)?;
                remove = with_items(removes, remove, &list, &[item_like(ids, kept)])?;
                Template::Kept(kept.to_owned())
            }
            Named::SamePath => {
                let (name, text) = new_last(makes)?;
                for call in [&mut make, &mut recalled, &mut remove] {
                    let given = Given::Literal(text.clone());
                    call.path.retain(|(known, _)| *known != name);
                    call.path.push((name.clone(), given));
                }
                Template::Literal(Value::String(text))
            }
            Named::SameBody(selector) => {
                let body = recalled.body.as_ref()?;
                let told = makes.selector.as_ref()?;
                remove.body = Some(turned(body, told, selector)?);
                first_text(body, told.word())?
            }
        };
        let ids = creation.named.answered().iter().rev();
        let ids = ids.filter_map(|path| made_pointer(path, makes.is_async()));
        let capture: Vec<(String, String)> = ids.map(|id| (kept.to_owned(), id)).collect();
        let made = ScenarioStep {
            capture,
            mention: Some(Mention::Comes(thing.clone())),
            ..step("it is made", make, StepExpect::Either)
        };
        Some(Self {
            makes,
            made_again: ScenarioStep {
                title: "it is made again".to_owned(),
                call: recalled,
                ..made.clone()
            },
            made: ScenarioStep { sent, ..made },
            removed: ScenarioStep {
                mention: Some(Mention::Goes(thing)),
                ..step("it is removed", remove, StepExpect::Either)
            },
        })
    }
}

/// What stands at the first of some paths that the body has.
fn value_at(body: &Template, paths: &[FieldPath]) -> Option<Template> {
    let mut found = paths.iter().filter_map(|path| {
        let mut place = body;
        for step in &path.0 {
            place = match (step, place) {
                (Step::Name(name), Template::Object(members)) => {
                    &members.iter().find(|(known, _)| known == name)?.1
                }
                (Step::Items, Template::Array(items)) => items.first()?,
                _ => return None,
            };
        }
        Some(place.clone())
    });
    found.next()
}

fn as_given(template: &Template) -> Option<Given> {
    match template {
        Template::Kept(name) => Some(Given::Kept(name.clone())),
        Template::Literal(Value::String(text)) => Some(Given::Literal(text.clone())),
        Template::Literal(_) | Template::Lent(_) | Template::Object(_) | Template::Array(_) => None,
    }
}

/// The name of something new for the last parameter of a path: what is there already is not ours to
/// remove.
fn new_last(makes: &Operation) -> Option<(String, String)> {
    let name = makes.path.parameters().last()?;
    let mut parameters = makes.parameters.iter();
    let parameter = parameters.find(|known| known.field.name == name)?;
    let made_up = scalar(&parameter.field, &Kind::String, 1);
    match made_up.value {
        Template::Literal(Value::String(text)) if made_up.sure => Some((name.to_owned(), text)),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

/// The body of the opposite: what is done is another thing, and all else the same.
fn turned(body: &Template, told: &Selector, other: &Selector) -> Option<Template> {
    let Template::Object(members) = body else {
        return None;
    };
    let (Selector::Key(key) | Selector::Value { key, .. }) = told;
    let mut members = members.clone();
    let said = members.iter_mut().find(|(known, _)| known == key)?;
    match other {
        Selector::Key(key) => said.0.clone_from(key),
        Selector::Value { value, .. } => {
            said.1 = Template::Literal(Value::String(value.clone()));
        }
    }
    Some(Template::Object(members))
}

/// The first text of a body that is not the word for what is done.
fn first_text(template: &Template, word: &str) -> Option<Template> {
    match template {
        Template::Kept(_) => Some(template.clone()),
        Template::Literal(Value::String(text)) if text != word => Some(template.clone()),
        Template::Literal(_) | Template::Lent(_) => None,
        Template::Object(members) => members
            .iter()
            .find_map(|(_, member)| first_text(member, word)),
        Template::Array(items) => items.iter().find_map(|item| first_text(item, word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Parameter, Place, sample};

    fn operations(routes: &[(&str, &str, &str)]) -> Vec<Operation> {
        let operations = routes.iter();
        let operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        operations.collect()
    }

    fn told(operations: Vec<Operation>) -> String {
        let stories = tell(again, &sample::contract(operations));
        let steps = stories.iter().flat_map(|story| &story.steps);
        let lines = steps.map(|step| {
            format!(
                "{}: {} {:?} {:?}\n",
                step.title, step.call.operation, step.call.path, step.mention
            )
        });
        lines.collect()
    }

    #[test]
    fn two_things_of_their_own_are_made_side_by_side() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id kettle.name"),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        insta::assert_snapshot!(told(operations(&routes)), @r#"
        it is made: kettles.create [] Some(Comes(Kept("the first")))
        another one is made: kettles.create [] Some(Comes(Kept("the second")))
        the first one is removed: kettles.delete [("kettle_id", Kept("the first"))] Some(Goes(Kept("the first")))
        the other one is removed: kettles.delete [("kettle_id", Kept("the second"))] Some(Goes(Kept("the second")))
        "#);
    }

    #[test]
    fn what_is_attached_goes_under_the_name_that_was_sent() {
        let routes = [
            ("POST /v1/kettles/{kettle_id}/attachlid", "lid.lid_id", ""),
            ("DELETE /v1/kettles/{kettle_id}/detachlid/{lid_id}", "", ""),
        ];
        insta::assert_snapshot!(told(operations(&routes)), @r#"
        it is made: kettles.attachlid [] Some(Comes(Kept("sent /lid/lid_id")))
        it is removed: kettles.detachlid.delete [("lid_id", Kept("sent /lid/lid_id"))] Some(Goes(Kept("sent /lid/lid_id")))
        it is made again: kettles.attachlid [] Some(Comes(Kept("sent /lid/lid_id")))
        it is removed again: kettles.detachlid.delete [("lid_id", Kept("sent /lid/lid_id"))] Some(Goes(Kept("sent /lid/lid_id")))
        "#);
    }

    #[test]
    fn what_a_path_names_is_made_up_for_it() {
        let routes = [
            ("PUT /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
            ("DELETE /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
        ];
        let mut marks = operations(&routes);
        let kettle = sample::operation("GET /v1/kettles", "", "mark");
        let field = kettle.response.unwrap().fields.remove(0);
        marks[0].parameters.push(Parameter {
            place: Place::Path,
            field,
        });
        insta::assert_snapshot!(told(marks), @r#"
        it is made: kettles.marks.update [("mark", Literal("proofhouse1"))] Some(Comes(Literal(String("proofhouse1"))))
        it is removed: kettles.marks.delete [("mark", Literal("proofhouse1"))] Some(Goes(Literal(String("proofhouse1"))))
        it is made again: kettles.marks.update [("mark", Literal("proofhouse1"))] Some(Comes(Literal(String("proofhouse1"))))
        it is removed again: kettles.marks.delete [("mark", Literal("proofhouse1"))] Some(Goes(Literal(String("proofhouse1"))))
        "#);
    }

    #[test]
    fn what_is_inside_of_a_thing_goes_with_it() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
            ("POST /v1/kettles/{kettle_id}/lids", "lid.name", "lid.id"),
            ("DELETE /v1/kettles/{kettle_id}/lids/{lid_id}", "", ""),
        ];
        let all = told(operations(&routes));
        let ends: Vec<&str> = all.lines().rev().take(3).collect();
        insta::assert_snapshot!(ends.join("\n"), @r#"
        it is removed with what is inside of it: kettles.delete [("kettle_id", Kept("kettle_id"))] Some(Goes(Kept("lid_id")))
        something is made inside of it: kettles.lids [] Some(Comes(Kept("lid_id")))
        it is made: kettles.create [] None
        "#);
    }
}
