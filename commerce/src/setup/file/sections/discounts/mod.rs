//! What the shop takes off. Goods, groups and markets are known as everywhere in the file; a discount that names one that is not
//! there is left as it is until it comes, for without it the discount would be another. Codes that were made in a batch leave as
//! a table.

mod effect;
mod entry;
pub(super) mod found;
pub(super) mod known;

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    discount::{self, DiscountMethod},
    discount_code,
    ids::DiscountId,
};

use self::{entry::DiscountEntry, known::Known};
use crate::{
    Result, Tx,
    discounts::{self, CODES_AT_ONCE_MAX, code_desk, normal_code},
    language::{Message, messages},
    setup::file::section::Section,
    staff::Permission,
};

/// How many codes of a discount stand in the file, the oldest first.
const CODES_MAX: usize = 500;

pub(super) struct Discounts;

#[async_trait]
impl Section for Discounts {
    const KEY: &'static str = "discounts";
    const PERMISSION: Permission = Permission::Catalog;
    type Id = DiscountId;
    type Entry = DiscountEntry;

    fn name(entry: &DiscountEntry) -> String {
        entry.title.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(DiscountId, DiscountEntry)>> {
        let rows = discount::Entity::find()
            .filter(discount::Column::DeletedAt.is_null())
            .order_by_asc(discount::Column::Id)
            .all(tx.db())
            .await?;
        let known = Known::of(tx, &rows).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let codes = match row.method {
                DiscountMethod::Code => codes(tx, row.id).await?.into_iter().map(|code| code.code).collect(),
                DiscountMethod::Automatic => Vec::new(),
            };
            entries.push((row.id, DiscountEntry::of(row, codes, &known)));
        }
        Ok(entries)
    }

    async fn put(tx: &Tx, current: Option<DiscountId>, entry: &DiscountEntry, prune: bool) -> Result<()> {
        let found = entry.find(tx).await?;
        if !found.missing.is_empty() {
            return Ok(());
        }
        let draft = entry.draft(found);
        let (shop, context) = (tx.shop(), tx.context());
        let id = match current {
            Some(id) => tx.enclose(discounts::update(shop, context, id, None, &draft)).await?.id,
            None => tx.enclose(discounts::create(shop, context, &draft, &[])).await?.id,
        };
        put_codes(tx, id, &entry.codes, prune).await?;
        match entry.active {
            true => tx.enclose(discounts::activate(shop, context, id, None)).await?,
            false => tx.enclose(discounts::deactivate(shop, context, id, None)).await?,
        };
        Ok(())
    }

    async fn awaited(tx: &Tx, entry: &DiscountEntry) -> Result<Vec<Message>> {
        let missing = entry.find(tx).await?.missing.into_iter();
        Ok(missing.map(|(kind, name)| messages::file_awaits(kind, name)).collect())
    }

    async fn remove(tx: &Tx, id: DiscountId) -> Result<()> {
        tx.enclose(discounts::delete(tx.shop(), tx.context(), id, None))
            .await
            .map(drop)
    }

    /// They stand in the order in which they were made.
    async fn order(_: &Tx, _: &[DiscountId]) -> Result<()> {
        Ok(())
    }
}

/// Those that are switched on and that somebody named.
async fn codes(tx: &Tx, id: DiscountId) -> Result<Vec<discount_code::Model>> {
    let rows = discount_code::Entity::find()
        .filter(discount_code::Column::DiscountId.eq(id))
        .filter(discount_code::Column::BatchId.is_null())
        .filter(discount_code::Column::Active.eq(true))
        .order_by_asc(discount_code::Column::Id);
    let mut rows = rows.all(tx.db()).await?;
    rows.truncate(CODES_MAX);
    Ok(rows)
}

/// Adds the codes of an entry, and switches them on; with `prune` those that it does not name are switched off.
async fn put_codes(tx: &Tx, id: DiscountId, named: &[String], prune: bool) -> Result<()> {
    let (shop, context) = (tx.shop(), tx.context());
    for some in named.chunks(CODES_AT_ONCE_MAX) {
        tx.enclose(discounts::add_codes(shop, context, id, some)).await?;
    }
    let named: Vec<_> = named.iter().map(|code| normal_code(code)).collect();
    let rows = discount_code::Entity::find()
        .filter(discount_code::Column::DiscountId.eq(id))
        .filter(discount_code::Column::BatchId.is_null())
        .all(tx.db());
    for row in rows.await? {
        let is_named = named.contains(&row.code);
        if is_named != row.active && (is_named || prune) {
            tx.enclose(code_desk::switch(shop, context, row.id, is_named)).await?;
        }
    }
    Ok(())
}
