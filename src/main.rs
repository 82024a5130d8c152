//! The binary: hands the arguments to [`proofhouse::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    proofhouse::cli::main(std::env::args_os())
}
