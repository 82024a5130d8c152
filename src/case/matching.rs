//! Texts that a pattern lets in.
//!
//! Main entry: [`strategy`]. Where a pattern lets in whatever there is, these are of letters and digits: nobody has
//! a reason of their own to refuse them. What holds an `@` is an address, with a domain that may be one.

use std::iter::Peekable;
use std::str::Chars;

use proptest::strategy::{BoxedStrategy, Strategy};
use regex::Regex;

/// What stands for any character.
const ANY: &str = "[a-z0-9]";

/// Texts that an anchored regular expression lets in.
pub(super) fn strategy(pattern: &str) -> Option<BoxedStrategy<String>> {
    let regex = Regex::new(pattern).ok()?;
    if pattern.contains('@') && regex.is_match("a@example.com") {
        let names = proptest::string::string_regex("[a-z]{1,12}").ok()?;
        return Some(names.prop_map(|name| format!("{name}@example.com")).boxed());
    }
    let inner = pattern.trim_matches(['^', '$']);
    let texts = |pattern: &str| proptest::string::string_regex(pattern).ok();
    let texts = texts(&plain(inner)).or_else(|| texts(inner))?;
    Some(texts.boxed())
}

/// The same pattern, with letters and digits for all that it leaves open.
fn plain(pattern: &str) -> String {
    let mut plain = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => plain.push_str(&escaped(rest.next(), false)),
            '[' => class(&mut rest, &mut plain),
            '.' => plain.push_str(ANY),
            _ => plain.push(c),
        }
    }
    plain
}

/// A class, from behind its bracket on. Of one that names what is left out, letters and digits are left, if there are
/// any.
fn class(rest: &mut Peekable<Chars<'_>>, plain: &mut String) {
    let is_open = rest.peek() == Some(&'^');
    let mut printed = "[".to_owned();
    while let Some(c) = rest.next() {
        match c {
            '\\' => printed.push_str(&escaped(rest.next(), true)),
            _ => printed.push(c),
        }
        if c == ']' {
            break;
        }
    }
    let letters = format!("[a-z0-9&&{printed}]");
    let has_letters = Regex::new(&letters).is_ok_and(|letters| {
        ('a'..='z')
            .chain('0'..='9')
            .any(|c| letters.is_match(&c.to_string()))
    });
    plain.push_str(if is_open && has_letters {
        &letters
    } else {
        &printed
    });
}

/// What a letter behind a backslash stands for, with plain characters for a whole sort of them.
fn escaped(letter: Option<char>, in_class: bool) -> String {
    match (letter, in_class) {
        (Some('d'), true) => "0-9".to_owned(),
        (Some('d'), false) => "[0-9]".to_owned(),
        (Some('w'), true) => "a-zA-Z0-9_".to_owned(),
        (Some('w'), false) => "[a-zA-Z0-9_]".to_owned(),
        (Some('S' | 'D' | 'W'), false) => "[a-z]".to_owned(),
        (Some(other), _) => format!("\\{other}"),
        (None, _) => "\\\\".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::ValueTree;

    use super::*;
    use crate::case::valid::runner;

    fn check(pattern: &str, is_fine: impl Fn(&str) -> bool) {
        let texts = strategy(pattern).expect("a pattern");
        let regex = Regex::new(pattern).unwrap();
        for seed in 0..32 {
            let text = texts.new_tree(&mut runner(&[seed; 32])).unwrap().current();
            assert!(
                regex.is_match(&text) && is_fine(&text),
                "{pattern}: {text:?}"
            );
        }
    }

    #[test]
    fn what_is_left_open_is_of_letters_and_digits() {
        let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        check(r"^KT-.{1,9}$", is_plain);
        check(r"^[^<>\s]{3,40}$", is_plain);
        check(r"^\w{3}-\d{4}$", |text| is_plain(&text.replace('_', "-")));
        check(r"^\S+$", is_plain);
    }

    #[test]
    fn an_address_has_a_domain() {
        check(r"^[^@\s]+@[^@\s]+$", |text| text.ends_with("@example.com"));
        check(r"^@[a-z]{2}$", |text| text.len() == 3);
    }

    #[test]
    fn what_lets_in_no_letter_stays_as_it_is() {
        check(r"^[^a-z0-9]{2}$", |text| text.chars().count() == 2);
    }
}
