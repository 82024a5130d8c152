//! Gives fields the rules of others: where a text says that one is built like another, all that is said of how that
//! other one is built is said of it, too.
//!
//! Main entry: [`give`]. The other one stands beside it, or is the only one of its name in the same body.

use super::constraints::descend;
use crate::contract::{Body, Constraint, Field, FieldPath, Operation, Statement};

/// Gives each field that is formed like another one what is said of the form of that one.
pub fn give(operations: &mut [Operation]) {
    for operation in operations {
        let bodies = operation.request.iter_mut().chain(&mut operation.response);
        bodies.for_each(of_body);
    }
}

fn of_body(body: &mut Body) {
    let walked = body.walk();
    let mut found: Vec<(FieldPath, Statement, Vec<Statement>)> = Vec::new();
    for (path, field) in &walked {
        let liked = field.statements.iter().filter_map(|said| {
            let model = model(&walked, path, said.constraint.is_formed_like()?)?;
            Some((path.clone(), said.clone(), forms(model)))
        });
        found.extend(liked);
    }
    for (path, like, forms) in found {
        let Some(field) = descend(&mut body.fields, &FieldPath::default(), &path) else {
            continue;
        };
        field.statements.retain(|said| *said != like);
        let own = forms.into_iter().map(|form| Statement {
            constraint: form.constraint,
            ..like.clone()
        });
        field.statements.extend(own);
    }
}

/// The field of a name that stands beside another one, or is the only one of that name.
fn model<'f>(all: &[(FieldPath, &'f Field)], of: &FieldPath, name: &str) -> Option<&'f Field> {
    let named = || {
        all.iter()
            .filter(|(path, field)| field.name == name && path != of)
    };
    let above = of.0.split_last().map(|(_, above)| above);
    let is_beside = |path: &FieldPath| path.0.split_last().map(|(_, above)| above) == above;
    let mut beside = named().filter(|(path, _)| is_beside(path));
    let found = beside.next().or_else(|| {
        let mut others = named();
        others.next().filter(|_| others.next().is_none())
    });
    found.map(|(_, field)| *field)
}

/// What is said of how the values of a field are built.
fn forms(field: &Field) -> Vec<Statement> {
    let is_form = |constraint: &Constraint| {
        matches!(
            constraint,
            Constraint::Length { .. }
                | Constraint::Charset(_)
                | Constraint::Mixture { .. }
                | Constraint::ForbiddenCharacters(_)
                | Constraint::Pattern(_)
                | Constraint::Format { .. }
        )
    };
    let said = field.statements.iter();
    said.filter(|said| is_form(&said.constraint))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{read, tests::document};

    fn told(text: &str) -> String {
        let page = format!(
            "# 1.1 Moving a Lamp\n# URI\nPOST /v1/moves\n# Request\nTable 1-1 Request parameters\n| Parameter | Mandatory | Type | Description |\n| from_tower | Yes | String | Exactly 4 uppercase letters. |\n| to_tower | Yes | String | {text} |\n"
        );
        let contract = read(&document(&page)).contract;
        let fields = contract.operations[0].request_fields();
        let (_, field) = fields
            .iter()
            .find(|(_, field)| field.name == "to_tower")
            .unwrap();
        let mut said: Vec<String> = field
            .statements
            .iter()
            .map(|said| format!("{} by {}", said.constraint.word(), said.rule))
            .collect();
        said.sort();
        said.join(", ")
    }

    #[test]
    fn what_is_formed_like_another_keeps_its_rules() {
        assert_eq!(
            told("The other tower, in the same format as from_tower."),
            "pattern by en.formed-like"
        );
        // Nobody knows what it is like: that stays a remark.
        assert_eq!(
            told("The other tower, in the same format as the old_tower."),
            "other by en.formed-like"
        );
    }
}
