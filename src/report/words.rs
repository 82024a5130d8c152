//! The wording that all renderings share: plurals, durations, places, shortened values.

use super::record::{Exchange, Finding};
use super::run::Report;

/// `1 case`, `2 cases`.
pub fn counted(n: u64, one: &str) -> String {
    format!("{n} {}", noun(n, one))
}

/// The noun behind a number: `case`, `cases`.
pub fn noun(n: u64, one: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{one}{s}")
}

/// `41 ms`, `2.5 s`, `3 min 4 s`.
pub fn duration(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} ms"),
        1_000..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1_000),
    }
}

/// The first `most` characters, with the whole length where some are left out.
pub fn shortened(text: &str, most: usize) -> String {
    // No text has more characters than bytes.
    if text.len() <= most {
        return text.to_owned();
    }
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
    }
}

/// Where the promise stands, all sources in one line.
pub fn sources(finding: &Finding) -> String {
    if finding.sources.is_empty() {
        return "HTTP itself".to_owned();
    }
    let places: Vec<String> = finding.sources.iter().map(ToString::to_string).collect();
    places.join("; ")
}

/// The request in one line: `PUT /v1/kettles/7 {"name":"…"}`.
pub fn sent(finding: &Finding, most: usize) -> Option<String> {
    let Exchange {
        method,
        target,
        request_body,
        ..
    } = finding.exchange.as_ref()?;
    let body = shortened(request_body, most);
    let line = format!("{method} {target} {body}");
    Some(line.trim_end().to_owned())
}

/// What came back, in one line.
pub fn answered(finding: &Finding, most: usize) -> Option<String> {
    let exchange = finding.exchange.as_ref()?;
    let Some(status) = exchange.status else {
        return exchange.failure.clone();
    };
    let body = shortened(&exchange.response_body, most);
    Some(format!("{status} {body}").trim_end().to_owned())
}

/// The command that runs exactly this case again.
pub fn repeat(report: &Report, case: &str) -> String {
    let seed = report.start.seed.to_string();
    let with = report.head.with.iter().map(String::as_str);
    let words = ["proofhouse", "run"]
        .into_iter()
        .chain(with)
        .chain(["--seed", &seed, "--case", case]);
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

/// Text as one word of a POSIX shell: plain where that is safe.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_one_and_many() {
        assert_eq!(counted(1, "case"), "1 case");
        assert_eq!(counted(0, "case"), "0 cases");
    }

    #[test]
    fn says_how_long() {
        assert_eq!(duration(999), "999 ms");
        assert_eq!(duration(2_540), "2.5 s");
        assert_eq!(duration(184_000), "3 min 4 s");
    }

    #[test]
    fn says_how_to_repeat_a_case_in_words_a_shell_takes() {
        let with = ["--lend", "name=old kettle's"].map(str::to_owned);
        let mut report = Report::default();
        report.take(crate::report::head(crate::report::Head {
            with: with.to_vec(),
            ..Default::default()
        }));
        assert_eq!(
            repeat(&report, "kettles.show/path/*"),
            r"proofhouse run --lend 'name=old kettle'\''s' --seed 0 --case 'kettles.show/path/*'"
        );
    }

    #[test]
    fn shortens_by_characters() {
        assert_eq!(shortened("茶茶茶", 2), "茶茶… (3 characters)");
        assert_eq!(shortened("茶茶", 2), "茶茶");
    }
}
