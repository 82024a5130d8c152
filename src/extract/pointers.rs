//! Follows what texts point at outside of structures: chapters, other documents, tables of a section.
//!
//! Main entries: [`Headings`], which finds a chapter by its title, and [`of_prose`], which follows
//! every mention that the fields have not followed.

use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lexicon::{self, Section, squeeze};
use super::links::{self, Links};
use super::pattern::{Pattern, compile};
use super::references::{self, Index, Mention, Reference};
use super::sections::{Content, Page};
use super::tables::{Role, TableRead};
use crate::contract::FieldPath;
use crate::document::{BlockKind, Document, Link, Piece, Prose};
use crate::source::Pages;

/// The headings of a document, to find chapters by their titles.
pub struct Headings<'a> {
    /// Titles without their numbers, with their lines, in order.
    titles: Vec<(&'a str, u32)>,
    by_title: HashMap<String, Vec<usize>>,
    /// The lines where chapters begin: of the numbered headings, where there are any.
    chapters: Vec<u32>,
    links: &'a Links<'a>,
    pages: &'a Pages,
    /// The lines of tables of status codes and of tables of error codes.
    statuses: Vec<u32>,
    codes: Vec<u32>,
}

/// No title is longer than this many letters.
const LONGEST_TITLE: usize = 60;

/// Words that go on after a title in running text.
const AFTER_A_TITLE: &[&str] = &[
    "章节", "小节", "一节", "部分", "中", "的", "获取", "和", "或", "section", "chapter", "for",
    "to", "and",
];

impl<'a> Headings<'a> {
    /// The headings of a document with these tables.
    pub fn new(document: &'a Document, tables: &[TableRead<'_>], links: &'a Links<'a>) -> Self {
        let mut headings = Self {
            links,
            pages: &document.pages,
            titles: Vec::new(),
            by_title: HashMap::new(),
            chapters: Vec::new(),
            statuses: lines_of(tables, Role::Status),
            codes: lines_of(tables, Role::Error),
        };
        let mut numbered = HashSet::new();
        for block in &document.blocks {
            let BlockKind::Heading { text, .. } = &block.kind else {
                continue;
            };
            let title = lexicon::strip_number(text);
            let (place, words) = (headings.titles.len(), squeeze(title));
            headings.titles.push((title, block.lines.first));
            if lexicon::is_numbered(text) {
                headings.chapters.push(block.lines.first);
            }
            let places = headings.by_title.entry(words.clone()).or_default();
            // A chapter has a number; what reads like it on every page is a part of that page.
            match (lexicon::is_numbered(text), numbered.contains(&words)) {
                (true, false) => {
                    *places = vec![place];
                    numbered.insert(words);
                }
                (false, true) => {}
                (true, true) | (false, false) => places.push(place),
            }
        }
        if headings.chapters.is_empty() {
            headings.chapters = headings.titles.iter().map(|(_, line)| *line).collect();
        }
        headings
    }

    /// What a mention of a title in a text leads to; nothing where it may be no mention at all.
    pub fn follow(&self, mention: &Mention, text: &str) -> Option<Followed> {
        if let Some(link) = self.links.behind(mention) {
            return Some(self.follow_link(link, text));
        }
        let printed = lexicon::strip_number(&mention.printed);
        let Some(places) = self.titled(&squeeze(printed)) else {
            let leaves = mention.quoted || is_capitalised(printed);
            return leaves.then_some(Followed::AnotherDocument);
        };
        let near = self.near(places, mention.line);
        let places = near.as_ref().map_or(places, std::slice::from_ref);
        let (title, line) = self.titles[places[0]];
        let problem = match places.len() {
            1 => self.codes_meant(text, line),
            n => Some(format!("{n} headings read so")),
        };
        Some(Followed::Here(Some((title.to_owned(), line)), problem))
    }

    /// What a link leads to: the heading on its line, or the one above.
    fn follow_link(&self, link: &Link, text: &str) -> Followed {
        let Some(to) = link.to else {
            if self.links.leaves(link) {
                return Followed::AnotherDocument;
            }
            let problem = "the link leads to no place of this document";
            return Followed::Here(None, Some(problem.to_owned()));
        };
        let next = self.titles.partition_point(|(_, line)| *line <= to);
        let heading = next.checked_sub(1).map(|place| self.titles[place]);
        let problem = heading.and_then(|(_, line)| self.codes_meant(text, line));
        Followed::Here(
            heading.map(|(title, line)| (title.to_owned(), line)),
            problem,
        )
    }

    /// The one of several headings that is meant on a line: what every page or every chapter has is meant where it
    /// is mentioned.
    fn near(&self, places: &[usize], line: u32) -> Option<usize> {
        let one = |is_near: &dyn Fn(u32) -> bool| {
            let mut near = places
                .iter()
                .filter(|place| is_near(self.titles[**place].1));
            near.next().filter(|_| near.next().is_none()).copied()
        };
        let page = |line: u32| self.pages.page_of(line);
        let chapter = |line: u32| self.chapters.partition_point(|chapter| *chapter <= line);
        let is_inside = |heading: u32| {
            let begins_one = self.chapters.binary_search(&heading).is_ok();
            !begins_one && page(heading) == page(line) && chapter(heading) == chapter(line)
        };
        one(&|heading| page(heading) == page(line)).or_else(|| one(&is_inside))
    }

    /// The headings of the longest title that a text begins with.
    fn titled(&self, text: &str) -> Option<&[usize]> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = ends.take(LONGEST_TITLE).collect();
        ends.iter().rev().find_map(|end| {
            let (title, rest) = text.split_at(*end);
            let places = self.by_title.get(title)?;
            let goes_on =
                rest.is_empty() || AFTER_A_TITLE.iter().any(|word| rest.starts_with(word));
            goes_on.then_some(places.as_slice())
        })
    }

    /// Error codes are not status codes: a text about the ones that leads to the others is wrong.
    fn codes_meant(&self, text: &str, heading: u32) -> Option<String> {
        let words = squeeze(text);
        let about_codes = ["错误码", "errorcode"]
            .iter()
            .any(|word| words.contains(word));
        let next = self.chapters.partition_point(|line| *line <= heading);
        let end = self.chapters.get(next).copied().unwrap_or(u32::MAX);
        let holds = |lines: &[u32]| {
            let at = lines.partition_point(|line| *line < heading);
            lines.get(at).is_some_and(|line| *line < end)
        };
        let wrong =
            about_codes && holds(&self.statuses) && !holds(&self.codes) && !self.codes.is_empty();
        wrong.then(|| "leads to status codes; error codes stand elsewhere".to_owned())
    }
}

/// The lines of the tables that list codes of a kind.
fn lines_of(tables: &[TableRead<'_>], role: Role) -> Vec<u32> {
    let lists = |read: &&TableRead<'_>| read.role == role && !read.defines_fields;
    let found = tables.iter().filter(lists);
    found.map(|read| read.table.line).collect()
}

/// `Obtaining a Project ID`: most words begin with a capital.
fn is_capitalised(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let n_capital = words.iter().filter(capital).count();
    (1..=8).contains(&words.len())
        && text.is_ascii()
        && n_capital * 3 >= words.len() * 2
        && words[0].len() > 1
}

/// What a mention leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// A place of this document with its line, and what is odd about the mention.
    Here(Option<(String, u32)>, Option<String>),
    /// Nothing that this document holds.
    AnotherDocument,
}

impl Followed {
    /// The fact of the inventory.
    pub fn into_reference(
        self,
        (line, printed): (u32, &str),
        field: Option<FieldPath>,
    ) -> Reference {
        let (meant, problem, leaves) = match self {
            Followed::Here(meant, problem) => (meant, problem, false),
            Followed::AnotherDocument => (None, None, true),
        };
        let (resolved, leads_to) = meant.unzip();
        Reference {
            line,
            field,
            to: Some(printed.to_owned()),
            resolved,
            leads_to,
            problem,
            leaves,
        }
    }
}

/// Follows the mentions in prose and in cells, but for those that are `known`.
pub fn of_prose(
    pages: &[Page<'_>],
    tables: &[TableRead<'_>],
    (index, headings): (&Index<'_>, &Headings<'_>),
    known: &mut Vec<Reference>,
) {
    let mut walk = Walk {
        tables,
        index,
        headings,
        seen: HashSet::new(),
        told: HashMap::new(),
        found: Vec::new(),
    };
    for reference in known.iter() {
        if let Some(printed) = &reference.to {
            walk.seen.insert((reference.line, printed.clone()));
            walk.tell(reference.line, printed);
        }
    }
    for (number, page) in pages.iter().enumerate() {
        let introduced = walk.introduced(number, page);
        for part in &page.parts {
            let Content::Prose(pieces) = part.content else {
                continue;
            };
            let first = introduced.get(&part.section).copied();
            let mut follow = |piece| walk.follow((number, first), piece);
            pieces.iter().for_each(&mut follow);
        }
    }
    for read in tables {
        let cells = read.table.rows.iter().flat_map(|row| &row.cells);
        let pieces = cells.flat_map(|cell| &cell.pieces);
        pieces.for_each(|piece| walk.follow((read.page, None), piece));
    }
    known.append(&mut walk.found);
}

struct Walk<'a> {
    tables: &'a [TableRead<'a>],
    index: &'a Index<'a>,
    headings: &'a Headings<'a>,
    seen: HashSet<(u32, String)>,
    /// What lines with links were read to point at, squeezed.
    told: HashMap<u32, Vec<String>>,
    found: Vec<Reference>,
}

/// A page, and the table that texts of one of its sections introduce but do not name.
type Spot = (usize, Option<usize>);

impl Walk<'_> {
    /// What a text points at: by words that say so, and by links, which need none.
    fn follow(&mut self, spot: Spot, piece: &Piece) {
        if references::may_point(&piece.text) {
            self.mentioned(spot, piece);
        }
        self.links(piece);
    }

    fn mentioned(&mut self, spot: Spot, piece: &Piece) {
        self.found.extend(self.without_number(spot.0, piece));
        for mention in mentions(piece) {
            if !self.seen.insert((mention.line, mention.printed.clone())) {
                continue;
            }
            self.tell(mention.line, &mention.printed);
            let followed = match &mention.number {
                Some(number) => Some(self.by_number(spot, number, &mention)),
                None => self.headings.follow(&mention, &piece.text),
            };
            let reference = followed
                .map(|followed| followed.into_reference((mention.line, &mention.printed), None));
            self.found.extend(reference);
        }
    }

    /// Keeps what a line was read to point at, for the links on it.
    fn tell(&mut self, line: u32, printed: &str) {
        /// No line of a page has more links.
        const MOST: usize = 64;
        if !self.headings.links.on(line).is_empty() {
            let told = self.told.entry(line).or_default();
            if told.len() < MOST {
                told.push(squeeze(printed));
            }
        }
    }

    /// Links whose words no verb introduces.
    fn links(&mut self, piece: &Piece) {
        for link in self.headings.links.on(piece.line) {
            let words = squeeze(&link.text);
            let told = self.told.get(&link.line);
            let is_told =
                told.is_some_and(|told| told.iter().any(|one| links::are_same(one, &words)));
            if is_told || !piece.text.contains(&link.text) {
                continue;
            }
            self.tell(link.line, &link.text);
            let followed = match self.index.table_at(link.to) {
                Some(table) => Followed::Here(self.called(table), None),
                None => self.headings.follow_link(link, &piece.text),
            };
            let reference = followed.into_reference((link.line, &link.text), None);
            self.found.push(reference);
        }
    }

    /// The number of a table, and its line.
    fn called(&self, table: usize) -> Option<(String, u32)> {
        let table = self.tables[table].table;
        Some((table.number.clone()?, table.line))
    }

    /// The table of a number, and what is odd about it.
    fn by_number(&self, (page, first): Spot, number: &str, mention: &Mention) -> Followed {
        let called = |table| self.called(table);
        if let Some(table) = self.index.linked(mention) {
            return Followed::Here(called(table), None);
        }
        if self.index.leaves(mention) {
            return Followed::AnotherDocument;
        }
        if let Some(table) = self.index.on_named_page(page, mention) {
            return Followed::Here(called(table), None);
        }
        if let Some(found) = self.index.numbered_on(page, number) {
            let begins = |(first, _)| format!("the section begins with table {first}");
            return Followed::Here(called(found), first.and_then(called).map(begins));
        }
        let chapter = mention.chapter.as_deref();
        let under = chapter.map_or(&[][..], |title| self.index.under_title(title));
        let on_page = || self.index.counted_among(self.index.on_page(page), number);
        let counted = self.index.counted_among(under, number).or_else(on_page);
        let problem = match counted {
            Some(_) => "no table has this number; found by its place on the page",
            None => "no table has this number",
        };
        Followed::Here(counted.and_then(called), Some(problem.to_owned()))
    }

    /// "As table … shows", where the number is lost.
    fn without_number(&self, page: usize, piece: &Piece) -> Option<Reference> {
        static LOST: LazyLock<Pattern> = LazyLock::new(|| {
            let pattern = r"(?:如|见)(表\s+([^\d\s，。；A-Z][^\d，。；]{0,30}?))(?:所示|。|$)";
            compile(pattern)
        });
        let hit = LOST.captures(&piece.text)?;
        // A link needs no number.
        let is_linked = self.headings.links.on(piece.line).iter().any(|link| {
            self.index.table_at(link.to).is_some()
                && links::are_same(&squeeze(&link.text), &squeeze(&hit[1]))
        });
        if is_linked {
            return None;
        }
        let mut tables = self
            .index
            .on_page(page)
            .iter()
            .map(|table| self.tables[*table].table);
        let same = |caption: &String| squeeze(caption) == squeeze(&hit[2]);
        let meant = tables.find(|table| table.caption.as_ref().is_some_and(same));
        Some(Reference {
            line: piece.line,
            field: None,
            to: Some(hit[1].to_owned()),
            resolved: meant.and_then(|table| table.number.clone()),
            leads_to: meant.map(|table| table.line),
            problem: Some("the number of the table is missing".to_owned()),
            leaves: false,
        })
    }

    /// For each section of a page whose text leads to tables, but not to its own first one: that one.
    fn introduced(&self, number: usize, page: &Page<'_>) -> HashMap<Section, usize> {
        let mut firsts: HashMap<Section, usize> = HashMap::new();
        for table in self.index.on_page(number) {
            let read = &self.tables[*table];
            if read.operation.is_some() && read.defines_fields && read.table.number.is_some() {
                firsts.entry(read.section).or_insert(*table);
            }
        }
        firsts.retain(|section, first| {
            let parts = page.parts.iter().filter(|part| part.section == *section);
            let pieces = parts.filter_map(|part| match part.content {
                Content::Prose(pieces) => Some(pieces),
                Content::Table(_) | Content::Code(_) => None,
            });
            let printed = pieces.flatten().flat_map(mentions);
            let numbers = printed.filter_map(|mention| mention.number);
            let mut leads = numbers.filter_map(|printed| self.index.numbered_on(number, &printed));
            leads
                .next()
                .is_some_and(|one| one != *first && leads.all(|other| other != *first))
        });
        firsts
    }
}

fn mentions(piece: &Piece) -> Vec<Mention> {
    let pieces = vec![piece.clone()];
    references::mentions(&Prose { pieces })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::source::DocumentId;

    fn check(text: &str, expected: Option<&str>) {
        let pages = "# 1.1 Oil\n\nOil.\n\n# 1.2 Wicks\n\nWicks.\n\n## Lists\n\n# 2.1 Oil\n\nOil.\n\n## Lists\n";
        let document = document::read(&DocumentId::new("lamps"), pages.as_bytes());
        let links = Links::default();
        let headings = Headings::new(&document, &[], &links);
        let piece = Piece {
            text: text.to_owned(),
            line: 1,
            depth: 0,
            note: false,
        };
        let followed = mentions(&piece)
            .first()
            .and_then(|mention| headings.follow(mention, text));
        let shown = followed.map(|followed| match followed {
            Followed::Here(title, problem) => {
                let problem = problem.unwrap_or("fine".to_owned());
                format!("{}: {problem}", title.unwrap_or_default().0)
            }
            Followed::AnotherDocument => "another document".to_owned(),
        });
        assert_eq!(shown.as_deref(), expected, "{text}");
    }

    #[test]
    fn chapters_are_found_by_their_titles() {
        check("For lamps, see Wicks.", Some("Wicks: fine"));
        check("See 1.2 Wicks for more.", Some("Wicks: fine"));
        check("See Oil.", Some("Oil: 2 headings read so"));
        check("See Lists.", Some("Lists: 2 headings read so"));
        check("See Obtaining a Lamp.", Some("another document"));
        check("参见《灯塔手册》。", Some("another document"));
        check("See what burns.", None);
        check("Seen by night.", None);
    }
}
