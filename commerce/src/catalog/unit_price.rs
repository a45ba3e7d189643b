//! The price per unit that shops of the EU tell beside a price (Directive 98/6): € 15.80 per kg. Pure.

use vitrine_entity::variant::UnitMeasurement;

use super::{
    fields::Refusals,
    measure::{self, Unit},
};
use crate::{ErrorCode, Refusal, language::messages, money::Money};

/// How much is in a variant, and how much its price is told for, as somebody gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitMeasurementFields {
    /// A decimal.
    pub quantity: String,
    pub quantity_unit: Unit,
    /// A decimal; 1 unless given.
    pub reference: Option<String>,
    /// The one that the law names for the dimension unless given: kg, l, m, m², piece.
    pub reference_unit: Option<Unit>,
}

/// What `price` is for the reference quantity, rounded half up. `None` where the units do not go together, or
/// the amount is too large.
pub fn unit_price(price: Money, measurement: &UnitMeasurement) -> Option<Money> {
    let quantity_unit = Unit::from_code(&measurement.quantity_unit)?;
    let reference_unit = Unit::from_code(&measurement.reference_unit)?;
    if quantity_unit.dimension() != reference_unit.dimension() || measurement.quantity_micro <= 0 || price.minor < 0 {
        return None;
    }
    let quantity = i128::from(measurement.quantity_micro) * i128::from(quantity_unit.factor());
    let reference = i128::from(measurement.reference_micro) * i128::from(reference_unit.factor());
    let numerator = i128::from(price.minor).checked_mul(reference)?;
    let minor = numerator.checked_mul(2)?.checked_add(quantity)? / quantity.checked_mul(2)?;
    Some(Money::new(i64::try_from(minor).ok()?, price.currency))
}

/// What a price per unit is told for, as people read it: `kg`, `100 ml`. `None` where the unit is none that we know.
pub fn reference(measurement: &UnitMeasurement) -> Option<String> {
    let unit = Unit::from_code(&measurement.reference_unit)?;
    Some(match measurement.reference_micro {
        1_000_000 => unit.to_string(),
        micro => format!("{} {unit}", measure::decimal(micro)),
    })
}

/// What somebody gave, checked; `field` is where.
///
/// # Errors
/// Refuses units that do not go together, and quantities that are none.
pub fn measurement(fields: &UnitMeasurementFields, field: &[&str]) -> Result<UnitMeasurement, Refusal> {
    let mut refusals = Refusals::default();
    let read = read(fields, field, &mut refusals);
    let unreadable = || Refusal::new(ErrorCode::Invalid, messages::measurement_unreadable()).at(field);
    read.ok_or_else(|| refusals.0.pop().unwrap_or_else(unreadable))
}

/// Reads what somebody gave; `field` is where.
pub(super) fn read(fields: &UnitMeasurementFields, field: &[&str], refusals: &mut Refusals) -> Option<UnitMeasurement> {
    let reference_unit = fields
        .reference_unit
        .unwrap_or_else(|| usual_reference(fields.quantity_unit));
    if reference_unit.dimension() != fields.quantity_unit.dimension() {
        let message = messages::unit_not_per(fields.quantity_unit.to_string(), reference_unit.to_string());
        refusals.refuse(field, message);
        return None;
    }
    let positive = |text: &str| measure::parse(text).filter(|micro| *micro > 0);
    let quantity = positive(&fields.quantity);
    let reference = positive(fields.reference.as_deref().unwrap_or("1"));
    let (Some(quantity_micro), Some(reference_micro)) = (quantity, reference) else {
        refusals.refuse(field, messages::quantity_form());
        return None;
    };
    Some(UnitMeasurement {
        quantity_micro,
        quantity_unit: fields.quantity_unit.code().to_owned(),
        reference_micro,
        reference_unit: reference_unit.code().to_owned(),
    })
}

fn usual_reference(unit: Unit) -> Unit {
    use measure::Dimension as D;
    match unit.dimension() {
        D::Mass => Unit::Kilogram,
        D::Volume => Unit::Litre,
        D::Length => Unit::Metre,
        D::Area => Unit::SquareMetre,
        D::Count => Unit::Piece,
        D::Power | D::Voltage | D::Time | D::Temperature | D::Data => unit,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::Currency;

    fn measured(
        quantity: &str,
        unit: Unit,
        reference: Option<&str>,
        reference_unit: Option<Unit>,
    ) -> Option<UnitMeasurement> {
        let fields = UnitMeasurementFields {
            quantity: quantity.into(),
            quantity_unit: unit,
            reference: reference.map(str::to_owned),
            reference_unit,
        };
        let mut refusals = Refusals::default();
        let read = read(&fields, &["unitPriceMeasurement"], &mut refusals);
        assert_eq!(read.is_none(), !refusals.0.is_empty());
        read
    }

    fn minor(price: i64, measurement: &UnitMeasurement) -> Option<i64> {
        unit_price(Money::new(price, Currency::EUR), measurement).map(|money| money.minor)
    }

    #[test]
    fn prices_are_told_for_what_the_law_names() {
        for (price, quantity, unit, expected) in [
            (395, "250", Unit::Gram, 1_580),
            (199, "0.75", Unit::Litre, 265),
            (1_000, "3", Unit::Piece, 333),
            (1, "2", Unit::Kilogram, 1),
            (4_990, "250", Unit::Centimetre, 1_996),
        ] {
            let measurement = measured(quantity, unit, None, None).expect("good");
            assert_eq!(minor(price, &measurement), Some(expected), "{quantity} {unit}");
        }
        let per_100 = measured("75", Unit::Millilitre, Some("100"), Some(Unit::Millilitre)).expect("good");
        assert_eq!(minor(1_299, &per_100), Some(1_732));
        assert_eq!(reference(&per_100).as_deref(), Some("100 ml"));
        let loose = measured("250", Unit::Gram, None, None).expect("good");
        assert_eq!(reference(&loose).as_deref(), Some("kg"));
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        assert_eq!(measured("1", Unit::Gram, None, Some(Unit::Litre)), None);
        for quantity in ["0", "-1", "much", ""] {
            assert_eq!(measured(quantity, Unit::Gram, None, None), None, "{quantity}");
        }
        let tiny = measured("0.000001", Unit::Milligram, Some("1000000000000"), Some(Unit::Kilogram)).expect("good");
        assert_eq!(minor(1_000_000_000_000, &tiny), None, "too large");
    }

    proptest! {
        #[test]
        fn it_errs_by_half_a_minor_unit_at_most(price in 0i64..1_000_000_000, quantity in 1i64..10_000_000_000, reference in 1i64..10_000_000_000) {
            let measurement = UnitMeasurement {
                quantity_micro: quantity,
                quantity_unit: "G".into(),
                reference_micro: reference,
                reference_unit: "KG".into(),
            };
            if let Some(told) = minor(price, &measurement) {
                // told / reference = price / quantity, but for the rounding of `told`.
                let difference = i128::from(told) * i128::from(quantity) - i128::from(price) * i128::from(reference) * 1_000;
                prop_assert!(difference * 2 <= i128::from(quantity) && -difference * 2 < i128::from(quantity));
            }
        }

        #[test]
        fn the_same_quantity_costs_the_price_itself(price in 0i64..1_000_000_000, quantity in 1i64..1_000_000_000_000) {
            let measurement = UnitMeasurement {
                quantity_micro: quantity,
                quantity_unit: "ML".into(),
                reference_micro: quantity,
                reference_unit: "ML".into(),
            };
            prop_assert_eq!(minor(price, &measurement), Some(price));
        }
    }
}
