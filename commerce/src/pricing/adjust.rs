//! Applies adjustments to what they are aimed at, one after the other.

use super::{
    allocate::allocate,
    basket::{Adjustment, Basket, Effect, LineToPrice, Rate, ShippingTax, Target},
};
use crate::money::MoneyError;

/// What an adjustment came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub adjustment: Adjustment,
    /// Where it took effect, and how much: each more than nothing. None, where nothing was left to
    /// take from.
    pub shares: Vec<Share>,
}

/// An adjustment's part in what one thing costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub of: ShareOf,
    pub amount_minor: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOf {
    /// The line at this place.
    Line(usize),
    Shipping,
    /// What is to be paid in all.
    Total,
}

/// Of what has no rate of its own.
static NO_RATE: Rate = Rate(Vec::new());

/// A price, with what was taken off and put on.
pub(super) struct Adjusted<'basket> {
    pub(super) subtotal_minor: i64,
    pub(super) discount_minor: i64,
    pub(super) fee_minor: i64,
    pub(super) tax: &'basket Rate,
}

impl<'basket> Adjusted<'basket> {
    fn new(subtotal_minor: i64, tax: &'basket Rate) -> Self {
        Self {
            subtotal_minor,
            discount_minor: 0,
            fee_minor: 0,
            tax,
        }
    }

    /// What is left of its price. A discount takes nothing of a fee.
    fn left_minor(&self) -> i64 {
        self.subtotal_minor - self.discount_minor
    }

    /// What the shopper pays for it, as the catalogue shows prices.
    pub(super) fn amount_minor(&self) -> Result<i64, MoneyError> {
        self.left_minor()
            .checked_add(self.fee_minor)
            .ok_or(MoneyError::Overflow)
    }

    /// Two that are the same in all this may change places.
    fn rank(&self) -> (i64, &Rate, i64, i64) {
        (self.left_minor(), self.tax, self.subtotal_minor, self.fee_minor)
    }
}

/// A basket's prices under its adjustments.
pub(super) struct Prices<'basket> {
    pub(super) lines: Vec<Adjusted<'basket>>,
    pub(super) shipping: Option<Adjusted<'basket>>,
}

impl<'basket> Prices<'basket> {
    /// Before any adjustment.
    pub(super) fn of(basket: &'basket Basket) -> Result<Self, MoneyError> {
        let line = |line: &'basket LineToPrice| {
            let subtotal_minor = line.unit_price_minor.checked_mul(line.quantity);
            Ok(Adjusted::new(subtotal_minor.ok_or(MoneyError::Overflow)?, &line.tax))
        };
        let shipping = basket.shipping.as_ref();
        Ok(Self {
            lines: basket.lines.iter().map(line).collect::<Result<_, _>>()?,
            shipping: shipping.map(|shipping| {
                let rate = match &shipping.tax {
                    ShippingTax::Own(rate) => rate,
                    ShippingTax::LikeGoods => &NO_RATE,
                };
                Adjusted::new(shipping.amount_minor, rate)
            }),
        })
    }

    /// Applies adjustments, those of single lines first: what all goods share is then split by what
    /// is left of them, whichever line was added first.
    pub(super) fn adjust(&mut self, adjustments: &[Adjustment]) -> Result<Vec<Applied>, MoneyError> {
        let unapplied = |adjustment: &Adjustment| Applied {
            adjustment: adjustment.clone(),
            shares: Vec::new(),
        };
        let mut all: Vec<_> = adjustments.iter().map(unapplied).collect();
        for is_of_line in [true, false] {
            for applied in &mut all {
                if applied.adjustment.effect.is_of_line() == is_of_line {
                    applied.shares = self.apply(&applied.adjustment)?;
                }
            }
        }
        Ok(all)
    }

    /// Changes the prices that an adjustment is aimed at. Gives what it came to: of a credit
    /// nothing, which is for the total.
    fn apply(&mut self, adjustment: &Adjustment) -> Result<Vec<Share>, MoneyError> {
        let asked_minor = adjustment.amount_minor.max(0);
        let (target, is_discount) = match adjustment.effect {
            Effect::Discount(target) => (target, true),
            Effect::Fee(target) => (target, false),
            Effect::Credit => return Ok(Vec::new()),
        };
        let mut aimed_at = self.aimed_at(target);
        let left: Vec<_> = aimed_at.iter().map(|(_, price)| price.left_minor()).collect();
        let amount_minor = match is_discount {
            // All that is left may be more than the largest amount.
            true => left
                .iter()
                .fold(0i64, |sum, left| sum.saturating_add(*left))
                .min(asked_minor),
            false => asked_minor,
        };
        let mut shares = Vec::new();
        for ((of, price), share_minor) in aimed_at.iter_mut().zip(allocate(amount_minor, &left)) {
            let changed = match is_discount {
                true => &mut price.discount_minor,
                false => &mut price.fee_minor,
            };
            *changed = changed.checked_add(share_minor).ok_or(MoneyError::Overflow)?;
            if share_minor > 0 {
                shares.push(Share {
                    of: *of,
                    amount_minor: share_minor,
                });
            }
        }
        Ok(shares)
    }

    /// What costs most comes first.
    fn aimed_at(&mut self, target: Target) -> Vec<(ShareOf, &mut Adjusted<'basket>)> {
        match target {
            Target::Line(index) => {
                let line = self.lines.get_mut(index);
                line.map(|line| (ShareOf::Line(index), line)).into_iter().collect()
            }
            Target::Goods => {
                let lines = self.lines.iter_mut().enumerate();
                let mut lines: Vec<_> = lines.map(|(index, line)| (ShareOf::Line(index), line)).collect();
                lines.sort_by(|(_, a), (_, b)| b.rank().cmp(&a.rank()));
                lines
            }
            Target::Shipping => {
                let shipping = self.shipping.as_mut();
                shipping
                    .map(|shipping| (ShareOf::Shipping, shipping))
                    .into_iter()
                    .collect()
            }
        }
    }
}
