//! What was said to text messages about orders, and what became of them. Unscoped: whoever shows it has asked for the order.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::OrderId, order_sms, order_sms_consent};

use crate::{Result, Shop, sql};

/// What holds of each order: what was said last.
pub async fn consents_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, order_sms_consent::Model>> {
    let rows = order_sms_consent::Entity::find()
        .filter(sql::among(
            &shop.db,
            order_sms_consent::Column::OrderId,
            orders.iter().copied(),
        ))
        .order_by_asc(order_sms_consent::Column::Id)
        .all(&shop.db)
        .await?;
    // A later one takes the place of those before it.
    Ok(rows.into_iter().map(|row| (row.order_id, row)).collect())
}

/// The messages about each order, in the order of what they tell.
pub async fn messages_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_sms::Model>>> {
    let rows = order_sms::Entity::find()
        .filter(sql::among(&shop.db, order_sms::Column::OrderId, orders.iter().copied()))
        .order_by_asc(order_sms::Column::Event)
        .all(&shop.db)
        .await?;
    Ok(sql::grouped(rows, |row| row.order_id))
}
