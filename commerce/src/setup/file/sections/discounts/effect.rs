//! How much a discount takes off, from how much on and of which goods, as it stands in the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitrine_entity::discount::{Amounts, Goods, Off, Threshold, Tier};

use super::known::Known;
use crate::{
    discounts::{AmountDraft, OffDraft, TierDraft},
    money::{Money, convert::percent_decimal},
    setup::file::sections::defaults::is_no,
};

/// Amounts by their currencies.
pub(super) type AmountsEntry = BTreeMap<String, String>;

/// What is taken off: one of the three.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct OffEntry {
    /// As in `12.5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percentage: Option<String>,
    /// Whether the amount is taken off once, rather than of each unit.
    #[serde(default, skip_serializing_if = "is_no")]
    once: bool,
    #[serde(default, skip_serializing_if = "AmountsEntry::is_empty")]
    amounts: AmountsEntry,
    #[serde(default, skip_serializing_if = "AmountsEntry::is_empty")]
    fixed_prices: AmountsEntry,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct TierEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quantity: Option<i64>,
    #[serde(default, skip_serializing_if = "AmountsEntry::is_empty")]
    spend: AmountsEntry,
    value: OffEntry,
}

/// Which goods; all, where none is named.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct GoodsEntry {
    /// By their slugs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) products: Vec<String>,
    /// By their SKUs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) variants: Vec<String>,
    /// By their slugs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<String>,
    /// By their slugs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) collections: Vec<String>,
    #[serde(default, skip_serializing_if = "is_no")]
    pub(super) without_reduced: bool,
}

impl GoodsEntry {
    pub(super) fn of(goods: &Goods, known: &Known) -> Self {
        Self {
            products: known.products(&goods.products),
            variants: known.variants(&goods.variants),
            categories: known.categories(&goods.categories),
            collections: known.collections(&goods.collections),
            without_reduced: goods.without_reduced,
        }
    }

    pub(super) fn is_all(&self) -> bool {
        let named = [&self.products, &self.variants, &self.categories, &self.collections];
        !self.without_reduced && named.iter().all(|named| named.is_empty())
    }
}

impl OffEntry {
    pub(super) fn of(off: &Off) -> Self {
        let none = Self::default();
        match off {
            Off::Percentage(basis_points) => Self {
                percentage: Some(percent_decimal(*basis_points)),
                ..none
            },
            Off::Amount(amounts) => Self {
                amounts: amounts_of(amounts),
                ..none
            },
            Off::AmountOnce(amounts) => Self {
                amounts: amounts_of(amounts),
                once: true,
                ..none
            },
            Off::FixedPrice(amounts) => Self {
                fixed_prices: amounts_of(amounts),
                ..none
            },
        }
    }

    pub(super) fn draft(&self) -> OffDraft {
        OffDraft {
            percentage: self.percentage.clone(),
            amounts: amounts(&self.amounts),
            once: self.once,
            fixed_prices: amounts(&self.fixed_prices),
        }
    }
}

impl TierEntry {
    pub(super) fn of(tier: &Tier) -> Self {
        let (quantity, spend) = threshold(Some(&tier.from));
        Self {
            quantity,
            spend,
            value: OffEntry::of(&tier.off),
        }
    }

    pub(super) fn draft(&self) -> TierDraft {
        TierDraft {
            quantity: self.quantity,
            spend: amounts(&self.spend),
            value: self.value.draft(),
        }
    }
}

pub(super) fn amounts(entry: &AmountsEntry) -> Vec<AmountDraft> {
    let draft = |(currency, amount): (&String, &String)| AmountDraft {
        amount: amount.clone(),
        currency: currency.clone(),
    };
    entry.iter().map(draft).collect()
}

pub(super) fn amounts_of(amounts: &Amounts) -> AmountsEntry {
    let entry = |money: Money| (money.currency.code().to_owned(), money.decimal());
    let amounts = amounts.0.iter();
    amounts
        .map(|amount| entry(Money::new(amount.minor, amount.currency)))
        .collect()
}

pub(super) fn threshold(threshold: Option<&Threshold>) -> (Option<i64>, AmountsEntry) {
    match threshold {
        None => (None, AmountsEntry::new()),
        Some(Threshold::Quantity(quantity)) => (Some(*quantity), AmountsEntry::new()),
        Some(Threshold::Spend(amounts)) => (None, amounts_of(amounts)),
    }
}
