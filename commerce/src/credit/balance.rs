//! Shoppers look up what is left on a gift card.

use chrono::{DateTime, Utc};

use super::account::{CreditState, balance as left, find_by_code};
use crate::{Result, Shop, money::Money};

/// What is on a card, for whoever holds its code.
#[derive(Debug, Clone)]
pub struct GiftCardBalance {
    pub balance: Money,
    pub last_four: String,
    pub expires_at: Option<DateTime<Utc>>,
    pub is_expired: bool,
}

/// What is left on the card with this code. One that there is not and one that staff have shut are answered alike. The doors
/// count who asks, as they do those who sign in.
///
/// # Errors
/// Refuses what is no code, and a card that there is not.
pub async fn balance(shop: &Shop, code: &str) -> Result<GiftCardBalance> {
    let card = find_by_code(shop, &["code"], code).await?;
    Ok(GiftCardBalance {
        balance: left(&card),
        is_expired: CreditState::of(&card, shop.now()) == CreditState::Expired,
        expires_at: card.expires_at,
        last_four: card.last_four.unwrap_or_default(),
    })
}
