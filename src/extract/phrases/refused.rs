//! Bounds that are told from their other side: "names longer than 64 characters are rejected". What only tells which
//! values are spoken of bounds none.

use std::sync::LazyLock;

use super::numbers::bounds;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Kind, Unit};
use crate::extract::pattern::{Pattern, compile};

/// What lies beyond an end.
macro_rules! beyond {
    () => {
        r"(?P<bound>(?:greater|larger|higher|more|longer|less|smaller|lower|fewer|shorter) than|exceed(?:s|ing)?|above|below|over|under) (?P<end>-?[0-9][0-9,]*(?:\.[0-9]+)?)(?: (?P<unit>characters?|bytes?|items?|elements?|entries)\b)?"
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.beyond-then-error",
        language: Zh,
        meaning: "where the value lies beyond an end, an error comes",
        cues: &["错误", "失败", "报错", "拒绝"],
        pattern: r"(?:^|[,。；])\s*(?:如果|若|当)(?:该|此|本)?(?:取?值|参数|字段)?\s*(?P<bound>大于等于|小于等于|大于|小于|超过|低于)\s*(?P<end>-?[0-9]+)\s*(?:时)?,?\s*(?:则|将|会)*\s*(?:返回[^。；,]{0,8}?)?(?:错误|失败|报错|被?拒绝)[^。；]*",
        read: |hit| {
            let end = hit.decimal("end")?;
            let step = i64::from(hit.group("bound").contains('等'));
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let is_most = hit.group("bound").starts_with(['大', '超']);
            let (min, max) = match is_most {
                true => (None, end.steps(-step)),
                false => (end.steps(step), None),
            };
            let range = Constraint::Range { min, max };
            (is_number && hit.about_field()).then(|| range.into())
        },
    },
    Rule {
        name: "en.refused-beyond",
        language: En,
        meaning: "what lies beyond an end is refused",
        cues: &[
            "rejected",
            "refused",
            "not allowed",
            "not accepted",
            "not permitted",
            "not supported",
            "invalid",
        ],
        pattern: concat!(
            r"^(?:an? |any |all )?(?P<what>[a-z]{3,20}) (?:(?:that (?:is|are|has|have) |of |with )?(?:a length (?:of )?)?)",
            beyond!(),
            r" (?:is|are|will be) (?:rejected|refused|not (?:allowed|accepted|permitted|supported)|(?:considered |treated as )?invalid)(?P<next>\.|,|;|$)"
        ),
        read: refused,
    },
    Rule {
        name: "en.error-beyond",
        language: En,
        meaning: "an error comes where the value lies beyond an end",
        cues: &["error", "rejected", "refused", "fails"],
        pattern: concat!(
            r"\b(?:an error(?: code)?|error [0-9]{3}|[45][0-9]{2}|the request) (?:is|will be) (?:returned|reported|thrown|rejected|refused) (?:if|when) (?:the|its|this) (?P<what>[a-z]{2,20}) (?:is |contains |has )?",
            beyond!(),
            r"(?P<next>\.|;|$)"
        ),
        read: refused,
    },
    Rule {
        name: "en.beyond-then-error",
        language: En,
        meaning: "where the value lies beyond an end, an error comes",
        cues: &["error", "rejected", "refused", "fails"],
        pattern: concat!(
            r"^(?:if|when) (?:the|its|this) (?P<what>[a-z]{2,20}) (?:is |contains |has )?",
            beyond!(),
            r", (?:an error (?:occurs|is (?:returned|reported))|(?:the request|it) (?:fails|is (?:rejected|refused)|will (?:fail|be (?:rejected|refused))))\b[^.;]*"
        ),
        read: refused,
    },
];

/// The end itself is fine: no more than it, or no less.
fn refused(hit: &Hit) -> Option<Heard> {
    const HIGH: [&str; 8] = [
        "greater", "larger", "higher", "more", "longer", "exceed", "above", "over",
    ];
    let bound = hit.group("bound").to_lowercase();
    let is_most = HIGH.iter().any(|word| bound.starts_with(word));
    let end = hit.decimal("end")?;
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number) && !hit.is_list();
    if !hit.group("unit").is_empty() {
        let end = u64::try_from(end.whole()?).ok()?;
        let counts = hit.group("unit").starts_with(['i', 'I', 'e', 'E']);
        let unit = match hit.group("unit").to_lowercase().starts_with("byte") {
            true => Unit::Bytes,
            false => Unit::Characters,
        };
        let (min, max) = match is_most {
            true => (None, Some(end)),
            false => (Some(end), None),
        };
        if counts {
            return hit
                .is_list()
                .then(|| Constraint::ItemCount { min, max }.into());
        }
        return (!is_number && hit.about_field())
            .then(|| Constraint::Length { min, max, unit }.into());
    }
    // Of another thing than the value nothing is known.
    let name = hit.subject.name.unwrap_or("").to_lowercase();
    let what = hit.group("what").to_lowercase();
    let what = what.trim_end_matches('s');
    let is_own = ["value", "number", "parameter", "field"].contains(&what) || name.ends_with(what);
    let is_said = is_number && is_own;
    match is_most {
        true => is_said.then(|| bounds(hit, None, Some(end))),
        false => is_said.then(|| bounds(hit, Some(end), None)),
    }?
}

/// Whether the words around "longer than 5" only tell which ones are spoken of, or when: "names longer than 5
/// characters are cut", "if it is longer than 5 characters, …".
pub(super) fn tells_which(hit: &Hit) -> bool {
    static WHEN: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:if|when|where|unless|whenever|once) [^,.]*$|\b(?:that|which) (?:is|are|has|have|contains?)$",
        )
    });
    static OBLIGED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:must|should|shall|can|cannot|may|has to|have to|need|needs|required|allowed|supports?|is|are|be|range|length|limit|contains?|value:)\b|:",
        )
    });
    let before = hit.before.trim_end();
    if !before.is_ascii() {
        return false;
    }
    let after = hit.after.trim_start();
    let is_end = after.trim_end_matches('.').is_empty()
        || after.starts_with([',', '(', ')', ';'])
        || ["and ", "or ", "but "]
            .iter()
            .any(|word| after.starts_with(word));
    WHEN.is_match(before) || !before.is_empty() && !is_end && !OBLIGED.is_match(before)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.beyond-then-error",
        "Integer",
        "灯高。若取值低于0，将返回失败。",
        "range 0..",
    ),
    (
        "en.refused-beyond",
        "Array of String",
        "Lists with more than 10 items are refused.",
        "items ..=10",
    ),
    (
        "en.refused-beyond",
        "String",
        "What the lamp is called. Names longer than 64 characters are rejected.",
        "length ..=64 characters",
    ),
    (
        "en.refused-beyond",
        "Integer",
        "The glow. Values greater than 100 are refused.",
        "range ..=100",
    ),
    (
        "en.error-beyond",
        "Integer",
        "The glow. An error is returned if the value is less than 5.",
        "range 5..",
    ),
    (
        "en.beyond-then-error",
        "String",
        "If the name contains more than 64 characters, the request is rejected.",
        "length ..=64 characters",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_only_tells_which_ones_are_spoken_of_bounds_none() {
        for (kind, said) in [
            (
                "String",
                "If the value is longer than 32 characters, it is cut.",
            ),
            ("String", "Texts shorter than 3 characters look odd."),
            (
                "Integer",
                "Lamps with a height greater than 50 need a second wick.",
            ),
            ("Integer", "Values less than 5 make it flicker."),
        ] {
            let read = read_as(kind, said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(told.is_empty(), "{said}: {told:?}");
        }
        for (kind, said) in [
            ("String", "It must be longer than 3 characters."),
            ("Integer", "An integer greater than 0."),
            ("Integer", "The glow is greater than 5."),
        ] {
            assert!(!read_as(kind, said).statements.is_empty(), "{said}");
        }
    }
}
