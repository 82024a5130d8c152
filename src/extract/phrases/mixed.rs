//! Characters of several kinds that a text must hold: some of those that are named, or one of each.

use super::charset::{SPECIAL, classes, placed};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::{CharClass, Constraint};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.password-complexity",
        language: Zh,
        meaning: "some of several kinds of characters",
        cues: &["中的", "以下"],
        pattern: r"(?:必须|至少|需|应)[^。]{0,12}(?:包含|包括)[^。]*(?P<least>[一二三四两0-9])种[^。]*?(?P<next>,\p{Han}{0,6}不(?:能|可|得)包含|。|$)",
        read: mixture,
    },
    Rule {
        name: "zh.some-of-those",
        language: Zh,
        meaning: "characters of some of the kinds that stand before",
        cues: &["其中"],
        pattern: r"(?:至少|必须)(?:包含|包括|含有)?(?:其中|以上)的?(?P<least>[一二两三四]|[0-9])种",
        read: |hit| {
            let least = count(hit.group("least"))?;
            let kinds = kinds(hit.before)?;
            let is_told = least > 0 && (least as usize) <= kinds.len();
            is_told.then(|| Constraint::Mixture { least, kinds }.into())
        },
    },
    Rule {
        name: "zh.all-kinds",
        language: Zh,
        meaning: "characters of each of several kinds",
        cues: &["同时包含", "同时包括", "同时含有", "必须包含"],
        pattern: r"(?:(?:必须|需要?|应|要)?同时(?:包含|包括|含有)|必须包含)(?P<all>[^。；]*?(?:字母|数字|字符)[^。；,]*)",
        read: |hit| {
            let kinds = kinds(hit.group("all"));
            let told = kinds.filter(|kinds| kinds.len() > 1);
            Some(match told {
                Some(kinds) => Constraint::Mixture {
                    least: u32::try_from(kinds.len()).ok()?,
                    kinds,
                }
                .into(),
                None => Constraint::Other("several kinds of characters".into()).into(),
            })
        },
    },
    Rule {
        name: "en.password-complexity",
        language: En,
        meaning: "some of several kinds of characters",
        cues: &["at least"],
        pattern: r"contains? at least (?P<least>one|two|three|four|[0-9]) (?:of|types|kinds|character)(?P<rest>[^.]*(?:\.$|``|.*))|and at least (?P<more>two|three|four|[0-9]) of the following (?:character|types|kinds).*",
        read: mixture,
    },
    Rule {
        name: "zh.combination",
        language: Zh,
        meaning: "characters of each of several kinds, which a text joins",
        cues: &["的组合", "组合而成"],
        pattern: r"{必须}(?:为|是|由)(?P<all>[^。；]*?大写[^。；]*?小写[^。；]*?)(?:的组合|组合而成)",
        read: |hit| hit.about_field().then(|| of_each(hit, hit.group("all"))),
    },
    Rule {
        name: "en.all-kinds",
        language: En,
        meaning: "characters of each of several kinds",
        cues: &[
            "combination of",
            "mix of",
            "mixture of",
            "each of the following",
        ],
        pattern: r"{must} (?:be an? (?:combination|mix|mixture) of|contain each of the following[a-z ]*:?) (?P<all>(?:[^;.]|\.[^ ])*?(?:letters|digits|characters)(?:[^;.]|[;.][^ ])*?)(?P<next>,? and (?:cannot|must|can|is|has)\b|\. |\.$|; |;$|$)",
        read: |hit| {
            let all = hit.group("all");
            // "A combination of letters and hyphens" is what a name is made of, and need not have both.
            let lower = all.to_lowercase();
            let tells_cases = lower.contains("uppercase") && lower.contains("lowercase");
            let is_some = ["at least", "any ", "two ", "three "];
            let is_some = is_some.iter().any(|some| lower.starts_with(some));
            (hit.about_field() && tells_cases && !is_some).then(|| of_each(hit, all))
        },
    },
];

/// One of each of the kinds that a list names. Where it lists the signs, no other will do.
fn of_each(hit: &Hit, all: &str) -> Heard {
    let told_before = || {
        let signs = classes(head(&hit.unit.text, 600)).into_iter();
        let signs: Vec<CharClass> = signs
            .filter(|class| matches!(class, CharClass::One(_)))
            .collect();
        let words = SPECIAL.find(all)?;
        let mut kinds = kinds(&all[..words.start()])?;
        (!signs.is_empty()).then(|| kinds.push(signs))?;
        Some(kinds)
    };
    let listed = kinds(all);
    let is_closed = listed.is_some() && SPECIAL.find(all).is_some();
    let Some(kinds) = listed.or_else(told_before) else {
        return Constraint::Other("several kinds of characters".into()).into();
    };
    let set = is_closed.then(|| Constraint::Charset(kinds.concat()));
    let least = u32::try_from(kinds.len()).unwrap_or(u32::MAX);
    let mixture = Constraint::Mixture { least, kinds };
    Heard::all([mixture].into_iter().chain(set))
}

/// A small number, in words or as a digit.
fn count(printed: &str) -> Option<u32> {
    match printed {
        "one" | "一" => Some(1),
        "two" | "二" | "两" => Some(2),
        "three" | "三" => Some(3),
        "four" | "四" => Some(4),
        digit => digit.parse().ok(),
    }
}

/// Characters of so many of the kinds that are named; a remark where a machine cannot tell the kinds.
fn mixture(hit: &Hit) -> Option<Heard> {
    // "At least one of the parameters below" is about what a request holds.
    let rest = hit.group("rest").trim_start();
    let of_fields = [
        "the parameter",
        "the field",
        "parameter",
        "field",
        "the following parameter",
        "the following field",
    ];
    if of_fields.iter().any(|words| rest.starts_with(words)) {
        return None;
    }
    let least = count(&[hit.group("least"), hit.group("more")].concat())?;
    let kinds = kinds(hit.whole());
    let is_told = kinds
        .as_ref()
        .is_some_and(|kinds| (least as usize) <= kinds.len());
    let constraint = match kinds {
        Some(kinds) if is_told && least > 0 => Constraint::Mixture { least, kinds },
        _ => Constraint::Other("several kinds of characters".into()),
    };
    Some(constraint.into())
}

/// The kinds of characters that a list names: what one word means is one, and so are all marks. None
/// where marks are wanted and not listed.
fn kinds(text: &str) -> Option<Vec<Vec<CharClass>>> {
    let is_mark = |class: &CharClass| matches!(class, CharClass::One(_));
    let mut kinds: Vec<(usize, Vec<CharClass>)> = Vec::new();
    for (at, class) in placed(text) {
        let same = kinds
            .iter_mut()
            .find(|(known, kind)| *known == at || is_mark(&class) && kind.iter().all(is_mark));
        match same {
            Some((_, kind)) if !kind.contains(&class) => kind.push(class),
            Some(_) => {}
            None => kinds.push((at, vec![class])),
        }
    }
    let mut each: Vec<Vec<CharClass>> = Vec::new();
    for (_, kind) in kinds {
        if !each.contains(&kind) {
            each.push(kind);
        }
    }
    let kinds = each;
    let has_marks = kinds.iter().any(|kind| kind.iter().all(is_mark));
    (has_marks || SPECIAL.find(text).is_none()).then_some(kinds)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.all-kinds",
        "String",
        "It must be a combination of uppercase letters, lowercase letters, and digits, and cannot contain spaces.",
        "3 of A-Z | a-z | 0-9\nforbidden  ",
    ),
    (
        "zh.combination",
        "String",
        "灯语必须是大写字母、小写字母和数字的组合。",
        "3 of A-Z | a-z | 0-9",
    ),
    (
        "en.all-kinds",
        "String",
        "The password. Must be a combination of uppercase letters, lowercase letters, digits, and the following special characters: ~!@_=+? Must be a strong one.",
        "4 of A-Z | a-z | 0-9 | '~' '!' '@' '_' '=' '+' '?'\ncharset A-Z a-z 0-9 '~' '!' '@' '_' '=' '+' '?'",
    ),
    (
        "en.all-kinds",
        "String",
        "The watchword. It must be a combination of uppercase letters, lowercase letters, digits, and special characters.",
        "other: several kinds of characters",
    ),
    (
        "en.all-kinds",
        "String",
        "The watchword. It may contain letters, digits, and the following special characters: ~!@=? It must be a combination of uppercase letters, lowercase letters, digits, and special characters.",
        "charset a-z A-Z 0-9 '~' '!' '@' '=' '?'\n4 of A-Z | a-z | 0-9 | '~' '!' '@' '=' '?'",
    ),
    (
        "zh.password-complexity",
        "String",
        "口令必须包含大写字母、小写字母和数字中的两种",
        "2 of A-Z | a-z | 0-9",
    ),
    (
        "zh.password-complexity",
        "String",
        "口令至少包含以下四种字符中的三种：大写字母、小写字母、数字、特殊字符（!-_）。",
        "3 of A-Z | a-z | 0-9 | '!' '-' '_'",
    ),
    (
        "zh.some-of-those",
        "String",
        "灯室密码，由大写字母、小写字母和数字组成，至少包含其中两种。",
        "charset A-Z a-z 0-9\n2 of A-Z | a-z | 0-9",
    ),
    (
        "zh.all-kinds",
        "String",
        "口令，6~12位，必须包含字母和数字。",
        "length 6..=12 characters\n2 of a-z A-Z | 0-9",
    ),
    (
        "zh.all-kinds",
        "String",
        "口令，8到16位，必须同时包含大写字母、小写字母和数字。",
        "length 8..=16 characters\n3 of A-Z | a-z | 0-9",
    ),
    (
        "en.password-complexity",
        "String",
        "It must contain 6 to 12 characters and at least three of the following character types: letters, digits, and stars.",
        "length 6..=12 characters\nother: several kinds of characters",
    ),
    (
        "en.password-complexity",
        "String",
        "Contains at least two of the following: digits and letters.",
        "2 of 0-9 | a-z A-Z",
    ),
    (
        "en.password-complexity",
        "String",
        "It must contain at least three of the following character types: uppercase letters, lowercase letters, digits, and special characters (!-_).",
        "3 of A-Z | a-z | 0-9 | '!' '-' '_'",
    ),
];
