//! Makes products what their drafts say: the one way in which the importer, the demo and staff
//! write a product.
//!
//! A product is named by its slug and a variant by its SKU. What a draft leaves out is taken away
//! (variants become inactive, for orders may name them); what is already so is not written again,
//! so that saving twice is saving once. Many drafts are written with as few statements as one.

mod check;
mod complete;
mod conflict;
mod existing;
mod filing;
mod plan;
mod rows;
mod upsert;
mod write;

use vitrine_entity::ids::ProductId;

pub(super) use self::{
    check::{OPTIONS_MAX, PICTURES_MAX, WEIGHT_GRAMS_MAX, check, check_attributes, is_picture_source, is_web_address},
    plan::{Change, Written},
    rows::{ONLY_VARIANT, attribute_rows},
    upsert::{replace_price, upsert},
    write::{batches, has_no_conflicts, write},
};
use super::draft::ProductDraft;
use crate::{Error, Result, Tx, jobs::Job};

/// A product that is as its draft says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    pub product: ProductId,
    pub created: bool,
}

/// Makes the product named by the draft's slug what the draft says, and has it indexed.
///
/// # Errors
/// Refuses everything that is wrong with a draft at once, and an SKU that another product has.
pub async fn save(tx: &Tx, draft: &ProductDraft) -> Result<Saved> {
    let draft = check(draft).map_err(Error::Refused)?;
    let outcome = write(tx, &[&draft]).await?.pop().expect("one outcome a draft");
    let written = outcome.map_err(Error::Refused)?;
    if written.change != Change::Nothing {
        let products = vec![written.product];
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(Saved {
        product: written.product,
        created: written.change == Change::Created,
    })
}

/// As [`save`], for many, and has none of them indexed: whoever fills a shop fills the index once
/// afterwards ([`index::fill`](super::index::fill)). `on_progress` is told how many are done.
///
/// # Errors
/// Refuses them all where [`save`] would refuse one.
pub async fn save_all(tx: &Tx, drafts: &[ProductDraft], on_progress: impl Fn(usize) + Send + Sync) -> Result<()> {
    let checked: Result<Vec<_>, _> = drafts.iter().map(check).collect();
    let checked = checked.map_err(Error::Refused)?;
    let mut done = 0;
    for batch in batches(&checked) {
        let outcomes = write(tx, &batch).await?.into_iter();
        let written: Vec<_> = outcomes.collect::<Result<_, _>>().map_err(Error::Refused)?;
        done += written.len();
        on_progress(done);
    }
    Ok(())
}
