//! The texts of the documents that are at hand.

use std::collections::HashMap;

use crate::source::{DocumentId, Provenance};

/// Documents by name, line by line.
#[derive(Clone, Debug, Default)]
pub struct Shelf(HashMap<DocumentId, Book>);

#[derive(Clone, Debug)]
struct Book {
    path: String,
    lines: Vec<String>,
}

impl Shelf {
    /// Puts a document on the shelf: the path that leads to it, and its lines as `document` counts
    /// them.
    pub fn put(&mut self, document: DocumentId, path: String, lines: Vec<String>) {
        self.0.insert(document, Book { path, lines });
    }

    /// The path of a document; its name where the text is not at hand.
    pub fn path<'a>(&'a self, document: &'a DocumentId) -> &'a str {
        let book = self.0.get(document);
        book.map_or(document.as_str(), |book| book.path.as_str())
    }

    /// The line at a place.
    pub fn line(&self, at: &Provenance) -> Option<&str> {
        let place = usize::try_from(at.line).ok()?.checked_sub(1)?;
        self.0
            .get(&at.document)?
            .lines
            .get(place)
            .map(String::as_str)
    }
}
