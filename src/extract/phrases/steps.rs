//! Numbers within their limits that will not do: those between two steps, and those left out.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::tokens::scalar;
use crate::contract::{BOUND_TO_NOW, Constraint, Kind, Scalar, Scope};
use crate::extract::pattern::{Pattern, compile};
use std::sync::LazyLock;

/// Numbers as documents list them, in both languages.
macro_rules! numbers {
    () => {
        r"-?[0-9]+(?:(?:, (?:and |or )?| and | or |\s*(?:、|,|和|及|或|与)\s*)-?[0-9]+)*"
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.multiple",
        language: Zh,
        meaning: "a multiple of a number",
        cues: &["倍数", "数倍"],
        pattern: r"(?:此|该)?(?:取值|值)?{必须}?(?:为|是|之间|以内|内)的?\s*(?P<number>[0-9]+)\s*[A-Za-z]{0,4}的(?:整)?(?:倍数|数倍)",
        read: |hit| Some(Constraint::Multiple(of(hit)?).into()),
    },
    Rule {
        name: "zh.divided",
        language: Zh,
        meaning: "a number that another one divides",
        cues: &["整除"],
        pattern: r"(?:^|[,。；]\s*)(?:且|并且)?(?:取值|值)?(?:必须|须|需要?|应当?|只)?能够?被\s*(?P<number>[0-9]+)\s*整除",
        read: |hit| {
            let multiple = Constraint::Multiple(of(hit)?);
            hit.about_field().then(|| multiple.into())
        },
    },
    Rule {
        name: "en.multiple",
        language: En,
        meaning: "a multiple of a number",
        cues: &["multiple of", "multiples of"],
        pattern: r"(?:must be|is|be|in) (?:a |an )?(?:integer |integral )?multiples? of (?P<number>[0-9]+)\b(?P<fraction>\.[0-9])?|^(?:only )?multiples of (?P<these>[0-9]+)(?P<next>\b[^.;]{0,60}? (?:are|will be) (?:accepted|allowed|permitted|supported)\b)|only (?:be [a-z]+ )?by (?:a )?multiples? of (?P<by>[0-9]+)\b",
        read: |hit| {
            // What is added to what there is makes no multiple of the sum.
            if let Some(by) = hit.signed("by") {
                let step = Heard::from(Constraint::Multiple(by));
                let mut step = step.within(Scope::Case("what is added to it".to_owned()));
                let bound = Constraint::Other(BOUND_TO_NOW.to_owned());
                step.constraints.push((bound, None));
                return hit.about_field().then_some(step);
            }
            // "Of 1.2": a fraction of what the number is told in.
            if !hit.group("fraction").is_empty() {
                let remark = Constraint::Other("a multiple of a fraction".to_owned());
                return hit.about_field().then(|| remark.into());
            }
            let of = of(hit).or(hit.signed("these"))?;
            let multiple = Constraint::Multiple(of);
            hit.about_field().then(|| multiple.into())
        },
    },
    Rule {
        name: "zh.even",
        language: Zh,
        meaning: "an even number",
        cues: &["偶数"],
        pattern: r"(?:必须|只能|需要?|须|应)(?:为|是)偶数",
        read: |hit| hit.about_field().then(|| Constraint::Multiple(2).into()),
    },
    Rule {
        name: "en.even",
        language: En,
        meaning: "an even number",
        cues: &["even"],
        pattern: r"(?:must|can only) be (?:an )?even(?: numbers?)?\b",
        read: |hit| hit.about_field().then(|| Constraint::Multiple(2).into()),
    },
    Rule {
        name: "zh.step",
        language: Zh,
        meaning: "how far two neighbouring numbers are apart",
        cues: &["步长"],
        pattern: r"步长\s*(?:为|是|:)?\s*(?P<number>[0-9]+)\s*[A-Za-z]{0,8}(?P<next>[,。；)]|$)",
        read: step,
    },
    Rule {
        name: "en.step",
        language: En,
        meaning: "how far two neighbouring numbers are apart",
        cues: &["step", "increment"],
        pattern: r"(?:in |with )?(?:a |the )?(?:steps?(?: size)?|increments?)(?: is| of|:) (?P<number>[0-9]+)\s*[A-Za-z]{0,8}(?P<next>\.|,|;|$)",
        read: step,
    },
    Rule {
        name: "zh.left-out",
        language: Zh,
        meaning: "numbers that are left out, or kept for the system",
        cues: &[
            "除",
            "不包",
            "不含",
            "保留",
            "预留",
            "占用",
            "不能为",
            "不可为",
            "不允许使用",
            "不能使用",
        ],
        pattern: concat!(
            r"(?P<values>",
            numbers!(),
            r")\s*除外|除\s*(?P<but>",
            numbers!(),
            r")\s*(?:以外|之外|外)|(?:但)?(?:不包(?:括|含)|不含)\s*(?P<without>",
            numbers!(),
            r")(?P<next>[,。；)]|$)|其中,?\s*(?P<kept>",
            numbers!(),
            r")\s*(?:端口|号)?\s*(?:为|是|被)(?:系统)?(?:保留|预留|占用)[^。；]*|{不能}(?:取值?)?(?:为|是|使用)\s*(?P<banned>",
            numbers!(),
            r")\s*(?:端口)?(?:[,。；)]|$)"
        ),
        read: left_out,
    },
    Rule {
        name: "en.left-out",
        language: En,
        meaning: "numbers that are left out, or kept for the system",
        cues: &[
            "except",
            "excluding",
            "other than",
            "not including",
            "reserved",
            "{cannot} be",
        ],
        pattern: concat!(
            r"(?:except(?: for)?|excluding|exclusive of|other than|not including) (?P<values>",
            numbers!(),
            r")(?:\.|,|;|\)|$)|(?P<kept>",
            numbers!(),
            r") (?:is|are) (?:a )?reserved[^.]*|{cannot} be (?P<banned>",
            numbers!(),
            r")(?:\.|,|;|$)"
        ),
        read: left_out,
    },
];

fn of(hit: &Hit) -> Option<i64> {
    hit.signed("number").filter(|of| *of > 0)
}

/// Steps that begin at a multiple, or at none that the prose tells, are multiples. All others are a remark.
fn step(hit: &Hit) -> Option<Heard> {
    static FROM: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"(?P<least>-?[0-9]+)\s*[A-Za-z]{0,8}\s*(?:-|~|～|到|至|to|and)\s*-?[0-9]+")
    });
    let of = of(hit)?;
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
    let is_of_case = hit.after.contains(" when ") || hit.after.contains(" if ");
    if !is_number || is_of_case {
        return None;
    }
    let texts = hit
        .prose
        .iter()
        .map(|unit| super::sentence::head(&unit.text, 600));
    let least = texts
        .filter_map(|text| FROM.captures(text)?["least"].parse::<i64>().ok())
        .next();
    Some(match least.is_none_or(|least| least % of == 0) {
        true => Constraint::Multiple(of).into(),
        false => Constraint::Other(format!("steps of {of}")).into(),
    })
}

/// Of numbers only; and not what the limits leave out already.
fn left_out(hit: &Hit) -> Option<Heard> {
    let groups = ["values", "but", "without", "kept", "banned"];
    let printed = groups.map(|name| hit.group(name)).concat();
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
    let before = hit.before.trim_end_matches([' ', ',', '(']);
    let is_condition = ["如果", "若", "当"]
        .iter()
        .any(|word| before.ends_with(word))
        || [" if ", " when "]
            .iter()
            .any(|word| hit.before.to_lowercase().contains(word))
        || hit.after.starts_with('时');
    // "120, not including 0": the end of another number is not the number.
    let is_end = before
        .strip_suffix(printed.as_str())
        .is_some_and(|head| !head.ends_with(|c: char| c.is_ascii_digit()));
    // "1 to 63 are reserved": what is left out is a range, not its end.
    let is_of_range = [" to", "-", "~", "到", "至"]
        .iter()
        .any(|joint| before.ends_with(joint));
    if !hit.about_field() || !is_number || is_condition || is_end || is_of_range {
        return None;
    }
    let values = printed.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    let values = values.filter(|value| !value.is_empty());
    let values: Vec<Scalar> = values.map(|value| scalar(value, &Kind::Integer)).collect();
    Some(Constraint::Except(values).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.multiple",
        "Integer",
        "The oil, which must be a multiple of 1.2 barrels.",
        "other: a multiple of a fraction",
    ),
    (
        "en.multiple",
        "Integer",
        "The new height. A lamp is raised only by a multiple of 5 yards each time.",
        "multiple of 5 when what is added to it\nother: bound to what it is now",
    ),
    (
        "zh.left-out",
        "Integer",
        "灯号范围1~90，其中13号被系统占用，不可使用。",
        "range 1..=90\nnone of 13",
    ),
    ("zh.even", "Integer", "灯数，只能为偶数。", "multiple of 2"),
    (
        "en.even",
        "Integer",
        "The number of lamps, which must be even.",
        "multiple of 2",
    ),
    (
        "zh.multiple",
        "Integer",
        "灯数，必须是4的整数倍。",
        "multiple of 4",
    ),
    (
        "zh.divided",
        "Integer",
        "灯油的量，须能被4整除。",
        "multiple of 4",
    ),
    (
        "en.multiple",
        "Integer",
        "The new height. Multiples of 5 in the range [20, 90] are accepted.",
        "multiple of 5\nrange 20..=90",
    ),
    (
        "en.multiple",
        "Integer",
        "The value must be a multiple of 10.",
        "multiple of 10",
    ),
    (
        "zh.step",
        "Integer",
        "灯油，取值范围为20~900，步长为20。",
        "range 20..=900\nmultiple of 20",
    ),
    (
        "zh.step",
        "Integer",
        "灯油，取值范围为10~900，步长为20。",
        "range 10..=900\nother: steps of 20",
    ),
    (
        "en.step",
        "Integer",
        "The oil, from 0 to 90 in steps of 5.",
        "range 0..=90\nmultiple of 5",
    ),
    (
        "zh.left-out",
        "Integer",
        "灯位，取值范围：1~64，其中7为系统保留，不可使用。",
        "range 1..=64\nnone of 7",
    ),
    (
        "zh.left-out",
        "Integer",
        "灯位，范围为1至64，但不包括13和26。",
        "range 1..=64\nnone of 13 26",
    ),
    (
        "zh.left-out",
        "Integer",
        "灯位，1~30之间的整数，7除外。",
        "range 1..=30\nnone of 7",
    ),
    (
        "en.left-out",
        "Integer",
        "Where lamps hang.\n- The OilGas lamp ranges from 1 to 90.\n- The WaxLight lamp ranges from 20 to 40 (excluding 33).",
        "range 1..=90 when OilGas\nrange 20..=40 when WaxLight\nnone of 33 when the documented case",
    ),
    (
        "en.left-out",
        "Integer",
        "The value ranges from 1 to 64, excluding 13.",
        "range 1..=64\nnone of 13",
    ),
    (
        "en.left-out",
        "Integer",
        "Value range: 1 to 4094 except 100 and 200.",
        "range 1..=4094\nnone of 100 200",
    ),
];
