use async_graphql::Object;
use vitrine_commerce::payments::reconciliation::Record;

use crate::graphql::{payment::object::PaymentStatus, shared::Money};

/// What a ledger says of a charge.
#[derive(Debug, Clone)]
pub struct LedgerRecord {
    pub status: PaymentStatus,
    pub record: Record,
}

/// What a ledger says of a charge.
#[Object]
impl LedgerRecord {
    /// Where the charge stands, in the shop's words.
    async fn status(&self) -> PaymentStatus {
        self.status
    }

    /// How much was to be paid.
    async fn amount(&self) -> Money {
        self.money(self.record.amount_minor)
    }

    /// How much of it was taken.
    async fn captured_amount(&self) -> Money {
        self.money(self.record.captured_minor)
    }

    /// How much of that was paid back.
    async fn refunded_amount(&self) -> Money {
        self.money(self.record.refunded_minor)
    }

    /// Whether real money moves.
    async fn live(&self) -> bool {
        self.record.live
    }

    /// The provider's id of the charge.
    async fn reference(&self) -> Option<&str> {
        self.record.reference.as_deref()
    }
}

impl LedgerRecord {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.record.currency)
    }
}
