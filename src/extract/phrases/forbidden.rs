//! Characters that a text must not contain.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::Constraint;
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.forbidden-characters",
        language: Zh,
        meaning: "must not contain these characters",
        cues: &["不"],
        pattern: r"不(?:能|可|得|允许|可以)?(?:支持|包含|含有|含|使用|出现|输入)(?:非打印字符|换行符|回车符|制表符|中文|汉字|空格|ASCII|\([0-9]+-[0-9]+\)|,|以及|如下|以下|下列|的|特殊字符|字符:?|非法|打印|等)*\s*:?\s*(?P<set>[^\p{Han}\s(][^\p{Han}]*(?:[和或、][^\p{Han}]+)*)(?:等)?(?:特殊)?(?:字符|符号)?",
        read: forbidden,
    },
    Rule {
        name: "zh.no-line-breaks",
        language: Zh,
        meaning: "must not contain line breaks or blanks, which have names only",
        cues: &["换行", "回车", "空格", "制表符"],
        pattern: r"(?P<ends>首尾|两端|开头|结尾)?不(?:能|可|得|允许|可以)?(?:支持|包含|含有|含|使用|出现|输入|有)(?P<named>(?:换行符?|回车符?|空格|制表符)(?:\s*(?:、|,|和|或|及)\s*(?:换行符?|回车符?|空格|制表符))*)(?P<next>[,。；]|$)",
        read: |hit| {
            let signs = [
                ("换行", '\n'),
                ("回车", '\r'),
                ("空格", ' '),
                ("制表", '\t'),
            ];
            let named = signs
                .iter()
                .filter(|(name, _)| hit.group("named").contains(name));
            let signs = named.map(|(_, sign)| *sign).collect();
            // At the ends only: inside they may stand.
            let is_anywhere = hit.group("ends").is_empty();
            (hit.about_field() && is_anywhere)
                .then(|| Constraint::ForbiddenCharacters(signs).into())
        },
    },
    Rule {
        name: "en.no-line-breaks",
        language: En,
        meaning: "must not contain line breaks or blanks, which have names only",
        cues: &["line break", "newline", "spaces", "tabs", "carriage"],
        pattern: r"(?:cannot|can not|must not|may not|should not|not) (?:contain|include)(?: any)? (?P<named>(?:line breaks?|newlines?(?: characters?)?|spaces?|tabs?|carriage returns?)(?:(?:, (?:and |or )?| and | or )(?:line breaks?|newlines?|spaces?|tabs?|carriage returns?))*)(?P<next>\.|,|;|$)|^(?P<these>(?:line breaks|newlines|spaces|tabs)(?:(?:, (?:and |or )?| and | or )(?:line breaks|newlines|spaces|tabs))*) (?:are|is) not (?:allowed|supported|permitted)\.?$",
        read: |hit| {
            let signs = [
                ("line break", '\n'),
                ("newline", '\n'),
                ("carriage", '\r'),
                ("space", ' '),
                ("tab", '\t'),
            ];
            let printed = [hit.group("named"), hit.group("these")].concat();
            let printed = printed.to_lowercase();
            let named = signs.iter().filter(|(name, _)| printed.contains(name));
            let signs = named.map(|(_, sign)| *sign).collect();
            hit.about_field()
                .then(|| Constraint::ForbiddenCharacters(signs).into())
        },
    },
    Rule {
        name: "en.brackets-not-allowed",
        language: En,
        meaning: "characters in brackets that are not allowed",
        cues: &["not allowed", "not supported"],
        pattern: r"(?:characters|brackets|signs) \((?P<set>[^A-Za-z0-9()]{1,3} (?:and|or) [^A-Za-z0-9()]{1,3})\) (?:are|is) not (?:allowed|supported)",
        read: |hit| {
            let set = hit.group("set").replace("and", "").replace("or", "");
            let characters: Vec<char> = set
                .chars()
                .filter(|c| !c.is_whitespace() && *c != ',')
                .collect();
            hit.about_field()
                .then(|| Constraint::ForbiddenCharacters(characters).into())
        },
    },
    Rule {
        name: "en.must-not-occur",
        language: En,
        meaning: "characters that must not occur, before what is said of them",
        cues: &["{cannot} occur", "{cannot} appear", "{cannot} be used"],
        pattern: r"^the (?:special )?(?:characters?|signs?) (?P<set>[^A-Za-z0-9\s](?:(?:, | and |, and | or )[^A-Za-z0-9\s])*) {cannot} (?:occur|appear|be used)\b",
        read: |hit| {
            let set = hit
                .group("set")
                .to_lowercase()
                .replace("and", "")
                .replace("or", "");
            // A comma between two signs parts them.
            let signs = set.split(", ").flat_map(str::split_whitespace);
            let characters: BTreeSet<char> = signs.flat_map(str::chars).collect();
            let characters = characters.into_iter().collect();
            hit.about_field()
                .then(|| Constraint::ForbiddenCharacters(characters).into())
        },
    },
    Rule {
        name: "en.forbidden-characters",
        language: En,
        meaning: "must not contain these characters",
        cues: &["character", "contain"],
        pattern: r"(?:(?:cannot|can not|must not|does not|do not|may not|should not|not) (?:contain|include|support|be)|(?P<or>or) contain)(?: any of)?(?: ascii(?: characters?)? \([0-9]+-[0-9]+\) or)?(?: the following)?(?: special| invalid)?(?: characters?(?: such as)?| (?:angle|curly|square|round) brackets)?\s*(?:[:(]|\b)\s*(?P<set>[^A-Za-z0-9\s].*)$",
        read: forbidden,
    },
    Rule {
        name: "en.named-forbidden",
        language: En,
        meaning: "must not contain characters that are named, each in brackets behind its name",
        cues: &["contain", "include"],
        pattern: r"(?:cannot|can not|must not|may not|should not|not) (?:contain|include)(?: any of)?(?: the(?: following(?: characters:?)?)?)?(?: ascii(?: characters?)? \([0-9]+-[0-9]+\)(?:,| or| and)*)? (?P<named>[a-z -]{3,40} \([^A-Za-z0-9\s]{1,2}\)(?:(?:,| or| and)+ [a-z -]{3,40} \([^A-Za-z0-9\s]{1,2}\))*)",
        read: |hit| {
            let signs = hit.group("named").match_indices('(');
            let signs = signs.filter_map(|(at, _)| hit.group("named")[at + 1..].chars().next());
            hit.about_field()
                .then(|| Constraint::ForbiddenCharacters(signs.collect()).into())
        },
    },
    Rule {
        name: "en.following-forbidden",
        language: En,
        meaning: "characters that are listed behind the words that forbid them",
        cues: &["following"],
        pattern: r"^the following (?:special )?characters (?:are|is) (?:not (?:allowed|supported|permitted)|forbidden|prohibited)\s*:\s*(?P<set>[^A-Za-z0-9\s].*)$",
        read: forbidden,
    },
    Rule {
        name: "en.brackets-forbidden",
        language: En,
        meaning: "must not contain the characters in brackets behind their names",
        cues: &["not allowed", "not supported"],
        pattern: r"^(?:the )?[a-z -]{3,40} \((?P<set>[^A-Za-z0-9\s()]{1,40})\) (?:are|is) not (?:allowed|supported)",
        read: forbidden,
    },
];

/// The characters of the list; quoted ones, or all that are not blanks.
fn forbidden(hit: &Hit) -> Option<Heard> {
    let set = hit.group("set");
    // "Must not be long or contain": the "not" is that of all.
    if !hit.group("or").is_empty() && !hit.before.contains("not ") {
        return None;
    }
    // "(不包含)" says of an end that it is out; "如果不支持,则" ends a clause.
    if set.starts_with(')') || matches!(set.trim(), "," | "。" | ";") {
        return None;
    }
    if set.trim() == ":" {
        return forbidden_below(hit);
    }
    let is_bracketed = hit.whole().trim_end_matches(set).ends_with('(');
    let inside = set.rsplit_once(')').filter(|_| is_bracketed);
    let text = inside.map_or(set, |(inside, _)| inside);
    let text = text.trim().trim_end_matches(['。', '；', '(']);
    // Where a word parts the characters, a dot at the end is that of the sentence.
    let is_told_apart = [" and ", " or "].iter().any(|word| text.contains(word));
    // So it is where blanks part them.
    let mut parts = text.split(' ').rev();
    let ends_in_two = parts.next().is_some_and(|last| last.chars().count() == 2);
    let are_parted =
        ends_in_two && text.contains(' ') && parts.all(|part| part.chars().count() < 2);
    let is_told_apart = is_told_apart || are_parted;
    let text = match text.strip_suffix('.') {
        Some(rest) if is_told_apart && !rest.ends_with(' ') => rest,
        _ => text,
    };
    let quoted: Vec<&str> = QUOTED
        .captures_iter(text)
        .filter_map(|found| found.get(1).map(|inside| inside.as_str()))
        .collect();
    let mut characters: Vec<char> = Vec::new();
    let mut add = |c: char| {
        if !c.is_whitespace() && !c.is_alphanumeric() && !characters.contains(&c) {
            characters.push(c);
        }
    };
    // "or" between two characters parts them; any other word is no list.
    let text = &text.replace(" or ", " ").replace(" and ", " ");
    // Letters and digits are a word or an address, and no list of signs.
    if quoted.is_empty() && text.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    if quoted.iter().any(|inside| inside.chars().count() <= 2) && quoted.len() > 1 {
        quoted
            .iter()
            .flat_map(|inside| inside.chars())
            .for_each(&mut add);
    } else {
        let parted = text
            .split(", ")
            .filter(|part| part.chars().count() == 1)
            .count()
            > 1;
        let members = text
            .chars()
            .filter(|c| !(*c == '、' || parted && *c == ','));
        members.for_each(&mut add);
    }
    // Marks around the whole list quote it; marks inside of it are of it.
    if quoted.len() == 1 && text.starts_with(['"', '\'']) {
        characters.retain(|c| *c != '"');
    }
    (!characters.is_empty()).then(|| Constraint::ForbiddenCharacters(characters).into())
}

/// The characters stand in a line of their own, behind a colon.
fn forbidden_below(hit: &Hit) -> Option<Heard> {
    let line = hit.units.first()?.text.trim();
    let is_set = line.chars().all(|c| c.is_ascii_punctuation() || c == ' ');
    let mut characters: Vec<char> = Vec::new();
    for c in line.chars().filter(|c| *c != ' ') {
        if !characters.contains(&c) {
            characters.push(c);
        }
    }
    let mut heard = Heard::from(Constraint::ForbiddenCharacters(characters));
    heard.units = 1;
    is_set.then_some(heard)
}

static QUOTED: LazyLock<Pattern> = LazyLock::new(|| compile(r#"["']([^"'\p{Han}]{1,8}?)["']"#));

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.named-forbidden",
        "String",
        "It cannot contain the following characters: ASCII (0-31), equal signs (=), commas (,), and slashes (/).",
        "forbidden =,/",
    ),
    (
        "en.forbidden-characters",
        "String",
        "It cannot contain the following characters: < > &.",
        "forbidden <>&",
    ),
    (
        "en.following-forbidden",
        "String",
        "The following special characters are not allowed: <>&",
        "forbidden <>&",
    ),
    (
        "en.no-line-breaks",
        "String",
        "The inscription. Spaces are not allowed.",
        "forbidden  ",
    ),
    (
        "en.forbidden-characters",
        "String",
        "What is painted on it. It cannot contain ASCII (0-31) or the following characters: =*<>",
        "forbidden =*<>",
    ),
    (
        "en.must-not-occur",
        "String",
        "What it is called. The characters =, *, and | must not occur.",
        "forbidden *=|",
    ),
    (
        "zh.forbidden-characters",
        "String",
        "灯的标注。不能包含以下字符：非打印字符ASCII(0-31)特殊字符“*”,“<”,“/”。",
        "forbidden *</",
    ),
    (
        "en.no-line-breaks",
        "String",
        "The inscription. It cannot contain line breaks.",
        "forbidden \n",
    ),
    (
        "zh.no-line-breaks",
        "String",
        "铭文，不支持换行符。",
        "forbidden \n",
    ),
    (
        "en.brackets-not-allowed",
        "String",
        "Notes. Angle brackets (< and >) are not allowed.",
        "forbidden <>",
    ),
    (
        "en.forbidden-characters",
        "String",
        "It cannot contain special characters such as < and >.",
        "forbidden <>",
    ),
    (
        "zh.forbidden-characters",
        "String",
        "灯的描述，不能包含换行符以及<、>、&。",
        "forbidden <>&",
    ),
    (
        "en.forbidden-characters",
        "String",
        "It cannot exceed 255 bytes or contain angle brackets (< and >).",
        "length ..=255 bytes\nforbidden <>",
    ),
    (
        "zh.forbidden-characters",
        "Map of Strings",
        "Key: 最大长度12个字符。不能包含以下特殊字符：=*<>/Value：值长不超过25个字符。",
        "Key: length ..=12 characters\nkey: forbidden =*<>/\nvalue: length ..=25 characters",
    ),
    (
        "en.named-forbidden",
        "String",
        "It must not contain a greater than sign (>) or less than sign (<).",
        "forbidden ><",
    ),
    (
        "en.forbidden-characters",
        "Map of Strings",
        "The key does not support the following special characters:\n:~!<>",
        "key: forbidden :~!<>",
    ),
    (
        "en.forbidden-characters",
        "String",
        "It does not support the following special characters:\n:~!<>",
        "forbidden :~!<>",
    ),
    (
        "en.brackets-forbidden",
        "String",
        "Angle brackets (<>) are not allowed.",
        "forbidden <>",
    ),
    (
        "zh.forbidden-characters",
        "String",
        "灯名不支持如下特殊字符: :~!@#$%^&*()=+<, >?/'\"; {}",
        "forbidden :~!@#$%^&*()=+<,>?/'\";{}",
    ),
    (
        "zh.forbidden-characters",
        "String",
        "灯名不能包含>!<\"&'=特殊字符。",
        "forbidden >!<\"&'=",
    ),
    (
        "zh.forbidden-characters",
        "String",
        "不能包含“<”和“>”等特殊符号",
        "forbidden <>",
    ),
    (
        "en.forbidden-characters",
        "String",
        "It cannot contain ASCII characters (0-31) or special characters =*<>",
        "forbidden =*<>",
    ),
    (
        "en.forbidden-characters",
        "String",
        "Remarks cannot contain angle brackets (< or >).",
        "forbidden <>",
    ),
    (
        "en.forbidden-characters",
        "String",
        "Flags cannot contain the following special characters: <>&",
        "forbidden <>&",
    ),
];
