//! What looks like a constraint though no rule read it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::pattern::{Letters, Pattern, compile};

static ZH: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        "必须|必选|必填|不能|不可|不得|不允许|只能|仅能|仅支持|只支持|不支持|不超过|不大于|不小于|",
        "大于|小于|至少|至多|最(?:多|少|大|小|长|高|低)[^。]{0,12}[0-9]|上限|取值|",
        "长度[^。]{0,12}[0-9]|唯一(?:$|[^标])|格式为|",
        "默认(?:$|为|值|是|取|使用|给|创建|返回|情况|排序|不|[A-Za-z0-9])|缺省"
    ))
});

/// A heading before what is read next.
static INTRODUCES: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"^[^,。]{0,20}(?:取值范围|约束|限制|(?i:range|constraints?|requirements?))\s*:\s*$")
});

static EN: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)\b(?:must|cannot|can not|can only|may not|shall|not allowed|not supported|at least|at most|",
        r"up to [0-9]|no more than|fewer than|less than|greater than|exceeds?|(?:maximum|minimum)[^.]*[0-9]|",
        r"ranges? (?:is|from|of)|value range|between [0-9]|by default|default (?:value|is|to)|defaults? to|mandatory|",
        r"must be unique|is unique|not be|limited to|in the format|(?:parameter|field|value|it) is required)\b"
    ))
});

/// The words that join what is said of a thing to the thing: nothing is said by them alone.
static JOINT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?:(?i)\b(?:must|cannot|can|may|should)(?: not)?(?: only)?(?: be(?: an?)?| (?:match|follow|meet|conform to|comply with)(?: the)?)?|\bin the format(?: of)?|必须|只能|可以|应|必须(?:匹配|满足|符合)|",
        r#"格式\s*(?:为|是)|取值范围\s*(?::|为|是))\s*["*]?$"#
    ))
});
static TAIL: LazyLock<Pattern> = LazyLock::new(|| compile(r"^\s*(?i:by default)"));

/// Whether what no rule claimed of the sentence reads like a promise.
pub(super) fn looks_like_a_constraint(
    text: &str,
    sentence: &Range<usize>,
    claimed: &[Range<usize>],
) -> bool {
    let letters = Letters::of(&text[sentence.clone()]);
    let mut suspects: Vec<&Pattern> = vec![&ZH, &EN];
    suspects.retain(|pattern| pattern.may_match(&letters));
    if suspects.is_empty() {
        return false;
    }
    let suspicious = |text: &str| suspects.iter().any(|pattern| pattern.is_match(text));
    let printed = text[sentence.clone()].trim_end();
    if printed.ends_with(':') && INTRODUCES.is_match(printed) {
        return false;
    }
    let mut claimed: Vec<&Range<usize>> = claimed.iter().collect();
    claimed.sort_by_key(|range| range.start);
    let mut from = sentence.start;
    for range in claimed {
        if range.start > from {
            let between = &text[from..range.start.min(sentence.end)];
            let joint = JOINT
                .find(between)
                .map_or(between.len(), |found| found.start());
            if suspicious(&between[..joint]) {
                return true;
            }
        }
        from = from.max(range.end);
        if let Some(rest) = text.get(from..sentence.end) {
            from += TAIL.find(rest).map_or(0, |found| found.end());
        }
    }
    from < sentence.end && suspicious(&text[from..sentence.end])
}
