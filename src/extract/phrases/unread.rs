//! What looks like a constraint though no rule read it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

static ZH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "必须|必选|必填|不能|不可|不得|不允许|只能|仅能|仅支持|只支持|不支持|不超过|不大于|不小于|",
        "大于|小于|至少|至多|最(?:多|少|大|小|长|高|低)[^。]{0,12}[0-9]|上限|取值|长度|",
        "唯一(?:$|[^标])|格式为|默认[^配]|缺省"
    ))
    .expect("a test compiles it")
});

/// A heading before what is read next.
static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^,。]{0,20}(?:取值范围|约束|限制|(?i:range|constraints?|requirements?))\s*:\s*$")
        .expect("a test compiles it")
});

static EN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:must|cannot|can not|can only|may not|shall|not allowed|not supported|at least|at most|up to [0-9]|no more than|fewer than|less than|greater than|exceeds?|maximum|minimum|ranges?|between [0-9]|by default|defaults?|mandatory|unique|not be|limited to|in the format|is required)\b",
    )
    .expect("a test compiles it")
});

/// Whether what no rule claimed of the sentence reads like a promise.
pub(super) fn looks_like_a_constraint(
    text: &str,
    sentence: &Range<usize>,
    claimed: &[Range<usize>],
) -> bool {
    if INTRODUCES.is_match(&text[sentence.clone()]) {
        return false;
    }
    let mut claimed: Vec<&Range<usize>> = claimed.iter().collect();
    claimed.sort_by_key(|range| range.start);
    let mut from = sentence.start;
    for range in claimed {
        if range.start > from && suspicious(&text[from..range.start.min(sentence.end)]) {
            return true;
        }
        from = from.max(range.end);
    }
    from < sentence.end && suspicious(&text[from..sentence.end])
}

fn suspicious(text: &str) -> bool {
    ZH.is_match(text) || EN.is_match(text)
}
