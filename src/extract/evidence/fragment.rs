//! The rest of an example that was closed too early, and set apart as an object of its own.
//!
//! Main entry: [`mend`]. A page break may leave two objects that are whole each; only the tables
//! tell that the second one holds what an object inside of the first one lacks; damage of the first
//! one says that something is missing there.

use super::Ledger;
use crate::contract::{Body, Fact, Field, Kind};
use crate::extract::examples::{Example, Node, NodeValue};

/// The values of these examples, with every rest put back where it belongs, and disputed.
pub(super) fn mend(body: &Body, examples: &[&Example], ledger: &mut Ledger) -> Vec<(Node, bool)> {
    let mut found: Vec<(Node, bool)> = Vec::new();
    for example in examples {
        let Some(root) = &example.value else {
            continue;
        };
        let damaged = example
            .problems
            .iter()
            .any(|problem| problem.what.is_damage());
        if example.request_line.is_none()
            && let Some((before, true)) = found.last_mut()
            && let Some(holder) = holder(body, before, root)
        {
            let claims = vec![
                ledger.claim("an example that ends too early", before.line),
                ledger.claim(format!("the rest of {}", holder.name), root.line),
            ];
            ledger.add_apart(Fact::ExampleCorrupt, claims);
            put_back(before, &holder.name, root);
            continue;
        }
        found.push((root.clone(), damaged));
    }
    found
}

/// The one object of the first example whose tables have every member of the second, and that
/// shows none of them.
fn holder<'b>(body: &'b Body, before: &Node, rest: &Node) -> Option<&'b Field> {
    let known = |name: &String| body.fields.iter().any(|field| field.name == *name);
    let mut names = rest.members().iter().map(|(name, _, _)| name).peekable();
    names.peek()?;
    let names: Vec<&String> = names.collect();
    if names.iter().any(|name| known(name)) {
        return None;
    }
    let mut holders = body.fields.iter().filter(|field| {
        let shown = before
            .get(&field.name)
            .filter(|node| !node.members().is_empty());
        field.kind == Kind::Object
            && shown.is_some_and(|node| {
                let lacks = |name: &&String| node.get(name).is_none();
                names.iter().all(|name| field.child(name).is_some()) && names.iter().all(lacks)
            })
    });
    holders.next().filter(|_| holders.next().is_none())
}

fn put_back(before: &mut Node, holder: &str, rest: &Node) {
    let NodeValue::Object(members) = &mut before.value else {
        return;
    };
    let inside = members.iter_mut().find(|(name, _, _)| name == holder);
    if let Some((_, _, node)) = inside
        && let NodeValue::Object(inner) = &mut node.value
    {
        inner.extend(rest.members().iter().cloned());
    }
}
