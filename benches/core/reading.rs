//! Reading documents: a made-up reference of many pages, in two layouts.

use divan::Bencher;
use divan::counter::BytesCount;
use proofhouse::document::{self, PageText};
use proofhouse::extract::{self, Reading};
use proofhouse::source::DocumentId;

/// A page about one sort of lamp, its tables parted by tabs.
fn page(number: usize) -> String {
    format!(
        "## 4.{number} Changing a Lamp of Sort {number}\n\n\
         ## Function\n\nThis API is used to change a lamp.\n\n\
         ## Constraints\n\n- A maximum of 40 wicks can be fitted to a lamp.\n\n\
         ## URI\n\nPUT /v1/{{harbour_id}}/lamps{number}/{{lamp_id}}\n\n\
         Table 4-{number}1 Parameter description\n\n\
         Parameter\tMandatory\tDescription\n\
         harbour_id\tYes\tSpecifies the harbour ID.\n\
         lamp_id\tYes\tSpecifies the lamp ID.\n\n\
         ## Request\n\n\
         Table 4-{number}2 Request parameters\n\n\
         Parameter\tMandatory\tType\tDescription\n\
         name\tYes\tString\tSpecifies the name. <ul><li>The value contains 1 to 64 characters.</li><li>It can contain only letters, digits, underscores (_), and hyphens (-).</li></ul>\n\
         colour\tNo\tString\tSpecifies the colour. The value can be <b>red</b>, <b>green</b>, or <b>white</b>.\n\
         watts\tNo\tInteger\tSpecifies the power. The value ranges from 1 to 9000.\n\
         wicks\tNo\tArray of objects\tSpecifies the wicks. For details, see <a href=\"#w{number}\">Table 4-{number}3</a>.\n\n\
         Table 4-{number}3 **wicks** field description\n\n\
         Parameter\tMandatory\tType\tDescription\n\
         id\tYes\tString\tSpecifies the wick ID, which is in UUID format.\n\
         length\tNo\tInteger\tSpecifies the length in millimeters. The minimum value is 5.\n\n\
         - Example request\n\n```\n{{\"name\": \"north\", \"colour\": \"red\", \"wicks\": [{{\"id\": \"0f8fad5b-d9cb-469f-a165-70867728950e\"}}]}}\n```\n\n\
         ## Response\n\n\
         Table 4-{number}4 Response parameters\n\n\
         Parameter\tType\tDescription\n\
         id\tString\tSpecifies the lamp ID, which is in UUID format.\n\
         lit_at\tString\tSpecifies when it was lit. The time format is YYYY-MM-DDTHH:MM:SSZ.\n\n\
         ## Status Codes\n\nStatus Code\tDescription\n200\tOK\n\n"
    )
}

/// So many pages of a reference.
pub fn pages(n_pages: usize) -> Vec<String> {
    (1..=n_pages).map(page).collect()
}

/// The five documents that the project stands on, where they are at hand.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads what it times")]
pub fn given() -> Option<Vec<String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/docs/seeds");
    let files = std::fs::read_dir(folder).ok()?;
    let texts = files.map(|file| std::fs::read_to_string(file?.path()));
    texts.collect::<Result<_, _>>().ok()
}

/// The same from a folder.
pub fn read_folder(pages: &[String]) -> Reading {
    let paths: Vec<String> = (0..pages.len()).map(|n| format!("{n:04}.md")).collect();
    let pages = paths.iter().zip(pages).map(|(path, page)| PageText {
        path,
        bytes: page.as_bytes(),
    });
    let pages: Vec<PageText<'_>> = pages.collect();
    extract::read(&document::read_folder(&DocumentId::new("lamps"), &pages))
}

/// From bytes to a Contract.
pub fn read(text: &str) -> Reading {
    extract::read(&document::read(
        &DocumentId::new("lamps-2031-en"),
        text.as_bytes(),
    ))
}

#[divan::bench(args = [10, 100])]
fn read_pages(bencher: Bencher<'_, '_>, n_pages: usize) {
    let text = pages(n_pages).concat();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| read(&text));
}
