//! What an order costs once it is changed. Pure.
//!
//! What stays keeps what it was sold at. What was taken off a line is taken off in proportion to its price; what was taken off of
//! all goods, in proportion to them where it was a percentage, and as it was where it was an amount, which is never more than the
//! goods. So a line that is taken out takes along what was taken off it, as when it is paid back; what is added gets what was
//! given to the whole order. What is left as it is costs what it did (`unchanged`). Conditions are not asked again: who has bought
//! by them keeps what they were given (shoppers take out nothing that they depend on, `conditions`).

use vitrine_entity::order_adjustment::{self, AdjustmentKind, AdjustmentTarget};

use super::rates;
use crate::{
    money::{MoneyError, divide_half_even},
    pricing::{Adjustment, Basket, Effect, LineToPrice, Priced, ShippingTax, ShippingToPrice, Target, price_in_steps},
};

mod asked;
#[cfg(test)]
mod tests;
mod unchanged;

pub(super) use asked::{Asked, Line, STAFF};
use asked::{adjustment_of, is_of_one, target_of};

/// Prices it. The adjustments stand in the order of those that there were, without credit.
///
/// # Errors
/// When an amount overflows.
pub(super) fn reprice(asked: &Asked<'_>) -> Result<Priced, MoneyError> {
    if let Some(priced) = unchanged::as_it_is(asked) {
        return Ok(priced);
    }
    let mut priced = anew(asked)?;
    unchanged::keep_costs(asked, &mut priced);
    Ok(priced)
}

fn anew(asked: &Asked<'_>) -> Result<Priced, MoneyError> {
    let lines = asked.lines.iter().map(|line| LineToPrice {
        unit_price_minor: line.unit_price_minor,
        quantity: line.quantity.into(),
        tax: line.rate.clone(),
    });
    let basket = Basket {
        currency: asked.order.currency,
        prices_include_tax: asked.order.prices_include_tax,
        lines: lines.collect(),
        shipping: has_shipping(asked).then(|| ShippingToPrice {
            amount_minor: asked.shipping_minor,
            tax: shipping_tax(asked),
        }),
        adjustments: adjustments(asked)?,
    };
    price_in_steps(&basket, asked.step_minor)
}

fn has_shipping(asked: &Asked<'_>) -> bool {
    asked.order.ships || asked.shipping_minor > 0
}

fn shipping_tax(asked: &Asked<'_>) -> ShippingTax {
    let of_shipping = asked
        .adjustments
        .iter()
        .filter(|row| row.target == AdjustmentTarget::Shipping);
    let change = |row: &order_adjustment::Model| match row.kind {
        AdjustmentKind::Fee => row.amount_minor,
        AdjustmentKind::Discount | AdjustmentKind::Credit => -row.amount_minor,
    };
    let amount_minor = asked.order.shipping_minor + of_shipping.map(change).sum::<i64>();
    rates::of_shipping(asked.order, asked.sold, amount_minor)
}

/// What was taken off and put on, as it is now.
fn adjustments(asked: &Asked<'_>) -> Result<Vec<Adjustment>, MoneyError> {
    let mut all: Vec<Adjustment> = Vec::new();
    let mut goods = Goods::of(asked)?;
    let mut groups: Vec<&[order_adjustment::Model]> = asked.adjustments.chunk_by(is_of_one).collect();
    // Those of lines first, as pricing applies them: the others are in proportion to what those have left.
    groups.sort_by_key(|group| group[0].target != AdjustmentTarget::Line);
    for group in groups {
        let first = &group[0];
        let is_replaced = first.code == STAFF && first.discount_id.is_none() && asked.discount.is_some();
        if first.kind == AdjustmentKind::Credit || is_replaced {
            continue;
        }
        let Some(target) = target_of(asked, first) else {
            continue;
        };
        let before_minor: i64 = group.iter().map(|row| row.amount_minor).sum();
        let amount_minor = match target {
            Target::Line(place) => of_line(asked, place, first, before_minor)?,
            Target::Goods if is_percentage(asked, first) => goods.share(before_minor),
            Target::Shipping if is_percentage(asked, first) || before_minor == asked.order.shipping_minor => {
                share(before_minor, asked.shipping_minor, asked.order.shipping_minor)
            }
            Target::Goods | Target::Shipping => before_minor,
        };
        let adjustment = adjustment_of(first, target, amount_minor);
        if let Effect::Discount(Target::Line(_)) = adjustment.effect {
            goods.take(amount_minor);
        }
        all.push(adjustment);
    }
    if let Some((amount_minor, label)) = asked.discount.as_ref().filter(|(amount_minor, _)| *amount_minor > 0) {
        all.push(Adjustment {
            effect: Effect::Discount(Target::Goods),
            amount_minor: *amount_minor,
            code: STAFF.to_owned(),
            label: label.clone(),
            origin: None,
        });
    }
    Ok(all)
}

fn is_percentage(asked: &Asked<'_>, row: &order_adjustment::Model) -> bool {
    row.discount_id.is_some_and(|id| asked.percentages.contains(&id))
}

fn of_line(
    asked: &Asked<'_>,
    place: usize,
    row: &order_adjustment::Model,
    before_minor: i64,
) -> Result<i64, MoneyError> {
    let before = asked.sold.iter().find(|line| Some(line.id) == row.order_line_id);
    let before_subtotal_minor = before.map_or(0, |line| line.subtotal_minor);
    let after_minor = asked.lines[place].subtotal_minor()?;
    Ok(share(before_minor, after_minor, before_subtotal_minor))
}

/// So much of what was `of_minor`, now that it is `after_minor`.
fn share(amount_minor: i64, after_minor: i64, of_minor: i64) -> i64 {
    match of_minor {
        1.. => {
            let share = divide_half_even(i128::from(amount_minor) * i128::from(after_minor), of_minor.into());
            // Pricing takes no more off than there is.
            i64::try_from(share).unwrap_or(i64::MAX)
        }
        _ => amount_minor,
    }
}

/// What is left of all goods once what is of single lines was taken off: as it was, and as it is.
struct Goods {
    before_minor: i64,
    after_minor: i64,
}

impl Goods {
    fn of(asked: &Asked<'_>) -> Result<Self, MoneyError> {
        let mut after = asked.lines.iter().map(Line::subtotal_minor);
        let sum = |a: i64, b: i64| a.checked_add(b).ok_or(MoneyError::Overflow);
        let after_minor = after.try_fold(0, |all, line| sum(all, line?))?;
        let of_lines = |row: &&order_adjustment::Model| {
            row.kind == AdjustmentKind::Discount && row.target == AdjustmentTarget::Line
        };
        // What was taken off lines that are not there any more was taken off all the same.
        let off_minor: i64 = asked
            .adjustments
            .iter()
            .filter(of_lines)
            .map(|row| row.amount_minor)
            .sum();
        Ok(Self {
            before_minor: asked.order.subtotal_minor - off_minor,
            after_minor,
        })
    }

    fn take(&mut self, after_minor: i64) {
        self.after_minor = (self.after_minor - after_minor).max(0);
    }

    fn share(&self, amount_minor: i64) -> i64 {
        share(amount_minor, self.after_minor, self.before_minor)
    }
}
