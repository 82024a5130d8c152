//! Powers as numbers: `2^32 - 1` says what `4294967295` says.

use std::sync::LazyLock;

use crate::extract::pattern::{Pattern, compile};

/// The text with its powers of two and of ten worked out. What is taken from one is taken.
pub(super) fn worked_out(text: String) -> String {
    static POWER: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?P<before>^|[^0-9A-Za-z_.^])(?P<base>2|10)\^(?P<exponent>[0-9]{1,2})(?: ?- ?(?P<less>1))?(?P<next>$|[^0-9A-Za-z^])",
        )
    });
    if !text.contains('^') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    // What stands behind one power stands before the next.
    while let Some(found) = POWER.captures(rest) {
        let (Some(base), Some(next)) = (found.name("base"), found.name("next")) else {
            break;
        };
        let power = found["base"].parse::<i64>().ok();
        let exponent = found["exponent"].parse().ok();
        let power = power
            .zip(exponent)
            .and_then(|(base, exponent)| base.checked_pow(exponent));
        let less = i64::from(found.name("less").is_some());
        out.push_str(&rest[..base.start()]);
        match power {
            Some(power) => out.push_str(&(power - less).to_string()),
            None => out.push_str(&rest[base.start()..next.start()]),
        }
        rest = &rest[next.start()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::worked_out;

    fn check(text: &str, expected: &str) {
        assert_eq!(worked_out(text.to_owned()), expected, "{text}");
    }

    #[test]
    fn powers_are_numbers() {
        check("0 to 2^32 drops", "0 to 4294967296 drops");
        check("1-2^31-1", "1-2147483647");
        check("[0, 2^16 - 1]", "[0, 65535]");
        check("-2^31~2^31-1。", "-2147483648~2147483647。");
        check("at most 10^6", "at most 1000000");
    }

    #[test]
    fn other_signs_stay() {
        for text in ["^[a-z]{2}", "x^2", "2^x", "2^99", "3.2^4", "x2^4", "2^3^2"] {
            check(text, text);
        }
    }
}
