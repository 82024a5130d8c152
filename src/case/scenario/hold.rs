//! What a story says must hold, and whether a body keeps it.

use serde_json::Value;

use super::{Call, Kept};
use crate::case::Template;

/// Something that must hold at one place of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// Who is asked. None: the answer of the step itself.
    pub asked: Option<Call>,
    /// The place, as a JSON pointer.
    pub pointer: String,
    /// What must hold there.
    pub rule: HoldRule,
    /// Two kept values of which neither may be found in the other. Else nothing need hold.
    pub differ: Option<(String, String)>,
}

/// What must hold at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum HoldRule {
    /// The value is this one.
    Equals(Template),
    /// The list has an item like this one; an object is like another when it has all its members. A
    /// map is like what it must have, or has what is only named.
    Contains(Template),
    /// The same, or the list has so many items that it may stand behind them.
    ContainsUnlessFull(Template, u64),
    /// The list has no such item, or the map.
    Lacks(Template),
    /// The list has no two such items.
    Once(Template),
    /// Every item of the list is like this one; a text is like another that it holds.
    Every(Template),
    /// The list has no more items than this number.
    AtMost(Template),
    /// The list has no fewer items than this number.
    NoFewer(Template),
    /// The list has as many items as this number says, or one page of so many.
    AsMany(Template, Option<u64>),
    /// No item of the list has less than this in any of these members.
    AtLeast(Template),
    /// The items come in the order of this member, the smallest first.
    Rising(Template),
    /// The other way round.
    Falling(Template),
    /// One way or the other.
    Sorted(Template),
    /// Something stands there, where this is kept.
    Shown(Template),
    /// Something stands there or in the list at a pointer, unless the list before it has so many items.
    GoesOnUnlessFull(Template, u64),
}

impl HoldRule {
    /// The value the rule speaks of, before kept values are filled in.
    pub fn template(&self) -> &Template {
        match self {
            HoldRule::Equals(value)
            | HoldRule::Contains(value)
            | HoldRule::ContainsUnlessFull(value, _)
            | HoldRule::Lacks(value)
            | HoldRule::Once(value)
            | HoldRule::Every(value)
            | HoldRule::AtMost(value)
            | HoldRule::NoFewer(value)
            | HoldRule::AsMany(value, _)
            | HoldRule::AtLeast(value)
            | HoldRule::Rising(value)
            | HoldRule::Falling(value)
            | HoldRule::Sorted(value)
            | HoldRule::Shown(value)
            | HoldRule::GoesOnUnlessFull(value, _) => value,
        }
    }

    /// The same, to change it.
    pub(super) fn template_mut(&mut self) -> &mut Template {
        match self {
            HoldRule::Equals(value)
            | HoldRule::Contains(value)
            | HoldRule::ContainsUnlessFull(value, _)
            | HoldRule::Lacks(value)
            | HoldRule::Once(value)
            | HoldRule::Every(value)
            | HoldRule::AtMost(value)
            | HoldRule::NoFewer(value)
            | HoldRule::AsMany(value, _)
            | HoldRule::AtLeast(value)
            | HoldRule::Rising(value)
            | HoldRule::Falling(value)
            | HoldRule::Sorted(value)
            | HoldRule::Shown(value)
            | HoldRule::GoesOnUnlessFull(value, _) => value,
        }
    }

    /// What must hold, in a few words.
    pub fn word(&self) -> &'static str {
        match self {
            HoldRule::Equals(_) => "equals",
            HoldRule::Contains(_) | HoldRule::ContainsUnlessFull(..) => "contains",
            HoldRule::Lacks(_) => "lacks",
            HoldRule::Once(_) => "has only one",
            HoldRule::Every(_) => "holds nothing but",
            HoldRule::AtMost(_) => "is no longer than",
            HoldRule::NoFewer(_) => "is no shorter than",
            HoldRule::AsMany(..) => "is as long as",
            HoldRule::AtLeast(_) => "holds nothing less than",
            HoldRule::Rising(_) => "rises by",
            HoldRule::Falling(_) => "falls by",
            HoldRule::Sorted(_) => "rises or falls by",
            HoldRule::Shown(_) => "is something beside",
            HoldRule::GoesOnUnlessFull(..) => "goes on after",
        }
    }
}

impl Hold {
    /// That a rule holds at a place of the step's own answer.
    pub(super) fn here(pointer: String, rule: HoldRule) -> Self {
        Self {
            asked: None,
            pointer,
            rule,
            differ: None,
        }
    }

    /// That a rule holds at a place of what another call answers.
    pub(super) fn asked(call: Call, pointer: String, rule: HoldRule) -> Self {
        Self {
            asked: Some(call),
            ..Self::here(pointer, rule)
        }
    }

    /// Whether `body` keeps it. None when it speaks of a value that nobody kept.
    pub fn met_by(&self, body: &Value, kept: &Kept) -> Option<bool> {
        if let Some((one, other)) = &self.differ {
            let (one, other) = (kept.get(one)?, kept.get(other)?);
            if is_found_by(one, other) || is_found_by(other, one) {
                return None;
            }
        }
        let wanted = filled(self.rule.template(), kept)?;
        let found = body.pointer(&self.pointer);
        let items = || {
            let list = found.and_then(Value::as_array);
            list.map_or(&[][..], Vec::as_slice).iter()
        };
        Some(match self.rule {
            HoldRule::Equals(_) => found.is_some_and(|found| is_same(found, &wanted)),
            HoldRule::Contains(_) => found.is_some_and(|found| has(found, &wanted)),
            HoldRule::ContainsUnlessFull(_, most) => {
                items().any(|item| is_like(item, &wanted)) || items().count() as u64 >= most
            }
            HoldRule::Lacks(_) => !found.is_some_and(|found| has(found, &wanted)),
            HoldRule::Once(_) => items().filter(|item| is_like(item, &wanted)).count() <= 1,
            HoldRule::Every(_) => items().all(|item| is_found_by(item, &wanted)),
            HoldRule::AtMost(_) => wanted
                .as_u64()
                .is_none_or(|most| items().count() as u64 <= most),
            HoldRule::NoFewer(_) => wanted
                .as_u64()
                .is_none_or(|least| items().count() as u64 >= least),
            HoldRule::AsMany(_, page) => wanted.as_u64().is_none_or(|number| {
                let n_items = items().count() as u64;
                n_items == number || page.is_some_and(|page| page <= n_items && page <= number)
            }),
            HoldRule::AtLeast(_) => items().all(|item| !is_less(item, &wanted)),
            HoldRule::Rising(_) => in_order(items().collect(), &wanted),
            HoldRule::Falling(_) => in_order(items().rev().collect(), &wanted),
            HoldRule::Sorted(_) => {
                in_order(items().collect(), &wanted) || in_order(items().rev().collect(), &wanted)
            }
            HoldRule::Shown(_) => found.is_some_and(|found| !is_nothing(found)),
            HoldRule::GoesOnUnlessFull(_, most) => {
                let pointer = wanted.get(1).and_then(Value::as_str);
                let items = pointer.and_then(|pointer| body.pointer(pointer));
                let is_full = wanted.get(0).is_none_or(|before| n_items(before) >= most);
                is_full
                    || found.is_some_and(|found| !is_nothing(found))
                    || items.is_none_or(|items| n_items(items) > 0)
            }
        })
    }
}

/// How many items a list has.
fn n_items(list: &Value) -> u64 {
    list.as_array().map_or(0, Vec::len) as u64
}

/// The template with kept values in its holes. None when one of them is missing or lent.
pub fn filled(template: &Template, kept: &Kept) -> Option<Value> {
    match template {
        Template::Literal(value) => Some(value.clone()),
        Template::Kept(name) => kept.get(name).cloned(),
        Template::Lent(_) => None,
        Template::Object(members) => members
            .iter()
            .map(|(name, member)| Some((name.clone(), filled(member, kept)?)))
            .collect::<Option<_>>()
            .map(Value::Object),
        Template::Array(items) => items
            .iter()
            .map(|item| filled(item, kept))
            .collect::<Option<_>>()
            .map(Value::Array),
    }
}

/// Whether a list has such an item, or a map such a member; what is neither is the value itself.
fn has(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Array(items), _) => items.iter().any(|item| is_like(item, wanted)),
        (Value::Object(members), Value::String(name)) => members.contains_key(name),
        (Value::Object(_), _) => is_like(found, wanted),
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => found == wanted,
    }
}

fn is_like(item: &Value, wanted: &Value) -> bool {
    match (item, wanted) {
        (Value::Object(item), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, wanted)| item.get(name).is_some_and(|seen| is_like(seen, wanted))),
        (item, wanted) => is_same(item, wanted),
    }
}

/// Whether a place is shown and has nothing in it.
pub fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// Whether an item is what a filter asks for. A filter for a text may find longer ones, and what has it among
/// others.
fn is_found_by(item: &Value, wanted: &Value) -> bool {
    match (item, wanted) {
        (Value::Object(item), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, wanted)| item.get(name).is_some_and(|seen| is_found_by(seen, wanted))),
        (Value::String(item), Value::String(wanted)) => {
            item.to_lowercase().contains(&wanted.to_lowercase())
        }
        (Value::Array(items), wanted) if !wanted.is_array() => items.iter().any(|item| {
            let mut members = item.as_object().into_iter().flat_map(|item| item.values());
            is_same(item, wanted) || members.any(|member| is_same(member, wanted))
        }),
        (item, wanted) => is_same(item, wanted),
    }
}

/// Whether one value is surely less than another: by any way of telling texts apart.
fn is_less(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => other
            .iter()
            .any(|(name, other)| one.get(name).is_some_and(|one| is_less(one, other))),
        (Value::Number(one), Value::Number(other)) => one.as_f64() < other.as_f64(),
        (Value::String(one), Value::String(other)) => comes_before(one, other),
        _ => false,
    }
}

/// Whether a text comes before another one, by any way of ordering texts: with or without capitals, and
/// signs between letters may count for nothing; numbers inside may count as such or digit by digit. Of two times
/// only whole seconds count: a fraction may be left out. A time and another text are not told apart.
/// Nobody knows how a server orders letters of other alphabets.
fn comes_before(one: &str, other: &str) -> bool {
    const SECONDS: usize = "2030-04-01T20:00:00".len();
    let is_time = |text: &str| {
        text.get(..SECONDS)
            .is_some_and(|start| start.bytes().enumerate().all(is_of_time))
    };
    match (is_time(one), is_time(other)) {
        (true, true) => return one[..SECONDS] < other[..SECONDS],
        (false, false) => {}
        (true, false) | (false, true) => return false,
    }
    if let (Ok(one), Ok(other)) = (one.parse::<f64>(), other.parse::<f64>())
        && one >= other
    {
        return false;
    }
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>().to_lowercase()
    };
    let is_known = one.is_ascii() && other.is_ascii();
    is_known
        && one < other
        && one.to_lowercase() < other.to_lowercase()
        && plain(one) < plain(other)
        && with_long_numbers(one) < with_long_numbers(other)
}

/// A text whose numbers all have the same length, so that they come in their order.
fn with_long_numbers(text: &str) -> String {
    const LENGTH: usize = 40;
    let mut padded = String::new();
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            if !digits.is_empty() {
                padded += &format!("{:0>LENGTH$}", std::mem::take(&mut digits));
            }
            padded.push(c);
        }
    }
    if !digits.is_empty() {
        padded += &format!("{digits:0>LENGTH$}");
    }
    padded.to_lowercase()
}

/// Whether a byte may stand at this place of a time.
fn is_of_time((place, byte): (usize, u8)) -> bool {
    match place {
        4 | 7 => byte == b'-',
        10 => byte == b'T' || byte == b' ',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    }
}

/// Whether no item has less than the one before it, in the member of this name.
fn in_order(items: Vec<&Value>, member: &Value) -> bool {
    let values = items.iter().map(|item| item.get(member.as_str()?));
    let values: Vec<&Value> = values.flatten().collect();
    values.windows(2).all(|pair| !is_less(pair[1], pair[0]))
}

/// Whether two values are the same. A whole number may be written with a point.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(number), Value::Number(written)) => {
            let has_point = number.is_f64() || written.is_f64();
            number == written || (has_point && number.as_f64() == written.as_f64())
        }
        (Value::Array(items), Value::Array(others)) => {
            let mut pairs = items.iter().zip(others);
            items.len() == others.len() && pairs.all(|(item, other)| is_same(item, other))
        }
        (Value::Object(members), Value::Object(others)) => {
            let is_there = |(name, member): (&String, &Value)| {
                others.get(name).is_some_and(|other| is_same(member, other))
            };
            members.len() == others.len() && members.iter().all(is_there)
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(rule: HoldRule, expected: Option<bool>) {
        let hold = Hold {
            asked: None,
            pointer: "/lamp/bulbs".to_owned(),
            rule,
            differ: None,
        };
        let body = json!({"lamp": {"bulbs": [{"id": "b1", "lit": true}]}});
        let kept = Kept::from([("bulb".to_owned(), json!("b1"))]);
        assert_eq!(hold.met_by(&body, &kept), expected);
    }

    fn bulb(template: Template) -> Template {
        Template::Object(vec![("id".to_owned(), template)])
    }

    #[test]
    fn an_item_is_like_another_when_it_has_all_its_members() {
        let kept = || bulb(Template::Kept("bulb".to_owned()));
        check(HoldRule::Contains(kept()), Some(true));
        check(HoldRule::Lacks(kept()), Some(false));
        check(
            HoldRule::Lacks(bulb(Template::Literal(json!("b2")))),
            Some(true),
        );
    }

    #[test]
    fn an_item_may_show_a_whole_number_with_a_point() {
        let heavy = |weight: Value| json!({"lamps": [{"name": "Nore", "weight": weight}]});
        let hold = Hold {
            asked: None,
            pointer: "/lamps".to_owned(),
            rule: HoldRule::Contains(Template::Object(vec![(
                "weight".to_owned(),
                Template::Literal(json!(18)),
            )])),
            differ: None,
        };
        let met = |weight| hold.met_by(&heavy(weight), &Kept::default());
        assert_eq!(met(json!(18.0)), Some(true));
        assert_eq!(met(json!(18.5)), Some(false));
        assert_eq!(met(json!("18")), Some(false));
    }

    #[test]
    fn a_list_is_as_long_and_as_like_as_asked_for() {
        let number = |n: u64| Template::Literal(json!(n));
        check(HoldRule::AtMost(number(1)), Some(true));
        check(HoldRule::AtMost(number(0)), Some(false));
        check(HoldRule::NoFewer(number(1)), Some(true));
        check(HoldRule::NoFewer(number(2)), Some(false));
        let other = || bulb(Template::Literal(json!("b2")));
        check(HoldRule::ContainsUnlessFull(other(), 2), Some(false));
        check(HoldRule::ContainsUnlessFull(other(), 1), Some(true));
        check(HoldRule::Every(other()), Some(false));
        check(
            HoldRule::Every(bulb(Template::Literal(json!("B")))),
            Some(true),
        );
    }

    #[test]
    fn a_number_counts_a_list_or_more_than_its_page() {
        let number = |n: u64, page| HoldRule::AsMany(Template::Literal(json!(n)), page);
        check(number(1, None), Some(true));
        check(number(2, None), Some(false));
        check(number(2, Some(1)), Some(true));
        check(number(0, Some(1)), Some(false));
    }

    #[test]
    fn a_map_has_what_it_holds_or_only_its_name() {
        let body = json!({"marks": {"lid": "red"}});
        let met =
            |rule: HoldRule| Hold::here("/marks".to_owned(), rule).met_by(&body, &Kept::new());
        let told = |value: Value| Template::Literal(value);
        assert_eq!(
            met(HoldRule::Contains(told(json!({"lid": "red"})))),
            Some(true)
        );
        assert_eq!(
            met(HoldRule::Contains(told(json!({"lid": "blue"})))),
            Some(false)
        );
        assert_eq!(met(HoldRule::Lacks(told(json!("lid")))), Some(false));
        assert_eq!(met(HoldRule::Lacks(told(json!("spout")))), Some(true));
    }

    #[test]
    fn what_is_there_once_is_not_there_twice() {
        let met = |body: Value| {
            let once = HoldRule::Once(Template::Literal(json!("red")));
            Hold::here("/marks".to_owned(), once).met_by(&body, &Kept::new())
        };
        assert_eq!(met(json!({"marks": ["red", "blue"]})), Some(true));
        assert_eq!(met(json!({"marks": ["red", "red"]})), Some(false));
    }

    #[test]
    fn equal_means_all_of_it() {
        let all = json!([{"id": "b1", "lit": true}]);
        check(HoldRule::Equals(Template::Literal(all)), Some(true));
        assert!(is_same(&json!({"a": [2]}), &json!({"a": [2.0]})));
        assert!(!is_same(&json!([2]), &json!([2, 2])) && !is_same(&json!(2), &json!("2")));
        check(
            HoldRule::Equals(Template::Literal(json!([{"id": "b1"}]))),
            Some(false),
        );
    }

    #[test]
    fn order_is_judged_where_it_is_certain() {
        let bulbs = |watts: &[Value]| {
            let bulbs = watts.iter().map(|watts| json!({"watts": watts}));
            json!({"bulbs": bulbs.collect::<Vec<_>>()})
        };
        let watts = || Template::Literal(json!("watts"));
        let ordered = |watts: &[Value], rule: HoldRule| {
            let hold = Hold {
                asked: None,
                pointer: "/bulbs".to_owned(),
                rule,
                differ: None,
            };
            hold.met_by(&bulbs(watts), &Kept::new())
        };
        let numbers = [json!(4), json!(40), json!(40)];
        assert_eq!(ordered(&numbers, HoldRule::Rising(watts())), Some(true));
        assert_eq!(ordered(&numbers, HoldRule::Falling(watts())), Some(false));
        // Capitals come first or beside their small letters; null anywhere.
        let texts = [json!("a"), json!("B"), Value::Null, json!("c")];
        assert_eq!(ordered(&texts, HoldRule::Rising(watts())), Some(true));
        let texts = [json!("b"), json!("a")];
        assert_eq!(ordered(&texts, HoldRule::Rising(watts())), Some(false));
        let least = |n: u64| {
            let member = ("watts".to_owned(), Template::Literal(json!(n)));
            HoldRule::AtLeast(Template::Object(vec![member]))
        };
        assert_eq!(ordered(&numbers, least(4)), Some(true));
        assert_eq!(ordered(&numbers, least(5)), Some(false));
    }

    #[test]
    fn a_text_comes_before_another_where_all_agree() {
        assert!(comes_before("lid", "spout"));
        assert!(!comes_before("a-z", "ab"));
        assert!(!comes_before("B", "a"));
        assert!(!comes_before("灯", "锅"));
        assert!(comes_before("lamp-10", "lamp-11"));
        for (one, other) in [
            ("9", "10"),
            ("-5", "-6"),
            ("1.25", "1.5"),
            ("lamp-9", "lamp-10"),
        ] {
            assert!(
                !(comes_before(one, other) || comes_before(other, one)),
                "{one} {other}"
            );
        }
        assert!(!comes_before("2030-04-01T20:00:00Z", "2031-04-01"));
        let time = |rest: &str| format!("2030-04-01T20:00:{rest}");
        assert!(comes_before(&time("00Z"), &time("01Z")));
        assert!(!comes_before(&time("00.5Z"), &time("00Z")));
    }

    #[test]
    fn what_leads_on_is_there_until_the_last_page() {
        let met = |next: Value, rule: HoldRule| {
            let body = json!({"bulbs": [{"id": "b1"}], "next": next});
            let kept = Kept::from([("second".to_owned(), json!("b2"))]);
            Hold::here("/next".to_owned(), rule).met_by(&body, &kept)
        };
        let on = |name: &str| HoldRule::Shown(Template::Kept(name.to_owned()));
        assert_eq!(met(json!("b1"), on("second")), Some(true));
        assert_eq!(met(json!(null), on("second")), Some(false));
        assert_eq!(met(json!(null), on("third")), None);
        let behind = |before: Value, items: &str| {
            let parts = [before, json!(items)].map(Template::Literal);
            HoldRule::GoesOnUnlessFull(Template::Array(parts.to_vec()), 2)
        };
        let one = || json!([{"id": "b0"}]);
        // A page may be short, and something come after it.
        assert_eq!(met(json!(null), behind(one(), "/bulbs")), Some(true));
        assert_eq!(met(json!("b1"), behind(one(), "/wicks")), Some(true));
        let body = json!({"bulbs": [], "next": ""});
        let ends = |before: Value| {
            Hold::here("/next".to_owned(), behind(before, "/bulbs")).met_by(&body, &Kept::new())
        };
        assert_eq!(ends(one()), Some(false));
        assert_eq!(ends(json!([1, 2])), Some(true));
    }

    #[test]
    fn what_is_not_told_apart_decides_nothing() {
        let hold = Hold {
            asked: None,
            pointer: "/bulbs".to_owned(),
            rule: HoldRule::Lacks(Template::Literal(json!("b1"))),
            differ: Some(("one".to_owned(), "other".to_owned())),
        };
        let body = json!({"bulbs": ["b1"]});
        let kept = |one: &str, other: &str| {
            Kept::from([
                ("one".to_owned(), json!(one)),
                ("other".to_owned(), json!(other)),
            ])
        };
        assert_eq!(hold.met_by(&body, &kept("ON", "off")), Some(false));
        assert_eq!(hold.met_by(&body, &kept("ON", "on-call")), None);
    }

    #[test]
    fn what_nobody_kept_decides_nothing() {
        check(
            HoldRule::Contains(bulb(Template::Kept("wick".to_owned()))),
            None,
        );
    }
}
