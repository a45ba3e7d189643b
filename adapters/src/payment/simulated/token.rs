//! What each token does. Anything else than these is declined as `invalid_token`.
//!
//! | token | the charge |
//! | --- | --- |
//! | `tok_approve` | is approved |
//! | `tok_decline`, `tok_decline_insufficient_funds`, `…_expired_card`, `…_lost_card` | is declined, with that code |
//! | `tok_second_factor` | waits for the shopper |
//! | `tok_pending` | stays undecided for a while, and is then approved |
//! | `tok_slow` | is approved after a long time |
//! | `tok_unavailable` | fails twice with "unavailable", and is then approved |
//! | `tok_rate_limited` | is told twice to slow down, and is then approved |
//! | `tok_timeout_before` | is not answered the first time, nothing having been done; then approved |
//! | `tok_timeout_after`, `tok_error_after` | is approved, and the answer is lost |
//! | `tok_webhook_twice` | is approved; its webhooks come twice |
//! | `tok_webhook_thrice_at_once` | is approved; its webhooks come three times at once |
//! | `tok_webhook_out_of_order` | is approved; an older webhook comes after the newer |
//! | `tok_webhook_early` | is approved; the webhook comes before the answer |
//! | `tok_webhook_never` | is approved; no webhook ever comes |
//!
//! These are approved, and what follows goes wrong:
//!
//! | token | what follows |
//! | --- | --- |
//! | `tok_capture_timeout_before`, `tok_void_…`, `tok_refund_…` | is not answered the first time, nothing having been done; then it works |
//! | `tok_capture_timeout_after`, `tok_void_…`, `tok_refund_…` | works, and the answer is lost |
//! | `tok_refund_pending` | a refund is on its way for a while, and then arrives |
//! | `tok_refund_fails` | a refund fails |

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    charges::{ChargeRow, ChargeStatus},
    refunds::RefundStatus,
};

/// When an authorization lapses.
pub(super) const AUTHORIZED_FOR: TimeDelta = TimeDelta::days(7);

/// What a token makes the provider do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Behaviour {
    outcome: Outcome,
    pub(super) charge: Mishap,
    pub(super) capture: Mishap,
    pub(super) void: Mishap,
    pub(super) refund: Mishap,
    pub(super) refund_outcome: RefundStatus,
    pub(super) webhooks: Webhooks,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Approved,
    Declined(&'static str),
    ActionRequired,
    Pending,
}

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    None,
    /// It takes long to begin.
    BeginsLate,
    /// It is done at once, and takes long to answer.
    AnswersLate,
    /// It fails so often first, nothing having been done.
    Stumbles(i64, Stumble),
    /// It is done, and nobody hears of it.
    LosesAnswer,
}

impl Mishap {
    /// Whether it goes wrong before anything is done.
    pub(super) fn is_before(self) -> bool {
        matches!(self, Self::BeginsLate | Self::Stumbles(..))
    }
}

/// A failure before anything was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stumble {
    /// Says so.
    Unavailable,
    /// Says nothing.
    Silent,
    /// Asks to be left alone for a moment.
    RateLimited,
}

/// How a charge's webhooks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Webhooks {
    Times(u8),
    OutOfOrder,
}

const LOST_REQUEST: Mishap = Mishap::Stumbles(1, Stumble::Silent);

const APPROVED: Behaviour = Behaviour {
    outcome: Outcome::Approved,
    charge: Mishap::None,
    capture: Mishap::None,
    void: Mishap::None,
    refund: Mishap::None,
    refund_outcome: RefundStatus::Succeeded,
    webhooks: Webhooks::Times(1),
};

impl Behaviour {
    #[rustfmt::skip]
    pub(super) fn of(token: &str) -> Self {
        match token {
            "tok_approve" => APPROVED,
            "tok_decline" => Self::declined("card_declined"),
            "tok_decline_insufficient_funds" => Self::declined("insufficient_funds"),
            "tok_decline_expired_card" => Self::declined("expired_card"),
            "tok_decline_lost_card" => Self::declined("lost_card"),
            "tok_second_factor" => Self { outcome: Outcome::ActionRequired, ..APPROVED },
            "tok_pending" => Self { outcome: Outcome::Pending, ..APPROVED },
            "tok_slow" => Self { charge: Mishap::BeginsLate, ..APPROVED },
            "tok_unavailable" => Self { charge: Mishap::Stumbles(2, Stumble::Unavailable), ..APPROVED },
            "tok_rate_limited" => Self { charge: Mishap::Stumbles(2, Stumble::RateLimited), ..APPROVED },
            "tok_timeout_before" => Self { charge: LOST_REQUEST, ..APPROVED },
            "tok_timeout_after" | "tok_error_after" => Self { charge: Mishap::LosesAnswer, ..APPROVED },
            "tok_capture_timeout_before" => Self { capture: LOST_REQUEST, ..APPROVED },
            "tok_capture_timeout_after" => Self { capture: Mishap::LosesAnswer, ..APPROVED },
            "tok_void_timeout_before" => Self { void: LOST_REQUEST, ..APPROVED },
            "tok_void_timeout_after" => Self { void: Mishap::LosesAnswer, ..APPROVED },
            "tok_refund_timeout_before" => Self { refund: LOST_REQUEST, ..APPROVED },
            "tok_refund_timeout_after" => Self { refund: Mishap::LosesAnswer, ..APPROVED },
            "tok_refund_pending" => Self { refund_outcome: RefundStatus::Pending, ..APPROVED },
            "tok_refund_fails" => Self { refund_outcome: RefundStatus::Failed, ..APPROVED },
            "tok_webhook_early" => Self { charge: Mishap::AnswersLate, ..APPROVED },
            "tok_webhook_never" => Self { webhooks: Webhooks::Times(0), ..APPROVED },
            "tok_webhook_twice" => Self { webhooks: Webhooks::Times(2), ..APPROVED },
            "tok_webhook_thrice_at_once" => Self { webhooks: Webhooks::Times(3), ..APPROVED },
            "tok_webhook_out_of_order" => Self { webhooks: Webhooks::OutOfOrder, ..APPROVED },
            _ => Self::declined("invalid_token"),
        }
    }

    fn declined(code: &'static str) -> Self {
        Self {
            outcome: Outcome::Declined(code),
            ..APPROVED
        }
    }

    /// Puts a charge into the state that it begins in. What is pending stays so for `pending`.
    pub(super) fn open(&self, row: &mut ChargeRow, now: DateTime<Utc>, pending: TimeDelta) {
        let (status, due_at) = match self.outcome {
            Outcome::Approved if row.capture_at_once => (ChargeStatus::Captured, None),
            Outcome::Approved => (ChargeStatus::Authorized, Some(now + AUTHORIZED_FOR)),
            Outcome::Declined(_) => (ChargeStatus::Declined, None),
            Outcome::ActionRequired => (ChargeStatus::ActionRequired, None),
            Outcome::Pending => (ChargeStatus::Pending, Some(now + pending)),
        };
        row.status = status.text().to_owned();
        row.due_at = due_at;
        if status == ChargeStatus::Captured {
            row.captured_minor = row.amount_minor;
        }
        if let Outcome::Declined(code) = self.outcome {
            row.decline_code = Some(code.to_owned());
        }
    }
}
