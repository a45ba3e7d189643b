//! Finds what stands between a cart and an order. Pure.

use vitrine_entity::{cart, shipping_method, variant};

use super::{
    problem::CartProblem,
    view::{CartLineView, ShippingOption},
    withheld::Withheld,
};
use crate::{credit::CartCredit, delivery::offer::carries, money::Money, payments::Steps, pricing::Totals};

/// Everything that is wrong, line by line first.
pub(super) fn problems(
    cart: &cart::Model,
    lines: &[CartLineView],
    reaching: &[shipping_method::Model],
    offered: &[ShippingOption],
    is_sent: bool,
    withheld: &Withheld,
) -> Vec<CartProblem> {
    let mut problems: Vec<_> = lines.iter().filter_map(|line| line_problem(line, withheld)).collect();
    if lines.is_empty() {
        problems.push(CartProblem::Empty);
    }
    if cart.email.is_none() {
        problems.push(CartProblem::ContactMissing);
    }
    match &cart.shipping_address {
        _ if !is_sent => {}
        // Whoever picks the goods up need not say where they live.
        None if offered.iter().any(|option| option.selected && !option.is_own()) => {}
        None => problems.push(CartProblem::AddressMissing),
        Some(_) if offered.iter().any(ShippingOption::is_own) => {}
        Some(address) if reaching.is_empty() => problems.push(CartProblem::NotShippable {
            country: address.country.clone(),
        }),
        Some(_) if offered.is_empty() => problems.extend(why_none_fits(lines, reaching)),
        Some(_) if !offered.iter().any(|option| option.selected) => problems.push(CartProblem::ShippingMethodMissing),
        Some(_) => {}
    }
    problems
}

/// A total that none of the shop's ways to pay takes.
pub(super) fn unpayable(cost: &Totals, steps: Steps) -> Option<CartProblem> {
    let due = Money::new(cost.total_minor - cost.credit_minor, cost.currency);
    (!steps.can_pay(due)).then_some(CartProblem::NotPayable {
        due,
        step: Money::new(steps.payable, cost.currency),
    })
}

/// Accounts that have less left than the shopper saw, where that leaves more to be paid otherwise.
pub(super) fn lowered(credits: &[CartCredit], cost: &Totals) -> Vec<CartProblem> {
    if cost.total_minor == cost.credit_minor {
        return Vec::new();
    }
    let lower = credits.iter().filter(|credit| credit.usable.minor < credit.seen.minor);
    let problem = |credit: &CartCredit| CartProblem::CreditLower {
        last_four: credit.account.last_four.clone(),
        seen: credit.seen,
        current: credit.usable,
    };
    lower.map(problem).collect()
}

/// What its goods need of whoever carries them; nothing in particular is the empty class.
pub(super) fn class_of(variant: &variant::Model) -> &str {
    variant.shipping_class.as_deref().unwrap_or_default()
}

/// Which lines no method carries that reaches the address; where each is carried by one, that none carries all
/// of it.
fn why_none_fits(lines: &[CartLineView], reaching: &[shipping_method::Model]) -> Vec<CartProblem> {
    let sent = lines.iter().filter(|line| line.variant.requires_shipping);
    let refused = sent.filter(|line| !reaching.iter().any(|method| carries(method, class_of(&line.variant))));
    let problems: Vec<_> = refused
        .map(|line| CartProblem::NotCarried {
            line: line.line.id,
            sku: line.variant.sku.clone(),
            title: line.title(),
        })
        .collect();
    match problems.is_empty() {
        true => vec![CartProblem::NoMethodFits],
        false => problems,
    }
}

/// The gravest thing that is wrong with a line.
fn line_problem(line: &CartLineView, withheld: &Withheld) -> Option<CartProblem> {
    let (id, sku, title) = (line.line.id, line.variant.sku.clone(), line.title());
    let available = line.availability.to_be_had();
    if !line.for_sale {
        Some(CartProblem::NotForSale { line: id, sku, title })
    } else if withheld.products.contains(&line.product.id) {
        Some(CartProblem::NotSoldThere {
            line: id,
            sku,
            title,
            country: withheld.country.clone(),
        })
    } else if available <= 0 {
        Some(CartProblem::SoldOut { line: id, sku, title })
    } else if available < i64::from(line.line.quantity) {
        Some(CartProblem::InsufficientStock {
            line: id,
            sku,
            title,
            available,
        })
    } else if line
        .price_minor
        .is_some_and(|price_minor| price_minor != line.line.seen_price_minor)
    {
        Some(CartProblem::PriceChanged {
            line: id,
            sku,
            title,
            seen: line.seen_price,
            current: line.unit_price,
        })
    } else {
        let quantity = i64::from(line.line.quantity);
        let rule = line.rule.filter(|rule| !rule.allows(quantity))?;
        Some(CartProblem::Quantity {
            line: id,
            title,
            quantity,
            rule,
        })
    }
}
