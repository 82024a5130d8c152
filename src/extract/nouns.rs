//! What a document's words for things are called in its paths.
//!
//! Main entry: [`translate`]. A page says of `garden_id` that it is "茶园ID": then what it says of the
//! state of a 茶园, and of how many there may be, is said of a garden. A word that no parameter
//! explains stays as it is printed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lexicon::is_han;
use super::pattern::{Pattern, compile};
use super::tables::{Role, TableRead};
use crate::contract::{Constraint, IN_USE, Operation, going_with};

/// "茶园ID。", "茶园的ID": the word for the thing that an id names.
static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"^(?:指定|所属|要\p{Han}{2}的)?(?P<noun>\p{Han}{1,8}?)的?\s*(?:ID|Id|id)\b")
});

/// Words that count things stand before them.
const COUNTING: &str = "座个台块张条只间份把件";

/// Gives the things that state preconditions, quotas and removals speak of the names that paths have for them.
pub fn translate(operations: &mut [Operation], tables: &[TableRead<'_>]) {
    let nouns = nouns(tables);
    if nouns.is_empty() {
        return;
    }
    let called = |printed: &str| {
        let plain = printed.trim_start_matches(|c| COUNTING.contains(c));
        nouns.get(printed).or_else(|| nouns.get(plain)).cloned()
    };
    let statements = operations
        .iter_mut()
        .flat_map(|operation| &mut operation.statements);
    for statement in statements {
        let needed = match &mut statement.constraint {
            Constraint::Within { holds, .. } => holds,
            constraint => constraint,
        };
        if let Constraint::StatePrecondition { subject, .. } = needed
            && let Some((noun, attribute)) = subject.split_once('.')
            && let Some(thing) = called(noun)
        {
            *subject = format!("{thing}.{attribute}");
        }
        if let Some(by) = statement.constraint.in_use_by()
            && let Some(thing) = called(by)
        {
            statement.constraint = Constraint::Other(format!("{IN_USE}: {thing}"));
        }
        let gone: Vec<&str> = statement.constraint.goes_with().collect();
        if !gone.is_empty() {
            let plural = |noun: &&str| called(noun).map_or((*noun).to_owned(), |noun| noun + "s");
            let gone: Vec<String> = gone.iter().map(plural).collect();
            statement.constraint = going_with(&gone);
        }
        if let Constraint::Quota { of, .. } = &mut statement.constraint {
            let (counted, owner) = of.split_once(" per ").unwrap_or((of, ""));
            let counted = called(counted).map_or(counted.to_owned(), |noun| noun + "s");
            let owner = called(owner).unwrap_or(owner.to_owned());
            *of = match owner.as_str() {
                "" => counted,
                owner => format!("{counted} per {owner}"),
            };
        }
    }
}

/// The words for things, each with what paths call them.
fn nouns(tables: &[TableRead<'_>]) -> BTreeMap<String, String> {
    let of_paths = tables.iter().filter(|read| read.role == Role::Path);
    let mut found = BTreeMap::new();
    for row in of_paths.flat_map(|read| &read.rows) {
        let name = row.name.trim_end_matches("_id").trim_end_matches("Id");
        let text = row.prose.pieces.first().map_or("", |piece| &piece.text);
        let noun = NAMED.captures(text).map(|noun| noun["noun"].to_owned());
        if let (Some(noun), true) = (noun, name.len() < row.name.len()) {
            debug_assert!(noun.chars().all(is_han), "a word for a thing is Chinese");
            found.entry(noun).or_insert_with(|| name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use crate::contract::Constraint;

    #[test]
    fn things_are_called_as_in_paths() {
        let page = "# 1.1 熄灯塔
# 功能介绍
熄灭一座灯塔。
# 约束
只有状态为LIT的灯塔才能熄灭。
仅当灯塔状态为DARK时，才允许修改depth。
灯塔删除后，灯塔的灯罩一并删除。
# URI
POST /v1/towers/{tower_id}/lamps
Table 1-1 参数说明
| 参数 | 是否必选 | 描述 |
| tower_id | 是 | 灯塔ID。 |
| lamp_id | 是 | 灯罩ID。 |
";
        let contract = read(&document(page)).contract;
        let said = &contract.operations[0].statements;
        let subjects = said.iter().filter_map(|said| {
            let needed = match &said.constraint {
                Constraint::Within { holds, .. } => holds,
                constraint => constraint,
            };
            if let Constraint::StatePrecondition { subject, .. } = needed {
                Some(subject.as_str())
            } else {
                None
            }
        });
        assert_eq!(subjects.collect::<Vec<_>>(), ["tower.status"; 2]);
        let gone = said.iter().flat_map(|said| said.constraint.goes_with());
        assert_eq!(gone.collect::<Vec<_>>(), ["lamps"]);
    }
}
