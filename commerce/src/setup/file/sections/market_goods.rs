//! Which goods a market has, where it has not all. Collections and products are known by their slugs; one that is not there yet is
//! awaited.

use std::collections::HashMap;

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    collection,
    ids::{CollectionId, MarketId, ProductId},
    market::MarketGoods,
    product,
};

use crate::{
    Refusal, Result, Tx,
    language::{Message, messages},
    settings::{self, markets},
    setup::file::section::Section,
    sql,
};

pub(super) struct Goods;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct GoodsEntry {
    /// The market's name.
    market: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    only_collections: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    without_collections: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    without_products: Vec<String>,
}

/// What an entry names and is there, by slug.
struct Known {
    collections: HashMap<String, CollectionId>,
    products: HashMap<String, ProductId>,
}

#[async_trait]
impl Section for Goods {
    const KEY: &'static str = "market_goods";
    type Id = MarketId;
    type Entry = GoodsEntry;

    fn name(entry: &GoodsEntry) -> String {
        entry.market.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(MarketId, GoodsEntry)>> {
        let mut entries = Vec::new();
        let markets = settings::current(tx).await?.markets.into_iter();
        for market in markets.filter(|market| !market.goods.are_all()) {
            let entry = GoodsEntry {
                market: market.name,
                only_collections: collection_slugs(tx, &market.goods.only_collections).await?,
                without_collections: collection_slugs(tx, &market.goods.without_collections).await?,
                without_products: product_slugs(tx, &market.goods.without_products).await?,
            };
            entries.push((market.id, entry));
        }
        Ok(entries)
    }

    async fn put(tx: &Tx, _: Option<MarketId>, entry: &GoodsEntry, _: bool) -> Result<()> {
        let markets = settings::current(tx).await?.markets;
        let named = markets.into_iter().find(|market| market.name == entry.market.trim());
        let id = named.ok_or_else(|| Refusal::not_found("market").at(&["market"]))?.id;
        let known = known(tx, entry).await?;
        let collections = |slugs: &[String]| {
            let found = slugs.iter().filter_map(|slug| known.collections.get(slug.trim()));
            found.copied().collect()
        };
        let products = entry.without_products.iter();
        let products = products.filter_map(|slug| known.products.get(slug.trim()));
        let goods = MarketGoods {
            only_collections: collections(&entry.only_collections),
            without_collections: collections(&entry.without_collections),
            without_products: products.copied().collect(),
        };
        let set = markets::set_goods(tx.shop(), tx.context(), id, None, goods);
        tx.enclose(set).await.map(drop)
    }

    async fn awaited(tx: &Tx, entry: &GoodsEntry) -> Result<Vec<Message>> {
        let known = known(tx, entry).await?;
        let collections = entry.only_collections.iter().chain(&entry.without_collections);
        let collections = collections.filter(|slug| !known.collections.contains_key(slug.trim()));
        let products = entry.without_products.iter();
        let products = products.filter(|slug| !known.products.contains_key(slug.trim()));
        let line = |kind: &str, slug: &str| messages::file_awaits(kind, slug.trim());
        let lines = collections.map(|slug| line("collection", slug));
        Ok(lines.chain(products.map(|slug| line("product", slug))).collect())
    }

    /// The market has all goods again.
    async fn remove(tx: &Tx, id: MarketId) -> Result<()> {
        // It may have gone with its own section.
        let markets = settings::current(tx).await?.markets;
        if !markets.iter().any(|market| market.id == id) {
            return Ok(());
        }
        let set = markets::set_goods(tx.shop(), tx.context(), id, None, MarketGoods::default());
        tx.enclose(set).await.map(drop)
    }

    /// They stand in the order of their markets.
    async fn order(_: &Tx, _: &[MarketId]) -> Result<()> {
        Ok(())
    }
}

async fn known(tx: &Tx, entry: &GoodsEntry) -> Result<Known> {
    let slugs = entry.only_collections.iter().chain(&entry.without_collections);
    let slugs = slugs.map(|slug| slug.trim().to_owned());
    let collections: Vec<(String, CollectionId)> = collection::Entity::find()
        .select_only()
        .columns([collection::Column::Slug, collection::Column::Id])
        .filter(sql::among(tx.db(), collection::Column::Slug, slugs))
        .filter(collection::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    let slugs = entry.without_products.iter().map(|slug| slug.trim().to_owned());
    let products: Vec<(String, ProductId)> = product::Entity::find()
        .select_only()
        .columns([product::Column::Slug, product::Column::Id])
        .filter(sql::among(tx.db(), product::Column::Slug, slugs))
        .filter(product::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(Known {
        collections: collections.into_iter().collect(),
        products: products.into_iter().collect(),
    })
}

async fn collection_slugs(tx: &Tx, ids: &[CollectionId]) -> Result<Vec<String>> {
    let slugs = collection::Entity::find()
        .select_only()
        .column(collection::Column::Slug)
        .filter(sql::among(tx.db(), collection::Column::Id, ids.iter().copied()))
        .filter(collection::Column::DeletedAt.is_null());
    Ok(sorted(slugs.into_tuple().all(tx.db()).await?))
}

async fn product_slugs(tx: &Tx, ids: &[ProductId]) -> Result<Vec<String>> {
    let slugs = product::Entity::find()
        .select_only()
        .column(product::Column::Slug)
        .filter(sql::among(tx.db(), product::Column::Id, ids.iter().copied()))
        .filter(product::Column::DeletedAt.is_null());
    Ok(sorted(slugs.into_tuple().all(tx.db()).await?))
}

fn sorted(mut slugs: Vec<String>) -> Vec<String> {
    slugs.sort_unstable();
    slugs
}
