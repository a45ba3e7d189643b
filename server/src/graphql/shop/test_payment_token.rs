//! What the simulated payment provider takes for cards; its adapter knows what each does.

use async_graphql::SimpleObject;

/// A token that the simulated payment provider takes for a card.
#[derive(Debug, SimpleObject)]
pub struct TestPaymentToken {
    /// Send it as `paymentMethod.token`.
    pub token: String,
    /// What the provider does with it.
    pub effect: String,
}

/// Each token, and what it does.
pub const ALL: [(&str, &str); 26] = [
    ("tok_approve", "The payment is approved."),
    ("tok_decline", "The payment is declined."),
    (
        "tok_decline_insufficient_funds",
        "The payment is declined: there is not enough money.",
    ),
    (
        "tok_decline_expired_card",
        "The payment is declined: the card has expired.",
    ),
    (
        "tok_decline_lost_card",
        "The payment is declined: the card was reported lost.",
    ),
    (
        "tok_second_factor",
        "The shopper must confirm the payment: see `payment.action`.",
    ),
    (
        "tok_pending",
        "The payment stays undecided for a while, and is then approved.",
    ),
    ("tok_slow", "The payment is approved after a long time."),
    ("tok_unavailable", "The provider is down twice, and then approves."),
    (
        "tok_rate_limited",
        "The provider asks twice to slow down, and then approves.",
    ),
    (
        "tok_timeout_before",
        "The first request is lost on its way; the payment is approved after it was looked up.",
    ),
    (
        "tok_timeout_after",
        "The payment is approved, but the answer is lost on its way.",
    ),
    (
        "tok_error_after",
        "The payment is approved, but the answer is an error.",
    ),
    (
        "tok_capture_timeout_before",
        "The payment is approved; the first request to capture it is lost on its way.",
    ),
    (
        "tok_capture_timeout_after",
        "The payment is approved; the answer to its capture is lost on its way.",
    ),
    (
        "tok_void_timeout_before",
        "The payment is approved; the first request to give it up is lost on its way.",
    ),
    (
        "tok_void_timeout_after",
        "The payment is approved; the answer to giving it up is lost on its way.",
    ),
    (
        "tok_refund_timeout_before",
        "The payment is approved; the first request for a refund is lost on its way.",
    ),
    (
        "tok_refund_timeout_after",
        "The payment is approved; the answer to a refund is lost on its way.",
    ),
    (
        "tok_refund_pending",
        "The payment is approved; a refund is on its way for a while, and then arrives.",
    ),
    ("tok_refund_fails", "The payment is approved; a refund fails."),
    ("tok_webhook_twice", "The payment is approved; its webhook comes twice."),
    (
        "tok_webhook_out_of_order",
        "The payment is approved; an older webhook comes after the newer.",
    ),
    (
        "tok_webhook_thrice_at_once",
        "The payment is approved; its webhook comes three times at once.",
    ),
    (
        "tok_webhook_early",
        "The payment is approved; its webhook comes before the answer.",
    ),
    ("tok_webhook_never", "The payment is approved; no webhook ever comes."),
];
