//! Prices what a cart holds. Pure.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use vitrine_entity::{cart, cart_line, company, price, shipping_method};

use super::{
    check::{class_of, lowered, problems, unpayable},
    discounts::{self, Discounting},
    problem::CartProblem,
    taxation::Taxation,
    view::{CartLineView, CartView, ShippingOption},
    withheld::Withheld,
};
use crate::{
    Refusal,
    catalog::goods::Good,
    credit::{self, Usable},
    delivery::{
        estimate::estimate,
        offer::{self, Load},
    },
    money::Money,
    payments::Steps,
    pricing::{self, Basket, LineToPrice, Rate, ShippingToPrice, net_in_steps, without_tax_in_steps},
    profile::Profile,
};

/// What decides a cart's cost and delivery beside what it holds.
pub(super) struct Surroundings {
    pub(super) taxation: Taxation,
    pub(super) discounting: Discounting,
    /// Those of the zone in which its address lies.
    pub(super) methods: Vec<shipping_method::Model>,
    pub(super) profile: Arc<Profile>,
    pub(super) now: DateTime<Utc>,
    pub(super) steps: Steps,
    /// What pays before the payment method does.
    pub(super) credits: Vec<Usable>,
    pub(super) withheld: Withheld,
    /// Whether its prices are told without the tax, which comes on top.
    pub(super) is_net: bool,
    /// For which company its customer buys.
    pub(super) company: Option<company::Model>,
}

impl Surroundings {
    /// Whether the tax that prices contain is taken out of them.
    fn takes_tax_out(&self) -> bool {
        self.taxation.is_untaxed || self.is_net
    }
}

pub(super) fn price(
    cart: cart::Model,
    lines: Vec<(cart_line::Model, Good)>,
    around: &Surroundings,
) -> Result<CartView, Refusal> {
    let rates = &around.taxation.rates;
    let currency = cart.currency;
    let to_price: Vec<_> = lines
        .iter()
        .map(|(line, good)| LineToPrice {
            unit_price_minor: good
                .unit_price(line.quantity, around.steps.priced)
                .map_or(line.seen_price_minor, |won| won.amount_minor),
            quantity: i64::from(line.quantity),
            tax: match good.variant.gift_card {
                // What is paid with it is taxed when it is.
                true => Rate::default(),
                false => rates.of(good.variant.tax_category.as_deref()),
            },
        })
        .collect();
    let mut basket = Basket {
        currency,
        prices_include_tax: around.profile.includes_tax(currency),
        lines: to_price,
        shipping: None,
        adjustments: Vec::new(),
    };
    let subtotal_minor = pricing::price_in_steps(&basket, around.steps.priced)?
        .totals
        .subtotal_minor;
    // A cart of downloads is sent nowhere; its address tells whose tax applies.
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let shipping_methods = match is_sent {
        true => offered(&cart, &basket, &load(&lines, subtotal_minor), around)?,
        false => Vec::new(),
    };
    let chosen = around
        .methods
        .iter()
        .find(|method| cart.shipping_method_id == Some(method.id));
    let chosen = chosen.filter(|method| shipping_methods.iter().any(|option| option.method.id == method.id));
    basket.shipping = chosen.and_then(|method| shipping_by(method, &basket, &load(&lines, subtotal_minor), around));
    if around.taxation.is_untaxed {
        basket = without_tax_in_steps(&basket, around.steps.priced)?;
    } else if around.is_net {
        basket = net_in_steps(&basket, around.steps.priced)?;
    }
    // Discounts, then fees, then credits: each of its own producer.
    let decision = discounts::decided(&around.discounting, &lines, &basket, around.now, around.steps.priced);
    basket.adjustments.extend(decision.adjustments.iter().cloned());
    basket
        .adjustments
        .extend(credit::adjustments(&around.credits, around.steps.priced));
    let priced = pricing::price_in_steps(&basket, around.steps.priced)?;
    let lines: Vec<_> = lines
        .into_iter()
        .zip(basket.lines.iter().zip(&priced.lines))
        .enumerate()
        .map(|(place, ((line, good), (asked, cost)))| {
            let money = |minor| Money::new(minor, currency);
            let won = good.unit_price(line.quantity, around.steps.priced);
            let (price_minor, offer) = (won.map(|won| won.amount_minor), won.and_then(|won| won.offer));
            let (rule, is_everybodys) = (offer.and_then(|offer| offer.rule), offer.is_none());
            // What something cost before is told beside the price that everybody pays.
            let former = good.price.as_ref().filter(|_| is_everybodys);
            CartLineView {
                unit_price: money(asked.unit_price_minor),
                compare_at: former.and_then(price::Model::former_minor).map(money),
                subtotal: money(cost.subtotal_minor),
                discount: money(cost.discount_minor),
                adjustments: discounts::of_line(&priced.adjustments, place, currency),
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
            }
        })
        .collect();
    let mut problems = problems(
        &cart,
        &lines,
        &around.methods,
        &shipping_methods,
        is_sent,
        &around.withheld,
    );
    let given = discounts::given(&priced.adjustments);
    let codes = discounts::codes(&cart, &around.discounting.candidates, &decision, &given);
    let tried = discounts::tried(&cart, &around.discounting.candidates, &decision, &given);
    let in_the_way = codes.iter().filter(|code| code.is_in_the_way());
    problems.extend(in_the_way.cloned().map(CartProblem::DiscountCode));
    let credits = credit::applied(&around.credits, &priced.adjustments);
    problems.extend(lowered(&credits, &priced.totals));
    problems.extend(unpayable(&priced.totals, around.steps));
    Ok(CartView {
        cart,
        lines,
        adjustments: priced.adjustments,
        credits,
        discounts: given,
        discount_codes: codes,
        tried,
        discount_offers: discounts::offers(&decision, currency),
        cost: priced.totals,
        shipping_methods,
        is_sent,
        treatment: around.taxation.treatment,
        tax_country: around.taxation.country.clone(),
        exempt_reason: around.taxation.exempt_reason.clone(),
        problems,
        company: around.company.clone(),
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
fn offered(
    cart: &cart::Model,
    goods: &Basket,
    load: &Load,
    around: &Surroundings,
) -> Result<Vec<ShippingOption>, Refusal> {
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
            selected: cart.shipping_method_id == Some(method.id),
            estimate: estimate(&around.profile, method, around.now),
            method: method.clone(),
        });
    }
    Ok(options)
}

/// What a method costs and how that is taxed; nothing where it does not carry all of it.
fn shipping_by(
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
