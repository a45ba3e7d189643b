//! Stripe's test payment methods, `pm_card_…`, and the older tokens `tok_…` of the same cards.

use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Card {
    Approved,
    /// With Stripe's `code`, and the bank's `decline_code` where it gives one.
    Declined(&'static str, Option<&'static str>),
    /// Asks for a second factor.
    SecondFactor,
    /// A debit that stays undecided until a test decides it.
    Processing,
    /// Its refunds succeed, and fail a while later.
    RefundFails,
    /// Its refunds are pending, and succeed a while later.
    RefundPends,
}

impl Card {
    /// By the payment method's or token's name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let card = name.strip_prefix("pm_card_").or_else(|| name.strip_prefix("tok_"));
        let Some(card) = card else {
            return match name {
                "pm_usBankAccount_processing" => Some(Self::Processing),
                _ => name.strip_prefix("ctoken_").map(|_| Self::Approved),
            };
        };
        // Both spellings are in use: `visa_chargeDeclined` and `chargeDeclined`.
        let card = card.strip_prefix("visa_").unwrap_or(card);
        Some(match card {
            "visa" | "mastercard" | "amex" | "de" => Self::Approved,
            "chargeDeclined" => Self::Declined("card_declined", Some("generic_decline")),
            "chargeDeclinedInsufficientFunds" => Self::Declined("card_declined", Some("insufficient_funds")),
            "chargeDeclinedLostCard" => Self::Declined("card_declined", Some("lost_card")),
            "chargeDeclinedStolenCard" => Self::Declined("card_declined", Some("stolen_card")),
            "chargeDeclinedExpiredCard" => Self::Declined("expired_card", None),
            "chargeDeclinedIncorrectCvc" => Self::Declined("incorrect_cvc", None),
            "chargeDeclinedProcessingError" => Self::Declined("processing_error", None),
            "authenticationRequired" | "threeDSecure2Required" | "threeDSecureRequired" => Self::SecondFactor,
            "refundFail" => Self::RefundFails,
            "pendingRefund" => Self::RefundPends,
            _ => return None,
        })
    }
}

/// The last error of an intent whose card was declined.
pub(super) fn declined(code: &str, decline_code: Option<&str>) -> Value {
    let mut error = json!({
        "code": code,
        "doc_url": format!("https://docs.stripe.com/error-codes/{}", code.replace('_', "-")),
        "message": "Your card was declined.",
        "type": "card_error",
    });
    if let Some(decline_code) = decline_code {
        error["decline_code"] = Value::from(decline_code);
    }
    error
}

/// That of an intent whose second factor was not passed.
pub(super) fn not_authenticated() -> Value {
    json!({
        "code": "payment_intent_authentication_failure",
        "doc_url": "https://docs.stripe.com/error-codes/payment-intent-authentication-failure",
        "message": "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
        "type": "invalid_request_error",
    })
}
