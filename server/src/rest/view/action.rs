use sea_orm::JsonValue;
use serde::Serialize;
use utoipa::ToSchema;
use vitrine_entity::payment::{self, PaymentStatus};

/// What the shopper must do for a payment to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaymentAction)]
pub(in crate::rest) struct ActionView {
    /// What it is. `redirect`: send the shopper to `url`. `instructions`: show them `text`. Any
    /// other is the provider's own: give `clientSecret` to its library in the browser.
    #[schema(example = "redirect")]
    kind: String,
    /// Where to send the shopper.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// What to show the shopper.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What the provider's library in the browser needs to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    /// What that library is opened with.
    #[serde(skip_serializing_if = "Option::is_none")]
    publishable_key: Option<String>,
}

impl ActionView {
    /// What the attempt waits for, while it does.
    pub(in crate::rest) fn of(row: &payment::Model) -> Option<Self> {
        let waits = row.status == PaymentStatus::ActionRequired;
        row.client_action.as_ref().filter(|_| waits).map(Self::read)
    }

    fn read(client: &JsonValue) -> Self {
        let text = |name: &str| client.get(name).and_then(JsonValue::as_str).map(str::to_owned);
        Self {
            kind: text("type").unwrap_or_else(|| "provider".to_owned()),
            url: text("url"),
            text: text("text"),
            client_secret: text("client_secret"),
            publishable_key: text("publishable_key"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_shows_what_it_knows() {
        let action = ActionView::read(&serde_json::json!({ "type": "redirect", "url": "https://bank.example/1" }));
        let written = serde_json::to_value(action).expect("JSON");
        assert_eq!(
            written,
            serde_json::json!({ "kind": "redirect", "url": "https://bank.example/1" })
        );
        let action = ActionView::read(&serde_json::json!({ "client_secret": "s" }));
        assert_eq!(
            (action.kind.as_str(), action.client_secret.as_deref()),
            ("provider", Some("s"))
        );
    }
}
