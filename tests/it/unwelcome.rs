//! What is told where something on the way, or the target itself, does not accept who asks.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::killed::proofhouse;

const PAGE: &str = "\
## 1.1 Listing Kettles

## URI

GET /v1/{project_id}/kettles

Table 1-1 Parameters

Parameter\tMandatory\tDescription
project_id\tYes\tThe ID of the project.

## Response

Table 1-2 Response parameters

Parameter\tType\tDescription
colour\tString\tThe colour of all kettles.

## 1.2 Listing Lids

## URI

GET /v1/{project_id}/lids

Table 1-3 Parameters

Parameter\tMandatory\tDescription
project_id\tYes\tThe ID of the project.

## Response

Table 1-4 Response parameters

Parameter\tType\tDescription
colour\tString\tThe colour of all lids.
";

/// A kitchen that knows its token so many times, and whose clock stands still.
struct Kitchen {
    n_left: Arc<AtomicUsize>,
}

impl Respond for Kitchen {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let is_known = |name: &str| {
            request
                .headers
                .get(name)
                .is_some_and(|sent| sent == "a-long-token")
        };
        let take = |left: usize| left.checked_sub(1);
        let order = Ordering::Relaxed;
        let knows =
            is_known("x-auth-token") && self.n_left.fetch_update(order, order, take).is_ok();
        let answer = match (knows, request.url.path()) {
            (_, "/") | (true, "/v1/p1/kettles" | "/v1/p1/lids") => {
                ResponseTemplate::new(200).set_body_json(json!({"colour": "blue"}))
            }
            (true, _) => ResponseTemplate::new(404),
            (false, _) => ResponseTemplate::new(401)
                .set_body_json(json!({"error": {"code": "K.1", "message": "who are you?"}})),
        };
        answer.insert_header("Date", "Mon, 01 Jan 2024 00:00:00 GMT")
    }
}

async fn serves(responds: impl Respond + 'static) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any())
        .respond_with(responds)
        .mount(&server)
        .await;
    server
}

/// A kitchen that knows its token so many times, and a folder that describes it.
async fn kitchen(n_left: usize, rest: &str) -> (MockServer, Arc<AtomicUsize>, tempfile::TempDir) {
    let n_left = Arc::new(AtomicUsize::new(n_left));
    let server = serves(Kitchen {
        n_left: Arc::clone(&n_left),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[targets.kitchen]\nedition = \"page.md\"\nproject_id = \"p1\"\nendpoints.main.url = \"{}\"\n{rest}\n",
        server.uri()
    );
    std::fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    std::fs::write(folder.path().join("page.md"), PAGE).unwrap();
    (server, n_left, folder)
}

const TOKEN: &str = "auth.token.command = [\"printf\", \"a-long-token\"]";
const KEYS: &str = "auth = { access_key.command = [\"printf\", \"AK123456\"], secret_key.command = [\"printf\", \"SK123456\"] }";

#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, lines: &[&str]) -> String {
    let output = proofhouse(folder, arguments).output().unwrap();
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{told}");
    for line in lines {
        assert!(told.contains(line), "{line}:\n{told}");
    }
    told
}

const RUN: [&str; 3] = ["run", "--target", "kitchen"];
const TARGET_CHECK: [&str; 3] = ["target", "check", "kitchen"];

#[tokio::test]
async fn a_run_whose_credentials_were_never_accepted_ends_and_accuses_nobody() {
    let (_server, _, folder) = kitchen(0, TOKEN).await;
    let told = check(
        folder.path(),
        &RUN,
        2,
        &[
            "the run ended early: the target refuses the credentials with 401",
            "undecided   4: the target's credentials were never accepted",
            "0 violations",
        ],
    );
    assert!(!told.contains("FAIL"), "{told}");
    // Also where there was too little to try.
    let little = [&RUN[..], &["--operation", "kettles.list", "--cases", "0"]].concat();
    let refused = ["the run ended early: the target refuses the credentials with 401"];
    let told = check(folder.path(), &little, 2, &refused);
    assert!(!told.contains("The contract holds"), "{told}");
}

#[tokio::test]
async fn a_run_whose_token_ends_is_cut_short_and_goes_on_with_another() {
    let (_server, n_left, folder) = kitchen(usize::MAX, TOKEN).await;
    let whole = check(folder.path(), &RUN, 0, &["The contract holds"]);
    // Enough for the first operation: what it showed tells later that it is the token's end.
    n_left.store(3, Ordering::Relaxed);
    let told = check(
        folder.path(),
        &RUN,
        2,
        &["refuses the credentials with 401", "goes on with this run"],
    );
    assert!(!told.contains("FAIL"), "{told}");
    n_left.store(usize::MAX, Ordering::Relaxed);
    let resumed = check(
        folder.path(),
        &["run", "--resume", "reports/latest"],
        0,
        &["The contract holds"],
    );
    let covered = |told: &str| {
        let mut lines = told.lines();
        lines
            .find(|line| line.contains("promises"))
            .map(str::to_owned)
    };
    assert_eq!(covered(&resumed), covered(&whole), "{resumed}");
}

#[tokio::test]
async fn what_is_wrong_with_credentials_and_clocks_is_told_before_a_run() {
    let row = "credentials  PROBLEM: GET /v1/{project_id}/kettles answered 401: who are you?";
    let clock = "clock        PROBLEM: the server's is ";
    let (_server, _, folder) = kitchen(0, TOKEN).await;
    let told = check(folder.path(), &TARGET_CHECK, 2, &[row, clock, " s behind"]);
    assert!(!told.contains("signed"), "{told}");
    let (_server, _, folder) = kitchen(0, KEYS).await;
    check(
        folder.path(),
        &TARGET_CHECK,
        2,
        &[row, "what is signed holds the Host header"],
    );
    let (_server, _, folder) = kitchen(usize::MAX, TOKEN).await;
    let config = folder.path().join("proofhouse.toml");
    let nobody = std::fs::read_to_string(&config)
        .unwrap()
        .replace("project_id = \"p1\"\n", "");
    std::fs::write(&config, nobody).unwrap();
    let untried =
        "credentials  not tried: where `project_id` is lent, GET /v1/{project_id}/kettles is";
    check(folder.path(), &TARGET_CHECK, 2, &[untried, clock]);
}

/// A proxy that lets one user through, and answers for all servers.
struct Gate;

impl Respond for Gate {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let sent = request.headers.get("proxy-authorization");
        match sent.is_some_and(|sent| sent == "Basic Y29vazphLXByb3h5LXBhc3N3b3Jk") {
            true => ResponseTemplate::new(200).set_body_json(json!({"colour": "blue"})),
            false => ResponseTemplate::new(407),
        }
    }
}

#[tokio::test]
async fn a_proxy_that_wants_to_know_who_asks_is_told_and_no_finding() {
    let gate = serves(Gate).await;
    let proxy = format!("{TOKEN}\nproxy = \"{}\"", gate.uri());
    let (server, _, folder) = kitchen(usize::MAX, &proxy).await;
    let refused = [
        "reachable    PROBLEM: nobody answers at",
        "the proxy wants to know who asks, and answered 407: see `proxy_auth`",
    ];
    check(folder.path(), &TARGET_CHECK, 2, &refused);
    check(folder.path(), &RUN, 2, &refused[1..]);
    let with_user = format!(
        "{proxy}\nproxy_auth = {{ user = \"cook\", password.command = [\"printf\", \"a-proxy-password\"] }}"
    );
    let (_server, _, folder) = kitchen(usize::MAX, &with_user).await;
    let told = check(folder.path(), &[&RUN[..], &["-vv"]].concat(), 1, &[]);
    assert!(
        told.contains("200 with") && !told.contains("a-proxy-password"),
        "{told}"
    );
    let asked = server.received_requests().await.unwrap();
    assert!(asked.is_empty(), "nothing goes past the proxy");
}
