//! Regular expressions for what JSON Schema has no keyword for.
//!
//! Only what ECMAScript (with its `u` flag, as JSON Schema wants) and linear-time engines both read
//! alike: digits as `[0-9]`, escapes for syntax characters only, no look-around, no back references.

use jsonschema::{Draft, PatternOptions};
use serde_json::json;

use crate::contract::{CharClass, Format};

/// Bytes of an expression that is still emitted. Longer ones come from damaged documents, and an
/// engine might refuse them.
const LONGEST: usize = 8_000;

const OCTET: &str = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

/// Text of these characters only.
pub(super) fn charset(classes: &[CharClass]) -> Option<String> {
    let mut members = String::new();
    for class in classes {
        match class {
            CharClass::Chinese => members.push_str("\\p{Script=Han}"),
            CharClass::Range(first, last) if first <= last => {
                members.push_str(&format!("{}-{}", member(*first), member(*last)));
            }
            // A range that runs backwards holds nothing.
            CharClass::Range(..) => {}
            CharClass::One(one) => members.push_str(&member(*one)),
        }
    }
    let bounded = !members.is_empty() && members.len() <= LONGEST;
    bounded.then(|| format!("^[{members}]*$"))
}

/// Text without these characters.
pub(super) fn without(signs: &[char]) -> Option<String> {
    let members: String = signs.iter().map(|sign| member(*sign)).collect();
    let bounded = !members.is_empty() && members.len() <= LONGEST;
    bounded.then(|| format!("^[^{members}]*$"))
}

/// A pattern as a document prints it: a regular expression, or a template like `{id}.{os}`. None
/// where it is neither, or an expression that cannot be tried in linear time.
pub(super) fn printed(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let expression = text.starts_with('^') || text.contains(['[', '\\']) || text.contains("(?");
    if expression {
        // An expression of how a text begins or ends says nothing of the rest.
        let anchored = if text.starts_with('^') || text.ends_with('$') {
            text.to_owned()
        } else {
            format!("^(?:{text})$")
        };
        return compiles(&anchored).then_some(anchored);
    }
    template(text)
}

/// A template: holes in braces stand for any text.
fn template(text: &str) -> Option<String> {
    let mut expression = String::from("^");
    let mut rest = text;
    let mut n_holes = 0;
    while let Some((before, after)) = rest.split_once('{') {
        let (hole, after) = after.split_once('}')?;
        if !hole.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        expression.extend(before.chars().map(literal));
        expression.push_str("[\\s\\S]+");
        n_holes += 1;
        rest = after;
    }
    expression.extend(rest.chars().map(literal));
    expression.push('$');
    (n_holes > 0).then_some(expression)
}

/// The expression of a format that is no standard one.
pub(super) fn format(format: &Format) -> Option<String> {
    Some(match format {
        Format::Uuid | Format::Ip | Format::Ipv4 | Format::Ipv6 | Format::Uri | Format::Json
        | Format::Hostname | Format::Standard(_) => {
            return None;
        }
        Format::Cidr => {
            let four = format!("(?:{OCTET}\\.){{3}}{OCTET}/(?:3[0-2]|[12]?[0-9])");
            let six = "[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])";
            format!("^(?:{four}|{six})$")
        }
        Format::Mac => "^[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}$".to_owned(),
        Format::Base64 => {
            "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$".to_owned()
        }
        Format::Time(None) => {
            "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$".to_owned()
        }
        Format::Time(Some(printed)) => time(printed)?,
    })
}

/// The expression of a time's printed template. Runs of one letter are numbers; an `MM` before the
/// hour is the month.
fn time(printed: &str) -> Option<String> {
    if printed.len() > 100 {
        return None;
    }
    let signs: Vec<char> = printed.chars().collect();
    let mut expression = String::from("^");
    let mut after_hour = false;
    let mut n_numbers = 0;
    for run in signs.chunk_by(|a, b| a == b) {
        let hour = matches!(run, ['H' | 'h', _]);
        let number = match run {
            ['Y' | 'y', _, _, _] => "[0-9]{4}",
            ['M' | 'm', _] if after_hour => "[0-5][0-9]",
            ['M' | 'm', _] => "(?:0[1-9]|1[0-2])",
            ['D' | 'd', _] => "(?:0[1-9]|[12][0-9]|3[01])",
            ['H' | 'h', _] => "(?:[01][0-9]|2[0-3])",
            ['S' | 's', _] => "(?:[0-5][0-9]|60)",
            ['f', ..] => {
                expression.push_str(&format!("[0-9]{{{}}}", run.len()));
                continue;
            }
            _ => {
                expression.extend(run.iter().map(|sign| literal(*sign)));
                continue;
            }
        };
        n_numbers += 1;
        after_hour |= hour;
        expression.push_str(number);
    }
    expression.push('$');
    (n_numbers > 0).then_some(expression)
}

/// A character inside of a class. `&` and `~` mean something to some engines when doubled.
fn member(c: char) -> String {
    match c {
        '\\' | ']' | '[' | '^' | '-' => format!("\\{c}"),
        '&' | '~' => format!("\\x{:02x}", c as u32),
        c if c.is_ascii_control() => format!("\\x{:02x}", c as u32),
        c => c.to_string(),
    }
}

/// A character outside of a class.
fn literal(c: char) -> String {
    match c {
        '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => {
            format!("\\{c}")
        }
        c if c.is_ascii_control() => format!("\\x{:02x}", c as u32),
        c => c.to_string(),
    }
}

/// Whether the engine of our validator takes it.
fn compiles(expression: &str) -> bool {
    let engine = PatternOptions::regex().size_limit(1 << 20);
    // A pattern is the same in all drafts, and the schema of this draft's schemas is the smallest.
    let options = jsonschema::options().with_draft(Draft::Draft4);
    let options = options.with_pattern_options(engine);
    options.build(&json!({ "pattern": expression })).is_ok()
}
