//! `proofhouse target` and `proofhouse token`: targets of `proofhouse.toml`.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use secrecy::ExposeSecret;

use super::place::{Place, USUAL};
use super::rulings::RulingsFile;
use super::{Exit, editions, output, plan};
use crate::contract::{Contract, Operation, is_plain_show};
use crate::runner::{self, Plan};
use crate::target::config;
use crate::target::live::{Auth, LiveOptions};
use crate::target::{ConnectError, Live, Target};
use crate::wire::{Method, Request};

/// What was typed after `target`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the file, reach the target, try the credentials, compare clocks, say what a run may do
    Check {
        #[command(flatten)]
        named: Named,
        /// Check the file and say what a run would do, without asking anybody
        #[arg(long)]
        offline: bool,
    },
    /// Print the JSON Schema of proofhouse.toml, for editors
    Schema,
}

/// A target by name.
#[derive(Debug, Args)]
struct Named {
    /// The target
    name: String,
    /// The file that describes targets
    #[arg(long, value_name = "FILE", default_value = USUAL)]
    config: PathBuf,
    #[command(flatten)]
    rulings: RulingsFile,
}

/// What was typed after `token`.
#[derive(Debug, Args)]
pub struct TokenArguments {
    #[command(flatten)]
    named: Named,
}

/// Runs `proofhouse target`.
pub fn target(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    match &arguments.command {
        Command::Check {
            named,
            offline: true,
        } => check_offline(named),
        Command::Check {
            named,
            offline: false,
        } => check(named),
        Command::Schema => {
            output::lines([serde_json::to_string_pretty(&config::json_schema())?])?;
            Ok(Exit::Clean)
        }
    }
}

/// Why a target has no token to print.
#[derive(Debug, thiserror::Error)]
enum TokenError {
    #[error("target `{0}` signs every request with its keys; it has no token")]
    Keys(String),
    #[error("target `{0}` has no token: describe its `auth`, or set PROOFHOUSE_TOKEN")]
    Nobody(String),
}

/// Runs `proofhouse token`.
pub fn token(arguments: &TokenArguments) -> Result<Exit, Box<dyn Error>> {
    let (_, options) = described(&arguments.named)?;
    let name = options.name.clone();
    let signs = matches!(options.auth, Auth::Keys(_));
    match Live::connect(options)?.token()? {
        Some(token) => output::lines([token.expose_secret()])?,
        None if signs => return Err(TokenError::Keys(name).into()),
        None => return Err(TokenError::Nobody(name).into()),
    }
    Ok(Exit::Clean)
}

/// What is said of a target, and the contract that it is held to.
fn described(named: &Named) -> Result<(Arc<Contract>, LiveOptions), Box<dyn Error>> {
    let place = Place::named(&named.name, &named.config);
    let contract = Arc::new(editions::contract(
        place.edition(None)?.as_deref(),
        &named.rulings,
    )?);
    let options = place.options(&contract)?.ok_or("no target was named")?;
    Ok((contract, options))
}

/// Seconds by which two clocks may differ: signatures and tokens stand that.
const MOST_SKEW: i64 = 60;

fn check(named: &Named) -> Result<Exit, Box<dyn Error>> {
    let (contract, options) = described(named)?;
    let signs = matches!(options.auth, Auth::Keys(_));
    let mut all_is_well = true;
    let mut row = |what: &str, well: bool, told: String| {
        all_is_well &= well;
        output::lines([format!(
            "  {what:<13}{}{told}",
            if well { "" } else { "PROBLEM: " }
        )])
    };
    output::lines([format!("target {}", named.name)])?;
    row(
        "file",
        true,
        format!("{} is understood", named.config.display()),
    )?;
    let mut live = match Live::connect(options) {
        Ok(live) => live,
        Err(error) => {
            let what = match &error {
                ConnectError::Token(_) => "credentials",
                ConnectError::Lend(_) => "lends",
                _ => "reachable",
            };
            row(what, false, output::with_causes(&error))?;
            return Ok(Exit::CouldNotRun);
        }
    };
    let kind = if live.is_twin() { "a Twin" } else { "a server" };
    row(
        "reachable",
        true,
        format!("{kind} answers at {}", live.endpoint()),
    )?;
    let (well, told) = credentials(&contract, &mut live, signs);
    row("credentials", well, told)?;
    match live.clock_skew() {
        Ok(Some(skew)) => row(
            "clock",
            skew.abs() <= MOST_SKEW,
            format!(
                "the server's {} (up to {MOST_SKEW} s do not matter)",
                ahead(skew)
            ),
        )?,
        Ok(None) => row(
            "clock",
            true,
            "the server does not tell the time".to_owned(),
        )?,
        Err(failure) => row("clock", false, failure.to_string())?,
    }
    for (what, told) in means(&live) {
        row(what, true, told)?;
    }
    row(
        "would do",
        true,
        format!("see `proofhouse plan --target {}`", named.name),
    )?;
    Ok(if all_is_well {
        Exit::Clean
    } else {
        Exit::CouldNotRun
    })
}

/// How far a clock is before ours.
fn ahead(seconds: i64) -> String {
    match seconds {
        0 => "shows the same second".to_owned(),
        1.. => format!("is {seconds} s ahead"),
        _ => format!("is {} s behind", -seconds),
    }
}

/// What a run may do and use.
fn means(live: &Live) -> [(&'static str, String); 2] {
    let may = live.permissions();
    let allowed = [
        ("read", true),
        ("write", may.write),
        ("create", may.create),
        ("delete", may.delete),
    ];
    let allowed = allowed.iter().filter(|(_, yes)| *yes);
    let allowed: Vec<&str> = allowed.map(|(word, _)| *word).collect();
    let lent = live.lent().0.iter();
    let lent = lent.map(|(name, values)| format!("{name} ({})", values.len()));
    let lent: Vec<String> = lent.collect();
    let lends = if lent.is_empty() {
        "nothing".to_owned()
    } else {
        lent.join(", ")
    };
    [("may", allowed.join(", ")), ("lends", lends)]
}

/// Checks the file and foresees a run; asks nobody.
fn check_offline(named: &Named) -> Result<Exit, Box<dyn Error>> {
    let place = Place::named(&named.name, &named.config);
    let edition = place.edition(None)?;
    let contract = Arc::new(editions::contract(edition.as_deref(), &named.rulings)?);
    let live = place.unconnected(&contract)?.ok_or("no target was named")?;
    let forecast = runner::foresee(&contract, &Plan::default(), &live);
    let mut rows = vec![("file", format!("{} is understood", named.config.display()))];
    let services = live.services().iter();
    rows.extend(services.map(|service| {
        let paths = match service.paths.as_slice() {
            [] => "all other paths".to_owned(),
            paths => paths.join(", "),
        };
        ("endpoint", format!("{} takes {paths}", service.url))
    }));
    rows.extend(means(&live));
    rows.push(("would do", plan::sum(&contract, &forecast)));
    output::lines([format!("target {}", named.name)])?;
    output::lines(
        rows.iter()
            .map(|(what, told)| format!("  {what:<13}{told}")),
    )?;
    output::lines(["nobody was asked"])?;
    Ok(Exit::Clean)
}

/// Asks the first thing that can be asked with what is lent, and looks whether it is refused.
/// `signs`: requests are signed with keys.
fn credentials(contract: &Contract, live: &mut Live, signs: bool) -> (bool, String) {
    let plain = contract.operations.iter();
    let plain = plain.filter(|operation| is_plain_show(operation));
    let closed = plain.filter(|operation| operation.path.parameters().next().is_some());
    let missing = |operation: &&Operation| {
        let names = operation.path.parameters();
        let lent = live.lent();
        let missing = names.filter(|name| lent.0.get(*name).is_none_or(Vec::is_empty));
        missing.map(str::to_owned).collect::<Vec<_>>()
    };
    let Some(operation) = closed.min_by_key(|operation| missing(operation).len()) else {
        let told = "not tried: nothing is shown to those alone who are known";
        return (true, told.to_owned());
    };
    let lent = live.lent().clone();
    let first = |name: &str| Some(lent.0.get(name)?.first()?.as_str());
    let Some(path) = operation.path.filled(first) else {
        let missing = missing(&operation).join("`, `");
        return (
            true,
            format!(
                "not tried: where `{missing}` is lent, {} is",
                operation.route()
            ),
        );
    };
    let mut request = Request::new(Method::Get, path);
    live.authorize(&mut request);
    if request.headers.0.is_empty() {
        return (
            false,
            "there are none; set PROOFHOUSE_TOKEN or describe `auth`".to_owned(),
        );
    }
    match live.send(&request) {
        Ok(answer) => {
            let mut told = format!("{} answered {}", operation.route(), answer.status);
            let well = !matches!(answer.status, 401 | 403);
            if !well && let Some(words) = answer.words() {
                told.push_str(&format!(": {words}"));
            }
            if answer.status == 401 && signs {
                told.push_str(
                    "; what is signed holds the Host header and the time, so no gateway on the way may change the one, and no clock be off",
                );
            }
            (well, told)
        }
        Err(failure) => (false, failure.to_string()),
    }
}
