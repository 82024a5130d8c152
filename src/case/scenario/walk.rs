//! Walks: things of several sorts are made, shown, changed and removed in one story, in an order that
//! a seed decides. What each of them must look like by then is kept in a model: what was sent last.
//!
//! Main type: [`Walker`]. A walk is a list of moves, and the moves are its id: whoever has the id can
//! tell it again, also without the moves that do not matter.

use proptest::prelude::Rng;

use super::fixed::leaving_fixed;
use super::life::{Life, values};
use super::rule::{draft, step};
use super::{Call, Hold, Scenario, ScenarioStep, StepExpect};
use crate::case::{CaseId, Given, Template, valid};
use crate::contract::{Contract, OperationId, is_project};

/// What the names of walks have between the operation and their moves.
pub const WALK: &str = "/scenario/walk/";
/// The moves of a walk.
const LENGTH: usize = 20;
/// More things of one sort at a time than this meet limits that no walk is about.
const MOST_OF_A_SORT: usize = 3;

/// One byte says what is done, and with which of the things there are.
type Move = u8;

/// Tells walks among the things of one contract.
pub struct Walker<'a> {
    lives: Vec<Life<'a>>,
}

/// A thing of the model.
struct Thing {
    /// Its place among the sorts.
    sort: usize,
    /// The name under which its id is kept.
    kept: String,
    /// What was sent when it was made, and when it was last changed.
    made: Call,
    changed: Option<Call>,
    alive: bool,
}

impl<'a> Walker<'a> {
    /// The walker of a contract. None where fewer than two things could be told apart.
    pub fn new(contract: &'a Contract, creations: &'a [crate::contract::Creation]) -> Option<Self> {
        let lives = creations.iter().filter_map(|creation| {
            let life = Life::of(contract, creation)?;
            let own = life.makes.path.parameters().all(is_project);
            (own && !life.takes_jobs() && life.shows.is_some() && life.is_placed()).then_some(life)
        });
        let lives: Vec<Life<'a>> = lives.collect();
        (!lives.is_empty()).then_some(Self { lives })
    }

    /// The operation that walks are told of.
    pub fn operation(&self) -> &OperationId {
        &self.lives[0].makes.id
    }

    /// The walk of this seed and turn.
    pub fn walk(&self, seed: u64, turn: u32) -> Scenario {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&turn.to_le_bytes());
        let mut moves = [0; LENGTH];
        valid::runner(&bytes).rng().fill_bytes(&mut moves);
        self.story(&moves)
    }

    /// So many walks that a seed decides.
    pub fn walks(&self, seed: u64, n: u32) -> Vec<Scenario> {
        (0..n).map(|turn| self.walk(seed, turn)).collect()
    }

    /// The walk with these moves.
    pub fn story(&self, moves: &[Move]) -> Scenario {
        let mut things: Vec<Thing> = Vec::new();
        let mut steps = Vec::new();
        for chosen in moves {
            let which = usize::from(chosen >> 3);
            match chosen & 7 {
                0..=2 => self.make(which, &mut things, &mut steps),
                3..=5 => self.change(which, &mut things, &mut steps),
                _ => self.remove(which, &mut things, &mut steps),
            }
        }
        steps.extend(things.iter().filter_map(|thing| self.shown(thing)));
        // In the end all are removed, one after the other, and stay away.
        for thing in things.iter_mut().filter(|thing| thing.alive) {
            thing.alive = false;
            steps.push(self.removal(thing));
        }
        self.all_shown(&things, &mut steps);
        let digits = moves.iter().map(|chosen| format!("{chosen:02x}"));
        Scenario {
            id: CaseId(format!("{}{}", self.start(), digits.collect::<String>())),
            operation: self.operation().clone(),
            title: "things are made, changed and removed in any order".to_owned(),
            take: self.taken(&steps),
            steps,
        }
    }

    /// The moves that an id stands for. None where it is of no walk of this contract.
    pub fn moves(&self, id: &CaseId) -> Option<Vec<Move>> {
        let digits = id.0.strip_prefix(&self.start())?;
        let pairs = digits.as_bytes().chunks(2);
        let moves = pairs.map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            Move::from_str_radix(pair, 16).ok()
        });
        moves.collect()
    }

    fn start(&self) -> String {
        format!("{}{WALK}", self.operation())
    }

    fn make(&self, which: usize, things: &mut Vec<Thing>, steps: &mut Vec<ScenarioStep>) {
        let sort = which % self.lives.len();
        let life = &self.lives[sort];
        let alive = things
            .iter()
            .filter(|thing| thing.alive && thing.sort == sort);
        if alive.count() >= MOST_OF_A_SORT {
            return;
        }
        let nth = things.len() + 1;
        let kept = format!("{} {nth}", life.name);
        let mut made = values(life.makes, draft(life.makes), nth);
        if let Some(body) = &mut made.body {
            keep_lent(body);
        }
        let thing = Thing {
            sort,
            kept,
            made,
            changed: None,
            alive: true,
        };
        let ids = life.ids.iter();
        steps.push(ScenarioStep {
            capture: ids.map(|id| (thing.kept.clone(), id.clone())).collect(),
            holds: life.echoes(life.makes, &thing.made, life.makes),
            ..step(
                &format!("{} is made", thing.kept),
                thing.made.clone(),
                StepExpect::Accepted,
            )
        });
        steps.extend(self.shown(&thing));
        things.push(thing);
    }

    fn change(&self, which: usize, things: &mut [Thing], steps: &mut Vec<ScenarioStep>) {
        let nth = steps.len() + 1;
        let Some(thing) = choose(which, things, |thing| {
            thing.alive && self.lives[thing.sort].changes.is_some()
        }) else {
            return;
        };
        let Some(changes) = self.lives[thing.sort].changes else {
            return;
        };
        let call = values(changes, draft(changes), nth);
        let life = &self.lives[thing.sort];
        let Some(mut call) = leaving_fixed(life, Some(&thing.made), call) else {
            return;
        };
        if let Some(body) = &mut call.body {
            keep_lent(body);
        }
        let title = format!("{} is changed", thing.kept);
        thing.changed = Some(call.clone());
        let call = self.about(thing, call);
        steps.push(step(&title, call, StepExpect::Accepted));
        self.all_shown(things, steps);
    }

    fn remove(&self, which: usize, things: &mut [Thing], steps: &mut Vec<ScenarioStep>) {
        let Some(thing) = choose(which, things, |thing| thing.alive) else {
            return;
        };
        thing.alive = false;
        steps.push(self.removal(thing));
        self.all_shown(things, steps);
    }

    fn removal(&self, thing: &Thing) -> ScenarioStep {
        let call = self.lives[thing.sort].removal(&thing.kept);
        step(
            &format!("{} is removed", thing.kept),
            call,
            StepExpect::Accepted,
        )
    }

    fn all_shown(&self, things: &[Thing], steps: &mut Vec<ScenarioStep>) {
        steps.extend(things.iter().filter_map(|thing| self.shown(thing)));
    }

    /// A thing that is there is shown as it was made and changed, another one is gone.
    fn shown(&self, thing: &Thing) -> Option<ScenarioStep> {
        let life = &self.lives[thing.sort];
        let shows = life.shows?;
        let call = self.about(thing, draft(shows));
        if !thing.alive {
            let title = format!("{} is gone", thing.kept);
            return Some(ScenarioStep {
                patient: true,
                ..step(&title, call, StepExpect::Refused)
            });
        }
        let mut holds: Vec<Hold> = life.echoes(life.makes, &thing.made, shows);
        if let (Some(changed), Some(changes)) = (&thing.changed, life.changes) {
            holds.retain(|hold| !super::life::mentions(changes, hold));
            holds.extend(life.echoes(changes, changed, shows));
        }
        let title = format!("{} is shown", thing.kept);
        Some(ScenarioStep {
            holds,
            ..step(&title, call, StepExpect::Accepted)
        })
    }

    /// A call that names the thing in its path.
    fn about(&self, thing: &Thing, mut call: Call) -> Call {
        let name = self.lives[thing.sort].name.to_owned();
        call.path.push((name, Given::Kept(thing.kept.clone())));
        call
    }

    /// What the paths and bodies of the steps name, but for the things themselves.
    fn taken(&self, steps: &[ScenarioStep]) -> Vec<String> {
        let paths = self
            .lives
            .iter()
            .flat_map(|life| life.makes.path.parameters());
        let mut taken: Vec<String> = paths.map(str::to_owned).collect();
        for body in steps.iter().filter_map(|step| step.call.body.as_ref()) {
            kept_in(body, &mut taken);
        }
        taken.sort();
        taken.dedup();
        taken
    }
}

fn choose(which: usize, things: &mut [Thing], fits: impl Fn(&Thing) -> bool) -> Option<&mut Thing> {
    let mut fitting: Vec<&mut Thing> = things.iter_mut().filter(|thing| fits(thing)).collect();
    let n = fitting.len();
    (n > 0).then(|| fitting.swap_remove(which % n))
}

/// Several things of a walk may be made of the same lent one.
fn keep_lent(template: &mut Template) {
    match template {
        Template::Lent(name) => *template = Template::Kept(std::mem::take(name)),
        Template::Literal(_) | Template::Kept(_) => {}
        Template::Object(members) => members.iter_mut().for_each(|(_, inner)| keep_lent(inner)),
        Template::Array(items) => items.iter_mut().for_each(keep_lent),
    }
}

fn kept_in(template: &Template, names: &mut Vec<String>) {
    match template {
        Template::Kept(name) => names.push(name.clone()),
        Template::Literal(_) | Template::Lent(_) => {}
        Template::Object(members) => members.iter().for_each(|(_, inner)| kept_in(inner, names)),
        Template::Array(items) => items.iter().for_each(|inner| kept_in(inner, names)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{creations, sample};

    fn kettles() -> Contract {
        let operations = [
            (
                "POST /v1/{project_id}/kettles",
                "kettle.name",
                "kettle.id kettle.name",
            ),
            (
                "GET /v1/{project_id}/kettles/{kettle_id}",
                "",
                "kettle.id kettle.name",
            ),
            (
                "PUT /v1/{project_id}/kettles/{kettle_id}",
                "kettle.name",
                "kettle.id",
            ),
            ("DELETE /v1/{project_id}/kettles/{kettle_id}", "", ""),
        ];
        let operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        sample::contract(operations.to_vec())
    }

    #[test]
    fn a_model_says_how_each_thing_must_look() {
        let contract = kettles();
        let creations = creations(&contract);
        let walker = Walker::new(&contract, &creations).unwrap();
        // Two are made, the first one is changed, the second one is removed.
        let walk = walker.story(&[0, 0, 3, 15]);
        let told: Vec<String> = walk
            .steps
            .iter()
            .map(|step| {
                let holds = step.holds.iter().map(|hold| format!(" {:?}", hold.rule));
                format!("{}:{}", step.title, holds.collect::<String>())
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        kettle_id 1 is made: Equals(Literal(String("proofhouse1")))
        kettle_id 1 is shown: Equals(Literal(String("proofhouse1")))
        kettle_id 2 is made: Equals(Literal(String("proofhouse2")))
        kettle_id 2 is shown: Equals(Literal(String("proofhouse2")))
        kettle_id 1 is changed:
        kettle_id 1 is shown: Equals(Literal(String("proofhouse5")))
        kettle_id 2 is shown: Equals(Literal(String("proofhouse2")))
        kettle_id 2 is removed:
        kettle_id 1 is shown: Equals(Literal(String("proofhouse5")))
        kettle_id 2 is gone:
        kettle_id 1 is shown: Equals(Literal(String("proofhouse5")))
        kettle_id 2 is gone:
        kettle_id 1 is removed:
        kettle_id 1 is gone:
        kettle_id 2 is gone:
        "#);
        assert_eq!(walker.moves(&walk.id), Some(vec![0, 0, 3, 15]));
        assert_eq!(
            walker.moves(&CaseId("kettles/scenario/life".to_owned())),
            None
        );
    }

    #[test]
    fn the_same_seed_walks_the_same_way() {
        let contract = kettles();
        let creations = creations(&contract);
        let walker = Walker::new(&contract, &creations).unwrap();
        assert_eq!(walker.walks(7, 3), walker.walks(7, 3));
        assert_ne!(walker.walks(7, 1), walker.walks(8, 1));
    }
}
