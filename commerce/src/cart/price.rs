//! Prices what a cart holds. Pure.

use chrono::{DateTime, Utc};
use vitrine_entity::{cart, cart_line, shipping_method};

use super::{
    check::{class_of, problems},
    view::{CartLineView, CartView, ShippingOption},
};
use crate::{
    Refusal, Shop,
    catalog::goods::Good,
    delivery::{
        estimate::{Calendar, estimate},
        offer::{self, Load},
        tax::TaxRates,
    },
    money::Money,
    pricing::{self, Basket, LineToPrice, ShippingTax, ShippingToPrice},
};

/// What decides a cart's cost and delivery beside what it holds.
pub(super) struct Surroundings {
    /// Those of where it goes.
    pub(super) rates: TaxRates,
    /// Those of the zone in which its address lies.
    pub(super) methods: Vec<shipping_method::Model>,
    pub(super) calendar: Calendar,
    pub(super) now: DateTime<Utc>,
}

pub(super) fn price(
    shop: &Shop,
    cart: cart::Model,
    lines: Vec<(cart_line::Model, Good)>,
    around: &Surroundings,
) -> Result<CartView, Refusal> {
    let rates = &around.rates;
    let currency = cart.currency;
    let to_price: Vec<_> = lines
        .iter()
        .map(|(line, good)| LineToPrice {
            unit_price_minor: good
                .price
                .as_ref()
                .map_or(line.seen_price_minor, |price| price.amount_minor),
            quantity: i64::from(line.quantity),
            tax: rates.of(good.variant.tax_category.as_deref()),
        })
        .collect();
    let mut basket = Basket {
        currency,
        prices_include_tax: shop.settings.prices_include_tax,
        lines: to_price,
        shipping: None,
        adjustments: Vec::new(),
    };
    let subtotal_minor = pricing::price(&basket)?.totals.subtotal_minor;
    // A cart of downloads is sent nowhere; its address tells whose tax applies.
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let shipping_methods = match is_sent {
        true => offered(&cart, &load(&lines, subtotal_minor), around),
        false => Vec::new(),
    };
    let chosen = shipping_methods.iter().find(|option| option.selected);
    basket.shipping = chosen.map(|option| ShippingToPrice {
        amount_minor: option.price.minor,
        tax: ShippingTax::Own(rates.of(option.method.tax_category.as_deref())),
    });
    let priced = pricing::price(&basket)?;
    let lines: Vec<_> = lines
        .into_iter()
        .zip(basket.lines.iter().zip(&priced.lines))
        .map(|((line, good), (asked, cost))| {
            let money = |minor| Money::new(minor, currency);
            CartLineView {
                unit_price: money(asked.unit_price_minor),
                compare_at: good.price.as_ref().and_then(|price| price.compare_at_minor).map(money),
                subtotal: money(cost.subtotal_minor),
                discount: money(cost.discount_minor),
                tax: money(cost.tax_minor),
                total: money(cost.total_minor),
                tax_basis_points: asked.tax.basis_points(),
                available: good.available,
                for_sale: good.on_sale && good.price.is_some(),
                line,
                variant: good.variant,
                product: good.product,
                picture: good.picture,
            }
        })
        .collect();
    let problems = problems(&cart, &lines, &around.methods, &shipping_methods, is_sent);
    Ok(CartView {
        cart,
        lines,
        adjustments: priced.adjustments,
        cost: priced.totals,
        shipping_methods,
        problems,
    })
}

/// What of the goods decides who carries them, and for how much.
fn load(lines: &[(cart_line::Model, Good)], value_minor: i64) -> Load {
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
fn offered(cart: &cart::Model, load: &Load, around: &Surroundings) -> Vec<ShippingOption> {
    let option = |method: &shipping_method::Model| {
        let amount_minor = offer::price(method, load).ok()?;
        Some(ShippingOption {
            price: Money::new(amount_minor, cart.currency),
            selected: cart.shipping_method_id == Some(method.id),
            estimate: estimate(&around.calendar, method, around.now),
            method: method.clone(),
        })
    };
    around.methods.iter().filter_map(option).collect()
}
