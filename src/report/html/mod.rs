//! `report.html`: one file, offline, readable on a phone, the picture of coverage first.
//!
//! The overview is plain HTML; findings, operations and manuals are shown by a script from data in
//! the page, so that ten thousand findings cost nothing until somebody looks at them. Values come
//! from servers and are untrusted: `maud` escapes every one of the overview, the data holds no `<`,
//! and the page's policy lets only this very script and style run, and nothing become markup.

mod data;
mod overview;

use maud::{DOCTYPE, PreEscaped, html as page};
use sha2::{Digest as _, Sha256};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::run::Report;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What one code means, for the page that findings refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manual {
    /// What it is a code of: `check`, `defect`.
    pub family: &'static str,
    /// The code.
    pub code: String,
    /// What it is about, in one line.
    pub title: String,
    /// What is promised, what breaks it, an example of each, how to waive it.
    pub text: String,
}

/// The report as one HTML page.
pub fn html(report: &Report, manual: &[Manual]) -> String {
    let title = format!("Proofhouse: {}", report.outcome().headline());
    page! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                (overview::top(report))
                main id="main" {
                    section id="overview" aria-label="Overview" { (overview::overview(report)) }
                    section id="view" aria-label="Details" hidden {}
                    noscript {
                        p class="notice" {
                            "Findings, operations and search need a script, which is part of this file and asks the network for nothing. "
                            "report.json holds the same."
                        }
                    }
                }
                footer { (overview::foot(report)) }
                script type="application/json" id="data" { (PreEscaped(data::data(report, manual, &title))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// Only this style and this script, nothing from elsewhere, and no text that becomes markup.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn sample_page() -> String {
        html(&sample::report(), &[])
    }

    #[test]
    fn a_value_from_a_server_stays_text() {
        let text = sample_page();
        assert!(!text.contains("<script>alert"));
        assert!(!text.contains("name: <b>9</b>"));
        assert!(text.contains(r"\u003cscript\u003ealert(1)"));
    }

    #[test]
    fn asks_the_network_for_nothing() {
        let text = sample_page();
        for word in [
            "src=\"",
            "href=\"http",
            "url(",
            "@import",
            "fetch(",
            "XMLHttp",
        ] {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    fn nothing_in_the_script_can_make_markup_of_text() {
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "Function(",
        ] {
            let code: Vec<&str> = SCRIPT
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            assert!(!code.join("\n").contains(word), "{word}");
        }
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_of_the_page() {
        let text = sample_page();
        let style = text
            .split("<style>")
            .nth(1)
            .and_then(|rest| rest.split("</style>").next());
        let script = text
            .rsplit("<script>")
            .next()
            .and_then(|rest| rest.split("</script>").next());
        for part in [style, script] {
            assert!(text.contains(&hash(part.unwrap())));
        }
    }

    #[test]
    fn the_picture_comes_before_the_findings() {
        let text = sample_page();
        let picture = text.find("<svg class=\"picture\"").unwrap();
        let finding = text.find("accepted 9 characters").unwrap();
        assert!(picture < finding);
    }
}
