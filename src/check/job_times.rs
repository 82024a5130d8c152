//! A job that ended says when, and that it began before.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_json::Value;

use super::trial::has;
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
         Broken: a job that succeeded ended before it began.\n\
         Example: `\"begin_time\": \"2030-01-01T10:00:05Z\", \"end_time\": \"2030-01-01T10:00:00Z\"`.\n\
         Less than sure: a job that succeeded and shows null as the time of its end is a warning.\n\
         Not judged: fractions of a second, times that are told in different ways, and zero or a year long ago."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(job) = &trial.job else {
            return Vec::new();
        };
        let is_done = |poll: &&Answer<'_>| {
            let state = job.state(poll);
            state.is_some_and(|state| has(&job.protocol.succeeded, state))
        };
        let ended = job.polls.iter().find(is_done);
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
            let told = Told::of(begin).zip(Told::of(end));
            told.is_some_and(|(begin, end)| end.is_before(&begin))
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

/// A time as it is told; only those that are told alike can be compared.
enum Told {
    /// So many seconds or parts of one, since whenever.
    Number(i64),
    /// The second, with a zone.
    Zoned(i64),
    /// The second, without one.
    Local(i64),
}

impl Told {
    fn of(time: &Value) -> Option<Self> {
        let text = match time {
            Value::Number(number) => return number.as_i64().map(Told::Number),
            Value::String(text) => text,
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        let local = || {
            let time = Offset::UTC.to_timestamp(text.parse::<DateTime>().ok()?);
            Some(Told::Local(time.ok()?.as_second()))
        };
        let zoned = text.parse::<Timestamp>().ok();
        zoned
            .map(|time| Told::Zoned(time.as_second()))
            .or_else(local)
    }

    /// Whether this is surely before the other one. Zero and years before computers stand for no time.
    fn is_before(&self, other: &Self) -> bool {
        match (self, other) {
            (Told::Number(end), Told::Number(begin))
            | (Told::Zoned(end), Told::Zoned(begin))
            | (Told::Local(end), Told::Local(begin)) => 0 < *end && end < begin,
            _ => false,
        }
    }
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
        // What is told in another way, or stands for no time, is not compared.
        for end in [
            r#""later""#,
            "5",
            r#""2030-01-01T09:00:00""#,
            r#""1970-01-01T00:00:00Z""#,
        ] {
            check("job_times", done(ten, end), "");
        }
        check("job_times", done("5", "0"), "");
        let failed = Scene::fit().job(&["FAIL"]).reason("lights are tall");
        check("job_times", failed.lasting(later, ten), "");
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
