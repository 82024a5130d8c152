//! Repairs names that a conversion damaged: blanks from line wraps, `l` printed for `I`.
//!
//! Main type: [`Vocabulary`], all names that a document uses. A letter is only replaced when the
//! other spelling stands elsewhere in the document, or when a known suffix demands it.

use hashbrown::HashMap;

use super::lexicon::is_han;

/// The names that a document uses, by how often and where.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    names: HashMap<String, Seen>,
    /// Spellings that look alike, by what they look like.
    alike: HashMap<String, Vec<String>>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    times: u32,
    line: u32,
}

/// English words in `ld` that are no misread `Id`.
const WORDS_IN_LD: &[&str] = &[
    "build",
    "child",
    "cold",
    "field",
    "fold",
    "gold",
    "held",
    "hold",
    "mild",
    "mold",
    "old",
    "scaffold",
    "shield",
    "sold",
    "threshold",
    "told",
    "weld",
    "wild",
    "world",
    "yield",
];

impl Vocabulary {
    /// Adds a name seen at `line`.
    pub fn add(&mut self, name: &str, line: u32) {
        let name = unwrapped(name);
        if name.is_empty() || name.len() > 120 {
            return;
        }
        if let Some(seen) = self.names.get_mut(&name) {
            seen.times += 1;
            return;
        }
        let alike = self.alike.entry(look(&name)).or_default();
        alike.push(name.clone());
        self.names.insert(name, Seen { times: 1, line });
    }

    /// The first line that uses this name.
    pub fn line(&self, name: &str) -> Option<u32> {
        self.names.get(name).map(|seen| seen.line)
    }

    /// The repaired name, and the printed one where they differ.
    pub fn repair(&self, printed: &str) -> (String, Option<String>) {
        let joined = unwrapped(printed);
        let name = self.respelled(&joined).unwrap_or(joined);
        let printed = (name != printed.trim()).then(|| printed.trim().to_owned());
        (name, printed)
    }

    fn respelled(&self, name: &str) -> Option<String> {
        self.with_id(name)
            .or_else(|| self.with_last_letter(name))
            .or_else(|| self.more_usual(name))
    }

    /// `lamp_s` is `lamps` where the document says so: a wrap left its last letter alone.
    fn with_last_letter(&self, name: &str) -> Option<String> {
        let (stem, last) = name.rsplit_once('_')?;
        let joined = format!("{stem}{last}");
        (last.len() == 1 && stem.len() > 2 && self.names.contains_key(&joined)).then_some(joined)
    }

    /// `lampld` is `lampId` where the document says so, or where the word before is a word of its
    /// own; `threshold` stays.
    fn with_id(&self, name: &str) -> Option<String> {
        let stem = name.strip_suffix("ld")?;
        let last = stem.chars().last()?;
        if !last.is_ascii_lowercase() {
            return None;
        }
        let fixed = format!("{stem}Id");
        let underscored = format!("{}_id", snake(stem));
        let known = self.names.contains_key(&fixed) || self.names.contains_key(&underscored);
        let is_word = WORDS_IN_LD
            .iter()
            .any(|word| name.to_lowercase().ends_with(word));
        (known || (!is_word && stem.len() > 2)).then_some(fixed)
    }

    /// The spelling that looks alike and is used more often.
    fn more_usual(&self, name: &str) -> Option<String> {
        let times = self.names.get(name).map_or(0, |seen| seen.times);
        let others = self.alike.get(&look(name))?;
        let mut rivals: Vec<(&String, u32)> = others
            .iter()
            .filter(|other| *other != name && !damaged(other))
            .filter_map(|other| Some((other, self.names.get(other)?.times)))
            .filter(|(_, other_times)| *other_times > times)
            .collect();
        rivals.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        rivals.first().map(|(name, _)| (*name).clone())
    }
}

/// Whether a name ends in what `Id` becomes when it is misread.
fn damaged(name: &str) -> bool {
    name.ends_with("ld") && !WORDS_IN_LD.iter().any(|word| name.ends_with(word))
}

/// What a name looks like: letters that are misread for each other become one.
fn look(name: &str) -> String {
    name.replace("rn", "m")
        .chars()
        .map(|c| match c {
            'I' | '1' | '|' => 'l',
            'O' => '0',
            other => other,
        })
        .collect()
}

fn snake(stem: &str) -> String {
    let mut words = String::with_capacity(stem.len() + 2);
    for c in stem.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// The name without the blanks that line wraps left in it. Words of a sentence keep theirs.
fn unwrapped(printed: &str) -> String {
    let printed = printed.trim().trim_matches(['*', '`', '"', '“', '”']);
    if is_sentence(printed) {
        return printed.to_owned();
    }
    let joined: String = printed.split_whitespace().collect();
    let identifier = joined
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-.:$/{}[]".contains(c));
    if identifier || joined.chars().any(is_han) {
        joined
    } else {
        printed.to_owned()
    }
}

/// Whether these are words, and no name that a wrap broke into two or three: there are many of them, or they
/// begin as a sentence does and end with what a pair is made of.
fn is_sentence(printed: &str) -> bool {
    const FEWEST: usize = 4;
    const PAIRED: [&str; 2] = ["pair", "pairs"];
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_joined = |word: &str| {
        !word.is_empty()
            && word
                .split('-')
                .all(|part| !part.is_empty() && is_word(part))
    };
    let mut words = printed.split_whitespace();
    let n_words = words.clone().count();
    let ends_paired = words
        .clone()
        .last()
        .is_some_and(|last| PAIRED.contains(&last));
    let begins = words.next().is_some_and(|first| {
        first.starts_with(|c: char| c.is_ascii_uppercase()) && !first.ends_with(['-', '_'])
    });
    match n_words >= FEWEST {
        true => words.all(is_word),
        false => n_words > 1 && begins && ends_paired && words.all(is_joined),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(known: &[&str], printed: &str, repaired: &str) {
        let mut vocabulary = Vocabulary::default();
        for (line, name) in known.iter().enumerate() {
            vocabulary.add(name, u32::try_from(line).unwrap());
        }
        assert_eq!(vocabulary.repair(printed).0, repaired, "{printed}");
    }

    #[test]
    fn blanks_of_line_wraps_are_taken_out() {
        check(&[], "LAMP-EXT- AREA:wick", "LAMP-EXT-AREA:wick");
        check(&[], "灯 的名称", "灯的名称");
        check(&[], "**wick**", "wick");
        for words in [
            "User-chosen key and value pair",
            "Self-chosen key-value pair",
        ] {
            check(&[], words, words);
        }
        check(&[], "host key", "hostkey");
        check(&[], "Secret key", "Secretkey");
        check(&[], "LAMP- key", "LAMP-key");
    }

    #[test]
    fn a_misread_suffix_is_an_id() {
        check(&["lampId"], "lampld", "lampId");
        check(&["lampld", "lampld"], "lampld", "lampId");
        check(&["oil_field_id"], "oilFieldld", "oilFieldId");
        check(&["lamps", "lamp_s"], "lamp_s", "lamps");
        check(&["lamp_s"], "lamp_s", "lamp_s");
        check(&[], "threshold", "threshold");
        check(&[], "oilfield", "oilfield");
    }

    #[test]
    fn the_usual_spelling_wins_over_one_that_looks_alike() {
        check(
            &["oilIndex", "oilIndex", "oillndex"],
            "oillndex",
            "oilIndex",
        );
        check(&["colo0r", "coloOr", "coloOr"], "colo0r", "coloOr");
        check(&["lamp", "wick"], "lamp", "lamp");
    }
}
