//! Inline markup: `**strong**`, ``` ``literal`` ```, `` :role:`text <target>` ``, `` `text <address>`_ ``,
//! `\` escapes. Text and links come out.

use super::element::Text;
use crate::document::inline::raised;

/// Resolves the markup of a text.
pub(super) fn resolve(raw: &str) -> Text {
    let raw = raw.trim();
    let mut text = Text::default();
    if !raw.contains(['*', '`', '\\', '|', '[']) {
        text.text = tidy(raw);
        return text;
    }
    let mut scan = Scan {
        raw,
        at: 0,
        closed: Closed::default(),
        out: &mut text,
    };
    while scan.step() {}
    text.text = tidy(&text.text);
    text
}

/// Marks of which no further end was found, so that no text is searched again and again.
#[derive(Default)]
struct Closed {
    strong: bool,
    emphasis: bool,
    literal: bool,
    quoted: bool,
    substitution: bool,
}

struct Scan<'t, 'o> {
    raw: &'t str,
    at: usize,
    closed: Closed,
    out: &'o mut Text,
}

impl Scan<'_, '_> {
    /// Reads one mark or character. Gives whether there was one.
    fn step(&mut self) -> bool {
        let rest = &self.raw[self.at..];
        let Some(next) = rest.chars().next() else {
            return false;
        };
        let read = match next {
            '\\' => self.escape(rest),
            '`' if rest.starts_with("``") => self.literal(rest),
            '`' => self.quoted(rest, ""),
            '*' if rest.starts_with("**") => self.emphasis(rest, "**"),
            '*' => self.emphasis(rest, "*"),
            ':' => self.role(rest),
            '|' => self.substitution(rest),
            '[' => footnote(rest),
            _ => None,
        };
        self.at += read.unwrap_or_else(|| {
            self.out.text.push(next);
            next.len_utf8()
        });
        true
    }

    /// An escaped blank parts marks and vanishes; other escaped characters stand for themselves.
    fn escape(&mut self, rest: &str) -> Option<usize> {
        let escaped = rest[1..].chars().next()?;
        if !escaped.is_whitespace() {
            self.out.text.push(escaped);
        }
        Some(1 + escaped.len_utf8())
    }

    fn literal(&mut self, rest: &str) -> Option<usize> {
        let inside = &rest[2..];
        let end = search(&mut self.closed.literal, || {
            inside.find("``").filter(|end| *end > 0)
        })?;
        // Back ticks at its end belong to the literal.
        let more = inside[end + 2..].bytes().take_while(|b| *b == b'`').count();
        self.out.text.push_str(&inside[..end + more]);
        Some(2 + end + more + 2)
    }

    /// `` `text` ``, `` `text <address>`_ ``, or the text of a role.
    fn quoted(&mut self, rest: &str, role: &str) -> Option<usize> {
        let inside = &rest[1..];
        let end = search(&mut self.closed.quoted, || end_of(inside, "`"))?;
        let underscores = inside[end + 1..]
            .bytes()
            .take(2)
            .take_while(|b| *b == b'_')
            .count();
        let (shown, target) = target(&inside[..end]);
        let shown = tidy(&unescaped(shown));
        if matches!(role, "ref" | "doc" | "numref" | "any") {
            let target = target.unwrap_or(inside[..end].trim());
            let target = if role == "doc" {
                format!("{target}.rst")
            } else {
                target.to_owned()
            };
            self.out.links.push((shown.clone(), target));
        } else if let Some(target) = target.filter(|_| underscores > 0) {
            self.out.links.push((shown.clone(), target.to_owned()));
        }
        if matches!(role, "sup" | "superscript") {
            let mark = raised(&self.out.text);
            self.out.text.push_str(mark);
        }
        self.out.text.push_str(&shown);
        Some(1 + end + 1 + underscores)
    }

    /// `` :ref:`text <label>` ``
    fn role(&mut self, rest: &str) -> Option<usize> {
        let end = 1 + rest[1..]
            .bytes()
            .take(40)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_'))
            .count();
        let name = rest[1..end].strip_suffix(':')?;
        if name.is_empty() || !rest[end..].starts_with('`') {
            return None;
        }
        let name = name.rsplit(':').next().unwrap_or(name).to_owned();
        self.quoted(&rest[end..], &name).map(|length| end + length)
    }

    /// A mark opens before text, where no word ends.
    fn emphasis(&mut self, rest: &str, mark: &str) -> Option<usize> {
        let inside = &rest[mark.len()..];
        let before = self.raw[..self.at].chars().next_back();
        let opens = before.is_none_or(|c| !c.is_alphanumeric())
            && inside.starts_with(|c: char| !c.is_whitespace());
        if !opens {
            self.out.text.push_str(mark);
            return Some(mark.len());
        }
        let closed = if mark == "**" {
            &mut self.closed.strong
        } else {
            &mut self.closed.emphasis
        };
        let Some(end) = search(closed, || end_of(inside, mark)) else {
            self.out.text.push_str(mark);
            return Some(mark.len());
        };
        self.out.text.push_str(&unescaped(&inside[..end]));
        Some(mark.len() + end + mark.len())
    }

    /// `|name|` stands for a picture or a word that is defined elsewhere.
    fn substitution(&mut self, rest: &str) -> Option<usize> {
        let inside = &rest[1..];
        let end = search(&mut self.closed.substitution, || inside.find('|'))?;
        let name = &inside[..end];
        let sound = !name.is_empty()
            && name.len() <= 40
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        sound.then_some(1 + end + 1)
    }
}

/// `[1]_`, `[#name]_`: a mark of a footnote is no text.
fn footnote(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(24).position(|b| b == b']')?;
    let name = &rest[1..end];
    let sound = name.starts_with(['#', '*'])
        || !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    (sound && rest[end + 1..].starts_with('_')).then_some(end + 2)
}

/// Searches once more unless an earlier search found nothing to the end of the text.
fn search(closed: &mut bool, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
    if *closed {
        return None;
    }
    let found = find();
    *closed = found.is_none();
    found
}

/// Where a mark closes: after text, before anything that is no word, and not escaped.
fn end_of(inside: &str, mark: &str) -> Option<usize> {
    let bytes = inside.as_bytes();
    inside.match_indices(mark).map(|(at, _)| at).find(|at| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let escaped = inside[..*at]
            .bytes()
            .rev()
            .take_while(|b| *b == b'\\')
            .count()
            % 2
            == 1;
        let after = inside[at + mark.len()..].chars().next();
        // The marks that may follow an end are those of the specification.
        let goes_on = after.is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || c.is_ascii_punctuation() && !r#"'")]}>-/\:.,;!?_"#.contains(c)
        });
        before.is_some_and(|b| !b.is_ascii_whitespace()) && !escaped && !goes_on
    })
}

/// `text <target>`.
fn target(inside: &str) -> (&str, Option<&str>) {
    let inside = inside.trim();
    let parts = inside
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'));
    match parts {
        Some((text, target)) if !target.is_empty() => {
            let text = text.trim();
            (
                if text.is_empty() { target } else { text },
                Some(target.trim()),
            )
        }
        _ => (inside, None),
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => out.extend(characters.next().filter(|c| !c.is_whitespace())),
            other => out.push(other),
        }
    }
    out
}

/// One blank where there are several, none at the ends.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
