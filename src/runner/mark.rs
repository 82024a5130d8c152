//! Puts the run's mark into the names of what a request makes, so that it can be found again.

use regex::Regex;
use serde_json::Value;

use super::fill::Filled;
use super::session::Session;
use crate::case::scenario::{Kept, Scenario};
use crate::case::{Case, Template};
use crate::contract::{
    CharClass, Constraint, Contract, Creation, Field, FieldPath, Kind, Operation, OperationId,
    Statement, Step, tells_requests_apart,
};
use crate::wire::Request;

impl<'a> Session<'a, '_> {
    /// The request of a case that no story tells: what a live target makes can be found again by its name.
    pub(super) fn prepare_marked(
        &mut self,
        case: &Case,
    ) -> Result<(&'a Operation, Filled), String> {
        let (operation, mut filled) = self.prepare(case, &Kept::new())?;
        let mut creations = self.creations.iter();
        let makes = creations.any(|creation| creation.makes == operation.id);
        if makes && let Some(name) = self.next_name() {
            mark(operation, case, &mut filled.request, &name);
        }
        Ok((operation, filled))
    }

    /// A story with other names: what it makes gets names that have the mark, wherever it speaks of them and
    /// nothing else that is called so has no room for it.
    pub(super) fn marked(&mut self, story: &Scenario) -> Scenario {
        let mut marked = story.clone();
        let Some(sample) = self.next_name() else {
            return marked;
        };
        for name in names_in(story, self.contract, self.creations, &sample) {
            let Some(other) = self.next_name() else {
                continue;
            };
            let mut renamed = marked.clone();
            renamed.rename(&name, &other);
            if renamed.n_breaches(self.contract) <= marked.n_breaches(self.contract) {
                marked = renamed;
            }
        }
        marked
    }

    /// A name for something new, where the target wants to find it again.
    fn next_name(&mut self) -> Option<String> {
        let run = self.target.mark()?;
        self.n_marked += 1;
        Some(format!("{run}{}{}", self.joint, self.n_marked))
    }
}

/// Gives every free name in the body the mark and a number, but for the field that the case is
/// about, and names that have no room for it.
fn mark(operation: &Operation, case: &Case, request: &mut Request, mark: &str) {
    let Ok(mut body) = serde_json::from_slice::<Value>(&request.body) else {
        return;
    };
    let about = case.tests.as_ref();
    let tested = about.and_then(|tests| tests.field.as_ref());
    // That a token is given is all that a case of its presence is about.
    let is_given = about.is_some_and(|tests| tests.rule == "presence");
    let mut changed = false;
    for (path, field) in operation.request_fields() {
        let is_token = is_given && tells_requests_apart(&field.name);
        let is_meant = tested != Some(&path) || is_token;
        if is_meant && is_free_name(&path, field, mark) {
            changed |= put(&mut body, &path, mark);
        }
    }
    if changed {
        request.body = body.to_string().into();
    }
}

/// The names of its own that a story gives to things, where it makes any: each to be replaced by
/// one that has the mark. Not those that a step is about.
fn names_in(
    story: &Scenario,
    contract: &Contract,
    creations: &[Creation],
    mark: &str,
) -> Vec<String> {
    let makes = |id: &OperationId| creations.iter().any(|creation| creation.makes == *id);
    if !story.steps.iter().any(|step| makes(&step.call.operation)) {
        return Vec::new();
    }
    let mut names = Vec::new();
    for step in &story.steps {
        let Some(operation) = contract.operation(&step.call.operation) else {
            continue;
        };
        let tests = step.tests.as_ref().and_then(|tests| tests.field.as_deref());
        for (path, field) in operation.request_fields() {
            let tested = tests == Some(path.to_string().as_str());
            if tested || !is_free_name(&path, field, mark) {
                continue;
            }
            if let Some(name) = step
                .call
                .body
                .as_ref()
                .and_then(|body| text_at(body, &path))
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
    }
    // New names are counted in the order of the old ones, whatever step comes first.
    names.sort();
    names
}

/// The text that stands at a path of a template.
fn text_at(body: &Template, path: &FieldPath) -> Option<String> {
    let mut place = body;
    for (position, step) in path.0.iter().enumerate() {
        let Step::Name(name) = step else {
            return None;
        };
        match place {
            Template::Object(members) => {
                place = &members.iter().find(|(known, _)| known == name)?.1;
            }
            Template::Literal(value) => {
                let mut inside = value;
                for step in &path.0[position..] {
                    let Step::Name(name) = step else {
                        return None;
                    };
                    inside = inside.get(name)?;
                }
                return inside.as_str().map(str::to_owned);
            }
            Template::Lent(_) | Template::Kept(_) | Template::Array(_) => return None,
        }
    }
    match place {
        Template::Literal(Value::String(text)) => Some(text.clone()),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

/// Whether a field is a name that the client may choose, with room for the mark.
fn is_free_name(path: &FieldPath, field: &Field, mark: &str) -> bool {
    let is_name =
        field.name == "name" || field.name.ends_with("_name") || tells_requests_apart(&field.name);
    let own = path.0.len() <= 2 && path.0.iter().all(|step| matches!(step, Step::Name(_)));
    is_name
        && own
        && field.kind == Kind::String
        && field.statements.iter().all(|said| allows(said, mark))
}

/// Rules that say nothing against a name of our own.
const HARMLESS: [&str; 6] = [
    "unique",
    "not_empty",
    "nullable",
    "default",
    "idempotent",
    "other",
];

/// Whether a statement lets a name be the mark.
fn allows(statement: &Statement, mark: &str) -> bool {
    let n_characters = mark.len() as u64;
    if let Constraint::Length { min, max, .. } = statement.constraint {
        return min.is_none_or(|min| min <= n_characters)
            && max.is_none_or(|max| max >= n_characters);
    }
    if let Constraint::Charset(classes) = &statement.constraint {
        return mark
            .chars()
            .all(|c| classes.iter().any(|class| has(class, c)));
    }
    if let Constraint::ForbiddenCharacters(forbidden) = &statement.constraint {
        return !mark.chars().any(|c| forbidden.contains(&c));
    }
    if let Constraint::Pattern(pattern) = &statement.constraint {
        let is_whole = pattern.starts_with('^') || pattern.ends_with('$');
        return is_whole && Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(mark));
    }
    // What holds in one case is kept in every one.
    if let Constraint::Within { holds, .. } = &statement.constraint {
        let inside = Statement {
            constraint: (**holds).clone(),
            ..statement.clone()
        };
        return allows(&inside, mark);
    }
    HARMLESS.contains(&statement.constraint.word())
}

fn has(class: &CharClass, c: char) -> bool {
    match class {
        CharClass::Chinese => false,
        CharClass::Range(first, last) => (*first..=*last).contains(&c),
        CharClass::One(one) => *one == c,
    }
}

/// Replaces a text at a path; false where there is none.
fn put(body: &mut Value, path: &FieldPath, mark: &str) -> bool {
    let mut place = Some(body);
    for step in &path.0 {
        place = place.and_then(|value| match step {
            Step::Name(name) => value.get_mut(name),
            Step::Items | Step::Key(_) => None,
        });
    }
    match place {
        Some(Value::String(text)) => {
            mark.clone_into(text);
            true
        }
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{AskedVersion, CaseId, Credentials, Draft, Expect};
    use crate::contract::{Direction, Scope, StatementId, Unit, sample};
    use crate::wire::Method;

    fn check(constraint: Option<Constraint>, tested: Option<&str>, expected: &str) {
        let route = "POST /v1/kettles";
        let mut operation = sample::operation(route, "kettle.name kettle.lid_name", "");
        let fields = &mut operation.request.as_mut().unwrap().fields;
        let at = sample::at();
        fields[0].children[0]
            .statements
            .extend(constraint.map(|constraint| Statement {
                constraint,
                at,
                rule: "test".to_owned(),
            }));
        let name = FieldPath::root("kettle").child(&Kind::Object, "name");
        let case = Case {
            id: CaseId("case".to_owned()),
            operation: operation.id.clone(),
            tests: tested.map(|rule| StatementId {
                operation: operation.id.clone(),
                direction: Direction::Request,
                field: Some(name),
                rule: if rule == "presence" {
                    "presence"
                } else {
                    "max_length"
                },
            }),
            title: String::new(),
            draft: Draft {
                path: Vec::new(),
                query: Vec::new(),
                headers: Vec::new(),
                body: None,
                credentials: Credentials::Own,
                version: AskedVersion::Usual,
            },
            expect: Expect::Accepted,
        };
        let mut request = Request::new(Method::Post, "/v1/kettles");
        request.body = r#"{"kettle":{"name":"a","size":1}}"#.into();
        mark(&operation, &case, &mut request, "ph1x1");
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body["kettle"]["name"], expected);
    }

    #[test]
    fn a_name_gets_the_mark_where_it_may() {
        let at_most = |max| Constraint::Length {
            min: None,
            max: Some(max),
            unit: Unit::Characters,
        };
        check(None, None, "ph1x1");
        check(Some(at_most(5)), None, "ph1x1");
        check(Some(at_most(4)), None, "a");
        check(
            Some(Constraint::Charset(vec![CharClass::Range('a', 'z')])),
            None,
            "a",
        );
        check(
            Some(Constraint::ForbiddenCharacters(vec!['-'])),
            None,
            "ph1x1",
        );
        for (pattern, expected) in [
            ("{id}", "a"),
            ("^[a-z]", "ph1x1"),
            ("^[0-9]", "a"),
            ("[a-z]+", "a"),
        ] {
            let pattern = Constraint::Pattern(pattern.to_owned());
            check(Some(pattern), None, expected);
        }
        let in_one_case = |max| Constraint::Within {
            scope: Scope::Case("there are several".to_owned()),
            holds: Box::new(at_most(max)),
        };
        check(Some(in_one_case(5)), None, "ph1x1");
        check(Some(in_one_case(4)), None, "a");
        check(None, Some("max_length"), "a");
    }
}
