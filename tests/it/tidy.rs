//! Holds the rules that no type can hold: arrows between modules, module docs, file sizes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The table of ARCHITECTURE.md. `*` is everything above.
const ARROWS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("wire", &[]),
    ("document", &["source"]),
    ("contract", &["source", "wire"]),
    ("extract", &["source", "wire", "document", "contract"]),
    ("store", &["source", "wire", "contract"]),
    ("ruling", &["source", "contract", "extract", "store"]),
    ("lint", &["source", "contract", "extract", "ruling"]),
    ("show", &["source", "contract", "extract"]),
    ("diff", &["source", "wire", "contract", "extract"]),
    ("schema", &["source", "contract"]),
    ("case", &["source", "wire", "contract"]),
    ("twin", &["source", "wire", "contract"]),
    ("target", &["source", "wire", "contract", "twin"]),
    ("finding", &["source", "wire", "contract", "case"]),
    ("event", &["source", "wire", "contract", "case", "finding"]),
    (
        "check",
        &["source", "wire", "contract", "schema", "case", "finding"],
    ),
    (
        "runner",
        &[
            "source", "wire", "contract", "store", "schema", "case", "twin", "target", "finding",
            "event", "check",
        ],
    ),
    (
        "report",
        &["source", "wire", "contract", "case", "finding", "event"],
    ),
    ("cli", &["*"]),
];

fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    collect(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(),
        &mut found,
    );
    assert!(found.len() > ARROWS.len(), "src/ was not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((module_of(&path), path, text));
        }
    }
}

fn module_of(path: &Path) -> String {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = path.strip_prefix(src).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a file names, tests included.
fn used(text: &str) -> BTreeSet<String> {
    text.split("crate::")
        .skip(1)
        .flat_map(|rest| {
            let grouped = rest
                .strip_prefix('{')
                .map(|list| list.split('}').next().unwrap_or(""));
            let list =
                grouped.unwrap_or_else(|| rest.split(|c: char| !is_word(c)).next().unwrap_or(""));
            list.split(',')
                .map(|item| {
                    item.trim()
                        .chars()
                        .take_while(|c| is_word(*c))
                        .collect::<String>()
                })
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
        })
        .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn modules_use_only_what_stands_above_them() {
    for (module, path, text) in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
            assert!(
                module == "lib" || module == "main",
                "{} has no arrows",
                path.display()
            );
            continue;
        };
        for name in used(&text) {
            let known = ARROWS.iter().any(|(other, _)| *other == name);
            let fine = name == module
                || !known
                || allowed.contains(&"*")
                || allowed.contains(&name.as_str());
            assert!(
                fine,
                "{} uses `{name}`, which `{module}` may not",
                path.display()
            );
        }
    }
}

#[test]
fn arrows_point_upwards() {
    let names: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for (position, (module, allowed)) in ARROWS.iter().enumerate() {
        for name in allowed.iter().filter(|name| **name != "*") {
            let above = names.iter().position(|other| other == name);
            assert!(
                above.is_some_and(|above| above < position),
                "{module} uses {name}, which is not above it"
            );
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (_, path, text) in sources() {
        assert!(
            text.starts_with("//!"),
            "{} starts without a module doc",
            path.display()
        );
    }
}

/// A file up to its tests. The examples of phrase rules are tests, too.
fn without_tests(text: &str) -> &str {
    let tests = ["mod tests", "pub(super) const EXAMPLES"];
    let starts = tests.map(|test| text.find(&format!("#[cfg(test)]\n{test}")));
    let start = starts.into_iter().flatten().min();
    &text[..start.unwrap_or(text.len())]
}

#[test]
fn files_stay_readable() {
    for (_, path, text) in sources() {
        let code = without_tests(&text);
        let lines = code.lines().count();
        assert!(
            lines <= 600,
            "{} has {lines} lines without its tests: what is its second idea?",
            path.display()
        );
    }
}

#[test]
fn no_wildcard_arm_over_constraint() {
    for (_, path, text) in sources() {
        let code = without_tests(&text);
        for (number, line) in code.lines().enumerate() {
            let arm = line.trim_start();
            let wild = arm.starts_with('_') && arm.contains(" => ");
            let near: Vec<&str> = code
                .lines()
                .skip(number.saturating_sub(10))
                .take(10)
                .collect();
            let over = near
                .iter()
                .any(|line| line.trim_start().starts_with("Constraint::"));
            assert!(
                !(wild && over),
                "{}:{} has a wildcard arm over Constraint",
                path.display(),
                number + 1
            );
        }
    }
}
