//! What sources disagree about, as far as cases must leave it open.

use crate::contract::{Contract, Dispute, Fact, FieldPath, OperationId};

/// The disputes about one operation.
pub(super) struct Disputes<'a>(Vec<&'a Dispute>);

impl<'a> Disputes<'a> {
    /// Those of the contract that are about this operation.
    pub(super) fn about(contract: &'a Contract, operation: &OperationId) -> Self {
        let disputes = contract.disputes.iter();
        let about = disputes.filter(|dispute| dispute.operation.as_ref() == Some(operation));
        Self(about.collect())
    }

    /// Whether sources disagree about this rule of the field. Claims that name a rule dispute that
    /// rule alone.
    pub(super) fn leave_open(&self, field: &FieldPath, rule: &str) -> bool {
        let mut about = self
            .0
            .iter()
            .filter(|dispute| dispute.field.as_ref() == Some(field));
        about.any(|dispute| match dispute.fact {
            Fact::Kind => rule == "kind",
            Fact::Presence => rule == "presence",
            Fact::Name | Fact::Structure => rule == "presence",
            Fact::Value => rule != "kind" && rule != "presence",
            Fact::Constraint => rule != "kind" && rule != "presence" && may_mean(dispute, rule),
            Fact::Reference | Fact::ExampleCorrupt | Fact::Operation => false,
        })
    }
}

fn may_mean(dispute: &Dispute, rule: &str) -> bool {
    let word = |text: &str| {
        text.split([' ', ':', '=', '('])
            .next()
            .unwrap_or("")
            .to_owned()
    };
    let words: Vec<String> = dispute
        .claims
        .iter()
        .map(|claim| word(&claim.claim))
        .collect();
    let names_rules = words.iter().any(|word| super::scenario::is_rule(word));
    !names_rules || words.iter().any(|word| word == rule)
}
