//! Judges what it is given against the Contract; sends nothing.
