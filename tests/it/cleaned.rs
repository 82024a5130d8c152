//! What `clean` knows of the run that it cleans up behind.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const PAGE: &str = "\
## 1.1 Making a Kettle

## URI

POST /v1/kettles

## Request

Table 1-1 Request parameters

Parameter\tMandatory\tType\tDescription
name\tYes\tString\tThe name of the kettle.

## Response

Table 1-2 Response parameters

Parameter\tType\tDescription
id\tString\tThe ID of the kettle.

## 1.2 Deleting a Kettle

## URI

DELETE /v1/kettles/{kettle_id}

Table 1-3 Parameters

Parameter\tMandatory\tDescription
kettle_id\tYes\tThe ID of the kettle.
";

const LIDS: &str = "\
## 1.1 Showing a Kettle

## URI

GET /v1/kettles/{kettle_id}

## Response

Table 1-1 Response parameters

Parameter\tType\tDescription
lids\tArray of strings\tThe lids of the kettle.

## 1.2 Adding a Lid

## URI

POST /v1/kettles/{kettle_id}/lids

## Request

Table 1-2 Request parameters

Parameter\tMandatory\tType\tDescription
colour\tYes\tString\tThe colour of the lid.

## Response

Table 1-3 Response parameters

Parameter\tType\tDescription
lid_id\tString\tThe ID of the lid.

## 1.3 Deleting Lids

## URI

POST /v1/kettles/{kettle_id}/lids/delete

## Request

Table 1-4 Request parameters

Parameter\tMandatory\tType\tDescription
lids\tYes\tArray of objects\tThe lids. For details, see Table 1-5.

Table 1-5 Field lids

Parameter\tMandatory\tType\tDescription
id\tYes\tString\tThe ID of a lid.
";

/// A run of this edition made a kettle and was killed.
fn journal(folder: &Path, endpoint: &str, with: &[&str]) {
    let kettle =
        json!({"operation": "kettles.create", "path": "/v1/kettles", "body": "{\"name\":\"a\"}"});
    journal_of(folder, endpoint, with, kettle, "k1");
}

/// A run made this, its answer had this id, and it was killed.
fn journal_of(folder: &Path, endpoint: &str, with: &[&str], mut made: Value, id: &str) {
    let journals = folder.join(".proofhouse");
    std::fs::create_dir_all(&journals).unwrap();
    let head = json!({
        "version": 2, "run": "ph00000001", "target": endpoint, "endpoint": endpoint, "with": with,
    });
    made["number"] = json!(1);
    let making = json!({ "making": made });
    let accepted = json!({"accepted": [1, {"ids": [id]}]});
    let text = format!("{head}\n{making}\n{accepted}\n");
    std::fs::write(journals.join("ph00000001.journal"), text).unwrap();
}

fn clean(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .current_dir(folder)
        .arg("clean")
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn things_are_removed_by_the_edition_that_they_were_made_by() {
    let server = MockServer::start().await;
    Mock::given(method("DELETE"))
        .and(path("/v1/kettles/k1"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("page.md"), PAGE).unwrap();
    let endpoint = server.uri();
    let place = ["--endpoint", &endpoint, "--allow", "create"];
    journal(folder, &endpoint, &place);
    let told = clean(folder, &[]);
    assert!(told.contains("NOT removed"), "no edition is known: {told}");
    let told = clean(folder, &["--edition", "page.md"]);
    assert!(told.contains("kettles.create #1: removed"), "{told}");
    journal(
        folder,
        &endpoint,
        &[&place[..], &["--edition", "page.md", "--strict"]].concat(),
    );
    let told = clean(folder, &[]);
    assert!(told.contains("kettles.create #1: removed"), "{told}");
}

/// Whether the kettle has its lid, and how the removal of lids is answered.
async fn lids(server: &MockServer, lids: &[&str], status: u16) {
    server.reset().await;
    let kettle = ResponseTemplate::new(200).set_body_json(json!({ "lids": lids }));
    let shown = Mock::given(method("GET")).and(path("/v1/kettles/k1"));
    shown.respond_with(kettle).mount(server).await;
    let removal = Mock::given(method("POST")).and(path("/v1/kettles/k1/lids/delete"));
    let removal = removal.respond_with(ResponseTemplate::new(status));
    removal.mount(server).await;
}

#[tokio::test]
async fn what_was_removed_before_its_run_was_killed_is_gone() {
    let server = MockServer::start().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("lids.md"), LIDS).unwrap();
    let endpoint = server.uri();
    let place = ["--endpoint", &endpoint, "--allow", "create"];
    let with = [&place[..], &["--edition", "lids.md"]].concat();
    let lid = json!({"operation": "kettles.lids", "path": "/v1/kettles/k1/lids", "body": "{}"});
    journal_of(folder, &endpoint, &with, lid, "l1");
    lids(&server, &["l0", "l1"], 403).await;
    let told = clean(folder, &[]);
    assert!(
        told.contains("NOT removed: the target's credentials may not"),
        "{told}"
    );
    // Nothing shows a lid but its kettle, and a second removal is refused.
    lids(&server, &["l0"], 400).await;
    let told = clean(folder, &[]);
    assert!(told.contains("kettles.lids #1: removed"), "{told}");
}
