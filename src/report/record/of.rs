//! Events as [`Line`]s, with every text cut to a length that a page can show.

use std::borrow::Cow;

use super::{
    Coverage, Ending, Exchange, Finding, Line, Row, Said, Sheet, Source, Start, Statement, Tried,
};
use crate::contract::{FieldPath, Place, StatementId};
use crate::event::{self, CaseOutcome, Event};
use crate::finding::{self, curl};
use crate::report::words::shortened;
use crate::source::Provenance;
use crate::wire::{self, Headers};

/// Characters of a name, a title, a promise.
const MOST_TEXT: usize = 1_000;
/// Characters of a body or a state.
const MOST_BODY: usize = 4_000;
/// Characters of a command; nobody pastes a longer one.
const MOST_COMMAND: usize = 8_000;
/// Header lines.
const MOST_HEADERS: usize = 50;
/// Rows of a table, and statements of a row.
const MOST_ROWS: usize = 2_000;

fn text(value: &str) -> String {
    visible(shortened(&without_keys(value), MOST_TEXT))
}

fn long_text(value: &str) -> String {
    visible(shortened(&without_keys(value), MOST_BODY))
}

/// The text without the private keys in it (PEM): a server that makes one tells it to whoever asked,
/// and not to everybody who reads a report.
fn without_keys(text: &str) -> Cow<'_, str> {
    const START: &str = "PRIVATE KEY-----";
    const END: &str = "-----END ";
    if !text.contains(START) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(START);
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str(START);
        // What follows a beginning is the key; what follows its end is not.
        let begins = shown.rfind("-----BEGIN ") > shown.rfind(END);
        let end = part.find(END).unwrap_or(part.len());
        match begins {
            true => shown.extend(["...", &part[end..]]),
            false => shown.push_str(part),
        }
    }
    Cow::Owned(shown)
}

/// The text with a sign for each character that would move the cursor, change colours or turn the
/// direction of what follows.
fn visible(text: String) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    // Most texts are plain, and that is seen many bytes at a time.
    if text
        .bytes()
        .fold(true, |plain, byte| plain & is_plain(byte))
    {
        return text;
    }
    let is_hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_hidden) {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\r' => {}
            _ if is_hidden(c) => shown.push_str(&c.escape_unicode().to_string()),
            _ => shown.push(c),
        }
    }
    shown
}

impl Line {
    /// The line of an Event, where it has one. A command in it sends to one of these endpoints.
    pub fn of(event: &Event, endpoints: &Endpoints) -> Option<Line> {
        Some(match event {
            Event::RunStarted {
                target,
                endpoint,
                services: _,
                n_operations,
                seed,
                n_cases,
            } => Line::RunStarted(Start {
                target: text(target),
                endpoint: text(endpoint),
                operations: *n_operations,
                seed: *seed,
                cases: *n_cases,
            }),
            Event::OperationPlanned(sheet) => Line::OperationPlanned(Box::new(Sheet::of(sheet))),
            Event::CaseStarted { case, .. } => Line::CaseStarted {
                case: text(&case.0),
            },
            Event::CaseTried(tried) => Line::CaseTried(Box::new(Tried::of(tried))),
            Event::FindingMade(finding) => {
                Line::FindingMade(Box::new(Finding::of(finding, endpoints)))
            }
            Event::CaseFinished {
                case,
                outcome,
                n_exchanges,
                n_checks,
                ..
            } => Line::CaseFinished {
                case: text(&case.0),
                outcome: Ending::of(outcome),
                requests: *n_exchanges,
                judgements: *n_checks,
            },
            Event::StateNoted(state) => Line::StateNoted {
                state: state.clone(),
            },
            Event::StatementTested {
                statement,
                coverage,
            } => Line::StatementTested {
                statement: Statement::of(statement),
                coverage: Coverage::of(coverage),
            },
            Event::RunFinished { millis } => Line::RunFinished { millis: *millis },
            // It matters while it lasts.
            Event::JobAwaited { .. } => return None,
        })
    }
}

/// Where a command sends requests.
#[derive(Clone, Debug, Default)]
pub struct Endpoints {
    main: String,
    services: Vec<wire::Service>,
}

impl Endpoints {
    /// Takes them from the beginning of a run.
    pub fn hear(&mut self, event: &Event) {
        if let Event::RunStarted {
            endpoint, services, ..
        } = event
        {
            self.main.clone_from(endpoint);
            self.services.clone_from(services);
        }
    }

    fn of(&self, path: &str) -> &str {
        let mut services = self.services.iter();
        let taking = services.find(|service| service.takes(path));
        taking.map_or(&self.main, |service| &service.url)
    }
}

impl Finding {
    fn of(finding: &finding::Finding, endpoints: &Endpoints) -> Self {
        let exchange = finding.exchange.as_ref();
        let command = exchange.map(|exchange| {
            let request = &exchange.request;
            curl(endpoints.of(request.path()), request)
        });
        let response = exchange.and_then(wire::Exchange::response);
        Self {
            id: finding.id().key(),
            check: finding.check.to_owned(),
            severity: finding.severity,
            verdict: finding.verdict,
            operation: text(finding.operation.as_str()),
            field: finding.field.as_ref().map(field),
            title: text(&finding.title),
            promise: text(&finding.promise),
            sources: finding.sources.iter().map(Source::of).collect(),
            expected: text(&finding.expected),
            seen: text(&finding.seen),
            before: finding.change.as_ref().map(|(before, _)| long_text(before)),
            after: finding.change.as_ref().map(|(_, after)| long_text(after)),
            earlier: finding.earlier.iter().map(earlier).collect(),
            case: text(&finding.case.0),
            curl: command.filter(|command| can_be_pasted(command)),
            request_id: response.and_then(wire::Response::request_id).map(text),
            exchange: exchange.map(Exchange::of),
        }
    }
}

/// A request that came before, in one line.
fn earlier(earlier: &finding::Earlier) -> String {
    /// Characters of a body that are enough to know the request by.
    const ENOUGH: usize = 300;
    let request = &earlier.request;
    let mut line = format!("{} {}", request.method, request.target);
    if !request.body.is_empty() {
        line.push(' ');
        let body = String::from_utf8_lossy(&request.body);
        line.push_str(&shortened(&without_keys(&body), ENOUGH));
    }
    format!("{} {}", text(&line.replace('\n', " ")), text(&earlier.seen))
}

/// A terminal acts on control characters when they are pasted.
fn can_be_pasted(command: &str) -> bool {
    let acts = |c: char| c.is_control() && c != '\n' && c != '\t';
    command.len() <= MOST_COMMAND && !command.contains(acts)
}

impl Exchange {
    fn of(exchange: &wire::Exchange) -> Self {
        // What is text is recognised several times faster than what is not is mended.
        let body = |bytes: &[u8]| match str::from_utf8(bytes) {
            Ok(text) => long_text(text),
            Err(_) => long_text(&String::from_utf8_lossy(bytes)),
        };
        let request = &exchange.request;
        let response = exchange.response();
        Self {
            method: request.method.to_string(),
            target: text(&request.target),
            request_headers: headers(&request.headers),
            request_body: body(&request.body),
            status: response.map(|response| response.status),
            response_headers: response
                .map(|response| headers(&response.headers))
                .unwrap_or_default(),
            response_body: response
                .map(|response| body(&response.body))
                .unwrap_or_default(),
            failure: exchange
                .outcome
                .as_ref()
                .err()
                .map(|failure| text(&failure.to_string())),
        }
    }
}

impl Tried {
    fn of(tried: &event::Trying) -> Self {
        Self {
            case: text(&tried.case.0),
            operation: text(tried.operation.as_str()),
            tests: tried.tests.as_ref().map(Statement::of),
            title: text(&tried.title),
            expect: tried.expect,
            outcome: Ending::of(&tried.outcome),
            seen: tried.exchange.seen(),
            exchange: Some(Exchange::of(&tried.exchange)),
        }
    }
}

impl Ending {
    fn of(outcome: &CaseOutcome) -> Self {
        match outcome {
            CaseOutcome::Passed => Ending::Passed,
            CaseOutcome::Failed => Ending::Failed,
            CaseOutcome::Skipped(reason) => Ending::Skipped(text(reason)),
            CaseOutcome::Undecided(reason) => Ending::Undecided(text(reason)),
        }
    }
}

impl Statement {
    fn of(id: &StatementId) -> Self {
        Self {
            operation: text(id.operation.as_str()),
            direction: id.direction,
            field: id.field.as_ref().map(field),
            rule: id.rule.to_owned(),
        }
    }
}

impl Coverage {
    fn of(coverage: &event::Coverage) -> Self {
        match coverage {
            event::Coverage::Kept => Coverage::Kept,
            event::Coverage::KeptOnOneSide(side) => Coverage::KeptOnOneSide { side: *side },
            event::Coverage::Broken => Coverage::Broken,
            event::Coverage::Disputed => Coverage::Disputed,
            event::Coverage::Untested(reason) => Coverage::Untested {
                reason: text(reason),
            },
        }
    }
}

impl Sheet {
    fn of(sheet: &event::Sheet) -> Self {
        Self {
            operation: text(sheet.operation.as_str()),
            route: text(&sheet.route),
            at: Source::of(&sheet.at),
            deprecated: sheet.deprecated.as_ref().map(Source::of),
            success: sheet.success.clone(),
            said: said(&sheet.said),
            rows: sheet.rows.iter().take(MOST_ROWS).map(Row::of).collect(),
            disputes: sheet.disputes.iter().map(|claim| text(claim)).collect(),
        }
    }
}

impl Row {
    fn of(row: &event::Row) -> Self {
        Self {
            direction: row.direction,
            place: match row.place {
                None => "body",
                Some(Place::Path) => "path",
                Some(Place::Query) => "query",
                Some(Place::Header) => "header",
            }
            .to_owned(),
            field: field(&row.field),
            kind: text(&row.kind),
            presence: row.presence.to_owned(),
            at: Source::of(&row.at),
            said: said(&row.said),
        }
    }
}

fn said(said: &[event::Said]) -> Vec<Said> {
    let shown = said.iter().take(MOST_ROWS);
    shown
        .map(|said| Said {
            rule: said.rule.to_owned(),
            words: text(&said.words),
            line: said.at.line,
        })
        .collect()
}

impl Source {
    fn of(at: &Provenance) -> Self {
        Self {
            document: text(&at.text()),
            line: at.line,
            table: at.table.as_deref().map(text),
            row: at.row,
        }
    }
}

fn field(path: &FieldPath) -> String {
    text(&path.to_string())
}

fn headers(headers: &Headers) -> Vec<(String, String)> {
    let shown = headers.0.iter().take(MOST_HEADERS);
    shown
        .map(|(name, value)| (text(name), text(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_terminal_would_act_on() {
        assert_eq!(
            visible("a\u{1b}[31mb\tc\nd".to_owned()),
            "a\\u{1b}[31mb\tc\nd"
        );
        assert_eq!(visible("\u{202e}evil".to_owned()), "\\u{202e}evil");
        assert_eq!(visible("茶 ☕".to_owned()), "茶 ☕");
    }

    #[test]
    fn a_long_body_is_cut() {
        let body = "茶".repeat(MOST_BODY + 9);
        assert_eq!(
            long_text(&body).chars().count(),
            MOST_BODY + "… (4009 characters)".chars().count()
        );
    }

    #[test]
    fn what_a_terminal_acts_on_is_not_pasted() {
        assert!(can_be_pasted("curl -d '{\n}'"));
        assert!(!can_be_pasted("curl -d '\u{1b}'"));
    }

    #[test]
    fn private_keys_are_told_to_nobody() {
        let key =
            "-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNz\\n-----END OPENSSH PRIVATE KEY-----";
        let shown = "-----BEGIN OPENSSH PRIVATE KEY-----...-----END OPENSSH PRIVATE KEY-----";
        let body = |key: &str| format!("one {key}, tea, two {key}");
        assert_eq!(long_text(&body(key)), body(shown));
        let cut = "-----BEGIN OPENSSH PRIVATE KEY-----...";
        assert_eq!(long_text(&key[..45]), cut);
        let no_key = "a PRIVATE KEY----- of tea";
        assert_eq!(long_text(no_key), no_key);
    }
}
