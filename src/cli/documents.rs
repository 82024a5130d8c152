//! The documents that a command reads: those that were named, or those of the manifest.

use std::path::{Path, PathBuf};

use super::load::{self, LoadError, PageFile};
use super::manifest::{Entry, Manifest, ManifestError};
use super::output;
use crate::extract::{self, Reading};
use crate::source::DocumentId;

/// Why documents could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentsError {
    /// Neither the command line nor the manifest names any.
    #[error("find a document: name some, or list them in documents.toml")]
    Nothing,
    /// A document that cannot be opened.
    #[error(transparent)]
    Document(#[from] LoadError),
    /// A manifest that says what nobody understands.
    #[error("use manifest `{}`", path.display())]
    Manifest {
        /// Where it is.
        path: PathBuf,
        /// What is wrong in it.
        #[source]
        cause: ManifestError,
    },
    /// A manifest that cannot be opened.
    #[error("read manifest `{}`", path.display())]
    ManifestFile {
        /// Where it should be.
        path: PathBuf,
        /// Why not.
        #[source]
        cause: std::io::Error,
    },
}

/// Which documents there are to read.
pub struct Documents {
    /// Their paths, in the order given.
    pub paths: Vec<PathBuf>,
    manifest: Manifest,
}

/// A document, read.
pub struct Text {
    /// What was read from it.
    pub reading: Reading,
    /// Its pages in reading order.
    pub pages: Vec<PageFile>,
}

impl Documents {
    /// The documents that were named, or all of the manifest.
    pub fn find(typed: &[PathBuf], manifest: Option<&Path>) -> Result<Self, DocumentsError> {
        let folder = manifest.and_then(Path::parent).unwrap_or(Path::new(""));
        let manifest = open_manifest(manifest)?;
        let paths: Vec<PathBuf> = match typed {
            [] => manifest
                .documents
                .iter()
                .map(|entry| folder.join(&entry.file))
                .collect(),
            typed => typed.to_vec(),
        };
        if paths.is_empty() {
            return Err(DocumentsError::Nothing);
        }
        Ok(Self { paths, manifest })
    }

    /// What the manifest says of a document.
    pub fn entry(&self, path: &Path) -> Option<&Entry> {
        self.manifest.entry(&file_name(path))
    }

    /// Reads one of them, and remarks what was hard to read.
    pub fn read(&self, path: &Path) -> Result<Text, DocumentsError> {
        let pages = load::pages(path)?;
        let entry = self.entry(path);
        let named = entry.and_then(|entry| entry.id.clone());
        let id = DocumentId::new(&named.unwrap_or_else(|| load::name(path)));
        let document = load::read(&id, &pages);
        let mut reading = extract::read(&document);
        if let Some(entry) = entry {
            let edition = &mut reading.contract.edition;
            edition.language = entry.language.clone().or(edition.language.take());
            edition.date = entry.date.clone().or(edition.date.take());
            edition.title.clone_from(&entry.title);
            edition.api.clone_from(&entry.api);
        }
        for diagnostic in &reading.diagnostics {
            let help = diagnostic.help.as_deref().map(|help| format!("; {help}"));
            let first = diagnostic.lines.first;
            let page = pages.get(reading.pages.page_of(first));
            output::remark(&format!(
                "{}:{}: {}{}",
                page.map_or(path, |page| &page.path).display(),
                reading.pages.place(first).1,
                diagnostic.message,
                help.unwrap_or_default()
            ));
        }
        Ok(Text { reading, pages })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The manifest that was named, or the one in the current folder, or none.
fn open_manifest(named: Option<&Path>) -> Result<Manifest, DocumentsError> {
    let path = named.unwrap_or(Path::new("documents.toml"));
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Manifest::default());
        }
        Err(cause) => {
            let path = path.to_owned();
            return Err(DocumentsError::ManifestFile { path, cause });
        }
    };
    Manifest::parse(&text).map_err(|cause| DocumentsError::Manifest {
        path: path.to_owned(),
        cause,
    })
}
