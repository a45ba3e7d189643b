//! Writes everything that was read, for whoever waits for it.

use tokio::time::Instant;

use super::{
    read::Read,
    report::MovingReport,
    step::{may, step},
};
use crate::{Context, Result, Shop, catalog::import::pause};

/// Writes everything that was read, or with `dry_run` takes each thing back. `on_progress` is told how many things are done, of
/// how many. What is cut off has written what it has told of; the same file again goes on.
///
/// # Errors
/// Refuses whoever may not write things of the kind. What is wrong with the file is in the report.
pub async fn run(
    shop: &Shop,
    context: &Context,
    read: &Read,
    dry_run: bool,
    mut on_progress: impl FnMut(usize, usize) + Send,
) -> Result<MovingReport> {
    may(context, read.kind)?;
    let (mut report, mut problems) = (MovingReport::default(), read.problems.clone());
    let mut done = 0;
    while done < read.entries.len() {
        let began = Instant::now();
        let written = shop.transact(context, |tx| async move { step(&tx, read, done, dry_run).await });
        let written = written.await?;
        report.created += written.created;
        report.updated += written.updated;
        report.unchanged += written.unchanged;
        written.problems.into_iter().for_each(|problem| problems.add(problem));
        done += written.products;
        on_progress(done, read.entries.len());
        pause(shop, began, done < read.entries.len()).await;
    }
    report.skipped = problems.errors;
    report.problems = problems.sorted();
    Ok(report)
}
