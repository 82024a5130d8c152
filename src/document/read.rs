//! From bytes to a [`Document`]: decode, tell the layout, read it, report what was unclear.
//!
//! A folder is read page by page, each in its own layout. Lines are counted through all of them, so
//! that who reads the Blocks needs to know nothing of pages.

use super::join::Blocks;
use super::links::Targets;
use super::text::line_number;
use super::{
    Block, BlockKind, Diagnostic, Document, Layout, cells, layout, pipe, rst, shift, tab, text,
};
use crate::source::{DocumentId, Lines, Pages};

/// More lines than this of a folder are not read.
const MOST_LINES: u32 = 4_000_000;

/// One file of a folder.
#[derive(Clone, Copy, Debug)]
pub struct PageText<'a> {
    /// Its path in the folder, parted by `/`, with the file's extension.
    pub path: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// Reads a document of one file. Never fails: any bytes give Blocks and Diagnostics.
pub fn read(id: &DocumentId, bytes: &[u8]) -> Document {
    let mut reader = Reader::new(id);
    let (decoded, diagnostics) = text::decode(bytes);
    reader.page(None, &decoded, diagnostics, Layout::Plain);
    reader.finish()
}

/// Reads a folder of pages, in this order, as one document. A page whose text does not tell its
/// layout has the one of most others.
pub fn read_folder(id: &DocumentId, pages: &[PageText<'_>]) -> Document {
    let decoded: Vec<_> = pages.iter().map(|page| text::decode(page.bytes)).collect();
    let told = decoded.iter().filter_map(|(text, _)| {
        let lines = text::lines(text, &mut Vec::new());
        layout::detect(&lines)
    });
    let usual = most_frequent(&told.collect::<Vec<_>>());
    let mut reader = Reader::new(id);
    for (page, (text, diagnostics)) in pages.iter().zip(decoded) {
        reader.page(Some(page.path), &text, diagnostics, usual);
    }
    reader.finish()
}

fn most_frequent(layouts: &[Layout]) -> Layout {
    let n_times = |layout: &&Layout| layouts.iter().filter(|other| other == layout).count();
    let most = Layout::ALL.iter().max_by_key(n_times);
    most.copied()
        .filter(|_| !layouts.is_empty())
        .unwrap_or(Layout::Plain)
}

struct Reader<'a> {
    id: &'a DocumentId,
    pages: Pages,
    blocks: Vec<Block>,
    diagnostics: Vec<Diagnostic>,
    targets: Targets,
    layouts: Vec<Layout>,
    /// How many lines were read.
    n_lines: u32,
    /// Whether any of them holds text.
    has_text: bool,
}

impl<'a> Reader<'a> {
    fn new(id: &'a DocumentId) -> Self {
        Self {
            id,
            pages: Pages::default(),
            blocks: Vec::new(),
            diagnostics: Vec::new(),
            targets: Targets::default(),
            layouts: Vec::new(),
            n_lines: 0,
            has_text: false,
        }
    }

    fn page(
        &mut self,
        path: Option<&str>,
        text: &str,
        mut diagnostics: Vec<Diagnostic>,
        usual: Layout,
    ) {
        if self.n_lines > MOST_LINES {
            return;
        }
        let lines = text::lines(text, &mut diagnostics);
        let layout = layout::detect(&lines).unwrap_or(usual);
        let mut out = Blocks::default();
        match layout {
            // Headings, code and paragraphs look the same with and without tables.
            Layout::TabTables | Layout::Plain => tab::read(&lines, &mut out),
            Layout::PipeTables => pipe::read(&lines, &mut out),
            Layout::CellParagraphs => cells::read(&lines, &mut out),
            Layout::Restructured => rst::read(&lines, &mut out),
        }
        self.layouts.push(layout);
        self.has_text |= lines.iter().any(|line| !line.trim().is_empty());
        let before = self.n_lines;
        self.pages.push(path.map(without_extension), before);
        let finished = out.finish();
        diagnostics.extend(finished.diagnostics);
        for mut block in finished.blocks {
            shift::block(&mut block, before);
            self.blocks.push(block);
        }
        for mut diagnostic in diagnostics {
            shift::lines(&mut diagnostic.lines, before);
            self.diagnostics.push(diagnostic);
        }
        self.targets
            .page(path.unwrap_or(""), before, finished.links, finished.anchors);
        self.n_lines = before.saturating_add(line_number(lines.len()));
        if self.n_lines > MOST_LINES {
            self.diagnose(
                Lines::one(self.n_lines),
                &format!("the folder has more than {MOST_LINES} lines"),
                "reading stopped after this page; split the folder",
            );
        }
    }

    fn finish(mut self) -> Document {
        self.report_missing();
        let (links, lost) = self.targets.resolve(&self.blocks);
        self.diagnostics.extend(lost);
        Document {
            id: self.id.clone(),
            layout: most_frequent(&self.layouts),
            pages: self.pages,
            blocks: self.blocks,
            links,
            diagnostics: self.diagnostics,
        }
    }

    /// Says what is missing when no table was found.
    fn report_missing(&mut self) {
        let all = Lines {
            first: 1,
            last: self.n_lines.max(1),
        };
        let is_table = |block: &Block| matches!(block.kind, BlockKind::Table(_));
        if !self.has_text {
            self.diagnose(
                all,
                "the document holds no text",
                "give a document with text",
            );
        } else if self.layouts.iter().all(|layout| *layout == Layout::Plain) {
            self.diagnose(
                all,
                "the document is in none of the known layouts",
                "looked for rows of cells parted by tabs, for tables of pipes (`|--|--|`), for reStructuredText \
                 (`.. table::`, underlined titles), and for table headers with one word per paragraph \
                 (`Parameter`, `Type`, `Description`); found none, so only headings, paragraphs and code were read",
            );
        } else if !self.blocks.iter().any(is_table) {
            self.diagnose(
                all,
                "the document holds no table",
                "headings, paragraphs and code were read",
            );
        }
    }

    fn diagnose(&mut self, lines: Lines, message: &str, help: &str) {
        self.diagnostics.push(Diagnostic {
            lines,
            message: message.to_owned(),
            help: Some(help.to_owned()),
        });
    }
}

/// The lines of a document, as line numbers count them.
pub fn lines(bytes: &[u8]) -> Vec<String> {
    let (decoded, mut diagnostics) = text::decode(bytes);
    let lines = text::lines(&decoded, &mut diagnostics);
    lines.into_iter().map(str::to_owned).collect()
}

fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.contains('/') => stem,
        _ => path,
    }
}
