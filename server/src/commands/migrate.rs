//! `vitrine migrate`.

use std::process::ExitCode;

use vitrine_adapters::{boot, config::Config};

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    boot::migrate(config).await?;
    println!("The database's schema is up to date.");
    Ok(ExitCode::SUCCESS)
}
