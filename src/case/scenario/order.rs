//! The order in which a list comes where nobody asks for one, as its document says it.
//!
//! Main entry: [`stated`]. A document calls what it sorts by in words of its own; only words for what most
//! things have are understood, and the names of fields.

use serde_json::Value;

use super::HoldRule;
use crate::case::Template;
use crate::contract::{
    Constraint, Field, FieldPath, Kind, Operation, Place, Scalar, Segment, letters,
};

/// What documents call what all things have, by their letters, and what fields are called that show it.
const USUAL: [(&[&str], &[&str]); 4] = [
    (
        &[
            "creationtime",
            "createdtime",
            "createtime",
            "creationdate",
            "timeofcreation",
            "创建时间",
            "创建日期",
            "创建的时间",
        ],
        &[
            "createdat",
            "created",
            "createtime",
            "createdtime",
            "creationtime",
            "createat",
            "creationdate",
            "createdate",
        ],
    ),
    (
        &[
            "updatetime",
            "updatedtime",
            "modificationtime",
            "lastupdatetime",
            "timeoflastupdate",
            "更新时间",
            "修改时间",
            "最后更新时间",
            "最近更新时间",
        ],
        &[
            "updatedat",
            "updated",
            "updatetime",
            "updatedtime",
            "updateat",
        ],
    ),
    (&["name", "names", "名称", "名字"], &["name"]),
    (&["id", "ids"], &["id"]),
];

/// That the items of a list are in the order that its document says, where a parameter has no order of its own.
pub(super) fn stated(operation: &Operation, items: &FieldPath) -> Option<HoldRule> {
    let fields = operation.response_fields().into_iter();
    let (_, list) = fields.into_iter().find(|(path, _)| path == items)?;
    let mut said = operation.statements.iter().chain(&list.statements);
    let (key, rising) = said.find_map(|said| said.constraint.sorts())?;
    let key = letters(key);
    let nouns = [items.leaf(), last_literal(operation)].map(letters);
    let plain: Vec<&Field> = list
        .children
        .iter()
        .filter(|field| is_plain(field))
        .collect();
    let called = plain.iter().find(|field| letters(&field.name) == key);
    let means = |field: &&&Field| is_called(&key, &letters(&field.name), &nouns);
    let field = *called.or_else(|| plain.iter().find(means))?;
    let mut query = operation.parameters.iter();
    let is_asked =
        query.any(|known| known.place == Place::Query && has_another(&known.field, field));
    let member = Template::Literal(Value::String(field.name.clone()));
    let rule = match rising {
        true => HoldRule::Rising(member),
        false => HoldRule::Falling(member),
    };
    (!is_asked).then_some(rule)
}

/// Whether values of a field have one order.
fn is_plain(field: &Field) -> bool {
    let plain = matches!(field.kind, Kind::String | Kind::Integer | Kind::Number);
    plain && field.other_kinds.is_empty()
}

/// What the path calls the things that are listed.
fn last_literal(operation: &Operation) -> &str {
    let mut segments = operation.path.0.iter().rev();
    let literal = segments.find_map(|segment| match segment {
        Segment::Literal(literal) => Some(literal.as_str()),
        Segment::Parameter(_) => None,
    });
    literal.unwrap_or_default()
}

/// Whether a document may mean a field by what it calls a key, in a list of things that are called so.
fn is_called(key: &str, field: &str, nouns: &[String]) -> bool {
    let mut usual = USUAL.iter();
    usual.any(|(words, names)| {
        let is_word = words.contains(&key) || (names.contains(&"name") && is_own_name(key, nouns));
        is_word && names.contains(&field)
    })
}

/// "The lamp name" is the name of a lamp, where lamps are listed.
fn is_own_name(key: &str, nouns: &[String]) -> bool {
    let prefix = key.strip_suffix("name").unwrap_or_default();
    let mut nouns = nouns.iter();
    !prefix.is_empty() && nouns.any(|noun| noun == prefix || noun.strip_suffix('s') == Some(prefix))
}

/// Whether a parameter that sorts has another usual key than this field.
fn has_another(parameter: &Field, field: &Field) -> bool {
    let sorts =
        letters(&parameter.name).contains("sort") || letters(&parameter.name).contains("order");
    let mut said = parameter.statements.iter();
    let default = said.find_map(|said| {
        let Constraint::Default(Scalar::Text(text)) = &said.constraint else {
            return None;
        };
        Some(letters(text))
    });
    let is_way = |word: &str| word.starts_with("asc") || word.starts_with("desc");
    sorts && default.is_some_and(|word| !is_way(&word) && word != letters(&field.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, sample, sorted_by};

    #[test]
    fn a_list_is_in_the_order_that_is_said() {
        let told = |key: &str, rising: Option<bool>| {
            let mut list = sample::operation("GET /v1/kettles", "", "kettles.created_at");
            let kettles = &mut list.response.as_mut().expect("it answers").fields[0];
            kettles.kind = Kind::Array(Box::new(Kind::Object));
            let more = sample::operation("GET /v1/more", "", "name litres shop_name").response;
            kettles.children.extend(more.expect("it answers").fields);
            list.statements.push(Statement {
                constraint: sorted_by(key, rising),
                at: sample::at(),
                rule: "test".to_owned(),
            });
            stated(&list, &FieldPath::root("kettles"))
        };
        let member = |name: &str| Template::Literal(Value::from(name));
        let falls = |name: &str| Some(HoldRule::Falling(member(name)));
        let rises = |name: &str| Some(HoldRule::Rising(member(name)));
        assert_eq!(told("creation time", Some(false)), falls("created_at"));
        assert_eq!(told("创建时间", Some(true)), rises("created_at"));
        assert_eq!(told("名称", Some(true)), rises("name"));
        assert_eq!(told("kettle name", Some(true)), rises("name"));
        assert_eq!(told("shop name", Some(true)), rises("shop_name"));
        assert_eq!(told("lid name", Some(true)), None);
        assert_eq!(told("壶盖名称", Some(true)), None);
        assert_eq!(told("litres", Some(false)), falls("litres"));
        assert_eq!(told("beauty", Some(false)), None);
        assert_eq!(told("name", None), None);
    }
}
