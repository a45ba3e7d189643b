//! Staff send orders in parts, and a carrier tells of the parcels: doubled, late, and in any order.

use chrono::TimeDelta;
use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_commerce::{
    Context,
    fulfilment::parcels::{self, CarrierWebhookRefused, Pack, Package, ParcelLine, Tracking},
    ports::{carrier::CarrierEvent, payment::WebhookError},
};
use vitrine_entity::{
    ids::{OrderId, ShipmentId},
    shipment::{self, ShipmentStatus},
    shipment_event::ShipmentEventKind,
};

use super::staff::told;
use crate::simulator::{
    model::{Model, short},
    operation::{Learned, Operation},
    world::World,
};

/// What is told of a parcel again and again, each with the minute in which it happened.
const STORY: [(ShipmentEventKind, i64); 6] = [
    (ShipmentEventKind::LabelMade, 1),
    (ShipmentEventKind::InTransit, 2),
    (ShipmentEventKind::OutForDelivery, 3),
    (ShipmentEventKind::DeliveryFailed, 4),
    (ShipmentEventKind::Returned, 5),
    (ShipmentEventKind::Delivered, 6),
];

impl World {
    /// Some of what is left goes into a parcel, which leaves at once or stands ready.
    pub(super) async fn pack(&mut self, order: OrderId) {
        let lines = self.lines_of_order(order).await;
        let mut chosen = Vec::new();
        for line in lines {
            if self.chance(60) {
                let quantity = self.dice.random_range(1..=line.quantity);
                chosen.push(ParcelLine {
                    line: line.id,
                    quantity,
                });
            }
        }
        let leaves = self.chance(50);
        let number = self.chance(60).then(|| format!("SIM {}", self.counts.operations));
        let tracking = Tracking {
            number,
            ..Tracking::default()
        };
        let input = Pack {
            order,
            lines: chosen,
            location: None,
            carrier: None,
            trackings: vec![tracking],
            package: Package::default(),
            leaves,
            idempotency_key: Some(format!("parcel {}", self.counts.operations)),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let what = format!(
            "staff pack {} lines of order {}, leaving: {leaves}",
            input.lines.len(),
            short(order)
        );
        let running = async move {
            let answer = parcels::pack(&shop, &context, input).await;
            told(
                "packing",
                answer.map(|parcel| format!("{} {:?}", short(parcel.id), parcel.status)),
            )
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// A parcel that stands ready leaves, or is unpacked.
    pub(super) async fn decide_on_a_parcel(&mut self) {
        let Some(parcel) = self.a_parcel(&[ShipmentStatus::Packed]).await else {
            return;
        };
        let sends = self.chance(70);
        self.decide(parcel.id, sends).await;
    }

    async fn decide(&mut self, id: ShipmentId, sends: bool) {
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let what = format!("staff {} parcel {}", if sends { "send" } else { "unpack" }, short(id));
        let running = async move {
            let answer = match sends {
                true => parcels::send(&shop, &context, id).await,
                false => parcels::call_off(&shop, &context, id).await,
            };
            told(
                "deciding on a parcel",
                answer.map(|parcel| format!("{:?}", parcel.status)),
            )
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// At the end, nothing stands ready any more.
    pub(in crate::simulator) async fn send_what_stands_ready(&mut self) {
        let ready = shipment::Entity::find().filter(shipment::Column::Status.eq(ShipmentStatus::Packed));
        for parcel in ready.all(&self.db).await.expect("the parcels can be read") {
            self.decide(parcel.id, true).await;
            // One that may not leave, because the money is gone or went back, is unpacked; of the others, nothing is.
            self.decide(parcel.id, false).await;
        }
    }

    /// A carrier tells some of a parcel's story, shuffled and doubled.
    pub(super) async fn carrier_tells(&mut self) {
        let any = [
            ShipmentStatus::Packed,
            ShipmentStatus::Dispatched,
            ShipmentStatus::InTransit,
            ShipmentStatus::OutForDelivery,
            ShipmentStatus::DeliveryFailed,
            ShipmentStatus::Returned,
            ShipmentStatus::Delivered,
        ];
        let Some(parcel) = self.a_parcel(&any).await else {
            return;
        };
        let Some(number) = parcel.tracking_number.clone() else {
            return;
        };
        let mut events = Vec::new();
        for _ in 0..self.dice.random_range(1..4) {
            // Most parcels arrive.
            let (kind, minute) = STORY[self.dice.random_range(0..STORY.len())];
            if kind == ShipmentEventKind::Returned && !self.chance(20) {
                continue;
            }
            events.push(CarrierEvent {
                key: format!("{} {minute}", parcel.id),
                number: number.to_lowercase(),
                kind,
                happened_at: parcel.created_at + TimeDelta::minutes(minute),
                message: None,
                place: None,
            });
        }
        let (headers, body) = self.carrier.tell(&events, self.now());
        let shop = self.shop(self.server());
        let context = Context::system(&shop, "a carrier's webhook");
        let what = format!("a carrier tells {} events of parcel {}", events.len(), short(parcel.id));
        let running = async move {
            let answer = parcels::webhook(&shop, &context, "simulated", &headers, &body).await;
            Box::new(move |model: &mut Model| match answer {
                Ok(()) => "taken".to_owned(),
                Err(CarrierWebhookRefused::Fault(error)) => model.hear("a carrier's webhook", &error).1,
                // It was on its way for longer than a signature holds; the carrier tells it anew another time.
                Err(CarrierWebhookRefused::Refused(WebhookError::Timestamp)) => "too old".to_owned(),
                Err(refused) => {
                    model.accuse(format!("a carrier's webhook was refused: {refused}"));
                    refused.to_string()
                }
            }) as Learned
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    async fn a_parcel(&mut self, states: &[ShipmentStatus]) -> Option<shipment::Model> {
        let mut rows = shipment::Entity::find()
            .filter(shipment::Column::Status.is_in(states.iter().copied()))
            .order_by_asc(shipment::Column::Id)
            .all(&self.db)
            .await
            .expect("the parcels can be read");
        match rows.len() {
            0 => None,
            many => Some(rows.swap_remove(self.dice.random_range(0..many))),
        }
    }
}
