//! What a document's words for states are in answers.
//!
//! Main entry: [`translate`]. A constraint speaks of a state by its name ("空闲"); the text of a status
//! field explains the value that answers show (`IDLE`: 空闲). Then that value is what is needed, and
//! answers can be held to it. A name that no value has, or several have, stays as it is printed.

use std::collections::BTreeMap;

use super::lexicon::is_han;
use super::phrases;
use super::tables::TableRead;
use crate::contract::{Constraint, Operation, Scope};

/// Gives the states that preconditions call by their names the values that answers show.
pub fn translate(operations: &mut [Operation], tables: &[TableRead<'_>]) {
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
        let known = names(constraint).and_then(|names| shown(names, &values));
        let Constraint::Within { holds, .. } = constraint else {
            continue;
        };
        if let (Constraint::StatePrecondition { states, .. }, Some(known)) = (&mut **holds, known) {
            *states = known;
            **constraint = (**holds).clone();
        }
    }
}

/// The Chinese names of the states of a precondition that nothing shows.
fn names(constraint: &Constraint) -> Option<&[String]> {
    let Constraint::Within {
        scope: Scope::Case(_),
        holds,
    } = constraint
    else {
        return None;
    };
    let Constraint::StatePrecondition { states, .. } = &**holds else {
        return None;
    };
    states
        .iter()
        .all(|state| state.chars().all(is_han))
        .then_some(states)
}

/// The values of these names, where each has one.
fn shown(names: &[String], values: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
    let value = |name: &String| match values.get(name)?.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    names.iter().map(value).collect()
}

/// What fields of state explain: the values of each meaning.
fn values(tables: &[TableRead<'_>]) -> BTreeMap<String, Vec<String>> {
    let rows = tables.iter().flat_map(|read| &read.rows);
    let of_state = rows.filter(|row| {
        let name = row.name.to_lowercase();
        name.ends_with("status") || name.ends_with("state")
    });
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
}
