//! Keeps what is built from products in step with them: the listing rows and the search index.
//!
//! # Why the index ends up equal to the database
//!
//! Two jobs for one product may run at once, and the one that read first may write last. So
//! whoever writes documents reads the products *again* afterwards, and writes once more while
//! they differ. Take the last write that the engine got for a product: its writer then saw the
//! database say the same. A change committed after that look has a job of its own, whose write
//! would be later than the last; so there is none, and index and database agree. A writer that
//! dies between its write and its look leaves its job unfinished, and the job is run again.

mod document;
mod rebuild;
mod upkeep;

use std::{collections::HashMap, future::Future, time::Duration};

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{currency::Currency, ids::ProductId, product, product::ProductStatus, product_listing};

pub use self::{
    document::{Sources, document, plain_text},
    rebuild::{fill, reindex},
    upkeep::needs_rebuild,
};
use super::{categories, listing, load};
use crate::{
    Context, Error, Fault, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    ports::search::{SearchDocument, SearchError},
};

/// The most products whose documents are built at once.
const PRODUCTS_MAX: usize = 500;

/// How often a product is written again that changed while it was indexed.
const ROUNDS_MAX: usize = 4;

/// How long a job waits for an engine that is away. It does so for ever: an index that comes back
/// must be brought up to date, however long it was gone.
const OUTAGE_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// How long one call to the engine may take. All rounds together stay within a job's lease.
const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// The job: brings listing rows and search documents of `products` up to date.
///
/// The listing rows are the database's own and are written even when the engine is down, for then
/// it is them that shoppers are shown; the job is finished only when the engine has its part.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, products: &[ProductId]) -> Result<(), JobError> {
    let indexed = push(shop, context.currency, products).await;
    let finished = indexed.is_ok();
    shop.transact(context, |tx| async move {
        listing::refresh(&tx, products).await?;
        if finished { lease.finish(&tx).await } else { Ok(()) }
    })
    .await?;
    indexed.map_err(|error| match error {
        // A wrong key, say, which somebody will mend.
        Error::Fault(Fault::Search(SearchError::Refused(_))) => JobError::Retry(error),
        Error::Fault(Fault::Search(SearchError::Unavailable(_))) => JobError::Outage {
            error,
            pause: OUTAGE_PAUSE,
        },
        other => other.into(),
    })
}

/// The documents of up to `limit` active products after `after`, in the order of their ids.
pub async fn documents(shop: &Shop, after: Option<ProductId>, limit: u64) -> Result<Vec<SearchDocument>> {
    let currency = Context::system(shop, "search-documents").currency;
    let ids = active_after(shop, currency, after, limit).await?;
    let mut documents = documents_of(shop, currency, &ids).await?;
    Ok(ids.iter().filter_map(|id| documents.remove(id)).collect())
}

/// Writes what the engine should know of `products`, until a second look confirms it.
async fn push(shop: &Shop, currency: Currency, products: &[ProductId]) -> Result<()> {
    for products in products.chunks(PRODUCTS_MAX) {
        let mut open = products.to_vec();
        let mut documents = documents_of(shop, currency, &open).await?;
        let mut round = 0;
        while !open.is_empty() {
            if round == ROUNDS_MAX {
                let reason = "products changed faster than they could be indexed";
                return Err(Fault::from(SearchError::Unavailable(reason.into())).into());
            }
            write(shop, &open, &documents).await?;
            let fresh = documents_of(shop, currency, &open).await?;
            open.retain(|id| fresh.get(id) != documents.get(id));
            documents = fresh;
            round += 1;
        }
    }
    Ok(())
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
        within(shop.search.upsert(&present)).await?;
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

/// What the engine should know of `products`; one that is not active, or has no price, is missing.
async fn documents_of(
    shop: &Shop,
    currency: Currency,
    products: &[ProductId],
) -> Result<HashMap<ProductId, SearchDocument>> {
    let mut rows = load::products(shop, products).await?;
    rows.retain(|_, product| product.status == ProductStatus::Active);
    let active: Vec<_> = rows.keys().copied().collect();
    if active.is_empty() {
        return Ok(HashMap::new());
    }
    let listings = listing::read(&shop.db, currency, &active).await?;
    let variants = load::variants_of(shop, &active).await?;
    let options = load::options_of(shop, &active).await?;
    let attributes = load::attributes_of(shop, &active).await?;
    let tree = categories::Tree::new(categories::all(shop).await?);
    let documents = rows.into_iter().filter_map(|(id, product)| {
        let path = product
            .category_id
            .map(|category| tree.path(category))
            .unwrap_or_default();
        let sources = Sources {
            listing: listings.get(&id)?,
            variants: variants.get(&id).map_or(&[], Vec::as_slice),
            options: options.get(&id).map_or(&[], Vec::as_slice),
            attributes: attributes.get(&id).map_or(&[], Vec::as_slice),
            categories: path.into_iter().map(|category| category.slug.as_str()).collect(),
        };
        Some((id, document(&product, &sources)))
    });
    Ok(documents.collect())
}

/// Active products with a price, in the order of their ids.
async fn active_after(shop: &Shop, currency: Currency, after: Option<ProductId>, limit: u64) -> Result<Vec<ProductId>> {
    let mut query = active(currency).order_by_asc(product::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(product::Column::Id.gt(after));
    }
    Ok(query.into_tuple().all(&shop.db).await?)
}

/// The ids of active products with a price: what the engine should have.
fn active(currency: Currency) -> Select<product::Entity> {
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(currency));
    let mut query = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Status.eq(ProductStatus::Active));
    QuerySelect::query(&mut query).join(JoinType::InnerJoin, product_listing::Entity, listed);
    query
}
