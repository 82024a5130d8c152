//! The words for characters in both languages.
//!
//! Main entry: [`named`].

use crate::contract::CharClass;

/// The words, each with what it means. Longer words stand before those they contain.
const NAMED: [(&str, &[CharClass]); 54] = [
    ("中文", &[CharClass::Chinese]),
    ("汉字", &[CharClass::Chinese]),
    ("unicod", &[CharClass::Chinese]),
    ("chinese", &[CharClass::Chinese]),
    ("大小写英文字母", &LETTERS),
    ("大小写字母", &LETTERS),
    ("大小写英文", &LETTERS),
    ("大写英文字母", &[CharClass::Range('A', 'Z')]),
    ("英文大写字母", &[CharClass::Range('A', 'Z')]),
    ("大写字母", &[CharClass::Range('A', 'Z')]),
    ("大写英文", &[CharClass::Range('A', 'Z')]),
    ("小写英文字母", &[CharClass::Range('a', 'z')]),
    ("英文小写字母", &[CharClass::Range('a', 'z')]),
    ("英文大小写字母", &LETTERS),
    ("小写字母", &[CharClass::Range('a', 'z')]),
    ("小写英文", &[CharClass::Range('a', 'z')]),
    ("uppercase", &[CharClass::Range('A', 'Z')]),
    ("lowercase", &[CharClass::Range('a', 'z')]),
    ("字母", &LETTERS),
    ("英文", &LETTERS),
    ("letter", &LETTERS),
    ("alphabet", &LETTERS),
    ("数字", &[CharClass::Range('0', '9')]),
    ("digit", &[CharClass::Range('0', '9')]),
    ("number", &[CharClass::Range('0', '9')]),
    ("下划线", &[CharClass::One('_')]),
    ("underscore", &[CharClass::One('_')]),
    ("中划线", &[CharClass::One('-')]),
    ("连字符", &[CharClass::One('-')]),
    ("短横线", &[CharClass::One('-')]),
    ("中横线", &[CharClass::One('-')]),
    ("减号", &[CharClass::One('-')]),
    ("hyphen", &[CharClass::One('-')]),
    ("dash", &[CharClass::One('-')]),
    ("小数点", &[CharClass::One('.')]),
    ("英文句号", &[CharClass::One('.')]),
    ("句点", &[CharClass::One('.')]),
    ("点", &[CharClass::One('.')]),
    ("period", &[CharClass::One('.')]),
    ("dot", &[CharClass::One('.')]),
    ("冒号", &[CharClass::One(':')]),
    ("colon", &[CharClass::One(':')]),
    ("空格", &[CharClass::One(' ')]),
    ("space", &[CharClass::One(' ')]),
    ("逗号", &[CharClass::One(',')]),
    ("comma", &[CharClass::One(',')]),
    ("等号", &[CharClass::One('=')]),
    ("equal sign", &[CharClass::One('=')]),
    ("加号", &[CharClass::One('+')]),
    ("plus sign", &[CharClass::One('+')]),
    ("斜杠", &[CharClass::One('/')]),
    ("slash", &[CharClass::One('/')]),
    ("at sign", &[CharClass::One('@')]),
    ("asterisk", &[CharClass::One('*')]),
];

/// Letters of both cases.
const LETTERS: [CharClass; 2] = [CharClass::Range('a', 'z'), CharClass::Range('A', 'Z')];

/// The classes that words name, with their places. A word inside a longer one does not count.
pub(super) fn named(lower_case: &str) -> Vec<(usize, CharClass)> {
    let mut covered = vec![false; lower_case.len()];
    let mut placed = Vec::new();
    for (word, classes) in NAMED {
        for (at, found) in lower_case.match_indices(word) {
            if covered[at] || is_part_of_another_word(lower_case, at, found) {
                continue;
            }
            covered[at..at + found.len()].fill(true);
            placed.extend(classes.iter().map(|class| (at, class.clone())));
        }
    }
    placed
}

/// "semicolon" is not a colon, "英文句号" no letters, "backslash" no slash.
fn is_part_of_another_word(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = &text[at + word.len()..];
    let continues = before.is_some_and(|c| c.is_ascii_lowercase()) && word.is_ascii();
    let qualifies = word == "英文" && (after.starts_with('句') || after.starts_with('逗'));
    let is_unit = word == "中文" && after.starts_with("标点");
    let both_cases = matches!(word, "letter" | "字母")
        && [
            "uppercase ",
            "lowercase ",
            "uppercase english ",
            "lowercase english ",
            "大写",
            "小写",
        ]
        .iter()
        .any(|case| text[..at].ends_with(case));
    continues || qualifies || is_unit || both_cases
}
