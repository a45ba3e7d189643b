use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::payment;

use super::Money;
use crate::graphql::{failure::Result, ids, rows, scalars::Url};

/// Where an attempt to be paid stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::payment::PaymentStatus")]
pub enum PaymentStatus {
    /// It was recorded and will be sent to the provider.
    Created,
    /// It was sent and its outcome is not known yet: it is being looked up.
    Unknown,
    /// The shopper must confirm it: see `action`.
    ActionRequired,
    /// The provider is still at it.
    Pending,
    /// The money is held for the shop.
    Authorized,
    /// The money is the shop's.
    Captured,
    /// The provider or the shopper's bank said no: see `declineMessage`.
    Declined,
    /// It was given up before any money moved.
    Voided,
    /// All of the money was paid back.
    Refunded,
}

/// An attempt to be paid for an order.
#[derive(Debug, Clone)]
pub struct Payment(pub payment::Model);

/// An attempt to be paid for an order. An order has at most one that is live or has succeeded.
#[Object]
impl Payment {
    /// Names the attempt.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it stands.
    async fn status(&self) -> PaymentStatus {
        self.0.status.into()
    }

    /// Who takes the payment, as in `stripe`.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// How much is to be paid.
    async fn amount(&self) -> Result<Money> {
        self.money(self.0.amount_minor)
    }

    /// How much of it the shop has.
    async fn captured_amount(&self) -> Result<Money> {
        self.money(self.0.captured_minor)
    }

    /// How much of that was paid back.
    async fn refunded_amount(&self) -> Result<Money> {
        self.money(self.0.refunded_minor)
    }

    /// Why it was declined, in the provider's code, as in `insufficient_funds`.
    async fn decline_code(&self) -> Option<&str> {
        self.0.decline_code.as_deref()
    }

    /// Why it was declined, in a sentence for the shopper.
    async fn decline_message(&self) -> Option<&'static str> {
        self.0.decline_code.as_deref().map(decline_message)
    }

    /// What the shopper must do now, such as confirming the payment at their bank. Null unless
    /// the status is `ACTION_REQUIRED`.
    async fn action(&self) -> Option<PaymentAction> {
        let waits = self.0.status == payment::PaymentStatus::ActionRequired;
        self.0.client_action.as_ref().filter(|_| waits).map(PaymentAction::read)
    }

    /// When it began.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

impl Payment {
    fn money(&self, minor: i64) -> Result<Money> {
        Ok(rows::money(minor, &self.0.currency, "payment", self.0.id)?.into())
    }
}

/// What the shopper must do for a payment to go on.
#[derive(Debug, PartialEq, Eq, SimpleObject)]
pub struct PaymentAction {
    /// What it is. `redirect`: send the shopper to `url`, and follow the order with
    /// `orderUpdates` meanwhile. Any other is the provider's own: give `clientSecret` to its
    /// library.
    pub kind: String,
    /// Where to send the shopper.
    pub url: Option<Url>,
    /// What the provider's own library in the browser needs.
    pub client_secret: Option<String>,
}

impl PaymentAction {
    fn read(client: &sea_orm::JsonValue) -> Self {
        let text = |name: &str| client.get(name).and_then(|value| value.as_str()).map(str::to_owned);
        Self {
            kind: text("type").unwrap_or_else(|| "provider".to_owned()),
            url: text("url").map(Url),
            client_secret: text("client_secret"),
        }
    }
}

/// The common codes of providers, in words that help and blame nobody.
fn decline_message(code: &str) -> &'static str {
    match code {
        "insufficient_funds" => "There is not enough money on this account. Please use another means of payment.",
        "expired_card" => "This card has expired. Please use another one.",
        "authentication_failed" | "authentication_required" => {
            "The payment was not confirmed. Please try again and confirm it with your bank."
        }
        "incorrect_cvc" | "incorrect_number" | "invalid_expiry_month" | "invalid_expiry_year" => {
            "The card's details are not right. Please check them and try again."
        }
        "processing_error" => "The payment could not be processed. Please try again.",
        _ => "The payment was declined. Please use another means of payment, or ask your bank.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_shows_what_it_knows() {
        let action = PaymentAction::read(&serde_json::json!({ "type": "redirect", "url": "https://bank.example/1" }));
        assert_eq!(
            (action.kind.as_str(), action.url),
            ("redirect", Some(Url("https://bank.example/1".to_owned())))
        );
        let action = PaymentAction::read(&serde_json::json!({ "client_secret": "s" }));
        assert_eq!(
            (action.kind.as_str(), action.client_secret.as_deref()),
            ("provider", Some("s"))
        );
    }
}
