//! Documents that nobody meant to write. Each gives a clear diagnosis, no panic, and what was read
//! still passes through the whole path: it is written, read back, and compiled into validators.

use std::process::Command;

use proofhouse::contract::Contract;
use proofhouse::document::{self, Diagnostic, PageText};
use proofhouse::extract::{self, Reading};
use proofhouse::schema::{self, Mode, Subject, Validator};
use proofhouse::source::DocumentId;
use proofhouse::store;
use proptest::prelude::*;

/// Megabytes of the line of tabs.
const LINE: usize = 50;

/// Megabytes of memory, all mappings included, that reading that line may take.
const MEMORY: usize = 900;

fn read(bytes: &[u8]) -> (Reading, Vec<Diagnostic>) {
    let document = document::read(&DocumentId::new("hostile"), bytes);
    let reading = extract::read(&document);
    let mut diagnostics = document.diagnostics;
    diagnostics.extend(reading.diagnostics.clone());
    (reading, diagnostics)
}

/// Takes a Contract through everything that is made of it.
fn use_fully(contract: &Contract) {
    let contracts = [contract.clone()];
    let files = store::write(&contracts);
    assert_eq!(store::read(&files).unwrap(), contracts);
    for (path, text) in schema::files(&contracts) {
        let schema = serde_json::from_str(&text).unwrap();
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{path}: {error}");
        }
    }
    for operation in &contract.operations {
        let subject = Subject::new(contract, operation);
        for mode in [Mode::Lenient, Mode::Strict] {
            Validator::request(&subject, mode);
            Validator::response(&subject, mode);
        }
    }
}

/// The diagnosis must say this.
#[track_caller]
fn check(bytes: &[u8], said: &str) {
    let (reading, diagnostics) = read(bytes);
    use_fully(&reading.contract);
    assert!(
        diagnostics
            .iter()
            .any(|diagnostic| diagnostic.message.contains(said)),
        "no diagnosis says `{said}`: {diagnostics:#?}"
    );
}

const LIGHTHOUSE: &str = "# 1 Lighthouses\n\n## 1.1 Lighting a lamp\n\n### URI\n\n\
    POST /v1/{keeper_id}/lamps\n\n### Request\n\nTable 1-1 Request parameters\n\n\
    Parameter\tMandatory\tType\tDescription\nname\tYes\tString\tThe name. 1 to 64 characters.\n\
    watts\tNo\tInteger\tThe power, from 1 to 9000.\n\n### Response\n\nNone\n";

#[test]
fn a_sound_document_is_read_so_the_others_can_be_compared_with_it() {
    let (reading, _) = read(LIGHTHOUSE.as_bytes());
    use_fully(&reading.contract);
    assert_eq!(reading.contract.operations.len(), 1);
    assert_eq!(reading.contract.operations[0].request_fields().len(), 2);
}

#[test]
fn an_empty_file() {
    check(b"", "the document holds no text");
    check(b"\xef\xbb\xbf \n\t\n", "the document holds no text");
}

#[test]
fn bytes_that_are_no_text() {
    let mut bytes = LIGHTHOUSE.as_bytes().to_vec();
    let at = LIGHTHOUSE.find("The power").unwrap();
    bytes[at] = 0xff;
    check(&bytes, "UTF-8");
    let noise: Vec<u8> = (0..200_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    check(&noise, "UTF-8");
}

#[test]
fn a_document_in_no_layout() {
    check(
        b"Dear keeper,\n\nthe lamp is out.\n",
        "none of the known layouts",
    );
}

#[test]
fn a_table_cut_in_the_middle_of_a_row() {
    let cut = LIGHTHOUSE.find("The power").unwrap() - "Integer\t".len() - 2;
    check(&LIGHTHOUSE.as_bytes()[..cut], "cell");
    let fields = read(&LIGHTHOUSE.as_bytes()[..cut]).0.contract.operations[0]
        .request_fields()
        .len();
    assert_eq!(fields, 2, "the row that was cut is still a field");
}

#[test]
fn a_line_of_fifty_megabytes_of_tabs() {
    check(&vec![b'\t'; LINE * 1_000_000], "the document holds no text");
    let mut bytes = LIGHTHOUSE.trim_end().as_bytes().to_vec();
    let cut = LIGHTHOUSE.find("### Response").unwrap() - 2;
    bytes.truncate(cut);
    bytes.resize(cut + LINE * 1_000_000, b'\t');
    bytes.extend(b"the end\n");
    let (reading, diagnostics) = read(&bytes);
    let fields = reading.contract.operations[0].request_fields();
    assert_eq!(fields.len(), 2, "what stands before the tabs is read");
    let cells = |diagnostic: &Diagnostic| diagnostic.message.contains("cells");
    assert!(
        diagnostics.iter().any(cells) && diagnostics.len() < 100,
        "{diagnostics:#?}"
    );
}

/// The same in a process of its own that may not have more memory.
#[test]
#[cfg(target_os = "linux")]
fn memory_stays_bounded() {
    let this = std::env::current_exe().unwrap();
    let limit = format!("ulimit -v {} && exec \"$0\" \"$@\"", MEMORY * 1000);
    let name = "hostile_documents::a_line_of_fifty_megabytes_of_tabs";
    let output = Command::new("sh")
        .args(["-c", &limit])
        .arg(this)
        .args([name, "--exact", "--test-threads=1"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn sizes_that_only_a_machine_writes() {
    let row = "lamp\tYes\tString\tSee [Table 1-1](#a).\n";
    let deep_json = format!("```\n{}\n```\n", "{\"a\":[".repeat(50_000));
    let tags = "<p><ul><li>".repeat(50_000);
    for text in [
        format!("{LIGHTHOUSE}{}", row.repeat(30_000)),
        format!(
            "{LIGHTHOUSE}{}",
            "Table 1-1 Lamps\n\nParameter\tType\n\n".repeat(10_000)
        ),
        format!("{LIGHTHOUSE}\nExample response\n\n{deep_json}"),
        LIGHTHOUSE.replace("The power", &tags),
        LIGHTHOUSE.replace("name", &"n.".repeat(100_000)),
        LIGHTHOUSE.replace("String", &"Array of ".repeat(20_000)),
        LIGHTHOUSE.replace("/lamps", &"/{lamp}".repeat(20_000)),
    ] {
        let (reading, _) = read(text.as_bytes());
        use_fully(&reading.contract);
    }
}

/// Pieces that mean something to a reader, in an order that means nothing.
fn soup() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "# 1 Lamps\n",
        "## 1.1 Lighting\n",
        "### URI\n",
        "URI: GET /v1/{keeper_id}/lamps/{lamp_id}\n",
        "POST /v1/lamps?limit={limit}\n",
        "PUT /\n",
        "表 1-1 请求参数\n",
        "Table 1-1 Request parameters\n",
        "Table 1-2 lamps field\n",
        "Parameter\tMandatory\tType\tDescription\n",
        "参数\t是否必选\t参数类型\t描述\n",
        "Parameter\n\nType\n\nDescription\n\n",
        "lamp\tYes\tObject\tSee Table 1-2.\n",
        "lamp\t是\tArray of objects\t详见表1-1。\n",
        "watts\tNo\tInteger\tFrom 9 to 1, 99999999999999999999.\n",
        "colour\tString\t<ul><li>red</li><li>&#x110000;</ul>\n",
        "a.b[]{c}\t\\_\tdict\t取值范围：[1,0]，不超过0个字节。\n",
        "\t\t\t\n",
        "\n",
        "\n\n",
        "```\n",
        "{\"lamp\": {\"watts\": 1, ...\n",
        "}}\n",
        "\"x\":,\n",
        "{\n\"job_id\": null\n}\n",
        "200\tOK\n",
        "LH.0001\t400\tno oil\n",
        "Only letters, digits, and [-_].\n",
        "NOTE:\n",
        "- at most 64 characters\n",
        "\u{feff}",
        "\u{0}",
        "\u{2028}",
        "é灯\u{10ffff}",
        "\r",
        "|a|b|\n",
        "|参数|是否必选|描述|\n|--|--|--|\n",
        "|lamp|是|on：亮off：灭|\n",
        "|lamp_id|\n",
        "Request\n-------\n\n",
        ".. _lamp:\n\n.. table:: **Table 1** lamp\n\n   ",
        "+------+-----+\n| Name | Type|\n+======+=====+\n",
        "| lamp | a   |\n|      +-----+\n+------+-----+\n",
        "==== ====\nName Type\n==== ====\n",
        "a    b\n==== ====\n\n",
        ":ref:`Table 1 <lamp>` and [Table 1](lamp.md#lamp)\n",
        "<a name=\"lamp\"></a>\n<table><tr><td rowspan=\"3\">",
        "<td colspan=\"9\"><p>Type</p></td></tr>\n",
        "</table>\n",
    ]);
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_folder_is_read(one in soup(), other in soup()) {
        let pages = [("a/lamp.md", one.as_bytes()), ("lamp.md", other.as_bytes())];
        let pages = pages.map(|(path, bytes)| PageText { path, bytes });
        let document = document::read_folder(&DocumentId::new("hostile"), &pages);
        use_fully(&extract::read(&document).contract);
    }

    #[test]
    fn any_text_is_read(text in soup()) {
        use_fully(&read(text.as_bytes()).0.contract);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        use_fully(&read(&bytes).0.contract);
    }
}
