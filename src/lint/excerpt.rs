//! One line of a document, cut to what fits beside a mark.

use std::ops::Range;

use crate::source::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A line ready to be shown, and the bytes of it that are meant: one mark for each list of needles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

/// What stands between the cells of a table, whose tabs would be of any width.
const CELL: &str = " | ";

/// The line around its first mark, at most `columns` wide. Each mark is the first needle of a list
/// that the line holds; its first cell, where it holds none. What a terminal would obey is replaced.
pub(super) fn excerpt(line: &str, needles: &[Vec<&str>], columns: usize) -> Excerpt {
    let line = printable(&line.trim().replace('\t', CELL));
    let first_cell = 0..line.find(CELL).unwrap_or(line.len());
    let marks: Vec<Range<usize>> = needles
        .iter()
        .map(|needles| {
            let mut found = needles
                .iter()
                .filter_map(|needle| whole_word(&line, needle));
            found.next().unwrap_or_else(|| first_cell.clone())
        })
        .collect();
    if line.width() <= columns {
        return Excerpt { text: line, marks };
    }
    cut(&line, &marks, columns)
}

/// Where a word stands, in these letters or else in capitals or small ones.
fn whole_word(line: &str, needle: &str) -> Option<Range<usize>> {
    let small = || word_as_printed(&line.to_ascii_lowercase(), &needle.to_ascii_lowercase());
    word_as_printed(line, needle).or_else(small)
}

/// Where a word stands that is no part of a longer one; where there is none, any place of it.
fn word_as_printed(line: &str, needle: &str) -> Option<Range<usize>> {
    if needle.is_empty() {
        return None;
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let places = || {
        line.match_indices(needle)
            .map(|(at, text)| at..at + text.len())
    };
    let alone = |range: &Range<usize>| {
        let before = line[..range.start].chars().next_back();
        let after = line[range.end..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    places().find(alone).or_else(|| places().next())
}

/// A window around the start of the first mark, with dots where something was left out.
fn cut(line: &str, marks: &[Range<usize>], columns: usize) -> Excerpt {
    let room = columns.saturating_sub(2).max(1);
    // A third of the window stands before the mark, if there is so much.
    let anchor = marks.iter().map(|mark| mark.start).min().unwrap_or(0);
    let mut start = anchor;
    let mut before = 0;
    for (at, c) in line[..anchor].char_indices().rev() {
        before += c.width().unwrap_or(0);
        if before > room / 3 {
            break;
        }
        start = at;
    }
    let mut end = start;
    let mut wide = 0;
    for (at, c) in line[start..].char_indices() {
        wide += c.width().unwrap_or(0);
        if wide > room {
            break;
        }
        end = start + at + c.len_utf8();
    }
    let head = if start > 0 { "…" } else { "" };
    let tail = if end < line.len() { "…" } else { "" };
    let shift = |at: usize| at.clamp(start, end) - start + head.len();
    Excerpt {
        marks: marks
            .iter()
            .map(|mark| shift(mark.start)..shift(mark.end))
            .collect(),
        text: format!("{head}{}{tail}", &line[start..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, needle: &str, columns: usize, text: &str, marked: &str) {
        let excerpt = excerpt(line, &[vec![needle]], columns);
        assert_eq!(
            (
                excerpt.text.as_str(),
                &excerpt.text[excerpt.marks[0].clone()]
            ),
            (text, marked)
        );
        assert!(
            excerpt.text.width() <= columns,
            "{} columns",
            excerpt.text.width()
        );
    }

    #[test]
    fn the_needle_is_marked_as_a_word_of_its_own() {
        check(
            "size of a lamp: lamp_size\tsize",
            "lamp",
            80,
            "size of a lamp: lamp_size | size",
            "lamp",
        );
        check(
            "lamp_size\tInteger",
            "size",
            80,
            "lamp_size | Integer",
            "size",
        );
        check("灯的大小", "kettle", 80, "灯的大小", "灯的大小");
    }

    #[test]
    fn long_lines_are_cut_around_the_needle_by_columns() {
        check(
            "灯灯灯灯灯灯灯灯 watts 灯灯灯灯灯灯灯灯",
            "watts",
            16,
            "…灯 watts 灯灯…",
            "watts",
        );
        check("abcdefghij", "kettle", 5, "abc…", "abc");
    }

    #[test]
    fn nothing_in_a_line_can_steer_a_terminal() {
        check(
            "\u{1b}[2Jlamp\u{202e}",
            "lamp",
            80,
            "\u{fffd}[2Jlamp\u{fffd}",
            "lamp",
        );
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_cut_at_characters(line in "\\PC{0,60}", needle in "\\PC{0,3}", columns in 1_usize..40) {
            let excerpt = excerpt(&line, &[vec![needle.as_str()], vec!["lamp"]], columns);
            for mark in &excerpt.marks {
                assert!(excerpt.text.get(mark.clone()).is_some());
            }
            assert!(excerpt.text.width() <= columns.max(3) + 1, "{excerpt:?}");
        }
    }
}
