//! What is said of one case alone.

use super::{Constraint, Scope};

/// The case of a text in which a limit for Chinese characters holds.
pub const ALL_CHINESE: &str = "all characters are Chinese";

impl Constraint {
    /// The case in which alone it holds, and what holds there.
    pub fn of_case(&self) -> Option<(&str, &Constraint)> {
        let Constraint::Within {
            scope: Scope::Case(case),
            holds,
        } = self
        else {
            return None;
        };
        Some((case, holds))
    }

    /// The one number that is free of a range, and that range: "1 to 1024, or 0".
    pub fn but_for(&self) -> Option<(i64, &Constraint)> {
        let (case, held) = self.of_case()?;
        let free = case.strip_prefix("not ")?.parse().ok()?;
        matches!(held, Constraint::Range { .. }).then_some((free, held))
    }

    /// Whether it is a limit of what a text or a number may be.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Constraint::Length { .. }
                | Constraint::Charset(_)
                | Constraint::ForbiddenCharacters(_)
                | Constraint::Range { .. }
        )
    }

    /// What it says of a text of Chinese characters alone.
    pub fn of_chinese(&self) -> Option<&Constraint> {
        let (case, held) = self.of_case()?;
        (case == ALL_CHINESE).then_some(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_may_leave_one_number_free() {
        let within = |case: &str, held: &Constraint| Constraint::Within {
            scope: Scope::Case(case.to_owned()),
            holds: Box::new(held.clone()),
        };
        let range = Constraint::Range {
            min: Some(1.into()),
            max: None,
        };
        assert_eq!(within("not -1", &range).but_for(), Some((-1, &range)));
        assert_eq!(within("not lit", &range).but_for(), None);
        assert_eq!(within("not -1", &Constraint::NotEmpty).but_for(), None);
    }

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
