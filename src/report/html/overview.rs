//! The first screen: the verdict, what changed, the picture of coverage, the account.

use std::collections::BTreeMap;

use maud::{Markup, html as page};

use crate::finding::Severity;
use crate::report::baseline::{Gone, Since, Standing};
use crate::report::outcome::Outcome;
use crate::report::run::{Counted, Report, Share};
use crate::report::waivers::WaiverAccount;
use crate::report::words::{counted, duration, noun};

/// Findings on the first screen.
const MOST_FINDINGS: usize = 8;
/// Findings of earlier runs that are listed.
const MOST_GONE: usize = 100;

/// The bar at the top.
pub(super) fn top(report: &Report) -> Markup {
    let n_open = report.total().disputed + report.total().untested;
    page! {
        header class="bar-top" {
            div {
                a class="brand" href="#overview" { (seal(report, "")) "Proofhouse" }
                nav aria-label="Report" {
                    ul {
                        li { a href="#overview" aria-current="page" { "Overview" } }
                        li { a href="#findings" { "Findings " (report.findings.len()) } }
                        li { a href="#operations" { "Operations " (report.n_operations()) } }
                        li { a href="#undecided" { "Not decided " (n_open) } }
                        li { a href="#explain" { "Codes" } }
                    }
                }
                span class="spacer" {}
                button type="button" id="theme" aria-label="Light or dark" title="Light or dark" hidden { span aria-hidden="true" { "◐" } }
            }
        }
    }
}

/// A proof mark: a tick, a cross or a dash in two rings.
fn seal(report: &Report, class: &str) -> Markup {
    let outcome = report.outcome();
    let sign = match outcome {
        Outcome::Holds => "M20 33l9 9 16-19",
        Outcome::Findings => "M22 22l20 20M42 22L22 42",
        Outcome::CutShort | Outcome::NothingChecked => "M20 32h24",
    };
    page! {
        svg class=(format!("{class} {}", outcome.word()).trim()) viewBox="0 0 64 64" aria-hidden="true" {
            circle cx="32" cy="32" r="29" fill="none" stroke-width="3" {}
            circle cx="32" cy="32" r="23" fill="none" stroke-width="1" {}
            path d=(sign) fill="none" stroke-width="6" stroke-linecap="round" {}
        }
    }
}

/// The first screen.
pub(super) fn overview(report: &Report) -> Markup {
    page! {
        (verdict(report))
        (tiles(report))
        (changes(report))
        (picture(report))
        (most_serious(report))
        (account(report))
        @if let Some(account) = &report.waivers { (waivers(account)) }
    }
}

fn verdict(report: &Report) -> Markup {
    let outcome = report.outcome();
    let cases = &report.cases;
    page! {
        div class="hero" {
            (seal(report, "stamp"))
            div {
                h1 tabindex="-1" { (outcome.headline()) }
                ul class="facts" {
                    li { "target " b { (report.start.target) } }
                    (number(report.n_operations().into(), "operation", ""))
                    (number(cases.run(), "case", " run"))
                    (number(cases.n_exchanges, "request", ""))
                    (number(cases.n_checks, "judgement", ""))
                    li { "seed " b { (report.start.seed) } }
                    @if let Some(started) = &report.head.started { li { "began " b { (started) } } }
                    @if let Some(part) = &report.head.partition { li { "part " b { (part) } } }
                    @if !report.is_cut_short() && report.millis > 0 { li { "took " b { (duration(report.millis)) } } }
                }
                @if report.is_cut_short() {
                    p class="notice" {
                        "The run was cut short after " (counted(cases.all(), "case")) " of " (report.start.cases)
                        @if let Some(case) = report.under_way() { ", while it tried " code { (case) } }
                        ". What it did not reach is told as untested."
                    }
                }
            }
        }
    }
}

/// A number of things, and what became of them.
fn number(n: u64, one: &str, done: &str) -> Markup {
    page! { li { b { (n) } " " (noun(n, one)) (done) } }
}

fn tile(n: u64, what: &str, class: &str, href: Option<&str>) -> Markup {
    let class = if n == 0 {
        "tile".to_owned()
    } else {
        format!("tile {class}")
    };
    page! {
        li {
            @if let Some(href) = href.filter(|_| n > 0) {
                a class=(class) href=(href) { b { (n) } span { (what) } }
            } @else {
                div class=(class) { b { (n) } span { (what) } }
            }
        }
    }
}

fn tiles(report: &Report) -> Markup {
    let findings = |severity: Severity, class| {
        let (n, word) = (report.n_findings(severity) as u64, severity.word());
        let href = format!("#findings?severity={word}");
        tile(n, &noun(n, word), class, Some(&href))
    };
    let cases =
        |n, became: &str, class| tile(n, &format!("{} {became}", noun(n, "case")), class, None);
    page! {
        h2 { "Findings" }
        ul class="tiles" {
            (findings(Severity::Violation, "bad"))
            (findings(Severity::Warning, "warn"))
            (findings(Severity::Note, ""))
            @if let Some(account) = &report.waivers {
                (tile(account.n_waived, "waived", "", Some("#findings?waived=yes")))
            }
            (cases(report.cases.undecided.values().sum(), "undecided", "warn"))
            (cases(report.cases.skipped.values().sum(), "skipped", ""))
        }
    }
}

fn changes(report: &Report) -> Markup {
    let n = |standing| report.n_standing(standing) as u64;
    let Some(since) = &report.since else {
        return page! {
            h2 { "What changed" }
            p class="dim" { "Nothing to compare with: no baseline was given, and no run of this target is accepted." }
        };
    };
    page! {
        h2 { "What changed since " (since.started.as_deref().unwrap_or(&since.name)) }
        ul class="tiles" {
            (tile(n(Standing::New), "new", "bad", Some("#findings?standing=new")))
            (tile(n(Standing::Flaky), "flaky", "warn", Some("#findings?standing=flaky")))
            (tile(n(Standing::StillFailing), "still failing", "", Some("#findings?standing=still_failing")))
            (tile(since.fixed.len() as u64, "fixed", "good", None))
            (tile(since.not_tested.len() as u64, "no longer tested", "warn", None))
        }
        (gone_lists(since))
    }
}

fn gone_lists(since: &Since) -> Markup {
    page! {
        p class="dim small" { "Compared with " (since.name) }
        @for (word, list) in [("fixed", &since.fixed), ("no longer tested", &since.not_tested)] {
            @if !list.is_empty() {
                details class="more" {
                    summary { (counted(list.len() as u64, "finding")) " " (word) }
                    ul { @for gone in list.iter().take(MOST_GONE) { (gone_line(gone)) } }
                    @if list.len() > MOST_GONE { p class="dim" { "and " (list.len() - MOST_GONE) " more, all in report.json" } }
                }
            }
        }
    }
}

fn gone_line(gone: &Gone) -> Markup {
    page! { li { (gone.title) " " span class="dim" { (gone.place()) " · " (gone.check) " · " code { (gone.id) } } } }
}

/// Operations by statements: one bar for all, one for each, with the numbers beside it.
fn picture(report: &Report) -> Markup {
    let total = report.total();
    page! {
        h2 { "What became of " (counted(u64::from(total.all()), "promise")) }
        (bar("picture", "all operations", total))
        ul class="legend" {
            @for (name, n) in total.parts() {
                li { span class={ "key " (class(name)) } {} b { (n) } " " (name) }
            }
        }
        div class="apis" {
            @for (api, operations) in apis(report) {
                h3 { (api) " " span class="dim" { (operations.len()) } }
                ul class="grid" {
                    @for (operation, share) in operations { (cell(operation, share)) }
                }
            }
        }
    }
}

fn cell(operation: &str, share: Share) -> Markup {
    page! {
        li {
            a href=(anchor(operation)) {
                span class="cell" {
                    span { (operation) }
                    span {
                        @if share.broken > 0 { span class="hurt" { (share.broken) " broken" } " · " }
                        (share.kept + share.one_side) "/" (share.all())
                    }
                }
                (bar("strip", operation, share))
            }
        }
    }
}

/// The operations by version and first word of their path, in the order of the plan.
fn apis(report: &Report) -> Vec<(String, Vec<(&str, Share)>)> {
    let routes: BTreeMap<&str, &str> = report
        .sheets
        .iter()
        .map(|sheet| (sheet.operation.as_str(), sheet.route.as_str()))
        .collect();
    let mut apis: Vec<(String, Vec<(&str, Share)>)> = Vec::new();
    for (operation, share) in report.coverage() {
        let api = routes
            .get(operation)
            .map_or_else(|| "asked on the way".to_owned(), |route| api(route));
        match apis.iter_mut().find(|(known, _)| *known == api) {
            Some((_, operations)) => operations.push((operation, share)),
            None => apis.push((api, vec![(operation, share)])),
        }
    }
    apis
}

/// `PUT /v1/{project_id}/kettles/{id}` belongs to `/v1 kettles`.
fn api(route: &str) -> String {
    let path = route.split_once(' ').map_or(route, |(_, path)| path);
    let mut words = path
        .split(['/', '#'])
        .filter(|word| !word.is_empty() && !word.starts_with('{'));
    let first = words.next().unwrap_or("/");
    match words.next() {
        Some(second) if first.starts_with('v') => format!("{first} {second}"),
        _ => first.to_owned(),
    }
}

fn bar(kind: &str, of: &str, share: Share) -> Markup {
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
        svg class=(kind) role="img" viewBox=(format!("0 0 {} 10", share.all().max(1))) preserveAspectRatio="none"
            aria-label=(format!("{of}: {}", said.join(", "))) {
            @for (name, n, end) in ends {
                @if n > 0 { rect class=(class(name)) x=(end - n) y="0" width=(n) height="10" {} }
            }
        }
    }
}

fn class(name: &str) -> String {
    name.replace(' ', "-")
}

/// The anchor of an operation, encoded as the script decodes it.
fn anchor(operation: &str) -> String {
    let encoded =
        percent_encoding::utf8_percent_encode(operation, percent_encoding::NON_ALPHANUMERIC);
    format!("#o-{encoded}")
}

fn most_serious(report: &Report) -> Markup {
    let sorted = report.by_severity();
    page! {
        h2 { "Most serious" }
        @if sorted.is_empty() { p class="dim" { "No finding." } }
        @else {
            ul class="list" { @for met in sorted.iter().take(MOST_FINDINGS) { (line(met)) } }
            @if sorted.len() > MOST_FINDINGS { p { a href="#findings" { "All " (sorted.len()) " findings" } } }
        }
    }
}

fn line(met: &Counted) -> Markup {
    let finding = &met.finding;
    let severity = finding.severity.word();
    page! {
        li class=[met.waived.is_some().then_some("waived")] {
            a class="item" href={ "#f-" (finding.id) } {
                span { span class={ "pill " (severity) } { (severity) } }
                span { span class="what" { (finding.title) } span class="where" { (finding.place()) " · " (finding.check) } }
                span class="tail" {
                    @if met.waived.is_some() { span class="pill" { "waived" } }
                    @else if let Some(standing) = met.standing {
                        span class={ "pill " (class(standing.words())) } { (standing.words()) }
                    }
                    @if met.count > 1 { " " (met.count) "×" }
                }
            }
        }
    }
}

/// Every case with what became of it.
fn account(report: &Report) -> Markup {
    let cases = &report.cases;
    page! {
        h2 { "Every case" }
        div class="frame" {
            table class="table" {
                thead { tr { th scope="col" { "cases" } th scope="col" class="num" { "n" } th scope="col" { "reason" } } }
                tbody {
                    tr { td { "passed" } td class="num" { (cases.passed) } td class="dim" { "kept every promise" } }
                    tr { td { "failed" } td class="num" { (cases.failed) } td class="dim" { "broke at least one" } }
                    @for (word, reasons) in [("undecided", &cases.undecided), ("skipped", &cases.skipped)] {
                        @for (reason, n) in reasons { tr { td { (word) } td class="num" { (n) } td { (reason) } } }
                    }
                }
            }
        }
    }
}

fn waivers(account: &WaiverAccount) -> Markup {
    page! {
        h2 { "Waivers in " (account.name) }
        p { (counted(account.n_waived, "finding")) " waived; each stays visible and counted." }
        @if !account.expired.is_empty() || !account.unused.is_empty() {
            ul {
                @for (waiver, n) in &account.expired {
                    li { span class="pill warning" { "expired" } " line " (waiver.line) ", " (waiver.pattern) ", by " (waiver.owner) ", held until " (waiver.expires) "; it would match " (counted(*n, "finding")) }
                }
                @for waiver in &account.unused {
                    li { span class="pill" { "unused" } " line " (waiver.line) ", " (waiver.pattern) ", by " (waiver.owner) ": matches no finding" }
                }
            }
        }
    }
}

/// The last line.
pub(super) fn foot(report: &Report) -> Markup {
    page! {
        "Proofhouse " (env!("CARGO_PKG_VERSION")) ". Seed " (report.start.seed)
        ". This file asks the network for nothing."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_version_and_resource() {
        assert_eq!(api("PUT /v1/{project_id}/kettles/{id}"), "v1 kettles");
        assert_eq!(
            api("POST /v2.1/{project_id}/kettles/{id}/action#boil"),
            "v2.1 kettles"
        );
        assert_eq!(api("GET /kettles"), "kettles");
        assert_eq!(api(""), "/");
    }

    #[test]
    fn an_anchor_survives_any_name() {
        assert_eq!(anchor("kettles.show"), "#o-kettles%2Eshow");
        assert_eq!(anchor("a\"b c"), "#o-a%22b%20c");
    }
}
