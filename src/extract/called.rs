//! What a document's words for attributes are called in its tables: where a row says of `code` that it is the
//! 灯号, a list that is sorted by 灯号 comes in the order of `code`.
//!
//! Main entry: [`translate`]. Only a word that begins the text of just one field is understood; any other stays
//! as it is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::constraints::descend;
use super::lexicon::is_han;
use super::tables::TableRead;
use crate::contract::{
    BOUND_TO_NOW, Constraint, FieldPath, NEVER_CHANGED, Operation, Scope, Statement, StatesRule,
    Step, letters, not_if, only_if, sorted_by,
};

/// Gives what is said of attributes by the words for them the names that fields have, or the field itself.
pub fn translate(operations: &mut [Operation], tables: &[TableRead<'_>]) {
    let words = words(tables);
    for operation in operations {
        name_keys(operation, &words);
        name_fixed(operation, &words);
        bind(operation, &words);
        need(operation, &words);
    }
}

/// The words that begin the texts of rows, by the lines of the rows.
fn words(tables: &[TableRead<'_>]) -> BTreeMap<u32, String> {
    let rows = tables.iter().flat_map(|read| &read.rows);
    let words = rows.filter_map(|row| {
        let text = &row.prose.pieces.first()?.text;
        let word = text.split(|c: char| !is_han(c)).next()?;
        // "The depth after the change" is called depth.
        let word = word.split_once("后的").map_or(word, |(_, word)| word);
        let word = word.trim_start_matches("新的").trim_end_matches('的');
        Some((row.line, word.to_owned()))
    });
    words.filter(|(_, word)| !word.is_empty()).collect()
}

/// A list is sorted by a field of what it lists.
fn name_keys(operation: &mut Operation, words: &BTreeMap<u32, String>) {
    let shown = operation.response_fields();
    let listed = shown
        .iter()
        .filter(|(path, _)| path.0.contains(&Step::Items));
    let listed: Vec<(String, String)> = listed
        .filter_map(|(path, field)| {
            Some((words.get(&field.at.line)?.clone(), path.leaf().to_owned()))
        })
        .collect();
    for statement in &mut operation.statements {
        if let Some((key, rising)) = statement.constraint.sorts()
            && let Some(name) = only(listed.iter().filter(|(word, _)| word == key))
        {
            statement.constraint = sorted_by(&name, Some(rising));
        }
    }
}

/// What can never be changed is a field that is shown or made.
fn name_fixed(operation: &mut Operation, words: &BTreeMap<u32, String>) {
    let both = [operation.response_fields(), operation.request_fields()].concat();
    let known: Vec<(String, String)> = both
        .iter()
        .filter_map(|(path, field)| {
            Some((words.get(&field.at.line)?.clone(), path.leaf().to_owned()))
        })
        .collect();
    for statement in &mut operation.statements {
        if let Some(what) = said_of(&statement.constraint, NEVER_CHANGED)
            && let Some(name) = only(known.iter().filter(|(word, _)| word == what))
        {
            statement.constraint = Constraint::Other(format!("{NEVER_CHANGED}: {name}"));
        }
    }
}

/// What is bound to what there is now is one field of the request, and not all that it says.
fn bind(operation: &mut Operation, words: &BTreeMap<u32, String>) {
    let sent: Vec<(FieldPath, String)> = operation
        .request_fields()
        .into_iter()
        .filter_map(|(path, field)| Some((path, words.get(&field.at.line)?.clone())))
        .collect();
    let mut bound: Vec<(FieldPath, Statement)> = Vec::new();
    for statement in &mut operation.statements {
        let Some(what) = said_of(&statement.constraint, BOUND_TO_NOW).map(str::to_owned) else {
            continue;
        };
        statement.constraint = Constraint::Other(BOUND_TO_NOW.to_owned());
        // Where another word has what tells it from others, too, either may be meant: 塔高 is a 高度.
        let first = what.chars().next().unwrap_or_default();
        let is_like = |word: &str| word.contains(first);
        let mut meant = sent.iter().filter(|(_, word)| is_like(word));
        if let (Some((path, word)), None) = (meant.next(), meant.next())
            && word.ends_with(&what)
        {
            bound.push((path.clone(), statement.clone()));
        }
    }
    operation
        .statements
        .retain(|kept| bound.iter().all(|(_, moved)| moved != kept));
    put(operation, bound);
}

/// A state that is needed to change one thing is needed to give a field of the request, whatever the document calls
/// it; or to change all of it, where it is the thing itself: "a tower can be changed only while it is DARK".
fn need(operation: &mut Operation, words: &BTreeMap<u32, String>) {
    let sent = operation.request_fields().into_iter();
    let sent = sent.map(|(path, field)| (path, words.get(&field.at.line).cloned()));
    let sent: Vec<(FieldPath, Option<String>)> = sent.collect();
    let thing = operation.path.parameters().last().unwrap_or_default();
    let thing = letters(thing).trim_end_matches("id").to_owned();
    let mut bound: Vec<(FieldPath, Statement)> = Vec::new();
    for statement in &mut operation.statements {
        let Some((case, held)) = statement.constraint.of_case() else {
            continue;
        };
        let Constraint::StatePrecondition { rule, states, .. } = held else {
            continue;
        };
        let Some(what) = case.strip_prefix("for ") else {
            continue;
        };
        let mut named = sent.iter().filter(|(path, word)| {
            letters(path.leaf()) == letters(what) || word.as_deref() == Some(what)
        });
        if let (Some((path, _)), None) = (named.next(), named.next()) {
            let told = format!("in state {}", states.join(", "));
            let given = match rule {
                StatesRule::OneOf => only_if(&told),
                StatesRule::NoneOf => not_if(&told),
            };
            let of_field = Statement {
                constraint: given,
                ..statement.clone()
            };
            bound.push((path.clone(), of_field));
            statement.constraint = Constraint::Within {
                scope: Scope::Case(format!("for {}", path.leaf())),
                holds: Box::new(held.clone()),
            };
        } else if letters(what) == thing {
            statement.constraint = held.clone();
        }
    }
    put(operation, bound);
}

/// Each statement goes to its field of the request.
fn put(operation: &mut Operation, told: Vec<(FieldPath, Statement)>) {
    let Some(body) = &mut operation.request else {
        return;
    };
    for (path, statement) in told {
        let field = descend(&mut body.fields, &FieldPath::default(), &path);
        if let Some(field) = field {
            field.statements.push(statement);
        }
    }
}

/// The word of what a remark is said of.
fn said_of<'c>(constraint: &'c Constraint, remark: &str) -> Option<&'c str> {
    let Constraint::Other(words) = constraint else {
        return None;
    };
    words.strip_prefix(remark)?.strip_prefix(": ")
}

/// The one name that fields with a word have.
fn only<'w>(found: impl Iterator<Item = &'w (String, String)>) -> Option<String> {
    let names: BTreeSet<&String> = found.map(|(_, name)| name).collect();
    let mut names = names.into_iter();
    names.next().filter(|_| names.next().is_none()).cloned()
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use crate::contract::{Constraint, Operation};

    fn remarks(operation: &Operation) -> String {
        let of_fields = operation.request_fields().into_iter();
        let of_fields = of_fields.flat_map(|(path, field)| {
            let said = field.statements.iter();
            said.map(move |said| (path.to_string(), said.constraint.clone()))
        });
        let of_all = operation.statements.iter();
        let of_all = of_all.map(|said| ("all".to_owned(), said.constraint.clone()));
        let told = of_all.chain(of_fields).filter_map(|(of, said)| {
            let Constraint::Other(words) = said else {
                return None;
            };
            Some(format!("{of}: {words}"))
        });
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lists_are_sorted_by_fields() {
        let page = "# 1.1 查询灯
# 功能介绍
查询灯塔里的灯，结果按灯号升序排列。
# URI
GET /v1/lamps
# 响应消息
Table 1-1 响应参数
| 参数 | 参数类型 | 描述 |
| lamps | Array of objects | 灯的列表。详情请参见表1-2。 |
Table 1-2 lamps字段数据结构说明
| 参数 | 参数类型 | 描述 |
| code | String | 灯号。 |
| wick | String | 灯芯，由灯号和塔号组成。 |
";
        let contract = read(&document(page)).contract;
        assert_eq!(remarks(&contract.operations[0]), "all: sorted by code asc");
    }

    #[test]
    fn a_state_is_needed_for_one_field_or_for_the_thing() {
        let page = "# 1.1 修改灯塔
# 功能介绍
修改灯塔。
# 约束
只有熄灭（DARK）状态的灯塔才能修改灯高。
The tower can be updated only when it is in the DARK state.
# URI
PUT /v1/towers/{tower_id}
# 请求消息
Table 1-1 请求参数
| 参数 | 是否必选 | 参数类型 | 描述 |
| height | 否 | Integer | 修改后的灯高，取值范围为1~90。 |
| name | 否 | String | 名称。 |
# 响应消息
Table 1-2 响应参数
| 参数 | 参数类型 | 描述 |
| status | String | 状态。 |
";
        let contract = read(&document(page)).contract;
        let operation = &contract.operations[0];
        assert_eq!(remarks(operation), "height: given only if in state DARK");
        let of_all = operation.statements.iter();
        let cases: Vec<Option<&str>> = of_all
            .map(|said| said.constraint.of_case().map(|(case, _)| case))
            .collect();
        assert_eq!(cases, [Some("for height"), None]);
    }

    #[test]
    fn what_is_bound_or_fixed_is_one_field() {
        let page = "# 1.1 修改灯塔
# 功能介绍
修改灯塔。
# 约束
修改后的高度不能小于灯塔内现有灯的总高度。
灯油种类在建成后不支持修改。
修改后的颜色不能小于灯塔现有的颜色。
# URI
PUT /v1/towers/{tower_id}
# 请求消息
Table 1-1 请求参数
| 参数 | 是否必选 | 参数类型 | 描述 |
| height | 否 | Integer | 灯塔高度，取值范围为1~90。 |
| width | 否 | Integer | 灯塔宽度，取值范围为1~90。 |
# 响应消息
Table 1-2 响应参数
| 参数 | 参数类型 | 描述 |
| oil | String | 灯油种类。 |
";
        let contract = read(&document(page)).contract;
        insta::assert_snapshot!(remarks(&contract.operations[0]), @r"
        all: cannot be changed later: oil
        all: bound to what it is now
        height: bound to what it is now
        ");
    }
}
