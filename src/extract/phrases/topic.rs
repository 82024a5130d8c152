//! What a sentence is about when it tells one case of several by a name at its start: `LED lamps:
//! 1 to 9. Oil lamps: 1 to 5`.

use std::sync::LazyLock;

use super::sentence::head;
use crate::extract::pattern::{Pattern, compile};

/// A topic stands this close to the start.
const CLOSE: usize = 160;

macro_rules! label {
    () => {
        r"^\s*(?:(?:取值|取值范围|范围|默认值|默认取值|说明|注意|(?i:value range|range|default value))\s*:\s*)?"
    };
}

/// A make or a kind by its name, and what is of it.
static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        label!(),
        r"(?:对于|对|当)?\s*(?P<topic>[A-Z][A-Za-z0-9+./-]*(?: [A-Z][A-Za-z0-9]*)?)\s*(?:\p{Han}|:|的|(?i:[a-z ]{0,24}(?:ranges?|is|:)))"
    ))
});

/// Things of a make, right before what is said of them: "the OilGas lamp".
static MAKE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        label!(),
        r"[Tt]he (?P<topic>[A-Z][a-z]+(?:[A-Z][A-Za-z]*|(?: [A-Z][A-Za-z]+)+))(?: [a-z]+){1,4} ?$"
    ))
});

/// A protocol or a mode, said before a comma.
static MODE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        label!(),
        r"(?P<topic>[A-Za-z][A-Za-z0-9_-]{0,20}\s*(?:协议|类型|模式|引擎|场景))(?:下|时)?\s*,"
    ))
});

/// A kind in words, before a colon.
static LABELLED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        label!(),
        r"(?P<topic>\p{Han}{2,12}|(?i:for )?[A-Z][A-Za-z0-9 -]{2,40}?)\s*:"
    ))
});

/// Labels that name no case.
pub(super) const LABELS: [&str; 26] = [
    "取值",
    "取值范围",
    "范围",
    "默认",
    "默认值",
    "默认取值",
    "缺省值",
    "约束",
    "约束限制",
    "参数解释",
    "说明",
    "注意",
    "注",
    "单位",
    "最小值",
    "最大值",
    "最小长度",
    "最大长度",
    "长度",
    "格式",
    "range",
    "value range",
    "default",
    "default value",
    "note",
    "constraints",
];

/// The case that the words before a match begin with.
pub(super) fn topic(before: &str) -> Option<String> {
    let start = head(before, CLOSE);
    if head(start.trim_start(), 9).eq_ignore_ascii_case("otherwise") {
        return Some("otherwise".to_owned());
    }
    let found = MODE
        .captures(start)
        .or_else(|| MAKE.captures(start))
        .or_else(|| NAMED.captures(start))
        .or_else(|| LABELLED.captures(start))?;
    let named = found.name("topic")?;
    // A name ends where its word does.
    if start[named.end()..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let topic = named.as_str().trim();
    let is_label = LABELS.contains(&topic.to_lowercase().as_str());
    (!is_label).then(|| topic.to_owned())
}

/// A kind of things right before "only supports": `LED lamps on towers only support`.
static KIND: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"[上下中内]的(?P<kind>[A-Za-z0-9]{0,12}\p{Han}{1,10})(?:当前|目前)?$|(?:^|[,。；\s])(?P<named>[A-Z][A-Z0-9]{1,11})\p{Han}{2,8}(?:当前|目前)?$",
    )
});

/// The kind of things that alone is spoken of, by the words before a match.
pub(super) fn kind(before: &str) -> Option<String> {
    let found = KIND.captures(before)?;
    let kind = found.name("kind").or(found.name("named"))?;
    Some(kind.as_str().to_owned())
}

/// A part of a text that sentences speak of by itself: each label of a domain name, each octet.
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"^\s*(?i:a|an|each|every)(?: single)? (?P<first>(?i:label|segment|octet|component|level|section))\b[^.;:]*$|",
        r"[,.;:]\s*(?:and |but )?(?:a|an|each|every)(?: single)? (?P<part>label|segment|octet|component|level|section)\b[^,.;:]*$|",
        r"每(?:一)?(?:个)?(?P<piece>级|段|分段|部分)[^,。；;:]*$"
    ))
});

/// The part of the value that the words before a match are about.
pub(super) fn part(before: &str) -> Option<String> {
    let found = PART.captures(before)?;
    let part = found.name("first").or(found.name("part"));
    let part = part.map(|part| part.as_str().to_lowercase());
    part.or_else(|| Some(found.name("piece").map(|_| "label")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{part, topic};

    #[test]
    fn a_topic_begins_the_sentence() {
        assert_eq!(topic("LED灯的灯位").as_deref(), Some("LED"));
        assert_eq!(topic("取值:LED灯:1-9,").as_deref(), Some("LED"));
        assert_eq!(topic("油灯:").as_deref(), Some("油灯"));
        assert_eq!(topic("取值范围:"), None);
        assert_eq!(topic("灯的高度"), None);
        assert_eq!(topic("Oil lamps: ").as_deref(), Some("Oil"));
        assert_eq!(topic("The height "), None);
        assert_eq!(topic("The ID "), None);
        assert_eq!(topic("The OilGas lamp ").as_deref(), Some("OilGas"));
    }

    #[test]
    fn a_part_is_named_right_before() {
        assert_eq!(
            part("The name is long, and each label ").as_deref(),
            Some("label")
        );
        assert_eq!(part("A label ").as_deref(), Some("label"));
        assert_eq!(part("灯名由点分隔,每级的").as_deref(), Some("label"));
        assert_eq!(part("Each lamp "), None);
    }
}
