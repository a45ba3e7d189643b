use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{notifications, orders, paging::PageRequest, staff::Permission};
use vitrine_entity::{order, order_event};

use super::object::{Order, OrderStatus};
use crate::graphql::{
    shared::{ContextExt, Result, Said, connection, int, map},
    staff::actor::name_of,
};

/// What happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_event::OrderEventKind")]
pub enum OrderEventKind {
    /// It was placed.
    Created,
    /// A payment began.
    PaymentPending,
    /// The shopper must confirm the payment: see `payment.action` of the order.
    PaymentActionRequired,
    /// The shopper was told how to pay by themselves, by transfer for instance: see
    /// `payment.action.text` of the order.
    PaymentInstructions,
    /// The payment has arrived.
    PaymentSucceeded,
    /// The payment did not go through.
    PaymentFailed,
    /// Money that was held for the shop has been taken.
    PaymentCaptured,
    /// Money that was held for the shop has been released to the shopper.
    PaymentVoided,
    /// The goods are the shopper's and will be packed.
    Confirmed,
    /// It was handed to the carrier.
    Dispatched,
    /// It has arrived.
    Completed,
    /// It was given up.
    Cancelled,
    /// Money is to be paid back.
    RefundRequested,
    /// Money was paid back, or less is to be paid.
    Refunded,
    /// Where its mails go, or its telephone number, was corrected.
    ContactUpdated,
    /// Where its goods go was corrected.
    ShippingAddressUpdated,
    /// Its downloads were given anew.
    DownloadsRenewed,
    /// A parcel stands ready. Only staff see it.
    ParcelPacked,
    /// A part of it has left, in a parcel of its own: once all has, it is `DISPATCHED`.
    ParcelDispatched,
    /// The carrier has told that a parcel is on its way, or about to be delivered.
    ParcelMoved,
    /// A parcel has arrived, and others have not.
    ParcelDelivered,
    /// An attempt to deliver a parcel failed.
    ParcelDeliveryFailed,
    /// A parcel went back to the shop.
    ParcelReturned,
    /// A parcel's carrier or tracking numbers were corrected.
    ParcelUpdated,
    /// A parcel was given up before it left. Only staff see it.
    ParcelCancelled,
    /// Goods of it are to be sent back.
    ReturnRequested,
    /// A return was approved: the shopper knows where to send the goods.
    ReturnApproved,
    /// A return was refused.
    ReturnRefused,
    /// A return was given up before any of it came.
    ReturnCancelled,
    /// Goods that were sent back have come.
    ReturnReceived,
    /// A return has ended.
    ReturnClosed,
    /// Goods are sent again, or money went back for what was wrong with them.
    ClaimSettled,
    /// Its lines, its prices or where it goes were changed before it was sent: `versions` tell how.
    Edited,
    /// Somebody withdraws from the contract.
    WithdrawalReceived,
    /// A withdrawal was accepted.
    WithdrawalAccepted,
    /// A withdrawal was refused.
    WithdrawalRefused,
    /// Staff must look at it.
    Alert,
}

/// An entry of an order's timeline.
#[derive(Debug, Clone)]
pub struct OrderEvent(pub order_event::Model);

connection! { OrderEventConnection, OrderEventEdge, OrderEvent }

impl OrderEventConnection {
    /// Of an order's timeline what the caller may see. Whoever shows it has asked whose it is.
    ///
    /// # Errors
    /// When the cursor is none of its own, or the database fails.
    pub async fn of(ctx: &Context<'_>, order: &order::Model, page: &PageRequest) -> Result<Self> {
        let page = orders::timeline(ctx.shop(), ctx.caller(), order, page).await?;
        Ok(Self {
            page: map(page, OrderEvent),
            context: (),
        })
    }
}

/// An entry of an order's timeline.
#[Object]
impl OrderEvent {
    /// Its place in the timeline, from 1 on. Staff's own entries are left out of what shoppers
    /// see, and leave gaps there.
    async fn number(&self) -> i32 {
        int(self.0.number)
    }

    /// What happened. Stable: branch on it.
    async fn kind(&self) -> OrderEventKind {
        self.0.kind.into()
    }

    /// The order's status once this had happened.
    async fn status(&self) -> OrderStatus {
        self.0.status.into()
    }

    /// Says it to the shopper, in a sentence.
    async fn message(&self, ctx: &Context<'_>) -> Said {
        orders::message(&self.0, ctx.shop().profile().time_zone).into()
    }

    /// Whether shoppers see it.
    async fn public(&self) -> bool {
        self.0.public
    }

    /// Whether a mail tells of it, which `orderMailResend` sends again.
    async fn has_mail(&self) -> bool {
        notifications::mail_for(self.0.kind).is_some()
    }

    /// Who did it: an id, `shopper`, or `system`. For staff with the permission `ORDERS`; null
    /// with an error otherwise.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(self.0.actor.clone()))
    }

    /// What whoever did it is called, where a member of staff or an app did. For staff with the permission `ORDERS`; null
    /// with an error otherwise.
    #[graphql(complexity = 2)]
    async fn actor_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        name_of(ctx, &self.0.actor).await
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// An entry of an order's timeline, as it is told live.
#[derive(Debug, SimpleObject)]
pub struct OrderUpdate {
    /// Keep it: after a cut connection, subscribe again with it as `after` and nothing is missed
    /// or doubled.
    pub cursor: String,
    /// What happened.
    pub event: OrderEvent,
    /// The order as it stands now, which may be further along than the event.
    pub order: Order,
}

impl From<Box<orders::OrderUpdate>> for OrderUpdate {
    fn from(update: Box<orders::OrderUpdate>) -> Self {
        let update = *update;
        Self {
            cursor: update.cursor,
            event: OrderEvent(update.event),
            order: Order(update.order),
        }
    }
}
