use async_graphql::{Context, Enum, ID, Json, Object};
use chrono::{DateTime, Utc};
use sea_orm::JsonValue;
use vitrine_entity::payment_entry;

use super::{object::Payment, questions::PaymentById};
use crate::{
    graphql::shared::{ContextExt, Result, connection},
    ids,
};

/// What an entry of the payment ledger records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::payment_entry::PaymentEntryKind")]
pub enum PaymentEntryKind {
    /// A call that was about to be made to the provider.
    Request,
    /// What the provider answered, or that it did not.
    Answer,
    /// What the provider told by itself.
    Webhook,
    /// What the shop or its staff decided.
    Decision,
}

/// An entry of the payment ledger.
#[derive(Debug, Clone)]
pub struct PaymentEntry(pub payment_entry::Model);

connection! { PaymentEntryConnection, PaymentEntryEdge, PaymentEntry }

/// An entry of the payment ledger, which is only ever added to. Nothing in it identifies a card or
/// opens an account.
#[Object]
impl PaymentEntry {
    /// Names the entry.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it records.
    async fn kind(&self) -> PaymentEntryKind {
        self.0.kind.into()
    }

    /// What was done or asked: `charge`, `capture`, `void`, `refund`, `look_up`, `webhook` …
    async fn operation(&self) -> &str {
        &self.0.operation
    }

    /// The idempotency key that went to the provider: the same for every repetition of one call.
    async fn key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    /// What was sent or told, without secrets.
    async fn body(&self) -> Json<JsonValue> {
        Json(self.0.body.clone())
    }

    /// Of the request or job that it follows from: the logs name it, too.
    async fn correlation_id(&self) -> &str {
        &self.0.correlation_id
    }

    /// Who did it: an id, `shopper`, or `system`.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// The attempt that it is about.
    #[graphql(complexity = "1 + child_complexity")]
    async fn payment(&self, ctx: &Context<'_>) -> Result<Option<Payment>> {
        Ok(ctx.load(PaymentById(self.0.payment_id)).await?.map(Payment))
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
