//! Why a payment was declined, in words for whoever pays.

use crate::language::{Message, messages};

/// What happened and what to do, by our code of the decline. An adapter translates its provider's codes
/// into these. What a bank says of stolen cards and fraud is not for the one who holds the card.
pub fn decline_message(code: &str) -> Message {
    match code {
        "insufficient_funds" => messages::declined_funds(),
        "expired_card" => messages::declined_expired(),
        "saved_card_gone" => messages::declined_saved_gone(),
        "incorrect_cvc"
        | "invalid_cvc"
        | "incorrect_number"
        | "invalid_number"
        | "invalid_expiry_month"
        | "invalid_expiry_year" => messages::declined_details(),
        "authentication_failed" | "authentication_required" => messages::declined_unconfirmed(),
        "card_not_supported" | "currency_not_supported" => messages::declined_unsupported(),
        "card_velocity_exceeded" | "withdrawal_count_limit_exceeded" => messages::declined_limit(),
        "voided" => messages::declined_voided(),
        "processing_error" | "issuer_not_available" | "try_again_later" => messages::declined_processing(),
        _ => messages::declined(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thief_learns_nothing() {
        for code in ["stolen_card", "lost_card", "fraudulent", "pickup_card"] {
            assert_eq!(decline_message(code), decline_message(""));
        }
        assert_ne!(decline_message("expired_card"), decline_message(""));
    }
}
