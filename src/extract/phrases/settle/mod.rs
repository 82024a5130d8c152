//! What the sentences of one prose say together.
//!
//! A minimum and a maximum said apart are one range; constants said of several cases are an
//! enumeration; what holds in one case only is kept as a remark, because as a constraint it would
//! be false in all other cases.

mod apart;
mod lists;

use std::sync::LazyLock;

use apart::{
    keep_bounds_apart, keep_exceptions_apart, keep_formats_apart, keep_ranges_apart, tell_apart,
};

use lists::{both_charsets, both_lists, is_open_with_all_of, lists_all_of, say_the_same};

use super::rule::{Heard, Language, Rule};
use super::sentence::{Unit, head, is_han, tail};
use super::{Said, condition, named, only, special, topic};
use crate::contract::{CharClass, Constraint, Decimal, Scalar, Scope};
use crate::extract::pattern::{Letters, Pattern, compile};

/// The words around a match, and what the match is about because of them.
pub(super) struct Around<'a> {
    /// What stands before the sentence.
    pub(super) earlier: &'a str,
    /// The sentence before it.
    pub(super) before: &'a str,
    /// The sentence after it.
    pub(super) after: &'a str,
    /// The name that a heading before the sentence gives.
    pub(super) heading: Option<&'static str>,
    /// The part of the value that the item is about.
    pub(super) part: Option<&'a str>,
    /// The item, where the sentence is not its first one.
    pub(super) item: Option<&'a str>,
    /// What is done meanwhile, where the text around speaks of one of several things that can be.
    pub(super) phase: Option<&'a str>,
}

impl Around<'_> {
    /// The names that the match may be about; none, once, where it is about the field itself.
    fn names(&self, language: Language) -> Vec<Option<String>> {
        let names = named::before(self.before, language);
        match names.is_empty() {
            true => vec![self.heading.map(str::to_owned)],
            false => names.into_iter().map(Some).collect(),
        }
    }
}

/// A statement, and the case that its sentence restricts it to.
#[derive(Clone)]
pub(super) struct Draft {
    said: Said,
    case: Option<String>,
    part: Option<String>,
    /// What the sentence begins with, which is a case where another one begins otherwise.
    topic: Option<String>,
    /// The condition that its item begins with, as it is printed.
    opening: Option<String>,
    /// Whether its clause names somebody of whom alone it is said.
    of_some: bool,
}

impl Draft {
    /// Whether it says something of the field, not of its values.
    pub(super) fn is_about_the_field(&self) -> bool {
        !bounds_the_value(&self.said.constraint)
            && !matches!(self.said.constraint, Constraint::Other(_))
    }

    /// What `heard` says among the words around it.
    pub(super) fn of(
        rule: &'static Rule,
        line: u32,
        around: &Around<'_>,
        heard: Heard,
    ) -> Vec<Draft> {
        let phase = || around.phase.map(str::to_owned);
        let case = case(around.before, around.after);
        let case = case.map(|case| told_before(around).unwrap_or(case));
        let case = case.or_else(phase);
        let unbound = unbound(around.before, around.after).map(str::to_owned);
        let mut named = None;
        let conditional = heard.conditional;
        let topic = topic::topic(around.before);
        let opening = around.item.and_then(opening);
        let of_some = names_somebody(around.before);
        let part = around.part.map(str::to_owned);
        let part = part.or_else(|| topic::part(around.before));
        let mut drafts = Vec::new();
        for (constraint, field) in heard.constraints {
            // What is said of values may be about those of another field; the rest is not, and
            // "the UUID of the wick" is no format of the wick.
            let is_of_field = matches!(
                constraint,
                Constraint::Format { .. } | Constraint::ItemCount { .. }
            );
            let names = match concerns_values(&constraint) && !is_of_field {
                true => named.get_or_insert_with(|| around.names(rule.language)),
                false => &vec![None],
            };
            let unbound = unbound.as_ref().filter(|_| is_bound(&constraint));
            let is_default = matches!(constraint, Constraint::Default(_));
            let kind = case
                .clone()
                .filter(|_| is_default && OF_KIND.is_match(around.before));
            let topic = kind.or_else(|| topic.clone());
            for nearby in names {
                let draft = Draft {
                    said: Said {
                        constraint: constraint.clone(),
                        line,
                        rule: rule.name,
                        field: field.clone(),
                        nearby: nearby.clone(),
                        conditional,
                    },
                    case: case.as_ref().or(unbound).cloned(),
                    part: part.clone(),
                    topic: topic.clone(),
                    opening: opening.clone(),
                    of_some,
                };
                drafts.push(draft);
            }
        }
        drafts
    }

    /// Whether both speak of the same field, or of the same part of it.
    fn is_about_the_same(&self, other: &Draft) -> bool {
        self.said.field == other.said.field
            && self.said.nearby == other.said.nearby
            && self.part == other.part
    }

    /// Whether it is a constant of the field that the prose is about.
    fn is_own_constant(&self) -> bool {
        matches!(self.said.constraint, Constraint::Const(_)) && self.said.field.is_none()
    }

    /// Whether what it begins with may be the case that it holds in.
    fn may_be_of_topic(&self) -> bool {
        let is_of_one = matches!(
            self.said.constraint,
            Constraint::Range { .. }
                | Constraint::Length { .. }
                | Constraint::Pattern(_)
                | Constraint::Default(_)
        );
        is_of_one && self.case.is_none() && (self.topic.is_some() || self.opening.is_some())
    }

    /// What it begins with as the case that it holds in.
    fn told_case(&self) -> Option<String> {
        let opening = || self.opening.as_deref().map(condition::in_short);
        self.topic.clone().or_else(opening)
    }

    /// A range holds for all but the numbers that stand for something else.
    /// A text that may be empty is no longer for that.
    fn let_empty_in(&mut self) {
        if let Constraint::Length { min, max, .. } = &mut self.said.constraint
            && max.is_some()
        {
            *min = None;
        }
    }

    fn leave_out(&mut self, special: &[i64]) {
        let Constraint::Range { min, max } = &self.said.constraint else {
            return;
        };
        let is_outside = |number: &&i64| {
            let number = Decimal::from(**number);
            min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max)
        };
        let outside = special.iter().find(is_outside);
        if let Some(number) = outside.filter(|_| self.case.is_none()) {
            self.case = Some(format!("not {number}"));
        }
    }

    /// The statement, bound to its case or part.
    fn said(self) -> Said {
        let Draft {
            mut said,
            case,
            part,
            topic,
            opening: _,
            of_some: _,
        } = self;
        let is_of_topic = case.is_some() && case == topic;
        let is_format = matches!(said.constraint, Constraint::Format { .. });
        let bounds = bounds_the_value(&said.constraint) || is_of_topic || is_format;
        let scope = case.map(Scope::Case).filter(|_| bounds);
        let concerns_part = concerns_values(&said.constraint);
        let part = part.map(Scope::Part).filter(|_| concerns_part);
        for scope in [scope, part].into_iter().flatten() {
            said.constraint = Constraint::Within {
                scope,
                holds: Box::new(said.constraint),
            };
        }
        said
    }
}

static BARRED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"\([^()]{0,60}时,?(?:无|没有|不需要|无需|不支持)(?:该|此|本)?(?:参数|字段)\)")
});

/// A text without the brackets that say where there is no such field: what is said beside them holds elsewhere.
fn without_barred(text: &str) -> String {
    match BARRED.find(text) {
        Some(found) => [&text[..found.start()], &text[found.end()..]].concat(),
        None => text.to_owned(),
    }
}

static CASE_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?:当|如果|若|设置为|场景|情况)[^。;；]*(?:时|,|下)\s*[^。;；]*$|[^延耗工历]时,[^,]{0,24}$|时[^间长刻区效钟代任有生,][^,]{0,24}$|此时|[Ii]n this case|^\s*(?:If|When|For)\b[^,]*,|\(([^()]*)时,?[^()]*$",
    )
});
static CASE_AFTER: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^[^,.;]{0,20}\s(?:if|when|only if|only when)\b"));

/// "如果mode为filter默认为9": a condition with nothing between it and what it says.
static RIGHT_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"(?:如果|若|当)\s*[A-Za-z_][A-Za-z0-9_.]*\s*(?:取值)?(?:为|是|=)\s*[A-Za-z0-9_-]+$")
});

/// "Where this field is not sent, …": a case in which there is no value that a bound could hold for.
static LEFT_OUT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?:如果|若|当)?(?:没有|无|未|不)(?:指定|传入?|填写?|设置|配置|携带)?(?:该|此|本)(?:参数|字段|值)(?:时)?,[^,。；]*,",
    )
});

/// The case that the words around a match restrict it to, in short.
fn case(before: &str, after: &str) -> Option<String> {
    /// No condition is longer.
    const LONGEST: usize = 400;
    // An hour is no moment at which something holds.
    let before = without_barred(tail(before, LONGEST)).replace("小时", "");
    let start = LEFT_OUT.find(&before).map_or(0, |found| found.end());
    let before = &before[start..];
    if only::must_set(before) {
        return None;
    }
    if CASE_BEFORE.may_match(&Letters::of(before)) && CASE_BEFORE.is_match(before) {
        let end = before
            .rfind('时')
            .map_or(before.len(), |at| at + '时'.len_utf8());
        return Some(condition::in_short(&before[..end]));
    }
    if let Some(condition) = RIGHT_BEFORE.find(before) {
        return Some(condition::in_short(condition.as_str()));
    }
    CASE_AFTER
        .is_match(after)
        .then(|| condition::in_short(head(after, LONGEST)))
}

/// The case that the sentence before tells, where this one begins with "in this case".
fn told_before(around: &Around<'_>) -> Option<String> {
    static THEN: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^\s*(?:故|因此|所以|则)?(?:此时|这时)|^\s*(?i:in this case)\b"));
    /// No sentence that tells of a case is longer.
    const LONGEST: usize = 400;
    THEN.is_match(around.before).then_some(())?;
    let earlier = tail(around.earlier, LONGEST).trim_end_matches(['。', '；', '.', ' ']);
    let sentence = earlier.rsplit(['。', '；']).next()?;
    let condition = sentence
        .split_once("时,")
        .map_or(sentence, |(condition, _)| condition);
    let told = condition::in_short(condition);
    (told != condition::UNNAMED).then_some(told)
}

/// Words that make a bound advice, or a bound of each line of a text.
static UNBOUND: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?:(?:建议|推荐)[^,。；]{0,12}|(?i:(?:is|are) (?:recommended|advised)(?: that| to) [a-z ]{0,40}|\b(?:usually|typically|normally|generally)\b[a-z ]{0,40}))$",
    )
});
static UNBOUND_AFTER: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^ (?i:(?:is|are) (?:recommended|advised|suggested))"));
static OF_LINE: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"(?:每一?行[^,。；]{0,6}|(?i:\b(?:each|every) line [a-z ]{0,24}))$"));

/// Why a bound among these words holds nobody's whole text to it.
fn unbound(before: &str, after: &str) -> Option<&'static str> {
    let before = tail(before, 60);
    if UNBOUND.is_match(before) || UNBOUND_AFTER.is_match(after) {
        return Some("advised");
    }
    OF_LINE.is_match(before).then_some("each line")
}

/// Whether it bounds how long, how many or how large something is.
fn is_bound(constraint: &Constraint) -> bool {
    matches!(
        constraint,
        Constraint::Length { .. } | Constraint::ItemCount { .. } | Constraint::Range { .. }
    )
}

/// "For brass lamps, …" and "如果mode为filter…": a default behind it is that of one kind.
static OF_KIND: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^\s*For [^.,;:]{3,60}, [^,;]*$|(?:如果|若|当)\s*[A-Za-z_][A-Za-z0-9_.]*\s*(?:取值)?(?:为|是|=)\s*[A-Za-z0-9_-]+(?:时)?,?$",
    )
});

static OPENING: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"^\s*(?:(?:如果|若|当)[^。；,:]{2,60},|[^。；,:]{2,60}时,|(?:If|When|For) [^.;:]{3,100}?,)",
    )
});

/// The case that an item begins with: what its later sentences say may hold in it alone.
fn opening(item: &str) -> Option<String> {
    let found = OPENING.find(head(item, 400))?;
    Some(found.as_str().trim_end_matches(',').to_owned())
}

/// No field has more statements that are told apart, so that hostile text costs no more than its length.
const MOST_TOLD: usize = 40;

/// The statements of one prose, joined where they belong together.
pub(super) fn settle(mut drafts: Vec<Draft>, units: &[Unit]) -> Vec<Said> {
    tell_apart(&mut drafts);
    keep_of_some(&mut drafts);
    keep_ranges_apart(&mut drafts);
    keep_bounds_apart(&mut drafts);
    keep_exceptions_apart(&mut drafts);
    keep_formats_apart(&mut drafts);
    let mut settled: Vec<Draft> = Vec::new();
    for draft in join_constants(drafts) {
        if let Some(last) = settled.last_mut()
            && last.is_about_the_same(&draft)
            && last.case == draft.case
            && let Some(joined) = join(&last.said.constraint, &draft.said.constraint)
        {
            last.said.constraint = joined;
            continue;
        }
        let both = |other: &mut Draft| {
            let is_same = other.is_about_the_same(&draft) && other.case == draft.case;
            let (one, new) = (&other.said.constraint, &draft.said.constraint);
            let all = both_lists(one, new).or_else(|| both_charsets(one, new));
            all.filter(|_| is_same)
                .map(|all| other.said.constraint = all)
        };
        if settled.iter_mut().find_map(both).is_some() {
            continue;
        }
        let explains = draft.said.rule.ends_with("glosses");
        let known = |other: &Draft| {
            let (one, new) = (&other.said.constraint, &draft.said.constraint);
            let is_listed = || lists_all_of(one, new) || is_open_with_all_of(one, new);
            let says_nothing_new = say_the_same(one, new) || explains && is_listed();
            says_nothing_new && other.is_about_the_same(&draft)
        };
        if !settled.iter().any(known) {
            settled.push(draft);
        }
    }
    settled.retain(|draft| !is_further_alone(draft));
    leave_out_special(&mut settled, units);
    let has_empty = |unit: &Unit| EMPTY_TEXT.is_match(head(&unit.text, 600));
    if units.iter().any(has_empty) {
        settled.iter_mut().for_each(Draft::let_empty_in);
    }
    settled.into_iter().map(Draft::said).collect()
}

/// Further signs that no other sentence's list took up are no list of all that may be.
fn is_further_alone(draft: &Draft) -> bool {
    let Constraint::Charset(classes) = &draft.said.constraint else {
        return false;
    };
    let is_sign = |class: &CharClass| matches!(class, CharClass::One(_));
    draft.said.rule.ends_with("charset-further") && classes.iter().all(is_sign)
}

/// Ranges leave out the numbers that stand for something else.
fn leave_out_special(drafts: &mut [Draft], units: &[Unit]) {
    let is_range = |draft: &Draft| matches!(draft.said.constraint, Constraint::Range { .. });
    if !drafts.iter().any(is_range) {
        return;
    }
    // A default that a range leaves out stands for something else, too.
    let default = |draft: &Draft| {
        let Constraint::Default(Scalar::Integer(value)) = &draft.said.constraint else {
            return None;
        };
        Some(*value)
    };
    let defaults = drafts.iter().filter_map(default);
    let special: Vec<i64> = special::numbers(units)
        .into_iter()
        .chain(defaults)
        .collect();
    let range_without = |draft: &mut Draft| draft.leave_out(&special);
    drafts.iter_mut().for_each(range_without);
}

/// The words before "only these" that name somebody: "shared lamps" and not "now".
fn names_somebody(before: &str) -> bool {
    let clause = before.rsplit([',', '。', ':', '；']).next().unwrap_or("");
    let is_now = ["目前", "当前"].iter().any(|now| clause.ends_with(now));
    clause.chars().filter(|c| is_han(*c)).count() > 1 && !is_now
}

/// Of a longer list, what somebody alone supports is a part that holds for nobody else.
fn keep_of_some(drafts: &mut [Draft]) {
    let lists_more = |wide: &Draft, narrow: &Draft| {
        let (all, few) = (&wide.said.constraint, &narrow.said.constraint);
        wide.is_about_the_same(narrow) && lists_all_of(all, few) && !lists_all_of(few, all)
    };
    let is_of_some = |draft: &Draft| {
        draft.of_some && draft.case.is_none() && draft.said.rule.ends_with("only-values")
    };
    let told = |place: &usize| {
        let narrow = &drafts[*place];
        is_of_some(narrow) && drafts.iter().any(|wide| lists_more(wide, narrow))
    };
    let places: Vec<usize> = (0..drafts.len()).filter(told).collect();
    for place in places {
        drafts[place].case = Some(condition::UNNAMED.to_owned());
    }
}

/// What an empty text means, or that it will do.
static EMPTY_TEXT: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?:^|[,。；])\s*(?:可以?|允许)?为空(?:字符串|串)?(?:时)?,?(?:则)?(?:(?:表示|代表)|$|[,。；])|可以?(?:为|是)空(?:字符串|串)|(?i:(?:can|may) be (?:an empty (?:string|text)|(?:left )?empty|left blank)\b|an empty (?:string|value) (?:indicates|means))",
    )
});

/// Constants of the same field, each for its case, are the values of an enumeration; beside an
/// enumeration they say nothing new.
fn join_constants(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined = Vec::new();
    for (place, draft) in drafts.iter().enumerate() {
        if !draft.is_own_constant() {
            joined.push(draft.clone());
            continue;
        }
        let same = || {
            let same = drafts
                .iter()
                .enumerate()
                .filter(|(_, other)| other.is_about_the_same(draft));
            same.map(|(place, other)| (place, &other.said.constraint))
        };
        let is_listed = same().any(|(_, other)| matches!(other, Constraint::Enum { .. }));
        let is_first = || {
            !same().any(|(other, constraint)| {
                other < place && matches!(constraint, Constraint::Const(_))
            })
        };
        if is_listed || !is_first() {
            continue;
        }
        let mut values: Vec<Scalar> = Vec::new();
        for (_, constraint) in same() {
            if let Constraint::Const(value) = constraint
                && !values.contains(value)
            {
                values.push(value.clone());
            }
        }
        let mut draft = draft.clone();
        if values.len() > 1 {
            draft.case = None;
            let open = false;
            draft.said.constraint = Constraint::Enum { values, open };
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

/// Whether the constraint is about values, so that it can be about those of a part.
fn concerns_values(constraint: &Constraint) -> bool {
    if let Constraint::Within { holds, .. } = constraint {
        return concerns_values(holds);
    }
    bounds_the_value(constraint)
        || matches!(
            constraint,
            Constraint::Format { .. }
                | Constraint::Default(_)
                | Constraint::Relative { .. }
                | Constraint::Unique
        )
}

/// Whether the constraint limits the value itself, so that it must hold in every case.
fn bounds_the_value(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { .. }
        | Constraint::Const(_)
        | Constraint::Range { .. }
        | Constraint::Multiple(_)
        | Constraint::Except(_)
        | Constraint::ItemCount { .. }
        | Constraint::NotEmpty => true,
        Constraint::Format { .. }
        | Constraint::Unique
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Relative { .. }
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable
        | Constraint::AsyncJob
        | Constraint::Within { .. }
        | Constraint::Other(_) => false,
    }
}
