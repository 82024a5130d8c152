//! Findings as workflow commands: GitHub Actions shows them beside the run.

use super::run::{Counted, Report};
use super::words::{counted, repeat, sources};
use crate::finding::Severity;

/// Annotations of one level; GitHub shows no more of a step.
const MOST: usize = 10;

/// One line for each of the most serious findings, and one that counts the rest.
pub fn annotations(report: &Report) -> String {
    let sorted = report.by_severity();
    let (failing, others): (Vec<&Counted>, Vec<&Counted>) = sorted
        .into_iter()
        .partition(|met| report.fail_on.fails(met));
    let warned: Vec<&Counted> = others
        .into_iter()
        .filter(|met| met.accuses() && met.finding.severity > Severity::Note)
        .collect();
    let mut text = String::new();
    for (level, list) in [("error", failing), ("warning", warned)] {
        for met in list.iter().take(MOST) {
            text.push_str(&line(level, report, met));
        }
        if list.len() > MOST {
            let rest = counted((list.len() - MOST) as u64, "more finding");
            text.push_str(&format!(
                "::notice title=Proofhouse::{rest} of this level in report.html\n"
            ));
        }
    }
    text
}

fn line(level: &str, report: &Report, met: &Counted) -> String {
    let finding = &met.finding;
    let title = format!("{} {}", finding.check, finding.place());
    let text = format!(
        "{}\npromise: {} ({})\nexpected: {}\nseen: {}\nrepeat: {}",
        finding.title,
        finding.promise,
        sources(finding),
        finding.expected,
        finding.seen,
        repeat(report, &finding.case)
    );
    format!("::{level} title={}::{}\n", property(&title), message(&text))
}

/// A value must neither end its line nor begin another command.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn is_one_line_a_finding() {
        let mut report = sample::report();
        report.findings[0].finding.title = "accepted\n::set-output name=a::b".into();
        let text = annotations(&report);
        assert_eq!(text.lines().count(), 1);
        assert!(
            text.starts_with(
                "::error title=violation_accepted kettles.update name::accepted%0A::set"
            )
        );
    }
}
