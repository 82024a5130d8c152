//! Sentences that tell of numbers and hold nobody to them: what was so once, and what is cut to fit.

use super::other::{field_remark, remark};
use super::rule::{Language::En, Language::Zh, Rule};
use crate::contract::{FINDS_NOTHING, FRACTIONS_CUT, RANGE_VARIES, TAKEN_FOR_MOST};

/// What is told of the past: a remark.
const PAST: &str = "told of the past";

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.told-of-the-past",
        language: Zh,
        meaning: "what held in an earlier version or in the system before this one",
        cues: &["旧系统", "老系统", "版本"],
        pattern: r"(?:旧系统|老系统|历史版本|旧版本|老版本|早期版本)(?:中|里|下|只|仅|每|最|不|曾|限)[^与和。；()]{0,60}",
        read: |_| remark(PAST),
    },
    Rule {
        name: "en.told-of-the-past",
        language: En,
        meaning: "what held in an earlier version or in the system before this one",
        cues: &[
            "earlier",
            "previous",
            "older",
            "former",
            "was ",
            "were ",
            "in version",
        ],
        pattern: r"\bin (?:the )?(?:earlier|previous|older|former) (?:versions?|releases?|systems?)\b[^.;()]*|\b(?:was|were) (?:once |formerly )?(?:limited|restricted) to [^.;,()]*|^in version [0-9.]+,[^.;]*? (?:could|was|were|had) [^.;]*",
        read: |_| remark(PAST),
    },
    Rule {
        name: "zh.range-varies",
        language: Zh,
        meaning: "a range that is another one in some places",
        cues: &["范围"],
        pattern: r"(?:具体|实际)的?(?:取值)?范围(?:请|需)?(?:以|由|因)[^。；,]{2,30}?(?:为准|决定|而异|有所不同)",
        read: |hit| field_remark(hit, RANGE_VARIES),
    },
    Rule {
        name: "en.range-varies",
        language: En,
        meaning: "a range that is another one in some places",
        cues: &["range"],
        pattern: r"\b(?:the )?(?:specific |actual |exact )?(?:value )?range (?:may |can |might )?(?:var(?:y|ies)|differs?|depends?)\b[^.;]*",
        read: |hit| field_remark(hit, RANGE_VARIES),
    },
    Rule {
        name: "zh.taken-for-most",
        language: Zh,
        meaning: "what is too much is taken for the most, not refused",
        cues: &["超过", "大于"],
        pattern: r"(?:最大值?(?:为|是)?\s*[0-9]+\s*,\s*)?(?:超过|大于)\s*(?P<over>[0-9]+|最大值|该值)\s*(?:或(?:者)?(?:等于|小于|为)\s*[0-9]+)?(?:时)?,?(?:则|将)?(?:(?:按照?|以)\s*(?:[0-9]+|最大值)\s*(?:返回|处理|计算|计)|(?P<next>(?:会)?(?:使用|采用|取|用)(?:默认值|最大值)))",
        read: |_| remark(TAKEN_FOR_MOST),
    },
    Rule {
        name: "en.taken-for-most",
        language: En,
        meaning: "what is too much is taken for the most, not refused",
        cues: &["treated as", "reduced to", "taken as", "capped"],
        pattern: r"\b(?:larger|greater|higher) (?:values are|(?:value|number|one) is) (?:treated as|reduced to|taken as|capped)\b[^.;]*|values (?:over|above|greater than|larger than) [0-9]+ are (?:treated as|reduced to|taken as|capped)\b[^.;]*",
        read: |_| remark(TAKEN_FOR_MOST),
    },
    Rule {
        name: "zh.finds-nothing",
        language: Zh,
        meaning: "a filter that finds nothing where its value is unknown",
        cues: &["空列表", "空结果"],
        pattern: r"(?:(?:未知|不存在|其他|无效)的?(?:取?值|\p{Han}{2,6})|(?:非|不在|不属于)(?:上面|上述|以上|该)?的?(?:取值)?范围(?:内|中|之内)?的?[A-Za-z_]{0,20}\p{Han}{0,4}?)时?,?(?:将|会)?返回空(?:列表|结果)",
        read: |hit| field_remark(hit, FINDS_NOTHING),
    },
    Rule {
        name: "en.finds-nothing",
        language: En,
        meaning: "a filter that finds nothing where its value is unknown",
        cues: &["unknown", "other value"],
        pattern: r"\b(?:an |any )?(?:unknown|other) (?:values?|[a-z]{3,16}) (?:leads? to|gives?|returns?|yields?|results? in|finds?) (?:an empty (?:list|result)|nothing\b)",
        read: |hit| field_remark(hit, FINDS_NOTHING),
    },
    Rule {
        name: "en.fractions-cut",
        language: En,
        meaning: "a number whose decimals are cut off, not refused",
        cues: &["decimal", "fraction"],
        pattern: r"\bif [^.,;]{2,50}? (?:is a|has a|contains?(?: a)?) (?:decimals?|fractions?|decimal (?:number|part|value|places?)|fractional part)\b[^.;]{0,20}, [^.;]*?\b(?:(?:number|integer|whole|integral) part|rounded|truncated|cut|(?:decimal|fractional) part is (?:ignored|discarded|dropped))\b[^.;]*|\b(?:decimals?|fractions?|decimal places|decimal numbers?) (?:are|is|will be) (?:rounded|truncated|cut off|ignored|discarded|dropped)\b[^.;]*",
        read: |hit| field_remark(hit, FRACTIONS_CUT),
    },
    Rule {
        name: "en.cut-to-fit",
        language: En,
        meaning: "what is too long is cut, not refused",
        cues: &["cut off", "truncated", "shortened", "cut to"],
        pattern: r"(?:of more|longer) than (?P<max>[0-9]+) (?P<unit>characters|bytes) (?:is|are|will be) (?:cut(?: off| to)?|truncated|shortened)\b[^.;]*",
        read: |hit| {
            remark(&format!(
                "cut after {} {}",
                hit.group("max"),
                hit.group("unit")
            ))
        },
    },
];

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.range-varies",
        "Integer",
        "灯高，取值范围为[1,90]。具体范围以各灯塔的图纸为准。",
        "range 1..=90\nother: the range is not the same everywhere",
    ),
    (
        "en.range-varies",
        "Integer",
        "The height is from 1 to 90. The actual range varies from tower to tower.",
        "range 1..=90\nother: the range is not the same everywhere",
    ),
    (
        "en.fractions-cut",
        "Integer",
        "The height. If the height contains a decimal, only the integer part is used.",
        "other: decimals are cut off",
    ),
    (
        "en.taken-for-most",
        "Integer",
        "How many lamps. The maximum is 70; a greater value is treated as 70.",
        "range ..=70\nother: what is too much is taken for the most",
    ),
    (
        "zh.finds-nothing",
        "String",
        "按灯色查询，取值为RED或BLUE。未知的取值返回空列表。",
        "enum RED BLUE\nother: unknown values find nothing",
    ),
    (
        "zh.finds-nothing",
        "String",
        "塔灯的颜色，取值范围：RED、BLUE。不在该范围内的颜色会返回空结果。",
        "enum RED BLUE\nother: unknown values find nothing",
    ),
    (
        "en.finds-nothing",
        "String",
        "Possible values are RED and BLUE. An unknown value leads to an empty list.",
        "enum RED BLUE\nother: unknown values find nothing",
    ),
    (
        "zh.told-of-the-past",
        "String",
        "灯牌（旧系统中最长9个字符），1~40个字符。",
        "other: told of the past\nlength 1..=40 characters",
    ),
    (
        "zh.told-of-the-past",
        "-",
        "老版本每座灯塔最多点3盏灯。",
        "other: told of the past",
    ),
    (
        "en.told-of-the-past",
        "String",
        "The number on the lamp, which was limited to 9 characters on paper.",
        "other: told of the past",
    ),
    (
        "en.told-of-the-past",
        "-",
        "In version 2, a tower could have 3 lamps only.",
        "other: told of the past",
    ),
    (
        "zh.taken-for-most",
        "Integer",
        "一页的灯数，默认30，最大90，超过90按90返回。",
        "default 30\nother: what is too much is taken for the most",
    ),
    (
        "zh.taken-for-most",
        "Integer",
        "每次取灯的盏数，最大值：90，超过90时取默认值90。",
        "range ..=90\nother: what is too much is taken for the most\ndefault 90",
    ),
    (
        "en.taken-for-most",
        "Integer",
        "The number of lamps at a time. Values over 90 are treated as 90.",
        "other: what is too much is taken for the most",
    ),
    (
        "en.cut-to-fit",
        "String",
        "The motto. Mottos longer than 30 characters are cut off.",
        "other: cut after 30 characters",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn versions_that_are_kept_are_not_of_the_past() {
        let read = read_as("Integer", "历史版本的个数，取值范围1~90。").statements;
        let told: Vec<String> = read.iter().map(print).collect();
        assert_eq!(told, ["range 1..=90"]);
    }
}
