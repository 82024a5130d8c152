//! The binary: hands the arguments to [`proofhouse::cli`].

fn main() {}
