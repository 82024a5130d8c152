//! Stories of switches: what is switched off is shown off, and what is switched on again is shown on.
//!
//! Main entry: [`switched`]. Told by rule of fields that are true or false, that a change can set alone, and that
//! something shows. Whatever the switch was before, it is turned both ways.

use serde_json::Value;

use super::change::{is_bound, offered};
use super::echo::is_versioned;
use super::fixed::is_fixed;
use super::life::Life;
use super::others::passes_on;
use super::rule::{call, step};
use super::states::needed;
use super::{Call, Cast, Scenario, ScenarioStep, StepExpect};
use crate::case::audit::Auditor;
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::valid::holds_back;
use crate::case::{CaseId, Expect, Template};
use crate::contract::{Kind, Operation};

/// More switches of one sort of thing are not tried.
const MOST: usize = 4;

/// The stories of all switches that can be turned.
pub(super) fn switched(cast: &Cast<'_>) -> Vec<Scenario> {
    let stories = cast.lives.iter().flat_map(|life| {
        let sites = life.changes.map(sites).unwrap_or_default();
        let stories = sites.iter().filter_map(|site| story(life, site));
        stories.take(MOST).collect::<Vec<_>>()
    });
    stories.collect()
}

fn story(life: &Life<'_>, site: &Site<'_>) -> Option<Scenario> {
    let changes = life.changes?;
    let field = site.field;
    let is_switch = site.place.is_none() && field.kind == Kind::Boolean;
    let has_its_way = holds_back(field) || passes_on(&field.name) || is_fixed(life, &field.name);
    if !is_switch || has_its_way || is_bound(field) || is_versioned(field) {
        return None;
    }
    let mut steps = vec![life.made_one()];
    // What is off at the end keeps nothing from being removed.
    for (nth, is_on) in [false, true, false].into_iter().enumerate() {
        let (call, expect) = turning(changes, site, is_on)?;
        // Some switches can be turned once.
        let expect = if nth == 0 {
            expect
        } else {
            StepExpect::Offered
        };
        let word = if is_on { "on" } else { "off" };
        let seen = life.seen_as(changes, &call, &format!("it is seen switched {word}"))?;
        let turned = step(&format!("it is switched {word}"), call, expect);
        steps.push(ScenarioStep {
            needed: needed(life.contract, changes),
            ..turned
        });
        steps.push(seen);
    }
    // Of what is switched on, removal may not be wished for.
    steps.push(ScenarioStep {
        expect: StepExpect::Either,
        ..life.removed()
    });
    Some(Scenario {
        id: CaseId(format!("{}/scenario/switched-{}", changes.id, site.path)),
        operation: changes.id.clone(),
        title: format!("{} is switched on and off", field.name),
        take: life.taken(),
        steps,
    })
}

/// The change that says nothing but this.
fn turning(changes: &Operation, site: &Site<'_>, is_on: bool) -> Option<(Call, StepExpect)> {
    let base = Base::of(changes, Extent::Minimal, Some(site));
    let expect = offered(&base);
    let mut call = call(changes, base);
    let mut draft = call.draft(changes);
    let value = Template::Literal(Value::Bool(is_on));
    let is_set = site.edit(&mut draft, &Edit::Set(value));
    let is_fine = Auditor::new(changes).settle(Expect::Accepted, None, &draft) == Expect::Accepted;
    call.body = draft.body;
    (is_set && is_fine).then_some((call, expect))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::sample;

    #[test]
    fn a_switch_is_turned_both_ways_and_one_that_holds_back_is_not() {
        let routes = [
            ("POST /v1/kettles", "name", "id"),
            ("GET /v1/kettles/{kettle_id}", "", "name lit locked"),
            ("PUT /v1/kettles/{kettle_id}", "lit locked", ""),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let [_, shows, changes, _] = &mut operations;
        let shown = shows.response.iter_mut().flat_map(|body| &mut body.fields);
        let sent = changes.request.iter_mut().flat_map(|body| &mut body.fields);
        for field in shown.skip(1).chain(sent) {
            field.kind = Kind::Boolean;
        }
        let told = tell(switched, &sample::contract(operations.to_vec()));
        let lines = told.iter().flat_map(|story| {
            let steps = story.steps.iter();
            let steps = steps.map(|step| {
                let held = step.holds.first().map(|hold| (&hold.pointer, &hold.rule));
                let held = held.map_or_else(String::new, |held| format!(" {held:?}"));
                format!("  {} {:?}{held}\n", step.title, step.expect)
            });
            std::iter::once(format!("{}\n", story.id)).chain(steps)
        });
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        kettles.update/scenario/switched-lit
          it is made Accepted
          it is switched off Accepted
          it is seen switched off Accepted ("/lit", Equals(Literal(Bool(false))))
          it is switched on Offered
          it is seen switched on Accepted ("/lit", Equals(Literal(Bool(true))))
          it is switched off Offered
          it is seen switched off Accepted ("/lit", Equals(Literal(Bool(false))))
          it is removed Either
        "#);
    }
}
