//! Rows whose names say whose members they are: `hive.frame.count` is a member of `hive.frame`.
//!
//! Main type: [`Nesting`]. A name may hold a dot and mean nothing by it; so a row is a member only
//! where a row of the same table has the name before the dot, and can have members.

use hashbrown::HashMap;
use std::cmp::Reverse;

use super::fields::with_objects;
use super::tables::RowRead;
use crate::contract::{Field, FieldPath, Kind};

/// How deep rows may nest in one table.
const DEEPEST: usize = 8;

/// Which row of a table each row is a member of.
pub struct Nesting<'a> {
    rows: &'a [RowRead],
    owners: Vec<Option<usize>>,
}

impl<'a> Nesting<'a> {
    /// The members among the rows of a table, by their names.
    pub fn of(rows: &'a [RowRead]) -> Self {
        let holders = rows.iter().enumerate().rev();
        let holders = holders.filter(|(_, row)| may_have_members(&row.kind));
        let holders: HashMap<&str, usize> = holders
            .map(|(place, row)| (without_items(&row.name), place))
            .collect();
        let owner = |row: &RowRead| holders.get(split(&row.name)?.0).copied();
        let mut nesting = Self {
            rows,
            owners: rows.iter().map(owner).collect(),
        };
        for place in 0..rows.len() {
            if nesting.chain(place).len() > DEEPEST {
                nesting.owners[place] = None;
            }
        }
        nesting
    }

    /// A row and those that it is a member of, from the inside out.
    fn chain(&self, place: usize) -> Vec<usize> {
        let outwards = std::iter::successors(Some(place), |place| self.owners[*place]);
        outwards.take(DEEPEST + 1).collect()
    }

    /// The path of a row's field, below what the table's own parent is.
    pub fn path(&self, place: usize, parent: Option<(&FieldPath, &Kind)>) -> FieldPath {
        let below = |of: Option<(&FieldPath, &Kind)>, name: &str| match of {
            Some((path, kind)) => path.child(kind, name),
            None => FieldPath::root(name),
        };
        let chain = self.chain(place);
        let mut outer: Option<(FieldPath, &Kind)> = None;
        for place in chain.iter().rev() {
            let row = &self.rows[*place];
            let of = outer.as_ref().map(|(path, kind)| (path, *kind)).or(parent);
            outer = Some((below(of, self.leaf(*place)), &row.kind));
        }
        outer.map_or_else(FieldPath::default, |(path, _)| path)
    }

    /// The name of a row's field: the last one, where the others say whose member it is.
    fn leaf(&self, place: usize) -> &str {
        let name = &self.rows[place].name;
        let last = self.owners[place].and_then(|_| split(name));
        last.map_or(name, |(_, last)| last)
    }

    /// The fields of rows, each below the one that it is a member of.
    pub fn nest(&self, fields: Vec<(usize, Field)>) -> Vec<Field> {
        let order: Vec<usize> = fields.iter().map(|(place, _)| *place).collect();
        let mut found: HashMap<usize, Field> = fields.into_iter().collect();
        // The innermost first: what is moved has all its members.
        let mut inside_out = order.clone();
        inside_out.sort_by_key(|place| Reverse(self.chain(*place).len()));
        for place in inside_out {
            let owner = self.owners[place].filter(|owner| found.contains_key(owner));
            if let Some(owner) = owner
                && let Some(member) = found.remove(&place)
                && let Some(owner) = found.get_mut(&owner)
                && owner.child(&member.name).is_none()
            {
                owner.kind = with_objects(&owner.kind);
                owner.children.push(member);
            }
        }
        order
            .iter()
            .filter_map(|place| found.remove(place))
            .collect()
    }
}

/// A name in two: whose member it is, and what it is called there.
fn split(name: &str) -> Option<(&str, &str)> {
    let (owner, last) = without_items(name).rsplit_once('.')?;
    let is_name = !last.is_empty() && !owner.is_empty();
    is_name.then(|| (without_items(owner), last))
}

/// "hives[]", "hives[*]": that there are several is no part of the name.
fn without_items(name: &str) -> &str {
    let mut name = name;
    for mark in ["[]", "[*]", "[n]", "[N]", "[0]"] {
        name = name.strip_suffix(mark).unwrap_or(name);
    }
    name
}

/// Whether a field of this kind can have members.
fn may_have_members(kind: &Kind) -> bool {
    match kind {
        Kind::Object => true,
        Kind::Array(of) => matches!(**of, Kind::Object | Kind::Unknown),
        Kind::Unknown | Kind::Map { .. } => false,
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::read;
    use crate::extract::tests::document;

    const PAGE: &str = "\
# Lighting a lamp
POST /v1/lamps

# Request

| Parameter | Mandatory | Type | Description |
| lamp | Yes | Object | The lamp. |
| lamp.wick.length | No | Integer | From top to end. Value range: 1 to 9. |
| lamp.wick | No | Object | Its wick. |
| lamp.flags | No | Array of objects | Its flags. |
| lamp.flags[].key | Yes | String | The name of one. |
| lamp.flags.value | No | String | What it says. |
| os.type | No | String | No member of anything. |
";

    #[test]
    fn names_tell_whose_members_rows_are() {
        let contract = read(&document(PAGE)).contract;
        let body = contract.operations[0].request.as_ref().unwrap();
        let paths: Vec<String> = body
            .walk()
            .iter()
            .map(|(path, _)| path.to_string())
            .collect();
        assert_eq!(
            paths,
            [
                "lamp",
                "lamp.wick",
                "lamp.wick.length",
                "lamp.flags",
                "lamp.flags[].key",
                "lamp.flags[].value",
                "os.type"
            ]
        );
        let roots: Vec<&str> = body
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(roots, ["lamp", "os.type"]);
    }
}
