//! `vitrine import --what`: customers, orders, gift cards and redirects of another shop system.

use std::{fs::File, path::Path, process::ExitCode};

use anyhow::Context as _;
use clap::ValueEnum;
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{
    Context,
    moving::{self, ImportSource, Kind, MovingReport},
};

use super::{
    print,
    progress::{bar, tell},
};

/// Which system has exported a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum System {
    Shopify,
    Woocommerce,
    Medusa,
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    Products,
    Customers,
    Orders,
    GiftCards,
    Redirects,
}

impl System {
    pub(super) fn source(self) -> ImportSource {
        match self {
            Self::Shopify => ImportSource::Shopify,
            Self::Woocommerce => ImportSource::Woocommerce,
            Self::Medusa => ImportSource::Medusa,
        }
    }
}

impl What {
    /// `None` of products, which have an import of their own.
    pub(super) fn kind(self) -> Option<Kind> {
        match self {
            Self::Products => None,
            Self::Customers => Some(Kind::Customers),
            Self::Orders => Some(Kind::Orders),
            Self::GiftCards => Some(Kind::GiftCards),
            Self::Redirects => Some(Kind::Redirects),
        }
    }
}

/// Imports a file, and tells what became of it.
pub(super) async fn run(
    booted: &Booted,
    path: &Path,
    from: System,
    kind: Kind,
    dry_run: bool,
) -> anyhow::Result<ExitCode> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("opening {name}"))?;
    let shop = &booted.shop;
    let correlation_id = format!("import-{}", shop.new_id());
    let (context, bar) = (Context::system(shop, correlation_id), bar("things"));
    let read = moving::read(from.source(), kind, file, &shop.profile());
    let mut written = 0;
    let progress = |done, total| {
        written = done;
        tell(&bar, done as u64, total as u64);
    };
    let report = moving::run(shop, &context, &read, dry_run, progress).await;
    let report = report.with_context(|| {
        let total = read.len();
        format!("importing: {written} of {total} are done. Import the file again to go on with the others")
    })?;
    bar.finish_and_clear();
    report.problems.iter().try_for_each(print::problem)?;
    print::line(summary(&report, dry_run))?;
    Ok(match report.skipped {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn summary(report: &MovingReport, dry_run: bool) -> String {
    let MovingReport {
        created,
        updated,
        unchanged,
        skipped,
        ..
    } = report;
    match dry_run {
        true => format!(
            "Nothing was written. This file would create {created}, update {updated}, leave {unchanged} as they are, and \
             {skipped} would not be taken."
        ),
        false => format!("Created: {created}. Updated: {updated}. As they were: {unchanged}. Not taken: {skipped}."),
    }
}
