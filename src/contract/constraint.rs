//! One checkable statement, and the words it is printed with.

use super::decimal::Decimal;
use super::remark::{
    EMPTY_IF_LEFT_OUT, FRACTIONS_CUT, KEPT_IF_LEFT_OUT, MOST_SHOWN, NO_EFFECT_WHEN, RANGE_VARIES,
};
use super::version::Version;
use crate::source::Provenance;

/// A Constraint together with where and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is promised.
    pub constraint: Constraint,
    /// The line that promises it.
    pub at: Provenance,
    /// The phrase rule that read it, as `extract --explain` names it.
    pub rule: String,
}

/// One checkable statement. A match over it never has a wildcard arm outside of tests: a new kind
/// must make the compiler name every place that has to learn it.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// Text of at least `min` and at most `max` units, both included.
    Length {
        /// The least, where one is stated.
        min: Option<u64>,
        /// The most, where one is stated.
        max: Option<u64>,
        /// What is counted.
        unit: Unit,
    },
    /// Text made of these characters only.
    Charset(Vec<CharClass>),
    /// Text with characters of at least so many of these kinds.
    Mixture {
        /// How many of the kinds.
        least: u32,
        /// The kinds: capitals, digits.
        kinds: Vec<Vec<CharClass>>,
    },
    /// Text without these characters.
    ForbiddenCharacters(Vec<char>),
    /// Text built like this template, as printed: `{id}.{os}`, or a regular expression.
    Pattern(String),
    /// One of these values. Open when the document gives them as examples.
    Enum {
        /// The values, in document order.
        values: Vec<Scalar>,
        /// Whether other values are possible.
        open: bool,
    },
    /// This value and no other.
    Const(Scalar),
    /// Text of a known format.
    Format {
        /// The format.
        format: Format,
        /// Whether the empty string is allowed beside it.
        or_empty: bool,
    },
    /// A number from `min` to `max`, both included.
    Range {
        /// The least, where one is stated.
        min: Option<Decimal>,
        /// The most, where one is stated.
        max: Option<Decimal>,
    },
    /// A number that is so many times this one.
    Multiple(i64),
    /// None of these values, though they lie where all others may.
    Except(Vec<Scalar>),
    /// An array (or map) of `min` to `max` items, both included.
    ItemCount {
        /// The least, where one is stated.
        min: Option<u64>,
        /// The most, where one is stated.
        max: Option<u64>,
    },
    /// No two of the same among its siblings or in the resource.
    Unique,
    /// Not an empty text, list or object.
    NotEmpty,
    /// Present when the condition holds, which is kept in a few words.
    RequiredIf(String),
    /// Not together with these fields.
    ExclusiveWith(Vec<String>),
    /// When several of these are given, the first one counts.
    Precedence(Vec<String>),
    /// Bound to another field, or to a fact of another thing (`image.min_disk`).
    Relative {
        /// How it is bound.
        how: Relation,
        /// The other field's name, or the thing and its attribute.
        to: String,
    },
    /// What holds when the field is left out: a value, or in words who decides.
    Default(Scalar),
    /// The operation works in certain states only.
    StatePrecondition {
        /// Whose state: a field's or resource's name, e.g. `volume.status`.
        subject: String,
        /// Whether the states are the allowed or the forbidden ones.
        rule: StatesRule,
        /// The states.
        states: Vec<String>,
    },
    /// At most `max` of something per something.
    Quota {
        /// What is counted, in the document's word: `volumes per server`.
        of: String,
        /// The most, included. None where only that something counts is said, and not how many may.
        max: Option<u64>,
    },
    /// Doing it twice is like doing it once.
    Idempotent,
    /// So many calls a minute.
    RateLimit {
        /// Calls per minute.
        per_minute: u32,
    },
    /// Exists from `min` to `max` microversions, both included.
    Microversion {
        /// The first version that has it.
        min: Option<Version>,
        /// The last version that has it.
        max: Option<Version>,
    },
    /// May be null.
    Nullable,
    /// Returns at once and goes on in a job.
    AsyncJob,
    /// Holds in one case only, or for one part of the value.
    Within {
        /// Where it holds.
        scope: Scope,
        /// What holds there.
        holds: Box<Constraint>,
    },
    /// Said, but hardly checkable: units, reserved fields, advice. A few words of ours.
    Other(String),
}

/// What [`Constraint::Other`] says of an operation that changes only what a request mentions.
pub const STAYS: &str = "what is left out stays as it is";

/// What [`Constraint::Other`] says of an operation that changes only those entries of a list or a map that a
/// request names.
pub const OTHERS_STAY: &str = "entries that are left out stay as they are";

/// What [`Constraint::Other`] says of an operation that adds things with names: the value of a name that is
/// there already becomes the new one.
pub const OVERWRITES: &str = "what is there under the same name is overwritten";

/// What [`Constraint::Other`] says of what has no effect, or cannot be done.
pub const NOT_SUPPORTED: &str = "not supported";

/// What [`Constraint::Other`] says of a value that is bound to what there is when the request comes.
pub const BOUND_TO_NOW: &str = "bound to what it is now";

/// What [`Constraint::Other`] says of a number that is never changed to less than it is.
pub const GROWS: &str = "can only grow";

/// What [`Constraint::Other`] says of a text that is called an address for mail: such a text is sent, and nothing
/// is said of what else a server lets in.
pub const MAIL_ADDRESS: &str = "an address for mail";

/// What [`Constraint::Other`] says of a filter that finds whatever has its value in it.
pub const FINDS_PARTS: &str = "finds what has it inside";

/// What [`Constraint::Other`] says of a filter that finds only what has just its value.
pub const FINDS_WHOLE: &str = "matched exactly";

/// What [`Constraint::Other`] says of a filter for several marks that finds what has every one of them.
pub const FINDS_ALL: &str = "finds what has all of them";

/// What [`Constraint::Other`] says of a filter for several marks that finds what has at least one of them.
pub const FINDS_ANY: &str = "finds what has any of them";

/// What [`Constraint::Other`] says of a number beside a list: all that the filters leave, whatever a page shows.
pub const COUNTS_MATCHES: &str = "counts all that match";

/// What [`Constraint::Other`] says of a number beside a list: what stands on all pages together.
pub const COUNTS_ALL_PAGES: &str = "counts all pages";

/// What [`Constraint::Other`] says of a number beside a list: what stands on the page that is answered.
pub const COUNTS_PAGE: &str = "counts what is on the page";

/// What [`Constraint::Other`] says of what leads to the next page: behind the last page there is none.
pub const NONE_ON_LAST: &str = "none on the last page";

/// What [`Constraint::Other`] says, behind what is shown then, of a field of which there may be nothing to show.
pub const WHEN_NONE: &str = " when there are none";

/// What [`Constraint::Other`] says of a text in which capitals and small letters are the same.
pub const CASE_IGNORED: &str = "case-insensitive";

/// What [`Constraint::Other`] says of a filter that finds nothing where its value is none of those listed.
pub const FINDS_NOTHING: &str = "unknown values find nothing";

/// What [`Constraint::Other`] says of a text whose capitals are not its small letters.
pub const CASE_COUNTS: &str = "case-sensitive";

/// What [`Constraint::Other`] says of a text that the server makes longer where it makes several things.
pub const SERVER_ADDS: &str = "the server adds to it";

/// What [`Constraint::Other`] says of what stays as it was made.
pub const NEVER_CHANGED: &str = "cannot be changed later";

/// What [`Constraint::Other`] says of a list whose texts are ids of things that exist.
pub const NAMES_THINGS: &str = "ids of what exists";

/// What is counted where a [`Constraint::Quota`] is one on what a single request names.
pub const PER_CALL: &str = "per call";

/// What [`Constraint::Other`] says of a job that is successful once all of its parts are.
pub const PARTS_ADD_UP: &str = "succeeds when all of its parts do";

/// What [`Constraint::Other`] says of a field whose value nobody checks.
pub const NOT_CHECKED: &str = "not checked";

/// What [`Constraint::Other`] says of a removal of what nothing else uses. Behind a colon may stand what.
pub const IN_USE: &str = "not while it is in use";

/// What [`Constraint::Other`] says, before words for things, of a removal that takes them along.
const GOES_WITH: &str = "goes with it: ";

/// What [`Constraint::Other`] says, before a state, of an operation that brings what it is about to it.
const LEADS_TO: &str = "comes to state ";

/// What [`Constraint::Other`] says, before a status, of a field that names something.
const IF_UNKNOWN: &str = "names what exists, or else ";

/// What [`Constraint::Other`] says, before what another field is, of a field that is null then, whatever was written.
const NULL_WHEN: &str = "null when ";

/// What [`Constraint::Other`] says, before a condition, of a field that must not be given where that does not hold.
const ONLY_IF: &str = "given only if ";

/// What [`Constraint::Other`] says, before a condition, of a field that must not be given where that holds.
const NOT_IF: &str = "not given if ";

/// What [`Constraint::Other`] says, before a code or a status, of what is refused with it where there is too little of
/// something.
const IF_SHORT: &str = "where there is too little, refused with ";

/// What [`Constraint::Other`] says, before a key and a direction, of a list.
const SORTED_BY: &str = "sorted by ";

/// That a request is answered with a status where a field names what does not exist.
pub fn refused_if_unknown(status: u16) -> Constraint {
    Constraint::Other(format!("{IF_UNKNOWN}{status}"))
}

/// That a request is refused with a code or a status where there is too little of something.
pub fn refused_if_short(code: &str) -> Constraint {
    Constraint::Other(format!("{IF_SHORT}{code}"))
}

/// That a field is null while another one is what a condition says.
pub fn null_when(condition: &str) -> Constraint {
    Constraint::Other(format!("{NULL_WHEN}{condition}"))
}

/// That a field must not be given unless a condition holds.
pub fn only_if(condition: &str) -> Constraint {
    Constraint::Other(format!("{ONLY_IF}{condition}"))
}

/// That a field must not be given where a condition holds.
pub fn not_if(condition: &str) -> Constraint {
    Constraint::Other(format!("{NOT_IF}{condition}"))
}

/// That a list comes in the order of what a document calls its key; which way round, where it says that.
pub fn sorted_by(key: &str, rising: Option<bool>) -> Constraint {
    let way = match rising {
        Some(true) => " asc",
        Some(false) => " desc",
        None => "",
    };
    Constraint::Other(format!("{SORTED_BY}{key}{way}"))
}

/// That what is called so goes with what an operation removes.
pub fn going_with(names: &[String]) -> Constraint {
    Constraint::Other(format!("{GOES_WITH}{}", names.join(", ")))
}

/// That an operation brings what it is about to a state.
pub fn leading_to(state: &str) -> Constraint {
    Constraint::Other(format!("{LEADS_TO}{state}"))
}

impl Constraint {
    /// Whether it is [`Constraint::Other`] with these words.
    pub fn is_remark(&self, words: &str) -> bool {
        matches!(self, Self::Other(told) if told == words)
    }

    /// Whether this is a remark that says nothing of which values are fine.
    pub fn lets_all_in(&self) -> bool {
        const REMARKS: [&str; 13] = [
            RANGE_VARIES,
            MOST_SHOWN,
            FINDS_PARTS,
            FINDS_WHOLE,
            FINDS_ALL,
            FINDS_ANY,
            CASE_COUNTS,
            NEVER_CHANGED,
            SERVER_ADDS,
            MAIL_ADDRESS,
            EMPTY_IF_LEFT_OUT,
            KEPT_IF_LEFT_OUT,
            FRACTIONS_CUT,
        ];
        let is_remark = |words: &str| REMARKS.contains(&words) || words.starts_with(NO_EFFECT_WHEN);
        self.status_if_unknown().is_some()
            || self.code_if_short().is_some()
            || self.may_be_given().is_some()
            || self.parts().is_some()
            || matches!(self, Constraint::Other(words) if is_remark(words))
    }

    /// Whether it says that a field is null while another one is something.
    pub fn is_null_beside(&self) -> bool {
        matches!(self, Constraint::Other(words) if words.starts_with(NULL_WHEN))
    }

    /// The condition that decides whether a field may be given, and whether it may where that holds.
    pub fn may_be_given(&self) -> Option<(&str, bool)> {
        let Constraint::Other(words) = self else {
            return None;
        };
        let only = words
            .strip_prefix(ONLY_IF)
            .map(|condition| (condition, true));
        only.or_else(|| Some((words.strip_prefix(NOT_IF)?, false)))
    }

    /// The status of a request that names what does not exist, where that is said of the field.
    pub fn status_if_unknown(&self) -> Option<u16> {
        let Constraint::Other(words) = self else {
            return None;
        };
        words.strip_prefix(IF_UNKNOWN)?.parse().ok()
    }

    /// The code or the status of a refusal where there is too little of something.
    pub fn code_if_short(&self) -> Option<&str> {
        let Constraint::Other(words) = self else {
            return None;
        };
        words.strip_prefix(IF_SHORT)
    }

    /// What a list is sorted by, as the document calls it, and whether the smallest comes first. None where
    /// either is not said.
    pub fn sorts(&self) -> Option<(&str, bool)> {
        let Constraint::Other(words) = self else {
            return None;
        };
        let (key, way) = words.strip_prefix(SORTED_BY)?.rsplit_once(' ')?;
        match way {
            "asc" => Some((key, true)),
            "desc" => Some((key, false)),
            _ => None,
        }
    }

    /// The state to which an operation brings what it is about, where it says that.
    pub fn leads_to(&self) -> Option<&str> {
        let Constraint::Other(words) = self else {
            return None;
        };
        words.strip_prefix(LEADS_TO)
    }

    /// Whether this says that what an object has depends on another fact: on the type of a job.
    pub fn is_of_many_shapes(&self) -> bool {
        matches!(self, Self::Other(words) if words.starts_with("shape depends on ") || words.contains(" depending on "))
    }

    /// Who must not use a thing for it to be removed, where a removal says that: nobody (the empty word), or
    /// things that are called so.
    pub fn in_use_by(&self) -> Option<&str> {
        let Constraint::Other(words) = self else {
            return None;
        };
        let by = words.strip_prefix(IN_USE)?;
        Some(by.strip_prefix(": ").unwrap_or(by))
    }

    /// What goes with what is removed, where a removal says that.
    pub fn goes_with(&self) -> impl Iterator<Item = &str> {
        let words = if let Constraint::Other(words) = self {
            words.strip_prefix(GOES_WITH)
        } else {
            None
        };
        words.into_iter().flat_map(|names| names.split(", "))
    }

    /// The word for this kind of constraint.
    pub fn word(&self) -> &'static str {
        match self {
            Constraint::Length {
                unit: Unit::Bytes, ..
            } => "byte_length",
            Constraint::Length {
                min: Some(_),
                max: Some(_),
                ..
            } => "length_range",
            Constraint::Length {
                min: Some(_),
                max: None,
                ..
            } => "min_length",
            Constraint::Length { min: None, .. } => "max_length",
            Constraint::Charset(_) => "charset",
            Constraint::Mixture { .. } => "mixture",
            Constraint::ForbiddenCharacters(_) => "forbidden_chars",
            Constraint::Pattern(_) => "pattern",
            Constraint::Enum { .. } => "enum",
            Constraint::Const(_) => "const",
            Constraint::Format { .. } => "format",
            Constraint::Range {
                min: Some(_),
                max: Some(_),
            } => "range",
            Constraint::Range {
                min: Some(_),
                max: None,
            } => "min",
            Constraint::Range { min: None, .. } => "max",
            Constraint::Multiple(_) => "multiple",
            Constraint::Except(_) => "except",
            Constraint::ItemCount {
                min: Some(_),
                max: None,
            } => "min_items",
            Constraint::ItemCount { .. } => "max_items",
            Constraint::Unique => "unique",
            Constraint::NotEmpty => "not_empty",
            Constraint::RequiredIf(_) => "required_if",
            Constraint::ExclusiveWith(_) => "exclusive_with",
            Constraint::Precedence(_) => "precedence",
            Constraint::Relative { .. } => "relative",
            Constraint::Default(_) => "default",
            Constraint::StatePrecondition { .. } => "state_precondition",
            Constraint::Quota { .. } => "quota",
            Constraint::Idempotent => "idempotent",
            Constraint::RateLimit { .. } => "rate_limit",
            Constraint::Microversion { min: None, .. } => "microversion_max",
            Constraint::Microversion { .. } => "microversion_min",
            Constraint::Nullable => "nullable",
            Constraint::AsyncJob => "async_job",
            Constraint::Within { .. } => "within",
            Constraint::Other(_) => "other",
        }
    }

    /// The word for this kind of constraint in `schemas/` and in rulings, whichever of its limits are
    /// stated.
    pub fn family(&self) -> &'static str {
        match self {
            Constraint::Length { .. } => "length",
            Constraint::Charset(_) => "charset",
            Constraint::Mixture { .. } => "mixture",
            Constraint::ForbiddenCharacters(_) => "forbidden_characters",
            Constraint::Pattern(_) => "pattern",
            Constraint::Enum { .. } => "enum",
            Constraint::Const(_) => "const",
            Constraint::Format { .. } => "format",
            Constraint::Range { .. } => "range",
            Constraint::Multiple(_) => "multiple",
            Constraint::Except(_) => "except",
            Constraint::ItemCount { .. } => "item_count",
            Constraint::Unique => "unique",
            Constraint::NotEmpty => "not_empty",
            Constraint::RequiredIf(_) => "required_if",
            Constraint::ExclusiveWith(_) => "exclusive_with",
            Constraint::Precedence(_) => "precedence",
            Constraint::Relative { .. } => "relative",
            Constraint::Default(_) => "default",
            Constraint::StatePrecondition { .. } => "state_precondition",
            Constraint::Quota { .. } => "quota",
            Constraint::Idempotent => "idempotent",
            Constraint::RateLimit { .. } => "rate_limit",
            Constraint::Microversion { .. } => "microversion",
            Constraint::Nullable => "nullable",
            Constraint::AsyncJob => "async_job",
            Constraint::Within { .. } => "within",
            Constraint::Other(_) => "other",
        }
    }
}

/// What a length counts. Bytes are not characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// Whether listed states are the only good ones or the only bad ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatesRule {
    /// One of the states is needed.
    OneOf,
    /// None of the states will do.
    NoneOf,
}

/// How a value is bound to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It is never less.
    AtLeast,
    /// It is never more.
    AtMost,
    /// It is always less.
    Below,
    /// It is always more.
    Above,
    /// It is never the same.
    Unlike,
    /// It is the same when left out.
    DefaultsTo,
}

/// Where a constraint holds that does not hold everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// When a condition holds, which is kept in a few words.
    Case(String),
    /// For a part of the value: the `key` or the `value` of a map, a named member of an object that
    /// has no table, a named piece of a composed text.
    Part(String),
    /// For the last of several forms that the value can take: `lamp name | uuid`.
    Form(String),
}

/// A member of a charset.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CharClass {
    /// Han characters (Unicode script Han).
    Chinese,
    /// All characters from the first to the last, both included.
    Range(char, char),
    /// This character.
    One(char),
}

/// A format that text has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// 8-4-4-4-12 hex digits; `document` may mean 32 digits without hyphens too where it shows so.
    Uuid,
    /// An IPv4 or IPv6 address.
    Ip,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An address with a prefix length.
    Cidr,
    /// A MAC address.
    Mac,
    /// Base64 text.
    Base64,
    /// A URI.
    Uri,
    /// Any ISO 8601 time, or the printed template: `YYYY-MM-DDTHH:MM:SSZ`,
    /// `YYYY-MM-DDTHH:MM:SS.ffffff`. Each `f` is one digit of the fraction.
    Time(Option<String>),
    /// Text that parses as JSON.
    Json,
    /// A host's name as RFC 1123 has it: labels of letters, digits and hyphens, parted by dots.
    Hostname,
    /// Text as a standard has it that is only told by its number: `ISO 4217`. Nobody judges it.
    Standard(String),
}

/// A JSON scalar as the document gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Scalar {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number that is not an integer, as printed.
    Decimal(String),
    Text(String),
}
