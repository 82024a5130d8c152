//! What the sentences of one prose say together.
//!
//! A minimum and a maximum said apart are one range; constants said of several cases are an
//! enumeration; what holds in one case only is kept as a remark, because as a constraint it would
//! be false in all other cases.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Said;
use super::rule::{Heard, Rule};
use super::sentence::Unit;
use crate::contract::{Constraint, Scalar};

/// A statement, and whether its sentence restricts it to a case.
pub(super) struct Draft {
    said: Said,
    in_one_case: bool,
}

impl Draft {
    /// Whether it says something of the field, not of its values.
    pub(super) fn is_about_the_field(&self) -> bool {
        !bounds_the_value(&self.said.constraint)
            && !matches!(self.said.constraint, Constraint::Other(_))
    }

    /// What `heard` says, read at `range` of a sentence of the unit.
    pub(super) fn of(
        rule: &'static Rule,
        unit: &Unit,
        sentence: &Range<usize>,
        range: &Range<usize>,
        heard: Heard,
    ) -> Vec<Draft> {
        let before = &unit.text[sentence.start..range.start];
        let after = unit.text.get(range.end..sentence.end).unwrap_or("");
        let in_one_case = is_case(before, after);
        let conditional = heard.conditional;
        let draft = |(constraint, field): (Constraint, Option<String>)| Draft {
            said: Said {
                constraint,
                line: unit.line,
                rule: rule.name,
                field,
                conditional,
            },
            in_one_case,
        };
        heard.constraints.into_iter().map(draft).collect()
    }
}

static CASE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:当|如果|若|设置为|场景|情况)[^。;；]*(?:时|,|下)\s*[^。;；]*$|时,[^,]{0,24}$|时[^间长刻区效钟代任,][^,]{0,24}$|此时|^(?:If|When|For)\b[^,]*,|\(([^()]*)时,?[^()]*$")
        .expect("a test compiles it")
});
static CASE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^,.;]{0,20}\s(?:if|when|only if|only when)\b").expect("a test compiles it")
});

/// Whether the words around a match restrict it to a case.
fn is_case(before: &str, after: &str) -> bool {
    CASE_BEFORE.is_match(before) || CASE_AFTER.is_match(after)
}

/// The statements of one prose, joined where they belong together.
pub(super) fn settle(drafts: Vec<Draft>) -> Vec<Said> {
    let drafts = join_constants(drafts);
    let mut settled: Vec<Said> = Vec::new();
    for Draft {
        mut said,
        in_one_case,
    } in drafts
    {
        if in_one_case && bounds_the_value(&said.constraint) {
            said.constraint = Constraint::Other(format!("{} in one case", said.constraint.word()));
        }
        if let Some(last) = settled.last_mut()
            && last.field == said.field
            && let Some(joined) = join(&last.constraint, &said.constraint)
        {
            last.constraint = joined;
            continue;
        }
        let known = |other: &Said| other.constraint == said.constraint && other.field == said.field;
        if !settled.iter().any(known) {
            settled.push(said);
        }
    }
    settled
}

/// Constants of the same field, each for its case, are the values of an enumeration.
fn join_constants(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut constants: Vec<Scalar> = Vec::new();
    for draft in &drafts {
        if let (Constraint::Const(value), None) = (&draft.said.constraint, &draft.said.field)
            && !constants.contains(value)
        {
            constants.push(value.clone());
        }
    }
    let listed = drafts
        .iter()
        .any(|draft| matches!(draft.said.constraint, Constraint::Enum { .. }));
    if constants.len() < 2 && !listed {
        return drafts;
    }
    let mut joined = Vec::new();
    let mut said_once = listed;
    for mut draft in drafts {
        if matches!(draft.said.constraint, Constraint::Const(_)) && draft.said.field.is_none() {
            if said_once {
                continue;
            }
            said_once = true;
            draft.in_one_case = false;
            draft.said.constraint = Constraint::Enum {
                values: constants.clone(),
                open: false,
            };
        }
        joined.push(draft);
    }
    joined
}

/// One constraint for two that state the ends of the same range.
fn join(one: &Constraint, other: &Constraint) -> Option<Constraint> {
    use Constraint::{ItemCount, Length, Range};
    match (one, other) {
        (
            Length {
                min,
                max: None,
                unit,
            },
            Length {
                min: None,
                max,
                unit: same,
            },
        )
        | (
            Length {
                min: None,
                max,
                unit,
            },
            Length {
                min,
                max: None,
                unit: same,
            },
        ) if unit == same => Some(Length {
            min: *min,
            max: *max,
            unit: *unit,
        }),
        (Range { min, max: None }, Range { min: None, max })
        | (Range { min: None, max }, Range { min, max: None }) => Some(Range {
            min: *min,
            max: *max,
        }),
        (ItemCount { min, max: None }, ItemCount { min: None, max })
        | (ItemCount { min: None, max }, ItemCount { min, max: None }) => Some(ItemCount {
            min: *min,
            max: *max,
        }),
        _ => None,
    }
}

/// Whether the constraint limits the value itself, so that it must hold in every case.
fn bounds_the_value(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { .. }
        | Constraint::Const(_)
        | Constraint::Range { .. }
        | Constraint::ItemCount { .. }
        | Constraint::NotEmpty => true,
        Constraint::Format { .. }
        | Constraint::Unique
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable
        | Constraint::AsyncJob
        | Constraint::Other(_) => false,
    }
}
