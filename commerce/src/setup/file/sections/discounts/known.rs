//! What the goods, groups and markets of discounts are called in the file.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{TryGetable, Value, sea_query::ValueType};
use vitrine_entity::{
    discount::{self, Goods},
    ids::{CategoryId, CollectionId, CustomerGroupId, MarketId, ProductId, VariantId},
};

use crate::{Result, Tx, discounts::goods_of, settings, sql};

/// By what a kind of thing is known.
#[derive(Clone, Copy)]
pub(in crate::setup::file::sections) struct Column {
    pub(super) table: &'static str,
    pub(super) name: &'static str,
    /// For the message that tells of what is awaited.
    pub(super) kind: &'static str,
}

pub(super) const PRODUCTS: Column = column("product", "slug", "product");
pub(super) const VARIANTS: Column = column("variant", "sku", "variant");
pub(super) const CATEGORIES: Column = column("category", "slug", "category");
pub(super) const COLLECTIONS: Column = column("collection", "slug", "collection");
pub(in crate::setup::file::sections) const GROUPS: Column = column("customer_group", "code", "group");

const fn column(table: &'static str, name: &'static str, kind: &'static str) -> Column {
    Column { table, name, kind }
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

/// The names of some ids.
pub(in crate::setup::file::sections) async fn named<I>(
    tx: &Tx,
    column: Column,
    ids: impl Iterator<Item = I>,
) -> Result<HashMap<I, String>>
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
