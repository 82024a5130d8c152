//! What cannot be removed as long as something else uses it.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, IN_USE};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.in-use",
        language: Zh,
        meaning: "an operation that removes nothing which is in use",
        cues: &["删除"],
        pattern: r"(?P<lead>[^。；,]{0,16}?)(?:(?:正在|正|被|已经?)(?:被)?[^。；,]{0,6}?(?:使用|绑定|关联|挂载|安装|引用|占用)|(?:使用|绑定|关联|挂载|安装|引用|占用)中)[^。；,]{0,16}?(?:的[^。；,]{1,12}|时,?|,)(?:则|该?[^。；,]{0,6})?{不能}(?:被|直接)*删除",
        read: |hit| in_use(hit),
    },
    Rule {
        name: "zh.in-use-by",
        language: Zh,
        meaning: "an operation that removes nothing in which there is something of a sort",
        cues: &["删除"],
        pattern: r"^(?:如果|若|当)?(?:该|此)?\p{Han}{1,8}?(?:中|内|里|下|上)?(?:仍|还|尚)?(?:(?:存放|放置|挂载|安装|部署|登记|关联|绑定|包含|保存)(?:有|了|着)|存在|有)(?P<by>\p{Han}{1,10}?)(?:的?时候?|的情况下)?,(?:则)?{不能}(?:被|直接)?删除",
        read: |hit| used_by(hit, hit.group("by")),
    },
    Rule {
        name: "en.in-use-by",
        language: En,
        meaning: "an operation that removes nothing which something of a sort uses",
        cues: &["cannot be deleted", "cannot be removed"],
        pattern: r"(?i)^an? [a-z -]{2,30}? (?:that|which) (?:still )?(?:has|contains|keeps|holds|owns|uses|serves) (?:an|any|one or more|a) (?P<by>[a-z -]{2,24}?) cannot be (?:deleted|removed)|^an? [a-z -]{2,40}? (?:(?:that|which) (?:is|are) )?(?:still )?(?:used|referenced|served|occupied) by (?:an|any|one or more|a) (?P<user>[a-z -]{2,24}?) cannot be (?:deleted|removed)|^an? [a-z -]{2,40}? (?:in|to|on|at|by|with|for) which (?:any |one or more |an? )?(?P<inside>[a-z -]{2,24}?) (?:are|is|have been|has been) (?:still )?(?:installed|stored|attached|kept|placed|mounted|made|created|registered)(?: [a-z ]{2,20})? cannot be (?:deleted|removed)",
        read: |hit| {
            used_by(
                hit,
                &[hit.group("by"), hit.group("user"), hit.group("inside")].concat(),
            )
        },
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
        pattern: r"(?i)^(?P<lead>[^.]{0,60}?)\b(?:in use|being used|attached|associated|bound|mounted|installed)\b(?P<middle>[^.]{0,40}?)cannot be (?:deleted|removed)|cannot (?:be (?:deleted|removed)|(?:delete|remove) [^.]{2,30}?) (?:if|when|while|as long as|until) (?P<when>[^.]{0,30}?)\b(?:in use|being used|attached|associated|bound|mounted|installed)\b",
        read: |hit| in_use(hit),
    },
];

/// Of what is not in use, nothing is said.
fn in_use(hit: &Hit) -> Option<Heard> {
    let around = ["lead", "middle", "when"].map(|name| hit.group(name));
    let mut words = around.iter().flat_map(|part| part.split_whitespace());
    let is_denied = words.any(|word| ["not", "never", "no"].contains(&word))
        || around.iter().any(|part| part.contains(['未', '没', '不']));
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
        "zh.in-use-by",
        "-",
        "若灯塔内还存放有灯油时,不允许删除该灯塔。",
        "other: not while it is in use: 灯油",
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
        "A lamp that is served by a lighthouse cannot be deleted.",
        "other: not while it is in use: lighthouse",
    ),
    (
        "en.in-use-by",
        "-",
        "A tower in which lamps are installed cannot be deleted.",
        "other: not while it is in use: lamps",
    ),
    (
        "en.in-use-by",
        "-",
        "A harbour that still has a lighthouse cannot be deleted.",
        "other: not while it is in use: lighthouse",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_is_done_by_means_of_something_is_not_in_use() {
        for said in [
            "使用本接口时,不支持删除铜灯。",
            "使用包月方式购买的灯塔不支持删除。",
            "未绑定灯塔的旗帜不能删除。",
            "A flag that is attached to no tower cannot be deleted.",
        ] {
            let read = read_as("-", said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(!told.concat().contains("in use"), "{said}: {told:?}");
        }
    }
}
