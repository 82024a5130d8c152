//! Texts whose parts a document spells out: three capitals, or a sign followed by digits.

use std::sync::LazyLock;

use super::alone::is_of_a_case;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sequence::number;
use crate::contract::{CharClass, Constraint, Kind, Unit};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.spelled-out",
        language: Zh,
        meaning: "so many letters or digits, or parts that follow each other",
        cues: &["组成", "构成"],
        pattern: r"由(?P<parts>[^。；]*?)(?:组成|构成)",
        read: |hit| {
            let mut parts = zh_parts(hit.group("parts"))?;
            if !hit.about_field() || is_of_a_part(hit) {
                return None;
            }
            match parts.len() {
                1 => so_many(parts.remove(0)),
                _ => Some(in_order(&parts)),
            }
        },
    },
    Rule {
        name: "zh.starts-followed-by",
        language: Zh,
        meaning: "what a text starts with, and what follows",
        cues: &["开头", "开始"],
        pattern: r#"以(?P<head>"[^"]{1,16}"|[^,。；"]{1,16}?)(?:开头|开始),?(?:并|且)?(?P<parts>后[^,。；]*)"#,
        read: |hit| {
            let mut parts = zh_parts(hit.group("parts"))?;
            let mut head = Part::zh(hit.group("head")).or_else(|| Part::text(hit.group("head")))?;
            // A text starts with one letter, however many there may be.
            head.max = Some(head.max.unwrap_or(1));
            parts.insert(0, head);
            (hit.about_field() && !is_of_a_part(hit)).then(|| in_order(&parts))
        },
    },
    Rule {
        name: "zh.form-of-parts",
        language: Zh,
        meaning: "a text that is always the same and parts that follow it",
        cues: &["加", "+"],
        pattern: r#"(?:(?:格式|形式)\s*(?:为|是|:)|^|[,。；:])\s*(?P<parts>(?:"[^"]{1,16}"|[^,。；"\p{Han}]{1,16})\s*(?:加上?|\+)[^,。；]*)(?P<next>[,。；]|$)"#,
        read: |hit| {
            let (head, rest) = hit.group("parts").split_once(['加', '+'])?;
            let mut parts = zh_parts(rest.trim_start_matches('上'))?;
            parts.insert(0, Part::text(head)?);
            hit.about_field().then(|| in_order(&parts))
        },
    },
    Rule {
        name: "zh.so-many",
        language: Zh,
        meaning: "from so many to so many letters or digits and nothing else, without a verb",
        cues: &["位", "个"],
        pattern: r"(?:^|[,。；]\s*)(?P<parts>[0-9]{1,3}\s*[位个]?\s*(?:-|~|到|至)\s*[0-9]{1,3}\s*[位个]的?\s*(?:(?:英文)?(?:大写|小写)?字母|数字))(?:,?可以?(?:以|带|加)\s*(?P<lead>[+-])\s*(?:开头|号|前缀)?)?(?P<next>[,。；]|$)",
        read: |hit| {
            let part = Part::zh(hit.group("parts"))?;
            let is_text = *hit.kind() == Kind::String && hit.about_field();
            let lead = hit.group("lead").chars().next();
            let heard = match lead {
                Some(mark) => Some(in_order(&[Part::mark(mark, true), part])),
                None => so_many(part),
            };
            heard.filter(|_| is_text)
        },
    },
    Rule {
        name: "zh.exactly-so-many",
        language: Zh,
        meaning: "so many letters or digits and nothing else, without a verb or with a short one",
        cues: &["位", "个"],
        pattern: r"(?:固定(?:为|是)|必须(?:为|是)|须为|恰好?为|^[^,。；]{1,16},)\s*(?P<parts>(?:[0-9]{1,3}|[一二两三四五六七八九十])\s*[位个]的?\s*(?:(?:英文)?(?:大写|小写)?(?:英文)?字母|数字))(?P<next>[,。；]|$)",
        read: |hit| {
            let part = Part::zh(hit.group("parts"))?;
            let is_text = *hit.kind() == Kind::String && hit.about_field();
            so_many(part).filter(|_| is_text)
        },
    },
    Rule {
        name: "en.optional-lead",
        language: En,
        meaning: "so many letters or digits behind a sign that may be missing",
        cues: &["optional leading", "optional plus"],
        pattern: r"consist(?:s|ing)? of (?P<parts>[^;.,]*?),? with an optional (?:leading )?(?P<mark>plus|minus|hyphen|slash)(?: sign)?(?P<next>[.,;]|$)",
        read: |hit| {
            let lead = Part::mark(mark(hit.group("mark"))?, true);
            let part = Part::read(hit.group("parts"))?;
            hit.about_field().then(|| in_order(&[lead, part]))
        },
    },
    Rule {
        name: "en.letter-and-number",
        language: En,
        meaning: "a letter and a number, whose range is none of the text: a remark",
        cues: &["letter"],
        pattern: r"\b(?:an?|one|two) (?:capital |uppercase |lowercase )?letters?,? (?:followed by|and|then) (?:an? )?number (?:between|from) [0-9]+ (?:and|to) [0-9]+",
        read: |hit| {
            let words = Constraint::Other("parts in an order".to_owned());
            hit.about_field().then(|| words.into())
        },
    },
    Rule {
        name: "en.so-many",
        language: En,
        meaning: "so many letters or digits and nothing else, without a verb or with a short one",
        cues: &["letter", "digit"],
        pattern: r"(?:^(?:exactly )?|, |\b(?:is|must be|are|be|has|have) exactly )(?P<parts>(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten) (?:(?:uppercase|lowercase|capital|english) )*(?:letters?|digits?)(?: (?:or|and) (?:(?:uppercase|lowercase|capital|english) )*(?:letters?|digits?))?)(?P<next>,? for example|,? such as|\.|;|$)",
        read: |hit| {
            let part = Part::read(hit.group("parts"))?;
            let is_text = *hit.kind() == Kind::String;
            (hit.about_field() && is_text && !is_of_a_case(hit.before))
                .then(|| so_many(part))
                .flatten()
        },
    },
    Rule {
        name: "en.spelled-out",
        language: En,
        meaning: "so many letters or digits, or parts that follow each other",
        cues: &["consist", "composed of", "made up of"],
        pattern: r"(?:consist(?:s|ing)? of|(?:composed|made up) of) (?:exactly )?(?P<parts>[^;.]*?)(?P<next>,? for example|,? such as|,? and (?:cannot|must|can|is|has)\b|, but |\.|;|$)",
        read: spelled_out,
    },
    Rule {
        name: "en.starts-followed-by",
        language: En,
        meaning: "what a text starts with, and what follows",
        cues: &["followed by"],
        pattern: r"(?:starts?|begins?) with (?P<parts>[^;.]*? followed by [^;.]*?)(?P<next>,? for example|,? such as|,? and (?:cannot|must|can|is|has)\b|, but |\.|;|$)",
        read: |hit| {
            let (head, rest) = hit.group("parts").split_once(FOLLOWED)?;
            let mut parts = parts(rest)?;
            parts.insert(0, Part::read(head).or_else(|| Part::text(head))?);
            hit.about_field().then(|| in_order(&parts))
        },
    },
];

/// One part of a text.
struct Part {
    /// What it is made of; for a part that is always the same, nothing.
    classes: Vec<CharClass>,
    /// The part that is always the same.
    text: String,
    min: u64,
    /// None where any number may follow.
    max: Option<u64>,
}

fn spelled_out(hit: &Hit) -> Option<Heard> {
    let printed = hit.group("parts");
    match parts(printed) {
        Some(mut parts) if parts.len() == 1 => so_many(parts.remove(0)),
        Some(parts) => Some(in_order(&parts)),
        None if printed.contains(FOLLOWED) => {
            Some(Constraint::Other("parts in an order".into()).into())
        }
        None => None,
    }
}

/// Whether a sentence speaks of a part of the text, and not of all of it.
pub(super) fn is_of_a_part(hit: &Hit) -> bool {
    const BEHIND: [&str; 5] = ["的后缀", "的前缀", "的部分", "的段", "的扩展名"];
    const BEFORE: [&str; 6] = ["后缀", "前缀", "其中", "末尾", "自动", "追加"];
    BEHIND.iter().any(|word| hit.after.starts_with(word))
        || BEFORE.iter().any(|word| hit.before.contains(word))
        || is_of_a_clock(hit)
}

/// "HH取值…,mm…为00": the hours and the minutes of a time.
pub(super) fn is_of_a_clock(hit: &Hit) -> bool {
    static CLOCK: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"(?:^|[,。；])\s*(?:HH|hh|MM|mm|SS|ss)(?:和|与|、|的|取值|必须)")
    });
    CLOCK.is_match(hit.before)
}

/// What stands between two parts.
const FOLLOWED: &str = "followed by";

/// The parts of a text, where a machine knows all of them.
fn parts(printed: &str) -> Option<Vec<Part>> {
    static AND: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:, and|,| and) (?P<next>(?:an? |[0-9]|one |two |three |four |five |six |seven |eight |nine |ten ))",
        )
    });
    let mut parts = Vec::new();
    for listed in printed.split(FOLLOWED) {
        // "Two letters and six digits": each is counted, so one comes behind the other.
        let mut from = 0;
        for found in AND.captures_iter(listed) {
            let (whole, next) = (found.get(0)?, found.name("next")?);
            parts.push(Part::read(&listed[from..whole.start()])?);
            from = next.start();
        }
        parts.push(Part::read(&listed[from..])?);
    }
    Some(parts)
}

/// The sign that a word names.
fn mark(word: &str) -> Option<char> {
    let named = [
        ("hyphen", '-'),
        ("minus", '-'),
        ("dash", '-'),
        ("underscore", '_'),
        ("space", ' '),
        ("dot", '.'),
        ("slash", '/'),
        ("colon", ':'),
        ("plus", '+'),
    ];
    let word = word.to_lowercase();
    let known = named.iter().find(|(name, _)| *name == word);
    known.map(|(_, mark)| *mark)
}

/// What stands between two parts in Chinese, or before what follows the first one.
static ZH_FOLLOWED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^后(?:面|续)?(?:紧)?(?:跟|接|是|为|加)着?|[,、]?\s*(?:再|然后)?(?:后(?:面)?(?:紧)?(?:跟|接)着?|加上?|\+)",
    )
});

/// The parts of a text in Chinese, where a machine knows all of them.
fn zh_parts(printed: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for found in ZH_FOLLOWED.captures_iter(printed) {
        let cut = found.get(0)?;
        if cut.start() > 0 {
            parts.push(Part::zh(&printed[from..cut.start()])?);
        }
        from = cut.end();
    }
    parts.push(Part::zh(&printed[from..])?);
    Some(parts)
}

fn in_order(parts: &[Part]) -> Heard {
    let steps: String = parts.iter().map(Part::step).collect();
    Constraint::Pattern(format!("^{steps}$")).into()
}

/// A text that is one part: as long as that, and of its characters.
fn so_many(part: Part) -> Option<Heard> {
    // One mark alone is part of something.
    if let [CharClass::One(_)] = part.classes.as_slice() {
        return None;
    }
    let length = Constraint::Length {
        min: Some(part.min),
        max: Some(part.max?),
        unit: Unit::Characters,
    };
    Some(Heard::all([Constraint::Charset(part.classes), length]))
}

/// A part: how many of them, and what. It may also be missing, which is said before the number.
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)^(?P<optional>an optional |optionally )?(?:exactly |the |an? )?",
        r"(?:(?P<min>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s*",
        r"(?:(?:to|or|-)\s*(?P<max>[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s*)?)?",
        r"(?:(?P<kind>(?:(?:uppercase|upper-case|capital|lowercase|lower-case|small|english) )?letter|digit)(?P<more>s)?",
        r"(?:,? (?:and|or) (?P<other>(?:(?:uppercase|upper-case|capital|lowercase|lower-case|small|english) )?letter|digit)s?$)?",
        r"|(?P<sign>hyphen|dash|underscore|space|dot|slash|colon)",
        r"|[a-z -]{2,24} \((?P<mark>[^A-Za-z0-9\s])\))$"
    ))
});

/// A part in Chinese.
static ZH_PART: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"^(?:必须为|固定|恰好)?(?:(?P<min>[0-9]{1,3}|[一二两三四五六七八九十])\s*[位个]?",
        r"(?:\s*(?:-|~|到|至)\s*(?P<max>[0-9]{1,3}|[一二两三四五六七八九十])\s*)?[位个]的?\s*)?",
        r"(?P<kind>(?:英文)?(?:大写|小写|大小写)?的?(?:英文)?字母|数字)",
        r"(?:(?:或者?|和|与|及|以及|、)(?P<other>(?:英文)?(?:大写|小写|大小写)?的?(?:英文)?字母|数字))?$"
    ))
});

impl Part {
    /// A part in Chinese. None where it is not told so that a machine knows it.
    fn zh(printed: &str) -> Option<Self> {
        let told = ZH_PART.captures(printed.trim())?;
        let group = |name| told.name(name).map(|found| found.as_str());
        let number = |name| group(name).and_then(|printed| Some(number(printed)? as u64));
        let min = number("min").unwrap_or(1);
        let is_counted = group("min").is_some();
        let max = is_counted.then(|| number("max").unwrap_or(min));
        // How many there are of two kinds together is not known where no number is printed.
        if max.is_some_and(|max| min > max) || (!is_counted && group("other").is_some()) {
            return None;
        }
        let mut classes = zh_classes(group("kind")?);
        classes.extend(group("other").map(zh_classes).into_iter().flatten());
        Some(Self {
            classes,
            text: String::new(),
            min,
            max,
        })
    }

    /// A part that is always the same: what stands in quotation marks, or no word at all.
    fn text(printed: &str) -> Option<Self> {
        let printed = printed.trim().trim_end_matches([',', ' ']);
        let quoted = printed
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let is_plain = |c: char| c.is_ascii_graphic() && c != '"';
        let is_no_word = printed.contains(|c: char| c.is_ascii() && !c.is_ascii_lowercase());
        let text = quoted.unwrap_or(printed);
        let is_short = (1..=16).contains(&text.len());
        (is_short && text.chars().all(is_plain) && (quoted.is_some() || is_no_word)).then(|| Self {
            classes: Vec::new(),
            text: text.to_owned(),
            min: 1,
            max: Some(1),
        })
    }

    /// One sign.
    fn mark(mark: char, is_optional: bool) -> Self {
        Self {
            classes: vec![CharClass::One(mark)],
            text: String::new(),
            min: u64::from(!is_optional),
            max: Some(1),
        }
    }

    /// None where it is not told so that a machine knows it.
    fn read(printed: &str) -> Option<Self> {
        let printed = printed.trim().trim_end_matches([',', ' ']);
        let told = PART.captures(printed)?;
        let group = |name| told.name(name).map(|found| found.as_str().to_lowercase());
        let number = |name| group(name).and_then(|printed| Some(number(&printed)? as u64));
        let printed_mark = group("mark").and_then(|mark| mark.chars().next());
        let mark = printed_mark.or_else(|| mark(&group("sign")?));
        let is_one = group("more").is_none();
        let (min, max) = match (number("min"), number("max")) {
            (Some(min), max) => (min, Some(max.unwrap_or(min))),
            (None, Some(_)) => return None,
            (None, None) if is_one => (1, Some(1)),
            (None, None) => (1, None),
        };
        let is_optional = group("optional").is_some();
        let is_clear = max.is_none_or(|max| min <= max && (max == 1 || !is_optional));
        is_clear.then_some(Self {
            classes: match mark {
                Some(mark) => vec![CharClass::One(mark)],
                None => {
                    let other = group("other").map(|kind| classes(&kind));
                    let mut classes = classes(&group("kind")?);
                    classes.extend(other.into_iter().flatten());
                    classes
                }
            },
            text: String::new(),
            min: if is_optional { 0 } else { min },
            max,
        })
    }

    /// The part as a step of a regular expression.
    fn step(&self) -> String {
        if !self.text.is_empty() {
            return regex::escape(&self.text);
        }
        let class = |class: &CharClass| match class {
            CharClass::Range(from, to) => format!("{from}-{to}"),
            CharClass::One(mark) => regex::escape(&mark.to_string()),
            CharClass::Chinese => r"\u4e00-\u9fff".to_owned(),
        };
        let set: String = self.classes.iter().map(class).collect();
        let is_mark = matches!(self.classes.as_slice(), [CharClass::One(_)]);
        let set = if is_mark { set } else { format!("[{set}]") };
        match (self.min, self.max) {
            (1, Some(1)) => set,
            (0, Some(1)) => format!("{set}?"),
            (0, None) => format!("{set}*"),
            (_, None) => format!("{set}+"),
            (min, Some(max)) if min == max => format!("{set}{{{min}}}"),
            (min, Some(max)) => format!("{set}{{{min},{max}}}"),
        }
    }
}

/// What a kind's name in Chinese holds.
fn zh_classes(kind: &str) -> Vec<CharClass> {
    match kind {
        "数字" => classes("digit"),
        _ if kind.contains("大小写") => classes("letter"),
        _ if kind.contains("大写") => classes("uppercase"),
        _ if kind.contains("小写") => classes("lowercase"),
        _ => classes("letter"),
    }
}

/// What a kind's name holds.
fn classes(kind: &str) -> Vec<CharClass> {
    let begins = |words: [&str; 2]| words.iter().any(|word| kind.starts_with(word));
    let (small, capitals) = (CharClass::Range('a', 'z'), CharClass::Range('A', 'Z'));
    if kind == "digit" {
        return vec![CharClass::Range('0', '9')];
    }
    match (begins(["lower", "small"]), begins(["upper", "capital"])) {
        (true, _) => vec![small],
        (_, true) => vec![capitals],
        (false, false) => vec![small, capitals],
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.exactly-so-many",
        "String",
        "灯塔的代号，固定为4个大写字母。",
        "charset A-Z\nlength 4..=4 characters",
    ),
    (
        "en.letter-and-number",
        "String",
        "The place of the lamp, which is a capital letter followed by a number between 1 and 30.",
        "other: parts in an order",
    ),
    (
        "en.so-many",
        "String",
        "The word of the lamp. Exactly five digits.",
        "charset 0-9\nlength 5..=5 characters",
    ),
    (
        "zh.form-of-parts",
        "String",
        "灯号，LMP加3位数字。",
        "pattern ^LMP[0-9]{3}$",
    ),
    (
        "zh.form-of-parts",
        "String",
        "灯牌，格式为LP-加4位数字。",
        "pattern ^LP\\-[0-9]{4}$",
    ),
    (
        "zh.form-of-parts",
        "String",
        "灯牌，格式为“LP”加2到5位数字。",
        "pattern ^LP[0-9]{2,5}$",
    ),
    (
        "zh.so-many",
        "String",
        "灯锁的口令，3到5位数字，不能全部相同。",
        "charset 0-9\nlength 3..=5 characters",
    ),
    (
        "zh.so-many",
        "String",
        "灯塔的电话，6到12位数字，可以以+开头。",
        "pattern ^\\+?[0-9]{6,12}$",
    ),
    (
        "en.optional-lead",
        "String",
        "The call number, consisting of 6 to 12 digits with an optional leading plus sign.",
        "pattern ^\\+?[0-9]{6,12}$",
    ),
    (
        "en.spelled-out",
        "String",
        "The tag, made up of three capital letters and two digits.",
        "pattern ^[A-Z]{3}[0-9]{2}$",
    ),
    (
        "en.starts-followed-by",
        "String",
        "The tag. It starts with LP, followed by a hyphen and two to five digits.",
        "pattern ^LP\\-[0-9]{2,5}$",
    ),
    (
        "zh.spelled-out",
        "String",
        "灯牌，由7位小写字母或数字组成。",
        "charset a-z 0-9\nlength 7..=7 characters",
    ),
    (
        "zh.spelled-out",
        "String",
        "灯牌，由2个大写英文字母组成。",
        "charset A-Z\nlength 2..=2 characters",
    ),
    (
        "zh.spelled-out",
        "String",
        "灯牌，由2到4个大写字母加上5位数字组成。",
        "pattern ^[A-Z]{2,4}[0-9]{5}$",
    ),
    (
        "zh.starts-followed-by",
        "String",
        "灯牌以小写字母开头，后接2到5位数字。",
        "pattern ^[a-z][0-9]{2,5}$",
    ),
    (
        "zh.starts-followed-by",
        "String",
        "灯牌以LP-开头，后面是4位数字。",
        "pattern ^LP\\-[0-9]{4}$",
    ),
    (
        "en.starts-followed-by",
        "String",
        "The tag of the lamp. It starts with LP-, followed by 4 digits.",
        "pattern ^LP\\-[0-9]{4}$",
    ),
    (
        "en.so-many",
        "String",
        "Four uppercase letters, for example, WICK.",
        "charset A-Z\nlength 4..=4 characters",
    ),
    (
        "en.so-many",
        "String",
        "The tag must be exactly five digits.",
        "charset 0-9\nlength 5..=5 characters",
    ),
    (
        "en.spelled-out",
        "String",
        "The sign of the lamp. The value consists of two lowercase letters.",
        "charset a-z\nlength 2..=2 characters",
    ),
    (
        "en.spelled-out",
        "String",
        "Consists of 4 to 9 digits.",
        "charset 0-9\nlength 4..=9 characters",
    ),
    (
        "en.spelled-out",
        "String",
        "The code of the shelf. The value consists of one or two uppercase letters, followed by a hyphen (-) followed by 3 to 5 digits.",
        "pattern ^[A-Z]{1,2}\\-[0-9]{3,5}$",
    ),
    (
        "en.spelled-out",
        "String",
        "The wick, which consists of digits followed by an optional letter, for example, 12c.",
        "pattern ^[0-9]+[a-zA-Z]?$",
    ),
    (
        "en.spelled-out",
        "String",
        "The code that the tower gave to the lamp. It consists of 9 uppercase letters and digits.",
        "charset A-Z 0-9\nlength 9..=9 characters",
    ),
    (
        "en.starts-followed-by",
        "String",
        "The mark of the wick. It begins with a hash sign (#), followed by 2 to 5 digits.",
        "pattern ^\\#[0-9]{2,5}$",
    ),
    (
        "en.spelled-out",
        "String",
        "The wick, which consists of a colour followed by a number.",
        "other: parts in an order",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_has_no_number_is_no_length() {
        for said in [
            "The value consists of letters, digits, and hyphens (-).",
            "The value consists of lowercase letters and cannot start with a digit.",
        ] {
            let read = read_as("String", said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(!told.concat().contains("length"), "{said}: {told:?}");
        }
    }
}
