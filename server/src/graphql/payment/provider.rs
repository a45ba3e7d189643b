use async_graphql::{Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::payments::{self, ProviderStatus};

use crate::graphql::shared::int;

/// Who tells that the money of a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::ports::payment::Settlement")]
pub enum PaymentSettlement {
    /// The provider, whose books are compared with the shop's.
    ByProvider,
    /// Staff, with `paymentCapture`. They pay back by hand, too: see `refundConfirm`.
    ByStaff,
}

/// Whether a payment provider is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CircuitState {
    /// It is.
    Closed,
    /// It has failed too often of late and is left alone for a while: payments wait, and none is
    /// lost.
    Open,
    /// One call at a time tries whether it is well again.
    HalfOpen,
}

/// How a payment provider of the shop is doing.
#[derive(Debug, Clone)]
pub struct PaymentProviderStatus(pub ProviderStatus);

/// How a payment provider of the shop is doing.
#[Object]
impl PaymentProviderStatus {
    /// Its name, as in `stripe`.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// As shoppers read it.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Whether it is taken where the shopper chooses none.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// Whether real money moves.
    async fn live(&self) -> bool {
        self.0.live
    }

    /// Who tells that the money has come.
    async fn settlement(&self) -> PaymentSettlement {
        self.0.settlement.into()
    }

    /// Whether it is called at present.
    async fn circuit(&self) -> CircuitState {
        match self.0.circuit {
            payments::CircuitState::Closed => CircuitState::Closed,
            payments::CircuitState::Open => CircuitState::Open,
            payments::CircuitState::HalfOpen => CircuitState::HalfOpen,
        }
    }

    /// How many calls have failed in a row, since the last that worked.
    async fn failures(&self) -> i32 {
        self.0.failures
    }

    /// When it is called again at the earliest, where it is left alone.
    async fn retry_at(&self) -> Option<DateTime<Utc>> {
        self.0.retry_at
    }

    /// How the last call failed.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// How many attempts wait for an outcome.
    async fn unsettled(&self) -> i32 {
        int(self.0.unsettled.iter().map(|(_, attempts)| attempts).sum())
    }
}
