//! Examples as evidence: what they say about presence, null and kinds, and what they dispute.
//!
//! Main entry: [`weigh`]. An example is held beside the fields of its operation, object by object.
//! Whatever both show is compared; what only one of them has is looked for under another spelling
//! and at another level first. Objects that are not whole never count against a field.
//!
//! Nothing is resolved here: table and example each keep their claim, and its line.

mod damage;
mod fragment;
mod ledger;
mod objects;
mod samples;
pub mod spelling;
mod values;

#[cfg(test)]
mod tests;

use ledger::Ledger;
#[cfg(test)]
use spelling::near;

use self::objects::Walk;
use super::claims;
use super::examples::{Example, Node, NodeValue};
use super::shown::Shown;
use super::uri;
use crate::contract::{
    Body, Claim, Direction, Dispute, Fact, FieldPath, Operation, Place, Selector,
};
use crate::source::Provenance;
use crate::wire::Method;

/// Weighs the examples of an operation: sets evidence, null and other kinds on its fields, and
/// adds what they dispute.
pub fn weigh(operation: &mut Operation, shown: &[Shown], disputes: &mut Vec<Dispute>) {
    let mut ledger = Ledger::of(operation);
    let own: Vec<&Shown> = shown
        .iter()
        .filter(|shown| is_selected(operation.selector.as_ref(), shown))
        .collect();
    let of = |direction| -> Vec<&Example> {
        let own = own.iter().filter(|shown| shown.direction == direction);
        own.map(|shown| &shown.example).collect()
    };
    let (requests, responses) = (of(Direction::Request), of(Direction::Response));
    for example in requests.iter().chain(&responses) {
        damage::note(example, &mut ledger);
    }
    note_echo(operation.method, &requests, &responses, &mut ledger);
    note_queries(operation, &requests, &mut ledger);
    if let Some(body) = &mut operation.request {
        weigh_body(body, Direction::Request, &requests, &mut ledger);
    }
    if let Some(body) = &mut operation.response {
        weigh_body(body, Direction::Response, &responses, &mut ledger);
    }
    disputes.extend(ledger.into_disputes());
}

/// Whether the example is one of this operation, where the body tells operations apart.
fn is_selected(selector: Option<&Selector>, shown: &Shown) -> bool {
    let (Some(selector), Some(value)) = (selector, &shown.example.value) else {
        return true;
    };
    if shown.direction == Direction::Response {
        return true;
    }
    match selector {
        Selector::Key(key) => value.get(key).is_some(),
        Selector::Value { key, value: wanted } => value
            .get(key)
            .is_none_or(|node| matches!(&node.value, NodeValue::Text(text) if text == wanted)),
    }
}

fn weigh_body(body: &mut Body, direction: Direction, examples: &[&Example], ledger: &mut Ledger) {
    let table = body.clone();
    for (root, damaged) in fragment::mend(&table, examples, ledger) {
        let NodeValue::Object(_) = root.value else {
            continue;
        };
        if is_failure(&table, &root) {
            continue;
        }
        body.examples += 1;
        Walk::new(&table, direction, damaged, ledger).body(&mut body.fields, &root);
    }
}

/// Whether this is the body of a failure that stands among the examples of success: nothing of it
/// is documented, and it speaks of codes and messages.
fn is_failure(body: &Body, root: &Node) -> bool {
    let known = |name: &str| body.fields.iter().any(|field| field.name == name);
    let speaks = |node: &Node| {
        let names: Vec<&str> = node
            .members()
            .iter()
            .map(|(name, _, _)| name.as_str())
            .collect();
        let says = |word: &str| names.iter().any(|name| name.contains(word));
        says("code") && (says("message") || says("msg"))
    };
    let unknown = root.members().iter().all(|(name, _, _)| !known(name));
    unknown && (speaks(root) || root.members().iter().any(|(_, _, node)| speaks(node)))
}

/// An update answers with what was sent. Where its only examples disagree, one of them is wrong.
fn note_echo(method: Method, requests: &[&Example], responses: &[&Example], ledger: &mut Ledger) {
    let with_value = |examples: &[&Example]| -> Vec<Node> {
        examples
            .iter()
            .filter_map(|example| example.value.clone())
            .collect()
    };
    let (sent, answered) = (with_value(requests), with_value(responses));
    let ([sent], [answered]) = (&sent[..], &answered[..]) else {
        return;
    };
    if matches!(method, Method::Put | Method::Patch) {
        compare_echo(sent, answered, None, ledger);
    }
}

/// What an example asks with, though no row describes it.
fn note_queries(operation: &Operation, requests: &[&Example], ledger: &mut Ledger) {
    let asked = operation.parameters.iter();
    let mut asked = asked.filter(|parameter| parameter.place == Place::Query);
    let Some(first) = asked.next() else {
        return;
    };
    let is_known = |name: &String| {
        let mut known = operation.parameters.iter();
        known.any(|parameter| parameter.field.name == *name)
    };
    for example in requests {
        let Some((_, target)) = &example.request_line else {
            continue;
        };
        let names = uri::query_names(&target.replace('\\', ""));
        for name in names.into_iter().filter(|name| !is_known(name)) {
            let claims = vec![
                claim("no such field in the request", &first.field.at),
                ledger.claim("shown", example.line),
            ];
            ledger.add(Some(FieldPath::root(&name)), Fact::Presence, claims);
        }
    }
}

fn compare_echo(sent: &Node, answered: &Node, path: Option<&FieldPath>, ledger: &mut Ledger) {
    for (name, line, node) in sent.members() {
        let Some(echo) = answered.get(name) else {
            continue;
        };
        let mut path = path.cloned().unwrap_or_default();
        path.0.push(crate::contract::Step::Name(name.clone()));
        match (&node.value, &echo.value) {
            (NodeValue::Text(a), NodeValue::Text(b)) if a != b && !values::is_placeholder(a) => {
                // It is no dispute about what the field may hold: only the examples disagree.
                ledger.add_apart(
                    Fact::Value,
                    vec![
                        ledger.claim(format!("{path} sent as {}", claims::show(node)), *line),
                        ledger.claim(format!("answered as {}", claims::show(echo)), echo.line),
                    ],
                );
            }
            _ => compare_echo(node, echo, Some(&path), ledger),
        }
    }
}

/// A claim read at a line.
fn claim(claim: impl Into<String>, at: &Provenance) -> Claim<String> {
    Claim {
        claim: claim.into(),
        at: at.clone(),
    }
}
