//! When two different names are probably meant to be one.

/// The shortest name in which one other letter is still a misprint.
const LONG_ENOUGH: usize = 5;

/// Whether two names that differ are probably the same name: printed with other separators or
/// case, in the plural, with a look-alike letter, an abbreviated word or one letter mistaken.
pub fn near(a: &str, b: &str) -> bool {
    let (plain_a, plain_b) = (plain(a), plain(b));
    plain_a == plain_b
        || is_plural(&plain_a, &plain_b)
        || is_plural(&plain_b, &plain_a)
        || look(a) == look(b)
        || is_abbreviated(a, b)
        || one_letter_apart(&plain_a, &plain_b)
}

/// Letters and digits alone, in lower case.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_plural(many: &str, one: &str) -> bool {
    let ends = |ending: &str, stem: &str| many.strip_suffix(ending) == Some(stem);
    let stem = one.strip_suffix('y').unwrap_or(one);
    !one.is_empty() && (ends("s", one) || ends("es", one) || (stem != one && ends("ies", stem)))
}

/// The name with every letter replaced by the one it is mistaken for.
fn look(name: &str) -> String {
    let same = |letter: char| match letter {
        'I' | '1' | '|' => 'l',
        'O' | '0' => 'o',
        other => other,
    };
    name.chars().map(same).collect()
}

/// Word by word the same, but for one word that is cut short: `env_types`, `environment_types`.
fn is_abbreviated(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(|letter: char| !letter.is_alphanumeric())
            .map(plain)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let differing: Vec<_> = a.iter().zip(&b).filter(|(a, b)| a != b).collect();
    let [(x, y)] = differing[..] else {
        return false;
    };
    let cut =
        x.len() >= 3 && y.len() >= 3 && (x.starts_with(y.as_str()) || y.starts_with(x.as_str()));
    a.len() == b.len() && a.len() > 1 && cut
}

/// One letter more, less, other or swapped. Digits number things and are never a misprint.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < LONG_ENOUGH || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    let letters = a.iter().chain(b).all(|letter| letter.is_alphabetic());
    match (a, b) {
        ([_], []) | ([], [_]) | ([_], [_]) => letters,
        ([w, x], [y, z]) => letters && w == z && x == y,
        _ => false,
    }
}
