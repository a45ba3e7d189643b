//! Prices what a cart holds. Pure.

use vitrine_entity::{cart, cart_line, shipping_method};

use super::{
    check::problems,
    view::{CartLineView, CartView, ShippingOption},
};
use crate::{
    Refusal, Shop,
    catalog::goods::Good,
    delivery::tax::TaxRates,
    money::Money,
    pricing::{self, Basket, LineToPrice, ShippingToPrice},
};

pub(super) fn price(
    shop: &Shop,
    cart: cart::Model,
    lines: Vec<(cart_line::Model, Good)>,
    rates: &TaxRates,
    methods: Vec<shipping_method::Model>,
) -> Result<CartView, Refusal> {
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
        prices_include_tax: shop.profile().prices_include_tax,
        lines: to_price,
        shipping: None,
        adjustments: Vec::new(),
    };
    let subtotal_minor = pricing::price(&basket)?.totals.subtotal_minor;
    // A cart of downloads is sent nowhere; its address tells whose tax applies.
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let shipping_methods: Vec<_> = methods
        .into_iter()
        .filter(|_| is_sent)
        .map(|method| ShippingOption {
            price: Money::new(shipping_price(&method, subtotal_minor), currency),
            selected: cart.shipping_method_id == Some(method.id),
            method,
        })
        .collect();
    let chosen = shipping_methods.iter().find(|option| option.selected);
    basket.shipping = chosen.map(|option| ShippingToPrice {
        amount_minor: option.price.minor,
        tax: rates.of(None),
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
                tax_basis_points: asked.tax.basis_points,
                available: good.available,
                for_sale: good.on_sale && good.price.is_some(),
                line,
                variant: good.variant,
                product: good.product,
                picture: good.picture,
            }
        })
        .collect();
    let problems = problems(&cart, &lines, &shipping_methods, is_sent);
    Ok(CartView {
        cart,
        lines,
        adjustments: priced.adjustments,
        cost: priced.totals,
        shipping_methods,
        problems,
    })
}

/// What the method costs for goods of this worth.
fn shipping_price(method: &shipping_method::Model, subtotal_minor: i64) -> i64 {
    match method.free_from_minor {
        Some(from) if subtotal_minor >= from => 0,
        _ => method.amount_minor,
    }
}
