//! How much there is of some goods, before any discount.

use super::{
    basket::Line,
    rule::{Goods, Off, Threshold},
};

/// What must be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Quantity(i64),
    SpendMinor(i64),
    /// So many of the goods that it gives, which must be in the basket.
    Gift(i64),
}

/// How much there is of some goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) quantity: i64,
    pub(super) spend_minor: i64,
}

impl Measure {
    pub(super) fn of(goods: &Goods, lines: &[Line]) -> Self {
        let counted = lines.iter().filter(|line| goods.has(line));
        counted.fold(
            Self {
                quantity: 0,
                spend_minor: 0,
            },
            |sum, line| Self {
                quantity: sum.quantity.saturating_add(line.quantity),
                spend_minor: sum.spend_minor.saturating_add(line.worth_minor()),
            },
        )
    }

    /// What it lacks.
    pub(super) fn lacks(self, threshold: Threshold) -> Option<Missing> {
        match threshold {
            Threshold::Quantity(quantity) => {
                (quantity > self.quantity).then(|| Missing::Quantity(quantity - self.quantity))
            }
            Threshold::SpendMinor(minor) => {
                (minor > self.spend_minor).then(|| Missing::SpendMinor(minor - self.spend_minor))
            }
        }
    }

    /// What the highest tier takes off that it reaches.
    pub(super) fn tier(self, tiers: &[(Option<Threshold>, Off)]) -> Option<Off> {
        let mut highest_first = tiers.iter().rev();
        let reached = highest_first.find(|(from, _)| from.is_none_or(|from| self.lacks(from).is_none()));
        reached.map(|(_, off)| *off)
    }
}
