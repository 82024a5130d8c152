//! The parameters of an operation: what its tables say of path, query and header.
//!
//! Main entry: [`read`]. A name in the path decides over the table it is described in; a row that
//! calls the path's only undescribed name otherwise is about that name.

use hashbrown::HashSet;

use super::evidence::spelling;
use super::fields::Builder;
use super::tables::{Role, TableRead};
use super::uri::Uri;
use crate::contract::{Parameter, Place};

/// The parameters that the tables of an operation describe, path before query before header.
pub fn read(
    builder: &mut Builder<'_>,
    tables: &[TableRead<'_>],
    own: &[usize],
    uri: &Uri,
) -> Vec<Parameter> {
    let undescribed = undescribed(tables, own, uri);
    let mut seen = HashSet::new();
    let mut found: Vec<Parameter> = Vec::new();
    for (role, usual) in [
        (Role::Path, Place::Path),
        (Role::Query, Place::Query),
        (Role::Header, Place::Header),
    ] {
        let of_role =
            |table: &&usize| tables[**table].role == role && tables[**table].defines_fields;
        for table in own.iter().filter(of_role) {
            for (row, printed) in tables[*table].rows.iter().enumerate() {
                let hole = match &undescribed {
                    Some((hole, name)) if usual == Place::Path && *name == printed.name => hole,
                    _ => &printed.name,
                };
                let place = match usual {
                    _ if uri.path.parameters().any(|other| other == hole) => Place::Path,
                    Place::Path => Place::Query,
                    Place::Query | Place::Header => usual,
                };
                if hole.is_empty() || !seen.insert((place, hole.clone())) {
                    continue;
                }
                let mut field = builder.parameter(*table, row);
                if *hole != field.name {
                    let printed = std::mem::replace(&mut field.name, hole.clone());
                    field.printed = Some(printed);
                }
                found.push(Parameter { place, field });
            }
        }
    }
    found
}

/// The one name of the path that no row has, and the name of the row that must be about it: spelt
/// nearly so, or the only mandatory one that is neither in the path nor in the query.
fn undescribed(tables: &[TableRead<'_>], own: &[usize], uri: &Uri) -> Option<(String, String)> {
    let in_path = own
        .iter()
        .map(|table| &tables[*table])
        .filter(|read| read.role == Role::Path);
    let rows: Vec<_> = in_path.flat_map(|read| &read.rows).collect();
    let described = |hole: &&str| rows.iter().any(|row| row.name == **hole);
    let mut open = uri.path.parameters().filter(|hole| !described(hole));
    let hole = open.next().filter(|_| open.next().is_none())?;
    let is_odd = |name: &str| {
        !name.is_empty()
            && !uri.query.iter().any(|query| query == name)
            && !uri.path.parameters().any(|hole| hole == name)
    };
    let odd = || rows.iter().filter(|row| is_odd(&row.name));
    let mut mandatory = odd().filter(|row| row.required == Some(true));
    let near = odd().find(|row| spelling::near(&row.name, hole));
    let meant = near.or_else(|| mandatory.next().filter(|_| mandatory.next().is_none()))?;
    Some((hole.to_owned(), meant.name.clone()))
}
