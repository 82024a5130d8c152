//! The summary for a terminal: findings most serious first, then an account of everything.

use super::baseline::Standing;
use super::outcome::Outcome;
use super::record::Finding;
use super::run::{Counted, Report};
use super::words::{answered, counted, duration, repeat, sent, shortened, sources};
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

/// Violations and warnings shown in full; the rest is counted.
const MOST_SERIOUS: usize = 50;
/// Notes shown in full; the rest is counted.
const MOST_NOTES: usize = 5;
/// Columns before a value.
const INDENT: usize = 12;
/// Characters at which what is left of two texts is worth pointing at.
const LEAST_COMMON: usize = 4;

/// The report as text, `width` columns wide where values can be shortened. What is to be pasted
/// into a shell is never shortened or broken.
pub fn terminal(report: &Report, width: usize, style: &Style) -> String {
    let mut page = Page {
        text: String::new(),
        width,
        style,
    };
    let (serious, notes): (Vec<&Counted>, Vec<&Counted>) = report
        .by_severity()
        .into_iter()
        .partition(|met| met.finding.severity != Severity::Note);
    for (list, most, word) in [
        (&serious, MOST_SERIOUS, "more violation or warning"),
        (&notes, MOST_NOTES, "more note"),
    ] {
        for met in list.iter().take(most) {
            page.finding(report, met);
        }
        if list.len() > most {
            let n = list.len() - most;
            let what = match (word, n) {
                ("more note", _) | (_, 1) => counted(n as u64, word),
                _ => format!("{n} more violations and warnings"),
            };
            page.line(&format!(
                "{what}: report.html and report.json have them all\n"
            ));
        }
    }
    page.summary(report);
    page.text
}

struct Page<'s> {
    text: String,
    width: usize,
    style: &'s Style,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A name and a value, which is broken between words where it is too long.
    fn row(&mut self, name: &str, value: &str) {
        let dim = self.style.dim;
        let room = self.width.saturating_sub(INDENT + 2).max(30);
        let mut label = name;
        for part in broken(value, room) {
            self.line(&format!("  {dim}{label:<11}{dim:#} {part}"));
            label = "";
        }
    }

    fn finding(&mut self, report: &Report, met: &Counted) {
        let finding = &met.finding;
        let (label, colour) = match finding.severity {
            _ if met.waived.is_some() => ("waived", self.style.dim),
            Severity::Violation => ("FAIL", self.style.bad),
            Severity::Warning => ("WARN", self.style.warn),
            Severity::Note => ("note", self.style.dim),
        };
        let mut about = vec![finding.check.clone()];
        about.extend(met.standing.map(|standing| standing.words().to_owned()));
        if met.count > 1 {
            about.push(format!("{} times", met.count));
        }
        let place = shortened(&finding.place(), self.width);
        let about = about.join(", ");
        let gap = self
            .width
            .saturating_sub(label.len() + place.chars().count() + about.len() + 2);
        self.line(&format!(
            "{colour}{label}{colour:#}  {place}{}{about}",
            " ".repeat(gap.clamp(2, 40))
        ));
        self.row("did", &finding.title);
        self.details(report, finding);
        if let Some(waived) = &met.waived {
            let text = format!(
                "by {} until {}: {} ({})",
                waived.owner, waived.expires, waived.reason, waived.ticket
            );
            self.row("waived", &text);
        }
        self.line("");
    }

    fn details(&mut self, report: &Report, finding: &Finding) {
        let room = self.width.saturating_sub(INDENT + 24).max(40);
        self.row("promise", &finding.promise);
        self.row("", &sources(finding));
        for (nth, line) in finding.earlier.iter().enumerate() {
            let name = if nth == 0 { "earlier" } else { "" };
            self.row(name, line);
        }
        if let Some(request) = sent(finding, room) {
            self.row("sent", &request);
        }
        let (expected, seen) = (
            shortened(&finding.expected, room),
            shortened(&finding.seen, room),
        );
        self.row("expected", &expected);
        self.row("seen", &seen);
        if let Some(carets) = pointer(&expected, &seen, self.width) {
            self.line(&format!("{}{carets}", " ".repeat(INDENT + 2)));
        }
        if let Some(answer) = answered(finding, room) {
            self.row("answer", &answer);
        }
        if let (Some(before), Some(after)) = (&finding.before, &finding.after) {
            self.row("before", &shortened(before, room));
            self.row("after", &shortened(after, room));
        }
        if let Some(id) = &finding.request_id {
            self.row("request id", id);
        }
        self.row("verdict", finding.verdict.word());
        self.row("identity", &finding.id);
        let commands = [
            ("repeat", Some(repeat(report, &finding.case))),
            ("curl", finding.curl.clone()),
        ];
        for (name, command) in commands {
            if let Some(command) = command {
                let dim = self.style.dim;
                self.line(&format!("  {dim}{name:<11}{dim:#} {command}"));
            }
        }
    }

    fn summary(&mut self, report: &Report) {
        self.headline(report);
        self.row("target", &report.start.target);
        let cases = &report.cases;
        let covered = [
            counted(u64::from(report.n_operations()), "operation"),
            counted(cases.n_exchanges, "request"),
            counted(cases.n_checks, "judgement"),
        ];
        self.row("covered", &covered.join(", "));
        self.cases(report);
        let total = report.total();
        let parts = total.parts().map(|(name, n)| format!("{n} {name}"));
        let statements = counted(u64::from(total.all()), "statement");
        self.row("promises", &format!("{statements}: {}", parts.join(", ")));
        let found = [Severity::Violation, Severity::Warning, Severity::Note]
            .map(|severity| counted(report.n_findings(severity) as u64, severity.word()));
        self.row("findings", &found.join(", "));
        let dropped: u64 = report.dropped.values().sum();
        if dropped > 0 {
            self.row("left out", &counted(dropped, "further finding"));
        }
        self.changes(report);
        self.waivers(report);
        let took = if report.is_cut_short() {
            "cut short".to_owned()
        } else {
            duration(report.millis)
        };
        self.row("seed", &format!("{}, {took}", report.start.seed));
    }

    fn headline(&mut self, report: &Report) {
        let outcome = report.outcome();
        let colour = match outcome {
            Outcome::Holds => self.style.good,
            Outcome::Findings => self.style.bad,
            Outcome::CutShort | Outcome::NothingChecked => self.style.warn,
        };
        self.line(&format!("{colour}{}.{colour:#}", outcome.headline()));
    }

    /// Every case of the plan, once.
    fn cases(&mut self, report: &Report) {
        let cases = &report.cases;
        let sum = |reasons: &std::collections::BTreeMap<String, u64>| reasons.values().sum::<u64>();
        let text = format!(
            "{}: {} passed, {} failed, {} undecided, {} skipped",
            counted(cases.all(), "case"),
            cases.passed,
            cases.failed,
            sum(&cases.undecided),
            sum(&cases.skipped)
        );
        self.row("cases", &text);
        for (word, reasons) in [("undecided", &cases.undecided), ("skipped", &cases.skipped)] {
            for (reason, n) in reasons {
                self.row(word, &format!("{n}: {reason}"));
            }
        }
        let missing = report.start.cases.saturating_sub(cases.all());
        if missing > 0 {
            let under_way = report
                .under_way()
                .map(|case| format!(", the first of them {case}"));
            let text = format!("{missing}{}", under_way.unwrap_or_default());
            self.row("not reached", &text);
        }
    }

    fn changes(&mut self, report: &Report) {
        let Some(since) = &report.since else { return };
        let text = format!(
            "{} new, {} flaky, {} still failing, {} fixed, {} no longer tested",
            report.n_standing(Standing::New),
            report.n_standing(Standing::Flaky),
            report.n_standing(Standing::StillFailing),
            since.fixed.len(),
            since.not_tested.len()
        );
        self.row("changed", &text);
        self.row("", &format!("since {}", since.name));
    }

    fn waivers(&mut self, report: &Report) {
        let Some(account) = &report.waivers else {
            return;
        };
        let text = format!(
            "{} in {}",
            counted(account.n_waived, "finding"),
            account.name
        );
        self.row("waived", &text);
        for (waiver, n) in &account.expired {
            let about = format!(
                "line {}: {}, by {}, held until {}; it would match {}",
                waiver.line,
                waiver.pattern,
                waiver.owner,
                waiver.expires,
                counted(*n, "finding")
            );
            self.row("expired", &about);
        }
        for waiver in &account.unused {
            let about = format!(
                "line {}: {} matches no finding",
                waiver.line, waiver.pattern
            );
            self.row("unused", &about);
        }
    }
}

/// The text in lines of at most `room` characters, broken between words where there are any.
fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for whole in text.lines() {
        let mut line = String::new();
        let mut n = 0;
        for word in whole.split(' ') {
            let length = word.chars().count();
            if n > 0 && n + 1 + length > room {
                lines.push(std::mem::take(&mut line));
                n = 0;
            }
            if n > 0 {
                line.push(' ');
                n += 1;
            }
            line.push_str(word);
            n += length;
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Signs under what differs in the second of two texts that have much in common.
fn pointer(one: &str, two: &str, width: usize) -> Option<String> {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - start;
    let pairs = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = pairs.take_while(|(a, b)| a == b).count();
    let differs = b.len() - start - end;
    let fits = b.len() + INDENT + 2 <= width && !one.contains('\n') && !two.contains('\n');
    if start + end < LEAST_COMMON || !fits || one == two {
        return None;
    }
    Some(format!(
        "{}{}",
        " ".repeat(start),
        "^".repeat(differs.max(1))
    ))
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
    fn a_wide_terminal_is_used() {
        insta::assert_snapshot!(terminal(&sample::report(), 200, &Style::default()));
    }

    #[test]
    fn nothing_but_commands_is_wider_than_the_terminal() {
        let mut report = sample::report();
        report.findings[0].finding.promise = "word ".repeat(60);
        report.cases.skipped.insert("because ".repeat(40), 3);
        let text = terminal(&report, 80, &Style::default());
        for line in text.lines() {
            let is_command = line.contains("proofhouse run") || line.contains("curl -sS");
            assert!(is_command || line.chars().count() <= 80, "{line}");
        }
    }

    #[test]
    fn colour_adds_nothing_but_escapes() {
        let coloured = terminal(&sample::report(), 80, &Style::coloured());
        let stripped = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(stripped, terminal(&sample::report(), 80, &Style::default()));
        assert_ne!(stripped, coloured);
    }

    #[test]
    fn points_at_what_differs() {
        assert_eq!(
            pointer("state ACTIVE", "state SHUTOFF", 80).unwrap(),
            "      ^^^^^^^"
        );
        assert_eq!(pointer("400", "200", 80), None);
    }
}
