//! What the goods, groups and markets of discounts are called in the file.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{TryGetable, Value, sea_query::ValueType};
use vitrine_entity::{
    discount::{self, Goods},
    ids::{CategoryId, CollectionId, CustomerGroupId, MarketId, ProductId, VariantId},
};

use super::{effect::GoodsEntry, entry::DiscountEntry};
use crate::{Result, Tx, discounts::goods_of, settings, sql};

/// By what a kind of thing is known.
#[derive(Clone, Copy)]
struct Column {
    table: &'static str,
    name: &'static str,
    what: &'static str,
}

const PRODUCTS: Column = column("product", "slug", "product");
const VARIANTS: Column = column("variant", "sku", "variant");
const CATEGORIES: Column = column("category", "slug", "category");
const COLLECTIONS: Column = column("collection", "slug", "collection");
const GROUPS: Column = column("customer_group", "code", "customer group");

const fn column(table: &'static str, name: &'static str, what: &'static str) -> Column {
    Column { table, name, what }
}

/// The names of what some discounts are for.
#[derive(Default)]
pub(super) struct Known {
    products: HashMap<ProductId, String>,
    variants: HashMap<VariantId, String>,
    categories: HashMap<CategoryId, String>,
    collections: HashMap<CollectionId, String>,
    groups: HashMap<CustomerGroupId, String>,
    markets: HashMap<MarketId, String>,
}

macro_rules! names {
    ($($kind:ident($id:ty)),*) => {
        impl Known {
            $(
                /// What is gone is called by its id, which is awaited for ever: left out, the discount would be for all.
                pub(super) fn $kind(&self, ids: &[$id]) -> Vec<String> {
                    let name = |id: &$id| self.$kind.get(id).cloned().unwrap_or_else(|| id.to_string());
                    ids.iter().map(name).collect()
                }
            )*
        }
    };
}

names! {
    products(ProductId), variants(VariantId), categories(CategoryId), collections(CollectionId),
    groups(CustomerGroupId), markets(MarketId)
}

impl Known {
    pub(super) async fn of(tx: &Tx, rows: &[discount::Model]) -> Result<Self> {
        let goods: Vec<&Goods> = rows.iter().flat_map(|row| goods_of(&row.effect)).collect();
        let groups = rows
            .iter()
            .flat_map(|row| row.conditions.customer_groups.iter().copied());
        let markets = settings::current(tx).await?.markets.into_iter();
        Ok(Self {
            products: named(
                tx,
                PRODUCTS,
                goods.iter().flat_map(|goods| goods.products.iter().copied()),
            )
            .await?,
            variants: named(
                tx,
                VARIANTS,
                goods.iter().flat_map(|goods| goods.variants.iter().copied()),
            )
            .await?,
            categories: named(
                tx,
                CATEGORIES,
                goods.iter().flat_map(|goods| goods.categories.iter().copied()),
            )
            .await?,
            collections: named(
                tx,
                COLLECTIONS,
                goods.iter().flat_map(|goods| goods.collections.iter().copied()),
            )
            .await?,
            groups: named(tx, GROUPS, groups).await?,
            markets: markets.map(|market| (market.id, market.name)).collect(),
        })
    }
}

/// What an entry names and is there, and what is not.
#[derive(Default)]
pub(super) struct Found {
    pub(super) goods: Goods,
    pub(super) buy: Goods,
    pub(super) groups: Vec<CustomerGroupId>,
    pub(super) markets: Vec<MarketId>,
    /// As in ``product `chair` ``.
    pub(super) missing: Vec<String>,
}

impl Found {
    pub(super) async fn of(tx: &Tx, entry: &DiscountEntry) -> Result<Self> {
        let mut missing = Vec::new();
        let goods = goods(tx, &entry.goods, &mut missing).await?;
        let buy = self::goods(tx, &entry.buy, &mut missing).await?;
        let groups = found(tx, GROUPS, &entry.customer_groups, &mut missing).await?;
        let known = settings::current(tx).await?.markets;
        let mut markets = Vec::new();
        for name in &entry.markets {
            match known.iter().find(|market| market.name == name.trim()) {
                Some(market) => markets.push(market.id),
                None => missing.push(format!("market `{}`", name.trim())),
            }
        }
        Ok(Self {
            goods,
            buy,
            groups,
            markets,
            missing,
        })
    }
}

async fn goods(tx: &Tx, entry: &GoodsEntry, missing: &mut Vec<String>) -> Result<Goods> {
    Ok(Goods {
        products: found(tx, PRODUCTS, &entry.products, missing).await?,
        variants: found(tx, VARIANTS, &entry.variants, missing).await?,
        categories: found(tx, CATEGORIES, &entry.categories, missing).await?,
        collections: found(tx, COLLECTIONS, &entry.collections, missing).await?,
        without_reduced: entry.without_reduced,
    })
}

/// The names of some ids.
async fn named<I>(tx: &Tx, column: Column, ids: impl Iterator<Item = I>) -> Result<HashMap<I, String>>
where
    I: Into<Value> + ValueType + TryGetable + Eq + Hash,
{
    let Column { table, name, .. } = column;
    let among = sql::among_parameter::<I>(tx.db(), 1);
    let sql = format!("select id, {name} as name from {table} where deleted_at is null and id {among}");
    let mut names = HashMap::new();
    for row in sql::rows(tx.db(), &sql, [sql::list(tx.db(), ids)]).await? {
        names.insert(row.try_get("", "id")?, row.try_get("", "name")?);
    }
    Ok(names)
}

/// The ids of some names, in their order.
async fn found<I: TryGetable + Copy>(
    tx: &Tx,
    column: Column,
    names: &[String],
    missing: &mut Vec<String>,
) -> Result<Vec<I>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let Column { table, name, what } = column;
    let among = sql::among_parameter::<String>(tx.db(), 1);
    let sql = format!("select id, {name} as name from {table} where deleted_at is null and {name} {among}");
    let wanted = sql::list(tx.db(), names.iter().map(|name| name.trim().to_owned()));
    let mut ids: HashMap<String, I> = HashMap::new();
    for row in sql::rows(tx.db(), &sql, [wanted]).await? {
        ids.insert(row.try_get("", "name")?, row.try_get("", "id")?);
    }
    let mut found = Vec::new();
    for name in names {
        match ids.get(name.trim()) {
            Some(id) => found.push(*id),
            None => missing.push(format!("{what} `{}`", name.trim())),
        }
    }
    Ok(found)
}
