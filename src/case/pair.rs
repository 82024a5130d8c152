//! Statements about two fields that stand side by side.
//!
//! Main entry: [`attempts`]. `exclusive_with` names its fields, and so does a bound that is another field's
//! number; of `required_if` those conditions are tried that a machine can tell.

use std::cmp::Ordering;

use serde_json::Value;

use super::Template;
use super::beside::beside;
use super::boundary::{Probe, Side, probes};
use super::broken::keeps_all;
use super::condition::Condition;
use super::format::inside;
use super::relation::{bound, order_of_times};
use super::request::{Base, Edit, Extent, Site, nested, of_items, sites};
use super::valid::{is_identifier, scalar, value_of};
use crate::contract::{
    Constraint, Field, FieldPath, Format, Kind, Operation, Relation, Step, seems_to_remove,
};

/// Two changes to try together.
pub(super) struct PairAttempt<'a> {
    /// What is special about it, for ids.
    pub(super) slug: String,
    /// What is special about it, behind the field's name.
    pub(super) title: String,
    /// The changes, each at its place.
    pub(super) edits: Vec<(Site<'a>, Edit)>,
    /// On which side of the statement they lie.
    pub(super) side: Side,
}

/// Requests around a statement about two fields. None where it cannot be tried.
pub(super) fn attempts<'a>(
    operation: &'a Operation,
    site: &Site<'a>,
    constraint: &Constraint,
) -> Option<Vec<PairAttempt<'a>>> {
    if let Constraint::ExclusiveWith(names) = constraint {
        let others = names
            .iter()
            .filter_map(|name| sibling(operation, site, name));
        let found: Vec<_> = others.flat_map(|other| exclusive(site, &other)).collect();
        return (!found.is_empty()).then_some(found);
    }
    if let Some((how, to)) = bound(constraint) {
        return related(site, &sibling(operation, site, to)?, how);
    }
    if *constraint == Constraint::Unique {
        return twins(operation, site).map(|attempt| vec![attempt]);
    }
    if let Constraint::RequiredIf(condition) = constraint {
        let each = each_value(Condition::read(condition)?);
        let tried = each.iter().filter_map(|condition| {
            let parts = condition.parts().into_iter();
            let parts: Option<Vec<Part<'_>>> =
                parts.map(|part| Part::of(operation, site, part)).collect();
            Some(required_if(site, &parts?))
        });
        let tried: Vec<_> = tried.collect();
        return (!tried.is_empty()).then(|| tried.into_iter().flatten().collect());
    }
    if let Some((case, held)) = constraint.of_case() {
        return in_case(operation, site, &Condition::read(case)?, held);
    }
    if let Some((condition, only)) = constraint.may_be_given() {
        return given_where(operation, site, &Condition::read(condition)?, only);
    }
    None
}

/// Both sides of what holds in one case, in that case. Of parameters each is tried alone.
fn in_case<'a>(
    operation: &'a Operation,
    site: &Site<'a>,
    condition: &Condition<'_>,
    held: &Constraint,
) -> Option<Vec<PairAttempt<'a>>> {
    let parts = condition.parts().into_iter();
    let parts: Option<Vec<Part<'_>>> = parts.map(|part| Part::of(operation, site, part)).collect();
    let parts = parts.filter(|_| site.place.is_none())?;
    let (slug, title) = together(&parts);
    let attempt = |probe: Probe| PairAttempt {
        slug: format!("{}-with-{slug}", probe.slug),
        title: format!("{} where {title}", probe.title),
        edits: beside_parts(&parts, site, Edit::Set(probe.value)),
        side: probe.side,
    };
    // In that case it holds like anything else that is said of the field.
    let mut field = site.field.clone();
    for said in &mut field.statements {
        if said
            .constraint
            .of_case()
            .is_some_and(|(_, of_case)| of_case == held)
        {
            said.constraint = held.clone();
        }
    }
    let probes = probes(&field, held).ok()?.into_iter();
    let attempts: Vec<_> = probes.map(attempt).collect();
    (!attempts.is_empty()).then_some(attempts)
}

/// A condition for each of the values that it lets a field have, where it is about no other one.
fn each_value(condition: Condition<'_>) -> Vec<Condition<'_>> {
    /// More values than these are not tried.
    const MOST: usize = 4;
    match condition {
        Condition::OneOf(name, values) => {
            let values = values.into_iter().take(MOST);
            values
                .map(|value| Condition::OneOf(name, vec![value]))
                .collect()
        }
        other => vec![other],
    }
}

/// The field beside what decides whether it may be given, and beside another value of that.
fn given_where<'a>(
    operation: &'a Operation,
    site: &Site<'a>,
    condition: &Condition<'_>,
    only: bool,
) -> Option<Vec<PairAttempt<'a>>> {
    let Condition::OneOf(name, values) = condition else {
        return None;
    };
    let part = Part::of(operation, site, condition)?;
    let (other, _) = &part.edit;
    let else_value = beside(other.field, values);
    let attempt = |slug: String, title: String, beside: Edit, is_fine: bool| {
        let own = Edit::Set(scalar(site.field, &site.field.kind, 0).value);
        PairAttempt {
            slug,
            title,
            edits: vec![(other.clone(), beside), (site.clone(), own)],
            side: if is_fine { Side::Inside } else { Side::Outside },
        }
    };
    let (slug, title) = (
        format!("given-with-{}", part.slug),
        format!("given where {}", part.title),
    );
    let mut attempts = vec![attempt(slug, title, part.edit.1.clone(), only)];
    attempts.extend(else_value.map(|value| {
        let slug = format!("given-with-another-{name}");
        let title = format!("given where {name} is {value}");
        attempt(slug, title, Edit::Set(Template::Literal(value)), !only)
    }));
    is_scalar(&site.field.kind).then_some(attempts)
}

/// The request on which both changes are made.
pub(super) fn base(operation: &Operation, site: &Site<'_>) -> Base {
    Base::of(operation, Extent::Minimal, Some(site))
}

fn exclusive<'a>(site: &Site<'a>, other: &Site<'a>) -> Vec<PairAttempt<'a>> {
    let value = |site: &Site<'_>| {
        let valid = nested(site.field, &site.field.kind, Extent::Minimal, &[], 0);
        Edit::Set(valid.value)
    };
    let name = other.path.leaf();
    let is_told = |site: &&Site<'_>| {
        let is_object = site.field.kind == Kind::Object && !site.field.children.is_empty();
        is_scalar(&site.field.kind) || is_object
    };
    if ![site, other].iter().all(is_told) {
        return Vec::new();
    }
    let mut found = vec![
        PairAttempt {
            slug: format!("without-{name}"),
            title: format!("without {name}"),
            edits: vec![(site.clone(), value(site)), (other.clone(), Edit::Remove)],
            side: Side::Inside,
        },
        PairAttempt {
            slug: format!("with-{name}"),
            title: format!("together with {name}"),
            edits: vec![(site.clone(), value(site)), (other.clone(), value(other))],
            side: Side::Outside,
        },
    ];
    // Where nobody lends one, an id that names nothing must be refused beside the other field, too.
    let made_up = |site: &Site<'_>| made_up(site.field).map(|id| Edit::Set(Template::Literal(id)));
    let (own, others) = (made_up(site), made_up(other));
    if own.is_some() || others.is_some() {
        let edits = vec![
            (site.clone(), own.unwrap_or_else(|| value(site))),
            (other.clone(), others.unwrap_or_else(|| value(other))),
        ];
        found.push(PairAttempt {
            slug: format!("with-{name}-of-nothing"),
            title: format!("together with {name}"),
            edits,
            side: Side::Outside,
        });
    }
    found
}

/// Two times in the order that they must not have. Whether the same time will do is rarely told.
fn times<'a>(
    site: &Site<'a>,
    other: &Site<'a>,
    wrong: Ordering,
    word: &str,
) -> Option<Vec<PairAttempt<'a>>> {
    let values = |site: &Site<'_>| -> Vec<Template> {
        let formats = site.field.statements.iter().filter_map(|said| {
            let Constraint::Format { format, .. } = &said.constraint else {
                return None;
            };
            Some(inside(format))
        });
        let texts = formats.flatten().map(|example| Value::from(example.text));
        let fine = texts.filter(|text| keeps_all(site.field, text));
        fine.map(Template::Literal).collect()
    };
    let (own, others) = (values(site), values(other));
    let mut pairs = own
        .iter()
        .flat_map(|own| others.iter().map(move |other| (own, other)));
    let (own, bound) = pairs.find(|(own, other)| order_of_times(own, other) == Some(wrong))?;
    let name = other.path.leaf();
    Some(vec![PairAttempt {
        slug: format!("{word}-than-{name}"),
        title: format!("that is {word} than {name}"),
        edits: vec![
            (other.clone(), Edit::Set(bound.clone())),
            (site.clone(), Edit::Set(own.clone())),
        ],
        side: Side::Outside,
    }])
}

/// The number of another field, and one beyond it. None where either may not have them.
fn related<'a>(site: &Site<'a>, other: &Site<'a>, how: Relation) -> Option<Vec<PairAttempt<'a>>> {
    let (step, word) = match how {
        Relation::AtLeast | Relation::Above => (-1, "less"),
        Relation::AtMost | Relation::Below => (1, "more"),
        Relation::Unlike => return unlike(site, other),
        Relation::DefaultsTo => return None,
    };
    let is_number = |site: &Site<'_>| matches!(site.field.kind, Kind::Integer | Kind::Number);
    if !(is_number(site) && is_number(other)) {
        let wrong = match step {
            ..0 => Ordering::Less,
            _ => Ordering::Greater,
        };
        return times(site, other, wrong, word);
    }
    let usual = scalar(other.field, &other.field.kind, 0).value;
    let usual = match usual {
        Template::Literal(value) => value.as_i64(),
        Template::Lent(_) | Template::Kept(_) | Template::Object(_) | Template::Array(_) => None,
    };
    // Nothing at all is often too little, whatever stands beside it.
    let fits = |bound: &i64| {
        let may_have = |site: &Site<'_>, number| keeps_all(site.field, &Value::from(number));
        let beyond = bound + step;
        beyond > 0 && may_have(other, *bound) && may_have(site, *bound) && may_have(site, beyond)
    };
    let bound = usual
        .into_iter()
        .flat_map(|usual| [usual, usual + 1])
        .chain([2])
        .find(fits)?;
    let name = other.path.leaf();
    let attempt = |slug: String, title: String, [bound, own]: [i64; 2], side| PairAttempt {
        slug,
        title,
        edits: [(other, bound), (site, own)]
            .map(|(site, number)| (site.clone(), Edit::Set(Template::Literal(number.into()))))
            .into(),
        side,
    };
    // The same number is no less than the other, and no more.
    let same = match how {
        Relation::Below | Relation::Above => Side::Outside,
        Relation::AtLeast | Relation::AtMost | Relation::Unlike | Relation::DefaultsTo => {
            Side::Inside
        }
    };
    let mut attempts = vec![
        attempt(
            format!("as-{name}"),
            format!("that is the same as {name}"),
            [bound, bound],
            same,
        ),
        attempt(
            format!("{word}-than-{name}"),
            format!("that is {word} than {name}"),
            [bound, bound + step],
            Side::Outside,
        ),
    ];
    // Alone, neither can be tried at its limit.
    let most = highest(site.field).zip(highest(other.field));
    let most = most.map(|(own, others)| own.min(others));
    let may_have = |most: &i64| {
        let value = Value::from(*most);
        keeps_all(site.field, &value) && keeps_all(other.field, &value)
    };
    let most = most.filter(|most| same == Side::Inside && may_have(most));
    attempts.extend(most.map(|most| {
        attempt(
            format!("as-{name}-at-most"),
            format!("that is the same as {name}, the most that both may be"),
            [most, most],
            Side::Inside,
        )
    }));
    Some(attempts)
}

/// The value of another field, and one that is not its value. None where either may not have it.
fn unlike<'a>(site: &Site<'a>, other: &Site<'a>) -> Option<Vec<PairAttempt<'a>>> {
    let usual = scalar(other.field, &other.field.kind, 0);
    let value = match usual.value {
        Template::Literal(value) if usual.sure && keeps_all(site.field, &value) => value,
        _ => return None,
    };
    let name = other.path.leaf();
    let attempt = |slug: &str, title: &str, own: &Value, side| PairAttempt {
        slug: format!("{slug}-{name}"),
        title: format!("that is {title} {name}"),
        edits: [(other, &value), (site, own)]
            .map(|(site, value)| (site.clone(), Edit::Set(Template::Literal(value.clone()))))
            .into(),
        side,
    };
    let printed = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let another = beside(site.field, &[&printed]);
    let mut attempts = vec![attempt("as", "the same as", &value, Side::Outside)];
    attempts.extend(another.map(|own| attempt("unlike", "not", &own, Side::Inside)));
    is_scalar(&site.field.kind).then_some(attempts)
}

/// The highest number that a field may be, where one is stated.
fn highest(field: &Field) -> Option<i64> {
    field.statements.iter().find_map(|said| {
        if let Constraint::Range { max, .. } = said.constraint {
            max?.whole()
        } else {
            None
        }
    })
}

/// Two items of one list with the same value of a field that must be another in each.
fn twins<'a>(operation: &'a Operation, site: &Site<'a>) -> Option<PairAttempt<'a>> {
    let (Step::Name(member), [list @ .., Step::Items]) = site.path.0.split_last()? else {
        return None;
    };
    let list = FieldPath(list.to_vec());
    let mut sites = sites(operation).into_iter();
    let list = sites.find(|other| other.place.is_none() && other.path == list)?;
    let single = scalar(site.field, &site.field.kind, 0);
    // Of what is lent each item gets one of its own; that one thing is named twice is told in stories.
    let is_same = single.sure && matches!(single.value, Template::Literal(_));
    let two = of_items(list.field, 2).filter(|two| two.sure && is_same)?;
    let Template::Array(mut items) = two.value else {
        return None;
    };
    for item in &mut items {
        let Template::Object(members) = item else {
            return None;
        };
        members.retain(|(known, _)| known != member);
        members.insert(0, (member.clone(), single.value.clone()));
    }
    Some(PairAttempt {
        slug: "twice".to_owned(),
        title: "that two items share".to_owned(),
        edits: vec![(list, Edit::Set(Template::Array(items)))],
        // What is removed twice is removed: no two of what is there are the same.
        side: match seems_to_remove(operation) {
            true => Side::Open,
            false => Side::Outside,
        },
    })
}

/// An id of the documented format that names nothing.
fn made_up(field: &Field) -> Option<Value> {
    let is_uuid = field.statements.iter().any(|said| {
        let uuid = |format: &Format| *format == Format::Uuid;
        matches!(&said.constraint, Constraint::Format { format, .. } if uuid(format))
    });
    (is_identifier(field) && is_uuid).then(|| Value::from("5c2f6c1e-77b0-4d3a-9a50-0e1d2c3b4a59"))
}

/// A part of a condition: how a request fulfils it, and what it is called.
struct Part<'a> {
    edit: (Site<'a>, Edit),
    slug: String,
    title: String,
}

impl<'a> Part<'a> {
    /// None where no request fulfils it for sure.
    fn of(operation: &'a Operation, site: &Site<'a>, part: &Condition<'_>) -> Option<Self> {
        let name = part.name()?;
        let other = around(operation, site, name)?;
        let (edit, slug, title) = match part {
            Condition::Given(_) => {
                let valid = scalar(other.field, &other.field.kind, 0);
                let is_fine = valid.sure && is_scalar(&other.field.kind);
                let edit = is_fine.then_some(Edit::Set(valid.value))?;
                (edit, name.to_owned(), format!("{name} is given"))
            }
            Condition::Absent(_) => (
                Edit::Remove,
                format!("no-{name}"),
                format!("{name} is left out"),
            ),
            Condition::OneOf(_, values) => {
                let value = values.first()?;
                let edit = Edit::Set(Template::Literal(value_of(other.field, value)?));
                (
                    edit,
                    format!("{name}-{value}"),
                    format!("{name} is {value}"),
                )
            }
            Condition::More(_, end) | Condition::Less(_, end) => {
                let step = if matches!(part, Condition::More(..)) {
                    1
                } else {
                    -1
                };
                let value = end.checked_add(step)?;
                let edit = Edit::Set(Template::Literal(Value::from(value)));
                (
                    edit,
                    format!("{name}-{value}"),
                    format!("{name} is {value}"),
                )
            }
            Condition::All(_) => return None,
        };
        Some(Part {
            edit: (other, edit),
            slug,
            title,
        })
    }
}

fn required_if<'a>(site: &Site<'a>, parts: &[Part<'a>]) -> Vec<PairAttempt<'a>> {
    if !is_scalar(&site.field.kind) {
        return Vec::new();
    }
    let (slug, title) = together(parts);
    let edits = |own| beside_parts(parts, site, own);
    let own = scalar(site.field, &site.field.kind, 0).value;
    vec![
        PairAttempt {
            slug: format!("given-with-{slug}"),
            title: format!("given where {title}"),
            edits: edits(Edit::Set(own)),
            side: Side::Inside,
        },
        PairAttempt {
            slug: format!("missing-with-{slug}"),
            title: format!("left out where {title}"),
            edits: edits(Edit::Remove),
            side: Side::Outside,
        },
    ]
}

/// What is special about parts that hold together, for ids and for people.
fn together(parts: &[Part<'_>]) -> (String, String) {
    let slugs: Vec<&str> = parts.iter().map(|part| part.slug.as_str()).collect();
    let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
    (slugs.join("-and-"), titles.join(" and "))
}

/// The changes that make the parts hold, and one of the field itself.
fn beside_parts<'a>(parts: &[Part<'a>], site: &Site<'a>, own: Edit) -> Vec<(Site<'a>, Edit)> {
    let beside = parts.iter().map(|part| part.edit.clone());
    beside.chain([(site.clone(), own)]).collect()
}

fn is_scalar(kind: &Kind) -> bool {
    match kind {
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean => true,
        Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => false,
    }
}

/// The place of this name beside another: in the same object, or the same sort of parameter.
fn sibling<'a>(operation: &'a Operation, site: &Site<'a>, name: &str) -> Option<Site<'a>> {
    around(operation, site, name).filter(|other| parent(&other.path) == parent(&site.path))
}

/// The field of this name beside a site, or else beside the nearest object that it stands in.
fn around<'a>(operation: &'a Operation, site: &Site<'a>, name: &str) -> Option<Site<'a>> {
    let leaf = name.rsplit('.').next().unwrap_or(name);
    let named = sites(operation).into_iter().filter(|other| {
        other.place == site.place
            && other.path.leaf() == leaf
            && other.path != site.path
            && parent(&site.path).starts_with(parent(&other.path))
    });
    named.max_by_key(|other| other.path.0.len())
}

fn parent(path: &FieldPath) -> &[Step] {
    &path.0[..path.0.len().saturating_sub(1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Scope, Statement, Unit, sample};

    #[test]
    fn what_holds_in_one_case_is_tried_there() {
        let mut operation = sample::operation("POST /v1/kettles", "name count", "");
        let fields = &mut operation.request.as_mut().expect("it asks").fields;
        fields[0].kind = Kind::String;
        fields[1].kind = Kind::Integer;
        let within = Constraint::Within {
            scope: Scope::Case("count > 1".to_owned()),
            holds: Box::new(Constraint::Length {
                min: None,
                max: Some(9),
                unit: Unit::Characters,
            }),
        };
        fields[0].statements.push(Statement {
            constraint: within.clone(),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let sites = sites(&operation);
        let name = sites.iter().find(|site| site.path.leaf() == "name");
        let tried = attempts(&operation, name.expect("it has one"), &within).expect("it is tried");
        let side = |slug: &str| {
            let found = tried.iter().find(|attempt| attempt.slug == slug);
            found.map(|attempt| attempt.side)
        };
        assert_eq!(side("9-characters-with-count-2"), Some(Side::Inside));
        assert_eq!(side("10-characters-with-count-2"), Some(Side::Outside));
        let unknown = Constraint::Within {
            scope: Scope::Case("the lid is heavy".to_owned()),
            holds: Box::new(Constraint::NotEmpty),
        };
        assert!(attempts(&operation, name.expect("it has one"), &unknown).is_none());
    }

    #[test]
    fn times_are_tried_in_the_wrong_order() {
        let mut operation = sample::operation("POST /v1/kettles", "starts ends", "");
        let fields = &mut operation.request.as_mut().expect("it asks").fields;
        let said = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let later = Constraint::Relative {
            how: Relation::AtLeast,
            to: "starts".to_owned(),
        };
        for field in fields.iter_mut() {
            field.kind = Kind::String;
            field.statements.push(said(Constraint::Format {
                format: Format::Time(Some("HH:mm".to_owned())),
                or_empty: false,
            }));
        }
        fields[1].statements.push(said(later.clone()));
        let sites = sites(&operation);
        let ends = sites.iter().find(|site| site.path.leaf() == "ends");
        let tried = attempts(&operation, ends.expect("it has one"), &later).expect("it is tried");
        let [only] = &tried[..] else {
            panic!("one order is wrong");
        };
        assert_eq!(only.slug, "less-than-starts");
        assert_eq!(only.side, Side::Outside);
        let set = |place: usize| match &only.edits[place].1 {
            Edit::Set(value) => value,
            _ => panic!("both are set"),
        };
        assert_eq!(order_of_times(set(1), set(0)), Some(Ordering::Less));
    }
}
