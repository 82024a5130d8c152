//! A job is about what its request named.

use serde_json::Value;

use super::{Answer, Check, Trial};
use crate::contract::{FieldPath, Operation, is_project, letters};
use crate::finding::{Finding, Severity};

pub(super) struct JobThing;

impl Check for JobThing {
    fn code(&self) -> &'static str {
        "job_thing"
    }

    fn title(&self) -> &'static str {
        "a job is about what its request named"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: a job shows the id of what it is about, in a field that is called like the parameter \
         of the request's path.\n\
         Broken: a job that was started for one thing names nothing but another one there.\n\
         Example: `\"lamp_id\": \"b2\"` in the job of `POST /v1/lamps/b1/switch`.\n\
         Not judged: jobs that show no such id, or none yet; what makes a thing out of another one."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(job) = &trial.job else {
            return Vec::new();
        };
        if makes_another(trial.operation) {
            return Vec::new();
        }
        let Some(last) = job.polls.iter().rev().find(|poll| poll.accepted()) else {
            return Vec::new();
        };
        let target = &trial.main.exchange.request.target;
        let path = target.split('?').next().unwrap_or_default();
        let named = trial.operation.path.values(path).into_iter();
        let things = named.filter(|(name, _)| !is_project(name) && *name != job.protocol.id);
        let told = things.filter_map(|(name, id)| {
            let (field, seen) = shown(last, &name)?;
            (!seen.contains(&id)).then(|| Finding {
                title: format!("is about another `{name}`"),
                sources: vec![job.protocol.at.clone()],
                expected: id,
                seen: seen.join(", "),
                field: Some(field),
                ..trial.finding(self, last)
            })
        });
        told.collect()
    }
}

/// Whether an operation may make a thing of the sort that its path names: the job is about the new one.
fn makes_another(operation: &Operation) -> bool {
    const MAKERS: [&str; 7] = [
        "copy",
        "clone",
        "create",
        "restore",
        "replicate",
        "split",
        "snapshot",
    ];
    let word = letters(operation.word());
    MAKERS.iter().any(|maker| word.contains(maker))
}

/// Where a job shows ids under a name, and which. A plain `id` may be that of the job.
fn shown(poll: &Answer<'_>, name: &str) -> Option<(FieldPath, Vec<String>)> {
    let body = poll.json()?;
    let fields = poll.operation.response_fields().into_iter();
    let named = fields
        .map(|(path, _)| path)
        .filter(|path| path.leaf() == name && name != "id");
    let mut places = named.map(|path| {
        let ids = path.values_in(body).into_iter().filter_map(Value::as_str);
        let ids = ids.filter(|id| !id.is_empty()).map(str::to_owned);
        let ids: Vec<String> = ids.collect();
        (path, ids)
    });
    places.find(|(_, ids)| !ids.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{Scene, check};
    use crate::contract::sample;

    #[test]
    fn a_job_names_the_thing_of_its_request() {
        let done = || Scene::fit().job(&["RUNNING", "SUCCESS"]);
        check("job_thing", done().about("l"), "");
        check("job_thing", done().about(""), "");
        check("job_thing", done(), "");
        check(
            "job_thing",
            done().about("b2"),
            "violation light_id: is about another `light_id`; expected l, seen b2",
        );
    }

    #[test]
    fn copies_are_other_things() {
        let routes = [
            "POST /v1/lamps/{lamp_id}/copy",
            "POST /v1/lamps/{lamp_id}/switch",
        ];
        let made = routes.map(|route| makes_another(&sample::operation(route, "", "")));
        assert_eq!(made, [true, false]);
    }
}
