//! Writes what was read: the whole file in one transaction, or nothing.

use std::sync::{Mutex, PoisonError};

use vitrine_entity::ids::ProductId;

use super::{
    own_pictures::own_again,
    problem::{Problems, RowProblem},
    product,
    read::Parsed,
};
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::save::{self, Change, Written},
    jobs::Job,
    media,
    staff::permission::{self, Permission},
};

/// The most products that one job indexes.
const PRODUCTS_PER_JOB: usize = 200;

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
    /// Whether it was written: not in a dry run, and not where a problem is an error.
    pub applied: bool,
}

/// Imports the file: all of it, or nothing where something is wrong with a row. `on_progress` is
/// told how many products are done, of how many; it begins again where the database has the
/// transaction repeated.
///
/// # Errors
/// Refuses those who are not administrators. What is wrong with the file is in the report.
pub async fn apply(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    run(shop, context, parsed, !parsed.has_errors(), on_progress).await
}

/// Does all that [`apply`] does, and takes it back: what the database has against the file is in
/// the report, too.
///
/// # Errors
/// As [`apply`].
pub async fn dry_run(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    run(shop, context, parsed, false, on_progress).await
}

async fn run(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    keep: bool,
    on_progress: impl FnMut(usize, usize) + Send,
) -> Result<ImportReport> {
    if !permission::allowed(context, Permission::Catalog) {
        permission::require(context, Permission::Catalog)?;
    }
    let (on_progress, taken_back) = (&Mutex::new(on_progress), &Mutex::new(None));
    let outcome = shop
        .transact(context, |tx| async move {
            let tell = |done| on_progress.lock().unwrap_or_else(PoisonError::into_inner)(done, parsed.drafts.len());
            let (report, changed, errors) = write(&tx, parsed, tell).await?;
            if keep && errors == 0 {
                for products in changed.chunks(PRODUCTS_PER_JOB) {
                    tx.enqueue(
                        None,
                        Job::IndexProducts {
                            products: products.to_vec(),
                        },
                    );
                }
                return Ok(ImportReport {
                    applied: true,
                    ..report
                });
            }
            // An error is what rolls a transaction back; this one is told apart by what it left.
            *taken_back.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
            Err(Error::Refused(Vec::new()))
        })
        .await;
    match (
        outcome,
        taken_back.lock().unwrap_or_else(PoisonError::into_inner).take(),
    ) {
        (Err(Error::Refused(refusals)), Some(report)) if refusals.is_empty() => Ok(report),
        (outcome, _) => outcome,
    }
}

/// Writes every draft that can be written. Gives the report, the products that changed, and how
/// many errors there were.
async fn write(tx: &Tx, parsed: &Parsed, mut tell: impl FnMut(usize)) -> Result<(ImportReport, Vec<ProductId>, usize)> {
    let mut problems = Problems {
        list: parsed.problems.clone(),
        errors: parsed.errors,
        product: String::new(),
    };
    let (mut report, mut changed, mut done) = (ImportReport::default(), Vec::new(), 0);
    for batch in save::batches(parsed.drafts.iter().map(|(_, draft)| draft)) {
        let batch = own_again(tx, &batch).await?;
        for outcome in save::write(tx, &batch.iter().collect::<Vec<_>>()).await? {
            match outcome {
                Ok(written) => count(&mut report, &mut changed, written),
                Err(refusals) => blame(parsed, done, &refusals, &mut problems),
            }
            done += 1;
        }
        tell(done);
    }
    report.pictures_to_fetch = media::import::pending(tx).await?;
    let errors = problems.errors;
    report.problems = problems.sorted();
    Ok((report, changed, errors))
}

fn count(report: &mut ImportReport, changed: &mut Vec<ProductId>, written: Written) {
    match written.change {
        Change::Created => report.created += 1,
        Change::Updated => report.updated += 1,
        Change::Nothing => report.unchanged += 1,
    }
    if written.change != Change::Nothing {
        changed.push(written.product);
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
            .for_each(|refusal| problems.error(first_row, "", refusal.message.clone())),
    }
}
