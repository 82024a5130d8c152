//! What cannot be removed as long as something else uses it.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, IN_USE};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.in-use",
        language: Zh,
        meaning: "an operation that removes nothing which is in use",
        cues: &["删除"],
        pattern: r"(?P<lead>[^。；,]{0,16}?)(?:使用|绑定|关联|挂载|安装|引用|占用)(?:中|到|在|于|了)?[^。；,]{0,16}?(?:的[^。；,]{1,12}|时,?|,)(?:则|该?[^。；,]{0,6})?(?:不能|不可以?|不允许|不支持|无法)(?:被|直接)*删除",
        read: |hit| in_use(hit, ["未", "没有", "不"].as_slice()),
    },
    Rule {
        name: "en.in-use",
        language: En,
        meaning: "an operation that removes nothing which is in use",
        cues: &[
            "cannot be deleted",
            "cannot be removed",
            "cannot delete",
            "cannot remove",
        ],
        pattern: r"(?i)^(?P<lead>[^.]{0,60}?)\b(?:in use|being used|used by|attached|associated|bound|referenced|mounted|installed)\b[^.]{0,40}?cannot be (?:deleted|removed)|cannot (?:be (?:deleted|removed)|(?:delete|remove) [^.]{2,30}?) (?:if|when|while|as long as|until) (?P<when>[^.]{0,30}?)\b(?:in use|being used|used by|attached|associated|bound|referenced|mounted|installed)\b",
        read: |hit| in_use(hit, ["not ", "un", "never "].as_slice()),
    },
    Rule {
        name: "en.in-use-by",
        language: En,
        meaning: "an operation that removes nothing which something of a sort uses",
        cues: &["cannot be deleted", "cannot be removed"],
        pattern: r"(?i)^an? [a-z -]{2,30}? (?:that|which) (?:still )?(?:has|contains|keeps|holds|owns|uses|serves) (?:an|any|one or more|a) (?P<by>[a-z -]{2,24}?) cannot be (?:deleted|removed)",
        read: |hit| used_by(hit, hit.group("by")),
    },
];

/// Of what is not in use, nothing is said.
fn in_use(hit: &Hit, negations: &[&str]) -> Option<Heard> {
    let before = [hit.group("lead"), hit.group("when")].concat();
    let is_denied = negations.iter().any(|word| before.contains(word));
    (!is_denied).then(|| used_by(hit, "")).flatten()
}

fn used_by(hit: &Hit, by: &str) -> Option<Heard> {
    let words = match by {
        "" => IN_USE.to_owned(),
        by => format!("{IN_USE}: {by}"),
    };
    (!hit.about_field()).then(|| Constraint::Other(words).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.in-use",
        "-",
        "正在使用的灯罩不能删除。",
        "other: not while it is in use",
    ),
    (
        "zh.in-use",
        "-",
        "旗帜已绑定灯塔时,不允许删除。",
        "other: not while it is in use",
    ),
    (
        "en.in-use",
        "-",
        "A lampshade that is in use cannot be removed.",
        "other: not while it is in use",
    ),
    (
        "en.in-use",
        "-",
        "Flags cannot be deleted while they are attached to a tower.",
        "other: not while it is in use",
    ),
    (
        "en.in-use-by",
        "-",
        "A harbour that still has a lighthouse cannot be deleted.",
        "other: not while it is in use: lighthouse",
    ),
];
