//! Tables that say in which states of a thing its operations may be called.
//!
//! Main entry: [`give`]. Such a table has states down and operations across, or the other way round, and a word for
//! yes or no in each cell. An operation is known by the title of its page: "Light" is "Lighting a Lamp". What a page
//! says of states in a sentence counts before what such a table says.

use super::sections::Page;
use super::state_lists::{is_headed_by_states, is_state};
use super::states::of_whole;
use super::tables::TableRead;
use crate::contract::{Constraint, Kind, Operation, Scalar, Statement, StatesRule, same_name};
use crate::document::Table;
use crate::source::{DocumentId, Provenance};

/// How the column of the operations is headed.
const OPERATIONS: [&str; 5] = ["operation", "action", "api", "操作", "接口"];
const YES: [&str; 9] = [
    "yes",
    "y",
    "allowed",
    "supported",
    "√",
    "✓",
    "是",
    "支持",
    "可以",
];
const NO: [&str; 12] = [
    "no",
    "n",
    "not allowed",
    "not supported",
    "×",
    "✗",
    "x",
    "否",
    "不支持",
    "不可",
    "不可以",
    "不允许",
];

/// What a table says of one operation: what it calls it, and the states in which it may be called.
struct Line {
    label: String,
    allowed: Vec<String>,
}

/// A table of states and operations.
struct Matrix {
    states: Vec<String>,
    lines: Vec<Line>,
    at: Provenance,
}

/// Says of each operation that such a table names in which states it may be called.
pub fn give(
    document: &DocumentId,
    (pages, tables): (&[Page<'_>], &[TableRead<'_>]),
    operations: &mut [Operation],
) {
    let found = tables
        .iter()
        .filter_map(|read| matrix(document, read.table));
    for matrix in found {
        let Some((thing, attribute)) = owner(&matrix.states, operations) else {
            continue;
        };
        let subject = format!("{thing}.{attribute}");
        for line in &matrix.lines {
            let is_told = !line.allowed.is_empty() && line.allowed.len() < matrix.states.len();
            let named = named(&line.label, &thing, pages, operations).filter(|_| is_told);
            if let Some(operation) = named.and_then(|place| operations.get_mut(place)) {
                operation.statements.push(Statement {
                    constraint: Constraint::StatePrecondition {
                        subject: subject.clone(),
                        rule: StatesRule::OneOf,
                        states: line.allowed.clone(),
                    },
                    at: matrix.at.clone(),
                    rule: "table.allowed-states".to_owned(),
                });
            }
        }
    }
}

fn matrix(document: &DocumentId, table: &Table) -> Option<Matrix> {
    let at = of_whole(document, table);
    let first = table.header.first()?.trim().to_lowercase();
    let label = |place: usize| {
        Some(
            table
                .rows
                .get(place)?
                .cells
                .first()?
                .text()
                .trim()
                .to_owned(),
        )
    };
    let is_allowed = |row: usize, column: usize| {
        let cell = table.rows.get(row)?.cells.get(column)?.text();
        let word = cell.trim().trim_end_matches('.').to_lowercase();
        let says = |words: &[&str]| words.contains(&word.as_str());
        (says(&YES) || says(&NO)).then(|| says(&YES))
    };
    let rows = || 0..table.rows.len();
    let columns = || 1..table.header.len();
    let lines: Vec<Line>;
    let states: Vec<String>;
    if is_headed_by_states(table) {
        states = rows().map(label).collect::<Option<_>>()?;
        let line = |column: usize| {
            let told: Vec<bool> = rows()
                .map(|row| is_allowed(row, column))
                .collect::<Option<_>>()?;
            Some(Line {
                label: table.header[column].trim().to_owned(),
                allowed: chosen(&states, &told),
            })
        };
        lines = columns().filter_map(line).collect();
    } else if OPERATIONS.contains(&first.as_str()) {
        states = columns()
            .map(|at| table.header[at].trim().to_owned())
            .collect();
        let line = |row: usize| {
            let told: Vec<bool> = columns()
                .map(|at| is_allowed(row, at))
                .collect::<Option<_>>()?;
            Some(Line {
                label: label(row)?,
                allowed: chosen(&states, &told),
            })
        };
        lines = rows().filter_map(line).collect();
    } else {
        return None;
    }
    let are_states = states.len() > 1 && states.iter().all(|state| is_state(state));
    (are_states && !lines.is_empty()).then_some(Matrix { states, lines, at })
}

fn chosen(states: &[String], told: &[bool]) -> Vec<String> {
    let both = states.iter().zip(told).filter(|(_, allowed)| **allowed);
    both.map(|(state, _)| state.clone()).collect()
}

/// The thing whose field of state may be just these, and what that field is called.
fn owner(states: &[String], operations: &[Operation]) -> Option<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for operation in operations {
        for (path, field) in operation.response_fields() {
            let names = path.names();
            let [.., thing, attribute] = names.as_slice() else {
                continue;
            };
            let lists = field.statements.iter().any(|said| {
                matches!(&said.constraint, Constraint::Enum { values, .. } if are_the_same(values, states))
            });
            // What a list shows is one of what its own operation shows.
            let is_own = lists && field.kind == Kind::String && takes(operation, thing);
            let owner = ((*thing).to_owned(), (*attribute).to_owned());
            if is_own && !found.contains(&owner) {
                found.push(owner);
            }
        }
    }
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn are_the_same(values: &[Scalar], states: &[String]) -> bool {
    let is_among = |value: &Scalar| matches!(value, Scalar::Text(text) if states.contains(text));
    values.len() == states.len() && values.iter().all(is_among)
}

/// Whether the path of an operation names such a thing.
fn takes(operation: &Operation, thing: &str) -> bool {
    let id = format!("{thing}_id");
    operation.path.parameters().any(|name| same_name(name, &id))
}

/// The one operation whose page is titled with these words, best with the word for the thing.
fn named(label: &str, thing: &str, pages: &[Page<'_>], operations: &[Operation]) -> Option<usize> {
    let wanted = stems(label);
    // What is done stands first in both: "Resize" is no "Querying Resize Flavors".
    let fits = |title: &[String], wanted: &[String]| {
        let is_same = !wanted.is_empty() && title.first() == wanted.first();
        is_same && wanted.iter().all(|stem| title.contains(stem))
    };
    let title = |operation: &Operation| {
        let page = pages.iter().rfind(|page| page.line <= operation.at.line);
        page.map(|page| stems(page.title)).unwrap_or_default()
    };
    let is_meant = |operation: &Operation| takes(operation, thing) && !operation.method.is_safe();
    let places = (0..operations.len()).filter(|place| is_meant(&operations[*place]));
    let found: Vec<usize> = places
        .filter(|place| fits(&title(&operations[*place]), &wanted))
        .collect();
    let of_thing = || {
        let with_thing = [wanted.clone(), stems(thing)].concat();
        let mut places = found
            .iter()
            .filter(|place| fits(&title(&operations[**place]), &with_thing));
        places.next().filter(|_| places.next().is_none())
    };
    let place = match found.as_slice() {
        [only] => *only,
        _ => *of_thing()?,
    };
    let says_states = operations[place].statements.iter().any(|said| {
        matches!(&said.constraint, Constraint::StatePrecondition { subject, .. } if subject.starts_with(&format!("{thing}.")))
    });
    (!says_states).then_some(place)
}

/// The stems of the words of a title: "Lighting a Lamp" and "light the lamps" have the same.
fn stems(text: &str) -> Vec<String> {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.map(str::to_lowercase);
    let words = words.filter(|word| !word.is_empty() && !ARTICLES.contains(&word.as_str()));
    words.map(|word| stem(&word)).collect()
}

/// A word without its ending: "planning", "plan" and "plans" are one, and so are "taking" and "take".
fn stem(word: &str) -> String {
    let word = word
        .strip_suffix('s')
        .filter(|stem| stem.len() > 2)
        .unwrap_or(word);
    let stem = word
        .strip_suffix("ing")
        .filter(|stem| stem.len() > 2)
        .unwrap_or(word);
    let stem = stem.strip_suffix('e').unwrap_or(stem);
    let mut letters = stem.chars().rev();
    let is_doubled = letters
        .next()
        .zip(letters.next())
        .is_some_and(|(last, before)| last == before);
    match is_doubled {
        true => stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_owned(),
        false => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use super::*;

    fn check(table: &str, expected: &[&str]) {
        let page = |title: &str, route: &str| {
            format!(
                "# {title}\n# URI\n{route}\n# Response\nTable 1-1 Response parameters\n| Parameter | Type | Description |\n| lamp | Object | The lamp. For details, see Table 1-2. |\nTable 1-2 lamp\n| Parameter | Type | Description |\n| state | String | The state. The value can be LIT, DARK, or BROKEN. |\n"
            )
        };
        let text = [
            page("1.1 Querying a Lamp", "GET /v1/lamps/{lamp_id}"),
            page("1.2 Quenching a Lamp", "POST /v1/lamps/{lamp_id}/quench"),
            page("1.3 Taking a Lamp Down", "POST /v1/lamps/{lamp_id}/down"),
            format!("# 2 Lamp States\nTable 2-1 What may be done\n{table}"),
        ];
        let contract = read(&document(&text.concat())).contract;
        let told = contract.operations.iter().flat_map(|operation| {
            let said = operation.statements.iter();
            said.filter_map(move |said| match &said.constraint {
                Constraint::StatePrecondition {
                    subject, states, ..
                } => Some(format!("{} {subject} {}", operation.id, states.join(" "))),
                _ => None,
            })
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_table_says_in_which_states_an_operation_may_be_called() {
        let expected = [
            "lamps.quench lamp.state LIT",
            "lamps.down lamp.state DARK BROKEN",
        ];
        check(
            "| State | Description | Quench | Take down |\n| LIT | It burns. | Yes | No |\n| DARK | It does not. | No | Yes |\n| BROKEN | It cannot. | No | Yes |\n",
            &expected,
        );
        check(
            "| Operation | LIT | DARK | BROKEN |\n| Quench the lamp | √ | × | × |\n| Take a lamp down | × | √ | √ |\n",
            &expected,
        );
        // States of nothing, and words that are no answer.
        check("| State | Quench |\n| FULL | Yes |\n| EMPTY | No |\n", &[]);
        check(
            "| State | Quench |\n| LIT | Yes |\n| DARK | Perhaps |\n| BROKEN | No |\n",
            &[],
        );
    }

    #[test]
    fn words_are_known_by_their_stems() {
        for (one, other) in [
            ("planning", "plan"),
            ("taking", "take"),
            ("lamps", "lamp"),
            ("modifying", "modify"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }
}
