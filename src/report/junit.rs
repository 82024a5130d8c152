//! `junit.xml`: a suite per operation, a test per statement, and the findings as failures.

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::run::Report;
use super::trials::{End, Test, details, headline, tests};

/// The report in JUnit's XML.
pub fn junit(report: &Report) -> String {
    let mut file = Junit::new("proofhouse");
    let mut suite: Option<TestSuite> = None;
    for test in tests(report) {
        if suite
            .as_ref()
            .is_none_or(|suite| suite.name.as_str() != test.operation)
        {
            let finished = suite.replace(TestSuite::new(test.operation));
            file.add_test_suites(finished);
        }
        if let Some(suite) = &mut suite {
            suite.add_test_case(case(report, &test));
        }
    }
    file.add_test_suites(suite);
    let text = file.to_string().expect("writing XML to memory cannot fail");
    // The published schema knows the count of skipped tests of a suite, but not of a whole report.
    text.replacen(&format!(" skipped=\"{}\"", file.skipped), "", 1)
}

fn case(report: &Report, test: &Test<'_>) -> TestCase {
    let status = match &test.end {
        End::Passed => TestCaseStatus::success(),
        End::Undecided => skipped("sources disagree and nobody settled it"),
        End::Skipped(reason) => skipped(reason),
        End::Failed(findings) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            if let Some(first) = findings.first() {
                status.set_type(first.finding.check.as_str());
            }
            status.set_message(headline(findings));
            status.set_description(details(report, findings));
            status
        }
    };
    let mut case = TestCase::new(test.name.as_str(), status);
    // Readers group by it, and some refuse a test without it.
    case.set_classname(test.operation);
    case
}

fn skipped(reason: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(reason);
    status
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
                r#"<testsuite name="kettles.update" tests="3" skipped="1" errors="0" failures="1">"#
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
