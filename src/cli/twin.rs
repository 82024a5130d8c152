//! `proofhouse twin`: serves the Twin over HTTP on this machine.

use std::error::Error;
use std::sync::Arc;

use clap::Args;

use super::run::{contract, ill};
use super::{Exit, output};
use crate::twin::{self, Clock, Twin};

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8774)]
    port: u16,
    /// Decides the ids and times of the world
    #[arg(long, default_value_t = 42)]
    seed: u64,
    /// Be ill in this way
    #[arg(long, value_name = "ID")]
    defect: Option<String>,
    /// How fast time passes: so many times real time, or 0 for by hand (POST /-/clock)
    #[arg(long, value_name = "FACTOR", default_value_t = 1)]
    clock: u32,
    /// List the Defects instead
    #[arg(long)]
    list_defects: bool,
    /// List the operations it answers, with the line that documents each, instead
    #[arg(long)]
    routes: bool,
}

/// Why the Twin cannot be served.
#[derive(Debug, thiserror::Error)]
#[error("listen on 127.0.0.1:{port}; `--port 0` takes a free port")]
struct ListenError {
    port: u16,
    #[source]
    cause: std::io::Error,
}

/// Runs the subcommand. It ends with Ctrl-C.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let contract = contract(None)?;
    if arguments.list_defects {
        output::lines(twin::defects(&contract).iter().map(ToString::to_string))?;
        return Ok(Exit::Clean);
    }
    let healthy = Twin::new(Arc::new(contract.clone()), arguments.seed);
    if arguments.routes {
        output::lines(
            healthy
                .operations()
                .map(|operation| format!("{}  ({})", operation.route(), operation.at)),
        )?;
        return Ok(Exit::Clean);
    }
    let twin = ill(healthy, arguments.defect.as_deref(), &contract)?;
    let clock = if arguments.clock == 0 {
        Clock::Manual
    } else {
        Clock::Times(arguments.clock)
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(serve(arguments, twin, clock))?;
    Ok(Exit::Clean)
}

async fn serve(arguments: &Arguments, twin: Twin, clock: Clock) -> Result<(), Box<dyn Error>> {
    let port = arguments.port;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await;
    let listener = listener.map_err(|cause| ListenError { port, cause })?;
    let url = format!("http://{}", listener.local_addr()?);
    let token = twin
        .lent()
        .remove("token")
        .and_then(|tokens| tokens.into_iter().next())
        .unwrap_or_default();
    output::lines([&url])?;
    output::remark(&format!(
        "try it with: proofhouse run --endpoint {url}\nfor curl:    export PROOFHOUSE_TOKEN={token}\nlent ids:    {url}/-/lent\nstop it with Ctrl-C"
    ));
    tokio::select! {
        ended = twin::serve(twin, listener, clock) => ended?,
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    Ok(())
}
