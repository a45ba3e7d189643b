//! What the facade writes: rows in the words of its description.

pub(super) mod address;
pub(super) mod order;
pub(super) mod payment;

use sea_orm::{ActiveEnum, Iterable};
use serde::Serialize;
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, schema::Type},
};
use vitrine_commerce::{Fault, money::Money};

use crate::rows;

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
    /// # Errors
    /// When the row's currency is none.
    pub(super) fn read(minor: i64, currency: &str, table: &'static str, id: impl ToString) -> Result<Self, Fault> {
        Ok(rows::money(minor, currency, table, id)?.into())
    }
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self {
            amount: money.decimal(),
            currency_code: money.currency.code(),
        }
    }
}

/// A stored status, as clients read it.
fn status<E: ActiveEnum<Value = String>>(status: &E) -> String {
    status.to_value()
}

/// The schema of a stored status: its values, whichever they are.
fn status_schema<E: ActiveEnum<Value = String> + Iterable>(description: &str) -> ObjectBuilder {
    let values: Vec<String> = E::iter().map(|value| value.to_value()).collect();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(values))
}
