//! A number beside a list counts what the list shows.

use serde_json::{Map, Value};

use super::{Answer, Check, Trial};
use crate::case::scenario::{is_paged, limit_of};
use crate::contract::{Constraint, Field, FieldPath, Kind, Operation, Scalar};
use crate::finding::{Finding, Severity};

pub(super) struct ListedCount;

impl Check for ListedCount {
    fn code(&self) -> &'static str {
        "listed_count"
    }

    fn title(&self) -> &'static str {
        "a number that counts a list is the number of its items"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: `count` or `total` beside the one list of an answer, and `lamps_total` beside `lamps`, \
         say how many there are.\n\
         Broken: the number is smaller than what is listed; or another one, although the list is whole.\n\
         Example: `\"count\": 3` beside two lamps.\n\
         Less than sure: where a list comes in pages or was asked for with a filter, the number may be larger."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let told = trial.answers().filter(|answer| answer.accepted());
        let mut findings = Vec::new();
        for answer in told {
            for counted in counters(answer.operation) {
                findings.extend(self.compare(trial, answer, &counted));
            }
        }
        findings
    }
}

impl ListedCount {
    fn compare(
        &self,
        trial: &Trial<'_>,
        answer: &Answer<'_>,
        counter: &Counter<'_>,
    ) -> Option<Finding> {
        let holder = counter.holder(answer.json()?)?;
        let told = holder.get(&counter.field.name)?.as_u64()?;
        let n_items = holder.get(counter.list)?.as_array()?.len() as u64;
        let wrong = if counter.inside || is_whole(answer, n_items) {
            told != n_items
        } else {
            told < n_items
        };
        wrong.then(|| Finding {
            field: Some(counter.path.clone()),
            title: format!("does not count `{}`", counter.list),
            promise: format!("`{}` is the number of `{}`", counter.path, counter.list),
            sources: vec![counter.field.at.clone()],
            expected: n_items.to_string(),
            seen: told.to_string(),
            ..trial.finding(self, answer)
        })
    }
}

/// A field that counts a list beside it.
struct Counter<'a> {
    path: FieldPath,
    field: &'a Field,
    list: &'a str,
    /// Whether it stands inside of one thing, which is always shown whole.
    inside: bool,
}

impl Counter<'_> {
    /// The object of a body that has both.
    fn holder<'b>(&self, body: &'b Value) -> Option<&'b Map<String, Value>> {
        let around = &self.path.0[..self.path.0.len() - 1];
        let place = around.iter().try_fold(body, |place, step| match step {
            crate::contract::Step::Name(name) => place.get(name),
            crate::contract::Step::Items | crate::contract::Step::Key(_) => None,
        })?;
        place.as_object()
    }
}

/// The fields of an answer that count a list beside them.
fn counters(operation: &Operation) -> Vec<Counter<'_>> {
    let fields = operation.response_fields();
    let lists: Vec<(&FieldPath, &Field)> = fields
        .iter()
        .filter(|(_, field)| matches!(field.kind, Kind::Array(_)))
        .map(|(path, field)| (path, *field))
        .collect();
    let numbers = fields
        .iter()
        .filter(|(_, field)| field.kind == Kind::Integer && field.other_kinds.is_empty());
    let found = numbers.filter_map(|(path, field)| {
        let beside = |list: &&(&FieldPath, &Field)| is_beside(path, list.0);
        let mut near = lists.iter().filter(beside);
        let only = near.next().filter(|_| near.next().is_none());
        let named = lists
            .iter()
            .filter(beside)
            .find(|(_, list)| counts_list(&field.name, &list.name));
        let (_, list) = named.or(only.filter(|_| counts_all(&field.name) && path.0.len() == 1))?;
        Some(Counter {
            path: path.clone(),
            field,
            list: &list.name,
            inside: path.0.len() > 1,
        })
    });
    found.collect()
}

fn is_beside(one: &FieldPath, other: &FieldPath) -> bool {
    one.0.len() == other.0.len() && one.0[..one.0.len() - 1] == other.0[..other.0.len() - 1]
}

/// Whether a name says that it counts the only list there is: `count`, `totalCount`.
fn counts_all(name: &str) -> bool {
    ["count", "total", "totalcount", "totalnum", "totalnumber"].contains(&letters(name).as_str())
}

/// Whether a name says that it counts the list of this name: `lamps_total`, `lampCount`, `total_lamps`.
fn counts_list(name: &str, list: &str) -> bool {
    let (name, list) = (letters(name), letters(list));
    let stem = list.strip_suffix('s').unwrap_or(&list);
    let rest = name.replacen(&list, "", 1).replacen(stem, "", 1);
    name.len() > rest.len()
        && ["total", "count", "num", "totalcount", "number"].contains(&rest.as_str())
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether an answer shows all that there is: nobody chose among it, and there is room for more on the
/// page.
fn is_whole(answer: &Answer<'_>, n_items: u64) -> bool {
    let operation = answer.operation;
    let target = &answer.exchange.request.target;
    let query = target.split_once('?').map_or("", |(_, query)| query);
    if !operation.method.is_safe() {
        // What else it is asked for stands in the body.
        return false;
    }
    if !is_paged(operation) {
        return query.is_empty();
    }
    let usual = limit_of(operation).and_then(|(limit, _)| default_of(limit));
    query.is_empty() && usual.is_some_and(|usual| n_items < usual)
}

/// The documented default of a number.
fn default_of(field: &Field) -> Option<u64> {
    field
        .statements
        .iter()
        .find_map(|said| match &said.constraint {
            Constraint::Default(Scalar::Integer(value)) => u64::try_from(*value).ok(),
            Constraint::Default(Scalar::Text(text)) => text.parse().ok(),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    /// Which field counts which list.
    fn counters_of(fields: &[(&str, Kind)]) -> Vec<String> {
        let printed: Vec<&str> = fields.iter().map(|(path, _)| *path).collect();
        let mut operation = sample::operation("GET /v1/lamps", "", &printed.join(" "));
        fn set(fields: &mut [Field], path: &str, kind: &Kind) {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            let field = fields.iter_mut().find(|field| field.name == name).unwrap();
            if rest.is_empty() {
                field.kind = kind.clone();
            } else {
                set(&mut field.children, rest, kind);
            }
        }
        for (path, kind) in fields {
            set(&mut operation.response.as_mut().unwrap().fields, path, kind);
        }
        let counters = counters(&operation).into_iter();
        counters
            .map(|counter| format!("{} counts {}", counter.path, counter.list))
            .collect()
    }

    #[test]
    fn a_number_counts_the_list_that_it_is_called_after_or_the_only_one() {
        let list = || Kind::Array(Box::new(Kind::Object));
        let number = || Kind::Integer;
        let cases: [(&[(&str, Kind)], &[&str]); 5] = [
            (
                &[("lamps", list()), ("count", number())],
                &["count counts lamps"],
            ),
            (&[("lamps", list()), ("watts", number())], &[]),
            (
                &[("lamps", list()), ("wicks", list()), ("total", number())],
                &[],
            ),
            (
                &[
                    ("lamps", list()),
                    ("wicks", list()),
                    ("wicks_total", number()),
                ],
                &["wicks_total counts wicks"],
            ),
            (
                &[("light.lamps", list()), ("light.lampCount", number())],
                &["light.lampCount counts lamps"],
            ),
        ];
        for (fields, expected) in cases {
            assert_eq!(counters_of(fields), expected);
        }
    }
}
