//! Parts again what a converter ran together in a cell: `状态枚举值：**lit****dark**默认值：**lit**`.
//!
//! A label begins a piece of its own, and bold texts printed back to back are the items of a list.

use super::Piece;

/// Labels that say what the text around them is for.
const SECTIONS: &[&str] = &[
    "约束限制：",
    "约束：",
    "功能说明：",
    "参数解释：",
    "支持的最大字符长度：",
];

/// Labels of values. A noun before one of them may be what has the values.
const OF_VALUES: &[&str] = &[
    "取值范围：",
    "枚举值：",
    "默认取值：",
    "默认值：",
    "缺省值：",
    "最小长度：",
    "最大长度：",
    "最小值：",
    "最大值：",
];

const BOLD: &str = "**";

/// The pieces of a text: one for each label, and one for each of its bold items.
pub(super) fn split(piece: Piece) -> Vec<Piece> {
    if !piece.text.contains('：') && !piece.text.contains("****") {
        return vec![piece];
    }
    let starts = starts(&piece.text);
    let parts = between(&piece.text, &starts);
    let parts = parts.flat_map(listed);
    pieces_of(&piece, parts)
}

/// The pieces of a text in which only labels behind a blank begin something new, as on paper.
pub(super) fn split_at_blanks(piece: Piece) -> Vec<Piece> {
    let labels = piece.text.match_indices('：').filter_map(|(colon, mark)| {
        let whole = &piece.text[..colon + mark.len()];
        let (label, of_values) = label_at_end(whole)?;
        let start = whole.len() - label.len();
        (of_values && is_behind_blank(&piece.text[..start])).then_some(start)
    });
    let mut starts: Vec<usize> = std::iter::once(0).chain(labels).collect();
    starts.extend(bare_default(&piece.text));
    starts.sort_unstable();
    if starts.len() == 1 {
        return vec![piece];
    }
    let parts = between(&piece.text, &starts);
    pieces_of(&piece, parts.map(|text| (text, 0)))
}

/// Where a default begins whose label has lost its colon: `灭灯 默认值oil`.
fn bare_default(text: &str) -> Option<usize> {
    let labels = ["默认值", "缺省值"].into_iter();
    let mut found = labels.flat_map(|label| text.match_indices(label));
    let (start, _) = found.find(|(start, label)| {
        let after = &text[start + label.len()..];
        after.starts_with(|c: char| c.is_ascii_alphanumeric()) && is_behind_blank(&text[..*start])
    })?;
    Some(start)
}

/// What stands between these places, up to the end.
fn between<'t>(text: &'t str, starts: &'t [usize]) -> impl Iterator<Item = &'t str> {
    let ends = starts[1..].iter().copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &text[*start..end])
}

fn pieces_of<'t>(piece: &Piece, parts: impl Iterator<Item = (&'t str, u8)>) -> Vec<Piece> {
    let pieces = parts.map(|(text, depth)| Piece {
        text: text.trim().to_owned(),
        depth: piece.depth.max(depth),
        ..*piece
    });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}
/// Where the text begins, and each label in it that begins something new.
fn starts(text: &str) -> Vec<usize> {
    let mut found = vec![0];
    let mut last: Option<bool> = None;
    for (colon, mark) in text.match_indices('：') {
        let after = &text[colon + mark.len()..];
        let whole = &text[..colon + mark.len()];
        let Some((label, of_values)) = label_at_end(whole) else {
            continue;
        };
        let start = whole.len() - label.len();
        let before = text[..start].trim_end();
        let is_bold = after.starts_with(BOLD) || before.ends_with(BOLD);
        let is_apart = |after_values| !belongs_to(before, of_values, after_values);
        let stands = of_values && is_behind_blank(&text[..start]);
        let is_new = is_bold || stands || last.is_some_and(is_apart);
        last = Some(of_values);
        if is_new && start > 0 {
            found.push(start);
        }
    }
    found
}

/// The label that ends a text, and whether it is one of values.
fn label_at_end(text: &str) -> Option<(&'static str, bool)> {
    let ends = |label: &&&str| text.ends_with(**label);
    let section = SECTIONS.iter().find(ends).map(|label| (*label, false));
    section.or_else(|| OF_VALUES.iter().find(ends).map(|label| (*label, true)))
}

/// Whether a label goes on with the words before it: `灯高的取值范围：`, `wick_size取值范围：`. The value of a label before
/// is all that stands behind that one.
fn belongs_to(before: &str, of_values: bool, after_values: bool) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_value = after_values && before.trim_end_matches(is_word).ends_with('：');
    let is_named = of_values && before.ends_with(is_word) && !is_value;
    before.ends_with(['的', '、', '和', '与', '或', '下', '其', '该']) || is_named
}

/// Whether a label of values that a blank parts from what is before it says something new: `灯号ID 最小长度：1`. A noun
/// is no name of a field, and what goes on is no end of a sentence.
fn is_behind_blank(text: &str) -> bool {
    let before = text.trim_end();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let rest = before.trim_end_matches(is_word);
    let word = &before[rest.len()..];
    let is_name = word.contains(|c: char| c.is_ascii_alphabetic())
        && (rest.is_empty()
            || rest.ends_with(|c: char| c.is_whitespace() || "。，；：,;:".contains(c)));
    let goes_on = [
        '的', '、', '和', '与', '或', '下', '其', '该', '时', '，', ',', '：', ':', '（', '(',
    ];
    before.len() < text.len() && !before.is_empty() && !is_name && !before.ends_with(goes_on)
}

/// The parts of a text with their depths: what is bold and back to back are items.
fn listed(text: &str) -> Vec<(&str, u8)> {
    let Some(start) = first_run(text) else {
        return vec![(text, 0)];
    };
    let items = bold_run(&text[start..]);
    let marks = 2 * BOLD.len();
    let end = start + items.iter().map(|item| item.len() + marks).sum::<usize>();
    let mut parts = vec![(&text[..start], 0)];
    parts.extend(items.into_iter().map(|item| (item, 1)));
    parts.push((&text[end..], 0));
    parts
}

/// Where bold texts begin that are printed back to back.
fn first_run(text: &str) -> Option<usize> {
    let between = text.find("****")?;
    let start = text[..between].rfind(BOLD)?;
    (bold_run(&text[start..]).len() > 1).then_some(start)
}

/// The bold texts that a text begins with.
fn bold_run(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(inside) = rest.strip_prefix(BOLD) {
        let Some((item, after)) = inside.split_once(BOLD) else {
            break;
        };
        if item.trim().is_empty() || item.contains('*') {
            break;
        }
        found.push(item);
        rest = after;
    }
    found
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
    fn bold_texts_back_to_back_are_items() {
        check(
            "灯态枚举值：**LIT****GOING_OUT****DARK**",
            &["灯态", "枚举值：", "- LIT", "- GOING_OUT", "- DARK"],
        );
        check(
            "版本。枚举值：**4****6**缺省值：**4**",
            &["版本。", "枚举值：", "- 4", "- 6", "缺省值：**4**"],
        );
        check("枚举值：**wick**", &["枚举值：**wick**"]);
        check("灯的**高度**和**亮度**", &["灯的**高度**和**亮度**"]);
        check("密码****不显示", &["密码****不显示"]);
        check("**a****", &["**a****"]);
    }

    #[test]
    fn labels_begin_something_new() {
        check(
            "灯塔ID最小长度：**0**最大长度：**36**",
            &["灯塔ID", "最小长度：**0**", "最大长度：**36**"],
        );
        check(
            "点灯方式；默认值：wick取值范围：wick、gas。",
            &["点灯方式；默认值：wick", "取值范围：wick、gas。"],
        );
        check(
            "功能说明：灯名取值范围：1-9个字符约束：不能重复",
            &["功能说明：灯名", "取值范围：1-9个字符", "约束：不能重复"],
        );
    }

    #[test]
    fn a_label_behind_a_blank_begins_something_new() {
        check(
            "灯塔ID 最小长度：5 最大长度：64",
            &["灯塔ID", "最小长度：5", "最大长度：64"],
        );
        check(
            "灯的种类 0-oil 1-GAS_LAMP 最小值：0 最大值：9 缺省值：0",
            &[
                "灯的种类 0-oil 1-GAS_LAMP",
                "最小值：0",
                "最大值：9",
                "缺省值：0",
            ],
        );
        check("灯。 最小值：0", &["灯。", "最小值：0"]);
    }

    #[test]
    fn what_has_the_values_stays_with_its_label() {
        for text in [
            "wick_size 取值范围：1-9",
            "灯亮时 取值范围：1-9",
            "灯，wick_size 取值范围：1-9",
            "约束：灯芯的取值范围：1-9",
            "约束：wick_size取值范围：1-9",
            "灯芯取值范围：1-9",
            "约束：如下约束：不能重复",
        ] {
            check(text, &[text]);
        }
    }
}
