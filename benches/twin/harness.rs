//! The harness over HTTP beside a bare loop of the same client: what it costs to make cases and to judge
//! answers, in the time that the answers take.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use proofhouse::contract::{Contract, OperationId};
use proofhouse::event::Event;
use proofhouse::runner::{self, Plan};
use proofhouse::target::live::Auth;
use proofhouse::target::{Live, LiveOptions};

/// Generated cases of one turn.
const N: u32 = 5_000;

/// Tries cases of one operation on a server, and asks for one path as often by the bare client, in turns.
pub fn beside_a_bare_loop(
    contract: &Arc<Contract>,
    operation: &OperationId,
    server: SocketAddr,
    target: &str,
    token: &str,
) {
    let turns = (0..3).map(|_| {
        (
            harness(contract, operation, server, token),
            bare(server, target, token),
        )
    });
    let turns: Vec<(f64, f64)> = turns.collect();
    let best = |of: fn(&(f64, f64)) -> f64| turns.iter().map(of).fold(0.0, f64::max);
    let (harness, bare) = (best(|turn| turn.0), best(|turn| turn.1));
    println!(
        "over HTTP, cases of {operation}: {harness:.0} requests/s made and judged; bare loop: {bare:.0}/s; ratio {:.2}",
        harness / bare
    );
}

/// Requests a second.
fn harness(
    contract: &Arc<Contract>,
    operation: &OperationId,
    server: SocketAddr,
    token: &str,
) -> f64 {
    let mut live = Live::connect(LiveOptions {
        auth: Auth::Token(token.into()),
        contract: Some(Arc::clone(contract)),
        ..LiveOptions::new(&format!("http://{server}"))
    })
    .expect("the server answers");
    let plan = Plan {
        operations: Some(vec![operation.clone()]),
        generated: N,
        ..Plan::default()
    };
    let mut n_requests = 0;
    let start = Instant::now();
    runner::run(contract, &plan, &mut live, &mut |event| {
        if let Event::CaseFinished { n_exchanges, .. } = event {
            n_requests += n_exchanges;
        }
    });
    f64::from(n_requests) / start.elapsed().as_secs_f64()
}

/// Requests a second of a loop that reads each answer and nothing else.
fn bare(server: SocketAddr, target: &str, token: &str) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the system gives a runtime");
    runtime.block_on(async {
        let client = reqwest::Client::new();
        let start = Instant::now();
        for _ in 0..N {
            let request = client.get(format!("http://{server}{target}"));
            let answer = request.header("X-Auth-Token", token).send().await;
            let answer = answer.expect("the server answers");
            assert_eq!(answer.status(), 200);
            answer.bytes().await.expect("a whole answer");
        }
        f64::from(N) / start.elapsed().as_secs_f64()
    })
}
