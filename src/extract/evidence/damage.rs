//! Examples that cannot be read as they are printed.

use super::Ledger;
use crate::contract::Fact;
use crate::extract::examples::Example;

/// More damaged lines than this need not be listed one by one.
const MOST_LINES: usize = 10;

/// Adds one dispute for a damaged example, with the lines of the damage. Comments, ellipses and
/// wrapped lines are no damage.
pub(super) fn note(example: &Example, ledger: &mut Ledger) {
    let damage = example
        .problems
        .iter()
        .filter(|problem| problem.what.is_damage());
    let claims: Vec<_> = damage
        .take(MOST_LINES)
        .map(|problem| ledger.claim(problem.what.to_string(), problem.line))
        .collect();
    if !claims.is_empty() {
        ledger.add_apart(Fact::ExampleCorrupt, claims);
    }
}
