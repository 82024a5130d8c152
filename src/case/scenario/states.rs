//! Stories of states: what needs a thing in some state is called while it is in others.
//!
//! Main entries: [`states`], and [`needed`] for the state that one call needs. Which thing and which
//! field are meant is read from the words of the statement: `garden.status` is the `status` of what
//! `{garden_id}` names. Nobody knows which call leads to which state, so all that can be done with the
//! thing is done before, and whatever state that leads to decides what must come.

use super::needed::is_of_flag;
use super::passing::passing;
use super::rule::{call, draft, pointer, recall, smallest, step};
use super::{Call, Cast, JobEnd, Needed, Scenario, ScenarioStep, StepExpect, Tests, Want, When};
use crate::case::request::{Base, Extent, Site, sites};
use crate::case::{CaseId, Given};
use crate::contract::{
    Constraint, Contract, Field, FieldPath, Kind, Operation, PathTemplate, Scalar, Segment,
    StatesRule, are_opposite_words, is_project, letters, same_name, seems_to_remove,
};
use crate::wire::Method;

/// Calls that are tried before one that needs a state.
pub(super) const MOST_MOVES: usize = 6;

/// The stories of all operations that need a state.
pub(super) fn states(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let operations = contract.operations.iter();
    let needing =
        operations.filter_map(|operation| Some((operation, needed(contract, operation)?)));
    let own = needing.flat_map(|(operation, needed)| stories(cast, operation, &needed));
    let of_fields = contract.operations.iter().flat_map(|operation| {
        let bound = needed_for(contract, operation).into_iter();
        bound.flat_map(|(site, needed)| of_field(contract, operation, &site, &needed))
    });
    let attached = cast.creations.iter().filter_map(|creation| {
        let thing = creation.named.id()?;
        Some(attached(
            contract,
            contract.operation(&creation.makes)?,
            thing,
        ))
    });
    let attached: Vec<Vec<Scenario>> = attached.collect();
    let attached = attached.into_iter().flatten();
    own.chain(of_fields).chain(attached).collect()
}

/// The state that an operation needs of the thing in its path, and where it is shown.
pub fn needed(contract: &Contract, operation: &Operation) -> Option<Needed> {
    let name = operation.path.parameters().last()?;
    needed_of(contract, operation, name)
}

/// What lets a thing be removed, one after the other: that no flag stands which is called like what can be done with it
/// and undone (`locked`), and the state that is said to. Of flags it is often said elsewhere, or in words that nobody
/// reads.
pub fn calmed(contract: &Contract, removes: &Operation) -> Vec<Needed> {
    let flags = || {
        let name = removes.path.parameters().last()?;
        let shows = shows_thing(contract, removes, name)?;
        let fields = shows.response_fields().into_iter();
        let flags = fields.filter(|(path, field)| {
            let is_flag = field.kind == Kind::Boolean && path.0.len() <= 2;
            is_flag && is_called_like_what_is_undone(contract, path.leaf(), name)
        });
        let down = flags.filter_map(|(path, _)| {
            let want = Want {
                pointer: pointer(&path)?,
                rule: StatesRule::NoneOf,
                states: vec!["true".to_owned()],
            };
            Some(rested(shows, vec![want]))
        });
        Some(down.collect::<Vec<_>>())
    };
    let flags = flags().unwrap_or_default();
    flags.into_iter().chain(needed(contract, removes)).collect()
}

/// Whether a flag is called like something that can be done with the thing whose parameter paths call so, and that
/// something else undoes.
fn is_called_like_what_is_undone(contract: &Contract, flag: &str, name: &str) -> bool {
    let acts = contract.operations.iter().filter(|operation| {
        operation.method == Method::Post && operation.path.parameters().last() == Some(name)
    });
    let words: Vec<String> = acts.map(|operation| letters(operation.word())).collect();
    let mut done = words
        .iter()
        .filter(|word| word.len() > 2 && letters(flag).starts_with(*word));
    done.any(|word| words.iter().any(|other| undoes(other, word)))
}

/// Whether one word takes back what another one says: "unlock", "thaw".
fn undoes(word: &str, done: &str) -> bool {
    const OTHERS: [(&str, &str); 5] = [
        ("freeze", "thaw"),
        ("suspend", "resume"),
        ("enable", "disable"),
        ("archive", "restore"),
        ("open", "close"),
    ];
    let is_negated = ["un", "dis", "de"]
        .iter()
        .any(|not| word.strip_prefix(not) == Some(done));
    is_negated || are_opposite_words(done, word) || OTHERS.contains(&(done, word))
}

/// What is needed of a thing that rests.
fn rested(shows: &Operation, wants: Vec<Want>) -> Needed {
    Needed {
        shown_by: draft(shows),
        wants,
        when: When::Rested,
        witness: None,
    }
}

/// The state that an operation needs of the thing that paths call so, and where it is shown.
pub fn needed_of(contract: &Contract, operation: &Operation, name: &str) -> Option<Needed> {
    let said = operation.statements.iter().map(|said| &said.constraint);
    needed_by(contract, (operation, name), said)
}

/// The fields that an operation takes only of a thing in some state, each with that state: of "the depth can be
/// changed only while the well is DRY" the others are free.
fn needed_for<'o>(contract: &Contract, operation: &'o Operation) -> Vec<(Site<'o>, Needed)> {
    let Some(name) = operation.path.parameters().last() else {
        return Vec::new();
    };
    let inside = sites(operation).into_iter();
    let inside = inside.filter(|site| site.place.is_none());
    let bound = inside.filter_map(|site| {
        let said = operation.statements.iter();
        let of_field = said.filter_map(|said| {
            let (case, held) = said.constraint.of_case()?;
            is_for(case, site.field).then_some(held)
        });
        let needed = needed_by(contract, (operation, name), of_field)?;
        Some((site, needed))
    });
    bound.collect()
}

/// Whether a case is that of a field: "for depth".
fn is_for(case: &str, field: &Field) -> bool {
    let meant = case.strip_prefix("for ");
    meant.is_some_and(|name| letters(name) == letters(&field.name))
}

/// The state of the thing that paths call so in which an operation may do all of this, and where it is shown.
fn needed_by<'c>(
    contract: &Contract,
    (operation, name): (&Operation, &str),
    said: impl Iterator<Item = &'c Constraint>,
) -> Option<Needed> {
    let found = said.filter_map(|said| {
        let Constraint::StatePrecondition {
            subject,
            rule,
            states,
        } = said
        else {
            return None;
        };
        let (thing, attribute) = subject.rsplit_once('.')?;
        is_id_of(name, thing).then_some((attribute, *rule, states.as_slice()))
    });
    let found: Vec<(&str, StatesRule, &[String])> = found.collect();
    let shows = shows_thing(contract, operation, name)?;
    let mut attributes: Vec<&str> = found.iter().map(|(attribute, ..)| *attribute).collect();
    attributes.dedup();
    let wants = attributes.into_iter().map(|attribute| {
        let said = found.iter().filter(|(other, ..)| *other == attribute);
        let (rule, states) = joined(said.map(|(_, rule, states)| (*rule, *states)))?;
        wanted(shows, attribute, rule, states)
    });
    let wants: Vec<Want> = wants.collect::<Option<_>>()?;
    (!wants.is_empty()).then(|| rested(shows, wants))
}

/// What is needed of an attribute of the thing that an operation shows; None where it does not show that.
fn wanted(
    shows: &Operation,
    attribute: &str,
    rule: StatesRule,
    states: Vec<String>,
) -> Option<Want> {
    let fields = shows.response_fields().into_iter();
    let is_flag = is_of_flag(&states);
    let texts = fields.filter(|(path, field)| {
        let is_told = field.kind == Kind::String || (is_flag && field.kind == Kind::Boolean);
        path.0.len() <= 2 && is_told
    });
    let texts: Vec<(FieldPath, &Field)> = texts.collect();
    // Who is "in a state" may show it as either.
    let alike: &[&str] = match attribute {
        "status" | "state" => &[attribute, "status", "state"],
        _ => &[attribute],
    };
    let called = |name: &&str| texts.iter().find(|(path, _)| path.leaf() == *name);
    let (path, field) = alike.iter().find_map(called)?;
    // A document that has other words for the states it shows speaks of what it does not show.
    let listed = texts_listed(field);
    let is_known = |state: &String| listed.iter().any(|known| known.eq_ignore_ascii_case(state));
    if !is_flag && !listed.is_empty() && !states.iter().any(is_known) {
        return None;
    }
    let pointer = pointer(path)?;
    Some(Want {
        pointer,
        rule,
        states,
    })
}

/// The texts that a field lists.
pub(super) fn texts_listed(field: &Field) -> Vec<String> {
    let values = field.statements.iter().filter_map(|said| {
        let Constraint::Enum { values, .. } = &said.constraint else {
            return None;
        };
        Some(values)
    });
    let texts = values.flatten().filter_map(|value| match value {
        Scalar::Text(text) => Some(text.clone()),
        Scalar::Null | Scalar::Bool(_) | Scalar::Integer(_) | Scalar::Decimal(_) => None,
    });
    texts.collect()
}

/// What several sentences about one attribute need together: a state that all of them let in. None where they let in
/// none.
fn joined<'s>(
    said: impl Iterator<Item = (StatesRule, &'s [String])> + Clone,
) -> Option<(StatesRule, Vec<String>)> {
    let of = |wanted: StatesRule| {
        let told = said.clone().filter(move |(rule, _)| *rule == wanted);
        told.map(|(_, states)| states)
    };
    let is_among = |state: &String, states: &[String]| {
        states.iter().any(|other| other.eq_ignore_ascii_case(state))
    };
    let forbidden: Vec<String> = of(StatesRule::NoneOf).flatten().cloned().collect();
    let (rule, states) = match of(StatesRule::OneOf).next() {
        None => (StatesRule::NoneOf, forbidden),
        Some(first) => {
            let is_fine = |state: &&String| {
                of(StatesRule::OneOf).all(|states| is_among(state, states))
                    && !is_among(state, &forbidden)
            };
            (
                StatesRule::OneOf,
                first.iter().filter(is_fine).cloned().collect(),
            )
        }
    };
    (!states.is_empty()).then_some((rule, states))
}

/// Who shows the thing that paths call so: where there are several, one of the same document whose path has most in
/// common with that of the operation that works on it. Two services may have each their own view of one thing.
pub(super) fn shows_thing<'a>(
    contract: &'a Contract,
    works_on: &Operation,
    name: &str,
) -> Option<&'a Operation> {
    let shows = contract.operations.iter().filter(|other| {
        let last = other.path.0.last();
        let is_it = matches!(last, Some(Segment::Parameter(known)) if same_name(known, name));
        is_it && other.method == Method::Get && other.selector.is_none()
    });
    let in_common = |other: &Operation| {
        let both = other.path.0.iter().zip(&works_on.path.0);
        both.take_while(|(one, other)| one == other).count()
    };
    let is_beside = |other: &Operation| other.at.document == works_on.at.document;
    shows
        .rev()
        .max_by_key(|other| (is_beside(other), in_common(other)))
}

/// Whether a parameter names one of the things that a word means, or several of them mean.
pub(super) fn is_id_of(name: &str, thing: &str) -> bool {
    let one = thing.strip_suffix('s').unwrap_or(thing);
    same_name(name, &format!("{thing}_id")) || same_name(name, &format!("{one}_id"))
}

fn stories(cast: &Cast<'_>, operation: &Operation, needed: &Needed) -> Vec<Scenario> {
    let contract = cast.contract;
    let moves = moves(contract, &operation.path);
    let rested = moves.iter().take(MOST_MOVES).map(|first| {
        let then = tried(
            &format!("`{}`", operation.id),
            draft(operation),
            needed.clone(),
        );
        after(contract, operation, first, "after", then)
    });
    rested
        .chain(passing(cast, operation, needed, &moves))
        .collect()
}

/// One field is sent alone, in whatever state the thing is by then.
fn of_field(
    contract: &Contract,
    operation: &Operation,
    site: &Site<'_>,
    needed: &Needed,
) -> Vec<Scenario> {
    let name = &site.field.name;
    let base = Base::of(operation, Extent::Minimal, Some(site));
    // That the state is needed is said of the case alone that the field is given.
    let sent = ScenarioStep {
        tests: Some(Tests {
            rule: "within",
            field: None,
        }),
        ..tried(
            &format!("`{}` with {name}", operation.id),
            call(operation, base),
            needed.clone(),
        )
    };
    let moves = moves(contract, &operation.path).into_iter();
    let others = moves.filter(|first| first.id != operation.id);
    let stories = others.take(MOST_MOVES).map(|first| {
        let word = format!("{name}-after");
        after(contract, operation, first, &word, sent.clone())
    });
    stories.collect()
}

/// What may be done with the thing that a path names. Whoever says what state it needs most likely leads to
/// another one.
pub(super) fn moves<'a>(contract: &'a Contract, path: &PathTemplate) -> Vec<&'a Operation> {
    let moves = contract.operations.iter().filter(|other| {
        let same_thing = other.path.parameters().eq(path.parameters());
        let acts = !other.method.is_safe() && !seems_to_remove(other);
        same_thing && acts && Base::of(other, Extent::Minimal, None).sure
    });
    let mut moves: Vec<&Operation> = moves.collect();
    moves.sort_by_key(|other| !is_bound(contract, other));
    moves
}

/// Whether an operation needs the thing in its path in some state.
pub(super) fn is_bound(contract: &Contract, operation: &Operation) -> bool {
    needed(contract, operation).is_some()
}

/// The state that an operation needs, to which the thing is led.
pub(super) fn led(contract: &Contract, operation: &Operation) -> Option<Needed> {
    needed(contract, operation).map(|needed| Needed {
        when: When::Led,
        ..needed
    })
}

/// Something is done with the thing, from a state in which that may be done, and then another thing.
pub(super) fn after(
    contract: &Contract,
    operation: &Operation,
    first: &Operation,
    word: &str,
    then: ScenarioStep,
) -> Scenario {
    let first_step = ScenarioStep {
        needed: led(contract, first),
        ..step(
            &format!("`{}` comes first", first.id),
            draft(first),
            StepExpect::Either,
        )
    };
    Scenario {
        id: CaseId(format!("{}/scenario/{word}-{}", operation.id, first.id)),
        operation: operation.id.clone(),
        title: "it needs a state".to_owned(),
        take: taken(operation),
        steps: vec![first_step, then],
    }
}

/// A call in whatever state its thing is by then.
pub(super) fn tried(title: &str, call: Call, needed: Needed) -> ScenarioStep {
    ScenarioStep {
        tests: Some(Tests {
            rule: "state_precondition",
            field: None,
        }),
        needed: Some(needed),
        ..step(title, call, StepExpect::Either)
    }
}

/// The stories of what is attached to something and thereby in another state: it is attached again, or
/// what must not be done to it then is.
fn attached(contract: &Contract, operation: &Operation, thing: &str) -> Vec<Scenario> {
    let (call, sent) = recall(&smallest(operation));
    let attachments = sent.into_iter().filter_map(|(kept, place)| {
        let name = place.rsplit('/').next()?.to_owned();
        same_name(&name, thing).then_some((name, kept, place))
    });
    let stories = attachments.flat_map(|(name, kept, place)| {
        let others = contract.operations.iter().filter_map(|other| {
            let is_it = other.id == operation.id;
            let of_thing = other
                .path
                .parameters()
                .last()
                .is_some_and(|last| same_name(last, &name));
            let needed = needed_of(contract, other, &name).filter(|_| is_it || of_thing)?;
            let needed = with_kept(needed, &name, &kept);
            let then = if is_it {
                call.clone()
            } else {
                given(draft(other), &name, &kept)
            };
            let first = ScenarioStep {
                sent: vec![(kept.clone(), place.clone())],
                await_job: operation.is_async().then_some(JobEnd::Succeeded),
                ..step("it is attached", smallest(operation), StepExpect::Either)
            };
            Some(Scenario {
                id: CaseId(format!(
                    "{}/scenario/attached-by-{}",
                    other.id, operation.id
                )),
                operation: other.id.clone(),
                title: "it needs a state of what is attached".to_owned(),
                take: taken(operation),
                steps: vec![first, tried(&format!("`{}`", other.id), then, needed)],
            })
        });
        others.collect::<Vec<_>>()
    });
    stories.collect()
}

/// The same state of the thing whose id is kept.
fn with_kept(needed: Needed, name: &str, kept: &str) -> Needed {
    Needed {
        shown_by: given(needed.shown_by, name, kept),
        ..needed
    }
}

/// A call about the thing whose id is kept.
pub(super) fn given(mut call: Call, name: &str, kept: &str) -> Call {
    call.path
        .push((name.to_owned(), Given::Kept(kept.to_owned())));
    call
}

pub(super) fn taken(operation: &Operation) -> Vec<String> {
    let names = operation.path.parameters();
    let (projects, things): (Vec<&str>, Vec<&str>) = names.partition(|name| is_project(name));
    let all = projects.into_iter().chain(things);
    all.map(str::to_owned).collect()
}

/// Where a thing shows its state.
pub(super) fn state_of(shows: &Operation) -> Option<String> {
    let fields = shows.response_fields().into_iter();
    let mut states = fields.filter(|(path, field)| {
        let is_state = ["status", "state"].contains(&path.leaf());
        is_state && path.0.len() <= 2 && field.kind == Kind::String
    });
    pointer(&states.next()?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::Needed;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Presence, Scope, Statement, sample};
    use crate::source::{DocumentId, Provenance};

    #[test]
    fn what_is_removed_has_no_flag_of_what_was_done_to_it() {
        let operations = [
            ("GET /v1/towers/{tower_id}", "", "tower.locked tower.tall"),
            ("POST /v1/towers/{tower_id}/action#lock", "lock", ""),
            ("POST /v1/towers/{tower_id}/action#unlock", "unlock", ""),
            ("DELETE /v1/towers/{tower_id}", "", ""),
        ];
        let mut operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        let shown = operations[0].response.as_mut().expect("it answers");
        for flag in &mut shown.fields[0].children {
            flag.kind = Kind::Boolean;
        }
        let contract = sample::contract(operations.to_vec());
        let calmed = calmed(&contract, &contract.operations[3]);
        let wants = calmed.iter().flat_map(|needed| &needed.wants);
        let wants = wants.map(|want| want.pointer.as_str());
        assert_eq!(wants.collect::<Vec<_>>(), ["/tower/locked"]);
        assert_eq!(needed(&contract, &contract.operations[3]), None);
    }

    #[test]
    fn what_needs_a_state_is_tried_after_all_that_can_be_done() {
        let operations = [
            ("GET /v1/towers/{tower_id}", "", "tower.status"),
            ("POST /v1/towers/{tower_id}/light", "", ""),
            ("POST /v1/towers/{tower_id}/paint", "", ""),
            ("DELETE /v1/towers/{tower_id}", "", ""),
        ];
        let mut operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        operations[2].statements.push(Statement {
            constraint: Constraint::StatePrecondition {
                subject: "tower.status".to_owned(),
                rule: StatesRule::OneOf,
                states: vec!["DARK".to_owned()],
            },
            at: Provenance::line(&DocumentId::new("towers"), 1),
            rule: "sample".to_owned(),
        });
        let contract = sample::contract(operations.to_vec());
        let told = tell(states, &contract);
        let ids: Vec<&str> = told.iter().map(|story| story.id.0.as_str()).collect();
        assert_eq!(
            ids,
            [
                "towers.paint/scenario/after-towers.paint",
                "towers.paint/scenario/after-towers.light",
                "towers.paint/scenario/while-done"
            ]
        );
        let needed: Option<&Needed> = told[0].steps[1].needed.as_ref();
        let [want] = &needed.expect("it needs a state").wants[..] else {
            panic!("one is said");
        };
        assert_eq!(want.pointer, "/tower/status");
        assert_eq!(
            (want.rule, want.states.join(" ")),
            (StatesRule::OneOf, "DARK".to_owned())
        );
    }

    #[test]
    fn a_field_that_needs_a_state_is_sent_alone_after_all_that_can_be_done() {
        let operations = [
            ("GET /v1/wells/{well_id}", "", "well.status"),
            ("POST /v1/wells/{well_id}/fill", "", ""),
            ("PUT /v1/wells/{well_id}", "depth name", ""),
        ];
        let mut operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        let dry = Constraint::StatePrecondition {
            subject: "well.status".to_owned(),
            rule: StatesRule::OneOf,
            states: vec!["DRY".to_owned()],
        };
        operations[2].statements.push(Statement {
            constraint: Constraint::Within {
                scope: Scope::Case("for depth".to_owned()),
                holds: Box::new(dry),
            },
            at: sample::at(),
            rule: "sample".to_owned(),
        });
        for field in &mut operations[2].request.as_mut().expect("it asks").fields {
            field.presence = Presence::Optional;
        }
        let told = tell(states, &sample::contract(operations.to_vec()));
        let [story] = &told[..] else {
            panic!("one story: {told:?}");
        };
        assert_eq!(story.id.0, "wells.update/scenario/depth-after-wells.fill");
        let sent = format!("{:?}", story.steps[1].call.body);
        assert!(sent.contains("depth") && !sent.contains("name"), "{sent}");
        let needed = story.steps[1].needed.as_ref().expect("it needs a state");
        assert_eq!(needed.wants[0].states, ["DRY"]);
        let tests = story.steps[1].tests.as_ref();
        assert_eq!(tests.map(|tests| tests.rule), Some("within"));
        // Of the operation as a whole nothing is said.
        assert_eq!(
            super::needed(&sample::contract(operations.to_vec()), &operations[2]),
            None
        );
    }

    #[test]
    fn what_is_attached_is_tried_in_the_state_that_this_gives_it() {
        let routes = [
            ("GET /v1/hooks/{hook_id}", "", "hook.state"),
            ("DELETE /v1/hooks/{hook_id}", "", ""),
            ("POST /v1/walls/{wall_id}/attachhook", "hook.hook_id", ""),
            ("DELETE /v1/walls/{wall_id}/detachhook/{hook_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        for (place, rule, state) in [
            (1, StatesRule::NoneOf, "used"),
            (2, StatesRule::OneOf, "free"),
        ] {
            contract.operations[place].statements.push(Statement {
                constraint: Constraint::StatePrecondition {
                    subject: "hook.status".to_owned(),
                    rule,
                    states: vec![state.to_owned()],
                },
                at: sample::at(),
                rule: "test".to_owned(),
            });
        }
        let told = tell(states, &contract);
        let told = told
            .iter()
            .filter(|story| story.id.0.contains("attached-by"));
        let steps = told.flat_map(|story| &story.steps).map(|step| {
            let needed = step.needed.as_ref();
            let place = needed.map(|needed| needed.wants[0].pointer.as_str());
            format!("{} {}", step.title, place.unwrap_or_default())
        });
        let steps: Vec<String> = steps.collect();
        assert_eq!(
            steps,
            [
                "it is attached ",
                "`hooks.delete` /hook/state",
                "it is attached ",
                "`walls.attachhook` /hook/state",
            ]
        );
    }

    #[test]
    fn what_several_sentences_need_is_needed_together() {
        let states = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let (dark, lit, any) = (states("DARK"), states("lit"), states("DARK LIT DIM"));
        let check = |said: &[(StatesRule, &[String])], expected: &str| {
            let told = joined(said.iter().copied())
                .map(|(rule, states)| format!("{rule:?} {}", states.join(" ")));
            assert_eq!(told.unwrap_or_default(), expected);
        };
        let (none_of, one_of) = (StatesRule::NoneOf, StatesRule::OneOf);
        check(&[(none_of, &dark), (none_of, &lit)], "NoneOf DARK lit");
        check(&[(one_of, &any), (none_of, &lit)], "OneOf DARK DIM");
        check(&[(one_of, &dark), (one_of, &lit)], "");
    }

    #[test]
    fn what_is_said_of_two_attributes_is_needed_together() {
        let mut operations = [
            sample::operation("GET /v1/lamps/{lamp_id}", "", "lamp.status lamp.mode"),
            sample::operation("DELETE /v1/lamps/{lamp_id}", "", ""),
        ];
        for (subject, state) in [("lamp.status", "DARK"), ("lamp.mode", "idle")] {
            operations[1].statements.push(Statement {
                constraint: Constraint::StatePrecondition {
                    subject: subject.to_owned(),
                    rule: StatesRule::OneOf,
                    states: vec![state.to_owned()],
                },
                at: sample::at(),
                rule: "test".to_owned(),
            });
        }
        let contract = sample::contract(operations.to_vec());
        let needed = needed(&contract, &contract.operations[1]).expect("it needs both");
        let places: Vec<&str> = needed
            .wants
            .iter()
            .map(|want| want.pointer.as_str())
            .collect();
        assert_eq!(places, ["/lamp/status", "/lamp/mode"]);
    }
}
