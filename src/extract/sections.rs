//! Cuts a Document into pages and says of every part which section of its page it stands in.
//!
//! Main entry: [`pages`]. A page starts at a heading that is no section word and ends at the next.
//! Section words are recognised as headings and as paragraphs of their own, because layouts differ.

use super::lexicon::{self, Section};
use crate::document::{Block, BlockKind, Document, LABEL, Piece, Table};
use crate::source::Lines;

/// What stands under one heading.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The heading, without its number.
    pub title: &'a str,
    /// Its line.
    pub line: u32,
    /// Its parts, in order.
    pub parts: Vec<Part<'a>>,
}

/// A part of a page within one section.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The section.
    pub section: Section,
    /// Whether a word like "note" stands in front.
    pub note: bool,
    /// Its lines.
    pub lines: Lines,
    /// What it is.
    pub content: Content<'a>,
}

/// What a part is.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Consecutive pieces of running text or list items.
    Prose(&'a [Piece]),
    /// A table.
    Table(&'a Table),
    /// Code or an example.
    Code(&'a str),
}

impl<'a> Page<'a> {
    fn new(title: &'a str, line: u32) -> Self {
        Self {
            title,
            line,
            parts: Vec::new(),
        }
    }

    /// What stands between the title and where the operation is called says what it does, also where no
    /// heading says so.
    fn name_description(&mut self) {
        if self.has(Section::Function) || !self.has(Section::Uri) {
            return;
        }
        let mut parts = self.parts.iter_mut();
        while let Some(part) = parts.next().filter(|part| part.section == Section::Other) {
            part.section = Section::Function;
        }
    }

    fn has(&self, section: Section) -> bool {
        self.parts.iter().any(|part| part.section == section)
    }
}

/// The pages of a document, in order.
pub fn pages(document: &Document) -> Vec<Page<'_>> {
    let opens = next_sections(document);
    let mut walk = Walk {
        pages: vec![Page::new("", 1)],
        section: Section::Other,
        note: false,
        level: 0,
        shows: None,
    };
    let mut file = 0;
    let below = document.blocks.iter().skip(1).map(Some).chain([None]);
    for ((block, next), below) in document.blocks.iter().zip(opens).zip(below) {
        let is_code = |block: &Block| matches!(block.kind, BlockKind::Code(_));
        if !is_code(block) {
            walk.shows = below
                .filter(|below| is_code(below))
                .and_then(|_| label_of(block));
        }
        let this = document.pages.page_of(block.lines.first);
        if this != file {
            file = this;
            walk.file(block);
            if matches!(block.kind, BlockKind::Heading { .. }) {
                continue;
            }
        }
        match &block.kind {
            BlockKind::Heading { level, text } => {
                walk.heading(block.lines.first, *level, text, next)
            }
            BlockKind::Paragraph(prose) => walk.paragraph(&prose.pieces),
            BlockKind::Table(table) => walk.put(block.lines, Content::Table(table)),
            BlockKind::Code(code) => walk.put(block.lines, Content::Code(code)),
        }
    }
    walk.pages.iter_mut().for_each(Page::name_description);
    walk.pages
}

/// For each block, the first section that a heading opens after it, up to the next other heading.
fn next_sections(document: &Document) -> Vec<Option<Section>> {
    let mut next = None;
    let mut found: Vec<Option<Section>> = document
        .blocks
        .iter()
        .rev()
        .map(|block| {
            let after = next;
            match &block.kind {
                BlockKind::Heading { text, .. } => next = lexicon::section(text),
                BlockKind::Paragraph(prose) => {
                    if let Some(section) = prose
                        .pieces
                        .first()
                        .and_then(|piece| lexicon::section(&piece.text))
                    {
                        next = Some(section);
                    }
                }
                BlockKind::Table(_) | BlockKind::Code(_) => {}
            }
            after
        })
        .collect();
    found.reverse();
    found
}

/// What the code right below a block shows, where the block says so.
fn label_of(block: &Block) -> Option<Section> {
    let text = match &block.kind {
        BlockKind::Heading { text, .. } => text,
        BlockKind::Paragraph(prose) => &prose.pieces.last()?.text,
        BlockKind::Table(_) | BlockKind::Code(_) => return None,
    };
    let is_section = lexicon::section(text).is_some();
    lexicon::shown_below(text).filter(|_| !is_section)
}

struct Walk<'a> {
    pages: Vec<Page<'a>>,
    section: Section,
    /// What the code that comes next shows, where it is not of the section that it stands in.
    shows: Option<Section>,
    note: bool,
    level: u8,
}

impl<'a> Walk<'a> {
    /// A file of its own is a page, whatever its title says.
    fn file(&mut self, block: &'a Block) {
        let (title, level) = match &block.kind {
            BlockKind::Heading { level, text } => (lexicon::strip_number(text), *level),
            BlockKind::Paragraph(_) | BlockKind::Table(_) | BlockKind::Code(_) => ("", 0),
        };
        self.turn(title, block.lines.first, level);
        self.section = lexicon::section(title).unwrap_or(Section::Other);
        self.note = false;
    }

    fn heading(&mut self, line: u32, level: u8, text: &'a str, next: Option<Section>) {
        match lexicon::section(text) {
            Some(section) if self.belongs_to_page(level, text, section) => self.open(section, line),
            // The label of one example ends no section.
            None if self.shows.is_some() && self.section.is_example() => {}
            section => {
                if self.starts_page(level, text, next) {
                    self.turn(lexicon::strip_number(text), line, level);
                    self.section = section.unwrap_or(Section::Other);
                } else if level != LABEL {
                    // A label that nobody knows stands inside of its section.
                    self.section = Section::Other;
                }
                self.note = false;
            }
        }
    }

    /// A numbered heading like "6.1 Status codes" is a page about them, not a section of the page
    /// before, unless it stands inside the page of an operation.
    fn belongs_to_page(&self, level: u8, text: &str, section: Section) -> bool {
        let of_operation = self.page().has(Section::Uri) || self.page().has(Section::Function);
        match section {
            Section::Note | Section::Function | Section::Uri => true,
            _ => {
                !lexicon::is_numbered(text) || of_operation && level > self.level && self.level > 0
            }
        }
    }

    fn starts_page(&self, level: u8, text: &str, next: Option<Section>) -> bool {
        // Between what an operation does and where it is called, there are headings of its page.
        let is_lower = level > self.level && self.level > 0;
        let is_flat = level == 0 && self.level == 0 && !self.page().has(Section::Uri);
        let below = (is_lower || is_flat) && self.page().has(Section::Function);
        // A label that no number marks stands on a page, also where nothing else does yet.
        let is_label = level == LABEL && self.level > 0;
        lexicon::is_numbered(text)
            || !is_label
                && (next == Some(Section::Function)
                    || (level > 0 && level <= self.level)
                    || !below && (next == Some(Section::Uri) || !self.page().has(Section::Uri)))
    }

    fn paragraph(&mut self, pieces: &'a [Piece]) {
        let mut start = 0;
        for (place, piece) in pieces.iter().enumerate() {
            let section = self.of_status(&piece.text);
            if section.is_some_and(|section| !is_failure(section)) {
                self.status(&pieces[place..=place]);
            }
            if let Some(section) = section.or_else(|| lexicon::section(&piece.text)) {
                self.prose(&pieces[start..place]);
                self.open(section, piece.line);
                start = place + 1;
            }
        }
        self.prose(&pieces[start..]);
    }

    /// "Status code: 404" among answers: what follows comes with that status.
    fn of_status(&self, text: &str) -> Option<Section> {
        let failed = lexicon::status_label(text)? >= 400;
        match self.section {
            Section::Response | Section::Failure => Some(if failed {
                Section::Failure
            } else {
                Section::Response
            }),
            Section::ResponseExample | Section::FailureExample => Some(if failed {
                Section::FailureExample
            } else {
                Section::ResponseExample
            }),
            _ => None,
        }
    }

    /// A label with the status of the answer that follows.
    fn status(&mut self, label: &'a [Piece]) {
        let before = std::mem::replace(&mut self.section, Section::Statuses);
        self.prose(label);
        self.section = before;
    }

    fn prose(&mut self, pieces: &'a [Piece]) {
        if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
            let lines = Lines {
                first: first.line,
                last: last.line,
            };
            self.put(lines, Content::Prose(pieces));
        }
    }

    fn open(&mut self, section: Section, line: u32) {
        if section == Section::Note {
            self.note = true;
            return;
        }
        // Two operations without a heading between them: the second one starts with its function.
        if section == Section::Function && self.page().has(Section::Uri) {
            self.turn("", line, self.level);
        }
        self.note = false;
        self.section = match section {
            // "Normal response" under the heading of the examples is one.
            Section::Response if self.section.is_example() && self.page_shows_answers() => {
                Section::ResponseExample
            }
            Section::Failure if self.section.is_example() => Section::FailureExample,
            other => other,
        };
    }

    /// Whether the answer was described already, so that what follows shows it.
    fn page_shows_answers(&self) -> bool {
        matches!(
            self.section,
            Section::ResponseExample | Section::FailureExample
        ) && self.page().has(Section::Response)
    }

    fn turn(&mut self, title: &'a str, line: u32, level: u8) {
        self.pages.push(Page::new(title, line));
        self.section = Section::Other;
        self.level = level;
    }

    fn put(&mut self, lines: Lines, content: Content<'a>) {
        let part = Part {
            section: self.shown_in(&content).unwrap_or(self.section),
            note: self.note,
            lines,
            content,
        };
        if let Some(page) = self.pages.last_mut() {
            page.parts.push(part);
        }
    }

    /// The section of code whose label says what it shows. Among failures, an answer is one of them.
    fn shown_in(&self, content: &Content<'_>) -> Option<Section> {
        let is_of_failure = is_failure(self.section)
            || matches!(self.section, Section::Statuses | Section::ErrorCodes);
        let fits = |shown: &Section| *shown != Section::ResponseExample || !is_of_failure;
        match content {
            Content::Code(_) => self.shows.filter(fits),
            Content::Prose(_) | Content::Table(_) => None,
        }
    }

    fn page(&self) -> &Page<'a> {
        self.pages.last().expect("a walk starts with one page")
    }
}

fn is_failure(section: Section) -> bool {
    matches!(section, Section::Failure | Section::FailureExample)
}

#[cfg(test)]
mod tests {
    use super::super::{inventory, read, tests::document};
    use crate::source::DocumentId;

    #[test]
    fn what_stands_under_the_title_is_promised_without_a_heading_of_its_own() {
        let page = |heading: &str| {
            format!(
                "# Lighting a lamp\nPuts a lamp on.\nA lamp can be lit 60 times per minute.\n{heading}\n# URI\nPOST /v1/lamps/{{lamp_id}}/light\n"
            )
        };
        let rate = |text: &str| {
            let lines = inventory::lines(&read(&document(text)));
            let is_rate = |line: &&String| line.contains("\"rule\":\"rate_limit\"");
            lines.iter().filter(is_rate).count()
        };
        assert_eq!(rate(&page("")), 1);
        assert_eq!(
            rate(&page("# Function\nLights it.")),
            0,
            "what it does stands elsewhere"
        );
    }

    #[test]
    fn a_line_above_code_may_say_what_it_shows() {
        let page = "# 点亮灯\n## URI\nPOST /v1/lamps\n## 响应参数\n| 名称 | 参数类型 | 说明 |\n|--|--|--|\n| lamp_id | String | 灯号。 |\n\n\
            ## 响应示例\n### action为light时响应体\n```\n{ \"lamp_id\": 7 }\n```\naction为light时请求体\n\n```\n{ \"lamp_id\": true }\n```\n";
        let printed = crate::document::read(&DocumentId::new("lamps"), page.as_bytes());
        let lines = inventory::lines(&read(&printed));
        let disputes = lines.iter().filter(|line| line.contains("\"dispute\""));
        let disputes: Vec<&String> = disputes.collect();
        let [dispute] = disputes.as_slice() else {
            panic!("{disputes:?}");
        };
        assert!(
            dispute.contains("Integer") && !dispute.contains("Boolean"),
            "{dispute}"
        );
    }

    #[test]
    fn a_label_right_below_the_function_begins_no_page() {
        let page = "# 点亮灯\n## 功能介绍\n###### 接口名称\nLightLamp\n###### 功能描述\n点亮一盏灯。\n## URI\n###### URI格式\nPOST /v1/lamps\n## 请求\n###### 参数说明\n| 名称 | 是否必选 | 参数类型 | 说明 |\n| oil | 是 | String | 灯油。 |\n## 响应\n###### 要素说明\n| 名称 | 参数类型 | 说明 |\n| lamp_id | String | 灯号。 |\n";
        let lines = inventory::lines(&read(&document(page)));
        let operation = lines
            .iter()
            .find(|line| line.contains("\"kind\":\"operation\""));
        let operation = operation.expect("an operation is read");
        assert!(operation.contains("\"request\":[\"oil\"]"), "{operation}");
        assert!(
            operation.contains("\"response\":[\"lamp_id\"]"),
            "{operation}"
        );
    }
}
