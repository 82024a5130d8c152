//! Stories of lists: a page is as short as was asked for, the next page goes on where the last one
//! ended, and what is sorted is in order.
//!
//! Main entry: [`pages`]. Told by rule: a list is the first array of an answer to GET. Where things can
//! be made at once, every story is told a second time of some that were made for it: there may be none
//! before.

use serde_json::{Value, json};

use super::filter::{filters, together};
use super::life::{Life, values_each};
use super::rule::{default_number, draft, item_like, limit_of, make_one, pointer, recall, step};
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use super::{markers, marks, nothing, order};
use crate::case::broken::json as scalar_json;
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    COUNTS_ALL_PAGES, COUNTS_MATCHES, COUNTS_PAGE, Constraint, Contract, Field, Kind, Listing,
    Operation, Place, Scalar, Segment, Statement, Step, letters, listings,
};
use crate::wire::Method;

/// The names under which the ids of the first items are kept.
pub(super) const FIRST: [&str; 3] = ["first", "second", "third"];

/// The name under which it is kept how many things there are.
const TOTAL: &str = "the total";

/// More things than this are not made for a list.
const MOST_MADE: u64 = 20;
/// Sort keys that are tried.
const MOST_KEYS: usize = 4;

/// The stories of all lists whose things a path names.
pub(super) fn pages(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let lists = contract.operations.iter().filter_map(|operation| {
        let asks = operation.method == Method::Get && operation.selector.is_none();
        List::of(contract, operation).filter(|_| asks)
    });
    lists
        .flat_map(|list| {
            let mut stories: Vec<Scenario> = list.walk().into_iter().collect();
            stories.extend(list.sorted());
            stories.extend(markers::followed(&list));
            stories.extend(markers::unknown(&list));
            stories.extend(filters(&list));
            stories.extend(together(&list));
            stories.extend(marks::several(&list));
            stories.extend(nothing::of_list(&list));
            let made = list.made(cast, &stories);
            stories.extend(made);
            stories
        })
        .collect()
}

/// An operation that lists things, and what is known of them.
pub(super) struct List<'a> {
    pub(super) operation: &'a Operation,
    /// The parameter that names one of the things.
    name: &'a str,
    /// What shows one of them alone.
    pub(super) shows: Option<&'a Operation>,
    pub(super) listing: Listing<'a>,
    pub(super) items: String,
    pub(super) fields: &'a [Field],
}

impl<'a> List<'a> {
    fn of(contract: &'a Contract, operation: &'a Operation) -> Option<Self> {
        let (name, listing) = contract.operations.iter().find_map(|other| {
            let (last, collection) = other.path.0.split_last()?;
            let Segment::Parameter(name) = last else {
                return None;
            };
            let own = operation.path.0.starts_with(collection) && operation.path != other.path;
            let mut listings = listings(contract, other, name).into_iter();
            let listing = listings.find(|listing| own && listing.operation.id == operation.id)?;
            Some((name.as_str(), listing))
        })?;
        let shows = contract.operations.iter().find(|other| {
            let ends =
                matches!(other.path.0.last(), Some(Segment::Parameter(last)) if last == name);
            ends && other.method == Method::Get
                && other.selector.is_none()
                && operation.path.0.starts_with(&other.path.collection().0)
        });
        let fields = operation.response_fields().into_iter();
        let fields = fields.filter(|(path, _)| *path == listing.items);
        Some(Self {
            operation,
            name,
            shows,
            items: pointer(&listing.items)?,
            fields: fields.map(|(_, field)| &field.children[..]).next()?,
            listing,
        })
    }

    /// A page of one, and the ones after it.
    fn walk(&self) -> Option<Scenario> {
        let (limit, _) = limit_of(self.operation)?;
        let one = (limit.name.clone(), Given::Literal("1".to_owned()));
        let at_most = |most: u64| self.hold(HoldRule::AtMost(Template::Literal(json!(most))));
        let mut all = self.first(&[]);
        all.holds.extend(default_number(limit).map(at_most));
        let mut holds = vec![at_most(1)];
        if let Some(total) = self.total() {
            all.capture.push((TOTAL.to_owned(), total.clone()));
            let same = HoldRule::Equals(Template::Kept(TOTAL.to_owned()));
            holds.push(Hold::here(total, same));
        }
        let short = ScenarioStep {
            holds,
            ..self.asks("a page of one is asked for", vec![one.clone()])
        };
        let mut steps = vec![all, short];
        if let Some(marker) = self.parameter("marker") {
            for (nth, before) in FIRST.iter().enumerate().take(FIRST.len() - 1) {
                let after = (marker.name.clone(), Given::Kept((*before).to_owned()));
                steps.push(self.page_after(nth, vec![one.clone(), after]));
            }
        }
        if let Some(offset) = self
            .parameter("offset")
            .filter(|offset| counts_from_0(offset))
        {
            for nth in 0..FIRST.len() - 1 {
                let after = (offset.name.clone(), Given::Literal((nth + 1).to_string()));
                steps.push(self.page_after(nth, vec![one.clone(), after]));
            }
            if self.may_show(2) {
                // An offset that counts pages is told from one that counts items by pages of more than one.
                let two = (limit.name.clone(), Given::Literal("2".to_owned()));
                let after = (offset.name.clone(), Given::Literal("1".to_owned()));
                let mut page = self.page_after(0, vec![two, after]);
                // A page is in the order of all.
                page.holds.extend([0, 1].map(|place| {
                    let same = HoldRule::Equals(Template::Kept(FIRST[place + 1].to_owned()));
                    Hold::here(self.id_at(place), same)
                }));
                steps.push(page);
            }
        }
        Some(self.story("pages", "pages are short and go on", steps))
    }

    /// Whether a page may have so many items.
    pub(super) fn may_show(&self, n: u64) -> bool {
        let most = limit_of(self.operation).and_then(|(_, most)| most);
        most.is_none_or(|most| n <= most)
    }

    /// Where the answer says how many things there are on all pages together: it is said of a number, or one is
    /// called so at the root or in what is about pages.
    fn total(&self) -> Option<String> {
        let fields = self.operation.response_fields().into_iter();
        let mut numbers = fields.filter(|(_, field)| field.kind == Kind::Integer);
        let (path, _) = numbers.find(|(path, field)| {
            let is_said = field.says(COUNTS_MATCHES) || field.says(COUNTS_ALL_PAGES);
            let is_called = letters(&field.name).contains("total") && !field.says(COUNTS_PAGE);
            let is_near = match path.names()[..] {
                [_] => true,
                [around, _] => letters(around).contains("page"),
                _ => false,
            };
            is_near && (is_said || is_called)
        })?;
        pointer(&path)
    }

    /// The page of one behind the `nth` item: the next item is there, and the one before is not.
    fn page_after(&self, nth: usize, query: Vec<(String, Given)>) -> ScenarioStep {
        let like = |kept: &str| item_like(&self.listing.ids, kept);
        ScenarioStep {
            holds: vec![
                self.hold(HoldRule::Lacks(like(FIRST[nth]))),
                self.hold(HoldRule::Contains(like(FIRST[nth + 1]))),
            ],
            optional: true,
            ..self.asks(
                &format!("the page after the {} one is asked for", FIRST[nth]),
                query,
            )
        }
    }

    /// Lists in both orders, by whatever they can be sorted by and show.
    fn sorted(&self) -> Option<Scenario> {
        const KEYS: [&str; 5] = ["sortkey", "sortby", "orderby", "sort", "sortfield"];
        const ORDERS: [&str; 5] = [
            "sortdir",
            "sortorder",
            "order",
            "direction",
            "sortdirection",
        ];
        let key = KEYS.iter().find_map(|name| self.parameter(name))?;
        let keys = self.keys(key);
        let Some(order) = ORDERS.iter().find_map(|name| self.parameter(name)) else {
            return self.sorted_either_way(key, &keys);
        };
        let (rising, falling) = directions(order)?;
        let steps = keys.iter().take(MOST_KEYS).flat_map(|(word, field)| {
            let by = word;
            let told = |word: &str, rule: HoldRule| ScenarioStep {
                holds: vec![self.hold(rule)],
                // A key that no list names may be none.
                ..step(
                    &format!("it is sorted by {by}, {word}"),
                    self.call(vec![
                        (key.name.clone(), Given::Literal(by.clone())),
                        (order.name.clone(), Given::Literal(word.to_owned())),
                    ]),
                    StepExpect::Either,
                )
            };
            let member = Template::Literal(Value::String(field.name.clone()));
            [
                told(&rising, HoldRule::Rising(member.clone())),
                told(&falling, HoldRule::Falling(member)),
            ]
        });
        let usual = self.usually_sorted((key, &keys), (order, [&rising, &falling]));
        let steps: Vec<ScenarioStep> = steps.chain(usual).collect();
        (!steps.is_empty()).then(|| self.story("sorted", "what is sorted is in order", steps))
    }

    /// Lists without a key, where one is the default: in both orders, and in the usual one.
    fn usually_sorted(
        &self,
        (key, keys): (&Field, &[(String, &'a Field)]),
        (order, [rising, falling]): (&Field, [&str; 2]),
    ) -> Vec<ScenarioStep> {
        let usual = default_text(key);
        let by = keys.iter().find(|(word, _)| Some(word.as_str()) == usual);
        let Some((by, field)) = by else {
            return Vec::new();
        };
        let told = |title: String, word: &str, query: Vec<(String, Given)>| {
            let member = Template::Literal(Value::String(field.name.clone()));
            let rule = match word == rising {
                true => HoldRule::Rising(member),
                false => HoldRule::Falling(member),
            };
            ScenarioStep {
                holds: vec![self.hold(rule)],
                ..step(&title, self.call(query), StepExpect::Either)
            }
        };
        let asked = [rising, falling].map(|word| {
            let given = (order.name.clone(), Given::Literal(word.to_owned()));
            told(
                format!("it is sorted by {by} as usual, {word}"),
                word,
                vec![given],
            )
        });
        let words = [rising, falling].into_iter();
        let unasked = words.filter(|word| default_text(order) == Some(word));
        let unasked = unasked.map(|word| {
            told(
                format!("it is sorted by {by}, {word}, as usual"),
                word,
                Vec::new(),
            )
        });
        asked.into_iter().chain(unasked).collect()
    }

    /// Lists in whichever order, where nobody can say which.
    fn sorted_either_way(&self, key: &Field, keys: &[(String, &'a Field)]) -> Option<Scenario> {
        let steps = keys.iter().take(MOST_KEYS).map(|(word, field)| {
            let member = Template::Literal(Value::String(field.name.clone()));
            let by = (key.name.clone(), Given::Literal(word.clone()));
            ScenarioStep {
                holds: vec![self.hold(HoldRule::Sorted(member))],
                ..step(
                    &format!("it is sorted by {word}"),
                    self.call(vec![by]),
                    StepExpect::Either,
                )
            }
        });
        let steps: Vec<ScenarioStep> = steps.collect();
        (!steps.is_empty()).then(|| self.story("sorted", "what is sorted is in order", steps))
    }

    /// What the things can be sorted by, with the field that shows it: what is listed, or else the usual.
    fn keys(&self, key: &Field) -> Vec<(String, &'a Field)> {
        let listed = documented(key);
        let plain = self.fields.iter().filter(|field| {
            let plain = matches!(field.kind, Kind::String | Kind::Integer | Kind::Number);
            plain && field.other_kinds.is_empty()
        });
        let keys = plain.filter_map(|field| {
            let mut words = listed.iter().filter_map(Value::as_str);
            let word = words.find(|word| is_key_of(word, &field.name));
            let usual = || listed.is_empty() && is_usual_key(&field.name);
            let word = word.or_else(|| usual().then_some(&field.name))?;
            Some((word.to_owned(), field))
        });
        keys.collect()
    }

    /// The steps of all these stories, of things that are made for them. Of what takes its time to be made no
    /// more are made than the stories name.
    fn made(&self, cast: &Cast<'_>, stories: &[Scenario]) -> Option<Scenario> {
        let collection = self.shows?.path.collection();
        let mut lives = cast.lives.iter();
        let life = lives.find(|life| life.makes.path == collection && life.is_placed())?;
        let takes_time = life.makes.success.iter().any(|(status, _)| *status == 202);
        let is_followed = life.takes_jobs() && cast.contract.jobs.is_some();
        // What is still on its way when it is listed is otherwise a moment later.
        if takes_time && !is_followed {
            return None;
        }
        let takes_time = takes_time || life.takes_jobs();
        let n = if takes_time {
            FIRST.len()
        } else {
            self.n_made()
        };
        let mut steps = making(life, n);
        steps.extend(stories.iter().flat_map(|story| story.steps.clone()));
        steps.extend(removing(life, n));
        (!stories.is_empty()).then(|| {
            self.story(
                "of-made",
                "pages and filters of what is made for them",
                steps,
            )
        })
    }

    /// How many things are made: one more than a page usually has, where that is not too many.
    fn n_made(&self) -> usize {
        let usual = limit_of(self.operation).and_then(|(limit, _)| default_number(limit));
        let more = usual.filter(|usual| *usual < MOST_MADE);
        let more = more.and_then(|usual| usize::try_from(usual).ok());
        more.map_or(FIRST.len(), |usual| FIRST.len().max(usual + 1))
    }

    /// The query parameter of this name, however it is written.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a Field> {
        let mut query = self.operation.parameters.iter();
        let found = query
            .find(|known| known.place == Place::Query && letters(&known.field.name) == name)?;
        Some(&found.field)
    }

    /// Looks at the list and keeps the ids of its first items, and what they have in some members.
    pub(super) fn first(&self, members: &[&str]) -> ScenarioStep {
        let mut capture = Vec::new();
        for (nth, kept) in FIRST.iter().enumerate() {
            let at = |member: &str| format!("{}/{nth}/{member}", self.items);
            capture.push(((*kept).to_owned(), self.id_at(nth)));
            capture.extend(members.iter().map(|name| (value_of(kept, name), at(name))));
        }
        let order = order::stated(self.operation, &self.listing.items);
        ScenarioStep {
            capture,
            holds: order.map(|rule| self.hold(rule)).into_iter().collect(),
            ..self.asks("all are listed", Vec::new())
        }
    }

    /// Where the id of the `nth` item stands.
    fn id_at(&self, nth: usize) -> String {
        match self.listing.ids.0.last() {
            Some(Step::Name(member)) => format!("{}/{nth}/{member}", self.items),
            Some(Step::Items | Step::Key(_)) | None => format!("{}/{nth}", self.items),
        }
    }

    pub(super) fn asks(&self, title: &str, query: Vec<(String, Given)>) -> ScenarioStep {
        step(title, self.call(query), StepExpect::Accepted)
    }

    fn call(&self, query: Vec<(String, Given)>) -> Call {
        let mut call: Call = draft(self.operation);
        call.query
            .retain(|(known, _)| query.iter().all(|(name, _)| name != known));
        call.query.extend(query);
        call
    }

    pub(super) fn hold(&self, rule: HoldRule) -> Hold {
        Hold::here(self.items.clone(), rule)
    }

    pub(super) fn story(&self, name: &str, title: &str, steps: Vec<ScenarioStep>) -> Scenario {
        let parts = self.operation.path.parameters();
        Scenario {
            id: CaseId(format!("{}/scenario/{name}", self.operation.id)),
            operation: self.operation.id.clone(),
            title: title.to_owned(),
            take: parts.map(str::to_owned).collect(),
            steps,
        }
    }

    /// Looks at one of the first items alone.
    pub(super) fn show(&self, shows: &Operation, kept: &str) -> ScenarioStep {
        let mut call = draft(shows);
        call.path
            .push((self.name.to_owned(), Given::Kept(kept.to_owned())));
        ScenarioStep {
            optional: true,
            ..step(
                &format!("the {kept} one is shown"),
                call,
                StepExpect::Accepted,
            )
        }
    }
}

/// So many things are made, each with values of its own. One of them has longer numbers. No two fields bring them
/// to the same order, nor to the one in which they are made.
fn making(life: &Life<'_>, n: usize) -> Vec<ScenarioStep> {
    const LONG: usize = 9;
    let mut make = draft(life.makes);
    make_one(life.makes, &mut make);
    let (again, sent) = recall(&make);
    let steps = (1..=n).map(|nth| {
        let call = if nth == 1 { &make } else { &again };
        let which = |place: usize| match (place % 2, nth) {
            (0, 1) => 1,
            (0, 2) => LONG.max(n),
            (0, _) => nth - 1,
            (_, _) if nth == n => LONG.max(n),
            (_, _) if nth % 2 == 0 => nth - 1,
            (_, _) if nth + 1 < n => nth + 1,
            (_, _) => nth,
        };
        let call = values_each(life.makes, call.clone(), which);
        let call = marks::marked(life.makes, call, nth);
        let made = life.made(call);
        let places = made.capture.iter();
        ScenarioStep {
            capture: places
                .map(|(_, place)| (made_as(nth), place.clone()))
                .collect(),
            sent: if nth == 1 { sent.clone() } else { Vec::new() },
            expect: StepExpect::Either,
            ..made
        }
    });
    steps.collect()
}

fn removing(life: &Life<'_>, n: usize) -> Vec<ScenarioStep> {
    let steps = (1..=n).map(|nth| ScenarioStep {
        needed: None,
        expect: StepExpect::Either,
        optional: true,
        ..life.removed_as(&made_as(nth))
    });
    steps.collect()
}

/// The name under which the id of what was made is kept.
fn made_as(nth: usize) -> String {
    format!("made {nth}")
}

/// The name under which what a kept item has in a member is kept.
pub(super) fn value_of(kept: &str, member: &str) -> String {
    format!("{kept} {member}")
}

/// The name under which all but the end of a kept text is kept, too.
pub(super) fn part_of(kept: &str) -> String {
    format!("part of {kept}")
}

/// The name under which all but the beginning of a kept text is kept, too.
pub(super) fn end_of(kept: &str) -> String {
    format!("end of {kept}")
}

/// The name under which a kept text is kept with capitals for small letters, too, and the other way round.
pub(super) fn in_other_letters(kept: &str) -> String {
    format!("in other letters {kept}")
}

/// A text in other letters, as it is kept beside the text; none where it has no letters.
pub fn other_letters(name: &str, value: &Value) -> Option<(String, Value)> {
    let text = value.as_str()?;
    let turned = |c: char| match c.is_ascii_lowercase() {
        true => c.to_ascii_uppercase(),
        false => c.to_ascii_lowercase(),
    };
    let other: String = text.chars().map(turned).collect();
    (other != text).then(|| (in_other_letters(name), Value::from(other)))
}

/// A text without its end, and without its beginning, as they are kept beside the text; none where too little
/// would be left, or nothing that can be told from a pattern.
pub fn parts(name: &str, value: &Value) -> Vec<(String, Value)> {
    const LEAST: usize = 4;
    let text = value.as_str().filter(|text| text.chars().count() >= LEAST);
    let without = |text: &str, ends: [usize; 2]| -> String {
        let n_letters = text.chars().count();
        let letters = text.chars().skip(ends[0]);
        letters.take(n_letters - ends[0] - ends[1]).collect()
    };
    let parts = text.iter().flat_map(|text| {
        [
            (part_of(name), without(text, [0, 1])),
            (end_of(name), without(text, [1, 0])),
        ]
    });
    let is_plain = |part: &str| {
        part.chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c))
    };
    parts
        .filter(|(_, part)| is_plain(part))
        .map(|(name, part)| (name, Value::from(part)))
        .collect()
}

/// Whether an offset is the number of items before the page: 0 is said to be fine, or its default.
pub(super) fn counts_from_0(offset: &Field) -> bool {
    let from_0 = |said: &Statement| matches!(said.constraint, Constraint::Range { min: Some(min), .. } if min == 0.into());
    offset.statements.iter().any(from_0) || default_number(offset) == Some(0)
}

/// Whether a key names what a field shows: `created_at` what `created` does, `display_name` what `name`
/// does, `uuid` what `id` does.
fn is_key_of(key: &str, field: &str) -> bool {
    let (key, field) = (letters(key), letters(field));
    key == field
        || key == format!("{field}at")
        || key == format!("display{field}")
        || key == format!("uu{field}")
}

/// The documented default of a parameter, where it is a word.
fn default_text(parameter: &Field) -> Option<&str> {
    parameter.statements.iter().find_map(|said| {
        let Constraint::Default(Scalar::Text(text)) = &said.constraint else {
            return None;
        };
        Some(text.as_str())
    })
}

/// Whether things are usually sorted by a field of this name.
fn is_usual_key(name: &str) -> bool {
    const USUAL: [&str; 5] = ["id", "name", "createdat", "created", "updatedat"];
    USUAL.contains(&letters(name).as_str())
}

/// The words for both directions, the rising one first.
fn directions(order: &Field) -> Option<(String, String)> {
    const WORDS: [(&str, &str); 2] = [("asc", "desc"), ("ascending", "descending")];
    let listed = documented(order);
    let has = |word: &str| {
        let mut texts = listed.iter().filter_map(Value::as_str);
        texts
            .find(|known| known.eq_ignore_ascii_case(word))
            .map(str::to_owned)
    };
    if listed.is_empty() {
        return Some(("asc".to_owned(), "desc".to_owned()));
    }
    WORDS
        .iter()
        .find_map(|(rising, falling)| Some((has(rising)?, has(falling)?)))
}

/// The values that a document lists for a parameter.
pub(super) fn documented(parameter: &Field) -> Vec<Value> {
    let mut found = Vec::new();
    for statement in &parameter.statements {
        if let Constraint::Enum { values, .. } = &statement.constraint {
            found.extend(values.iter().filter_map(scalar_json));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, JobProtocol, sample};

    /// How many kettles are made for the list of them: there are seven on a usual page.
    fn n_made(in_jobs: bool) -> usize {
        let of_job = if in_jobs { "job_id" } else { "kettle.id" };
        let operations = [
            ("GET /v1/kettles", "", "kettles"),
            ("GET /v1/kettles/{kettle_id}", "", "kettle.id"),
            ("POST /v1/kettles", "kettle.lid", of_job),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
            ("GET /v1/jobs/{job_id}", "", "status kettle_id"),
        ];
        let operations =
            operations.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let said = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let list = &mut contract.operations[0];
        let shown = &mut list.response.as_mut().unwrap().fields[0];
        shown.kind = Kind::Array(Box::new(Kind::Object));
        let id = Field {
            name: "id".to_owned(),
            kind: Kind::String,
            ..shown.clone()
        };
        let mut limit = Field {
            name: "limit".to_owned(),
            kind: Kind::Integer,
            ..shown.clone()
        };
        shown.children = vec![id];
        limit.statements = vec![said(Constraint::Default(Scalar::Integer(7)))];
        let place = Place::Query;
        list.parameters.push(crate::contract::Parameter {
            place,
            field: limit,
        });
        if in_jobs {
            let makes = &mut contract.operations[2];
            makes.statements.push(said(Constraint::AsyncJob));
            contract.jobs = Some(JobProtocol {
                operation: contract.operations[4].id.clone(),
                id: "job_id".to_owned(),
                state: crate::contract::FieldPath::root("status"),
                running: vec!["RUNNING".to_owned()],
                succeeded: vec!["SUCCESS".to_owned()],
                failed: Vec::new(),
                reasons: Vec::new(),
                at: sample::at(),
            });
        }
        let stories = tell(pages, &contract);
        let of_made = stories
            .iter()
            .find(|story| story.id.0.ends_with("/of-made"));
        let steps = &of_made.expect("it is told of made ones, too").steps;
        let making = steps
            .iter()
            .filter(|step| step.call.operation == contract.operations[2].id);
        making.count()
    }

    #[test]
    fn of_what_takes_its_time_to_be_made_only_some_are_made() {
        assert_eq!(n_made(false), 8);
        assert_eq!(n_made(true), FIRST.len());
    }
}
