//! Reads what belongs to many parcels at a time: one statement a question.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::ShipmentId, shipment, shipment_event, shipment_tracking};

use crate::{Result, Shop, sql};

/// Parcels by their ids. Whoever shows one has asked whose its order is.
pub async fn parcels(shop: &Shop, ids: &[ShipmentId]) -> Result<HashMap<ShipmentId, shipment::Model>> {
    let among = sql::among(&shop.db, shipment::Column::Id, ids.iter().copied());
    let rows = shipment::Entity::find().filter(among).all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The numbers of each parcel, the first first.
pub async fn trackings_of(
    shop: &Shop,
    parcels: &[ShipmentId],
) -> Result<HashMap<ShipmentId, Vec<shipment_tracking::Model>>> {
    use shipment_tracking::Column::{Position, ShipmentId};
    let query = shipment_tracking::Entity::find().filter(sql::among(&shop.db, ShipmentId, parcels.iter().copied()));
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for row in query.order_by_asc(Position).all(&shop.db).await? {
        all.entry(row.shipment_id).or_default().push(row);
    }
    Ok(all)
}

/// What was told of each parcel, in the order in which it happened.
pub async fn events_of(shop: &Shop, parcels: &[ShipmentId]) -> Result<HashMap<ShipmentId, Vec<shipment_event::Model>>> {
    use shipment_event::Column::{HappenedAt, Id, ShipmentId};
    let query = shipment_event::Entity::find().filter(sql::among(&shop.db, ShipmentId, parcels.iter().copied()));
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for row in query.order_by_asc(HappenedAt).order_by_asc(Id).all(&shop.db).await? {
        if let Some(parcel) = row.shipment_id {
            all.entry(parcel).or_default().push(row);
        }
    }
    Ok(all)
}
