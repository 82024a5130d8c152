//! Values that a document lists, and values that nearly are one.

use serde_json::Value;

use super::Side;
use super::probe::Probes;
use crate::case::broken::json;
use crate::contract::{CASE_IGNORED, Scalar};

/// A listed word whose capitals are small letters, and the other way round.
const OTHER_CASE: &str = "in-other-case";

impl Probes<'_> {
    /// Each value, and values that nearly are one.
    pub(super) fn listed(&mut self, values: &[Scalar], open: bool) {
        let known: Vec<Value> = values.iter().filter_map(json).collect();
        for value in known.iter().filter(|value| !value.is_null()) {
            let slug = slug_of(value);
            self.add(
                Side::Inside,
                slug.clone(),
                format!("of {slug}"),
                value.clone(),
            );
        }
        let outside = if open { Side::Open } else { Side::Outside };
        for value in &known {
            for (how, near) in near_misses(value) {
                if !known.contains(&near) {
                    let slug = slug_of(value);
                    let is_free = how == OTHER_CASE && self.field.says(CASE_IGNORED);
                    let outside = if is_free { Side::Open } else { outside };
                    let title = format!("of {} {}", slug, how.replace('-', " "));
                    self.add(outside, format!("{slug}-{how}"), title, near);
                }
            }
        }
    }
}

/// A listed value as an id names it.
fn slug_of(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => text
            .chars()
            .map(|c| {
                if c.is_whitespace() || c == '/' {
                    '-'
                } else {
                    c
                }
            })
            .collect(),
        other => other.to_string(),
    }
}

/// The number that follows, of a text that is one.
fn next_number(text: &str) -> Option<String> {
    let is_number = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = text.parse().ok().filter(|_| is_number)?;
    Some((number + 1).to_string())
}

/// Values that nearly are this one.
fn near_misses(value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::String(text) if !text.is_empty() => {
            let swapped: String = text.chars().map(swap_case).collect();
            let mut shorter = text.clone();
            shorter.pop();
            vec![
                (OTHER_CASE, Value::from(swapped)),
                ("cut-short", Value::from(shorter)),
                ("misspelt", Value::from(format!("{text}x"))),
                ("with-a-blank-behind", Value::from(format!("{text} "))),
            ]
            .into_iter()
            .chain(next_number(text).map(|next| ("plus-one", Value::from(next))))
            .collect()
        }
        Value::String(_) => vec![("but-a-blank", Value::from(" "))],
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or(0);
            let beside = [
                ("less-one", number.checked_sub(1)),
                ("plus-one", number.checked_add(1)),
            ];
            let beside = beside.into_iter();
            beside
                .filter_map(|(how, near)| Some((how, Value::from(near?))))
                .collect()
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}

fn swap_case(c: char) -> char {
    if c.is_ascii_lowercase() {
        c.to_ascii_uppercase()
    } else {
        c.to_ascii_lowercase()
    }
}
