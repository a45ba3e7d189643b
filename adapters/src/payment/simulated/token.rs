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
//! | `tok_timeout_before` | is not answered the first time, nothing having been done; then approved |
//! | `tok_timeout_after`, `tok_error_after` | is approved, and the answer is lost |
//! | `tok_webhook_twice` | is approved; its webhook comes twice |
//! | `tok_webhook_out_of_order` | is approved; an older webhook comes after the newer |

use super::ledger::{Row, Status};

/// What a token makes the provider do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Behaviour {
    outcome: Outcome,
    pub(super) is_slow: bool,
    /// How often it fails first, and how.
    pub(super) stumbles: Option<(u64, Stumble)>,
    /// Whether the answer is lost after the charge was made.
    pub(super) loses_answer: bool,
    pub(super) webhooks: Webhooks,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Approved,
    Declined(&'static str),
    ActionRequired,
    Pending,
}

/// A failure before anything was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stumble {
    /// Says so.
    Unavailable,
    /// Says nothing.
    Silent,
}

/// How a charge's webhooks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Webhooks {
    Once,
    Twice,
    OutOfOrder,
}

impl Behaviour {
    pub(super) fn of(token: &str) -> Self {
        let approved = Self {
            outcome: Outcome::Approved,
            is_slow: false,
            stumbles: None,
            loses_answer: false,
            webhooks: Webhooks::Once,
        };
        let declined = |code| Self {
            outcome: Outcome::Declined(code),
            ..approved.clone()
        };
        match token {
            "tok_approve" => approved,
            "tok_decline" => declined("card_declined"),
            "tok_decline_insufficient_funds" => declined("insufficient_funds"),
            "tok_decline_expired_card" => declined("expired_card"),
            "tok_decline_lost_card" => declined("lost_card"),
            "tok_second_factor" => Self {
                outcome: Outcome::ActionRequired,
                ..approved
            },
            "tok_pending" => Self {
                outcome: Outcome::Pending,
                ..approved
            },
            "tok_slow" => Self {
                is_slow: true,
                ..approved
            },
            "tok_unavailable" => Self {
                stumbles: Some((2, Stumble::Unavailable)),
                ..approved
            },
            "tok_timeout_before" => Self {
                stumbles: Some((1, Stumble::Silent)),
                ..approved
            },
            "tok_timeout_after" | "tok_error_after" => Self {
                loses_answer: true,
                ..approved
            },
            "tok_webhook_twice" => Self {
                webhooks: Webhooks::Twice,
                ..approved
            },
            "tok_webhook_out_of_order" => Self {
                webhooks: Webhooks::OutOfOrder,
                ..approved
            },
            _ => declined("invalid_token"),
        }
    }

    /// Puts a charge into the state that it begins in.
    pub(super) fn open(&self, row: &mut Row, capture: bool) {
        let status = match self.outcome {
            Outcome::Approved if capture => Status::Captured,
            Outcome::Approved => Status::Authorized,
            Outcome::Declined(_) => Status::Declined,
            Outcome::ActionRequired => Status::ActionRequired,
            Outcome::Pending => Status::Pending,
        };
        row.status = status.text().to_owned();
        row.captured_minor = if status == Status::Captured {
            row.amount_minor
        } else {
            0
        };
        row.refunded_minor = 0;
        row.decline_code = match self.outcome {
            Outcome::Declined(code) => Some(code.to_owned()),
            _ => None,
        };
    }
}
