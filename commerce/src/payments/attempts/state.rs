//! A payment attempt's machine. Pure.
//!
//! ```text
//! CREATED ⇄ UNKNOWN → ACTION_REQUIRED / PENDING → AUTHORIZED → CAPTURED → REFUNDED
//!                        └──────────────┴────────────┴→ DECLINED / VOIDED
//! ```
//!
//! Back from UNKNOWN goes only what was certainly not done: a refused connection, a wrong key.
//! [`crate::payments::transfer`] is the machine of what moves afterwards: captures and refunds.
//!
//! What the provider tells may come late, doubled and out of order. It is applied when it leads
//! forward and ignored when it does not. Money that turns up after an attempt was given up is the
//! one way out of an end: it is recorded, so that it can be paid back.

use vitrine_entity::payment::PaymentStatus::{self, *};

use crate::ports::payment::ChargeState;

/// Whether nothing is expected of the attempt any more, though its money may turn up.
pub fn is_dead(status: PaymentStatus) -> bool {
    matches!(status, Declined | Voided)
}

/// Where a provider's word leads an attempt; `None` when it tells nothing new.
pub fn next(from: PaymentStatus, told: &ChargeState) -> Option<PaymentStatus> {
    let to = match told {
        ChargeState::Captured => Captured,
        ChargeState::Authorized => Authorized,
        ChargeState::ActionRequired { .. } => ActionRequired,
        ChargeState::Declined { .. } => Declined,
        ChargeState::Pending => Pending,
        ChargeState::Voided => Voided,
    };
    let allowed = match to {
        Captured => !matches!(from, Captured | Refunded),
        Authorized => matches!(from, Created | Unknown | ActionRequired | Pending),
        ActionRequired => matches!(from, Created | Unknown | Pending),
        Pending => matches!(from, Created | Unknown | ActionRequired),
        Declined => matches!(from, Created | Unknown | ActionRequired | Pending),
        Voided => matches!(from, Created | Unknown | ActionRequired | Pending | Authorized),
        Created | Unknown | Refunded => false,
    };
    allowed.then_some(to)
}

/// Whether the attempt's outcome is still open. Money that is held is decided: it is there until
/// it is captured, given up, or lapses.
pub fn is_undecided(status: PaymentStatus) -> bool {
    matches!(status, Created | Unknown | ActionRequired | Pending)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told() -> impl Strategy<Value = ChargeState> {
        prop::sample::select(vec![
            ChargeState::Captured,
            ChargeState::Authorized,
            ChargeState::ActionRequired {
                client: serde_json::Value::Null,
            },
            ChargeState::Declined {
                code: "card_declined".to_owned(),
            },
            ChargeState::Pending,
            ChargeState::Voided,
        ])
    }

    fn walk(story: &[ChargeState]) -> PaymentStatus {
        story
            .iter()
            .fold(Created, |status, told| next(status, told).unwrap_or(status))
    }

    proptest! {
        #[test]
        fn what_is_told_twice_changes_nothing(story in prop::collection::vec(told(), 0..12), again in told()) {
            let once = story.iter().cloned().chain([again.clone()]).collect::<Vec<_>>();
            let twice = once.iter().cloned().chain([again]).collect::<Vec<_>>();
            prop_assert_eq!(walk(&once), walk(&twice));
        }

        #[test]
        fn captured_money_is_never_forgotten(before in prop::collection::vec(told(), 0..8), after in prop::collection::vec(told(), 0..8)) {
            let story: Vec<_> = before.into_iter().chain([ChargeState::Captured]).chain(after).collect();
            prop_assert_eq!(walk(&story), Captured);
        }

        #[test]
        fn a_true_story_ends_alike_in_any_order(mut story in Just(vec![ChargeState::Pending, ChargeState::Authorized, ChargeState::Captured]).prop_shuffle()) {
            story.push(ChargeState::Captured);
            prop_assert_eq!(walk(&story), Captured);
        }
    }
}
