//! A page as text: one table for the operation, one for each part, then what is disputed or settled.

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};

use unicode_width::UnicodeWidthStr;

use super::cells::{self, Row};
use super::page::{Page, Part, Side};
use crate::contract::{Direction, Field};
use crate::source::printable;

/// The page, at most `width` columns wide where words can be wrapped.
pub fn text(page: &Page<'_>, width: usize) -> String {
    let Some(first) = page.sides.first() else {
        return String::new();
    };
    let mut text = printable(&format!(
        "{}  {}\n",
        first.operation.id,
        first.operation.route()
    ));
    text.push_str(&summary(page, width));
    for part in Part::ALL {
        let rows = cells::rows(page, part);
        if rows.is_empty() {
            continue;
        }
        let title = match part {
            Part::Parameters => "Parameters",
            Part::Request => "Request body",
            Part::Response => "Response body",
        };
        text.push_str(&format!("\n{title}\n"));
        text.push_str(&fields(page, part, &rows, width));
    }
    text.push_str(&disputes(page));
    text.push_str(&rulings(page));
    text
}

fn table(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::new('-', '-', '-', '-')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table
}

fn print(table: &Table) -> String {
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines.map(|line| format!("{line}\n")).collect()
}

/// What each edition says of the operation as a whole.
fn summary(page: &Page<'_>, width: usize) -> String {
    let mut table = table(width);
    let heads = page.sides.iter().map(|side| {
        printable(&format!(
            "{}\n{}",
            side.contract.edition.id,
            cells::dated(side)
        ))
    });
    table.set_header(std::iter::once("edition".to_owned()).chain(heads));
    let mut row = |name: &str, said: Vec<String>| {
        if said.iter().any(|said| !said.is_empty()) {
            let said = said.into_iter().map(|said| printable(&said));
            table.add_row(std::iter::once(name.to_owned()).chain(said));
        }
    };
    let sides = || page.sides.iter().map(|side| side.operation);
    row(
        "described at",
        sides()
            .map(|operation| cells::source(&operation.at))
            .collect(),
    );
    let routes: Vec<String> = sides().map(|operation| operation.route()).collect();
    if routes.windows(2).any(|pair| pair[0] != pair[1]) {
        row("called", routes);
    }
    row("succeeds with", sides().map(cells::success).collect());
    row(
        "promises",
        sides()
            .map(|operation| cells::behaviour(operation).join("\n"))
            .collect(),
    );
    row(
        "needs",
        sides()
            .map(|operation| cells::permissions(operation).join("\n"))
            .collect(),
    );
    let deprecated = sides().map(|operation| operation.deprecated.as_ref());
    row(
        "deprecated",
        deprecated
            .map(|at| at.map(cells::source).unwrap_or_default())
            .collect(),
    );
    print(&table)
}

/// One row per field: in columns of its own where there is one edition, in one column per edition
/// where there are several.
fn fields(page: &Page<'_>, part: Part, rows: &[Row<'_>], width: usize) -> String {
    let mut table = table(width);
    if let [side] = &page.sides[..] {
        table.set_header(["field", "kind", "presence", "promises", "source"]);
        for row in rows {
            let Some(Some(field)) = row.fields.first() else {
                continue;
            };
            let mut promises = cells::constraints(&field.statements);
            promises.extend(cells::marks(page, side, part, &row.path, field));
            let place =
                cells::place(side.operation, &row.path).filter(|_| part == Part::Parameters);
            let presence = [place, cells::presence(field)];
            let presence: Vec<&str> = presence.into_iter().flatten().collect();
            let cells = [
                row.path.to_string(),
                cells::kind(field),
                presence.join(", "),
                promises.join("\n"),
                cells::source(&field.at),
            ];
            table.add_row(cells.map(|cell| printable(&cell)));
        }
    } else {
        let heads = page
            .sides
            .iter()
            .map(|side| printable(side.contract.edition.id.as_str()));
        table.set_header(std::iter::once("field".to_owned()).chain(heads));
        for row in rows {
            let said = row
                .fields
                .iter()
                .zip(&page.sides)
                .map(|(field, side)| match field {
                    Some(field) => printable(&one_cell(page, side, part, row, field)),
                    None => "-".to_owned(),
                });
            table.add_row(std::iter::once(printable(&row.path.to_string())).chain(said));
        }
    }
    let longest = rows
        .iter()
        .map(|row| row.path.to_string().width())
        .max()
        .unwrap_or(0);
    if let Some(column) = table.column_mut(0) {
        // Long paths are wrapped at their dots, and get a third of the page before that.
        column.set_delimiter('.');
        let room = u16::try_from(longest.min(width / 3)).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(room + 2)));
    }
    print(&table)
}

fn one_cell(page: &Page<'_>, side: &Side<'_>, part: Part, row: &Row<'_>, field: &Field) -> String {
    let mut lines = vec![match cells::presence(field) {
        Some(presence) => format!("{}, {presence}", cells::kind(field)),
        None => cells::kind(field),
    }];
    lines.extend(cells::constraints(&field.statements));
    lines.extend(cells::marks(page, side, part, &row.path, field));
    lines.push(format!("({})", cells::source(&field.at)));
    lines.join("\n")
}

/// The disputes, under the numbers that mark fields.
fn disputes(page: &Page<'_>) -> String {
    let mut text = String::new();
    for (nth, dispute) in page.disputes().into_iter().enumerate() {
        if nth == 0 {
            text.push_str("\nDisputes\n");
        }
        let field = dispute.field.as_ref().map(|field| format!(" {field}"));
        text.push_str(&printable(&format!(
            "[{}]{} {}\n",
            nth + 1,
            field.unwrap_or_default(),
            dispute.fact.word()
        )));
        for claim in &dispute.claims {
            text.push_str(&printable(&format!(
                "      {} ({})\n",
                claim.claim, claim.at
            )));
        }
    }
    text
}

/// The rulings, under the numbers that mark fields.
fn rulings(page: &Page<'_>) -> String {
    let mut text = String::new();
    for (nth, ruled) in page.rulings().into_iter().enumerate() {
        if nth == 0 {
            text.push_str("\nRulings\n");
        }
        let side = ruled.direction.map_or("", Direction::word);
        let field = ruled
            .field
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let lines = [
            format!(
                "[R{}] {side} {field} {}: {}",
                nth + 1,
                ruled.fact,
                ruled.value
            ),
            format!("      against {}", ruled.before.join(" / ")),
            format!(
                "      {} ({}, {}; {})",
                ruled.reason, ruled.who, ruled.when, ruled.at
            ),
        ];
        text.push_str(&lines.map(|line| printable(&line) + "\n").concat());
    }
    text
}
