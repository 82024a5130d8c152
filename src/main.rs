//! The binary: hands the arguments to [`proofhouse::cli`].

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    proofhouse::cli::main(std::env::args_os())
}
