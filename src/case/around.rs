//! What stands around an object of a body: a value may be needed in each item of a list because of what the request
//! says outside of it.
//!
//! Main entries: [`Around`] finds members there, [`complete`] adds what they make necessary.

use serde_json::Value;

use super::Template;
use super::condition::are_exclusive;
use super::condition::{is_barred, is_due};
use super::request::{Extent, nested};
use crate::contract::{Field, Kind};

/// The members of an object, and those of the objects that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    fields: &'a [Field],
    members: &'a [(String, Template)],
    outer: Option<&'a Around<'a>>,
}

impl<'a> Around<'a> {
    /// An object that is described by these fields.
    pub(super) fn new(
        fields: &'a [Field],
        members: &'a [(String, Template)],
        outer: Option<&'a Around<'a>>,
    ) -> Self {
        Self {
            fields,
            members,
            outer,
        }
    }

    /// The member of this name: of the object, or of the nearest one around it that is described with one.
    pub(super) fn member(&self, name: &str) -> Option<&'a Template> {
        match self.outer {
            Some(outer) if !self.fields.iter().any(|field| field.name == name) => {
                outer.member(name)
            }
            _ => self.own(name),
        }
    }

    /// The member of this name of the object itself.
    pub(super) fn own(&self, name: &str) -> Option<&'a Template> {
        let mut known = self.members.iter();
        let found = known.find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }
}

/// Adds to the objects inside of one what the members around them make necessary. Gives whether what was added is
/// known to be fine.
pub(super) fn complete(
    fields: &[Field],
    members: &mut [(String, Template)],
    outer: Option<&Around<'_>>,
) -> bool {
    let mut sure = true;
    for place in 0..members.len() {
        let described = fields.iter().find(|field| field.name == members[place].0);
        let Some(field) = described.filter(|field| !field.children.is_empty()) else {
            continue;
        };
        let mut value = std::mem::replace(&mut members[place].1, Template::Literal(Value::Null));
        let around = Around::new(fields, members, outer);
        sure &= complete_in(field, &field.kind, &mut value, &around);
        members[place].1 = value;
    }
    sure
}

fn complete_in(field: &Field, kind: &Kind, value: &mut Template, around: &Around<'_>) -> bool {
    match (kind, value) {
        (Kind::Array(inner), Template::Array(items)) => {
            let each = items.iter_mut();
            let each = each.map(|item| complete_in(field, inner, item, around));
            each.fold(true, |all, one| all & one)
        }
        (Kind::Map { value: inner, .. }, Template::Object(members)) => {
            let each = members.iter_mut();
            let each = each.map(|(_, item)| complete_in(field, inner, item, around));
            each.fold(true, |all, one| all & one)
        }
        (_, Template::Object(members)) => {
            let mut sure = true;
            while let Some(field) = due(&field.children, members, around) {
                let valid = nested(field, &field.kind, Extent::Minimal, &[], 0);
                members.push((field.name.clone(), valid.value));
                sure &= valid.sure;
            }
            complete(&field.children, members, Some(around)) && sure
        }
        _ => true,
    }
}

/// The next field that an object lacks and that what is around it makes necessary.
fn due<'f>(
    fields: &'f [Field],
    members: &[(String, Template)],
    around: &Around<'_>,
) -> Option<&'f Field> {
    let here = Around::new(fields, members, Some(around));
    let member = |name: &str| here.member(name);
    let is_there = |field: &Field| here.own(&field.name).is_some();
    let mut lacking = fields.iter().filter(|field| !is_there(field));
    lacking.find(|field| {
        let mut others = fields.iter().filter(|other| is_there(other));
        !is_barred(field, &member)
            && is_due(field, &member)
            && !others.any(|other| are_exclusive(other, field))
    })
}

#[cfg(test)]
mod tests {
    use super::super::audit::Auditor;
    use super::super::request::{Base, Extent};
    use super::*;
    use crate::case::cases;
    use crate::case::sample::{field, operation, optional};
    use crate::contract::{self, Constraint, Scalar};

    #[test]
    fn an_item_has_what_the_request_around_it_makes_necessary() {
        let named = |words: &[&str]| Constraint::Enum {
            values: words
                .iter()
                .map(|word| Scalar::Text((*word).to_owned()))
                .collect(),
            open: false,
        };
        let action = field("action", Kind::String, &[named(&["hang", "fetch"])]);
        let needed = Constraint::RequiredIf("action == hang".to_owned());
        let hook = optional(field("hook", Kind::Integer, &[needed]));
        let mut lamps = field("lamps", Kind::Array(Box::new(Kind::Object)), &[]);
        lamps.children = vec![field("volts", Kind::Integer, &[]), hook];
        let operation = operation(vec![action, lamps]);
        let contract = contract::sample::contract(vec![operation.clone()]);
        let cases = cases(&operation, &contract);
        let tried = cases
            .iter()
            .filter(|case| case.id.0.contains("required_if"));
        let tried = tried.map(|case| format!("{} {:?}", case.id.0, case.expect));
        let tried: Vec<String> = tried.collect();
        assert_eq!(
            tried,
            [
                "kettles.create/lamps[].hook/required_if/given-with-action-hang Accepted",
                "kettles.create/lamps[].hook/required_if/missing-with-action-hang Refused",
            ]
        );
        let mut draft = Base::of(&operation, Extent::Minimal, None).draft;
        let auditor = Auditor::new(&operation);
        assert_eq!(auditor.audit(&draft), []);
        let Some(Template::Object(members)) = &mut draft.body else {
            panic!("it is an object");
        };
        let Template::Array(items) = &mut members[1].1 else {
            panic!("lamps are a list");
        };
        let [Template::Object(lamp)] = &mut items[..] else {
            panic!("there is one lamp");
        };
        let names: Vec<&str> = lamp.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["volts", "hook"]);
        lamp.truncate(1);
        let breaches = auditor.audit(&draft).into_iter();
        let breaches: Vec<String> = breaches
            .map(|(path, rule)| format!("{path} {rule}"))
            .collect();
        assert_eq!(breaches, ["lamps[].hook required_if"]);
    }
}
