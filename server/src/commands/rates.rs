//! `vitrine rates`.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use vitrine_adapters::{boot::Booted, exchange_rates};
use vitrine_commerce::{
    Context,
    money::convert::rate_decimal,
    settings::rates::{self, RateChange, RateOutcome},
};
use vitrine_entity::price_list::RateSource;

use super::print;

/// Gives the price lists that follow rates those of a file.
///
/// The file is the European Central Bank's XML (eurofxref-daily.xml), or a table of currencies and rates, units for one of
/// the shop's own: `USD,1.0843`. A rate that is too far from the one before is refused, told, and shown to staff; the command
/// ends with exit code 1 then. Prices that are fixed stay.
#[derive(Debug, Args)]
pub(super) struct Rates {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Takes every rate, however far it is from the one before.
    #[arg(long)]
    accept_jumps: bool,
}

impl Rates {
    pub(super) async fn run(&self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let (shop, name) = (&booted.shop, self.file.display());
        let text = fs::read_to_string(&self.file).with_context(|| format!("reading {name}"))?;
        let sheet = exchange_rates::read(&text, shop.profile().currency).with_context(|| format!("reading {name}"))?;
        let context = Context::system(shop, format!("rates-{}", shop.new_id()));
        let jump = match self.accept_jumps {
            true => u32::MAX,
            false => shop.settings.rate_jump_percent_max,
        };
        let changes = rates::take(shop, &context, &sheet, RateSource::File, jump).await?;
        if changes.is_empty() {
            print::line("The shop has no price list, so that it needs no rates.")?;
        }
        changes.iter().try_for_each(|change| print::line(told(change)))?;
        let refused = changes.iter().any(|change| change.outcome == RateOutcome::Refused);
        Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn told(change: &RateChange) -> String {
    let before = rate_decimal(change.before_e8);
    let found = change.found_e8.map(rate_decimal).unwrap_or_default();
    let what = match change.outcome {
        RateOutcome::Taken => format!("{before} is now {found}"),
        RateOutcome::Same => format!("{before}, as before"),
        RateOutcome::ByHand => format!("{before} stays: it is set by hand, and the list does not follow rates"),
        RateOutcome::Missing => format!("{before} stays: the file does not have it"),
        RateOutcome::Older => format!("{before} stays: it is of a later day"),
        RateOutcome::Refused => format!(
            "{before} stays: {found} is too far from it. Set it in the dashboard, or say --accept-jumps, if it is right"
        ),
    };
    format!("{}: {what}", change.currency)
}
