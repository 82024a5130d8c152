//! Requests and answers that are a list, where the Contract knows objects of members alone.
//!
//! Main entry: [`take`]. Nothing is sent or expected in their place; what is said of their items is told in the
//! inventory, and that their requests are not known to be fine in the Contract.

use super::examples::NodeValue;
use super::shown::Shown;
use crate::contract::{
    Body, Constraint, Direction, Evidence, Field, Kind, LIST_BODY, Operation, Presence, Statement,
};

/// Takes the bodies that are lists from an operation.
pub fn take(operation: &mut Operation, shown: &[Shown]) -> Vec<(Direction, Body)> {
    let mut found = Vec::new();
    for direction in [Direction::Request, Direction::Response] {
        let place = match direction {
            Direction::Request => &mut operation.request,
            Direction::Response | Direction::Behaviour => &mut operation.response,
        };
        let shown = shown.iter().filter(|one| one.direction == direction);
        let shown: Vec<&Shown> = shown.collect();
        let is_list = |body: &mut Body| is_named_as_list(body) || is_shown_as_list(body, &shown);
        let Some(body) = place.take_if(is_list) else {
            continue;
        };
        if direction == Direction::Request {
            operation.statements.push(Statement {
                constraint: Constraint::Other(LIST_BODY.to_owned()),
                at: body.at.clone(),
                rule: "list-body".to_owned(),
            });
        }
        found.push((direction, of_items(body)));
    }
    found
}

/// `[list]`: the only row of a body names no member, but says what all of it is.
fn is_named_as_list(body: &Body) -> bool {
    let [only] = body.fields.as_slice() else {
        return false;
    };
    let name = only.name.trim_matches(['*', '_', ' ']);
    let bracketed = [('[', ']'), ('【', '】'), ('<', '>')].iter();
    let mut inside =
        bracketed.filter_map(|(open, close)| name.strip_prefix(*open)?.strip_suffix(*close));
    let is_word = |word: &str| {
        let word = word.trim().to_lowercase();
        ["数组", "列表", "array", "list"].contains(&word.as_str())
    };
    matches!(only.kind, Kind::Array(_)) && inside.any(is_word)
}

/// Whether each example is a list, of items with members that the tables name.
fn is_shown_as_list(body: &Body, shown: &[&Shown]) -> bool {
    let is_member = |name: &String| body.fields.iter().any(|field| field.name == *name);
    let values = shown.iter().filter_map(|one| one.example.value.as_ref());
    let mut n_examples = 0;
    let are_lists = values.clone().all(|value| {
        n_examples += 1;
        let mut names = value.items().iter().flat_map(|item| item.members());
        matches!(value.value, NodeValue::Array(_)) && names.any(|(name, _, _)| is_member(name))
    });
    are_lists && n_examples > 0
}

/// The body with the list as its root, which has no name.
fn of_items(body: Body) -> Body {
    let kind = Kind::Array(Box::new(Kind::Object));
    let root = match is_named_as_list(&body) {
        true => body.fields.first().cloned(),
        false => None,
    };
    let root = root.unwrap_or_else(|| Field {
        name: String::new(),
        printed: None,
        kind: kind.clone(),
        other_kinds: Vec::new(),
        presence: Presence::Required,
        evidence: Evidence::default(),
        nullable: None,
        statements: Vec::new(),
        children: body.fields.clone(),
        at: body.at.clone(),
    });
    let root = Field {
        name: String::new(),
        kind,
        ..root
    };
    Body {
        fields: vec![root],
        ..body
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reading;
    use crate::contract::LIST_BODY;

    fn check(rows: &str, example: &str, is_list: bool) {
        let text = format!(
            "# 1 Lighting lamps\n# URI\nPATCH /v1/lamps\n# Request\n| Parameter | Mandatory | Type | Description |\n{rows}\n\n\
             # Example Request\n```\n{example}\n```\n"
        );
        let reading = reading(&text);
        let operation = &reading.contract.operations[0];
        let says = |words| {
            operation
                .statements
                .iter()
                .any(|it| it.constraint.is_remark(words))
        };
        assert_eq!(operation.request.is_none(), is_list, "{rows}");
        assert_eq!(says(LIST_BODY), is_list, "{rows}");
    }

    #[test]
    fn a_list_has_no_members_and_no_name() {
        let members = "| lamp | Yes | String | The lamp. |\n| oil | No | Integer | The oil. |";
        let list = "[{\"lamp\": \"a\", \"oil\": 3}]";
        check(members, list, true);
        check(members, "{\"lamp\": \"a\", \"oil\": 3}", false);
        check(
            "| *[list]* | Yes | Array of objects | The lamps. |",
            "",
            true,
        );
        check("| list | Yes | Array of objects | The lamps. |", "", false);
    }
}
