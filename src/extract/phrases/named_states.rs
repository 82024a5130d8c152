//! States that have Chinese names: such that every answer shows in the same words, or with their values beside.
//! And states that what is done asks for, or is for.

use super::behaviour::{TOLD_APART, precondition, states, subject, where_not_only};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, OTHERS_REFUSED, Scope, StatesRule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.state-named",
        language: Zh,
        meaning: "only in states that have Chinese names",
        cues: &["状态"],
        pattern: r"(?:^|[,。\s])(?P<states>(?:关机|运行中|开机|暂停|故障)(?:(?:或者|或|、|和)(?:关机|运行中|开机|暂停|故障))*)状态(?:的|(?:或者|或)[^,。；]{2,20}?的)?(?P<subject>\p{Han}{2,12}?),?才(?:能|可以)",
        read: named_states,
    },
    Rule {
        name: "zh.named-state-allows",
        language: Zh,
        meaning: "possible when a thing is in one of these states, called by their names",
        cues: &["状态为", "状态是"],
        pattern: r#"^(?P<subject>\p{Han}{2,20}?)(?:的)?状态(?:为|是)\s*"?(?P<states>(?:关机|运行中|开机|暂停|故障)(?:(?:或者|或|、|和)(?:关机|运行中|开机|暂停|故障))*)"?\s*时,?\s*(?P<only>才)?(?:支持|可以|能)"#,
        read: |hit| {
            let heard = named_states(hit)?;
            (!hit.about_field()).then(|| where_not_only(hit, heard))
        },
    },
    Rule {
        name: "zh.done-before",
        language: Zh,
        meaning: "what is worked on is switched off, or on, already",
        cues: &["已关机", "已开机", "已暂停", "已经关机", "已经开机"],
        pattern: r"^(?:待|要)\p{Han}{1,4}的(?P<subject>\p{Han}{2,12}?){必须}?已经?(?P<states>关机|开机|暂停)[。；]?$",
        read: |hit| (!hit.about_field()).then(|| named_states(hit)).flatten(),
    },
    Rule {
        name: "zh.state-in-brackets",
        language: Zh,
        meaning: "not possible for what is in a state, whose value stands in brackets behind its name",
        cues: &["的"],
        pattern: r"^(?:(?:已(?:经)?|正在|处于|被)\p{Han}{1,6}\s*\((?P<states>[A-Z][A-Z_-]{2,24})\)\s*(?:状态)?|\p{Han}{1,6}\s*\((?P<named>[A-Z][A-Z_-]{2,24})\)\s*状态)的(?P<subject>\p{Han}{2,10}?),?(?:均)?{不能}[^。；]*",
        read: |hit| {
            let states = vec![[hit.group("states"), hit.group("named")].concat()];
            let heard = precondition(subject(hit), StatesRule::NoneOf, states);
            (!hit.about_field()).then_some(heard)
        },
    },
    Rule {
        name: "zh.state-asked",
        language: Zh,
        meaning: "what is done asks for a thing that is in one of these states",
        cues: &["要求"],
        pattern: r"要求(?P<subject>\p{Han}{2,12}?){必须}?(?:处于|为|是)\s*(?P<states>[A-Z][A-Z_-]+(?:\s*(?:、|,|和|或者|或)\s*[A-Z][A-Z_-]+)*)\s*状态",
        read: needed,
    },
    Rule {
        name: "zh.state-applies",
        language: Zh,
        meaning: "what is done is for things in one of these states only",
        cues: &["适用于"],
        pattern: r"(?:仅|只)(?:能)?适用于(?:处于|状态(?:为|是))?\s*(?P<states>[A-Z][A-Z_-]+(?:\s*(?:、|,|和|或者|或)\s*[A-Z][A-Z_-]+)*)\s*(?:状态)?的(?P<subject>\p{Han}{1,12}?)(?P<next>[,。；]|$)",
        read: needed,
    },
    Rule {
        name: "zh.state-passed",
        language: Zh,
        meaning: "the state from which what is done leads to another one",
        cues: &["状态的"],
        pattern: r"(?:^|[,:。；])\s*(?:处于)?(?P<states>[A-Z][A-Z_-]+(?:\s*(?:、|,|和|或者|或)\s*[A-Z][A-Z_-]+)*)\s*状态的(?P<subject>\p{Han}{1,10}?)\p{Han}{2}(?:成功)?(?:之?后),?(?:会|将)?(?P<next>进入|变为|变成|转为)",
        read: |hit| Some(needed(hit)?.within(Scope::Case(TOLD_APART.to_owned()))),
    },
    Rule {
        name: "zh.refused-in-others",
        language: Zh,
        meaning: "what is not in one of the states that are told of is refused",
        cues: &["状态"],
        pattern: r"状态(?:不(?:符合|满足)\p{Han}{0,4}(?:要求|条件|约束)|不在\p{Han}{0,4}(?:范围|之列)\p{Han}{0,2})时?,?[^。；]{0,8}?(?:返回\s*4[0-9]{2}|失败|被?拒绝|报错)|(?:其他|其它|其余)状态(?:下|时|的\p{Han}{1,8}?)?,?(?:均|都|则|会|将)*(?:返回\s*4[0-9]{2}|不允许|不能|不可|不支持|无法|会?失败|被?拒绝)",
        read: others_refused,
    },
    Rule {
        name: "en.refused-in-others",
        language: En,
        meaning: "what is not in one of the states that are told of is refused",
        cues: &["other state", "other status"],
        pattern: r"(?:in|for|from) (?:any|all|every) other (?:state|status)(?:es|s)?,? [^.;]{0,40}?(?:\b409\b|\b400\b|refused|rejected|fails|not allowed)|(?:refused|rejected|fails|not allowed) (?:in|from) (?:any|all|every) other (?:state|status)",
        read: others_refused,
    },
];

/// That what is in none of the states that are told of is refused.
fn others_refused(hit: &Hit) -> Option<Heard> {
    (!hit.about_field()).then(|| Constraint::Other(OTHERS_REFUSED.to_owned()).into())
}

/// One of the states that are named.
fn needed(hit: &Hit) -> Option<Heard> {
    (!hit.about_field())
        .then(|| states(hit, StatesRule::OneOf))
        .flatten()
}

/// The Chinese names of server states, in the words that responses use.
fn named_states(hit: &Hit) -> Option<Heard> {
    let printed = hit.group("states");
    let names = [
        ("关机", "SHUTOFF"),
        ("运行中", "ACTIVE"),
        ("开机", "ACTIVE"),
        ("暂停", "PAUSED"),
        ("故障", "ERROR"),
    ];
    let named = names.iter().filter(|(name, _)| printed.contains(name));
    let mut states: Vec<String> = named.map(|(_, state)| (*state).to_owned()).collect();
    states.dedup();
    Some(precondition(subject(hit), StatesRule::OneOf, states))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.state-named",
        "-",
        "关机状态的服务器才能搬家。",
        "server.status one of SHUTOFF",
    ),
    (
        "zh.state-named",
        "-",
        "关机状态或者搬家失败的服务器,才能搬家。",
        "server.status one of SHUTOFF",
    ),
    (
        "zh.named-state-allows",
        "-",
        "灯塔状态为“关机”时支持换灯，没有灯芯的限制。",
        "灯塔.status one of SHUTOFF when others are told of apart",
    ),
    (
        "zh.done-before",
        "-",
        "待换灯的灯塔已关机。",
        "灯塔.status one of SHUTOFF",
    ),
    (
        "zh.state-asked",
        "-",
        "quench要求灯塔处于LIT状态，成功后灯灭。",
        "灯塔.status one of LIT",
    ),
    (
        "zh.state-passed",
        "-",
        "点灯（light）：DARK状态的灯塔点亮后进入LIT状态。",
        "灯塔.status one of DARK when others are told of apart\nother: comes to state LIT",
    ),
    (
        "zh.refused-in-others",
        "-",
        "当灯塔的状态不符合上述要求时，返回409。",
        "other: refused in all other states",
    ),
    (
        "zh.refused-in-others",
        "-",
        "LIT状态的灯塔可以擦拭，其他状态下不允许。",
        "other: refused in all other states",
    ),
    (
        "en.refused-in-others",
        "-",
        "For any other state, the request is refused.",
        "other: refused in all other states",
    ),
    (
        "zh.state-applies",
        "-",
        "light仅适用于DARK或DIM状态的灯塔。",
        "灯塔.status one of DARK DIM",
    ),
    (
        "zh.state-in-brackets",
        "-",
        "已锁闭（LOCKED）的灯塔不允许点灯。",
        "灯塔.status none of LOCKED",
    ),
];
