//! Pages as other services print them: labels instead of captions, tables of HTML in lists, kinds
//! that name structures, descriptions under headings of their own, several successful statuses.

use proofhouse::document;
use proofhouse::extract::{self, inventory};
use proofhouse::source::DocumentId;
use serde_json::Value;

fn cell(tag: &str, texts: &str) -> String {
    let paragraph = |text: &str| format!("<p id=\"p1\"><a name=\"p1\"></a>{text}</p>\n");
    let texts: String = texts.split('|').map(paragraph).collect();
    format!("<{tag} class=\"row\" valign=\"top\">{texts}</{tag}>\n")
}

/// A table of HTML as converters print it inside of a list.
fn table(header: &[&str], rows: &[&[&str]]) -> String {
    let row = |tag, cells: &[&str]| -> String {
        let cells: String = cells.iter().map(|texts| cell(tag, texts)).collect();
        format!("<tr id=\"r1\">{cells}</tr>\n")
    };
    let rows: String = rows.iter().map(|cells| row("td", cells)).collect();
    let table = format!(
        "<a name=\"t1\"></a>\n<table><thead>{}</thead>\n<tbody>{rows}</tbody>\n</table>",
        row("th", header)
    );
    let lines: Vec<String> = table.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}

fn facts(text: &str) -> Vec<Value> {
    let document = document::read(&DocumentId::new("coast"), text.as_bytes());
    let reading = extract::read(&document);
    let lines = inventory::lines(&reading);
    lines
        .into_iter()
        .map(|line| serde_json::from_str(&line).unwrap())
        .collect()
}

/// The facts of a kind, each as these keys of it.
fn shown(facts: &[Value], kind: &str, keys: &[&str]) -> Vec<String> {
    let of_kind = facts.iter().filter(|fact| fact["kind"] == kind);
    let show = |fact: &Value| {
        let values = keys.iter().map(|key| match &fact[*key] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        values.collect::<Vec<_>>().join(" ")
    };
    of_kind.map(show).collect()
}

fn list_of_lamps() -> String {
    let parameters = table(
        &["参数", "是否必选", "描述"],
        &[&["harbour_id", "是", "港口ID。"]],
    );
    let filter = table(
        &["参数", "参数类型", "是否必选", "描述"],
        &[
            &["limit", "int", "否", "返回灯的个数。默认值为1000。"],
            &[
                "ids",
                "list&lt;string&gt;",
                "否",
                "灯ID列表。|支持查询最多60个灯。",
            ],
        ],
    );
    let answer = table(
        &["参数", "参数类型", "描述"],
        &[
            &["count", "int", "灯的数量。"],
            &[
                "lamps",
                "list&lt;Object&gt;",
                "灯的列表，请参见<a href=\"#li3\">•lamps字段数据结构说明</a>。",
            ],
        ],
    );
    let lamps = table(
        &["参数", "参数类型", "描述"],
        &[
            &["id", "string", "灯ID，长度固定为36个字节。"],
            &[
                "wicks",
                "list&lt;Object&gt;",
                "灯芯，请参见<a href=\"#li4\">•wicks参数说明</a>。",
            ],
        ],
    );
    let wicks = table(
        &["参数", "参数类型", "描述"],
        &[&["oil", "string", "灯油。"]],
    );
    format!(
        "# 查询灯<a name=\"T1\"></a>\n\n## 功能介绍<a name=\"s1\"></a>\n\n查询所有的灯。\n\n\
         ## URI<a name=\"s2\"></a>\n\n-   URI格式\n\n    GET /v2/\\{{harbour\\_id\\}}/lamps\n\n\
         -   参数说明\n\n{parameters}\n\n-   Request filter参数说明\n\n{filter}\n\n\
         ## 响应消息<a name=\"s3\"></a>\n\n-   响应参数\n\n{answer}\n\n\
         -   <a name=\"li3\"></a>lamps字段数据结构说明\n\n{lamps}\n\n-   <a name=\"li4\"></a>wicks参数说明\n\n{wicks}\n\n\
         ## 返回值<a name=\"s4\"></a>\n\n-   正常\n\n    200\n"
    )
}

#[test]
fn labels_name_the_tables_below_them() {
    let facts = facts(&list_of_lamps());
    let operation = shown(
        &facts,
        "operation",
        &["method", "path", "query", "success", "response"],
    );
    assert_eq!(
        operation,
        [r#"GET /v2/{harbour_id}/lamps ["limit","ids"] [200] ["count","lamps"]"#]
    );
    let roles = shown(&facts, "table", &["role"]);
    assert_eq!(roles, ["path", "query", "response", "response", "response"]);
    assert_eq!(
        shown(&facts, "reference", &["field", "resolved", "problem"]),
        [
            "lamps lamps字段数据结构说明 null",
            "lamps[].wicks wicks参数说明 null",
        ]
    );
    assert_eq!(
        shown(&facts, "constraint", &["field", "rule", "value"]),
        [
            "limit default 1000",
            "ids max_items 60",
            "lamps[].id byte_length [36,36]",
        ]
    );
}

const CHANGE: &str = "# 修改灯\n\n## URI\n\nPUT /v2/{harbour\\_id}/lamps\n\n## 请求参数\n\n**表 1**  请求Body参数\n\n\
    | 参数 | 是否必选 | 参数类型 | 描述 |\n| --- | --- | --- | --- |\n\
    | lamp | 是 | [LampOption](#request_LampOption) object | 灯。 |\n\n\
    <a name=\"request_LampOption\"></a>\n**表 2**  LampOption\n\n\
    | 参数 | 是否必选 | 参数类型 | 描述 |\n| --- | --- | --- | --- |\n\
    | name | 否 | String | **参数解释**：<br>灯名。<br>**约束限制**：<br>不涉及。<br>**取值范围**：<br>长度为1-64个字符。<br>**默认取值**：<br>不涉及。 |\n\
    | fuel | 否 | String | **参数解释**：<br>灯油。<br>**取值范围**：<br>- OIL：油<br>- PEAT：泥炭<br>**默认取值**：<br>OIL |\n\n\
    ## 响应参数\n\n**状态码：202**\n\n**表 3**  响应Body参数\n\n\
    | 参数 | 参数类型 | 描述 |\n| --- | --- | --- |\n| job\\_id | String | 任务ID。 |\n\n\
    ## 状态码\n\n| 状态码 | 描述 |\n| --- | --- |\n| 202 | OK |\n| 400 | Bad Request |\n";

#[test]
fn descriptions_may_be_parted_by_headings() {
    let facts = facts(CHANGE);
    assert_eq!(
        shown(&facts, "constraint", &["field", "rule", "value"]),
        [
            "lamp.name length_range [1,64]",
            r#"lamp.fuel enum ["OIL","PEAT"]"#,
            "lamp.fuel default OIL",
        ]
    );
    assert_eq!(
        shown(&facts, "reference", &["field", "resolved"]),
        ["lamp 2"]
    );
    assert_eq!(shown(&facts, "operation", &["success"]), ["[202]"]);
}

const PAGE: &str = "Adding a Lamp\n\nFunction\n\nThis API is used to add a lamp.\n\nURI\n\nPOST /v1/lamps\n\n\
    Request Parameters\n\nTable 1 Request body parameters\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\n\
    name\n\nYes\n\nString\n\nSpecifies the name. It can contain no more than 9 characters, including letters and periods (.).\n\n\
    lit\n\nNo\n\nBoolean\n\nDefinition\n\nWhether it burns.\n\nConstraints\n\nN/A\n\nDefault Value\n\nfalse\n\n\
    Response Parameters\n\nStatus code: 201\n\nTable 2 Response body parameters\n\nParameter\n\nType\n\nDescription\n\n\
    id\n\nString\n\nSpecifies the lamp.\n\nExample Responses\n\nStatus code: 201\n\nCreated\n\n{\"id\": \"1\"}\n\n\
    Status Codes\n\nSee Status Codes.\n";

#[test]
fn labels_of_a_web_page_are_no_rows_and_its_answers_tell_the_status() {
    let facts = facts(PAGE);
    assert_eq!(
        shown(&facts, "operation", &["request", "success", "response"]),
        [r#"["name","lit"] [201] ["id"]"#]
    );
    assert_eq!(
        shown(&facts, "constraint", &["field", "rule", "value"]),
        [
            "name max_length 9",
            r#"name charset ["a-z","A-Z","."]"#,
            "lit default false",
        ]
    );
}

/// A page in Chinese as a browser copies it: its answer stands behind a status, and kinds name the
/// tables of their members.
#[test]
fn a_page_copied_in_chinese_keeps_both_sides_apart() {
    let blocks = [
        "新开航线",
        "约束限制",
        "渡口的berth_status为FREE或HALF时才能新开航线。",
        "该接口每个船东每分钟最多调用30次。",
        "URI",
        "POST /v1/routes",
        "请求参数",
        "表1 请求Body参数",
        "参数\n\n是否必选\n\n参数类型\n\n描述",
        "route\n\n是\n\nRouteOption object\n\n航线，参见表2。",
        "表2 RouteOption",
        "参数\n\n是否必选\n\n参数类型\n\n描述",
        "name\n\n是\n\nString\n\n航线名，不超过1,024字节。",
        "seats\n\n否\n\nInteger\n\n座位数，不小于2且不大于90的整数。",
        "tide\n\n否\n\nString\n\n潮汐。LOW：低潮；HIGH：高潮",
        "night_crew\n\n否\n\nString\n\n夜班船员。与day_crew互斥，二者不能同时设置。",
        "stops\n\n否\n\nArray of strings\n\n停靠点，列表长度1~3。当tide不是LOW时必选。",
        "响应参数",
        "状态码： 201",
        "表3 响应Body参数",
        "参数\n\n参数类型\n\n描述",
        "request_id\n\nString\n\n请求的编号，UUID形式。",
        "route\n\nRouteInfo object\n\n航线，参见表4。",
        "表4 RouteInfo",
        "参数\n\n参数类型\n\n描述",
        "reason\n\nString\n\n停航原因，仅当state为STOPPED时返回该字段。",
        "请求示例",
    ];
    let facts = facts(&blocks.join("\n\n"));
    let operation = ["success", "request", "response", "per_minute"];
    assert_eq!(
        shown(&facts, "operation", &operation),
        [r#"[201] ["route"] ["request_id","route"] 30"#]
    );
    assert_eq!(
        shown(&facts, "constraint", &["field", "rule", "value"]),
        [
            r#"berth_status state_precondition ["FREE","HALF"]"#,
            "null rate_limit 30",
            "route.name byte_length [null,1024]",
            "route.seats range [2,90]",
            r#"route.tide enum ["LOW","HIGH"]"#,
            r#"route.night_crew exclusive_with ["day_crew"]"#,
            "route.stops max_items [1,3]",
            "route.stops required_if tide != LOW",
            "request_id format uuid",
            "route.reason required_if state == STOPPED",
        ]
    );
}
