//! What the engine should hold, read from the database.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    currency::Currency,
    ids::{ProductId, VariantId},
    product,
    product::ProductStatus,
    product_listing, variant,
};

use super::{
    document::{Sources, document},
    listing,
    said::{Said, said_of},
    translated::{Translated, translated_of},
};
use crate::{
    Context, Result, Shop,
    inventory::availability,
    ports::search::SearchDocument,
    sql::{self, columns},
    words::analysis::Analysis,
};

/// The most products whose documents are built at once.
pub(super) const PRODUCTS_MAX: usize = 500;

/// The documents of up to `limit` active products after `after`, in the order of their ids.
pub async fn documents(shop: &Shop, after: Option<ProductId>, limit: u64) -> Result<Vec<SearchDocument>> {
    let currency = Context::system(shop, "search-documents").currency;
    let ids = active_after(shop, currency, after, limit).await?;
    let mut documents = documents_of(shop, currency, &ids).await?;
    Ok(ids.iter().filter_map(|id| documents.remove(id)).collect())
}

/// What the engine should know of products.
pub(super) struct Readable {
    pub documents: HashMap<ProductId, SearchDocument>,
    /// Those that the database holds in a form that nobody can read.
    pub corrupt: Vec<ProductId>,
}

/// As [`documents_of`], for whoever must not stop at a product that cannot be read. It is told in the log.
pub(super) async fn readable(shop: &Shop, currency: Currency, products: &[ProductId]) -> Result<Readable> {
    let mut readable = Readable {
        documents: HashMap::new(),
        corrupt: Vec::new(),
    };
    match documents_of(shop, currency, products).await {
        Err(error) if error.is_corrupt() => {}
        outcome => {
            readable.documents = outcome?;
            return Ok(readable);
        }
    }
    for product in products {
        match documents_of(shop, currency, &[*product]).await {
            Ok(documents) => readable.documents.extend(documents),
            Err(error) if error.is_corrupt() => {
                readable.corrupt.push(*product);
                tracing::error!(
                    %product,
                    error = &error as &dyn std::error::Error,
                    "a product cannot be read, and is not found by search until its row is mended"
                );
            }
            Err(error) => return Err(error),
        }
    }
    Ok(readable)
}

/// What the engine should know of `products`; one that is not active, or has no price, is missing.
pub(super) async fn documents_of(
    shop: &Shop,
    currency: Currency,
    products: &[ProductId],
) -> Result<HashMap<ProductId, SearchDocument>> {
    let listed = listed(shop, currency, products).await?;
    if listed.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = listed.iter().map(|(product, _)| product.id).collect();
    let (variants, in_stock) = variants_of(shop, &ids).await?;
    let said = said_of(&shop.db, &ids, shop.profile().languages.len() > 1).await?;
    let translated = translated_of(shop, &ids, &said).await?;
    let prices_minor = prices_of(shop, currency, &ids).await?;
    let profile = shop.profile();
    let analyses = Analysis::of_shop(profile.languages.iter().map(AsRef::as_ref));
    let (nothing, untranslated) = (Said::default(), Translated::default());
    let documents = listed.iter().map(|(product, listing)| {
        let sources = Sources {
            listing,
            variants: variants.get(&product.id).map_or(&[], Vec::as_slice),
            in_stock: &in_stock,
            said: said.get(&product.id).unwrap_or(&nothing),
            translated: translated.get(&product.id).unwrap_or(&untranslated),
            analyses: &analyses,
            prices_minor: prices_minor.get(&product.id).map_or(&[], Vec::as_slice),
        };
        (product.id, document(product, &sources))
    });
    Ok(documents.collect())
}

/// The lowest price of each product in every other currency that it is sold in, as the listing rows have them. A shop without
/// price lists is not asked.
async fn prices_of(
    shop: &Shop,
    own: Currency,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<(Currency, i64)>>> {
    let sold: Vec<Currency> = shop.profile().price_lists.iter().map(|list| list.currency).collect();
    if sold.is_empty() {
        return Ok(HashMap::new());
    }
    let listed: Vec<(ProductId, Currency, i64)> = product_listing::Entity::find()
        .select_only()
        .columns([
            product_listing::Column::ProductId,
            product_listing::Column::Currency,
            product_listing::Column::PriceMinMinor,
        ])
        .filter(product_listing::Column::Currency.ne(own))
        .filter(product_listing::Column::Currency.is_in(sold))
        .filter(sql::among(
            &shop.db,
            product_listing::Column::ProductId,
            products.iter().copied(),
        ))
        .order_by_asc(product_listing::Column::Currency)
        .into_tuple()
        .all(&shop.db)
        .await?;
    let mut prices: HashMap<_, Vec<_>> = HashMap::new();
    for (product, currency, minor) in listed {
        prices.entry(product).or_default().push((currency, minor));
    }
    Ok(prices)
}

/// Those of `products` that are active and have a price, with what their listing rows should be.
async fn listed(
    shop: &Shop,
    currency: Currency,
    products: &[ProductId],
) -> Result<Vec<(product::Model, product_listing::Model)>> {
    let sql = format!(
        "select {}, {} from product p join ({}) l on l.product_id = p.id where p.status = 'ACTIVE' and p.id {}",
        columns::<product::Column>("p"),
        columns::<product_listing::Column>("l"),
        listing::rows(&shop.db),
        // Said of both, so that no database reads all that are active.
        sql::among_parameter::<ProductId>(&shop.db, 2)
    );
    let rows = sql::rows(&shop.db, &sql, listing::parameters(&shop.db, currency, products)).await?;
    let read = |row: &QueryResult| {
        let product = product::Model::from_query_result(row, "p_")?;
        Ok((product, product_listing::Model::from_query_result(row, "l_")?))
    };
    rows.iter().map(read).collect()
}

/// The active variants of each product in their order, and which of them can be had.
async fn variants_of(
    shop: &Shop,
    products: &[ProductId],
) -> Result<(HashMap<ProductId, Vec<variant::Model>>, HashSet<VariantId>)> {
    let sql = format!(
        "select v.*, {} as can_be_had from variant v where v.active and v.product_id {} order by v.position, v.id",
        availability::can_be_had("v.id"),
        sql::among_parameter::<ProductId>(&shop.db, 1)
    );
    let (mut variants, mut in_stock) = (HashMap::<_, Vec<_>>::new(), HashSet::new());
    for row in sql::rows(&shop.db, &sql, [sql::list(&shop.db, products.iter().copied())]).await? {
        let variant = variant::Model::from_query_result(&row, "")?;
        if row.try_get("", "can_be_had")? {
            in_stock.insert(variant.id);
        }
        variants.entry(variant.product_id).or_default().push(variant);
    }
    Ok((variants, in_stock))
}

/// Active products with a price, in the order of their ids.
pub(super) async fn active_after(
    shop: &Shop,
    currency: Currency,
    after: Option<ProductId>,
    limit: u64,
) -> Result<Vec<ProductId>> {
    let mut query = active(currency).order_by_asc(product::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(product::Column::Id.gt(after));
    }
    Ok(query.into_tuple().all(&shop.db).await?)
}

/// The ids of active products with a price: what the engine should have.
pub(super) fn active(currency: Currency) -> Select<product::Entity> {
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
