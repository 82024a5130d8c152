//! Which values there are: enumerations and constants, in sentences and in the lists below them.

use std::sync::LazyLock;

use super::condition;
use super::lists::{is_code, list_below};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::spelled::is_of_a_clock;
use super::tokens::{self, List, scalar};
use super::topic;
use crate::contract::{Constraint, Kind, Scalar, Scope};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.examples",
        language: Zh,
        meaning: "examples in a list: an open enumeration",
        cues: &["例如", "比如", "示例", "如:"],
        pattern: r"(?:例如|比如|示例|如)\s*:\s*$",
        read: |hit| list_below(hit, true),
    },
    Rule {
        name: "zh.told-examples",
        language: Zh,
        meaning: "examples with their meanings, run together: an open enumeration",
        cues: &["例如", "比如"],
        pattern: r"(?:例如|比如)\s*:?\s*(?P<next>-?[A-Za-z0-9_]{1,40}\s*(?:表示|代表))",
        read: |hit| {
            let list = tokens::told(hit.near())?;
            hit.about_field()
                .then(|| enumeration(hit, list, true, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.han-values",
        language: Zh,
        meaning: "values that are Chinese words, and the one of them that is the default",
        cues: &["、"],
        pattern: r"(?:取值范围|取值|可选值|枚举值|可选项|可选)\s*(?:为|有|包括|是|:)+\s*(?P<list>\p{Han}{1,8}(?:、\p{Han}{1,8})+)(?P<next>[,。；]|$)",
        read: han_values,
    },
    Rule {
        name: "zh.values",
        language: Zh,
        meaning: "the values that a field takes, in the sentence or in the list below it",
        cues: &[
            "值",
            "包括",
            "包含",
            "选",
            "范围",
            "支持",
            "只能取",
            "指定的",
            "类型",
            "参数为",
            "有效的",
            "枚举",
            "设置为",
            "配置为",
            "必须",
            "使用的",
            "设置的",
            "配置的",
        ],
        pattern: r#"(?:取值范围|取值|枚举值|可选值|可选范围|参数值|有效值|有效的[\p{Han}]{0,6}|可以指定的[^:。]{0,10}|可以?(?:使用|选择|选用|设置|配置)的\p{Han}{1,6}|可以?{传}|可选|该值|只能取|(?:^|[,。;；:\s])值|的值|值|包括|包含|名称)\s*(?:(?:如下|以下|固定|默认|支持|可以|可能|一般|只能|当前|目前|仅|只|可|应|必须|取值|取|分别|有|为|是|包括|包含|:|\s|[一二两三四五六七八九十0-9]+\s*种|几种|类型|取值|之一|列表)+)|有[一二两三四五六七八九十]种取值[。]?\s*|(?:包括|包含|枚举)\s*:?\s*|(?:取值|可选|必须(?:为|是))\s*(?P<next>"|[0-9.:]+、|[A-Za-z][A-Za-z0-9_.-]*\s*(?:、|或))"#,
        read: values,
    },
    Rule {
        name: "zh.only-values",
        language: Zh,
        meaning: "only these values are supported",
        cues: &["支持", "取", "限", "前有"],
        pattern: r#"(?:只|仅)(?:能|可以)?支持(?P<of>[^。:,]{1,16})类型\s*:\s*|(?:只|仅)限(?:于\s*:?|:)\s*|(?:目前|当前)有\s*(?P<next>")|(?:只|仅|目前|当前)(?:能|可以|可)?(?:支持|取值为|取)(?:设置为|配置为|设定为)?(?:以下|如下)?(?:类型|取值|值)?\s*:?\s*"#,
        read: |hit| {
            let is_of_some = hit.before.trim_end().ends_with("对于");
            if !hit.about_field() || is_of_some || is_of_a_part(hit) {
                return None;
            }
            if hit.near().trim().is_empty() && hit.whole().trim_end().ends_with(':') {
                return list_below(hit, false);
            }
            let list = tokens::list(hit.near())?;
            // "Only Lighthouse Oil": one name of two words.
            let rest = &hit.near()[list.length..];
            if GOES_ON.is_match(rest) || rest.starts_with("等参数") || rest.starts_with("等字段")
            {
                return None;
            }
            let heard = enumeration(hit, list, false, 0)?.listing();
            // "For X things only: a" says nothing of all others.
            let named = condition::names(hit.group("of"));
            let kind = named.first().cloned().or_else(|| topic::kind(hit.before));
            match kind {
                Some(kind) => Some(heard.within(Scope::Case(kind))),
                None => Some(heard),
            }
        },
    },
    Rule {
        name: "en.examples",
        language: En,
        meaning: "examples in a list: an open enumeration",
        cues: &["example"],
        pattern: r"(?:for example|examples?(?: values?)?)\s*:\s*$",
        read: |hit| list_below(hit, true),
    },
    Rule {
        name: "en.values",
        language: En,
        meaning: "the values that a field takes, in the sentence or in the list below it",
        cues: &[
            "value",
            "options",
            "supported",
            "can be",
            "types",
            "one of",
            "following",
        ],
        pattern: r"(?:value ranges?|(?:the |its |parameter )?values? (?:of (?:this (?:parameter|field)|each [a-z-]{2,24}) )?(?:can only be|can also be|can be|may be|must be|is fixed (?:at|to)|is always|is|are|include)|\bvalues?\s*:|(?:possible|valid|available|supported|allowed|enumerat(?:ed|ion)|enum|optional) (?:values|value|options|types)|(?:the |value )?options|the following (?:[a-z]+ )?(?:types|values|options|modes|methods|formats|protocols|policies|algorithms|actions|statuses|states)|can be (?:set to )?|must be one of)(?:\s*(?:either|one of|any of|the following|the|following|values?|as follows|are|is|include|can be|set to|supported|fixed at|only|currently|:))*\s*",
        read: values,
    },
    Rule {
        name: "en.values-in-passing",
        language: En,
        meaning: "the values that a field takes, in capitals and without a verb",
        cues: &["one of", "that is", "namely", "either"],
        pattern: r"(?:^|[,;:] )(?:one of|that is,|namely,?|either)\s+(?:the following:? ?)?",
        read: |hit| {
            let list = tokens::list(hit.near())?;
            let is_written_so =
                |value: &String| !value.bytes().any(|byte| byte.is_ascii_lowercase());
            let are_values = list.values.len() > 1 && list.values.iter().all(is_written_so);
            are_values.then(|| values(hit)).flatten()
        },
    },
    Rule {
        name: "en.only-values",
        language: En,
        meaning: "only these values are supported",
        cues: &["only"],
        pattern: r#"\bonly (?P<list>"?[a-z0-9_.-]+"?(?:(?:, (?:and |or )?| and | or )"?[a-z0-9_.-]+"?)*) (?:is|are) (?:currently )?(?:supported|allowed|available)"#,
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            let is_word = |value: &String| value.bytes().all(|byte| byte.is_ascii_lowercase());
            let is_truth = |value: &String| matches!(value.as_str(), "true" | "false");
            let is_prose = list.values.len() < 2
                && list
                    .values
                    .iter()
                    .any(|value| is_word(value) && !is_truth(value));
            // "Only HTTPS is supported": how something is spoken to is no value.
            let is_protocol = |value: &String| {
                ["http", "https", "tcp", "udp"].contains(&value.to_lowercase().as_str())
            };
            let about = hit
                .prose
                .first()
                .map_or("", |unit| head(&unit.text, 200))
                .to_lowercase();
            let is_address = ["address", "url", "link"]
                .iter()
                .any(|word| about.contains(word));
            if is_address && list.values.iter().all(is_protocol) {
                return None;
            }
            let names_characters = list
                .values
                .iter()
                .any(|value| CHARACTERS.contains(&value.as_str()));
            let is_whole = list.length == hit.group("list").len();
            (hit.about_field() && is_whole && !is_prose && !names_characters)
                .then(|| enumeration(hit, alone(list.values), false, 0))
                .flatten()
                .map(Heard::listing)
        },
    },
];

pub(super) fn alone(values: Vec<String>) -> List {
    List {
        values,
        open: false,
        length: 0,
    }
}

/// Words for characters, which are allowed as such and no values.
pub(super) const CHARACTERS: [&str; 9] = [
    "letters",
    "digits",
    "numbers",
    "characters",
    "hyphens",
    "underscores",
    "periods",
    "spaces",
    "lowercase",
];

/// Values in the rest of the sentence, running on behind it, or in the list below.
fn values(hit: &Hit) -> Option<Heard> {
    // "hh:mm, and mm must be one of 00, 30": of a part of a time.
    let is_of_time = hit.before.to_lowercase().contains("hh:mm") || is_of_a_clock(hit);
    if !hit.about_field() || is_about_other_things(hit) || is_of_time {
        return None;
    }
    let rest = hit.near();
    if rest.trim().is_empty() {
        return list_below(hit, false);
    }
    if let Some(list) = tokens::dashed(rest) {
        return marked(hit, list);
    }
    let glosses = tokens::run_on_glosses(rest).or_else(|| tokens::worded(rest));
    if let Some(list) = glosses.or_else(|| tokens::told(rest)) {
        let open = has_others(&rest[list.length..]);
        return enumeration(hit, list, open, 0);
    }
    let list = tokens::list(rest)?;
    let says_when = rest[list.length..].trim_start().to_lowercase();
    if says_when.starts_with('时')
        || says_when.starts_with("等参数")
        || says_when.starts_with("等字段")
        || (list.values.len() == 1 && says_when.starts_with("类型的"))
        || says_when.starts_with("的整倍数")
        || says_when.starts_with("when ")
        || says_when.starts_with("by default")
    {
        return None;
    }
    let word = hit.whole().trim();
    // "Which can be the name of the lamp (name)": one word of many.
    let is_one_of_many = hit.before.trim_end().ends_with("which");
    if let [only] = list.values.as_slice() {
        // "0 or a text" has other values; "tags can be added" says what is done with them.
        let is_possible = word.starts_with("可设置")
            || word.starts_with("可以设置")
            || word.starts_with("可配置");
        if is_possible {
            return None;
        }
        let goes_on = says_when.starts_with("or ") || says_when.starts_with('或');
        let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
        if goes_on && (!list.open || is_number)
            || word.starts_with("can be")
                && (only.is_empty() || only.ends_with("ed") || is_one_of_many)
        {
            return None;
        }
    }
    let lists_contents = ["包括", "包含", "枚举"]
        .iter()
        .any(|listing| word.starts_with(listing) && !word.starts_with("枚举值"));
    if lists_contents && list.values.len() < 2 {
        return None;
    }
    // "Enumerated values: X" lists what there is, though it is one.
    let lists_one = word.starts_with("枚举") || word.to_lowercase().starts_with("enum");
    match lists_one {
        true => marked(hit, list).map(Heard::listing),
        false => marked(hit, list),
    }
}

/// Words that name characters, where a list is of what a text is made of.
static CHARACTER_WORDS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"字母|数字|中文|汉字|字符|符号|下划线|中划线|空格|整数|小数|等|的|任意")
});
static HAN_DEFAULT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^[,。；]?\s*(?:不传|不填|未指定|缺省)?(?:时)?,?(?:默认|缺省)(?:取?值)?(?:为|是|:)?\s*(?P<value>\p{Han}{1,8})",
    )
});

fn han_values(hit: &Hit) -> Option<Heard> {
    let printed = hit.group("list");
    let is_text = *hit.kind() == Kind::String;
    if !hit.about_field() || !is_text || CHARACTER_WORDS.is_match(printed) {
        return None;
    }
    let mut words: Vec<&str> = printed.split('、').collect();
    let last = words.pop()?;
    let joined = ["或者", "或", "以及", "和"]
        .iter()
        .find_map(|joint| last.split_once(joint));
    match joined {
        Some((one, other)) => words.extend([one, other]),
        None => words.push(last),
    }
    let values: Vec<Scalar> = words
        .iter()
        .map(|word| Scalar::Text((*word).to_owned()))
        .collect();
    let default = HAN_DEFAULT.captures(hit.near());
    let value = default
        .as_ref()
        .map(|found| Scalar::Text(found["value"].to_owned()));
    let is_listed = value.as_ref().is_some_and(|value| values.contains(value));
    let end = default
        .filter(|_| is_listed)
        .and_then(|found| Some(found.get(0)?.end()));
    let default = value.filter(|_| is_listed).map(Constraint::Default);
    let listed = Constraint::Enum {
        values,
        open: false,
    };
    let heard = Heard::all([listed].into_iter().chain(default));
    Some(heard.reading_on(end.unwrap_or(0)))
}

/// The values of a list, and the one of them that is marked as the default.
fn marked(hit: &Hit, list: List) -> Option<Heard> {
    let default = tokens::marked_default(&hit.near()[..list.length]);
    // "Usually 10, 20 or 50": others will do.
    let is_usual = ["一般", "通常", "建议", "推荐"]
        .iter()
        .any(|word| hit.whole().contains(word));
    let is_usual = is_usual
        || ["常用", "典型", "一般", "通常"]
            .iter()
            .any(|word| hit.before.ends_with(word));
    let open = is_usual || has_others(&hit.near()[list.length..]);
    with_default(enumeration(hit, list, open, 0)?, hit, default)
}

/// "Others are of your own making": what is listed is not all there is.
static OTHERS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?:^|[.。；,])\s*(?:或者?|以及|和)?(?:(?:其[他它余]|另外)(?:的)?(?:由|可由|可以|均|值|取值|内容|标签|名称|为)?\p{Han}{0,6}(?:自定义|自行定义|自己定义)|(?:用户|您)?自定义|(?i:others are (?:user|self)[- ]defined|(?:and )?(?:any )?(?:custom|user-defined) (?:values?|names?|ones)))",
    )
});

/// Whether the text behind a list says that there are values beside those of the list.
fn has_others(after: &str) -> bool {
    OTHERS.is_match(head(after, 120))
}

pub(super) fn with_default(mut heard: Heard, hit: &Hit, default: Option<&str>) -> Option<Heard> {
    let default = default.map(|value| Constraint::Default(scalar(value, hit.kind())));
    heard
        .constraints
        .extend(default.map(|default| (default, None)));
    Some(heard)
}

/// Objects have no values, and "the value of X" speaks of another field.
fn is_about_other_things(hit: &Hit) -> bool {
    let other = OTHER_FIELD.captures(hit.before);
    let is_other = other.is_some_and(|found| {
        let name = &found["name"];
        let refers = matches!(
            name.to_lowercase().as_str(),
            "it" | "which" | "that" | "and" | "or" | "but"
        );
        // "Each element can be", "each can be": of a list these are its own.
        let is_member = hit.is_list()
            && matches!(
                name.to_lowercase().as_str(),
                "each" | "element" | "item" | "entry" | "member"
            );
        !refers && !is_member && Some(name) != hit.subject.name
    });
    let clause = hit.before.rsplit(['。', '；']).next().unwrap_or("");
    let is_example = clause.contains("例如") || clause.contains("比如");
    // "Linux (包括A和B)": what the brackets hold belongs to the value before them.
    let is_bracketed = clause.matches('(').count() > clause.matches(')').count();
    // "The most is", "the default is": one value of many, which other rules know.
    let before = hit.before.trim_end().to_lowercase();
    let is_bound = [
        "最大",
        "最小",
        "默认",
        "缺省",
        "maximum",
        "minimum",
        "default",
        "example",
        "recommended",
    ]
    .iter()
    .any(|word| before.ends_with(word));
    // What is taken in one case, below a label: "默认取值: 无油时,灯高的值为1".
    let labels = ["默认取值:", "默认值:", "缺省值:"];
    let is_default = labels
        .iter()
        .any(|label| clause.trim_start().starts_with(label));
    let is_bound = is_bound || is_default && hit.whole().contains("值为");
    let is_object = matches!(hit.kind(), Kind::Object);
    let names_parts = PARTS.is_match(hit.before) || is_of_a_part(hit);
    // "If the value is true, the lamp …" explains that value, and two of these list them.
    let is_case = ["如果", "若", "当"]
        .iter()
        .any(|word| before.ends_with(word));
    let is_case = is_case && hit.unit.text.matches("值为").count() < 2;
    is_object || is_other || is_example || is_bracketed || is_bound || names_parts || is_case
}

/// "A,B and C parameters, of which B supports 1 and 2": those are of what the text names.
fn is_of_a_part(hit: &Hit) -> bool {
    static PART: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"其中,?\s*(?P<part>[A-Za-z_][A-Za-z0-9_]*|\p{Han}{1,8}?)\s*的?(?:目前|当前)?$")
    });
    let part = PART.captures(hit.before.trim_end());
    part.is_some_and(|found| Some(&found["part"]) != hit.subject.name)
}

/// Another word behind what looks like a value.
static GOES_ON: LazyLock<Pattern> = LazyLock::new(|| compile(r"^\s[A-Z][A-Za-z]"));

/// "hh and mm must be the same, and": what follows is said of these.
pub(super) static PARTS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"^\s*(?i:the )?(?i:values? of )?"?[A-Za-z]{1,12}"?\s*(?:和|与|、|and)\s*"?[A-Za-z]{1,12}"?\s*的?(?:取值|值|必须|must)"#,
    )
});

static OTHER_FIELD: LazyLock<Pattern> =
    LazyLock::new(|| compile(r#"(?P<name>[A-Za-z_][A-Za-z0-9_.:]+)"?(?:参数|字段|属性)?的?\s*$"#));

/// One value is a constant, several are an enumeration.
pub(super) fn enumeration(hit: &Hit, list: List, open: bool, units: usize) -> Option<Heard> {
    if matches!(hit.kind(), Kind::Object) {
        return None;
    }
    if names_versions(hit, &list.values) {
        return None;
    }
    // How a text is written down is none of its values.
    let is_encoding =
        |value: &String| ["utf-8", "utf8", "unicode"].contains(&value.to_lowercase().as_str());
    if list.values.iter().all(is_encoding) {
        return None;
    }
    // "0: Sunday, 1: Monday, and so on": there are others.
    let goes_on = ["类推", "and so on"]
        .iter()
        .any(|words| hit.unit.text.contains(words));
    let open = open || list.open || goes_on;
    let printed = unnumbered(&list.values);
    let values = printed.iter().map(|value| scalar(value, hit.kind()));
    let values: Vec<_> = values.collect();
    let constraint = match values.as_slice() {
        [] => return None,
        [_, ..] if values.iter().any(|value| !suits(value, hit.kind())) => return None,
        [only] if !open && units == 0 && !hit.is_list() && !is_code(&hit.unit.text) => {
            Constraint::Const(only.clone())
        }
        [_, ..] => Constraint::Enum { values, open },
    };
    let mut heard = Heard::from(constraint).reading_on(list.length.min(hit.rest.len()));
    heard.units = units;
    Some(heard)
}

/// "The address. IPv4 and IPv6 are supported": those are no addresses.
fn names_versions(hit: &Hit, values: &[String]) -> bool {
    let first = hit.prose.first().map_or("", |unit| head(&unit.text, 90));
    let first = first.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| first.contains(word));
    let are_versions = values
        .iter()
        .all(|value| value.eq_ignore_ascii_case("ipv4") || value.eq_ignore_ascii_case("ipv6"));
    let others = [
        "版本", "类型", "协议", "族", "version", "type", "protocol", "family",
    ];
    are_versions && has(&["地址", "address"]) && !has(&others)
}

/// The values of a numbered list without their numbers: `1.lit`, `2.dark`.
fn unnumbered(values: &[String]) -> Vec<&str> {
    let bare = values.iter().enumerate().map(|(place, value)| {
        let rest = value.strip_prefix(&format!("{}.", place + 1))?;
        rest.starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some(rest)
    });
    let bare: Option<Vec<&str>> = bare.collect();
    match bare {
        Some(bare) if bare.len() > 1 => bare,
        _ => values.iter().map(String::as_str).collect(),
    }
}

/// Whether a value is one that the field's kind can hold: a misread list seldom is.
pub(super) fn suits(value: &Scalar, kind: &Kind) -> bool {
    match kind {
        Kind::Integer | Kind::Number => !matches!(value, Scalar::Text(_)),
        Kind::Boolean => matches!(value, Scalar::Bool(_) | Scalar::Null),
        Kind::String | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => true,
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.range",
        "Integer",
        "取值范围为0～6，0表示西塔，1表示东塔，以此类推。",
        "range 0..=6",
    ),
    (
        "zh.values",
        "String",
        "点灯的时刻，必须为22:00:00、02:00:00和18:00:00。",
        "enum 22:00:00 02:00:00 18:00:00",
    ),
    (
        "zh.values",
        "String",
        "灯油，取值范围：oil，gas等。\noil：黑油\ngas：轻气",
        "enum oil gas open",
    ),
    (
        "zh.values",
        "String",
        "灯的地点，取值范围： center、边远灯塔的名称。",
        "enum center open",
    ),
    (
        "en.values",
        "String",
        "Whether the lamp is lit. The value can be yes or no (default).",
        "enum yes no\ndefault no",
    ),
    (
        "en.values",
        "String",
        "What is done. The value can be set to hang or quench only.",
        "enum hang quench",
    ),
    (
        "en.values-in-passing",
        "String",
        "What the lamp does. One of LIT, DARK, and BROKEN.",
        "enum LIT DARK BROKEN",
    ),
    (
        "en.values-in-passing",
        "String",
        "Specifies the lamp, that is, WHALE, RAPE, or COLZA.",
        "enum WHALE RAPE COLZA",
    ),
    (
        "en.values",
        "String",
        "The address family of the lamp. The value can be **IPv4** or **IPv6**.",
        "enum IPv4 IPv6",
    ),
    (
        "zh.only-values",
        "String",
        "灯的动作：仅限于light（点亮）、douse（熄灭）。",
        "enum light douse",
    ),
    (
        "zh.only-values",
        "String",
        "灯油。\n目前有“oil”和“gas”。",
        "enum oil gas",
    ),
    (
        "en.values",
        "Array of String",
        "The colours of the lamp. The value of each colour can be RED or BLUE.",
        "enum RED BLUE",
    ),
    (
        "en.values",
        "String",
        "The oil. Its value can be any of the following: BLACK: indicates black oil. WHITE: indicates white oil.",
        "enum BLACK WHITE",
    ),
    (
        "zh.only-values",
        "Boolean",
        "是否点灯。只支持设定为true。",
        "enum true",
    ),
    (
        "en.only-values",
        "Boolean",
        "Whether the lamp is lit. Only true is supported.",
        "enum true",
    ),
    (
        "en.values",
        "Array of String",
        "The lamps. Each element can be oil, gas, or wax.",
        "enum oil gas wax",
    ),
    (
        "en.values",
        "Array of String",
        "The wicks. Each value can be FLAT, ROUND, or WIDE, and each can be chosen only once.",
        "enum FLAT ROUND WIDE\nvalue: unique",
    ),
    (
        "en.values",
        "String",
        "Kind of the lamp. Value options: oil, gas, and wax.",
        "enum oil gas wax",
    ),
    (
        "zh.values",
        "String",
        "灯屏的比例，可选16:9、4:3、1:1。",
        "enum 16:9 4:3 1:1",
    ),
    (
        "zh.told-examples",
        "Integer",
        "灯的电力。例如：0表示“NO LIGHT”1表示“LIT”4表示“OUT”",
        "enum 0 1 4 open",
    ),
    (
        "zh.values",
        "Integer",
        "灯况，取值：1表示亮，2表示暗，3表示灭。",
        "enum 1 2 3",
    ),
    (
        "zh.values",
        "String",
        "旗语，取值flag-a或flag-b，缺省为flag-a。",
        "enum flag-a flag-b\ndefault flag-a",
    ),
    (
        "zh.han-values",
        "String",
        "灯色。取值为红、绿、蓝，不传默认为红。",
        "enum 红 绿 蓝\ndefault 红",
    ),
    (
        "zh.han-values",
        "String",
        "灯位。可选值有塔顶、塔中和塔底。",
        "enum 塔顶 塔中 塔底",
    ),
    (
        "en.values",
        "String",
        "The oil. The default value is whale. The value of this parameter can also be \"palm\", \"olive\", or \"whale\".",
        "default whale\nenum palm olive whale",
    ),
    (
        "zh.values",
        "String",
        "租期。取值：month，按月；year，按年。",
        "enum month year",
    ),
    (
        "zh.values",
        "String",
        "灯态，包括：LIT-点亮，DIM-变暗，DARK-熄灭。",
        "enum LIT DIM DARK",
    ),
    (
        "zh.values",
        "Number",
        "灯芯，取值0.5、1、2，默认0.5。",
        "enum 0.5 1 2\ndefault 0.5",
    ),
    (
        "zh.default",
        "Boolean",
        "是否强制熄灯，缺省为false，仅守塔人可设置为true。",
        "default false\nother: only for 守塔人",
    ),
    (
        "zh.values",
        "String",
        "灯油。取值：OIL、GAS、WAX。旧式灯塔只支持设置为OIL。",
        "enum OIL GAS WAX\nenum OIL when the documented case",
    ),
    (
        "zh.values",
        "String",
        "灯法。取值范围：glow 微亮，burn 全亮。默认值为burn。",
        "enum glow burn\ndefault burn",
    ),
    (
        "zh.values",
        "Integer",
        "巡灯间隔，可设置为2、6、90，单位：分钟。",
        "enum 2 6 90\nother: unit minutes",
    ),
    (
        "zh.values",
        "String",
        "灯的亮度。可以使用的档位为1，2，3。",
        "enum 1 2 3",
    ),
    (
        "zh.values",
        "String",
        "灯牌，取值为：_sys：塔上自带的灯牌。其他由守塔人自定义。",
        "enum _sys open",
    ),
    (
        "zh.values",
        "String",
        "如何比较。取值范围：>、=、<、>=、<=。",
        "enum > = < >= <=",
    ),
    (
        "en.values",
        "String",
        "Whether it burns. The value can only be on or off.",
        "enum on off",
    ),
    (
        "en.values",
        "String",
        "The value can be oil, gas, or a number of a fuel (0 to 255).",
        "enum oil gas open",
    ),
    (
        "zh.values",
        "Integer",
        "灯高。取值一般为10，20，50。",
        "enum 10 20 50 open",
    ),
    (
        "en.values",
        "String",
        "It has at most 9 characters and can be an empty string. The value can be oil or gas.",
        "length ..=9 characters\nenum oil gas",
    ),
    (
        "en.values",
        "String",
        "The value is case-sensitive and must be one of the following: oil, gas.",
        "other: case-sensitive\nenum oil gas",
    ),
    (
        "zh.only-values",
        "String",
        "旗杆上的LED灯仅支持BLINK。",
        "enum BLINK when LED灯",
    ),
    (
        "zh.only-values",
        "Boolean",
        "是否点亮，仅支持设置为true。",
        "enum true",
    ),
    (
        "zh.values",
        "String",
        "灯油，枚举值：oil（油，即黑油）；gas（气，即轻气，默认值）。",
        "enum oil gas\ndefault gas",
    ),
    (
        "en.values",
        "Integer",
        "How long it burns. The value can be 1, 5, or 180 in the unit of minutes.",
        "enum 1 5 180\nother: unit minutes",
    ),
    (
        "en.values",
        "String",
        "Status. Values: lit, dark, and broken.",
        "enum lit dark broken",
    ),
    (
        "en.values",
        "String",
        "Lamp type, which can be oil_lit or gas_lit.",
        "enum oil_lit gas_lit",
    ),
    (
        "en.values",
        "Integer",
        "Definition:\nFor how long.\nRange:\nThe value can be 0, 5, or 15.",
        "enum 0 5 15",
    ),
    (
        "zh.values",
        "String",
        "参数解释：\n灯型。\n取值范围：\nOIL、GAS",
        "enum OIL GAS",
    ),
    (
        "en.glosses",
        "String",
        "Definition:\nHow it is counted.\nRange:\n- average: average value\n- min: minimum value\n- max: maximum value",
        "enum average min max",
    ),
    (
        "zh.values",
        "String",
        "是否点亮，取值“true”或“false”。",
        "enum true false",
    ),
    (
        "zh.values",
        "String",
        "灯油，取值为：oil、gas。在塔里点灯时，须使用塔油。枚举值如下：T_OIL：塔油。T_GAS：塔气。",
        "enum oil gas T_OIL T_GAS",
    ),
    (
        "en.values",
        "String",
        "Specifies the mood. It can be LIT, DIM, or DARK.",
        "enum LIT DIM DARK",
    ),
    (
        "en.only-values",
        "String",
        "Specifies the fuel. Currently, only Oil, Gas, and Peat are supported.",
        "enum Oil Gas Peat",
    ),
    (
        "en.values",
        "String",
        "The following modes are supported: slow (default) and quick.",
        "enum slow quick\ndefault slow",
    ),
    (
        "en.values",
        "String",
        "The value is all, some, or none (case-insensitive).",
        "enum all some none\nother: case-insensitive",
    ),
    (
        "zh.values",
        "String",
        "灯型。枚举值： - oil - gas - led（默认）",
        "enum oil gas led\ndefault led",
    ),
    (
        "en.values",
        "String",
        "Whether it burns. Enumeration values: - Lit - Dark",
        "enum Lit Dark",
    ),
    (
        "zh.values",
        "String",
        "灯法。取值范围：1.LIT：亮。2.DARK：灭。",
        "enum LIT DARK",
    ),
    (
        "zh.only-values",
        "String",
        "灯型。目前仅支持B系列类型：huge。",
        "enum huge when B",
    ),
    (
        "zh.examples",
        "String",
        "灯的任务。例如：\n- dimming: 变暗\n- cooling: 变冷",
        "enum dimming cooling open",
    ),
    (
        "zh.values",
        "String",
        "灯态。取值范围：\n- LIT：亮\n- DARK：灭\n- 空字符串: 无灯",
        "enum LIT DARK ''",
    ),
    ("zh.values", "Integer", "灯级，值为4或6。", "enum 4 6"),
    (
        "zh.values",
        "String",
        "取值为: True或空字符串",
        "enum True ''",
    ),
    (
        "zh.values",
        "String",
        "燃料取值为：__oil_heavy",
        "const __oil_heavy",
    ),
    (
        "zh.values",
        "String",
        "取值范围： LIT: 亮DARK: 灭（无声）DIM: 暗",
        "enum LIT DARK DIM",
    ),
    (
        "zh.values",
        "String",
        "灯的类型, 包含以下类型:\n- oil: 油\n- gas: 气",
        "enum oil gas",
    ),
    (
        "zh.values",
        "String",
        "可以指定的参数为asc/desc",
        "enum asc desc",
    ),
    (
        "zh.only-values",
        "String",
        "灯型，当前只支持 oil、gas 类型。",
        "enum oil gas",
    ),
    (
        "zh.values",
        "String",
        "灯态，包括LIT、DARK 灯态说明请参考别处",
        "enum LIT DARK",
    ),
    (
        "zh.values",
        "String",
        "灯油类型枚举值：DSS（专属灯油） 该参数需要与“wick”配合使用。",
        "enum DSS\nwick: required if lamp is given",
    ),
    (
        "zh.values",
        "String",
        "共享类型枚举：SOLO，表示独享。TEAM，表示共享。",
        "enum SOLO TEAM",
    ),
    (
        "zh.values",
        "Array of String",
        "策略列表。当前有效的策略名称为： far-apart -灯塔必须相距很远；",
        "enum far-apart",
    ),
    (
        "zh.only-values",
        "String",
        "灯型，目前支持：\n- 油灯 (oil)\n- 气灯 (gas)",
        "enum oil gas",
    ),
    (
        "zh.values",
        "String",
        "灯态，取值为：\n- LIT这是常用的；DARK：老旧的；DIM：将被删除",
        "enum LIT DARK DIM",
    ),
    (
        "zh.only-values",
        "String",
        "值格式为{kind}:{count}，其中：\n- kind指灯型，当前只支持oil。\n- count指灯数，目前支持2/4/8。",
        "pattern {kind}:{count}\nkind: enum oil\ncount: enum 2 4 8",
    ),
    (
        "zh.only-values",
        "String",
        "目前仅支持塔系列（例如t3）类型：LED。",
        "enum LED when t3",
    ),
    (
        "en.examples",
        "String",
        "Specifies the task. Examples:\n- dimming: The lamp dims.\n- cooling: It cools.",
        "enum dimming cooling open",
    ),
    (
        "en.values",
        "String",
        "Value range:\n- LIT: Burning\n- DARK: Cold",
        "enum LIT DARK",
    ),
    (
        "en.values",
        "String",
        "The value can be True or an empty string.",
        "enum True ''",
    ),
    (
        "en.values",
        "String",
        "Its type. The value is __oil_heavy.",
        "const __oil_heavy",
    ),
    (
        "en.values",
        "String",
        "The following types are supported:\n- Old lamp: The value is old.\n- New lamp: The value is new.",
        "enum old new",
    ),
];
