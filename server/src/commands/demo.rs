//! `vitrine demo`.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{Error, setup::removal::Removal};

use super::print;

#[derive(Debug, Subcommand)]
pub(super) enum Demo {
    /// Takes the demo's goods, categories, collections, zones, tax rates and staff away, as if they had never been
    /// there. What orders name is archived, what you have changed stays: both are told.
    Remove {
        /// Tells what would go, and changes nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

impl Demo {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let Self::Remove { dry_run } = self;
        let removal = match dry_run {
            true => vitrine_demo::find_removal(&booted.shop).await?,
            false => refused(vitrine_demo::remove(&booted.shop).await)?,
        };
        for line in report(&removal, dry_run) {
            print::line(line)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn refused(outcome: Result<Removal, Error>) -> anyhow::Result<Removal> {
    match outcome {
        Err(Error::Refused(refusals)) => {
            let said: Vec<_> = refusals
                .into_iter()
                .map(|refusal| refusal.message.to_string())
                .collect();
            bail!("nothing was removed. {}", said.join(" "))
        }
        outcome => Ok(outcome?),
    }
}

fn report(removal: &Removal, dry_run: bool) -> Vec<String> {
    if removal.is_empty() {
        return vec!["There is nothing of the demo in this shop.".to_owned()];
    }
    let counts = [
        (removal.products.len(), "products"),
        (removal.categories.len(), "categories"),
        (removal.collections.len(), "collections"),
        (removal.zones.len(), "shipping zones"),
        (removal.methods.len(), "shipping methods"),
        (removal.rates.len(), "tax rates"),
        (removal.staff.len(), "members of staff"),
    ];
    let said: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let verb = if dry_run { "Would be removed" } else { "Removed" };
    let mut lines = vec![format!(
        "{verb}: {}.",
        if said.is_empty() {
            "nothing".to_owned()
        } else {
            said.join(", ")
        }
    )];
    if !removal.kept.is_empty() {
        lines.push("Not removed:".to_owned());
        lines.extend(
            removal
                .kept
                .iter()
                .map(|kept| format!("  {} ({})", kept.what, kept.why)),
        );
    }
    if removal.takes_last_administrator {
        lines.push(
            "It will be refused as long as the demo's administrator is the only one: make one of your own first, with \
             `vitrine staff create --role administrator --email you@example.com --name You`."
                .to_owned(),
        );
    }
    if !dry_run {
        lines.push(
            "Next: shipping zones and tax rates of your own (`vitrine shop apply`), and `vitrine import` for your goods."
                .to_owned(),
        );
    }
    lines
}
