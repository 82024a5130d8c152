//! A run as a list of tests, for formats that know nothing else: one for each statement, and one for
//! each failing finding that is about no single statement.

use super::record::{Coverage, Statement};
use super::run::{Counted, Report};
use super::words::{counted, repeat, sources};

/// One test.
#[derive(Debug)]
pub(super) struct Test<'a> {
    /// The operation.
    pub(super) operation: &'a str,
    /// The statement, or the promise.
    pub(super) name: String,
    /// How it ended.
    pub(super) end: End<'a>,
}

/// How a test ended.
#[derive(Debug)]
pub(super) enum End<'a> {
    /// The promise was kept.
    Passed,
    /// It was broken, and these findings fail the run.
    Failed(Vec<&'a Counted>),
    /// It was not tried, or nobody holds it against the server.
    Skipped(String),
    /// Sources disagree.
    Undecided,
}

/// The tests of a run, operation by operation.
pub(super) fn tests(report: &Report) -> Vec<Test<'_>> {
    let sorted = report.by_severity();
    let in_order = report.in_order();
    let mut all = Vec::new();
    for (operation, _) in report.coverage() {
        let mut failing: Vec<&Counted> = sorted
            .iter()
            .copied()
            .filter(|met| met.finding.operation == operation && report.fail_on.fails(met))
            .collect();
        for (statement, coverage) in &in_order {
            if statement.operation == operation {
                all.push(Test {
                    operation,
                    name: name(statement),
                    end: end(statement, coverage, &mut failing),
                });
            }
        }
        all.extend(failing.into_iter().map(|met| Test {
            operation,
            name: beside(met),
            end: End::Failed(vec![met]),
        }));
    }
    let known: std::collections::HashSet<&str> =
        report.coverage().into_iter().map(|(id, _)| id).collect();
    let others = sorted
        .into_iter()
        .filter(|met| report.fail_on.fails(met) && !known.contains(met.finding.operation.as_str()));
    all.extend(others.map(|met| Test {
        operation: &met.finding.operation,
        name: beside(met),
        end: End::Failed(vec![met]),
    }));
    all
}

fn name(statement: &Statement) -> String {
    let field = statement.field.as_ref().map(|field| format!(" {field}"));
    format!(
        "{}{} {}",
        statement.direction.word(),
        field.unwrap_or_default(),
        statement.rule
    )
}

fn beside(met: &Counted) -> String {
    let finding = &met.finding;
    let field = finding.field.as_ref().map(|field| format!(" {field}"));
    format!(
        "{}{}: {} [{}]",
        finding.check,
        field.unwrap_or_default(),
        finding.promise,
        finding.id
    )
}

/// A broken statement takes the findings about its field with it.
fn end<'a>(
    statement: &Statement,
    coverage: &'a Coverage,
    failing: &mut Vec<&'a Counted>,
) -> End<'a> {
    match coverage {
        Coverage::Kept | Coverage::KeptOnOneSide { .. } => End::Passed,
        Coverage::Disputed => End::Undecided,
        Coverage::Untested { reason } => End::Skipped(reason.clone()),
        Coverage::Broken => {
            let about = |met: &&Counted| met.finding.field == statement.field;
            let (own, others) = failing.iter().copied().partition(about);
            *failing = others;
            let own: Vec<&Counted> = own;
            if own.is_empty() {
                End::Skipped("broken, and told by another test, waived or undecided".to_owned())
            } else {
                End::Failed(own)
            }
        }
    }
}

/// The first line of a failure.
pub(super) fn headline(findings: &[&Counted]) -> String {
    let first = findings.first().map(|met| {
        let finding = &met.finding;
        format!("{}: {}", finding.place(), finding.title)
    });
    let more = findings.len().saturating_sub(1) as u64;
    match (first, more) {
        (Some(first), 0) => first,
        (Some(first), more) => format!("{first}, and {}", counted(more, "more finding")),
        (None, _) => String::new(),
    }
}

/// What a person needs to act on it.
pub(super) fn details(report: &Report, findings: &[&Counted]) -> String {
    let told = findings.iter().map(|met| {
        let finding = &met.finding;
        let mut text = format!(
            "{} {} ({})\npromise: {} ({})\nexpected: {}\nseen: {}\nmet: {}\nrepeat: {}",
            finding.severity.word(),
            finding.check,
            finding.id,
            finding.promise,
            sources(finding),
            finding.expected,
            finding.seen,
            counted(met.count, "time"),
            repeat(report, &finding.case),
        );
        for line in &finding.earlier {
            text.push_str("\nearlier: ");
            text.push_str(line);
        }
        if let Some(id) = &finding.request_id {
            text.push_str("\nrequest id: ");
            text.push_str(id);
        }
        if let Some(curl) = &finding.curl {
            text.push_str("\ncurl: ");
            text.push_str(curl);
        }
        text
    });
    told.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_statement_is_a_test_and_every_failure_is_told_once() {
        let report = sample::report();
        let told: Vec<String> = tests(&report)
            .iter()
            .map(|test| {
                let end = match &test.end {
                    End::Passed => "passed".to_owned(),
                    End::Failed(findings) => format!("failed {}", headline(findings)),
                    End::Skipped(reason) => format!("skipped {reason}"),
                    End::Undecided => "undecided".to_owned(),
                };
                format!("{} {} {end}", test.operation, test.name)
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}
