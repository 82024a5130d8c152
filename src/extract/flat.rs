//! Tables that print an object as one more row beside its own members, where the examples show them inside of it.
//!
//! Main entry: [`nest`]. Only what no example shows outside is moved.

use hashbrown::HashSet;

use super::examples::Node;
use super::shown::Shown;
use crate::contract::{Body, Direction, Field, Operation};

/// Puts the fields of an operation's bodies where all examples have them.
pub fn nest(operation: &mut Operation, shown: &[Shown]) {
    for direction in [Direction::Request, Direction::Response] {
        let of_side = shown.iter().filter(|shown| shown.direction == direction);
        let roots: Vec<&Node> = of_side
            .filter_map(|shown| shown.example.value.as_ref())
            .collect();
        let body = match direction {
            Direction::Request => &mut operation.request,
            Direction::Response | Direction::Behaviour => &mut operation.response,
        };
        if let Some(Body { fields, .. }) = body {
            inside(fields, &roots);
        }
    }
}

/// Gives the objects of a level that have no members those fields beside them that are shown inside of them.
fn inside(fields: &mut Vec<Field>, objects: &[&Node]) {
    let outside = names(objects);
    let holders: Vec<String> = fields
        .iter()
        .filter(|field| field.children.is_empty() && field.kind.holds_objects())
        .map(|field| field.name.clone())
        .collect();
    for holder in holders {
        let held: Vec<&Node> = objects
            .iter()
            .filter_map(|object| object.get(&holder))
            .flat_map(each)
            .collect();
        let is_inside = |field: &Field, shown: &HashSet<&str>| {
            let name = field.name.as_str();
            name != holder && shown.contains(name) && !outside.contains(name)
        };
        // One name alone may be another thing's, too.
        let shown = names(&held);
        if fields
            .iter()
            .filter(|field| is_inside(field, &shown))
            .count()
            < 2
        {
            continue;
        }
        // Where nothing else is ever shown outside, nothing else stands there.
        let is_all = outside.len() == 1;
        let anywhere = names_within(&held);
        let is_moved =
            |field: &mut Field| field.name != holder && is_all || is_inside(field, &anywhere);
        let mut children: Vec<Field> = fields.extract_if(.., is_moved).collect();
        inside(&mut children, &held);
        if let Some(field) = fields.iter_mut().find(|field| field.name == holder) {
            field.children = children;
        }
    }
}

/// The objects that a value is or lists.
fn each(node: &Node) -> Vec<&Node> {
    match node.items() {
        [] => vec![node],
        items => items.iter().collect(),
    }
}

/// The names of all members of objects.
fn names<'n>(objects: &[&'n Node]) -> HashSet<&'n str> {
    let members = objects.iter().flat_map(|object| object.members());
    members.map(|(name, ..)| name.as_str()).collect()
}

/// The names of members at any depth.
fn names_within<'n>(objects: &[&'n Node]) -> HashSet<&'n str> {
    let mut found = names(objects);
    let members = objects.iter().flat_map(|object| object.members());
    for (.., node) in members {
        found.extend(names_within(&each(node)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};

    fn paths(example: &str) -> String {
        let page = format!(
            "# 1.1 Lighting a lamp\n# URI\nPOST /v1/lamps\n# Request\nTable 1 Request parameters\n| Parameter | Mandatory | Type | Description |\n| colour | No | String | The colour. |\n| life | No | Object | How long it burns. |\n| value | No | Integer | How many. |\n| unit | No | String | Of what. |\n| lamp | Yes | Object | The lamp. |\n# Example Request\n```\n{example}\n```\n"
        );
        let contract = read(&document(&page)).contract;
        let fields = contract.operations[0].request_fields();
        let paths = fields.iter().map(|(path, _)| path.to_string());
        paths.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rows_stand_where_examples_show_them() {
        assert_eq!(
            paths(r#"{"lamp": {"colour": "red", "life": {"value": 3, "unit": "h"}}}"#),
            "lamp lamp.colour lamp.life lamp.life.value lamp.life.unit"
        );
        assert_eq!(
            paths(r#"{"lamp": {"colour": "red", "life": {"value": 3}}}"#),
            "lamp lamp.colour lamp.life lamp.value lamp.unit"
        );
        let outside = "colour life value unit lamp";
        assert_eq!(
            paths(r#"{"colour": "red", "life": {}, "lamp": {"colour": "red", "life": {}}}"#),
            outside
        );
        assert_eq!(paths(r#"{"lamp": {"colour": "red"}}"#), outside);
    }
}
