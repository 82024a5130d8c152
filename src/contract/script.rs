//! What is said of texts in one script alone.

use super::{Constraint, Scope};

/// The case of a text in which a limit for Chinese characters holds.
pub const ALL_CHINESE: &str = "all characters are Chinese";

impl Constraint {
    /// What it says of a text of Chinese characters alone.
    pub fn of_chinese(&self) -> Option<&Constraint> {
        let Constraint::Within {
            scope: Scope::Case(case),
            holds,
        } = self
        else {
            return None;
        };
        (case == ALL_CHINESE).then_some(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_chinese_texts_is_told_from_other_cases() {
        let within = |case: &str| Constraint::Within {
            scope: Scope::Case(case.to_owned()),
            holds: Box::new(Constraint::NotEmpty),
        };
        assert_eq!(
            within(ALL_CHINESE).of_chinese(),
            Some(&Constraint::NotEmpty)
        );
        assert_eq!(within("another case").of_chinese(), None);
        assert_eq!(Constraint::NotEmpty.of_chinese(), None);
    }
}
