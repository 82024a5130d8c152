//! Renderings of ten thousand findings.

use proofhouse::report::{self, Report};

#[path = "../../tests/it/big.rs"]
mod big;

/// A run of 200 operations with ten thousand findings.
pub fn many() -> Report {
    let mut report = Report::default();
    let size = big::Size {
        n_operations: 200,
        n_fields: 12,
        n_findings: 10_000,
    };
    big::events(size).for_each(|event| report.hear(&event));
    report
}

#[divan::bench(args = ["html", "json", "junit", "ctrf", "summary", "terminal"], sample_count = 10)]
fn render_10_000_findings(bencher: divan::Bencher<'_, '_>, format: &str) {
    let report = many();
    bencher.bench(|| match format {
        "html" => report::html(&report, &[]),
        "json" => report::json(&report),
        "junit" => report::junit(&report),
        "ctrf" => report::ctrf(&report),
        "summary" => report::summary_md(&report),
        _ => report::terminal(&report, 80, &report::Style::default()),
    });
}
