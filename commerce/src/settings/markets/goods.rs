//! Staff say which goods a market has.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use vitrine_entity::{
    collection,
    ids::{CollectionId, MarketId, ProductId},
    market,
    market::MarketGoods,
    product,
};

use super::market::{missing, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    settings::{store, update::write as write_settings},
    staff::{Permission, audit, permission},
};

/// The most collections that are named of each kind.
const COLLECTIONS_MAX: usize = 50;

/// The most products that are left out one by one.
const PRODUCTS_MAX: usize = 500;

/// Says which goods a market has: all of it, in the place of what was said before. Lists, searches, pages and carts follow at
/// once.
///
/// # Errors
/// Refuses whoever may not, collections and products that there are not, more than can be named, and a version that is no
/// longer the market's.
pub async fn set(
    shop: &Shop,
    context: &Context,
    id: MarketId,
    expected_version: Option<i64>,
    goods: MarketGoods,
) -> Result<market::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let goods = &normal(goods);
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        let Some(place) = profile.markets.iter().position(|market| market.id == id) else {
            return Err(missing().into());
        };
        let before = profile.markets[place].clone();
        expect_version("market", before.version, expected_version)?;
        if before.goods == *goods {
            return Ok(before);
        }
        check(&tx, goods).await?;
        let after = market::Model {
            goods: goods.clone(),
            version: before.version + 1,
            updated_at: tx.shop().now(),
            ..before
        };
        write(&tx, &after).await?;
        profile.markets[place] = after.clone();
        write_settings(&tx, profile).await?;
        let data = json!({
            "onlyCollections": after.goods.only_collections.len(),
            "withoutCollections": after.goods.without_collections.len(),
            "withoutProducts": after.goods.without_products.len(),
        });
        audit(&tx, "market.goods", id.to_string(), data).await?;
        Ok(after)
    })
    .await
}

/// Each once, in an order of their own: the same goods are the same row.
fn normal(mut goods: MarketGoods) -> MarketGoods {
    for collections in [&mut goods.only_collections, &mut goods.without_collections] {
        collections.sort_unstable();
        collections.dedup();
    }
    goods.without_products.sort_unstable();
    goods.without_products.dedup();
    goods
}

async fn check(tx: &Tx, goods: &MarketGoods) -> Result<()> {
    for (field, named) in [
        ("onlyCollectionIds", &goods.only_collections),
        ("withoutCollectionIds", &goods.without_collections),
    ] {
        at_most(field, named.len(), COLLECTIONS_MAX)?;
        let known: Vec<CollectionId> = collection::Entity::find()
            .select_only()
            .column(collection::Column::Id)
            .filter(collection::Column::Id.is_in(named.iter().copied()))
            .filter(collection::Column::DeletedAt.is_null())
            .into_tuple()
            .all(tx.db())
            .await?;
        all_known("collection", field, named, &known)?;
    }
    let named = &goods.without_products;
    at_most("withoutProductIds", named.len(), PRODUCTS_MAX)?;
    let known: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(named.iter().copied()))
        .filter(product::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    all_known("product", "withoutProductIds", named, &known)
}

fn at_most(field: &str, count: usize, most: usize) -> Result<()> {
    if count > most {
        let message = messages::market_goods_max(most);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into());
    }
    Ok(())
}

fn all_known<Id: PartialEq>(what: &str, field: &str, named: &[Id], known: &[Id]) -> Result<()> {
    match named.iter().position(|id| !known.contains(id)) {
        Some(place) => Err(Refusal::not_found(what).at(&[field, &place.to_string()]).into()),
        None => Ok(()),
    }
}
