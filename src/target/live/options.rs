//! How to reach a live server, and what may be done there.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use secrecy::SecretString;

use super::super::config::{
    AuthConfig, BudgetConfig, IAM, May, ProxyAuthConfig, SecretConfig, TargetConfig,
};
use super::super::{Lent, Permissions, Used};
use super::auth::{Auth, Password, Project};
use super::limits::Deed;
use super::secret::{SecretError, obtain};
use super::sign::Keys;
use crate::contract::{Contract, Creation, Operation};
use crate::wire::Service;

/// How to reach a live server, and what may be done there.
#[derive(Clone)]
pub struct LiveOptions {
    /// What reports call it.
    pub name: String,
    /// Where requests go: the first service that takes a path gets it.
    pub services: Vec<Service>,
    /// Where passwords are exchanged for tokens.
    pub identity: Option<String>,
    /// Who asks.
    pub auth: Auth,
    /// What the run may do. None: read only, but anything on a Twin.
    pub permissions: Option<Permissions>,
    /// What the run may use.
    pub lent: Lent,
    /// What the run may use, once looked up by name.
    pub lent_by_name: Lent,
    /// Certificates (PEM) to trust beside the usual ones.
    pub ca: Option<Vec<u8>>,
    /// The proxy for all requests.
    pub proxy: Option<String>,
    /// The user of the proxy, with the password.
    pub proxy_auth: Option<(String, SecretString)>,
    /// How much may be used up.
    pub budget: BudgetConfig,
    /// How many generated requests that only read may be under way at once.
    pub at_once: Option<u32>,
    /// Whether a Twin is put back by hand, like a cloud.
    pub like_a_cloud: bool,
    /// What paces requests, and says what makes and removes things. Without it nothing may be made.
    pub contract: Option<Arc<Contract>>,
    /// Where journals are kept. Without it nothing may be made.
    pub journals: Option<PathBuf>,
    /// The name of the run.
    pub run: String,
    /// The words of the command that say where it goes and what it holds that to, for whoever cleans
    /// up behind it.
    pub with: Vec<String>,
    /// What the run has used up already, where it goes on.
    pub used: Used,
    /// The longest time for one whole answer.
    pub patience: Duration,
    /// The pause before something is tried again; each further one is twice as long.
    pub pause: Duration,
    /// The largest body that is read.
    pub most_body: usize,
}

/// Why a target cannot be used as it is described.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// A secret cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The certificates cannot be read.
    #[error("read the certificates in `{}`", path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What happened.
        #[source]
        cause: std::io::Error,
    },
}

impl LiveOptions {
    /// One server that takes everything, with the usual limits: 30 seconds and 8 MiB an answer.
    pub fn new(endpoint: &str) -> Self {
        let service = Service {
            url: endpoint.trim_end_matches('/').to_owned(),
            paths: Vec::new(),
        };
        Self {
            name: service.url.clone(),
            services: vec![service],
            identity: None,
            auth: Auth::None,
            permissions: None,
            lent: Lent::default(),
            lent_by_name: Lent::default(),
            ca: None,
            proxy: None,
            proxy_auth: None,
            budget: BudgetConfig::default(),
            at_once: None,
            like_a_cloud: false,
            contract: None,
            journals: None,
            run: String::new(),
            with: Vec::new(),
            used: Used::default(),
            patience: Duration::from_secs(30),
            pause: Duration::from_millis(500),
            most_body: 8 * 1024 * 1024,
        }
    }

    /// Whether all that is asked is on this machine.
    pub fn is_here(&self) -> bool {
        self.services.iter().all(|service| {
            let url = Url::parse(&service.url).ok();
            let host = url.as_ref().and_then(Url::host_str).unwrap_or("");
            let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
            host == "localhost" || address.is_ok_and(|address| address.is_loopback())
        })
    }

    /// Why an operation can never be tried there, as far as that is known without asking anybody.
    pub fn forbids(&self, operation: &Operation, creations: &[Creation]) -> Option<String> {
        let forbidden = self.permissions.unwrap_or(Permissions::READ);
        if let Some(reason) =
            Deed::of(operation, creations, self.contract.as_deref()).forbidden(forbidden)
        {
            return Some(reason.to_owned());
        }
        let has =
            |name: &str| self.lent.0.contains_key(name) || self.lent_by_name.0.contains_key(name);
        let missing = operation.path.parameters().find(|name| !has(name));
        missing.map(|name| format!("nobody lends `{name}`"))
    }

    /// What `proofhouse.toml` says of a target. Gets its secrets; files are named from `folder`.
    ///
    /// # Errors
    /// When a secret or the certificates cannot be had.
    pub fn of(name: &str, target: &TargetConfig, folder: &Path) -> Result<Self, OptionsError> {
        let main = target
            .main_endpoint()
            .map_or("", |(_, endpoint)| endpoint.url.as_str());
        let permissions = target.may.as_deref().map(Permissions::of);
        let mut options = Self {
            name: name.to_owned(),
            auth: auth(target, folder)?,
            permissions,
            lent: lent(target),
            lent_by_name: Lent(target.lend_by_name.clone()),
            ca: target
                .tls
                .ca
                .as_deref()
                .map(|path| certificates(&folder.join(path)))
                .transpose()?,
            proxy: target.proxy.clone(),
            proxy_auth: proxy_auth(target, folder)?,
            budget: target.budget,
            at_once: target.at_once,
            like_a_cloud: target.like_a_cloud,
            ..Self::new(main)
        };
        let picky = target
            .endpoints
            .values()
            .filter(|endpoint| !endpoint.paths.is_empty());
        let picky = picky.map(|endpoint| Service {
            url: endpoint.url.trim_end_matches('/').to_owned(),
            paths: endpoint.paths.clone(),
        });
        options.services = picky.chain(options.services).collect();
        let identity = target.endpoints.get(IAM);
        options.identity = identity.map(|iam| iam.url.trim_end_matches('/').to_owned());
        Ok(options)
    }
}

impl fmt::Debug for LiveOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveOptions")
            .field("name", &self.name)
            .field("services", &self.services)
            .field("auth", &self.auth)
            .field("permissions", &self.permissions)
            .finish_non_exhaustive()
    }
}

impl Permissions {
    fn of(may: &[May]) -> Self {
        Self {
            write: may.contains(&May::Write),
            create: may.contains(&May::Create),
            delete: may.contains(&May::Delete),
        }
    }
}

fn lent(target: &TargetConfig) -> Lent {
    let mut lent = Lent(target.lend.clone());
    let told = [
        ("project_id", &target.project_id),
        ("tenant_id", &target.project_id),
        ("region", &target.region),
    ];
    for (name, value) in told {
        if let Some(value) = value {
            lent.0
                .entry(name.to_owned())
                .or_insert_with(|| vec![value.clone()]);
        }
    }
    lent
}

fn auth(target: &TargetConfig, folder: &Path) -> Result<Auth, SecretError> {
    let get = |source: &SecretConfig| obtain(source, folder);
    match &target.auth {
        None => Ok(Auth::of_environment()),
        Some(AuthConfig {
            token: Some(token), ..
        }) => Ok(Auth::Token(get(token)?)),
        Some(AuthConfig {
            user: Some(user),
            domain: Some(domain),
            password: Some(password),
            ..
        }) => Ok(Auth::Password(Password {
            user: user.clone(),
            domain: domain.clone(),
            password: get(password)?,
            project: project(target),
        })),
        Some(AuthConfig {
            access_key: Some(access),
            secret_key: Some(secret),
            security_token,
            ..
        }) => Ok(Auth::Keys(Keys {
            access: get(access)?,
            secret: get(secret)?,
            security_token: security_token.as_ref().map(get).transpose()?,
        })),
        // The file was checked: exactly one way is whole.
        Some(_) => Ok(Auth::None),
    }
}

fn proxy_auth(
    target: &TargetConfig,
    folder: &Path,
) -> Result<Option<(String, SecretString)>, SecretError> {
    let known = target.proxy_auth.as_ref();
    let with_password =
        |known: &ProxyAuthConfig| Ok((known.user.clone(), obtain(&known.password, folder)?));
    known.map(with_password).transpose()
}

fn project(target: &TargetConfig) -> Project {
    match (&target.project_id, &target.project_name) {
        (Some(id), _) => Project::Id(id.clone()),
        (None, Some(name)) => Project::Name(name.clone()),
        (None, None) => Project::Unknown,
    }
}

impl Auth {
    /// The token in the environment variable PROOFHOUSE_TOKEN, where there is one.
    pub fn of_environment() -> Self {
        let source = SecretConfig {
            env: Some("PROOFHOUSE_TOKEN".to_owned()),
            command: None,
            file: None,
        };
        obtain(&source, Path::new(".")).map_or(Self::None, Self::Token)
    }

    /// Everything in it that must not be seen.
    pub(super) fn secrets(&self) -> Vec<&SecretString> {
        match self {
            Auth::None => Vec::new(),
            Auth::Token(token) => vec![token],
            Auth::Password(password) => vec![&password.password],
            Auth::Keys(keys) => [Some(&keys.secret), keys.security_token.as_ref()]
                .into_iter()
                .flatten()
                .collect(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "certificates are a file")]
fn certificates(path: &Path) -> Result<Vec<u8>, OptionsError> {
    std::fs::read(path).map_err(|cause| OptionsError::Certificates {
        path: path.to_owned(),
        cause,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_this_machine_and_nothing_else_is() {
        for (endpoint, expected) in [
            ("http://127.0.0.1:80/v1", true),
            ("http://[::1]:8774", true),
            ("https://localhost", true),
            ("https://localhost.example.com", false),
            ("http://10.0.0.1", false),
            ("nothing", false),
        ] {
            assert_eq!(LiveOptions::new(endpoint).is_here(), expected, "{endpoint}");
        }
    }
}
