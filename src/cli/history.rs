//! `proofhouse history`: many runs side by side.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use super::rendering::{ACCEPTED, files_in, is_folder, read_baseline, width};
use super::{Exit, output};
use crate::report::{self, PastRun};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder that holds the folders of runs
    #[arg(value_name = "DIR", default_value = "reports")]
    folder: PathBuf,
}

/// Runs the subcommand. A run that cannot be read is told and left out.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let mut runs = Vec::new();
    for path in reports_in(&arguments.folder) {
        match read_baseline(&path) {
            Ok((report, _)) => runs.push(PastRun {
                name: name(&path),
                report,
            }),
            Err(error) => output::error(&error),
        }
    }
    let exit = if runs.is_empty() {
        Exit::NothingChecked
    } else {
        Exit::Clean
    };
    output::lines([report::history(runs, width()).trim_end()])?;
    Ok(exit)
}

/// The report of every run in the folder, and of every accepted one.
fn reports_in(folder: &Path) -> Vec<PathBuf> {
    let inside = files_in(folder).into_iter();
    let runs = inside
        .filter(|path| is_folder(path))
        .map(|path| path.join("report.json"));
    let accepted = files_in(&folder.join(ACCEPTED)).into_iter();
    let accepted = accepted.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    runs.chain(accepted).filter(|path| path.is_file()).collect()
}

/// The folder of a run, or the file of an accepted one.
fn name(path: &Path) -> String {
    let named = if path.file_name().is_some_and(|name| name == "report.json") {
        path.parent().and_then(Path::file_name)
    } else {
        path.file_stem()
    };
    named.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
