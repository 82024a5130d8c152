//! What is said of the keys of a map: a field of its own, of which each key is a value.

use serde_json::Value;

use super::Template;
use super::broken::keeps_all;
use super::valid::scalar;
use crate::contract::{Constraint, Field, Kind, Scope, Statement};

/// How documents call a key.
const KEY: &str = "key";

/// What a statement says of the keys of the map that the field holds. None where it says nothing of them.
pub(super) fn of_keys<'c>(field: &Field, constraint: &'c Constraint) -> Option<&'c Constraint> {
    let Constraint::Within {
        scope: Scope::Part(part),
        holds,
    } = constraint
    else {
        return None;
    };
    let is_map = matches!(field.kind, Kind::Map { .. });
    (is_map && part == KEY).then_some(holds)
}

/// A field of which each key of a map is a value: all that is said of keys is said of it.
pub(super) fn keys(map: &Field) -> Field {
    let said = map.statements.iter().filter_map(|said| {
        Some(Statement {
            constraint: of_keys(map, &said.constraint)?.clone(),
            ..said.clone()
        })
    });
    texts(map, said.collect())
}

/// What an entry of a map is called: as its key is, with its turn, unless that breaks what is said of keys.
pub(super) fn name_of_entry(map: &Field, key: &str, turn: usize, nth: usize) -> String {
    let usual = match turn {
        0 => key.to_owned(),
        turn => format!("{key}-{turn}"),
    };
    let keys = keys(map);
    if keeps_all(&keys, &Value::from(usual.as_str())) {
        return usual;
    }
    match scalar(&keys, &Kind::String, nth).value {
        Template::Literal(Value::String(apt)) => apt,
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Array(_)
        | Template::Object(_) => usual,
    }
}

/// A field of one text, of which this is said.
pub(super) fn texts(field: &Field, statements: Vec<Statement>) -> Field {
    Field {
        kind: Kind::String,
        children: Vec::new(),
        statements,
        ..field.clone()
    }
}

/// The keys of a map, as values.
pub(super) fn keys_in(value: &Template) -> impl Iterator<Item = Template> + '_ {
    let members = match value {
        Template::Object(members) => members.as_slice(),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Array(_) => &[],
    };
    let keys = members.iter().map(|(key, _)| key.as_str());
    keys.map(|key| Template::Literal(Value::from(key)))
}

/// The map with another first key.
pub(super) fn with_key(map: Template, key: &Template) -> Option<Template> {
    let (Template::Object(mut members), Template::Literal(Value::String(key))) = (map, key) else {
        return None;
    };
    members.first_mut()?.0.clone_from(key);
    Some(Template::Object(members))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::boundary::{Side, probes};
    use crate::case::broken::broken;
    use crate::contract::{CharClass, Unit, sample};

    #[test]
    fn a_key_is_tried_on_both_sides_of_its_limit() {
        let mut operation = sample::operation("POST /v1/kettles", "marks", "");
        let marks = &mut operation.request.as_mut().unwrap().fields[0];
        marks.kind = Kind::Map {
            key: "mark".to_owned(),
            value: Box::new(Kind::String),
        };
        let of_key = Constraint::Within {
            scope: Scope::Part("key".to_owned()),
            holds: Box::new(Constraint::Length {
                min: None,
                max: Some(8),
                unit: Unit::Characters,
            }),
        };
        marks.statements.push(Statement {
            constraint: of_key.clone(),
            at: sample::at(),
            rule: "made up".to_owned(),
        });
        let tried = probes(marks, &of_key).unwrap();
        let plain = tried.iter().filter(|probe| !probe.slug.contains("bytes"));
        let told: Vec<_> = plain
            .map(|probe| (probe.slug.as_str(), probe.side))
            .collect();
        assert_eq!(
            told,
            [
                ("key-7-characters", Side::Inside),
                ("key-8-characters", Side::Inside),
                ("key-9-characters", Side::Outside),
            ]
        );
        for probe in &tried {
            let breaks = broken(marks, &probe.value);
            assert_eq!(
                breaks.is_empty(),
                probe.side != Side::Outside,
                "{}",
                probe.slug
            );
        }
    }

    #[test]
    fn entries_are_called_as_their_keys_may_be() {
        let mut operation = sample::operation("POST /v1/kettles", "marks", "");
        let marks = &mut operation.request.as_mut().unwrap().fields[0];
        marks.statements = vec![Statement {
            constraint: Constraint::Within {
                scope: Scope::Part("key".to_owned()),
                holds: Box::new(Constraint::Charset(vec![CharClass::Range('a', 'z')])),
            },
            at: sample::at(),
            rule: "test".to_owned(),
        }];
        marks.kind = Kind::Map {
            key: "mark".to_owned(),
            value: Box::new(Kind::String),
        };
        let two = crate::case::request::of_items(marks, 2).unwrap();
        let names: Vec<String> = match &two.value {
            Template::Object(members) => members.iter().map(|(name, _)| name.clone()).collect(),
            other => panic!("{other:?}"),
        };
        let is_fine = |name: &String| name.chars().all(|c| c.is_ascii_lowercase());
        assert!(names.iter().all(is_fine), "{names:?}");
        assert_ne!(names[0], names[1]);
    }
}
