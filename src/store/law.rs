//! The law of this module: reading what was written gives the same Contract.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{read, write};
use crate::contract::*;
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

/// A small contract about lamps.
pub(super) fn sample() -> Contract {
    let document = DocumentId::new("lighthouse-2031-en");
    let at = |line| Provenance::line(&document, line);
    let name = Field {
        name: "colour".to_owned(),
        printed: None,
        kind: Kind::String,
        other_kinds: Vec::new(),
        presence: Presence::Required,
        evidence: Evidence::default(),
        nullable: None,
        statements: vec![Statement {
            constraint: Constraint::Length {
                min: Some(1),
                max: Some(9),
                unit: Unit::Characters,
            },
            at: at(41),
            rule: "en.length-range".to_owned(),
        }],
        children: Vec::new(),
        at: Provenance {
            table: Some(Arc::from("Table 2")),
            row: Some(1),
            ..at(40)
        },
    };
    let path = PathTemplate::parse("/v1/{keeper_id}/lamps/{lamp_id}");
    let operation = Operation {
        id: OperationId::of(Method::Put, &path, None),
        method: Method::Put,
        path,
        selector: None,
        parameters: Vec::new(),
        request: Some(Body {
            fields: vec![name],
            examples: 1,
            at: at(39),
        }),
        response: None,
        success: vec![(204, at(60))],
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(30),
    };
    Contract {
        edition: Edition {
            id: document.clone(),
            language: Some("en".to_owned()),
            date: Some("2031-05-01".to_owned()),
            title: None,
            api: None,
        },
        operations: vec![operation],
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

#[test]
fn a_contract_is_written_readably() {
    let files = write(&[sample()]);
    let (path, text) = &files[1];
    insta::assert_snapshot!(format!("{path}\n{text}"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_gives_back_what_was_written(contracts in vec(contract(), 1..3)) {
        prop_assert_eq!(read(&write(&contracts)).unwrap(), contracts);
    }
}

/// Names with every sign of the notations in them.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z_:.-]{1,8}",
        1 => r#"[a-c\\\[\]{}/~%:. "_灯\n-]{0,6}"#,
    ]
}

fn document() -> impl Strategy<Value = DocumentId> {
    name().prop_map(|name| DocumentId::new(&name))
}

fn provenance() -> impl Strategy<Value = Provenance> {
    (
        document(),
        option::of(name()),
        any::<u32>(),
        option::of(name()),
        option::of(any::<u32>()),
    )
        .prop_map(|(document, page, line, table, row)| Provenance {
            document,
            page: page.map(|page| Arc::from(page.as_str())),
            line,
            table: table.map(|table| Arc::from(table.as_str())),
            row,
        })
}

fn kind() -> impl Strategy<Value = Kind> {
    let leaf = proptest::sample::select(vec![
        Kind::String,
        Kind::Integer,
        Kind::Number,
        Kind::Boolean,
        Kind::Object,
        Kind::Unknown,
    ]);
    leaf.prop_recursive(3, 4, 1, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| Kind::Array(Box::new(of))),
            (name(), inner).prop_map(|(key, value)| Kind::Map {
                key,
                value: Box::new(value)
            }),
        ]
    })
}

fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        Just(Scalar::Null),
        any::<bool>().prop_map(Scalar::Bool),
        any::<i64>().prop_map(Scalar::Integer),
        "[0-9]{1,3}\\.[0-9]{1,3}".prop_map(Scalar::Decimal),
        name().prop_map(Scalar::Text),
    ]
}

fn format() -> impl Strategy<Value = Format> {
    prop_oneof![
        proptest::sample::select(vec![
            Format::Uuid,
            Format::Ip,
            Format::Ipv4,
            Format::Ipv6,
            Format::Cidr,
            Format::Mac,
            Format::Base64,
            Format::Uri,
            Format::Json,
            Format::Hostname,
        ]),
        option::of(name()).prop_map(Format::Time),
        name().prop_map(Format::Standard),
    ]
}

fn class() -> impl Strategy<Value = CharClass> {
    prop_oneof![
        Just(CharClass::Chinese),
        (any::<char>(), any::<char>()).prop_map(|(first, last)| CharClass::Range(first, last)),
        any::<char>().prop_map(CharClass::One),
    ]
}

fn bounds() -> impl Strategy<Value = (Option<u64>, Option<u64>)> {
    (option::of(any::<u64>()), option::of(any::<u64>()))
}

fn names() -> impl Strategy<Value = Vec<String>> {
    vec(name(), 0..3)
}

fn limit() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        any::<i64>().prop_map(Decimal::from),
        "-?[0-9]{1,6}\\.[0-9]{1,4}".prop_filter_map("no number", |text| Decimal::parse(&text)),
    ]
}

fn constraint() -> BoxedStrategy<Constraint> {
    let texts = prop_oneof![
        (bounds(), any::<bool>()).prop_map(|((min, max), bytes)| {
            let unit = if bytes { Unit::Bytes } else { Unit::Characters };
            Constraint::Length { min, max, unit }
        }),
        vec(class(), 0..4).prop_map(Constraint::Charset),
        (any::<u32>(), vec(vec(class(), 0..3), 0..4))
            .prop_map(|(least, kinds)| Constraint::Mixture { least, kinds }),
        vec(any::<char>(), 0..4).prop_map(Constraint::ForbiddenCharacters),
        name().prop_map(Constraint::Pattern),
        (vec(scalar(), 0..4), any::<bool>())
            .prop_map(|(values, open)| Constraint::Enum { values, open }),
        scalar().prop_map(Constraint::Const),
        (format(), any::<bool>())
            .prop_map(|(format, or_empty)| Constraint::Format { format, or_empty }),
        (option::of(limit()), option::of(limit()))
            .prop_map(|(min, max)| Constraint::Range { min, max }),
        any::<i64>().prop_map(Constraint::Multiple),
        vec(scalar(), 0..4).prop_map(Constraint::Except),
        bounds().prop_map(|(min, max)| Constraint::ItemCount { min, max }),
    ];
    let words = prop_oneof![
        proptest::sample::select(vec![
            Constraint::Unique,
            Constraint::NotEmpty,
            Constraint::Idempotent,
            Constraint::Nullable,
            Constraint::AsyncJob,
        ]),
        name().prop_map(Constraint::RequiredIf),
        names().prop_map(Constraint::ExclusiveWith),
        names().prop_map(Constraint::Precedence),
        (relation(), name()).prop_map(|(how, to)| Constraint::Relative { how, to }),
        scalar().prop_map(Constraint::Default),
        (name(), any::<bool>(), names()).prop_map(|(subject, one, states)| {
            let rule = if one {
                StatesRule::OneOf
            } else {
                StatesRule::NoneOf
            };
            Constraint::StatePrecondition {
                subject,
                rule,
                states,
            }
        }),
        (name(), option::of(any::<u64>())).prop_map(|(of, max)| Constraint::Quota { of, max }),
        any::<u32>().prop_map(|per_minute| Constraint::RateLimit { per_minute }),
        (option::of(version()), option::of(version()))
            .prop_map(|(min, max)| Constraint::Microversion { min, max }),
        name().prop_map(Constraint::Other),
    ];
    let plain = prop_oneof![texts, words].boxed();
    let scope = prop_oneof![
        name().prop_map(Scope::Case),
        name().prop_map(Scope::Part),
        name().prop_map(Scope::Form),
    ];
    let within = (scope, plain.clone()).prop_map(|(scope, holds)| Constraint::Within {
        scope,
        holds: Box::new(holds),
    });
    prop_oneof![9 => plain, 1 => within].boxed()
}

fn relation() -> impl Strategy<Value = Relation> {
    proptest::sample::select(vec![
        Relation::AtLeast,
        Relation::AtMost,
        Relation::Below,
        Relation::Above,
        Relation::Unlike,
        Relation::DefaultsTo,
    ])
}

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let statement =
        (constraint(), provenance(), name()).prop_map(|(constraint, at, rule)| Statement {
            constraint,
            at,
            rule,
        });
    vec(statement, 0..3)
}

fn field() -> BoxedStrategy<Field> {
    let claim = (kind(), provenance()).prop_map(|(claim, at)| Claim { claim, at });
    let presence = proptest::sample::select(vec![
        Presence::Required,
        Presence::Optional,
        Presence::Unstated,
    ]);
    let evidence = (
        any::<u32>(),
        any::<u32>(),
        any::<bool>(),
        vec(scalar(), 0..2),
    )
        .prop_map(|(places, shown, conditional, values)| Evidence {
            places,
            shown,
            conditional,
            values,
        });
    let leaf = (
        (name(), option::of(name())),
        (kind(), vec(claim, 0..2), presence, evidence),
        (option::of(provenance()), statements(), provenance()),
    )
        .prop_map(
            |((name, printed), (kind, other_kinds, presence, evidence), rest)| Field {
                name,
                printed,
                kind,
                other_kinds,
                presence,
                evidence,
                nullable: rest.0,
                statements: rest.1,
                children: Vec::new(),
                at: rest.2,
            },
        );
    let leaf = leaf.boxed();
    let parent = leaf.clone();
    leaf.prop_recursive(2, 6, 2, move |inner| {
        (parent.clone(), vec(inner, 0..3)).prop_map(|(field, children)| Field { children, ..field })
    })
    .boxed()
}

fn path() -> impl Strategy<Value = FieldPath> {
    let step = prop_oneof![
        name().prop_map(Step::Name),
        Just(Step::Items),
        name().prop_map(Step::Key),
    ];
    vec(step, 0..4).prop_map(FieldPath)
}

fn operation() -> BoxedStrategy<Operation> {
    let method = proptest::sample::select(vec![
        Method::Get,
        Method::Head,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Options,
    ]);
    let segment = prop_oneof![
        name().prop_map(Segment::Literal),
        name().prop_map(Segment::Parameter)
    ];
    let selector = prop_oneof![
        name().prop_map(Selector::Key),
        (name(), name()).prop_map(|(key, value)| Selector::Value { key, value }),
    ];
    let place = proptest::sample::select(vec![Place::Path, Place::Query, Place::Header]);
    let parameter = (place, field()).prop_map(|(place, field)| Parameter { place, field });
    let body = || {
        let body = (vec(field(), 0..3), any::<u32>(), provenance());
        option::of(body.prop_map(|(fields, examples, at)| Body {
            fields,
            examples,
            at,
        }))
    };
    let route = (name(), method, vec(segment, 0..4), option::of(selector));
    let permission = (name(), names(), provenance()).prop_map(|(action, needs, at)| Permission {
        action,
        needs,
        at,
    });
    let rest = (
        vec((any::<u16>(), provenance()), 0..2),
        statements(),
        option::of(provenance()),
        provenance(),
        vec(permission, 0..2),
    );
    (route, vec(parameter, 0..2), body(), body(), rest)
        .prop_map(
            |((id, method, path, selector), parameters, request, response, rest)| Operation {
                id: OperationId::new(id),
                method,
                path: PathTemplate(path),
                selector,
                parameters,
                request,
                response,
                success: rest.0,
                statements: rest.1,
                permissions: rest.4,
                deprecated: rest.2,
                at: rest.3,
            },
        )
        .boxed()
}

fn dispute() -> impl Strategy<Value = Dispute> {
    let fact = proptest::sample::select(vec![
        Fact::Kind,
        Fact::Name,
        Fact::Presence,
        Fact::Value,
        Fact::Structure,
        Fact::Constraint,
        Fact::Reference,
        Fact::ExampleCorrupt,
        Fact::Operation,
    ]);
    let claim = (name(), provenance()).prop_map(|(claim, at)| Claim { claim, at });
    (
        option::of(name()),
        option::of(path()),
        fact,
        vec(claim, 0..3),
    )
        .prop_map(|(operation, field, fact, claims)| Dispute {
            operation: operation.map(OperationId::new),
            field,
            fact,
            claims,
        })
}

fn jobs() -> impl Strategy<Value = JobProtocol> {
    let states = (names(), names(), names());
    (
        name(),
        name(),
        path(),
        states,
        vec(path(), 0..2),
        provenance(),
    )
        .prop_map(
            |(operation, id, state, (running, succeeded, failed), reasons, at)| JobProtocol {
                operation: OperationId::new(operation),
                id,
                state,
                running,
                succeeded,
                failed,
                reasons,
                at,
            },
        )
}

fn version() -> impl Strategy<Value = Version> {
    any::<(u16, u16)>().prop_map(|(major, minor)| Version::new(major, minor))
}

fn versions() -> impl Strategy<Value = VersionProtocol> {
    let header =
        (name(), option::of(name())).prop_map(|(name, service)| VersionHeader { name, service });
    (vec(header, 0..3), option::of(version()), provenance()).prop_map(|(headers, default, at)| {
        VersionProtocol {
            headers,
            default,
            at,
        }
    })
}

fn states() -> impl Strategy<Value = StateTable> {
    let values = vec(vec(scalar(), 0..3), 0..3);
    let row =
        (values, name(), provenance()).prop_map(|(of, gives, at)| Combination { of, gives, at });
    (name(), names(), vec(row, 0..3), provenance()).prop_map(|(field, from, rows, at)| StateTable {
        field,
        from,
        rows,
        at,
    })
}

fn ruled() -> impl Strategy<Value = Ruled> {
    let side = prop_oneof![Just(Direction::Request), Just(Direction::Response)];
    let fact = (name(), option::of(side), option::of(path()), name());
    let told = (name(), names(), vec(dispute(), 0..2));
    (fact, told, (name(), name(), name()), provenance()).prop_map(
        |(
            (operation, direction, field, fact),
            (value, before, settled),
            (reason, who, when),
            at,
        )| Ruled {
            operation: OperationId::new(operation),
            direction,
            field,
            fact,
            value,
            before,
            settled,
            reason,
            who,
            when,
            at,
        },
    )
}

fn contract() -> BoxedStrategy<Contract> {
    let words = || option::of(name());
    let edition = (document(), words(), words(), words(), words()).prop_map(
        |(id, language, date, title, api)| Edition {
            id,
            language,
            date,
            title,
            api,
        },
    );
    let status = (any::<u16>(), provenance()).prop_map(|(code, at)| StatusCode { code, at });
    let code = (name(), option::of(any::<u16>()), provenance())
        .prop_map(|(code, status, at)| ErrorCode { code, status, at });
    let envelope = (path(), path(), provenance()).prop_map(|(code, message, at)| Envelope {
        code,
        message,
        at,
    });
    (
        edition,
        vec(operation(), 0..3),
        (vec(status, 0..2), vec(code, 0..2), vec(envelope, 0..2)),
        (
            option::of(jobs()),
            option::of(versions()),
            vec(states(), 0..2),
        ),
        (vec(dispute(), 0..3), vec(ruled(), 0..2)),
    )
        .prop_map(
            |(
                edition,
                operations,
                (statuses, error_codes, envelopes),
                (jobs, versions, states),
                (disputes, rulings),
            )| Contract {
                edition,
                operations,
                statuses,
                error_codes,
                envelopes,
                jobs,
                versions,
                states,
                disputes,
                rulings,
            },
        )
        .boxed()
}
