//! Writes documents to the engine in use.

use std::{collections::HashMap, future::Future, time::Duration};

use tracing::Instrument;
use vitrine_entity::{currency::Currency, ids::ProductId};

use super::read::{PRODUCTS_MAX, Readable, documents_of, readable};
use crate::{
    Fault, Result, Shop,
    changes::index_changed,
    ports::search::{SearchDocument, SearchError},
    trace::step,
};

/// How often a product is written again that changed while it was indexed.
const ROUNDS_MAX: usize = 4;

/// How long one call to the engine may take. All rounds together stay within a job's lease.
const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// Writes what the engine should know of `products`, until a second look confirms it.
///
/// # Errors
/// [`Fault::Corrupt`] and its like where one of them cannot be read.
pub(super) async fn push(shop: &Shop, currency: Currency, products: &[ProductId]) -> Result<()> {
    for products in products.chunks(PRODUCTS_MAX) {
        let documents = documents_of(shop, currency, products).await?;
        confirm(shop, currency, products.to_vec(), documents).await?;
    }
    Ok(())
}

/// As [`push`], of those that can be read; the others are taken out.
pub(super) async fn push_readable(shop: &Shop, currency: Currency, products: &[ProductId]) -> Result<()> {
    for products in products.chunks(PRODUCTS_MAX) {
        let Readable { documents, corrupt } = readable(shop, currency, products).await?;
        if !corrupt.is_empty() {
            write(shop, &corrupt, &documents).await?;
        }
        let sound = products.iter().copied().filter(|id| !corrupt.contains(id)).collect();
        confirm(shop, currency, sound, documents).await?;
    }
    Ok(())
}

/// Writes documents of `open`, and again those that have changed meanwhile.
async fn confirm(
    shop: &Shop,
    currency: Currency,
    mut open: Vec<ProductId>,
    mut documents: HashMap<ProductId, SearchDocument>,
) -> Result<()> {
    let mut before = HashMap::new();
    let mut round = 0;
    while !open.is_empty() {
        if round == ROUNDS_MAX && is_only_sold(&open, &before, &documents) {
            // Whoever sells has another job made for it.
            break;
        }
        if round == ROUNDS_MAX {
            return Err(Fault::Crowded("changing products that are indexed").into());
        }
        write(shop, &open, &documents).await?;
        index_changed(shop).await;
        let fresh = documents_of(shop, currency, &open).await?;
        open.retain(|id| fresh.get(id) != documents.get(id));
        before = std::mem::replace(&mut documents, fresh);
        round += 1;
    }
    Ok(())
}

/// Whether products differ in nothing but how many units were sold.
fn is_only_sold(
    products: &[ProductId],
    before: &HashMap<ProductId, SearchDocument>,
    after: &HashMap<ProductId, SearchDocument>,
) -> bool {
    products.iter().all(|id| match (before.get(id), after.get(id)) {
        (Some(before), Some(after)) => {
            let sold = after.sold;
            SearchDocument { sold, ..before.clone() } == *after
        }
        _ => false,
    })
}

async fn write(shop: &Shop, products: &[ProductId], documents: &HashMap<ProductId, SearchDocument>) -> Result<()> {
    let (mut present, mut gone) = (Vec::new(), Vec::new());
    for id in products {
        match documents.get(id) {
            Some(document) => present.push(document.clone()),
            None => gone.push(*id),
        }
    }
    if !present.is_empty() {
        let step = step!("index", otel.kind = "client", products = present.len());
        within(shop.search.upsert(&present)).instrument(step).await?;
    }
    if !gone.is_empty() {
        within(shop.search.remove(&gone)).await?;
    }
    Ok(())
}

async fn within(call: impl Future<Output = Result<(), SearchError>>) -> Result<()> {
    let outcome = tokio::time::timeout(CALL_TIMEOUT, call).await;
    let outcome = outcome.unwrap_or_else(|elapsed| Err(SearchError::Unavailable(elapsed.into())));
    outcome.map_err(|error| Fault::from(error).into())
}
