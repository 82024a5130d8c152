//! How fast the Twin is, and how much memory it takes: `cargo bench --bench twin`.
//!
//! Over HTTP/1.1 on loopback it stands beside an axum server that says hello, both on a thread of
//! their own, asked by the same clients in turns: the ratio is what counts, since machines differ.
//! In process it is asked on one core. All is bounded in time and requests.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and reads a clock"
)]

mod clients;
mod harness;
mod memory;

use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use proofhouse::contract::{Contract, OperationId};
use proofhouse::store;
use proofhouse::twin::{self, Clock, Service, Twin};
use proofhouse::wire::{Method, Request};

/// The one of the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let contract = Contract::newest(&store::embedded()).expect("schemas/ holds an edition");
    let contract = Arc::new(contract);
    let twin = Twin::new(Arc::clone(&contract), 42);
    let asked = serve(&twin);
    judged_over_http(&contract, &twin, asked);
    in_process(&twin);
    over_http(&twin, asked);
    memory::grow(twin);
}

/// Requests that the Twin answers, from the least to the most that is to tell.
pub fn requests(twin: &Twin) -> [(&'static str, String); 4] {
    let lent = twin.lent();
    let first = |name: &str| lent[name][0].as_str();
    let (project, server, key) = (first("project_id"), first("server_id"), first("keyname"));
    [
        ("the version", "/v2.1".to_owned()),
        ("a key pair", format!("/v2.1/{project}/os-keypairs/{key}")),
        (
            "the metadata of a server",
            format!("/v2.1/{project}/servers/{server}/metadata"),
        ),
        ("a server", format!("/v2.1/{project}/servers/{server}")),
    ]
}

fn in_process(twin: &Twin) {
    for (what, target) in requests(twin) {
        let again = rate(twin.clone(), what, |_| target.clone());
        // A parameter that nobody documents makes every question a new one.
        let anew = rate(twin.clone(), what, |turn| format!("{target}?turn={turn}"));
        println!(
            "in process, {what}: {anew:.0} requests/s on one core, {again:.0} where nothing changed since"
        );
    }
}

/// Answers a second.
fn rate(mut twin: Twin, what: &str, target: impl Fn(u32) -> String) -> f64 {
    const N: u32 = 200_000;
    let token = twin.lent()["token"][0].clone();
    let mut request = Request::new(Method::Get, "/");
    request.headers.set("X-Auth-Token", token.as_str());
    let start = Instant::now();
    for turn in 0..N {
        request.target = target(turn);
        let answer = twin.respond(black_box(&request));
        assert_eq!(answer.status, 200, "{what}");
    }
    f64::from(N) / start.elapsed().as_secs_f64()
}

/// The Twin over HTTP, on a thread of its own.
fn serve(twin: &Twin) -> SocketAddr {
    let served = twin.clone();
    clients::serve(move |listener| async move {
        let service = Service::from(Clock::Times(1));
        let _ = twin::serve(served, listener, service).await;
    })
}

fn over_http(twin: &Twin, asked: SocketAddr) {
    let hello = axum::Router::new().route("/", axum::routing::get(|| async { "hello, world" }));
    let hello = clients::serve(move |listener| async move {
        let _ = axum::serve(listener, hello).await;
    });
    let token = twin.lent()["token"][0].clone();
    for (what, target) in requests(twin) {
        // In turns, so that whatever else the machine does meets both.
        let turns = (0..3).map(|_| {
            (
                clients::ask(hello, "/", &token),
                clients::ask(asked, &target, &token),
            )
        });
        let turns: Vec<_> = turns.collect();
        let best = |of: fn(&(clients::Load, clients::Load)) -> &clients::Load| {
            let loads = turns.iter().map(of);
            loads
                .max_by(|a, b| a.rate.total_cmp(&b.rate))
                .expect("there were turns")
        };
        let (hello, twin) = (best(|turn| &turn.0), best(|turn| &turn.1));
        println!(
            "over HTTP, {what}: {twin}; hello world: {hello}; ratio {:.2}",
            twin.rate / hello.rate
        );
    }
}

/// Cases of a list with many parameters, judged over HTTP.
fn judged_over_http(contract: &Arc<Contract>, twin: &Twin, asked: SocketAddr) {
    let token = &twin.lent()["token"][0];
    let flavors = OperationId::new("flavors.list");
    harness::beside_a_bare_loop(contract, &flavors, asked, token);
}
