//! Finds "see Table 5-11" in text, and the table that is meant.
//!
//! Main entries: [`mentions`] and [`Index::resolve`]. Printed numbers are often stale, relative to
//! their page, or missing; then the caption, the field's name and the nearness of a table decide,
//! and the [`Reference`] says so.

use hashbrown::HashMap;
use std::sync::LazyLock;

use super::lexicon::{self, squeeze};
use super::links::Links;
use super::pattern::{Pattern, compile};
use super::sections::Page;
use super::tables::{Role, TableRead, subjects};
use crate::contract::FieldPath;
use crate::document::{Link, Prose};

/// A place in a text that points at a table or at a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The line.
    pub line: u32,
    /// As printed: `表4-29`, `Table 2`.
    pub printed: String,
    /// The number, where one is printed.
    pub number: Option<String>,
    /// The caption or title, squeezed, where one is printed.
    pub title: Option<String>,
    /// The words right before a number, squeezed: the chapter whose tables it may count.
    pub chapter: Option<String>,
    /// The words right before a number and right behind it, squeezed: they may be the title of the page that has the table.
    pub around: [String; 2],
    /// Whether it stands in quotes, as titles of books and of their chapters do.
    pub quoted: bool,
}

/// A reference of the document, resolved or not. A fact of the inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The line.
    pub line: u32,
    /// The field whose description points, where it is one.
    pub field: Option<FieldPath>,
    /// What is printed; nothing where a table belongs to a field without being mentioned.
    pub to: Option<String>,
    /// The number or title of the table that is meant.
    pub resolved: Option<String>,
    /// The line of what is meant.
    pub leads_to: Option<u32>,
    /// Why the printed reference was not followed as it stands.
    pub problem: Option<String>,
    /// Whether it leads to another document, which is no fault.
    pub leaves: bool,
}

/// The field whose row points somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// Its name.
    pub name: &'a str,
    /// The structure that its kind names.
    pub structure: Option<&'a str>,
    /// Whether it can have members at all.
    pub holds_members: bool,
}

static TABLE: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"(?:表|[Tt]able)\s*((?:[A-Z]-)?\d+(?:-\d+)*)(?:\s*([A-Za-z_][A-Za-z0-9_:.\-]*)\s*(?:字段|参数|对象|数据|结构|data|field|structure))?";
    compile(pattern)
});

static TITLE: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r#"(?:请参见|请参考|请参阅|请参照|参见|参考|参阅|参照|见|\b[Ss]ee\b|\b[Rr]efer to\b)\s*[:：]?\s*([“"《]?)([^“”"《》，。,;；]{2,80})([”"》]?)"#;
    compile(pattern)
});

static POINTS: LazyLock<Pattern> = LazyLock::new(|| {
    let pattern = r"参见|参考|参阅|参照|见|如|\b[Ss]ee\b|\b[Rr]efer to\b";
    compile(pattern)
});

static STRUCTURE: LazyLock<Pattern> =
    LazyLock::new(|| compile("(?i)数据结构|字段|参数|structure|parameters|fields"));

/// Whether a text has a word that points, or one of a table. Most have none, and are not searched.
pub fn may_point(text: &str) -> bool {
    let points = |word: &&str| text.contains(*word);
    text.contains(['表', '见', '参'])
        || text.contains('e') && ["able", "ee", "efer"].iter().any(points)
}

/// Every mention in a text, in order.
pub fn mentions(prose: &Prose) -> Vec<Mention> {
    let mut found = Vec::new();
    for piece in prose.pieces.iter().filter(|piece| may_point(&piece.text)) {
        let numbered = found.len();
        for hit in TABLE.captures_iter(&piece.text) {
            let (Some(whole), Some(last)) = (hit.get(0), hit.get(2).or(hit.get(1))) else {
                continue;
            };
            found.push(Mention {
                line: piece.line,
                printed: piece.text[whole.start()..last.end()].to_owned(),
                number: Some(hit[1].to_owned()),
                title: hit.get(2).map(|name| squeeze(name.as_str())),
                chapter: chapter(&piece.text[..whole.start()]),
                around: around_number(&piece.text, (whole.start(), last.end())),
                quoted: false,
            });
        }
        if found.len() > numbered {
            continue;
        }
        for hit in TITLE.captures_iter(&piece.text) {
            let title = without_end(&hit[2]);
            // "See table lamps": the number is lost, the caption is not.
            let title = title.strip_prefix("表 ").unwrap_or(title).trim_start();
            found.push(Mention {
                line: piece.line,
                printed: title.to_owned(),
                number: None,
                title: Some(squeeze(title)),
                chapter: None,
                around: Default::default(),
                quoted: !hit[1].is_empty() && !hit[3].is_empty(),
            });
        }
    }
    found
}

/// No title is longer than this many bytes.
const REACH: usize = 120;

/// The words before and behind a number, as far as a title may reach.
fn around_number(text: &str, (start, end): (usize, usize)) -> [String; 2] {
    let from = text.ceil_char_boundary(start.saturating_sub(REACH));
    let to = text.floor_char_boundary(text.len().min(end + REACH));
    [&text[from..start], &text[end..to]].map(squeeze)
}

/// The words that end a text, after its last sign or verb that points.
fn chapter(before: &str) -> Option<String> {
    let start = before.len().saturating_sub(REACH);
    let start = (start..=before.len()).find(|at| before.is_char_boundary(*at))?;
    let sign = |c: char| "，。,;；:：“”《》>".contains(c);
    let words = before[start..].rsplit(sign).next()?;
    let start = POINTS
        .find_iter(words)
        .last()
        .map_or(0, |found| found.end());
    let words = words[start..].trim();
    (!words.is_empty()).then(|| squeeze(words))
}

/// A title without the full stop and the bracket that close the sentence around it.
fn without_end(title: &str) -> &str {
    let title = title.trim().trim_end_matches('.');
    // Another sentence may follow with no more than a blank between.
    let ended = title.match_indices("说明 ").next();
    let title = ended.map_or(title, |(at, word)| title[..at + word.len()].trim_end());
    let opens = |open: [char; 2]| title.contains(open);
    match title.strip_suffix([')', '）']) {
        Some(rest) if !opens(['(', '（']) => rest,
        _ => title,
    }
}

/// Where a mention leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The table.
    pub table: usize,
    /// Why it is not the printed one, where it is not.
    pub problem: Option<String>,
}

impl Target {
    fn as_printed(table: usize) -> Self {
        Self {
            table,
            problem: None,
        }
    }

    fn but(table: usize, problem: &str) -> Self {
        Self {
            table,
            problem: Some(problem.to_owned()),
        }
    }
}

/// All tables of a document by what can be said of them.
pub struct Index<'a> {
    tables: &'a [TableRead<'a>],
    links: &'a Links<'a>,
    by_line: HashMap<u32, usize>,
    by_number: HashMap<String, Vec<usize>>,
    by_subject: HashMap<String, Vec<usize>>,
    /// By the last word of a subject: `lamp_wick` is about wicks when nothing else is.
    by_last_word: HashMap<String, Vec<usize>>,
    by_caption: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
    by_page: HashMap<usize, Vec<usize>>,
}

impl<'a> Index<'a> {
    /// The index of these tables.
    pub fn new(tables: &'a [TableRead<'a>], pages: &[Page<'_>], links: &'a Links<'a>) -> Self {
        let lines = tables.iter().map(|read| read.table.line);
        let mut index = Self {
            tables,
            links,
            by_line: lines.zip(0..).collect(),
            by_number: HashMap::new(),
            by_subject: HashMap::new(),
            by_last_word: HashMap::new(),
            by_caption: HashMap::new(),
            by_title: HashMap::new(),
            by_page: HashMap::new(),
        };
        for (place, read) in tables.iter().enumerate() {
            if let Some(number) = &read.table.number {
                index
                    .by_number
                    .entry(plain_number(number))
                    .or_default()
                    .push(place);
            }
            for subject in &read.subjects {
                for form in forms(subject) {
                    index.by_subject.entry(form).or_default().push(place);
                }
                for form in forms(last_word(subject)) {
                    index.by_last_word.entry(form).or_default().push(place);
                }
            }
            if let Some(caption) = &read.table.caption {
                index
                    .by_caption
                    .entry(squeeze(caption))
                    .or_default()
                    .push(place);
            }
            let title = squeeze(pages[read.page].title);
            if !title.is_empty() {
                index.by_title.entry(title).or_default().push(place);
            }
            index.by_page.entry(read.page).or_default().push(place);
        }
        index
    }

    /// The table that a mention in a row of table `from` means.
    pub fn resolve(&self, from: usize, asker: &Asker, mention: &Mention) -> Option<Target> {
        if let Some(table) = self.linked(mention) {
            return Some(self.by_link(table, mention));
        }
        if self.leaves(mention) {
            return None;
        }
        let Some(number) = &mention.number else {
            return self.by_words(from, mention.title.as_deref()?);
        };
        if let Some(table) = self.on_named_page(self.tables[from].page, mention) {
            return Some(Target::as_printed(table));
        }
        let exact = self.numbered(from, number);
        let wanted = mention.title.as_deref();
        let agrees = |table: &usize| {
            let unnamed = self.tables[*table].subjects.is_empty();
            let is_kind = |name| self.is_about(*table, name);
            let named = unnamed || is_kind(asker.name) || asker.structure.is_some_and(is_kind);
            let fits = named || wanted.is_some_and(|title| self.is_about(*table, title));
            fits && self.same_side(from, *table)
        };
        if let Some(table) = exact.filter(agrees) {
            return Some(Target::as_printed(table));
        }
        let by_caption = wanted
            .and_then(|title| self.about(from, title))
            .or_else(|| self.about(from, asker.name).filter(|_| asker.holds_members));
        if let Some(table) = by_caption {
            let problem = match exact {
                Some(_) => "the number leads to another table; found by its caption",
                None => "no table has this number; found by its caption",
            };
            return Some(Target::but(table, problem));
        }
        // A map's key is described by a table named after the value, so a caption may differ.
        if let Some(table) = exact {
            return Some(Target::as_printed(table));
        }
        let placed = self
            .counted(from, number)
            .or_else(|| self.about(from, last_word(asker.name)));
        let problem = "no table has this number; found by its place on the page";
        placed
            .filter(|_| asker.holds_members)
            .map(|table| Target::but(table, problem))
    }

    /// The links of the document.
    pub fn links(&self) -> &'a Links<'a> {
        self.links
    }

    /// The table that the link behind a mention leads to.
    pub fn linked(&self, mention: &Mention) -> Option<usize> {
        let to = self.links.behind(mention)?.to?;
        self.by_line.get(&to).copied()
    }

    /// Whether a mention is a link to a page that was not given: a number counts the tables there.
    pub fn leaves(&self, mention: &Mention) -> bool {
        let link = self.links.behind(mention);
        link.is_some_and(|link| self.links.leaves(link))
    }

    /// The table that a link of these words on a line leads to.
    pub fn linked_as(&self, line: u32, words: &str) -> Option<usize> {
        let named = |link: &&&Link| squeeze(&link.text) == squeeze(words);
        let link = self.links.on(line).iter().find(named)?;
        self.table_at(link.to)
    }

    /// The table on this line.
    pub fn table_at(&self, line: Option<u32>) -> Option<usize> {
        self.by_line.get(&line?).copied()
    }

    /// A link is right even where the number that it shows is not.
    fn by_link(&self, table: usize, mention: &Mention) -> Target {
        let number = self.tables[table].table.number.as_deref().map(plain_number);
        match (&mention.number, number) {
            (Some(shown), Some(number)) if plain_number(shown) != number => {
                Target::but(table, "the link leads to a table of another number")
            }
            _ => Target::as_printed(table),
        }
    }

    /// A table by its title, its caption, or the name that its caption has in common with the text.
    fn by_words(&self, from: usize, title: &str) -> Option<Target> {
        if let Some(table) = self.titled(from, title) {
            return Some(Target::as_printed(table));
        }
        if !STRUCTURE.is_match(title) {
            return None;
        }
        let subjects = subjects(title);
        let about = subjects
            .iter()
            .find_map(|subject| self.about(from, subject));
        if let Some(table) = about {
            let problem = "no title reads so; found by the name in its caption";
            return Some(Target::but(table, problem));
        }
        let table = subjects
            .iter()
            .find_map(|subject| self.beginning_like(from, subject))?;
        let problem = "no title reads so; found by a caption that begins alike";
        Some(Target::but(table, problem))
    }

    /// The table on the page and side of table `from` whose caption's name was damaged after it
    /// began like `name`.
    fn beginning_like(&self, from: usize, name: &str) -> Option<usize> {
        let near = |table: &usize| {
            let read = &self.tables[*table];
            let alike = |subject: &String| {
                let pairs = subject.chars().zip(name.chars());
                let same = pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
                same >= 5 && same * 3 >= name.chars().count() * 2
            };
            *table != from && read.defines_fields && read.subjects.iter().any(alike)
        };
        let here = self.on_page(self.tables[from].page);
        around(here, from).iter().copied().find(near)
    }

    /// The table about `name` that is nearest to table `from`: on its page and side, else in a
    /// chapter of structures.
    pub fn about(&self, from: usize, name: &str) -> Option<usize> {
        let distance = |table: usize| {
            let read = &self.tables[table];
            let same_page = read.page == self.tables[from].page;
            let reachable = same_page && self.same_side(from, table) || read.operation.is_none();
            (table != from && read.defines_fields && reachable)
                .then_some((!same_page, from.abs_diff(table)))
        };
        let nearest = |form: String| {
            let found = around(self.by_subject.get(&form)?, from).iter();
            let near = found.filter_map(|table| Some((distance(*table)?, *table)));
            near.min().map(|(_, table)| table)
        };
        forms(name).into_iter().find_map(nearest)
    }

    /// The table on the page and side of table `from` whose subject ends in the word `name`.
    pub fn about_last_word(&self, from: usize, name: &str) -> Option<usize> {
        let near = |table: &usize| {
            let read = &self.tables[*table];
            let here = read.page == self.tables[from].page && self.same_side(from, *table);
            *table != from && read.defines_fields && here
        };
        forms(name).into_iter().find_map(|form| {
            let found = around(self.by_last_word.get(&form)?, from).iter();
            found
                .copied()
                .filter(near)
                .min_by_key(|table| from.abs_diff(*table))
        })
    }

    /// Whether a table's caption is about `name`.
    pub fn is_about(&self, table: usize, name: &str) -> bool {
        let wanted = forms(name);
        self.tables[table]
            .subjects
            .iter()
            .any(|subject| forms(subject).iter().any(|form| wanted.contains(form)))
    }

    fn numbered(&self, from: usize, number: &str) -> Option<usize> {
        self.numbered_on(self.tables[from].page, number)
    }

    /// A plain number may count the numbered tables of the page.
    fn counted(&self, from: usize, number: &str) -> Option<usize> {
        let table = self.counted_among(self.on_page(self.tables[from].page), number)?;
        (table != from && self.same_side(from, table)).then_some(table)
    }

    /// The table that a plain number counts among the numbered ones of these.
    pub fn counted_among(&self, tables: &[usize], number: &str) -> Option<usize> {
        let place: usize = number.parse().ok()?;
        let is_numbered = |table: &&usize| self.tables[**table].table.number.is_some();
        let mut numbered = tables.iter().filter(is_numbered);
        numbered.nth(place.checked_sub(1)?).copied()
    }

    fn titled(&self, from: usize, title: &str) -> Option<usize> {
        let of = |list: &HashMap<String, Vec<usize>>, fits: &dyn Fn(usize) -> bool| {
            let found = list.get(title)?;
            let other = |table: &usize| *table != from && fits(*table);
            let near = around(found, from).iter().copied().filter(other);
            let page = self.tables[from].page;
            near.min_by_key(|table| (self.tables[*table].page != page, from.abs_diff(*table)))
        };
        // A page about an operation has tables, but is none.
        let shared = |table: usize| {
            let read = &self.tables[table];
            read.defines_fields && read.operation.is_none()
        };
        of(&self.by_caption, &|_| true).or_else(|| of(&self.by_title, &shared))
    }

    /// The table of this number, if a number means anything where it is printed.
    pub fn numbered_on(&self, page: usize, number: &str) -> Option<usize> {
        let found = self.by_number.get(number)?;
        let here = found.iter().find(|table| self.tables[**table].page == page);
        // Numbers that start again on every page mean nothing on other pages.
        let anywhere = found.first().filter(|_| found.len() == 1);
        here.or(anywhere).copied()
    }

    /// The table of a number on another page, whose title stands beside the number: "Table 3 of Querying a Lamp".
    pub fn on_named_page(&self, page: usize, mention: &Mention) -> Option<usize> {
        let number = plain_number(mention.number.as_deref()?);
        let is_meant = |table: &usize| {
            let read = &self.tables[*table];
            let own = read.table.number.as_deref().map(plain_number);
            read.page != page && own.as_deref() == Some(number.as_str())
        };
        let titled = self.titled_beside(mention)?;
        titled.iter().copied().find(is_meant)
    }

    /// The tables on the page whose title stands right before a number or right behind it.
    fn titled_beside(&self, mention: &Mention) -> Option<&Vec<usize>> {
        /// Fewer letters are a word that may mean anything.
        const SHORTEST: usize = 9;
        const QUOTES: [char; 8] = ['“', '”', '"', '《', '》', '「', '」', '\''];
        let [before, behind] = &mention.around;
        let before = before.trim_end_matches('的');
        let words = ["章节", "一节", "页面", "中"];
        let before = words
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before);
        let before = before.trim_end_matches(QUOTES);
        let starts = before.char_indices().map(|(start, _)| start);
        let mut titles = starts.map(|start| &before[start..]);
        let found =
            titles.find_map(|title| self.by_title.get(title).filter(|_| title.len() >= SHORTEST));
        found.or_else(|| {
            let behind = ["in", "of", "under", "on"]
                .iter()
                .find_map(|word| behind.strip_prefix(word))?;
            let behind = behind
                .strip_prefix("section")
                .unwrap_or(behind)
                .trim_start_matches(QUOTES);
            let ends = behind
                .char_indices()
                .rev()
                .map(|(start, c)| start + c.len_utf8());
            let mut titles = ends.map(|end| &behind[..end]);
            titles.find_map(|title| self.by_title.get(title).filter(|_| title.len() >= SHORTEST))
        })
    }

    /// The tables on a page, in order.
    pub fn on_page(&self, page: usize) -> &[usize] {
        self.by_page.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The tables on pages of this title.
    pub fn under_title(&self, title: &str) -> &[usize] {
        self.by_title.get(title).map_or(&[], Vec::as_slice)
    }

    fn same_side(&self, from: usize, to: usize) -> bool {
        let (from, to) = (&self.tables[from], &self.tables[to]);
        from.operation != to.operation
            || side(from.role) == side(to.role)
            || to.role == Role::Structure
    }
}

/// The part of a sorted list that is around `from`. A name that hundreds of tables share is only
/// looked up nearby, so that no document makes this slow.
fn around(places: &[usize], from: usize) -> &[usize] {
    const REACH: usize = 64;
    let middle = places.partition_point(|place| *place < from);
    let last = places.len().min(middle + REACH);
    &places[middle.saturating_sub(REACH)..last]
}

fn side(role: Role) -> u8 {
    match role {
        Role::Path | Role::Query | Role::Header | Role::Request => 0,
        Role::Response => 1,
        Role::Error => 2,
        Role::Status | Role::Limits | Role::Permissions | Role::Structure | Role::Overview => 3,
    }
}

/// The ways a name may be written in a caption, the exact one first.
fn forms(name: &str) -> Vec<String> {
    let name = name.trim_end_matches("[]").to_lowercase();
    let last = name.rsplit_once('.').map(|(_, last)| last.to_owned());
    let singular = singular(&name);
    let mut forms = vec![name.clone()];
    forms.extend(singular);
    forms.extend(last);
    forms
}

fn singular(name: &str) -> Option<String> {
    if let Some(stem) = name.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = name.strip_suffix("sses") {
        return Some(format!("{stem}ss"));
    }
    name.strip_suffix('s')
        .filter(|stem| stem.len() > 2)
        .map(str::to_owned)
}

fn last_word(name: &str) -> &str {
    name.rsplit(['_', ':', '.']).next().unwrap_or(name)
}

pub fn plain_number(number: &str) -> String {
    let digits =
        number.trim_start_matches(|c: char| !c.is_ascii_digit() && !c.is_ascii_uppercase());
    let digits = digits.strip_prefix("Table").unwrap_or(digits);
    lexicon::squeeze(digits.trim()).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Piece;

    fn check(text: &str, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let prose = Prose {
            pieces: vec![Piece {
                text: text.to_owned(),
                line: 1,
                depth: 0,
                note: false,
            }],
        };
        let found = mentions(&prose);
        let found: Vec<_> = found
            .iter()
            .map(|mention| {
                (
                    mention.printed.as_str(),
                    mention.number.as_deref(),
                    mention.title.as_deref(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn mentions_by_number_and_by_title() {
        check(
            "the lamp, see Table 5-11.",
            &[("Table 5-11", Some("5-11"), None)],
        );
        check("灯。详情请参见表 4-2。", &[("表 4-2", Some("4-2"), None)]);
        check(
            "请参见表3 wicks数据结构说明",
            &[("表3 wicks", Some("3"), Some("wicks"))],
        );
        check(
            "灯。请参考灯的状态。",
            &[("灯的状态", None, Some("灯的状态"))],
        );
        check("a lamp", &[]);
    }

    #[test]
    fn numbers_compare_without_their_words() {
        assert_eq!(plain_number("Table 2"), "2");
        assert_eq!(plain_number("A-1"), "A-1");
        assert_eq!(plain_number("4-29"), "4-29");
    }

    fn shown(pointer: &str) -> String {
        use super::super::{read, tests::document};
        let page = format!(
            "# 1.1 Querying a Lamp\n# URI\nGET /v1/lamps/{{lamp_id}}\n# Response\nTable 1 Response\n| Parameter | Type | Description |\n| lamp | Object | See Table 2. |\nTable 2 lamp\n| Parameter | Type | Description |\n| height | Integer | The height. |\n# 1.2 Querying Lamps\n# URI\nGET /v1/lamps\n# Response\nTable 1 Response\n| Parameter | Type | Description |\n| lamps | Array of objects | {pointer} |\n| towers | Array of objects | See Table 2. |\nTable 2 towers\n| Parameter | Type | Description |\n| storeys | Integer | The storeys. |\n"
        );
        let contract = read(&document(&page)).contract;
        let listed = contract.operations[1].response_fields();
        let paths = listed.iter().map(|(path, _)| path.to_string());
        let below: Vec<String> = paths.filter(|path| path.starts_with("lamps[]")).collect();
        below.join(" ")
    }

    #[test]
    fn a_number_counts_the_tables_of_the_page_whose_title_stands_beside_it() {
        for pointer in [
            "The lamps, see Table 2 of Querying a Lamp.",
            "The lamps. See Table 2 in \"Querying a Lamp\".",
            "灯的列表，结构与Querying a Lamp的表2相同。",
            "灯，请参见“Querying a Lamp”中的表2。",
        ] {
            assert_eq!(shown(pointer), "lamps[].height", "{pointer}");
        }
        // No page is called so.
        assert_eq!(shown("The lamps, see Table 2 in brief."), "lamps[].storeys");
    }
}
