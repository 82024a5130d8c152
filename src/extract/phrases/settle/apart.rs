//! What sentences with different cases say of one field, each kept to its case.

use super::super::condition;
use super::{Draft, MOST_TOLD};
use crate::contract::{Constraint, Decimal};

/// Bounds and defaults that differ, and that sentences with different topics state, hold for one
/// topic each.
pub(super) fn tell_apart(drafts: &mut [Draft]) {
    let differs = |one: &Draft, other: &Draft| {
        let (a, b) = (&one.said.constraint, &other.said.constraint);
        one.is_about_the_same(other)
            && (&one.topic, &one.opening) != (&other.topic, &other.opening)
            && std::mem::discriminant(a) == std::mem::discriminant(b)
            && a != b
    };
    let told: Vec<usize> = (0..drafts.len())
        .filter(|place| drafts[*place].may_be_of_topic())
        .take(MOST_TOLD)
        .collect();
    let cased: Vec<usize> = (0..drafts.len())
        .filter(|place| drafts[*place].case.is_some())
        .take(MOST_TOLD)
        .collect();
    let apart: Vec<usize> = told
        .iter()
        .copied()
        .filter(|one| {
            let mut others = told.iter().chain(&cased);
            others.any(|two| differs(&drafts[*one], &drafts[*two]))
        })
        .collect();
    for place in apart {
        drafts[place].case = drafts[place].told_case();
    }
    let narrow: Vec<usize> = (0..drafts.len())
        .filter(|place| drafts[*place].case.is_none())
        .filter(|place| {
            let mut wider = cased.iter().map(|other| &drafts[*other]);
            wider.any(|other| leaves_no_room(&drafts[*place], other))
        })
        .take(MOST_TOLD)
        .collect();
    for place in narrow {
        drafts[place].case = Some(condition::UNNAMED.to_owned());
    }
}

/// Whether a length that is told of no case forbids what another one allows in its case: then it is of
/// a case, too.
fn leaves_no_room(told: &Draft, of_case: &Draft) -> bool {
    let longest = |draft: &Draft| {
        let Constraint::Length { max, unit, .. } = draft.said.constraint else {
            return None;
        };
        max.map(|max| (max, unit))
    };
    let (Some((max, unit)), Some((wider, same))) = (longest(told), longest(of_case)) else {
        return false;
    };
    unit == same && max < wider && told.is_about_the_same(of_case)
}

/// Two whole ranges that no case tells apart hold for one thing each; what lies within another one
/// is a case of it.
pub(super) fn keep_ranges_apart(drafts: &mut [Draft]) {
    let whole = |draft: &Draft| {
        let Constraint::Range {
            min: Some(min),
            max: Some(max),
        } = draft.said.constraint
        else {
            return None;
        };
        let is_own = draft.case.is_none() && draft.said.field.is_none();
        is_own.then_some((min, max))
    };
    let ranges: Vec<(usize, (Decimal, Decimal))> = drafts
        .iter()
        .enumerate()
        .filter_map(|(place, draft)| Some((place, whole(draft)?)))
        .take(MOST_TOLD)
        .collect();
    let holds_all =
        |one: (Decimal, Decimal), other: (Decimal, Decimal)| one.0 <= other.0 && other.1 <= one.1;
    for (place, range) in &ranges {
        let clashes = ranges.iter().any(|(other, beside)| {
            range != beside
                && !holds_all(*range, *beside)
                && drafts[*other].is_about_the_same(&drafts[*place])
        });
        if clashes {
            drafts[*place].case = Some(condition::UNNAMED.to_owned());
        }
    }
}

/// "Greater than 0" beside "Minimum: 0": of two least numbers, or two greatest, the text means one, and who takes
/// what the other allows is not to blame. That a number is not negative contradicts none.
pub(super) fn keep_bounds_apart(drafts: &mut [Draft]) {
    let bound = |draft: &Draft| {
        let Constraint::Range { min, max } = draft.said.constraint else {
            return None;
        };
        let is_own = draft.case.is_none() && !draft.said.rule.ends_with("negative");
        (is_own && min.is_some() != max.is_some()).then_some((min, max))
    };
    let bounds: Vec<usize> = (0..drafts.len())
        .filter(|place| bound(&drafts[*place]).is_some())
        .take(MOST_TOLD)
        .collect();
    let is_looser = |draft: &Draft, other: &Draft| match (bound(draft), bound(other)) {
        (Some((Some(min), _)), Some((Some(other), _))) => other < min,
        (Some((_, Some(max))), Some((_, Some(other)))) => max < other,
        _ => false,
    };
    let strict: Vec<usize> = bounds
        .iter()
        .copied()
        .filter(|place| {
            let draft = &drafts[*place];
            let mut others = bounds.iter().map(|other| &drafts[*other]);
            others.any(|other| other.is_about_the_same(draft) && is_looser(draft, other))
        })
        .collect();
    for place in strict {
        drafts[place].case = Some(condition::UNNAMED.to_owned());
    }
}

/// Where several ranges hold for one thing each, so does what sentences beside them leave out.
pub(super) fn keep_exceptions_apart(drafts: &mut [Draft]) {
    let ranges: Vec<Draft> = drafts
        .iter()
        .filter(|draft| matches!(draft.said.constraint, Constraint::Range { .. }))
        .take(MOST_TOLD)
        .cloned()
        .collect();
    let is_of_one = |draft: &&mut Draft| {
        let about_it = || ranges.iter().filter(|range| range.is_about_the_same(draft));
        let differs = |range: &Draft| about_it().any(|other| other.said.line != range.said.line);
        let is_exception = matches!(draft.said.constraint, Constraint::Except(_));
        is_exception && draft.case.is_none() && about_it().any(differs)
    };
    for draft in drafts.iter_mut().filter(is_of_one) {
        draft.case = Some(condition::UNNAMED.to_owned());
    }
}

/// A format holds in its case alone where another one is told of another case, or where the case has a
/// name; what all cases share holds in each of them.
pub(super) fn keep_formats_apart(drafts: &mut [Draft]) {
    let formats: Vec<usize> = (0..drafts.len())
        .filter(|place| matches!(drafts[*place].said.constraint, Constraint::Format { .. }))
        .take(MOST_TOLD)
        .collect();
    let mut shared = Vec::new();
    for place in &formats {
        let draft = &drafts[*place];
        let about_it = formats.iter().map(|other| &drafts[*other]);
        let mut others = about_it.filter(|other| other.is_about_the_same(draft));
        let is_same = |other: &Draft| other.said.constraint == draft.said.constraint;
        let is_one_of_several = others.clone().any(|other| !is_same(other));
        let is_everywhere = others.any(|other| is_same(other) && other.case != draft.case);
        let is_named = draft.case.as_deref() != Some(condition::UNNAMED);
        // "A UUID if …, and empty otherwise" says all of it.
        let says_all = matches!(
            draft.said.constraint,
            Constraint::Format { or_empty: true, .. }
        );
        if !is_one_of_several && (is_everywhere || !is_named || says_all) {
            shared.push(*place);
        }
    }
    for place in shared {
        drafts[place].case = None;
    }
}
