//! The APIs that the Twin plays. They tell errors each in its own way.

/// An API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Bare-metal servers.
    Bare,
    /// Elastic servers.
    Elastic,
    /// The compute API that both share with other clouds.
    Compute,
    /// Tokens and projects.
    Identity,
}

impl Family {
    /// The API that a path belongs to.
    pub(super) fn of(path: &str) -> Self {
        let path = path.trim_start_matches('/');
        let first = path.split('/').next().unwrap_or("");
        match first {
            "v3" => Family::Identity,
            "v2.1" | "v2.0" | "" => Family::Compute,
            _ if path.contains("baremetalservers") => Family::Bare,
            "v1" | "v1.1" | "v2" => Family::Elastic,
            _ => Family::Compute,
        }
    }

    /// Whether its requests have microversions.
    pub(super) fn has_versions(self) -> bool {
        self == Family::Compute
    }
}
