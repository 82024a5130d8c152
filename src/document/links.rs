//! Where links lead: to an anchor, a label or a page of the same document.
//!
//! Markdown links name a page, an anchor of it, or both (`lamps.md#dim`); reStructuredText names
//! labels that hold in all pages. Links to anywhere else are none of a document.

use hashbrown::HashMap;

use percent_encoding::percent_decode_str;

use super::join::{Anchor, RawLink};
use super::{Block, Diagnostic, Link};
use crate::source::Lines;

/// The links and anchors of all pages.
#[derive(Default)]
pub(super) struct Targets {
    links: Vec<(usize, RawLink)>,
    /// The first line of each page, by path.
    pages: HashMap<String, (usize, u32)>,
    paths: Vec<String>,
    anchors: HashMap<(usize, String), u32>,
    labels: HashMap<String, u32>,
}

impl Targets {
    /// Adds the links and anchors of a page that begins after so many lines.
    pub(super) fn page(
        &mut self,
        path: &str,
        before: u32,
        links: Vec<RawLink>,
        anchors: Vec<Anchor>,
    ) {
        let page = self.paths.len();
        self.paths.push(path.to_owned());
        self.pages.insert(path.to_owned(), (page, before + 1));
        self.links.extend(links.into_iter().map(|link| {
            let line = link.line + before;
            (page, RawLink { line, ..link })
        }));
        for anchor in anchors {
            let line = anchor.line + before;
            let name = plain(&anchor.name);
            self.labels.entry(name.clone()).or_insert(line);
            self.anchors.entry((page, name)).or_insert(line);
        }
    }

    /// Follows every link. Anchors that nobody printed are said once.
    pub(super) fn resolve(self, blocks: &[Block]) -> (Vec<Link>, Option<Diagnostic>) {
        let mut found: Vec<Link> = Vec::with_capacity(self.links.len());
        let mut lost: Vec<&RawLink> = Vec::new();
        for (page, link) in &self.links {
            let to = self.line_of(*page, &link.target);
            if to.is_none() && link.target.starts_with('#') {
                lost.push(link);
            }
            found.push(Link {
                line: link.line,
                text: link.text.clone(),
                target: link.target.clone(),
                to: to.map(|line| block_at(blocks, line)),
            });
        }
        found.sort_by_key(|link| link.line);
        let first = lost.first().map(|first| Diagnostic {
            lines: Lines::one(first.line),
            message: format!(
                "{} lead to an anchor that is not printed, this one to `{}`",
                if lost.len() == 1 {
                    "1 link".to_owned()
                } else {
                    format!("{} links", lost.len())
                },
                first.target.chars().take(80).collect::<String>()
            ),
            help: Some("such links were followed by their words".to_owned()),
        });
        (found, first)
    }

    fn line_of(&self, page: usize, target: &str) -> Option<u32> {
        let (file, anchor) = match target.split_once('#') {
            Some((file, anchor)) => (file, Some(plain(&decoded(anchor)))),
            None => (target, None),
        };
        if file.is_empty() {
            return self.anchors.get(&(page, anchor?)).copied();
        }
        let path = beside(&self.paths[page], &decoded(file));
        if let Some((there, first)) = self.pages.get(&path) {
            let named = anchor.and_then(|anchor| self.anchors.get(&(*there, anchor)));
            return Some(named.copied().unwrap_or(*first));
        }
        self.labels.get(&plain(target)).copied()
    }
}

/// The first line of the block that a line names: its own, or the next.
fn block_at(blocks: &[Block], line: u32) -> u32 {
    let place = blocks.partition_point(|block| block.lines.last < line);
    blocks.get(place).map_or(line, |block| block.lines.first)
}

/// Names differ neither in case nor in blanks.
fn plain(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The path that a page calls so: relative to its folder, or from the top.
fn beside(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_their_page() {
        for (page, target, expected) in [
            ("index.md", "lamps.md", "lamps.md"),
            ("a/b.md", "lamps.md", "a/lamps.md"),
            ("a/b.md", "../c/./lamps.md", "c/lamps.md"),
            ("a/b.md", "/lamps.md", "lamps.md"),
            ("b.md", "../../lamps.md", "lamps.md"),
        ] {
            assert_eq!(beside(page, target), expected, "{page} {target}");
        }
    }
}
