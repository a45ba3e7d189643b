use async_graphql::{Enum, SimpleObject};
use vitrine_commerce::payments;

use crate::graphql::shared::Said;

/// Why a payment is not there, or not yet. Stable: branch on it. New codes may be added; treat one
/// that you do not know as `PAYMENT_PENDING`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::payments::PaymentProblemCode")]
pub enum PaymentProblemCode {
    /// The provider or the shopper's bank said no. Show `message`, let the shopper choose another
    /// means of payment, and try again with `orderPaymentRetry`.
    PaymentDeclined,
    /// The shopper must act: do what `payment.action` says, then wait for the order to change. Do
    /// not pay again.
    PaymentActionRequired,
    /// It is under way. Wait: follow the order with `orderUpdates`, or ask again in a few seconds.
    /// Do not pay again.
    PaymentPending,
    /// The provider does not answer. The shop goes on asking by itself, and the goods are held
    /// meanwhile: tell the shopper that the order is placed and the payment delayed. Do not pay
    /// again, and do not place another order.
    PaymentProviderUnavailable,
    /// The provider's keys or settings are missing or wrong: the shop's staff must act. Tell the
    /// shopper that the shop will get in touch. Waiting does not help; paying again does not, either.
    PaymentConfigMissing,
    /// It was given up before any money was taken. If the order is still wanted, try again with
    /// `orderPaymentRetry`.
    PaymentVoided,
}

/// What stands in the way of a payment.
#[derive(Debug, SimpleObject)]
pub struct PaymentProblem {
    /// What it is. Stable: branch on it.
    #[graphql(owned)]
    pub code: PaymentProblemCode,
    /// What it is, in a sentence for the shopper.
    pub message: Said,
}

impl From<payments::Problem> for PaymentProblem {
    fn from(problem: payments::Problem) -> Self {
        Self {
            code: problem.code.into(),
            message: problem.message.into(),
        }
    }
}
