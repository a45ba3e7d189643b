//! A return's machine. Pure.
//!
//! ```text
//! REQUESTED → APPROVED → PARTLY_RECEIVED → RECEIVED → INSPECTED → CLOSED
//!     ↓   ↘       ↓      (RECEIVED at once where all of it comes; CLOSED as soon as nothing more is awaited)
//! REFUSED  CANCELLED
//! ```

use vitrine_entity::{
    order_return::ReturnStatus::{self, *},
    order_return_line,
};

use crate::{ErrorCode, Refusal, language::messages};

/// What happens to a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Approve,
    Refuse,
    /// The shopper keeps the goods, or staff gave it up before any came.
    Cancel,
    /// Some of it came.
    ReceivePart,
    /// All that was to come has come.
    ReceiveAll,
    /// Of each unit it is known what became of it.
    InspectAll,
    /// Nothing more follows; what has not come is not awaited any more.
    Close,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] = [
        Self::Approve,
        Self::Refuse,
        Self::Cancel,
        Self::ReceivePart,
        Self::ReceiveAll,
        Self::InspectAll,
        Self::Close,
    ];

    /// The state after it.
    pub fn to(self) -> ReturnStatus {
        match self {
            Self::Approve => Approved,
            Self::Refuse => Refused,
            Self::Cancel => Cancelled,
            Self::ReceivePart => PartlyReceived,
            Self::ReceiveAll => Received,
            Self::InspectAll => Inspected,
            Self::Close => Closed,
        }
    }

    /// The states in which it may happen.
    pub fn from(self) -> &'static [ReturnStatus] {
        match self {
            Self::Approve | Self::Refuse => &[Requested],
            Self::Cancel => &[Requested, Approved],
            Self::ReceivePart | Self::ReceiveAll => &[Approved, PartlyReceived],
            Self::InspectAll => &[Received],
            Self::Close => &[Approved, PartlyReceived, Inspected],
        }
    }
}

/// The state after `step`.
///
/// # Errors
/// Refuses a step that the state does not allow.
pub fn next(status: ReturnStatus, step: Step) -> Result<ReturnStatus, Refusal> {
    if step.from().contains(&status) {
        return Ok(step.to());
    }
    let message = match status {
        Requested => messages::return_is_requested(),
        Approved => messages::return_is_approved(),
        PartlyReceived | Received => messages::return_is_received(),
        Inspected => messages::return_is_inspected(),
        Closed => messages::return_is_closed(),
        Refused => messages::return_is_refused(),
        Cancelled => messages::return_is_cancelled(),
    };
    Err(Refusal::new(ErrorCode::OrderState, message).at(&["id"]))
}

/// Whether goods of it may still come, or be looked at.
pub fn is_open(status: ReturnStatus) -> bool {
    !matches!(status, Closed | Refused | Cancelled)
}

/// How many units of a line are taken by a return in a state, so that no other return takes them: all that it asks for while
/// it is open, what came once it is closed, and none where nothing will come.
pub fn taken(status: ReturnStatus, line: &order_return_line::Model) -> i32 {
    match status {
        Refused | Cancelled => 0,
        Closed => line.received,
        Requested | Approved | PartlyReceived | Received | Inspected => line.quantity,
    }
}

/// Units that are still to come.
pub fn outstanding(line: &order_return_line::Model) -> i32 {
    line.quantity - line.received
}

/// Units that came and of which nobody has said what becomes of them.
pub fn uninspected(line: &order_return_line::Model) -> i32 {
    line.received - line.restocked - line.written_off
}

/// Units that came and of which the money has not gone back.
pub fn unpaid(line: &order_return_line::Model) -> i32 {
    line.received - line.refunded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    fn rank(status: ReturnStatus) -> u8 {
        match status {
            Requested => 0,
            Approved => 1,
            PartlyReceived => 2,
            Received => 3,
            Inspected => 4,
            Closed | Refused | Cancelled => 5,
        }
    }

    #[test]
    fn nothing_leaves_the_ends_and_all_else_goes_on() {
        for status in ReturnStatus::iter() {
            let has_a_way_on = Step::ALL.into_iter().any(|step| next(status, step).is_ok());
            assert_eq!(has_a_way_on, is_open(status), "{status:?}");
        }
    }

    #[test]
    fn nothing_is_given_up_once_some_of_it_came() {
        for status in [PartlyReceived, Received, Inspected] {
            assert!(next(status, Step::Cancel).is_err() && next(status, Step::Refuse).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_walk_goes_backwards(steps in prop::collection::vec(prop::sample::select(Step::ALL.to_vec()), 0..30)) {
            let mut status = Requested;
            for step in steps {
                if let Ok(after) = next(status, step) {
                    let again = (status, after) == (PartlyReceived, PartlyReceived);
                    prop_assert!(rank(after) > rank(status) || again, "{status:?} → {after:?}");
                    status = after;
                }
            }
        }
    }
}
