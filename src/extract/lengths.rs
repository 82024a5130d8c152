//! Lengths that stand side by side and are told of two things: of one case and of all, of a list and of its items.
//!
//! Main entries: [`keep_apart`] for the text above an operation, [`of_items`] for the text of a field.

use super::phrases::{self, Said};
use crate::contract::{Constraint, Decimal, Field, Kind, Scope, Statement, Unit};

/// A length that is less than what another sentence allows in its case is of a case, too.
pub fn keep_apart(said: &mut [(Said, String)]) {
    /// No text tells of more of them, so that a hostile one costs no more than its length.
    const MOST: usize = 40;
    /// The longest that a text can be, in so many of a unit.
    fn longest(constraint: &Constraint) -> Option<(u64, Unit)> {
        let Constraint::Length { max, unit, .. } = constraint else {
            return None;
        };
        Some(((*max)?, *unit))
    }
    let of_case = |(said, _): &(Said, String)| {
        let (_, held) = said.constraint.of_case()?;
        Some((said.clone(), longest(held)?))
    };
    let wide: Vec<(Said, (u64, Unit))> = said.iter().filter_map(of_case).take(MOST).collect();
    for (told, _) in said {
        let Some((max, unit)) = longest(&told.constraint) else {
            continue;
        };
        let leaves_no_room = wide.iter().any(|(other, (wider, same))| {
            let is_same = other.nearby == told.nearby && other.field == told.field;
            is_same && unit == *same && max < *wider
        });
        if leaves_no_room {
            told.constraint = Constraint::Within {
                scope: Scope::Case(phrases::UNNAMED.to_owned()),
                holds: Box::new(told.constraint.clone()),
            };
        }
    }
}

/// Where a list says how long it is, a mere minimum or maximum beside that is one of its items.
pub fn of_items(field: &mut Field) {
    let Kind::Array(inner) = &field.kind else {
        return;
    };
    let counts = |said: &Statement| matches!(said.constraint, Constraint::ItemCount { .. });
    let is_told = |said: &Statement| counts(said) && said.rule.contains("length");
    if !field.statements.iter().any(is_told) {
        return;
    }
    let inner = (**inner).clone();
    for said in &mut field.statements {
        let is_bare = ["en.min", "en.max", "zh.min", "zh.max"].contains(&said.rule.as_str());
        if let (true, Constraint::ItemCount { min, max }) = (is_bare, said.constraint.clone())
            && let Some(of_item) = bounding(&inner, min, max)
        {
            said.constraint = of_item;
        }
    }
}

/// What the bounds of an item are, if it has some.
fn bounding(kind: &Kind, min: Option<u64>, max: Option<u64>) -> Option<Constraint> {
    let end = |end: Option<u64>| {
        end.and_then(|end| i64::try_from(end).ok())
            .map(Decimal::from)
    };
    match kind {
        Kind::String => Some(Constraint::Length {
            min,
            max,
            unit: Unit::Characters,
        }),
        Kind::Integer | Kind::Number => Some(Constraint::Range {
            min: end(min),
            max: end(max),
        }),
        Kind::Boolean | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::claims::tell;
    use crate::extract::tests::reading;

    #[test]
    fn a_bare_minimum_beside_the_length_of_a_list_is_of_an_item() {
        let text = "# Hanging lamps\n# URI\nPOST /v1/lamps\n# Request\n| Parameter | Mandatory | Type | Description |\n\
             | marks | No | Array of strings | The marks. Minimum: 1. Maximum: 9. Array Length: 0 - 5. |\n";
        let reading = reading(text);
        let fields = reading.contract.operations[0].request_fields();
        let said = fields.iter().flat_map(|(_, field)| &field.statements);
        let said: Vec<String> = said.map(|said| tell(&said.constraint)).collect();
        assert_eq!(said, ["1 to 9 characters", "0 to 5 items"]);
    }

    #[test]
    fn what_is_shorter_than_another_item_allows_in_its_case_is_of_a_case() {
        let text = "# Hanging or quenching lamps\n# Function\nChanges lamps.\n# Constraints\n\
             The key contains at most 9 characters.\n\nDuring deletion, no tag is looked at. The key contains at most 20 characters.\n\
             # URI\nPOST /v1/lamps/action\n# Request\n| Parameter | Mandatory | Type | Description |\n| key | No | String | The key. |\n";
        let reading = reading(text);
        let fields = reading.contract.operations[0].request_fields();
        let said: Vec<String> = fields
            .iter()
            .flat_map(|(_, field)| &field.statements)
            .map(|said| tell(&said.constraint))
            .collect();
        assert_eq!(
            said,
            [
                "at most 9 characters, when the documented case",
                "at most 20 characters, when deletion"
            ]
        );
    }
}
