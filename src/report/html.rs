//! `report.html`: one file, offline, readable on a phone, the picture of coverage first.
//!
//! Values come from servers and are untrusted: `maud` escapes every one, and there is no script.

use maud::{DOCTYPE, Markup, PreEscaped, html as page};

use super::record::{Coverage, Exchange};
use super::words::{counted, duration, repeat, sources};
use super::{Counted, Report, Share};
use crate::finding::Severity;

/// Findings shown with their exchange; beyond that one line each keeps the file small.
const MOST_IN_FULL: usize = 500;
/// Characters of a body that are shown.
const MOST_BODY: usize = 4_000;

/// The report as one HTML page.
pub fn html(report: &Report) -> String {
    let findings = report.by_severity();
    page! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Proofhouse: " (report.outcome().headline()) }
                style { (PreEscaped(include_str!("report.css"))) }
            }
            body {
                header { h1 { (report.outcome().headline()) } (account(report)) }
                main {
                    (picture(report))
                    section aria-labelledby="findings" {
                        h2 id="findings" { "Findings" }
                        @if findings.is_empty() { p { "None." } }
                        @for (number, met) in findings.iter().enumerate() {
                            (finding(report, met, number))
                        }
                        @if !report.dropped.is_empty() {
                            p { (counted(report.dropped.values().sum(), "further finding")) " left out." }
                        }
                    }
                    (untested(report))
                }
            }
        }
    }
    .into_string()
}

fn account(report: &Report) -> Markup {
    let cases = &report.cases;
    let total = report.total();
    page! {
        dl class="account" {
            div { dt { "target" } dd { (report.start.target) } }
            div { dt { "operations" } dd { (report.n_operations()) } }
            div { dt { "statements" } dd { (total.all()) } }
            div { dt { "cases" } dd { (cases.run()) " run, " (cases.passed) " passed, " (cases.failed) " failed" } }
            div { dt { "requests" } dd { (cases.n_exchanges) } }
            div { dt { "judgements" } dd { (cases.n_checks) } }
            @for severity in [Severity::Violation, Severity::Warning, Severity::Note] {
                div { dt { (severity.word()) "s" } dd { (report.n_findings(severity)) } }
            }
            div { dt { "seed" } dd { (report.start.seed) } }
            div { dt { "took" } dd { (duration(report.millis)) } }
        }
        @for (what, reasons) in [("undecided", &cases.undecided), ("skipped", &cases.skipped)] {
            @for (reason, n) in reasons {
                p class="aside" { (counted(*n, "case")) " " (what) ": " (reason) }
            }
        }
    }
}

/// Operations by statements: one bar each, and the same numbers as a table for those who cannot
/// see it.
fn picture(report: &Report) -> Markup {
    let total = report.total();
    page! {
        section aria-labelledby="coverage" {
            h2 id="coverage" { "Coverage: what became of each statement" }
            p class="legend" {
                @for (name, n) in total.parts() {
                    span { i class=(class(name)) {} " " (name) " " b { (n) } }
                }
            }
            table class="bars" {
                thead { tr { th scope="col" { "operation" } th scope="col" { "statements" } th scope="col" { "of" } } }
                tbody {
                    @for (operation, share) in report.coverage() {
                        tr {
                            th scope="row" { (operation) }
                            td { (bar(operation, share)) }
                            td { (share.all()) }
                        }
                    }
                }
            }
        }
    }
}

fn bar(operation: &str, share: Share) -> Markup {
    let said: Vec<String> = share
        .parts()
        .iter()
        .map(|(name, n)| format!("{n} {name}"))
        .collect();
    let ends = share.parts().into_iter().scan(0, |end, (name, n)| {
        *end += n;
        Some((name, n, *end))
    });
    page! {
        svg class="bar" role="img" viewBox=(format!("0 0 {} 10", share.all().max(1))) preserveAspectRatio="none"
            aria-label=(format!("{operation}: {}", said.join(", "))) {
            @for (name, n, end) in ends {
                @if n > 0 {
                    rect class=(class(name)) x=(end - n) y="0" width=(n) height="10" { title { (n) " " (name) } }
                }
            }
        }
    }
}

fn class(name: &str) -> String {
    name.replace(' ', "-")
}

fn finding(report: &Report, met: &Counted, number: usize) -> Markup {
    let finding = &met.finding;
    page! {
        details class={ "finding " (finding.severity.word()) } id={ "finding-" (number + 1) } open[number < 3] {
            summary {
                span class="severity" { (finding.severity.word()) } " "
                b { (finding.place()) } " " code { (finding.check) } " " (finding.title)
                @if met.count > 1 { " (" (met.count) " times)" }
            }
            dl {
                dt { "promise" } dd { (finding.promise) br; cite { (sources(finding)) } }
                dt { "expected" } dd { (finding.expected) }
                dt { "seen" } dd { (finding.seen) }
                @if let (Some(before), Some(after)) = (&finding.before, &finding.after) {
                    dt { "before" } dd { pre { (cut(before)) } }
                    dt { "after" } dd { pre { (cut(after)) } }
                }
                dt { "verdict" } dd { (finding.verdict.word()) }
                dt { "repeat" } dd { pre { (repeat(report, &finding.case)) } }
                @if let Some(seen) = finding.exchange.as_ref().filter(|_| number < MOST_IN_FULL) {
                    dt { "curl" } dd { pre { (finding.curl.as_deref().unwrap_or("")) } }
                    dt { "exchange" } dd { (exchange(seen)) }
                }
            }
        }
    }
}

fn exchange(exchange: &Exchange) -> Markup {
    page! {
        pre {
            (exchange.method) " " (exchange.target) "\n"
            (headers(&exchange.request_headers))
            "\n" (cut(&exchange.request_body))
        }
        @if let Some(status) = exchange.status {
            pre {
                (status) "\n"
                (headers(&exchange.response_headers))
                "\n" (cut(&exchange.response_body))
            }
        }
        @if let Some(failure) = &exchange.failure { pre { (failure) } }
    }
}

fn headers(headers: &[(String, String)]) -> String {
    let lines = headers.iter();
    lines
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect()
}

fn cut(text: &str) -> String {
    super::words::shortened(text, MOST_BODY)
}

fn untested(report: &Report) -> Markup {
    let open: Vec<(String, &str)> = report
        .statements
        .iter()
        .filter_map(|(statement, coverage)| match coverage {
            Coverage::Untested { reason } => Some((statement.to_string(), reason.as_str())),
            Coverage::Disputed => Some((statement.to_string(), "sources disagree")),
            Coverage::Kept | Coverage::KeptOnOneSide { .. } | Coverage::Broken => None,
        })
        .collect();
    page! {
        section aria-labelledby="untested" {
            h2 id="untested" { "Not decided" }
            details {
                summary { (counted(open.len() as u64, "statement")) " untested or disputed, with the reason" }
                table {
                    thead { tr { th scope="col" { "statement" } th scope="col" { "reason" } } }
                    tbody { @for (statement, reason) in &open { tr { td { (statement) } td { (reason) } } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_value_from_a_server_stays_text() {
        let text = html(&sample::report());
        assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(!text.contains("<script"));
        assert!(!text.contains("<b>9</b>"));
    }

    #[test]
    fn asks_the_network_for_nothing() {
        let text = html(&sample::report());
        for word in ["src=", "href=\"http", "url(", "@import"] {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    fn shows_the_picture_before_the_findings() {
        let text = html(&sample::report());
        let picture = text.find("<svg").unwrap();
        let finding = text.find("class=\"finding").unwrap();
        assert!(picture < finding);
        assert!(text.contains("kettles, table 2, row 1, line 12"));
    }
}
