//! Gift cards of an amount that their buyer chooses, within what staff allow. Pure.
//!
//! The bounds are in one currency, the shop's own. A cart of another currency has the price that the variant has there: what
//! somebody chose is never converted, so that a card is worth what was typed, or what stands beside it.

use vitrine_entity::{
    attribute::Attribute,
    currency::Currency,
    variant::{self, GiftCardAmounts},
};

use super::fields::Refusals;
use crate::{ErrorCode, Refusal, language::messages, money::Money};

/// The key of a cart line's attribute under which the amount stands, as a decimal.
pub const AMOUNT: &str = "amount";

/// The most that staff may allow, in minor units.
const AMOUNT_MAX: i64 = 100_000_000;

/// Which amounts staff allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiftCardAmountsFields {
    pub minimum: Money,
    pub maximum: Money,
    /// Every so much from the minimum on; any amount between the two unless given.
    pub step: Option<Money>,
}

/// What staff gave, checked; `field` is where.
pub(super) fn read(fields: &GiftCardAmountsFields, field: &[&str], refusals: &mut Refusals) -> Option<GiftCardAmounts> {
    let (minimum, maximum) = (fields.minimum, fields.maximum);
    let step_minor = fields.step.map_or(1, |step| step.minor);
    let message = if minimum.minor < 1 {
        messages::own_amount_least()
    } else if maximum.minor <= minimum.minor || maximum.minor > AMOUNT_MAX {
        messages::own_amount_greatest()
    } else if step_minor < 1 || (maximum.minor - minimum.minor) % step_minor != 0 {
        messages::own_amount_step()
    } else {
        return Some(GiftCardAmounts {
            currency: minimum.currency,
            minimum_minor: minimum.minor,
            maximum_minor: maximum.minor,
            step_minor,
        });
    };
    refusals.refuse(field, message);
    None
}

/// What the buyer has chosen that a unit of the variant costs, in minor units; `None` where they have chosen nothing that is
/// allowed, or is not any more.
pub(super) fn chosen(variant: &variant::Model, currency: Currency, attributes: &[Attribute]) -> Option<i64> {
    check(&[], variant, currency, attributes).ok().flatten()
}

/// As [`chosen`], said of whoever chooses; `field` is where the attributes stand.
///
/// # Errors
/// Refuses an amount where none may be chosen, and one out of bounds.
pub(crate) fn check(
    field: &[&str],
    variant: &variant::Model,
    currency: Currency,
    attributes: &[Attribute],
) -> Result<Option<i64>, Refusal> {
    let Some(place) = attributes.iter().position(|attribute| attribute.key == AMOUNT) else {
        return Ok(None);
    };
    if !variant.gift_card {
        return Ok(None);
    }
    let place_text = place.to_string();
    let at = [field, &[&*place_text, "value"]].concat();
    let refuse = |message| Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&at));
    let Some(amounts) = &variant.gift_card_amounts else {
        return refuse(messages::gift_card_amount_fixed());
    };
    if amounts.currency != currency {
        return refuse(messages::gift_card_amount_currency(amounts.currency.code()));
    }
    let typed = Money::parse(&attributes[place].value, currency).map_err(|error| Refusal::from(error).at(&at))?;
    let money = |minor| Money::new(minor, currency);
    let bounds = amounts.minimum_minor..=amounts.maximum_minor;
    if !bounds.contains(&typed.minor) || (typed.minor - amounts.minimum_minor) % amounts.step_minor.max(1) != 0 {
        let (least, most, step) = (money(*bounds.start()), money(*bounds.end()), money(amounts.step_minor));
        return refuse(messages::gift_card_amount_range(least, most, step));
    }
    Ok(Some(typed.minor))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use vitrine_entity::ids::{ProductId, VariantId};

    use super::*;

    fn card(amounts: Option<GiftCardAmounts>) -> variant::Model {
        variant::Model {
            id: VariantId(uuid::Uuid::nil()),
            product_id: ProductId(uuid::Uuid::nil()),
            sku: String::new(),
            title: String::new(),
            option_values: json!([]),
            position: 0,
            active: true,
            weight_grams: 0,
            requires_shipping: false,
            tax_category: None,
            barcode: None,
            low_stock_threshold: None,
            shipping_class: None,
            deleted_at: None,
            deleted_sku: None,
            deleted_active: None,
            unit_measurement: None,
            gift_card: true,
            gift_card_amounts: amounts,
        }
    }

    fn typed(value: &str) -> Vec<Attribute> {
        vec![Attribute {
            key: AMOUNT.to_owned(),
            value: value.to_owned(),
        }]
    }

    #[test]
    fn an_amount_is_chosen_within_its_bounds_in_the_bounds_currency() {
        let amounts = GiftCardAmounts {
            currency: Currency::EUR,
            minimum_minor: 1_000,
            maximum_minor: 20_000,
            step_minor: 500,
        };
        let own = card(Some(amounts));
        for (value, expected) in [
            ("10", Some(1_000)),
            ("25.00", Some(2_500)),
            ("200.00", Some(20_000)),
            ("9.99", None),
            ("12.50", None),
            ("200.01", None),
            ("-10", None),
            ("ten", None),
        ] {
            assert_eq!(chosen(&own, Currency::EUR, &typed(value)), expected, "{value}");
        }
        assert_eq!(chosen(&own, "USD".parse().expect("a currency"), &typed("25.00")), None);
        assert_eq!(chosen(&card(None), Currency::EUR, &typed("25.00")), None);
        assert_eq!(check(&[], &own, Currency::EUR, &[]), Ok(None));
    }

    proptest! {
        #[test]
        fn what_is_chosen_lies_between_the_bounds(minor in -1_000..50_000i64, least in 1..10_000i64, steps in 1..50i64, step in 1..500i64) {
            let amounts = GiftCardAmounts {
                currency: Currency::EUR,
                minimum_minor: least,
                maximum_minor: least + steps * step,
                step_minor: step,
            };
            let (minor_text, own) = (Money::new(minor, Currency::EUR).decimal(), card(Some(amounts)));
            let found = chosen(&own, Currency::EUR, &typed(&minor_text));
            let is_one = (0..=steps).any(|step_count| least + step_count * step == minor);
            prop_assert_eq!(found, is_one.then_some(minor));
        }
    }
}
