use async_graphql::SimpleObject;

use crate::graphql::shared::Url;

/// What the shopper must do for a payment to go on.
#[derive(Debug, PartialEq, Eq, SimpleObject)]
pub struct PaymentAction {
    /// What it is. `redirect`: send the shopper to `url`, and follow the order with
    /// `orderUpdates` meanwhile. `instructions`: show them `text`; the money may come in days, and
    /// nothing is waited for. Any other is the provider's own: open its library with
    /// `publishableKey` and give it `clientSecret`. Treat one that you do not know so, too.
    pub kind: String,
    /// Where to send the shopper.
    pub url: Option<Url>,
    /// What to show the shopper, such as the account to which they send the money.
    pub text: Option<String>,
    /// What the provider's own library in the browser needs to go on with this payment.
    pub client_secret: Option<String>,
    /// What that library is opened with. Not a secret.
    pub publishable_key: Option<String>,
}

impl PaymentAction {
    /// `publishable_key` is the provider's, where it has one.
    pub fn read(client: &sea_orm::JsonValue, publishable_key: Option<String>) -> Self {
        let text = |name: &str| client.get(name).and_then(|value| value.as_str()).map(str::to_owned);
        let client_secret = text("client_secret");
        Self {
            kind: text("type").unwrap_or_else(|| "provider".to_owned()),
            url: text("url").map(Url),
            text: text("text"),
            publishable_key: text("publishable_key").or(publishable_key.filter(|_| client_secret.is_some())),
            client_secret,
        }
    }
}
