//! Finds what an entry of the file names.

use std::collections::HashMap;

use sea_orm::TryGetable;
use vitrine_entity::{
    discount::Goods,
    ids::{CustomerGroupId, MarketId},
};

use super::{
    effect::GoodsEntry,
    known::{CATEGORIES, COLLECTIONS, Column, GROUPS, PRODUCTS, VARIANTS},
};
use crate::{Result, Tx, settings, sql};

/// What of an entry is not there: of which kind, and by which name.
pub(in crate::setup::file::sections) type Missing = (&'static str, String);

/// What an entry names and is there, and what is not.
#[derive(Default)]
pub(super) struct Found {
    pub(super) goods: Goods,
    pub(super) buy: Goods,
    pub(super) groups: Vec<CustomerGroupId>,
    pub(super) markets: Vec<MarketId>,
    pub(super) missing: Vec<Missing>,
}

impl Found {
    pub(super) async fn of(
        tx: &Tx,
        goods: &GoodsEntry,
        buy: &GoodsEntry,
        groups: &[String],
        markets: &[String],
    ) -> Result<Self> {
        let mut missing = Vec::new();
        let goods = self::goods(tx, goods, &mut missing).await?;
        let buy = self::goods(tx, buy, &mut missing).await?;
        let groups = found(tx, GROUPS, groups, &mut missing).await?;
        let known = settings::current(tx).await?.markets;
        let mut sold_in = Vec::new();
        for name in markets {
            match known.iter().find(|market| market.name == name.trim()) {
                Some(market) => sold_in.push(market.id),
                None => missing.push(("market", name.trim().to_owned())),
            }
        }
        Ok(Self {
            goods,
            buy,
            groups,
            markets: sold_in,
            missing,
        })
    }
}

async fn goods(tx: &Tx, entry: &GoodsEntry, missing: &mut Vec<Missing>) -> Result<Goods> {
    Ok(Goods {
        products: found(tx, PRODUCTS, &entry.products, missing).await?,
        variants: found(tx, VARIANTS, &entry.variants, missing).await?,
        categories: found(tx, CATEGORIES, &entry.categories, missing).await?,
        collections: found(tx, COLLECTIONS, &entry.collections, missing).await?,
        without_reduced: entry.without_reduced,
    })
}

/// The ids of some names, in their order.
pub(in crate::setup::file::sections) async fn found<I: TryGetable + Copy>(
    tx: &Tx,
    column: Column,
    names: &[String],
    missing: &mut Vec<Missing>,
) -> Result<Vec<I>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let Column { table, name, kind } = column;
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
            None => missing.push((kind, name.trim().to_owned())),
        }
    }
    Ok(found)
}
