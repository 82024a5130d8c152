//! How often something may be called, as documents say it.
//!
//! Main entry: [`per_minute`].

use std::sync::LazyLock;

use super::pattern::{Pattern, compile};

static PER_MINUTE: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"(?i)(?:每分钟|per minute[^\d]{0,12}|/min\D{0,8})\s*(\d{1,7})|(\d{1,7})\s*(?:次|times|requests|calls)?\s*(?:/\s*min|per minute|every minute|a minute|/分钟|每分钟)";
    compile(pattern)
});

static PER_SECOND: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"(?i)(?:每秒)\s*(\d{1,6})|(\d{1,6})\s*(?:次|times|requests|calls)?\s*(?:/\s*s\b|per second|/秒)";
    compile(pattern)
});

/// Calls per minute: `600 times per minute`, `每分钟600次`, `10/s`.
pub fn per_minute(text: &str) -> Option<u32> {
    let number = |pattern: &Pattern| {
        let hit = pattern.captures(text)?;
        hit.get(1)
            .or_else(|| hit.get(2))?
            .as_str()
            .parse::<u32>()
            .ok()
    };
    number(&PER_MINUTE).or_else(|| number(&PER_SECOND).and_then(|calls| calls.checked_mul(60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_in_several_words() {
        for (text, calls) in [
            ("每分钟30次", Some(30)),
            ("30 times per minute", Some(30)),
            ("2次/秒", Some(120)),
            ("100/min", Some(100)),
            ("now and then", None),
        ] {
            assert_eq!(per_minute(text), calls, "{text}");
        }
    }
}
