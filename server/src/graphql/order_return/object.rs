use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    paging::Count,
    returns::{self, ReturnFilter},
};
use vitrine_entity::{order_return, order_return_event};

use crate::graphql::{
    shared::{ContextExt, CountPrecision, Counted, Result, connection, int},
    staff::actor::name_of,
};

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_return::ReturnStatus")]
pub enum ReturnStatus {
    /// The shop has yet to say whether it takes the goods back.
    Requested,
    /// The shopper may send the goods; none has come yet.
    Approved,
    /// Some of the goods have come.
    PartlyReceived,
    /// All of the goods have come.
    Received,
    /// Of each unit that came it is known what became of it.
    Inspected,
    /// Nothing more follows.
    Closed,
    /// The shop does not take the goods back.
    Refused,
    /// It was given up before any goods came.
    Cancelled,
}

/// What the shopper wants for goods that they send back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_return::ReturnResolution")]
pub enum ReturnResolution {
    /// Their money, to what the order was paid with.
    Refund,
    /// Store credit: for whoever has an account.
    StoreCredit,
    /// The same product in another variant: for whoever has an account. Say which in the note.
    Exchange,
}

/// A step of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_return_event::ReturnEventKind")]
pub enum ReturnEventKind {
    /// It was asked for.
    Requested,
    /// The shopper was told where to send the goods.
    Approved,
    /// The shop does not take the goods back.
    Refused,
    /// It was given up.
    Cancelled,
    /// Goods came.
    Received,
    /// Goods were put back in stock, or written off.
    Inspected,
    /// Money went back.
    Refunded,
    /// A payment provider could not pay back: the units are not paid back, and may be again.
    RefundFailed,
    /// Other goods go out in place of those that came.
    Exchanged,
    /// It has ended.
    Closed,
}

/// Goods of an order that come back.
#[derive(Debug, Clone)]
pub struct Return(pub order_return::Model);

/// Which returns a list shows.
#[derive(Debug, Clone)]
pub enum Listed {
    /// Those of the customer who asks.
    Mine,
    /// Those that staff look for.
    All(ReturnFilter),
}

connection! { ReturnConnection, ReturnEdge, Return, Counted<Listed>, {
    /// How many returns the whole list has, counted up to 10,000: see `totalCountPrecision`.
    #[graphql(complexity = 20)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.context.rows(count(ctx, &self.context.of)).await
    }

    /// Whether `totalCount` is all, or the list has more.
    #[graphql(complexity = 20)]
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        self.context.precision(count(ctx, &self.context.of)).await
    }
} }

async fn count(ctx: &Context<'_>, listed: &Listed) -> vitrine_commerce::Result<Count> {
    match listed {
        Listed::Mine => returns::count_of_customer(ctx.shop(), ctx.caller()).await,
        Listed::All(filter) => returns::count(ctx.shop(), ctx.caller(), filter).await,
    }
}

/// A step of a return.
#[derive(Debug, Clone)]
pub struct ReturnEvent(pub order_return_event::Model);

/// A step of a return. For staff with the permission `ORDERS`.
#[Object]
impl ReturnEvent {
    /// Its place among the return's steps, from 1 on, without gaps.
    async fn number(&self) -> i32 {
        int(self.0.number)
    }

    /// What happened.
    async fn kind(&self) -> ReturnEventKind {
        self.0.kind.into()
    }

    /// How many units it was about; null where it was about none, or about all.
    async fn units(&self) -> Option<i32> {
        self.0.data["units"].as_i64().map(int)
    }

    /// How many units were put back in stock, of a step that inspected some.
    async fn restocked(&self) -> Option<i32> {
        self.0.data["restocked"].as_i64().map(int)
    }

    /// How many units were written off, of a step that inspected some.
    async fn written_off(&self) -> Option<i32> {
        self.0.data["writtenOff"].as_i64().map(int)
    }

    /// Who did it: an id, `shopper`, or `system`.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What whoever did it is called, where a member of staff or an app did.
    #[graphql(complexity = 2)]
    async fn actor_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        name_of(ctx, &self.0.actor).await
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
