//! Fields that have no effect because of another one, or in one case, said of them by name.

use super::condition;
use super::other::remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, NO_EFFECT_WHEN};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.void-beside",
        language: Zh,
        meaning: "a field that has no effect where another one is given: that one counts",
        cues: &["无效", "不生效", "忽略"],
        pattern: r"{传}了?[^。；,]{0,24}?(?P<winner>[A-Za-z_][A-Za-z0-9_]*)\s*(?:参数|字段)?(?:时)?,\s*则?(?:该|此)?\s*(?P<loser>[A-Za-z_][A-Za-z0-9_]*)\s*(?:参数|字段)?(?:将)?(?:无效|不生效|会?被?忽略)",
        read: beside,
    },
    Rule {
        name: "en.void-beside",
        language: En,
        meaning: "a field that has no effect where another one is given: that one counts",
        cues: &["is invalid", "is ignored", "not take effect"],
        pattern: r#"{if} (?:the )?(?:field |parameter )?"?(?P<winner>[a-z]+_[a-z0-9_]+|[a-z]+[A-Z][A-Za-z0-9]*|[a-z]+)"?(?: field| parameter)? is {given}, (?:the )?(?:field |parameter )?"?(?P<loser>[a-z]+_[a-z0-9_]+|[a-z]+[A-Z][A-Za-z0-9]*|[a-z]+)"?(?: field| parameter)? (?:is (?:invalid|ignored)|does not take effect)|^(?:after|once|{if}) this (?:parameter|field) is {given}, (?:the value of )?(?:the )?"?(?P<void>[a-z][a-z0-9_]*)"?(?: field| parameter)? (?:is (?:invalid|ignored)|does not take effect)"#,
        read: |hit| match (hit.group("void"), hit.subject.name) {
            ("", _) => beside(hit),
            (loser, Some(own)) if loser != own => {
                let none = Constraint::Other(format!("{NO_EFFECT_WHEN}{own} given"));
                Some(Heard::about(loser, none))
            }
            _ => None,
        },
    },
    Rule {
        name: "zh.void-then",
        language: Zh,
        meaning: "fields, named, that have no effect in one case",
        cues: &["无效", "不生效", "忽略"],
        pattern: r"^(?P<case>[^。；]{2,60}?)时,(?:[^。；,]{0,24},)?\s*(?P<names>[A-Za-z_][A-Za-z0-9_]*(?:\s*(?:、|和|与|及)\s*[A-Za-z_][A-Za-z0-9_]*)*)\s*(?:参数|字段)?(?:都|均)?(?:将)?(?:无效|不生效|会?被?忽略)",
        read: |hit| {
            let none = Constraint::Other(no_effect_when(hit.group("case")));
            let names = condition::names(hit.group("names"));
            let constraints = names.into_iter().map(|name| (none.clone(), Some(name)));
            let constraints = constraints.collect();
            (!hit.about_field()).then(|| Heard {
                constraints,
                ..Heard::default()
            })
        },
    },
    Rule {
        name: "zh.used-only-when",
        language: Zh,
        meaning: "a field that is for one case only",
        cues: &["时使用"],
        pattern: r"(?:仅|只)在(?P<case>[^。；,]{2,40}?)时(?:才)?使用(?:该|此|本)?\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)?\s*(?:参数|字段)",
        read: |hit| {
            let words = match condition::told(hit.group("case")).as_str() {
                condition::UNNAMED => "effective in one case only".to_owned(),
                case => format!("effective only when {case}"),
            };
            let heard = remark(&words)?;
            let field = hit.group("field");
            match field.is_empty() || Some(field) == hit.subject.name {
                true => hit.about_field().then_some(heard),
                false => Some(heard.said_of(field)),
            }
        },
    },
];

/// That a field counts for nothing in a case.
pub(super) fn no_effect_when(case: &str) -> String {
    match condition::told(case).as_str() {
        condition::UNNAMED => "no effect in one case".to_owned(),
        case => format!("{NO_EFFECT_WHEN}{case}"),
    }
}

/// The winner first. Words for the field itself name none.
fn beside(hit: &Hit) -> Option<Heard> {
    let [winner, loser] = ["winner", "loser"].map(|name| hit.group(name));
    let is_name = |name: &str| !["this", "it", "parameter", "field", "value"].contains(&name);
    let order = vec![winner.to_owned(), loser.to_owned()];
    let precedence = || Constraint::Precedence(order).into();
    // "Only X can be used, Y has no effect" tells of a case in which neither counts before the other.
    let is_only = ["只能", "仅能", "只可"]
        .iter()
        .any(|only| hit.before.ends_with(only));
    (is_name(winner) && is_name(loser) && winner != loser && !is_only).then(precedence)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.void-beside",
        "String",
        "The oil. After this parameter is specified, the value of wick does not take effect.",
        "wick: other: no effect when lamp given",
    ),
    (
        "zh.void-beside",
        "-",
        "对于石筑灯塔，若指定灯油中的oil_kind字段，则该wick字段无效。",
        "precedence oil_kind wick",
    ),
    (
        "en.void-beside",
        "-",
        "For towers of stone, if field oil_kind is specified, field wick is invalid.",
        "precedence oil_kind wick",
    ),
    (
        "zh.void-then",
        "-",
        "用气点灯时，wick和oil_kind参数都无效，请用气嘴。",
        "wick: other: no effect when 用气点灯\noil_kind: other: no effect when 用气点灯",
    ),
    (
        "zh.void-then",
        "-",
        "用气点灯时，只能使用nozzle参数，wick参数无效。",
        "wick: other: no effect when 用气点灯",
    ),
    (
        "zh.used-only-when",
        "Object",
        "灯罩的标注，仅在点亮雾灯时使用lamp字段。",
        "other: effective only when 点亮雾灯",
    ),
    (
        "zh.used-only-when",
        "-",
        "仅在点亮雾灯时使用shade字段。",
        "shade: other: effective only when 点亮雾灯",
    ),
];
