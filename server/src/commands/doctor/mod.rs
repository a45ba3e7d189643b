//! `vitrine doctor`.

mod backups;
mod books;
mod machine;
mod messages;
mod partners;
mod report;
mod schema;
mod services;

use std::process::ExitCode;

use clap::Args;
use vitrine_adapters::{
    boot,
    config::{Config, Environment},
};

use self::report::Report;

/// Looks at everything that the shop stands on, as it is configured, and says of each what is right, what is not, and what to do.
///
/// The configuration; the schema; the clocks; the secrets; disks; mail, text messages, search, Redis, payment providers and the store of
/// pictures, each by a call that changes nothing (the store gets a small object, which is removed again); what browsers know the shop by; what carriers told, and whether
/// providers of sign-ins answer; backups; jobs; and the books: payments, credit, stock, and an older system's that is moved from. It changes nothing of the shop. It fails (exit code 1) where something is wrong, and not for warnings.
/// Worth a run before a shop opens to the public, after an upgrade and after a restore.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Doctor {
    /// Prints one JSON object: `verdict` (ok, warning or wrong) and `findings`, each with `area`, `verdict`, `text` and, where
    /// there is one, `remedy`.
    #[arg(long)]
    json: bool,
    /// Sends one mail to this address besides: whether mails arrive, only an inbox knows.
    #[arg(long, value_name = "ADDRESS")]
    send_test: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  vitrine doctor
  vitrine doctor --json | jq '.findings[] | select(.verdict != \"ok\")'
  vitrine doctor --send-test ada@example.com";

impl Doctor {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let mut report = Report::new(config, self.json);
        configuration(config, &mut report)?;
        machine::look(config, &mut report)?;
        if schema::look(config, &mut report).await? {
            self.open(config, &mut report).await?;
        }
        backups::look(config, &mut report).await?;
        report.finish()
    }

    /// What an open shop can tell.
    async fn open(&self, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
        let booted = match boot::boot(config).await {
            Ok(booted) => booted,
            Err(error) => {
                return report.wrong(
                    "shop",
                    format!("it does not open: {error:#}"),
                    "mend what is named, and look again",
                );
            }
        };
        services::look(&booted, config, report).await?;
        messages::look(&booted.shop, config, report).await?;
        if let Some(address) = &self.send_test {
            services::send_test(&booted, address, report).await?;
        }
        partners::look(&booted.shop, config, report).await?;
        books::look(&booted.shop, report).await
    }
}

fn configuration(config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    let warnings = config.warnings();
    for warning in &warnings {
        report.warning("configuration", warning, "vitrine.example.toml describes every key")?;
    }
    if warnings.is_empty() {
        report.ok("configuration", "nothing in it contradicts anything else")?;
    }
    match config.environment {
        Environment::Production => Ok(()),
        Environment::Development => report.ok(
            "configuration",
            "`environment` is development: production asks for more, and says what when it starts",
        ),
    }
}
