//! `summary.md`: a short page for a CI job, most serious first.

use super::Report;
use super::words::{counted, sources};
use crate::finding::Severity;

/// Findings in the table; the rest is counted.
const MOST_ROWS: usize = 20;

/// The report as a short Markdown page.
pub fn summary_md(report: &Report) -> String {
    let verdict = report.outcome().headline();
    let total = report.total();
    let parts: Vec<String> = total
        .parts()
        .iter()
        .map(|(name, n)| format!("{n} {name}"))
        .collect();
    let mut page = format!(
        "## {verdict}\n\n{} against `{}`: {}. Statements: {}. Seed {}.\n",
        counted(report.cases.run(), "case"),
        escaped(&report.start.target),
        counted(report.cases.skipped.values().sum(), "skipped case"),
        parts.join(", "),
        report.start.seed
    );
    let rows: Vec<_> = report
        .by_severity()
        .into_iter()
        .filter(|met| met.finding.severity != Severity::Note)
        .collect();
    if !rows.is_empty() {
        page.push_str("\n| severity | where | what it did | promise | met |\n| --- | --- | --- | --- | --- |\n");
    }
    for met in rows.iter().take(MOST_ROWS) {
        let finding = &met.finding;
        page.push_str(&format!(
            "| {} | {} | {} | {} ({}) | {} |\n",
            finding.severity.word(),
            escaped(&finding.place()),
            escaped(&finding.title),
            escaped(&finding.promise),
            escaped(&sources(finding)),
            met.count
        ));
    }
    if rows.len() > MOST_ROWS {
        page.push_str(&format!(
            "\n{} in report.html.\n",
            counted((rows.len() - MOST_ROWS) as u64, "more finding")
        ));
    }
    page
}

/// Values from a server must neither end a cell nor become markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => safe.push(' '),
            '|' | '<' | '>' | '&' | '`' | '*' | '_' | '[' | ']' | '\\' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn is_a_short_page() {
        insta::assert_snapshot!(summary_md(&sample::report()), @r"
        ## The contract is broken

        2 cases against `twin`: 1 skipped case. Statements: 1 kept, 0 kept on one side, 1 broken, 0 disputed, 1 untested. Seed 42.

        | severity | where | what it did | promise | met |
        | --- | --- | --- | --- | --- |
        | violation | kettles.update name | accepted 9 characters | 1 to 8 characters (kettles, table 2, row 1, line 12) | 2 |
        ");
    }

    #[test]
    fn a_value_cannot_leave_its_cell() {
        assert_eq!(escaped("a|b\n<i>"), r"a\|b \<i\>");
    }
}
