//! The links of a document, by the lines that print them.
//!
//! Main type: [`Links`]. A link says exactly what its words only name; where there is one, it is
//! followed instead of them. Links to anchors that nobody printed are none.

use hashbrown::HashMap;

use super::lexicon::squeeze;
use super::references::Mention;
use crate::document::{Document, Link};

/// Whether two squeezed texts print one reference: `section Lamps`, `Lamps`.
pub fn are_same(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

/// Links by line.
#[derive(Debug, Default)]
pub struct Links<'a> {
    by_line: HashMap<u32, Vec<&'a Link>>,
    is_whole: bool,
}

impl<'a> Links<'a> {
    /// The links of a document.
    pub fn of(document: &'a Document) -> Self {
        let mut by_line: HashMap<u32, Vec<&Link>> = HashMap::new();
        let leads = |link: &&Link| link.to.is_some() || !link.target.starts_with('#');
        for link in document.links.iter().filter(leads) {
            by_line.entry(link.line).or_default().push(link);
        }
        Self {
            by_line,
            is_whole: is_whole(document),
        }
    }

    /// Whether a link leads to a page that was not given, which is no fault of the text.
    pub fn leaves(&self, link: &Link) -> bool {
        link.to.is_none() && !self.is_whole
    }

    /// The links of a piece that begins on this line.
    pub fn on(&self, line: u32) -> &[&'a Link] {
        /// No line of a page has more; what does is searched no further.
        const MOST: usize = 64;
        let links = self.by_line.get(&line).map_or(&[][..], Vec::as_slice);
        &links[..links.len().min(MOST)]
    }

    /// The link that a mention prints.
    pub fn behind(&self, mention: &Mention) -> Option<&'a Link> {
        let links = self.on(mention.line);
        if links.is_empty() {
            return None;
        }
        let printed = squeeze(&mention.printed);
        let same = |link: &&&Link| are_same(&printed, &squeeze(&link.text));
        links.iter().find(same).copied()
    }
}

/// Whether all pages of a document were given: links between pages lead to one at least as often as not. Of a page alone,
/// or of some pages of many, none or few do.
fn is_whole(document: &Document) -> bool {
    let pages = &document.pages;
    let (mut n_found, mut n_lost) = (0, 0);
    for link in &document.links {
        match link.to {
            Some(to) if pages.page_of(to) != pages.page_of(link.line) => n_found += 1,
            None if !link.target.starts_with('#') => n_lost += 1,
            Some(_) | None => {}
        }
    }
    n_found >= n_lost.max(1)
}
