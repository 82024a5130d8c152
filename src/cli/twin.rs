//! `proofhouse twin`: serves the Twin over HTTP on this machine.

use std::error::Error;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::replay;
use super::rulings::RulingsFile;
use super::run::ill;
use super::{Exit, editions, output};
use crate::twin::{self, Clock, Opening, Rules, Service, Twin, WorldError};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8774)]
    port: u16,
    /// Decides the ids and times of the world
    #[arg(long, default_value_t = 42)]
    seed: u64,
    /// A world of your own instead of the small one (see --print-world and --world-schema)
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// The edition that it keeps; the newest of each operation when none is named
    #[arg(long, value_name = "ID")]
    edition: Option<String>,
    /// Be ill in this way
    #[arg(long, value_name = "ID")]
    defect: Option<String>,
    /// How time passes: `real`, `fast` (60 times as fast), `manual` (by POST /-/clock), or so many
    /// times as fast as real time
    #[arg(long, value_name = "PACE", default_value = "real", value_parser = pace)]
    clock: Clock,
    /// Whether callers must say who they are
    #[arg(long, value_enum, default_value_t = Auth::Documented)]
    auth: Auth,
    /// Have the first user sign with this key, too
    #[arg(long, value_name = "ACCESS:SECRET", value_parser = access_key)]
    access_key: Option<(String, String)>,
    /// Heed documented permissions: the user `reader` may change nothing
    #[arg(long)]
    permissions: bool,
    /// Refuse more requests in a minute than documented
    #[arg(long)]
    rate_limits: bool,
    /// Write every exchange to this file, one JSON object a line, without secrets
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Try such a file again on a Twin like the one that wrote it, and tell what is answered
    /// otherwise, instead. Needs no tokens, and --world only where the journal is of one
    #[arg(long, value_name = "FILE", conflicts_with_all = ["journal", "edition", "defect", "seed", "auth"])]
    replay: Option<PathBuf>,
    /// List the Defects instead
    #[arg(long)]
    list_defects: bool,
    /// List the operations it answers, with the line that documents each, instead
    #[arg(long)]
    routes: bool,
    /// List where the documents dispute themselves and what it does about each, instead; a ruling
    /// settles one
    #[arg(long)]
    disputes: bool,
    /// Print the world as a file for --world, with all ids and times, instead
    #[arg(long)]
    print_world: bool,
    /// Print the JSON Schema of such files, with which editors complete them, instead
    #[arg(long)]
    world_schema: bool,
    #[command(flatten)]
    rulings: RulingsFile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Auth {
    /// By tokens or signatures.
    Documented,
    /// Everybody is served.
    None,
}

fn pace(text: &str) -> Result<Clock, String> {
    match text {
        "real" => Ok(Clock::Times(1)),
        "fast" => Ok(Clock::Times(60)),
        "manual" | "0" => Ok(Clock::Manual),
        text => text
            .parse()
            .map(Clock::Times)
            .map_err(|_| "write `real`, `fast`, `manual` or a whole number".to_owned()),
    }
}

fn access_key(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((access, secret)) if !access.is_empty() && !secret.is_empty() => {
            Ok((access.to_owned(), secret.to_owned()))
        }
        _ => Err("write it as ACCESS:SECRET".to_owned()),
    }
}

/// Why the Twin cannot be served.
#[derive(Debug, thiserror::Error)]
enum ServeError {
    #[error("listen on 127.0.0.1:{port}; `--port 0` takes a free port")]
    Listen {
        port: u16,
        #[source]
        cause: std::io::Error,
    },
    #[error("read the world `{}`", path.display())]
    World {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("use the world `{}`", path.display())]
    NoWorld {
        path: PathBuf,
        #[source]
        cause: WorldError,
    },
    #[error("write the journal `{}`", path.display())]
    Journal {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
}

/// Runs the subcommand. It ends with Ctrl-C.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    if arguments.world_schema {
        output::lines([format!("{:#}", twin::world_schema())])?;
        return Ok(Exit::Clean);
    }
    if let Some(path) = &arguments.replay {
        return replay::run(path, |opening| like(opening, arguments));
    }
    let contract = editions::contract(arguments.edition.as_deref(), &arguments.rulings)?;
    if arguments.list_defects {
        output::lines(twin::defects(&contract).iter().map(ToString::to_string))?;
        return Ok(Exit::Clean);
    }
    if arguments.disputes {
        output::lines(twin::stances(&contract).iter().map(ToString::to_string))?;
        output::remark("settle one in rulings.toml: `proofhouse rulings --schema` says how");
        return Ok(Exit::Clean);
    }
    let healthy = Twin::new(Arc::new(contract.clone()), arguments.seed);
    let healthy = in_world(healthy, arguments.world.as_deref())?;
    if arguments.print_world {
        output::lines([format!("{:#}", healthy.world())])?;
        return Ok(Exit::Clean);
    }
    if arguments.routes {
        output::lines(
            healthy
                .operations()
                .map(|operation| format!("{}  ({})", operation.route(), operation.at)),
        )?;
        return Ok(Exit::Clean);
    }
    let mut twin =
        ill(healthy, arguments.defect.as_deref(), &contract)?.with_rules(arguments.rules());
    let opening = Opening::of(&twin, arguments.edition.as_deref());
    if let Some((access, secret)) = &arguments.access_key {
        twin = twin.with_access_key(access, secret);
    }
    let service = Service {
        clock: arguments.clock,
        journal: journal(arguments.journal.as_deref(), &opening)?,
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(serve(arguments.port, twin, service))?;
    Ok(Exit::Clean)
}

impl Arguments {
    fn rules(&self) -> Rules {
        Rules {
            authentication: self.auth == Auth::Documented,
            permissions: self.permissions,
            rate_limits: self.rate_limits,
        }
    }
}

/// A Twin as the one was whose journal has this opening.
fn like(opening: &Opening, arguments: &Arguments) -> Result<Twin, Box<dyn Error>> {
    let contract = editions::contract(opening.edition.as_deref(), &arguments.rulings)?;
    let twin = Twin::new(Arc::new(contract.clone()), opening.seed);
    let twin = in_world(twin, arguments.world.as_deref())?;
    Ok(ill(twin, opening.defect.as_deref(), &contract)?.with_rules(opening.rules()))
}

/// The Twin in the world of a file, where one is named.
fn in_world(twin: Twin, path: Option<&Path>) -> Result<Twin, ServeError> {
    let Some(path) = path else { return Ok(twin) };
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    let text = std::fs::read_to_string(path).map_err(|cause| ServeError::World {
        path: path.to_owned(),
        cause,
    })?;
    twin.with_world(&text).map_err(|cause| ServeError::NoWorld {
        path: path.to_owned(),
        cause,
    })
}

#[expect(clippy::disallowed_methods, reason = "the command line writes files")]
fn journal(
    path: Option<&Path>,
    opening: &Opening,
) -> Result<Option<Box<dyn Write + Send>>, ServeError> {
    let Some(path) = path else { return Ok(None) };
    let failed = |cause| ServeError::Journal {
        path: path.to_owned(),
        cause,
    };
    let mut file = BufWriter::new(std::fs::File::create(path).map_err(failed)?);
    writeln!(file, "{}", opening.line()).map_err(failed)?;
    Ok(Some(Box::new(file)))
}

async fn serve(port: u16, twin: Twin, service: Service) -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await;
    let listener = listener.map_err(|cause| ServeError::Listen { port, cause })?;
    let url = format!("http://{}", listener.local_addr()?);
    let lent = twin.lent();
    let first = |name: &str| lent.get(name).and_then(|values| values.first()).cloned();
    let said = |name: &str| first(name).unwrap_or_default();
    output::lines([&url])?;
    output::remark(&format!(
        "try it with: proofhouse run --endpoint {url}\n\
         for curl:    export PROOFHOUSE_TOKEN={}\n\
         for SDKs:    project {}, access key {}, secret key {}\n\
         for OpenStack: {url}/v3, user {} of twin-domain, password {}, project home\n\
         lent ids:    {url}/-/lent\n\
         stop it with Ctrl-C",
        said("token"),
        said("project_id"),
        said("access_key"),
        said("secret_key"),
        said("user_name"),
        said("password"),
    ));
    tokio::select! {
        ended = twin::serve(twin, listener, service) => ended?,
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    Ok(())
}
