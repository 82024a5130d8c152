//! The summary for a terminal: findings most serious first, then an account of everything.

use super::record::Finding;
use super::words::{answered, counted, duration, repeat, sent, shortened, sources};
use super::{Counted, Outcome, Report};
use crate::finding::Severity;

/// The styles of a terminal, all plain unless colour is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    bad: anstyle::Style,
    warn: anstyle::Style,
    good: anstyle::Style,
    dim: anstyle::Style,
}

impl Style {
    /// With colour.
    pub fn coloured() -> Self {
        use anstyle::AnsiColor::{Green, Red, Yellow};
        let fg = |colour: anstyle::AnsiColor| anstyle::Style::new().fg_color(Some(colour.into()));
        Self {
            bad: fg(Red).bold(),
            warn: fg(Yellow),
            good: fg(Green).bold(),
            dim: anstyle::Style::new().dimmed(),
        }
    }
}

/// Notes shown in full; the rest is counted.
const MOST_NOTES: usize = 5;

/// The report as text, `width` columns wide where values can be shortened.
pub fn terminal(report: &Report, width: usize, style: &Style) -> String {
    let mut text = String::new();
    let mut n_notes = 0;
    for counted in report.by_severity() {
        if counted.finding.severity == Severity::Note {
            n_notes += 1;
            if n_notes > MOST_NOTES {
                continue;
            }
        }
        finding(&mut text, report, counted, width, style);
    }
    if n_notes > MOST_NOTES {
        let rest = counted((n_notes - MOST_NOTES) as u64, "more note");
        line(
            &mut text,
            &format!("{rest}: all are in report.html and report.json\n"),
        );
    }
    summary(&mut text, report, style);
    text
}

fn finding(text: &mut String, report: &Report, met: &Counted, width: usize, style: &Style) {
    let finding = &met.finding;
    let (label, colour) = match finding.severity {
        Severity::Violation => ("FAIL", style.bad),
        Severity::Warning => ("WARN", style.warn),
        Severity::Note => ("note", style.dim),
    };
    let times = if met.count > 1 {
        format!("  ({} times)", met.count)
    } else {
        String::new()
    };
    line(
        text,
        &format!(
            "{colour}{label}{colour:#}  {}  {}  {}{times}",
            finding.place(),
            finding.check,
            finding.title
        ),
    );
    for (name, value) in rows(report, finding, width.saturating_sub(12).max(40)) {
        let dim = style.dim;
        line(text, &format!("  {dim}{name:<9}{dim:#} {value}"));
    }
    line(text, "");
}

fn rows(report: &Report, finding: &Finding, room: usize) -> Vec<(&'static str, String)> {
    let promise = format!(
        "{}: {}",
        sources(finding),
        shortened(&finding.promise, room)
    );
    let mut rows = vec![("promise", promise)];
    rows.extend(sent(finding, room).map(|value| ("sent", value)));
    rows.push(("expected", shortened(&finding.expected, room)));
    rows.push(("seen", shortened(&finding.seen, room)));
    rows.extend(answered(finding, room).map(|value| ("answer", value)));
    if let (Some(before), Some(after)) = (&finding.before, &finding.after) {
        rows.push(("before", shortened(before, room)));
        rows.push(("after", shortened(after, room)));
    }
    rows.push(("verdict", finding.verdict.word().to_owned()));
    rows.push(("repeat", repeat(report, &finding.case)));
    rows.extend(finding.curl.clone().map(|curl| ("curl", curl)));
    rows
}

fn summary(text: &mut String, report: &Report, style: &Style) {
    let cases = &report.cases;
    line(text, &headline(report, style));
    let operations = counted(u64::from(report.n_operations()), "operation");
    let run = counted(cases.run(), "case");
    let exchanges = counted(cases.n_exchanges, "request");
    let checks = counted(cases.n_checks, "judgement");
    line(text, &format!("  target      {}", report.start.target));
    line(
        text,
        &format!("  covered     {operations}, {run} run, {exchanges}, {checks}"),
    );
    line(
        text,
        &format!(
            "  cases       {} passed, {} failed",
            cases.passed, cases.failed
        ),
    );
    for (reason, n) in &cases.undecided {
        line(
            text,
            &format!("  undecided   {}: {reason}", counted(*n, "case")),
        );
    }
    for (reason, n) in &cases.skipped {
        line(
            text,
            &format!("  skipped     {}: {reason}", counted(*n, "case")),
        );
    }
    let total = report.total();
    let parts: Vec<String> = total
        .parts()
        .iter()
        .map(|(name, n)| format!("{n} {name}"))
        .collect();
    let statements = counted(u64::from(total.all()), "statement");
    line(
        text,
        &format!("  promises    {statements}: {}", parts.join(", ")),
    );
    let found = [Severity::Violation, Severity::Warning, Severity::Note]
        .map(|severity| counted(report.n_findings(severity) as u64, severity.word()));
    line(text, &format!("  findings    {}", found.join(", ")));
    let dropped = report.dropped.values().sum();
    if dropped > 0 {
        line(
            text,
            &format!("  left out    {}", counted(dropped, "further finding")),
        );
    }
    let took = if report.is_cut_short() {
        "cut short".to_owned()
    } else {
        duration(report.millis)
    };
    line(
        text,
        &format!("  seed        {}, {took}", report.start.seed),
    );
}

fn headline(report: &Report, style: &Style) -> String {
    let Style {
        good, bad, warn, ..
    } = style;
    match report.outcome() {
        Outcome::Holds => format!("{good}The contract holds.{good:#}"),
        Outcome::Findings => format!("{bad}The contract is broken.{bad:#}"),
        Outcome::CutShort => format!("{warn}The run was cut short.{warn:#}"),
        Outcome::NothingChecked => format!("{warn}Nothing was checked.{warn:#}"),
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn shows_findings_then_accounts_for_everything() {
        insta::assert_snapshot!(terminal(&sample::report(), 80, &Style::default()));
    }

    #[test]
    fn colour_adds_nothing_but_escapes() {
        let coloured = terminal(&sample::report(), 80, &Style::coloured());
        let stripped = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(stripped, terminal(&sample::report(), 80, &Style::default()));
        assert_ne!(stripped, coloured);
    }
}
