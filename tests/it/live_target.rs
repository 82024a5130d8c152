//! A live target as a whole: who asks, at which service, what is never seen of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use proofhouse::case::CaseId;
use proofhouse::contract::{Contract, OperationId};
use proofhouse::event::{CaseOutcome, Event};
use proofhouse::finding::{Finding, Severity, Verdict};
use proofhouse::runner::{self, Plan};
use proofhouse::source::DocumentId;
use proofhouse::target::config::Config;
use proofhouse::target::{Halt, Live, LiveOptions, Target, Used};
use proofhouse::wire::{self, Method, OWN_TOKEN, Request};
use proofhouse::{document, extract, report, store};
use serde_json::json;
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, Request as Received, ResponseTemplate};

const PASSWORD: &str = "very-secret-password";
const TOKEN: &str = "very-secret-token";

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// An identity service that issues numbered tokens which last so many seconds.
async fn identity(seconds: i64) -> MockServer {
    let server = MockServer::start().await;
    let n_issued = AtomicU32::new(0);
    Mock::given(method("POST"))
        .and(path("/v3/auth/tokens"))
        .and(body_string_contains(PASSWORD))
        .respond_with(move |_: &Received| {
            let number = n_issued.fetch_add(1, Ordering::Relaxed) + 1;
            let expires = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
            ResponseTemplate::new(201)
                .insert_header("X-Subject-Token", format!("{TOKEN}-{number}"))
                .set_body_json(json!({"token": {
                    "expires_at": expires.to_string(),
                    "project": {"id": "p1"},
                }}))
        })
        .mount(&server)
        .await;
    server
}

fn options(toml: &str) -> LiveOptions {
    let config = Config::parse(toml).unwrap();
    let (name, target) = config.targets.iter().next().unwrap();
    LiveOptions::of(name, target, std::path::Path::new(".")).unwrap()
}

fn with_password(service: &MockServer, identity: &MockServer) -> LiveOptions {
    options(&format!(
        "[targets.kitchen]
        endpoints.kettles.url = \"{}\"
        endpoints.iam.url = \"{}\"
        project_name = \"tea\"
        auth = {{ user = \"cook\", domain = \"house\", password.command = [\"printf\", \"{PASSWORD}\"] }}",
        service.uri(),
        identity.uri()
    ))
}

fn asked(live: &Live) -> Request {
    let mut request = Request::new(Method::Get, "/v1/kettles");
    live.authorize(&mut request);
    request
}

async fn n_tokens(identity: &MockServer) -> usize {
    identity.received_requests().await.unwrap().len()
}

#[test]
fn an_endpoint_names_a_server_and_not_who_asks() {
    let told = |endpoint: &str| {
        let refused = Live::unconnected(LiveOptions::new(endpoint));
        refused.err().unwrap().to_string()
    };
    for endpoint in [
        "https://cook:very-secret@kettles.test",
        "ftp://very-secret@kettles.test",
    ] {
        let told = told(endpoint);
        assert!(told.contains("at `kettles.test` has a user"), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
    assert!(told("kettles.test").contains("`kettles.test` is not an http"));
}

#[test]
fn a_password_brings_a_token_that_is_kept_and_a_project() {
    let runtime = runtime();
    let (service, identity) = runtime.block_on(async {
        let service = MockServer::start().await;
        Mock::given(header("X-Auth-Token", format!("{TOKEN}-1").as_str()))
            .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
            .mount(&service)
            .await;
        (service, identity(3600).await)
    });
    let mut live = Live::connect(with_password(&service, &identity)).unwrap();
    assert_eq!(live.lent().0["project_id"], ["p1"]);
    let request = asked(&live);
    assert_eq!(request.headers.get("X-Auth-Token"), Some(OWN_TOKEN));
    for _ in 0..3 {
        assert_eq!(live.send(&request).unwrap().status, 200);
    }
    assert_eq!(live.again().unwrap().send(&request).unwrap().status, 200);
    assert_eq!(runtime.block_on(n_tokens(&identity)), 1);
}

#[test]
fn a_token_is_renewed_before_it_expires() {
    let runtime = runtime();
    let (service, identity) = runtime.block_on(async {
        let service = MockServer::start().await;
        Mock::given(method("GET"))
            .respond_with(ResponseTemplate::new(200))
            .mount(&service)
            .await;
        // Less than the margin: each request needs another one.
        (service, identity(60).await)
    });
    let mut live = Live::connect(with_password(&service, &identity)).unwrap();
    let before = runtime.block_on(n_tokens(&identity));
    let request = asked(&live);
    live.send(&request).unwrap();
    assert_eq!(runtime.block_on(n_tokens(&identity)), before + 1);
    let sent = runtime.block_on(service.received_requests()).unwrap();
    let token = sent.last().unwrap().headers["X-Auth-Token"]
        .to_str()
        .unwrap();
    assert_eq!(token, format!("{TOKEN}-{}", before + 1));
}

#[test]
fn a_refused_password_is_told_without_it() {
    let runtime = runtime();
    let service = runtime.block_on(MockServer::start());
    let error = Live::connect(with_password(&service, &service)).unwrap_err();
    let error = format!("{error} {error:?}");
    assert!(error.contains("answered 404 instead of 201"), "{error}");
    assert!(!error.contains(PASSWORD), "{error}");
}

#[test]
fn requests_go_to_the_service_that_takes_their_path() {
    let runtime = runtime();
    let (kettles, lids) = runtime.block_on(async {
        let mut servers = Vec::new();
        for name in ["kettles", "lids"] {
            let server = MockServer::start().await;
            Mock::given(method("GET"))
                .respond_with(ResponseTemplate::new(200).set_body_string(name))
                .mount(&server)
                .await;
            servers.push(server);
        }
        let lids = servers.pop().unwrap();
        (servers.pop().unwrap(), lids)
    });
    let mut live = Live::connect(options(&format!(
        "[targets.kitchen]
        auth.token.command = [\"printf\", \"{TOKEN}\"]
        endpoints.kettles.url = \"{}\"
        endpoints.lids = {{ url = \"{}\", paths = [\"/v2.1/*\"] }}",
        kettles.uri(),
        lids.uri()
    )))
    .unwrap();
    for (target, expected) in [("/v1/kettles", "kettles"), ("/v2.1/lids?a=/v1", "lids")] {
        let answer = live.send(&Request::new(Method::Get, target)).unwrap();
        assert_eq!(answer.body, expected, "{target}");
    }
}

#[test]
fn what_a_server_repeats_holds_no_secret() {
    let runtime = runtime();
    let service = runtime.block_on(async {
        let service = MockServer::start().await;
        Mock::given(method("GET"))
            .respond_with(|received: &Received| {
                let told = received.headers.get("X-Auth-Token").cloned();
                let told = told
                    .map(|told| told.to_str().unwrap().to_owned())
                    .unwrap_or_default();
                ResponseTemplate::new(200)
                    .insert_header("X-Echo", told.as_str())
                    .set_body_string(told)
            })
            .mount(&service)
            .await;
        service
    });
    let mut live = Live::connect(options(&format!(
        "[targets.kitchen]
        auth.token.command = [\"printf\", \"{TOKEN}\"]
        endpoints.kettles.url = \"{}\"",
        service.uri()
    )))
    .unwrap();
    let request = asked(&live);
    let answer = live.send(&request).unwrap();
    assert_eq!(
        (answer.headers.get("X-Echo"), &answer.body[..]),
        (Some(OWN_TOKEN), OWN_TOKEN.as_bytes())
    );
    let sent = runtime.block_on(service.received_requests()).unwrap();
    assert_eq!(sent.last().unwrap().headers["X-Auth-Token"], TOKEN);
    assert!(!format!("{live:?}").contains(TOKEN));
}

#[test]
fn keys_sign_every_request() {
    let runtime = runtime();
    let service = runtime.block_on(async {
        let service = MockServer::start().await;
        Mock::given(method("GET"))
            .respond_with(ResponseTemplate::new(200))
            .mount(&service)
            .await;
        service
    });
    let contract: Arc<Contract> = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let mut live = Live::connect(LiveOptions {
        contract: Some(contract),
        ..options(&format!(
            "[targets.kitchen]
            project_id = \"p1\"
            auth.access_key.command = [\"printf\", \"an-access-key\"]
            auth.secret_key.command = [\"printf\", \"very-secret-key\"]
            endpoints.kettles.url = \"{}\"",
            service.uri()
        ))
    })
    .unwrap();
    let request = asked(&live);
    live.send(&request).unwrap();
    let sent = runtime.block_on(service.received_requests()).unwrap();
    let sent = &sent.last().unwrap().headers;
    let authorization = sent["Authorization"].to_str().unwrap();
    let start = "SDK-HMAC-SHA256 Access=an-access-key, SignedHeaders=host;x-project-id;x-sdk-date, Signature=";
    assert!(authorization.starts_with(start), "{authorization}");
    assert_eq!(
        (&sent["X-Project-Id"], sent.contains_key("X-Auth-Token")),
        (&"p1".parse().unwrap(), false)
    );
    assert!(live.token().unwrap().is_none());
}

const SHELF: &str = "\
## 1.1 Listing Kettles

## URI

GET /v1/kettles

## Response

Table 1-1 Response parameters

Parameter\tType\tDescription
kettles\tArray of Objects\tThe kettles.

## 1.2 Showing a Kettle

## URI

GET /v1/kettles/{kettle_id}

Table 1-2 Parameters

Parameter\tMandatory\tDescription
kettle_id\tYes\tThe ID of the kettle.
";

fn shelf() -> Arc<Contract> {
    let document = document::read(&DocumentId::new("shelf"), SHELF.as_bytes());
    let contract = extract::read(&document).contract;
    assert_eq!(contract.operations.len(), 2, "{contract:#?}");
    Arc::new(contract)
}

#[test]
fn what_is_lent_by_name_is_looked_up() {
    let runtime = runtime();
    let service = runtime.block_on(async {
        let service = MockServer::start().await;
        let kettles = json!({"kettles": [
            {"id": "k1", "name": "qa-grey"}, {"id": "k2", "name": "mine"}, {"id": "k3", "name": "qa-blue"},
        ]});
        Mock::given(path("/v1/kettles"))
            .respond_with(ResponseTemplate::new(200).set_body_json(kettles))
            .mount(&service)
            .await;
        service
    });
    let connect = |lend: &str| {
        Live::connect(LiveOptions {
            contract: Some(shelf()),
            ..options(&format!(
                "[targets.kitchen]
                auth.token.command = [\"printf\", \"{TOKEN}\"]
                lend_by_name.{lend}
                endpoints.kettles.url = \"{}\"",
                service.uri()
            ))
        })
    };
    let live = connect("kettle_id = [\"qa-*\"]").unwrap();
    assert_eq!(live.lent().0["kettle_id"], ["k1", "k3"]);
    for (lend, problem) in [
        (
            "kettle_id = [\"old-*\"]",
            "GET /v1/kettles shows nothing named `old-*`",
        ),
        ("lid_id = [\"qa-*\"]", "no documented operation lists them"),
    ] {
        let error = connect(lend).unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
}

/// A service that answers `first` to the first requests for kettles and 200 to the others.
async fn hesitates(n_first: u64, first: ResponseTemplate) -> MockServer {
    let service = MockServer::start().await;
    Mock::given(path("/v1/kettles"))
        .respond_with(first)
        .up_to_n_times(n_first)
        .with_priority(1)
        .mount(&service)
        .await;
    Mock::given(path("/v1/kettles"))
        .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
        .mount(&service)
        .await;
    service
}

fn plain(service: &MockServer) -> Live {
    Live::connect(LiveOptions {
        pause: Duration::from_millis(1),
        ..LiveOptions::new(&service.uri())
    })
    .unwrap()
}

#[test]
fn a_server_that_had_enough_is_left_alone_for_as_long_as_it_says() {
    let runtime = runtime();
    let enough = ResponseTemplate::new(429).insert_header("Retry-After", "1");
    let service = runtime.block_on(hesitates(1, enough));
    let mut live = plain(&service);
    let start = Instant::now();
    assert_eq!(
        live.send(&Request::new(Method::Get, "/v1/kettles"))
            .unwrap()
            .status,
        200
    );
    assert!(
        start.elapsed() >= Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn what_may_pass_is_tried_again_unless_it_could_happen_twice() {
    let runtime = runtime();
    for (method, status) in [(Method::Get, 200), (Method::Put, 200), (Method::Post, 503)] {
        let service = runtime.block_on(hesitates(3, ResponseTemplate::new(503)));
        let answer = plain(&service)
            .send(&Request::new(method, "/v1/kettles"))
            .unwrap();
        assert_eq!(answer.status, status, "{method}");
    }
    // The first deletion may have been done: that the second finds nothing says nothing.
    let service = runtime.block_on(async {
        let service = MockServer::start().await;
        let busy = Mock::given(path("/v1/kettles")).respond_with(ResponseTemplate::new(502));
        busy.up_to_n_times(1).with_priority(1).mount(&service).await;
        service
    });
    let answer = plain(&service)
        .send(&Request::new(Method::Delete, "/v1/kettles"))
        .unwrap();
    assert_eq!(answer.status, 502);
}

#[test]
fn a_budget_ends_a_run_with_a_reason_and_an_outage_is_undecided() {
    let runtime = runtime();
    let service = runtime.block_on(async {
        let service = MockServer::start().await;
        Mock::given(path("/v1/kettles"))
            .respond_with(ResponseTemplate::new(503))
            .mount(&service)
            .await;
        service
    });
    let mut live = Live::connect(LiveOptions {
        pause: Duration::from_millis(1),
        ..options(&format!(
            "[targets.kitchen]
            auth.token.command = [\"printf\", \"{TOKEN}\"]
            budget.requests = 6
            lend.kettle_id = [\"k1\"]
            endpoints.kettles.url = \"{}\"",
            service.uri()
        ))
    })
    .unwrap();
    let (mut outcomes, mut accusations) = (Vec::new(), 0);
    runner::run(
        &shelf(),
        &Plan::default(),
        &mut live,
        &mut |event| match event {
            Event::CaseFinished { outcome, .. } => outcomes.push(outcome.clone()),
            Event::FindingMade(finding) if runner::accuses(finding) => accusations += 1,
            _ => {}
        },
    );
    assert_eq!(accusations, 0, "{outcomes:?}");
    let undecided = CaseOutcome::Undecided("answered 503: out of service".to_owned());
    assert_eq!(outcomes[0], undecided, "{outcomes:?}");
    let spent = CaseOutcome::Skipped("the budget of 6 requests is used up".to_owned());
    assert_eq!(outcomes.last(), Some(&spent), "{outcomes:?}");
}

#[test]
fn minutes_are_those_of_the_whole_run() {
    let runtime = runtime();
    let service = runtime.block_on(MockServer::start());
    let after = |seconds| {
        let toml = format!(
            "[targets.kitchen]
            budget.minutes = 2
            endpoints.kettles.url = \"{}\"",
            service.uri()
        );
        let used = Used {
            time: Duration::from_secs(seconds),
            ..Used::default()
        };
        let live = Live::connect(LiveOptions {
            used,
            ..options(&toml)
        });
        live.unwrap().halted()
    };
    assert_eq!(after(60), None);
    let spent = Halt::Spent("the budget of 2 minutes is used up".to_owned());
    assert_eq!(after(120), Some(spent));
}

#[test]
fn what_is_found_at_a_service_names_its_endpoint_and_the_servers_id_for_it() {
    let service = wire::Service {
        url: "http://lids.test".to_owned(),
        paths: vec!["/v2/*".to_owned()],
    };
    let start = Event::RunStarted {
        target: "kitchen".to_owned(),
        endpoint: "http://kettles.test".to_owned(),
        services: vec![service],
        n_operations: 2,
        seed: 1,
        n_cases: 2,
    };
    let mut recorder = report::Recorder::default();
    recorder.record(&start);
    for (path, host) in [("/v2/lids/l1", "lids"), ("/v1/kettles/k1", "kettles")] {
        let mut answer = wire::Response {
            status: 500,
            headers: wire::Headers::default(),
            body: Vec::new().into(),
        };
        answer.headers.set("X-Kitchen-Request-Id", "req-7");
        let finding = Finding {
            check: "server_error",
            severity: Severity::Violation,
            verdict: Verdict::Server,
            operation: OperationId::new(host),
            field: None,
            title: "failed".to_owned(),
            promise: "no 5xx".to_owned(),
            sources: Vec::new(),
            expected: "less than 500".to_owned(),
            seen: "500".to_owned(),
            case: CaseId("case".to_owned()),
            exchange: Some(wire::Exchange {
                request: Request::new(Method::Get, path),
                outcome: Ok(answer),
                elapsed: Duration::ZERO,
            }),
            change: None,
            earlier: Vec::new(),
        };
        let line = recorder.record(&Event::FindingMade(Box::new(finding)));
        let text = report::print(&line.unwrap());
        assert!(
            text.contains(&format!("http://{host}.test{path}")),
            "{text}"
        );
        assert!(text.contains("\"request_id\":\"req-7\""), "{text}");
    }
}
