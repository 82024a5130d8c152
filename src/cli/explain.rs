//! `proofhouse explain`: what the code of a check, of a Defect or of a flaw in a document means.

use std::error::Error;

use clap::Args;

use super::{Exit, output};
use crate::check;
use crate::lint::Category;
use crate::twin::DefectClass;

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A code from a finding, a kill matrix or a flaw. Without one, all codes are listed
    code: Option<String>,
}

/// One explained code.
struct Page {
    family: &'static str,
    code: &'static str,
    explanation: String,
}

fn pages() -> Vec<Page> {
    let checks = check::registry().iter().map(|check| Page {
        family: "check",
        code: check.code(),
        explanation: check.explanation().to_owned(),
    });
    let defects = DefectClass::ALL.iter().map(|class| Page {
        family: "defect",
        code: class.word(),
        explanation: class.explanation().to_owned(),
    });
    let flaws = Category::ALL.iter().map(|category| Page {
        family: "lint",
        code: category.code(),
        explanation: category.explanation(),
    });
    checks.chain(defects).chain(flaws).collect()
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    if let Some(code) = &arguments.code {
        return print(code);
    }
    let pages = pages();
    let first = |page: &Page| page.explanation.lines().next().unwrap_or("").to_owned();
    output::lines(
        pages
            .iter()
            .map(|page| format!("{:<7} {:<24} {}", page.family, page.code, first(page))),
    )?;
    Ok(Exit::Clean)
}

/// Prints the page of a code.
pub(super) fn print(code: &str) -> Result<Exit, Box<dyn Error>> {
    let pages = pages();
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
