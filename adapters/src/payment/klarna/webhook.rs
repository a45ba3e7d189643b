//! What Klarna tells by itself: that a page's state has changed, and what it thinks of an order that it has looked at. It
//! signs neither, so that they are hints alone: which page or order they name is read, and what counts is what stands
//! there. Whoever makes one up has Klarna's own answer stored, once.

use std::time::Duration;

use serde::Deserialize;
use vitrine_commerce::ports::payment::{ProviderEvent, Subject, WebhookError};

use super::{KlarnaProvider, fault::Fault, object::Order, translate};
use crate::payment::names::Named;

/// How long Klarna may take to show what was told of: it sends again what is not taken.
const READ_WITHIN: Duration = Duration::from_secs(10);

#[derive(Debug, Deserialize)]
pub(super) struct Hint {
    session: Option<HintedPage>,
    order_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct HintedPage {
    session_id: String,
}

/// What a hint was about.
struct Seen {
    event_id: String,
    kind: String,
    /// `None` while nobody has agreed to it: there is nothing that commerce would learn.
    order: Option<Order>,
}

impl Hint {
    pub(super) fn read(body: &[u8]) -> Result<Self, WebhookError> {
        serde_json::from_slice(body).map_err(|error| WebhookError::Malformed(error.to_string()))
    }
}

impl KlarnaProvider {
    pub(super) async fn followed(&self, hint: &Hint) -> Result<ProviderEvent, WebhookError> {
        let seen = match tokio::time::timeout(READ_WITHIN, self.seen_of(hint)).await {
            Ok(Ok(seen)) => seen,
            // Of what can be no id of its own, Klarna says so.
            Ok(Err(fault)) if fault.is_refused() => return Err(WebhookError::Signature),
            Ok(Err(fault)) => return Err(WebhookError::Unverified(Box::new(fault))),
            Err(elapsed) => return Err(WebhookError::Unverified(Box::new(elapsed))),
        };
        let Some(Seen { event_id, kind, order }) = seen else {
            return Err(WebhookError::Signature);
        };
        let Some(order) = order else {
            return Ok(ProviderEvent::Ignored { event_id, kind });
        };
        let Some(named) = Named::of(order.merchant_reference2.as_deref(), &self.shop) else {
            return Ok(ProviderEvent::Ignored { event_id, kind });
        };
        let amount = translate::money(order.amount_minor(), &order.purchase_currency);
        Ok(ProviderEvent::ChargeChanged {
            event_id,
            kind,
            subject: Subject::Payment(named.payment),
            // Our row may know it by its page alone.
            reference: None,
            amount: Some(amount.map_err(|fault| WebhookError::Malformed(fault.to_string()))?),
            live: self.is_live,
            captured: false,
        })
    }

    /// `None` for what Klarna does not know.
    async fn seen_of(&self, hint: &Hint) -> Result<Option<Seen>, Fault> {
        self.client.asked_turn(READ_WITHIN).await?;
        if let Some(hinted) = &hint.session {
            let Some(page) = self.page(&hinted.session_id).await? else {
                return Ok(None);
            };
            let page = page.body;
            let order = match &page.order_id {
                Some(order) => {
                    self.client.asked_turn(READ_WITHIN).await?;
                    Some(self.order_after(order).await?.body)
                }
                // It is told again.
                None if page.status == "COMPLETED" => {
                    return Err(Fault::Nonsense("a page that was agreed to has no order".to_owned()));
                }
                None => None,
            };
            let (id, status) = (&page.session_id, &page.status);
            let updated_at = page.updated_at.as_deref().unwrap_or_default();
            return Ok(Some(Seen {
                event_id: format!("{id}:{status}:{updated_at}"),
                kind: format!("session.{}", status.to_ascii_lowercase()),
                order,
            }));
        }
        let Some(id) = &hint.order_id else { return Ok(None) };
        Ok(self.order(id).await?.map(|found| Seen {
            event_id: format!("{id}:{}:{}", found.body.status, found.body.fraud_status),
            kind: format!("order.{}", found.body.fraud_status.to_ascii_lowercase()),
            order: Some(found.body),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_page_or_an_order_is_read() {
        let hint = Hint::read(br#"{"event_id":"e","session":{"session_id":"1","status":"COMPLETED"}}"#).unwrap();
        assert_eq!(hint.session.map(|page| page.session_id).as_deref(), Some("1"));
        let hint = Hint::read(br#"{"order_id":"2","event_type":"FRAUD_RISK_ACCEPTED"}"#).unwrap();
        assert_eq!(hint.order_id.as_deref(), Some("2"));
        for body in ["", "[1]", "{", r#"{"session":{}}"#] {
            assert!(
                matches!(Hint::read(body.as_bytes()), Err(WebhookError::Malformed(_))),
                "{body}"
            );
        }
    }
}
