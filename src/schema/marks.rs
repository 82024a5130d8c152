//! What a keyword of a schema is about: the way back from a validator's complaint to the Contract.

use std::collections::HashMap;

use crate::contract::FieldPath;
use crate::source::Provenance;

/// The meaning of one keyword at one place of a schema.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub field: FieldPath,
    pub rule: &'static str,
    pub expected: String,
    pub sources: Vec<Provenance>,
    pub disputed: bool,
}

/// Marks by JSON pointer into the schema.
#[derive(Debug)]
pub(super) struct Marks {
    of_pointer: HashMap<String, Mark>,
    /// Whether they are kept: a file has no use for them.
    are_kept: bool,
}

impl Marks {
    pub(super) fn new(are_kept: bool) -> Self {
        Self {
            of_pointer: HashMap::new(),
            are_kept,
        }
    }

    pub(super) fn put(&mut self, pointer: &str, mark: impl FnOnce() -> Mark) {
        if self.are_kept {
            self.of_pointer.insert(pointer.to_owned(), mark());
        }
    }

    /// The mark of the keyword at `pointer`, or of the closest one around it.
    pub(super) fn around(&self, pointer: &str) -> Option<&Mark> {
        let mut pointer = pointer;
        loop {
            if let Some(mark) = self.of_pointer.get(pointer) {
                return Some(mark);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }
}

/// The pointer of a member.
pub(super) fn join(pointer: &str, name: &str) -> String {
    if !name.contains(['~', '/']) {
        return [pointer, "/", name].concat();
    }
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{name}")
}
