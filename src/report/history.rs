//! Many runs side by side: how many promises were kept, and since when each open finding is there.

use std::fmt::Write as _;

use super::baseline::Baseline;
use super::words::shortened;

/// Signs from low to high. The numbers beside them say the same.
const SIGNS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Open findings that are listed.
const MOST_OPEN: usize = 50;

/// A run of the past.
#[derive(Debug)]
pub struct PastRun {
    /// What it is called: its folder.
    pub name: String,
    /// What it came to.
    pub report: Baseline,
}

/// The history of the newest run's target, oldest run first, as text `width` columns wide.
pub fn history(mut runs: Vec<PastRun>, width: usize) -> String {
    runs.sort_by(|a, b| (&a.report.started, &a.name).cmp(&(&b.report.started, &b.name)));
    let Some(newest) = runs.last() else {
        return "no run is kept here\n".to_owned();
    };
    let target = newest.report.target.clone();
    let n_all = runs.len();
    runs.retain(|run| run.report.target == target);
    let mut text = format!("target {target}\n\n");
    table(&mut text, &runs);
    picture(&mut text, &runs);
    open(&mut text, &runs, width);
    if runs.len() < n_all {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "\nleft out: {} runs of other targets",
            n_all - runs.len()
        );
    }
    text
}

fn table(text: &mut String, runs: &[PastRun]) {
    let longest = runs.iter().map(|run| run.name.chars().count()).max();
    let name = longest.unwrap_or(0).clamp(3, 40);
    let _ = writeln!(
        text,
        "{:<name$}  {:<20}  {:<15}  {:>6}  {:>6}  {:>6}  {:>5}",
        "run", "began", "verdict", "cases", "kept", "broken", "of"
    );
    for run in runs {
        let report = &run.report;
        let _ = writeln!(
            text,
            "{:<name$}  {:<20}  {:<15}  {:>6}  {:>6}  {:>6}  {:>5}",
            shortened(&run.name, name),
            report.started.as_deref().unwrap_or("-"),
            report.outcome.replace('_', " "),
            report.cases.run(),
            report.kept(),
            report.statements.get("broken").copied().unwrap_or(0),
            report.n_statements(),
        );
    }
}

/// Promises kept over time, a sign for each run, from the least to the most.
fn picture(text: &mut String, runs: &[PastRun]) {
    let kept: Vec<u64> = runs.iter().map(|run| run.report.kept()).collect();
    let (Some(least), Some(most)) = (kept.iter().min(), kept.iter().max()) else {
        return;
    };
    let span = (most - least).max(1);
    let top = SIGNS.len() as u64 - 1;
    let signs: String = kept
        .iter()
        .map(|n| {
            let height = if most == least {
                top
            } else {
                (n - least) * top / span
            };
            SIGNS[usize::try_from(height).unwrap_or(0)]
        })
        .collect();
    let _ = writeln!(text, "\npromises kept  {signs}  {least} to {most}");
}

fn open(text: &mut String, runs: &[PastRun], width: usize) {
    let Some(newest) = runs.last() else { return };
    let open: Vec<_> = newest.report.findings().collect();
    let _ = writeln!(
        text,
        "\n{} open, with the run that met each first",
        plural(open.len())
    );
    for finding in open.iter().take(MOST_OPEN) {
        let first = runs.iter().find(|run| run.report.has(&finding.id));
        let met = runs
            .iter()
            .filter(|run| run.report.has(&finding.id))
            .count();
        let since = first.map_or("-", |run| run.name.as_str());
        let what = format!("{} {}: {}", finding.check, finding.place(), finding.title);
        let room = width.saturating_sub(34 + since.chars().count()).max(30);
        let _ = writeln!(
            text,
            "  {}  {since}, {met} of {}  {}",
            finding.id,
            runs.len(),
            shortened(&what, room)
        );
    }
    if open.len() > MOST_OPEN {
        let _ = writeln!(
            text,
            "  and {} more, all in report.json",
            open.len() - MOST_OPEN
        );
    }
}

fn plural(n: usize) -> String {
    super::words::counted(n as u64, "finding")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, json, sample};

    fn run(name: &str, report: &Report) -> PastRun {
        let text = json(report).replace(
            "\"started\": null",
            &format!("\"started\": \"2031-05-{name}T20:00:00Z\""),
        );
        PastRun {
            name: format!("may-{name}"),
            report: Baseline::read(&text).unwrap(),
        }
    }

    #[test]
    fn says_since_when_each_finding_is_there() {
        let broken = sample::report();
        let mut fine = sample::report();
        fine.findings.remove(0);
        fine.statements[0].1 = crate::report::record::Coverage::Kept;
        let runs = vec![run("03", &broken), run("01", &fine), run("02", &broken)];
        insta::assert_snapshot!(history(runs, 100));
    }

    #[test]
    fn no_run_is_no_history() {
        assert_eq!(history(Vec::new(), 80), "no run is kept here\n");
    }
}
