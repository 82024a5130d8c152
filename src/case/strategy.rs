//! Proptest strategies for values of a field: valid ones, and ones that break one statement.
//!
//! Main entries: [`object`] for the members of an object, [`violations`] for a field. Values shrink
//! towards short texts of plain letters, small numbers and few members.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::boundary::{self, Side};
use super::broken::keeps_all;
use super::broken::regex_of;
use super::condition::are_exclusive;
use super::condition::{Condition, bars, is_barred};
use super::each_case::in_all_cases;
use super::network::is_place_in_a_network;
use super::relation::{bounds, goes_beyond, is_bound_elsewhere};
use super::request::{Edit, Extent, around, nested, usual_count};
use super::text::{Alphabet, INTRUDERS};
use super::valid::{is_identifier, is_reference, listed, scalar, shown, step};
use super::{Template, matching, violation};
use crate::contract::{
    Constraint, Decimal, Field, Format, Kind, MAIL_ADDRESS, Presence, Statement, Unit,
};

/// How many characters or items a generated value has beyond its minimum, at most.
const SPREAD: u64 = 80;

/// Members of an object: all that are needed, and any of the others that go together.
pub(super) fn object(fields: &[Field]) -> BoxedStrategy<Vec<(String, Template)>> {
    let members: Vec<_> = fields.iter().filter_map(member).collect();
    let exclusive: Vec<(String, String)> = fields
        .iter()
        .flat_map(|one| fields.iter().map(move |other| (one, other)))
        .filter(|(one, other)| one.name < other.name && are_exclusive(one, other))
        .map(|(one, other)| (one.name.clone(), other.name.clone()))
        .collect();
    let bound: Vec<Field> = fields
        .iter()
        .filter(|field| {
            let is_bound = bounds(field).next().is_some() || bars(field).next().is_some();
            field.presence != Presence::Required && is_bound
        })
        .cloned()
        .collect();
    let members = members.prop_map(move |members| {
        let mut members: Vec<(String, Template)> = members.into_iter().flatten().collect();
        for field in &bound {
            let all = members.clone();
            let member = |name: &str| {
                all.iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value)
            };
            members.retain(|(name, value)| {
                let fits = !goes_beyond(field, value, &member) && !is_barred(field, &member);
                *name != field.name || fits
            });
        }
        for (one, other) in &exclusive {
            if members.iter().any(|(name, _)| name == one) {
                members.retain(|(name, _)| name != other);
            }
        }
        members
    });
    members.boxed()
}

/// A member: always, sometimes, or never where no value is known to be fine.
fn member(field: &Field) -> Option<BoxedStrategy<Option<(String, Template)>>> {
    let name = field.name.clone();
    let member = value(field, &field.kind).prop_map(move |value| (name.clone(), value));
    if field.presence != Presence::Optional || is_conditional(field) {
        return Some(member.prop_map(Some).boxed());
    }
    let made = field.kind == Kind::Object || field.kind.inner().is_some();
    let is_sure = || nested(field, &field.kind, Extent::Minimal, &[], 0).sure;
    let offered = (made && !is_reference(&field.children) && is_sure())
        || (!is_identifier(field)
            && !is_place_in_a_network(field)
            && scalar(field, &field.kind, 0).sure);
    offered.then(|| proptest::option::of(member).boxed())
}

fn is_conditional(field: &Field) -> bool {
    field.statements.iter().any(|statement| {
        matches!(&statement.constraint, Constraint::RequiredIf(text) if Condition::read(text).is_some())
    })
}

/// Valid values of the field.
pub(super) fn value(field: &Field, kind: &Kind) -> BoxedStrategy<Template> {
    match kind {
        Kind::Array(inner) => {
            let alone = alone(field);
            vec(value(field, inner), counts(field))
                .prop_map(move |items| Template::Array(apart(items, &alone)))
                .boxed()
        }
        Kind::Map { key, value: inner } => {
            let key = key.clone();
            let named = move |values: Vec<Template>| {
                let named = values.into_iter().enumerate();
                Template::Object(
                    named
                        .map(|(turn, value)| (format!("{key}-{turn}"), value))
                        .collect(),
                )
            };
            vec(value(field, inner), counts(field))
                .prop_map(named)
                .boxed()
        }
        Kind::Object | Kind::Unknown if !field.children.is_empty() => {
            object(&field.children).prop_map(Template::Object).boxed()
        }
        Kind::Object => Just(Template::Object(Vec::new())).boxed(),
        Kind::Integer | Kind::Number if is_bound_elsewhere(field) => {
            Just(scalar(field, kind, 0).value).boxed()
        }
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean | Kind::Unknown => {
            // Which case a request is nobody knows for sure: what holds in one is kept in all.
            match in_all_cases(field) {
                Some(strict) => one_scalar(&strict, kind),
                None => one_scalar(field, kind),
            }
        }
    }
}

/// The members of which each item must have another value.
fn alone(field: &Field) -> Vec<String> {
    let alone = field.children.iter().filter(|child| {
        let mut said = child.statements.iter();
        said.any(|said| said.constraint == Constraint::Unique)
    });
    alone.map(|child| child.name.clone()).collect()
}

/// The items without those that share what each must have alone with one before.
fn apart(items: Vec<Template>, alone: &[String]) -> Vec<Template> {
    let member = |item: &Template, name: &String| match item {
        Template::Object(members) => members
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone()),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Array(_) => None,
    };
    let mut kept: Vec<Template> = Vec::new();
    for item in items {
        let shares = |other: &Template| {
            let mut names = alone.iter();
            names.any(|name| {
                member(other, name).is_some() && member(other, name) == member(&item, name)
            })
        };
        if !kept.iter().any(shares) {
            kept.push(item);
        }
    }
    kept
}

fn counts(field: &Field) -> std::ops::RangeInclusive<usize> {
    let least = usual_count(field);
    let mut most = least + 2;
    for statement in &field.statements {
        if let Constraint::ItemCount { max: Some(max), .. } = statement.constraint {
            most = most.min(usize::try_from(max).unwrap_or(most));
        }
    }
    least..=most.max(least)
}

fn one_scalar(field: &Field, kind: &Kind) -> BoxedStrategy<Template> {
    let literal = |value: Value| Template::Literal(value);
    if is_identifier(field) {
        return Just(Template::Lent(field.name.clone())).boxed();
    }
    let mut known: Vec<Value> = listed(field, 0).collect();
    if known.is_empty() {
        known.extend(shown(field));
    }
    if !known.is_empty() {
        return select(known).prop_map(literal).boxed();
    }
    let is_number = |said: &Statement| matches!(said.constraint, Constraint::Range { .. });
    match kind {
        Kind::String if field.statements.iter().any(is_number) => {
            let (least, most) = range(field);
            let (field, kind) = (field.clone(), kind.clone());
            (least..=most)
                .prop_map(move |number| match Value::from(number.to_string()) {
                    number if keeps_all(&field, &number) => Template::Literal(number),
                    _ => scalar(&field, &kind, 0).value,
                })
                .boxed()
        }
        Kind::Boolean => any::<bool>()
            .prop_map(|value| Template::Literal(Value::from(value)))
            .boxed(),
        Kind::Integer | Kind::Number => {
            let (least, most) = range(field);
            let (of, field, kind) = (step(field), field.clone(), kind.clone());
            // The first multiple may lie below the range, and any may be left out of it.
            (least.div_euclid(of)..=most.div_euclid(of))
                .prop_map(move |nth| match Value::from(nth.saturating_mul(of)) {
                    number if keeps_all(&field, &number) => Template::Literal(number),
                    _ => scalar(&field, &kind, 0).value,
                })
                .boxed()
        }
        Kind::String | Kind::Unknown | Kind::Object | Kind::Array(_) | Kind::Map { .. } => {
            text(field)
                .prop_map(|text| Template::Literal(Value::from(text)))
                .boxed()
        }
    }
}

/// The numbers to choose from.
fn range(field: &Field) -> (i64, i64) {
    let (mut least, mut most) = (None, None);
    for statement in &field.statements {
        if let Constraint::Range { min, max } = statement.constraint {
            least = least.max(min.map(Decimal::ceil));
            most = most.into_iter().chain(max.map(Decimal::floor)).min();
        }
    }
    let low = least.unwrap_or_else(|| most.map_or(0, |most: i64| most.min(0)));
    let high = most.unwrap_or_else(|| low.saturating_add(1000));
    (low, high.max(low))
}

/// Valid texts.
pub(super) fn text(field: &Field) -> BoxedStrategy<String> {
    if field.says(MAIL_ADDRESS) {
        let names = of_letters(('a'..='z').collect(), 1, 8);
        return names.prop_map(|name| format!("{name}@example.com")).boxed();
    }
    for statement in &field.statements {
        if let Constraint::Format { format, .. } = &statement.constraint {
            return formatted(format);
        }
        if let Constraint::Pattern(pattern) = &statement.constraint
            && regex_of(pattern).is_some()
            && let Some(texts) = matching::strategy(pattern)
        {
            return texts;
        }
    }
    let (least, most) = lengths(field);
    let texts = of_letters(pool(field), least, most);
    if !field
        .statements
        .iter()
        .any(|said| matches!(said.constraint, Constraint::Mixture { .. }))
    {
        return texts;
    }
    let field = field.clone();
    let mixed = move |text| Alphabet::of(&field).with_what_is_wanted(text);
    texts.prop_map(mixed).boxed()
}

/// Texts of `least` to `most` of these letters.
fn of_letters(pool: Vec<char>, least: u64, most: u64) -> BoxedStrategy<String> {
    if pool.is_empty() {
        return Just(String::new()).boxed();
    }
    let n_letters = usize::try_from(least).unwrap_or(0)..=usize::try_from(most).unwrap_or(0);
    vec(0..pool.len(), n_letters)
        .prop_map(move |turns| turns.into_iter().map(|turn| pool[turn]).collect())
        .boxed()
}

/// Characters to write texts with: plain ones first, to which texts shrink. Blanks and control
/// characters are not among them, for servers may trim what nobody forbids. Of a text of which nothing
/// is said nobody knows what else than plain characters it may hold.
fn pool(field: &Field) -> Vec<char> {
    let alphabet = Alphabet::of(field);
    let is_described = field.statements.iter().any(|said| {
        let said = &said.constraint;
        matches!(
            said,
            Constraint::Length { .. }
                | Constraint::Charset(_)
                | Constraint::ForbiddenCharacters(_)
                | Constraint::Mixture { .. }
        )
    });
    let plain = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain("-_.".chars());
    let wide = match is_described {
        true => "éßжλ中文字符服务器名称测试一龥😀",
        false => "",
    };
    plain
        .chain(wide.chars())
        .filter(|c| alphabet.allows(*c))
        .collect()
}

/// The least and most characters of a text. Where bytes are limited, four for each character.
fn lengths(field: &Field) -> (u64, u64) {
    let (mut least, mut most) = (0, u64::MAX);
    for statement in &field.statements {
        if let Constraint::Length { min, max, unit } = &statement.constraint {
            let share = if *unit == Unit::Bytes { 4 } else { 1 };
            least = least.max(min.unwrap_or(0));
            most = most.min(max.map_or(u64::MAX, |max| max / share));
        }
    }
    let least = least
        .min(super::text::MOST_BYTES / 4)
        .max(u64::from(most > 0));
    (least, most.min(least + SPREAD).max(least))
}

fn formatted(format: &Format) -> BoxedStrategy<String> {
    let byte = any::<u8>;
    match format {
        Format::Uuid => any::<u128>()
            .prop_map(|bits| uuid::Uuid::from_u128(bits).to_string())
            .boxed(),
        Format::Ip | Format::Ipv4 => byte().prop_map(|last| format!("192.0.2.{last}")).boxed(),
        Format::Ipv6 => any::<u16>()
            .prop_map(|last| format!("2001:db8::{last:x}"))
            .boxed(),
        Format::Cidr => (byte(), 24u8..=32)
            .prop_map(|(third, prefix)| format!("192.0.{third}.0/{prefix}"))
            .boxed(),
        Format::Mac => (byte(), byte())
            .prop_map(|(one, two)| format!("fa:16:3e:00:{one:02x}:{two:02x}"))
            .boxed(),
        Format::Base64
        | Format::Uri
        | Format::Time(_)
        | Format::Json
        | Format::Hostname
        | Format::Standard(_) => {
            let texts: Vec<String> = super::format::inside(format)
                .into_iter()
                .map(|example| example.text)
                .collect();
            select(texts).boxed()
        }
    }
}

/// A way to break one statement about a field.
pub(super) struct Violation {
    /// The rule it breaks.
    pub(super) rule: &'static str,
    /// The changes that break it.
    pub(super) edits: BoxedStrategy<Edit>,
}

/// Ways to break each statement about the field.
pub(super) fn violations(site: &super::request::Site<'_>) -> Vec<Violation> {
    let field = site.field;
    let mut found = Vec::new();
    if site.place.is_none() && field.presence == Presence::Required {
        found.push(Violation {
            rule: "presence",
            edits: Just(Edit::Remove).boxed(),
        });
    }
    let kinds = if site.place.is_none() {
        violation::kinds(field)
    } else {
        violation::kinds_as_text(field)
    };
    found.extend(chosen("kind", kinds));
    for statement in &field.statements {
        let constraint = &statement.constraint;
        let rule = constraint.word();
        let probes = boundary::probes(field, constraint).unwrap_or_default();
        found.extend(chosen(rule, probes));
        found.extend(beyond(field, constraint).map(|edits| Violation { rule, edits }));
    }
    found
}

/// One of the prepared values outside of the boundary.
fn chosen(rule: &'static str, probes: Vec<boundary::Probe>) -> Option<Violation> {
    let outside = probes
        .into_iter()
        .filter(|probe| probe.side == Side::Outside);
    let values: Vec<Template> = outside.map(|probe| probe.value).collect();
    (!values.is_empty()).then(|| Violation {
        rule,
        edits: select(values).no_shrink().prop_map(Edit::Set).boxed(),
    })
}

/// Any value outside of a length, a charset or a range.
fn beyond(field: &Field, constraint: &Constraint) -> Option<BoxedStrategy<Edit>> {
    let set = {
        let field = field.clone();
        move |value: Value| Edit::Set(around(&field, Template::Literal(value)))
    };
    if let Constraint::Length { max: Some(max), .. } = constraint {
        let most = max.checked_add(SPREAD).filter(|most| *most < 8192)?;
        let letters = pool(field);
        if letters.is_empty() {
            return None;
        }
        let texts = of_letters(letters, max + 1, most);
        return Some(texts.prop_map(move |text| set(Value::from(text))).boxed());
    }
    if let Constraint::Charset(_) = constraint {
        let alphabet = Alphabet::of(field);
        let usual: Vec<char> = INTRUDERS
            .iter()
            .map(|(c, _)| *c)
            .filter(|c| !alphabet.allows(*c))
            .collect();
        if usual.is_empty() {
            return None;
        }
        let (least, most) = lengths(field);
        let texts = of_letters(pool(field), least, most);
        let intruded = (texts, select(usual), any::<prop::sample::Index>());
        return Some(
            intruded
                .prop_map(move |(text, intruder, place)| {
                    set(Value::from(replaced(&text, intruder, place)))
                })
                .boxed(),
        );
    }
    if let Constraint::Range { max: Some(max), .. } = constraint
        && matches!(field.kind, Kind::Integer | Kind::Number)
        && let Some(beyond) = max.floor().checked_add(1)
    {
        let numbers = beyond..=i64::MAX;
        return Some(
            numbers
                .prop_map(move |number| set(Value::from(number)))
                .boxed(),
        );
    }
    None
}

/// The text with one of its characters replaced, so that its length stays.
fn replaced(text: &str, intruder: char, place: prop::sample::Index) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        letters.push(intruder);
    } else {
        let place = place.index(letters.len());
        letters[place] = intruder;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn only_of_a_text_that_is_described_more_is_known_than_plain_characters() {
        let is_plain = |constraints: &[Constraint]| {
            let pool = pool(&sample::field("label", Kind::String, constraints));
            pool.iter().all(char::is_ascii)
        };
        assert!(is_plain(&[]));
        assert!(is_plain(&[Constraint::Unique]));
        assert!(!is_plain(&sample::name_rules()));
        let at_most_nine = Constraint::Length {
            min: None,
            max: Some(9),
            unit: Unit::Characters,
        };
        assert!(!is_plain(&[at_most_nine]));
    }
}
