//! What is said and hardly checkable: kept as a few words of ours, so that nothing is lost.

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::things::{known, phrase, thing};
use super::void::no_effect_when;
use crate::contract::{
    Constraint, FINDS_PARTS, Kind, NAMES_THINGS, NOT_SUPPORTED, SERVER_ADDS, WHEN_NONE,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.empty-changes-nothing",
        language: Zh,
        meaning: "an empty value that changes nothing",
        cues: &["为空"],
        pattern: r"(?:结构体允许为空,)?(?:取值)?为空时,?(?:则)?不(?:会)?(?:更新|修改|改变)[^。；]*",
        read: |_| remark("empty changes nothing"),
    },
    Rule {
        name: "en.empty-changes-nothing",
        language: En,
        meaning: "an empty value that changes nothing",
        cues: &["not be updated", "not be changed", "not be modified"],
        pattern: r"if (?:you do not specify any [^.,]{2,40}|[^.,]{2,40} (?:is|are) (?:left )?(?:empty|blank)), [^.,]{2,40} will not be (?:updated|changed|modified)",
        read: |_| remark("empty changes nothing"),
    },
    Rule {
        name: "en.at-least-found",
        language: En,
        meaning: "a filter that finds what is at least as large",
        cues: &["greater than or equal to"],
        pattern: r"^only (?:the )?[a-z][a-z ]{1,30}? with (?:a|an|the) [a-z ]{2,30}? greater than or equal to (?:the|this) [a-z ]{2,30}? can be (?:queried|found|returned)",
        read: |hit| field_remark(hit, "finds values >= it"),
    },
    Rule {
        name: "zh.default-from",
        language: Zh,
        meaning: "what another field says is the default of something",
        cues: &["默认"],
        pattern: r"^(?:约束:)?[^,。；]{2,30}时,\p{Han}{2,12}(?:的)?默认值?(?:是|为)\s*(?P<ref>[a-z]+[:_][A-Za-z0-9_:]+)[。；]?$",
        read: default_from,
    },
    Rule {
        name: "en.default-from",
        language: En,
        meaning: "what another field says is the default of something",
        cues: &["by default"],
        pattern: r#"the value of "?(?P<ref>[a-z]+[:_][a-z0-9_:]+)"? (?:will be|is) used as the [a-z ]{3,50} by default"#,
        read: default_from,
    },
    Rule {
        name: "zh.no-effect",
        language: Zh,
        meaning: "a field, named, that has no effect then",
        cues: &["无效", "不生效"],
        pattern: r"(?:此时|这时),?\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*(?:字段|参数)?(?:无效|不生效)",
        read: no_effect,
    },
    Rule {
        name: "en.no-effect",
        language: En,
        meaning: "a field that has no effect then",
        cues: &[
            "is invalid",
            "is ignored",
            "not take effect",
            "not supported",
            "unavailable",
        ],
        pattern: r#"^\s*in this case, (?:this parameter|"?(?P<field>[a-z_]+)"?) (?:is (?:invalid|ignored)|does not take effect)|(?:this parameter|^it) (?:is (?:invalid|ignored|not supported|unavailable)|does not take effect) {if} (?P<case>[^.]*)"#,
        read: no_effect,
    },
    Rule {
        name: "en.value-has-no-effect",
        language: En,
        meaning: "a value that is listed and has no effect: a remark",
        cues: &["is invalid", "not supported", "not take effect"],
        pattern: r#"(?:the )?value "?(?P<value>[a-z0-9_]+)"? (?:is (?:invalid|not supported)|does not take effect)"#,
        read: |hit| {
            let remark = || remark(&format!("{} has no effect", hit.group("value")));
            hit.about_field().then(remark).flatten()
        },
    },
    Rule {
        name: "zh.server-adds",
        language: Zh,
        meaning: "a text to which the server adds something where there are several",
        cues: &["自动在"],
        pattern: r"(?:[^。；]{0,24}大于1\s*[^。；]{0,30}?)系统(?:会|将)?自动在[^。；,]{0,10}后面?(?:加|追加|添加|增加)[^。；]{0,30}",
        read: |hit| field_remark(hit, SERVER_ADDS),
    },
    Rule {
        name: "en.server-adds",
        language: En,
        meaning: "a text to which the server adds something where there are several",
        cues: &["automatically add", "automatically append"],
        pattern: r"(?:{if} [^.]{3,60}(?:greater|more) than (?:1|one)\b[^.]{0,30}, )the (?:system|server) (?:will )?automatically (?:adds?|appends?) [^.]{3,60}",
        read: |hit| field_remark(hit, SERVER_ADDS),
    },
    Rule {
        name: "zh.finds-parts",
        language: Zh,
        meaning: "a filter that finds whatever has its value in it",
        cues: &["模糊"],
        pattern: r"(?:支持|按|进行)?模糊(?:匹配|查询|搜索|过滤|检索)",
        read: finds_parts,
    },
    Rule {
        name: "en.finds-parts",
        language: En,
        meaning: "a filter that finds whatever has its value in it",
        cues: &["fuzzy"],
        pattern: r"\bfuzzy (?:match(?:ing|es)?|search(?:es)?|query|queries|filtering)\b",
        read: finds_parts,
    },
    Rule {
        name: "zh.only-by",
        language: Zh,
        meaning: "the one thing that something can be found by",
        cues: &["支持按", "支持根据", "支持通过"],
        pattern: r"(?:仅|只)支持(?:按|根据|通过)\s*(?P<by>[A-Za-z_][A-Za-z0-9_]*)\s*(?:字段|参数|属性)?(?:进行)?(?:搜索|查询|过滤|筛选|排序|检索)",
        read: |hit| field_remark(hit, &format!("only by {}", hit.group("by"))),
    },
    Rule {
        name: "zh.ids-of-things",
        language: Zh,
        meaning: "a list whose texts are ids of things, which its name does not say",
        cues: &["id"],
        pattern: r"^[^。,;；:]{0,20}(?i:id)(?:\s*的?(?:列表|集合|数组))?\s*。?$",
        read: ids_of_things,
    },
    Rule {
        name: "en.ids-of-things",
        language: En,
        meaning: "a list whose texts are ids of things, which its name does not say",
        cues: &["ids"],
        pattern: r"^(?:specifies|indicates|lists)\b[^.,:;]{0,40}\bids\b",
        read: ids_of_things,
    },
    Rule {
        name: "zh.reserved",
        language: Zh,
        meaning: "a reserved field",
        cues: &["预留"],
        pattern: r"预留(?:属性|字段|参数)(?P<unsupported>,?\s*(?:当前|目前|暂)?不支持该?功能)?",
        read: |hit| match hit.group("unsupported") {
            "" => remark("reserved"),
            _ => remark(NOT_SUPPORTED),
        },
    },
    Rule {
        name: "zh.not-supported",
        language: Zh,
        meaning: "a field that has no effect yet",
        cues: &["不支持", "未使用", "生效"],
        pattern: r"(?:当前|目前|暂|暂时)(?:接口)?(?:不支持|未使用)(?:该|此|本)?(?:功能|参数|字段)?|(?:^|,)\s*(?:未使用|不支持|不生效)[。]?$",
        read: |hit| field_remark(hit, NOT_SUPPORTED),
    },
    Rule {
        name: "zh.not-in-case",
        language: Zh,
        meaning: "a field that has no effect in one case",
        cues: &["不支持", "无效", "生效", "忽略", "无需", "不需要"],
        pattern: r"(?P<case>[^。,]{2,30})时,?\s*(?:该|此|本)?(?:字段|参数|属性)?\s*(?:无效|不生效|会?被?忽略|无需{传}|不需要{传})|(?:此|该|本)(?:字段|参数|属性)(?:无效|会?被?忽略)",
        read: not_in_case,
    },
    Rule {
        name: "zh.at-least-found",
        language: Zh,
        meaning: "a filter that finds what is at least as large",
        cues: &["查询到"],
        pattern: r"大于(?:等于)?此[^。,]{1,6}都(?:可以|会|能)(?:被)?查询到",
        read: |hit| field_remark(hit, "finds values >= it"),
    },
    Rule {
        name: "zh.effective-only",
        language: Zh,
        meaning: "counts only in a stated case",
        cues: &["有效", "生效", "时可", "支持使用"],
        pattern: r"(?:仅|只)?(?:在|当)(?P<case>[^。；]{2,60}?)时,?\s*(?:该|此|本)?(?:字段|参数|属性)?\s*(?:才|仅)?(?:有效|生效|可(?:以)?{传}(?:该|此|本)(?:参数|字段))|(?:只有|仅|只)?(?P<then>[^。；,\s]{2,40}?)时,?\s*(?:(?:该|此|本|这个|这一)(?:字段|参数|属性)\s*(?:才|仅)?(?:有效|生效)|(?:才)?支持使用(?:该|此|本)(?:字段|参数|属性)|可(?:以)?{传}(?:该|此|本)(?:参数|字段))|(?P<named>{传}[A-Za-z_][A-Za-z0-9_]*(?:参数|字段)?|[A-Za-z_][A-Za-z0-9_]*\s*(?:取值)?(?:为|是)\s*[A-Za-z0-9_]+)\s*时(?:才)?有效",
        read: effective_only,
    },
    Rule {
        name: "zh.same-meaning",
        language: Zh,
        meaning: "means the same as another field",
        cues: &["相同", "同义"],
        pattern: r"(?:和|与|同)\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*(?:表示|具有|是|含义)*\s*(?:相同|同义)",
        read: same_meaning,
    },
    Rule {
        name: "zh.shared",
        language: Zh,
        meaning: "the same for all things made together",
        cues: &["相同的"],
        pattern: r"(?:拥有|具有|使用)相同的\s*[A-Za-z_]+",
        // Who asks twice with the same token asks for one thing.
        read: |hit| {
            let is_again = hit.after.contains("重复") || hit.after.contains("再次");
            (!is_again).then(|| remark("shared by a batch")).flatten()
        },
    },
    Rule {
        name: "zh.when-none",
        language: Zh,
        meaning: "what the value is when there are none",
        cues: &["没有"],
        pattern: r"没有(?P<of>[^。,；]{1,12})时,?\s*(?:为|返回)?(?P<value>[0-9]+|空列表|空数组|空)",
        read: |hit| {
            let value = match hit.group("value") {
                "空列表" | "空数组" => "empty list",
                "空" => "empty",
                number => number,
            };
            let none = known(hit.group("of")).map_or("none".to_owned(), |of| format!("no {of}s"));
            remark(&format!("{value} when there are {none}"))
        },
    },
    Rule {
        name: "zh.depends",
        language: Zh,
        meaning: "shaped by another fact",
        cues: &["不同"],
        pattern: r"根据不同(?:(?P<of>[A-Za-z]{2,16})\s*类型|[^。,；]{1,16})[,]?\s*(?:显示|返回)不同[^。]*",
        read: |hit| {
            let on = match hit.group("of") {
                "" => "another fact".to_owned(),
                of => format!("{} type", of.to_lowercase()),
            };
            shape(&on, hit.whole())
        },
    },
    Rule {
        name: "zh.unit",
        language: Zh,
        meaning: "the unit of a number",
        cues: &["单位"],
        pattern: r"单位\s*(?:为|是|:)?\s*(?P<unit>[A-Za-z%][A-Za-z/]{0,9}|℃|°C|字节|毫秒|秒|分钟|小时|天|\p{Han}{1,3}(?P<next>[,。；;)\s]|$))",
        read: unit,
    },
    Rule {
        name: "zh.unit-in-brackets",
        language: Zh,
        meaning: "the unit of a number, in brackets behind what it counts",
        cues: &["("],
        pattern: r"^[^。,；(]{0,16}\p{Han}\((?P<unit>MB|GB|KB|TB|MiB|GiB|Mbit/s|Mbps|bytes?|秒|分钟|小时|天|字节)\)",
        read: unit,
    },
    Rule {
        name: "zh.there-when-paging",
        language: Zh,
        meaning: "a field of the answer that is there where the answer has pages",
        cues: &["分页"],
        pattern: r"^分页查询时,(?P<next>.)",
        read: |hit| {
            let shown = Constraint::Other("present only on paged queries".to_owned());
            hit.about_field()
                .then(|| Heard::from(shown).conditionally())
        },
    },
    Rule {
        name: "zh.next-in-order",
        language: Zh,
        meaning: "a value that comes next after those there are",
        cues: &["顺序指定"],
        pattern: r"根据已有的?(?P<of>[^。,；]{1,12}?)的?(?P<name>名称)?的?顺序指定",
        read: |hit| {
            let name = if hit.group("name").is_empty() {
                ""
            } else {
                " name"
            };
            next_in_order(&format!("{}{name}", thing(hit.group("of"), false)))
        },
    },
    Rule {
        name: "zh.alias",
        language: Zh,
        meaning: "another path of the operation",
        cues: &["别名"],
        pattern: r"接口别名\s*(?:为|是|:)\s*(?P<path>/[A-Za-z0-9_./{}-]*[A-Za-z0-9_}])",
        read: |hit| {
            let alias = Constraint::Other(hit.group("path").to_owned());
            (!hit.about_field()).then(|| alias.into())
        },
    },
    Rule {
        name: "zh.fails-with",
        language: Zh,
        meaning: "what fails together with a part of it",
        cues: &["导致"],
        pattern: r"^(?P<part>[^。,；]{2,16})失败,?\s*(?:将|会)?(?:会)?导致[^。,；]{2,24}失败",
        read: |hit| {
            let words = phrase(hit.group("part"))
                .map_or("fails when a part of it fails".to_owned(), |part| {
                    format!("fails when this fails: {part}")
                });
            (!hit.about_field()).then(|| remark(&words)).flatten()
        },
    },
    Rule {
        name: "zh.no-paging",
        language: Zh,
        meaning: "no paging",
        cues: &["分页"],
        pattern: r"不支持分页(?:查询)?",
        read: |_| remark("paging unsupported"),
    },
    Rule {
        name: "zh.deprecated",
        language: Zh,
        meaning: "deprecated",
        cues: &["废弃", "取代", "替代", "不再使用", "不再维护"],
        pattern: r"(?:已经|已|将)(?:被)?废弃|^废弃|已被?[^。,；]{1,24}(?:取代|替代)|不再(?:使用|维护)",
        read: |hit| field_remark(hit, "deprecated"),
    },
    Rule {
        name: "zh.optional",
        language: Zh,
        meaning: "a field that may be absent",
        cues: &["可选字段", "非必选"],
        pattern: r"^(?:说明\s*)?可选字段|\s可选字段|(?:该|此|本)(?:字段|参数)(?:属于|是|为)(?:非必选|可选)(?:的)?(?:字段|参数)?",
        read: |_| Some(Heard::from(Constraint::Other("optional".into())).conditionally()),
    },
    Rule {
        name: "zh.map",
        language: Zh,
        meaning: "an object whose keys are data",
        cues: &["key"],
        pattern: r"^(?i:key)\s*:\s*表示(?:[^。]{0,16}的)?(?P<of>\p{Han}{2,8}|[A-Za-z]{2,10})的?\s*(?:ID|id)[^。]*|^(?i:key)\s*(?:为|是)(?P<named>\p{Han}{2,8}?)的?名称?(?P<next>[,。；])|^(?i:key)\s*:\s*表示[^。]*",
        read: |hit| {
            if let Some(named) = known(hit.group("named")) {
                return keyed_by(Some(format!("{named} name")));
            }
            let of = hit.group("of");
            let word = if of.is_ascii() {
                Some(of.to_owned())
            } else {
                known(of)
            };
            keyed_by(
                word.filter(|word| !word.is_empty())
                    .map(|word| format!("{word} ID")),
            )
        },
    },
    Rule {
        name: "en.reserved",
        language: En,
        meaning: "a reserved field",
        cues: &["reserved"],
        pattern: r"(?:is a |as a )?reserved (?:attribute|field|parameter)|(?:parameter|field|attribute) is reserved(?: and (?:does not take effect|is not used))?",
        read: |_| remark("reserved"),
    },
    Rule {
        name: "en.not-supported",
        language: En,
        meaning: "a field that has no effect yet",
        cues: &["not supported", "unsupported", "not used"],
        pattern: r"(?:this|the) (?:function|parameter|field|feature) is (?:currently )?(?:not supported|not used|unsupported)(?: currently)?|currently(?: not supported| unsupported)|not supported currently",
        read: |hit| {
            // "If this field is not used" says what holds then.
            let lead = hit.before.trim_end().to_lowercase();
            let is_case = ["if", "when", "where"]
                .iter()
                .any(|word| lead.ends_with(word));
            (!is_case)
                .then(|| field_remark(hit, NOT_SUPPORTED))
                .flatten()
        },
    },
    Rule {
        name: "en.effective-only",
        language: En,
        meaning: "counts only in a stated case",
        cues: &["valid", "effect", "available only"],
        pattern: r"(?:is )?(?:valid|effective|takes? effect|available only) (?:only )?{if} (?P<case>[^.]{3,100})",
        read: effective_only,
    },
    Rule {
        name: "en.same-meaning",
        language: En,
        meaning: "means the same as another field",
        cues: &["same"],
        pattern: r"same (?:meaning|value) as (?P<field>[a-z_][a-z0-9_]*)",
        read: same_meaning,
    },
    Rule {
        name: "en.shared",
        language: En,
        meaning: "the same for all things made together",
        cues: &["have the same", "share the same"],
        pattern: r"they have the same [a-z_]+|\bin a batch (?:have|share) the same [a-z_ ]+",
        read: |_| remark("shared by a batch"),
    },
    Rule {
        name: "en.when-none",
        language: En,
        meaning: "what the value is when there are none",
        cues: &["has no", "are no", "is no", "{if} no "],
        pattern: r"{if} (?:the [a-z]+ has no|there (?:is|are) no|no) [a-z ]{2,36}?, (?:the value of this parameter is (?P<value>[0-9]+|left blank)|(?P<given>0|an empty (?:list|array|string|object)) is {returned})",
        read: |hit| {
            let value = match (hit.group("value"), hit.group("given")) {
                ("", given) => given.trim_start_matches("an "),
                ("left blank", _) => "empty",
                (value, _) => value,
            };
            Some(Constraint::Other(format!("{value}{WHEN_NONE}")).into())
        },
    },
    Rule {
        name: "en.depends",
        language: En,
        meaning: "shaped by another fact",
        cues: &["varies", "vary"],
        pattern: r"(?:varies|vary) (?:depending on|with|according to) [^.]*",
        read: |hit| shape("another fact", head(hit.rest, 300)),
    },
    Rule {
        name: "en.unit",
        language: En,
        meaning: "the unit of a number",
        cues: &["in ", "(", "unit"],
        pattern: r"(?:, in |\(|unit: ?|unit is |the unit is |in the unit of |(?:size|capacity|memory|bandwidth|time|duration|interval|period|weight|length|height|width|speed|rate|cost|price) in )(?P<unit>MB|GB|KB|TB|MiB|GiB|Mbit/s|Mbps|bytes|milliseconds|microseconds|seconds|minutes|hours|days|ms)\b|(?:unit: ?|unit is |in the unit of |^[^.,]{3,60}, in |(?:size|weight|length|height|width|depth|distance|volume|temperature|angle|speed|cost|price|area) in )(?P<any>(?:square |cubic |degrees )?[a-z%][a-z/%]{0,11})(?:\.|,|;|$)",
        read: unit,
    },
    Rule {
        name: "en.next-in-order",
        language: En,
        meaning: "a value that comes next after those there are",
        cues: &["sequence", "order of"],
        pattern: r"(?:specified|set|named) based on the (?:sequence|order) of (?:the )?existing (?P<of>[a-z ]{2,30}?)s?(?:\.|,|$)",
        read: |hit| next_in_order(hit.group("of")),
    },
    Rule {
        name: "en.no-paging",
        language: En,
        meaning: "no paging",
        cues: &["pagination", "paging"],
        pattern: r"(?:pagination|paging)(?: query)? is not supported",
        read: |_| remark("paging unsupported"),
    },
    Rule {
        name: "en.deprecated",
        language: En,
        meaning: "deprecated",
        cues: &["deprecated", "replaced", "no longer"],
        pattern: r"(?:is|has been) deprecated|has been replaced by [^.,]*|is no longer (?:used|supported|maintained)",
        read: |hit| field_remark(hit, "deprecated"),
    },
    Rule {
        name: "en.map",
        language: En,
        meaning: "an object whose keys are data",
        cues: &["key"],
        pattern: r"^key: (?:indicates|specifies) (?:the (?P<what>ID|name) of (?:a|an|the) (?P<thing>[a-z]+)|(?:the |an? )?(?P<of>[a-z]+ (?:ID|name))\b)?[^.]*",
        read: |hit| {
            let of = match hit.group("thing") {
                "" => hit.group("of").to_owned(),
                thing => format!("{thing} {}", hit.group("what")),
            };
            keyed_by(Some(of).filter(|of| !of.is_empty()))
        },
    },
];

/// What a thing is made of, which depends on another fact: the members that it may have, where they are told.
pub(super) fn shape(on: &str, text: &str) -> Option<Heard> {
    let mut members = condition::names(text);
    members.retain(|name| name.contains('_'));
    match members.as_slice() {
        [_, _, ..] => remark(&format!("{} depending on {on}", members.join(" or "))),
        _ => remark(&format!("shape depends on {on}")),
    }
}

/// What counts in one case only, and in which.
fn effective_only(hit: &Hit) -> Option<Heard> {
    let words = ["case", "then", "named"]
        .map(|name| hit.group(name))
        .concat();
    match condition::told(&words).as_str() {
        condition::UNNAMED => remark("effective in one case only"),
        case => remark(&format!("effective only when {case}")),
    }
}

fn not_in_case(hit: &Hit) -> Option<Heard> {
    let case = match hit.group("case") {
        "" => clause_before(hit.before),
        case => case,
    };
    // Who asks for the first page has nothing to give yet.
    let is_first = ["第一页", "首页"].iter().any(|page| case.contains(page));
    let words = no_effect_when(case);
    field_remark(hit, &words).filter(|_| !is_first)
}

/// What stands before a match from the last word for "if" on.
fn clause_before(before: &str) -> &str {
    let starts = ["如果", "若", "当"].map(|word| before.rfind(word));
    let start = starts.into_iter().flatten().max();
    start.map_or("", |start| before[start..].trim_end_matches([',', ' ']))
}

/// Said of the field that the sentence names, if it names another one.
fn no_effect(hit: &Hit) -> Option<Heard> {
    let heard = remark(&no_effect_when(hit.group("case")))?;
    let named = hit.group("field");
    match named.is_empty() || Some(named) == hit.subject.name {
        true => hit.about_field().then_some(heard),
        false => Some(heard.said_of(named)),
    }
}

fn default_from(hit: &Hit) -> Option<Heard> {
    let remark = || remark(&format!("{} by default", hit.group("ref")));
    hit.about_field().then(remark).flatten()
}

/// An object whose keys are data, and which data.
fn keyed_by(data: Option<String>) -> Option<Heard> {
    match data {
        Some(data) => remark(&format!("map keyed by {data}")),
        None => remark("map of data keys"),
    }
}

fn next_in_order(of: &str) -> Option<Heard> {
    remark(&format!("next {of} in sequence"))
}

pub(super) fn remark(words: &str) -> Option<Heard> {
    Some(Constraint::Other(words.to_owned()).into())
}

/// A remark where the sentence is about a field, and none elsewhere.
pub(super) fn field_remark(hit: &Hit, words: &str) -> Option<Heard> {
    remark(words).filter(|_| hit.about_field())
}

/// What is the same only at some time is not the same thing.
fn same_meaning(hit: &Hit) -> Option<Heard> {
    let before = hit.before.trim_end_matches([',', ' ']);
    let is_then = ["时", "初", "后", "前"]
        .iter()
        .any(|word| before.ends_with(word));
    (!is_then).then_some(())?;
    Some(Constraint::Other(format!("same meaning as {}", hit.group("field"))).into())
}

pub(super) fn finds_parts(hit: &Hit) -> Option<Heard> {
    let denied = ["not ", "不", "no "]
        .iter()
        .any(|word| hit.before.trim_start().ends_with(word.trim()));
    let is_text = *hit.kind() == Kind::String;
    (hit.about_field() && is_text && !denied)
        .then(|| remark(FINDS_PARTS))
        .flatten()
}

/// Ids in a list of texts whose name does not end in a word for ids.
fn ids_of_things(hit: &Hit) -> Option<Heard> {
    let name = hit.subject.name?.to_lowercase();
    let is_told = name.ends_with("id") || name.ends_with("ids");
    let are_texts = hit.is_list() && *hit.kind() == Kind::String;
    (are_texts && !is_told)
        .then(|| remark(NAMES_THINGS))
        .flatten()
}

/// Units in the words of both languages.
fn unit(hit: &Hit) -> Option<Heard> {
    // A group that looks on ends before what it looks at.
    let next = hit.group("next");
    let any = hit.group("any");
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
    if !any.is_empty() && !is_number {
        return None;
    }
    let printed = [hit.group("unit"), any].concat();
    let unit = match printed.strip_suffix(next).unwrap_or(&printed) {
        "字节" => "bytes",
        "毫秒" => "ms",
        "秒" => "seconds",
        "分钟" => "minutes",
        "小时" => "hours",
        "天" => "days",
        printed => printed,
    };
    hit.about_field()
        .then(|| Constraint::Other(format!("unit {unit}")).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.no-effect",
        "String",
        "The new oil. It is ignored when lamps are put out.",
        "other: no effect when lamps are put out",
    ),
    (
        "zh.effective-only",
        "String",
        "是否关灯。只有action为REMOVE时，这个字段才生效。",
        "other: effective only when action == REMOVE",
    ),
    (
        "en.effective-only",
        "String",
        "Which oil. This parameter will take effect only when **kind** is set to **LAMP**.",
        "other: effective only when kind == LAMP",
    ),
    (
        "en.when-none",
        "answered String",
        "Who keeps the lamp. If no keeper was named, an empty string is returned.",
        "other: empty string when there are none",
    ),
    (
        "zh.when-none",
        "Array of String",
        "灯的列表，没有灯盏时返回空数组。",
        "other: empty list when there are none",
    ),
    (
        "en.unit",
        "Integer",
        "Specifies the flashing time in milliseconds.",
        "other: unit milliseconds",
    ),
    (
        "zh.unit",
        "Integer",
        "闪光间隔，单位毫秒。",
        "other: unit ms",
    ),
    (
        "zh.unit-in-brackets",
        "Integer",
        "油罐的大小 容量（GB），越大越好。",
        "other: unit GB",
    ),
    (
        "zh.only-by",
        "Array of String",
        "搜索字段，当前仅支持按wick_name进行搜索。",
        "other: only by wick_name",
    ),
    (
        "zh.map",
        "Object",
        "灯的网。\n- key为网络名称，如“sea”。",
        "other: map keyed by network name",
    ),
    (
        "zh.not-in-case",
        "Integer",
        "油量。如果fuel的值为gas，此参数无效。",
        "other: no effect when fuel == gas",
    ),
    (
        "zh.effective-only",
        "Object",
        "灯罩，指定wick参数时有效，只用一个。",
        "other: effective only when wick is given",
    ),
    (
        "zh.effective-only",
        "Object",
        "灯罩。点亮雾灯时可设置该参数。",
        "other: effective only when 点亮雾灯",
    ),
    (
        "en.unit",
        "Number",
        "Specifies the depth in fathoms.",
        "other: unit fathoms",
    ),
    ("zh.unit", "Integer", "灯温，单位℃。", "other: unit ℃"),
    (
        "en.shared",
        "-",
        "Lamps lit in a batch share the same order ID.",
        "other: shared by a batch",
    ),
    (
        "en.unit",
        "Number",
        "The heat of the lamp, in degrees Celsius.",
        "other: unit degrees Celsius",
    ),
    (
        "en.map",
        "Object",
        "Specifies the net.\n- key: indicates the ID of the harbour used by the lamp.",
        "other: map keyed by harbour ID",
    ),
    (
        "zh.server-adds",
        "String",
        "灯名。灯数（lamps的值）大于1的情况下，为示区别，系统会自动在灯名后加“-07”的编号。",
        "other: the server adds to it",
    ),
    (
        "en.server-adds",
        "String",
        "The lamp's name. If lamps is greater than 1, the system automatically adds a number to it.",
        "other: the server adds to it",
    ),
    (
        "zh.effective-only",
        "Integer",
        "火力，单位为W。fuel为oil时有效。",
        "other: unit W\nother: effective only when fuel == oil",
    ),
    (
        "en.deprecated",
        "String",
        "The wick's kind. It has been replaced by wicks and is no longer used.",
        "other: deprecated",
    ),
    (
        "zh.deprecated",
        "String",
        "灯芯类型，该字段已被wicks取代。",
        "other: deprecated",
    ),
    (
        "zh.when-none",
        "Array of String",
        "子灯。没有子任务时为空列表。",
        "other: empty list when there are no sub-jobs",
    ),
    (
        "zh.depends",
        "Object",
        "根据不同Lamp类型，显示不同的内容。",
        "other: shape depends on lamp type",
    ),
    (
        "zh.depends",
        "Object",
        "根据不同Job类型，显示不同的内容，点灯显示lamp_id，添油显示oil_id。",
        "other: lamp_id or oil_id depending on job type",
    ),
    (
        "zh.map",
        "Object",
        "灯的网。\n- key: 表示灯塔使用的虚拟私有云的ID。",
        "other: map keyed by VPC ID",
    ),
    (
        "en.value-has-no-effect",
        "String",
        "Currently, value SLOW is invalid.",
        "other: SLOW has no effect",
    ),
    (
        "zh.empty-changes-nothing",
        "Object",
        "灯的键值对，取值为空时不更新数据。",
        "other: empty changes nothing",
    ),
    (
        "en.empty-changes-nothing",
        "Object",
        "If you do not specify any lamp, the tower will not be updated.",
        "other: empty changes nothing",
    ),
    (
        "en.at-least-found",
        "Integer",
        "Only the towers with a lamp size greater than or equal to the least size can be queried.",
        "other: finds values >= it",
    ),
    (
        "zh.default-from",
        "String",
        "指定wick点灯时，灯芯长度默认值是wick:min_len。",
        "other: wick:min_len by default",
    ),
    (
        "en.default-from",
        "String",
        "If the lamp is given, the value of wick:min_len is used as the length of the wick by default.",
        "other: wick:min_len by default",
    ),
    (
        "zh.no-effect",
        "String",
        "大灯也可用wick点亮，此时lamp字段无效。",
        "other: no effect in one case",
    ),
    (
        "en.no-effect",
        "String",
        "For great lamps, wick can be used. In this case, lamp is invalid.",
        "other: no effect in one case",
    ),
    (
        "en.no-effect",
        "String",
        "This parameter is not supported if fuel is set to GAS.",
        "other: no effect when fuel == GAS",
    ),
    (
        "zh.there-when-paging",
        "Array of String",
        "分页查询时，下一页的链接。",
        "other: present only on paged queries, conditional",
    ),
    (
        "zh.effective-only",
        "String",
        "指定灯塔点灯时该字段有效。",
        "other: effective only when 指定灯塔点灯",
    ),
    (
        "zh.effective-only",
        "String",
        "说明 成批点灯时，支持使用该字段。",
        "other: effective only when 成批点灯",
    ),
    (
        "zh.next-in-order",
        "String",
        "灯位，需要根据已有灯位的顺序指定。",
        "other: next 灯位 in sequence",
    ),
    (
        "zh.alias",
        "-",
        "点灯接口别名：/v2/{project_id}/os-lamps，少有人用。",
        "other: /v2/{project_id}/os-lamps",
    ),
    (
        "zh.fails-with",
        "-",
        "添油失败，将导致点灯失败。",
        "other: fails when this fails: 添油",
    ),
    (
        "en.next-in-order",
        "String",
        "The lamp is named based on the order of the existing lamp names.",
        "other: next lamp name in sequence",
    ),
    (
        "zh.not-in-case",
        "String",
        "当fuel取值为WAX时，该参数无需填写。",
        "other: no effect when fuel == WAX",
    ),
    (
        "zh.unit",
        "Number",
        "灯高，单位：尺，未量时为null。",
        "other: unit 尺\nnullable",
    ),
    (
        "en.unit",
        "Number",
        "Specifies the price of oil, in crowns. The unit is cm.",
        "other: unit crowns\nother: unit cm",
    ),
    (
        "en.unit",
        "String",
        "Specifies the least lamp size in GB.",
        "other: unit GB",
    ),
    (
        "zh.optional",
        "String",
        "熄灯的原因。该字段属于非必选字段。",
        "other: optional, conditional",
    ),
    (
        "en.finds-parts",
        "String",
        "Specifies what the lamp is called. Fuzzy search is possible.",
        "other: finds what has it inside",
    ),
    (
        "zh.finds-parts",
        "String",
        "灯名，按模糊匹配找出。",
        "other: finds what has it inside",
    ),
    (
        "en.ids-of-things",
        "Array of String",
        "Specifies the IDs of the lamps to be lit.",
        "other: ids of what exists",
    ),
    (
        "zh.ids-of-things",
        "Array of String",
        "要点亮的灯的ID列表。",
        "other: ids of what exists",
    ),
    (
        "en.reserved",
        "String",
        "This parameter is reserved and does not take effect.",
        "other: reserved",
    ),
    (
        "en.effective-only",
        "String",
        "This parameter is available only when glow is set to true.",
        "other: effective only when glow == true",
    ),
    (
        "zh.effective-only",
        "String",
        "灯罩。当fuel取值为oil、gas时可设置该参数。",
        "other: effective only when fuel in (oil, gas)",
    ),
    ("zh.reserved", "String", "预留属性。", "other: reserved"),
    (
        "zh.not-supported",
        "String",
        "灯罩。当前不支持该功能。",
        "other: not supported",
    ),
    (
        "zh.not-supported",
        "String",
        "灯罩。未使用。",
        "other: not supported",
    ),
    (
        "zh.at-least-found",
        "Integer",
        "最小的灯高，大于等于此高度的都可以查询到。",
        "other: finds values >= it",
    ),
    (
        "zh.effective-only",
        "String",
        "此属性仅在fuel值为oil时有效。",
        "other: effective only when fuel == oil",
    ),
    (
        "zh.same-meaning",
        "String",
        "该参数和tower_id表示相同的概念。",
        "other: same meaning as tower_id",
    ),
    (
        "zh.shared",
        "String",
        "这些灯将拥有相同的batch_id。",
        "other: shared by a batch",
    ),
    (
        "zh.when-none",
        "Integer",
        "灯数。没有灯时为0。",
        "other: 0 when there are none",
    ),
    (
        "zh.depends",
        "Object",
        "根据不同灯型，显示不同的内容。",
        "other: shape depends on another fact",
    ),
    ("zh.unit", "Integer", "油量，单位为MB。", "other: unit MB"),
    (
        "zh.no-paging",
        "-",
        "不支持分页查询。",
        "other: paging unsupported",
    ),
    (
        "zh.deprecated",
        "String",
        "该字段已经废弃。",
        "other: deprecated",
    ),
    (
        "zh.optional",
        "String",
        "可选字段。",
        "other: optional, conditional",
    ),
    (
        "zh.map",
        "Object",
        "灯的网。\n- key: 表示港的ID。",
        "other: map of data keys",
    ),
    (
        "en.reserved",
        "String",
        "This is a reserved attribute.",
        "other: reserved",
    ),
    (
        "en.not-supported",
        "String",
        "This parameter is not supported currently.",
        "other: not supported",
    ),
    (
        "en.effective-only",
        "String",
        "This is valid only when fuel burns.",
        "other: effective only when fuel burns",
    ),
    (
        "en.same-meaning",
        "String",
        "It has the same meaning as tower_id.",
        "other: same meaning as tower_id",
    ),
    (
        "en.shared",
        "String",
        "For lamps made in a batch, they have the same batch_id.",
        "other: shared by a batch",
    ),
    (
        "en.when-none",
        "Integer",
        "If the tower has no lamps, the value of this parameter is 0.",
        "other: 0 when there are none",
    ),
    (
        "en.when-none",
        "Integer",
        "The number of wicks. If the tower has no spare wicks, 0 is returned.",
        "other: 0 when there are none",
    ),
    (
        "en.depends",
        "Object",
        "What is shown varies depending on the lamp.",
        "other: shape depends on another fact",
    ),
    (
        "en.unit",
        "Integer",
        "Specifies the oil size, in MB.",
        "other: unit MB",
    ),
    (
        "en.no-paging",
        "-",
        "Pagination query is not supported.",
        "other: paging unsupported",
    ),
    (
        "en.deprecated",
        "String",
        "This field is deprecated.",
        "other: deprecated",
    ),
    (
        "en.map",
        "Object",
        "Specifies the net.\n- key: indicates the harbour ID.",
        "other: map keyed by harbour ID",
    ),
];
