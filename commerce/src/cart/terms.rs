//! By what terms a cart's goods are sold: the catalogs of whose cart it is.

use sea_orm::ConnectionTrait;
use vitrine_entity::{cart, product::ProductStatus};

use crate::{Result, Shop, catalog::goods::Good, trade};

/// Puts on goods what decides their prices, and whether they are sold, by the terms of whose cart it is. Doing it twice
/// changes nothing.
pub(super) async fn by_terms<'good>(
    shop: &Shop,
    db: &impl ConnectionTrait,
    cart: &cart::Model,
    goods: impl Iterator<Item = &'good mut Good>,
) -> Result<()> {
    let kinds = shop.profile().trade;
    if !kinds.has_catalogs && !kinds.has_quantity_prices {
        return Ok(());
    }
    let mut goods: Vec<_> = goods.collect();
    let variants: Vec<_> = goods.iter().map(|good| good.variant.id).collect();
    let terms = trade::terms::of(shop, db, cart.customer_id).await?;
    let mut deals = trade::deals(shop, db, &terms, cart.currency, &variants).await?;
    let products: Vec<_> = goods.iter().map(|good| good.product.id).collect();
    let listed = trade::listed(db, &terms, &products).await?;
    for good in &mut goods {
        good.deal = deals.remove(&good.variant.id).unwrap_or_default();
        let place = listed.get(&good.product.id);
        let is_shown = match good.product.status {
            ProductStatus::Active => !terms.sells_listed_only() || place.is_some(),
            ProductStatus::Draft => place == Some(&true) && good.product.deleted_at.is_none(),
            ProductStatus::Archived => false,
        };
        good.on_sale = good.variant.active && is_shown;
    }
    Ok(())
}
