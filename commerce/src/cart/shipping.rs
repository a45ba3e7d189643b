//! What the ways to ship a cart cost: by the method, by what the goods are, and after the discounts that shipping by it would
//! have. Pure.

use vitrine_entity::{cart, cart_line, discount::DiscountClass, shipping_method};

use super::{check::class_of, discounts, draft, surroundings::Surroundings, view::ShippingOption};
use crate::{
    Refusal,
    catalog::goods::Good,
    delivery::{
        estimate::estimate,
        offer::{self, Load},
    },
    discounts::rules::Candidate,
    money::Money,
    pricing::{Adjustment, Basket, Effect, ShippingTax, ShippingToPrice, Target, without_tax_in_steps},
};

/// What of the goods decides who carries them, and for how much.
pub(super) fn load(lines: &[(cart_line::Model, Good)], value_minor: i64) -> Load {
    let sent = || lines.iter().filter(|(_, good)| good.variant.requires_shipping);
    let weight =
        |(line, good): &(cart_line::Model, Good)| i64::from(good.variant.weight_grams) * i64::from(line.quantity);
    let mut classes: Vec<_> = sent().map(|(_, good)| class_of(&good.variant).to_owned()).collect();
    classes.sort();
    classes.dedup();
    Load {
        weight_grams: sent().map(weight).fold(0, i64::saturating_add),
        value_minor,
        classes,
    }
}

/// The methods that carry all of it.
pub(super) fn offered(
    cart: &cart::Model,
    goods: &Basket,
    load: &Load,
    around: &Surroundings,
) -> Result<Vec<ShippingOption>, Refusal> {
    if let Some(own) = draft::shipping(cart) {
        let shipping = draft::shipping_to_price(own, goods, around);
        let amount_minor = match around.takes_tax_out() {
            true => untaxed(goods, shipping, around.steps.priced)?,
            false => shipping.amount_minor,
        };
        return Ok(vec![draft::shipping_option(
            own,
            Money::new(amount_minor, cart.currency),
        )]);
    }
    let mut options = Vec::new();
    for method in &around.methods {
        let Some(shipping) = shipping_by(method, goods, load, around) else {
            continue;
        };
        let amount_minor = match around.takes_tax_out() {
            true => untaxed(goods, shipping, around.steps.priced)?,
            false => shipping.amount_minor,
        };
        options.push(ShippingOption {
            price: Money::new(amount_minor, cart.currency),
            former: None,
            adjustments: Vec::new(),
            selected: cart.shipping_method_id == Some(method.id),
            estimate: estimate(&around.profile, method, around.now),
            method: method.clone(),
        });
    }
    Ok(options)
}

/// Takes off of each what the discounts of shipping would, were it chosen: one may be for some methods alone, and may be
/// outdone by others where shipping costs little. The basket is the one that is paid: without tax where none is shown.
pub(super) fn reduce(
    options: &mut [ShippingOption],
    lines: &[(cart_line::Model, Good)],
    basket: &Basket,
    around: &Surroundings,
) {
    let candidates = &around.discounting.candidates.candidates;
    let is_of_shipping = |one: &Candidate| one.rule.what.class() == DiscountClass::Shipping;
    if !candidates.iter().any(is_of_shipping) {
        return;
    }
    let mut chosen = basket.clone();
    for option in options {
        chosen.shipping = Some(ShippingToPrice {
            amount_minor: option.price.minor,
            tax: ShippingTax::LikeGoods,
        });
        let decision = discounts::decided(&around.discounting, lines, &chosen, around.now, around.steps.priced);
        let of_shipping = |one: &Adjustment| one.effect == Effect::Discount(Target::Shipping) && one.amount_minor > 0;
        option.adjustments = decision.adjustments.into_iter().filter(of_shipping).collect();
        let off_minor: i64 = option.adjustments.iter().map(|one| one.amount_minor).sum();
        if off_minor > 0 {
            let former = option.price;
            option.former = Some(former);
            option.price = Money::new(former.minor - off_minor, former.currency);
        }
    }
}

/// What a method costs and how that is taxed; nothing where it does not carry all of it.
pub(super) fn shipping_by(
    method: &shipping_method::Model,
    goods: &Basket,
    load: &Load,
    around: &Surroundings,
) -> Option<ShippingToPrice> {
    let rates = goods.lines.iter().map(|line| &line.tax);
    Some(ShippingToPrice {
        amount_minor: offer::price(method, load).ok()?,
        tax: around.taxation.of_shipping(method.tax_category.as_deref(), rates),
    })
}

/// What is left of a method's price without the tax that it contains.
fn untaxed(goods: &Basket, shipping: ShippingToPrice, step_minor: i64) -> Result<i64, Refusal> {
    let basket = Basket {
        shipping: Some(shipping),
        ..goods.clone()
    };
    Ok(without_tax_in_steps(&basket, step_minor)?
        .shipping
        .map_or(0, |shipping| shipping.amount_minor))
}
