//! One value that will do beside all that have a format: "0 or a UUID".

use std::sync::LazyLock;

use super::rule::Hit;
use super::sentence::head;
use crate::extract::pattern::{Pattern, compile};

/// "It is 0 or a text in UUID format": the format is that of the second form alone.
static ONE_VALUE_OR: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"(?i)(?:\b(?:is|be|are)|:) (?:either )?"?(?P<value>[a-z0-9_.-]{1,24})"?,? or (?:an? |in |the )[^.;:]*$"#,
    )
});

/// The value that the sentence names before the format.
pub(super) fn value_before(hit: &Hit) -> Option<String> {
    let first = ONE_VALUE_OR.captures(hit.before)?;
    Some(first["value"].to_owned())
}

/// "取值为0时…,取值为UUID时…" and "UUID,或者是字符串“0”": a number that will do as well.
pub(super) fn value_beside(hit: &Hit) -> Option<String> {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r#"(?:取值|值)(?:可以)?(?:为|是)\s*"?(?P<value>[0-9])"?\s*(?:或|,|、|时|表示)"#)
    });
    static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"^[^。；]{0,8}?[,\s]*或(?:者)?(?:是|为)?(?:字符串)?\s*"?(?P<value>[0-9])"?(?:[,。；]|$)"#,
        )
    });
    let told = BEHIND.captures(hit.after);
    let told = told.or_else(|| BEFORE.captures(head(&hit.unit.text, 400)))?;
    Some(told["value"].to_owned())
}
