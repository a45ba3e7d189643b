//! Says all of what is in a collection that is picked by hand, by slugs.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use vitrine_entity::{
    collection,
    ids::{CollectionId, ProductId},
};

use super::{
    picks::PICKED_MAX,
    row::{locked, require_by_hand, write},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::{
        access::require_catalog,
        collections::{
            contents::{contents, put_at, wait_for},
            products_by_slug,
        },
        slug::is_slug,
    },
    jobs::Job,
    language::{Message, messages},
    staff::audit,
};

/// How many products one job brings up to date.
const PRODUCTS_A_JOB: usize = 500;

/// Puts products into a collection in this order, by their slugs. What is in it and not named follows them, or goes
/// where it is `exact`. Those that are not there yet are awaited: they are in it as soon as they come.
///
/// # Errors
/// Refuses a collection that has a rule, what is no slug or is named twice, and too many.
pub async fn assemble_in(
    tx: &Tx,
    collection: CollectionId,
    slugs: &[String],
    exact: bool,
) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    check(slugs)?;
    let before = locked(tx, collection, None).await?;
    require_by_hand(&before)?;
    let present = contents(tx.db()).await?.remove(&collection).unwrap_or_default();
    let named: HashSet<&String> = slugs.iter().collect();
    let rest = present.iter().filter(|slug| !exact && !named.contains(slug));
    let wanted: Vec<String> = slugs.iter().chain(rest).cloned().collect();
    if wanted == present {
        return Ok(before);
    }
    if wanted.len() as u64 > PICKED_MAX {
        let message = messages::collection_picks_max(PICKED_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["products"]).into());
    }
    let all: Vec<String> = present
        .iter()
        .filter(|slug| !named.contains(slug))
        .chain(&wanted)
        .cloned()
        .collect();
    let ids = products_by_slug(tx.db(), &all).await?;
    put_at(tx, collection, &places(&wanted, &ids)).await?;
    let missing = (0..).zip(&wanted).filter(|(_, slug)| !ids.contains_key(*slug));
    wait_for(
        tx,
        collection,
        missing.map(|(place, slug)| (place, slug.clone())).collect(),
    )
    .await?;
    // Those that came, and those that went.
    let (was, is): (HashSet<_>, HashSet<_>) = (present.iter().collect(), wanted.iter().collect());
    let mut touched: Vec<ProductId> = was
        .symmetric_difference(&is)
        .filter_map(|slug| ids.get(*slug).copied())
        .collect();
    touched.sort();
    for products in touched.chunks(PRODUCTS_A_JOB) {
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    let after = write(tx, before).await?;
    let data = json!({ "products": wanted.len() });
    audit(tx, "collection.products_set", after.id.to_string(), data).await?;
    Ok(after)
}

fn places(wanted: &[String], ids: &HashMap<String, ProductId>) -> Vec<(i32, ProductId)> {
    let placed = (0..).zip(wanted);
    placed
        .filter_map(|(place, slug)| Some((place, *ids.get(slug)?)))
        .collect()
}

fn check(slugs: &[String]) -> Result<()> {
    let mut seen = HashSet::new();
    for (index, slug) in slugs.iter().enumerate() {
        let refused =
            |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["products", &index.to_string()]);
        if !is_slug(slug) {
            return Err(refused(messages::product_slug_unknown(slug)).into());
        }
        if !seen.insert(slug) {
            return Err(refused(messages::slug_named_twice(slug)).into());
        }
    }
    Ok(())
}
