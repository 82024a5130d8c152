//! Values as documents list them: quoted or bare, parted by commas and "or", with glosses.

use hashbrown::HashSet;
use std::sync::LazyLock;

use super::choices::no_beside_yes;
use super::sentence::{behind_gloss, is_han};
use crate::contract::{Kind, Scalar};
use crate::extract::pattern::{Pattern, compile};

/// A list of values in running text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    /// The values as printed, in order.
    pub(super) values: Vec<String>,
    /// Whether an alternative follows that is not a value ("or a protocol number").
    pub(super) open: bool,
    /// How many bytes of the text it takes.
    pub(super) length: usize,
}

/// A value with its explanation: `lit: the lamp burns`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gloss<'a> {
    /// The value as printed.
    pub(super) value: &'a str,
    /// What is said of it.
    pub(super) meaning: &'a str,
    /// Whether its marks leave no doubt that it is a value being explained.
    pub(super) sure: bool,
}

static VALUE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"^(?:"(?P<quoted>[^"]{0,64})"|'(?P<single>[^']{0,64})'|(?P<empty>空字符串|空串|(?i:an? empty (?:string|text)|empty string))|(?P<bare>[0-9]{1,3}(?:\.[0-9]{1,3}){3}/[0-9]{1,2}|(?:application|text|image|multipart)/[a-z0-9.+*-]+(?:; ?charset=[A-Za-z0-9-]+)?|[-+]?[A-Za-z0-9_$][A-Za-z0-9_.:+-]*|[<>!=]=|[<>=]))"#,
    )
});
static AROUND: LazyLock<Pattern> = LazyLock::new(|| compile(r"^\s*\([^()]{0,80}\)"));
static PARTED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^\s*(?:[,;；]\s*(?:or|and|或者|或|和)\s*|,\s*/|,|、|/|；|;|或者|或|以及|和|与|及|(?:or|and)\b)\s*",
    )
});
static END: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^\s*(?:$|[.。,;；():]|类型|详情|具体|请|-\s?\p{Han}|表示|代表|[两三四五六七八九十]\s?(?:种|档|类|级|个|者)|其中|之一|中的|时|的|等|，|\s(?:for|indicating|which|where|that|by default|types?|only|and is|as|in (?:the )?(?:units? of|seconds|minutes|hours|days))\b)|^\s+\p{Han}|^\s+[A-Z]",
    )
});

/// English words that stand where a value might, and are none.
const WORDS: [&str; 57] = [
    "a",
    "for",
    "currently",
    "an",
    "the",
    "in",
    "of",
    "on",
    "one",
    "as",
    "empty",
    "optional",
    "mandatory",
    "encoded",
    "set",
    "determined",
    "not",
    "used",
    "automatically",
    "same",
    "unique",
    "case",
    "case-sensitive",
    "case-insensitive",
    "any",
    "either",
    "both",
    "up",
    "from",
    "between",
    "fixed",
    "only",
    "is",
    "be",
    "to",
    "specified",
    "left",
    "blank",
    "required",
    "number",
    "string",
    "integer",
    "generated",
    "returned",
    "at",
    "greater",
    "less",
    "different",
    "example",
    "all",
    "based",
    "composed",
    "it",
    "this",
    "invalid",
    "valid",
    "no",
];

/// Labels that a colon follows, and that are no values.
const LABELS: [&str; 25] = [
    "definition",
    "description",
    "options",
    "note",
    "notes",
    "example",
    "examples",
    "constraint",
    "constraints",
    "default",
    "format",
    "range",
    "minimum",
    "maximum",
    "notice",
    "caution",
    "tip",
    "key",
    "value",
    "values",
    "min",
    "max",
    "http",
    "https",
    "enum",
];

/// The list of values that the text begins with, if it begins with one that ends cleanly.
pub(super) fn list(text: &str) -> Option<List> {
    /// Another value in words.
    static IN_WORDS: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^(?:an?|any|another|other)\s+[A-Za-z]|^\p{Han}{2}"));
    let mut values: Vec<String> = Vec::new();
    let mut at = text.len() - text.trim_start().len();
    let mut end = at;
    let mut open = false;
    let is_english = !text.chars().any(is_han);
    loop {
        let rest = &text[at..];
        let several = || several_words(rest).filter(|_| !is_english && !values.is_empty());
        let member = several().or_else(|| value(rest, is_english));
        let Some((value, length)) = member.or_else(|| no_beside_yes(rest, &values)) else {
            break;
        };
        let mut next = at + length;
        let gloss = AROUND.find(&text[next..]);
        if let Some(gloss) = &gloss {
            next += gloss.end();
        }
        let parted = PARTED.find(&text[next..]).map(|found| found.end());
        // A gloss in brackets ends its value, whatever was run together with it.
        let runs_on = gloss.is_some() && value_with_gloss(&text[next..]);
        if runs_on {
            values.push(value);
            end = next;
            at = text.len() - text[next..].trim_start().len();
            continue;
        }
        if parted.is_none() && gloss.is_none() && !END.is_match(&text[next..]) {
            open = !values.is_empty();
            break;
        }
        values.push(value);
        end = next;
        match parted {
            Some(length) => at = next + length,
            None => break,
        }
    }
    if is_none(text[..end].trim()) {
        return None;
    }
    split_slashes(&mut values);
    let more = PARTED.find(&text[end..]).map(|found| found.as_str());
    let another = more.is_some_and(|mark| mark.contains('或') || mark.contains("or"));
    // "tcp, udp, or an IP protocol number": what comes last is told in words.
    let in_words = values.len() > 1 && at > end && IN_WORDS.is_match(&text[at..]);
    let open = open || in_words;
    let rest = text[end..].trim_start();
    // "oil, gas等", but "oil, gas等两种" tells how many there are.
    let and_so_on = rest.starts_with('等') && !AND_THESE.is_match(rest);
    // "oil、其他灯油的名称": what comes last is told in words.
    let and_words = more.is_some_and(|mark| mark.contains('、')) && HAN_ITEM.is_match(&text[at..]);
    (!values.is_empty()).then_some(List {
        values,
        open: open && another || and_so_on || and_words,
        length: end,
    })
}

/// What follows 等 where nothing else is meant: how many there are, or another word that begins so.
static AND_THESE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"^等(?:\s*(?:[0-9]+|[一二两三四五六七八九十]+)\s*[种个类级档项]|级|于|价|待|同|值)")
});
/// A member of a list in Chinese words, up to the end of the sentence.
static HAN_ITEM: LazyLock<Pattern> = LazyLock::new(|| compile(r"^\s*\p{Han}{2,12}(?:[。,；\s]|$)"));

static SEVERAL_WORDS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^(?P<value>[A-Z][A-Za-z0-9_.-]*(?: [A-Z0-9][A-Za-z0-9_.-]*){1,3}(?: \([0-9a-z -]{1,12}\))?)(?P<next>、|,|和|或|与|及|以及|。|$)",
    )
});

/// A name of several words among names, which Chinese text sets apart: `Fedora、Oracle Linux和Other`.
pub(super) fn several_words(text: &str) -> Option<(String, usize)> {
    let found = SEVERAL_WORDS.captures(text)?;
    let value = found.name("value")?;
    Some((value.as_str().to_owned(), value.end()))
}

/// The values of items that dashes part in one text: `- lit - dark (default)`.
pub(super) fn dashed(text: &str) -> Option<List> {
    let items = text.trim_start().strip_prefix("- ")?;
    let end = items.find(['。', '；']).unwrap_or(items.len());
    let is_item = |item: &&str| {
        let value = value(item, item.is_ascii())?;
        let rest = item[value.1..].trim();
        let is_alone = rest.is_empty() || rest.starts_with([':', '(']) || rest == ".";
        is_alone.then_some(value.0)
    };
    let values = items[..end].split(" - ").map(|item| is_item(&item.trim()));
    let values: Vec<String> = values.collect::<Option<_>>()?;
    (values.len() > 1).then_some(List {
        values,
        open: false,
        length: text.len() - items.len() + end,
    })
}

static WORDED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"^"?(?P<value>[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)"?(?P<comma>,)?(?:\s+|-|,)\p{Han}[^,、;；。:\sA-Za-z]{0,24}(?P<next>[,、;；。]|$)"#,
    )
});

/// Values that a blank, a hyphen or a comma parts from what they mean: `lit 点亮,dark 熄灭`. Behind
/// a comma only what a heavier mark parts is a meaning.
pub(super) fn worded(text: &str) -> Option<List> {
    let start = text.len() - text.trim_start().len();
    let (mut at, mut end) = (start, start);
    let mut values = Vec::new();
    while let Some(found) = WORDED.captures(&text[at..]) {
        let next = found.name("next")?;
        let is_light = next.as_str().starts_with([',', '、']);
        if found.name("comma").is_some() && is_light {
            return None;
        }
        values.push(found["value"].to_owned());
        end = at + next.start();
        at += next.end();
        if !next.as_str().starts_with([',', '、', ';', '；']) {
            break;
        }
        at += text[at..].len() - text[at..].trim_start().len();
    }
    (values.len() > 1).then_some(List {
        values,
        open: false,
        length: end,
    })
}

static TOLD: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"^"?(?P<value>-?[A-Za-z0-9_][A-Za-z0-9_.-]*)"?\s*(?:表示|代表|指)\s*(?:\p{Han}[^,、;；。]{0,40}(?P<next>[,、;；。]|$)|"[^"]{1,40}"(?P<mark>[,、;；。]?))"#,
    )
});

/// Values that a verb parts from what they mean: `1表示点亮,2表示熄灭`.
pub(super) fn told(text: &str) -> Option<List> {
    let start = text.len() - text.trim_start().len();
    let (mut at, mut end) = (start, start);
    let mut values = Vec::new();
    while let Some(found) = TOLD.captures(&text[at..]) {
        let next = found.name("next").or(found.name("mark"))?;
        values.push(found["value"].to_owned());
        end = at + next.start();
        at += next.end();
        at += text[at..].len() - text[at..].trim_start().len();
    }
    (values.len() > 1).then_some(List {
        values,
        open: false,
        length: end,
    })
}

static MARKED_DEFAULT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#""?(?P<value>[A-Za-z0-9_.-]+)"?\s*\((?:[^()]{1,40}[,、])?\s*(?:默认值?|缺省值?|(?i:default(?: value)?))\)"#,
    )
});

/// The value that is marked as the default: `lit (default) or dark`.
pub(super) fn marked_default(text: &str) -> Option<&str> {
    let found = MARKED_DEFAULT.captures(text)?.name("value")?;
    Some(found.as_str())
}

/// Whether the text goes on with another value and its gloss in brackets.
fn value_with_gloss(text: &str) -> bool {
    VALUE
        .find(text.trim_start())
        .is_some_and(|value| AROUND.is_match(&text.trim_start()[value.end()..]))
}

/// The value at the start of the text, as printed, and its length.
fn value(text: &str, is_english: bool) -> Option<(String, usize)> {
    let found = VALUE.captures(text)?;
    let whole = found.get(0)?;
    if let Some(quoted) = found.name("quoted").or(found.name("single")) {
        return Some((quoted.as_str().trim().to_owned(), whole.end()));
    }
    if found.name("empty").is_some() {
        return Some((String::new(), whole.end()));
    }
    let bare = found.name("bare")?.as_str();
    let trimmed = bare.trim_end_matches(['.', ':']);
    // "all, some, or none": what a comma follows is a value.
    let is_listed = trimmed == "all" && text[trimmed.len()..].starts_with(',');
    let is_last = trimmed == "both" && text[trimmed.len()..].trim_end_matches('.').is_empty();
    let is_switch = trimmed == "on" && text[trimmed.len()..].starts_with(" or off");
    let word = is_english && WORDS.contains(&trimmed) && !is_listed && !is_switch && !is_last;
    (!word && !trimmed.is_empty()).then(|| (trimmed.to_owned(), trimmed.len()))
}

static MEDIA_TYPE: LazyLock<Pattern> =
    LazyLock::new(|| compile("^(?:application|text|image|multipart)/"));

/// `asc/desc` is two values when it stands alone.
fn split_slashes(values: &mut Vec<String>) {
    // 10.0.0.0/8 is one address.
    let is_network = |text: &str| text.matches('.').count() == 3;
    if let [only] = values.as_slice()
        && only.contains('/')
        && !is_network(only)
        && !only.starts_with('/')
        && !MEDIA_TYPE.is_match(only)
    {
        *values = only.split('/').map(str::to_owned).collect();
    }
}

/// Words for what a quantity is told per: "count/s" is one unit.
const PER: [&str; 10] = [
    "s", "sec", "second", "min", "minute", "hour", "day", "op", "times", "count",
];

/// The values of a gloss that is about several, parted by slashes: `lit/glowing: burns`. A path, a
/// media type and a unit are one value.
pub(super) fn alternatives(value: &str) -> Vec<&str> {
    let parts: Vec<&str> = value.split('/').collect();
    // "MM/dd" is how a day is written.
    let is_form = |part: &str| part.chars().all(|c| part.starts_with(c));
    let is_word = |part: &&str| {
        !is_form(part) && !part.contains('.') && !PER.contains(&part.to_lowercase().as_str())
    };
    let are_words = (2..=4).contains(&parts.len()) && parts.iter().all(is_word);
    match are_words && !MEDIA_TYPE.is_match(value) && !value.contains(|c: char| c.is_ascii_digit())
    {
        true => parts,
        false => vec![value],
    }
}

/// Whether values with slashes are forms of one another, as ways to write a day are: a part of one is in another too.
pub(super) fn are_forms<'v>(values: impl Iterator<Item = &'v str>) -> bool {
    let mut known: HashSet<&str> = HashSet::new();
    let mut parts = values.flat_map(|value| value.split('/').collect::<HashSet<_>>());
    parts.any(|part| !known.insert(part))
}

static GLOSS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r#"^(?i:value )?(?:(?:如果|若)?(?:取值|值|参数指定|指定|设置)为)?"?(?P<value>[a-z]{1,20}/[A-Za-z0-9.+-]{1,60}; ?[a-z]{1,20}=[A-Za-z0-9_-]{1,30}|[-+]?[A-Za-z0-9_][A-Za-z0-9_.+/-]{0,63})"?"#,
        r"\s*(?:\([^()]{0,40}\)\s*)?(?P<mark>[:=]|是?表示|是?代表|(?i:\s(?:indicates?|means|represents|specifies)\b)|,|-\s?|\(|$)(?P<meaning>.*)$"
    ))
});
static DATE: LazyLock<Pattern> = LazyLock::new(|| compile("^[0-9]{4}-[0-9]{2}"));
static EMPTY: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"^(?i:空字符串|空串|(?:an )?empty string)\s*(?:[:,(-]|$|表示)(?P<meaning>.*)$")
});
static SAYS_VALUE: LazyLock<Pattern> = LazyLock::new(|| compile("值|(?i:value)"));
static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"^[^:]{1,60}(?::|,)\s*(?:(?i:the value is|value:?)\s|(?:取值|参数值|值)(?:为|是))\s*"?(?P<value>[A-Za-z0-9_][A-Za-z0-9_.+:/-]*?)"?[.。;；]?$"#,
    )
});

/// The value that an item of a list explains.
pub(super) fn gloss(text: &str) -> Option<Gloss<'_>> {
    if let Some(found) = EMPTY.captures(text) {
        let meaning = found.name("meaning").map_or("", |text| text.as_str());
        return Some(Gloss {
            value: "",
            meaning,
            sure: true,
        });
    }
    let says_value = SAYS_VALUE.is_match(text);
    if let Some(found) = says_value.then(|| NAMED.captures(text)).flatten() {
        let value = found.name("value").map_or("", |text| text.as_str());
        return Some(Gloss {
            value,
            meaning: text,
            sure: true,
        });
    }
    let found = GLOSS.captures(text)?;
    let value = found.name("value")?.as_str();
    let mark = found.name("mark").map_or("", |text| text.as_str()).trim();
    let meaning = found.name("meaning").map_or("", |text| text.as_str());
    if is_none(value) && meaning.is_empty() && mark.is_empty() {
        return None;
    }
    let lower_case = value.to_lowercase();
    let is_word = mark != ":" && WORDS.contains(&lower_case.as_str());
    // "min: 3" bounds a value; "min: the least of all" explains one.
    let is_bound = matches!(lower_case.as_str(), "min" | "max" | "minimum" | "maximum");
    let explains = is_bound && meaning.trim_start().starts_with(char::is_alphabetic);
    let is_label = LABELS.contains(&lower_case.as_str()) && !explains || is_word;
    // "lamp:fuel" is one name, not a value with its explanation.
    let is_name =
        mark == ":" && text.is_ascii() && meaning.starts_with(|c: char| c.is_ascii_lowercase());
    let is_address = mark == ":" && meaning.starts_with("//") || is_name;
    // So is a time of day, and "1,2: on these days" a text that holds several.
    let is_clock = matches!(mark, ":" | ",") && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_clock = is_clock && meaning.starts_with(|c: char| c.is_ascii_digit());
    let is_date = DATE.is_match(value) || is_clock;
    (!is_label && !is_address && !is_date).then_some(Gloss {
        value,
        meaning,
        sure: !matches!(mark, "," | "-" | "(" | ""),
    })
}

/// Whether a text says that there is no value: "N/A" is none, and not two with a slash between.
fn is_none(value: &str) -> bool {
    value.eq_ignore_ascii_case("n/a")
}

static RUN_ON: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r#"(?:^|[\s\p{Han}。；;,)"])"?(?P<value>[A-Za-z0-9_][A-Za-z0-9_.+/-]*|空字符串)"?\s*:"#)
});

/// Capital words that each begin a sentence about themselves: `LIT, burns。DARK, is cold。`
static RUN_ON_SENTENCES: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"(?:^|[。；\p{Han}]\s*)(?P<value>[A-Z][A-Z0-9_]+)\s*,"));

/// Capital words of which the first has no mark behind it: `LIT burns；DARK: is cold`, in Chinese.
static RUN_ON_CAPITALS: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"(?:^|[。；]\s*)(?P<value>[A-Z][A-Z0-9_]+)\s*(?:[,:]|\p{Han})"));

static CAPITALS: LazyLock<Pattern> = LazyLock::new(|| compile(r"^[A-Z][A-Z0-9_]+\p{Han}"));

/// Glosses that run on in one text: `lit:亮dark:灭`. Gives the values and how far they reach.
pub(super) fn run_on_glosses(text: &str) -> Option<List> {
    let trimmed = text.trim_start();
    let blanks = text.len() - trimmed.len();
    let first = gloss(trimmed).map(|first| first.sure);
    let is_sure = first == Some(true);
    let pattern: &Pattern = match first {
        Some(true) => &RUN_ON,
        Some(false) => &RUN_ON_SENTENCES,
        None if CAPITALS.is_match(trimmed) => &RUN_ON_CAPITALS,
        None => return None,
    };
    let mut values: Vec<String> = Vec::new();
    let named = pattern.captures_iter(trimmed);
    let named = named.filter_map(|found| found.name("value").map(|value| value.as_str()));
    let are_forms = are_forms(named);
    let mut n_glosses = 0;
    let mut last = 0;
    let mut depth = Brackets::default();
    for found in pattern.captures_iter(trimmed) {
        let value = found.name("value").map_or("", |text| text.as_str());
        let end = found.get(0).map_or(0, |whole| whole.end());
        let explains = !is_sure || trimmed[end..].starts_with(is_blank_or_word);
        let is_bracketed = depth.at(trimmed, end) > 0;
        if LABELS.contains(&value.to_lowercase().as_str()) || !explains || is_bracketed {
            continue;
        }
        last = end;
        n_glosses += 1;
        let value = if value == "空字符串" { "" } else { value };
        let parts = match are_forms {
            true => vec![value],
            false => alternatives(value),
        };
        for value in parts {
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
    }
    let rest = &trimmed[last..];
    let behind = behind_gloss(trimmed).and_then(|at| at.checked_sub(last));
    // A version behind the last gloss is that of the field.
    let version = rest.find(" 微版本");
    let end = [rest.find(['。', '；']), behind, version];
    let end = end.into_iter().flatten().min();
    let length = end.map_or(text.len(), |at| blanks + last + at);
    (n_glosses > 1 && values.len() > 1).then_some(List {
        values,
        open: false,
        length,
    })
}

/// How many brackets are open, counted once through a text.
#[derive(Default)]
struct Brackets {
    read_to: usize,
    open: i32,
}

impl Brackets {
    /// How many are open at a place, which is never before the last one asked for.
    fn at(&mut self, text: &str, place: usize) -> i32 {
        for byte in &text.as_bytes()[self.read_to..place] {
            match byte {
                b'(' => self.open += 1,
                b')' => self.open -= 1,
                _ => {}
            }
        }
        self.read_to = place;
        self.open
    }
}

fn is_blank_or_word(c: char) -> bool {
    c == ' ' || is_han(c) || c.is_ascii_uppercase()
}

static IN_BRACKETS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"^\p{Han}[^():,。]{0,20}\s*\((?P<value>[A-Za-z0-9_][A-Za-z0-9_.-]*)\)\s*[。；;]?$")
});

/// The value in brackets after its name: `油灯 (oil)`.
pub(super) fn in_brackets(text: &str) -> Option<&str> {
    let found = IN_BRACKETS.captures(text)?.name("value")?;
    Some(found.as_str())
}

/// The value as a JSON scalar of the kind, or as text where it is none.
pub(super) fn scalar(text: &str, kind: &Kind) -> Scalar {
    let lower_case = text.to_lowercase();
    if lower_case == "null" {
        return Scalar::Null;
    }
    let typed = match kind {
        Kind::Integer => text.parse().ok().map(Scalar::Integer),
        Kind::Number => number(text),
        Kind::Boolean => match lower_case.as_str() {
            "true" => Some(Scalar::Bool(true)),
            "false" => Some(Scalar::Bool(false)),
            _ => None,
        },
        Kind::String | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => None,
    };
    typed.unwrap_or_else(|| Scalar::Text(text.to_owned()))
}

fn number(text: &str) -> Option<Scalar> {
    if let Ok(integer) = text.parse() {
        return Some(Scalar::Integer(integer));
    }
    text.parse::<f64>()
        .is_ok_and(f64::is_finite)
        .then(|| Scalar::Decimal(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> String {
        list(text).map_or("none".to_owned(), |list| {
            format!("{:?}{}", list.values, if list.open { " open" } else { "" })
        })
    }

    #[test]
    fn reads_values_however_they_are_parted() {
        assert_eq!(values("lit、dark或空字符串。"), r#"["lit", "dark", ""]"#);
        assert_eq!(values("lit, dark, or dim."), r#"["lit", "dark", "dim"]"#);
        assert_eq!(values(r#""3" or "4""#), r#"["3", "4"]"#);
        assert_eq!(values("LIT(burning) or DARK(cold)"), r#"["LIT", "DARK"]"#);
        assert_eq!(values("rise/fall"), r#"["rise", "fall"]"#);
        assert_eq!(
            values("LIT (burns/glows) DARK (cold) DIM (both)"),
            r#"["LIT", "DARK", "DIM"]"#
        );
        assert_eq!(
            values("lit(亮)或dark(灭)lamp:fuel: 灯油"),
            r#"["lit", "dark"]"#
        );
    }

    #[test]
    fn stops_where_words_begin() {
        assert_eq!(values("lit编码后的结果"), "none");
        assert_eq!(values("encoded using oil"), "none");
        assert_eq!(values("lit, dark或IP协议号"), r#"["lit", "dark"] open"#);
    }

    #[test]
    fn reads_glosses_but_no_labels() {
        assert_eq!(gloss("lit: burns").map(|gloss| gloss.value), Some("lit"));
        assert_eq!(gloss("0表示\"NONE\"").map(|gloss| gloss.value), Some("0"));
        assert_eq!(gloss("空字符串: 无灯").map(|gloss| gloss.value), Some(""));
        assert_eq!(
            gloss("Old lamp: The value is old.").map(|gloss| gloss.value),
            Some("old")
        );
        assert_eq!(gloss("Note: keep dry"), None);
        assert_eq!(gloss("Currently, lamps are dark"), None);
        assert_eq!(gloss("https://lamp.example"), None);
        assert_eq!(gloss("lamp:fuel is set to oil"), None);
    }

    #[test]
    fn parts_glosses_that_run_on() {
        let list = run_on_glosses("lit: 亮dark: 灭空字符串: 无灯").map(|list| list.values);
        assert_eq!(list, Some(vec!["lit".into(), "dark".into(), String::new()]));
    }
}
