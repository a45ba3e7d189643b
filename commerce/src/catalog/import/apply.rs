//! Writes what was read, in transactions so short that others write between them.
//!
//! First everything is looked at, and nothing is written where something is wrong. Then one batch after the other is
//! written, with the jobs that index it. What comes in between (a power cut, somebody who takes a SKU at this moment)
//! leaves whole products: those that are written stay, and the same file, imported again, goes on with the others, for
//! what is as it says is not written again.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::DbBackend;
use tokio::time::Instant;
use vitrine_entity::ids::ProductId;

use super::{
    own_pictures::own_again,
    problem::{Problems, RowProblem},
    product,
    read::Parsed,
};
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::{
        draft::ProductDraft,
        save::{self, Change, Written},
    },
    jobs::Job,
    media,
    staff::permission::{self, Permission},
};

/// The most products that one job indexes.
const PRODUCTS_PER_JOB: usize = 200;

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
    for batch in save::batches(parsed.drafts.iter().map(|(_, draft)| draft)) {
        let began = Instant::now();
        let batch = &batch;
        let outcomes = shop.transact(context, |tx| async move { write_batch(&tx, batch).await });
        for outcome in outcomes.await? {
            match outcome {
                Ok(written) => count(&mut report, written),
                Err(refusals) => blame(parsed, done, &refusals, &mut problems),
            }
            done += 1;
        }
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
async fn is_free_of_conflicts(shop: &Shop, context: &Context, parsed: &Parsed) -> Result<bool> {
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

/// One batch with its jobs: what became of each product.
async fn write_batch(tx: &Tx, batch: &[&ProductDraft]) -> Result<Vec<Outcome>> {
    let drafts = own_again(tx, batch).await?;
    let outcomes = save::write(tx, &drafts.iter().collect::<Vec<_>>()).await?;
    let written = outcomes.iter().flatten();
    let changed: Vec<ProductId> = written
        .filter(|written| written.change != Change::Nothing)
        .map(|written| written.product)
        .collect();
    for products in changed.chunks(PRODUCTS_PER_JOB) {
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(outcomes)
}

type Outcome = Result<Written, Vec<Refusal>>;

/// Writes every draft that can be written, batch by batch as [`apply`] does, and takes each back: others write between
/// them. No product of a file stands in another's way, for reading it has seen to that.
async fn rehearse(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    mut on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    let since = shop.now();
    let mut problems = problems_of(parsed);
    let (mut report, mut done, mut pictures) = (ImportReport::default(), 0, HashSet::new());
    for batch in save::batches(parsed.drafts.iter().map(|(_, draft)| draft)) {
        let began = Instant::now();
        let (outcomes, wanted) = rehearse_batch(shop, context, &batch, since).await?;
        for outcome in outcomes {
            match outcome {
                Ok(written) => count(&mut report, written),
                Err(refusals) => blame(parsed, done, &refusals, &mut problems),
            }
            done += 1;
        }
        pictures.extend(wanted);
        on_progress(done, parsed.drafts.len());
        pause(shop, began, done < parsed.drafts.len()).await;
    }
    let pending = shop.transact(context, |tx| async move { media::import::pending(&tx).await });
    report.pictures_to_fetch = pending.await? + pictures.len() as u64;
    report.problems = problems.sorted();
    Ok(report)
}

/// What would become of each product, and the pictures that would be fetched because of them.
async fn rehearse_batch(
    shop: &Shop,
    context: &Context,
    batch: &[&ProductDraft],
    since: DateTime<Utc>,
) -> Result<(Vec<Outcome>, HashSet<String>)> {
    let taken_back = &Mutex::new(None);
    let outcome = shop.transact(context, |tx| async move {
        let before = media::import::pending_since(&tx, since).await?;
        let drafts = own_again(&tx, batch).await?;
        let outcomes = save::write(&tx, &drafts.iter().collect::<Vec<_>>()).await?;
        let after = media::import::pending_since(&tx, since).await?;
        let wanted = after.difference(&before).cloned().collect();
        // An error is what rolls a transaction back; this one is told apart by what it left.
        *taken_back.lock().unwrap_or_else(PoisonError::into_inner) = Some((outcomes, wanted));
        Err(Error::Refused(Vec::new()))
    });
    let outcome = outcome.await;
    let taken_back = taken_back.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (outcome, taken_back) {
        (Err(Error::Refused(refusals)), Some(found)) if refusals.is_empty() => Ok(found),
        (outcome, _) => outcome,
    }
}

/// Lets others write, where one writes at a time and there is more to do.
async fn pause(shop: &Shop, began: Instant, is_more: bool) {
    if is_more && shop.db.get_database_backend() == DbBackend::Sqlite {
        tokio::time::sleep((began.elapsed() / PAUSE_PART).clamp(PAUSE_MIN, PAUSE_MAX)).await;
    }
}

fn count(report: &mut ImportReport, written: Written) {
    match written.change {
        Change::Created => report.created += 1,
        Change::Updated => report.updated += 1,
        Change::Nothing => report.unchanged += 1,
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

fn blame(parsed: &Parsed, index: usize, refusals: &[Refusal], problems: &mut Problems) {
    let first_row = parsed.drafts.get(index).map_or(0, |(row, _)| *row);
    let variant_rows = parsed.variant_rows.get(index).map_or(&[][..], Vec::as_slice);
    problems.product = parsed
        .drafts
        .get(index)
        .map_or_else(String::new, |(_, draft)| draft.slug.clone());
    match &parsed.header {
        Some(header) => product::report(header, refusals, first_row, variant_rows, problems),
        None => refusals
            .iter()
            .for_each(|refusal| problems.error(first_row, "", refusal.message.to_string())),
    }
}
