//! In which order lists come when nothing else is asked for.

use std::sync::LazyLock;

use super::rule::{Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::{Constraint, Scalar};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.default-order",
        language: Zh,
        meaning: "what a list is ordered by when nothing else is asked for",
        cues: &["默认排序", "默认按"],
        pattern: r"默认排序(?:顺序|字段|方式)?\s*(?:为|是|:)\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*(?P<order>逆序|降序|倒序|升序|正序)?|默认按照?\s*(?P<by>[A-Za-z_][A-Za-z0-9_]*)\s*(?:字段)?(?:进行)?(?P<ordered>逆序|降序|倒序|升序|正序)(?:排列|排序)?",
        read: |hit| {
            let order = [hit.group("order"), hit.group("ordered")].concat();
            let order = match order.as_str() {
                "" => "",
                "升序" | "正序" => " asc",
                _ => " desc",
            };
            let field = [hit.group("field"), hit.group("by")].concat();
            let value = format!("{field}{order}");
            Some(Constraint::Default(Scalar::Text(value)).into())
        },
    },
    Rule {
        name: "en.default-order",
        language: En,
        meaning: "what a list is ordered by when nothing else is asked for",
        cues: &[
            "default sorting",
            "default sort",
            "default order",
            "sorted by",
            "sorted in",
            "listed in",
            "returned in",
        ],
        pattern: r"default (?:sorting|sort|order)(?: order)? is (?:in )?(?:the )?(?P<order>reverse|descending|ascending)? ?(?:order )?(?:by|of) (?P<field>[a-z_][a-z0-9_]*)|by default, [a-z ]{3,40} (?:is|are) sorted by (?P<by>[a-z_][a-z0-9_]*) in (?P<ordered>ascending|descending) order|by default, [a-z ]{3,40} (?:is|are) (?:sorted|listed|returned) in (?P<way>ascending|descending) order",
        read: |hit| {
            if !hit.group("way").is_empty() {
                let value = called(hit, &hit.group("way").to_lowercase())?;
                let default = Constraint::Default(Scalar::Text(value));
                return hit.about_field().then(|| default.into());
            }
            let order = [hit.group("order"), hit.group("ordered")].concat();
            let order = match order.to_lowercase().as_str() {
                "" => "",
                "ascending" => " asc",
                _ => " desc",
            };
            let value = format!("{}{}{order}", hit.group("field"), hit.group("by"));
            hit.about_field()
                .then(|| Constraint::Default(Scalar::Text(value)).into())
        },
    },
];

/// What the prose calls a way of sorting: "asc (ascending)".
fn called(hit: &Hit, way: &str) -> Option<String> {
    static CALLED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r#"(?P<value>[A-Za-z0-9_-]+)"? \((?:in )?(?P<way>(?i:ascending|descending))"#)
    });
    let texts = hit.prose.iter().map(|unit| head(&unit.text, 600));
    let mut called = texts.flat_map(|text| CALLED.captures_iter(text));
    let found = called.find(|found| found["way"].eq_ignore_ascii_case(way))?;
    Some(found["value"].to_owned())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.default-order",
        "String",
        "Which way round. The value can be rise (ascending) or fall (descending). By default, lamps are sorted in descending order.",
        "enum rise fall\ndefault fall",
    ),
    (
        "en.default-order",
        "String",
        "By default, lamps are sorted by lit_at in descending order.",
        "default lit_at desc",
    ),
    (
        "zh.default-order",
        "String",
        "排序字段，默认按lit_at倒序。",
        "default lit_at desc",
    ),
    (
        "zh.default-order",
        "String",
        "默认排序顺序为lit_at逆序。",
        "default lit_at desc",
    ),
    (
        "en.default-order",
        "String",
        "The default sorting is the reverse order by lit_at.",
        "default lit_at desc",
    ),
];
