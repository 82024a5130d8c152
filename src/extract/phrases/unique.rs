//! Values that no two may have in common.

use super::condition;
use super::rule::{Heard, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Kind, Scope};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.unique",
        language: Zh,
        meaning: "not the same as another one's",
        cues: &["相同", "重复", "唯一", "重名", "一次", "两次", "每种"],
        pattern: r"(?:互|各)不相同|每个\p{Han}{1,4}(?:都)?(?:只|仅)(?:能|可|可以|允许)出现一次|不(?:能|可|得|允许)(?:和|与)(?:[本该同]\p{Han}{1,6}?[内中里下](?:的)?)?(?:已有|已存在|现有|其他|其它)[^。]{0,20}?(?:相同|重复|重名)|{不能}(?:重复|重名|包含重复|有重复)|多个\p{Han}{1,8}?(?:之间)?不(?:能|可|允许)(?:相同|重复|一样)|{必须}(?:保证|保持)?唯一|要求唯一性|(?:内|下|中),?\p{Han}{1,8}(?:是|为)?唯一的|键?值?唯一(?:[,。；;]|$)|同一\p{Han}{1,4}?不(?:能|可|得|允许)?(?:出现|选择|填写)两次|的?每种\p{Han}{1,6}只能有一[个人名项条]|^相同的?\p{Han}{1,8}只能(?:创建|存在|添加|配置|有)一[个条项台份盏]",
        read: |hit| {
            // That they differ by themselves binds nobody.
            let asks = ["必须", "需", "应", "且", "要求"];
            let is_told = hit.whole().ends_with("不相同")
                && !asks.iter().any(|word| hit.before.contains(word));
            let is_list = hit.is_list();
            let of_nothing = hit.whole().starts_with("相同") && !hit.about_field();
            // Each text of a list may be written as a key and its values.
            let of_part =
                hit.is_list_of_texts() && hit.sentence_before().to_lowercase().contains("key");
            (!of_nothing && !of_part && (!is_told || is_list)).then(|| Constraint::Unique.into())
        },
    },
    Rule {
        name: "en.unique",
        language: En,
        meaning: "not the same as another one's",
        cues: &[
            "unique",
            "same as",
            "duplicate",
            "different",
            "differ from",
            "repeat",
            "only once",
            "at most once",
            "distinct",
            "more than once",
            "twice",
            "{cannot} share",
            "the same",
        ],
        pattern: r"(?:must be|is) (?:globally )?unique\b|{cannot} (?:be repeated|repeat)\b|{cannot} be (?:duplicated?|(?:the same as|identical to) (?:an? |the |that of |those of |any )*(?:existing|another|other|any|names? of (?:an? )?(?:existing|another|other)))|must (?:all )?be different(?: from each other|\.|,|$)|{cannot} be duplicates?\b|{must} (?:be different|differ) from (?:the (?:names?|values?) of )?(?:that|those|(?:all |any )?(?:existing|other)|any)|duplicate [a-z ]{2,20} (?:are|is) not allowed|each (?:[a-z]+ )?(?:can|may|must) (?:be (?:specified|used|given|listed|chosen|selected|set|included)|appear|occur) (?:only|at most) once|(?:can|may) be (?:specified|used|given|listed|chosen|selected|included) only once|must (?:all )?be distinct(?: from each other|[.,;]|$)|no duplicates?(?: [a-z]{2,12})? (?:is|are) (?:allowed|permitted|accepted|supported)|{cannot} (?:be (?:specified|used|listed|given|contained)|appear|occur) (?:more than once|twice|multiple times)|without (?:any )?duplicates?\b|\bno [a-z]{2,20} (?:may|can|must) (?:appear|occur|be (?:given|used|listed)) (?:twice|more than once)\b|\bno [a-z]{2,20} can be (?:named|given|listed|chosen) twice\b|\bduplicates are (?:rejected|refused|not allowed)\b|\bkeys are unique\b|\beach [a-z]{2,16} (?:appears|is listed|is given) (?:at most|only) once\b|\ball of them (?:must be )?(?:different|distinct)\b|\b(?:no two [a-z ]{2,40}? (?:can|may|must)|two [a-z ]{2,40}? {cannot}) (?:bear|have|share|carry) the same [a-z]+\b|^[a-z ]{3,40}? {cannot} share (?:a|the same) (?:name|label|code|title)\b",
        read: |hit| {
            // "Can be used only once" is of items, or of how a thing is used.
            let whole = hit.whole().to_lowercase();
            let is_of_items = whole.starts_with("can be ") || whole.starts_with("may be ");
            let is_list = hit.is_list();
            // "Two lamps cannot have the same oil" is of the oil.
            let shared = whole.contains("the same ") || whole.contains(" share ");
            let of = whole.rsplit(' ').next().unwrap_or("");
            let name = hit.subject.name.unwrap_or(of).to_lowercase();
            let is_own = !shared || is_list || name.ends_with(of) || whole.contains("same as");
            ((!is_of_items || is_list) && is_own).then(|| Constraint::Unique.into())
        },
    },
    Rule {
        name: "en.duplicates-refused",
        language: En,
        meaning: "a request in which some name stands twice is refused",
        cues: &["duplicate"],
        pattern: r"(?:if|when) (?:there (?:are|is)|[a-z ]{3,40} (?:contains?|has|have)) (?:any |some )?duplicated? (?P<of>[a-z]{2,20}?)s?(?: (?:in|of|among|within) [a-z ]{2,40}?)?(?P<phase> when [a-z ]{4,30})?, (?:an error|the request|[^.,]{3,30} (?:is|are|will be) (?:rejected|refused|reported|returned))[^.]*",
        read: |hit| {
            let unique = Heard::about(hit.group("of").to_lowercase(), Constraint::Unique);
            let phase = [hit.before, hit.group("phase")].concat();
            (!hit.about_field()).then(|| match phase.trim() {
                "" => unique,
                phase => unique.within(Scope::Case(condition::told(phase))),
            })
        },
    },
    Rule {
        name: "en.not-used-by-another",
        language: En,
        meaning: "a name that nothing else of its sort has",
        cues: &["by another", "by any other", "by an existing"],
        pattern: r"^(?:and )?(?:the|its) (?:new )?(?P<what>name|value|title|code|number|alias|label)(?: of the [a-z ]{2,24}?)? {cannot} (?:already )?be (?:in use|used|taken|occupied) by (?:another|any other|an existing) [a-z ]{2,24}",
        read: |hit| {
            // The value is the field's own; so is what the field is called.
            let name = hit.subject.name?.to_lowercase();
            let what = hit.group("what").to_lowercase();
            let is_text = *hit.kind() == Kind::String && !hit.is_list();
            (is_text && (what == "value" || name.ends_with(&what)))
                .then(|| Constraint::Unique.into())
        },
    },
];

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    ("zh.unique", "String", "灯的名字，要求唯一性。", "unique"),
    (
        "zh.unique",
        "String",
        "灯的名字。相同灯名只能创建一条。",
        "unique",
    ),
    (
        "zh.unique",
        "String",
        "灯的名称。灯塔内，灯的名称是唯一的。",
        "unique",
    ),
    (
        "zh.unique",
        "Array of String",
        "灯的标记。每盏灯的Key不能重复。标记不能重复。",
        "unique",
    ),
    (
        "en.unique",
        "String",
        "What the lamp is called. It must differ from the names of existing lamps.",
        "unique",
    ),
    (
        "en.duplicates-refused",
        "-",
        "If there are duplicate wicks in the request body, an error is reported.",
        "wick: unique",
    ),
    (
        "en.unique",
        "Array of Integer",
        "The wicks. No wick can be named twice.",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The wicks, and duplicates are rejected.",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The oils. Each kind appears at most once.",
        "unique",
    ),
    (
        "en.not-used-by-another",
        "String",
        "The new lamp. The value must not be in use by another tower.",
        "unique",
    ),
    (
        "en.unique",
        "String",
        "What is hung there. Two towers cannot bear the same lamp.",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The IDs of the lamps, all of them different.",
        "unique",
    ),
    (
        "zh.unique",
        "String",
        "旗名不能为空，但可以是空白字符串。旗名不能重复。",
        "unique",
    ),
    (
        "zh.unique",
        "String",
        "灯名，不能与本港口内其他灯重名。",
        "unique",
    ),
    (
        "zh.unique",
        "String",
        "灯的颜色，同一座灯塔的每种颜色只能有一个。",
        "unique",
    ),
    (
        "en.unique",
        "String",
        "The ID of a lamp. The same lamp cannot be given more than once.",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The lamps, which must be different from each other.",
        "unique",
    ),
    (
        "zh.unique",
        "Array of String",
        "灯芯列表，每个灯芯只能出现一次。",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The wicks. No duplicate wicks are allowed.",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The wicks. They must be distinct.",
        "unique",
    ),
    (
        "zh.unique",
        "Array of String",
        "灯的列表，多个灯位不能相同。",
        "unique",
    ),
    (
        "zh.unique",
        "String",
        "灯名，同一港口内唯一，不长。",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "The days. Each day can be specified only once.",
        "unique",
    ),
    (
        "en.unique",
        "String",
        "The lamp's number, which is globally unique.",
        "unique",
    ),
    (
        "zh.unique",
        "Array of String",
        "灯名列表，不能包含重复的灯名。",
        "unique",
    ),
    (
        "zh.unique",
        "String",
        "新灯名不能和已有的灯名相同。",
        "unique",
    ),
    (
        "en.unique",
        "String",
        "The lamp name must be unique.",
        "unique",
    ),
    (
        "en.unique",
        "Array of String",
        "Specifies the signals, which must not be repeated.",
        "unique",
    ),
    (
        "zh.unique",
        "Array of Integer",
        "点灯的日子，同一天不能出现两次。",
        "unique",
    ),
    (
        "en.unique",
        "Array of Integer",
        "The days on which the lamp burns. No day may appear twice.",
        "unique",
    ),
];
