//! Puts the run's mark into the names of what a request makes, so that it can be found again.

use regex::Regex;
use serde_json::Value;

use super::fill::Filled;
use super::session::Session;
use crate::case::scenario::{Kept, Scenario};
use crate::case::{Case, Template, nth_value};
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
            mark(operation, case, &mut filled.request, (&name, self.nth()));
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
        for (name, field) in names_in(story, self.contract, self.creations, &sample) {
            let next = self.next_name();
            let other = match field {
                Some(field) => another(field, &name, self.nth()),
                None => next,
            };
            let Some(other) = other else {
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

    /// Which value tells the next thing from all others: none of the first ones, which stories speak of.
    fn nth(&self) -> usize {
        const FIRST: usize = 20;
        FIRST + usize::try_from(self.n_marked).unwrap_or(0)
    }
}

/// Another text of a field, which no two things may have in common.
fn another(field: &Field, text: &str, nth: usize) -> Option<String> {
    let other = nth_value(field, nth)?.as_str()?.to_owned();
    (other != text).then_some(other)
}

/// Gives every free name in the body the mark and a number, but for the field that the case is
/// about. What tells things apart and has no room for the mark gets its `nth` value.
fn mark(operation: &Operation, case: &Case, request: &mut Request, (mark, nth): (&str, usize)) {
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
        if !is_meant {
            continue;
        }
        if is_free_name(&path, field, mark) {
            changed |= put(&mut body, &path, mark.into());
        } else if tells_apart(operation, &path, field)
            && let Some(value) = nth_value(field, nth)
        {
            changed |= put(&mut body, &path, value);
        }
    }
    if changed {
        request.body = body.to_string().into();
    }
}

/// The names of its own that a story gives to things, where it makes any: each to be replaced by one that has the
/// mark, or by another text of the field that has no room for it. Not those that a step is about.
fn names_in<'a>(
    story: &Scenario,
    contract: &'a Contract,
    creations: &[Creation],
    mark: &str,
) -> Vec<(String, Option<&'a Field>)> {
    let makes = |id: &OperationId| creations.iter().any(|creation| creation.makes == *id);
    if !story.steps.iter().any(|step| makes(&step.call.operation)) {
        return Vec::new();
    }
    let mut names: Vec<(String, Option<&Field>)> = Vec::new();
    for step in &story.steps {
        let Some(operation) = contract.operation(&step.call.operation) else {
            continue;
        };
        let tests = step.tests.as_ref().and_then(|tests| tests.field.as_deref());
        for (path, field) in operation.request_fields() {
            let tested = tests == Some(path.to_string().as_str());
            let has_room = is_free_name(&path, field, mark);
            if tested || !(has_room || tells_apart(operation, &path, field)) {
                continue;
            }
            if let Some(name) = step
                .call
                .body
                .as_ref()
                .and_then(|body| text_at(body, &path))
            {
                let own = (!has_room).then_some(field);
                match names.iter_mut().find(|(known, _)| *known == name) {
                    // What is called so, too, and has room for the mark must have it.
                    Some((_, field)) if has_room => *field = None,
                    Some(_) => {}
                    None => names.push((name, own)),
                }
            }
        }
    }
    // New names are counted in the order of the old ones, whatever step comes first.
    names.sort_by(|(name, _), (other, _)| name.cmp(other));
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
    is_name
        && is_own(path)
        && field.kind == Kind::String
        && field.statements.iter().all(|said| allows(said, mark))
}

/// Whether it is something of the thing itself.
fn is_own(path: &FieldPath) -> bool {
    path.0.len() <= 2 && path.0.iter().all(|step| matches!(step, Step::Name(_)))
}

/// Whether no two things may have the value of a field in common, and nothing else is bound to it: that is said of the
/// field, or of the operation and the field is a text of some pattern.
fn tells_apart(operation: &Operation, path: &FieldPath, field: &Field) -> bool {
    let is_unique = |said: &[Statement]| {
        let mut said = said.iter();
        said.any(|said| said.constraint == Constraint::Unique)
    };
    let mut said = field.statements.iter();
    let has_pattern = said.any(|said| matches!(said.constraint, Constraint::Pattern(_)));
    let is_meant =
        is_unique(&field.statements) || (has_pattern && is_unique(&operation.statements));
    // Others must go with what stands there now.
    let is_bound = field.statements.iter().any(|said| {
        matches!(
            said.constraint,
            Constraint::Format { .. } | Constraint::Relative { .. } | Constraint::Other(_)
        )
    });
    let fields = operation.request_fields().into_iter();
    let mut others = fields.flat_map(|(_, other)| &other.statements);
    let binds = others.any(|said| matches!(said.constraint, Constraint::Relative { .. }));
    let is_free = !is_bound && (field.kind == Kind::String || !binds);
    is_meant && is_free && is_own(path) && matches!(field.kind, Kind::String | Kind::Integer)
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

/// Replaces a text or a number at a path; false where there is none.
fn put(body: &mut Value, path: &FieldPath, other: Value) -> bool {
    let mut place = Some(body);
    for step in &path.0 {
        place = place.and_then(|value| match step {
            Step::Name(name) => value.get_mut(name),
            Step::Items | Step::Key(_) => None,
        });
    }
    let place = place.filter(|value| {
        let is_alike = value.is_string() == other.is_string();
        is_alike && (value.is_string() || value.is_number())
    });
    place.map(|value| *value = other).is_some()
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
        mark(&operation, &case, &mut request, ("ph1x1", 1));
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

    #[test]
    fn what_tells_things_apart_is_another_each_time() {
        let mut makes = sample::operation("POST /v1/kettles", "code number", "");
        let fields = &mut makes.request.as_mut().expect("it asks").fields;
        let said = |constraint: Constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        fields[0].statements = vec![said(Constraint::Pattern("^K-[0-9]{2}$".to_owned()))];
        fields[1].kind = Kind::Integer;
        let field = &fields[0].clone();
        let is_apart = |makes: &Operation, name: &str| {
            let mut fields = makes.request_fields().into_iter();
            let found = fields.find(|(path, _)| path.leaf() == name);
            let (path, field) = found.expect("it is asked for");
            tells_apart(makes, &path, field)
        };
        assert!(!is_apart(&makes, "code") && !is_apart(&makes, "number"));
        makes.statements.push(said(Constraint::Unique));
        assert!(is_apart(&makes, "code") && !is_apart(&makes, "number"));
        let fields = &mut makes.request.as_mut().expect("it asks").fields;
        fields[1].statements = vec![said(Constraint::Unique)];
        assert!(is_apart(&makes, "number"));
        let one = another(field, "K-00", 21).expect("there is one");
        let other = another(field, "K-00", 22).expect("there is another one");
        assert!(one != other && one.starts_with("K-"), "{one} {other}");
    }
}
