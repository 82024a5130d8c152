//! Conformance trials against a target that `proofhouse.toml` describes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const PAGE: &str = "\
## 1.1 Listing Kettles

## URI

GET /v1/kettles

## Response

Table 1-1 Response parameters

Parameter\tType\tDescription
kettles\tArray of Objects\tThe kettles. See Table 1-2.

Table 1-2 Kettles

Parameter\tType\tDescription
id\tString\tThe ID of the kettle.
name\tString\tThe name of the kettle.

## 1.2 Showing a Kettle

## URI

GET /v1/kettles/{kettle_id}

Table 1-3 Parameters

Parameter\tMandatory\tDescription
kettle_id\tYes\tThe ID of the kettle.

## Response

Table 1-4 Response parameters

Parameter\tType\tDescription
name\tString\tThe name of the kettle.

## 1.3 Deleting a Kettle

## URI

DELETE /v1/kettles/{kettle_id}

Table 1-5 Parameters

Parameter\tMandatory\tDescription
kettle_id\tYes\tThe ID of the kettle.
";

/// The program with the trials, as cargo has built it.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["test", "--test", "conformance", "--no-run"])
            .args(["--message-format", "json"])
            .output()
            .unwrap();
        let told = String::from_utf8(built.stdout).unwrap();
        let lines = told.lines();
        let told = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let named = |told: &Value| told["target"]["name"] == "conformance";
        let mut programs = told.filter(named).filter_map(|told| {
            let path = told["executable"].as_str()?;
            Some(PathBuf::from(path))
        });
        programs.next().unwrap()
    })
}

/// A target that lends nothing. Its kettles have a number for a name, where they are shown.
async fn kitchen() -> (MockServer, tempfile::TempDir) {
    let server = MockServer::start().await;
    let all = json!({"kettles": [{"id": "k1", "name": "grey"}]});
    for (at, body) in [("/v1/kettles", all), ("/v1/kettles/k1", json!({"name": 7}))] {
        Mock::given(method("GET"))
            .and(path(at))
            .respond_with(ResponseTemplate::new(200).set_body_json(body))
            .mount(&server)
            .await;
    }
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[targets.kitchen]\nedition = \"page.md\"\nauth.token.command = [\"printf\", \"a-long-token\"]\n\
         endpoints.kettles.url = \"{}\"\n",
        server.uri()
    );
    std::fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    std::fs::write(folder.path().join("page.md"), PAGE).unwrap();
    (server, folder)
}

/// What the trials say on stdout and stderr.
fn tried(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (String, String) {
    let output = Command::new(program())
        .current_dir(folder)
        .args(arguments)
        .env("PROOFHOUSE_TARGET", "kitchen")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

async fn n_requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn what_a_list_shows_is_tried_and_what_is_not_permitted_is_ignored_with_the_reason() {
    let (server, folder) = kitchen().await;
    let (told, reasons) = tried(folder.path(), &[], &[]);
    let told: Vec<&str> = told.split_whitespace().collect();
    let told = told.join(" ");
    for line in [
        "kitchen::kettles.list::kind ... ok",
        "kitchen::kettles.show::kind ... FAILED",
        "kitchen::kettles.delete::kind ... ignored",
        "repeat proofhouse run --target kitchen --seed 42 --case kettles.show/",
    ] {
        assert!(told.contains(line), "{line}:\n{told}");
    }
    let reason = "ignored: kitchen::kettles.delete: the target lets nothing be deleted\n";
    assert_eq!(reasons, reason);
    let sent = server.received_requests().await.unwrap();
    assert!(sent.iter().all(|sent| sent.method.as_str() == "GET"));
}

#[tokio::test]
async fn processes_of_one_run_share_what_was_tried_and_another_attempt_tries_again() {
    let (server, folder) = kitchen().await;
    let run = uuid::Uuid::from_u128(u128::from(fastrand::u64(..))).to_string();
    let check = async |trial: &str, attempt: &str, ok: bool, asks: bool| {
        let before = n_requests(&server).await;
        let variables = [
            ("NEXTEST_RUN_ID", run.as_str()),
            ("NEXTEST_ATTEMPT", attempt),
        ];
        let (told, _) = tried(
            folder.path(),
            &["--exact", trial, "--nocapture"],
            &variables,
        );
        assert_eq!(told.contains("1 passed"), ok, "{told}");
        assert_eq!(told.contains("1 failed"), !ok, "{told}");
        let asked = n_requests(&server).await > before;
        assert_eq!(asked, asks, "{trial}, attempt {attempt}");
    };
    check("kitchen::kettles.show::status_documented", "1", true, true).await;
    check("kitchen::kettles.show::kind", "1", false, false).await;
    check("kitchen::kettles.show::kind", "2", false, true).await;
    check("kitchen::kettles.list::kind", "1", true, true).await;
}
