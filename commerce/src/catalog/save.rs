//! Makes products what their drafts say: the one door by which the importer, the demo and staff
//! write a product.
//!
//! A product is named by its slug and a variant by its SKU. What a draft leaves out is taken away
//! (variants become inactive, for orders may name them); what is already so is not written again,
//! so that saving twice is saving once. Many drafts are written with as few statements as one.

pub(super) mod check;
mod existing;
pub(super) mod faults;
mod row;
mod rows;
mod statement;

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    category,
    ids::{CategoryId, ProductId},
};

use self::{existing::Existing, rows::Rows};
use super::{
    categories,
    draft::{CategoryDraft, ProductDraft},
    listing,
};
use crate::{Error, ErrorCode, Refusal, Result, Tx, jobs::Job};

/// A product that is as its draft says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    pub product: ProductId,
    pub created: bool,
}

/// Makes the product named by the draft's slug what the draft says, and has it indexed.
///
/// # Errors
/// Refuses a draft with faults, all of them at once, and an SKU that another product has.
pub async fn save(tx: &Tx, draft: &ProductDraft) -> Result<Saved> {
    let draft = check::check(draft).map_err(Error::Refused)?;
    let outcome = write(tx, &[&draft]).await?.pop().expect("one outcome a draft");
    let written = outcome.map_err(Error::Refused)?;
    if written.change != Change::Nothing {
        tx.enqueue(Job::IndexProducts {
            products: vec![written.product],
        });
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
    let checked: Result<Vec<_>, _> = drafts.iter().map(check::check).collect();
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

/// What a draft changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Created,
    Updated,
    Nothing,
}

/// A product that was written, and whether it had to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub(super) product: ProductId,
    pub(super) change: Change,
}

/// The most drafts, and the most variants among them, that one [`write`] takes: the bound on what
/// its statements bind.
const DRAFTS_MAX: usize = 100;
const VARIANTS_MAX: usize = 4_000;

/// Cuts checked drafts into pieces that [`write`] takes.
pub(super) fn batches<'a>(drafts: impl IntoIterator<Item = &'a ProductDraft>) -> Vec<Vec<&'a ProductDraft>> {
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
pub(super) async fn write(tx: &Tx, drafts: &[&ProductDraft]) -> Result<Vec<Result<Written, Vec<Refusal>>>> {
    let categories = categories_of(tx, drafts).await?;
    let existing = Existing::load(tx, drafts).await?;
    let (mut rows, mut claims) = (Rows::default(), Claims::default());
    let mut outcomes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let refusals = claims.claim(draft, &existing);
        outcomes.push(if refusals.is_empty() {
            let category = draft.category.as_ref().and_then(|slug| categories.get(slug).copied());
            Ok(rows.plan(tx.shop(), draft, category, &existing))
        } else {
            Err(refusals)
        });
    }
    rows.write(tx).await?;
    let changed: Vec<_> = outcomes
        .iter()
        .flatten()
        .filter(|written: &&Written| written.change != Change::Nothing)
        .map(|written| written.product)
        .collect();
    listing::refresh(tx, &changed).await?;
    Ok(outcomes)
}

/// The slugs and SKUs that the drafts of a batch have taken so far.
#[derive(Default)]
struct Claims<'a> {
    slugs: HashSet<&'a str>,
    skus: HashMap<&'a str, &'a str>,
}

impl<'a> Claims<'a> {
    fn claim(&mut self, draft: &'a ProductDraft, existing: &Existing) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if !self.slugs.insert(&draft.slug) {
            refusals.push(taken(format!("The slug `{}` is there twice.", draft.slug)).at(&["slug"]));
        }
        let product = existing.products.get(&draft.slug).map(|product| product.id);
        for (index, variant) in draft.variants.iter().enumerate() {
            let field = ["variants", &index.to_string(), "sku"];
            let other = self
                .skus
                .insert(&variant.sku, &draft.slug)
                .filter(|slug| *slug != draft.slug);
            let before = existing.variants.get(&variant.sku);
            let owner = before.map(|owner| owner.product_id);
            if let Some(slug) = other {
                refusals.push(
                    taken(format!(
                        "The SKU `{}` belongs to the product `{slug}`, too.",
                        variant.sku
                    ))
                    .at(&field),
                );
            } else if owner.is_some() && owner != product {
                refusals.push(taken(format!("The SKU `{}` belongs to another product.", variant.sku)).at(&field));
            }
            let reserved = before
                .and_then(|before| existing.stock.get(&before.id))
                .map_or(0, |stock| stock.reserved);
            if let Some(on_hand) = variant.on_hand.filter(|on_hand| *on_hand < reserved) {
                let message = format!(
                    "Orders hold {reserved} units of `{}`: {on_hand} would be too few.",
                    variant.sku
                );
                let field = ["variants", &index.to_string(), "onHand"];
                refusals.push(Refusal::new(ErrorCode::InsufficientStock, message).at(&field));
            }
        }
        refusals
    }
}

fn taken(message: String) -> Refusal {
    Refusal::new(ErrorCode::Taken, message)
}

/// The categories that the drafts name, by slug; those that are missing are created beneath the root.
async fn categories_of(tx: &Tx, drafts: &[&ProductDraft]) -> Result<HashMap<String, CategoryId>> {
    let wanted: BTreeMap<&String, Option<&String>> = drafts
        .iter()
        .filter_map(|draft| Some((draft.category.as_ref()?, draft.category_name.as_ref())))
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let found = categories::ids_by_slug(tx, wanted.keys().copied()).await?;
    let missing = wanted.iter().filter(|(slug, _)| !found.contains_key(**slug));
    if missing.clone().next().is_none() {
        return Ok(found);
    }
    let roots = category::Entity::find()
        .filter(category::Column::ParentId.is_null())
        .count(tx.db())
        .await?;
    let first = i32::try_from(roots).unwrap_or(i32::MAX);
    let missing = missing.zip(0..).map(|((slug, name), place)| CategoryDraft {
        slug: (*slug).clone(),
        name: name.unwrap_or(slug).clone(),
        description: String::new(),
        parent: None,
        position: first.saturating_add(place),
    });
    categories::create(tx, &missing.collect::<Vec<_>>()).await?;
    categories::ids_by_slug(tx, wanted.keys().copied()).await
}
