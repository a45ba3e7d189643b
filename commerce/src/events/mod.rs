//! What happens in the shop, told to others: by webhooks and by the event stream.
//!
//! An event is a row that is written in the transaction of what it tells of, so that none is lost and none invented, and
//! only where somebody wants to know: an endpoint of [`webhooks`](crate::webhooks), or the stream. Jobs of that room bring
//! it there. It carries ids, versions and amounts, and nothing that says who a person is but their id.
//!
//! To add one: a line in `kind`, with its group; what a new group tells is a file here, and its fields in
//! `fields`. `docs/events` is made of these ([`documents`]).

mod asyncapi;
mod customer;
mod envelope;
mod fields;
mod kind;
mod notification;
mod order;
mod product;
pub mod schema;
mod stock;

use sea_orm::ActiveValue::Set;
use serde::Serialize;
use vitrine_entity::{
    event,
    ids::{CustomerId, EventId},
};

pub use self::{
    asyncapi::asyncapi,
    envelope::{Envelope, envelope},
    kind::{EventKind, Group},
};
pub(crate) use self::{
    customer::customer,
    notification::{Channel, notification},
    order::order,
    product::product,
    stock::stock,
};
use crate::{Shop, Tx, money::Money};

/// An event that is about to be written.
struct NewEvent<'a, Data> {
    kind: EventKind,
    /// The public id of what it is about.
    subject: &'a str,
    sequence: Option<i64>,
    customer: Option<CustomerId>,
    data: &'a Data,
}

/// Whether anybody wants to know what happens.
pub(crate) fn is_anybody_told(shop: &Shop) -> bool {
    shop.profile().has_webhooks || shop.event_stream.is_some()
}

/// Writes an event with the end of the transaction, and has it brought to whoever wants to know. Nothing where nobody does.
fn write<Data: Serialize>(tx: &Tx, new: &NewEvent<'_, Data>) {
    let shop = tx.shop();
    if !is_anybody_told(shop) {
        return;
    }
    let id = EventId(shop.new_id());
    let row = event::ActiveModel {
        id: Set(id),
        kind: Set(new.kind.name().to_owned()),
        version: Set(new.kind.version()),
        subject: Set(new.subject.to_owned()),
        sequence: Set(new.sequence),
        data: Set(serde_json::to_value(new.data).expect("what an event tells serializes")),
        customer_id: Set(new.customer),
        occurred_at: Set(shop.now()),
        correlation_id: Set(tx.context().correlation_id.clone()),
        published_at: Set(None),
        awaits_stream: Set(shop.event_stream.is_some()),
    };
    tx.write_later::<event::Entity>([row]);
    tx.publish(id);
}

/// Writes that staff try an endpoint, which nobody else is told; gives the event's id.
pub(crate) fn ping(tx: &Tx, endpoint: &str) -> EventId {
    let (shop, kind) = (tx.shop(), EventKind::Ping);
    let id = EventId(shop.new_id());
    let row = event::ActiveModel {
        id: Set(id),
        kind: Set(kind.name().to_owned()),
        version: Set(kind.version()),
        subject: Set(endpoint.to_owned()),
        sequence: Set(None),
        data: Set(serde_json::json!({ "endpointId": endpoint })),
        customer_id: Set(None),
        occurred_at: Set(shop.now()),
        correlation_id: Set(tx.context().correlation_id.clone()),
        published_at: Set(Some(shop.now())),
        awaits_stream: Set(false),
    };
    tx.write_later::<event::Entity>([row]);
    id
}

/// An amount as the API writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    amount: String,
    currency_code: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self {
            amount: money.decimal(),
            currency_code: money.currency.to_string(),
        }
    }
}

/// The files of `docs/events`, by their names, which are made of what stands here.
pub fn documents() -> [(&'static str, serde_json::Value); 2] {
    [("schema.json", schema::schema()), ("asyncapi.json", asyncapi())]
}

#[cfg(test)]
mod tests;
