//! The story that every sort of thing has: it is made, shown, listed, changed, removed, and gone.
//!
//! Main entry: [`lives`]. Told by rule from the contract alone: which operations belong together is
//! read from their paths. Only what is certain is held against the server: a field that request and
//! answer document under one path and kind, an id that was just given.

use serde_json::Value;

use super::echo::{is_hidden, is_kept_in, is_versioned, sent_at, value_at};
use super::fixed::leaving_fixed;
use super::once::told_once;
use super::order;
use super::rule::{
    depth_of_parameters, draft, is_paged, item_like, limit_of, list_of, made_pointer, make_one,
    pointer, smallest, step, with_items,
};
use super::states::{needed, needed_of};
use super::{Call, Cast, Hold, HoldRule, JobEnd, Scenario, ScenarioStep, StepExpect};
use crate::case::audit::Auditor;
use crate::case::broken::json as scalar_json;
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::valid::{Valid, can_be_valid, holds_back, listed, scalar};
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Constraint, Contract, Creation, Field, FieldPath, Kind, Listing, Named, Operation, OperationId,
    PathTemplate, Place, Presence, Step, listings,
};
use crate::wire::Method;

/// How the ids of lives end.
pub(super) const ENDING: &str = "/scenario/life";

/// The lives of all things that one operation makes in a collection and another removes from it.
pub(super) fn lives(cast: &Cast<'_>) -> Vec<Scenario> {
    let lives = cast.lives.iter();
    let stories = lives.flat_map(|life| [Some(life.story()), life.defaults()]);
    stories.flatten().collect()
}

/// What can be done with one sort of thing.
pub(super) struct Life<'a> {
    pub(super) contract: &'a Contract,
    pub(super) makes: &'a Operation,
    pub(super) removes: &'a Operation,
    pub(super) shows: Option<&'a Operation>,
    pub(super) changes: Option<&'a Operation>,
    pub(super) lists: Option<Listing<'a>>,
    /// The parameter that names one, under which its id is kept.
    pub(super) name: &'a str,
    /// The path of one, by its name.
    pub(super) path: PathTemplate,
    /// Where the body of the removal lists what it removes, and the ids there; none where its path names one.
    pub(super) among: Option<(Site<'a>, &'a FieldPath)>,
    /// Where the answer of what makes it may show its id, the surest place last.
    pub(super) ids: Vec<String>,
}

impl<'a> Life<'a> {
    pub(super) fn of(contract: &'a Contract, creation: &'a Creation) -> Option<Self> {
        let makes = contract.operation(&creation.makes)?;
        let removes = contract.operation(&creation.removes)?;
        let (name, path, among) = match &creation.named {
            Named::Parameter { name, .. } => (name, removes.path.clone(), None),
            Named::Listed { name, ids, .. } => {
                let is_sure = Base::of(removes, Extent::Minimal, None).sure;
                let list = list_of(removes, ids).filter(|_| is_sure)?;
                with_items(removes, smallest(removes), &list, &[])?;
                (name, makes.path.of_one(name), Some((list, ids)))
            }
            Named::SamePath | Named::SameBody(_) => return None,
        };
        // What is attached to something else has no life of its own.
        if !makes.path.same_shape(&path.collection()) {
            return None;
        }
        let ids = creation.named.answered().iter().rev();
        let ids: Vec<String> = ids
            .filter_map(|path| made_pointer(path, makes.is_async()))
            .collect();
        if ids.is_empty() {
            return None;
        }
        let beside = |methods: &[Method]| {
            contract.operations.iter().find(|other| {
                methods.contains(&other.method)
                    && other.selector.is_none()
                    && other.path.same_shape(&path)
            })
        };
        Some(Self {
            contract,
            makes,
            removes,
            shows: beside(&[Method::Get]).filter(|shows| shows.response.is_some()),
            changes: beside(&[Method::Put, Method::Patch]).filter(|other| !other.is_async()),
            lists: listings(contract, removes, name).into_iter().next(),
            name,
            path,
            among,
            ids,
        })
    }

    /// Whether a job makes or removes it.
    pub(super) fn takes_jobs(&self) -> bool {
        self.makes.is_async() || self.removes.is_async()
    }

    /// It is made by this call. Where a machine cannot tell whether a request is valid, it may be refused.
    pub(super) fn made(&self, call: Call) -> ScenarioStep {
        let body = self.makes.request.iter();
        let expect = if body.clone().all(|body| can_be_valid(&body.fields)) {
            StepExpect::Accepted
        } else {
            StepExpect::Either
        };
        ScenarioStep {
            capture: self
                .ids
                .iter()
                .map(|id| (self.name.to_owned(), id.clone()))
                .collect(),
            await_job: self.makes.is_async().then_some(JobEnd::Succeeded),
            ..step("it is made", call, expect)
        }
    }

    /// The same, with its id kept under another name.
    pub(super) fn made_as(&self, kept: &str, call: Call) -> ScenarioStep {
        let mut made = self.made(call);
        for (name, _) in &mut made.capture {
            kept.clone_into(name);
        }
        made
    }

    /// What is kept under another name is removed.
    pub(super) fn removed_as(&self, kept: &str) -> ScenarioStep {
        let mut removed = self.removed();
        removed.call = self.removal(kept);
        if let Some(needed) = &mut removed.needed {
            let of_other = (self.name.to_owned(), Given::Kept(kept.to_owned()));
            needed.shown_by.path.push(of_other);
        }
        removed
    }

    /// The request that removes what is kept under this name.
    pub(super) fn removal(&self, kept: &str) -> Call {
        match &self.among {
            Some((list, ids)) => {
                let call = smallest(self.removes);
                let items = [item_like(ids, kept)];
                with_items(self.removes, call.clone(), list, &items).unwrap_or(call)
            }
            None => {
                let mut call = draft(self.removes);
                if kept != self.name {
                    let given = Given::Kept(kept.to_owned());
                    call.path.push((self.name.to_owned(), given));
                }
                call
            }
        }
    }

    /// What is kept under this name is shown.
    pub(super) fn shown_as(&self, shows: &Operation, kept: &str, title: &str) -> ScenarioStep {
        let mut call = draft(shows);
        call.path
            .push((self.name.to_owned(), Given::Kept(kept.to_owned())));
        step(title, call, StepExpect::Accepted)
    }

    pub(super) fn removed(&self) -> ScenarioStep {
        ScenarioStep {
            needed: needed_of(self.contract, self.removes, self.name),
            await_job: self.removes.is_async().then_some(JobEnd::Succeeded),
            ..step(
                "it is removed",
                self.removal(self.name),
                StepExpect::Accepted,
            )
        }
    }

    /// It is removed, and neither shown nor listed any more.
    pub(super) fn removed_and_gone(&self) -> impl Iterator<Item = ScenarioStep> {
        let gone = self.shows.map(|shows| ScenarioStep {
            patient: true,
            ..step("it is gone", draft(shows), StepExpect::Refused)
        });
        let steps = [Some(self.removed()), gone, self.listed(None)];
        steps.into_iter().flatten()
    }

    /// It is made without what has a default, and shown with it.
    fn defaults(&self) -> Option<Scenario> {
        let smallest = Base::of(self.makes, Extent::Minimal, None);
        let body = smallest.draft.body.as_ref().filter(|_| smallest.sure)?;
        let mut call = draft(self.makes);
        call.query = smallest.draft.query;
        call.body = Some(body.clone());
        let made = ScenarioStep {
            holds: self.defaults_in(self.makes, body),
            ..self.made(call)
        };
        let shown = self.shows.map(|shows| ScenarioStep {
            holds: self.defaults_in(shows, body),
            ..step(
                "it is shown with its defaults",
                draft(shows),
                StepExpect::Accepted,
            )
        });
        let steps: Vec<ScenarioStep> = [Some(made), shown, Some(self.removed())]
            .into_iter()
            .flatten()
            .collect();
        let tells = steps.iter().any(|step| !step.holds.is_empty());
        tells.then(|| Scenario {
            id: CaseId(format!("{}/scenario/defaults", self.makes.id)),
            operation: self.makes.id.clone(),
            title: "made without what has a default".to_owned(),
            take: self.taken(),
            steps,
        })
    }

    /// The defaults that an answer must show of what was made with this body.
    fn defaults_in(&self, shown_by: &Operation, body: &Template) -> Vec<Hold> {
        let shown = shown_by.response_fields();
        let mut holds = Vec::new();
        for (path, field) in self.makes.request_fields() {
            let is_disputed = self.contract.disputes.iter().any(|dispute| {
                dispute.operation.as_ref() == Some(&self.makes.id)
                    && dispute.field.as_ref() == Some(&path)
            });
            let given = is_disputed || !is_beside(body, &path);
            let Some(default) = default_of(field).filter(|_| !given) else {
                continue;
            };
            let twin = shown
                .iter()
                .find(|(known, other)| self.echoes_at((&path, field), (known, other), shown_by));
            holds.extend(
                twin.and_then(|(known, _)| pointer(known)).map(|pointer| {
                    Hold::here(pointer, HoldRule::Equals(Template::Literal(default)))
                }),
            );
        }
        holds
    }

    fn story(&self) -> Scenario {
        let mut made = values(self.makes, draft(self.makes), 1);
        if self.makes.is_async() {
            make_one(self.makes, &mut made);
        }
        let mut steps = vec![ScenarioStep {
            holds: self.echoes(self.makes, &made, self.makes),
            ..self.made(made.clone())
        }];
        let mut shown = self.shown("it is shown as it was made", &made);
        if let (Some(step), Some(shows)) = (&mut shown, self.shows) {
            step.holds.extend(told_once(self.makes, shows));
        }
        steps.extend(shown);
        steps.extend(self.listed(Some(&made)));
        let changed = self.changes.and_then(|changes| {
            let changed = values(changes, draft(changes), 2);
            Some((changes, leaving_fixed(self, Some(&made), changed)?))
        });
        if let Some((changes, changed)) = changed {
            steps.push(ScenarioStep {
                needed: needed(self.contract, changes),
                ..step("it is changed", changed.clone(), StepExpect::Accepted)
            });
            let mut shown = self.shown("it is shown as it was changed", &changed);
            if let (Some(shown), Some(shows)) = (&mut shown, self.shows) {
                let kept = self.echoes(self.makes, &made, shows).into_iter();
                shown
                    .holds
                    .extend(kept.filter(|hold| !mentions(changes, hold)));
            }
            steps.extend(shown);
            steps.extend(self.listed_as_changed((changes, &changed), &made));
            steps.push(ScenarioStep {
                needed: needed(self.contract, changes),
                ..step("it is changed to what it is", changed, StepExpect::Accepted)
            });
        }
        steps.extend(self.removed_and_gone());
        Scenario {
            id: CaseId(format!("{}{ENDING}", self.makes.id)),
            operation: self.makes.id.clone(),
            title: "made, shown, listed, changed, removed, gone".to_owned(),
            take: self.taken(),
            steps,
        }
    }

    /// The other parameters of the paths: what the thing belongs to.
    pub(super) fn taken(&self) -> Vec<String> {
        let names = self.makes.path.parameters();
        names.map(str::to_owned).collect()
    }

    /// What this belongs to, and what another thing does that is made with it.
    pub(super) fn taken_with(&self, makes: &Operation) -> Vec<String> {
        let around = makes.path.parameters().filter(|name| *name != self.name);
        let mut taken = self.taken();
        taken.extend(around.map(str::to_owned));
        taken.sort();
        taken.dedup();
        taken
    }

    /// One is made by the usual request.
    pub(super) fn made_one(&self) -> ScenarioStep {
        let mut make = draft(self.makes);
        make_one(self.makes, &mut make);
        self.made(make)
    }

    fn shown(&self, title: &str, sent: &Call) -> Option<ScenarioStep> {
        let shows = self.shows?;
        Some(ScenarioStep {
            holds: self.echoes(by(self, &sent.operation)?, sent, shows),
            ..step(title, draft(shows), StepExpect::Accepted)
        })
    }

    /// It is shown with what a call said, or where nothing shows it, listed with it.
    pub(super) fn seen_as(
        &self,
        sent_to: &Operation,
        sent: &Call,
        title: &str,
    ) -> Option<ScenarioStep> {
        let seen = match self.shows {
            Some(shows) => ScenarioStep {
                holds: self.echoes(sent_to, sent, shows),
                ..step(title, draft(shows), StepExpect::Accepted)
            },
            None => {
                let told = self.told_in(self.lists.as_ref()?, sent_to, sent);
                (!told.is_empty()).then_some(())?;
                ScenarioStep {
                    title: title.to_owned(),
                    patient: true,
                    ..self.listed_with(Some(told))?
                }
            }
        };
        (!seen.holds.is_empty()).then_some(seen)
    }

    /// It is listed as it was made by this call, or no more.
    pub(super) fn listed(&self, made: Option<&Call>) -> Option<ScenarioStep> {
        let told = made.map(|made| {
            let lists = self.lists.as_ref();
            lists.map_or_else(Vec::new, |lists| self.told_in(lists, self.makes, made))
        });
        self.listed_with(told)
    }

    /// It is listed as it was changed, and with what the change does not mention as it was made. A list may need a
    /// while to know.
    fn listed_as_changed(
        &self,
        (changes, changed): (&Operation, &Call),
        made: &Call,
    ) -> Option<ScenarioStep> {
        let lists = self.lists.as_ref()?;
        let changed = self.told_in(lists, changes, changed);
        let asked = changes.request_fields();
        let mut told = self.told_in(lists, self.makes, made);
        told.retain(|(name, _)| asked.iter().all(|(path, _)| path.leaf() != name));
        told.extend(changed);
        (!told.is_empty()).then_some(())?;
        Some(ScenarioStep {
            title: "it is listed as it was changed".to_owned(),
            patient: true,
            ..self.listed_with(Some(told))?
        })
    }

    /// It is listed with these members, or no more.
    pub(super) fn listed_with(
        &self,
        told: Option<Vec<(String, Template)>>,
    ) -> Option<ScenarioStep> {
        self.listed_as(self.name, told)
    }

    /// What is kept under this name is listed with these members, or no more.
    pub(super) fn listed_as(
        &self,
        kept: &str,
        told: Option<Vec<(String, Template)>>,
    ) -> Option<ScenarioStep> {
        let there = told.is_some();
        let lists = self.lists.as_ref()?;
        let items = pointer(&lists.items)?;
        let may_hide = told
            .as_ref()
            .is_some_and(|told| may_hide(lists.operation, told));
        if may_hide || self.is_moved(lists.operation, &lists.items) {
            return None;
        }
        let mut item = item_like(&lists.ids, kept);
        if let (Some(told), Template::Object(members)) = (told, &mut item) {
            members.extend(told);
        }
        let mut call = draft(lists.operation);
        // A list that comes in pages may show it on another one, unless the longest page has room.
        let most = limit_of(lists.operation)
            .and_then(|(limit, most)| Some((limit, most?)))
            .filter(|(_, most)| *most > 1);
        if let Some((limit, most)) = most {
            call.query.retain(|(name, _)| *name != limit.name);
            call.query
                .push((limit.name.clone(), Given::Literal(most.to_string())));
        } else if there && is_paged(lists.operation) {
            return None;
        }
        let (title, rule) = match most {
            Some((_, most)) if there => ("it is listed", HoldRule::ContainsUnlessFull(item, most)),
            None if there => ("it is listed", HoldRule::Contains(item)),
            _ => ("it is listed no more", HoldRule::Lacks(item)),
        };
        let order = order::stated(lists.operation, &lists.items);
        let rules = std::iter::once(rule).chain(order.filter(|_| there));
        Some(ScenarioStep {
            holds: rules.map(|rule| Hold::here(items.clone(), rule)).collect(),
            ..step(title, call, StepExpect::Accepted)
        })
    }

    /// The members of an item of a list that must show what was sent to an operation.
    pub(super) fn told_in(
        &self,
        lists: &Listing<'_>,
        sent_to: &Operation,
        sent: &Call,
    ) -> Vec<(String, Template)> {
        let shown = lists.operation.response_fields();
        let mut list = shown.iter().filter(|(path, _)| *path == lists.items);
        let Some((path, list)) = list.next() else {
            return Vec::new();
        };
        let depth = depth_of_parameters(sent_to);
        let members = sent_to.request_fields().into_iter();
        let members = members.filter_map(|(asked, field)| {
            let name = asked.leaf();
            let twin = list.child(name)?;
            // Only what is around all of a body lies between.
            let is_near = asked.0.len() == depth;
            let inside = path.child(&list.kind, name);
            let is_sure = is_kept_in(&field.kind, twin)
                && twin.other_kinds.is_empty()
                && !is_versioned(twin)
                && !is_hidden(twin)
                && !self.is_moved(lists.operation, &inside);
            let value = sent_at(sent.body.as_ref(), &asked)?;
            (is_near && is_sure).then(|| (name.to_owned(), value))
        });
        members.collect()
    }

    /// Whether it is certain where the answer of what makes it shows its id.
    pub(super) fn is_placed(&self) -> bool {
        let shown = self.makes.response_fields();
        let ids = shown.iter().filter(|(path, _)| {
            let place = pointer(path);
            self.ids.iter().any(|id| Some(id) == place.as_ref())
        });
        ids.into_iter()
            .all(|(path, _)| !self.is_moved(self.makes, path))
    }

    /// Whether sources disagree on what surrounds the field.
    pub(super) fn is_moved(&self, operation: &Operation, path: &FieldPath) -> bool {
        let mut disputes = self.contract.disputes.iter();
        disputes.any(|dispute| dispute.moves(operation, path))
    }
}

/// Whether a list may leave out what has these members unless it is asked for: where it can be asked for more than it
/// shows, or has a usual value for a filter by one of them.
fn may_hide(lists: &Operation, told: &[(String, Template)]) -> bool {
    const MORE: [&str; 6] = ["all", "include", "show", "with", "deleted", "hidden"];
    let query = lists.parameters.iter().filter(|p| p.place == Place::Query);
    query.map(|parameter| &parameter.field).any(|filter| {
        let name = filter.name.to_ascii_lowercase();
        let word = name.split(['_', '-']).next().unwrap_or_default();
        let has_usual = || {
            let mut said = filter.statements.iter();
            said.any(|said| matches!(said.constraint, Constraint::Default(_)))
        };
        let is_told = told.iter().any(|(known, _)| *known == filter.name);
        MORE.contains(&word) || (is_told && has_usual())
    })
}

fn by<'a>(life: &Life<'a>, id: &OperationId) -> Option<&'a Operation> {
    let known = [Some(life.makes), life.changes];
    known.into_iter().flatten().find(|known| known.id == *id)
}

/// The request with the `nth` texts and numbers, where there are so many that are fine and go with the
/// rest.
pub(super) fn values(operation: &Operation, call: Call, nth: usize) -> Call {
    values_each(operation, call, |_| nth)
}

/// The same where the place of a field among all says which of its values it gets.
pub(super) fn values_each(
    operation: &Operation,
    mut call: Call,
    nth: impl Fn(usize) -> usize,
) -> Call {
    let auditor = Auditor::new(operation);
    let mut draft = call.draft(operation);
    let n_breaches = auditor.audit(&draft).len();
    let all = sites(operation);
    let inside = all.iter().filter(|site| site.place.is_none());
    for (place, site) in inside.enumerate() {
        let free = matches!(
            site.field.kind,
            Kind::String | Kind::Integer | Kind::Number | Kind::Boolean
        );
        let other = match not_as_usual(site.field) {
            Some(value) => Valid { value, sure: true },
            None => scalar(site.field, &site.field.kind, nth(place)),
        };
        let told = value_at(draft.body.as_ref(), &site.path).is_some();
        if free && other.sure && told && matches!(other.value, Template::Literal(_)) {
            let mut edited = draft.clone();
            site.edit(&mut edited, &Edit::Set(other.value));
            // A word may make other fields necessary.
            if auditor.audit(&edited).len() <= n_breaches {
                draft = edited;
            }
        }
    }
    call.body = draft.body;
    call
}

/// Of true and false, the one that is not the default: the default would be there all the same. A switch that
/// holds back what comes after stays off.
fn not_as_usual(field: &Field) -> Option<Template> {
    let default = default_of(field).as_ref().and_then(Value::as_bool)?;
    (default || !holds_back(field)).then(|| Template::Literal(Value::Bool(!default)))
}

/// Whether an operation can change what stands at a place.
pub(super) fn mentions(changes: &Operation, hold: &Hold) -> bool {
    let leaf = hold.pointer.rsplit('/').next();
    let fields = changes.request_fields();
    fields.iter().any(|(path, _)| Some(path.leaf()) == leaf)
}

/// The documented default of a field that need not be given, where it is a value of its kind. Words of
/// a text that no list has may describe it.
fn default_of(field: &Field) -> Option<Value> {
    let default = field.statements.iter().find_map(|said| {
        let Constraint::Default(value) = &said.constraint else {
            return None;
        };
        scalar_json(value)
    })?;
    let fits = match field.kind {
        Kind::Integer => default.is_i64(),
        Kind::Number => default.is_number(),
        Kind::Boolean => default.is_boolean(),
        Kind::String => listed(field, 0).any(|value| value == default),
        Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => false,
    };
    (fits && field.presence == Presence::Optional).then_some(default)
}

/// Whether a body has what the field at a path would be a member of, and not the field.
fn is_beside(body: &Template, path: &FieldPath) -> bool {
    let mut place = body;
    for (depth, step) in path.0.iter().enumerate() {
        let (Step::Name(name), Template::Object(members)) = (step, place) else {
            return false;
        };
        match members.iter().find(|(known, _)| known == name) {
            Some((_, member)) => place = member,
            None => return depth + 1 == path.0.len(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::sample;

    #[test]
    fn a_thing_is_made_shown_changed_and_gone() {
        let operations = [
            (
                "POST /v1/{house_id}/kettles",
                "kettle.name kettle.lid_id",
                "kettle.id kettle.name",
            ),
            (
                "GET /v1/{house_id}/kettles/{kettle_id}",
                "",
                "kettle.id kettle.name",
            ),
            (
                "PUT /v1/{house_id}/kettles/{kettle_id}",
                "kettle.name",
                "kettle.id",
            ),
            ("DELETE /v1/{house_id}/kettles/{kettle_id}", "", ""),
            ("POST /v1/{house_id}/recipes", "recipe.name", ""),
        ];
        let operations = operations
            .map(|(route, request, response)| sample::operation(route, request, response));
        let lives = tell(lives, &sample::contract(operations.to_vec()));
        let told: Vec<String> = lives
            .iter()
            .flat_map(|life| &life.steps)
            .map(|step| {
                let holds: Vec<String> = step
                    .holds
                    .iter()
                    .map(|hold| format!("{} {:?}", hold.pointer, hold.rule))
                    .collect();
                let told = format!(
                    "{}: {} {:?} {}",
                    step.title,
                    step.call.operation,
                    step.expect,
                    holds.join(", ")
                );
                told.trim_end().to_owned()
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        it is made: kettles Accepted /kettle/name Equals(Literal(String("proofhouse1")))
        it is shown as it was made: kettles.show Accepted /kettle/name Equals(Literal(String("proofhouse1")))
        it is changed: kettles.update Accepted
        it is shown as it was changed: kettles.show Accepted /kettle/name Equals(Literal(String("proofhouse2")))
        it is changed to what it is: kettles.update Accepted
        it is removed: kettles.delete Accepted
        it is gone: kettles.show Refused
        "#);
    }

    #[test]
    fn it_is_shown_and_listed_with_what_it_was_made_with() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            ("GET /v1/kettles", "", "kettles.id"),
            ("GET /v1/kettles/{kettle_id}", "", "kettle.marks"),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let more = sample::operation("GET /v1/more", "", "name marks.key").response;
        let mut more = more.expect("it answers").fields;
        let list = Kind::Array(Box::new(Kind::Object));
        more[1].kind = list.clone();
        let marks = more[1].clone();
        let operations = &mut contract.operations;
        let sent = operations[0].request.as_mut().expect("it has a body");
        sent.fields[0].children.push(marks.clone());
        let listed = &mut operations[1].response.as_mut().expect("it answers").fields[0];
        listed.kind = list;
        listed.children.extend(more);
        let shown = operations[2].response.as_mut().expect("it answers");
        shown.fields[0].children[0] = marks;
        let lives = tell(lives, &contract);
        let steps = lives.iter().flat_map(|life| &life.steps);
        let held = |title: &str| -> String {
            let mut steps = steps.clone().filter(|step| step.title == title);
            let step = steps.next().expect("it is told");
            format!("{:?}", step.holds[0].rule.template())
        };
        let shown = held("it is shown as it was made");
        assert!(shown.starts_with(r#"Object([("key", Literal("#), "{shown}");
        let listed = held("it is listed");
        assert!(
            listed.contains(r#"("name", Literal(String("proofhouse1")))"#),
            "{listed}"
        );
    }

    #[test]
    fn it_is_listed_as_it_was_changed_and_else_as_it_was_made() {
        let routes = [
            ("POST /v1/kettles", "name", "id"),
            ("GET /v1/kettles", "", "kettles.id"),
            ("PUT /v1/kettles/{kettle_id}", "water", ""),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let members = sample::operation("POST /v1/lids", "name water", "").request;
        let members = members.expect("it has a body").fields;
        let makes = operations[0].request.as_mut().expect("it has a body");
        makes.fields.clone_from(&members);
        let list = &mut operations[1].response.as_mut().expect("it answers").fields[0];
        list.kind = Kind::Array(Box::new(Kind::Object));
        list.children.extend(members);
        let told = tell(lives, &sample::contract(operations.to_vec()));
        let mut steps = told.iter().flat_map(|life| &life.steps);
        let listed = steps.find(|step| step.title == "it is listed as it was changed");
        let rule = &listed.expect("it is told").holds[0].rule;
        insta::assert_snapshot!(format!("{:?}", rule.template()), @r#"Object([("id", Kept("kettle_id")), ("name", Literal(String("proofhouse1"))), ("water", Literal(String("proofhouse2")))])"#);
    }
}
