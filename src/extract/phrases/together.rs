//! Fields that are given together or not at all, and fields of which one is enough.

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::Constraint;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.in-pairs",
        language: Zh,
        meaning: "two fields of which neither is given without the other",
        cues: &["成对", "同时", "要么都"],
        pattern: r#"(?P<names>"?[A-Za-z_][A-Za-z0-9_.]*"?\s*(?:参数|字段)?\s*(?:和|与|、|及)\s*"?[A-Za-z_][A-Za-z0-9_.]*"?)\s*(?:参数|字段)?(?:{必须}(?:成对(?:出现|传入|使用|指定)|同时(?:指定|传入|出现|提供|填写|设置|存在))|要么都{传},?要么都不{传})"#,
        read: in_pairs,
    },
    Rule {
        name: "en.in-pairs",
        language: En,
        meaning: "two fields of which neither is given without the other",
        cues: &["together", "in pairs", "both be"],
        pattern: r#"(?P<names>"?[a-z_][a-z0-9_.]*"? and "?[a-z_][a-z0-9_.]*"?) {must} (?:be {given} (?:together|in pairs)|both be {given})"#,
        read: in_pairs,
    },
    Rule {
        name: "en.set-with",
        language: En,
        meaning: "another field that must be given where this one is",
        cues: &["with "],
        pattern: r#"^(?:this (?:parameter|field)|it) {must} be {given} (?:together|along) with (?:the )?(?:parameter )?"?(?P<with>[a-z][A-Za-z0-9_]*)"?\.?$"#,
        read: |hit| {
            let case = format!("{} is given", hit.subject.name?);
            let needed = Constraint::RequiredIf(case);
            Some(Heard::about(hit.group("with"), needed))
        },
    },
    Rule {
        name: "zh.set-with",
        language: Zh,
        meaning: "a field that must be given where another one is, both by their names",
        cues: &["必须"],
        pattern: r#"^{传}了?\s*"?(?P<other>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:时|后)?,?(?:就|则|也)?必须(?:同时)?{传}\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?[。；]?$"#,
        read: |hit| {
            let case = format!("{} is given", hit.group("other"));
            Some(Heard::about(
                hit.group("field"),
                Constraint::RequiredIf(case),
            ))
        },
    },
    Rule {
        name: "zh.given-then",
        language: Zh,
        meaning: "another field that must be given where this one is",
        cues: &["该", "此", "本"],
        pattern: r#"(?:^|[。；])\s*(?:若|如果|当)?{传}了?(?:该|此|本)(?:参数|字段)(?:时|后)?,\s*(?:则|那么)?\s*"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?(?:也|同时)?(?:必选|必填|必传|为必选|{必须}{传})(?P<next>[,。；]|$)"#,
        read: |hit| {
            let own = hit.subject.name?;
            let needed = Constraint::RequiredIf(format!("{own} is given"));
            Some(Heard::about(hit.group("field"), needed))
        },
    },
    Rule {
        name: "en.not-both-absent",
        language: En,
        meaning: "two fields of which one must be given",
        cues: &[
            "both be absent",
            "both be omitted",
            "both be left out",
            "both be empty",
        ],
        pattern: r#"^"?(?P<one>[a-z][a-z0-9_]*)"? and "?(?P<two>[a-z][a-z0-9_]*)"? {cannot} both be (?:absent|omitted|left out|empty)\.?$"#,
        read: |hit| Some(each_needs([hit.group("one"), hit.group("two")], "absent")),
    },
    Rule {
        name: "en.needed-where",
        language: En,
        meaning: "a field that is needed where another one has a value, both by their names",
        cues: &["if ", "when "],
        pattern: r#"^(?:if|when) "?(?P<other>[a-z][A-Za-z0-9_]*)"? is (?:set to )?"?(?P<value>not (?:empty|null|left blank)|[A-Za-z0-9_-]+)"?, "?(?P<field>[a-z][A-Za-z0-9_]*)"? (?:cannot be (?:left )?(?:blank|empty|out)|cannot be {absent}|must (?:also )?be {given}|is (?:required|mandatory))\.?$"#,
        read: |hit| {
            const GIVEN: [&str; 5] = ["specified", "set", "given", "provided", "configured"];
            let (other, value) = (hit.group("other"), hit.group("value"));
            let case = match GIVEN.contains(&value) || value.starts_with("not ") {
                true => format!("{other} is given"),
                false => format!("{other} == {value}"),
            };
            let field = hit.group("field");
            let is_name = !["it", "this", "value", "parameter"].contains(&field);
            let is_other = is_name && hit.group("other") != field;
            is_other.then(|| Heard::about(hit.group("field"), Constraint::RequiredIf(case)))
        },
    },
];

fn in_pairs(hit: &Hit) -> Option<Heard> {
    let names = condition::names(hit.group("names"));
    let [one, two] = names.as_slice() else {
        return None;
    };
    Some(each_needs([one, two], "is given"))
}

/// Each of two fields is needed where this holds of the other one.
fn each_needs([one, two]: [&str; 2], what: &str) -> Heard {
    let needed = |field: &str, other: &str| {
        let case = format!("{other} {what}");
        (Constraint::RequiredIf(case), Some(field.to_owned()))
    };
    Heard {
        constraints: vec![needed(one, two), needed(two, one)],
        ..Heard::default()
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.given-then",
        "String",
        "点灯时间。若选择该参数，则wick也必选。",
        "wick: required if lamp is given",
    ),
    (
        "en.set-with",
        "String",
        "The glass. This parameter must be specified together with wick.",
        "wick: required if lamp is given",
    ),
    (
        "zh.in-pairs",
        "-",
        "width和height要么都填，要么都不填。",
        "width: required if height is given\nheight: required if width is given",
    ),
    (
        "zh.set-with",
        "-",
        "设置了lamp_oil就必须设置wick。",
        "wick: required if lamp_oil is given",
    ),
    (
        "en.not-both-absent",
        "-",
        "wick and oil cannot both be absent.",
        "wick: required if oil absent\noil: required if wick absent",
    ),
    (
        "zh.in-pairs",
        "-",
        "lit_from与lit_to必须成对出现。",
        "lit_from: required if lit_to is given\nlit_to: required if lit_from is given",
    ),
    (
        "zh.in-pairs",
        "String",
        "开始点灯的年份。lit_from、lit_to需同时指定。",
        "lit_from: required if lit_to is given\nlit_to: required if lit_from is given",
    ),
    (
        "en.in-pairs",
        "-",
        "lit_from and lit_to must be given together.",
        "lit_from: required if lit_to is given\nlit_to: required if lit_from is given",
    ),
    (
        "en.needed-where",
        "-",
        "If lit is set to true, lamp_oil cannot be left blank.",
        "lamp_oil: required if lit == true",
    ),
    (
        "en.needed-where",
        "-",
        "If wick is specified, lamp_oil is mandatory.",
        "lamp_oil: required if wick is given",
    ),
    (
        "en.needed-where",
        "-",
        "When wick is not empty, lamp_oil is mandatory.",
        "lamp_oil: required if wick is given",
    ),
];
