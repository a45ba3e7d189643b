//! A payment attempt's machine. Pure.
//!
//! ```text
//! CREATED ⇄ UNKNOWN → ACTION_REQUIRED ⇄ PENDING → AUTHORIZED → CAPTURED ⇄ REFUNDED
//!                └──────────┬──────────────┴────────────┴→ DECLINED / VOIDED
//!                       reopenable ⇄ ACTION_REQUIRED       (shown and stored as PENDING)
//! ```
//!
//! Back from UNKNOWN goes only what was certainly not done: a refused connection, a wrong key. Back
//! to UNKNOWN goes what the shopper has agreed to, where the provider waits to be asked for the money.
//! Back from REFUNDED goes what the shopper's bank has sent back.
//!
//! What the provider tells may come late, doubled and out of order. It is applied when it leads
//! forward and ignored when it does not. Money that turns up after an attempt was given up is the
//! one way out of an end: it is recorded, so that it can be paid back.
//!
//! `store.rs` makes an [`Attempt`] of a row, and writes where it goes.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use vitrine_entity::payment::PaymentStatus;

use crate::ports::payment::{ChargeState, ProviderCharge};

/// Where an attempt stands, with what only that state has.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It is recorded, and was not sent.
    Created,
    /// It was sent, at first `sent_at`, and nobody knows what became of it; or, without a time, is to be
    /// sent once more, for what the shopper has agreed to.
    Unknown { sent_at: Option<DateTime<Utc>> },
    /// The shopper must act; `client` is what their browser needs for it.
    ActionRequired { client: Json },
    /// The provider is at it.
    Pending,
    /// The bank declined it, and it is not over: the shopper's browser was given what confirms it, and
    /// may do so with another card until it is voided at the provider. Only then is it declined, and
    /// may another attempt open beside it.
    Reopenable { decline_code: String },
    /// The money is held, until `capture_before` where the provider tells.
    Authorized { capture_before: Option<DateTime<Utc>> },
    /// The money, or the part that was asked for, is ours; some of it may have gone back. In minor units.
    Captured { captured_minor: i64, refunded_minor: i64 },
    /// All of it has gone back.
    Refunded { captured_minor: i64 },
    /// The bank or the provider said no.
    Declined { decline_code: String },
    /// It was given up before any money moved.
    Voided,
}

/// An attempt as its machine sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    pub state: State,
    /// Whether the shopper's browser was ever given what confirms it.
    pub confirmable: bool,
}

/// What happens to an attempt.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The request to charge it is about to go out.
    Sent { at: DateTime<Utc> },
    /// That request was certainly not done.
    NotSent,
    /// It is withdrawn before it was sent.
    Withdrawn,
    /// The provider tells where it stands; `after_void` when we have just voided it there, so that no
    /// browser can confirm it any more.
    Told {
        charge: &'a ProviderCharge,
        after_void: bool,
    },
    /// A refund came through.
    Refunded { amount_minor: i64 },
    /// A refund that had come through was sent back by the shopper's bank.
    RefundReturned { amount_minor: i64 },
    /// Staff accept what the provider's books say was captured.
    CaptureCorrected { captured_minor: i64 },
}

/// Why an event leaves an attempt where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmoved {
    /// It is past it, or was told before.
    Past,
    /// More would have gone back than was captured, or less than nothing.
    OutOfBounds,
}

impl State {
    /// As it is stored, and shown.
    pub fn status(&self) -> PaymentStatus {
        match self {
            Self::Created => PaymentStatus::Created,
            Self::Unknown { .. } => PaymentStatus::Unknown,
            Self::ActionRequired { .. } => PaymentStatus::ActionRequired,
            Self::Pending | Self::Reopenable { .. } => PaymentStatus::Pending,
            Self::Authorized { .. } => PaymentStatus::Authorized,
            Self::Captured { .. } => PaymentStatus::Captured,
            Self::Refunded { .. } => PaymentStatus::Refunded,
            Self::Declined { .. } => PaymentStatus::Declined,
            Self::Voided => PaymentStatus::Voided,
        }
    }
}

/// Where the event leads the attempt.
///
/// # Errors
/// When it stays where it is.
pub fn transition(attempt: &Attempt, event: &Event<'_>) -> Result<State, Unmoved> {
    match (&attempt.state, event) {
        (State::Created, Event::Sent { at }) => Ok(State::Unknown { sent_at: Some(*at) }),
        (State::Unknown { sent_at }, Event::Sent { at }) => Ok(State::Unknown {
            sent_at: sent_at.or(Some(*at)),
        }),
        (State::Unknown { .. }, Event::NotSent) => Ok(State::Created),
        (State::Created, Event::Withdrawn) => Ok(State::Voided),
        (state, Event::Told { charge, after_void }) if is_news(state.status(), &charge.state) => {
            told(attempt, charge, *after_void)
        }
        // Another part of what is held was captured.
        (
            &State::Captured {
                captured_minor,
                refunded_minor,
            },
            Event::Told { charge, .. },
        ) if is_more(charge, captured_minor) => taken(charge.captured_minor, refunded_minor),
        (&State::Refunded { captured_minor }, Event::Told { charge, .. }) if is_more(charge, captured_minor) => {
            taken(charge.captured_minor, captured_minor)
        }
        (
            &State::Captured {
                captured_minor,
                refunded_minor,
            },
            Event::Refunded { amount_minor },
        ) => taken(captured_minor, refunded_minor + amount_minor),
        (
            &State::Captured {
                captured_minor,
                refunded_minor,
            },
            Event::RefundReturned { amount_minor },
        ) => taken(captured_minor, refunded_minor - amount_minor),
        (&State::Refunded { captured_minor }, Event::RefundReturned { amount_minor }) => {
            taken(captured_minor, captured_minor - amount_minor)
        }
        (&State::Captured { refunded_minor, .. }, Event::CaptureCorrected { captured_minor }) => {
            taken(*captured_minor, refunded_minor)
        }
        (
            &State::Refunded {
                captured_minor: refunded_minor,
            },
            Event::CaptureCorrected { captured_minor },
        ) => taken(*captured_minor, refunded_minor),
        (State::Refunded { .. }, Event::Refunded { .. }) => Err(Unmoved::OutOfBounds),
        _ => Err(Unmoved::Past),
    }
}

/// Whether a provider's word leads an attempt on; otherwise it tells nothing new. It may still be a
/// decline that is not final.
pub fn is_news(from: PaymentStatus, told: &ChargeState) -> bool {
    use PaymentStatus::{ActionRequired, Authorized, Captured, Created, Pending, Refunded, Unknown};
    match told {
        ChargeState::Captured => !matches!(from, Captured | Refunded),
        ChargeState::Authorized | ChargeState::Declined { .. } => is_undecided(from),
        ChargeState::ActionRequired { .. } => matches!(from, Created | Unknown | Pending),
        ChargeState::Approved => from == ActionRequired,
        ChargeState::Pending => matches!(from, Created | Unknown | ActionRequired),
        ChargeState::Voided => is_undecided(from) || from == Authorized,
    }
}

fn is_more(charge: &ProviderCharge, captured_minor: i64) -> bool {
    charge.state == ChargeState::Captured && charge.captured_minor > captured_minor
}

fn told(attempt: &Attempt, charge: &ProviderCharge, after_void: bool) -> Result<State, Unmoved> {
    Ok(match (&charge.state, &attempt.state) {
        (ChargeState::Captured, _) => State::Captured {
            captured_minor: charge.captured_minor,
            refunded_minor: 0,
        },
        (ChargeState::Authorized, _) => State::Authorized {
            capture_before: charge.capture_before,
        },
        (ChargeState::ActionRequired { client }, _) => State::ActionRequired { client: client.clone() },
        (ChargeState::Approved, _) => State::Unknown { sent_at: None },
        (ChargeState::Pending, _) => State::Pending,
        (ChargeState::Declined { code }, _) if after_void || !attempt.confirmable => State::Declined {
            decline_code: code.clone(),
        },
        // However often it is met: one job is voiding it.
        (ChargeState::Declined { .. }, State::Reopenable { .. }) => return Err(Unmoved::Past),
        (ChargeState::Declined { code }, _) => State::Reopenable {
            decline_code: code.clone(),
        },
        // It was declined, and is voided now so that it stays so.
        (ChargeState::Voided, State::Reopenable { decline_code }) => State::Declined {
            decline_code: decline_code.clone(),
        },
        (ChargeState::Voided, _) => State::Voided,
    })
}

/// Money of ours, of which `refunded_minor` has gone back.
fn taken(captured_minor: i64, refunded_minor: i64) -> Result<State, Unmoved> {
    match captured_minor - refunded_minor {
        left if left < 0 || refunded_minor < 0 => Err(Unmoved::OutOfBounds),
        0 => Ok(State::Refunded { captured_minor }),
        _ => Ok(State::Captured {
            captured_minor,
            refunded_minor,
        }),
    }
}

/// The states of an attempt whose outcome is open. Money that is held is decided: it is there until
/// it is captured, given up, or lapses.
pub const UNDECIDED: [PaymentStatus; 4] = [
    PaymentStatus::Created,
    PaymentStatus::Unknown,
    PaymentStatus::ActionRequired,
    PaymentStatus::Pending,
];

/// Whether the attempt's outcome is still open.
pub fn is_undecided(status: PaymentStatus) -> bool {
    UNDECIDED.contains(&status)
}

/// Whether nothing is expected of the attempt any more, though its money may turn up.
pub fn is_dead(status: PaymentStatus) -> bool {
    matches!(status, PaymentStatus::Declined | PaymentStatus::Voided)
}

#[cfg(test)]
mod tests;
