//! Reads methods.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::ShippingZoneId, shipping_method};

use crate::Result;

/// The methods of each zone, in display order.
pub async fn of_zones(
    db: &impl ConnectionTrait,
    zones: &[ShippingZoneId],
    with_deleted: bool,
) -> Result<HashMap<ShippingZoneId, Vec<shipping_method::Model>>> {
    let mut query =
        shipping_method::Entity::find().filter(shipping_method::Column::ZoneId.is_in(zones.iter().copied()));
    if !with_deleted {
        query = query.filter(shipping_method::Column::DeletedAt.is_null());
    }
    let ordered = query
        .order_by_asc(shipping_method::Column::Position)
        .order_by_asc(shipping_method::Column::Id);
    let mut methods: HashMap<_, Vec<_>> = HashMap::new();
    for row in ordered.all(db).await? {
        methods.entry(row.zone_id).or_default().push(row);
    }
    Ok(methods)
}
