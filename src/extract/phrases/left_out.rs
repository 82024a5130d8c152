//! What holds when a field is left out, where that is told in words and not by a value.

use std::sync::LazyLock;

use super::other::field_remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::is_han;
use super::things::phrase;
use super::tokens::scalar;
use crate::contract::{Constraint, EMPTY_IF_LEFT_OUT, KEPT_IF_LEFT_OUT, Kind, Scalar};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.left-out-unchanged",
        language: Zh,
        meaning: "what is there stays when the field is left out",
        cues: &["不变", "原值", "表示不"],
        pattern: r"(?:(?:不|未){传}|为空|留空)[^。,；]{0,8}?(?:时|则|,)[^。；]{0,8}?(?:保持|沿用|维持)?[^。,；]{0,8}(?:不变|原值)|(?:{不传}|留空)(?:时)?,?(?:则)?表示不(?:修改|更新|变更|改变)[^。；,]{0,8}",
        read: |hit| field_remark(hit, KEPT_IF_LEFT_OUT),
    },
    Rule {
        name: "en.left-out-unchanged",
        language: En,
        meaning: "what is there stays when the field is left out",
        cues: &[
            "unchanged",
            "retained",
            "not change",
            "not be ",
            "is kept",
            "as it is",
        ],
        pattern: r"{absent}[^.,]{0,20}, [^.,]{2,40} (?:(?:remains?|stays?) (?:unchanged|as it is)|is unchanged|is (?:retained|kept)|(?:is|will|does) not (?:be )?(?:changed?|modified|updated))",
        read: |hit| field_remark(hit, KEPT_IF_LEFT_OUT),
    },
    Rule {
        name: "zh.not-then",
        language: Zh,
        meaning: "a field that must be left out in one case",
        cues: &["不能传", "不能指定", "不可传", "不可指定", "不允许传"],
        pattern: r"(?:^|[,。；])(?P<case>\p{Han}[^。；,]{1,20}?)时,?\s*{不能}(?:再)?{传}(?:该|此|本)(?:参数|字段)?",
        read: |hit| {
            let case = phrase(hit.group("case"))?;
            let words = Constraint::Other(format!("not to be given: {case}"));
            hit.about_field().then(|| words.into())
        },
    },
    Rule {
        name: "zh.default-in-words",
        language: Zh,
        meaning: "a default that no value shows",
        cues: &["默认", "缺省"],
        pattern: r"(?:默认|缺省)(?:值|取值|情况下)?(?:(?:为|是)(?P<is>\p{Han}[^。；,:()]{1,11})|(?P<does>(?:不|由|按|与|随机|自动|全部|所有)\p{Han}[^。；,:()]{0,10}))[。；]?$",
        read: |hit| match hit
            .before
            .ends_with(['示', '表', ':', '指', '的', '是', '为'])
        {
            // What a value means is no default, nor is what a thing is called.
            true => None,
            false => in_words(hit, &["is", "does"]),
        },
    },
    Rule {
        name: "zh.left-out-means",
        language: Zh,
        meaning: "what it means that the field is left out",
        cues: &["{不传}"],
        pattern: r"{不传}(?:该|此|本)?(?:字段|参数|值)?(?:时)?,?\s*(?:则?(?:表示|代表|默认)|则|即)(?P<words>\p{Han}[^。；,()]{1,11})[。；]?$",
        // What comes of it is no number.
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            match is_number {
                true => so_many(hit),
                false => in_words(hit, &["words"]),
            }
        },
    },
    Rule {
        name: "en.default-in-words",
        language: En,
        meaning: "a default that no value shows",
        cues: &["default"],
        pattern: r"^by default, (?:(?:the )?(?:keyword|value|key|field) )?(?P<words>[a-z][^.,;:0-9]{2,32}?)(?: is (?:used|applied|taken))?\.?$|\bdefault(?: value)? (?P<depends>(?:depends on|varies with|is determined by|is the same as) [^.,;]{3,24})",
        read: |hit| match HAS_NONE.is_match(hit.group("words")) {
            true => remark_of_nothing(hit),
            false => in_words(hit, &["words", "depends"]),
        },
    },
    Rule {
        name: "en.default-empty",
        language: En,
        meaning: "nothing when it is left out: a remark, for nothing may be told in many ways",
        cues: &["left blank", "left empty"],
        pattern: r#"(?:^|, )the default(?: value)? is left (?:blank|empty)(?P<next>\.|,|;|$)|^(?:"?(?P<own>[a-z][a-z0-9_]*)"?|this (?:parameter|field)) is left (?:blank|empty) by default(?P<end>\.|,|;|$)"#,
        read: |hit| {
            let own = hit.group("own");
            let is_own = own.is_empty() || Some(own) == hit.subject.name;
            is_own.then(|| remark_of_nothing(hit)).flatten()
        },
    },
    Rule {
        name: "en.left-out-means",
        language: En,
        meaning: "what it means that the field is left out",
        cues: &["left ", "not {given}", "omitted"],
        pattern: r"^if (?:(?:this|the) (?:parameter|field|value) is |it is )?(?:left (?:blank|empty|out)|not {given}|omitted), (?P<words>[a-z][^.,;:]{5,32})\.?$",
        read: |hit| one_or_all(hit).or_else(|| in_words(hit, &["words"])),
    },
];

fn default(hit: &Hit, words: &str) -> Option<Heard> {
    let default = Constraint::Default(Scalar::Text(words.to_owned()));
    hit.about_field().then(|| default.into())
}

/// "An image has no tags": nothing may be told in many ways.
static HAS_NONE: LazyLock<Pattern> = LazyLock::new(|| compile(r"(?i)\b(?:has|have) no \b"));

fn remark_of_nothing(hit: &Hit) -> Option<Heard> {
    let remark = Constraint::Other(EMPTY_IF_LEFT_OUT.to_owned());
    hit.about_field().then(|| remark.into())
}

/// The one number that tells how many there are then: "25 are shown on a page".
fn so_many(hit: &Hit) -> Option<Heard> {
    let words = hit.group("words");
    let is_count = words.contains("返回") || words.contains("显示") || words.contains("为");
    let mut numbers = words
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty());
    let number = numbers
        .next()
        .filter(|_| is_count && numbers.next().is_none())?;
    default(hit, number)
}

/// What words for one, for none and for all say as a value.
fn one_or_all(hit: &Hit) -> Option<Heard> {
    static ONE: LazyLock<Pattern> = LazyLock::new(|| compile(r"(?i)^only one [a-z ]{2,24} [a-z]+"));
    static NONE: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"(?i)^(?:its|the) value is (?:left )?(?:empty|blank)\b"));
    static ALL: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"(?i)^all (?:the )?(?P<of>[a-z ]{2,24}?) (?:are|will be) [a-z]+")
    });
    static SET: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r#"(?i)^(?:its|the) value is set to "?(?P<value>[a-z0-9_.-]+?)"?$"#)
    });
    let words = hit.group("words");
    if let Some(set) = SET.captures(words) {
        let value = Constraint::Default(scalar(&set["value"], hit.kind()));
        return hit.about_field().then(|| value.into());
    }
    let is_text = *hit.kind() == Kind::String && !hit.is_list();
    if *hit.kind() == Kind::Integer && ONE.is_match(words) {
        let one = Constraint::Default(Scalar::Integer(1));
        return hit.about_field().then(|| one.into());
    }
    if is_text && NONE.is_match(words) {
        return default(hit, "");
    }
    let all = ALL.captures(words)?;
    default(hit, &format!("all {}", all["of"].to_lowercase()))
}

/// The words of the first group that took part.
fn in_words(hit: &Hit, groups: &[&str]) -> Option<Heard> {
    let words = groups.iter().map(|name| hit.group(name));
    // "查询第一页" is what is done then.
    let is_words = |words: &&str| {
        let is_done = words.starts_with("查询第") || words.contains("也为空");
        !words.is_empty() && !words.starts_with(['为', '是']) && !is_done
    };
    let words = words.filter(is_words).find_map(phrase)?;
    // "降序desc": the value stands behind what it is called.
    let value = words.trim_start_matches(is_han);
    let words = match value.len() > 1 && value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        true => value.to_owned(),
        false => words,
    };
    // Of a switch or an object words say what happens, and no value.
    let is_value = !matches!(hit.kind(), Kind::Boolean | Kind::Object);
    is_value.then(|| default(hit, &words)).flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.left-out-means",
        "Integer",
        "一页的灯数，不传时默认一页显示25盏。",
        "default 25",
    ),
    (
        "zh.left-out-unchanged",
        "String",
        "灯名，为空表示不修改灯名。",
        "other: stays as it is when it is left out",
    ),
    (
        "zh.default-in-words",
        "String",
        "排序方向，默认为降序desc。",
        "default desc",
    ),
    (
        "en.left-out-means",
        "String",
        "What burns. If this parameter is left blank, the value is set to oil.",
        "default oil",
    ),
    (
        "en.default-empty",
        "String",
        "The beam, in CIDR format. If lamp is not specified, the default value is left blank.",
        "format cidr or empty\nother: empty when it is left out",
    ),
    (
        "en.left-out-unchanged",
        "Integer",
        "The glow. If this parameter is left blank, the value will not be changed.",
        "other: stays as it is when it is left out",
    ),
    (
        "en.left-out-unchanged",
        "String",
        "The oil. If it is omitted, the current oil is kept.",
        "other: stays as it is when it is left out",
    ),
    (
        "en.left-out-means",
        "Integer",
        "How many lamps are hung. If this parameter is not specified, only one lamp is hung.",
        "default 1",
    ),
    (
        "en.left-out-means",
        "String",
        "The oil. If the parameter is left blank, all oils are burnt.",
        "default all oils",
    ),
    (
        "en.left-out-means",
        "String",
        "What the lamp is called. If this parameter is not specified, its value is empty.",
        "default ''",
    ),
    (
        "en.default-in-words",
        "Array of String",
        "The flags. By default, a lamp has no flags.",
        "other: empty when it is left out",
    ),
    (
        "zh.not-then",
        "String",
        "灯塔的编号，新建灯塔时不能传该参数。",
        "other: not to be given: 新建灯塔",
    ),
    (
        "en.left-out-means",
        "String",
        "The filter. If this parameter is left blank, no filter is used.",
        "default no filter is used",
    ),
    (
        "zh.left-out-means",
        "String",
        "点灯时间，不填则立即点灯。",
        "default 立即点灯",
    ),
    (
        "zh.left-out-means",
        "String",
        "灯位，不传时默认挂在塔尾。",
        "default 挂在塔尾",
    ),
    (
        "zh.left-out-unchanged",
        "String",
        "灯名，不传时名称保持不变。",
        "other: stays as it is when it is left out",
    ),
    (
        "en.left-out-unchanged",
        "String",
        "The lamp's name. If it is left blank, the original name is retained.",
        "other: stays as it is when it is left out",
    ),
    (
        "zh.default-in-words",
        "Integer",
        "保险额，默认不投保。",
        "default 不投保",
    ),
    (
        "zh.default-in-words",
        "Integer",
        "灯高，默认为灯塔当前的高度。",
        "default 灯塔当前的高度",
    ),
    (
        "zh.left-out-means",
        "String",
        "点灯时间。不传表示立即点灯。",
        "default 立即点灯",
    ),
    (
        "en.default-in-words",
        "Integer",
        "The number of wicks. By default, the keeper decides on it.",
        "default keeper decides on it",
    ),
    (
        "en.default-in-words",
        "Integer",
        "The number of wicks. The default value depends on the tower.",
        "default depends on the tower",
    ),
    (
        "en.left-out-means",
        "String",
        "When to light the lamp. If left empty, it is lit at once.",
        "default it is lit at once",
    ),
];
