//! Whole valid requests, and changes at one place of them.
//!
//! Main entries: [`Base::of`] makes the smallest request that has a place, or the largest one;
//! [`Site`] is such a place.

use serde_json::Value;

use super::around::complete;
use super::beside::{fit_together, make_room, value_in};
use super::condition::{are_exclusive, is_barred, is_due, is_needed};
use super::network::is_place_in_a_network;
use super::part;
use super::valid::{
    Valid, innermost, is_bound_to_now, is_identifier, is_reference, says_content, scalar,
};
use super::{AskedVersion, Credentials, Draft, Given, Template};
use crate::contract::{
    Constraint, Field, FieldPath, Kind, LIST_BODY, NOT_READ, Operation, Parameter, Place, Presence,
    Segment, Selector, Statement, Step,
};
use crate::wire::Method;

/// A list of more items than this is not made.
pub(super) const MOST_ITEMS: u64 = 1000;

/// How much a request says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// What is required.
    Minimal,
    /// All that is documented and goes together, but names of things that may not exist.
    Maximal,
}

/// A place of a request where a documented value stands.
#[derive(Clone, Debug)]
pub(super) struct Site<'a> {
    /// Where it stands; None is the body.
    pub(super) place: Option<Place>,
    /// Its path in the body, or its name.
    pub(super) path: FieldPath,
    /// What is promised about it.
    pub(super) field: &'a Field,
}

/// A valid request.
#[derive(Clone, Debug)]
pub(super) struct Base {
    /// The request.
    pub(super) draft: Draft,
    /// Whether it is known to be fine.
    pub(super) sure: bool,
}

/// What happens to the value at a site.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// It becomes this.
    Set(Template),
    /// It is left out.
    Remove,
    /// It stays as it is.
    Keep,
}

/// Every place of the operation's requests, but those that carry credentials or select it.
pub(super) fn sites(operation: &Operation) -> Vec<Site<'_>> {
    let parameters = operation.parameters.iter().filter(|p| !is_protocol(p));
    let parameters = parameters.map(|parameter| Site {
        place: Some(parameter.place),
        path: FieldPath::root(&parameter.field.name),
        field: &parameter.field,
    });
    let fields = operation.request_fields().into_iter();
    let fields = fields.map(|(path, field)| Site {
        place: None,
        path,
        field,
    });
    let selecting = selecting(operation);
    parameters
        .chain(fields.filter(|site| Some(&site.path) != selecting.as_ref()))
        .collect()
}

/// The member of the body that says which of several operations is called.
pub(super) fn selecting(operation: &Operation) -> Option<FieldPath> {
    let selector = operation.selector.as_ref()?;
    let (Selector::Key(key) | Selector::Value { key, .. }) = selector;
    Some(FieldPath::root(key))
}

/// Whether a header belongs to HTTP or to the credentials, which the runner cares for.
fn is_protocol(parameter: &Parameter) -> bool {
    const OWN: [&str; 6] = ["auth", "token", "content-", "accept", "host", "sdk-date"];
    let name = parameter.field.name.to_ascii_lowercase();
    parameter.place == Place::Header && OWN.iter().any(|own| name.contains(own))
}

impl Base {
    /// A valid request that has this site, if one is given.
    pub(super) fn of(operation: &Operation, extent: Extent, towards: Option<&Site<'_>>) -> Base {
        let mut base = Base {
            draft: Draft {
                path: Vec::new(),
                query: Vec::new(),
                headers: Vec::new(),
                body: None,
                credentials: Credentials::Own,
                version: AskedVersion::Usual,
            },
            sure: true,
        };
        for name in operation.path.parameters() {
            let field = parameter(operation, Place::Path, name);
            let value = match made_by_name(operation, name) {
                true => new_name(field),
                false => path_value(name, field),
            };
            base.draft.path.push((name.to_owned(), value));
        }
        for parameter in operation.parameters.iter().filter(|p| !is_protocol(p)) {
            base.add_parameter(parameter, extent, towards);
        }
        base.add_due(operation);
        base.add_body(operation, extent, towards);
        let is_list = |said: &Statement| said.constraint.is_remark(LIST_BODY);
        base.sure &= !is_bound_to_now(&operation.statements);
        base.sure &= !operation.statements.iter().any(is_list);
        base
    }

    fn add_parameter(&mut self, parameter: &Parameter, extent: Extent, towards: Option<&Site<'_>>) {
        let field = &parameter.field;
        let wanted = towards.is_some_and(|site| {
            site.place == Some(parameter.place) && site.path.leaf() == field.name
        });
        let required = field.presence == Presence::Required;
        let valid = parameter_value(field);
        let offered = extent == Extent::Maximal && valid.sure && !is_identifier(field);
        if !(wanted || required || offered) {
            return;
        }
        self.put(parameter, valid);
    }

    /// Adds the parameters that others make necessary.
    fn add_due(&mut self, operation: &Operation) {
        for parameter in operation.parameters.iter().filter(|p| !is_protocol(p)) {
            let list = match parameter.place {
                Place::Path => continue,
                Place::Query => &self.draft.query,
                Place::Header => &self.draft.headers,
            };
            let field = &parameter.field;
            let is_there = list.iter().any(|(name, _)| *name == field.name);
            if !is_there && is_due_beside(field, list) {
                self.put(parameter, parameter_value(field));
            }
        }
    }

    fn put(&mut self, parameter: &Parameter, valid: Valid) {
        self.sure &= valid.sure;
        let given = (parameter.field.name.clone(), given(&valid.value));
        match parameter.place {
            Place::Path => {}
            Place::Query => self.draft.query.push(given),
            Place::Header => self.draft.headers.push(given),
        }
    }

    fn add_body(&mut self, operation: &Operation, extent: Extent, towards: Option<&Site<'_>>) {
        let Some(body) = &operation.request else {
            return;
        };
        let steps = towards
            .filter(|site| site.place.is_none())
            .map_or(&[][..], |site| &site.path.0);
        let (mut members, sure) = object(&body.fields, extent, steps, 0);
        let is_null = match &operation.selector {
            Some(Selector::Key(key)) => body.fields.len() == 1 && is_shown_as_null(operation, key),
            Some(Selector::Value { .. }) | None => false,
        };
        if is_null {
            select(operation, &mut members);
            self.draft.body = Some(Template::Object(members));
            return;
        }
        self.sure &= sure && !names_something(operation, extent, towards);
        self.sure &= complete(&body.fields, &mut members, None);
        select(operation, &mut members);
        let body = Template::Object(members);
        // Nobody knows whether a change of nothing is one.
        let is_change = matches!(operation.method, Method::Put | Method::Patch);
        self.sure &= !(is_change && is_bare(&body));
        self.draft.body = Some(body);
    }
}

/// Whether nothing is said in a body.
pub(super) fn is_bare(body: &Template) -> bool {
    match body {
        Template::Object(members) => members.iter().all(|(_, member)| is_bare(member)),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Array(_) => false,
    }
}

/// Whether a text of which nothing is said is sent to an operation that the body selects: there it is
/// the name of something more often than not.
fn names_something(operation: &Operation, extent: Extent, towards: Option<&Site<'_>>) -> bool {
    let selected = matches!(operation.selector, Some(Selector::Key(_)));
    let mut fields = operation.request_fields().into_iter();
    let unsaid = |path: &FieldPath, field: &Field| {
        let sent = field.presence == Presence::Required
            || extent == Extent::Maximal
            || towards.is_some_and(|site| site.path == *path);
        sent && field.kind == Kind::String && !says_content(field) && !is_identifier(field)
    };
    selected && fields.any(|(path, field)| unsaid(&path, field))
}

/// Makes the body select this operation among those that share its path.
pub(super) fn select(operation: &Operation, members: &mut Vec<(String, Template)>) {
    match &operation.selector {
        Some(Selector::Value { key, value }) => {
            put(members, key, Template::Literal(Value::from(value.as_str())));
        }
        Some(Selector::Key(key)) if is_shown_as_null(operation, key) => {
            put(members, key, Template::Literal(Value::Null));
        }
        Some(Selector::Key(key)) if !is_described(operation, key) => {
            put(members, key, Template::Object(Vec::new()));
        }
        Some(Selector::Key(_)) | None => {}
    }
}

/// Whether nothing but null is known of what stands under the key that selects the operation:
/// `{"light": null}`.
pub(super) fn is_shown_as_null(operation: &Operation, key: &str) -> bool {
    let fields = operation.request.iter().flat_map(|body| &body.fields);
    let mut named = fields.filter(|field| field.name == key);
    named.any(|field| {
        let says_nothing = field.children.is_empty() && !says_content(field);
        let is_open = matches!(field.kind, Kind::Unknown | Kind::String | Kind::Object);
        let mut said = field.statements.iter();
        let may_be_null =
            field.nullable.is_some() || said.any(|said| said.constraint == Constraint::Nullable);
        may_be_null && says_nothing && is_open
    })
}

/// Whether anything is said of what stands under the key that selects the operation.
fn is_described(operation: &Operation, key: &str) -> bool {
    let fields = operation.request.iter().flat_map(|body| &body.fields);
    let mut named = fields.filter(|field| field.name == key);
    named.any(|field| field.kind != Kind::Unknown || !field.children.is_empty())
}

fn parameter<'a>(operation: &'a Operation, place: Place, name: &str) -> Option<&'a Field> {
    let mut parameters = operation.parameters.iter();
    parameters
        .find(|p| p.place == place && p.field.name == name)
        .map(|parameter| &parameter.field)
}

/// A valid value of a query parameter or a header. A text of which nothing is said may be a filter
/// or the name of anything.
pub(super) fn parameter_value(field: &Field) -> Valid {
    let kind = innermost(&field.kind);
    let valid = scalar(field, kind, 0);
    let told = *kind != Kind::String || says_content(field) || is_identifier(field);
    Valid {
        sure: valid.sure && told,
        ..valid
    }
}

/// A path parameter names something that exists, unless the document lists its values.
fn path_value(name: &str, field: Option<&Field>) -> Given {
    let listed = field.and_then(|field| super::valid::listed(field, 0).next());
    match listed {
        Some(value) => given(&Template::Literal(value)),
        None => Given::Lent(name.to_owned()),
    }
}

/// Whether a request makes what the end of its path names, and says nothing else: `PUT .../lids/{lid}`.
fn made_by_name(operation: &Operation, name: &str) -> bool {
    let is_last = matches!(operation.path.0.last(), Some(Segment::Parameter(last)) if last == name);
    is_last && operation.method == Method::Put && operation.request.is_none()
}

/// A name that is fine where a path may give any.
fn new_name(field: Option<&Field>) -> Given {
    match field.map(|field| scalar(field, &Kind::String, 0)) {
        Some(name) if name.sure => given(&name.value),
        Some(_) | None => Given::Literal("proofhouse".to_owned()),
    }
}

/// A value as it stands in a target or a header.
pub(super) fn given(value: &Template) -> Given {
    match value {
        Template::Lent(name) => Given::Lent(name.clone()),
        Template::Kept(name) => Given::Kept(name.clone()),
        Template::Literal(Value::String(text)) => Given::Literal(text.clone()),
        Template::Literal(value) => Given::Literal(value.to_string()),
        Template::Array(items) => items.first().map_or(Given::Literal(String::new()), given),
        Template::Object(_) => Given::Literal(String::new()),
    }
}

/// A field that what is chosen makes necessary. Of several that could stand for each other, the one
/// that is needed in most cases.
fn due<'a>(fields: &'a [Field], chosen: &[(&Field, Valid)]) -> Option<&'a Field> {
    let member = |name: &str| value_in(chosen, name);
    let is_barred = |field: &Field| {
        is_barred(field, &member) || chosen.iter().any(|(other, _)| are_exclusive(other, field))
    };
    let conditions = |field: &&Field| {
        let said = field.statements.iter().map(|said| &said.constraint);
        said.filter(|said| matches!(said, Constraint::RequiredIf(_)))
            .count()
    };
    let due = fields.iter().filter(|field| {
        member(&field.name).is_none() && !is_barred(field) && is_due(field, &member)
    });
    due.max_by_key(conditions)
}

/// Whether the other parameters of a list make this one necessary.
pub(super) fn is_due_beside(field: &Field, list: &[(String, Given)]) -> bool {
    let values: Vec<(&str, Template)> = list
        .iter()
        .map(|(name, given)| (name.as_str(), given.template()))
        .collect();
    is_due(field, &|name| {
        let mut known = values.iter();
        known
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    })
}

/// The members of an object. `towards` is the path of a field that must be there.
fn object<'a>(
    fields: &'a [Field],
    extent: Extent,
    towards: &[Step],
    nth: usize,
) -> (Vec<(String, Template)>, bool) {
    let wanted = match towards.first() {
        Some(Step::Name(name)) => fields.iter().find(|field| field.name == *name),
        Some(Step::Items | Step::Key(_)) | None => None,
    };
    let made = |field: &Field| {
        let further = if wanted.is_some_and(|wanted| wanted.name == field.name) {
            &towards[1..]
        } else {
            &[]
        };
        let valid = nested(field, &field.kind, extent, further, nth);
        Valid {
            sure: valid.sure && !is_place_in_a_network(field),
            ..valid
        }
    };
    let mut chosen: Vec<(&'a Field, Valid)> = Vec::new();
    let mut choose = |field: &'a Field, valid: Valid| {
        let mut others = chosen.iter().map(|(other, _)| *other);
        if !others.any(|other| std::ptr::eq(other, field) || are_exclusive(other, field)) {
            chosen.push((field, valid));
        }
    };
    for field in wanted
        .into_iter()
        .chain(fields.iter().filter(|f| is_needed(f)))
    {
        choose(field, made(field));
    }
    if extent == Extent::Maximal {
        for field in fields.iter().filter(|field| !is_identifier(field)) {
            let valid = made(field);
            if valid.sure {
                choose(field, valid);
            }
        }
    }
    if let Some(wanted) = wanted {
        make_room(wanted, fields, &mut chosen);
    }
    while let Some(field) = due(fields, &chosen) {
        chosen.push((field, made(field)));
    }
    let all = chosen.clone();
    chosen.retain(|(field, _)| {
        let is_wanted = wanted.is_some_and(|wanted| wanted.name == field.name);
        is_wanted || is_needed(field) || !is_barred(field, &|name| value_in(&all, name))
    });
    fit_together(&mut chosen, nth);
    chosen.sort_by_key(|(field, _)| fields.iter().position(|known| std::ptr::eq(known, *field)));
    let refers = is_reference(fields) && !chosen.is_empty();
    let sure = chosen.iter().all(|(_, valid)| valid.sure) && !refers;
    let members = chosen
        .into_iter()
        .map(|(field, valid)| (field.name.clone(), valid.value));
    (members.collect(), sure)
}

/// A valid value of the kind, with the field at `towards` in it.
pub(super) fn nested(
    field: &Field,
    kind: &Kind,
    extent: Extent,
    towards: &[Step],
    nth: usize,
) -> Valid {
    let further = || towards.get(1..).unwrap_or_default();
    match kind {
        Kind::Array(inner) => {
            let items = (0..usual_count(field)).map(|turn| {
                let item = nested(field, inner, extent, further(), nth + turn);
                // Nobody knows whether an item that says nothing is one.
                let says_something = field.children.is_empty() || !is_bare(&item.value);
                Valid {
                    sure: item.sure && says_something,
                    ..item
                }
            });
            collected(items.collect(), Template::Array)
        }
        Kind::Map { key, value } => {
            let members = (0..usual_count(field)).map(|turn| {
                let name = part::name_of_entry(field, key, turn, nth + turn);
                (name, nested(field, value, extent, further(), nth + turn))
            });
            let (names, values): (Vec<String>, Vec<Valid>) = members.unzip();
            collected(values, |values| {
                Template::Object(names.into_iter().zip(values).collect())
            })
        }
        Kind::Object | Kind::Unknown if !field.children.is_empty() => {
            let (members, sure) = object(&field.children, extent, towards, nth);
            Valid {
                value: Template::Object(members),
                sure,
            }
        }
        Kind::Object => Valid {
            value: Template::Object(Vec::new()),
            sure: true,
        },
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean | Kind::Unknown => {
            scalar(field, kind, nth)
        }
    }
}

fn collected(items: Vec<Valid>, into: impl FnOnce(Vec<Template>) -> Template) -> Valid {
    Valid {
        sure: items.iter().all(|item| item.sure),
        value: into(items.into_iter().map(|item| item.value).collect()),
    }
}

/// How many items a valid list has: one, or as many as are needed.
pub(super) fn usual_count(field: &Field) -> usize {
    let mut count = 1;
    for statement in &field.statements {
        if let Constraint::ItemCount { min, max } = statement.constraint {
            let least = min.unwrap_or(1).max(count).min(MOST_ITEMS);
            count = max.map_or(least, |max| least.min(max));
        }
    }
    usize::try_from(count).unwrap_or(1)
}

/// A value of the field that holds `n` valid items.
pub(super) fn of_items(field: &Field, n: u64) -> Option<Valid> {
    if n > MOST_ITEMS {
        return None;
    }
    let turns = 0..usize::try_from(n).ok()?;
    let each = |inner| turns.map(move |turn| nested(field, inner, Extent::Minimal, &[], turn));
    match &field.kind {
        Kind::Array(inner) => {
            let list = collected(each(inner).collect(), Template::Array);
            // What nobody read may tell how the items go together.
            let sure = list.sure && !(n > 1 && field.says(NOT_READ));
            Some(Valid { sure, ..list })
        }
        Kind::Map { key, value } => Some(collected(each(value).collect(), |values| {
            let named = values.into_iter().enumerate();
            Template::Object(
                named
                    .map(|(turn, value)| {
                        let key = format!("{key}-{turn}");
                        (part::name_of_entry(field, &key, 0, turn), value)
                    })
                    .collect(),
            )
        })),
        Kind::String
        | Kind::Integer
        | Kind::Number
        | Kind::Boolean
        | Kind::Object
        | Kind::Unknown => None,
    }
}

/// The scalar inside of all lists and maps of the field, beside as many valid items as are needed.
pub(super) fn around(field: &Field, scalar: Template) -> Template {
    around_kind(field, &field.kind, scalar)
}

fn around_kind(field: &Field, kind: &Kind, scalar: Template) -> Template {
    let Some(inner) = kind.inner() else {
        return scalar;
    };
    let mut value = nested(field, kind, Extent::Minimal, &[], 0).value;
    let first = match &mut value {
        Template::Array(items) => items.first_mut(),
        Template::Object(members) => members.first_mut().map(|(_, member)| member),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) => None,
    };
    if let Some(first) = first {
        *first = around_kind(field, inner, scalar);
    }
    value
}

impl Site<'_> {
    /// Changes the value at the site. False where the request has no such place.
    pub(super) fn edit(&self, draft: &mut Draft, edit: &Edit) -> bool {
        let list = match self.place {
            None => {
                return draft
                    .body
                    .as_mut()
                    .is_some_and(|body| change(body, &self.path.0, edit));
            }
            Some(Place::Path) => &mut draft.path,
            Some(Place::Query) => &mut draft.query,
            Some(Place::Header) => &mut draft.headers,
        };
        let name = self.path.leaf();
        match edit {
            Edit::Set(value) => {
                list.retain(|(known, _)| known != name);
                list.push((name.to_owned(), given(value)));
            }
            Edit::Remove => list.retain(|(known, _)| known != name),
            Edit::Keep => {}
        }
        true
    }
}

/// Changes the values at a path, in every item of a list and every member of a map.
fn change(template: &mut Template, path: &[Step], edit: &Edit) -> bool {
    let Some((step, further)) = path.split_first() else {
        return false;
    };
    match (step, template) {
        (Step::Name(name), Template::Object(members)) if further.is_empty() => {
            match edit {
                Edit::Set(value) => put(members, name, value.clone()),
                Edit::Remove => members.retain(|(known, _)| known != name),
                Edit::Keep => {}
            }
            true
        }
        (Step::Name(name), Template::Object(members)) => members
            .iter_mut()
            .find(|(known, _)| known == name)
            .is_some_and(|(_, member)| change(member, further, edit)),
        (Step::Items, Template::Array(items)) => {
            let changed = items.iter_mut().map(|item| change(item, further, edit));
            changed.fold(false, |any, one| any | one)
        }
        (Step::Key(_), Template::Object(members)) => {
            let changed = members
                .iter_mut()
                .map(|(_, member)| change(member, further, edit));
            changed.fold(false, |any, one| any | one)
        }
        (Step::Name(_) | Step::Items | Step::Key(_), _) => false,
    }
}

fn put(members: &mut Vec<(String, Template)>, name: &str, value: Template) {
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, member)) => *member = value,
        None => members.push((name.to_owned(), value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    #[test]
    fn nobody_knows_whether_a_change_of_nothing_is_fine() {
        let check = |method: &str, extent: Extent, expected: bool| {
            let route = format!("{method} /v1/kettles/{{kettle_id}}");
            let mut operation = sample::operation(&route, "kettle.size", "");
            let body = operation.request.as_mut().expect("it asks");
            let size = &mut body.fields[0].children[0];
            (size.kind, size.presence) = (Kind::Integer, Presence::Optional);
            let base = Base::of(&operation, extent, None);
            assert_eq!(base.sure, expected, "{method} {:?}", base.draft.body);
        };
        check("PUT", Extent::Minimal, false);
        check("PATCH", Extent::Minimal, false);
        check("PUT", Extent::Maximal, true);
        check("POST", Extent::Minimal, true);
    }
}
