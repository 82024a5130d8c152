//! Stories of what there may be once: the same thing is made twice.
//!
//! Main entry: [`twice`]. Told by rule where a sentence says that no two of a collection share a value:
//! a request that was accepted is refused when it comes again, and so is a change of one thing to what
//! another one has.

use super::life::{Life, values};
use super::rule::{draft, make_one, pointer, recall, smallest, step};
use super::{Call, Cast, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::{CaseId, Template};
use crate::contract::{
    Constraint, Field, FieldPath, Operation, Presence, Step, tells_requests_apart,
};

/// The stories of all things of which no two are alike.
pub(super) fn twice(cast: &Cast<'_>) -> Vec<Scenario> {
    let lives = cast.lives.iter();
    let stories = lives.flat_map(|life| [made(life), changed(life)]);
    stories.flatten().collect()
}

/// The same is made twice.
fn made(life: &Life<'_>) -> Option<Scenario> {
    let tests = unique(life.makes)?;
    let call = without_token(life.makes, nth(life, 1))?;
    let (same, sent) = recall(&call);
    let made = ScenarioStep {
        sent,
        ..life.made(call)
    };
    let again = ScenarioStep {
        tests: Some(tests),
        ..step("another one like it", same, StepExpect::Refused)
    };
    Some(Scenario {
        id: CaseId(format!("{}/scenario/twice", life.makes.id)),
        operation: life.makes.id.clone(),
        title: "the same is made twice".to_owned(),
        take: life.taken(),
        steps: vec![made, again, life.removed()],
    })
}

/// One is changed to be like another one.
fn changed(life: &Life<'_>) -> Option<Scenario> {
    const TAKEN: &str = "what the first one has";
    let changes = life.changes?;
    let sites = sites(changes);
    let mut inside = sites.iter().filter(|site| site.place.is_none());
    let (site, place) = inside.find_map(|site| Some((site, given_at(life, site)?)))?;
    let base = Base::of(changes, Extent::Minimal, Some(site));
    let mut draft = base.draft;
    site.edit(&mut draft, &Edit::Set(Template::Kept(TAKEN.to_owned())));
    let call = Call {
        body: draft.body,
        ..smallest(changes)
    };
    let call_of_first = nth(life, 1);
    // What both belong to is the same.
    let (alike, mut sent) = recall(&call_of_first);
    sent.push((TAKEN.to_owned(), place));
    let first = ScenarioStep {
        sent,
        ..life.made_as(FIRST, call_of_first)
    };
    let second = values(life.makes, alike, 2);
    let refused = ScenarioStep {
        tests: is_alone(&site.path, site.field).then(|| Tests {
            rule: "unique",
            field: Some(site.path.to_string()),
        }),
        ..step(
            &format!(
                "another one is changed to the `{}` of the first one, which no two may have",
                site.field.name
            ),
            call,
            StepExpect::Refused,
        )
    };
    Some(Scenario {
        id: CaseId(format!("{}/scenario/twice", changes.id)),
        operation: changes.id.clone(),
        title: "one is changed to be like another one".to_owned(),
        take: life.taken(),
        steps: vec![
            first,
            life.made(second),
            refused,
            life.removed(),
            life.removed_as(FIRST),
        ],
    })
}

/// Where the request that makes a thing gives what a change gives at a site, and no two things may have alike.
fn given_at(life: &Life<'_>, site: &Site<'_>) -> Option<String> {
    let made = life.makes.request_fields().into_iter();
    let mut alike = made.filter(|(path, field)| {
        let is_it = path.leaf() == site.path.leaf() && field.kind == site.field.kind;
        is_it && is_alone(path, field) && !tells_requests_apart(&field.name)
    });
    pointer(&alike.next()?.0)
}

/// The name under which the id of the one is kept that another one must not be like.
const FIRST: &str = "the first one";

/// A request that nothing tells apart from another one: who asks twice with the same token asks for one thing.
fn without_token(makes: &Operation, mut call: Call) -> Option<Call> {
    let mut draft = call.draft(makes);
    let tokens = sites(makes).into_iter();
    let tokens =
        tokens.filter(|site| site.place.is_none() && tells_requests_apart(&site.field.name));
    for token in tokens {
        let is_given = token.edit(&mut draft, &Edit::Remove);
        if is_given && token.field.presence == Presence::Required {
            return None;
        }
    }
    call.body = draft.body;
    Some(call)
}

fn nth(life: &Life<'_>, nth: usize) -> Call {
    let mut call = values(life.makes, draft(life.makes), nth);
    make_one(life.makes, &mut call);
    call
}

/// Whether each thing has such a field once, and no two have it alike.
fn is_alone(path: &FieldPath, field: &Field) -> bool {
    let once = path.0.iter().all(|step| matches!(step, Step::Name(_)));
    let mut said = field.statements.iter();
    once && field.kind.inner().is_none() && said.any(|said| said.constraint == Constraint::Unique)
}

/// The statement that no two things are alike: of the operation, or of a field that each has once.
fn unique(makes: &Operation) -> Option<Tests> {
    let mut said = makes.statements.iter();
    if said.any(|said| said.constraint == Constraint::Unique) {
        return Some(Tests {
            rule: "unique",
            field: None,
        });
    }
    let fields = makes.request_fields().into_iter();
    let mut own = fields
        .filter(|(path, field)| field.presence == Presence::Required && is_alone(path, field));
    own.next().map(|(path, _)| Tests {
        rule: "unique",
        field: Some(path.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Statement, sample};

    /// What is told where these operations say that no two names are alike.
    fn said_by(says: impl Fn(&Operation) -> bool) -> String {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            ("PUT /v1/kettles/{kettle_id}", "kettle.name", ""),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| {
            let mut operation = sample::operation(route, sent, shown);
            let is_said = says(&operation);
            let bodies = operation.request.iter_mut();
            for kettle in bodies.flat_map(|body| &mut body.fields) {
                for name in &mut kettle.children {
                    name.presence = Presence::Required;
                    name.statements.extend(is_said.then(|| Statement {
                        constraint: Constraint::Unique,
                        at: sample::at(),
                        rule: "made up".to_owned(),
                    }));
                }
            }
            operation
        });
        let told = tell(twice, &sample::contract(operations.to_vec()));
        let lines = told.iter().map(|story| {
            let steps = story.steps.iter();
            let calls = steps.map(|step| format!("{} {:?}", step.call.operation, step.expect));
            format!("{}: {}", story.id, calls.collect::<Vec<_>>().join(", "))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn one_is_made_and_another_one_changed_to_be_like_it() {
        insta::assert_snapshot!(said_by(|_| true), @r"
        kettles.create/scenario/twice: kettles.create Accepted, kettles.create Refused, kettles.delete Accepted
        kettles.update/scenario/twice: kettles.create Accepted, kettles.create Accepted, kettles.update Refused, kettles.delete Accepted, kettles.delete Accepted
        ");
    }

    #[test]
    fn what_a_creation_says_of_all_things_holds_of_changed_ones() {
        let by_creation = |operation: &Operation| operation.method == crate::wire::Method::Post;
        assert_eq!(said_by(by_creation), said_by(|_| true));
        assert_eq!(said_by(|operation| !by_creation(operation)), "");
    }
}
