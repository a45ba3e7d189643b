//! `vitrine migrate`.

use std::process::ExitCode;

use vitrine_adapters::{boot, config::Config};

use super::print;

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    boot::migrate(config).await?;
    print::line("The database's schema is up to date.")?;
    Ok(ExitCode::SUCCESS)
}
