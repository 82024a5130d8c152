//! `waivers.toml`: findings that somebody answers for, until a date.
//!
//! Main types: [`Waivers`], read from the file; [`WaiverAccount`], what became of them in a run. A
//! waived finding does not fail a run, but stays where it was, with the name of who waived it. A
//! waiver that has expired waives nothing, and one that matches nothing is told.

mod file;

use std::fmt;

pub use file::WaiversError;

use wildmatch::WildMatchPattern;

use super::record::Finding;
use super::run::Report;

/// The waivers of a file, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waivers(pub Vec<Waiver>);

/// One waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// What it is about.
    pub pattern: Pattern,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, as `2031-05-01`.
    pub expires: String,
    /// Where it is followed.
    pub ticket: String,
    /// The line of the file, from 1.
    pub line: usize,
}

/// Which findings a waiver is about: all that is given must match. `*` stands for any text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// The identity.
    pub finding: Option<String>,
    /// The code of the Check.
    pub check: Option<String>,
    /// The operation.
    pub operation: Option<String>,
    /// The field.
    pub field: Option<String>,
}

/// Who waived a finding, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub expires: String,
    /// Where it is followed.
    pub ticket: String,
}

/// What became of the waivers in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaiverAccount {
    /// What the file is called.
    pub name: String,
    /// Findings that are waived.
    pub n_waived: u64,
    /// Waivers that have expired, and the findings they would match.
    pub expired: Vec<(Waiver, u64)>,
    /// Waivers that match no finding.
    pub unused: Vec<Waiver>,
}

impl fmt::Display for Pattern {
    /// `check kind, operation kettles.*`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts().into_iter();
        let given = parts.filter_map(|(name, value)| Some(format!("{name} {}", value?)));
        f.write_str(&given.collect::<Vec<_>>().join(", "))
    }
}

impl Pattern {
    fn parts(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("finding", self.finding.as_deref()),
            ("check", self.check.as_deref()),
            ("operation", self.operation.as_deref()),
            ("field", self.field.as_deref()),
        ]
    }

    /// Whether a finding is meant.
    pub fn matches(&self, finding: &Finding) -> bool {
        let fits = |pattern: &Option<String>, text: &str| {
            pattern.as_ref().is_none_or(|pattern| like(pattern, text))
        };
        fits(&self.finding, &finding.id)
            && fits(&self.check, &finding.check)
            && fits(&self.operation, &finding.operation)
            && fits(&self.field, finding.field.as_deref().unwrap_or(""))
    }
}

/// Whether a text is like a pattern in which `*` stands for any text.
fn like(pattern: &str, text: &str) -> bool {
    WildMatchPattern::<'*', '\0'>::new(pattern).matches(text)
}

impl Report {
    /// Applies the waivers of the file called `name`; `today` is `2031-05-01`.
    pub fn waive(&mut self, waivers: &Waivers, name: &str, today: &str) {
        let mut account = WaiverAccount {
            name: name.to_owned(),
            ..WaiverAccount::default()
        };
        for waiver in &waivers.0 {
            let is_expired = waiver.expires.as_str() < today;
            let mut n_matching = 0;
            for counted in &mut self.findings {
                if !waiver.pattern.matches(&counted.finding) {
                    continue;
                }
                n_matching += 1;
                if !is_expired && counted.waived.is_none() {
                    account.n_waived += 1;
                    counted.waived = Some(waiver.waived());
                }
            }
            if is_expired {
                account.expired.push((waiver.clone(), n_matching));
            } else if n_matching == 0 {
                account.unused.push(waiver.clone());
            }
        }
        self.waivers = Some(account);
    }
}

impl Waiver {
    fn waived(&self) -> Waived {
        Waived {
            owner: self.owner.clone(),
            reason: self.reason.clone(),
            expires: self.expires.clone(),
            ticket: self.ticket.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Outcome, sample};

    fn waiver(field: &str) -> Waiver {
        Waiver {
            pattern: Pattern {
                check: Some("violation_*".into()),
                field: Some(field.into()),
                ..Pattern::default()
            },
            owner: "kitchen".into(),
            reason: "the lid is late".into(),
            expires: "2031-05-01".into(),
            ticket: "TEA-7".into(),
            line: 1,
        }
    }

    fn waived(waivers: &[Waiver], today: &str) -> Report {
        let mut report = sample::report();
        report.waive(&Waivers(waivers.to_vec()), "waivers.toml", today);
        report
    }

    #[test]
    fn a_waived_finding_fails_nothing_and_stays() {
        let report = waived(&[waiver("name")], "2031-05-01");
        assert_eq!(report.outcome(), Outcome::Holds);
        assert_eq!(report.findings.len(), 2);
        assert_eq!(report.waivers.unwrap().n_waived, 1);
    }

    #[test]
    fn an_expired_waiver_waives_nothing_and_is_told() {
        let report = waived(&[waiver("name")], "2031-05-02");
        assert_eq!(report.outcome(), Outcome::Findings);
        let account = report.waivers.unwrap();
        assert_eq!((account.n_waived, account.expired[0].1), (0, 1));
    }

    #[test]
    fn an_unused_waiver_is_told() {
        let account = waived(&[waiver("lid")], "2031-01-01").waivers.unwrap();
        assert_eq!(account.unused, [waiver("lid")]);
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fits) in [
            ("kettles.*", "kettles.show", true),
            ("*.show", "kettles.show", true),
            ("k*s.*w", "kettles.show", true),
            ("kettles", "kettles.show", false),
            ("*lid*", "kettles.show", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(like(pattern, text), fits, "{pattern} {text}");
        }
    }
}
