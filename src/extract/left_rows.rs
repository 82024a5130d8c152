//! Rows of fields that no part of an operation took up: their table has no role, so that nothing of it is tried.
//!
//! Main entry: [`unread`].

use super::Unread;
use super::lexicon::Column;
use super::tables::{self, Role, TableRead};
use crate::contract::FieldPath;

/// The rows that stand on the page of an operation and tell kinds of fields, and were left.
pub fn unread(tables: &[TableRead<'_>]) -> Vec<Unread> {
    let rows = tables.iter().filter(is_left).flat_map(|read| &read.rows);
    let named = rows.filter(|row| !row.name.is_empty());
    named
        .map(|row| Unread {
            line: row.line,
            field: Some(FieldPath::root(&row.name)),
            text: row.prose.text(),
        })
        .collect()
}

fn is_left(read: &&TableRead<'_>) -> bool {
    let has = |column| read.columns.contains(&column);
    let is_of_fields = has(Column::Name) && has(Column::Kind);
    let caption = read.table.caption.as_deref().unwrap_or("");
    // Headers of answers are left on purpose.
    let is_header = tables::role_of_caption(caption) == Some(Role::Header);
    let has_no_role = read.role == Role::Structure && !read.defines_fields;
    read.operation.is_some() && has_no_role && is_of_fields && !is_header
}

#[cfg(test)]
mod tests {
    use crate::extract::{read, tests::document};

    #[test]
    fn rows_of_a_table_without_a_role_are_unread() {
        let page = "# 1.1 Lighting a lamp\n# URI\nPOST /v1/lamps\n# Keepers\n| Parameter | Type | Description |\n| oil | String | At most 9 characters. |\n";
        let reading = read(&document(page));
        let unread: Vec<(u32, &str)> = reading
            .unread
            .iter()
            .map(|unread| (unread.line, unread.text.as_str()))
            .collect();
        assert_eq!(unread, [(6, "At most 9 characters.")]);
    }
}
