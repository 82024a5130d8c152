//! Flaws as text for people, with the lines in question shown.

use std::collections::HashSet;
use std::sync::LazyLock;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Padding, Renderer, Snippet};

use regex::Regex;

use super::excerpt::excerpt;
use super::join::leaf;
use super::title::{attributed, counted};
use super::{Category, Flaw, Place, Severity, Shelf};
use crate::contract::Claim;
use crate::source::{Provenance, printable};

/// Places of one flaw that are shown; the rest is listed by line.
const MOST_PLACES: usize = 3;
/// Claims of one place that are shown.
const MOST_CLAIMS: usize = 5;
/// Claims that are at most so many lines apart are shown in one passage.
const NEAR: u32 = 6;
/// Lines that are listed.
const MOST_LINES: usize = 12;
/// What the renderer needs beside a line: its number and the frame.
const GUTTER: usize = 12;

/// Ends the paths that we write, and stands nowhere else: excerpts and labels are free of it.
const END_OF_PATH: char = '\u{2060}';

/// The line and column that the renderer adds to a path. The column is that of the excerpt, not of
/// the document's line, and would mislead.
static PLACE_IN_EXCERPT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\u{2060}(:\d+)*").expect("the pattern is fixed"));

/// How it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal or page.
    pub width: usize,
    /// Whether it is coloured.
    pub coloured: bool,
}

/// All flaws, and what they add up to.
pub fn text(flaws: &[Flaw], shelf: &Shelf, style: Style) -> String {
    let renderer = if style.coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(style.width);
    let mut said = String::new();
    for flaw in flaws {
        let rendered = renderer.render(&[report(flaw, shelf, style.width)]);
        said.push_str(&PLACE_IN_EXCERPT.replace_all(&rendered, ""));
        said.push_str("\n\n");
    }
    said.push_str(&summary(flaws));
    said
}

fn report<'a>(flaw: &'a Flaw, shelf: &'a Shelf, width: usize) -> Group<'a> {
    let level = match flaw.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let columns = width.saturating_sub(GUTTER).max(20);
    let title = level
        .primary_title(printable(&flaw.title))
        .id(flaw.category.code());
    let mut known = HashSet::new();
    let mut shown = Vec::new();
    for place in flaw.places.iter().take(MOST_PLACES) {
        let claims = place.claims.iter().take(MOST_CLAIMS);
        // Several places may have a claim in common.
        let new: Vec<&Claim<String>> = claims.filter(|claim| known.insert(*claim)).collect();
        for near in new.chunk_by(|a, b| is_near(&a.at, &b.at)) {
            shown.extend(passage(flaw.category, place, near, shelf, columns));
        }
    }
    let mut group = Group::with_title(title).elements(shown).element(Padding);
    if let Some(rest) = rest(flaw, shelf) {
        group = group.element(Level::NOTE.message(rest));
    }
    group
        .element(
            Level::NOTE
                .with_name("why")
                .message(flaw.category.matters()),
        )
        .element(Level::HELP.message(flaw.category.settle()))
}

/// Whether two claims are shown in one passage.
fn is_near(a: &Provenance, b: &Provenance) -> bool {
    a.same_text(b) && a.line.abs_diff(b.line) <= NEAR
}

/// Claims that stand near each other, with their lines where the text is at hand.
fn passage<'a>(
    category: Category,
    place: &'a Place,
    claims: &[&'a Claim<String>],
    shelf: &'a Shelf,
    columns: usize,
) -> Vec<Element<'a>> {
    let label = |claim: &Claim<String>| printable(&attributed(category, claim));
    let lines = claims.iter().map(|claim| claim.at.line);
    let Some(((first, last), at)) = lines.clone().min().zip(lines.max()).zip(claims.first()) else {
        return Vec::new();
    };
    let path = printable(&shelf.path(&at.at));
    if claims.iter().any(|claim| shelf.line(&claim.at).is_none()) {
        let told = |claim: &&Claim<String>| {
            let told = format!("{}:{}: {}", claim.at.text(), claim.at.line, label(claim));
            Element::from(Level::NOTE.no_name().message(told))
        };
        return claims.iter().map(told).collect();
    }
    let mut source = String::new();
    let mut marks = Vec::new();
    for line in first..=last {
        let at = Provenance {
            line,
            ..at.at.clone()
        };
        let text = shelf.line(&at).unwrap_or("");
        let here = claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.at.line == line);
        // All marks of a line are shown in the window of the first.
        let needles: Vec<Vec<&str>> = here
            .clone()
            .map(|(_, claim)| needles(place, claim))
            .collect();
        let excerpt = excerpt(text, &needles, columns);
        for ((nth, claim), mark) in here.zip(&excerpt.marks) {
            let kind = if nth == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let span = source.len() + mark.start..source.len() + mark.end;
            marks.push(kind.span(span).label(label(claim)));
        }
        source.push_str(&excerpt.text);
        source.push('\n');
    }
    let path = format!("{path}:{}{END_OF_PATH}", at.at.line);
    let snippet = Snippet::source(source)
        .line_start(first as usize)
        .path(path)
        .annotations(marks);
    vec![snippet.into()]
}

/// What to look for in the line of a claim, the best first.
fn needles<'a>(place: &'a Place, claim: &'a Claim<String>) -> Vec<&'a str> {
    let words = claim.claim.as_str();
    let last = words.rsplit(": ").next().unwrap_or(words);
    let quoted = last.trim_matches(['"', '…']);
    let first = last.split([' ', ',']).next().unwrap_or(last);
    let referred = words.strip_prefix("refers to ").unwrap_or(words);
    let mut found = vec![words, referred, quoted, leaf(place)];
    // A bare word of a claim is a type or value; a word of ours would mark anything.
    if first.chars().next().is_some_and(char::is_uppercase) {
        found.insert(3, first);
    }
    found
}

/// The places that are not shown, by line: `lamps.txt:4, 9; kettles.txt:7`.
fn rest(flaw: &Flaw, shelf: &Shelf) -> Option<String> {
    let left = flaw
        .places
        .get(MOST_PLACES..)
        .filter(|left| !left.is_empty())?;
    let mut at: Vec<&Provenance> = left
        .iter()
        .filter_map(|place| place.claims.first())
        .map(|claim| &claim.at)
        .collect();
    at.dedup_by(|a, b| a.same_line(b));
    let more = at.len().saturating_sub(MOST_LINES);
    at.truncate(MOST_LINES);
    let by_document = at.chunk_by(|a, b| a.same_text(b)).map(|at| {
        let lines: Vec<String> = at.iter().map(|at| at.line.to_string()).collect();
        let path = at.first().map(|at| shelf.path(at));
        let path = printable(&path.unwrap_or_default());
        format!("{path}:{}", lines.join(", "))
    });
    let lines = by_document.collect::<Vec<_>>().join("; ");
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Some(format!(
        "and {}: {lines}{more}",
        counted(left.len(), "more place")
    ))
}

/// How many of each kind, the most serious first.
fn summary(flaws: &[Flaw]) -> String {
    if flaws.is_empty() {
        return "no contradictions or defects found\n".to_owned();
    }
    let mut said = String::new();
    for category in Category::ALL {
        let of_kind: Vec<&Flaw> = flaws
            .iter()
            .filter(|flaw| flaw.category == *category)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        let places: usize = of_kind.iter().map(|flaw| flaw.places.len()).sum();
        said.push_str(&format!(
            "{:<8} {:<24} {:>4} in {}\n",
            category.severity().word(),
            category.code(),
            of_kind.len(),
            counted(places, "place")
        ));
    }
    let total: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| {
            let n = flaws
                .iter()
                .filter(|flaw| flaw.severity() == *severity)
                .count();
            counted(n, severity.word())
        })
        .collect();
    said.push_str(&format!(
        "{}; `proofhouse explain CODE` says more of each\n",
        total.join(", ")
    ));
    said
}
