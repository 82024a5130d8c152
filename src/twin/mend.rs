//! What an ill Twin does although it refuses: the request as it should have been.
//!
//! Main entry: [`bodies`]. A refused body may lack the very part that says what is to be done; then the
//! illness would show nothing. So what is wrong in it is left out where it may be, and else put right
//! with something that exists: what a run is lent goes by the names of fields.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::obey;
use crate::contract::{Constraint, Field, FieldPath, Kind, Operation, Presence, Scalar};

/// More things than this are not tried in the place of one that is wrong.
const MOST: usize = 16;

/// The body with what is wrong put right, in as many ways as things exist to put it right with. The
/// body itself comes last: some of what it breaks does not matter to the work.
pub(super) fn bodies<'a>(
    operation: &'a Operation,
    body: &'a Value,
    known: &'a BTreeMap<String, Vec<String>>,
    named: &'a str,
) -> impl Iterator<Item = Value> + 'a {
    let most = if obey::body(operation, body, None).is_ok() {
        0
    } else {
        MOST
    };
    let mended = (0..most).filter_map(move |nth| {
        let mender = Mender {
            operation,
            known,
            named,
            nth,
        };
        let mended = mender.body(body)?;
        obey::body(operation, &mended, None)
            .is_ok()
            .then_some(mended)
    });
    mended.chain(std::iter::once_with(|| body.clone()))
}

struct Mender<'a> {
    operation: &'a Operation,
    known: &'a BTreeMap<String, Vec<String>>,
    /// What the path names at its end.
    named: &'a str,
    /// Which of the known things is taken, from the last one on.
    nth: usize,
}

impl Mender<'_> {
    fn body(&self, body: &Value) -> Option<Value> {
        let fields = &self.operation.request.as_ref()?.fields;
        let root = |field: &Field| FieldPath::root(&field.name);
        Some(self.object(&root, fields, body.as_object(), 0))
    }

    fn object(
        &self,
        path: &dyn Fn(&Field) -> FieldPath,
        fields: &[Field],
        given: Option<&Map<String, Value>>,
        position: usize,
    ) -> Value {
        let mut mended = Map::new();
        for field in fields {
            let path = path(field);
            let value = given.and_then(|given| given.get(&field.name));
            let kept = value.and_then(|value| self.kept(&path, field, value, given));
            let needed = field.presence == Presence::Required;
            let value = kept.or_else(|| needed.then(|| self.made(&path, field, position)));
            mended.extend(value.map(|value| (field.name.clone(), value)));
        }
        Value::Object(mended)
    }

    /// A value as it is where it is right, or with its inner parts put right. None: it is of no use.
    fn kept(
        &self,
        path: &FieldPath,
        field: &Field,
        value: &Value,
        given: Option<&Map<String, Value>>,
    ) -> Option<Value> {
        if obey::keeps_all(self.operation, path, field, given?) {
            return Some(value.clone());
        }
        let inside = |child: &Field| path.child(&field.kind, &child.name);
        match (&field.kind, value) {
            (Kind::Object, Value::Object(members)) => {
                Some(self.object(&inside, &field.children, Some(members), 0))
            }
            (Kind::Array(of), Value::Array(items)) if **of == Kind::Object => {
                let members = items.iter().filter_map(Value::as_object).enumerate();
                let items: Vec<Value> = members
                    .map(|(at, members)| self.object(&inside, &field.children, Some(members), at))
                    .collect();
                (!items.is_empty()).then(|| Value::Array(items))
            }
            _ => None,
        }
    }

    /// A value of the field's kind: for a text one of the things that go by its name.
    fn made(&self, path: &FieldPath, field: &Field, position: usize) -> Value {
        if let Some(listed) = listed(field, self.nth) {
            return listed;
        }
        self.of_kind(path, field, &field.kind, position)
    }

    fn of_kind(&self, path: &FieldPath, field: &Field, kind: &Kind, position: usize) -> Value {
        let inside = |child: &Field| path.child(&field.kind, &child.name);
        match kind {
            Kind::Object if field.children.is_empty() => self.any_members(),
            Kind::Object => self.object(&inside, &field.children, None, position),
            Kind::Array(of) => {
                let n = self.n_known(field);
                let items = (0..n).map(|at| self.of_kind(path, field, of, at));
                Value::Array(items.collect())
            }
            Kind::Map { .. } => self.any_members(),
            Kind::Integer | Kind::Number => json!(1),
            Kind::Boolean => json!(true),
            Kind::String => json!(self.text(path, position)),
            Kind::Unknown => Value::Null,
        }
    }

    /// An object that may have any members: one of a name of its own, or of the one that the path has.
    fn any_members(&self) -> Value {
        let name = if self.nth.is_multiple_of(2) {
            "twin"
        } else {
            self.named
        };
        json!({ name: "twin" })
    }

    /// How many items a list gets: as many as there are things for their first text.
    fn n_known(&self, field: &Field) -> usize {
        let path = FieldPath::root(&field.name);
        let mut texts = field
            .children
            .iter()
            .filter(|child| child.kind == Kind::String);
        let known = texts.find_map(|child| self.things(&path.child(&field.kind, &child.name)));
        known.map_or(1, |things| things.len().max(1))
    }

    fn text(&self, path: &FieldPath, position: usize) -> String {
        let things = self.things(path).unwrap_or_default();
        let place = (self.nth + position) % things.len().max(1);
        let thing = things.iter().rev().nth(place);
        thing.map_or_else(|| "twin".to_owned(), String::clone)
    }

    /// What goes by the name of a field, with that of what it stands in or without.
    fn things(&self, path: &FieldPath) -> Option<&[String]> {
        let names = path.names();
        let whole = names.get(names.len().saturating_sub(2)..)?.join(".");
        let leaf = names.last().copied().unwrap_or_default();
        let things = self.known.get(&whole).or_else(|| self.known.get(leaf))?;
        Some(things)
    }
}

/// One of the values that a field may have, where those are listed.
fn listed(field: &Field, nth: usize) -> Option<Value> {
    let chosen = field.statements.iter().find_map(|said| {
        if let Constraint::Enum { values, .. } = &said.constraint {
            values.iter().rev().nth(nth % values.len().max(1))
        } else if let Constraint::Const(value) = &said.constraint {
            Some(value)
        } else {
            None
        }
    })?;
    Some(match chosen {
        Scalar::Null => Value::Null,
        Scalar::Bool(truth) => json!(truth),
        Scalar::Integer(number) => json!(number),
        Scalar::Decimal(number) => json!(number.parse::<f64>().ok()?),
        Scalar::Text(text) => json!(text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, sample};

    /// A request to fit a lid, which has a mode, and to fill with leaves.
    fn brews() -> Operation {
        let mut brews = sample::operation("POST /v1/kettles/{kettle_id}", "mode leaves lid.id", "");
        let fields = &mut brews.request.as_mut().unwrap().fields;
        let modes = ["slow", "fast"].map(|mode| Scalar::Text(mode.to_owned()));
        fields[0].presence = Presence::Optional;
        fields[0].statements = vec![Statement {
            constraint: Constraint::Enum {
                values: modes.to_vec(),
                open: false,
            },
            at: sample::at(),
            rule: "sample".to_owned(),
        }];
        fields[1].kind = Kind::Object;
        brews
    }

    fn mended(body: Value) -> Vec<String> {
        let lids = ["l1", "l2"].map(str::to_owned).to_vec();
        let known = BTreeMap::from([("lid.id".to_owned(), lids)]);
        let (brews, mut seen) = (brews(), Vec::new());
        for body in bodies(&brews, &body, &known, "k1") {
            let text = body.to_string();
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        seen
    }

    #[test]
    fn what_is_wrong_is_left_out_or_put_right_with_what_exists() {
        let body = json!({ "mode": "loud", "leaves": { "green": "2" }, "lid": 7 });
        assert_eq!(
            mended(body.clone()),
            [
                r#"{"leaves":{"green":"2"},"lid":{"id":"l2"}}"#.to_owned(),
                r#"{"leaves":{"green":"2"},"lid":{"id":"l1"}}"#.to_owned(),
                body.to_string(),
            ]
        );
        let without_leaves = json!({ "mode": "slow", "lid": { "id": "l1" } });
        assert_eq!(
            mended(without_leaves.clone()),
            [
                r#"{"mode":"slow","leaves":{"twin":"twin"},"lid":{"id":"l1"}}"#.to_owned(),
                r#"{"mode":"slow","leaves":{"k1":"twin"},"lid":{"id":"l1"}}"#.to_owned(),
                without_leaves.to_string(),
            ]
        );
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        let body = json!({ "leaves": {}, "lid": { "id": "l9" } });
        assert_eq!(mended(body.clone()), [body.to_string()]);
    }
}
