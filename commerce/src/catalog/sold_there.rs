//! Which goods the market of a country has. Where it has all of them, as the shop's own does, nobody asks the database.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use vitrine_entity::{
    collection_product,
    ids::{CollectionId, ProductId},
    market::MarketGoods,
    product,
};

use super::access::sees_all;
use crate::{Context, Result, Shop, sql};

/// What the market of whoever asks has, where that is not everything. Those who work here see all that the shop has.
pub(crate) fn restriction(shop: &Shop, context: &Context) -> Option<MarketGoods> {
    match sees_all(context) {
        true => None,
        false => restriction_in(shop, &context.country),
    }
}

/// What the market of a country has, where that is not everything.
pub(crate) fn restriction_in(shop: &Shop, country: &str) -> Option<MarketGoods> {
    let profile = shop.profile();
    let goods = &profile.market_of(country)?.goods;
    (!goods.are_all()).then(|| goods.clone())
}

/// Whether it has a product.
pub(crate) fn has(goods: &MarketGoods) -> Condition {
    let mut all = Condition::all();
    if !goods.only_collections.is_empty() {
        all = all.add(product::Column::Id.in_subquery(held_by(&goods.only_collections)));
    }
    if !goods.without_collections.is_empty() {
        all = all.add(product::Column::Id.not_in_subquery(held_by(&goods.without_collections)));
    }
    if !goods.without_products.is_empty() {
        all = all.add(product::Column::Id.is_not_in(goods.without_products.iter().copied()));
    }
    all
}

fn held_by(collections: &[CollectionId]) -> SelectStatement {
    collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::Column::CollectionId.is_in(collections.iter().copied()))
        .into_query()
}

/// Of these products, those that it does not have.
pub(crate) async fn withheld_among(
    db: &impl ConnectionTrait,
    goods: &MarketGoods,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<HashSet<ProductId>> {
    let rows = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(sql::among(db, product::Column::Id, products))
        .filter(has(goods).not())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether whoever asks may buy the product where they are.
pub async fn is_sold_to(shop: &Shop, context: &Context, product: ProductId) -> Result<bool> {
    match restriction(shop, context) {
        Some(goods) => Ok(withheld_among(&shop.db, &goods, [product]).await?.is_empty()),
        None => Ok(true),
    }
}

/// Those of these products that whoever asks may buy where they are, in their order.
pub async fn of_those(
    shop: &Shop,
    context: &Context,
    mut products: Vec<product::Model>,
) -> Result<Vec<product::Model>> {
    if let Some(goods) = restriction(shop, context) {
        let ids = products.iter().map(|product| product.id);
        let withheld = withheld_among(&shop.db, &goods, ids).await?;
        products.retain(|product| !withheld.contains(&product.id));
    }
    Ok(products)
}
