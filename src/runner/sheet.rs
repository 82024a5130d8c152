//! What an operation promises, laid out for whoever reads about a run.

use super::promises::rules;
use crate::contract::{
    Claim, Contract, Direction, Dispute, Field, FieldPath, Operation, Place, Presence, Statement,
};
use crate::event::{Row, Said, Sheet};
use crate::schema;

/// The sheet of one operation.
pub(super) fn sheet(contract: &Contract, operation: &Operation) -> Sheet {
    let parameters = operation.parameters.iter().map(|parameter| {
        let path = FieldPath::root(&parameter.field.name);
        row(
            Direction::Request,
            Some(parameter.place),
            path,
            &parameter.field,
        )
    });
    let body = |direction, fields: Vec<(FieldPath, &Field)>| {
        let rows = fields.into_iter();
        rows.map(|(path, field)| row(direction, None, path, field))
            .collect::<Vec<_>>()
    };
    let rows = parameters
        .chain(body(Direction::Request, operation.request_fields()))
        .chain(body(Direction::Response, operation.response_fields()));
    let disputes = contract.disputes.iter();
    let disputes = disputes.filter(|dispute| dispute.operation.as_ref() == Some(&operation.id));
    Sheet {
        operation: operation.id.clone(),
        route: operation.route(),
        at: operation.at.clone(),
        deprecated: operation.deprecated.clone(),
        success: operation.success.iter().map(|(code, _)| *code).collect(),
        said: operation.statements.iter().map(said).collect(),
        rows: rows.collect(),
        disputes: disputes.map(disputed).collect(),
    }
}

fn row(direction: Direction, place: Option<Place>, path: FieldPath, field: &Field) -> Row {
    let kinds: Vec<String> = field.kinds().map(ToString::to_string).collect();
    let columns = rules(field).filter_map(|rule| {
        let words = match rule {
            "kind" => kinds.join(" or "),
            "presence" => "must be there".to_owned(),
            _ => return None,
        };
        let at = field.at.clone();
        Some(Said { rule, words, at })
    });
    let said = columns.chain(field.statements.iter().map(said)).collect();
    Row {
        direction,
        place,
        field: path,
        kind: kinds.join(" or "),
        presence: match field.presence {
            Presence::Required => "required",
            Presence::Optional => "optional",
            Presence::Unstated => "",
        },
        at: field.at.clone(),
        said,
    }
}

fn said(statement: &Statement) -> Said {
    Said {
        rule: statement.constraint.word(),
        words: schema::promise(&statement.constraint),
        at: statement.at.clone(),
    }
}

fn disputed(dispute: &Dispute) -> String {
    let claim = |claim: &Claim<String>| format!("{} ({})", claim.claim, claim.at);
    let claims: Vec<String> = dispute.claims.iter().map(claim).collect();
    match &dispute.field {
        Some(field) => format!("`{field}`: {}", claims.join(" or ")),
        None => claims.join(" or "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;

    #[test]
    fn says_of_every_field_what_its_row_says() {
        let contract = coast();
        let id = crate::contract::OperationId::new("lighthouses.update");
        let operation = contract.operation(&id).unwrap();
        let sheet = sheet(&contract, operation);
        let lines: Vec<String> = sheet
            .rows
            .iter()
            .filter(|row| row.direction == Direction::Request)
            .map(|row| {
                let said: Vec<&str> = row.said.iter().map(|said| said.words.as_str()).collect();
                format!(
                    "{} {} {}: {}",
                    row.field,
                    row.kind,
                    row.presence,
                    said.join("; ")
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        harbour_id String required: String; must be there
        light_id String required: String; must be there
        light Object required: Object; must be there
        light.name String required: String; must be there; 1 to 8 characters
        ");
    }
}
