//! Numbers between two ends that no heading announces: "60 to 86400", "no earlier than 1800".

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Decimal, Kind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.extent",
        language: Zh,
        meaning: "a number from one to another, in a clause of its own",
        cues: &["-", "~", "到", "至"],
        pattern: r"(?:^|[,。；]\s*)(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*(?:-|~|到|至)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)\s*(?:之间)?(?P<next>\s*[,。；(]|$)",
        read: extent,
    },
    Rule {
        name: "zh.extent-between",
        language: Zh,
        meaning: "a number between two others, both included",
        cues: &["介于"],
        pattern: r"介于\s*(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*(?:与|和|及|到|至|-|~)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)\s*(?:之间)?",
        read: extent,
    },
    Rule {
        name: "zh.extent-in-words",
        language: Zh,
        meaning: "the least and the greatest number, each with what is counted",
        cues: &["最少", "至少", "不少于", "不低于", "不小于"],
        pattern: r"(?:^|[,。；]\s*)(?:最少|至少|不少于|不低于|不小于)\s*(?P<min>[0-9]+)\s*\p{Han}{0,2}\s*[,、]\s*(?:且|但)?{至多}\s*(?P<max>[0-9]+)\s*\p{Han}{0,2}(?P<next>[,。；]|$)",
        read: extent,
    },
    Rule {
        name: "zh.end-in-words",
        language: Zh,
        meaning: "the least or the greatest number, with what is counted, in a clause of its own",
        cues: &["最少", "至少", "最多", "至多", "不少于", "不多于"],
        pattern: r"^[^,。；]{1,20},\s*(?P<end>最少|至少|不少于|最多|至多|不多于)\s*(?P<number>[0-9]+)\s*\p{Han}{0,2}(?P<next>[,。；]|$)",
        read: |hit| {
            let number = Some(hit.decimal("number")?);
            // How long something takes is no bound of a number.
            let takes_time = ["需要", "耗时", "等待"]
                .iter()
                .any(|word| hit.whole().contains(word));
            (!takes_time).then_some(())?;
            match hit.group("end") {
                "最多" | "至多" | "不多于" => bounded(hit, None, number),
                _ => bounded(hit, number, None),
            }
        },
    },
    Rule {
        name: "en.extent",
        language: En,
        meaning: "a number from one to another, both included or neither",
        cues: &["from ", "between "],
        pattern: r"\b(?:from|between) (?P<min>-?[0-9]+(?:\.[0-9]+)?)(?: to | and | up to (?:and including )?)(?P<max>-?[0-9]+(?:\.[0-9]+)?)(?P<neither>,? exclusive)?(?P<next>\.|,|;| \(|$)",
        read: |hit| {
            // "It burns from 1 to 5": only behind these words the number itself is told.
            const HEADS: [&str; 7] = [",", ":", " is", " are", " be", "integer", "number"];
            let before = hit.before.trim_end();
            let is_head = before.is_empty() || HEADS.iter().any(|head| before.ends_with(head));
            is_head.then(|| extent(hit)).flatten()
        },
    },
    Rule {
        name: "en.end-alone",
        language: En,
        meaning: "the least or the greatest number, in a sentence that says no more",
        cues: &["at least", "at most"],
        pattern: r"^(?:(?:it|(?:the|its) (?P<noun>[a-z ]{2,24})) (?:must be|is) )?(?P<bound>at least|at most) (?P<end>-?[0-9]+(?:\.[0-9]+)?)(?P<next>\.|;|$)",
        read: |hit| {
            // "The interval must be at least 60" is of the field that is called so.
            let noun = hit.group("noun").to_lowercase();
            let last = noun.rsplit(' ').next().unwrap_or("");
            let name = hit.subject.name.unwrap_or("").to_lowercase();
            let is_own = ["", "value", "number"].contains(&last) || name.contains(last);
            is_own
                .then(|| one_end(hit, hit.group("bound").eq_ignore_ascii_case("at least")))
                .flatten()
        },
    },
    Rule {
        name: "en.end-behind",
        language: En,
        meaning: "the least or the greatest number, told behind it",
        cues: &["at least", "at most"],
        pattern: r", (?P<end>-?[0-9]+(?:\.[0-9]+)?) at (?P<bound>least|most)(?P<next>\.|;|$)",
        read: |hit| {
            let is_lead = !hit.before.to_lowercase().contains("takes");
            is_lead
                .then(|| one_end(hit, hit.group("bound").eq_ignore_ascii_case("least")))
                .flatten()
        },
    },
    Rule {
        name: "zh.year-bound",
        language: Zh,
        meaning: "a year, or another number, that is not before or above one",
        cues: &["早于", "晚于", "高于"],
        pattern: r"不(?:能|得|可|可以)?(?P<bound>早于|晚于|高于)\s*(?P<end>-?[0-9]+(?:\.[0-9]+)?)\s*年?(?P<next>[,。；]|$)",
        read: |hit| one_end(hit, hit.group("bound") == "早于"),
    },
    Rule {
        name: "en.year-bound",
        language: En,
        meaning: "a year that is not before or after one",
        cues: &["earlier than", "later than"],
        pattern: r"\b(?:no|not|{cannot} be) (?P<bound>earlier|later) than (?P<end>[0-9]{1,6})(?P<next>\.|,|;|$)",
        read: |hit| one_end(hit, hit.group("bound").eq_ignore_ascii_case("earlier")),
    },
    Rule {
        name: "en.extremes",
        language: En,
        meaning: "what the two ends of a row of numbers mean",
        cues: &["highest", "lowest"],
        pattern: r"\b(?P<one>[0-9]{1,4}) is the (?:highest|lowest)(?: [a-z]{2,16})? and (?P<two>[0-9]{1,4}) (?:is )?the (?:highest|lowest)\b",
        read: |hit| {
            let ends = [hit.decimal("one")?, hit.decimal("two")?];
            let (min, max) = (ends.iter().min().copied(), ends.iter().max().copied());
            bounded(hit, min, max)
        },
    },
];

fn extent(hit: &Hit) -> Option<Heard> {
    let (mut min, mut max) = (hit.decimal("min")?, hit.decimal("max")?);
    if !hit.group("neither").is_empty() {
        let is_whole = *hit.kind() == Kind::Integer;
        let within = (
            hit.signed("min")?.checked_add(1)?,
            hit.signed("max")?.checked_sub(1)?,
        );
        (min, max) = is_whole.then_some((within.0.into(), within.1.into()))?;
    }
    // What holds in one case holds in no other.
    let before = hit.before.to_lowercase();
    let is_of_case = [" when ", " if "].iter().any(|word| before.contains(word));
    (min < max && !is_of_case)
        .then(|| bounded(hit, Some(min), Some(max)))
        .flatten()
}

fn one_end(hit: &Hit, is_least: bool) -> Option<Heard> {
    let end = Some(hit.decimal("end")?);
    match is_least {
        true => bounded(hit, end, None),
        false => bounded(hit, None, end),
    }
}

/// Of numbers only: a text from 1 to 9 is something else.
fn bounded(hit: &Hit, min: Option<Decimal>, max: Option<Decimal>) -> Option<Heard> {
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number) && !hit.is_list();
    let range = Constraint::Range { min, max };
    (hit.about_field() && is_number).then(|| range.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.extent-in-words",
        "Integer",
        "灯的盏数，不少于0，不多于9。",
        "range 0..=9",
    ),
    (
        "en.end-alone",
        "Integer",
        "How bright it is. The lamp must be at least 20.",
        "range 20..",
    ),
    (
        "en.end-behind",
        "Integer",
        "How many lamps are skipped, 2 at least.",
        "range 2..",
    ),
    (
        "zh.extent",
        "Integer",
        "灯的寿命，单位为秒，30~7200（即两小时）。",
        "other: unit seconds\nrange 30..=7200",
    ),
    (
        "zh.extent-between",
        "Integer",
        "每层的灯数，介于2与30之间，默认值为6。",
        "range 2..=30\ndefault 6",
    ),
    (
        "zh.extent-in-words",
        "Integer",
        "灯的层数，最少2层、最多7层。",
        "range 2..=7",
    ),
    (
        "zh.end-in-words",
        "Integer",
        "灯的盏数，至少2盏，越多越亮。",
        "range 2..",
    ),
    (
        "en.extent",
        "Integer",
        "The life of the lamp in seconds, from 30 to 7200 (two hours).",
        "range 30..=7200",
    ),
    (
        "en.extent",
        "Integer",
        "The depth of the oil, between 30 and 90 exclusive.",
        "range 31..=89",
    ),
    (
        "zh.year-bound",
        "Integer",
        "建塔年份，不早于1700年。",
        "range 1700..",
    ),
    (
        "en.year-bound",
        "Integer",
        "The year in which the tower was built, no earlier than 1700.",
        "range 1700..",
    ),
    (
        "en.extremes",
        "Integer",
        "How soon the lamp is lit. 1 is the highest and 5 the lowest rank.",
        "range 1..=5",
    ),
];
