//! Where requests go: how every command that sends some says it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::nearest;
use crate::contract::Contract;
use crate::target::config::{BudgetConfig, Config, Problems, TargetConfig};
use crate::target::live::{Auth, LiveOptions, OptionsError};
use crate::target::{Lent, Live, Permissions};

/// The file where it is used without being named.
pub(super) const USUAL: &str = "proofhouse.toml";

/// The folder of journals where none is named.
const JOURNALS: &str = ".proofhouse";

/// Where requests go.
#[derive(Debug, Clone, Default, Args)]
pub struct Place {
    /// Send requests to this target of proofhouse.toml instead of the embedded Twin
    #[arg(long, value_name = "NAME", conflicts_with_all = ["endpoint", "allow", "lend"])]
    target: Option<String>,
    /// The file that describes targets
    #[arg(long, value_name = "FILE", default_value = USUAL)]
    config: PathBuf,
    /// Send requests to this server instead of the embedded Twin. The token comes from the
    /// environment variable PROOFHOUSE_TOKEN
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// What may be done to the server: ask, change what it lends, make new things and remove them
    /// again, delete what it lends
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    allow: Vec<Allow>,
    /// Something that exists on the server and may be used: `server_id=...`. May be repeated
    #[arg(long = "lend", value_name = "NAME=VALUE", value_parser = lease)]
    lend: Vec<(String, String)>,
    /// How many things a run may make. Without it 10, and as many as it takes on a server of this
    /// machine
    #[arg(long, value_name = "N", conflicts_with = "target")]
    creations: Option<u64>,
    /// Where it is written down what a run makes, before it is made
    #[arg(long, value_name = "DIR", default_value = JOURNALS)]
    journal: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allow {
    Read,
    Write,
    Create,
    Delete,
}

fn lease(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err("write it as NAME=VALUE, for example server_id=95bf2490".to_owned()),
    }
}

/// Why a target cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// No such file.
    #[error("read `{}`; `proofhouse.example.toml` in the repository shows what stands there", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What happened.
        #[source]
        cause: std::io::Error,
    },
    /// The file is not understood.
    #[error("`{}` is not understood:\n  {problems}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problems: Problems,
    },
    /// No such target.
    #[error("`{}` has no target `{name}`{hint}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        name: String,
        /// What there is instead.
        hint: String,
    },
    /// What the file names cannot be had.
    #[error("use target `{name}` of `{}`", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// The target.
        name: String,
        /// What is missing.
        #[source]
        cause: OptionsError,
    },
}

impl Place {
    /// The target of this name in the usual file, or in `config`.
    pub fn named(target: &str, config: &Path) -> Self {
        Self {
            target: Some(target.to_owned()),
            config: config.to_owned(),
            journal: PathBuf::from(JOURNALS),
            ..Self::default()
        }
    }

    /// The server at this URL, which is only read.
    pub fn at(url: &str) -> Self {
        Self {
            endpoint: Some(url.to_owned()),
            journal: PathBuf::from(JOURNALS),
            ..Self::default()
        }
    }

    /// How long a job may take there, where that is said.
    pub fn job_budget(&self) -> Result<Option<Duration>, PlaceError> {
        let minutes = self
            .described()?
            .and_then(|(_, target)| target.budget.job_minutes);
        Ok(minutes.map(|minutes| Duration::from_secs(minutes.saturating_mul(60))))
    }

    /// Where journals are kept.
    pub fn journals(&self) -> &Path {
        &self.journal
    }

    /// The place of an earlier run, by what its journal says: a target's name, or an endpoint.
    pub fn of_run(&self, target: &str, endpoint: &str) -> Self {
        let is_named = target != endpoint;
        Self {
            target: is_named.then(|| target.to_owned()),
            endpoint: (!is_named).then(|| endpoint.to_owned()),
            ..self.clone()
        }
    }

    /// This place with the journals of another.
    pub fn with_journals_of(self, other: &Self) -> Self {
        Self {
            journal: other.journal.clone(),
            ..self
        }
    }

    /// What a command says to mean the same place, and to be allowed as much there.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
        if let Some(name) = &self.target {
            option("--target", name.clone());
            if self.config != Path::new(USUAL) {
                option("--config", self.config.display().to_string());
            }
        }
        if let Some(endpoint) = &self.endpoint {
            option("--endpoint", endpoint.clone());
            let allowed = self.allow.iter().filter_map(ValueEnum::to_possible_value);
            let allowed: Vec<String> = allowed.map(|what| what.get_name().to_owned()).collect();
            if !allowed.is_empty() {
                option("--allow", allowed.join(","));
            }
            for (name, value) in &self.lend {
                option("--lend", format!("{name}={value}"));
            }
            if let Some(n) = self.creations {
                option("--creations", n.to_string());
            }
        }
        words
    }

    /// What a command says to keep journals in the same place.
    pub fn journal_words(&self) -> Vec<String> {
        if self.journal == Path::new(JOURNALS) {
            return Vec::new();
        }
        vec!["--journal".to_owned(), self.journal.display().to_string()]
    }

    /// Whether it is another place than the embedded Twin.
    pub fn is_elsewhere(&self) -> bool {
        self.target.is_some() || self.endpoint.is_some()
    }

    /// The edition to use: the one asked for, or the target's.
    pub fn edition(&self, asked: Option<&str>) -> Result<Option<String>, PlaceError> {
        let of_target = self.described()?.and_then(|(_, target)| target.edition);
        Ok(asked.map(str::to_owned).or(of_target))
    }

    /// What is said of the place, for a run of its own; none: the embedded Twin.
    pub fn options(&self, contract: &Arc<Contract>) -> Result<Option<LiveOptions>, Box<dyn Error>> {
        let mut options = if let Some((name, target)) = self.described()? {
            let folder = self.config.parent().unwrap_or(Path::new("."));
            LiveOptions::of(&name, &target, folder).map_err(|cause| PlaceError::Unusable {
                path: self.config.clone(),
                name,
                cause,
            })?
        } else if let Some(endpoint) = &self.endpoint {
            self.ad_hoc(endpoint)
        } else {
            return Ok(None);
        };
        options.contract = Some(Arc::clone(contract));
        options.journals = Some(self.journal.clone());
        options.run = run_id();
        Ok(Some(options))
    }

    /// Connects; none: the embedded Twin is meant.
    pub fn open(&self, contract: &Arc<Contract>) -> Result<Option<Live>, Box<dyn Error>> {
        Ok(self.options(contract)?.map(Live::connect).transpose()?)
    }

    /// The same, without asking anybody anything.
    pub fn unconnected(&self, contract: &Arc<Contract>) -> Result<Option<Live>, Box<dyn Error>> {
        Ok(self.options(contract)?.map(Live::unconnected).transpose()?)
    }

    /// The target as the file describes it, with its name.
    fn described(&self) -> Result<Option<(String, TargetConfig)>, PlaceError> {
        let Some(name) = &self.target else {
            return Ok(None);
        };
        let mut config = read(&self.config)?;
        match config.targets.remove(name) {
            Some(target) => Ok(Some((name.clone(), target))),
            None => Err(PlaceError::Unknown {
                path: self.config.clone(),
                name: name.clone(),
                hint: match nearest(name, config.targets.keys().map(String::as_str)) {
                    Some(nearest) => format!("; did you mean `{nearest}`?"),
                    None => "; it describes none".to_owned(),
                },
            }),
        }
    }

    fn ad_hoc(&self, endpoint: &str) -> LiveOptions {
        let mut lent = Lent::default();
        for (name, value) in &self.lend {
            lent.0.entry(name.clone()).or_default().push(value.clone());
        }
        let may = |what| self.allow.contains(&what);
        LiveOptions {
            auth: Auth::of_environment(),
            permissions: (!self.allow.is_empty()).then(|| Permissions {
                write: may(Allow::Write),
                create: may(Allow::Create),
                delete: may(Allow::Delete),
            }),
            lent,
            budget: BudgetConfig {
                creations: self.creations,
                ..BudgetConfig::default()
            },
            ..LiveOptions::new(endpoint)
        }
    }
}

/// Names one run; what it makes carries it.
pub(super) fn run_id() -> String {
    format!("ph{:08x}", fastrand::u32(..))
}

#[expect(clippy::disallowed_methods, reason = "cli reads files")]
fn read(path: &Path) -> Result<Config, PlaceError> {
    let text = std::fs::read_to_string(path).map_err(|cause| PlaceError::Unreadable {
        path: path.to_owned(),
        cause,
    })?;
    Config::parse(&text).map_err(|problems| PlaceError::Wrong {
        path: path.to_owned(),
        problems,
    })
}
