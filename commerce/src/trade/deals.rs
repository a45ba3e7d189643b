//! What variants cost by somebody's catalogs, and what everybody pays by quantity.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    catalog_price, catalog_product, catalog_quantity,
    currency::Currency,
    ids::{CatalogId, ProductId, VariantId},
    quantity_price,
};

use crate::{
    Result, Shop,
    pricing::{Deal, Offer, QuantityPrice, QuantityRule},
    sql,
    terms::Terms,
};

/// What decides the price of each of these variants for whoever buys by `terms`; those that are missing cost what the shop
/// says. Nothing is asked of a shop that has neither catalogs nor quantity prices.
///
/// # Errors
/// What the database says.
pub async fn deals(
    shop: &Shop,
    db: &impl ConnectionTrait,
    terms: &Terms,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Deal>> {
    let mut deals: HashMap<VariantId, Deal> = HashMap::new();
    if variants.is_empty() {
        return Ok(deals);
    }
    if shop.profile().trade.has_quantity_prices {
        for row in everybodys(db, currency, variants).await? {
            deals
                .entry(row.variant_id)
                .or_default()
                .quantity_prices
                .push(QuantityPrice {
                    from: row.from_quantity.into(),
                    amount_minor: row.amount_minor,
                });
        }
    }
    let catalogs: Vec<_> = terms.in_currency(currency).collect();
    if catalogs.is_empty() {
        return Ok(deals);
    }
    let prices = fixed(db, catalogs.iter().map(|catalog| catalog.id), currency, variants).await?;
    let rules = rules(db, catalogs.iter().map(|catalog| catalog.id), variants).await?;
    for variant in variants {
        let offers = catalogs.iter().map(|catalog| Offer {
            adjustment_basis_points: catalog.adjustment_basis_points,
            prices: prices.get(&(catalog.id, *variant)).cloned().unwrap_or_default(),
            rule: rules.get(&(catalog.id, *variant)).copied(),
        });
        deals.entry(*variant).or_default().offers = offers.collect();
    }
    Ok(deals)
}

/// What everybody pays by quantity.
///
/// # Errors
/// What the database says.
pub async fn quantity_prices_of(
    shop: &Shop,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<QuantityPrice>>> {
    let mut prices: HashMap<_, Vec<_>> = HashMap::new();
    if !shop.profile().trade.has_quantity_prices {
        return Ok(prices);
    }
    for row in everybodys(&shop.db, currency, variants).await? {
        prices.entry(row.variant_id).or_default().push(QuantityPrice {
            from: row.from_quantity.into(),
            amount_minor: row.amount_minor,
        });
    }
    Ok(prices)
}

async fn everybodys(
    db: &impl ConnectionTrait,
    currency: Currency,
    variants: &[VariantId],
) -> Result<Vec<quantity_price::Model>> {
    use quantity_price::Column;
    Ok(quantity_price::Entity::find()
        .filter(sql::among(db, Column::VariantId, variants.iter().copied()))
        .filter(Column::Currency.eq(currency))
        .order_by_asc(Column::FromQuantity)
        .all(db)
        .await?)
}

async fn fixed(
    db: &impl ConnectionTrait,
    catalogs: impl Iterator<Item = CatalogId>,
    currency: Currency,
    variants: &[VariantId],
) -> Result<HashMap<(CatalogId, VariantId), Vec<QuantityPrice>>> {
    use catalog_price::Column;
    let rows = catalog_price::Entity::find()
        .filter(sql::among(db, Column::CatalogId, catalogs))
        .filter(sql::among(db, Column::VariantId, variants.iter().copied()))
        .filter(Column::Currency.eq(currency))
        .order_by_asc(Column::FromQuantity)
        .all(db)
        .await?;
    let mut prices: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        prices
            .entry((row.catalog_id, row.variant_id))
            .or_default()
            .push(QuantityPrice {
                from: row.from_quantity.into(),
                amount_minor: row.amount_minor,
            });
    }
    Ok(prices)
}

async fn rules(
    db: &impl ConnectionTrait,
    catalogs: impl Iterator<Item = CatalogId>,
    variants: &[VariantId],
) -> Result<HashMap<(CatalogId, VariantId), QuantityRule>> {
    use catalog_quantity::Column;
    let rows = catalog_quantity::Entity::find()
        .filter(sql::among(db, Column::CatalogId, catalogs))
        .filter(sql::among(db, Column::VariantId, variants.iter().copied()))
        .all(db)
        .await?;
    let rule = |row: &catalog_quantity::Model| QuantityRule {
        minimum: row.minimum.into(),
        maximum: row.maximum.map(i64::from),
        step: row.step.into(),
    };
    let keyed = rows.iter().map(|row| ((row.catalog_id, row.variant_id), rule(row)));
    Ok(keyed.collect())
}

/// Those of `products` that stand in their catalogs, and whether one of these sells it although it is a draft.
///
/// # Errors
/// What the database says.
pub async fn listed(
    db: &impl ConnectionTrait,
    terms: &Terms,
    products: &[ProductId],
) -> Result<HashMap<ProductId, bool>> {
    use catalog_product::Column;
    if !terms.changes_goods() || products.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = catalog_product::Entity::find()
        .filter(sql::among(db, Column::CatalogId, terms.ids()))
        .filter(sql::among(db, Column::ProductId, products.iter().copied()))
        .all(db)
        .await?;
    let mut listed: HashMap<ProductId, bool> = HashMap::new();
    for row in rows {
        *listed.entry(row.product_id).or_default() |= row.exclusive;
    }
    Ok(listed)
}
