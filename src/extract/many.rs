//! Finds the list of what an operation is done to, where prose says how that list must be.
//!
//! Main entry: [`list`].

use crate::contract::{Constraint, FieldPath, Operation, PER_CALL, Step, acts_on_many};

/// The list, where a line that speaks of a list or of ids says this of it.
pub(super) fn list(
    operation: &Operation,
    constraint: &Constraint,
    line: &str,
) -> Option<FieldPath> {
    let is_per_call = matches!(constraint, Constraint::Quota { of, .. } if of == PER_CALL);
    let is_of_list = is_per_call || matches!(constraint, Constraint::NotEmpty | Constraint::Unique);
    let words = ["列表", "ID", "list", "ids"];
    let is_named = is_per_call || words.iter().any(|word| line.contains(word));
    let ids = acts_on_many(operation).filter(|_| is_of_list && is_named)?;
    let list = ids.0.iter().take_while(|step| **step != Step::Items);
    Some(FieldPath(list.cloned().collect()))
}

#[cfg(test)]
mod tests {
    use crate::extract::claims::tell;
    use crate::extract::tests::reading;

    #[test]
    fn a_line_about_a_list_is_about_that_of_the_things() {
        let told = |line: &str| {
            let text = format!(
                "# Dimming lamps\n# Constraints\n- {line}\n# URI\nPOST /v1/lamps/dim\n\
                 # Request\n| Parameter | Mandatory | Type | Description |\n\
                 | lamps | Yes | Array of strings | The lamps. |\n"
            );
            let reading = reading(&text);
            let operation = &reading.contract.operations[0];
            let fields = operation.request_fields().into_iter();
            let said = fields.flat_map(|(_, field)| &field.statements);
            said.map(|said| tell(&said.constraint)).collect::<Vec<_>>()
        };
        assert_eq!(told("The list of lamp ids cannot be empty."), ["not empty"]);
        assert!(told("The tower cannot be empty.").is_empty());
    }
}
