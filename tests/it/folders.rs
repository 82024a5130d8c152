//! Folders of pages, as one document: whose pages and lines facts are, and what else lies in a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const LIGHT: &str = "Lighting a Lamp\n===============\n\nFunction\n--------\n\nThis API is used to light a lamp.\n\nURI\n---\n\n\
    PUT /v1/{port_id}/lamps\n\nRequest\n-------\n\n.. table:: **Table 1** Request parameters\n\n   \
    ========= ========= ====== ======================================\n   \
    Parameter Mandatory Type   Description\n   \
    ========= ========= ====== ======================================\n   \
    name      Yes       String The name. It contains 1 to 64 characters.\n   \
    ========= ========= ====== ======================================\n";

const DIM: &str = "# Dimming a Lamp<a name=\"dim\"></a>\n\n## Function\n\nThis API is used to dim a lamp.\n\n## URI\n\n\
    POST /v1/\\{port\\_id\\}/dim\n\n## Request\n\n**Table 1**  Request parameters\n\n|Parameter|Mandatory|Type|Description|\n\
    |--|--|--|--|\n|watts|Yes|Integer|The value ranges from 1 to 9.|\n\n\n";

fn extract(folder: &Path, print: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["extract", print])
        .arg(folder)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn coast() -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("coast").tempdir().unwrap();
    put(folder.path(), "lamps/light.rst", LIGHT.as_bytes());
    put(folder.path(), "lamps/dim.md", DIM.as_bytes());
    folder
}

#[test]
fn facts_name_their_page_and_its_line() {
    let folder = coast();
    let output = extract(folder.path(), "--inventory");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let id = folder.path().file_name().unwrap().to_str().unwrap();
    let facts: Vec<Value> = stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let place = |kind: &str, page: &str| -> Vec<u64> {
        let doc = format!("{id}/lamps/{page}");
        let here = facts
            .iter()
            .filter(|fact| fact["kind"] == kind && fact["doc"] == doc.as_str());
        here.map(|fact| fact["line"].as_u64().unwrap()).collect()
    };
    assert_eq!(place("operation", "light"), [12]);
    assert_eq!(place("operation", "dim"), [9]);
    assert_eq!(place("table", "light"), [17]);
    assert_eq!(place("constraint", "light"), [22]);
    assert_eq!(place("constraint", "dim"), [17]);
    let docs: BTreeSet<&str> = facts
        .iter()
        .filter_map(|fact| fact["doc"].as_str())
        .collect();
    assert_eq!(
        docs.len(),
        2,
        "nothing is said of the folder without its page: {docs:?}"
    );
}

#[test]
fn what_every_page_has_is_meant_where_it_is_mentioned() {
    const PAGE: &str = "# 点灯\n\n请参考请求样例，详情请见[表 lamp字段说明](#table1)。\n\n## URI\n\nPOST /v1/lamps\n\n\
        ## 请求消息\n\n**表 1**  lamp字段说明\n\n<a name=\"table1\"></a>\n|参数|是否必选|参数类型|描述|\n|--|--|--|--|\n|oil|是|String|灯油。|\n\n\
        ## 请求样例\n\n```\n{\"oil\": \"peat\"}\n```\n";
    let folder = tempfile::Builder::new().prefix("coast").tempdir().unwrap();
    put(folder.path(), "light.md", PAGE.as_bytes());
    put(
        folder.path(),
        "dim.md",
        PAGE.replace("POST", "PUT").as_bytes(),
    );
    let output = extract(folder.path(), "--inventory");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let facts = stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let references = facts.filter(|fact| fact["kind"] == "reference");
    let problems: Vec<Value> = references.map(|fact| fact["problem"].clone()).collect();
    assert_eq!(
        problems,
        [Value::Null, Value::Null, Value::Null, Value::Null]
    );
}

#[test]
fn what_is_no_page_is_left_out_and_said() {
    let folder = coast();
    put(folder.path(), "lamp.png", &[0x89, b'P', 0, 1]);
    put(folder.path(), "lamps/binary.md", &[b'a', 0, b'b']);
    put(folder.path(), ".hidden/secret.md", DIM.as_bytes());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), folder.path().join("lamps/again")).unwrap();
        std::os::unix::fs::symlink("gone.md", folder.path().join("lamps/gone.md")).unwrap();
    }
    let output = extract(folder.path(), "--inventory");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    assert!(
        stderr.contains("1 file is no page and was left out: 1 .png"),
        "{stderr}"
    );
    assert!(
        stderr.contains("binary.md: left out: it holds no text"),
        "{stderr}"
    );
    #[cfg(unix)]
    {
        assert!(
            stderr.contains("again: left out: it is a link to a folder"),
            "{stderr}"
        );
        assert!(stderr.contains("gone.md: left out: "), "{stderr}");
    }
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(stdout.matches("\"kind\":\"operation\"").count(), 2);
}

#[test]
fn a_folder_without_pages_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "lamp.png", b"x");
    let output = extract(folder.path(), "--inventory");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.contains("no file ends in .md, .markdown, .rst, .txt"),
        "{stderr}"
    );
}

#[test]
fn a_written_folder_is_read_back_with_its_pages() {
    let folder = coast();
    let written = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["extract", "--write"])
        .arg(written.path())
        .arg(folder.path())
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    let id = folder.path().file_name().unwrap().to_str().unwrap();
    let text = fs::read_to_string(written.path().join(id).join("dim/operation.json")).unwrap();
    assert!(text.contains(&format!("{id}/lamps/dim:17")), "{text}");
    assert!(
        !text.contains(&format!("\"{id}:")),
        "a place without its page: {text}"
    );
}
