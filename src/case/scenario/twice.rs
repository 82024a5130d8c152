//! Stories of what there may be once: the same thing is made twice.
//!
//! Main entry: [`twice`]. Told by rule where a sentence says that no two of a collection share a value:
//! a request that was accepted is refused when it comes again.

use super::life::{Life, values};
use super::rule::{draft, make_one, step};
use super::{Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::CaseId;
use crate::contract::{Constraint, Contract, Operation, Step, creations};

/// The stories of all things of which no two are alike.
pub(super) fn twice(contract: &Contract) -> Vec<Scenario> {
    let creations = creations(contract);
    let stories = creations.iter().filter_map(|creation| {
        let life = Life::of(contract, creation)?;
        let tests = unique(life.makes)?;
        let mut call = values(life.makes, draft(life.makes), 1);
        make_one(life.makes, &mut call);
        let again = ScenarioStep {
            tests: Some(tests),
            ..step("another one like it", call.clone(), StepExpect::Refused)
        };
        Some(Scenario {
            id: CaseId(format!("{}/scenario/twice", life.makes.id)),
            operation: life.makes.id.clone(),
            title: "the same is made twice".to_owned(),
            take: life.taken(),
            steps: vec![life.made(call), again, life.removed()],
        })
    });
    stories.collect()
}

/// The statement that no two things are alike: of the operation, or of a field that each has once.
fn unique(makes: &Operation) -> Option<Tests> {
    let says = |constraint: &Constraint| matches!(constraint, Constraint::Unique);
    if makes.statements.iter().any(|said| says(&said.constraint)) {
        return Some(Tests {
            rule: "unique",
            field: None,
        });
    }
    let fields = makes.request_fields().into_iter();
    let mut own = fields.filter(|(path, field)| {
        let once = path.0.iter().all(|step| matches!(step, Step::Name(_)));
        let is_required = field.presence == crate::contract::Presence::Required;
        once && is_required
            && field.kind.inner().is_none()
            && field.statements.iter().any(|said| says(&said.constraint))
    });
    own.next().map(|(path, _)| Tests {
        rule: "unique",
        field: Some(path.to_string()),
    })
}
