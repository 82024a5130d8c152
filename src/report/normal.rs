//! A run without what differs from one to the next: times, durations, ids.

use std::sync::LazyLock;

use regex::Regex;

use super::log::{LogError, read};
use super::record::Line;

/// Ids and times, as servers write them.
static VALUES: LazyLock<Regex> = LazyLock::new(|| {
    let id = "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}";
    let time = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?";
    Regex::new(&format!("(?P<id>{id})|(?P<time>{time})")).expect("the pattern is tested")
});

/// Reads line `number` of a log as [`read`] does, without clock, ids and durations.
pub fn read_normalised(number: usize, text: &str) -> Result<Line, LogError> {
    let plain = VALUES.replace_all(text, |found: &regex::Captures<'_>| {
        if found.name("id").is_some() {
            "(id)"
        } else {
            "(time)"
        }
        .to_owned()
    });
    Ok(match read(number, &plain)? {
        Line::LogOpened(head) => Line::LogOpened(super::Head {
            started: None,
            ..head
        }),
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
