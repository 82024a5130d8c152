//! Stories of what is attached to something else: of two only the one that is taken away goes, neither is shown
//! of another thing, and the list shows what was said of it.
//!
//! Main entry: [`attached`]. Told by rule of creations that name in their body what they attach, and whose
//! removal names it in its path.

use super::again::{Pair, story};
use super::echo::is_versioned;
use super::full::{most_of, no_more, quota, whole};
use super::rule::{is_paged, pointer, smallest, step};
use super::{
    Call, Cast, Hold, HoldRule, JobEnd, Mention, Scenario, ScenarioStep, StepExpect, another,
};
use crate::case::audit::Auditor;
use crate::case::request::{Edit, Site, sites};
use crate::case::valid::scalar;
use crate::case::{Expect, Given, Template};
use crate::contract::{
    Constraint, Contract, Creation, Field, FieldPath, Kind, Named, Operation, Statement,
    is_project, letters,
};
use crate::wire::Method;

/// More things than these are not attached in one story.
const MOST_ATTACHED: u64 = 12;

/// The stories of all that is attached to something.
pub(super) fn attached(cast: &Cast<'_>) -> Vec<Scenario> {
    let attachments = cast
        .creations
        .iter()
        .filter_map(|creation| Attachment::of(cast.contract, creation));
    let stories = attachments.flat_map(|attachment| {
        let mut stories = attachment.said();
        stories.extend(attachment.two());
        stories.extend(attachment.apart());
        stories.extend(attachment.full());
        stories
    });
    stories.collect()
}

/// Something that one operation attaches, and another one takes away.
struct Attachment<'a> {
    contract: &'a Contract,
    creation: &'a Creation,
    /// Where the body names it.
    asked: &'a [FieldPath],
    removes: &'a Operation,
    pair: Pair<'a>,
}

/// A list of what is attached to one thing.
struct Shown<'a> {
    lists: &'a Operation,
    place: String,
    /// What its items call the thing.
    name: String,
    items: &'a Field,
}

impl<'a> Attachment<'a> {
    fn of(contract: &'a Contract, creation: &'a Creation) -> Option<Self> {
        let Named::Parameter { asked, .. } = &creation.named else {
            return None;
        };
        if creation.is_own(contract) || asked.is_empty() {
            return None;
        }
        Some(Self {
            contract,
            creation,
            asked,
            removes: contract.operation(&creation.removes)?,
            pair: Pair::of(contract, creation, "the first", 1)?,
        })
    }

    /// The step of the attachment, done.
    fn made(&self) -> ScenarioStep {
        with_job(self.pair.made.clone(), self.pair.makes)
    }

    /// The step that takes it away, done.
    fn removed(&self) -> ScenarioStep {
        with_job(self.pair.removed.clone(), self.removes)
    }

    /// The name under which its id is kept.
    fn thing(&self) -> Option<&str> {
        let Template::Kept(name) = self.pair.made.mention.as_ref()?.thing() else {
            return None;
        };
        Some(name)
    }

    /// Who lists what is attached to the same thing, with an item for each.
    fn shown(&self) -> Vec<Shown<'a>> {
        let asks = self.contract.operations.iter().filter(|other| {
            let of_same = other
                .path
                .parameters()
                .eq(self.pair.makes.path.parameters());
            other.method == Method::Get && other.selector.is_none() && of_same
        });
        let shown = asks.flat_map(|lists| {
            let fields = lists.response_fields().into_iter();
            fields.filter_map(|(path, items)| {
                let mut names = self.asked.iter().map(FieldPath::leaf);
                let name = names.find(|name| items.child(name).is_some())?.to_owned();
                let is_list =
                    path.0.len() == 1 && items.kind == Kind::Array(Box::new(Kind::Object));
                let place = pointer(&path).filter(|_| is_list)?;
                Some(Shown {
                    lists,
                    place,
                    name,
                    items,
                })
            })
        });
        shown.collect()
    }

    /// Each of the things that may be said of it is said once, and shown, where it is sure which list shows it.
    fn said(&self) -> Vec<Scenario> {
        let stem = letters(self.asked.first().map_or("", FieldPath::leaf));
        let stem = stem.strip_suffix("id").unwrap_or(&stem);
        let lists = self.shown().into_iter();
        let mut lists = lists.filter(|shown| {
            let is_called_so = letters(&shown.items.name).contains(stem);
            !stem.is_empty() && is_called_so && !is_paged(shown.lists)
        });
        let around = self.pair.makes.path.parameters().all(is_project);
        let (Some(shown), None, false) = (lists.next(), lists.next(), around) else {
            return Vec::new();
        };
        let all = sites(self.pair.makes);
        let stories = all.iter().filter_map(|site| self.said_of(site, &shown));
        stories.collect()
    }

    fn said_of(&self, site: &Site<'_>, shown: &Shown<'_>) -> Option<Scenario> {
        let field = shown.items.child(&site.field.name)?;
        let around = |path: &FieldPath| path.0.split_last().map(|(_, start)| start.to_vec());
        let mut asked = self.asked.iter();
        let is_beside = asked.any(|asked| around(asked) == around(&site.path));
        let listed = FieldPath::root(&shown.items.name).child(&shown.items.kind, &field.name);
        let mut disputes = self.contract.disputes.iter();
        let is_sure = field.kind == site.field.kind
            && field.other_kinds.is_empty()
            && !is_versioned(field)
            && !is_versioned(site.field)
            && !disputes.any(|dispute| {
                dispute.moves(shown.lists, &listed) || dispute.field.as_ref() == Some(&site.path)
            });
        if site.place.is_some() || !is_beside || !is_sure || !is_chosen(site.field) {
            return None;
        }
        let value = scalar(site.field, &site.field.kind, 3);
        let Template::Literal(literal) = &value.value else {
            return None;
        };
        let mut draft = self.pair.made.call.draft(self.pair.makes);
        let is_said = value.sure && site.edit(&mut draft, &Edit::Set(value.value.clone()));
        let fits = Auditor::new(self.pair.makes).settle(Expect::Accepted, None, &draft);
        if !is_said || fits != Expect::Accepted {
            return None;
        }
        let made = self.made();
        let made = ScenarioStep {
            call: Call {
                body: draft.body,
                ..made.call
            },
            expect: StepExpect::Offered,
            ..made
        };
        let item = vec![
            (shown.name.clone(), Template::Kept(self.thing()?.to_owned())),
            (site.field.name.clone(), Template::Literal(literal.clone())),
        ];
        let hold = Hold::here(
            shown.place.clone(),
            HoldRule::Contains(Template::Object(item)),
        );
        let listed = ScenarioStep {
            holds: vec![hold],
            patient: true,
            ..step(
                "it is listed as was said",
                smallest(shown.lists),
                StepExpect::Accepted,
            )
        };
        let title = format!("attached with {}", site.field.name);
        let name = format!("said-{}", site.path);
        let steps = vec![made, listed, self.removed()];
        Some(story(self.pair.makes, &name, &title, steps))
    }

    /// Two things are attached to one, and the first one is taken away again: the other one stays.
    fn two(&self) -> Option<Scenario> {
        let makes = self.pair.makes;
        let other = Pair::of(self.contract, self.creation, "the second", 2)?;
        let names = self.pair.made.sent.iter().map(|(name, _)| name);
        let names: Vec<&String> = names.collect();
        let steps = vec![
            self.made(),
            ScenarioStep {
                title: "another one is attached".to_owned(),
                ..with_job(of_other(other.made, &names, "other"), makes)
            },
            ScenarioStep {
                title: "the first one is taken away".to_owned(),
                ..self.removed()
            },
            ScenarioStep {
                title: "the other one is taken away".to_owned(),
                ..with_job(of_other(other.removed, &names, "other"), self.removes)
            },
        ];
        Some(story(makes, "two", "two are attached", steps))
    }

    /// As many things are attached as may be, and one more: no list shows more.
    fn full(&self) -> Option<Scenario> {
        let makes = self.pair.makes;
        let max = most_of(&makes.statements, self.asked.first()?.leaf(), true)?;
        let shown = self.shown().into_iter().next()?;
        let list = whole(shown.lists, max)?;
        if max > MOST_ATTACHED {
            return None;
        }
        let names: Vec<&String> = self.pair.made.sent.iter().map(|(name, _)| name).collect();
        let nth = |nth| Pair::of(self.contract, self.creation, "one of many", nth);
        let all: Vec<Pair<'_>> = (1..=max as usize + 1).map(nth).collect::<Option<_>>()?;
        let numbered = (1_u64..).zip(&all);
        let made = numbered.clone().map(|(nth, pair)| {
            let step = of_other(pair.made.clone(), &names, &format!("number {nth}"));
            ScenarioStep {
                title: "one more is attached".to_owned(),
                mention: None,
                holds: vec![no_more(list.clone(), shown.place.clone(), max)],
                tests: quota(),
                ..with_job(step, makes)
            }
        });
        let removed = numbered.map(|(nth, pair)| {
            let step = of_other(pair.removed.clone(), &names, &format!("number {nth}"));
            ScenarioStep {
                title: "it is taken away again".to_owned(),
                mention: None,
                ..with_job(step, self.removes)
            }
        });
        let steps = made.chain(removed).collect();
        Some(story(
            makes,
            "quota",
            "as many as may be, and one more",
            steps,
        ))
    }

    /// What lists the like of another thing does not begin to show it. It may have been there before.
    fn apart(&self) -> Option<Scenario> {
        let around = self.pair.makes.path.parameters().last();
        let around = around.filter(|name| !is_project(name))?;
        let thing = self.thing()?;
        let shown = self.shown().into_iter();
        let (mut before, after): (Vec<ScenarioStep>, Vec<ScenarioStep>) =
            shown.map(|shown| of_another(&shown, around, thing)).unzip();
        let (_, other) = before.first_mut()?.call.path.last_mut()?;
        *other = Given::Lent(around.to_owned());
        let steps = before
            .into_iter()
            .chain([self.made()])
            .chain(after)
            .chain([self.removed()]);
        let title = "what is attached to one thing is not shown of another";
        Some(story(self.pair.makes, "apart", title, steps.collect()))
    }
}

/// Whether a server has no reason to store something else than what is sent: what it calls a device is its
/// own matter.
fn is_chosen(field: &Field) -> bool {
    let is_listed =
        |said: &Statement| matches!(said.constraint, Constraint::Enum { open: false, .. });
    matches!(field.kind, Kind::Integer | Kind::Boolean) || field.statements.iter().any(is_listed)
}

/// Another thing is asked for what is attached to it, before and after.
fn of_another(shown: &Shown<'_>, around: &str, thing: &str) -> (ScenarioStep, ScenarioStep) {
    let mut call = smallest(shown.lists);
    let other = Given::Kept(another(around));
    call.path.push((around.to_owned(), other));
    let had = format!("what {} had at {}", shown.lists.id, shown.place);
    let like_it = Template::Kept(thing.to_owned());
    let item = Template::Object(vec![(shown.name.clone(), like_it)]);
    let before = ScenarioStep {
        capture: vec![(had.clone(), shown.place.clone())],
        ..step("another one is looked at", call.clone(), StepExpect::Either)
    };
    let after = ScenarioStep {
        holds: vec![Hold {
            differ: Some((had, thing.to_owned())),
            ..Hold::here(shown.place.clone(), HoldRule::Lacks(item))
        }],
        ..step(
            "another one is asked for the like",
            call,
            StepExpect::Either,
        )
    };
    (before, after)
}

fn with_job(step: ScenarioStep, operation: &Operation) -> ScenarioStep {
    ScenarioStep {
        await_job: operation.is_async().then_some(JobEnd::Succeeded),
        ..step
    }
}

/// The step about another thing: what is kept of it is kept under names that say which one it is.
fn of_other(mut step: ScenarioStep, names: &[&String], which: &str) -> ScenarioStep {
    let other = |name: &mut String| {
        if names.contains(&&*name) {
            *name = format!("{which} {name}");
        }
    };
    step.sent.iter_mut().for_each(|(name, _)| other(name));
    for (_, given) in &mut step.call.path {
        if let Given::Kept(name) = given {
            other(name);
        }
    }
    if let Some(Mention::Comes(Template::Kept(name)) | Mention::Goes(Template::Kept(name))) =
        &mut step.mention
    {
        other(name);
    }
    step
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::case::scenario::Kept;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Presence, sample};

    /// Lids are attached to kettles, in a slot that the list shows, and taken away.
    fn lids() -> Vec<Operation> {
        let routes = [
            ("POST /v1/kettles/{kettle_id}/attachlid", "lid.lid_id", ""),
            ("DELETE /v1/kettles/{kettle_id}/detachlid/{lid_id}", "", ""),
            ("GET /v1/kettles/{kettle_id}/lids", "", "lids.lid_id"),
        ];
        let operations = routes.iter();
        let operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        let mut operations: Vec<Operation> = operations.collect();
        let lid = &mut operations[0].request.as_mut().unwrap().fields[0];
        let slot = Field {
            name: "slot".to_owned(),
            kind: Kind::Integer,
            presence: Presence::Optional,
            ..lid.children[0].clone()
        };
        lid.children.push(slot.clone());
        let lids = &mut operations[2].response.as_mut().unwrap().fields[0];
        lids.kind = Kind::Array(Box::new(Kind::Object));
        lids.children.push(slot);
        operations
    }

    fn told(name: &str) -> Scenario {
        let stories = tell(attached, &sample::contract(lids()));
        let mut told = stories.into_iter();
        told.find(|told| told.id.0.ends_with(name)).unwrap()
    }

    #[test]
    fn of_two_the_one_goes_that_is_taken_away() {
        let lines = told("/two")
            .steps
            .into_iter()
            .map(|step| format!("{}: {:?} {:?}", step.title, step.call.path, step.mention));
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        it is made: [] Some(Comes(Kept("sent /lid/lid_id")))
        another one is attached: [] Some(Comes(Kept("other sent /lid/lid_id")))
        the first one is taken away: [("lid_id", Kept("sent /lid/lid_id"))] Some(Goes(Kept("sent /lid/lid_id")))
        the other one is taken away: [("lid_id", Kept("other sent /lid/lid_id"))] Some(Goes(Kept("other sent /lid/lid_id")))
        "#);
    }

    #[test]
    fn one_more_is_attached_than_may_be() {
        let mut operations = lids();
        assert!(
            tell(attached, &sample::contract(operations.clone()))
                .iter()
                .all(|told| !told.id.0.ends_with("/quota"))
        );
        operations[0].statements.push(Statement {
            constraint: Constraint::Quota {
                of: "lids per kettle".to_owned(),
                max: Some(2),
            },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let told = tell(attached, &sample::contract(operations));
        let told = told.iter().find(|told| told.id.0.ends_with("/quota"));
        let steps = &told.expect("it is told").steps;
        let titles: Vec<&str> = steps.iter().map(|step| step.title.as_str()).collect();
        assert_eq!(titles[..3], ["one more is attached"; 3]);
        assert_eq!(titles[3..], ["it is taken away again"; 3]);
        let most = HoldRule::AtMost(Template::Literal(json!(2)));
        assert!(steps[..3].iter().all(|step| step.holds[0].rule == most));
        // Each is another one.
        let kept: Vec<&str> = steps[..3]
            .iter()
            .map(|step| step.sent[0].0.as_str())
            .collect();
        assert_eq!(
            kept,
            [
                "number 1 sent /lid/lid_id",
                "number 2 sent /lid/lid_id",
                "number 3 sent /lid/lid_id"
            ]
        );
    }

    #[test]
    fn what_is_said_of_an_attachment_is_listed() {
        let told = told("/said-lid.slot");
        let slot = |slot: u32| json!({"lids": [{"lid_id": "l1", "slot": slot}]});
        let kept = Kept::from([("sent /lid/lid_id".to_owned(), json!("l1"))]);
        let hold = &told.steps[1].holds[0];
        assert_eq!(hold.met_by(&slot(4), &kept), Some(true));
        assert_eq!(hold.met_by(&slot(0), &kept), Some(false));
    }

    #[test]
    fn what_is_attached_to_one_thing_is_not_shown_of_another() {
        let told = told("/apart");
        let before = &told.steps[0];
        let lent = Given::Lent("kettle_id".to_owned());
        assert_eq!(before.call.path, [("kettle_id".to_owned(), lent)]);
        let other = &told.steps[2];
        let same = Given::Kept(another("kettle_id"));
        assert_eq!(other.call.path, [("kettle_id".to_owned(), same)]);
        let lid = Template::Kept("sent /lid/lid_id".to_owned());
        let item = Template::Object(vec![("lid_id".to_owned(), lid)]);
        assert_eq!(other.holds[0].rule, HoldRule::Lacks(item));
        // What the other one had before is no fault.
        let shown = json!({"lids": [{"lid_id": "l1"}]});
        let met = |had: Value| {
            let kept = [
                (before.capture[0].0.clone(), had),
                ("sent /lid/lid_id".to_owned(), json!("l1")),
            ];
            other.holds[0].met_by(&shown, &Kept::from(kept))
        };
        assert_eq!(met(json!([])), Some(false));
        assert_eq!(met(json!([{"lid_id": "l2"}])), Some(false));
        assert_eq!(met(json!([{"lid_id": "l1"}])), None);
    }
}
