//! What `run` and `report` do with a report: compare it, waive, write and show it.

use std::error::Error;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::explain::manual;
use super::{Exit, output};
use crate::report::{self, Baseline, FailOn, Outcome, Report, Style, Waivers};

/// What was typed about the judgement of a run.
#[derive(Debug, Clone, Args)]
pub(super) struct Options {
    /// Compare with this report.json; `none` compares with nothing. Without it, with the newest run
    /// accepted in the folder of runs, if there is one
    #[arg(long, value_name = "FILE", help_heading = "Judgement")]
    baseline: Option<PathBuf>,
    /// Findings that somebody answers for. Without it, waivers.toml if there is one
    #[arg(long, value_name = "FILE", help_heading = "Judgement")]
    waivers: Option<PathBuf>,
    /// What fails the run: any violation; a severity, and whatever is worse (violation, warning,
    /// note); new, for what the baseline does not have; or both, as in new,warning
    #[arg(
        long,
        value_name = "WHAT",
        default_value = "any",
        help_heading = "Judgement"
    )]
    fail_on: FailOn,
    /// When output has colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// A rendering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One page for people, offline
    Html,
    /// For programs
    Json,
    /// For CI systems: JUnit's XML
    Junit,
    /// For dashboards: a Common Test Report
    Ctrf,
    /// For GitHub Actions: the most serious findings as workflow commands
    Annotations,
    /// A short page for a CI job
    Summary,
    /// What a run prints
    Text,
}

/// Where waivers are looked for.
const WAIVERS: &str = "waivers.toml";
/// The folder of accepted runs, in the folder of runs.
pub(super) const ACCEPTED: &str = "accepted";

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
#[error("write `{}`", path.display())]
pub(super) struct WriteError {
    pub(super) path: PathBuf,
    #[source]
    pub(super) cause: std::io::Error,
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
#[error("read {what} `{}`", path.display())]
pub(super) struct ReadError {
    pub(super) what: &'static str,
    pub(super) path: PathBuf,
    #[source]
    pub(super) cause: Box<dyn Error + Send + Sync>,
}

/// What a run is judged by, read before it begins: a typing error must not cost a run.
pub(super) struct Judgement {
    fail_on: FailOn,
    /// Each with what it is called; the one that fits the target and is newest counts.
    baselines: Vec<(Baseline, String)>,
    any_target: bool,
    waivers: Option<(Waivers, String)>,
}

impl Judgement {
    /// Compares the report, waives, and says what fails.
    pub(super) fn apply(&self, report: &mut Report) {
        report.fail_on = self.fail_on;
        let fits = |baseline: &Baseline| self.any_target || baseline.target == report.start.target;
        let fitting = self.baselines.iter().filter(|(known, _)| fits(known));
        match fitting.max_by(|(a, _), (b, _)| a.started.cmp(&b.started)) {
            Some((baseline, name)) => report.compare(baseline, name),
            None => report.stand_alone(),
        }
        if let Some((waivers, name)) = &self.waivers {
            let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
            report.waive(waivers, name, &today);
        }
    }
}

impl Options {
    /// Reads what the run in `folder` is judged by.
    pub(super) fn judgement(&self, folder: &Path) -> Result<Judgement, ReadError> {
        let baselines = match &self.baseline {
            Some(path) if path.as_os_str() == "none" => Vec::new(),
            Some(path) if is_folder(path) => vec![read_baseline(&path.join("report.json"))?],
            Some(path) => vec![read_baseline(path)?],
            None => accepted(folder)?,
        };
        Ok(Judgement {
            fail_on: self.fail_on,
            baselines,
            any_target: self.baseline.is_some(),
            waivers: self.waivers()?,
        })
    }

    fn waivers(&self) -> Result<Option<(Waivers, String)>, ReadError> {
        let path = self.waivers.clone().unwrap_or_else(|| WAIVERS.into());
        if self.waivers.is_none() && !path.exists() {
            return Ok(None);
        }
        let bad = |cause| ReadError {
            what: "waivers",
            path: path.clone(),
            cause,
        };
        let text = read_text(&path).map_err(|cause| bad(cause.into()))?;
        let waivers = Waivers::read(&text).map_err(|cause| bad(cause.into()))?;
        Ok(Some((waivers, path.display().to_string())))
    }

    /// Prints what a run prints.
    pub(super) fn show(&self, report: &Report, kept_in: Option<&Path>) -> std::io::Result<()> {
        let is_coloured = match self.color {
            Colour::Auto => std::io::stdout().is_terminal(),
            Colour::Always => true,
            Colour::Never => false,
        };
        let style = if is_coloured {
            Style::coloured()
        } else {
            Style::default()
        };
        let text = report::terminal(report, width(), &style);
        let kept_in = kept_in.map(|folder| format!("  reports     {}", folder.display()));
        let lines = std::iter::once(text.trim_end().to_owned()).chain(kept_in);
        match self.color {
            Colour::Always => output::coloured_lines(lines),
            Colour::Auto | Colour::Never => output::lines(lines),
        }
    }
}

/// The columns of the terminal; a log has as many as people like to read.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment")]
pub(super) fn width() -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok());
    let seen = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or(seen).unwrap_or(100).clamp(40, 400)
}

/// The accepted runs in the folder that holds this run's.
fn accepted(folder: &Path) -> Result<Vec<(Baseline, String)>, ReadError> {
    let runs = folder.parent().unwrap_or(Path::new("."));
    let files = files_in(&runs.join(ACCEPTED)).into_iter();
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| read_baseline(&path))
        .collect()
}

pub(super) fn read_baseline(path: &Path) -> Result<(Baseline, String), ReadError> {
    let bad = |cause| ReadError {
        what: "baseline",
        path: path.to_owned(),
        cause,
    };
    let text = read_text(path).map_err(|cause| bad(cause.into()))?;
    let baseline = Baseline::read(&text).map_err(|cause| bad(cause.into()))?;
    Ok((baseline, path.display().to_string()))
}

/// The text of a rendering.
pub(super) fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Html => report::html(report, &manual()),
        Format::Json => report::json(report),
        Format::Junit => report::junit(report),
        Format::Ctrf => report::ctrf(report),
        Format::Annotations => report::annotations(report),
        Format::Summary => report::summary_md(report),
        Format::Text => report::terminal(report, width(), &Style::default()),
    }
}

/// Writes every file of a report into `folder`.
pub(super) fn write_all(report: &Report, folder: &Path) -> Result<(), WriteError> {
    create_folder(folder)?;
    for (name, format) in [
        ("report.json", Format::Json),
        ("junit.xml", Format::Junit),
        ("ctrf.json", Format::Ctrf),
        ("report.html", Format::Html),
        ("summary.md", Format::Summary),
    ] {
        write(&folder.join(name), &render(report, format))?;
    }
    Ok(())
}

/// Writes a text.
#[expect(clippy::disallowed_methods, reason = "cli writes reports")]
pub(super) fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    std::fs::write(path, text).map_err(|cause| WriteError {
        path: path.to_owned(),
        cause,
    })
}

/// Makes a folder and those around it.
#[expect(clippy::disallowed_methods, reason = "cli writes reports")]
pub(super) fn create_folder(folder: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(folder).map_err(|cause| WriteError {
        path: folder.to_owned(),
        cause,
    })
}

/// Reads a text.
#[expect(clippy::disallowed_methods, reason = "cli reads reports")]
pub(super) fn read_text(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

/// What a folder holds, by name. A folder that is not there holds nothing.
#[expect(clippy::disallowed_methods, reason = "cli reads reports")]
pub(super) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Whether it is a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The exit code that follows from a report.
pub(super) fn exit(report: &Report) -> Exit {
    match report.outcome() {
        Outcome::Holds => Exit::Clean,
        Outcome::Findings => Exit::Findings,
        Outcome::CutShort => Exit::CouldNotRun,
        Outcome::NothingChecked => Exit::NothingChecked,
    }
}
