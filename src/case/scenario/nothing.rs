//! Stories of filters for what there is not: a list that is asked for it has nothing in it.
//!
//! Main entry: [`nothings`]. Told by rule of query parameters that are called like something that is
//! shown of the items; like the least that a number may be; after a time since which something changed;
//! or like an address. A server may refuse what makes no sense to it, but it may not show all the same.

use serde_json::json;

use super::filter::{Least, is_time, least_of};
use super::pages::{List, documented};
use super::rule::{draft, step};
use super::{Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::{CaseId, Given, Template, format};
use crate::contract::{
    Constraint, Dispute, Fact, Field, Kind, Operation, Place, is_project, letters,
};
use crate::wire::Method;

/// What no thing is, is called or has: in the form of an id.
pub(super) const NOBODY: &str = "5f0c7e6a-9d1b-4c3e-8a2f-6e6f626f6479";
/// More than any thing has, in whatever unit.
const TOO_MUCH: &str = "2147483647";
/// Later than any change.
const NOT_YET: &str = "2999-12-31T23:59:59Z";
/// An address that nobody may have: it is one of documents.
const NOWHERE: &str = "192.0.2.254";

/// The story of all filters of a list, each asked for what there is not.
pub(super) fn of_list(list: &List<'_>) -> Option<Scenario> {
    let alone = list.shows.map(Operation::response_fields);
    let alone = alone.unwrap_or_default().into_iter();
    let alone = alone.filter(|(path, _)| path.0.len() <= 2);
    let shown = list.fields.iter().chain(alone.map(|(_, field)| field));
    story(list.operation, &list.items, &shown.collect::<Vec<_>>())
}

/// The same of lists whose tables leave out what the items stand in, which only an example shows.
pub(super) fn nothings(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let operations = contract.operations.iter();
    let asking = operations
        .filter(|operation| operation.method == Method::Get && operation.selector.is_none());
    let stories = asking.filter_map(|operation| {
        let around = contract
            .disputes
            .iter()
            .find_map(|dispute| around(dispute, operation))?;
        let fields = operation.response.iter().flat_map(|body| &body.fields);
        story(
            operation,
            &format!("/{around}"),
            &fields.collect::<Vec<_>>(),
        )
    });
    stories.collect()
}

/// What an example shows around the fields that the table has at the root.
fn around<'d>(dispute: &'d Dispute, operation: &Operation) -> Option<&'d str> {
    let own = dispute.operation.as_ref() == Some(&operation.id);
    let at_root = dispute
        .field
        .as_ref()
        .is_some_and(|field| field.0.len() == 1);
    if !own || !at_root || dispute.fact != Fact::Structure {
        return None;
    }
    let claims = dispute.claims.iter();
    let mut inside = claims.filter_map(|claim| claim.claim.rsplit_once(" inside "));
    let (_, name) = inside.next()?;
    name.ends_with('s').then_some(name)
}

fn story(operation: &Operation, items: &str, shown: &[&Field]) -> Option<Scenario> {
    let query = operation.parameters.iter();
    let query = query.filter(|parameter| parameter.place == Place::Query);
    let steps = query.filter_map(|parameter| {
        let filter = &parameter.field;
        let nothing = nothing_like(filter, shown)?;
        let mut call = draft(operation);
        call.query.retain(|(name, _)| *name != filter.name);
        let given = Given::Literal(nothing);
        call.query.push((filter.name.clone(), given));
        let empty = HoldRule::AtMost(Template::Literal(json!(0)));
        Some(ScenarioStep {
            holds: vec![Hold::here(items.to_owned(), empty)],
            ..step(
                &format!("what has no such {} is asked for", filter.name),
                call,
                StepExpect::Either,
            )
        })
    });
    let steps: Vec<ScenarioStep> = steps.collect();
    (!steps.is_empty()).then(|| Scenario {
        id: CaseId(format!("{}/scenario/filters-of-nothing", operation.id)),
        operation: operation.id.clone(),
        title: "filters for what there is not leave nothing".to_owned(),
        take: operation.path.parameters().map(str::to_owned).collect(),
        steps,
    })
}

/// A value of a filter that fits nothing. None where it may be no filter, or nobody knows what of.
fn nothing_like(filter: &Field, shown: &[&Field]) -> Option<String> {
    const ADDRESSES: [&str; 4] = ["ip", "ipv4", "ipaddress", "address"];
    match least_of(&filter.name) {
        Some(Least::Since) => return Some(not_yet(filter)),
        Some(Least::Of(_)) => {
            let counts = matches!(filter.kind, Kind::Integer | Kind::Number);
            return counts.then(|| TOO_MUCH.to_owned());
        }
        None => {}
    }
    let name = letters(&filter.name);
    let is_text = matches!(filter.kind, Kind::String | Kind::Unknown);
    if !is_text || is_time(filter) || is_project(&filter.name) || !documented(filter).is_empty() {
        return None;
    }
    if ADDRESSES.contains(&name.as_str()) {
        return Some(NOWHERE.to_owned());
    }
    let mut like = shown.iter().filter(|field| is_called(field, &name));
    like.any(|field| has_texts(field))
        .then(|| NOBODY.to_owned())
}

/// A time after all changes, in the form that the filter wants.
fn not_yet(filter: &Field) -> String {
    let mut forms = filter.statements.iter().filter_map(|said| {
        if let Constraint::Format { format, .. } = &said.constraint {
            format::not_yet(format)
        } else {
            None
        }
    });
    forms.next_back().unwrap_or_else(|| NOT_YET.to_owned())
}

/// Whether a field has this name, but for the extension that it belongs to: `EXT-TEA:sort`.
fn is_called(field: &Field, name: &str) -> bool {
    let own = field.name.rsplit(':').next();
    letters(&field.name) == name || own.map(letters).as_deref() == Some(name)
}

/// Whether a field shows a text, texts, or a thing with an id.
fn has_texts(field: &Field) -> bool {
    let fits = |kind: &Kind| match kind {
        Kind::String => !is_time(field),
        Kind::Array(of) => **of == Kind::String,
        Kind::Object => field.child("id").is_some(),
        Kind::Integer | Kind::Number | Kind::Boolean | Kind::Map { .. } | Kind::Unknown => false,
    };
    field.kinds().any(fits)
}

#[cfg(test)]
mod tests {
    use super::super::pages::pages;
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Claim, FieldPath, Parameter, Presence, sample};
    use crate::source::{DocumentId, Provenance};

    /// A list of kettles with these filters, of which those that start with `min` are numbers.
    fn list(filters: &str, shown: &str) -> Operation {
        let mut list = sample::operation("GET /v1/kettles", "", shown);
        let filters = sample::operation("GET /v1/filters", "", filters).response;
        let filters = filters.unwrap().fields.into_iter();
        list.parameters = filters
            .map(|mut field| {
                field.presence = Presence::Optional;
                if field.name.starts_with("min") {
                    field.kind = Kind::Integer;
                }
                let place = Place::Query;
                Parameter { place, field }
            })
            .collect();
        list
    }

    fn told(story: &Scenario) -> String {
        let lines = story.steps.iter().map(|step| {
            let holds = step.holds.iter().map(|hold| hold.pointer.as_str());
            format!(
                "{:?} leaves nothing at {}\n",
                step.call.query,
                holds.collect::<String>()
            )
        });
        lines.collect()
    }

    #[test]
    fn a_list_is_asked_for_what_no_item_is() {
        let filters = "sort lid marker min_size changes-since ip kettle_mood";
        let mut kettles = list(filters, "kettles.id");
        let shown = &mut kettles.response.as_mut().unwrap().fields[0];
        shown.kind = Kind::Array(Box::new(Kind::Object));
        let show = sample::operation(
            "GET /v1/kettles/{kettle_id}",
            "",
            "kettle.EXT:lid kettle.id",
        );
        let stories = tell(pages, &sample::contract(vec![kettles, show]));
        let story = stories
            .iter()
            .find(|story| story.id.0.ends_with("filters-of-nothing"));
        insta::assert_snapshot!(told(story.unwrap()), @r#"
        [("lid", Literal("5f0c7e6a-9d1b-4c3e-8a2f-6e6f626f6479"))] leaves nothing at /kettles
        [("min_size", Literal("2147483647"))] leaves nothing at /kettles
        [("changes-since", Literal("2999-12-31T23:59:59Z"))] leaves nothing at /kettles
        [("ip", Literal("192.0.2.254"))] leaves nothing at /kettles
        "#);
    }

    #[test]
    fn an_example_tells_what_the_items_stand_in() {
        let flat = list("name", "id name");
        let mut contract = sample::contract(vec![flat]);
        let at = || Provenance::line(&DocumentId::new("kitchen"), 1);
        let claims = ["id at the root", "id inside kettles"].map(|claim| Claim {
            claim: claim.to_owned(),
            at: at(),
        });
        assert_eq!(tell(nothings, &contract), []);
        contract.disputes.push(Dispute {
            operation: Some(contract.operations[0].id.clone()),
            field: Some(FieldPath::root("id")),
            fact: Fact::Structure,
            claims: claims.to_vec(),
        });
        insta::assert_snapshot!(told(&tell(nothings, &contract)[0]), @r#"[("name", Literal("5f0c7e6a-9d1b-4c3e-8a2f-6e6f626f6479"))] leaves nothing at /kettles"#);
    }
}
