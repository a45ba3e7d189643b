//! Words by which staff sort orders.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order,
    order_tag::{self, Column},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    orders::transition,
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// The most tags of one order, and the most characters of one.
const TAGS_MAX: usize = 30;
const LENGTH_MAX: usize = 40;

/// Gives an order tags; those that it has already stay.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`.
pub async fn add(shop: &Shop, context: &Context, order: OrderId, given: &[String]) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let given = &checked(given)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, order).await?;
        let has = on(&tx, order.id).await?;
        let new: Vec<_> = given.difference(&has).cloned().collect();
        if has.len() + new.len() > TAGS_MAX {
            return Err(too_many().into());
        }
        if new.is_empty() {
            return Ok(order);
        }
        let rows = new.iter().map(|tag| order_tag::ActiveModel {
            order_id: sea_orm::ActiveValue::Set(order.id),
            tag: sea_orm::ActiveValue::Set(tag.clone()),
        });
        order_tag::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
        audit(&tx, "order.tags_add", order.id.to_string(), json!({ "tags": new })).await?;
        Ok(order)
    })
    .await
}

/// Takes tags from an order; those that it does not have are no error.
///
/// # Errors
/// As [`add`].
pub async fn remove(shop: &Shop, context: &Context, order: OrderId, given: &[String]) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let given = &checked(given)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, order).await?;
        let gone: Vec<_> = on(&tx, order.id).await?.intersection(given).cloned().collect();
        if gone.is_empty() {
            return Ok(order);
        }
        order_tag::Entity::delete_many()
            .filter(Column::OrderId.eq(order.id))
            .filter(sql::among(tx.db(), Column::Tag, gone.clone()))
            .exec(tx.db())
            .await?;
        audit(&tx, "order.tags_remove", order.id.to_string(), json!({ "tags": gone })).await?;
        Ok(order)
    })
    .await
}

/// The tags of orders, in the alphabet's order. Unscoped: whoever shows them asks for the permission.
pub async fn tags_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<String>>> {
    let rows = order_tag::Entity::find()
        .filter(sql::among(&shop.db, Column::OrderId, orders.iter().copied()))
        .order_by_asc(Column::Tag)
        .all(&shop.db)
        .await?;
    let mut tags: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        tags.entry(row.order_id).or_default().push(row.tag);
    }
    Ok(tags)
}

/// One line in lower case.
pub(super) fn normal(field: &[&str], tag: &str) -> Result<String, Refusal> {
    Ok(text::line(field, tag, LENGTH_MAX)?.to_lowercase())
}

fn checked(given: &[String]) -> Result<BTreeSet<String>, Refusal> {
    if given.is_empty() || given.len() > TAGS_MAX {
        return Err(too_many());
    }
    given.iter().map(|tag| normal(&["tags"], tag)).collect()
}

fn too_many() -> Refusal {
    let message = messages::order_tags_range(TAGS_MAX);
    Refusal::new(ErrorCode::Invalid, message).at(&["tags"])
}

async fn on(tx: &Tx, order: OrderId) -> Result<BTreeSet<String>> {
    let rows = order_tag::Entity::find()
        .filter(Column::OrderId.eq(order))
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| row.tag).collect())
}
