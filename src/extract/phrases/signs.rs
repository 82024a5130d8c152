//! Signs in a list of characters, and what is no part of such a list.

use std::sync::LazyLock;

use super::charset::classes;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::is_han;
use crate::contract::{CharClass, Constraint};
use crate::extract::pattern::{Match, Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.charset-further",
        language: Zh,
        meaning: "signs that a text may hold beside what another sentence lists",
        cues: &["特殊字符", "特殊符号"],
        pattern: r"(?:^|[,。；])(?:还|也)?(?:可以?|允许|支持)(?:包含|包括|输入|使用|含有)(?:以下|下列|如下)?特殊(?:字符|符号)\s*:?\s*(?P<set>[^。；]*)",
        read: further,
    },
    Rule {
        name: "en.charset-further",
        language: En,
        meaning: "signs that a text may hold beside what another sentence lists",
        cues: &["special character", "following characters"],
        pattern: r"\b(?:can|may) (?:also )?(?:contain|include|have|use) (?:any of )?the following (?:special )?characters:? (?P<set>.*)$",
        read: further,
    },
];

/// Signs alone are no list of all that may be: the prose joins them to the others, if it tells of any.
fn further(hit: &Hit) -> Option<Heard> {
    let signs = classes(hit.whole());
    let are_signs = are_in(&signs) && signs.iter().all(is_sign);
    (hit.about_field() && are_signs).then(|| Constraint::Charset(signs).into())
}

/// Whether a list of characters names signs one by one.
pub(super) fn are_in(classes: &[CharClass]) -> bool {
    classes.iter().any(is_sign)
}

fn is_sign(class: &CharClass) -> bool {
    matches!(class, CharClass::One(_))
}

/// Whether the letters of a list are those of all scripts.
pub(super) fn are_of_any_script(list: &str) -> bool {
    static ENCODED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:letters|characters)\b[^.;]*\bin UTF-?8\b|\bUTF-?8 (?:letters|characters)\b|UTF-?8\s*(?:格式|编码)的[^。；]*字母",
        )
    });
    ENCODED.is_match(list)
}

/// A list without what tells how the text begins and ends: those letters are no more than some of it.
pub(super) fn without_edges(list: &str) -> String {
    static EDGE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:且|并且|并)?(?:只能|必须|需要|须|应)?(?:以|由)[^及,。；以由][^,。；以由]*?(?:开头|开始|结尾|结束)(?:[和或]?(?:结尾|结束))?",
        )
    });
    match EDGE.find(list) {
        Some(edge) => [&list[..edge.start()], &list[edge.end()..]].concat(),
        None => list.to_owned(),
    }
}

/// Signs that stand alone between words of a list: `digits, - and _`.
pub(super) fn between_words(text: &str) -> Vec<(usize, CharClass)> {
    static ALONE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:、|和|与|或|及|, | and | or )\s*(?P<sign>[-_.@#$%&*+=!?~^/])\s*(?P<next>$|[、,和与或及]| and | or |组成)",
        )
    });
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(hit) = ALONE.captures_at(text, from)
        && let (Some(sign), Some(next)) = (hit.name("sign"), hit.name("next"))
    {
        let marks = sign
            .as_str()
            .chars()
            .map(|c| (sign.start(), CharClass::One(c)));
        found.extend(marks);
        // What parts two signs begins the next one, too.
        from = next.start();
    }
    found
}

/// Signs that blanks part: `and the following characters: _ . : /`.
pub(super) fn apart(text: &str) -> Vec<(usize, CharClass)> {
    static SPACED: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:(?:以下|下列)(?:特殊)?(?:字符|符号)|following (?:special )?characters):?\s*(?P<signs>[^A-Za-z0-9\p{Han}\s:](?:\s[^A-Za-z0-9\p{Han}\s])+)",
        )
    });
    let hit = SPACED.captures(text);
    let signs = hit.as_ref().and_then(|hit| hit.name("signs"));
    let marks = signs.into_iter().flat_map(|signs| {
        let marks = signs
            .as_str()
            .split(' ')
            .filter_map(|sign| sign.chars().next());
        marks.map(move |mark| (signs.start(), CharClass::One(mark)))
    });
    marks.collect()
}

/// Signs in a row behind the words of a list: `字母以及_-.等字符`.
pub(super) fn running_on(text: &str) -> Vec<(usize, CharClass)> {
    static ROW: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:、|和|与|或|及)\s*(?P<signs>[^A-Za-z0-9\p{Han}\s、。；]{2,60}|[^A-Za-z0-9\p{Han}\s、。；,](?:\s[^A-Za-z0-9\p{Han}\s、。；,])+)\s*(?:等?(?:特殊)?(?:字符|符号)|等?$)",
        )
    });
    let row = ROW.captures(text);
    let signs = row.as_ref().and_then(|row| row.name("signs"));
    // "(-)": what stands in brackets or quotes is read as such.
    let signs = signs.filter(|signs| !signs.as_str().starts_with(['(', '"', '\'']));
    let marks = signs.into_iter().flat_map(|signs| {
        let row = without_stop(text, signs);
        row.chars()
            .filter(|sign| *sign != ' ')
            .map(move |mark| (signs.start(), CharClass::One(mark)))
    });
    marks.collect()
}

/// Signs without the full stop of an English sentence, and without a comma before what is said next.
pub(super) fn without_stop<'a>(text: &str, signs: Match<'a>) -> &'a str {
    let is_last = signs.end() == text.len();
    match (text.contains(is_han), is_last) {
        (true, true) => signs.as_str(),
        (true, false) => signs.as_str().trim_end_matches(','),
        (false, _) => signs.as_str().trim_end_matches(['.', ',']),
    }
}

/// Whether a list has signs in a row of which not all are known: a blank or a full stop among them cuts it.
pub(super) fn are_cut(text: &str) -> bool {
    static ROW: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r#"(?:和|与|或|及)\s*[^A-Za-z0-9\p{Han}\s、。；("'\[]{2}[^\p{Han}]*$"#)
    });
    ROW.is_match(text) && running_on(text).is_empty()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.charset-further",
        "String",
        "- 可以使用下列特殊字符：_.+-\n- 可以包含字母、数字。",
        "charset '_' '.' '+' '-' a-z A-Z 0-9",
    ),
    (
        "en.charset-further",
        "String",
        "- The name can contain the following special characters: _.+-@\n- It can contain letters and digits.",
        "charset '_' '.' '+' '-' '@' a-z A-Z 0-9",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::read_of_text as read;

    #[test]
    fn signs_in_a_row_belong_to_the_list() {
        assert_eq!(
            read("灯名，只允许汉字、数字、以及_?#().,&-等字符的组合。"),
            ["charset Chinese 0-9 '_' '?' '#' '(' ')' '.' ',' '&' '-'"]
        );
        for list in [
            "由汉字、数字及@_.组成",
            "仅支持汉字、数字及@ _ .",
            "允许使用汉字、数字和@_.等特殊字符",
        ] {
            assert_eq!(read(list), ["charset Chinese 0-9 '@' '_' '.'"], "{list}");
        }
        assert_eq!(
            read("The name can contain only digits and the following special characters $*?;+<"),
            ["charset 0-9 '$' '*' '?' ';' '+' '<'"]
        );
    }

    #[test]
    fn further_signs_are_joined_to_a_list_or_say_nothing() {
        let further = "may contain the following special characters: _.+-@";
        assert!(read(&format!("The name. It {further}")).is_empty());
        assert_eq!(
            read(&format!(
                "- It can contain letters and spaces.\n- It {further}"
            )),
            ["charset a-z A-Z ' ' '_' '.' '+' '-' '@'"]
        );
    }

    #[test]
    fn a_row_that_is_cut_closes_no_list() {
        assert_eq!(
            read("灯名，只允许汉字、数字、以及_?#&- ,；。/等字符的组合。"),
            ["other: signs of which not all are told"]
        );
    }

    #[test]
    fn letters_of_the_first_sign_are_not_those_of_the_name() {
        assert_eq!(
            read("灯名，仅支持小写字母、点(.)，且只能以字母开头和结尾。"),
            ["charset a-z '.'", "pattern ^[a-zA-Z](.*[a-zA-Z])?$"]
        );
    }

    #[test]
    fn what_is_included_or_of_any_script_closes_no_list() {
        assert_eq!(
            read("The note holds no more than 90 characters, including letters and digits."),
            ["length ..=90 characters"]
        );
        assert_eq!(
            read(
                "- The name can contain letters and spaces in UTF-8 format.\n- The name can contain the following special characters: _.+-"
            ),
            ["other: letters of any script"]
        );
    }
}
