//! What decides a cart's cost and delivery beside what it holds.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use vitrine_entity::{shipping_method, variant};

use super::{discounts::Discounting, taxation::Taxation, withheld::Withheld};
use crate::{companies::Buying, credit::Usable, payments::Steps, pricing::Rate, profile::Profile};

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
    pub(super) buying: Option<Buying>,
}

impl Surroundings {
    /// Whether the tax that prices contain is taken out of them.
    pub(super) fn takes_tax_out(&self) -> bool {
        self.taxation.is_untaxed || self.is_net
    }

    /// By which goods are taxed, or relieved of the tax that their prices contain.
    pub(super) fn rate_of(&self, variant: &variant::Model) -> Rate {
        match variant.gift_card {
            // What is paid with it is taxed when it is.
            true => Rate::default(),
            false => self.taxation.rates.of(variant.tax_category.as_deref()),
        }
    }
}
