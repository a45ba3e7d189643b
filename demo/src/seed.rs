//! Fills an empty database with the demo shop.

use vitrine_commerce::{
    Context, Result, Shop, Tx,
    catalog::{categories, collections, find, options, save_all},
    profile::ShopKind,
    settings,
    setup::removal,
};

use crate::{
    catalogue::{COLOUR, DemoCatalogue, catalogue},
    footprint::footprint,
    region,
};

/// What a seed wrote; all zero where there were products already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeedReport {
    pub categories: usize,
    pub products: usize,
    pub variants: usize,
    pub collections: usize,
}

/// Fills an empty catalogue with the demo shop, all or nothing; a second time does nothing. The
/// listing rows are written at once and no job is left behind:
/// [`index::fill`](vitrine_commerce::catalog::index::fill) makes the search index. `on_progress` is
/// told how many products are done, of how many.
pub async fn seed(
    shop: &Shop,
    context: &Context,
    on_progress: impl Fn(usize, usize) + Send + Sync,
) -> Result<SeedReport> {
    if find::has_products(&shop.db).await? {
        return Ok(SeedReport::default());
    }
    let (demo, tell) = (&catalogue().sold_in(context.currency), &on_progress);
    shop.transact(context, |tx| async move {
        write(&tx, demo, |done| tell(done, demo.products.len())).await
    })
    .await
}

async fn write(tx: &Tx, demo: &DemoCatalogue, tell: impl Fn(usize) + Send + Sync) -> Result<SeedReport> {
    categories::create(tx, &demo.categories).await?;
    // Another process may have seeded while we waited for its categories.
    if find::has_products(tx.db()).await? {
        return Ok(SeedReport::default());
    }
    region::write(tx).await?;
    save_all(tx, &demo.products, tell).await?;
    options::show_as_colours(tx, COLOUR, &demo.colours).await?;
    collections::create(tx, &demo.collections).await?;
    removal::remember(tx, &footprint()).await?;
    if tx.shop().profile().kind == ShopKind::New {
        settings::set_kind(tx, ShopKind::Demo).await?;
    }
    Ok(SeedReport {
        categories: demo.categories.len(),
        products: demo.products.len(),
        variants: demo.products.iter().map(|product| product.variants.len()).sum(),
        collections: demo.collections.len(),
    })
}
