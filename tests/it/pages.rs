//! `report.html` in a browser: at three widths, light and dark, with hostile values and at size.
//!
//! The pages are always made and measured. A browser looks at them where node, Chromium and the
//! packages that `.ci/tools` installs are there; without them that part skips itself and says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proofhouse::report::{self, Baseline, Manual, Report};

use super::big::{HOSTILE, Size, events};

const MEGABYTE: usize = 1 << 20;

fn report(size: Size) -> Report {
    let mut report = Report::default();
    events(size).for_each(|event| report.hear(&event));
    report
}

fn page(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn manual() -> Vec<Manual> {
    ["violation_accepted", "kind", "undocumented_field"]
        .map(|code| Manual {
            family: "check",
            code: code.to_owned(),
            title: "what is promised, in one line".to_owned(),
            text: "Promised: this.\nBroken: that.\nExample: <b>these</b>.".to_owned(),
        })
        .to_vec()
}

/// Ten findings of every kind with hostile values, compared with a run that had others.
fn hostile() -> String {
    let size = Size {
        n_operations: 10,
        n_fields: 12,
        n_findings: 48,
    };
    let mut now = report(size);
    let mut then = report(Size {
        n_findings: 60,
        ..size
    });
    then.findings.drain(..12);
    now.compare(&Baseline::read(&report::json(&then)).unwrap(), HOSTILE[0]);
    report::html(&now, &manual())
}

#[test]
fn no_value_leaves_its_place() {
    let text = hostile();
    let (_, rest) = text.split_once("<body>").unwrap();
    assert_eq!(rest.matches("<script").count(), 2, "data and script");
    assert_eq!(rest.matches("</script").count(), 2);
    for word in ["<img", "<svg onload", "<!--", "<i>"] {
        let markup = rest
            .split("<script type=\"application/json\"")
            .next()
            .unwrap();
        assert!(!markup.contains(word), "{word}");
    }
    let data = rest.split("id=\"data\">").nth(1).unwrap();
    let data = data.split("</script>").next().unwrap();
    assert!(!data.contains(['<', '>', '&']));
    let value: serde_json::Value = serde_json::from_str(data).unwrap();
    let titles: Vec<&str> = value["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["title"].as_str().unwrap())
        .collect();
    assert!(titles.contains(&format!("accepted {}", HOSTILE[1]).as_str()));
}

#[test]
fn a_large_run_stays_a_small_page() {
    let full = report(Size {
        n_operations: 200,
        n_fields: 20,
        n_findings: 300,
    });
    let text = report::html(&full, &manual());
    assert!(text.len() < 5 * MEGABYTE, "{} bytes", text.len());
}

#[test]
fn a_browser_finds_nothing_wrong() {
    let many = report(Size {
        n_operations: 200,
        n_fields: 12,
        n_findings: 10_000,
    });
    let pages = [
        page("hostile.html", &hostile()),
        page("many.html", &report::html(&many, &manual())),
        page("empty.html", &report::html(&Report::default(), &[])),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = root.join("target/tools/node_modules");
    let browser = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .into_iter()
    .find(|path| Path::new(path).exists());
    let (Some(browser), true) = (browser, packages.join("axe-core").exists()) else {
        crate::skip("no Chromium, or `.ci/tools` has not installed axe-core and playwright-core");
        return;
    };
    let output = Command::new("node")
        .arg(root.join("tests/page/check.mjs"))
        .arg(browser)
        .arg(packages)
        .args(pages)
        .output();
    let Ok(output) = output else {
        crate::skip("node is not there");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{wrong}");
    assert!(said.contains("pages are fine"), "{said}");
}
