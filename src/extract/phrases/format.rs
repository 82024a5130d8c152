//! Formats that text has.

use std::sync::LazyLock;

use super::one_or::{value_before, value_beside};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::things::thing;
use crate::contract::{Constraint, Format, Kind, MAIL_ADDRESS, Scope};
use crate::extract::pattern::{Captures, Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.uuid-or-empty",
        language: Zh,
        meaning: "a UUID in one case, left blank in others",
        cues: &["uuid"],
        pattern: r"(?i:UUID)[^。]*?[。；;,]?\s*(?:否则|其他情况)[^。]*?(?:留空|为空)",
        read: |hit| format(hit, Format::Uuid, true),
    },
    Rule {
        name: "zh.uuid",
        language: Zh,
        meaning: "in UUID format",
        cues: &["uuid"],
        pattern: r"格式\s*(?:为|是|:)?\s*(?:通用唯一识别码)?\s*(?:\([^()]*)?(?i:UUID)\)?|(?i:UUID)\s*(?:格式|形式)|(?:合法|有效)的?\s*(?i:UUID)",
        read: |hit| format(hit, Format::Uuid, false),
    },
    Rule {
        name: "zh.email",
        language: Zh,
        meaning: "an address for mail",
        cues: &["邮箱", "邮件"],
        pattern: r"(?:符合|满足|为)(?:正确的|有效的|合法的)?(?:电子)?(?:邮箱|邮件)(?:地址)?(?:的)?格式|(?:邮箱|邮件)(?:地址)?格式(?:为|是|:)\s*\S+@\S+",
        read: email,
    },
    Rule {
        name: "en.email",
        language: En,
        meaning: "an address for mail",
        cues: &["mail"],
        pattern: r"must be (?:a valid|an) e-?mail address|in (?:the )?(?:valid )?e-?mail(?: address)? format",
        read: email,
    },
    Rule {
        name: "zh.is-email",
        language: Zh,
        meaning: "what the field is called: an address for mail",
        cues: &["邮箱", "邮件地址"],
        pattern: r"^\p{Han}{0,12}?(?:电子)?(?:邮箱(?:地址)?|邮件地址)(?P<next>[。,；]|$)",
        read: is_email,
    },
    Rule {
        name: "en.is-email",
        language: En,
        meaning: "what the field is called: an address for mail",
        cues: &["mail address"],
        pattern: r"^(?:(?:specifies|indicates) )?(?:the |an? )?(?:[a-z]+ ){0,2}e-?mail address(?:es)?(?P<next> of | to which| for | where|\.|,|;|$)",
        read: is_email,
    },
    Rule {
        name: "zh.is-uuid",
        language: Zh,
        meaning: "a phrase that names a UUID and nothing else",
        cues: &["uuid"],
        pattern: r"^[^,:或。]{0,24}?(?i:UUID)\s*(?:[。；]?$|[,\s])|(?i:\buuid)\s*为[^,。]{1,12}的(?i:uuid)",
        read: |hit| match WITHOUT_HYPHENS.is_match(head(hit.rest, 60)) {
            true => Some(Constraint::Pattern("^[0-9a-fA-F]{32}$".to_owned()).into()),
            false => format(hit, Format::Uuid, false),
        },
    },
    Rule {
        name: "zh.or-uuid",
        language: Zh,
        meaning: "one of two forms, the second a UUID or an address: that format holds for the second",
        cues: &["uuid", "ur"],
        pattern: r"^(?P<first>[^,。:;；]{1,20}?)或(?:者)?[^,。:;；]{0,12}?(?P<what>(?i:UUID|URL|URI))\s*(?:[。；,]|$|\s)",
        read: second_form,
    },
    Rule {
        name: "zh.time",
        language: Zh,
        meaning: "an ISO 8601 time, its template printed or taken from the example",
        cues: &["8601", "时间格式", "时间戳格式", "utc时间"],
        pattern: r"(?:时间戳?)?(?:格式)?(?:为|符合|采用|是)?\s*(?i:ISO)\s*8601(?:\s*(?:时间)?格式|标准)?|时间戳?格式(?:为|是)?|格式\s*(?:为|是|:)\s*UTC时间",
        read: time,
    },
    Rule {
        name: "zh.time-template",
        language: Zh,
        meaning: "a time whose template is printed",
        cues: &["yyyy"],
        pattern: LABELLED,
        read: printed_time,
    },
    Rule {
        name: "zh.date-template",
        language: Zh,
        meaning: "a date whose template is printed",
        cues: &["yyyy"],
        pattern: DATE,
        read: printed_date,
    },
    Rule {
        name: "zh.clock-template",
        language: Zh,
        meaning: "a time of day whose template is printed",
        cues: &["hh:mm"],
        pattern: CLOCK,
        read: printed_clock,
    },
    Rule {
        name: "zh.base64",
        language: Zh,
        meaning: "encoded with Base64, perhaps empty",
        cues: &["base64"],
        pattern: r"(?:取?值?{必须}?为)?(?i:base64)\s*(?:格式)?\s*(?:进行)?编码(?:之?后)?的?(?:结果|内容|字符串|数据)?(?P<empty>或(?:者)?空(?:字符)?串)?",
        read: |hit| format(hit, Format::Base64, !hit.group("empty").is_empty()),
    },
    Rule {
        name: "zh.either-address",
        language: Zh,
        meaning: "an address of either version",
        cues: &["ipv6"],
        pattern: r"IPv4\s*(?:地址)?\s*(?:或者?|/|、|和)\s*IPv6\s*地址(?P<next>[。,；]|$)",
        read: |hit| format(hit, Format::Ip, false),
    },
    Rule {
        name: "zh.address",
        language: Zh,
        meaning: "in the format of an address: IPv4, IPv6, IP, CIDR, MAC, URL",
        cues: &["格式", "地址", "xx:xx"],
        pattern: r"(?P<what>(?i:IPv4|IPv6|IP|CIDR|MAC|URL|URI|JSON))\s*(?:地址)?\s*格式|格式\s*(?:为|是|:)\s*(?P<that>(?i:IPv4|IPv6|IP|CIDR|MAC|URL|URI|JSON))|^(?:指定的|固定|固定的)?(?P<alone>IPv4|IPv6|IP|MAC)地址[。]?$|(?:仅|只)(?:能)?(?:支持|填写?)?(?P<only>IPv4|IPv6)\s*地址|(?P<pairs>[Xx]{2}(?::[Xx]{2}){5})",
        read: address,
    },
    Rule {
        name: "zh.named-address",
        language: Zh,
        meaning: "a phrase that names an address, or a network, and nothing else",
        cues: &["ipv4", "ipv6", "网段", "url", "uri"],
        pattern: r"^[^,。；:]{0,16}?(?P<what>IPv4|IPv6)\s*地址(?P<next>[,。；]|$)|(?:(?i:IPv4|IPv6|IP))?\s*(?P<net>网段)格式|(?:有效|合法)的?\s*(?P<that>IPv4|IPv6|IP)\s*地址|(?:为|是)(?:有效|合法|正确)的?\s*(?P<only>URL|URI)\b",
        read: address,
    },
    Rule {
        name: "en.named-address",
        language: En,
        meaning: "a phrase that names an address and nothing else",
        cues: &["ipv4 address", "ipv6 address"],
        pattern: r"^(?:specifies |indicates )?(?:the |an? )?(?:[a-z-]+ ){0,2}?(?P<what>IPv4|IPv6) address(?P<next>\.|,|$| of (?:the|a|an) )",
        read: address,
    },
    Rule {
        name: "zh.template",
        language: Zh,
        meaning: "built like a template with names in braces or a quoted sample",
        cues: &["格式"],
        pattern: r#"格式\s*(?:为|是|:|如)?\s*:?\s*(?:(?P<template>(?:[A-Za-z0-9_.:/-]*\{[^{}]{1,40}\}[.:/ _-]{0,2})+)|"(?P<quoted>[^"\p{Han}]{2,60})"|(?P<paren>[a-z]{1,20}\([a-z]{1,10}\)))"#,
        read: template,
    },
    Rule {
        name: "zh.regular-expression",
        language: Zh,
        meaning: "a regular expression, printed whole",
        cues: &["正则"],
        pattern: REGULAR,
        read: regular,
    },
    Rule {
        name: "en.regular-expression",
        language: En,
        meaning: "a regular expression, printed whole",
        cues: &["regular expression", "regex", "pattern", "must match"],
        pattern: REGULAR,
        read: regular,
    },
    Rule {
        name: "en.uuid-or-empty",
        language: En,
        meaning: "a UUID in one case, left blank in others",
        cues: &["uuid"],
        pattern: r"UUID\b[^.]*\.?\s*(?:in other (?:scenarios|cases)|otherwise|if not),?[^.]*(?:blank|empty)[^.]*",
        read: |hit| format(hit, Format::Uuid, true),
    },
    Rule {
        name: "en.uuid",
        language: En,
        meaning: "in UUID format",
        cues: &["uuid"],
        pattern: r"(?:in|using|follows?)(?: a| the)? UUID(?: format)?|UUID format|format of (?:a )?(?:universally unique identifier \()?UUID\b\)?",
        read: |hit| format(hit, Format::Uuid, false),
    },
    Rule {
        name: "en.or-uuid",
        language: En,
        meaning: "one of two forms, the second a UUID or an address: that format holds for the second",
        cues: &[" or "],
        pattern: r"^(?:specifies|indicates) (?:the )?(?P<first>[a-z0-9 -]{1,40}?) or (?P<what>UUID|URL|URI)\b(?: of (?:the |an? )?(?P<of>[a-z ]{2,30}?))?(?: (?:used|that|for|to)\b|[.,]|$)",
        read: second_form,
    },
    Rule {
        name: "en.is-uuid",
        language: En,
        meaning: "a sentence that names a UUID",
        cues: &["uuid"],
        pattern: r"^(?:specifies|indicates) (?:the|a) (?:[a-z-]+ ){0,4}UUID\b|(?:is|be) (?:a |the )?(?:valid )?UUID\b",
        read: |hit| format(hit, Format::Uuid, false),
    },
    Rule {
        name: "en.time",
        language: En,
        meaning: "an ISO 8601 time, its template printed or taken from the example",
        cues: &["8601", "timestamp format", "time format"],
        pattern: r"(?:the )?(?:time ?stamp|time|date) format (?:is|complies with|follows|must be)?\s*|(?:format )?(?:is |complies with |follows |in (?:the )?)?ISO ?8601(?: time)?(?: format| standard)?",
        read: time,
    },
    Rule {
        name: "en.time-template",
        language: En,
        meaning: "a time whose template is printed",
        cues: &["yyyy"],
        pattern: PRINTED,
        read: printed_time,
    },
    Rule {
        name: "en.date-template",
        language: En,
        meaning: "a date whose template is printed",
        cues: &["yyyy"],
        pattern: DATE,
        read: printed_date,
    },
    Rule {
        name: "en.clock-template",
        language: En,
        meaning: "a time of day whose template is printed",
        cues: &["hh:mm"],
        pattern: CLOCK,
        read: printed_clock,
    },
    Rule {
        name: "en.base64",
        language: En,
        meaning: "encoded with Base64, perhaps empty",
        cues: &["base64"],
        pattern: r"(?:encoded (?:using|with|in|by) base64|base64[- ]encoded|base64 (?:encoding|format))(?P<empty>(?: or|,)? (?:or )?(?:is )?an? empty string)?",
        read: |hit| format(hit, Format::Base64, !hit.group("empty").is_empty()),
    },
    Rule {
        name: "en.either-address",
        language: En,
        meaning: "an address of either version",
        cues: &["ipv6"],
        pattern: r"address(?:es)? (?:can|must|may|should) be (?:an? )?IPv4(?: address)? or (?:an? )?IPv6(?: address)?",
        read: |hit| format(hit, Format::Ip, false),
    },
    Rule {
        name: "en.address",
        language: En,
        meaning: "in the format of an address: IPv4, IPv6, IP, CIDR, MAC, URL",
        cues: &["format", "must be", "notation", "addresses", "xx:xx"],
        pattern: r"(?:in|using) (?:the |an? )?(?:IPv[46] )?(?P<what>IPv4|IPv6|IP|CIDR|MAC|URL|URI|JSON)(?: address)? (?:format|notation)|must be (?:a |an )?(?:valid )?(?P<that>IPv4|IPv6|IP|CIDR|MAC|URL|URI)(?: address| block)?\b|only (?P<only>IPv4|IPv6) addresses are supported|(?P<pairs>xx(?::xx){5})",
        read: address,
    },
    Rule {
        name: "en.template",
        language: En,
        meaning: "built like a template with names in braces",
        cues: &["format"],
        pattern: r"in (?:the )?(?P<template>[a-z0-9_.:/-]*(?:\{[^{}]{1,40}\}[a-z0-9_.:/-]*)+) format|format is (?P<paren>[a-z]{1,20} ?\([a-z]{1,10}\))|format(?: is| of|:)? (?P<after>[a-z0-9_.:/-]*(?:\{[^{}]{1,40}\}[.:/_-]?)+)",
        read: template,
    },
];

/// A format of the field; of a whole operation nothing has a format.
fn format(hit: &Hit, format: Format, or_empty: bool) -> Option<Heard> {
    let before_encoding = hit.after.starts_with('前') || hit.after.starts_with("之前");
    // "A UUID or 0": other values have no format.
    let or_other = hit.after.trim_start().strip_prefix("or ");
    let or_other = or_other.is_some_and(|rest| {
        let is_another = rest.starts_with("a ") || rest.starts_with("an ") || is_address(rest);
        let is_empty = ["empty", "blank", "null"]
            .iter()
            .any(|word| head(rest, 24).contains(word));
        rest.starts_with(|c: char| c.is_ascii_digit()) || is_another && !is_empty
    });
    let other = hit.after.trim_start_matches([',', ' ']).strip_prefix('或');
    let beside = (format == Format::Uuid)
        .then(|| value_beside(hit))
        .flatten();
    let or_other = or_other || other.is_some_and(|rest| !head(rest, 24).contains('空'));
    let or_other = or_other && beside.is_none();
    let or_other = or_other || is_second_of_two(hit.before);
    // An object has no format: the sentence is about something in it.
    let is_object = *hit.kind() == Kind::Object;
    if !hit.about_field() || before_encoding || or_other || is_object {
        return None;
    }
    let or_empty = or_empty || is_said_to_be_empty(hit);
    let second = value_before(hit).or(beside);
    let word = match format {
        Format::Uuid => "uuid",
        _ => "text of a format",
    };
    let forms = second.map(|first| format!("{first} | {word}"));
    let heard = Heard::from(Constraint::Format { format, or_empty });
    Some(match forms {
        Some(forms) => heard.within(Scope::Form(forms)),
        None => heard,
    })
}

/// A word for an address, which a value may be beside what has another format.
fn is_address(text: &str) -> bool {
    let words = ["ip", "ipv4", "ipv6", "cidr", "mac", "url"];
    let first = text.split(|c: char| !c.is_ascii_alphanumeric()).next();
    first.is_some_and(|first| words.iter().any(|word| first.eq_ignore_ascii_case(word)))
}

/// "An address, or in the format …": other values have another one. What may be empty has this one.
fn is_second_of_two(before: &str) -> bool {
    let before = before.trim_end();
    let first = ["或者", "或", " or", " or in", " or is"]
        .iter()
        .find_map(|or| before.strip_suffix(or));
    first.is_some_and(|first| {
        let clause = first.rsplit(['。', '.', ':']).next().unwrap_or("");
        !["空", "empty", "blank", "null"]
            .iter()
            .any(|word| clause.to_lowercase().contains(word))
    })
}

/// "If it is set to \"\", …": the empty text is fine beside what has the format.
fn is_said_to_be_empty(hit: &Hit) -> bool {
    static EMPTY: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"(?:(?:不填|不传|不指定|不设置)(?:或者?|、)空(?:字符)?串|(?:为|是|set to) ?""|(?:为|是)空字符串|set to an empty string|(?i:default(?: value)? is (?:left )?(?:blank|empty|an empty string|"")|(?:is|are) (?:left )?(?:blank|empty) by default))"#,
        )
    });
    hit.prose
        .iter()
        .any(|unit| EMPTY.is_match(head(&unit.text, 600)))
}

/// A regular expression from its `^` to its `$`. A slash or a quotation mark may stand around it.
const REGULAR: &str = r#"(?:正则|regular expression|regex|pattern|must match)[^^"$]{0,16}["'/`]?(?P<regex>\^[^\s，。；]+?\$)(?:["'/`,.。；)\s]|$)"#;

fn regular(hit: &Hit) -> Option<Heard> {
    let printed = hit.group("regex");
    (hit.about_field() && regex::Regex::new(printed).is_ok())
        .then(|| Constraint::Pattern(printed.to_owned()).into())
}

/// What all addresses for mail have in common.
fn email(hit: &Hit) -> Option<Heard> {
    let address = Constraint::Pattern(r"^[^@\s]+@[^@\s]+$".to_owned());
    let remark = Constraint::Other(MAIL_ADDRESS.to_owned());
    hit.about_field().then(|| Heard::all([address, remark]))
}

/// What is only called an address: nobody says that anything else is refused.
fn is_email(hit: &Hit) -> Option<Heard> {
    let is_text = *hit.kind() == Kind::String;
    (hit.about_field() && is_text).then(|| Constraint::Other(MAIL_ADDRESS.to_owned()).into())
}

/// A UUID as an example of an id.
static UUID: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"));

/// A format that only the second of two forms has.
fn second_form(hit: &Hit) -> Option<Heard> {
    let is_uuid = hit.group("what").eq_ignore_ascii_case("uuid");
    let format = if is_uuid { Format::Uuid } else { Format::Uri };
    let or_empty = false;
    let holds = Box::new(Constraint::Format { format, or_empty });
    let thing = thing(&[hit.group("first"), hit.group("of")].join(" "), false);
    let shows_uuid = || {
        hit.prose
            .iter()
            .any(|unit| UUID.is_match(head(&unit.text, 600)))
    };
    let first = match hit.group("first").to_lowercase() {
        first if first.ends_with("id") && shows_uuid() => "uuid".to_owned(),
        first if first.ends_with("id") => format!("{thing} id"),
        first if first.ends_with("名称") || first.ends_with("name") => format!("{thing} name"),
        _ => thing.clone(),
    };
    let second = if is_uuid {
        "uuid".to_owned()
    } else {
        format!("{thing} URL")
    };
    let scope = Scope::Form(format!("{first} | {second}"));
    hit.about_field()
        .then(|| Constraint::Within { scope, holds }.into())
}

macro_rules! printed_time {
    () => {
        r"(?:YYYY|CCYY|yyyy)(?:-[Mm][Mm]-[Dd][Dd]|/[Mm][Mm]/[Dd][Dd])(?:T| ?'T' ?| )[Hh][Hh]:[Mm][Mm](?::[Ss][Ss](?:\.[fSs]+)?)?(?:'?Z'?|[+/-]+hh:mm)?|(?:YYYY|yyyy)(?:MM|mm)(?:DD|dd)(?:'?T'?)?(?:HH|hh)(?:MM|mm)(?:SS|ss)(?:'?Z'?)?"
    };
}

/// A template of a time as it is printed.
const PRINTED: &str = printed_time!();
/// The same with its label.
const LABELLED: &str = concat!(r"(?:格式\s*(?:为|是)?\s*:?\s*)?(?:", printed_time!(), ")");
/// A template of a date without a time.
const DATE: &str = r#"(?P<date>(?:YYYY|yyyy)(?:-(?:MM|mm)-|/(?:MM|mm)/|(?:MM|mm))(?:DD|dd))(?P<next>"?'?(?:$|[ ,.;。；)]|格式))"#;
/// A template of a time of day.
const CLOCK: &str =
    r#"(?P<clock>(?:HH|hh):(?:MM|mm)(?::(?:SS|ss))?)(?P<next>"?'?(?:$|[ ,.;。；)]|格式))"#;
static TEMPLATE: LazyLock<Pattern> = LazyLock::new(|| compile(PRINTED));
static TIME: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"[0-9]{4}-\s?[0-9]{2}-\s?[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.(?P<fraction>[0-9]{1,9}))?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?",
    )
});

/// The printed template counts, else the shape of the example.
fn time(hit: &Hit) -> Option<Heard> {
    let rest = hit.near();
    let printed = TEMPLATE.find(rest);
    let example = TIME.captures(rest);
    let shape = match (&printed, &example) {
        (Some(template), _) => Some(normal(template.as_str())),
        (None, Some(time)) => Some(shape_of(time)),
        (None, None) => None,
    };
    let says_iso = hit.whole().to_lowercase().contains("8601") || hit.after.contains("8601");
    if shape.is_none() && !says_iso {
        return None;
    }
    let example = example.and_then(|time| time.get(0)).map(|time| time.end());
    let read_on = example.or(printed.map(|template| template.end()));
    let read_on = read_on.unwrap_or_else(|| iso_end(rest));
    format(hit, Format::Time(shape), false).map(|heard| heard.reading_on(read_on))
}

/// "Z is the offset": the letter stands for what it says, and times have another end.
static OFFSET: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"\bZ"?\s*(?:指|表示|为|代表|(?i:is|indicates|means|stands for|specifies))[^。；.]{0,24}(?:偏移|(?i:offset))"#,
    )
});

fn printed_time(hit: &Hit) -> Option<Heard> {
    if hit.whole().ends_with(['Z', '\'']) && OFFSET.is_match(hit.near()) {
        return None;
    }
    let printed = TEMPLATE.find(hit.whole())?;
    let shape = normal(printed.as_str()) + &decimals(hit);
    format(hit, Format::Time(Some(shape)), false)
}

/// The fraction of a second that the words tell of beside a template without one.
fn decimals(hit: &Hit) -> String {
    static TOLD: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"(?i)小数点后(?:保留)?\s*(?P<zh>[1-9])\s*位|(?P<en>[1-9]) decimal places")
    });
    let told = TOLD.captures(head(&hit.unit.text, 400));
    let digits = told.and_then(|told| told.name("zh").or(told.name("en")));
    let digits = digits.and_then(|digits| digits.as_str().parse().ok());
    let is_whole = hit.whole().to_lowercase().ends_with("ss");
    digits
        .filter(|_| is_whole)
        .map_or_else(String::new, |digits| format!(".{}", "f".repeat(digits)))
}

/// A template in one spelling: capitals for the date and the time beside it, `HH:mm:ss` for a time
/// alone. How far it is from UTC stays as it is printed.
fn normal(printed: &str) -> String {
    let printed = printed.replace('\'', "").replace(" T ", "T");
    let Some(hour) = printed.find(['H', 'h']) else {
        return printed.to_uppercase();
    };
    let (date, time) = printed.split_at(hour);
    let end = time.find(['.', 'Z', '+', '-', '/']).unwrap_or(time.len());
    let (clock, rest) = time.split_at(end);
    let clock = match date {
        "" => clock.to_lowercase().replace("hh", "HH"),
        _ => clock.to_uppercase(),
    };
    // The digits of a fraction are told from seconds.
    let n_digits = rest.strip_prefix('.').map_or(0, |rest| {
        rest.len() - rest.trim_start_matches(['S', 's', 'f']).len()
    });
    let (fraction, rest) = rest.split_at(if n_digits > 0 { n_digits + 1 } else { 0 });
    let fraction = fraction.replace(['S', 's'], "f");
    format!("{}{clock}{fraction}{rest}", date.to_uppercase())
}

/// A time of day. "From hh:mm to hh:mm" and a distance from UTC are none.
fn printed_clock(hit: &Hit) -> Option<Heard> {
    // A colon after a word is that of a label.
    let before_colon = hit.before.strip_suffix(':');
    let is_minute =
        before_colon.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_alphanumeric()));
    let is_part = is_minute || hit.before.ends_with(['-', '~', '+', 'T', '/']);
    // So is what has a meaning of its own beside the rest: "HH:mm"表示整点.
    let behind = hit.after.trim_start_matches('"');
    let is_part = is_part
        || ["表示", "代表", " indicates", " means"]
            .iter()
            .any(|word| behind.starts_with(word));
    // A word behind it is the zone.
    let has_zone = hit.after.strip_prefix(' ').is_some_and(|zone| {
        let end = zone.find(|c: char| !c.is_ascii_alphabetic());
        let zone = &zone[..end.unwrap_or(zone.len())];
        ["z", "zz", "zzz", "gmt", "utc"].contains(&zone.to_lowercase().as_str())
    });
    let goes_on = hit
        .after
        .trim_start_matches('"')
        .starts_with(['-', '~', '+']);
    let shape = normal(hit.group("clock"));
    (!is_part && !goes_on && !has_zone)
        .then(|| format(hit, Format::Time(Some(shape)), false))
        .flatten()
}

fn printed_date(hit: &Hit) -> Option<Heard> {
    let is_alone = !hit.after.trim_start().starts_with(['H', 'h']);
    let shape = hit.group("date").to_uppercase();
    is_alone
        .then(|| format(hit, Format::Time(Some(shape)), false))
        .flatten()
}

fn iso_end(rest: &str) -> usize {
    rest.find("8601").map_or(0, |at| at + 4)
}

/// The template of an example: one `f` for each digit of the fraction.
fn shape_of(time: &Captures) -> String {
    let mut shape = "YYYY-MM-DDTHH:MM:SS".to_owned();
    if let Some(fraction) = time.name("fraction") {
        shape.push('.');
        shape.extend(std::iter::repeat_n('f', fraction.as_str().len()));
    }
    match time.name("zone").map(|zone| zone.as_str()) {
        Some("Z") => shape.push('Z'),
        Some(_) => shape.push_str("+hh:mm"),
        None => {}
    }
    shape
}

fn address(hit: &Hit) -> Option<Heard> {
    let groups = ["what", "that", "alone", "only", "net"].map(|name| hit.group(name));
    let what = match hit.group("pairs") {
        "" => groups.concat(),
        _ => "MAC".to_owned(),
    };
    let excludes_the_new = hit.after.contains("不支持IPv6");
    let known = match what.to_uppercase().as_str() {
        "IP" if excludes_the_new => Format::Ipv4,
        "IPV4" => Format::Ipv4,
        "IPV6" => Format::Ipv6,
        "IP" => Format::Ip,
        "CIDR" | "网段" => Format::Cidr,
        "MAC" => Format::Mac,
        "URL" | "URI" => Format::Uri,
        "JSON" => Format::Json,
        _ => return None,
    };
    format(hit, known, false)
}

fn template(hit: &Hit) -> Option<Heard> {
    let printed = [
        hit.group("template"),
        hit.group("after"),
        hit.group("quoted"),
        &hit.group("paren").replace(' ', ""),
    ]
    .concat();
    let template = printed
        .trim()
        .trim_end_matches(['.', ','])
        .replace("}. {", "}.{");
    // What a time looks like is no template of a text.
    let is_time = TEMPLATE.is_match(&template) || template.to_lowercase().contains("hh:mm");
    (hit.about_field() && !is_time).then(|| Constraint::Pattern(template).into())
}

/// "不带中划线": the digits alone.
static WITHOUT_HYPHENS: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^[,。]?\s*(?:不带|不含|无|去掉)(?:中划线|连字符|横线|短横线)"));

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.time",
        "String",
        "点灯的时间，遵循ISO8601，UTC，默认立即点灯",
        "format time",
    ),
    (
        "zh.time-template",
        "String",
        "点灯时间，格式：yyyyMMdd'T'HHmmss'Z'，如20291212T121212Z。",
        "format time YYYYMMDDTHHMMSSZ",
    ),
    (
        "zh.is-uuid",
        "String",
        "灯塔组。取值为0或无该值，表示属于总组。取值为UUID，表示属于该组。",
        "format uuid of 0 | uuid",
    ),
    (
        "zh.is-uuid",
        "String",
        "UUID，不带中划线。",
        "pattern ^[0-9a-fA-F]{32}$",
    ),
    (
        "en.time-template",
        "String",
        "When it was lit, as \"yyyy-MM-dd 'T' HH:mm:ss.SSSZ\".",
        "format time YYYY-MM-DDTHH:MM:SS.fffZ",
    ),
    (
        "zh.either-address",
        "String",
        "灯址，支持IPv4或IPv6地址。",
        "format ip",
    ),
    (
        "en.either-address",
        "String",
        "Where the lamp is. If **tower** is given, the IP address can be IPv4 or IPv6.",
        "format ip when tower given",
    ),
    (
        "en.address",
        "String",
        "The place. The value can be in the CIDR format or IP addresses. It must be a valid URL.",
        "other: a block of addresses or one of them\nformat uri",
    ),
    (
        "zh.uuid",
        "String",
        "功能说明：灯的标识。取值范围：合法UUID的字符串",
        "format uuid",
    ),
    (
        "zh.is-uuid",
        "String",
        "灯具的编号。\n- kind为lamp时，uuid为灯的uuid。\n- kind为wick时，uuid为芯的uuid。",
        "format uuid",
    ),
    (
        "zh.clock-template",
        "String",
        "点灯时刻。\n- 如果lamp_type为ONCE，则格式为：YYYY-MM-DDThh:mmZ。\n- 如果lamp_type为DAILY，则格式为：hh:mm。",
        "format time YYYY-MM-DDTHH:MMZ when lamp_type == ONCE\nformat time HH:mm when lamp_type == DAILY",
    ),
    (
        "zh.time-template",
        "String",
        "点灯的时间，保留小数点后6位，格式是yyyy-mm-dd hh:mm:ss",
        "format time YYYY-MM-DD HH:MM:SS.ffffff",
    ),
    (
        "en.time-template",
        "String",
        "When the lamp was lit. The format is YYYY-MM-DDTHH:MM:SS.SSSZ.",
        "format time YYYY-MM-DDTHH:MM:SS.fffZ",
    ),
    (
        "zh.time",
        "String",
        "点灯时间。格式：UTC时间，例如：2024-05-22T07:48:19.000Z。",
        "format time YYYY-MM-DDTHH:MM:SS.fffZ",
    ),
    (
        "zh.named-address",
        "String",
        "灯单地址，须为有效的URL。",
        "format uri",
    ),
    (
        "en.named-address",
        "String",
        "Specifies the IPv4 address of the tower.\n- If it is set to \"\", the address is automatically assigned.",
        "format ipv4 or empty\ndefault automatically assigned",
    ),
    (
        "zh.template",
        "String",
        "灯位。格式：tower(xy)。",
        "pattern tower(xy)",
    ),
    (
        "en.template",
        "String",
        "Its format is tower (xy).",
        "pattern tower(xy)",
    ),
    (
        "zh.named-address",
        "String",
        "灯塔的IPv4地址。",
        "format ipv4",
    ),
    (
        "zh.named-address",
        "String",
        "灯网，IPv4网段格式。",
        "format cidr",
    ),
    (
        "en.named-address",
        "String",
        "IPv4 address of the tower.",
        "format ipv4",
    ),
    (
        "zh.address",
        "String",
        "灯塔的地址。约束：ip格式，不支持IPv6地址。",
        "format ipv4",
    ),
    (
        "zh.address",
        "String",
        "灯的MAC地址，形如xx:xx:xx:xx:xx:xx。",
        "format mac",
    ),
    (
        "en.address",
        "String",
        "Specifies where the lamp is. Only IPv4 addresses are supported.",
        "format ipv4",
    ),
    (
        "zh.clock-template",
        "String",
        "点灯的钟点，格式为HH:mm，例如08:30。",
        "format time HH:mm",
    ),
    (
        "en.clock-template",
        "String",
        "Specifies the hour of lighting in hh:mm:ss format.",
        "format time HH:mm:ss",
    ),
    (
        "zh.date-template",
        "String",
        "日期，格式为YYYYMMDD，例如20310301。",
        "format time YYYYMMDD",
    ),
    (
        "zh.time-template",
        "String",
        "点灯时间，格式为：yyyy-MM-ddThh:mmZ。",
        "format time YYYY-MM-DDTHH:MMZ",
    ),
    (
        "en.clock-template",
        "String",
        "Specifies the watch. The hour is in HH:mm format. The day is in the YYYY/MM/DD format.",
        "format time HH:mm\nformat time YYYY/MM/DD",
    ),
    (
        "zh.uuid-or-empty",
        "String",
        "若灯为油灯，则表示油罐的UUID；否则，留空。",
        "format uuid or empty",
    ),
    (
        "zh.uuid",
        "String",
        "点灯时间，格式为“yyyy-mm-ddThh:mm:ssZ”。其中，Z指时区偏移量。灯的ID格式为UUID。",
        "format uuid",
    ),
    (
        "zh.email",
        "String",
        "守塔人的邮箱，必须符合邮箱格式。",
        "other: an address for mail\npattern ^[^@\\s]+@[^@\\s]+$",
    ),
    (
        "en.email",
        "String",
        "Whom to tell. It must be a valid email address.",
        "pattern ^[^@\\s]+@[^@\\s]+$\nother: an address for mail",
    ),
    (
        "zh.is-email",
        "String",
        "守塔人的电子邮箱，最多64个字符。",
        "other: an address for mail\nlength ..=64 characters",
    ),
    (
        "en.is-email",
        "String",
        "Specifies the email address of the keeper. It cannot exceed 64 characters.",
        "other: an address for mail\nlength ..=64 characters",
    ),
    (
        "zh.uuid",
        "String",
        "灯的编号，UUID形式的一个标识。",
        "format uuid",
    ),
    (
        "zh.or-uuid",
        "String",
        "镜像ID或者镜像资源的URL。\n- 镜像ID示例：01234567-89ab-cdef-0123-456789abcdef",
        "format uri of uuid | image URL",
    ),
    (
        "zh.uuid-or-empty",
        "String",
        "若灯为油灯，则表示油罐的UUID；否则，留空。",
        "format uuid or empty",
    ),
    ("zh.uuid", "String", "灯的ID，格式为 UUID。", "format uuid"),
    ("zh.uuid", "String", "灯塔ID, UUID格式", "format uuid"),
    ("zh.is-uuid", "String", "灯塔组UUID。", "format uuid"),
    (
        "zh.is-uuid",
        "String",
        "灯塔UUID 微版本3.7及以上版本支持。",
        "format uuid\nmicroversion 3.7..",
    ),
    (
        "en.or-uuid",
        "String",
        "Specifies the ID or URL of the image used by the lamp.",
        "format uri of image id | image URL",
    ),
    (
        "en.uuid",
        "String",
        "The ID is in the format of a Universally Unique Identifier (UUID).",
        "format uuid",
    ),
    (
        "zh.or-uuid",
        "String",
        "灯塔的安全组名称或者uuid。",
        "format uuid of security group name | uuid",
    ),
    (
        "zh.or-uuid",
        "String",
        "镜像ID或URL",
        "format uri of image id | image URL",
    ),
    (
        "zh.time",
        "String",
        "时间戳格式为ISO 8601: YYYY-MM-DDTHH:MM:SSZ, 例如: 2001-02-03T04:05:06Z",
        "format time YYYY-MM-DDTHH:MM:SSZ",
    ),
    (
        "zh.time",
        "String",
        "时间戳格式为ISO 8601，例如：2001-02-03T04:05:06.000000",
        "format time YYYY-MM-DDTHH:MM:SS.ffffff",
    ),
    ("zh.time", "String", "故障时间，ISO 8601格式", "format time"),
    (
        "zh.time-template",
        "String",
        "点灯时间，格式为YYYY-MM-DDTHH:MM:SSZ。",
        "format time YYYY-MM-DDTHH:MM:SSZ",
    ),
    (
        "zh.date-template",
        "String",
        "点灯日期，格式为YYYY-MM-DD。",
        "format time YYYY-MM-DD",
    ),
    (
        "en.date-template",
        "String",
        "The day in the format yyyy-mm-dd.",
        "format time YYYY-MM-DD",
    ),
    (
        "zh.base64",
        "String",
        "取值为base64编码后的结果或空字符串。",
        "format base64 or empty",
    ),
    ("zh.address", "String", "灯的地址，IPv4格式", "format ipv4"),
    ("zh.address", "String", "网段，cidr格式。", "format cidr"),
    (
        "zh.template",
        "String",
        "编码，格式为：{tower}.{lamp}，例如 a.b",
        "pattern {tower}.{lamp}",
    ),
    (
        "zh.regular-expression",
        "String",
        "灯号。满足正则表达式“^[a-z]{2}-[0-9]{3}$”。",
        "pattern ^[a-z]{2}-[0-9]{3}$",
    ),
    (
        "en.regular-expression",
        "String",
        "The code must match the regular expression ^[A-Z]{3}[0-9]+$.",
        "pattern ^[A-Z]{3}[0-9]+$",
    ),
    (
        "en.uuid-or-empty",
        "String",
        "Specifies the UUID of the tank when oil is burnt. In other scenarios, leave this blank.",
        "format uuid or empty",
    ),
    (
        "en.uuid",
        "String",
        "Specifies the lamp ID in UUID format.",
        "format uuid",
    ),
    (
        "en.is-uuid",
        "String",
        "Specifies the lamp UUID.",
        "format uuid",
    ),
    (
        "en.time-template",
        "String",
        "Time when the lamp was lit. It is a UTC time like \"yyyy-mm-ddThh:mm:ssZ\".",
        "format time YYYY-MM-DDTHH:MM:SSZ",
    ),
    (
        "en.time",
        "String",
        "The timestamp format is YYYY-MM-DDTHH:MM:SSZ (ISO 8601), for example, 2001-02-03T04:05:06Z.",
        "format time YYYY-MM-DDTHH:MM:SSZ",
    ),
    (
        "en.time",
        "String",
        "The timestamp format is ISO 8601, for example, 2001-02-03T04:05:06.591Z.",
        "format time YYYY-MM-DDTHH:MM:SS.fffZ",
    ),
    (
        "en.time",
        "String",
        "The time is in ISO 8601 format.",
        "format time",
    ),
    (
        "en.base64",
        "String",
        "The value is encoded using Base64 or an empty string.",
        "format base64 or empty",
    ),
    (
        "en.address",
        "String",
        "Specifies the beam's address in CIDR format.",
        "format cidr",
    ),
    (
        "en.template",
        "String",
        "Specifies the code in {tower}.{lamp} format, for example, a.b.",
        "pattern {tower}.{lamp}",
    ),
];
