//! What sources disagree about, as far as cases must leave it open.

use super::condition::may_be_void;
use super::request::Site;
use crate::contract::{
    Constraint, Contract, Dispute, FINDS_NOTHING, Fact, FieldPath, NOT_CHECKED, Operation,
    RANGE_VARIES, TAKEN_FOR_MOST,
};

/// The disputes about one operation.
pub(super) struct Disputes<'a> {
    about: Vec<&'a Dispute>,
    /// The places of the answer, which may have the same paths as those of the request.
    answered: Vec<FieldPath>,
}

impl<'a> Disputes<'a> {
    /// Those of the contract that are about this operation.
    pub(super) fn about(contract: &'a Contract, operation: &Operation) -> Self {
        let disputes = contract.disputes.iter();
        let about = disputes.filter(|dispute| dispute.leaves_open(operation));
        let answered = operation.response_fields().into_iter();
        Self {
            about: about.collect(),
            answered: answered.map(|(path, _)| path).collect(),
        }
    }

    /// Whether sources disagree about this rule of the field, or say that nobody checks its value. Claims that name a rule dispute that
    /// rule alone. Which of its names a field has is not open: it is called what the Contract
    /// calls it, in every case.
    pub(super) fn leave_open(&self, site: &Site<'_>, rule: &str) -> bool {
        let mut said = site.field.statements.iter();
        let may_be_void = rule != "presence" && may_be_void(site.field);
        if said.any(|said| lets_pass(&said.constraint, rule)) || may_be_void {
            return true;
        }
        let value = |dispute: &Dispute| {
            let statements = site.field.statements.iter();
            let mut named = statements.filter(|statement| statement.constraint.word() == rule);
            named.any(|statement| dispute.is_about(site.field, statement))
        };
        let mut about = self
            .about
            .iter()
            .filter(|dispute| self.is_about(dispute, site));
        about.any(|dispute| match dispute.fact {
            Fact::Kind => rule == "kind",
            Fact::Presence | Fact::Structure => rule == "presence",
            Fact::Value => value(dispute),
            Fact::Constraint => value(dispute) && may_mean(dispute, rule),
            Fact::Name | Fact::Reference | Fact::ExampleCorrupt | Fact::Operation => false,
        })
    }

    /// Whether the dispute is about the field in the request. Where the answer has a field of this
    /// path too, one of the claims must stand where the request's field is described.
    fn is_about(&self, dispute: &Dispute, site: &Site<'_>) -> bool {
        dispute.field.as_ref() == Some(&site.path)
            && (!self.answered.contains(&site.path) || dispute.cites(site.field))
    }
}

/// Whether a remark says that nobody is refused for breaking this rule.
fn lets_pass(remark: &Constraint, rule: &str) -> bool {
    let says = |words| remark.is_remark(words);
    match rule {
        "presence" => false,
        "range" if says(TAKEN_FOR_MOST) || says(RANGE_VARIES) => true,
        "enum" if says(FINDS_NOTHING) => true,
        _ => says(NOT_CHECKED),
    }
}

fn may_mean(dispute: &Dispute, rule: &str) -> bool {
    let words: Vec<&str> = dispute
        .claims
        .iter()
        .filter_map(|claim| claim.claim.split([' ', ':', '=', '(']).next())
        .collect();
    let names_rules = words.iter().any(|word| super::scenario::is_rule(word));
    !names_rules || words.contains(&rule)
}
