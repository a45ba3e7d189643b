//! `vitrine import`.

use std::{fs::File, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args;
use vitrine_adapters::{boot::Booted, config::Config};
use vitrine_commerce::{
    Context,
    catalog::{
        import::{self, ImportReport, Severity},
        index,
    },
    moving::read_products,
};

use super::{
    moving, print,
    progress::{bar, tell},
};

/// Imports what another shop system exports: products (nothing where a row has an error), customers, orders, gift cards, redirects.
///
/// It reads Shopify's, WooCommerce's and Medusa's files. Of all but products it takes every row that it can, and tells what is not
/// taken by row. Imported orders are history: nothing is paid, sent, counted or mailed for them.
///
/// The file is in UTF-8, or what a spreadsheet saves as Unicode text (UTF-16); its columns stand between commas,
/// semicolons, tabs or bars.
/// Products are named by their handle and variants by their SKU: importing a file twice changes
/// nothing the second time. The shop goes on meanwhile: products are written a few at a time. An import that is cut off
/// has written whole products, which stay; importing the same file again goes on with the others. Prices are in the shop's currency. What is wrong is told by row and
/// column; errors end the command with exit code 1.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Which system has exported it.
    #[arg(long, value_enum, default_value_t = moving::System::Shopify)]
    from: moving::System,
    /// What is in it.
    #[arg(long, value_enum, default_value_t = moving::What::Products)]
    what: moving::What,
    /// Goes all the way, tells what would change and what is wrong, and takes everything back.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) async fn run(&self, booted: &Booted, config: &Config) -> anyhow::Result<ExitCode> {
        if let Some(kind) = self.what.kind() {
            return moving::run(booted, &self.file, self.from, kind, self.dry_run).await;
        }
        let name = self.file.display();
        let file = File::open(&self.file).with_context(|| format!("opening {name}"))?;
        let correlation_id = format!("import-{}", booted.shop.new_id());
        let (context, bar) = (Context::system(&booted.shop, correlation_id), bar("products"));
        let parsed = read_products(self.from.source(), file, context.currency)?;
        let mut written = 0;
        let progress = |done, total| {
            written = done;
            tell(&bar, done as u64, total as u64);
        };
        let outcome = match self.dry_run {
            true => import::dry_run(&booted.shop, &context, &parsed, progress).await,
            false => import::apply(&booted.shop, &context, &parsed, progress).await,
        };
        let total = parsed.drafts.len();
        let report = outcome.with_context(|| match (self.dry_run, written) {
            (true, _) | (false, 0) => "importing: nothing was written".to_owned(),
            (false, written) => format!(
                "importing: {written} of {total} products are as the file has them, and stay so. \
                 Import it again to go on with the others"
            ),
        })?;
        bar.finish_and_clear();
        if report.applied && !self.dry_run {
            index_imported(booted, config, &context).await?;
        }
        report.problems.iter().try_for_each(print::problem)?;
        let errors = report
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count();
        print::line(self.summary(&report, errors))?;
        Ok(if errors > 0 {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    fn summary(&self, report: &ImportReport, errors: usize) -> String {
        let ImportReport {
            created,
            updated,
            unchanged,
            ..
        } = report;
        match (errors, self.dry_run) {
            (0, true) => format!(
                "Nothing was written. This file would create {created} products, update {updated}, and leave {unchanged} as they are."
            ),
            (0, false) => {
                let done = format!("Products: {created} created, {updated} updated, {unchanged} as they were.");
                match report.pictures_to_fetch {
                    0 => done,
                    pictures => format!("{done} Pictures to fetch while the shop runs: {pictures}."),
                }
            }
            (errors, _) if report.applied => format!(
                "Products: {created} created, {updated} updated, {unchanged} as they were, {errors} errors: somebody \
                 changed the shop at this moment. Mend them, and import the file again."
            ),
            (errors, _) => format!("Nothing was imported. Errors: {errors}. Mend them, and import the file again."),
        }
    }
}

/// Where the index is the next server's own and there is none yet, it finds one, instead of a job for every few products.
async fn index_imported(booted: &Booted, config: &Config, context: &Context) -> anyhow::Result<()> {
    let bar = bar("products in the search index");
    let built = booted
        .build_kept_search(config, |done, total| tell(&bar, done, total))
        .await;
    bar.finish_and_clear();
    if built?.is_some() {
        index::end_covered(&booted.shop, &context.correlation_id).await?;
    }
    Ok(())
}
