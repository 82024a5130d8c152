//! A field that is always shown is always there.

use serde_json::Value;

use super::schema_rule::{self, Told};
use super::{Answer, Check, Trial, unset};
use crate::contract::{Dispute, Expectation, Fact, Field, FieldPath, Operation, letters};
use crate::finding::{Finding, Severity};
use crate::schema::Violation;
use crate::wire::Exchange;

pub(super) struct MissingField;

impl Check for MissingField {
    fn code(&self) -> &'static str {
        "missing_field"
    }

    fn title(&self) -> &'static str {
        "a field that is always documented is always there"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the table calls the field mandatory, or every example shows it.\n\
         Broken: a successful answer lacks it.\n\
         Example: an answer without `name`, which every example has.\n\
         Less than sure: without an example it is a warning. Where an example lacks the field too, or \
         its text is conditional (if, when, a version, a state), it is an id in an object of many shapes, or it \
         stands in an object that no example shows and whose members come and go, it is a note; so it is of what a request \
         may leave out and has no default. `--strict` makes \
         violations of both.\n\
         Where sources disagree on its place only, it must be at one of them: an answer that has it \
         nowhere breaks all claims."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let mut findings = schema_rule::judge(
            self,
            trial,
            |broken| broken.rule == "presence",
            |broken| Told {
                title: "left the field out".to_owned(),
                severity: match broken.expectation {
                    Some(Expectation::Expected) | None => Severity::Violation,
                    Some(Expectation::Likely) => Severity::Warning,
                    Some(Expectation::Optional) => Severity::Note,
                },
            },
        );
        if !trial.strict {
            unset::soften(&mut findings, trial.contract);
            let doubtful = findings
                .iter_mut()
                .filter(|finding| finding.severity != Severity::Note);
            // What would be done is not begun, and has no job.
            let is_dry = trial.only_tries();
            for finding in doubtful {
                let path = finding.field.as_ref();
                let shows = trial.contract.operation(&finding.operation).zip(path);
                let answered = finding.exchange.as_ref().and_then(Exchange::response);
                let body: Option<Value> =
                    answered.and_then(|answer| serde_json::from_slice(&answer.body).ok());
                if is_dry
                    || shows.is_some_and(|(shows, path)| {
                        may_be_of_another_shape(shows, path)
                            || body
                                .as_ref()
                                .is_some_and(|body| is_of_another_shape(shows, path, body))
                            || comes_and_goes(shows, path)
                    })
                {
                    finding.severity = Severity::Note;
                }
            }
            let told = trial.answers().flat_map(|answer| {
                let broken = answer.violations.iter();
                let nowhere = broken.filter(|broken| is_nowhere(trial, answer, broken));
                nowhere.map(|broken| Finding {
                    field: Some(broken.field.clone()),
                    title: "has the field at none of the disputed places".to_owned(),
                    promise: format!("`{}`: {}", broken.field, broken.expected),
                    sources: broken.sources.clone(),
                    expected: format!("`{}` at one of these places", broken.field.leaf()),
                    seen: "no such field anywhere".to_owned(),
                    ..trial.finding(self, answer)
                })
            });
            findings.extend(told);
        }
        findings
    }
}

/// Whether a field is an id in an object of which is said that what it has depends on another fact: a job of another
/// type is about another thing.
fn may_be_of_another_shape(shows: &Operation, path: &FieldPath) -> bool {
    is_id(path.leaf()) && around_of_many_shapes(shows, path).is_some()
}

/// Whether an object of many shapes shows in an answer no documented member but ids: then it is about something that
/// has no such field.
fn is_of_another_shape(shows: &Operation, path: &FieldPath, body: &Value) -> bool {
    let Some((around, field)) = around_of_many_shapes(shows, path) else {
        return false;
    };
    let shown = around.values_in_any(body);
    let has_more = |object: &&Value| {
        let mut named = field.children.iter().filter(|child| !is_id(&child.name));
        named.any(|child| object.get(&child.name).is_some())
    };
    !shown.is_empty() && !shown.iter().any(has_more)
}

fn is_id(name: &str) -> bool {
    let name = letters(name);
    name.ends_with("id") || name.ends_with("ids")
}

/// The object around a field, where what it has depends on another fact.
fn around_of_many_shapes<'o>(
    shows: &'o Operation,
    path: &FieldPath,
) -> Option<(FieldPath, &'o Field)> {
    let (_, around) = path.0.split_last()?;
    let mut fields = shows.response_fields().into_iter();
    fields.find(|(known, field)| {
        let mut said = field.statements.iter();
        known.0 == around && said.any(|said| said.constraint.is_of_many_shapes())
    })
}

/// Whether a field stands in an object that is not always there and that no example shows, and of which the table says
/// of some members that they are not always there: of the others it may just not say so.
fn comes_and_goes(shows: &Operation, path: &FieldPath) -> bool {
    let Some((_, around)) = path.0.split_last() else {
        return false;
    };
    let fields = shows.response_fields();
    let mut objects = fields.iter();
    let Some((_, object)) = objects.find(|(known, _)| known.0 == around) else {
        return false;
    };
    let members = object.children.iter();
    let expected: Vec<Expectation> = members.map(Field::expectation_where_it_exists).collect();
    object.expectation() == Expectation::Optional
        && !expected.contains(&Expectation::Expected)
        && expected.contains(&Expectation::Optional)
}

/// Whether sources disagree only on the place of a field that all of them show, and it is not in the
/// answer at all, although what is said to be around it is.
fn is_nowhere(trial: &Trial<'_>, answer: &Answer<'_>, broken: &Violation) -> bool {
    let (operation, path) = (answer.operation, &broken.field);
    let Some(body) = answer.json() else {
        return false;
    };
    if broken.rule != "presence" || !broken.disputed || member(body, path.leaf()).is_some() {
        return false;
    }
    let disputes = trial.contract.disputes.iter();
    let own: Vec<&Dispute> = disputes
        .filter(|dispute| dispute.leaves_open(operation))
        .collect();
    let here = |dispute: &Dispute| dispute.field.as_ref() == Some(path);
    let left_out = own
        .iter()
        .any(|dispute| here(dispute) && dispute.fact == Fact::Presence);
    let mut moved = own.iter().filter(|dispute| {
        dispute.fact == Fact::Structure && (here(dispute) || dispute.moves(operation, path))
    });
    let surrounded = |dispute: &&Dispute| {
        let claims = dispute.claims.iter();
        let mut around = claims.filter_map(|claim| Some(claim.claim.rsplit_once(" inside ")?.1));
        around.any(|around| member(body, around).is_some_and(holds_object))
    };
    let mut fields = operation.response_fields().into_iter();
    let expected = |(known, field): (FieldPath, &Field)| {
        known == *path && field.expectation() == Expectation::Expected
    };
    !left_out && moved.any(surrounded) && fields.any(expected)
}

/// The first member of this name in the body, however deep.
fn member<'v>(body: &'v Value, name: &str) -> Option<&'v Value> {
    match body {
        Value::Object(members) => members.get(name).or_else(|| {
            let mut inner = members.values();
            inner.find_map(|inner| member(inner, name))
        }),
        Value::Array(items) => items.iter().find_map(|item| member(item, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Whether there is an object with members: it, or an item of it.
fn holds_object(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => items.iter().any(holds_object),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes};

    #[test]
    fn evidence_decides_how_bad_it_is() {
        assert_eq!(
            codes(&Scene::show().answers(200, r#"{"light":{"height":21,"lamp":"on","built":"2001-02-03T04:05:06Z","keeper":null,"colour":"red"}}"#)),
            "violation missing_field light.name"
        );
        assert_eq!(
            codes(&Scene::show().answers(200, r#"{"light":{"name":"Nore","lamp":"on","built":"2001-02-03T04:05:06Z","keeper":null,"colour":"red"}}"#)),
            "warning missing_field light.height"
        );
    }

    #[test]
    fn what_stands_somewhere_is_not_nowhere() {
        use super::{holds_object, member};
        use serde_json::json;
        let body = json!({"lamps": [{"id": 1, "glass": {"colour": "red"}}], "tags": []});
        assert_eq!(member(&body, "colour"), Some(&json!("red")));
        assert_eq!(member(&body, "oil"), None);
        assert!(member(&body, "lamps").is_some_and(holds_object));
        assert!(!member(&body, "tags").is_some_and(holds_object));
    }

    #[test]
    fn what_stands_in_an_object_of_many_shapes_need_not_be_there() {
        use super::may_be_of_another_shape;
        use crate::contract::{Constraint, FieldPath, Kind, Statement, sample};
        let mut shows = sample::operation("GET /v1/jobs/{job_id}", "", "entities.lamp_id");
        let lamp = FieldPath::root("entities").child(&Kind::Object, "lamp_id");
        assert!(!may_be_of_another_shape(&shows, &lamp));
        let entities = &mut shows.response.as_mut().expect("it answers").fields[0];
        entities.statements.push(Statement {
            constraint: Constraint::Other("shape depends on job type".to_owned()),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert!(may_be_of_another_shape(&shows, &lamp));
        assert!(!may_be_of_another_shape(
            &shows,
            &FieldPath::root("entities")
        ));
    }
    #[test]
    fn what_comes_and_goes_need_not_be_there() {
        use super::comes_and_goes;
        use crate::contract::{Field, FieldPath, Kind, Presence, sample};
        let mut shows = sample::operation("GET /v1/lamps/{lamp_id}", "", "lamp.oil");
        let lamp = &mut shows.response.as_mut().expect("it answers").fields[0];
        let like_oil = |name: &str| Field {
            name: name.to_owned(),
            presence: Presence::Unstated,
            ..lamp.children[0].clone()
        };
        lamp.children = ["oil", "wick", "lid"].map(like_oil).to_vec();
        lamp.presence = Presence::Optional;
        let wick = FieldPath::root("lamp").child(&Kind::Object, "wick");
        assert!(!comes_and_goes(&shows, &wick));
        let body = shows.response.as_mut().expect("it answers");
        body.fields[0].children[0].evidence.conditional = true;
        assert!(comes_and_goes(&shows, &wick));
        assert!(!comes_and_goes(&shows, &FieldPath::root("lamp")));
        // Where an example shows one of them, the object is known.
        let body = shows.response.as_mut().expect("it answers");
        let lid = &mut body.fields[0].children[2].evidence;
        (lid.places, lid.shown) = (1, 1);
        assert!(!comes_and_goes(&shows, &wick));
    }
}
