//! Fields that cannot be sent together.

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::Constraint;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.exclusive-with-rest",
        language: Zh,
        meaning: "a filter that cannot be combined with others",
        cues: &["不能同时", "不支持同时", "不可同时"],
        pattern: r"用\s*(?P<own>[A-Za-z_][A-Za-z0-9_]*)\s*作为[^。,]{1,12}时,?\s*不(?:能|支持|可)同时(?:支持|使用|指定|设置)其[他它][^。]*",
        read: |hit| {
            let others = Constraint::ExclusiveWith(vec![OTHERS.to_owned()]);
            Some(Heard::about(hit.group("own"), others))
        },
    },
    Rule {
        name: "zh.exclusive",
        language: Zh,
        meaning: "not together with another field",
        cues: &[
            "同时",
            "为空",
            "其中一个",
            "二选一",
            "不能指定该",
            "不可指定该",
            "必选",
        ],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?\s*(?:参数|字段)?\s*(?:和|与|、|或者|或|及)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)[^。]{0,10}?(?:不(?:能|可|可以|允许|支持)同时|,?\s*必须有一个为空|(?:参数|字段)?的?值为空|,?[^。]{0,6}只能选择其中一个|二选一)(?:传入|指定|设置|存在|有值|使用|配置)?|(?:^|[,。；\s])(?:不能|不可|不可以)?(?:与|和)\s*"?(?P<beside>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:参数|字段)?\s*(?:不(?:能|可|可以|允许|支持))?同时(?:传入|指定|设置|存在|使用|配置)|[,且]\s*且?不(?:支持|能|可|允许)(?:使用|指定|设置)\s*"?(?P<banned>[A-Za-z_][A-Za-z0-9_]*)"?|(?:使用|指定|设置|传入)\s*"?(?P<other>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数)?时,?\s*不(?:能|可|支持|允许)(?:再)?(?:指定|使用|设置|传入)(?:该|此|本)(?:参数|字段)"#,
        read: exclusive,
    },
    Rule {
        name: "zh.mutually-exclusive",
        language: Zh,
        meaning: "not together with another field, said in one word",
        cues: &["互斥"],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?\s*(?:参数|字段)?\s*(?:和|与|、)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)\s*(?:参数|字段)?(?:是|为)?互斥[^。；]*|(?:与|和)\s*"?(?P<other>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:参数|字段)?(?:是|为)?互斥[^。；]*"#,
        read: exclusive,
    },
    Rule {
        name: "en.exclusive-with-rest",
        language: En,
        meaning: "a filter that cannot be combined with others",
        cues: &["other"],
        pattern: r"if (?:the )?(?P<own>[a-z_][a-z0-9_]*) is used as [a-z ]{3,40}, other [a-z ]{3,60} (?:are|is) not supported",
        read: |hit| {
            let others = Constraint::ExclusiveWith(vec![OTHERS.to_owned()]);
            Some(Heard::about(hit.group("own"), others))
        },
    },
    Rule {
        name: "en.exclusive",
        language: En,
        meaning: "not together with another field",
        cues: &[
            "together",
            "same time",
            "either",
            "mutually",
            "both",
            "exclusive",
        ],
        pattern: r#"(?P<names>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) (?:cannot|can not|must not|may not) (?:both )?be (?:specified|set|used|passed|configured)(?: together| at the same time| simultaneously)?|(?:cannot|must not|can not) be (?:specified|set|used|configured) (?:together with|at the same time as|if|when) "?(?P<other>[a-z]+_[a-z0-9_]+)"?(?: is (?:specified|set|used))?|either (?:parameter )?(?P<either>"?[a-z_][a-z0-9_.]*"? or "?[a-z_][a-z0-9_.]*"?) (?:can|must|may) be (?:set|specified|used)|(?P<mutually>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) are mutually exclusive|either but not both of (?P<one>"?[a-z_][a-z0-9_.]*"? (?:and|or) "?[a-z_][a-z0-9_.]*"?)|exclusive (?:with|of) (?:the )?(?:parameters? |fields? )?(?P<rivals>"?[a-z]+_[a-z0-9_]+"?(?:(?:, (?:and |or )?| and | or )"?[a-z]+_[a-z0-9_]+"?)*)"#,
        read: exclusive,
    },
];

/// The subject excludes the others; where it is not among them, the first one does.
fn exclusive(hit: &Hit) -> Option<Heard> {
    let needed = hit.before.trim_end_matches(['参', '数', '字', '段']);
    if !hit.group("banned").is_empty() && !needed.ends_with("必选") {
        return None;
    }
    let beside = [hit.group("beside"), hit.group("banned")].concat();
    let is_negated = hit.whole().contains('不');
    if !beside.is_empty() {
        let exclusive = Constraint::ExclusiveWith(vec![beside]);
        return (hit.about_field() && is_negated).then(|| exclusive.into());
    }
    let rivals = condition::names(hit.group("rivals"));
    if !rivals.is_empty() {
        let exclusive = Constraint::ExclusiveWith(rivals);
        return hit.about_field().then(|| exclusive.into());
    }
    let other = hit.group("other");
    if !other.is_empty() {
        return Some(Constraint::ExclusiveWith(vec![other.to_owned()]).into());
    }
    let printed = [
        hit.group("names"),
        hit.group("either"),
        hit.group("mutually"),
        hit.group("one"),
    ]
    .join(" ");
    let mut names = condition::names(&printed);
    if let [other] = names.as_slice()
        && hit.about_field()
        && printed.contains("parameter and")
    {
        // "This parameter and the other are mutually exclusive."
        return Some(Constraint::ExclusiveWith(vec![other.clone()]).into());
    }
    if names.len() < 2 {
        return None;
    }
    match names
        .iter()
        .position(|name| Some(name.as_str()) == hit.subject.name)
    {
        Some(own) => {
            names.remove(own);
            Some(Constraint::ExclusiveWith(names).into())
        }
        None => {
            let first = names.remove(0);
            Some(Heard::about(first, Constraint::ExclusiveWith(names)))
        }
    }
}

/// What names all other filters together.
pub(super) const OTHERS: &str = "other conditions";

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.exclusive",
        "String",
        "The parameter is exclusive with parameters wick_id and oil_id.",
        "not with wick_id oil_id",
    ),
    (
        "zh.exclusive",
        "String",
        "灯油。如果使用油罐点灯，则lamp为必选参数，且不支持使用wick。",
        "lamp: required if the documented case\nnot with wick",
    ),
    (
        "en.exclusive",
        "-",
        "You can set either but not both of wick and oil.",
        "wick: not with oil",
    ),
    (
        "zh.exclusive",
        "String",
        "灯油，与wick_id不能同时指定。",
        "not with wick_id",
    ),
    (
        "zh.mutually-exclusive",
        "String",
        "灯油。与wick互斥，二者不能同时设置。",
        "not with wick",
    ),
    (
        "en.exclusive",
        "String",
        "This parameter and wick_id are mutually exclusive.",
        "not with wick_id",
    ),
    (
        "zh.exclusive",
        "String",
        "wick和oil不能同时传入。",
        "wick: not with oil",
    ),
    (
        "zh.exclusive",
        "String",
        "使用wick时，不能指定该参数。",
        "not with wick",
    ),
    (
        "zh.exclusive-with-rest",
        "String",
        "在使用wick作为条件过滤时，不能同时支持其他过滤条件和分页条件。",
        "wick: not with other conditions",
    ),
    (
        "en.exclusive",
        "String",
        "Either wick or oil can be set.",
        "wick: not with oil",
    ),
    (
        "en.exclusive-with-rest",
        "String",
        "If the wick is used as the search criteria, other search criteria are not supported.",
        "wick: not with other conditions",
    ),
];
