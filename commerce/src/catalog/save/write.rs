//! Writes a batch of checked drafts.

use std::collections::HashSet;

use super::{
    conflict::Claims,
    existing::Existing,
    filing::Filing,
    plan::{Change, Plan, Written},
};
use crate::{
    Refusal, Result, Tx,
    catalog::{draft::ProductDraft, index::listing},
    metafields::{self, Imported, Owner},
};

/// The most drafts, and the most variants among them, that one [`write`] takes: the bound on what
/// its statements bind.
const DRAFTS_MAX: usize = 200;
const VARIANTS_MAX: usize = 4_000;

/// Cuts checked drafts into pieces that [`write`] takes.
pub(in crate::catalog) fn batches<'a>(
    drafts: impl IntoIterator<Item = &'a ProductDraft>,
) -> Vec<Vec<&'a ProductDraft>> {
    let mut batches: Vec<Vec<&ProductDraft>> = Vec::new();
    let mut variants = 0;
    for draft in drafts {
        variants += draft.variants.len();
        match batches.last_mut() {
            Some(batch) if batch.len() < DRAFTS_MAX && variants <= VARIANTS_MAX => batch.push(draft),
            _ => {
                variants = draft.variants.len();
                batches.push(vec![draft]);
            }
        }
    }
    batches
}

/// Writes a batch of checked drafts and their listing rows; whoever calls sees to the search
/// index. Gives an outcome a draft, in their order: one whose slug or SKUs are taken is left out,
/// and does not keep the others from being written.
pub(in crate::catalog) async fn write(tx: &Tx, drafts: &[&ProductDraft]) -> Result<Vec<Result<Written, Vec<Refusal>>>> {
    let filing = Filing::load(tx, drafts).await?;
    let existing = Existing::load(tx, drafts).await?;
    let (mut plan, mut claims) = (Plan::default(), Claims::default());
    let mut outcomes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let refusals = claims.claim(draft, &existing);
        outcomes.push(if refusals.is_empty() {
            Ok(plan.add(tx, draft, filing.category_of(draft), &existing))
        } else {
            Err(refusals)
        });
    }
    plan.write(tx).await?;
    let with_new_metafields = write_metafields(tx, drafts, &outcomes).await?;
    for written in outcomes.iter_mut().flatten() {
        if written.change == Change::Nothing && with_new_metafields.contains(&written.product.into()) {
            written.change = Change::Updated;
        }
    }
    let changed: Vec<_> = outcomes
        .iter()
        .flatten()
        .filter(|written: &&Written| written.change != Change::Nothing)
        .map(|written| written.product)
        .collect();
    listing::refresh(tx, &changed).await?;
    Ok(outcomes)
}

/// Whether [`write`] would refuse none of these drafts at this moment.
pub(in crate::catalog) async fn has_no_conflicts(tx: &Tx, drafts: &[&ProductDraft]) -> Result<bool> {
    let existing = Existing::load(tx, drafts).await?;
    let mut claims = Claims::default();
    let mut refusals = drafts.iter().map(|draft| claims.claim(draft, &existing));
    Ok(refusals.all(|refusals| refusals.is_empty()))
}

/// Gives those whose metafields changed.
async fn write_metafields(
    tx: &Tx,
    drafts: &[&ProductDraft],
    outcomes: &[Result<Written, Vec<Refusal>>],
) -> Result<HashSet<Owner>> {
    let written = drafts
        .iter()
        .zip(outcomes)
        .filter_map(|(draft, outcome)| Some((draft, outcome.as_ref().ok()?)));
    let fields = written.flat_map(|(draft, written)| {
        draft.metafields.iter().map(|field| Imported {
            owner: written.product.into(),
            namespace: field.namespace.clone(),
            key: field.key.clone(),
            value: field.value.clone(),
        })
    });
    metafields::import(tx, fields.collect()).await
}
