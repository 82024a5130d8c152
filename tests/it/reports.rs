//! Reports of whole runs against the Twin: accepted by their schemas, and the same from the log.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};

use proofhouse::contract::Contract;
use proofhouse::report::{self, Baseline, Recorder, Report, Waivers};
use proofhouse::runner::{self, Plan};
use proofhouse::store;
use proofhouse::target::InProcess;
use proofhouse::twin::{self, Twin};
use serde_json::Value;

/// A run against the Twin with the first defect whose id has this in it, and its log.
///
/// Many tests look at the same run, which is made once.
fn run(defect: Option<&'static str>) -> (Report, String) {
    type Runs = BTreeMap<Option<&'static str>, Arc<OnceLock<(Report, String)>>>;
    static RUNS: Mutex<Runs> = Mutex::new(BTreeMap::new());
    let run = Arc::clone(RUNS.lock().unwrap().entry(defect).or_default());
    run.get_or_init(|| run_part(defect, None)).clone()
}

fn run_part(defect: Option<&str>, part: Option<&str>) -> (Report, String) {
    let mut contract = Contract::newest(&store::embedded()).unwrap();
    let twin = Twin::new(Arc::new(contract.clone()), 42);
    contract.operations.retain(|known| twin.serves(&known.id));
    let contract = Arc::new(contract);
    let mut ill = Twin::new(Arc::clone(&contract), 42);
    if let Some(part) = defect {
        let defects = twin::defects(&contract);
        let found = defects.into_iter().find(|defect| defect.id.contains(part));
        ill = ill.with_defect(found.unwrap());
    }
    let first = contract.operations.iter().take(6);
    let plan = Plan {
        operations: Some(first.map(|operation| operation.id.clone()).collect()),
        generated: 2,
        part: part.map(|part| part.parse().unwrap()),
        ..Plan::default()
    };
    let (mut recorder, mut report) = (Recorder::default(), Report::default());
    let head = report::head(report::Head {
        started: Some("2031-05-01T20:00:00Z".to_owned()),
        ..report::Head::default()
    });
    let mut log = report::print(&head);
    report.take(head);
    runner::run(&contract, &plan, &mut InProcess::new(ill), &mut |event| {
        if let Some(line) = recorder.record(event) {
            log.push_str(&report::print(&line));
            report.take(line);
        }
    });
    (report, log)
}

fn replay(log: &str) -> Report {
    let mut report = Report::default();
    for (number, line) in log.lines().enumerate() {
        report.take(report::read(number + 1, line).unwrap());
    }
    report
}

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("formats")
        .join(name);
    let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    schema
}

#[track_caller]
fn accepts(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn read_json(report: &Report) -> Value {
    serde_json::from_str(&report::json(report)).unwrap()
}

#[test]
fn the_schema_accepts_the_report_of_every_kind_of_run() {
    let schema = schema("report.schema.json");
    let (healthy, _) = run(None);
    let (mut ill, log) = run(Some("status"));
    accepts(&schema, &read_json(&healthy));
    accepts(&schema, &read_json(&ill));
    let half: String = log
        .lines()
        .take(40)
        .map(|line| format!("{line}\n"))
        .collect();
    accepts(&schema, &read_json(&replay(&half)));
    let baseline = Baseline::read(&report::json(&healthy)).unwrap();
    ill.compare(&baseline, "healthy");
    let waivers = "[[waiver]]\ncheck = \"*\"\nowner = \"a\"\nreason = \"b\"\nexpires = \"2000-01-01\"\nticket = \"c\"\n";
    ill.waive(
        &Waivers::read(waivers).unwrap(),
        "waivers.toml",
        "2031-05-01",
    );
    accepts(&schema, &read_json(&ill));
    let mut healed = run(None).0;
    healed.compare(&Baseline::read(&report::json(&ill)).unwrap(), "ill");
    accepts(&schema, &read_json(&healed));
    assert!(!healed.since.unwrap().fixed.is_empty());
}

#[test]
fn a_report_can_be_made_again_from_its_log() {
    let (report, log) = run(Some("status"));
    let again = replay(&log);
    assert_eq!(report::json(&again), report::json(&report));
    assert_eq!(report::html(&again, &[]), report::html(&report, &[]));
    assert_eq!(report::junit(&again), report::junit(&report));
}

#[test]
fn a_killed_run_is_told_as_cut_short() {
    let (_, log) = run(None);
    let n_lines = log.lines().count();
    let half: String = log
        .lines()
        .take(n_lines / 2)
        .map(|line| format!("{line}\n"))
        .collect();
    let told = read_json(&replay(&half));
    assert_eq!(told["outcome"], "cut_short");
    assert!(told["cases"]["passed"].as_u64().unwrap() > 0);
    assert_eq!(told["millis"], Value::Null);
}

#[test]
fn the_schema_of_waivers_accepts_what_the_reader_accepts() {
    let schema = schema("waivers.schema.json");
    let good = "[[waiver]]\nfinding = \"9d2c9e13b360\"\nowner = \"a\"\nreason = \"b\"\nexpires = \"2031-05-01\"\nticket = \"c\"\n";
    let value: Value = toml::from_str(good).unwrap();
    accepts(&schema, &value);
    for bad in [
        good.replace("owner", "ownr"),
        good.replace("finding = \"9d2c9e13b360\"\n", ""),
        good.replace("2031-05-01", "soon"),
        good.replace("\"b\"", "\"\""),
    ] {
        let value: Value = toml::from_str(&bad).unwrap();
        assert!(!jsonschema::is_valid(&schema, &value), "{bad}");
        assert!(Waivers::read(&bad).is_err(), "{bad}");
    }
}

/// What must be the same, however a run was divided: all but what the Twin names anew each time.
fn told(report: &Report) -> Value {
    let mut value = read_json(report);
    for finding in value["findings"].as_array_mut().unwrap() {
        let finding = finding.as_object_mut().unwrap();
        for varies in ["exchange", "curl", "before", "after", "title", "seen"] {
            finding.remove(varies);
        }
    }
    value["partition"] = Value::Null;
    value
}

#[test]
fn parts_tell_together_what_the_whole_tells() {
    for defect in [None, Some("limit-too-high"), Some("constraint-ignored")] {
        let (whole, _) = run(defect);
        let mut merged = Report::default();
        for part in ["1/3", "2/3", "3/3"] {
            let (_, log) = run_part(defect, Some(part));
            for (number, line) in log.lines().enumerate() {
                merged.take(report::read(number + 1, line).unwrap());
            }
        }
        pretty_eq(&told(&merged), &told(&whole));
    }
}

/// The first lines that differ, not two whole files.
#[track_caller]
fn pretty_eq(one: &Value, two: &Value) {
    let (one, two) = (format!("{one:#}"), format!("{two:#}"));
    let differs = one.lines().zip(two.lines()).position(|(a, b)| a != b);
    if let Some(line) = differs {
        let near = |text: &str| -> String {
            let lines = text.lines().skip(line.saturating_sub(8)).take(16);
            lines.collect::<Vec<_>>().join("\n")
        };
        panic!("line {line} differs:\n{}\n---\n{}", near(&one), near(&two));
    }
    assert_eq!(one.lines().count(), two.lines().count());
}

#[test]
fn the_published_schema_of_ctrf_accepts_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/tools/node_modules/ctrf/dist/ctrf-schema-0.0.json");
    let Ok(text) = fs::read_to_string(path) else {
        crate::skip("`.ci/tools` has not installed the schema of CTRF");
        return;
    };
    let schema: Value = serde_json::from_str(&text).unwrap();
    for defect in [None, Some("status")] {
        let (report, _) = run(defect);
        accepts(
            &schema,
            &serde_json::from_str(&report::ctrf(&report)).unwrap(),
        );
    }
}

#[test]
fn the_published_schema_of_junit_accepts_it() {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let (checker, schema) = (
        tools.join("python/bin/xmlschema-validate"),
        tools.join("junit.xsd"),
    );
    if !(checker.exists() && schema.exists()) {
        crate::skip("`.ci/tools` has not installed the schema of JUnit reports");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for defect in [None, Some("status")] {
        let file = folder.path().join("junit.xml");
        fs::write(&file, report::junit(&run(defect).0)).unwrap();
        let output = Command::new(&checker)
            .arg("--schema")
            .args([&schema, &file])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        // Its exit code counts invalid files, and is 0 for a file it could not read, too.
        assert!(
            said.contains("is valid"),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// What readers of JUnit's XML rely on: counts that add up, a class for every test, a message for
/// every failure and skip.
#[test]
fn junit_adds_up() {
    let (report, _) = run(Some("status"));
    let read = quick_junit::Report::deserialize_from_str(&report::junit(&report)).unwrap();
    let mut n_failures = 0;
    for suite in &read.test_suites {
        assert_eq!(suite.tests, suite.test_cases.len());
        for case in &suite.test_cases {
            assert!(case.classname.is_some() && !case.name.as_str().is_empty());
            match &case.status {
                quick_junit::TestCaseStatus::Success { .. } => {}
                quick_junit::TestCaseStatus::NonSuccess { message, ty, .. } => {
                    n_failures += 1;
                    assert!(message.is_some() && ty.is_some());
                }
                quick_junit::TestCaseStatus::Skipped { message, .. } => assert!(message.is_some()),
            }
        }
    }
    assert!(n_failures > 0);
    assert_eq!(read.failures, n_failures);
}
