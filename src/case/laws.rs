//! Laws of the generators, over made-up contracts: what is expected to be accepted breaks nothing,
//! what is expected to be refused breaks the one statement it names.

use std::collections::HashSet;

use proptest::prelude::*;

use super::audit::{Auditor, is_same};
use super::sample::{contract, field, kettle, name_rules, of, operation, optional};
use super::{Case, Expect, cases, generated, shrink};
use crate::contract::{
    CharClass, Constraint, Decimal, Direction, Field, Format, Kind, Operation, Relation, Scalar,
    Scope, Unit,
};

/// Holds a case to the laws.
fn check(operation: &Operation, case: &Case) {
    let breaches = Auditor::new(operation).audit(&case.draft);
    match (case.expect, &case.tests) {
        (Expect::Accepted, _) => assert_eq!(breaches, [], "{}", case.id),
        (Expect::Refused, Some(tests)) if tests.direction == Direction::Request => {
            // What two items share is broken by no value alone.
            let named = tests.rule != "not_found" && !case.id.0.ends_with("/unique/twice");
            assert!(!named || !breaches.is_empty(), "{} breaks nothing", case.id);
            for breach in &breaches {
                assert!(is_same(breach, tests), "{} also breaks {breach:?}", case.id);
            }
        }
        (Expect::Refused | Expect::Either, _) => {}
    }
}

fn check_all(operation: &Operation, cases: &[Case]) {
    cases.iter().for_each(|case| check(operation, case));
    let ids: HashSet<_> = cases.iter().map(|case| &case.id).collect();
    assert_eq!(ids.len(), cases.len(), "two cases share an id");
}

fn kinds() -> impl Strategy<Value = Kind> {
    let plain = prop_oneof![
        4 => Just(Kind::String),
        2 => Just(Kind::Integer),
        1 => Just(Kind::Number),
        1 => Just(Kind::Boolean),
        1 => Just(Kind::Unknown),
    ];
    plain.prop_recursive(2, 4, 1, |inner| {
        prop_oneof![
            inner.clone().prop_map(|kind| Kind::Array(Box::new(kind))),
            inner.prop_map(|kind| Kind::Map {
                key: "key".to_owned(),
                value: Box::new(kind)
            }),
        ]
    })
}

fn limits() -> impl Strategy<Value = (Option<u64>, Option<u64>)> {
    (
        proptest::option::of(0u64..40),
        proptest::option::of(0u64..40),
    )
}

fn texts() -> impl Strategy<Value = Vec<Scalar>> {
    proptest::collection::vec("[a-zA-Z]{0,4}".prop_map(Scalar::Text), 1..4)
}

fn constraints() -> impl Strategy<Value = Constraint> {
    let formats = [
        Format::Uuid,
        Format::Ip,
        Format::Cidr,
        Format::Mac,
        Format::Base64,
        Format::Time(None),
        Format::Json,
        Format::Hostname,
    ];
    let classes = [
        CharClass::Chinese,
        CharClass::Range('a', 'z'),
        CharClass::Range('а', 'я'),
        CharClass::One('-'),
        CharClass::One('\u{10ffff}'),
        CharClass::Range('\u{0}', '\u{d7ff}'),
    ];
    prop_oneof![
        (limits(), any::<bool>()).prop_map(|((min, max), bytes)| Constraint::Length {
            min,
            max,
            unit: if bytes { Unit::Bytes } else { Unit::Characters },
        }),
        proptest::sample::subsequence(classes.to_vec(), 1..4).prop_map(Constraint::Charset),
        Just(Constraint::ForbiddenCharacters(vec!['p', '<', '&'])),
        Just(Constraint::Pattern("^[a-f]{2,5}$".to_owned())),
        Just(Constraint::Pattern("{lid}.{metal}".to_owned())),
        (texts(), any::<bool>()).prop_map(|(values, open)| Constraint::Enum { values, open }),
        (-3i64..9).prop_map(|value| Constraint::Const(Scalar::Integer(value))),
        (proptest::sample::select(formats.to_vec()), any::<bool>())
            .prop_map(|(format, or_empty)| Constraint::Format { format, or_empty }),
        (any::<Option<i8>>(), any::<Option<i64>>()).prop_map(|(min, max)| Constraint::Range {
            min: min.map(|min| i64::from(min).into()),
            max: max.map(Decimal::from),
        }),
        (1i64..9).prop_map(Constraint::Multiple),
        (-3i64..9).prop_map(|value| Constraint::Except(vec![Scalar::Integer(value)])),
        limits().prop_map(|(min, max)| Constraint::ItemCount { min, max }),
        Just(Constraint::Unique),
        Just(Constraint::NotEmpty),
        Just(Constraint::Nullable),
        Just(Constraint::ExclusiveWith(vec!["b".to_owned()])),
        Just(Constraint::RequiredIf("a=1".to_owned())),
        Just(Constraint::Relative {
            how: Relation::AtMost,
            to: "b".to_owned(),
        }),
        Just(Constraint::Within {
            scope: Scope::Case("a is set".to_owned()),
            holds: Box::new(Constraint::NotEmpty),
        }),
    ]
}

fn fields() -> impl Strategy<Value = Field> {
    let name = proptest::sample::select(vec!["a", "b", "c", "shelf_id", "Ω.x"]);
    let constraints = proptest::collection::vec(constraints(), 0..3);
    (name, kinds(), constraints, any::<bool>()).prop_map(|(name, kind, constraints, required)| {
        let field = field(name, kind, &constraints);
        if required { field } else { optional(field) }
    })
}

/// Fields of one object: names differ.
fn members() -> impl Strategy<Value = Vec<Field>> {
    proptest::collection::vec(fields(), 0..4).prop_map(|mut fields| {
        let mut known = HashSet::new();
        fields.retain(|field| known.insert(field.name.clone()));
        fields
    })
}

fn operations() -> impl Strategy<Value = Operation> {
    let shapes = [
        Kind::Object,
        Kind::Array(Box::new(Kind::Object)),
        Kind::Map {
            key: "key".to_owned(),
            value: Box::new(Kind::Object),
        },
    ];
    let shape = proptest::sample::select(shapes.to_vec());
    (members(), members(), shape).prop_map(|(mut outer, inner, shape)| {
        if !inner.is_empty() {
            outer.push(of(inner, field("inside", shape, &[])));
        }
        operation(outer)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn cases_keep_what_they_say(operation in operations()) {
        check_all(&operation, &cases(&operation, &contract(&operation)));
    }

    #[test]
    fn generated_cases_keep_what_they_say(operation in operations(), seed: u64) {
        check_all(&operation, &generated(&operation, &contract(&operation), seed, 8));
    }
}

#[test]
fn the_same_seed_gives_the_same_cases() {
    let (operation, contract) = (kettle(), contract(&kettle()));
    let once = generated(&operation, &contract, 7, 40);
    assert_eq!(once, generated(&operation, &contract, 7, 40));
    assert_ne!(once, generated(&operation, &contract, 8, 40));
    let refused = once
        .iter()
        .filter(|case| case.expect == Expect::Refused)
        .count();
    let accepted = once
        .iter()
        .filter(|case| case.expect == Expect::Accepted)
        .count();
    assert!(
        refused >= 15 && accepted >= 15,
        "{refused} refused, {accepted} accepted"
    );
}

#[test]
fn a_failing_case_becomes_a_minimal_one() {
    let operation = operation(vec![
        field("name", Kind::String, &name_rules()),
        optional(field("litres", Kind::Integer, &[])),
    ]);
    let contract = contract(&operation);
    let mut too_long = |case: &Case| {
        let body = format!("{:?}", case.draft.body);
        let name = body.split('"').nth(3).unwrap_or_default();
        case.expect == Expect::Accepted && name.chars().count() > 9
    };
    let cases = generated(&operation, &contract, 3, 200);
    let failing = cases.iter().find(|case| too_long(case)).unwrap();
    let minimal = shrink(&operation, &contract, &failing.id, &mut too_long).unwrap();
    assert_eq!(minimal.id, failing.id);
    insta::assert_snapshot!(format!("{:?}", minimal.draft.body.unwrap()), @r#"Object([("name", Literal(String("aaaaaaaaaa")))])"#);
}
