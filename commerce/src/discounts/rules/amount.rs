//! How much a discount takes off of what those before it have left.

use super::{
    basket::{Basket, Line},
    bundle,
    measure::Measure,
    rule::{Goods, Off, What},
};
use crate::pricing::allocate;

/// What is left of each price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) lines: Vec<i64>,
    pub(super) shipping_minor: i64,
}

/// What was taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) lines: Vec<i64>,
    pub(super) shipping_minor: i64,
}

impl Taken {
    pub(super) fn sum_minor(&self) -> i64 {
        self.lines
            .iter()
            .copied()
            .fold(self.shipping_minor, i64::saturating_add)
    }
}

impl Left {
    pub(super) fn of(basket: &Basket) -> Self {
        Self {
            lines: basket.lines.iter().map(Line::worth_minor).collect(),
            shipping_minor: basket.shipping_minor.unwrap_or(0),
        }
    }

    /// Takes off what a discount gives.
    pub(super) fn take(&mut self, what: &What, basket: &Basket) -> Taken {
        let step_minor = basket.step_minor.max(1);
        let taken = match what {
            What::Products { goods, tiers } => {
                self.of_products(goods, Measure::of(goods, &basket.lines).tier(tiers), basket)
            }
            What::Order { tiers } => self.of_order(Measure::of(&Goods::all(), &basket.lines).tier(tiers), basket),
            What::BuyXGetY { off, .. } => self.of_bundle(what, *off, basket),
            What::Shipping { off, .. } => Taken {
                lines: vec![0; basket.lines.len()],
                shipping_minor: whole_steps(off_of(*off, self.shipping_minor, 1), self.shipping_minor, step_minor),
            },
        };
        for (left, off) in self.lines.iter_mut().zip(&taken.lines) {
            *left -= off;
        }
        self.shipping_minor -= taken.shipping_minor;
        taken
    }

    fn of_products(&self, goods: &Goods, off: Option<Off>, basket: &Basket) -> Taken {
        let step_minor = basket.step_minor.max(1);
        let is_for: Vec<bool> = basket.lines.iter().map(|line| goods.has(line)).collect();
        let lines = match off {
            None => vec![0; basket.lines.len()],
            Some(Off::AmountOnceMinor(amount_minor)) => self.split(amount_minor, &is_for, basket),
            Some(off) => {
                let line = |((line, left), is_for): ((&Line, &i64), &bool)| match is_for {
                    true => whole_steps(off_of(off, *left, line.quantity), *left, step_minor),
                    false => 0,
                };
                basket.lines.iter().zip(&self.lines).zip(&is_for).map(line).collect()
            }
        };
        Taken {
            lines,
            shipping_minor: 0,
        }
    }

    /// Of all goods together, split as pricing does.
    fn of_order(&self, off: Option<Off>, basket: &Basket) -> Taken {
        let is_for: Vec<bool> = basket.lines.iter().map(|line| line.is_discountable).collect();
        let counted = self.lines.iter().zip(&is_for).filter(|(_, is_for)| **is_for);
        let left_minor = counted.map(|(left, _)| *left).fold(0i64, i64::saturating_add);
        let amount_minor = off.map_or(0, |off| off_of(off, left_minor, 1));
        Taken {
            lines: self.split(amount_minor, &is_for, basket),
            shipping_minor: 0,
        }
    }

    /// Of the units that are given; what others have taken off of a line they have taken off of each unit alike.
    fn of_bundle(&self, what: &What, off: Off, basket: &Basket) -> Taken {
        let step_minor = basket.step_minor.max(1);
        let given = bundle::given(what, &basket.lines);
        let line = |((line, left), units): ((&Line, &i64), &i64)| {
            let left_minor = match *units == line.quantity {
                true => *left,
                false => part_of(*left, *units, line.quantity, step_minor),
            };
            whole_steps(off_of(off, left_minor, *units), left_minor, step_minor)
        };
        Taken {
            lines: basket.lines.iter().zip(&self.lines).zip(&given).map(line).collect(),
            shipping_minor: 0,
        }
    }

    /// Splits an amount among lines in proportion to what is left of them, in whole steps; what costs most comes first.
    fn split(&self, amount_minor: i64, is_for: &[bool], basket: &Basket) -> Vec<i64> {
        let mut order: Vec<usize> = (0..is_for.len()).filter(|&place| is_for[place]).collect();
        order.sort_by_key(|&place| (std::cmp::Reverse(self.lines[place]), basket.lines[place].variant));
        let weights: Vec<_> = order.iter().map(|&place| self.lines[place]).collect();
        let left_minor = weights.iter().copied().fold(0i64, i64::saturating_add);
        let step_minor = match basket.step_minor.max(1) {
            step_minor if weights.iter().all(|weight| weight % step_minor == 0) => step_minor,
            // Prices that are none leave nothing to be done in steps.
            _ => 1,
        };
        let weights: Vec<_> = weights.into_iter().map(|weight| weight / step_minor).collect();
        let steps = amount_minor.clamp(0, left_minor) / step_minor;
        let mut parts = vec![0; is_for.len()];
        for (place, part) in order.into_iter().zip(allocate(steps, &weights)) {
            parts[place] = part * step_minor;
        }
        parts
    }
}

/// Of so many units that cost `left_minor` together; at most that.
fn off_of(off: Off, left_minor: i64, units: i64) -> i64 {
    let off_minor = match off {
        Off::Percentage(basis_points) => percentage(left_minor, basis_points),
        Off::AmountMinor(amount_minor) => amount_minor.saturating_mul(units),
        Off::AmountOnceMinor(amount_minor) => amount_minor,
        Off::FixedPriceMinor(price_minor) => left_minor - price_minor.saturating_mul(units).min(left_minor),
    };
    off_minor.clamp(0, left_minor.max(0))
}

/// What is left of so many units of a line, in whole steps.
fn part_of(left_minor: i64, units: i64, quantity: i64, step_minor: i64) -> i64 {
    // A part of an `i64` fits into one.
    let part_minor = (i128::from(left_minor) * i128::from(units) / i128::from(quantity.max(1))) as i64;
    part_minor - part_minor % step_minor
}

/// Rounded to the nearest minor unit, a half up: in favour of the shopper.
pub(crate) fn percentage(of_minor: i64, basis_points: i32) -> i64 {
    ((i128::from(of_minor) * i128::from(basis_points) + 5_000) / 10_000) as i64
}

/// Amounts can be paid in steps only: what is less than one is not taken off, unless that is all there is.
pub(crate) fn whole_steps(minor: i64, left_minor: i64, step_minor: i64) -> i64 {
    match minor == left_minor {
        true => minor,
        false => minor - minor % step_minor,
    }
}
