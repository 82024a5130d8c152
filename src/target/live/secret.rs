//! Gets secrets from where they are kept, and removes them from whatever a server sends back.
#![expect(
    clippy::disallowed_methods,
    reason = "secrets come from the environment and from files"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};

use super::super::config::SecretConfig;
use crate::wire::{OWN_TOKEN, Response};

/// Shorter secrets are not looked for in answers: they would be found everywhere.
const SHORTEST: usize = 8;

/// Why a secret cannot be had. Never says the secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set.
    #[error("the environment variable {0} is not set")]
    NotSet(String),
    /// The command cannot be run.
    #[error("run `{program}` for a secret")]
    NotRun {
        /// The command.
        program: String,
        /// What happened.
        #[source]
        cause: std::io::Error,
    },
    /// The command failed.
    #[error("`{program}` ended with {status} instead of printing a secret")]
    Failed {
        /// The command.
        program: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// The file cannot be read.
    #[error("read the secret in `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What happened.
        #[source]
        cause: std::io::Error,
    },
    /// Others may read the file.
    #[error("others may read `{}` (mode {mode:03o}); `chmod 600` keeps it secret", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// There is nothing in it.
    #[error("the secret from {0} is empty")]
    Empty(String),
}

/// The secret, without the white space around it. Files are named from `folder`.
pub(super) fn obtain(source: &SecretConfig, folder: &Path) -> Result<SecretString, SecretError> {
    let (text, from) = if let Some(name) = &source.env {
        let text = std::env::var(name).map_err(|_| SecretError::NotSet(name.clone()))?;
        (text, format!("the environment variable {name}"))
    } else if let Some(path) = &source.file {
        let path = folder.join(path);
        (read(&path)?, format!("`{}`", path.display()))
    } else {
        let words = source.command.as_deref().unwrap_or_default();
        (printed_by(words)?, format!("`{}`", words.join(" ")))
    };
    match text.trim() {
        "" => Err(SecretError::Empty(from)),
        secret => Ok(secret.into()),
    }
}

fn read(path: &Path) -> Result<String, SecretError> {
    let unreadable = |cause| SecretError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)
            .map_err(unreadable)?
            .permissions()
            .mode()
            & 0o777;
        if mode & 0o077 != 0 {
            let path = path.to_owned();
            return Err(SecretError::Open { path, mode });
        }
    }
    std::fs::read_to_string(path).map_err(unreadable)
}

fn printed_by(words: &[String]) -> Result<String, SecretError> {
    let program = words.first().cloned().unwrap_or_default();
    let mut command = Command::new(&program);
    command
        .args(words.iter().skip(1))
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit());
    let output = command.output().map_err(|cause| SecretError::NotRun {
        program: program.clone(),
        cause,
    })?;
    if !output.status.success() {
        let status = output.status;
        return Err(SecretError::Failed { program, status });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The secrets of a target, to be removed from answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(super) fn add(&mut self, secret: &SecretString) {
        let known = |other: &SecretString| other.expose_secret() == secret.expose_secret();
        if secret.expose_secret().len() >= SHORTEST && !self.0.iter().any(known) {
            self.0.push(secret.clone());
        }
    }

    /// Text without any of the secrets.
    pub(super) fn removed(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.expose_secret(), OWN_TOKEN)
        })
    }

    /// The answer of a server that repeats what it was told, without it.
    pub(super) fn remove_from(&self, response: &mut Response) {
        for secret in &self.0 {
            let secret = secret.expose_secret();
            let told = response.headers.0.iter_mut();
            for (_, value) in told.filter(|(_, value)| value.contains(secret)) {
                *value = value.replace(secret, OWN_TOKEN);
            }
        }
        for secret in &self.0 {
            let secret = secret.expose_secret().as_bytes();
            if find(&response.body, secret).is_some() {
                response.body = replaced(&response.body, secret);
            }
        }
    }
}

fn replaced(body: &[u8], secret: &[u8]) -> Bytes {
    let mut rest = body;
    let mut clean = Vec::with_capacity(body.len());
    while let Some(at) = find(rest, secret) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(OWN_TOKEN.as_bytes());
        rest = &rest[at + secret.len()..];
    }
    clean.extend_from_slice(rest);
    clean.into()
}

fn find(body: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = body[from..].iter().position(|byte| *byte == first) {
        let at = from + at;
        if body[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Headers;

    fn file(path: &Path) -> SecretConfig {
        SecretConfig {
            env: None,
            command: None,
            file: Some(path.to_owned()),
        }
    }

    fn command(words: &[&str]) -> SecretConfig {
        SecretConfig {
            env: None,
            command: Some(words.iter().map(|word| (*word).to_owned()).collect()),
            file: None,
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "a-long-secret\n").unwrap();
        let with = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode));
        with(0o644).unwrap();
        let error = obtain(&file(Path::new("token")), folder.path()).unwrap_err();
        assert!(
            error.to_string().contains("(mode 644); `chmod 600`"),
            "{error}"
        );
        with(0o600).unwrap();
        let secret = obtain(&file(Path::new("token")), folder.path()).unwrap();
        assert_eq!(secret.expose_secret(), "a-long-secret");
    }

    #[test]
    fn a_command_prints_a_secret() {
        let here = Path::new(".");
        let secret = obtain(&command(&["printf", "a-long-secret"]), here).unwrap();
        assert_eq!(secret.expose_secret(), "a-long-secret");
        let error = obtain(&command(&["false"]), here).unwrap_err();
        assert!(
            error.to_string().starts_with("`false` ended with"),
            "{error}"
        );
        let error = obtain(&command(&["printf", ""]), here).unwrap_err();
        assert_eq!(error.to_string(), "the secret from `printf ` is empty");
    }

    #[test]
    fn what_a_server_repeats_is_removed() {
        let mut secrets = Secrets::default();
        secrets.add(&"a-long-secret".into());
        secrets.add(&"no".into());
        let mut response = Response {
            status: 200,
            headers: Headers::default(),
            body: "no a-long-secret, aa-long-secreta-long-secret".into(),
        };
        response.headers.set("X-Echo", "a-long-secret");
        secrets.remove_from(&mut response);
        let own = OWN_TOKEN;
        assert_eq!(response.headers.get("X-Echo"), Some(own));
        let expected = format!("no {own}, a{own}{own}");
        assert_eq!(response.body, expected.as_bytes());
    }
}
