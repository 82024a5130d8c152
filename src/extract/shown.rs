//! Finds the examples of an operation and says which side each one shows.
//!
//! Main entry: [`examples`]. What an example proves is the business of the evidence.

use super::examples::{self, Example};
use super::lexicon::Section;
use super::sections::{Content, Part};
use crate::contract::Direction;

/// An example and the side of the exchange that it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Request or response.
    pub direction: Direction,
    /// What it shows.
    pub example: Example,
}

/// The examples among the parts of an operation's page, in order. Answers of failed operations
/// are no evidence for the body of a successful one.
pub fn examples(parts: &[Part<'_>]) -> Vec<Shown> {
    let mut found = Vec::new();
    let mut run: Vec<(&str, u32)> = Vec::new();
    let mut section = Section::Other;
    for part in parts {
        let Content::Code(code) = part.content else {
            // A table or words between two blocks end what belongs together.
            finish(&mut run, section, &mut found);
            if part.section.is_example()
                && let Content::Prose(pieces) = part.content
            {
                let lines = pieces.iter().map(|piece| (piece.text.as_str(), piece.line));
                let written = lines.map(|(text, line)| examples::read(text, line));
                let written = written.filter(|example| example.request_line.is_some());
                keep(written, part.section, &mut found);
            }
            continue;
        };
        if part.section != section {
            finish(&mut run, section, &mut found);
            section = part.section;
        }
        if run.is_empty() && !section.is_example() && is_lone_member(code) {
            continue;
        }
        run.push((code, part.lines.first));
    }
    finish(&mut run, section, &mut found);
    found
}

/// Whether a text is a member that words around it speak of, outside of any body.
fn is_lone_member(code: &str) -> bool {
    code.trim_start().starts_with('"') && !code.contains(['{', '[', '}', ']'])
}

fn finish(run: &mut Vec<(&str, u32)>, section: Section, found: &mut Vec<Shown>) {
    if !run.is_empty() {
        keep(examples::read_split(run).into_iter(), section, found);
        run.clear();
    }
}

fn keep(examples: impl Iterator<Item = Example>, section: Section, found: &mut Vec<Shown>) {
    for example in examples {
        if let Some(direction) = direction(section, &example) {
            found.push(Shown { direction, example });
        }
    }
}

fn direction(section: Section, example: &Example) -> Option<Direction> {
    match section {
        _ if example.request_line.is_some() => Some(Direction::Request),
        Section::RequestExample | Section::Request => Some(Direction::Request),
        Section::ResponseExample | Section::Response => Some(Direction::Response),
        Section::Example => Some(Direction::Response),
        Section::FailureExample
        | Section::Failure
        | Section::Other
        | Section::Function
        | Section::Constraints
        | Section::Uri
        | Section::PathParameters
        | Section::QueryParameters
        | Section::HeaderParameters
        | Section::Statuses
        | Section::ErrorCodes
        | Section::Note => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Lines;

    fn part(section: Section, line: u32, code: &str) -> Part<'_> {
        Part {
            section,
            note: false,
            lines: Lines::one(line),
            content: Content::Code(code),
        }
    }

    #[test]
    fn sides_follow_from_sections_and_request_lines() {
        let parts = [
            part(Section::RequestExample, 1, "PUT /lamps/7\n{\"lamp\": 1}"),
            part(Section::ResponseExample, 9, "{\"lamp\": 2}"),
            part(Section::FailureExample, 12, "{\"error\": 3}"),
        ];
        let sides: Vec<_> = examples(&parts)
            .into_iter()
            .map(|shown| (shown.direction, shown.example.line))
            .collect();
        assert_eq!(sides, [(Direction::Request, 1), (Direction::Response, 9)]);
    }

    #[test]
    fn bodies_of_which_each_may_be_sent_are_examples() {
        let shown = |section, code| {
            let found = examples(&[part(section, 1, code)]);
            let values = found.into_iter().map(|shown| shown.example);
            let shown = values.map(|example| (example.line, example.problems.len()));
            shown.collect::<Vec<_>>()
        };
        let parted = "{\"lamp\": 1}\nor\n{\"lamp\": 2}\n或\n{\"lamp\": 3}";
        assert_eq!(
            shown(Section::RequestExample, parted),
            [(1, 0), (3, 0), (5, 0)]
        );
        let wrapped =
            "{\"application/json-1\": {\"lamp\": 1}, \"application/json-2\": {\"lamp\": 2}}";
        assert_eq!(shown(Section::RequestExample, wrapped), [(1, 0), (1, 0)]);
        assert_eq!(shown(Section::Request, "\"lamp\": 1"), []);
    }

    #[test]
    fn blocks_that_a_page_break_parted_are_one_example() {
        let parts = [
            part(Section::ResponseExample, 1, "{\"lamp\": {\"id\": 7,"),
            part(Section::ResponseExample, 5, "\"oil\": 3}}"),
        ];
        assert_eq!(examples(&parts).len(), 1);
    }
}
