//! Prices what a cart holds and finds what is wrong with it. Pure.

use vitrine_entity::{cart, cart_line, shipping_method};

use super::{CartLineView, CartProblem, CartView, ShippingOption};
use crate::{
    Refusal, Shop,
    catalog::goods::Good,
    delivery::tax::TaxRates,
    money::{Currency, Money},
    pricing::{self, LineToPrice},
};

pub(super) fn price(
    shop: &Shop,
    currency: Currency,
    cart: cart::Model,
    lines: Vec<(cart_line::Model, Good)>,
    rates: &TaxRates,
    methods: Vec<shipping_method::Model>,
) -> Result<CartView, Refusal> {
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
    let goods_only = pricing::price(currency, shop.settings.prices_include_tax, &to_price, None)?;
    // A cart of downloads is sent nowhere; its address tells whose tax applies.
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let shipping_methods: Vec<_> = methods
        .into_iter()
        .filter(|_| is_sent)
        .map(|method| ShippingOption {
            price: Money::new(shipping_price(&method, goods_only.totals.subtotal_minor), currency),
            selected: cart.shipping_method_id == Some(method.id),
            method,
        })
        .collect();
    let chosen = shipping_methods.iter().find(|option| option.selected);
    let shipping = chosen.map(|option| (option.price.minor, rates.of(None)));
    let priced = pricing::price(currency, shop.settings.prices_include_tax, &to_price, shipping)?;
    let lines: Vec<_> = lines
        .into_iter()
        .zip(to_price.iter().zip(&priced.lines))
        .map(|((line, good), (asked, cost))| {
            let money = |minor| Money::new(minor, currency);
            CartLineView {
                unit_price: money(asked.unit_price_minor),
                compare_at: good.price.as_ref().and_then(|price| price.compare_at_minor).map(money),
                subtotal: money(cost.subtotal_minor),
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
    let problems = problems(&cart, &lines, &shipping_methods, is_sent, currency);
    Ok(CartView {
        cart,
        lines,
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

fn problems(
    cart: &cart::Model,
    lines: &[CartLineView],
    methods: &[ShippingOption],
    is_sent: bool,
    currency: Currency,
) -> Vec<CartProblem> {
    let mut problems: Vec<_> = lines.iter().filter_map(|line| line_problem(line, currency)).collect();
    if lines.is_empty() {
        problems.push(CartProblem::Empty);
    }
    if cart.email.is_none() {
        problems.push(CartProblem::ContactMissing);
    }
    match &cart.shipping_address {
        None => problems.push(CartProblem::AddressMissing),
        Some(_) if !is_sent => {}
        Some(address) if methods.is_empty() => problems.push(CartProblem::NotShippable {
            country: address.country.clone(),
        }),
        Some(_) if !methods.iter().any(|option| option.selected) => problems.push(CartProblem::ShippingMethodMissing),
        Some(_) => {}
    }
    problems
}

/// The gravest thing that is wrong with a line.
fn line_problem(line: &CartLineView, currency: Currency) -> Option<CartProblem> {
    let (id, sku, title) = (line.line.id, line.variant.sku.clone(), line.title());
    let available = line.available;
    if !line.for_sale {
        Some(CartProblem::NotForSale { line: id, sku, title })
    } else if available <= 0 {
        Some(CartProblem::SoldOut { line: id, sku, title })
    } else if available < i64::from(line.line.quantity) {
        Some(CartProblem::InsufficientStock {
            line: id,
            sku,
            title,
            available,
        })
    } else if line.unit_price.minor != line.line.seen_price_minor {
        let seen = Money::new(line.line.seen_price_minor, currency);
        Some(CartProblem::PriceChanged {
            line: id,
            sku,
            title,
            seen,
            current: line.unit_price,
        })
    } else {
        None
    }
}
