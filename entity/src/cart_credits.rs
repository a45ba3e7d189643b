//! By which gift cards a cart is paid, and whether by its customer's store credit: kept as JSON in the cart's row.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::ids::CreditAccountId;

/// In the order in which they pay; store credit comes last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct CartCredits {
    pub gift_cards: Vec<SeenCard>,
    /// The balance of the customer's store credit that they saw when they chose to pay with it.
    pub store_credit_seen_minor: Option<i64>,
}

/// A gift card, with the balance that the shopper saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCard {
    pub account: CreditAccountId,
    pub seen_minor: i64,
}

impl CartCredits {
    pub fn is_empty(&self) -> bool {
        self.gift_cards.is_empty() && self.store_credit_seen_minor.is_none()
    }

    /// Adds a card, or notes the balance of one that is there as seen.
    pub fn see(&mut self, account: CreditAccountId, seen_minor: i64) {
        match self.gift_cards.iter_mut().find(|card| card.account == account) {
            Some(card) => card.seen_minor = seen_minor,
            None => self.gift_cards.push(SeenCard { account, seen_minor }),
        }
    }

    pub fn pays(&self, account: CreditAccountId) -> bool {
        self.gift_cards.iter().any(|card| card.account == account)
    }

    pub fn remove(&mut self, account: CreditAccountId) {
        self.gift_cards.retain(|card| card.account != account);
    }
}
