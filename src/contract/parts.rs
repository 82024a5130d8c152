//! A range that is made of several ones, with gaps between them.

use super::{Constraint, Decimal};

/// What [`Constraint::Other`] says, before the ranges, of a number that must be in one of them.
const IN_PARTS: &str = "in parts: ";

/// That a number is in one of several ranges, each given by its ends.
pub fn in_parts(parts: &[(Decimal, Decimal)]) -> Constraint {
    let printed: Vec<String> = parts
        .iter()
        .map(|(min, max)| match min == max {
            true => min.to_string(),
            false => format!("{min} to {max}"),
        })
        .collect();
    Constraint::Other(format!("{IN_PARTS}{}", printed.join(", ")))
}

impl Constraint {
    /// The ranges of which a number must be in one, in the order of numbers.
    pub fn parts(&self) -> Option<Vec<(Decimal, Decimal)>> {
        let Constraint::Other(words) = self else {
            return None;
        };
        let part = |printed: &str| {
            let (min, max) = printed.split_once(" to ").unwrap_or((printed, printed));
            Some((Decimal::parse(min)?, Decimal::parse(max)?))
        };
        let parts = words.strip_prefix(IN_PARTS)?.split(", ").map(part);
        let mut parts: Vec<(Decimal, Decimal)> = parts.collect::<Option<_>>()?;
        parts.sort_unstable();
        Some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        let number = |printed: &str| Decimal::parse(printed).expect("it is a number");
        let parts = [(number("60"), number("70.5")), (number("-1"), number("-1"))];
        let said = in_parts(&parts);
        assert_eq!(
            said,
            Constraint::Other("in parts: 60 to 70.5, -1".to_owned())
        );
        assert_eq!(said.parts(), Some(vec![parts[1], parts[0]]));
        assert_eq!(Constraint::Other("in parts: lit".to_owned()).parts(), None);
        assert_eq!(Constraint::NotEmpty.parts(), None);
    }
}
