//! A number beside a list counts what the list shows.

use serde_json::Value;

use super::{Answer, Check, Trial};
use crate::case::scenario::{default_number, is_paged, limit_of};
use crate::contract::{
    COUNTS_ALL_PAGES, COUNTS_MATCHES, COUNTS_PAGE, FINDS_ALL, FINDS_ANY, FINDS_PARTS, FINDS_WHOLE,
    Field, FieldPath, Kind, Operation, Step, letters,
};
use crate::finding::{Finding, Severity};

pub(super) struct ListedCount;

/// What documents say of numbers that count lists.
const TOLD: [&str; 3] = [COUNTS_ALL_PAGES, COUNTS_MATCHES, COUNTS_PAGE];

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
         Less than sure: where a list comes in pages or was asked for with a filter, the number may be larger, \
         unless its description says that it counts the page, or just what matches."
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
        let (told, n_items) = miscounted(answer, counter)?;
        Some(Finding {
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

/// What an answer says and how many there are, where those cannot both be right.
fn miscounted(answer: &Answer<'_>, counter: &Counter<'_>) -> Option<(u64, u64)> {
    let body = answer.json()?;
    let told = at(body, &counter.path)?.as_u64()?;
    let n_items = at(body, &counter.list)?.as_array()?.len() as u64;
    let is_of_page = counter.field.says(COUNTS_PAGE);
    let exact = counter.inside || is_of_page || is_whole(answer, counter, n_items);
    let wrong = if exact {
        told != n_items
    } else {
        told < n_items
    };
    wrong.then_some((told, n_items))
}

/// A field that counts a list beside it.
struct Counter<'a> {
    path: FieldPath,
    field: &'a Field,
    list: FieldPath,
    /// Whether it stands inside of one thing, which is always shown whole.
    inside: bool,
}

/// What stands at a path of members.
fn at<'b>(body: &'b Value, path: &FieldPath) -> Option<&'b Value> {
    path.0.iter().try_fold(body, |place, step| match step {
        Step::Name(name) => place.get(name),
        Step::Items | Step::Key(_) => None,
    })
}

/// The fields of an answer that count a list beside them.
fn counters(operation: &Operation) -> Vec<Counter<'_>> {
    let shown = operation.response.as_ref();
    if !shown.is_some_and(|body| body.fields.iter().any(may_count)) {
        return Vec::new();
    }
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
        let at_root = only.filter(|_| counts_all(&field.name) && path.0.len() == 1);
        if let Some((list, _)) = named.or(at_root) {
            return Some(Counter {
                path: path.clone(),
                field,
                list: (*list).clone(),
                inside: path.0.len() > 1,
            });
        }
        // What is about the page may stand apart from the list.
        let mut roots = lists.iter().filter(|(list, _)| list.0.len() == 1);
        let (list, _) = roots.next().filter(|_| roots.next().is_none())?;
        let is_told = TOLD.iter().any(|remark| field.says(remark));
        (is_told && path.0.len() <= 2).then(|| Counter {
            path: path.clone(),
            field,
            list: (*list).clone(),
            inside: false,
        })
    });
    found.collect()
}

/// Whether a field, or one inside of it, is a number that may count something: most answers have none.
fn may_count(field: &Field) -> bool {
    const WORDS: [&str; 3] = ["count", "total", "num"];
    let own = field.kind == Kind::Integer && {
        let name = letters(&field.name);
        let is_told = TOLD.iter().any(|remark| field.says(remark));
        is_told || WORDS.iter().any(|word| name.contains(word))
    };
    own || field.children.iter().any(may_count)
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

/// Whether an answer shows all that a number counts: there is room for more on the page, which is the first
/// one, and nobody chose among the rest, unless the number is of what was chosen.
fn is_whole(answer: &Answer<'_>, counter: &Counter<'_>, n_items: u64) -> bool {
    let operation = answer.operation;
    let target = &answer.exchange.request.target;
    let query = target.split_once('?').map_or("", |(_, query)| query);
    if !operation.method.is_safe() {
        // What else it is asked for stands in the body.
        return false;
    }
    let limit = limit_of(operation).map(|(limit, _)| limit);
    let mut page = limit.and_then(default_number);
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if limit.is_some_and(|limit| limit.name == name) {
            page = value.parse().ok();
        } else if !counter.field.says(COUNTS_MATCHES) || !is_filter(operation, &counter.list, name)
        {
            return false;
        }
    }
    match is_paged(operation) {
        true => page.is_some_and(|page| n_items < page),
        false => true,
    }
}

/// Whether a parameter surely chooses among the items of a list, by one of their members or as its document
/// says; any other may lead to another page than the first.
fn is_filter(operation: &Operation, list: &FieldPath, name: &str) -> bool {
    const FINDS: [&str; 4] = [FINDS_ALL, FINDS_ANY, FINDS_PARTS, FINDS_WHOLE];
    let mut query = operation.parameters.iter();
    let is_told = query.any(|known| {
        known.field.name == name && FINDS.iter().any(|remark| known.field.says(remark))
    });
    let fields = operation.response_fields().into_iter();
    let mut members = fields
        .filter(|(path, _)| *path == *list)
        .flat_map(|(_, list)| &list.children);
    is_told || members.any(|member| letters(&member.name) == letters(name))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::case::Expect;
    use crate::check::Judge;
    use crate::contract::{Constraint, Parameter, Place, Scalar, Statement, sample};
    use crate::wire::{Exchange, Headers, Request, Response};

    /// Which field of an answer counts which list.
    fn counters_of(fields: &[(&str, Kind)]) -> Vec<String> {
        let printed: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let mut operation = sample::operation("GET /v1/lamps", "", &printed.join(" "));
        let body = operation.response.as_mut().unwrap();
        for (field, (_, kind)) in body.fields.iter_mut().zip(fields) {
            field.kind = kind.clone();
        }
        let counters = counters(&operation).into_iter();
        counters
            .map(|counter| format!("{} counts {}", counter.path, counter.list))
            .collect()
    }

    #[test]
    fn a_number_counts_the_list_that_it_is_called_after_or_the_only_one() {
        let lamps = ("lamps", Kind::Array(Box::new(Kind::Object)));
        let wicks = ("wicks", Kind::Array(Box::new(Kind::String)));
        let number = |name| (name, Kind::Integer);
        let only = [lamps.clone(), number("count")];
        assert_eq!(counters_of(&only), ["count counts lamps"]);
        assert_eq!(counters_of(&[lamps.clone(), number("watts")]), [""; 0]);
        let two = [lamps.clone(), wicks.clone(), number("total")];
        assert_eq!(counters_of(&two), [""; 0]);
        let two = [lamps, wicks, number("wicks_total")];
        assert_eq!(counters_of(&two), ["wicks_total counts wicks"]);
    }

    #[test]
    fn what_is_said_to_count_counts_whatever_it_is_called() {
        let mut operation = sample::operation("GET /v1/lamps", "", "lamps.id hits");
        let fields = &mut operation.response.as_mut().unwrap().fields;
        fields[0].kind = Kind::Array(Box::new(Kind::Object));
        fields[1].kind = Kind::Integer;
        assert!(counters(&operation).is_empty());
        let fields = &mut operation.response.as_mut().unwrap().fields;
        let at = fields[1].at.clone();
        fields[1].statements.push(Statement {
            constraint: Constraint::Other(COUNTS_PAGE.to_owned()),
            at,
            rule: "test".to_owned(),
        });
        assert_eq!(counters(&operation).len(), 1);
    }

    #[test]
    fn a_name_says_what_it_counts() {
        for name in ["lamps_total", "lampCount", "total_lamps", "lamp_num"] {
            assert!(counts_list(name, "lamps"), "{name}");
        }
        for name in ["total", "lamp_id", "watts_total", "lamps"] {
            assert!(!counts_list(name, "lamps"), "{name}");
        }
    }

    /// What is wrong with an answer to GET with this query, of an operation with these parameters.
    #[track_caller]
    fn check_answer(parameters: &[&str], query: &str, body: &str, expected: Option<(u64, u64)>) {
        check_told("unit lamps", parameters, query, body, expected);
    }

    /// The same where this is said of the number.
    #[track_caller]
    fn check_told(
        remark: &str,
        parameters: &[&str],
        query: &str,
        body: &str,
        expected: Option<(u64, u64)>,
    ) {
        let mut operation = sample::operation("GET /v1/lamps", "", "lamps.colour count");
        let fields = &mut operation.response.as_mut().unwrap().fields;
        let text = fields[1].clone();
        fields[0].kind = Kind::Array(Box::new(Kind::Object));
        fields[1].kind = Kind::Integer;
        fields[1].statements.push(Statement {
            constraint: Constraint::Other(remark.to_owned()),
            at: text.at.clone(),
            rule: "test".to_owned(),
        });
        operation.parameters = parameters
            .iter()
            .map(|name| Parameter {
                place: Place::Query,
                field: Field {
                    name: (*name).to_owned(),
                    kind: Kind::Integer,
                    statements: vec![Statement {
                        constraint: Constraint::Default(Scalar::Integer(3)),
                        at: text.at.clone(),
                        rule: "test".to_owned(),
                    }],
                    ..text.clone()
                },
            })
            .collect();
        let contract = sample::contract(vec![operation]);
        let judge = Judge::new(&contract, None, false);
        let operation = &contract.operations[0];
        let exchange = Exchange {
            request: Request::new(operation.method, format!("/v1/lamps{query}")),
            outcome: Ok(Response {
                status: 200,
                headers: Headers::default(),
                body: body.to_owned().into(),
            }),
            elapsed: Duration::ZERO,
        };
        let answer = judge.answer(operation, exchange, Expect::Accepted);
        let counters = counters(operation);
        assert_eq!(
            miscounted(&answer, &counters[0]),
            expected,
            "{query} {body}"
        );
    }

    #[test]
    fn a_whole_list_has_as_many_as_are_counted_and_a_page_no_more() {
        let one_of = |count: u64| format!(r#"{{"lamps": [{{}}], "count": {count}}}"#);
        check_answer(&[], "", &one_of(1), None);
        check_answer(&[], "", &one_of(2), Some((2, 1)));
        check_answer(&[], "?colour=red", &one_of(2), None);
        check_answer(&[], "?colour=red", &one_of(0), Some((0, 1)));
        // Three are on a page where nobody says how many.
        check_answer(&["limit"], "", &one_of(2), Some((2, 1)));
        check_answer(&["limit"], "?limit=1", &one_of(2), None);
        let full = r#"{"lamps": [{}, {}, {}], "count": 7}"#;
        check_answer(&["limit"], "", full, None);
    }
    #[test]
    fn a_number_counts_what_is_said_of_it() {
        let one_of = |count: u64| format!(r#"{{"lamps": [{{}}], "count": {count}}}"#);
        let matches = |query: &str, count: u64, expected: Option<(u64, u64)>| {
            check_told(COUNTS_MATCHES, &["limit"], query, &one_of(count), expected);
        };
        matches("?colour=red", 2, Some((2, 1)));
        matches("?colour=red", 1, None);
        matches("?colour=red&limit=1", 2, None);
        for page in ["marker", "skip", "after", "last_id", "previous", "begin"] {
            matches(&format!("?colour=red&{page}=1"), 2, None);
        }
        let page = |count: u64, expected: Option<(u64, u64)>| {
            check_told(
                COUNTS_PAGE,
                &["limit"],
                "?limit=1",
                &one_of(count),
                expected,
            );
        };
        page(1, None);
        page(2, Some((2, 1)));
    }
}
