use async_graphql::{Context, Enum, ID, Object};
use vitrine_entity::order_return_line;

use crate::{
    graphql::{order::line::OrderLine, shared::Result},
    ids,
};

/// Why goods come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_return_line::ReturnReason")]
pub enum ReturnReason {
    /// They are not what their description or picture led to expect.
    NotAsExpected,
    /// They do not fit.
    WrongSize,
    /// Others were ordered.
    WrongItem,
    /// They came broken.
    Damaged,
    /// They do not work.
    Defective,
    /// They came too late.
    Late,
    /// They are not wanted any more.
    ChangedMind,
    /// Something else.
    OtherReason,
}

/// Units of an order's line that come back.
#[derive(Debug, Clone)]
pub struct ReturnLine(pub order_return_line::Model);

/// Units of an order's line that come back, and what became of them.
#[Object]
impl ReturnLine {
    /// Names the line of the return.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The order's line, as it was sold.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order_line(&self, ctx: &Context<'_>) -> Result<OrderLine> {
        OrderLine::named(ctx, "order_return_line", self.0.order_line_id).await
    }

    /// How many units come back.
    async fn quantity(&self) -> i32 {
        self.0.quantity
    }

    /// Why: as the shopper said, or as staff found when they inspected them.
    async fn reason(&self) -> ReturnReason {
        self.0.reason.into()
    }

    /// What the shopper wrote of it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// How many of them have come.
    async fn received_quantity(&self) -> i32 {
        self.0.received
    }

    /// Of those that came, how many are in stock again.
    async fn restocked_quantity(&self) -> i32 {
        self.0.restocked
    }

    /// Of those that came, how many are not sold again.
    async fn written_off_quantity(&self) -> i32 {
        self.0.written_off
    }

    /// How many of them are paid back or on their way back.
    async fn refunded_quantity(&self) -> i32 {
        self.0.refunded
    }
}
