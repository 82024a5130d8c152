//! Formats: texts that have one, texts that nearly have one, and whether a text has one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;

use crate::contract::Format;

static URI: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+$").expect("the pattern is a constant")
});

static HOST: LazyLock<Regex> = LazyLock::new(|| {
    let label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    Regex::new(&format!(r"^{label}(?:\.{label})*$")).expect("the pattern is a constant")
});

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$")
        .expect("the pattern is a constant")
});

/// A text that belongs to a format, or nearly does.
pub(super) struct Example {
    /// What is special about it, for ids.
    pub(super) slug: &'static str,
    /// The text.
    pub(super) text: String,
}

/// Texts of a format. The first is the plainest.
pub(super) fn inside(format: &Format) -> Vec<Example> {
    let fixed: &[(&str, &str)] = match format {
        Format::Uuid => &[
            ("usual", "6f1c2a90-3b5d-4e7f-8a1b-2c3d4e5f6a7b"),
            ("capitals", "6F1C2A90-3B5D-4E7F-8A1B-2C3D4E5F6A7B"),
        ],
        Format::Ip => &[("version-4", "192.0.2.1"), ("version-6", "2001:db8::1")],
        Format::Ipv4 => &[("usual", "192.0.2.1"), ("last", "192.0.2.255")],
        Format::Ipv6 => &[
            ("usual", "2001:db8::1"),
            ("all-groups", "2001:db8:1:2:3:4:5:6"),
        ],
        Format::Cidr => &[("usual", "192.0.2.0/24"), ("one-address", "192.0.2.1/32")],
        Format::Mac => &[("usual", "fa:16:3e:00:00:01")],
        Format::Base64 => &[("padded", "aGVsbG8="), ("unpadded-length", "aGVsbG8h")],
        Format::Uri => &[("usual", "https://example.com/a")],
        Format::Time(None) => &[("seconds", "2019-04-25T20:04:47Z")],
        Format::Time(Some(template)) => return templated(template),
        Format::Json => &[("object", "{}"), ("list", "[1]")],
        Format::Hostname => &[("usual", "host-1"), ("two-labels", "host-1.example")],
        Format::Standard(name) => standard(name),
    };
    examples(fixed)
}

/// Texts that are surely of a standard, where it is one of those that documents name most. Of another one
/// none can be made up.
fn standard(name: &str) -> &'static [(&'static str, &'static str)] {
    match name {
        "ISO 3166" => &[("usual", "DE"), ("other", "CN")],
        "ISO 4217" => &[("usual", "EUR"), ("other", "CNY")],
        "ISO 639" => &[("usual", "en"), ("other", "zh")],
        "RFC 5646" | "BCP 47" => &[("usual", "en"), ("with-region", "zh-CN")],
        "IANA" => &[("usual", "Europe/Berlin"), ("other", "Asia/Shanghai")],
        _ => &[],
    }
}

fn templated(template: &str) -> Vec<Example> {
    let early = Example {
        slug: "usual",
        text: stamp(template, ["2019", "04", "25", "20", "04", "47"]),
    };
    let late = Example {
        slug: "last-second",
        text: stamp(template, ["2024", "02", "29", "23", "59", "59"]),
    };
    vec![early, late]
}

/// Texts that nearly have a format, and do not.
pub(super) fn outside(format: &Format) -> Vec<Example> {
    let fixed: &[(&str, &str)] = match format {
        Format::Uuid => &[
            ("one-digit-short", "6f1c2a90-3b5d-4e7f-8a1b-2c3d4e5f6a7"),
            ("one-digit-long", "6f1c2a90-3b5d-4e7f-8a1b-2c3d4e5f6a7b0"),
            ("not-hexadecimal", "6f1c2a90-3b5d-4e7f-8a1b-2c3d4e5f6a7g"),
            ("hyphen-misplaced", "6f1c2a903-b5d-4e7f-8a1b-2c3d4e5f6a7b"),
            ("braces", "{6f1c2a90-3b5d-4e7f-8a1b-2c3d4e5f6a7b}"),
            ("blank-behind", "6f1c2a90-3b5d-4e7f-8a1b-2c3d4e5f6a7b "),
        ],
        Format::Ip | Format::Ipv4 => &[
            ("256", "192.0.2.256"),
            ("three-parts", "192.0.2"),
            ("five-parts", "192.0.2.1.1"),
            ("negative", "192.0.2.-1"),
            ("blank-behind", "192.0.2.1 "),
            ("two-gaps", "2001:db8::1::2"),
        ],
        Format::Ipv6 => &[
            ("two-gaps", "2001:db8::1::2"),
            ("not-hexadecimal", "2001:db8::g"),
            ("nine-groups", "1:2:3:4:5:6:7:8:9"),
            ("version-4", "192.0.2.1"),
        ],
        Format::Cidr => &[
            ("prefix-33", "192.0.2.0/33"),
            ("no-prefix", "192.0.2.0"),
            ("empty-prefix", "192.0.2.0/"),
            ("negative-prefix", "192.0.2.0/-1"),
            ("256", "192.0.256.0/24"),
        ],
        Format::Mac => &[
            ("five-groups", "fa:16:3e:00:00"),
            ("seven-groups", "fa:16:3e:00:00:01:02"),
            ("not-hexadecimal", "fa:16:3e:00:00:0g"),
            ("no-colons", "fa163e000001"),
        ],
        Format::Base64 => &[
            ("foreign-character", "aGV*bG8="),
            ("one-character-left", "aGVsb"),
            ("padding-first", "=GVsbG8="),
        ],
        Format::Uri => &[
            ("no-scheme", "example"),
            ("blank", "https://example.com/a b"),
        ],
        Format::Time(_) => &[
            ("word", "yesterday"),
            ("month-13", "2019-13-25T20:04:47Z"),
            ("day-first", "25-04-2019T20:04:47Z"),
        ],
        Format::Json => &[("open-brace", "{"), ("single-quotes", "{'a': 1}")],
        Format::Hostname => &[
            ("underscore", "host_1"),
            ("blank", "host 1"),
            ("hyphen-first", "-host"),
            ("hyphen-last", "host-"),
        ],
        Format::Standard(_) => &[],
    };
    let mut found = examples(fixed);
    if let Format::Time(Some(template)) = format {
        found = vec![
            ("month-13", ["2019", "13", "25", "20", "04", "47"]),
            ("day-32", ["2019", "04", "32", "20", "04", "47"]),
            ("hour-25", ["2019", "04", "25", "25", "04", "47"]),
        ]
        .into_iter()
        .map(|(slug, parts)| Example {
            slug,
            text: stamp(template, parts),
        })
        // A date has no hour that could be wrong.
        .filter(|example| !is_stamped(template, &example.text))
        .chain(found.into_iter().take(1))
        .collect();
    }
    found
}

fn examples(fixed: &[(&'static str, &str)]) -> Vec<Example> {
    let fixed = fixed.iter().map(|(slug, text)| Example {
        slug,
        text: (*text).to_owned(),
    });
    fixed.collect()
}

/// A time written by a template. Where `M` stands behind hours it means minutes.
fn stamp(template: &str, [year, month, day, hour, minute, second]: [&str; 6]) -> String {
    let text = digits(template).replace('±', "+");
    let text = text.replacen("YYYY", year, 1).replacen("MM", month, 1);
    let text = text.replacen("DD", day, 1).replacen("HH", hour, 1);
    let text = text.replacen("hh", hour, 1).replacen("MM", minute, 1);
    let text = text.replacen("mm", minute, 1).replacen("SS", second, 1);
    let text = text.replacen("ss", second, 1).replace(['f', 'S', 's'], "1");
    // What is left is the distance from UTC.
    text.replacen("hh", "00", 1).replacen("mm", "00", 1)
}

/// A template whose signs all stand for one sign each: the standard also says `CC` for the century, and
/// `+/-` for either sign.
fn digits(template: &str) -> String {
    template.replace("CCYY", "YYYY").replace("+/-", "±")
}

/// A time of this form that is later than any change. None where times may have any form.
pub(super) fn not_yet(format: &Format) -> Option<String> {
    if let Format::Time(Some(template)) = format {
        Some(stamp(template, ["2999", "12", "31", "23", "59", "59"]))
    } else {
        None
    }
}

/// Whether a text has the format.
pub(super) fn has(format: &Format, text: &str) -> bool {
    match format {
        Format::Uuid => is_uuid(text),
        Format::Ip => text.parse::<IpAddr>().is_ok(),
        Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        Format::Cidr => is_cidr(text),
        Format::Mac => is_mac(text),
        Format::Base64 => STANDARD.decode(text).is_ok(),
        Format::Uri => URI.is_match(text),
        Format::Time(None) => TIME.is_match(text) && exists(FULL, text),
        Format::Time(Some(template)) => is_stamped(template, text),
        Format::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
        Format::Hostname => HOST.is_match(text),
        Format::Standard(_) => true,
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
    groups == [8, 4, 4, 4, 12] && digits
}

fn is_cidr(text: &str) -> bool {
    let Some((address, prefix)) = text.split_once('/') else {
        return false;
    };
    let digits = !prefix.is_empty() && prefix.chars().all(|c| c.is_ascii_digit());
    let prefix: Option<u8> = prefix.parse().ok().filter(|_| digits);
    match (address.parse::<IpAddr>(), prefix) {
        (Ok(IpAddr::V4(_)), Some(prefix)) => prefix <= 32,
        (Ok(IpAddr::V6(_)), Some(prefix)) => prefix <= 128,
        (Ok(_), None) | (Err(_), _) => false,
    }
}

fn is_mac(text: &str) -> bool {
    let groups: Vec<&str> = text.split(':').collect();
    let two_digits =
        |group: &&str| group.len() == 2 && group.chars().all(|c| c.is_ascii_hexdigit());
    groups.len() == 6 && groups.iter().all(two_digits)
}

/// Whether the text has the template's shape, and parts that exist.
fn is_stamped(template: &str, text: &str) -> bool {
    let template = digits(template);
    let shaped = template.chars().count() == text.chars().count()
        && template.chars().zip(text.chars()).all(|(t, c)| match t {
            'Y' | 'M' | 'D' | 'H' | 'h' | 'm' | 'S' | 's' | 'f' => c.is_ascii_digit(),
            '±' => matches!(c, '+' | '-'),
            _ => t == c,
        });
    shaped && exists(&template, text)
}

/// What a time of any form begins with.
const FULL: &str = "YYYY-MM-DDTHH:MM:SS";

/// Whether a text that is written like a template has parts that exist. Parts that are not there do.
fn exists(template: &str, text: &str) -> bool {
    let found = |from: usize, words: [&str; 2]| {
        let rest = template.get(from..).unwrap_or("");
        let at = words.into_iter().find_map(|word| rest.find(word));
        at.map(|at| from + at)
    };
    let hour = found(0, ["HH", "hh"]);
    // `MM` behind the hour means minutes.
    let month = found(0, ["MM", "mm"]).filter(|month| hour.is_none_or(|hour| *month < hour));
    let clock = hour.unwrap_or(template.len());
    let within = |at: Option<usize>, least: u8, most: u8| {
        let part = at.and_then(|at| text.get(at..at + 2)?.parse::<u8>().ok());
        part.is_none_or(|part| (least..=most).contains(&part))
    };
    within(month, 1, 12)
        && within(found(0, ["DD", "dd"]), 1, 31)
        && within(hour, 0, 23)
        && within(found(clock, ["MM", "mm"]), 0, 59)
        && within(found(clock, ["SS", "ss"]), 0, 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::sample;
    use crate::case::valid::scalar;
    use crate::contract::{Constraint, Kind};

    #[test]
    fn of_a_standard_that_is_not_known_nobody_knows_a_text() {
        let is_sure = |name: &str| {
            let format = Constraint::Format {
                format: Format::Standard(name.to_owned()),
                or_empty: false,
            };
            let kind = Kind::String;
            let field = sample::field("account", kind.clone(), &[format]);
            scalar(&field, &kind, 0).sure
        };
        assert!(is_sure("ISO 4217"));
        assert!(!is_sure("ISO 13616"));
    }

    fn formats() -> Vec<Format> {
        vec![
            Format::Uuid,
            Format::Ip,
            Format::Ipv4,
            Format::Ipv6,
            Format::Cidr,
            Format::Mac,
            Format::Base64,
            Format::Uri,
            Format::Time(None),
            Format::Time(Some("YYYY-MM-DDTHH:MM:SSZ".to_owned())),
            Format::Time(Some("YYYY-MM-DDTHH:MM:SS.ffffff".to_owned())),
            Format::Time(Some("YYYY-MM-DD".to_owned())),
            Format::Time(Some("YYYYMMDD".to_owned())),
            Format::Time(Some("YYYY-MM-DDTHH:MMZ".to_owned())),
            Format::Time(Some("HH:mm".to_owned())),
            Format::Time(Some("HH:mm:ss".to_owned())),
            Format::Json,
        ]
    }

    #[test]
    fn examples_have_their_format_and_near_misses_do_not() {
        for format in formats() {
            for example in inside(&format) {
                assert!(has(&format, &example.text), "{format:?} {}", example.text);
            }
            let near_misses = outside(&format);
            assert!(near_misses.len() >= 2, "{format:?}");
            for example in near_misses {
                assert!(!has(&format, &example.text), "{format:?} {}", example.text);
            }
        }
    }

    #[test]
    fn a_template_is_followed_to_the_digit() {
        let format = Format::Time(Some("YYYY-MM-DDTHH:MM:SS.ffffff".to_owned()));
        assert_eq!(inside(&format)[0].text, "2019-04-25T20:04:47.111111");
        let zoned = Format::Time(Some("CCYY-MM-DDThh:mm:ss+/-hh:mm".to_owned()));
        assert_eq!(inside(&zoned)[0].text, "2019-04-25T20:04:47+00:00");
        assert!(has(&zoned, "2019-04-25T20:04:47-08:00"));
        assert!(!has(&zoned, "2019-04-25T20:04:47Z"));
        let clock = Format::Time(Some("HH:mm".to_owned()));
        assert_eq!(inside(&clock)[0].text, "20:04");
        assert!(!has(&clock, "20:60"));
    }
}
