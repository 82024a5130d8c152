//! The Twin's own idea of characters and formats.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use regex::Regex;

use crate::contract::{CharClass, Format};

pub(super) fn is_in(c: char, classes: &[CharClass]) -> bool {
    classes.iter().any(|class| match class {
        CharClass::Chinese => is_han(c),
        CharClass::Range(first, last) => (*first..=*last).contains(&c),
        CharClass::One(one) => c == *one,
    })
}

/// The blocks of the Han script.
fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2E99}' | '\u{2E9B}'..='\u{2EF3}' | '\u{2F00}'..='\u{2FD5}' | '\u{3005}' | '\u{3007}'
        | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303B}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FA6D}' | '\u{FA70}'..='\u{FAD9}'
        | '\u{20000}'..='\u{2FA1D}' | '\u{30000}'..='\u{3347F}')
}

pub(super) fn has_format(text: &str, format: &Format) -> bool {
    match format {
        Format::Uuid => uuid::Uuid::try_parse(text).is_ok() && text.len() == 36,
        Format::Ip => text.parse::<std::net::IpAddr>().is_ok(),
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::Cidr => text.split_once('/').is_some_and(|(address, length)| {
            let most = if address.contains(':') { 128 } else { 32 };
            address.parse::<std::net::IpAddr>().is_ok()
                && length.parse::<u8>().is_ok_and(|n| n <= most)
        }),
        Format::Mac => {
            let pairs: Vec<&str> = text.split(':').collect();
            let is_pair =
                |pair: &&str| pair.len() == 2 && pair.chars().all(|c| c.is_ascii_hexdigit());
            pairs.len() == 6 && pairs.iter().all(is_pair)
        }
        Format::Base64 => STANDARD.decode(text).is_ok(),
        Format::Uri => text.contains("://"),
        Format::Time(Some(template)) => fits(text, template),
        Format::Time(None) => {
            text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok()
        }
        Format::Json => serde_json::from_str::<serde_json::Value>(text).is_ok(),
        Format::Hostname => is_host_name(text),
        Format::Standard(_) => true,
    }
}

/// Whether labels of letters, digits and inner hyphens are parted by dots, none longer than 63 characters.
fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        inner && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// Whether a time is printed like a template, a digit for each letter but `T` and `Z`, and there is such
/// a time.
fn fits(text: &str, template: &str) -> bool {
    // The standard's own words for a century and a sign.
    let template = template.replace("CCYY", "YYYY").replace("+/-", "±");
    let is_like = |(c, like): (char, char)| match like {
        'Y' | 'M' | 'D' | 'H' | 'S' | 'f' | 'h' | 'm' | 's' => c.is_ascii_digit(),
        '±' => matches!(c, '+' | '-'),
        _ => c == like,
    };
    text.chars().count() == template.chars().count()
        && text.chars().zip(template.chars()).all(is_like)
        && moment(text, &template).is_ok()
}

/// The time that a text tells where its template has letters; of what has none, the first there is.
fn moment(text: &str, template: &str) -> Result<jiff::civil::DateTime, jiff::Error> {
    let mut parts: [String; 6] = Default::default();
    let [year, month, day, hour, minute, second] = &mut parts;
    for (c, like) in text.chars().zip(template.chars()) {
        let part = match like {
            'Y' => &mut *year,
            'M' | 'm' if hour.is_empty() => &mut *month,
            'D' => &mut *day,
            'H' | 'h' => &mut *hour,
            'M' | 'm' => &mut *minute,
            'S' | 's' => &mut *second,
            _ => continue,
        };
        part.push(c);
    }
    let told = |part: &str, length: usize, else_: &str| {
        let told = part.get(..length).unwrap_or(else_);
        told.to_owned()
    };
    let date = [
        told(year, 4, "2000"),
        told(month, 2, "01"),
        told(day, 2, "01"),
    ]
    .join("-");
    let clock = [
        told(hour, 2, "00"),
        told(minute, 2, "00"),
        told(second, 2, "00"),
    ]
    .join(":");
    format!("{date}T{clock}").parse()
}

/// Whether a text fits a pattern. Only a regular expression decides; a template with named holes
/// tells how a text is built, and nothing surely is not.
pub(super) fn matches(text: &str, pattern: &str) -> bool {
    let is_regex = pattern.starts_with('^') || pattern.ends_with('$');
    !is_regex || Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
}
