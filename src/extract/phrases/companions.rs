//! What is needed, or not to be had, beside a field that is given.

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Direction, only_if};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.needs-beside",
        language: En,
        meaning: "another field is required where this one is given",
        cues: &["mandatory", "required"],
        pattern: r#"\b{if} (?:this (?:parameter|field)|it|(?:the )?(?:parameter |field )?"?(?P<own>[a-z]+_[a-z0-9_]+)"?) is {given}, (?:the )?(?:parameter |field )?"?(?P<field>[a-z][a-z0-9_]*)"?(?: parameter| field)? (?:is|becomes) (?:also )?(?:mandatory|required)\b"#,
        read: |hit| {
            const PRONOUNS: [&str; 6] = ["it", "this", "one", "parameter", "field", "value"];
            let own = match hit.group("own") {
                "" => hit.subject.name?,
                own => own,
            };
            let field = hit.group("field");
            let needed = Constraint::RequiredIf(format!("{own} is given"));
            (!PRONOUNS.contains(&field) && field != own).then(|| Heard::about(field, needed))
        },
    },
    Rule {
        name: "en.only-beside-any",
        language: En,
        meaning: "a field that is given only beside one of several others",
        cues: &["only after you", "only {if} you"],
        pattern: r#"^(?:configure|specify|set) this (?:parameter|field) only (?:after|{if}) you (?:have )?(?:configured?|set|specify|specified|enter|entered) (?:any|one|at least one) of (?:the )?(?:parameters |fields |following )?(?P<names>"?[a-z_][a-z0-9_]*"?(?:(?:, (?:and |or )?| and | or )"?[a-z_][a-z0-9_]*"?)+)"#,
        read: |hit| {
            let names = condition::names(hit.group("names"));
            let each: Vec<String> = names
                .iter()
                .map(|name| format!("{name} is given"))
                .collect();
            let is_own = hit.about_field() && hit.subject.direction == Direction::Request;
            is_own.then(|| only_if(&each.join(" or ")).into())
        },
    },
    Rule {
        name: "zh.required-for-choice",
        language: Zh,
        meaning: "the field is required where something is chosen or used",
        cues: &["必填", "必选", "必传", "必须携带", "必须提供"],
        pattern: r"(?:^|[,。；])(?:如果|若|当|在)(?P<condition>(?:选择|使用|需要|启用|开启)[^。；,]{2,30}?)(?:时|的时候|的情况下)?,?(?:则|该参数|此参数)*(?:为|是)?(?:必填|必选|必传|必须携带|必须提供)(?:该|此|本)?(?:参数|字段)?(?P<next>[,。；]|$)",
        read: |hit| {
            let needed = Constraint::RequiredIf(condition::told(hit.group("condition")));
            hit.about_field().then(|| needed.into())
        },
    },
    Rule {
        name: "zh.not-there-beside",
        language: Zh,
        meaning: "no such field where another one has a value: who sends it may be refused or not",
        cues: &["无此", "无该", "没有此", "没有该", "无需", "不需要"],
        pattern: r"\(\s*(?:当|如果|若)?(?P<case>[A-Za-z_][^()。；]{1,40}?)时,?(?:则)?(?:无|没有|不需要|无需)(?:该|此|本)(?:参数|字段)\)",
        read: |hit| {
            let case = condition::in_short(hit.group("case"));
            let is_own = hit.about_field() && case != condition::UNNAMED;
            let remark = Constraint::Other(format!("no such field when {case}"));
            is_own.then(|| remark.into())
        },
    },
    Rule {
        name: "zh.begins-behind",
        language: Zh,
        meaning: "that an answer begins behind so many things",
        cues: &["下一条"],
        pattern: r"从\s*(?:该|此|本)?(?:参数|字段|[A-Za-z_][A-Za-z0-9_]*)?\s*(?:参数|字段)?(?:所)?(?:指定|标识|索引)的?(?:的)?下一[条个](?:数据|记录)?(?:之后|处)?开始",
        read: begins_behind,
    },
    Rule {
        name: "en.begins-behind",
        language: En,
        meaning: "that an answer begins behind so many things",
        cues: &["next piece", "next record", "next data", "next item"],
        pattern: r"\b(?:starts|begins) (?:from|with|at) the next (?:piece of data|data record|record|item)\b",
        read: begins_behind,
    },
];

fn begins_behind(hit: &Hit) -> Option<Heard> {
    let is_asked = hit.about_field() && hit.subject.direction == Direction::Request;
    let remark = Constraint::Other("the answer begins behind so many".to_owned());
    is_asked.then(|| remark.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.required-for-choice",
        "String",
        "灯塔的标识，最好写明，在使用大灯时必须携带该参数。",
        "required if 使用大灯",
    ),
    (
        "en.needs-beside",
        "Integer",
        "How many lamps are kept. If this parameter is configured, zone is mandatory.",
        "zone: required if lamp is given",
    ),
    (
        "en.only-beside-any",
        "String",
        "The zone. Set this parameter only after you have configured any of the parameters day_lamps and week_lamps.",
        "other: given only if day_lamps is given or week_lamps is given",
    ),
    (
        "zh.required-for-choice",
        "String",
        "灯塔的名字。如果选择从船上取灯必填，参考航海图。",
        "required if 选择从船上取灯",
    ),
    (
        "zh.not-there-beside",
        "String",
        "灯的个数（mode为count时无此参数）",
        "other: no such field when mode == count",
    ),
    (
        "zh.begins-behind",
        "Integer",
        "从lamp指定的下一条数据开始查询。",
        "other: the answer begins behind so many",
    ),
    (
        "en.begins-behind",
        "Integer",
        "The query starts from the next piece of data indexed by this parameter.",
        "other: the answer begins behind so many",
    ),
];
