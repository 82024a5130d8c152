//! What is known of requests that take back what others of the same page do: `"action": "delete"`.
//!
//! Main entry: [`settle`]. Pages tell how things may be made, and little of how they are taken away again: that names
//! them, and whether anybody looks at the rest, and at whether such a thing could have been made, nobody says.

use super::UNREAD;
use crate::contract::{Constraint, Field, Kind, Presence, Scope, Statement};

/// Whether a page tells of the taking back, and does not just name its word.
pub fn is_told(title: &str) -> bool {
    const WORDS: [&str; 9] = [
        "delet", "remov", "unbind", "detach", "manag", "删除", "移除", "解绑", "管理",
    ];
    let title = title.to_lowercase();
    WORDS.iter().any(|word| title.contains(word))
}

/// What a member of the body may be where things are taken back, and the member `says` would be `done` where they are
/// made. Of items no more is sure to be needed than what names them. Where it is not told at all that something is taken
/// back, no such request is known to be fine.
pub fn settle(field: &mut Field, (says, done): (&str, &str), is_told: bool) {
    if field.name == says && !is_told {
        doubt(field);
    }
    if !matches!(field.kind, Kind::Array(_)) {
        return;
    }
    may_repeat(field);
    let case = format!("{says} == {done}");
    let is_required = |item: &Field| item.presence == Presence::Required;
    let named_by = field.children.iter().position(is_required);
    for (place, item) in field.children.iter_mut().enumerate() {
        bind(item, &case);
        if Some(place) == named_by {
            continue;
        }
        if is_required(item) {
            item.presence = Presence::Unstated;
        }
        doubt(item);
    }
}

/// Nobody knows which values are fine.
fn doubt(field: &mut Field) {
    field.statements.push(Statement {
        constraint: Constraint::Other("nobody says whether it is looked at".to_owned()),
        at: field.at.clone(),
        rule: UNREAD.to_owned(),
    });
}

/// What is taken back twice is gone.
fn may_repeat(field: &mut Field) {
    let is_unique = |said: &Statement| said.constraint == Constraint::Unique;
    field.statements.retain(|said| !is_unique(said));
    field.children.iter_mut().for_each(may_repeat);
}

/// What a value may be holds where a thing is made.
fn bind(field: &mut Field, case: &str) {
    for said in &mut field.statements {
        if said.constraint.is_limit() {
            said.constraint = Constraint::Within {
                scope: Scope::Case(case.to_owned()),
                holds: Box::new(said.constraint.clone()),
            };
        }
    }
    let children = field.children.iter_mut();
    children.for_each(|child| bind(child, case));
}

#[cfg(test)]
mod tests {
    use super::super::tests::reading;
    use crate::contract::{Constraint, Presence};

    /// How what is taken back is told: each member of an item, whether it must be there, and how many of its limits hold.
    fn told(title: &str) -> String {
        let text = format!(
            "# 1 {title}\n# URI\nPOST /v1/lamps/{{lamp_id}}/stickers/action\n# Request\n\
             | Parameter | Mandatory | Type | Description |\n\
             | action | Yes | String | The value can be add or remove. |\n| stickers | Yes | Array of objects | See Table 1. |\n\n\
             Table 1 sticker data structure\n| Parameter | Mandatory | Type | Description |\n\
             | key | Yes | String | The key. It contains 1 to 9 characters. |\n\
             | color | Yes | String | The color. It contains 1 to 9 characters. |\n\
             | glue | No | String | The glue. |\n"
        );
        let reading = reading(&text);
        let operations = &reading.contract.operations;
        let back = operations.iter().find(|it| it.route().ends_with("#remove"));
        let fields = back.expect("it takes back").request_fields().into_iter();
        let items = fields.filter(|(path, _)| path.0.len() == 3);
        let shown = items.map(|(_, item)| {
            let limits = item.statements.iter();
            let limits = limits.filter(|said| matches!(said.constraint, Constraint::Length { .. }));
            let must = match item.presence {
                Presence::Required => "must",
                Presence::Optional => "may",
                Presence::Unstated => "?",
            };
            format!("{} {must} {}", item.name, limits.count())
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_is_taken_back_is_named_and_the_rest_is_open() {
        assert_eq!(told("Adding Stickers"), "key must 0, color ? 0, glue may 0");
        assert_eq!(
            told("Adding or Removing Stickers"),
            "key must 0, color ? 0, glue may 0"
        );
    }
}
