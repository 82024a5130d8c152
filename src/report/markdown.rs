//! `summary.md`: a short page for a CI job, most serious first.

use super::baseline::Standing;
use super::run::{Counted, Report};
use super::words::{counted, shortened, sources};
use crate::finding::Severity;

/// Findings in the table; the rest is counted.
const MOST_ROWS: usize = 20;
/// Characters of a text in a cell.
const MOST_TEXT: usize = 160;

/// The report as a short Markdown page.
pub fn summary_md(report: &Report) -> String {
    let mut page = format!(
        "## {}\n\n{}\n",
        report.outcome().headline(),
        account(report)
    );
    if report.is_cut_short() {
        page.push_str("\nThe run was cut short; what it did not reach is told as untested.\n");
    }
    page.push_str(&changes(report));
    page.push_str(&table(report));
    page.push_str(&waivers(report));
    page
}

fn account(report: &Report) -> String {
    let cases = &report.cases;
    let parts: Vec<String> = report
        .total()
        .parts()
        .iter()
        .map(|(name, n)| format!("{n} {name}"))
        .collect();
    format!(
        "{} against `{}`: {} passed, {} failed, {} undecided, {} skipped. Promises: {}. Seed {}.",
        counted(cases.all(), "case"),
        report.start.target.replace('`', "'"),
        cases.passed,
        cases.failed,
        cases.undecided.values().sum::<u64>(),
        cases.skipped.values().sum::<u64>(),
        parts.join(", "),
        report.start.seed
    )
}

fn changes(report: &Report) -> String {
    let Some(since) = &report.since else {
        return String::new();
    };
    format!(
        "\nSince {}: **{} new**, {} flaky, {} still failing, {} fixed, {} no longer tested.\n",
        escaped(since.started.as_deref().unwrap_or(&since.name)),
        report.n_standing(Standing::New),
        report.n_standing(Standing::Flaky),
        report.n_standing(Standing::StillFailing),
        since.fixed.len(),
        since.not_tested.len(),
    )
}

fn table(report: &Report) -> String {
    let sorted = report.by_severity();
    let rows: Vec<&Counted> = sorted
        .into_iter()
        .filter(|met| met.finding.severity != Severity::Note)
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "\n| severity | where | what it did | promise | met |\n| --- | --- | --- | --- | --- |\n",
    );
    for met in rows.iter().take(MOST_ROWS) {
        text.push_str(&row(met));
    }
    if rows.len() > MOST_ROWS {
        let rest = counted((rows.len() - MOST_ROWS) as u64, "more finding");
        text.push_str(&format!("\n{rest} in report.html.\n"));
    }
    text
}

fn row(met: &Counted) -> String {
    let finding = &met.finding;
    let cell = |text: &str| escaped(&shortened(text, MOST_TEXT));
    let standing = match (&met.waived, met.standing) {
        (Some(waived), _) => format!(", waived by {}", cell(&waived.owner)),
        (None, Some(standing)) => format!(", {}", standing.words()),
        (None, None) => String::new(),
    };
    format!(
        "| {}{standing} | {} | {} | {} ({}) | {} |\n",
        finding.severity.word(),
        cell(&finding.place()),
        cell(&finding.title),
        cell(&finding.promise),
        cell(&sources(finding)),
        met.count
    )
}

fn waivers(report: &Report) -> String {
    let Some(account) = &report.waivers else {
        return String::new();
    };
    format!(
        "\nWaivers: {} waived, {} expired, {} unused.\n",
        counted(account.n_waived, "finding"),
        account.expired.len(),
        account.unused.len()
    )
}

/// Values from a server must neither end a cell nor become markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => safe.push(' '),
            '|' | '<' | '>' | '&' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '#' | '@' | '!' => {
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

        3 cases against `twin`: 1 passed, 1 failed, 0 undecided, 1 skipped. Promises: 1 kept, 0 kept on one side, 1 broken, 0 disputed, 1 untested. Seed 42.

        | severity | where | what it did | promise | met |
        | --- | --- | --- | --- | --- |
        | violation | kettles.update name | accepted 9 characters | 1 to 8 characters (kettles, table 2, row 1, line 12) | 2 |
        ");
    }

    #[test]
    fn a_value_cannot_leave_its_cell() {
        assert_eq!(escaped("a|b\n<i>"), r"a\|b \<i\>");
    }

    #[test]
    fn a_long_list_is_counted() {
        let mut report = sample::report();
        let violation = report.findings[0].clone();
        report.findings = vec![violation; MOST_ROWS + 3];
        let page = summary_md(&report);
        assert!(page.contains("3 more findings in report.html"), "{page}");
        assert_eq!(page.matches("| violation |").count(), MOST_ROWS);
    }
}
