//! What the script of the page shows, as JSON without any sign that HTML could read.

use std::collections::HashMap;

use serde::Serialize;

use super::Manual;
use crate::contract::Direction;
use crate::report::baseline::Standing;
use crate::report::record::{Coverage, Exchange, Said, Sheet, Statement};
use crate::report::run::{Counted, Report, Shown, Values, expected};
use crate::report::words::{repeat, shortened, sources};

/// Findings with their whole exchange, the most serious ones.
const MOST_IN_FULL: usize = 500;
/// Findings with a short exchange; those beyond say how to send it again.
const MOST_WITH_EXCHANGE: usize = 2_000;
/// Characters of a body in an operation's exchanges.
const MOST_BODY: usize = 1_500;
/// Characters of a body in a short exchange.
const SHORT_BODY: usize = 300;

#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    #[serde(rename = "leftOut")]
    left_out: u64,
    operations: Vec<Operation<'a>>,
    findings: Vec<Finding<'a>>,
    manual: Vec<Page<'a>>,
}

#[derive(Serialize)]
struct Page<'a> {
    family: &'a str,
    code: &'a str,
    title: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Operation<'a> {
    id: &'a str,
    route: &'a str,
    at: String,
    deprecated: Option<String>,
    success: &'a [u16],
    shares: [u32; 5],
    findings: usize,
    said: Vec<Promise<'a>>,
    rows: Vec<Row<'a>>,
    disputes: &'a [String],
    exchanges: Vec<Sample<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    direction: &'static str,
    place: &'a str,
    field: &'a str,
    kind: &'a str,
    presence: &'a str,
    said: Vec<Promise<'a>>,
}

#[derive(Serialize)]
struct Promise<'a> {
    rule: &'a str,
    words: String,
    line: u32,
    coverage: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<(&'a str, &'static str, &'a str, bool)>,
    #[serde(skip_serializing_if = "is_zero")]
    more: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

#[derive(Serialize)]
struct Sample<'a> {
    seen: &'a str,
    title: &'a str,
    case: &'a str,
    exchange: Exchange,
}

#[derive(Serialize)]
struct Finding<'a> {
    id: &'a str,
    check: &'a str,
    severity: &'static str,
    verdict: &'static str,
    operation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    title: &'a str,
    promise: &'a str,
    sources: String,
    expected: &'a str,
    seen: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    earlier: &'a [String],
    case: &'a str,
    repeat: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    curl: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange: Option<Exchange>,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Standing>,
    #[serde(skip_serializing_if = "str::is_empty")]
    record: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<Waived<'a>>,
}

#[derive(Serialize)]
struct Waived<'a> {
    owner: &'a str,
    reason: &'a str,
    expires: &'a str,
    ticket: &'a str,
}

/// The data of the page.
pub(super) fn data(report: &Report, manual: &[Manual], title: &str) -> String {
    let told = Told::of(report);
    let found = report.by_severity();
    let data = Data {
        title,
        left_out: report.dropped.values().sum(),
        operations: report
            .sheets
            .iter()
            .map(|sheet| told.operation(sheet))
            .collect(),
        findings: found
            .into_iter()
            .enumerate()
            .map(|(place, counted)| finding(report, counted, place))
            .collect(),
        manual: manual
            .iter()
            .map(|page| Page {
                family: page.family,
                code: &page.code,
                title: &page.title,
                text: &page.text,
            })
            .collect(),
    };
    let text = serde_json::to_string(&data).expect("strings and numbers always serialize");
    without_signs(&text)
}

/// Writes the signs of HTML as escapes, which JSON allows inside of texts, the only place where they
/// stand.
fn without_signs(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '<' => safe.push_str(r"\u003c"),
            '>' => safe.push_str(r"\u003e"),
            '&' => safe.push_str(r"\u0026"),
            '\u{2028}' => safe.push_str(r"\u2028"),
            '\u{2029}' => safe.push_str(r"\u2029"),
            _ => safe.push(c),
        }
    }
    safe
}

/// What is told of statements, by the parts of their identity.
struct Told<'a> {
    report: &'a Report,
    coverage: HashMap<Place<'a>, &'a Coverage>,
    by_operation: HashMap<&'a str, Vec<&'a Statement>>,
    shares: HashMap<&'a str, crate::report::run::Share>,
    n_findings: HashMap<&'a str, usize>,
}

type Place<'a> = (&'a str, Direction, Option<&'a str>, &'a str);

fn place(statement: &Statement) -> Place<'_> {
    (
        &statement.operation,
        statement.direction,
        statement.field.as_deref(),
        &statement.rule,
    )
}

impl<'a> Told<'a> {
    fn of(report: &'a Report) -> Self {
        let mut by_operation: HashMap<&str, Vec<&Statement>> = HashMap::new();
        for (statement, _) in &report.statements {
            by_operation
                .entry(&statement.operation)
                .or_default()
                .push(statement);
        }
        let mut n_findings: HashMap<&str, usize> = HashMap::new();
        for counted in &report.findings {
            *n_findings.entry(&counted.finding.operation).or_default() += 1;
        }
        let told = report.statements.iter();
        Self {
            report,
            coverage: told
                .map(|(statement, coverage)| (place(statement), coverage))
                .collect(),
            by_operation,
            shares: report.coverage().into_iter().collect(),
            n_findings,
        }
    }

    fn operation(&self, sheet: &'a Sheet) -> Operation<'a> {
        let id = sheet.operation.as_str();
        let rows: Vec<Row<'a>> = sheet
            .rows
            .iter()
            .map(|row| Row {
                direction: row.direction.word(),
                place: &row.place,
                field: &row.field,
                kind: &row.kind,
                presence: &row.presence,
                said: self.promises(id, row.direction, Some(&row.field), &row.said),
            })
            .collect();
        let mut said = self.promises(id, Direction::Behaviour, None, &sheet.said);
        said.extend(self.beside(sheet));
        let shown = self.report.exchanges.get(id).into_iter().flatten();
        Operation {
            id,
            route: &sheet.route,
            at: sheet.at.to_string(),
            deprecated: sheet.deprecated.as_ref().map(ToString::to_string),
            success: &sheet.success,
            shares: self
                .shares
                .get(id)
                .copied()
                .unwrap_or_default()
                .parts()
                .map(|(_, n)| n),
            findings: self.n_findings.get(id).copied().unwrap_or_default(),
            said,
            rows,
            disputes: &sheet.disputes,
            exchanges: shown
                .map(|((_, seen), shown)| sample(seen, shown))
                .collect(),
        }
    }

    /// What is promised of one thing, in the order of the document, each rule once.
    fn promises(
        &self,
        operation: &'a str,
        direction: Direction,
        field: Option<&'a str>,
        said: &'a [Said],
    ) -> Vec<Promise<'a>> {
        let told = said.iter().map(|said| {
            let coverage = self
                .coverage
                .get(&(operation, direction, field, said.rule.as_str()));
            let key = Statement {
                operation: operation.to_owned(),
                direction,
                field: field.map(ToOwned::to_owned),
                rule: said.rule.clone(),
            };
            let values = self.report.values.get(&key);
            promise(
                &said.rule,
                said.words.clone(),
                said.line,
                coverage.copied(),
                values,
            )
        });
        told.collect()
    }

    /// Statements that no table has a row for: statuses, authentication, what does not exist.
    fn beside(&self, sheet: &'a Sheet) -> Vec<Promise<'a>> {
        let known = |statement: &Statement| match &statement.field {
            None => {
                statement.direction == Direction::Behaviour
                    && sheet.said.iter().any(|said| said.rule == statement.rule)
            }
            Some(field) => sheet
                .rows
                .iter()
                .any(|row| row.direction == statement.direction && row.field == *field),
        };
        let told = self.by_operation.get(sheet.operation.as_str());
        told.into_iter()
            .flatten()
            .filter(|statement| !known(statement))
            .map(|statement| {
                let field = statement.field.as_ref().map(|field| format!("`{field}`: "));
                let words = format!(
                    "{}{}",
                    field.unwrap_or_default(),
                    statement.rule.replace('_', " ")
                );
                let coverage = self.coverage.get(&place(statement));
                let values = self.report.values.get(statement);
                promise(
                    &statement.rule,
                    words,
                    sheet.at.line,
                    coverage.copied(),
                    values,
                )
            })
            .collect()
    }
}

fn promise<'a>(
    rule: &'a str,
    words: String,
    line: u32,
    coverage: Option<&'a Coverage>,
    values: Option<&'a Values>,
) -> Promise<'a> {
    let tried = values
        .into_iter()
        .flat_map(|values| values.inside.values().chain(values.outside.values()));
    let (coverage, reason) = match coverage {
        Some(Coverage::Kept) => (0, None),
        Some(Coverage::KeptOnOneSide { side }) => (
            1,
            Some(match side {
                crate::event::Side::Inside => "only what it allows was tried",
                crate::event::Side::Outside => "only what it forbids was tried",
            }),
        ),
        Some(Coverage::Broken) => (2, None),
        Some(Coverage::Disputed) => (3, None),
        Some(Coverage::Untested { reason }) => (4, Some(reason.as_str())),
        None => (4, Some("nothing was told of it")),
    };
    Promise {
        rule,
        words,
        line,
        coverage,
        reason,
        values: tried
            .map(|value| {
                let failed = value.outcome == crate::report::record::Ending::Failed;
                (
                    value.title.as_str(),
                    expected(value.expect),
                    value.seen.as_str(),
                    failed,
                )
            })
            .collect(),
        more: values.map_or(0, |values| values.n_more),
    }
}

fn sample<'a>(seen: &'a str, shown: &'a Shown) -> Sample<'a> {
    Sample {
        seen,
        title: &shown.title,
        case: &shown.case,
        exchange: cut(&shown.exchange, MOST_BODY),
    }
}

fn cut(exchange: &Exchange, most: usize) -> Exchange {
    Exchange {
        request_body: shortened(&exchange.request_body, most),
        response_body: shortened(&exchange.response_body, most),
        ..exchange.clone()
    }
}

fn finding<'a>(report: &'a Report, counted: &'a Counted, place: usize) -> Finding<'a> {
    let finding = &counted.finding;
    let exchange = finding.exchange.as_ref();
    let exchange = exchange
        .filter(|_| place < MOST_WITH_EXCHANGE)
        .map(|exchange| {
            if place < MOST_IN_FULL {
                exchange.clone()
            } else {
                cut(exchange, SHORT_BODY)
            }
        });
    Finding {
        id: &finding.id,
        check: &finding.check,
        severity: finding.severity.word(),
        verdict: finding.verdict.word(),
        operation: &finding.operation,
        field: finding.field.as_deref(),
        title: &finding.title,
        promise: &finding.promise,
        sources: sources(finding),
        expected: &finding.expected,
        seen: &finding.seen,
        before: finding.before.as_deref(),
        after: finding.after.as_deref(),
        earlier: &finding.earlier,
        case: &finding.case,
        repeat: repeat(report, &finding.case),
        curl: finding
            .curl
            .as_deref()
            .filter(|_| place < MOST_WITH_EXCHANGE),
        request_id: finding.request_id.as_deref(),
        exchange,
        count: counted.count,
        standing: counted.standing,
        record: &counted.record,
        waived: counted.waived.as_ref().map(|waived| Waived {
            owner: &waived.owner,
            reason: &waived.reason,
            expires: &waived.expires,
            ticket: &waived.ticket,
        }),
    }
}
