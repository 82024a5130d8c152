//! Conformance trials.

/// Nothing to try yet.
fn main() {}
