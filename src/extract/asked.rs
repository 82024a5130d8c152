//! Whose members a table holds, where its caption does not name the field: what a page says before the table.
//!
//! Main entries: [`Asked`], [`introduced`].

use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fields::holds_objects;
use super::pattern::{Pattern, compile};
use super::references;
use super::sections::Content;
use super::tables::{RowRead, TableRead, is_side, subjects};
use crate::contract::Kind;
use crate::document::Table;

/// The fields of a page whose members a table further down may hold, by its number and by its caption. Where a field
/// is called like a side of the exchange, that tells its table from one of that side.
#[derive(Default)]
pub(super) struct Asked {
    by_number: HashMap<String, String>,
    by_name: HashSet<String>,
}

impl Asked {
    pub(super) fn hear(&mut self, read: &TableRead<'_>) {
        let rows = read.rows.iter().filter(|_| read.defines_fields);
        for row in rows.filter(|row| row.kind_text.is_some() && holds_objects(&row.kind)) {
            for number in row
                .kind_mentions()
                .filter_map(|mention| mention.number.as_deref())
            {
                let number = references::plain_number(number);
                self.by_number.entry(number).or_insert(row.name.clone());
            }
            if row.kind != Kind::Unknown || row.kind_mentions().next().is_some() {
                self.by_name.insert(row.name.clone());
            }
        }
    }

    /// The field that the label right before a table names: "Format of lamp".
    pub(super) fn labelled(&self, before: Option<Content<'_>>, rows: &[RowRead]) -> Option<String> {
        const LONGEST: usize = 60;
        let Some(Content::Prose([.., label])) = before else {
            return None;
        };
        let text = label.text.trim();
        let is_label = text.len() <= LONGEST
            && !is_side(text)
            && !text.ends_with(['.', '。', ';', '；', ',', '，']);
        let names = if is_label { subjects(text) } else { Vec::new() };
        let [name] = names.as_slice() else {
            return None;
        };
        // A table that has the field itself is not of its members.
        let is_around = rows.iter().any(|row| row.name == *name);
        self.by_name.get(name).filter(|_| !is_around).cloned()
    }

    pub(super) fn for_members(&self, table: &Table) -> Option<String> {
        let number = table.number.as_deref().map(references::plain_number);
        let numbered = number.and_then(|number| self.by_number.get(&number));
        let captioned = table.caption.as_ref().map(|caption| caption.trim());
        let captioned = captioned.and_then(|caption| self.by_name.get(only_name(caption)));
        numbered.or(captioned).cloned()
    }
}

/// The one name in a Chinese caption, `parameters` in `parameters参数说明`; all of it where it has none or several.
fn only_name(caption: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let is_chinese = |c: char| !is_part(c) && !c.is_ascii();
    let rest = caption.trim_start_matches(is_part);
    let name = &caption[..caption.len() - rest.len()];
    let goes_on = rest.trim_start().starts_with(is_chinese) && !rest.contains(is_part);
    if goes_on && !name.is_empty() && !is_side(rest) {
        name
    } else {
        caption
    }
}

/// The field whose details the text right before a table says that it holds.
pub(super) fn introduced(before: Option<Content<'_>>) -> Option<String> {
    static DETAILS: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i)^for details about (?:the )?\**(?P<name>[a-z_][a-z0-9_]*)\** (?:field|parameter|object), see table [0-9-]+\.?$",
        )
    });
    let Some(Content::Prose(pieces)) = before else {
        return None;
    };
    let last = pieces.last()?.text.trim();
    let found = (last.len() <= 160)
        .then(|| DETAILS.captures(last))
        .flatten()?;
    Some(found["name"].to_owned())
}
