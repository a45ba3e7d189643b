use async_graphql::{InputObject, SimpleObject};
use vitrine_commerce::catalog::{measure, unit_price::UnitMeasurementFields};
use vitrine_entity::variant::UnitMeasurement;

use crate::graphql::{attribute::object::MeasurementUnit, shared::Decimal};

/// How much is in a variant, and for how much its price is told.
#[derive(Debug, SimpleObject)]
pub struct UnitPriceMeasurement {
    /// How much is in it, as in `500`.
    pub quantity_value: Decimal,
    /// Of what: `G`.
    pub quantity_unit: MeasurementUnit,
    /// For how much its price is told, as in `1`.
    pub reference_value: Decimal,
    /// Of what: `KG`.
    pub reference_unit: MeasurementUnit,
}

impl UnitPriceMeasurement {
    /// `None` where a unit is none that we know.
    pub fn show(measurement: &UnitMeasurement) -> Option<Self> {
        Some(Self {
            quantity_value: Decimal(measure::decimal(measurement.quantity_micro)),
            quantity_unit: MeasurementUnit::of(Some(&measurement.quantity_unit))?,
            reference_value: Decimal(measure::decimal(measurement.reference_micro)),
            reference_unit: MeasurementUnit::of(Some(&measurement.reference_unit))?,
        })
    }
}

/// How much is in a variant, and for how much its price is told.
#[derive(Debug, InputObject)]
pub struct UnitPriceMeasurementInput {
    /// How much is in it, above 0, as in `500`.
    pub quantity_value: Decimal,
    /// Of what: `G`.
    pub quantity_unit: MeasurementUnit,
    /// For how much its price is told; 1 unless given.
    pub reference_value: Option<Decimal>,
    /// Of what; `KG`, `L`, `M`, `M2` or `PIECE` unless given.
    pub reference_unit: Option<MeasurementUnit>,
}

impl From<UnitPriceMeasurementInput> for UnitMeasurementFields {
    fn from(input: UnitPriceMeasurementInput) -> Self {
        Self {
            quantity: input.quantity_value.0,
            quantity_unit: input.quantity_unit.into(),
            reference: input.reference_value.map(|value| value.0),
            reference_unit: input.reference_unit.map(Into::into),
        }
    }
}
