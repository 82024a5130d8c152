//! Gives lists back that a converter ran together: `State. on：burnsoff：does not burn`.
//!
//! Where a cell is one line, list items stand without any sign between them. A value with a wide
//! colon behind it, right after wide characters, begins the gloss of that value; two of them are a list.

use super::Piece;

/// A value of a list is not longer than this.
const LONGEST_VALUE: usize = 48;

/// The pieces of a text: what stands before the first value, and one for each value with its gloss.
pub(super) fn split(piece: Piece) -> Vec<Piece> {
    let starts = starts(&piece.text);
    if starts.len() < 2 {
        return vec![piece];
    }
    let ends = starts[1..].iter().copied().chain([piece.text.len()]);
    let items = starts.iter().zip(ends).map(|(start, end)| (*start, end, 1));
    let parts = [(0, starts[0], 0)].into_iter().chain(items);
    let parts = parts.flat_map(|(start, end, depth)| {
        let after = remark(&piece.text[start..end]).filter(|_| depth > 0);
        let middle = start + after.unwrap_or(end - start);
        [(start, middle, depth), (middle, end, 0)]
    });
    let pieces = parts.map(|(start, end, depth)| Piece {
        text: piece.text[start..end].trim().to_owned(),
        depth: piece.depth.max(depth),
        ..piece
    });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}

/// Words that begin what is said after a list, about all of it.
const REMARKS: &[&str] = &["微版本", "约束：", "说明：", "枚举值"];

/// Where the last gloss of a list ends, when more follows it.
fn remark(item: &str) -> Option<usize> {
    let found = REMARKS.iter().filter_map(|words| item.find(words));
    found.filter(|at| *at > 0).min()
}

/// Where glosses begin. Numbers stick to words in front of them: `2：lowIPv43：high` has a `3`.
fn starts(text: &str) -> Vec<usize> {
    let heads: Vec<(usize, &str)> = text
        .match_indices('：')
        .map(|(colon, _)| (colon, value_before(&text[..colon])))
        // A gloss is made of words; signs after a colon are what may be typed.
        .filter(|(colon, value)| {
            let gloss = text[colon + '：'.len_utf8()..].chars().next();
            !value.is_empty() && gloss.is_some_and(char::is_alphanumeric)
        })
        .collect();
    let n_digits = digits_of_each(&heads);
    let mut found: Vec<usize> = Vec::new();
    for (colon, value) in heads {
        let start = match n_digits {
            Some(n_digits) if trailing_digits(value) >= n_digits => colon - n_digits,
            _ => colon - value.len(),
        };
        let is_glued =
            n_digits.is_none() && text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        if !is_glued && found.last().is_none_or(|last| *last < start) {
            found.push(start);
        }
    }
    found
}

/// Where the first value is a number, all are: how many digits the shortest has.
fn digits_of_each(heads: &[(usize, &str)]) -> Option<usize> {
    let (_, first) = heads.first()?;
    let runs = heads.iter().map(|(_, value)| trailing_digits(value));
    runs.filter(|run| *run > 0)
        .min()
        .filter(|_| trailing_digits(first) == first.len())
}

fn trailing_digits(value: &str) -> usize {
    value.bytes().rev().take_while(u8::is_ascii_digit).count()
}

/// The words for a value that is empty.
const EMPTY: [&str; 2] = ["空字符串", "空串"];

/// The value that ends a text.
fn value_before(text: &str) -> &str {
    if let Some(empty) = EMPTY.iter().find(|empty| text.ends_with(**empty)) {
        return &text[text.len() - empty.len()..];
    }
    let length = text
        .bytes()
        .rev()
        .take(LONGEST_VALUE)
        .take_while(is_value)
        .count();
    &text[text.len() - length..]
}

fn is_value(b: &u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let pieces = split(Piece {
            text: text.to_owned(),
            line: 3,
            depth: 0,
            note: false,
        });
        let shown: Vec<String> = pieces
            .iter()
            .map(|piece| format!("{}{}", "- ".repeat(piece.depth.into()), piece.text))
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn the_empty_text_is_a_value() {
        check(
            "灯态。lit：亮着dark：灭着空字符串：无灯",
            &["灯态。", "- lit：亮着", "- dark：灭着", "- 空字符串：无灯"],
        );
    }

    #[test]
    fn values_with_glosses_are_a_list() {
        check(
            "灯的状态。取值范围：lit：亮着low_oil：快灭了OUT：灭了",
            &[
                "灯的状态。取值范围：",
                "- lit：亮着",
                "- low_oil：快灭了",
                "- OUT：灭了",
            ],
        );
        check(
            "lit/dim：亮。off：灭。",
            &["- lit/dim：亮。", "- off：灭。"],
        );
        check(
            "on：亮。off：灭。当前无效。",
            &["- on：亮。", "- off：灭。当前无效。"],
        );
        check(
            "版本。4：表示v46：表示v6",
            &["版本。", "- 4：表示v4", "- 6：表示v6"],
        );
        check(
            "0：dark1：dim2：lit",
            &["- 0：dark", "- 1：dim", "- 2：lit"],
        );
        check(
            "on：亮off：灭微版本2.9新增",
            &["- on：亮", "- off：灭", "微版本2.9新增"],
        );
        check(
            "取值：0，1，20：dark1：dim2：lit",
            &["取值：0，1，2", "- 0：dark", "- 1：dim", "- 2：lit"],
        );
        check("200：好404：没有", &["- 200：好", "- 404：没有"]);
    }

    #[test]
    fn other_texts_stay_whole() {
        for text in [
            "约束：灯名不能重复。取值范围：1到9",
            "灯的名称。name：灯",
            "格式为https://coast.example：443",
            "Lamp: on",
            "灯的字符。Oil：!@#Gas：!@%",
            "",
        ] {
            check(
                text,
                if text.is_empty() {
                    &[""]
                } else {
                    std::slice::from_ref(&text)
                },
            );
        }
    }
}
