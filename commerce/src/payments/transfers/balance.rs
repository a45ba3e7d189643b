//! Captures and refunds: their machine, and how much each may be.
//!
//! ```text
//! REQUESTED → SUCCEEDED / FAILED        (and nothing leaves those)
//! ```
//!
//! What is requested counts as if it had succeeded until it is known to have failed, so that what
//! is asked for at once can never be too much together.

use sea_orm::FromQueryResult;
use vitrine_entity::payment::{self, PaymentStatus};

use crate::{ErrorCode, Refusal, Tx, language::messages, sql};

/// The money of one attempt: what was promised, what is ours, what went back, and what is on its
/// way. In minor units, none negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    pub authorized: i64,
    pub captured: i64,
    pub refunded: i64,
    /// Asked for, and not known to have come.
    pub capturing: i64,
    /// On its way back.
    pub refunding: i64,
    /// Paid back as store credit.
    pub credited: i64,
    /// Whether more may be captured after a part was.
    pub in_parts: bool,
}

impl Balance {
    /// What may be captured: once, and then whatever is left is released; in parts, one after the other.
    pub fn capturable(&self) -> i64 {
        match self.captured + self.capturing {
            0 => self.authorized,
            _ if self.in_parts && self.capturing == 0 => (self.authorized - self.captured).max(0),
            _ => 0,
        }
    }

    /// What may be paid back.
    pub fn refundable(&self) -> i64 {
        (self.captured - self.refunded - self.refunding - self.credited).max(0)
    }

    /// How much a capture takes that asks for `amount`, or for all.
    ///
    /// # Errors
    /// Refuses more than was authorized, and a second capture.
    pub fn capture(&self, amount: Option<i64>) -> Result<i64, Refusal> {
        let most = self.capturable();
        if most == 0 {
            let message = messages::capture_done();
            return Err(Refusal::new(ErrorCode::PaymentState, message));
        }
        within(amount, most).ok_or_else(|| {
            Refusal::new(ErrorCode::CaptureExceedsAuthorized, messages::capture_too_much()).at(&["amount"])
        })
    }

    /// How much a refund pays back that asks for `amount`, or for all that is left.
    ///
    /// # Errors
    /// Refuses more than is left of what was captured.
    pub fn refund(&self, amount: Option<i64>) -> Result<i64, Refusal> {
        let most = self.refundable();
        if most == 0 {
            let message = messages::refund_nothing_captured();
            return Err(Refusal::new(ErrorCode::PaymentState, message));
        }
        within(amount, most).ok_or_else(|| {
            let message = messages::refund_beyond_captured();
            Refusal::new(ErrorCode::RefundExceedsCaptured, message).at(&["amount"])
        })
    }
}

fn within(amount: Option<i64>, most: i64) -> Option<i64> {
    let amount = amount.unwrap_or(most);
    (amount > 0 && amount <= most).then_some(amount)
}

impl Balance {
    /// The money of a locked attempt, with what is on its way.
    pub(in crate::payments) async fn read(tx: &Tx, payment: &payment::Model) -> crate::Result<Self> {
        let untouched = Self {
            authorized: payment.amount_minor,
            ..Self::default()
        };
        // Before it was heard of, nothing of it can have been asked for.
        if matches!(payment.status, PaymentStatus::Created | PaymentStatus::Unknown) {
            return Ok(untouched);
        }
        let asked = "select coalesce((select cast(sum(amount_minor) as bigint) from capture \
             where payment_id = $1 and status = 'REQUESTED'), 0) as capturing, \
             coalesce((select cast(sum(amount_minor) as bigint) from refund \
             where payment_id = $1 and status = 'REQUESTED'), 0) as refunding, \
             exists (select 1 from capture where payment_id = $1 and status <> 'FAILED' and releases_rest) as is_closed";
        let asked: Option<Asked> = sql::one(tx.db(), asked, [payment.id.into()]).await?;
        let Asked {
            capturing,
            refunding,
            is_closed,
        } = asked.unwrap_or_default();
        Ok(Self {
            captured: payment.captured_minor,
            refunded: payment.refunded_minor,
            credited: payment.credited_minor,
            capturing,
            refunding,
            in_parts: !is_closed && payment.captures_in_parts,
            ..untouched
        })
    }
}

/// What is asked for and not decided.
#[derive(Default, FromQueryResult)]
struct Asked {
    capturing: i64,
    refunding: i64,
    is_closed: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        Capture(Option<i64>),
        CaptureEnds(bool),
        Refund(Option<i64>),
        RefundEnds(usize, bool),
    }

    fn step() -> impl Strategy<Value = Step> {
        let amount = prop_oneof![Just(None), (-5..200i64).prop_map(Some)];
        prop_oneof![
            amount.clone().prop_map(Step::Capture),
            any::<bool>().prop_map(Step::CaptureEnds),
            amount.prop_map(Step::Refund),
            (any::<usize>(), any::<bool>()).prop_map(|(which, well)| Step::RefundEnds(which, well)),
        ]
    }

    proptest! {
        #[test]
        fn captured_never_exceeds_authorized_nor_refunded_captured(
            authorized in 1..200i64, steps in prop::collection::vec(step(), 0..60),
        ) {
            let mut balance = Balance { authorized, ..Balance::default() };
            let mut refunds: Vec<i64> = Vec::new();
            for step in steps {
                match step {
                    Step::Capture(amount) => if let Ok(amount) = balance.capture(amount) { balance.capturing += amount },
                    Step::CaptureEnds(well) => {
                        if well { balance.captured += balance.capturing }
                        balance.capturing = 0;
                    }
                    Step::Refund(amount) => if let Ok(amount) = balance.refund(amount) {
                        balance.refunding += amount;
                        refunds.push(amount);
                    },
                    Step::RefundEnds(which, well) => if !refunds.is_empty() {
                        let amount = refunds.remove(which % refunds.len());
                        balance.refunding -= amount;
                        if well { balance.refunded += amount }
                    },
                }
                prop_assert!(balance.captured + balance.capturing <= balance.authorized);
                prop_assert!(balance.refunded + balance.refunding <= balance.captured);
                prop_assert_eq!(balance.refunding, refunds.iter().sum::<i64>());
            }
        }

        #[test]
        fn parts_follow_each_other_and_are_never_too_much(authorized in 1..200i64, parts in prop::collection::vec(1..90i64, 0..9)) {
            let mut balance = Balance { authorized, in_parts: true, ..Balance::default() };
            for part in parts {
                if let Ok(amount) = balance.capture(Some(part)) {
                    balance.capturing = amount;
                    prop_assert!(balance.capture(None).is_err(), "one at a time");
                    balance.captured += std::mem::take(&mut balance.capturing);
                }
                prop_assert!(balance.captured <= authorized);
                prop_assert_eq!(balance.capturable(), authorized - balance.captured);
            }
        }

        #[test]
        fn nothing_is_captured_twice(authorized in 1..200i64, first in 1..200i64) {
            let mut balance = Balance { authorized, ..Balance::default() };
            if let Ok(amount) = balance.capture(Some(first)) {
                balance.captured = amount;
                prop_assert!(balance.capture(None).is_err());
            }
        }
    }
}
