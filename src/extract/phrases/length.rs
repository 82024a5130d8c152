//! How long a text may be. Bytes are not characters.

use std::sync::LazyLock;

use super::charset::charset;
use super::numbers::bounds;
use super::refused::tells_which;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::{ALL_CHINESE, Constraint, Decimal, Kind, Scope, Unit};
use crate::extract::pattern::{Pattern, compile};

/// What lengths are counted in, in Chinese.
macro_rules! zh_unit {
    () => {
        r"\s*个?\s*(?i:unicode?|ascii|UTF-?8)?(?P<script>英文|中文|汉)?\s*(?P<unit>字符|字节|字(?:长)?|位(?:字符)?|(?i:bytes?|characters?|KB|K)\b)"
    };
}

/// What lengths are counted in, in English.
macro_rules! en_unit {
    () => {
        r"\s*(?:unicode |ascii |english |utf-8 )?(?P<unit>characters?|chars?|bytes?|KB)\b"
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.length-strict",
        language: Zh,
        meaning: "more than A and less than B of a unit; both ends are turned inclusive",
        cues: &["大于"],
        pattern: concat!(
            r"(?:长度)?(?:均|都|应)?(?P<low>大于等于|大于或等于|不小于|大于)\s*(?P<min>[0-9]+)\s*个?(?:字节|字符)?\s*(?:且|并且|,|、|并)*\s*(?P<high>小于等于|小于或等于|不大于|不超过|小于)\s*(?P<max>[0-9]+)",
            zh_unit!()
        ),
        read: strict,
    },
    Rule {
        name: "en.string-of-kinds",
        language: En,
        meaning: "exactly N characters of some kinds",
        cues: &["string of"],
        pattern: r"string of (?:exactly )?(?P<exact>[0-9]+) (?P<set>(?:digits|(?:uppercase |lowercase )?letters)(?: (?:or|and) (?:digits|(?:uppercase |lowercase )?letters))*)(?P<next>\.|,|;|$)",
        read: |hit| {
            let exact = hit.number("exact");
            let mut heard = length(exact, exact, "")?;
            heard
                .constraints
                .extend(charset(hit.group("set"))?.constraints);
            hit.about_field().then_some(heard)
        },
    },
    Rule {
        name: "zh.length-strict-unitless",
        language: Zh,
        meaning: "a length of more than A and less than B without a unit: characters",
        cues: &["长度"],
        pattern: r"长度(?:均|都|应)?(?P<low>大于等于|大于或等于|不小于|大于)\s*(?P<min>[0-9]+)\s*(?:且|并且|,|、|并)*\s*(?P<high>小于等于|小于或等于|不大于|不超过|小于)\s*(?P<max>[0-9]+)(?P<next>[,。；]|$)",
        read: strict,
    },
    Rule {
        name: "zh.length-other-script",
        language: Zh,
        meaning: "a second length, for text of one script only",
        cues: &["字符"],
        pattern: r"或\s*[\[(]?(?P<min>[0-9]+)\s*[-~,]\s*(?P<max>[0-9]+)[\])]?\s*个?(?P<script>中文|英文)字符",
        read: |hit| {
            let script = if hit.group("script") == "中文" {
                ALL_CHINESE
            } else {
                "all characters are English"
            };
            let length = Constraint::Length {
                min: hit.number("min"),
                max: hit.number("max"),
                unit: Unit::Characters,
            };
            let within = Constraint::Within {
                scope: Scope::Case(script.to_owned()),
                holds: Box::new(length),
            };
            Some(within.into())
        },
    },
    Rule {
        name: "zh.length-range",
        language: Zh,
        meaning: "from A to B of a unit",
        cues: &["字符", "字节", "位", "长度", "byte", "字"],
        pattern: concat!(
            r"(?:(?:长度|字符数|字数)(?:取值)?(?:范围)?(?:必须|应|可|限制)?(?:为|是|在|:)?\s*)?[\[(]?\s*(?P<min>[0-9]+)\s*个?(?:字符|字节|位)?\s*(?:-|~|到|至|,)\s*(?P<max>[0-9]+)\s*[\])]?(?:之间的?)?",
            zh_unit!()
        ),
        read: range,
    },
    Rule {
        name: "zh.length-range-unitless",
        language: Zh,
        meaning: "a length from A to B without a unit: characters",
        cues: &["长度"],
        pattern: r"(?P<list>数组|列表)?长度(?:取值)?(?:范围|限制)?\s*{必须}?\s*(?:为|是|在|:)?\s*[\[(]?\s*(?P<min>[0-9]+)\s*(?:-|~|到|至|,)\s*(?P<max>[0-9]+)\s*[\])]?",
        read: range_or_items,
    },
    Rule {
        name: "zh.length-exact",
        language: Zh,
        meaning: "exactly N of a unit",
        cues: &["长度", "取值范围", "固定", "字节", "字符"],
        pattern: concat!(
            r"(?:长度(?:必须|应该|应|需|固定|均)*(?:为|是)|^取值范围:|(?:^|[,。；:\s])固定(?:为|是)?|^\p{Han}{0,8}(?:ID|id|序列号),)\s*(?P<exact>[0-9]+)",
            zh_unit!()
        ),
        read: exact,
    },
    Rule {
        name: "zh.length-at-most",
        language: Zh,
        meaning: "at most N of a unit",
        cues: &["最", "不", "小于", "上限", "以内", "≤", "<="],
        pattern: concat!(
            r"(?:长度|大小)?(?:均|都|应)?(?P<bound>不(?:能|可|得|允许)?(?:超过|大于|多于|长于)|小于等于|小于或等于|≤|<=|小于|少于|最(?:大|多|长)(?:长度)?(?:允许|支持|可(?:以)?(?:输入|包含)?|不超过|为|是|限制)*|长度(?:最大|最多|最长)(?:允许|支持|为|是)*|上限(?:为|是)?)\s*:?\s*(?P<max>[0-9,]*[0-9])",
            zh_unit!()
        ),
        read: at_most,
    },
    Rule {
        name: "zh.length-at-most-unitless",
        language: Zh,
        meaning: "a length of at most N without a unit: characters",
        cues: &["长度"],
        pattern: r"(?P<list>数组|列表)?(?:总|最大)?长度(?:均|都)?(?:不(?:能|可|得|允许)?(?:超过|大于|多于)|最(?:大|长|多)(?:为|是)?|小于等于|为|是)\s*(?P<max>[0-9]+)(?P<next>[,。；]|$)",
        read: |hit| {
            let is_bound = !hit.whole().contains(['为', '是']) || hit.whole().contains("最");
            // How many items a list has is what other rules know.
            let is_text = *hit.kind() == Kind::String && hit.group("list").is_empty();
            (hit.about_field() && is_text && is_bound)
                .then(|| length(None, hit.number("max"), ""))
                .flatten()
        },
    },
    Rule {
        name: "zh.length-fails-above",
        language: Zh,
        meaning: "what is longer than N of a unit fails",
        cues: &["超过", "大于"],
        pattern: concat!(
            r"长度(?:超过|大于)\s*(?P<max>[0-9,]*[0-9])",
            zh_unit!(),
            r"时?,?(?:将|则)?(?:会)?(?:导致|造成)?[^。；]{0,24}(?:失败|报错|错误)"
        ),
        read: at_most,
    },
    Rule {
        name: "en.length-fails-above",
        language: En,
        meaning: "what is longer than N of a unit fails",
        cues: &["exceeds", "longer than"],
        pattern: concat!(
            r"if (?:the )?(?:length|size|value)[a-z ]{0,40} (?:exceeds|is (?:longer|greater) than)\s*(?P<max>[0-9,]*[0-9])",
            en_unit!(),
            r",? [^.]{0,80}\b(?:fails?|be rejected)\b"
        ),
        read: at_most,
    },
    Rule {
        name: "zh.length-at-least",
        language: Zh,
        meaning: "at least N of a unit",
        cues: &["至少", "最少", "最小", "大于", "不小于", "不少于", "不低于"],
        pattern: concat!(
            r"(?P<bound>至少(?:为|包含|是)?|最(?:少|小)(?:长度)?(?:为|是)?|不(?:能)?(?:小于|少于|低于)|大于等于|大于或等于|大于)\s*:?\s*(?P<min>[0-9]+)",
            zh_unit!()
        ),
        read: at_least,
    },
    Rule {
        name: "zh.length-ends",
        language: Zh,
        meaning: "the least and the greatest length, each behind its word",
        cues: &["长度最短", "长度最小", "长度最少"],
        pattern: r"长度最(?:短|小|少)(?:为|是)?\s*(?P<min>[0-9]+)\s*(?:个)?(?:字符|字节|位)?,?\s*(?:且|并)?最(?:长|大|多)(?:为|是)?\s*(?P<max>[0-9]+)\s*个?(?P<unit>字符|字节|位)?",
        read: |hit| {
            let unit = match hit.group("unit") {
                "" => "字符",
                unit => unit,
            };
            length(hit.number("min"), hit.number("max"), unit)
        },
    },
    Rule {
        name: "zh.max-length",
        language: Zh,
        meaning: "a labelled greatest length without a unit: characters",
        cues: &["长度"],
        pattern: r"(?P<list>数组|列表)?(?:最大长度|最大字符(?:长度|数)|长度(?:不超过|不大于|最大|上限))\s*(?:为|是|:)?\s*(?P<max>[0-9]+)",
        read: |hit| match hit.is_list() && !hit.group("list").is_empty() {
            true => range_or_items(hit),
            false => length(None, hit.number("max"), "字符"),
        },
    },
    Rule {
        name: "zh.min-length",
        language: Zh,
        meaning: "a labelled least length without a unit: characters",
        cues: &["长度"],
        pattern: r"(?:最小长度|长度(?:不小于|不少于|最小))\s*(?:为|是|:)?\s*(?P<min>[0-9]+)",
        read: |hit| length(hit.number("min"), None, "字符"),
    },
    Rule {
        name: "en.length-strict",
        language: En,
        meaning: "more than A and less than B of a unit; both ends are turned inclusive",
        cues: &["than", "at least"],
        pattern: concat!(
            r"(?P<low>at least|greater than or equal to|no less than|not less than|greater than|more than|longer than)\s*(?P<min>[0-9]+)\s*(?:characters?|bytes?)?\s*(?:and|but|,)+\s*(?P<high>at most|less than or equal to|no more than|not more than|less than|fewer than|shorter than)\s*(?P<max>[0-9,]+)",
            en_unit!()
        ),
        read: strict,
    },
    Rule {
        name: "en.length-respectively",
        language: En,
        meaning: "what two things can be at most, each in its turn",
        cues: &["respectively"],
        pattern: concat!(
            r"(?P<first>[a-z][a-z0-9_]*?)s? and (?:(?:the|an?|each) )?(?:tag )?(?P<second>[a-z][a-z0-9_]*?)s? (?:(?:can|may|must|{cannot}) )?(?:respectively )?(?:contain|have|hold|be|exceed)(?: {most})? (?P<one>[0-9]+) and (?P<two>[0-9]+)",
            en_unit!()
        ),
        read: respectively,
    },
    Rule {
        name: "en.length-range",
        language: En,
        meaning: "from A to B of a unit",
        cues: &["character", "byte", "chars"],
        pattern: concat!(
            r"(?:(?:length )?ranges? (?:is |of )?(?:from |between )?|between )?[\[(]?(?P<min>[0-9]+)\s*(?:characters?|bytes?)?\s*(?:to|and|-|~|,)\s*(?P<max>[0-9,]+)\s*[\])]?",
            en_unit!()
        ),
        read: range,
    },
    Rule {
        name: "en.length-of-range",
        language: En,
        meaning: "a length from A to B, with or without a unit",
        cues: &["length"],
        pattern: r"(?P<list>array |list )?length(?: range)?s?\s*(?:is|must be|ranges?|can range|of|in|:|should be|must range|should range)*\s*(?:between|from)?\s*[\[(]?(?P<min>[0-9]+)\s*(?:to|and|-|~|,)\s*(?P<max>[0-9,]*[0-9])\s*[\])]?\s*(?P<unit>bytes?)?",
        read: range_or_items,
    },
    Rule {
        name: "en.length-exact",
        language: En,
        meaning: "exactly N of a unit",
        cues: &["character", "byte", "chars"],
        pattern: concat!(
            r"(?:length (?:is|of|must be|is fixed at)|(?:consists|made up|string) of|{must} (?:contain|be)|^range:|^(?:the |its )?[a-z]+(?: [a-z]+)? (?:contains|has)|^enter|\bexactly) (?:exactly )?(?P<exact>[0-9]+)",
            en_unit!()
        ),
        read: exact,
    },
    Rule {
        name: "en.length-as-adjective",
        language: En,
        meaning: "a text that is called by its length",
        cues: &["-character ", "-byte "],
        pattern: r"(?:^|\b(?:an?|is|be|specifies the|must be an?) )(?P<exact>[0-9]+)-(?P<unit>character|byte) (?:[a-z]+ )?(?:code|name|text|id|identifier|key|number|value|token|sign)\b",
        read: |hit| {
            // What is encoded has so many bytes before, and not as it is written.
            let is_encoded = ["encod", "base64", "hex", "binary"]
                .iter()
                .any(|word| hit.unit.text.to_lowercase().contains(word));
            const ADDED: [&str; 5] = ["append", "prefix", "suffix", "follow", "added"];
            let exact = hit.number("exact");
            let is_first = hit
                .prose
                .first()
                .is_some_and(|first| std::ptr::eq(first, hit.unit));
            let is_said = hit.whole().starts_with(['i', 'b', 's', 'm']);
            let is_added = ADDED.iter().any(|word| hit.unit.text.contains(word));
            let is_text = *hit.kind() == Kind::String;
            let is_own = is_text && (is_first || is_said) && !is_added && !is_encoded;
            let mut heard = length(exact, exact, hit.group("unit"))?;
            // Who counts bytes makes it by a rule that is not told.
            if hit.group("unit").eq_ignore_ascii_case("byte") {
                let remark = Constraint::Other("what it is made of is not told".to_owned());
                heard.constraints.push((remark, None));
            }
            (hit.about_field() && is_own).then_some(heard)
        },
    },
    Rule {
        name: "en.length-exact-unitless",
        language: En,
        meaning: "exactly N, of a length without a unit",
        cues: &["length is fixed", "length must be", "character string"],
        pattern: r"length (?:is|must be) (?:fixed (?:at|to) )?(?P<exact>[0-9]+)(?:\.|,|;|$)|\b(?P<long>[0-9]+)-character string",
        read: |hit| {
            let exact = hit.number("exact").or(hit.number("long"));
            length(exact, exact, "characters")
        },
    },
    Rule {
        name: "en.length-of-kinds",
        language: En,
        meaning: "from A to B letters or digits",
        cues: &["letters", "digits"],
        pattern: r"(?:^|: |\b(?:is|be|of|contains?) )(?P<min>[0-9]+) (?:to|-) (?P<max>[0-9]+) (?P<set>(?:(?:lowercase|uppercase|or|and|english) )*(?:letters|digits)(?:(?:,| or| and)+ (?:(?:lowercase|uppercase|english) )?(?:letters|digits|hyphens \(-\)|underscores \(_\)))*)(?P<next>\.|;|,? (?:start|begin)(?:n?ing|s)? with|$)",
        read: |hit| {
            let length = length(hit.number("min"), hit.number("max"), "characters")?;
            let mut heard = charset(hit.group("set"))?;
            heard.constraints.splice(0..0, length.constraints);
            Some(heard)
        },
    },
    Rule {
        name: "en.length-below",
        language: En,
        meaning: "fewer than N of a unit, and perhaps not empty",
        cues: &["than"],
        pattern: concat!(
            r"(?P<bound>fewer than|less than|shorter than|smaller than)\s*(?P<max>[0-9,]+)",
            en_unit!()
        ),
        read: at_most,
    },
    Rule {
        name: "en.length-at-most",
        language: En,
        meaning: "at most N of a unit",
        cues: &["character", "byte", "kb", "chars"],
        pattern: concat!(
            r"(?P<bound>(?:less|smaller|shorter) than or equal to|≤|<=|(?:a )?max(?:imum|\.)?(?: length| size| of)?(?:\s(?:for|of) [^.;]{1,60}?)?(?: is| of|:| are)?|at most|up to|no (?:more|longer|greater) than|not (?:be )?(?:more|longer|greater|larger) than|(?:cannot|can not|must not|does not|should not|may not|not|shall not) exceed|longest|limited to|within)\s*(?P<max>[0-9,]*[0-9])",
            en_unit!()
        ),
        read: at_most,
    },
    Rule {
        name: "en.length-number-first",
        language: En,
        meaning: "N of a unit at most, or at least",
        cues: &[" at most", " at least", " or "],
        pattern: concat!(
            r"\b(?:contains?|have|has|is|be|of|to) (?P<end>[0-9,]*[0-9])",
            en_unit!(),
            r"(?: in length| long)?,? (?P<bound>at most|at least|or fewer|or less|or shorter|or more|or longer)\b"
        ),
        read: |hit| {
            let (end, unit) = (hit.number("end"), hit.group("unit"));
            let bound = hit.group("bound").to_lowercase();
            match ["at least", "or more", "or longer"].contains(&bound.as_str()) {
                true => length(end, None, unit),
                false => length(None, end, unit),
            }
        },
    },
    Rule {
        name: "en.length-it-can-be",
        language: En,
        meaning: "N of a unit that a text can hold: no more, and perhaps no fewer",
        cues: &["can contain", "can have", "can hold", "may contain"],
        pattern: concat!(
            r"\b(?:can|may) (?:contain|have|hold) (?P<max>[0-9,]*[0-9])",
            en_unit!(),
            r"(?P<next>\.|,|;|$)"
        ),
        read: |hit| length(None, hit.number("max"), hit.group("unit")),
    },
    Rule {
        name: "en.length-at-least",
        language: En,
        meaning: "at least N of a unit",
        cues: &["character", "byte", "chars"],
        pattern: concat!(
            r"(?P<bound>at least|(?:a )?minimum(?: length)?(?: of| is|:)?|no (?:fewer|less|shorter) than|not (?:fewer|less|shorter) than|(?:more|longer|greater) than(?: or equal to)?)\s*(?P<min>[0-9,]*[0-9])",
            en_unit!()
        ),
        read: at_least,
    },
    Rule {
        name: "en.max-length",
        language: En,
        meaning: "a labelled greatest length without a unit: characters",
        cues: &["max"],
        pattern: r"max(?:imum|\.)? (?:length|characters:|number of characters)(?: is| of|:)?\s*(?P<max>[0-9,]*[0-9])",
        read: |hit| length(None, hit.number("max"), "characters"),
    },
    Rule {
        name: "en.min-length",
        language: En,
        meaning: "a labelled least length without a unit: characters",
        cues: &["min"],
        pattern: r"min(?:imum|\.)? (?:length|characters:|number of characters)(?: is| of|:)?\s*(?P<min>[0-9,]*[0-9])",
        read: |hit| length(hit.number("min"), None, "characters"),
    },
];

fn range(hit: &Hit) -> Option<Heard> {
    // "…加1至5位数字": what goes before them is part of it.
    if is_one_number(hit.whole()) || hit.before.ends_with('加') {
        return None;
    }
    let heard = sized(hit, hit.number("min"), hit.number("max"))?;
    // "A Chinese character counts as two": what the count of all others is says nothing of those.
    Some(match TWICE.is_match(hit.after) {
        true => heard.within(Scope::Case("no character is Chinese".to_owned())),
        false => heard,
    })
}

static TWICE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^[,。(]?\s*(?:其中)?(?:一个|1个|每个)?(?:中文|汉字)(?:字符)?(?:按|算|占|计|为)\s*(?:两|二|2|三|3)个",
    )
});

/// "1,024 bytes" is no range.
fn is_one_number(whole: &str) -> bool {
    let grouped = whole.split_once(',').is_some_and(|(thousands, rest)| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits == 3 && thousands.ends_with(|c: char| c.is_ascii_digit())
    });
    grouped && !whole.contains(['[', '(', '-', '~', '到', '至']) && !whole.contains(" to ")
}

/// A length that is neither the greatest nor the least one.
static END_BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?i)^(?: in length| long)?,? (?:at (?:most|least)|or (?:fewer|less|shorter|more|longer))\b",
    )
});

fn exact(hit: &Hit) -> Option<Heard> {
    let is_end = [
        "最大", "最小", "最长", "最短", "maximum ", "minimum ", "Maximum ", "Minimum ",
    ];
    // "5 characters or fewer" is an end, and is read as one.
    let is_end_behind = END_BEHIND.is_match(hit.after);
    if is_end_behind || is_end.iter().any(|word| hit.before.ends_with(word)) {
        return None;
    }
    let exact = hit.number("exact");
    length(exact, exact, hit.group("unit"))
}

/// The length of a list is a number of items.
fn range_or_items(hit: &Hit) -> Option<Heard> {
    if hit.is_list() && !hit.group("list").is_empty() {
        let items = Constraint::ItemCount {
            min: hit.number("min"),
            max: hit.number("max"),
        };
        return Some(items.into());
    }
    range(hit)
}

fn respectively(hit: &Hit) -> Option<Heard> {
    let is_told = [hit.whole(), head(hit.after, 20)]
        .iter()
        .any(|text| text.to_lowercase().contains("respectively"));
    let of = |name, most| {
        let (length, _) = length(None, hit.number(most), hit.group("unit"))?
            .constraints
            .pop()?;
        Some((length, Some(hit.group(name).to_lowercase())))
    };
    let constraints = vec![of("first", "one")?, of("second", "two")?];
    is_told.then(|| Heard {
        constraints,
        ..Heard::default()
    })
}

fn strict(hit: &Hit) -> Option<Heard> {
    let min = hit.number("min")? + u64::from(excludes_low(hit.group("low")));
    let max = hit
        .number("max")?
        .checked_sub(u64::from(excludes_high(hit.group("high"))))?;
    length(Some(min), Some(max), hit.group("unit"))
}

fn at_most(hit: &Hit) -> Option<Heard> {
    // What all values have together bounds none of them alone.
    let is_sum = hit.before.ends_with('总') && !matches!(hit.subject.kind, Some(Kind::String));
    if is_sum {
        let words = format!("at most {} {} in all", hit.group("max"), hit.group("unit"));
        return Some(Constraint::Other(words).into());
    }
    // Of a text of several words, each has a length of its own.
    let text = head(&hit.unit.text, 400);
    let is_parted = ["隔开", "分隔"].iter().any(|word| text.contains(word));
    let last = hit.before.rsplit([',', '。']).next().unwrap_or("");
    if is_parted && last.starts_with('每') {
        return None;
    }
    let is_bare = excludes_high(hit.group("bound"));
    if is_bare && tells_which(hit) {
        return None;
    }
    let max = hit.number("max")?.checked_sub(u64::from(is_bare))?;
    let heard = sized(hit, None, Some(max))?;
    // "The most for both the key and the value": said of either.
    let is_map = matches!(hit.subject.kind, Some(Kind::Object | Kind::Map { .. }));
    let words: Vec<&str> = hit.group("bound").split(' ').collect();
    let parts = ["key", "value"]
        .into_iter()
        .filter(|part| is_map && words.contains(part));
    let constraint = &heard.constraints.first()?.0;
    let of_part = |part: &str| Constraint::Within {
        scope: Scope::Part(part.to_owned()),
        holds: Box::new(constraint.clone()),
    };
    let of_parts: Vec<Constraint> = parts.map(of_part).collect();
    Some(match of_parts.is_empty() {
        true => heard,
        false => Heard::all(of_parts),
    })
}

fn at_least(hit: &Hit) -> Option<Heard> {
    let is_bare = excludes_low(hit.group("bound"));
    // "不得大于等于": that is the other end.
    let is_denied = ["不得", "不能", "不可", "not be", "not"];
    let is_denied = is_denied
        .iter()
        .any(|word| hit.before.trim_end().ends_with(word));
    if is_denied || names_characters_it_must_contain(hit.after) || is_bare && tells_which(hit) {
        return None;
    }
    let min = hit.number("min")? + u64::from(is_bare);
    sized(hit, Some(min), None)
}

/// "At least 3 characters of these kinds" is about kinds.
fn names_characters_it_must_contain(after: &str) -> bool {
    after.trim_start().starts_with("of ") || after.starts_with("类型")
}

fn excludes_low(words: &str) -> bool {
    let words = words.to_lowercase();
    matches!(
        words.as_str(),
        "大于" | "greater than" | "more than" | "longer than"
    )
}

fn excludes_high(words: &str) -> bool {
    let words = words.to_lowercase();
    matches!(
        words.as_str(),
        "小于" | "少于" | "less than" | "fewer than" | "shorter than" | "smaller than"
    )
}

/// A length, or, of a field that holds numbers, how large they are: those are counted in the unit as it is.
fn sized(hit: &Hit, min: Option<u64>, max: Option<u64>) -> Option<Heard> {
    let unit = hit.group("unit");
    if !matches!(hit.kind(), Kind::Integer | Kind::Number) {
        return length(min, max, unit);
    }
    let end = |end: Option<u64>| {
        end.and_then(|end| i64::try_from(end).ok())
            .map(Decimal::from)
    };
    let is_size = unit.to_lowercase().starts_with("byte") || unit == "字节";
    match is_size {
        true => bounds(hit, end(min), end(max)),
        false => length(min, max, unit),
    }
}

/// A length in the unit of these words. Kilobytes are bytes.
fn length(min: Option<u64>, max: Option<u64>, unit: &str) -> Option<Heard> {
    let unit = unit.to_lowercase();
    let factor = if unit.starts_with('k') { 1_024 } else { 1 };
    let unit = if unit.starts_with("byte") || unit.starts_with("字节") || factor > 1 {
        Unit::Bytes
    } else {
        Unit::Characters
    };
    let sized = |number: Option<u64>| number.map(|number| number.saturating_mul(factor));
    let (min, max) = (sized(min), sized(max));
    if max == Some(0) || min.zip(max).is_some_and(|(min, max)| min > max) {
        return None;
    }
    Some(Constraint::Length { min, max, unit }.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.length-range",
        "String",
        "灯名。\n- 灯数（n_lamps字段的值）大于1时，名称后会有编号。故此时灯名为[1-29]个字符。",
        "length 1..=29 characters when n_lamps > 1",
    ),
    (
        "zh.length-exact",
        "String",
        "灯ID，36字节，由系统生成。",
        "length 36..=36 bytes",
    ),
    (
        "zh.length-at-most",
        "String",
        "灯名的长度≤64个字符。",
        "length ..=64 characters",
    ),
    (
        "en.length-it-can-be",
        "String",
        "The value can contain 32 characters.",
        "length ..=32 characters",
    ),
    (
        "en.max-length",
        "String",
        "The words on it. Max characters: 255",
        "length ..=255 characters",
    ),
    (
        "en.length-at-most",
        "String",
        "The length is less than or equal to 64 characters.",
        "length ..=64 characters",
    ),
    (
        "en.length-exact",
        "String",
        "The code. It is made up of exactly six characters, which can be uppercase letters and digits.",
        "length 6..=6 characters\ncharset A-Z 0-9",
    ),
    (
        "en.length-exact",
        "String",
        "The code. The value contains 6 characters.",
        "length 6..=6 characters",
    ),
    (
        "zh.max-length",
        "String",
        "灯的名称。支持的最大字符长度：90。",
        "length ..=90 characters",
    ),
    (
        "zh.length-range-unitless",
        "String",
        "灯的描述。长度限制：0- 90。",
        "length 0..=90 characters",
    ),
    (
        "en.length-strict",
        "String",
        "It must have at least 8 and at most 26 characters.",
        "length 8..=26 characters",
    ),
    (
        "en.length-number-first",
        "String",
        "What the lamp is called. The name must be 5 characters or fewer.",
        "length ..=5 characters",
    ),
    (
        "en.length-number-first",
        "String",
        "What is painted on it. When fuel is set to OIL, the text contains 12 Unicode characters at most.",
        "length ..=12 characters when fuel == OIL",
    ),
    (
        "en.length-as-adjective",
        "String",
        "36-byte serial number of a signal.",
        "length 36..=36 bytes\nother: what it is made of is not told",
    ),
    (
        "en.length-respectively",
        "Object",
        "A key and a value can respectively contain up to 12 and 25 Unicode characters.",
        "key: length ..=12 characters\nvalue: length ..=25 characters",
    ),
    (
        "en.length-exact",
        "String",
        "What is painted on it. Exactly eight characters.",
        "length 8..=8 characters",
    ),
    (
        "en.length-of-kinds",
        "String",
        "The new name: 2 to 40 letters, digits, or underscores (_), starting with a letter.",
        "length 2..=40 characters\ncharset a-z A-Z 0-9 '_'\npattern ^[a-zA-Z]",
    ),
    (
        "en.length-at-most",
        "String",
        "The flag of the lamp. Max 130 characters are allowed.",
        "length ..=130 characters",
    ),
    (
        "zh.length-at-most",
        "String",
        "灯名。\n- 如果只挂一盏灯，就是灯的名称。最大支持255个字节。\n- 挂的灯（count字段的值）大于1时，系统会在名称后加编号。最大支持250个字节。",
        "length ..=255 bytes when the documented case\nlength ..=250 bytes when count > 1",
    ),
    (
        "en.length-at-most",
        "String",
        "What it is called.\n- If it ends with a dot (.), it cannot exceed 254 characters.\n- Otherwise, the name cannot exceed 253 characters.\n- A name cannot exceed 63 characters.",
        "length ..=254 characters when the documented case\nlength ..=253 characters when otherwise\nlength ..=63 characters when the documented case",
    ),
    (
        "en.length-at-most",
        "String",
        "What it is called.\n- If you hang one lamp, this is its name, which can contain a maximum of 255 bytes.\n- If you hang several lamps, the tower counts them. The value can contain a maximum of 250 bytes.",
        "length ..=255 bytes when the documented case\nlength ..=250 bytes when the documented case",
    ),
    (
        "en.string-of-kinds",
        "String",
        "The number of the lamp, a string of 7 digits or uppercase letters.",
        "length 7..=7 characters\ncharset 0-9 A-Z",
    ),
    (
        "zh.length-strict-unitless",
        "String",
        "灯名，长度大于等于8，小于等于32，不难记。",
        "length 8..=32 characters",
    ),
    (
        "zh.length-at-most-unitless",
        "String",
        "灯名，总长度不能超过100，含旗号。",
        "length ..=100 characters",
    ),
    (
        "zh.length-at-most",
        "Map of Strings",
        "灯的属性，总大小不超过4KB。",
        "other: at most 4 KB in all",
    ),
    (
        "en.length-at-most",
        "Object",
        "Specifies the flags. The maximum size for both the flag key and value is 255 characters.",
        "key: length ..=255 characters\nvalue: length ..=255 characters",
    ),
    (
        "en.length-as-adjective",
        "String",
        "A 7-character code of the lamp.",
        "length 7..=7 characters",
    ),
    (
        "en.length-exact",
        "String",
        "A fixed-length string of 32 characters.",
        "length 32..=32 characters",
    ),
    (
        "zh.length-range",
        "String",
        "灯名，4~64位字符，中文算两个字符。",
        "length 4..=64 characters when no character is Chinese",
    ),
    (
        "zh.length-ends",
        "String",
        "灯名，长度最短为2，最大为32。",
        "length 2..=32 characters",
    ),
    (
        "zh.length-exact",
        "String",
        "灯号，固定9位。",
        "length 9..=9 characters",
    ),
    (
        "en.length-exact-unitless",
        "String",
        "Only digits are allowed. The length is fixed at 9.",
        "charset 0-9\nlength 9..=9 characters",
    ),
    (
        "en.length-exact-unitless",
        "String",
        "The value is a 24-character string.",
        "length 24..=24 characters",
    ),
    (
        "en.length-of-kinds",
        "String",
        "The value is a string of 2 to 9 lowercase letters and digits.",
        "length 2..=9 characters\ncharset a-z 0-9",
    ),
    (
        "zh.max-length",
        "Array of String",
        "灯址列表，列表长度不超过10。",
        "items ..=10",
    ),
    (
        "zh.length-fails-above",
        "String",
        "灯语。长度超过100字节会导致灯塔注入失败。",
        "length ..=100 bytes",
    ),
    (
        "en.length-fails-above",
        "String",
        "The signal. If the length of the signal exceeds 100 bytes, sending it to the tower will fail.",
        "length ..=100 bytes",
    ),
    (
        "en.length-exact",
        "String",
        "Definition:\nThe lamp.\nRange:\n24 characters\nDefault Value:\nN/A",
        "length 24..=24 characters",
    ),
    (
        "zh.length-range-unitless",
        "Array of String",
        "灯址列表，列表长度1~3，每个灯址长度不超过255个字节",
        "items 1..=3\nlength ..=255 bytes",
    ),
    (
        "en.length-at-most",
        "Map of Strings",
        "Each key or value contains a maximum of 25 characters.",
        "key: length ..=25 characters\nvalue: length ..=25 characters",
    ),
    (
        "en.length-at-most",
        "String",
        "The wick name cannot exceed 1,024 bytes after encoding.",
        "length ..=1024 bytes",
    ),
    (
        "zh.length-at-most",
        "String",
        "灯名不超过1,024字节",
        "length ..=1024 bytes",
    ),
    (
        "en.length-at-most",
        "Map of Strings",
        "A tag key can contain a maximum of 12 characters and a tag value can contain a maximum of 25 characters.",
        "key: length ..=12 characters\nvalue: length ..=25 characters",
    ),
    (
        "zh.length-strict",
        "String",
        "灯名长度大于0小于65字节。",
        "length 1..=64 bytes",
    ),
    (
        "zh.length-strict",
        "String",
        "口令大于等于8且小于等于20个字符",
        "length 8..=20 characters",
    ),
    (
        "zh.length-other-script",
        "String",
        "港名由[1-40]个英文字符或[1-20]个中文字符写成",
        "length 1..=40 characters\nlength 1..=20 characters when all characters are Chinese",
    ),
    (
        "zh.length-range",
        "String",
        "灯名为[2-31]个字符",
        "length 2..=31 characters",
    ),
    (
        "zh.length-exact",
        "String",
        "灯号长度固定为36个字节",
        "length 36..=36 bytes",
    ),
    (
        "en.length-exact",
        "String",
        "Specifies the number, which consists of 32 characters.",
        "length 32..=32 characters",
    ),
    (
        "zh.length-range",
        "String",
        "口令长度为6~12位",
        "length 6..=12 characters",
    ),
    (
        "zh.length-range-unitless",
        "String",
        "备注长度0-99",
        "length 0..=99 characters",
    ),
    (
        "zh.length-range-unitless",
        "Array of String",
        "数组长度：1 - 5",
        "items 1..=5",
    ),
    (
        "zh.length-at-most",
        "String",
        "键、值均不大于77字节",
        "key: length ..=77 bytes\nvalue: length ..=77 bytes",
    ),
    (
        "zh.length-at-most",
        "String",
        "航标最大长度为8K",
        "length ..=8192 bytes",
    ),
    (
        "zh.length-at-most",
        "String",
        "每面旗不超过30个字符",
        "length ..=30 characters",
    ),
    (
        "zh.length-at-least",
        "String",
        "口令至少为8个字符",
        "length 8.. characters",
    ),
    (
        "zh.max-length",
        "String",
        "最大长度：64",
        "length ..=64 characters",
    ),
    (
        "zh.min-length",
        "String",
        "最小长度：3",
        "length 3.. characters",
    ),
    (
        "en.length-strict",
        "String",
        "Must be greater than 0 and less than 80 bytes.",
        "length 1..=79 bytes",
    ),
    (
        "en.length-range",
        "String",
        "A lamp has 2 to 40 characters.",
        "length 2..=40 characters",
    ),
    (
        "en.length-of-range",
        "String",
        "The length ranges from 3 to 9.",
        "length 3..=9 characters",
    ),
    (
        "en.length-of-range",
        "Array of String",
        "Array Length: 1 - 6",
        "items 1..=6",
    ),
    (
        "en.length-below",
        "String",
        "Holds fewer than 50 characters and cannot be left blank.",
        "length ..=49 characters\nnot empty",
    ),
    (
        "en.length-at-most",
        "String",
        "Cannot exceed 12 bytes.",
        "length ..=12 bytes",
    ),
    (
        "en.length-at-most",
        "String",
        "The maximum length for the lamp and the flag is 9 characters.",
        "length ..=9 characters",
    ),
    (
        "en.length-at-least",
        "String",
        "Has at least 4 characters.",
        "length 4.. characters",
    ),
    (
        "en.max-length",
        "String",
        "Maximum length: 70",
        "length ..=70 characters",
    ),
    (
        "en.min-length",
        "String",
        "Minimum length: 7",
        "length 7.. characters",
    ),
];
