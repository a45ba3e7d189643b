//! A parcel's machine. Pure.
//!
//! ```text
//! PACKED → DISPATCHED → IN_TRANSIT ⇄ OUT_FOR_DELIVERY ⇄ DELIVERY_FAILED → RETURNED → DELIVERED
//!    └──→ CANCELLED                                                    └──────────────↑
//! ```
//!
//! Carriers tell of it late, doubled and in any order. That it was delivered outweighs all else, then that it went back;
//! of the rest, what happened last says where it is. So it makes no difference in which order it is told.

use chrono::{DateTime, Utc};
use vitrine_entity::{shipment::ShipmentStatus, shipment_event::ShipmentEventKind};

/// Where a parcel is, and since when by its carrier's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub status: ShipmentStatus,
    pub at: Option<DateTime<Utc>>,
}

/// Where an event leads a parcel; `None` where it stays as it is.
pub fn after(position: Position, kind: ShipmentEventKind, happened_at: DateTime<Utc>) -> Option<Position> {
    let to = Position {
        status: status_of(kind)?,
        at: Some(happened_at),
    };
    (position.status != ShipmentStatus::Cancelled && order(to) > order(position)).then_some(to)
}

/// Where a parcel is of which this is told. That a label was made says nothing of it.
fn status_of(kind: ShipmentEventKind) -> Option<ShipmentStatus> {
    Some(match kind {
        ShipmentEventKind::LabelMade => return None,
        ShipmentEventKind::InTransit => ShipmentStatus::InTransit,
        ShipmentEventKind::OutForDelivery => ShipmentStatus::OutForDelivery,
        ShipmentEventKind::DeliveryFailed => ShipmentStatus::DeliveryFailed,
        ShipmentEventKind::Delivered => ShipmentStatus::Delivered,
        ShipmentEventKind::Returned => ShipmentStatus::Returned,
    })
}

/// What outweighs what: the state, then the time, then of two at the same time the one that is further along.
fn order(position: Position) -> (u8, Option<DateTime<Utc>>, u8) {
    let (weight, step) = match position.status {
        ShipmentStatus::Packed => (0, 0),
        ShipmentStatus::Dispatched => (1, 0),
        ShipmentStatus::InTransit => (2, 0),
        ShipmentStatus::OutForDelivery => (2, 1),
        ShipmentStatus::DeliveryFailed => (2, 2),
        ShipmentStatus::Returned => (3, 0),
        ShipmentStatus::Delivered => (4, 0),
        ShipmentStatus::Cancelled => (5, 0),
    };
    (weight, position.at, step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    const PACKED: Position = Position {
        status: ShipmentStatus::Packed,
        at: None,
    };

    fn told(events: &[(ShipmentEventKind, i64)]) -> Position {
        events.iter().fold(PACKED, |position, (kind, second)| {
            let at = DateTime::from_timestamp(*second, 0).unwrap();
            after(position, *kind, at).unwrap_or(position)
        })
    }

    fn event() -> impl Strategy<Value = (ShipmentEventKind, i64)> {
        (
            prop::sample::select(ShipmentEventKind::iter().collect::<Vec<_>>()),
            0..6i64,
        )
    }

    #[test]
    fn a_parcel_that_was_not_met_is_tried_again_and_arrives() {
        use ShipmentEventKind::{Delivered, DeliveryFailed, InTransit, LabelMade, OutForDelivery, Returned};
        assert_eq!(told(&[(LabelMade, 1)]), PACKED);
        let tried = [(InTransit, 1), (OutForDelivery, 2), (DeliveryFailed, 3)];
        assert_eq!(told(&tried).status, ShipmentStatus::DeliveryFailed);
        assert_eq!(
            told(&[tried[2], (OutForDelivery, 4)]).status,
            ShipmentStatus::OutForDelivery
        );
        assert_eq!(
            told(&[(Delivered, 5), tried[2], (Returned, 9)]).status,
            ShipmentStatus::Delivered
        );
        let cancelled = Position {
            status: ShipmentStatus::Cancelled,
            at: None,
        };
        assert_eq!(after(cancelled, Delivered, DateTime::UNIX_EPOCH), None);
    }

    proptest! {
        #[test]
        fn late_doubled_and_in_any_order_it_ends_where_it_is(
            (events, shuffled) in prop::collection::vec(event(), 0..12).prop_flat_map(|events| {
                let mut doubled = events.clone();
                doubled.extend(events.iter().take(3).copied());
                (Just(events), Just(doubled).prop_shuffle())
            }),
        ) {
            prop_assert_eq!(told(&events), told(&shuffled));
        }
    }
}
