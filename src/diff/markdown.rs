//! Changes as Markdown, for release notes and review pages.

use super::text::{said, sources, subject, summary};
use super::{Change, Effect};
use crate::source::printable;

/// All changes of two editions: one section per effect, one table per operation.
pub fn markdown(old: &str, new: &str, changes: &[Change]) -> String {
    let mut text = format!(
        "# From {} to {}\n\n{}\n",
        code(old),
        code(new),
        summary(changes)
    );
    for effect in Effect::ALL {
        let of_kind: Vec<&Change> = changes
            .iter()
            .filter(|change| change.effect == effect)
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        text.push_str(&format!("\n## {}\n", title(effect)));
        for group in of_kind.chunk_by(|a, b| a.operation == b.operation) {
            let operation = group.first().and_then(|change| change.operation.as_deref());
            let operation = operation.map_or("All operations".to_owned(), code);
            text.push_str(&format!(
                "\n### {operation}\n\n| what | change | source |\n| --- | --- | --- |\n"
            ));
            for change in group {
                let cells =
                    [subject(change), said(change), sources(change)].map(|cell| escaped(&cell));
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
    }
    text
}

fn title(effect: Effect) -> &'static str {
    match effect {
        Effect::Breaking => "Breaking",
        Effect::Compatible => "Compatible",
        Effect::Editorial => "Editorial",
    }
}

/// Text of a document in a cell: it can neither end the cell nor become markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).replace('\n', " ").chars() {
        if matches!(
            c,
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#'
        ) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Text as code; what would end the code is left out.
fn code(text: &str) -> String {
    format!("`{}`", printable(text).replace(['`', '\n'], ""))
}
