//! Contract to and from `schemas/`.
//!
//! Main entries: [`write`], [`read`], [`embedded`]. The files have types of their own and a version,
//! so that the words of `contract` can change without breaking what is on disk. Reading what was
//! written gives the same Contract; a law in this module holds that. Knows nothing of JSON Schema:
//! the `request.json` and `response-….json` that stand beside its files are ignored here.
//!
//! ```text
//! schemas/<edition>/edition.json                    codes, envelopes, jobs, states, disputes, the operations in order
//! schemas/<edition>/<operation id>/operation.json   one operation with its fields and statements
//! ```

mod constraint;
mod edition;
mod error;
mod field;
#[cfg(test)]
mod law;
mod operation;
mod ruling;
mod text;

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use error::StoreError;

use crate::contract::{Constraint, Contract, FieldPath, Kind, folders};
use constraint::ConstraintFile;
use edition::EditionFile;
use operation::OperationFile;
use text::Text;

/// The version of both file types. A reader refuses any other.
const VERSION: u64 = 1;

static SCHEMAS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

/// The files of `contracts`: path under `schemas/`, and text.
pub fn write(contracts: &[Contract]) -> Vec<(String, String)> {
    let editions = folders(
        contracts
            .iter()
            .map(|contract| contract.edition.id.as_str()),
    );
    let mut files = Vec::new();
    for (contract, edition) in contracts.iter().zip(editions) {
        let folders = contract.operation_folders();
        let file = EditionFile::of(contract, folders.clone());
        files.push((format!("{edition}/edition.json"), print(&file)));
        for (operation, folder) in contract.operations.iter().zip(folders) {
            let file = OperationFile::of(operation);
            files.push((format!("{edition}/{folder}/operation.json"), print(&file)));
        }
    }
    files
}

/// The contracts in `files`, in the order of their `edition.json`. Other files are ignored.
pub fn read(files: &[(String, String)]) -> Result<Vec<Contract>, StoreError> {
    let texts: HashMap<&str, &str> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let editions = files.iter().filter_map(|(path, text)| {
        let folder = path.strip_suffix("/edition.json")?;
        Some((folder, path, text))
    });
    editions
        .map(|(folder, path, text)| {
            let file: EditionFile = parse(path, text)?;
            let mut operations = Vec::new();
            for operation in &file.operations {
                let wanted = format!("{folder}/{operation}/operation.json");
                let text = texts
                    .get(wanted.as_str())
                    .ok_or_else(|| StoreError::Missing {
                        path: wanted.clone(),
                        listed_in: path.clone(),
                    })?;
                operations.push(parse::<OperationFile>(&wanted, text)?.into_operation());
            }
            Ok(file.into_contract(operations))
        })
        .collect()
}

/// A kind in the notation of the files: `Array of String`.
pub fn kind(text: &str) -> Option<Kind> {
    Text::parse(text).ok()
}

/// A path in the notation of the files: `lamp.wicks[].length`.
pub fn field_path(text: &str) -> Option<FieldPath> {
    Text::parse(text).ok()
}

/// A constraint in the notation of the files: `{"range": {"min": 1, "max": 9}}`.
pub fn constraint(written: Value) -> Result<Constraint, serde_json::Error> {
    serde_json::from_value::<ConstraintFile>(written).map(ConstraintFile::into_constraint)
}

/// The contracts that were committed when the binary was built, by name.
pub fn embedded() -> Vec<Contract> {
    read(&embedded_files()).expect("a test reads every committed file")
}

fn embedded_files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&SCHEMAS, &mut files);
    files.sort();
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<(String, String)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.extend(file.contents_utf8().map(|text| (path, text.to_owned())));
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

fn print(file: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(file).expect("every key is text and nothing can fail");
    text.push('\n');
    text
}

fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, StoreError> {
    let bad = |cause| StoreError::Json {
        path: path.to_owned(),
        cause,
    };
    let Stamp { version } = serde_json::from_str(text).map_err(bad)?;
    if version != VERSION {
        return Err(StoreError::Version {
            path: path.to_owned(),
            found: version,
            known: VERSION,
        });
    }
    serde_json::from_str(text).map_err(bad)
}

/// What every file starts with.
#[derive(serde::Deserialize)]
struct Stamp {
    version: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Edition;
    use crate::source::DocumentId;

    #[test]
    fn the_committed_files_can_be_read() {
        embedded();
    }

    fn lighthouse() -> Vec<(String, String)> {
        write(&[law::sample()])
    }

    /// Breaks one file and says what the reader says.
    fn broken(path: &str, change: impl Fn(&str) -> Option<String>) -> String {
        let mut files = lighthouse();
        let place = files.iter().position(|(name, _)| name == path).unwrap();
        match change(&files[place].1) {
            Some(text) => files[place].1 = text,
            None => {
                files.remove(place);
            }
        }
        let error = read(&files).unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}\n{}", cause.unwrap_or_default())
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let lamp = "lighthouse-2031-en/lamps.update/operation.json";
        let edition = "lighthouse-2031-en/edition.json";
        let mut said = String::new();
        for text in [
            broken(edition, |text| {
                Some(text.replace("\"version\": 1", "\"version\": 9"))
            }),
            broken(lamp, |_| None),
            broken(lamp, |text| Some(text[..40].to_owned())),
            broken(lamp, |text| {
                Some(text.replace("\"characters\"", "\"furlongs\""))
            }),
            broken(lamp, |text| Some(text.replace("\"length\"", "\"lenght\""))),
            broken(lamp, |text| Some(text.replace("en:41", "en.41"))),
        ] {
            said.push_str(&text);
            said.push('\n');
        }
        insta::assert_snapshot!(said);
    }

    #[test]
    fn hostile_names_stay_in_their_folder() {
        let mut contract = law::sample();
        contract.edition = Edition {
            id: DocumentId::new("../../etc"),
            language: None,
            date: None,
            title: None,
            api: None,
        };
        contract.operations[0].id = crate::contract::OperationId::new("..");
        contract.operations.push(contract.operations[0].clone());
        let files = write(&[contract.clone(), contract.clone()]);
        for (path, _) in &files {
            assert!(
                !path.starts_with('/') && path.split('/').all(|part| part != ".."),
                "{path}"
            );
            assert_eq!(
                path.matches('/').count(),
                if path.ends_with("edition.json") { 1 } else { 2 }
            );
        }
        assert_eq!(read(&files).unwrap(), [contract.clone(), contract]);
    }

    #[test]
    fn writing_is_deterministic_and_ends_in_a_newline() {
        assert_eq!(lighthouse(), lighthouse());
        assert!(lighthouse().iter().all(|(_, text)| text.ends_with("}\n")));
    }
}
