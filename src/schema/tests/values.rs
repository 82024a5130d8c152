//! Values on both sides of every boundary.

use serde_json::{Value, json};

use super::*;
use crate::schema::{Mode, Validator, request};

/// One field with one constraint; the values that keep it and those that break it, which must be
/// told under the constraint's own word. The schema as others read it must say the same, but for
/// what only annotations say.
#[track_caller]
fn check(kind: Kind, constraint: Constraint, kept: &[Value], broken: &[Value]) {
    let word = constraint.word();
    let operation = operation(vec![with(field("a", kind), constraint)]);
    let subject = subject(&operation, &[]);
    let schema = request(&subject).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = Validator::request(&subject, Mode::Lenient).unwrap();
    let plain = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    for value in kept {
        assert!(
            plain.is_valid(&json!({ "a": value })),
            "others refuse {value}"
        );
        let found = validator.violations(&json!({ "a": value }));
        assert!(
            found.is_empty(),
            "{value} keeps the constraint, yet {found:?}"
        );
    }
    let ours_alone = schema.to_string().contains("x-minBytes")
        || schema.to_string().contains("x-maxBytes")
        || schema.to_string().contains("x-format");
    for value in broken {
        assert_eq!(
            plain.is_valid(&json!({ "a": value })),
            ours_alone,
            "others accept {value}"
        );
        let found = validator.violations(&json!({ "a": value }));
        let rules: Vec<_> = found
            .iter()
            .map(|one| (one.rule, one.field.to_string()))
            .collect();
        assert_eq!(
            rules,
            [(word, "a".to_owned())],
            "{value} breaks the constraint"
        );
        assert_eq!(found[0].sources, [at(20)]);
    }
}

#[test]
fn lengths_count_characters() {
    let texts = |count: usize| json!("水".repeat(count));
    let one_to_five = length(Some(1), Some(5), Unit::Characters);
    check(
        Kind::String,
        one_to_five,
        &[texts(1), texts(5)],
        &[texts(0), texts(6)],
    );
    check(
        Kind::String,
        length(None, Some(3), Unit::Characters),
        &[texts(0), texts(3)],
        &[texts(4)],
    );
    check(
        Kind::String,
        length(Some(2), None, Unit::Characters),
        &[texts(2)],
        &[texts(1)],
    );
}

#[test]
fn lengths_count_bytes() {
    let (fits, too_long) = (json!("水".repeat(85)), json!("水".repeat(85) + "a"));
    check(
        Kind::String,
        length(None, Some(255), Unit::Bytes),
        &[fits],
        &[too_long],
    );
    let at_least = length(Some(3), None, Unit::Bytes);
    check(
        Kind::String,
        at_least,
        &[json!("水"), json!("abc")],
        &[json!("ab"), json!("é")],
    );
}

#[test]
fn charsets_hold_signs_that_engines_treat_specially() {
    let signs = "-]^[\\&&~~/.\n".chars().map(CharClass::One);
    let mut classes: Vec<CharClass> = signs.collect();
    classes.extend([
        CharClass::Chinese,
        CharClass::Range('a', 'z'),
        CharClass::Range('9', '0'),
    ]);
    check(
        Kind::String,
        Constraint::Charset(classes),
        &[
            json!(""),
            json!("a-z]^[\\&&~~/.\n"),
            json!("水壶"),
            json!("〇"),
        ],
        &[
            json!("A"),
            json!("5"),
            json!(","),
            json!("カ"),
            json!("a a"),
            json!("a\n\r"),
        ],
    );
}

#[test]
fn forbidden_signs_are_refused_wherever_they_stand() {
    check(
        Kind::String,
        Constraint::ForbiddenCharacters(vec!['<', '-', '^', '&', '水', '\t']),
        &[json!(""), json!("a>b\n,c")],
        &[
            json!("<"),
            json!("a-"),
            json!("^a"),
            json!("a&b"),
            json!("x水"),
            json!("a\tb"),
        ],
    );
}

#[test]
fn patterns_are_templates_or_expressions() {
    let template = Constraint::Pattern("{kettle}.{room}".to_owned());
    check(
        Kind::String,
        template,
        &[json!("a.b"), json!("a.b.c")],
        &[json!("ab"), json!(".b")],
    );
    let expression = Constraint::Pattern("[a-c]{2}".to_owned());
    check(
        Kind::String,
        expression,
        &[json!("ab")],
        &[json!("abc"), json!("a"), json!("xx")],
    );
    let anchored = Constraint::Pattern("^k[0-9]+$".to_owned());
    check(
        Kind::String,
        anchored,
        &[json!("k1")],
        &[json!("k"), json!("ak1")],
    );
    let beginning = Constraint::Pattern("^[^.]".to_owned());
    check(
        Kind::String,
        beginning,
        &[json!("k"), json!("kettle.lid")],
        &[json!(".k")],
    );
}

#[test]
fn what_is_no_pattern_is_an_annotation() {
    for text in [
        "xxx-yyy",
        "{36}",
        "[a-",
        "(?=a)b",
        "(?:(?:a{1000}){1000}){1000}[a]",
        "{",
    ] {
        check(
            Kind::String,
            Constraint::Pattern(text.to_owned()),
            &[json!("anything")],
            &[],
        );
        let operation = operation(vec![with(
            field("a", Kind::String),
            Constraint::Pattern(text.to_owned()),
        )]);
        let schema = request(&subject(&operation, &[])).unwrap();
        assert_eq!(schema["properties"]["a"]["x-template"], text);
    }
}

#[test]
fn closed_enums_are_held_in_every_claimed_kind() {
    let values = vec![Scalar::Integer(1), Scalar::Text("off".to_owned())];
    let closed = Constraint::Enum {
        values,
        open: false,
    };
    check(
        Kind::String,
        closed.clone(),
        &[json!("1"), json!("off")],
        &[json!("2"), json!("Off")],
    );
    check(
        array(Kind::String),
        closed,
        &[json!([]), json!(["1", "off"])],
        &[json!(["1", "on"])],
    );
    let nothing = Constraint::Enum {
        values: Vec::new(),
        open: false,
    };
    check(Kind::String, nothing, &[json!("a")], &[]);
    check(
        Kind::Integer,
        Constraint::Const(Scalar::Text("4".to_owned())),
        &[json!(4)],
        &[json!(5)],
    );
}

#[test]
fn a_value_that_is_none_of_the_examples_is_open() {
    let values = vec![Scalar::Text("tea".to_owned())];
    let open = Constraint::Enum { values, open: true };
    let operation = operation(vec![with(field("a", array(Kind::String)), open)]);
    let validator = Validator::request(&subject(&operation, &[]), Mode::Lenient).unwrap();
    let body = json!({ "a": ["tea", "mate"] });
    assert!(validator.is_valid(&body));
    let found = validator.violations(&body);
    assert_eq!(found.len(), 1);
    assert!(found[0].open && found[0].rule == "enum" && found[0].pointer == "/a/1");
}

#[test]
fn formats_are_the_standard_ones_or_patterns() {
    let format = |format, kept: &[&str], broken: &[&str]| {
        let texts = |texts: &[&str]| texts.iter().map(|text| json!(text)).collect::<Vec<_>>();
        let mut broken = texts(broken);
        let strict = Constraint::Format {
            format,
            or_empty: false,
        };
        broken.push(json!("\u{1}"));
        check(Kind::String, strict.clone(), &texts(kept), &broken);
        let Constraint::Format { format, .. } = strict else {
            unreachable!()
        };
        let mut kept = texts(kept);
        kept.push(json!(""));
        broken.retain(|value| value != "");
        check(
            Kind::String,
            Constraint::Format {
                format,
                or_empty: true,
            },
            &kept,
            &broken,
        );
    };
    let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    format(
        Format::Uuid,
        &[uuid],
        &["", &uuid.replace('-', ""), &uuid[1..]],
    );
    format(Format::Ip, &["10.0.0.1", "fe80::1"], &["", "10.0.0.256"]);
    format(Format::Ipv4, &["10.0.0.1"], &["fe80::1"]);
    format(Format::Ipv6, &["fe80::1"], &["10.0.0.1"]);
    format(
        Format::Cidr,
        &["10.0.0.0/8", "::/0", "fe80::/128"],
        &["10.0.0.0/33", "10.0.0.0", "::/129"],
    );
    format(
        Format::Mac,
        &["fa:16:3e:00:aB:0c"],
        &["fa:16:3e:00:ab", "fa163e00ab0c"],
    );
    format(Format::Base64, &["", "YWI=", "YQ=="], &["YWI", "Y W="]);
    format(Format::Uri, &["https://kettles.example/a"], &["kettles"]);
    format(Format::Json, &["{}", " [1]"], &["{", "a"]);
    format(Format::Hostname, &["a", "a-1.b"], &["-a", "a_b", ""]);
    format(
        Format::Time(None),
        &[
            "2030-01-31T09:08:07Z",
            "2030-01-31T09:08:07.123+08:00",
            "2030-01-31",
        ],
        &["09:08", "2030-13-01"],
    );
    let template = |text: &str| Format::Time(Some(text.to_owned()));
    format(
        template("YYYY-MM-DDTHH:MM:SSZ"),
        &["2030-12-31T23:59:59Z"],
        &[
            "2030-12-31T23:59:59",
            "2030-31-12T23:59:59Z",
            "2030-12-31T24:00:00Z",
        ],
    );
    format(
        template("yyyy-mm-ddThh:mm:ss.ffffff"),
        &["2030-12-31T23:59:59.012345"],
        &["2030-12-31T23:59:59.01234"],
    );
    format(
        template("YYYYMMDD"),
        &["20301231"],
        &["20301331", "2030-12-31"],
    );
    format(
        template("HH:mm"),
        &["00:00", "23:59"],
        &["24:00", "23:60", "9:30", "09:30:00"],
    );
}

#[test]
fn multiples_and_what_is_left_out() {
    check(
        Kind::Integer,
        Constraint::Multiple(50),
        &[json!(0), json!(150)],
        &[json!(149), json!(-1)],
    );
    check(
        Kind::Integer,
        Constraint::Except(vec![Scalar::Integer(13), Scalar::Integer(26)]),
        &[json!(12), json!(27)],
        &[json!(13), json!(26)],
    );
}

#[test]
fn ranges_include_their_bounds() {
    let range = |min: Option<i64>, max: Option<i64>| Constraint::Range {
        min: min.map(Decimal::from),
        max: max.map(Decimal::from),
    };
    check(
        Kind::Integer,
        range(Some(-1), Some(9)),
        &[json!(-1), json!(9)],
        &[json!(-2), json!(10)],
    );
    check(
        Kind::Number,
        range(None, Some(9)),
        &[json!(8.5), json!(9)],
        &[json!(9.01)],
    );
    check(
        array(Kind::Integer),
        range(Some(1), None),
        &[json!([1, 2])],
        &[json!([2, 0])],
    );
}

#[test]
fn counts_are_those_of_the_whole() {
    let count = |min, max| Constraint::ItemCount { min, max };
    let two = count(Some(1), Some(2));
    check(
        array(Kind::Integer),
        two,
        &[json!([1]), json!([1, 2])],
        &[json!([]), json!([1, 2, 3])],
    );
    check(
        map(Kind::Integer),
        count(None, Some(1)),
        &[json!({ "a": 1 })],
        &[json!({ "a": 1, "b": 2 })],
    );
    check(
        array(Kind::Integer),
        Constraint::Unique,
        &[json!([1, 2])],
        &[json!([1, 1])],
    );
    check(
        Kind::String,
        Constraint::NotEmpty,
        &[json!("a")],
        &[json!("")],
    );
    check(
        array(Kind::String),
        Constraint::NotEmpty,
        &[json!([""])],
        &[json!([])],
    );
    check(
        Kind::Object,
        Constraint::NotEmpty,
        &[json!({ "b": 1 })],
        &[json!({})],
    );
}

#[test]
fn behaviour_is_annotated_and_never_enforced() {
    let names = vec!["b".to_owned()];
    for (constraint, keyword) in [
        (
            Constraint::RequiredIf("b is set".to_owned()),
            "x-requiredIf",
        ),
        (Constraint::ExclusiveWith(names.clone()), "x-exclusiveWith"),
        (Constraint::Precedence(names.clone()), "x-precedence"),
        (
            Constraint::Relative {
                how: Relation::AtLeast,
                to: "b".to_owned(),
            },
            "x-relative",
        ),
        (
            Constraint::Within {
                scope: Scope::Case("b is set".to_owned()),
                holds: Box::new(Constraint::NotEmpty),
            },
            "x-within",
        ),
        (Constraint::Default(Scalar::Integer(3)), "default"),
        (
            Constraint::Quota {
                of: "cups".to_owned(),
                max: Some(4),
            },
            "x-quota",
        ),
        (Constraint::Idempotent, "x-idempotent"),
        (Constraint::RateLimit { per_minute: 9 }, "x-perMinute"),
        (
            Constraint::Microversion {
                min: Some(Version::new(2, 3)),
                max: None,
            },
            "x-minVersion",
        ),
        (Constraint::AsyncJob, "x-async"),
        (Constraint::Other("litres".to_owned()), "x-note"),
        (Constraint::Unique, "x-unique"),
        (
            Constraint::StatePrecondition {
                subject: "kettle".to_owned(),
                rule: StatesRule::NoneOf,
                states: names,
            },
            "x-states",
        ),
    ] {
        check(
            Kind::String,
            constraint.clone(),
            &[json!("anything"), json!("")],
            &[],
        );
        let operation = operation(vec![with(field("a", Kind::String), constraint)]);
        let schema = request(&subject(&operation, &[])).unwrap();
        let property = &schema["properties"]["a"];
        assert!(
            property.get(keyword).is_some(),
            "{keyword} is in {property}"
        );
        assert_eq!(property["x-sources"][keyword], "kettles-2030-en, line 20");
    }
}
