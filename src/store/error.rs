//! What can be wrong with the files of `schemas/`.

/// A file that cannot be read as a part of a Contract. Paths are those under `schemas/`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not JSON, or JSON with another shape or another word than the file type has.
    #[error(
        "read `{path}`: it is not what `proofhouse extract` writes; undo the change or extract again"
    )]
    Json {
        /// The file.
        path: String,
        /// Line, column and what was found there.
        #[source]
        cause: serde_json::Error,
    },
    /// Written by another version of this program.
    #[error(
        "read `{path}`: it has version {found}, and this program reads version {known}; extract again"
    )]
    Version {
        /// The file.
        path: String,
        /// Its version.
        found: u64,
        /// The version that can be read.
        known: u64,
    },
    /// Listed, but not there.
    #[error(
        "read `{path}`: it is missing, and `{listed_in}` lists it; restore it or extract again"
    )]
    Missing {
        /// The file that is not there.
        path: String,
        /// The file that lists it.
        listed_in: String,
    },
}
