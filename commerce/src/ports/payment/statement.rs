//! What stands in a provider's books.

use chrono::{DateTime, Utc};
use vitrine_entity::ids::PaymentId;

use super::charge::ChargeState;
use crate::money::Money;

/// A charge in a provider's books, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementCharge {
    pub reference: String,
    /// Which of our attempts it names; `None` for what another system charged.
    pub payment: Option<PaymentId>,
    pub state: ChargeState,
    pub amount: Money,
    pub captured_minor: i64,
    pub refunded_minor: i64,
    pub live: bool,
    pub created_at: DateTime<Utc>,
}

/// A bounded part of a provider's books.
#[derive(Debug, Clone, Default)]
pub struct StatementPage {
    pub charges: Vec<StatementCharge>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}
