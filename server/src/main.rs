//! The program `vitrine`: see [`vitrine_server::commands`].

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    vitrine_server::commands::main().await
}
