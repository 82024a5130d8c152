//! The documented coast itself.

use crate::contract::{
    Body, Constraint, Contract, Edition, Envelope, ErrorCode, Evidence, Field, FieldPath, Format,
    JobProtocol, Kind, Operation, OperationId, Parameter, PathTemplate, Place, Presence, Scalar,
    Scope, Statement, StatesRule, StatusCode, Step, UNSEEN, Unit, refused_if_short,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

pub(super) fn at() -> Provenance {
    Provenance::line(&DocumentId::new("lights"), 1)
}

pub(super) fn almanac() -> Provenance {
    Provenance::line(&DocumentId::new("almanac"), 99)
}

pub(super) fn path(printed: &str) -> FieldPath {
    FieldPath(
        printed
            .split('.')
            .map(|name| Step::Name(name.to_owned()))
            .collect(),
    )
}

fn field(name: &str, kind: Kind, constraint: Option<Constraint>) -> Field {
    let statement = constraint.map(|constraint| Statement {
        constraint,
        at: at(),
        rule: "test".to_owned(),
    });
    Field {
        name: name.to_owned(),
        printed: None,
        kind,
        other_kinds: Vec::new(),
        presence: Presence::Unstated,
        evidence: Evidence {
            places: 1,
            shown: 1,
            conditional: false,
            values: Vec::new(),
        },
        nullable: None,
        statements: statement.into_iter().collect(),
        children: Vec::new(),
        at: at(),
    }
}

fn object(name: &str, children: Vec<Field>) -> Field {
    Field {
        children,
        ..field(name, Kind::Object, None)
    }
}

fn required(field: Field) -> Field {
    Field {
        presence: Presence::Required,
        ..field
    }
}

fn body(fields: Vec<Field>) -> Option<Body> {
    Some(Body {
        fields,
        examples: 1,
        at: at(),
    })
}

fn lamps(open: bool, values: &[&str]) -> Option<Constraint> {
    let values = values
        .iter()
        .map(|value| Scalar::Text((*value).to_owned()))
        .collect();
    Some(Constraint::Enum { values, open })
}

fn name() -> Field {
    let length = Constraint::Length {
        min: Some(1),
        max: Some(8),
        unit: Unit::Characters,
    };
    required(field("name", Kind::String, Some(length)))
}

fn shown_light() -> Field {
    let time = Format::Time(Some("YYYY-MM-DDTHH:MM:SSZ".to_owned()));
    let unsure = Evidence {
        places: 0,
        shown: 0,
        conditional: false,
        values: Vec::new(),
    };
    let children = vec![
        name(),
        Field {
            evidence: unsure,
            ..field("height", Kind::Integer, None)
        },
        field("lamp", Kind::String, lamps(false, &["on", "off"])),
        field(
            "built",
            Kind::String,
            Some(Constraint::Format {
                format: time,
                or_empty: false,
            }),
        ),
        Field {
            nullable: Some(at()),
            ..field("keeper", Kind::String, None)
        },
        Field {
            presence: Presence::Optional,
            ..field("colour", Kind::String, lamps(true, &["white", "red"]))
        },
    ];
    object("light", children)
}

fn operation(method: Method, template: &str, success: u16) -> Operation {
    let path = PathTemplate::parse(template);
    let parameters = path.parameters().map(|name| Parameter {
        place: Place::Path,
        field: required(field(name, Kind::String, None)),
    });
    Operation {
        id: OperationId::of(method, &path, None),
        method,
        parameters: parameters.collect(),
        path,
        selector: None,
        request: None,
        response: None,
        success: vec![(success, at())],
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(),
    }
}

/// The contract of the coast: lights are shown, named, fitted with lamps; jobs are shown.
pub(crate) fn coast() -> Contract {
    let one = "/v1/{harbour_id}/lighthouses/{light_id}";
    let state = || field("status", Kind::String, None);
    let said = |constraint| Statement {
        constraint,
        at: at(),
        rule: "test".to_owned(),
    };
    let quota = Constraint::Quota {
        of: "lamps per light".to_owned(),
        max: Some(6),
    };
    let uuid = Constraint::Format {
        format: Format::Uuid,
        or_empty: false,
    };
    let unseen = Constraint::Within {
        scope: Scope::Case(UNSEEN.to_owned()),
        holds: Box::new(Constraint::StatePrecondition {
            subject: "lamp.status".to_owned(),
            rule: StatesRule::NoneOf,
            states: vec!["without oil".to_owned()],
        }),
    };
    let show = Operation {
        response: body(vec![shown_light()]),
        ..operation(Method::Get, one, 200)
    };
    let update = Operation {
        request: body(vec![required(object("light", vec![name()]))]),
        response: body(vec![object("light", vec![name()])]),
        statements: vec![said(refused_if_short("LH.0003"))],
        ..operation(Method::Put, one, 200)
    };
    let lamp = required(field("lampId", Kind::String, Some(uuid)));
    let fit = Operation {
        request: body(vec![required(object("lamp", vec![lamp]))]),
        response: body(vec![field("job_id", Kind::String, None)]),
        statements: vec![said(Constraint::AsyncJob), said(quota), said(unseen)],
        ..operation(
            Method::Post,
            "/v1/{harbour_id}/lighthouses/{light_id}/lamps",
            202,
        )
    };
    let job = Operation {
        response: body(vec![
            field("job_id", Kind::String, None),
            state(),
            field("fail_reason", Kind::String, None),
        ]),
        ..operation(Method::Get, "/v1/{harbour_id}/jobs/{job_id}", 200)
    };
    Contract {
        edition: Edition {
            id: DocumentId::new("lights"),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        jobs: Some(jobs(&job)),
        versions: None,
        operations: vec![show, update, fit, job],
        statuses: [400, 401, 404, 409, 500]
            .map(|code| StatusCode { code, at: at() })
            .to_vec(),
        error_codes: [("LH.0001", None), ("LH.0002", Some(404))]
            .map(|(code, status)| ErrorCode {
                code: code.to_owned(),
                status,
                at: at(),
            })
            .to_vec(),
        states: Vec::new(),
        envelopes: vec![Envelope {
            code: path("error.code"),
            message: path("error.message"),
            at: at(),
        }],
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}

fn jobs(operation: &Operation) -> JobProtocol {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    JobProtocol {
        operation: operation.id.clone(),
        id: "job_id".to_owned(),
        state: path("status"),
        running: names(&["INIT", "RUNNING"]),
        succeeded: names(&["SUCCESS"]),
        failed: names(&["FAIL"]),
        reasons: vec![path("fail_reason")],
        at: at(),
    }
}
