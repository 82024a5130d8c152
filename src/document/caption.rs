//! Captions: `表 4-29 …`, `**表 4-31** …`, `- 表 5-3 …`, `Table 3 …`.

use super::inline;
use super::words;

/// Longer lines are sentences.
const LONGEST_CAPTION: usize = 200;

/// The caption of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caption {
    /// As printed: `4-29`, `Table 2`.
    pub(super) number: Option<String>,
    /// What stands after the number.
    pub(super) text: Option<String>,
    /// Its line.
    pub(super) line: u32,
}

impl Caption {
    /// The caption as one text.
    pub(super) fn shown(self) -> String {
        let parts = [self.number, self.text];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Reads a line as a caption, unless it is a sentence that begins like one.
pub(super) fn read(raw: &str, line: u32) -> Option<Caption> {
    if raw.len() > LONGEST_CAPTION || !(raw.contains('表') || raw.contains("able")) {
        return None;
    }
    let text = inline::line(raw);
    let bare = text
        .trim()
        .trim_start_matches(['-', '•', '●', '#'])
        .trim_start();
    let (word, rest) = ["表格", "表", "Table", "TABLE"]
        .iter()
        .find_map(|word| bare.strip_prefix(word).map(|rest| (*word, rest)))?;
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '–'))
        .unwrap_or(rest.len());
    let (number, title) = (rest[..end].trim_end_matches(['.', '-']), rest[end..].trim());
    let numbered = number.ends_with(|c: char| c.is_ascii_digit())
        && number.split(['-', '.', '–']).all(is_number_part);
    let parted =
        rest[end..].is_empty() || rest[end..].starts_with([' ', '\u{3000}', ':', '：', '\t']);
    if !numbered || !parted || words::ends_a_sentence(title) || is_statement(title) {
        return None;
    }
    let title = title.trim_start_matches([':', '：']).trim();
    Some(Caption {
        number: Some(if word.starts_with('T') {
            format!("Table {number}")
        } else {
            number.to_owned()
        }),
        text: (!title.is_empty()).then(|| title.to_owned()),
        line,
    })
}

fn is_number_part(part: &str) -> bool {
    let digits = !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
    digits || (part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase()))
}

/// `lists the parameters` goes on in the middle of a sentence: a caption has no verb for the table.
fn is_statement(title: &str) -> bool {
    let first = title.split(' ').next().unwrap_or("");
    [
        "lists",
        "shows",
        "describes",
        "and",
        "is",
        "provides",
        "gives",
    ]
    .contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: Option<(&str, Option<&str>)>) {
        let read = read(raw, 1);
        let seen = read
            .as_ref()
            .map(|caption| (caption.number.as_deref(), caption.text.as_deref()));
        let expected = expected.map(|(number, text)| (Some(number), text));
        assert_eq!(seen, expected, "{raw}");
    }

    #[test]
    fn reads_captions_in_each_dress() {
        check("表 4-29 lamp 字段", Some(("4-29", Some("lamp 字段"))));
        check("**表 4-31** 参数", Some(("4-31", Some("参数"))));
        check(
            "- 表 5-3 sub\\_lamps 字段",
            Some(("5-3", Some("sub_lamps 字段"))),
        );
        check("**表 1**  参数", Some(("1", Some("参数"))));
        check(
            "Table 3 Lamp fields",
            Some(("Table 3", Some("Lamp fields"))),
        );
        check("Table A-1: Codes", Some(("Table A-1", Some("Codes"))));
        check("表 7", Some(("7", None)));
    }

    #[test]
    fn leaves_sentences_alone() {
        check("Table 1 lists the parameters.", None);
        check("Table 1 lists the parameters", None);
        check("表4-1所示", None);
        check("表 4-1 给出了全部参数。", None);
        check("Tables are wooden", None);
        check("表示开关", None);
    }
}
