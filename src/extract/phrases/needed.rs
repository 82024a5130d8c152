//! When a field is needed or shown, said by its name from elsewhere, or with what it goes together.

use std::sync::LazyLock;

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::thing;
use crate::contract::Constraint;
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.needed-only-when",
        language: Zh,
        meaning: "another field is needed in one case only",
        cues: &["才需要", "才需"],
        pattern: r#"(?:^|[。；,;])\s*(?P<condition>[^。；,;]{1,40}?)时,?\s*才需要?\s*{传}\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_.]*)"?\s*(?:属性|参数|字段)?"#,
        read: |hit| {
            let condition = condition::in_short(hit.group("condition"));
            Some(Heard::about(
                hit.group("field"),
                Constraint::RequiredIf(condition),
            ))
        },
    },
    Rule {
        name: "zh.itself-only-when",
        language: Zh,
        meaning: "the field is needed in one case only",
        cues: &["才需要", "才需", "才必须"],
        pattern: r"(?:^|[,。；])\s*(?:只有|仅当|仅在|当)(?P<condition>[^。；,]{2,40}?)时,?\s*才{必须}{传}(?:该|此|本)?(?:参数|字段)?(?P<next>[。；,]|$)",
        read: |hit| {
            let condition = condition::told(hit.group("condition"));
            let needed = Constraint::RequiredIf(condition);
            hit.about_field().then(|| needed.into())
        },
    },
    Rule {
        name: "zh.itself-if-wanted",
        language: Zh,
        meaning: "the field is needed for something that one may want",
        cues: &["如需", "如果需要", "若需"],
        pattern: r"(?:如需|如果需要|若需要?)(?P<condition>[^。；,]{2,20}?),?则?(?:必须|必需|务必){传}(?:该|此|本)?(?:参数|字段)?(?P<next>[。；,]|$)",
        read: |hit| {
            let condition = condition::told(hit.group("condition"));
            let needed = Constraint::RequiredIf(condition);
            hit.about_field().then(|| needed.into())
        },
    },
    Rule {
        name: "zh.thing-required-for",
        language: Zh,
        meaning: "a field, named by a noun, is required in one case",
        cues: &["必须指定", "必须填写", "必须传入"],
        pattern: r"^(?P<condition>[^。；,;]{2,30}?)(?:时,?)?\s*必须{传}(?P<noun>\p{Han}{2,6})[。；]?$",
        read: |hit| {
            let printed = hit.group("condition");
            let condition = of_kind(printed).unwrap_or_else(|| condition::in_short(printed));
            let needed = Constraint::RequiredIf(condition);
            (!hit.about_field()).then(|| Heard::about(hit.group("noun"), needed))
        },
    },
    Rule {
        name: "en.needed-unless",
        language: En,
        meaning: "a field that is needed in all cases but one",
        cues: &["except", "unless", "otherwise"],
        pattern: r"(?:is |are )?(?:mandatory|required|{must} be {given}),? (?:except (?:that|when|if|in the case that|where)|unless) (?P<condition>[^.;]{3,100})|(?:is )?optional {if} (?P<optional>[^.;,]{3,100})[,;.] ?otherwise,? (?:it is |this (?:parameter|field) is )?(?:mandatory|required)",
        read: |hit| {
            let condition = [hit.group("condition"), hit.group("optional")].concat();
            let condition = condition::in_short(&condition);
            let needed = Constraint::RequiredIf(format!("unless: {condition}"));
            hit.about_field().then(|| needed.into())
        },
    },
    Rule {
        name: "zh.optional-when",
        language: Zh,
        meaning: "a required field that is optional in one case",
        cues: &["为可选"],
        pattern: r#"(?:如果|当|若)(?P<condition>[^。；]{1,60}?)(?:时)?,\s*则?\s*(?:(?:该|此|本)(?:参数|字段)|"?(?P<named>[A-Za-z_][A-Za-z0-9_]*)"?)\s*(?:参数|字段)?为可选(?:参数|字段)?"#,
        read: |hit| {
            let condition = condition::in_short(hit.group("condition"));
            let needed = Constraint::RequiredIf(format!("unless: {condition}"));
            let named = hit.group("named");
            let is_own = named.is_empty() || Some(named) == hit.subject.name;
            match (hit.about_field(), is_own) {
                (true, true) => Some(needed.into()),
                (_, false) => Some(Heard::about(named, needed)),
                (false, true) => None,
            }
        },
    },
    Rule {
        name: "zh.shown-when",
        language: Zh,
        meaning: "a field of the answer that is there in one case",
        cues: &["响应中包括", "响应中包含", "响应中返回", "响应体中包含"],
        pattern: r#"(?:^|[。；])\s*(?P<condition>[^。；,]{1,40}?)时,?\s*响应(?:体|消息)?中(?:会)?(?:包括|包含|返回)\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?"#,
        read: |hit| {
            let condition = condition::in_short(hit.group("condition"));
            let shown = Constraint::RequiredIf(condition);
            Some(Heard::about(hit.group("field"), shown).conditionally())
        },
    },
    Rule {
        name: "zh.used-with",
        language: Zh,
        meaning: "used together with another field",
        cues: &["配合使用"],
        pattern: r#"(?:^|[,。；])\s*(?:该|此|本)?(?:参数|字段)?(?:可|应)?(?:与|和)\s*"?(?P<with>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?配合使用"#,
        read: |hit| {
            let own = hit.subject.name?;
            let needed = Constraint::RequiredIf(format!("{own} is given"));
            Some(Heard::about(hit.group("with"), needed))
        },
    },
    Rule {
        name: "zh.empty-together",
        language: Zh,
        meaning: "another field must be empty where this one is: this one is needed beside it",
        cues: &[
            "也必须为空",
            "也应为空",
            "必须同时为空",
            "也不传",
            "也必须不传",
        ],
        pattern: r"(?:若|如果|当)(?:该|此|本)(?:字段|参数){不传}(?:时)?,则?\s*(?P<other>[A-Za-z_][A-Za-z0-9_]*)\s*(?:参数|字段)?(?:也)?{必须}?(?:同时)?(?:为空|不传)",
        read: |hit| {
            let needed = Constraint::RequiredIf(format!("{} is given", hit.group("other")));
            hit.about_field().then(|| needed.into())
        },
    },
    Rule {
        name: "zh.given-together",
        language: Zh,
        meaning: "a field that must be given together with another one",
        cues: &[
            "同时传入",
            "同时指定",
            "同时设置",
            "同时使用",
            "一起传入",
            "一起使用",
        ],
        pattern: r"(?:^|[,。；])\s*{必须}?(?:与|和)\s*(?P<with>[A-Za-z_][A-Za-z0-9_]*)\s*(?:参数|字段)?{必须}?(?:同时|一起){传}(?P<next>[,。；]|$)",
        read: |hit| {
            // What is said of the field binds the other one: that one may still be given alone.
            let own = hit.subject.name?;
            let needed = Constraint::RequiredIf(format!("{own} is given"));
            Some(Heard::about(hit.group("with"), needed))
        },
    },
    Rule {
        name: "zh.overwrites",
        language: Zh,
        meaning: "what is sent replaces what has the same name already",
        cues: &["覆盖"],
        pattern: r#"(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*(?:值)?相同,?[^。；]{0,24}?(?:不同)?时?,?\s*(?:会|将|则)?覆盖(?:已有|原有|原来|旧)[^。；]*"#,
        read: |hit| {
            let field = hit.group("field");
            let existing = format!("existing value of the same {field}");
            let order = vec!["new value".to_owned(), existing];
            Some(Heard::about(field, Constraint::Precedence(order)))
        },
    },
    Rule {
        name: "zh.new-overwrites",
        language: Zh,
        meaning: "what is added replaces what there was",
        cues: &["覆盖"],
        pattern: r"^新(?:添加|增|建|设置)?的?\p{Han}{1,8}?(?:时,? ?)?(?:会|将)?覆盖(?:原有|已有|旧|之前)的?\p{Han}{0,8}",
        read: |hit| (!hit.about_field()).then(overwrites),
    },
    Rule {
        name: "en.new-overwrites",
        language: En,
        meaning: "what is added replaces what there was",
        cues: &["overwrite"],
        pattern: r"^(?:a|the) new [a-z ]{2,24}? (?:will |automatically )?overwrites? (?:the|an|any) (?:existing|original|old|previous)\b[^.]*",
        read: |hit| (!hit.about_field()).then(overwrites),
    },
    Rule {
        name: "zh.not-in-batch",
        language: Zh,
        meaning: "a field that cannot be used when several things are made at once",
        cues: &["批创", "批量创建", "批量使用"],
        pattern: r"{不能}(?:用于|进行)?批(?:量)?(?:创建?|使用)[^。；,]*",
        read: not_in_batch,
    },
];

fn overwrites() -> Heard {
    let order = ["new value", "existing value"].map(str::to_owned).to_vec();
    Constraint::Precedence(order).into()
}

/// What names the making of several things in one request.
pub(in crate::extract) const BATCH: &str = "several at once";

/// Of a field that is about one thing only.
fn not_in_batch(hit: &Hit) -> Option<Heard> {
    let is_case = !hit.before.is_empty();
    let exclusive = Constraint::ExclusiveWith(vec![BATCH.to_owned()]);
    (hit.about_field() && is_case).then(|| exclusive.into())
}

/// The case of things of a kind that a word before the noun tells: "lighting a foggy lamp".
fn of_kind(printed: &str) -> Option<String> {
    static KIND: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^\p{Han}{2}\s*(?P<kind>[a-z][a-z_-]{2,20})\s*的?(?P<thing>\p{Han}{1,6})$")
    });
    let found = KIND.captures(printed.trim().trim_end_matches('时'))?;
    let thing = thing(&found["thing"], false);
    Some(format!("{thing} is {}", &found["kind"]))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.needed-unless",
        "String",
        "The oil. This parameter is optional if wick is specified; otherwise, it is mandatory.",
        "required if unless: wick given",
    ),
    (
        "en.needed-unless",
        "String",
        "When to light it. This parameter is mandatory except that the clockwork is disabled.",
        "required if unless: the documented case",
    ),
    (
        "zh.given-together",
        "String",
        "点灯时间，与dark_at同时传入。",
        "dark_at: required if lamp is given",
    ),
    (
        "zh.itself-if-wanted",
        "String",
        "灯罩，如需挡雨则必须传入。",
        "required if 挡雨",
    ),
    (
        "zh.itself-only-when",
        "String",
        "灯油的牌号，只有fuel取值为oil时才需要设置。",
        "required if fuel == oil",
    ),
    (
        "zh.empty-together",
        "String",
        "开灯时间。若该字段为空，则dark_at也必须为空。",
        "required if dark_at is given",
    ),
    (
        "en.new-overwrites",
        "-",
        "A new flag will overwrite the existing one.",
        "precedence new value existing value",
    ),
    (
        "zh.new-overwrites",
        "-",
        "新添加的灯会覆盖原有的灯。",
        "precedence new value existing value",
    ),
    (
        "zh.new-overwrites",
        "-",
        "新增灯盏时，会覆盖原有灯盏。",
        "precedence new value existing value",
    ),
    (
        "zh.needed-only-when",
        "-",
        "新建灯时，只需要提交wick。更换灯罩时，才需要提交glass属性。",
        "glass: required if the documented case",
    ),
    (
        "zh.thing-required-for",
        "-",
        "点亮foggy的灯必须指定灯位。",
        "灯位: required if 灯 is foggy",
    ),
    (
        "zh.thing-required-for",
        "-",
        "点亮foggy灯时必须指定灯位。",
        "灯位: required if 灯 is foggy",
    ),
    (
        "zh.thing-required-for",
        "-",
        "mode为DARK时必须指定灯位。",
        "灯位: required if mode == DARK",
    ),
    (
        "zh.optional-when",
        "Integer",
        "灯数。如果fuel是oil，该参数为可选。",
        "required if unless: fuel == oil",
    ),
    (
        "zh.shown-when",
        "String",
        "灯塔的钥匙。新建灯塔时，响应中包括lamp的信息。翻修灯塔时，响应中不包括lamp的信息。",
        "lamp: required if the documented case, conditional",
    ),
    (
        "zh.used-with",
        "String",
        "灯油的编号，与oil_kind配合使用。",
        "oil_kind: required if lamp is given",
    ),
    (
        "zh.overwrites",
        "-",
        "wick相同，oil不同时覆盖原有的灯。",
        "wick: precedence new value existing value of the same wick",
    ),
    (
        "zh.not-in-batch",
        "String",
        "灯芯的编号，指定灯芯的场景不能批量创建灯。",
        "not with several at once",
    ),
];
