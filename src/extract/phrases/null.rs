//! When a value may be null, or is.

use std::sync::LazyLock;

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::{is_han, tail};
use crate::contract::{Constraint, Direction, Scalar, null_when};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.null",
        language: Zh,
        meaning: "may be null",
        cues: &["null"],
        pattern: r#"(?P<default>默认|缺省)?(?P<fixed>固定)?(?:返回)?(?:值|可以|可|字段值|该值)?\s*(?:为|是|返回|:)\s*"?(?i:null)"?\b|(?:传入?|填|设置?为)\s*"?(?i:null)"?\s*时?,?(?:则|即)?(?:表示|可以?|视为|将)?(?:清空|清除|移除|取消|删除|不修改)"#,
        read: null,
    },
    Rule {
        name: "en.null",
        language: En,
        meaning: "may be null",
        cues: &["null"],
        pattern: r#"(?P<default>default(?: value)?(?: is|:) )?(?P<fixed>always )?(?:value (?:is|can be)|(?:can|may) be|is|are|be|returns|default(?: value)?(?: is|:)) (?:set to )?"?null\b"?|\bor (?:is )?"?null"? {if}\b|(?:^|\. )"?null"? is returned (?:if|when|before)\b|^if [^.,]{3,60}, "?null"? is returned\b|\bset (?:it|this parameter) to "?null"? to (?:remove|clear|unset)\b|(?:^|[;,.] )"?null"? (?:removes|clears|unsets) (?:the|it)\b|(?:^|[;,.] )(?:and )?"?null"? (?:(?:for|of) (?:an? |all |any |every |those |things? )|(?:if|when|until|before|while|as long as|unless)\b)"#,
        read: null,
    },
];

/// A default of null says that null is possible; a fixed null is a constant.
fn null(hit: &Hit) -> Option<Heard> {
    if !hit.about_field() {
        return None;
    }
    if !hit.group("fixed").is_empty() {
        let fixed = [Constraint::Const(Scalar::Null), Constraint::Nullable];
        return Some(Heard::all(fixed));
    }
    // "A key whose value is null is removed": that is no value of the field.
    let is_of_a_part = hit
        .before
        .trim_end()
        .to_lowercase()
        .ends_with("whose value");
    if is_of_a_part || speaks_of_another(hit) {
        return None;
    }
    let is_default =
        hit.whole().to_lowercase().contains("default") || !hit.group("default").is_empty();
    let default = is_default.then_some(Constraint::Default(Scalar::Null));
    let beside = null_beside(hit);
    let said = default.into_iter().chain([Constraint::Nullable]);
    Some(Heard::all(said.chain(beside)))
}

/// "null if mode is DARK": what another field is makes it null, whatever was written to it.
fn null_beside(hit: &Hit) -> Option<Constraint> {
    let after = hit.after.trim_start();
    let after = ["if ", "when ", "unless "]
        .iter()
        .find_map(|word| after.strip_prefix(word));
    let case = match after {
        Some(after) => after.split(['.', ',', ';']).next()?,
        None => hit.before.rsplit_once('时')?.0,
    };
    // "Set only when X is Y, null otherwise": what stands before is the case in which it is not.
    let behind = hit
        .before
        .rsplit_once('时')
        .map_or("", |(_, behind)| behind);
    if after.is_none() && ELSE.iter().any(|word| behind.contains(word)) {
        return None;
    }
    let condition = condition::in_short(case);
    let name = condition.split([' ', '=']).next()?;
    let is_of_another = Some(name) != hit.subject.name;
    let is_reversed = hit.after.trim_start().starts_with("unless ");
    let compares = !is_reversed && (condition.contains(" == ") || condition.contains(" in ("));
    let is_answered = hit.subject.direction == Direction::Response;
    // A field may be called by what it means, and not by its name: its value stands there all the same.
    let value = OF_VALUE.captures(case);
    let condition = match value.and_then(|found| found.name("value")) {
        Some(value) if !compares => format!("another field decides: {}", value.as_str()),
        _ if compares => condition,
        _ => return None,
    };
    (is_of_another && is_answered).then(|| null_when(&condition))
}

/// Words for all cases but the one that was told before.
const ELSE: [&str; 5] = ["其他", "其它", "其余", "否则", "反之"];

/// A value in capitals, or a truth, that something is or is not.
static OF_VALUE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"(?:不?是|不?为|非|不?等于|\b(?:is|are)(?: not)?(?: set to)?|\bother than|!=) ?"?(?P<value>[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*|true|false)\b"#,
    )
});

/// Whether a name that is not the subject's stands right before the match.
fn speaks_of_another(hit: &Hit) -> bool {
    static NAME: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_:.-]*)\s*$"));
    let name = NAME.captures(tail(hit.before, 80));
    hit.unit.text.contains(is_han)
        && name.is_some_and(|name| Some(&name["name"]) != hit.subject.name)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.null",
        "String",
        "灯的公告，设为null时删除公告。",
        "nullable",
    ),
    (
        "en.null",
        "answered String",
        "The oil of the lamp; null for a lamp without oil.",
        "nullable",
    ),
    (
        "en.null",
        "answered Object",
        "When the lamp is lit; null if this was never said.",
        "nullable",
    ),
    (
        "en.null",
        "String",
        "The new oil. null removes the oil.",
        "nullable",
    ),
    (
        "zh.null",
        "String",
        "守灯人的姓名，传null表示清空。",
        "nullable",
    ),
    (
        "en.null",
        "String",
        "The keeper of the lamp. Set it to null to remove the keeper.",
        "nullable",
    ),
    (
        "en.null",
        "answered Integer",
        "The value is null if fuel is GAS.",
        "nullable\nother: null when fuel == GAS",
    ),
    (
        "zh.null",
        "answered String",
        "灯油的牌号。燃料不是OIL时，该值为null。",
        "nullable\nother: null when another field decides: OIL",
    ),
    (
        "en.null",
        "answered String",
        "The grade of the oil. The value is null unless the kind of fuel is OIL.",
        "nullable\nother: null when another field decides: OIL",
    ),
    (
        "en.null",
        "String",
        "The next lamp. If there are no more lamps, null is returned.",
        "nullable",
    ),
    (
        "en.null",
        "Number",
        "The damp. null is returned if there is no sensor.",
        "nullable",
    ),
    (
        "en.null",
        "String",
        "Specifies the keeper, or null if there is none.",
        "nullable",
    ),
    ("zh.null", "String", "点灯成功后, 该值为null。", "nullable"),
    (
        "zh.null",
        "String",
        "未使用，缺省值为null。",
        "default null\nnullable",
    ),
    ("en.null", "String", "The value can be null.", "nullable"),
];
