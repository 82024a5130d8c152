//! What a version has not is not shown in it, and what it has is.

use serde_json::{Map, Value};

use super::schema_rule::{self, Told};
use super::{Check, Trial, disputed};
use crate::contract::{
    Contract, Direction, Expectation, Field, FieldPath, Operation, Statement, StatementId, Step,
    Version, exists,
};
use crate::finding::{Finding, Severity};
use crate::schema::{Violation, promise};

pub(super) struct VersionWindow;

/// The rules that it judges.
pub(super) const RULES: [&str; 2] = ["microversion_min", "microversion_max"];

impl Check for VersionWindow {
    fn code(&self) -> &'static str {
        "version_window"
    }

    fn title(&self) -> &'static str {
        "a field is shown in the microversions that have it, and in no other"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the text says from which microversion on there is a field, or up to which.\n\
         Broken: an answer of another version has the field, or one of such a version lacks it although \
         the table calls it mandatory or every example shows it.\n\
         Example: `colour` is supported in microversion 3.7 and later, and an answer of 3.6 has it.\n\
         The version of an answer is the one that the request asked for, or the documented default. Where \
         the document says neither, nothing is judged."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        schema_rule::judge(
            self,
            trial,
            |broken| RULES.contains(&broken.rule),
            |broken| Told {
                title: if broken.seen == MISSING {
                    "left out a field that the version has".to_owned()
                } else {
                    "showed a field that the version does not have".to_owned()
                },
                severity: Severity::Violation,
            },
        )
    }
}

const MISSING: &str = "no such field";

/// Fields of an operation's answer that not all versions have.
#[derive(Debug)]
pub(super) struct Windows(Vec<(FieldPath, Field)>);

impl Windows {
    /// None where no field depends on the version.
    pub(super) fn of(contract: &Contract, operation: &Operation) -> Option<Self> {
        let is_windowed = |said: &Statement| RULES.contains(&said.constraint.word());
        let fields = operation.response_fields().into_iter();
        let is_settled = |path: &FieldPath| {
            let about = |rule| StatementId {
                operation: operation.id.clone(),
                direction: Direction::Response,
                field: Some(path.clone()),
                rule,
            };
            let rules = RULES.into_iter().chain(["presence"]);
            rules.map(about).all(|id| disputed(contract, &id).is_none())
        };
        let windowed: Vec<_> = fields
            .filter(|(_, field)| field.statements.iter().any(is_windowed))
            .filter(|(path, _)| is_settled(path))
            .map(|(path, field)| {
                let children = Vec::new();
                (
                    path,
                    Field {
                        children,
                        ..field.clone()
                    },
                )
            })
            .collect();
        (!windowed.is_empty()).then_some(Self(windowed))
    }

    /// Where the body of an answer of this version breaks the windows.
    pub(super) fn broken(&self, body: &Value, version: Version) -> Vec<Violation> {
        let mut found = Vec::new();
        for (path, field) in &self.0 {
            let is_there = exists(&field.statements, version);
            let always = field.expectation_where_it_exists() == Expectation::Expected;
            if is_there && !always {
                continue;
            }
            let mut places = Vec::new();
            around(body, &path.0, String::new(), &mut places);
            let wrong = places
                .into_iter()
                .filter(|(_, object)| object.contains_key(path.leaf()) != is_there);
            found.extend(wrong.map(|(pointer, _)| {
                let seen = if is_there {
                    MISSING.to_owned()
                } else {
                    format!("the field in {version}")
                };
                violation(path, field, pointer, seen)
            }));
        }
        found
    }
}

fn violation(path: &FieldPath, field: &Field, around: String, seen: String) -> Violation {
    let windows = field.statements.iter();
    let windows: Vec<&Statement> = windows
        .filter(|said| RULES.contains(&said.constraint.word()))
        .collect();
    let said = windows.iter().map(|said| promise(&said.constraint));
    Violation {
        field: path.clone(),
        pointer: format!("{around}/{}", escaped(path.leaf())),
        rule: windows[0].constraint.word(),
        expected: said.collect::<Vec<_>>().join("; "),
        seen,
        sources: windows.iter().map(|said| said.at.clone()).collect(),
        disputed: false,
        open: false,
        expectation: None,
    }
}

/// The objects in which a field may stand, with their pointers.
fn around<'v>(
    value: &'v Value,
    steps: &[Step],
    pointer: String,
    found: &mut Vec<(String, &'v Map<String, Value>)>,
) {
    let (Some(first), object) = (steps.first(), value.as_object()) else {
        return;
    };
    let rest = &steps[1..];
    match first {
        Step::Name(_) if rest.is_empty() => found.extend(object.map(|object| (pointer, object))),
        Step::Name(name) => {
            if let Some(member) = value.get(name) {
                around(member, rest, format!("{pointer}/{}", escaped(name)), found);
            }
        }
        Step::Items => {
            for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                around(item, rest, format!("{pointer}/{place}"), found);
            }
        }
        Step::Key(_) => {
            for (key, member) in object.into_iter().flatten() {
                around(member, rest, format!("{pointer}/{}", escaped(key)), found);
            }
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{Scene, check, codes, light};

    fn scene(of: u16) -> Scene {
        Scene::show().since("lamp", Version::new(2, 9), Version::new(2, 10 - of))
    }

    #[test]
    fn a_field_comes_with_its_version() {
        let before = || scene(2);
        let since = || scene(1);
        let without = light("\"lamp\":\"on\"").replace("\"lamp\":\"on\",", "");
        check("version_window", since().answers(200, &light("")), "");
        check("version_window", before().answers(200, &without), "");
        check(
            "version_window",
            before().answers(200, &light("")),
            "violation light.lamp: showed a field that the version does not have; expected in microversions at least 2.9, seen the field in 2.8 at /light/lamp",
        );
        check(
            "version_window",
            since().answers(200, &without),
            "violation light.lamp: left out a field that the version has; expected in microversions at least 2.9, seen no such field at /light/lamp",
        );
    }

    #[test]
    fn a_refusal_and_an_unknown_version_say_nothing() {
        assert_eq!(
            codes(&scene(2).answers(404, "{}")),
            codes(&Scene::show().answers(404, "{}"))
        );
        let nobody_says = scene(2).of_an_unknown_version();
        check("version_window", nobody_says.answers(200, &light("")), "");
    }
}
