//! Lengths that the text above an operation tells of one thing that is done, beside those that it tells of no case.
//!
//! Main entry: [`keep_apart`].

use super::phrases::{self, Said};
use crate::contract::{Constraint, Scope, Unit};

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

#[cfg(test)]
mod tests {
    use crate::extract::claims::tell;
    use crate::extract::tests::reading;

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
