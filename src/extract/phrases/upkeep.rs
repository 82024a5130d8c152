//! What a change does to what is there already and what it does not mention: it stays; and to what is there
//! under the same name: it becomes the new one.

use super::other::remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, OTHERS_STAY, OVERWRITES, STAYS};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.stays",
        language: Zh,
        meaning: "an operation that changes only what a request mentions",
        cues: &["不变"],
        pattern: r"(?:未|没有|不)(?:指定|传入|传|填写|设置|携带|包含|在|再)的?(?:请求(?:参数)?中?)?(?:参数|字段|属性|内容|项)?[^。；]{0,8}(?:保持)?(?:原值)?不变",
        read: |hit| (!hit.about_field()).then(|| remark(STAYS)).flatten(),
    },
    Rule {
        name: "en.stays",
        language: En,
        meaning: "an operation that changes only what a request mentions",
        cues: &[
            "unchanged",
            "not changed",
            "as it is",
            "as they are",
            "as it was",
            "as they were",
            "keep",
            "retain",
        ],
        pattern: r"(?:not (?:specif(?:ied|y)|given?|includ(?:ed|e)|mention(?:ed)?|provided|requested|contain(?:ed)?|set|name)|left out|omitted)[^.]{0,30}(?:unchanged|not changed|\b(?:stays?|remains?|(?:is|are) left) as (?:it is|they are|it was|they were)|\b(?:keeps?|retains?) (?:its|their) (?:(?:present|current|old|previous|existing) )?values?)",
        read: |hit| (!hit.about_field()).then(|| remark(STAYS)).flatten(),
    },
    Rule {
        name: "en.others-stay",
        language: En,
        meaning: "an operation that changes only the entries that a request names",
        cues: &["unchanged", "not changed", "not affected"],
        pattern: r"\bother (?:existing )?(?P<what>keys|tags|items|values|entries|labels|metadata|parameters|fields|attributes)\b[^.]{0,30}(?:unchanged|not (?:be )?changed|not (?:be )?affected)",
        read: others_stay,
    },
    Rule {
        name: "zh.others-stay",
        language: Zh,
        meaning: "an operation that changes only the entries that a request names",
        cues: &["不变", "不受影响"],
        pattern: r"其[他它余]的?(?:已有)?的?(?P<what>键|标签|元数据|条目|参数|字段|属性|值)[^。；]{0,10}(?:不变|不受影响)",
        read: others_stay,
    },
    Rule {
        name: "zh.renews",
        language: Zh,
        meaning: "an operation that gives names that are there already their new values",
        cues: &["覆盖", "更新", "替换"],
        pattern: r"(?:存在|重复|相同)[^。；]{0,12}覆盖|已(?:经)?存在[^。；,]{0,10},则?(?:会|将)?(?:直接|自动)?(?:更新|替换)(?:该|其|此|原有?)?(?:的)?(?:\p{Han}{0,4})值",
        read: |hit| (!hit.about_field()).then(|| remark(OVERWRITES)).flatten(),
    },
    Rule {
        name: "en.renews",
        language: En,
        meaning: "an operation that gives names that are there already their new values",
        cues: &["overwritten", "replaced", "updated"],
        pattern: r"\b(?:keys?|names?|tags?|labels?|items?|entr(?:y|ies)) (?:that )?(?:already )?exists?\b[^.]{0,40}(?:overwritten|replaced|updated)",
        read: |hit| (!hit.about_field()).then(|| remark(OVERWRITES)).flatten(),
    },
    Rule {
        name: "zh.replaces-all",
        language: Zh,
        meaning: "an operation that removes what there was and puts in what is sent",
        cues: &["并更新为请求", "并替换为请求", "并设置为请求"],
        pattern: r"(?:删除|清除|清空)[^。,；]{0,24}(?:所有|全部)[^。,；]{1,14},?并(?:更新|替换|设置)为请求[^。；]{0,8}的值",
        read: |hit| {
            let order = ["new value", "existing value"].map(str::to_owned).to_vec();
            (!hit.about_field()).then(|| Constraint::Precedence(order).into())
        },
    },
    Rule {
        name: "en.replaces-all",
        language: En,
        meaning: "an operation that removes what there was and puts in what is sent",
        cues: &["replaces all", "replace all"],
        pattern: r"^(?:this (?:API|operation) )?(?:is used to )?replaces? all (?:the |its )?[a-z]+(?: of (?:a|an|the) [a-z ]{2,24}?)? (?:by|with) (?:those|the ones|the [a-z]+) (?:in|of|from) the request",
        read: |hit| {
            let order = ["new value", "existing value"].map(str::to_owned).to_vec();
            (!hit.about_field()).then(|| Constraint::Precedence(order).into())
        },
    },
    Rule {
        name: "zh.adds",
        language: Zh,
        meaning: "an operation that adds what is not there yet",
        cues: &["自动添加", "自动创建", "自动新增", "则添加", "则新增"],
        pattern: r"^(?:如果|若|当)?[^。；,]{1,16}?(?:没有|不存在|不包含)[^。；,]{0,10}(?:时)?,则?(?:会|将)?(?:自动)?(?:添加|创建|新增)[^。；]*",
        read: |hit| (!hit.about_field()).then(|| remark(ADDS)).flatten(),
    },
];

/// What becomes of entries that are new.
const ADDS: &str = "what is not there yet is added";

/// Other parameters are all that is left out; other labels are entries of what is written.
fn others_stay(hit: &Hit) -> Option<Heard> {
    const PARAMETERS: [&str; 6] = ["parameters", "fields", "attributes", "参数", "字段", "属性"];
    let what = hit.group("what").to_lowercase();
    let words = match PARAMETERS.contains(&what.as_str()) {
        true => STAYS,
        false => OTHERS_STAY,
    };
    remark(words).filter(|_| !hit.about_field())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.stays",
        "-",
        "Repaints a lamp. Whatever is omitted stays as it is.",
        "other: what is left out stays as it is",
    ),
    (
        "en.stays",
        "-",
        "Fields that are not contained in the body keep their values.",
        "other: what is left out stays as it is",
    ),
    (
        "en.replaces-all",
        "-",
        "Replaces all flags of a lamp by those in the request.",
        "precedence new value existing value",
    ),
    (
        "zh.replaces-all",
        "-",
        "将清空灯塔全部旗语，并替换为请求里的值。",
        "precedence new value existing value",
    ),
    (
        "zh.renews",
        "-",
        "若灯簿中已存在待更新的条目，则直接更新条目值。",
        "other: what is there under the same name is overwritten",
    ),
    (
        "zh.adds",
        "-",
        "若灯簿中没有待更新的条目，则自动添加该条目。",
        "other: what is not there yet is added",
    ),
    (
        "zh.stays",
        "-",
        "如果灯中的旗帜不再请求参数中，则保持不变。",
        "other: what is left out stays as it is",
    ),
    (
        "zh.stays",
        "-",
        "修改灯塔，未指定的参数保持不变。",
        "other: what is left out stays as it is",
    ),
    (
        "en.stays",
        "-",
        "Changes a lamp. Parameters that are not specified remain unchanged.",
        "other: what is left out stays as it is",
    ),
    (
        "en.others-stay",
        "-",
        "Writes labels of a tower, and other labels are not affected.",
        "other: entries that are left out stay as they are",
    ),
    (
        "en.others-stay",
        "-",
        "The glass is changed; other parameters of the lamp remain unchanged.",
        "other: what is left out stays as it is",
    ),
    (
        "zh.others-stay",
        "-",
        "写入灯塔的标签，其余标签保持不变。",
        "other: entries that are left out stay as they are",
    ),
    (
        "zh.renews",
        "-",
        "灯塔标签的键重复时，旧值被覆盖。",
        "other: what is there under the same name is overwritten",
    ),
    (
        "en.renews",
        "-",
        "If a label already exists, its value is replaced.",
        "other: what is there under the same name is overwritten",
    ),
];
