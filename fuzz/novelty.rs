//! What a reader has said so far, so that a document that makes it say something new is worth keeping.

use std::collections::HashSet;

use proofhouse::extract::Reading;

/// The kinds of things that were said.
#[derive(Default)]
pub struct Novelty(HashSet<String>);

impl Novelty {
    /// Takes in what was said of a document; whether any of it is new.
    pub fn learn(&mut self, reading: &Reading) -> bool {
        let before = self.0.len();
        for explained in &reading.explained {
            self.0.insert(explained.rule.clone());
        }
        for diagnostic in &reading.diagnostics {
            self.0.insert(kind(&diagnostic.message));
        }
        for reference in &reading.inventory.references {
            self.0.extend(reference.problem.as_deref().map(kind));
        }
        for dispute in &reading.contract.disputes {
            let claims = dispute.claims.iter().map(|claim| kind(&claim.claim));
            let claims: Vec<String> = claims.take(2).collect();
            self.0
                .insert(format!("{} {}", dispute.fact.word(), claims.join("/")));
        }
        self.0.len() > before
    }

    /// How many kinds of things were said.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The first words of a message without what it is about: names, numbers, quotes.
fn kind(message: &str) -> String {
    let plain = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<&str> = message.split_whitespace().filter(plain).take(4).collect();
    words.join(" ")
}
