//! One value alone: constants, what must be set, and what alone is supported.

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::tokens::scalar;
use super::{condition, topic};
use crate::contract::{Constraint, Kind, Scalar, Scope};
use crate::extract::pattern::{Captures, Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.set-to",
        language: Zh,
        meaning: "another field must be set to a value",
        cues: &["设置为"],
        pattern: r#""?(?P<field>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:字段|参数)?{必须}?设置为\s*"(?P<value>[^"]{1,40})""#,
        read: |hit| {
            let value = scalar(hit.group("value"), &Kind::Unknown);
            // The verb of the first field is that of all that the sentence goes on with.
            let is_bound = must_set(hit.before) || must_set(hit.whole());
            is_bound.then(|| Heard::about(hit.group("field"), Constraint::Const(value)))
        },
    },
    Rule {
        name: "zh.only-policy",
        language: Zh,
        meaning: "only one policy of placement is supported",
        cues: &["亲和"],
        pattern: r"(?:只|仅)(?:能)?支持(?P<anti>反)?亲和性?(?:组|策略)",
        read: |hit| {
            let word = match hit.group("anti") {
                "" => "affinity",
                _ => "anti-affinity",
            };
            let values = vec![Scalar::Text(word.to_owned())];
            let open = false;
            Some(Constraint::Enum { values, open }.into())
        },
    },
    Rule {
        name: "zh.word-and-gloss",
        language: Zh,
        meaning: "the one word there is, with its gloss behind a comma",
        cues: &[","],
        pattern: r"^(?P<value>[a-z][a-z0-9_]{3,40}),\s*\p{Han}[^。,；]{1,30}。",
        read: |hit| {
            let is_first = hit
                .prose
                .first()
                .is_some_and(|first| std::ptr::eq(first, hit.unit));
            let is_own = hit.subject.name == Some(hit.group("value"));
            let is_text = matches!(hit.kind(), Kind::String | Kind::Unknown);
            let starts = hit.unit.text.starts_with(hit.whole());
            let values = vec![Scalar::Text(hit.group("value").to_owned())];
            let open = false;
            (hit.about_field() && is_text && starts && !is_first && !is_own)
                .then(|| Constraint::Enum { values, open }.into())
        },
    },
    Rule {
        name: "zh.from-to",
        language: Zh,
        meaning: "texts that differ in their last letter, the first and the last of them",
        cues: &["支持从"],
        pattern: r"(?:只|仅)支持从\s*(?P<from>[A-Za-z0-9/_-]{2,40})\s*(?:到|至)\s*(?P<to>[A-Za-z0-9/_-]{2,40})",
        read: from_to,
    },
    Rule {
        name: "zh.fixed",
        language: Zh,
        meaning: "a fixed value",
        cues: &["固定", "指定字符串", "指定的字符串", "指定值"],
        pattern: r#"固定(?:为|是|返回)\s*:?\s*"(?P<value>[^"]{1,40})"|{传}为(?:指定|固定)的?(?:字符串|值)\s*"(?P<told>[^"]{1,40})"|固定取?值(?:为|是)?\s*(?P<bare>[A-Z][A-Z0-9_]{1,40})"#,
        read: |hit| {
            let value = ["value", "bare", "told"]
                .map(|name| hit.group(name))
                .concat();
            let value = scalar(&value, hit.kind());
            hit.about_field().then(|| Constraint::Const(value).into())
        },
    },
    Rule {
        name: "zh.always-empty",
        language: Zh,
        meaning: "a list or an object that is always empty",
        cues: &["空字典", "空列表", "空对象", "空数组"],
        pattern: r"(?:固定|当前该列表|当前|目前)?(?:返回|值?为)空(?:字典|列表|对象|数组)[。]?$",
        read: |hit| {
            let max = Some(0);
            let is_case = hit.before.contains('时') || hit.before.contains("没有");
            (hit.about_field() && !is_case).then(|| Constraint::ItemCount { min: None, max }.into())
        },
    },
    Rule {
        name: "zh.labelled-value",
        language: Zh,
        meaning: "one value with its gloss after a label",
        cues: &["("],
        pattern: r"^(?P<label>[^:]{2,20}):\s*(?P<value>[A-Za-z][A-Za-z0-9_-]*)\s*\(\p{Han}[^()]*\)\s*[。]?$",
        read: |hit| match hit.group("label").ends_with("枚举值") {
            true => listed_alone(hit),
            false => always(hit),
        },
    },
    Rule {
        name: "zh.labelled-items",
        language: Zh,
        meaning: "items that are a label and a value in capitals each, or the same in one run",
        cues: &[":"],
        pattern: r"^(?:\p{Han}{1,12}:\s?[A-Z][A-Z0-9_]{1,40}[,；;。]?\s?)+$",
        read: labelled_items,
    },
    Rule {
        name: "zh.named-act",
        language: Zh,
        meaning: "the one act that a field names",
        cues: &["操作", "动作"],
        pattern: r"^(?:操作|动作)(?:标识|类型|名称)?(?: ?\([^()]{1,16}\))?:\s*(?P<value>[a-z][a-z0-9_-]*)\s*[。]?$",
        read: always,
    },
    Rule {
        name: "en.set-to",
        language: En,
        meaning: "the value that must be set",
        cues: &["set the value to", "set it to"],
        pattern: r#"^\s*set (?:the value|it) to "?(?P<value>[a-z0-9_.-]+?)"?\.?$"#,
        read: always,
    },
];

/// The value that a field always has.
fn always(hit: &Hit) -> Option<Heard> {
    let value = scalar(hit.group("value"), hit.kind());
    hit.about_field().then(|| Constraint::Const(value).into())
}

/// A label and a value in capitals.
static LABELLED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"(?P<label>\p{Han}{1,12}):\s?(?P<value>[A-Z][A-Z0-9_]{1,40})[,；;。]?\s?")
});

/// The values of a run, or of items of which this is the first one.
fn labelled_items(hit: &Hit) -> Option<Heard> {
    let own: Vec<_> = LABELLED.captures_iter(hit.whole()).collect();
    let is_a_label = |label: &str| topic::LABELS.contains(&label);
    let names = |found: &Captures| !is_a_label(&found["label"]);
    let mut values: Vec<String> = Vec::new();
    values.extend(
        own.iter()
            .filter(|found| names(found))
            .map(|found| found["value"].to_owned()),
    );
    let (first, mut units) = (values.len(), 0);
    if first == 1 && hit.unit.depth > 0 {
        for unit in hit.units {
            let text = head(&unit.text, 80);
            let found = LABELLED.captures(text).filter(|found| {
                unit.depth == hit.unit.depth && names(found) && found[0].len() == text.len()
            });
            let Some(found) = found else { break };
            values.push(found["value"].to_owned());
            units += 1;
        }
    }
    let is_list = own.len() == first && values.len() > 1;
    let values = values.iter().map(|value| scalar(value, hit.kind()));
    let values = values.collect();
    let open = false;
    let heard = Heard::from(Constraint::Enum { values, open });
    (hit.about_field() && is_list).then_some(Heard { units, ..heard })
}

/// The only value of a list, which may get more.
fn listed_alone(hit: &Hit) -> Option<Heard> {
    let values = vec![scalar(hit.group("value"), hit.kind())];
    let open = false;
    hit.about_field()
        .then(|| Constraint::Enum { values, open }.into())
}

/// Whether the text says that something must be set to a value.
pub(super) fn must_set(text: &str) -> bool {
    [
        "必须设置为",
        "需设置为",
        "须设置为",
        "应设置为",
        "需要设置为",
    ]
    .iter()
    .any(|verb| text.contains(verb))
}

/// The pattern of texts that share all but a last letter. A name before it says whose they are.
fn from_to(hit: &Hit) -> Option<Heard> {
    let (mut from, mut to) = (hit.group("from").chars(), hit.group("to").chars());
    let (first, last) = (from.next_back()?, to.next_back()?);
    let is_run = first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && first < last;
    if from.as_str() != to.as_str() || !is_run || !hit.about_field() {
        return None;
    }
    let pattern = Constraint::Pattern(format!("^{}[{first}-{last}]$", from.as_str()));
    match condition::names(hit.before).first() {
        Some(kind) => Some(Heard::from(pattern).within(Scope::Case(kind.clone()))),
        None => Some(pattern.into()),
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.labelled-items",
        "String",
        "动作标识：\n- 点灯：LIGHT\n- 移出：TAKE_OUT\n- 默认值：LIGHT",
        "enum LIGHT TAKE_OUT\ndefault LIGHT",
    ),
    (
        "zh.labelled-items",
        "String",
        "点灯：LIGHT移出：TAKE_OUT关灯：DARKEN",
        "enum LIGHT TAKE_OUT DARKEN",
    ),
    (
        "zh.fixed",
        "String",
        "灯号，请配置为指定字符串“77”。",
        "const 77",
    ),
    (
        "zh.fixed",
        "String",
        "燃料，固定取值OIL_GAS。",
        "const OIL_GAS",
    ),
    (
        "zh.set-to",
        "String",
        "“lamp_type”需设置为“oil”",
        "lamp_type: const oil",
    ),
    (
        "zh.set-to",
        "-",
        "“lamp_type”需设置为“oil”，“lamp_id”设置为所选的灯，“lamp_place”设置为“top”。",
        "lamp_type: const oil\nlamp_place: const top",
    ),
    (
        "zh.only-policy",
        "-",
        "当前只支持反亲和性组。",
        "enum anti-affinity",
    ),
    (
        "zh.word-and-gloss",
        "String",
        "点灯方式。\nautoglow，自动发光特性。",
        "enum autoglow",
    ),
    (
        "zh.from-to",
        "String",
        "灯位。OIL灯位只支持从/lamp/b到/lamp/f。",
        "pattern ^/lamp/[b-f]$ when OIL",
    ),
    (
        "zh.fixed",
        "Object",
        "灯的键值对。\n- lamp:fuel: 燃料, 固定为“oil”。\n- lamp:type: lamp类型, 固定为“led”。\n- lamp:mode: 灯态, 取值为lit (亮) 或dark (灭)",
        "lamp:fuel: const oil\nlamp:type: const led\nlamp:mode: enum lit dark",
    ),
    (
        "zh.always-empty",
        "Object",
        "固定返回空字典。",
        "items ..=0",
    ),
    (
        "zh.labelled-value",
        "String",
        "动作标识：light（点亮）",
        "const light",
    ),
    (
        "zh.labelled-value",
        "String",
        "灯型枚举值：BEAM（光束灯）",
        "enum BEAM",
    ),
    (
        "zh.named-act",
        "String",
        "动作标识（只用小写）： quench",
        "const quench",
    ),
    (
        "en.set-to",
        "String",
        "Specifies the lamp. Set the value to beam.",
        "const beam",
    ),
];
