//! Ends of numbers in turns of phrase that have no word for a range: "within 1 to 72", "from 5 (included)
//! to 45 (excluded)".

use super::numbers::{bounds, left_out};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Decimal, Kind, Scalar, in_parts};

/// A number, maybe with a sign and decimals, by this name.
macro_rules! number {
    ($name:literal) => {
        concat!(r"(?P<", $name, r">-?[0-9]+(?:\.[0-9]+)?)")
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.ends-in-or-out",
        language: Zh,
        meaning: "a number from one to another, each said to be in or out",
        cues: &["含)"],
        pattern: concat!(
            number!("min"),
            r"\s*\((?P<low>不?包?含)\)\s*(?:到|至|-|~)\s*",
            number!("max"),
            r"\s*\((?P<high>不?包?含)\)"
        ),
        read: in_or_out,
    },
    Rule {
        name: "zh.between-signs",
        language: Zh,
        meaning: "a name between two numbers and signs of order",
        cues: &["≤", "<="],
        pattern: concat!(
            number!("min"),
            r"\s*(?:≤|<=)\s*[A-Za-z_]+\s*(?:≤|<=)\s*",
            number!("max")
        ),
        read: both,
    },
    Rule {
        name: "zh.number-or-range",
        language: Zh,
        meaning: "one number, or a number from A to B: none lies outside of both",
        cues: &["或", "、"],
        pattern: r"(?:(?:取值|值|取)?(?:可以?)?(?:为|是)|(?:取值范围|取值?)?:|取值?)\s*(?P<one>-?[0-9]+)\s*,?\s*(?:或者?|、)\s*(?:(?:取值|数值)?(?:范围)?(?:为|是|在|:)?)\s*\[?(?P<min>-?[0-9]+)\s*(?:-|~|到|至)\s*(?P<max>[0-9]+)\]?(?P<next>[,。；]|之间|的|$)",
        read: one_or_between,
    },
    Rule {
        name: "en.number-or-range",
        language: En,
        meaning: "one number, or a number from A to B: none lies outside of both",
        cues: &[" or "],
        pattern: r"\b(?:be|is|are|to|value:) (?:either )?(?P<one>-?[0-9]+)(?:,? or |, and )(?:an? |any )?(?:value |number |integer )?(?:(?:is |it )?(?:ranges? |ranging )|in the range (?:of )?)?(?:from |between )?\[?(?P<min>-?[0-9]+) ?(?:-|~|to|and|,) ?(?P<max>[0-9]+)\]?(?P<next>\.|,|;| \(|$)",
        read: one_or_between,
    },
    Rule {
        name: "en.range-or-number",
        language: En,
        meaning: "a number from A to B, or one number: none lies outside of both",
        cues: &[" or "],
        pattern: r"\b(?:ranges? (?:is |from |between )+|between |from )(?P<min>-?[0-9]+) ?(?:-|~|to|and) ?(?P<max>[0-9]+),? or (?:(?:it )?(?:is|be|equals) |the value (?:is )?)?(?P<one>-?[0-9]+)(?P<next>\.|;|$)",
        read: one_or_between,
    },
    Rule {
        name: "en.ends-in-or-out",
        language: En,
        meaning: "a number from one to another, each said to be in or out",
        cues: &["clude", "clusive"],
        pattern: concat!(
            number!("min"),
            r" ?\((?P<low>included|inclusive|excluded|exclusive)\) ?(?:to|and|-|up to) ?",
            number!("max"),
            r" ?\((?P<high>included|inclusive|excluded|exclusive)\)"
        ),
        read: in_or_out,
    },
    Rule {
        name: "en.within",
        language: En,
        meaning: "a number within two others, which are included",
        cues: &["within "],
        pattern: concat!(
            r"\bwithin (?:the range )?(?:of |from )?\[?",
            number!("min"),
            r"(?:, ?| to | and | ?- ?)",
            number!("max"),
            r"\]?(?P<next>\.|,|;|$)"
        ),
        read: both,
    },
    Rule {
        name: "en.through",
        language: En,
        meaning: "a number from one to another, in a clause of its own",
        cues: &[" through "],
        pattern: concat!(
            r"(?:^|[,:;.] |\bfrom )",
            number!("min"),
            " through ",
            number!("max"),
            r"(?P<next>\.|,|;|$)"
        ),
        read: both,
    },
    Rule {
        name: "en.any-from",
        language: En,
        meaning: "that any number from one to another will do",
        cues: &["any "],
        pattern: concat!(
            r"\bany (?:[a-z]+ )?[a-z]+ (?:from|between) ",
            number!("min"),
            r" (?:to|and|through) ",
            number!("max"),
            r" (?:can|may|is|will)\b"
        ),
        read: both,
    },
    Rule {
        name: "en.end-accepted",
        language: En,
        meaning: "the largest or the smallest number that is accepted",
        cues: &["largest", "smallest", "highest", "lowest", "greatest"],
        pattern: concat!(
            r"\bthe (?P<end>largest|highest|greatest|smallest|lowest) (?:value|number)?(?: ?(?:that is )?(?:accepted|allowed|permitted|supported|possible))?(?: value| number)? is ",
            number!("number"),
            r"(?P<next>\.|,|;|$)"
        ),
        read: |hit| match hit.group("end").to_lowercase().as_str() {
            "smallest" | "lowest" => least(hit),
            _ => most(hit),
        },
    },
    Rule {
        name: "zh.not-negative",
        language: Zh,
        meaning: "zero or more, or one or more",
        cues: &["负", "正整数"],
        pattern: r"(?:(?:取值|值){必须}?(?:为|是)\s*)?(?:不(?:能|可|允许)为负数?|非负整?数|(?P<positive>正整数))",
        read: |hit| {
            bounds(
                hit,
                Some(i64::from(!hit.group("positive").is_empty()).into()),
                None,
            )
        },
    },
    Rule {
        name: "en.not-negative",
        language: En,
        meaning: "zero or more, or one or more",
        cues: &["negative", "positive"],
        pattern: r"{cannot} be (?:a )?negative|non-negative|(?P<positive>positive integer)",
        read: |hit| {
            // "0 and positive integers".
            let before = hit.before.trim_end().to_lowercase();
            let with_zero = ["0 and", "0 or", "zero and", "zero or"]
                .iter()
                .any(|zero| before.ends_with(zero));
            let is_positive = !hit.group("positive").is_empty() && !with_zero;
            bounds(hit, Some(i64::from(is_positive).into()), None)
        },
    },
    Rule {
        name: "en.never-negative",
        language: En,
        meaning: "zero or more",
        cues: &["never"],
        pattern: r"\b(?:is|be) never (?:negative|less than 0|below 0|smaller than 0)\b",
        read: |hit| {
            of_a_number(hit)
                .then(|| bounds(hit, Some(0.into()), None))
                .flatten()
        },
    },
];

/// Of numbers only: a text from 1 to 9, or a list of so many, is something else.
fn of_a_number(hit: &Hit) -> bool {
    matches!(hit.kind(), Kind::Integer | Kind::Number) && !hit.is_list() && hit.about_field()
}

/// What holds in one case holds in no other.
fn is_of_case(hit: &Hit) -> bool {
    // "For brass, any value …", "brass: 10 through 20"; what is advised or reserved binds nobody either.
    const CASES: [&str; 12] = [
        "when ",
        "if ",
        "for ",
        "with ",
        "where ",
        "unless ",
        "recommend",
        "advise",
        "reserved",
        "时",
        "若",
        ":",
    ];
    let before = hit.before.to_lowercase();
    CASES.iter().any(|word| before.contains(word))
}

fn both(hit: &Hit) -> Option<Heard> {
    let (min, max) = (hit.decimal("min")?, hit.decimal("max")?);
    let is_range = of_a_number(hit) && !is_of_case(hit) && min < max;
    is_range
        .then(|| bounds(hit, Some(min), Some(max)))
        .flatten()
}

/// Nothing lies outside of both, and where they are close nothing between them will do either.
fn one_or_between(hit: &Hit) -> Option<Heard> {
    let (one, min, max) = (
        hit.decimal("one")?,
        hit.decimal("min")?,
        hit.decimal("max")?,
    );
    (of_a_number(hit) && min <= max).then_some(())?;
    // "From 1 to 10 or from 20 to 30": what stands before "or" is a range of its own.
    let is_end = hit
        .before
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit());
    if is_end && hit.whole().starts_with("to ") {
        return None;
    }
    let mut heard = bounds(hit, Some(one.min(min)), Some(one.max(max)))?;
    let between = between(one, min).filter(|_| *hit.kind() == Kind::Integer);
    let is_apart = one.plus(1)? < min || max.plus(1)? < one;
    let gap = match between {
        Some(numbers) => Some(Constraint::Except(numbers)),
        None => is_apart.then(|| in_parts(&[(one, one), (min, max)])),
    };
    heard.constraints.extend(gap.map(|gap| (gap, None)));
    Some(heard)
}

/// The whole numbers between a number and a greater one, if there are some, and few.
fn between(one: Decimal, min: Decimal) -> Option<Vec<Scalar>> {
    const MOST: i64 = 8;
    let (after, next) = (one.whole()?.checked_add(1)?, min.whole()?);
    let few = after < next && next.checked_sub(after)? <= MOST;
    few.then(|| (after..next).map(Scalar::Integer).collect())
}

fn number(hit: &Hit) -> Option<Decimal> {
    let number = hit.decimal("number")?;
    (of_a_number(hit) && !is_of_case(hit)).then_some(number)
}

fn least(hit: &Hit) -> Option<Heard> {
    bounds(hit, Some(number(hit)?), None)
}

fn most(hit: &Hit) -> Option<Heard> {
    bounds(hit, None, Some(number(hit)?))
}

/// Of numbers with decimals none comes next to an end that is out: it is left out alone.
fn in_or_out(hit: &Hit) -> Option<Heard> {
    let out = ["low", "high"].map(|end| {
        let word = hit.group(end).to_lowercase();
        word.starts_with("ex") || word.starts_with('不')
    });
    let (min, max) = (hit.decimal("min")?, hit.decimal("max")?);
    if !of_a_number(hit) || min >= max {
        return None;
    }
    if *hit.kind() == Kind::Integer {
        let step =
            |end: Decimal, is_out: bool, by: i64| if is_out { end.steps(by) } else { Some(end) };
        return bounds(
            hit,
            Some(step(min, out[0], 1)?),
            Some(step(max, out[1], -1)?),
        );
    }
    let mut heard = bounds(hit, Some(min), Some(max))?;
    for (end, _) in [min, max]
        .into_iter()
        .zip(out)
        .filter(|(_, is_out)| *is_out)
    {
        heard.constraints.push((left_out(end), None));
    }
    Some(heard)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.range-or-number",
        "Integer",
        "How long it burns. The value ranges from 0 to 3600 or is -1.",
        "range -1..=3600",
    ),
    (
        "en.number-or-range",
        "Integer",
        "How long it burns. The value is either -1 or an integer ranging from 0 to 3600.",
        "range -1..=3600",
    ),
    (
        "en.number-or-range",
        "Integer",
        "The value must be -1 or ranges from 1 to 99.",
        "range -1..=99\nnone of 0",
    ),
    (
        "en.number-or-range",
        "Integer",
        "How many wicks. Set it to 0 or a value from 5 to 10.",
        "range 0..=10\nnone of 1 2 3 4",
    ),
    (
        "en.number-or-range",
        "Integer",
        "How many lamps stay lit. The value can be -1 or 1-400.",
        "range -1..=400\nnone of 0",
    ),
    (
        "en.number-or-range",
        "Integer",
        "How many lamps burn. The value can be -1 or ranges from 0 to 900.",
        "range -1..=900",
    ),
    (
        "en.number-or-range",
        "Integer",
        "How many lamps burn. The value is -1, or in the range from 0 to 900.",
        "range -1..=900",
    ),
    (
        "zh.number-or-range",
        "Integer",
        "灯数，可以为-1，或者取值范围为0~900。",
        "range -1..=900",
    ),
    (
        "zh.number-or-range",
        "Integer",
        "灯数，取值为-1或0~900。",
        "range -1..=900",
    ),
    (
        "zh.between-signs",
        "Integer",
        "灯光的高度，0≤lamp≤1800。",
        "range 0..=1800",
    ),
    (
        "zh.ends-in-or-out",
        "Integer",
        "灯光的高度，5（包含）到45（不包含）。",
        "range 5..=44",
    ),
    (
        "en.ends-in-or-out",
        "Integer",
        "How high it burns. The value ranges from 5 (included) to 45 (excluded).",
        "range 5..=44",
    ),
    (
        "en.within",
        "Integer",
        "Set this parameter to a value within 1 to 72.",
        "range 1..=72",
    ),
    (
        "en.within",
        "Number",
        "The bearing of the lamp, within [-90, 90].",
        "range -90..=90",
    ),
    (
        "en.through",
        "Integer",
        "Seconds until it is lit. 0 through 3600.",
        "range 0..=3600",
    ),
    (
        "en.any-from",
        "Integer",
        "The wick. Any value from 2 to 40 can be used.",
        "range 2..=40",
    ),
    (
        "en.any-from",
        "Integer",
        "The mooring. Any free ring between 3 and 60 may be used.",
        "range 3..=60",
    ),
    (
        "en.end-accepted",
        "Integer",
        "How many wicks. The largest value accepted is 8.",
        "range ..=8",
    ),
    (
        "en.end-accepted",
        "Integer",
        "How many wicks. The smallest number is 2.",
        "range 2..",
    ),
    (
        "en.never-negative",
        "Integer",
        "How many lamps burn. This value is never negative.",
        "range 0..",
    ),
];
