//! What `clean` knows of the run that it cleans up behind.

use std::path::Path;
use std::process::Command;

use serde_json::json;
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

/// A run of this edition made a kettle and was killed.
fn journal(folder: &Path, endpoint: &str, with: &[&str]) {
    let journals = folder.join(".proofhouse");
    std::fs::create_dir_all(&journals).unwrap();
    let head = json!({
        "version": 2, "run": "ph00000001", "target": endpoint, "endpoint": endpoint, "with": with,
    });
    let making = json!({"making": {
        "number": 1, "operation": "kettles.create", "path": "/v1/kettles", "body": "{\"name\":\"a\"}",
    }});
    let accepted = json!({"accepted": [1, {"ids": ["k1"]}]});
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
