//! A run without what differs from one to the next: times, durations, ids, names with the run's mark.

use std::sync::LazyLock;

use regex::Regex;

use super::log::{LogError, read};
use super::record::Line;

/// Ids and times, as servers write them, and names that runs give.
static VALUES: LazyLock<Regex> = LazyLock::new(|| {
    let id = "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}";
    let date = r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT";
    let time = format!(r"\d{{4}}-\d{{2}}-\d{{2}}[T ]\d{{2}}:\d{{2}}:\d{{2}}(?:\.\d+)?Z?|{date}");
    // What a run makes carries the run's name and a number.
    let name = r"ph[0-9a-f]{8}(?:[xy]\d+)?";
    Regex::new(&format!("(?P<id>{id})|(?P<time>{time})|(?P<name>{name})"))
        .expect("the pattern is tested")
});

/// Reads line `number` of a log as [`read`] does, without clock, ids, durations and the run's name.
pub fn read_normalised(number: usize, text: &str) -> Result<Line, LogError> {
    let plain = VALUES.replace_all(text, |found: &regex::Captures<'_>| {
        let kinds = [("id", "(id)"), ("time", "(time)"), ("name", "(name)")];
        let mut kinds = kinds.iter();
        let kind = kinds.find(|(kind, _)| found.name(kind).is_some());
        kind.map_or("", |(_, shown)| shown).to_owned()
    });
    Ok(match read(number, &plain)? {
        Line::LogOpened(head) => Line::LogOpened(super::Head {
            started: None,
            run: None,
            resumed: Vec::new(),
            ..head
        }),
        Line::StateNoted { .. } => Line::StateNoted {
            state: serde_json::Value::Null,
        },
        Line::RunFinished { .. } => Line::RunFinished { millis: 0 },
        line => line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_differs_between_runs() {
        let text = r#"{"event":"case_started","case":"kettles/0f8fad5b-d9cb-469f-a165-70867728950e/2031-05-01T20:00:00Z"}"#;
        let Line::CaseStarted { case } = read_normalised(2, text).unwrap() else {
            unreachable!("it is the start of a case")
        };
        assert_eq!(case, "kettles/(id)/(time)");
        let end = read_normalised(3, r#"{"event":"run_finished","millis":7}"#).unwrap();
        assert_eq!(end, Line::RunFinished { millis: 0 });
    }
}
