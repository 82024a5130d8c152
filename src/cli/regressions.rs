//! Keeps the generated cases and walks that broke a promise, one small file each, and has them tried
//! first from then on.

use std::error::Error;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::rendering::{create_folder, files_in, read_text, write};
use crate::case::CaseId;
use crate::finding::Severity;
use crate::report::Report;

/// Where they are kept, where nobody says otherwise.
pub(super) const FOLDER: &str = "cases/regressions";
/// The version of the files.
const VERSION: u32 = 1;

/// One of the files.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Regression {
    version: u32,
    /// The case, whose id says all that is needed to make it again.
    case: String,
    /// What it found, for people.
    found: String,
}

/// A file that says nothing.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{}` is no regression of version {VERSION}: {reason}; mend it, or delete it to forget the case",
    file.display()
)]
pub(super) struct RegressionError {
    file: PathBuf,
    reason: String,
}

/// The cases that are kept in a folder, by file name. A folder that is not there holds none.
pub(super) fn read(folder: &Path) -> Result<Vec<CaseId>, RegressionError> {
    let files = files_in(folder);
    let kept = files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "json"));
    kept.map(|file| case_in(file)).collect()
}

fn case_in(file: &Path) -> Result<CaseId, RegressionError> {
    let failed = |reason: String| RegressionError {
        file: file.to_owned(),
        reason,
    };
    let text = read_text(file).map_err(|cause| failed(cause.to_string()))?;
    let kept: Regression =
        serde_json::from_str(&text).map_err(|cause| failed(cause.to_string()))?;
    if kept.version != VERSION {
        return Err(failed(format!("it has version {}", kept.version)));
    }
    Ok(CaseId(kept.case))
}

/// Keeps the cases by which chance found something and that are not kept yet, each under the identity of
/// what it found first; gives how many files are new.
pub(super) fn keep(report: &Report, folder: &Path) -> Result<usize, Box<dyn Error>> {
    let mut known = read(folder)?;
    let accusing = report
        .findings
        .iter()
        .filter(|counted| counted.accuses() && counted.finding.severity >= Severity::Warning);
    let n_before = known.len();
    for finding in accusing.map(|counted| &counted.finding) {
        let case = CaseId(finding.case.clone());
        let file = folder.join(format!("{}.json", finding.id));
        if !case.is_made_by_chance() || known.contains(&case) || file.exists() {
            continue;
        }
        let kept = Regression {
            version: VERSION,
            case: case.0.clone(),
            found: format!("{}: {}", finding.check, finding.title),
        };
        let text = serde_json::to_string_pretty(&kept).unwrap_or_default();
        create_folder(folder)?;
        write(&file, &format!("{text}\n"))?;
        known.push(case);
    }
    Ok(known.len() - n_before)
}
