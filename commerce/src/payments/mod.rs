//! Being paid, exactly once.
//!
//! An order has at most one attempt that is live or has succeeded (the table holds it). Before the
//! provider is called, the attempt is marked *unknown*, and an unknown attempt is looked up before
//! it is ever sent again, under the key that is its own id. Whatever the provider tells (an answer,
//! a look-up, a webhook) goes through `apply.rs`, the one place that moves an attempt and its order.
//! Captures and refunds are rows of their own, whose ids are their keys.
//!
//! Every call goes through `call.rs`, with a time-out and the circuit that all processes share; what
//! gets nowhere is told to staff by `errand.rs`.
//! [`reconcile`] compares the books.

mod apply;
mod begin;
mod call;
pub mod capture;
mod card_number;
pub mod check;
pub mod circuit;
mod errand;
mod expected_jobs;
mod give_up;
pub mod lapse;
pub mod ledger;
mod list;
mod load;
mod look_up;
mod method;
mod outcome;
mod problem;
pub mod process;
mod providers;
pub mod reconcile;
pub mod refund;
mod retry_once;
mod revivable;
pub mod settle;
pub mod state;
#[cfg(test)]
mod testing;
pub mod transfer;
pub mod void;
mod webhook;

pub use begin::{Retry, begin, first_step, is_retryable, retry};
pub use capture::{CapturePayment, capture};
pub(crate) use expected_jobs::EXPECTED_JOBS;
pub use give_up::give_up;
pub use list::{PaymentFilter, by_id, list};
pub use method::{ChosenMethod, PaymentMethod, choose};
pub use outcome::{Outcome, WAIT_MAX, outcome};
pub use problem::{PaymentProblemCode, Problem, decline_message, problem};
pub(crate) use providers::statuses;
pub use providers::{ProviderStatus, providers};
pub use refund::{RefundPayment, confirm as confirm_refund, refund};
pub use retry_once::retry_once;
pub use webhook::{WebhookRefused, webhook};

pub(crate) use load::{is_captured, is_in_flight, untried};
use look_up::look_up;
use vitrine_entity::order;

use crate::{ErrorCode, Refusal, Result, money::Money};

/// Reads an amount that somebody typed, in the order's currency. In minor units.
fn amount(text: Option<&str>, order: &order::Model) -> Result<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    let money = Money::parse(text, order.currency).map_err(|error| Refusal::from(error).at(&["amount"]))?;
    if money.minor <= 0 {
        let message = "`amount` must be more than nothing.";
        return Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&["amount"]).into());
    }
    Ok(Some(money.minor))
}
