//! No secret is in anything that a run leaves or prints, even of a server that repeats all it hears.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOKEN: &str = "gAAAA-very-secret-token";
const PASSWORD: &str = "very-secret-password";
const KEY: &str = "very-secret-key";

/// A server that issues a token, and otherwise repeats every header and the body it was sent.
async fn echo() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v3/auth/tokens"))
        .respond_with(
            ResponseTemplate::new(201)
                .insert_header("X-Subject-Token", TOKEN)
                .set_body_json(json!({"token": {"project": {"id": "p1"}}})),
        )
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(|heard: &Request| {
            let headers = heard.headers.iter().map(|(name, value)| {
                format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
            });
            let headers: Vec<String> = headers.collect();
            let token = heard.headers.get("X-Auth-Token").cloned();
            let answer = ResponseTemplate::new(200).set_body_json(json!({"heard": headers}));
            match token {
                Some(token) => answer.insert_header("X-Echo", token),
                None => answer,
            }
        })
        .mount(&server)
        .await;
    server
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .current_dir(folder)
        .env("SECRET_TOKEN", TOKEN)
        .env("SECRET_PASSWORD", PASSWORD)
        .env("SECRET_KEY", KEY)
        .args(arguments)
        .output()
        .unwrap()
}

/// The text of every file below a folder.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn no_artefact_holds_a_secret() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(echo());
    let folder = tempfile::tempdir().unwrap();
    let url = server.uri();
    let common = format!(
        "project_id = \"p1\"\nlend.server_id = [\"s1\"]\nmay = [\"read\", \"write\", \"create\"]\nendpoints.all.url = \"{url}\"\nendpoints.iam.url = \"{url}\"\nbudget.requests = 60\n"
    );
    let config = format!(
        "[targets.token]\n{common}auth.token.env = \"SECRET_TOKEN\"\n\
         [targets.password]\n{common}auth = {{ user = \"u\", domain = \"d\", password.env = \"SECRET_PASSWORD\" }}\n\
         [targets.keys]\n{common}auth = {{ access_key.env = \"SECRET_KEY\", secret_key.env = \"SECRET_KEY\" }}\n"
    );
    fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    let mut seen = Vec::new();
    let mut n_asked_with = 0;
    for target in ["token", "password", "keys"] {
        for command in [
            vec!["target", "check", target, "-vv"],
            vec!["plan", "--target", target, "-vv"],
            vec!["run", "--target", target, "--report", target, "-vv"],
            vec!["snapshot", "--target", target, "-vv"],
        ] {
            let output = run(folder.path(), &command);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(told.contains("exchange{id=1}"), "{command:?}: {told}");
            n_asked_with += told.matches("$PROOFHOUSE_TOKEN").count();
            seen.push((
                format!("{command:?} stdout"),
                String::from_utf8_lossy(&output.stdout).into_owned(),
            ));
            seen.push((format!("{command:?} stderr"), told));
        }
    }
    for command in [
        vec!["target", "check", "password", "--offline"],
        vec!["clean", "--list"],
        vec!["report", "token", "--format", "html"],
        vec!["report", "token", "--format", "annotations"],
        vec!["run", "--target", "tokem"],
    ] {
        let output = run(folder.path(), &command);
        for text in [output.stdout, output.stderr] {
            let text = String::from_utf8_lossy(&text).into_owned();
            seen.push((format!("{command:?}"), text));
        }
    }
    let before = seen.len();
    files(folder.path(), &mut seen);
    assert!(seen.len() >= before + 3 * 4, "reports of three runs");
    assert!(
        n_asked_with > 30,
        "requests were made with credentials: {n_asked_with}"
    );
    for (place, text) in &seen {
        for secret in [TOKEN, PASSWORD, KEY] {
            assert!(!text.contains(secret), "{place} holds {secret}");
        }
    }
}

#[test]
fn a_token_is_printed_only_for_who_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(echo());
    let config = format!(
        "[targets.password]\nauth = {{ user = \"u\", domain = \"d\", password.env = \"SECRET_PASSWORD\" }}\nendpoints.iam.url = \"{}\"\n",
        server.uri()
    );
    fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    let output = run(folder.path(), &["token", "password"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("{TOKEN}\n")
    );
}
