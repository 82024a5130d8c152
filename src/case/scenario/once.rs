//! What is told once only, and must not be shown later.

use super::rule::pointer;
use super::{Hold, HoldRule};
use crate::case::Template;
use crate::contract::{FieldPath, Kind, Operation, SHOWN_ONCE};

/// What only the answer to its making tells, where that is said: secrets that nothing else is documented to show.
pub(super) fn told_once(makes: &Operation, shows: &Operation) -> Vec<Hold> {
    const SECRETS: [&str; 4] = ["private", "secret", "password", "credential"];
    let shown = shows.response_fields();
    let is_shown = |name: &str| shown.iter().any(|(path, _)| path.leaf() == name);
    let answered = makes.response_fields().into_iter();
    let once = answered.filter(|(path, field)| {
        let name = path.leaf().to_lowercase();
        let is_secret = SECRETS.iter().any(|word| name.contains(word));
        let is_once = makes.says(SHOWN_ONCE) || field.says(SHOWN_ONCE);
        is_secret && is_once && field.kind == Kind::String && !is_shown(path.leaf())
    });
    let holds = once.filter_map(|(path, _)| {
        let around = FieldPath(path.0[..path.0.len() - 1].to_vec());
        shown.iter().find(|(known, _)| *known == around)?;
        let rule = HoldRule::Lacks(Template::Literal(path.leaf().into()));
        Some(Hold::here(pointer(&around)?, rule))
    });
    holds.collect()
}

#[cfg(test)]
mod tests {
    use super::super::cast::tell;
    use super::super::life::lives;
    use super::*;
    use crate::contract::{Constraint, Statement, sample};

    #[test]
    fn what_is_told_once_is_shown_by_nothing_else() {
        let holds = |said: &str| {
            let routes = [
                ("POST /v1/keys", "key.name", "key.id key.private"),
                ("GET /v1/keys/{key_id}", "", "key.id key.name"),
                ("DELETE /v1/keys/{key_id}", "", ""),
            ];
            let mut operations =
                routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
            operations[0].statements.push(Statement {
                constraint: Constraint::Other(said.to_owned()),
                at: sample::at(),
                rule: "sample".to_owned(),
            });
            let told = tell(lives, &sample::contract(operations.to_vec()));
            let steps = told.iter().flat_map(|life| &life.steps);
            let holds = steps.flat_map(|step| &step.holds);
            let lacks = holds.filter(|hold| matches!(hold.rule, HoldRule::Lacks(_)));
            lacks
                .map(|hold| format!("{} {:?}", hold.pointer, hold.rule.template()))
                .collect::<Vec<_>>()
        };
        let secret = r#"/key Literal(String("private"))"#;
        assert_eq!(holds(SHOWN_ONCE), [secret]);
        assert!(!holds("something else").contains(&secret.to_owned()));
    }
}
