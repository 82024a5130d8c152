//! A condition in a few words of ours: names and values of the document, nothing else of it.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::pattern::compile;

macro_rules! name {
    () => {
        r#""?(?P<name>[A-Za-z_][A-Za-z0-9_.:/-]*)"?"#
    };
}

static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        name!(),
        r#"\s*(?:参数|字段|属性)?的?(?:取值|值)?\s*(?:(?:不(?P<not>)是|设置为|取值为|值为|等于|为|是|=)\s*|\s(?i:is set to|is|equals)\s)"?(?P<values>[A-Za-z0-9_.-]+"?(?:\s*(?:或者|或|、|/|or)\s*"?[A-Za-z0-9_.-]+"?)*)"#
    ))
});
static ABSENT: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?:没有|未|不)(?:指定|传入|传|填写|填|设置|配置|使用)[^A-Za-z,]{0,8}(?:[A-Za-z]+\s)?",
        name!()
    ))
});
static PRESENT: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?:指定|传入|传|填写|设置|配置|使用)了?[^A-Za-z,没未不]{0,8}",
        name!()
    ))
});
static SPECIFIED: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)(?:parameter |field )?",
        name!(),
        r"\s+(?:is|are)\s+(?P<not>not |left )?(?:specified|set|given|used|provided|empty|blank|configured)"
    ))
});
static NAMES: LazyLock<Regex> =
    LazyLock::new(|| compile(r"[A-Za-z][A-Za-z0-9_]*(?:[./:-][A-Za-z0-9_]+)*"));

/// What a condition says, in short.
pub(super) fn in_short(text: &str) -> String {
    let text = text.trim();
    in_brackets(text)
        .or_else(|| failure(text))
        .or_else(|| specified(text))
        .or_else(|| absent_or_present(text))
        .or_else(|| compared(text))
        .or_else(|| named(text))
        .unwrap_or_else(|| "the documented case".to_owned())
}

/// "(oil时": the value alone.
fn in_brackets(text: &str) -> Option<String> {
    static VALUE: LazyLock<Regex> = LazyLock::new(|| compile(r"\(\s*([A-Za-z0-9_]+)\s*时$"));
    VALUE.captures(text).map(|found| found[1].to_owned())
}

/// "when the job fails", "when an error occurs".
pub(super) fn failure(text: &str) -> Option<String> {
    let lower_case = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower_case.contains(word));
    if has(&["失败", "fail"]) {
        let what = if has(&["job", "task", "任务", "作业"]) {
            "job failed"
        } else {
            "failed"
        };
        return Some(what.to_owned());
    }
    has(&["错误", "出错", "异常", "故障", "error", "fault"]).then(|| "error".to_owned())
}

/// `mode is lit or dim` as `mode in (lit, dim)`; several are joined.
fn compared(text: &str) -> Option<String> {
    let mut parts = Vec::new();
    for found in COMPARED.captures_iter(text) {
        let values: Vec<&str> = NAMES_AND_NUMBERS
            .find_iter(&found["values"])
            .map(|value| value.as_str())
            .filter(|value| *value != "or")
            .collect();
        let name = &found["name"];
        if matches!(name, "and" | "or" | "it" | "this" | "value" | "parameter") {
            continue;
        }
        let is_english = text.is_ascii();
        let says_it_is = |value: &&str| !value.chars().all(|c| c.is_ascii_lowercase());
        let is_plain = !looks_like_a_name(name) && !values.iter().any(says_it_is);
        if is_english
            && is_plain
            && !text[..found.get(0).map_or(0, |all| all.end())].contains("set to")
        {
            continue;
        }
        parts.push(match values.as_slice() {
            [one] => format!("{name} == {one}"),
            several => format!("{name} in ({})", several.join(", ")),
        });
    }
    (!parts.is_empty()).then(|| parts.join(" and "))
}

static NAMES_AND_NUMBERS: LazyLock<Regex> = LazyLock::new(|| compile(r"[A-Za-z0-9_.-]+"));

fn specified(text: &str) -> Option<String> {
    let found = SPECIFIED.captures(text)?;
    let state = if found.name("not").is_some() {
        "absent"
    } else {
        "given"
    };
    let name = &found["name"];
    let set_to = text[found.get(0)?.end()..].trim_start().starts_with("to ");
    (!set_to && !matches!(name, "this" | "parameter" | "it")).then(|| format!("{name} {state}"))
}

fn absent_or_present(text: &str) -> Option<String> {
    if compared(text).is_some() {
        return None;
    }
    if let Some(found) = ABSENT.captures(text) {
        return Some(format!("{} absent", &found["name"]));
    }
    let found = PRESENT.captures(text)?;
    Some(format!("{} is given", &found["name"]))
}

fn named(text: &str) -> Option<String> {
    let is_english = text.is_ascii();
    let names: Vec<&str> = NAMES
        .find_iter(text)
        .map(|name| name.as_str())
        .filter(|name| !is_english || looks_like_a_name(name))
        .take(4)
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// In English text only what no English word looks like is a name.
fn looks_like_a_name(word: &str) -> bool {
    word.contains(['_', ':', '.', '/']) || word.chars().skip(1).any(char::is_uppercase)
}

/// The names in a text, in order, each once.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in NAMES.find_iter(text) {
        let name = name.as_str();
        let joins = matches!(name, "and" | "or" | "both" | "either" | "the" | "parameter");
        if !joins && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::in_short;

    #[test]
    fn names_and_values_are_all_that_is_kept() {
        assert_eq!(in_short("灯塔任务失败"), "job failed");
        assert_eq!(in_short("出现错误"), "error");
        assert_eq!(in_short("不大于last_lamp(oil时"), "oil");
        assert_eq!(
            in_short("lamp_mode为lit或dim,且fuel是oil"),
            "lamp_mode in (lit, dim) and fuel == oil"
        );
        assert_eq!(in_short("没有指定lamp_id"), "lamp_id absent");
        assert_eq!(in_short("指定lamp_id"), "lamp_id is given");
        assert_eq!(in_short("lamp_id is not specified"), "lamp_id absent");
        assert_eq!(in_short("夜里有雾"), "the documented case");
        assert_eq!(
            in_short("the lamp supports provisioning"),
            "the documented case"
        );
        assert_eq!(in_short("the oil is sufficient"), "the documented case");
    }
}
