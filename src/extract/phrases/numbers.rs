//! Ranges of numbers.

use std::sync::LazyLock;

use super::further::{has_gaps, number_before, other_ranges};
use super::of_text;
use super::refused::tells_which;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::thing;
use crate::contract::{Constraint, Decimal, Kind, Relation, Scalar, Scope, Unit, in_parts};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.neither-less-nor-more",
        language: En,
        meaning: "a number that is neither less than A nor more than B",
        cues: &[" than "],
        pattern: r"{cannot} (?:be )?(?:less|smaller|lower|fewer|shorter) than (?P<min>-?[0-9][0-9,]*(?:\.[0-9]+)?)(?: [a-z]{1,12})?,? (?:or|nor) (?:be )?(?:greater|larger|more|higher|longer) than (?P<max>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)",
        read: range,
    },
    Rule {
        name: "zh.range",
        language: Zh,
        meaning: "a number from A to B",
        cues: &["范围", "取值", "大小", "介于", "区间", "值为"],
        pattern: r"(?:输入|取值|大小|数值)*(?:范围|取值|区间|介于|大小|值为){必须}?\s*(?:为|是|在|:)?\s*(?:默认)?\s*[\[(]?\s*(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*[A-Za-z/]{0,8}\s*(?:-|~|到|至|\.\.)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)\s*[\])]?(?P<unit>\s*(?:GB|MB|KB|TB|Mbit/s|Mbps|个|分钟|秒|小时|天)?)",
        read: range,
    },
    Rule {
        name: "zh.range-brackets",
        language: Zh,
        meaning: "a number within brackets [A, B]",
        cues: &["[", "("],
        pattern: r"(?:输入|取值|大小|数值|带宽)*(?:范围|区间|值|大小)\s*(?:为|是|在|:)?\s*(?P<from>[\[(])\s*(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*[,~-]\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<to>[\])])",
        read: |hit| {
            let open = ["from", "to"].map(|name| matches!(hit.group(name), "(" | ")"));
            let ends = [hit.decimal("min")?, hit.decimal("max")?];
            let min = ends[0].steps(step(hit, open[0]))?;
            let max = ends[1].steps(-step(hit, open[1]))?;
            let is_text = *hit.kind() == Kind::String && open[0];
            (min <= max && !is_text).then_some(())?;
            let heard = without(hit, bounds(hit, Some(min), Some(max))?, ends[0], open[0])?;
            without(hit, heard, ends[1], open[1])
        },
    },
    Rule {
        name: "zh.range-of-integers",
        language: Zh,
        meaning: "the whole numbers from A to B",
        cues: &["整数"],
        pattern: r"(?:^|[,:\s]|为|是)(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*(?:到|至|-|~)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)\s*(?:之间)?的(?:正)?整数",
        read: range,
    },
    Rule {
        name: "zh.range-of-case",
        language: Zh,
        meaning: "an item that says from A to B of a unit in the case that it names",
        cues: &[":"],
        pattern: r"(?:^|(?:如下|以下|限制|范围|要求|规则)\s*: ?)(?P<case>\p{Han}[^:。;；]{1,20}): ?\[?(?P<min>[0-9][0-9,]*) ?(?:[KMGT]i?B)?(?:-|~|到|至)(?P<max>[0-9,]*[0-9]) ?(?:[KMGT]i?B)\]?。?$",
        read: range_of_case,
    },
    Rule {
        name: "zh.ends-with-unit",
        language: Zh,
        meaning: "the least and the greatest number, each with its unit",
        cues: &["最小"],
        pattern: r"最小(?:值|为)?\s*(?P<min>[0-9]+(?:\.[0-9]+)?)\s*(?:[KMGT]B|个|秒|分钟|小时|天|核)?,\s*最大(?:值|为)?\s*(?P<max>[0-9]+(?:\.[0-9]+)?)\s*(?:[KMGT]B|个|秒|分钟|小时|天|核)?(?P<next>[,。；]|$)",
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            is_number.then(|| range(hit)).flatten()
        },
    },
    Rule {
        name: "zh.min",
        language: Zh,
        meaning: "a number of at least N",
        cues: &["最小", "大于", "小于", "低于"],
        pattern: r"(?:取值范围|取值|值)?{必须}?(?P<bound>最小值?\s*(?:为|是|:)?|大于等于|大于或等于|不(?:能|会|可|得|允许)?(?:小于|低于)|大于)\s*(?P<min>-?[0-9]+(?:\.[0-9]+)?)",
        read: |hit| {
            let excluded = hit.group("bound") == "大于";
            // "The disk is at least 40" is of the disk.
            let is_of_another = hit.group("bound").trim() == "最小"
                && hit.before.ends_with(|c: char| !matches!(c, ',' | ' '));
            (!is_of_another).then_some(())?;
            (!is_negated(hit) && !is_part_of_a_sum(hit) && !is_a_case(hit)).then_some(())?;
            let min = hit.decimal("min")?;
            let inside = min.steps(step(hit, excluded))?;
            without(hit, bounds(hit, Some(inside), None)?, min, excluded)
        },
    },
    Rule {
        name: "zh.max",
        language: Zh,
        meaning: "a number of at most N",
        cues: &["最大", "小于", "不大于", "不超过", "不能", "最多"],
        pattern: r"(?:取值范围|取值|值)?{必须}?(?P<bound>最大值?\s*(?:为|是|:)|最大值?\s*|最多(?:为|是)|小于等于|小于或等于|不(?:能|可|得|允许)?(?:大于|超过)|小于)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)",
        read: |hit| {
            let excluded = hit.group("bound") == "小于";
            // "It may change by at most 2 at once", and "at most 2 MB" of a text.
            let of_change = ["幅度", "变化量", "增量", "差值"];
            let of_change = of_change.iter().any(|word| hit.before.ends_with(word));
            let is_size =
                *hit.kind() == Kind::String && hit.after.trim_start().starts_with(['K', 'M', 'G']);
            (!of_change && !is_size).then_some(())?;
            (!is_negated(hit) && !is_part_of_a_sum(hit) && !is_a_case(hit)).then_some(())?;
            let max = hit.decimal("max")?;
            let inside = max.steps(-step(hit, excluded))?;
            without(hit, bounds(hit, None, Some(inside))?, max, excluded)
        },
    },
    Rule {
        name: "zh.bounded-by-field",
        language: Zh,
        meaning: "not above (or below) another field",
        cues: &["大于", "小于"],
        pattern: r"(?:(?:参数)?\s*[A-Za-z_][A-Za-z0-9_]*\s*的?)?(?:取值)?{必须}?(?P<bound>不(?:能|得)?(?:大于|小于)|大于等于|小于等于)\s*(?:参数|字段)?\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)(?:\s*的?取?值)?",
        read: |hit| hit.about_field().then(|| compared(hit, hit.group("field"))),
    },
    Rule {
        name: "zh.bounded-by-thing",
        language: Zh,
        meaning: "not above (or below) an attribute of another thing",
        cues: &["大于", "小于", "超过", "低于", "多于", "少于"],
        pattern: r"(?:取值)?{必须}?(?P<bound>不(?:能)?(?:大于|小于|超过|低于)|大于等于|小于等于)\s*\p{Han}[^。;；()]{0,40}?\((?P<thing>\p{Han}{1,8}?)的\s*(?P<attribute>[A-Za-z_][A-Za-z0-9_]*)\s*(?:属性|字段|参数)?\)|(?:取值)?{必须}?(?P<how>不(?:能|得|可)?(?:大于|小于|超过|低于|多于|少于)|大于等于|小于等于)\s*(?:所属)?(?P<of>\p{Han}{1,8}?)(?:中|的)[^。;；()]{1,30}?\((?P<own>[A-Za-z]+_[A-Za-z0-9_]+\s*(?:属性|字段|参数)|[a-z][A-Za-z0-9_]{2,40})\)",
        read: |hit| {
            let of = [hit.group("thing"), hit.group("of")].concat();
            let attribute = [hit.group("attribute"), hit.group("own")].concat();
            let attribute = attribute.trim_end_matches(|c: char| !c.is_ascii());
            let fact = format!("{}.{attribute}", thing(&of, false));
            hit.about_field().then(|| compared(hit, &fact))
        },
    },
    Rule {
        name: "zh.bounded-by-size",
        language: Zh,
        meaning: "not above (or below) the size of another thing, or the least one that it states",
        cues: &["大小", "的最小值"],
        pattern: r"(?:取值)?{必须}?(?P<bound>不(?:能)?(?:大于|小于|超过|低于)|大于等于|小于等于)\s*(?:创建|所选|指定)?(?P<thing>\p{Han}{1,16}?)(?:元数据)?(?:中指定)?(?:的(?P<what>大小|最小值)|(?P<size>大小))",
        read: |hit| {
            let things = hit.group("thing");
            let last = things.rsplit_once('的').map_or(things, |(_, last)| last);
            let thing = thing(last, false);
            let what = match (hit.group("what"), thing.as_str()) {
                ("最小值", "image") => "minDisk",
                ("最小值", _) => "min",
                _ => "size",
            };
            let fact = format!("{thing}.{what}");
            // Without a word between, it must be a number or a field that is bounded.
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let is_named = hit.before.ends_with(|c: char| c.is_ascii_alphanumeric());
            if !hit.group("size").is_empty() && !is_number && !is_named {
                return None;
            }
            Some(compared(hit, &fact))
        },
    },
    Rule {
        name: "en.bounded-by-field",
        language: En,
        meaning: "not above (or below) another field",
        cues: &["than", "exceed"],
        pattern: r#"(?P<bound>greater than or equal to|(?:cannot|must not|not) (?:be )?(?:less|smaller|lower|earlier) than|less than or equal to|(?:cannot|must not|not) (?:be )?(?:greater|larger|more|higher|later) than|(?:cannot|must not|not) exceed|{must} be (?:less|smaller|lower|earlier) than|{must} be (?:greater|larger|higher|later|more) than) (?:(?:(?:the value of|that of) (?:the )?"?(?P<value>[a-z][a-z0-9_]*)|(?:the )?"?(?P<field>[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+[A-Z][A-Za-z0-9]*))"?)\s*(?:\.|,|;|$|parameter|field|value\b|and |or )"#,
        read: |hit| {
            let how = english_relation(hit);
            let to = [hit.group("field"), hit.group("value")].concat();
            // What is bounded by the field itself is something else, and "the given value" is no field.
            let is_own = hit.subject.name == Some(to.as_str());
            let is_word = hit.group("value").is_empty() && !to.contains(is_mark);
            (hit.about_field() && !is_own && !is_word)
                .then(|| Constraint::Relative { how, to }.into())
        },
    },
    Rule {
        name: "en.bounded-by-thing",
        language: En,
        meaning: "not above (or below) an attribute of another thing",
        cues: &["than"],
        pattern: r"(?P<bound>greater than or equal to|(?:cannot|must not|not) (?:be )?(?:less|smaller) than|less than or equal to|(?:cannot|must not|not) (?:be )?(?:greater|larger|more) than) the [a-z -]{3,60} of (?:the |an? )?(?P<thing>[a-z]{3,20}) \((?:the )?(?P<attribute>[a-z][a-z0-9]*_[a-z0-9_]+)(?: attribute| field| parameter)?\)",
        read: |hit| {
            let how = english_relation(hit);
            let to = format!(
                "{}.{}",
                thing(hit.group("thing"), false),
                hit.group("attribute")
            );
            hit.about_field()
                .then(|| Constraint::Relative { how, to }.into())
        },
    },
    Rule {
        name: "en.range",
        language: En,
        meaning: "a number from A to B",
        cues: &[
            "range",
            "between",
            "from",
            "at most",
            "integer",
            "value",
            "allowed",
            "permitted",
            "accepted",
        ],
        pattern: r"(?:ranges?|value range|valid range)\s*(?:is|of|:|are)?\s*(?P<opens>[\[(])(?P<from>-?[0-9]+(?:\.[0-9]+)?),\s?(?P<until>-?[0-9]+(?:\.[0-9]+)?)\s?(?P<closes>[\])])|(?:ranges?|value range|valid range|(?:valid|possible|allowed|permitted|accepted) values?|\b(?:allowed|permitted|accepted) are|\bvalue:)\s*(?:is|of|:|are|in)?\s*(?:between|from)?\s*[\[(]?\s*(?P<min>-?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:[a-z/]{0,8}|\([a-z ]{2,24}\))\s*(?:to|and|-|~|,\s)\s*(?P<max>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)\s*[\])]?|(?:must be |can be |value is |is |be |: ?)?(?:an?|any) (?:integer|number) (?:ranging |in the range )?(?:between|from|of) (?P<first>-?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?:to|and|-) ?(?P<last>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)|(?:must be|can be|value is|is|be|\blies?|\bfalls?) (?:between|from|within|in the range of) \[?(?P<low>-?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?:to|and|-|,) ?(?P<high>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)\]?|at least (?P<least>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)(?:,| and| but)+ at most (?P<most>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)\.?$",
        read: range,
    },
    Rule {
        name: "en.range-of-case",
        language: En,
        meaning: "an item that says from A to B of a unit in the case that it names",
        cues: &[" to ", "-", "~"],
        pattern: r"^(?P<case>[A-Za-z][^:.;]{2,40}): ?\[?(?P<min>[0-9][0-9,]*) ?(?:[KMGT]i?B)?(?: to |-|~)(?P<max>[0-9,]*[0-9]) ?(?:[KMGT]i?B)\]?\.?$",
        read: range_of_case,
    },
    Rule {
        name: "en.min",
        language: En,
        meaning: "a number (or, of a text, a length) of at least N",
        cues: &["min", "greater", "less than"],
        pattern: r"(?P<bound>minimum(?: parameter)?(?: value)?(?: is| of|:)|minimum (?P<noun>[a-z]{3,20}) is|greater than or equal to|(?:no|not|cannot be|must not be) (?:less|smaller|lower) than|greater than|larger than)\s*(?P<min>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)",
        read: |hit| {
            let bound = hit.group("bound").to_lowercase();
            let excluded = matches!(bound.as_str(), "greater than" | "larger than");
            let is_told = !(excluded && tells_which(hit));
            (is_told && !is_negated(hit) && bounds_a_number(hit)).then_some(())?;
            let min = hit.decimal("min")?;
            let inside = min.steps(step(hit, excluded))?;
            without(
                hit,
                labelled(hit, &bound, Some(inside), None)?,
                min,
                excluded,
            )
        },
    },
    Rule {
        name: "en.max",
        language: En,
        meaning: "a number (or, of a text, a length) of at most N",
        cues: &["max", "less", "exceed", "greater", "larger"],
        pattern: r"(?P<bound>maximum(?: parameter)?(?: value)?(?: is| of|:)|\bmax\.?:|maximum (?P<noun>[a-z]{3,20}) is|less than or equal to|(?:cannot|must not|not|no) (?:be )?(?:greater than|larger than|exceed|more than)|less than|smaller than)\s*(?P<max>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)",
        read: |hit| {
            let bound = hit.group("bound").to_lowercase();
            let excluded = matches!(bound.as_str(), "less than" | "smaller than");
            let is_told = !(excluded && tells_which(hit));
            (is_told && !is_negated(hit) && bounds_a_number(hit)).then_some(())?;
            let max = hit.decimal("max")?;
            let inside = max.steps(-step(hit, excluded))?;
            without(
                hit,
                labelled(hit, &bound, None, Some(inside))?,
                max,
                excluded,
            )
        },
    },
    Rule {
        name: "en.or-beyond",
        language: En,
        meaning: "a number and what lies beyond it on one side",
        cues: &[
            " or larger",
            " or greater",
            " or more",
            " or higher",
            " or above",
            " or less",
            " or smaller",
            " or lower",
            " or below",
        ],
        pattern: r"\b(?:be|is|are|value:) (?P<end>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?) or (?:(?P<up>larger|greater|more|higher|above)|less|smaller|lower|below)(?P<next>\.|,|;|$)",
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let end = Some(hit.decimal("end")?);
            let (min, max) = match hit.group("up") {
                "" => (None, end),
                _ => (end, None),
            };
            is_number.then(|| bounds(hit, min, max)).flatten()
        },
    },
    Rule {
        name: "zh.extremes",
        language: Zh,
        meaning: "the highest and the lowest of some ranks",
        cues: &["最高", "最低"],
        pattern: r"(?P<one>[0-9]{1,4})\s*(?:为|是)?最(?:高|大|低|小)[^,。；0-9]{0,4},\s*(?P<two>[0-9]{1,4})\s*(?:为|是)?最(?:高|大|低|小)",
        read: |hit| {
            let (one, two) = (hit.decimal("one")?, hit.decimal("two")?);
            bounds(hit, Some(one.min(two)), Some(one.max(two)))
        },
    },
];

/// A value that another one bounds.
fn compared(hit: &Hit, to: &str) -> Heard {
    let bound = [hit.group("bound"), hit.group("how")].concat();
    let least = matches!(
        bound.as_str(),
        "不小于"
            | "不能小于"
            | "不得小于"
            | "不可小于"
            | "不低于"
            | "不能低于"
            | "不得低于"
            | "不可低于"
            | "不少于"
            | "不能少于"
            | "不得少于"
            | "不可少于"
            | "大于等于"
    );
    let how = if least {
        Relation::AtLeast
    } else {
        Relation::AtMost
    };
    let to = to.to_owned();
    Constraint::Relative { how, to }.into()
}

fn english_relation(hit: &Hit) -> Relation {
    const LESS: [&str; 4] = ["less than", "smaller than", "lower than", "earlier than"];
    let bound = hit.group("bound").to_lowercase();
    let is_denied = bound.contains("not ");
    let is_strict = bound.starts_with("must be") || bound.starts_with("should be");
    let names_less = LESS.iter().any(|words| bound.ends_with(words));
    match (is_strict, names_less) {
        (true, true) => Relation::Below,
        (true, false) => Relation::Above,
        (false, _) if bound == "greater than or equal to" => Relation::AtLeast,
        (false, true) if is_denied => Relation::AtLeast,
        (false, _) => Relation::AtMost,
    }
}

pub(super) fn range(hit: &Hit) -> Option<Heard> {
    let any = |names: [&str; 4]| names.into_iter().find_map(|name| hit.decimal(name));
    let (from, until) = (hit.decimal("from"), hit.decimal("until"));
    let min = from.or_else(|| any(["min", "low", "least", "first"]))?;
    let max = until.or_else(|| any(["max", "high", "most", "last"]))?;
    // "A port range (1-30)" of a text is an example of one.
    if *hit.kind() == Kind::String && hit.whole().contains('(') {
        return None;
    }
    if super::alone::lists_on(hit) {
        return None;
    }
    // "From 1 to 9, separated by commas": each of several numbers, and no number is the text.
    if *hit.kind() == Kind::String && hit.near().contains("separated by") {
        return None;
    }
    // "The row is from 01 to 24": a part that is written with so many digits.
    if *hit.kind() == Kind::String && hit.whole().contains(" 0") && min > 0.into() {
        return None;
    }
    // "0 to 2 32": the sign of a power was lost in print.
    if hit
        .after
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let goes_on = hit.after.starts_with(['-', '/', ':', '.'])
        && !hit.after.starts_with(". ")
        && !hit.after.starts_with(".)");
    (min <= max && !(goes_on && hit.after.len() > 1)).then_some(())?;
    let excluded = excluded(hit);
    let ends = [min, max];
    // "(0, 9]": what a round bracket stands beside is left out.
    let open = [hit.group("opens") == "(", hit.group("closes") == ")"];
    let min = min.steps(i64::from(excluded == Some(min)) + step(hit, open[0]));
    let max = max.steps(-i64::from(excluded == Some(max)) - step(hit, open[1]));
    (min <= max).then_some(())?;
    if is_of_each(hit) {
        return Some(Constraint::Range { min, max }.into());
    }
    let (mut parts, read_on) = other_ranges(hit.after);
    parts.extend(number_before(hit.before).map(|number| (number, number)));
    let is_one = parts.is_empty();
    parts.extend(min.zip(max));
    let least = parts.iter().map(|(min, _)| *min).min();
    let most = parts.iter().map(|(_, max)| *max).max();
    let heard = without(hit, bounds(hit, least, most)?, ends[0], open[0])?;
    let mut heard = without(hit, heard, ends[1], open[1])?;
    let ranges =
        |(said, _): &(Constraint, Option<String>)| matches!(said, Constraint::Range { .. });
    if has_gaps(&mut parts) && heard.constraints.iter().any(ranges) {
        heard.constraints.push((in_parts(&parts), None));
    }
    Some(match is_one {
        true => heard,
        false => heard.reading_on(read_on),
    })
}

/// "Each weight ranges from 0 to 9": of the items of a list, and not of how many there are.
fn is_of_each(hit: &Hit) -> bool {
    let clause = hit.before.rsplit([',', '。', '；', '.']).next();
    let clause = clause.unwrap_or("").trim_start().to_lowercase();
    let is_each = ["每个", "每项", "单个", "each "];
    let holds_many = matches!(hit.subject.kind, Some(Kind::Array(_) | Kind::Map { .. }));
    holds_many && is_each.iter().any(|word| clause.starts_with(word))
}

fn range_of_case(hit: &Hit) -> Option<Heard> {
    let (min, max) = (hit.decimal("min")?, hit.decimal("max")?);
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
    let scope = Scope::Case(hit.group("case").to_owned());
    let holds = Box::new(Constraint::Range {
        min: Some(min),
        max: Some(max),
    });
    (is_number && min <= max).then(|| Constraint::Within { scope, holds }.into())
}

/// "If the oil is less than 3 …" and "… when the oil is less than 3": that is a condition.
static CONDITION: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^\s*(?:If|When)\b[^,]*$|\b(?:if|when|where) [^,.]*$"));

/// What a name of several words has in it, and no word of a sentence.
fn is_mark(c: char) -> bool {
    c == '_' || c.is_ascii_uppercase()
}

/// "From 0 to 100 (excluding 100)": the number of the brackets.
fn excluded(hit: &Hit) -> Option<Decimal> {
    static EXCLUDED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"^\s*[,(]\s*(?:不包(?:含|括)|不含|(?i:excluding|exclusive of|not including))\s*(?P<number>-?[0-9]{1,12})",
        )
    });
    Decimal::parse(EXCLUDED.captures(hit.after)?.name("number")?.as_str())
}

/// "3600*24" is no number that a reader of digits knows.
fn is_part_of_a_sum(hit: &Hit) -> bool {
    hit.after.trim_start().starts_with(['*', '×', '^'])
}

/// "Where there are more than 5 of them" says when something else holds.
fn is_a_case(hit: &Hit) -> bool {
    const CASE: [&str; 4] = ["的情况", "的场景", "的时候", "时,"];
    let after = hit.after.trim_start();
    // "At most 300 litres: in steps of 1" heads what holds then.
    static HEAD: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^(?:[A-Za-z/]{1,8}|\p{Han}{1,3})?\s*:"));
    // "If it is more than 400 or 0, 400 is taken" refuses neither.
    static TAKEN: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^[^。；]{0,16},则?(?:会|将)?(?:使用|按|取|采用)"));
    let clause = hit.before.rsplit(['。', '；']).next().unwrap_or_default();
    let is_taken = (clause.contains("如果") || clause.contains('若')) && TAKEN.is_match(after);
    CASE.iter().any(|word| after.starts_with(word)) || HEAD.is_match(after) || is_taken
}

/// "Not greater than 5" bounds the other end than "greater than 5".
fn is_negated(hit: &Hit) -> bool {
    const NOT: [&str; 10] = [
        "不",
        "不能",
        "不可",
        "不得",
        "不允许",
        "no",
        "not",
        "not be",
        "cannot be",
        "never",
    ];
    let before = hit.before.trim_end().to_lowercase();
    NOT.iter().any(|word| before.ends_with(word))
}

/// "The minimum depth is 5" is a bound of a number; of anything else it may be about another thing.
fn bounds_a_number(hit: &Hit) -> bool {
    hit.group("noun").is_empty() || matches!(hit.kind(), Kind::Integer | Kind::Number)
}

/// "0.5": whole numbers are all that a range can be read in.
fn is_part_of_a_fraction(hit: &Hit) -> bool {
    let before = hit.before.strip_suffix('.');
    let ends_in_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let after = hit.after.strip_prefix('.');
    let starts_in_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    before.is_some_and(ends_in_digit) || after.is_some_and(starts_in_digit)
}

/// How far the next number is from a bound that is excluded: of whole numbers one; others come as near
/// as they like.
fn step(hit: &Hit, excluded: bool) -> i64 {
    i64::from(excluded && *hit.kind() != Kind::Number)
}

/// The same without an end that is excluded: of numbers with decimals none comes next to it.
fn without(hit: &Hit, mut heard: Heard, end: Decimal, excluded: bool) -> Option<Heard> {
    let ranges = heard
        .constraints
        .iter()
        .any(|(said, _)| matches!(said, Constraint::Range { .. }));
    if excluded && ranges && *hit.kind() == Kind::Number {
        // Ends that two sentences state are joined where nothing stands between them.
        let is_least = matches!(heard.constraints[0].0, Constraint::Range { max: None, .. });
        let place = if is_least { 0 } else { heard.constraints.len() };
        heard.constraints.insert(place, (left_out(end), None));
    }
    Some(heard)
}

/// That one number alone will not do.
pub(super) fn left_out(end: Decimal) -> Constraint {
    let end = match end.whole() {
        Some(whole) => Scalar::Integer(whole),
        None => Scalar::Decimal(end.to_string()),
    };
    Constraint::Except(vec![end])
}

/// A range of the field; of a whole operation no number is known.
pub(super) fn bounds(hit: &Hit, min: Option<Decimal>, max: Option<Decimal>) -> Option<Heard> {
    // "below 30 litres …": with or without its unit, what 时 follows is a condition.
    let unit = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | ' ');
    let is_condition = hit.after.trim_start_matches(unit).starts_with('时');
    let is_example = hit.before.contains("例如") || hit.before.contains("比如");
    let is_total = ["总条数", "总数", "总量"]
        .iter()
        .any(|total| hit.before.ends_with(total));
    if is_total || is_part_of_a_fraction(hit) {
        return None;
    }
    if !hit.about_field() || is_condition || is_example || CONDITION.is_match(hit.before) {
        return None;
    }
    if hit.before.ends_with("建议") {
        let advised = Constraint::Range { min, max };
        return Some(Heard::from(advised).advised());
    }
    let clause = hit.before.rsplit([',', '。']).next().unwrap_or("");
    let counts = clause.contains('个') || hit.whole().contains('个') || hit.after.starts_with('个');
    // Of a list or a map of texts nothing but its length is a number.
    let is_of_numbers = matches!(hit.kind(), Kind::Integer | Kind::Number);
    let holds_many = matches!(hit.subject.kind, Some(Kind::Array(_) | Kind::Map { .. }));
    if holds_many && (counts || !is_of_numbers) {
        return count(min, max);
    }
    if *hit.kind() == Kind::String && of_text::is_length(hit) {
        let (min, max) = (natural(min), natural(max));
        let unit = Unit::Characters;
        return Some(Constraint::Length { min, max, unit }.into());
    }
    if *hit.kind() == Kind::String && of_text::is_of_parts(hit) {
        return None;
    }
    Some(Constraint::Range { min, max }.into())
}

fn count(min: Option<Decimal>, max: Option<Decimal>) -> Option<Heard> {
    let (min, max) = (natural(min), natural(max));
    Some(Constraint::ItemCount { min, max }.into())
}

fn natural(number: Option<Decimal>) -> Option<u64> {
    u64::try_from(number?.whole()?).ok()
}

/// A bare "Minimum: 1" means what the kind makes of it: a value, a length, a number of items.
fn labelled(hit: &Hit, bound: &str, min: Option<Decimal>, max: Option<Decimal>) -> Option<Heard> {
    let is_bare = bound == "minimum:" || bound == "maximum:";
    match hit.subject.kind {
        Some(Kind::String) if is_bare => {
            let (min, max) = (natural(min), natural(max));
            let unit = Unit::Characters;
            Some(Constraint::Length { min, max, unit }.into())
        }
        Some(Kind::Array(_)) if is_bare => count(min, max),
        _ => bounds(hit, min, max),
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.max",
        "Integer",
        "How many lamps are lit. Max.: 90.",
        "range ..=90",
    ),
    (
        "en.neither-less-nor-more",
        "Integer",
        "The height of the lamp must not be less than 20 or more than 90.",
        "range 20..=90",
    ),
    (
        "en.min",
        "Integer",
        "The value is an integer greater than 0.\nMinimum: 0",
        "range 1.. when the documented case\nrange 0..",
    ),
    (
        "en.range",
        "Integer",
        "The glow. Value range: (0, 9).",
        "range 1..=8",
    ),
    (
        "en.range",
        "Integer",
        "The glow. The value range is [0, 90).",
        "range 0..=89",
    ),
    (
        "en.range",
        "Integer",
        "Drops of oil. Value range: (0, 2^32).",
        "range 1..=4294967295",
    ),
    (
        "zh.range",
        "Integer",
        "油滴数，取值范围：0~2^16-1。",
        "range 0..=65535",
    ),
    (
        "en.range",
        "Integer",
        "The height of the lamp. It must lie between 20 and 90 and be a multiple of 5.",
        "range 20..=90\nmultiple of 5",
    ),
    (
        "en.range",
        "Map of Strings",
        "The new marks. There may be from 0 to 9 of them.",
        "items 0..=9",
    ),
    (
        "en.range",
        "Integer",
        "Lamps per page. Allowed are 1 to 25.",
        "range 1..=25",
    ),
    ("zh.min", "Number", "灯油，最小0.05。", "range 0.05.."),
    (
        "en.range",
        "Integer",
        "The place of the lamp. The value ranges from 1 to 9, or 40, or 60 to 70.",
        "range 1..=70\nother: in parts: 1 to 9, 40, 60 to 70",
    ),
    (
        "zh.range",
        "Integer",
        "灯位，取值范围：1~9或60~70。",
        "range 1..=70\nother: in parts: 1 to 9, 60 to 70",
    ),
    (
        "en.not-negative",
        "Integer",
        "Which lamp comes first. The value consists of 0 and positive integers.",
        "range 0..",
    ),
    (
        "en.min",
        "Integer",
        "The number of lamps. The minimum parameter value is 2.",
        "range 2..",
    ),
    (
        "en.bounded-by-field",
        "Integer",
        "The number of lamps that are shown does not exceed the value of **lamp**. The value cannot be greater than the **tower_max** value.",
        "at most tower_max",
    ),
    (
        "en.or-beyond",
        "Integer",
        "The number of the wick. The value must be 3 or larger.",
        "range 3..",
    ),
    (
        "en.min",
        "Integer",
        "The minimum height is 7 and the maximum height is 90.",
        "range 7..=90",
    ),
    (
        "en.bounded-by-field",
        "Number",
        "The value must be less than that of glow.",
        "less than glow",
    ),
    (
        "en.bounded-by-field",
        "Integer",
        "It must be greater than the value of dim_level.",
        "more than dim_level",
    ),
    (
        "en.bounded-by-field",
        "Integer",
        "The value does not exceed that of total.",
        "at most total",
    ),
    (
        "zh.extremes",
        "Integer",
        "灯的等级，1最高，5最低。",
        "range 1..=5",
    ),
    (
        "en.range",
        "Integer",
        "The new glow. The value range is [0,9].",
        "range 0..=9",
    ),
    ("zh.max", "Integer", "灯数，最大90。", "range ..=90"),
    (
        "en.bounded-by-field",
        "Integer",
        "It must not be smaller than least_lamp and cannot exceed 90.",
        "at least least_lamp\nrange ..=90",
    ),
    (
        "zh.range",
        "Array of String",
        "灯的亮度，每个亮度取值范围0-100。",
        "range 0..=100",
    ),
    (
        "zh.bounded-by-thing",
        "Integer",
        "灯高应不小于灯塔中灯室的最小值（min_height属性）。",
        "at least 灯塔.min_height",
    ),
    (
        "zh.bounded-by-thing",
        "Integer",
        "灯的盏数，且不能多于灯塔的灯位数（places）。",
        "at most 灯塔.places",
    ),
    (
        "zh.bounded-by-size",
        "Integer",
        "灯高。点灯时，不能小于快照大小。",
        "at least snapshot.size",
    ),
    (
        "en.range",
        "Integer",
        "The glow. The value ranges from 1 (weakest) to 5 (strongest).",
        "range 1..=5",
    ),
    (
        "zh.ends-with-unit",
        "Number",
        "灯油，单位为升，最小0.01，最大9.5。",
        "other: unit 升\nrange 0.01..=9.5",
    ),
    (
        "en.range",
        "Integer",
        "The value can be any integer from 1 to 40 except 13.",
        "range 1..=40\nnone of 13",
    ),
    (
        "zh.range",
        "Number",
        "灯油，取值范围0.5~18.5，保留一位小数。",
        "range 0.5..=18.5",
    ),
    (
        "en.range",
        "Number",
        "The heat. Value range: -5.5 to 42.5.",
        "range -5.5..=42.5",
    ),
    (
        "en.range",
        "Number",
        "Where the lamp points. Valid values: 0 to 359.9.",
        "range 0..=359.9",
    ),
    (
        "zh.range",
        "Number",
        "点灯的延时，取值范围0~2.5。",
        "range 0..=2.5",
    ),
    (
        "zh.range-brackets",
        "Number",
        "灯高，取值范围(0, 3600]。",
        "range 0..=3600\nnone of 0",
    ),
    ("zh.from-on", "Integer", "灯位号，从1开始。", "range 1.."),
    (
        "zh.range-brackets",
        "Integer",
        "灯高，取值范围(0, 3600]。",
        "range 1..=3600",
    ),
    (
        "zh.max",
        "Integer",
        "批大小，默认为40，建议不超过90。",
        "default 40\nrange ..=90 when advised",
    ),
    (
        "zh.ends-with-unit",
        "Integer",
        "油量，单位GB，最小10GB，最大400GB。",
        "other: unit GB\nrange 10..=400",
    ),
    (
        "zh.not-negative",
        "Integer",
        "灯数，取值为正整数，必须是4的整数倍。",
        "range 1..\nmultiple of 4",
    ),
    (
        "en.bounded-by-field",
        "Integer",
        "The value must be less than or equal to that of max_height.",
        "at most max_height",
    ),
    (
        "zh.range-of-integers",
        "Integer",
        "灯位，3到7的整数，3表示塔顶。",
        "range 3..=7",
    ),
    (
        "en.range",
        "Integer",
        "Value range: an integer from 2 to 9.",
        "range 2..=9",
    ),
    (
        "en.range",
        "Integer",
        "It ranges from 1 to 90. The step is 6 when the height is between 30 and 90.",
        "range 1..=90",
    ),
    (
        "zh.range-of-case",
        "Integer",
        "灯高，其限制如下：港口灯：2GB-30GB。塔灯：40GB-90GB。",
        "range 2..=30 when 港口灯\nrange 40..=90 when 塔灯",
    ),
    (
        "en.range",
        "Integer",
        "The height of a tower lamp ranges from 1 to 24, and that of a harbour lamp ranges from 10 to 32.",
        "range 1..=24 when the documented case\nrange 10..=32 when the documented case",
    ),
    (
        "zh.range",
        "Integer",
        "灯高取值范围：1~90。雾天灯高的取值范围为2~9。",
        "range 1..=90\nrange 2..=9 when the documented case",
    ),
    (
        "en.range",
        "Integer",
        "How high it burns. Value range: 0 to 100 (excluding 100).",
        "range 0..=99",
    ),
    (
        "zh.min",
        "Integer",
        "灯高，大于0。小于等于60*24。",
        "range 1..",
    ),
    (
        "zh.range-brackets",
        "Integer",
        "参数解释:\n灯高。\n取值范围:\n[1,365]\n默认取值:\n30",
        "range 1..=365\ndefault 30",
    ),
    (
        "en.range",
        "Integer",
        "Definition:\nThe height.\nRange:\n1-365",
        "range 1..=365",
    ),
    (
        "en.range",
        "Integer",
        "At least 1 and at most 90.",
        "range 1..=90",
    ),
    (
        "zh.min",
        "Integer",
        "灯数，不小于0且不大于5的整数。",
        "range 0..=5",
    ),
    ("zh.min", "Integer", "灯高不得小于3", "range 3.."),
    (
        "zh.min",
        "String",
        "灯名。灯数（lamps的值）大于1的情况下，为示区别，灯名后会加编号。灯号不得小于2",
        "range 2..",
    ),
    (
        "en.max",
        "Integer",
        "The number must be no greater than 1,500.",
        "range ..=1500",
    ),
    (
        "en.min",
        "Integer",
        "The number must be no less than 2.",
        "range 2..",
    ),
    (
        "en.min",
        "Number",
        "The oil. Minimum value: 0.5. Maximum value: 90.",
        "range 0.5..=90",
    ),
    (
        "en.max",
        "Array of String",
        "Specifies the wicks. The list length cannot exceed 50.",
        "items ..=50",
    ),
    (
        "zh.min",
        "Number",
        "灯比，大于0且小于等于1。",
        "none of 0\nrange 0..=1",
    ),
    (
        "en.range",
        "Integer",
        "Wicks. If lampType is oil, the value ranges from 1 to 9. If lampType is gas, the value ranges from 1 to 3.",
        "range 1..=9 when lampType == oil\nrange 1..=3 when lampType == gas",
    ),
    (
        "zh.range",
        "Integer",
        "灯高，取值范围：0~100",
        "range 0..=100",
    ),
    (
        "zh.range",
        "Integer",
        "起始灯号，范围1-77，且不大于last_lamp。",
        "range 1..=77\nat most last_lamp",
    ),
    (
        "zh.range-brackets",
        "Integer",
        "输入大小范围为 [1,24]",
        "range 1..=24",
    ),
    ("zh.min", "Integer", "必须大于0", "range 1.."),
    ("zh.min", "Integer", "最小值：3\n最大值：9", "range 3..=9"),
    ("zh.max", "Integer", "灯数，最大值为500。", "range ..=500"),
    (
        "zh.not-negative",
        "Integer",
        "灯数，不能为负数",
        "range 0..",
    ),
    (
        "zh.bounded-by-field",
        "Integer",
        "取值必须大于等于first_lamp",
        "at least first_lamp",
    ),
    (
        "zh.bounded-by-thing",
        "Integer",
        "灯高应不小于灯塔规定的最小值(灯塔的min_height属性)。",
        "at least 灯塔.min_height",
    ),
    (
        "zh.bounded-by-size",
        "Integer",
        "灯高不能小于创建灯塔的源快照的大小。",
        "at least snapshot.size",
    ),
    (
        "zh.bounded-by-size",
        "Integer",
        "灯高应大于等于镜像元数据中指定的最小值。",
        "at least image.minDisk",
    ),
    (
        "en.bounded-by-thing",
        "Integer",
        "It must be greater than or equal to the least height of the tower (min_height attribute).",
        "at least tower.min_height",
    ),
    (
        "en.range",
        "Integer",
        "The value ranges from 1 to 5.",
        "range 1..=5",
    ),
    (
        "en.range",
        "Integer",
        "Must be between 3 and 9.",
        "range 3..=9",
    ),
    (
        "zh.range-of-case",
        "Integer",
        "灯油量。\n- 大灯：1MB~1024MB",
        "range 1..=1024 when 大灯",
    ),
    (
        "en.range-of-case",
        "Integer",
        "Specifies the oil, in MB.\n- Full lamp: 1 MB to 1024 MB\n- Spare can: 10 MB to 32768 MB",
        "other: unit MB\nrange 1..=1024 when Full lamp\nrange 10..=32768 when Spare can",
    ),
    (
        "en.min",
        "Integer",
        "Minimum: 1\nMaximum: 64",
        "range 1..=64",
    ),
    ("en.max", "String", "Maximum: 64", "length ..=64 characters"),
    (
        "en.not-negative",
        "Integer",
        "The depth cannot be negative.",
        "range 0..",
    ),
];
