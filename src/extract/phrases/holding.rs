//! What cannot be removed as long as it holds something: "a tower that still has lamps".

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, IN_USE};

/// That a thing holds another one, in English.
macro_rules! holds {
    () => {
        r"(?:still )?(?:has|have|contains?|holds?|owns?)"
    };
}

/// That something cannot be removed, in Chinese.
macro_rules! zh_kept {
    () => {
        r"(?:则|该|此|\p{Han}{0,6}?)(?:不能|不可以?|不允许|不支持|无法)(?:被|直接)*删除"
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.holding",
        language: Zh,
        meaning: "an operation that removes nothing which holds things of a sort",
        cues: &["删除"],
        pattern: concat!(
            r"^(?:已?挂载|已?安装|已?绑定|已?关联|包含|存在|拥有|还?有)(?:了|有|着)?(?P<of>\p{Han}{1,8}?)的\p{Han}{1,8}?{不能}(?:被|直接)*删除",
            r"|^\p{Han}{1,8}?(?:下|中|内|里|上)(?:还|仍然?)?(?:有|存在|包含|挂载了?)(?P<by>\p{Han}{1,8}?)(?:时,?|的时候,?|,)",
            zh_kept!(),
            r"|^\p{Han}{1,8}?(?:下|中|内|里|上)(?:还|仍然?)?(?:有|存在|包含|挂载了?)(?P<fails>\p{Han}{1,8}?)时?,?则?(?:会)?删除失败",
            r"|^删除\p{Han}{1,8}?之?前,?(?:必须|须|需要?|应|请)先?(?:删除|移除|清空)(?:其|该\p{Han}{1,6}?)?(?:下|中|内|里|上)?的?(?:所有|全部)的?(?P<first>\p{Han}{1,8})(?P<next>[,。；]|$)",
        ),
        read: holding,
    },
    Rule {
        name: "en.holding",
        language: En,
        meaning: "an operation that removes nothing which holds things of a sort",
        cues: &["delete", "deleting", "remove", "removing"],
        pattern: concat!(
            r"^(?:an? |the )?[a-z -]{2,30}? (?:that|which) ",
            holds!(),
            r" (?P<of>[a-z-]{3,24}) {cannot} be (?:deleted|removed)",
            r"|can only (?:delete|remove) (?:an? |the )?[a-z -]{2,30}? (?:that|which) ",
            holds!(),
            r" no (?P<none>[a-z -]{2,24})(?P<next>\.|,|;|$)",
            r"|can (?:only )?be (?:deleted|removed)(?: only)? (?:if|when|after) (?:it|they|the [a-z]{2,20}) ",
            holds!(),
            r" no (?:more )?(?P<free>[a-z -]{2,24})(?:\.|,|;|$)",
            r"|cannot be (?:deleted|removed) (?:if|when|while|as long as) (?:it|they) ",
            holds!(),
            r" (?:an |any |one or more |a )?(?P<by>[a-z -]{2,24})(?:\.|,|;|$)",
            r"|^(?:if|when|while|as long as) (?:an? |the )?[a-z -]{2,30}? ",
            holds!(),
            r" (?:an |any |one or more |a )?(?P<kept>[a-z -]{2,24}), it cannot be (?:deleted|removed)",
            r"|^if (?:an? |the )?[a-z]{2,20} (?:still )?has (?P<them>[a-z]{3,20}), (?:remove|delete) them first",
            r"|^before (?:you delete|you remove|deleting|removing) (?:an? |the )?[a-z -]{2,30}?, (?:you {must} )?(?:first )?(?:delete|remove) all (?:of )?(?:its |the )?(?P<first>[a-z -]{2,24})(?:\.|,|;|$)",
            r"|^before (?:an? |the )?[a-z -]{2,24}? (?:is|can be) (?:deleted|removed|destroyed|demolished|scrapped|cancelled|dropped|released), all (?:of )?(?:its |the )?(?P<each>[a-z -]{2,24}?) {must} be (?:deleted|removed)",
        ),
        read: holding,
    },
];

/// What it holds is told by the words for it; "no other things" and what is told of some of them is kept as said.
fn holding(hit: &Hit) -> Option<Heard> {
    let groups = [
        "of", "by", "fails", "none", "free", "kept", "first", "each", "them",
    ];
    let held = groups.map(|name| hit.group(name)).concat();
    let is_denied = held.starts_with("no ") || held.starts_with(['未', '没', '不']);
    // "Mounted on a tower": where it is, not what it holds.
    let is_place = held.starts_with(['到', '在', '于', '给']);
    let words = format!("{IN_USE}: {}", held.to_lowercase());
    let is_told = !held.is_empty() && !is_denied && !is_place;
    (!hit.about_field() && is_told).then(|| Constraint::Other(words).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.holding",
        "-",
        "Before a tower is demolished, all its lamps have to be removed.",
        "other: not while it is in use: lamps",
    ),
    (
        "zh.holding",
        "-",
        "安装了灯罩的灯塔不能删除。",
        "other: not while it is in use: 灯罩",
    ),
    (
        "zh.holding",
        "-",
        "灯塔内还有灯罩时，不允许删除。",
        "other: not while it is in use: 灯罩",
    ),
    (
        "zh.holding",
        "-",
        "灯塔中存在灯罩，则删除失败。",
        "other: not while it is in use: 灯罩",
    ),
    (
        "zh.holding",
        "-",
        "删除灯塔前须先移除其下所有灯罩。",
        "other: not while it is in use: 灯罩",
    ),
    (
        "en.holding",
        "-",
        "A tower that still has lamps cannot be deleted.",
        "other: not while it is in use: lamps",
    ),
    (
        "en.holding",
        "-",
        "You can only delete a tower that contains no lamps.",
        "other: not while it is in use: lamps",
    ),
    (
        "en.holding",
        "-",
        "A tower can be deleted only if it has no lamps.",
        "other: not while it is in use: lamps",
    ),
    (
        "en.holding",
        "-",
        "Before you delete a tower, remove all its lamps.",
        "other: not while it is in use: lamps",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_holds_nothing_or_is_removed_all_the_same_is_not_held_back() {
        for said in [
            "没有灯罩的灯塔可以删除。",
            "灯罩可以删除，灯塔内有灯罩时也可以。",
            "删除灯塔时，灯塔内的灯罩一并删除。",
            "A tower that has no lamps cannot be deleted.",
            "A tower that still has lamps can be deleted.",
        ] {
            let read = read_as("-", said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(!told.concat().contains("in use"), "{said}: {told:?}");
        }
    }
}
