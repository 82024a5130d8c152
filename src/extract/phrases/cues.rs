//! Which rules have a cue in a text.
//!
//! Main type: [`Cues`]. A text is walked through once, and cues are looked up by a number made of two
//! letters: that takes less to build than an automaton, and less to search for sentences.

/// So many numbers are made of two letters.
const N_NUMBERS: usize = 1 << 12;

/// The cues of many rules.
pub(super) struct Cues {
    /// Each cue once, with its rules, by number.
    cues: Vec<(String, Vec<usize>)>,
    /// For each number, where its cues begin; those of the next one follow.
    starts: Vec<usize>,
    /// The rules that have no cue: they are tried on every text.
    uncued: Vec<usize>,
    n_rules: usize,
}

impl Cues {
    /// The cues of rules, which are told by their places, and the rules that have none.
    pub(super) fn new(mut cues: Vec<(String, usize)>, uncued: Vec<usize>) -> Self {
        cues.sort_by(|(one, _), (other, _)| (number_of(one), one).cmp(&(number_of(other), other)));
        let same = cues.chunk_by(|(one, _), (other, _)| one == other);
        let rules = |same: &[(_, usize)]| same.iter().map(|(_, rule)| *rule).collect();
        let cues: Vec<_> = same.map(|same| (same[0].0.clone(), rules(same))).collect();
        let mut starts = vec![0; N_NUMBERS + 1];
        for (cue, _) in &cues {
            starts[number_of(cue) + 1] += 1;
        }
        for number in 0..N_NUMBERS {
            starts[number + 1] += starts[number];
        }
        let rules = cues.iter().flat_map(|(_, rules)| rules);
        let last = rules.chain(&uncued).max();
        Self {
            n_rules: last.map_or(0, |last| last + 1),
            uncued,
            cues,
            starts,
        }
    }

    /// The rules that have a cue in a text, in upper or lower case, or none at all: each once, in order.
    pub(super) fn rules_in(&self, text: &str) -> impl Iterator<Item = usize> {
        let mut is_cued = vec![false; self.n_rules];
        self.uncued.iter().for_each(|rule| is_cued[*rule] = true);
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map_or(ALONE, |(_, next)| *next);
            for number in [number(letter, next), number(letter, ALONE)] {
                for (cue, rules) in &self.cues[self.starts[number]..self.starts[number + 1]] {
                    if begins_with(&text[at..], cue) {
                        rules.iter().for_each(|rule| is_cued[*rule] = true);
                    }
                }
            }
        }
        let rules = is_cued.into_iter().enumerate();
        rules.filter_map(|(rule, is_cued)| is_cued.then_some(rule))
    }
}

/// What stands behind the letter of a cue that has only one.
const ALONE: char = '\0';

/// The number of a letter and the next one.
fn number(letter: char, next: char) -> usize {
    let bits = |c: char| c.to_ascii_lowercase() as usize % 64;
    bits(letter) * 64 + bits(next)
}

fn number_of(cue: &str) -> usize {
    let mut letters = cue.chars();
    let mut next = || letters.next().unwrap_or(ALONE);
    number(next(), next())
}

fn begins_with(text: &str, cue: &str) -> bool {
    let begin = text.as_bytes().get(..cue.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(cue.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_is_found_wherever_it_stands() {
        let cues = ["灯", "灯芯", "wick", "w", ":", "µ", "µ灯", "ick", "ÉÉ"];
        let uncued = cues.len();
        let spelled = cues.map(str::to_owned);
        let book = Cues::new(spelled.into_iter().zip(0..).collect(), vec![uncued]);
        for text in [
            "",
            "灯芯:",
            "a Wick",
            "WIC",
            "灯µ",
            "µ灯芯灯",
            ":w",
            "ÉÉ灯",
            "雾",
        ] {
            let lower = text.to_ascii_lowercase();
            let there = (0..cues.len()).filter(|place| lower.contains(cues[*place]));
            assert!(book.rules_in(text).eq(there.chain([uncued])), "{text}");
        }
    }
}
