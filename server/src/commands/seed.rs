//! `vitrine seed`.

use std::process::ExitCode;

use anyhow::Context as _;
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{Context, catalog::index};

use super::{
    print,
    progress::{bar, tell},
};

pub(super) async fn run(booted: &Booted) -> anyhow::Result<ExitCode> {
    let bar = bar("products");
    let report = vitrine_demo::seed(&booted.shop, &Context::system(&booted.shop, "seed"), |done, total| {
        tell(&bar, done as u64, total as u64)
    })
    .await?;
    bar.finish_and_clear();
    if report.products == 0 {
        print::line("The catalogue is not empty: nothing was changed.")?;
        return Ok(ExitCode::SUCCESS);
    }
    print::line(format_args!(
        "The demo shop is there: {} products in {} variants, {} categories, {} collections.",
        report.products, report.variants, report.categories, report.collections
    ))?;
    let indexed = index::fill(&booted.shop).await;
    let indexed = indexed.context(
        "the search index was not filled: a running worker fills it as soon as the search engine answers, and so does `vitrine \
         reindex`",
    )?;
    print::line(format_args!("{indexed} products are in the search index."))?;
    Ok(ExitCode::SUCCESS)
}
