//! Requests of an operation that is several: of some members of its body each request has one.
//!
//! Main entry: [`alternatives`].

use super::request::{Base, Extent, sites};
use super::{Case, CaseId, smallest};
use crate::contract::{Constraint, Contract, Field, Kind, Operation, Presence, Scalar, Statement};

/// How a member is called by which a request says what it does.
const SAYS: [&str; 5] = ["action", "operation", "op", "command", "act"];

/// The smallest valid requests of an operation: where one of several members of its body must be given, one with
/// each of them; where a request says in a word what it does, one with each of the words.
pub fn alternatives(operation: &Operation, contract: &Contract) -> Vec<Case> {
    let first = smallest(operation, contract);
    let all = sites(operation);
    let rivals = all.iter().filter(|site| {
        let mut said = site.field.statements.iter();
        let excludes = said.any(|said| matches!(said.constraint, Constraint::ExclusiveWith(_)));
        site.place.is_none() && site.path.0.len() == 1 && excludes
    });
    let others = rivals.filter_map(|site| {
        let base = Base::of(operation, Extent::Minimal, Some(site));
        (base.sure && base.draft != first.draft).then(|| Case {
            id: CaseId(format!("{}-with-{}", first.id, site.path)),
            draft: base.draft,
            ..first.clone()
        })
    });
    let others: Vec<Case> = others.collect();
    let said = words(operation).into_iter().filter_map(|(field, word)| {
        let base = Base::of(&saying(operation, field, &word), Extent::Minimal, None);
        (base.sure && base.draft != first.draft).then(|| Case {
            id: CaseId(format!("{}-saying-{word}", first.id)),
            draft: base.draft,
            ..first.clone()
        })
    });
    let said: Vec<Case> = said.collect();
    std::iter::once(first).chain(others).chain(said).collect()
}

/// The words by one of which each request says what it does, with the member that says it.
fn words(operation: &Operation) -> Vec<(&Field, String)> {
    let body = operation.request.as_ref();
    let fields = body.map_or(&[][..], |body| body.fields.as_slice());
    let says = fields.iter().find(|field| {
        let is_there = field.presence == Presence::Required && field.kind == Kind::String;
        is_there && SAYS.contains(&field.name.as_str())
    });
    let words = says.into_iter().flat_map(|field| {
        let listed = field.statements.iter().filter_map(listed).flatten();
        let texts = listed.filter_map(|value| match value {
            Scalar::Text(text) => Some(text.clone()),
            Scalar::Null | Scalar::Bool(_) | Scalar::Integer(_) | Scalar::Decimal(_) => None,
        });
        texts.map(move |text| (field, text))
    });
    words.collect()
}

/// The values that a statement lists, where these are all that there are.
fn listed(said: &Statement) -> Option<&[Scalar]> {
    if let Constraint::Enum {
        values,
        open: false,
    } = &said.constraint
    {
        Some(values)
    } else {
        None
    }
}

/// The operation as it is where its requests say this word: what that makes necessary is needed.
fn saying(operation: &Operation, says: &Field, word: &str) -> Operation {
    let mut narrowed = operation.clone();
    let fields = narrowed
        .request
        .iter_mut()
        .flat_map(|body| &mut body.fields);
    let says = fields.filter(|field| field.name == says.name);
    for said in says.flat_map(|field| &mut field.statements) {
        if listed(said).is_some() {
            said.constraint = Constraint::Enum {
                values: vec![Scalar::Text(word.to_owned())],
                open: false,
            };
        }
    }
    narrowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Template;
    use crate::contract::sample;

    #[test]
    fn each_word_is_said_with_what_it_makes_necessary() {
        let mut operation = sample::operation("POST /v1/lamps/{lamp_id}/action", "", "");
        let body = sample::operation("POST /v1/lamps", "action reason", "").request;
        operation.request = body;
        let said = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let [action, reason] = &mut operation.request.as_mut().unwrap().fields[..] else {
            panic!("there are two");
        };
        action.presence = Presence::Required;
        let values = ["light", "quench"].map(|word| Scalar::Text(word.to_owned()));
        let (values, open) = (values.to_vec(), false);
        action.statements = vec![said(Constraint::Enum { values, open })];
        reason.presence = Presence::Optional;
        let condition = Constraint::RequiredIf("action == quench".to_owned());
        reason.statements = vec![said(condition)];
        let contract = sample::contract(vec![operation.clone()]);
        let bodies = alternatives(&operation, &contract).into_iter();
        let bodies: Vec<String> = bodies
            .map(|case| match case.draft.body {
                Some(Template::Object(members)) => {
                    let names = members.iter().map(|(name, _)| name.as_str());
                    names.collect::<Vec<_>>().join(" ")
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(bodies, ["action", "action reason"]);
    }
}
