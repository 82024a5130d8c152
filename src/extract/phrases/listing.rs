//! What lists promise: the order of their items, which filters join how, what a number beside them counts,
//! where pages end, and what comes of a page behind something that is not there.

use super::other::{field_remark, remark};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::phrase;
use crate::contract::{
    COUNTS_ALL_PAGES, COUNTS_MATCHES, COUNTS_PAGE, Direction, FINDS_ALL, FINDS_ANY, Kind,
    NONE_ON_LAST, refused_if_unknown, sorted_by,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.sorted",
        language: Zh,
        meaning: "the order of a list that is answered",
        cues: &[
            "排列", "排序", "返回", "显示", "展示", "倒序", "降序", "升序",
        ],
        pattern: r"(?:默认)?(?:按照?|根据|依据|以)(?P<by>[^,。；按以()]{1,12}?)(?:\s*\((?P<name>[A-Za-z_][A-Za-z0-9_]*)\))?(?:的)?(?:先后)?(?P<order>升序|降序|倒序|正序|逆序|顺序|字典序|由新到旧|从新到旧|由旧到新|从旧到新|从早到晚|由早到晚|从晚到早|由晚到早|由近及远|由近到远|从大到小|由大到小|从小到大|由小到大)(?:的?方式)?(?:进行)?(?:排列|排序|返回|显示|展示|(?P<next>[,。；]|$))",
        read: |hit| {
            let rising = match hit.group("order") {
                "顺序" => None,
                "升序" | "正序" | "字典序" | "由旧到新" | "从旧到新" | "从早到晚" | "由早到晚"
                | "从小到大" | "由小到大" => Some(true),
                _ => Some(false),
            };
            sorted(hit, rising)
        },
    },
    Rule {
        name: "en.sorted",
        language: En,
        meaning: "the order of a list that is answered",
        cues: &["sorted", "order", "listed", "returned", "arranged"],
        pattern: r"(?:sorted|listed|ordered|returned|displayed|arranged)(?: alphabetically)? by (?:the |their )?(?P<by>[a-z][a-z_ ]{1,24}?)(?:,? in (?:the )?(?P<order>ascending|descending) order|,? \(?(?P<way>ascending|descending|newest first|latest first|oldest first|earliest first|with the (?:newest|latest|oldest|earliest)(?: one)? first)\b\)?)",
        read: |hit| {
            let way = format!("{}{}", hit.group("order"), hit.group("way")).to_lowercase();
            let falls = ["descending", "newest", "latest"];
            sorted(hit, Some(!falls.iter().any(|word| way.contains(word))))
        },
    },
    Rule {
        name: "en.by-in-order",
        language: En,
        meaning: "the order of a list that is answered, said of what the operation does",
        cues: &["in alphabetical", "in ascending", "in descending"],
        pattern: r"^(?:this API )?(?:is used to )?(?:lists?|returns?|query|queries|shows?) [a-z ]{3,50}? by (?:the |their )?(?P<by>[a-z][a-z_]{1,24}) in (?P<order>alphabetical|ascending|descending) order",
        read: |hit| {
            sorted(
                hit,
                Some(!hit.group("order").eq_ignore_ascii_case("descending")),
            )
        },
    },
    Rule {
        name: "en.order-of-making",
        language: En,
        meaning: "a list in the order in which its things were made",
        cues: &["in the order"],
        pattern: r"(?:sorted|listed|ordered|returned|displayed|arranged|shown) in the order (?:in which|that) (?:they|these) (?:were|have been|had been) (?:created|made|added|registered|built|planned|submitted|entered)(?:, (?:the )?(?P<first>newest|latest|oldest|earliest)(?: one)? (?:first|last))?",
        read: |hit| {
            let is_last = hit.whole().to_lowercase().ends_with(" last");
            let is_new = matches!(
                hit.group("first").to_lowercase().as_str(),
                "newest" | "latest"
            );
            let falls = is_new != is_last && !hit.group("first").is_empty();
            let is_of_answer = !hit.about_field() || hit.is_list();
            (is_of_answer && is_usual(hit)).then(|| sorted_by("creation time", Some(!falls)).into())
        },
    },
    Rule {
        name: "en.in-order-of",
        language: En,
        meaning: "the order of a list that is answered",
        cues: &["order of", "order by", "order based on"],
        pattern: r"(?:sorted|listed|ordered|returned|displayed|arranged) in (?:the )?(?P<order>ascending|descending|alphabetical) order (?:of|by|based on) (?:the |their )?(?P<by>[a-z][a-z_ ]{1,24}?)(?P<next>\.|,|;| by default|$)",
        read: |hit| {
            sorted(
                hit,
                Some(!hit.group("order").eq_ignore_ascii_case("descending")),
            )
        },
    },
    Rule {
        name: "zh.counts",
        language: Zh,
        meaning: "whether a number counts a page or all of them",
        cues: &[
            "总数",
            "总条数",
            "总记录",
            "总个数",
            "总数量",
            "页",
            "个数",
            "数量",
            "条数",
        ],
        pattern: r"(?P<page>(?:本|当前|该|此|这一)页(?:面)?(?:中|上|内)?(?:返回|显示|包含)?的?(?:\p{Han}{1,8}?)?(?:个数|数量|条数|数目|总数))|(?P<match>(?:符合|满足|匹配)[^,。；]{0,12}(?:条件|过滤|筛选)[^,。；]{0,12}?(?:总数|总条数|总记录数|总个数|总数量|个数|数量|条数|数目))|(?P<all>总记录数|总条数|不受(?:分页|limit|翻页)[^,。；]{0,8}影响|与(?:分页|limit)[^,。；]{0,8}无关)",
        read: counts,
    },
    Rule {
        name: "en.counts",
        language: En,
        meaning: "whether a number counts a page or all of them",
        cues: &["number of", "count of", "regardless of", "irrespective of"],
        pattern: r"(?P<page>\b(?:number|count) of [a-z][a-z _-]{0,24}?(?:that are |that is )?(?:on|in|of) (?:(?:this|the current|the returned) (?:page|response)|the response))|(?P<match>\b(?:number|count) of (?:all )?(?:the )?[a-z][a-z _-]{0,24}? (?:that|which) (?:meet|match|satisfy|fulfil)[a-z]*[^.,;]*|\b(?:number|count) of (?:all )?(?:the )?(?:matching|matched|filtered) [a-z]+)|(?P<all>(?:regardless|irrespective) of (?:the )?(?:limit|offset|marker|paging|pagination|page)[^.;]*|\btotal (?:number|count) of (?:records|items|entries|results)\b)",
        read: counts,
    },
    Rule {
        name: "zh.none-on-last",
        language: Zh,
        meaning: "what there is no more of on the last page",
        cues: &[
            "最后一页",
            "末页",
            "尾页",
            "没有下一页",
            "无下一页",
            "没有更多",
            "无更多",
        ],
        pattern: r"(?:最后一页|末页|尾页|(?:没有|无)(?:下一页|更多)[^,。；]{0,6})(?:时|的时候)?",
        read: |hit| {
            none_on_last(
                hit,
                &["空", "null", "不返回", "不存在", "不显示", "没有该", "无该"],
            )
        },
    },
    Rule {
        name: "en.none-on-last",
        language: En,
        meaning: "what there is no more of on the last page",
        cues: &["last page", "no more", "no next page", "no further"],
        pattern: r"(?:(?:on|for|in|at|if (?:this|it|the page) is|(?:reached|is)) )?the last page|(?:if |when )?there (?:is|are) no (?:more|further|next) [a-z]+",
        read: |hit| {
            let words = [
                "null",
                "empty",
                "not returned",
                "absent",
                "omitted",
                "left out",
                "not present",
                "not contained",
                "not included",
                "not shown",
            ];
            none_on_last(hit, &words)
        },
    },
    Rule {
        name: "zh.if-unknown",
        language: Zh,
        meaning: "the status of a request that names what does not exist",
        cues: &["不存在"],
        pattern: r"不存在(?:时|的话)?,?(?:则|将|会)?(?:系统|接口|服务端?)?(?:会)?(?:返回|报)(?:HTTP)?(?:错误码|状态码|错误)?\s*(?P<status>4[0-9]{2})\b(?:错误)?",
        read: if_unknown,
    },
    Rule {
        name: "en.if-unknown",
        language: En,
        meaning: "the status of a request that names what does not exist",
        cues: &["does not exist", "not found", "no such", "unknown"],
        pattern: r"if (?:(?:the|this|that|such an?) ?[a-z _-]{0,24}?(?:does not exist|is not found|cannot be found)|(?:no such|an unknown) [a-z _-]{0,24}?(?:exists|is (?:found|given|specified))), (?:an? )?(?:error |status |status code |http |error code )*(?P<status>4[0-9]{2})(?: \(?not found\)?)?(?: error)?(?: (?:is|will be) (?:returned|reported))?|(?P<other>4[0-9]{2})(?: \(?not found\)?)? (?:is|will be) (?:returned|reported) if (?:the|this|that|such an?) ?[a-z _-]{0,24}?(?:does not exist|is not found|cannot be found)",
        read: if_unknown,
    },
    Rule {
        name: "zh.finds-marked",
        language: Zh,
        meaning: "whether a filter finds what has all of several marks, or any of them",
        cues: &["所有", "全部", "任意", "任何", "任一"],
        pattern: r"(?:包含|包括|具有|含有|带有|拥有|匹配|满足|存在)(?:了)?(?:指定的?|给定的?|其中的?|以下)?(?P<how>所有|全部|任意|任何|任一)(?:一个|之一|1个|一种|其中一个)?(?:指定|给定)?的?(?:标签|标记|键|key|tag|值|条件)",
        read: |hit| {
            let all = ["所有", "全部"].contains(&hit.group("how"));
            finds_marked(hit, all, &["不", "未", "没有"], &LEFT_OUT_ZH)
        },
    },
    Rule {
        name: "en.finds-marked",
        language: En,
        meaning: "whether a filter finds what has all of several marks, or any of them",
        cues: &["all ", "any ", "at least one", "every "],
        pattern: r"\b(?:have|has|having|with|contain(?:s|ing)?|carry|carries|carrying|match(?:es|ing)?|include(?:s|d)?|bear(?:s|ing)?) (?P<how>all|every one|any|at least one|one)(?: one)?(?: or more)? ?(?:of )?(?:the )?(?:specified |given |listed |requested |these |those )?(?:tags?|labels?|marks?|keys?)\b",
        read: |hit| {
            let all = hit.group("how").to_lowercase();
            let all = ["all", "every one"].contains(&all.as_str());
            finds_marked(hit, all, &["without", "no"], &LEFT_OUT_EN)
        },
    },
];

/// Words for things that a sentence says are not found.
const LEFT_OUT_ZH: [&str; 8] = [
    "排除",
    "不返回",
    "不显示",
    "不展示",
    "不包",
    "过滤掉",
    "剔除",
    "除外",
];
const LEFT_OUT_EN: [&str; 8] = [
    "n't",
    "n’t",
    " not ",
    "exclud",
    "left out",
    "filtered out",
    "omitted",
    "skipped",
];

/// Words for an order in one case only, for one that may be asked for, for that of parts of each thing, and for none.
const NOT_USUAL_ZH: [&str; 8] = ["如果", "若", "当", "可", "支持", "每", "各", "不"];
const NOT_USUAL_EN: [&str; 8] = ["if", "when", "where", "unless", "can", "may", "each", "not"];

/// The order of a list: that of an operation as a whole, or of a list in its answer.
fn sorted(hit: &Hit, rising: Option<bool>) -> Option<Heard> {
    let by = match hit.group("name") {
        "" => phrase(hit.group("by"))?,
        name => name.to_owned(),
    };
    let is_of_answer = !hit.about_field() || hit.is_list();
    (is_of_answer && is_usual(hit) && !is_among_equals(hit)).then(|| sorted_by(&by, rising).into())
}

/// Whether the order is that of those only which the one before it leaves equal.
fn is_among_equals(hit: &Hit) -> bool {
    const EQUAL: [&str; 6] = ["相同", "一样", "一致", "相等", "the same", "equal"];
    let before = hit.before.to_lowercase();
    let clause = before
        .rsplit(['。', '；', ',', ';'])
        .find(|part| !part.trim().is_empty());
    EQUAL
        .iter()
        .any(|word| clause.unwrap_or_default().contains(word))
}

/// Whether a sentence about an order is about the one that a list always has.
fn is_usual(hit: &Hit) -> bool {
    let before = hit.before.replace("当前", "").to_lowercase();
    let after = hit.after.to_lowercase();
    let mut words = before.split(|c: char| !c.is_alphabetic());
    let mut later = after.split(|c: char| !c.is_alphabetic());
    let on_condition = later.any(|word| ["if", "when", "where", "unless"].contains(&word));
    let is_other = words.any(|word| NOT_USUAL_EN.contains(&word))
        || NOT_USUAL_ZH.iter().any(|word| before.contains(word));
    !is_other && !on_condition
}

/// What a number of an answer counts.
fn counts(hit: &Hit) -> Option<Heard> {
    let is_number = *hit.kind() == Kind::Integer && !hit.is_list();
    let is_shown = hit.subject.direction == Direction::Response;
    let words = match (hit.group("page"), hit.group("match")) {
        ("", "") => COUNTS_ALL_PAGES,
        ("", _) => COUNTS_MATCHES,
        (_, _) => COUNTS_PAGE,
    };
    let around = format!("{}{}{}", hit.before, hit.whole(), hit.after).to_lowercase();
    let has = |known: &[&str]| known.iter().any(|word| around.contains(word));
    // The total in an answer may be that of all pages.
    let is_total = hit.group("page").ends_with("the response") && has(&["total"]);
    let of_part = is_total || words != COUNTS_PAGE && has(&OF_PART);
    let is_plain = is_number && is_shown && !of_part && !has(&NO_COUNT);
    field_remark(hit, words).filter(|_| is_plain)
}

/// Words for how many there may be, which is no count of any.
const NO_COUNT: [&str; 5] = ["max", " most", "最大", "最多", "每页"];

/// Words for a page, whatever is called total beside them.
const OF_PART: [&str; 9] = [
    "in the response",
    "in this response",
    "returned",
    "on this page",
    "on the page",
    "current page",
    "本次",
    "本页",
    "当前页",
];

/// Words before one for what is lacking that say that it is not.
const DENYING: [&str; 10] = [
    "not",
    "n't",
    "n’t",
    "never",
    "不为",
    "不会为",
    "不能为",
    "不是",
    "非",
    "不会",
];

/// Words for what holds of the last page as of the others.
const EVEN_THERE: [&str; 6] = ["even ", "never ", "即使", "即便", "不为", "非空"];

/// That a sentence says of the last page that it has not what the field is.
fn none_on_last(hit: &Hit, lacking: &[&str]) -> Option<Heard> {
    let is_shown = hit.subject.direction == Direction::Response;
    let around = format!("{} {}", hit.before, hit.after).to_lowercase();
    let is_denied = |start: &str| DENYING.iter().any(|word| start.trim_end().ends_with(word));
    let lacks = |word: &&&str| {
        let mut places = around.match_indices(**word);
        places.any(|(place, _)| !is_denied(&around[..place]))
    };
    let lacking = lacking.iter().find(lacks)?;
    let is_lacking = !EVEN_THERE.iter().any(|word| around.contains(word));
    let heard = field_remark(hit, NONE_ON_LAST).filter(|_| is_shown && is_lacking)?;
    // What is null or empty is there.
    Some(match *lacking {
        "null" | "empty" | "空" => heard,
        _ => heard.conditionally(),
    })
}

/// The refusal of a request whose field names nothing.
fn if_unknown(hit: &Hit) -> Option<Heard> {
    let status = hit.number("status").or_else(|| hit.number("other"))?;
    let is_asked = hit.about_field() && hit.subject.direction == Direction::Request;
    let status = u16::try_from(status).ok().filter(|_| is_asked)?;
    Some(refused_if_unknown(status).into())
}

/// How a filter for several marks finds, unless it is said what it does not find.
fn finds_marked(hit: &Hit, all: bool, denying: &[&str], left_out: &[&str]) -> Option<Heard> {
    let before = hit.before.trim_end().to_lowercase();
    let around = format!("{}{}{}", hit.before, hit.whole(), hit.after).to_lowercase();
    let denied = denying.iter().any(|word| before.ends_with(word))
        || left_out.iter().any(|word| around.contains(word));
    let takes_several = hit.is_list() || matches!(hit.kind(), Kind::String | Kind::Unknown);
    let is_asked = hit.about_field() && hit.subject.direction == Direction::Request;
    let words = if all { FINDS_ALL } else { FINDS_ANY };
    remark(words).filter(|_| is_asked && takes_several && !denied)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.sorted",
        "-",
        "灯默认按照点灯时间倒序，灯油也按照点灯时间倒序。",
        "other: sorted by 点灯时间 desc",
    ),
    (
        "en.by-in-order",
        "-",
        "Lists the lamps of a tower by name in alphabetical order.",
        "other: sorted by name asc",
    ),
    (
        "en.order-of-making",
        "-",
        "Lamps are listed in the order in which they were built, the oldest first.",
        "other: sorted by creation time asc",
    ),
    (
        "en.order-of-making",
        "-",
        "Lamps are shown in the order in which they were added, the oldest last.",
        "other: sorted by creation time desc",
    ),
    (
        "en.none-on-last",
        "answered String",
        "The mark of what comes next. It is not returned for the last page.",
        "other: none on the last page, conditional",
    ),
    (
        "zh.sorted",
        "-",
        "返回的灯册按时间降序排列。",
        "other: sorted by 时间 desc",
    ),
    (
        "zh.sorted",
        "-",
        "查询灯塔，默认按照灯名升序返回。",
        "other: sorted by 灯名 asc",
    ),
    (
        "zh.sorted",
        "-",
        "灯册按点灯时间（lit_at）由早到晚排列，时间相同的按code升序排列。",
        "other: sorted by lit_at asc",
    ),
    (
        "zh.sorted",
        "-",
        "灯塔以建成时间从新到旧排列。",
        "other: sorted by 建成时间 desc",
    ),
    (
        "zh.sorted",
        "Array of String",
        "灯的列表，按点亮顺序排列。",
        "other: sorted by 点亮",
    ),
    (
        "en.sorted",
        "Array of String",
        "The lamps, which are sorted by name in ascending order.",
        "other: sorted by name asc",
    ),
    (
        "en.sorted",
        "-",
        "The lamps are listed by lighting time, newest first.",
        "other: sorted by lighting time desc",
    ),
    (
        "en.in-order-of",
        "-",
        "All lamps are returned in descending order of their height by default.",
        "other: sorted by height desc",
    ),
    (
        "zh.finds-marked",
        "String",
        "查找带有全部标记的灯。",
        "other: finds what has all of them",
    ),
    (
        "zh.finds-marked",
        "String",
        "查找含有任意一个标签的灯。",
        "other: finds what has any of them",
    ),
    (
        "en.finds-marked",
        "String",
        "The marks of lamps. Lamps that carry all of the given marks are found.",
        "other: finds what has all of them",
    ),
    (
        "en.finds-marked",
        "String",
        "The marks of lamps. Lamps with at least one of these marks are found.",
        "other: finds what has any of them",
    ),
    (
        "zh.counts",
        "answered Integer",
        "符合过滤条件的灯的总数。",
        "other: counts all that match",
    ),
    (
        "zh.counts",
        "answered Integer",
        "本页返回的灯的数量。",
        "other: counts what is on the page",
    ),
    (
        "zh.counts",
        "answered Integer",
        "灯的数目，不受翻页影响。",
        "other: counts all pages",
    ),
    (
        "en.counts",
        "answered Integer",
        "The number of lamps that match the filters.",
        "other: counts all that match",
    ),
    (
        "en.counts",
        "answered Integer",
        "The number of lamps on the current page.",
        "other: counts what is on the page",
    ),
    (
        "en.counts",
        "answered Integer",
        "The number of lamps in the response.",
        "other: counts what is on the page",
    ),
    (
        "en.counts",
        "answered Integer",
        "How many lamps there are, irrespective of paging.",
        "other: counts all pages",
    ),
    (
        "zh.none-on-last",
        "answered String",
        "下一盏灯，最后一页时不返回。",
        "other: none on the last page, conditional",
    ),
    (
        "en.none-on-last",
        "answered String",
        "Where the next page begins. It is left out on the last page.",
        "other: none on the last page, conditional",
    ),
    (
        "en.none-on-last",
        "answered String",
        "Where the next page begins, or empty if there are no more lamps.",
        "other: none on the last page",
    ),
    (
        "zh.if-unknown",
        "String",
        "从这盏灯之后开始查询。灯不存在时，返回404。",
        "other: names what exists, or else 404",
    ),
    (
        "en.if-unknown",
        "String",
        "The lamp before the page. If no such lamp exists, error 404 is returned.",
        "other: names what exists, or else 404",
    ),
    (
        "en.if-unknown",
        "String",
        "The lamp before the page. 404 is returned if the lamp is not found.",
        "other: names what exists, or else 404",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    #[test]
    fn what_lists_do_not_promise_is_not_read() {
        for (kind, text) in [
            ("String", "If the name already exists, 409 is returned."),
            (
                "String",
                "If this parameter is specified, error 400 is returned.",
            ),
            (
                "String",
                "Lamps that don't match any tags in this list are returned.",
            ),
            ("String", "Lamps with any of the tags are left out."),
            ("String", "排除带有任意标签的灯。"),
            ("String", "不返回包含所有标签的灯。"),
            ("String", "带有任意标签的灯会被过滤掉。"),
            (
                "answered Integer",
                "The maximum number of lamps on the current page.",
            ),
            ("answered Integer", "当前页显示的最大灯数量。"),
            ("answered Integer", "Total number of items in the response."),
            ("answered Integer", "本次返回的总条数。"),
            ("answered Integer", "符合条件的灯每页返回的数量。"),
            (
                "answered Integer",
                "The total number of lamps in the response.",
            ),
            (
                "-",
                "If sort_dir is asc, the lamps are sorted by creation time in ascending order.",
            ),
            (
                "-",
                "The lamps are sorted by name in ascending order when sort_dir is asc.",
            ),
            (
                "-",
                "The lamps can be sorted by creation time in descending order.",
            ),
            (
                "-",
                "The bulbs of each lamp are listed by name in ascending order.",
            ),
            ("-", "当方向为asc时，灯按名称升序排列。"),
            ("answered String", "It is not null even on the last page."),
            ("answered String", "即使是最后一页也不为空。"),
            ("answered String", "It isn't empty on the last page."),
        ] {
            let heard = read_as(kind, text).statements;
            let ours = |rule: &str| super::RULES.iter().any(|known| known.name == rule);
            let heard: Vec<_> = heard.iter().filter(|said| ours(said.rule)).collect();
            assert!(heard.is_empty(), "{text}: {heard:?}");
        }
    }

    #[test]
    fn what_is_returned_on_a_page_is_not_all_there_is() {
        let text = "The total number of records returned on this page.";
        let heard = read_as("answered Integer", text).statements;
        let all = crate::contract::COUNTS_ALL_PAGES;
        let is_all = |said: &crate::extract::phrases::Said| {
            said.constraint == crate::contract::Constraint::Other(all.to_owned())
        };
        assert!(!heard.iter().any(is_all), "{heard:?}");
    }
}
