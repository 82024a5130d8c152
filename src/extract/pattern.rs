//! Patterns for texts that are as short as sentences.

use regex::{Regex, RegexBuilder};

/// Compiles a pattern that is written in the code. A lazy automaton would never pay here: most
/// sentences are shorter than what it takes to build one.
pub(super) fn compile(pattern: &str) -> Regex {
    let mut builder = RegexBuilder::new(pattern);
    let compiled = builder.dfa_size_limit(0).build();
    compiled.expect("the pattern is fixed, and tests compile every one")
}
