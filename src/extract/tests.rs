//! Whole small documents through one door: blocks in, inventory out.

use super::{Reading, inventory, read};
use crate::document::{Block, BlockKind, Document, Layout, Piece, Prose, Row, Table};
use crate::source::{DocumentId, Lines, Pages};

/// A document from a notation for tests: `# heading`, `| cells |` under `Table 2 caption`, fenced
/// code, and anything else as paragraphs whose lines are list items.
pub(super) fn document(text: &str) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut caption: Option<(u32, String)> = None;
    let mut fence: Option<(u32, Vec<&str>)> = None;
    for (line, text) in (1_u32..).zip(text.lines()) {
        if text.starts_with("```") {
            match fence.take() {
                Some((first, code)) => {
                    blocks.push(block(first, line, BlockKind::Code(code.join("\n"))))
                }
                None => fence = Some((line + 1, Vec::new())),
            }
        } else if let Some((_, code)) = &mut fence {
            code.push(text);
        } else if let Some(heading) = text.strip_prefix("# ") {
            let text = heading.to_owned();
            blocks.push(block(line, line, BlockKind::Heading { level: 0, text }));
        } else if text.starts_with("Table ") {
            caption = Some((line, text.to_owned()));
        } else if text.starts_with('|') {
            add_row(&mut blocks, line, text, caption.take());
        } else if !text.trim().is_empty() {
            let pieces = vec![piece(line, text)];
            blocks.push(block(line, line, BlockKind::Paragraph(Prose { pieces })));
        } else {
            caption = None;
            blocks.push(block(line, line, BlockKind::Paragraph(Prose::default())));
        }
    }
    Document {
        id: DocumentId::new("lamps"),
        layout: Layout::TabTables,
        pages: Pages::default(),
        blocks,
        links: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn block(first: u32, last: u32, kind: BlockKind) -> Block {
    Block {
        lines: Lines { first, last },
        kind,
    }
}

fn piece(line: u32, text: &str) -> Piece {
    Piece {
        text: text.trim().to_owned(),
        line,
        depth: 0,
        note: false,
    }
}

fn add_row(blocks: &mut Vec<Block>, line: u32, text: &str, caption: Option<(u32, String)>) {
    let cells: Vec<&str> = text.trim_matches('|').split('|').map(str::trim).collect();
    if caption.is_none()
        && let Some(Block {
            kind: BlockKind::Table(table),
            ..
        }) = blocks.last_mut()
    {
        let cells = cells.into_iter().map(|cell| Prose {
            pieces: if cell.is_empty() {
                Vec::new()
            } else {
                vec![piece(line, cell)]
            },
        });
        table.rows.push(Row {
            line,
            cells: cells.collect(),
        });
        return;
    }
    let number = caption
        .as_ref()
        .map(|(_, text)| text.splitn(3, ' ').take(2).collect::<Vec<_>>().join(" "));
    let words = caption
        .as_ref()
        .and_then(|(_, text)| text.splitn(3, ' ').nth(2).map(str::to_owned));
    let table = Table {
        number,
        caption: words,
        line: caption.map_or(line, |(line, _)| line),
        header: cells.into_iter().map(str::to_owned).collect(),
        rows: Vec::new(),
    };
    blocks.push(block(line, line, BlockKind::Table(table)));
}

/// The lines of the inventory that contain `part`, without the document's name.
fn found(text: &str, part: &str) -> Vec<String> {
    let lines = inventory::lines(&read(&document(text)));
    let kept = lines.iter().filter(|line| line.contains(part));
    kept.map(|line| line.replace("\"doc\":\"lamps\",", ""))
        .collect()
}

pub(super) fn reading(text: &str) -> Reading {
    read(&document(text))
}

fn response_paths(text: &str) -> Vec<String> {
    let reading = reading(text);
    let operation = reading.contract.operations.first().unwrap();
    let fields = operation.response_fields();
    fields
        .iter()
        .map(|(path, field)| format!("{path} {}", field.kind))
        .collect()
}

const LAMP: &str = "\
# Showing a lamp
# URI
GET /v1/{project_id}/lamps/{lamp_id}
Table 1 Parameter description
| Parameter | Mandatory | Description |
| project_id | Yes | The project. |
| lamp_id | Yes | The lamp. |

# Response
| Parameter | Type | Description |
| lamp | Object | See Table 2. |

Table 2 lamp data structure
| Description | Type | Name |
| The ID. | String | id |
| Wicks, see Table 9. | Array of objects | wicks |
| Colours by room. See Table 4. | Object | rooms |

Table 3 wick data structure
| Parameter | Type | Description |
| len gth | int | In mm. |
| lampld | String | The lamp. |

Table 4 rooms data structure
| Parameter | Type | Description |
| room_id | Array of objects | Colours. key: the room; value: see Table 5 |

Table 5 colour data structure
| Parameter | Type | Description |
| hue | Integer | - |
# Example Request
GET https://{endpoint}/v1/p/lamps/7
# Returned Values
| Returned Value | Description |
| 200 | Fine. |
";

#[test]
fn an_operation_is_read_with_its_structure() {
    insta::assert_snapshot!(response_paths(LAMP).join("\n"), @"
    lamp Object
    lamp.id String
    lamp.wicks Array of Objects
    lamp.wicks[].length Integer
    lamp.wicks[].lampId String
    lamp.rooms Map of Array of Objects
    lamp.rooms.{room_id}[].hue Integer
    ");
}

#[test]
fn operations_have_a_line_in_the_inventory() {
    insta::assert_snapshot!(found(LAMP, "\"kind\":\"operation\"").join("\n"), @r#"{"kind":"operation","line":3,"method":"GET","path":"/v1/{project_id}/lamps/{lamp_id}","action":null,"path_params":["project_id","lamp_id"],"query":[],"success":[200],"request":[],"response":["lamp"],"async_job":false,"deprecated":false,"microversion":null,"per_minute":null}"#);
}

#[test]
fn tables_know_their_role_and_rows() {
    let roles: Vec<String> = reading(LAMP)
        .inventory
        .tables
        .iter()
        .map(|table| format!("{} {} {}", table.line, table.role.word(), table.rows.len()))
        .collect();
    assert_eq!(
        roles,
        [
            "4 path 2",
            "10 response 1",
            "13 response 3",
            "19 response 2",
            "24 response 1",
            "28 response 1",
            "34 status 1"
        ]
    );
}

#[test]
fn stale_references_are_resolved_and_recorded() {
    insta::assert_snapshot!(found(LAMP, "\"kind\":\"reference\"").join("\n"), @r#"
    {"kind":"reference","line":11,"field":"lamp","to":"Table 2","resolved":"Table 2","problem":null}
    {"kind":"reference","line":16,"field":"lamp.wicks","to":"Table 9","resolved":"Table 3","problem":"no table has this number; found by its caption"}
    {"kind":"reference","line":17,"field":"lamp.rooms","to":"Table 4","resolved":"Table 4","problem":null}
    {"kind":"reference","line":26,"field":"lamp.rooms.room_id","to":"Table 5","resolved":"Table 5","problem":null}
    "#);
}

#[test]
fn repaired_names_and_references_are_disputed() {
    let disputes = found(LAMP, "\"kind\":\"dispute\"");
    let claimed = ["refers to Table 9", "len gth", "lampld"];
    assert_eq!(disputes.len(), claimed.len(), "{disputes:?}");
    for (dispute, claim) in disputes.iter().zip(claimed) {
        assert!(
            dispute.contains(&format!("\"claim\":\"{claim}\"")),
            "{disputes:?}"
        );
    }
}

#[test]
fn operations_that_share_a_path_are_told_apart_by_their_body() {
    let text = "\
# 1 Lighting
# URI
POST /v1/lamps/{lamp_id}/action
# Request
| Parameter | Mandatory | Type | Description |
| light | Yes | Object | - |
# 2 Dimming
# URI
POST /v1/lamps/{lamp_id}/action
# Request
| Parameter | Mandatory | Type | Description |
| dim | Yes | Object | - |
";
    let routes: Vec<String> = reading(text)
        .contract
        .operations
        .iter()
        .map(|operation| operation.route())
        .collect();
    assert_eq!(
        routes,
        [
            "POST /v1/lamps/{lamp_id}/action#light",
            "POST /v1/lamps/{lamp_id}/action#dim"
        ]
    );
}

#[test]
fn an_overview_gives_rates_and_operations_without_a_page() {
    let text = "\
# Overview
| API | URI | Restrictions |
| Showing a lamp | GET /v1/ {project_id}/ lamps/{lampId} | 600 times per minute |
| Lighting a lamp | PUT /v1/{project_id}/lamps/{lampId}/light | 20 times per minute |
";
    let overview = format!("{text}{LAMP}");
    let reading = reading(&overview);
    let rates: Vec<String> = found(&overview, "rate_limit");
    assert_eq!(rates.len(), 2, "{rates:?}");
    let ids: Vec<&str> = reading
        .contract
        .operations
        .iter()
        .map(|operation| operation.id.as_str())
        .collect();
    assert_eq!(ids, ["lamps.light.replace", "lamps.show"]);
    assert!(reading.contract.disputes.iter().any(|dispute| {
        dispute
            .field
            .as_ref()
            .is_some_and(|field| field.leaf() == "lamp_id")
    }));
}

#[test]
fn overview_rows_that_share_or_exchange_a_route_are_disputed() {
    let text = "\
# Overview
| Type | API | URI | Constraint |
| Lamps | Querying lamps | GET /v1/lamps/detail | 50 times per minute |
| | Querying lamps list | GET /v1/lamps/{lamp_id} | 60 times per minute |
| Switches | Lighting | POST /v1/lamps/action | 7 times per minute |
| | Dimming | POST /v1/lamps/action | 7 times per minute |
";
    let contract = reading(text).contract;
    assert_eq!(found(text, "rate_limit").len(), 3);
    let lines: Vec<Vec<u32>> = contract
        .disputes
        .iter()
        .map(|dispute| dispute.claims.iter().map(|claim| claim.at.line).collect())
        .collect();
    assert_eq!(lines, [vec![5, 6], vec![3, 4]]);
}

#[test]
fn an_answer_may_be_described_in_another_chapter() {
    let text = "\
# 1 Lighting
# URI
POST /v1/lamps/{lamp_id}/light
# Response
See Answers with a task.
# 2 Answers with a task
# Normal response
| Name | Type | Description |
| task_id | String | - |
# Error response
| Name | Type | Description |
| error | dict | See Table 1 error data structure. |
Table 7 error data structure
| Name | Type | Description |
| message | String | - |
| code | String | - |
";
    let reading = reading(text);
    assert_eq!(response_paths(text), ["task_id String"]);
    let envelopes: Vec<String> = reading
        .contract
        .envelopes
        .iter()
        .map(|envelope| envelope.code.to_string())
        .collect();
    assert_eq!(envelopes, ["error.code"]);
}

#[test]
fn error_codes_and_statuses_are_listed() {
    let text = "\
# 6.1 Status codes
| Status Code | Meaning |
| 404 Not Found | Gone. |
# 6.2 Error codes
| HTTP Status Code | Error Code | Message |
| 400 | LAMP. 0001 | No oil. |
|  | LAMP.0002 | No wick. |
";
    let contract = reading(text).contract;
    let codes: Vec<(Option<u16>, &str)> = contract
        .error_codes
        .iter()
        .map(|error| (error.status, error.code.as_str()))
        .collect();
    assert_eq!(codes, [(Some(400), "LAMP.0001"), (Some(400), "LAMP.0002")]);
    assert_eq!(
        contract
            .statuses
            .iter()
            .map(|status| status.code)
            .collect::<Vec<_>>(),
        [404]
    );
}

#[test]
fn examples_start_no_operation() {
    let text = "\
# Lighting
# Function
Lights a lamp.
# Example Request
POST /v1/lamps
```
POST /v1/lamps
```
";
    assert_eq!(reading(text).contract.operations, []);
}

#[test]
fn tables_that_point_at_each_other_end() {
    let text = "\
# Lamps
# URI
GET /lamps
# Response
Table 1 lamp data structure
| Name | Type | Description |
| oil | Object | See Table 2 |

Table 2 oil data structure
| Name | Type | Description |
| lamp | Object | See Table 1 |
| oil | Object | See Table 2 |
";
    assert_eq!(
        response_paths(text),
        ["oil Object", "oil.lamp Object", "oil.oil Object"]
    );
}

#[test]
fn a_name_in_the_path_may_be_spelt_otherwise_in_its_table() {
    let text = "\
# Lamps
# URI
PUT /v1/{project_id}/lamps/{lamp_id}/wicks/{wick}
# Path parameters
| Parameter | Mandatory | Description |
| project_id | Yes | - |
| lamps_id | Yes | - |
| wick | Yes | - |
| dry_run | No | - |
";
    let contract = reading(text).contract;
    let parameters: Vec<String> = contract.operations[0]
        .parameters
        .iter()
        .map(|parameter| format!("{:?} {}", parameter.place, parameter.field.name))
        .collect();
    assert_eq!(
        parameters,
        [
            "Path project_id",
            "Path lamp_id",
            "Path wick",
            "Query dry_run"
        ]
    );
    let lines: Vec<u32> = contract.disputes[0]
        .claims
        .iter()
        .map(|claim| claim.at.line)
        .collect();
    assert_eq!(
        (contract.disputes[0].fact.word(), lines),
        ("name", vec![7, 3])
    );
}

#[test]
fn coverage_says_what_was_read_and_what_was_left() {
    let text = "\
# 1 Introduction
Lamps are old.
They burn.
# 2 Lighting
# URI
POST /v1/lamps
# Request
| Parameter | Mandatory | Type | Description |
| colour | Yes | String | At most 9 characters. |
# Notes
Lamps come in colours.
| Colour | Since |
| red | 1999 |
";
    let coverage = reading(text).coverage;
    let share = |share: super::coverage::Share| (share.read, share.all);
    assert_eq!(share(coverage.rows), (1, 2));
    assert_eq!(share(coverage.prose), (1, 4));
    let left: Vec<String> = coverage
        .left
        .iter()
        .map(|left| {
            format!(
                "{}-{} {} {}",
                left.lines.first,
                left.lines.last,
                left.count,
                left.what.word()
            )
        })
        .collect();
    assert_eq!(left, ["2-3 2 text", "11-11 1 text", "13-13 1 rows"]);
}

#[test]
fn permissions_go_to_the_operation_that_a_row_means() {
    let text = "\
# 1 Lighting lamps (native)
# URI
POST /v1/lamps/{lamp_id}/action
# Request
| Parameter | Mandatory | Type | Description |
| os-light | Yes | Object | - |
# 2 Dimming lamps
# URI
POST /v1/lamps/{lamp_id}/action
# Request
| Parameter | Mandatory | Type | Description |
| dim | Yes | Object | - |
# 3 Permissions
| Permission | API | Action | Dependent actions |
| Dimming lamps | POST /v1/ {project_id}/ lamps | tower:lamps:create | - |
| Dimming lamps | POST /v1/lamps/ {id}/ action | tower:lam ps:dim | tower:wicks: get tower:wicks:list |
| Put them on | POST /v1lamps/{lamp_id}/action | tower:lamps:light | |
# 4 Snuffing lamps
# URI
DELETE /v1/lamps
";
    let contract = reading(text).contract;
    let granted: Vec<String> = contract
        .operations
        .iter()
        .flat_map(|operation| {
            let route = operation.route();
            operation.permissions.iter().map(move |permission| {
                format!("{route} {} {:?}", permission.action, permission.needs)
            })
        })
        .collect();
    assert_eq!(
        granted,
        [
            "POST /v1/lamps/{lamp_id}/action#os-light tower:lamps:light []",
            "POST /v1/lamps/{lamp_id}/action#dim tower:lamps:dim [\"tower:wicks:get\", \"tower:wicks:list\"]",
        ]
    );
    let disputed: Vec<(u32, &str)> = contract
        .disputes
        .iter()
        .map(|dispute| (dispute.claims[0].at.line, dispute.fact.word()))
        .collect();
    assert_eq!(
        disputed,
        [
            (15, "operation"),
            (16, "name"),
            (3, "operation"),
            (20, "operation")
        ]
    );
}

#[test]
fn states_follow_from_states() {
    let text = "\
# Lamp
# URI
GET /lamp
# Response
| Name | Type | Description |
| status | String | - |
| EXT:wick_state | String | - |
| EXT:flame_state | String | - |
# States
| wick_state | flame_state | status |
| dry | null | DARK |
| wet | rising steady | LIT |
|  | null | READY |
";
    let contract = reading(text).contract;
    let [table] = contract.states.as_slice() else {
        panic!("one table: {:?}", contract.states);
    };
    assert_eq!(table.field, "status");
    assert_eq!(table.from, ["EXT:wick_state", "EXT:flame_state"]);
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| format!("{:?} {}", row.of, row.gives))
        .collect();
    assert_eq!(
        rows,
        [
            "[[Text(\"dry\")], [Null]] DARK",
            "[[Text(\"wet\")], [Text(\"rising\"), Text(\"steady\")]] LIT",
            "[[Text(\"wet\")], [Null]] READY",
        ]
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(lines in proptest::collection::vec("(# |Table 1 |\\| |GET /|)[ -~表灯请参见]{0,40}", 0..40)) {
        let text = lines.join("\n");
        let first = inventory::lines(&reading(&text));
        proptest::prop_assert_eq!(first, inventory::lines(&reading(&text)));
    }
}
