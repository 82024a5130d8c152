//! `junit.xml`: a suite per operation, a test per statement, and the findings as failures.

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::record::{Coverage, Statement};
use super::words::{counted, repeat, sources};
use super::{Counted, Report};

/// The report in JUnit's XML.
pub fn junit(report: &Report) -> String {
    let mut file = Junit::new("proofhouse");
    for (operation, _) in report.coverage() {
        let mut suite = TestSuite::new(operation);
        let statements = report
            .statements
            .iter()
            .filter(|(id, _)| id.operation == operation);
        suite.add_test_cases(statements.map(|(id, coverage)| statement(id, coverage)));
        let findings = report
            .findings
            .iter()
            .filter(|met| met.finding.operation == operation);
        suite.add_test_cases(
            findings
                .filter(|met| report.fail_on.fails(met))
                .map(|met| failure(report, met)),
        );
        file.add_test_suite(suite);
    }
    file.to_string().expect("writing XML to memory cannot fail")
}

fn statement(id: &Statement, coverage: &Coverage) -> TestCase {
    let status = match coverage {
        // A broken statement fails through its finding, which says more.
        Coverage::Kept | Coverage::KeptOnOneSide { .. } | Coverage::Broken => {
            TestCaseStatus::success()
        }
        Coverage::Disputed => skipped("sources disagree and nobody settled it"),
        Coverage::Untested { reason } => skipped(reason),
    };
    let field = id
        .field
        .as_ref()
        .map(|field| format!(" {field}"))
        .unwrap_or_default();
    TestCase::new(
        format!("{}{field} {}", id.direction.word(), id.rule),
        status,
    )
}

fn skipped(reason: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(reason);
    status
}

fn failure(report: &Report, met: &Counted) -> TestCase {
    let finding = &met.finding;
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(finding.check.as_str());
    status.set_message(format!("{}: {}", finding.place(), finding.title));
    status.set_description(format!(
        "promise: {} ({})\nexpected: {}\nseen: {}\nmet: {}\nrepeat: {}",
        finding.promise,
        sources(finding),
        finding.expected,
        finding.seen,
        counted(met.count, "time"),
        repeat(report, &finding.case),
    ));
    let field = finding
        .field
        .as_ref()
        .map(|field| format!(" {field}"))
        .unwrap_or_default();
    TestCase::new(
        format!("{}{field}: {}", finding.check, finding.promise),
        status,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn counts_failures_and_skips_where_ci_looks() {
        let xml = junit(&sample::report());
        assert!(
            xml.contains(
                r#"<testsuite name="kettles.update" tests="4" skipped="1" errors="0" failures="1">"#
            ),
            "{xml}"
        );
        assert!(
            xml.contains(r#"<skipped message="nothing shows the default"/>"#),
            "{xml}"
        );
        assert!(xml.contains(r#"type="violation_accepted""#), "{xml}");
    }
}
