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

use std::collections::{HashMap, HashSet};

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    category,
    ids::{CategoryId, ProductId},
};

use self::{existing::Existing, rows::Rows};
use super::{draft::ProductDraft, listing};
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
        tx.enqueue(
            None,
            Job::IndexProducts {
                products: vec![written.product],
            },
        );
    }
    Ok(Saved {
        product: written.product,
        created: written.change == Change::Created,
    })
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

/// The categories that the drafts name, by slug; those that are missing are created.
async fn categories_of(tx: &Tx, drafts: &[&ProductDraft]) -> Result<HashMap<String, CategoryId>> {
    let wanted: HashMap<&String, Option<&String>> = drafts
        .iter()
        .filter_map(|draft| Some((draft.category.as_ref()?, draft.category_name.as_ref())))
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let found = category_ids(tx, wanted.keys().copied()).await?;
    let mut missing: Vec<_> = wanted.iter().filter(|(slug, _)| !found.contains_key(**slug)).collect();
    if missing.is_empty() {
        return Ok(found);
    }
    missing.sort();
    let roots = category::Entity::find()
        .filter(category::Column::ParentId.is_null())
        .count(tx.db())
        .await?;
    let shop = tx.shop();
    let rows = missing
        .iter()
        .enumerate()
        .map(|(index, (slug, name))| category::ActiveModel {
            id: Set(CategoryId(shop.new_id())),
            parent_id: Set(None),
            slug: Set((**slug).clone()),
            name: Set(name.unwrap_or(slug).clone()),
            description: Set(String::new()),
            position: Set(i32::try_from(roots as usize + index).unwrap_or(i32::MAX)),
        });
    // Another import may create the same one at this moment: either will do.
    category::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([category::Column::Slug])
        .exec_without_returning(tx.db())
        .await?;
    category_ids(tx, wanted.keys().copied()).await
}

async fn category_ids(tx: &Tx, slugs: impl Iterator<Item = &String>) -> Result<HashMap<String, CategoryId>> {
    let rows: Vec<(String, CategoryId)> = category::Entity::find()
        .select_only()
        .columns([category::Column::Slug, category::Column::Id])
        .filter(category::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().collect())
}
