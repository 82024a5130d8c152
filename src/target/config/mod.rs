//! `proofhouse.toml`: named targets, how to reach them, and what may be done there.
//!
//! Main entry: [`Config::parse`]. The types below are the only list of keys: their JSON Schema
//! ([`json_schema`]) checks the file, serves editors, and is committed as `proofhouse.schema.json`.
//! Reads no file and no environment; a secret never stands here, only where it comes from.

mod problem;

pub use problem::{Problem, Problems};

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;

/// Everything that `proofhouse.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The targets by name.
    #[serde(default)]
    pub targets: BTreeMap<String, TargetConfig>,
}

/// One target: where it is, who we are there, and what may be done.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetConfig {
    /// The services by name, each with its URL. `iam` is where passwords are exchanged for tokens.
    /// One of the others has no `paths` and gets whatever no other service takes.
    #[schemars(extend("minProperties" = 1))]
    pub endpoints: BTreeMap<String, EndpointConfig>,
    /// The region, as the cloud calls it. Lent as `region`.
    pub region: Option<String>,
    /// The id of the project. Lent as `project_id` and `tenant_id`.
    pub project_id: Option<String>,
    /// The name of the project, where its id is not known; a password brings the id.
    pub project_name: Option<String>,
    /// The edition of the contract that this region follows. Without it: the newest of each operation.
    pub edition: Option<String>,
    /// Who asks. Without it: the token in the environment variable PROOFHOUSE_TOKEN.
    pub auth: Option<AuthConfig>,
    /// How the server proves who it is.
    #[serde(default)]
    pub tls: TlsConfig,
    /// The proxy for all requests: `http://proxy.example.com:3128`.
    #[schemars(regex(pattern = r"^(http|https|socks5)://[^@]+$"))]
    pub proxy: Option<String>,
    /// Who we are to the proxy, where it asks.
    pub proxy_auth: Option<ProxyAuthConfig>,
    /// What a run may do. Without it: read.
    pub may: Option<Vec<May>>,
    /// Things that exist and may be used, by parameter or field name: `server_id = ["95bf2490"]`.
    #[serde(default)]
    pub lend: BTreeMap<String, Vec<String>>,
    /// Things to look up by the name they have, `*` for any characters: `server_id = ["qa-*"]`.
    #[serde(default)]
    pub lend_by_name: BTreeMap<String, Vec<String>>,
    /// How much a run may use up.
    #[serde(default)]
    pub budget: BudgetConfig,
    /// Generated requests that only read, sent at once, beyond the first 64 of an operation. Without it: one after
    /// the other, and 16 at once on a Twin.
    #[schemars(range(min = 1))]
    pub at_once: Option<u32>,
    /// Treat a Twin like a cloud: remove what was made thing by thing, instead of putting back all.
    #[serde(default)]
    pub like_a_cloud: bool,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointConfig {
    /// Scheme, host and port, and perhaps a path before all others.
    #[schemars(regex(pattern = r"^https?://[^/?#\s]+[^?#\s]*$"))]
    pub url: String,
    /// The paths that this service takes, `*` for any characters: `["/v2.1/*"]`.
    #[serde(default)]
    pub paths: Vec<String>,
}

/// What a run may do to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum May {
    /// Ask.
    Read,
    /// Change what is lent.
    Write,
    /// Make new things, and remove them again.
    Create,
    /// Delete what is lent.
    Delete,
}

/// Who asks: a token; or a user with a password; or an access key with its secret key.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    /// Where the token comes from.
    pub token: Option<SecretConfig>,
    /// The name of the user.
    pub user: Option<String>,
    /// The domain (account) that the user belongs to.
    pub domain: Option<String>,
    /// Where the user's password comes from.
    pub password: Option<SecretConfig>,
    /// Where the access key (AK) comes from.
    pub access_key: Option<SecretConfig>,
    /// Where the secret key (SK) comes from.
    pub secret_key: Option<SecretConfig>,
    /// Where the security token of temporary keys comes from.
    pub security_token: Option<SecretConfig>,
}

/// A user of a proxy.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProxyAuthConfig {
    /// The name of the user.
    pub user: String,
    /// Where the user's password comes from.
    pub password: SecretConfig,
}

/// Where a secret comes from: exactly one of these.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct SecretConfig {
    /// An environment variable.
    pub env: Option<String>,
    /// A command and its arguments; the secret is what it prints.
    #[schemars(length(min = 1))]
    pub command: Option<Vec<String>>,
    /// A file that nobody else may read (mode 0600 or tighter).
    pub file: Option<PathBuf>,
}

/// How the server proves who it is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// Certificates (PEM) of a private authority to trust beside the usual ones.
    pub ca: Option<PathBuf>,
}

/// How much a run may use up. What is not limited here is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetConfig {
    /// Requests; when they are used up, no further case begins.
    #[schemars(range(min = 1))]
    pub requests: Option<u64>,
    /// Minutes from the start; after them, no further case begins.
    #[schemars(range(min = 1))]
    pub minutes: Option<u64>,
    /// Things made, whether or not they are removed again. Without it: 10, and as many as
    /// it takes on a server of this machine.
    pub creations: Option<u64>,
    /// Minutes that one job may take. Without it: 15.
    #[schemars(range(min = 1))]
    pub job_minutes: Option<u64>,
}

impl Config {
    /// Reads the text of `proofhouse.toml`.
    ///
    /// # Errors
    /// Every problem of the file, each with its line.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        problem::check(text)?;
        let config: Self = toml::from_str(text).map_err(|error| problem::syntax(text, &error))?;
        let mut problems: Vec<Problem> = config
            .targets
            .iter()
            .flat_map(|(name, target)| target.contradictions(text, name))
            .collect();
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(Problems(problems))
        }
    }
}

impl TargetConfig {
    /// The service that takes what no other takes: its name and URL.
    pub fn main_endpoint(&self) -> Option<(&str, &EndpointConfig)> {
        self.endpoints
            .iter()
            .find(|(name, endpoint)| endpoint.paths.is_empty() && *name != IAM)
            .or_else(|| self.endpoints.iter().find(|(name, _)| *name == IAM))
            .map(|(name, endpoint)| (name.as_str(), endpoint))
    }

    /// What no schema can say: keys that need or exclude each other.
    fn contradictions(&self, text: &str, name: &str) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut tell = |keys: &[&str], reason: String| {
            let path: Vec<&str> = ["targets", name].iter().chain(keys).copied().collect();
            found.push(Problem::at(text, &path, reason));
        };
        let mut open = self
            .endpoints
            .iter()
            .filter(|(name, endpoint)| endpoint.paths.is_empty() && *name != IAM);
        if let (Some((first, _)), Some((second, _))) = (open.next(), open.next()) {
            tell(
                &["endpoints", second],
                format!(
                    "both `{first}` and `{second}` have no `paths`, so both would take everything; give one of them `paths`"
                ),
            );
        }
        if self.main_endpoint().is_none() {
            tell(
                &["endpoints"],
                "every service has `paths`; leave them out of one, which takes the rest".to_owned(),
            );
        }
        if self.project_id.is_some() && self.project_name.is_some() {
            tell(
                &["project_name"],
                "`project_id` is given, too; leave out one of them".to_owned(),
            );
        }
        if self.proxy_auth.is_some() && self.proxy.is_none() {
            tell(&["proxy_auth"], "no `proxy` is given".to_owned());
        }
        if let Some(auth) = &self.auth
            && let Err(reason) = auth.way()
        {
            tell(&["auth"], reason);
        }
        if let Some(auth) = &self.auth
            && auth.password.is_some()
            && !self.endpoints.contains_key(IAM)
        {
            tell(
                &["endpoints"],
                "a password needs an endpoint `iam` that exchanges it for a token".to_owned(),
            );
        }
        found
    }
}

/// The endpoint that exchanges passwords for tokens.
pub const IAM: &str = "iam";

impl AuthConfig {
    /// Whether exactly one way of authentication is described, as a whole.
    fn way(&self) -> Result<(), String> {
        let given = |name, is_there: bool| (name, is_there);
        let token = [given("token", self.token.is_some())];
        let password = [
            given("user", self.user.is_some()),
            given("domain", self.domain.is_some()),
            given("password", self.password.is_some()),
        ];
        let keys = [
            given("access_key", self.access_key.is_some()),
            given("secret_key", self.secret_key.is_some()),
        ];
        let ways: [&[(&str, bool)]; 3] = [&token, &password, &keys];
        let begun: Vec<_> = ways
            .iter()
            .filter(|way| way.iter().any(|(_, is_there)| *is_there))
            .collect();
        match begun.as_slice() {
            [] => Err("says nobody; give `token`, or `user`, `domain` and `password`, or `access_key` and `secret_key`".to_owned()),
            [way] => match way.iter().find(|(_, is_there)| !is_there) {
                Some((missing, _)) => Err(format!("`{missing}` is missing")),
                None => Ok(()),
            },
            [..] => Err("describes more than one way; keep one of token, password, and keys".to_owned()),
        }
    }
}

/// The JSON Schema of the file, for editors.
pub fn json_schema() -> serde_json::Value {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Config>();
    schema.insert("title".to_owned(), "proofhouse.toml".into());
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../proofhouse.example.toml");

    fn check(text: &str, problems: &[&str]) {
        let found = Config::parse(text).map_or_else(
            |problems| problems.0.iter().map(ToString::to_string).collect(),
            |_| Vec::new(),
        );
        assert_eq!(found, problems, "{text}");
    }

    fn staging(rest: &str) -> String {
        format!("[targets.staging]\nendpoints.bms.url = \"https://bms.test\"\n{rest}")
    }

    #[test]
    fn the_example_is_understood() {
        let config = Config::parse(EXAMPLE).unwrap();
        let staging = &config.targets["staging"];
        assert_eq!(staging.may, Some(vec![May::Read, May::Write, May::Create]));
        assert_eq!(staging.main_endpoint().unwrap().0, "bms");
        assert_eq!(staging.budget.creations, Some(3));
    }

    #[test]
    fn the_committed_schema_is_current() {
        let committed = include_str!("../../../proofhouse.schema.json");
        let committed: serde_json::Value = serde_json::from_str(committed).unwrap();
        assert!(
            committed == json_schema(),
            "write it anew with `cargo run -- target schema > proofhouse.schema.json`"
        );
    }

    #[test]
    fn what_is_not_understood_is_told_with_line_reason_and_nearest_key() {
        check(
            "[targets.staging]\nendpoint.bms.url = \"https://bms.test\"",
            &[
                "line 1: `targets.staging` needs `endpoints`",
                "line 2: `endpoint` is no key of `targets.staging`; did you mean `endpoints`?",
            ],
        );
        check(
            &staging("may = [\"read\", \"wirte\"]"),
            &["line 3: `targets.staging.may[1]` is \"wirte\"; did you mean \"write\"?"],
        );
        check(
            &staging("[targets.staging.budget]\nminutes = \"ten\"\nrequest = 3"),
            &[
                "line 4: `targets.staging.budget.minutes` is text, where a whole number is expected",
                "line 5: `request` is no key of `targets.staging.budget`; did you mean `requests`?",
            ],
        );
        check(
            &staging("budget.minutes = 0"),
            &["line 3: `targets.staging.budget.minutes` is 0, where at least 1 is expected"],
        );
        check(
            "[targets.staging]\nendpoints.bms.url = \"bms.test\"",
            &[
                "line 2: `targets.staging.endpoints.bms.url` is \"bms.test\", where a URL with http:// or https:// is expected",
            ],
        );
        check(
            "targets = [",
            &["line 1: not TOML: unclosed array, expected `]`"],
        );
        check(
            "targets.x = 1",
            &["line 1: `targets.x` is a whole number, where a table is expected"],
        );
    }

    #[test]
    fn keys_that_need_or_exclude_each_other_are_told() {
        check(
            &staging("endpoints.ecs.url = \"https://ecs.test\""),
            &[
                "line 3: `targets.staging.endpoints.ecs`: both `bms` and `ecs` have no `paths`, so both would take everything; give one of them `paths`",
            ],
        );
        check(
            &staging("auth.user = \"keeper\""),
            &["line 3: `targets.staging.auth`: `domain` is missing"],
        );
        check(
            &staging("auth = { token.env = \"A\", access_key.env = \"B\" }"),
            &[
                "line 3: `targets.staging.auth`: describes more than one way; keep one of token, password, and keys",
            ],
        );
    }

    #[test]
    fn a_secret_in_the_file_is_refused_and_not_repeated() {
        check(
            &staging("auth.token = \"gAAAA-very-secret\""),
            &[
                "line 3: `targets.staging.auth.token` is text, and no secret stands in this file; say where it comes from: { env = \"NAME\" }, { command = [\"...\"] } or { file = \"...\" }",
            ],
        );
        let elsewhere = "has a user or a password in it; give them as `proxy_auth`";
        let proxies = [
            ("http://cook:very-secret@proxy.test:3128", elsewhere),
            (
                "cook:very-secret@proxy.test:3128",
                "is no URL of a proxy, such as http://proxy.example.com:3128",
            ),
        ];
        for (proxy, reason) in proxies {
            check(
                &staging(&format!("proxy = \"{proxy}\"")),
                &[&format!("line 3: `targets.staging.proxy` {reason}")],
            );
        }
        check(
            &staging("endpoints.iam.url = \"cook:very-secret@iam.test\""),
            &[
                "line 3: `targets.staging.endpoints.iam.url` is no URL with http:// or https://, or has a user in it",
            ],
        );
        check(
            &staging("proxy_auth = { user = \"cook\", password.env = \"P\" }"),
            &["line 3: `targets.staging.proxy_auth`: no `proxy` is given"],
        );
        check(
            &staging("auth.token = { env = \"A\", file = \"b\" }"),
            &["line 3: `targets.staging.auth.token` has 2 keys, where exactly one is expected"],
        );
    }
}
