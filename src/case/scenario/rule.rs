//! What the stories that are told by rule are made of.

use serde_json::Value;

use super::{Call, Repeat, ScenarioStep, StepExpect};
use crate::case::audit::Auditor;
use crate::case::broken::json as scalar_json;
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::{Given, Template};
use crate::contract::{
    Constraint, Decimal, Field, FieldPath, Kind, Operation, Place, Presence, Step,
};
use crate::wire::Method;

/// A step without conditions.
pub(super) fn step(title: &str, call: Call, expect: StepExpect) -> ScenarioStep {
    ScenarioStep {
        title: title.to_owned(),
        tests: None,
        call,
        repeat: Repeat::Times(1),
        expect,
        await_job: None,
        capture: Vec::new(),
        sent: Vec::new(),
        unchanged: Vec::new(),
        holds: Vec::new(),
        patient: false,
        needed: None,
        mention: None,
        optional: false,
    }
}

/// The largest request that is known to be fine, or the smallest one; to ask, the smallest: what
/// else a client may say there chooses among things.
pub(super) fn draft(operation: &Operation) -> Call {
    let largest = Base::of(operation, Extent::Maximal, None);
    if largest.sure && !operation.method.is_safe() && !may_make_more(operation) {
        call(operation, largest)
    } else {
        smallest(operation)
    }
}

/// Whether what an operation does is done when it answers.
pub(super) fn is_at_once(operation: &Operation) -> bool {
    let mut success = operation.success.iter();
    !operation.is_async() && success.all(|(status, _)| *status != 202)
}

/// Whether a request may ask for a thing of its own beside the one that it makes: an object that may be left out and
/// holds others, like an address with its bandwidth. Nobody would remove that.
fn may_make_more(operation: &Operation) -> bool {
    let asked = operation.request_fields().into_iter();
    let mut optional = asked.filter(|(_, field)| field.presence == Presence::Optional);
    let holds_others = |field: &Field| {
        field
            .children
            .iter()
            .any(|child| !child.children.is_empty())
    };
    operation.method == Method::Post && optional.any(|(_, field)| holds_others(field))
}

/// The smallest request: nothing optional in it could have it do less than its name says.
pub(super) fn smallest(operation: &Operation) -> Call {
    call(operation, Base::of(operation, Extent::Minimal, None))
}

/// The call that sends this.
pub(super) fn call(operation: &Operation, base: Base) -> Call {
    let mut path = base.draft.path;
    // What is lent is kept for the whole story under its own name.
    path.retain(|(_, given)| matches!(given, Given::Literal(_)));
    Call {
        operation: operation.id.clone(),
        path,
        query: base.draft.query,
        headers: base.draft.headers,
        body: base.draft.body,
    }
}

/// The JSON pointer of a path of members. None behind a list or a map.
pub fn pointer(path: &FieldPath) -> Option<String> {
    let steps = path.0.iter().map(|step| match step {
        Step::Name(name) => Some(name.replace('~', "~0").replace('/', "~1")),
        Step::Items | Step::Key(_) => None,
    });
    let names: Option<Vec<String>> = steps.collect();
    names.map(|names| format!("/{}", names.join("/")))
}

/// The JSON pointer of a path, of the first item behind each list. None behind a map.
pub(super) fn first_pointer(path: &FieldPath) -> Option<String> {
    let steps = path.0.iter().map(|step| match step {
        Step::Name(name) => Some(name.replace('~', "~0").replace('/', "~1")),
        Step::Items => Some("0".to_owned()),
        Step::Key(_) => None,
    });
    let names: Option<Vec<String>> = steps.collect();
    names.map(|names| format!("/{}", names.join("/")))
}

/// The JSON pointer of the id of the one thing that was made, where an answer shows it: of the first one in a list
/// of ids. What a job makes, the last answer about the job shows, also where it may be several.
pub(super) fn made_pointer(path: &FieldPath, is_async: bool) -> Option<String> {
    match path.0.split_last() {
        Some((Step::Items, list)) if !list.contains(&Step::Items) => first_pointer(path),
        _ if is_async => first_pointer(path),
        _ => pointer(path),
    }
}

/// Has a request that may make several things make one: the number of them is what a field says
/// that is called a number and nothing else.
pub(super) fn make_one(operation: &Operation, call: &mut Call) {
    let auditor = Auditor::new(operation);
    let mut draft = call.draft(operation);
    for site in counting(operation) {
        let n_breaches = auditor.audit(&draft).len();
        site.edit(&mut draft, &Edit::Remove);
        // What another field asks for stays, and is one.
        if auditor.audit(&draft).len() > n_breaches {
            site.edit(&mut draft, &Edit::Set(Template::Literal(1.into())));
        }
    }
    call.body = draft.body;
}

/// The fields that say how many things a request makes. A number that no two things have in common, or a
/// `number` that what is made shows of itself, is one of the thing.
pub(in crate::case) fn counting(operation: &Operation) -> Vec<Site<'_>> {
    const WORDS: [&str; 5] = ["count", "num", "number", "quantity", "amount"];
    let sites = sites(operation).into_iter();
    let inside = sites.filter(|site| site.place.is_none() && site.field.kind == Kind::Integer);
    let shown = operation.response_fields();
    let counting = inside.filter(|site| {
        let name = site.field.name.to_ascii_lowercase();
        let word = name.rsplit('_').next().unwrap_or_default();
        let mut said = site.field.statements.iter();
        let is_own = said.any(|said| said.constraint == Constraint::Unique)
            || (word == "number" && shown.iter().any(|(path, _)| *path == site.path));
        WORDS.contains(&word) && !is_own
    });
    counting.collect()
}

/// The same call with what the first one sent in the place of what is lent, and what of the first one
/// is to be kept for that.
pub(super) fn recall(call: &Call) -> (Call, Vec<(String, String)>) {
    let mut again = call.clone();
    let mut sent = Vec::new();
    if let Some(body) = &mut again.body {
        recall_in(body, "", &mut sent);
    }
    (again, sent)
}

fn recall_in(template: &mut Template, place: &str, sent: &mut Vec<(String, String)>) {
    match template {
        Template::Lent(_) => {
            let name = format!("sent {place}");
            sent.push((name.clone(), place.to_owned()));
            *template = Template::Kept(name);
        }
        Template::Literal(_) | Template::Kept(_) => {}
        Template::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                recall_in(member, &format!("{place}/{name}"), sent);
            }
        }
        Template::Array(items) => {
            for (position, item) in items.iter_mut().enumerate() {
                recall_in(item, &format!("{place}/{position}"), sent);
            }
        }
    }
}

/// The list in which a request names things by these ids.
pub(super) fn list_of<'a>(operation: &'a Operation, ids: &FieldPath) -> Option<Site<'a>> {
    sites(operation).into_iter().find(|site| {
        site.place.is_none()
            && ids.0.starts_with(&site.path.0)
            && ids.0.len() > site.path.0.len()
            && matches!(site.field.kind, Kind::Array(_))
    })
}

/// The call with these items in a list; none where it has no place for the list.
pub(super) fn with_items(
    operation: &Operation,
    mut call: Call,
    list: &Site<'_>,
    items: &[Template],
) -> Option<Call> {
    let mut draft = call.draft(operation);
    let is_set = list.edit(&mut draft, &Edit::Set(Template::Array(items.to_vec())));
    call.body = draft.body;
    is_set.then_some(call)
}

/// An item of a list, by its id that is kept under a name.
pub(super) fn item_like(ids: &FieldPath, kept: &str) -> Template {
    let id = Template::Kept(kept.to_owned());
    match ids.0.last() {
        Some(Step::Name(member)) => Template::Object(vec![(member.clone(), id)]),
        Some(Step::Items | Step::Key(_)) | None => id,
    }
}

/// How deep the parameters of a body stand: one field may be around all of them.
pub(super) fn depth_of_parameters(operation: &Operation) -> usize {
    let body = operation.request.as_ref();
    let around = body.and_then(|body| match &body.fields[..] {
        [around] => Some(around),
        _ => None,
    });
    1 + usize::from(around.is_some_and(|around| !around.children.is_empty()))
}

/// Whether a list comes in pages.
pub fn is_paged(operation: &Operation) -> bool {
    const WORDS: [&str; 8] = [
        "limit", "marker", "offset", "page", "size", "start", "cursor", "count",
    ];
    operation.parameters.iter().any(|parameter| {
        let name = parameter.field.name.to_ascii_lowercase();
        parameter.place == Place::Query && WORDS.iter().any(|word| name.contains(word))
    })
}

/// The parameter that says how long a page is, and the longest page where that is documented.
pub fn limit_of(operation: &Operation) -> Option<(&Field, Option<u64>)> {
    const WORDS: [&str; 5] = ["limit", "page_size", "pagesize", "per_page", "perpage"];
    let mut query = operation
        .parameters
        .iter()
        .filter(|p| p.place == Place::Query);
    let limit = query.find(|parameter| {
        let name = parameter.field.name.to_ascii_lowercase();
        WORDS.contains(&name.as_str())
    })?;
    let field = &limit.field;
    let mut range = (None, None);
    for statement in &field.statements {
        if let Constraint::Range { min, max } = statement.constraint {
            range = (min, max);
        }
    }
    let counts = matches!(field.kind, Kind::Integer | Kind::String | Kind::Unknown);
    let from_one = range.0.is_none_or(|min| min <= 1.into());
    let most = range
        .1
        .and_then(|max: Decimal| u64::try_from(max.floor()).ok());
    (counts && from_one).then_some((field, most))
}

/// The number that a parameter is where nobody gives it: the usual length of a page.
pub fn default_number(field: &Field) -> Option<u64> {
    let mut defaults = field.statements.iter().filter_map(|said| {
        if let Constraint::Default(value) = &said.constraint {
            scalar_json(value)
        } else {
            None
        }
    });
    match defaults.next()? {
        Value::Number(number) => number.as_u64(),
        Value::String(number) => number.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::sample;
    use crate::contract::{Presence, sample as routes};

    /// Which fields of a request for a hook say how many are made.
    fn counting_beside(said: &[Constraint], answer: &str) -> Vec<String> {
        let number = sample::field("number", Kind::Integer, said);
        let mut makes = sample::operation(vec![sample::of(
            vec![number],
            sample::field("hook", Kind::Object, &[]),
        )]);
        makes.response = routes::operation("POST /v1/hooks", "", answer).response;
        let sites = counting(&makes).into_iter();
        sites.map(|site| site.path.to_string()).collect()
    }

    #[test]
    fn a_number_of_the_thing_is_no_number_of_things() {
        assert_eq!(counting_beside(&[], "hook.id"), ["hook.number"]);
        assert!(counting_beside(&[], "hook.number").is_empty());
        assert!(counting_beside(&[Constraint::Unique], "hook.id").is_empty());
    }

    #[test]
    fn a_count_that_another_field_asks_for_is_one() {
        let said = [Constraint::RequiredIf("sort == SEA".to_owned())];
        let count = Field {
            presence: Presence::Optional,
            ..sample::field("hook_count", Kind::Integer, &said)
        };
        let fields = vec![sample::field("sort", Kind::String, &[]), count];
        let makes = sample::operation(vec![sample::of(
            fields,
            sample::field("hook", Kind::Object, &[]),
        )]);
        let made = |sort: &str| {
            let mut call = draft(&makes);
            let text = |text: &str| Template::Literal(Value::from(text));
            let hook = vec![
                ("sort".to_owned(), text(sort)),
                ("hook_count".to_owned(), Template::Literal(3.into())),
            ];
            call.body = Some(Template::Object(vec![(
                "hook".to_owned(),
                Template::Object(hook),
            )]));
            make_one(&makes, &mut call);
            format!("{:?}", call.body).contains("hook_count")
        };
        assert_eq!([made("SEA"), made("LAND")], [true, false]);
    }
}
