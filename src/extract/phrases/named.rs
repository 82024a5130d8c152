//! Which name a sentence gives to what it is about: another field, the keys of a map, one piece of
//! a composed text.
//!
//! A name that only stands nearby may be no field at all; whoever knows the fields decides.

use std::sync::LazyLock;

use super::rule::Language;
use super::sentence::{head, is_han, tail};
use crate::contract::Kind;
use crate::extract::pattern::{Captures, Pattern, compile};

/// A name stands this close before what is said.
const CLOSE: usize = 160;

macro_rules! name {
    () => {
        r#""?(?P<name>[A-Za-z_][A-Za-z0-9_:.-]*)"?"#
    };
}

/// What stands between a name and what is said of it.
macro_rules! of_it {
    () => {
        r"\s*(?:参数|字段|属性)?\s*的?\s*(?:参数值|字段值|取值|长度|长|大小|个数|数量|值)?\s*(?:必须|都|均|也|应|可以|可)?\s*"
    };
}

static BOTH: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?:键|(?i:keys?))\s*(?:、|,|和|或|与|及|and|or)\s*(?:值|(?i:values?))",
        of_it!(),
        r"(?i:(?:can |must |may )?(?:contains?|have|has|is|are|be)\s)?$"
    ))
});
static CLOSE_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?:(?P<key>主键|键名|属性名称|属性名|键)|(?P<value>属性值|[^键]值|^值 ?\((?i:value)\))|",
        name!(),
        r")\s*(?:\((?P<paren>[A-Za-z]+)\))?",
        of_it!(),
        "$"
    ))
});
static AT_START: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"^(?:标签的|元数据的|同一资源的|每个|当前)?(?:(?P<key>主键|键名|属性名称|属性名|键)|(?P<value>属性值|值)|",
        name!(),
        r")\s*(?:\((?P<paren>[A-Za-z]+)\))?\s*(?:的)?\s*(?:长度|取值|名称|个数)?\s*(?:只能|必须|不能|不可|不允许|不支持|最大|最多|最小|长度|长\s*[0-9]|可以|可为|应|由|均|都)"
    ))
});
static BOTH_AT_START: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^(?i:(?:each |the |every |both )?keys? (?:or|and) (?:the )?values? (?:can|must|may|cannot|should|has|have|is|are|does|do|contains?|consists?)\b)",
    )
});
static AT_START_EN: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^(?i:(?:the |a |each )?tag (?P<of_tag>key|value)s?|each (?P<each>key|value)|(?P<many>key|value)s|an? (?P<one>key|value)|the (?P<the>key))(?: (?:can|must|may|cannot|should|has|have|is|are|does|do|contains?|consists?)\b|\s*$)",
    )
});

/// The names of the field that a sentence is about, by what stands before a match: close before
/// it, or else at its start. Two for the keys and the values of a map together.
pub(super) fn before(before: &str, language: Language) -> Vec<String> {
    let close = tail(before, CLOSE);
    if BOTH.is_match(close) {
        return vec!["key".to_owned(), "value".to_owned()];
    }
    let start = head(before, CLOSE).trim_start();
    if language == Language::En {
        if BOTH_AT_START.is_match(start) {
            return vec!["key".to_owned(), "value".to_owned()];
        }
        // "The value" alone is the value of the field itself.
        let clauses = start.split(" and ").flat_map(|part| part.split(", "));
        let named = |clause| AT_START_EN.captures(clause);
        let english = clauses.clone().filter_map(named).last();
        // "The key has up to 9 characters, and the value up to 20": beside a key it is its value.
        let names_key = english
            .as_ref()
            .is_some_and(|found| found.name("the").is_some());
        let is_last_value = clauses.last().is_some_and(|clause| {
            let clause = clause.trim_start().to_lowercase();
            clause.trim_start_matches("and ").starts_with("the value ")
        });
        if names_key && is_last_value {
            return vec!["value".to_owned()];
        }
        let groups = english.iter().flat_map(Captures::groups);
        return groups.map(|name| name.as_str().to_lowercase()).collect();
    }
    let captures = CLOSE_BEFORE
        .captures(close)
        .or_else(|| AT_START.captures(start));
    if let Some(found) = captures.filter(|found| !is_of_a_noun(close, found)) {
        let group = |name| found.name(name).map(|text| text.as_str());
        let spelled = group("paren").or(group("name"));
        let name = match (spelled, group("key")) {
            (Some(name), _) => name.trim_end_matches(['.', ':', '-']),
            (None, Some(_)) => "key",
            (None, None) => "value",
        };
        return vec![name.to_owned()];
    }
    Vec::new()
}

/// "灯塔ID": letters that end a noun are no field's name.
fn is_of_a_noun(text: &str, found: &Captures<'_>) -> bool {
    let Some(name) = found.name("name") else {
        return false;
    };
    let is_short = matches!(name.as_str(), "ID" | "IP" | "URL" | "UUID" | "URI");
    is_short && text[..name.start()].ends_with(is_han)
}

/// The name that a sentence is, when it says nothing else: a heading of the sentences after it.
pub(super) fn heading(sentence: &str) -> Option<&'static str> {
    let words = sentence.trim().trim_end_matches(['。', '.', ':']);
    // "Key: at most 9 characters." goes on with the key, too.
    let words = match words.split_once(':') {
        Some((label @ ("Key" | "Value"), _)) => label,
        _ => words,
    };
    let is_any = |names: &[&str]| names.iter().any(|name| words.eq_ignore_ascii_case(name));
    if is_any(&["键", "主键", "键名", "key"]) {
        return Some("key");
    }
    if is_any(&["值", "value"]) {
        return Some("value");
    }
    is_password_heading(words).then_some("password")
}

/// "建议密码复杂度如下:": what follows is said of a password, whatever field it stands in.
fn is_password_heading(words: &str) -> bool {
    const LONGEST: usize = 120;
    // Few texts have this letter, so that few are written in lower case.
    let speaks_english =
        || words.contains(['x', 'X']) && words.to_lowercase().contains("password complexity");
    words.len() < LONGEST && (words.contains("密码复杂度") || speaks_english())
}

static PIECE: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^(?P<part>[A-Za-z_][A-Za-z0-9_]*)\s*指"));
static MEMBER: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r#"^"?(?P<part>[A-Za-z_][A-Za-z0-9_]*(?:[:.-][A-Za-z_][A-Za-z0-9_]*)*)"?\s*:\s*[^/\s]"#)
});

/// The part of the value that an item of a list describes: a piece of a composed text, or a member
/// of an object that has no table.
pub(super) fn part<'a>(item: &'a str, kind: &Kind) -> Option<&'a str> {
    let holds_members = matches!(kind, Kind::Object | Kind::Map { .. });
    let pattern: &Pattern = if holds_members { &MEMBER } else { &PIECE };
    let found = pattern.captures(item)?.name("part")?.as_str();
    let is_map = matches!(found.to_lowercase().as_str(), "key" | "value");
    (!is_map).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_close_before_or_at_the_start() {
        let before = |text| super::before(text, Language::Zh);
        assert_eq!(before("wick的"), ["wick"]);
        assert_eq!(before("当前wick的参数值"), ["wick"]);
        assert_eq!(before("主键(Key)"), ["Key"]);
        assert_eq!(before("主键(Key)只能由字母组成,"), ["Key"]);
        assert_eq!(before("每个值"), ["value"]);
        assert_eq!(before("key和value"), ["key", "value"]);
        let english = super::before("Keys can hold letters and ", Language::En);
        assert_eq!(english, ["key"]);
        let english = super::before("The key has letters, and the value ", Language::En);
        assert_eq!(english, ["value"]);
        assert_eq!(before("键长"), ["key"]);
        assert_eq!(before("键长1到9个字符,只允许"), ["key"]);
        assert!(before("灯塔的名字").is_empty());
        assert!(before("灯塔ID ").is_empty());
        assert_eq!(before("对于同一灯塔键值"), ["key"]);
    }

    #[test]
    fn headings_and_parts_are_known() {
        assert_eq!(heading("键。"), Some("key"));
        assert_eq!(heading("键值对。"), None);
        assert_eq!(part("oil指灯油", &Kind::String), Some("oil"));
        assert_eq!(part("oil: 灯油", &Kind::String), None);
        assert_eq!(part("lamp:oil: 灯油", &Kind::Object), Some("lamp:oil"));
        assert_eq!(part("key: 表示灯", &Kind::Object), None);
    }
}
