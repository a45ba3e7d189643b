//! Values that many operations take.

use serde::{Deserialize, Deserializer};
use vitrine_entity::product::ProductStatus;

use crate::{
    Refusal, Result,
    catalog::{measure::Unit, own_amount::GiftCardAmountsFields, unit_price::UnitMeasurementFields},
    error::ErrorCode,
    language::messages,
    money::{Currency, Money},
};

/// A field that may be left out, and that null takes away.
pub(super) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// An amount of money: `"12.50"`, or `12.5`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Amount {
    Text(String),
    Number(serde_json::Number),
}

impl Amount {
    pub(super) fn read(&self, currency: Currency, field: &str) -> Result<Money, Refusal> {
        let text = match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        };
        Money::parse(&text, currency).map_err(|error| Refusal::from(error).at(&[field]))
    }
}

/// Reads an amount that may be left out, and that null takes away.
pub(super) fn money(
    amount: Option<&Option<Amount>>,
    currency: Currency,
    field: &str,
) -> Result<Option<Option<Money>>, Refusal> {
    let read = |amount: &Option<Amount>| amount.as_ref().map(|amount| amount.read(currency, field)).transpose();
    amount.map(read).transpose()
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    Draft,
    Active,
    Archived,
}

impl From<Status> for ProductStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Draft => Self::Draft,
            Status::Active => Self::Active,
            Status::Archived => Self::Archived,
        }
    }
}

/// A name and a value, as in `{"name": "Size", "value": "L"}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedValue {
    pub(super) name: String,
    pub(super) value: String,
}

pub(super) fn pairs(values: Vec<NamedValue>) -> Vec<(String, String)> {
    values.into_iter().map(|named| (named.name, named.value)).collect()
}

/// Between which amounts the buyer of a gift card may choose.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Amounts {
    minimum: Amount,
    maximum: Amount,
    step: Option<Amount>,
}

impl Amounts {
    pub(super) fn read(&self, currency: Currency) -> Result<GiftCardAmountsFields, Refusal> {
        let read = |amount: &Amount| amount.read(currency, "giftCardAmounts");
        Ok(GiftCardAmountsFields {
            minimum: read(&self.minimum)?,
            maximum: read(&self.maximum)?,
            step: self.step.as_ref().map(read).transpose()?,
        })
    }
}

/// How much is in a variant, and for how much its price is told.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Measurement {
    quantity_value: String,
    quantity_unit: String,
    reference_value: Option<String>,
    reference_unit: Option<String>,
}

impl Measurement {
    pub(super) fn read(self) -> Result<UnitMeasurementFields, Refusal> {
        let unit = |text: &str| {
            Unit::read(text).ok_or_else(|| {
                let message = messages::unit_unknown(text);
                Refusal::new(ErrorCode::Invalid, message).at(&["unitPriceMeasurement"])
            })
        };
        Ok(UnitMeasurementFields {
            quantity_unit: unit(&self.quantity_unit)?,
            reference_unit: self.reference_unit.as_deref().map(unit).transpose()?,
            quantity: self.quantity_value,
            reference: self.reference_value,
        })
    }
}
