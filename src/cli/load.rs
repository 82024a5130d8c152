//! Finds the pages of a document: a file, or all that lie in a folder.
//!
//! A folder may hold anything. What is no page is left out and counted, links to folders are not
//! followed, and depth, number and size of files are bounded, so that the work is.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::output;
use crate::document::{self, Document, PageText};
use crate::source::DocumentId;

/// Files with these extensions are pages.
const PAGES: [&str; 4] = ["md", "markdown", "rst", "txt"];
/// Folders are not entered deeper than this.
const DEEPEST: usize = 32;
/// A folder of more pages than this is not read to its end.
const MOST_PAGES: usize = 20_000;
/// Larger files are no documents that people read.
const MOST_BYTES: u64 = 256 << 20;
/// A text has no zero byte among its first ones.
const LOOKED_AT: usize = 8192;

/// Why a document could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file or the folder itself.
    #[error("read document `{}`", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file that nobody wrote.
    #[error("read document `{}`: it has more than {MOST_BYTES} bytes", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
    },
    /// A folder without a page.
    #[error("find a page in `{}`: no file ends in {}", path.display(), PAGES.map(|end| format!(".{end}")).join(", "))]
    NoPages {
        /// Which.
        path: PathBuf,
    },
}

/// What a document is called that no manifest names.
pub fn name(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = if whole.is_dir() {
        whole.file_name()
    } else {
        path.file_stem()
    };
    let name = name.unwrap_or_default().to_string_lossy();
    if name.is_empty() {
        "document".to_owned()
    } else {
        name.into_owned()
    }
}

/// The pages of a document, in reading order: one for a file.
pub fn pages(path: &Path) -> Result<Vec<PageFile>, LoadError> {
    if !path.is_dir() {
        return Ok(vec![PageFile {
            name: None,
            path: path.to_owned(),
            bytes: bytes_of(path)?,
        }]);
    }
    let mut folder = Folder::default();
    folder
        .walk(path, String::new(), 0)
        .map_err(|cause| LoadError::Read {
            path: path.to_owned(),
            cause,
        })?;
    folder.report(path);
    if folder.pages.is_empty() {
        return Err(LoadError::NoPages {
            path: path.to_owned(),
        });
    }
    Ok(folder.pages)
}

/// Reads a document of these pages.
pub fn read(id: &DocumentId, pages: &[PageFile]) -> Document {
    if let [
        PageFile {
            name: None, bytes, ..
        },
    ] = pages
    {
        return document::read(id, bytes);
    }
    let texts: Vec<PageText<'_>> = pages
        .iter()
        .map(|page| PageText {
            path: page.name.as_deref().unwrap_or(""),
            bytes: &page.bytes,
        })
        .collect();
    document::read_folder(id, &texts)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, LoadError> {
    let failed = |cause| LoadError::Read {
        path: path.to_owned(),
        cause,
    };
    if std::fs::metadata(path).map_err(failed)?.len() > MOST_BYTES {
        return Err(LoadError::TooLarge {
            path: path.to_owned(),
        });
    }
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    std::fs::read(path).map_err(failed)
}

/// A page as it lies on disk.
pub struct PageFile {
    /// Its path in the folder, parted by `/`; nothing where the file is the document.
    pub name: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What a folder holds.
#[derive(Default)]
struct Folder {
    pages: Vec<PageFile>,
    n_bytes: u64,
    /// How many files are no pages, by extension.
    others: BTreeMap<String, usize>,
    /// What was left out, with the reason.
    left_out: Vec<(PathBuf, String)>,
    full: bool,
}

impl Folder {
    fn walk(&mut self, folder: &Path, inside: String, depth: usize) -> io::Result<()> {
        #[expect(clippy::disallowed_methods, reason = "the command line reads folders")]
        let entries = std::fs::read_dir(folder)?;
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| !name.starts_with('.'))
            .take(MOST_PAGES * 4)
            .collect();
        names.sort_unstable();
        for name in names {
            if self.full {
                return Ok(());
            }
            let path = folder.join(&name);
            let inner = if inside.is_empty() {
                name
            } else {
                format!("{inside}/{name}")
            };
            self.enter(path, inner, depth);
        }
        Ok(())
    }

    fn enter(&mut self, path: PathBuf, inner: String, depth: usize) {
        let is_link = path.is_symlink();
        if path.is_dir() {
            let reason = match depth {
                _ if is_link => Some("it is a link to a folder".to_owned()),
                DEEPEST.. => Some(format!("it lies more than {DEEPEST} folders deep")),
                _ => self
                    .walk(&path, inner, depth + 1)
                    .err()
                    .map(|cause| cause.to_string()),
            };
            self.left_out.extend(reason.map(|reason| (path, reason)));
            return;
        }
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        if PAGES.contains(&extension.as_str()) {
            self.page(path, inner);
        } else {
            *self.others.entry(extension).or_default() += 1;
        }
    }

    fn page(&mut self, path: PathBuf, name: String) {
        let reason = match bytes_of(&path) {
            Ok(bytes) if is_binary(&bytes) => "it holds no text".to_owned(),
            Ok(bytes) if self.n_bytes + bytes.len() as u64 > MOST_BYTES => {
                self.full = true;
                format!(
                    "the pages before it have almost {MOST_BYTES} bytes; all after it are left out too"
                )
            }
            Ok(_) if self.pages.len() >= MOST_PAGES => {
                self.full = true;
                format!("{MOST_PAGES} pages stand before it; all after it are left out too")
            }
            Ok(bytes) => {
                self.n_bytes += bytes.len() as u64;
                let name = Some(name);
                self.pages.push(PageFile { name, path, bytes });
                return;
            }
            Err(LoadError::Read { cause, .. }) => cause.to_string(),
            Err(other) => other.to_string(),
        };
        self.left_out.push((path, reason));
    }

    /// Says what was left out: pages one by one, other files by number.
    fn report(&self, folder: &Path) {
        for (path, reason) in &self.left_out {
            output::remark(&format!("{}: left out: {reason}", path.display()));
        }
        let n_others: usize = self.others.values().sum();
        if n_others > 0 {
            let kinds: Vec<String> = self
                .others
                .iter()
                .map(|(end, n_files)| {
                    format!(
                        "{n_files} {}",
                        if end.is_empty() {
                            "without extension".to_owned()
                        } else {
                            format!(".{end}")
                        }
                    )
                })
                .collect();
            let what = match n_others {
                1 => "1 file is no page and was left out".to_owned(),
                _ => format!("{n_others} files are no pages and were left out"),
            };
            output::remark(&format!(
                "{}: {what}: {}",
                folder.display(),
                kinds.join(", ")
            ));
        }
    }
}

/// A text in UTF-16 has zero bytes too, and says so in front.
fn is_binary(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    !marked && bytes[..bytes.len().min(LOOKED_AT)].contains(&0)
}
