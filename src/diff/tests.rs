//! What breaks whom, fact by fact, and the laws of a difference.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{Change, Effect, changes};
use crate::contract::*;
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

fn at(line: u32) -> Provenance {
    Provenance::line(&DocumentId::new("kettles"), line)
}

fn stated(constraint: Constraint) -> Statement {
    Statement {
        constraint,
        at: at(3),
        rule: "test".to_owned(),
    }
}

fn field(name: &str, kind: Kind, presence: Presence, constraints: Vec<Constraint>) -> Field {
    Field {
        name: name.to_owned(),
        printed: None,
        kind,
        other_kinds: Vec::new(),
        presence,
        evidence: Evidence::default(),
        nullable: None,
        statements: constraints.into_iter().map(stated).collect(),
        children: Vec::new(),
        at: at(2),
    }
}

fn operation(path: &str, request: Vec<Field>, response: Vec<Field>) -> Operation {
    let path = PathTemplate::parse(path);
    let body = |fields: Vec<Field>| {
        (!fields.is_empty()).then(|| Body {
            fields,
            examples: 0,
            at: at(1),
        })
    };
    Operation {
        id: OperationId::of(Method::Put, &path, None),
        method: Method::Put,
        path,
        selector: None,
        parameters: Vec::new(),
        request: body(request),
        response: body(response),
        success: vec![(200, at(9))],
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(1),
    }
}

fn contract(operations: Vec<Operation>) -> Contract {
    Contract {
        edition: Edition {
            id: DocumentId::new("kettles"),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        operations,
        statuses: Vec::new(),
        error_codes: Vec::new(),
        envelopes: Vec::new(),
        jobs: None,
        versions: None,
        states: Vec::new(),
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}

fn told(changes: &[Change]) -> String {
    let lines: Vec<String> = changes
        .iter()
        .map(|change| {
            format!(
                "{} {} {}",
                change.effect.word(),
                change.part.word(),
                change.fact
            )
        })
        .collect();
    lines.join("; ")
}

/// One field in the request and one in the answer, before and after.
#[track_caller]
fn check(old: Option<Field>, new: Option<Field>, sent: &str, answered: &str) {
    let one = |request: &Option<Field>, response: &Option<Field>| {
        let fields = |field: &Option<Field>| field.clone().into_iter().collect();
        contract(vec![operation(
            "/kettles/{id}",
            fields(request),
            fields(response),
        )])
    };
    assert_eq!(
        told(&changes(&one(&old, &None), &one(&new, &None))),
        sent,
        "in what is sent"
    );
    assert_eq!(
        told(&changes(&one(&None, &old), &one(&None, &new))),
        answered,
        "in what is answered"
    );
}

fn number(constraints: Vec<Constraint>) -> Option<Field> {
    Some(field(
        "litres",
        Kind::Integer,
        Presence::Optional,
        constraints,
    ))
}

fn range(min: i64, max: i64) -> Constraint {
    Constraint::Range {
        min: Some(min.into()),
        max: Some(max.into()),
    }
}

fn one_of(values: &[&str], open: bool) -> Constraint {
    let values = values.iter().map(|value| Scalar::Text((*value).to_owned()));
    Constraint::Enum {
        values: values.collect(),
        open,
    }
}

#[test]
fn fields_come_and_go() {
    let with = |presence| Some(field("lid", Kind::String, presence, Vec::new()));
    check(
        None,
        with(Presence::Required),
        "breaking request field",
        "compatible response field",
    );
    check(
        None,
        with(Presence::Optional),
        "compatible request field",
        "compatible response field",
    );
    check(
        with(Presence::Optional),
        None,
        "breaking request field",
        "breaking response field",
    );
    check(
        with(Presence::Optional),
        with(Presence::Required),
        "breaking request presence",
        "compatible response presence",
    );
    check(
        with(Presence::Required),
        with(Presence::Optional),
        "compatible request presence",
        "breaking response presence",
    );
    check(
        with(Presence::Optional),
        with(Presence::Unstated),
        "editorial request presence",
        "editorial response presence",
    );
}

#[test]
fn what_is_allowed_narrows_and_widens() {
    check(
        number(vec![range(1, 9)]),
        number(vec![range(1, 5)]),
        "breaking request range",
        "compatible response range",
    );
    check(
        number(vec![range(1, 9)]),
        number(vec![range(0, 9)]),
        "compatible request range",
        "breaking response range",
    );
    check(
        number(vec![range(1, 9)]),
        number(vec![range(2, 10)]),
        "breaking request range",
        "breaking response range",
    );
    check(
        number(Vec::new()),
        number(vec![range(1, 9)]),
        "breaking request range",
        "compatible response range",
    );
    let state = |values: &[&str], open| number(vec![one_of(values, open)]);
    check(
        state(&["on", "off"], false),
        state(&["on", "off", "dim"], false),
        "compatible request enum",
        "breaking response enum",
    );
    check(
        state(&["on", "off"], false),
        number(vec![Constraint::Const(Scalar::Text("on".to_owned()))]),
        "breaking request enum",
        "compatible response enum",
    );
    check(
        state(&["on", "off"], true),
        state(&["on"], true),
        "editorial request enum",
        "editorial response enum",
    );
    check(
        state(&["on", "off"], false),
        state(&["off", "on"], false),
        "",
        "",
    );
}

#[test]
fn kinds_and_null() {
    let of = |kind| Some(field("litres", kind, Presence::Optional, Vec::new()));
    check(
        of(Kind::Integer),
        of(Kind::Number),
        "compatible request kind",
        "breaking response kind",
    );
    check(
        of(Kind::Integer),
        of(Kind::String),
        "breaking request kind",
        "breaking response kind",
    );
    check(
        of(Kind::Integer),
        of(Kind::Unknown),
        "editorial request kind",
        "editorial response kind",
    );
    let null = of(Kind::Integer).map(|field| Field {
        nullable: Some(at(4)),
        ..field
    });
    check(
        of(Kind::Integer),
        null,
        "compatible request nullable",
        "breaking response nullable",
    );
}

#[test]
fn operations_come_go_and_change() {
    let show = |statements: Vec<Constraint>| {
        let mut operation = operation("/kettles/{id}", Vec::new(), Vec::new());
        operation.statements = statements.into_iter().map(stated).collect();
        operation
    };
    let check = |old: Vec<Operation>, new: Vec<Operation>, said: &str| {
        assert_eq!(told(&changes(&contract(old), &contract(new))), said);
    };
    check(vec![show(vec![])], vec![], "breaking operation operation");
    check(vec![], vec![show(vec![])], "compatible operation operation");
    check(
        vec![show(vec![])],
        vec![show(vec![Constraint::AsyncJob])],
        "breaking operation async_job",
    );
    check(
        vec![show(vec![Constraint::Idempotent])],
        vec![show(vec![])],
        "breaking operation idempotent",
    );
    let quota = |max| Constraint::Quota {
        of: "lids".to_owned(),
        max: Some(max),
    };
    check(
        vec![show(vec![quota(40)])],
        vec![show(vec![quota(60)])],
        "compatible operation quota",
    );
    check(
        vec![show(vec![quota(40)])],
        vec![show(vec![quota(20)])],
        "breaking operation quota",
    );
    let mut renamed = show(vec![]);
    renamed.path = PathTemplate::parse("/kettles/{kettle_id}");
    renamed.success = vec![(202, at(9))];
    check(
        vec![show(vec![])],
        vec![renamed],
        "breaking operation success; compatible operation success; editorial operation path",
    );
}

fn any_field(depth: u32) -> BoxedStrategy<Field> {
    let kind = prop_oneof![
        Just(Kind::String),
        Just(Kind::Integer),
        Just(Kind::Number),
        Just(Kind::Object),
        Just(Kind::Unknown)
    ];
    let presence = prop_oneof![
        Just(Presence::Required),
        Just(Presence::Optional),
        Just(Presence::Unstated)
    ];
    let limit = (0_i64..4, 0_i64..4).prop_map(|(min, max)| range(min, max));
    let constraint = prop_oneof![
        limit,
        vec("[ab]", 1..3).prop_map(|values| one_of(
            &values.iter().map(String::as_str).collect::<Vec<_>>(),
            false
        )),
        Just(Constraint::Unique),
        Just(Constraint::Idempotent),
        Just(Constraint::Other("advice".to_owned())),
        "[ab]{1,2}".prop_map(Constraint::Pattern),
        proptest::option::of(0_u64..3).prop_map(|max| Constraint::Quota {
            of: "lids".to_owned(),
            max
        }),
        Just(Constraint::Nullable),
    ];
    let inner = match depth {
        0 => Just(Vec::new()).boxed(),
        depth => vec(any_field(depth - 1), 0..3).boxed(),
    };
    (
        "[abc]",
        kind,
        presence,
        vec(constraint, 0..4),
        option::of(Just(at(5))),
        inner,
    )
        .prop_map(
            |(name, kind, presence, constraints, nullable, children)| Field {
                nullable,
                children,
                ..field(&name, kind, presence, constraints)
            },
        )
        .boxed()
}

fn any_contract() -> impl Strategy<Value = Contract> {
    let path = prop_oneof![
        Just("/kettles/{id}"),
        Just("/kettles/{kettle_id}"),
        Just("/lids")
    ];
    let success = vec(200_u16..204, 0..3);
    let one = (
        path,
        vec(any_field(1), 0..4),
        vec(any_field(1), 0..4),
        success,
        option::of(Just(at(7))),
    )
        .prop_map(|(path, request, response, success, deprecated)| Operation {
            success: success.into_iter().map(|status| (status, at(9))).collect(),
            deprecated,
            ..operation(path, request, response)
        });
    let code = ("[KL]\\.[12]", option::of(400_u16..403)).prop_map(|(code, status)| ErrorCode {
        code,
        status,
        at: at(8),
    });
    (vec(one, 0..3), vec(code, 0..3)).prop_map(|(operations, error_codes)| Contract {
        error_codes,
        ..contract(operations)
    })
}

/// The same facts, in an order of their own.
fn facts(changes: &[Change], swapped: bool) -> Vec<String> {
    let mut facts: Vec<String> = changes
        .iter()
        .map(|change| {
            let (old, new) = if swapped {
                (&change.new, &change.old)
            } else {
                (&change.old, &change.new)
            };
            let words =
                |claim: &Option<Claim<String>>| claim.as_ref().map(|claim| claim.claim.clone());
            // An operation is called by its newest path, and fields as one of the two prints them.
            let field = change.field.as_ref().map(FieldPath::leaf);
            let editorial = change.effect == Effect::Editorial;
            format!(
                "{:?} {field:?} {} {:?} {:?} {editorial}",
                change.part,
                change.fact,
                words(old),
                words(new)
            )
        })
        .collect();
    facts.sort();
    facts
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(contract in any_contract()) {
        prop_assert_eq!(changes(&contract, &contract), []);
    }

    #[test]
    fn the_way_back_is_the_mirror_image(a in any_contract(), b in any_contract()) {
        prop_assert_eq!(facts(&changes(&a, &b), false), facts(&changes(&b, &a), true));
    }
}
