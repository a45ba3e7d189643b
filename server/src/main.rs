//! The program `vitrine`: see [`vitrine_server::commands`].

use std::process::ExitCode;

/// glibc's keeps what a flood of requests took in a heap for each thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    vitrine_server::commands::main().await
}
