//! Made-up pages about lamps, in each construct that help centers use.

use crate::document::shown::shown;

#[test]
fn titles_have_the_level_of_their_marks() {
    let text = ":original_name: lamp_01.html\n\n.. _lamp_01:\n\n=====\nCoast\n=====\n\nLighting a Lamp\n===============\n\n\
        URI\n---\n\nPUT /v1/{port_id}/lamps\n\nNext\n====\n\n灯塔\n----\n";
    insta::assert_snapshot!(shown(text), @r"
    Restructured
    6 # Coast
    9 ## Lighting a Lamp
    12 ### URI
    15:PUT /v1/{port_id}/lamps
    17 ## Next
    20 ### 灯塔
    ! 1 the document holds no table
    ");
}

#[test]
fn cells_of_grids_hold_bodies() {
    let text = ".. table:: **Table 2** **wick** data structure\n\n\
        \x20  +-----------+-----------+------------------------------+\n\
        \x20  | Parameter | Mandatory | Description                  |\n\
        \x20  +===========+===========+==============================+\n\
        \x20  | wick_id   | Yes       | The wick. See :ref:`Table 3  |\n\
        \x20  |           |           | <lamp__table3>`.             |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           | Value range:                 |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           | -  **dry**: needs oil        |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           |    -  soon                   |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           | .. note::                    |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           |    Not wet.                  |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           | ::                           |\n\
        \x20  |           |           |                              |\n\
        \x20  |           |           |    {\"wick\": 1}               |\n\
        \x20  +-----------+-----------+------------------------------+\n\
        \x20  | a\\_b      | No        | x                            |\n\
        \x20  +-----------+-----------+------------------------------+\n";
    insta::assert_snapshot!(shown(text), @r"
    Restructured
    1 table Table 2, wick data structure: Parameter | Mandatory | Description
      6 | 6:wick_id | 6:Yes | 6:The wick. See Table 3. 9:Value range: - 11:dry: needs oil - - 13:soon 17!:Not wet.
      23 | 23:a_b | 23:No | 23:x
    ");
}

#[test]
fn cells_may_span_rows_and_columns() {
    let text = "+------+------------+\n\
        | Port | Lamp       |\n\
        |      +-----+------+\n\
        |      | Low | High |\n\
        +======+=====+======+\n\
        | East | 1   | 2    |\n\
        +------+-----+------+\n\
        | West | 3          |\n\
        |      +-----+------+\n\
        |      | 4   | 5    |\n\
        |      |     +------+\n\
        |      |     | 6    |\n\
        +------+-----+------+\n";
    insta::assert_snapshot!(shown(text), @r"
    Restructured
    2 table -, -: Port | Low | High
      6 | 6:East | 6:1 | 6:2
      8 | 8:West | 8:3 | 
      10 |  | 10:4 | 10:5
      12 |  |  | 12:6
    ");
}

#[test]
fn wide_characters_take_two_columns_or_one() {
    let text = "+------+----------+\n\
        | 参数 | 描述     |\n\
        +======+==========+\n\
        | 灯   | 灯的名称 |\n\
        +------+----------+\n\
        | 港    | 港口       |\n\
        +------+----------+\n\
        | 海 | 大海 |\n\
        +------+----------+\n";
    insta::assert_snapshot!(shown(text), @r"
    Restructured
    2 table -, -: 参数 | 描述
      4 | 4:灯 | 4:灯的名称
      6 | 6:港 | 6:港口
      8 | 8:海 | 8:大海
    ");
}

#[test]
fn rows_of_simple_tables_go_on_below_an_empty_first_cell() {
    let text = "========= ====== ===========\n\
        Parameter Type   Description\n\
        ========= ====== ===========\n\
        wick      String The wick,\n\
        \x20                which burns longer than its column is wide.\n\
        oil       Int    \\ *Oil* in ``ml``.\n\
        ========= ====== ===========\n\nText\n\n== ===\n1  one\n2  two\n== ===\n";
    insta::assert_snapshot!(shown(text), @r"
    Restructured
    2 table -, -: Parameter | Type | Description
      4 | 4:wick | 4:String | 4:The wick, which burns longer than its column is wide.
      6 | 6:oil | 6:Int | 6:Oil in ml.
    9:Text
    12 table -, -: 1 | one
      13 | 13:2 | 13:two
    ");
}

#[test]
fn tables_may_be_lists() {
    let text = ".. list-table:: **Table 4** Codes\n   :header-rows: 1\n   :widths: 1 2\n\n\
        \x20  * - Error Code\n     - Meaning\n   * - LAMP.1\n     - The lamp is out.\n\n\
        \x20      Light it.\n   * - LAMP.2\n     -\n\n\
        .. csv-table:: Oils\n   :header: \"Name\", \"Price, net\"\n\n   whale, \"1, 2\"\n   train, 3\n";
    insta::assert_snapshot!(shown(text), @r"
    Restructured
    1 table Table 4, Codes: Error Code | Meaning
      7 | 7:LAMP.1 | 8:The lamp is out. 10:Light it.
      11 | 11:LAMP.2 | 
    14 table -, Oils: Name | Price, net
      17 | 17:whale | 17:1, 2
      18 | 18:train | 18:3
    ");
}

#[test]
fn lists_hold_code_and_notes() {
    let text = "Example Response\n----------------\n\n-  Normal response\n\n   .. code-block:: json\n      :linenos:\n\n\
        \x20     {\n          \"lamp\": 7\n      }\n\n-  Abnormal response::\n\n      {\"error\": {}}\n\n\
        .. note::\n\n   -  Lamps are hot.\n   -  Lamps are bright.\n\n.. warning:: Do not touch.\n\n\
        The colors are:\n\n#. red\n#. blue\n\n.. image:: lamp.png\n\n.. a comment\n   in two lines\n\n| one\n| two\n";
    insta::assert_snapshot!(shown(text), @r#"
    Restructured
    1 # Example Response
    4:Normal response
    9 code "{\n    \"lamp\": 7\n}"
    13:Abnormal response:
    15 code "{\"error\": {}}"
    - 19!:Lamps are hot. - 20!:Lamps are bright.
    22!:Do not touch.
    24:The colors are: - 26:red - 27:blue
    34:one
    35:two
    ! 1 the document holds no table
    "#);
}

#[test]
fn markup_is_resolved() {
    let text = "Marks\n=====\n\n**physical.**\\ *x*\\ **.**\\ *y* and ``a*b`` and 2 * 3 * 4, **\\__type**, `Coast <https://coast.example>`__, \
        |icon| [1]_ :literal:`x` *a\\*b* ``!@$%^-_=+[{}]:,./?`` wick_ **\"\"** a_b_c **open\n";
    insta::assert_snapshot!(shown(text), @r#"
    Restructured
    1 # Marks
    4:physical.x.y and a*b and 2 * 3 * 4, __type, Coast, x a*b !@$%^-_=+[{}]:,./? wick_ "" a_b_c **open
    ! 1 the document holds no table
    "#);
}

#[test]
fn labels_name_what_follows() {
    let text = ".. _coast:\n\nCoast\n=====\n\nSee :ref:`Table 1 <Lamp Table>`, :ref:`coast`, :ref:`Port <port>` and :doc:`ports/east`.\n\n\
        .. _lamp table:\n\n.. table:: **Table 1** Lamps\n\n   ==== ====\n   Name Type\n   ==== ====\n   a    b\n   ==== ====\n";
    let document = crate::document::read(&crate::source::DocumentId::new("made"), text.as_bytes());
    let links: Vec<String> = document
        .links
        .iter()
        .map(|link| format!("{} {} -> {:?}", link.line, link.text, link.to))
        .collect();
    insta::assert_snapshot!(links.join("\n"), @r"
    6 Table 1 -> Some(10)
    6 coast -> Some(3)
    6 Port -> None
    6 ports/east -> None
    ");
}

#[test]
fn hostile_pages_end() {
    let parts = [
        "+-",
        "+--+\n",
        "| ",
        "|\n",
        "-  ",
        "*",
        "**",
        "``",
        "`",
        ":ref:`",
        "`a <",
        "\\",
        "= =\n",
        ".. note::\n\n   ",
        "+-+-+\n| | |\n",
        " ",
        "\n  - ",
        "::\n\n ",
        ".. table::\n ",
        "灯",
        "+=+\n|灯|\n",
        "|a",
        "[1",
        "(1) ",
        "_",
    ];
    for part in parts {
        for before in ["T\n=\n\n", "+--+--+\n|", "== ==\n"] {
            let _ = shown(&format!("{before}{}", part.repeat(8_000)));
        }
    }
    let nested: String = (0..300)
        .map(|depth| format!("{}- a\n\n", " ".repeat(depth * 2)))
        .collect();
    let _ = shown(&format!("T\n=\n\n{nested}"));
}
