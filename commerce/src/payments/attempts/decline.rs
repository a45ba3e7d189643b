//! Why a payment was declined, in words for whoever pays.

/// What happened and what to do, by our code of the decline. An adapter translates its provider's codes
/// into these. What a bank says of stolen cards and fraud is not for the one who holds the card.
pub fn decline_message(code: &str) -> &'static str {
    match code {
        "insufficient_funds" => "There is not enough money on this account. Please use another means of payment.",
        "expired_card" => "This card has expired. Please use another one.",
        "incorrect_cvc"
        | "invalid_cvc"
        | "incorrect_number"
        | "invalid_number"
        | "invalid_expiry_month"
        | "invalid_expiry_year" => "The card's details are not right. Please check them and try again.",
        "authentication_failed" | "authentication_required" => {
            "The payment was not confirmed. Please try again and confirm it with your bank."
        }
        "card_not_supported" | "currency_not_supported" => {
            "The card cannot be used for this purchase. Please use another means of payment."
        }
        "card_velocity_exceeded" | "withdrawal_count_limit_exceeded" => {
            "The card's limit is reached. Please use another card, or ask your bank."
        }
        "voided" => "The payment was given up before it was completed. Please try again.",
        "processing_error" | "issuer_not_available" | "try_again_later" => {
            "The payment could not be processed. Please try again."
        }
        _ => "The payment was declined. Please use another means of payment, or ask your bank.",
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
