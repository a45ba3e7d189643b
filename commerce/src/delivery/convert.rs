//! Shipping methods that are priced in the shop's own currency, for whoever pays in another. Pure.

use std::{borrow::Cow, collections::HashSet};

use vitrine_entity::{
    price_list::{self, Rounding},
    shipping_method::{self, Step, Steps},
};

use crate::{
    money::{Currency, convert::convert},
    profile::Profile,
};

/// The methods by which goods go that are paid in `currency`: those that are priced in it, and in zones that have none of
/// these, those of the shop's own currency at the price list's rate.
pub(super) fn priced_in<'a>(
    methods: &'a [shipping_method::Model],
    currency: Currency,
    profile: &Profile,
) -> Vec<Cow<'a, shipping_method::Model>> {
    let is_in = |method: &&shipping_method::Model, currency| method.currency == currency;
    let native = methods.iter().filter(|method| is_in(method, currency));
    let Some(list) = profile.price_list(currency) else {
        return native.map(Cow::Borrowed).collect();
    };
    let zones: HashSet<_> = native.map(|method| method.zone_id).collect();
    let shown = methods.iter().filter_map(|method| match method.currency {
        own if own == currency => Some(Cow::Borrowed(method)),
        own if own == profile.currency && !zones.contains(&method.zone_id) => converted(method, list).map(Cow::Owned),
        _ => None,
    });
    shown.collect()
}

/// `None` where an amount would be too large to say.
fn converted(method: &shipping_method::Model, list: &price_list::Model) -> Option<shipping_method::Model> {
    let into = |minor, rounding| convert(minor, method.currency, list.currency, list.applied_rate_e8(), rounding);
    // What is paid is rounded as prices are; from what value on it holds, is not paid.
    let price = |minor| into(minor, list.rounding);
    let bound = |minor: Option<i64>| {
        minor
            .map(|minor| into(minor, Rounding::MinorUnit).ok_or(()))
            .transpose()
    };
    let steps = |steps: &Steps, of_value: bool| {
        let converted = steps.0.iter().map(|step| {
            Some(Step {
                up_to: if of_value { bound(step.up_to).ok()? } else { step.up_to },
                amount_minor: price(step.amount_minor)?,
            })
        });
        converted.collect::<Option<Vec<_>>>().map(Steps)
    };
    Some(shipping_method::Model {
        currency: list.currency,
        amount_minor: price(method.amount_minor)?,
        free_from_minor: bound(method.free_from_minor).ok()?,
        weight_steps: steps(&method.weight_steps, false)?,
        value_steps: steps(&method.value_steps, true)?,
        value_min_minor: bound(method.value_min_minor).ok()?,
        value_max_minor: bound(method.value_max_minor).ok()?,
        ..method.clone()
    })
}
