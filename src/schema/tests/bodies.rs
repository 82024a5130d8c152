//! Whole bodies: the way back from a complaint to the document, disputes, and hostile sizes.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::schema::{Mode, Validator, request, response, undocumented};

/// What is said of one body: `rule field pointer: expected, seen`.
#[track_caller]
fn complaints(fields: Vec<Field>, disputes: &[Dispute], mode: Mode, body: Value) -> Vec<String> {
    let operation = operation(fields);
    let validator = Validator::response(&subject(&operation, disputes), mode).unwrap();
    let found = validator.violations(&body);
    let enforced = found.iter().any(|one| {
        !one.open
            && one
                .expectation
                .is_none_or(|means| means == Expectation::Expected)
    });
    assert_eq!(
        validator.is_valid(&body),
        !enforced,
        "the schema and the list say the same"
    );
    let told = found.iter().map(|one| {
        let disputed = if one.disputed { " disputed" } else { "" };
        let means = one
            .expectation
            .map(|means| format!(" {means:?}"))
            .unwrap_or_default();
        let (rule, field, pointer) = (one.rule, &one.field, &one.pointer);
        format!(
            "{rule} {field} {pointer}: {}, {}{means}{disputed}",
            one.expected, one.seen
        )
    });
    told.collect()
}

#[test]
fn complaints_lead_back_through_odd_names() {
    let switch = field("is/on~%", Kind::Boolean);
    let rooms = parent("OS-EXT:rooms.v2", map(array(Kind::Object)), vec![switch]);
    let body = json!({ "OS-EXT:rooms.v2": { "k/1": [{ "is/on~%": true }, { "is/on~%": "yes" }] } });
    assert_eq!(
        complaints(vec![rooms], &[], Mode::Lenient, body),
        [
            r#"kind OS-EXT:rooms.v2.{room}[].is/on~% /OS-EXT:rooms.v2/k~11/1/is~1on~0%: boolean, "yes""#
        ]
    );
}

#[test]
fn a_body_that_is_no_object_is_a_wrong_kind() {
    let fields = vec![required(field("a", Kind::String))];
    assert_eq!(
        complaints(fields, &[], Mode::Lenient, json!([1])),
        ["kind  : object, an array of 1 items"]
    );
}

#[test]
fn null_is_told_from_other_kinds() {
    let mut shown = field("b", Kind::Integer);
    shown.nullable = Some(at(30));
    let said = with(field("c", Kind::String), Constraint::Nullable);
    let said = with(said, Constraint::Const(Scalar::Text("x".to_owned())));
    let fields = vec![field("a", Kind::String), shown, said];
    let body = json!({ "a": null, "b": null, "c": null });
    assert_eq!(
        complaints(fields.clone(), &[], Mode::Lenient, body.clone()),
        ["nullable a /a: string, null"]
    );
    assert_eq!(
        complaints(fields, &[], Mode::Strict, body),
        [
            "nullable a /a: string, null",
            "nullable b /b: integer, null"
        ]
    );
}

#[test]
fn missing_fields_are_told_with_what_that_means() {
    let likely = Field {
        presence: Presence::Unstated,
        ..field("b", Kind::String)
    };
    let child = required(field("d", Kind::String));
    let inner = parent(
        "c",
        array(Kind::Object),
        vec![child, field("e", Kind::String)],
    );
    let fields = vec![required(field("a", Kind::String)), likely, required(inner)];
    assert_eq!(
        complaints(
            fields.clone(),
            &[],
            Mode::Lenient,
            json!({ "c": [{ "d": "" }, {}] })
        ),
        [
            "presence a /a: the field, no such field Expected",
            "presence b /b: the field, no such field Likely",
            "presence c[].e /c/0/e: the field, no such field Optional",
            "presence c[].d /c/1/d: the field, no such field Expected",
            "presence c[].e /c/1/e: the field, no such field Optional",
        ]
    );
    let operation = operation(fields);
    let validator = Validator::request(&subject(&operation, &[]), Mode::Lenient).unwrap();
    let found = validator.violations(&json!({ "a": "", "c": [] }));
    assert!(
        found.is_empty(),
        "a client may leave out what is optional: {found:?}"
    );
}

#[test]
fn any_claimed_kind_will_do_but_for_the_strict() {
    let child = with(
        field("x", Kind::Integer),
        Constraint::Range {
            min: Some(1.into()),
            max: None,
        },
    );
    let tags = also(
        parent("a", array(Kind::String), vec![child]),
        array(Kind::Object),
    );
    let flag = also(field("b", Kind::String), Kind::Boolean);
    let fields = vec![tags, flag];
    let body = json!({ "a": ["t", { "x": 1 }], "b": true });
    assert_eq!(
        complaints(fields.clone(), &[], Mode::Lenient, body.clone()),
        [""; 0]
    );
    assert_eq!(
        complaints(fields.clone(), &[], Mode::Strict, body),
        [
            "kind a /a/1: string, an object of 1 members disputed",
            "kind b /b: string, true disputed",
        ]
    );
    assert_eq!(
        complaints(
            fields,
            &[],
            Mode::Lenient,
            json!({ "a": [5, { "x": 0 }], "b": 1 })
        ),
        [
            "kind a /a/0: string or object, 5 disputed",
            "min a[].x /a/1/x: at least 1, 0",
            "kind b /b: string or boolean, 1 disputed",
        ]
    );
}

fn dispute(field: &str, fact: Fact, lines: &[u32]) -> Dispute {
    let claims = lines.iter().map(|line| Claim {
        claim: "a claim".to_owned(),
        at: at(*line),
    });
    Dispute {
        operation: Some(OperationId::new("kettles.update")),
        field: Some(FieldPath::root(field)),
        fact,
        claims: claims.collect(),
    }
}

#[test]
fn what_is_disputed_of_the_answer_is_not_of_the_request() {
    let mut put = operation(vec![required(field("a", Kind::String))]);
    if let Some(body) = &mut put.response {
        body.fields[0].at = at(40);
    }
    let needs = |lines: &[u32]| {
        let disputes = [dispute("a", Fact::Presence, lines)];
        let subject = subject(&put, &disputes);
        let schema = crate::schema::request(&subject).expect("it has a body");
        schema.get("required").is_some()
    };
    assert!(needs(&[40, 99]), "the line of the answer's field");
    assert!(!needs(&[10, 99]), "the line of the request's field");
    assert!(!needs(&[98, 99]), "the line of neither");
}

#[test]
fn a_disputed_statement_binds_the_strict_only() {
    let limits = || {
        let limited = with(
            field("a", Kind::String),
            length(None, Some(2), Unit::Characters),
        );
        vec![with(limited, Constraint::ForbiddenCharacters(vec!['x']))]
    };
    let body = json!({ "a": "xxx" });
    let of_one = [dispute("a", Fact::Constraint, &[20, 99])];
    assert_eq!(
        complaints(limits(), &of_one, Mode::Lenient, body.clone()),
        [r#"forbidden_chars a /a: none of 'x', "xxx""#]
    );
    assert_eq!(
        complaints(limits(), &of_one, Mode::Strict, body.clone()),
        [
            r#"max_length a /a: at most 2 characters, "xxx" disputed"#,
            r#"forbidden_chars a /a: none of 'x', "xxx""#,
        ]
    );
    let of_all = [dispute("a", Fact::Value, &[98, 99])];
    assert_eq!(
        complaints(limits(), &of_all, Mode::Lenient, body.clone()),
        [""; 0]
    );
    let other = [dispute("b", Fact::Value, &[98, 99])];
    assert_eq!(complaints(limits(), &other, Mode::Lenient, body).len(), 2);
}

#[test]
fn another_edition_leaves_nothing_open() {
    let limited = || {
        vec![with(
            field("a", Kind::String),
            length(None, Some(2), Unit::Characters),
        )]
    };
    let mut between = dispute("a", Fact::Constraint, &[20, 99]);
    between.claims[1].at.document = crate::source::DocumentId::new("another");
    let found = complaints(limited(), &[between], Mode::Lenient, json!({ "a": "xxx" }));
    assert_eq!(found.len(), 1);
}

#[test]
fn a_disputed_name_may_be_any_of_those_claimed_but_must_be_one() {
    let mut other = dispute("a", Fact::Name, &[10, 90]);
    other.claims[0].claim = "a".to_owned();
    other.claims[1].claim = "b".to_owned();
    let named = |body| {
        let fields = vec![required(field("a", Kind::String))];
        complaints(fields, std::slice::from_ref(&other), Mode::Lenient, body)
    };
    assert_eq!(named(json!({ "a": "x" })), [""; 0]);
    assert_eq!(named(json!({ "b": "x" })), [""; 0]);
    assert_eq!(
        named(json!({ "c": "x" })),
        ["presence a /a: the field, no such field Expected"]
    );
}

#[test]
fn a_misprint_makes_nothing_optional() {
    let mut misprint = dispute("aI", Fact::Name, &[10, 90]);
    misprint.claims[0].claim = "al".to_owned();
    misprint.claims[1].claim = "aI".to_owned();
    let fields = vec![Field {
        printed: Some("al".to_owned()),
        ..required(field("aI", Kind::String))
    }];
    assert_eq!(
        complaints(fields, &[misprint], Mode::Lenient, json!({ "al": "x" })),
        ["presence aI /aI: the field, no such field Expected"]
    );
}

#[test]
fn a_disputed_place_makes_its_fields_optional() {
    let fields = || {
        let child = required(field("b", Kind::String));
        vec![required(parent("a", Kind::Object, vec![child]))]
    };
    let moved = [dispute("a", Fact::Structure, &[10, 90])];
    assert_eq!(
        complaints(fields(), &moved, Mode::Lenient, json!({ "a": {} })),
        ["presence a.b /a/b: the field, no such field Optional disputed"]
    );
    assert_eq!(
        complaints(fields(), &moved, Mode::Strict, json!({})),
        ["presence a /a: the field, no such field Expected disputed"]
    );
}

#[test]
fn two_statements_of_one_kind_both_hold() {
    let one = with(
        field("a", Kind::String),
        Constraint::ForbiddenCharacters(vec!['x']),
    );
    let both = with(one, Constraint::Charset(vec![CharClass::Range('a', 'z')]));
    assert_eq!(
        complaints(vec![both], &[], Mode::Lenient, json!({ "a": "X,x" })),
        [
            r#"forbidden_chars a /a: none of 'x', "X,x""#,
            r#"charset a /a: only characters of a-z, "X,x""#,
        ]
    );
}

#[test]
fn undocumented_fields_are_told_where_the_object_is_described() {
    let described = parent("a", array(Kind::Object), vec![field("b", Kind::String)]);
    let fields = vec![
        described,
        field("c", Kind::Object),
        field("d", map(Kind::String)),
    ];
    let body = json!({
        "a": [{ "b": "", "n.e/w": 1 }, { "new": { "inner": 1 } }],
        "c": { "anything": 1 }, "d": { "key": "" }, "e": 1,
    });
    let operation = operation(fields);
    let found = undocumented(operation.response.as_ref().unwrap(), &body);
    let told: Vec<String> = found
        .iter()
        .map(|(path, at)| format!("{path} {at}"))
        .collect();
    assert_eq!(told, ["a[].n.e/w /a/0/n.e~1w", "a[].new /a/1/new", "e /e"]);
    let validator = Validator::response(&subject(&operation, &[]), Mode::Lenient).unwrap();
    assert_eq!(validator.undocumented(&body), found);
}

#[test]
fn a_body_whose_keys_are_data_holds_its_entries_under_any_name() {
    let minutes = required(field("minutes", Kind::Integer));
    let entry = parent("name of the kettle", array(Kind::Object), vec![minutes]);
    let body =
        json!({ "blue": [{ "minutes": 3 }], "red": [{}], "green": [{ "minutes": "4", "lid": 1 }] });
    assert_eq!(
        complaints(vec![entry.clone()], &[], Mode::Lenient, body.clone()),
        [
            r#"kind name of the kettle[].minutes /green/0/minutes: integer, "4""#,
            r#"presence name of the kettle[].minutes /red/0/minutes: the field, no such field Expected"#,
        ]
    );
    let operation = operation(vec![entry.clone()]);
    let found = undocumented(operation.response.as_ref().unwrap(), &body);
    let pointers: Vec<&str> = found.iter().map(|(_, at)| at.as_str()).collect();
    assert_eq!(pointers, ["/green/0/lid"]);

    // Beside a field of its own name, and for a text, the description is a name like any other.
    let two = self::operation(vec![entry, field("lid", Kind::Boolean)]);
    assert_eq!(two.response.unwrap().entry(), None);
    let text = self::operation(vec![field("name of the kettle", Kind::String)]);
    assert_eq!(text.response.unwrap().entry(), None);
}

#[test]
fn a_schema_reads_well() {
    let name = with(
        required(field("name", Kind::String)),
        length(Some(1), Some(64), Unit::Bytes),
    );
    let mut operation = operation(vec![name]);
    operation.request.as_mut().unwrap().fields[0].at.table = Some(Arc::from("Table 2"));
    let schema = request(&subject(&operation, &[])).unwrap();
    insta::assert_snapshot!(format!("{schema:#}"));
}

#[test]
fn a_response_has_the_documented_statuses_only() {
    let operation = operation(Vec::new());
    let subject = subject(&operation, &[]);
    assert!(response(&subject, 200).is_some() && response(&subject, 404).is_none());
}

#[test]
fn depth_is_bounded_in_contracts_and_in_bodies() {
    let deepest = field("a", array(Kind::String));
    let deep = (0..300).fold(deepest, |inner, _| parent("a", Kind::Object, vec![inner]));
    let mut operation = operation(vec![deep]);
    operation
        .response
        .as_mut()
        .unwrap()
        .fields
        .push(field("b", Kind::String));
    let subject = subject(&operation, &[]);
    let text = request(&subject).unwrap().to_string();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = Validator::response(&subject, Mode::Lenient).unwrap();
    let body = (0..2000).fold(json!("x"), |inner, _| json!({ "a": inner }));
    validator.violations(&body);
    validator.undocumented(&body);
}

#[test]
fn the_list_of_deviations_is_bounded() {
    let operation = operation(vec![field("a", array(Kind::String))]);
    let validator = Validator::response(&subject(&operation, &[]), Mode::Lenient).unwrap();
    let body = json!({ "a": vec![1; 50_000] });
    assert_eq!(validator.violations(&body).len(), 1_000);
}
