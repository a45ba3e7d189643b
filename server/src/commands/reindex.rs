//! `vitrine reindex`.

use std::process::ExitCode;

use vitrine_adapters::{boot::Booted, config::Config};
use vitrine_commerce::catalog::index;

use super::{
    print,
    progress::{bar, tell},
};

pub(super) async fn run(booted: &Booted, config: &Config) -> anyhow::Result<ExitCode> {
    if config.search.meilisearch.is_none() {
        print::line(
            "Without `search.meilisearch` the index is the server's own, and kept by it. To have it built anew, stop the \
             server, remove the folder that is called as the database with `-search` behind it, and start it again.",
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let bar = bar("products");
    let indexed = index::reindex(&booted.shop, |done, total| tell(&bar, done, total)).await?;
    bar.finish_and_clear();
    print::line(format_args!(
        "{indexed} products are in the new search index, and searches are answered by it."
    ))?;
    Ok(ExitCode::SUCCESS)
}
