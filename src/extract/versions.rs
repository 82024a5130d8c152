//! How a request asks for a microversion, as documents say it for all operations.
//!
//! Main entry: [`versions`]. A header of versions is known by its name; an example shows whether the
//! name of a service stands before the version.

use std::sync::LazyLock;

use super::pattern::{Pattern, compile};
use super::sections::{Content, Page};
use crate::contract::{Operation, Version, VersionHeader, VersionProtocol};
use crate::source::{DocumentId, Provenance};

/// `X-Lamp-API-Version: 3.7`, `Lamp-API-Version: light 3.7`.
static SHOWN: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"([A-Za-z]+(?:-[A-Za-z]+)*-Version)\s*[:：]\s*(?:([a-z][a-z-]*) )?\s*([0-9]+\.[0-9]+)")
});

/// `X-Lamp-API-Version`.
static NAMED: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"[A-Za-z]+(?:-[A-Za-z]+)*-API-Version"));

/// How the name of such a header ends. Few lines have it, and to look for it is quick.
const LAST_WORD: &str = "-Version";

/// A version that is not a part of a path: `3.7`, but not `v3.7`.
static PLAIN: LazyLock<Pattern> = LazyLock::new(|| compile(r"(?:^|[^0-9.vV])([0-9]+\.[0-9]+)"));

/// Words of a sentence about a request without the header.
const DEFAULT: [&str; 3] = ["默认", "default", "Default"];
const HEADER: [&str; 2] = ["头", "header"];

/// How a request asks for a microversion, where anything depends on one and the document says how.
pub fn versions(
    document: &DocumentId,
    pages: &[Page<'_>],
    operations: &[Operation],
) -> Option<VersionProtocol> {
    if !operations.iter().any(Operation::has_versions) {
        return None;
    }
    let mut shown: Vec<(VersionHeader, u32)> = Vec::new();
    let mut named: Vec<(VersionHeader, u32)> = Vec::new();
    let mut default = None;
    for (text, line) in lines(pages) {
        if text.contains(LAST_WORD) {
            for hit in SHOWN.captures_iter(text) {
                let service = hit.get(2).map(|service| service.as_str().to_owned());
                keep(&mut shown, &hit[1], service, line);
            }
            for hit in NAMED.captures_iter(text) {
                keep(&mut named, &hit[0], None, line);
            }
        }
        default = default.or_else(|| Some((default_of(text)?, line)));
    }
    let headers = if shown.is_empty() { named } else { shown };
    let first = headers.first()?.1;
    Some(VersionProtocol {
        default: default.map(|(version, _)| version),
        at: Provenance::line(document, default.map_or(first, |(_, line)| line)),
        headers: headers.into_iter().map(|(header, _)| header).collect(),
    })
}

/// The lines of prose and of examples.
fn lines<'a>(pages: &'a [Page<'a>]) -> impl Iterator<Item = (&'a str, u32)> {
    let parts = pages.iter().flat_map(|page| &page.parts);
    parts.flat_map(|part| {
        let (pieces, code) = match part.content {
            Content::Prose(pieces) => (pieces, ""),
            Content::Code(code) => (&[][..], code),
            Content::Table(_) => (&[][..], ""),
        };
        let pieces = pieces.iter().map(|piece| (piece.text.as_str(), piece.line));
        pieces.chain(code.lines().zip(part.lines.first..))
    })
}

fn keep(headers: &mut Vec<(VersionHeader, u32)>, name: &str, service: Option<String>, line: u32) {
    /// No service has more ways to ask.
    const MOST: usize = 8;
    let known = |(header, _): &(VersionHeader, u32)| header.name.eq_ignore_ascii_case(name);
    if headers.len() < MOST && !headers.iter().any(known) {
        let name = name.to_owned();
        headers.push((VersionHeader { name, service }, line));
    }
}

/// The version of a request without the header: the one that a sentence about the default names.
fn default_of(text: &str) -> Option<Version> {
    let sentences = text.split_inclusive(['。', '；', ';', '\n']);
    sentences
        .flat_map(|part| part.split_inclusive(". "))
        .find_map(|sentence| {
            if !DEFAULT.iter().any(|word| sentence.contains(word)) {
                return None;
            }
            let said = sentence.to_lowercase();
            if !HEADER.iter().any(|word| said.contains(word)) && !SHOWN.is_match(sentence) {
                return None;
            }
            let mut versions = PLAIN
                .captures_iter(sentence)
                .filter_map(|hit| hit[1].parse::<Version>().ok());
            let first = versions.next()?;
            versions.all(|other| other == first).then_some(first)
        })
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};
    use super::*;

    /// What is read of a document whose lamp has a colour since some version.
    fn read_of(prose: &str) -> String {
        let text = format!(
            "{prose}\n\n# Showing a Lamp\n\n# URI\n\nGET /v3/lamps/{{lamp_id}}\n\n# Response\n\nTable 1 Response parameters\n\
             | Parameter | Type | Description |\n| colour | String | Its colour. It is supported in microversion 3.7 and later. |\n"
        );
        let read = read(&document(&text)).contract.versions;
        let Some(VersionProtocol {
            headers,
            default,
            at,
        }) = read
        else {
            return "none".to_owned();
        };
        let asked = headers
            .iter()
            .map(|header| format!("{}: {}", header.name, header.value(Version::new(3, 7))));
        let default = default.map_or("no default".to_owned(), |version| version.to_string());
        format!(
            "{}; {default}; line {}",
            asked.collect::<Vec<_>>().join(", "),
            at.line
        )
    }

    #[test]
    fn headers_are_known_by_their_names_and_examples() {
        let cases = [
            ("Lamps burn.", "none"),
            (
                "Name the version in X-Lamp-API-Version or, since 3.5, in Lamp-API-Version.",
                "X-Lamp-API-Version: 3.7, Lamp-API-Version: 3.7; no default; line 1",
            ),
            (
                "例如请求头X-Lamp-API-Version：3.2或Lamp-API-Version: light 3.2\n\n用v3接口而不带请求头时，默认为Lamp-API-Version: light 3.1。",
                "X-Lamp-API-Version: 3.7, Lamp-API-Version: light 3.7; 3.1; line 3",
            ),
            (
                "```\nX-Lamp-Version: 3.2\n```\nWithout this header, version 3.1 of v3.0 is used by default. Lamps cost 2.50.",
                "X-Lamp-Version: 3.7; 3.1; line 4",
            ),
            (
                "X-Lamp-Version: 3.2\n\nThe default header is for lamps from 3.1 to 3.4.",
                "X-Lamp-Version: 3.7; no default; line 1",
            ),
        ];
        for (prose, expected) in cases {
            assert_eq!(read_of(prose), expected, "{prose}");
        }
    }

    #[test]
    fn where_nothing_depends_on_a_version_no_header_is_wanted() {
        let text = "X-Lamp-Version: 3.2\n\n# Showing a Lamp\n\n# URI\n\nGET /v3/lamps/{lamp_id}\n";
        assert_eq!(read(&document(text)).contract.versions, None);
    }
}
