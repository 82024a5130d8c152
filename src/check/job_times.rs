//! A job that ended says when, and that it began before.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_json::Value;

use super::{Answer, Check, JobRun, Trial};
use crate::contract::{FieldPath, letters};
use crate::finding::{Finding, Severity};

pub(super) struct JobTimes;

/// What documents call the time at which a job began, and the one at which it ended.
const BEGINS: [&str; 7] = [
    "begintime",
    "beginat",
    "begunat",
    "starttime",
    "startat",
    "startedat",
    "startedtime",
];
const ENDS: [&str; 8] = [
    "endtime",
    "endat",
    "endedat",
    "finishtime",
    "finishedat",
    "finishedtime",
    "completedat",
    "completetime",
];

impl Check for JobTimes {
    fn code(&self) -> &'static str {
        "job_times"
    }

    fn title(&self) -> &'static str {
        "a job that ended says when, and that it began before"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the answer that shows a job has the times at which it began and ended.\n\
         Broken: a job that ended did so before it began.\n\
         Example: `\"begin_time\": \"2030-01-01T10:00:05Z\", \"end_time\": \"2030-01-01T10:00:00Z\"`.\n\
         Less than sure: a job that ended and shows null as the time of its end is a warning.\n\
         Not judged: fractions of a second, and times that are told in different ways."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(job) = &trial.job else {
            return Vec::new();
        };
        let is_end = |poll: &&Answer<'_>| job.state(poll).is_some_and(|state| job.is_end(state));
        let ended = job.polls.iter().find(is_end);
        let found = ended.and_then(|poll| Some((poll, shown(job, poll, &ENDS)?)));
        let Some((poll, (field, end))) = found else {
            return Vec::new();
        };
        let finding = Finding {
            field: Some(field),
            sources: vec![job.protocol.at.clone()],
            seen: end.to_string(),
            ..trial.finding(self, poll)
        };
        if end.is_null() {
            return vec![Finding {
                severity: Severity::Warning,
                title: "ended without a time of its end".to_owned(),
                expected: "a time".to_owned(),
                ..finding
            }];
        }
        let begin = shown(job, poll, &BEGINS).map(|(_, begin)| begin);
        let is_early = |begin: &Value| {
            let seconds = seconds(begin).zip(seconds(end));
            seconds.is_some_and(|(begin, end)| end < begin)
        };
        let begin = begin.filter(|begin| is_early(begin)).into_iter();
        let early = begin.map(|begin| Finding {
            title: "ended before it began".to_owned(),
            expected: format!("not before {begin}"),
            ..finding.clone()
        });
        early.collect()
    }
}

/// Where a job shows a time that is called so, beside its state, and what it shows.
fn shown<'b>(
    job: &JobRun<'_>,
    poll: &'b Answer<'_>,
    words: &[&str],
) -> Option<(FieldPath, &'b Value)> {
    let body = poll.json()?;
    let fields = poll.operation.response_fields().into_iter();
    let mut paths = fields.map(|(path, _)| path).filter(|path| {
        let (_, around) = path.0.split_last().unzip();
        let (_, beside) = job.protocol.state.0.split_last().unzip();
        around == beside && words.contains(&letters(path.leaf()).as_str())
    });
    paths.find_map(|path| {
        let value = path.values_in(body).into_iter().next()?;
        Some((path, value))
    })
}

/// The second that a time is in, as far as it tells.
fn seconds(time: &Value) -> Option<i64> {
    let text = match time {
        Value::Number(number) => return number.as_i64(),
        Value::String(text) => text,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let local = || {
        let time = text.parse::<DateTime>().ok()?;
        Offset::UTC.to_timestamp(time).ok()
    };
    let time = text.parse::<Timestamp>().ok().or_else(local)?;
    Some(time.as_second())
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    fn done(begin: &str, end: &str) -> Scene {
        Scene::fit()
            .job(&["RUNNING", "SUCCESS"])
            .lasting(begin, end)
    }

    #[test]
    fn a_job_ends_after_it_began_and_says_when() {
        let (ten, later) = (r#""2030-01-01T10:00:00Z""#, r#""2030-01-01T10:00:05.250Z""#);
        check("job_times", done(ten, later), "");
        check("job_times", done(ten, ten), "");
        check("job_times", done("1893492000500", "1893492000500"), "");
        // Nobody knows what a text beside a number means.
        check("job_times", done(ten, r#""later""#), "");
        check(
            "job_times",
            done(later, ten),
            "violation end_time: ended before it began; expected not before \"2030-01-01T10:00:05.250Z\", seen \"2030-01-01T10:00:00Z\"",
        );
        check(
            "job_times",
            done(ten, "null"),
            "warning end_time: ended without a time of its end; expected a time, seen null",
        );
        let running = Scene::fit().job(&["RUNNING"]).lasting(ten, "null");
        check("job_times", running, "");
    }
}
