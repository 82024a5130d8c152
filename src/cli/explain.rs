//! `proofhouse explain`: what the code of a check or of a Defect means.

use std::error::Error;

use clap::Args;

use super::{Exit, output};
use crate::check;
use crate::twin::DefectClass;

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A code from a finding or a kill matrix. Without one, all codes are listed
    code: Option<String>,
}

/// One explained code.
struct Page {
    family: &'static str,
    code: &'static str,
    explanation: &'static str,
}

fn pages() -> Vec<Page> {
    let checks = check::registry().iter().map(|check| Page {
        family: "check",
        code: check.code(),
        explanation: check.explanation(),
    });
    let defects = DefectClass::ALL.iter().map(|class| Page {
        family: "defect",
        code: class.word(),
        explanation: class.explanation(),
    });
    checks.chain(defects).collect()
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    let pages = pages();
    let Some(code) = &arguments.code else {
        let first = |page: &Page| page.explanation.lines().next().unwrap_or("").to_owned();
        output::lines(
            pages
                .iter()
                .map(|page| format!("{:<7} {:<24} {}", page.family, page.code, first(page))),
        )?;
        return Ok(Exit::Clean);
    };
    let Some(page) = pages.iter().find(|page| page.code == code) else {
        let nearest = super::nearest(code, pages.iter().map(|page| page.code)).unwrap_or("");
        return Err(format!("there is no code `{code}`; did you mean `{nearest}`?").into());
    };
    output::lines([format!(
        "{} ({})\n\n{}",
        page.code, page.family, page.explanation
    )])?;
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_share_a_code_and_each_says_something() {
        let pages = pages();
        for page in &pages {
            assert_eq!(
                pages.iter().filter(|other| other.code == page.code).count(),
                1,
                "{}",
                page.code
            );
            assert!(page.explanation.len() > 30, "{}", page.code);
        }
    }
}
