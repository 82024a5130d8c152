//! How many of something there may be: items of a list, things per thing.

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::sequence::number;
use super::things::thing;
use crate::contract::{Constraint, Kind, MOST_SHOWN, PER_CALL, Unit};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.quota-per-call",
        language: Zh,
        meaning: "at most N of something in one call",
        cues: &["一次", "每次", "单次"],
        pattern: r"(?:一次|每次|单次)\s*(?:最多|最大)(?:可以|可|只能|能|支持)?\p{Han}{0,12}?\s*(?P<max>[0-9]+)\s*(?:台|个|块|张|条|对)?",
        read: |hit| quota(PER_CALL.to_owned(), hit.number("max")?),
    },
    Rule {
        name: "zh.quota",
        language: Zh,
        meaning: "at most N of something per something",
        cues: &["最多", "最大", "不超过", "只能", "仅能"],
        pattern: r"(?:单|每|一|1)(?:个|台|座|张|条|块|间|份|件|项|组|艘|辆|只|本|列|节|盏|枚|名|位|家|套)(?P<owner>[^,、。0-9]{1,14}?)\s*(?:默认)?(?:支持)?(?:最多|最大|不超过|只能|仅能)(?:可以|可|只能|能|支持)?(?:挂载|添加|绑定|创建|拥有|指定|\p{Han}{0,4}?)\s*(?P<max>[0-9]+|有一)\s*(?:块|个|张|台|条|对|座|间|份|件|盏|枚|项|组|艘|辆|只|本|列|节|名|位|家|套)?(?P<of>\p{Han}{1,10}|[A-Za-z]{2,12})?",
        read: |hit| {
            let is_rate = hit.whole().contains("分钟") || hit.group("of").starts_with('次');
            (!is_rate).then_some(())?;
            // "Each key has at most 10 values" is of members of what the field holds.
            let is_of_member =
                hit.about_field() && hit.group("owner").starts_with(|c: char| c.is_ascii());
            (!is_of_member).then_some(())?;
            let max = match hit.group("max") {
                "有一" => 1,
                _ => hit.number("max")?,
            };
            let of = format!(
                "{} per {}",
                thing(hit.group("of"), true),
                thing(
                    hit.group("owner").trim_end_matches(['下', '内', '中']),
                    false
                )
            );
            match heads_the_text(hit, hit.group("of")) {
                true => items(hit, "", None, Some(max)),
                false => quota(of, max),
            }
        },
    },
    Rule {
        name: "zh.quota-not-above",
        language: Zh,
        meaning: "not more than N of something per something",
        cues: &["{不能}"],
        pattern: r"(?:单|每|一|1)(?:个|台|座|张|条|块|间|份|件|项|组|艘|辆|只|本|列|节|盏|枚|名|位|家|套)(?P<owner>\p{Han}{1,8}?)(?:名下|下|内|中|里|上)?的(?P<of>\p{Han}{1,8}?)(?:总数|数量|个数|数)?{不能}(?:超过|多于|大于)\s*(?P<max>[0-9]+)\s*(?:块|个|张|台|条|对|座|间|份|件|盏|枚|项|组|艘|辆|只|本|列|节|名|位|家|套)",
        read: |hit| {
            let [of, owner] = [("of", true), ("owner", false)]
                .map(|(group, are_several)| thing(hit.group(group), are_several));
            (!hit.about_field())
                .then(|| quota(format!("{of} per {owner}"), hit.number("max")?))
                .flatten()
        },
    },
    Rule {
        name: "zh.no-batch",
        language: Zh,
        meaning: "not in batches: one at a time",
        cues: &["批量", "多个", "两个", "2个"],
        pattern: r"(?:^|[,。;；:\s])批量\p{Han}{2,10}时,?\s*{不能}{传}[^。；]*|(?:^|[,。;；\s])(?:\p{Han}{0,4})不支持(?:批量|指定多个)|传入(?:两个|2个|多个)(?:及|或)?以上[^。]*(?:报错|失败|错误)",
        read: one_item,
    },
    Rule {
        name: "zh.items-not-above",
        language: Zh,
        meaning: "more than N items are not supported",
        cues: &["以上"],
        pattern: r"不支持\s*(?P<max>[0-9]+)\s*(?:个|块|张|台|条|对)\p{Han}{0,8}以上[^。；]{0,12}",
        read: |hit| items(hit, "", None, hit.number("max")),
    },
    Rule {
        name: "zh.items-range",
        language: Zh,
        meaning: "a list of A to B items",
        cues: &["个数", "数量", "元素"],
        pattern: r"(?:个数|数量|元素)(?:范围|取值范围)?(?:为|是|:)?\s*[\[(]?\s*(?P<min>[0-9]+)\s*(?:-|~|到|至|,)\s*(?P<max>[0-9]+)\s*[\])]?",
        read: |hit| items(hit, "", hit.number("min"), hit.number("max")),
    },
    Rule {
        name: "zh.items-least-and-most",
        language: Zh,
        meaning: "a list of at least A and at most B items",
        cues: &["至少", "最少"],
        pattern: r"(?:至少|最少)(?:需要?)?(?:包含|有|填写|指定|传入)?\s*(?P<min>[0-9]+)\s*[个条项台块张盏]\p{Han}{0,4}[,、]\s*(?:且|但)?{至多}(?:可以|可|能|只能)?(?:包含|有|填写|指定|传入)?\s*(?P<max>[0-9]+)\s*[个条项台块张盏]",
        read: |hit| {
            let count = items(hit, "", hit.number("min"), hit.number("max"));
            hit.is_list().then_some(count).flatten()
        },
    },
    Rule {
        name: "zh.items-at-most",
        language: Zh,
        meaning: "a list of at most N items",
        cues: &["最多", "至多", "不超过", "不能超过", "不大于", "最大支持"],
        pattern: r"(?:(?P<of>[A-Za-z]{2,12}|\p{Han}{1,6}?)(?:的)?(?:个数|数量|数)\s*(?:不(?:能|得)?(?:超过|大于)|最多(?:为)?)|(?:最多|至多)(?:可以|可|只能|能|支持)?(?:\p{Han}{0,12}?)|最大支持)\s*(?P<max>[0-9]+)\s*(?:(?:个|对|条|块|张|台|面|枚|盏|项|组|份|座|间|人|名|位|家|节|辆|艘|套)(?P<noun>\p{Han}{1,6})?|$|[,。；])(?:\(部分[^()]*\))?",
        read: at_most,
    },
    Rule {
        name: "zh.items-limit",
        language: Zh,
        meaning: "the limit of how many items there are",
        cues: &["上限", "限制"],
        pattern: r"(?P<of>\p{Han}{1,6}?|[A-Za-z_]{2,20})(?:的)?(?:总数|个数|数量|数)(?:的)?(?:上限|限制)(?:的)?(?:默认值?)?(?:为|是)?\s*(?P<max>[0-9]+)\s*(?:个|对|条|块|张|台)?",
        read: at_most,
    },
    Rule {
        name: "zh.quota-told",
        language: Zh,
        meaning: "the quota of what belongs to somebody, with its number",
        cues: &["配额"],
        pattern: r"(?:每|单)(?:个|位|家)?(?P<owner>\p{Han}{1,6}?)(?:下|内|中)?的(?P<of>\p{Han}{1,10}?)的?配额(?:的)?(?:默认值?|缺省值?)?(?:为|是)\s*(?P<max>[0-9]+)",
        read: |hit| {
            let of = thing(hit.group("of"), true);
            let owner = thing(hit.group("owner"), false);
            quota(format!("{of} per {owner}"), hit.number("max")?)
        },
    },
    Rule {
        name: "en.number-limit",
        language: En,
        meaning: "the limit of how many of something there are",
        cues: &["number of"],
        pattern: r"(?:the )?(?:total |maximum )?number of (?P<of>[a-z -]{3,30}?)(?: (?:per|of|for|in|on) (?:a |an |each |the )?(?P<owner>[a-z]+))? {cannot} (?:exceed|be (?:more|greater|larger) than) (?P<max>[0-9,]+)",
        read: |hit| match (hit.about_field(), hit.group("owner")) {
            (false, "") | (true, _) => at_most(hit),
            (false, _) => en_quota(hit),
        },
    },
    Rule {
        name: "en.quota-per-call",
        language: En,
        meaning: "at most N of something in one call",
        cues: &[
            "at a time",
            "per request",
            "in a request",
            "concurrently",
            "each time",
        ],
        pattern: r"{most} (?P<max>[0-9,]+) (?:(?P<of>[a-z -]{2,40}?) )?(?:can be [a-z]+ )?(?:at a time|per request|in a request|each time|concurrently)",
        read: |hit| match hit.subject.kind {
            Some(Kind::Integer | Kind::Number) => items(hit, "", None, hit.number("max")),
            _ => quota(PER_CALL.to_owned(), hit.number("max")?),
        },
    },
    Rule {
        name: "en.quota",
        language: En,
        meaning: "at most N of something can be given to something",
        cues: &["maximum of", "at most", "up to"],
        pattern: r"{most} (?P<max>[0-9,]+|two|three|four|five|ten) (?P<of>[a-z][a-z -]{1,40}?)(?: \([^)]*\))? can be (?:attached|added|bound|mounted|created|configured|associated|assigned|set|specified|used)[a-z ]*? (?:to|for|with|in|on) (?:a|an|each|one|the same|the) (?P<owner>[a-z]+)",
        read: |hit| en_quota(hit),
    },
    Rule {
        name: "en.quota-owner-first",
        language: En,
        meaning: "something can have at most N of something",
        cues: &[
            "can have",
            "supports",
            "can be",
            "can create",
            "can contain",
            "can hold",
            " has ",
        ],
        pattern: r"(?:a|an|each|one) (?P<owner>[a-z]+(?: [a-z]+)?) (?:can have|supports|can contain|can create|can hold|has|can be attached with) {most} (?P<max>[0-9,]+|two|three|four|five|ten) (?P<of>[a-z][a-z-]{1,30}(?: [a-z-]{2,20})?)(?:[.,;]|$| in | for | at )",
        read: |hit| en_quota(hit),
    },
    Rule {
        name: "en.quota-number-first",
        language: En,
        meaning: "something can have N of something at most",
        cues: &[" at most", " at the most", " or fewer", " maximum"],
        pattern: r"(?:^|[,;] )(?:a|an|each|one|every) (?P<owner>[a-z]+(?: [a-z]+)??) (?:can |may )?(?:have|has|bears?|carry|carries|contains?|holds?|takes?|keeps?|owns?|supports?|creates?|adds?) (?P<max>[0-9,]+|two|three|four|five|ten) (?P<of>[a-z][a-z-]{1,30}(?: [a-z-]{2,20})?) (?:at (?:the )?most|or fewer|maximum)(?:[.,;]|$)",
        read: |hit| en_quota(hit),
    },
    Rule {
        name: "en.no-batch",
        language: En,
        meaning: "not in batches: one at a time",
        cues: &["batch", "multiple"],
        pattern: r"cannot be [a-z ]{1,60} in (?:a )?batch(?:es)?|batch [a-z]+ (?:is|are) not supported|not allowed to specify multiple|cannot specify multiple",
        read: one_item,
    },
    Rule {
        name: "zh.items-of-list",
        language: Zh,
        meaning: "a list of A to B items, said of itself",
        cues: &["个", "条", "项", "种"],
        pattern: r"(?:^|[,:\s]|数量|个数|限制|范围|为|包含|填写|指定|提交|传入|选择|添加|携带)\s*(?P<min>[0-9]+)\s*(?:-|~|到|至)\s*(?P<max>[0-9]+)\s*(?:个|条|项|种)(?:元素|成员|对象|\p{Han}{0,4})?(?P<next>[,。；]|$)",
        read: |hit| {
            let count = items(hit, "", hit.number("min"), hit.number("max"));
            hit.is_list().then_some(count).flatten()
        },
    },
    Rule {
        name: "zh.items-in-words",
        language: Zh,
        meaning: "a list of at least one or at most so many items, the number in a word",
        cues: &["至少", "{至多}"],
        pattern: r"(?:^|[,。；]\s*)(?:至少(?:有|包含|填写|指定)?(?P<min>一|1)|{至多}(?P<max>[两三四五六七八九十]))\s*(?:个|条|项|种)(?P<next>[,。；]|$)",
        read: |hit| {
            let ends = ["min", "max"].map(|end| u64::try_from(number(hit.group(end))?).ok());
            let [min, max] = ends.map(|end| end.filter(|number| *number > 0));
            hit.is_list().then(|| items(hit, "", min, max)).flatten()
        },
    },
    Rule {
        name: "en.items-at-least",
        language: En,
        meaning: "a list of at least N items",
        cues: &["at least"],
        pattern: r"at least (?P<min>[0-9]+|one|two|three) [a-z][a-z ]{1,30}? (?:must|should|is|are|has|have|needs?)\b",
        read: |hit| {
            let one = hit.group("min").eq_ignore_ascii_case("one").then_some(1);
            let min = hit.number("min").or_else(|| word(hit.group("min"))).or(one);
            let is_one_of = hit.whole().contains(" of ");
            (hit.is_list() && !is_one_of)
                .then(|| items(hit, "", min, None))
                .flatten()
        },
    },
    Rule {
        name: "en.items-range",
        language: En,
        meaning: "a list of A to B items",
        cues: &["elements", "items", "entries", " ids", "at least"],
        pattern: r"(?:contains?|has|have|of|with) (?P<min>[0-9,]+)(?: to |-| - )(?P<max>[0-9,]+) (?:elements|items|entries|ids)\b|at least (?P<least>[0-9]+|one|two|three) (?:[a-z][a-z-]{2,20} )?and {most} (?P<most>[0-9]+|two|three|four|five|ten) [a-z]+(?: (?:must|can|should|may|needs? to) be (?:specified|given|set|provided|selected|entered)\b)?",
        read: |hit| {
            let number = |name: &str| hit.number(name).or_else(|| word(hit.group(name)));
            let one = hit.group("least").eq_ignore_ascii_case("one").then_some(1);
            let min = number("min").or_else(|| number("least")).or(one);
            let max = number("max").or_else(|| number("most"));
            let count = items(hit, "", min, max);
            hit.is_list().then_some(count).flatten()
        },
    },
    Rule {
        name: "en.items-words",
        language: En,
        meaning: "a list of A to B items, in words",
        cues: &["one to ", "two to ", "three to ", "1 to ", "2 to "],
        pattern: r"\b(?:specify|contain|contains|select|have|hold|of|add) (?P<min>one|two|three|[0-9]+) to (?P<max>two|three|four|five|ten|[0-9]+) [a-z]",
        read: |hit| {
            let one = hit.group("min").eq_ignore_ascii_case("one").then_some(1);
            let min = hit.number("min").or_else(|| word(hit.group("min"))).or(one);
            let max = hit.number("max").or_else(|| word(hit.group("max")));
            let is_text = ["characters", "bytes", "digits"]
                .iter()
                .any(|unit| head(hit.rest, 12).contains(&unit[1..]));
            (hit.is_list() && !is_text)
                .then(|| items(hit, "", min, max))
                .flatten()
        },
    },
    Rule {
        name: "en.items-and-each",
        language: En,
        meaning: "a list or a map of at most N items, with the number behind what is counted or before what each of them is",
        cues: &["at most", "at the most", "up to"],
        pattern: r"(?:, (?P<max>[0-9]+) at (?:the )?most|{most} (?P<many>[0-9]+))(?P<next>\.|;|$|(?:,| and) each (?:of|with|has|having|is|can|must|may|consists?)\b)",
        read: |hit| {
            let max = hit.number("max").or(hit.number("many"));
            // What each of them has, and how the list is shown, is another number.
            let before = hit.before.to_lowercase();
            let is_other = ["each ", "length", "page"]
                .iter()
                .any(|word| before.contains(word));
            (!is_other).then_some(())?;
            let holds_many = matches!(hit.subject.kind, Some(Kind::Array(_) | Kind::Map { .. }));
            let min = None;
            holds_many.then(|| Constraint::ItemCount { min, max }.into())
        },
    },
    Rule {
        name: "en.one-item",
        language: En,
        meaning: "a list of one item",
        cues: &["only one "],
        pattern: r"(?:^|[,;] )only one (?:value|item|element|entry|member) is (?:currently )?(?:accepted|allowed|supported|permitted)\b",
        read: |hit| {
            let (min, max) = (None, Some(1));
            hit.is_list()
                .then(|| Constraint::ItemCount { min, max }.into())
        },
    },
    Rule {
        name: "en.items-given",
        language: En,
        meaning: "that A to B items can be given",
        cues: &["can be {given}", "may be {given}", "{must} be {given}"],
        pattern: r"(?:^|[.,;] )(?P<min>[0-9]+|one|two) (?:to|-) (?P<max>[0-9,]+|two|three|four|five|ten) [a-z]+(?: [a-z]+)? (?:can|may|{must}) be {given}(?P<next>[.,;]|$)",
        read: |hit| {
            let number = |name: &str| hit.number(name).or_else(|| word(hit.group(name)));
            let (min, max) = (Some(number("min")?), Some(number("max")?));
            hit.is_list()
                .then(|| Constraint::ItemCount { min, max }.into())
        },
    },
    Rule {
        name: "en.items-different",
        language: En,
        meaning: "a list of A to B items of which no two are the same",
        cues: &[" different ", " distinct ", " unique "],
        pattern: r"\b(?P<min>[0-9]+) (?:to|-) (?P<max>[0-9]+) (?:different|distinct|unique) [a-z]+\b",
        read: |hit| {
            let (min, max) = (hit.number("min"), hit.number("max"));
            let count = Constraint::ItemCount { min, max };
            hit.is_list()
                .then(|| Heard::all([count, Constraint::Unique]))
        },
    },
    Rule {
        name: "en.items-at-most",
        language: En,
        meaning: "a list of at most N items",
        cues: &["maximum", "at most", "up to", "more than"],
        pattern: r"(?:a maximum of|at most|up to|no more than|(?:cannot|must not|not) exceed|not (?:contain|have|include|hold) more than) (?P<max>[0-9,]+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?P<of>(?:[a-z-]{2,20}[a-rt-z] )?[a-z][a-z-]{2,30})",
        read: at_most,
    },
];

fn quota(of: String, max: u64) -> Option<Heard> {
    let max = Some(max);
    Some(Constraint::Quota { of, max }.into())
}

/// One at a time; of a field that is no list, only that it is not for batches.
fn one_item(hit: &Hit) -> Option<Heard> {
    if hit.about_field() && !hit.is_list() {
        return Some(Constraint::Other("not in a batch".to_owned()).into());
    }
    let (min, max) = (None, Some(1));
    Some(Constraint::ItemCount { min, max }.into())
}

/// A number of items of a list; of a number, its range; of anything else, how many things there are.
fn items(hit: &Hit, of: &str, min: Option<u64>, max: Option<u64>) -> Option<Heard> {
    let range = || {
        let signed = |number: Option<u64>| Some(i64::try_from(number?).ok()?.into());
        let (min, max) = (signed(min), signed(max));
        Some(Constraint::Range { min, max }.into())
    };
    // "Up to 100 lamps are shown by default" bounds nothing that is asked for.
    let clause = hit.after.split(['.', ',', ';', '。']).next().unwrap_or("");
    if clause.ends_with("by default") {
        return None;
    }
    match hit.subject.kind? {
        Kind::Integer | Kind::Number => range(),
        // Several in one text are neither its number nor its items.
        Kind::String if is_parted(hit) => {
            let words = format!("at most {} in one text", max?);
            Some(Constraint::Other(words).into())
        }
        Kind::String if of.is_empty() => range(),
        Kind::String | Kind::Boolean if !of.is_empty() => quota(thing(of, true), max?),
        _ => Some(Constraint::ItemCount { min, max }.into()),
    }
}

/// Whether the text holds several things, with something between them.
fn is_parted(hit: &Hit) -> bool {
    let text = head(&hit.unit.text, 400);
    ["隔开", "分隔", "separated by", "comma-separated"]
        .iter()
        .any(|word| text.contains(word))
}

fn at_most(hit: &Hit) -> Option<Heard> {
    // So many in a time are a rate.
    let is_rate = [" minute", " second"]
        .iter()
        .any(|time| head(hit.after, 40).contains(time));
    let in_time = ["1分钟内", "一分钟内", "每分钟内"]
        .iter()
        .any(|time| hit.before.ends_with(time));
    // "Up to 50 lamps in 10 towers": the list may be of either.
    static IN_SO_MANY: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^[a-z]* ?(?:in|of|from) [0-9]+ [a-z]"));
    // "Of values below each key at most 10": not of the items of this list.
    let of_each = ["每个", "每一个"].iter().any(|each| {
        hit.before
            .rsplit([',', '。'])
            .next()
            .is_some_and(|clause| clause.contains(each))
    });
    let of_members = of_each && hit.is_list();
    if is_rate
        || of_members
        || is_shown(hit) && !hit.about_field()
        || does_so_many(hit)
        || IN_SO_MANY.is_match(head(hit.after, 40))
    {
        return None;
    }
    let max = hit.number("max").or_else(|| word(hit.group("max")))?;
    let of = [hit.group("of"), hit.group("noun")].concat();
    if is_no_item(&of) {
        return None;
    }
    if in_time {
        let of = if of.is_empty() { "items" } else { &of };
        return quota(format!("{} per minute", thing(of, true)), max);
    }
    let before = hit.before.to_lowercase();
    let is_advice = ["recommend", "advise"];
    let is_advice = is_advice.iter().any(|word| before.contains(word));
    if is_advice || hit.before.ends_with("建议") {
        return quota(thing(&of, true), max).map(Heard::advised);
    }
    // "60个字": how long a text may be.
    if *hit.kind() == Kind::String
        && !hit.is_list()
        && ["字", "汉字", "字符"].contains(&of.as_str())
    {
        let (min, unit) = (None, Unit::Characters);
        return Some(
            Constraint::Length {
                min,
                max: Some(max),
                unit,
            }
            .into(),
        );
    }
    if hit.about_field() {
        let mut heard = items(hit, &of, None, Some(max))?;
        if is_shown(hit) && *hit.kind() != Kind::Object && !hit.is_list() {
            let remark = Constraint::Other(MOST_SHOWN.to_owned());
            heard.constraints.push((remark, None));
        }
        return Some(heard);
    }
    let of = if of.is_empty() { "items" } else { &of };
    quota(thing(of, true), max)
}

/// "No more than five towers can be lit at the same time": there may be more of them.
fn does_so_many(hit: &Hit) -> bool {
    static AT_ONCE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^ can be (?P<done>[a-z]+) (?:at the same time|at once|simultaneously)")
    });
    const MAKES: [&str; 4] = ["created", "added", "made", "specified"];
    let done = AT_ONCE.captures(head(hit.after, 60));
    done.is_some_and(|found| !MAKES.contains(&&found["done"])) && !hit.about_field()
}

/// How many an answer shows says nothing of how many there may be.
fn is_shown(hit: &Hit) -> bool {
    const SHOWN: [&str; 6] = [
        " queried",
        " returned",
        " displayed",
        " listed",
        " shown",
        " retrieved",
    ];
    const ZH: [&str; 5] = ["返回", "查询", "显示", "展示", "列出"];
    let clause = head(hit.after, 60)
        .split(['.', ';', ','])
        .next()
        .unwrap_or("");
    SHOWN.iter().any(|word| clause.contains(word))
        || ZH.iter().any(|word| hit.whole().contains(word))
}

/// Lengths, sizes and times are not counted in items.
fn is_no_item(of: &str) -> bool {
    let lower_case = of.to_lowercase();
    let words = [
        "character",
        "byte",
        "digit",
        "time",
        "minute",
        "second",
        "hour",
        "day",
        "decimal",
        "字符",
        "字节",
    ];
    words.iter().any(|word| lower_case.starts_with(word)) || lower_case.starts_with("mb")
}

fn en_quota(hit: &Hit) -> Option<Heard> {
    let max = hit.number("max").or_else(|| word(hit.group("max")))?;
    let of = thing(hit.group("of"), true);
    if heads_the_text(hit, hit.group("of")) {
        return items(hit, "", None, Some(max));
    }
    quota(
        format!("{of} per {}", thing(hit.group("owner"), false)),
        max,
    )
}

/// Whether the text of a list begins with what is counted: these are its items, whoever has them.
fn heads_the_text(hit: &Hit, counted: &str) -> bool {
    let first = hit.prose.first().map_or("", |unit| head(&unit.text, 90));
    let begin = first
        .split(['。', '.', ','])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let place = |noun: &str| {
        let noun = noun.trim_end_matches('s').to_lowercase();
        (!noun.is_empty()).then(|| begin.find(&noun)).flatten()
    };
    // "The lamps of the tower" and "灯塔的灯" are about lamps.
    let is_head = match (place(counted), place(hit.group("owner"))) {
        (Some(counted), Some(owner)) => (counted < owner) == begin.is_ascii(),
        (counted, _) => counted.is_some(),
    };
    hit.is_list() && is_head
}

fn word(word: &str) -> Option<u64> {
    let known = [("twelve", 12), ("twenty", 20)];
    let known = known
        .iter()
        .find(|(known, _)| word.eq_ignore_ascii_case(known));
    match known {
        Some((_, number)) => Some(*number),
        None => u64::try_from(number(&word.to_lowercase())?)
            .ok()
            .filter(|number| *number > 1),
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.one-item",
        "Array of String",
        "The lamps. Currently, only one value is accepted.",
        "items ..=1",
    ),
    (
        "en.quota-number-first",
        "-",
        "Each keeper can create 3,000 lamps at most.",
        "quota 3000 lamps per keeper",
    ),
    (
        "en.items-given",
        "Array of String",
        "The lamps to light. 1 to 40 lamps can be given.",
        "items 1..=40",
    ),
    (
        "en.quota-number-first",
        "-",
        "A tower bears 12 lamps at most.",
        "quota 12 lamps per tower",
    ),
    (
        "zh.quota-not-above",
        "-",
        "一座灯塔名下的灯册不能超过6个，已达上限时返回403。",
        "quota 6 灯册 per 灯塔",
    ),
    (
        "en.items-and-each",
        "Map of Strings",
        "Marks painted on the lamp, 7 at most.",
        "items ..=7",
    ),
    (
        "en.items-and-each",
        "Array of String",
        "The wicks: up to 7, each of 2 to 9 letters.",
        "items ..=7\nlength 2..=9 characters\ncharset a-z A-Z",
    ),
    (
        "en.items-different",
        "Array of String",
        "The new wicks. 0 to 7 different wicks of cotton.",
        "items 0..=7\nunique",
    ),
    (
        "zh.items-in-words",
        "Array of String",
        "灯架列表，至少一个。",
        "items 1..",
    ),
    (
        "zh.items-in-words",
        "Array of String",
        "灯牌列表，至多三个。",
        "items ..=3",
    ),
    (
        "zh.items-of-list",
        "Array of String",
        "灯的ID列表，一次可提交2~7个，不能重复。",
        "items 2..=7\nunique",
    ),
    (
        "zh.items-of-list",
        "Array of String",
        "灯色列表，1至4种，不允许重复。",
        "items 1..=4\nunique",
    ),
    (
        "zh.quota-per-call",
        "-",
        "单次最多批量点亮灯塔个数为10。",
        "quota 10 per call",
    ),
    (
        "en.quota-owner-first",
        "Array of String",
        "The flags that are looked for. Each flag mast can have up to 4 flag knots.",
        "quota 4 flag knots per flag mast",
    ),
    (
        "zh.items-limit",
        "Array of String",
        "塔上的灯。约束：当前一座塔lamp_set数量限制默认值为20，即灯和旗的总数默认限制20",
        "items ..=20",
    ),
    (
        "zh.quota-told",
        "-",
        "当前每租户的灯塔配额默认值为50",
        "quota 50 灯塔 per tenant",
    ),
    (
        "en.quota",
        "-",
        "If nothing is asked for, a maximum of 20 lamp logs can be queried by default. Up to 4 flags can be set for a tower.",
        "quota 4 flags per tower",
    ),
    (
        "en.items-words",
        "Array of String",
        "The lamps. You can specify one to three lamps.",
        "items 1..=3",
    ),
    (
        "zh.items-least-and-most",
        "Array of String",
        "旗的列表，至少包含1个、最多包含3个旗语。",
        "items 1..=3",
    ),
    (
        "zh.items-least-and-most",
        "Array of String",
        "灯的列表，至少1盏，至多3盏。",
        "items 1..=3",
    ),
    (
        "zh.items-at-most",
        "Array of String",
        "灯址，最大支持90个灯址。",
        "items ..=90",
    ),
    (
        "zh.items-at-most",
        "String",
        "守塔人，多人之间用逗号隔开，最多5个。",
        "other: at most 5 in one text",
    ),
    (
        "zh.items-at-most",
        "-",
        "批量点灯，1分钟内最多可以点亮70盏。",
        "quota 70 items per minute",
    ),
    (
        "zh.quota",
        "-",
        "单列灯车最多挂接40节灯厢。",
        "quota 40 灯厢 per 灯车",
    ),
    (
        "zh.items-at-most",
        "Array of String",
        "守塔人，最多5人。",
        "items ..=5",
    ),
    (
        "zh.quota",
        "Array of String",
        "指定灯塔的灯芯信息。一座灯塔最多挂载2个灯芯。",
        "items ..=2",
    ),
    (
        "en.items-range",
        "Array of String",
        "At least 2 and at most 16 lamps are required.",
        "items 2..=16",
    ),
    (
        "en.items-range",
        "Array of String",
        "At least one wick and up to 16 wicks must be given.",
        "items 1..=16",
    ),
    (
        "zh.quota",
        "Array of String",
        "标签列表，每座灯塔最多20个标签。",
        "items ..=20",
    ),
    (
        "zh.quota",
        "Boolean",
        "是否试点。一座灯塔只能创建1盏试灯。",
        "quota 1 试灯 per 灯塔",
    ),
    (
        "en.quota-owner-first",
        "Array of String",
        "Wicks. A lamp can have up to 20 wicks.",
        "items ..=20",
    ),
    (
        "zh.items-at-most",
        "Array of String",
        "旗语列表，至多10个。",
        "items ..=10",
    ),
    (
        "zh.items-of-list",
        "Array of String",
        "旗语列表，1~50个元素。",
        "items 1..=50",
    ),
    (
        "en.items-at-least",
        "Array of String",
        "Specifies the flags. At least one flag must be hoisted.",
        "items 1..",
    ),
    (
        "en.quota-per-call",
        "Integer",
        "How many lamps to light. At most 90 can be lit at a time.",
        "range ..=90",
    ),
    (
        "zh.items-at-most",
        "Integer",
        "一次点几盏灯。如果无该参数，表明只点1盏，目前最多支持点亮90盏。",
        "default 1\nrange ..=90",
    ),
    (
        "zh.items-limit",
        "Array of String",
        "旗语列表，单座灯塔旗语数上限20个。",
        "items ..=20",
    ),
    (
        "en.number-limit",
        "-",
        "The number of flags per tower cannot exceed 25.",
        "quota 25 flags per tower",
    ),
    (
        "en.number-limit",
        "Array of String",
        "The number of flags cannot exceed 25.",
        "items ..=25",
    ),
    (
        "en.items-at-most",
        "-",
        "You can create a maximum of 10 signal flags.",
        "quota 10 signal flags",
    ),
    (
        "en.items-at-most",
        "Array of String",
        "The list must not contain more than 256 entries.",
        "items ..=256",
    ),
    (
        "en.quota-owner-first",
        "-",
        "Each keeper can create a maximum of 100 towers.",
        "quota 100 towers per keeper",
    ),
    (
        "zh.no-batch",
        "String",
        "灯址。批量点灯时，不支持指定灯址。",
        "other: not in a batch",
    ),
    (
        "en.items-range",
        "Array of String",
        "The array contains 1 to 10 elements.",
        "items 1..=10",
    ),
    (
        "en.items-range",
        "Array of String",
        "The list holds lamps and contains 2 to 9 IDs.",
        "items 2..=9",
    ),
    (
        "en.quota-owner-first",
        "-",
        "A harbour can have a maximum of 50 lamp towers.",
        "quota 50 lamp towers per harbour",
    ),
    (
        "zh.quota",
        "-",
        "单个灯塔下最多允许创建500个旗语。",
        "quota 500 旗语 per 灯塔",
    ),
    (
        "zh.quota",
        "-",
        "单个租户默认最多可以创建20个快照。",
        "quota 20 snapshots per tenant",
    ),
    (
        "zh.quota-per-call",
        "-",
        "一次最多可以点亮90个",
        "quota 90 per call",
    ),
    (
        "zh.quota",
        "-",
        "单个灯塔最多安装7个标签。",
        "quota 7 tags per 灯塔",
    ),
    ("zh.no-batch", "-", "不支持批量点灯。", "items ..=1"),
    (
        "zh.items-range",
        "Array of String",
        "元素个数范围：1~5",
        "items 1..=5",
    ),
    (
        "zh.items-at-most",
        "Array of String",
        "旗个数不超过30个",
        "items ..=30",
    ),
    (
        "zh.items-at-most",
        "Integer",
        "每页的灯数，最多返回70个灯的信息。",
        "range ..=70\nother: no more are shown",
    ),
    (
        "zh.items-at-most",
        "String",
        "每页的灯数，最多为70，不能为负数。",
        "range 0..=70",
    ),
    (
        "zh.items-at-most",
        "Boolean",
        "是否系旗，不系旗的灯个数不能超过3。",
        "quota 3 灯",
    ),
    (
        "zh.items-not-above",
        "Array of String",
        "当前不支持7个旗手以上的并发升旗。",
        "items ..=7",
    ),
    (
        "zh.items-at-most",
        "-",
        "添加多面旗时，建议最多为每座灯塔添加6面旗。",
        "quota 6 旗 when advised",
    ),
    (
        "zh.items-at-most",
        "Map of Strings",
        "最多可注入9对键值（Key/Value）。",
        "items ..=9",
    ),
    (
        "en.quota-per-call",
        "-",
        "You can light a maximum of 80 lamps at a time.",
        "quota 80 per call",
    ),
    (
        "en.quota",
        "-",
        "A maximum of 7 lamps can be attached to a tower.",
        "quota 7 lamps per tower",
    ),
    (
        "en.quota-owner-first",
        "-",
        "Each tower can have a maximum of 9 tags.",
        "quota 9 tags per tower",
    ),
    (
        "en.no-batch",
        "-",
        "Lamps cannot be attached to a tower in a batch.",
        "items ..=1",
    ),
    (
        "en.no-batch",
        "String",
        "Flags cannot be used for lighting lamps in a batch.",
        "other: not in a batch",
    ),
    (
        "en.items-at-most",
        "Array of String",
        "Takes a maximum of 12 flags.",
        "items ..=12",
    ),
];
