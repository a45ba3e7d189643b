//! What the facade writes: rows in the words of its description.

pub(super) mod action;
pub(super) mod address;
pub(super) mod adjustment;
pub(super) mod order;
pub(super) mod payment;
pub(super) mod product;
mod words;

use sea_orm::{ActiveEnum, Iterable};
use serde::Serialize;
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, schema::Type},
};
use vitrine_commerce::money::{Currency, Money};
use vitrine_entity::notification::NotificationKind;

/// An amount of money.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Money)]
pub(super) struct MoneyView {
    /// A decimal, with all the decimals of its currency. Never compute with floating point.
    #[schema(example = "12.30")]
    amount: String,
    /// ISO 4217.
    #[schema(example = "EUR")]
    currency_code: &'static str,
}

impl MoneyView {
    /// An amount in minor units.
    pub(super) fn new(minor: i64, currency: Currency) -> Self {
        let money = Money::new(minor, currency);
        Self {
            amount: money.decimal(),
            currency_code: currency.code(),
        }
    }
}

/// A stored status, as clients read it.
pub(super) fn status<E: ActiveEnum<Value = String>>(status: &E) -> String {
    status.to_value()
}

/// The schema of a stored status: its values, whichever they are.
pub(super) fn status_schema<E: ActiveEnum<Value = String> + Iterable>(description: &str) -> ObjectBuilder {
    let values: Vec<String> = E::iter().map(|value| value.to_value()).collect();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(values))
}

pub(super) fn notification_kind() -> ObjectBuilder {
    status_schema::<NotificationKind>("What became of the order that it is about.")
}
