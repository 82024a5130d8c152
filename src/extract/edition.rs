//! What a document says of itself: its language and its date.
//!
//! Main entry: [`of`]. A manifest may say otherwise.

use std::sync::LazyLock;

use super::lexicon;
use super::pattern::{Pattern, compile};
use crate::contract::Edition;
use crate::document::{BlockKind, Document};

/// The document as an edition of the contract.
pub fn of(document: &Document) -> Edition {
    Edition {
        id: document.id.clone(),
        language: Some(language(document).to_owned()),
        date: date(document),
        title: None,
        api: None,
    }
}

/// The language that most headings and paragraphs are in.
fn language(document: &Document) -> &'static str {
    let text = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { text, .. } => Some(text.clone()),
            BlockKind::Paragraph(prose) => Some(prose.text()),
            BlockKind::Table(_) | BlockKind::Code(_) => None,
        });
    let (mut han, mut latin) = (0_usize, 0_usize);
    for c in text.flat_map(|text| text.chars().collect::<Vec<_>>()) {
        if lexicon::is_han(c) {
            han += 1;
        } else if c.is_ascii_alphabetic() {
            latin += 1;
        }
    }
    // A Chinese document is full of Latin names; an English one has no Chinese.
    if han * 10 > latin { "zh" } else { "en" }
}

/// The date that the first lines of a document give.
fn date(document: &Document) -> Option<String> {
    static DATE: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = r"(?i)(?:发布日期|文档日期|更新时间|更新于|updated on|release date|issue date|date)\D{0,6}(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})";
        compile(pattern)
    });
    /// A date further down belongs to a table of changes.
    const FIRST_BLOCKS: usize = 12;
    let texts = document
        .blocks
        .iter()
        .take(FIRST_BLOCKS)
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { text, .. } => Some(text.clone()),
            BlockKind::Paragraph(prose) => Some(prose.text()),
            BlockKind::Table(_) | BlockKind::Code(_) => None,
        });
    texts.into_iter().find_map(|text| {
        let hit = DATE.captures(&text)?;
        Some(format!("{}-{:0>2}-{:0>2}", &hit[1], &hit[2], &hit[3]))
    })
}
