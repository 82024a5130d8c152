//! Prose into units and sentences, in one spelling.
//!
//! Full-width punctuation, digits and letters become ASCII, so that a rule is written once for both
//! spellings; `。`, `；` and `、` stay, because they part what ASCII marks do not. Items that a
//! converter ran together behind inline bullets are parted again.

use std::ops::Range;
use std::sync::LazyLock;

use super::powers::worked_out;
use crate::document::{Piece, Prose};
use crate::extract::lexicon;
use crate::extract::pattern::{Pattern, compile};

/// A longer sentence is cut: no promise is that long, and matching stays linear.
const LONGEST: usize = 4_000;

/// A paragraph or a list item in the spelling that rules expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The normalised text.
    pub(super) text: String,
    /// The line it starts on.
    pub(super) line: u32,
    /// 0 for running text, more for an item.
    pub(super) depth: u8,
    /// Whether it is a note.
    pub(super) note: bool,
}

impl Unit {
    /// This text as a piece of the document, for what stays unread.
    pub(super) fn piece(&self, text: &str) -> Piece {
        Piece {
            text: text.trim().to_owned(),
            line: self.line,
            depth: self.depth,
            note: self.note,
        }
    }

    /// The places of the sentences in the text.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = 0;
        for end in ends(&self.text).into_iter().chain([self.text.len()]) {
            // The blank behind a full stop is of no sentence: rules know where one begins.
            let blanks = self.text[start..].len() - self.text[start..].trim_start().len();
            if end > start + blanks {
                found.push(start + blanks..end);
                start = end;
            }
        }
        found
    }
}

/// All units of a prose, in order.
pub(super) fn units(prose: &Prose) -> Vec<Unit> {
    let mut units = Vec::new();
    // Items behind the same mark are of one list, though a list inside was never closed.
    let mut bullet_depth = None;
    for piece in &prose.pieces {
        let text = normalised(&piece.text);
        for (nth, part) in text.split('•').enumerate() {
            let text = part.trim();
            let depth = match nth {
                0 => piece.depth,
                _ => *bullet_depth.get_or_insert(piece.depth.saturating_add(1)),
            };
            if !text.is_empty() {
                units.push(Unit {
                    text: text.to_owned(),
                    line: piece.line,
                    depth,
                    note: piece.note,
                });
            }
        }
    }
    with_labels(units)
}

/// A label that stands alone, "Default value:", is said of the text below it.
fn with_labels(units: Vec<Unit>) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let mut label: Option<Unit> = None;
    let mut said_below: Option<Unit> = None;
    for mut unit in units {
        if let Some((name, value)) = labelled_word(&unit.text) {
            if !lexicon::says_nothing(value) {
                unit.text = format!("{name}: {value}");
                joined.push(unit);
            }
            continue;
        }
        if let Some(above) = label.take() {
            if !lexicon::says_nothing(&unit.text) {
                let words = above.text.trim_end_matches(':').trim_end();
                unit.text = format!("{words}: {}", unit.text);
            }
            // A list below it tells what is taken in which case.
            said_below = (unit.depth > above.depth).then_some(above);
        } else if let Some(above) = said_below.take_if(|above| unit.depth > above.depth) {
            let words = above.text.trim_end_matches(':').trim_end();
            unit.text = format!("{words}: {}", unit.text);
            said_below = Some(above);
        } else {
            said_below = None;
        }
        match is_default_label(&unit.text) {
            true => label = Some(unit),
            false => joined.push(unit),
        }
    }
    joined.extend(label);
    with_ranges(joined)
}

/// "Range:" alone is said of the numbers or words below it, where these are one line.
fn with_ranges(units: Vec<Unit>) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let mut units = units.into_iter().peekable();
    while let Some(mut unit) = units.next() {
        let is_label = is_range_label(&unit.text);
        if is_label && let Some(below) = units.next_if(|below| lists_values(&below.text)) {
            if units.peek().is_some_and(|more| lists_values(&more.text)) {
                joined.push(unit);
                unit = below;
            } else {
                unit.text = format!(
                    "{}: {}",
                    unit.text.trim_end_matches(':').trim_end(),
                    below.text
                );
                unit.line = below.line;
            }
        }
        joined.push(unit);
    }
    joined
}

fn is_lower_case(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_range_label(text: &str) -> bool {
    let words = text.trim_end_matches(':').trim_end();
    words == "取值范围"
        || ["range", "value range"]
            .iter()
            .any(|label| words.eq_ignore_ascii_case(label))
}

/// Whether a text is nothing but values, a range or a length: "1-365", "[1,9]", "A、B", "24 characters".
fn lists_values(text: &str) -> bool {
    let mut rest = text.trim().trim_end_matches(['。', '.']);
    for unit in ["个字符", "位字符", "字符", "characters", "character"] {
        rest = rest.strip_suffix(unit).unwrap_or(rest);
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || " _.,、/-~[]()".contains(c);
    let is_list = rest.contains(['、', ',', '-', '~']) || rest.len() < text.trim().len();
    let is_word = |word: &&str| !matches!(*word, "or" | "and" | "to") && is_lower_case(word);
    let is_sentence = rest.split_whitespace().filter(is_word).count() > 1;
    is_list && !is_sentence && rest.len() <= 120 && rest.chars().all(is_part)
}

/// "Default value false", where the paper ran a label and its value together.
fn labelled_word(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.rsplit_once(' ')?;
    let is_labelled = is_default_label(label) && !label.ends_with(':');
    (is_labelled && !is_default_label(text)).then_some((label, value))
}

fn is_default_label(text: &str) -> bool {
    let words = text.trim_end_matches(':').trim_end();
    ["默认取值", "默认值", "缺省值"].contains(&words)
        || ["default", "default value"]
            .iter()
            .any(|label| words.eq_ignore_ascii_case(label))
}

/// The role of literals; a table may have lost the backquotes behind it.
const LITERAL: &str = ":literal:";

/// The text in one spelling: ASCII marks, single blanks, no emphasis marks.
fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    let mut is_marked = false;
    for c in text.chars() {
        let c = ascii(c);
        is_marked |= matches!(c, '*' | '`' | '\\');
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            if !blank {
                out.push(' ');
            }
            blank = true;
        } else {
            out.push(c);
            blank = false;
        }
    }
    let out = match is_marked || out.contains(LITERAL) {
        true => without_marks(&out),
        false => out,
    };
    in_digits(worked_out(out))
}

/// Lengths with their numbers in digits: "exactly six characters" says what "exactly 6 characters" says.
fn in_digits(text: String) -> String {
    static IN_WORDS: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"\b(?P<number>(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty)) (?P<what>characters|bytes)\b",
        )
    });
    const NUMBERS: [(&str, &str); 13] = [
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("sixteen", "16"),
        ("twenty", "20"),
    ];
    let Some(found) = IN_WORDS.captures(&text) else {
        return text;
    };
    let word = found["number"].to_lowercase();
    let digits = NUMBERS.iter().find(|(name, _)| *name == word);
    let Some((place, (_, digits))) = found.name("number").zip(digits) else {
        return text;
    };
    let rest = in_digits(text[place.end()..].to_owned());
    [&text[..place.start()], digits, &rest].concat()
}

/// Without marks of emphasis and of literals.
fn without_marks(text: &str) -> String {
    let marks = [("**", ""), ("``", ""), (LITERAL, ""), ("\\_", "_")];
    marks.iter().fold(text.to_owned(), |text, (mark, plain)| {
        text.replace(mark, plain)
    })
}

/// The ASCII spelling of a full-width or typographic character.
fn ascii(c: char) -> char {
    match c {
        '；' => c,
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '“' | '”' | '„' | '″' => '"',
        '‘' | '’' => '\'',
        '【' => '[',
        '】' => ']',
        '–' | '—' | '−' => '-',
        '●' | '▪' | '·' | '◦' => '•',
        _ => c,
    }
}

/// What a paper ran together with the gloss before it: `dark:灭fuel为oil时`, `dark:灭默认值为lit`.
static BEHIND_GLOSS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#":\s*(?P<meaning>\p{Han}{1,24})(?:\([^()]{0,24}\))?(?P<next>[A-Za-z_][A-Za-z0-9_.]{1,40}\s*(?:参数|字段)?的?(?:取?值)?(?:为|是|等于)|(?:默认|缺省)(?:取值|值)?(?:为|是|:)\s*"?[A-Za-z0-9_-])"#,
    )
});

/// Where a gloss ends and what is said of another field, or of this one when it is left out, begins, with no mark
/// between.
pub(super) fn behind_gloss(text: &str) -> Option<usize> {
    const CONDITIONS: [char; 6] = ['当', '若', '如', '且', '在', '由'];
    const MEASURES: [char; 6] = ['度', '量', '数', '小', '径', '间'];
    let of_value = |colon: usize| {
        let value = text[..colon].trim_end();
        value.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    };
    let mut found = BEHIND_GLOSS.captures_iter(text);
    let gloss = found.find(|gloss| gloss.get(0).is_some_and(|whole| of_value(whole.start())))?;
    let is_condition = gloss["meaning"].contains(CONDITIONS);
    // The default of a length is that of another noun.
    let is_measure = gloss["meaning"].ends_with(MEASURES);
    let next = gloss
        .name("next")
        .filter(|_| !is_condition && !is_measure)?;
    Some(next.start())
}

/// Where sentences end, the mark included.
fn ends(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut last = 0;
    let mut unmarked = behind_gloss(head(text, LONGEST));
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let rest = &text[end..];
        if unmarked.take_if(|next| *next <= end).is_some() {
            found.push(end);
            last = end;
            continue;
        }
        let ends_here = match c {
            '。' | '；' => true,
            _ if is_before_part(c, rest) => true,
            ' ' => is_behind_last_gloss(&text[last..at], rest),
            '.' => {
                rest.starts_with(' ') && starts_sentence(&rest[1..]) && !abbreviates(&text[..at])
                    || is_run_together(rest)
                    || counts_in_a_sentence(&text[last..at], rest)
            }
            // A list of signs may end in one of these; a word behind it begins what is said next.
            '?' | '!' => rest.strip_prefix(' ').is_some_and(starts_with_word),
            _ => false,
        };
        let goes_on = ends_here && belongs_to_the_sentence_before(rest.trim_start());
        if (ends_here && !goes_on) || end - last > LONGEST {
            found.push(end);
            last = end;
        }
    }
    found
}

/// "none of =|/Value: at most 9": the word for a part of a pair begins what is said of it.
fn is_before_part(c: char, rest: &str) -> bool {
    let is_sign = c.is_ascii_punctuation() && !"\"'([{:_-.".contains(c);
    is_sign && ["Key:", "Value:"].iter().any(|part| rest.starts_with(part))
}

/// "off: 灭 微版本3.7支持": the version is that of the field, and not of its last value.
fn is_behind_last_gloss(before: &str, rest: &str) -> bool {
    let is_said_before = before.ends_with(['从', '自', '在', '于', ':']);
    rest.starts_with("微版本") && before.contains(':') && !is_said_before
}

fn starts_with_word(rest: &str) -> bool {
    let mut letters = rest.chars();
    let [first, second] = [letters.next(), letters.next()];
    first.is_some_and(|c| c.is_ascii_uppercase()) && second.is_some_and(|c| c.is_ascii_lowercase())
}

fn starts_sentence(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c == '"' || c == '(' || is_han(c))
}

/// "The default is 7.The value range is 1-9": the blank behind a full stop is lost.
fn is_run_together(rest: &str) -> bool {
    const WORDS: [&str; 6] = ["The ", "This ", "Value range", "If ", "It ", "When "];
    WORDS.iter().any(|word| rest.starts_with(word))
}

/// "At most 9. 4 lamps are lit": a sentence may begin with a number. Behind a number alone and behind an abbreviation
/// none does.
fn counts_in_a_sentence(before: &str, rest: &str) -> bool {
    const ABBREVIATED: [&str; 14] = [
        "incl", "excl", "approx", "max", "min", "fig", "sec", "ver", "vol", "no", "ca", "vs",
        "e.g", "i.e",
    ];
    let first = rest.strip_prefix(' ').unwrap_or("");
    let behind = first.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut words = behind.strip_prefix(' ').unwrap_or("").split(' ');
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|c| c.is_ascii_lowercase());
    let is_counted = behind.len() < first.len() && words.next().filter(is_word).is_some();
    if !is_counted {
        return false;
    }
    let last = before.rsplit(' ').next().unwrap_or("").to_lowercase();
    before.trim().contains(' ') && !ABBREVIATED.contains(&last.as_str()) && !abbreviates(before)
}

fn abbreviates(before: &str) -> bool {
    ["e.g", "i.e", "etc", "vs", "No"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// A sentence that says what holds otherwise is half of the one before it.
fn belongs_to_the_sentence_before(rest: &str) -> bool {
    const OTHERWISE: [&str; 5] = ["否则", "其他情况", "In other ", "Otherwise", "If not"];
    OTHERWISE.iter().any(|word| rest.starts_with(word))
}

/// Whether the character is a Chinese one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// The text up to `most` bytes, cut between characters.
pub(super) fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The last `most` bytes of the text, cut between characters.
pub(super) fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_emphasis_and_literals_are_none_of_the_words() {
        let plain = "oil or wood_gas, by default oil";
        for marked in [
            "**oil** or `wood\\_gas`, by default :literal:`oil`",
            // A table has lost the backquotes.
            ":literal:oil or wood_gas, by default :literal:oil",
            "``oil`` or wood_gas,  by default oil",
        ] {
            assert_eq!(normalised(marked).replace('`', ""), plain);
        }
    }

    fn sentences(text: &str) -> Vec<String> {
        let prose = Prose {
            pieces: vec![Piece {
                text: text.to_owned(),
                line: 1,
                depth: 0,
                note: false,
            }],
        };
        let parted = |unit: &Unit| -> Vec<String> {
            let ranges = unit.sentences();
            ranges
                .into_iter()
                .map(|range| unit.text[range].trim().to_owned())
                .collect()
        };
        units(&prose).iter().flat_map(parted).collect()
    }

    #[test]
    fn one_spelling_for_both_widths() {
        assert_eq!(sentences("灯名（１～８）　：“a”"), ["灯名(1~8) :\"a\""]);
    }

    #[test]
    fn sentences_end_at_stops_of_both_languages() {
        assert_eq!(
            sentences("The lamp is lit. The keeper sleeps, e.g. On Monday."),
            ["The lamp is lit.", "The keeper sleeps, e.g. On Monday."]
        );
        assert_eq!(sentences("灯亮；灯灭。雾来"), ["灯亮；", "灯灭。", "雾来"]);
        assert_eq!(
            sentences("The default is 7.The value range is 1-9. See lamp.TheLamp."),
            [
                "The default is 7.",
                "The value range is 1-9.",
                "See lamp.TheLamp."
            ]
        );
    }

    #[test]
    fn a_sentence_may_begin_with_a_number() {
        assert_eq!(
            sentences("At most 9 lamps. 4 lamps are lit when none is named.").len(),
            2
        );
        for one in [
            "1. 4 lamps are lit",
            "The glow is approx. 40 candles",
            "It burns 9. 5 of them",
        ] {
            let parts = sentences(one);
            let are_apart = parts.len() > 1;
            assert_eq!(are_apart, one.starts_with("It"), "{parts:?}");
        }
    }

    #[test]
    fn labels_belong_to_the_text_below() {
        let prose = |texts: &[&str]| Prose {
            pieces: texts
                .iter()
                .map(|text| Piece {
                    text: (*text).to_owned(),
                    line: 1,
                    depth: 0,
                    note: false,
                })
                .collect(),
        };
        let read = |texts: &[&str]| -> Vec<String> {
            let units = units(&prose(texts));
            units.into_iter().map(|unit| unit.text).collect()
        };
        assert_eq!(
            read(&["The fuel.", "**Default Value**", "peat", "Burns long."]),
            ["The fuel.", "Default Value: peat", "Burns long."]
        );
        assert_eq!(
            read(&["Default value peat", "Default Value N/A"]),
            ["Default value: peat"]
        );
        assert_eq!(
            read(&["燃料。", "默认取值：", "不涉及。"]),
            ["燃料。", "不涉及。"]
        );
    }

    #[test]
    fn what_holds_otherwise_stays_with_its_sentence() {
        assert_eq!(sentences("有雾时鸣笛；否则，留空。").len(), 1);
        assert_eq!(sentences("Sounds in fog. Otherwise, leave blank.").len(), 1);
    }

    #[test]
    fn inline_bullets_are_items() {
        assert_eq!(sentences("状态： • lit：亮 • dark：灭").len(), 3);
    }

    #[test]
    fn what_a_paper_ran_together_is_parted() {
        assert_eq!(sentences("亮:点灯灭:熄灯lamp为oil时亮").len(), 1);
        assert_eq!(sentences("lit:点灯dark:熄灯lamp为oil时亮").len(), 2);
        assert_eq!(sentences("dark:当lamp为oil时灭").len(), 1);
        assert_eq!(sentences("Key:不含*|/Value:不长").len(), 2);
    }

    #[test]
    fn endless_sentences_are_cut() {
        let parts = sentences(&"雾".repeat(3_000));
        assert!(parts.iter().all(|part| part.len() <= LONGEST + 4));
    }
}
