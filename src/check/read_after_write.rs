//! What was written is what is read.

use serde_json::Value;

use super::answer::shortened;
use super::left_out::left_out;
use super::statement::disputed;
use super::{Answer, Check, Trial};
use crate::case::Expect;
use crate::contract::{
    Constraint, Direction, Field, FieldPath, Kind, Operation, Statement, StatementId, Step, exists,
    window,
};
use crate::finding::{Finding, Severity};
use crate::wire::Method;

pub(super) struct ReadAfterWrite;

impl Check for ReadAfterWrite {
    fn code(&self) -> &'static str {
        "read_after_write"
    }

    fn title(&self) -> &'static str {
        "what was written is what is read afterwards"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: an accepted write takes effect.\n\
         Broken: a field that was sent has another value in the answer to the write, or in what a \
         safe operation shows afterwards under the same path; what was left out of something that was made is not what it is by default; or what was made \
         is not there.\n\
         Example: `light.name` is set to `Nore`, and reading the light shows the old name.\n\
         Not judged: null where the document says that another field makes it null, answers that show nothing of the object that was sent, fields inside of lists, lists that are not replaced as a whole, and writes whose job did not succeed."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let done = trial.job.as_ref().is_none_or(|job| job.succeeded());
        if trial.operation.method.is_safe()
            || trial.case.expect == Expect::Refused
            || !trial.main.accepted()
            || !done
        {
            return Vec::new();
        }
        let is_gone = |made: &&Answer<'_>| matches!(made.status(), Some(400 | 404 | 410));
        if let Some(made) = trial.made.as_ref().filter(is_gone) {
            return vec![self.nowhere(trial, made)];
        }
        let body = &trial.main.exchange.request.body;
        let Ok(sent) = serde_json::from_slice::<Value>(body) else {
            return Vec::new();
        };
        // What is only promised is there, and may lack something yet.
        let is_promised = trial.job.is_none() && trial.main.status() == Some(202);
        let made = trial.made.as_ref().filter(|_| !is_promised);
        let mut findings = Vec::new();
        for (path, field) in trial.operation.request_fields() {
            let replaces = trial.operation.method == Method::Put;
            let keeps = written(&path, field, replaces) && has(trial, &trial.main, field);
            let written = keeps.then(|| path.values_in(&sent).into_iter().next());
            // Whoever writes null may as well have written nothing.
            let Some(Some(written)) = written.filter(|written| *written != Some(&Value::Null))
            else {
                continue;
            };
            let readers = std::iter::once(&trial.main).chain(&trial.after).chain(made);
            findings.extend(
                readers.filter_map(|reader| self.compare(trial, reader, (&path, field), written)),
            );
            let mut readers = trial.after.iter();
            findings.extend(readers.find_map(|reader| {
                let place = renewed(&path, reader.operation)?;
                self.compare(trial, reader, (&place, field), written)
            }));
        }
        // What an edit that nobody vouches for means may decide what the others are by default.
        let about = trial.case.tests.as_ref();
        let is_probe = about.is_some_and(|about| about.field.is_some());
        let is_sure = trial.case.expect == Expect::Accepted || !is_probe;
        if let Some(made) = made.filter(|_| is_sure) {
            findings.extend(self.defaults(trial, made, &sent));
        }
        findings
    }
}

impl ReadAfterWrite {
    /// What was made, and is not there.
    fn nowhere(&self, trial: &Trial<'_>, made: &Answer<'_>) -> Finding {
        Finding {
            title: format!("`{}` does not show what was made", made.operation.id),
            promise: "what was made is there".to_owned(),
            sources: vec![trial.operation.at.clone(), made.operation.at.clone()],
            expected: format!("a success of `{}`", made.exchange.request.path()),
            seen: made.seen(),
            ..trial.finding(self, &trial.main)
        }
    }

    /// What was left out, and is not what it is by default.
    fn defaults(&self, trial: &Trial<'_>, made: &Answer<'_>, sent: &Value) -> Vec<Finding> {
        let left_out = left_out(trial, sent).into_iter();
        let others = left_out.filter_map(|(path, field, default)| {
            let shown = path.values_in(made.json()?);
            let is_shown = shown.iter().any(|value| !value.is_null());
            let found = is_shown.then(|| self.compare(trial, made, (&path, field), &default))??;
            Some(Finding {
                title: format!("`{}` does not show the default", made.operation.id),
                promise: format!("`{path}` is {default} where it is left out"),
                ..found
            })
        });
        others.collect()
    }

    fn compare(
        &self,
        trial: &Trial<'_>,
        reader: &Answer<'_>,
        (path, field): (&FieldPath, &Field),
        written: &Value,
    ) -> Option<Finding> {
        let shown = reader.operation.response_fields();
        let shown = shown
            .into_iter()
            .find(|(known, _)| known == path && reader.accepted())?
            .1;
        if !has(trial, reader, shown) || !alike(field, shown) {
            return None;
        }
        let body = reader.json()?;
        let read = path.values_in(body).into_iter().next();
        let mut said = shown.statements.iter();
        let may_hide =
            read == Some(&Value::Null) && said.any(|said| said.constraint.is_null_beside());
        if may_hide || read.is_some_and(|read| shows(read, written)) {
            return None;
        }
        let place = StatementId {
            operation: reader.operation.id.clone(),
            direction: Direction::Response,
            field: Some(path.clone()),
            rule: "presence",
        };
        // Where it is there in one case only, whether this is one is for other checks to tell.
        let depends = |said: &Statement| matches!(said.constraint, Constraint::RequiredIf(_));
        if read.is_none() && shown.statements.iter().any(depends) {
            return None;
        }
        let holder = FieldPath(path.0[..path.0.len().saturating_sub(1)].to_vec());
        let has_holder = holder.0.is_empty() || !holder.values_in(body).is_empty();
        if read.is_none() && (!has_holder || disputed(trial.contract, &place).is_some()) {
            return None;
        }
        Some(Finding {
            operation: trial.operation.id.clone(),
            field: Some(path.clone()),
            title: format!("`{}` does not show what was written", reader.operation.id),
            promise: format!("`{path}` is what was written"),
            sources: vec![field.at.clone(), shown.at.clone()],
            expected: shortened(&written.to_string(), 80),
            seen: read.map_or("nothing".to_owned(), |read| {
                shortened(&read.to_string(), 80)
            }),
            ..trial.finding(self, &trial.main)
        })
    }
}

/// Whether the version that an exchange asked for has a field.
fn has(trial: &Trial<'_>, answer: &Answer<'_>, field: &Field) -> bool {
    if window(&field.statements) == (None, None) {
        return true;
    }
    let versions = trial.contract.versions.as_ref();
    let asked = versions.and_then(|versions| versions.of(&answer.exchange.request));
    asked.is_some_and(|version| exists(&field.statements, version))
}

/// Where a reader shows what a request calls new: `new_size` is the `size` of the thing.
fn renewed(path: &FieldPath, reader: &Operation) -> Option<FieldPath> {
    let rest = path.leaf().strip_prefix("new")?;
    let name = match rest.strip_prefix('_') {
        Some(name) => name.to_owned(),
        None if rest.starts_with(|c: char| c.is_ascii_uppercase()) => {
            format!("{}{}", rest[..1].to_lowercase(), &rest[1..])
        }
        None => return None,
    };
    let shown = reader.response_fields().into_iter().map(|(path, _)| path);
    let is_plain = |path: &FieldPath| path.0.iter().all(|step| matches!(step, Step::Name(_)));
    let mut shown = shown.filter(|path| path.0.len() <= 2 && is_plain(path));
    shown.find(|path| path.leaf() == name)
}

/// Whether writing the field is meant to show under the same path: a single scalar, or a list of
/// scalars that replaces what was there, and not the condition of something.
fn written(path: &FieldPath, field: &Field, replaces: bool) -> bool {
    let single = path.0.iter().all(|step| matches!(step, Step::Name(_)));
    let mut said = field.statements.iter();
    let selects = said.any(|said| matches!(said.constraint, Constraint::Const(_)));
    let list = matches!(&field.kind, Kind::Array(of) if of.inner().is_none());
    let plain = field.kind.inner().is_none() || (replaces && list);
    single && field.children.is_empty() && plain && !selects
}

/// Whether a field that is written and one that is shown can be the same: `rooms` may be ids where they are
/// named, and objects where they are listed.
fn alike(written: &Field, shown: &Field) -> bool {
    shown.children.is_empty() && written.kind.inner().is_some() == shown.kind.inner().is_some()
}

/// Whether what was read shows what was written. What was written into an object may have been added
/// to what was there.
fn shows(read: &Value, written: &Value) -> bool {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => written
            .iter()
            .all(|(name, written)| read.get(name).is_some_and(|read| shows(read, written))),
        // Lists of what there is have no order of their own, and keep what is said twice once.
        (Value::Array(read), Value::Array(written)) => {
            written.iter().all(|item| read.contains(item))
                && read.iter().all(|item| written.contains(item))
        }
        // Whether a number is told as a text is for others to judge.
        (Value::Number(read), Value::String(written)) => read.to_string() == *written,
        // A whole number may be written with a point.
        (Value::Number(read), Value::Number(written)) if read.is_f64() || written.is_f64() => {
            read.as_f64() == written.as_f64()
        }
        (read, written) => read == written,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check, light};
    use crate::contract::FieldPath;

    #[test]
    fn what_is_called_new_is_shown_without_that_word() {
        let shows =
            |fields| crate::contract::sample::operation("GET /v1/lamps/{lamp_id}", "", fields);
        let place = |name: &str, fields| {
            let place = super::renewed(&FieldPath::root(name), &shows(fields));
            place.map(|path| path.to_string())
        };
        assert_eq!(place("new_size", "name size").as_deref(), Some("size"));
        assert_eq!(place("newSize", "lamp.size").as_deref(), Some("lamp.size"));
        assert_eq!(place("new_size", "name"), None);
        assert_eq!(place("news", "name s"), None);
        assert_eq!(place("new", "name new"), None);
    }

    #[test]
    fn names_and_what_they_name_are_not_compared() {
        let fields = crate::contract::sample::operation("GET /v1/lamps", "", "lamps.size colour");
        let shown = fields.response_fields();
        let field = |name: &str| {
            shown
                .iter()
                .find(|(path, _)| path.leaf() == name)
                .unwrap()
                .1
        };
        assert!(super::alike(field("colour"), field("size")));
        assert!(
            !super::alike(field("colour"), field("lamps")),
            "it has members"
        );
    }

    #[test]
    fn what_was_made_is_there_and_is_what_was_asked_for() {
        let made = || Scene::update().sends(r#"{"light":{"name":"Nore"}}"#);
        let made = || made().answers(200, &light("\"name\":\"Nore\""));
        check(
            "read_after_write",
            made().made(200, &light("\"name\":\"Nore\"")),
            "",
        );
        check(
            "read_after_write",
            made().made(404, "{}"),
            "violation: `lighthouses.show` does not show what was made; expected a success of `/v1/h/lighthouses/l`, seen 404",
        );
        check("read_after_write", made().made(403, "{}"), "");
        check(
            "read_after_write",
            made().made(200, &light("")),
            "violation light.name: `lighthouses.show` does not show what was written; expected \"Nore\", seen \"Hook\"",
        );
    }

    #[test]
    fn the_new_name_is_read_back() {
        let written = || Scene::update().sends(r#"{"light":{"name":"Nore"}}"#);
        let (old, new) = (light(""), light("\"name\":\"Nore\""));
        check(
            "read_after_write",
            written().answers(200, &new).observed(&old, &new),
            "",
        );
        check(
            "read_after_write",
            written().answers(200, &new).observed(&old, &old),
            "violation light.name: `lighthouses.show` does not show what was written; expected \"Nore\", seen \"Hook\"",
        );
        check(
            "read_after_write",
            written().answers(400, "{}").observed(&old, &old),
            "",
        );
        // An answer of another shape says nothing of the light.
        let other = r#"{"ticket":"t1"}"#;
        check(
            "read_after_write",
            written().answers(200, other).observed(&old, &new),
            "",
        );
    }

    #[test]
    fn what_is_left_out_is_what_it_is_by_default() {
        let made = |sent, shown| {
            let scene = Scene::update().by_default("light.name", "Nore");
            scene
                .sends(sent)
                .answers(200, "{}")
                .made(200, &light(shown))
        };
        let lacks = r#"{"light":{}}"#;
        check(
            "read_after_write",
            made(lacks, ""),
            "violation light.name: `lighthouses.show` does not show the default; expected \"Nore\", seen \"Hook\"",
        );
        check("read_after_write", made(lacks, "\"name\":\"Nore\""), "");
        check(
            "read_after_write",
            made(r#"{"light":{"name":"Hook"}}"#, ""),
            "",
        );
        check("read_after_write", made("{}", ""), "");
    }

    #[test]
    fn another_field_may_make_it_null() {
        let null = light("\"name\":null");
        let written = || Scene::update().sends(r#"{"light":{"name":"Nore"}}"#);
        check(
            "read_after_write",
            written().answers(200, &null),
            "violation light.name: `lighthouses.update` does not show what was written; expected \"Nore\", seen null",
        );
        let said = crate::contract::null_when("mode == dark");
        check(
            "read_after_write",
            written().promises("light.name", said).answers(200, &null),
            "",
        );
    }
}
