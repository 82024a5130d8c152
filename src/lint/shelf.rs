//! The texts of the documents that are at hand.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::Provenance;

/// Documents, or pages of documents, by name; line by line.
#[derive(Clone, Debug, Default)]
pub struct Shelf(HashMap<String, Book>);

#[derive(Clone, Debug)]
struct Book {
    path: String,
    lines: Vec<String>,
}

impl Shelf {
    /// Puts the text of a place on the shelf: the path that leads to it, and its lines as
    /// `document` counts them.
    pub fn put(&mut self, at: &Provenance, path: String, lines: Vec<String>) {
        self.0.insert(at.text().into_owned(), Book { path, lines });
    }

    /// The path of the text that holds a place; its name where the text is not at hand.
    pub fn path<'a>(&'a self, at: &'a Provenance) -> Cow<'a, str> {
        let name = at.text();
        match self.0.get(&*name) {
            Some(book) => Cow::Borrowed(&book.path),
            None => name,
        }
    }

    /// The line at a place.
    pub fn line(&self, at: &Provenance) -> Option<&str> {
        let place = usize::try_from(at.line).ok()?.checked_sub(1)?;
        self.0
            .get(&*at.text())?
            .lines
            .get(place)
            .map(String::as_str)
    }
}
