//! Numbers that stand for something else than a number: `-1 means unlimited`.

use std::sync::LazyLock;

use super::sentence::{Unit, head};
use crate::extract::pattern::{Letters, Pattern, compile};

static NEGATIVE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"(?:(?:值|设置|取|填写?|传入?|指定)为|取值?|(?:^|[\s,。；;:(])(?:为)?(?i:if )?(?i:(?:the |this )?(?:value|parameter)(?: value)? (?:is set to|is|of) )?)\s*"?(?P<number>-[0-9]{1,9}|0)"?(?:\s*(?:表示|代表|时(?:,|表示|代表|则|不|无)|:|指)|\s(?i:means|indicates|represents|specifies)|,\s[^0-9])"#,
    )
});

/// The negative numbers, and zero, whose meaning the prose explains. A range that leaves them out is one of
/// the other numbers.
pub(super) fn numbers(units: &[Unit]) -> Vec<i64> {
    /// No field explains more.
    const MOST: usize = 8;
    let texts = units.iter().map(|unit| head(&unit.text, 4_000));
    let texts =
        texts.filter(|text| text.contains(['-', '0']) && NEGATIVE.may_match(&Letters::of(text)));
    let found = texts.flat_map(|text| NEGATIVE.captures_iter(text).take(MOST));
    let numbers = found.filter_map(|found| found.name("number")?.as_str().parse().ok());
    numbers.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explained_negative_numbers_are_special() {
        let numbers = |text: &str| {
            numbers(&[Unit {
                text: text.to_owned(),
                line: 1,
                depth: 0,
                note: false,
            }])
        };
        assert_eq!(numbers("If the value is -1, it burns for ever."), [-1]);
        assert_eq!(numbers("-1 means no limit."), [-1]);
        assert_eq!(numbers("取值为-1时,表示不限。"), [-1]);
        assert_eq!(numbers("-1表示不限"), [-1]);
        assert_eq!(numbers("最多90盏,为0时不限制"), [0]);
        assert_eq!(numbers("取值为0时表示不限"), [0]);
        assert_eq!(numbers("未指定或者指定为0时,由系统分配"), [0]);
        assert!(numbers("10表示十,取值为01。").is_empty());
        assert!(numbers("From 1-9, or lamp-1, and so on.").is_empty());
    }
}
