//! What the data of events hold, by their groups: the table that the schema is made of.

use sea_orm::{ActiveEnum, Iterable};
use vitrine_entity::{
    ids::{
        CustomerId, LocationId, OrderId, ProductId, ReturnId, ShipmentId, StockEntryId, VariantId, WebhookEndpointId,
        WithdrawalId,
    },
    order::OrderStatus,
    product::ProductStatus,
    stock_entry::StockEntryCause,
};

use super::kind::Group;

/// What a field holds.
pub(super) enum Kind {
    /// A public id, by its prefix.
    Id(&'static str),
    Text,
    Integer,
    Time,
    Money,
    OneOf(Vec<String>),
}

/// A field of an event, or of its data.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) is_always: bool,
    /// What it says.
    pub(super) says: &'static str,
}

pub(super) fn always(name: &'static str, kind: Kind, says: &'static str) -> Field {
    Field {
        name,
        kind,
        is_always: true,
        says,
    }
}

pub(super) fn maybe(name: &'static str, kind: Kind, says: &'static str) -> Field {
    Field {
        is_always: false,
        ..always(name, kind, says)
    }
}

/// The fields of a group's data.
pub(super) fn of(group: Group) -> Vec<Field> {
    use Kind::{Id, Integer, Text};
    match group {
        Group::Order => of_order(),
        Group::Stock => vec![
            always("entryId", Id(StockEntryId::PREFIX), "The entry of the stock ledger."),
            always("variantId", Id(VariantId::PREFIX), "The variant."),
            always("locationId", Id(LocationId::PREFIX), "Where the units lie."),
            always("onHandDelta", Integer, "How many more units lie there."),
            always("reservedDelta", Integer, "How many more of them are held for orders."),
            maybe("orderId", Id(OrderId::PREFIX), "The order that it was for."),
            maybe("cause", values::<StockEntryCause>(), "More about why."),
        ],
        Group::Product => vec![
            always("productId", Id(ProductId::PREFIX), "The product."),
            always("status", values::<ProductStatus>(), "Whether shoppers see it."),
        ],
        Group::Customer => vec![customer()],
        Group::Notification => vec![
            always("channel", one_of(&["EMAIL", "SMS", "PUSH"]), "How they are told."),
            always("notification", Text, "What it is called, as in `order_confirmed`."),
            maybe("orderId", Id(OrderId::PREFIX), "The order that it is about."),
        ],
        Group::Ping => vec![always(
            "endpointId",
            Id(WebhookEndpointId::PREFIX),
            "The endpoint that is tried.",
        )],
    }
}

const REFUNDED_TO: &str = "Where a refund went: `EXCHANGE` where it pays what is sent in place of goods, `FIRST_ORDER` where it goes \
    on to what the order before an exchange was paid with, `OWED` where nothing had come and less is to be paid. Left out where it went \
    back to the means of payment.";

fn of_order() -> Vec<Field> {
    use Kind::{Id, Money, Text, Time};
    let paid = one_of(&["CAPTURED", "HELD", "PROMISED", "ON_ACCOUNT"]);
    let destinations = one_of(&["GIFT_CARD", "STORE_CREDIT", "EXCHANGE", "FIRST_ORDER", "OWED"]);
    let reasons = one_of(&["NOT_PAID", "SOLD_OUT", "WITHDRAWN"]);
    vec![
        always("orderId", Id(OrderId::PREFIX), "The order."),
        always("number", Text, "What people call it."),
        always(
            "status",
            values::<OrderStatus>(),
            "Where the order stands once this has happened.",
        ),
        always("total", Money, "What the order costs."),
        always("placedAt", Time, "When it was placed."),
        maybe(
            "amount",
            Money,
            "What was captured, paid back, or put on, where the event is about an amount.",
        ),
        maybe("paid", paid, "How the money stands."),
        maybe(
            "reason",
            reasons,
            "Why it was cancelled, where no person said it in their own words.",
        ),
        maybe("to", destinations, REFUNDED_TO),
        maybe(
            "shipmentId",
            Id(ShipmentId::PREFIX),
            "The parcel, where it is about one.",
        ),
        maybe("returnId", Id(ReturnId::PREFIX), "The return, where it is about one."),
        maybe(
            "withdrawalId",
            Id(WithdrawalId::PREFIX),
            "The withdrawal, where it is about one.",
        ),
        customer(),
    ]
}

fn customer() -> Field {
    let says = "Whose it is, where they have an account and are not erased.";
    maybe("customerId", Kind::Id(CustomerId::PREFIX), says)
}

fn one_of(values: &[&str]) -> Kind {
    Kind::OneOf(values.iter().map(|value| (*value).to_owned()).collect())
}

fn values<E: ActiveEnum<Value = String> + Iterable>() -> Kind {
    Kind::OneOf(E::iter().map(|value| value.to_value()).collect())
}
