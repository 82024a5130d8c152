//! `twin --journal` and `twin --replay`: what was answered is answered again, and no secret is kept.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::clients::Served;

/// Sends a request on a connection of its own and gives the whole answer.
fn send(twin: &Served, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> String {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    let length = body.len();
    twin.raw(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes())
}

fn json_of(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    serde_json::from_str(body).unwrap_or_default()
}

fn replayed(journal: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["twin", "--replay"])
        .arg(journal)
        .output()
        .unwrap()
}

#[test]
fn a_journal_is_answered_alike_and_keeps_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal.jsonl");
    let path = journal.display().to_string();
    let twin = Served::new(&["--journal", &path, "--seed", "7", "--clock", "fast"]);
    let lent = json_of(&send(&twin, "GET", "/-/lent", &[], &Value::Null));
    let lent = |name: &str| lent[name][0].as_str().unwrap().to_owned();
    let (password, project) = (lent("password"), lent("project_id"));
    let login = |password: &str| {
        json!({ "auth": { "identity": { "methods": ["password"], "password": { "user": {
            "name": lent("user_name"), "password": password, "domain": { "name": "twin-domain" },
        } } } } })
    };
    let answer = send(&twin, "POST", "/v3/auth/tokens", &[], &login(&password));
    let header = answer
        .lines()
        .find_map(|line| line.strip_prefix("x-subject-token: "));
    let token = header.unwrap().to_owned();
    send(&twin, "POST", "/v3/auth/tokens", &[], &login("a-Secret-1"));
    let mine = [("X-Auth-Token", token.as_str())];
    let order = json!({ "server": {
        "name": "tea", "imageRef": lent("imageRef"), "flavorRef": "s3.medium.2", "adminPass": "Gr33n-Secret",
        "networks": [{ "uuid": lent("vpc_id") }],
    } });
    let servers = format!("/v2.1/{project}/servers");
    let made = send(&twin, "POST", &servers, &mine, &order);
    assert!(made.starts_with("HTTP/1.1 202"), "{made}");
    let keys = format!("/v2.1/{project}/os-keypairs");
    let made = send(
        &twin,
        "POST",
        &keys,
        &mine,
        &json!({ "keypair": { "name": "tea" } }),
    );
    let private = json_of(&made)["keypair"]["private_key"]
        .as_str()
        .unwrap()
        .to_owned();
    send(
        &twin,
        "GET",
        &format!("{servers}/detail"),
        &mine,
        &Value::Null,
    );
    send(
        &twin,
        "GET",
        "/v3/auth/tokens",
        &[mine[0], ("X-Subject-Token", &token)],
        &Value::Null,
    );
    send(
        &twin,
        "GET",
        &servers,
        &[("X-Auth-Token", "stolen-Secret")],
        &Value::Null,
    );
    let signed = "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=5ec7e7";
    let date = ("X-Sdk-Date", "20240301T080000Z");
    send(
        &twin,
        "GET",
        &servers,
        &[date, ("Authorization", signed)],
        &Value::Null,
    );
    send(
        &twin,
        "POST",
        "/-/clock",
        &[],
        &json!({ "advance_seconds": 30 }),
    );
    send(
        &twin,
        "GET",
        &format!("{servers}/detail?limit=2"),
        &mine,
        &Value::Null,
    );
    send(&twin, "POST", "/-/reset", &[], &Value::Null);
    send(
        &twin,
        "GET",
        &servers,
        &[("X-Auth-Token", &lent("token"))],
        &Value::Null,
    );
    drop(twin);

    let text = fs::read_to_string(&journal).unwrap();
    let key = private.lines().nth(1).unwrap();
    for secret in [
        password.as_str(),
        "Secret",
        &token,
        key,
        "5ec7e7",
        &lent("token"),
    ] {
        assert!(!text.contains(secret), "{secret} is in the journal");
    }
    let done = replayed(&journal);
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(told, "10 exchanges tried again, 0 answered otherwise\n");
    assert_eq!(done.status.code(), Some(0));

    fs::write(
        &journal,
        text.replacen("\"status\":202", "\"status\":200", 1),
    )
    .unwrap();
    let done = replayed(&journal);
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(told.contains("was  200\n  is   202"), "{told}");
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn what_is_no_journal_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal.jsonl");
    for (text, expected) in [
        ("tea\n", "line 1 is no line of a journal"),
        ("{\"version\":1}\n", "missing field `seed`"),
        ("", "line 1 is no line of a journal"),
    ] {
        fs::write(&journal, text).unwrap();
        let done = replayed(&journal);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(told.contains(expected), "{text}: {told}");
        assert_eq!(done.status.code(), Some(2), "{text}");
    }
}
