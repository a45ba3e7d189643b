//! How the shopper pays.

use chrono::TimeDelta;
use std::sync::Arc;

use vitrine_entity::{
    ids::{ProviderCustomerId, SavedPaymentMethodId},
    payment::CaptureMode,
};

use super::card_number::is_card_number;
use crate::{
    ErrorCode, Refusal, Shop,
    companies::account,
    language::messages,
    money::Money,
    payments::steps,
    ports::{PaymentProvider, payment::Settlement},
    text,
};

const TOKEN: [&str; 2] = ["paymentMethod", "token"];

/// What the shopper chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentMethod {
    /// A provider's name; the shop's own where it is not given.
    pub provider: Option<String>,
    /// The provider's token of the shopper's means of payment. Never a card number.
    pub token: Option<String>,
    /// A card that the customer has saved, in the place of a provider and a token.
    pub saved: Option<SavedPaymentMethodId>,
    /// Whether the card is to be saved for whoever is signed in, once it has paid.
    pub save: bool,
}

impl PaymentMethod {
    /// What it says of saved cards, for whoever tells requests apart: nothing, where it says nothing of them.
    pub(crate) fn saved_parts(&self) -> Vec<String> {
        let saved = self.saved.map(|id| id.to_string());
        saved.into_iter().chain(self.save.then(|| "save".to_owned())).collect()
    }
}

/// A method that this shop has.
pub struct ChosenMethod {
    pub(crate) provider: Arc<dyn PaymentProvider>,
    pub(crate) token: String,
    pub(in crate::payments) capture_mode: CaptureMode,
    /// How long goods are held for an order that is to be paid so.
    pub(crate) hold: TimeDelta,
    /// Whose saved card it is, or for whom it is to be saved.
    pub(in crate::payments) customer: Option<ProviderCustomerId>,
    pub(in crate::payments) saves: bool,
}

/// Refuses a card's number in the place of a token: before anything else looks at it, for it goes into no row, no log
/// and no answer.
pub fn refuse_card_number(method: &PaymentMethod) -> Result<(), Refusal> {
    match method.token.as_deref().is_some_and(is_card_number) {
        true => Err(Refusal::new(ErrorCode::Invalid, messages::token_is_card_number()).at(&TOKEN)),
        false => Ok(()),
    }
}

impl ChosenMethod {
    /// Whether a company owes it.
    pub(crate) fn is_on_account(&self) -> bool {
        self.provider.name() == account::METHOD
    }
}

/// Refuses what only companies have, and only when they place an order.
pub(super) fn refuse_on_account(chosen: &ChosenMethod) -> Result<(), Refusal> {
    match chosen.is_on_account() {
        true => {
            let message = messages::on_account_not_offered();
            Err(Refusal::new(ErrorCode::PaymentMethodUnknown, message).at(&["paymentMethod", "method"]))
        }
        false => Ok(()),
    }
}

/// Finds what the shopper chose to pay `amount` by when they place an order, saved cards aside. Whether they may owe it is
/// asked when it is written.
///
/// # Errors
/// Refuses what the shop does not have or is not configured for, a missing token, a card's number in the place of one, and
/// an amount that the method cannot take.
pub fn choose_for_order(shop: &Shop, method: &PaymentMethod, amount: Money) -> Result<ChosenMethod, Refusal> {
    let settings = &shop.settings;
    let name = method.provider.as_deref().unwrap_or(&settings.payment_provider);
    let Some(provider) = shop.payment_providers.get(name) else {
        return Err(match name == settings.payment_provider {
            true => {
                let message = messages::payment_not_configured();
                Refusal::new(ErrorCode::PaymentConfigMissing, message)
            }
            false => Refusal::new(ErrorCode::PaymentMethodUnknown, messages::no_payment_method())
                .at(&["paymentMethod", "method"]),
        });
    };
    refuse_card_number(method)?;
    let token = text::optional_line(&TOKEN, method.token.as_deref(), 255)?.unwrap_or_default();
    if token.is_empty() && provider.offer().needs_token {
        let message = messages::token_needed();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&TOKEN));
    }
    steps::check(provider.step_minor(amount.currency), amount)
        .map_err(|refusal| refusal.at(&["paymentMethod", "method"]))?;
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
        customer: None,
        saves: false,
    })
}
