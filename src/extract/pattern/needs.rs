//! The characters without which a pattern cannot match: a look at them spares most searches.

use super::parse::Node;
use super::set::Set;

/// So many bits tell characters apart; those that share one are taken for the same.
const N_BITS: u32 = 1 << 10;

/// The characters of a text, upper and lower case alike.
#[derive(Debug)]
pub(in crate::extract) struct Letters([u64; N_BITS as usize / 64]);

impl Letters {
    pub(in crate::extract) fn of(text: &str) -> Self {
        let mut letters = [0; N_BITS as usize / 64];
        for c in text.chars() {
            let bit = bit(c);
            letters[usize::from(bit / 64)] |= 1 << (bit % 64);
        }
        Self(letters)
    }

    fn have(&self, bits: &[u16]) -> bool {
        bits.iter()
            .all(|bit| self.0[usize::from(bit / 64)] >> (bit % 64) & 1 == 1)
    }
}

/// A character's bit. Patterns that ignore case take the two odd ones for letters, too.
fn bit(c: char) -> u16 {
    let c = match c {
        '\u{212a}' => 'k',
        '\u{17f}' => 's',
        c => c.to_ascii_lowercase(),
    };
    (u32::from(c) % N_BITS) as u16
}

/// What every match has in it.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// All of these.
    all: Vec<u16>,
    /// Of each list, all of one.
    any: Vec<Vec<Vec<u16>>>,
}

impl Needs {
    pub(super) fn of(node: &Node<'_>) -> Self {
        let mut needs = Self::default();
        needs.add(node);
        needs.all.sort_unstable();
        needs.all.dedup();
        needs
    }

    /// Whether a text with these characters may have a match in it.
    pub(super) fn are_met(&self, letters: &Letters) -> bool {
        let is_met = |ways: &Vec<Vec<u16>>| ways.iter().any(|way| letters.have(way));
        letters.have(&self.all) && self.any.iter().all(is_met)
    }

    fn add(&mut self, node: &Node<'_>) {
        match node {
            Node::Word { text, .. } => self.all.extend(text.chars().map(bit)),
            Node::Set(set) => match few(set).as_slice() {
                [only] => self.all.push(*only),
                several => self.add_any(several.iter().map(|bit| vec![*bit]).collect()),
            },
            Node::Group(_, _, node) => self.add(node),
            Node::Repeated(times, node) if times.min > 0 => self.add(node),
            Node::All(parts) => parts.iter().for_each(|part| self.add(part)),
            Node::Any(ways) => self.add_any(ways.iter().flat_map(of_way).collect()),
            Node::Look(_) | Node::Repeated(..) => {}
        }
    }

    /// One of these, each with all its characters; a way without any is always open.
    fn add_any(&mut self, mut ways: Vec<Vec<u16>>) {
        ways.sort_unstable();
        ways.dedup();
        match ways.as_slice() {
            [only] => self.all.extend(only),
            [] => {}
            _ if ways.iter().any(Vec::is_empty) => {}
            _ => self.any.push(ways),
        }
    }
}

/// What one of several ways needs; more than one list where that is itself one of several.
fn of_way(way: &Node<'_>) -> Vec<Vec<u16>> {
    let mut needs = Needs::of(way);
    match needs.any.pop() {
        Some(ways) if needs.all.is_empty() => ways,
        _ => vec![needs.all],
    }
}

/// The characters of a small set, each once; none of a large one.
fn few(set: &Set) -> Vec<u16> {
    let characters = set.few().unwrap_or_default();
    let mut bits: Vec<u16> = characters.into_iter().map(bit).collect();
    bits.sort_unstable();
    bits.dedup();
    bits
}
