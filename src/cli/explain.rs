//! `proofhouse explain`: what the code of a check, of a Defect or of a flaw in a document means.

use std::error::Error;

use clap::Args;

use super::{Exit, output};
use crate::check;
use crate::lint::Category;
use crate::report::Manual;
use crate::twin::DefectClass;

/// What was typed.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A code from a finding, a kill matrix or a flaw. Without one, all codes are listed
    code: Option<String>,
}

/// Every explained code; the HTML report shows the same pages.
pub(super) fn manual() -> Vec<Manual> {
    let checks = check::registry().iter().map(|check| Manual {
        family: "check",
        code: check.code().to_owned(),
        title: check.title().to_owned(),
        text: format!("{}\n\n{}", check.explanation(), how_to_waive(check.code())),
    });
    let defects = DefectClass::ALL.iter().map(|class| Manual {
        family: "defect",
        code: class.word().to_owned(),
        title: class.broken().to_owned(),
        text: format!("{}\n\n{}", class.explanation(), how_to_try(class.word())),
    });
    let flaws = Category::ALL.iter().map(|category| Manual {
        family: "lint",
        code: category.code().to_owned(),
        title: category.promised().to_owned(),
        text: category.explanation(),
    });
    checks.chain(defects).chain(flaws).collect()
}

/// The entry of `waivers.toml`, to be copied.
fn how_to_waive(check: &str) -> String {
    format!(
        "How to waive it, in waivers.toml:\n\n\
         [[waiver]]\n\
         check = \"{check}\"            # or finding = \"the identity that a report shows\"\n\
         operation = \"kettles.*\"      # and field, where fewer are meant; * is any text\n\
         owner = \"who answers for it\"\n\
         reason = \"why\"\n\
         expires = 2031-05-01           # the last day\n\
         ticket = \"where it is followed\""
    )
}

/// A Defect is made on purpose and never waived; this is how to meet it.
fn how_to_try(class: &str) -> String {
    format!(
        "How to try it: `proofhouse twin --list-defects` lists the Defects of this class, \
         OPERATION/{class}/..., and `proofhouse twin --defect ID` serves a Twin that has one. \
         `proofhouse prove` says which checks find them. A Defect is never waived; what a real \
         server does like it is waived by its finding."
    )
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    if let Some(code) = &arguments.code {
        return print(code);
    }
    let pages = manual();
    let line = |page: &Manual| format!("{:<7} {:<24} {}", page.family, page.code, page.title);
    output::lines(pages.iter().map(line))?;
    Ok(Exit::Clean)
}

/// Prints the page of a code.
pub(super) fn print(code: &str) -> Result<Exit, Box<dyn Error>> {
    let pages = manual();
    let Some(page) = pages.iter().find(|page| page.code == code) else {
        let known = pages.iter().map(|page| page.code.as_str());
        let nearest = super::nearest(code, known).unwrap_or("");
        return Err(format!("there is no code `{code}`; did you mean `{nearest}`?").into());
    };
    output::lines([format!(
        "{} ({}): {}\n\n{}",
        page.code, page.family, page.title, page.text
    )])?;
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_share_a_code_and_each_says_something() {
        let pages = manual();
        for page in &pages {
            assert_eq!(
                pages.iter().filter(|other| other.code == page.code).count(),
                1,
                "{}",
                page.code
            );
            for part in ["Promised: ", "Broken: ", "Example: ", "\nHow to "] {
                assert!(page.text.contains(part), "{} lacks `{part}`", page.code);
            }
        }
    }
}
