//! Texts of so many characters of one kind and then so many of another: "two letters followed by four digits".

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::{Constraint, Kind};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.sequence",
        language: Zh,
        meaning: "so many characters of one kind, then so many of another",
        cues: &["字母", "数字"],
        pattern: r"(?P<one>[0-9一二两三四五六七八九十]{1,2}[位个](?:大写|小写)?(?:英文)?(?:字母|数字))(?:后跟|后接|,?后面跟|加上?|和)(?P<other>[0-9一二两三四五六七八九十]{1,2}[位个](?:大写|小写)?(?:英文)?(?:字母|数字))",
        read: sequence,
    },
    Rule {
        name: "en.sequence",
        language: En,
        meaning: "so many characters of one kind, then so many of another",
        cues: &["followed by"],
        pattern: r"(?P<one>(?:[0-9]{1,2}|[a-z]{3,5}) (?:uppercase |lowercase )?(?:letters?|digits?)),? (?:and is |and then |then )?followed by (?P<other>(?:[0-9]{1,2}|[a-z]{3,5}) (?:uppercase |lowercase )?(?:letters?|digits?))",
        read: sequence,
    },
    Rule {
        name: "zh.run",
        language: Zh,
        meaning: "so many characters of one kind, and nothing else",
        cues: &["位"],
        pattern: r"(?:^|[,:\s]|由|[^能]为|(?:必须|应|须|需|固定)是)(?P<alone>[0-9一二两三四五六七八九十]{1,2}位的?(?:大写|小写)?(?:英文)?(?:字母|数字|十六进制(?:数字|字符|数)?|(?:手机|电话)号码?))(?:组成)?的?(?:代码|编码|编号|号码|字符串|数字串)?(?P<next>[,。；)]|$)",
        read: alone,
    },
    Rule {
        name: "zh.hexadecimal",
        language: Zh,
        meaning: "so many hexadecimal digits, with the number in front",
        cues: &["十六进制"],
        pattern: r"(?P<n>[0-9]{1,3})\s*(?:个字符|个|位)的?十六进制(?:字符串|数字|字符|数)",
        read: hexadecimal,
    },
    Rule {
        name: "en.hexadecimal",
        language: En,
        meaning: "so many hexadecimal digits",
        cues: &["hexadecimal"],
        pattern: r"(?:^|[,:] |consists of |exactly )(?P<n>[0-9]{1,3}) (?P<small>lowercase )?hexadecimal (?:characters|digits)(?P<lower> in lower ?case)?(?: without hyphens)?(?P<next>\.|,|;|$)",
        read: hexadecimal,
    },
    Rule {
        name: "zh.run-between",
        language: Zh,
        meaning: "from so many to so many characters of one kind, and nothing else",
        cues: &["组成"],
        pattern: r"由\s*(?P<min>[0-9]{1,2})\s*[位个]?\s*(?:-|~|到|至)\s*(?P<max>[0-9]{1,2})\s*[位个]的?(?P<what>(?:大写|小写)?(?:英文)?字母|数字)组成",
        read: |hit| {
            // The number before the kind is replaced by both.
            let one = run(&format!("{}位{}", hit.group("max"), hit.group("what")))?;
            let (class, _) = one.split_once('{')?;
            let times = format!("{{{},{}}}", hit.group("min"), hit.group("max"));
            let pattern = Constraint::Pattern(format!("^{class}{times}$"));
            hit.about_field().then(|| pattern.into())
        },
    },
    Rule {
        name: "en.run",
        language: En,
        meaning: "so many characters of one kind, and nothing else",
        cues: &["letter", "digit", "hexadecimal"],
        pattern: r"(?:(?:string|code|number|consists|consisting|composed|made up) of |exactly |(?:is|be) (?:an? )?|^an? |, an? )(?P<alone>[0-9]{1,2}(?: |-)(?:uppercase |lowercase )?(?:letters?|digits?|hexadecimal (?:characters?|digits?)))(?: long| numbers?| code| string)?(?P<next>\.|,|;|$| and )",
        read: alone,
    },
    Rule {
        name: "zh.letter-first",
        language: Zh,
        meaning: "a letter first, and then so many characters of one kind",
        cues: &["字母开头"],
        pattern: r"(?P<head>(?:大写|小写)?(?:英文)?字母)开头,?\s*后(?:面)?(?:跟|接)\s*(?P<other>[0-9一二两三四五六七八九十]{1,2}[位个](?:大写|小写)?(?:英文)?(?:字母|数字))(?P<next>[,。；]|$)",
        read: |hit| {
            let head = run(&format!("1位{}", hit.group("head")))?;
            let other = run(hit.group("other"))?;
            let pattern = Constraint::Pattern(format!("^{head}{other}$"));
            hit.about_field().then(|| pattern.into())
        },
    },
    Rule {
        name: "zh.colour",
        language: Zh,
        meaning: "a colour in hexadecimal digits, as the example shows it",
        cues: &["进制颜色", "进制的颜色"],
        pattern: r"(?:16|十六)进制的?颜色(?:值|码|代码)?",
        read: colour,
    },
    Rule {
        name: "en.colour",
        language: En,
        meaning: "a colour in hexadecimal digits, as the example shows it",
        cues: &["hex"],
        pattern: r"colou?r[a-z, ]{0,30} hex(?:adecimal)?(?: colou?r)? (?:code|value)|hex(?:adecimal)? colou?r(?: code| value)?",
        read: colour,
    },
    Rule {
        name: "zh.head-and-run",
        language: Zh,
        meaning: "a fixed head, and then so many characters of one kind",
        cues: &["开头"],
        pattern: r#"以\s*"?(?P<head>[^"\p{Han}\s]{1,8})"?\s*开头,?\s*后(?:面)?(?:跟|接)\s*(?P<min>[0-9]{1,2})\s*(?:(?:-|~|到|至)\s*(?P<max>[0-9]{1,2}))?\s*[位个]的?(?P<what>数字|字母)"#,
        read: |hit| {
            let class = match hit.group("what") {
                "数字" => "0-9",
                _ => "A-Za-z",
            };
            let (min, max) = (hit.group("min"), hit.group("max"));
            let times = match max {
                "" => min.to_owned(),
                max => format!("{min},{max}"),
            };
            let head = regex::escape(hit.group("head"));
            let pattern = Constraint::Pattern(format!("^{head}[{class}]{{{times}}}$"));
            hit.about_field().then(|| pattern.into())
        },
    },
];

/// Six digits behind a mark. Without the mark in an example other forms are as likely.
fn colour(hit: &Hit) -> Option<Heard> {
    static SHOWN: LazyLock<Pattern> = LazyLock::new(|| compile(r"#[0-9A-Fa-f]{6}\b"));
    let is_shown = SHOWN.is_match(head(hit.rest, 100));
    let pattern = Constraint::Pattern("^#[0-9A-Fa-f]{6}$".to_owned());
    (hit.about_field() && is_shown).then(|| pattern.into())
}

/// One run that is the whole text: "9 letters and digits" is none.
fn alone(hit: &Hit) -> Option<Heard> {
    static AND_MORE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^ ?(?:and )?(?:(?:uppercase|lowercase|english) )?(?:letters?|digits?)\b")
    });
    if hit.group("next") == " and " && AND_MORE.is_match(head(hit.after, 40)) {
        return None;
    }
    // "The first is a letter, the second two digits": parts, and not the whole.
    if hit.whole().contains('为') && hit.before.contains('为') && hit.before.contains(',') {
        return None;
    }
    let run = run(&hit.group("alone").replace('-', " "))?;
    let is_length = hit.whole().starts_with("度为");
    let is_text = *hit.kind() == Kind::String && !is_length;
    let pattern = Constraint::Pattern(format!("^{run}$"));
    (hit.about_field() && is_text).then(|| pattern.into())
}

fn hexadecimal(hit: &Hit) -> Option<Heard> {
    let n = hit.number("n").filter(|n| *n > 0)?;
    let is_small = !(hit.group("small").is_empty() && hit.group("lower").is_empty());
    let digits = if is_small { "0-9a-f" } else { "0-9a-fA-F" };
    // "以#开头的6位十六进制数": what goes before them.
    let lead = hit
        .before
        .strip_suffix("开头的")
        .and_then(|before| before.rsplit_once('以'));
    let lead = lead.map_or("", |(_, lead)| lead.trim_matches(['"', ' ']));
    let pattern = Constraint::Pattern(format!("^{}[{digits}]{{{n}}}$", regex::escape(lead)));
    // "The first 8 digits" are a part.
    let is_part = ["前", "后", "首", "末"]
        .iter()
        .any(|word| hit.before.ends_with(word));
    let is_text = *hit.kind() == Kind::String && hit.about_field() && !is_part;
    is_text.then(|| pattern.into())
}

fn sequence(hit: &Hit) -> Option<Heard> {
    // "2 to 4 letters": the number in front is one of two.
    if hit.before.trim_end().ends_with(['到', '至', '~', '-']) {
        return None;
    }
    let (one, other) = (run(hit.group("one"))?, run(hit.group("other"))?);
    let pattern = Constraint::Pattern(format!("^{one}{other}$"));
    hit.about_field().then(|| pattern.into())
}

static NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^(?P<n>[0-9]{1,2}|[a-z]{3,5}|[一二两三四五六七八九十])"));

/// Numbers in words of both languages; the place is the number.
const WORDS: [(&str, &str); 11] = [
    ("", ""),
    ("one", "一"),
    ("two", "二"),
    ("three", "三"),
    ("four", "四"),
    ("five", "五"),
    ("six", "六"),
    ("seven", "七"),
    ("eight", "八"),
    ("nine", "九"),
    ("ten", "十"),
];

/// A number up to ten in a word, or any in figures.
pub(super) fn number(printed: &str) -> Option<usize> {
    let printed = if printed == "两" { "二" } else { printed };
    let is_it = |(english, chinese): &(&str, &str)| printed == *english || printed == *chinese;
    let known = || WORDS.iter().position(is_it);
    printed.parse().ok().or_else(known)
}

/// So many characters of a kind, as a regular expression.
fn run(words: &str) -> Option<String> {
    let words = words.to_lowercase();
    let number = number(NUMBER.captures(&words)?.name("n")?.as_str())?;
    let has = |word: &str| words.contains(word);
    if has("hexadecimal") || has("十六进制") {
        return Some(format!("[0-9a-fA-F]{{{number}}}"));
    }
    let class = match (
        has("digit") || has("数字") || has("号"),
        has("upper") || has("大写"),
        has("lower") || has("小写"),
    ) {
        (true, ..) => "0-9",
        (false, true, _) => "A-Z",
        (false, false, true) => "a-z",
        (false, false, false) => "A-Za-z",
    };
    Some(format!("[{class}]{{{number}}}"))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.hexadecimal",
        "String",
        "灯色，以#开头的6位十六进制数。",
        "pattern ^\\#[0-9a-fA-F]{6}$",
    ),
    (
        "zh.hexadecimal",
        "String",
        "灯号，32个字符的十六进制字符串。",
        "pattern ^[0-9a-fA-F]{32}$",
    ),
    (
        "en.hexadecimal",
        "String",
        "The lamp's number. It consists of 32 hexadecimal characters without hyphens.",
        "pattern ^[0-9a-fA-F]{32}$",
    ),
    (
        "en.hexadecimal",
        "String",
        "The sum, 64 hexadecimal digits in lower case.",
        "pattern ^[0-9a-f]{64}$",
    ),
    (
        "zh.letter-first",
        "String",
        "灯牌，字母开头，后接9位数字。",
        "pattern ^[A-Za-z]{1}[0-9]{9}$",
    ),
    (
        "zh.colour",
        "String",
        "灯色，16进制颜色值，如#FFAA00。",
        "pattern ^#[0-9A-Fa-f]{6}$",
    ),
    (
        "en.colour",
        "String",
        "The colour as a hexadecimal code, for example, #FFAA00.",
        "pattern ^#[0-9A-Fa-f]{6}$",
    ),
    (
        "en.run",
        "String",
        "The plate, consisting of 8 digits.",
        "pattern ^[0-9]{8}$",
    ),
    (
        "zh.run",
        "String",
        "守塔人的电话，11位手机号码。",
        "pattern ^[0-9]{11}$",
    ),
    (
        "zh.run-between",
        "String",
        "灯牌，由2~4个大写字母组成。",
        "pattern ^[A-Z]{2,4}$",
    ),
    ("zh.run", "String", "灯牌，9位数字。", "pattern ^[0-9]{9}$"),
    (
        "zh.run",
        "String",
        "灯牌必须是9位数字。",
        "pattern ^[0-9]{9}$",
    ),
    (
        "zh.run",
        "String",
        "灯的指纹，32位十六进制字符串。",
        "pattern ^[0-9a-fA-F]{32}$",
    ),
    (
        "en.run",
        "String",
        "The lamp's plate, which is 13 digits long.",
        "pattern ^[0-9]{13}$",
    ),
    (
        "en.run",
        "String",
        "A string of 32 hexadecimal characters.",
        "pattern ^[0-9a-fA-F]{32}$",
    ),
    (
        "zh.head-and-run",
        "String",
        "灯号，以“+”开头，后跟6到15位数字。",
        "pattern ^\\+[0-9]{6,15}$",
    ),
    (
        "en.sequence",
        "String",
        "Specifies the lamp's plate, which is three lowercase letters followed by 5 digits.",
        "pattern ^[a-z]{3}[0-9]{5}$",
    ),
    (
        "zh.sequence",
        "String",
        "灯牌，由两位大写字母后跟6位数字组成。",
        "pattern ^[A-Z]{2}[0-9]{6}$",
    ),
];
