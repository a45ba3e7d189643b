//! An order's machine. Pure.
//!
//! ```text
//! CREATED → PAYMENT_PENDING → PAYMENT_SUCCESS → CONFIRMED → DISPATCHED → COMPLETED
//!                ↑     ↓                           (→ COMPLETED where nothing is sent)
//!            PAYMENT_FAILED            (CANCELLED from any state before DISPATCHED)
//! ```

use vitrine_entity::order::OrderStatus::{self, *};

use crate::{ErrorCode, Refusal, language::messages};

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// A payment attempt begins: the first, or another after a failure.
    RequestPayment,
    PaymentSucceeded,
    PaymentFailed,
    Confirm,
    Dispatch,
    Complete,
    /// Nothing of it is sent: what was confirmed is there at once.
    CompleteUnsent,
    Cancel,
}

impl Transition {
    /// Every transition.
    pub const ALL: [Self; 8] = [
        Self::RequestPayment,
        Self::PaymentSucceeded,
        Self::PaymentFailed,
        Self::Confirm,
        Self::Dispatch,
        Self::Complete,
        Self::CompleteUnsent,
        Self::Cancel,
    ];

    /// The state after it.
    pub fn to(self) -> OrderStatus {
        match self {
            Self::RequestPayment => PaymentPending,
            Self::PaymentSucceeded => PaymentSuccess,
            Self::PaymentFailed => PaymentFailed,
            Self::Confirm => Confirmed,
            Self::Dispatch => Dispatched,
            Self::Complete | Self::CompleteUnsent => Completed,
            Self::Cancel => Cancelled,
        }
    }

    /// The states in which it may happen.
    pub fn from(self) -> &'static [OrderStatus] {
        match self {
            Self::RequestPayment => &[Created, PaymentFailed],
            // A free order needs no payment; a late success overtakes an earlier failure.
            Self::PaymentSucceeded => &[Created, PaymentPending, PaymentFailed],
            Self::PaymentFailed => &[PaymentPending],
            Self::Confirm => &[PaymentSuccess],
            Self::Dispatch => &[Confirmed],
            Self::Complete => &[Dispatched],
            Self::CompleteUnsent => &[Confirmed, Dispatched],
            Self::Cancel => &[Created, PaymentPending, PaymentFailed, PaymentSuccess, Confirmed],
        }
    }
}

/// Whether the order is paid for, or its money held, and it was not cancelled.
pub fn is_paid(status: OrderStatus) -> bool {
    matches!(
        status,
        OrderStatus::PaymentSuccess | OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed
    )
}

/// The state after `transition`.
///
/// # Errors
/// When it may not happen in the state `from`.
pub fn next(from: OrderStatus, transition: Transition) -> Result<OrderStatus, Refusal> {
    if transition.from().contains(&from) {
        return Ok(transition.to());
    }
    let what = match transition {
        Transition::RequestPayment => "pay",
        Transition::PaymentSucceeded | Transition::PaymentFailed => "settle",
        Transition::Confirm => "confirm",
        Transition::Dispatch => "dispatch",
        Transition::Complete | Transition::CompleteUnsent => "complete",
        Transition::Cancel => "cancel",
    };
    let message = messages::order_cannot(keyword(from), what);
    Err(Refusal::new(ErrorCode::OrderState, message))
}

/// As the message calls it.
fn keyword(status: OrderStatus) -> &'static str {
    match status {
        Created => "created",
        PaymentPending => "pending",
        PaymentSuccess => "paid",
        PaymentFailed => "unpaid",
        Confirmed => "confirmed",
        Dispatched => "dispatched",
        Completed => "completed",
        Cancelled => "cancelled",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    /// How far along a state is. Only a repeated payment goes back, and only one step.
    fn rank(status: OrderStatus) -> u8 {
        match status {
            Created => 0,
            PaymentPending => 1,
            PaymentFailed => 2,
            PaymentSuccess => 3,
            Confirmed => 4,
            Dispatched => 5,
            Completed | Cancelled => 6,
        }
    }

    #[test]
    fn nothing_leaves_the_end_and_nothing_sent_is_cancelled() {
        for transition in Transition::ALL {
            assert!(next(Completed, transition).is_err() && next(Cancelled, transition).is_err());
        }
        assert!(next(Dispatched, Transition::Cancel).is_err());
    }

    #[test]
    fn every_state_but_the_ends_has_a_way_on() {
        for status in OrderStatus::iter().filter(|status| !matches!(status, Completed | Cancelled)) {
            assert!(
                Transition::ALL
                    .into_iter()
                    .any(|transition| next(status, transition).is_ok()),
                "{status:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_walk_goes_backwards(steps in prop::collection::vec(prop::sample::select(Transition::ALL.to_vec()), 0..40)) {
            let mut status = Created;
            for transition in steps {
                if let Ok(after) = next(status, transition) {
                    let again = status == PaymentFailed && after == PaymentPending;
                    prop_assert!(rank(after) > rank(status) || again, "{status:?} → {after:?}");
                    status = after;
                }
            }
        }
    }
}
