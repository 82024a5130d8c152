//! `proofhouse report`: makes the reports of a run again from its log, joins the parts of a run,
//! accepts a run as a baseline.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::listen::LOG;
use super::rendering::{
    ACCEPTED, Format, Options, ReadError, create_folder, exit, is_folder, read_text, render, write,
    write_all,
};
use super::{Exit, output};
use crate::report::{self, Line, LogError, Report};

/// Bytes of one line of a log; the recorder writes far less.
const MOST_LINE: u64 = 16 << 20;

/// What was typed.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    render: Render,
}

#[derive(Debug, Args)]
struct Render {
    /// The folder of the run, or its events.jsonl
    #[arg(value_name = "RUN", default_value = "reports/latest")]
    run: PathBuf,
    /// Print this rendering instead of writing all of them
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Leave out what differs from run to run: times, durations, ids
    #[arg(long)]
    normalised: bool,
    /// Write into this folder instead of the run's, with the log
    #[arg(long, value_name = "DIR", conflicts_with = "format")]
    into: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Join the parts of a run into one report
    Merge(Merge),
    /// Keep a run as what later runs are compared with
    Accept(Accept),
}

#[derive(Debug, Args)]
struct Merge {
    /// The folders of the parts
    #[arg(value_name = "RUN", required = true)]
    runs: Vec<PathBuf>,
    /// Where the whole is written
    #[arg(long, value_name = "DIR", default_value = "reports/latest")]
    into: PathBuf,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
struct Accept {
    /// The folder of the run
    #[arg(value_name = "RUN", default_value = "reports/latest")]
    run: PathBuf,
}

/// Why parts are no whole.
#[derive(Debug, thiserror::Error)]
enum MergeError {
    #[error("`{}` went to {theirs}, and the parts before it to {ours}", run.display())]
    Target {
        run: PathBuf,
        theirs: String,
        ours: String,
    },
    #[error("`{}` has the seed {theirs}, and the parts before it {ours}", run.display())]
    Seed {
        run: PathBuf,
        theirs: u64,
        ours: u64,
    },
    #[error("case `{case}` of `{}` is in a part before it too", run.display())]
    Twice { run: PathBuf, case: String },
    #[error("`{}` is inside of the folder that is written", run.display())]
    IntoPart { run: PathBuf },
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    match &arguments.command {
        Some(Command::Merge(arguments)) => merge(arguments),
        Some(Command::Accept(arguments)) => accept(arguments),
        None => rendered(&arguments.render),
    }
}

fn rendered(arguments: &Render) -> Result<Exit, Box<dyn Error>> {
    let folder = folder_of(&arguments.run);
    let judgement = arguments.options.judgement(&folder)?;
    let mut report = Report::default();
    let read = if arguments.normalised {
        report::read_normalised
    } else {
        report::read
    };
    let mut log = String::new();
    replay(&arguments.run, read, &mut |line| {
        if arguments.into.is_some() {
            log.push_str(&report::print(&line));
        }
        report.take(line);
    })?;
    judgement.apply(&mut report);
    match arguments.format {
        Some(Format::Text) => arguments.options.show(&report, None)?,
        Some(format) => output::lines([render(&report, format).trim_end()])?,
        None => {
            let into = arguments.into.as_ref().unwrap_or(&folder);
            if arguments.into.is_some() {
                create_folder(into)?;
                write(&into.join(LOG), &log)?;
            }
            write_all(&report, into)?;
            arguments.options.show(&report, Some(into))?;
        }
    }
    Ok(exit(&report))
}

/// Joins logs line by line. A whole run and its merged parts tell the same.
fn merge(arguments: &Merge) -> Result<Exit, Box<dyn Error>> {
    let into = &arguments.into;
    let judgement = arguments.options.judgement(into)?;
    let mut report = Report::default();
    let mut log = String::new();
    for run in &arguments.runs {
        if folder_of(run) == *into {
            return Err(MergeError::IntoPart { run: run.clone() }.into());
        }
        let mut lines = Vec::new();
        replay(run, report::read, &mut |line| lines.push(line))?;
        fits(&report, run, &lines)?;
        for line in lines {
            report.take(line.clone());
            if !matches!(line, Line::LogOpened(_) | Line::StateNoted { .. }) {
                log.push_str(&report::print(&line));
            }
        }
    }
    let head = report::print(&Line::LogOpened(report.head.clone()));
    create_folder(into)?;
    write(&into.join(LOG), &format!("{head}{log}"))?;
    judgement.apply(&mut report);
    write_all(&report, into)?;
    arguments.options.show(&report, Some(into))?;
    Ok(exit(&report))
}

/// Whether a part belongs to the parts before it.
fn fits(report: &Report, run: &Path, lines: &[Line]) -> Result<(), MergeError> {
    let ours = &report.start;
    for line in lines {
        match line {
            Line::RunStarted(start) if report.n_parts() > 0 => {
                if start.target != ours.target {
                    return Err(MergeError::Target {
                        run: run.to_owned(),
                        theirs: start.target.clone(),
                        ours: ours.target.clone(),
                    });
                }
                if start.seed != ours.seed {
                    return Err(MergeError::Seed {
                        run: run.to_owned(),
                        theirs: start.seed,
                        ours: ours.seed,
                    });
                }
            }
            Line::CaseFinished { case, .. } if report.has_case(case) => {
                return Err(MergeError::Twice {
                    run: run.to_owned(),
                    case: case.clone(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Copies the report of a run to where later runs look for what they are compared with.
fn accept(arguments: &Accept) -> Result<Exit, Box<dyn Error>> {
    let path = arguments.run.join("report.json");
    let bad = |cause| ReadError {
        what: "report",
        path: path.clone(),
        cause,
    };
    let text = read_text(&path).map_err(|cause| bad(cause.into()))?;
    let accepted = report::Baseline::read(&text).map_err(|cause| bad(cause.into()))?;
    let runs = arguments.run.parent().unwrap_or(Path::new("."));
    let folder = runs.join(ACCEPTED);
    create_folder(&folder)?;
    let name = accepted.started.unwrap_or_else(|| "undated".to_owned());
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let copy = folder.join(format!("{name}.json"));
    write(&copy, &text)?;
    output::lines([format!("accepted as {}", copy.display())])?;
    Ok(Exit::Clean)
}

fn folder_of(run: &Path) -> PathBuf {
    if run.is_file() {
        let folder = run.parent().map(Path::to_owned).unwrap_or_default();
        if folder.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            folder
        }
    } else {
        run.to_owned()
    }
}

/// Reads the log of a run line by line. The half line that a killed run leaves is what the run did
/// not tell.
#[expect(clippy::disallowed_methods, reason = "cli reads the log of a run")]
pub(super) fn replay(
    run: &Path,
    read: fn(usize, &str) -> Result<Line, LogError>,
    take: &mut dyn FnMut(Line),
) -> Result<(), ReadError> {
    let path = if is_folder(run) {
        run.join(LOG)
    } else {
        run.to_owned()
    };
    let bad = |cause: Box<dyn Error + Send + Sync>| ReadError {
        what: "the log",
        path: path.clone(),
        cause,
    };
    let file = File::open(&path).map_err(|cause| bad(cause.into()))?;
    let mut reader = BufReader::new(file);
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let mut bounded = reader.by_ref().take(MOST_LINE);
        let n_read = bounded.read_until(b'\n', &mut bytes);
        if n_read.map_err(|cause| bad(cause.into()))? == 0 {
            break;
        }
        let line = read(number, &String::from_utf8_lossy(&bytes));
        match line {
            Ok(line) => take(line),
            Err(_) if number > 1 && bytes.last() != Some(&b'\n') => break,
            Err(cause) => return Err(bad(cause.into())),
        }
    }
    Ok(())
}
