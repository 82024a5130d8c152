//! Bytes in, lines out: whatever stands in them.

use std::borrow::Cow;

use super::Diagnostic;
use crate::source::Lines;

/// More lines than this are not read. The largest reference manuals have some ten thousand.
const MOST_LINES: usize = 1_000_000;

/// So many damaged lines are named one by one.
const NAMED_DAMAGE: usize = 20;

/// The text of a document without BOM and NUL, and what was wrong with its bytes.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    if let Some(text) = utf16(bytes) {
        diagnostics.push(Diagnostic {
            lines: Lines::one(1),
            message: "the text is UTF-16".to_owned(),
            help: Some("it was read as such; save it as UTF-8 to be sure".to_owned()),
        });
        return (without_nul(Cow::Owned(text), &mut diagnostics), diagnostics);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Sound text is told from damaged one sooner than damage is found.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    };
    if let Cow::Owned(_) = text {
        report_damage(bytes, &mut diagnostics);
    }
    (without_nul(text, &mut diagnostics), diagnostics)
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let (little, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, rest),
        [0xfe, 0xff, rest @ ..] => (false, rest),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(text.collect())
}

fn without_nul<'a>(text: Cow<'a, str>, diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    let Some(at) = text.find('\0') else {
        return text;
    };
    let line = 1 + text[..at].matches('\n').count();
    diagnostics.push(Diagnostic {
        lines: Lines::one(line_number(line)),
        message: "NUL characters stand in the text".to_owned(),
        help: Some("they were left out".to_owned()),
    });
    Cow::Owned(text.replace('\0', ""))
}

/// Names the lines whose bytes are not UTF-8.
fn report_damage(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) {
    let mut line = 1;
    let mut damaged: Vec<usize> = Vec::new();
    let mut n_damaged = 0;
    for chunk in bytes.utf8_chunks() {
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() && damaged.last() != Some(&line) {
            n_damaged += 1;
            if damaged.len() < NAMED_DAMAGE {
                damaged.push(line);
            }
        }
    }
    for line in &damaged {
        diagnostics.push(Diagnostic {
            lines: Lines::one(line_number(*line)),
            message: format!("line {line} is not UTF-8"),
            help: Some(
                "the damaged bytes were replaced by U+FFFD; save the document as UTF-8".to_owned(),
            ),
        });
    }
    if n_damaged > damaged.len() {
        diagnostics.push(Diagnostic {
            lines: Lines::one(line_number(line)),
            message: format!(
                "{} more damaged places are not UTF-8",
                n_damaged - damaged.len()
            ),
            help: None,
        });
    }
}

/// The lines of a text without their ends. A `\r` alone ends a line only where there is no `\n` at all.
pub(super) fn lines<'a>(text: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Vec<&'a str> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut lines: Vec<&str> = text
        .split(end)
        .take(MOST_LINES + 1)
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        diagnostics.push(Diagnostic {
            lines: Lines::one(line_number(MOST_LINES)),
            message: format!("the document has more than {MOST_LINES} lines"),
            help: Some("reading stopped there; split the document".to_owned()),
        });
    }
    if lines.last() == Some(&"") {
        lines.pop();
    }
    lines
}

/// A line number from a count of lines, which `MOST_LINES` keeps small.
pub(super) fn line_number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[&str], said: &[&str]) {
        let (text, mut diagnostics) = decode(bytes);
        assert_eq!(lines(&text, &mut diagnostics), expected);
        let messages: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, said);
    }

    #[test]
    fn ends_of_lines_and_the_mark_in_front_are_not_text() {
        check(b"\xef\xbb\xbfa\r\nb\n\nc", &["a", "b", "", "c"], &[]);
        check(b"a\rb", &["a", "b"], &[]);
        check(b"", &[], &[]);
    }

    #[test]
    fn damage_is_named_by_line() {
        check(b"a\n\xffb\n", &["a", "\u{fffd}b"], &["line 2 is not UTF-8"]);
        check(
            b"a\nb\0c",
            &["a", "bc"],
            &["NUL characters stand in the text"],
        );
        check(b"\xff\xfea\0\n\0b\0", &["a", "b"], &["the text is UTF-16"]);
    }

    #[test]
    fn much_damage_is_counted() {
        let (_, diagnostics) = decode(&b"\xff\n".repeat(50));
        assert_eq!(diagnostics.len(), NAMED_DAMAGE + 1);
        assert_eq!(
            diagnostics[NAMED_DAMAGE].message,
            "30 more damaged places are not UTF-8"
        );
    }
}
