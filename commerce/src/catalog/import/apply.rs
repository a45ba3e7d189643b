//! Writes what was read, in transactions so short that others write between them.
//!
//! First everything is looked at, and nothing is written where something is wrong. Then one batch after the other is
//! written, with the jobs that index it. What comes in between (a power cut, somebody who takes a SKU at this moment)
//! leaves whole products: those that are written stay, and the same file, imported again, goes on with the others, for
//! what is as it says is not written again.

use std::{collections::HashSet, time::Duration};

use sea_orm::DbBackend;
use tokio::time::Instant;

use super::{
    own_pictures::own_again,
    problem::{Problems, RowProblem},
    read::Parsed,
    step::{Step, rehearse_step, write_step},
};
use crate::{
    Context, Result, Shop,
    catalog::save,
    media,
    staff::permission::{self, Permission},
};

/// How long others have, on a database with one writer, before the next batch: a part of the time that the last one
/// took, within bounds.
const PAUSE_PART: u32 = 3;
const PAUSE_MIN: Duration = Duration::from_millis(10);
const PAUSE_MAX: Duration = Duration::from_millis(100);

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub created: usize,
    pub updated: usize,
    /// They were as the file has them already, and were not written.
    pub unchanged: usize,
    /// Pictures that are to be fetched from where they lie.
    pub pictures_to_fetch: u64,
    pub problems: Vec<RowProblem>,
    /// Whether it was written: not in a dry run, and not where a problem is an error. Where it was all the same, the
    /// errors are of products that somebody else changed at this moment, and all others are written.
    pub applied: bool,
}

/// Imports the file: nothing where something is wrong with a row. `on_progress` is told how many products are written, of
/// how many.
///
/// # Errors
/// Refuses those who are not administrators. What is wrong with the file is in the report. Of a fault in the middle,
/// `on_progress` has told what is written already.
pub async fn apply(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    mut on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    require(context)?;
    if parsed.has_errors() || !is_free_of_conflicts(shop, context, parsed).await? {
        return rehearse(shop, context, parsed, |_, _| {}).await;
    }
    let mut report = ImportReport::default();
    let mut problems = problems_of(parsed);
    let mut done = 0;
    while done < parsed.drafts.len() {
        let began = Instant::now();
        let written = shop.transact(context, |tx| async move { write_step(&tx, parsed, done).await });
        done += take(written.await?, &mut report, &mut problems);
        on_progress(done, parsed.drafts.len());
        pause(shop, began, done < parsed.drafts.len()).await;
    }
    report.pictures_to_fetch = shop
        .transact(context, |tx| async move { media::import::pending(&tx).await })
        .await?;
    report.applied = true;
    report.problems = problems.sorted();
    Ok(report)
}

/// Does all that [`apply`] does, and takes it back: what the database has against the file is in the report, too.
///
/// # Errors
/// As [`apply`].
pub async fn dry_run(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    require(context)?;
    rehearse(shop, context, parsed, on_progress).await
}

fn require(context: &Context) -> Result<()> {
    if !permission::allowed(context, Permission::Catalog) {
        permission::require(context, Permission::Catalog)?;
    }
    Ok(())
}

/// Whether the database has nothing against any product. Reads, and keeps nobody waiting.
pub(crate) async fn is_free_of_conflicts(shop: &Shop, context: &Context, parsed: &Parsed) -> Result<bool> {
    for batch in save::batches(parsed.drafts.iter().map(|(_, draft)| draft)) {
        let batch = &batch;
        let has_none = shop.transact(context, |tx| async move {
            let drafts = own_again(&tx, batch).await?;
            save::has_no_conflicts(&tx, &drafts.iter().collect::<Vec<_>>()).await
        });
        if !has_none.await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes every draft that can be written, batch by batch as [`apply`] does, and takes each back.
async fn rehearse(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    mut on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    let since = shop.now();
    let (mut report, mut problems, mut done) = (ImportReport::default(), problems_of(parsed), 0);
    let mut pictures = HashSet::new();
    while done < parsed.drafts.len() {
        let began = Instant::now();
        let mut rehearsed = rehearse_step(shop, context, parsed, done, since).await?;
        pictures.extend(std::mem::take(&mut rehearsed.pictures));
        done += take(rehearsed, &mut report, &mut problems);
        on_progress(done, parsed.drafts.len());
        pause(shop, began, done < parsed.drafts.len()).await;
    }
    let pending = shop.transact(context, |tx| async move { media::import::pending(&tx).await });
    report.pictures_to_fetch = pending.await? + pictures.len() as u64;
    report.problems = problems.sorted();
    Ok(report)
}

/// Counts what became of a batch; gives how many products it has.
fn take(step: Step, report: &mut ImportReport, problems: &mut Problems) -> usize {
    report.created += step.created;
    report.updated += step.updated;
    report.unchanged += step.unchanged;
    problems.add(step.problems);
    step.products
}

/// Lets others write, where one writes at a time and there is more to do.
pub(crate) async fn pause(shop: &Shop, began: Instant, is_more: bool) {
    if is_more && shop.db.get_database_backend() == DbBackend::Sqlite {
        tokio::time::sleep((began.elapsed() / PAUSE_PART).clamp(PAUSE_MIN, PAUSE_MAX)).await;
    }
}

/// Those of reading the file, to which more may come.
fn problems_of(parsed: &Parsed) -> Problems {
    Problems {
        list: parsed.problems.clone(),
        errors: parsed.errors,
        product: String::new(),
    }
}
