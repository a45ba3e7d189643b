//! Being paid, exactly once.
//!
//! An order has at most one attempt that is live or has succeeded (the table holds it). Before the
//! provider is called, the attempt is marked *unknown*, and an unknown attempt is looked up before
//! it is ever sent again, under the key that is its own id. Whatever the provider tells (an answer,
//! a look-up, a webhook) goes through `attempts/apply.rs`, which moves the attempt and its order.
//!
//! | room | what happens there |
//! | --- | --- |
//! | [`attempts`] | an attempt's machine, and the jobs that move it: charge, look up, void |
//! | [`transfers`] | captures and refunds: rows of their own, whose ids are the provider's keys |
//! | [`providers`](mod@providers) | how a provider is called, and what is known of its health; webhooks |
//! | [`ledger`] | every request, answer, webhook and decision, append-only |
//! | [`saved`] | cards that shoppers have saved with a provider |
//! | [`reconciliation`] | our ledger compared with a provider's books |

pub mod attempts;
mod expected_jobs;
pub mod ledger;
mod owed;
pub mod providers;
pub mod reconciliation;
pub mod saved;
mod steps;
#[cfg(test)]
mod testing;
pub mod transfers;

pub(crate) use attempts::{BESIDE_JOB, hold, is_captured, is_in_flight, on_its_way, untried};
pub use attempts::{
    ChosenMethod, Outcome, PaymentFilter, PaymentMethod, PaymentProblemCode, Problem, Retry, begin, by_id,
    choose_for_order, decline_message, first_step, give_up, is_retryable, list, outcome, outcome_of_new, problem,
    refuse_card_number, retry, retry_once,
};
pub(crate) use expected_jobs::EXPECTED_JOBS;
pub(crate) use owed::{Paid, is_promised, promised_as};
pub(crate) use providers::statuses;
pub use providers::{CircuitState, ProviderStatus, WebhookRefused, providers, webhook};
pub use steps::Steps;
pub use transfers::{
    CapturePayment, OrderRefund, RefundLine, RefundLines, RefundOrder, RefundPayment, RefundReason, RefundShipping,
    Withheld, capture, confirm_refund, lines_of_refunds, refund, refund_amount, refund_lines, refund_order,
};
pub(crate) use transfers::{
    capture_on_close, capture_on_dispatch, left_after, paid_for_units, pass_on, refund_difference, refund_excess,
};
