//! One batch of a file: written, or written and taken back.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
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
};

/// The most products that one job indexes.
const PRODUCTS_PER_JOB: usize = 200;

/// What became of the products of one batch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    pub(crate) products: usize,
    pub(crate) created: usize,
    pub(crate) updated: usize,
    pub(crate) unchanged: usize,
    /// What names the pictures that would be fetched because of it; none where it is written, for those are counted at
    /// the end.
    pub(crate) pictures: HashSet<String>,
    /// What the database has against it.
    pub(crate) problems: Vec<RowProblem>,
}

/// Writes the batch that begins at the product at `place`, with its jobs.
pub(crate) async fn write_step(tx: &Tx, parsed: &Parsed, place: usize) -> Result<Step> {
    let outcomes = write_batch(tx, &batch(parsed, place)).await?;
    Ok(Step::of(parsed, place, outcomes))
}

/// Writes it and takes it back: others write between two of them. No product of a file stands in another's way, for
/// reading it has seen to that. `since`: when the whole rehearsal began.
pub(crate) async fn rehearse_step(
    shop: &Shop,
    context: &Context,
    parsed: &Parsed,
    place: usize,
    since: DateTime<Utc>,
) -> Result<Step> {
    let (outcomes, pictures) = rehearse_batch(shop, context, &batch(parsed, place), since).await?;
    let step = Step::of(parsed, place, outcomes);
    Ok(Step { pictures, ..step })
}

fn batch(parsed: &Parsed, place: usize) -> Vec<&ProductDraft> {
    let rest = parsed.drafts.iter().skip(place).map(|(_, draft)| draft);
    save::batches(rest).into_iter().next().unwrap_or_default()
}

impl Step {
    fn of(parsed: &Parsed, place: usize, outcomes: Vec<Outcome>) -> Self {
        let mut step = Self {
            products: outcomes.len(),
            ..Self::default()
        };
        let mut problems = Problems::default();
        for (index, outcome) in outcomes.into_iter().enumerate() {
            match outcome.map(|written| written.change) {
                Ok(Change::Created) => step.created += 1,
                Ok(Change::Updated) => step.updated += 1,
                Ok(Change::Nothing) => step.unchanged += 1,
                Err(refusals) => blame(parsed, place + index, &refusals, &mut problems),
            }
        }
        step.problems = problems.list;
        step
    }
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
