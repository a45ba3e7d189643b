//! The discounts that are switched on, kept in memory for whoever prices carts.

use std::{collections::HashSet, sync::Arc};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    discount::{self, DiscountMethod, Effect, Goods},
    ids::{CollectionId, DiscountId},
};

use crate::{Result, Shop, catalog::categories, reader::on_primary};

/// All that are switched on, whether their time has come or not.
#[derive(Debug, Default)]
pub(crate) struct KeptDiscounts {
    /// Categories that they name with all that lies beneath.
    rows: Vec<discount::Model>,
}

impl KeptDiscounts {
    /// As of a revision that was read before.
    pub(super) async fn at(shop: &Shop, db: &impl ConnectionTrait, revision: &str) -> Result<Arc<Self>> {
        if let Some(kept) = shop.by_revision().find(revision) {
            return Ok(kept);
        }
        let read = Arc::new(on_primary(Self::read(db)).await?);
        shop.by_revision().keep(revision, &read);
        Ok(read)
    }

    async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let rows = discount::Entity::find()
            .filter(discount::Column::Active.eq(true))
            .filter(discount::Column::DeletedAt.is_null())
            .order_by_asc(discount::Column::Id)
            .all(db)
            .await?;
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            kept.push(with_branches(db, row).await?);
        }
        Ok(Self { rows: kept })
    }

    pub(super) fn automatic(&self) -> impl Iterator<Item = &discount::Model> {
        self.rows.iter().filter(|row| row.method == DiscountMethod::Automatic)
    }

    /// One that is had by a code.
    pub(super) fn by_code(&self, id: DiscountId) -> Option<&discount::Model> {
        let found = self.rows.iter().find(|row| row.id == id);
        found.filter(|row| row.method == DiscountMethod::Code)
    }
}

/// The discount, for all that lies beneath the categories that it names.
pub(super) async fn with_branches(db: &impl ConnectionTrait, mut row: discount::Model) -> Result<discount::Model> {
    for goods in goods_of_mut(&mut row.effect) {
        if !goods.categories.is_empty() {
            goods.categories = categories::with_branches(db, &goods.categories).await?;
        }
    }
    Ok(row)
}

/// The collections that a discount names.
pub(super) fn collections(row: &discount::Model) -> HashSet<CollectionId> {
    let goods = goods_of(&row.effect);
    goods
        .into_iter()
        .flat_map(|goods| goods.collections.iter().copied())
        .collect()
}

/// All goods that an effect is about.
pub(crate) fn goods_of(effect: &Effect) -> Vec<&Goods> {
    match effect {
        Effect::Products { goods, .. } => vec![goods],
        Effect::BuyXGetY { buy, get, .. } => vec![buy, get],
        Effect::Order { .. } | Effect::Shipping { .. } => Vec::new(),
    }
}

fn goods_of_mut(effect: &mut Effect) -> Vec<&mut Goods> {
    match effect {
        Effect::Products { goods, .. } => vec![goods],
        Effect::BuyXGetY { buy, get, .. } => vec![buy, get],
        Effect::Order { .. } | Effect::Shipping { .. } => Vec::new(),
    }
}
