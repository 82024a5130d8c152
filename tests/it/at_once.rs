//! What only reads, asked for at once: it is seen as if it were asked for one after the other.

use std::sync::Arc;
use std::time::Duration;

use proofhouse::contract::{Contract, OperationId};
use proofhouse::event::{CaseOutcome, Event};
use proofhouse::runner::{self, Plan};
use proofhouse::target::config::BudgetConfig;
use proofhouse::target::{Live, LiveOptions, Target};
use proofhouse::wire::{Method, Request};
use proofhouse::{store, twin};
use tokio::net::TcpListener;
use tokio::sync::Barrier;

/// A server in a thread of its own; gives its URL.
fn served<F: Future<Output = ()>>(serve: impl FnOnce(TcpListener) -> F + Send + 'static) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async { serve(TcpListener::from_std(listener).unwrap()).await });
    });
    url
}

/// A server that answers nobody before so many wait.
fn crowded(n_waiting: usize) -> String {
    let barrier = Arc::new(Barrier::new(n_waiting));
    let wait = move || {
        let barrier = Arc::clone(&barrier);
        async move {
            barrier.wait().await;
            "{}"
        }
    };
    let hello = axum::routing::get(|| async { "{}" });
    let kettles = axum::Router::new()
        .route("/", hello)
        .route("/v1/kettles/{id}", axum::routing::get(wait));
    served(|listener| async {
        axum::serve(listener, kettles).await.unwrap();
    })
}

fn kettles(n: u32) -> Vec<Request> {
    let target = |nth| format!("/v1/kettles/{nth}");
    let ask = |nth| Request::new(Method::Get, target(nth));
    (0..n).map(ask).collect()
}

#[test]
fn requests_are_under_way_at_the_same_time() {
    let mut live = Live::connect(LiveOptions {
        patience: Duration::from_secs(20),
        ..LiveOptions::new(&crowded(4))
    })
    .unwrap();
    let answers = live.send_all(&kettles(8));
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.len(), 8);
    assert!(answers.iter().all(|answer| answer.status == 200));
}

#[test]
fn no_more_is_asked_for_than_is_allowed_and_left() {
    let most = |at_once, requests| {
        let live = Live::connect(LiveOptions {
            at_once,
            budget: BudgetConfig {
                requests,
                ..BudgetConfig::default()
            },
            ..LiveOptions::new(&crowded(1))
        });
        live.unwrap().most_at_once()
    };
    assert_eq!(most(None, None), 1);
    assert_eq!(most(Some(4), None), 4);
    // One was needed to connect.
    assert_eq!(most(Some(4), Some(3)), 2);
}

/// How each case ended, with the requests it took and the checks that judged it.
fn told(contract: &Arc<Contract>, url: &str, at_once: u32) -> Vec<(String, CaseOutcome, u32, u32)> {
    let mut live = Live::connect(LiveOptions {
        contract: Some(Arc::clone(contract)),
        at_once: Some(at_once),
        ..LiveOptions::new(url)
    })
    .unwrap();
    let plan = Plan {
        operations: Some(vec![OperationId::new("flavors.list")]),
        generated: 150,
        ..Plan::default()
    };
    let mut told = Vec::new();
    runner::run(contract, &plan, &mut live, &mut |event| {
        if let Event::CaseFinished {
            case,
            outcome,
            n_exchanges,
            n_checks,
            ..
        } = event
        {
            told.push((case.to_string(), outcome.clone(), *n_exchanges, *n_checks));
        }
    });
    told
}

#[test]
fn cases_end_as_they_do_one_after_the_other() {
    let contract = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let served_twin = twin::Twin::new(Arc::clone(&contract), 42);
    let service = twin::Service::from(twin::Clock::Times(1));
    let url = served(move |listener| async move {
        twin::serve(served_twin, listener, service).await.unwrap();
    });
    let alone = told(&contract, &url, 1);
    assert!(alone.len() > 150, "{}", alone.len());
    assert_eq!(told(&contract, &url, 16), alone);
    assert_eq!(told(&contract, &url, 7), alone);
}
