//! One door: fields, an example and its side in; evidence and disputes out.

use insta::assert_snapshot;

use super::{near, weigh};
use crate::contract::{Direction, Dispute, Evidence, Operation};
use crate::extract::Shown;
use crate::extract::examples;
use crate::extract::made::{operation, show_dispute};
use crate::wire::Method;

/// Weighs examples of the answer, the first of which starts on line 101, the next on 201.
fn weighed(response: &str, shown: &[&str]) -> (Operation, Vec<Dispute>) {
    let mut operation = operation(response);
    let examples: Vec<Shown> = (1..)
        .zip(shown)
        .map(|(number, code)| Shown {
            direction: Direction::Response,
            example: examples::read(code, number * 100 + 1),
        })
        .collect();
    let mut disputes = Vec::new();
    weigh(&mut operation, &examples, &mut disputes);
    (operation, disputes)
}

fn check(response: &str, shown: &[&str]) -> String {
    weighed(response, shown)
        .1
        .iter()
        .map(show_dispute)
        .collect()
}

/// What the examples say of each field: how often it was shown, of how many times it could.
fn check_evidence(response: &str, shown: &[&str]) -> String {
    let (operation, _) = weighed(response, shown);
    let fields = operation.response_fields();
    let lines = fields.iter().map(|(path, field)| {
        let null = if field.nullable.is_some() {
            " nullable"
        } else {
            ""
        };
        let kinds: Vec<String> = field
            .kinds()
            .skip(1)
            .map(|kind| format!(" or {kind}"))
            .collect();
        let Evidence { places, shown, .. } = field.evidence;
        format!("{path} {shown}/{places}{null}{}\n", kinds.concat())
    });
    lines.collect()
}

#[test]
fn counts_where_a_field_could_stand_and_where_it_does() {
    let table =
        "lamps: List of Object\n  id: String\n  watts: Integer\n  note: String\ntotal: Integer";
    let shown = [
        "{\"lamps\": [{\"id\": \"a\", \"watts\": 1}, {\"id\": \"b\", \"note\": null}]}",
        "{\"lamps\": [], \"total\": 0}",
        "{\"lamps\": [{\"id\": \"c\", ...}], ...}",
    ];
    assert_snapshot!(check_evidence(table, &shown), @r"
    lamps 3/3
    lamps[].id 3/3
    lamps[].watts 1/2
    lamps[].note 1/2 nullable
    total 1/2
    ");
    assert_eq!(weighed(table, &shown).0.response.unwrap().examples, 3);
}

#[test]
fn another_kind_is_kept_and_disputed() {
    let table = "version: Integer\nlit: Boolean\ntags: List of String\nbulb: Object!\n  id: String\nby: Map\n  port: Integer";
    let shown = "{\"version\": \"4\", \"lit\": \"true\",\n\"tags\": [\"a\", {\"key\": 1}],\n\"bulb\": [{\"id\": 7}],\n\"by\": {\"x-1\": [{\"port\": \"80\"}]}}";
    assert_snapshot!(check(table, &[shown]), @r"
    version kind: Integer @1 / String @101
    lit kind: Boolean @2 / String @101
    tags kind: Array of Strings @3 / Array of Objects @102
    bulb kind: Object @4 / Array of Objects @103
    bulb.id kind: String @5 / Integer @103
    by.{key}[].port kind: Integer @7 / String @104
    ");
    assert_snapshot!(check_evidence("lit: Boolean\nbulb: unknown", &["{\"lit\": \"true\", \"bulb\": null}"]), @r"
    lit 1/1 or String
    bulb 1/1 nullable
    ");
}

#[test]
fn null_is_disputed_where_the_table_demands_a_value() {
    let table = "watts: Integer!\nnote: String";
    assert_snapshot!(check(table, &["{\"watts\": null,\n\"note\": null}"]), @"watts kind: Integer, required @1 / null @101");
}

#[test]
fn values_that_break_what_the_text_says_are_disputed() {
    let table = "id: String with uuid\nscript: String with base64\nstate: String with on|off\nname: String with max4\nowner: String with uuid";
    let shown = "{\"id\": \"0123456789abcdef0123456789abcdef\",\n\"script\": \"$SCRIPT\",\n\"state\": \"ON\",\n\"name\": \"lantern\",\n\"owner\": \"{owner_id}\"}";
    assert_snapshot!(check(table, &[shown]), @r#"
    id value: UUID @1 / "0123456789abcdef0123456789abcdef" @101
    script value: Base64 @2 / "$SCRIPT" @102
    state value: one of on, off @3 / "ON" @103
    name value: at most 4 characters @4 / "lantern" @104
    "#);
    assert_snapshot!(check(table, &["{\"state\": \"off\", \"script\": \"\", \"name\": \"oil\", \"id\": \"01234567-89ab-cdef-0123-456789abcdef\"}"]), @"");
}

#[test]
fn names_that_are_nearly_documented_are_misprints() {
    let table = "lamp: Object\n  bulb_type: String\n  mirrorId: String\n  watts: Integer";
    assert_snapshot!(check(table, &["{\"lamp\": {\"bulbtype\": \"x\",\n\"mirrorld\": \"y\", \"watts\": 1, \"oil\": true}}"]), @r"
    lamp.bulb_type name: bulb_type @2 / bulbtype @101
    lamp.mirrorId name: mirrorId @3 / mirrorld @102
    lamp.oil presence: no such field in the response @2 / shown as Boolean @102
    ");
    assert_snapshot!(check("lamps: List of Object", &["{\"lamp\": []}"]), @"lamps name: lamps @1 / lamp @101");
}

#[test]
fn fields_at_another_level_are_disputed_once_and_not_missed() {
    let outer = "task: Object\n  steps: Integer\ntask_id: String!\nstate: String!";
    assert_snapshot!(check(outer, &["{\"state\": \"on\", \"task\": {\n\"steps\": 1,\n\"task_id\": \"a\"}}"]), @r"
    task_id structure: task_id at the root @3 / task_id inside task @103
    ");
    assert_snapshot!(check("lamp: Object\n  ticket: String", &["{\"ticket\": \"a\"}"]), @"lamp.ticket structure: ticket inside lamp @2 / ticket at the root @101");
    // An object around the fields that no table mentions.
    assert_snapshot!(check("watts: Integer!\nid: String!", &["{\"lamp\": {\"watts\": \"40\", \"id\": \"a\"}}"]), @r"
    watts structure: watts at the root @1 / watts inside lamp @101
    watts kind: Integer @1 / String @101
    ");
}

#[test]
fn null_at_another_level_is_null_all_the_same() {
    let table = "lamp: Object\n  id: String\nfault: String";
    let shown = r#"{"lamp": {"id": "l-1", "fault": null}}"#;
    assert_snapshot!(check_evidence(table, &[shown]), @"
    lamp 1/1
    lamp.id 1/1
    fault 0/1 nullable
    ");
}

#[test]
fn damage_is_disputed_and_proves_no_absence() {
    let table = "lamp: Object\n  id: String!\n  watts: Integer!\n  oil: String!";
    let cut = "{\"lamp\": {\"id\": \"a\",\n}\n},\n\"watts\": 1";
    let (operation, disputes) = weighed(table, &[cut]);
    let facts: Vec<&str> = disputes.iter().map(|dispute| dispute.fact.word()).collect();
    assert_eq!(facts, ["example_corrupt"]);
    let fields = operation.response_fields();
    let oil = fields
        .iter()
        .find(|(path, _)| path.leaf() == "oil")
        .unwrap();
    assert_eq!(oil.1.evidence.shown, 0);
}

#[test]
fn the_rest_of_a_damaged_example_is_put_back() {
    let table = "lamp: Object!\n  id: String!\n  watts: Integer!\nticket: String";
    let rest = "{\"watts\": 1}";
    assert_snapshot!(check(table, &["{\"lamp\": {\"id\": \"a\",}}", rest]), @r"
    - example_corrupt: a comma with nothing behind it @101
    - example_corrupt: an example that ends too early @101 / the rest of lamp @201
    ");
    assert_snapshot!(check(table, &["{\"lamp\": {\"id\": \"a\"}}", rest]), @"lamp.watts structure: watts inside lamp @3 / watts at the root @201");
}

#[test]
fn a_name_in_words_stands_for_keys() {
    assert_snapshot!(check("name of the lamp: List of Object\n  watts: Integer", &["{\"lamp 7\": [{\"watts\": 1}]}"]), @"");
}

#[test]
fn comments_and_ellipses_are_no_damage() {
    assert_snapshot!(check("id: String\nwatts: Integer!", &["{\"id\": \"a\", // the lamp\n...}"]), @"");
}

#[test]
fn failures_among_the_answers_are_left_alone() {
    assert_snapshot!(check("lamp: Object", &["{\"error\": {\"code\": \"T.1\", \"message\": \"dark\"}}"]), @"");
}

#[test]
fn an_update_answers_what_was_sent() {
    let mut operation = operation("lamp: Object\n  name: String");
    operation.method = Method::Put;
    let shown =
        [(Direction::Request, "red"), (Direction::Response, "blue")].map(|(direction, name)| {
            Shown {
                direction,
                example: examples::read(&format!("{{\"lamp\": {{\"name\": {name:?}}}}}"), 5),
            }
        });
    let mut disputes = Vec::new();
    weigh(&mut operation, &shown, &mut disputes);
    let shown: String = disputes.iter().map(show_dispute).collect();
    assert_snapshot!(shown, @r#"- value: lamp.name sent as "red" @5 / answered as "blue" @5"#);
}

#[test]
fn near_names_and_others() {
    for (a, b) in [
        ("image_type", "imagetype"),
        ("lampId", "lampld"),
        ("lamps", "lamp"),
        ("batteries", "battery"),
        ("lamp_env_types", "lamp_environment_types"),
        ("security", "secruity"),
        ("Watts", "watts"),
    ] {
        assert!(near(a, b), "{a} and {b}");
        assert!(near(b, a), "{b} and {a}");
    }
    for (a, b) in [
        ("id", "ip"),
        ("key1", "key2"),
        ("lamp1_on", "lamp2_on"),
        ("name", "names_of"),
        ("cidr", "cide"),
        ("min_count", "max_count"),
        ("dns1", "dns2"),
    ] {
        assert!(!near(a, b), "{a} and {b}");
    }
}

#[test]
fn a_request_shows_what_is_good_where_prose_is_silent() {
    let shown = r#"{"lamp": {"name": "lamp-1", "watts": 40, "mode": "DIM", "hue": "a warm one", "rooms": ["R1", "R2"],
        "tower_id": "t1", "volts": "many"}}"#;
    let fields = "lamp: Object\n  name: String\n  watts: Integer\n  mode: String\n  hue: String\n  \
                  rooms: List of String\n  tower_id: String\n  volts: Integer";
    let values = |direction| {
        let mut operation = operation(fields);
        operation.request = operation.response.clone();
        let example = examples::read(shown, 1);
        weigh(
            &mut operation,
            &[Shown { direction, example }],
            &mut Vec::new(),
        );
        let request = operation.request_fields().into_iter();
        let told = request.filter(|(_, field)| !field.evidence.values.is_empty());
        told.map(|(path, field)| format!("{path} {}", field.evidence.values.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        values(Direction::Request),
        ["lamp.watts 1", "lamp.mode 1", "lamp.rooms 2"]
    );
    assert!(values(Direction::Response).is_empty());
}
