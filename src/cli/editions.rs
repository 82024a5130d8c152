//! Editions that a person names: a document, a folder that `extract` wrote, or the id of one at hand.
//! At hand is what `extract` wrote to `schemas/` where the command is given, or else what is embedded.

use std::error::Error;
use std::path::{Path, PathBuf};

use super::documents::{Documents, Text};
use super::rulings::RulingsFile;
use crate::contract::Contract;
use crate::extract;
use crate::store;

/// Why an edition cannot be read.
#[derive(Debug, thiserror::Error)]
enum EditionError {
    #[error(
        "`{asked}` is neither a file, nor a folder, nor an edition at hand; did you mean `{nearest}`?"
    )]
    NoEdition { asked: String, nearest: String },
    #[error("read `{}`", path.display())]
    Read {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
}

/// What `extract` writes to without being told where.
const SCHEMAS: &str = "schemas";

/// The contract that a command uses: the edition asked for, or the newest of each operation at hand.
pub fn contract(asked: Option<&str>, rulings: &RulingsFile) -> Result<Contract, Box<dyn Error>> {
    let mut editions = match asked {
        Some(name) => read(&[PathBuf::from(name)], None)?,
        None => at_hand()?,
    };
    rulings.apply(&mut editions)?;
    Ok(Contract::newest(&editions)
        .ok_or("there is no contract here: `proofhouse extract` makes one of documents")?)
}

/// The editions at hand.
pub fn at_hand() -> Result<Vec<Contract>, Box<dyn Error>> {
    let here = Path::new(SCHEMAS);
    let kept = if here.is_dir() { kept(here)? } else { None };
    Ok(kept.unwrap_or_else(store::embedded))
}

/// The editions of these names, in this order. Documents among them are held against each other.
pub fn read(names: &[PathBuf], manifest: Option<&Path>) -> Result<Vec<Contract>, Box<dyn Error>> {
    let mut contracts = Vec::new();
    let mut documents: Vec<PathBuf> = Vec::new();
    for name in names {
        match kept(name)? {
            Some(editions) => contracts.extend(editions),
            None => documents.push(name.clone()),
        }
    }
    if !documents.is_empty() {
        let found = Documents::find(&documents, manifest)?;
        let texts: Result<Vec<Text>, _> = found.paths.iter().map(|path| found.read(path)).collect();
        let mut readings: Vec<_> = texts?.into_iter().map(|text| text.reading).collect();
        extract::settle(&mut readings);
        contracts.extend(readings.into_iter().map(|reading| reading.contract));
    }
    Ok(contracts)
}

/// Editions that were read before; none if the name is that of a document.
fn kept(name: &Path) -> Result<Option<Vec<Contract>>, Box<dyn Error>> {
    if name.is_dir() {
        let files = stored(name)?;
        let is_kept = files.iter().any(|(path, _)| path.ends_with("edition.json"));
        return Ok(if is_kept {
            Some(store::read(&files)?)
        } else {
            None
        });
    }
    if name.exists() {
        return Ok(None);
    }
    let known = at_hand()?;
    let asked = name.display().to_string();
    let ids = || known.iter().map(|contract| contract.edition.id.as_str());
    match ids().position(|id| id == asked) {
        Some(place) => Ok(Some(vec![known[place].clone()])),
        None => {
            let nearest = super::nearest(&asked, ids()).unwrap_or("").to_owned();
            Err(EditionError::NoEdition { asked, nearest }.into())
        }
    }
}

/// The JSON files of a folder as `store` reads them: `<edition>/…`, whether the folder holds one
/// edition or several.
fn stored(folder: &Path) -> Result<Vec<(String, String)>, EditionError> {
    let root = match folder.join("edition.json").exists() {
        true => folder.parent().unwrap_or(Path::new("")),
        false => folder,
    };
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |cause| EditionError::Read {
            path: folder.clone(),
            cause,
        };
        #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let failed = |cause| EditionError::Read {
                    path: path.clone(),
                    cause,
                };
                let text = std::fs::read_to_string(&path).map_err(failed)?;
                let inside = path.strip_prefix(root).unwrap_or(&path);
                files.push((inside.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    files.sort();
    Ok(files)
}
