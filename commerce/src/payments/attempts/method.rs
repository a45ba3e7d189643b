//! How the shopper pays.

use chrono::TimeDelta;
use std::sync::Arc;

use vitrine_entity::payment::CaptureMode;

use super::card_number::is_card_number;
use crate::{
    ErrorCode, Refusal, Shop,
    ports::{PaymentProvider, payment::Settlement},
    text,
};

const CARD_NUMBER: &str = "`token` is a card number. Never send card numbers here: the payment provider's library \
                           takes them in the shopper's browser, and gives a token.";

/// What the shopper chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentMethod {
    /// A provider's name; the shop's own where it is not given.
    pub provider: Option<String>,
    /// The provider's token of the shopper's means of payment. Never a card number.
    pub token: Option<String>,
}

/// A method that this shop has.
pub struct ChosenMethod {
    pub(crate) provider: Arc<dyn PaymentProvider>,
    pub(crate) token: String,
    pub(in crate::payments) capture_mode: CaptureMode,
    /// How long goods are held for an order that is to be paid so.
    pub(crate) hold: TimeDelta,
}

/// Finds what the shopper chose.
///
/// # Errors
/// Refuses what the shop does not have or is not configured for, a missing token, and a card's number
/// in the place of one.
pub fn choose(shop: &Shop, method: &PaymentMethod) -> Result<ChosenMethod, Refusal> {
    let settings = &shop.settings;
    let name = method.provider.as_deref().unwrap_or(&settings.payment_provider);
    let Some(provider) = shop.payment_providers.get(name) else {
        return Err(match name == settings.payment_provider {
            true => {
                let message = "This shop cannot take payments at the moment: its payment provider is not configured.";
                Refusal::new(ErrorCode::PaymentConfigMissing, message)
            }
            false => Refusal::new(ErrorCode::PaymentMethodUnknown, "This shop has no such payment method.")
                .at(&["paymentMethod", "method"]),
        });
    };
    let field = ["paymentMethod", "token"];
    // Before anything else looks at it: it goes into no row, no log and no answer.
    if method.token.as_deref().is_some_and(is_card_number) {
        return Err(Refusal::new(ErrorCode::Invalid, CARD_NUMBER).at(&field));
    }
    let token = text::optional_line(&field, method.token.as_deref(), 255)?.unwrap_or_default();
    if token.is_empty() && provider.offer().needs_token {
        let message = "`token` is needed: the payment provider gives it to the shopper's browser.";
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&field));
    }
    let capture_mode = match (provider.settlement(), settings.capture_on_dispatch) {
        (Settlement::ByStaff, _) => CaptureMode::ByStaff,
        (Settlement::ByProvider, true) => CaptureMode::OnDispatch,
        (Settlement::ByProvider, false) => CaptureMode::AtOnce,
    };
    Ok(ChosenMethod {
        provider: provider.clone(),
        token,
        capture_mode,
        hold: settings.hold(name),
    })
}
