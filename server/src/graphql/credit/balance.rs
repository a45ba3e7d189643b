use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use vitrine_commerce::credit;

use crate::graphql::shared::{Money, UserError};

/// What is on a gift card, for whoever holds its code.
#[derive(Debug, SimpleObject)]
pub struct GiftCardBalance {
    /// What is left on it.
    pub balance: Money,
    /// The last four characters of its code.
    pub last_four: String,
    /// From when it pays nothing; null: never.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether that was before.
    pub expired: bool,
}

impl From<credit::GiftCardBalance> for GiftCardBalance {
    fn from(found: credit::GiftCardBalance) -> Self {
        Self {
            balance: found.balance.into(),
            last_four: found.last_four,
            expires_at: found.expires_at,
            expired: found.is_expired,
        }
    }
}

/// What `giftCardBalance` answers.
#[derive(Debug, SimpleObject)]
pub struct GiftCardBalanceAnswer {
    /// The card; null where there is none.
    pub gift_card: Option<GiftCardBalance>,
    /// Why there is none.
    pub user_errors: Vec<UserError>,
}
