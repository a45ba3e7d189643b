//! `vitrine ledger`.

use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Args;
use futures::{StreamExt, pin_mut};
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{
    Context,
    payments::ledger::{self, Period},
};

use super::print;

/// Prints the payment ledger as CSV, oldest first: each request to a payment provider, each answer,
/// webhook and decision.
///
/// Times are RFC 3339, as in 2026-01-01T00:00:00Z. The same table is at /api/payments/ledger.csv.
#[derive(Debug, Args)]
pub(super) struct Ledger {
    /// From this time on; by default from the beginning.
    #[arg(long, value_name = "TIME")]
    since: Option<DateTime<Utc>>,
    /// Before this time; by default until now.
    #[arg(long, value_name = "TIME")]
    until: Option<DateTime<Utc>>,
}

impl Ledger {
    pub(super) async fn run(&self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let period = Period {
            since: self.since,
            until: self.until,
        };
        let pieces = ledger::export(booted.shop.clone(), &Context::system(&booted.shop, "ledger"), period)?;
        pin_mut!(pieces);
        while let Some(piece) = pieces.next().await {
            print::bytes(&piece?)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
