//! Whether a discount goes with what else the database holds.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Value};
use vitrine_entity::{
    discount::{self, DiscountMethod, Goods},
    ids::DiscountId,
};

use super::kept::goods_of;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    sql,
    turn::{self, Turn},
};

/// The most discounts of a shop that are not deleted: every process holds those that are switched on.
const DISCOUNTS_MAX: u64 = 1_000;

/// The most that apply by themselves: every cart is tried with each of them.
const AUTOMATIC_MAX: u64 = 25;

/// Whether the shop may have one more.
pub(super) async fn one_more(tx: &Tx) -> Result<()> {
    turn::take(tx, Turn::Discounts).await?;
    let live = discount::Entity::find().filter(discount::Column::DeletedAt.is_null());
    if live.count(tx.db()).await? < DISCOUNTS_MAX {
        return Ok(());
    }
    let message = messages::discounts_max(DISCOUNTS_MAX);
    Err(Refusal::new(ErrorCode::Invalid, message).into())
}

pub(super) async fn has_code(tx: &Tx, id: DiscountId) -> Result<()> {
    let sql = "select 1 as one from discount_code where discount_id = $1 and active limit 1";
    match sql::rows(tx.db(), sql, [id.into()]).await?.is_empty() {
        false => Ok(()),
        true => {
            let message = messages::discount_needs_code();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into())
        }
    }
}

/// Whether one more may apply by itself.
pub(super) async fn few_automatic(tx: &Tx, row: &discount::Model) -> Result<()> {
    if row.method == DiscountMethod::Code {
        return Ok(());
    }
    turn::take(tx, Turn::Discounts).await?;
    let on = discount::Entity::find()
        .filter(discount::Column::Active.eq(true))
        .filter(discount::Column::Method.eq(DiscountMethod::Automatic))
        .filter(discount::Column::DeletedAt.is_null())
        .filter(discount::Column::Id.ne(row.id));
    match on.count(tx.db()).await? < AUTOMATIC_MAX {
        true => Ok(()),
        false => {
            let message = messages::automatic_discounts_max(AUTOMATIC_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into())
        }
    }
}

/// What applies by itself has no codes, and among those that do there are few: every cart is tried with each.
pub(super) async fn method_fits(tx: &Tx, row: &discount::Model) -> Result<()> {
    if row.method == DiscountMethod::Code {
        return Ok(());
    }
    let sql = "select 1 as one from discount_code where discount_id = $1 limit 1";
    if !sql::rows(tx.db(), sql, [row.id.into()]).await?.is_empty() {
        let message = messages::discount_has_codes();
        return Err(Refusal::new(ErrorCode::Invalid, message)
            .at(&["discount", "method"])
            .into());
    }
    few_automatic(tx, row).await
}

/// The products, variants, categories, collections and groups that it names must be there.
pub(super) async fn goods_exist(tx: &Tx, row: &discount::Model) -> Result<()> {
    let goods = goods_of(&row.effect);
    let all = |ids: fn(&Goods) -> Vec<Value>| -> Vec<Value> { goods.iter().flat_map(|goods| ids(goods)).collect() };
    let named = [
        (
            "product",
            "productIds",
            all(|goods| goods.products.iter().map(|id| (*id).into()).collect()),
        ),
        (
            "variant",
            "variantIds",
            all(|goods| goods.variants.iter().map(|id| (*id).into()).collect()),
        ),
        (
            "category",
            "categoryIds",
            all(|goods| goods.categories.iter().map(|id| (*id).into()).collect()),
        ),
        (
            "collection",
            "collectionIds",
            all(|goods| goods.collections.iter().map(|id| (*id).into()).collect()),
        ),
        (
            "customer_group",
            "customerGroupIds",
            row.conditions.customer_groups.iter().map(|id| (*id).into()).collect(),
        ),
    ];
    for (table, field, mut ids) in named {
        let mut seen: Vec<Value> = Vec::new();
        ids.retain(|id| {
            let is_new = !seen.contains(id);
            seen.push(id.clone());
            is_new
        });
        if ids.is_empty() {
            continue;
        }
        let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "select id from {table} where deleted_at is null and id in ({})",
            places.join(", ")
        );
        let wanted = ids.len();
        if sql::rows(tx.db(), &sql, ids).await?.len() != wanted {
            let path: &[&str] = match table {
                "customer_group" => &["discount", field],
                _ => &["discount", "goods", field],
            };
            let what = match table {
                "customer_group" => "group of customers",
                what => what,
            };
            return Err(Refusal::not_found(what).at(path).into());
        }
    }
    Ok(())
}
