//! The program `vitrine`: see [`vitrine_server::commands`].

use std::{
    io::{self, Write},
    process::ExitCode,
};

/// glibc's keeps what a flood of requests took in a heap for each thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match vitrine_worker::runtime::run(vitrine_server::commands::main()) {
        Ok(code) => code,
        Err(error) => {
            // Whether or not somebody reads it.
            let _ = writeln!(io::stderr(), "vitrine: {error}");
            ExitCode::FAILURE
        }
    }
}
