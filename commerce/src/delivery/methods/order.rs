//! Puts methods into an order.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::{ShippingMethodId, ShippingZoneId},
    shipping_method, shipping_zone,
};

use super::find::of_zones;
use crate::{
    Context, Refusal, Result, Shop, Tx,
    delivery::change::expect_all,
    sql,
    staff::{Permission, audit, permission::require_or_system},
};

/// Puts a zone's methods into an order, all of them.
pub async fn reorder(
    shop: &Shop,
    context: &Context,
    zone: ShippingZoneId,
    ids: Vec<ShippingMethodId>,
) -> Result<shipping_zone::Model> {
    require_or_system(context, Permission::Settings)?;
    let ids = &ids;
    shop.transact(context, |tx| async move { reorder_in(&tx, zone, ids).await })
        .await
}

/// As [`reorder`], within a transaction of whoever has asked for the permission.
pub async fn reorder_in(tx: &Tx, zone: ShippingZoneId, ids: &[ShippingMethodId]) -> Result<shipping_zone::Model> {
    let row = tx.lock::<shipping_zone::Entity>(zone).await?;
    let row = row.ok_or_else(|| Refusal::not_found("shipping zone").at(&["zoneId"]))?;
    let present = of_zones(tx.db(), &[zone], false)
        .await?
        .remove(&zone)
        .unwrap_or_default();
    let present: Vec<_> = present.iter().map(|method| method.id).collect();
    expect_all("methodIds", ids, &present)?;
    for (id, position) in sql::places(ids) {
        shipping_method::Entity::update_many()
            .col_expr(shipping_method::Column::Position, Expr::value(position))
            .filter(shipping_method::Column::Id.eq(id))
            .exec(tx.db())
            .await?;
    }
    audit(
        tx,
        "shipping_method.reorder",
        zone.to_string(),
        json!({ "methods": ids }),
    )
    .await?;
    Ok(row)
}
