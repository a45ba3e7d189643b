//! Prices what a cart holds. Pure.

use std::collections::HashMap;

use vitrine_entity::{cart, cart_line, price};

use super::{
    check::{lowered, problems, unpayable},
    discounts, draft,
    problem::CartProblem,
    shipping::{load, offered, reduce, shipping_by},
    surroundings::Surroundings,
    view::{CartLineView, CartView},
};
use crate::{
    Refusal,
    catalog::goods::Good,
    credit,
    money::{Currency, Money},
    pricing::{self, Basket, LineToPrice, Priced, PricedLine, net_in_steps, net_of_in_steps, without_tax_in_steps},
};

type Lines = Vec<(cart_line::Model, Good)>;

pub(super) fn price(cart: cart::Model, lines: Lines, around: &Surroundings) -> Result<CartView, Refusal> {
    let step_minor = around.steps.priced;
    let mut basket = goods(&cart, &lines, around);
    let subtotal_minor = pricing::price_in_steps(&basket, step_minor)?.totals.subtotal_minor;
    // A cart of downloads is sent nowhere; its address tells whose tax applies.
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let load = load(&lines, subtotal_minor);
    let mut shipping_methods = match is_sent {
        true => offered(&cart, &basket, &load, around)?,
        false => Vec::new(),
    };
    let chosen = shipping_methods.iter().find(|option| option.selected);
    basket.shipping = match draft::shipping(&cart).filter(|_| is_sent) {
        Some(own) => Some(draft::shipping_to_price(own, &basket, around)),
        None => chosen.and_then(|option| shipping_by(&option.method, &basket, &load, around)),
    };
    if around.taxation.is_untaxed {
        basket = without_tax_in_steps(&basket, step_minor)?;
    } else if around.is_net {
        basket = net_in_steps(&basket, step_minor)?;
    }
    reduce(&mut shipping_methods, &lines, &basket, around);
    // Discounts, then fees, then credits: each of its own producer.
    let decision = discounts::decided(&around.discounting, &lines, &basket, around.now, step_minor);
    basket.adjustments.extend(decision.adjustments.iter().cloned());
    let own = draft::discount(&cart, &basket, step_minor)?;
    basket.adjustments.extend(own);
    basket
        .adjustments
        .extend(credit::adjustments(&around.credits, step_minor));
    let priced = pricing::price_in_steps(&basket, step_minor)?;
    let given = discounts::given(&priced.adjustments);
    let candidates = &around.discounting.candidates;
    let mut view = CartView {
        lines: line_views(lines, &basket, &priced, around)?,
        credits: credit::applied(&around.credits, &priced.adjustments),
        discount_codes: discounts::codes(&cart, candidates, &decision, &given),
        tried: discounts::tried(&cart, candidates, &decision, &given),
        discount_offers: discounts::offers(&decision, cart.currency),
        discounts: given,
        discount_titles: HashMap::new(),
        adjustments: priced.adjustments,
        cost: priced.totals,
        shipping_methods,
        is_sent,
        treatment: around.taxation.treatment,
        tax_country: around.taxation.country.clone(),
        exempt_reason: around.taxation.exempt_reason.clone(),
        problems: Vec::new(),
        company: around.buying.as_ref().map(|buying| buying.company.clone()),
        needs_approval: false,
        cart,
    };
    let total = Money::new(view.cost.total_minor, view.cart.currency);
    let buying = around.buying.as_ref();
    view.needs_approval = buying.is_some_and(|buying| buying.needs_approval(&around.profile, total));
    view.problems = all_problems(&view, around);
    Ok(view)
}

/// The goods at today's prices, before anything else is put on or taken off.
fn goods(cart: &cart::Model, lines: &Lines, around: &Surroundings) -> Basket {
    let to_price = lines.iter().map(|(line, good)| LineToPrice {
        unit_price_minor: good
            .unit_price(line.quantity, around.steps.priced)
            .map_or(line.seen_price_minor, |won| won.amount_minor),
        quantity: i64::from(line.quantity),
        tax: around.rate_of(&good.variant),
    });
    Basket {
        currency: cart.currency,
        prices_include_tax: around.profile.includes_tax(cart.currency),
        lines: to_price.collect(),
        shipping: None,
        adjustments: Vec::new(),
    }
}

fn line_views(
    lines: Lines,
    basket: &Basket,
    priced: &Priced,
    around: &Surroundings,
) -> Result<Vec<CartLineView>, Refusal> {
    let costs = basket.lines.iter().zip(&priced.lines);
    let views = lines.into_iter().zip(costs).enumerate();
    let view = |(place, ((line, good), (asked, cost)))| {
        let view = line_view(line, good, asked, cost, basket.currency, around)?;
        Ok(CartLineView {
            adjustments: discounts::of_line(&priced.adjustments, place, basket.currency),
            ..view
        })
    };
    views.map(view).collect()
}

/// A line, but for what was taken off it by itself.
fn line_view(
    line: cart_line::Model,
    good: Good,
    asked: &LineToPrice,
    cost: &PricedLine,
    currency: Currency,
    around: &Surroundings,
) -> Result<CartLineView, Refusal> {
    let step_minor = around.steps.priced;
    let money = |minor| Money::new(minor, currency);
    let is_included = around.takes_tax_out() && around.profile.includes_tax(currency);
    let rate = around.rate_of(&good.variant);
    let told = |minor| Ok::<_, Refusal>(money(net_of_in_steps(minor, &rate, is_included, step_minor)?));
    let won = good.unit_price(line.quantity, step_minor);
    let price_minor = won.map(|won| won.amount_minor);
    let rule = won.and_then(|won| won.offer).and_then(|offer| offer.rule);
    // What something cost before is told beside the price that everybody pays.
    let is_everybodys = won.is_none_or(|won| won.is_everybodys);
    let former = good.price.as_ref().filter(|_| is_everybodys);
    let lowest_before = former.and_then(price::Model::lowest_before_minor);
    let former = former.and_then(price::Model::former_minor);
    Ok(CartLineView {
        unit_price: money(asked.unit_price_minor),
        seen_price: told(line.seen_price_minor)?,
        compare_at: former.map(told).transpose()?,
        lowest_before: lowest_before.map(told).transpose()?,
        subtotal: money(cost.subtotal_minor),
        discount: money(cost.discount_minor),
        adjustments: Vec::new(),
        tax: money(cost.tax_minor),
        total: money(cost.total_minor),
        tax_basis_points: asked.tax.basis_points(),
        availability: good.availability,
        for_sale: good.on_sale && price_minor.is_some(),
        price_minor,
        rule,
        line,
        variant: good.variant,
        product: good.product,
        picture: good.picture,
    })
}

/// Everything that stands between a priced cart and an order.
fn all_problems(view: &CartView, around: &Surroundings) -> Vec<CartProblem> {
    let mut problems = problems(
        &view.cart,
        &view.lines,
        &around.methods,
        &view.shipping_methods,
        view.is_sent,
        &around.withheld,
    );
    let in_the_way = view.discount_codes.iter().filter(|code| code.is_in_the_way());
    problems.extend(in_the_way.cloned().map(CartProblem::DiscountCode));
    problems.extend(lowered(&view.credits, &view.cost));
    problems.extend(unpayable(&view.cost, around.steps));
    problems
}
