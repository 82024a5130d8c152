//! Stories of what cannot be changed: a change that asks for it all the same leaves it as it was made.
//!
//! Main entry: [`fixed`]. Told by rule of fields that a creation says can never be changed, or that a change says it
//! does not change, and that are shown.
//! Whether such a change is refused or the field passed over, no document says.

use super::echo::sent_at;
use super::life::{Life, values};
use super::rule::{draft, make_one, smallest, step};
use super::{Call, Cast, Hold, Scenario, ScenarioStep, StepExpect};
use crate::case::audit::Auditor;
use crate::case::request::{Edit, is_bare, sites};
use crate::case::valid::scalar;
use crate::case::{CaseId, Template};
use crate::contract::{Constraint, Field, FieldPath, NEVER_CHANGED, Operation, Presence, Step};

/// The stories of all things that have something that cannot be changed.
pub(super) fn fixed(cast: &Cast<'_>) -> Vec<Scenario> {
    cast.lives.iter().filter_map(story).collect()
}

fn story(life: &Life<'_>) -> Option<Scenario> {
    let (changes, shows) = (life.changes?, life.shows?);
    let mut made = values(life.makes, draft(life.makes), 1);
    make_one(life.makes, &mut made);
    let shown = life.echoes(life.makes, &made, shows);
    let all = sites(life.makes);
    let fixed = all
        .iter()
        .filter(|site| site.place.is_none())
        .filter(|site| is_fixed(life, site.path.leaf()));
    let tries = fixed.flat_map(|site| {
        let leaf = site.path.leaf();
        let as_made: Vec<Hold> = shown
            .iter()
            .filter(|hold| hold.pointer.rsplit('/').next() == Some(leaf))
            .cloned()
            .collect();
        // With little else and with all: either may be refused for another reason.
        let calls = [smallest(changes), values(changes, draft(changes), 2)];
        let calls = calls.into_iter().filter_map(|call| {
            asking(life.makes, &made, call, (&site.path, site.field))
                .filter(|_| !as_made.is_empty())
        });
        let tries = calls.map(|call| {
            let title = format!("another `{leaf}` is asked for");
            let shown = step("it is as it was made", draft(shows), StepExpect::Accepted);
            let holds = as_made.clone();
            [
                step(&title, call, StepExpect::Either),
                ScenarioStep { holds, ..shown },
            ]
        });
        tries.flatten().collect::<Vec<_>>()
    });
    let tries: Vec<ScenarioStep> = tries.collect();
    if tries.is_empty() {
        return None;
    }
    let mut steps = vec![life.made(made)];
    steps.extend(tries);
    steps.push(life.removed());
    Some(Scenario {
        id: CaseId(format!("{}/scenario/fixed", changes.id)),
        operation: changes.id.clone(),
        title: "what cannot be changed is asked for otherwise".to_owned(),
        take: life.taken(),
        steps,
    })
}

/// Whether the creation or the change says of a field that it can never be changed.
pub(super) fn is_fixed(life: &Life<'_>, name: &str) -> bool {
    let both = std::iter::once(life.makes).chain(life.changes);
    let mut fields = both.flat_map(Operation::request_fields);
    fields.any(|(path, field)| path.leaf() == name && field.says(NEVER_CHANGED))
        || life.changes.is_some_and(|changes| is_named(changes, name))
}

/// A change that asks for nothing that cannot be changed: such fields are as they were made, where that is known,
/// or left out. None where one must be given, or nothing is left to say.
pub(super) fn leaving_fixed(life: &Life<'_>, made: Option<&Call>, mut call: Call) -> Option<Call> {
    let changes = life.changes?;
    let mut draft = call.draft(changes);
    let all = sites(changes);
    let inside = all.iter().filter(|site| site.place.is_none());
    let fixed = inside.filter(|site| is_fixed(life, site.path.leaf()));
    let auditor = Auditor::new(changes);
    let n_breaches = auditor.audit(&draft).len();
    let mut is_less = false;
    for site in fixed {
        let sent = made.and_then(|made| sent_at(made.body.as_ref(), &site.path));
        let edit = match sent {
            Some(value) => Edit::Set(value),
            None if site.field.presence == Presence::Optional => {
                is_less = true;
                Edit::Remove
            }
            None => return None,
        };
        site.edit(&mut draft, &edit);
    }
    let is_bare = is_less && draft.body.as_ref().is_some_and(is_bare);
    if is_bare || auditor.audit(&draft).len() > n_breaches {
        return None;
    }
    call.body = draft.body;
    Some(call)
}

/// Whether a change says of what a field is called that it cannot be changed: of the "fuel type", too, where that
/// field is `fuel`.
fn is_named(changes: &Operation, name: &str) -> bool {
    let words = name.replace('_', " ").to_lowercase();
    let mut said = changes.statements.iter();
    said.any(|said| {
        let Constraint::Other(told) = &said.constraint else {
            return false;
        };
        let what = told
            .strip_prefix(NEVER_CHANGED)
            .and_then(|rest| rest.strip_prefix(": "));
        let what = what.map(|what| what.replace('_', " ").to_lowercase());
        let rest = what.as_deref().and_then(|what| what.strip_prefix(&words));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// A change that asks for another value at a place than a creation gave it.
fn asking(
    makes: &Operation,
    made: &Call,
    mut call: Call,
    (path, field): (&FieldPath, &Field),
) -> Option<Call> {
    /// Values that are made of a field before it has no other.
    const MOST: usize = 4;
    let mut other = (2..=MOST).filter_map(|nth| {
        let value = scalar(field, &field.kind, nth);
        let mut draft = made.draft(makes);
        let site = sites(makes).into_iter().find(|site| site.path == *path)?;
        let differs = site.edit(&mut draft, &Edit::Set(value.value.clone()))
            && draft.body != made.draft(makes).body;
        (value.sure && differs && matches!(value.value, Template::Literal(_)))
            .then_some(value.value)
    });
    let (Step::Name(leaf), around) = path.0.split_last()? else {
        return None;
    };
    let mut place = call.body.as_mut()?;
    for step in around {
        let (Step::Name(name), Template::Object(members)) = (step, place) else {
            return None;
        };
        place = &mut members.iter_mut().find(|(known, _)| known == name)?.1;
    }
    let Template::Object(members) = place else {
        return None;
    };
    members.retain(|(known, _)| known != leaf);
    members.push((leaf.clone(), other.next()?));
    Some(call)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::case::scenario::life::lives;
    use crate::contract::{Scalar, Statement, sample};

    /// The last two steps of the story: what is asked for, and what must hold.
    fn told(remark: &str) -> String {
        let routes = [
            ("POST /v1/lamps", "lamp.fuel", "lamp.id"),
            ("GET /v1/lamps/{lamp_id}", "", "lamp.fuel"),
            ("PUT /v1/lamps/{lamp_id}", "lamp.name", ""),
            ("DELETE /v1/lamps/{lamp_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let statement = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let lamp = &mut operations[0].request.as_mut().expect("it asks").fields[0];
        let values = ["OIL", "GAS"].map(|word| Scalar::Text(word.to_owned()));
        let values = values.to_vec();
        lamp.children[0].statements = vec![
            statement(Constraint::Enum {
                values,
                open: false,
            }),
            statement(Constraint::Other(remark.to_owned())),
        ];
        let told = tell(fixed, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let steps = steps.map(|step| {
            let rule = step.holds.first().map(|hold| &hold.rule);
            format!("{} {:?} {rule:?}\n", step.call.operation, step.call.body)
        });
        steps.collect()
    }

    #[test]
    fn what_stays_as_it_was_made_is_asked_for_otherwise() {
        insta::assert_snapshot!(told(NEVER_CHANGED), @r#"
        lamps.create Some(Object([("lamp", Object([("fuel", Literal(String("GAS")))]))])) None
        lamps.update Some(Object([("lamp", Object([("name", Literal(String("proofhouse"))), ("fuel", Literal(String("OIL")))]))])) None
        lamps.show None Some(Equals(Literal(String("GAS"))))
        lamps.update Some(Object([("lamp", Object([("name", Literal(String("proofhouse2"))), ("fuel", Literal(String("OIL")))]))])) None
        lamps.show None Some(Equals(Literal(String("GAS"))))
        lamps.delete None None
        "#);
        assert_eq!(told("unit cm"), "");
    }

    #[test]
    fn a_life_asks_for_no_change_of_what_cannot_be_changed() {
        let routes = [
            ("POST /v1/lamps", "fuel name", "id"),
            ("GET /v1/lamps/{lamp_id}", "", "fuel name"),
            ("PUT /v1/lamps/{lamp_id}", "fuel name", ""),
            ("DELETE /v1/lamps/{lamp_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let fuel = &mut operations[0].request.as_mut().expect("it asks").fields[0];
        fuel.statements = vec![Statement {
            constraint: Constraint::Other(NEVER_CHANGED.to_owned()),
            at: sample::at(),
            rule: "test".to_owned(),
        }];
        let told = tell(lives, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let asked = steps.filter_map(|step| {
            let body = step.call.body.as_ref()?;
            Some(format!("{} {body:?}\n", step.call.operation))
        });
        insta::assert_snapshot!(asked.collect::<String>(), @r#"
        lamps.create Object([("fuel", Literal(String("proofhouse1"))), ("name", Literal(String("proofhouse1")))])
        lamps.update Object([("fuel", Literal(String("proofhouse1"))), ("name", Literal(String("proofhouse2")))])
        lamps.update Object([("fuel", Literal(String("proofhouse1"))), ("name", Literal(String("proofhouse2")))])
        "#);
    }

    #[test]
    fn a_change_names_what_it_does_not_change() {
        let mut changes = sample::operation("PUT /v1/lamps/{lamp_id}", "lamp.name", "");
        let told = Constraint::Other(format!("{NEVER_CHANGED}: fuel type"));
        changes.statements.push(Statement {
            constraint: told,
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert!(is_named(&changes, "fuel") && is_named(&changes, "fuel_type"));
        assert!(!is_named(&changes, "type") && !is_named(&changes, "fue"));
    }
}
