//! When the goods of an order were there.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    order::{self, OrderStatus},
    shipment::{self, ShipmentStatus},
};

use crate::{Result, orders, sql};

/// How far the goods of an order have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// Nothing of it is sent.
    NothingToSend,
    /// Something is still to be sent.
    StillToSend,
    /// All of it has left, the last of it then, and nobody told that all of it came.
    OnItsWay { since: DateTime<Utc> },
    /// The last parcel came, or staff said that it did.
    Arrived { at: DateTime<Utc> },
}

impl Arrival {
    /// When it was there, where anybody knows.
    pub(crate) fn at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Arrived { at } => Some(at),
            _ => None,
        }
    }
}

/// How far the goods of `order` have come. A parcel that went back to the shop never came.
pub(crate) async fn of(db: &impl ConnectionTrait, order: &order::Model) -> Result<Arrival> {
    if !order.ships {
        return Ok(Arrival::NothingToSend);
    }
    if !matches!(order.status, OrderStatus::Dispatched | OrderStatus::Completed) {
        return Ok(Arrival::StillToSend);
    }
    let parcels = shipment::Entity::find()
        .filter(shipment::Column::OrderId.eq(order.id))
        .all(db)
        .await?;
    let came_back = |parcel: &shipment::Model| parcel.status == ShipmentStatus::Returned;
    if order.status == OrderStatus::Dispatched && parcels.iter().any(came_back) {
        // It is to be sent again, unless it was paid back.
        let lines = orders::fulfilment_on(db, order.id).await?;
        if lines.iter().any(|line| line.unsent() > 0) {
            return Ok(Arrival::StillToSend);
        }
    }
    if let Some(arrival) = of_parcels(&parcels) {
        return Ok(arrival);
    }
    if order.status == OrderStatus::Dispatched {
        return Ok(Arrival::OnItsWay {
            since: order.updated_at,
        });
    }
    // Of an earlier version, which kept no time of delivery.
    let sql =
        "select created_at from order_event where order_id = $1 and kind = 'COMPLETED' order by number desc limit 1";
    let completed: Vec<DateTime<Utc>> = sql::column(db, sql, [order.id.into()]).await?;
    let at = completed.into_iter().next();
    Ok(at.map_or(Arrival::StillToSend, |at| Arrival::Arrived { at }))
}

/// Of an order of which all has left; `None` where none of its parcels tells.
fn of_parcels(parcels: &[shipment::Model]) -> Option<Arrival> {
    let went = |parcel: &&shipment::Model| {
        !matches!(
            parcel.status,
            ShipmentStatus::Packed | ShipmentStatus::Cancelled | ShipmentStatus::Returned
        )
    };
    let came: Option<Vec<_>> = parcels.iter().filter(went).map(|parcel| parcel.delivered_at).collect();
    match came {
        Some(came) => came.into_iter().max().map(|at| Arrival::Arrived { at }),
        None => {
            let left = |parcel: &shipment::Model| parcel.dispatched_at.unwrap_or(parcel.created_at);
            let since = parcels.iter().filter(went).map(left).max();
            since.map(|since| Arrival::OnItsWay { since })
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;
    use vitrine_entity::ids::{OrderId, ShipmentId};

    use super::*;

    fn parcel(status: ShipmentStatus, left_day: i64, came_day: Option<i64>) -> shipment::Model {
        let day = |days: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(days);
        shipment::Model {
            id: ShipmentId(Uuid::nil()),
            order_id: OrderId(Uuid::nil()),
            status,
            carrier: None,
            tracking_number: None,
            tracking_url: None,
            created_at: day(0),
            weight_grams: None,
            length_mm: None,
            width_mm: None,
            height_mm: None,
            status_at: None,
            dispatched_at: Some(day(left_day)),
            delivered_at: came_day.map(day),
            heard_at: None,
            version: 1,
            label_due: false,
        }
    }

    #[test]
    fn goods_are_there_when_the_last_parcel_is() {
        let day = |days: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(days);
        let first = parcel(ShipmentStatus::Delivered, 1, Some(3));
        let last = parcel(ShipmentStatus::Delivered, 2, Some(9));
        let lost = parcel(ShipmentStatus::Returned, 2, None);
        let away = parcel(ShipmentStatus::InTransit, 5, None);
        let of = |parcels: &[&shipment::Model]| {
            let parcels: Vec<_> = parcels.iter().copied().cloned().collect();
            of_parcels(&parcels)
        };
        assert_eq!(of(&[&last, &first, &lost]), Some(Arrival::Arrived { at: day(9) }));
        assert_eq!(of(&[&first, &away, &last]), Some(Arrival::OnItsWay { since: day(5) }));
        assert_eq!(of(&[&lost]), None);
        assert_eq!(of(&[]), None);
    }
}
