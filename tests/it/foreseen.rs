//! `plan` and `target check`: what a run would do, and what is wrong before it begins.

use std::path::Path;
use std::sync::Arc;

use proofhouse::contract::Contract;
use proofhouse::store;
use serde_json::Value;

use super::killed::{proofhouse, serve};

fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = proofhouse(folder, arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, lines: &[&str]) {
    let (status, told) = told(folder, arguments);
    assert_eq!(status, Some(code), "{told}");
    for line in lines {
        assert!(told.contains(line), "{line}:\n{told}");
    }
}

fn folder(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    folder
}

const OFFLINE: &str = r#"
[targets.kitchen]
project_id = "p1"
may = ["read", "create"]
auth.token.command = ["printf", "a-long-token"]
budget = { requests = 500, creations = 7 }
lend.server_id = ["s1", "s2"]
endpoints.main.url = "http://127.0.0.1:9"
endpoints.nova = { url = "http://127.0.0.1:10", paths = ["/v2.1/*"] }
"#;

#[test]
fn offline_nobody_is_asked_and_a_run_is_foreseen() {
    let folder = folder(OFFLINE);
    let lines = [
        "file         proofhouse.toml is understood",
        "endpoint     http://127.0.0.1:10 takes /v2.1/*",
        "endpoint     http://127.0.0.1:9 takes all other paths",
        "may          read, create",
        "lends        project_id (1), server_id (2), tenant_id (1)",
        "would do     in all ",
        "nobody was asked",
    ];
    let check_offline = ["target", "check", "kitchen", "--offline"];
    check(folder.path(), &check_offline, 0, &lines);
    let lines = [
        "plan for kitchen",
        "os-keypairs.create",
        "the target may not be written to: ",
        "budgets: 500 requests, 7 creations",
        "nothing was tried",
    ];
    check(
        folder.path(),
        &["plan", "--target", "kitchen", "--offline"],
        0,
        &lines,
    );
}

#[test]
fn what_is_wrong_with_a_target_is_told_in_its_row() {
    let folder = folder(
        r#"
[targets.dead]
endpoints.main.url = "http://127.0.0.1:9"
[targets.hidden]
endpoints.main.url = "http://127.0.0.1:10"
proxy = "http://127.0.0.1:9"
[targets.locked]
endpoints.main.url = "http://127.0.0.1:10"
endpoints.iam.url = "http://127.0.0.1:9"
auth = { user = "cook", domain = "kitchen", password.command = ["printf", "a-long-password"] }
[targets.poor]
endpoints.main.url = "http://127.0.0.1:9"
auth.token.env = "A_VARIABLE_THAT_NOBODY_SETS"
"#,
    );
    let wrong = |target: &str, lines: &[&str]| {
        check(folder.path(), &["target", "check", target], 2, lines);
    };
    let file = "file         proofhouse.toml is understood";
    let nobody = "reachable    PROBLEM: nobody answers at `http://127.0.0.1:9`";
    wrong("dead", &[file, nobody]);
    wrong("hidden", &["through the proxy `http://127.0.0.1:9`"]);
    let locked = "credentials  PROBLEM: ask the identity service for a token: ";
    wrong("locked", &[file, locked]);
    let poor = "use target `poor` of `proofhouse.toml`: the environment variable";
    wrong("poor", &[poor]);
}

#[test]
fn a_run_makes_and_asks_about_as_much_as_was_foreseen() {
    let contract = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let endpoint = serve(&contract);
    let folder = folder(&format!(
        "[targets.kitchen]\nendpoints.twin.url = \"{endpoint}\"\nlike_a_cloud = true\n\
         may = [\"read\", \"write\", \"create\"]\nbudget.creations = 1000\n"
    ));
    let what = [
        "--target",
        "kitchen",
        "--cases",
        "2",
        "--operation",
        "*os-keypairs*",
    ];
    let (_, plan) = told(folder.path(), &[&["plan"], &what[..]].concat());
    let sum = plan
        .lines()
        .find(|line| line.starts_with("in all"))
        .unwrap();
    let number = |before: &str| -> f64 {
        let rest = sum.split(before).nth(1).unwrap();
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    let (n_requests, n_creations) = (number("about "), number("up to "));
    told(folder.path(), &[&["run", "--quiet"], &what[..]].concat());
    let log = folder.path().join("reports/latest/events.jsonl");
    let log = std::fs::read_to_string(log).unwrap();
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let (mut asked, mut made) = (0.0, 0.0);
    for line in lines {
        match line["event"].as_str() {
            Some("case_finished") => asked += line["requests"].as_f64().unwrap(),
            Some("state_noted") => made = line["state"]["used"][1].as_f64().unwrap(),
            _ => {}
        }
    }
    assert!(made > 0.0 && made <= n_creations, "{made} made: {sum}");
    let off = (asked - n_requests).abs() / asked;
    assert!(off < 0.2, "{asked} asked: {sum}");
}

#[test]
fn a_run_makes_no_more_than_its_budget_and_leaves_nothing() {
    let contract = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let folder = folder(&format!(
        "[targets.kitchen]\nendpoints.twin.url = \"{}\"\nlike_a_cloud = true\n\
         may = [\"read\", \"write\", \"create\"]\nbudget.creations = 3\n",
        serve(&contract)
    ));
    let run = ["run", "--target", "kitchen", "--quiet", "--cases", "0"];
    let what = ["--operation", "os-keypairs.create"];
    let spent = "the budget of 3 creations is used up";
    check(folder.path(), &[&run[..], &what].concat(), 0, &[spent]);
    let log = std::fs::read_to_string(folder.path().join("reports/latest/events.jsonl")).unwrap();
    let used = log.lines().rev().find_map(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        line["state"]["used"][1].as_u64()
    });
    assert_eq!(used, Some(3), "things made");
    let nothing = "nothing to remove: .proofhouse holds no journal";
    check(folder.path(), &["clean"], 0, &[nothing]);
}

const PICTURES: &str = "\
## 1.1 Making a Picture

## URI

POST /v1/kettles/{kettle_id}/action

## Request

Table 1-1 Request parameters

Parameter\tMandatory\tType\tDescription
createPicture\tYes\tObject\tThe picture. See Table 1-2.

Table 1-2 createPicture

Parameter\tMandatory\tType\tDescription
name\tYes\tString\tThe name of the picture.

## Response

Table 1-3 Response parameters

Parameter\tType\tDescription
picture_id\tString\tThe ID of the picture.
";

const REMOVAL: &str = "\
## 1.2 Deleting a Picture

## URI

DELETE /v1/pictures/{picture_id}

Table 1-4 Parameters

Parameter\tMandatory\tDescription
picture_id\tYes\tThe ID of the picture.
";

#[test]
fn what_an_action_makes_is_planned_only_where_something_removes_it() {
    let folder = folder("");
    let plan = |page: &str, lines: &[&str]| {
        std::fs::write(folder.path().join("page.md"), page).unwrap();
        let place = ["--endpoint", "http://127.0.0.1:9", "--lend", "kettle_id=k1"];
        let what = ["--edition", "page.md", "--allow", "create", "--offline"];
        let code = if page.contains("DELETE") { 0 } else { 3 };
        check(
            folder.path(),
            &[&["plan"], &place[..], &what].concat(),
            code,
            lines,
        );
    };
    let never = "it would make what no documented operation removes: kettles.action.createPicture";
    plan(PICTURES, &[never, "in all 0 of 1 operations"]);
    let budgets = "budgets: as many creations as it takes";
    plan(
        &format!("{PICTURES}\n{REMOVAL}"),
        &["in all 2 of 2 operations", budgets],
    );
}

#[test]
fn what_a_job_made_is_the_runs_own() {
    let contract = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let folder = folder(&format!(
        "[targets.kitchen]\nendpoints.twin.url = \"{}\"\nlike_a_cloud = true\n\
         may = [\"read\", \"write\", \"create\"]\nbudget.creations = 10\n",
        serve(&contract)
    ));
    let run = ["run", "--target", "kitchen", "--quiet", "--case"];
    let passed = "1 case: 1 passed, 0 failed, 0 undecided, 0 skipped";
    // They remove what they made, whose id no answer but the job's tells; of a network card nothing
    // tells afterwards that it is gone but the server that it was in.
    for made in ["cloudservers.create", "cloudservers.nics"] {
        let again = format!("{made}/scenario/again");
        check(folder.path(), &[&run[..], &[&again]].concat(), 0, &[passed]);
        let nothing = "nothing to remove: .proofhouse holds no journal";
        check(folder.path(), &["clean"], 0, &[nothing]);
    }
}
