//! Stories of filters for several marks at once: what is found has all of them, or any of them, as the document
//! says.
//!
//! Main entry: [`several`]. Told by rule of query parameters that take marks parted by commas and are called
//! after a list of texts that the items show.

use super::pages::{FIRST, List, value_of};
use super::rule::item_like;
use super::{Call, Hold, HoldRule, Scenario, ScenarioStep};
use crate::case::audit::Auditor;
use crate::case::request::{Edit, sites};
use crate::case::valid::scalar;
use crate::case::{Given, Template};
use crate::contract::{FINDS_ALL, FINDS_ANY, Field, Kind, Operation, Place, letters};

/// The stories of all filters of a list for several marks.
pub(super) fn several(list: &List<'_>) -> Vec<Scenario> {
    let parameters = list.operation.parameters.iter();
    let query = parameters.filter(|parameter| parameter.place == Place::Query);
    let stories = query.filter_map(|parameter| {
        let filter = &parameter.field;
        let steps = of_two(list, filter)?;
        let name = format!("marks-{}", filter.name);
        Some(list.story(&name, "a filter for two marks", steps))
    });
    stories.collect()
}

/// What is listed for a mark of the first item and one of the second. Where all are asked for, an item that
/// lacks one of them is not there; where any is, both are.
fn of_two(list: &List<'_>, filter: &Field) -> Option<Vec<ScenarioStep>> {
    let all = match (filter.says(FINDS_ALL), filter.says(FINDS_ANY)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => return None,
    };
    let field = list.fields.iter().find(|field| {
        let own = letters(&field.name);
        let stem = own.strip_suffix('s').unwrap_or(&own);
        let name = letters(&filter.name);
        let is_after = stem.len() > 2 && name.contains(stem) && !leaves_out(&name, stem);
        is_after && field.kind == Kind::Array(Box::new(Kind::String))
    })?;
    let mark = format!("{}/0", field.name);
    let [one, other, _] = FIRST;
    let marks = [one, other].map(|kept| value_of(kept, &mark));
    let holds = [(one, &marks[1]), (other, &marks[0])].map(|(kept, mark)| {
        let item = item_like(&list.listing.ids, kept);
        match all {
            true => Hold {
                differ: Some((value_of(kept, &field.name), mark.clone())),
                ..list.hold(HoldRule::Lacks(item))
            },
            false => list.hold(HoldRule::Contains(item)),
        }
    });
    let given = vec![(filter.name.clone(), Given::Joined(marks.to_vec()))];
    let asked = ScenarioStep {
        holds: holds.to_vec(),
        optional: true,
        ..list.asks("what has marks of the first two is asked for", given)
    };
    Some(vec![list.first(&[&field.name, &mark]), asked])
}

/// Whether a filter finds what has not the marks that it is called after: `not_tags`.
fn leaves_out(filter: &str, stem: &str) -> bool {
    let rest = filter.replacen(stem, "", 1);
    ["not", "exclude", "without"]
        .iter()
        .any(|word| rest.contains(word))
}

/// A request to make something with a mark of its own in each list of texts.
pub(super) fn marked(makes: &Operation, mut call: Call, nth: usize) -> Call {
    let auditor = Auditor::new(makes);
    let mut draft = call.draft(makes);
    let n_breaches = auditor.audit(&draft).len();
    let lists = sites(makes).into_iter().filter(|site| {
        site.place.is_none() && site.field.kind == Kind::Array(Box::new(Kind::String))
    });
    for site in lists {
        let mark = scalar(site.field, &Kind::String, nth);
        let mut edited = draft.clone();
        let is_text = mark.sure && matches!(mark.value, Template::Literal(_));
        let list = Template::Array(vec![mark.value]);
        let is_told = is_text && site.edit(&mut edited, &Edit::Set(list));
        if is_told && auditor.audit(&edited).len() <= n_breaches {
            draft = edited;
        }
    }
    call.body = draft.body;
    call
}

#[cfg(test)]
mod tests {
    use super::super::pages::pages;
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, Parameter, Statement, sample};

    /// What must hold of the first two items, where this is said of a filter for their marks.
    fn held(filter: &str, remark: &str) -> Vec<String> {
        let mut list = sample::operation("GET /v1/kettles", "", "kettles.id");
        let kettles = &mut list.response.as_mut().expect("it answers").fields[0];
        kettles.kind = Kind::Array(Box::new(Kind::Object));
        let more = sample::operation("GET /v1/more", "", "stickers").response;
        let mut more = more.expect("it answers").fields;
        more[0].kind = Kind::Array(Box::new(Kind::String));
        kettles.children.extend(more.clone());
        let mut field = more.remove(0);
        field.name = filter.to_owned();
        field.kind = Kind::String;
        field.statements.push(Statement {
            constraint: Constraint::Other(remark.to_owned()),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let place = Place::Query;
        list.parameters = vec![Parameter { place, field }];
        let show = sample::operation("GET /v1/kettles/{kettle_id}", "", "kettle.id");
        let stories = tell(pages, &sample::contract(vec![list, show]));
        let mut told = stories.iter();
        let told = told.find(|told| told.id.0.ends_with(&format!("/marks-{filter}")));
        let steps = told.iter().flat_map(|story| &story.steps);
        let holds = steps.flat_map(|step| &step.holds);
        holds.map(|hold| hold.rule.word().to_owned()).collect()
    }

    #[test]
    fn what_is_found_has_all_marks_or_any() {
        assert_eq!(held("sticker", FINDS_ALL), ["lacks", "lacks"]);
        assert_eq!(held("any-sticker", FINDS_ANY), ["contains", "contains"]);
        assert_eq!(held("any-sticker", "unit cm"), [""; 0]);
        assert_eq!(held("not-stickers", FINDS_ALL), [""; 0]);
        assert_eq!(held("exclude_stickers", FINDS_ANY), [""; 0]);
    }
}
