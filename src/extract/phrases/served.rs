//! For whom or for what alone a field is there or counts, and for whom it does not.

use super::condition;
use super::other::remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::{known, phrase};
use crate::contract::Constraint;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.only-for",
        language: Zh,
        meaning: "a field that counts for some things only",
        cues: &["仅", "只", "特有", "专有", "独有"],
        pattern: r"(?:^|[,。；\s])(?:目前|当前)?(?:仅|只)(?:有|限|对)?(?P<of>\p{Han}[\p{Han}A-Za-z0-9]{1,11}?)(?:才)?(?:支持|可用|适用|有效|生效|(?P<seen>可见)|可填写?|可设置|可指定|需要填写|有权限?{传}?)(?:该|此|本)?(?:参数|字段|属性)?(?:为 ?[A-Za-z0-9]+)?(?P<next>[,。；]|$)|(?:^|[,。；\s])(?P<own>[\p{Han}A-Za-z0-9]{2,12}?)(?:特有|专有|独有)的?(?:字段|参数|属性)",
        read: |hit| only_for(hit, &["of", "own"]),
    },
    Rule {
        name: "zh.shown-only-for",
        language: Zh,
        meaning: "a field of the answer that is there for some things only",
        cues: &["返回", "显示"],
        pattern: r"(?:^|[,。；\s])(?:仅|只)(?:有|对)?(?P<of>\p{Han}[\p{Han}A-Za-z0-9]{1,11}?)(?:才)?(?:会)?(?:返回|显示)(?:该|此|本)?(?:字段|参数|属性)?[。；]?$|(?:^|[,。；])(?P<not>[\p{Han}A-Za-z][^。,；]{1,30}?)(?:时|后),?(?:则)?不(?:会)?(?:返回|显示)(?:该|此|本)?(?:字段|参数|属性)?",
        read: shown_only,
    },
    Rule {
        name: "zh.no-effect-for",
        language: Zh,
        meaning: "a field that counts for nothing in some cases",
        cues: &["不生效", "无效", "忽略"],
        pattern: r"(?:^|[,。；])(?P<of>\p{Han}[^。,；]{1,12}?(?:期间|场景下?|模式下)),?(?:该|此|本)(?:参数|字段|属性)(?:不生效|无效|不起作用|会?被?忽略)",
        read: |hit| not_for(hit, "no effect for"),
    },
    Rule {
        name: "zh.named-no-effect",
        language: Zh,
        meaning: "a field, named, that has no effect whatever it is",
        cues: &["生效"],
        pattern: r#"{传}的?\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:字段|参数|属性)?(?:将)?不(?:会)?生效"#,
        read: named_no_effect,
    },
    Rule {
        name: "en.named-no-effect",
        language: En,
        meaning: "a field, named, that has no effect whatever it is",
        cues: &["take effect", "is ignored"],
        pattern: r#"^(?:the )?(?:specified )?"?(?P<field>[a-z]+_[a-z0-9_]+)"?(?: parameter| field)?(?: {given} in [a-z ]{2,30})? (?:does not take effect|is ignored)\.?$"#,
        read: named_no_effect,
    },
    Rule {
        name: "zh.not-for",
        language: Zh,
        meaning: "things that a field or one of its values is not for",
        cues: &["不支持", "不适用"],
        pattern: r"^(?P<of>[^。,；:]{2,14}?)(?:不支持|不适用)(?P<what>\p{Han}{0,6}|[A-Za-z0-9_-]{1,24})[。；]?$",
        read: |hit| {
            let is_of_things = |of: &str| {
                ["类型的", "系列的", "场景"]
                    .iter()
                    .any(|word| of.contains(word))
                    || known(of).is_some()
            };
            let what = hit.group("what");
            let words = match what.is_ascii() && !what.is_empty() {
                true => format!("{what} not supported for"),
                false => "not supported for".to_owned(),
            };
            is_of_things(hit.group("of"))
                .then(|| not_for(hit, &words))
                .flatten()
        },
    },
    Rule {
        name: "en.only-for",
        language: En,
        meaning: "a field that counts for some things only",
        cues: &["only for", "only to", "only on", "is only", "only "],
        pattern: r"(?:takes? effect|valid|effective|available|supported|used|applicable|applies|required) only (?:for|on|in|to) (?P<of>[a-z][^.,;]{2,32}?)(?P<next> and |\.|,|;|$)|\bis only (?:valid|available|supported|used|applicable|effective) (?:for|on|in|to) (?P<only>[a-z][^.,;]{2,32}?)(?P<then> and |\.|,|;|$)|(?P<seen>visible|displayed|shown|returned) only to (?P<to>[a-z][^.,;]{2,32})|\bcan be (?:set|used|specified|viewed|configured|changed) only by (?P<by>[a-z][^.,;]{2,32})|^only (?P<who>[a-z][a-z -]{2,30}?) (?:can|may) (?:specify|set|use|view|configure|see|query) this (?:parameter|field)|^only (?P<that>[a-z][a-z -]{2,30}?) supports? this (?:parameter|field)",
        read: |hit| only_for(hit, &["of", "only", "to", "by", "who", "that"]),
    },
    Rule {
        name: "en.not-for-some",
        language: En,
        meaning: "what a field asks for, which some things do not support",
        cues: &["not supported for", "not supported by"],
        pattern: r"(?:is|are) not supported (?:for|by) (?P<of>[a-z][a-z -]{2,20}?) (?:that|which|whose|with|without) [^.]*",
        read: |hit| not_for(hit, "not supported for some"),
    },
    Rule {
        name: "en.not-for",
        language: En,
        meaning: "things that a field, or what it asks for, is not for",
        cues: &[
            "not supported",
            "invalid",
            "unavailable",
            "ignored",
            "not available",
        ],
        pattern: r"(?:is|are) (?:currently )?(?:not (?:supported|available|applicable)|unavailable|(?P<void>invalid|ignored)) (?:for|on|in|by) (?P<of>[a-z][^.,;]{2,32})",
        read: |hit| match hit.group("void") {
            "" => not_for(hit, "not supported for"),
            _ => not_for(hit, "no effect for"),
        },
    },
];

fn named_no_effect(hit: &Hit) -> Option<Heard> {
    let heard = remark("ignored")?;
    let field = hit.group("field");
    Some(match Some(field) == hit.subject.name {
        true => heard,
        false => heard.said_of(field),
    })
}

/// The phrase of the first group that took part.
fn named(hit: &Hit, groups: &[&str]) -> Option<String> {
    let printed = groups.iter().map(|name| hit.group(name));
    printed
        .filter(|printed| !printed.is_empty())
        .find_map(phrase)
}

fn only_for(hit: &Hit, groups: &[&str]) -> Option<Heard> {
    let of = named(hit, groups).filter(|_| hit.about_field())?;
    // "Only in that case" is a condition, which other rules know.
    let is_case = of.starts_with(['在', '当', '支']) || of.ends_with('时');
    let heard = remark(&format!("only for {of}")).filter(|_| !is_case)?;
    Some(match hit.group("seen") {
        "" => heard,
        _ => heard.conditionally(),
    })
}

fn shown_only(hit: &Hit) -> Option<Heard> {
    let condition = match hit.group("not") {
        "" => condition::told(hit.group("of")),
        case => format!("unless: {}", condition::told(case)),
    };
    let is_case = hit.group("of").starts_with(['在', '当']);
    let shown = Constraint::RequiredIf(condition);
    (hit.about_field() && !is_case).then(|| Heard::from(shown).conditionally())
}

fn not_for(hit: &Hit, words: &str) -> Option<Heard> {
    let of = named(hit, &["of"]).filter(|_| hit.about_field())?;
    remark(&format!("{words} {of}"))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.only-for",
        "Boolean",
        "是否看全部灯塔，仅守塔人有权限设置为true。",
        "other: only for 守塔人",
    ),
    (
        "en.only-for",
        "String",
        "The keeper. This parameter can be set only by harbour masters.",
        "other: only for harbour masters",
    ),
    (
        "zh.only-for",
        "String",
        "灯室的码，仅守塔人可见，由4位数字组成。",
        "other: only for 守塔人, conditional\npattern ^[0-9]{4}$",
    ),
    (
        "zh.named-no-effect",
        "-",
        "点灯时设置的wick_name字段不会生效，系统会另取一名。",
        "wick_name: other: ignored",
    ),
    (
        "en.named-no-effect",
        "-",
        "The wick_name specified in the request does not take effect.",
        "wick_name: other: ignored",
    ),
    (
        "zh.only-for",
        "String",
        "灯油的牌号。仅油灯支持。",
        "other: only for 油灯",
    ),
    (
        "zh.only-for",
        "String",
        "灯室密码，仅守塔人可见。",
        "other: only for 守塔人, conditional",
    ),
    (
        "zh.only-for",
        "String",
        "灯罩。\n大灯特有字段。",
        "other: only for 大灯",
    ),
    (
        "zh.shown-only-for",
        "Integer",
        "灯层。仅二层灯塔返回。",
        "required if 二层灯塔, conditional",
    ),
    (
        "zh.shown-only-for",
        "Number",
        "油量，未称重时不返回该字段。",
        "required if unless: 未称重, conditional",
    ),
    (
        "zh.shown-only-for",
        "Array of objects",
        "灯列表。mode为count时不返回。",
        "required if unless: mode == count, conditional",
    ),
    (
        "zh.no-effect-for",
        "Boolean",
        "是否点灯。大雾期间该参数不生效。",
        "other: no effect for 大雾期间",
    ),
    (
        "zh.not-for",
        "String",
        "灯罩。OIL类型的灯不支持shade。",
        "other: shade not supported for OIL类型的灯",
    ),
    (
        "zh.not-for",
        "Object",
        "灯罩。雾天场景不支持。",
        "other: not supported for 雾天",
    ),
    (
        "en.only-for",
        "String",
        "The oil. This parameter takes effect only for oil lamps.",
        "other: only for oil lamps",
    ),
    (
        "en.only-for",
        "String",
        "The keeper. Only the harbour master can set this parameter.",
        "other: only for harbour master",
    ),
    (
        "en.not-for-some",
        "String",
        "The oil. Refilling is not supported for lamps that burn gas and hang in a tower of stone.",
        "other: not supported for some lamps",
    ),
    (
        "en.not-for",
        "Boolean",
        "Whether to trim the wick. Trimming is not supported for gas lamps.",
        "other: not supported for gas lamps",
    ),
    (
        "en.not-for",
        "Boolean",
        "Whether to trim the wick. This parameter is invalid for gas lamps.",
        "other: no effect for gas lamps",
    ),
];
