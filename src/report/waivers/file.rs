//! Reads `waivers.toml`. All that is wrong with a file is told at once, each with its line.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Pattern, Waiver, Waivers};

/// The keys of a waiver, and what each is.
const KEYS: [(&str, &str); 8] = [
    ("finding", "the identity of a finding"),
    ("check", "the code of a check"),
    ("operation", "an operation"),
    ("field", "a field"),
    ("owner", "who answers for it"),
    ("reason", "why"),
    ("expires", "the last day on which it holds"),
    ("ticket", "where it is followed"),
];

/// The keys that say which findings are meant.
const ABOUT: [&str; 4] = ["finding", "check", "operation", "field"];

/// What is wrong with a file of waivers, all of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct WaiversError(pub Vec<Problem>);

impl fmt::Display for WaiversError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("; "))
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl Waivers {
    /// Reads a file of `[[waiver]]` tables.
    pub fn read(text: &str) -> Result<Self, WaiversError> {
        let mut reader = Reader {
            text,
            problems: Vec::new(),
        };
        let waivers = reader.file();
        if reader.problems.is_empty() {
            Ok(Self(waivers))
        } else {
            Err(WaiversError(reader.problems))
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    fn file(&mut self) -> Vec<Waiver> {
        let root = match DeTable::parse(self.text) {
            Ok(root) => root.into_inner(),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let what = error.message().lines().collect::<Vec<_>>().join(", ");
                self.problem(at, what);
                return Vec::new();
            }
        };
        let mut waivers = Vec::new();
        for (key, value) in &root {
            if key.get_ref() != "waiver" {
                let hint = "this file holds tables called [[waiver]]".to_owned();
                self.problem(
                    key.span().start,
                    format!("unknown key `{}`; {hint}", key.get_ref()),
                );
            } else if let DeValue::Array(tables) = value.get_ref() {
                waivers.extend(tables.iter().filter_map(|table| self.waiver(table)));
            } else {
                self.problem(key.span().start, "write it as [[waiver]]".to_owned());
            }
        }
        waivers
    }

    fn waiver(&mut self, table: &Spanned<DeValue<'_>>) -> Option<Waiver> {
        let at = table.span().start;
        let DeValue::Table(table) = table.get_ref() else {
            self.problem(at, "write it as [[waiver]]".to_owned());
            return None;
        };
        for (key, _) in table {
            if !KEYS.iter().any(|(known, _)| known == key.get_ref()) {
                let nearest = nearest(key.get_ref());
                let what = format!("unknown key `{}`; did you mean `{nearest}`?", key.get_ref());
                self.problem(key.span().start, what);
            }
        }
        let pattern = Pattern {
            finding: self.optional(table, "finding"),
            check: self.optional(table, "check"),
            operation: self.optional(table, "operation"),
            field: self.optional(table, "field"),
        };
        if !ABOUT.iter().any(|key| table.contains_key(*key)) {
            let what = "it is about no finding; give finding, check, operation or field";
            self.problem(at, what.to_owned());
        }
        let owner = self.required(table, at, "owner");
        let reason = self.required(table, at, "reason");
        let ticket = self.required(table, at, "ticket");
        let expires = self.required(table, at, "expires");
        if let (Some(date), Some(value)) = (&expires, table.get("expires"))
            && date.parse::<jiff::civil::Date>().is_err()
        {
            let what = format!("`{date}` is no date; write it as 2031-05-01");
            self.problem(value.span().start, what);
        }
        Some(Waiver {
            pattern,
            owner: owner?,
            reason: reason?,
            expires: expires?,
            ticket: ticket?,
            line: self.line(at),
        })
    }

    fn optional(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            other => {
                let what = format!("`{key}` is a text, not {}", other.type_str());
                self.problem(value.span().start, what);
                return None;
            }
        };
        if text.is_empty() {
            self.problem(value.span().start, format!("`{key}` is empty"));
            return None;
        }
        Some(text)
    }

    fn required(&mut self, table: &DeTable<'_>, at: usize, key: &str) -> Option<String> {
        if !table.contains_key(key) {
            let known = KEYS.iter().find(|(known, _)| *known == key);
            let meaning = known.map_or("", |(_, meaning)| meaning);
            self.problem(at, format!("`{key}` is missing: {meaning}"));
        }
        self.optional(table, key)
    }

    fn problem(&mut self, at: usize, what: String) {
        let line = self.line(at);
        self.problems.push(Problem { line, what });
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().iter().take(at);
        1 + before.filter(|byte| **byte == b'\n').count()
    }
}

fn nearest(key: &str) -> &'static str {
    let likeness = |known: &str| strsim::jaro_winkler(key, known);
    let known = KEYS.iter().map(|(known, _)| *known);
    known
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .unwrap_or("finding")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
[[waiver]]
check = \"kind\"
operation = \"kettles.*\"
owner = \"kitchen\"
reason = \"the whistle is a number until the next kettle\"
expires = 2031-05-01
ticket = \"TEA-7\"
";

    #[test]
    fn reads_who_answers_for_what() {
        let waivers = Waivers::read(GOOD).unwrap().0;
        assert_eq!(waivers.len(), 1);
        assert_eq!(
            waivers[0].pattern.to_string(),
            "check kind, operation kettles.*"
        );
        assert_eq!(waivers[0].expires, "2031-05-01");
        assert_eq!(Waivers::read("").unwrap().0, []);
    }

    #[test]
    fn tells_all_that_is_wrong_with_its_line() {
        let text = GOOD
            .replace("owner", "ownr")
            .replace("2031-05-01", "\"soon\"")
            .replace("check = \"kind\"\n", "check = 7\n");
        let error = Waivers::read(&format!("{text}\n[[waiver]]\n")).unwrap_err();
        insta::assert_snapshot!(error.to_string().replace("; line", "\nline"));
    }

    #[test]
    fn tells_where_the_syntax_ends() {
        let error = Waivers::read("[[waiver]]\ncheck = kind\n").unwrap_err();
        assert_eq!(error.0[0].line, 2, "{error}");
    }
}
