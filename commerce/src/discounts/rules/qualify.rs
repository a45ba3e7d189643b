//! Whether a discount is for a basket.

use super::{
    basket::Basket,
    bundle,
    measure::{Measure, Missing},
    rule::{Candidate, Goods, Rule, Uses, What},
};

/// Why a discount takes nothing off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    /// There is no such code, or nobody may know of it yet.
    Unknown,
    Expired,
    UsedUp,
    UsedByShopper,
    /// It is not for where the shopper is, or not for what they pay in.
    Elsewhere,
    /// It is for members of a group.
    OtherCustomers,
    NotFirstOrder,
    /// None of the goods that it is for is in the basket.
    OtherGoods,
    /// Too little of them is.
    TooLittle(Missing),
    /// It is not for where the goods go.
    OtherDestination,
    /// The chosen method costs more than it is for.
    OtherMethod,
    /// Others have left nothing to take off.
    NothingLeft,
    /// Others do not allow it beside them, and take more off.
    Outdone,
}

/// Whether it is for the basket, whatever else is.
///
/// # Errors
/// Why it is not.
pub(super) fn qualify(candidate: &Candidate, basket: &Basket) -> Result<(), Unmet> {
    let rule = &candidate.rule;
    in_time(rule, basket)?;
    for_shopper(rule, basket)?;
    match candidate.uses {
        Uses::Left => {}
        Uses::UsedUp => return Err(Unmet::UsedUp),
        Uses::UsedByShopper => return Err(Unmet::UsedByShopper),
    }
    if let What::Shipping { .. } = rule.what {
        shipped_so(rule, basket)?;
    }
    enough(rule, basket)
}

fn in_time(rule: &Rule, basket: &Basket) -> Result<(), Unmet> {
    if rule.starts_at.is_some_and(|starts_at| basket.now < starts_at) {
        // Nobody is told of what is still to come.
        return Err(Unmet::Unknown);
    }
    match rule.ends_at.is_some_and(|ends_at| basket.now >= ends_at) {
        true => Err(Unmet::Expired),
        false => Ok(()),
    }
}

fn for_shopper(rule: &Rule, basket: &Basket) -> Result<(), Unmet> {
    let is_there = rule.markets.is_empty() || basket.market.is_some_and(|market| rule.markets.contains(&market));
    let is_member = rule.groups.is_empty() || basket.groups.iter().any(|group| rule.groups.contains(group));
    match (is_there, is_member) {
        (false, _) => Err(Unmet::Elsewhere),
        (_, false) => Err(Unmet::OtherCustomers),
        _ if rule.is_for_first_order && !basket.is_first_order => Err(Unmet::NotFirstOrder),
        _ => Ok(()),
    }
}

fn shipped_so(rule: &Rule, basket: &Basket) -> Result<(), Unmet> {
    let What::Shipping {
        price_max_minor,
        countries,
        ..
    } = &rule.what
    else {
        return Ok(());
    };
    if !countries.is_empty() && !countries.contains(&basket.country) {
        return Err(Unmet::OtherDestination);
    }
    match (basket.shipping_minor, price_max_minor) {
        (Some(price_minor), Some(max_minor)) if price_minor > *max_minor => Err(Unmet::OtherMethod),
        _ => Ok(()),
    }
}

/// Whether there is enough in the basket of the goods that it is for.
fn enough(rule: &Rule, basket: &Basket) -> Result<(), Unmet> {
    let all = Goods::all();
    let goods = match &rule.what {
        What::Products { goods, .. } => goods,
        What::BuyXGetY { buy, .. } => buy,
        What::Order { .. } | What::Shipping { .. } => &all,
    };
    let of = Measure::of(goods, &basket.lines);
    if of.quantity == 0 {
        return Err(Unmet::OtherGoods);
    }
    let lacks = rule
        .minimum
        .and_then(|minimum| of.lacks(minimum))
        .or_else(|| match &rule.what {
            What::Products { tiers, .. } | What::Order { tiers } => {
                let (lowest, _) = tiers.first()?;
                of.lacks((*lowest)?)
            }
            What::BuyXGetY { .. } => bundle::missing(&rule.what, &basket.lines),
            What::Shipping { .. } => None,
        });
    lacks.map_or(Ok(()), |missing| Err(Unmet::TooLittle(missing)))
}
