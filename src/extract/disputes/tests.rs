//! One door: operations of a document in, its disputes with itself or another out.

use insta::assert_snapshot;

use super::{between, within};
use crate::contract::{
    Constraint, Contract, Edition, ErrorCode, Operation, Scalar, Scope, Statement, StatesRule, Unit,
};
use crate::extract::made::{route, show_dispute};
use crate::extract::references::Reference;
use crate::source::{DocumentId, Provenance};

fn contract(document: &str, operations: Vec<Operation>) -> Contract {
    Contract {
        edition: Edition {
            id: DocumentId::new(document),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        operations,
        statuses: Vec::new(),
        error_codes: Vec::new(),
        envelopes: Vec::new(),
        states: Vec::new(),
        jobs: None,
        versions: None,
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}

fn shown(contract: &Contract) -> String {
    contract.disputes.iter().map(show_dispute).collect()
}

fn check(operations: Vec<Operation>) -> String {
    let mut contract = contract("tower", operations);
    within(&mut contract, &[], &[]);
    shown(&contract)
}

fn answer(path: &str, line: u32, fields: &str) -> Operation {
    route(path, "tower", line, None, Some(fields))
}

fn request(path: &str, line: u32, fields: &str) -> Operation {
    route(path, "tower", line, Some(fields), None)
}

#[test]
fn tables_of_one_structure_agree_on_kinds_and_limits() {
    assert_snapshot!(check(vec![
        answer("GET /v1/lamps/{lamp_id}", 10, "lamp: Object\n  watts: Integer\n  lit: String"),
        answer("GET /v1/lamps", 20, "lamps: List of Object\n  watts: String\n  lit: String"),
    ]), @"lamp.watts kind: lamps.show: Integer @11 / lamps.list: String @21");
    assert_snapshot!(check(vec![
        request("POST /v1/lamps", 10, "lamp: Object\n  name: String with max4"),
        request("PUT /v1/lamps/{lamp_id}", 20, "lamp: Object\n  name: String with max9"),
        request("PUT /v2/lamps/{lamp_id}", 30, "lamp: Object\n  name: String"),
    ]), @"lamp.name constraint: lamps.create: at most 4 characters @11 / lamps.update: at most 9 characters @21");
    assert_snapshot!(check(vec![
        answer("GET /v1/lamps/{lamp_id}", 10, "lamp: Object\n  state: String with on|off"),
        answer("PUT /v1/lamps/{lamp_id}", 20, "lamp: Object\n  state: String with on|off|dim"),
    ]), @"lamp.state value: lamps.show: one of on, off @11 / lamps.update: one of on, off, dim @21");
}

#[test]
fn what_one_table_leaves_out_is_no_dispute() {
    assert_snapshot!(check(vec![
        answer("GET /v1/lamps/{lamp_id}", 10, "lamp: Object\n  id: unknown\n  name: String with max4\n  by: Map"),
        answer("GET /v1/lamps", 20, "lamps: List of Object\n  id: String\n  name: String\n  by: Object"),
        // Another resource, and another direction.
        answer("GET /v1/moors", 30, "moor: Object\n  name: Integer"),
        request("POST /v1/lamps", 40, "lamp: Object\n  name: Integer"),
        // A root says too little to be compared.
        answer("GET /v1/tides", 50, "id: Integer"),
        answer("GET /v1/winds", 60, "id: String"),
    ]), @"");
}

#[test]
fn the_same_resource_holds_the_same_fields() {
    assert_snapshot!(check(vec![
        answer("GET /v1/lamps/{lamp_id}", 10, "lamp: Object\n  bulb: Object\n    id: String\n    watts: Integer"),
        answer("PUT /v1/lamps/{id}", 20, "lamp: Object\n  bulb: Object\n    id: String"),
        answer("GET /v2/lamps/{lamp_id}", 30, "lamp: Object\n  bulb: Object\n    name: String"),
    ]), @"lamp.bulb structure: lamps.show: holds watts @12 / lamps.update: holds nothing more @22");
}

#[test]
fn kinds_of_other_tables_are_accepted_too() {
    let mut contract = contract(
        "tower",
        vec![
            answer("GET /v1/lamps/{lamp_id}", 10, "lamp: Object\n  lit: String"),
            answer(
                "PUT /v1/lamps/{lamp_id}",
                20,
                "lamp: Object\n  lit: Boolean",
            ),
        ],
    );
    within(&mut contract, &[], &[]);
    for (operation, expected) in contract
        .operations
        .iter()
        .zip(["Boolean @21", "String @11"])
    {
        let fields = operation.response_fields();
        let claims: Vec<String> = fields[1]
            .1
            .other_kinds
            .iter()
            .map(|claim| format!("{} @{}", claim.claim, claim.at.line))
            .collect();
        assert_eq!(claims, [expected]);
    }
}

#[test]
fn references_that_lead_astray_are_listed() {
    let reference = |to: Option<&str>, problem: Option<&str>| Reference {
        line: 7,
        field: None,
        to: to.map(str::to_owned),
        resolved: None,
        leads_to: to.map(|_| 9),
        problem: problem.map(str::to_owned),
        leaves: false,
    };
    let mut contract = contract("tower", Vec::new());
    let all = [
        reference(Some("Table 9"), Some("no such table")),
        reference(Some("Table 2"), None),
        reference(None, Some("found by its caption")),
    ];
    within(&mut contract, &all, &[]);
    assert_snapshot!(shown(&contract), @"- reference: refers to Table 9 @7 / no such table @9");
}

#[test]
fn a_code_is_listed_once_and_with_one_status() {
    let at = |line, table: &str| Provenance {
        table: Some(table.into()),
        ..Provenance::line(&DocumentId::new("tower"), line)
    };
    let mut contract = contract("tower", Vec::new());
    for (code, status, at) in [
        ("T.1", 400, at(1, "1")),
        ("T.2", 400, at(2, "1")),
        ("T.1", 400, at(3, "1")),
        ("T.2", 404, at(4, "2")),
        ("T.2", 400, at(5, "2")),
    ] {
        contract.error_codes.push(ErrorCode {
            code: code.to_owned(),
            status: Some(status),
            at,
        });
    }
    within(&mut contract, &[], &[]);
    assert_snapshot!(shown(&contract), @r"
    - value: T.1 with 400 @1 / T.1 with 400 @3
    - value: T.2 with 400 @2 / T.2 with 404 @4
    ");
}

#[test]
fn a_state_that_is_demanded_exists() {
    let mut show = answer(
        "GET /v1/lamps/{lamp_id}",
        10,
        "lamp: Object\n  EXT:state: String with on|off",
    );
    for (subject, state) in [
        ("EXT:state", "ON"),
        ("EXT:state", "off"),
        ("tide.state", "high"),
    ] {
        show.statements.push(Statement {
            constraint: Constraint::StatePrecondition {
                subject: subject.to_owned(),
                rule: StatesRule::OneOf,
                states: vec![state.to_owned()],
            },
            at: Provenance::line(&DocumentId::new("tower"), 30),
            rule: "test".to_owned(),
        });
    }
    assert_snapshot!(check(vec![show]), @"- value: EXT:state in state ON @30 / one of on, off @11");
}

fn check_editions(old: &str, new: &str) -> String {
    let path = "GET /v1/lamps/{lamp_id}";
    let one = contract(
        "tower-1",
        vec![route(path, "tower-1", 10, Some(old), Some("id: String"))],
    );
    let two = contract(
        "tower-2",
        vec![
            route(
                "GET /v1/lamps/{id}",
                "tower-2",
                20,
                Some(new),
                Some("id: String"),
            ),
            route("GET /v1/tides", "tower-2", 90, None, None),
        ],
    );
    between(&one, &two).iter().map(show_dispute).collect()
}

#[test]
fn editions_are_compared_fact_by_fact() {
    assert_snapshot!(check_editions(
        "lamp: Object!\n  watts: Integer\n  name: String with max4\n  bulb: Object\n    id: String",
        "lamp: Object\n  watts: String\n  name: String with max9\n  oil: Boolean",
    ), @r"
    lamp_id name: id @20 / lamp_id @10
    lamp.watts kind: Integer @11 / String @21
    lamp.name constraint: at most 4 characters @12 / at most 9 characters @22
    lamp.bulb presence: documented @13 / not documented @20
    lamp.oil presence: documented @23 / not documented @10
    ");
    let same = "lamp: Object\n  watts: Integer";
    assert_snapshot!(check_editions(same, same), @"lamp_id name: id @20 / lamp_id @10");
}

#[test]
fn defaults_differ_between_editions_only() {
    let by_default = |document, line, value: i64| {
        let mut operation = route(
            "PUT /v1/lamps/{id}",
            document,
            line,
            Some("lamp: Object\n  watts: Integer"),
            None,
        );
        let body = operation.request.as_mut().unwrap();
        body.fields[0].children[0].statements.push(Statement {
            constraint: Constraint::Default(Scalar::Integer(value)),
            at: Provenance::line(&DocumentId::new(document), line + 1),
            rule: "test".to_owned(),
        });
        operation
    };
    let (one, two) = (by_default("tower-1", 10, 40), by_default("tower-2", 20, 60));
    let disputes = between(
        &contract("tower-1", vec![one]),
        &contract("tower-2", vec![two]),
    );
    let shown: String = disputes.iter().map(show_dispute).collect();
    assert_snapshot!(shown, @"lamp.watts constraint: 40 by default @11 / 60 by default @21");
}

#[test]
fn rates_and_parts_of_values_are_compared_between_editions() {
    let edition = |document, line, per_minute, max| {
        let mut operation = route(
            "PUT /v1/lamps",
            document,
            line,
            Some("lamp: Object\n  wicks: Object"),
            None,
        );
        let statement = |constraint, line| Statement {
            constraint,
            at: Provenance::line(&DocumentId::new(document), line),
            rule: "test".to_owned(),
        };
        operation
            .statements
            .push(statement(Constraint::RateLimit { per_minute }, line + 5));
        let length = Constraint::Length {
            min: None,
            max: Some(max),
            unit: Unit::Bytes,
        };
        let of_key = Constraint::Within {
            scope: Scope::Part("key".to_owned()),
            holds: Box::new(length),
        };
        let body = operation.request.as_mut().unwrap();
        body.fields[0].children[0]
            .statements
            .push(statement(of_key, line + 1));
        operation
    };
    let (one, two) = (edition("tower-1", 10, 40, 9), edition("tower-2", 20, 60, 7));
    let disputes = between(
        &contract("tower-1", vec![one]),
        &contract("tower-2", vec![two]),
    );
    let shown: String = disputes.iter().map(show_dispute).collect();
    assert_snapshot!(shown, @r"
    lamp.wicks constraint: at most 9 bytes (its key) @11 / at most 7 bytes (its key) @21
    - constraint: 40 a minute @15 / 60 a minute @25
    ");
}

#[test]
fn different_apis_do_not_dispute_each_other() {
    let of_api = |document: &str, api: Option<&str>, kind: &str| {
        let fields = format!("lamp: {kind}");
        let mut contract = contract(document, vec![answer("GET /v1/lamps", 10, &fields)]);
        contract.edition.api = api.map(str::to_owned);
        contract
    };
    let lamps = of_api("north", Some("lamps"), "String");
    for (api, expected) in [(Some("ships"), 0), (Some("lamps"), 1), (None, 1)] {
        let other = of_api("south", api, "Integer");
        assert_eq!(between(&lamps, &other).len(), expected, "{api:?}");
    }
}
