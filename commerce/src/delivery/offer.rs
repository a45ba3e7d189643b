//! Whether a method carries a basket, and for how much. Pure.

use vitrine_entity::shipping_method::{self, Steps};

/// What of a basket decides who carries it, and for how much.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Of what is sent, in grams.
    pub weight_grams: i64,
    /// What the goods cost, as the catalogue shows prices.
    pub value_minor: i64,
    /// What the goods need of whoever carries them.
    pub classes: Vec<String>,
}

/// Why a method does not carry a basket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    TooLight,
    TooHeavy,
    WorthTooLittle,
    WorthTooMuch,
    /// It does not carry goods of this class; the empty one is that of goods without a class.
    Class(String),
}

/// What `method` costs for `load`, in minor units.
///
/// # Errors
/// Why it does not carry it.
pub fn price(method: &shipping_method::Model, load: &Load) -> Result<i64, Unfit> {
    fits(method, load)?;
    let by_weight = step(&method.weight_steps, load.weight_grams).ok_or(Unfit::TooHeavy)?;
    let by_value = step(&method.value_steps, load.value_minor).ok_or(Unfit::WorthTooMuch)?;
    match method.free_from_minor {
        Some(from) if load.value_minor >= from => Ok(0),
        _ => Ok(method.amount_minor.saturating_add(by_weight).saturating_add(by_value)),
    }
}

fn fits(method: &shipping_method::Model, load: &Load) -> Result<(), Unfit> {
    let below = |least: Option<i64>, own: i64| least.is_some_and(|least| own < least);
    let above = |most: Option<i64>, own: i64| most.is_some_and(|most| own > most);
    if below(method.weight_min_grams, load.weight_grams) {
        Err(Unfit::TooLight)
    } else if above(method.weight_max_grams, load.weight_grams) {
        Err(Unfit::TooHeavy)
    } else if below(method.value_min_minor, load.value_minor) {
        Err(Unfit::WorthTooLittle)
    } else if above(method.value_max_minor, load.value_minor) {
        Err(Unfit::WorthTooMuch)
    } else {
        let refused = load.classes.iter().find(|class| !carries(method, class));
        refused.map_or(Ok(()), |class| Err(Unfit::Class(class.clone())))
    }
}

/// Whether `method` carries goods of `class`; the empty one is that of goods without a class.
pub fn carries(method: &shipping_method::Model, class: &str) -> bool {
    let named = |classes: &[String]| classes.iter().any(|named| named == class);
    let only = &method.only_classes.0;
    !named(&method.refused_classes.0) && (only.is_empty() || named(only))
}

/// What the first step that holds `amount` says; nothing where there are no steps, `None` beyond the last.
fn step(steps: &Steps, amount: i64) -> Option<i64> {
    if steps.0.is_empty() {
        return Some(0);
    }
    let holds = steps
        .0
        .iter()
        .find(|step| step.up_to.is_none_or(|up_to| amount <= up_to));
    holds.map(|step| step.amount_minor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use vitrine_entity::{
        currency::Currency,
        ids::{ShippingMethodId, ShippingZoneId},
        shipping_method::{Classes, Step},
    };

    use super::*;
    use crate::delivery::draft::{Head, MethodDraft};

    fn method(change: impl FnOnce(&mut shipping_method::Model)) -> shipping_method::Model {
        let parcel = MethodDraft {
            name: "Parcel".to_owned(),
            amount_minor: 100,
            ..MethodDraft::default()
        };
        let mut method = parcel.row(Head {
            id: ShippingMethodId(Uuid::from_u128(1)),
            zone: ShippingZoneId(Uuid::from_u128(1)),
            currency: Currency::EUR,
            position: 0,
            version: 1,
        });
        change(&mut method);
        method
    }

    fn load(weight_grams: i64, value_minor: i64, classes: &[&str]) -> Load {
        Load {
            weight_grams,
            value_minor,
            classes: classes.iter().map(|&class| class.to_owned()).collect(),
        }
    }

    fn steps(steps: &[(Option<i64>, i64)]) -> Steps {
        Steps(
            steps
                .iter()
                .map(|&(up_to, amount_minor)| Step { up_to, amount_minor })
                .collect(),
        )
    }

    #[test]
    fn steps_come_on_top_and_end_where_they_end() {
        let by_weight = method(|method| method.weight_steps = steps(&[(Some(1_000), 390), (Some(5_000), 590)]));
        for (weight, expected) in [
            (0, Ok(490)),
            (1_000, Ok(490)),
            (1_001, Ok(690)),
            (5_001, Err(Unfit::TooHeavy)),
        ] {
            assert_eq!(price(&by_weight, &load(weight, 0, &[])), expected, "{weight} g");
        }
        let by_value = method(|method| {
            method.amount_minor = 0;
            method.value_steps = steps(&[(Some(5_000), 500), (None, 0)]);
        });
        assert_eq!(price(&by_value, &load(0, 5_000, &[])), Ok(500));
        assert_eq!(price(&by_value, &load(0, 5_001, &[])), Ok(0));
    }

    #[test]
    fn limits_and_classes_are_kept() {
        let limited = method(|method| {
            method.weight_min_grams = Some(10);
            method.weight_max_grams = Some(100);
            method.value_min_minor = Some(1_000);
            method.value_max_minor = Some(9_000);
            method.free_from_minor = Some(5_000);
            method.refused_classes = Classes(vec!["bulky".to_owned()]);
        });
        for (load, expected) in [
            (load(10, 1_000, &[""]), Ok(100)),
            (load(100, 5_000, &["frozen"]), Ok(0)),
            (load(9, 1_000, &[]), Err(Unfit::TooLight)),
            (load(101, 1_000, &[]), Err(Unfit::TooHeavy)),
            (load(50, 999, &[]), Err(Unfit::WorthTooLittle)),
            (load(50, 9_001, &[]), Err(Unfit::WorthTooMuch)),
            (load(50, 1_000, &["", "bulky"]), Err(Unfit::Class("bulky".to_owned()))),
        ] {
            assert_eq!(price(&limited, &load), expected, "{load:?}");
        }
        let cold = method(|method| method.only_classes = Classes(vec!["frozen".to_owned()]));
        assert_eq!(price(&cold, &load(1, 1, &["frozen"])), Ok(100));
        assert_eq!(
            price(&cold, &load(1, 1, &["frozen", ""])),
            Err(Unfit::Class(String::new()))
        );
    }

    proptest! {
        /// Where a basket fits, its price is the base and the first step that holds it, and no other.
        #[test]
        fn each_weight_has_one_price(ends in prop::collection::btree_set(1i64..10_000, 1..8), weight in 0i64..12_000, open in any::<bool>()) {
            let mut rows: Vec<_> = ends.iter().enumerate().map(|(index, &end)| (Some(end), index as i64 * 10)).collect();
            if open {
                rows.push((None, 999));
            }
            let method = method(|method| method.weight_steps = steps(&rows));
            let expected = match ends.iter().position(|&end| weight <= end) {
                Some(index) => Ok(100 + index as i64 * 10),
                None if open => Ok(1_099),
                None => Err(Unfit::TooHeavy),
            };
            prop_assert_eq!(price(&method, &load(weight, 0, &[])), expected);
        }
    }
}
