//! Defaults that a sentence tells by what happens: "if omitted, 20 lamps are returned", "UTC is used".

use super::condition;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::tokens::scalar;
use crate::contract::{Constraint, Kind, Scalar, Scope};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.default-of-each",
        language: En,
        meaning: "two defaults, each of its case",
        cues: &["default"],
        pattern: r#"\b(?:the )?default(?: value)? is "?(?P<one>[A-Za-z0-9_.-]{1,40}?)"? (?:for|if|when) (?P<first>[^.;,]{2,60}?),? and "?(?P<two>[A-Za-z0-9_.-]{1,40}?)"? (?:for|if|when) (?P<second>[^.;,]{2,60}?)(?P<next>\.|;|$)"#,
        read: of_each,
    },
    Rule {
        name: "zh.default-of-each",
        language: Zh,
        meaning: "two defaults, each of its case",
        cues: &["默认"],
        pattern: r#"(?:^|[,。；:])\s*(?P<first>\p{Han}{2,12}?)的?默认(?:取?值)?(?:为|是)\s*"?(?P<one>[A-Za-z0-9_.-]{1,40})"?\s*[,;；、]\s*(?P<second>\p{Han}{2,12}?)的?默认(?:取?值)?(?:为|是)\s*"?(?P<two>[A-Za-z0-9_.-]{1,40})"?(?P<next>[,。；]|$)"#,
        read: of_each,
    },
    Rule {
        name: "zh.returned-when-left-out",
        language: Zh,
        meaning: "how many are returned where the field is left out",
        cues: &["返回"],
        pattern: r"{不传}(?:该参数)?时?,?(?:则|将)?(?:默认)?返回\s*(?P<value>[0-9]+)\s*[条个项](?P<next>[,。；]|$)",
        read: counted,
    },
    Rule {
        name: "zh.stands-for-when-left-out",
        language: Zh,
        meaning: "the value that it stands for to leave the field out",
        cues: &["表示", "相当于", "等同于"],
        pattern: r#"(?:{不传}|不返回|不存在)(?:该|此|本)?(?:参数|字段)?(?:(?:或者?|、)(?:{不传}|值?为空))?(?:时)?,?(?:则)?(?:表示|相当于|等同于)\s*(?:是|为)?\s*"?(?P<value>-?[0-9]+(?:\.[0-9]+)?|[A-Za-z][A-Za-z0-9_-]*)"?(?P<next>[,。；]|$)"#,
        read: taken,
    },
    Rule {
        name: "zh.taken-when-left-out",
        language: Zh,
        meaning: "what a field that is left out is taken for",
        cues: &["处理", "计算", "对待"],
        pattern: r#"{不传}(?:该参数|本参数)?时?,?(?:则|将)?(?:默认)?按照?\s*"?(?P<value>-?[0-9]+(?:\.[0-9]+)?|[A-Za-z][A-Za-z0-9_-]*)"?\s*\p{Han}{0,2}?(?:来)?(?:处理|计算|对待)(?P<next>[,。；]|$)"#,
        read: taken,
    },
    Rule {
        name: "en.returned-when-left-out",
        language: En,
        meaning: "how many are returned where the field is left out",
        cues: &["returned", "shown", "listed", "displayed"],
        pattern: r"\bif (?:it is |this parameter is |[a-z_]+ is (?:0 or )?)?{absent}, (?P<value>[0-9]+) (?:[a-z]{2,20} )?are {returned}(?P<next>\.|,|;|$)",
        read: counted,
    },
    Rule {
        name: "en.used-when-left-out",
        language: En,
        meaning: "the value that is used where the field is left out",
        cues: &["is used"],
        pattern: r"\bif (?:you do not (?:specify|set) (?:it|this parameter)|(?:it|this parameter|this field) is {absent}), (?P<value>[a-z0-9][a-z0-9_./-]*) is used(?P<next>\.|,|;|$)|^(?P<first>[a-z0-9][a-z0-9_./-]*) is used by default\.?$",
        read: |hit| {
            let value = [hit.group("value"), hit.group("first")].concat();
            // Words are no values: "it is used by default".
            let is_value = value.contains(|c: char| !c.is_ascii_lowercase());
            let default = Constraint::Default(scalar(&value, hit.kind()));
            (hit.about_field() && is_value && !hit.is_list()).then(|| default.into())
        },
    },
    Rule {
        name: "en.applies-when-left-out",
        language: En,
        meaning: "the value that applies where the field is left out",
        cues: &["applies", "is assumed"],
        pattern: r"\bif (?:it is |this parameter is )?{absent}, (?P<value>[a-z0-9][a-z0-9_./-]*) (?:applies|is assumed)(?P<next>\.|,|;|$)",
        read: |hit| {
            let value = hit.group("value");
            let is_word = ["it", "this", "nothing", "none"].contains(&value);
            let default = Constraint::Default(scalar(value, hit.kind()));
            (hit.about_field() && !is_word && !hit.is_list()).then(|| default.into())
        },
    },
    Rule {
        name: "en.assumed-when-left-out",
        language: En,
        meaning: "a number, with what it counts, that is taken where the field is left out",
        cues: &["left out", "omitted", "not {given}", "absent", "by default"],
        pattern: r"^(?P<value>[0-9]+) [a-z]{2,20} (?:is|are) (?:assumed|taken|used|returned|shown|made|created)(?: by default| {if} (?:it|none|no number|(?:this|the) (?:parameter|field|number)) is (?:left out|omitted|not {given}|absent))\.?$",
        read: counted,
    },
    Rule {
        name: "en.numbered-when-left-out",
        language: En,
        meaning: "which one, by its number, is taken where the field is left out",
        cues: &["by default", "is used", "is taken", "is returned"],
        pattern: r"(?:^|^if (?:you do not (?:specify|set|give) (?:it|one|this parameter)|it is {absent}), (?:the )?)(?P<noun>[a-z]{3,20}) (?P<value>[0-9]+) is (?:used|taken|returned|shown|assumed)(?P<default> by default)?\.?$",
        read: |hit| {
            // "Lamp 1 is used": of what the field is called.
            let name = hit.subject.name.unwrap_or("").to_lowercase();
            let is_own = name.contains(&hit.group("noun").to_lowercase());
            let is_for_absence =
                hit.whole().to_lowercase().starts_with("if ") || !hit.group("default").is_empty();
            (is_own && is_for_absence).then(|| counted(hit)).flatten()
        },
    },
    Rule {
        name: "en.taken-in-passing",
        language: En,
        meaning: "a value that is taken where the field is left out, in passing",
        cues: &[
            "leave it out",
            "not {given}",
            "left out",
            "omitted",
            "absent",
            "omit it",
        ],
        pattern: r"(?:(?:^|[,;] )(?:and )?(?P<value>-?[0-9][0-9.]*|true|false|[A-Z][A-Z0-9_]+) (?:is|are) (?:assumed|taken|used|returned|shown|applied)|\b(?:and|it) is (?P<itself>-?[0-9][0-9.]*|true|false|[A-Z][A-Z0-9_]+)) {if} (?:you (?:leave it out|omit it|do not (?:specify|set|give) it)|(?:it is |this parameter is |none is )?(?:left out|omitted|not {given}|absent))\.?$",
        read: |hit| {
            let value = [hit.group("value"), hit.group("itself")].concat();
            // "400 is returned if it is not specified": so an answer ends.
            let is_status = value
                .parse()
                .is_ok_and(|status: u16| (400..600).contains(&status));
            (!is_status).then_some(())?;
            let default = Constraint::Default(scalar(&value, hit.kind()));
            (hit.about_field() && !hit.is_list()).then(|| default.into())
        },
    },
    Rule {
        name: "en.by-default-alone",
        language: En,
        meaning: "a value behind the words by default",
        cues: &["by default"],
        pattern: r"^by default,? (?P<value>[a-z0-9][a-z0-9_./:-]*[a-z0-9])\.?$",
        read: |hit| {
            let value = hit.group("value");
            let is_value = value.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
            let default = Constraint::Default(scalar(value, hit.kind()));
            (hit.about_field() && is_value && !hit.is_list()).then(|| default.into())
        },
    },
    Rule {
        name: "en.is-the-default",
        language: En,
        meaning: "a value that is said to be the default, or to be used unless another one is asked for",
        cues: &["is the default", "is used unless"],
        pattern: r"(?:^|[;,.] )(?P<value>[a-z0-9][a-z0-9_./-]*) is (?:the default(?: value)?|used unless (?:you say otherwise|(?:something else|another one|another value) is (?:given|specified|asked for)|otherwise (?:specified|stated)))(?P<next>\.|,|;|$)",
        read: |hit| {
            let value = hit.group("value");
            // A word alone is hardly a value: "this is the default".
            let is_value = value.contains(|c: char| !c.is_ascii_lowercase())
                && !["It", "This", "That", "None", "Which"].contains(&value);
            let default = Constraint::Default(scalar(value, hit.kind()));
            (hit.about_field() && is_value && !hit.is_list()).then(|| default.into())
        },
    },
    Rule {
        name: "en.value-when-left-out",
        language: En,
        meaning: "what the value is where the field is left out: a name with a capital, or a number",
        cues: &["the value is ", "its value is "],
        pattern: r"^if (?:(?:this|the) (?:parameter|field) is |it is )?(?:left out|not {given}|omitted|absent), (?:the|its) value is (?P<value>[a-z0-9][a-z0-9_/-]*)\.?$",
        read: |hit| {
            let value = hit.group("value");
            let is_value = value.contains(|c: char| !c.is_ascii_lowercase());
            let default = Constraint::Default(scalar(value, hit.kind()));
            (hit.about_field() && is_value && !hit.is_list()).then(|| default.into())
        },
    },
    Rule {
        name: "en.on-by-default",
        language: En,
        meaning: "whether a switch is on by default, in a sentence of its own",
        cues: &["by default"],
        pattern: r"^(?P<word>enabled|disabled|on|off) by default\.?$",
        read: |hit| {
            let word = hit.group("word").to_lowercase();
            truth(hit, ["enabled", "on"].contains(&word.as_str()))
        },
    },
    Rule {
        name: "zh.yes-or-no-by-default",
        language: Zh,
        meaning: "a default of yes or no",
        cues: &["默认"],
        pattern: r"默认(?:值)?(?:为|是)(?P<word>是|否)(?P<next>[,。；]|$)",
        read: |hit| truth(hit, hit.group("word") == "是"),
    },
    Rule {
        name: "en.truth-by-default",
        language: En,
        meaning: "which of true and false is marked as the default before what it means",
        cues: &["(default)"],
        pattern: r"(?:^|[;.] )(?P<word>true|false) \(default\): ",
        read: |hit| truth(hit, hit.group("word").eq_ignore_ascii_case("true")),
    },
];

/// A default in one case, and another one in the other.
fn of_each(hit: &Hit) -> Option<Heard> {
    let of = |value, case| {
        let holds = Constraint::Default(scalar(hit.group(value), hit.kind()));
        let case = Scope::Case(condition::told(hit.group(case)));
        Heard::from(holds).within(case).constraints
    };
    let constraints = [of("one", "first"), of("two", "second")].concat();
    hit.about_field().then(|| Heard {
        constraints,
        ..Heard::default()
    })
}

/// The value that a field which is left out is taken for.
fn taken(hit: &Hit) -> Option<Heard> {
    let default = Constraint::Default(scalar(hit.group("value"), hit.kind()));
    (hit.about_field() && !hit.is_list()).then(|| default.into())
}

fn counted(hit: &Hit) -> Option<Heard> {
    let default = Constraint::Default(Scalar::Integer(hit.signed("value")?));
    (hit.about_field() && *hit.kind() == Kind::Integer).then(|| default.into())
}

fn truth(hit: &Hit, truth: bool) -> Option<Heard> {
    let default = Constraint::Default(Scalar::Bool(truth));
    (hit.about_field() && *hit.kind() == Kind::Boolean).then(|| default.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.default-of-each",
        "String",
        "灯的用途，油灯默认为“OIL”，气灯默认为“GAS”。",
        "default OIL when 油灯\ndefault GAS when 气灯",
    ),
    (
        "en.used-when-left-out",
        "Integer",
        "How deep it stands. If this parameter is left out, 90 is used.",
        "default 90",
    ),
    (
        "zh.stands-for-when-left-out",
        "String",
        "计费，不返回或者为空时表示是OIL。",
        "default OIL",
    ),
    (
        "en.default-of-each",
        "String",
        "The fuel. The default value is OIL for a tall lamp and GAS for a small lamp.",
        "default OIL when tall lamp\ndefault GAS when small lamp",
    ),
    (
        "zh.taken-when-left-out",
        "String",
        "灯油的种类，不填则按OIL处理。",
        "default OIL",
    ),
    (
        "en.taken-in-passing",
        "Integer",
        "It ranges from 1 to 12; 3 is assumed if you leave it out.",
        "range 1..=12\ndefault 3",
    ),
    (
        "en.taken-in-passing",
        "Integer",
        "It ranges from 1 to 50. It is 20 if it is absent.",
        "range 1..=50\ndefault 20",
    ),
    (
        "en.by-default-alone",
        "String",
        "When the lamp is lit. By default 08:15.",
        "default 08:15",
    ),
    (
        "zh.returned-when-left-out",
        "Integer",
        "一页的灯数，不传时返回30条。",
        "default 30",
    ),
    (
        "zh.taken-when-left-out",
        "Integer",
        "灯的层数，不填时按3层处理。",
        "default 3",
    ),
    (
        "zh.taken-when-left-out",
        "String",
        "灯油，未指定时按OIL处理。",
        "default OIL",
    ),
    (
        "en.returned-when-left-out",
        "Integer",
        "The number of lamps on a page. If omitted, 30 lamps are returned.",
        "default 30",
    ),
    (
        "en.returned-when-left-out",
        "Integer",
        "How many lamps a page has. If it is absent, 30 are shown.",
        "default 30",
    ),
    (
        "en.assumed-when-left-out",
        "Integer",
        "How many lamps are lit. 4 lamps are taken when the number is left out.",
        "default 4",
    ),
    (
        "en.numbered-when-left-out",
        "Integer",
        "The lamp that is lit. Lamp 3 is used by default.",
        "default 3",
    ),
    (
        "en.is-the-default",
        "String",
        "The kind of oil. It can be WHALE or RAPE. RAPE is the default.",
        "enum WHALE RAPE\ndefault RAPE",
    ),
    (
        "en.is-the-default",
        "String",
        "By what the lamps are sorted; lit_at is used unless you say otherwise.",
        "default lit_at",
    ),
    (
        "en.value-when-left-out",
        "String",
        "Who lights the lamp. If it is not given, the value is Nobody.",
        "default Nobody",
    ),
    (
        "en.used-when-left-out",
        "String",
        "The kind of oil. If you do not specify it, OIL is used.",
        "default OIL",
    ),
    (
        "en.applies-when-left-out",
        "String",
        "How often the lamp is cleaned. If it is not set, month applies.",
        "default month",
    ),
    (
        "en.on-by-default",
        "Boolean",
        "Whether the lamp turns. Disabled by default.",
        "default false",
    ),
    (
        "zh.yes-or-no-by-default",
        "Boolean",
        "灯是否点亮，默认为否。",
        "default false",
    ),
    (
        "en.truth-by-default",
        "Boolean",
        "Whether the lamp is lit. true (default): lit; false: dark.",
        "default true",
    ),
];
