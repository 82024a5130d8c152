//! Stories of what comes and goes twice: something is made and removed, and then the same once more.
//! Whatever began to mention it when it was made must stop when it is removed, and do so again.
//!
//! Main entry: [`again`]. Told by rule of every creation and its removal: things of their own, what is
//! attached to something, members of lists. Who mentions it is seen only while the story is told.

use serde_json::Value;

use super::rule::{first_pointer, item_like, make_one, pointer, recall, smallest, step};
use super::{Call, Mention, Scenario, ScenarioStep, StepExpect};
use crate::case::request::{Edit, sites};
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Contract, Creation, FieldPath, Named, Operation, Segment, Selector, Step, creations,
};

/// The stories of all creations that can be taken back.
pub fn again(contract: &Contract) -> Vec<Scenario> {
    let creations = creations(contract);
    let stories = creations.iter().filter_map(|creation| {
        let pair = Pair::of(contract, creation)?;
        Some(pair.story())
    });
    stories.collect()
}

/// What makes something, what removes it, and what both call it.
struct Pair<'a> {
    makes: &'a Operation,
    made: ScenarioStep,
    /// The same request with the values of the first one.
    made_again: ScenarioStep,
    removed: ScenarioStep,
}

impl<'a> Pair<'a> {
    fn of(contract: &'a Contract, creation: &Creation) -> Option<Self> {
        let makes = contract.operation(&creation.makes)?;
        let removes = contract.operation(&creation.removes)?;
        let mut make = smallest(makes);
        make_one(makes, &mut make);
        let (recalled, sent) = recall(&make);
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
                    Template::Kept(name.clone())
                }
            }
            Named::Listed { name, ids, .. } => {
                remove.body = with_item(removes, &remove, ids, name)?;
                Template::Kept(name.clone())
            }
            Named::SamePath => {
                remove.path.clone_from(&make.path);
                named_last(makes, &make)?
            }
            Named::SameBody(selector) => {
                let body = recalled.body.as_ref()?;
                let told = makes.selector.as_ref()?;
                remove.body = Some(turned(body, told, selector)?);
                first_text(body, told.word())?
            }
        };
        let place = if makes.is_async() {
            first_pointer
        } else {
            pointer
        };
        let name = creation.named.id().unwrap_or_default();
        let ids = creation.named.answered().iter().rev().filter_map(place);
        let capture: Vec<(String, String)> = ids.map(|id| (name.to_owned(), id)).collect();
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

    fn story(self) -> Scenario {
        let removed_again = ScenarioStep {
            title: "it is removed again".to_owned(),
            ..self.removed.clone()
        };
        Scenario {
            id: CaseId(format!("{}/scenario/again", self.makes.id)),
            operation: self.makes.id.clone(),
            title: "made and removed, and once more".to_owned(),
            take: self.makes.path.parameters().map(str::to_owned).collect(),
            steps: vec![self.made, self.removed, self.made_again, removed_again],
        }
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

/// The removal's body, naming one thing in its list of ids.
fn with_item(
    removes: &Operation,
    remove: &Call,
    ids: &FieldPath,
    name: &str,
) -> Option<Option<Template>> {
    let mut draft = remove.draft(removes);
    let list = sites(removes).into_iter().find(|site| {
        site.place.is_none() && ids.0.starts_with(&site.path.0) && is_list_of(&site.path, ids)
    })?;
    let items = Template::Array(vec![item_like(ids, name)]);
    list.edit(&mut draft, &Edit::Set(items))
        .then_some(draft.body)
}

/// Whether ids stand right inside of the items of a list.
fn is_list_of(list: &FieldPath, ids: &FieldPath) -> bool {
    ids.0.get(list.0.len()) == Some(&Step::Items) && ids.0.len() <= list.0.len() + 2
}

/// What the last parameter of a path says.
fn named_last(makes: &Operation, make: &Call) -> Option<Template> {
    let Some(Segment::Parameter(name)) = makes.path.0.last() else {
        return None;
    };
    let given = make.path.iter().find(|(known, _)| known == name);
    Some(match given.map(|(_, given)| given) {
        Some(Given::Literal(text)) => Template::Literal(Value::String(text.clone())),
        Some(Given::Lent(_) | Given::Kept(_)) | None => Template::Kept(name.clone()),
    })
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
    use crate::contract::sample;

    fn told(routes: &[(&str, &str, &str)]) -> String {
        let operations = routes.iter();
        let operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        let stories = again(&sample::contract(operations.collect()));
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
    fn what_is_made_comes_and_goes_twice() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id kettle.name"),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        insta::assert_snapshot!(told(&routes), @r#"
        it is made: kettles.create [] Some(Comes(Kept("kettle_id")))
        it is removed: kettles.delete [] Some(Goes(Kept("kettle_id")))
        it is made again: kettles.create [] Some(Comes(Kept("kettle_id")))
        it is removed again: kettles.delete [] Some(Goes(Kept("kettle_id")))
        "#);
    }

    #[test]
    fn what_is_attached_goes_under_the_name_that_was_sent() {
        let routes = [
            ("POST /v1/kettles/{kettle_id}/attachlid", "lid.lid_id", ""),
            ("DELETE /v1/kettles/{kettle_id}/detachlid/{lid_id}", "", ""),
        ];
        insta::assert_snapshot!(told(&routes), @r#"
        it is made: kettles.attachlid [] Some(Comes(Kept("sent /lid/lid_id")))
        it is removed: kettles.detachlid.delete [("lid_id", Kept("sent /lid/lid_id"))] Some(Goes(Kept("sent /lid/lid_id")))
        it is made again: kettles.attachlid [] Some(Comes(Kept("sent /lid/lid_id")))
        it is removed again: kettles.detachlid.delete [("lid_id", Kept("sent /lid/lid_id"))] Some(Goes(Kept("sent /lid/lid_id")))
        "#);
    }

    #[test]
    fn what_a_path_names_is_what_others_mention() {
        let routes = [
            ("PUT /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
            ("DELETE /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
        ];
        insta::assert_snapshot!(told(&routes), @r#"
        it is made: kettles.marks.update [] Some(Comes(Kept("mark")))
        it is removed: kettles.marks.delete [] Some(Goes(Kept("mark")))
        it is made again: kettles.marks.update [] Some(Comes(Kept("mark")))
        it is removed again: kettles.marks.delete [] Some(Goes(Kept("mark")))
        "#);
    }
}
