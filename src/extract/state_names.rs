//! What a document's words for states are in answers.
//!
//! Main entry: [`translate`]. A constraint speaks of a state by its name ("空闲"); the text of a status
//! field explains the value that answers show (`IDLE`: 空闲). Then that value is what is needed, and
//! answers can be held to it. A name that no value has, or several have, stays as it is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::is_han;
use super::phrases;
use super::tables::TableRead;
use crate::contract::{Constraint, Operation, Scalar, Scope, UNSEEN};

/// Gives the states that preconditions call by their names the values that answers show.
pub fn translate(operations: &mut [Operation], tables: &[TableRead<'_>]) {
    let shown = states_of(operations);
    let statements = operations
        .iter_mut()
        .flat_map(|operation| &mut operation.statements);
    let mut named: Vec<&mut Constraint> = statements
        .map(|statement| &mut statement.constraint)
        .filter(|constraint| names(constraint).is_some())
        .collect();
    if named.is_empty() {
        return;
    }
    let values = values(tables);
    for constraint in &mut named {
        let value = |name: &String| match name.is_ascii() {
            true => in_english(name, &shown),
            false => value(name, &values),
        };
        let known = names(constraint).and_then(|names| names.iter().map(value).collect());
        let Constraint::Within { holds, .. } = constraint else {
            continue;
        };
        if let (Constraint::StatePrecondition { states, .. }, Some(known)) = (&mut **holds, known) {
            *states = known;
            **constraint = (**holds).clone();
        }
    }
}

/// The names of the states of a precondition that nothing shows.
fn names(constraint: &Constraint) -> Option<&[String]> {
    let Constraint::Within {
        scope: Scope::Case(case),
        holds,
    } = constraint
    else {
        return None;
    };
    let Constraint::StatePrecondition { states, .. } = &**holds else {
        return None;
    };
    if case != UNSEEN {
        return None;
    }
    let is_word = |state: &String| {
        state.chars().all(is_han)
            || state
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b' ')
    };
    states.iter().all(is_word).then_some(states)
}

/// The value of a name that has just one.
fn value(name: &String, values: &BTreeMap<String, Vec<String>>) -> Option<String> {
    match values.get(name)?.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The state that an English word tells of: `LIT` of a lit lamp, `PAINTING` of one that is being painted.
fn in_english(word: &str, shown: &BTreeSet<String>) -> Option<String> {
    let stem =
        |word: &str, ending: &str| word.to_lowercase().strip_suffix(ending).map(str::to_owned);
    let tells = |state: &&String| match word.strip_prefix("being ") {
        Some(done) => stem(done, "ed").is_some_and(|stem_of| stem(state, "ing") == Some(stem_of)),
        None => state.eq_ignore_ascii_case(word),
    };
    let mut told = shown.iter().filter(tells);
    told.next().filter(|_| told.next().is_none()).cloned()
}

/// The states that a document names in capitals: what preconditions say, and what fields of state may be.
fn states_of(operations: &[Operation]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for operation in operations {
        for said in &operation.statements {
            if let Constraint::StatePrecondition { states, .. } = &said.constraint {
                found.extend(states.iter().cloned());
            }
        }
        let fields = operation.response_fields().into_iter();
        let of_state = fields.filter(|(path, _)| is_of_state(path.leaf()));
        for said in of_state.flat_map(|(_, field)| &field.statements) {
            if let Constraint::Enum { values, .. } = &said.constraint {
                let words = values.iter().filter_map(|value| match value {
                    Scalar::Text(word) => Some(word.clone()),
                    _ => None,
                });
                found.extend(words);
            }
        }
    }
    found.retain(|state| {
        state.len() > 1 && !state.contains(|c: char| c.is_lowercase() || is_han(c))
    });
    found
}

fn is_of_state(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with("status") || name.ends_with("state")
}

/// What fields of state explain: the values of each meaning.
fn values(tables: &[TableRead<'_>]) -> BTreeMap<String, Vec<String>> {
    let rows = tables.iter().flat_map(|read| &read.rows);
    let of_state = rows.filter(|row| is_of_state(&row.name));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (value, meaning) in of_state.flat_map(|row| phrases::glosses(&row.prose)) {
        for part in meaning.split(['/', '、', ',']) {
            let name = part.trim().trim_end_matches(['。', '；']);
            let known = found.entry(name.to_owned()).or_default();
            if !known.contains(&value) {
                known.push(value.clone());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use crate::contract::Constraint;

    #[test]
    fn states_are_what_answers_show() {
        let page = "# 1.1 点灯塔
# 功能介绍
点亮一座灯塔。
# 约束
仅当灯塔处于空闲状态时才可点灯。处于封存状态的灯塔不支持点灯。
# URI
POST /v1/towers/{tower_id}/lamps
# 响应消息
Table 1-1 响应参数
| 参数 | 参数类型 | 描述 |
| status | String | 灯塔状态。IDLE：空闲。LIT：点亮。 |
";
        let contract = read(&document(page)).contract;
        let said = contract.operations[0].statements.iter();
        let states: Vec<String> = said
            .map(|said| match &said.constraint {
                Constraint::StatePrecondition { states, .. } => states.join(" "),
                other => other.word().to_owned(),
            })
            .collect();
        assert_eq!(states, ["IDLE", "within"]);
    }

    #[test]
    fn a_state_besides_others_is_not_the_only_one() {
        let page = "# 1.1 点灯塔
# 功能介绍
点亮一座灯塔。
# 约束
灯塔状态为idle时支持换芯。
# URI
POST /v1/towers/{tower_id}/lamps
# 响应消息
Table 1-1 响应参数
| 参数 | 参数类型 | 描述 |
| status | String | 灯塔状态。IDLE：空闲。LIT：点亮。 |
";
        let contract = read(&document(page)).contract;
        let said = contract.operations[0].statements.iter();
        let words: Vec<&str> = said.map(|said| said.constraint.word()).collect();
        assert_eq!(words, ["within"]);
    }

    #[test]
    fn whose_state_it_is_stands_before_the_list() {
        let page = "# 1.1 点灯塔
# 功能介绍
点亮一座灯塔。
点灯前请确认灯塔的状态满足以下条件：

status=IDLE

# URI
POST /v1/towers/{tower_id}/lamps
";
        let contract = read(&document(page)).contract;
        let said = contract.operations[0].statements.iter();
        let subjects: Vec<&str> = said
            .filter_map(|said| match &said.constraint {
                Constraint::StatePrecondition { subject, .. } => Some(subject.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(subjects, ["灯塔.status"]);
    }

    #[test]
    fn words_for_what_was_done_are_states_in_capitals() {
        let page = "# 1.1 Hanging a Lamp
# Function
This API is used to hang a lamp.
# Constraints
Only lamps in the **DARK** status can be hung.
# URI
POST /v1/lamps/{lamp_id}/hang
# 1.2 Deleting a Lamp
# Function
This API is used to delete a lamp.
# Constraints
A dark lamp that is being painted cannot be deleted.
A lamp that is being cleaned cannot be deleted.
# URI
DELETE /v1/lamps/{lamp_id}
# 1.3 Querying a Lamp
# URI
GET /v1/lamps/{lamp_id}
# Response
Table 1-1 Response parameters
| Parameter | Type | Description |
| status | String | The state of the lamp. The value can be **DARK**, **CLEANING**, or **LIT**. |
";
        let contract = read(&document(page)).contract;
        let said = contract.operations[1].statements.iter();
        let states: Vec<String> = said
            .map(|said| match &said.constraint {
                Constraint::StatePrecondition { states, .. } => states.join(" "),
                other => other.word().to_owned(),
            })
            .collect();
        assert_eq!(states, ["within", "CLEANING"]);
    }
}
