//! The binary: hands the arguments to [`proofhouse::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(
        clippy::disallowed_methods,
        reason = "arguments enter the program here"
    )]
    let args = std::env::args_os();
    proofhouse::cli::main(args)
}
