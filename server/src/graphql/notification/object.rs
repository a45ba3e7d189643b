use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::notifications::in_app;
use vitrine_entity::{
    notification::{self, NotificationKind},
    subject::Subject,
};

use crate::{
    graphql::{
        order::{event::OrderEventKind, object::Order, questions::OrderById},
        shared::{ContextExt, Result, Said, connection},
    },
    ids,
};

/// A message to the signed-in customer.
#[derive(Debug, Clone)]
pub struct Notification(pub notification::Model);

connection! { NotificationConnection, NotificationEdge, Notification }

/// A message to the signed-in customer inside the shop.
#[Object]
impl Notification {
    /// Names the message: mark it read by this.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it tells of.
    async fn kind(&self) -> OrderEventKind {
        match self.0.kind {
            NotificationKind::PaymentActionRequired => OrderEventKind::PaymentActionRequired,
            NotificationKind::PaymentInstructions => OrderEventKind::PaymentInstructions,
            NotificationKind::PaymentFailed => OrderEventKind::PaymentFailed,
            NotificationKind::Confirmed => OrderEventKind::Confirmed,
            NotificationKind::Dispatched => OrderEventKind::Dispatched,
            NotificationKind::ParcelDispatched => OrderEventKind::ParcelDispatched,
            NotificationKind::ParcelDelivered => OrderEventKind::ParcelDelivered,
            NotificationKind::ParcelDeliveryFailed => OrderEventKind::ParcelDeliveryFailed,
            NotificationKind::Completed => OrderEventKind::Completed,
            NotificationKind::Cancelled => OrderEventKind::Cancelled,
            NotificationKind::Refunded | NotificationKind::OwedLess | NotificationKind::Exchanged => {
                OrderEventKind::Refunded
            }
            NotificationKind::ReturnApproved => OrderEventKind::ReturnApproved,
            NotificationKind::ReturnRefused => OrderEventKind::ReturnRefused,
            NotificationKind::ReturnReceived => OrderEventKind::ReturnReceived,
            NotificationKind::Edited => OrderEventKind::Edited,
        }
    }

    /// The message, in a sentence.
    async fn title(&self, ctx: &Context<'_>) -> Result<Said> {
        let number = self
            .find_order(ctx)
            .await?
            .map(|order| order.0.number)
            .unwrap_or_default();
        Ok(in_app::title(self.0.kind, &number).into())
    }

    /// The order that it is about.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        self.find_order(ctx).await
    }

    /// Whether it was read.
    async fn read(&self) -> bool {
        self.0.read_at.is_some()
    }

    /// When it was read.
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.0.read_at
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

impl Notification {
    async fn find_order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        let subject = in_app::subject(&self.0);
        let Some(id) = subject.and_then(Subject::order) else {
            return Ok(None);
        };
        let order = ctx.load(OrderById(id)).await?;
        Ok(order
            .filter(|order| order.customer_id == Some(self.0.customer_id))
            .map(Order))
    }
}

/// What changed among the signed-in customer's messages, as it is told live.
#[derive(Debug, SimpleObject)]
pub struct NotificationUpdate {
    /// The new message; null when messages were only marked as read.
    pub notification: Option<Notification>,
    /// How many are unread now.
    pub unread_count: i32,
}
