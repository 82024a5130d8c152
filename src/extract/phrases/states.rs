//! What things must be before an operation works, where no sentence says it of one attribute.

use super::rule::{Heard, Language::Zh, Rule};
use super::things::thing;
use crate::contract::{Constraint, StatesRule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.must-exist",
        language: Zh,
        meaning: "names a thing that must have been made before",
        cues: &["指定已创建", "指定已有", "指定已存在"],
        pattern: r"(?:需要?|请|必须|应)指定(?:[A-Za-z0-9_]+\s*对应[\p{Han}A-Z]{1,6}下)?已(?:创建|有|存在)的?(?P<thing>[\p{Han}A-Z]{1,10})",
        read: |hit| {
            let exists = precondition(hit.group("thing"), StatesRule::OneOf, "exists");
            hit.about_field().then_some(exists)
        },
    },
    Rule {
        name: "zh.in-the-way",
        language: Zh,
        meaning: "what a thing has, or what is done to it, is in the way",
        cues: &["如果", "若", "当"],
        pattern: r"^(?:如果|若|当)(?P<subject>\p{Han}{1,6}?)(?:有(?:未删除的)?(?P<has>\p{Han}{2,6}?)存在|在(?P<doing>挂载|迁移|备份|升级|扩容|恢复)中)(?:时)?,?\s*则?(?:不可|不能|无法|不允许|不支持)[^。；]*",
        read: |hit| {
            let state = match hit.group("doing") {
                "" => format!("has {}", thing(hit.group("has"), true)),
                doing => doing_word(doing).to_owned(),
            };
            Some(precondition(
                hit.group("subject"),
                StatesRule::NoneOf,
                &state,
            ))
        },
    },
    Rule {
        name: "zh.must-be-of-kind",
        language: Zh,
        meaning: "the thing that is named must be of a kind",
        cues: &["请确保", "需确保"],
        pattern: r"(?:请|需)确保(?P<subject>\p{Han}{2,10}?)使用的?是\p{Han}{0,8}(?P<kind>[a-z][a-z0-9_-]+)\p{Han}{0,4}",
        read: |hit| {
            let kind = precondition(hit.group("subject"), StatesRule::OneOf, hit.group("kind"));
            hit.about_field().then_some(kind)
        },
    },
];

fn precondition(subject: &str, rule: StatesRule, state: &str) -> Heard {
    Constraint::StatePrecondition {
        subject: format!("{}.status", thing(subject, false)),
        rule,
        states: vec![state.to_owned()],
    }
    .into()
}

/// What is being done to a thing, in the words that APIs use for it.
fn doing_word(printed: &str) -> &'static str {
    match printed {
        "挂载" => "attaching",
        "迁移" => "migrating",
        "备份" => "backing-up",
        "升级" => "upgrading",
        "扩容" => "extending",
        _ => "restoring",
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.must-exist",
        "String",
        "灯网，需要指定已创建的网络。",
        "network.status one of exists",
    ),
    (
        "zh.in-the-way",
        "-",
        "如果灯塔有未删除的快照存在，不可删除。",
        "灯塔.status none of has snapshots",
    ),
    (
        "zh.in-the-way",
        "-",
        "若灯塔在迁移中，不能熄灯。",
        "灯塔.status none of migrating",
    ),
    (
        "zh.must-be-of-kind",
        "String",
        "灯塔组的编号。请确保灯塔组使用的是远离apart-far策略。",
        "灯塔组.status one of apart-far",
    ),
];
